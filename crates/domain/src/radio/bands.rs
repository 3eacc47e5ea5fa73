//! Bands, channels and frequencies: which band a channel is in, where its centre is, and whether a band and a channel
//! that are said side by side agree.
//!
//! Everything is whole kHz inside, so that a frequency prints as it is written (2524.95).

use super::Band;

/// LTE bands met in France and near it: band, `F_DL` low in tenths of MHz, first and last EARFCN (TS 36.101 5.7.3).
const LTE_BANDS: &[(u16, u32, u32, u32)] = &[
    (1, 21100, 0, 599),
    (2, 19300, 600, 1199),
    (3, 18050, 1200, 1949),
    (4, 21100, 1950, 2399),
    (5, 8690, 2400, 2649),
    (7, 26200, 2750, 3449),
    (8, 9250, 3450, 3799),
    (12, 7290, 5010, 5179),
    (13, 7460, 5180, 5279),
    (17, 7340, 5730, 5849),
    (18, 8600, 5850, 5999),
    (19, 8750, 6000, 6149),
    (20, 7910, 6150, 6449),
    (25, 19300, 8040, 8689),
    (26, 8590, 8690, 9039),
    (28, 7580, 9210, 9659),
    (32, 14520, 9920, 10359),
    (38, 25700, 37750, 38249),
    (39, 18800, 38250, 38649),
    (40, 23000, 38650, 39649),
    (41, 24960, 39650, 41589),
    (42, 34000, 41590, 43589),
    (43, 36000, 43590, 45589),
    (66, 21100, 66436, 67335),
    (71, 6170, 68586, 68935),
];

/// Bands whose cells may be shown under each other's number: one lies in the other, and a cell names both (the lists of
/// 36.331's `multiBandInfoList`). The channel is of one of them.
const SHARED: &[&[u16]] = &[
    &[2, 25],
    &[4, 10, 66],
    &[5, 6, 18, 19, 26],
    &[12, 17, 85],
    &[38, 41],
];

/// NR bands: band, downlink from and to in MHz (38.101-1 5.2, 38.101-2 5.2).
const NR_BANDS: &[(u16, u32, u32)] = &[
    (1, 2110, 2170),
    (2, 1930, 1990),
    (3, 1805, 1880),
    (5, 869, 894),
    (7, 2620, 2690),
    (8, 925, 960),
    (12, 729, 746),
    (13, 746, 756),
    (14, 758, 768),
    (18, 860, 875),
    (20, 791, 821),
    (25, 1930, 1995),
    (26, 859, 894),
    (28, 758, 803),
    (30, 2350, 2360),
    (34, 2010, 2025),
    (38, 2570, 2620),
    (39, 1880, 1920),
    (40, 2300, 2400),
    (41, 2496, 2690),
    (48, 3550, 3700),
    (65, 2110, 2200),
    (66, 2110, 2200),
    (70, 1995, 2020),
    (71, 617, 652),
    (75, 1432, 1517),
    (76, 1427, 1432),
    (77, 3300, 4200),
    (78, 3300, 3800),
    (79, 4400, 5000),
    (90, 2496, 2690),
    (257, 26_500, 29_500),
    (258, 24_250, 27_500),
    (260, 37_000, 40_000),
    (261, 27_500, 28_350),
];

fn lte_row(earfcn: u32) -> Option<&'static (u16, u32, u32, u32)> {
    LTE_BANDS.iter().find(|b| (b.2..=b.3).contains(&earfcn))
}

/// The LTE band of a downlink channel number; `None` outside the table.
pub fn lte_band(earfcn: u32) -> Option<Band> {
    lte_row(earfcn).map(|row| Band::Lte(row.0))
}

/// The centre frequency of an LTE downlink channel, MHz (TS 36.101 5.7.3).
pub(super) fn lte_downlink_mhz(earfcn: u32) -> Option<f64> {
    let (_, low, first, _) = lte_row(earfcn)?;
    Some(megahertz((low + earfcn - first) * 100))
}

/// The frequency of an NR channel number, MHz (TS 38.104 5.4.2.1). The number alone does not name the band.
pub(super) fn nr_downlink_mhz(arfcn: u32) -> Option<f64> {
    nr_kilohertz(arfcn).map(megahertz)
}

fn nr_kilohertz(arfcn: u32) -> Option<u32> {
    match arfcn {
        1..=599_999 => Some(arfcn * 5),
        600_000..=2_016_666 => Some(3_000_000 + (arfcn - 600_000) * 15),
        2_016_667..=3_279_165 => Some(24_250_080 + (arfcn - 2_016_667) * 60),
        _ => None,
    }
}

/// Divided once, the nearest number to what is written: a product with 0.005 prints 2524.9500000000003.
fn megahertz(kilohertz: u32) -> f64 {
    f64::from(kilohertz) / 1000.0
}

/// The UMTS band of a downlink channel number (25.101 5.4.4), where only one band has it.
pub(super) fn umts_band(uarfcn: u32) -> Option<Band> {
    let number = match uarfcn {
        10_562..=10_838 => 1,
        9_662..=9_938 => 2,
        1_162..=1_513 => 3,
        // Band 6 lies inside band 5.
        4_357..=4_386 | 4_414..=4_458 => 5,
        2_937..=3_088 => 8,
        _ => return None,
    };
    Some(Band::Umts(number))
}

/// Whether an LTE channel is in that band, or in one that shares its cells.
pub(super) fn has_lte(band: Band, earfcn: u32) -> bool {
    let (Band::Lte(said), Some(Band::Lte(own))) = (band, lte_band(earfcn)) else {
        return false;
    };
    said == own
        || SHARED
            .iter()
            .any(|group| group.contains(&said) && group.contains(&own))
}

/// Whether an NR channel is in that band; nothing is known against a band outside the table.
pub(super) fn has_nr(band: Band, arfcn: u32) -> bool {
    let (Band::Nr(said), Some(kilohertz)) = (band, nr_kilohertz(arfcn)) else {
        return false;
    };
    let known = NR_BANDS.iter().find(|b| b.0 == said);
    known.is_none_or(|(_, from, to)| (from * 1000..=to * 1000).contains(&kilohertz))
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;
    use crate::Access;

    #[test]
    fn channels_give_band_and_frequency() {
        for (earfcn, band, mhz) in [
            (300, 1, 2140.0),
            (1300, 3, 1815.0),
            (1850, 3, 1870.0),
            (3000, 7, 2645.0),
            (3699, 8, 949.9),
            (6300, 20, 806.0),
            (9260, 28, 763.0),
            (38000, 38, 2595.0),
        ] {
            assert_eq!(lte_band(earfcn), Some(Band::Lte(band)), "{earfcn}");
            assert!(
                (lte_downlink_mhz(earfcn).unwrap() - mhz).abs() < 1e-9,
                "{earfcn}"
            );
        }
        assert_eq!(lte_band(70_000), None);
        assert!((nr_downlink_mhz(643_334).unwrap() - 3650.01).abs() < 1e-9);
        assert!((nr_downlink_mhz(154_570).unwrap() - 772.85).abs() < 1e-9);
    }

    #[test]
    fn the_table_is_in_order_and_no_channel_is_in_two_bands() {
        for pair in LTE_BANDS.windows(2) {
            assert!(pair[0].0 < pair[1].0 && pair[0].3 < pair[1].2, "{pair:?}");
        }
        assert!(LTE_BANDS.iter().all(|b| b.2 < b.3));
    }

    #[test]
    fn rg801_channel_504990_is_written_as_its_frequency_is() {
        let printed = |mhz: Option<f64>| serde_json::to_string(&mhz.unwrap()).unwrap();
        assert_eq!(printed(nr_downlink_mhz(504_990)), "2524.95");
    }

    /// Every channel of both tables: at most as many decimals as its raster has.
    #[test]
    fn no_channel_prints_more_decimals_than_its_raster_has() {
        let decimals = |mhz: f64| {
            let text = serde_json::to_string(&mhz).unwrap();
            text.split_once('.').map_or(0, |(_, rest)| rest.len())
        };
        for (_, _, first, last) in LTE_BANDS {
            for earfcn in *first..=*last {
                assert!(decimals(lte_downlink_mhz(earfcn).unwrap()) <= 1, "{earfcn}");
            }
        }
        for arfcn in (1..=3_279_165).step_by(7) {
            assert!(decimals(nr_downlink_mhz(arfcn).unwrap()) <= 3, "{arfcn}");
        }
        assert_eq!(nr_downlink_mhz(0), None);
        assert_eq!(nr_downlink_mhz(3_279_166), None);
    }

    #[test]
    fn a_frequency_holds_only_where_band_and_channel_agree() {
        let mhz = |access, band, earfcn| {
            let cell = Cell {
                access: Some(access),
                band,
                earfcn: Some(earfcn),
                ..Cell::default()
            };
            cell.downlink_mhz()
        };
        let lte = |band, earfcn| mhz(Access::Lte, band, earfcn);
        assert_eq!(lte(Some(Band::Lte(20)), 6300), Some(806.0));
        assert_eq!(lte(None, 6300), Some(806.0));
        assert_eq!(lte(Some(Band::Lte(3)), 6300), None);
        // Sierra's B66 beside a channel of B1, whose frequency lies in B66 too.
        assert_eq!(lte(Some(Band::Lte(66)), 300), None);
        // A cell of B66 that names B4 as well.
        assert_eq!(lte(Some(Band::Lte(4)), 66_786), Some(2145.0));
        assert_eq!(lte(Some(Band::Lte(13)), 5110), None);
        assert_eq!(lte(Some(Band::Nr(3)), 1300), None);
        assert_eq!(mhz(Access::NrNsa, Some(Band::Lte(3)), 1300), Some(1815.0));
        let nr = |band, arfcn| mhz(Access::Nr, band, arfcn);
        assert_eq!(nr(Some(Band::Nr(41)), 504_990), Some(2524.95));
        assert_eq!(nr(Some(Band::Nr(78)), 504_990), None);
        assert_eq!(nr(Some(Band::Nr(511)), 504_990), Some(2524.95));
    }
}
