//! `opensim doctor --bundle`, as a customer runs it and as support gets it.

use std::path::Path;

use opensim::store::bundle::{self, Bundle, MemberKind};

use super::support::{Opensim, Ran};

/// What is planted: in the environment, in every file that opensim has, and on the line to the modem.
const PLANTED: &[(&str, &str)] = &[
    ("the modem's number", "867962041122334"),
    ("the card's number", "8933015544332211008"),
    ("the subscription's number", "208014455667788"),
    ("a subscription's number", "208019876543212"),
    ("a telephone number", "+33698765432"),
    ("a PIN", "73519482"),
    ("a password", "S3cret-Apn9"),
    ("the modem's address", "10.64.12.7"),
    ("an address", "172.29.31.77"),
    ("a hardware address", "3c:6a:a7:9d:8e:7f"),
    ("the user", "mariepaques"),
    ("a position", "48.856614, 2.352221"),
    ("a place", "chez Marie"),
];

fn hex(text: &str) -> String {
    let each: Vec<String> = text.bytes().map(|b| format!("{b:02x}")).collect();
    each.concat()
}

fn ucs2(text: &str) -> String {
    let each: Vec<String> = text.encode_utf16().map(|u| format!("{u:04x}")).collect();
    each.concat()
}

/// All that is planted, in all its spellings, a line each.
fn lines() -> Vec<String> {
    let spelt = |(_, value): &(&str, &str)| {
        let (first, second) = value.split_at(value.len() / 2);
        vec![
            (*value).to_owned(),
            hex(value),
            ucs2(value),
            first.to_owned(),
            second.to_owned(),
        ]
    };
    // A place in a person's words is known by its key alone.
    let shaped = PLANTED.iter().filter(|(what, _)| *what != "a place");
    shaped.flat_map(spelt).collect()
}

fn is_in(text: &str, value: &str) -> bool {
    let squeezed = |text: &str| -> String {
        let lower = text.replace("\\n", "").to_lowercase();
        lower.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let text = squeezed(text);
    [value, &hex(value), &ucs2(value)]
        .iter()
        .any(|spelling| text.contains(&squeezed(spelling)))
}

/// A file under the user's folders.
fn plant(opensim: &Opensim, name: &str, text: &str) {
    let path = opensim.state.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

/// Everything planted, in every file that goes into a bundle.
fn plant_all(opensim: &Opensim) {
    let lines = lines();
    let remarks: Vec<String> = lines.iter().map(|line| format!("# {line}\n")).collect();
    let remarks = remarks.concat();
    plant(
        opensim,
        "config/opensim/config.toml",
        &format!("timeout = \"20s\"\n{remarks}"),
    );
    let answers: Vec<String> = lines.iter().map(|line| format!("< {line}\n")).collect();
    let answers = answers.concat();
    let trace = format!("> AT+CGAUTH=1,1,\"me\",\"S3cret-Apn9\"\n< OK\n> AT+X?\n{answers}< OK\n");
    let row = serde_json::json!({ "who": lines.join("\n"), "line": lines.join("\n"), "reason": "chez Marie" });
    plant(opensim, "state/opensim/audit.jsonl", &format!("{row}\n"));
    for command in ["scan", "switch", "recover", "measure", "error"] {
        plant(opensim, &format!("state/opensim/last/{command}.at"), &trace);
    }
    let scan = opensim.run(&[
        "--json",
        "--modem",
        "sim:home",
        "scan",
        "--radio-only",
        "--yes",
        "--label",
        "chez Marie",
    ]);
    let mut scan = scan.json();
    scan["modem"]["model"] = lines.join("\n").into();
    // Of the modem that is asked: what was kept of another one stays out.
    scan["modem"]["imei"] = "86796204*****34".into();
    scan["warnings"] = serde_json::json!([{ "code": "x.y", "message": lines.join("\n"), "values": { "lines": lines } }]);
    plant(opensim, "state/opensim/last/scan.json", &scan.to_string());
    plant(opensim, "state/opensim/last/scan.at", &trace);
}

fn doctor(opensim: &Opensim, modem: &str, file: &Path, line: &[&str]) -> Ran {
    let file = file.to_str().expect("a plain path");
    let args = [&["--modem", modem, "doctor", "--bundle", file], line].concat();
    let mut command = opensim.command(&args);
    command
        .env("USER", "mariepaques")
        .env("OPENSIM_PIN", "73519482");
    Ran(command.output().expect("the binary runs"))
}

#[test]
fn a_bundle_holds_nothing_that_was_planted_and_all_that_support_needs() {
    let opensim = Opensim::new();
    plant_all(&opensim);
    let scenario = opensim.file(
        "marie.toml",
        "base = \"home\"\n[modem]\nimei = \"867962041122334\"\n\
         [sim]\niccid = \"8933015544332211008\"\nimsi = \"208014455667788\"\n",
    );
    let modem = opensim.modem(&scenario, "100");
    let file = opensim.state.path().join("bundle.zip");
    let ran = doctor(&opensim, modem.path(), &file, &["--json"]);
    assert_eq!(ran.json()["schema"], "opensim.doctor/1");
    let read = bundle::read(&file).expect("a bundle");
    let home = opensim.state.path().display().to_string();
    let own = [("the home folder", home.as_str())];
    let mut found = Vec::new();
    for member in &read.members {
        for (what, value) in PLANTED.iter().chain(&own) {
            if is_in(&member.text, value) {
                found.push(format!("{what} in {}", member.name.as_str()));
            }
        }
    }
    println!(
        "planted {} in {} members: found {}",
        PLANTED.len() + own.len(),
        read.members.len(),
        found.len()
    );
    assert_eq!(found, Vec::<String>::new());
    let names: Vec<&str> = read
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    for name in [
        "LISEZMOI.txt",
        "README.txt",
        "documents/doctor.json",
        "documents/status.json",
        "documents/modems.json",
        "documents/scan.json",
        "traces/status.at",
        "traces/scan.at",
        "system/versions.json",
        "system/devices.json",
        "configuration/user.toml",
        "changes.jsonl",
        "log.txt",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for member in read.texts(MemberKind::ReadMe) {
        for name in &names {
            assert!(member.text.contains(name), "{name}: {}", member.text);
        }
        assert!(
            member.text.lines().all(|line| line.chars().count() <= 110),
            "{}",
            member.text
        );
    }
}

#[test]
fn the_customers_modem_comes_out_of_the_bundle_as_it_was() {
    let opensim = Opensim::new();
    let modem = opensim.modem("rural", "100");
    let line = [
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
        "--no-measure",
    ];
    let scan = opensim.run(&line).json();
    let file = opensim.state.path().join("bundle.zip");
    doctor(&opensim, modem.path(), &file, &[]);
    let support = Opensim::new();
    let bundle = file.display().to_string();
    let replayed = support.pty("modem", &["--replay", &bundle, "--pace", "100"]);
    let again = support
        .run(&[
            "--json",
            "--modem",
            replayed.path(),
            "scan",
            "--yes",
            "--no-measure",
        ])
        .json();
    let rows = |scan: &serde_json::Value| -> Vec<serde_json::Value> {
        let rows = scan["carriers"].as_array().expect("rows").iter();
        rows.map(|row| {
            serde_json::json!([
                row["rank"],
                row["carrier"],
                row["radio"],
                row["verdict"],
                row["why"]
            ])
        })
        .collect()
    };
    assert_eq!(rows(&again), rows(&scan));
}

#[test]
fn a_home_that_takes_nothing_and_a_modem_that_is_not_there_still_give_a_bundle() {
    let opensim = Opensim::new();
    let file = opensim.state.path().join("bundle.zip");
    let mut command = opensim.command(&[
        "--lang",
        "fr",
        "--modem",
        "/dev/ttyUSB9",
        "doctor",
        "--bundle",
        file.to_str().expect("plain"),
    ]);
    command
        .env("XDG_STATE_HOME", "/proc/nowhere")
        .env("COLUMNS", "40");
    let ran = Ran(command.output().expect("it runs"));
    assert_eq!(ran.code(), 9, "{}", ran.stderr());
    let read = bundle::read(&file).expect("a bundle");
    assert!(read.texts(MemberKind::Document).count() >= 2);
    let page = opensim.run(&["--lang", "fr", "report", file.to_str().expect("plain")]);
    assert!(
        page.stdout().contains("Aucun échange avec un modem"),
        "{}",
        page.stdout()
    );
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_the_modem_is_asked() {
    let opensim = Opensim::new();
    let ran = doctor(
        &opensim,
        "sim:home",
        Path::new("/nonexistent/bundle.zip"),
        &["--json"],
    );
    assert_eq!(ran.code(), 2);
    assert_eq!(ran.json()["error"]["code"], "usage.file");
    assert!(Bundle::unpack(b"").is_err());
}
