//! The virtual modem: bytes and time in, bytes out. No port, no clock.
//!
//! [`VirtualModem::handle_input`] takes what the host wrote, [`VirtualModem::handle_timeout`] the passing of time,
//! [`VirtualModem::poll_transmit`] gives what leaves, [`VirtualModem::poll_timeout`] says when it wants to be called
//! again. The same scenario and the same calls give the same bytes. Calls too many do no harm.

use std::collections::VecDeque;
use std::time::Duration;

use opensim_domain::time::Instant;

use super::device::Device;
use super::faults::{Faults, Trigger};
use super::persona::{Answer, Persona, State, common};
use super::scenario::{Delays, Scenario};
use super::world::{CardState, Registration, World};

mod dead;
mod input;
mod job;
mod output;
mod quirk;
mod refusal;
mod response;

use input::Input;
use job::{Job, Step};
use output::Output;
use quirk::{domains, stored};

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
    muting: Muting,
    reported: Reported,
    log: VecDeque<String>,
    command_count: usize,
    /// How many selections were refused out of habit.
    refused: u32,
    /// Commands for the cell that were asked since the start.
    rows_asked: Vec<&'static str>,
}

/// How long it says nothing and takes nothing in.
#[derive(Clone, Copy, PartialEq)]
enum Muting {
    Off,
    Until(Instant),
    ForGood,
}

#[derive(Clone, Copy, PartialEq)]
enum Power {
    On,
    Starting(Instant),
    Unplugged,
}

/// What was reported unasked so far.
struct Reported {
    registration: Registration,
    card_held: bool,
    chatter: Option<Instant>,
    interjections: u32,
}

impl VirtualModem {
    /// A modem that was powered long ago, as a scenario has it.
    pub fn new(scenario: &Scenario) -> Self {
        let mut settings = stored(scenario.persona, &scenario.quirks);
        if let Some(echo) = scenario.faults.echo {
            settings.echo = echo;
        }
        let world = scenario.world();
        let registration = world.reported();
        let card_held = world.card.state() == CardState::Held;
        let mut modem = Self {
            state: State {
                world,
                settings,
                identity: scenario.identity.clone(),
                now: Instant::ZERO,
                selected: None,
                forbidden: Vec::new(),
                domains: domains(scenario.persona, &scenario.quirks),
                quirks: scenario.quirks.clone(),
            },
            persona: scenario.persona,
            delays: scenario.delays,
            faults: scenario.faults.clone(),
            input: Input::default(),
            job: None,
            output: Output::new(scenario.faults.wire, scenario.seed),
            power: Power::On,
            muting: Muting::Off,
            reported: Reported {
                registration,
                card_held,
                chatter: None,
                interjections: 0,
            },
            log: VecDeque::new(),
            command_count: 0,
            refused: 0,
            rows_asked: Vec::new(),
        };
        if !modem.is_dead() {
            let left_over = modem.persona.left_over().as_bytes();
            modem.output.bytes(Instant::ZERO, left_over);
        }
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

    /// How many command lines arrived whole so far.
    pub fn command_count(&self) -> usize {
        self.command_count
    }

    /// Takes that the host's side was plugged out. The modem starts anew, as one that the bus feeds: what was set is
    /// gone, the SIM's lock is back, the selection stays.
    pub fn handle_hang_up(&mut self, now: Instant) {
        self.handle_timeout(now);
        if self.power != Power::Unplugged {
            self.restart();
        }
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
        if self.power == Power::Unplugged || self.is_mute() {
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
        let output = self.output.next().filter(|_| !self.is_mute());
        [self.next_step(), output].into_iter().flatten().min()
    }

    /// Whether it has left the bus. It does not come back.
    pub fn is_unplugged(&self) -> bool {
        self.power == Power::Unplugged
    }

    fn is_mute(&self) -> bool {
        self.muting != Muting::Off
    }

    /// When something happens of itself.
    fn next_step(&self) -> Option<Instant> {
        let faults = &self.faults;
        let power = match self.power {
            Power::Unplugged => return None,
            Power::Starting(until) => Some(until),
            Power::On => None,
        };
        let unmute = match self.muting {
            Muting::Until(until) => Some(until),
            Muting::Off | Muting::ForGood => None,
        };
        let job = self.job.as_ref().and_then(|job| match job.step {
            Step::Reply(at) => Some(at),
            Step::NetworkList { until, .. } | Step::Survey { until, .. } => Some(until),
            Step::Selection { since, done } => {
                Some(done.unwrap_or(since + self.delays.selection_limit))
            }
            Step::Hung => None,
        });
        [
            power,
            job,
            unmute,
            self.reported.chatter,
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
        } else if matches!(self.muting, Muting::Until(until) if until <= now) {
            self.muting = Muting::Off;
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
            Some(Step::Survey { until, .. }) if until <= now => {
                let answer = self.persona.survey(&self.state);
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
            _ if self.is_dead() => {
                self.plan_chatter(now);
                self.emit_frame();
            }
            _ => {
                let lines = self.persona.chatter(&self.state);
                self.plan_chatter(now);
                for line in lines.into_iter().flat_map(|(_, lines)| lines) {
                    self.send_unsolicited(&line);
                }
            }
        }
    }

    /// What follows from what just happened: unasked lines, the end of a selection, input that waited.
    fn settle(&mut self) {
        if self.power != Power::On {
            return;
        }
        self.report_card();
        self.report_registration();
        self.watch_selection();
        while self.job.is_none() && !self.is_mute() {
            let Some(byte) = self.input.backlog.pop_front() else {
                break;
            };
            self.receive(byte);
        }
    }

    /// Tells that a card can be used that could not.
    fn report_card(&mut self) {
        let held = self.state.world.card.state() == CardState::Held;
        if std::mem::replace(&mut self.reported.card_held, held) && !held {
            for line in self.persona.card_ready() {
                self.send_unsolicited(&line);
            }
        }
    }

    fn report_registration(&mut self) {
        let now = self.state.world.reported();
        let before = std::mem::replace(&mut self.reported.registration, now);
        if before != now {
            for line in common::registration_urcs(before, now, &self.state) {
                self.send_unsolicited(&line);
            }
        }
    }

    fn plan_chatter(&mut self, now: Instant) {
        if self.is_dead() {
            self.reported.chatter = self.next_frame(now);
            return;
        }
        // Off or on, it looks again: the host may have changed it.
        let every = self
            .persona
            .chatter(&self.state)
            .map_or(Duration::from_secs(5), |(every, _)| every);
        self.reported.chatter = Some(now + every);
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
        self.muting = match self.faults.silence.lasts {
            Some(lasts) => Muting::Until(self.state.now + lasts),
            None => Muting::ForGood,
        };
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
        self.rows_asked.clear();
        self.muting = Muting::Off;
        self.state.settings = stored(self.persona, &self.state.quirks);
        self.state.world.set_radio(now, false);
        self.state.world.card.power_cycle();
        self.reported.registration = self.state.world.reported();
        self.reported.chatter = None;
        self.power = Power::Starting(now + self.delays.boot);
    }

    fn started(&mut self) {
        let now = self.state.now;
        self.power = Power::On;
        self.state
            .world
            .set_radio(now, !self.state.quirks.radio_off);
        if self.state.quirks.sim_words.is_some() {
            let until = self.state.quirks.sim_busy().map(|span| now + span);
            self.state.world.hold_card(now, until);
        }
        self.plan_chatter(now);
        for line in self.persona.boot(&self.state) {
            self.send_unsolicited(&line);
        }
    }
}

impl Device for VirtualModem {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.handle_input(now, bytes);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        self.is_unplugged()
    }

    fn handle_hang_up(&mut self, now: Instant) {
        self.handle_hang_up(now);
    }
}

#[cfg(test)]
pub(crate) mod bench;
#[cfg(test)]
mod quirk_tests;
#[cfg(test)]
mod tests;
