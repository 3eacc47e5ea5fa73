//! The cells around by `+CMGRMI=4`, which SIM7600 and `SIM83xx` know: a line for each, of one channel with the serving
//! cell (`LTE_Intra_CellN`) or of another (`LTE_InterFreqM_CellN`, whose channel stands in the line `LTE_Inter`).
//!
//! Levels are in the scale of `+CPSI`. The serving cell is among the first kind and is left out. Sources: answers of a
//! SIM7600 and a SIM8300 quoted in public drivers.

use super::Scale;
use crate::dialect::Query;
use crate::dialect::row::{self, Row};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi};

pub(super) const QUERY: Query = Query::new("AT+CMGRMI=4", &["+CMGRMI:"]);

pub(super) fn of(reply: &Reply) -> Vec<Reading> {
    let rows: Vec<Row> = reply.all_after("+CMGRMI:").map(Row::of).collect();
    let named = |name: &str| rows.iter().find(|row| row.is(0, name));
    // `Serving_Cell,earfcn,mcc,mnc,tac,ta,cell,band,dl_bw,ul_bw,?,pci,rsrq,rsrp,rssi,...`
    let serving = named("Serving_Cell");
    let own = serving
        .and_then(|row| row.long(1))
        .zip(serving.and_then(|row| row.long(11)));
    let others = named("LTE_Inter");
    let cell = |row: &Row| {
        let name = row.text(0)?;
        let channel = if name.starts_with("LTE_Intra_Cell") {
            serving?.long(1)?
        } else {
            let rest = name.strip_prefix("LTE_InterFreq")?;
            let (number, _) = rest.split_once("_Cell")?;
            channel_of(others?, number)?
        };
        let is_own = own.is_some() && own == row.long(1).map(|pci| (channel, pci));
        neighbour(row, channel).filter(|_| !is_own)
    };
    rows.iter().filter_map(cell).collect()
}

/// `LTE_Inter,<channels>,Freq1,<earfcn>,...,Freq2,<earfcn>,...`
fn channel_of(others: &Row, number: &str) -> Option<u64> {
    let name = format!("Freq{number}");
    let at = (0..others.len()).find(|at| others.is(*at, &name))?;
    others.long(at + 1)
}

/// `<name>,pci,rsrq,rsrp,rssi,...`
fn neighbour(row: &Row, channel: u64) -> Option<Reading> {
    let access = Access::Lte;
    let earfcn = row::channel(access, Some(channel))?;
    let pci = row::pci(access, row.long(1))?;
    // A line for a cell that is not there is filled with zeros.
    let scale = Scale::of(row.int(3)).filter(|scale| *scale != Scale::Index)?;
    let level = |at| scale.tenths(row.int(at));
    Some(Reading {
        rsrp: level(3).and_then(Rsrp::from_tenths),
        rsrq: level(2).and_then(Rsrq::from_tenths),
        rssi: level(4).and_then(Rssi::from_tenths),
        cell: Cell {
            access: Some(access),
            earfcn: Some(earfcn),
            pci: Some(pci),
            ..Cell::default()
        },
        source: Some("+CMGRMI".to_owned()),
        ..Reading::default()
    })
}
