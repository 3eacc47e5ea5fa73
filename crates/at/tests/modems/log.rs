//! A file of the corpus of real answers, which lies where `OPENSIM_CORPUS` says.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;

use opensim_at::dialect::{Scales, by_name};

use opensim_domain::Identity;
use opensim_domain::radio::Reading;
use opensim_domain::trace;

use crate::cells::rows;
use crate::conversation::{Asked, list, reading, row};

/// The folder; `None`, with one line that says so, where it is not given.
pub(crate) fn corpus() -> Option<PathBuf> {
    static SAID: Once = Once::new();
    let folder = std::env::var_os("OPENSIM_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Past the test runner's capture: a skipped test is not to pass in silence.
        SAID.call_once(|| {
            let _ = writeln!(std::io::stderr(), "skipped: OPENSIM_CORPUS is not set");
        });
    }
    folder
}

/// Its commands and their answers.
pub(crate) struct Log(Vec<Asked>);

impl Log {
    pub(crate) fn open(name: &str) -> Option<Self> {
        let path = corpus()?.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&path).expect(name);
        let entries = trace::parse(&text).expect(name);
        let exchanges = trace::exchanges(&entries);
        Some(Self(exchanges.iter().map(Asked::of).collect()))
    }

    /// The answers to `line`.
    pub(crate) fn asked(&self, line: &str) -> impl Iterator<Item = &Asked> {
        self.0.iter().filter(move |a| a.answers(line))
    }

    /// Each answer to `line`, read alone by the dialect of that name.
    pub(crate) fn reads(&self, name: &str, line: &str) -> Vec<String> {
        let alone = |asked: &Asked| row(&read(name, std::slice::from_ref(asked)));
        self.asked(line).map(alone).collect()
    }

    /// All answers together, the latest to each command; those to the first of a pair taken for the second's.
    pub(crate) fn reads_together(self, name: &str, pairs: &[(&str, &str)]) -> String {
        let mut all = self.0;
        for (said, meant) in pairs {
            for asked in &mut all {
                if asked.answers(said) {
                    (*meant).clone_into(&mut asked.command);
                }
            }
        }
        row(&read(name, &all))
    }

    /// Each answer to `line` as a survey.
    pub(crate) fn surveys(&self, name: &str, line: &str) -> Vec<String> {
        let dialect = by_name(name).expect(name);
        let cells = |asked: &Asked| rows(&dialect.survey_cells(&asked.reply));
        self.asked(line).map(cells).collect()
    }

    /// Each answer to `line` as the cells around.
    pub(crate) fn neighbours(&self, name: &str, line: &str) -> Vec<String> {
        let dialect = by_name(name).expect(name);
        let cells = |asked: &Asked| rows(&dialect.neighbours(&asked.reply));
        self.asked(line).map(cells).collect()
    }

    /// Each network list.
    pub(crate) fn networks(&self) -> Vec<String> {
        let asked = self.0.iter().filter(|a| a.is_network_list());
        asked.map(|a| list(&a.networks())).collect()
    }

    /// Asserts that no answer is taken for a cell by that dialect, whichever of its commands it is believed to answer.
    pub(crate) fn has_no_cell(&self, name: &str) {
        let dialect = by_name(name).expect(name);
        for asked in &self.0 {
            for query in dialect.reading_queries(&Identity::default(), &Scales::default()) {
                let answer = Asked {
                    command: query.line.to_owned(),
                    reply: asked.reply.clone(),
                };
                assert_eq!(row(&read(name, &[answer])), "nothing", "{}", asked.command);
            }
            assert_eq!(rows(&dialect.survey_cells(&asked.reply)), "none");
            assert_eq!(rows(&dialect.neighbours(&asked.reply)), "none");
        }
    }

    /// Every command.
    pub(crate) fn commands(&self) -> Vec<&str> {
        self.0.iter().map(|asked| asked.command.as_str()).collect()
    }
}

fn read(name: &str, asked: &[Asked]) -> Reading {
    let dialect = by_name(name).expect(name);
    reading(dialect, &Identity::default(), &mut Scales::default(), asked)
}
