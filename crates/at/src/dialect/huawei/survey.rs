//! Every operator's cells by `^NETSCAN`, and the cells around the one in use by `^MONNC`.
//!
//! `^NETSCAN` looks in one technology, and only in the one in use: the modem refuses the rest, as it does where a setting
//! of the firmware keeps it off. LTE's level is taken for RSRP: its written range starts at -125 dBm, 15 dB below that of
//! GSM and UMTS, as only a power per element does. NR's levels come in units that its documentation contradicts and are
//! left out. `^MONNC` prints physical cells in hexadecimal; where no row of an answer has a letter in it, decimal is as
//! likely and none is read.
//! Source: the command tables of `HiSilicon`'s platform, with their examples, and captures of an MT5700M and an E3372.

use std::time::Duration;

use crate::dialect::row::{self, Row};
use crate::dialect::{CellSurvey, Query};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::Identity;
use opensim_domain::radio::{Band, Cell, Reading, Rsrp, Rsrq, Rssi, Sinr, lte_band};

pub(super) const NEIGHBOURS: Query = Query::new("AT^MONNC", &["^MONNC:"]);

/// Up to 20 cells above -125 dBm, of NR on a 5G modem and of LTE on another.
pub(super) fn of(identity: &Identity) -> CellSurvey {
    let model = identity.model.as_deref().unwrap_or("");
    let is_5g = model.to_ascii_uppercase().starts_with("MT5700");
    let line = if is_5g {
        "AT^NETSCAN=20,-125,4"
    } else {
        "AT^NETSCAN=20,-125,2"
    };
    CellSurvey {
        supported: Some(Query::new("AT^NETSCAN=?", &["^NETSCAN:"])),
        run: Query {
            timeout: Duration::from_mins(5),
            ..Query::new(line, &["^NETSCAN:"])
        },
        abortable: true,
        // It is refused while a service runs, and what becomes of the registration is not written.
        stays_registered: false,
    }
}

/// `channel,,,area(hex),mcc,mnc,bsic,rxlev,cell(hex),bands(hex),psc,pci[,spacing,rsrp,rsrq,sinr]`, one bit a band. Which
/// technology it is follows from the fields: NR's has four more, GSM's and UMTS's have no physical cell.
pub(super) fn cells(reply: &Reply) -> Vec<Reading> {
    let rows = reply.all_after("^NETSCAN:").map(Row::of);
    rows.filter_map(|row| scanned(&row)).collect()
}

fn scanned(row: &Row) -> Option<Reading> {
    let plmn = row.plmn(4)?;
    let nr = row.len() >= 16;
    let access = if nr { Access::Nr } else { Access::Lte };
    let bands = row.text(9);
    let number = bands.and_then(|text| only_band(&text));
    let earfcn = row::channel(access, row.long(0));
    let cell = Cell {
        plmn: Some(plmn),
        access: Some(access),
        band: row::band(access, number),
        earfcn,
        bandwidth_tenths_mhz: None,
        pci: row::pci(access, row.long(11)),
        cell_id: row::cell_id(access, row.hex(8)),
        tac: row::area(access, row.hex(3)),
    };
    if nr {
        return Some(Reading {
            cell,
            source: Some("^NETSCAN (levels not known)".to_owned()),
            ..Reading::default()
        });
    }
    // A row of GSM or UMTS: its channel is in no band of LTE that the row names.
    let by_channel = earfcn.and_then(lte_band)?;
    let agrees = cell.band.is_none_or(|band: Band| band == by_channel);
    agrees.then(|| Reading {
        rsrp: row.int(7).and_then(Rsrp::new),
        cell: Cell {
            band: Some(by_channel),
            ..cell
        },
        source: Some("^NETSCAN (level taken for RSRP)".to_owned()),
        ..Reading::default()
    })
}

/// The band of a set that has one.
fn only_band(bits: &str) -> Option<i32> {
    let bits = u128::from_str_radix(bits, 16).ok()?;
    let one = bits.is_power_of_two();
    let at = i32::try_from(bits.trailing_zeros()).ok()?;
    one.then_some(at + 1)
}

/// `LTE,earfcn,pci,rsrp,rsrq,rssi` and `NR,arfcn,pci,rsrp,rsrq,sinr`; a cell that is known and not heard is there too.
pub(super) fn neighbours(reply: &Reply) -> Vec<Reading> {
    let rows: Vec<Row> = reply.all_after("^MONNC:").map(Row::of).collect();
    let has_letter = |row: &Row| {
        let text = row.text(2).unwrap_or_default();
        row.hex(2).is_some() && text.bytes().any(|b| b.is_ascii_alphabetic())
    };
    let hexadecimal = rows.iter().any(has_letter);
    let read = |row: &Row| neighbour(row, hexadecimal);
    rows.iter().filter_map(read).collect()
}

fn neighbour(row: &Row, hexadecimal: bool) -> Option<Reading> {
    let access = match row.text(0)?.to_ascii_uppercase().as_str() {
        "LTE" => Access::Lte,
        "NR" => Access::Nr,
        _ => return None,
    };
    let earfcn = row::channel(access, row.long(1))?;
    let pci = row.hex(2).filter(|_| hexadecimal);
    let mut reading = Reading {
        cell: Cell {
            access: Some(access),
            earfcn: Some(earfcn),
            pci: row::pci(access, pci),
            ..Cell::default()
        },
        source: Some("^MONNC".to_owned()),
        ..Reading::default()
    };
    if access == Access::Nr {
        nr_levels(&mut reading, row, 3);
    } else {
        reading.rsrp = row.int(3).and_then(Rsrp::new);
        reading.rsrq = row.int(4).and_then(Rsrq::new);
        reading.rssi = row.int(5).and_then(Rssi::new);
    }
    Some(reading)
}

/// RSRP, RSRQ and SINR from `at` on, in plain units or, where RSRP is too low for them, in eighths. -157, -44 and -24 are
/// what stands there without a measurement, or eight times as much.
pub(super) fn nr_levels(reading: &mut Reading, row: &Row, at: usize) {
    let Some(rsrp) = row.int(at).filter(|rsrp| ![-157, -157 * 8].contains(rsrp)) else {
        return;
    };
    let eighths = rsrp < Rsrp::MIN;
    let tenths = |number: i32| {
        let tenths = number.checked_mul(10)?;
        Some(if eighths { tenths / 8 } else { tenths })
    };
    let level = |at| row.int(at).and_then(tenths);
    reading.rsrp = level(at).and_then(Rsrp::from_tenths);
    reading.rsrq = level(at + 1).and_then(Rsrq::from_tenths);
    reading.sinr = level(at + 2).and_then(Sinr::from_tenths);
}
