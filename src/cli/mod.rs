//! The command line: what was typed, resolved against environment and configuration, carried out, shown.
//!
//! One file a command, each an `Args` and a `run`. No logic lives here: a command makes the person's order where one
//! is needed, calls a use case and hands its document to `output`, the one place that prints.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::domain::Profile;
use crate::error::Error;
use crate::i18n::{Catalogue, Lang};
use crate::os::console::signals;

mod at;
mod bundle;
mod carriers;
mod complete;
mod completions;
mod config;
mod consent;
mod doctor;
pub mod help;
mod help_command;
mod history;
mod interrupt;
mod live;
mod man;
mod measure;
mod measure_options;
mod modems;
mod monitor;
mod open_modem;
mod output;
mod pin;
mod progress;
mod recover;
mod relay;
mod report;
mod scan;
mod screen;
mod send;
mod serve;
mod settings;
mod sim;
mod status;
mod switch;
mod targets;
mod terminal;
mod threads;
mod tour;
mod units;
mod written;

use output::Output;
use settings::Settings;
use written::When;

/// Which carrier will carry a teleworker's day here, and the move to the one you name.
#[derive(Debug, Parser)]
#[command(
    name = "opensim",
    version,
    disable_help_subcommand = true,
    propagate_version = true,
    max_term_width = 100
)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
struct Global {
    /// Which modem: /dev/ttyUSB2, COM5, usb:1-1.4, mm:0, imei:…1234, sim:NAME, sim:FILE.toml
    #[arg(long, global = true, value_name = "SPEC", env = settings::MODEM)]
    modem: Option<String>,
    /// One JSON document on standard output, also on failure
    #[arg(long, global = true)]
    json: bool,
    /// Language of what is said: fr or en
    #[arg(long, global = true, value_name = "LANG", env = settings::LANG, value_parser = units::language)]
    lang: Option<Lang>,
    /// Say more (repeat for still more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    /// Say nothing but the result
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", env = settings::COLOR, value_enum)]
    color: Option<When>,
    /// Agree beforehand: do not ask. What asks nothing takes it too, so that a script may give it to everything
    #[arg(short, long, global = true)]
    yes: bool,
    /// Never ask a question
    #[arg(long, global = true)]
    no_input: bool,
    /// Write the conversation with the modem to FILE, identifiers masked
    #[arg(long, global = true, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// The longest that one step may take, a registration above all
    #[arg(long, global = true, value_name = "DURATION", env = settings::TIMEOUT, value_parser = units::duration)]
    timeout: Option<std::time::Duration>,
    /// Another configuration file
    #[arg(long, global = true, value_name = "FILE", env = settings::CONFIG)]
    config: Option<PathBuf>,
    /// Show identifiers in full, on a terminal only
    #[arg(long, global = true)]
    reveal: bool,
    /// Take this dialect instead of the one detected
    #[arg(long, global = true, value_name = "NAME", value_parser = units::dialects())]
    dialect: Option<String>,
    /// Have ModemManager let go of the modem meanwhile, and talk to it directly
    #[arg(long, global = true)]
    direct: bool,
    /// A file of mode 0600 that holds the SIM's PIN
    #[arg(long, global = true, value_name = "FILE", env = settings::PIN_FILE)]
    pin_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every modem found: ports, roles, who holds them
    Modems(modems::Modems),
    /// SIM, selection, registration, carrier, cell, radio
    Status(status::Status),
    /// The carriers of the SIM, their networks and bands
    Carriers(carriers::Carriers),
    /// Survey: what each carrier gives here, ranked
    Scan(scan::Scan),
    /// Move to the carrier you name
    Switch(switch::Switch),
    /// Put back the carrier that an interrupted scan or switch had replaced
    Recover(recover::Recover),
    /// Throughput and voice on the link in use, or on an interface
    Measure(measure::Measure),
    /// Checks in order, each with its cause and the next step
    Doctor(doctor::Doctor),
    /// The signal live, to place an antenna
    Monitor(monitor::Monitor),
    /// The measurement server, to host one's own
    Serve(serve::Serve),
    /// Raw AT commands for support, through the same guard
    At(at::At),
    /// Past surveys, switches and measurements
    History(history::History),
    /// What was found, to the operator's collector; off until configured
    Send(send::Send),
    /// A saved document again, as text, csv or html
    Report(report::Report),
    /// The virtual modem on a pseudo-terminal
    Sim(sim::Sim),
    /// A guided first use, on a virtual modem
    Tour(tour::Tour),
    /// What a command does, and all that it takes
    Help(help_command::Help),
    /// Shell completions
    Completions(completions::Completions),
    /// Man pages
    Man(man::Man),
}

impl Command {
    /// Whether its log is kept for support.
    fn is_for_support(&self) -> bool {
        matches!(self, Self::Doctor(doctor) if doctor.is_for_support())
    }
}

/// Runs a command line and says how it ended.
///
/// Not generic on purpose: else all of the program would be compiled in the binary's crate, a second time and after
/// the library, where no other unit is left to build beside it.
pub fn run(args: &[OsString]) -> ExitCode {
    let catalogue = settings::early(args);
    let json = args.iter().any(|arg| arg == "--json");
    let parsed = command(&catalogue).try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return Output::plain(catalogue, json).clap(&error),
    };
    let settings = match Settings::resolve(cli.global) {
        Ok(settings) => settings,
        Err((error, json)) => {
            let output = Output::plain(catalogue, json);
            return match cli.command {
                // Who is to mend a configuration may look things up.
                Command::Help(args) => args.run(&output),
                Command::Man(args) => args.run(&output),
                // A shell loads it at each start, where a fault of a file would be told every time.
                Command::Completions(args) => args.run(&Profile::default(), &output),
                _ => output.failure(&error),
            };
        }
    };
    let output = Output::new(&settings);
    output::log_to_stderr(&settings, cli.command.is_for_support());
    signals::outlive_full_files();
    threads::guarded(&output, || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_or_else(
                |error| output.failure(&Error::System(error)),
                |runtime| runtime.block_on(dispatch(cli.command, &settings, &output)),
            )
    })
}

/// The command tree in the reader's language.
pub fn command(catalogue: &Catalogue) -> clap::Command {
    help::localise(Cli::command(), catalogue)
}

async fn dispatch(command: Command, settings: &Settings, output: &Output) -> ExitCode {
    match command {
        Command::Modems(args) => args.run(output).await,
        Command::Status(args) => args.run(settings, output).await,
        Command::Carriers(args) => args.run(settings, output),
        Command::Scan(args) => args.run(settings, output).await,
        Command::Switch(args) => args.run(settings, output).await,
        Command::Recover(args) => args.run(settings, output).await,
        Command::Measure(args) => args.run(settings, output).await,
        Command::Doctor(args) => args.run(settings, output).await,
        Command::Monitor(args) => args.run(settings, output).await,
        Command::Serve(args) => args.run(output).await,
        Command::At(args) => args.run(settings, output).await,
        Command::History(args) => args.run(settings, output).await,
        Command::Send(args) => args.run(settings, output).await,
        Command::Report(args) => args.run(output),
        Command::Sim(args) => args.run(output).await,
        Command::Tour(args) => args.run(settings, output).await,
        Command::Help(args) => args.run(output),
        Command::Completions(args) => args.run(&settings.profile, output),
        Command::Man(args) => args.run(output),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_tree_is_sound() {
        Cli::command().debug_assert();
    }
}
