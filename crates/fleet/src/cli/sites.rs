//! `opensim-fleet sites`: the list of homes, put in the place of the one before; and which home a number is.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use opensim::i18n::clean;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::error::Error;
use crate::folder::Fleet;
use crate::sites::{self, Registry};

/// Register the sites of a list, or say which home a number is.
#[derive(Debug, Args)]
pub(super) struct Sites {
    /// The list, as CSV
    #[arg(value_name = "FILE", required_unless_present = "find")]
    file: Option<PathBuf>,
    /// Which home a number is, of the rows or of a certificate
    #[arg(long, value_name = "SITE", conflicts_with = "file")]
    find: Option<String>,
}

impl Sites {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        if let Some(site) = self.find {
            return find(context, &fleet, site);
        }
        let registered = sites::register(&fleet, &self.file.unwrap_or_default())?;
        let output = &context.output;
        if output.is_json() {
            output.facts(
                "sites",
                json!({
                    "sites": registered.sites,
                    "forgotten": registered.forgotten,
                    "gone": registered.gone,
                }),
            )?;
        } else {
            let values = [
                ("sites", registered.sites.to_string()),
                ("forgotten", registered.forgotten.to_string()),
            ];
            let text = output.words().text_of("sites-registered", values);
            output.result(&format!("{text}\n"))?;
            if registered.gone > 0 {
                let gone = registered.gone.to_string();
                let text = output.words().text_of("sites-gone", [("count", gone)]);
                output.result(&format!("{text}\n"))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn find(context: &CommandContext, fleet: &Fleet, site: String) -> Ran {
    if !sites::is_number(&site.to_ascii_lowercase()) {
        return Err(Error::Site { site });
    }
    let registry = Registry::open(fleet, &fleet.key()?)?;
    let Some((number, found)) = registry.find(&site) else {
        return Err(Error::SiteUnknown { site });
    };
    let output = &context.output;
    let in_rows = format!("{:016x}", found.number);
    if output.is_json() {
        output.facts(
            "site",
            json!({
                "site": number,
                "in_rows": in_rows,
                "partner": found.partner,
                "commune": found.postcode,
                "name": found.commune_name,
                "region": found.region,
            }),
        )?;
    } else {
        let text = |text: &Option<String>| text.as_deref().map_or_else(|| "–".to_owned(), clean);
        let values = [
            ("site", number.to_owned()),
            ("rows", in_rows),
            ("partner", text(&found.partner)),
            ("commune", text(&found.postcode)),
            ("name", text(&found.commune_name)),
        ];
        let text = output.words().text_of("sites-found", values);
        output.result(&format!("{text}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
