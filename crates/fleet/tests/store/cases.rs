//! Hostile input, case by case: each goes where its reason says, and never further.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::desk::{A, B, Desk, STRANGER, changed, name_of, scan};

const AT: &str = "2025-03-04T08:12:44Z";

/// A change of the first carrier.
fn first(key: &str, value: Value) -> Vec<u8> {
    let scan = changed(AT, |scan| {
        let at = &mut scan["carriers"][0];
        let place = key.split('.').fold(at, |at, key| &mut at[key]);
        *place = value;
    });
    scan.to_string().into_bytes()
}

fn top(key: &str, value: Value) -> Vec<u8> {
    changed(AT, |scan| scan[key] = value)
        .to_string()
        .into_bytes()
}

fn noise(len: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state.to_be_bytes()[0]
    };
    (0..len).map(|_| next()).collect()
}

/// What is done, the reason that it is refused for, and the bytes.
type Case = (&'static str, &'static str, Vec<u8>);

/// A survey of so many carriers.
fn many(count: usize) -> Value {
    changed(AT, |scan| {
        let one = scan["carriers"][0].clone();
        let all = (0..count).map(|at| {
            let mut one = one.clone();
            one["carrier"] = json!(format!("c{at}"));
            one
        });
        scan["carriers"] = all.collect();
    })
}

fn deep() -> String {
    format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))
}

/// What is no document of opensim, or none any more.
fn no_documents() -> Vec<Case> {
    let twice = scan(AT).to_string().replacen('{', r#"{"carriers":[],"#, 1);
    vec![
        ("noise of 1 MB", "utf8", noise(1_000_000)),
        ("noise of 2 MB", "size", noise(2_000_000)),
        ("blanks", "size", vec![b' '; (1 << 20) + 1]),
        ("nothing", "json", Vec::new()),
        (
            "cut",
            "json",
            scan(AT).to_string().into_bytes()[..4000].to_vec(),
        ),
        (
            "two documents",
            "json",
            [scan(AT).to_string(), scan(AT).to_string()]
                .concat()
                .into_bytes(),
        ),
        ("zeros", "json", vec![0; 4096]),
        ("a list", "schema.unknown", b"[]".to_vec()),
        ("deep", "schema.unknown", deep().into_bytes()),
        ("no schema", "schema.unknown", b"{}".to_vec()),
        (
            "a number for a schema",
            "schema.unknown",
            br#"{"schema":1}"#.to_vec(),
        ),
        (
            "another's schema",
            "schema.unknown",
            top("schema", json!("acme.scan/1")),
        ),
        (
            "no number",
            "schema.unknown",
            top("schema", json!("opensim.scan/x")),
        ),
        (
            "a signed number",
            "schema.unknown",
            top("schema", json!("opensim.scan/+1")),
        ),
        (
            "no carriers",
            "schema.invalid",
            top("carriers", Value::Null),
        ),
        ("carriers twice", "schema.invalid", twice.into_bytes()),
        (
            "a text for a level",
            "schema.invalid",
            first("radio.rsrp_dbm", json!("-84")),
        ),
        ("no time", "schema.invalid", top("at", json!("yesterday"))),
    ]
}

/// Documents that say what cannot be.
fn impossible() -> Vec<Case> {
    vec![
        (
            "from the future",
            "clock",
            top("at", json!("2199-01-01T00:00:00Z")),
        ),
        (
            "from before",
            "clock",
            top("at", json!("1970-01-01T00:00:00Z")),
        ),
        ("too strong", "range", first("radio.rsrp_dbm", json!(-20))),
        ("too weak", "range", first("radio.rsrp_dbm", json!(-200))),
        (
            "a cell of 37 bits",
            "range",
            first("radio.cell_id", json!(1_i64 << 37)),
        ),
        ("a call of 9", "range", first("voice.mos", json!(9))),
        (
            "less than nothing",
            "range",
            first("throughput.down.estimate_bps", json!(-1)),
        ),
        ("all is lost twice", "range", first("voice.loss", json!(2))),
        (
            "a rank of less than nothing",
            "range",
            first("rank", json!(-1)),
        ),
        ("no network", "plmn", first("plmn", json!("=1+1"))),
        ("a network of four", "plmn", first("plmn", json!("2081"))),
        (
            "a carrier that is a formula",
            "carriers",
            first("carrier", json!("=cmd()")),
        ),
        (
            "a carrier that leads elsewhere",
            "carriers",
            first("carrier", json!("../../x")),
        ),
        (
            "seventeen carriers",
            "carriers",
            many(17).to_string().into_bytes(),
        ),
    ]
}

#[test]
fn what_cannot_be_used_is_put_aside_by_its_reason_and_the_rest_goes_on() {
    let deep_inside = scan(AT)
        .to_string()
        .replacen('{', &format!(r#"{{"deep":{},"#, deep()), 1);
    let cases = [no_documents(), impossible()].concat();
    let desk = Desk::new();
    for (case, code, bytes) in &cases {
        desk.put(A, "case.json", bytes);
        let ran = desk.ingest();
        assert_eq!(ran.exit, Some(0), "{case}: {}", ran.err);
        assert_eq!(ran.refused(code), 1, "{case}: {}", ran.out);
        assert_eq!(ran.json()["taken"], 0, "{case}");
        assert_eq!(desk.waiting(), 0, "{case}");
        let aside = desk
            .fleet()
            .join(format!("quarantine/{code}/{A}/case.json"));
        let kept = fs::read(&aside).unwrap_or_else(|_| panic!("{case}: not there"));
        assert!(kept == *bytes, "{case}");
    }
    assert!(desk.rows("surveys").is_empty());
    // What is only odd is taken.
    for odd in [many(16), changed(AT, |scan| scan["carriers"] = json!([]))] {
        desk.send(B, &odd);
        assert_eq!(desk.ingest().json()["taken"], 1);
    }
    desk.put(B, "deep.json", deep_inside);
    assert_eq!(desk.ingest().json()["taken"], 1);
}

#[test]
fn a_name_is_the_digest_of_its_document_or_the_document_is_put_aside() {
    let desk = Desk::new();
    let name = name_of(&scan(AT).to_string());
    desk.put(
        A,
        &name,
        changed(AT, |s| s["complete"] = json!(false)).to_string(),
    );
    assert_eq!(desk.ingest().refused("name"), 1);
}

#[test]
fn nothing_leaves_its_folder_by_a_link_or_a_name() {
    let desk = Desk::new();
    let outside = desk.path("outside.json");
    fs::write(&outside, scan(AT).to_string()).expect("written");
    desk.put(A, "good.json", scan("2025-03-05T08:00:00Z").to_string());
    symlink(&outside, desk.inbox().join(A).join("link.json")).expect("a link");
    symlink(desk.path("elsewhere"), desk.inbox().join(B)).expect("a link");
    fs::create_dir_all(desk.path("elsewhere")).expect("a folder");
    fs::write(desk.path("elsewhere/x.json"), scan(AT).to_string()).expect("written");
    fs::create_dir_all(desk.inbox().join("x..%2f..")).expect("a folder");
    fs::write(desk.inbox().join("x..%2f../x.json"), "{}").expect("written");
    desk.put(A, "a b;rm -rf $HOME.json", b"no");
    let ran = desk.ingest();
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let json = ran.json();
    assert_eq!(
        (&json["taken"], &json["left"]),
        (&json!(1), &json!(2)),
        "{json}"
    );
    assert_eq!((ran.refused("name"), ran.refused("json")), (1, 1), "{json}");
    assert!(outside.exists() && desk.path("elsewhere/x.json").exists());
    assert!(!desk.inbox().join(A).join("link.json").is_symlink());
    let links = desk
        .files()
        .into_keys()
        .filter(|p| desk.fleet().join(p).is_symlink());
    assert_eq!(links.count(), 0);
    // A fleet that is itself trapped writes nowhere else.
    let month = desk.fleet().join("surveys/month=2025-03");
    symlink(&outside, month.join(".part-0.parquet.new")).expect("a link");
    desk.put(A, "next.json", scan("2025-03-06T08:00:00Z").to_string());
    let ran = desk.ingest();
    assert_eq!(
        (ran.exit, ran.json()["error"]["code"].as_str()),
        (Some(1), Some("fleet.write"))
    );
    assert_eq!(
        fs::read_to_string(&outside).expect("text"),
        scan(AT).to_string()
    );
    // Beside it the two that were left: what the link leads to, and what is no site.
    assert_eq!(desk.waiting(), 1 + 2, "what was not written waits");
}

#[test]
fn a_file_that_is_no_archive_and_a_line_without_an_end_are_put_aside() {
    let desk = Desk::new();
    desk.put(A, "x.zip", noise(5000));
    desk.put(
        A,
        "y.ndjson",
        [
            vec![b'['; (1 << 20) + 9],
            b"\n".to_vec(),
            scan(AT).to_string().into_bytes(),
        ]
        .concat(),
    );
    let ran = desk.ingest();
    let found = (
        ran.refused("json"),
        ran.refused("size"),
        ran.json()["taken"].clone(),
    );
    assert_eq!(found, (1, 1, json!(1)), "{}", ran.out);
    assert_eq!(desk.waiting(), 0);
}

#[test]
fn more_than_one_in_a_hundred_is_told_by_check() {
    let desk = Desk::new();
    for minute in 0..60 {
        for site in [A, B] {
            desk.send(site, &scan(&format!("2025-03-04T08:{minute:02}:00Z")));
        }
    }
    desk.put(A, "bad.json", "no");
    desk.ingest();
    let json = desk.good(&["check", "--json"]).json();
    assert_eq!(
        (&json["documents"], &json["sites"]),
        (&json!(120), &json!(2))
    );
    desk.put(A, "bad2.json", "no");
    desk.put(STRANGER, "bad3.json", "no");
    desk.ingest();
    let ran = desk.run(&["check", "--json"]);
    assert_eq!(
        (ran.exit, ran.json()["error"]["code"].as_str()),
        (Some(9), Some("fleet.quarantined"))
    );
    let told = desk.run(&["--lang", "fr", "check"]);
    assert!(told.err.contains("plus de 1\u{202f}%"), "{}", told.err);
}

#[test]
fn a_list_with_one_bad_line_changes_nothing() {
    let desk = Desk::new();
    let before = desk.files();
    let header = "site,partner,commune,name,region,lat,lon\n";
    for (line, why) in [
        ("xyz,p,,,,,", "the first column"),
        ("00000000000000AA,p,,,,,", "the first column"),
        ("00000000000000aa,p,340,,,,", "5 characters"),
        ("00000000000000aa,p,,,,91,0", "lat and lon"),
        ("00000000000000aa,p,,,,NaN,0", "lat and lon"),
        ("00000000000000aa,p,,,,1,", "lat and lon"),
        ("00000000000000aa,p\u{1b}[2J,,,,,", "cannot be shown"),
        (
            "00000000000000aa,p,,,,,\n00000000000000aa,q,,,,,",
            "above already",
        ),
        ("00000000000000aa,p", "as many columns"),
        ("00000000000000aa,\"p,,,,,", "as many columns"),
    ] {
        let list = desk.path("bad.csv");
        fs::write(&list, format!("{header}{line}\n")).expect("written");
        let ran = desk.run(&["sites", list.to_str().expect("text")]);
        assert_eq!(ran.exit, Some(2), "{line}");
        assert!(ran.err.contains(why), "{line}: {}", ran.err);
        assert!(before == desk.files(), "{line}");
    }
}

#[test]
fn what_becomes_something_else_meanwhile_does_not_keep_the_others_out() {
    let desk = Desk::new();
    desk.put(A, "good.json", scan(AT).to_string());
    let folder = desk.inbox().join(A).join("folder.json");
    fs::create_dir(folder).expect("a folder");
    let pipe = desk.inbox().join(A).join("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.expect("mkfifo").success());
    let json = desk.ingest().json();
    assert_eq!(
        (&json["taken"], &json["left"]),
        (&json!(1), &json!(2)),
        "{json}"
    );
}
