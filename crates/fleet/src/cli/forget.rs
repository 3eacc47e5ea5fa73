//! `opensim-fleet forget`: a site, for good.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use opensim_domain::document::Values;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::error::Error;
use crate::forget;
use crate::sites::is_number;

/// Forget a site for good.
#[derive(Debug, Args)]
pub(super) struct Forget {
    /// The site's number in its certificate
    #[arg(value_name = "SITE")]
    site: String,
    /// An inbox in which something of it may wait
    #[arg(long, value_name = "DIR")]
    inbox: Option<PathBuf>,
    /// Agree to it
    #[arg(short, long)]
    yes: bool,
}

impl Forget {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        if !is_number(&self.site) {
            return Err(Error::Site { site: self.site });
        }
        if !self.yes {
            return Err(Error::Consent);
        }
        let gone = forget::run(&fleet, &self.site, self.inbox.as_deref())?;
        let output = &context.output;
        if output.is_json() {
            output.facts(
                "forget",
                json!({
                    "site": self.site,
                    "rows": gone.rows,
                    "documents": gone.documents,
                    "files": gone.files,
                    "left": 0,
                    "was_listed": gone.was_listed,
                }),
            )?;
        } else {
            let values = [
                ("site", self.site),
                ("rows", gone.rows.to_string()),
                ("documents", gone.documents.to_string()),
                ("files", gone.files.to_string()),
            ];
            let text = output.words().text_of("forget-done", values);
            output.result(&format!("{text}\n"))?;
            if !gone.was_listed && gone.rows + gone.documents + gone.files == 0 {
                output.note("forget-unlisted", &Values::new());
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
