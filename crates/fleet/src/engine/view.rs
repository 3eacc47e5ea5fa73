//! The fleet's files as tables of an engine.

use super::files::LakeFiles;
use super::{EngineKind, clickhouse, duckdb, spark};
use crate::columns::{Column, SITES, Table};

/// A table and the files that it is made of, as paths within the fleet's folder.
#[derive(Debug)]
pub(super) struct SourceFiles {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// Whether its path has the month, which is then a column.
    pub(super) is_monthly: bool,
    pub(super) files: Vec<String>,
}

/// The tables of the files that are sound.
pub(super) fn sources(lake: &LakeFiles) -> Vec<SourceFiles> {
    let monthly = Table::ALL.map(|table| SourceFiles {
        name: table.name(),
        columns: table.columns(),
        is_monthly: true,
        files: lake.of(table).map(|file| file.path.clone()).collect(),
    });
    let sites = SourceFiles {
        name: "sites",
        columns: SITES,
        is_monthly: false,
        files: lake.sites.iter().cloned().collect(),
    };
    monthly.into_iter().chain([sites]).collect()
}

/// What makes the fleet's files tables of an engine, to be run in the fleet's folder: for those who ask by themselves.
pub fn ddl(kind: EngineKind) -> String {
    let tables = Table::ALL.map(|table| (table.name(), table.columns(), true));
    let sources = tables.into_iter().chain([("sites", SITES, false)]);
    let views = sources.map(|(name, columns, is_monthly)| {
        let files = if is_monthly {
            format!("{name}/month=*/part-*.parquet")
        } else {
            format!("{name}.parquet")
        };
        let source = SourceFiles {
            name,
            columns,
            is_monthly,
            files: vec![files],
        };
        match kind {
            EngineKind::Duckdb => duckdb::view(&source),
            EngineKind::Spark => spark::view(&source),
            EngineKind::Clickhouse => clickhouse::view(&source),
        }
    });
    let settings: &[&str] = match kind {
        EngineKind::Duckdb => &["SET TimeZone = 'UTC'"],
        EngineKind::Spark => &[
            "SET spark.sql.session.timeZone = UTC",
            "SET spark.sql.sources.partitionColumnTypeInference.enabled = false",
        ],
        EngineKind::Clickhouse => &[
            "SET session_timezone = 'UTC'",
            "SET join_use_nulls = 1",
            "SET use_hive_partitioning = 1",
            "SET input_format_parquet_allow_missing_columns = 1",
        ],
    };
    let all = settings.iter().map(|setting| (*setting).to_owned());
    all.chain(views)
        .fold(String::new(), |out, one| out + &one + ";\n")
}

/// A text of ours as a literal.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A column's name; those that an engine has a meaning for are quoted by none of them, so names are chosen that need not be.
pub(super) fn identifier(name: &str) -> &str {
    name
}
