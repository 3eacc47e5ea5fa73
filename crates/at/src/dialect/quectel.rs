//! Quectel: `EC2x`, `EG2x`, EP06, `EC200x`, `RM5xx` and their kin. One command, `+QENG`, has the cell and its levels.
//!
//! The trap is SINR: the same column is dB, fifths of a dB above -20 or steps of 2 dB above -20, by firmware, and a
//! number from 0 to 30 fits all three. It is taken as settled by, in this order: a number that only one scale can
//! give (negative: dB; over 30: fifths); a model or a row layout of the generations that print dB; what was learnt
//! before; `+QCSQ`, whose scale is documented (fifths), asked once beside it and compared within 3 dB. Until then SINR
//! is unknown and the source says so. Sources: the `EC2x` AT manual (6.2, 6.6) and captures of the models named.

use std::time::Duration;

use super::commands::{Commands, Effect};
use super::row::Row;
use super::{
    CellSurvey, Dialect, DialectProfile, Identity, Query, QueryReply, Scales, SinrScale, generic,
    known, reply_to,
};
use crate::result::Reply;
use opensim_domain::radio::Reading;
use serving::Serving;
use sinr::Beside;

mod serving;
mod sinr;
mod survey;

/// Quectel's dialect.
pub(super) struct Quectel;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x2c7c],
    // 05c6:9215 is an old EC20 or EC25, and many other boards too: only what it says of itself tells.
    manufacturers: &["quectel"],
    urc_prefixes: &[
        "+QIND:",
        "+QIURC:",
        "+QNETDEVSTATUS:",
        "+QSIMSTAT:",
        "+QUSIM:",
    ],
    urc_lines: &[
        "RDY",
        "POWERED DOWN",
        "NORMAL POWER DOWN",
        "Call Ready",
        "SMS Ready",
    ],
    // The manual's 180 s and some; a longer silence is an EG25-G that hangs until its power is cut.
    network_list: Duration::from_secs(200),
    commands: Commands {
        harmless: &[
            "+QFPLMNCFG=\"LIST\"",
            "+EGMR=0,7",
            "+QCAINFO",
            "+QCCID",
            "+QCSQ",
            "+QENG=",
            "+QGMR",
            "+QINISTAT",
            "+QLTS",
            "+QLTS=",
            "+QNWINFO",
            "+QOPS",
            "+QPINC",
            "+QPINC=",
            "+QRSRP",
            "+QRSRQ",
            "+QSCAN=",
            "+QSINR",
            "+QSPN",
            "+QTEMP",
        ],
        plain: &[
            "+QNETINFO",
            "+QCFG",
            "+QIND",
            "+QMBNCFG",
            "+QNWCFG",
            "+QNWPREFCFG",
            "+QOPSCFG",
            "+QSIMSTAT",
            "+QUIMSLOT",
        ],
        secrets: &[
            "*PIN",
            "+QFOTADL",
            "+QFTPCFG",
            "+QHTTPCFG",
            "+QICSGP",
            "+QMTCONN",
            "+QPIN",
            "+QSIMLOCK",
            "+QSMTPCFG",
            "+QWAUTH",
            "+QWSSID",
        ],
        effects: &[
            ("*MRD_CDF", Effect::Imei),
            ("*MRD_IMEI", Effect::Imei),
            ("*MRD_SN", Effect::Imei),
            ("*PIN", Effect::Pin),
            ("+EGMR", Effect::Imei),
            ("+QFPLMNCFG", Effect::Selection),
            ("+QNVFW", Effect::Imei),
            ("+QNVW", Effect::Imei),
            ("+QPIN", Effect::Pin),
            ("+QPOWD", Effect::Restart),
            ("+QPRTPARA", Effect::Factory),
            ("+QRST", Effect::Restart),
            ("+QSIMLOCK", Effect::Pin),
        ],
        imei: &["+EGMR"],
        ..Commands::NONE
    },
    ..DialectProfile::named("quectel")
};

const QENG: Query = Query::new(r#"AT+QENG="servingcell""#, &["+QENG:"]);
const QCSQ: Query = Query::new("AT+QCSQ", &["+QCSQ:"]);

impl Dialect for Quectel {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, identity: &Identity, scales: &Scales) -> Vec<Query> {
        if scales.sinr.is_some() || prints_decibels(identity) {
            vec![QENG]
        } else {
            vec![QENG, QCSQ]
        }
    }

    fn own_reading(
        &self,
        answers: &[QueryReply],
        identity: &Identity,
        scales: &mut Scales,
    ) -> Reading {
        let beside = reply_to(answers, QCSQ.line)
            .and_then(|reply| reply.after("+QCSQ:"))
            .and_then(|text| Beside::of(&Row::of(text)));
        let serving = reply_to(answers, QENG.line).map(Serving::of);
        if prints_decibels(identity) {
            scales.sinr = Some(SinrScale::Decibel);
        }
        let serving = match serving {
            Some(Serving::Lte(lte)) => known(lte.reading(beside.as_ref(), scales)),
            // A state without a cell (`SEARCH`) is an answer too, and then the other command repeats what was.
            Some(Serving::Other(reading)) => Some(reading),
            None => None,
        };
        let mut reading = serving
            .or_else(|| beside.map(Beside::reading))
            .unwrap_or_default();
        drop_floors(&mut reading);
        reading
    }

    fn pin_tries_query(&self) -> Query {
        Query::new(r#"AT+QPINC="SC""#, &["+QPINC:"])
    }

    /// `+QPINC: "SC",<PIN tries>,<PUK tries>`; asked without "SC" it has a line for PIN2 as well.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        let mut rows = reply.all_after("+QPINC:").map(Row::of);
        generic::tries(rows.find(|row| row.is(0, "SC"))?.int(1))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (
            &["+QSIMSTAT:", "+QUSIM:", "+QIND:"],
            &["RDY", "Call Ready", "SMS Ready"],
        )
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+QCCID", &["+QCCID:"]),
            Query::new("AT+ICCID", &["+ICCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn survey(&self, identity: &Identity) -> Option<CellSurvey> {
        survey::of(identity)
    }

    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let mut cells = survey::cells(reply);
        cells.iter_mut().for_each(drop_floors);
        cells
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(survey::NEIGHBOURS)
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let mut cells = survey::neighbours(reply);
        cells.iter_mut().for_each(drop_floors);
        cells
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                r#"+QENG: "servingcell","NOCONN","LTE","FDD","#,
                r#"+QENG: "servingcell","LIMSRV","NR5G-SA","TDD","#,
                r#"+QENG: "servingcell","NOCONN","WCDMA","#,
                r#"+QENG: "LTE","FDD","#,
                r#"+QENG:"NR5G-NSA","#,
                r#"+QCSQ: "LTE","#,
                r#"+QPINC: "SC","#,
                r#"+QENG: "neighbourcell intra","LTE","#,
                r#"+QSCAN: "LTE",208,01,"#,
                r#"+QSCAN: "NR5G",208,10,"#,
                r#"+QOPS: "A","B","20801""#,
                r#"1,"4G","#,
                r#"2,"3G","#,
                r#"3,"2G","#,
            ],
            tables: &[],
        }
    }
}

/// Whether its model or firmware is of a generation known to print SINR in dB.
fn prints_decibels(identity: &Identity) -> bool {
    let known = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("").to_ascii_uppercase();
        ["RM5", "RG5", "EC200"].iter().any(|p| text.starts_with(p))
    };
    known(&identity.model) || known(&identity.revision)
}

/// What the firmware prints in place of a level it has not measured: -140 dBm, and -20 dB for SINR.
fn drop_floors(reading: &mut Reading) {
    if reading.rsrp.is_some_and(|rsrp| rsrp.tenths() <= -1400) {
        reading.rsrp = None;
        reading.rsrq = None;
        reading.sinr = None;
    }
    reading.sinr = reading.sinr.filter(|sinr| sinr.tenths() > -200);
}
