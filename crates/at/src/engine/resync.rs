//! Getting back in step with a modem that was given up on.
//!
//! After a timeout the next `OK` may be the late one. So the queue is held, lines are swallowed until the modem is
//! quiet, and it is asked something whose answer cannot be mistaken: a body with a prefix that the command given up
//! cannot cause, directly followed by a result code. A modem answers in order, so whatever was owed before that is
//! settled, on condition that the question was asked once: where it had to be repeated, and not every copy was
//! answered, another question is asked after it. The queue is released when nothing can be owed any more.
//! Where all were tried one is asked again, and every copy of it that was ever sent has to be answered (the module
//! `copies`), or fifteen seconds of silence to pass.
//!
//! Which question that is depends on the modem (the module `habits`). One that answers every question with a result
//! code and nothing else is counted with: it is asked `AT` until, twice, exactly one result code came and then none for
//! three seconds. A slower modem of this kind can be mistaken; no other way is left with it.
//!
//! A modem that was told to say no result codes (`ATQ1`) gives the answer and no more. It is told to say them, once.

use std::time::Duration;

use super::copies::{Copies, Count, Tally};
use super::flight;
use super::habits::{Habits, PROBES, Probe};
use super::vocabulary::Vocabulary;
use crate::Request;
use crate::result::{Final, Line};
use opensim_domain::time::Instant;

/// How long the modem has to be quiet before it is asked.
const QUIET: Duration = Duration::from_millis(300);

/// A modem that never is quiet is asked after this long.
const QUIET_AT_MOST: Duration = Duration::from_secs(3);

/// How long answers to repeated questions are awaited, since the last byte.
const SETTLE: Duration = Duration::from_millis(200);

/// The same where a question is asked again and result codes of earlier copies are missing: they were lost, or are that
/// late.
const SETTLE_LATE: Duration = Duration::from_secs(15);

/// How long the first question waits for its answer; each further one twice as long, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait for an answer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Questions before the modem is given up: half a minute and a little.
const FIRST_ROUND: u32 = 8;

/// Questions when a new command comes to a modem that was given up: seven seconds.
const LATER_ROUND: u32 = 3;

/// What a modem is asked whose result codes are counted.
const COUNTED: &str = "AT";

/// How long no result code may follow the one that was counted.
const COUNT_QUIET: Duration = Duration::from_secs(3);

/// How often in a row the count has to be right.
const COUNTS: u32 = 2;

/// What makes a modem say its result codes (V.250 6.2.5). It is the setting that nearly all have from the start.
const SAY_RESULTS: &[u8] = b"ATQ0\r";

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
    /// Set where nothing but result codes can be had of this modem.
    count: Option<Count>,
    copies: Copies,
    /// How many result codes are owed for questions, where they are counted.
    owed: u32,
    /// A question is asked again of which earlier copies may not be answered yet.
    again: bool,
    /// A result code came behind the answer.
    surprised: bool,
    /// It is to be told that it say result codes.
    tell: bool,
    /// The modem says the result code before the body.
    ok_first: bool,
    /// A first answer does not suffice.
    doubtful: bool,
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
pub(super) enum Progress {
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
    pub(super) fn new(now: Instant, given_up: Request, abort: bool, habits: &Habits) -> Self {
        let probe = habits.question(&given_up, &[]);
        let says_anything = given_up.bare && !given_up.is_joined();
        Self {
            // A dump of all settings may end in what looks like the answer.
            doubtful: says_anything,
            count: probe.is_none().then(Count::default),
            copies: Copies::new(says_anything),
            owed: 0,
            again: false,
            surprised: false,
            tell: false,
            probe: probe.unwrap_or(&PROBES[0]),
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
        if std::mem::take(&mut self.tell) {
            self.phase = Phase::quiet(now);
            return Some(SAY_RESULTS.to_vec());
        }
        if !matches!(self.phase, Phase::Due) {
            return None;
        }
        let wait = FIRST_WAIT
            .saturating_mul(1 << self.round.min(8))
            .min(LONGEST_WAIT);
        self.phase = Phase::Asked { until: now + wait };
        self.round += 1;
        self.owed += 1;
        let line = if let Some(count) = &mut self.count {
            count.seen = 0;
            COUNTED
        } else {
            self.tally.sent += 1;
            self.copies.ask(self.probe);
            self.probe.line
        };
        Some([line.as_bytes(), b"\r"].concat())
    }

    /// Reads a line for what it says about being in step.
    pub(super) fn take(
        &mut self,
        now: Instant,
        line: &Line,
        vocabulary: &Vocabulary,
        habits: &mut Habits,
    ) -> Progress {
        let is_news = vocabulary.is_unsolicited(line) && !flight::owns(&self.given_up, line);
        if !is_news {
            let ends = result_code(line, habits).or_else(|| Final::of_number(line));
            self.copies.observe(line, ends.is_some());
        }
        if self.count.is_some() {
            if let Some(verdict) = self.take_counted(now, line, habits) {
                return verdict;
            }
        } else if self.tally.sent > 0 {
            if self.probe.is_echo(line) {
                return Progress::Taken;
            }
            if line.after(self.probe.prefix).is_some() {
                self.tally.bodies += 1;
                self.tally.owes_final = true;
                return Progress::Taken;
            }
            if let Some(end) = result_code(line, habits) {
                return self.take_final(now, &end, habits);
            }
            if let Some(end) = Final::of_number(line) {
                // Directly behind the answer it can be nothing but the result code.
                if self.tally.owes_final && end.is_ok() {
                    habits.numeric = true;
                    return self.take_final(now, &end, habits);
                }
                self.tally.digits += 1;
            }
        }
        if is_news {
            return Progress::Urc;
        }
        if let Some(late) = self.former.iter().find(|p| line.after(p.prefix).is_some()) {
            habits.answers(late);
        }
        // Only a result code directly behind makes a body an answer: a dump of all settings has such lines too.
        if std::mem::take(&mut self.tally.owes_final) {
            self.tally.bodies -= 1;
        }
        Progress::Swallowed
    }

    /// Says that bytes came, whatever they were.
    pub(super) fn input_at(&mut self, now: Instant) {
        match &mut self.phase {
            Phase::Quiet { until, limit } => *until = (now + QUIET).min(*limit),
            Phase::Settling { until, limit } => {
                *until = (now + SETTLE).max(*until).min(*limit);
            }
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
    pub(super) fn expire(&mut self, now: Instant, habits: &mut Habits) -> Expiry {
        match self.phase {
            Phase::Quiet { .. } => self.phase = Phase::Due,
            Phase::Asked { .. } if self.count.is_some() => return self.counted(habits),
            Phase::Settling { .. } if self.tally.owes_final => {
                self.phase = Phase::Asked {
                    until: now + 2 * FIRST_WAIT,
                };
            }
            Phase::Settling { .. } => return self.settled(habits),
            Phase::Asked { .. } => return self.unanswered(now, habits),
            Phase::Due | Phase::Dormant => {}
        }
        Expiry::GoesOn
    }

    /// Asks again on behalf of a new command, where the modem had been given up.
    pub(super) fn wake(&mut self, habits: &Habits) {
        if self.is_dormant() {
            if self.count.is_none() && !self.ask_otherwise(habits) {
                self.ask_again(habits);
            }
            self.owed = 0;
            self.phase = Phase::Due;
            self.round = 0;
            self.allowed = LATER_ROUND;
        }
    }

    pub(super) fn is_dormant(&self) -> bool {
        matches!(self.phase, Phase::Dormant)
    }

    fn take_final(&mut self, now: Instant, end: &Final, habits: &mut Habits) -> Progress {
        self.tally.finals += 1;
        self.owed = self.owed.saturating_sub(1);
        self.surprised = matches!(self.phase, Phase::Settling { .. });
        if !std::mem::take(&mut self.tally.owes_final) {
            self.tally.refused |= !end.is_ok();
            return Progress::Swallowed;
        }
        // It answers in order, so what was asked before is settled; not what was asked between this copy and the last.
        if !self.again {
            self.copies.settle(&self.former);
        }
        self.former.clear();
        habits.answers(self.probe);
        if self.tally.bodies >= self.tally.sent && !self.doubtful && self.is_settled() {
            return Progress::InStep;
        }
        if !self.surprised {
            let (quiet, most) = if self.is_settled() {
                (SETTLE, QUIET_AT_MOST)
            } else {
                (SETTLE_LATE, SETTLE_LATE)
            };
            self.settle(now, quiet, most);
        }
        Progress::Taken
    }

    fn settle(&mut self, now: Instant, quiet: Duration, most: Duration) {
        self.phase = Phase::Settling {
            until: now + quiet,
            limit: now + most,
        };
    }

    /// A result code where they are counted; `None` for any other line.
    fn take_counted(&mut self, now: Instant, line: &Line, habits: &Habits) -> Option<Progress> {
        let number = Final::of_number(line).is_some();
        if !number && result_code(line, habits).is_none() {
            return None;
        }
        self.owed = self.owed.saturating_sub(1);
        if let (Some(count), Phase::Asked { until }) = (&mut self.count, &mut self.phase) {
            count.seen += 1;
            count.numbers = number;
            *until = now + COUNT_QUIET;
        }
        Some(Progress::Swallowed)
    }

    /// The time is over in which exactly one result code was to come.
    fn counted(&mut self, habits: &mut Habits) -> Expiry {
        let Some(count) = &mut self.count else {
            return Expiry::GoesOn;
        };
        let right = count.seen == 1 && self.owed == 0;
        count.right = if right { count.right + 1 } else { 0 };
        if count.right >= COUNTS {
            habits.numeric = count.numbers;
            return Expiry::InStep;
        }
        if self.round >= self.allowed {
            self.phase = Phase::Dormant;
            return Expiry::GivenUp;
        }
        self.phase = Phase::Due;
        Expiry::GoesOn
    }

    /// Silence, and the answer does not suffice: copies of the question were lost, or their answers are late.
    fn settled(&mut self, habits: &Habits) -> Expiry {
        let all = self.tally.bodies >= self.tally.sent && !self.doubtful;
        if all && self.again && !self.surprised {
            return Expiry::InStep;
        }
        if self.round >= self.allowed {
            self.phase = Phase::Dormant;
            return Expiry::GivenUp;
        }
        if !self.ask_otherwise(habits) {
            if !habits.has_useless() && self.is_settled() {
                return Expiry::InStep;
            }
            self.begin_to_count();
        }
        self.doubtful = false;
        self.phase = Phase::Due;
        Expiry::GoesOn
    }

    fn unanswered(&mut self, now: Instant, habits: &mut Habits) -> Expiry {
        // A modem that says OK before the body: every answer is there, the wrong way round, and silence after.
        let enough = if self.ok_first { 1 } else { 2 };
        let ok_first = self.tally.bodies >= enough && self.tally.finals >= self.tally.bodies;
        let all = ok_first && self.tally.bodies >= self.tally.sent;
        if all && !self.doubtful {
            habits.answers(self.probe);
            if self.is_settled() {
                return Expiry::InStep;
            }
            (self.tally.owes_final, self.surprised) = (false, false);
            self.settle(now, SETTLE_LATE, SETTLE_LATE);
            return Expiry::GoesOn;
        }
        if self.round >= self.allowed {
            self.phase = Phase::Dormant;
            return Expiry::GivenUp;
        }
        self.phase = Phase::Due;
        if self.says_no_results(habits) {
            (self.tell, habits.asked_for_results) = (true, true);
            self.owed = 1;
            // A copy of the question that is answered only now has no result code either, and that of being told
            // would seem to be its own.
            if !self.ask_otherwise(habits) {
                self.tally = Tally::default();
                self.again = true;
            }
            return Expiry::GoesOn;
        }
        self.ok_first |= ok_first;
        self.doubtful &= !ok_first;
        if ok_first || self.is_useless() {
            if !ok_first && habits.wastes(self.probe) {
                // It was no question, as it turns out.
                self.allowed += 1;
            }
            self.ask_what_is_left(ok_first, habits);
        }
        Expiry::GoesOn
    }

    /// Whether no answer can be that of an earlier copy of the question.
    fn is_settled(&self) -> bool {
        !self.again || !self.copies.is_open(self.probe)
    }

    /// Whether the question brought result codes and nothing else. One `OK` may be the late one, but not again.
    fn is_useless(&self) -> bool {
        let least = if self.former.is_empty() { 2 } else { 1 };
        let ends = self.tally.refused || self.tally.finals >= least || self.tally.digits > 0;
        ends && self.tally.bodies == 0
    }

    /// Whether the modem seems to have been told to say no result codes: it answers without one, or it has never said
    /// any and says nothing.
    fn says_no_results(&self, habits: &Habits) -> bool {
        let none = self.tally.finals == 0 && self.tally.digits == 0;
        none && !habits.asked_for_results && (habits.unmet || self.tally.bodies > 0)
    }

    /// Another question; with none left the one that is, for as long as it may be answered, and then result codes are
    /// counted.
    fn ask_what_is_left(&mut self, ok_first: bool, habits: &Habits) {
        if self.ask_otherwise(habits) {
            return;
        }
        if self.ask_again(habits) {
            return;
        }
        let is_of_use = habits.question(&self.given_up, &[]) == Some(self.probe);
        if ok_first || !is_of_use {
            self.begin_to_count();
        }
    }

    /// All were tried, so that one is asked again which may be answered still.
    fn ask_again(&mut self, habits: &Habits) -> bool {
        self.former.clear();
        self.again = true;
        self.ask_otherwise(habits)
    }

    fn begin_to_count(&mut self) {
        self.count = Some(Count::default());
        self.round = 0;
        self.allowed = FIRST_ROUND;
    }

    /// Takes another question, if there is one left: its answer settles what is owed for this one.
    fn ask_otherwise(&mut self, habits: &Habits) -> bool {
        let former = [&self.former[..], &[self.probe]].concat();
        let Some(probe) = habits.question(&self.given_up, &former) else {
            return false;
        };
        (self.probe, self.former) = (probe, former);
        self.tally = Tally::default();
        true
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
fn result_code(line: &Line, habits: &Habits) -> Option<Final> {
    let end = habits.result_code(line);
    end.filter(|end| !matches!(end, Final::CallEnded(_) | Final::Connect(_)))
}
