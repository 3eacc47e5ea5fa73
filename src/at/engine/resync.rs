//! Getting back in step with a modem that was given up on.
//!
//! After a timeout the next `OK` may be the late one. So the queue is held, lines are swallowed until the modem is
//! quiet, and it is asked something whose answer cannot be mistaken: a body with a prefix that the command given up
//! cannot cause, directly followed by a result code. A modem answers in order, so what was owed before that is
//! settled. Questions are repeated, further and further apart; a late answer to a repeated one is recognised by its
//! body and swallowed too, even after the queue was released ([`Ghosts`]).

use std::time::Duration;

use super::flight;
use super::unsolicited::Unsolicited;
use crate::at::Request;
use crate::at::result::{Final, Line};
use crate::clock::Instant;

/// How long the modem has to be quiet before it is asked.
const QUIET: Duration = Duration::from_millis(300);

/// A modem that never is quiet is asked after this long.
const QUIET_AT_MOST: Duration = Duration::from_secs(3);

/// How long answers to repeated questions are awaited, since the last byte.
const SETTLE: Duration = Duration::from_millis(200);

/// How long the first question waits for its answer; each further one twice as long, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait for an answer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Questions before the modem is given up: half a minute and a little.
const FIRST_ROUND: u32 = 8;

/// Questions when a new command comes to a modem that was given up: seven seconds.
const LATER_ROUND: u32 = 3;

/// A question whose answer cannot be mistaken for that of a command that does not ask the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Probe {
    line: &'static str,
    prefix: &'static str,
}

/// Every modem answers the first at any time, without a SIM too; the others stand in where the command given up
/// asks the same.
static PROBES: [Probe; 3] = [
    Probe {
        line: "AT+CMEE?",
        prefix: "+CMEE:",
    },
    Probe {
        line: "AT+CSCS?",
        prefix: "+CSCS:",
    },
    Probe {
        line: "AT+CFUN?",
        prefix: "+CFUN:",
    },
];

impl Probe {
    /// Whether a command can cause lines that look like the answer.
    fn concerns(&self, request: &Request) -> bool {
        let name = self.prefix.trim_end_matches(':');
        request.line.to_ascii_uppercase().contains(name)
            || request
                .prefixes
                .iter()
                .any(|p| p.eq_ignore_ascii_case(self.prefix))
    }

    fn is_echo(&self, line: &Line) -> bool {
        line.bytes()
            .trim_ascii_end()
            .ends_with(self.line.as_bytes())
    }
}

/// The state between a command given up and the next one.
#[derive(Debug)]
pub(super) struct Drain {
    probe: &'static Probe,
    given_up: Request,
    /// The character that ends an abortable command is still to be sent.
    abort: bool,
    phase: Phase,
    /// Questions sent, in this round and in all.
    round: u32,
    sent: u32,
    allowed: u32,
    /// Bodies seen, and result codes seen since the first question.
    bodies: u32,
    finals: u32,
    /// The last line was a body; its result code is due.
    owes_final: bool,
    refused: bool,
}

#[derive(Debug)]
enum Phase {
    /// Waiting for silence.
    Quiet { until: Instant, limit: Instant },
    /// A question is to be sent.
    Due,
    /// Waiting for its answer.
    Asked { until: Instant },
    /// One was answered; the answers to earlier ones may follow.
    Settling { until: Instant, limit: Instant },
    /// Given up until a new command comes.
    Dormant,
}

/// What became of a line while draining.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It answers a question.
    Taken,
    /// It answers the last one: nothing is owed any more.
    InStep,
    /// It is unsolicited.
    Urc,
    /// It is swallowed.
    Swallowed,
}

/// What the time brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expiry {
    /// Something to send, or more to wait for.
    GoesOn,
    /// The modem is in step; what may still come is in [`Drain::ghosts`].
    InStep,
    /// It does not answer.
    GivenUp,
}

impl Drain {
    pub(super) fn new(now: Instant, given_up: Request, abort: bool, ghosts: &Ghosts) -> Self {
        let fits = |p: &&Probe| !p.concerns(&given_up) && ghosts.probe != Some(*p);
        Self {
            probe: PROBES.iter().find(fits).unwrap_or(&PROBES[0]),
            given_up,
            abort,
            phase: Phase::quiet(now),
            round: 0,
            sent: 0,
            allowed: FIRST_ROUND,
            bodies: 0,
            finals: 0,
            owes_final: false,
            refused: false,
        }
    }

    /// What to send now, if anything.
    pub(super) fn transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if std::mem::take(&mut self.abort) {
            self.phase = Phase::quiet(now);
            return Some(b"\r".to_vec());
        }
        if !matches!(self.phase, Phase::Due) {
            return None;
        }
        let wait = FIRST_WAIT
            .saturating_mul(1 << self.round.min(8))
            .min(LONGEST_WAIT);
        self.phase = Phase::Asked { until: now + wait };
        self.round += 1;
        self.sent += 1;
        Some([self.probe.line.as_bytes(), b"\r"].concat())
    }

    /// Reads a line for what it says about being in step.
    pub(super) fn take(&mut self, now: Instant, line: &Line, unsolicited: &Unsolicited) -> Verdict {
        if self.sent > 0 {
            if self.probe.is_echo(line) {
                return Verdict::Taken;
            }
            if line.after(self.probe.prefix).is_some() {
                self.bodies += 1;
                self.owes_final = true;
                return Verdict::Taken;
            }
            if let Some(end) = result_code(line) {
                return self.take_final(now, &end);
            }
        }
        if unsolicited.knows(line) && !flight::owns(&self.given_up, line) {
            return Verdict::Urc;
        }
        // A settings dump (AT&V) has lines like the answer; only a result code directly behind makes it one.
        if std::mem::take(&mut self.owes_final) {
            self.bodies -= 1;
        }
        Verdict::Swallowed
    }

    /// Says that bytes came, whatever they were.
    pub(super) fn heard(&mut self, now: Instant) {
        match &mut self.phase {
            Phase::Quiet { until, limit } => *until = (now + QUIET).min(*limit),
            Phase::Settling { until, limit } => *until = (now + SETTLE).min(*limit),
            Phase::Due | Phase::Asked { .. } | Phase::Dormant => {}
        }
    }

    /// When something is next to be done.
    pub(super) fn due(&self) -> Option<Instant> {
        match self.phase {
            Phase::Quiet { until, .. } | Phase::Asked { until } | Phase::Settling { until, .. } => {
                Some(until)
            }
            Phase::Due | Phase::Dormant => None,
        }
    }

    /// Acts on [`Drain::due`] being reached.
    pub(super) fn expire(&mut self, now: Instant) -> Expiry {
        match self.phase {
            Phase::Quiet { .. } => self.phase = Phase::Due,
            Phase::Settling { .. } if self.owes_final => {
                self.phase = Phase::Asked {
                    until: now + FIRST_WAIT,
                };
            }
            Phase::Settling { .. } => return Expiry::InStep,
            Phase::Asked { .. } => return self.unanswered(),
            Phase::Due | Phase::Dormant => {}
        }
        Expiry::GoesOn
    }

    /// Asks again on behalf of a new command, where the modem had been given up.
    pub(super) fn wake(&mut self) {
        if self.is_dormant() {
            self.phase = Phase::Due;
            self.round = 0;
            self.allowed = LATER_ROUND;
        }
    }

    pub(super) fn is_dormant(&self) -> bool {
        matches!(self.phase, Phase::Dormant)
    }

    /// The answers that may still come after the queue is released.
    pub(super) fn ghosts(&self) -> Ghosts {
        let count = self.sent.saturating_sub(self.bodies);
        Ghosts {
            probe: (count > 0).then_some(self.probe),
            count,
            owes_final: false,
        }
    }

    fn take_final(&mut self, now: Instant, end: &Final) -> Verdict {
        self.finals += 1;
        if !std::mem::take(&mut self.owes_final) {
            self.refused |= !end.is_ok();
            return Verdict::Swallowed;
        }
        if self.bodies >= self.sent {
            return Verdict::InStep;
        }
        if !matches!(self.phase, Phase::Settling { .. }) {
            self.phase = Phase::Settling {
                until: now + SETTLE,
                limit: now + QUIET_AT_MOST,
            };
        }
        Verdict::Taken
    }

    fn unanswered(&mut self) -> Expiry {
        // A modem that says OK before the body: every answer is there, the wrong way round, and silence after.
        if self.bodies >= 2 && self.finals >= self.bodies {
            return Expiry::InStep;
        }
        if self.round >= self.allowed {
            self.phase = Phase::Dormant;
            return Expiry::GivenUp;
        }
        if self.refused && self.bodies == 0 {
            self.ask_otherwise();
        }
        self.phase = Phase::Due;
        Expiry::GoesOn
    }

    /// Takes another question where the modem refuses this one.
    fn ask_otherwise(&mut self) {
        let at = PROBES.iter().position(|p| p == self.probe).unwrap_or(0);
        let others = PROBES.iter().cycle().skip(at + 1).take(PROBES.len());
        let probe = others.clone().find(|p| !p.concerns(&self.given_up));
        if let Some(probe) = probe.filter(|p| *p != self.probe) {
            self.probe = probe;
            (self.sent, self.bodies, self.finals) = (0, 0, 0);
            self.refused = false;
        }
    }
}

impl Phase {
    fn quiet(now: Instant) -> Self {
        Self::Quiet {
            until: now + QUIET,
            limit: now + QUIET_AT_MOST,
        }
    }
}

/// A result code that can end a question: not that of a call.
fn result_code(line: &Line) -> Option<Final> {
    Final::of_line(line).filter(|end| !matches!(end, Final::CallEnded(_) | Final::Connect(_)))
}

/// Answers to repeated questions that had not come when the queue was released. Most never come.
#[derive(Debug, Default)]
pub(super) struct Ghosts {
    probe: Option<&'static Probe>,
    count: u32,
    owes_final: bool,
}

impl Ghosts {
    /// Whether a line is such an answer. One that the command in flight expects is left to it: the value is the
    /// same, and [`Ghosts::may_answer`] keeps the command's own answer from going astray.
    pub(super) fn claim(&mut self, line: &Line, in_flight: Option<&Request>) -> bool {
        if self.owes_final && result_code(line).is_some() {
            self.owes_final = false;
            return true;
        }
        let Some(probe) = self.probe.filter(|_| self.count > 0) else {
            return false;
        };
        if in_flight.is_some_and(|request| probe.concerns(request)) {
            return false;
        }
        if line.after(probe.prefix).is_some() {
            self.count -= 1;
            self.owes_final = true;
            return true;
        }
        probe.is_echo(line)
    }

    /// Whether what answered this command may have been a late answer to a question.
    pub(super) fn may_answer(&self, request: &Request) -> bool {
        self.count > 0 && self.probe.is_some_and(|probe| probe.concerns(request))
    }
}
