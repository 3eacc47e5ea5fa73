//! `opensim-fleet ingest`: what came, taken in.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use opensim::i18n::Catalogue;
use opensim_domain::document::{Document, FleetIngest};
use opensim_os::clock;

use super::{CommandContext, Ran};
use crate::error::Error;
use crate::ingest::{self, Asked};
use crate::sites::is_number;

/// Take in what came.
#[derive(Debug, Args)]
pub(super) struct Ingest {
    /// The inbox, with a folder a site; with --site a file or a folder of documents
    #[arg(value_name = "PATH")]
    inbox: PathBuf,
    /// The site that all of it is of
    #[arg(long, value_name = "SITE")]
    site: Option<String>,
    /// Leave the inbox as it is
    #[arg(long)]
    keep: bool,
}

impl Ingest {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        if let Some(site) = self.site.as_ref().filter(|site| !is_number(site)) {
            return Err(Error::Site { site: site.clone() });
        }
        let now = clock::wall();
        let asked = Asked {
            path: self.inbox,
            site: self.site,
            keeps: self.keep,
            now,
        };
        let ingested = ingest::run(&fleet, &asked)?;
        let output = &context.output;
        if output.is_json() {
            let mut document = Document::new(ingested.facts, now);
            document.error = ingested.error.as_ref().map(|error| output.fault(error));
            output.document(&document)?;
        } else {
            output.result(&page(&ingested.facts, output.words()))?;
        }
        match ingested.error {
            Some(error) => Ok(output.ended(&error)),
            None => Ok(ExitCode::SUCCESS),
        }
    }
}

/// What became of it, for a person.
fn page(facts: &FleetIngest, words: &Catalogue) -> String {
    let mut lines = Vec::new();
    let mut line = |key: &str, values: &[(&str, String)]| {
        lines.push(words.text_of(key, values.iter().cloned()));
    };
    let of = |name, number: u64| (name, number.to_string());
    line(
        "ingest-done",
        &[of("documents", facts.documents), of("taken", facts.taken)],
    );
    for (key, number) in [
        ("ingest-repeated", facts.repeated),
        ("ingest-newer", facts.newer),
        ("ingest-ignored", facts.ignored),
        ("ingest-left", facts.left),
    ] {
        if number > 0 {
            line(key, &[of("count", number)]);
        }
    }
    for row in &facts.quarantined {
        let why = words.text(&format!("refusal-{}", row.code.replace('.', "-")));
        let code = ("code", row.code.clone());
        line(
            "ingest-quarantined",
            &[of("count", row.documents), code, ("why", why)],
        );
    }
    for row in &facts.rows {
        let (table, month) = (row.table.clone(), row.month.clone());
        line(
            "ingest-rows",
            &[("table", table), ("month", month), of("count", row.rows)],
        );
    }
    lines.join("\n") + "\n"
}
