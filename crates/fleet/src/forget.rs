//! A site forgotten: nothing more of it is taken in, and nothing of it is left.
//!
//! First it is noted that the site is forgotten, so that what is sent late or lies in an inbox stays out whatever happens next;
//! then every file is written anew without it, and counted again. What copies or backups hold is not here to be removed.

use std::path::Path;

use crate::columns::Table;
use crate::disk;
use crate::error::Error;
use crate::folder::Fleet;
use crate::ingest::{joined, names};
use crate::lake::{self, raw};
use crate::sites::Registry;

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The site's number in the rows, which is kept so that it stays out.
    pub number: u64,
    /// Whether it was on the list. One that was not, and of which there was nothing, may be a wrong number.
    pub was_listed: bool,
    /// Rows of all tables.
    pub rows: u64,
    /// Documents that were kept.
    pub documents: u64,
    /// Files in the quarantine and the inbox.
    pub files: u64,
}

/// Forgets a site, by its number in the certificate; what waits of it in an inbox too.
///
/// # Errors
/// When the disk refuses, a file is damaged (the others are done all the same), or something is left.
pub fn run(fleet: &Fleet, site: &str, inbox: Option<&Path>) -> Result<Forgotten, Error> {
    let key = fleet.key()?;
    let _held = fleet.lock()?;
    let mut registry = Registry::open(fleet, &key)?;
    let was_listed = registry.site(site).is_some();
    let number = registry.forget(fleet, site, &key)?;
    let mut gone = Forgotten {
        number,
        was_listed,
        ..Forgotten::default()
    };
    let mut torn = Vec::new();
    let mut done = |result: Result<u64, Error>, count: &mut u64| match result {
        Ok(removed) => {
            *count += removed;
            Ok(())
        }
        Err(error @ (Error::Torn { .. } | Error::Damaged { .. })) => {
            torn.push(error);
            Ok(())
        }
        Err(error) => Err(error),
    };
    for table in Table::ALL {
        for (_, file) in fleet.months(table)? {
            done(lake::without(&file, table, number), &mut gone.rows)?;
        }
    }
    for (_, file) in fleet.raw_days()? {
        done(raw::without(&file, number), &mut gone.documents)?;
    }
    for code in names(&fleet.quarantine())? {
        gone.files += erased(&code.join(site))?;
    }
    if let Some(inbox) = inbox {
        gone.files += erased(&inbox.join(site))?;
    }
    registry.strike(fleet, site)?;
    if let Some(error) = joined(torn) {
        return Err(error);
    }
    let left = left(fleet, number)?;
    if left > 0 {
        let site = site.to_owned();
        return Err(Error::NotForgotten { site, rows: left });
    }
    Ok(gone)
}

/// Removes a site's folder; how many files were in it. A link in its place is removed, and what it leads to stays.
fn erased(folder: &Path) -> Result<u64, Error> {
    let Ok(found) = folder.symlink_metadata() else {
        return Ok(0);
    };
    if !found.is_dir() {
        disk::erase(folder)?;
        return Ok(1);
    }
    let files = names(folder)?.len() as u64;
    disk::erase_folder(folder)?;
    Ok(files)
}

/// How many rows and documents of a site there are, counted anew.
fn left(fleet: &Fleet, number: u64) -> Result<u64, Error> {
    let mut left = 0;
    for table in Table::ALL {
        for (_, file) in fleet.months(table)? {
            left += lake::holds_site(&file, number)?;
        }
    }
    for (_, file) in fleet.raw_days()? {
        left += raw::holds_site(&file, number)?;
    }
    Ok(left)
}
