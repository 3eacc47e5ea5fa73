//! `opensim tour`: a guided first use. The person types the real commands, which run as they always do, with a virtual
//! house in the place of the modem; in the end their own modem is looked at, where there is one.
//!
//! The house stands as long as the tour, so that a carrier that was switched to is the one that is shown next. What the
//! commands keep is kept in a folder for a while: nothing of the person's own is written or read, until the end.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Args, FromArgMatches as _};

use super::interrupt;
use super::output::Output;
use super::relay::Relay;
use super::screen;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Cli, Command};
use crate::document::Values;
use crate::error::Error;
use crate::i18n::clean;
use crate::modem::connect::{self, Machine};
use crate::ops;
use crate::os::fault;
use crate::os::files::scratch::Scratch;
use crate::store::Store;
use heard::{Heard, Spoken, hear, is_asked};
use steps::{KEPT, LESSONS, Lesson};

mod heard;
mod steps;

/// The scenario of the house.
const HOUSE: &str = "home";

/// After so many misses the command stands there to be copied.
const MISSES: u32 = 3;

/// What comes back to this.
const AGAIN: &str = "opensim tour";

#[derive(Debug, Args)]
pub(super) struct Tour {}

/// How a lesson ended.
enum Ended {
    /// It was learnt, or skipped.
    Over,
    /// The person has enough.
    Left,
}

impl Tour {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        if settings.json || !settings.interactive || !std::io::stdout().is_terminal() {
            return output.failure(&Error::TerminalNeeded);
        }
        match guide(settings, output).await {
            Ok(ended) => ended,
            Err(error) => output.failure(&error),
        }
    }
}

async fn guide(settings: &Settings, output: &Output) -> Result<ExitCode, Error> {
    let relay = Relay::default();
    interrupt::listen_between(output, &relay)?;
    let scratch = Scratch::new("opensim-tour").map_err(|error| Error::File {
        file: std::env::temp_dir().display().to_string(),
        detail: fault::detail(&error),
    })?;
    let house = connect::plug_in(HOUSE).await.map_err(Error::Open)?;
    let guide = Guide {
        spec: house.spec(),
        settings: settings.clone().with(house, Store::at(scratch.path())),
        output: output.clone().relayed(&relay),
        terminal: Terminal::new(relay.all().clone()),
        relay,
    };
    guide.tell("tour-welcome");
    for (at, lesson) in (1..).zip(LESSONS) {
        if matches!(guide.teach(lesson, at).await, Ended::Left) {
            return Ok(guide.leave());
        }
    }
    guide.sum_up();
    guide.look_at_own(settings).await;
    Ok(ExitCode::SUCCESS)
}

struct Guide {
    /// The virtual modem's name.
    spec: String,
    /// Those of the commands in the house.
    settings: Settings,
    output: Output,
    terminal: Terminal,
    relay: Relay,
}

impl Guide {
    /// Says what a lesson is about, and waits until its command was run, or the person wants no more of it.
    async fn teach(&self, lesson: &Lesson, at: usize) -> Ended {
        let title = self.output.text(lesson.title);
        let values = Values::from([
            ("at".to_owned(), at.into()),
            ("of".to_owned(), LESSONS.len().into()),
            ("title".to_owned(), title.into()),
        ]);
        gap();
        self.output.say_with("tour-step", &values);
        self.output.say(lesson.before);
        self.hint(lesson);
        let mut misses = 0;
        loop {
            let prompt = format!("\n{at}/{} > ", LESSONS.len());
            let Ok(Some(line)) = self.terminal.ask_anything(&prompt).await else {
                // What comes next does not stand behind what was typed last.
                gap();
                return Ended::Left;
            };
            let words = self.output.catalogue();
            let mut tree = super::command(words);
            tree.build();
            let heard = hear(&line, &tree, words, &self.spec);
            let is_miss = match heard {
                Heard::Skip => return Ended::Over,
                Heard::Quit => return Ended::Left,
                Heard::Run(spoken) => {
                    let is_asked = is_asked(&spoken.matches, &tree, lesson.line);
                    let is_well = self.run(spoken).await;
                    if self.relay.all().is_cancelled() {
                        return Ended::Left;
                    }
                    if is_asked && is_well {
                        self.tell(lesson.after);
                        return Ended::Over;
                    }
                    let said = if is_asked {
                        "tour-not_done"
                    } else {
                        "tour-another"
                    };
                    self.tell(said);
                    is_asked
                }
                other => self.answer(other),
            };
            misses += u32::from(is_miss);
            if misses >= MISSES {
                self.in_full(lesson);
                misses = 0;
            } else {
                self.hint(lesson);
            }
        }
    }

    /// Says what became of a line that is no command to be run; whether it was a miss.
    fn answer(&self, heard: Heard) -> bool {
        let one = |key: &str, name: &str, text: String| {
            // They are no words of another program's, which would be quoted.
            let said = self.output.catalogue().text_of(key, [(name, clean(&text))]);
            let said = self.output.notice(&self.output.shaped(said));
            screen::say(said.as_bytes());
        };
        match heard {
            Heard::Nothing | Heard::Skip | Heard::Quit | Heard::Run(_) => return false,
            Heard::Help => {
                self.tell("tour-help");
                return false;
            }
            Heard::Told(told) => {
                let _ = self.output.clap(&told);
                self.tell("tour-another");
                return false;
            }
            Heard::Outside(what) => one("tour-outside", "what", what),
            Heard::Nearly(meant) => one("tour-nearly", "meant", meant),
            Heard::Capitals(meant) => one("tour-capitals", "meant", meant),
            Heard::Wrong(detail) => one("tour-wrong", "detail", detail),
            Heard::Several => self.output.say("tour-several"),
            Heard::Stranger => self.output.say("tour-stranger"),
            Heard::TooLong => self.output.say("tour-too_long"),
        }
        true
    }

    /// Runs a command in the house as it would be run anywhere; whether it did what it is for.
    async fn run(&self, spoken: Spoken) -> bool {
        if spoken.sudo {
            self.output.say("tour-sudo");
        }
        let cli = match Cli::from_arg_matches(&spoken.matches) {
            Ok(cli) => cli,
            Err(error) => {
                let _ = self.output.clap(&error);
                return false;
            }
        };
        let settings = self.settings.beside(&cli.global);
        let output = Output::new(&settings).relayed(&self.relay);
        self.carry_out(cli.command, &settings, &output).await
    }

    async fn carry_out(&self, command: Command, settings: &Settings, output: &Output) -> bool {
        // The tour is a command itself, so what it waits for has to be of a known size.
        let ended = Box::pin(super::dispatch(command, settings, output)).await;
        self.relay.end();
        ended == ExitCode::SUCCESS || WELL.iter().any(|exit| ended == ExitCode::from(*exit))
    }

    /// The command to be typed.
    fn hint(&self, lesson: &Lesson) {
        let values = Values::from([("command".to_owned(), lesson.line.into())]);
        self.output.say_with("tour-type", &values);
    }

    /// The same by itself, to be copied.
    fn in_full(&self, lesson: &Lesson) {
        self.output.say("tour-copy");
        screen::say(format!("\n    {}\n", lesson.line).as_bytes());
    }

    /// The commands to keep, and where there is more.
    fn sum_up(&self) {
        self.tell("tour-end");
        for (line, about) in KEPT {
            let about = self.output.text(about);
            let line = self.output.notice(&format!("{line:20} {about}"));
            screen::say(line.as_bytes());
        }
        self.tell("tour-more");
    }

    /// The person's own modem, where it is known which: a look that changes nothing.
    async fn look_at_own(&self, settings: &Settings) {
        gap();
        let modems = if settings.modem.is_some() {
            Vec::new()
        } else {
            let machine = Machine::default();
            let found = ops::modems(&machine.sysfs, &machine.proc, connect::modems().await);
            let modems = found.document.body.modems.into_iter();
            modems.map(|modem| modem.id).collect()
        };
        match (&settings.modem, &modems[..]) {
            (None, []) => self.output.say("tour-own_none"),
            (None, [_, _, ..]) => {
                let values = Values::from([
                    ("modem".to_owned(), modems[0].clone().into()),
                    ("modems".to_owned(), modems.into()),
                ]);
                self.output.say_with("tour-own_several", &values);
            }
            (Some(_), _) | (None, [_]) => {
                self.tell("tour-own");
                let output = Output::new(settings).relayed(&self.relay);
                let status = Command::Status(super::status::Status {});
                let is_well = self.carry_out(status, settings, &output).await;
                let said = if is_well {
                    "tour-own_well"
                } else {
                    "tour-own_badly"
                };
                gap();
                self.output.say(said);
            }
        }
    }

    /// How to come back; gives the exit status.
    fn leave(&self) -> ExitCode {
        let values = Values::from([("command".to_owned(), AGAIN.into())]);
        self.output.say_with("tour-left", &values);
        ExitCode::from(if self.relay.was_killed() { 130 } else { 0 })
    }

    /// A sentence between what is of other matters.
    fn tell(&self, key: &str) {
        gap();
        self.output.say(key);
    }
}

/// What follows is a matter of its own.
fn gap() {
    screen::say(b"\n");
}

/// How a command may end that did what it is for: what it found may be bad.
const WELL: &[u8] = &[8, 9];
