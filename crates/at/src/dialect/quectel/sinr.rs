//! Which of the three scales a bare SINR number has, by the one command whose scale is documented.

use crate::dialect::SinrScale;
use crate::dialect::row::Row;
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rsrq, Rssi, Sinr};

pub(super) const UNSETTLED: &str = "SINR scale not known";

impl SinrScale {
    /// The one scale that can give this number, if only one can.
    pub(super) fn only_one_for(raw: i32) -> Option<Self> {
        match raw {
            ..0 => Some(Self::Decibel),
            31.. => Some(Self::Fifths),
            _ => None,
        }
    }

    pub(super) fn tenths(self, raw: i32) -> i32 {
        match self {
            Self::Decibel => raw * 10,
            Self::Fifths => raw * 2 - 200,
            Self::Doubles => raw * 20 - 200,
        }
    }
}

/// `+QCSQ: "LTE",<rssi>,<rsrp>,<sinr>,<rsrq>`, SINR in fifths above -20 dB; some print RSSI without its sign.
pub(super) struct Beside {
    reading: Reading,
    sinr_tenths: Option<i32>,
}

/// What comparing the two commands gave.
pub(super) struct Compared {
    pub(super) scale: Option<SinrScale>,
    pub(super) tenths: Option<i32>,
}

impl Beside {
    pub(super) fn of(row: &Row) -> Option<Self> {
        if !["LTE", "CAT-M1", "CAT-NB1", "eMTC", "NBIoT"]
            .iter()
            .any(|rat| row.is(0, rat))
        {
            return None;
        }
        let raw = row.int(3).filter(|raw| (0..=250).contains(raw));
        Some(Self {
            reading: Reading {
                rssi: row.int(1).and_then(Rssi::new),
                rsrp: row.int(2).and_then(Rsrp::new),
                rsrq: row.int(4).and_then(Rsrq::new),
                cell: Cell {
                    access: Some(Access::Lte),
                    ..Cell::default()
                },
                source: Some("+QCSQ".to_owned()),
                sinr: None,
            },
            sinr_tenths: raw.map(|raw| SinrScale::Fifths.tenths(raw)),
        })
    }

    /// Where `+QENG` is refused.
    pub(super) fn reading(self) -> Reading {
        // Below 31 the number may be the dB of a firmware that forgot the scale here too.
        let beyond_doubt = |tenths: &i32| *tenths > SinrScale::Fifths.tenths(30);
        let sinr = self.sinr_tenths.filter(beyond_doubt);
        Reading {
            sinr: sinr.and_then(Sinr::from_tenths),
            ..self.reading
        }
    }

    /// Which scale makes `raw`, 0 to 30, agree within 3 dB.
    pub(super) fn compare(&self, raw: i32, rsrq: Option<Rsrq>) -> Compared {
        let nothing = Compared {
            scale: None,
            tenths: None,
        };
        let Some(here) = self.sinr_tenths else {
            return nothing;
        };
        let agrees = |scale: SinrScale| (scale.tenths(raw) - here).abs() <= 30;
        let settled = |scale: SinrScale| Compared {
            scale: Some(scale),
            tenths: Some(scale.tenths(raw)),
        };
        // A number below 31 in fifths is under -14 dB, where no cell is held for long: believed only where RSRQ is
        // as bad. Otherwise both commands print dB, and agree for that reason.
        let dire = rsrq.is_some_and(|rsrq| rsrq.tenths() <= -170);
        match (agrees(SinrScale::Decibel), agrees(SinrScale::Doubles)) {
            (true, false) => settled(SinrScale::Decibel),
            (false, true) => settled(SinrScale::Doubles),
            // Where the two cross, both are near what the other command says, and that is the level.
            (true, true) => Compared {
                scale: None,
                tenths: Some(here),
            },
            (false, false) if agrees(SinrScale::Fifths) && dire => settled(SinrScale::Fifths),
            (false, false) => nothing,
        }
    }
}
