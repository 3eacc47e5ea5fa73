//! The man pages: sections with their names, a footer, and examples that do what they say.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Command;

use super::arguments::commands;
use super::support::Opensim;
use super::typed::{Desk, at_this_desk};

/// The pages of a language by their names.
fn pages(opensim: &Opensim, lang: &str) -> BTreeMap<String, String> {
    let folder = opensim.state.path().join(format!("man.{lang}"));
    let out = folder.to_str().expect("a plain path");
    let ran = opensim.run(&["--lang", lang, "man", "--out", out]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let entries = std::fs::read_dir(&folder).expect("a folder");
    let page = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("an entry");
        let text = std::fs::read_to_string(entry.path()).expect("text");
        (entry.file_name().into_string().expect("text"), text)
    };
    entries.map(page).collect()
}

/// Whether a page is of a command under another one, whose examples may stand on that one's page.
fn is_nested(name: &str) -> bool {
    name.matches('-').count() > 1
}

/// A page's headings.
fn headings(page: &str) -> Vec<&str> {
    let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
    headings.map(|heading| heading.trim_matches('"')).collect()
}

/// The command lines of a page's examples.
fn examples(page: &str, heading: &str) -> Vec<String> {
    let after = page.split(&format!(".SH \"{heading}\"\n")).nth(1);
    let section = after.unwrap_or_else(|| panic!("no {heading}: {page}"));
    let section = section.split("\n.SH").next().unwrap_or_default();
    let bold = section.lines().filter_map(|line| line.strip_prefix("\\fB"));
    let text = |line: &str| {
        let line = line.trim_end_matches("\\fR").replace("\\-", "-");
        line.replace("\\(dq", "\"").replace("\\e", "\\")
    };
    bold.map(text).collect()
}

#[test]
fn every_command_has_a_page_with_named_sections_examples_and_a_footer_of_opensim() {
    let opensim = Opensim::new();
    for (lang, named, shown) in [
        (
            "fr",
            ["NOM", "SYNOPSIS", "DESCRIPTION", "OPTIONS"],
            "EXEMPLES",
        ),
        (
            "en",
            ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"],
            "EXAMPLES",
        ),
    ] {
        let pages = pages(&opensim, lang);
        let of_commands = pages.keys().filter(|name| !is_nested(name)).count();
        assert_eq!(of_commands, commands(&opensim).len() + 1);
        for (name, page) in &pages {
            let headings = headings(page);
            assert!(
                !headings.contains(&"EXTRA") && (is_nested(name) || headings.contains(&shown)),
                "{name}: {headings:?}"
            );
            for heading in named {
                let has = headings.iter().any(|h| h.starts_with(heading));
                assert!(has, "{name}: {heading}, {headings:?}");
            }
            let title = page
                .lines()
                .find(|line| line.starts_with(".TH"))
                .expect("a title");
            assert!(title.contains("\"opensim 0."), "{name}: {title}");
            assert!(
                is_nested(name) || !examples(page, shown).is_empty(),
                "{name}"
            );
        }
        let exits = if lang == "fr" {
            "CODE DE SORTIE"
        } else {
            "EXIT STATUS"
        };
        assert!(headings(&pages["opensim.1"]).contains(&exits));
    }
}

#[test]
fn groff_has_nothing_against_the_pages() {
    let opensim = Opensim::new();
    for lang in ["fr", "en"] {
        for (name, page) in pages(&opensim, lang) {
            let file = opensim.file(&name, &page);
            let ran = Command::new("groff")
                .args(["-k", "-w", "all", "-z", "-man", "-T", "utf8", &file])
                .output();
            let Ok(ran) = ran else {
                let _ = writeln!(std::io::stderr(), "skipped: groff is not here");
                return;
            };
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(ran.status.success() && said.is_empty(), "{name}: {said}");
        }
    }
}

#[test]
fn the_examples_of_the_pages_do_what_they_say() {
    std::thread::scope(|languages| {
        for (lang, heading) in [("fr", "EXEMPLES"), ("en", "EXAMPLES")] {
            languages.spawn(move || examples_do_what_they_say(lang, heading));
        }
    });
}

fn examples_do_what_they_say(lang: &'static str, heading: &str) {
    let mut desk = Desk::new(lang);
    let scan = ["--json", "--modem", desk.modem(), "scan", "--yes"];
    let survey = desk.opensim.run(&scan).stdout();
    for name in ["salon.json", "living-room.json"] {
        desk.opensim.file(name, &survey);
    }
    for folder in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
    ] {
        std::fs::create_dir_all(desk.opensim.state.path().join(folder)).expect("a folder");
    }
    for (name, page) in pages(&desk.opensim, lang) {
        if is_nested(&name) && !headings(&page).contains(&heading) {
            continue;
        }
        for line in examples(&page, heading) {
            assert!(line.starts_with("opensim "), "{line}");
            // A server is only read: its certificate and its port are somebody else's.
            let typed = if line.starts_with("opensim serve") {
                line.replacen("opensim ", "opensim --no-input ", 1) + " --help"
            } else {
                line.clone()
            };
            let is_elsewhere = desk.there(&line) != line;
            let ran = desk.type_(&typed);
            let at_this_desk = at_this_desk(&line);
            let done: &[i32] = if !at_this_desk.is_empty() {
                at_this_desk
            } else if !is_elsewhere || line.contains("/tmp/modem") {
                &[0]
            } else {
                &[0, 8, 9]
            };
            assert!(
                done.contains(&ran.code()),
                "{name}: {typed}: {}\n{}",
                ran.code(),
                ran.stderr()
            );
        }
    }
}
