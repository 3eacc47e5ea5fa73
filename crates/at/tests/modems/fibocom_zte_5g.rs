//! Real answers of the Fibocom, Intel XMM and 5G Quectel families, of the surveys and of the neighbours, read where they
//! lie: `OPENSIM_CORPUS` names their folder.
//!
//! Each test is named after the file it reads; what is expected was written by reading the file. `corpus.rs` has the
//! serving cells and the network lists of the families that it names.

use super::conversation::{or_dash, who};
use super::log::{Log, corpus};
use opensim_at::dialect::by_name;

/// A test a file, and the list of the files so read.
macro_rules! logs {
    ($($name:ident |$log:ident| $body:block)*) => {
        $(
            #[test]
            fn $name() {
                let Some($log) = Log::open(stringify!($name)) else {
                    return;
                };
                $body
            }
        )*

        const READ: &[&str] = &[$(stringify!($name)),*];
    };
}

/// Several cells as one expectation.
fn all(rows: &[&str]) -> String {
    rows.join(" ; ")
}

const QSCAN: &str = "AT+QSCAN=3,1";
const AROUND: &str = r#"AT+QENG="neighbourcell""#;

logs! {
    fibocom_fm150_germany |log| {
        assert_eq!(
            log.reads("fibocom", "AT+GTCCINFO?"),
            ["lte 26202 B20 6300 10 MHz pci 48 cell 2966017 (11586/1) tac 49107 | rsrp -99 rsrq -7 sinr 8 rssi - | +GTCCINFO (SINR in halves)"]
        );
        assert_eq!(
            log.neighbours("fibocom", "AT+GTCCINFO?"),
            [all(&[
                "lte - B20 6300 - pci 400 cell - tac - | rsrp -117 rsrq -19 sinr - rssi - | +GTCCINFO",
                "lte - B20 6300 - pci 219 cell - tac - | rsrp -107 rsrq -15 sinr - rssi - | +GTCCINFO",
            ])]
        );
    }

    fibocom_fm350_russia |log| {
        assert_eq!(
            log.reads("fibocom", "AT+GTCCINFO?"),
            [
                "lte 25001 B3 1802 20 MHz pci 470 cell 1193046 (4660/86) tac 4660 | rsrp -102 rsrq -16.5 sinr -2 rssi - | +GTCCINFO (SINR in halves)",
                "nr_nsa 25001 B3 1721 10 MHz pci 223 cell 19088743 (74565/103) tac 4660 | rsrp -79 rsrq -11 sinr 3 rssi - | +GTCCINFO (SINR in halves)",
                "lte 25002 B3 1424 15 MHz pci 280 cell 81989641 (320272/9) tac 33203 | rsrp -108 rsrq -11.5 sinr -0.5 rssi - | +GTCCINFO (SINR in halves)",
                "nr 46011 n5 176190 15 MHz pci 524 cell 24350164485 tac 5835292 | rsrp -100 rsrq -7 sinr - rssi - | +GTCCINFO (SINR scale not known)",
            ]
        );
        assert_eq!(
            log.neighbours("fibocom", "AT+GTCCINFO?"),
            [
                "none",
                "lte - B3 1721 - pci 160 cell - tac - | rsrp -88 rsrq - sinr - rssi - | +GTCCINFO",
                "lte - B7 3048 - pci 454 cell - tac - | rsrp -116 rsrq -13 sinr - rssi - | +GTCCINFO",
                "none",
            ]
        );
        assert_eq!(
            log.reads("fibocom", "AT+CESQ"),
            ["lte - - - - pci - cell - tac - | rsrp -86 rsrq -18 sinr - rssi - | +CESQ"]
        );
        assert_eq!(
            log.reads("generic", "AT+CSQ"),
            ["- - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi -95 | +CSQ"]
        );
        let fibocom = by_name("fibocom").unwrap();
        let said: Vec<_> = ["AT+CGMI", "AT+CGMM", "AT+CGMR"]
            .iter()
            .flat_map(|line| log.asked(line))
            .map(|asked| who(&fibocom.identity(&asked.reply.lines)))
            .collect();
        assert_eq!(
            said,
            [
                "Fibocom Wireless Inc. / - / - / -",
                "- / FM350-GL / - / -",
                "- / - / 81600.0000.00.29.22.40 / -",
            ]
        );
    }

    fibocom_l860_japan |log| {
        let xmm = by_name("xmm").unwrap();
        let stamp = log.asked("ATI").next().unwrap();
        assert_eq!(who(&xmm.identity(&stamp.reply.lines)), "- / - / - / -");
        // The channel 0x9F8A of the second is the one that no network was told of.
        assert_eq!(
            log.neighbours("xmm", "AT+XMCI=1"),
            ["lte - B41 40842 - pci 388 cell - tac - | rsrp -110 rsrq -12.5 sinr - rssi - | +XMCI"]
        );
        assert_eq!(
            log.reads("xmm", "AT+XCESQ?"),
            ["lte - - - - pci - cell - tac - | rsrp -83 rsrq -10.5 sinr 5.5 rssi - | +XCESQ (SINR in halves)"]
        );
        assert_eq!(log.reads("fibocom", "AT+GTCCINFO?"), ["nothing"]);
        assert_eq!(
            log.reads_together("xmm", &[("AT+XMCI=1", "AT+XMCI=0")]),
            "lte 44050 B18 5900 10 MHz pci 415 cell 89712897 (350441/1) tac 35496 | rsrp -83 rsrq -10.5 sinr 5.5 rssi - | +XCESQ (SINR in halves)"
        );
    }

    huawei_balong_netscan_docs |log| {
        // 2G alone.
        assert_eq!(log.surveys("huawei", "AT^NETSCAN=2,-110"), ["none"]);
        assert_eq!(
            log.surveys("huawei", "AT^NETSCAN=20,-100,2"),
            [all(&[
                "lte 46011 B1 100 - pci 375 cell 40052489 (156455/9) tac 9536 | rsrp -80 rsrq - sinr - rssi - | ^NETSCAN (level taken for RSRP)",
                "lte 44010 B42 42590 - pci 139 cell 3418 (13/90) tac 13 | rsrp -94 rsrq - sinr - rssi - | ^NETSCAN (level taken for RSRP)",
                "lte 46050 B3 1350 - pci 0 cell - tac 100 | rsrp -94 rsrq - sinr - rssi - | ^NETSCAN (level taken for RSRP)",
                "lte 46050 B41 40886 - pci 19 cell 19 (0/19) tac 100 | rsrp -95 rsrq - sinr - rssi - | ^NETSCAN (level taken for RSRP)",
                "lte 46050 B1 300 - pci 1 cell 1 (0/1) tac 100 | rsrp -100 rsrq - sinr - rssi - | ^NETSCAN (level taken for RSRP)",
            ])]
        );
    }

    huawei_monsc_field |log| {
        // Its one row has no letter, so the base of its physical cell is not known.
        assert_eq!(
            log.neighbours("huawei", "AT^MONNC"),
            ["lte - B3 1300 - pci - cell - tac - | rsrp -99 rsrq -13 sinr - rssi - | ^MONNC"]
        );
    }

    huawei_mt5700m_hisilicon |log| {
        assert_eq!(
            log.neighbours("huawei", "AT^MONNC"),
            [all(&[
                "nr - - 524910 - pci 86 cell - tac - | rsrp -84 rsrq -12 sinr 0 rssi - | ^MONNC",
                "nr - - 524910 - pci 277 cell - tac - | rsrp - rsrq - sinr - rssi - | ^MONNC",
                "nr - - 524910 - pci 85 cell - tac - | rsrp -77 rsrq -10 sinr 4 rssi - | ^MONNC",
                "nr - - 524910 - pci 383 cell - tac - | rsrp - rsrq - sinr - rssi - | ^MONNC",
                "nr - - 723360 - pci 65 cell - tac - | rsrp -124 rsrq -13 sinr 0 rssi - | ^MONNC",
                "nr - - 152650 - pci 57 cell - tac - | rsrp -81 rsrq -10 sinr 7 rssi - | ^MONNC",
            ])]
        );
        assert_eq!(log.reads("generic", "AT+CSQ"), ["nothing"]);
    }

    lte_bento_us_scan |log| {
        assert_eq!(log.networks().len(), 1);
        log.has_no_cell("generic");
    }

    mikrotik_r11e_lte6_bandind |log| {
        assert_eq!(log.commands(), ["AT*BANDIND?"]);
        for dialect in ["generic", "xmm", "fibocom"] {
            log.has_no_cell(dialect);
        }
    }

    nordic_nrf91_cesq_and_516 |log| {
        assert_eq!(
            log.reads("generic", "AT+CESQ"),
            [
                "lte - - - - pci - cell - tac - | rsrp -79 rsrq -4.5 sinr - rssi - | +CESQ",
                "lte - - - - pci - cell - tac - | rsrp -102 rsrq -12.5 sinr - rssi - | +CESQ",
            ]
        );
        let ends: Vec<_> = log.asked("AT+COPS=?").map(|asked| or_dash(asked.reply.end.cme())).collect();
        assert_eq!(ends, ["-", "-", "516"]);
    }

    quectel_ec200a_issue135 |log| {
        log.has_no_cell("quectel");
        // In another order than they were asked for, each is still found.
        let chain = log.asked("AT+CREG?").next().unwrap();
        let heads: Vec<_> = ["+CSQ:", "+CREG:", "+CPIN:", "+COPS:"]
            .iter()
            .map(|head| chain.reply.all_after(head).count())
            .collect();
        assert_eq!(heads, [1, 1, 1, 2]);
    }

    quectel_ec200a_ml307r_cops |log| {
        log.has_no_cell("quectel");
    }

    quectel_ec200t_asr1802 |log| {
        let errors: Vec<_> = ["AT*CELL?", "AT*CELL=2,3,3,19,1300"]
            .iter()
            .flat_map(|line| log.asked(line))
            .map(|asked| asked.reply.end.cme())
            .collect();
        assert_eq!(errors, [Some(4), Some(0)]);
    }

    quectel_ec200t_issue43 |log| {
        assert_eq!(log.neighbours("quectel", r#"AT+QENG="servingcell""#), ["none"]);
    }

    quectel_ec2x_manual_examples |log| {
        assert_eq!(
            log.neighbours("quectel", AROUND),
            [
                "lte - B40 38950 - pci 276 cell - tac - | rsrp -88 rsrq -3 sinr - rssi -65 | +QENG",
                "none",
            ]
        );
        let surveys = log.surveys("quectel", "AT+QOPS");
        assert_eq!(surveys.len(), 6);
        assert_eq!(
            surveys[0],
            all(&[
                "gsm 46000 - 16 - pci - cell 3465 tac 21771 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "gsm 46000 - 124 - pci - cell 14912 tac 21771 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "gsm 46001 - 234 - pci - cell 22243 tac 21764 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "gsm 46001 - 536 - pci - cell 32610 tac 25172 | rsrp - rsrq - sinr - rssi - | +QOPS",
            ])
        );
        assert_eq!(
            surveys[1],
            all(&[
                "umts 46001 U1 10688 - pci 5 cell 134566281 tac 54741 | rsrp - rsrq - sinr - rssi - | +QOPS",
            ])
        );
        assert_eq!(
            surveys[2],
            all(&[
                "lte 46000 B40 38950 - pci 206 cell 254626370 (994634/66) tac 21771 | rsrp -72 rsrq -11 sinr - rssi - | +QOPS",
                "lte 46000 B40 39148 - pci 206 cell 254626372 (994634/68) tac 21771 | rsrp -73 rsrq -12 sinr - rssi - | +QOPS",
                "lte 46000 B3 1300 - pci 121 cell 96792365 (378095/45) tac 21771 | rsrp -99 rsrq -17 sinr - rssi - | +QOPS",
                "lte 46000 B39 38400 - pci 121 cell 96792321 (378095/1) tac 21771 | rsrp -99 rsrq -16 sinr - rssi - | +QOPS",
                "lte 46000 B8 3683 - pci 121 cell 96792361 (378095/41) tac 21771 | rsrp -99 rsrq -11 sinr - rssi - | +QOPS",
                "lte 46000 B38 38098 - pci 428 cell 256389902 (1001523/14) tac 21771 | rsrp -112 rsrq -20 sinr - rssi - | +QOPS",
                "lte 46000 B3 1425 - pci 116 cell 134898090 (526945/170) tac 21771 | rsrp -118 rsrq -25 sinr - rssi - | +QOPS",
                "lte 46011 B1 100 - pci 466 cell 232301323 (907427/11) tac 26909 | rsrp -75 rsrq -11 sinr - rssi - | +QOPS",
                "lte 46011 B3 1850 - pci 314 cell 110134334 (430212/62) tac 26909 | rsrp -88 rsrq -12 sinr - rssi - | +QOPS",
                "lte 46011 B5 2452 - pci 9 cell 110110493 (430119/29) tac 26909 | rsrp -97 rsrq -12 sinr - rssi - | +QOPS",
                "lte 46001 B3 1650 - pci 465 cell 94542859 (369308/11) tac 21772 | rsrp -78 rsrq -10 sinr - rssi - | +QOPS",
                "lte 46001 B8 3770 - pci 312 cell 99740261 (389610/101) tac 21772 | rsrp -98 rsrq -13 sinr - rssi - | +QOPS",
                "lte 46001 B3 1506 - pci 330 cell 94869517 (370584/13) tac 21772 | rsrp -107 rsrq -15 sinr - rssi - | +QOPS",
            ])
        );
        assert_eq!(
            surveys[3],
            all(&[
                "gsm 46000 - 32 - pci - cell 13496 tac 21771 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "gsm 46000 - 16 - pci - cell 3465 tac 21771 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "lte 46000 B40 39148 - pci 206 cell 254626372 (994634/68) tac 21771 | rsrp -71 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46000 B40 38950 - pci 206 cell 254626370 (994634/66) tac 21771 | rsrp -80 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46000 B3 1300 - pci 121 cell 96792365 (378095/45) tac 21771 | rsrp -100 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46000 B39 38400 - pci 121 cell 96792321 (378095/1) tac 21771 | rsrp -101 rsrq -11 sinr - rssi - | +QOPS",
                "lte 46000 B8 3683 - pci 471 cell 139024552 (543064/168) tac 21771 | rsrp -103 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46000 B39 38544 - pci 168 cell 17104196 (66813/68) tac 21771 | rsrp -111 rsrq -11 sinr - rssi - | +QOPS",
                "lte 46000 - 36275 - pci 169 cell 17104247 (66813/119) tac 21771 | rsrp -116 rsrq -13 sinr - rssi - | +QOPS",
                "lte 46000 B41 40738 - pci 428 cell 256389902 (1001523/14) tac 21771 | rsrp -119 rsrq -11 sinr - rssi - | +QOPS",
                "umts 46001 U1 10688 - pci 387 cell 134636665 tac 54742 | rsrp - rsrq - sinr - rssi - | +QOPS",
                "lte 46001 B3 1650 - pci 465 cell 94542859 (369308/11) tac 21772 | rsrp -74 rsrq 0 sinr - rssi - | +QOPS",
                "lte 46001 B8 3770 - pci 312 cell 99740261 (389610/101) tac 21772 | rsrp -96 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46001 B3 1506 - pci 330 cell 94869517 (370584/13) tac 21772 | rsrp -108 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46011 B1 100 - pci 466 cell 232301323 (907427/11) tac 26909 | rsrp -71 rsrq -4 sinr - rssi - | +QOPS",
                "lte 46011 B5 2452 - pci 9 cell 110110493 (430119/29) tac 26909 | rsrp -92 rsrq -10 sinr - rssi - | +QOPS",
                "lte 46011 B3 1850 - pci 314 cell 110134334 (430212/62) tac 26909 | rsrp -99 rsrq -4 sinr - rssi - | +QOPS",
                "lte 310410 B5 2525 - pci 3 cell 27447299 (107216/3) tac 1 | rsrp -106 rsrq -15 sinr - rssi - | +QOPS",
            ])
        );
        assert_eq!(
            surveys[4],
            all(&[
                "lte 46011 B1 100 - pci 466 cell 232301323 (907427/11) tac 26909 | rsrp -74 rsrq -12 sinr - rssi - | +QOPS",
            ])
        );
        assert_eq!(
            surveys[5],
            all(&[
                "lte 46011 B1 100 - pci 466 cell 232301323 (907427/11) tac 26909 | rsrp -71 rsrq -11 sinr - rssi -40 | +QOPS",
            ])
        );
    }

    quectel_eg25g_kismet |log| {
        // Channels without a cell, and cells of 2G, are no neighbours.
        assert_eq!(
            log.neighbours("quectel", AROUND),
            [all(&[
                "lte - B4 2300 - pci 236 cell - tac - | rsrp -101 rsrq -16 sinr - rssi -65 | +QENG",
                "lte - B4 2300 - pci 471 cell - tac - | rsrp -104 rsrq -17 sinr - rssi -78 | +QENG",
            ])]
        );
    }

    quectel_rg255c_portugal |log| {
        log.has_no_cell("quectel");
    }

    quectel_rg801h_ecm_log |log| {
        assert_eq!(log.neighbours("quectel", r#"AT+QENG="servingcell""#), ["none", "none"]);
        assert_eq!(
            log.reads("generic", "AT+C5GREG?"),
            ["nothing"]
        );
    }

    quectel_rgmii_toolkit_qscan |log| {
        assert_eq!(log.surveys("quectel", QSCAN), [all(&RGMII)]);
    }

    quectel_rm500q_ae_kismet |log| {
        // What the test form answers is no cell.
        assert_eq!(log.surveys("quectel", "AT+QSCAN=?"), ["none"]);
        let asked = log.asked("AT+QSCAN=?").next().unwrap();
        assert!(asked.reply.end.is_ok() && asked.reply.after("+QSCAN:").is_some());
    }

    quectel_rm520n_gl_kismet |log| {
        assert_eq!(log.surveys("quectel", QSCAN), [all(&RM520)]);
        assert_eq!(
            log.neighbours("quectel", AROUND),
            ["lte - B66 66536 - pci 221 cell - tac - | rsrp -96 rsrq -10 sinr - rssi -56 | +QENG"]
        );
    }

    quectel_rm5xx_nsa_issue56 |log| {
        assert_eq!(
            log.reads("quectel", r#"AT+QENG="servingcell""#),
            ["nr_nsa 51503 B1 150 20 MHz pci 1 cell 53844326 (210329/102) tac 19107 | rsrp -89 rsrq -13 sinr 16 rssi -58 | +QENG"]
        );
    }

    quectel_rm5xx_private5g_montimage |log| {
        log.has_no_cell("quectel");
    }

    quectel_rm5xx_qscan_us_mode3 |log| {
        assert_eq!(log.surveys("quectel", "AT+QSCAN=3"), [all(&MODE3)]);
    }

    quectel_rm5xx_sa_issue48 |log| {
        assert_eq!(
            log.reads("quectel", r#"AT+QENG="servingcell""#),
            ["nr 310260 n71 126490 10 MHz pci 24 cell 39613121108 tac 6334976 | rsrp -104 rsrq -13 sinr 11 rssi - | +QENG"]
        );
    }

    xmm7360_pci_mm_cme30 |log| {
        let ends: Vec<_> = log.asked("AT+COPS=0").map(|asked| asked.reply.end.cme()).collect();
        assert_eq!(ends, [Some(30)]);
        log.has_no_cell("xmm");
    }
}

const RM520: [&str; 7] = [
    "nr 310260 n41 521310 90 MHz pci 596 cell 7625863480 tac 2975232 | rsrp -95 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 311480 n77 647328 100 MHz pci 310 cell 2248736810 tac 852224 | rsrp -111 rsrq -16 sinr - rssi - | +QSCAN",
    "nr 311480 n5 177150 10 MHz pci 541 cell 2282209320 tac 852224 | rsrp -102 rsrq -18 sinr - rssi - | +QSCAN",
    "lte 310260 B66 66786 20 MHz pci 471 cell 21583873 (84312/1) tac 11544 | rsrp -106 rsrq -17 sinr - rssi - | +QSCAN",
    "lte 310260 B2 900 10 MHz pci 221 cell 48157964 (188117/12) tac 11544 | rsrp -104 rsrq -16 sinr - rssi - | +QSCAN",
    "lte 310260 B12 5035 5 MHz pci 404 cell 48158230 (188118/22) tac 11544 | rsrp -88 rsrq -8 sinr - rssi - | +QSCAN",
    "lte 311480 B13 5230 10 MHz pci 1 cell 3373826 (13179/2) tac 3328 | rsrp -99 rsrq -22 sinr - rssi - | +QSCAN",
];

const MODE3: [&str; 23] = [
    "nr 310410 - 658080 - pci 543 cell - tac - | rsrp -109 rsrq -14 sinr - rssi - | +QSCAN",
    "nr 313100 - 658080 - pci 543 cell - tac - | rsrp -109 rsrq -14 sinr - rssi - | +QSCAN",
    "nr 310410 - 177150 - pci 552 cell - tac - | rsrp -109 rsrq -15 sinr - rssi - | +QSCAN",
    "nr 313100 - 177150 - pci 552 cell - tac - | rsrp -109 rsrq -15 sinr - rssi - | +QSCAN",
    "nr 310260 - 501390 - pci 364 cell - tac - | rsrp -104 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 310260 - 396970 - pci 387 cell - tac - | rsrp -103 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 310260 - 125290 - pci 278 cell - tac - | rsrp -114 rsrq -13 sinr - rssi - | +QSCAN",
    "nr 310260 - 521310 - pci 364 cell - tac - | rsrp -109 rsrq -12 sinr - rssi - | +QSCAN",
    "lte 310410 B2 1000 - pci 402 cell - tac - | rsrp -109 rsrq -10 sinr - rssi - | +QSCAN",
    "lte 313100 B2 1000 - pci 402 cell - tac - | rsrp -109 rsrq -10 sinr - rssi - | +QSCAN",
    "lte 310410 B66 66836 - pci 367 cell - tac - | rsrp -115 rsrq -16 sinr - rssi - | +QSCAN",
    "lte 313100 B66 66836 - pci 367 cell - tac - | rsrp -115 rsrq -16 sinr - rssi - | +QSCAN",
    "lte 310260 B12 5035 - pci 253 cell - tac - | rsrp -125 rsrq -17 sinr - rssi - | +QSCAN",
    "lte 311480 B5 2450 - pci 336 cell - tac - | rsrp -118 rsrq -12 sinr - rssi - | +QSCAN",
    "lte 311480 B66 66536 - pci 336 cell - tac - | rsrp -125 rsrq -20 sinr - rssi - | +QSCAN",
    "lte 311480 B13 5230 - pci 336 cell - tac - | rsrp -118 rsrq -19 sinr - rssi - | +QSCAN",
    "lte 310260 B25 8115 - pci 447 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 311480 B25 8315 - pci 336 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 310410 B28 9260 - pci 243 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 313100 B28 9260 - pci 243 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 310410 B28 9260 - pci 409 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 313100 B28 9260 - pci 409 cell - tac - | rsrp - rsrq - sinr - rssi - | +QSCAN",
    "lte 310260 B66 66711 - pci 111 cell - tac - | rsrp -108 rsrq -12 sinr - rssi - | +QSCAN",
];

const RGMII: [&str; 5] = [
    "nr 310260 n41 501390 100 MHz pci 153 cell 4395303213 tac 11010048 | rsrp -76 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 310260 n71 126270 15 MHz pci 93 cell 4395302913 tac 11010048 | rsrp -80 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 310260 n25 393850 20 MHz pci 696 cell 4395302933 tac 11010048 | rsrp -89 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 310260 n41 521310 90 MHz pci 153 cell 4395303223 tac 11010048 | rsrp -78 rsrq -11 sinr - rssi - | +QSCAN",
    "nr 313340 n70 401050 25 MHz pci 44 cell 1011773559 tac 24899 | rsrp -118 rsrq -13 sinr - rssi - | +QSCAN",
];

#[test]
fn every_file_of_these_families_has_its_test() {
    let Some(folder) = corpus() else {
        return;
    };
    let heads = [
        "fibocom_",
        "huawei_balong",
        "huawei_mt5700m",
        "lte_bento",
        "mikrotik_",
        "nordic_",
        "quectel_ec200",
        "quectel_rg",
        "quectel_rm5",
        "xmm7360",
    ];
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if heads.iter().any(|head| name.starts_with(head)) {
            assert!(READ.contains(&name.as_str()), "{name}");
            checked += 1;
        }
    }
    assert!(checked >= 20, "{checked}");
}
