//! What a question has brought, and which copies of it are not answered yet.
//!
//! Where all questions were tried one is asked again, and what comes then may answer a copy from before. Every modem
//! answers in order, so the last copy is answered where all are, counted over all the times that the question was asked.
//! Result codes are no measure of that: the command given up may still say its own.

use super::habits::{PROBES, Probe};
use crate::result::Line;

/// How often a question was sent, and what has come since.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) sent: u32,
    /// Bodies of its answer.
    pub(super) bodies: u32,
    /// Result codes, whatever they ended.
    pub(super) finals: u32,
    /// The last line was a body; its result code is due.
    pub(super) owes_final: bool,
    /// A result code was a refusal.
    pub(super) refused: bool,
    /// Lines that are one digit, of a modem that is not known to say numbers.
    pub(super) digits: u32,
}

/// Result codes counted, where there is nothing else to tell them apart by.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// Since the last `AT`.
    pub(super) seen: u32,
    /// How often in a row it was one.
    pub(super) right: u32,
    /// They were numbers.
    pub(super) numbers: bool,
}

/// How many copies of each question are not answered yet.
#[derive(Debug)]
pub(super) struct Copies {
    open: [u32; PROBES.len()],
    /// The question that the line before seemed to answer.
    last: Option<usize>,
}

impl Copies {
    /// A command that may say anything, such as all settings, may once seem to answer each question.
    pub(super) fn new(says_anything: bool) -> Self {
        Self {
            open: [u32::from(says_anything); PROBES.len()],
            last: None,
        }
    }

    /// A copy is sent.
    pub(super) fn ask(&mut self, probe: &Probe) {
        if let Some(at) = place(probe) {
            self.open[at] += 1;
        }
    }

    /// Takes note of a line that is no news.
    pub(super) fn observe(&mut self, line: &Line, is_result_code: bool) {
        if is_result_code {
            self.last = None;
            return;
        }
        if PROBES.iter().any(|probe| probe.is_echo(line)) {
            return;
        }
        let answers = PROBES.iter().position(|p| line.after(p.prefix).is_some());
        if self.last != answers
            && let Some(before) = self.last
        {
            // Another line directly behind: one of many settings and no answer.
            self.open[before] += 1;
        }
        self.last = answers.filter(|at| self.open[*at] > 0);
        if let Some(at) = self.last {
            self.open[at] -= 1;
        }
    }

    /// These questions are settled: one that was asked after all their copies was answered.
    pub(super) fn settle(&mut self, probes: &[&'static Probe]) {
        for at in probes.iter().filter_map(|probe| place(probe)) {
            self.open[at] = 0;
        }
    }

    /// Whether an answer to this question can still come.
    pub(super) fn is_open(&self, probe: &Probe) -> bool {
        place(probe).is_some_and(|at| self.open[at] > 0)
    }
}

fn place(probe: &Probe) -> Option<usize> {
    PROBES.iter().position(|known| known == probe)
}
