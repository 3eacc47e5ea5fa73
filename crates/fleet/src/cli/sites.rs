//! `opensim-fleet sites`: the list of homes, put in the place of the one before.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::sites;

/// Register the sites of a list.
#[derive(Debug, Args)]
pub(super) struct Sites {
    /// The list, as CSV
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Sites {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let registered = sites::register(&fleet, &self.file)?;
        let output = &context.output;
        if output.is_json() {
            let (sites, forgotten) = (registered.sites, registered.forgotten);
            output.document(&json!({ "sites": sites, "forgotten": forgotten }))?;
        } else {
            let values = [
                ("sites", registered.sites.to_string()),
                ("forgotten", registered.forgotten.to_string()),
            ];
            let text = output.words().text_of("sites-registered", values);
            output.result(&format!("{text}\n"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
