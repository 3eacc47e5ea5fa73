//! What got worse is found, and nothing else: measured on what was planted.

use std::collections::BTreeSet;
use std::io::Write as _;

use opensim_fleet::engine::EngineKind;
use opensim_fleet::questions::Scope;

use crate::generate::{Recipe, generate};
use crate::support::{asked, engine};

/// Carriers at homes.
type Pairs = BTreeSet<(String, String)>;

/// What was planted, and what the answer says.
fn judged(is_worse: bool) -> Option<(Pairs, Pairs)> {
    let engine = engine(EngineKind::Duckdb)?;
    let folder = tempfile::tempdir().expect("a folder");
    let recipe = Recipe {
        sites: 2_500,
        days: 35,
        is_worse,
    };
    let planted = generate(folder.path(), &recipe);
    let answer = asked(folder.path(), &engine, "worse", Scope::default());
    let text = |value: Option<&serde_json::Value>| {
        value
            .and_then(|v| v.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let said = answer.rows.iter().map(|row| {
        (
            text(answer.value(row, "site")),
            text(answer.value(row, "carrier")),
        )
    });
    Some((planted, said.collect()))
}

#[test]
fn nearly_all_that_was_planted_is_found_and_hardly_anything_else() {
    let Some((planted, said)) = judged(true) else {
        return;
    };
    let right = said.intersection(&planted).count();
    let wrong = said.len() - right;
    let all = planted.len();
    let _ = writeln!(
        std::io::stderr(),
        "got worse: {all} planted, {} found, {right} right, {wrong} wrong",
        said.len()
    );
    assert!(all >= 30, "{all} planted");
    // What was never heard cannot fall silent.
    assert!(right * 100 >= all * 95, "{right} of {all} found");
    assert!(wrong * 100 <= all, "{wrong} wrong of {all}");
}

#[test]
fn a_quiet_week_raises_no_alarm() {
    let Some((planted, said)) = judged(false) else {
        return;
    };
    assert_eq!((planted.len(), said), (0, BTreeSet::new()));
}
