//! A chart as inline SVG. Places are shares of the width and text is in pixels, so that it can be read on a telephone and
//! is in proportion on a screen.

use maud::{Markup, html};

use super::tone::class;
use crate::i18n::clean;
use crate::report::chart::{Chart, Mark, Panel, Place, Row};
use crate::report::layout::Tone;

/// Pixels: the line of the need's label, a row, its track in it, the line of the axis.
const TOP: usize = 22;
const ROW: usize = 48;
const TRACK: usize = 32;
const AXIS: usize = 22;

/// The longest name that stands beside its value; the table has it whole.
const LONGEST_NAME: usize = 22;

/// How far an open end reaches.
const BEYOND: f64 = 0.09;

pub(super) fn chart(chart: &Chart) -> Markup {
    html! {
        h2 { (chart.heading) }
        div.panels.(format!("of-{}", chart.panels.len())) {
            @for (at, panel) in chart.panels.iter().enumerate() { (drawn(panel, at)) }
        }
        @if !chart.legend.is_empty() {
            ul.legend aria-hidden="true" {
                @for (mark, text) in &chart.legend { li { (key(*mark)) " " (text) } }
            }
        }
    }
}

fn drawn(panel: &Panel, at: usize) -> Markup {
    let (title, desc) = (format!("chart-{at}"), format!("chart-{at}-said"));
    let top = if panel.need.is_some() { TOP } else { 0 };
    let bottom = top + panel.rows.len() * ROW;
    let said: Vec<&str> = panel.rows.iter().map(|row| row.said.as_str()).collect();
    let need = panel.need.as_ref();
    let named: Vec<&str> = std::iter::once(panel.title.as_str())
        .chain(need.map(|need| need.label.as_str()))
        .collect();
    html! {
        div.panel {
            h3 { (panel.title) }
            svg role="img" aria-labelledby=(title) aria-describedby=(desc) width="100%" height=(bottom + AXIS) {
                title id=(title) { (named.join(", ")) }
                desc id=(desc) { (clean(&said.join(" "))) }
                // The title and the description say it in words.
                g aria-hidden="true" {
                    @if let Some(need) = need {
                        text.need x=(percent(need.at)) y="14" text-anchor=(anchor(need.at)) { (need.label) }
                    }
                    @for (at, row) in panel.rows.iter().enumerate() { (bullet(row, top + at * ROW, panel)) }
                    @for tick in &panel.ticks {
                        text.tick x=(percent(tick.at)) y=(bottom + 14) text-anchor=(edge(tick.at)) { (tick.label) }
                    }
                }
            }
        }
    }
}

/// One row: whose and how much, over the track with what is enough of it.
fn bullet(row: &Row, top: usize, panel: &Panel) -> Markup {
    let y = top + TRACK;
    let need = panel.need.as_ref().map(|need| need.at);
    html! {
        text.name x="0" y=(top + 16) { (short(&row.name)) }
        text.value.none[row.at.is_none()] x="100%" y=(top + 16) text-anchor="end" { (row.value) }
        rect.track x="0" y=(y - 4) width="100%" height="8" rx="4" {}
        @if let Some(need) = need {
            rect.enough x=(percent(need)) y=(y - 4) width=(percent(1.0 - need)) height="8" rx="4" {}
            @if let Some((from, to)) = panel.zone {
                rect.zone x=(percent(from)) y=(y - 4) width=(percent(to - from)) height="8" {}
            }
            line.need x1=(percent(need)) x2=(percent(need)) y1=(y - 9) y2=(y + 9) {}
        }
        @if let Some(place) = row.at { (value(&place, y)) }
    }
}

/// The interval, and in it the value.
fn value(place: &Place, y: usize) -> Markup {
    let kind = class(place.tone).unwrap_or("plain");
    let end = (place.to + BEYOND).min(0.985);
    html! {
        g.(kind) {
            @if place.from < place.to {
                line.span x1=(percent(place.from)) x2=(percent(place.to)) y1=(y) y2=(y) {}
            }
            @if place.is_open {
                line.span x1=(percent(place.to)) x2=(percent(end)) y1=(y) y2=(y) {}
                svg.at x=(percent(end)) y=(y) { path d="M-4-7 5 0-4 7z" {} }
            }
            svg.at x=(percent(place.value)) y=(y) { (dot(place.tone)) }
        }
    }
}

/// The shape says the same as the colour.
fn dot(tone: Tone) -> Markup {
    html! {
        @match tone {
            Tone::Bad => { path.dot d="M0-8 8 0 0 8-8 0z" {} },
            Tone::Fair => { circle.dot.hollow r="6" {} },
            _ => { circle.dot r="7" {} },
        }
    }
}

fn key(mark: Mark) -> Markup {
    let kind = match mark {
        Mark::Dot(tone) => class(tone).unwrap_or("plain"),
        Mark::Line | Mark::Arrow | Mark::Need | Mark::Zone => "plain",
    };
    html! {
        svg.(kind) width="24" height="18" {
            svg.at x="12" y="9" {
                @match mark {
                    Mark::Dot(tone) => (dot(tone)),
                    Mark::Line => { line.span x1="-10" x2="10" y1="0" y2="0" {} },
                    Mark::Arrow => {
                        line.span x1="-10" x2="5" y1="0" y2="0" {}
                        path d="M3-7 12 0 3 7z" {}
                    },
                    Mark::Zone => { rect.zone x="-7" y="-4" width="14" height="8" {} },
                    Mark::Need => { line.need x1="0" x2="0" y1="-9" y2="9" {} },
                }
            }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A label over a place stands on the side that has room for it.
fn anchor(at: f64) -> &'static str {
    if at < 0.5 { "start" } else { "end" }
}

/// A label under a place, which must not run off at the ends.
fn edge(at: f64) -> &'static str {
    match at {
        at if at < 0.12 => "start",
        at if at > 0.88 => "end",
        _ => "middle",
    }
}

fn short(name: &str) -> String {
    let name = clean(name);
    if name.chars().count() <= LONGEST_NAME {
        return name;
    }
    let kept: String = name.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", kept.trim_end())
}
