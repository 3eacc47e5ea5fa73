//! The command in flight: which lines are its own, and when it has ended.
//!
//! A line means nothing by itself: `+CREG: 2,5` is an answer while `AT+CREG?` is in flight and news of another kind
//! otherwise. So a line is read knowing what was asked.

use std::collections::VecDeque;
use std::time::Duration;

use super::habits::Habits;
use super::vocabulary::Vocabulary;
use super::{Failure, Ticket};
use crate::Request;
use crate::request::has_name;
use crate::result::{Final, Line, Reply};
use crate::standard::registration;
use opensim_domain::time::Instant;

/// The longest reply kept: sixteen network lists of 64 kB.
pub(super) const MAX_REPLY: usize = 1024 * 1024;

/// What a line of a reply costs beside its bytes.
const LINE_COST: usize = 64;

/// How long a query that got `OK` and nothing else waits for its body, since the last byte. Some modems send the
/// two the wrong way round.
const AFTER_OK: Duration = Duration::from_millis(200);

/// The longest it waits so, on a modem that never stops talking.
const AFTER_OK_AT_MOST: Duration = Duration::from_secs(2);

/// How much longer the rest of an answer is waited for that ends within a list or a name. Some modems cut their lists so.
const CUT_SHORT: u32 = 3;

/// How many lines wait to be told as answer or as news; the oldest is news once there are more.
const MAX_UNDECIDED: usize = 8;

#[derive(Debug)]
pub(super) struct Flight {
    pub(super) ticket: Ticket,
    pub(super) request: Request,
    deadline: Instant,
    body: Body,
    echoed: bool,
    /// The line under way began before the command left, so it cannot be its answer.
    stale_head: bool,
    late_body: Option<LateBody>,
    /// Lines that have the shape of news under the name that the command asks for. Where no line comes that has an
    /// answer's, one of them is the answer.
    undecided: VecDeque<Line>,
    /// When a line of its own last came.
    last_own: Instant,
    /// The modem says result codes by number.
    numeric: bool,
}

/// The information lines so far.
#[derive(Debug, Default)]
struct Body {
    lines: Vec<Line>,
    held: usize,
    /// A line with one of the command's prefixes is among them.
    own_prefix: bool,
    /// One that can hardly be news is among them: it has the command's prefix, or none.
    certain: bool,
    /// They end within quotes: the text has a line end in it.
    open_quote: bool,
    /// How many parentheses are open.
    open_lists: usize,
}

/// `OK` came with no body: what still comes within a moment is taken.
#[derive(Debug)]
struct LateBody {
    until: Instant,
    limit: Instant,
}

/// What became of a line.
#[derive(Debug)]
pub(super) enum Step {
    /// It was the command's own, and the command goes on.
    Kept,
    /// It is unsolicited.
    Urc(Line),
    /// It is nobody's.
    Stray(Line),
    /// It ended the command.
    Ended(Reply),
    /// It ended the command in words of its own or by what may be a number, so that more may follow.
    EndedInDoubt(Reply),
    /// It made the reply too long.
    TooLong,
}

/// Whose a line is.
enum Belongs {
    /// The command sent back, and what stood before it on the line.
    Echo(Line),
    Body {
        by_prefix: bool,
    },
    End(Final),
    EndInDoubt(Final),
    Urc,
    /// News, or the answer in an odd shape.
    Undecided,
    Nobody,
}

impl Flight {
    pub(super) fn new(
        ticket: Ticket,
        request: Request,
        now: Instant,
        mid_line: bool,
        habits: &Habits,
    ) -> Self {
        Self {
            undecided: VecDeque::new(),
            last_own: now,
            numeric: habits.numeric || asks_for_numbers(&request.line),
            deadline: now + request.timeout,
            ticket,
            request,
            body: Body::default(),
            echoed: false,
            stale_head: mid_line,
            late_body: None,
        }
    }

    /// Gives a line to the command, or says whose it is.
    pub(super) fn take(&mut self, now: Instant, line: Line, vocabulary: &Vocabulary) -> Step {
        let stale = std::mem::take(&mut self.stale_head);
        match self.owner_of(&line, stale, vocabulary) {
            Belongs::Echo(before) => {
                self.echoed = true;
                if before.bytes().is_empty() {
                    Step::Kept
                } else {
                    Step::Stray(before)
                }
            }
            Belongs::Urc => Step::Urc(line),
            Belongs::Nobody => Step::Stray(line),
            Belongs::Body { by_prefix } => {
                self.last_own = now;
                self.keep(line, by_prefix)
            }
            Belongs::Undecided => self.leave_undecided(line),
            Belongs::End(end) => self.end(now, end),
            Belongs::EndInDoubt(end) => Step::EndedInDoubt(self.reply(end)),
        }
    }

    /// What was left undecided and is news, now that the answer is there or the command over.
    pub(super) fn news(&mut self) -> VecDeque<Line> {
        if self.body.own_prefix {
            std::mem::take(&mut self.undecided)
        } else {
            VecDeque::new()
        }
    }

    /// The same at the end, whatever came.
    pub(super) fn all_news(&mut self) -> VecDeque<Line> {
        std::mem::take(&mut self.undecided)
    }

    /// Says that bytes came, whatever they were.
    pub(super) fn input_at(&mut self, now: Instant) {
        if let Some(late) = &mut self.late_body {
            late.until = (now + AFTER_OK).min(late.limit);
        }
    }

    /// Says that a line was cut for its length; whether it could have been the command's own.
    pub(super) fn cut(&mut self) -> bool {
        !std::mem::take(&mut self.stale_head)
    }

    /// When the command is over whatever comes.
    pub(super) fn due(&self) -> Instant {
        if let Some(late) = &self.late_body {
            return late.until;
        }
        let patience = if self.body.is_whole() { 1 } else { CUT_SHORT };
        let quiet = self.request.quiet.filter(|_| self.body.own_prefix);
        quiet
            .map(|quiet| quiet * patience)
            .map_or(self.deadline, |quiet| {
                (self.last_own + quiet).min(self.deadline)
            })
    }

    /// Waits on where the modem is within a line, since that may be the command's own; not beyond its time.
    pub(super) fn waits_for_line(&mut self, now: Instant) -> bool {
        let waits = self.late_body.is_none() && now < self.deadline;
        if waits {
            self.last_own = now;
        }
        waits
    }

    /// How it ended when its time is up, and whether the modem still owes something.
    pub(super) fn expire(&mut self) -> (Result<Reply, Failure>, bool) {
        if self.late_body.is_some() {
            // A part of a joined line that is not answered yet may be answered still, with a result code of its own.
            let owed = !self.request.is_answered_by(&self.body.lines);
            self.decide();
            return (Ok(self.reply(Final::Ok)), owed);
        }
        // Some modems say no result code to some commands. The lines are worth having; the end is not invented.
        let lines = self.request.bare && !self.body.lines.is_empty();
        if lines || self.body.own_prefix {
            return (Ok(self.reply(Final::Missing)), true);
        }
        (Err(Failure::TimedOut), true)
    }

    /// How many bytes the reply holds so far.
    pub(super) fn held(&self) -> usize {
        self.body.held
    }

    fn owner_of(&self, line: &Line, stale: bool, vocabulary: &Vocabulary) -> Belongs {
        if let Some(before) = self.echo_in(line) {
            return Belongs::Echo(before);
        }
        let urc = vocabulary.is_unsolicited(line);
        if stale {
            return if urc { Belongs::Urc } else { Belongs::Nobody };
        }
        let number = || self.numeric.then(|| Final::of_number(line)).flatten();
        if let Some(end) = Final::of_line(line).or_else(number) {
            let can_connect = vocabulary.can_connect(&self.request);
            return match end {
                Final::CallEnded(_) if !can_connect => Belongs::Urc,
                Final::Connect(_) if !can_connect => Belongs::Nobody,
                end => Belongs::End(end),
            };
        }
        let refusal = vocabulary.list_refusal(&self.request, line);
        if let Some(end) = refusal.or_else(|| self.lone_zero(line)) {
            return Belongs::EndInDoubt(end);
        }
        if owns(&self.request, line) {
            return Belongs::Body { by_prefix: true };
        }
        if urc && !self.body.own_prefix && is_undecided(&self.request, line) {
            return Belongs::Undecided;
        }
        if urc {
            return Belongs::Urc;
        }
        let row = self.request.continued && self.body.own_prefix && !has_name(line);
        if self.request.bare || row || self.body.open_quote {
            return Belongs::Body { by_prefix: false };
        }
        Belongs::Nobody
    }

    /// Whether the line is the command sent back, and what stood before it on the same line: a modem that was cut
    /// off in the middle of something echoes right behind it.
    fn echo_in(&self, line: &Line) -> Option<Line> {
        if self.is_part_echoed(line) {
            return Some(Line::new(Vec::new()));
        }
        if self.echoed || !self.body.lines.is_empty() {
            return None;
        }
        let sent = self.request.line.as_bytes();
        let before = line.bytes().trim_ascii_end().strip_suffix(sent)?;
        // A short line of letters, `ATI`, may well end a word.
        let distinct = sent.iter().any(|b| !b.is_ascii_alphanumeric());
        (before.is_empty() || distinct).then(|| Line::new(before))
    }

    /// Whether the line is one part of a joined line sent back: some modems take it apart first.
    fn is_part_echoed(&self, line: &Line) -> bool {
        let joined = self.request.line.split_once(';').is_some();
        let text = line.bytes().trim_ascii();
        joined
            && self.request.parts().iter().any(|part| {
                let part = part.line.as_bytes();
                text == part || Some(text) == part.get(2..)
            })
    }

    /// A `0` behind the whole answer of a modem that is not known to say numbers: the next question shows whether it
    /// does.
    fn lone_zero(&self, line: &Line) -> Option<Final> {
        let behind = self.body.own_prefix && !self.request.bare && !self.request.continued;
        (behind && line.bytes().trim_ascii() == b"0").then_some(Final::Ok)
    }

    fn keep(&mut self, line: Line, by_prefix: bool) -> Step {
        if self.body.push(line, by_prefix) {
            Step::Kept
        } else {
            Step::TooLong
        }
    }

    fn leave_undecided(&mut self, line: Line) -> Step {
        self.undecided.push_back(line);
        if self.undecided.len() <= MAX_UNDECIDED {
            return Step::Kept;
        }
        self.undecided.pop_front().map_or(Step::Kept, Step::Urc)
    }

    /// The command has ended well and no line had the shape of its answer: of those under its name it is the one that
    /// comes nearest, the last of several.
    fn decide(&mut self) {
        if self.body.own_prefix {
            return;
        }
        let nearest = self
            .undecided
            .iter()
            .enumerate()
            .max_by_key(|(at, line)| (registration::likeness(line), *at))
            .map(|(at, _)| at);
        if let Some(line) = nearest.and_then(|at| self.undecided.remove(at)) {
            self.body.push(line, true);
        }
    }

    fn end(&mut self, now: Instant, end: Final) -> Step {
        let asks = self.request.bare || !self.request.prefixes.is_empty();
        let answered = self.body.certain && self.request.is_answered_by(&self.body.lines);
        match &mut self.late_body {
            late @ None if end == Final::Ok && asks && !answered => {
                *late = Some(LateBody {
                    until: now + AFTER_OK,
                    limit: now + AFTER_OK_AT_MOST,
                });
                return Step::Kept;
            }
            // Each part of a joined line ends with a result code of its own, and not all have come.
            Some(late) if self.request.is_joined() && end == Final::Ok && !answered => {
                late.until = (now + AFTER_OK).min(late.limit);
                return Step::Kept;
            }
            // Whether the parts behind one that was refused are answered nobody knows.
            Some(_) if self.request.is_joined() && end != Final::Ok => {
                return Step::EndedInDoubt(self.reply(end));
            }
            _ => {}
        }
        if end == Final::Ok && asks {
            self.decide();
        }
        Step::Ended(self.reply(end))
    }

    fn reply(&mut self, end: Final) -> Reply {
        Reply {
            lines: std::mem::take(&mut self.body.lines),
            end,
        }
    }
}

impl Body {
    /// Adds a line; `false` where that is over the bound.
    fn push(&mut self, line: Line, by_prefix: bool) -> bool {
        self.held += line.bytes().len() + LINE_COST;
        if by_prefix {
            (self.open_quote, self.open_lists) = (false, 0);
        }
        self.count_open(&line);
        self.own_prefix |= by_prefix;
        self.certain |= by_prefix || !has_name(&line);
        self.lines.push(line);
        self.held <= MAX_REPLY
    }

    /// Whether nothing is open, so that the answer may be over.
    fn is_whole(&self) -> bool {
        !self.open_quote && self.open_lists == 0
    }

    fn count_open(&mut self, line: &Line) {
        for byte in line.bytes() {
            match byte {
                b'"' => self.open_quote ^= true,
                b'(' if !self.open_quote => self.open_lists += 1,
                b')' if !self.open_quote => self.open_lists = self.open_lists.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// Whether a line has one of the command's own prefixes and is not news under the same name.
pub(super) fn owns(request: &Request, line: &Line) -> bool {
    let has = |p: &str| line.after(p).is_some();
    request.prefixes.iter().any(|p| has(p)) && !registration::is_news(line, &request.line)
}

/// Whether a line under the name that the command asks for has the shape of news.
fn is_undecided(request: &Request, line: &Line) -> bool {
    let named = request.prefixes.iter().any(|p| line.after(p).is_some());
    named && registration::may_answer(line, &request.line)
}

/// Whether a line has the modem say its result codes by number: among the letters before the first command with a name.
fn asks_for_numbers(line: &str) -> bool {
    let upper = line.to_ascii_uppercase();
    let basic = upper.split(|c: char| "+^$#!%*".contains(c)).next();
    basic.is_some_and(|letters| letters.contains("V0"))
}
