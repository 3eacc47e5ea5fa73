//! Programs that are no good engine, and SQL that means no good: the binary says what happened, and leaves nothing behind.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use opensim_fleet::engine::EngineKind;
use serde_json::{Value, json};

use crate::generate::{Recipe, generate};
use crate::support::engine;

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("tmp")).expect("a folder");
        let bench = Self { folder };
        assert!(bench.run(&["init"], None).status.success());
        bench
    }

    /// A program that stands for the engine.
    fn program(&self, script: &str) -> PathBuf {
        let file = self.folder.path().join("engine");
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a program");
        file
    }

    fn run(&self, arguments: &[&str], engine: Option<&Path>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"));
        command
            .args([
                "--fleet",
                &self.folder.path().join("fleet").display().to_string(),
                "--lang",
                "en",
            ])
            .args(arguments)
            .env("TMPDIR", self.folder.path().join("tmp"));
        if let Some(engine) = engine {
            command.env("OPENSIM_DUCKDB", engine);
        }
        command.output().expect("it runs")
    }

    /// The exit status and the error's code, with its message.
    fn failed(&self, arguments: &[&str], engine: Option<&Path>) -> (i32, String, String) {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let output = self.run(&all, engine);
        let left = fs::read_dir(self.folder.path().join("tmp"))
            .expect("a folder")
            .count();
        assert_eq!(left, 0, "something temporary was left");
        let document: Value = serde_json::from_slice(&output.stdout).expect("one document");
        let told = |key: &str| {
            document["error"][key]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        (
            output.status.code().unwrap_or(-1),
            told("code"),
            told("message"),
        )
    }
}

#[test]
fn a_program_that_is_no_engine_is_told_by_what_it_does() {
    let bench = Bench::new();
    let mark = r#"echo '{"opensim_fleet_part":0}'"#;
    for (script, code, said) in [
        (
            "echo 'Fatal Error: out of luck' >&2; exit 1",
            "fleet.engine_failed",
            "out of luck",
        ),
        ("exit 0", "fleet.engine_failed", ""),
        ("kill -SEGV $$", "fleet.engine_failed", ""),
        (
            &format!("{mark}; echo '{{\"a\":1}}'"),
            "fleet.engine_failed",
            "",
        ),
        ("echo Welcome", "fleet.engine_garbage", "Welcome"),
        (
            &format!("{mark}; printf '\\033[2Jrm\\n'"),
            "fleet.engine_garbage",
            "[2Jrm",
        ),
        ("head -c 3000000 /dev/zero", "fleet.engine_garbage", ""),
        (
            &format!("{mark}; echo '{{\"evil\":1}}'; echo '{{\"opensim_fleet_part\":1}}'"),
            "fleet.engine_garbage",
            "evil",
        ),
    ] {
        let program = bench.program(script);
        let (exit, told, message) = bench.failed(&["ask", "place"], Some(&program));
        assert_eq!((exit, told.as_str()), (1, code), "{script}: {message}");
        assert!(
            message.contains(said) && !message.contains('\u{1b}'),
            "{script}: {message}"
        );
    }
    let absent = bench.folder.path().join("nothing");
    let (exit, code, _) = bench.failed(&["ask", "place"], Some(&absent));
    assert_eq!((exit, code.as_str()), (2, "fleet.engine_absent"));
}

#[test]
fn a_program_that_hangs_is_ended_and_leaves_nothing() {
    let bench = Bench::new();
    let pid = bench.folder.path().join("pid");
    let program = bench.program(&format!("echo $$ > {}; exec sleep 1000", pid.display()));
    let (exit, code, message) = bench.failed(&["ask", "place", "--max-time", "1"], Some(&program));
    assert_eq!(
        (exit, code.as_str()),
        (1, "fleet.engine_deadline"),
        "{message}"
    );
    let pid = fs::read_to_string(pid).expect("it was started");
    assert!(
        !Path::new(&format!("/proc/{}", pid.trim())).exists(),
        "it lives on"
    );
}

#[test]
fn a_person_can_do_nothing_but_read_the_fleets_rows() {
    let Some(_) = engine(EngineKind::Duckdb) else {
        return;
    };
    let bench = Bench::new();
    let evil = bench.folder.path().join("evil");
    let evil_text = evil.display();
    let key = bench.folder.path().join("fleet/fleet.key");
    let file = bench.folder.path().join("mine.sql");
    for (text, code) in [
        (
            format!("COPY (SELECT 1) TO '{evil_text}'"),
            "fleet.statement",
        ),
        (
            format!("SELECT 1; COPY (SELECT 1) TO '{evil_text}'"),
            "fleet.statement",
        ),
        (
            format!("SELECT 1) AS a; COPY (SELECT 1) TO '{evil_text}'; SELECT * FROM (SELECT 1"),
            "fleet.statement",
        ),
        (
            format!("SELECT * FROM surveys\n.shell touch {evil_text}\n"),
            "fleet.sql",
        ),
        (
            format!("SELECT '\n.shell touch {evil_text}\n' AS a FROM nothing"),
            "fleet.sql",
        ),
        (
            format!("SELECT * FROM read_text('{}')", key.display()),
            "fleet.sql",
        ),
        (
            "SELECT * FROM read_text('fleet.key')".to_owned(),
            "fleet.sql",
        ),
        (
            "SELECT * FROM read_csv('/etc/passwd')".to_owned(),
            "fleet.sql",
        ),
        (
            "SELECT * FROM 'https://example.org/a.parquet'".to_owned(),
            "fleet.sql",
        ),
        ("SELECT getenv('HOME')".to_owned(), "fleet.sql"),
        ("SELECT nothing FROM surveys".to_owned(), "fleet.sql"),
    ] {
        fs::write(&file, &text).expect("written");
        let (exit, told, message) = bench.failed(&["sql", &file.display().to_string()], None);
        assert_eq!((exit, told.as_str()), (2, code), "{text}: {message}");
        assert!(!evil.exists(), "{text}");
    }
}

#[test]
fn a_question_that_is_none_is_told_before_an_engine_is_looked_for() {
    let bench = Bench::new();
    let absent = bench.folder.path().join("nothing");
    let (exit, code, _) = bench.failed(&["ask", "weather"], Some(&absent));
    assert_eq!((exit, code.as_str()), (2, "fleet.question"));
}

#[test]
fn a_home_is_asked_for_by_the_number_of_its_certificate_or_by_that_of_the_rows() {
    let Some(_) = engine(EngineKind::Duckdb) else {
        return;
    };
    let bench = Bench::new();
    let list = bench.folder.path().join("sites.csv");
    let (registered, unknown) = ("0123456789abcdef", "fedcba9876543210");
    let text =
        format!("site,partner,commune,name,region,lat,lon\n{registered},P,35238,Rennes,BRE,,\n");
    fs::write(&list, text).expect("written");
    let done = bench.run(&["sites", &list.display().to_string()], None);
    assert!(done.status.success(), "{done:?}");
    let json = |arguments: &[&str]| -> Value {
        let output = bench.run(&[arguments, &["--json"]].concat(), None);
        serde_json::from_slice(&output.stdout).expect("one document")
    };
    let sql = |site: &str| {
        let document = json(&["ask", "site", "--site", site]);
        document["sql"].as_str().expect("the query").to_owned()
    };
    assert!(
        !sql(registered).contains(registered),
        "the certificate's number left the fleet"
    );
    // From a row's number back to the home, and from the home to it.
    let found = json(&["sites", "--find", registered]);
    let in_rows = found["in_rows"].as_str().expect("a number");
    assert!(sql(in_rows).contains(in_rows));
    let home = json(&["sites", "--find", &in_rows.to_uppercase()]);
    assert_eq!(
        (&home["site"], &home["partner"]),
        (&registered.into(), &"P".into())
    );
    // Nobody is no good news.
    for arguments in [
        &["ask", "site", "--site", unknown][..],
        &["sites", "--find", unknown],
        &["ask", "below", "--partner", "p"],
    ] {
        let (exit, code, _) = bench.failed(arguments, None);
        let is_told = code == "fleet.site_unknown" || code == "fleet.partner_unknown";
        assert!(exit == 2 && is_told, "{arguments:?}: {code}");
    }
    let (exit, _, _) = bench.failed(&["ask", "below", "--partner", "P"], None);
    assert_eq!(exit, 0);
}

#[test]
fn a_home_whose_calls_are_too_poor_is_below_the_need_until_it_is_measured_again() {
    let Some(_) = engine(EngineKind::Duckdb) else {
        return;
    };
    let bench = Bench::new();
    let site = "0123456789abcdef";
    let list = bench.folder.path().join("sites.csv");
    fs::write(&list, format!("site;partner\n{site};P\n")).expect("written");
    assert!(
        bench
            .run(&["sites", &list.display().to_string()], None)
            .status
            .success()
    );
    let survey = |at: &str, used: &str, other: &str| {
        let carrier = |rank: u32, name: &str, plmn: &str, verdict: &str| {
            let rate =
                json!({ "estimate_bps": 900_000, "low_bps": 800_000, "high_bps": 1_000_000 });
            json!({ "rank": rank, "carrier": name, "plmn": plmn, "radio": null, "verdict": verdict, "why": [],
                    "throughput": { "down": rate, "up": rate }, "voice": { "mos": 1.2, "rtt_ms": 90.0, "loss": 0.1 } })
        };
        let document = json!({ "schema": "opensim.scan/1", "at": at,
            "selection_before": { "mode": "manual", "plmn": "20801" },
            "carriers": [carrier(1, "sfr", "20810", other), carrier(2, "orange", "20801", used)] });
        let file = bench.folder.path().join("scan.json");
        fs::write(&file, document.to_string()).expect("written");
        let ran = bench.run(
            &["ingest", &file.display().to_string(), "--site", site],
            None,
        );
        assert!(ran.status.success(), "{ran:?}");
        let told = bench.run(&["ask", "below", "--json"], None);
        let told: Value = serde_json::from_slice(&told.stdout).expect("one document");
        let rows = told["rows"].as_array().expect("rows").clone();
        rows.first().map(|row| row[8].clone())
    };
    assert_eq!(
        survey("2026-03-02T08:00:00Z", "unsuitable", "suitable"),
        Some(json!("sfr"))
    );
    // A survey that only read levels says nothing newer; one that finds no network does.
    assert_eq!(
        survey("2026-03-03T08:00:00Z", "not_measured", "not_measured"),
        Some(json!("sfr"))
    );
    assert_eq!(
        survey("2026-03-04T08:00:00Z", "unavailable", "not_measured"),
        Some(Value::Null)
    );
    assert_eq!(survey("2026-03-05T08:00:00Z", "suitable", "suitable"), None);
}

#[test]
fn what_ddl_prints_makes_tables_where_nothing_came_yet_and_where_a_month_is_torn() {
    let Some(_) = engine(EngineKind::Duckdb) else {
        return;
    };
    let bench = Bench::new();
    let fleet = bench.folder.path().join("fleet");
    let duckdb = std::env::var_os("OPENSIM_DUCKDB").unwrap_or_else(|| "duckdb".into());
    let asked = || {
        let sql = bench.run(&["ddl", "duckdb"], None);
        assert!(sql.status.success(), "{sql:?}");
        let sql = String::from_utf8(sql.stdout).expect("text");
        let question = "SELECT (SELECT count(*) FROM surveys), (SELECT count(*) FROM switches), \
                        (SELECT count(*) FROM aggregates), (SELECT count(*) FROM sites)";
        let answer = Command::new(&duckdb)
            .args(["-batch", "-bail", "-csv", "-noheader", "-c"])
            .arg(sql + question)
            .current_dir(&fleet)
            .output()
            .expect("it runs");
        assert!(answer.status.success(), "{answer:?}");
        String::from_utf8(answer.stdout)
            .expect("text")
            .trim()
            .to_owned()
    };
    assert_eq!(asked(), "0,0,0,0");
    let recipe = Recipe {
        sites: 20,
        days: 40,
        is_worse: false,
    };
    generate(&fleet, &recipe);
    assert_eq!(asked(), "2400,0,0,0");
    // What went leaves its sums, for SQL of somebody's own.
    let retained = bench.run(&["retain", "--rows", "1d"], None);
    assert!(retained.status.success(), "{retained:?}");
    let file = bench.folder.path().join("mine.sql");
    fs::write(&file, "SELECT month, CAST(sum(sites) AS BIGINT) AS n FROM aggregates GROUP BY month ORDER BY month")
        .expect("written");
    let told = bench.run(&["sql", &file.display().to_string(), "--csv"], None);
    let told = String::from_utf8(told.stdout).expect("text");
    assert!(told.contains("2026-10,"), "{told}");
    // One torn file, and the others still answer.
    generate(&fleet, &recipe);
    fs::write(fleet.join("surveys/month=2026-11/part-0.parquet"), "PAR1").expect("written");
    assert!(asked().starts_with("600,0,"), "{}", asked());
}
