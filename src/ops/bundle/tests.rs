//! The leak test: everything that names a person, in every source of a bundle, in every spelling, and none of it left.

use super::*;
use crate::store::bundle::Bundle;

/// What is planted, and by what the bundle may know it.
const PLANTED: &[(&str, &str)] = &[
    ("IMEI", "867962049876543"),
    ("IMSI", "208019876543212"),
    ("ICCID", "8933019876543212345"),
    ("telephone number", "+33698765432"),
    ("national telephone number", "0687654321"),
    ("PIN", "73519482"),
    ("APN password", "S3cret-Apn9"),
    ("address", "172.29.31.77"),
    ("own address", "10.77.66.55"),
    ("IPv6 address", "2a01:e0a:5c3:9b10::77"),
    ("hardware address", "3c:6a:a7:9d:8e:7f"),
    ("own hardware address", "3c:6a:a7:11:22:33"),
    ("host", "portable-paques"),
    ("user", "mariepaques"),
    ("full name", "Marie Pâquerette"),
    ("home", "/home/mariepaques"),
    ("position", "48.856614,2.352221"),
    ("satellite position", "4851.3968,N,00221.1332,E"),
];

/// The sources of a bundle, a member each.
const SOURCES: &[&str] = &[
    "documents/doctor.json",
    "documents/status.json",
    "documents/scan.json",
    "documents/error.json",
    "traces/status.at",
    "traces/scan.at",
    "traces/error.at",
    "system/versions.json",
    "system/devices.json",
    "configuration/user.toml",
    "configuration/machine.toml",
    "changes.jsonl",
    "log.txt",
];

fn names() -> Names {
    Names {
        hosts: vec!["portable-paques".to_owned()],
        users: vec!["mariepaques".to_owned(), "Marie Pâquerette".to_owned()],
        homes: vec!["/home/mariepaques".to_owned()],
        addresses: vec!["10.77.66.55".parse().unwrap()],
        stations: vec![[0x3c, 0x6a, 0xa7, 0x11, 0x22, 0x33]],
    }
}

fn hex(text: &str) -> String {
    let each: Vec<String> = text.bytes().map(|b| format!("{b:02X}")).collect();
    each.concat()
}

fn ucs2(text: &str) -> String {
    let each: Vec<String> = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
    each.concat()
}

/// The spellings of a value, each as the lines that it stands on.
fn spellings(value: &str) -> Vec<(&'static str, Vec<String>)> {
    let middle = value.char_indices().nth(value.chars().count() / 2);
    let (first, second) = value.split_at(middle.map_or(0, |(at, _)| at));
    vec![
        ("plain", vec![value.to_owned()]),
        ("hexadecimal", vec![hex(value)]),
        ("UCS2", vec![ucs2(value)]),
        ("two lines", vec![first.to_owned(), second.to_owned()]),
    ]
}

/// Lines as they may stand in a source of this kind.
fn written(kind: MemberKind, lines: &[String]) -> String {
    let whole = lines.join("\n");
    match kind {
        MemberKind::Document | MemberKind::System => {
            json!({ "model": whole, "values": { "detail": [whole, "x"], "lines": lines } })
                .to_string()
        }
        MemberKind::Changes => json!({ "who": whole, "line": whole, "reason": whole }).to_string(),
        MemberKind::Trace => {
            let before = "> AT+CGAUTH=1,1,\"me\",\"S3cret-Apn9\"\n< OK\n> AT+XSAYS?\n@ 1.000\n";
            let lines: Vec<String> = lines.iter().map(|line| format!("< {line}\n")).collect();
            let lines = lines.concat();
            format!("{before}{lines}<\n< OK\n")
        }
        MemberKind::Configuration => format!("# seen: {whole}\nmodem = \"usb:1-1\"\n"),
        _ => format!("INFO it said {whole}\nINFO and then nothing\n"),
    }
}

/// What is found of a value in a text, in any spelling, whatever stands between its letters and digits.
fn is_in(text: &str, value: &str) -> bool {
    let squeezed = |text: &str| -> String {
        let text = text.replace("\\n", "").to_lowercase();
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let text = squeezed(text);
    [value, &hex(value), &ucs2(value)]
        .iter()
        .any(|spelling| text.contains(&squeezed(spelling)))
}

#[test]
fn nothing_that_is_planted_in_any_source_in_any_spelling_is_found_in_the_archive() {
    let at = "2026-11-23T08:00:00Z".parse().unwrap();
    let (mut planted, mut seen, mut found) = (0, 0, Vec::new());
    for (what, value) in PLANTED {
        for (spelling, lines) in spellings(value) {
            let mut parts = BundleParts::default();
            for source in SOURCES {
                let name = MemberName::of(source);
                let kind = name.unwrap().kind();
                parts.add(name, written(kind, &lines));
                planted += 1;
            }
            let raw = parts.members().iter().filter(|m| is_in(&m.text, value));
            seen += raw.count();
            let clean = parts.redacted(&names(), vec!["73519482".to_owned()]);
            assert_eq!(clean.len(), SOURCES.len(), "every member is there");
            let packed = Bundle::pack(clean, at).unwrap();
            for member in Bundle::unpack(&packed).unwrap().members {
                if is_in(&member.text, value) {
                    found.push(format!("{what}, {spelling}, {}", member.name.as_str()));
                }
            }
        }
    }
    println!(
        "planted {planted}, seen before the last pass {seen}, found in the archive {}",
        found.len()
    );
    // The search itself is sound: without the pass it sees all of them.
    assert_eq!(seen, planted);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(planted, PLANTED.len() * SOURCES.len() * 4);
}

#[test]
fn what_support_needs_is_left() {
    let mut parts = BundleParts::default();
    let status = r#"{"modem": {"model": "EC25", "revision": "EC25EFAR06A08M4G", "imei": "86796204*****62"},
        "radio": {"cell_id": 45423619, "tac": 12042, "band": "B20"}, "data": {"apn": "internet"}}"#;
    parts.add(MemberName::document("status"), status.to_owned());
    let trace = "# Port: /dev/ttyUSB2\n@ 0.012\n> AT+CGSN\n< 867962040000062\n<\n< OK\n> AT+COPS?\n\
                 < +COPS: 1,0,\"Orange F\",7\n<\n< OK\n> AT+CEREG?\n\
                 < +CEREG: 2,1,\"2F0A\",\"02B51C03\",7\n<\n< OK\n";
    parts.add(MemberName::trace("status"), trace.to_owned());
    parts.add(
        MemberName::of("log.txt"),
        "INFO opensim::link: SWI9X30C_02.24.05.06 in 0.012 s\n".to_owned(),
    );
    let before: Vec<String> = parts.members().iter().map(|m| m.text.clone()).collect();
    let after = parts.redacted(&names(), Vec::new());
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(value(&after[0].text), value(&before[0]));
    assert_eq!(after[1].text, before[1]);
    assert_eq!(after[2].text, before[2]);
}
