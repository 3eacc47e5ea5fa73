//! Spark SQL's own program, on this computer or on a cluster. Nothing is distributed by us: its workers read the same files.

use std::path::Path;

use super::view::{self, SourceFiles};
use super::{LakeFiles, QueryEngine, Tongue};
use crate::columns::ColumnKind;

pub(super) struct Spark;

impl Tongue for Spark {
    const PROGRAMS: &'static [&'static str] = &["spark-sql"];

    fn arguments(engine: &QueryEngine, scratch: &Path, script: &str) -> Vec<String> {
        let within = |name: &str| scratch.join(name).display().to_string();
        let script = within(script);
        let master = engine.master.as_deref().unwrap_or("local[*]");
        let memory = format!("{}m", engine.bounds.memory_mib);
        let fixed = ["-S", "--master", master, "--driver-memory", &memory];
        let mut all: Vec<String> = fixed.map(str::to_owned).to_vec();
        let mut settings = vec![
            // No metastore, and nothing left in the folder that it works in.
            "spark.sql.catalogImplementation=in-memory".to_owned(),
            format!("spark.sql.warehouse.dir={}", within("warehouse")),
            format!("spark.local.dir={}", within("spill")),
            "spark.ui.enabled=false".to_owned(),
            "spark.sql.session.timeZone=UTC".to_owned(),
            // A month is a text, as in the other engines.
            "spark.sql.sources.partitionColumnTypeInference.enabled=false".to_owned(),
            // `${…}` in a text is a text.
            "spark.sql.variable.substitute=false".to_owned(),
        ];
        if master.starts_with("local") {
            settings.push("spark.sql.shuffle.partitions=8".to_owned());
            settings.push("spark.driver.bindAddress=127.0.0.1".to_owned());
            settings.push("spark.driver.host=127.0.0.1".to_owned());
        }
        for setting in settings {
            all.extend(["--conf".to_owned(), setting]);
        }
        all.extend(["-f".to_owned(), script]);
        all
    }

    fn preamble(_: &QueryEngine, lake: &LakeFiles, _: &Path) -> Vec<String> {
        view::sources(lake).iter().map(view).collect()
    }

    fn query(statement: &str) -> String {
        format!(
            "SELECT to_json(struct(*), map('ignoreNullFields', 'false')) FROM (\n{statement}\n) AS answer"
        )
    }
}

/// A table over its files, with the columns named: what a file does not have is `NULL`.
pub(super) fn view(source: &SourceFiles) -> String {
    let columns = source.columns.iter().map(|column| {
        let kind = kind(column.kind);
        format!("{} {kind}", view::identifier(column.name))
    });
    let month = source.is_monthly.then(|| "month STRING".to_owned());
    let columns: Vec<String> = columns.chain(month).collect();
    let name = source.name;
    if source.files.is_empty() {
        let empty: Vec<String> = columns
            .iter()
            .filter_map(|column| column.split_once(' '))
            .map(|(name, kind)| format!("CAST(NULL AS {kind}) AS {name}"))
            .collect();
        let empty = empty.join(", ");
        return format!("CREATE TEMPORARY VIEW {name} AS SELECT {empty} WHERE false");
    }
    let path = match source.files.as_slice() {
        [file] => file.clone(),
        files => format!("{{{}}}", files.join(",")),
    };
    let base = if source.is_monthly {
        format!(", basePath {}", view::quoted(name))
    } else {
        String::new()
    };
    format!(
        "CREATE TEMPORARY VIEW {name} ({}) USING parquet OPTIONS (path {}{base})",
        columns.join(", "),
        view::quoted(&path)
    )
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Hex => "STRING",
        ColumnKind::Short => "SMALLINT",
        ColumnKind::Int => "INT",
        ColumnKind::Long => "BIGINT",
        ColumnKind::Float => "DOUBLE",
        ColumnKind::Flag => "BOOLEAN",
        ColumnKind::Moment => "TIMESTAMP",
        ColumnKind::Day => "DATE",
    }
}
