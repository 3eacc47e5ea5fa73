//! The SQL that makes the fleet's files tables, for those who ask an engine by themselves.

use super::view::SourceFiles;
use super::{EngineKind, LakeFiles, clickhouse, duckdb, spark};
use crate::columns::{SITES, monthly};

/// What makes the fleet's files tables of an engine, to be run in the fleet's folder: for those who ask by themselves. Months
/// that come later belong to a table that has one now; a table without any is empty, since engines refuse a pattern that no
/// file answers to. A torn file would take its whole table with it: where there is one, the sound ones are named.
pub fn ddl(kind: EngineKind, lake: &LakeFiles) -> String {
    let tables = monthly().map(|(name, columns)| (name, columns, true));
    let sources = tables.chain([("sites", SITES, false)]);
    let views = sources.map(|(name, columns, is_monthly)| {
        let sound: Vec<String> = lake.named(name).map(|file| file.path.clone()).collect();
        let within = format!("{name}/");
        let files = if !is_monthly {
            lake.sites.iter().cloned().collect()
        } else if sound.is_empty() || lake.torn.iter().any(|file| file.starts_with(&within)) {
            sound
        } else {
            vec![format!("{name}/month=*/part-*.parquet")]
        };
        let source = SourceFiles {
            name,
            columns,
            is_monthly,
            files,
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
