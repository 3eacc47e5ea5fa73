//! What a person sees: results that cannot be written, times, questions and what is true after them, progress, widths.

use std::fs::File;
use std::process::Stdio;

use super::change::killed_on_the_way;
use super::support::{Opensim, plmn_in_use};
use super::window::Window;

/// What the terminal shows in the end of what was written, line by line: a line that is cleared is gone.
fn lines(shown: &str) -> Vec<String> {
    let line = |line: &str| {
        let left = line.rsplit("\u{1b}[2K").next().unwrap_or_default();
        left.trim_matches('\r').to_owned()
    };
    shown.split('\n').map(line).collect()
}

/// What a terminal of so many columns shows in the end, row by row: the cursor goes up and down, and rows are cleared.
fn rows(shown: &str, columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut at = 0_usize;
    let mut rest = shown;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\u{1b}' => {
                let end = rest.find(char::is_alphabetic).expect("an order's letter");
                let (order, after) = rest.split_at(end + 1);
                rest = after;
                let many = order[1..end].parse().unwrap_or(1);
                match &order[end..] {
                    "A" => at = at.saturating_sub(many),
                    "B" => at += many,
                    "K" => rows[at].clear(),
                    _ => {}
                }
            }
            '\r' => {}
            '\n' => at += 1,
            letter => {
                if rows[at].chars().count() == columns {
                    at += 1;
                    rows.resize(rows.len().max(at + 1), String::new());
                }
                rows[at].push(letter);
            }
        }
        rows.resize(rows.len().max(at + 1), String::new());
    }
    rows
}

/// In one line, wherever the terminal broke it.
fn flat(shown: &str) -> String {
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_result_that_cannot_be_written_is_said_and_ends_with_a_status_of_its_own() {
    let opensim = Opensim::new();
    let full = || {
        File::options()
            .write(true)
            .open("/dev/full")
            .expect("a full disk")
    };
    for (line, exit) in [
        ("carriers", 1),
        ("--json carriers", 1),
        ("--help", 1),
        ("completions bash", 1),
        // What went wrong before is worse, and stays.
        ("--json switch best", 2),
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let mut command = opensim.command(&args);
        let ran = command
            .stdout(Stdio::from(full()))
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(exit), "{line}: {said}");
        assert!(said.contains("could not be written"), "{line}: {said}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_fault() {
    let opensim = Opensim::new();
    for line in ["carriers", "--json carriers", "--help"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let args: Vec<&str> = line.split(' ').collect();
        let mut command = opensim.command(&args);
        let ran = command
            .stdout(Stdio::from(writer))
            .output()
            .expect("it runs");
        assert_eq!(ran.status.code(), Some(0), "{line}");
        assert!(ran.stderr.is_empty(), "{line}");
    }
}

#[test]
fn times_are_shown_in_the_systems_zone_and_kept_in_utc() {
    let opensim = Opensim::new();
    let survey = r#"{"schema": "opensim.scan/1", "opensim": "0.1.0", "at": "2026-11-23T23:32:05Z",
        "carriers": [], "networks": [], "complete": true, "warnings": []}"#;
    let file = opensim.file("survey.json", survey);
    let said = |format: &str, zone: &str| {
        let mut command = opensim.command(&["report", &file, "--format", format]);
        let ran = command.env("TZ", zone).output().expect("it runs");
        String::from_utf8(ran.stdout).expect("UTF-8")
    };
    let paris = "CET-1CEST,M3.5.0,M10.5.0/3";
    assert!(
        said("text", paris).contains("2026-11-24 00:32 CET"),
        "{}",
        said("text", paris)
    );
    assert!(said("html", paris).contains("2026-11-24 00:32 CET"));
    assert!(said("text", "UTC0").contains("2026-11-23 23:32 UTC"));
    assert!(said("json", paris).contains("2026-11-23T23:32:05Z"));
}

#[test]
fn of_a_modem_that_is_held_on_the_carrier_nothing_is_asked() {
    let opensim = Opensim::new();
    let mut window = Window::open(&opensim, &["--modem", "sim:home", "switch", "orange"]);
    // Whoever asked all the same would be told no, and not be waited for.
    window.type_(b"n\n");
    let (shown, code) = window.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("already on Orange"), "{shown}");
    assert!(!shown.contains("[y/N]"), "{shown}");
}

#[test]
fn that_the_mode_becomes_manual_is_said_before_it_is_agreed_to() {
    let opensim = Opensim::new();
    let args = ["--modem", "sim:automatic", "switch", "sfr"];
    let mut window = Window::wide(&opensim, &args, 200);
    let question = flat(&window.wait_for_question("[y/N]"));
    assert!(question.contains("stays in manual selection"), "{question}");
    window.type_(b"n\n");
    let (shown, code) = window.end();
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("The modem is still on Orange."), "{shown}");
}

#[test]
fn the_question_after_a_run_that_was_killed_says_what_that_means() {
    for (command, consequence) in [
        (&["scan", "--no-measure"][..], "nothing is left to restore"),
        (
            &["switch", "sfr"],
            "can no longer return the modem to Orange",
        ),
    ] {
        let opensim = Opensim::new();
        let modem = opensim.modem("home", "4");
        killed_on_the_way(&opensim, modem.path());
        let args = [&["--modem", modem.path()], command].concat();
        let mut window = Window::wide(&opensim, &args, 200);
        let question = flat(&window.wait_for_question("[y/N]"));
        assert!(question.contains("was interrupted"), "{question}");
        assert!(question.contains("the modem was on Orange"), "{question}");
        // Where the modem came to stand on SFR meanwhile, the scan says that it comes back there, and what is still owed.
        let still_owed = command[0] == "scan" && question.contains("returns to SFR");
        let consequence = if still_owed {
            "`opensim recover` can still return the modem to Orange"
        } else {
            consequence
        };
        assert!(question.contains(consequence), "{question}");
        window.type_(b"n\n");
        assert_eq!(window.end().1, Some(2));
        assert_eq!(opensim.journal().len(), 1);
    }
}

#[test]
fn a_switch_that_is_stopped_says_that_the_former_carrier_is_back() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    let args = ["-v", "--modem", modem.path(), "switch", "sfr", "--yes"];
    let mut window = Window::open(&opensim, &args);
    window.wait_for("Joining SFR");
    window.type_(b"\x03");
    let (shown, code) = window.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("the modem is back on Orange"), "{shown}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
}

#[test]
fn what_is_finished_stays_and_the_moving_line_leaves_nothing_behind() {
    for verbose in [false, true] {
        let opensim = Opensim::new();
        let mut args = vec!["--modem", "sim:home", "scan", "--yes", "--no-measure"];
        args.extend(verbose.then_some("-v"));
        let (shown, code) = Window::wide(&opensim, &args, 100).end();
        assert_eq!(code, Some(0), "{shown}");
        let lines = lines(&shown);
        for turn in [
            "1 of 3 · Orange: ",
            "2 of 3 · SFR: ",
            "3 of 3 · Bouygues Telecom: ",
        ] {
            let finished = lines.iter().filter(|line| line.starts_with(turn));
            assert_eq!(finished.count(), 1, "{turn}: {lines:#?}");
        }
        let moving = |line: &&String| line.contains("at most") || line.contains("so far");
        assert_eq!(lines.iter().find(moving), None);
        let logged = lines.iter().filter(|line| line.contains("INFO"));
        let logged: Vec<&String> = logged.collect();
        assert_eq!(!logged.is_empty(), verbose);
        assert!(
            logged
                .iter()
                .all(|line| line.trim_start().starts_with("INFO")),
            "{logged:#?}"
        );
    }
}

#[test]
fn a_moving_line_of_two_rows_takes_nothing_of_what_stands_above() {
    for columns in [40, 60] {
        let opensim = Opensim::new();
        let args = ["--modem", "sim:home", "scan", "--no-measure"];
        let mut window = Window::wide(&opensim, &args, columns);
        let asked = window.wait_for_question("[y/N] ");
        window.type_(b"y\n");
        let (shown, code) = window.end();
        assert_eq!(code, Some(0), "{shown}");
        let rows = rows(&(asked + &shown), usize::from(columns));
        for kept in [
            "[y/N] y",
            "1 of 3 · Orange: ",
            "2 of 3 · SFR: ",
            "3 of 3 · Bouygues Telecom: ",
        ] {
            let found = rows.iter().filter(|row| row.contains(kept));
            assert_eq!(found.count(), 1, "{kept}: {rows:#?}");
        }
        let moving = |row: &&String| row.contains("at most") || row.contains("so far");
        let left = rows.iter().skip_while(|row| !row.contains("[y/N]"));
        assert_eq!(left.clone().find(moving), None, "{rows:#?}");
    }
}

#[test]
fn of_a_carrier_that_is_not_reached_one_line_stays_and_in_its_place() {
    let opensim = Opensim::new();
    let args = ["--modem", "sim:wedged", "scan", "--yes", "--no-measure"];
    let (shown, code) = Window::wide(&opensim, &args, 100).end();
    assert_eq!(code, Some(0), "{shown}");
    let rows = rows(&shown, 100);
    let at = rows
        .iter()
        .position(|row| row.starts_with("2 of 3 · SFR: "));
    let next = at.and_then(|at| rows.get(at + 1));
    assert!(
        next.is_some_and(|row| row.starts_with("3 of 3 · ")),
        "{rows:#?}"
    );
}

#[test]
fn where_a_result_was_saved_is_told_to_who_sits_at_a_terminal() {
    let opensim = Opensim::new();
    let page = opensim.state.path().join("place.html");
    let page = page.to_str().expect("a plain path");
    let args = [
        "--modem",
        "sim:home",
        "scan",
        "--radio-only",
        "--yes",
        "--out",
        page,
    ];
    let (shown, code) = Window::wide(&opensim, &args, 200).end();
    assert_eq!(code, Some(0), "{shown}");
    let told = format!("is saved in the file {page}.");
    assert!(flat(&shown).contains(&told), "{shown}");
    assert!(std::path::Path::new(page).exists());
    let ran = opensim.run(&args);
    assert!(!ran.stderr().contains("is saved"), "{}", ran.stderr());
    let before = std::fs::read(page).expect("a page");
    let declined = ["--modem", "sim:home", "scan", "--out", page];
    let mut window = Window::wide(&opensim, &declined, 200);
    window.wait_for_question("[y/N]");
    window.type_(b"n\n");
    let (shown, code) = window.end();
    assert_eq!(code, Some(2), "{shown}");
    assert!(!shown.contains("is saved"), "{shown}");
    assert_eq!(std::fs::read(page).expect("a page"), before);
}

#[test]
fn status_of_a_locked_card_names_the_commands_that_ask_for_its_pin() {
    let opensim = Opensim::new();
    let args = ["--modem", "sim:pin", "status"];
    let (shown, code) = Window::wide(&opensim, &args, 200).end();
    assert_eq!(code, Some(5), "{shown}");
    assert!(
        flat(&shown).contains("`opensim scan`, `opensim switch`"),
        "{shown}"
    );
    assert!(!shown.contains("Run the command"), "{shown}");
}

#[test]
fn a_terminal_that_moves_nothing_is_told_everything_in_order() {
    let opensim = Opensim::new();
    let args = ["--modem", "sim:home", "scan", "--yes", "--no-measure"];
    let mut command = opensim.command(&args);
    let ran = command.env("TERM", "dumb").output().expect("it runs");
    let page = String::from_utf8(ran.stdout).expect("UTF-8");
    assert!(page.contains("\n  Verdict"), "{page}");
    assert!(!page.contains("Rank  "), "{page}");
}

#[test]
fn a_document_shown_again_is_told_in_order_too() {
    let opensim = Opensim::new();
    let list = opensim.run(&["--json", "carriers"]).stdout();
    let saved = opensim.file("saved.json", &list);
    let mut command = opensim.command(&["report", &saved]);
    let ran = command.env("TERM", "dumb").output().expect("it runs");
    let page = String::from_utf8(ran.stdout).expect("UTF-8");
    assert!(page.contains("\n  Codes"), "{page}");
    let out = opensim.state.path().join("saved.txt");
    let file = out.to_str().expect("a plain path");
    let mut command = opensim.command(&["report", &saved, "--out", file]);
    command.env("TERM", "dumb").output().expect("it runs");
    let kept = std::fs::read_to_string(&out).expect("text");
    assert!(!kept.contains("\n  Codes"), "{kept}");
}

#[test]
fn questions_and_pages_keep_to_a_terminal_of_forty_columns() {
    let opensim = Opensim::new();
    let scan = ["--modem", "sim:home", "scan", "--radio-only", "--yes"];
    let scan = opensim.run(&[&["--json"], &scan[..]].concat()).stdout();
    let saved = opensim.file("saved.json", &scan);
    for command in [
        &["switch", "sfr"][..],
        &["scan", "--no-measure"],
        &["scan", "--radio-only", "--yes"],
        &["status"],
        &["carriers"],
        &["switch", "best"],
        &["serve", "--listen", "foo"],
        &["status", "--timout", "5"],
        &["report", &saved],
    ] {
        let args = [&["--modem", "sim:automatic"], command].concat();
        let mut window = Window::wide(&opensim, &args, 40);
        let asks = matches!(command, ["switch", "sfr"] | ["scan", "--no-measure"]);
        let question = if asks {
            let question = window.wait_for_question("[y/N] ");
            window.type_(b"n\n");
            question
        } else {
            String::new()
        };
        let shown = question + &window.end().0;
        // One more column than it is told of: what is too wide shows, and a row that moved is cleared as in the other.
        for row in rows(&shown, 41) {
            let columns = row.trim_end().chars().count();
            assert!(columns <= 40, "{command:?}: {columns}: {row:?}");
        }
    }
}
