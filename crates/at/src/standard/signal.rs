//! Levels of the serving cell: `+CSQ` (27.007 8.5) and `+CESQ` (8.69).
//!
//! An index stands for a range one or half a dB wide; what is given is its lower edge, as ModemManager does, so a
//! level is never shown better than it is. 99 and 255 mean "not known".

use super::line;
use super::{Command, ParseError};
use crate::Request;
use crate::result::Reply;
use crate::value::{Value, fields};
use opensim_domain::radio::{Rsrp, Rsrq, Rssi, Sinr};

/// What `+CSQ` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strength {
    /// Total power.
    pub rssi: Option<Rssi>,
    /// Bit error rate class, 0 to 7 (45.008 8.2.4).
    pub ber: Option<u8>,
}

/// `AT+CSQ`: total power. Many modems give nothing here in LTE and NR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Csq;

impl Command for Csq {
    type Reply = Strength;

    fn request(&self) -> Request {
        Request::new(line::execute("+CSQ"), "+CSQ:")
    }

    fn parse(&self, reply: &Reply) -> Result<Strength, ParseError> {
        let values = reply.after("+CSQ:").map(fields).unwrap_or_default();
        let number = |at: usize| values.get(at).and_then(Value::int);
        let rssi = number(0).ok_or_else(|| ParseError::in_reply(self, reply))?;
        Ok(Strength {
            rssi: index(rssi, 31).and_then(|x| Rssi::new(-113 + 2 * x)),
            ber: number(1)
                .and_then(|n| u8::try_from(n).ok())
                .filter(|n| *n <= 7),
        })
    }
}

/// What `+CESQ` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CesqLevels {
    /// 2G received level.
    pub rxlev: Option<Rssi>,
    /// 3G received signal code power, dBm.
    pub rscp_dbm: Option<i32>,
    /// LTE received power.
    pub rsrp: Option<Rsrp>,
    /// LTE received quality.
    pub rsrq: Option<Rsrq>,
    /// 5G received power.
    pub nr_rsrp: Option<Rsrp>,
    /// 5G received quality.
    pub nr_rsrq: Option<Rsrq>,
    /// 5G signal to noise.
    pub nr_sinr: Option<Sinr>,
}

/// `AT+CESQ`: levels by technology. The answer has six fields, nine where the modem knows 5G.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cesq;

impl Command for Cesq {
    type Reply = CesqLevels;

    fn request(&self) -> Request {
        Request::new(line::execute("+CESQ"), "+CESQ:")
    }

    fn parse(&self, reply: &Reply) -> Result<CesqLevels, ParseError> {
        let values = reply.after("+CESQ:").map(fields).unwrap_or_default();
        if values.len() < 6 || values.iter().all(|v| v.int().is_none()) {
            return Err(ParseError::in_reply(self, reply));
        }
        let at = |at: usize, most: i64| index(values.get(at)?.int()?, most);
        // In tenths: the lowest edge of index 0, and how much an index is.
        let tenths = |x: Option<i32>, lowest: i32, step: i32| x.map(|x| lowest + step * x);
        Ok(CesqLevels {
            rxlev: at(0, 63).and_then(|x| Rssi::new(-111 + x)),
            rscp_dbm: at(2, 96).map(|x| -121 + x),
            rsrq: tenths(at(4, 34), -200, 5).and_then(Rsrq::from_tenths),
            rsrp: tenths(at(5, 97), -1410, 10).and_then(Rsrp::from_tenths),
            nr_rsrq: tenths(at(6, 126), -435, 5).and_then(Rsrq::from_tenths),
            nr_rsrp: tenths(at(7, 126), -1570, 10).and_then(Rsrp::from_tenths),
            nr_sinr: tenths(at(8, 127), -235, 5).and_then(Sinr::from_tenths),
        })
    }
}

/// An index within its table.
fn index(value: i64, most: i64) -> Option<i32> {
    (0..=most)
        .contains(&value)
        .then(|| i32::try_from(value).ok())?
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn total_power_of_many_modems() {
        let read = |line: &str| {
            Csq.parse(&reply(&[line]))
                .map(|s| (s.rssi.map(Rssi::tenths), s.ber))
        };
        assert_eq!(read("+CSQ: 24,0"), Ok((Some(-650), Some(0))));
        assert_eq!(read("+CSQ: 9, 99"), Ok((Some(-950), None)));
        assert_eq!(read("+CSQ: 99,99"), Ok((None, None)));
        assert_eq!(read("+CSQ: 39,99"), Ok((None, None)));
        assert_eq!(read("+CSQ:15"), Ok((Some(-830), None)));
        assert!(read("+CSQ:").is_err());
        assert!(read("+CSQ: -").is_err());
    }

    #[test]
    fn levels_by_technology() {
        let read = |line: &str| Cesq.parse(&reply(&[line])).unwrap();
        let lte = read("+CESQ: 99,99,255,255,16,44");
        assert_eq!(lte.rsrq.map(Rsrq::tenths), Some(-120));
        assert_eq!(lte.rsrp.map(Rsrp::tenths), Some(-970));
        assert_eq!((lte.rxlev, lte.rscp_dbm, lte.nr_rsrp), (None, None, None));
        let nr = read("+CESQ: 99,99,255,255,255,255,65,75,75");
        assert_eq!(nr.nr_rsrq.map(Rsrq::tenths), Some(-110));
        assert_eq!(nr.nr_rsrp.map(Rsrp::tenths), Some(-820));
        assert_eq!(nr.nr_sinr.map(Sinr::tenths), Some(140));
        assert_eq!((nr.rsrp, nr.rsrq), (None, None));
        let umts = read("+CESQ: 99,99,50,30,255,255");
        assert_eq!((umts.rscp_dbm, umts.rsrp), (Some(-71), None));
        let fm350 = read("+CESQ: 17,99,255,255,4,55,75,52,57");
        assert_eq!(fm350.rxlev.map(Rssi::tenths), Some(-940));
        assert_eq!(read("+CESQ: 99,99,255,255,35,98"), CesqLevels::default());
    }

    #[test]
    fn a_short_answer_is_not_filled_in() {
        for line in ["+CESQ: 99,99", "+CESQ:", "+CESQ: a,b,c,d,e,f"] {
            assert!(Cesq.parse(&reply(&[line])).is_err(), "{line}");
        }
    }
}
