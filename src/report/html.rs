//! A document as one page to read in a browser, print, send or keep: no script, nothing loaded from elsewhere.
//!
//! It has the blocks of the terminal's page, in their order, but for the sentence that all comes down to, which stands
//! first here. Names come from modems and files; `maud` escapes whatever is put in, and the page forbids itself to load
//! anything.

mod blocks;
mod chart;
mod timeline;
mod tone;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outline::Block;
use super::text::{View, outline};
use crate::document::{Document, Fault};
use crate::i18n::{Catalogue, clean, is_hidden};

const STYLE: &str = include_str!("html/style.css");

/// What keeps a page to itself, whatever was put in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The page of a document. Its messages are those that `fill` put in.
pub(super) fn html<B: View>(doc: &Document<B>, words: &Catalogue) -> String {
    let title = clean(&doc.body.title(words));
    let blocks = outline(doc, words);
    let made = [
        ("version", clean(&doc.opensim)),
        ("at", clean(&words.moment(&doc.at))),
    ];
    let body = html! {
        header {
            h1 { (title) }
            @for block in &blocks {
                @if let Block::Source(text) = block { p.source { (blocks::prose(text)) } }
            }
        }
        main {
            @if let Some(error) = &doc.error { (fault(error)) }
            @for block in &blocks {
                @if let Block::Lead(text) = block { p.lead { (blocks::prose(text)) } }
            }
            (blocks::body(&blocks, words))
        }
        footer { p { (words.text_of("html-made", made)) } }
    };
    closed_page(words, &title, "", &body)
}

/// A page that loads nothing and runs nothing, with the style of all pages and what it has of its own. It is about
/// somebody's home: no search engine lists it, and a link from it does not say where it came from.
pub fn closed_page(
    words: &Catalogue,
    title: &str,
    own_style: &'static str,
    body: &Markup,
) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(words.lang().code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(own_style)) }
            }
            body { (body) }
        }
    };
    defused(&page.into_string())
}

fn fault(error: &Fault) -> Markup {
    html! {
        div.fault {
            p { strong { (blocks::prose(&error.message)) } }
            @if let Some(hint) = &error.hint { p { (blocks::prose(hint)) } }
        }
    }
}

/// Without what drives a terminal or hides in a text: messages and hints of a forged document come from anywhere.
fn defused(page: &str) -> String {
    let shown = page.chars().filter(|c| !is_hidden(*c));
    let plain = shown.map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    plain.collect()
}
