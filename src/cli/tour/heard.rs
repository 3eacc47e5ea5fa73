//! What a person meant with a line. Nothing of it is given to a shell: it is cut into words here, and read by the parser
//! of every other command line.

use std::ffi::OsStr;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::super::help;
use super::steps::{COMMANDS, HISTORY, OPTIONS};
use crate::i18n::{Catalogue, Lang};

/// The longest line that is looked at: no command is longer.
const LONGEST: usize = 400;

/// What was meant.
pub(super) enum Heard {
    /// An empty line.
    Nothing,
    Help,
    Skip,
    Quit,
    /// A command of opensim that stays within the virtual house.
    Run(Spoken),
    /// Its help, or its version.
    Told(Box<clap::Error>),
    /// A command or an option that leaves the virtual house.
    Outside(String),
    /// Nearly a command: what was probably meant.
    Nearly(String),
    /// The same in capitals.
    Capitals(String),
    /// A command of opensim with something wrong in it, and what that is.
    Wrong(String),
    /// Several commands, or one whose result goes elsewhere.
    Several,
    /// Nothing of opensim's.
    Stranger,
    TooLong,
}

/// A command line that may be run.
pub(super) struct Spoken {
    pub(super) matches: ArgMatches,
    /// Whether `sudo` stood before it.
    pub(super) sudo: bool,
}

/// Reads a line. `own` is the name of the virtual modem, which may be named; no other may.
pub(super) fn hear(line: &[u8], tree: &Command, words: &Catalogue, own: &str) -> Heard {
    let line = tidy(line);
    if line.chars().count() > LONGEST {
        return Heard::TooLong;
    }
    let Some(said) = split(&line) else {
        return Heard::Several;
    };
    let mut said: &[String] = &said;
    if let [only] = said {
        // In either language, whichever is spoken.
        let both = Lang::ALL.map(Catalogue::new);
        let is = |key: &str| both.iter().any(|words| is_word(only, &words.text(key)));
        if only == "?" || is("tour-words_help") {
            return Heard::Help;
        }
        if is("tour-words_skip") {
            return Heard::Skip;
        }
        if is("tour-words_quit") {
            return Heard::Quit;
        }
    }
    // A prompt that was copied with the command.
    if let [mark, rest @ ..] = said
        && ["$", "#", "%"].contains(&mark.as_str())
    {
        said = rest;
    }
    let sudo = said.first().is_some_and(|first| first == "sudo");
    said = &said[usize::from(sudo)..];
    let named = said.first().is_some_and(|first| is_program(first));
    said = &said[usize::from(named)..];
    if said.is_empty() && !named {
        return if sudo {
            Heard::Stranger
        } else {
            Heard::Nothing
        };
    }
    let mut tree = tree.clone();
    let line = ["opensim".to_owned()].into_iter().chain(said.to_vec());
    match tree.try_get_matches_from_mut(line) {
        Ok(matches) => match outside(&tree, &matches, own) {
            Some(what) => Heard::Outside(what),
            None => Heard::Run(Spoken { matches, sudo }),
        },
        Err(error) => unread(error, said, named, &tree, words),
    }
}

/// Whether a command is the one that a lesson is about: its own words are all there, whatever options come with it.
pub(super) fn is_asked(spoken: &ArgMatches, tree: &Command, line: &str) -> bool {
    let wanted = tree.clone().try_get_matches_from(line.split(' '));
    wanted.is_ok_and(|wanted| is_within(&wanted, spoken, tree))
}

fn is_within(wanted: &ArgMatches, spoken: &ArgMatches, command: &Command) -> bool {
    let mut own = command.get_positionals();
    let is_same = own.all(|arg| {
        let text = |matches: &ArgMatches| {
            let values = matches.get_raw(arg.get_id().as_str())?;
            Some(values.map(OsStr::to_ascii_lowercase).collect::<Vec<_>>())
        };
        text(wanted).is_none_or(|wanted| Some(wanted) == text(spoken))
    });
    is_same
        && match (wanted.subcommand(), spoken.subcommand()) {
            (Some((wanted, inner)), Some((spoken, other))) => {
                let sub = command.find_subcommand(wanted);
                wanted == spoken && sub.is_some_and(|sub| is_within(inner, other, sub))
            }
            (wanted, _) => wanted.is_none(),
        }
}

/// What cannot be read as a command line.
fn unread(
    error: clap::Error,
    said: &[String],
    named: bool,
    tree: &Command,
    words: &Catalogue,
) -> Heard {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    match error.kind() {
        DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion => {
            return Heard::Told(Box::new(error));
        }
        ErrorKind::InvalidSubcommand => {}
        _ => return Heard::Wrong(help::error_sentence(&error, words)),
    }
    let is_command = |word: &str| COMMANDS.contains(&word);
    let whole = |said: &[String]| format!("opensim {}", said.join(" "));
    let small: Vec<String> = said.iter().map(|word| word.to_lowercase()).collect();
    let (program, rest) = match small.split_first() {
        Some((first, rest)) if !named && is_program(first) => (true, rest),
        _ => (false, &small[..]),
    };
    if let Some(first) = rest.first()
        && is_command(first)
        && (program || said[0] != small[0])
    {
        return Heard::Capitals(whole(rest));
    }
    if let [_, second, ..] = said
        && !named
        && is_command(second)
    {
        // The program's own name was mistyped.
        return Heard::Nearly(whole(&said[1..]));
    }
    let meant = suggestions(&error)
        .into_iter()
        .find(|word| is_command(word));
    // Of what does not name opensim, only what is as long as a command may be one.
    let meant = meant.filter(|meant| named || is_about_as_long(meant, &said[0]));
    match meant {
        Some(meant) => {
            let mut said = said.to_vec();
            said[0] = meant;
            Heard::Nearly(whole(&said))
        }
        None if named => Heard::Wrong(help::error_sentence(&error, words)),
        None => {
            // `opensm sttaus`, and nothing else that a shell knows.
            let again = said
                .get(1)
                .map(|second| ["opensim".to_owned(), second.clone()]);
            let again = again.and_then(|line| tree.clone().try_get_matches_from(line).err());
            let near = again.map(|error| suggestions(&error)).unwrap_or_default();
            let near = near.into_iter().find(|word| is_command(word));
            match near.filter(|_| said[0].to_lowercase().starts_with("op")) {
                Some(near) => Heard::Nearly(format!("opensim {near}")),
                None => Heard::Stranger,
            }
        }
    }
}

fn is_about_as_long(meant: &str, said: &str) -> bool {
    let (meant, said) = (meant.chars().count(), said.chars().count());
    said > 3 && meant.abs_diff(said) <= 1
}

fn suggestions(error: &clap::Error) -> Vec<String> {
    match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(found)) => found.clone(),
        Some(ContextValue::String(found)) => vec![found.clone()],
        _ => Vec::new(),
    }
}

/// What of a command line leaves the virtual house: the command, or the first option that does.
fn outside(tree: &Command, matches: &ArgMatches, own: &str) -> Option<String> {
    let (name, inner) = matches.subcommand()?;
    if !COMMANDS.contains(&name) {
        return Some(format!("opensim {name}"));
    }
    let command = tree.find_subcommand(name)?;
    match inner.subcommand() {
        Some((action, _)) if !HISTORY.contains(&action) => Some(format!("opensim {name} {action}")),
        Some((action, deeper)) => option_outside(command.find_subcommand(action)?, deeper, own)
            .or_else(|| option_outside(command, inner, own)),
        None => option_outside(command, inner, own),
    }
}

fn option_outside(command: &Command, matches: &ArgMatches, own: &str) -> Option<String> {
    let typed = command.get_arguments().filter(|arg| {
        matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    });
    let mut long = typed.filter_map(|arg| Some((arg, arg.get_long()?)));
    long.find(|(arg, long)| {
        let mut values = matches.get_raw(arg.get_id().as_str()).into_iter().flatten();
        let is_own = *long == "modem" && values.all(|value| value == own);
        !is_own && !OPTIONS.contains(long)
    })
    .map(|(_, long)| format!("--{long}"))
}

fn is_word(said: &str, list: &str) -> bool {
    let said = said.to_lowercase();
    list.split(' ').any(|word| word == said)
}

fn is_program(word: &str) -> bool {
    word == "opensim" || word.ends_with("/opensim")
}

/// The line without what moves a cursor: keys that a terminal sends as escape sequences, and other control characters.
fn tidy(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let mut kept = String::new();
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // `ESC [ … letter`, `ESC O letter`, or `ESC letter`.
            match letters.next() {
                Some('[') => while letters.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
                Some('O') => drop(letters.next()),
                _ => {}
            }
        } else if letter.is_whitespace() {
            kept.push(' ');
        } else if !letter.is_control() {
            kept.push(letter);
        }
    }
    let kept = kept.trim();
    // A command that was copied with the marks round it.
    let marks = [('«', '»'), ('“', '”'), ('`', '`'), ('‘', '’')];
    let within = marks
        .iter()
        .find_map(|(open, close)| kept.strip_prefix(*open)?.strip_suffix(*close));
    within.unwrap_or(kept).trim().to_owned()
}

/// The words of a line, those in quotes whole; nothing where a shell would see more than one command in it.
fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '|' | ';' | '&' | '>' | '<' | '`') => return None,
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Profile;

    fn told(line: &str) -> String {
        told_bytes(line.as_bytes())
    }

    fn told_bytes(line: &[u8]) -> String {
        let words = Catalogue::new(Lang::Fr).with_profile(Profile::default());
        let tree = crate::cli::command(&words);
        match hear(line, &tree, &words, "sim:home") {
            Heard::Nothing => "nothing".to_owned(),
            Heard::Help => "help".to_owned(),
            Heard::Skip => "skip".to_owned(),
            Heard::Quit => "quit".to_owned(),
            Heard::Run(spoken) => {
                let name = spoken.matches.subcommand_name().unwrap_or_default();
                format!("run {name}{}", if spoken.sudo { " (sudo)" } else { "" })
            }
            Heard::Told(error) => format!("told {:?}", error.kind()),
            Heard::Outside(what) => format!("outside {what}"),
            Heard::Nearly(meant) => format!("nearly {meant}"),
            Heard::Capitals(meant) => format!("capitals {meant}"),
            Heard::Wrong(_) => "wrong".to_owned(),
            Heard::Several => "several".to_owned(),
            Heard::Stranger => "stranger".to_owned(),
            Heard::TooLong => "too long".to_owned(),
        }
    }

    #[test]
    fn each_line_is_heard_as_it_was_meant() {
        for (line, heard) in [
            ("opensim status", "run status"),
            ("status\n", "run status"),
            ("  opensim   status  ", "run status"),
            ("$ opensim status", "run status"),
            ("«\u{202f}opensim status\u{202f}»", "run status"),
            ("`opensim status`", "run status"),
            ("\u{1b}[A\u{1b}[200~opensim status\u{1b}[201~", "run status"),
            ("\u{7}opensim\tstatus\u{8}", "run status"),
            ("./target/debug/opensim status", "run status"),
            ("sudo opensim scan", "run scan (sudo)"),
            ("opensim switch sfr --yes", "run switch"),
            ("opensim scan --label \"Salon de l'étage\"", "run scan"),
            ("opensim --modem sim:home status", "run status"),
            ("opensim history compare", "run history"),
            ("opensim help scan", "run help"),
            ("", "nothing"),
            ("\r\n", "nothing"),
            ("\u{3}\u{0}", "nothing"),
            ("aide", "help"),
            ("?", "help"),
            ("HELP", "help"),
            ("passer", "skip"),
            ("skip", "skip"),
            ("quitter", "quit"),
            ("exit", "quit"),
            ("opensim", "told DisplayHelpOnMissingArgumentOrSubcommand"),
            ("opensim scan --help", "told DisplayHelp"),
            ("opensim -V", "told DisplayVersion"),
            ("opensim sttaus", "nearly opensim status"),
            ("scna", "nearly opensim scan"),
            ("opensm status", "nearly opensim status"),
            ("opensm sttaus", "nearly opensim status"),
            ("opensim switchh sfr", "nearly opensim switch sfr"),
            ("OpenSim Status", "capitals opensim status"),
            ("STATUS", "capitals opensim status"),
            ("opensim --modem /dev/null status", "outside --modem"),
            ("opensim status --modem=sim:rural", "outside --modem"),
            ("opensim status --trace x", "outside --trace"),
            ("opensim --config x status", "outside --config"),
            ("opensim scan --out page.html", "outside --out"),
            ("opensim doctor --bundle x.zip", "outside --bundle"),
            ("opensim measure --server cloudflare", "outside --server"),
            ("opensim measure --interface eth0", "outside --interface"),
            ("opensim history --out x.html", "outside --out"),
            (
                "opensim history forget --all",
                "outside opensim history forget",
            ),
            ("opensim serve", "outside opensim serve"),
            ("opensim sim", "outside opensim sim"),
            ("opensim send", "outside opensim send"),
            ("opensim tour", "outside opensim tour"),
            ("opensim man", "outside opensim man"),
            ("opensim report x.json", "outside opensim report"),
            ("opensim switch", "wrong"),
            ("opensim scan --sampels 3", "wrong"),
            ("opensim frobnicate", "wrong"),
            ("opensim status > x", "several"),
            ("opensim status; rm -rf /", "several"),
            ("$(reboot)", "stranger"),
            ("ls", "stranger"),
            ("cat /etc/passwd", "stranger"),
            ("sudo reboot", "stranger"),
            ("sudo", "stranger"),
            ("état", "stranger"),
            ("bonjour, je ne comprends pas", "stranger"),
        ] {
            assert_eq!(told(line), heard, "{line:?}");
        }
    }

    #[test]
    fn whatever_is_typed_is_heard_as_something() {
        assert_eq!(told(&"x".repeat(10_000)), "too long");
        assert_eq!(told_bytes(b"\xff\xfe"), "stranger");
        assert_eq!(told_bytes(b"opensim \xff"), "wrong");
        assert_eq!(told("\u{1b}"), "nothing");
        assert_eq!(told("\u{1b}["), "nothing");
        // A quote that is never closed is as long as the line.
        assert_eq!(
            told("\"opensim"),
            "told DisplayHelpOnMissingArgumentOrSubcommand"
        );
    }

    #[test]
    fn a_lesson_is_met_by_its_command_with_whatever_options() {
        let words = Catalogue::new(Lang::En);
        let mut tree = crate::cli::command(&words);
        tree.build();
        let is = |typed: &str, line: &str| {
            let Heard::Run(spoken) = hear(typed.as_bytes(), &tree, &words, "sim:home") else {
                panic!("{typed}");
            };
            is_asked(&spoken.matches, &tree, line)
        };
        assert!(is("scan --yes", "opensim scan"));
        assert!(is("history list", "opensim history"));
        assert!(is("switch SFR", "opensim switch sfr"));
        assert!(!is("switch orange", "opensim switch sfr"));
        assert!(!is("status", "opensim scan"));
    }
}
