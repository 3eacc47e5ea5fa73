//! The command in flight: which lines are its own, and when it has ended.
//!
//! A line means nothing by itself: `+CREG: 2,5` is an answer while `AT+CREG?` is in flight and news of another kind
//! otherwise. So a line is read knowing what was asked.

use std::time::Duration;

use super::unsolicited::Unsolicited;
use super::{Failure, Ticket};
use crate::at::Request;
use crate::at::result::{Code, Final, Line, Reply};
use crate::at::standard::registration;
use crate::clock::Instant;

/// The longest reply kept: sixteen network lists of 64 kB.
pub(super) const MAX_REPLY: usize = 1024 * 1024;

/// What a line of a reply costs beside its bytes.
const LINE_COST: usize = 64;

/// How long a query that got `OK` and nothing else waits for its body, since the last byte. Some modems send the
/// two the wrong way round.
const AFTER_OK: Duration = Duration::from_millis(200);

/// The longest it waits so, on a modem that never stops talking.
const AFTER_OK_AT_MOST: Duration = Duration::from_secs(2);

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
    /// It ended the command in words of its own, so that more may follow.
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
    EndInWords(Final),
    Urc,
    Nobody,
}

impl Flight {
    pub(super) fn new(ticket: Ticket, request: Request, now: Instant, mid_line: bool) -> Self {
        Self {
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
    pub(super) fn take(&mut self, now: Instant, line: Line, unsolicited: &Unsolicited) -> Step {
        let stale = std::mem::take(&mut self.stale_head);
        match self.owner_of(&line, stale, unsolicited) {
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
            Belongs::Body { by_prefix } => self.keep(line, by_prefix),
            Belongs::End(end) => self.end(now, end),
            Belongs::EndInWords(end) => Step::EndedInDoubt(self.reply(end)),
        }
    }

    /// Says that bytes came, whatever they were.
    pub(super) fn heard(&mut self, now: Instant) {
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
        self.late_body.as_ref().map_or(self.deadline, |l| l.until)
    }

    /// How it ended when its time is up, and whether the modem still owes something.
    pub(super) fn expire(&mut self) -> (Result<Reply, Failure>, bool) {
        if self.late_body.is_some() {
            return (Ok(self.reply(Final::Ok)), false);
        }
        // Some modems never say OK to an information command. Its lines are worth having; the end is not invented.
        if self.request.bare && !self.body.lines.is_empty() {
            return (Ok(self.reply(Final::Missing)), true);
        }
        (Err(Failure::TimedOut), true)
    }

    /// How many bytes the reply holds so far.
    pub(super) fn held(&self) -> usize {
        self.body.held
    }

    fn owner_of(&self, line: &Line, stale: bool, unsolicited: &Unsolicited) -> Belongs {
        if let Some(before) = self.echo_in(line) {
            return Belongs::Echo(before);
        }
        let urc = unsolicited.knows(line);
        if stale {
            return if urc { Belongs::Urc } else { Belongs::Nobody };
        }
        if let Some(end) = Final::of_line(line) {
            return match end {
                Final::CallEnded(_) if !self.dials() => Belongs::Urc,
                Final::Connect(_) if !self.dials() => Belongs::Nobody,
                end => Belongs::End(end),
            };
        }
        if let Some(end) = self.refusal_in_words(line) {
            return Belongs::EndInWords(end);
        }
        if owns(&self.request, line) {
            return Belongs::Body { by_prefix: true };
        }
        if urc {
            return Belongs::Urc;
        }
        let row = self.request.continued && self.body.own_prefix && !has_prefix(line);
        if self.request.bare || row || self.body.open_quote {
            return Belongs::Body { by_prefix: false };
        }
        Belongs::Nobody
    }

    /// Whether the line is the command sent back, and what stood before it on the same line: a modem that was cut
    /// off in the middle of something echoes right behind it.
    fn echo_in(&self, line: &Line) -> Option<Line> {
        if self.echoed || !self.body.lines.is_empty() {
            return None;
        }
        let sent = self.request.line.as_bytes();
        let before = line.bytes().trim_ascii_end().strip_suffix(sent)?;
        // A short line of letters, `ATI`, may well end a word.
        let distinct = sent.iter().any(|b| !b.is_ascii_alphanumeric());
        (before.is_empty() || distinct).then(|| Line::new(before))
    }

    /// Whether the command can end in `CONNECT` or in a call's result (V.250 6.3; 27.007 10.1.12).
    fn dials(&self) -> bool {
        let upper = self.request.line.to_ascii_uppercase();
        ["ATD", "ATA", "ATO", "ATH"]
            .iter()
            .any(|c| upper.starts_with(c))
            || ["+CGDATA", "$QCRMCALL", "+CHUP"]
                .iter()
                .any(|c| upper.contains(c))
    }

    /// Intel's XMM7360 answers the network list with this bare text and no result code. An `OK` behind it would
    /// end the next command, hence the doubt.
    fn refusal_in_words(&self, line: &Line) -> Option<Final> {
        let text = line.text();
        let text = text.trim();
        let listing = self.request.line.to_ascii_uppercase().contains("+COPS=?");
        (listing && text.eq_ignore_ascii_case("No network service"))
            .then(|| Final::Cme(Code::Text(text.to_owned())))
    }

    fn keep(&mut self, line: Line, by_prefix: bool) -> Step {
        if self.body.push(line, by_prefix) {
            Step::Kept
        } else {
            Step::TooLong
        }
    }

    fn end(&mut self, now: Instant, end: Final) -> Step {
        let asks = self.request.bare || !self.request.prefixes.is_empty();
        if end == Final::Ok && asks && !self.body.certain && self.late_body.is_none() {
            self.late_body = Some(LateBody {
                until: now + AFTER_OK,
                limit: now + AFTER_OK_AT_MOST,
            });
            return Step::Kept;
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
        let odd = line.bytes().iter().fold(false, |odd, b| odd ^ (*b == b'"'));
        self.open_quote = (self.open_quote && !by_prefix) ^ odd;
        self.own_prefix |= by_prefix;
        self.certain |= by_prefix || !has_prefix(&line);
        self.lines.push(line);
        self.held <= MAX_REPLY
    }
}

/// Whether a line has one of the command's own prefixes and is not news under the same name.
pub(super) fn owns(request: &Request, line: &Line) -> bool {
    let has = |p: &str| line.after(p).is_some();
    request.prefixes.iter().any(|p| has(p)) && !registration::is_news(line, &request.line)
}

/// Whether a line looks like an information or unsolicited line with a prefix: `+NAME:`.
fn has_prefix(line: &Line) -> bool {
    let Some((mark, rest)) = line.bytes().split_first() else {
        return false;
    };
    let name = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    b"+^$#!%*".contains(mark) && name > 0 && rest.get(name) == Some(&b':')
}
