//! What is asked of the history: lists by columns, whole documents by their numbers, and what is taken out of it.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};

use super::record::Record;
use super::{Database, Error, carriers, inflated};
use crate::document::{HistoryEntry, HistoryKind, PastCarrier, Word, stamp};
use crate::domain::codes::Detail;

/// Which documents are meant; all of them where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<HistoryKind>,
    /// Of this place.
    pub place: Option<String>,
    /// Not before this.
    pub since: Option<Timestamp>,
    /// Before this.
    pub until: Option<Timestamp>,
    /// The one of this number.
    pub id: Option<u64>,
    /// The newest so many.
    pub limit: Option<u64>,
}

impl Filter {
    /// What follows `FROM document`, and the values in it.
    fn clause(&self) -> (String, Vec<Value>) {
        let mut terms: Vec<&str> = Vec::new();
        let mut values = Vec::new();
        let mut term = |text, value: Option<Value>| {
            if let Some(value) = value {
                terms.push(text);
                values.push(value);
            }
        };
        let whole = |n: u64| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        let kind = self.kind.map(|kind| Word::Known(kind).to_string());
        term("kind = ?", kind.map(Value::Text));
        term(
            "place = ? COLLATE NOCASE",
            self.place.clone().map(Value::Text),
        );
        let second = |at: Timestamp| Value::Integer(at.as_second());
        term("at >= ?", self.since.map(second));
        term("at < ?", self.until.map(second));
        term("id = ?", self.id.map(whole));
        let mut text = String::new();
        if !terms.is_empty() {
            text = format!("WHERE {}", terms.join(" AND "));
        }
        text.push_str(" ORDER BY at DESC, id DESC");
        if let Some(limit) = self.limit {
            text.push_str(" LIMIT ?");
            values.push(whole(limit));
        }
        (text, values)
    }
}

impl Database {
    /// The documents that are meant, the newest first, and how many there are without the limit.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn entries(&self, filter: &Filter) -> Result<(Vec<HistoryEntry>, u64), Error> {
        let read = || -> rusqlite::Result<_> {
            let mut carriers = past_carriers(&self.db, filter)?;
            let (clause, values) = filter.clause();
            let mut rows = self.db.prepare(&format!(
                "SELECT id, kind, at, place, modem, demonstration, subject, outcome FROM document {clause}"
            ))?;
            let rows = rows.query_map(params_from_iter(values), |row| {
                let id: i64 = row.get(0)?;
                entry(row, id, carriers.remove(&id).unwrap_or_default())
            })?;
            let entries: Vec<HistoryEntry> = rows.collect::<rusqlite::Result<_>>()?;
            let (clause, values) = Filter {
                limit: None,
                ..filter.clone()
            }
            .clause();
            let count = format!("SELECT count(*) FROM (SELECT id FROM document {clause})");
            let total = self
                .db
                .query_row(&count, params_from_iter(values), |row| row.get::<_, u32>(0))?;
            Ok((entries, total.into()))
        };
        read().map_err(|error| self.refused(&error))
    }

    /// A document by its number, as it was kept.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn document(&self, id: u64) -> Result<Option<String>, Error> {
        let id = i64::try_from(id).unwrap_or(i64::MAX);
        let body: Option<Vec<u8>> = self
            .db
            .query_row("SELECT body FROM document WHERE id = ?", [id], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| self.refused(&error))?;
        body.map(|body| inflated(&body).ok_or_else(|| self.damaged()))
            .transpose()
    }

    /// Every place, by the day of its last survey, the newest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn places(&self) -> Result<Vec<String>, Error> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut rows = self.db.prepare(
                "SELECT place FROM document WHERE place IS NOT NULL GROUP BY place ORDER BY max(at) DESC",
            )?;
            rows.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.refused(&error))
    }

    /// Takes documents out, and what they held out of the file; gives how many.
    ///
    /// # Errors
    /// When the disk refuses; then all of them are still there.
    pub fn forget(&mut self, filter: &Filter) -> Result<u64, Error> {
        let (clause, values) = filter.clause();
        let forgotten = || -> rusqlite::Result<usize> {
            // What is deleted is written over, in the database and in its log.
            self.db.pragma_update(None, "secure_delete", true)?;
            let gone = self.db.execute(
                &format!("DELETE FROM document WHERE id IN (SELECT id FROM document {clause})"),
                params_from_iter(values),
            )?;
            self.db
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(gone)
        };
        let gone = forgotten().map_err(|error| self.refused(&error))?;
        Ok(u64::try_from(gone).unwrap_or(u64::MAX))
    }

    /// Makes all columns anew from the documents, all of them or none; gives how many were read. A document that cannot be
    /// read keeps the columns that it has.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn rebuild(&mut self) -> Result<u64, Error> {
        let rebuilt = rebuild(&mut self.db);
        rebuilt.map_err(|error| self.refused(&error))
    }

    fn damaged(&self) -> Error {
        Error::History {
            path: self.path.clone(),
            detail: Detail::HISTORY_DAMAGED.into(),
        }
    }
}

fn rebuild(db: &mut Connection) -> rusqlite::Result<u64> {
    let change = db.transaction()?;
    let mut count = 0;
    {
        let ids: Vec<i64> = change
            .prepare("SELECT id FROM document ORDER BY id")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut body = change.prepare("SELECT body FROM document WHERE id = ?")?;
        let mut columns = change.prepare(
            "UPDATE document SET kind = ?2, schema_no = ?3, at = ?4, opensim = ?5, place = ?6, modem = ?7,
               demonstration = max(demonstration, ?8), subject = ?9, outcome = ?10 WHERE id = ?1",
        )?;
        let mut emptied = change.prepare("DELETE FROM carrier WHERE document = ?")?;
        for id in ids {
            let body: Vec<u8> = body.query_row([id], |row| row.get(0))?;
            let Some(record) = inflated(&body).and_then(|text| Record::of(&text).ok()) else {
                continue;
            };
            let of = &record.columns;
            columns.execute(params![
                id,
                of.kind,
                of.schema_no,
                of.at.as_second(),
                of.opensim,
                of.place,
                of.modem,
                of.demonstration,
                of.subject,
                of.outcome,
            ])?;
            emptied.execute([id])?;
            carriers(&change, id, of)?;
            count += 1;
        }
    }
    change.commit()?;
    Ok(count)
}

fn entry(row: &Row<'_>, id: i64, carriers: Vec<PastCarrier>) -> rusqlite::Result<HistoryEntry> {
    let kind: String = row.get(1)?;
    let kind = word(&kind).map_or(Word::Foreign(kind), Word::Known);
    let is = |wanted: HistoryKind| kind == wanted;
    let at = Timestamp::from_second(row.get(2)?).unwrap_or_default();
    let (subject, outcome): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(HistoryEntry {
        id: id.unsigned_abs(),
        at: stamp(at),
        label: row.get(3)?,
        modem: row.get(4)?,
        demonstration: row.get(5)?,
        carrier: subject.clone().filter(|_| is(HistoryKind::Switch)),
        outcome: outcome
            .as_deref()
            .and_then(word)
            .filter(|_| is(HistoryKind::Switch)),
        interface: subject.filter(|_| is(HistoryKind::Measure)),
        verdict: outcome
            .as_deref()
            .and_then(word)
            .filter(|_| is(HistoryKind::Measure)),
        carriers,
        kind,
    })
}

/// The carriers of the surveys that are meant, in rank order, by their document.
fn past_carriers(
    db: &Connection,
    filter: &Filter,
) -> rusqlite::Result<HashMap<i64, Vec<PastCarrier>>> {
    let (clause, values) = filter.clause();
    let mut rows = db.prepare(&format!(
        "SELECT document, rank, carrier, name, plmn, verdict, rsrp_dbm, sinr_db, spread_db, quality, band, cell_id,
           down_bps, down_low_bps, down_high_bps, up_bps, up_low_bps, up_high_bps, mos, in_use
         FROM carrier WHERE document IN (SELECT id FROM document {clause})"
    ))?;
    let mut rows = rows.query(params_from_iter(values))?;
    let mut found: HashMap<i64, Vec<PastCarrier>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found
            .entry(row.get(0)?)
            .or_default()
            .push(past_carrier(row)?);
    }
    for carriers in found.values_mut() {
        carriers.sort_by_key(|carrier| carrier.rank);
    }
    Ok(found)
}

fn past_carrier(row: &Row<'_>) -> rusqlite::Result<PastCarrier> {
    let number = |at| -> rusqlite::Result<Option<u64>> {
        Ok(row
            .get::<_, Option<i64>>(at)?
            .and_then(|n| u64::try_from(n).ok()))
    };
    let text = |at| {
        row.get_ref(at)
            .map(|value| value.as_str_or_null().ok().flatten())
    };
    Ok(PastCarrier {
        rank: row.get(1)?,
        carrier: row.get(2)?,
        name: row.get(3)?,
        plmn: row.get(4)?,
        verdict: text(5)?.and_then(word).unwrap_or_default(),
        rsrp_dbm: row.get(6)?,
        sinr_db: row.get(7)?,
        spread_db: row.get(8)?,
        quality: text(9)?.and_then(word),
        band: row.get(10)?,
        cell_id: number(11)?,
        down_bps: number(12)?,
        down_low_bps: number(13)?,
        down_high_bps: number(14)?,
        up_bps: number(15)?,
        up_low_bps: number(16)?,
        up_high_bps: number(17)?,
        mos: row.get(18)?,
        in_use: row.get(19)?,
    })
}

/// A word of a closed list as documents write it.
fn word<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    T::deserialize(StrDeserializer::<WordError>::new(text)).ok()
}
