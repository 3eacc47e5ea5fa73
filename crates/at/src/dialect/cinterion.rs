//! Cinterion (Siemens, Gemalto, Thales): PLS, PHS, ELS and their kin. One command, `^SMONI`, has the cell and its
//! levels in plain units.
//!
//! Bandwidths are MHz: band 8 is printed with 5, which as 27.007's index would be 20 MHz, and that band has none.
//! There is no SINR in it. Source: `ModemManager`'s and oFono's readers of `^SMONI` and the examples they keep; no
//! capture of a whole 4G answer is among our transcripts.

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::{Line, Reply};
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi};

/// Cinterion's dialect.
pub(super) struct Cinterion;

static PROFILE: DialectProfile = DialectProfile {
    // Gemalto's, and Siemens' before it.
    usb_vendors: &[0x1e2d, 0x0681],
    manufacturers: &["cinterion", "gemalto", "thales", "siemens"],
    urc_prefixes: &[
        "^SBC:",
        "^SCKS:",
        "^SIS:",
        "^SISR:",
        "^SISW:",
        "^SLCC:",
        "^SYSINFO:",
    ],
    urc_lines: &[
        "^SYSLOADING",
        "^SYSSTART",
        "^SYSSTART AIRPLANE MODE",
        "^SHUTDOWN",
    ],
    commands: Commands {
        harmless: &[
            "^SCID", "^SIND=", "^SLCC", "^SMONI", "^SMONP", "^SPIC", "^SPIC=", "^SPLM",
        ],
        plain: &["^SCFG", "^SSRVSET", "^SWWAN", "^SXRAT"],
        secrets: &["^SGAUTH", "^SICS", "^SISS"],
        effects: &[
            ("^SFDL", Effect::Restart),
            ("^SLCK", Effect::Pin),
            ("^SMSO", Effect::Restart),
            ("^SPLW", Effect::Selection),
            ("^SPWD", Effect::Pin),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("cinterion")
};

const SMONI: Query = Query::new("AT^SMONI", &["^SMONI:"]);
const CESQ: Query = Query::new("AT+CESQ", &["+CESQ:"]);

impl Dialect for Cinterion {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![SMONI, CESQ]
    }

    /// The older 3G modules know no `+CESQ`, and some new ones no `^SMONI`: whichever answers.
    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        reply_to(answers, SMONI.line)
            .and_then(|reply| reply.after("^SMONI:"))
            .and_then(|text| smoni(&Row::of(text)))
            .unwrap_or_default()
    }

    fn pin_tries_query(&self) -> Query {
        Query::new(r#"AT^SPIC="SC""#, &["^SPIC:"])
    }

    /// `^SPIC: <tries>` of the code that was asked for.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::tries(Row::of(reply.after("^SPIC:")?).int(0))
    }

    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&["^SCKS:"], &["^SYSSTART"])
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT^SCID", &["^SCID:"]),
            Query {
                bare: true,
                ..Query::new("AT+CCID", &["+CCID:"])
            },
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    /// Three bare lines, the third `REVISION 03.017`.
    fn identity(&self, lines: &[Line]) -> Identity {
        let mut identity = generic::identity(lines);
        if let Some(revision) = &mut identity.revision
            && let Some((word, rest)) = revision.split_once(' ')
            && word.eq_ignore_ascii_case("revision")
        {
            *revision = rest.trim().to_owned();
        }
        identity
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &["^SMONI: 4G,", "^SMONI: 3G,", "^SPIC: "],
            tables: &[&["^SMONI: 4G,%,%,%,%,FDD,208,01,%,%,%,%,%,%,NOCONN"]],
        }
    }
}

/// The serving cell by its technology; `None` while it searches.
fn smoni(row: &Row) -> Option<Reading> {
    if (1..row.len()).any(|at| row.is(at, "SEARCH")) {
        return None;
    }
    let mut reading = match row.text(0)?.to_ascii_uppercase().as_str() {
        "4G" => lte(row),
        "3G" => umts(row),
        "2G" => gsm(row),
        _ => return None,
    };
    reading.source = Some("^SMONI".to_owned());
    Some(reading)
}

/// `earfcn,band,dl_mhz,ul_mhz,duplex,mcc,mnc,tac(hex),cell(hex),pci,srxlev,rsrp,rsrq,state`; in a call the transmit
/// power stands in place of srxlev.
fn lte(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.long(1));
    Reading {
        rsrp: row.tenths(12).and_then(Rsrp::from_tenths),
        rsrq: row.tenths(13).and_then(Rsrq::from_tenths),
        sinr: None,
        rssi: None,
        cell: Cell {
            plmn: row.plmn(6),
            access: Some(access),
            band: row::band(access, row.int(2)),
            earfcn,
            bandwidth_tenths_mhz: row::lte_megahertz(row.tenths(3)),
            pci: row::pci(access, row.long(10)),
            cell_id: row::cell_id(access, row.hex(9)),
            tac: row::area(access, row.hex(8)),
        },
        source: None,
    }
}

/// `uarfcn,psc,ecn0,rscp,mcc,mnc,lac(hex),cell(hex),...`: RSCP is no RSRP, so no level is given.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(1));
    Reading {
        cell: Cell {
            plmn: row.plmn(5),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(2)),
            cell_id: row::cell_id(access, row.hex(8)),
            tac: row::area(access, row.hex(7)),
        },
        ..Reading::default()
    }
}

/// `arfcn,level,mcc,mnc,lac(hex),cell(hex),...`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.int(2).and_then(Rssi::new),
        cell: Cell {
            plmn: row.plmn(3),
            access: Some(access),
            earfcn: row::channel(access, row.long(1)),
            cell_id: row::cell_id(access, row.hex(6)),
            tac: row::area(access, row.hex(5)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}
