//! The SQL that makes the fleet's files tables, for those who ask an engine by themselves.

use super::view::SourceFiles;
use super::{EngineKind, clickhouse, duckdb, spark};
use crate::columns::{SITES, Table};

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
