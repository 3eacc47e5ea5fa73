//! Which engines there are, and a fleet to ask about.

use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use opensim_domain::document::FleetAnswer;
use opensim_fleet::answer;
use opensim_fleet::engine::{EngineBounds, EngineKind, LakeFiles, QueryEngine};
use opensim_fleet::questions::{Question, Scope};

use crate::generate::{Recipe, generate};

/// A fleet of a few homes, made once.
pub(crate) fn fleet() -> &'static Path {
    static FLEET: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = || {
        let folder = tempfile::tempdir().expect("a folder");
        let recipe = Recipe {
            sites: 300,
            days: 70,
            is_worse: true,
        };
        generate(folder.path(), &recipe);
        folder
    };
    FLEET.get_or_init(made).path()
}

/// The engine, or none with the reason said; none is a failure where it has to be there.
pub(crate) fn engine(kind: EngineKind) -> Option<QueryEngine> {
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_needed =
        said("OPENSIM_ENGINES").is_some_and(|all| all.split(',').any(|e| e == kind.name()));
    let is_quick = kind == EngineKind::Duckdb;
    let found = if is_quick || said(kind.variable()).is_some() {
        QueryEngine::find(kind, EngineBounds::default()).map_err(|error| error.to_string())
    } else {
        Err(format!("{} is not set", kind.variable()))
    };
    match found {
        Ok(engine) => Some(engine),
        Err(reason) => {
            assert!(!is_needed, "{} has to be there: {reason}", kind.name());
            let _ = writeln!(std::io::stderr(), "skipped: {}: {reason}", kind.name());
            None
        }
    }
}

/// Every question about the fleet, each with what it needs.
pub(crate) fn everything(folder: &Path) -> Vec<(&'static Question, Scope)> {
    let site = site(folder);
    let asked = opensim_fleet::questions::QUESTIONS.iter().map(|question| {
        let scope = Scope {
            partner: (question.name == "partner").then(|| "p0001".to_owned()),
            site: vec![site.clone()],
            min_sites: 5,
            ..Scope::default()
        };
        (question, scope)
    });
    asked.collect()
}

/// A home of the fleet.
fn site(folder: &Path) -> String {
    use arrow_array::cast::AsArray as _;
    let file = folder.join("surveys/month=2026-11/part-0.parquet");
    let file = std::fs::File::open(file).expect("a month");
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file);
    let mut reader = reader.expect("a reader").build().expect("a reader");
    let batch = reader.next().expect("rows").expect("rows");
    let sites = batch
        .column_by_name("site")
        .expect("the column")
        .as_string::<i32>();
    sites.value(0).to_owned()
}

/// One question's answer.
pub(crate) fn asked(folder: &Path, engine: &QueryEngine, name: &str, scope: Scope) -> FleetAnswer {
    let lake = LakeFiles::read(folder).expect("the fleet's files");
    let question = Question::named(name).expect("a question");
    let answers = answer::ask(&lake, engine, &[(question, scope)]).expect("an answer");
    answers.into_iter().next().expect("one answer")
}
