//! Texts of scenarios for the fuzzer's stand-in, most of them sound: random bytes never are.

use std::fmt::Write as _;

use opensim::sim::{Quirks, Scenario};

/// Keys, each with values on the edge of what it may be and beyond.
type Keys = &'static [(&'static str, &'static [&'static str])];

/// What stands before the first table.
const TOP: Keys = &[
    ("pace", &["1", "20.5", "0", "nan"]),
    ("seed", &["0", "9223372036854775807", "-1"]),
];

/// Tables of which none need be there.
const TABLES: &[(&str, Keys)] = &[
    (
        "[modem]",
        &[
            ("imei", &["\"356938035643809\"", "\"\"", "3"]),
            ("sinr", &["\"fifths\"", "\"decibel\"", "\"\""]),
            ("cesq", &["true", "false"]),
        ],
    ),
    (
        "[sim]",
        &[
            ("state", &["\"ready\"", "\"pin\"", "\"puk\"", "\"absent\""]),
            ("iccid", &["\"\"", "\"898602F9091830030220\"", "\"é\""]),
            ("pin_tries", &["0", "255", "256"]),
        ],
    ),
    (
        "[start]",
        &[
            ("mode", &["\"manual\"", "\"automatic\"", "\"deregistered\""]),
            ("plmn", &["\"20801\"", "\"20815\"", "\"2\""]),
            ("registered", &["true", "false"]),
        ],
    ),
    (
        "[timing]",
        &[
            ("reply_ms", &["0", "15", "9223372036854775807"]),
            ("search_ms", &["0", "9223372036854775807"]),
            ("boot_ms", &["0", "9223372036854775807", "-1"]),
        ],
    ),
    (
        "[faults]",
        &[
            ("silent_from_s", &["0", "1.5", "864000", "864001"]),
            ("silent_for_s", &["0", "0.001", "inf"]),
            ("reboot_on_select", &["\"20810\"", "\"99999\""]),
            ("unplug_at_s", &["3", "1e-9"]),
            ("late_ok_ms", &["0", "9223372036854775807"]),
            ("hang_on", &["[]", "[\"\"]", "[\"AT+COPS=?\"]"]),
            ("drop_byte_every", &["0", "1", "4294967295"]),
            ("garbage", &["true"]),
            ("split_writes", &["true"]),
            ("urc_mid_reply", &["true"]),
        ],
    ),
    (
        "[[event]]",
        &[
            ("at_s", &["0", "2", "864000"]),
            ("plmn", &["\"20801\"", "\"20810\""]),
            (
                "availability",
                &["\"absent\"", "\"never-ends\"", "\"denied\""],
            ),
            ("change_db", &["-100", "100", "101"]),
        ],
    ),
];

/// A carrier with a cell, all keys of which must be there.
const CARRIER: Keys = &[
    (
        "[[carrier]]\nplmns",
        &["[\"20801\"]", "[\"20810\", \"20813\"]"],
    ),
    ("name", &["\"Orange F\"", "\"\"", "\"a\\\"b\\n\""]),
    (
        "[[carrier.cell]]\naccess",
        &["\"lte\"", "\"nr\"", "\"gsm\"", "\"umts\""],
    ),
    ("band", &["20", "0", "65535"]),
    ("earfcn", &["6400", "0", "4294967295"]),
    ("pci", &["212", "0", "65535"]),
    ("cell_id", &["23456780", "0", "9223372036854775807"]),
    ("tac", &["4321", "0", "4294967295"]),
    ("bandwidth_mhz", &["10", "0.2", "100"]),
    ("rsrp_dbm", &["-92", "-140", "-44", "-44.05"]),
    ("rsrq_db", &["-11", "-19.5", "-3"]),
    ("sinr_db", &["12", "-20", "30"]),
    ("fading_db", &["0", "30"]),
];

/// A text; `below` gives a number under the one that it is asked for.
pub(crate) fn text(below: &mut dyn FnMut(usize) -> usize) -> String {
    let bases: Vec<&str> = Scenario::names().collect();
    let personas: Vec<&str> = Scenario::personas().collect();
    let mut text = format!("base = \"{}\"\n", bases[below(bases.len())]);
    if below(2) == 0 {
        let _ = writeln!(text, "persona = \"{}\"", personas[below(personas.len())]);
    }
    if below(8) == 0 {
        text += &lines(TOP, 2, below);
    }
    for (table, keys) in TABLES {
        if below(4) == 0 {
            let _ = write!(text, "{table}\n{}", lines(keys, 2, below));
        }
    }
    if below(2) == 0 {
        let (_, quirk) = Quirks::catalogue()[below(Quirks::catalogue().len())];
        let _ = writeln!(text, "[quirks]\n{quirk}");
    }
    if below(2) == 0 {
        text += &lines(CARRIER, 200, below);
    }
    text
}

/// A line for each key; one of so many is left out.
fn lines(keys: Keys, one_of: usize, below: &mut dyn FnMut(usize) -> usize) -> String {
    let mut text = String::new();
    for (key, values) in keys {
        if below(one_of) != 0 {
            let _ = writeln!(text, "{key} = {}", values[below(values.len())]);
        }
    }
    text
}
