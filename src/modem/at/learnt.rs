//! What a session has learnt of its modem beside the engine: lines that it leaves unanswered or without an end, and
//! whether it takes several commands on one.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::conversation::masked;
use crate::at::Request;
use crate::at::result::{Final, Reply};

/// How long the result code is waited for of a line that had none before.
const HURRIED: Duration = Duration::from_millis(500);

/// How often in a row a registration may be left unanswered, while other questions are answered, before it is not
/// asked for any more. Whoever selects a network needs it, so once is not enough.
const PATIENCE: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Learnt {
    /// A joined line was refused or answered in part, for no part's sake.
    takes_parts_singly: bool,
    /// Joined lines that were not taken for the sake of a part that is refused by itself too.
    apart: BTreeSet<String>,
    /// How often in a row a line was not answered.
    unanswered: BTreeMap<String, u32>,
    /// Lines whose answer came without a result code.
    endless: BTreeSet<String>,
    /// The lines that were not answered once, in the order of that, identifiers masked.
    warned_of: Vec<String>,
}

impl Learnt {
    /// Whether the line is not sent any more: what is needed least is given up first.
    pub(super) fn is_given_up(&self, line: &str, optional: bool) -> bool {
        let patience = match (optional, is_registration(line)) {
            (true, _) => 1,
            (false, true) => PATIENCE,
            (false, false) => return false,
        };
        self.unanswered.get(line).is_some_and(|n| *n >= patience)
    }

    /// The same request, not waiting long for a result code that does not come.
    pub(super) fn hurried(&self, request: Request) -> Request {
        if self.endless.contains(&request.line) {
            return Request {
                quiet: request.quiet.map(|quiet| quiet.min(HURRIED)),
                ..request
            };
        }
        request
    }

    pub(super) fn note(&mut self, line: &str, reply: &Reply) {
        self.unanswered.remove(line);
        if reply.end == Final::Missing {
            self.endless.insert(line.to_owned());
        }
    }

    pub(super) fn unanswered(&mut self, line: &str) {
        *self.unanswered.entry(line.to_owned()).or_default() += 1;
        let shown = masked(line);
        if !self.warned_of.contains(&shown) {
            self.warned_of.push(shown);
        }
    }

    /// Whether these commands may go on one line: this modem takes such lines, and none of them is given up.
    pub(super) fn joins(&self, whole: &Request) -> bool {
        let given_up = |part: &Request| self.is_given_up(&part.line, true);
        !self.takes_parts_singly
            && !self.apart.contains(&whole.line)
            && !whole.parts().iter().any(given_up)
    }

    /// A joined line was not taken whole, and its parts were sent singly: `explained` where one of them is not answered
    /// by itself either, so that the line says nothing of others.
    pub(super) fn taken_apart(&mut self, line: &str, explained: bool) {
        self.forget(line);
        if explained {
            self.apart.insert(line.to_owned());
        } else {
            tracing::info!("a joined line was not taken whole: parts are sent singly from now on");
            self.takes_parts_singly = true;
        }
    }

    /// A joined line is taken apart, so it is its parts that count.
    fn forget(&mut self, line: &str) {
        self.unanswered.remove(line);
        self.warned_of
            .retain(|warned_of| *warned_of != masked(line));
    }

    /// On another network the registration is worth asking for once more.
    pub(super) fn elsewhere(&mut self) {
        for (line, times) in &mut self.unanswered {
            if is_registration(line) {
                *times = (*times).min(PATIENCE - 1);
            }
        }
    }

    /// What was not answered.
    pub(super) fn warned_of(&self) -> &[String] {
        &self.warned_of
    }
}

fn is_registration(line: &str) -> bool {
    line.ends_with("REG?")
}
