//! What must hold of every form whatever a document says: a saved one comes from anywhere, and modems choose their own
//! names.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::{Format, Saved, Style, json, sample};
use crate::document::Outcome;
use crate::i18n::{Catalogue, Lang, is_hidden};

/// The elements of a page, and what may stand in their tags.
const ELEMENTS: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "h3",
    "p", "ul", "li", "dl", "dt", "dd", "div", "span", "strong", "code", "pre", "table", "thead",
    "tbody", "tr", "th", "td", "svg", "g", "desc", "text", "rect", "line", "circle", "path",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "role",
    "scope",
    "data-label",
    "id",
    "aria-labelledby",
    "aria-describedby",
    "aria-hidden",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "r",
    "rx",
    "d",
    "text-anchor",
];

/// Breaks out of an element, of an attribute, of a cell, of a terminal, each if it can.
const HOSTILE: &str = "=1+1\" onload=\"x\r\n,;'><script>alert(1)</script><img src=http://a.example/>]]>--\u{1b}[2J\u{9b}\u{202e}\u{0}`";

/// The documents as JSON.
fn documents() -> Vec<Value> {
    let texts = [
        json(&sample::scan()),
        json(&sample::scan_interrupted()),
        json(&sample::scan_short()),
        json(&sample::scan_measured()),
        json(&sample::measure()),
        json(&sample::status()),
        json(&sample::switch(Some(Outcome::Switched))),
        json(&sample::recover(true)),
        json(&sample::modems()),
        json(&sample::carriers()),
        json(&sample::at()),
        json(&sample::error()),
    ];
    let values = texts.iter().map(|text| serde_json::from_str(text).unwrap());
    values.collect()
}

/// Every text of a document, by its place.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(keys) => {
            for (key, item) in keys {
                texts(item, &format!("{at}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// The same with every text replaced that may be any text.
fn forged(document: &Value, text: &str) -> Saved {
    let mut places = Vec::new();
    texts(document, "", &mut places);
    let mut forged = document.clone();
    let mut read = None;
    for place in places.iter().filter(|place| *place != "/schema") {
        let mut tried = forged.clone();
        *tried.pointer_mut(place).unwrap() = text.into();
        // A word of a list is refused, or read as one of another version.
        if let Ok(saved) = Saved::read(&tried.to_string()) {
            forged = tried;
            read = Some(saved);
        }
    }
    read.expect("there is a text in every document")
}

/// The tags of a page with their attributes; panics where it has none that can be told.
fn tags(page: &str) -> Vec<(String, Vec<String>)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(['/', '!']) {
            continue;
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name: String = rest.chars().take_while(|c| is_part(*c)).collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let attribute: String = rest.chars().take_while(|c| is_part(*c)).collect();
            let value = rest[attribute.len()..].strip_prefix("=\"");
            let (_, after) = value
                .and_then(|v| v.split_once('"'))
                .expect("an attribute in quotes");
            attributes.push(attribute);
            rest = after;
        }
        tags.push((name, attributes));
    }
    tags
}

/// The cells of a sheet, by RFC 4180.
fn cells(sheet: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = sheet.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, quoted) {
            ('"', true) if rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(rest.next(), Some('\n'), "a line ends as RFC 4180 says");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (c, _) => cell.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "{sheet:?}");
    rows
}

fn drives(c: char) -> bool {
    is_hidden(c) || c.is_control() && c != '\n'
}

fn holds(saved: &mut Saved) {
    for lang in Lang::ALL {
        let words = Catalogue::new(lang);
        saved.fill(&words);
        let page = saved.render(Format::Html, &words, Style::default());
        assert!(!page.contains(drives), "{page:?}");
        for (name, attributes) in tags(&page) {
            assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {page}");
            for attribute in attributes {
                assert!(
                    ATTRIBUTES.contains(&attribute.as_str()),
                    "{attribute}= in {page}"
                );
            }
        }
        let sheet = saved.render(Format::Csv, &words, Style::default());
        let rows = cells(&sheet);
        let widths: BTreeSet<usize> = rows.iter().map(Vec::len).collect();
        assert_eq!(widths.len(), 1, "{sheet}");
        for cell in rows.iter().flatten() {
            assert!(!cell.contains(drives), "{cell:?}");
            let is_number = cell.parse::<f64>().is_ok();
            assert!(
                is_number || !cell.trim_start().starts_with(['=', '+', '-', '@']),
                "{cell:?}"
            );
        }
        let text = saved.render(Format::Text, &words, Style::default().kept());
        assert!(!text.contains(drives), "{text:?}");
    }
}

#[test]
fn nothing_that_a_document_says_breaks_out_of_its_form() {
    for document in documents() {
        holds(&mut forged(&document, HOSTILE));
    }
}

#[test]
fn a_page_loads_nothing_and_forbids_it_to_whatever_is_put_in() {
    let words = Catalogue::new(Lang::En);
    for document in documents() {
        let mut saved = Saved::read(&document.to_string()).unwrap();
        saved.fill(&words);
        let page = saved.render(Format::Html, &words, Style::default());
        assert!(page.contains("default-src 'none'"));
        let loads = [
            "src=", "href=", "url(", "@import", "<script", "<link", "<base",
        ];
        let found = loads.iter().find(|loads| page.contains(**loads));
        assert_eq!(found, None, "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn no_text_breaks_out_of_its_form(text in "\\PC{0,12}[<>\"'&`=@,;\\x00-\\x1f\\x7f-\\u{9f}\\u{200b}-\\u{202e}]{0,6}\\PC{0,12}") {
        for document in documents() {
            holds(&mut forged(&document, &text));
        }
    }
}
