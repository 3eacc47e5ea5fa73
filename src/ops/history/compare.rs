//! Two sides of the history against each other, carrier by carrier: what changed beyond the noise.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::side::Side;
use super::{Error, Finished, OpenHistory};
use crate::document::{
    Compare, ComparedBy, ComparedRow, ComparedSide, ComparedValues, HistoryEntry, HistoryKind,
    Note, PastCarrier,
};
use crate::domain::codes::Code;
use crate::domain::compare::{self as rule, RATE_DOUBLINGS, SIGNAL_DB};
use crate::domain::verdict::Verdict;
use crate::os::clock;
use crate::store::history::Filter;

/// What is to be compared.
#[derive(Debug, Clone)]
pub struct CompareRequest {
    /// The earlier side, as it was named.
    pub before: String,
    /// The later side.
    pub after: String,
    /// Only of this place.
    pub place: Option<String>,
    /// Not before this.
    pub since: Option<Timestamp>,
    /// Where days and their hours are told.
    pub zone: TimeZone,
}

/// Compares.
///
/// # Errors
/// When the history cannot be read, or a side names nothing in it.
pub fn compare(history: OpenHistory, request: &CompareRequest) -> Result<Finished<Compare>, Error> {
    let surveys = Filter {
        kind: Some(HistoryKind::Scan),
        place: request.place.clone(),
        since: request.since,
        ..Filter::default()
    };
    let (entries, _) = history.entries(&surveys)?;
    let places = match &history.database {
        Some(database) => database.places()?,
        None => Vec::new(),
    };
    let now = clock::wall();
    let named = |word: &str| -> Result<Side, Error> {
        let side = Side::of(word, &places, now, &request.zone).map(|side| found(side, &entries));
        let is_there = |side: &Side| match side {
            Side::Survey(id) => entries.iter().any(|entry| entry.id == *id),
            Side::Last => false,
            _ => true,
        };
        side.filter(is_there).ok_or_else(|| history.unknown(word))
    };
    let sides = [named(&request.before)?, named(&request.after)?];
    let [before, after] = chosen(&sides, &entries, &request.zone);
    let by_place = sides
        .iter()
        .all(|side| !matches!(side.by(), ComparedBy::Place | ComparedBy::Survey));
    let side = |named: &str, side: &Side, of: &[&HistoryEntry]| ComparedSide {
        named: side.hours().unwrap_or(named).to_owned(),
        by: side.by().into(),
        surveys: super::count(of.len()),
        from: of.last().map(|entry| entry.at.clone()),
        to: of.first().map(|entry| entry.at.clone()),
    };
    let mut warnings = history.warnings;
    if before.len() < rule::FEWEST || after.len() < rule::FEWEST {
        warnings.push(Note::new(Code::HISTORY_TOO_FEW).with("fewest", rule::FEWEST));
    }
    Ok(Finished::well(Compare {
        before: Some(side(&request.before, &sides[0], &before)),
        after: Some(side(&request.after, &sides[1], &after)),
        rows: rows(&before, &after, by_place),
        warnings,
    }))
}

/// The newest survey has a number too.
fn found(side: Side, entries: &[HistoryEntry]) -> Side {
    match (&side, entries.first()) {
        (Side::Last, Some(newest)) => Side::Survey(newest.id),
        _ => side,
    }
}

/// The surveys of both sides, the newest first. Those of a virtual modem count where they were named, or where there are no
/// others.
fn chosen<'e>(
    sides: &[Side; 2],
    entries: &'e [HistoryEntry],
    zone: &TimeZone,
) -> [Vec<&'e HistoryEntry>; 2] {
    let on = |side: &Side, start| -> Vec<&'e HistoryEntry> {
        let of = entries.iter().filter(|entry| side.has(entry, start, zone));
        of.collect()
    };
    let first = |of: &[&HistoryEntry]| of.last().and_then(|entry| entry.at.parse().ok());
    // A span begins when it begins, whether something was surveyed then or not.
    let begins = |side: &Side, of: &[&HistoryEntry]| match side {
        Side::Period(from, _) => Some(*from),
        _ => first(of),
    };
    let [mut before, mut after] = [on(&sides[0], None), on(&sides[1], None)];
    if sides[0] == Side::Before {
        before = on(&Side::Before, begins(&sides[1], &after));
    } else if sides[1] == Side::Before {
        after = on(&Side::Before, begins(&sides[0], &before));
    }
    let is_named = sides.iter().any(|side| matches!(side, Side::Survey(_)));
    let mut real = before
        .iter()
        .chain(&after)
        .filter(|entry| !entry.demonstration);
    if !is_named && real.next().is_some() {
        before.retain(|entry| !entry.demonstration);
        after.retain(|entry| !entry.demonstration);
    }
    [before, after]
}

/// A carrier of a place, and what surveys gave of it on one side.
type Found<'e> = BTreeMap<(Option<&'e str>, &'e str), Vec<&'e PastCarrier>>;

fn gathered<'e>(side: &[&'e HistoryEntry], by_place: bool) -> Found<'e> {
    let mut found: Found<'e> = BTreeMap::new();
    for entry in side {
        let place = entry.label.as_deref().filter(|_| by_place);
        for carrier in &entry.carriers {
            let key = (place, carrier.carrier.as_str());
            found.entry(key).or_default().push(carrier);
        }
    }
    found
}

/// A row for each carrier, the best of the later side first within its place.
fn rows(before: &[&HistoryEntry], after: &[&HistoryEntry], by_place: bool) -> Vec<ComparedRow> {
    let (before, after) = (gathered(before, by_place), gathered(after, by_place));
    let mut keys: Vec<_> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let none = Vec::new();
    let row = |key: &(Option<&str>, &str)| {
        let (before, after) = (
            before.get(key).unwrap_or(&none),
            after.get(key).unwrap_or(&none),
        );
        compared(*key, before, after)
    };
    let mut rows: Vec<ComparedRow> = keys.iter().map(row).collect();
    let rank = |row: &ComparedRow| {
        let rsrp = row.after.rsrp_dbm.or(row.before.rsrp_dbm);
        (row.after.verdict, rsrp.map_or(i64::MAX, |dbm| tenths(-dbm)))
    };
    rows.sort_by(|a, b| {
        let (verdict_a, signal_a) = rank(a);
        let (verdict_b, signal_b) = rank(b);
        let unknown_last = |verdict: Option<Verdict>| (verdict.is_none(), verdict);
        a.label
            .cmp(&b.label)
            .then(unknown_last(verdict_a).cmp(&unknown_last(verdict_b)))
            .then(signal_a.cmp(&signal_b))
    });
    rows
}

fn compared(
    (place, carrier): (Option<&str>, &str),
    before: &[&PastCarrier],
    after: &[&PastCarrier],
) -> ComparedRow {
    let signals = [signals(before), signals(after)];
    let signal = rule::difference(&signals[0], &signals[1], SIGNAL_DB);
    let presence = rule::presence(
        (signals[0].len(), before.len()),
        (signals[1].len(), after.len()),
    );
    let rate = |of: fn(&PastCarrier) -> Option<u64>| {
        rule::difference(
            &doublings(before, of),
            &doublings(after, of),
            RATE_DOUBLINGS,
        )
        .change
    };
    let verdicts = [before, after].map(|side| side.iter().map(|c| c.verdict).collect::<Vec<_>>());
    let name = after.first().or(before.first()).map(|c| c.name.clone());
    ComparedRow {
        label: place.map(str::to_owned),
        carrier: carrier.to_owned(),
        name: name.unwrap_or_default(),
        before: values(before, &signals[0]),
        after: values(after, &signals[1]),
        signal: presence.unwrap_or(signal.change).into(),
        signal_delta_db: signal.delta,
        signal_noise_db: signal.noise,
        download: rate(|carrier| carrier.down_low_bps).into(),
        upload: rate(|carrier| carrier.up_low_bps).into(),
        verdict: rule::verdicts(&verdicts[0], &verdicts[1]).into(),
    }
}

fn signals(side: &[&PastCarrier]) -> Vec<f64> {
    side.iter().filter_map(|carrier| carrier.rsrp_dbm).collect()
}

/// Rates as doublings of 1 bit/s: what differs by a share differs by as much wherever it is. One of nothing counts as 1.
fn doublings(side: &[&PastCarrier], of: fn(&PastCarrier) -> Option<u64>) -> Vec<f64> {
    let rates = side.iter().filter_map(|carrier| of(carrier));
    rates.map(|bps| (bps.max(1) as f64).log2()).collect()
}

fn values(side: &[&PastCarrier], signals: &[f64]) -> ComparedValues {
    let verdicts: Vec<Verdict> = side.iter().map(|carrier| carrier.verdict).collect();
    let verdict = rule::usual(&verdicts);
    let of_it = verdicts.iter().filter(|v| Some(**v) == verdict).count();
    let rate = |of: fn(&PastCarrier) -> Option<u64>| {
        let mut rates: Vec<u64> = side.iter().filter_map(|carrier| of(carrier)).collect();
        rates.sort_unstable();
        // The lower middle: no rate is told that nobody measured.
        rates.get(rates.len().saturating_sub(1) / 2).copied()
    };
    ComparedValues {
        surveys: super::count(side.len()),
        read: super::count(signals.len()),
        rsrp_dbm: rule::median(signals).map(rounded),
        spread_db: rule::spread(signals).map(rounded),
        down_low_bps: rate(|carrier| carrier.down_low_bps),
        up_low_bps: rate(|carrier| carrier.up_low_bps),
        verdict,
        verdicts: super::count(of_it),
    }
}

/// To the tenth, as levels are.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "levels are within some hundreds"
)]
fn tenths(value: f64) -> i64 {
    (value * 10.0) as i64
}
