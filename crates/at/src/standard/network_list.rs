//! The answer to `AT+COPS=?` (27.007 7.3): every network the modem heard, one entry for each access technology.
//!
//! The answer takes minutes to get and comes in more shapes than any other: cut inside its last entry, spread over
//! lines, names in UCS-2 or missing, without access technologies. Every entry that is complete is kept as it was
//! said, in order, repeats included; nothing is completed from a piece. What the numbers mean is not for here
//! ([`Access::from_act`](opensim_domain::Access::from_act)).

use crate::result::Line;
use crate::value::{self, Value};
use opensim_domain::Plmn;

/// The prefixes of its lines: 27.007's, and that of Nordic's `AT%COPS=?`.
pub(crate) const PREFIXES: &[&str] = &["+COPS:", "%COPS:"];

/// What the modem heard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkList {
    /// In the modem's order; a network stands once for each access technology it was heard on.
    pub entries: Vec<ListedNetwork>,
    /// Whether the answer ended inside an entry, so that networks may be missing.
    pub truncated: bool,
}

/// One network on one access technology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedNetwork {
    /// Its code, with as many digits as the modem gave.
    pub plmn: Plmn,
    /// The long name as the modem has it, which may be digits; `None` where it has none.
    pub long: Option<String>,
    /// The short name, likewise.
    pub short: Option<String>,
    /// 0 unknown, 1 available, 2 current, 3 forbidden.
    pub stat: Option<u8>,
    /// The access technology's number; `None` where the modem does not say (2G and 3G modems).
    pub act: Option<u8>,
}

/// Reads the information lines of `AT+COPS=?`. A line without a prefix goes on from the one before.
pub fn parse(lines: &[Line]) -> NetworkList {
    let mut list = NetworkList::default();
    for segment in segments(lines) {
        list.read(&value::fields(&segment));
    }
    list
}

/// The texts after each prefix, the lines that follow without one joined to them: names hold line ends, and some
/// modems put one between entries.
fn segments(lines: &[Line]) -> Vec<Vec<u8>> {
    let mut segments: Vec<Vec<u8>> = Vec::new();
    for line in lines {
        let after = PREFIXES.iter().find_map(|prefix| line.after(prefix));
        match (after, segments.last_mut()) {
            (Some(text), _) => segments.push(text.to_vec()),
            (None, Some(open)) => open.extend_from_slice(line.bytes()),
            (None, None) if line.bytes().trim_ascii_start().starts_with(b"(") => {
                segments.push(line.bytes().to_vec());
            }
            (None, None) => {}
        }
    }
    segments
}

impl NetworkList {
    fn read(&mut self, values: &[Value]) {
        // Each entry is a group of its own; the lists of modes and formats after them are groups without a network.
        for (at, value) in values.iter().enumerate() {
            match value {
                Value::List(fields) => {
                    let mut entry =
                        entry(fields).or_else(|| stat_alone(fields, values.get(at + 1..)));
                    if let Some(entry) = &mut entry
                        && entry.act.is_none()
                    {
                        entry.act = stray(values.get(at + 1));
                    }
                    self.entries.extend(entry);
                }
                Value::Cut => self.truncated = true,
                _ => {}
            }
        }
    }
}

/// `<stat>,<long>,<short>,<numeric>[,<AcT>]`.
fn entry(fields: &[Value]) -> Option<ListedNetwork> {
    let [stat, long, short, numeric, ..] = fields else {
        return None;
    };
    Some(ListedNetwork {
        plmn: network(numeric)?,
        long: name(long),
        short: name(short),
        stat: small(stat),
        act: fields.get(4).and_then(small),
    })
}

/// Iridium closes the group after the state: `(002),"IRIDIUM","IRIDIUM","90103"`.
fn stat_alone(fields: &[Value], rest: Option<&[Value]>) -> Option<ListedNetwork> {
    let ([stat], Some([long @ Value::Quoted(_), short, numeric, ..])) = (fields, rest) else {
        return None;
    };
    Some(ListedNetwork {
        plmn: network(numeric)?,
        long: name(long),
        short: name(short),
        stat: small(stat),
        act: None,
    })
}

/// Ericsson's F3607gw closes the group before the access technology: `"310410"),2)`.
fn stray(value: Option<&Value>) -> Option<u8> {
    let Some(Value::Bare(bytes)) = value else {
        return None;
    };
    number(bytes.strip_suffix(b")")?)
}

fn network(value: &Value) -> Option<Plmn> {
    let bytes = value.bytes()?.trim_ascii();
    let text = value::ucs2(bytes).or_else(|| String::from_utf8(bytes.to_vec()).ok())?;
    text.parse().ok()
}

fn name(value: &Value) -> Option<String> {
    let name = value::decode_name(value.bytes()?);
    (!name.is_empty()).then_some(name)
}

fn small(value: &Value) -> Option<u8> {
    number(value.bytes()?)
}

fn number(bytes: &[u8]) -> Option<u8> {
    std::str::from_utf8(bytes).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(lines: &[&str]) -> NetworkList {
        parse(&lines.iter().map(|l| Line::from(*l)).collect::<Vec<_>>())
    }

    /// State, long name, short name, network, access technology; `-` for what is missing.
    fn rows(lines: &[&str]) -> Vec<String> {
        let or_dash = |number: Option<u8>| number.map_or_else(|| "-".into(), |n: u8| n.to_string());
        let row = |e: &ListedNetwork| {
            format!(
                "{} {}/{} {} {}",
                or_dash(e.stat),
                e.long.as_deref().unwrap_or("-"),
                e.short.as_deref().unwrap_or("-"),
                e.plmn,
                or_dash(e.act)
            )
        };
        parsed(lines).entries.iter().map(row).collect()
    }

    #[test]
    fn the_lists_after_the_networks_are_not_networks() {
        for tail in [
            ",,(0-4),(0-2)",
            ",,(0,1,2,3,4),(0,1,2)",
            ",(0, 1, 3),(0-2)",
            ",,",
            ",,)",
            ",(0,1,2,3,4),)",
            "",
        ] {
            let line = format!(r#"+COPS: (2,"F SFR","SFR","20810",7){tail}"#);
            assert_eq!(rows(&[&line]), ["2 F SFR/SFR 20810 7"], "{tail}");
        }
    }

    #[test]
    fn a_network_stands_once_for_each_access() {
        let rows =
            rows(&[r#"+COPS: (3,"A","a","20820",7),(1,"A","a","20820",9),(1,"A","a","20820",7)"#]);
        assert_eq!(rows, ["3 A/a 20820 7", "1 A/a 20820 9", "1 A/a 20820 7"]);
    }

    #[test]
    fn names_of_every_kind() {
        let rows = rows(&[
            r#"+COPS: (1,"Telecom, le vrai","x (y)","20801",7),(1,"","","20810",7),(1,,,"20820"),(1,"208 15","20815","20815",2)"#,
            r#"+COPS: (2,"00460020005300460052","0053004600520031","00320030003800310033",7)"#,
            "+COPS: (1,\"AT&T\0\",\"T\u{1}\",\"310410\",7)",
        ]);
        assert_eq!(
            rows,
            [
                "1 Telecom, le vrai/x (y) 20801 7",
                "1 -/- 20810 7",
                "1 -/- 20820 -",
                "1 208 15/20815 20815 2",
                "2 F SFR/SFR1 20813 7",
                "1 AT&T/T 310410 7",
            ]
        );
    }

    #[test]
    fn codes_keep_their_digits_and_a_wrong_one_is_dropped() {
        let rows = rows(&[
            r#"+COPS: (1,"a","a",31026,7),(1,"a","a","310260",7),(1,"b","b","3102600",7),(1,"c","c","2081",7),(1,"d","d","",7)"#,
        ]);
        assert_eq!(rows, ["1 a/a 31026 7", "1 a/a 310260 7"]);
    }

    #[test]
    fn lines_of_every_make() {
        let one = ["2 A/a 20801 7", "1 B/b 20810 7"];
        for lines in [
            &[r#"+COPS:(2,"A","a","20801",7),(1,"B","b","20810",7)"#][..],
            &[r#"+cops: (2,"A","a","20801",7),(1,"B","b","20810",7)"#],
            &[r#"%COPS: (2,"A","a","20801",7),(1,"B","b","20810",7)"#],
            &[
                r#"+COPS: (2,"A","a","20801",7)"#,
                r#"+COPS: (1,"B","b","20810",7)"#,
            ],
            &[
                r#"+COPS: (2,"A","a","20801",7),"#,
                r#"(1,"B","b","20810",7),,(0-4)"#,
            ],
            &[
                r#"+COPS: (2,"A","a","20801",7),(1,"B"#,
                r#"","b","20810",7)"#,
            ],
            &["+COPS: ", r#"(2,"A","a","20801",7),(1,"B","b","20810",7)"#],
            &[r#"(2,"A","a","20801",7),(1,"B","b","20810",7)"#],
            &[
                "noise",
                r#"+COPS: (2,"A","a","20801",7),(1,"B","b","20810",7)"#,
            ],
        ] {
            assert_eq!(rows(lines), one, "{lines:?}");
        }
    }

    #[test]
    fn a_parenthesis_too_many_or_too_soon_loses_nothing() {
        assert_eq!(
            rows(&[r#"+COPS: (2,"A","a","20801"),2),(1,"B","b","20810"),0),,(0-4)"#]),
            ["2 A/a 20801 2", "1 B/b 20810 0"]
        );
        assert_eq!(
            rows(&[r#"+COPS:(002),"SAT","SAT","90103",,(000-001),(000-002)"#]),
            ["2 SAT/SAT 90103 -"]
        );
    }

    #[test]
    fn a_cut_answer_keeps_its_whole_entries_and_says_so() {
        for tail in [
            r#",(3,"E-Long","E)"#,
            r#",(3,"E-Long","E","208"#,
            r#",(3,"E-Long","E","20815",7"#,
            r#",(3,"E-Long","E",2081"#,
            ",(",
        ] {
            let list = parsed(&[&format!(r#"+COPS: (2,"A","a","20801",7){tail}"#)]);
            assert_eq!((list.entries.len(), list.truncated), (1, true), "{tail}");
        }
        assert!(!parsed(&[r#"+COPS: (2,"A","a","20801",7)"#]).truncated);
    }

    #[test]
    fn nothing_heard_is_an_empty_list() {
        for lines in [
            &["+COPS: "][..],
            &["+COPS:"],
            &[],
            &["+COPS: ,,(0-4),(0-2)"],
        ] {
            assert_eq!(parsed(lines), NetworkList::default(), "{lines:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_list(lines in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 0..6)) {
            let lines: Vec<Line> = lines.into_iter().map(Line::new).collect();
            let _ = parse(&lines);
        }

        #[test]
        fn the_alphabet_of_the_answer_gives_a_list(text in r#"(\+COPS: )?[(),"0-9a-z]{0,120}"#) {
            for entry in parse(&[Line::from(text.as_str())]).entries {
                prop_assert!((5..=6).contains(&entry.plmn.as_str().len()));
            }
        }

        #[test]
        fn cutting_an_answer_only_ever_drops_from_its_end(at in 0_usize..200) {
            let whole = r#"+COPS: (2,"F SFR","SFR","20810",7),(1,"Orange F","Orange","20801",7),(3,"F-Bouygues Telecom","BYTEL","20820",2),(1,"Free","Free","20815",7),,(0-4),(0-2)"#;
            let all = parse(&[Line::from(whole)]).entries;
            let some = parse(&[Line::from(&whole[..at.min(whole.len())])]).entries;
            prop_assert_eq!(&all[..some.len()], &some[..]);
        }
    }
}
