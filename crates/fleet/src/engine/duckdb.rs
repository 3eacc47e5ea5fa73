//! `DuckDB`'s own program. It is told to open nothing but the files of the question: no network, no extension, no file of its
//! user's, and no other file of the computer, whatever the SQL says.

use std::path::Path;

use super::view::{self, SourceFiles};
use super::{LakeFiles, QueryEngine, Tongue};
use crate::columns::ColumnKind;

pub(super) struct Duckdb;

impl Tongue for Duckdb {
    const PROGRAMS: &'static [&'static str] = &["duckdb"];

    fn arguments(_: &QueryEngine, scratch: &Path, script: &str) -> Vec<String> {
        let script = scratch.join(script).display().to_string();
        // An empty start file: the user's own may print, and load what it likes.
        let init = scratch.join("init").display().to_string();
        let fixed = [
            "-init",
            &init,
            "-bail",
            "-batch",
            "-jsonlines",
            "-f",
            &script,
        ];
        fixed.map(str::to_owned).to_vec()
    }

    fn preamble(engine: &QueryEngine, lake: &LakeFiles, scratch: &Path) -> Vec<String> {
        let sources = view::sources(lake);
        let allowed: Vec<String> = sources
            .iter()
            .flat_map(|source| &source.files)
            .map(|file| view::quoted(file))
            .collect();
        let spill = view::quoted(&scratch.join("spill").display().to_string());
        let mut all = vec![
            "SET autoinstall_known_extensions = false".to_owned(),
            "SET autoload_known_extensions = false".to_owned(),
            "SET TimeZone = 'UTC'".to_owned(),
            format!("SET memory_limit = '{}MiB'", engine.bounds.memory_mib),
            format!("SET temp_directory = {spill}"),
            format!("SET allowed_paths = [{}]", allowed.join(", ")),
            "SET enable_external_access = false".to_owned(),
            "SET lock_configuration = true".to_owned(),
        ];
        all.extend(sources.iter().map(view));
        all
    }

    fn query(statement: &str) -> String {
        format!("SELECT * FROM (\n{statement}\n) AS answer")
    }
}

/// A table over its files. The empty one before them has every column, also those that no file has yet.
pub(super) fn view(source: &SourceFiles) -> String {
    let columns = source.columns.iter().map(|column| {
        let kind = kind(column.kind);
        format!("CAST(NULL AS {kind}) AS {}", view::identifier(column.name))
    });
    let month = source
        .is_monthly
        .then(|| "CAST(NULL AS VARCHAR) AS month".to_owned());
    let columns: Vec<String> = columns.chain(month).collect();
    let empty = format!("SELECT {} WHERE false", columns.join(", "));
    let name = source.name;
    if source.files.is_empty() {
        return format!("CREATE TEMP VIEW {name} AS {empty}");
    }
    let files: Vec<String> = source.files.iter().map(|file| view::quoted(file)).collect();
    format!(
        "CREATE TEMP VIEW {name} AS {empty}\nUNION ALL BY NAME SELECT * FROM read_parquet([{}], union_by_name = true, \
         hive_partitioning = {}, hive_types_autocast = false)",
        files.join(", "),
        source.is_monthly
    )
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Hex => "VARCHAR",
        ColumnKind::Short => "SMALLINT",
        ColumnKind::Int => "INTEGER",
        ColumnKind::Long => "BIGINT",
        ColumnKind::Float => "DOUBLE",
        ColumnKind::Flag => "BOOLEAN",
        ColumnKind::Moment => "TIMESTAMPTZ",
        ColumnKind::Day => "DATE",
    }
}
