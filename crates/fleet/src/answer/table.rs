//! An answer as a page for a terminal: what was asked, the rows as a table, and what has to be known of them.

use opensim::i18n::{Catalogue, Lang, clean};
use opensim::report::Style;
use opensim::report::layout::{Page, TableCell, TableColumn, Tone, UNKNOWN};
use opensim_domain::document::FleetAnswer;
use serde_json::Value;

use super::headings;
use crate::questions::{Heading, Shows};

/// An answer as a page.
pub fn page(answer: &FleetAnswer, words: &Catalogue, style: Style) -> String {
    let mut page = Page::new(style);
    if let Some(name) = &answer.question {
        page.heading(&words.text(&format!("question-{name}")));
        page.hanging("", &window(answer, words), Tone::Dim);
        page.gap();
    }
    let mut hidden = Vec::new();
    if answer.rows.is_empty() {
        page.paragraph(&words.text("answer-none"));
    } else {
        hidden = table(&mut page, answer, words);
    }
    page.gap();
    if !hidden.is_empty() {
        let columns = words.list(&hidden);
        page.paragraph(&words.text_of("answer-hidden", [("columns", columns)]));
    }
    for note in notes(answer, words) {
        page.paragraph(&note);
    }
    page.finish().trim_end().to_owned() + "\n"
}

fn window(answer: &FleetAnswer, words: &Catalogue) -> String {
    let told = |day: &Option<String>| {
        day.as_deref()
            .map_or_else(String::new, |day| day_of(day, words))
    };
    let last = answer.until.as_deref().and_then(|until| {
        let until: jiff::civil::Date = until.parse().ok()?;
        Some(until.yesterday().unwrap_or(until).to_string())
    });
    let values = [("from", told(&answer.since)), ("to", told(&last))];
    let mut line = words.text_of("answer-window", values);
    for (key, value) in [("place", &answer.place), ("partner", &answer.partner)] {
        if let Some(value) = value {
            let said = words.text_of(&format!("answer-{key}"), [("name", clean(value))]);
            line = format!("{line} {said}");
        }
    }
    line
}

/// What has to be known of the rows.
fn notes(answer: &FleetAnswer, words: &Catalogue) -> Vec<String> {
    let mut notes = Vec::new();
    if answer.question.is_some()
        && !answer.rows.is_empty()
        && answer.columns.iter().any(|name| name == "site")
    {
        notes.push(words.text("answer-sites"));
    }
    let is_grouped = matches!(
        answer.question.as_deref(),
        Some("place" | "cells" | "trend")
    );
    if is_grouped && answer.min_sites > 1 {
        let count = answer.min_sites.to_string();
        notes.push(words.text_of("answer-small", [("count", count)]));
    }
    if !answer.torn.is_empty() {
        let files = answer.torn.join(", ");
        notes.push(words.text_of("answer-torn", [("files", files)]));
    }
    if answer.truncated {
        let count = answer.rows.len().to_string();
        notes.push(words.text_of("answer-truncated", [("count", count)]));
    }
    notes
}

/// The rows; on a page that has no room for all columns the last of those that are extra give way. Which did.
fn table(page: &mut Page, answer: &FleetAnswer, words: &Catalogue) -> Vec<String> {
    let known = headings(answer);
    let mut columns = Vec::new();
    let mut cells: Vec<Vec<TableCell>> = vec![Vec::new(); answer.rows.len()];
    for (at, name) in answer.columns.iter().enumerate() {
        let known = known.and_then(|known| known.get(at));
        let values = || {
            answer
                .rows
                .iter()
                .map(move |row| row.get(at).unwrap_or(&Value::Null))
        };
        let heading = match known {
            Some(known) => words.text(&format!("column-{}", known.name)),
            None => clean(name),
        };
        let is_right = match known {
            Some(known) => is_number(known.shows),
            None => values().any(Value::is_number),
        };
        let column = if is_right {
            TableColumn::right(heading)
        } else {
            TableColumn::left(heading)
        };
        let column = if at == 0 { column.title() } else { column };
        columns.push(if known.is_some_and(|known| known.is_extra) {
            column.extra()
        } else {
            column
        });
        for (row, value) in cells.iter_mut().zip(values()) {
            row.push(shown(value, known, words).into());
        }
    }
    let mut hidden = Vec::new();
    while !page.has_room(&columns, &cells) {
        let Some(last) = columns.iter().rposition(|column| column.is_extra) else {
            break;
        };
        hidden.insert(0, columns.remove(last).name());
        for row in &mut cells {
            row.remove(last);
        }
    }
    page.table(&columns, &cells);
    hidden
}

fn is_number(shows: Shows) -> bool {
    use Shows::{Carrier, Day, Flag, Moment, Text, Word};
    !matches!(shows, Text | Carrier | Word(_) | Day | Moment | Flag)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::words;

    #[test]
    fn columns_that_have_no_room_are_named_and_a_number_of_rows_is_told_as_one() {
        let question = crate::questions::Question::named("below").expect("a question");
        let columns: Vec<String> = question
            .columns
            .iter()
            .map(|column| column.name.to_owned())
            .collect();
        let mut row = vec![Value::Null; columns.len()];
        row[0] = json!("f23105c05381c30f");
        let answer = FleetAnswer {
            question: Some("below".to_owned()),
            columns,
            rows: vec![row],
            ..FleetAnswer::default()
        };
        let words = words::catalogue(Lang::En);
        let told = |width| {
            let style = Style {
                width,
                ..Style::default()
            };
            page(&answer, &words, style)
        };
        assert!(told(60).contains("No room here for:"), "{}", told(60));
        assert!(!told(200).contains("No room here for:"), "{}", told(200));
        assert!(told(200).contains("sites --find"), "{}", told(200));
    }
}
