//! The page of a check-up: what it comes down to, what is to be fixed and watched with what to do, then the rest.

use super::{Sheet, View, code, home};
use crate::document::{CheckedRow, Doctor};
use crate::domain::doctor::CheckOutcome;
use crate::i18n::Catalogue;
use crate::report::layout::{TableCell, Tone};

impl View for Doctor {
    fn is_bare(&self) -> bool {
        self.checks.is_empty() && self.warnings.is_empty() && self.home.is_none()
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        let of = |outcome: CheckOutcome| -> Vec<&CheckedRow> {
            let rows = self.checks.iter();
            rows.filter(|row| row.outcome == outcome).collect()
        };
        if !self.checks.is_empty() {
            let lead = lead(&of, sheet);
            sheet.page.lead(&lead);
        }
        if let Some(home) = &self.home {
            home::draw(home, sheet);
        }
        told(&of(CheckOutcome::Fail), "doctor-heading_fail", sheet);
        told(&of(CheckOutcome::Warn), "doctor-heading_warn", sheet);
        well(&of(CheckOutcome::Pass), sheet);
        skipped(&of(CheckOutcome::Skipped), sheet);
        let bytes = self.cost.map_or(0, |cost| cost.bytes);
        if bytes > 0 {
            let bytes = sheet.words.bytes(bytes);
            let line = sheet.say("doctor-cost", [("bytes", bytes)]);
            sheet.page.gap();
            sheet.page.paragraph(&line);
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("doctor-title")
    }
}

/// The sentence that it all comes down to.
fn lead<'a>(of: &dyn Fn(CheckOutcome) -> Vec<&'a CheckedRow>, sheet: &Sheet<'_>) -> String {
    let count = |outcome| of(outcome).len();
    let counted = |key: &str, n: usize| sheet.words.text_of(key, [("n", n)]);
    match (count(CheckOutcome::Fail), count(CheckOutcome::Warn)) {
        (0, 0) if count(CheckOutcome::Pass) == 0 => sheet.word("doctor-nothing"),
        (0, 0) => sheet.word("doctor-all_well"),
        (0, watched) => counted("doctor-to_watch", watched),
        (failed, _) => counted("doctor-to_fix", failed),
    }
}

/// Each check with its cause, and what to do: one under the other, since a command is as wide as a narrow page.
fn told(rows: &[&CheckedRow], heading: &str, sheet: &mut Sheet<'_>) {
    if rows.is_empty() {
        return;
    }
    let heading = sheet.word(heading);
    sheet.page.gap();
    sheet.page.heading(&heading);
    for row in rows {
        let label = sheet.words.family("doctor-check", &code(&row.id));
        sheet.page.subject("", &label);
        sheet.page.item(1, &row.message, Tone::Plain);
        if let Some(hint) = &row.hint {
            let hint = sheet.say("doctor-hint", [("hint", hint.clone())]);
            sheet.page.item(1, &hint, Tone::Plain);
        }
    }
}

/// What is as it should be, a line each.
fn well(rows: &[&CheckedRow], sheet: &mut Sheet<'_>) {
    if rows.is_empty() {
        return;
    }
    let heading = sheet.word("doctor-heading_pass");
    sheet.page.gap();
    sheet.page.heading(&heading);
    let fields: Vec<(String, Vec<TableCell>)> = rows
        .iter()
        .map(|row| {
            let label = sheet.words.family("doctor-check", &code(&row.id));
            (label, vec![TableCell::from(row.message.clone())])
        })
        .collect();
    sheet.page.fields(&fields);
}

/// What was not looked at, together where the reason is the same.
fn skipped(rows: &[&CheckedRow], sheet: &mut Sheet<'_>) {
    if rows.is_empty() {
        return;
    }
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for row in rows {
        let label = sheet.words.family("doctor-check", &code(&row.id));
        match reasons
            .iter_mut()
            .find(|(reason, _)| *reason == row.message)
        {
            Some((_, labels)) => labels.push(label),
            None => reasons.push((&row.message, vec![label])),
        }
    }
    let heading = sheet.word("doctor-heading_skipped");
    sheet.page.gap();
    sheet.page.heading(&heading);
    for (reason, labels) in reasons {
        let checks = sheet.words.list(&labels);
        let values = [("checks", checks), ("reason", reason.to_owned())];
        let line = sheet.say("doctor-skipped", values);
        sheet.page.item(0, &line, Tone::Plain);
    }
}
