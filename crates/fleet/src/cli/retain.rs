//! `opensim-fleet retain`: what is too old goes.

use std::process::ExitCode;

use clap::Args;
use jiff::tz::TimeZone;
use opensim_os::clock;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::retain::{self, RetainTerms};

/// Remove what is too old.
#[derive(Debug, Args)]
pub(super) struct Retain {
    /// How long documents are kept, as 90d
    #[arg(long, value_name = "DAYS", value_parser = days)]
    raw: Option<u32>,
    /// How long rows are kept, as 400d
    #[arg(long, value_name = "DAYS", value_parser = days)]
    rows: Option<u32>,
}

impl Retain {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let settings = fleet.settings();
        let terms = RetainTerms {
            raw_days: self.raw.unwrap_or(settings.raw_days),
            rows_days: self.rows.unwrap_or(settings.rows_days),
        };
        let today = TimeZone::UTC.to_datetime(clock::wall()).date();
        let retained = retain::run(&fleet, terms, today)?;
        let output = &context.output;
        if output.is_json() {
            let days = retained.days.iter().map(ToString::to_string);
            let months = retained.months.iter().map(ToString::to_string);
            output.facts(
                "retain",
                json!({
                    "days": days.collect::<Vec<_>>(),
                    "months": months.collect::<Vec<_>>(),
                    "aggregates": retained.sums,
                }),
            )?;
        } else {
            let values = [
                ("days", retained.days.len().to_string()),
                ("months", retained.months.len().to_string()),
                ("sums", retained.sums.to_string()),
            ];
            let text = output.words().text_of("retain-done", values);
            output.result(&format!("{text}\n"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// `90d`, or the number alone. At least one day: today's stays.
fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text).parse();
    let number = number.ok().filter(|days| (1..=36_500).contains(days));
    number.ok_or_else(|| "90d".to_owned())
}
