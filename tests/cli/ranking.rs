//! What a survey concludes, at the binary: who is first, who cannot be compared, and the exit status of each.

use std::io::BufReader;

use serde_json::{Value, json};

use super::support::{Opensim, Ran, wait_for_line, warns};

/// Rank, verdict and ties of each carrier in the document's order.
fn places(document: &Value) -> Vec<(&str, u64, &str, usize)> {
    let rows = document["carriers"].as_array().expect("rows");
    let place = |row| -> (&str, u64, &str, usize) {
        let row: &Value = row;
        (
            row["carrier"].as_str().expect("an id"),
            row["rank"].as_u64().expect("a rank"),
            row["verdict"].as_str().expect("a verdict"),
            row["tied_with"].as_array().expect("ties").len(),
        )
    };
    rows.iter().map(place).collect()
}

fn why(document: &Value, at: usize) -> Vec<&str> {
    let notes = document["carriers"][at]["why"].as_array().expect("reasons");
    notes.iter().filter_map(|n| n["code"].as_str()).collect()
}

/// A page in one line, so that a sentence can be found in it wherever it was wrapped.
fn in_a_line(page: &str) -> String {
    let page = page.replace(['\u{a0}', '\u{202f}'], " ");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `home` with these carriers alone: name, network, the rest of its table, RSRP and SINR.
fn place(start: &str, carriers: &[(&str, &str, &str, i32, i32)]) -> String {
    let cell = |at: usize, rsrp: i32, sinr: i32| {
        format!(
            "[[carrier.cell]]\nband = 3\nearfcn = {}\npci = {at}\ncell_id = {}\ntac = 12042\nbandwidth_mhz = 10\nrsrp_dbm = {rsrp}\nrsrq_db = -10\nsinr_db = {sinr}\n",
            1300 + at,
            45_426_691 + 256 * at
        )
    };
    let carrier = |(at, (name, plmn, more, rsrp, sinr)): (usize, &(&str, &str, &str, i32, i32))| {
        let head = format!("[[carrier]]\nname = \"{name}\"\nplmns = [\"{plmn}\"]\n{more}\n");
        head + &cell(at, *rsrp, *sinr)
    };
    let carriers: String = carriers.iter().enumerate().map(carrier).collect();
    format!("base = \"home\"\n{start}\n{carriers}")
}

#[test]
fn a_carrier_over_which_nothing_comes_is_last_of_the_measured_and_the_closest_is_by_the_need() {
    let opensim = Opensim::new();
    let slow = "link = { down_kbit = 400, up_kbit = 70 }";
    let dead = "link = { down_kbit = 0, up_kbit = 0 }";
    let scenario = place(
        "",
        &[
            ("Orange F", "20801", slow, -102, 3),
            ("F SFR", "20810", dead, -80, 20),
        ],
    );
    let modem = format!("sim:{}", opensim.file("dead.toml", &scenario));
    let line = ["--json", "--modem", &modem, "scan", "--yes", "--no-voice"];
    let ran = opensim.run(&line);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]),
        (9, &Value::Null),
        "{document:#}"
    );
    assert_eq!(
        places(&document),
        [
            ("orange", 1, "unsuitable", 0),
            ("sfr", 2, "unsuitable", 0),
            ("bouygues", 3, "unavailable", 0)
        ]
    );
    assert_eq!(why(&document, 0).last(), Some(&"rank.first_by_need"));
    assert_eq!(why(&document, 1)[0], "measure.no_data");
    assert_eq!(why(&document, 1).last(), Some(&"rank.below_need"));
    let saved = opensim.file("survey.json", &ran.stdout());
    for (lang, closest) in [
        (
            "en",
            "No carrier is good enough for your working day here. Closest: Orange.",
        ),
        (
            "fr",
            "Ici, aucun opérateur ne suffit pour votre journée de travail. Le plus proche : Orange.",
        ),
    ] {
        let page = in_a_line(&opensim.run(&["--lang", lang, "report", &saved]).stdout());
        assert!(page.contains(closest), "{page}");
    }
}

#[test]
fn where_the_levels_of_one_carrier_alone_were_read_nothing_is_compared_and_the_status_is_8() {
    let opensim = Opensim::new();
    let line = [
        "--modem",
        "sim:generic-home",
        "scan",
        "--radio-only",
        "--yes",
    ];
    let ran = opensim.run(&[&["--json"], &line[..]].concat());
    let document = ran.json();
    assert_eq!(
        (
            ran.code(),
            &document["error"]["code"],
            &document["complete"]
        ),
        (8, &json!("scan.nothing_compared"), &json!(true)),
        "{document:#}"
    );
    assert_eq!(
        places(&document),
        [
            ("orange", 1, "not_measured", 0),
            ("bouygues", 2, "not_measured", 0),
            ("sfr", 3, "not_measured", 0)
        ]
    );
    assert_eq!(why(&document, 0).last(), Some(&"rank.only_one_read"));
    assert_eq!(why(&document, 1), ["radio.unknown"]);
    for (lang, said, first) in [
        (
            "en",
            "Nothing could be compared: only the signal of Orange could be read.",
            "first",
        ),
        (
            "fr",
            "Rien n’a pu être comparé : la réception n’a été lue que pour Orange.",
            "en tête",
        ),
    ] {
        let ran = opensim.run(&[&["--lang", lang], &line[..]].concat());
        let page = in_a_line(&ran.stdout());
        assert_eq!(ran.code(), 8);
        assert!(page.contains(said) && !page.contains(first), "{page}");
        assert!(in_a_line(&ran.stderr()).contains(said), "{}", ran.stderr());
    }
}

#[test]
fn a_survey_interrupted_in_its_second_carrier_compares_nothing_and_keeps_what_was_confirmed_alone()
{
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    let line = [
        "-v",
        "--lang",
        "en",
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
    ];
    let mut scan = opensim.command(&line).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR");
    let pid = rustix::process::Pid::from_child(&scan);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
    wait_for_line(&mut stderr, "Orange");
    let ran = Ran(scan.wait_with_output().expect("it ends"));
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (130, &json!("interrupted")),
        "{document:#}"
    );
    assert_eq!(
        places(&document),
        [
            ("orange", 1, "not_measured", 0),
            ("bouygues", 2, "not_measured", 0),
            ("sfr", 3, "not_measured", 0)
        ]
    );
    assert_eq!(why(&document, 0).last(), Some(&"rank.only_one_read"));
    for at in [1, 2] {
        assert_eq!(why(&document, at), ["carrier.not_visited"]);
        assert_eq!(document["carriers"][at]["radio"], Value::Null);
    }
    let saved = opensim.file("survey.json", &ran.stdout());
    let page = in_a_line(&opensim.run(&["--lang", "en", "report", &saved]).stdout());
    assert!(
        page.contains("Nothing could be compared: only the signal of Orange could be read."),
        "{page}"
    );
    assert!(
        !page.contains("better") && !page.contains("comes first"),
        "{page}"
    );
}

#[test]
fn a_survey_interrupted_while_it_reads_a_carrier_keeps_what_it_had_read() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "4");
    let line = [
        "-v",
        "--lang",
        "en",
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
        "--no-measure",
        "--samples",
        "9",
    ];
    let mut scan = opensim.command(&line).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "SFR (2 of 9)");
    let pid = rustix::process::Pid::from_child(&scan);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
    wait_for_line(&mut stderr, "Orange");
    let ran = Ran(scan.wait_with_output().expect("it ends"));
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["complete"], &document["restored"]),
        (130, &json!(false), &json!(true)),
        "{document:#}"
    );
    let rows = document["carriers"].as_array().expect("rows");
    let sfr = rows.iter().find(|row| row["carrier"] == "sfr");
    let sfr = sfr.expect("a row");
    assert!(sfr["radio"]["rsrp_dbm"].is_number(), "{sfr:#}");
    assert!(sfr["radio"]["samples"].as_u64() < Some(9), "{sfr:#}");
    assert_eq!(sfr["why"][0]["code"], "carrier.cut_short", "{sfr:#}");
}

/// A modem on no network that answers `ERROR` to every selection and to the question for all networks.
fn recorded_refusals(opensim: &Opensim) -> String {
    let scenario = place(
        "[start]\nmode = \"deregistered\"\nregistered = false",
        &[("Orange F", "20801", "", -90, 10)],
    );
    let modem = format!("sim:{}", opensim.file("nowhere.toml", &scenario));
    let trace = opensim.state.path().join("status.at").display().to_string();
    let ran = opensim.run(&["--modem", &modem, "--trace", &trace, "status"]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    trace
}

#[test]
fn where_the_modem_refuses_every_carrier_with_an_error_the_status_is_8_and_its_list_is_asked_for_once()
 {
    let opensim = Opensim::new();
    let recorded = recorded_refusals(&opensim);
    for more in [&["--all-networks"][..], &[]] {
        let modem = opensim.recorded(&recorded);
        let asked = opensim.state.path().join("asked.at").display().to_string();
        let line = [
            "--json",
            "--modem",
            modem.path(),
            "--timeout",
            "1s",
            "--trace",
            &asked,
        ];
        let ran = opensim.run(&[&line[..], &["scan", "--yes"], more].concat());
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (8, &json!("scan.nothing_compared")),
            "{document:#}"
        );
        assert_eq!(
            places(&document),
            [
                ("bouygues", 1, "unavailable", 0),
                ("orange", 2, "unavailable", 0),
                ("sfr", 3, "unavailable", 0)
            ]
        );
        assert_eq!(document["carriers"][0]["error"]["code"], "modem.refused");
        assert!(warns(&document, "network_list.failed"));
        let warnings = document["warnings"].as_array().expect("warnings").iter();
        assert_eq!(
            warnings
                .filter(|w| w["code"] == "network_list.failed")
                .count(),
            1
        );
        let trace = std::fs::read_to_string(&asked).expect("a trace");
        assert_eq!(trace.matches("> AT+COPS=?").count(), 1, "{trace}");
    }
}

#[test]
fn where_the_network_refuses_every_carrier_the_status_is_6() {
    let opensim = Opensim::new();
    let denied = "availability = \"denied\"\ncause = 11";
    let scenario = place(
        "[start]\nmode = \"deregistered\"\nregistered = false",
        &[
            ("Orange F", "20801", denied, -90, 10),
            ("F SFR", "20810", denied, -90, 10),
        ],
    );
    let modem = format!("sim:{}", opensim.file("denied.toml", &scenario));
    let ran = opensim.run(&["--json", "--modem", &modem, "scan", "--yes"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (6, &json!("network.nobody")),
        "{document:#}"
    );
    assert!(
        places(&document)
            .iter()
            .all(|place| place.2 == "unavailable")
    );
}

#[test]
fn a_call_that_got_no_answer_is_the_reason_of_an_uncertain_verdict() {
    let opensim = Opensim::new();
    // Nobody answers there, and the socket is kept so that nobody else takes its port.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let reflector = silent.local_addr().expect("an address").to_string();
    let line = ["--modem", "sim:home", "measure", "--reflector", &reflector];
    for (lang, said, close) in [
        (
            "en",
            "good enough for your working day: the call's packets were not answered.",
            "too close",
        ),
        (
            "fr",
            "on ne peut pas conclure (les paquets de l’appel sont restés sans réponse).",
            "trop proche",
        ),
    ] {
        let ran = opensim.run(&[&["--lang", lang], &line[..]].concat());
        let page = in_a_line(&ran.stdout());
        assert_eq!(ran.code(), 0, "{page}");
        assert!(page.contains(said) && !page.contains(close), "{page}");
    }
}
