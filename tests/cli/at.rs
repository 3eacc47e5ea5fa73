//! `opensim at` at the binary: what is sent, what needs force, what is never sent, and what of it can be read later.

use super::support::{Opensim, Ran};

/// The command lines of a trace.
fn sent(trace: &str) -> Vec<&str> {
    trace
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .collect()
}

#[test]
fn what_is_not_known_to_be_harmless_does_not_reach_the_modem_unforced() {
    let opensim = Opensim::new();
    let trace = opensim.file("trace.at", "");
    for line in [
        "AT!RESET",
        "AT+QPOWD=1",
        "AT+CSIM=10,\"0020000100\"",
        "AT+EGMR=1,7,\"356938035643809\"",
        "AT+QPIN=\"SC\",\"7391\"",
    ] {
        let ran = opensim.run(&[
            "--json", "--modem", "sim:home", "--trace", &trace, "at", line,
        ]);
        let document = ran.json();
        assert_eq!(
            (ran.code(), document["error"]["code"].as_str()),
            (2, Some("modem.guarded")),
            "{line}"
        );
        let told = std::fs::read_to_string(&trace).unwrap();
        let own = sent(&told);
        assert!(
            !own.is_empty() && own.iter().all(|l| !line.starts_with(&l[..l.len().min(6)])),
            "{line}: {own:?}"
        );
        assert!(!ran.stdout().contains("7391"), "{}", ran.stdout());
    }
    assert_eq!(opensim.audit(), Vec::<serde_json::Value>::new());
}

#[test]
fn what_is_forced_is_in_the_audit_log_before_it_is_sent_and_how_it_ended_after() {
    let opensim = Opensim::new();
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "at",
        "--force",
        "AT+CSQ",
        "AT+FOO=1,\"hunter2\"",
        "AT+CREG?",
    ];
    let ran = opensim.run(&line);
    // The virtual modem does not know it; what stands behind it is asked all the same.
    let document = ran.json();
    assert_eq!(
        (ran.code(), document["error"]["code"].as_str()),
        (7, Some("modem.refused"))
    );
    assert_eq!(document["answers"].as_array().unwrap().len(), 3);
    let audit = opensim.audit();
    let said: Vec<_> = audit
        .iter()
        .map(|entry| {
            (
                entry["command"].as_str(),
                entry["line"].as_str(),
                entry["outcome"].as_str(),
            )
        })
        .collect();
    let masked = Some("AT+FOO=1,\"*******\"");
    assert_eq!(
        said,
        [
            (Some("at"), masked, Some("sending")),
            (Some("at"), masked, Some("refused"))
        ]
    );
    assert!(audit[0]["who"].is_string() && audit[0]["imei"].as_str().unwrap().contains('*'));
}

#[test]
fn what_is_forced_is_not_sent_where_the_audit_log_cannot_be_written() {
    let opensim = Opensim::new();
    let trace = opensim.file("trace.at", "");
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "--trace",
        &trace,
        "at",
        "--force",
        "AT+CFUN=4",
    ];
    let mut command = opensim.command(&line);
    let ran = Ran(command
        .env("XDG_STATE_HOME", "/dev/null/state")
        .output()
        .unwrap());
    assert_eq!(
        (ran.code(), ran.json()["error"]["code"].as_str()),
        (1, Some("store.write"))
    );
    let told = std::fs::read_to_string(&trace).unwrap();
    assert!(
        !sent(&told).iter().any(|line| line.contains("CFUN=")),
        "{told}"
    );
}

#[test]
fn force_lets_no_selection_no_code_no_imei_and_no_call_through() {
    let opensim = Opensim::new();
    for line in [
        "AT+COPS=0",
        "AT+COPS=1,2,\"20810\"",
        "AT+CPOL=1,2,\"20801\"",
        "AT+CPIN=\"1234\"",
        "AT+CSIM=10,\"0020000100\"",
        "AT+EGMR=1,7,\"356938035643809\"",
        "ATD112;",
        "A/",
        "AT&F",
        "AT+CSQ\u{8}",
    ] {
        let ran = opensim.run(&["--json", "--modem", "sim:home", "at", "--force", line]);
        assert_eq!(
            (ran.code(), ran.json()["error"]["code"].as_str()),
            (2, Some("modem.guarded")),
            "{line}"
        );
    }
    assert_eq!(opensim.audit(), Vec::<serde_json::Value>::new());
}

#[test]
fn a_refused_line_does_not_end_well() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--json", "--modem", "sim:home", "at", "AT+FOO?"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), document["error"]["code"].as_str()),
        (7, Some("modem.refused"))
    );
    assert_eq!(document["answers"][0]["ok"], false);
    let hint = document["error"]["hint"].to_string();
    assert!(hint.contains("manual"), "{hint}");
    for lang in ["fr", "en"] {
        let ran = opensim.run(&["--lang", lang, "--modem", "sim:home", "at", "AT!RESET"]);
        assert!(ran.stderr().contains("--force"), "{}", ran.stderr());
    }
}

#[test]
fn the_modems_numbers_are_hidden_in_every_spelling_wherever_they_stand() {
    let opensim = Opensim::new();
    let world = "base = \"home\"\n[modem]\nimei = \"356938035643809\"\nmodel = \"EC25-35.693803.564380.9\"\nrevision = \"R1 3569 3803 5643 809\"\nmanufacturer = \"0x144a21cd245a1\"\n[sim]\niccid = \"8933010000000012346\"\nimsi = \"208100000054321\"\n";
    let world = opensim.file("world.toml", world);
    let modem = format!("sim:{world}");
    let trace = opensim.file("trace.at", "");
    let integer = format!("{:x}", 356_938_035_643_809_u64);
    for args in [
        &["--json", "status"][..],
        &["status"],
        &[
            "--json",
            "scan",
            "--yes",
            "--no-measure",
            "--carriers",
            "sfr",
        ],
        &[
            "--json", "at", "AT+CGSN", "ATI", "AT+CGMM", "AT+CGMR", "AT+CIMI", "AT+CCID",
        ],
        &["-vvv", "at", "AT+CGSN", "ATI", "AT+CGMM"],
    ] {
        let line = [&["--modem", &modem, "--trace", &trace][..], args].concat();
        let ran = opensim.run(&line);
        let trace = std::fs::read_to_string(&trace).unwrap();
        for (text, traced) in [(ran.stdout(), false), (ran.stderr(), false), (trace, true)] {
            let signs: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            let mut numbers = vec!["356938035643809", "8933010000000012346", "208100000054321"];
            // That it is the same number in another system is known once it was asked for, and a name is told before.
            numbers.extend((!traced).then_some(integer.as_str()));
            for number in numbers {
                assert!(!signs.contains(number), "{args:?}: {number} in {text}");
            }
        }
    }
    // Without a trace too, which hears by itself.
    let ran = opensim.run(&["--json", "--modem", &modem, "at", "AT+CGSN", "ATI"]);
    assert!(!ran.stdout().contains(&integer), "{}", ran.stdout());
    // What a person reads does not look like a number that it is not.
    let ran = opensim.run(&["--json", "--modem", "sim:home", "at", "AT+CGSN"]);
    let lines = ran.json()["answers"][0]["lines"].to_string();
    assert!(lines.contains("*****"), "{lines}");
}

#[test]
fn what_is_masked_is_said_to_be_with_how_to_see_it_and_what_is_not_is_not() {
    let opensim = Opensim::new();
    for (command, masked) in [("AT+CGSN", true), ("AT+CIMI", true), ("AT+CSQ", false)] {
        for lang in ["fr", "en"] {
            let ran = opensim.run(&["--lang", lang, "--modem", "sim:home", "at", command]);
            assert_eq!(ran.code(), 0, "{}", ran.stderr());
            assert_eq!(
                ran.stdout().contains("--reveal"),
                masked,
                "{}",
                ran.stdout()
            );
        }
        let ran = opensim.run(&["--json", "--modem", "sim:home", "at", command]);
        assert_eq!(super::support::warns(&ran.json(), "at.masked"), masked);
    }
}

#[test]
fn a_masked_trace_is_replayed_to_the_same_facts() {
    for world in [
        "home",
        "simcom-home",
        "huawei-home",
        "telit-home",
        "sierra-home",
        "ublox-home",
    ] {
        let opensim = Opensim::new();
        let trace = opensim.file("trace.at", "");
        let modem = format!("sim:{world}");
        let first = opensim.run(&["--json", "--modem", &modem, "--trace", &trace, "status"]);
        let replayed = opensim.recorded(&trace);
        let again = opensim.run(&["--json", "--modem", replayed.path(), "status"]);
        let (first, again) = (first.json(), again.json());
        for key in ["registration", "selection", "radio"] {
            assert_eq!(first[key], again[key], "{world}: {key}");
        }
        assert_eq!(first["modem"]["model"], again["modem"]["model"], "{world}");
        assert!(first["radio"]["rsrp_dbm"].is_number(), "{world}");
    }
}
