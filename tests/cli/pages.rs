//! The man pages: sections with their names, a footer, and examples that do what they say.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Command;

use super::arguments::commands;
use super::support::{Opensim, Ran};

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

/// Whether a line serves until somebody stops it: then it is only read.
fn serves(line: &str) -> bool {
    line.starts_with("opensim serve") || line.starts_with("opensim sim ")
}

/// A line that watches for a while, or until somebody stops it, for a second.
fn shortened(line: &str) -> String {
    if !line.starts_with("opensim monitor") {
        return line.to_owned();
    }
    let line = line.split(" --for ").next().unwrap_or_default();
    format!("{line} --for 1s")
}

#[test]
fn the_examples_of_the_pages_do_what_they_say() {
    std::thread::scope(|languages| {
        for (lang, heading) in [("fr", "EXEMPLES"), ("en", "EXAMPLES")] {
            languages.spawn(move || examples_do_what_they_say(lang, heading));
        }
    });
}

fn examples_do_what_they_say(lang: &str, heading: &str) {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "500");
    let scan = ["--json", "--modem", modem.path(), "scan", "--yes"];
    let survey = opensim.run(&scan).stdout();
    for name in ["salon.json", "living-room.json"] {
        opensim.file(name, &survey);
    }
    for folder in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
    ] {
        std::fs::create_dir_all(opensim.state.path().join(folder)).expect("a folder");
    }
    for (name, page) in pages(&opensim, lang) {
        if is_nested(&name) && !headings(&page).contains(&heading) {
            continue;
        }
        for line in examples(&page, heading) {
            // What lies outside is a port that nobody listens on; a question is answered beforehand.
            let there = line
                .replace("/tmp/modem", modem.path())
                .replace("mesure.exemple.fr", "127.0.0.1:1")
                .replace("measure.example.org", "127.0.0.1:1")
                .replace("eth0", "lo")
                .replace("wwan0", "lo");
            let there = shortened(&there);
            let typed = there
                .strip_prefix("opensim ")
                .unwrap_or_else(|| panic!("{line}"));
            let typed = if serves(&line) {
                format!("opensim {typed} --help")
            } else {
                format!("opensim --yes --lang {lang} {typed}")
            };
            let ran = in_a_shell(&opensim, modem.path(), &typed);
            let done: &[i32] = if line.starts_with("opensim modems") {
                // None is plugged in here.
                &[0, 3]
            } else if line.starts_with("opensim send") {
                // Nobody is configured who would take it.
                &[2]
            } else if line.starts_with("opensim tour") {
                // Nobody sits at a terminal.
                &[2]
            } else if line.starts_with("opensim doctor") {
                // What it finds wrong is of this computer.
                &[0, 9]
            } else if there == line || line.contains("/tmp/modem") {
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

/// As a person types it, beside a virtual modem that is plugged in.
fn in_a_shell(opensim: &Opensim, modem: &str, line: &str) -> Ran {
    let plain = opensim.command(&[]);
    let binary = std::path::Path::new(plain.get_program());
    let path = format!(
        "{}:/usr/bin:/bin",
        binary.parent().expect("a folder").display()
    );
    let mut command = Command::new("sh");
    command.env_clear();
    for (name, value) in plain.get_envs() {
        command.env(name, value.expect("set"));
    }
    let ran = command
        .env("PATH", path)
        .env("OPENSIM_MODEM", modem)
        .current_dir(opensim.state.path())
        .args(["-c", line])
        .output();
    Ran(ran.expect("a shell"))
}
