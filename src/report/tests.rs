//! Every view of every document, in both languages, as snapshots; and what must hold for all of them.

use crate::document::{Body, Document, Outcome};
use crate::i18n::{Catalogue, Lang};

use super::{Style, View, csv, fault, fill, html, json, sample, text};

fn page<B: View>(mut doc: Document<B>, lang: Lang, style: Style) -> String {
    let words = Catalogue::new(lang);
    fill(&mut doc, &words);
    let mut page = text(&doc, &words, style);
    if let Some(error) = &doc.error {
        page.push_str(&fault(error, &words, style));
    }
    page
}

/// Every page by its name.
fn pages(lang: Lang, style: Style) -> Vec<(&'static str, String)> {
    vec![
        ("scan", page(sample::scan(), lang, style)),
        (
            "scan_interrupted",
            page(sample::scan_interrupted(), lang, style),
        ),
        ("scan_measured", page(sample::scan_measured(), lang, style)),
        ("scan_short", page(sample::scan_short(), lang, style)),
        ("scan_alone", page(sample::scan_alone(), lang, style)),
        ("measure", page(sample::measure(), lang, style)),
        (
            "measure_unanswered",
            page(sample::measure_unanswered(), lang, style),
        ),
        ("status", page(sample::status(), lang, style)),
        ("status_bare", page(sample::status_bare(), lang, style)),
        (
            "switch_switched",
            page(sample::switch(Some(Outcome::Switched)), lang, style),
        ),
        (
            "switch_already_there",
            page(sample::switch(Some(Outcome::AlreadyThere)), lang, style),
        ),
        (
            "switch_rolled_back",
            page(sample::switch(Some(Outcome::RolledBack)), lang, style),
        ),
        (
            "switch_not_restored",
            page(sample::switch(Some(Outcome::NotRestored)), lang, style),
        ),
        ("switch_unchanged", page(sample::switch(None), lang, style)),
        ("recover", page(sample::recover(true), lang, style)),
        ("recover_nothing", page(sample::recover(false), lang, style)),
        ("modems", page(sample::modems(), lang, style)),
        ("carriers", page(sample::carriers(), lang, style)),
        ("at", page(sample::at(), lang, style)),
    ]
}

fn snapshots(check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(check);
}

#[test]
fn every_page_reads_as_it_was_agreed() {
    snapshots(|| {
        for lang in Lang::ALL {
            for (name, page) in pages(lang, Style::default()) {
                // No-break spaces look like others in a snapshot; a test of the catalogues minds them.
                let page = page.replace(['\u{a0}', '\u{202f}'], " ");
                insta::assert_snapshot!(format!("{name}.{}", lang.code()), page);
            }
        }
    });
}

#[test]
fn the_forms_that_are_kept_read_as_they_were_agreed() {
    snapshots(|| {
        insta::assert_snapshot!("scan.csv", csv(&sample::scan()).replace('\r', ""));
        insta::assert_snapshot!("status.csv", csv(&sample::status()).replace('\r', ""));
        let words = Catalogue::new(Lang::Fr);
        let mut doc = sample::scan();
        fill(&mut doc, &words);
        insta::assert_snapshot!("scan.html", html(&doc, &words));
        insta::assert_snapshot!(
            "scan_alone.csv",
            csv(&sample::scan_alone()).replace('\r', "")
        );
        let mut doc = sample::scan_alone();
        fill(&mut doc, &words);
        insta::assert_snapshot!("scan_alone.html", html(&doc, &words));
    });
}

#[test]
fn every_page_fits_eighty_columns() {
    for lang in Lang::ALL {
        for ascii in [false, true] {
            let style = Style {
                ascii,
                ..Style::default()
            };
            for (name, page) in pages(lang, style) {
                for line in page.lines() {
                    assert!(
                        unicode_width::UnicodeWidthStr::width(line) <= 80,
                        "{name}: {line}"
                    );
                }
            }
        }
    }
}

#[test]
fn an_ascii_terminal_gets_ascii_and_no_page_drives_a_terminal() {
    for lang in Lang::ALL {
        let style = Style {
            ascii: true,
            ..Style::default()
        };
        for (name, page) in pages(lang, style) {
            assert!(page.is_ascii(), "{name}: {page}");
            assert!(
                !page.contains(|c: char| c.is_control() && c != '\n'),
                "{name}"
            );
        }
    }
}

#[test]
fn a_page_is_the_same_from_a_saved_document() {
    fn again<B: View + serde::de::DeserializeOwned>(doc: Document<B>) {
        let saved: Document<B> = serde_json::from_str(&json(&doc)).unwrap();
        let style = Style::default();
        assert_eq!(page(doc, Lang::Fr, style), page(saved, Lang::Fr, style));
    }
    again(sample::scan());
    again(sample::scan_interrupted());
    again(sample::scan_short());
    again(sample::scan_alone());
    again(sample::measure());
    again(sample::status());
    again(sample::switch(Some(Outcome::Switched)));
    again(sample::recover(true));
    again(sample::modems());
    again(sample::carriers());
}

#[test]
fn an_error_that_tells_all_stands_alone() {
    fn failed<B: View>() -> String {
        let error = crate::document::Fault {
            code: crate::domain::codes::Code::MODEM_NONE.into(),
            message: String::new(),
            hint: None,
            values: crate::document::Values::new(),
        };
        let doc = Document::failed(B::default(), jiff::Timestamp::UNIX_EPOCH, error);
        text(&doc, &Catalogue::new(Lang::Fr), Style::default())
    }
    assert_eq!(failed::<crate::document::Scan>(), "");
    assert_eq!(failed::<crate::document::Status>(), "");
    assert_eq!(failed::<crate::document::Switch>(), "");
    assert_eq!(failed::<crate::document::Recover>(), "");
    assert_eq!(failed::<crate::document::Modems>(), "");
}

#[test]
fn a_name_cannot_break_out_of_the_html_page() {
    let mut doc = sample::scan();
    doc.body.label = Some("<script>alert(1)</script>".to_owned());
    doc.body.carriers[0].name = "\"><img src=x onerror=1>".to_owned();
    let page = html(&doc, &Catalogue::new(Lang::En));
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(!page.contains("http"), "nothing is loaded from elsewhere");
}

#[test]
fn nothing_at_all_still_makes_a_page() {
    fn empty<B: View>() -> String {
        page(
            Document::new(B::default(), jiff::Timestamp::UNIX_EPOCH),
            Lang::Fr,
            Style::default(),
        )
    }
    for page in [
        empty::<crate::document::Scan>(),
        empty::<crate::document::Status>(),
        empty::<crate::document::Switch>(),
        empty::<crate::document::Recover>(),
        empty::<crate::document::Modems>(),
    ] {
        assert!(page.trim().len() > 3, "{page}");
    }
    let _ = <crate::document::Scan as Body>::SCHEMA;
}
