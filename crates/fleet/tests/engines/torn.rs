//! Files that are not what they should be: one that is torn, one of an older version, none at all.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_schema::Schema;
use jiff::civil::date;
use opensim_domain::document::FleetAnswer;
use opensim_fleet::answer;
use opensim_fleet::engine::{EngineKind, LakeFiles};
use opensim_fleet::questions::{QUESTIONS, Scope};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::generate::{Recipe, generate};
use crate::support::{asked, engine, everything};

const OCTOBER: &str = "surveys/month=2026-10/part-0.parquet";
const NOVEMBER: &str = "surveys/month=2026-11/part-0.parquet";

fn few() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let recipe = Recipe {
        sites: 40,
        days: 61,
        is_worse: false,
    };
    generate(folder.path(), &recipe);
    folder
}

fn trend(folder: &Path, kind: EngineKind) -> Option<FleetAnswer> {
    let engine = engine(kind)?;
    let scope = Scope {
        min_sites: 1,
        ..Scope::default()
    };
    Some(asked(folder, &engine, "trend", scope))
}

#[test]
fn a_torn_month_is_left_out_and_said() {
    let folder = few();
    let file = folder.path().join(OCTOBER);
    let whole = fs::read(&file).expect("a month");
    for torn in [&b""[..], b"PAR1", &whole[..whole.len() / 2], &[7; 4096]] {
        fs::write(&file, torn).expect("written");
        let Some(answer) = trend(folder.path(), EngineKind::Duckdb) else {
            return;
        };
        assert!(answer.partial);
        assert_eq!(answer.torn, [OCTOBER]);
        assert!(!answer.rows.is_empty());
        assert!(
            answer.rows.iter().all(|row| row[0] == "2026-11"),
            "{:?}",
            answer.rows
        );
        let words = opensim_fleet::words::catalogue(opensim::i18n::Lang::En);
        let page = answer::page(&answer, &words, opensim::report::Style::default());
        assert!(
            page.contains("Incomplete") && page.contains(OCTOBER),
            "{page}"
        );
    }
}

#[test]
fn a_question_about_other_months_does_not_miss_the_torn_one() {
    let folder = few();
    fs::write(folder.path().join(OCTOBER), "torn").expect("written");
    let Some(engine) = engine(EngineKind::Duckdb) else {
        return;
    };
    let scope = Scope {
        since: Some(date(2026, 11, 1)),
        min_sites: 1,
        ..Scope::default()
    };
    let answer = asked(folder.path(), &engine, "trend", scope);
    assert!(!answer.partial, "{:?}", answer.torn);
    assert_eq!(answer.files, ["surveys/month=2026-11/part-0.parquet"]);
}

/// Writes the month anew without a column, as a version wrote it that did not know it.
fn without(file: &Path, column: &str) {
    let read = File::open(file).expect("a month");
    let reader = ParquetRecordBatchReaderBuilder::try_new(read).expect("a reader");
    let schema = Arc::clone(reader.schema());
    let left: Vec<usize> = (0..schema.fields().len())
        .filter(|at| schema.field(*at).name() != column)
        .collect();
    let batches: Vec<_> = reader.build().expect("a reader").collect();
    let fields: Vec<_> = left.iter().map(|at| schema.field(*at).clone()).collect();
    let schema = Arc::new(Schema::new(fields));
    let written = File::create(file).expect("a file");
    let mut writer = ArrowWriter::try_new(written, schema, None).expect("a writer");
    for batch in batches {
        let batch = batch.expect("rows").project(&left).expect("columns");
        writer.write(&batch).expect("written");
    }
    writer.close().expect("closed");
}

#[test]
fn a_column_that_no_file_or_only_a_newer_one_has_is_unknown() {
    for kind in EngineKind::ALL {
        let folder = few();
        without(&folder.path().join(OCTOBER), "rsrp_dbm");
        let Some(answer) = trend(folder.path(), kind) else {
            continue;
        };
        for row in &answer.rows {
            let level = answer.value(row, "rsrp_dbm");
            assert_eq!(level.is_none(), row[0] == "2026-10", "{kind:?}: {row:?}");
        }
        if kind != EngineKind::Spark {
            without(
                &folder.path().join("surveys/month=2026-11/part-0.parquet"),
                "rsrp_dbm",
            );
            let answer = trend(folder.path(), kind).expect("an answer");
            assert!(!answer.rows.is_empty());
            assert!(
                answer
                    .rows
                    .iter()
                    .all(|row| answer.value(row, "rsrp_dbm").is_none())
            );
        }
    }
}

#[test]
fn an_empty_fleet_answers_every_question_with_nothing() {
    let Some(engine) = engine(EngineKind::Duckdb) else {
        return;
    };
    let filled = few();
    let empty = tempfile::tempdir().expect("a folder");
    let lake = LakeFiles::read(empty.path()).expect("no files");
    let answers = answer::ask(&lake, &engine, &everything(filled.path())).expect("answers");
    assert_eq!(answers.len(), QUESTIONS.len());
    for answer in answers {
        assert!(answer.rows.is_empty() && !answer.partial && !answer.columns.is_empty());
    }
    let scope = Scope::default();
    let text = "SELECT count(*) AS n FROM surveys CROSS JOIN sites CROSS JOIN switches";
    let answer = answer::ask_sql(&lake, &engine, text, &scope).expect("an answer");
    assert_eq!(answer.rows, [[serde_json::json!(0)]]);
}

#[test]
fn the_last_month_torn_is_not_told_as_if_it_had_not_been() {
    let folder = few();
    fs::write(folder.path().join(NOVEMBER), "torn").expect("written");
    let Some(engine) = engine(EngineKind::Duckdb) else {
        return;
    };
    for question in ["worse", "below"] {
        let answer = asked(folder.path(), &engine, question, Scope::default());
        assert_eq!(answer.until.as_deref(), Some("2026-12-01"), "{question}");
        assert!(answer.partial, "{question}");
        assert_eq!(answer.torn, [NOVEMBER], "{question}");
    }
}
