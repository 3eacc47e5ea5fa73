//! The same rows, whichever engine is asked.

use opensim_domain::document::FleetAnswer;
use opensim_fleet::answer;
use opensim_fleet::engine::{EngineKind, LakeFiles};
use opensim_fleet::questions::Shows;
use serde_json::Value;

use crate::support::{engine, everything, fleet};

/// What floating point is added up in any order by may differ in its last digits.
const CLOSE: f64 = 1e-9;

fn answers(kind: EngineKind) -> Option<Vec<FleetAnswer>> {
    let engine = engine(kind)?;
    let lake = LakeFiles::read(fleet()).expect("the fleet's files");
    let asked = everything(fleet());
    Some(answer::ask(&lake, &engine, &asked).expect("answers"))
}

/// Every engine against the first, question by question: how many, what the columns add up to, then row for row.
fn alike(kind: EngineKind) {
    let Some((theirs, ours)) = answers(kind).zip(answers(EngineKind::Duckdb)) else {
        return;
    };
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let name = ours.question.as_deref().expect("a question");
        assert!(!ours.rows.is_empty(), "{name} has no rows to compare");
        let headings = answer::headings(ours).expect("a question's columns");
        assert_eq!(theirs.rows.len(), ours.rows.len(), "{name}: rows");
        for (at, column) in ours.columns.iter().enumerate() {
            let sum = |answer: &FleetAnswer| -> f64 {
                answer.rows.iter().filter_map(|row| row[at].as_f64()).sum()
            };
            let (a, b) = (sum(theirs), sum(ours));
            assert!(is_close(a, b), "{name}: {column} adds up to {a}, not {b}");
        }
        for (theirs, ours) in theirs.rows.iter().zip(&ours.rows) {
            let mut cells = theirs.iter().zip(ours).zip(headings);
            let same = cells.all(|((a, b), heading)| is_same(a, b, heading.shows));
            assert!(same, "{name}: {theirs:?} is not {ours:?}");
        }
        assert_eq!(
            (&theirs.files, &theirs.sql),
            (&ours.files, &ours.sql),
            "{name}"
        );
    }
}

fn is_same(a: &Value, b: &Value, shows: Shows) -> bool {
    match (a.as_f64(), b.as_f64()) {
        // What is counted is a whole number to everybody; a mean that is whole may be written as one.
        (Some(_), Some(_)) if matches!(shows, Shows::Count | Shows::Number) => {
            a.is_i64() && b.is_i64() && a == b
        }
        (Some(x), Some(y)) => is_close(x, y),
        _ => a == b,
    }
}

fn is_close(a: f64, b: f64) -> bool {
    (a - b).abs() <= CLOSE * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn spark_gives_the_same_rows_as_duckdb() {
    alike(EngineKind::Spark);
}

#[test]
fn clickhouse_gives_the_same_rows_as_duckdb() {
    alike(EngineKind::Clickhouse);
}

#[test]
fn every_question_has_an_answer_of_its_own_columns() {
    let Some(answers) = answers(EngineKind::Duckdb) else {
        return;
    };
    let words = opensim_fleet::words::catalogue(opensim::i18n::Lang::Fr);
    for answer in answers {
        let name = answer.question.as_deref().expect("a question");
        assert!(!answer.rows.is_empty(), "{name}");
        assert!(!answer.partial, "{name}");
        let page = answer::page(&answer, &words, opensim::report::Style::default());
        let unworded = answer
            .columns
            .iter()
            .find(|c| page.contains(&format!("column-{c}")));
        assert_eq!(unworded, None, "{page}");
        assert!(
            page.lines().all(|line| line.chars().count() <= 80),
            "{page}"
        );
    }
}
