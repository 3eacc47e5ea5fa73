//! What a command may cost a modem: a `status` is twelve command lines at the most, whatever the family, and none twice.

use std::collections::BTreeSet;

use opensim::sim::Scenario;
use opensim::trace::{Entry, parse};

use super::support::Opensim;

/// What `status` may ask, as docs/decisions.md says.
const MOST: usize = 12;

/// The lines that a `status` of this scenario sends.
fn sent(scenario: &str) -> Vec<String> {
    let opensim = Opensim::new();
    let at_once = format!("base = \"{scenario}\"\npace = 1\n[timing]\nreply_ms = 0\n");
    let modem = format!("sim:{}", opensim.file("modem.toml", &at_once));
    let trace = opensim.file("trace.at", "");
    let ran = opensim.run(&["--modem", &modem, "--trace", &trace, "status"]);
    assert_eq!(ran.code(), 0, "{scenario}: {}", ran.stderr());
    let told = std::fs::read_to_string(&trace).expect("a trace");
    let lines = parse(&told)
        .expect("a trace")
        .into_iter()
        .filter_map(|entry| {
            let Entry::Sent(line) = entry else {
                return None;
            };
            Some(String::from_utf8(line).expect("text"))
        });
    lines.collect()
}

#[test]
fn a_status_takes_twelve_lines_at_most_on_every_family_and_sends_none_twice() {
    let is_house = |name: &&str| *name == "home" || name.ends_with("-home");
    let mut over = Vec::new();
    for house in Scenario::names().filter(is_house) {
        let lines = sent(house);
        let different: BTreeSet<&String> = lines.iter().collect();
        if lines.len() > MOST || different.len() < lines.len() {
            over.push(format!("{house}: {} lines, {lines:?}", lines.len()));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
