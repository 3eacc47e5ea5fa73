//! The page of what was sent to the operator's collector, or would be.

use super::{Sheet, View, code};
use crate::document::{SendOutcome, Sending, SentRow, Values};
use crate::i18n::Catalogue;
use crate::report::layout::{TableCell, TableColumn, Tone};

impl View for Sending {
    fn is_bare(&self) -> bool {
        self.documents.is_empty() && self.warnings.is_empty()
    }

    fn tells_of_an_interruption(&self) -> bool {
        true
    }

    fn draw(&self, at: &str, sheet: &mut Sheet<'_>) {
        sheet.page.title(&self.title(sheet.words));
        sheet.page.source(&sheet.words.moment(at));
        sheet.page.lead(&summary(self, sheet));
        if self.dry_run && !self.documents.is_empty() {
            sheet.page.paragraph(&sheet.word("send-holds"));
            sheet.page.paragraph(&sheet.word("send-holds_not"));
        }
        if !self.documents.is_empty() {
            sheet.page.gap();
            table(&self.documents, sheet);
        }
        for row in &self.documents {
            let error = row.error.as_ref().map(|error| error.message.clone());
            if let Some(reason) = error.or_else(|| row.reason.clone()) {
                let said = sheet.say(
                    "send-reason",
                    [("file", row.file.clone()), ("reason", reason)],
                );
                sheet.page.item(0, &said, Tone::Plain);
            }
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("send-title")
    }
}

fn summary(sending: &Sending, sheet: &Sheet<'_>) -> String {
    let collector = sending.collector.clone().unwrap_or_else(|| "?".to_owned());
    let to = [("collector", collector)];
    let count = |outcome: SendOutcome| {
        let of = sending
            .documents
            .iter()
            .filter(|row| row.outcome == outcome);
        of.count().to_string()
    };
    match (sending.documents.is_empty(), sending.dry_run) {
        (true, _) => sheet.say("send-nothing", to),
        (false, true) => {
            let [(name, to)] = to;
            let values = Values::from([
                (name.to_owned(), to.into()),
                ("count".to_owned(), sending.documents.len().into()),
            ]);
            sheet.words.text_with("send-would", &values)
        }
        (false, false) => {
            let [to] = to;
            let sent = ("sent", count(SendOutcome::Sent));
            let refused = ("refused", count(SendOutcome::Refused));
            sheet.say(
                "send-done",
                [to, sent, refused, ("left", count(SendOutcome::Left))],
            )
        }
    }
}

fn table(rows: &[SentRow], sheet: &mut Sheet<'_>) {
    let columns = [
        TableColumn::left(sheet.word("history-col_when")).title(),
        TableColumn::left(sheet.word("history-col_what")),
        TableColumn::right(sheet.word("send-col_size")),
        TableColumn::left(sheet.word("history-col_result")),
    ];
    let rows = rows.iter().map(|row| {
        let kind = row
            .kind
            .as_ref()
            .map(|kind| sheet.words.family("kind", &kind.to_string()));
        let tone = match row.outcome.known() {
            Some(SendOutcome::Sent) => Tone::Good,
            Some(SendOutcome::Refused) => Tone::Bad,
            Some(SendOutcome::Left) => Tone::Fair,
            Some(SendOutcome::Waiting) | None => Tone::Plain,
        };
        let outcome = sheet.words.family("sending", &code(&row.outcome));
        vec![
            TableCell::toned(
                row.at
                    .as_ref()
                    .map_or_else(|| row.file.clone(), |at| sheet.words.moment(at)),
                Tone::Strong,
            ),
            TableCell::known(kind),
            sheet.words.bytes(row.bytes).into(),
            TableCell::toned(outcome, tone),
        ]
    });
    let rows = rows.collect();
    sheet.page.table(&columns, rows);
}
