//! The page of a measurement: the links side by side, then the reasons of each.

use super::{Sheet, View, headline, reasons};
use crate::document::{Direction, LinkRow, Measure, RequirementRow, Voice};
use crate::domain::measured::{Clearance, Reachability};
use crate::i18n::Catalogue;
use crate::report::chart;
use crate::report::layout::{TableCell, TableColumn, Tone};
use crate::report::word::code;

impl View for Measure {
    fn is_bare(&self) -> bool {
        self.links.iter().all(|link| link.error.is_some()) && self.links.len() < 2
    }

    fn draw(&self, at: &str, sheet: &mut Sheet<'_>) {
        sheet.page.title(&self.title(sheet.words));
        let server = self.server.clone().into_iter();
        let line: Vec<String> = server.chain([sheet.words.moment(at)]).collect();
        sheet.page.source(&line.join(" · "));
        need(self.requirement.as_ref(), sheet);
        sheet.page.chart(chart::of_links(self, sheet.words));
        sheet.page.gap();
        table(&self.links, sheet);
        sheet.page.gap();
        for link in &self.links {
            sheet.page.lead(&headline::link(link, sheet.words));
            if let Some(sentence) = headline::not_reached(link, sheet.words) {
                sheet.page.lead(&sentence);
            }
        }
        sheet.page.gap();
        sheet.page.heading(&sheet.word("scan-why"));
        for link in &self.links {
            sheet.page.subject("", &link.interface);
            let error = link.error.iter().map(|error| &error.message);
            let why = reasons(&link.why, sheet.words);
            for line in why.iter().chain(error) {
                sheet.page.item(1, line, Tone::Plain);
            }
        }
        reached(&self.links, sheet);
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("measure-title")
    }
}

/// What a teleworker needs to reach, link by link.
fn reached(links: &[LinkRow], sheet: &mut Sheet<'_>) {
    if links.iter().all(|link| link.checks.is_empty()) {
        return;
    }
    sheet.page.gap();
    sheet.page.heading(&sheet.word("measure-reached"));
    for link in links.iter().filter(|link| !link.checks.is_empty()) {
        sheet.page.subject("", &link.interface);
        for check in &link.checks {
            let latency = check.latency_ms.map(|ms| sheet.words.number(ms.round()));
            let latency = latency.map(|ms| sheet.say("measure-latency", [("ms", ms)]));
            let outcome = sheet.words.family("reachability", &code(&check.outcome));
            let line: Vec<String> = [Some(check.target.clone()), Some(outcome), latency]
                .into_iter()
                .flatten()
                .collect();
            let tone = match check.outcome.known() {
                Some(Reachability::Reached) => Tone::Good,
                Some(Reachability::NotReached) => Tone::Bad,
                _ => Tone::Fair,
            };
            sheet.page.item(1, &line.join(" · "), tone);
            let found = check.found.iter().chain(&check.warnings);
            let error = check.error.iter().map(|error| &error.message);
            for line in found.map(|note| &note.message).chain(error) {
                sheet.page.item(2, line, Tone::Plain);
            }
        }
    }
}

/// What the day needs.
pub(super) fn need(need: Option<&RequirementRow>, sheet: &mut Sheet<'_>) {
    if let Some(need) = need {
        sheet.page.paragraph(&need_line(need, sheet.words));
    }
}

/// The same in a line.
fn need_line(need: &RequirementRow, words: &Catalogue) -> String {
    words.text_of(
        "scan-need",
        [
            ("down", words.rate(need.down_bps)),
            ("up", words.rate(need.up_bps)),
            ("mos", words.decimal(need.voice_mos)),
        ],
    )
}

fn table(links: &[LinkRow], sheet: &mut Sheet<'_>) {
    let columns = [
        TableColumn::left(sheet.word("measure-col_link")).title(),
        TableColumn::left(sheet.word("scan-col_verdict")),
        TableColumn::right(sheet.word("scan-col_down")),
        TableColumn::right(sheet.word("scan-col_up")),
        TableColumn::right(sheet.word("scan-col_voice")),
        TableColumn::right(sheet.word("measure-col_rtt")),
        TableColumn::right(sheet.word("scan-col_data")),
        TableColumn::right(sheet.word("measure-col_seconds")),
    ];
    let rows: Vec<Vec<TableCell>> = links.iter().map(|link| row(link, sheet)).collect();
    sheet.page.table(&columns, rows);
}

fn row(link: &LinkRow, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let words = sheet.words;
    let throughput = link.throughput.as_ref();
    let trip = link.voice.as_ref().and_then(|v| v.rtt_ms);
    let trip = trip.or(link.round_trip_ms);
    vec![
        TableCell::toned(link.interface.clone(), Tone::Strong),
        sheet.verdict(link.verdict),
        goodput(throughput.and_then(|t| t.down.as_ref()), words),
        goodput(throughput.and_then(|t| t.up.as_ref()), words),
        voice(link.voice.as_ref(), words),
        TableCell::known(trip.map(|ms| words.number(ms.round()))),
        data(link.cost.map(|cost| cost.bytes), words),
        TableCell::known(link.cost.map(|cost| words.number(cost.seconds))),
    ]
}

/// A goodput as the reasons say it too. Where no more was asked for once it sufficed, it is at least what was seen.
fn goodput_text(way: &Direction, words: &Catalogue) -> Option<String> {
    let seen = way.low_bps.or(way.estimate_bps)?;
    if way.high_bps.is_none() && way.verdict == Clearance::Meets {
        return Some(format!("≥\u{a0}{}", words.rate(seen)));
    }
    way.estimate_bps.map(|estimate| words.rate(estimate))
}

pub(super) fn goodput(way: Option<&Direction>, words: &Catalogue) -> TableCell {
    let text = way.and_then(|way| goodput_text(way, words));
    goodput_cell(way, text)
}

fn goodput_cell(way: Option<&Direction>, text: Option<String>) -> TableCell {
    let tone = match way.and_then(|way| way.verdict.known()) {
        Some(Clearance::Meets) => Tone::Good,
        Some(Clearance::Below) => Tone::Bad,
        _ => Tone::Fair,
    };
    text.map_or_else(
        || TableCell::known::<String>(None),
        |text| TableCell::toned(text, tone),
    )
}

/// A column of goodputs, and the unit where all share one: it then stands in the heading, once.
pub(super) fn goodputs(
    ways: &[Option<&Direction>],
    words: &Catalogue,
) -> (Option<String>, Vec<TableCell>) {
    let texts: Vec<Option<String>> = ways
        .iter()
        .map(|way| way.and_then(|way| goodput_text(way, words)))
        .collect();
    let apart = |text: &String| {
        let (number, unit) = text.rsplit_once(char::is_whitespace)?;
        Some((number.to_owned(), unit.to_owned()))
    };
    let mut units: Vec<Option<String>> = texts
        .iter()
        .flatten()
        .map(|text| apart(text).map(|(_, unit)| unit))
        .collect();
    units.dedup();
    let shared = match units.as_slice() {
        [unit] => unit.clone(),
        _ => None,
    };
    let cells = ways.iter().zip(texts).map(|(way, text)| {
        let number = |text: String| match (&shared, apart(&text)) {
            (Some(_), Some((number, _))) => number,
            _ => text,
        };
        goodput_cell(*way, text.map(number))
    });
    let cells = cells.collect();
    (shared, cells)
}

pub(super) fn voice(call: Option<&Voice>, words: &Catalogue) -> TableCell {
    TableCell::known(call.and_then(|call| mos_text(call, words)))
}

/// An opinion score; one that a longer call may not keep is the most that can be said.
pub(in crate::report) fn mos_text(call: &Voice, words: &Catalogue) -> Option<String> {
    let mos = words.decimal(call.mos?);
    Some(if call.at_best == Some(true) {
        format!("≤\u{a0}{mos}")
    } else {
        mos
    })
}

pub(super) fn data(bytes: Option<u64>, words: &Catalogue) -> TableCell {
    TableCell::known(bytes.map(|bytes| words.bytes(bytes)))
}
