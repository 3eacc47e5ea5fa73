//! `clickhouse local`: `ClickHouse`'s program without a server.

use std::path::Path;

use super::view::{self, SourceFiles};
use super::{LakeFiles, QueryEngine, Tongue};
use crate::columns::{Column, ColumnKind};

pub(super) struct Clickhouse;

impl Tongue for Clickhouse {
    const PROGRAMS: &'static [&'static str] = &["clickhouse"];

    fn arguments(engine: &QueryEngine, scratch: &Path, script: &str) -> Vec<String> {
        let within = |name: &str| scratch.join(name).display().to_string();
        let memory = u64::from(engine.bounds.memory_mib) << 20;
        [
            "local".to_owned(),
            format!("--path={}", within("state")),
            "--output-format=JSONEachRow".to_owned(),
            "--output_format_json_quote_64bit_integers=0".to_owned(),
            "--session_timezone=UTC".to_owned(),
            "--join_use_nulls=1".to_owned(),
            "--use_hive_partitioning=1".to_owned(),
            "--input_format_parquet_allow_missing_columns=1".to_owned(),
            format!("--max_memory_usage={memory}"),
            format!("--queries-file={}", within(script)),
        ]
        .to_vec()
    }

    fn preamble(_: &QueryEngine, lake: &LakeFiles, _: &Path) -> Vec<String> {
        view::sources(lake).iter().map(view).collect()
    }

    fn query(statement: &str) -> String {
        format!("SELECT * FROM (\n{statement}\n) AS answer")
    }
}

/// A table over its files, with the columns named: what a file does not have is `NULL`.
pub(super) fn view(source: &SourceFiles) -> String {
    let columns = source.columns.iter().map(|column| {
        let kind = kind(column);
        format!("{} {kind}", view::identifier(column.name))
    });
    let columns: Vec<String> = columns
        .chain(source.is_monthly.then(|| "month String".to_owned()))
        .collect();
    let name = source.name;
    if source.files.is_empty() {
        let columns = columns.join(", ");
        return format!("CREATE TEMPORARY TABLE {name} ({columns})");
    }
    let path = match source.files.as_slice() {
        [file] => file.clone(),
        files => format!("{{{}}}", files.join(",")),
    };
    let structure = columns.join(", ").replace('"', "`");
    format!(
        "CREATE VIEW {name} AS SELECT * FROM file({}, Parquet, {})",
        view::quoted(&path),
        view::quoted(&structure)
    )
}

fn kind(column: &Column) -> String {
    let kind = match column.kind {
        ColumnKind::Text | ColumnKind::Hex => "String",
        ColumnKind::Short => "Int16",
        ColumnKind::Int => "Int32",
        ColumnKind::Long => "Int64",
        ColumnKind::Float => "Float64",
        ColumnKind::Flag => "Bool",
        ColumnKind::Moment => "DateTime64(6, 'UTC')",
        ColumnKind::Day => "Date32",
    };
    if column.nullable {
        format!("Nullable({kind})")
    } else {
        kind.to_owned()
    }
}
