//! What goes: a site that is forgotten, what is too old; and what leaves as a file.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use super::desk::{A, B, Desk, changed, scan};

#[test]
fn of_a_forgotten_site_nothing_is_left_and_nothing_comes_in() {
    let desk = Desk::new();
    for site in [A, B] {
        for at in ["2025-03-04T08:00:00Z", "2025-04-04T08:00:00Z"] {
            desk.send(site, &scan(at));
        }
        desk.put(site, "bad.json", "no");
    }
    desk.send(A, &scan("2025-05-04T08:00:00Z"));
    desk.ingest();
    let number = desk.rows("surveys");
    let number = |partner: &str| {
        let row = number.iter().find(|row| row["partner"] == partner);
        row.and_then(|row| row["site"].as_str())
            .expect("a site")
            .to_owned()
    };
    let its = number("p1");
    desk.send(A, &scan("2025-05-05T08:00:00Z"));
    let refused = desk.run(&["forget", A, "--inbox", "@inbox", "--json"]);
    assert_eq!(
        (refused.exit, refused.json()["error"]["code"].as_str()),
        (Some(2), Some("fleet.consent"))
    );
    assert_eq!(desk.rows("surveys").len(), 5 * 3);
    let gone = desk
        .good(&["forget", A, "--inbox", "@inbox", "--yes", "--json"])
        .json();
    let found = (
        &gone["rows"],
        &gone["documents"],
        &gone["files"],
        &gone["left"],
    );
    assert_eq!(found, (&json!(9), &json!(3), &json!(2), &json!(0)));
    assert_eq!(desk.rows("surveys").len(), 2 * 3);
    for (path, bytes) in desk.files() {
        let text = String::from_utf8_lossy(&bytes);
        let kept = path.ends_with("forgotten");
        assert_eq!(text.contains(&its), kept, "{}", path.display());
        assert!(!text.contains(A), "{}", path.display());
        assert!(!path.to_string_lossy().contains(A), "{}", path.display());
    }
    assert!(!desk.fleet().join("surveys/month=2025-05").exists());
    for day in ["2025-03-04", "2025-04-04"] {
        assert!(!desk.raw(day).contains(&its), "{day}");
    }
    // Sent late, registered again: it stays out, and is not even kept aside.
    let list = desk.path("sites.csv");
    desk.good(&["sites", list.to_str().expect("text")]);
    desk.send(A, &scan("2025-03-07T08:00:00Z"));
    let ran = desk.ingest();
    assert_eq!((ran.refused("site.forgotten"), desk.waiting()), (1, 0));
    assert!(!desk.fleet().join("quarantine/site.forgotten").exists());
    let again = desk.good(&["forget", A, "--yes", "--json"]).json();
    assert_eq!(again["rows"], 0);
}

#[test]
fn what_is_too_old_goes_and_sums_of_enough_homes_stay() {
    let desk = Desk::new();
    let mut list = "site,partner,commune,name,region,lat,lon\n".to_owned();
    let sites: Vec<String> = (0..6).map(|n| format!("{n:016x}")).collect();
    for (n, site) in sites.iter().enumerate() {
        let commune = if n < 5 { "34172" } else { "75056" };
        writeln!(list, "{site},p,{commune},,,,").expect("a text");
    }
    fs::write(desk.path("six.csv"), list).expect("written");
    desk.good(&["sites", desk.path("six.csv").to_str().expect("text")]);
    for site in &sites {
        desk.send(site, &scan("2025-03-04T08:00:00Z"));
        desk.send(site, &scan("2025-04-04T08:00:00Z"));
    }
    // Of one carrier there are four homes only.
    let without = |scan: &mut Value| {
        let all = scan["carriers"].as_array_mut().expect("a list");
        all.retain(|one| one["carrier"] != "sfr");
    };
    desk.send(&sites[0], &changed("2025-02-04T08:00:00Z", without));
    for site in &sites[1..] {
        desk.send(site, &scan("2025-02-04T08:00:00Z"));
    }
    desk.ingest();
    let kept = desk
        .good(&["retain", "--raw", "36500d", "--rows", "36500", "--json"])
        .json();
    assert_eq!((&kept["days"], &kept["months"]), (&json!([]), &json!([])));
    let raw = desk.good(&["retain", "--rows", "36500", "--json"]).json();
    assert_eq!(
        raw["days"],
        json!(["2025-02-04", "2025-03-04", "2025-04-04"])
    );
    assert_eq!(desk.rows("surveys").len(), 18 * 3 - 1);
    let gone = desk.good(&["retain", "--json"]).json();
    assert_eq!(gone["months"], json!(["2025-02", "2025-03", "2025-04"]));
    assert_eq!(gone["aggregates"], 3 + 3 + 2);
    assert!(desk.rows("surveys").is_empty());
    let sums =
        fs::read(desk.fleet().join("aggregates/month=2025-02/part-0.parquet")).expect("sums");
    let text = String::from_utf8_lossy(&sums);
    assert!(text.contains("orange") && !text.contains("sfr") && !text.contains("75056"));
    // What comes late for such a month goes with it; its sums are those of then.
    desk.send(&sites[0], &scan("2025-02-05T08:00:00Z"));
    desk.ingest();
    desk.good(&["retain"]);
    let later =
        fs::read(desk.fleet().join("aggregates/month=2025-02/part-0.parquet")).expect("sums");
    assert!(later == sums && desk.rows("surveys").is_empty());
}

#[test]
fn an_export_for_spreadsheets_runs_nothing() {
    let desk = Desk::new();
    desk.send(B, &scan("2025-03-04T08:00:00Z"));
    desk.send(A, &scan("2025-04-04T08:00:00Z"));
    desk.ingest();
    let csv = desk.good(&["export"]).out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 1 + 2 * 3);
    assert!(lines[0].starts_with("doc,schema_no,opensim,seen_at,day,site,partner"));
    assert!(csv.contains(",'=cmd|'/c calc'!A0,"), "{csv}");
    assert!(csv.contains(",-84.0,"), "a level is a number");
    let part = desk
        .good(&["export", "--since", "2025-04-01", "--until", "2025-05-01"])
        .out;
    assert_eq!(part.lines().count(), 1 + 3);
    let out = desk.path("rows.csv");
    desk.good(&["export", "--out", out.to_str().expect("text")]);
    assert_eq!(fs::read_to_string(out).expect("text"), csv);
}

#[test]
fn without_a_fleet_or_with_another_key_nothing_is_done() {
    let desk = Desk::new();
    let missing = desk.run(&["--fleet", "/nonexistent", "check", "--json"]);
    assert_eq!(
        (missing.exit, missing.json()["error"]["code"].as_str()),
        (Some(2), Some("fleet.absent"))
    );
    let key = desk.fleet().join("fleet.key");
    fs::write(&key, "short").expect("written");
    let ran = desk.run(&["ingest", "@inbox", "--json"]);
    assert_eq!(ran.json()["error"]["code"], "fleet.key");
    let usage = desk.run(&["ingest", "--json"]);
    assert_eq!(
        (usage.exit, usage.json()["error"]["code"].as_str()),
        (Some(2), Some("usage.invalid"))
    );
    let bad = desk.run(&["ingest", "@inbox", "--site", "../..", "--json"]);
    assert_eq!(bad.json()["error"]["code"], "fleet.site");
}

#[test]
fn what_a_forgotten_site_sends_later_is_kept_nowhere_though_no_list_has_it_any_more() {
    let desk = Desk::new();
    desk.good(&["forget", A, "--yes"]);
    desk.send(A, &scan("2025-03-04T08:12:44Z"));
    let ran = desk.ingest();
    assert_eq!(ran.refused("site.forgotten"), 1, "{}", ran.out);
    assert_eq!(desk.waiting(), 0);
    for (path, bytes) in desk.files() {
        let text = String::from_utf8_lossy(&bytes);
        let is_list = path.ends_with("forgotten");
        assert!(
            is_list || !text.contains("opensim.scan"),
            "{}",
            path.display()
        );
        assert!(
            !path.display().to_string().contains("quarantine"),
            "{}",
            path.display()
        );
    }
    // A number that nobody has is said to be one.
    for (site, was_listed) in [(B, true), ("00000000000000cc", false)] {
        let told = desk.good(&["forget", site, "--yes"]);
        assert_eq!(
            told.err.contains("not on the list"),
            !was_listed,
            "{}",
            told.err
        );
    }
    // A list that still has it does not bring it back.
    let list = desk.path("sites.csv");
    desk.good(&["sites", list.to_str().expect("text")]);
    let kept = fs::read_to_string(desk.fleet().join("sites.csv")).expect("the list");
    assert!(!kept.contains(A), "{kept}");
}

#[test]
fn a_list_may_be_a_spreadsheets_and_what_is_missing_from_it_is_said() {
    let desk = Desk::new();
    let list = desk.path("excel.csv");
    let text = format!("\u{feff}partner;site;lat;lon\r\nouest;{A};48,11;-1,68\r\n");
    fs::write(&list, text).expect("written");
    let told = desk
        .good(&["sites", list.to_str().expect("text"), "--json"])
        .json();
    assert_eq!(told["schema"], "opensim.fleet_sites/1");
    assert_eq!((&told["sites"], &told["gone"]), (&json!(1), &json!(1)));
    let kept = fs::read_to_string(desk.fleet().join("sites.csv")).expect("the list");
    assert_eq!(
        kept,
        format!("site,partner,commune,name,region,lat,lon\n{A},ouest,,,,48.11,-1.68\n")
    );
    // One in the fleet that was spoilt by hand is replaced.
    fs::write(desk.fleet().join("sites.csv"), "spoilt").expect("written");
    desk.good(&["sites", list.to_str().expect("text")]);
    let before = desk.files();
    for text in [
        "site,partner\n",
        "partner\nouest\n",
        "site,site\n",
        "site,phone\n",
        "",
    ] {
        fs::write(&list, text).expect("written");
        let ran = desk.run(&["sites", list.to_str().expect("text")]);
        assert_eq!(ran.exit, Some(2), "{text:?}");
        assert!(before == desk.files(), "{text:?}");
    }
}
