//! Radio levels with their units, their physical limits and what an installer calls good.
//!
//! A level out of its range is not a measurement (modems print 255, -32768, `-`): the constructors give `None` and
//! the document shows `null`. Levels are kept in tenths, the finest step that any modem prints, so they compare
//! exactly.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

mod bands;
mod sampled;
mod sound;

pub use bands::lte_band;
use bands::{lte_downlink_mhz, nr_downlink_mhz};
pub use sampled::Sampled;

macro_rules! level {
    ($(#[$doc:meta])* $name:ident, $unit:literal, $min:literal ..= $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i16);

        impl $name {
            #[doc = concat!("The lowest value that is a measurement, ", $unit, ".")]
            pub const MIN: i32 = $min;
            #[doc = concat!("The highest value that is a measurement, ", $unit, ".")]
            pub const MAX: i32 = $max;

            #[doc = concat!("From whole ", $unit, "; `None` outside the physical range.")]
            pub fn new(value: i32) -> Option<Self> {
                Self::from_tenths(value.checked_mul(10)?)
            }

            #[doc = concat!("From tenths of ", $unit, "; `None` outside the physical range.")]
            pub fn from_tenths(tenths: i32) -> Option<Self> {
                let fits = (Self::MIN * 10..=Self::MAX * 10).contains(&tenths);
                if fits { i16::try_from(tenths).ok().map(Self) } else { None }
            }

            #[doc = concat!("In tenths of ", $unit, ".")]
            pub fn tenths(self) -> i32 {
                i32::from(self.0)
            }

            #[doc = concat!("In ", $unit, ".")]
            pub fn value(self) -> f64 {
                f64::from(self.0) / 10.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                if self.0 % 10 == 0 { write!(f, "{}", self.0 / 10) } else { write!(f, "{:.1}", self.value()) }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} ", $unit, ")"), self)
            }
        }

        impl Serialize for $name {
            /// A whole level prints as an integer, another with its one decimal.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.0 % 10 == 0 { serializer.serialize_i16(self.0 / 10) } else { serializer.serialize_f64(self.value()) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = f64::deserialize(deserializer)?;
                let tenths = (value * 10.0).round();
                #[expect(clippy::cast_possible_truncation, reason = "a float outside i32 saturates and is then out of range")]
                Self::from_tenths(tenths as i32)
                    .ok_or_else(|| serde::de::Error::custom(concat!("out of range for ", stringify!($name))))
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "number", "minimum": $min, "maximum": $max })
            }
        }
    };
}

level! {
    /// Reference signal received power, LTE or NR: how strong the cell is.
    Rsrp, "dBm", -157..=-29
}
level! {
    /// Reference signal received quality: how much of what is received is the cell's own.
    Rsrq, "dB", -43..=20
}
level! {
    /// Signal to interference and noise: what throughput follows most closely.
    Sinr, "dB", -23..=40
}
level! {
    /// Total received power over the channel, own cell or not.
    Rssi, "dBm", -130..=-10
}

/// A frequency band, as installers write it: `B20` in LTE, `n78` in NR, `U8` in UMTS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// LTE.
    Lte(u16),
    /// NR.
    Nr(u16),
    /// UMTS.
    Umts(u16),
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lte(n) => write!(f, "B{n}"),
            Self::Nr(n) => write!(f, "n{n}"),
            Self::Umts(n) => write!(f, "U{n}"),
        }
    }
}

impl std::str::FromStr for Band {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (make, digits): (fn(u16) -> Self, &str) = match text.as_bytes().first() {
            Some(b'B') => (Self::Lte, &text[1..]),
            Some(b'n') => (Self::Nr, &text[1..]),
            Some(b'U') => (Self::Umts, &text[1..]),
            _ => return Err(()),
        };
        digits.parse().map(make).map_err(|_| ())
    }
}

impl Serialize for Band {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Band {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom("not a band"))
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Band {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Band".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[BnU][0-9]+$" })
    }
}

/// How an antenna installer reads a level, best first.
///
/// Steps: those of Digi's IX20 bars, which fit sub-GHz LTE better than stricter lists (docs/ranking.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Nothing to gain from a better place.
    Excellent,
    /// Works well.
    Good,
    /// Works.
    Fair,
    /// Works now and then.
    Poor,
    /// Does not work.
    Unusable,
}

impl Quality {
    const ALL: [Self; 5] = [
        Self::Excellent,
        Self::Good,
        Self::Fair,
        Self::Poor,
        Self::Unusable,
    ];

    /// Where the classes of power begin, in tenths of dBm, from the best down; below the last nothing works.
    pub const RSRP_FLOORS: [i32; 4] = [-850, -950, -1050, -1150];
    /// The same of quality, in tenths of dB. It ranks nothing: a busy cell has less of it, and is as near.
    pub const RSRQ_FLOORS: [i32; 4] = [-100, -150, -175, -200];
    /// The same of signal to noise, in tenths of dB.
    pub const SINR_FLOORS: [i32; 4] = [130, 45, 10, -30];

    /// The class of a power.
    pub fn of_rsrp(rsrp: Rsrp) -> Self {
        Self::stepped(rsrp.tenths(), Self::RSRP_FLOORS)
    }

    /// The class of a quality, for whoever looks at it.
    pub fn of_rsrq(rsrq: Rsrq) -> Self {
        Self::stepped(rsrq.tenths(), Self::RSRQ_FLOORS)
    }

    /// The class of a signal to noise ratio.
    pub fn of_sinr(sinr: Sinr) -> Self {
        Self::stepped(sinr.tenths(), Self::SINR_FLOORS)
    }

    /// The lesser of the two classes, or that of the power alone. `None` where no power is known: what stands above the
    /// noise says nothing of a cell whose level is at the floor, or was not read.
    pub fn of(rsrp: Option<Rsrp>, sinr: Option<Sinr>) -> Option<Self> {
        let of_power = Self::of_rsrp(rsrp?);
        Some(sinr.map_or(of_power, |sinr| of_power.max(Self::of_sinr(sinr))))
    }

    fn stepped(tenths: i32, floors: [i32; 4]) -> Self {
        let below = floors.iter().filter(|floor| tenths < **floor).count();
        Self::ALL[below]
    }
}

/// One reading of the serving cell. Unknown is `None`; nothing here is guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Received power.
    pub rsrp: Option<Rsrp>,
    /// Received quality.
    pub rsrq: Option<Rsrq>,
    /// Signal to noise.
    pub sinr: Option<Sinr>,
    /// Total power.
    pub rssi: Option<Rssi>,
    /// The cell they belong to.
    pub cell: Cell,
    /// The command the levels came from, and what settled a doubtful scale.
    pub source: Option<String>,
}

/// The cell that serves the modem. Unknown is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// The network it said it is.
    pub plmn: Option<super::Plmn>,
    /// Its technology.
    pub access: Option<super::Access>,
    /// Its band.
    pub band: Option<Band>,
    /// Downlink channel number: EARFCN in LTE, NR-ARFCN in NR, UARFCN in UMTS.
    pub earfcn: Option<u32>,
    /// Downlink bandwidth, tenths of MHz (LTE has 1.4 MHz).
    pub bandwidth_tenths_mhz: Option<u32>,
    /// Physical cell identity, 0 to 503 in LTE, to 1007 in NR.
    pub pci: Option<u32>,
    /// Cell identity: 28 bits in LTE, 36 in NR.
    pub cell_id: Option<u64>,
    /// Tracking area: 16 bits in LTE, 24 in NR.
    pub tac: Option<u32>,
}

impl Cell {
    /// The LTE base station and sector of the cell identity; `None` in other technologies.
    pub fn enodeb_and_sector(&self) -> Option<(u32, u32)> {
        let lte = matches!(self.access, Some(super::Access::Lte | super::Access::NrNsa));
        let id = u32::try_from(self.cell_id.filter(|_| lte)?).ok()?;
        (id < 1 << 28).then_some((id >> 8, id & 0xFF))
    }

    /// The centre of the downlink, MHz; `None` where the channel is not in the band that is said beside it.
    pub fn downlink_mhz(&self) -> Option<f64> {
        let channel = self.earfcn?;
        match self.access? {
            super::Access::Lte | super::Access::NrNsa => {
                let agrees = self.band.is_none_or(|band| bands::has_lte(band, channel));
                lte_downlink_mhz(channel).filter(|_| agrees)
            }
            super::Access::Nr => {
                let agrees = self.band.is_none_or(|band| bands::has_nr(band, channel));
                nr_downlink_mhz(channel).filter(|_| agrees)
            }
            super::Access::Gsm | super::Access::Umts => None,
        }
    }

    /// Whether both are one and the same transmitter, as carriers that share a mast's radio show it.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let known = |cell: &Self| Some((cell.access?, cell.earfcn?, cell.pci?));
        let same_carrier_wave = known(self).is_some() && known(self) == known(other);
        let same_id = match (self.cell_id, other.cell_id) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        same_carrier_wave && same_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marker_of_no_measurement_is_none() {
        assert_eq!(Rsrp::new(-32768), None);
        assert_eq!(Rsrp::new(255), None);
        assert_eq!(Sinr::new(i32::MAX), None);
        assert_eq!(Rsrp::from_tenths(-1143).unwrap().to_string(), "-114.3");
    }

    #[test]
    fn the_lesser_class_wins() {
        let class = |rsrp, sinr| Quality::of(Rsrp::new(rsrp), Sinr::new(sinr));
        assert_eq!(class(-80, 20), Some(Quality::Excellent));
        assert_eq!(class(-80, 2), Some(Quality::Fair));
        assert_eq!(class(-112, 20), Some(Quality::Poor));
        assert_eq!(class(-120, -10), Some(Quality::Unusable));
        assert_eq!(Quality::of(Rsrp::new(-90), None), Some(Quality::Good));
    }

    #[test]
    fn huawei_e3372_at_the_floor_has_no_quality_by_its_noise_alone() {
        assert_eq!(Quality::of(None, Sinr::new(-1)), None);
        assert_eq!(Quality::of(None, Sinr::new(25)), None);
        assert_eq!(Quality::of(None, None), None);
    }

    #[test]
    fn one_mast_radio_under_two_networks_is_recognised() {
        let cell = |pci, id| Cell {
            access: Some(super::super::Access::Lte),
            earfcn: Some(6300),
            pci: Some(pci),
            cell_id: id,
            ..Cell::default()
        };
        assert!(cell(12, Some(7)).is_same_as(&cell(12, Some(7))));
        assert!(cell(12, None).is_same_as(&cell(12, Some(7))));
        assert!(!cell(12, Some(7)).is_same_as(&cell(12, Some(8))));
        assert!(!Cell::default().is_same_as(&Cell::default()));
    }

    #[test]
    fn a_level_prints_its_decimal_only_where_it_has_one() {
        let json = |tenths| serde_json::to_string(&Rsrp::from_tenths(tenths).unwrap()).unwrap();
        assert_eq!((json(-950).as_str(), json(-953).as_str()), ("-95", "-95.3"));
        assert_eq!(
            serde_json::from_str::<Rsrp>("-95.3").unwrap().tenths(),
            -953
        );
        assert!(serde_json::from_str::<Rsrp>("1e9").is_err());
    }
}
