//! A document as a person reads it in a terminal, or saves it.

mod doctor;
mod headline;
mod history;
mod home;
mod measure;
mod monitor;
mod scan;
mod send;
mod small;
mod status;
mod switch;

use super::Style;
use super::layout::{Page, TableCell, Tone};
use super::outline::{Block, Outline};
use super::word::code;
use crate::document::{Body, Document, Fault, Note};
use crate::domain::codes::Code;
use crate::domain::radio::Quality;
use crate::domain::verdict::Verdict;
use crate::i18n::Catalogue;

pub use monitor::{moved_line, reading_lines, surveyed_line};
pub use status::modem_name;

/// A body that has a page.
pub trait View: Body {
    /// Whether an error beside it tells all there is.
    #[doc(hidden)]
    fn is_bare(&self) -> bool;

    /// Whether it tells what became of the modem where the error only says that the person stopped it.
    #[doc(hidden)]
    fn tells_of_an_interruption(&self) -> bool {
        false
    }

    /// Draws it; `at` is the document's date.
    #[doc(hidden)]
    fn draw(&self, at: &str, page: &mut Sheet<'_>);

    /// What it is, in a few words.
    #[doc(hidden)]
    fn title(&self, words: &Catalogue) -> String;
}

/// The page of a document, without its error ([`fault`] tells that one); nothing where the error tells all.
pub(super) fn text<B: View>(doc: &Document<B>, words: &Catalogue, style: Style) -> String {
    let mut page = Page::new(style);
    for block in outline(doc, words) {
        lay_out(&block, &mut page);
    }
    page.finish()
}

/// What a document says, without its error.
pub(super) fn outline<B: View>(doc: &Document<B>, words: &Catalogue) -> Vec<Block> {
    let mut sheet = Sheet {
        page: Outline::default(),
        words,
    };
    let is_told = |error: &Fault| {
        let stopped = error.code == Code::INTERRUPTED;
        doc.body.is_bare() && !(stopped && doc.body.tells_of_an_interruption())
    };
    if !doc.error.as_ref().is_some_and(is_told) {
        doc.body.draw(&doc.at, &mut sheet);
    }
    sheet.page.finish()
}

fn lay_out(block: &Block, page: &mut Page) {
    match block {
        Block::Title(text) | Block::Heading(text) => page.heading(text),
        Block::Source(text) | Block::Lead(text) | Block::Paragraph(text) => page.paragraph(text),
        Block::Subject(mark, text) if mark.is_empty() => page.hanging("", text, Tone::Strong),
        Block::Subject(mark, text) => page.hanging(&format!("{mark:<4}"), text, Tone::Strong),
        Block::Item(item) => {
            let indent = if item.depth == 0 { 2 } else { item.depth * 4 };
            page.hanging(&" ".repeat(indent), &item.text, item.tone);
        }
        Block::Warning(text) => {
            page.gap();
            page.hanging("! ", text, Tone::Plain);
        }
        Block::Fields(fields) => page.fields(fields),
        Block::Table(table) => {
            let (columns, rows) = table.narrow();
            page.table(&columns, &rows);
        }
        Block::Chart(_) | Block::Timeline(_) => {}
        Block::Verbatim(text) => page.verbatim(text),
        Block::Gap => page.gap(),
    }
}

/// What went wrong, and what to do: for stderr, and under the page of a saved document.
pub fn fault(fault: &Fault, words: &Catalogue, style: Style) -> String {
    let mut page = Page::new(style);
    page.labelled(&words.text("say-error"), &fault.message);
    if let Some(hint) = &fault.hint {
        page.labelled(&words.text("say-hint"), hint);
    }
    page.finish()
}

/// A sentence by itself: a remark while a command runs, or a question.
pub fn notice(text: &str, style: Style) -> String {
    let mut page = Page::new(style);
    page.paragraph(text);
    page.finish()
}

/// A page with the words it is written in.
#[derive(Debug)]
pub struct Sheet<'w> {
    page: Outline,
    words: &'w Catalogue,
}

impl Sheet<'_> {
    fn word(&self, key: &str) -> String {
        self.words.text(key)
    }

    fn say<const N: usize>(&self, key: &str, values: [(&str, String); N]) -> String {
        self.words.text_of(key, values)
    }

    fn warnings(&mut self, notes: &[Note]) {
        for note in notes {
            self.page.warning(&note.message);
        }
    }

    fn quality(&self, quality: Option<Quality>) -> TableCell {
        let Some(quality) = quality else {
            return TableCell::known::<String>(None);
        };
        let tone = match quality {
            Quality::Excellent | Quality::Good => Tone::Good,
            Quality::Fair => Tone::Fair,
            Quality::Poor | Quality::Unusable => Tone::Bad,
        };
        TableCell::toned(self.words.family("quality", &code(&quality)), tone)
    }

    fn verdict(&self, verdict: Verdict) -> TableCell {
        let tone = match verdict {
            Verdict::Suitable => Tone::Good,
            Verdict::Uncertain => Tone::Fair,
            Verdict::NotMeasured => Tone::Plain,
            Verdict::Unsuitable | Verdict::Unavailable => Tone::Bad,
        };
        TableCell::toned(self.words.family("verdict", &code(&verdict)), tone)
    }
}

/// The reasons of a verdict, a sentence each; what was not measured for one and the same reason is one sentence.
pub(super) fn reasons(why: &[Note], words: &Catalogue) -> Vec<String> {
    let skipped = |note: &Note| note.code == Code::MEASURE_SKIPPED;
    let part = |note: &Note| {
        let part = note.values.get("part").and_then(|part| part.as_str());
        words.family("part", part.unwrap_or_default())
    };
    let parts: Vec<String> = why.iter().filter(|note| skipped(note)).map(part).collect();
    let mut lines = Vec::new();
    let mut is_told = false;
    for note in why {
        if !skipped(note) || parts.len() < 2 {
            lines.push(note.message.clone());
        } else if !is_told {
            is_told = true;
            lines.push(words.text_of("report-skipped", [("parts", words.list(&parts))]));
        }
    }
    lines
}
