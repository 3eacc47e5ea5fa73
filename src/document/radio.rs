//! The radio object that status, scan and switch share.

use serde::{Deserialize, Serialize};

use crate::domain::radio::{Band, Quality, Reading, Rsrp, Rsrq, Rssi, Sinr};

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

    /// The median of several readings, with the cell of the last one; `None` for no reading at all.
    pub fn median(readings: &[Reading]) -> Option<Self> {
        let last = readings.last()?;
        let rsrp = median(readings.iter().filter_map(|r| r.rsrp));
        let sinr = median(readings.iter().filter_map(|r| r.sinr));
        let spread = spread(readings.iter().filter_map(|r| r.rsrp.map(Rsrp::tenths)))
            .or_else(|| spread(readings.iter().filter_map(|r| r.sinr.map(Sinr::tenths))));
        Some(Self {
            rsrp_dbm: rsrp,
            rsrq_db: median(readings.iter().filter_map(|r| r.rsrq)),
            sinr_db: sinr,
            rssi_dbm: median(readings.iter().filter_map(|r| r.rssi)),
            quality: Quality::of(rsrp, sinr),
            samples: u32::try_from(readings.len()).unwrap_or(u32::MAX),
            spread_db: spread,
            ..Self::of(last)
        })
    }
}

/// The middle value; of an even count the lower of the two, so that it is a level that was seen.
fn median<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    let middle = values.len().checked_sub(1)? / 2;
    Some(values.swap_remove(middle))
}

fn spread(tenths: impl Iterator<Item = i32> + Clone) -> Option<f64> {
    let (low, high) = (tenths.clone().min()?, tenths.clone().max()?);
    (tenths.count() > 1).then(|| f64::from(high - low) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlier_does_not_move_the_median() {
        let reading = |rsrp| Reading {
            rsrp: Rsrp::new(rsrp),
            ..Reading::default()
        };
        let radio = Radio::median(&[reading(-90), reading(-141), reading(-92)]).unwrap();
        assert_eq!(radio.rsrp_dbm, Rsrp::new(-92));
        assert_eq!(radio.spread_db, Some(51.0));
        assert_eq!(radio.samples, 3);
    }

    #[test]
    fn what_no_reading_had_stays_unknown() {
        let radio = Radio::median(&[Reading::default(), Reading::default()]).unwrap();
        assert_eq!(
            (radio.rsrp_dbm, radio.spread_db, radio.quality),
            (None, None, None)
        );
        assert_eq!(Radio::median(&[]), None);
    }
}
