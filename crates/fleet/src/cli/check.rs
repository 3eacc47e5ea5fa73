//! `opensim-fleet check`: how the fleet stands.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::check;

/// Say how the fleet stands.
#[derive(Debug, Args)]
pub(super) struct Check {}

impl Check {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let (standing, error) = check::run(&fleet)?;
        let output = &context.output;
        if output.is_json() {
            let tables = standing.tables.iter().map(|(table, (rows, months))| {
                json!({ "table": table.name(), "rows": rows, "months": months })
            });
            let quarantined = standing.quarantined.iter();
            let quarantined =
                quarantined.map(|(why, count)| json!({ "code": why.code(), "documents": count }));
            let mut document = json!({
                "fleet": fleet.root().display().to_string(),
                "sites": standing.sites,
                "documents": standing.documents,
                "tables": tables.collect::<Vec<_>>(),
                "quarantined": quarantined.collect::<Vec<_>>(),
            });
            if let Some(error) = &error {
                document["error"] = json!(output.fault(error));
            }
            output.facts("check", document)?;
        } else {
            let words = output.words();
            let mut lines = vec![words.text_of(
                "check-holds",
                [
                    ("sites", standing.sites.to_string()),
                    ("documents", standing.documents.to_string()),
                ],
            )];
            for (table, (rows, months)) in &standing.tables {
                let values = [
                    ("table", table.name().to_owned()),
                    ("rows", rows.to_string()),
                    ("months", months.to_string()),
                ];
                lines.push(words.text_of("check-table", values));
            }
            for (why, count) in &standing.quarantined {
                let text = words.text(&format!("refusal-{}", why.code().replace('.', "-")));
                let values = [
                    ("code", why.code().to_owned()),
                    ("count", count.to_string()),
                    ("why", text),
                ];
                lines.push(words.text_of("ingest-quarantined", values));
            }
            output.result(&(lines.join("\n") + "\n"))?;
        }
        Ok(error.map_or(ExitCode::SUCCESS, |error| output.ended(&error)))
    }
}
