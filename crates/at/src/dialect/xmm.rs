//! Intel's XMM platform: Fibocom L850 and L860, XMM7360. `+XMCI` has the cell, `+XCESQ` its levels, `+XLEC` its width.
//!
//! Levels come from `+XCESQ`: `+XMCI=0` answers at once out of what was measured before, and `+XMCI=1`, which measures,
//! can stall for longer than anyone waits where the signal is weak. RSRP and RSRQ are indexes; RSSNR is halves of a dB
//! (its written range is -100 to 100; ModemManager reads it so), and `+XMCI`'s own number, whose unit nobody knows, is
//! not read. `+CSQ` repeats RSRP on the L860 and is not asked. All ones stand for what is not known.
//! Sources: ModemManager's plugin, the L860 manual (9.1.16, 9.1.19), captures of the L850 and L860.

use std::time::Duration;

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading};

/// The dialect of Intel's platform.
pub(super) struct Xmm;

static PROFILE: DialectProfile = DialectProfile {
    usb_products: &[(0x2cb7, 0x0007), (0x8087, 0x095a), (0x8087, 0x0ada)],
    manufacturers: &[
        "l830", "l831", "l850", "l860", "xmm71", "xmm72", "xmm73", "xmm75",
    ],
    list_refusals: &["No network service"],
    commands: Commands {
        harmless: &["+XCCINFO", "+XCSQ", "+XMCI=", "+XPINCNT"],
        plain: &[
            "+XACT",
            "+XCEER",
            "+XCESQ",
            "+XDATACHANNEL",
            "+XDNS",
            "+XLEC",
            "+XRAT",
            "+XREG",
        ],
        secrets: &["+XGAUTH", "+XLOCK="],
        effects: &[("+XLOCK", Effect::Pin), ("+XNVMPLMN", Effect::Selection)],
        ..Commands::NONE
    },
    ..DialectProfile::named("xmm")
};

const XMCI: Query = Query::new("AT+XMCI=0", &["+XMCI:"]);
const XCESQ: Query = Query::new("AT+XCESQ?", &["+XCESQ:"]);
const XLEC: Query = Query::new("AT+XLEC?", &["+XLEC:"]);

impl Dialect for Xmm {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![XMCI, XCESQ, XLEC]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let row = |query: &Query, prefix| {
            let text = reply_to(answers, query.line)?.after(prefix)?;
            Some(Row::of(text))
        };
        let cells = reply_to(answers, XMCI.line);
        let mut serving = cells.and_then(serving).unwrap_or_default().sound();
        let levels = row(&XCESQ, "+XCESQ:").map(|row| levels(&row));
        // The levels of another technology than the cell's say nothing of it.
        let fits = |levels: &Reading| {
            let access = serving.cell.access;
            levels.source.is_some() && (access.is_none() || access == Some(Access::Lte))
        };
        if let Some(levels) = levels.filter(fits) {
            serving = Reading {
                cell: Cell {
                    access: Some(Access::Lte),
                    ..serving.cell
                },
                ..levels
            };
        }
        if serving.cell.access == Some(Access::Lte) {
            let width = row(&XLEC, "+XLEC:").filter(|row| row.int(1) >= Some(1));
            let width = width.and_then(|row| row::lte_bandwidth(row.int(2)));
            serving.cell.bandwidth_tenths_mhz = width;
        }
        serving
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+CCID", &["+CCID:", "+ICCID:"]),
            Query::new("AT+ICCID", &["+ICCID:", "+CCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(Query {
            timeout: Duration::from_secs(20),
            ..Query::new("AT+XMCI=1", &["+XMCI:"])
        })
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let rows = reply.all_after("+XMCI:").map(Row::of);
        let cells = rows.filter(|row| row.int(0) == Some(5));
        cells
            .map(|row| lte(&row))
            .filter(|reading| reading.cell.pci.is_some() && reading.cell.earfcn.is_some())
            .collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "+XMCI: 4,208,01,",
                "+XMCI: 5,000,000,",
                "+XCESQ: 0,99,99,255,255,",
                "+XLEC: 0,",
            ],
            tables: &[],
        }
    }
}

/// Types 0, 2 and 4 are the serving cell in GSM, UMTS and LTE; each type after it the neighbours in the same.
fn serving(reply: &Reply) -> Option<Reading> {
    let mut rows = reply.all_after("+XMCI:").map(Row::of);
    rows.find_map(|row| match row.int(0)? {
        4 => Some(lte(&row)),
        2 => Some(umts(&row)),
        _ => None,
    })
}

/// `4|5,mcc,mnc,tac,cell,pci,earfcn,uplink,pathloss,rsrp,rsrq,snr,ta,cqi`, the numbers of a cell in hexadecimal.
fn lte(row: &Row) -> Reading {
    let access = Access::Lte;
    let earfcn = row::channel(access, row.hex(6));
    Reading {
        rsrp: row::rsrp_index(row.int(9)),
        rsrq: row::rsrq_index(row.int(10)),
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.hex(5)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
        },
        source: Some("+XMCI".to_owned()),
        ..Reading::default()
    }
}

/// `2,mcc,mnc,lac,cell,psc,uarfcn,...`: RSCP is no RSRP, so no level is given.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.hex(6));
    Reading {
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.hex(5)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
        },
        source: Some("+XMCI".to_owned()),
        ..Reading::default()
    }
}

/// `<n>,<rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>,<rssnr>,...`; without a source where it knows no level of LTE.
fn levels(row: &Row) -> Reading {
    let rsrq = row::rsrq_index(row.int(5));
    let rsrp = row::rsrp_index(row.int(6));
    let raw = row.int(7).filter(|raw| *raw != 255);
    let sinr = raw.and_then(|raw| row::sinr_in_halves(raw, rsrq));
    let known = rsrp.is_some() || rsrq.is_some();
    let how = match (raw, sinr) {
        (Some(_), Some(_)) => "+XCESQ (SINR in halves)",
        (Some(_), None) => "+XCESQ (SINR scale not known)",
        (None, _) => "+XCESQ",
    };
    Reading {
        rsrp,
        rsrq,
        sinr: sinr.filter(|_| known),
        source: known.then(|| how.to_owned()),
        ..Reading::default()
    }
}
