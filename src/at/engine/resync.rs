//! Getting back in step with a modem that was given up on.
//!
//! After a timeout the next `OK` may be the late one. So the queue is held, lines are swallowed until the modem is
//! quiet, and it is asked something whose answer cannot be mistaken: a body with a prefix that the command given up
//! cannot cause, directly followed by a result code. A modem answers in order, so whatever was owed before that is
//! settled, on condition that the question was asked once: where it had to be repeated, and not every copy was
//! answered, another question is asked after it. The queue is released when nothing can be owed any more.

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
static PROBES: [Probe; 4] = [
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
    Probe {
        line: "AT+CMGF?",
        prefix: "+CMGF:",
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
    /// The questions asked before this one whose answers may still come.
    former: Vec<&'static Probe>,
    given_up: Request,
    /// The character that ends an abortable command is still to be sent.
    abort: bool,
    phase: Phase,
    /// How many questions were sent in this round, and how many may be.
    round: u32,
    allowed: u32,
    tally: Tally,
    /// The modem says the result code before the body.
    ok_first: bool,
    /// A first answer does not suffice.
    doubtful: bool,
}

/// How often a question was sent, and what has come since.
#[derive(Debug, Default)]
struct Tally {
    sent: u32,
    /// Bodies of its answer.
    bodies: u32,
    /// Result codes, whatever they ended.
    finals: u32,
    /// The last line was a body; its result code is due.
    owes_final: bool,
    /// A result code was a refusal.
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
    /// One copy of it was answered; the answers to others may follow.
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
    /// The modem is in step.
    InStep,
    /// It does not answer.
    GivenUp,
}

impl Drain {
    pub(super) fn new(now: Instant, given_up: Request, abort: bool) -> Self {
        Self {
            // A dump of all settings may end in what looks like the answer.
            doubtful: given_up.bare,
            probe: other_question(&given_up, &[]).unwrap_or(&PROBES[0]),
            former: Vec::new(),
            given_up,
            abort,
            phase: Phase::quiet(now),
            round: 0,
            allowed: FIRST_ROUND,
            tally: Tally::default(),
            ok_first: false,
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
        self.tally.sent += 1;
        Some([self.probe.line.as_bytes(), b"\r"].concat())
    }

    /// Reads a line for what it says about being in step.
    pub(super) fn take(&mut self, now: Instant, line: &Line, unsolicited: &Unsolicited) -> Verdict {
        if self.tally.sent > 0 {
            if self.probe.is_echo(line) {
                return Verdict::Taken;
            }
            if line.after(self.probe.prefix).is_some() {
                self.tally.bodies += 1;
                self.tally.owes_final = true;
                return Verdict::Taken;
            }
            if let Some(end) = result_code(line) {
                return self.take_final(now, &end);
            }
        }
        if unsolicited.knows(line) && !flight::owns(&self.given_up, line) {
            return Verdict::Urc;
        }
        // Only a result code directly behind makes a body an answer: a dump of all settings has such lines too.
        if std::mem::take(&mut self.tally.owes_final) {
            self.tally.bodies -= 1;
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
            Phase::Settling { .. } if self.tally.owes_final => {
                self.phase = Phase::Asked {
                    until: now + 2 * FIRST_WAIT,
                };
            }
            Phase::Settling { .. } => return self.settled(),
            Phase::Asked { .. } => return self.unanswered(),
            Phase::Due | Phase::Dormant => {}
        }
        Expiry::GoesOn
    }

    /// Asks again on behalf of a new command, where the modem had been given up.
    pub(super) fn wake(&mut self) {
        if self.is_dormant() {
            self.ask_otherwise();
            self.phase = Phase::Due;
            self.round = 0;
            self.allowed = LATER_ROUND;
        }
    }

    pub(super) fn is_dormant(&self) -> bool {
        matches!(self.phase, Phase::Dormant)
    }

    fn take_final(&mut self, now: Instant, end: &Final) -> Verdict {
        self.tally.finals += 1;
        if !std::mem::take(&mut self.tally.owes_final) {
            self.tally.refused |= !end.is_ok();
            return Verdict::Swallowed;
        }
        // It answers in order, so what was asked before is settled.
        self.former.clear();
        if self.tally.bodies >= self.tally.sent && !self.doubtful {
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

    /// Silence, and the answer does not suffice: copies of the question were lost, or their answers are late.
    fn settled(&mut self) -> Expiry {
        if !self.ask_otherwise() {
            return Expiry::InStep;
        }
        self.doubtful = false;
        self.phase = Phase::Due;
        Expiry::GoesOn
    }

    fn unanswered(&mut self) -> Expiry {
        // A modem that says OK before the body: every answer is there, the wrong way round, and silence after.
        let enough = if self.ok_first { 1 } else { 2 };
        let ok_first = self.tally.bodies >= enough && self.tally.finals >= self.tally.bodies;
        if ok_first && self.tally.bodies >= self.tally.sent && !self.doubtful {
            return Expiry::InStep;
        }
        if self.round >= self.allowed {
            self.phase = Phase::Dormant;
            return Expiry::GivenUp;
        }
        self.ok_first |= ok_first;
        self.doubtful &= !ok_first;
        let useless = ok_first || (self.tally.refused && self.tally.bodies == 0);
        if useless && !self.ask_otherwise() {
            // All were tried, and seconds have passed since the first.
            self.former.clear();
            self.ask_otherwise();
        }
        self.phase = Phase::Due;
        Expiry::GoesOn
    }

    /// Takes another question, if there is one left: its answer settles what is owed for this one.
    fn ask_otherwise(&mut self) -> bool {
        let former = [&self.former[..], &[self.probe]].concat();
        let Some(probe) = other_question(&self.given_up, &former) else {
            return false;
        };
        (self.probe, self.former) = (probe, former);
        self.tally = Tally::default();
        true
    }
}

/// A question that neither the command given up nor an earlier question can seem to answer.
fn other_question(given_up: &Request, former: &[&'static Probe]) -> Option<&'static Probe> {
    PROBES
        .iter()
        .find(|p| !p.concerns(given_up) && !former.contains(p))
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
