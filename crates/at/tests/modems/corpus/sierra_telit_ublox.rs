//! The logs of Sierra, Telit, u-blox and Cinterion.

use opensim_at::dialect::{Scales, by_name, detect};

use opensim_domain::Identity;

use super::Log;
use crate::cells::rows;
use crate::conversation::{reading, row, who};

const GSTATUS: &str = "AT!GSTATUS?";
const LTEINFO: &str = "AT!LTEINFO?";
const RFSTS: &str = "AT#RFSTS";
const MONI: &str = "AT#MONI";
const CSURVC: &str = "AT#CSURVC";
const UCGED: &str = "AT+UCGED?";

impl Log {
    /// What the whole file says of the serving cell: the latest answer to each query.
    fn whole(&self, name: &str) -> String {
        let dialect = by_name(name).unwrap();
        let mut scales = Scales::default();
        row(&reading(
            dialect,
            &Identity::default(),
            &mut scales,
            &self.0,
        ))
    }

    /// The cells of every survey in it.
    fn surveys(&self, name: &str, line: &str) -> Vec<String> {
        let dialect = by_name(name).unwrap();
        let each = |a: &super::Asked| rows(&dialect.survey_cells(&a.reply));
        self.asked(line).map(each).collect()
    }

    /// The cells of every list of neighbours in it.
    fn neighbours(&self, name: &str, line: &str) -> Vec<String> {
        let dialect = by_name(name).unwrap();
        let each = |a: &super::Asked| rows(&dialect.neighbours(&a.reply));
        self.asked(line).map(each).collect()
    }
}

logs! { SIERRA:
    sierra_em7455_3ginfo136 |log| {
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            ["lte - B8 3764 5 MHz pci - cell 46352458 (181064/74) tac 58090 | rsrp -110 rsrq -12.7 sinr 1 rssi -84 | !GSTATUS"]
        );
    }

    sierra_em7455_danielewood_readme |log| {
        // Its owner changed digits of area and cell in one base and not in the other. The second antenna hears more.
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            ["lte - B2 800 20 MHz pci - cell - tac - | rsrp -79 rsrq -14 sinr 23.8 rssi -44 | !GSTATUS"]
        );
        assert_eq!(
            log.reads("sierra", "", LTEINFO),
            ["lte 310410 B2 800 20 MHz pci 404 cell 169109098 (660582/106) tac 35666 | rsrp -79.6 rsrq -14.1 sinr 22 rssi -45.5 | !LTEINFO"]
        );
        assert_eq!(
            log.whole("sierra"),
            "lte 310410 B2 800 20 MHz pci 404 cell 169109098 (660582/106) tac 35666 | rsrp -79 rsrq -14 sinr 23.8 rssi -44 | !GSTATUS"
        );
        assert_eq!(
            log.neighbours("sierra", LTEINFO),
            ["lte - B2 800 - pci 402 cell - tac - | rsrp -89.3 rsrq -20 sinr - rssi -57.6 | !LTEINFO ; \
              lte - B12 5110 - pci 272 cell - tac - | rsrp -80.9 rsrq -12.1 sinr - rssi -50.6 | !LTEINFO"]
        );
    }

    sierra_em7455_dw5811e_3ginfo37 |log| {
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            ["lte - B3 1749 10 MHz pci - cell 37633588 (147006/52) tac 54700 | rsrp -112 rsrq -20 sinr -6.4 rssi -74 | !GSTATUS"]
        );
    }

    sierra_em7565_b7_private |log| {
        let cell = "lte - B7 3110 20 MHz pci - cell 20737 (81/1) tac 1";
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            [
                format!("{cell} | rsrp -116 rsrq -8 sinr 8.6 rssi -89 | !GSTATUS"),
                format!("{cell} | rsrp -66 rsrq -6 sinr 30 rssi -40 | !GSTATUS"),
                format!("{cell} | rsrp -118 rsrq -8.6 sinr 3.8 rssi -89 | !GSTATUS"),
            ]
        );
    }

    sierra_em9190_sa_and_selrat |log| {
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            ["nr 310260 n41 521232 20 MHz pci - cell 7621693752 tac 2975232 | rsrp -104 rsrq -15 sinr 0.5 rssi - | !GSTATUS"]
        );
    }

    sierra_em9191_endc_modemfeed30 |log| {
        assert_eq!(
            log.reads("sierra", "", GSTATUS),
            ["nr_nsa - B3 1700 20 MHz pci - cell - tac - | rsrp -99 rsrq - sinr - rssi -65 | !GSTATUS"]
        );
        assert_eq!(
            log.reads("generic", "", "AT+CEREG?"),
            ["nr_nsa - - - - pci - cell 27150851 (106058/3) tac 4614 | rsrp - rsrq - sinr - rssi - | -"]
        );
        assert_eq!(
            log.reads("generic", "", "AT+CSQ"),
            ["- - - - - pci - cell - tac - | rsrp - rsrq - sinr - rssi -71 | +CSQ"]
        );
    }

    sierra_wp76_nocarrier |log| {
        log.has_no_cell("sierra");
    }
}

logs! { TELIT:
    telit_gsm_netherlands_rfsts |log| {
        let gsm = |rest: &str, rssi: &str| {
            format!("gsm {rest} | rsrp - rsrq - sinr - rssi {rssi} | #RFSTS")
        };
        assert_eq!(
            log.reads("telit", "", RFSTS),
            [
                gsm("20404 - 1001 - pci - cell 39032 tac 222", "-80"),
                gsm("- - 1001 - pci - cell 39032 tac 222", "-77"),
                gsm("20408 - 14 - pci - cell 48873 tac 3260", "-83"),
                gsm("20416 - 848 - pci - cell 5307 tac 1016", "-89"),
                "nothing".to_owned(),
                "nothing".to_owned(),
            ]
        );
    }

    telit_lm960_manual_examples |log| {
        assert_eq!(
            log.reads("telit", "", RFSTS),
            ["lte 311480 B66 66536 - pci - cell 3392534 (13252/22) tac 3328 | rsrp -103 rsrq -15 sinr - rssi -68 | #RFSTS"]
        );
    }

    telit_lm960a18_kismet |log| {
        let cell = "lte 310260 B66 66786";
        assert_eq!(
            log.reads("telit", "", RFSTS),
            [format!("{cell} - pci - cell 50896642 (198815/2) tac 11544 | rsrp -101 rsrq -13 sinr - rssi -68 | #RFSTS")]
        );
        assert_eq!(
            log.whole("telit"),
            format!("{cell} - pci 236 cell 50896642 (198815/2) tac 11544 | rsrp -101 rsrq -13 sinr - rssi -68 | #RFSTS")
        );
        assert_eq!(
            log.neighbours("telit", MONI),
            ["lte - B66 66786 - pci 322 cell - tac - | rsrp -107 rsrq -18 sinr - rssi -79 | #MONI"]
        );
        assert_eq!(
            log.surveys("telit", CSURVC),
            [format!("{cell} 20 MHz pci 236 cell 50896642 (198815/2) tac 11544 | rsrp -103 rsrq -15 sinr - rssi -68 | #CSURVC")]
        );
        assert_eq!(who(&log.identities("ATI")[0]), "- / - / - / -");
        let model = &log.identities("AT+CGMM")[0];
        assert_eq!(who(model), "- / LM960A18 / - / -");
        assert_eq!(detect(None, model).dialect.profile().name, "telit");
        assert_eq!(log.reads("generic", "", "AT+CESQ"), ["nothing"]);
        assert_eq!(log.reads("generic", "", "AT+CSQ"), ["nothing"]);
    }

    telit_mikrotik_att_forum |log| {
        // The cell's identity is cut by its owner.
        let status = "lte 310410 B2 800 - pci - cell - tac 35614 | rsrp -93 rsrq -14 sinr - rssi -59 | #RFSTS";
        assert_eq!(log.reads("telit", "", RFSTS), [status]);
        assert_eq!(
            log.reads("telit", "", MONI),
            ["lte - B2 800 - pci - cell - tac 35614 | rsrp -92 rsrq -17 sinr - rssi -54 | #MONI"]
        );
        assert_eq!(log.whole("telit"), status);
    }

    telit_nr_moni |log| {
        assert_eq!(
            log.reads("telit", "", MONI),
            ["nr - n79 723360 100 MHz pci 11 cell - tac - | rsrp -71 rsrq -10 sinr - rssi -60 | #MONI (SINR unit not known)"]
        );
    }

    telit_xe310_csurvc_and_gsm_moni |log| {
        assert_eq!(
            log.surveys("telit", CSURVC),
            ["gsm 22201 - 1018 - pci - cell 14887 tac 54717 | rsrp - rsrq - sinr - rssi -73 | #CSURVC ; \
              gsm 22201 - 1023 - pci - cell 14886 tac 54717 | rsrp - rsrq - sinr - rssi -78 | #CSURVC"]
        );
        assert_eq!(
            log.reads("telit", "", MONI),
            [
                "gsm - - 148 - pci - cell 24596 tac 35539 | rsrp - rsrq - sinr - rssi -99 | #MONI",
                "gsm - - 60 - pci - cell 62060 tac 27434 | rsrp - rsrq - sinr - rssi -70 | #MONI",
            ]
        );
    }
}

logs! { UBLOX:
    ublox_cops5_survey |log| {
        log.has_no_cell("ublox");
        assert_eq!(
            log.surveys("ublox", "AT+COPS=5"),
            [
                "gsm 22288 - 104 - pci - cell - tac 22010 | rsrp - rsrq - sinr - rssi -74 | +COPS=5",
                // As hexadecimal the cell's identity would have 31 bits.
                "lte 22288 B3 1325 - pci 163 cell 57367043 (224090/3) tac 22060 | rsrp -116 rsrq -19.5 sinr - rssi - | +COPS=5",
            ]
        );
        assert_eq!(by_name("ublox").unwrap().survey(&Identity::default()), None);
    }

    ublox_particle_sara_u_r |log| {
        log.has_no_cell("ublox");
    }

    ublox_sara_r4_uk_cops |log| {
        log.has_no_cell("ublox");
    }

    ublox_sara_r4_us_sparkfun |log| {
        log.has_no_cell("ublox");
    }

    ublox_sara_r5_ucged |log| {
        assert_eq!(
            log.reads("ublox", "", UCGED),
            [
                "lte 00101 B5 2525 10 MHz pci 111 cell 111111111 (434027/199) tac 11111 | rsrp -74 rsrq -10.5 sinr - rssi - | +UCGED",
                "nothing",
                // The band beside channel 5110 says 13, where 36.101 has 12.
                "lte - B12 5110 10 MHz pci 254 cell - tac - | rsrp -114 rsrq -12.5 sinr 0.5 rssi - | +UCGED",
            ]
        );
    }
}

logs! { CINTERION:
    cinterion_pls8_or_quectel_hostmobility |log| {
        log.has_no_cell("cinterion");
    }

    owntracks_gw_truncated_de |log| {
        log.has_no_cell("cinterion");
    }
}
