//! Months made anew from the documents that are kept: after a file was damaged, and after this program learnt to read a newer
//! schema or to put something right.
//!
//! Rows of documents that are kept no more stay, where the month's file can be read; of a damaged one they are lost, and that
//! is said. A document that is kept and can still not be read stays kept.

use std::collections::BTreeMap;

use crate::columns::Table;
use crate::disk;
use crate::error::Error;
use crate::folder::{Fleet, Month};
use crate::inbox::{Head, NewestKnown};
use crate::lake::{self, Prefer, Symbols, TableRow, raw};
use crate::rows::{self, Origin};

/// What was made anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// The documents that were read.
    pub documents: u64,
    /// Those among them that could not be read: of a schema that is still newer, or no longer what is taken.
    pub unread: u64,
    /// The files that were written, each with the rows it has now.
    pub months: Vec<(Table, Month, u64)>,
    /// Months that were damaged, and have now only what is kept.
    pub replaced: Vec<(Table, Month)>,
}

/// Makes months anew: one, or all of which documents are kept.
///
/// # Errors
/// When the documents of a day are damaged, or the disk refuses.
pub fn run(fleet: &Fleet, only: Option<Month>) -> Result<Rebuilt, Error> {
    let _held = fleet.lock()?;
    let mut days: BTreeMap<Month, Vec<_>> = BTreeMap::new();
    for (day, file) in fleet.raw_days()? {
        days.entry(Month::of(day)).or_default().push(file);
    }
    if let Some(month) = only {
        days.entry(month).or_default();
        days.retain(|other, _| *other == month);
    }
    let mut rebuilt = Rebuilt::default();
    for (month, files) in days {
        let mut symbols = Symbols::default();
        let mut tables: BTreeMap<Table, Vec<TableRow>> = BTreeMap::new();
        for file in files {
            let mut reader = raw::DayReader::open(&file)?;
            while let Some(line) = reader.as_mut().map_or(Ok(None), raw::DayReader::line)? {
                rebuilt.documents += 1;
                match of_line(&line, &mut symbols) {
                    Some((table, rows)) => tables.entry(table).or_default().extend(rows),
                    None => rebuilt.unread += 1,
                }
            }
        }
        for table in Table::ALL {
            let rows = tables.remove(&table).unwrap_or_default();
            month_anew(fleet, table, month, rows, &mut symbols, &mut rebuilt)?;
        }
    }
    Ok(rebuilt)
}

fn month_anew(
    fleet: &Fleet,
    table: Table,
    month: Month,
    rows: Vec<TableRow>,
    symbols: &mut Symbols,
    rebuilt: &mut Rebuilt,
) -> Result<(), Error> {
    let file = fleet.month_file(table, month);
    let merged = match lake::merge(&file, table, rows.clone(), symbols, Prefer::New) {
        Err(Error::Torn { .. }) => {
            rebuilt.replaced.push((table, month));
            if rows.is_empty() {
                disk::erase(&file)?;
                return Ok(());
            }
            lake::replace(&file, table, rows, symbols)?
        }
        merged => merged?,
    };
    if merged.is_written {
        rebuilt.months.push((table, month, merged.rows));
    }
    Ok(())
}

fn of_line(line: &raw::RawLine, symbols: &mut Symbols) -> Option<(Table, Vec<TableRow>)> {
    let (beside, document) = line.parts()?;
    let head = Head::of_kept(document)?;
    if head.known == NewestKnown::Beyond {
        return None;
    }
    let origin = Origin {
        site: line.site,
        doc: line.doc,
        head: &head,
        beside: &beside,
    };
    let rows = rows::rows(document, &origin, symbols).ok()?;
    Some((head.table, rows))
}
