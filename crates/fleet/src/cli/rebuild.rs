//! `opensim-fleet rebuild`: months made anew from the documents kept.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::rebuild;

/// Make months anew.
#[derive(Debug, Args)]
pub(super) struct Rebuild {
    /// One month alone, as 2026-11
    #[arg(long, value_name = "MONTH")]
    month: Option<String>,
}

impl Rebuild {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let month = self.month.map(|month| month.parse()).transpose()?;
        let rebuilt = rebuild::run(&fleet, month)?;
        let output = &context.output;
        if output.is_json() {
            let months = rebuilt.months.iter().map(|(table, month, rows)| {
                json!({ "table": table.name(), "month": month.to_string(), "rows": rows })
            });
            let replaced = rebuilt
                .replaced
                .iter()
                .map(|(table, month)| json!({ "table": table.name(), "month": month.to_string() }));
            output.facts(
                "rebuild",
                json!({
                    "documents": rebuilt.documents,
                    "unread": rebuilt.unread,
                    "months": months.collect::<Vec<_>>(),
                    "replaced": replaced.collect::<Vec<_>>(),
                }),
            )?;
            return Ok(ExitCode::SUCCESS);
        }
        let words = output.words();
        let values = [
            ("documents", rebuilt.documents.to_string()),
            ("unread", rebuilt.unread.to_string()),
        ];
        let mut lines = vec![words.text_of("rebuild-done", values)];
        for (table, month, rows) in &rebuilt.months {
            let values = [
                ("table", table.name().to_owned()),
                ("month", month.to_string()),
                ("count", rows.to_string()),
            ];
            lines.push(words.text_of("ingest-rows", values));
        }
        for (table, month) in &rebuilt.replaced {
            let values = [
                ("table", table.name().to_owned()),
                ("month", month.to_string()),
            ];
            lines.push(words.text_of("rebuild-replaced", values));
        }
        output.result(&(lines.join("\n") + "\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}
