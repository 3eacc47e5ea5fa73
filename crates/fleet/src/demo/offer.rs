//! What a carrier gives at a home: its cell, its levels and what its link carries; and its lines in a scenario.

use std::fmt::{self, Write as _};

use super::chance::Chance;

/// A carrier of the SIM card, as its networks and the catalogues name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) id: &'static str,
    long: &'static str,
    short: &'static str,
    pub(super) plmn: &'static str,
    /// Of its base stations.
    stations: u32,
}

pub(super) const OPERATORS: [Operator; 3] = [
    Operator {
        id: "orange",
        long: "Orange F",
        short: "Orange",
        plmn: "20801",
        stations: 175_000,
    },
    Operator {
        id: "sfr",
        long: "F SFR",
        short: "SFR",
        plmn: "20810",
        stations: 375_000,
    },
    Operator {
        id: "bouygues",
        long: "F-Bouygues Telecom",
        short: "BYTEL",
        plmn: "20820",
        stations: 105_000,
    },
];

/// Band, a channel of it, and how wide the carrier's block is.
const BANDS: [(u32, u32, u32); 4] = [(20, 6200, 10), (3, 1675, 20), (7, 3000, 20), (28, 9410, 10)];

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mast {
    band: u32,
    channel: u32,
    bandwidth_mhz: u32,
    physical: u32,
    pub(super) cell_id: u32,
    area: u32,
}

impl Mast {
    /// One of the few cells that a carrier has in a town.
    pub(super) fn of(operator: Operator, at: usize, town: usize) -> Self {
        let town = u32::try_from(town).unwrap_or(0);
        let at = u32::try_from(at).unwrap_or(0);
        let (band, channel, bandwidth_mhz) = BANDS[((town + at + operator.stations) % 4) as usize];
        let station = operator.stations + town * 11 + at / 2;
        Self {
            band,
            // Each carrier has its own block of a band.
            channel: channel + (operator.stations / 1000) % 97,
            bandwidth_mhz,
            physical: (station * 3 + at) % 504,
            cell_id: station * 256 + at + 1,
            area: 1000 + town * 7 + operator.stations % 5,
        }
    }
}

/// Whether a carrier can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It can.
    There,
    /// It refuses the SIM card.
    Denied,
    /// It is out of reach.
    Absent,
}

/// A carrier at a home.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offer {
    pub(super) operator: Operator,
    pub(super) mast: Mast,
    pub(super) reach: Reach,
    pub(super) rsrp_dbm: f64,
    pub(super) sinr_db: f64,
    /// What its link carries at these levels, shared among those who are there, in kbit/s.
    pub(super) down_kbit: f64,
}

impl Offer {
    /// A carrier of this strength; its clarity and its link follow, as far as they do.
    pub(super) fn new(operator: Operator, mast: Mast, rsrp_dbm: f64, chance: &mut Chance) -> Self {
        let sinr_db = chance.round((rsrp_dbm + 116.0) * 0.6, 2.0);
        let mut offer = Self {
            operator,
            mast,
            reach: Reach::There,
            rsrp_dbm,
            sinr_db,
            down_kbit: 0.0,
        };
        offer.down_kbit = offer.usual_kbit() * chance.between(0.6, 1.6);
        offer
    }

    /// About 500 kbit/s at 0 dB, twelve times as much at 10 dB.
    fn usual_kbit(&self) -> f64 {
        (6.2 + 0.25 * self.sinr_db).exp().clamp(60.0, 60_000.0)
    }

    /// The same after its levels moved by so much; its link with them.
    pub(super) fn moved(&self, change_db: f64) -> Self {
        let mut moved = self.clone();
        moved.rsrp_dbm += change_db;
        moved.sinr_db += change_db * 0.6;
        moved.down_kbit *= moved.usual_kbit() / self.usual_kbit();
        moved
    }
}

/// Its tables in a scenario (docs/scenarios.md).
impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operator {
            long, short, plmn, ..
        } = self.operator;
        writeln!(f, "\n[[carrier]]\nname = \"{long}\"\nshort = \"{short}\"")?;
        writeln!(f, "plmns = [\"{plmn}\"]\nroaming = {}", plmn != "20801")?;
        match self.reach {
            Reach::There => {}
            Reach::Denied => writeln!(f, "availability = \"denied\"\ncause = 11")?,
            Reach::Absent => writeln!(f, "availability = \"absent\"")?,
        }
        let down = self.down_kbit.clamp(40.0, 60_000.0);
        let up = (down * 0.35).max(30.0);
        let delay = 24.0 + (12.0 - self.sinr_db).clamp(0.0, 20.0) * 2.0;
        writeln!(
            f,
            "link = {{ down_kbit = {down:.0}, up_kbit = {up:.0}, delay_ms = {delay:.0}, jitter_ms = {:.0} }}",
            delay / 5.0
        )?;
        let mast = &self.mast;
        let mut cell = String::new();
        writeln!(cell, "\n[[carrier.cell]]\nband = {}", mast.band)?;
        writeln!(cell, "earfcn = {}\npci = {}", mast.channel, mast.physical)?;
        writeln!(cell, "cell_id = {}\ntac = {}", mast.cell_id, mast.area)?;
        writeln!(cell, "bandwidth_mhz = {}", mast.bandwidth_mhz)?;
        writeln!(cell, "rsrp_dbm = {:.1}", self.rsrp_dbm.clamp(-128.0, -60.0))?;
        let rsrq = (-17.0 + self.sinr_db.clamp(-5.0, 25.0) * 0.4).clamp(-19.0, -5.0);
        writeln!(cell, "rsrq_db = {rsrq:.1}")?;
        writeln!(cell, "sinr_db = {:.1}", self.sinr_db.clamp(-12.0, 27.0))?;
        f.write_str(&cell)
    }
}
