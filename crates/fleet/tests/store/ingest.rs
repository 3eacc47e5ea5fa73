//! What comes in, whole.

use std::fs;
use std::io::Write as _;

use opensim_domain::document::{Document, Measure, Status, Switch};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::desk::{A, B, Desk, STRANGER, changed, name_of, scan};

const AT: &str = "2025-03-04T08:12:44Z";

#[test]
fn a_survey_becomes_a_row_a_carrier_and_its_place_comes_from_the_list() {
    let desk = Desk::new();
    desk.send(A, &scan(AT));
    let ran = desk.ingest();
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let json = ran.json();
    assert_eq!(json["schema"], "opensim.fleet_ingest/1");
    assert_eq!((&json["taken"], &json["repeated"]), (&json!(1), &json!(0)));
    assert_eq!(desk.waiting(), 0);
    let rows = desk.rows("surveys");
    let carriers: Vec<&Value> = rows.iter().map(|row| &row["carrier"]).collect();
    assert_eq!(carriers, ["bouygues", "orange", "sfr"]);
    let sfr = &rows[2];
    for (column, value) in [
        ("seen_at", json!("2025-03-04T08:12:44Z")),
        ("day", json!("2025-03-04")),
        ("partner", json!("p1")),
        ("postcode", json!("34172")),
        ("region", json!("Occitanie")),
        ("plmn", json!("20810")),
        ("rank", json!(1)),
        ("verdict", json!("suitable")),
        ("access", json!("lte")),
        ("band", json!("B3")),
        ("rsrp_dbm", json!(-84.0)),
        ("cell_id", json!(96_792_341)),
        ("down_bps", json!(5_200_000)),
        ("mos", json!(4.1)),
        ("schema_no", json!(1)),
    ] {
        assert_eq!(sfr[column], value, "{column}");
    }
    assert!(
        sfr["why"]
            .as_str()
            .is_some_and(|why| why.contains("radio.class"))
    );
    assert_ne!(sfr["site"], A, "the number in the certificate stays out");
}

#[test]
fn the_name_of_the_place_is_nowhere_in_the_fleet() {
    let desk = Desk::new();
    desk.send(A, &scan(AT));
    desk.ingest();
    let kept = desk.raw("2025-03-04");
    assert!(
        kept.contains("opensim.scan/1") && !kept.contains("Durand") && !kept.contains("HYPERLINK")
    );
    for (path, bytes) in desk.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Durand"), "{}", path.display());
    }
}

#[test]
fn whose_a_home_was_at_a_survey_stays_true_when_it_changes_hands_and_the_survey_comes_again() {
    let desk = Desk::new();
    desk.send(A, &scan(AT));
    let inbox = desk.inbox();
    let inbox = inbox.to_str().expect("text");
    desk.good(&["ingest", inbox, "--keep"]);
    let list = desk.path("moved.csv");
    let text = format!("site,partner,commune,name,region,lat,lon\n{A},p9,75056,,,,\n{B},p2,,,,,\n");
    fs::write(&list, text).expect("written");
    desk.good(&["sites", list.to_str().expect("text")]);
    desk.good(&["ingest", inbox, "--keep"]);
    assert_eq!(desk.rows("surveys")[0]["partner"], "p1");
    desk.good(&["rebuild"]);
    assert_eq!(desk.rows("surveys")[0]["partner"], "p1");
    desk.send(A, &scan("2025-03-05T08:00:00Z"));
    desk.good(&["ingest", inbox, "--keep"]);
    let rows = desk.rows("surveys");
    assert_eq!(rows.last().map(|row| &row["partner"]), Some(&json!("p9")));
}

#[test]
fn twice_in_changes_no_byte_and_neither_does_the_order() {
    let documents: Vec<(&str, Value)> = (1..=9)
        .flat_map(|day| {
            let at = format!("2025-03-0{day}T08:00:00Z");
            [
                (A, scan(&at)),
                (
                    B,
                    changed(&at, |s| s["carriers"][0]["radio"]["rsrp_dbm"] = json!(-100)),
                ),
            ]
        })
        // The same site and second twice, which is not the same document.
        .chain([(
            A,
            changed("2025-03-01T08:00:00Z", |s| s["complete"] = json!(false)),
        )])
        .collect();
    let once = Desk::new();
    for (site, document) in &documents {
        once.send(site, document);
    }
    let inbox = once.inbox();
    let inbox = inbox.to_str().expect("text");
    once.good(&["ingest", inbox, "--keep"]);
    let files = once.files();
    assert_eq!(once.rows("surveys").len(), 9 * 2 * 3);
    let again = once.good(&["ingest", inbox, "--keep", "--json"]).json();
    assert_eq!(again["repeated"], documents.len());
    assert!(files == once.files(), "the second time changed something");

    let apart = Desk::new();
    for (site, document) in documents.iter().rev() {
        apart.send(site, document);
        assert_eq!(apart.ingest().exit, Some(0));
    }
    assert!(files == apart.files(), "the order changed something");
    once.good(&["rebuild"]);
    assert!(files == once.files(), "made anew it is another");
}

#[test]
fn the_registry_of_the_day_stays_beside_the_document() {
    let desk = Desk::new();
    desk.send(A, &scan(AT));
    desk.ingest();
    let files = desk.files();
    let list = desk.path("moved.csv");
    let text = "site,partner,commune,name,region,lat,lon\n00000000000000aa,p9,75056,Paris,,,\n";
    fs::write(&list, text).expect("a list");
    desk.good(&["sites", list.to_str().expect("text")]);
    desk.send(A, &scan(AT));
    desk.ingest();
    desk.good(&["rebuild"]);
    let month = "surveys/month=2025-03/part-0.parquet";
    let month = std::path::Path::new(month);
    assert!(files[month] == desk.files()[month]);
    assert_eq!(desk.rows("surveys")[0]["partner"], "p1");
}

#[test]
fn a_home_hands_over_its_history_and_archives_and_keeps_them() {
    let desk = Desk::new();
    let of = |day: u32| scan(&format!("2025-03-{day:02}T08:00:00Z")).to_string();
    let folder = desk.path("handed");
    fs::create_dir(&folder).expect("a folder");
    let export = format!("{}\n\n{}\nnot json\n{}", of(1), of(2), of(2));
    fs::write(folder.join("history.ndjson"), export).expect("written");
    let pretty = serde_json::to_string_pretty(&scan("2025-03-03T08:00:00Z")).expect("text");
    fs::write(folder.join("one.json"), format!("\u{feff}{pretty}\n")).expect("written");
    fs::write(folder.join("notes.txt"), "x").expect("written");
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.join("b.zip")).expect("a file"));
    for (name, text) in [
        ("documents/scan.json", of(4)),
        (
            "documents/doctor.json",
            r#"{"schema":"opensim.doctor/1"}"#.to_owned(),
        ),
        ("log.txt", "x".to_owned()),
        ("export.ndjson", format!("{}\n{}\n", of(5), of(6))),
        ("../../../../tmp/escaped.json", of(7)),
        ("/etc/escaped.json", of(8)),
        ("..\\escaped.json", of(9)),
    ] {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.add_symlink(
        "documents/link.json",
        "/etc/passwd",
        SimpleFileOptions::default(),
    )
    .expect("a link");
    zip.finish().expect("an archive");
    let args = [
        "ingest",
        folder.to_str().expect("text"),
        "--site",
        A,
        "--json",
    ];
    let ran = desk.good(&args);
    let json = ran.json();
    assert_eq!(json["taken"], 7, "{json}");
    assert_eq!((ran.refused("json"), ran.refused("name")), (1, 4), "{json}");
    assert_eq!((&json["ignored"], &json["left"]), (&json!(1), &json!(1)));
    assert_eq!(desk.rows("surveys").len(), 6 * 3);
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 4);
    assert!(!std::path::Path::new("/tmp/escaped.json").exists());
    let files = desk.files();
    desk.good(&args);
    assert!(files == desk.files());
}

#[test]
fn what_a_stranger_sent_is_taken_in_once_it_is_registered() {
    let desk = Desk::new();
    desk.send(STRANGER, &scan(AT));
    let ran = desk.ingest();
    assert_eq!((ran.refused("site.unknown"), desk.waiting()), (1, 0));
    let list = desk.path("more.csv");
    let text = format!("site,partner,commune,name,region,lat,lon\n{STRANGER},p2,,,,,\n");
    fs::write(&list, text).expect("a list");
    desk.good(&["sites", list.to_str().expect("text")]);
    let aside = desk.fleet().join("quarantine/site.unknown");
    desk.good(&["ingest", aside.to_str().expect("text")]);
    assert_eq!(desk.rows("surveys").len(), 3);
    assert_eq!(
        desk.good(&["check", "--json"]).json()["quarantined"],
        json!([])
    );
}

#[test]
fn every_kind_that_is_kept_becomes_rows_as_the_documents_types_write_it() {
    let at: jiff::Timestamp = AT.parse().expect("a time");
    let desk = Desk::new();
    let switch = Switch {
        outcome: Some(opensim_domain::document::Outcome::RolledBack),
        registered_in_s: Some(4.5),
        ..Switch::default()
    };
    let texts = [
        serde_json::to_string(&Document::new(switch, at)),
        serde_json::to_string(&Document::new(Measure::default(), at)),
        serde_json::to_string(&Document::new(Status::default(), at)),
    ];
    for text in texts {
        let text = text.expect("JSON");
        desk.put(A, &name_of(&text), text);
    }
    let ran = desk.ingest();
    assert_eq!(ran.json()["taken"], 3, "{}", ran.out);
    assert_eq!(desk.rows("switches")[0]["outcome"], "rolled_back");
    assert_eq!(desk.rows("measures")[0]["verdict"], "not_measured");
    assert_eq!(desk.rows("statuses").len(), 1);
    assert!(desk.rows("surveys").is_empty());
}

#[test]
fn a_newer_schema_is_kept_as_it_is_and_read_once_it_can_be() {
    let desk = Desk::new();
    desk.send(A, &changed(AT, |s| s["schema"] = json!("opensim.scan/2")));
    desk.send(B, &scan(AT));
    let json = desk.ingest().json();
    assert_eq!((&json["newer"], &json["taken"]), (&json!(1), &json!(2)));
    assert_eq!(desk.rows("surveys").len(), 3);
    let kept = desk.raw("2025-03-04");
    assert!(kept.contains("opensim.scan/2"));
    let unread = desk.good(&["rebuild", "--json"]).json();
    assert_eq!(
        (&unread["documents"], &unread["unread"]),
        (&json!(2), &json!(1))
    );
    // The day when this version's schema is no longer the newer one.
    let file = desk.fleet().join("raw/day=2025-03-04/part-0.ndjson.zst");
    let known = kept.replace("opensim.scan/2", "opensim.scan/1");
    let mut bytes = zstd::stream::encode_all(known.as_bytes(), 3).expect("zstd");
    bytes.extend([0x50, 0x2a, 0x4d, 0x18, 8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
    fs::write(file, bytes).expect("written");
    let read = desk
        .good(&["rebuild", "--month", "2025-03", "--json"])
        .json();
    assert_eq!(read["unread"], 0);
    assert_eq!(desk.rows("surveys").len(), 6);
}

#[test]
fn a_newer_minor_adds_keys_and_words_and_is_read() {
    let desk = Desk::new();
    let newer = changed(AT, |scan| {
        scan["brand_new"] = json!({ "a": [1, 2] });
        scan["carriers"][0]["verdict"] = json!("superb");
        scan["selection_before"]["mode"] = json!("by_magic");
        scan["carriers"][1]["why"] = json!([{ "code": "=1+1" }, { "code": "radio.new_code" }]);
    });
    desk.send(A, &newer);
    assert_eq!(desk.ingest().json()["taken"], 1);
    let rows = desk.rows("surveys");
    let sfr = rows
        .iter()
        .find(|row| row["carrier"] == "sfr")
        .expect("sfr");
    assert_eq!(
        (&sfr["verdict"], &sfr["mode"]),
        (&Value::Null, &json!("unknown"))
    );
    assert!(rows.iter().any(|row| row["why"] == "radio.new_code"));
}
