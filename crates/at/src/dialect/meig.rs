//! `MeiG` on ASR (SLM750, SLM770A): `+MENG`, made after Quectel's `+QENG` and different where it matters.
//!
//! SINR is dB; it stands between RSSI and the selection level, or is left out, which the row's length tells. RSRQ has its
//! decimal. A neighbour has RSRP first and RSRQ second. -20 dB is what SINR's column has at its floor. Modules of another
//! platform refuse the command and are read by 27.007.
//! Sources: drivers written by the SLM770A manual and an answer of an SLM770A-R quoted in one; no capture of a session.

use super::commands::Commands;
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, Scales, generic, reply_to};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};

/// `MeiG`'s dialect.
pub(super) struct Meig;

static PROFILE: DialectProfile = DialectProfile {
    usb_vendors: &[0x2dee],
    manufacturers: &["meig", "slm7", "slm8", "srm8"],
    commands: Commands {
        harmless: &["+MENG="],
        plain: &["+MODODR", "+SER", "+SGCELLINFOEX"],
        secrets: &["$QCPDPP", "+MGAUTH", "^NDISDUP"],
        ..Commands::NONE
    },
    ..DialectProfile::named("meig")
};

const MENG: Query = Query::new(r#"AT+MENG="servingcell""#, &["+MENG:"]);

impl Dialect for Meig {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    fn reading_queries(&self, _: &Identity, _: &Scales) -> Vec<Query> {
        vec![MENG]
    }

    fn own_reading(&self, answers: &[QueryReply], _: &Identity, _: &mut Scales) -> Reading {
        let reply = reply_to(answers, MENG.line);
        reply
            .and_then(|reply| {
                reply
                    .all_after("+MENG:")
                    .map(Row::of)
                    .find_map(|r| serving(&r))
            })
            .unwrap_or_default()
    }

    fn iccid_queries(&self) -> &'static [Query] {
        const ALL: &[Query] = &[
            Query::new("AT+ICCID", &["+ICCID:"]),
            Query::new("AT+CCID", &["+CCID:"]),
            generic::ICCID_ON_CARD,
        ];
        ALL
    }

    fn neighbours_query(&self) -> Option<Query> {
        Some(Query::new(r#"AT+MENG="neighbourcell""#, &["+MENG:"]))
    }

    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let rows = reply.all_after("+MENG:").map(Row::of);
        rows.filter_map(|row| neighbour(&row)).collect()
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                r#"+MENG: "servingcell","NOCONN","LTE","FDD","#,
                r#"+MENG: "neighbourcell intra","LTE","#,
            ],
            tables: &[],
        }
    }
}

/// `"servingcell",state,"LTE",duplex,mcc,mnc,cell(hex),pci,earfcn,band,ul,dl,tac(hex),rsrp,rsrq,rssi[,sinr],srxlev`
fn serving(row: &Row) -> Option<Reading> {
    if !row.is(0, "servingcell") || !row.is(2, "LTE") {
        return None;
    }
    let access = Access::Lte;
    let sinr = row
        .tenths(16)
        .filter(|tenths| row.len() >= 18 && *tenths > -200);
    Some(Reading {
        rsrp: row.tenths(13).and_then(Rsrp::from_tenths),
        rsrq: row.tenths(14).and_then(Rsrq::from_tenths),
        rssi: row.tenths(15).and_then(Rssi::from_tenths),
        sinr: sinr.and_then(Sinr::from_tenths),
        cell: Cell {
            plmn: row.plmn(4),
            access: Some(access),
            band: row::band(access, row.int(9)),
            earfcn: row::channel(access, row.long(8)),
            bandwidth_tenths_mhz: row::lte_bandwidth(row.int(11)),
            pci: row::pci(access, row.long(7)),
            cell_id: row::cell_id(access, row.hex(6)),
            tac: row::area(access, row.hex(12)),
        },
        source: Some("+MENG".to_owned()),
    })
}

/// `"neighbourcell intra|inter","LTE",earfcn,pci,rsrp,rsrq,...`
fn neighbour(row: &Row) -> Option<Reading> {
    let kind = row.text(0)?.to_ascii_lowercase();
    if !kind.starts_with("neighbourcell") || !row.is(1, "LTE") {
        return None;
    }
    let access = Access::Lte;
    let pci = row::pci(access, row.long(3))?;
    let earfcn = row::channel(access, row.long(2))?;
    Some(Reading {
        rsrp: row.tenths(4).and_then(Rsrp::from_tenths),
        rsrq: row.tenths(5).and_then(Rsrq::from_tenths),
        cell: Cell {
            access: Some(access),
            earfcn: Some(earfcn),
            pci: Some(pci),
            ..Cell::default()
        },
        source: Some("+MENG".to_owned()),
        ..Reading::default()
    })
}
