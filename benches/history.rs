//! How long the history takes of ten thousand surveys: `cargo bench --package opensim-benches --bench history`.
//!
//! The surveys are made up, a year of them at three places, and are kept as a scan keeps its own. What is told is the best
//! of several runs, since the machine has other things to do.
#![expect(clippy::print_stdout, reason = "its result is what it is for")]

use std::time::{Duration, Instant};

use opensim::document::Document;
use opensim::ops::{CompareRequest, OpenHistory, compare};
use opensim::os::clock;
use opensim::report::{Format, Style, json, render};
use opensim::store::Store;
use opensim::store::history::{Filter, Record};

const SURVEYS: i64 = 10_000;
const RUNS: usize = 5;

fn main() {
    let folder = std::env::temp_dir().join(format!("opensim-history-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let store = Store::at(&folder);
    let records: Vec<Record> = (0..SURVEYS).map(survey).collect();
    let kept = timed(|| {
        let history = OpenHistory::to_change(&store).expect("opens");
        history.import(&records).expect("keeps");
    });
    let size = std::fs::metadata(folder.join("history.db")).map_or(0, |file| file.len());
    show("import 10,000 at once", kept);
    show("  of which one", kept / 10_000);
    println!("{:<44} {:>8.1} MB", "the database", size as f64 / 1e6);
    let words = opensim::i18n::Catalogue::new(opensim::i18n::Lang::En);
    let listed = |limit| {
        let filter = Filter {
            limit,
            ..Filter::default()
        };
        OpenHistory::to_read(&store)
            .expect("opens")
            .list(&filter)
            .expect("lists")
    };
    show("list the last 20", best(|| drop(listed(Some(20)))));
    show("list all 10,000", best(|| drop(listed(None))));
    let all = listed(None);
    show("  their JSON", best(|| drop(json(&all.document))));
    let page = || render(&all.document, Format::Text, &words, Style::default());
    show("  their page", best(|| drop(page())));
    let compared = |before: &str, after: &str| {
        let request = CompareRequest {
            before: before.to_owned(),
            after: after.to_owned(),
            place: None,
            since: None,
            zone: clock::zone(),
        };
        compare(OpenHistory::to_read(&store).expect("opens"), &request).expect("compares")
    };
    show(
        "compare the last week with before",
        best(|| drop(compared("before", "7d"))),
    );
    show(
        "compare morning and evening",
        best(|| drop(compared("morning", "evening"))),
    );
    show(
        "compare two places",
        best(|| drop(compared("Lounge", "Attic"))),
    );
    show(
        "show one",
        best(|| {
            let history = OpenHistory::to_read(&store).expect("opens");
            drop(history.document("5000").expect("there"));
        }),
    );
    std::fs::remove_dir_all(&folder).expect("its own folder");
}

/// A survey of a year ago and later, its values its own.
fn survey(n: i64) -> Record {
    let text = include_str!("../testdata/history/survey.json");
    let mut survey: serde_json::Value = serde_json::from_str(text).expect("a document");
    let at = clock::wall().as_second() - (SURVEYS - n) * 3150;
    let at = jiff::Timestamp::from_second(at).expect("a moment");
    survey["at"] = at.to_string().into();
    survey["label"] = ["Lounge", "Attic", "Garage"][usize::try_from(n % 3).expect("small")].into();
    let mut third = survey["carriers"][0].clone();
    third["carrier"] = "bouygues".into();
    third["plmn"] = "20820".into();
    let carriers = survey["carriers"].as_array_mut().expect("carriers");
    carriers.push(third);
    for (at, carrier) in (0..).zip(carriers) {
        let noise = (n * 7919 + at * 104_729) % 23;
        carrier["radio"]["rsrp_dbm"] = (-85.0 - 5.0 * at as f64 - noise as f64 / 2.0).into();
        carrier["throughput"]["down"]["low_bps"] = (180_000 + noise * 4_000).into();
    }
    let survey: Document<opensim::document::Scan> =
        serde_json::from_value(survey).expect("a survey");
    Record::of(&json(&survey)).expect("is kept")
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| timed(&mut work))
        .min()
        .unwrap_or_default()
}

fn show(what: &str, took: Duration) {
    println!("{what:<44} {:>8.2} ms", took.as_secs_f64() * 1e3);
}
