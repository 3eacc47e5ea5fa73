//! The command line: one file a command, each an `Args` and a `run`. It parses, runs, and prints in one place ([`output`]).

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use opensim::cli::help;
use opensim::i18n::Lang;

use crate::demo::AS_OPENSIM;
use crate::error::Error;
use crate::folder::Fleet;
use crate::words;

mod ask;
mod asking;
mod check;
mod ddl;
mod demo;
mod export;
mod forget;
mod ingest;
mod init;
pub mod output;
mod page;
mod questions;
mod rebuild;
mod retain;
mod sites;
mod sql;

use output::Output;

/// Where the fleet is, where `--fleet` does not say it.
const FLEET: &str = "OPENSIM_FLEET";
/// The language, where `--lang` does not say it.
const LANG: &str = "OPENSIM_LANG";

/// Many homes' documents, collected and questioned.
#[derive(Debug, Parser)]
#[command(
    name = "opensim-fleet",
    version,
    disable_help_subcommand = true,
    propagate_version = true,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The fleet's folder
    #[arg(long, global = true, value_name = "DIR")]
    fleet: Option<PathBuf>,
    /// One JSON document on standard output, also on failure
    #[arg(long, global = true)]
    json: bool,
    /// Language of what is said: fr or en
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a fleet of virtual homes, and ask it everything
    Demo(demo::Demo),
    /// Make an empty fleet
    Init(init::Init),
    /// Register the sites
    Sites(sites::Sites),
    /// Take in what came
    Ingest(ingest::Ingest),
    /// Say how the fleet stands
    Check(check::Check),
    /// Ask a question of the fleet
    Ask(ask::Ask),
    /// Ask with SQL of one's own
    Sql(sql::Sql),
    /// List the questions
    Questions(questions::Questions),
    /// Print the tables' SQL
    Ddl(ddl::Ddl),
    /// Write a partner's pages
    Page(page::Page),
    /// Write a table's rows
    Export(export::Export),
    /// Forget a site for good
    Forget(forget::Forget),
    /// Remove what is too old
    Retain(retain::Retain),
    /// Make months anew
    Rebuild(rebuild::Rebuild),
}

/// What a command has to work with.
pub struct CommandContext {
    /// The fleet's folder, whatever is there.
    root: PathBuf,
    output: Output,
}

impl CommandContext {
    /// The fleet.
    ///
    /// # Errors
    /// When there is none, or none that can be used.
    pub fn fleet(&self) -> Result<Fleet, Error> {
        Fleet::open(&self.root)
    }
}

/// What a command ends with where nothing failed.
type Ran = Result<ExitCode, Error>;

fn dispatch(command: Command, context: &CommandContext) -> Ran {
    match command {
        Command::Demo(args) => args.run(context),
        Command::Init(args) => args.run(context),
        Command::Sites(args) => args.run(context),
        Command::Ingest(args) => args.run(context),
        Command::Check(args) => args.run(context),
        Command::Ask(args) => args.run(context),
        Command::Sql(args) => args.run(context),
        Command::Questions(args) => args.run(context),
        Command::Ddl(args) => args.run(context),
        Command::Page(args) => args.run(context),
        Command::Export(args) => args.run(context),
        Command::Forget(args) => args.run(context),
        Command::Retain(args) => args.run(context),
        Command::Rebuild(args) => args.run(context),
    }
}

fn language(text: &str) -> Result<Lang, <Lang as std::str::FromStr>::Err> {
    text.parse()
}

/// Runs a command line; its exit status is opensim's (docs/errors.md).
pub fn run(arguments: &[OsString]) -> ExitCode {
    if let [program, first, rest @ ..] = arguments
        && first == AS_OPENSIM
    {
        // The demo's own children.
        let arguments: Vec<OsString> = std::iter::once(program).chain(rest).cloned().collect();
        return opensim::cli::run(&arguments);
    }
    let is_json = arguments.iter().any(|argument| argument == "--json");
    let lang = asked_for(arguments).or_else(|| {
        let lang = std::env::var(LANG).ok().filter(|lang| !lang.is_empty());
        lang.and_then(|lang| lang.parse().ok())
    });
    let words = words::catalogue(lang.unwrap_or_else(Lang::of_system));
    let parsed = help::localise(Cli::command(), &words)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let is_result = !error.use_stderr();
            if is_json && !is_result {
                let usage = Error::Usage(help::error_sentence(&error, &words));
                return Output::new(words, true).failed(&usage);
            }
            output::of_usage(&help::error_text(&error, &words), is_result);
            return ExitCode::from(if is_result { 0 } else { 2 });
        }
    };
    let root = cli.global.fleet.or_else(|| {
        let root = std::env::var_os(FLEET).filter(|root| !root.is_empty());
        root.map(PathBuf::from)
    });
    let context = CommandContext {
        // Said in full, so that whoever has none knows where it was looked for.
        root: {
            let root = root.unwrap_or_else(|| PathBuf::from("."));
            std::path::absolute(&root).unwrap_or(root)
        },
        output: Output::new(words, cli.global.json),
    };
    match dispatch(cli.command, &context) {
        Ok(exit) => exit,
        Err(error) => context.output.failed(&error),
    }
}

/// The language that the command line asks for, before it is parsed: what is wrong with the rest is told in it.
fn asked_for(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<_> = arguments.iter().map(|a| a.to_string_lossy()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let apart = || {
        let at = texts.iter().position(|text| text == "--lang")?;
        texts.get(at + 1).map(AsRef::as_ref)
    };
    joined.or_else(apart)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn everything_in_the_help_is_worded_in_both_languages() {
        let (en, fr) = (words::catalogue(Lang::En), words::catalogue(Lang::Fr));
        let mut silent = Vec::new();
        let mut ask = |key: String| {
            if !(en.has(&key) && fr.has(&key)) {
                silent.push(key);
            }
        };
        for arg in Cli::command().get_arguments() {
            ask(format!("help-global-{}", arg.get_id()));
        }
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            ask(format!("help-{name}"));
            ask(format!("help-{name}-examples"));
            for arg in command.get_arguments() {
                let handle = arg.get_long().unwrap_or(arg.get_id().as_str());
                ask(format!("help-{name}-{}", handle.replace('_', "-")));
            }
        }
        assert!(silent.is_empty(), "no words under {silent:?}");
    }
}
