//! What a session learns of its modem: how it says that a command has ended, and which questions it answers
//! unmistakably.
//!
//! Nothing is asked for this. Every answer that comes anyway is looked at, so what is known grows with what is asked.

use crate::Request;
use crate::result::{Final, Line, Reply};

/// A question whose answer cannot be mistaken for that of a command that does not ask the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Probe {
    pub(super) line: &'static str,
    pub(super) prefix: &'static str,
}

const fn probe(line: &'static str, prefix: &'static str) -> Probe {
    Probe { line, prefix }
}

/// Most modems answer the first at any time, without a SIM too; the others stand in where the command given up asks
/// the same, or where this modem does not answer the first as it should.
pub(super) static PROBES: [Probe; 6] = [
    probe("AT+CMEE?", "+CMEE:"),
    probe("AT+CSCS?", "+CSCS:"),
    probe("AT+CFUN?", "+CFUN:"),
    probe("AT+CMGF?", "+CMGF:"),
    probe("AT+CGATT?", "+CGATT:"),
    probe("AT+CPAS", "+CPAS:"),
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

    pub(super) fn is_echo(&self, line: &Line) -> bool {
        line.bytes()
            .trim_ascii_end()
            .ends_with(self.line.as_bytes())
    }
}

/// How a modem takes a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    /// A line with its prefix and a result code.
    Answered,
    Untried,
    /// A result code and nothing else.
    Useless,
}

/// What is known of this modem so far.
#[derive(Debug, Clone)]
pub(super) struct Habits {
    /// Its result codes are numbers (`ATV0`).
    pub(super) numeric: bool,
    /// It has not said a result code yet, and was perhaps told to say none (`ATQ1`).
    pub(super) unmet: bool,
    /// It was told to say result codes.
    pub(super) asked_for_results: bool,
    worth: [Worth; PROBES.len()],
}

impl Habits {
    pub(super) fn new(unmet: bool) -> Self {
        Self {
            numeric: false,
            unmet,
            asked_for_results: false,
            worth: [Worth::Untried; PROBES.len()],
        }
    }

    /// A result code, in words, or by number from a modem that is known to say numbers.
    pub(super) fn result_code(&self, line: &Line) -> Option<Final> {
        let number = || self.numeric.then(|| Final::of_number(line)).flatten();
        Final::of_line(line).or_else(number)
    }

    /// Takes note of how a command ended.
    pub(super) fn note(&mut self, request: &Request, reply: &Reply) {
        if reply.end == Final::Missing {
            return;
        }
        self.unmet = false;
        let Some(at) = PROBES
            .iter()
            .position(|p| p.line.eq_ignore_ascii_case(&request.line))
        else {
            return;
        };
        let answered = reply.after(PROBES[at].prefix).is_some();
        self.worth[at] = if answered && reply.end.is_ok() {
            Worth::Answered
        } else {
            Worth::Useless
        };
    }

    /// Takes note of the words in which a result code came: whoever says `OK` does not say numbers.
    pub(super) fn observe(&mut self, line: &Line) {
        if matches!(Final::of_line(line), Some(Final::Ok | Final::Error)) {
            self.numeric = false;
        }
    }

    pub(super) fn answers(&mut self, probe: &Probe) {
        self.set(probe, Worth::Answered);
    }

    /// Takes note of a question that brought result codes alone, and says whether that is new; one that was answered
    /// before stays what it is, since those codes may have been another's.
    pub(super) fn wastes(&mut self, probe: &Probe) -> bool {
        let new = self.worth_of(probe) == Worth::Untried;
        if new {
            self.set(probe, Worth::Useless);
        }
        new
    }

    /// The best question that neither the command given up nor an earlier question can seem to answer, of those that
    /// are not known to be useless.
    pub(super) fn question(
        &self,
        given_up: &Request,
        former: &[&'static Probe],
    ) -> Option<&'static Probe> {
        PROBES
            .iter()
            .filter(|p| !p.concerns(given_up) && !former.contains(p))
            .filter(|p| self.worth_of(p) != Worth::Useless)
            .min_by_key(|p| self.worth_of(p))
    }

    /// Whether a question is left aside since it is useless.
    pub(super) fn has_useless(&self) -> bool {
        self.worth.contains(&Worth::Useless)
    }

    fn worth_of(&self, probe: &Probe) -> Worth {
        let at = PROBES.iter().position(|p| p == probe);
        at.map_or(Worth::Untried, |at| self.worth[at])
    }

    fn set(&mut self, probe: &Probe, worth: Worth) {
        if let Some(at) = PROBES.iter().position(|p| p == probe) {
            self.worth[at] = worth;
        }
    }
}
