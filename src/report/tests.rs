//! Every view of every document, in both languages, as snapshots; and what must hold for all of them.

use crate::document::{Body, Document, Outcome};
use crate::i18n::{Catalogue, Lang};

use super::{Format, Saved, Shown, Style, View, fill, json, render, sample, text};

fn page<B: Shown>(mut doc: Document<B>, lang: Lang, style: Style) -> String {
    let words = Catalogue::new(lang);
    fill(&mut doc, &words);
    let style = Style {
        with_error: true,
        ..style
    };
    render(&doc, Format::Text, &words, style)
}

/// Every document by a name, as it is read again.
fn samples() -> Vec<(&'static str, Saved)> {
    fn saved<B: Body>(name: &'static str, doc: &Document<B>) -> (&'static str, Saved) {
        (name, Saved::read(&json(doc)).unwrap())
    }
    vec![
        saved("scan", &sample::scan()),
        saved("scan_interrupted", &sample::scan_interrupted()),
        saved("scan_measured", &sample::scan_measured()),
        saved("scan_short", &sample::scan_short()),
        saved("scan_alone", &sample::scan_alone()),
        saved("measure", &sample::measure()),
        saved("measure_unanswered", &sample::measure_unanswered()),
        saved("status", &sample::status()),
        saved("status_bare", &sample::status_bare()),
        saved("switch_switched", &sample::switch(Some(Outcome::Switched))),
        saved(
            "switch_already_there",
            &sample::switch(Some(Outcome::AlreadyThere)),
        ),
        saved(
            "switch_rolled_back",
            &sample::switch(Some(Outcome::RolledBack)),
        ),
        saved(
            "switch_not_restored",
            &sample::switch(Some(Outcome::NotRestored)),
        ),
        saved("switch_unchanged", &sample::switch(None)),
        saved("recover", &sample::recover(true)),
        saved("recover_nothing", &sample::recover(false)),
        saved("reading", &sample::reading()),
        saved("modems", &sample::modems()),
        saved("carriers", &sample::carriers()),
        saved("at", &sample::at()),
        saved("history", &sample::history()),
        saved("history_done", &sample::history_done()),
        saved("compare", &sample::compare()),
        saved("doctor", &sample::doctor()),
        saved("error", &sample::error()),
    ]
}

/// Every document in a form, by its name.
fn shown(format: Format, lang: Lang, style: Style) -> Vec<(&'static str, String)> {
    let words = Catalogue::new(lang);
    let shown = |(name, mut saved): (&'static str, Saved)| {
        saved.fill(&words);
        (name, saved.render(format, &words, style))
    };
    samples().into_iter().map(shown).collect()
}

/// Every page by its name.
fn pages(lang: Lang, style: Style) -> Vec<(&'static str, String)> {
    let style = Style {
        with_error: true,
        ..style
    };
    shown(Format::Text, lang, style)
}

/// A page of HTML as a difference of it can be read: a line for each element, without the style, which is not made here.
fn unfolded(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let page = format!("{head}<style/>{body}").replace(['\u{a0}', '\u{202f}'], " ");
    let starts = [
        "<body", "<header", "<main", "<footer", "<h1", "<h2", "<h3", "<p", "<table", "<tr", "<td",
        "<th", "<ul", "<li", "<svg", "<g", "<text", "<rect", "<line", "<title", "<desc", "<meta",
        "<div", "<dt", "<dd", "<dl", "<pre",
    ];
    let mut lines = page;
    for start in starts {
        for end in [' ', '>'] {
            lines = lines.replace(&format!("{start}{end}"), &format!("\n{start}{end}"));
        }
    }
    lines
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
        for (name, sheet) in shown(Format::Csv, Lang::Fr, Style::default()) {
            insta::assert_snapshot!(format!("{name}.csv"), sheet.replace('\r', ""));
        }
        for (name, page) in shown(Format::Html, Lang::Fr, Style::default()) {
            insta::assert_snapshot!(format!("{name}.html"), unfolded(&page));
        }
        let english = shown(Format::Html, Lang::En, Style::default());
        for (name, page) in english {
            if ["scan_measured", "measure"].contains(&name) {
                insta::assert_snapshot!(format!("{name}.en.html"), unfolded(&page));
            }
        }
    });
}

/// `OPENSIM_PAGES=FOLDER` also writes them there, for what looks at them in a browser (`tests/page/`).
#[test]
fn every_page_names_its_language() {
    let folder = std::env::var_os("OPENSIM_PAGES").map(std::path::PathBuf::from);
    for lang in Lang::ALL {
        for (name, page) in shown(Format::Html, lang, Style::default()) {
            assert!(
                page.contains(&format!("<html lang=\"{}\">", lang.code())),
                "{name}"
            );
            if let Some(folder) = &folder {
                let file = folder.join(format!("{name}.{}.html", lang.code()));
                std::fs::write(file, page).unwrap();
            }
        }
    }
}

/// How a page is drawn on a terminal of so many columns.
fn drawn(width: usize, color: bool, ascii: bool) -> Style {
    Style {
        color,
        ascii,
        width,
        ..Style::default()
    }
}

/// Without the codes of colour.
fn bare(page: &str) -> String {
    let mut parts = page.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    let after = |part: &str| part.split_once('m').map_or("", |(_, text)| text).to_owned();
    parts.fold(first, |page, part| page + &after(part))
}

/// Pages with lines that are copied and so never broken.
const VERBATIM: &[&str] = &["at", "switch_not_restored"];

#[test]
fn every_page_fits_the_terminal_from_forty_columns_on() {
    for lang in Lang::ALL {
        for width in [40, 60, 80, 120] {
            for ascii in [false, true] {
                for (name, page) in pages(lang, drawn(width, true, ascii)) {
                    if VERBATIM.contains(&name) {
                        continue;
                    }
                    for line in bare(&page).lines() {
                        let columns = unicode_width::UnicodeWidthStr::width(line);
                        assert!(columns <= width, "{name}, {width}: {columns}: {line}");
                    }
                }
            }
        }
    }
}

#[test]
fn colour_and_unicode_change_how_a_page_looks_and_nothing_of_what_it_says() {
    for lang in Lang::ALL {
        for width in [40, 60, 80, 120] {
            let plain = pages(lang, drawn(width, false, false));
            let coloured = pages(lang, drawn(width, true, false));
            for ((name, plain), (_, coloured)) in plain.iter().zip(&coloured) {
                assert_eq!(&bare(coloured), plain, "{name}, {width}");
            }
        }
    }
}

#[test]
fn a_page_reads_as_agreed_at_every_width() {
    let shown = [
        "scan",
        "scan_short",
        "measure",
        "status",
        "modems",
        "carriers",
    ];
    snapshots(|| {
        for width in [40, 60, 120] {
            let pages = pages(Lang::Fr, drawn(width, false, false));
            let pages = pages.iter().filter(|(name, _)| shown.contains(name));
            let together: Vec<String> = pages.map(|(_, page)| page.clone()).collect();
            let together = together.join(&format!("{}\n", "=".repeat(width)));
            let together = together.replace(['\u{a0}', '\u{202f}'], " ");
            insta::assert_snapshot!(format!("views_{width}.fr"), together);
        }
        let of = |style| page(sample::scan_short(), Lang::Fr, style);
        insta::assert_snapshot!("view_ascii.fr", of(drawn(80, false, true)));
        let coloured = of(drawn(80, true, false)).replace('\u{1b}', "␛");
        let coloured = coloured.replace(['\u{a0}', '\u{202f}'], " ");
        insta::assert_snapshot!("view_colour.fr", coloured);
        let read_out = Style {
            in_order: true,
            ..Style::default()
        };
        let read_out = of(read_out).replace(['\u{a0}', '\u{202f}'], " ");
        insta::assert_snapshot!("view_in_order.fr", read_out);
    });
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
fn what_was_not_measured_for_one_reason_is_told_in_one_sentence() {
    let skipped = |part: &str| {
        crate::document::Note::new(crate::domain::codes::Code::MEASURE_SKIPPED).with("part", part)
    };
    let said = |lang, parts: &[&str]| {
        let mut doc = sample::measure_unanswered();
        doc.body.links[0].why = parts.iter().map(|part| skipped(part)).collect();
        let page = page(doc, lang, drawn(200, false, false));
        page.replace(['\u{a0}', '\u{202f}'], " ")
    };
    let french = said(Lang::Fr, &["up", "voice", "loaded_voice"]);
    let one =
        "le débit envoyé, la qualité d’appel et la qualité d’appel pendant un téléchargement.";
    assert!(french.contains(one), "{french}");
    let english = said(Lang::En, &["up", "voice"]);
    assert!(
        english.contains("the upload and the call quality."),
        "{english}"
    );
    let alone = said(Lang::Fr, &["up"]);
    assert!(!alone.contains("le débit envoyé."), "{alone}");
}

#[test]
fn a_page_is_the_same_from_a_saved_document() {
    fn again<B: Shown + serde::de::DeserializeOwned>(doc: Document<B>) {
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
    again(sample::reading());
    again(sample::modems());
    again(sample::carriers());
}

#[test]
fn of_a_switch_that_was_stopped_or_carries_nothing_is_told_how_the_modem_stands_and_how_to_go_on() {
    let said = |doc: Document<crate::document::Switch>| {
        let page = page(doc, Lang::Fr, drawn(200, false, false));
        page.replace(['\u{a0}', '\u{202f}'], " ")
    };
    let mut stopped = sample::switch(Some(Outcome::RolledBack));
    stopped.error = Some(crate::document::Fault {
        code: crate::domain::codes::Code::INTERRUPTED.into(),
        message: String::new(),
        hint: None,
        values: crate::document::Values::new(),
    });
    let page = said(stopped);
    assert!(page.contains("le modem est revenu sur Orange"), "{page}");
    let mut without_data = sample::switch(Some(Outcome::Switched));
    without_data.body.data_verified = Some(false);
    let page = said(without_data);
    assert!(page.contains("« opensim switch orange »"), "{page}");
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
    assert_eq!(failed::<crate::document::MonitorReading>(), "");
}

#[test]
fn nothing_at_all_still_makes_a_page() {
    fn empty<B: Shown>() -> String {
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
        empty::<crate::document::MonitorReading>(),
    ] {
        assert!(page.trim().len() > 3, "{page}");
    }
    let _ = <crate::document::Scan as Body>::SCHEMA;
}
