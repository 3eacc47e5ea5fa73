//! The serving cell out of `+QENG="servingcell"`: one line, or with a 5G leg three (the state, the anchor, the leg).

use super::sinr::{Beside, UNSETTLED};
use crate::dialect::row::{self, Row};
use crate::dialect::{Scales, SinrScale};
use crate::result::Reply;
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};

/// What `+QENG="servingcell"` says.
pub(super) enum Serving {
    /// A 4G cell, whose SINR is still a bare number.
    Lte(Lte),
    /// Another cell, or none.
    Other(Reading),
}

pub(super) struct Lte {
    reading: Reading,
    raw_sinr: Option<i32>,
    /// The rows of 5G modules have two fields more than those of `EC2x`, and print dB.
    of_5g_module: bool,
}

impl Serving {
    /// One line; or with a 5G leg three: the state, the anchor, the leg. Lines of neighbours are none of them.
    pub(super) fn of(reply: &Reply) -> Self {
        let mut lte = None;
        let mut leg = false;
        for row in reply.all_after("+QENG:").map(Row::of) {
            let row = if row.is(0, "servingcell") {
                let limited = row.is(1, "LIMSRV");
                let row = row.from(2);
                if let Some(reading) = not_lte(&row, limited) {
                    return Self::Other(reading);
                }
                row
            } else {
                row
            };
            match row.text(0).as_deref() {
                Some("LTE" | "CAT-M" | "CAT-NB" | "eMTC" | "NBIoT") if lte.is_none() => {
                    lte = Some(Lte::of(&row));
                }
                // A leg that is configured and not heard has no cell and no level.
                Some("NR5G-NSA") => {
                    let cell = row::pci(Access::Nr, row.long(3));
                    leg |= cell.is_some() && row.int(4).and_then(Rsrp::new).is_some();
                }
                _ => {}
            }
        }
        match lte {
            Some(mut lte) => {
                lte.reading.cell.access = Some(if leg { Access::NrNsa } else { Access::Lte });
                Self::Lte(lte)
            }
            None => Self::Other(Reading::default()),
        }
    }
}

/// `NR5G-SA`, `WCDMA` and `GSM` rows, from the technology's name on; `None` for another.
fn not_lte(row: &Row, limited: bool) -> Option<Reading> {
    let mut reading = match row.text(0)?.as_str() {
        "NR5G-SA" => nr(row, limited),
        "WCDMA" => umts(row),
        "GSM" => gsm(row),
        _ => return None,
    };
    reading.source = Some("+QENG".to_owned());
    Some(reading)
}

/// `duplex,mcc,mnc,cell(hex),pci,tac(hex),arfcn,band,bandwidth,rsrp,rsrq,sinr,...`
fn nr(row: &Row, limited: bool) -> Reading {
    let access = Access::Nr;
    Reading {
        rsrp: row.int(10).and_then(Rsrp::new),
        rsrq: row.int(11).and_then(Rsrq::new),
        sinr: row.int(12).and_then(Sinr::new),
        rssi: None,
        cell: Cell {
            plmn: row.plmn(2),
            access: Some(access),
            band: row::band(access, row.int(8)),
            earfcn: row::channel(access, row.long(7)),
            bandwidth_tenths_mhz: nr_bandwidth(row.int(9), limited),
            pci: row::pci(access, row.long(5)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(6)),
        },
        source: None,
    }
}

/// An index 0 to 14, or already MHz; in limited service some print MHz whatever it is, so a small number says nothing.
fn nr_bandwidth(number: Option<i32>, limited: bool) -> Option<u32> {
    const MHZ: [u32; 15] = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 200, 400];
    let number = u32::try_from(number?).ok()?;
    let mhz = match usize::try_from(number).ok().and_then(|at| MHZ.get(at)) {
        Some(_) if limited => return None,
        Some(mhz) => *mhz,
        None => *MHZ.iter().find(|mhz| **mhz == number)?,
    };
    Some(mhz * 10)
}

/// `mcc,mnc,lac(hex),cell(hex),uarfcn,psc,rac,rscp,ecio,...`: RSCP is no RSRP, so no level is given.
fn umts(row: &Row) -> Reading {
    let access = Access::Umts;
    let earfcn = row::channel(access, row.long(5));
    Reading {
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            band: None,
            earfcn,
            bandwidth_tenths_mhz: None,
            pci: row::pci(access, row.long(6)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
        },
        ..Reading::default()
    }
}

/// `mcc,mnc,lac(hex),cell(hex),bsic,arfcn,band,rxlev,...`
fn gsm(row: &Row) -> Reading {
    let access = Access::Gsm;
    Reading {
        rssi: row.int(8).and_then(Rssi::new),
        cell: Cell {
            plmn: row.plmn(1),
            access: Some(access),
            earfcn: row::channel(access, row.long(6)),
            cell_id: row::cell_id(access, row.hex(4)),
            tac: row::area(access, row.hex(3)),
            ..Cell::default()
        },
        ..Reading::default()
    }
}

impl Lte {
    /// `duplex,mcc,mnc,cell(hex),pci,earfcn,band,ul_bw,dl_bw,tac(hex),rsrp,rsrq,rssi,sinr[,cqi,tx_power],srxlev`
    fn of(row: &Row) -> Self {
        let access = Access::Lte;
        let reading = Reading {
            rsrp: row.int(11).and_then(Rsrp::new),
            rsrq: row.int(12).and_then(Rsrq::new),
            rssi: row.int(13).and_then(Rssi::new),
            sinr: None,
            cell: Cell {
                plmn: row.plmn(2),
                access: Some(access),
                band: row::band(access, row.int(7)),
                earfcn: row::channel(access, row.long(6)),
                bandwidth_tenths_mhz: row::lte_bandwidth(row.int(9)),
                pci: row::pci(access, row.long(5)),
                cell_id: row::cell_id(access, row.hex(4)),
                tac: row::area(access, row.hex(10)),
            },
            source: Some("+QENG".to_owned()),
        };
        Self {
            reading,
            raw_sinr: row.int(14).filter(|raw| (-30..=250).contains(raw)),
            of_5g_module: row.text(0).as_deref() == Some("LTE") && row.len() >= 18,
        }
    }

    pub(super) fn reading(mut self, beside: Option<&Beside>, scales: &mut Scales) -> Reading {
        let Some(raw) = self.raw_sinr else {
            return self.reading;
        };
        if let Some(scale) = SinrScale::only_one_for(raw) {
            scales.sinr = Some(scale);
        } else if self.of_5g_module {
            scales.sinr = Some(SinrScale::Decibel);
        }
        let mut how = None;
        let tenths = match (scales.sinr, beside) {
            (Some(scale), _) => Some(scale.tenths(raw)),
            (None, Some(beside)) => {
                let compared = beside.compare(raw, self.reading.rsrq);
                scales.sinr = compared.scale;
                how = Some(match (compared.scale, compared.tenths) {
                    (Some(_), _) => "SINR scale by +QCSQ",
                    (None, Some(_)) => "SINR by +QCSQ",
                    (None, None) => UNSETTLED,
                });
                compared.tenths
            }
            (None, None) => {
                how = Some(UNSETTLED);
                None
            }
        };
        self.reading.sinr = tenths.and_then(Sinr::from_tenths);
        if let Some(how) = how {
            self.reading.source = Some(format!("+QENG ({how})"));
        }
        self.reading
    }
}
