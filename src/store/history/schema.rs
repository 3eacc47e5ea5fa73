//! The schema of the database, step by step, and who may read a newer one.
//!
//! `user_version` counts the steps that were taken. A database of a newer opensim has more of them than are known here,
//! and says in `min_reader` from which version on a program still reads and adds to it: a step that only adds what may be
//! null leaves that number as it is, so that two versions on one computer can share their history. A step that was
//! released is never changed.

use rusqlite::{Connection, TransactionBehavior};

/// Each step in turn.
const STEPS: &[&str] = &[include_str!("migrations/1.sql")];

/// Why a database is not brought to this version.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// Only a newer opensim reads it.
    #[error("only a newer version reads it")]
    Newer,
    /// `SQLite` refuses.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

/// Takes the steps that are missing, each whole or not at all. What a newer version made, and this one may read, is left
/// as it is.
pub(super) fn bring_up(db: &mut Connection) -> Result<(), Refusal> {
    check(db)?;
    for (at, step) in STEPS.iter().enumerate().skip(version(db)?) {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another opensim may have taken it meanwhile.
        if version(&change)? == at {
            change.execute_batch(step)?;
            change.pragma_update(
                None,
                "user_version",
                u32::try_from(at + 1).unwrap_or(u32::MAX),
            )?;
            change.commit()?;
        }
    }
    Ok(())
}

/// Whether this version may read it.
pub(super) fn check(db: &Connection) -> Result<(), Refusal> {
    if version(db)? <= STEPS.len() {
        return Ok(());
    }
    let oldest: Option<String> = db
        .query_row(
            "SELECT value FROM meta WHERE key = 'min_reader'",
            [],
            |row| row.get(0),
        )
        .unwrap_or(None);
    let oldest = oldest.and_then(|oldest| oldest.parse::<usize>().ok());
    if oldest.is_some_and(|oldest| oldest <= STEPS.len()) {
        Ok(())
    } else {
        Err(Refusal::Newer)
    }
}

fn version(db: &Connection) -> rusqlite::Result<usize> {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
        .map(|version| usize::try_from(version).unwrap_or(usize::MAX))
}
