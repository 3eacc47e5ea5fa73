//! The past as inline SVG: dots over time, each in the shape and colour of its class, over the need where there is one.

use maud::{Markup, html};

use super::tone::class;
use crate::i18n::clean;
use crate::report::layout::Tone;
use crate::report::timeline::{TimePanel, TimePoint, Timeline};

/// Pixels: what the need is, above the dots; above the highest level, the height of the levels, the line of the dates.
const NEED: f64 = 12.0;
const TOP: f64 = 24.0;
const HEIGHT: f64 = 110.0;
const DATES: f64 = 24.0;

/// The share of the width that the names of the levels have for themselves.
const LABELS: f64 = 0.27;

pub(super) fn timeline(timeline: &Timeline) -> Markup {
    html! {
        h2 { (clean(&timeline.heading)) }
        div.panels.of-past {
            @for (at, panel) in timeline.panels.iter().enumerate() { (drawn(panel, at)) }
        }
    }
}

fn drawn(panel: &TimePanel, at: usize) -> Markup {
    let (title, desc) = (format!("past-{at}"), format!("past-{at}-said"));
    let named: Vec<String> = std::iter::once(&panel.title)
        .chain(panel.need.as_ref().map(|need| &need.label))
        .map(|text| clean(text))
        .collect();
    let bottom = TOP + HEIGHT;
    html! {
        div.panel {
            h3 { (clean(&panel.title)) }
            svg role="img" aria-labelledby=(title) aria-describedby=(desc) width="100%" height=(bottom + DATES) {
                title id=(title) { (named.join(", ")) }
                desc id=(desc) { (clean(&panel.said)) }
                // The title and the description say it in words.
                g aria-hidden="true" {
                    @for level in &panel.levels {
                        line.grid x1=(across(0.0)) x2="100%" y1=(up(level.at)) y2=(up(level.at)) {}
                        text.level x="0" y=(up(level.at) + 5.0) { (level.label) }
                    }
                    @if let Some(need) = &panel.need {
                        line.need x1=(across(0.0)) x2="100%" y1=(up(need.at)) y2=(up(need.at)) {}
                        text.need x="100%" y=(NEED) text-anchor="end" { (need.label) }
                    }
                    @for point in &panel.points { (dot(*point)) }
                    text.tick x=(across(0.0)) y=(bottom + 18.0) { (panel.ends[0]) }
                    text.tick x="100%" y=(bottom + 18.0) text-anchor="end" { (panel.ends[1]) }
                }
            }
        }
    }
}

/// The shape says the same as the colour.
fn dot(point: TimePoint) -> Markup {
    let kind = class(point.tone).unwrap_or("plain");
    html! {
        svg.at.(kind) x=(across(point.at)) y=(up(point.level)) {
            @match point.tone {
                Tone::Bad => { path.dot d="M0-6 6 0 0 6-6 0z" {} },
                Tone::Fair => { circle.dot.hollow r="4" {} },
                _ => { circle.dot r="5" {} },
            }
        }
    }
}

fn across(share: f64) -> String {
    // A dot at either end is whole.
    let inside = 0.02 + share * 0.96;
    format!("{:.1}%", (LABELS + inside * (1.0 - LABELS)) * 100.0)
}

fn up(share: f64) -> f64 {
    (TOP + (1.0 - share) * HEIGHT).round()
}
