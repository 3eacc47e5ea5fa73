//! Taking in: what came becomes rows and is kept; what cannot be used is put aside with its reason; nothing stops for it.
//!
//! The order makes a stop at any moment harmless. Documents go into their days' files and rows into their months', each
//! replaced whole; only then do the inbox's files go. What was stopped is run again: what is there already is known by its
//! number and stays, so that the same files come out, byte for byte.

mod quarantine;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use opensim_domain::document::{FleetIngest, FleetRows, QuarantineRow};

use crate::columns::Table;
use crate::disk;
use crate::error::Error;
use crate::folder::{Fleet, FleetKey, Month};
use crate::inbox::{self, Arrived, Bytes, Head, InboxFile, NewestKnown, Refusal, Shape};
use crate::lake::raw::{self, KeptBeside, RawLine};
use crate::lake::{self, Prefer, Symbols, TableRow};
use crate::rows::{self, Origin};
use crate::sites::Registry;

pub use quarantine::counts;

/// How many bytes of documents are held before their days' files are written.
const DOCUMENTS_HELD: usize = 128 << 20;
/// How many rows are held before their months' files are written.
const ROWS_HELD: usize = 400_000;

/// What to take in.
#[derive(Debug, Clone)]
pub struct Asked {
    /// An inbox, with a folder a site; with `site` a file or folder of that site's documents.
    pub path: PathBuf,
    /// The site that all of it is of, by its number in the certificate.
    pub site: Option<String>,
    /// Whether an inbox keeps its files. What a person names for a site is always kept.
    pub keeps: bool,
    /// The time of reception.
    pub now: Timestamp,
}

/// What became of it: the facts, and what went wrong at the end of it.
#[derive(Debug)]
pub struct Ingested {
    /// The facts.
    pub facts: FleetIngest,
    /// What kept a part of it from being taken in.
    pub error: Option<Error>,
}

/// Takes in.
///
/// # Errors
/// When nothing could be taken in: no fleet's key, no inbox, another one at work.
pub fn run(fleet: &Fleet, asked: &Asked) -> Result<Ingested, Error> {
    let key = fleet.key()?;
    let _held = fleet.lock()?;
    let registry = Registry::open(fleet, &key)?;
    let haul = match &asked.site {
        None => inbox::walk(&asked.path)?,
        Some(site) if registry.site(site).is_none() => {
            return Err(Error::SiteUnknown { site: site.clone() });
        }
        Some(site) => inbox::of_site(&asked.path, site)?,
    };
    let mut run = Run {
        fleet,
        key: &key,
        registry: &registry,
        asked,
        removes: asked.site.is_none() && !asked.keeps,
        facts: FleetIngest {
            fleet: fleet.root().display().to_string(),
            left: haul.left,
            ..FleetIngest::default()
        },
        refused: BTreeMap::new(),
        symbols: Symbols::default(),
        days: BTreeMap::new(),
        months: BTreeMap::new(),
        held: Held::default(),
        done: Vec::new(),
        torn: Vec::new(),
        torn_days: BTreeSet::new(),
        torn_months: BTreeSet::new(),
        rows: BTreeMap::new(),
        unread: haul.unread,
    };
    let ended = run.all(&haul.files);
    Ok(run.result(ended))
}

/// How much is held in memory.
#[derive(Debug, Default)]
struct Held {
    documents: usize,
    rows: usize,
}

struct Run<'a> {
    fleet: &'a Fleet,
    key: &'a FleetKey,
    registry: &'a Registry,
    asked: &'a Asked,
    /// Whether files go once their documents are kept.
    removes: bool,
    facts: FleetIngest,
    refused: BTreeMap<Refusal, u64>,
    symbols: Symbols,
    days: BTreeMap<Date, Vec<RawLine>>,
    months: BTreeMap<(Table, Month), Vec<TableRow>>,
    held: Held,
    /// Files that go when what is held is on the disk, with the days that they have documents of.
    done: Vec<(PathBuf, Vec<Date>)>,
    torn: Vec<Error>,
    torn_days: BTreeSet<Date>,
    torn_months: BTreeSet<(Table, Month)>,
    rows: BTreeMap<(Table, Month), u64>,
    /// What of the inbox could not be read.
    unread: Vec<Error>,
}

impl Run<'_> {
    fn all(&mut self, files: &[InboxFile]) -> Result<(), Error> {
        for found in files {
            let mut days = Vec::new();
            let is_left = self.file(found, &mut days)?;
            if self.removes && is_left {
                self.done.push((found.path.clone(), days));
            }
            self.relieve()?;
        }
        self.flush()
    }

    /// Takes in a file; whether it is still where it was.
    fn file(&mut self, found: &InboxFile, days: &mut Vec<Date>) -> Result<bool, Error> {
        let mut is_left = true;
        let read = inbox::each(found, &mut |bytes| {
            self.facts.documents += 1;
            match self.document(found, &bytes) {
                Ok(None) => {}
                Ok(Some(day)) => {
                    if !days.contains(&day) {
                        days.push(day);
                    }
                }
                Err(refusal) => {
                    *self.refused.entry(refusal).or_default() += 1;
                    let is_moved = self.refuse(found, &bytes, refusal)?;
                    is_left &= !is_moved;
                }
            }
            // A file of many documents may be longer than what is held.
            self.relieve()
        });
        match read {
            // One that cannot be read does not keep the others out.
            Err(error @ Error::File { .. }) if self.asked.site.is_none() => {
                self.unread.push(error);
                Ok(false)
            }
            read => read.map(|()| is_left),
        }
    }

    /// Takes in a document; its day, where it is kept.
    fn document(&mut self, found: &InboxFile, came: &Bytes) -> Result<Option<Date>, Refusal> {
        let site = self.registry.site(&found.site);
        // One that was forgotten is on no list, and is known by its number in the rows alone.
        let number = site.map_or_else(|| self.key.pseudonym(&found.site), |site| site.number);
        if self.registry.is_forgotten(number) {
            return Err(Refusal::SiteForgotten);
        }
        let site = site.ok_or(Refusal::SiteUnknown)?;
        let bytes = came.bytes.as_ref().map_err(|(refusal, _)| *refusal)?;
        let arrived = Arrived::read(came.name.as_deref(), bytes, self.asked.now)?;
        let Some(head) = &arrived.head else {
            self.facts.ignored += 1;
            return Ok(None);
        };
        let beside = KeptBeside {
            partner: site.partner.clone(),
            postcode: site.postcode.clone(),
            region: site.region.clone(),
        };
        self.keep(site.number, &arrived, head, &beside)
    }

    fn keep(
        &mut self,
        site: u64,
        arrived: &Arrived,
        head: &Head,
        beside: &KeptBeside,
    ) -> Result<Option<Date>, Refusal> {
        // Known to be UTF-8: it is what came, without some of its signs.
        let line = std::str::from_utf8(&arrived.line).map_err(|_| Refusal::Utf8)?;
        let day = rows::day(head);
        if head.known == NewestKnown::Beyond {
            self.facts.newer += 1;
        } else {
            let doc = arrived.doc;
            let origin = Origin {
                site,
                doc,
                head,
                beside,
            };
            let rows = rows::rows(line, &origin, &mut self.symbols)?;
            self.held.rows += rows.len();
            let key = (head.table, Month::of(day));
            *self.rows.entry(key).or_default() += rows.len() as u64;
            self.months.entry(key).or_default().extend(rows);
        }
        self.facts.taken += 1;
        self.held.documents += arrived.line.len();
        let line = RawLine::new(site, arrived.doc, beside, &arrived.line);
        self.days.entry(day).or_default().push(line);
        Ok(Some(day))
    }

    /// Puts aside what cannot be used; whether the file itself was moved.
    fn refuse(&mut self, found: &InboxFile, came: &Bytes, why: Refusal) -> Result<bool, Error> {
        if why == Refusal::SiteForgotten || found.shape == Shape::Link {
            // Nothing of it is kept, and a link has nothing.
            return Ok(false);
        }
        let aside = quarantine::Aside {
            fleet: self.fleet,
            why,
            site: &found.site,
        };
        if self.removes && found.shape == Shape::Json {
            aside.take(&found.path, &found.name)?;
            return Ok(true);
        }
        if why == Refusal::Size && !self.removes {
            // Where it came from it still is.
            return Ok(false);
        }
        let (Ok(bytes) | Err((_, bytes))) = &came.bytes;
        let is_whole = bytes.is_empty() && found.shape == Shape::Zip && self.removes;
        if is_whole {
            aside.take(&found.path, &found.name)?;
            return Ok(true);
        }
        aside.copy(bytes)?;
        Ok(false)
    }

    /// Puts on the disk what is too much to be held. Rows are far smaller than their documents, and a month is written anew
    /// each time: they wait until there are many.
    fn relieve(&mut self) -> Result<(), Error> {
        if self.held.rows > ROWS_HELD {
            return self.flush();
        }
        if self.held.documents > DOCUMENTS_HELD {
            return self.flush_days();
        }
        Ok(())
    }

    /// Puts all that is held on the disk, and then takes away what it came from.
    fn flush(&mut self) -> Result<(), Error> {
        self.flush_days()?;
        self.held.rows = 0;
        for ((table, month), rows) in std::mem::take(&mut self.months) {
            if rows.is_empty() {
                continue;
            }
            let file = self.fleet.month_file(table, month);
            let merged = lake::merge(&file, table, rows, &mut self.symbols, Prefer::There);
            match merged {
                Ok(_) => {}
                Err(error @ Error::Torn { .. }) => {
                    self.torn_months.insert((table, month));
                    self.torn.push(error);
                }
                Err(error) => return Err(error),
            }
        }
        self.take_away()
    }

    fn flush_days(&mut self) -> Result<(), Error> {
        self.held.documents = 0;
        for (day, lines) in std::mem::take(&mut self.days) {
            match raw::merge(&self.fleet.raw_file(day), lines) {
                Ok(repeated) => self.facts.repeated += repeated,
                Err(error @ Error::Damaged { .. }) => {
                    self.torn_days.insert(day);
                    self.torn.push(error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn take_away(&mut self) -> Result<(), Error> {
        for (path, days) in std::mem::take(&mut self.done) {
            let waits = |day: &Date| {
                let month = Month::of(*day);
                let is_torn = |table| self.torn_months.contains(&(table, month));
                self.torn_days.contains(day) || Table::ALL.into_iter().any(is_torn)
            };
            if !days.iter().any(waits) {
                disk::remove(&path)?;
            }
        }
        Ok(())
    }

    fn result(mut self, ended: Result<(), Error>) -> Ingested {
        let rows = self.rows.iter().map(|((table, month), rows)| FleetRows {
            table: table.name().to_owned(),
            month: month.to_string(),
            rows: *rows,
        });
        self.facts.rows = rows.filter(|rows| rows.rows > 0).collect();
        let refused = self.refused.iter().map(|(refusal, count)| QuarantineRow {
            code: refusal.code().to_owned(),
            documents: *count,
        });
        self.facts.quarantined = refused.collect();
        // Nothing of it was taken, and it is still there: whose rights are missing is told, one for all.
        let unread = self.unread.into_iter().next().map(|error| match error {
            Error::File { file, detail } => Error::Read { file, detail },
            error => error,
        });
        let error = ended.err().or_else(|| joined(self.torn)).or(unread);
        if let Some(Error::Torn { files, .. }) = &error {
            let files = files.iter().map(|file| file.display().to_string());
            self.facts.torn = files.collect();
        }
        Ingested {
            facts: self.facts,
            error,
        }
    }
}

/// Damaged files of months as one error; else the first.
pub(crate) fn joined(errors: Vec<Error>) -> Option<Error> {
    errors
        .into_iter()
        .reduce(|first, next| match (first, next) {
            (
                Error::Torn {
                    mut files,
                    detail,
                    month,
                },
                Error::Torn { files: more, .. },
            ) => {
                files.extend(more);
                files.dedup();
                Error::Torn {
                    files,
                    detail,
                    month,
                }
            }
            (first, _) => first,
        })
}

/// The names of a folder's files, where they are wanted in order.
pub(crate) fn names(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let wrong = |error: std::io::Error| Error::read(folder, &error);
    let mut names = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(names),
        Err(error) => return Err(wrong(error)),
    };
    for entry in entries {
        names.push(entry.map_err(wrong)?.path());
    }
    names.sort();
    Ok(names)
}
