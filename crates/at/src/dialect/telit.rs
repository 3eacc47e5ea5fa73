//! Telit: LE910, LM940 and LM960, FN980. `#RFSTS` has the serving cell, `#MONI` its physical cell, `#CSURVC` every
//! operator's cells.
//!
//! `#RFSTS` prints the subscriber's number too: nothing here reads that field. Its last field is SINR in 0 to 250 on the
//! newer modules; two readings of it are in use (fifths and quarters of a dB), no capture settles which, so it is left
//! out and the source says so. `#MONI` is asked twice: as it is set, where newer firmware prints `pci:` or, in 5G, the
//! whole cell; and for the cells of the channel (`=1`), whose `Id:` is the physical cell in hexadecimal and whose rows
//! have no area. The setting is put back to its default in the same line. A row is taken for the serving cell only where
//! channel and levels are those of `#RFSTS`. NR's SINR in `#MONI` has no known unit either.
//!
//! The survey's numeric form prints cell and area in decimal, or in hexadecimal where `#CSURVF` was changed; a letter
//! or a leading zero in any row tells. Rows of six fields name no network and are left out.
//! Sources: captures of an LM960A18 and of 2G modules; the LM960 and LE910 manuals' field lists.

use std::time::Duration;

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{
    CellSurvey, Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to,
};
use crate::result::{Line, Reply};
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi};
use opensim_domain::{Access, Plmn};

mod labels;

use labels::Labels;

/// Telit's dialect.
pub(super) struct Telit;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x1bc7],
    manufacturers: &[
        "telit", "le910", "lm940", "lm960", "ln920", "fn980", "fn990",
    ],
    urc_prefixes: &["#ECAM:", "#NITZ:", "#PSNT:", "#QSS:", "#STN:"],
    commands: Commands {
        harmless: &[
            "#CAINFO",
            "#CCID",
            "#CEER",
            "#CGMI",
            "#CGMM",
            "#CGMR",
            "#CGSN",
            "#CIMI",
            "#CSURV",
            "#CSURVC",
            "#MONI",
            "#MONI=",
            "#PCT",
            "#PSNT",
            "#QSS",
            "#RFSTS",
            "#SERVINFO",
            "#SWPKGV",
            "#TEMPMON",
            "^RFSTS",
        ],
        plain: &[
            "#ACTIVEFW",
            "#BND",
            "#CPLMS",
            "#ECM",
            "#ENS",
            "#FWSWITCH",
            "#ICMAUTOCONN",
            "#NCM",
            "#USBCFG",
        ],
        secrets: &[
            "#EPASSW",
            "#EUSER",
            "#FTPOPEN",
            "#MQCONN",
            "#PASSW",
            "#PDPAUTH",
            "#SGACT",
            "#SSLSECDATA",
            "#TCPATRUNAUTH",
            "#USERID",
        ],
        effects: &[
            ("#ENHRST", Effect::Restart),
            ("#FASTSHDN", Effect::Restart),
            ("#FWSWITCH", Effect::Restart),
            ("#PLMNMODE", Effect::Selection),
            ("#REBOOT", Effect::Restart),
            ("#SHDN", Effect::Restart),
            ("#SYSHALT", Effect::Restart),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("telit")
};

const RFSTS: Query = Query::new("AT#RFSTS", &["#RFSTS:"]);
const MONI: Query = Query::new("AT#MONI", &["#MONI:"]);
const MONI_OF_CHANNEL: Query = Query::new("AT#MONI=1;#MONI;#MONI=0", &["#MONI:"]);

impl Dialect for Telit {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![RFSTS, MONI, MONI_OF_CHANNEL]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let status = reply_to(answers, RFSTS.line)
            .and_then(|reply| reply.after("#RFSTS:"))
            .and_then(|text| rfsts(&Row::of(text)));
        let as_set = monitored(answers, &MONI);
        let of_channel = monitored(answers, &MONI_OF_CHANNEL);
        match status {
            Some(mut reading) => {
                let mut rows = as_set.iter().chain(&of_channel);
                reading.cell.pci = rows.find_map(|row| serving_pci(row, &reading));
                reading
            }
            // 5G alone is in #MONI; 4G without #RFSTS has what its own row has.
            None => as_set.iter().find_map(alone).unwrap_or_default(),
        }
    }

    /// `#PCT` counts the code that is asked for, so it is asked which one that is.
    fn pin_tries_query(&self) -> Query {
        Query::new("AT+CPIN?;#PCT", &["+CPIN:", "#PCT:"])
    }

    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        let asked = Row::of(reply.after("+CPIN:")?);
        if asked.is(0, "SIM PUK") {
            // The PIN's own are spent.
            return Some(0);
        }
        let of_pin = asked.is(0, "SIM PIN") || asked.is(0, "READY");
        generic::tries(Row::of(reply.after("#PCT:").filter(|_| of_pin)?).int(0))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["#QSS:"], &[])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT#CCID", &["#CCID:"]),
            Query::new("AT+CCID", &["+CCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    /// Builds for single operators refuse it, and in 4G it works only while camped on a cell. The one capture of it on an
    /// LM960 has the cell in use alone where the network list has five operators, so a carrier that it does not name may
    /// well be there; and whether the registration outlasts it nobody has written down. Hence it is not run by itself.
    /// The manual gives it 120 s, and it was seen to take 180.
    fn survey(&self, _: &Identity) -> Option<CellSurvey> {
        Some(CellSurvey {
            supported: Some(Query::new("AT#CSURVC=?", &["#CSURVC:"])),
            run: Query {
                timeout: Duration::from_mins(3),
                ..Query::bare("AT#CSURVC")
            },
            abortable: false,
            stays_registered: false,
        })
    }

    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let rows: Vec<Row> = reply.lines.iter().filter_map(survey_row).collect();
        let hexadecimal = rows.iter().any(|row| {
            let of_cell = survey_columns(row).map(|c| [c.cell, c.area]);
            let texts = of_cell.into_iter().flatten().filter_map(|at| row.text(at));
            texts.into_iter().any(|t| {
                t.len() > 1 && t.starts_with('0') || t.bytes().any(|b| b.is_ascii_alphabetic())
            })
        });
        rows.iter()
            .filter_map(|row| survey_cell(row, hexadecimal))
            .collect()
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(MONI_OF_CHANNEL)
    }

    /// The first row is the serving cell itself.
    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let rows = reply.all_after("#MONI:").map(Labels::of);
        rows.filter(|row| row.text("TAC").is_none())
            .skip(1)
            .filter_map(|row| {
                let mut reading = lte_labels(&row)?;
                reading.cell.pci = row::pci(Access::Lte, row.hex("Id"));
                reading.cell.pci.is_some().then_some(reading)
            })
            .collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &["#RFSTS: \"208 01\",", "#PCT: "],
            tables: &[
                &["%,-%,208,01,%,%,%,%,%,%,%", "%,-%,208,01,%,%,%,%,%,%"],
                &["%,%,-%,%,208,01,%,%,%,%"],
                &["#MONI: X NR_BAND:% NR_BW:% NR_CH:% NR_PWR:%dbm NR_RSRP:% NR_RSRQ:% NR_PCI:%"],
                &["#MONI: X RSRP:% RSRQ:% TAC:% Id:% EARFCN:% PWR:%dbm pci:%"],
                &[
                    "#MONI: RSRP:% RSRQ:% Id:% EARFCN:% PWR:%dbm",
                    "#MONI: RSRP:% RSRQ:% Id:% EARFCN:%",
                ],
                &["#RFSTS: \"208 01\",%,%,%,%,%,%,%,%,%,%,%,\"1\",\"X\",%,%"],
                &["#RFSTS: \"208 01\",%,%,%,%,%,%,%,%,%,\"1\",\"X\",%,%"],
            ],
        }
    }
}

fn monitored(answers: &[QueryReply], query: &Query) -> Vec<Labels> {
    let reply = reply_to(answers, query.line);
    let rows = reply.map(|reply| reply.all_after("#MONI:").map(Labels::of).collect());
    rows.unwrap_or_default()
}

/// The serving cell's row, 4G or 2G by its length and shape.
fn rfsts(row: &Row) -> Option<Reading> {
    let plmn = row.text(0).and_then(|text| text.parse::<Plmn>().ok());
    // What stands there without service: `"000 00",-1,-47`, or nothing and the channel 32767.
    let nowhere = |p: Plmn| p.mcc() == "000";
    if plmn.is_some_and(nowhere) || row.int(1) == Some(-1) || row.int(1) == Some(32_767) {
        return None;
    }
    // The subscriber's number is the first text after the network, and the cell stands before it: some firmware leaves out
    // a field in between (the transmit power, before the paging cycle).
    let imsi = row.quoted_from(5);
    // In 4G the fifth field is RSRQ; in 2G it is the routing area.
    let quality = row.tenths(4).filter(|t| *t < 0);
    let mut reading = match (quality, imsi.unwrap_or(row.len())) {
        (Some(_), imsi @ 11..=12) if row.len() >= imsi + 4 => lte(row, imsi),
        (Some(_), 16..=19) if imsi.is_none() => lte(row, 12),
        (None, 10) if row.len() >= 13 => gsm(row),
        (None, 13..=14) if imsi.is_none() => gsm(row),
        _ => return None,
    };
    reading.cell.plmn = plmn;
    Some(reading)
}

/// `"mcc mnc",earfcn,rsrp,rssi,rsrq,tac(hex),rac,[txpwr],drx,mm,rrc,cell(hex),imsi,[name],sd,band[,t3402,t3412,sinr]`,
/// where `imsi` is the subscriber's number.
fn lte(row: &Row, imsi: usize) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(1));
    let has_sinr = row.long(imsi + 6).is_some();
    Reading {
        rsrp: row.tenths(2).and_then(Rsrp::from_tenths),
        rsrq: row.tenths(4).and_then(Rsrq::from_tenths),
        sinr: None,
        rssi: row.tenths(3).and_then(Rssi::from_tenths),
        cell: Cell {
            plmn: None,
            access: Some(access),
            band: row::band(access, row.int(imsi + 3)),
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: None,
            cell_id: row::cell_id(access, row.hex(imsi - 1)),
            tac: row::area(access, row.hex(5)),
        },
        source: Some(if has_sinr {
            "#RFSTS (SINR scale not known)".to_owned()
        } else {
            "#RFSTS".to_owned()
        }),
    }
}

/// `"mcc mnc",arfcn,rssi,lac(hex),rac,txpwr,mm,rr,nom,cell(hex),imsi,name,sd,band`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.int(2).and_then(Rssi::new),
        cell: Cell {
            access: Some(access),
            earfcn: row::channel(access, row.long(1)),
            cell_id: row::cell_id(access, row.hex(9)),
            tac: row::area(access, row.hex(3)),
            ..Cell::default()
        },
        source: Some("#RFSTS".to_owned()),
        ..Reading::default()
    }
}

/// The physical cell of a row that speaks of the cell of `#RFSTS`.
fn serving_pci(row: &Labels, of: &Reading) -> Option<u32> {
    let access = Access::Lte;
    let said = lte_labels(row).filter(|_| of.cell.access == Some(access))?;
    let same_channel = said.cell.earfcn.is_some() && said.cell.earfcn == of.cell.earfcn;
    if row.text("TAC").is_some() {
        // As set, Id is the cell's identity and the physical cell has a label of its own.
        let same_cell = row::cell_id(access, row.hex("Id")) == of.cell.cell_id;
        return row::pci(access, row.long("pci")).filter(|_| same_channel && same_cell);
    }
    let near = said
        .rsrp
        .zip(of.rsrp)
        .is_some_and(|(a, b)| (a.tenths() - b.tenths()).abs() <= 10);
    row::pci(access, row.hex("Id")).filter(|_| same_channel && near)
}

/// A row of `#MONI` as a reading of its own: 5G, 4G with its area, or 2G.
fn alone(row: &Labels) -> Option<Reading> {
    if row.text("NR_CH").is_some() {
        return Some(nr(row));
    }
    if row.text("ARFCN").is_some() {
        return Some(gsm_labels(row));
    }
    // Without an area Id is another cell's physical number.
    row.text("TAC")?;
    let mut reading = lte_labels(row)?;
    reading.cell.tac = row::area(Access::Lte, row.hex("TAC"));
    reading.cell.cell_id = row::cell_id(Access::Lte, row.hex("Id"));
    reading.cell.pci = row::pci(Access::Lte, row.long("pci"));
    Some(reading)
}

fn gsm_labels(row: &Labels) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.tenths("PWR").and_then(Rssi::from_tenths),
        cell: Cell {
            access: Some(access),
            earfcn: row::channel(access, row.long("ARFCN")),
            cell_id: row::cell_id(access, row.hex("Id")),
            tac: row::area(access, row.hex("LAC")),
            ..Cell::default()
        },
        source: Some("#MONI".to_owned()),
        ..Reading::default()
    }
}

fn lte_labels(row: &Labels) -> Option<Reading> {
    let earfcn = row::channel(Access::Lte, row.long("EARFCN"))?;
    Some(Reading {
        rsrp: row.tenths("RSRP").and_then(Rsrp::from_tenths),
        rsrq: row.tenths("RSRQ").and_then(Rsrq::from_tenths),
        rssi: row.tenths("PWR").and_then(Rssi::from_tenths),
        sinr: None,
        cell: Cell {
            access: Some(Access::Lte),
            earfcn: Some(earfcn),
            ..Cell::default()
        },
        source: Some("#MONI".to_owned()),
    })
}

fn nr(row: &Labels) -> Reading {
    let access = Access::Nr;
    let bandwidth = row.tenths("NR_BW").and_then(|t| u32::try_from(t).ok());
    Reading {
        rsrp: row.tenths("NR_RSRP").and_then(Rsrp::from_tenths),
        rsrq: row.tenths("NR_RSRQ").and_then(Rsrq::from_tenths),
        sinr: None,
        rssi: row.tenths("NR_PWR").and_then(Rssi::from_tenths),
        cell: Cell {
            access: Some(access),
            band: row::band(access, row.int("NR_BAND")),
            earfcn: row::channel(access, row.long("NR_CH")),
            bandwidth_tenths_mhz: bandwidth.filter(|t| (50..=4000).contains(t)),
            pci: row::pci(access, row.long("NR_PCI")),
            ..Cell::default()
        },
        source: Some(if row.text("NR_SINR").is_some() {
            "#MONI (SINR unit not known)".to_owned()
        } else {
            "#MONI".to_owned()
        }),
    }
}

/// Where a survey's row has what.
struct Columns {
    access: Access,
    network: usize,
    cell: usize,
    area: usize,
}

/// A row of numbers; the heading and the end are words.
fn survey_row(line: &Line) -> Option<Row> {
    let row = Row::of(line.bytes().trim_ascii());
    (row.len() >= 10 && row.long(0).is_some()).then_some(row)
}

/// 4G: `earfcn,rssi,mcc,mnc,cell,area,pci,status,rsrp,rsrq,mhz`; 3G: `uarfcn,rssi,mcc,mnc,psc,cell,area,status,...`;
/// 2G: `arfcn,bsic,rssi,ber,mcc,mnc,area,cell,status,...`. Only 2G has a number without a sign second.
fn survey_columns(row: &Row) -> Option<Columns> {
    let negative = |at: usize| row.int(at).is_some_and(|n| n < 0);
    let columns = |access, network, cell, area| Columns {
        access,
        network,
        cell,
        area,
    };
    match (negative(1), negative(2)) {
        (true, false) if row.len() == 11 => Some(columns(Access::Lte, 2, 4, 5)),
        (true, false) if row.len() == 10 => Some(columns(Access::Umts, 2, 5, 6)),
        (false, true) => Some(columns(Access::Gsm, 4, 7, 6)),
        _ => None,
    }
}

fn survey_cell(row: &Row, hexadecimal: bool) -> Option<Reading> {
    let Columns {
        access,
        network,
        cell,
        area,
    } = survey_columns(row)?;
    let number = |at| {
        if hexadecimal {
            row.hex(at)
        } else {
            row.long(at)
        }
    };
    let lte = access == Access::Lte;
    let channel = row::channel(access, row.long(0));
    let rssi = row.int(if access == Access::Gsm { 2 } else { 1 });
    let pci = match access {
        Access::Lte => row.long(6),
        Access::Umts => row.long(4),
        _ => None,
    };
    Some(Reading {
        rsrp: row.tenths(8).filter(|_| lte).and_then(Rsrp::from_tenths),
        rsrq: row.tenths(9).filter(|_| lte).and_then(Rsrq::from_tenths),
        rssi: rssi.and_then(Rssi::new),
        sinr: None,
        cell: Cell {
            plmn: Some(row.plmn(network)?),
            access: Some(access),
            band: None,
            earfcn: channel,
            bandwidth_tenths_mhz: row::lte_megahertz(row.tenths(10).filter(|_| lte)),
            pci: row::pci(access, pci),
            cell_id: row::cell_id(access, number(cell)),
            tac: row::area(access, number(area)),
        },
        source: Some("#CSURVC".to_owned()),
    })
}
