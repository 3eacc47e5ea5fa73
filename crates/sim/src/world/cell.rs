//! Carriers and their cells, and how a cell's levels drift: the same seed and time give the same levels.

use std::time::Duration;

use super::LinkShape;
use opensim_domain::time::Instant;
use opensim_domain::{Access, Plmn};

/// A network operator as it is at this place.
#[derive(Debug, Clone, PartialEq)]
pub struct Carrier {
    /// The long name that it broadcasts.
    pub name: String,
    /// The short name that it broadcasts.
    pub short: String,
    /// Its network codes here; the first is the one that automatic selection takes.
    pub plmns: Vec<Plmn>,
    /// What comes of trying to register.
    pub availability: Availability,
    /// Whether the SIM roams on it.
    pub roaming: bool,
    /// How long a registration takes.
    pub registration: Duration,
    /// What its link carries.
    pub link: LinkShape,
    /// Its cells in reach.
    pub cells: Vec<Cell>,
}

/// What comes of trying to register on a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// It works.
    Ok,
    /// The network refuses, with this cause (TS 24.301 9.9.3.9).
    Denied(u16),
    /// None of its cells is in reach.
    Absent,
    /// The attempt never comes to an end.
    NeverEnds,
}

/// One cell. Levels are in tenths of dBm or dB.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the trade's own name")]
pub struct Cell {
    /// Its technology.
    pub access: Access,
    /// The number of its band: 20 for B20.
    pub band: u16,
    /// Its downlink channel number.
    pub earfcn: u32,
    /// Its physical identity (the scrambling code in UMTS).
    pub pci: u16,
    /// Its identity in the network.
    pub cell_id: u64,
    /// Its tracking area (the location area in GSM and UMTS).
    pub tac: u32,
    /// Its bandwidth, tenths of MHz.
    pub bandwidth: u32,
    /// Its mean levels.
    pub mean: Levels,
    /// How far the levels stray from the mean, tenths of dB.
    pub fading: i32,
}

/// Levels of one cell at one time, tenths of dBm (powers) and of dB (ratios).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// Reference signal power; RSCP in UMTS, received level in GSM.
    pub rsrp: i32,
    /// Reference signal quality; Ec/Io in UMTS.
    pub rsrq: i32,
    /// Signal to noise.
    pub sinr: i32,
}

/// How long a slow fade lasts: a person moving about the room.
const SLOW: Duration = Duration::from_secs(9);
/// How long a fast fade lasts.
const FAST: Duration = Duration::from_millis(700);

impl Cell {
    /// The levels at `now`. RSRP and SINR fade together, RSRQ a third as much.
    pub fn levels(&self, seed: u64, now: Instant) -> Levels {
        // By what the cell is and not by whose it is: carriers that share a cell see one fading.
        let own = seed ^ mix(self.cell_id ^ (u64::from(self.earfcn) << 32) ^ u64::from(self.pci));
        let slow = noise(own, SLOW, now);
        let fast = noise(own.wrapping_add(1), FAST, now);
        // Thousandths of the fading, never more than one whole.
        let fade = self.fading * (slow * 7 + fast * 3) / 10_000;
        Levels {
            rsrp: (self.mean.rsrp + fade).clamp(-1400, -440),
            rsrq: (self.mean.rsrq + fade / 3).clamp(-195, -30),
            sinr: (self.mean.sinr + fade).clamp(-200, 300),
        }
    }

    /// Total received power at these levels, tenths of dBm: RSRP times the resource blocks over RSRQ (TS 36.214 5.1.3).
    pub fn rssi(&self, levels: Levels) -> i32 {
        let blocks = match self.bandwidth {
            0..=14 => 78,
            15..=30 => 118,
            31..=50 => 140,
            51..=100 => 170,
            101..=150 => 188,
            _ => 200,
        };
        match self.access {
            Access::Gsm => levels.rsrp,
            Access::Umts => levels.rsrp - levels.rsrq,
            Access::Lte | Access::NrNsa | Access::Nr => levels.rsrp + blocks - levels.rsrq,
        }
    }
}

/// Value noise in thousandths, -1000 to 1000, linear between points one `step` apart. Integers alone, so that every
/// machine gives the same.
fn noise(seed: u64, step: Duration, now: Instant) -> i32 {
    let step = step.as_millis().max(1);
    let millis = now.since_start().as_millis();
    let (point, part) = (millis / step, millis % step);
    let at = |point: u128| {
        let folded = u64::try_from(point & u128::from(u64::MAX)).unwrap_or_default();
        i128::from(mix(seed ^ mix(folded)) % 2001) - 1000
    };
    let (from, to) = (at(point), at(point + 1));
    let (part, step) = (
        i128::try_from(part).unwrap_or_default(),
        i128::try_from(step).unwrap_or(1),
    );
    i32::try_from(from + (to - from) * part / step).unwrap_or_default()
}

/// Spreads a number over 64 bits (splitmix64): the room's only source of chance.
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell() -> Cell {
        Cell {
            access: Access::Lte,
            band: 20,
            earfcn: 6400,
            pci: 12,
            cell_id: 0x0012_3401,
            tac: 9000,
            bandwidth: 100,
            mean: Levels {
                rsrp: -950,
                rsrq: -100,
                sinr: 120,
            },
            fading: 30,
        }
    }

    #[test]
    fn levels_stray_no_further_than_the_fading_and_do_stray() {
        let seen: Vec<i32> = (0..600)
            .map(|s| {
                cell()
                    .levels(1, Instant::at(Duration::from_millis(s * 100)))
                    .rsrp
            })
            .collect();
        let (low, high) = (seen.iter().min().unwrap(), seen.iter().max().unwrap());
        assert!(*low >= -980 && *high <= -920, "{low} {high}");
        assert!(high - low > 20, "{low} {high}");
    }

    #[test]
    fn the_same_seed_and_time_give_the_same_levels() {
        let now = Instant::at(Duration::from_secs(3));
        assert_eq!(cell().levels(7, now), cell().levels(7, now));
        assert_ne!(cell().levels(7, now), cell().levels(8, now));
    }

    #[test]
    fn total_power_follows_from_power_and_quality() {
        // 50 resource blocks at -95 dBm and -10 dB: -95 + 17 + 10.
        assert_eq!(cell().rssi(cell().mean), -680);
    }
}
