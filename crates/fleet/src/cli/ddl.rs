//! `opensim-fleet ddl`: what makes the files tables of an engine, for those who ask by themselves.

use std::process::ExitCode;

use clap::Args;

use super::{CommandContext, Ran};
use crate::engine::{self, EngineKind, LakeFiles};

/// Print the SQL that makes the fleet's files tables of an engine.
#[derive(Debug, Args)]
pub(super) struct Ddl {
    /// The engine: duckdb, spark, clickhouse
    #[arg(value_name = "ENGINE")]
    engine: EngineKind,
}

impl Ddl {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let sql = engine::ddl(self.engine, &LakeFiles::read(fleet.root())?);
        if context.output.is_json() {
            let name = self.engine.name();
            let facts = serde_json::json!({ "engine": name, "sql": sql });
            context.output.facts("ddl", facts)?;
        } else {
            context.output.result(&sql)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
