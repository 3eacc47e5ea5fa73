//! `opensim history`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::consent;
use super::interrupt;
use super::output::{Output, Saving};
use super::report::read_document;
use super::settings::Settings;
use super::terminal::Terminal;
use super::units;
use crate::document::{HistoryKind, Values};
use crate::error::Error;
use crate::ops::{self, CompareRequest, Consent, Finished, OpenHistory};
use crate::os::clock;
use crate::report::{Format, Shown};
use crate::store::Store;
use crate::store::history::{Filter, Record};

mod files;

/// How many are listed where nothing else was said.
const LISTED: u64 = 20;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct History {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// What was kept, the newest first
    List(List),
    /// A document as it was
    Show(Show),
    /// What changed between two surveys, times or places
    Compare(Compare),
    /// Add saved documents
    Import(Import),
    /// Everything, to keep elsewhere
    Export(Export),
    /// Take documents out for good
    Forget(Forget),
    /// Make the index anew from the documents
    Rebuild(Rebuild),
}

/// Which documents are meant.
#[derive(Debug, Clone, Default, Args)]
struct Which {
    /// Only of this place
    #[arg(long, visible_alias = "label", value_name = "TEXT")]
    place: Option<String>,
    /// Only since then: 30d, 2w, 12h or 2026-11-23
    #[arg(long, value_name = "WHEN", value_parser = units::moment)]
    since: Option<Timestamp>,
}

#[derive(Debug, Default, Args)]
struct List {
    #[command(flatten)]
    which: Which,
    /// Only scan, switch or measure
    #[arg(long, value_name = "KIND", value_enum)]
    kind: Option<Kind>,
    /// The newest so many; 0 for all
    #[arg(long, value_name = "N", default_value_t = LISTED)]
    limit: u64,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Scan,
    Switch,
    Measure,
}

/// How a document is shown, and where.
#[derive(Debug, Clone, Default, Args)]
struct Form {
    /// Write to FILE, by its ending: json, csv, html, txt
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Args)]
struct Show {
    /// Its number in the list, or `last`
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Args)]
struct Compare {
    /// The earlier side: a number, last, before, 7d, a date, morning, evening, a place
    #[arg(value_name = "A", default_value = "before")]
    before: String,
    /// The later side
    #[arg(value_name = "B", default_value = "7d")]
    after: String,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Args)]
struct Import {
    /// Documents in JSON, or exports
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    which: Which,
    /// Documents as they were, or rows for a spreadsheet
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExportFormat::Ndjson)]
    format: ExportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Ndjson,
    Csv,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Forget {
    /// The document of this number
    #[arg(value_name = "ID", conflicts_with_all = ["place", "before", "all"])]
    id: Option<u64>,
    /// All of this place
    #[arg(
        long,
        visible_alias = "label",
        value_name = "TEXT",
        conflicts_with = "all"
    )]
    place: Option<String>,
    /// All before then: 400d, 2w or 2026-11-23
    #[arg(long, value_name = "WHEN", value_parser = units::moment, conflicts_with = "all")]
    before: Option<Timestamp>,
    /// Everything
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct Rebuild {}

impl History {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let store = settings.store.clone();
        let done = match self.action {
            None => list(&self.list, &store, output),
            Some(Action::List(args)) => list(&args, &store, output),
            Some(Action::Show(args)) => show(&args, &store, output),
            Some(Action::Compare(args)) => compare(&args, &store, output),
            Some(Action::Import(args)) => import(&args, &store, output),
            Some(Action::Export(args)) => export(&args, &store, output),
            Some(Action::Forget(args)) => forget(&args, &store, settings, output).await,
            Some(Action::Rebuild(Rebuild {})) => OpenHistory::to_change(&store)
                .and_then(OpenHistory::rebuild)
                .map(|finished| output.show(finished))
                .map_err(Error::Ops),
        };
        done.unwrap_or_else(|error| output.failure(&error))
    }
}

impl Which {
    fn filter(&self) -> Filter {
        Filter {
            place: self.place.clone(),
            since: self.since,
            ..Filter::default()
        }
    }
}

impl Form {
    fn shown<B: Shown>(&self, finished: Finished<B>, output: &Output) -> ExitCode {
        let saving = Saving {
            format: self.format,
            file: self.out.as_deref(),
            is_spoilt: false,
        };
        output.kept(finished, saving)
    }

    /// Whether it can be shown so, before anything is read.
    fn check(&self, output: &Output) -> Result<(), Error> {
        output.one_form(self.format, self.out.as_deref())?;
        Output::can_keep(self.format, self.out.as_deref())
    }
}

fn list(args: &List, store: &Store, output: &Output) -> Result<ExitCode, Error> {
    args.form.check(output)?;
    let kind = args.kind.map(|kind| match kind {
        Kind::Scan => HistoryKind::Scan,
        Kind::Switch => HistoryKind::Switch,
        Kind::Measure => HistoryKind::Measure,
    });
    let filter = Filter {
        kind,
        limit: Some(args.limit).filter(|limit| *limit > 0),
        ..args.which.filter()
    };
    let listed = OpenHistory::to_read(store)?.list(&filter)?;
    Ok(args.form.shown(listed, output))
}

fn show(args: &Show, store: &Store, output: &Output) -> Result<ExitCode, Error> {
    args.form.check(output)?;
    let text = OpenHistory::to_read(store)?.document(&args.id)?;
    let saved = read_document(&args.id, &text)?;
    Ok(output.again(saved, args.form.format, args.form.out.as_deref()))
}

fn compare(args: &Compare, store: &Store, output: &Output) -> Result<ExitCode, Error> {
    args.form.check(output)?;
    let request = CompareRequest {
        before: args.before.clone(),
        after: args.after.clone(),
        place: args.which.place.clone(),
        since: args.which.since,
        zone: clock::zone(),
    };
    let compared = ops::compare(OpenHistory::to_read(store)?, &request)?;
    Ok(args.form.shown(compared, output))
}

fn import(args: &Import, store: &Store, output: &Output) -> Result<ExitCode, Error> {
    // All of them are read before any is kept: a file that is refused leaves the history as it was.
    let records = args.files.iter().map(|file| files::records(file));
    let records: Vec<Record> = records
        .collect::<Result<Vec<_>, Error>>()?
        .into_iter()
        .flatten()
        .collect();
    let imported = OpenHistory::to_change(store)?.import(&records)?;
    Ok(output.show(imported))
}

fn export(args: &Export, store: &Store, output: &Output) -> Result<ExitCode, Error> {
    let history = OpenHistory::to_read(store)?;
    let filter = args.which.filter();
    if args.format == ExportFormat::Csv {
        output.one_form(Some(Format::Csv), None)?;
        let form = Form {
            format: Some(Format::Csv),
            out: None,
        };
        return Ok(form.shown(history.list(&filter)?, output));
    }
    history.export(&filter, |line| Output::piece(line.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

async fn forget(
    args: &Forget,
    store: &Store,
    settings: &Settings,
    output: &Output,
) -> Result<ExitCode, Error> {
    let consent = Consent::of(settings.yes, settings.interactive).ok_or(Error::ForgetConsent)?;
    let filter = Filter {
        id: args.id,
        place: args.place.clone(),
        until: args.before,
        ..Filter::default()
    };
    let history = OpenHistory::to_change(store)?;
    let count = history.how_many(&filter)?;
    if consent == Consent::Asked && count > 0 {
        let terminal = Terminal::new(interrupt::listen(output)?);
        let values = Values::from([("count".to_owned(), count.into())]);
        consent::forget(&terminal, output, &values).await?;
    }
    Ok(output.show(history.forget(&filter)?))
}
