//! What was measured beside what is needed, as a picture of it is drawn: a panel for each way, the call and the signal.
//!
//! Places are shares of the width, so that a drawing fits whatever width it gets while its text keeps its size. Nothing
//! stands here that does not stand in the tables too, and each row says in words what it shows.

use crate::document::{CarrierResult, Direction, LinkRow, Measure, RequirementRow, Scan, Voice};
use crate::domain::measured::{Clearance, ZONE};
use crate::domain::radio::Quality;
use crate::domain::verdict::Verdict;
use crate::i18n::Catalogue;

use super::layout::Tone;
use super::scale::{Scale, Tick};
use super::word::code;

/// The panels, with what their marks mean.
#[derive(Debug)]
pub(super) struct Chart {
    /// What it shows.
    pub(super) heading: String,
    /// One beside the other.
    pub(super) panels: Vec<Panel>,
    /// What the marks mean, as far as they occur.
    pub(super) legend: Vec<(Mark, String)>,
}

/// One thing that was measured, of everyone.
#[derive(Debug)]
pub(super) struct Panel {
    /// What was measured.
    pub(super) title: String,
    /// Where the need lies, and how much it is.
    pub(super) need: Option<Tick>,
    /// From where to where nothing can be told from the need.
    pub(super) zone: Option<(f64, f64)>,
    /// Where round values lie.
    pub(super) ticks: Vec<Tick>,
    /// One for each that is compared.
    pub(super) rows: Vec<Row>,
}

/// What was measured of one.
#[derive(Debug)]
pub(super) struct Row {
    /// Of whom.
    pub(super) name: String,
    /// How much, or why nothing.
    pub(super) value: String,
    /// The same with how sure it is, for who does not see the drawing.
    pub(super) said: String,
    /// Where it lies; `None` where there is nothing to draw.
    pub(super) at: Option<Place>,
}

/// Where a value lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) value: f64,
    /// The interval that it lies in.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) tone: Tone,
    /// Whether it may be any more than that.
    pub(super) is_open: bool,
}

/// A mark of the drawing that the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A value of this kind.
    Dot(Tone),
    /// The interval.
    Line,
    /// Its open end.
    Arrow,
    /// The need.
    Need,
    /// What cannot be told from it.
    Zone,
}

/// One that is compared, from whichever document.
struct Compared<'d> {
    name: &'d str,
    ways: [Option<&'d Direction>; 2],
    voice: Option<&'d Voice>,
}

/// The chart of a survey: what came through where it was measured, and the signal where it was read.
pub(super) fn of_carriers(scan: &Scan, words: &Catalogue) -> Option<Chart> {
    let compared = scan.carriers.iter().map(|carrier| Compared {
        name: &carrier.name,
        ways: ways(carrier.throughput.as_ref()),
        voice: carrier.voice.as_ref(),
    });
    let compared: Vec<Compared<'_>> = compared.collect();
    let mut panels = measured(&compared, scan.requirement.as_ref(), words);
    let heading = if panels.is_empty() {
        "chart-signal_heading"
    } else {
        "chart-heading"
    };
    panels.extend(signal(&scan.carriers, words));
    chart(heading, panels, words)
}

/// The chart of a measurement.
pub(super) fn of_links(measure: &Measure, words: &Catalogue) -> Option<Chart> {
    let compared = measure.links.iter().map(|link: &LinkRow| Compared {
        name: &link.interface,
        ways: ways(link.throughput.as_ref()),
        voice: link.voice.as_ref(),
    });
    let compared: Vec<Compared<'_>> = compared.collect();
    let panels = measured(&compared, measure.requirement.as_ref(), words);
    chart("chart-heading", panels, words)
}

fn ways(throughput: Option<&crate::document::Throughput>) -> [Option<&Direction>; 2] {
    throughput.map_or([None, None], |t| [t.down.as_ref(), t.up.as_ref()])
}

fn chart(heading: &str, panels: Vec<Panel>, words: &Catalogue) -> Option<Chart> {
    if panels.is_empty() {
        return None;
    }
    Some(Chart {
        heading: words.text(heading),
        legend: legend(&panels, words),
        panels,
    })
}

/// What marks there are among those that have a need beside them: of the signal alone nothing is enough.
fn legend(panels: &[Panel], words: &Catalogue) -> Vec<(Mark, String)> {
    let has_zone = panels.iter().any(|panel| panel.zone.is_some());
    let beside_need = panels.iter().filter(|panel| panel.need.is_some());
    let places = beside_need.flat_map(|panel| panel.rows.iter().filter_map(|row| row.at));
    let places: Vec<Place> = places.collect();
    let has = |is: &dyn Fn(&Place) -> bool| places.iter().any(is);
    let dot = |tone| has(&|place: &Place| place.tone == tone).then_some(Mark::Dot(tone));
    let marks = [
        (dot(Tone::Good), "chart-enough"),
        (dot(Tone::Fair), "chart-unsure"),
        (dot(Tone::Bad), "chart-short"),
        (has(&|_| true).then_some(Mark::Need), "chart-needed"),
        (has_zone.then_some(Mark::Zone), "chart-zone"),
        (
            has(&|place| place.from < place.to).then_some(Mark::Line),
            "chart-interval",
        ),
        (
            has(&|place| place.is_open).then_some(Mark::Arrow),
            "chart-open",
        ),
    ];
    let marks = marks.into_iter();
    let percent = words.number(ZONE * 100.0);
    let explained = |key| words.text_of(key, [("percent", percent.clone())]);
    marks
        .filter_map(|(mark, key)| Some((mark?, explained(key))))
        .collect()
}

/// Down, up and the call, each where one of them at least was measured.
fn measured(
    compared: &[Compared<'_>],
    need: Option<&RequirementRow>,
    words: &Catalogue,
) -> Vec<Panel> {
    let needed = need.map_or([None, None], |need| {
        [Some(need.down_bps), Some(need.up_bps)]
    });
    let titles = ["chart-down", "chart-up"];
    let rates = titles.into_iter().zip(needed).enumerate();
    let rates = rates.filter_map(|(at, (title, need))| rate(title, compared, at, need, words));
    let call = voice(compared, need.map(|need| need.voice_mos), words);
    rates.chain(call).collect()
}

fn rate(
    title: &str,
    compared: &[Compared<'_>],
    way: usize,
    need: Option<u64>,
    words: &Catalogue,
) -> Option<Panel> {
    let ways: Vec<Option<&Direction>> = compared.iter().map(|one| one.ways[way]).collect();
    // One of them at least was measured.
    ways.iter().flatten().next()?;
    let known = ways.iter().flatten();
    let ends = |way: &&Direction| [way.low_bps, way.estimate_bps, way.high_bps];
    let values: Vec<f64> = known
        .flat_map(ends)
        .flatten()
        .map(|bps| bps as f64)
        .collect();
    // What is short of the need must have its place too.
    let about = need.map_or([None; 2], |bps| [Some(bps as f64), Some(bps as f64 / 2.0)]);
    let scale = Scale::of_rates(values.into_iter().chain(about.into_iter().flatten()));
    let rows = compared.iter().zip(&ways);
    Some(Panel {
        title: words.text(title),
        need: need.map(|bps| Tick {
            at: scale.place(bps as f64),
            label: words.text_of("chart-need", [("need", words.rate(bps))]),
        }),
        zone: need.map(|bps| {
            let at = |share: f64| scale.place(bps as f64 * share);
            (at(1.0 - ZONE), at(1.0 + ZONE))
        }),
        ticks: scale.ticks(|bps| words.rate(format!("{bps:.0}").parse().unwrap_or(0))),
        rows: rows
            .map(|(one, way)| rate_row(one.name, *way, &scale, words))
            .collect(),
    })
}

fn rate_row(name: &str, way: Option<&Direction>, scale: &Scale, words: &Catalogue) -> Row {
    let Some(way) = way else {
        return row(
            name,
            words.text("chart-unmeasured"),
            Vec::new(),
            None,
            words,
        );
    };
    let Some(estimate) = way.estimate_bps.filter(|bps| *bps > 0) else {
        return row(name, words.text("chart-nothing"), Vec::new(), None, words);
    };
    let tone = match way.verdict.known() {
        Some(Clearance::Meets) => Tone::Good,
        Some(Clearance::Below) => Tone::Bad,
        Some(Clearance::Uncertain) | None => Tone::Fair,
    };
    // The test ends once the need is surely met, and knows no upper bound then.
    let is_open = way.high_bps.is_none() && tone == Tone::Good;
    let low = way.low_bps.unwrap_or(estimate).min(estimate);
    let high = way.high_bps.unwrap_or(estimate).max(estimate);
    let (least, most) = (words.rate(low), words.rate(high));
    // As the tables say it: it is at least what is sure.
    let shown = if is_open {
        format!("≥\u{a0}{least}")
    } else {
        words.rate(estimate)
    };
    let sure = match (low, high > estimate) {
        (0, true) => Some(words.text_of("chart-at_most", [("high", most)])),
        (_, true) => Some(words.text_of("chart-between", [("low", least), ("high", most)])),
        _ => None,
    };
    let place = Place {
        value: scale.place(estimate as f64),
        from: scale.place(low as f64),
        to: scale.place(high as f64),
        tone,
        is_open,
    };
    let sure = sure.into_iter().chain([enough(tone, words)]).collect();
    row(name, shown, sure, Some(place), words)
}

fn voice(compared: &[Compared<'_>], need: Option<f64>, words: &Catalogue) -> Option<Panel> {
    let scale = Scale::OF_VOICE;
    let rated = |one: &Compared<'_>| one.voice.and_then(|voice| voice.mos);
    if compared.iter().all(|one| rated(one).is_none()) {
        return None;
    }
    let rows = compared.iter().map(|one| {
        let Some(mos) = rated(one) else {
            return row(
                one.name,
                words.text("chart-unmeasured"),
                Vec::new(),
                None,
                words,
            );
        };
        let tone = match need {
            Some(need) if mos < need => Tone::Bad,
            _ => Tone::Good,
        };
        let sure = need.map(|_| enough(tone, words)).into_iter().collect();
        row(
            one.name,
            words.number(mos),
            sure,
            Some(point(scale.place(mos), tone)),
            words,
        )
    });
    Some(Panel {
        title: words.text("chart-voice"),
        need: need.map(|mos| Tick {
            at: scale.place(mos),
            label: words.text_of("chart-need", [("need", words.number(mos))]),
        }),
        zone: None,
        ticks: scale.ticks(|mos| words.number(mos)),
        rows: rows.collect(),
    })
}

/// How strong each carrier's signal is. Its colour is its class, which the noise has its part in.
fn signal(carriers: &[CarrierResult], words: &Catalogue) -> Option<Panel> {
    let scale = Scale::OF_SIGNAL;
    let read = |carrier: &CarrierResult| carrier.radio.as_ref().and_then(|r| r.rsrp_dbm);
    if carriers.iter().all(|carrier| read(carrier).is_none()) {
        return None;
    }
    let dbm = |value: f64| format!("{}\u{a0}dBm", words.number(value));
    let rows = carriers.iter().map(|carrier| {
        let Some(rsrp) = read(carrier) else {
            let key = if carrier.verdict == Verdict::Unavailable {
                "chart-away"
            } else {
                "chart-unread"
            };
            return row(&carrier.name, words.text(key), Vec::new(), None, words);
        };
        let quality = carrier.radio.as_ref().and_then(|radio| radio.quality);
        let class = quality.map(|quality| words.family("quality", &code(&quality)));
        let said = class.into_iter().chain([dbm(rsrp.value())]);
        let said = said.collect::<Vec<_>>().join(", ");
        let place = point(scale.place(rsrp.value()), toned(quality));
        row(&carrier.name, said, Vec::new(), Some(place), words)
    });
    Some(Panel {
        title: words.text("chart-signal"),
        need: None,
        zone: None,
        ticks: scale.ticks(|dbm| words.number(dbm)),
        rows: rows.collect(),
    })
}

fn toned(quality: Option<Quality>) -> Tone {
    match quality {
        Some(Quality::Excellent | Quality::Good) => Tone::Good,
        Some(Quality::Fair) => Tone::Fair,
        Some(Quality::Poor | Quality::Unusable) => Tone::Bad,
        None => Tone::Plain,
    }
}

fn enough(tone: Tone, words: &Catalogue) -> String {
    words.text(match tone {
        Tone::Good => "chart-enough",
        Tone::Bad => "chart-short",
        _ => "chart-unsure",
    })
}

fn point(value: f64, tone: Tone) -> Place {
    Place {
        value,
        from: value,
        to: value,
        tone,
        is_open: false,
    }
}

fn row(name: &str, value: String, more: Vec<String>, at: Option<Place>, words: &Catalogue) -> Row {
    let said: Vec<String> = std::iter::once(value.clone()).chain(more).collect();
    let said = [("name", name.to_owned()), ("said", said.join(", "))];
    Row {
        name: name.to_owned(),
        value,
        said: words.text_of("chart-row", said),
        at,
    }
}
