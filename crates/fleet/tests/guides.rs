//! The command lines of the guides that are this program's: each is one that it knows. The first of them, the demo, is run.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

/// What the pages have typed, each line in its words.
fn typed() -> Vec<Vec<String>> {
    let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut typed = Vec::new();
    for page in ["fleet.md", "fr/parc.md", "en/fleet.md"] {
        let text = std::fs::read_to_string(docs.join(page)).expect(page);
        // In a block a line, in a sentence between backticks.
        let lines = text.lines().map(str::to_owned);
        let spans = text
            .split('`')
            .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "));
        for line in lines.chain(spans) {
            let is_told = line.starts_with("opensim-fleet ") && !line.contains(['|', '…', '`']);
            if is_told {
                typed.push(line.split_whitespace().skip(1).map(str::to_owned).collect());
            }
        }
    }
    typed.sort();
    typed.dedup();
    typed
}

#[test]
fn every_command_line_of_the_guides_is_one_that_is_known() {
    let lines = typed();
    assert!(lines.len() > 12, "{lines:?}");
    for line in lines {
        // Help is the last word: what stands before it has to be right.
        let ran = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"))
            .args(&line)
            .arg("--help")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{line:?}: {said}");
    }
}

#[test]
fn the_demo_finds_what_was_put_there_and_makes_pages() {
    let scratch = tempfile::tempdir().expect("a folder");
    let out = scratch.path().join("made");
    let ran = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"))
        .args(["--json", "demo", "--homes", "6", "--out"])
        .arg(&out)
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&ran.stdout);
    let told: serde_json::Value = serde_json::from_str(&text).expect("one document");
    if told["error"]["code"] == "fleet.engine_absent" {
        // Nothing was begun, since nothing could be asked.
        assert!(!out.exists());
        // Past the harness, which shows what a passing test prints to nobody.
        let _ = writeln!(std::io::stderr(), "skipped: no DuckDB here");
        return;
    }
    assert!(ran.status.success(), "{text}");
    assert_eq!(told["schema"], "opensim.fleet_demo/1");
    assert_eq!(
        (&told["documents"], &told["measured"]),
        (&60.into(), &8.into()),
        "{text}"
    );
    assert_eq!(
        told["planted"], told["found"],
        "all of it, and in its place"
    );
    assert_eq!(told["found"]["below"], 1);
    assert!(
        told["answers"]
            .as_array()
            .is_some_and(|answers| answers.len() == 9)
    );
    let pages = std::fs::read_dir(out.join("pages"))
        .expect("pages")
        .flatten();
    for partner in pages {
        let index = std::fs::read_to_string(partner.path().join("index.html")).expect("a page");
        assert!(index.contains("<svg") && !index.contains("<script"));
    }
    // One that was stopped midway is made anew, and what of it stood there is gone.
    let stopped = scratch.path().join("stopped");
    std::fs::create_dir_all(stopped.join("surveys")).expect("a folder");
    std::fs::write(stopped.join("surveys/left"), "").expect("a file");
    std::fs::write(stopped.join(".demo-unfinished"), "").expect("a file");
    let anew = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"))
        .args(["demo", "--homes", "1", "--out"])
        .arg(&stopped)
        .output()
        .expect("it runs");
    assert!(
        anew.status.success(),
        "{}",
        String::from_utf8_lossy(&anew.stderr)
    );
    assert!(stopped.join("pages").exists() && !stopped.join("surveys/left").exists());
    assert!(!stopped.join(".demo-unfinished").exists());
    // What is there is nobody's to write over.
    let again = Command::new(env!("CARGO_BIN_EXE_opensim-fleet"))
        .args(["demo", "--homes", "1", "--out"])
        .arg(&out)
        .output()
        .expect("it runs");
    assert_eq!(again.status.code(), Some(2));
}
