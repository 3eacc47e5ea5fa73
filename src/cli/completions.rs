//! `opensim completions SHELL [-- WORD...]`: the script that a shell loads, and what that script asks.
//!
//! The scripts hold no values: a carrier, an interface or a scenario that was added today is offered today, in the reader's
//! language. clap's own engine for that is not stable yet (docs/decisions.md).

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

use super::complete::{Answer, Known, complete};
use super::output::Output;
use crate::domain::Profile;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// bash, zsh, fish, elvish or powershell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
    /// What could stand in the place of the last of these
    #[arg(value_name = "WORD", last = true)]
    words: Vec<OsString>,
}

impl Completions {
    pub(super) fn run(self, profile: &Profile, output: &Output) -> ExitCode {
        let tree = super::command(output.catalogue());
        if !self.words.is_empty() {
            let words = self.words.iter().map(|w| w.to_string_lossy().into_owned());
            let known = Known { profile };
            let answer = complete(tree, &words.collect::<Vec<_>>(), &known);
            return output.bytes(output.shaped(told(&answer)).as_bytes());
        }
        let script = match self.shell {
            Shell::Bash => include_bytes!("completions/opensim.bash").to_vec(),
            Shell::Zsh => include_bytes!("completions/opensim.zsh").to_vec(),
            Shell::Fish => include_bytes!("completions/opensim.fish").to_vec(),
            other => of_clap(other, tree),
        };
        output.bytes(&script)
    }
}

/// A shell that is given the fixed words alone.
fn of_clap(shell: Shell, mut tree: clap::Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree, "opensim", &mut script);
    script
}

/// A line each: the word, a tab, what it is. `:files` and `:folders` are for the shell to look up.
fn told(answer: &Answer) -> String {
    let words = answer.candidates.iter();
    let mut lines: Vec<String> = words
        .map(|c| format!("{}\t{}\n", c.word, c.about))
        .collect();
    lines.extend(answer.paths.map(|paths| format!("{}\n", paths.as_str())));
    lines.concat()
}
