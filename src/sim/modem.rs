//! The virtual modem: bytes and time in, bytes out. No port, no clock.
//!
//! [`VirtualModem::handle_input`] takes what the host wrote, [`VirtualModem::handle_timeout`] the passing of time,
//! [`VirtualModem::poll_transmit`] gives what leaves, [`VirtualModem::poll_timeout`] says when it wants to be called
//! again. The same scenario and the same calls give the same bytes. Calls too many do no harm.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Instant;

use super::faults::{Faults, Trigger};
use super::persona::{Answer, End, Persona, State, common};
use super::scenario::{Delays, Scenario};
use super::world::{Attempt, Registration, World};

pub mod line;
mod output;

use line::Command;
use output::Output;

/// How long after a command the characters do not abort it (V.250 5.6.1).
const ABORT_AFTER: Duration = Duration::from_millis(125);
/// A command line longer than this is an error; so much is kept of what comes while another runs.
const LONGEST_LINE: usize = 2048;
/// How many command lines [`VirtualModem::commands`] remembers.
const REMEMBERED: usize = 4096;
/// Steps that one call takes at most. Each moves time or ends something, so it is never reached.
const MOST_STEPS: usize = 100_000;

/// The virtual modem. See the module.
pub struct VirtualModem {
    state: State,
    persona: &'static dyn Persona,
    delays: Delays,
    faults: Faults,
    input: Input,
    job: Option<Job>,
    output: Output,
    power: Power,
    /// Until when it is mute; for ever without a time.
    mute: Option<Option<Instant>>,
    said: Said,
    log: VecDeque<String>,
}

/// What the host wrote and was not yet looked at.
#[derive(Default)]
struct Input {
    line: Vec<u8>,
    too_long: bool,
    /// What came while a command ran or the modem was mute.
    backlog: VecDeque<u8>,
    /// The last command line, for `A/`.
    last: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Power {
    On,
    Starting(Instant),
    Unplugged,
}

/// What was said unasked so far.
struct Said {
    registration: Registration,
    chatter: Option<Instant>,
    interjections: u32,
}

/// A command line that runs.
struct Job {
    commands: VecDeque<Command>,
    lines: Vec<String>,
    step: Step,
}

#[derive(Clone, Copy)]
enum Step {
    /// Its answer leaves at this time.
    Reply(Instant),
    /// It lists networks.
    NetworkList { since: Instant, until: Instant },
    /// It selects a network; `done` is when its `OK` leaves, once that is known.
    Selection {
        since: Instant,
        done: Option<Instant>,
    },
    /// It never answers.
    Hung,
}

impl VirtualModem {
    /// A modem that was powered long ago, as a scenario has it.
    pub fn new(scenario: &Scenario) -> Self {
        let mut settings = scenario.persona.settings();
        if let Some(echo) = scenario.faults.echo {
            settings.echo = echo;
        }
        let world = scenario.world();
        let registration = world.reported();
        let mut modem = Self {
            state: State {
                world,
                settings,
                identity: scenario.identity.clone(),
                now: Instant::ZERO,
                selected: None,
                forbidden: Vec::new(),
            },
            persona: scenario.persona,
            delays: scenario.delays,
            faults: scenario.faults.clone(),
            input: Input::default(),
            job: None,
            output: Output::new(scenario.faults.wire, scenario.seed),
            power: Power::On,
            mute: None,
            said: Said {
                registration,
                chatter: None,
                interjections: 0,
            },
            log: VecDeque::new(),
        };
        modem.plan_chatter(Instant::ZERO);
        modem
    }

    /// The truth, for tests and the data path.
    pub fn world(&self) -> &World {
        &self.state.world
    }

    /// The command lines that arrived whole, oldest first, as typed.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.log.iter().map(String::as_str)
    }

    /// Takes what the host wrote.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.handle_timeout(now);
        if self.power != Power::On {
            return;
        }
        for byte in bytes {
            self.receive(*byte);
        }
        self.settle();
    }

    /// Lets everything happen that is due by `now`. Time never runs back.
    pub fn handle_timeout(&mut self, now: Instant) {
        for _ in 0..MOST_STEPS {
            let Some(next) = self.next_step().filter(|next| *next <= now) else {
                break;
            };
            self.state.now = self.state.now.max(next);
            self.step();
            self.settle();
        }
        self.state.now = self.state.now.max(now);
    }

    /// Bytes for the host; call until there are none.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.power == Power::Unplugged || self.mute.is_some() {
            return None;
        }
        self.output.poll(now)
    }

    /// When it wants [`VirtualModem::handle_timeout`] and [`VirtualModem::poll_transmit`] called next. Changes with
    /// every other call.
    pub fn poll_timeout(&self) -> Option<Instant> {
        if self.power == Power::Unplugged {
            return None;
        }
        let output = self.output.next().filter(|_| self.mute.is_none());
        [self.next_step(), output].into_iter().flatten().min()
    }

    /// Whether it has left the bus. It does not come back.
    pub fn is_unplugged(&self) -> bool {
        self.power == Power::Unplugged
    }

    /// When something happens of itself.
    fn next_step(&self) -> Option<Instant> {
        let faults = &self.faults;
        let power = match self.power {
            Power::Unplugged => return None,
            Power::Starting(until) => Some(until),
            Power::On => None,
        };
        let job = self.job.as_ref().and_then(|job| match job.step {
            Step::Reply(at) => Some(at),
            Step::NetworkList { until, .. } => Some(until),
            Step::Selection { since, done } => {
                Some(done.unwrap_or(since + self.delays.selection_limit))
            }
            Step::Hung => None,
        });
        [
            power,
            job,
            self.mute.flatten(),
            self.said.chatter,
            self.state.world.next_change(),
            faults.reboot.at,
            faults.unplug.at,
            faults.silence.start.at,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The one thing that is due first.
    fn step(&mut self) {
        let now = self.state.now;
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if due(self.faults.unplug.at) {
            self.power = Power::Unplugged;
        } else if due(self.faults.reboot.at) {
            self.faults.reboot.at = None;
            self.restart();
        } else if due(self.faults.silence.start.at) {
            self.faults.silence.start.at = None;
            self.fall_silent();
        } else if self.mute.is_some_and(due) {
            self.mute = None;
        } else if matches!(self.power, Power::Starting(until) if until <= now) {
            self.started();
        } else if !self.state.world.advance(now) {
            self.act();
        }
    }

    /// The job or the chatter that is due.
    fn act(&mut self) {
        let now = self.state.now;
        match self.job.as_ref().map(|job| job.step) {
            Some(Step::Reply(at)) if at <= now => self.run(),
            Some(Step::NetworkList { until, .. }) if until <= now => {
                let answer = common::network_list(self.persona, &self.state);
                self.go_on_after(answer);
            }
            Some(Step::Selection {
                done: Some(done), ..
            }) if done <= now => self.go_on_after(Answer::ok()),
            // 31: network timeout.
            Some(Step::Selection { since, done: None })
                if since + self.delays.selection_limit <= now =>
            {
                self.go_on_after(Answer::cme(31));
            }
            _ => {
                let lines = self.persona.chatter(&self.state);
                self.plan_chatter(now);
                for line in lines.into_iter().flat_map(|(_, lines)| lines) {
                    self.say(&line);
                }
            }
        }
    }

    /// What follows from what just happened: unasked lines, the end of a selection, input that waited.
    fn settle(&mut self) {
        if self.power != Power::On {
            return;
        }
        self.report_registration();
        self.watch_selection();
        while self.job.is_none() && self.mute.is_none() {
            let Some(byte) = self.input.backlog.pop_front() else {
                break;
            };
            self.receive(byte);
        }
    }

    fn report_registration(&mut self) {
        let now = self.state.world.reported();
        let before = std::mem::replace(&mut self.said.registration, now);
        if before != now {
            for line in common::registration_urcs(before, now, &self.state) {
                self.say(&line);
            }
        }
    }

    fn watch_selection(&mut self) {
        let Some(Step::Selection { since, done: None }) = self.job.as_ref().map(|j| j.step) else {
            return;
        };
        match self.state.world.attempt() {
            Attempt::UnderWay => {}
            Attempt::Settled => {
                let done = Some(self.state.now + self.faults.late_ok);
                if let Some(job) = &mut self.job {
                    job.step = Step::Selection { since, done };
                }
            }
            Attempt::Denied(_) => {
                // 32: network not allowed, emergency calls only.
                self.forbid();
                self.go_on_after(Answer::cme(32));
            }
            // 30: no network service.
            Attempt::NotFound => self.go_on_after(Answer::cme(30)),
        }
    }

    /// The SIM remembers who refused it.
    fn forbid(&mut self) {
        use super::world::Selection::{Manual, ManualThenAutomatic};
        if let Manual(plmn, _) | ManualThenAutomatic(plmn, _) = self.state.world.selection()
            && !self.state.forbidden.contains(&plmn)
        {
            self.state.forbidden.push(plmn);
        }
    }

    fn plan_chatter(&mut self, now: Instant) {
        // Off or on, it looks again: the host may have changed it.
        let every = self
            .persona
            .chatter(&self.state)
            .map_or(Duration::from_secs(5), |(every, _)| every);
        self.said.chatter = Some(now + every);
    }

    /// One character of the host.
    fn receive(&mut self, byte: u8) {
        // A line ends with its carriage return; what terminals send after it is not echoed either.
        if byte == b'\n' {
            return;
        }
        if self.mute.is_some() {
            if !self.faults.silence.loses {
                self.keep(byte);
            }
            return;
        }
        match self.job.as_ref().map(|job| job.step) {
            None => self.type_in(byte),
            Some(Step::Hung) => {}
            Some(Step::Reply(_)) => self.keep(byte),
            Some(Step::NetworkList { since, .. } | Step::Selection { since, .. }) => {
                if self.state.now >= since + ABORT_AFTER {
                    // The character itself is gone (V.250 5.6.1).
                    self.go_on_after(Answer::end(self.persona.aborted()));
                }
            }
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.input.backlog.len() < 4 * LONGEST_LINE {
            self.input.backlog.push_back(byte);
        }
    }

    fn type_in(&mut self, byte: u8) {
        if self.state.settings.echo {
            self.output.bytes(self.state.now, &[byte]);
        }
        match byte {
            b'\r' => {
                let line = std::mem::take(&mut self.input.line);
                if std::mem::take(&mut self.input.too_long) {
                    self.begin(VecDeque::from([Command::unreadable()]), Duration::ZERO);
                } else {
                    self.take_line(&line);
                }
            }
            _ if self.input.line.len() < LONGEST_LINE => {
                self.input.line.push(byte);
                if self.input.line.eq_ignore_ascii_case(b"A/") {
                    self.input.line.clear();
                    let last = self.input.last.clone();
                    self.take_line(&last);
                }
            }
            _ => self.input.too_long = true,
        }
    }

    /// A command line, without its end. What does not start with `AT` is no command line.
    fn take_line(&mut self, line: &[u8]) {
        // A modem looks for AT and passes over what stands before it, as left over from an aborted command.
        let Some(start) = line
            .windows(2)
            .position(|two| two.eq_ignore_ascii_case(b"AT"))
        else {
            return;
        };
        let text = String::from_utf8_lossy(&line[start..]).into_owned();
        self.input.last = line[start..].to_vec();
        if self.log.len() == REMEMBERED {
            self.log.pop_front();
        }
        let begins = |prefix: &str| {
            let head = text.as_bytes().get(..prefix.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
        };
        let hangs = self.faults.hang_on.iter().any(|prefix| begins(prefix));
        let late = self.faults.late_reply.iter().find(|(p, _)| begins(p));
        let late = late.map_or(Duration::ZERO, |(_, late)| *late);
        let commands = line::commands(&text[2..]).into();
        self.log.push_back(text);
        self.begin(commands, late);
        if hangs && let Some(job) = &mut self.job {
            job.step = Step::Hung;
        }
    }

    fn begin(&mut self, commands: VecDeque<Command>, late: Duration) {
        self.job = Some(Job {
            commands,
            lines: Vec::new(),
            step: Step::Reply(self.state.now + self.delays.reply + late),
        });
    }

    /// Runs the commands that are left, up to one that takes its time.
    fn run(&mut self) {
        let Some(mut job) = self.job.take() else {
            return;
        };
        while let Some(command) = job.commands.pop_front() {
            let answer = self.answer(&command);
            job.lines.extend(answer.lines);
            match answer.end {
                End::Ok => {}
                End::Selection if self.faults.early_ok => {}
                End::NetworkList => {
                    let since = self.state.now;
                    let until = since + self.delays.network_list;
                    job.step = Step::NetworkList { since, until };
                    self.suspend(job);
                    return;
                }
                End::Selection => {
                    let since = self.state.now;
                    job.step = Step::Selection { since, done: None };
                    self.suspend(job);
                    return;
                }
                end => {
                    self.finish(&job.lines, end);
                    return;
                }
            }
        }
        self.finish(&job.lines, End::Ok);
        self.strike();
    }

    fn suspend(&mut self, job: Job) {
        self.job = Some(job);
        self.strike();
    }

    /// Goes on with the line after the command that took its time.
    fn go_on_after(&mut self, answer: Answer) {
        let Some(job) = &mut self.job else {
            return;
        };
        job.lines.extend(answer.lines);
        if answer.end == End::Ok {
            self.run();
        } else if let Some(job) = self.job.take() {
            self.finish(&job.lines, answer.end);
        }
    }

    fn answer(&mut self, command: &Command) -> Answer {
        if command.name.is_empty() {
            return Answer::error();
        }
        let persona = self.persona;
        persona
            .answer(command, &mut self.state)
            .or_else(|| common::answer(command, persona, &mut self.state))
            .unwrap_or_else(|| Answer::end(End::Unknown))
    }

    /// Strikes with what a selection sets off.
    fn strike(&mut self) {
        let Some(plmn) = self.state.selected.take() else {
            return;
        };
        let now = self.state.now;
        let hit = |trigger: &mut Trigger| {
            let strikes = trigger.on_select == Some(plmn);
            if strikes {
                trigger.on_select = None;
                trigger.at = Some(now);
            }
        };
        hit(&mut self.faults.unplug);
        hit(&mut self.faults.reboot);
        hit(&mut self.faults.silence.start);
    }

    fn fall_silent(&mut self) {
        let until = self
            .faults
            .silence
            .lasts
            .map(|lasts| self.state.now + lasts);
        self.mute = Some(until);
        if self.faults.silence.loses {
            self.output.clear();
            self.input.backlog.clear();
        }
    }

    /// Power off and on again: what was set is gone, the SIM's lock is back, the selection stays.
    fn restart(&mut self) {
        let now = self.state.now;
        self.output.clear();
        self.input = Input::default();
        self.job = None;
        self.mute = None;
        self.state.settings = self.persona.settings();
        self.state.world.set_radio(now, false);
        self.state.world.card.power_cycle();
        self.said.registration = self.state.world.reported();
        self.said.chatter = None;
        self.power = Power::Starting(now + self.delays.boot);
    }

    fn started(&mut self) {
        let now = self.state.now;
        self.power = Power::On;
        self.state.world.set_radio(now, true);
        self.plan_chatter(now);
        for line in self.persona.boot(&self.state) {
            self.say(&line);
        }
    }

    /// Says a line unasked.
    fn say(&mut self, line: &str) {
        if self.power != Power::On || (self.mute.is_some() && self.faults.silence.loses) {
            return;
        }
        let text = format!("{}{line}\r\n", self.persona.urc_lead());
        self.output.lines(self.state.now, text.as_bytes());
    }

    /// Ends the command line: its lines and its result code.
    fn finish(&mut self, lines: &[String], end: End) {
        self.job = None;
        if end == End::Restart {
            // `OK` still leaves.
            self.faults.reboot.at = Some(self.state.now + Duration::from_millis(200));
        }
        let mut bytes = self.information(lines);
        if !self.state.settings.quiet {
            bytes.extend_from_slice(self.result(end).as_bytes());
        }
        if !(self.mute.is_some() && self.faults.silence.loses) {
            self.output.lines(self.state.now, &bytes);
        }
    }

    fn information(&mut self, lines: &[String]) -> Vec<u8> {
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && self.state.settings.verbose {
                text.push_str("\r\n");
            }
            text.push_str(line);
            text.push_str("\r\n");
            if at == 0 && self.faults.wire.urc_mid_reply {
                text.push_str(&self.interjection());
            }
        }
        text.into_bytes()
    }

    /// An unasked line for the middle of an answer; every other one looks like an answer to `AT+CREG?`.
    fn interjection(&mut self) -> String {
        self.said.interjections = self.said.interjections.wrapping_add(1);
        let here = self.state.world.reported();
        let idle = Registration {
            state: crate::domain::RegistrationState::Unknown,
            camp: None,
            cause: None,
        };
        let reports = common::registration_urcs(idle, here, &self.state);
        let line = reports
            .into_iter()
            .next()
            .filter(|_| self.said.interjections.is_multiple_of(2))
            .unwrap_or_else(|| self.persona.interjection(&self.state));
        format!("{}{line}\r\n", self.persona.urc_lead())
    }

    /// The result code, by number where `ATV0` asked for that.
    fn result(&self, end: End) -> String {
        let settings = &self.state.settings;
        let (number, text) = match end {
            End::Ok | End::Restart | End::NetworkList | End::Selection => (0, "OK"),
            End::NoCarrier => (3, "NO CARRIER"),
            End::Unknown => (4, self.persona.unknown()),
            End::Cme(code) if settings.errors == 1 => {
                return format!("\r\n+CME ERROR: {code}\r\n");
            }
            End::Cme(code) if settings.errors == 2 => {
                return format!("\r\n+CME ERROR: {}\r\n", common::error_text(code));
            }
            End::Error | End::Cme(_) => (4, "ERROR"),
        };
        if settings.verbose {
            format!("\r\n{text}\r\n")
        } else {
            format!("{number}\r")
        }
    }
}

#[cfg(test)]
pub(in crate::sim) mod bench;
#[cfg(test)]
mod tests;
