//! Several readings of one place and moment, taken together.

use super::{Reading, Rsrp, Sinr};

/// Several readings of one place and moment, as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// The median levels, each of the readings that have it, with the cell and the source of the last reading.
    pub reading: Reading,
    /// How many readings the levels are the median of.
    pub samples: u32,
    /// Between the highest and lowest RSRP (SINR where no RSRP is known) of those readings, in dB; `None` for one.
    pub spread_db: Option<f64>,
}

impl Sampled {
    /// The median of several readings; `None` for no reading at all.
    pub fn median(readings: &[Reading]) -> Option<Self> {
        let last = readings.last()?;
        let spread_db = spread(readings.iter().filter_map(|r| r.rsrp.map(Rsrp::tenths)))
            .or_else(|| spread(readings.iter().filter_map(|r| r.sinr.map(Sinr::tenths))));
        Some(Self {
            reading: Reading {
                rsrp: median(readings.iter().filter_map(|r| r.rsrp)),
                rsrq: median(readings.iter().filter_map(|r| r.rsrq)),
                sinr: median(readings.iter().filter_map(|r| r.sinr)),
                rssi: median(readings.iter().filter_map(|r| r.rssi)),
                cell: last.cell.clone(),
                source: last.source.clone(),
            },
            samples: u32::try_from(readings.len()).unwrap_or(u32::MAX),
            spread_db,
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
    use super::super::Quality;
    use super::*;

    #[test]
    fn one_outlier_does_not_move_the_median() {
        let reading = |rsrp| Reading {
            rsrp: Rsrp::new(rsrp),
            ..Reading::default()
        };
        let all = Sampled::median(&[reading(-90), reading(-141), reading(-92)]).unwrap();
        assert_eq!(all.reading.rsrp, Rsrp::new(-92));
        assert_eq!(all.spread_db, Some(51.0));
        assert_eq!(all.samples, 3);
    }

    #[test]
    fn what_no_reading_had_stays_unknown() {
        let all = Sampled::median(&[Reading::default(), Reading::default()]).unwrap();
        let quality = Quality::of(all.reading.rsrp, all.reading.sinr);
        assert_eq!(
            (all.reading.rsrp, all.spread_db, quality),
            (None, None, None)
        );
        assert_eq!(Sampled::median(&[]), None);
    }
}
