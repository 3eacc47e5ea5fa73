//! `opensim-fleet demo`: virtual homes surveyed, taken in, asked about everything, and their pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use opensim_domain::document::{Document, FleetAnswer, FleetDemo, Values};
use opensim_os::clock::{self, Clock};
use serde_json::Value;

use super::asking::{Asking, style};
use super::{CommandContext, Ran, page};
use crate::answer;
use crate::demo::{self, DemoPlan, Made, Planted};
use crate::disk;
use crate::engine::{EngineBounds, EngineKind, QueryEngine};
use crate::error::Error;
use crate::folder::{self, Fleet, FleetLock};
use crate::ingest::{self, Asked};
use crate::page::asked::KnownSites;
use crate::questions::{QUESTIONS, Question, Scope};
use crate::sites;

/// The most rows of an answer that are shown of each question.
const SHOWN: usize = 8;

/// Make a fleet of virtual homes, and ask it everything.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// How many homes
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    homes: u32,
    /// The folder to make; it must not be there yet
    #[arg(long, value_name = "DIR", default_value = "fleet-demo")]
    out: PathBuf,
    /// What the homes follow from: the same number, the same homes
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The engine that answers: duckdb, spark, clickhouse
    #[arg(long, value_name = "ENGINE", default_value = "duckdb")]
    engine: EngineKind,
}

/// Stands in the folder while the demo is not whole.
const UNFINISHED: &str = ".demo-unfinished";

impl Demo {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        // What is missing is told before anybody waits.
        let engine = QueryEngine::find(self.engine, EngineBounds::default())?;
        let out = std::path::absolute(&self.out).map_err(|error| Error::file(&self.out, &error))?;
        let (unfinished, held) = self.begun(context, &out)?;
        let watch = Clock::system();
        let (made, fleet) = self.fleet(context, &out)?;
        let surveyed = watch.now().since_start();
        take_in(&fleet, &out)?;
        let taken = watch.now().since_start();
        let answers = answers(&fleet, &engine)?;
        let scope = Scope {
            min_sites: fleet.settings().min_sites,
            ..Scope::default()
        };
        let pages = out.join("pages");
        let written = page::write(context, &fleet, &engine, (None, &scope), &pages)?;
        let ended = watch.now().since_start();
        let found = found(&made, &answers, &fleet)?;
        disk::erase(&unfinished)?;
        drop(held);
        if context.output.is_json() {
            let count = |(planted, sites): (&Planted, &Vec<String>)| {
                (planted.name().to_owned(), sites.len())
            };
            let document = FleetDemo {
                folder: out.display().to_string(),
                documents: made.documents,
                measured: made.measured,
                called: made.called,
                again: made.again,
                planted: made.planted.iter().map(count).collect(),
                found,
                answers,
                pages: written.iter().map(|written| written.1).sum(),
            };
            context
                .output
                .document(&Document::new(document, clock::wall()))?;
            return Ok(ExitCode::SUCCESS);
        }
        let site = KnownSites::read(&fleet)?.first();
        self.tell(context, &made, &found, &answers, site.as_deref())?;
        let say = |key: &str, values: &[(&str, String)]| say(context, key, values);
        let first = written
            .first()
            .map_or_else(|| pages.clone(), |first| first.0.clone());
        say(
            "demo-pages",
            &[
                ("count", written.len().to_string()),
                ("folder", self.out.join("pages").display().to_string()),
                ("file", first.join("index.html").display().to_string()),
            ],
        )?;
        let words = context.output.words();
        let seconds = |span: Duration| format!("{:.0}", span.as_secs_f64());
        say(
            "demo-time",
            &[
                ("surveys", seconds(surveyed)),
                (
                    "ingest",
                    words.decimal(taken.saturating_sub(surveyed).as_secs_f64()),
                ),
                ("answers", seconds(ended.saturating_sub(taken))),
            ],
        )?;
        say("demo-next", &[("folder", self.out.display().to_string())])?;
        Ok(ExitCode::SUCCESS)
    }

    /// A folder with a mark in it, which goes when the demo is whole: one that was stopped midway is made anew, and nothing
    /// else that is there is touched.
    fn begun(&self, context: &CommandContext, out: &Path) -> Result<(PathBuf, FleetLock), Error> {
        let mark = out.join(UNFINISHED);
        if mark.is_file() {
            let held = folder::lock_at(mark.clone())?;
            context.output.note("demo-anew", &Values::new());
            disk::erase_folder(out)?;
            drop(held);
        } else if out.exists() {
            return Err(Error::DemoThere {
                file: self.out.clone(),
            });
        }
        disk::folder(out)?;
        let held = folder::lock_at(mark.clone())?;
        Ok((mark, held))
    }

    /// The homes' documents, and a fleet that knows the homes.
    fn fleet(&self, context: &CommandContext, out: &Path) -> Result<(Made, Fleet), Error> {
        let program =
            std::env::current_exe().map_err(|error| Error::file(Path::new(AS_CALLED), &error))?;
        let today = clock::wall()
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date();
        let plan = DemoPlan {
            homes: usize::try_from(self.homes).unwrap_or(usize::MAX),
            seed: self.seed,
            today,
        };
        let counts = [("homes", plan.homes), ("documents", plan.surveys())];
        let counts = counts.map(|(name, count)| (name.to_owned(), Value::from(count.to_string())));
        context
            .output
            .note("demo-begin", &counts.into_iter().collect());
        let (fleet, _) = Fleet::init(out)?;
        let output = &context.output;
        let tell = |done: usize, of: usize| {
            let values = [("done", done.to_string()), ("count", of.to_string())];
            output.moving(&output.words().text_of("demo-progress", values));
        };
        let registry = out.join("homes.csv");
        let made = demo::make(&plan, &program, (&out.join("inbox"), &registry), &tell);
        output.moving("");
        let made = made.map_err(|error| Error::DemoFailed {
            detail: error.to_string(),
        })?;
        sites::register(&fleet, &registry)?;
        Ok((made, fleet))
    }

    fn tell(
        &self,
        context: &CommandContext,
        made: &Made,
        found: &BTreeMap<String, usize>,
        answers: &[FleetAnswer],
        site: Option<&str>,
    ) -> Result<(), Error> {
        let words = context.output.words();
        let day = words.day(clock::wall());
        say(
            context,
            "demo-made",
            &[
                ("documents", made.documents.to_string()),
                ("measured", made.measured.to_string()),
                ("called", made.called.to_string()),
                ("inbox", self.out.join("inbox").display().to_string()),
                ("day", day),
            ],
        )?;
        if made.again > 0 {
            say(context, "demo-again", &[("count", made.again.to_string())])?;
        }
        if !made.planted.is_empty() {
            say(context, "demo-planted", &[])?;
        }
        for (planted, sites) in &made.planted {
            let found = found.get(planted.name()).copied().unwrap_or_default();
            let values = [
                ("count", sites.len().to_string()),
                ("found", found.to_string()),
            ];
            let line = words.text_of(&format!("demo-planted-{}", planted.name()), values);
            context.output.result(&format!("  - {line}\n"))?;
        }
        for answer in answers {
            let mut shown = answer.clone();
            shown.rows.truncate(SHOWN);
            context
                .output
                .result(&format!("\n{}", answer::page(&shown, words, style())))?;
            let more = answer.rows.len() - shown.rows.len();
            if more > 0 {
                say(
                    context,
                    "demo-more",
                    &[
                        ("count", more.to_string()),
                        ("folder", self.out.display().to_string()),
                        ("question", asked(answer, site)),
                    ],
                )?;
            }
        }
        context.output.result("\n")
    }
}

/// A question as it is asked on the command line.
fn asked(answer: &FleetAnswer, site: Option<&str>) -> String {
    let name = answer.question.as_deref().unwrap_or_default();
    match (&answer.partner, name) {
        (Some(partner), _) => format!("{name} --partner {partner}"),
        (None, "site") => format!("{name} --site {}", site.unwrap_or("SITE")),
        (None, _) => name.to_owned(),
    }
}

/// What this program is to messages where the system does not say its path.
const AS_CALLED: &str = "opensim-fleet";

fn say(context: &CommandContext, key: &str, values: &[(&str, String)]) -> Result<(), Error> {
    let line = context.output.words().text_of(key, values.iter().cloned());
    context.output.result(&format!("{line}\n"))
}

fn take_in(fleet: &Fleet, out: &Path) -> Result<(), Error> {
    let asked = Asked {
        path: out.join("inbox"),
        site: None,
        // Whoever tries it may look at the documents.
        keeps: true,
        now: clock::wall(),
    };
    let ingested = ingest::run(fleet, &asked)?;
    ingested.error.map_or(Ok(()), Err)
}

/// Every question, of all homes, or of a partner or a home where it needs one.
fn answers(fleet: &Fleet, engine: &QueryEngine) -> Result<Vec<FleetAnswer>, Error> {
    let known = KnownSites::read(fleet)?;
    let scope = Scope {
        min_sites: fleet.settings().min_sites,
        ..Scope::default()
    };
    let asked: Vec<(&Question, Scope)> = QUESTIONS
        .iter()
        .map(|question| {
            let scope = match question.name {
                "partner" => Scope {
                    partner: known.partners().first().cloned(),
                    ..scope.clone()
                },
                "site" => Scope {
                    site: known.first().into_iter().collect(),
                    ..scope.clone()
                },
                _ => scope.clone(),
            };
            (question, scope)
        })
        .collect();
    answer::ask(&Asking::lake(fleet)?, engine, &asked)
}

/// Of what was planted, at how many homes the answers have it.
fn found(
    made: &Made,
    answers: &[FleetAnswer],
    fleet: &Fleet,
) -> Result<BTreeMap<String, usize>, Error> {
    let key = fleet.key()?;
    let rows = |question: &str, column: &str, is: &dyn Fn(Option<&Value>) -> bool| {
        let answer = answers
            .iter()
            .find(|a| a.question.as_deref() == Some(question));
        let rows = answer.into_iter().flat_map(|answer| {
            let rows = answer
                .rows
                .iter()
                .filter(|row| is(answer.value(row, column)));
            rows.filter_map(|row| answer.value(row, "site")?.as_str().map(str::to_owned))
        });
        rows.collect::<BTreeSet<String>>()
    };
    let any = |_: Option<&Value>| true;
    let is_gone = |value: Option<&Value>| value.and_then(Value::as_str) == Some("gone");
    let mut found = BTreeMap::new();
    for (planted, sites) in &made.planted {
        let told = match planted {
            Planted::Below => rows("below", "instead", &|value| value.is_some()),
            Planted::BelowAll => rows("below", "instead", &|value| value.is_none()),
            Planted::SharedCell => rows("shared", "site", &any),
            Planted::Faded => rows("worse", "site", &any),
            Planted::Gone => rows("worse", "how", &is_gone),
            // They are told by number alone.
            Planted::Automatic => {
                let answer = answers
                    .iter()
                    .find(|a| a.question.as_deref() == Some("automatic"));
                let counts = answer.into_iter().flat_map(|answer| {
                    answer
                        .rows
                        .iter()
                        .filter_map(|row| answer.value(row, "sites")?.as_u64())
                });
                let count: u64 = counts.sum();
                found.insert(
                    planted.name().to_owned(),
                    usize::try_from(count).unwrap_or(usize::MAX),
                );
                continue;
            }
            Planted::Dead => continue,
        };
        let are = sites
            .iter()
            .map(|site| format!("{:016x}", key.pseudonym(site)));
        found.insert(
            planted.name().to_owned(),
            are.filter(|number| told.contains(number)).count(),
        );
    }
    Ok(found)
}
