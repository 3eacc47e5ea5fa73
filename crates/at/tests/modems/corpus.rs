//! Real answers of real modems, read where they lie: `OPENSIM_CORPUS` names their folder.
//!
//! They are other people's logs and are not part of the repository; `testdata/transcripts` has their shapes with
//! values of its own. Each test is named after the file it reads. What is expected was written by reading the file,
//! not by running the code.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;

use super::conversation::{Asked, list, or_dash, reading, row, who};
use opensim_at::dialect::{Dialect, Scales, by_name, detect};
use opensim_domain::Identity;
use opensim_domain::trace;

/// The folder; `None`, with one line that says so, where it is not given.
fn corpus() -> Option<PathBuf> {
    static SAID: Once = Once::new();
    let folder = std::env::var_os("OPENSIM_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Past the test runner's capture: a skipped test is not to pass in silence.
        SAID.call_once(|| {
            let _ = writeln!(std::io::stderr(), "skipped: OPENSIM_CORPUS is not set");
        });
    }
    folder
}

/// A file of the corpus.
struct Log(Vec<Asked>);

impl Log {
    fn open(name: &str) -> Option<Self> {
        let path = corpus()?.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&path).expect(name);
        let entries = trace::parse(&text).expect(name);
        let exchanges = trace::exchanges(&entries);
        Some(Self(exchanges.iter().map(Asked::of).collect()))
    }

    /// Each answer to `line`, read alone by the dialect of that name as a modem of that model.
    fn reads(&self, name: &str, model: &str, line: &str) -> Vec<String> {
        let dialect = by_name(name).unwrap();
        let identity = Identity {
            model: Some(model.to_owned()).filter(|m| !m.is_empty()),
            ..Identity::default()
        };
        let asked = self.0.iter().filter(|a| a.answers(line));
        asked
            .map(|a| {
                row(&reading(
                    dialect,
                    &identity,
                    &mut Scales::default(),
                    std::slice::from_ref(a),
                ))
            })
            .collect()
    }

    /// The answers to `line`.
    fn asked(&self, line: &str) -> impl Iterator<Item = &Asked> {
        self.0.iter().filter(move |a| a.answers(line))
    }

    fn identities(&self, line: &str) -> Vec<Identity> {
        let any: &dyn Dialect = by_name("generic").unwrap();
        self.asked(line)
            .map(|a| any.identity(&a.reply.lines))
            .collect()
    }
}

/// A test a file, and the list of the files so read.
macro_rules! logs {
    ($list:ident: $($name:ident |$log:ident| $body:block)*) => {
        $(
            #[test]
            fn $name() {
                let Some($log) = Log::open(stringify!($name)) else {
                    return;
                };
                $body
            }
        )*

        pub(crate) const $list: &[&str] = &[$(stringify!($name)),*];
    };
}

mod sierra_telit_ublox;

/// The lists of the files that are read, one a line.
const READ: &[&[&str]] = &[
    QUECTEL,
    SIMCOM,
    HUAWEI,
    sierra_telit_ublox::CINTERION,
    sierra_telit_ublox::SIERRA,
    sierra_telit_ublox::TELIT,
    sierra_telit_ublox::UBLOX,
];

const QENG: &str = r#"AT+QENG="servingcell""#;
const NEIGHBOURS: &str = r#"AT+QENG="neighbourcell""#;
const CPSI: &str = "AT+CPSI?";

impl Log {
    /// Asserts that no answer is taken for a serving cell, whichever command it is believed to answer.
    fn has_no_cell(&self, name: &str) {
        let dialect = by_name(name).unwrap();
        for asked in &self.0 {
            for query in dialect.reading_queries(&Identity::default(), &Scales::default()) {
                let as_answer = Asked {
                    command: query.line.to_owned(),
                    reply: asked.reply.clone(),
                };
                let read = reading(
                    dialect,
                    &Identity::default(),
                    &mut Scales::default(),
                    &[as_answer],
                );
                assert_eq!(row(&read), "nothing", "{}", asked.command);
            }
        }
    }
}

logs! { QUECTEL:
    quectel_docomo_440_10 |log| {
        let umts = "umts 44010 U1 10736 - pci 58 cell 117309584 tac 117 | rsrp - rsrq - sinr - rssi - | +QENG";
        let lte = "lte 44010 B19 6100 10 MHz pci 235 cell 41109521 (160584/17) tac 5764 | rsrp -81 rsrq -10 sinr - rssi -54 | +QENG (SINR scale not known)";
        assert_eq!(log.reads("quectel", "", QENG), ["nothing", umts, umts, lte, lte]);
    }

    quectel_ec200a_issue135 |log| {
        // Four commands in one line, answered in another order: +CSQ is still told from the rest.
        assert_eq!(
            log.reads("generic", "", "AT+CSQ"),
            ["- - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi -79 | +CSQ"]
        );
        log.has_no_cell("quectel");
    }

    quectel_ec200a_ml307r_cops |log| {
        // +CSQ: 39 is out of its range.
        assert_eq!(log.reads("generic", "", "AT+CSQ"), ["nothing"]);
        log.has_no_cell("quectel");
    }

    quectel_ec200t_asr1802 |log| {
        assert_eq!(
            log.reads("quectel", "EC200T", QENG),
            ["lte 46000 B39 38375 15 MHz pci 46 cell 177530934 (693480/54) tac 9683 | rsrp -91 rsrq -9 sinr 12 rssi -80 | +QENG"]
        );
    }

    quectel_ec200t_issue43 |log| {
        assert_eq!(
            log.reads("quectel", "EC200T", QENG),
            ["lte 12301 B3 1802 20 MHz pci 348 cell 4403212 (17200/12) tac 21571 | rsrp -87 rsrq -16 sinr 5 rssi -69 | +QENG"]
        );
    }

    quectel_ec20_china_ril |log| {
        log.has_no_cell("quectel");
    }

    quectel_ec25_identity |log| {
        let ati = log.identities("ATI");
        let ati: Vec<_> = ati.iter().map(who).collect();
        assert_eq!(
            ati,
            ["Quectel / EC25 / EC25EUGAR06A07M4G / -", "Quectel / EC25 / EC25AUXGAR08A03M1G / -"]
        );
        let found = detect(None, &log.identities("ATI")[0]);
        assert_eq!(found.dialect.profile().name, "quectel");
    }

    quectel_ec2x_manual_examples |log| {
        assert_eq!(
            log.reads("quectel", "", QENG),
            [
                "nothing",
                "gsm 46001 - 123 - pci - cell 11093 tac 21764 | rsrp - rsrq - sinr - rssi -67 | +QENG",
                "gsm 46001 - 123 - pci - cell 11093 tac 21764 | rsrp - rsrq - sinr - rssi -111 | +QENG",
                "gsm 46000 - 94 - pci - cell 11193 tac 21770 | rsrp - rsrq - sinr - rssi -61 | +QENG",
                "lte 46000 B39 38400 20 MHz pci 87 cell 137268352 (536204/128) tac 21770 | rsrp -93 rsrq -13 sinr -4 rssi -59 | +QENG",
            ]
        );
        let mut found = 0;
        for asked in log.asked(NEIGHBOURS) {
            let log = Log(vec![Asked { command: QENG.to_owned(), reply: asked.reply.clone() }]);
            assert_eq!(log.reads("quectel", "", QENG), ["nothing"]);
            found += 1;
        }
        assert_eq!(found, 2);
    }

    quectel_eg25g_kismet |log| {
        log.has_no_cell("quectel");
        assert_eq!(log.reads("generic", "", "AT+CEREG?"), ["nothing"]);
        assert_eq!(log.reads("generic", "", "AT+CESQ"), ["nothing"]);
        assert_eq!(
            log.reads("generic", "", "AT+CSQ"),
            ["- - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi -65 | +CSQ"]
        );
    }

    quectel_japan_cops_unknown_status |log| {
        assert_eq!(
            log.reads("quectel", "", QENG),
            ["lte 44010 B19 6100 10 MHz pci 43 cell 156302848 (610558/0) tac 37018 | rsrp -71 rsrq -5 sinr - rssi -47 | +QENG (SINR scale not known)"]
        );
    }

    quectel_lte_issue111 |log| {
        assert_eq!(
            log.reads("quectel", "", QENG),
            ["lte 22288 B7 3350 20 MHz pci 20 cell 37978126 (148352/14) tac 15049 | rsrp -86 rsrq -13 sinr - rssi -52 | +QENG (SINR scale not known)"]
        );
    }

    quectel_rg255c_portugal |log| {
        log.has_no_cell("quectel");
    }

    quectel_rg801h_ecm_log |log| {
        assert_eq!(
            log.reads("quectel", "RG801H", QENG),
            [
                "nr 46000 n41 504990 - pci 901 cell 6186741760 tac 4609291 | rsrp -54 rsrq -10 sinr 16 rssi - | +QENG",
                "nr 46000 n41 504990 - pci 901 cell 6186741760 tac 4609291 | rsrp -52 rsrq -11 sinr 15 rssi - | +QENG",
            ]
        );
        let quectel = by_name("quectel").unwrap();
        let card: Vec<_> = log.asked("AT+QCCID").map(|a| quectel.iccid(&a.reply)).collect();
        let digits = card[0].as_ref().map(|iccid| iccid.reveal().to_owned());
        assert_eq!(or_dash(digits), "89860000000000000001");
    }

    quectel_rgmii_toolkit_qscan |log| {
        log.has_no_cell("quectel");
    }

    quectel_rm500q_ae_kismet |log| {
        log.has_no_cell("quectel");
    }

    quectel_rm520n_gl_kismet |log| {
        let lte = "lte 311480 B66 66536 20 MHz pci 221 cell 3359264 (13122/32) tac 3328 | rsrp -96 rsrq -11 sinr 14 rssi -56 | +QENG";
        assert_eq!(log.reads("quectel", "RM520N-GL", QENG), [lte]);
        // The row's length says as much as the model's name.
        assert_eq!(log.reads("quectel", "", QENG), [lte]);
    }

    quectel_rm5xx_nsa_issue56 |log| {
        assert_eq!(
            log.reads("quectel", "", QENG),
            ["nr_nsa 51503 B1 150 20 MHz pci 1 cell 53844326 (210329/102) tac 19107 | rsrp -89 rsrq -13 sinr 16 rssi -58 | +QENG"]
        );
    }

    quectel_rm5xx_private5g_montimage |log| {
        log.has_no_cell("quectel");
    }

    quectel_rm5xx_qscan_us_mode3 |log| {
        log.has_no_cell("quectel");
    }

    quectel_rm5xx_sa_issue48 |log| {
        assert_eq!(
            log.reads("quectel", "", QENG),
            ["nr 310260 n71 126490 10 MHz pci 24 cell 39613121108 tac 6334976 | rsrp -104 rsrq -13 sinr 11 rssi - | +QENG"]
        );
    }
}

logs! { SIMCOM:
    simcom_a7670_boot_and_errors |log| {
        log.has_no_cell("simcom");
        let model = &log.identities("AT+CGMM")[0];
        assert_eq!(who(model), "- / A7670SA-FASE / - / -");
        assert_eq!(detect(None, model).dialect.profile().name, "simcom");
    }

    simcom_index_scaled_cpsi |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            [
                "lte 46001 B3 1650 20 MHz pci 318 cell 175499523 (685545/3) tac 8970 | rsrp -74 rsrq -9.5 sinr - rssi - | +CPSI (indexes)",
                "lte 46001 B3 1650 20 MHz pci 85 cell 102117378 (398896/2) tac 9551 | rsrp -82 rsrq -12 sinr - rssi - | +CPSI (indexes)",
                "lte 25202 B7 2850 20 MHz pci 299 cell 196089506 (765974/162) tac 9738 | rsrp -94 rsrq -9.5 sinr - rssi - | +CPSI (indexes)",
                "umts 25202 U1 10687 - pci 437 cell - tac 9746 | rsrp - rsrq - sinr - rssi - | +CPSI",
            ]
        );
    }

    simcom_sim7000_us |log| {
        log.has_no_cell("simcom");
    }

    simcom_sim7000c_malaysia |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            [
                "gsm 50212 - 512 - pci - cell 62168 tac 4180 | rsrp - rsrq - sinr - rssi -71 | +CPSI",
                "nothing",
            ]
        );
        let said = &log.identities("AT+GSV")[0];
        assert_eq!(who(said), "SIMCOM_Ltd / SIMCOM_SIM7000C / 1351B06SIM7000C / -");
        assert_eq!(detect(None, said).dialect.profile().name, "simcom");
    }

    simcom_sim7080_france_nano |log| {
        log.has_no_cell("simcom");
    }

    simcom_sim7080_onomondo_full |log| {
        log.has_no_cell("simcom");
    }

    simcom_sim7080g_lilygo_france |log| {
        log.has_no_cell("simcom");
    }

    simcom_sim70xx_carrier_log_us |log| {
        log.has_no_cell("simcom");
    }

    simcom_sim7600_ovms |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            ["lte 26202 B1 100 15 MHz pci 448 cell 13179412 (51482/20) tac 45301 | rsrp -118.4 rsrq -12.2 sinr -2 rssi -87.4 | +CPSI (SINR = 2 x RSSNR - 20)"]
        );
    }

    simcom_sim7600_sim70xx_ardupilot_au |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            [
                "lte 50502 B3 1800 20 MHz pci 101 cell 36519691 (142655/11) tac 52200 | rsrp -114.3 rsrq -14.7 sinr 2 rssi -76.4 | +CPSI (SINR = 2 x RSSNR - 20)",
                "lte 50501 B28 9410 20 MHz pci 238 cell 134523149 (525481/13) tac 8246 | rsrp -116 rsrq -20 sinr -8 rssi -82 | +CPSI (SINR = 2 x RSSNR - 20)",
            ]
        );
    }

    simcom_sim7600_tmobile_us |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            ["lte 310260 B12 5035 5 MHz pci 125 cell 89815063 (350840/23) tac 16169 | rsrp -116.7 rsrq -19.6 sinr -6 rssi -83.2 | +CPSI (SINR = 2 x RSSNR - 20)"]
        );
    }

    simcom_sim7600e_sfr |log| {
        log.has_no_cell("simcom");
        let said = &log.identities("ATI")[0];
        assert_eq!(
            who(said),
            "SIMCOM INCORPORATED / SIMCOM_SIM7600E / SIM7600M21-A_V2.0.1 / 000000000000000"
        );
        assert_eq!(detect(None, said).dialect.profile().name, "simcom");
    }

    simcom_sim7600na_kismet |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            ["lte 310260 B4 2300 20 MHz pci 236 cell 50896642 (198815/2) tac 11544 | rsrp -98.7 rsrq -12.5 sinr 0 rssi -66.3 | +CPSI (SINR = 2 x RSSNR - 20)"]
        );
    }

    simcom_sim7670g_lilygo |log| {
        log.has_no_cell("simcom");
        let said = &log.identities("AT+SIMCOMATI")[0];
        assert_eq!(
            who(said),
            "SIMCOM INCORPORATED / SIM7670G-MNGV / 2374B05SIM767XM5A_M / 000000000000000"
        );
        let rssi = "- - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi -71 | +CSQ";
        assert_eq!(log.reads("generic", "", "AT+CSQ"), ["nothing", rssi]);
    }

    simcom_sim7x00_telstra |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            ["umts 50501 U5 4436 - pci 214 cell 14302219 tac 338 | rsrp - rsrq - sinr - rssi - | +CPSI"]
        );
    }

    simcom_states_misc |log| {
        assert_eq!(log.reads("simcom", "", CPSI), ["nothing"; 3]);
        assert_eq!(log.reads("generic", "", "AT+CEREG?"), ["nothing"]);
    }

    simcom_wcdma_att_china |log| {
        assert_eq!(
            log.reads("simcom", "", CPSI),
            [
                "umts 310410 U5 4385 - pci 355 cell 3846084 tac 56971 | rsrp - rsrq - sinr - rssi - | +CPSI",
                "umts 46001 U1 10713 - pci 316 cell 93203593 tac 55583 | rsrp - rsrq - sinr - rssi - | +CPSI",
            ]
        );
    }
}

const MONSC: &str = "AT^MONSC";
const HCSQ: &str = "AT^HCSQ?";

logs! { HUAWEI:
    huawei_balong_netscan_docs |log| {
        assert_eq!(
            log.reads("huawei", "", MONSC),
            [
                "lte 46001 B3 1650 - pci 499 cell 10864947 (42441/51) tac 6205 | rsrp -98 rsrq -5 sinr - rssi -72 | ^MONSC",
                // The example's cell identity has 40 bits where NR's has 36.
                "nr 46001 - 1650 - pci 499 cell - tac 1193131 | rsrp -80 rsrq -10 sinr 32 rssi - | ^MONSC",
                "nothing",
            ]
        );
        assert_eq!(log.reads("generic", "", "AT+CESQ"), ["nothing"]);
    }

    huawei_e303_gammu |log| {
        log.has_no_cell("huawei");
    }

    huawei_hcsq_variants |log| {
        let lte = |levels: &str| format!("lte - - - - pci - cell - tac - | {levels} | ^HCSQ");
        let other = |rat: &str, rssi: &str| {
            format!("{rat} - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi {rssi} | ^HCSQ")
        };
        assert_eq!(
            log.reads("huawei", "", HCSQ),
            [
                lte("rsrp -122 rsrq - sinr -7 rssi -91"),
                other("umts", "-91"),
                other("gsm", "-85"),
                lte("rsrp -101 rsrq -14.5 sinr 6.8 rssi -88"),
                "nothing".to_owned(),
                "nothing".to_owned(),
                lte("rsrp -91 rsrq -8 sinr 12 rssi -62"),
                other("umts", "-82"),
                lte("rsrp -114 rsrq -11 sinr -3 rssi -82"),
                "nr - - - - pci - cell - tac - | rsrp -64 rsrq - sinr 27 rssi - | ^HCSQ".to_owned(),
            ]
        );
    }

    huawei_monsc_field |log| {
        assert_eq!(
            log.reads("huawei", "", MONSC),
            [
                "lte 46000 B40 38950 - pci 322 cell 156170372 (610040/132) tac 22450 | rsrp -96 rsrq -8 sinr - rssi -67 | ^MONSC",
                "gsm 46000 - 12 - pci - cell 11604 tac 22450 | rsrp - rsrq - sinr - rssi -68 | ^MONSC",
                "lte 46011 B3 1750 - pci 223 cell 187103666 (730873/178) tac 23907 | rsrp -91 rsrq -14 sinr - rssi -56 | ^MONSC",
                "lte 46000 B39 38400 - pci 8 cell 228020804 (890706/68) tac 9416 | rsrp -85 rsrq -10 sinr - rssi -54 | ^MONSC",
                // 246 in hexadecimal is above 503, and nothing says that it is decimal here alone.
                "lte 26201 B3 1300 - pci - cell 29582339 (115556/3) tac 3071 | rsrp -93 rsrq -11 sinr - rssi -61 | ^MONSC",
            ]
        );
        // The last of each belong together.
        let huawei = by_name("huawei").unwrap();
        let both = reading(huawei, &Identity::default(), &mut Scales::default(), &log.0);
        assert_eq!(
            row(&both),
            "lte 26201 B3 1300 - pci - cell 29582339 (115556/3) tac 3071 | rsrp -93 rsrq -11 sinr 9 rssi -61 | ^MONSC, ^HCSQ"
        );
    }

    huawei_mt5700m_hisilicon |log| {
        log.has_no_cell("huawei");
        assert_eq!(
            log.reads("generic", "", "AT+CESQ"),
            ["nr - - - - pci - cell - tac - | rsrp -82 rsrq -11 sinr 14 rssi - | +CESQ"]
        );
    }
}

/// Every answer to the network list in a file: code, access technology and state of each entry.
fn network_lists(name: &str, expected: &[&str]) {
    let Some(log) = Log::open(name) else {
        return;
    };
    let asked = log.0.iter().filter(|a| a.is_network_list());
    let lists: Vec<_> = asked.map(|a| list(&a.networks())).collect();
    assert_eq!(lists, expected, "{name}");
}

macro_rules! network_lists {
    ($($name:ident $expected:expr;)*) => {
        mod network_list_of {
            $(
                #[test]
                fn $name() {
                    super::network_lists(stringify!($name), &$expected);
                }
            )*
        }

        const NETWORK_LISTS: &[&str] = &[$(stringify!($name)),*];
    };
}

network_lists! {
    cinterion_pls8_or_quectel_hostmobility ["24002:7:1 24008:7:1 24007:7:1 24001:7:1 cut"];
    lte_bento_us_scan ["310410:7:2 311480:7:1 312770:7:1 310830:7:1 310120:7:1 310260:7:1"];
    nordic_nrf91_cesq_and_516 ["26201:7:2 26202:7:1", "none", "none", "26201:7:2 26202:7:1"];
    owntracks_gw_truncated_de ["26202:2:1 26201:2:3 26201:0:3 cut"];
    quectel_ec200a_ml307r_cops ["46000:7:2 46000:0:1 46001:7:3 46011:7:3 46015:7:1"];
    quectel_ec20_china_ril ["46001:7:2 46011:7:3 46000:7:3"];
    quectel_ec2x_manual_examples ["46001:2:1 46001:0:1 46001:7:2 46011:7:1 46000:0:3"];
    quectel_eg25g_kismet ["311480:7:1 310260:7:1"];
    quectel_japan_cops_unknown_status ["44010:7:0 44050:7:0 44051:7:0 44052:7:0 44053:7:0 44054:7:0"];
    quectel_rg255c_portugal ["26802:7:3 26803:7:3 26801:7:3 26806:7:3"];
    quectel_rm520n_gl_kismet ["310260:12:2 310260:7:1 311480:7:1 315010:7:1 311480:12:1 313100:7:1 310410:7:1"];
    quectel_rm5xx_private5g_montimage ["00101:12:1 20810:7:1 20810:2:1 20820:2:3 20801:7:3 20815:7:3 20820:7:3 20801:2:3 20816:7:3 20815:2:3"];
    simcom_index_scaled_cpsi ["46001:7:2 46000:0:3 46011:7:3 46000:7:3"];
    simcom_sim7000_us ["310410:7:2 310260:0:1 311480:7:1 313100:7:1"];
    simcom_sim7080_france_nano ["20820:9:1 20801:7:1 20820:7:1 20810:9:1 20810:7:1"];
    simcom_sim7080_onomondo_full ["20820:7:3 20810:9:1 20810:7:1 20801:7:1 20820:9:3"];
    simcom_sim7080g_lilygo_france ["20810:9:1 20820:7:2", "none"];
    simcom_sim70xx_carrier_log_us ["311480:7:2 313100:7:3 310260:7:1 310410:7:1"];
    simcom_sim7x00_telstra ["50502:7:2 50502:2:1 50502:0:1 50501:7:3 50503:0:3 50503:2:3 50503:7:3"];
    telit_lm960a18_kismet ["310260:7:1 310410:7:1 315010:7:1 311480:7:1 313100:7:1"];
    ublox_sara_r4_uk_cops ["23410:0:0 23430:0:0 23415:7:0 23415:9:0 23430:9:0 23410:9:0"];
    ublox_sara_r4_us_sparkfun ["311480:8:3", "313100:8:1 310410:8:2 311480:8:3"];
}

#[test]
fn names_of_the_network_lists() {
    let names = |name: &str| -> Option<Vec<String>> {
        let log = Log::open(name)?;
        let lists = log.0.iter().filter(|a| a.is_network_list());
        let entries = lists.flat_map(|a| a.networks().entries);
        let both = |long: Option<String>, short: Option<String>| {
            format!("{}|{}", or_dash(long), or_dash(short))
        };
        Some(entries.map(|e| both(e.long, e.short)).collect())
    };
    let Some(bento) = names("lte_bento_us_scan") else {
        return;
    };
    assert_eq!(bento[2..4], ["-|-", "-|-"]);
    assert_eq!(
        names("owntracks_gw_truncated_de").unwrap()[0],
        "Vodafone.de|-"
    );
    let montimage = names("quectel_rm5xx_private5g_montimage").unwrap();
    assert_eq!(montimage[3], "F-Bouygues Telecom|BYTEL");
    let japan = names("quectel_japan_cops_unknown_status").unwrap();
    assert_eq!(japan[2..4], ["KDDI(au)|KDDI(au)", "440 52|440 52"]);
}

/// The names, without their ending, of the corpus's files that `wanted` finds by name and text.
fn files_where(wanted: impl Fn(&str, &str) -> bool) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(corpus()?).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "txt")
            && wanted(&name, &std::fs::read_to_string(&path).unwrap())
        {
            found.push(name);
        }
    }
    found.sort();
    Some(found)
}

#[test]
fn every_file_of_a_family_that_is_read_has_its_test() {
    let mut tested = READ.concat();
    tested.sort_unstable();
    // A file's name begins with its family's.
    let family = |name: &str| name.split('_').next().unwrap_or(name).to_owned();
    let families: HashSet<String> = tested.iter().map(|name| family(name)).collect();
    let Some(files) = files_where(|name, _| families.contains(&family(name))) else {
        return;
    };
    assert_eq!(files, tested);
}

#[test]
fn every_network_list_has_its_test() {
    let has_list = |_: &str, text: &str| {
        let asks =
            |line: &str| line.starts_with('>') && line.to_ascii_uppercase().contains("COPS=?");
        text.lines().any(asks)
    };
    let Some(files) = files_where(has_list) else {
        return;
    };
    let mut tested = NETWORK_LISTS.to_vec();
    tested.sort_unstable();
    assert_eq!(files, tested);
}
