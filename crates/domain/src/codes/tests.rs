//! The laws of the table, and the page that is made from it.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// What stands above the tables of docs/errors.md.
const OPENING: &str = "\
# Errors

Every failure has a **code** that never changes, a message and, if you can do something about it, a hint; with `--json` they
are in the document's `error` field. The exit status groups them (see the [README](../README.md)). This page is made from the
program's own table of codes, and a test compares the two.
";

/// The page as the table has it.
fn page() -> String {
    let sections = errors::SECTIONS.iter().map(|(title, codes)| {
        let rows: String = codes.iter().map(|code| row(*code)).collect();
        format!("\n## {title}\n\n| code | exit | means | what to do |\n|---|---|---|---|\n{rows}")
    });
    std::iter::once(OPENING.to_owned())
        .chain(sections)
        .collect()
}

fn row(code: Code) -> String {
    let [means, todo] = code.0.page.expect("an error has its words for the page");
    format!("| `{code}` | {} | {means} | {todo} |\n", code.exit())
}

#[test]
fn the_page_of_errors_is_what_the_table_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let made = page();
    if std::env::var_os("OPENSIM_UPDATE").is_some_and(|v| v == "1") {
        std::fs::write(&file, &made).unwrap();
    }
    let paper = std::fs::read_to_string(&file).unwrap();
    assert!(
        paper == made,
        "docs/errors.md is not what the table says; \
         run `OPENSIM_UPDATE=1 cargo test -p opensim-domain codes` and look at the difference"
    );
}

#[test]
fn each_code_stands_once_and_is_found_by_its_text() {
    let mut seen = BTreeSet::new();
    for code in Code::all() {
        assert!(seen.insert(code.as_str()), "{code} twice");
        assert_eq!(Code::of(code.as_str()), Some(code));
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
        assert!(code.as_str().chars().all(fits), "{code}");
    }
    assert!(seen.len() > 150, "only {}", seen.len());
    assert_eq!(Code::of("weather.snow"), None);
}

#[test]
fn a_value_stands_once_in_its_row() {
    for code in Code::all() {
        let once: BTreeSet<&str> = code.values().iter().copied().collect();
        assert_eq!(once.len(), code.values().len(), "{code}");
    }
}

#[test]
fn every_error_ends_with_a_status_of_its_group() {
    // 0 is what went well; 9 is measured and below what is needed, which is no error.
    for code in Code::all().filter(|code| code.is_error()) {
        let exit = code.exit();
        assert!(matches!(exit, 1..=8 | 10 | 11 | 130), "{code}: {exit}");
    }
    for code in Code::all().filter(|code| !code.is_error()) {
        assert_eq!(code.exit(), 1, "{code}");
        assert!(code.is_note() != code.is_rule(), "{code}");
    }
}
