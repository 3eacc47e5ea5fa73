//! What is typed: words, options, questions, and how each of them is answered at the binary.

use serde_json::Value;

use super::support::{Opensim, Ran, plmn_in_use};
use super::window::Window;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The commands, as the binary names them itself.
pub(crate) fn commands(opensim: &Opensim) -> Vec<String> {
    let offered = opensim.run(&["completions", "fish", "--", ""]).stdout();
    let names = offered.lines().filter_map(|line| line.split('\t').next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_takes_yes_on_either_side_of_its_name() {
    let opensim = Opensim::new();
    let commands = commands(&opensim);
    assert!(commands.len() > 10, "{commands:?}");
    for command in &commands {
        for line in [[command, "--yes", "--help"], ["--yes", command, "--help"]] {
            let ran = opensim.run(&line);
            assert_eq!(ran.code(), 0, "{line:?}: {}", ran.stderr());
        }
    }
    let ran = opensim.run(&["--json", "--modem", "sim:home", "recover", "--yes"]);
    assert_eq!(
        (ran.code(), &ran.json()["needed"]),
        (0, &Value::from(false))
    );
    let before = ["--json", "--yes", "--modem", "sim:home", "switch", "sfr"];
    assert_eq!(opensim.run(&before).json()["outcome"], "switched");
}

#[test]
fn help_of_a_command_is_found_under_either_name() {
    let opensim = Opensim::new();
    for lang in ["fr", "en"] {
        for command in commands(&opensim) {
            let asked = opensim.run(&["--lang", lang, "help", &command]);
            let option = opensim.run(&["--lang", lang, &command, "--help"]);
            assert_eq!(
                (asked.code(), asked.stdout()),
                (0, option.stdout()),
                "{command}"
            );
        }
    }
    let all = opensim.run(&["help"]);
    assert_eq!(all.stdout(), opensim.run(&["--help"]).stdout());
    let none = opensim.run(&["--lang", "en", "help", "scna"]);
    assert_eq!(none.code(), 2);
    assert!(none.stderr().contains("scan"), "{}", none.stderr());
}

#[test]
fn the_virtual_modem_says_which_scenarios_there_are() {
    let opensim = Opensim::new();
    let help = opensim.run(&["sim", "--help"]).stdout();
    for scenario in ["home", "rural", "zone-blanche", "no-sim"] {
        assert!(help.contains(scenario), "{scenario}: {help}");
    }
}

#[test]
fn a_switch_to_nowhere_says_which_carriers_there_are() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--lang", "en", "switch"]);
    assert_eq!(ran.code(), 2);
    for carrier in ["orange", "sfr", "bouygues"] {
        assert!(ran.stderr().contains(carrier), "{}", ran.stderr());
    }
    for (lang, said) in [
        ("fr", "Aucun opérateur n’est indiqué."),
        ("en", "No carrier is given."),
    ] {
        for word in ["", "  "] {
            let ran = opensim.run(&[
                "--lang", lang, "--modem", "sim:home", "switch", word, "--yes",
            ]);
            assert_eq!(ran.code(), 2);
            assert!(ran.stderr().contains(said), "{}", ran.stderr());
            assert!(ran.stderr().contains("bouygues"), "{}", ran.stderr());
        }
    }
}

#[test]
fn what_is_mistyped_is_asked_about_and_never_taken() {
    let opensim = Opensim::new();
    for (lang, said) in [
        ("fr", "Vouliez-vous dire «\u{202f}orange\u{202f}»\u{202f}?"),
        ("en", "Did you mean `orange`?"),
    ] {
        let ran = opensim.run(&[
            "--lang", lang, "--modem", "sim:home", "switch", "oragne", "--yes",
        ]);
        assert_eq!(ran.code(), 2);
        assert!(
            plain(&ran.stderr()).contains(&plain(said)),
            "{}",
            ran.stderr()
        );
    }
    let ran = opensim.run(&["--lang", "fr", "measure", "--server", "localhost"]);
    let said = plain(&ran.stderr()).replace('\n', " ");
    assert!(said.contains("opensim://localhost"), "{said}");
    assert!(said.contains("HÔTE") && !said.contains("HOST"), "{said}");
    let ran = opensim.run(&["--modem", "sim:home", "switch", "paris", "--yes", "--json"]);
    assert_eq!(ran.json()["error"]["values"]["suggestion"], Value::Null);
}

/// A network that no table of opensim has.
const ABROAD: &str = r#"
base = "home"
[start]
plmn = "24299"
[[carrier]]
name = "Fjordnett"
short = "Fjord"
plmns = ["24299"]
[[carrier.cell]]
band = 3
earfcn = 1675
pci = 87
cell_id = 0x5C4EF15
tac = 0x3C22
bandwidth_mhz = 20
rsrp_dbm = -84
rsrq_db = -8
sinr_db = 17.5
"#;

#[test]
fn a_carrier_may_be_named_as_status_shows_it() {
    let opensim = Opensim::new();
    let shown = |modem: &str| {
        let status = opensim.run(&["--json", "--modem", modem, "status"]).json();
        let name = status["registration"]["operator_name"].as_str();
        name.expect("a name").to_owned()
    };
    let modem = opensim.modem("home", "50");
    let first = shown(modem.path());
    assert_eq!(first, "Orange F");
    let switch = |modem: &str, name: &str| {
        opensim.run(&["--json", "--modem", modem, "switch", name, "--yes"])
    };
    assert_eq!(
        switch(modem.path(), &first).json()["outcome"],
        "already_there"
    );
    assert_eq!(switch(modem.path(), "sfr").code(), 0);
    assert_eq!(switch(modem.path(), &first).json()["outcome"], "switched");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    // One that no table has, as a network abroad is shown.
    let scenario = opensim.file("abroad.toml", ABROAD);
    let modem = opensim.modem_at("abroad", &scenario, "50");
    assert_eq!(shown(modem.path()), "Fjordnett");
    let there = switch(modem.path(), "fjordnett").json();
    assert_eq!(there["outcome"], "already_there", "{there:#}");
    assert_eq!(there["to"]["plmn"], "24299");
    assert_eq!(
        switch(modem.path(), "Fjord").json()["error"]["code"],
        "usage.carrier_unknown"
    );
    let nothing = switch("sim:home", "ornage").json();
    assert_eq!(nothing["error"]["code"], "usage.carrier_unknown");
}

#[test]
fn a_modem_that_is_not_there_is_told_in_whole_sentences() {
    let opensim = Opensim::new();
    for (lang, said) in [
        ("fr", "Aucun modem ne correspond à « foo »."),
        ("en", "No modem matches \"foo\"."),
    ] {
        let ran = opensim.run(&["--lang", lang, "--modem", "foo", "status"]);
        let told = plain(&ran.stderr());
        assert_eq!(ran.code(), 3, "{told}");
        assert!(told.contains(said) && !told.contains(": ."), "{told}");
    }
}

#[test]
fn a_span_may_be_typed_in_several_units() {
    let opensim = Opensim::new();
    for span in ["1m30s", "90", "1 min 30 s", "1m30"] {
        let ran = opensim.run(&["--modem", "sim:home", "--timeout", span, "status"]);
        assert_eq!(ran.code(), 0, "{span}: {}", ran.stderr());
    }
    let ran = opensim.run(&["--timeout", "30s1m", "carriers"]);
    assert_eq!(ran.code(), 2);
}

#[test]
fn two_forms_for_one_output_are_refused_and_told() {
    let opensim = Opensim::new();
    let kept = opensim
        .run(&["--json", "--modem", "sim:home", "status"])
        .stdout();
    let kept = opensim.file("kept.json", &kept);
    for line in [
        &[
            "--json", "--modem", "sim:home", "scan", "--yes", "--format", "csv",
        ][..],
        &["--json", "report", &kept, "--format", "html"],
    ] {
        let ran = opensim.run(line);
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (2, &Value::from("usage.invalid")),
            "{document:#}"
        );
        let message = document["error"]["message"].as_str().expect("words");
        assert!(
            message.contains("--json") && message.contains("--format"),
            "{message}"
        );
    }
    // With a file, the form is the file's.
    let out = opensim.state.path().join("kept.txt");
    let out = out.to_str().expect("a plain path");
    let line = ["--json", "report", &kept, "--format", "text", "--out", out];
    assert_eq!(opensim.run(&line).code(), 0);
    assert!(
        std::fs::read_to_string(out)
            .expect("written")
            .contains("Orange")
    );
}

#[test]
fn an_option_whose_value_is_none_is_told_in_the_readers_language_alone() {
    let opensim = Opensim::new();
    for line in [
        &["--lang", "fr", "--timeout", "soon", "status"][..],
        &["--lang", "fr", "--color", "red", "status"],
        &["--lang", "fr", "--dialect", "klingon", "status"],
        &["--lang", "fr", "scan", "--samples", "0"],
        &["--lang", "fr", "scan", "--need-down", "fast"],
        &["--lang", "fr", "scan", "--need-up", "fast"],
        &["--lang", "fr", "scan", "--budget", "much"],
        &["--lang", "fr", "scan", "--max-time", "long"],
        &["--lang", "fr", "scan", "--format", "pdf"],
        &["--lang", "fr", "measure", "--codec", "mp3"],
        &["--lang", "fr", "serve", "--listen", "there"],
        &["--lang", "fr", "serve", "--stamp", "there"],
        &["--lang", "fr", "serve", "--max-rate", "fast"],
        &["--lang", "fr", "serve", "--max-bytes", "many"],
        &["--lang", "fr", "serve", "--max-clients", "0"],
        &["--lang", "fr", "serve", "--max-time", "long"],
        &["--lang", "fr", "serve", "--tls-cert", "a.pem"],
        &["--lang", "fr", "sim", "--pace", "fast"],
        &["--lang", "fr", "completions", "csh"],
        &["--lang", "fr", "sim", "--link", "a", "--port", "b"],
    ] {
        let ran = opensim.run(line);
        let told = plain(&ran.stderr());
        assert_eq!(ran.code(), 2, "{line:?}: {told}");
        for english in [
            " such as ",
            "invalid",
            "error:",
            "cannot",
            "required",
            "expected",
            "a value",
        ] {
            assert!(!told.contains(english), "{line:?}: {told}");
        }
        assert!(told.starts_with("Erreur : "), "{told}");
    }
    let ran = opensim.run(&["--lang", "de", "status"]);
    let told = plain(&ran.stderr());
    assert!(
        ran.code() == 2 && told.contains("--lang") && told.contains("fr or en"),
        "{told}"
    );
}

/// With these variables of the locale and nothing else of it.
fn in_locale(opensim: &Opensim, locale: &[(&str, &str)], args: &[&str]) -> Ran {
    let mut command = opensim.command(args);
    command.env_remove("LANG").envs(locale.iter().copied());
    Ran(command.output().expect("the binary runs"))
}

#[test]
fn a_locale_of_plain_letters_is_english_and_gets_no_other_letter() {
    let opensim = Opensim::new();
    let plain = [("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")];
    let ran = in_locale(&opensim, &plain, &["scna"]);
    assert!(ran.stderr().starts_with("Error: "), "{}", ran.stderr());
    let french = in_locale(&opensim, &[("LANG", "fr_FR.UTF-8")], &["scna"]);
    assert!(
        french.stderr().contains("n’existe pas"),
        "{}",
        french.stderr()
    );
    // Who asks for French there gets it in the letters that there are, whatever it is that is said.
    for line in [
        &["--lang", "fr", "scna"][..],
        &["--lang", "fr", "--help"],
        &["--lang", "fr", "help", "scan"],
        &["--lang", "fr", "completions", "fish", "--", "--"],
        &["--lang", "fr", "--modem", "foo", "status"],
        &["--lang", "fr", "--modem", "sim:home", "scan"],
        &["--lang", "fr", "--config", "/nonexistent", "status"],
        &["--lang", "fr", "-v", "--modem", "sim:home", "status"],
    ] {
        let ran = in_locale(&opensim, &plain, line);
        let said = ran.stdout() + &ran.stderr();
        assert!(said.is_ascii() && !said.is_empty(), "{line:?}: {said}");
    }
}

#[test]
fn the_question_for_a_pin_says_how_many_tries_are_left_and_what_is_none_is_asked_again() {
    let opensim = Opensim::new();
    let modem = opensim.modem("pin", "50");
    let args = [
        "--lang",
        "en",
        "--modem",
        modem.path(),
        "switch",
        "sfr",
        "--yes",
    ];
    let mut window = Window::open(&opensim, &args);
    let asked = window.wait_for_question("PIN of the SIM card (3 tries left): ");
    assert!(!asked.contains("four to eight"), "{asked}");
    window.type_(b"12ab\n");
    let told = window.wait_for_question("tries left): ");
    assert!(
        told.contains("four to eight digits") && !told.contains("12ab"),
        "{told}"
    );
    assert!(!told.contains("file"), "{told}");
    window.type_(b"1234\n");
    let (said, code) = window.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("1234"), "{said}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20810");
}

#[test]
fn an_answer_that_is_neither_yes_nor_no_is_asked_for_again() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let args = ["--lang", "en", "--modem", modem.path(), "switch", "sfr"];
    let mut window = Window::open(&opensim, &args);
    window.wait_for_question("[y/N] ");
    window.type_(b"perhaps\n");
    let told = window.wait_for_question("[y/N] ");
    assert!(told.contains("\"y\" for yes or \"n\" for no"), "{told}");
    window.type_(b"No\n");
    let (said, code) = window.end();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("You answered no"), "{said}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
}

#[test]
fn nobody_is_asked_to_agree_to_what_the_sim_card_makes_impossible() {
    let opensim = Opensim::new();
    for (scenario, said) in [("no-sim", "no SIM card"), ("puk", "PUK")] {
        let modem = format!("sim:{scenario}");
        for command in [&["scan"][..], &["switch", "sfr"]] {
            let args = [&["--lang", "en", "--modem", &modem], command].concat();
            let (shown, code) = Window::open(&opensim, &args).end();
            assert_eq!(code, Some(5), "{shown}");
            assert!(shown.contains(said) && !shown.contains("[y/N]"), "{shown}");
        }
    }
}

#[test]
fn nobody_is_asked_for_a_pin_that_would_not_be_tried() {
    let opensim = Opensim::new();
    let scenario = opensim.file("one-try.toml", "base = \"pin\"\n[sim]\npin_tries = 1\n");
    let modem = opensim.modem(&scenario, "50");
    let args = [
        "--lang",
        "en",
        "--modem",
        modem.path(),
        "switch",
        "sfr",
        "--yes",
    ];
    let window = Window::open(&opensim, &args);
    let (said, code) = window.end_unasked(Some("PIN of the SIM card"));
    assert_eq!(code, Some(5), "{said}");
}

#[test]
fn a_pin_of_the_environment_or_a_file_that_is_none_is_named_as_what_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let opensim = Opensim::new();
    let modem = opensim.modem("pin", "50");
    let file = opensim.file("pin", "12ab\n");
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&file, private).expect("made private");
    let args = [
        "--lang",
        "fr",
        "--modem",
        modem.path(),
        "switch",
        "sfr",
        "--yes",
    ];
    let of_variable = opensim.command(&args).env("OPENSIM_PIN", "12ab").output();
    let of_file = opensim
        .command(&args)
        .env("OPENSIM_PIN_FILE", &file)
        .output();
    for (ran, named) in [
        (of_variable, "La variable d’environnement OPENSIM_PIN"),
        (of_file, &*format!("Le fichier {file}")),
    ] {
        let ran = Ran(ran.expect("the binary runs"));
        let told = ran.stderr();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code(), 2, "{told}");
        assert!(
            told.contains(named) && told.contains("quatre à huit chiffres"),
            "{told}"
        );
        assert!(!told.contains("12ab"), "{told}");
    }
}
