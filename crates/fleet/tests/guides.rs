//! The command lines of the guides that are this program's: each is one that it knows.

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
