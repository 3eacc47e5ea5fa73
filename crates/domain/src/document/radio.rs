//! The radio object that status, scan and switch share.

use serde::{Deserialize, Serialize};

use super::word::or_unknown;
use crate::radio::{Band, Quality, Reading, Rsrp, Rsrq, Rssi, Sampled, Sinr};

/// Levels and cell of one place and moment: the median of `samples` readings. Unknown is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Radio {
    /// Reference signal received power.
    pub rsrp_dbm: Option<Rsrp>,
    /// Reference signal received quality.
    pub rsrq_db: Option<Rsrq>,
    /// Signal to interference and noise.
    pub sinr_db: Option<Sinr>,
    /// Total received power.
    pub rssi_dbm: Option<Rssi>,
    /// `B20`, `n78`.
    pub band: Option<Band>,
    /// Downlink channel number.
    pub earfcn: Option<u32>,
    /// Its frequency.
    pub downlink_mhz: Option<f64>,
    /// Its width.
    pub bandwidth_mhz: Option<f64>,
    /// Physical cell identity.
    pub pci: Option<u32>,
    /// Cell identity.
    pub cell_id: Option<u64>,
    /// LTE base station: the cell identity without its last eight bits.
    pub enodeb: Option<u32>,
    /// LTE sector: the last eight bits.
    pub sector: Option<u32>,
    /// Tracking area.
    pub tac: Option<u32>,
    /// The lesser of the RSRP and SINR classes.
    #[serde(default, deserialize_with = "or_unknown")]
    #[cfg_attr(test, schemars(!default))]
    pub quality: Option<Quality>,
    /// How many readings the levels are the median of.
    pub samples: u32,
    /// Between the highest and lowest RSRP (SINR where no RSRP is known) of those readings; `null` for one reading.
    pub spread_db: Option<f64>,
    /// The command they came from.
    pub source: Option<String>,
}

impl Radio {
    /// A single reading.
    pub fn of(reading: &Reading) -> Self {
        let cell = &reading.cell;
        let mast = cell.enodeb_and_sector();
        Self {
            rsrp_dbm: reading.rsrp,
            rsrq_db: reading.rsrq,
            sinr_db: reading.sinr,
            rssi_dbm: reading.rssi,
            band: cell.band,
            earfcn: cell.earfcn,
            downlink_mhz: cell.downlink_mhz(),
            bandwidth_mhz: cell.bandwidth_tenths_mhz.map(|t| f64::from(t) / 10.0),
            pci: cell.pci,
            cell_id: cell.cell_id,
            enodeb: mast.map(|m| m.0),
            sector: mast.map(|m| m.1),
            tac: cell.tac,
            quality: Quality::of(reading.rsrp, reading.sinr),
            samples: 1,
            spread_db: None,
            source: reading.source.clone(),
        }
    }

    /// What several readings say together.
    pub fn sampled(sampled: &Sampled) -> Self {
        Self {
            samples: sampled.samples,
            spread_db: sampled.spread_db,
            ..Self::of(&sampled.reading)
        }
    }
}
