//! What the commands that ask have in common: which engine, what about, and in which form.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::civil::Date;
use opensim::report::Style;
use opensim_domain::document::{Document, FleetAnswer};
use opensim_os::{clock, console};

use super::{CommandContext, Ran};
use crate::answer;
use crate::engine::{EngineBounds, EngineKind, LakeFiles, QueryEngine};
use crate::error::Error;
use crate::folder::Fleet;
use crate::questions::Scope;
use crate::sites::Registry;

/// A page is never wider than this, nor narrower than that; and what is no terminal has the usual width.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
const PLAIN: usize = 80;

/// Which engine, what about, and in which form.
#[derive(Debug, Args)]
pub(super) struct Asking {
    /// The engine that answers: duckdb, spark, clickhouse
    #[arg(long, value_name = "ENGINE", default_value = "duckdb")]
    engine: EngineKind,
    /// From this day on
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    /// Up to the day before
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// A commune's code, or what codes begin with
    #[arg(long, value_name = "CODE")]
    place: Option<String>,
    /// A partner's homes alone
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// One home, by its number or the one in the rows
    #[arg(long, value_name = "SITE")]
    site: Option<String>,
    /// The fewest homes of which something is told together
    #[arg(long, value_name = "N")]
    min_sites: Option<u32>,
    /// As comma-separated values
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// The longest that the engine may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    max_time: u64,
    /// The memory that the engine may take before it writes to the disk, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(64..))]
    memory: u32,
}

impl Asking {
    pub(super) fn engine(&self) -> Result<QueryEngine, Error> {
        let bounds = EngineBounds {
            time: Duration::from_secs(self.max_time),
            memory_mib: self.memory,
            ..EngineBounds::default()
        };
        QueryEngine::find(self.engine, bounds)
    }

    /// The fleet's files that can be read.
    pub(super) fn lake(fleet: &Fleet) -> Result<LakeFiles, Error> {
        LakeFiles::read(fleet.root())
    }

    pub(super) fn scope(&self, fleet: &Fleet) -> Scope {
        let site = self.site.as_deref().map(|site| named_in_rows(fleet, site));
        Scope {
            since: self.since,
            until: self.until,
            place: self.place.clone(),
            partner: self.partner.clone(),
            site: site.into_iter().collect(),
            min_sites: self.min_sites.unwrap_or(fleet.settings().min_sites),
        }
    }

    /// An empty answer about somebody who is not on the list is no good news: it is said that there is nobody. Whoever has
    /// rows and no key has no list to look at.
    pub(super) fn known(&self, fleet: &Fleet, answer: &FleetAnswer) -> Result<(), Error> {
        if !answer.rows.is_empty() || (self.partner.is_none() && self.site.is_none()) {
            return Ok(());
        }
        let registry = fleet.key().and_then(|key| Registry::open(fleet, &key));
        let Ok(registry) = registry else {
            return Ok(());
        };
        if let Some(partner) = &self.partner
            && !registry
                .sites()
                .any(|(_, site)| site.partner.as_ref() == Some(partner))
        {
            let partner = partner.clone();
            return Err(Error::Partner { partner });
        }
        if let Some(site) = &self.site
            && registry.find(site).is_none()
        {
            return Err(Error::SiteUnknown { site: site.clone() });
        }
        Ok(())
    }

    /// Gives the answer in the form asked for.
    pub(super) fn give(&self, context: &CommandContext, answer: FleetAnswer) -> Ran {
        let output = &context.output;
        if output.is_json() {
            output.document(&Document::new(answer, clock::wall()))?;
        } else if self.csv {
            output.result(&answer::csv(&answer))?;
        } else {
            output.result(&answer::page(&answer, output.words(), style()))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A home as the rows name it. It is asked for by the number of its certificate where it is registered under that, else by
/// the number of another answer's rows: whoever has rows and no key asks so.
fn named_in_rows(fleet: &Fleet, site: &str) -> String {
    let given = site.to_ascii_lowercase();
    let in_rows = || {
        let key = fleet.key().ok()?;
        let sites = Registry::open(fleet, &key).ok()?;
        sites.site(&given)?;
        Some(format!("{:016x}", key.pseudonym(&given)))
    };
    in_rows().unwrap_or(given)
}

/// How a page is drawn on standard output.
pub(super) fn style() -> Style {
    let stdout = io::stdout();
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_terminal = stdout.is_terminal();
    let is_dumb = said("TERM").is_some_and(|term| term == "dumb");
    let columns = console::width(&stdout).filter(|columns| *columns > 0 && is_terminal);
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| said(name));
    let is_unicode = locale.is_none_or(|v| v.to_lowercase().replace('-', "").contains("utf8"));
    Style {
        color: is_terminal && said("NO_COLOR").is_none() && !is_dumb,
        width: columns.map_or(PLAIN, |columns| {
            usize::from(columns).clamp(NARROWEST, WIDEST)
        }),
        ascii: !is_unicode,
        in_order: is_dumb && is_terminal,
        with_error: false,
    }
}
