//! `opensim-fleet page`: a partner's pages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use opensim_domain::document::{Document, FleetPages, Values};
use opensim_os::clock;

use super::asking::Asking;
use super::{CommandContext, Ran};
use crate::engine::{EngineBounds, EngineKind, QueryEngine};
use crate::error::Error;
use crate::folder::Fleet;
use crate::page::asked::{self, KnownSites};
use crate::page::{self, folder_name};
use crate::questions::Scope;

/// Write a partner's pages.
#[derive(Debug, Args)]
pub(super) struct Page {
    /// The partner; without it every one, each in a folder of its own
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Where the pages go
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// From this day on
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    /// Up to the day before
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// The engine that answers: duckdb, spark, clickhouse
    #[arg(long, value_name = "ENGINE", default_value = "duckdb")]
    engine: EngineKind,
    /// The fewest homes of others of which something is told together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    min_sites: Option<u32>,
}

impl Page {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let engine = QueryEngine::find(self.engine, EngineBounds::default())?;
        let scope = Scope {
            since: self.since,
            until: self.until,
            min_sites: self.min_sites.unwrap_or(fleet.settings().min_sites),
            ..Scope::default()
        };
        let partner = self.partner.as_deref();
        let written = write(context, &fleet, &engine, (partner, &scope), &self.out)?;
        if context.output.is_json() {
            let pages: usize = written.iter().map(|written| written.1).sum();
            let folders: Vec<String> = written
                .iter()
                .map(|(to, _)| to.display().to_string())
                .collect();
            let made = FleetPages { pages, folders };
            context
                .output
                .document(&Document::new(made, clock::wall()))?;
        } else {
            if written.is_empty() {
                context.output.note("page-none", &Values::new());
            }
            for (folder, count) in written {
                let file = folder.join("index.html").display().to_string();
                let values = [("count", count.to_string()), ("file", file)];
                let line = context.output.words().text_of("page-written", values);
                context.output.result(&format!("{line}\n"))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes the pages of a partner, or of all, each into a folder of its own within `out`; where, and how many. Where all are
/// written, those of partners that are none any more go.
pub(super) fn write(
    context: &CommandContext,
    fleet: &Fleet,
    engine: &QueryEngine,
    (partner, scope): (Option<&str>, &Scope),
    out: &Path,
) -> Result<Vec<(PathBuf, usize)>, Error> {
    let lake = Asking::lake(fleet)?;
    let known = KnownSites::read(fleet)?;
    let today = clock::wall().to_zoned_datetime(clock::zone()).date();
    let partners = match partner {
        Some(partner) if known.partners().iter().any(|known| known == partner) => {
            vec![(partner.to_owned(), out.join(folder_name(partner)))]
        }
        Some(partner) => {
            return Err(Error::Partner {
                partner: partner.to_owned(),
            });
        }
        None => {
            let all = known.partners().into_iter();
            all.map(|name| (name.clone(), out.join(folder_name(&name))))
                .collect()
        }
    };
    if partner.is_none() {
        let folders: Vec<&PathBuf> = partners.iter().map(|(_, folder)| folder).collect();
        let there = std::fs::read_dir(out).into_iter().flatten().flatten();
        let there = there.map(|entry| entry.path()).filter(|path| path.is_dir());
        for folder in there.filter(|folder| !folders.contains(&folder)) {
            page::remove(&folder).map_err(|error| Error::write(&folder, &error))?;
        }
    }
    let mut written = Vec::new();
    for (partner, folder) in partners {
        let facts = asked::facts(&partner, (scope, today), &known, (&lake, engine))?;
        let count = page::write(&facts, &folder, context.output.words());
        let count = count.map_err(|error| Error::write(&folder, &error))?;
        written.push((folder, count));
    }
    Ok(written)
}
