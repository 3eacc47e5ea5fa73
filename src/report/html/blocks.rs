//! The blocks of a document as HTML, in reading order.

use maud::{Markup, html};

use super::chart::chart;
use super::timeline::timeline;
use super::tone::class;
use crate::i18n::{Catalogue, clean};
use crate::report::layout::{TableCell, Tone, UNKNOWN};
use crate::report::outline::{Block, Item, Table};

/// All blocks but those that the head of the page has.
pub(super) fn body(blocks: &[Block], words: &Catalogue) -> Markup {
    html! {
        @for run in blocks.chunk_by(together) {
            @match run {
                [Block::Item(_), ..] => (list(run)),
                [Block::Verbatim(_), ..] => (verbatim(run)),
                run => { @for block in run { (single(block, words)) } },
            }
        }
    }
}

/// Whether both are lines of one list or of one answer.
fn together(one: &Block, next: &Block) -> bool {
    matches!(
        (one, next),
        (Block::Item(_), Block::Item(_)) | (Block::Verbatim(_), Block::Verbatim(_))
    )
}

fn single(block: &Block, words: &Catalogue) -> Markup {
    match block {
        Block::Heading(text) => html! { h2 { (prose(text)) } },
        Block::Subject(mark, text) => html! {
            h3 { @if !mark.is_empty() { span.mark { (clean(mark)) } " " } (clean(text)) }
        },
        Block::Paragraph(text) => html! { p { (prose(text)) } },
        Block::Warning(text) => html! { p.warning { (prose(text)) } },
        Block::Fields(fields) => html! {
            dl { @for (label, lines) in fields {
                div {
                    dt { (clean(label)) }
                    @for line in lines { dd { (toned(line)) } }
                }
            } }
        },
        Block::Table(shown) => table(shown, words),
        Block::Chart(shown) => chart(shown),
        Block::Timeline(shown) => timeline(shown),
        // The head has these.
        Block::Title(_) | Block::Source(_) | Block::Lead(_) | Block::Gap => html! {},
        // Those come in runs.
        Block::Item(_) | Block::Verbatim(_) => html! {},
    }
}

/// Lines, those that stand deeper under the one above them.
fn list(blocks: &[Block]) -> Markup {
    let items: Vec<&Item> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Item(item) => Some(item),
            _ => None,
        })
        .collect();
    let mut groups: Vec<(&Item, Vec<&Item>)> = Vec::new();
    for item in items {
        match groups.last_mut() {
            Some((_, under)) if item.depth > 1 => under.push(item),
            _ => groups.push((item, Vec::new())),
        }
    }
    html! {
        ul { @for (item, under) in groups {
            li {
                (said(&item.text, item.tone))
                @if !under.is_empty() { ul { @for item in under { li { (said(&item.text, item.tone)) } } } }
            }
        } }
    }
}

fn verbatim(blocks: &[Block]) -> Markup {
    let lines = blocks.iter().map(|block| match block {
        Block::Verbatim(text) => clean(text),
        _ => String::new(),
    });
    html! { pre { code { (lines.collect::<Vec<_>>().join("\n")) } } }
}

/// A table that becomes a card a row where it is too narrow for it, which must not cost it its roles.
fn table(table: &Table, words: &Catalogue) -> Markup {
    let labels: Vec<String> = table.columns.iter().map(|c| clean(&c.heading)).collect();
    html! {
        table role="table" {
            thead role="rowgroup" { tr role="row" {
                @for column in &table.columns {
                    th.n[column.right] role="columnheader" scope="col" { (heading(&column.heading)) }
                }
            } }
            tbody role="rowgroup" { @for row in &table.rows {
                @let head = row.iter().position(|cell| cell.tone == Tone::Strong).unwrap_or(0);
                tr role="row" { @for (at, cell) in row.iter().enumerate() {
                    @let right = table.columns[at].right;
                    @if at == head { th role="rowheader" scope="row" { (clean(&cell.text)) } }
                    @else {
                        td.n[right].before[at < head] role="cell" data-label=(labels[at]) { (told(cell, words)) }
                    }
                } }
            } }
        }
    }
}

/// What a cell says; its dash for what is unknown says nothing where it is read out.
fn told(cell: &TableCell, words: &Catalogue) -> Markup {
    html! {
        @if cell.text == UNKNOWN {
            span aria-hidden="true" { (UNKNOWN) } span.unseen { (words.text("table-unknown")) }
        } @else { (toned(cell)) }
    }
}

/// A heading, its unit smaller under it.
fn heading(text: &str) -> Markup {
    let (name, unit) = text.split_once('\n').unwrap_or((text, ""));
    html! { (clean(name)) @if !unit.is_empty() { " " span.unit { (clean(unit)) } } }
}

fn toned(cell: &TableCell) -> Markup {
    said(&cell.text, cell.tone)
}

fn said(text: &str, tone: Tone) -> Markup {
    match class(tone) {
        Some(class) => html! { span.tag.(class) { (prose(text)) } },
        None => prose(text),
    }
}

/// A sentence; the commands that it quotes stand out and can be copied.
pub(super) fn prose(text: &str) -> Markup {
    let text = clean(text);
    html! {
        @for (part, is_command) in parts(&text) {
            @if is_command { code { (part) } } @else { (part) }
        }
    }
}

/// A sentence in its parts, with whether each is a command: between backticks, or in guillemets and begun like one.
fn parts(text: &str) -> Vec<(&str, bool)> {
    const OPEN: &str = "«\u{202f}";
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['`', '«']).map(|at| at + from) {
        let quoted = match rest[at..].strip_prefix(OPEN) {
            Some(after) => after
                .split_once("\u{202f}»")
                .map(|(quoted, _)| (OPEN.len(), quoted)),
            None => rest[at..]
                .strip_prefix('`')
                .and_then(|after| after.split_once('`'))
                .map(|(quoted, _)| (1, quoted)),
        };
        let is_command = |quoted: &str| ["opensim ", "sudo "].iter().any(|c| quoted.starts_with(c));
        match quoted {
            Some((1, quoted)) => {
                parts.extend([(&rest[..at], false), (quoted, true)]);
                rest = &rest[at + quoted.len() + 2..];
                from = 0;
            }
            Some((mark, quoted)) if is_command(quoted) => {
                parts.extend([(&rest[..at + mark], false), (quoted, true)]);
                rest = &rest[at + mark + quoted.len()..];
                from = 0;
            }
            // A quote that nothing closes quotes nothing.
            _ => from = at + rest[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push((rest, false));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        prose(text).into_string()
    }

    #[test]
    fn the_commands_of_a_sentence_can_be_told_from_its_words() {
        assert_eq!(
            shown("Run `opensim status` twice."),
            "Run <code>opensim status</code> twice."
        );
        let french = "Lancez «\u{202f}opensim recover\u{202f}», pas «\u{202f}Salon\u{202f}».";
        let quoted =
            "Lancez «\u{202f}<code>opensim recover</code>\u{202f}», pas «\u{202f}Salon\u{202f}».";
        assert_eq!(shown(french), quoted);
        for plain in ["a ` b", "«", "« a » ` b", "«\u{202f}opensim x", ""] {
            assert_eq!(shown(plain), plain);
        }
        assert_eq!(shown("a `<b>`"), "a <code>&lt;b&gt;</code>");
    }
}
