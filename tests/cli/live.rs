//! The picture of `monitor` in a terminal, read as a terminal shows it, and that the terminal is as it was whatever ends it.

use std::io::Write as _;

use rustix::process::Signal;
use rustix::termios::LocalModes;

use super::support::Opensim;
use super::view::View;

/// It ends by itself where a test waits for what never comes.
const HOME: &[&str] = &[
    "--lang", "fr", "--modem", "sim:home", "monitor", "--for", "5m",
];

/// The same, for so long.
fn home(more: &[&'static str]) -> Vec<&'static str> {
    [&HOME[..5], more].concat()
}

#[test]
fn the_signal_is_read_at_every_size() {
    for (columns, rows, shown) in [
        (
            80,
            24,
            &[
                "Puissance (RSRP)",
                "Qualité (RSRQ)",
                "Netteté (SINR)",
                "Orange",
                "4G",
                "B20",
                "PCI 214",
                "quitter",
                "Meilleure lecture",
                "Dernière minute",
            ][..],
        ),
        (
            120,
            40,
            &[
                "Puissance (RSRP)",
                "Netteté (SINR)",
                "cellule",
                "quitter",
                "oublier la meilleure",
            ],
        ),
        (
            40,
            20,
            &["Puissance (RSRP)", "Qualité (RSRQ)", "Orange", "quitter"],
        ),
        (40, 9, &["RSRP", "RSRQ", "SINR", "dBm"]),
        (10, 3, &["RSRP -", "RSRQ -", "SINR "]),
    ] {
        let opensim = Opensim::new();
        let mut view = View::open(&opensim, HOME, (columns, rows));
        for text in shown {
            view.wait_for(text);
        }
        assert!(
            view.is_other_screen() && view.hides_cursor(),
            "{}",
            view.text()
        );
        view.type_(b"q");
        let (code, view) = view.end();
        assert_eq!(code, Some(0), "{columns}x{rows}: {}", view.text());
    }
}

#[test]
fn a_window_of_another_size_is_drawn_anew() {
    let opensim = Opensim::new();
    let mut view = View::open(&opensim, HOME, (80, 24));
    view.wait_for("Puissance (RSRP)");
    view.resize((40, 20));
    view.wait_until("nothing of the wide one", |text| {
        text.contains("quitter") && text.contains("oublier ") && !text.contains("oublier la")
    });
    view.resize((10, 3));
    view.wait_until("levels alone", |text| {
        text.contains("RSRP -") && !text.contains("Puissance")
    });
    view.resize((120, 40));
    view.wait_for("oublier la meilleure");
    view.type_(b"q");
    assert_eq!(view.end().0, Some(0));
}

#[test]
fn what_ends_it_leaves_the_terminal_as_it_was() {
    type End = fn(&mut View);
    let ends: [(&str, End, i32); 6] = [
        ("q", |view| view.type_(b"q"), 0),
        ("Esc", |view| view.type_(b"\x1b"), 0),
        ("Ctrl-C", |view| view.type_(b"\x03"), 130),
        ("SIGINT", |view| view.signal(Signal::INT), 130),
        ("SIGTERM", |view| view.signal(Signal::TERM), 130),
        ("SIGHUP", |view| view.signal(Signal::HUP), 130),
    ];
    for (name, end, status) in ends {
        let opensim = Opensim::new();
        let mut view = View::open(&opensim, HOME, (80, 24));
        let before = view.modes();
        assert!(before.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG));
        view.wait_for("Meilleure lecture");
        assert!(
            !view
                .modes()
                .intersects(LocalModes::ICANON | LocalModes::ECHO)
        );
        end(&mut view);
        let (code, view) = view.end();
        let text = view.text();
        assert_eq!(code, Some(status), "{name}: {text}");
        view.assert_as_before(before, name);
        // The page of what was found stands where the command was typed.
        assert!(text.contains("lecture"), "{name}: {text}");
        assert!(!text.contains("Arrêt en cours"), "{name}: {text}");
    }
}

#[test]
fn time_that_is_over_and_a_modem_that_is_gone_leave_it_as_it_was_too() {
    let opensim = Opensim::new();
    let over = home(&["--for", "2s"]);
    let mut view = View::open(&opensim, &over, (80, 24));
    let before = view.modes();
    view.wait_for("Puissance (RSRP)");
    let (code, view) = view.end();
    assert_eq!(code, Some(0), "{}", view.text());
    view.assert_as_before(before, "--for");

    let mut modem = opensim.modem("home", "4");
    let args = ["--lang", "fr", "--modem", modem.path(), "monitor"];
    let mut view = View::open(&opensim, &args, (80, 24));
    view.wait_for("Meilleure lecture");
    modem.unplug();
    let (code, view) = view.end();
    let text = view.text();
    assert_eq!(code, Some(7), "{text}");
    view.assert_as_before(before, "unplugged");
    assert!(
        text.contains("débranché") && text.contains("Meilleure lecture"),
        "{text}"
    );
}

#[test]
fn a_pause_gives_the_terminal_back_and_going_on_draws_it_again() {
    let opensim = Opensim::new();
    // The last thing in a window cannot be paused, so a shell with jobs starts it.
    let mut view = View::of_shell(
        &opensim,
        HOME,
        (80, 24),
        "set -m; \"$@\"; stty -a; echo PAUSED; read key; fg; echo CODE=$?; read key",
    );
    view.wait_for("Meilleure lecture");
    view.type_(b"\x1a");
    view.wait_for("PAUSED");
    let paused = view.text();
    assert!(!view.is_other_screen() && !view.hides_cursor(), "{paused}");
    assert!(
        paused.contains(" icanon") && paused.contains(" echo "),
        "{paused}"
    );
    view.type_(b"\n");
    view.wait_for("Meilleure lecture");
    assert!(view.is_other_screen() && view.hides_cursor());
    assert!(
        !view
            .modes()
            .intersects(LocalModes::ICANON | LocalModes::ECHO)
    );
    view.type_(b"q");
    view.wait_for("CODE=0");
    assert!(!view.is_other_screen() && !view.hides_cursor());
    view.type_(b"\n");
    view.end();
}

#[test]
fn the_log_waits_until_the_picture_is_gone() {
    let opensim = Opensim::new();
    // A history that cannot be read is logged, and no more.
    let history = opensim.state.path().join("state/opensim/history.db");
    std::fs::create_dir_all(history).expect("a folder in its place");
    let args = [&["-v"], HOME].concat();
    let mut view = View::open(&opensim, &args, (80, 24));
    view.wait_for("Meilleure lecture");
    let text = view.text();
    assert!(!text.contains("no last survey"), "{text}");
    view.type_(b"q");
    let (code, view) = view.end();
    assert_eq!(code, Some(0));
    let all = String::from_utf8_lossy(view.bytes()).into_owned();
    let (picture, after) = all.rsplit_once("\u{1b}[?1049l").expect("given back");
    let (_, picture) = picture.split_once("\u{1b}[?1049h").expect("taken");
    assert!(!picture.contains("survey"), "{picture}");
    assert!(after.contains("no last survey"), "{after}");
}

#[test]
fn without_colour_no_colour_is_sent_and_with_it_some_is() {
    for (colour, variable, is_coloured) in [
        ("auto", Some("1"), false),
        ("never", None, false),
        ("auto", None, true),
        ("always", Some("1"), true),
    ] {
        let opensim = Opensim::new();
        let args = [&["--color", colour], HOME].concat();
        let mut view = View::with(&opensim, &args, (80, 24), |command| {
            if let Some(value) = variable {
                command.env("NO_COLOR", value);
            }
        });
        view.wait_for("Meilleure lecture");
        view.type_(b"q");
        let (_, view) = view.end();
        assert_eq!(
            has_colour(view.bytes()),
            is_coloured,
            "{colour}, NO_COLOR={variable:?}"
        );
    }
}

/// Whether a colour other than the terminal's own is asked for.
fn has_colour(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let orders = text.split("\u{1b}[").filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let mut numbers = orders.flat_map(|order| {
        let numbers: Vec<u32> = order.split(';').filter_map(|n| n.parse().ok()).collect();
        numbers
    });
    numbers.any(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

#[test]
fn keys_forget_the_best_explain_and_turn_the_tone_on_and_off() {
    let opensim = Opensim::new();
    let mut view = View::open(&opensim, HOME, (80, 24));
    view.wait_for("Meilleure lecture");
    view.type_(b"?");
    view.wait_for("Tournez l’antenne lentement");
    // It leaves the explanation, and not the command.
    view.type_(b"\x1b");
    view.wait_for("Puissance (RSRP)");
    assert_eq!(view.bells(), 0);
    view.type_(b"t");
    view.wait_for("couper le son");
    view.wait_for_bells(2);
    view.type_(b"t");
    view.wait_until("silence", |text| !text.contains("couper le son"));
    view.type_(b"r");
    view.type_(b"q");
    let (code, view) = view.end();
    assert_eq!(code, Some(0), "{}", view.text());
}

#[test]
fn the_bell_rings_only_where_it_is_asked_for_and_a_terminal_hears_it() {
    let opensim = Opensim::new();
    let plain = home(&["--plain", "--for", "1s"]);
    let (_, view) = View::open(&opensim, &plain, (80, 24)).end();
    assert_eq!(view.bells(), 0);
    assert!(!view.text().is_empty());
    let toned = home(&["--plain", "--tone", "--for", "1s"]);
    let (code, view) = View::open(&opensim, &toned, (80, 24)).end();
    assert_eq!(code, Some(0));
    assert!(view.bells() >= 1);
    let ran = opensim.run(&toned);
    assert!(!ran.stdout().contains('\u{7}') && !ran.stderr().contains('\u{7}'));
}

#[test]
fn a_terminal_that_moves_nothing_and_plain_are_told_in_sentences() {
    for (term, args) in [
        ("dumb", &["--for", "1s"][..]),
        ("", &["--for", "1s"]),
        ("xterm", &["--plain", "--for", "1s"]),
    ] {
        let opensim = Opensim::new();
        let args = home(args);
        let view = View::with(&opensim, &args, (80, 24), |command| {
            command.env("TERM", term);
        });
        let (code, view) = view.end();
        let text = view.text();
        assert_eq!(code, Some(0), "{term}: {text}");
        assert!(text.contains("Réception de Quectel EC25"), "{term}: {text}");
        let all = String::from_utf8_lossy(view.bytes()).into_owned();
        assert!(!all.contains("\u{1b}[?1049h"), "{term}");
    }
}

#[test]
fn a_carrier_that_the_last_survey_liked_better_is_named_and_not_moved_to() {
    let opensim = Opensim::new();
    let rural = ["--modem", "sim:rural"];
    let scan = [
        &rural[..],
        &["scan", "--radio-only", "--yes", "--label", "Salon"],
    ]
    .concat();
    assert_eq!(opensim.run(&scan).code(), 0);
    let json = [&["--json"], &rural[..], &["monitor", "--for", "1s"]].concat();
    let ran = opensim.run(&json);
    let line = ran.stdout().lines().next().expect("a line").to_owned();
    let reading: serde_json::Value = serde_json::from_str(&line).expect("a document");
    super::support::schema::assert_valid(&reading);
    assert_eq!(reading["better_in_survey"]["carrier"], "orange", "{line}");
    assert_eq!(reading["better_in_survey"]["label"], "Salon");
    let plain = [&["--lang", "en"], &rural[..], &["monitor", "--for", "3s"]].concat();
    let said = opensim.run(&plain).stdout();
    assert_eq!(said.matches("opensim switch orange").count(), 1, "{said}");
    let mut view = View::open(
        &opensim,
        &[&["--lang", "fr"], &rural[..], &["monitor", "--for", "5m"]].concat(),
        (100, 30),
    );
    view.wait_for("opensim switch orange");
    view.wait_for("Salon");
    view.type_(b"q");
    assert_eq!(view.end().0, Some(0));
    assert!(
        opensim
            .audit()
            .iter()
            .all(|line| line["command"] != "switch")
    );
    // Another virtual modem is another place; and a history that cannot be read is none.
    let home = ["--json", "--modem", "sim:home", "monitor", "--for", "1s"];
    assert!(!opensim.run(&home).stdout().contains("orange\",\"at"));
    let history = opensim.state.path().join("state/opensim/history.db");
    let mut file = std::fs::File::create(history).expect("the history");
    file.write_all(b"no database").expect("written");
    let ran = opensim.run(&json);
    assert_eq!(ran.code(), 0, "{}", ran.stdout());
    assert!(
        ran.stdout().contains("history.begun_anew"),
        "{}",
        ran.stdout()
    );
}
