//! The history as it is asked for: listed, shown, compared, added to from files, given away, and taken out of.

mod compare;
mod side;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::past::begun_anew;
use super::{Error, Finished};
use crate::document::{
    Document, History, HistoryEntry, HistoryKind, HistoryWork, Note, RequirementRow, Scan,
};
use crate::os::clock;
use crate::store::Store;
use crate::store::history::{Database, Filter, Record};

pub use compare::{CompareRequest, compare};

/// The word for the newest survey.
pub const LAST: &str = "last";

/// The history, open to be read or changed.
#[derive(Debug)]
pub struct OpenHistory {
    /// `None` where nothing was ever kept, and nothing is made to read it.
    database: Option<Database>,
    warnings: Vec<Note>,
}

impl OpenHistory {
    /// Opens it to read. Where there is none, it is empty.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn to_read(store: &Store) -> Result<Self, Error> {
        let Some((database, set_aside)) = Database::open_to_read(store)? else {
            return Ok(Self {
                database: None,
                warnings: Vec::new(),
            });
        };
        Ok(Self::of(database, set_aside))
    }

    /// Opens it to change it; made where there is none.
    ///
    /// # Errors
    /// When it cannot be opened to be written.
    pub fn to_change(store: &Store) -> Result<Self, Error> {
        let (database, set_aside) = Database::open(store)?;
        Ok(Self::of(database, set_aside))
    }

    fn of(database: Database, set_aside: Option<std::path::PathBuf>) -> Self {
        let warnings = set_aside.map(|aside| begun_anew(database.path(), &aside));
        Self {
            database: Some(database),
            warnings: warnings.into_iter().collect(),
        }
    }

    /// What was kept, the newest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn list(self, filter: &Filter) -> Result<Finished<History>, Error> {
        let (entries, total) = self.entries(filter)?;
        Ok(Finished::well(History {
            requirement: self.need(&entries)?,
            entries,
            total,
            done: None,
            warnings: self.warnings,
        }))
    }

    fn entries(&self, filter: &Filter) -> Result<(Vec<HistoryEntry>, u64), Error> {
        let entries = self
            .database
            .as_ref()
            .map(|database| database.entries(filter));
        Ok(entries.transpose()?.unwrap_or_default())
    }

    /// What the newest survey of a list says that the day needs.
    fn need(&self, entries: &[HistoryEntry]) -> Result<Option<RequirementRow>, Error> {
        let newest = entries.iter().find(|entry| entry.kind == HistoryKind::Scan);
        let Some((newest, database)) = newest.zip(self.database.as_ref()) else {
            return Ok(None);
        };
        let text = database.document(newest.id)?.unwrap_or_default();
        let survey: Option<Document<Scan>> = serde_json::from_str(&text).ok();
        Ok(survey.and_then(|survey| survey.body.requirement))
    }

    /// A document as it was kept, by its number or `last`.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn document(&self, named: &str) -> Result<String, Error> {
        let found = match (&self.database, self.number(named)?) {
            (Some(database), Some(id)) => database.document(id)?,
            _ => None,
        };
        found.ok_or_else(|| self.unknown(named))
    }

    /// The number that is meant.
    fn number(&self, named: &str) -> Result<Option<u64>, Error> {
        if named != LAST {
            return Ok(named.parse().ok());
        }
        let newest = Filter {
            kind: Some(HistoryKind::Scan),
            limit: Some(1),
            ..Filter::default()
        };
        let (entries, _) = self.entries(&newest)?;
        Ok(entries.first().map(|entry| entry.id))
    }

    fn unknown(&self, wanted: &str) -> Error {
        let places = self.database.as_ref().and_then(|d| d.places().ok());
        Error::NotInHistory {
            wanted: wanted.to_owned(),
            places: places.unwrap_or_default(),
        }
    }

    /// Adds documents of files, all of them or none; what is there already is not added again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn import(mut self, records: &[Record]) -> Result<Finished<History>, Error> {
        let added = match &mut self.database {
            Some(database) => database.keep(records)?,
            None => 0,
        };
        let known = records.len().saturating_sub(added);
        self.did(HistoryWork {
            added: count(added),
            known: count(known),
            ..HistoryWork::default()
        })
    }

    /// How many documents are meant.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn how_many(&self, filter: &Filter) -> Result<u64, Error> {
        let counted = Filter {
            limit: Some(0),
            ..filter.clone()
        };
        Ok(self.entries(&counted)?.1)
    }

    /// Takes documents out.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(mut self, filter: &Filter) -> Result<Finished<History>, Error> {
        let removed = match &mut self.database {
            Some(database) => database.forget(filter)?,
            None => 0,
        };
        self.did(HistoryWork {
            removed,
            ..HistoryWork::default()
        })
    }

    /// Makes all columns anew from the documents.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn rebuild(mut self) -> Result<Finished<History>, Error> {
        let rebuilt = match &mut self.database {
            Some(database) => database.rebuild()?,
            None => 0,
        };
        self.did(HistoryWork {
            rebuilt,
            ..HistoryWork::default()
        })
    }

    /// Every document that is meant, as it was kept, the oldest first, a line each, in pieces of bounded size.
    ///
    /// # Errors
    /// When it cannot be read, or `take` refuses.
    pub fn export<E: From<Error>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        let (entries, _) = self.entries(filter)?;
        for entry in entries.iter().rev() {
            let text = self.database.as_ref().map(|d| d.document(entry.id));
            let text = text.transpose().map_err(Error::from)?.flatten();
            if let Some(mut text) = text {
                text.push('\n');
                take(&text)?;
            }
        }
        Ok(())
    }

    fn did(self, work: HistoryWork) -> Result<Finished<History>, Error> {
        let total = self.how_many(&Filter::default())?;
        Ok(Finished::well(History {
            total,
            done: Some(work),
            warnings: self.warnings,
            ..History::default()
        }))
    }
}

/// A date as people type it: `2026-11-23`, as the first moment of that day here; or how long ago: `30d`, `2w`, `12h`.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    side::ago(text, clock::wall()).or_else(|| side::day(text, zone).map(|(from, _)| from))
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
