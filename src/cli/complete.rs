//! What could stand at the end of a command line that is being typed: commands, options, and values that are looked up
//! now. It reads the same tree that the line will be parsed by.

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, Command};

use crate::domain::Profile;
use crate::link::discover::{self, Sysfs};
use crate::link::holder::ProcRoot;
use crate::os::net::interface::Interfaces;
use crate::os::port::devices::UsbDevice;
use crate::sim::{Quirks, Scenario};

/// Where an answer's values come from beside the tree.
pub(super) struct Known<'a> {
    pub(super) profile: &'a Profile,
}

/// What could stand there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) candidates: Vec<Candidate>,
    /// What the shell adds to them from the disk.
    pub(super) paths: Option<Paths>,
}

/// A whole word, and what it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) word: String,
    pub(super) about: String,
}

/// Names on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paths {
    Files,
    Folders,
}

impl Paths {
    /// As the scripts know it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Files => ":files",
            Self::Folders => ":folders",
        }
    }
}

/// What could stand in the place of the last word; the program's own name is not among the words.
pub(super) fn complete(mut tree: Command, words: &[String], known: &Known<'_>) -> Answer {
    tree.build();
    let Some((last, before)) = words.split_last() else {
        return Answer::default();
    };
    let mut line = Line {
        tree: &tree,
        command: &tree,
        awaits: None,
        positionals: 0,
        is_literal: false,
    };
    for word in before {
        line.take(word);
    }
    line.answer(last, known)
}

/// A line as far as it was read.
struct Line<'a> {
    tree: &'a Command,
    command: &'a Command,
    /// The option whose value comes next.
    awaits: Option<&'a Arg>,
    positionals: usize,
    /// Behind `--`.
    is_literal: bool,
}

impl<'a> Line<'a> {
    fn take(&mut self, word: &str) {
        if self.awaits.take().is_some() {
            return;
        }
        if self.is_literal {
            self.positionals += 1;
        } else if word == "--" {
            self.is_literal = true;
        } else if let Some(name) = word.strip_prefix("--") {
            let option = self.long(name);
            self.awaits = option.filter(|arg| arg.get_action().takes_values());
        } else if let Some(letters) = word.strip_prefix('-').filter(|l| !l.is_empty()) {
            self.awaits = self.last_letter(letters);
        } else if let Some(command) = self.command.find_subcommand(word) {
            self.command = command;
        } else {
            self.positionals += 1;
        }
    }

    fn long(&self, name: &str) -> Option<&'a Arg> {
        let mut args = self.command.get_arguments();
        args.find(|arg| arg.get_long() == Some(name))
    }

    /// The option of the last of several letters, where it waits for a value.
    fn last_letter(&self, letters: &str) -> Option<&'a Arg> {
        let mut letters = letters.chars();
        let waits = letters.find_map(|letter| {
            let mut args = self.command.get_arguments();
            let arg = args.find(|arg| arg.get_short() == Some(letter))?;
            arg.get_action().takes_values().then_some(arg)
        });
        waits.filter(|_| letters.as_str().is_empty())
    }

    fn answer(&self, word: &str, known: &Known<'_>) -> Answer {
        if let Some(arg) = self.awaits {
            return self.values(arg, "", word, known);
        }
        if !self.is_literal && word.starts_with('-') {
            return match word.split_once('=') {
                Some((option, value)) => {
                    let arg = self.long(option.trim_start_matches('-'));
                    let answer =
                        arg.map(|arg| self.values(arg, &format!("{option}="), value, known));
                    answer.unwrap_or_default()
                }
                None => self.options(word),
            };
        }
        if self.command.has_subcommands() {
            return beginning(word, commands(self.command).collect(), None);
        }
        let mut positionals = self.command.get_positionals();
        let arg = positionals.nth(self.positionals);
        let many = |arg: &&Arg| matches!(arg.get_action(), ArgAction::Append);
        let arg = arg.or_else(|| self.command.get_positionals().last().filter(many));
        let answer = arg.map(|arg| self.values(arg, "", word, known));
        answer.unwrap_or_default()
    }

    fn options(&self, word: &str) -> Answer {
        let shown = self
            .command
            .get_arguments()
            .filter(|arg| !arg.is_hide_set());
        let options = shown.filter_map(|arg| {
            let long = arg.get_long()?;
            Some(candidate(format!("--{long}"), about(arg)))
        });
        beginning(word, options.collect(), None)
    }

    /// The values of an argument, each behind what stands before it in its word.
    fn values(&self, arg: &Arg, before: &str, word: &str, known: &Known<'_>) -> Answer {
        let (earlier, current) = match arg.get_value_delimiter() {
            Some(delimiter) => word
                .rsplit_once(delimiter)
                .map_or(("", word), |(head, tail)| (&word[..=head.len()], tail)),
            None => ("", word),
        };
        let hidden = |value: &clap::builder::PossibleValue| value.is_hide_set();
        let possible = arg.get_possible_values();
        let possible = possible.iter().filter(|value| !hidden(value));
        let mut values: Vec<Candidate> = possible.map(|v| candidate(v.get_name(), "")).collect();
        values.extend(self.looked_up(arg.get_id().as_str(), known));
        let typed: Vec<&str> = earlier.split(',').collect();
        values.retain(|value| !typed.contains(&value.word.as_str()));
        let paths = match (arg.get_id().as_str(), arg.get_value_hint()) {
            (_, ValueHint::DirPath) => Some(Paths::Folders),
            ("scenario" | "modem", _) | (_, ValueHint::AnyPath | ValueHint::FilePath) => {
                Some(Paths::Files)
            }
            _ => None,
        };
        let mut answer = beginning(current, values, paths);
        for candidate in &mut answer.candidates {
            candidate.word = format!("{before}{earlier}{}", candidate.word);
        }
        answer
    }

    /// Values that the tree does not know, by the argument's name.
    fn looked_up(&self, arg: &str, known: &Known<'_>) -> Vec<Candidate> {
        match arg {
            "carrier" | "carriers" => {
                let carriers = known.profile.carriers.iter();
                carriers.map(|c| candidate(&c.id, &c.name)).collect()
            }
            "command" => commands(self.tree).collect(),
            "interface" => plain(Interfaces::system().names()),
            "lang" => plain(["fr", "en"]),
            "modem" => modems(),
            "quirk" => plain(Quirks::keys().map(|key| format!("{key}="))),
            "scenario" => plain(Scenario::names()),
            "server" => plain([
                "opensim://",
                "opensim+https://",
                "librespeed+https://",
                "cloudflare",
                "https://",
            ]),
            "check" => plain([
                "sip:",
                "openvpn:",
                "openvpn://",
                "tcp://",
                "tls://",
                "https://",
            ]),
            _ => Vec::new(),
        }
    }
}

/// What is plugged in, then the virtual ones.
fn modems() -> Vec<Candidate> {
    let survey = discover::survey(&Sysfs::system(), &ProcRoot::system().look());
    let plugged = survey.modems.into_iter().flat_map(|modem| {
        let product = modem.usb.as_ref().and_then(UsbDevice::name);
        let name = product.unwrap_or_default();
        let port = modem.at_port().map(|port| port.path.display().to_string());
        let words = [Some(modem.id), port].into_iter().flatten();
        words
            .map(move |word| candidate(word, &name))
            .collect::<Vec<_>>()
    });
    let scenarios = Scenario::names().map(|name| candidate(format!("sim:{name}"), ""));
    plugged.chain(scenarios).collect()
}

fn commands(command: &Command) -> impl Iterator<Item = Candidate> {
    let shown = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    shown.map(|sub| {
        let about = sub.get_about().map(ToString::to_string);
        candidate(sub.get_name(), about.unwrap_or_default())
    })
}

/// What an option does, without its default and its choices.
fn about(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    help.split(" [").next().unwrap_or_default().to_owned()
}

fn candidate(word: impl Into<String>, about: impl Into<String>) -> Candidate {
    Candidate {
        word: word.into(),
        about: about.into(),
    }
}

fn plain<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Vec<Candidate> {
    words.into_iter().map(|word| candidate(word, "")).collect()
}

fn beginning(word: &str, mut candidates: Vec<Candidate>, paths: Option<Paths>) -> Answer {
    candidates.retain(|candidate| candidate.word.starts_with(word));
    Answer { candidates, paths }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, Lang};

    fn offered(line: &str) -> Vec<String> {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let known = Known {
            profile: &Profile::default(),
        };
        let tree = crate::cli::command(&Catalogue::new(Lang::En));
        let answer = complete(tree, &words, &known);
        let words = answer.candidates.into_iter().map(|c| c.word);
        words
            .chain(answer.paths.map(|p| p.as_str().to_owned()))
            .collect()
    }

    #[test]
    fn what_could_stand_there_is_offered_and_nothing_else() {
        for (line, expected) in [
            ("sta", &["status"][..]),
            ("switch ", &["orange", "sfr", "bouygues"]),
            ("--json -v switch s", &["sfr"]),
            ("switch sfr ", &[]),
            ("scan --carriers orange,s", &["orange,sfr"]),
            (
                "scan --carriers orange,",
                &["orange,sfr", "orange,bouygues"],
            ),
            ("scan --format ", &["text", "json", "csv", "html"]),
            ("scan --format=h", &["--format=html"]),
            (
                "scan --no-",
                &["--no-measure", "--no-voice", "--no-history", "--no-input"],
            ),
            ("--lang ", &["fr", "en"]),
            ("status --dialect hua", &["huawei"]),
            ("--modem sim:no-", &["sim:no-sim", ":files"]),
            ("sim --scenario rur", &["rural", ":files"]),
            ("sim --quirk joi", &["joined="]),
            ("help sw", &["switch"]),
            ("man --out ", &[":folders"]),
            ("report ", &[":files"]),
            ("measure --interface l", &["lo"]),
            ("history sh", &["show"]),
            ("history export --format ", &["ndjson", "csv"]),
            ("history --kind s", &["scan", "switch"]),
            ("measure --codec g7", &["g711", "g729"]),
            ("completions z", &["zsh"]),
            ("switch --reason ", &[]),
            ("at -- --fo", &[]),
            ("frobnicate sc", &["scan"]),
        ] {
            assert_eq!(offered(line), expected, "{line}");
        }
    }
}
