//! A partner's page: what there is to do at the homes, then where they are and how carriers fare there, then all of them.

use std::collections::BTreeMap;

use maud::{Markup, html};
use opensim::i18n::{Catalogue, clean};
use opensim_domain::verdict::Verdict;

use super::facts::{CarrierStanding, PartnerFacts};
use super::frame::{Column, Frame, day, dbm, fields, home, known, percent, table, toned, verdict};
use super::map::map;
use super::mark::Mark;
use super::trend::trend;

/// The page.
pub(super) fn partner(facts: &PartnerFacts, words: &Catalogue) -> String {
    let frame = Frame {
        title: words.text_of("page-partner", [("name", clean(&facts.partner))]),
        up: None,
        source: window(facts, words),
        lead: lead(facts, words),
        body: html! {
            @if facts.is_partial { p.warning { (words.text("page-partial")) } }
            (below(facts, words))
            (worse(facts, words))
            (by_choice(facts, words))
            (communes(facts, words))
            (one_cell(facts, words))
            (months(facts, words))
            (homes(facts, words))
        },
        foot: foot(facts, words),
    };
    frame.page(words)
}

/// From when to when.
pub(super) fn window(facts: &PartnerFacts, words: &Catalogue) -> String {
    let values = [
        ("from", day(facts.since, words)),
        ("to", day(facts.last, words)),
    ];
    words.text_of("page-window", values)
}

/// What stands below every page.
pub(super) fn foot(facts: &PartnerFacts, words: &Catalogue) -> Vec<String> {
    let made = [
        ("version", opensim::VERSION.to_owned()),
        ("day", day(facts.made, words)),
    ];
    vec![
        words.text_of("page-made", made),
        words.text_of("page-private", [("count", facts.min_sites)]),
    ]
}

/// What it all comes down to.
fn lead(facts: &PartnerFacts, words: &Catalogue) -> String {
    let judged = facts.homes.iter().filter_map(|home| {
        let survey = home.last_measured()?;
        survey.in_use().and_then(|seen| seen.verdict)
    });
    let judged: Vec<Verdict> = judged.collect();
    let enough = judged
        .iter()
        .filter(|verdict| **verdict == Verdict::Suitable)
        .count();
    let unmeasured = facts.homes.len() - judged.len();
    if judged.is_empty() && facts.below.is_empty() {
        return words.text_of("page-lead-unmeasured", [("count", unmeasured)]);
    }
    let instead = facts
        .below
        .iter()
        .filter(|row| row.instead.is_some())
        .count();
    let counts = [
        ("count", judged.len()),
        ("enough", enough),
        ("below", facts.below.len()),
        ("instead", instead),
    ];
    let lead = words.text_of("page-lead", counts);
    if unmeasured == 0 {
        return lead;
    }
    let rest = words.text_of("page-lead-rest", [("count", unmeasured)]);
    format!("{lead} {rest}")
}

/// A column's heading.
fn column(key: &str, is_right: bool, words: &Catalogue) -> Column {
    (words.text(&format!("page-column-{key}")), is_right)
}

fn columns(keys: &[(&str, bool)], words: &Catalogue) -> Vec<Column> {
    keys.iter()
        .map(|(key, is_right)| column(key, *is_right, words))
        .collect()
}

/// A part of the page: its heading, then what there is, or that there is nothing.
fn part(key: &str, columns: &[Column], rows: &[Vec<Markup>], words: &Catalogue) -> Markup {
    html! {
        h2 { (words.text(&format!("page-{key}"))) }
        p { (words.text(&format!("page-{key}-{}", if rows.is_empty() { "none" } else { "about" }))) }
        @if !rows.is_empty() { (table(columns, rows)) }
    }
}

/// The commune of a home.
fn town_of<'a>(facts: &'a PartnerFacts, site: &str) -> &'a str {
    let home = facts.home(site);
    home.map_or("", |home| facts.town(&home.commune))
}

/// A carrier with its mark.
pub(super) fn marked(id: &str, words: &Catalogue) -> Markup {
    html! { (Mark::of(id).key()) " " (words.carrier(id)) }
}

fn below(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let shape = [
        ("home", false),
        ("town", false),
        ("in_use", false),
        ("down", true),
        ("up", true),
        ("instead", false),
    ];
    let rate = |bps: Option<u64>| known(bps.map(|bps| words.rate(bps)), words);
    let row = |row: &super::facts::BelowNeed| {
        let instead = html! {
            @match &row.instead {
                Some(id) => {
                    span.tag.good { (words.carrier(id)) @if row.instead_low_bps.is_some() { "," } }
                    @if let Some(low) = row.instead_low_bps {
                        span.two { (words.text_of("page-at_least", [("rate", words.rate(low))])) }
                    }
                },
                None => { span.tag.bad { (words.text("page-instead-none")) } },
            }
        };
        vec![
            home(&row.site),
            html! { (clean(town_of(facts, &row.site))) },
            html! { (words.carrier(&row.carrier)) },
            rate(row.down_bps),
            rate(row.up_bps),
            instead,
        ]
    };
    let rows: Vec<Vec<Markup>> = facts.below.iter().map(row).collect();
    part("below", &columns(&shape, words), &rows, words)
}

fn worse(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let shape = [
        ("home", false),
        ("town", false),
        ("carrier", false),
        ("in_use", false),
        ("before", true),
        ("now", true),
        ("how", false),
    ];
    let level = |level: Option<f64>| known(level.map(|level| dbm(level, words)), words);
    let row = |row: &super::facts::GotWorse| {
        let used = facts.home(&row.site).and_then(|home| home.last()?.in_use());
        let is_used = used.is_some_and(|seen| seen.carrier == row.carrier);
        let (how, class) = if row.is_gone {
            ("page-worse-gone", "bad")
        } else {
            ("page-worse-weaker", "fair")
        };
        vec![
            home(&row.site),
            html! { (clean(town_of(facts, &row.site))) },
            html! { (words.carrier(&row.carrier)) },
            html! { (words.text(if is_used { "page-yes" } else { "page-no" })) },
            level(row.before_dbm),
            level(row.now_dbm),
            toned(&words.text(how), Some(class)),
        ]
    };
    let rows: Vec<Vec<Markup>> = facts.worse.iter().map(row).collect();
    part("worse", &columns(&shape, words), &rows, words)
}

/// Homes whose modem chooses by itself.
fn by_choice(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let shape = [("home", false), ("town", false), ("in_use", false)];
    let rows: Vec<Vec<Markup>> = facts
        .homes
        .iter()
        .filter(|home| home.is_automatic())
        .map(|row| {
            let used = row.last().and_then(|survey| survey.in_use());
            vec![
                home(&row.site),
                html! { (clean(facts.town(&row.commune))) },
                known(used.map(|seen| words.carrier(&seen.carrier)), words),
            ]
        })
        .collect();
    part("automatic", &columns(&shape, words), &rows, words)
}

fn one_cell(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let shape = [("home", false), ("town", false), ("carriers", false)];
    let row = |row: &super::facts::OneCell| {
        let both = [words.carrier(&row.carrier), words.carrier(&row.other)];
        vec![
            home(&row.site),
            html! { (clean(town_of(facts, &row.site))) },
            html! { (both.join(", ")) },
        ]
    };
    let rows: Vec<Vec<Markup>> = facts.one_cell.iter().map(row).collect();
    part("one_cell", &columns(&shape, words), &rows, words)
}

/// The map, and the same as a table.
fn communes(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let carriers = facts.carriers();
    let mut shape = columns(&[("town", false), ("homes", true)], words);
    shape.extend(carriers.iter().map(|id| (words.carrier(id), true)));
    shape.push(column("all", false, words));
    let row = |(code, homes): &(&str, u64)| {
        let own = facts.own.get(*code).map_or(&[][..], Vec::as_slice);
        let mut row = vec![html! { (clean(facts.town(code))) }, html! { (homes) }];
        row.extend(carriers.iter().map(|id| fares(own, id, words)));
        row.push(around(facts.all.get(*code), words));
        row
    };
    let mut towns: Vec<(&str, u64)> = facts.homes_by_town().into_iter().collect();
    towns.sort_by_key(|(code, _)| facts.town(code));
    let rows: Vec<Vec<Markup>> = towns.iter().map(row).collect();
    html! {
        h2 { (words.text("page-communes")) }
        div.beside {
            div { @if let Some(map) = map(facts, words) { (map) } }
            div { p { (words.text_of("page-communes-about", [("count", facts.min_sites)])) } (best(facts, words)) }
        }
        (table(&shape, &rows))
    }
}

/// In how many communes each carrier is the best.
fn best(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let mut count: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for code in facts.homes_by_town().keys() {
        let best = facts.own.get(*code).and_then(|rows| rows.first());
        if let Some(best) = best.filter(|row| row.suitable.is_some_and(|share| share > 0.0)) {
            count
                .entry(&best.carrier)
                .or_default()
                .push(clean(facts.town(code)));
        }
    }
    html! {
        ul.mark-list {
            @for id in facts.carriers() {
                @let towns = count.get(id).map_or(&[][..], Vec::as_slice);
                li { (marked(id, words)) " " (words.text_of("page-best", [("count", towns.len())]))
                    @if !towns.is_empty() { span.two { (words.list(towns)) } } }
            }
        }
    }
}

/// A carrier at the partner's homes of a commune: in how many surveys it sufficed, at how many homes.
fn fares(own: &[CarrierStanding], id: &str, words: &Catalogue) -> Markup {
    let Some(row) = own.iter().find(|row| row.carrier == id) else {
        return known(None, words);
    };
    let homes = words.text_of("page-homes", [("count", row.homes)]);
    html! {
        @match row.suitable {
            Some(share) => {
                @let class = if share >= 0.8 { "good" } else if share >= 0.4 { "fair" } else { "bad" };
                span.tag.(class) { (percent(share, words)) }
            },
            None => { (words.text("page-unmeasured")) },
        }
        span.two {
            (homes) @if let Some(level) = row.rsrp_dbm { ", " (dbm(level, words)) }
        }
    }
}

/// The best at everybody's homes of a commune, where there are enough of them.
fn around(all: Option<&Vec<CarrierStanding>>, words: &Catalogue) -> Markup {
    let Some(best) = all.and_then(|rows| rows.first()) else {
        return html! { (words.text("page-too_few")) };
    };
    let homes = words.text_of("page-homes", [("count", best.homes)]);
    html! {
        // The comma is for whoever hears it: a cell must not begin as a heading does.
        (words.carrier(&best.carrier)) ","
        span.two {
            @if let Some(share) = best.suitable { (percent(share, words)) ", " } (homes)
        }
    }
}

fn months(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    html! {
        @if !facts.months.is_empty() {
            h2 { (words.text("page-trend")) }
            p { (words.text("page-trend-about")) }
            (trend(facts, words))
        }
    }
}

/// All of them.
fn homes(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let shape = [
        ("home", false),
        ("town", false),
        ("in_use", false),
        ("verdict", false),
        ("down_low", true),
        ("last", false),
    ];
    let rows: Vec<Vec<Markup>> = facts
        .homes
        .iter()
        .map(|row| {
            let measured = row.last_measured().and_then(|survey| survey.in_use());
            let used = row.last().and_then(|survey| survey.in_use()).or(measured);
            let low = measured.and_then(|seen| seen.down_low_bps);
            vec![
                home(&row.site),
                html! { (clean(facts.town(&row.commune))) },
                known(used.map(|seen| words.carrier(&seen.carrier)), words),
                verdict(measured.and_then(|seen| seen.verdict), words),
                known(low.map(|low| words.rate(low)), words),
                known(row.last().map(|survey| day(survey.day, words)), words),
            ]
        })
        .collect();
    let facts = vec![
        (
            words.text("page-field-homes"),
            html! { (facts.homes.len()) },
        ),
        (
            words.text("page-field-communes"),
            html! { (facts.homes_by_town().len()) },
        ),
    ];
    html! {
        h2 { (words.text("page-all")) }
        (fields(&facts))
        @if !rows.is_empty() { (table(&columns(&shape, words), &rows)) }
    }
}
