//! Documents and files that somebody forged: nothing in them drives a terminal, nothing fills the memory.

use serde_json::Value;

use super::support::Opensim;

/// What drives a terminal, turns a text round or hides in it: every control code, and samples of each other family.
fn nasty() -> String {
    let controls = (0..0xa0)
        .filter_map(char::from_u32)
        .filter(|c| c.is_control());
    let marks = "\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{202e}\u{2028}\u{2066}\u{2069}\u{fe0f}\u{feff}\u{fff9}\u{e0041}";
    controls.chain(marks.chars()).collect()
}

/// Puts the nasty text into every text of a document but the names of its schema and its states.
fn forge(value: &mut Value, key: &str) {
    let ours = [
        "schema",
        "plmn",
        "plmns",
        "verdict",
        "availability",
        "access",
        "quality",
        "mode",
        "band",
        "at",
        "state",
        "role",
        "method",
        "outcome",
        "result",
        "stopped_because",
    ];
    match value {
        Value::String(text) if !ours.contains(&key) => text.push_str(&nasty()),
        Value::Array(items) => items.iter_mut().for_each(|item| forge(item, key)),
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                forge(value, key);
            }
        }
        _ => {}
    }
}

fn assert_harmless(shown: &[u8], case: &str) {
    let text = std::str::from_utf8(shown).expect("UTF-8");
    let found = nasty().chars().find(|c| {
        let lines = matches!(c, '\n') || *c == '\r' && case.contains("csv");
        !lines && text.contains(*c)
    });
    assert_eq!(found, None, "{case}");
    // A line end of a CSV row is the only carriage return.
    assert_eq!(
        text.matches('\r').count(),
        text.matches("\r\n").count(),
        "{case}"
    );
}

#[test]
fn a_forged_document_drives_no_terminal_in_any_format() {
    let opensim = Opensim::new();
    for command in [
        &["scan", "--yes", "--no-measure", "--label", "here"][..],
        &["status"],
        &["switch", "sfr", "--yes"],
        &["carriers"],
        &["modems"],
        &["recover"],
        &["at", "ATI"],
        &["no-such-command"],
    ] {
        let line = [&["--json", "--modem", "sim:home"], command].concat();
        let mut document = opensim.run(&line).json();
        forge(&mut document, "");
        let named = opensim.file("forged.json", &document.to_string());
        for format in ["text", "html", "csv", "json"] {
            let case = format!("{} as {format}", command[0]);
            let ran = opensim.run(&["report", &named, "--format", format]);
            assert_harmless(&ran.0.stdout, &case);
            assert_harmless(&ran.0.stderr, &case);
            assert_eq!(ran.code(), 0, "{case}: {}", ran.stderr());
            if format == "json" {
                let again: Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
                assert_eq!(again["schema"], document["schema"]);
            }
        }
    }
}

#[test]
fn what_is_too_large_or_too_deep_is_said_before_it_is_read() {
    let opensim = Opensim::new();
    let large = |name: &str| {
        let path = opensim.file(name, "");
        let file = std::fs::File::options().write(true).open(&path);
        let file = file.expect("opened");
        file.set_len(100_000_000).expect("a sparse file");
        let own = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        file.set_permissions(own).expect("its owner's alone");
        path
    };
    let (file, scenario) = (large("large"), format!("sim:{}", large("large.toml")));
    let pin = opensim.modem("pin", "50");
    for line in [
        &["report", &file][..],
        &["--config", &file, "carriers"],
        &[
            "--modem",
            pin.path(),
            "--pin-file",
            &file,
            "switch",
            "sfr",
            "--yes",
        ],
        &["--modem", &scenario, "status"],
        &["sim", "--replay", &file],
    ] {
        let ran = opensim.run(&[&["--json"], line].concat());
        let document = ran.json();
        let detail = &document["error"]["values"]["detail"];
        assert_eq!(
            (ran.code(), detail),
            (2, &Value::from("file.too_big")),
            "{line:?}"
        );
    }
    let deep = opensim.file("deep.json", &"[".repeat(1_000_000));
    assert_eq!(opensim.run(&["report", &deep]).code(), 2);
    let deep = opensim.file("deep.toml", &format!("modem = {}", "[".repeat(50_000)));
    assert_eq!(opensim.run(&["--config", &deep, "carriers"]).code(), 2);
}
