//! What the host types: characters into lines, and characters that abort.

use std::collections::VecDeque;
use std::time::Duration;

use super::job::{Step, Withheld};
use super::{REMEMBERED, VirtualModem};
use crate::line::{self, AtCommand};
use crate::persona::Answer;

/// How long after a command the characters do not abort it (V.250 5.6.1).
const ABORT_AFTER: Duration = Duration::from_millis(125);
/// A command line longer than this is an error.
const LONGEST_LINE: usize = 2048;
/// So much is kept of what comes while a command runs.
const LONGEST_BACKLOG: usize = 4 * LONGEST_LINE;

/// What the host wrote and was not yet looked at.
#[derive(Default)]
pub(super) struct Input {
    line: Vec<u8>,
    too_long: bool,
    /// What came while a command ran or the modem was mute.
    pub(super) backlog: VecDeque<u8>,
    /// The last command line, for `A/`.
    last: Vec<u8>,
}

impl VirtualModem {
    /// One character of the host.
    pub(super) fn receive(&mut self, byte: u8) {
        if self.is_dead() {
            return;
        }
        // A line ends with its carriage return; what terminals send after it is not echoed either.
        if byte == b'\n' {
            return;
        }
        if self.is_mute() {
            if !self.faults.silence.loses {
                self.keep(byte);
            }
            return;
        }
        match self.job.as_ref().map(|job| job.step) {
            None => self.type_in(byte),
            Some(Step::Hung) => {}
            Some(Step::Reply(_)) => self.keep(byte),
            Some(
                Step::NetworkList { since, .. }
                | Step::Survey { since, .. }
                | Step::Selection { since, .. },
            ) => {
                if self.state.now >= since + ABORT_AFTER {
                    // The character itself is gone (V.250 5.6.1).
                    self.go_on_after(Answer::end(self.persona.aborted()));
                }
            }
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.input.backlog.len() < LONGEST_BACKLOG {
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
                    self.begin(VecDeque::from([AtCommand::unreadable()]), Duration::ZERO);
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
        // A habit of a command, wherever on the line that stands.
        let mut parts: Vec<String> = line::parts(&text[2..])
            .into_iter()
            .map(|part| format!("AT{part}"))
            .collect();
        if parts.len() < 2 {
            parts = vec![text.clone()];
        }
        let is_among = |prefixes: &[String]| {
            let begins = |part: &String, prefix: &String| {
                let head = part.as_bytes().get(..prefix.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
            };
            prefixes
                .iter()
                .any(|prefix| parts.iter().any(|part| begins(part, prefix)))
        };
        let silent = is_among(&self.state.quirks.silent_to);
        let no_final = is_among(&self.state.quirks.no_final_to);
        let withheld = match (silent, no_final) {
            (true, _) => Withheld::All,
            (false, true) => Withheld::Final,
            (false, false) => Withheld::Nothing,
        };
        self.log.push_back(text.clone());
        self.command_count += 1;
        self.begin_joined(&text[2..], late);
        if let Some(job) = &mut self.job {
            job.withheld = withheld;
        }
        if hangs && let Some(job) = &mut self.job {
            job.step = Step::Hung;
        }
    }
}
