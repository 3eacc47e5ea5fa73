//! New rows into a month's file, and a site's out of it.
//!
//! Of two documents of one site and one second the one with the higher number stands, in whatever order they came: so a file
//! depends on the documents alone. Of the same document's rows those that are there stay, but where a month is made anew.

use std::cmp::Ordering;
use std::path::Path;

use super::parquet::{MonthReader, MonthWriter};
use super::row::{self, Symbols, TableRow};
use crate::columns::Table;
use crate::disk;
use crate::error::Error;

/// Which rows of one document stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// Those that are there: taking in twice changes nothing.
    There,
    /// The new ones: a month is made anew.
    New,
}

/// What merging did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many rows the file has.
    pub rows: u64,
    /// Whether it was written anew.
    pub is_written: bool,
}

/// The rows of one site at one second, from one of the two sides.
struct Side {
    rows: Vec<TableRow>,
}

/// Puts new rows into a month's file.
///
/// # Errors
/// When the file is damaged, which leaves it as it is, or the disk refuses.
pub fn merge(
    file: &Path,
    table: Table,
    new: Vec<TableRow>,
    symbols: &mut Symbols,
    prefer: Prefer,
) -> Result<Merged, Error> {
    let reader = MonthReader::open(file, table)?;
    written(file, table, reader, new, symbols, prefer)
}

/// Writes a month's file of these rows alone, whatever stands there.
///
/// # Errors
/// When the disk refuses.
pub fn replace(
    file: &Path,
    table: Table,
    rows: Vec<TableRow>,
    symbols: &mut Symbols,
) -> Result<Merged, Error> {
    written(file, table, None, rows, symbols, Prefer::New)
}

fn written(
    file: &Path,
    table: Table,
    reader: Option<MonthReader>,
    mut new: Vec<TableRow>,
    symbols: &mut Symbols,
    prefer: Prefer,
) -> Result<Merged, Error> {
    row::sort(table, symbols, &mut new);
    if reader.is_none() && new.is_empty() {
        return Ok(Merged::default());
    }
    let mut old = Groups::of_file(reader);
    let mut new = Groups::of_rows(new);
    let mut writer = MonthWriter::begin(file, table)?;
    let mut merged = Merged {
        rows: 0,
        is_written: true,
    };
    let (mut left, mut right) = (old.next(symbols)?, new.next(symbols)?);
    loop {
        let before = match (&left, &right) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(left), Some(right)) => left.rows[0].moment().cmp(&right.rows[0].moment()),
        };
        let (mut ours, mut theirs) = (None, None);
        if before != Ordering::Greater {
            ours = left.take();
            left = old.next(symbols)?;
        }
        if before != Ordering::Less {
            theirs = right.take();
            right = new.next(symbols)?;
        }
        for row in standing(ours, theirs, prefer) {
            merged.rows += 1;
            writer.push(row, symbols)?;
        }
    }
    writer.end(symbols)?;
    Ok(merged)
}

/// The rows that stand of those of one site and second. The new ones may be of several documents, and of one twice.
fn standing(old: Option<Side>, new: Option<Side>, prefer: Prefer) -> Vec<TableRow> {
    let old = old.map(|side| side.rows).unwrap_or_default();
    let new = new.map(|side| side.rows).unwrap_or_default();
    let documents = old.iter().chain(&new).map(|row| row.doc);
    let Some(highest) = documents.max() else {
        return Vec::new();
    };
    let of = |mut rows: Vec<TableRow>| {
        rows.retain(|row| row.doc == highest);
        // A document that came twice has each of its rows twice; a document's carriers are told apart.
        rows.dedup();
        rows
    };
    let (old, new) = (of(old), of(new));
    match prefer {
        Prefer::There if !old.is_empty() => old,
        Prefer::New if new.is_empty() => old,
        _ => new,
    }
}

/// Takes the rows of a site out of a month's file; the file goes where nothing else is in it. How many there were.
///
/// # Errors
/// When the file is damaged, or the disk refuses.
pub fn without(file: &Path, table: Table, site: u64) -> Result<u64, Error> {
    if super::parquet::holds_site(file, site)? == 0 {
        return Ok(0);
    }
    let Some(mut reader) = MonthReader::open(file, table)? else {
        return Ok(0);
    };
    let mut symbols = Symbols::default();
    let mut writer = MonthWriter::begin(file, table)?;
    let (mut kept, mut removed) = (0_u64, 0);
    while let Some(row) = reader.next(&mut symbols)? {
        if row.site == site {
            removed += 1;
        } else {
            kept += 1;
            writer.push(row, &symbols)?;
        }
    }
    if kept > 0 {
        writer.end(&symbols)?;
    } else {
        drop(writer);
        disk::erase(file)?;
        file.parent().into_iter().for_each(disk::erase_empty);
    }
    Ok(removed)
}

/// Rows of one site and second at a time.
struct Groups {
    source: Source,
    next: Option<TableRow>,
    is_begun: bool,
}

enum Source {
    Empty,
    File(Box<MonthReader>),
    Rows(std::vec::IntoIter<TableRow>),
}

impl Groups {
    fn of_file(reader: Option<MonthReader>) -> Self {
        Self::of(reader.map_or(Source::Empty, |reader| Source::File(Box::new(reader))))
    }

    fn of_rows(rows: Vec<TableRow>) -> Self {
        Self::of(Source::Rows(rows.into_iter()))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            next: None,
            is_begun: false,
        }
    }

    fn row(&mut self, symbols: &mut Symbols) -> Result<Option<TableRow>, Error> {
        match &mut self.source {
            Source::Empty => Ok(None),
            Source::File(reader) => reader.next(symbols),
            Source::Rows(rows) => Ok(rows.next()),
        }
    }

    fn next(&mut self, symbols: &mut Symbols) -> Result<Option<Side>, Error> {
        if !self.is_begun {
            self.is_begun = true;
            self.next = self.row(symbols)?;
        }
        let Some(first) = self.next.take() else {
            return Ok(None);
        };
        let moment = first.moment();
        let mut rows = vec![first];
        loop {
            match self.row(symbols)? {
                Some(row) if row.moment() == moment => rows.push(row),
                other => {
                    self.next = other;
                    return Ok(Some(Side { rows }));
                }
            }
        }
    }
}
