//! A customer's modem out of a bundle: what support sees on it is what the customer saw.

use serde_json::Value;

use opensim::ops::BundleParts;
use opensim::os::host::names::Names;
use opensim::sim::Scenario;
use opensim::store::bundle::{self, MemberName};

use super::support::Opensim;

/// The modems that are replayed: one of each family, at home.
const MODEMS: &[&str] = &[
    "home",
    "simcom-home",
    "huawei-home",
    "sierra-home",
    "telit-home",
    "ublox-home",
    "zte-home",
    "fibocom-home",
    "cinterion-home",
    "meig-home",
    "generic-home",
];

/// A document without what differs from one run to the next.
fn lasting(mut document: Value) -> Value {
    for path in ["/at", "/modem/port", "/cost", "/selection_before/since"] {
        if let Some(value) = document.pointer_mut(path) {
            *value = Value::Null;
        }
    }
    for carrier in document["carriers"].as_array_mut().into_iter().flatten() {
        carrier["registered_in_s"] = Value::Null;
    }
    document
}

/// A bundle of what these commands gave and said on a modem, and their documents as they stand in it.
fn bundled(opensim: &Opensim, modem: &str, commands: &[(&str, &[&str])]) -> (String, Vec<Value>) {
    let mut parts = BundleParts::default();
    for (name, line) in commands {
        let trace = opensim.state.path().join(format!("{name}.at"));
        let options = ["--json", "--modem", modem, "--trace"];
        let trace_name = trace.to_str().expect("a plain path");
        let ran = opensim.run(&[&options[..], &[trace_name], line].concat());
        parts.add(MemberName::document(name), ran.json().to_string());
        let trace = std::fs::read_to_string(&trace).expect("a trace");
        parts.add(MemberName::trace(name), trace);
    }
    let members = parts.redacted(&Names::default(), Vec::new());
    let document = |name: &str| {
        let wanted = MemberName::document(name);
        let member = members.iter().find(|member| Some(member.name) == wanted);
        serde_json::from_str(&member.expect("it is there").text).expect("JSON")
    };
    let documents = commands.iter().map(|(name, _)| document(name)).collect();
    let path = opensim.state.path().join("bundle.zip");
    let at = "2026-11-23T08:00:00Z".parse().expect("a time");
    bundle::write(&path, members, at).expect("written");
    (path.display().to_string(), documents)
}

/// The house of `home` with another modem, where signals stand still: how often a signal is read is a matter of how
/// quick the computer is, and each further reading would be another one.
pub(crate) fn still(opensim: &Opensim, name: &str) -> String {
    let text = |name| Scenario::text(name).expect("it is built in");
    let persona = text(name).lines().find(|line| line.starts_with("persona"));
    let lines = text("home").lines().map(|line| match persona {
        Some(persona) if line.starts_with("persona") => format!("{persona}\n"),
        _ if line.starts_with("fading_db") => String::new(),
        _ if line.starts_with("rsrp_dbm") => format!("{line}\nfading_db = 0\n"),
        _ => format!("{line}\n"),
    });
    opensim.file("still.toml", &lines.collect::<String>())
}

#[test]
fn the_same_status_and_the_same_scan_come_out_of_a_bundle_of_each_family() {
    // Side by side: each has its own modem, and waits for it.
    std::thread::scope(|families| {
        for scenario in MODEMS {
            families.spawn(|| comes_out_of_a_bundle(scenario));
        }
    });
}

fn comes_out_of_a_bundle(scenario: &str) {
    let status: &[&str] = &["status"];
    let scan: &[&str] = &["scan", "--yes", "--no-measure"];
    let opensim = Opensim::new();
    let modem = opensim.modem(&still(&opensim, scenario), "100");
    let commands = [("status", status), ("scan", scan)];
    let (bundle, originals) = bundled(&opensim, modem.path(), &commands);
    let support = Opensim::new();
    let replayed = support.pty("modem", &["--replay", &bundle, "--pace", "100"]);
    // Twice, and the scan before the status too: who asks again gets the same.
    for line in [0, 1, 0, 1] {
        let options = ["--json", "--modem", replayed.path()];
        let again = support
            .run(&[&options[..], commands[line].1].concat())
            .json();
        let (again, original) = (lasting(again), lasting(originals[line].clone()));
        assert_eq!(again, original, "{scenario}: {}", commands[line].0);
    }
}

#[test]
fn a_bundle_that_is_none_or_has_no_exchange_is_told_and_nothing_is_served() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "100");
    let (bundle, _) = bundled(&opensim, modem.path(), &[("status", &["status"])]);
    let whole = std::fs::read(&bundle).expect("there");
    let cut = opensim.state.path().join("cut.zip");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("written");
    let cut = cut.display().to_string();
    for (line, code) in [
        (&["sim", "--replay", &cut][..], "bundle.not_one"),
        (&["report", &cut], "bundle.not_one"),
        (
            &["report", &bundle, "--document", "scan"],
            "bundle.no_document",
        ),
    ] {
        let ran = opensim.run(&[&["--json"], line].concat());
        assert_eq!(ran.json()["error"]["code"], code, "{line:?}");
        assert_eq!(ran.code(), 2);
    }
    let narrow = opensim.run(&["--lang", "fr", "sim", "--replay", &cut]);
    assert!(
        narrow.stderr().contains("archive d’assistance"),
        "{}",
        narrow.stderr()
    );
}

#[test]
fn a_bundle_is_shown_as_a_page_and_each_of_its_documents_in_any_form() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "100");
    let scan: &[&str] = &["scan", "--yes", "--no-measure"];
    let commands: [(&str, &[&str]); 2] = [("status", &["status"]), ("scan", scan)];
    let (bundle, documents) = bundled(&opensim, modem.path(), &commands);
    let page = opensim.run(&["--lang", "en", "report", &bundle]).stdout();
    for words in [
        "Support bundle, made by opensim",
        "traces/scan.at",
        "== documents/scan.json",
        "Here, SFR comes first.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let one = opensim.run(&["--json", "report", "--document", "scan", &bundle]);
    assert_eq!(lasting(one.json()), lasting(documents[1].clone()));
    let table = opensim.run(&["report", "--document", "scan", "--format", "csv", &bundle]);
    assert!(table.stdout().starts_with("schema,"), "{}", table.stdout());
}
