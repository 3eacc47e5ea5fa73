//! What of a reading is a fact, decided once for every family and backend.
//!
//! Modems fill a row that has nothing to say: with zeros, ones, dashes or the smallest value of each scale. Number by
//! number each looks like a level or a cell (an index 0 is a bandwidth of 1.4 MHz, a channel 0 is the edge of band 1);
//! together they are nothing. What tells is the network, the channel and the cell beside them. A row with a real one is
//! kept as the standard reads it, its smallest values too.

use super::{Band, Cell, Reading, Rsrp, Rssi, bands};
use crate::Access;

/// Where the scales of RSRP and of total power begin, in tenths: what a modem prints of a cell that it does not hear.
const FLOOR: i32 = -1400;
const TOTAL_FLOOR: i32 = -1130;

impl Reading {
    /// The reading without what says nothing, and with the band where the channel alone names it. A row that is empty
    /// is [`Reading::default`], its technology and its command too.
    #[must_use]
    pub fn sound(mut self) -> Self {
        let nowhere = self.cell.plmn.is_some_and(|plmn| plmn.mcc() == "000");
        if nowhere {
            self.cell.plmn = None;
        }
        self.cell.drop_zeros();
        if !self.cell.names_a_cell() {
            if nowhere {
                return Self::default();
            }
            // Beside no channel and no cell the physical cell 0 and the narrowest channel are the smallest values of the row.
            self.cell.pci = self.cell.pci.filter(|pci| *pci != 0);
            self.cell.bandwidth_tenths_mhz = None;
            self.drop_floor();
            if self.is_empty() {
                return Self::default();
            }
        }
        self.cell.name_band();
        self
    }

    /// Without a cell, a band or a power at the floor of its scale is none, unless network or area are known; and a ratio
    /// without a power neither.
    fn drop_floor(&mut self) {
        let beside_a_place = self.cell.plmn.is_some() || self.cell.tac.is_some();
        if !beside_a_place {
            self.cell.band = None;
            self.rsrp = self.rsrp.filter(|rsrp: &Rsrp| rsrp.tenths() > FLOOR);
            let total = |rssi: &Rssi| rssi.tenths() > TOTAL_FLOOR;
            self.rssi = self.rssi.filter(total);
        }
        if self.rsrp.is_none() && self.rssi.is_none() {
            self.rsrq = None;
            self.sinr = None;
        }
    }

    /// Whether it knows no more than, at most, that the technology is 4G or 5G. 2G and 3G have no level of the kinds that
    /// are compared, so that of them the technology alone is a reading.
    fn is_empty(&self) -> bool {
        let Cell { plmn, pci, tac, .. } = &self.cell;
        let older = matches!(self.cell.access, Some(Access::Gsm | Access::Umts));
        let levels = self.rsrp.is_some() || self.rssi.is_some();
        let place = plmn.is_some() || pci.is_some() || tac.is_some();
        !(older || levels || place)
    }
}

impl Cell {
    /// No cell has the identity 0, and outside 2G no carrier the channel 0: it is the lower edge of a band, over which it
    /// would reach (36.101 5.7.3).
    fn drop_zeros(&mut self) {
        self.cell_id = self.cell_id.filter(|id| *id != 0);
        let of_2g = self.access == Some(Access::Gsm);
        self.earfcn = self.earfcn.filter(|channel| *channel != 0 || of_2g);
    }

    /// Whether it names a channel or a cell. In 2G channel 0 exists, and is the row's zero where no cell is beside it.
    fn names_a_cell(&self) -> bool {
        self.earfcn.is_some_and(|channel| channel != 0) || self.cell_id.is_some()
    }

    /// The band of the channel, where none is said or where the one said shares its cells with it. One that contradicts
    /// its channel is left as it was said, and then the channel has no frequency.
    fn name_band(&mut self) {
        let Some(channel) = self.earfcn else {
            return;
        };
        let agrees = |band: Option<Band>| band.is_none_or(|band| bands::has_lte(band, channel));
        match self.access {
            Some(Access::Lte | Access::NrNsa) if agrees(self.band) => {
                self.band = bands::lte_band(channel).or(self.band);
            }
            Some(Access::Umts) => self.band = self.band.or_else(|| bands::umts_band(channel)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Rsrq, Sinr};
    use super::*;

    fn cell(plmn: &str, channel: u32, id: u64) -> Cell {
        Cell {
            plmn: plmn.parse().ok(),
            access: Some(Access::Lte),
            earfcn: Some(channel),
            cell_id: Some(id),
            bandwidth_tenths_mhz: Some(14),
            pci: Some(0),
            ..Cell::default()
        }
    }

    fn row(cell: Cell, rsrp: i32, rsrq: i32, sinr: i32) -> Reading {
        Reading {
            rsrp: Rsrp::new(rsrp),
            rsrq: Rsrq::new(rsrq),
            sinr: Sinr::new(sinr),
            rssi: None,
            cell,
            source: Some("+ROW".to_owned()),
        }
    }

    #[test]
    fn a_row_of_zeros_or_of_smallest_values_is_nothing() {
        for (rsrp, rsrq, sinr) in [(0, 0, 0), (-140, -20, -20), (-110, -15, 3)] {
            let read = row(cell("00000", 0, 0), rsrp, rsrq, sinr).sound();
            assert_eq!(read, Reading::default(), "{rsrp}");
        }
        let unnamed = Reading {
            rssi: Rssi::new(-113),
            cell: Cell {
                band: Some(Band::Lte(1)),
                ..cell("", 0, 0)
            },
            ..row(Cell::default(), -140, -20, -20)
        };
        assert_eq!(unnamed.sound(), Reading::default());
        let gsm = Cell {
            access: Some(Access::Gsm),
            earfcn: Some(0),
            ..cell("00000", 0, 0)
        };
        assert_eq!(row(gsm, 0, 0, 0).sound(), Reading::default());
    }

    #[test]
    fn the_smallest_values_of_a_real_cell_are_kept() {
        let read = row(cell("20810", 6300, 0x2B5_1C03), -140, -20, -20).sound();
        assert_eq!(read.rsrp, Rsrp::new(-140));
        assert_eq!((read.rsrq, read.sinr), (Rsrq::new(-20), Sinr::new(-20)));
        assert_eq!(
            (read.cell.pci, read.cell.bandwidth_tenths_mhz),
            (Some(0), Some(14))
        );
        assert_eq!(read.cell.band, Some(Band::Lte(20)));
        // A cell alone is enough, and so is a channel without a network (a neighbour).
        assert_eq!(
            row(cell("", 0, 7), -140, -20, 0).sound().rsrp,
            Rsrp::new(-140)
        );
        let neighbour = row(cell("000000", 6300, 0), -140, -20, 0).sound();
        assert_eq!(
            (neighbour.cell.plmn, neighbour.cell.earfcn),
            (None, Some(6300))
        );
        assert_eq!(neighbour.rsrp, Rsrp::new(-140));
    }

    #[test]
    fn a_network_beside_zeros_is_kept_and_the_zeros_are_not() {
        let read = row(cell("20810", 0, 0), 0, 0, 0).sound();
        let cell = &read.cell;
        assert_eq!(cell.plmn.map(|p| p.to_string()).as_deref(), Some("20810"));
        assert_eq!((cell.pci, cell.bandwidth_tenths_mhz), (None, None));
        assert_eq!((read.rsrq, read.sinr), (None, None));
    }

    #[test]
    fn levels_without_any_cell_are_levels() {
        let bare = Cell {
            access: Some(Access::Lte),
            ..Cell::default()
        };
        let read = row(bare.clone(), -108, -14, -1).sound();
        assert_eq!((read.rsrp, read.sinr), (Rsrp::new(-108), Sinr::new(-1)));
        let at_the_floor = Reading {
            rssi: Rssi::new(-110),
            ..row(bare.clone(), 0, -20, -1)
        };
        assert_eq!(at_the_floor.sound().sinr, Sinr::new(-1));
        assert_eq!(row(bare, 0, 0, 0).sound(), Reading::default());
    }

    #[test]
    fn a_band_follows_from_the_channel_only_where_nothing_else_is_said() {
        let band = |said, channel| {
            let mut cell = cell("20810", channel, 7);
            cell.band = said;
            row(cell, -90, -10, 5).sound().cell.band
        };
        assert_eq!(band(None, 6300), Some(Band::Lte(20)));
        assert_eq!(band(Some(Band::Lte(4)), 66_786), Some(Band::Lte(66)));
        assert_eq!(band(Some(Band::Lte(3)), 6300), Some(Band::Lte(3)));
        assert_eq!(band(Some(Band::Lte(66)), 0), Some(Band::Lte(66)));
    }
}
