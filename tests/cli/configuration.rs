//! Configuration files and the environment: what each key does, and what is told of one that is wrong.

use serde_json::Value;

use super::support::{Opensim, Ran};

fn carriers(opensim: &Opensim, config: &str) -> Vec<String> {
    let file = opensim.file("carriers.toml", config);
    let document = opensim
        .run(&["--json", "--config", &file, "carriers"])
        .json();
    let rows = document["carriers"]
        .as_array()
        .unwrap_or_else(|| panic!("{document:#}"));
    let ids = rows
        .iter()
        .map(|row| row["id"].as_str().expect("an id").to_owned());
    ids.collect()
}

/// A configuration, the line and the key of its fault, and a French word for what is wrong.
const FAULTS: &[(&str, u64, &str, &str)] = &[
    ("modem = 3\n", 1, "modem", "entre guillemets"),
    ("\ntimeout = \"abc\"\n", 2, "timeout", "1m30s"),
    ("lang = \"de\"\n", 1, "lang", "fr ou en"),
    ("color = \"red\"\n", 1, "color", "never"),
    ("colour = \"red\"\n", 1, "colour", "ne connaît pas"),
    (
        "carriers = [\"orange\", \"ornage\"]\n",
        1,
        "carriers",
        "opérateur",
    ),
    ("carriers = []\n", 1, "carriers", "aucun opérateur"),
    ("carriers = [\"best\"]\n", 1, "carriers", "opérateur"),
    ("# one\n[[carrier]]\nid = \"x\"\n", 2, "carrier", "plmns"),
    (
        "[[carrier]]\nid = \"auto\"\nplmns = [\"20899\"]\n",
        1,
        "carrier",
        "choisir",
    ),
    (
        "[[carrier]]\nid = \"x\"\nplmns = [\"2\"]\n",
        3,
        "carrier.plmns",
        "20810",
    ),
    (
        "[measure]\nserver = \"127.0.0.1:1\"\n",
        2,
        "measure.server",
        "opensim://",
    ),
    (
        "[measure]\nreflector = \"\"\n",
        2,
        "measure.reflector",
        "HÔTE",
    ),
    (
        "[measure]\nchecks = [\"mailto:me\"]\n",
        2,
        "measure.checks",
        "sip:",
    ),
    (
        "[measure]\nserver = \"cloudflare\"\nsever = \"x\"\n",
        3,
        "measure.sever",
        "ne connaît pas",
    ),
];

#[test]
fn a_fault_of_a_configuration_is_told_with_file_line_and_key() {
    let opensim = Opensim::new();
    for (text, line, key, said) in FAULTS {
        let file = opensim.file("config.toml", text);
        let ran = opensim.run(&["--json", "--lang", "fr", "--config", &file, "carriers"]);
        let document = ran.json();
        let error = &document["error"];
        assert_eq!(
            (ran.code(), &error["code"]),
            (2, &Value::from("usage.config")),
            "{text}"
        );
        assert_eq!(error["values"]["line_number"], *line, "{text}: {error:#}");
        assert_eq!(error["values"]["key"], *key, "{text}: {error:#}");
        let message = error["message"].as_str().expect("words");
        assert!(message.contains(&file), "{message}");
        assert!(message.contains(&format!("ligne {line}")), "{message}");
        assert!(message.contains(key) && message.contains(said), "{message}");
        assert!(!message.contains("--lang"), "{message}");
    }
    for text in ["modem = \"a\nlang = \"fr\"\n", "\u{1}"] {
        let file = opensim.file("config.toml", text);
        let ran = opensim.run(&["--lang", "fr", "--config", &file, "carriers"]);
        let told = ran.stderr();
        assert!(
            told.contains("ligne 1") && told.contains("crochet"),
            "{told}"
        );
    }
}

#[test]
fn help_can_be_had_whatever_a_configuration_says() {
    let opensim = Opensim::new();
    let file = opensim.file("config.toml", "nonsense");
    for command in [
        &["help", "scan"][..],
        &["man"],
        &["scan", "--help"],
        &["completions", "bash"],
        &["completions", "bash", "--", "switch", ""],
    ] {
        let ran = opensim.run(&[&["--config", &file], command].concat());
        assert_eq!(ran.code(), 0, "{command:?}: {}", ran.stderr());
    }
}

#[test]
fn a_fault_is_told_in_the_language_that_the_configuration_asks_for() {
    let opensim = Opensim::new();
    let file = opensim.file("config.toml", "lang = \"fr\"\ntimeout = 3\n");
    let ran = opensim.run(&["--config", &file, "carriers"]);
    let told = ran.stderr();
    assert!(
        told.starts_with("Erreur") && told.contains("ligne 2"),
        "{told}"
    );
}

#[test]
fn an_empty_variable_of_the_environment_is_an_unset_one() {
    let opensim = Opensim::new();
    for name in [
        "OPENSIM_MODEM",
        "OPENSIM_LANG",
        "OPENSIM_COLOR",
        "OPENSIM_TIMEOUT",
        "OPENSIM_CONFIG",
        "OPENSIM_PIN_FILE",
        "OPENSIM_PIN",
        "OPENSIM_SERVER",
    ] {
        let mut command = opensim.command(&["carriers"]);
        let ran = Ran(command.env(name, "").output().expect("it runs"));
        assert_eq!(ran.code(), 0, "{name}: {}", ran.stderr());
    }
    let mut scan = opensim.command(&["--json", "--modem", "sim:home", "switch", "sfr", "--yes"]);
    let scan = scan
        .env("OPENSIM_PIN_FILE", "")
        .env("OPENSIM_SERVER", "")
        .output();
    assert_eq!(Ran(scan.expect("it runs")).json()["outcome"], "switched");
}

#[test]
fn a_variable_that_says_what_it_cannot_is_named_and_no_option_is_blamed() {
    let opensim = Opensim::new();
    for (name, option) in [
        ("OPENSIM_LANG", "--lang"),
        ("OPENSIM_COLOR", "--color"),
        ("OPENSIM_TIMEOUT", "--timeout"),
    ] {
        let mut command = opensim.command(&["--json", "carriers"]);
        let ran = Ran(command.env(name, "zz").output().expect("it runs"));
        let document = ran.json();
        let error = &document["error"];
        assert_eq!(
            (ran.code(), &error["code"]),
            (2, &Value::from("usage.environment"))
        );
        let message = error["message"].as_str().expect("words");
        assert!(
            message.contains(name) && !message.contains(option),
            "{message}"
        );
        // The flag is above it.
        let value = if option == "--timeout" {
            "9s"
        } else if option == "--lang" {
            "fr"
        } else {
            "never"
        };
        let mut command = opensim.command(&[option, value, "carriers"]);
        let ran = Ran(command.env(name, "zz").output().expect("it runs"));
        assert_eq!(ran.code(), 0, "{name}: {}", ran.stderr());
    }
}

#[test]
fn each_layer_gives_way_to_the_one_above_it() {
    let opensim = Opensim::new();
    let file = opensim.file("config.toml", "lang = \"fr\"\nmodem = \"sim:no-sim\"\n");
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let line = [&["--config", &file], args].concat();
        let mut command = opensim.command(&line);
        Ran(command
            .envs(variables.iter().copied())
            .output()
            .expect("it runs"))
    };
    assert_eq!(run(&["status"], &[]).code(), 5);
    assert_eq!(run(&["status"], &[("OPENSIM_MODEM", "sim:home")]).code(), 0);
    let typed = ["--modem", "sim:no-sim", "status"];
    assert_eq!(run(&typed, &[("OPENSIM_MODEM", "sim:home")]).code(), 5);
    assert!(run(&["scna"], &[]).stderr().starts_with("Erreur"));
    assert!(
        run(&["scna"], &[("OPENSIM_LANG", "en")])
            .stderr()
            .starts_with("Error")
    );
    assert!(
        run(&["--lang", "fr", "scna"], &[("OPENSIM_LANG", "en")])
            .stderr()
            .starts_with("Erreur")
    );
}

#[test]
fn a_carrier_of_ones_own_is_added_to_the_others_or_takes_the_place_of_its_namesake() {
    let opensim = Opensim::new();
    let own = "[[carrier]]\nid = \"mine\"\nplmns = [\"20899\"]\n";
    assert_eq!(carriers(&opensim, ""), ["orange", "sfr", "bouygues"]);
    assert_eq!(
        carriers(&opensim, own),
        ["orange", "sfr", "bouygues", "mine"]
    );
    let listed = |list: &str| carriers(&opensim, &format!("carriers = {list}\n{own}"));
    assert_eq!(listed("[\"sfr\"]"), ["sfr", "mine"]);
    assert_eq!(listed("[\"mine\", \"sfr\"]"), ["mine", "sfr"]);
    assert_eq!(listed("[]"), ["mine"]);
    let namesake = "[[carrier]]\nid = \"SFR\"\nname = \"Rouge\"\nplmns = [\"20810\"]\n";
    assert_eq!(carriers(&opensim, namesake), ["orange", "SFR", "bouygues"]);
    let file = opensim.file("namesake.toml", namesake);
    let line = [
        "--json", "--config", &file, "--modem", "sim:home", "switch", "sfr", "--yes",
    ];
    assert_eq!(opensim.run(&line).json()["to"]["name"], "Rouge");
}

/// What stands between fences of this language in a page of docs/.
fn fenced<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let parts = page.split("```").skip(1).step_by(2);
    parts
        .filter_map(|part| part.strip_prefix(language))
        .collect()
}

#[test]
fn the_guides_configuration_can_be_used_as_it_stands_and_the_demonstration_works_with_it() {
    for (guide, own) in [
        (include_str!("../../docs/guide.fr.md"), "exemple"),
        (include_str!("../../docs/guide.en.md"), "example"),
    ] {
        let opensim = Opensim::new();
        let config = fenced(guide, "toml\n").concat();
        assert!(config.contains("[measure]"), "{config}");
        let file = opensim.file("config.toml", &config);
        let line = ["--json", "--config", &file, "--modem", "sim:home"];
        let carriers = format!("{own},sfr");
        let scan = ["scan", "--yes", "--carriers", &carriers];
        let scan = opensim.run(&[&line[..], &scan].concat());
        let document = scan.json();
        assert_eq!(scan.code(), 0, "{document:#}");
        assert_eq!(document["carriers"].as_array().map(Vec::len), Some(2));
        assert_eq!(
            document["carriers"][0]["verdict"], "suitable",
            "{document:#}"
        );
        let measure = opensim.run(&[&line[..], &["measure"]].concat());
        assert_eq!(measure.code(), 0, "{:#}", measure.json());
        let switch = opensim.run(&[&line[..], &["switch", "sfr", "--yes"]].concat());
        assert_eq!(switch.json()["data_verified"], true);
    }
}
