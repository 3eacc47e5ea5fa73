//! The fallback on the standard, beside every vendor's own row: what 27.007 has is asked and read where the vendor's answers
//! leave the level or the place open, because the row was refused, is empty, or never has it.
//!
//! Levels come from `+CESQ` and `+CSQ`, the place from `+CEREG` and, where that has none, from `+CREG`. What the vendor
//! said is never replaced, and what is about another technology than the vendor's cell is not taken.

use super::{Query, QueryReply, generic};
use opensim_domain::Access;
use opensim_domain::radio::{Cell, Reading};

/// What to ask next where `reading`, made of the answers `asked`, leaves something open; `None` where nothing is, or
/// nothing more can be asked.
pub fn fallback_query(reading: &Reading, asked: &[QueryReply]) -> Option<Query> {
    // 3G and 2G have no RSRP, so a cell of theirs is whole without one.
    let older = matches!(reading.cell.access, Some(Access::Gsm | Access::Umts));
    let levels = reading.rsrp.is_none() && !older;
    let of_the_standard = reading.source.as_deref() == Some("+CESQ");
    let total = reading.rssi.is_none() && (levels || of_the_standard);
    let place = reading.cell.cell_id.is_none();
    let all = [
        (levels, generic::LEVELS),
        (total, generic::TOTAL),
        (place, generic::LOCATION),
        (place, generic::CIRCUIT_LOCATION),
    ];
    let is_new = |query: &Query| asked.iter().all(|answer| answer.line != query.line);
    all.into_iter()
        .find(|(wanted, query)| *wanted && is_new(query))
        .map(|(_, query)| query)
}

/// The vendor's reading with what the standard's answers know more of the same cell.
pub(super) fn complete(own: Reading, answers: &[QueryReply]) -> Reading {
    let place = generic::place_of(answers);
    // What it is registered on is a fact where it names no cell either.
    let access = place.as_ref().and_then(|place| place.access);
    let mut reading = with_place(with_levels(own, answers), place).sound();
    reading.cell.access = reading.cell.access.or(access);
    reading
}

fn with_levels(mut own: Reading, answers: &[QueryReply]) -> Reading {
    let standard = generic::levels(answers, own.rsrp);
    if !of_one_kind(own.cell.access, standard.cell.access) {
        return own;
    }
    let adds = (own.rsrp.is_none() && standard.rsrp.is_some())
        || (own.rsrq.is_none() && standard.rsrq.is_some())
        || (own.sinr.is_none() && standard.sinr.is_some())
        || (own.rssi.is_none() && standard.rssi.is_some());
    if adds {
        let levels =
            own.rsrp.is_some() || own.rsrq.is_some() || own.sinr.is_some() || own.rssi.is_some();
        own.source = match (own.source.filter(|_| levels), standard.source) {
            (Some(own), Some(other)) => Some(format!("{own}, {other}")),
            (own, other) => own.or(other),
        };
    }
    own.rsrp = own.rsrp.or(standard.rsrp);
    own.rsrq = own.rsrq.or(standard.rsrq);
    own.sinr = own.sinr.or(standard.sinr);
    own.rssi = own.rssi.or(standard.rssi);
    own.cell.access = own.cell.access.or(standard.cell.access);
    own
}

fn with_place(mut reading: Reading, place: Option<Cell>) -> Reading {
    let Some(place) = place else {
        return reading;
    };
    let own = &mut reading.cell;
    // Where the modem names no cell of its own, what it is registered on is what it reads: levels of another technology
    // are what was measured last there.
    let bare = *own
        == Cell {
            access: own.access,
            ..Cell::default()
        };
    if bare && !of_one_kind(own.access, place.access) {
        return Reading {
            rssi: reading.rssi,
            source: reading.rssi.and(Some("+CSQ".to_owned())),
            cell: place,
            ..Reading::default()
        };
    }
    let same_area = own.tac.is_none() || place.tac.is_none() || own.tac == place.tac;
    let same_cell = own.cell_id.is_none() || own.cell_id == place.cell_id;
    if of_one_kind(own.access, place.access) && same_area && same_cell {
        own.cell_id = own.cell_id.or(place.cell_id);
        own.tac = own.tac.or(place.tac);
        own.access = if bare { place.access } else { None }.or(own.access);
    }
    reading
}

/// Whether two answers speak of one technology, a 4G anchor and its 5G leg being one; where one does not tell, they do.
fn of_one_kind(one: Option<Access>, two: Option<Access>) -> bool {
    let anchor = |access| match access {
        Access::NrNsa => Access::Lte,
        access => access,
    };
    match (one, two) {
        (Some(one), Some(two)) => anchor(one) == anchor(two),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DIALECTS, Dialect, Identity, Scales, by_name};
    use super::*;
    use crate::result::{Final, Line, Reply};
    use opensim_domain::radio::{Band, Rsrp, Rsrq, Rssi};

    /// A modem that answers these lines and refuses every other.
    struct Modem(&'static [(&'static str, &'static [&'static str])]);

    impl Modem {
        fn answer(&self, query: &Query) -> QueryReply {
            let known = self.0.iter().find(|(line, _)| *line == query.line);
            let lines = known.map_or(&[][..], |(_, lines)| lines);
            let end = known.map_or(Final::Error, |_| Final::Ok);
            let lines = lines.iter().map(|line| Line::from(*line)).collect();
            QueryReply {
                line: query.line,
                reply: Reply { lines, end },
            }
        }

        /// The reading as the backend makes it, and what was asked for it.
        fn read(&self, dialect: &dyn Dialect) -> (Reading, Vec<&'static str>) {
            let identity = Identity::default();
            let mut scales = Scales::default();
            let own = dialect.reading_queries(&identity, &scales);
            let mut answers: Vec<QueryReply> = own.iter().map(|query| self.answer(query)).collect();
            loop {
                let reading = dialect.reading(&answers, &identity, &mut scales);
                let Some(query) = fallback_query(&reading, &answers) else {
                    let asked = answers.iter().map(|answer| answer.line).collect();
                    return (reading, asked);
                };
                answers.push(self.answer(&query));
            }
        }
    }

    const STANDARD: Modem = Modem(&[
        ("AT+CESQ", &["+CESQ: 99,99,255,255,18,44"]),
        ("AT+CSQ", &["+CSQ: 20,99"]),
        ("AT+CEREG?", &["+CEREG: 2,5,\"2F0A\",\"2B51C03\",7"]),
    ]);

    #[test]
    fn every_family_whose_own_row_is_refused_is_read_by_the_standard() {
        for dialect in DIALECTS {
            let name = dialect.profile().name;
            let (reading, asked) = STANDARD.read(*dialect);
            assert_eq!(reading.rsrp, Rsrp::new(-97), "{name}");
            assert_eq!(reading.rsrq, Rsrq::new(-11), "{name}");
            assert_eq!(reading.rssi, Rssi::new(-73), "{name}");
            assert_eq!(reading.cell.cell_id, Some(0x2B5_1C03), "{name}");
            assert_eq!(reading.cell.tac, Some(0x2F0A), "{name}");
            assert_eq!(reading.cell.access, Some(Access::Lte), "{name}");
            assert_eq!(reading.source.as_deref(), Some("+CESQ"), "{name}");
            for line in ["AT+CESQ", "AT+CSQ", "AT+CEREG?"] {
                let times = asked.iter().filter(|asked| **asked == line).count();
                assert_eq!(times, 1, "{name}: {line}");
            }
            assert!(!asked.contains(&"AT+CREG?"), "{name}");
        }
    }

    #[test]
    fn every_family_finds_its_place_in_creg_where_nothing_else_has_it() {
        let circuit = Modem(&[
            ("AT+CSQ", &["+CSQ: 20,99"]),
            ("AT+CEREG?", &["+CEREG: 0,0"]),
            ("AT+CREG?", &["+CREG: 2,1,\"1A2B\",\"0155AB01\""]),
        ]);
        for dialect in DIALECTS {
            let name = dialect.profile().name;
            let (reading, _) = circuit.read(*dialect);
            assert_eq!(reading.cell.cell_id, Some(0x155_AB01), "{name}");
            assert_eq!(reading.cell.tac, Some(0x1A2B), "{name}");
            assert_eq!(reading.cell.access, None, "{name}");
        }
    }

    #[test]
    fn every_family_in_2g_and_3g_says_so_by_creg() {
        for (line, access, cell) in [
            ("+CREG: 2,5,\"2710\",\"B201\",0", Access::Gsm, 0xB201),
            ("+CREG: 2,5,\"2710\",\"0A1B201\",6", Access::Umts, 0xA1_B201),
        ] {
            let lines: &'static [&'static str] = Box::leak(Box::new([line]));
            let answers: &'static [(&str, &[&str])] = Box::leak(Box::new([
                ("AT+CESQ", &["+CESQ: 30,99,255,255,255,255"][..]),
                ("AT+CEREG?", &["+CEREG: 2,0"][..]),
                ("AT+CREG?", lines),
            ]));
            for dialect in DIALECTS {
                let (reading, _) = Modem(answers).read(*dialect);
                let name = dialect.profile().name;
                assert_eq!(reading.cell.access, Some(access), "{name}");
                assert_eq!(reading.cell.cell_id, Some(cell), "{name}");
                assert_eq!(reading.rsrp, None, "{name}");
            }
        }
    }

    #[test]
    fn huawei_e3372_stick_has_its_levels_from_its_own_row_and_its_place_from_creg() {
        let stick = Modem(&[
            ("AT^HCSQ?", &["^HCSQ:\"LTE\",46,33,96,12"]),
            ("AT+CREG?", &["+CREG: 2,1,\"1A2B\",\"0155AB01\""]),
        ]);
        let (reading, asked) = stick.read(by_name("huawei").unwrap());
        assert_eq!(reading.rsrp, Rsrp::new(-108));
        assert_eq!(reading.source.as_deref(), Some("^HCSQ"));
        assert_eq!(reading.cell.enodeb_and_sector(), Some((0x155AB, 1)));
        assert_eq!(reading.cell.tac, Some(0x1A2B));
        assert!(!asked.contains(&"AT+CESQ"));
    }

    #[test]
    fn simcom_sim7600_whose_row_is_whole_is_asked_nothing_more() {
        let row =
            "+CPSI: LTE,Online,208-10,0x1F4A,94618123,77,EUTRAN-BAND20,6300,3,3,-118,-1043,-721,12";
        let rows: &'static [&'static str] = Box::leak(Box::new([row]));
        let answers: &'static [(&str, &[&str])] = Box::leak(Box::new([("AT+CPSI?", rows)]));
        let (_, asked) = Modem(answers).read(by_name("simcom").unwrap());
        assert_eq!(asked, ["AT+CPSI?"]);
    }

    #[test]
    fn simcom_sim7600_with_an_empty_row_is_read_by_the_standard() {
        let zeros = Modem(&[
            (
                "AT+CPSI?",
                &["+CPSI: LTE,Online,000-00,0x0000,0,0,EUTRAN-BAND0,0,0,0,0,0,0,0"],
            ),
            ("AT+CESQ", &["+CESQ: 99,99,255,255,18,44"]),
        ]);
        let (reading, _) = zeros.read(by_name("simcom").unwrap());
        assert_eq!(reading.rsrp, Rsrp::new(-97));
        assert_eq!(reading.cell.band, None);
        assert_eq!(reading.cell.bandwidth_tenths_mhz, None);
    }

    #[test]
    fn levels_of_another_technology_are_not_put_to_the_vendors_cell() {
        let in_3g = Modem(&[
            (
                "AT^SMONI",
                &["^SMONI: 3G,3063,296,-7.5,-79,208,01,1F4A,0A3C20B,-92,-78,NOCONN"],
            ),
            ("AT+CESQ", &["+CESQ: 99,99,255,255,18,44"]),
        ]);
        let (reading, asked) = in_3g.read(by_name("cinterion").unwrap());
        assert_eq!(reading.cell.access, Some(Access::Umts));
        assert_eq!(reading.cell.band, Some(Band::Umts(8)));
        assert_eq!((reading.rsrp, reading.rsrq), (None, None));
        assert_eq!(asked, ["AT^SMONI", "AT+CESQ"]);
    }
}
