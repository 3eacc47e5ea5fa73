//! What holds for every dialect: the tables are sound, and no reader gives a value that cannot be.

use std::collections::HashSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::result::Final;
use opensim_domain::Access;
use opensim_domain::radio::Band;

#[test]
fn names_are_unique_and_generic_is_last() {
    let names: Vec<_> = DIALECTS.iter().map(|d| d.profile().name).collect();
    let unique: HashSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
    assert_eq!(names.last(), Some(&"generic"));
    for name in names {
        assert_eq!(by_name(name).map(|d| d.profile().name), Some(name));
    }
}

#[test]
fn no_usb_id_is_claimed_twice() {
    let mut vendors = HashSet::new();
    let mut products = HashSet::new();
    for profile in DIALECTS.iter().map(|d| d.profile()) {
        for vendor in profile.usb_vendors {
            assert!(vendors.insert(*vendor), "{vendor:04x} of {}", profile.name);
        }
        for product in profile.usb_products {
            assert!(
                products.insert(*product),
                "{product:04x?} of {}",
                profile.name
            );
        }
    }
    assert!(products.iter().all(|(vendor, _)| !vendors.contains(vendor)));
}

#[test]
fn the_lines_said_unasked_are_well_formed() {
    for dialect in DIALECTS {
        let mut seen = HashSet::new();
        for prefix in dialect.profile().urc_prefixes {
            let word = prefix.strip_suffix(':').expect(prefix);
            let word = word.trim_start_matches(['+', '^', '*', '%', '#', '$']);
            assert!(word.bytes().all(|b| b.is_ascii_alphanumeric()), "{prefix}");
            assert!(word.len() >= 2 && seen.insert(*prefix), "{prefix}");
        }
        for line in dialect.profile().urc_lines {
            assert!(Final::of_line(&Line::from(*line)).is_none(), "{line}");
            assert!(seen.insert(*line), "{line}");
        }
    }
}

#[test]
fn the_words_that_name_a_vendor_are_lower_case_and_nobody_elses() {
    let all = DIALECTS.iter().flat_map(|d| d.profile().manufacturers);
    let mut seen = HashSet::new();
    for word in all {
        assert_eq!(*word, word.to_ascii_lowercase());
        assert!(seen.insert(*word), "{word}");
    }
}

#[test]
fn every_dialect_has_its_transcripts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    for dialect in DIALECTS {
        let folder = root.join(dialect.profile().name);
        let files = std::fs::read_dir(&folder).map(Iterator::count);
        assert!(files.is_ok_and(|n| n > 0), "{}", folder.display());
    }
}

/// What only vendors say, by the tables: names of commands, lines said unasked, refusals, makers.
fn vendor_words() -> HashSet<String> {
    let words = |dialect: &dyn Dialect| -> Vec<String> {
        let profile = dialect.profile();
        let commands = &profile.commands;
        let lists = [
            commands.harmless,
            commands.plain,
            commands.secrets,
            commands.calls,
            commands.imei,
            profile.urc_prefixes,
            profile.list_refusals,
            profile.manufacturers,
        ];
        let effects = commands.effects.iter().map(|(name, _)| *name);
        let all = lists.into_iter().flatten().copied().chain(effects);
        let name = |word: &str| word.split(['=', '?', ':']).next().map(str::to_uppercase);
        all.filter_map(name).collect()
    };
    let mut standard: HashSet<String> = words(&generic::Generic).into_iter().collect();
    // How most modems say that they have started.
    standard.insert("RDY".to_owned());
    let vendors = DIALECTS[..DIALECTS.len() - 1].iter();
    let all = vendors.flat_map(|dialect| words(*dialect));
    all.filter(|word| !standard.contains(word)).collect()
}

/// The texts between quotes in every source below, tests and comments left out.
fn quoted_texts(place: &Path, texts: &mut Vec<String>) {
    if place.is_dir() {
        for entry in std::fs::read_dir(place).unwrap() {
            quoted_texts(&entry.unwrap().path(), texts);
        }
    } else if !place.ends_with("tests.rs") {
        let source = std::fs::read_to_string(place).unwrap();
        let production = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = production.lines().map(str::trim_start);
        for line in lines.filter(|line| !line.starts_with("//")) {
            texts.extend(line.split('"').skip(1).step_by(2).map(str::to_uppercase));
        }
    }
}

#[test]
fn no_word_of_a_vendor_stands_in_the_guard_the_mask_or_the_engine() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts = Vec::new();
    for place in [
        "at/src/guard.rs",
        "at/src/guard",
        "at/src/engine.rs",
        "at/src/engine",
        "at/src/frame.rs",
        "at/src/request.rs",
        "domain/src/trace/mask.rs",
        "domain/src/trace/mask",
    ] {
        quoted_texts(&crates.join(place), &mut texts);
    }
    assert!(texts.len() > 200, "{}", texts.len());
    assert!(texts.iter().any(|text| text == "+CGDATA"));
    let words = vendor_words();
    assert!(words.contains("+EGMR") && words.contains("$QCRMCALL"));
    for text in texts {
        assert!(!words.contains(&text), "{text}");
    }
}

#[test]
fn a_reading_takes_three_commands_at_most() {
    for dialect in DIALECTS {
        let queries = dialect.reading_queries(&Identity::default(), &Scales::default());
        assert!((1..=3).contains(&queries.len()));
    }
}

fn answered(queries: &[Query], lines: &[Vec<u8>]) -> Vec<QueryReply> {
    let lines: Vec<Line> = lines.iter().cloned().map(Line::new).collect();
    let reply = Reply {
        lines,
        end: Final::Ok,
    };
    let answer = |query: &Query| QueryReply {
        line: query.line,
        reply: reply.clone(),
    };
    queries.iter().map(answer).collect()
}

fn assert_in_range(reading: &Reading) {
    let cell = &reading.cell;
    let limit = |access, one, two| {
        if cell.access == Some(access) {
            one
        } else {
            two
        }
    };
    assert!(cell.pci.is_none_or(|n| n < limit(Access::Nr, 1008, 512)));
    assert!(
        cell.cell_id
            .is_none_or(|n| n < 1 << limit(Access::Nr, 36, 28))
    );
    assert!(cell.tac.is_none_or(|n| n < 1 << limit(Access::Nr, 24, 16)));
    assert!(cell.earfcn.is_none_or(|n| n <= 3_279_165));
    assert!(
        cell.bandwidth_tenths_mhz
            .is_none_or(|n| (14..=4000).contains(&n))
    );
    let number = match cell.band {
        Some(Band::Lte(n) | Band::Nr(n) | Band::Umts(n)) => n,
        None => 1,
    };
    assert!((1..=512).contains(&number));
    if let Some((enodeb, sector)) = cell.enodeb_and_sector() {
        assert!(enodeb < 1 << 20 && sector < 256);
    }
    let said = [
        reading.rsrp.is_some(),
        reading.rsrq.is_some(),
        reading.sinr.is_some(),
    ];
    assert!(reading.source.is_some() || said == [false; 3] && reading.rssi.is_none());
}

/// Reads `lines` as the answer to everything that a dialect asks.
fn read_everywhere(lines: &[Vec<u8>]) {
    for dialect in DIALECTS {
        let mut scales = Scales::default();
        let identity = dialect.identity(&answered(&[Query::bare("ATI")], lines)[0].reply.lines);
        for text in [&identity.manufacturer, &identity.model, &identity.revision] {
            assert!(text.as_ref().is_none_or(|t| t.chars().count() <= 64));
        }
        let answers = answered(&dialect.reading_queries(&identity, &scales), lines);
        assert_in_range(&dialect.reading(&answers, &identity, &mut scales));
        let reply = &answers[0].reply;
        for listed in dialect.survey_cells(reply) {
            assert!(listed.cell.plmn.is_some());
            assert_in_range(&listed);
        }
        for neighbour in dialect.neighbours(reply) {
            assert_in_range(&neighbour);
        }
        assert!(dialect.pin_tries(reply).is_none_or(|n| n <= 15));
        let _ = dialect.iccid(reply);
        let _ = detect(None, &identity);
    }
}

/// Lines that are nearly right, so that the readers are reached.
fn nearly_right() -> impl Strategy<Value = Vec<u8>> {
    let rows = DIALECTS.iter().flat_map(|d| d.specimens().rows);
    let head = prop::sample::select(rows.copied().collect::<Vec<_>>());
    (head, prop::collection::vec(field(), 0..20))
        .prop_map(|(head, fields)| format!("{head}{}", fields.join(",")).into_bytes())
}

/// Something where a number should be.
fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i16>().prop_map(|n| n.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        (-200_i32..300).prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| format!("{n:X}")),
        any::<u16>().prop_map(|n| format!("0x{n:X}")),
        Just("-".to_owned()),
        Just(String::new()),
        r"[ -~]{0,6}",
    ]
}

fn filled_tables() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let tables = DIALECTS.iter().flat_map(|d| d.specimens().tables);
    let table = prop::sample::select(tables.copied().collect::<Vec<_>>());
    (table, prop::collection::vec(field(), 24)).prop_map(|(table, fields)| {
        let mut fields = fields.iter().cycle();
        let mut fill = |c: char| match c {
            '%' => fields.next().cloned().unwrap_or_default(),
            c => c.to_string(),
        };
        let mut lines = Vec::new();
        for line in table {
            lines.push(line.chars().map(&mut fill).collect::<String>().into_bytes());
        }
        lines
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_value_out_of_range(
        lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..5)
    ) {
        read_everywhere(&lines);
    }

    #[test]
    fn nearly_right_lines_are_read_without_a_value_out_of_range(
        lines in prop::collection::vec(nearly_right(), 1..6)
    ) {
        read_everywhere(&lines);
    }

    #[test]
    fn tables_are_read_without_a_value_out_of_range(lines in filled_tables()) {
        read_everywhere(&lines);
    }
}
