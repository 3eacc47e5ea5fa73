//! `opensim-fleet init`: an empty fleet.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::folder::Fleet;

/// Make an empty fleet: its folder, settings and key.
#[derive(Debug, Args)]
pub(super) struct Init {}

impl Init {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let (fleet, made) = Fleet::init(&context.root)?;
        let output = &context.output;
        let folder = fleet.root().display().to_string();
        if output.is_json() {
            let layout = fleet.settings().layout;
            output.facts(
                "init",
                json!({ "fleet": folder, "made": made, "layout": layout }),
            )?;
        } else {
            let key = if made { "init-made" } else { "init-there" };
            let text = output.words().text_of(key, [("folder", folder)]);
            output.result(&format!("{text}\n"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
