//! A home's own page: what holds there now, each carrier over time, and the surveys one by one.

use jiff::civil::Date;
use maud::{Markup, html};
use opensim::i18n::{Catalogue, clean};
use opensim_domain::radio::{Quality, Rsrp, Sinr};
use opensim_domain::verdict::Verdict;

use super::facts::{HomeFacts, PartnerFacts, Seen, SurveyDay};
use super::frame::{Frame, day, dbm, fields, known, table, toned, verdict};
use super::partner::{foot, marked, window};

/// Pixels of a panel: above its levels, what they take, what says that a carrier was not there, the line of the dates.
const TOP: f64 = 14.0;
const HEIGHT: f64 = 120.0;
const ABSENT: f64 = 24.0;
const DATES: f64 = 24.0;

/// The levels at the bottom and at the top, and how far the lines are apart, in dBm.
const LOW: f64 = -125.0;
const HIGH: f64 = -70.0;
const LINES: [f64; 5] = [-120.0, -110.0, -100.0, -90.0, -80.0];

/// The share of the width that the names of the levels have for themselves.
const LABELS: f64 = 0.25;

/// The most surveys that are listed one by one.
const LISTED: usize = 60;

/// The page.
pub(super) fn home(home: &HomeFacts, facts: &PartnerFacts, words: &Catalogue) -> String {
    let town = clean(facts.town(&home.commune));
    let frame = Frame {
        title: words.text_of("page-home", [("site", home.site.clone()), ("town", town)]),
        up: Some((
            "index.html",
            words.text_of("page-partner", [("name", clean(&facts.partner))]),
        )),
        source: window(facts, words),
        lead: lead(home, facts, words),
        body: html! {
            (now(home, words))
            (timeline(home, facts, words))
            (surveys(home, words))
        },
        foot: foot(facts, words),
    };
    frame.page(words)
}

/// What it comes down to.
fn lead(home: &HomeFacts, facts: &PartnerFacts, words: &Catalogue) -> String {
    if let Some(below) = facts.below.iter().find(|row| row.site == home.site) {
        let instead = below.instead.as_deref().map(|id| words.carrier(id));
        let values = [
            ("carrier", words.carrier(&below.carrier)),
            ("instead", instead.unwrap_or_else(|| "none".to_owned())),
        ];
        return words.text_of("page-home-below", values);
    }
    let measured = home.last_measured().and_then(SurveyDay::in_use);
    let Some(seen) = measured else {
        return words.text("page-home-unmeasured");
    };
    let key = match seen.verdict {
        Some(Verdict::Suitable) => "page-home-suitable",
        Some(Verdict::Uncertain) => "page-home-uncertain",
        _ => "page-home-unsuitable",
    };
    words.text_of(key, [("carrier", words.carrier(&seen.carrier))])
}

fn now(home: &HomeFacts, words: &Catalogue) -> Markup {
    let last = home.last();
    let mut now = Vec::new();
    let mut field =
        |key: &str, value: Markup| now.push((words.text(&format!("page-field-{key}")), value));
    if let Some(used) = last.and_then(SurveyDay::in_use) {
        field("in_use", html! { (words.carrier(&used.carrier)) });
    }
    if let Some(mode) = last.and_then(|survey| survey.mode.as_deref()) {
        field("mode", html! { (words.family("mode", mode)) });
    }
    if let Some(last) = last {
        field("last", html! { (day(last.day, words)) });
    }
    let measured = home.last_measured();
    if let Some(survey) = measured {
        field("measured", html! { (day(survey.day, words)) });
    }
    field("surveys", html! { (home.surveys.len()) });
    html! {
        (fields(&now))
        @if let Some(survey) = measured {
            h2 { (words.text_of("page-measured", [("day", day(survey.day, words))])) }
            (carriers(survey, words))
        }
    }
}

/// What a survey measured, carrier by carrier.
fn carriers(survey: &SurveyDay, words: &Catalogue) -> Markup {
    let shape = [
        ("carrier", false),
        ("verdict", false),
        ("down_low", true),
        ("up_low", true),
        ("mos", true),
        ("rsrp", true),
    ];
    let shape: Vec<_> = shape
        .iter()
        .map(|(key, is_right)| (words.text(&format!("page-column-{key}")), *is_right))
        .collect();
    let rate = |bps: Option<u64>| known(bps.map(|bps| words.rate(bps)), words);
    let row = |seen: &Seen| {
        vec![
            html! { (marked(&seen.carrier, words)) @if seen.in_use { span.two { (words.text("page-used")) } } },
            verdict(seen.verdict, words),
            rate(seen.down_low_bps),
            rate(seen.up_low_bps),
            known(seen.mos.map(|mos| words.decimal(mos)), words),
            known(seen.rsrp_dbm.map(|level| dbm(level, words)), words),
        ]
    };
    let rows: Vec<Vec<Markup>> = survey.seen.iter().map(row).collect();
    table(&shape, &rows)
}

fn timeline(home: &HomeFacts, facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let carriers: Vec<&str> = facts
        .carriers()
        .into_iter()
        .filter(|id| home.surveys.iter().any(|survey| of(survey, id).is_some()))
        .collect();
    let ends = home
        .surveys
        .first()
        .zip(home.last())
        .map(|(first, last)| (first.day, last.day));
    let Some(ends) = ends.filter(|(first, last)| first < last) else {
        return html! {};
    };
    html! {
        h2 { (words.text("page-timeline")) }
        p { (words.text("page-timeline-about")) }
        div.panels.(format!("of-{}", carriers.len())) {
            @for (at, id) in carriers.iter().enumerate() { (panel(at, id, home, ends, words)) }
        }
    }
}

fn of<'a>(survey: &'a SurveyDay, carrier: &str) -> Option<&'a Seen> {
    survey.seen.iter().find(|seen| seen.carrier == carrier)
}

fn panel(at: usize, id: &str, home: &HomeFacts, ends: (Date, Date), words: &Catalogue) -> Markup {
    let (title, desc) = (format!("past-{at}"), format!("past-{at}-said"));
    let seen: Vec<(Date, &Seen)> = home
        .surveys
        .iter()
        .filter_map(|survey| Some((survey.day, of(survey, id)?)))
        .collect();
    let name = words.text_of("timeline-signal", [("name", words.carrier(id))]);
    let bottom = TOP + HEIGHT;
    html! {
        div.panel {
            h3 { (words.carrier(id)) }
            svg role="img" aria-labelledby=(title) aria-describedby=(desc) width="100%" height=(bottom + ABSENT + DATES) {
                title id=(title) { (name) }
                desc id=(desc) { (told(&seen, words)) }
                g aria-hidden="true" {
                    @for level in LINES {
                        line.grid x1=(across(0.0)) x2="100%" y1=(up(level)) y2=(up(level)) {}
                        text.level x="0" y=(up(level) + 5.0) { (dbm(level, words)) }
                    }
                    text.level x="0" y=(bottom + 17.0) { (words.text("page-absent")) }
                    @for (day, seen) in &seen { (dot(share(*day, ends), seen)) }
                    text.tick x=(across(0.0)) y=(bottom + ABSENT + 18.0) { (day(ends.0, words)) }
                    text.tick x="100%" y=(bottom + ABSENT + 18.0) text-anchor="end" { (day(ends.1, words)) }
                }
            }
        }
    }
}

/// The panel in words.
fn told(seen: &[(Date, &Seen)], words: &Catalogue) -> String {
    let levels: Vec<f64> = seen.iter().filter_map(|(_, seen)| seen.rsrp_dbm).collect();
    let told =
        |level: Option<f64>| level.map_or_else(|| "none".to_owned(), |level| dbm(level, words));
    let values = [
        ("count", seen.len().to_string()),
        ("absent", (seen.len() - levels.len()).to_string()),
        ("low", told(levels.iter().copied().min_by(f64::total_cmp))),
        ("high", told(levels.iter().copied().max_by(f64::total_cmp))),
        (
            "last",
            told(seen.last().and_then(|(_, seen)| seen.rsrp_dbm)),
        ),
    ];
    words.text_of("page-timeline-said", values)
}

fn share(day: Date, (first, last): (Date, Date)) -> f64 {
    let days = |to: Date| f64::from((to - first).get_days());
    days(day) / days(last).max(1.0)
}

/// The class of a level, in shape and colour.
fn dot(at: f64, seen: &Seen) -> Markup {
    let Some(level) = seen.rsrp_dbm else {
        return html! {
            svg.at.bad x=(across(at)) y=(TOP + HEIGHT + 12.0) {
                path.dot d="M-4.2-6.3 0-2.1 4.2-6.3 6.3-4.2 2.1 0 6.3 4.2 4.2 6.3 0 2.1-4.2 6.3-6.3 4.2-2.1 0-6.3-4.2z" {}
            }
        };
    };
    let class = match quality(seen) {
        Some(Quality::Excellent | Quality::Good) => "good",
        Some(Quality::Fair) => "fair",
        Some(Quality::Poor | Quality::Unusable) => "bad",
        None => "plain",
    };
    html! {
        svg.at.(class) x=(across(at)) y=(up(level)) {
            @match class {
                "bad" => { path.dot d="M0-6 6 0 0 6-6 0z" {} },
                "fair" => { circle.dot.hollow r="4" {} },
                _ => { circle.dot r="5" {} },
            }
        }
    }
}

fn quality(seen: &Seen) -> Option<Quality> {
    let tenths = |value: f64| format!("{:.0}", value * 10.0).parse::<i32>().ok();
    let rsrp = seen.rsrp_dbm.and_then(tenths).and_then(Rsrp::from_tenths);
    let sinr = seen.sinr_db.and_then(tenths).and_then(Sinr::from_tenths);
    Quality::of(rsrp, sinr)
}

fn across(share: f64) -> String {
    // A dot at either end is whole.
    let inside = 0.03 + share.clamp(0.0, 1.0) * 0.94;
    format!("{:.1}%", (LABELS + inside * (1.0 - LABELS)) * 100.0)
}

fn up(level: f64) -> f64 {
    let share = (level.clamp(LOW, HIGH) - LOW) / (HIGH - LOW);
    (TOP + (1.0 - share) * HEIGHT).round()
}

/// The surveys one by one, the newest first.
fn surveys(home: &HomeFacts, words: &Catalogue) -> Markup {
    let mut carriers: Vec<&str> = Vec::new();
    for seen in home.surveys.iter().flat_map(|survey| &survey.seen) {
        if !carriers.contains(&seen.carrier.as_str()) {
            carriers.push(&seen.carrier);
        }
    }
    carriers.sort_unstable();
    let heading = |key: &str| (words.text(&format!("page-column-{key}")), false);
    let mut shape = vec![heading("day"), heading("in_use")];
    shape.extend(carriers.iter().map(|id| (words.carrier(id), false)));
    let row = |survey: &SurveyDay| {
        let used = survey.in_use();
        let mut row = vec![
            html! { (day(survey.day, words)) },
            known(used.map(|seen| words.carrier(&seen.carrier)), words),
        ];
        row.extend(carriers.iter().map(|id| cell(of(survey, id), words)));
        row
    };
    let rows: Vec<Vec<Markup>> = home.surveys.iter().rev().take(LISTED).map(row).collect();
    html! {
        h2 { (words.text("page-surveys")) }
        @if home.surveys.len() > LISTED { p { (words.text_of("page-surveys-last", [("count", LISTED)])) } }
        @if !rows.is_empty() { (table(&shape, &rows)) }
    }
}

/// A carrier in a survey: the conclusion where it was measured, else its level in words.
fn cell(seen: Option<&Seen>, words: &Catalogue) -> Markup {
    let Some(seen) = seen else {
        return known(None, words);
    };
    let level = seen.rsrp_dbm.map(|level| dbm(level, words));
    html! {
        @match seen.verdict {
            Some(Verdict::NotMeasured) | None => {
                @if let Some(quality) = quality(seen) { (graded(quality, words)) } @else { (known(None, words)) }
            },
            judged => { (verdict(judged, words)) },
        }
        @if let Some(level) = level { span.two { (level) } }
    }
}

fn graded(quality: Quality, words: &Catalogue) -> Markup {
    let (word, class) = match quality {
        Quality::Excellent => ("excellent", "good"),
        Quality::Good => ("good", "good"),
        Quality::Fair => ("fair", "fair"),
        Quality::Poor => ("poor", "bad"),
        Quality::Unusable => ("unusable", "bad"),
    };
    let text = words.text_of("page-signal", [("word", words.family("quality", word))]);
    toned(&text, Some(class))
}
