//! The command tree's help and errors in the reader's language.
//!
//! clap speaks English and cannot be told otherwise, so the derived tree is walked once and its texts are put in from
//! the catalogues (`help-COMMAND-OPTION`), and a fault of usage is told from its kind and context. What the catalogue
//! does not know keeps the text it was derived with; a test sees to it that nothing is left that way.

use std::error::Error as _;

use clap::builder::Str;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use crate::i18n::{Catalogue, clean};
use crate::sim::{Quirks, Scenario};

/// Options that few people need: `--help` shows them, `-h` does not.
const RARE: &[&str] = &["no-input", "config", "reveal", "dialect", "pin-file"];

/// The longest example with what it does, for a terminal of 80 columns.
const EXAMPLE: usize = 75;

/// Behind every other option.
const LAST: usize = 999;

/// The tree with its texts from the catalogue.
pub fn localise(cmd: Command, words: &Catalogue) -> Command {
    let exits = format!(
        "{}\n{}",
        words.text("help-exits"),
        indented(&words.text("help-exits_list"))
    );
    described(cmd, None, words).after_long_help(exits)
}

/// One command: what it is for, how it is called, its arguments.
fn described(cmd: Command, name: Option<&str>, words: &Catalogue) -> Command {
    let key = |part: &str| match name {
        Some(name) if part == "about" => format!("help-{name}"),
        Some(name) => format!("help-{name}-{part}"),
        None => format!("help-{part}"),
    };
    let known = |key: String| words.has(&key).then(|| words.text(&key));
    let cmd = cmd
        .help_template(template(known(key("examples")), words))
        .subcommand_value_name(words.text("value-command"))
        .subcommand_help_heading(words.text("help-heading_commands"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let key = key_of(name.filter(|_| !arg.is_global_set()), &handle(&arg), words);
            argument(arg, &key, words)
        })
        .mut_subcommands(|sub| {
            let name = name.map(|name| format!("{name}-{}", sub.get_name()));
            let name = name.unwrap_or_else(|| sub.get_name().to_owned());
            described(sub, Some(&name), words)
        })
        .arg(own_flag("help", 'h', ArgAction::Help, words))
        .arg(own_flag("version", 'V', ArgAction::Version, words));
    let cmd = match known(key("about")) {
        Some(about) => cmd.about(about),
        None => cmd,
    };
    match known(key("long")) {
        Some(long) => cmd.long_about(long),
        None => cmd,
    }
}

/// The key of an argument's help. What the commands under one have in common stands under that one's name.
fn key_of(command: Option<&str>, handle: &str, words: &Catalogue) -> String {
    let Some(command) = command else {
        return format!("help-global-{handle}");
    };
    let own = format!("help-{command}-{handle}");
    match command.split_once('-') {
        Some((above, _)) if !words.has(&own) => format!("help-{above}-{handle}"),
        _ => own,
    }
}

/// What it is for, how it is called, examples, then everything that it takes.
fn template(examples: Option<String>, words: &Catalogue) -> String {
    let usage = words.text("help-usage");
    let heading = words.text("help-heading_examples");
    let examples = examples.map_or_else(String::new, |lines| {
        format!("{heading}\n{}\n\n", indented(&laid_out(&lines)))
    });
    format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{examples}{{all-args}}{{after-help}}")
}

/// Command lines that show what a command is for, each with what it does behind it.
pub(super) fn examples(cmd: &Command, words: &Catalogue) -> String {
    let key = if cmd.get_name() == "opensim" {
        "help-examples".to_owned()
    } else {
        format!("help-{}-examples", cmd.get_name())
    };
    if words.has(&key) {
        words.text(&key)
    } else {
        String::new()
    }
}

/// What an example does, behind its line where all of them fit, else below it.
fn laid_out(lines: &str) -> String {
    let pairs: Vec<(&str, &str)> = lines.lines().map(example).collect();
    let of = |text: &str| text.chars().count();
    let longest = pairs.iter().map(|(line, _)| of(line)).max().unwrap_or(0);
    let is_wide = pairs
        .iter()
        .any(|(_, about)| !about.is_empty() && longest + of(about) > EXAMPLE);
    let laid_out = pairs.iter().map(|(line, about)| match (about, is_wide) {
        (&"", _) => (*line).to_owned(),
        (about, false) => format!("{line:longest$}   {about}"),
        (about, true) => format!("{line}\n    {about}"),
    });
    laid_out.collect::<Vec<_>>().join("\n")
}

/// A command line and what it does.
pub(super) fn example(line: &str) -> (&str, &str) {
    let (line, about) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
    (line, about.trim())
}

fn indented(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

/// By what an argument is known to people: its long option, or its name where it has none.
fn handle(arg: &Arg) -> String {
    let name = arg.get_long().unwrap_or_else(|| arg.get_id().as_str());
    name.replace('_', "-")
}

fn argument(arg: Arg, key: &str, words: &Catalogue) -> Arg {
    let heading = if arg.is_global_set() {
        "help-heading_global"
    } else if arg.is_positional() {
        "help-heading_arguments"
    } else {
        "help-heading_options"
    };
    let help = words.has(key).then(|| words.text(key));
    let help = help.or_else(|| arg.get_help().map(ToString::to_string));
    let more = facts(&arg, words);
    let text: Vec<String> = help.into_iter().chain(more).collect();
    let takes_values = arg.get_action().takes_values();
    let name = |name: &Str| Str::from(value_name(name.as_str(), words));
    let names: Vec<Str> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(name)
        .collect();
    let is_rare = arg.is_global_set() && RARE.contains(&handle(&arg).as_str());
    let arg = arg
        .help(text.join(" "))
        .help_heading(words.text(heading))
        .hide_short_help(is_rare);
    // Man pages take the long help of what the short one hides.
    let arg = if is_rare {
        arg.long_help(text.join(" "))
    } else {
        arg
    };
    if !takes_values {
        return arg;
    }
    // The environment is below what was typed and is read with the settings, where an empty variable is an unset one.
    arg.value_names(names)
        .hide_default_value(true)
        .env(None::<&'static str>)
        .hide_possible_values(true)
}

/// What clap would add in English: the default, the choices, the environment variable.
fn facts(arg: &Arg, words: &Catalogue) -> Vec<String> {
    let fact = |key: &str, value: String| words.text_of(key, [("value", value)]);
    let mut facts = Vec::new();
    if !arg.get_action().takes_values() {
        return facts;
    }
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|v| v.to_string_lossy()).collect();
    if !defaults.is_empty() {
        facts.push(fact("help-default", defaults.join(" ")));
    }
    let choices: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|choice| !choice.is_hide_set())
        .map(|choice| choice.get_name().to_owned())
        .collect();
    let choices = match arg.get_id().as_str() {
        "quirk" => Quirks::keys().map(str::to_owned).collect(),
        "scenario" => Scenario::names().map(str::to_owned).collect(),
        _ => choices,
    };
    if !choices.is_empty() {
        facts.push(fact("help-values", choices.join(", ")));
    }
    if let Some(name) = arg.get_env() {
        facts.push(fact("help-env", name.to_string_lossy().into_owned()));
    }
    facts
}

fn value_name(name: &str, words: &Catalogue) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let key = format!("value-{}", name.chars().map(plain).collect::<String>());
    if words.has(&key) {
        words.text(&key)
    } else {
        name.to_owned()
    }
}

/// clap's own flags say what they do in English, so they are made here.
fn own_flag(name: &'static str, short: char, action: ArgAction, words: &Catalogue) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(words.text(&format!("help-global-{name}")))
        .help_heading(words.text("help-heading_global"))
        .display_order(LAST)
}

/// A message of clap as it is shown: help and version as they are, a fault of usage with what to do.
pub fn error_text(error: &Error, words: &Catalogue) -> String {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let kind = error.kind();
    if matches!(
        kind,
        DisplayHelp | DisplayVersion | DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        return error.to_string();
    }
    let text = format!(
        "{} {}\n",
        words.text("say-error"),
        error_sentence(error, words)
    );
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else {
        return text;
    };
    let usage = usage.to_string();
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    let called: Vec<&str> = usage
        .split_whitespace()
        .take_while(|word| !word.starts_with(['[', '<', '-']))
        .collect();
    let more = words.text_of("usage-more", [("command", called.join(" "))]);
    let heading = words.text("help-usage");
    format!(
        "{text}
{heading} {usage}

{more}
"
    )
}

/// A fault of usage in a sentence or two, without what stands around it.
pub fn error_sentence(error: &Error, words: &Catalogue) -> String {
    let sentence = sentence(error, words).unwrap_or_else(|| {
        // A kind that a later clap adds is told in its own words.
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        let detail = clean(first.trim_start_matches("error: "));
        words.text_of("usage-other", [("detail", detail)])
    });
    let more = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let suggestions: Vec<String> = more.iter().flat_map(|kind| strings(error, *kind)).collect();
    if suggestions.is_empty() {
        return sentence;
    }
    let quoted = |text| words.text_of("foreign-quoted", [("text", text)]);
    let suggestions: Vec<String> = suggestions.into_iter().map(quoted).collect();
    let suggestions = words.any_of(&suggestions);
    let meant = words.text_of("usage-did_you_mean", [("suggestions", suggestions)]);
    format!("{sentence} {meant}")
}

fn sentence(error: &Error, words: &Catalogue) -> Option<String> {
    let one = |kind| strings(error, kind).into_iter().next();
    let arg = || one(ContextKind::InvalidArg);
    let value = || one(ContextKind::InvalidValue);
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let say =
        |key: &str, values: &[(&str, String)]| Some(words.text_of(key, values.iter().cloned()));
    match error.kind() {
        ErrorKind::UnknownArgument => match arg()? {
            arg if arg.starts_with('-') => say("usage-unknown_option", &[("arg", arg)]),
            arg => say("usage-unexpected_word", &[("arg", arg)]),
        },
        ErrorKind::InvalidSubcommand => say(
            "usage-unknown_command",
            &[("command", one(ContextKind::InvalidSubcommand)?)],
        ),
        ErrorKind::MissingSubcommand => {
            let commands = strings(error, ContextKind::ValidSubcommand).join(", ");
            say("usage-missing_command", &[("commands", commands)])
        }
        ErrorKind::MissingRequiredArgument => Some(missing(error, words)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Some(refused(error, &arg()?, &value()?, words))
        }
        ErrorKind::NoEquals => say("usage-missing_value", &[("arg", arg()?)]),
        ErrorKind::ArgumentConflict => conflict(error, words),
        ErrorKind::TooManyValues => say(
            "usage-too_many_values",
            &[("arg", arg()?), ("value", value()?)],
        ),
        ErrorKind::TooFewValues => say(
            "usage-too_few_values",
            &[
                ("arg", arg()?),
                ("min", number(ContextKind::MinValues)?),
                ("actual", number(ContextKind::ActualNumValues)?),
            ],
        ),
        ErrorKind::WrongNumberOfValues => say(
            "usage-wrong_number",
            &[
                ("arg", arg()?),
                ("expected", number(ContextKind::ExpectedNumValues)?),
                ("actual", number(ContextKind::ActualNumValues)?),
            ],
        ),
        ErrorKind::InvalidUtf8 => Some(words.text("usage-not_text")),
        _ => None,
    }
}

/// Arguments that are missing; where one of them is a carrier, those that there are.
fn missing(error: &Error, words: &Catalogue) -> String {
    let args = strings(error, ContextKind::InvalidArg);
    let carrier = format!("<{}>", words.text("value-carrier"));
    let is_carrier = args.contains(&carrier);
    let args = args.join(", ");
    if !is_carrier {
        return words.text_of("usage-missing_arguments", [("args", args)]);
    }
    let known: Vec<String> = words.carriers().map(|c| clean(&c.id)).collect();
    let known = words.list(&known);
    words.text_of("usage-missing_carrier", [("args", args), ("known", known)])
}

/// A value that is missing or is not one, and what one looks like.
fn refused(error: &Error, arg: &str, value: &str, words: &Catalogue) -> String {
    let name = arg.split_whitespace().next().unwrap_or(arg);
    let key = format!("expected-{}", name.trim_start_matches('-'));
    let choices = strings(error, ContextKind::ValidValue);
    let expected = if words.has(&key) {
        Some(words.text(&key))
    } else if choices.is_empty() {
        error.source().map(|source| clean(&source.to_string()))
    } else {
        Some(words.any_of(&choices))
    };
    let sentence = if value.is_empty() {
        words.text_of("usage-missing_value", [("arg", arg)])
    } else {
        words.text_of("usage-invalid_value", [("arg", arg), ("value", value)])
    };
    match expected {
        Some(expected) => {
            let expected = words.text_of("usage-expected", [("expected", expected)]);
            format!("{sentence} {expected}")
        }
        None => sentence,
    }
}

fn conflict(error: &Error, words: &Catalogue) -> Option<String> {
    let first = |kind| strings(error, kind).into_iter().next();
    let arg = first(ContextKind::InvalidArg).or_else(|| first(ContextKind::InvalidSubcommand))?;
    let others = strings(error, ContextKind::PriorArg);
    if others.contains(&arg) || others.is_empty() {
        return Some(words.text_of("usage-conflict_self", [("arg", arg)]));
    }
    let other = words.list(&others);
    Some(words.text_of("usage-conflict", [("arg", arg), ("other", other)]))
}

/// The texts of a context, made harmless: they are what was typed.
fn strings(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![clean(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| clean(text)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;
    use crate::domain::Profile;
    use crate::i18n::Lang;

    fn tree(lang: Lang) -> Command {
        localise(Cli::command(), &Catalogue::new(lang)).term_width(80)
    }

    fn told(lang: Lang, line: &str) -> String {
        let words = Catalogue::new(lang).with_profile(Profile::default());
        let error = tree(lang)
            .try_get_matches_from(line.split(' '))
            .unwrap_err();
        error_text(&error, &words).replace(['\u{a0}', '\u{202f}'], " ")
    }

    fn of_command(command: &Command, name: &str, keys: &mut BTreeSet<String>) {
        let words = Catalogue::new(Lang::En);
        let own = command.get_arguments().filter(|a| !a.is_global_set());
        keys.extend(own.map(|a| key_of(Some(name), &handle(a), &words)));
        for sub in command.get_subcommands() {
            let name = format!("{name}-{}", sub.get_name());
            of_command(sub, &name, keys);
            keys.insert(format!("help-{name}"));
        }
    }

    /// The keys that the tree asks for: of each command and of each argument.
    fn keys() -> BTreeSet<String> {
        let mut keys = BTreeSet::from(["help-about".to_owned()]);
        let root = Cli::command();
        keys.extend(
            root.get_arguments()
                .map(|a| format!("help-global-{}", handle(a))),
        );
        keys.extend(["help", "version"].map(|flag| format!("help-global-{flag}")));
        for sub in root.get_subcommands() {
            let name = sub.get_name();
            keys.insert(format!("help-{name}"));
            of_command(sub, name, &mut keys);
        }
        keys
    }

    #[test]
    fn every_command_and_option_has_its_help_in_both_languages() {
        for lang in Lang::ALL {
            let words = Catalogue::new(lang);
            let missing: Vec<String> = keys().into_iter().filter(|key| !words.has(key)).collect();
            assert_eq!(missing, Vec::<String>::new(), "{lang:?}");
        }
    }

    #[test]
    fn every_help_text_is_asked_for() {
        let mut asked = keys();
        let names = Cli::command();
        for sub in names.get_subcommands() {
            asked
                .extend(["long", "examples"].map(|part| format!("help-{}-{part}", sub.get_name())));
        }
        let source = include_str!("help.rs");
        let unused: Vec<String> = crate::i18n::keys("help-")
            .into_iter()
            .filter(|key| !asked.contains(key) && !source.contains(&format!("{key}\"")))
            .filter(|key| !["help-long", "help-examples"].contains(&key.as_str()))
            .collect();
        assert_eq!(unused, Vec::<String>::new());
    }

    #[test]
    fn every_value_has_its_name_and_every_name_its_value() {
        let root = Cli::command();
        let deeper = root.get_subcommands().flat_map(Command::get_subcommands);
        let subs = root
            .get_subcommands()
            .chain(deeper)
            .flat_map(Command::get_arguments);
        let names: BTreeSet<String> = root
            .get_arguments()
            .chain(subs)
            .filter(|arg| arg.get_action().takes_values())
            .flat_map(|arg| arg.get_value_names().unwrap_or_default())
            .map(|name| {
                name.to_lowercase()
                    .replace(|c: char| !c.is_ascii_alphanumeric(), "_")
            })
            .map(|name| format!("value-{name}"))
            .chain(["value-command".to_owned()])
            .collect();
        let known: BTreeSet<String> = crate::i18n::keys("value-").into_iter().collect();
        assert_eq!(names, known);
    }

    #[test]
    fn the_localised_tree_is_sound_and_parses_the_same() {
        for lang in Lang::ALL {
            tree(lang).debug_assert();
            let line = "opensim scan --samples 5 --json --lang fr";
            assert!(tree(lang).try_get_matches_from(line.split(' ')).is_ok());
        }
    }

    #[test]
    fn help_reads_as_it_was_agreed() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            for lang in Lang::ALL {
                let code = lang.code();
                insta::assert_snapshot!(format!("help.{code}"), told(lang, "opensim --help"));
                insta::assert_snapshot!(
                    format!("help_scan.{code}"),
                    told(lang, "opensim scan --help")
                );
                insta::assert_snapshot!(
                    format!("help_switch.{code}"),
                    told(lang, "opensim switch -h")
                );
            }
        });
    }

    #[test]
    fn no_english_of_clap_is_left_in_french_help() {
        let root = Cli::command();
        let subs = root.get_subcommands().flat_map(|sub| {
            let name = sub.get_name();
            let under = sub.get_subcommands();
            let under = under.map(move |sub| format!("opensim {name} {} --help", sub.get_name()));
            std::iter::once(format!("opensim {name} --help")).chain(under)
        });
        for line in subs.chain(["opensim --help".to_owned(), "opensim -h".to_owned()]) {
            let help = told(Lang::Fr, &line);
            for english in [
                "Usage:",
                "Commands:",
                "Print ",
                "[default",
                "[possible",
                "[env:",
                "<COMMAND>",
                "<FILE>",
                "Options:",
            ] {
                assert!(!help.contains(english), "{line}: {english}\n{help}");
            }
        }
    }

    #[test]
    fn the_man_page_describes_every_option() {
        let mut page = Vec::new();
        clap_mangen::Man::new(tree(Lang::Fr))
            .render(&mut page)
            .unwrap();
        let page = String::from_utf8(page).unwrap();
        for rare in RARE {
            let words = Catalogue::new(Lang::Fr).text(&format!("help-global-{rare}"));
            assert!(page.contains(&words), "{rare}: {page}");
        }
    }

    #[test]
    fn a_fault_of_usage_is_told_in_french() {
        for (line, said) in [
            (
                "opensim scna",
                "Erreur : La commande « scna » n’existe pas. Vouliez-vous dire « scan » ?",
            ),
            (
                "opensim re",
                "Erreur : La commande « re » n’existe pas. Vouliez-vous dire « recover » ou « report » ?",
            ),
            (
                "opensim scan --sampels 3",
                "Erreur : L’option « --sampels » n’existe pas ici. Vouliez-vous dire « --samples » ?",
            ),
            (
                "opensim scan --samples 0",
                "Erreur : « 0 » ne convient pas à --samples <N>. Il faut un nombre entier de 1 à 100.",
            ),
            (
                "opensim scan --samples",
                "Erreur : --samples <N> demande une valeur. Il faut un nombre entier de 1 à 100.",
            ),
            (
                "opensim status --timeout soon",
                "Erreur : « soon » ne convient pas à --timeout <DURÉE>. Il faut une durée comme 60s, 1500ms ou 1m30s, de 24h au plus.",
            ),
            (
                "opensim status --color red",
                "Erreur : « red » ne convient pas à --color <QUAND>. Il faut auto, always ou never.",
            ),
            (
                "opensim switch",
                "Erreur : Il manque : <OPÉRATEUR>. Opérateurs de votre carte SIM : orange, sfr et bouygues.",
            ),
            (
                "opensim switch sfr orange",
                "Erreur : « orange » n’a pas sa place ici.",
            ),
            (
                "opensim status -v -q",
                "Erreur : --verbose... et --quiet ne s’utilisent pas ensemble.",
            ),
            (
                "opensim scan --label a --label b",
                "Erreur : --label <TEXTE> ne peut être donné qu’une fois.",
            ),
        ] {
            let told = told(Lang::Fr, line);
            assert_eq!(told.lines().next(), Some(said), "{line}");
            assert!(!told.contains("Usage:"), "{told}");
        }
        let told = told(Lang::Fr, "opensim switch");
        assert!(told.contains("\nUtilisation : opensim switch"), "{told}");
        assert!(
            told.ends_with("Pour en savoir plus : « opensim switch --help ».\n"),
            "{told}"
        );
    }

    #[test]
    fn what_was_typed_cannot_drive_the_terminal() {
        let told = told(Lang::En, "opensim \u{1b}[2Jscan");
        assert!(!told.contains('\u{1b}'), "{told:?}");
    }
}
