//! The surveys of the past as a picture of time is drawn: a panel for each carrier's signal and download.
//!
//! Nothing stands here that does not stand in the tables too, and each panel says in words what it shows. However long the
//! past is, a panel has no more points than can be told apart: each stands for the middle survey of its stretch of time.

use jiff::Timestamp;

use super::layout::Tone;
use super::scale::{Scale, Tick};
use crate::document::{History, HistoryEntry, HistoryKind, PastCarrier};
use crate::domain::radio::{Quality, Rsrp};
use crate::i18n::Catalogue;

/// The panels.
#[derive(Debug)]
pub(super) struct Timeline {
    /// What it shows.
    pub(super) heading: String,
    /// One beside the other.
    pub(super) panels: Vec<TimePanel>,
}

/// What was found of one carrier, over time.
#[derive(Debug)]
pub(super) struct TimePanel {
    /// Of whom, and what.
    pub(super) title: String,
    /// Where the need lies from below, and how much it is.
    pub(super) need: Option<Tick>,
    /// Where round values lie, from below.
    pub(super) levels: Vec<Tick>,
    /// When it begins and ends.
    pub(super) ends: [String; 2],
    /// The points, the oldest first.
    pub(super) points: Vec<TimePoint>,
    /// The same in words.
    pub(super) said: String,
}

/// A point of a panel, as shares of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TimePoint {
    pub(super) at: f64,
    pub(super) level: f64,
    pub(super) tone: Tone,
}

/// The most points in a panel.
const MOST: usize = 60;

/// A value with its time and what it means.
#[derive(Debug, Clone, Copy)]
struct Value {
    at: Timestamp,
    value: f64,
    tone: Tone,
}

/// The panels of a history; `None` where there are not two surveys at different times.
pub(super) fn of_history(history: &History, words: &Catalogue) -> Option<Timeline> {
    let surveys: Vec<(Timestamp, &HistoryEntry)> = history
        .entries
        .iter()
        .rev()
        .filter(|entry| entry.kind == HistoryKind::Scan)
        .filter_map(|entry| Some((entry.at.parse().ok()?, entry)))
        .collect();
    let span = [surveys.first()?.0, surveys.last()?.0];
    if span[0] >= span[1] {
        return None;
    }
    let need = history.requirement.as_ref().map(|need| need.down_bps);
    let mut names: Vec<(&str, &str)> = Vec::new();
    for carrier in surveys.iter().rev().flat_map(|(_, entry)| &entry.carriers) {
        if !names.iter().any(|(id, _)| *id == carrier.carrier) {
            names.push((&carrier.carrier, &carrier.name));
        }
    }
    let panels = names.iter().flat_map(|(id, name)| {
        let of = |value: &dyn Fn(&PastCarrier) -> Option<(f64, Tone)>| -> Vec<Value> {
            let found = surveys.iter().filter_map(|(at, entry)| {
                let carrier = entry
                    .carriers
                    .iter()
                    .find(|carrier| carrier.carrier == *id)?;
                let (value, tone) = value(carrier)?;
                Some(Value {
                    at: *at,
                    value,
                    tone,
                })
            });
            found.collect()
        };
        let signals = of(&|carrier| Some((carrier.rsrp_dbm?, classed(carrier.rsrp_dbm?))));
        let rates = of(&|carrier| {
            let bps = carrier.down_bps.filter(|bps| *bps > 0)?;
            Some((bps as f64, enough(carrier, need)))
        });
        [
            signal(name, &signals, span, words),
            download(name, &rates, need, span, words),
        ]
    });
    let panels: Vec<TimePanel> = panels.flatten().collect();
    (!panels.is_empty()).then(|| Timeline {
        heading: words.text("timeline-heading"),
        panels,
    })
}

fn signal(
    name: &str,
    values: &[Value],
    span: [Timestamp; 2],
    words: &Catalogue,
) -> Option<TimePanel> {
    let scale = Scale::OF_SIGNAL;
    let dbm = |value: f64| format!("{}\u{a0}dBm", words.number((value * 10.0).round() / 10.0));
    panel("timeline-signal", name, values, &scale, span, &dbm, words)
}

fn download(
    name: &str,
    values: &[Value],
    need: Option<u64>,
    span: [Timestamp; 2],
    words: &Catalogue,
) -> Option<TimePanel> {
    let about = need.map_or([None; 2], |bps| [Some(bps as f64), Some(bps as f64 / 2.0)]);
    let known = values.iter().map(|value| value.value);
    let scale = Scale::of_rates(known.chain(about.into_iter().flatten()));
    let rate = |bps: f64| words.rate(format!("{bps:.0}").parse().unwrap_or(0));
    let panel = panel(
        "timeline-download",
        name,
        values,
        &scale,
        span,
        &rate,
        words,
    )?;
    Some(TimePanel {
        need: need.map(|bps| Tick {
            at: scale.place(bps as f64),
            label: words.text_of("chart-need", [("need", words.rate(bps))]),
        }),
        ..panel
    })
}

fn panel(
    title: &str,
    name: &str,
    values: &[Value],
    scale: &Scale,
    span: [Timestamp; 2],
    told: &dyn Fn(f64) -> String,
    words: &Catalogue,
) -> Option<TimePanel> {
    let last = values.last()?;
    let mut sorted: Vec<f64> = values.iter().map(|value| value.value).collect();
    sorted.sort_by(f64::total_cmp);
    let day = |at: Timestamp| words.day(at);
    let facts = [
        ("count", values.len().to_string()),
        ("from", day(values.first()?.at)),
        ("to", day(last.at)),
        ("middle", told(*sorted.get(sorted.len() / 2)?)),
        ("low", told(*sorted.first()?)),
        ("high", told(*sorted.last()?)),
        ("last", told(last.value)),
    ];
    Some(TimePanel {
        title: words.text_of(title, [("name", name.to_owned())]),
        need: None,
        levels: scale.ticks(told),
        ends: span.map(day),
        points: points(values, scale, span),
        said: words.text_of("timeline-said", facts),
    })
}

fn points(values: &[Value], scale: &Scale, span: [Timestamp; 2]) -> Vec<TimePoint> {
    let seconds = |at: Timestamp| (at.as_second() - span[0].as_second()) as f64;
    let whole = seconds(span[1]).max(1.0);
    let place = |value: &Value| seconds(value.at) / whole;
    let stretch = |value: &Value| (place(value) * MOST as f64).floor().min(MOST as f64 - 1.0);
    let point = |values: &[Value]| {
        let mut sorted = values.to_vec();
        sorted.sort_by(|a, b| a.value.total_cmp(&b.value));
        sorted.get(sorted.len() / 2).map(|middle| TimePoint {
            at: place(middle),
            level: scale.place(middle.value),
            tone: middle.tone,
        })
    };
    let apart = |one: &Value, next: &Value| (stretch(one) - stretch(next)).abs() < 0.5;
    values.chunk_by(apart).filter_map(point).collect()
}

fn classed(dbm: f64) -> Tone {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a level, which is within some hundreds"
    )]
    let tenths = (dbm.clamp(-1000.0, 1000.0) * 10.0) as i32;
    match Rsrp::from_tenths(tenths).map(Quality::of_rsrp) {
        Some(Quality::Excellent | Quality::Good) => Tone::Good,
        Some(Quality::Fair) => Tone::Fair,
        Some(Quality::Poor | Quality::Unusable) => Tone::Bad,
        None => Tone::Plain,
    }
}

/// Whether a rate surely meets the need.
fn enough(carrier: &PastCarrier, need: Option<u64>) -> Tone {
    match need {
        None => Tone::Plain,
        Some(need) if carrier.down_low_bps.is_some_and(|low| low >= need) => Tone::Good,
        Some(need) if carrier.down_high_bps.is_some_and(|high| high < need) => Tone::Bad,
        Some(_) => Tone::Fair,
    }
}
