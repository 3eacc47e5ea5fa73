//! Every file of `testdata/transcripts` is read as its own `#=` remarks say.

mod manual;

use std::path::{Path, PathBuf};

use super::cells::rows;
use super::conversation::{Asked, list, or_dash, row, who, whole_reading};
use opensim_at::dialect::{Dialect, Scales, by_name, detect};
use opensim_domain::Identity;
use opensim_domain::trace::{self, Entry};

/// What is known of one modem while its file is read, and the answers since the last expectation.
struct Desk {
    dialect: &'static dyn Dialect,
    identity: Identity,
    scales: Scales,
    asked: Vec<Asked>,
}

impl Desk {
    /// What `expected`, the text after `#=`, should have been.
    fn actual(&mut self, expected: &str) -> String {
        let (kind, _) = expected.split_once(' ').unwrap_or((expected, ""));
        let last = self.asked.last();
        let reply = last.map(|asked| &asked.reply);
        let value = match kind {
            "identity" => {
                let lines = reply.map(|r| r.lines.clone()).unwrap_or_default();
                self.identity = self.dialect.identity(&lines);
                who(&self.identity)
            }
            "dialect" => detect(None, &self.identity)
                .dialect
                .profile()
                .name
                .to_owned(),
            "reading" => row(&whole_reading(
                self.dialect,
                &self.identity,
                &mut self.scales,
                &self.asked,
            )),
            "pin" => {
                let asked = last.is_some_and(|a| a.answers(self.dialect.pin_tries_query().line));
                assert!(asked, "not what the dialect asks");
                or_dash(reply.and_then(|r| self.dialect.pin_tries(r)))
            }
            "iccid" => {
                let queries = self.dialect.iccid_queries();
                assert!(last.is_some_and(|a| queries.iter().any(|q| a.answers(q.line))));
                let iccid = reply.and_then(|r| self.dialect.iccid(r));
                or_dash(iccid.map(|iccid| iccid.reveal().to_owned()))
            }
            "survey" => {
                let query = self.dialect.survey(&self.identity).expect("no survey").run;
                assert!(last.is_some_and(|a| a.answers(query.line)));
                let cells = reply.map(|r| self.dialect.survey_cells(r));
                rows(&cells.unwrap_or_default())
            }
            "neighbours" => {
                let query = self.dialect.neighbours_query().expect("no neighbours");
                assert!(last.is_some_and(|a| a.answers(query.line)));
                let cells = reply.map(|r| self.dialect.neighbours(r));
                rows(&cells.unwrap_or_default())
            }
            "networks" => {
                assert!(last.is_some_and(Asked::is_network_list));
                list(&last.map(Asked::networks).unwrap_or_default())
            }
            _ => panic!("no such expectation: {kind}"),
        };
        format!("{kind} {value}")
    }
}

/// Reads a file; gives how many expectations it had and those that were not met.
fn check(path: &Path, dialect: &'static dyn Dialect) -> (usize, Vec<String>) {
    // A list of cells goes on in remarks that start with `#+`.
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("\n#+", " ;");
    let entries = trace::parse(&text).unwrap();
    let mut desk = Desk {
        dialect,
        identity: Identity::default(),
        scales: Scales::default(),
        asked: Vec::new(),
    };
    let (mut count, mut wrong, mut from) = (0, Vec::new(), 0);
    for (at, entry) in entries.iter().enumerate() {
        let Entry::Remark(remark) = entry else {
            continue;
        };
        let Some(expected) = remark.strip_prefix('=').map(str::trim) else {
            continue;
        };
        let said = trace::exchanges(&entries[from..at]);
        // A second expectation right after the first is about the same answers.
        if !said.is_empty() {
            desk.asked = said.iter().map(Asked::of).collect();
        }
        from = at;
        count += 1;
        let actual = desk.actual(expected);
        if actual != expected {
            wrong.push(format!(
                "{}\n  said {expected}\n  read {actual}",
                path.display()
            ));
        }
    }
    (count, wrong)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_transcript_is_read_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    let mut wrong = Vec::new();
    for folder in files(&root).into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let dialect = by_name(name).unwrap_or_else(|| panic!("no dialect is called {name}"));
        for file in files(&folder) {
            let (count, of_file) = check(&file, dialect);
            assert!(count > 0, "{} expects nothing", file.display());
            wrong.extend(of_file);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
