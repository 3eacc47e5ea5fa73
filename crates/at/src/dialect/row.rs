//! One line of a vendor's answer as numbered fields, and the limits that a number must keep to be a fact.
//!
//! Modems fill what they do not know with 255, -32768, all ones or a cell id that overflowed; each reading here gives
//! `None` for those, so that a dialect only has to say which field is where. The index scales are those of 27.007
//! 8.69 (`+CESQ`), read as the lower edge of their step; index 0 is "at or below the floor" and no measurement.

use crate::value::{self, Value};
use opensim_domain::radio::{Band, Rsrp, Rsrq, Sinr};
use opensim_domain::{Access, Plmn};

/// The fields of one line, counted from 0 after the prefix.
#[derive(Debug)]
pub(super) struct Row(Vec<Value>);

impl Row {
    /// Reads the text after the prefix.
    pub(super) fn of(text: &[u8]) -> Self {
        Self(value::fields(text))
    }

    /// How many fields there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The fields from `at` on, counted anew.
    pub(super) fn from(&self, at: usize) -> Self {
        Self(self.0.get(at..).unwrap_or_default().to_vec())
    }

    /// Where the first quoted field from `at` on stands.
    pub(super) fn quoted_from(&self, at: usize) -> Option<usize> {
        let is_quoted = |value: &Value| matches!(value, Value::Quoted(_));
        Some(at + self.0.get(at..)?.iter().position(is_quoted)?)
    }

    /// A field's text, blanks trimmed; `None` when empty or absent.
    pub(super) fn text(&self, at: usize) -> Option<String> {
        let text = self.0.get(at)?.text()?.trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// Whether a field is that word, in any case, quoted or not.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.text(at)
            .is_some_and(|text| text.eq_ignore_ascii_case(word))
    }

    /// A whole number.
    pub(super) fn int(&self, at: usize) -> Option<i32> {
        i32::try_from(self.0.get(at)?.int()?).ok()
    }

    /// A whole number of any size.
    pub(super) fn long(&self, at: usize) -> Option<u64> {
        u64::try_from(self.0.get(at)?.int()?).ok()
    }

    /// A hexadecimal number.
    pub(super) fn hex(&self, at: usize) -> Option<u64> {
        self.0.get(at)?.hex()
    }

    /// A network code from the country's field and the one after it.
    pub(super) fn plmn(&self, at: usize) -> Option<Plmn> {
        Plmn::from_parts(&self.text(at)?, &self.text(at + 1)?).ok()
    }

    /// The same where the modem prints both as numbers, so that a leading 0 of the second is lost. It is put back
    /// where every network of the country has two digits; where some have three, a short one stays unknown.
    pub(super) fn plmn_of_numbers(&self, at: usize) -> Option<Plmn> {
        let (mcc, mnc) = (self.text(at)?, self.text(at + 1)?);
        // E.212: North America and the Caribbean but its French parts, and a few countries elsewhere.
        let north_american = mcc.starts_with('3') && mcc != "308" && mcc != "340";
        let elsewhere = ["405", "708", "714", "722", "732", "738", "750"];
        let three_digits = north_american || elsewhere.contains(&mcc.as_str());
        match mnc.len() {
            1 if !three_digits => Plmn::from_parts(&mcc, &format!("0{mnc}")).ok(),
            2 if three_digits => None,
            _ => Plmn::from_parts(&mcc, &mnc).ok(),
        }
    }

    /// A level with its decimal where it has one, in tenths.
    pub(super) fn tenths(&self, at: usize) -> Option<i32> {
        self.0.get(at)?.tenths()
    }
}

/// Physical cell identity; in 3G the primary scrambling code.
pub(super) fn pci(access: Access, number: Option<u64>) -> Option<u32> {
    let last = match access {
        Access::Lte | Access::NrNsa => 503,
        Access::Nr => 1007,
        Access::Umts => 511,
        Access::Gsm => return None,
    };
    below(number?, last + 1)
}

/// Cell identity. 0 and all ones are what modems print without one.
pub(super) fn cell_id(access: Access, number: Option<u64>) -> Option<u64> {
    let all_ones = match access {
        Access::Gsm => 0xFFFF,
        Access::Umts | Access::Lte | Access::NrNsa => 0xFFF_FFFF,
        Access::Nr => 0xF_FFFF_FFFF,
    };
    number.filter(|n| (1..all_ones).contains(n))
}

/// Tracking area; in 2G and 3G the location area. 0, all ones and the one below are reserved (23.003 4.1, 19.4.2.3).
pub(super) fn area(access: Access, number: Option<u64>) -> Option<u32> {
    let all_ones = if access == Access::Nr {
        0xFF_FFFF
    } else {
        0xFFFF
    };
    below(number.filter(|n| *n > 0)?, all_ones - 1)
}

/// Channel number. 65535 is the number that says "none" in 4G, and 0 outside 2G: it is the lower edge of a band, where a
/// carrier would reach beyond it (36.101 5.7.3).
pub(super) fn channel(access: Access, number: Option<u64>) -> Option<u32> {
    let limit = match access {
        Access::Gsm => 1024,
        Access::Umts => 16_384,
        Access::Lte | Access::NrNsa => 262_144,
        Access::Nr => 3_279_166,
    };
    let none = |n: u64| match access {
        Access::Gsm => false,
        Access::Umts | Access::Nr => n == 0,
        Access::Lte | Access::NrNsa => matches!(n, 0 | 65_535),
    };
    below(number.filter(|n| !none(*n))?, limit)
}

fn below(number: u64, limit: u32) -> Option<u32> {
    u32::try_from(number).ok().filter(|n| *n < limit)
}

/// A band by its number.
pub(super) fn band(access: Access, number: Option<i32>) -> Option<Band> {
    let number = u16::try_from(number?).ok().filter(|n| *n > 0)?;
    match access {
        // 255 is "not known"; no band has a number near it.
        Access::Lte | Access::NrNsa => (number < 255).then_some(Band::Lte(number)),
        Access::Nr => (number <= 512).then_some(Band::Nr(number)),
        Access::Umts => (number <= 32).then_some(Band::Umts(number)),
        Access::Gsm => None,
    }
}

/// An LTE bandwidth by its index 0 to 5, in tenths of MHz.
pub(super) fn lte_bandwidth(index: Option<i32>) -> Option<u32> {
    let index = usize::try_from(index?).ok()?;
    [14, 30, 50, 100, 150, 200].get(index).copied()
}

/// An LTE bandwidth printed in MHz (in tenths here), where it is one of the six that exist (36.101 5.6).
pub(super) fn lte_megahertz(tenths: Option<i32>) -> Option<u32> {
    let tenths = u32::try_from(tenths?).ok()?;
    [14, 30, 50, 100, 150, 200]
        .contains(&tenths)
        .then_some(tenths)
}

/// An LTE bandwidth by its resource blocks (36.101 5.6), in tenths of MHz.
pub(super) fn lte_blocks(blocks: Option<i32>) -> Option<u32> {
    let known = [
        (6, 14),
        (15, 30),
        (25, 50),
        (50, 100),
        (75, 150),
        (100, 200),
    ];
    let blocks = blocks?;
    known.iter().find(|(n, _)| *n == blocks).map(|(_, w)| *w)
}

/// An NR bandwidth by its resource blocks and its subcarrier spacing, 0 for 15 kHz and 1 for 30 kHz (38.101-1 5.3.2),
/// in tenths of MHz.
pub(super) fn nr_blocks(blocks: Option<i32>, spacing: Option<i32>) -> Option<u32> {
    const AT_15: &[(i32, u32)] = &[
        (25, 5),
        (52, 10),
        (79, 15),
        (106, 20),
        (133, 25),
        (160, 30),
        (188, 35),
        (216, 40),
        (242, 45),
        (270, 50),
    ];
    const AT_30: &[(i32, u32)] = &[
        (11, 5),
        (24, 10),
        (38, 15),
        (51, 20),
        (65, 25),
        (78, 30),
        (92, 35),
        (106, 40),
        (119, 45),
        (133, 50),
        (162, 60),
        (189, 70),
        (217, 80),
        (245, 90),
        (273, 100),
    ];
    let known = match spacing? {
        0 => AT_15,
        1 => AT_30,
        _ => return None,
    };
    let blocks = blocks?;
    known
        .iter()
        .find(|(n, _)| *n == blocks)
        .map(|(_, mhz)| mhz * 10)
}

/// RSRP by its index 1 to 97.
pub(super) fn rsrp_index(index: Option<i32>) -> Option<Rsrp> {
    Rsrp::new(in_steps(index?, 97)? - 141)
}

/// RSRQ by its index 1 to 34, half a dB each.
pub(super) fn rsrq_index(index: Option<i32>) -> Option<Rsrq> {
    Rsrq::from_tenths(in_steps(index?, 34)? * 5 - 200)
}

/// SINR in halves of a dB, -100 to 100, where RSRQ does not contradict it.
///
/// What a resource block receives is twelve elements of noise, at least two of the cell's reference and what it sends
/// beside (36.214 5.1.3), so 1/RSRQ is never below 12/SINR + 2; SINR is never far under what follows from that.
pub(super) fn sinr_in_halves(raw: i32, rsrq: Option<Rsrq>) -> Option<Sinr> {
    const SLACK: f64 = 3.0;
    let sinr = Sinr::from_tenths(raw.checked_mul(5)?).filter(|_| (-100..=100).contains(&raw))?;
    let received = rsrq.map(|rsrq| 10_f64.powf(-rsrq.value() / 10.0));
    let contradicted = received.is_some_and(|received| {
        let noise = received - 2.0;
        noise <= 0.0 || sinr.value() + SLACK < 10.0 * (12.0 / noise).log10()
    });
    (!contradicted).then_some(sinr)
}

/// NR's RSRP by its index 1 to 126.
pub(super) fn ss_rsrp_index(index: Option<i32>) -> Option<Rsrp> {
    Rsrp::new(in_steps(index?, 126)? - 157)
}

/// NR's RSRQ by its index 1 to 126, half a dB each.
pub(super) fn ss_rsrq_index(index: Option<i32>) -> Option<Rsrq> {
    Rsrq::from_tenths(in_steps(index?, 126)? * 5 - 435)
}

/// NR's SINR by its index 1 to 127, half a dB each.
pub(super) fn ss_sinr_index(index: Option<i32>) -> Option<Sinr> {
    Sinr::from_tenths(in_steps(index?, 127)? * 5 - 235)
}

/// An index that is a measurement: above the floor, not above the last.
pub(super) fn in_steps(index: i32, last: i32) -> Option<i32> {
    (1..=last).contains(&index).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_nothing_are_not_facts() {
        assert_eq!(pci(Access::Lte, Some(504)), None);
        assert_eq!(pci(Access::Nr, Some(504)), Some(504));
        assert_eq!(cell_id(Access::Lte, Some(0xFFF_FFFF)), None);
        assert_eq!(cell_id(Access::Lte, Some(0x1000_0000)), None);
        assert_eq!(
            cell_id(Access::Nr, Some(0x1_0000_0000)),
            Some(0x1_0000_0000)
        );
        for tac in [0, 0xFFFE, 0xFFFF, 0x1_0000] {
            assert_eq!(area(Access::Lte, Some(tac)), None, "{tac:x}");
        }
        assert_eq!(area(Access::Nr, Some(0x1_0000)), Some(0x1_0000));
        assert_eq!(channel(Access::Lte, Some(65_535)), None);
        for access in [Access::Umts, Access::Lte, Access::NrNsa, Access::Nr] {
            assert_eq!(channel(access, Some(0)), None, "{access:?}");
            assert_eq!(cell_id(access, Some(0)), None, "{access:?}");
        }
        // 2G has a channel 0.
        assert_eq!(channel(Access::Gsm, Some(0)), Some(0));
        assert_eq!(band(Access::Lte, Some(0)), None);
        assert_eq!(band(Access::Lte, Some(255)), None);
        assert_eq!(lte_bandwidth(Some(6)), None);
        assert_eq!(lte_bandwidth(Some(-1)), None);
    }

    #[test]
    fn a_zero_lost_from_a_network_code_is_put_back_where_that_is_no_guess() {
        let plmn = |text: &str| Row::of(text.as_bytes()).plmn_of_numbers(0);
        let code = |text: &str| plmn(text).map(|p| p.to_string());
        assert_eq!(code("208,1").as_deref(), Some("20801"));
        assert_eq!(code("208,01").as_deref(), Some("20801"));
        assert_eq!(code("460,11").as_deref(), Some("46011"));
        assert_eq!(code("310,410").as_deref(), Some("310410"));
        assert_eq!(code("340,20").as_deref(), Some("34020"));
        for unknown in ["310,41", "310,4", "208,", "-,-", "208,1000"] {
            assert_eq!(code(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn sinr_far_below_what_rsrq_allows_is_not_in_that_scale() {
        let read = |raw, rsrq| sinr_in_halves(raw, Rsrq::from_tenths(rsrq)).map(Sinr::tenths);
        assert_eq!(read(11, -105), Some(55));
        assert_eq!(read(-4, -165), Some(-20));
        // At -6 dB SINR is 8 dB or more.
        assert_eq!(read(6, -60), None);
        assert_eq!(read(16, -60), Some(80));
        assert_eq!(read(101, -105), None);
        assert_eq!(sinr_in_halves(-30, None), Sinr::new(-15));
        assert_eq!(sinr_in_halves(i32::MAX, None), None);
    }

    #[test]
    fn blocks_give_the_bandwidth_that_has_them() {
        assert_eq!(lte_blocks(Some(50)), Some(100));
        assert_eq!(lte_blocks(Some(51)), None);
        assert_eq!(nr_blocks(Some(106), Some(0)), Some(200));
        assert_eq!(nr_blocks(Some(106), Some(1)), Some(400));
        assert_eq!(nr_blocks(Some(273), Some(1)), Some(1000));
        assert_eq!(nr_blocks(Some(273), None), None);
        assert_eq!(nr_blocks(Some(273), Some(2)), None);
    }

    #[test]
    fn an_index_is_read_at_the_lower_edge_of_its_step() {
        assert_eq!(rsrp_index(Some(1)), Rsrp::new(-140));
        assert_eq!(rsrp_index(Some(97)), Rsrp::new(-44));
        assert_eq!(rsrq_index(Some(34)), Rsrq::new(-3));
        assert_eq!(ss_rsrp_index(Some(126)), Rsrp::new(-31));
        assert_eq!(ss_rsrq_index(Some(65)), Rsrq::new(-11));
        assert_eq!(ss_sinr_index(Some(127)), Sinr::new(40));
        for unknown in [0, -1, 98, 255] {
            assert_eq!(rsrp_index(Some(unknown)), None, "{unknown}");
        }
    }
}
