//! One recorded conversation: its commands in their order, in phases, and how far it was gone through.

use std::time::Duration;

use opensim_domain::trace::{Entry, mask};

use super::DELAY;

/// A line and how long after its command it came.
#[derive(Debug, Clone)]
pub(super) struct TimedLine {
    pub(super) after: Duration,
    pub(super) line: Vec<u8>,
}

/// A command as it was sent once, and what came then.
#[derive(Debug)]
struct Step {
    command: Vec<u8>,
    /// The first phase is 0.
    phase: usize,
    answer: Vec<TimedLine>,
    /// Whether it was given.
    given: bool,
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Recording {
    steps: Vec<Step>,
    phase: usize,
    /// How many commands came in its order since it began.
    in_order: usize,
    /// How many came.
    asked: usize,
}

impl Recording {
    /// From the entries of a trace, with what stands before its first command.
    pub(super) fn of(entries: &[Entry]) -> (Self, Vec<TimedLine>) {
        let mut steps: Vec<Step> = Vec::new();
        let mut before = Vec::new();
        let (mut now, mut asked) = (Duration::ZERO, Duration::ZERO);
        let mut phase = 0;
        for entry in entries {
            match entry {
                Entry::Remark(_) => {}
                Entry::At(at) => now = *at,
                Entry::Sent(command) => {
                    asked = now;
                    let command = command.trim_ascii().to_ascii_uppercase();
                    phase += usize::from(begins_phase(&command));
                    steps.push(Step {
                        command,
                        phase,
                        answer: Vec::new(),
                        given: false,
                    });
                }
                Entry::Received(line) => {
                    let after = now.checked_sub(asked).filter(|gap| !gap.is_zero());
                    let line = TimedLine {
                        after: after.unwrap_or(DELAY),
                        line: line.clone(),
                    };
                    match steps.last_mut() {
                        Some(step) => step.answer.push(line),
                        None => before.push(line),
                    }
                }
            }
        }
        let recording = Self {
            steps,
            phase: 0,
            in_order: 0,
            asked: 0,
        };
        (recording, before)
    }

    /// Whether a command begins this conversation, stands there once, and was given already.
    pub(super) fn begins_again(&self, command: &[u8]) -> bool {
        let upper = command.to_ascii_uppercase();
        // A bare `AT` asks whether somebody is there, at any time.
        let first = self.steps.iter().find(|step| step.command != b"AT");
        let mut same = self.steps.iter().filter(|step| step.command == upper);
        let once = same.next().is_some_and(|step| step.given) && same.next().is_none();
        once && first.is_some_and(|first| first.command == upper)
    }

    pub(super) fn rewind(&mut self) {
        self.steps.iter_mut().for_each(|step| step.given = false);
        (self.phase, self.in_order, self.asked) = (0, 0, 0);
    }

    /// Whether all that was asked came in this conversation's order.
    pub(super) fn is_in_order(&self) -> bool {
        self.in_order == self.asked
    }

    /// How many commands came in its order.
    pub(super) fn in_order_for(&self) -> usize {
        self.in_order
    }

    /// The next answer to a command, or the last one again; `None` where it was never sent.
    pub(super) fn take(&mut self, command: &[u8]) -> Option<Vec<TimedLine>> {
        let mut command = command.to_ascii_uppercase();
        if !self.steps.iter().any(|step| step.command == command) {
            // A secret was masked when it was written down.
            command = mask::line(&command, b"");
        }
        let next = self.steps.get(self.asked);
        if self.is_in_order() && next.is_some_and(|step| step.command == command) {
            self.in_order += 1;
        }
        self.asked += 1;
        let at = if begins_phase(&command) {
            self.next_phase(&command)?
        } else {
            self.in_phase(&command)?
        };
        let step = &mut self.steps[at];
        step.given = true;
        Some(step.answer.clone())
    }

    /// The next phase that this command begins, or the first one of all.
    fn next_phase(&mut self, command: &[u8]) -> Option<usize> {
        let begins = |at: &usize| self.steps[*at].command == command;
        let all = || (0..self.steps.len()).filter(begins);
        let at = all()
            .find(|at| self.steps[*at].phase > self.phase)
            .or_else(|| all().next())?;
        let phase = self.steps[at].phase;
        self.phase = phase;
        let anew = self.steps.iter_mut().filter(|step| step.phase == phase);
        anew.for_each(|step| step.given = false);
        Some(at)
    }

    /// This command in the phase that is on: the next time that it was sent, else the last; else in the phases before,
    /// the last; else the first there is.
    fn in_phase(&self, command: &[u8]) -> Option<usize> {
        let same = |at: &usize| self.steps[*at].command == command;
        let all = || (0..self.steps.len()).filter(same);
        let here = || all().filter(|at| self.steps[*at].phase == self.phase);
        here()
            .find(|at| !self.steps[*at].given)
            .or_else(|| here().next_back())
            .or_else(|| all().rfind(|at| self.steps[*at].phase < self.phase))
            .or_else(|| all().next())
    }
}

/// Whether a command changes what is read after it: it chooses a network, or switches the radio.
fn begins_phase(command: &[u8]) -> bool {
    let after = |word: &[u8]| {
        let at = command.windows(word.len()).position(|part| part == word)?;
        command.get(at + word.len()).copied()
    };
    after(b"+COPS=").is_some_and(|b| matches!(b, b'0' | b'1' | b'2' | b'4'))
        || after(b"+CFUN=").is_some_and(|b| b.is_ascii_digit())
}
