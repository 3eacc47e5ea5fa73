//! An answer as a page for a terminal: what was asked, the rows as a table, and what has to be known of them.

use opensim::i18n::{Catalogue, Lang, ascii, clean};
use opensim::report::Style;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::FleetAnswer;
use crate::questions::{Heading, Shows};

/// Stands for what is unknown.
const UNKNOWN: &str = "–";
const GAP: usize = 2;

/// A column as it is drawn.
struct Drawn {
    heading: String,
    is_right: bool,
    is_extra: bool,
    cells: Vec<String>,
    width: usize,
}

impl FleetAnswer {
    /// As a page.
    pub fn page(&self, words: &Catalogue, style: Style) -> String {
        let mut out = String::new();
        if let Some(name) = &self.question {
            let title = words.text(&format!("question-{name}"));
            out += &strong(&wrapped(&title, style.width), style);
            out += &dim(&wrapped(&self.window(words), style.width), style);
            out.push('\n');
        }
        if self.rows.is_empty() {
            out += &wrapped(&words.text("answer-none"), style.width);
        } else {
            out += &self.table(words, style);
        }
        let notes = self.notes(words);
        if !notes.is_empty() {
            out.push('\n');
        }
        for note in notes {
            out += &wrapped(&note, style.width);
        }
        if style.ascii {
            out.lines().map(|line| ascii(line) + "\n").collect()
        } else {
            out
        }
    }

    fn window(&self, words: &Catalogue) -> String {
        let told = |day: &Option<String>| {
            day.as_deref()
                .map_or_else(String::new, |day| day_of(day, words))
        };
        let last = self.until.as_deref().and_then(|until| {
            let until: jiff::civil::Date = until.parse().ok()?;
            Some(until.yesterday().unwrap_or(until).to_string())
        });
        let values = [("from", told(&self.since)), ("to", told(&last))];
        let mut line = words.text_of("answer-window", values);
        for (key, value) in [("place", &self.place), ("partner", &self.partner)] {
            if let Some(value) = value {
                let said = words.text_of(&format!("answer-{key}"), [("name", clean(value))]);
                line = format!("{line} {said}");
            }
        }
        line
    }

    /// What has to be known of the rows.
    fn notes(&self, words: &Catalogue) -> Vec<String> {
        let mut notes = Vec::new();
        let is_grouped = matches!(self.question.as_deref(), Some("place" | "cells" | "trend"));
        if is_grouped && self.min_sites > 1 {
            let count = self.min_sites.to_string();
            notes.push(words.text_of("answer-small", [("count", count)]));
        }
        if !self.torn.is_empty() {
            let files = self.torn.join(", ");
            notes.push(words.text_of("answer-torn", [("files", files)]));
        }
        if self.truncated {
            let count = self.rows.len().to_string();
            notes.push(words.text_of("answer-truncated", [("count", count)]));
        }
        notes
    }

    fn table(&self, words: &Catalogue, style: Style) -> String {
        let mut columns = self.drawn(words);
        let total = |columns: &[Drawn]| {
            columns.iter().map(|column| column.width).sum::<usize>()
                + GAP * columns.len().saturating_sub(1)
        };
        while total(&columns) > style.width {
            let Some(last) = columns.iter().rposition(|column| column.is_extra) else {
                break;
            };
            columns.remove(last);
        }
        if style.in_order || total(&columns) > style.width {
            return self.list(words);
        }
        let mut out = String::new();
        let height = columns
            .iter()
            .map(|column| column.heading.lines().count())
            .max();
        for at in 0..height.unwrap_or_default() {
            let cells = columns
                .iter()
                .map(|c| c.heading.lines().nth(at).unwrap_or_default());
            out += &dim(&line(&columns, cells), style);
        }
        for at in 0..self.rows.len() {
            out += &line(
                &columns,
                columns.iter().map(|column| column.cells[at].as_str()),
            );
        }
        out
    }

    /// Each row as a list, where there is no room beside one another.
    fn list(&self, words: &Catalogue) -> String {
        let columns = self.drawn(words);
        let mut out = String::new();
        for at in 0..self.rows.len() {
            for column in &columns {
                let heading = column.heading.replace('\n', " ");
                out += &heading;
                out.push(' ');
                out += &column.cells[at];
                out.push('\n');
            }
            out.push('\n');
        }
        out
    }

    fn drawn(&self, words: &Catalogue) -> Vec<Drawn> {
        let known = self.headings();
        let column = |(at, name): (usize, &String)| {
            let known = known.and_then(|known| known.get(at));
            let values = || {
                self.rows
                    .iter()
                    .map(move |row| row.get(at).unwrap_or(&Value::Null))
            };
            let cells: Vec<String> = values().map(|value| shown(value, known, words)).collect();
            let heading = match known {
                Some(known) => words.text(&format!("column-{}", known.name)),
                None => clean(name),
            };
            let lines = heading.lines().chain(cells.iter().map(String::as_str));
            Drawn {
                width: lines.map(UnicodeWidthStr::width).max().unwrap_or_default(),
                is_right: match known {
                    Some(known) => is_number(known.shows),
                    None => values().any(Value::is_number),
                },
                is_extra: known.is_some_and(|known| known.is_extra),
                heading,
                cells,
            }
        };
        self.columns.iter().enumerate().map(column).collect()
    }
}

fn is_number(shows: Shows) -> bool {
    use Shows::{Carrier, Day, Flag, Moment, Text, Word};
    !matches!(shows, Text | Carrier | Word(_) | Day | Moment | Flag)
}

fn line<'a>(columns: &[Drawn], cells: impl Iterator<Item = &'a str>) -> String {
    let cells = columns.iter().zip(cells).map(|(column, cell)| {
        let pad = " ".repeat(column.width.saturating_sub(cell.width()));
        if column.is_right {
            pad + cell
        } else {
            cell.to_owned() + &pad
        }
    });
    let line = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
    format!("{}\n", line.trim_end())
}

/// A value as a person reads it.
fn shown(value: &Value, heading: Option<&Heading>, words: &Catalogue) -> String {
    let plain = || match value {
        Value::Null => UNKNOWN.to_owned(),
        Value::String(text) => clean(text),
        other => other.to_string(),
    };
    let Some(heading) = heading else {
        return plain();
    };
    let number = value.as_f64();
    let told = match heading.shows {
        Shows::Text | Shows::Count | Shows::Number => None,
        Shows::Carrier => value.as_str().map(|id| carrier(id, words)),
        Shows::Word(family) => value.as_str().and_then(|word| {
            let key = format!("{family}-{word}");
            words.has(&key).then(|| words.text(&key))
        }),
        Shows::Level => number.map(|level| words.decimal(level)),
        Shows::Rate => number.map(|rate| words.rate(bits(rate))),
        Shows::Share => number.map(|share| {
            let percent = words.number((share * 100.0).round());
            words.text_of("answer-percent", [("n", percent)])
        }),
        Shows::Day => value.as_str().map(|day| day_of(day, words)),
        Shows::Moment => value.as_str().map(|at| words.moment(at)),
        Shows::Flag => value
            .as_bool()
            .map(|flag| words.text(if flag { "answer-yes" } else { "answer-no" })),
    };
    told.unwrap_or_else(plain)
}

fn bits(rate: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float outside u64 saturates, and a rate is not negative"
    )]
    let bits = rate.round() as u64;
    bits
}

/// A day as the language writes it.
fn day_of(day: &str, words: &Catalogue) -> String {
    let Ok(parsed) = day.parse::<jiff::civil::Date>() else {
        return clean(day);
    };
    match words.lang() {
        Lang::Fr => parsed.strftime("%d/%m/%Y").to_string(),
        Lang::En => parsed.to_string(),
    }
}

fn carrier(id: &str, words: &Catalogue) -> String {
    let found = words.carriers().find(|carrier| carrier.id.as_str() == id);
    found.map_or_else(|| clean(id), |carrier| carrier.name.clone())
}

fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            out += &line;
            out.push('\n');
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    out + &line + "\n"
}

fn strong(text: &str, style: Style) -> String {
    painted(text, "1", style)
}

fn dim(text: &str, style: Style) -> String {
    painted(text, "2", style)
}

fn painted(text: &str, code: &str, style: Style) -> String {
    if !style.color {
        return text.to_owned();
    }
    let paint = |line: &str| format!("\u{1b}[{code}m{line}\u{1b}[0m\n");
    text.lines().map(paint).collect()
}
