//! The sans-IO engine: a queue of commands, one in flight, and what the modem says given to whom it belongs.
//!
//! Whoever owns the port feeds it bytes and the time, writes what [`Engine::poll_transmit`] gives, and takes
//! [`Event`]s. It does no I/O and reads no clock, so a test drives minutes in microseconds.
//!
//! Three promises:
//!
//! - A line is read knowing the command in flight: its echo is dropped, a line with its prefix is its body, a
//!   registered unsolicited line is [`Event::Urc`], a result code ends it, and what is left is its body if it takes
//!   lines without prefix, else [`Event::Stray`]. News under the very name that it asks for is its body where nothing
//!   else under that name comes, since some modems answer with a field more or less.
//! - A late reply never reaches another command. After a timeout or an abort the queue is held until the modem has
//!   answered a question whose answer cannot be mistaken (the module `resync`).
//! - Every ticket ends exactly once, and what is kept is bounded, whatever the modem sends.
//!
//! A query that gets `OK` with no body stays open for a moment, since some modems send the two the wrong way round.
//! A query that gets lines and no result code ends with [`Final::Missing`](super::result::Final::Missing), at its time
//! limit or once the modem has been quiet for [`Request::quiet`]. Result codes by number (`ATV0`) are learned (the module
//! `habits`). Data prompts are not served: no command of opensim asks for one.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;

use super::Request;
use super::frame::{Frame, Framer};
use super::result::{Line, Reply};
use opensim_domain::time::Instant;

mod copies;
mod flight;
mod habits;
mod outbox;
mod resync;
#[cfg(test)]
mod tests;
mod vocabulary;

use flight::Flight;
use habits::Habits;
use outbox::Outbox;
use resync::{Drain, Expiry};
use vocabulary::Vocabulary;

/// A command that was handed to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(u64);

/// Bytes to write, all of them, now.
#[derive(Clone, PartialEq, Eq)]
pub struct Transmit {
    /// The command they are; `None` for the engine's own (the character that aborts, the question that resyncs).
    pub ticket: Option<Ticket>,
    /// The bytes, line end included.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Transmit {
    /// Secrets and identifiers in the line are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transmit")
            .field("ticket", &self.ticket)
            .field("bytes", &super::masked(&self.bytes))
            .finish()
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A command ended. Comes exactly once for each ticket.
    Done {
        /// Which.
        ticket: Ticket,
        /// How. A refusal by the modem is a [`Reply`] with its result code.
        outcome: Result<Reply, Failure>,
    },
    /// A line the modem said unasked.
    Urc(Line),
    /// A line that belongs to nobody, for the log. Late replies come here.
    Stray(Line),
    /// The engine holds its queue until the modem is in step again.
    Desynced,
    /// The modem is in step, the queue goes on.
    Resynced,
}

/// Why a command has no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// No result code came in time, or the modem has stopped answering altogether.
    #[error("no answer in time")]
    TimedOut,
    /// The caller gave it up.
    #[error("given up")]
    Aborted,
    /// The link is gone.
    #[error("the link is gone")]
    Closed,
    /// The reply, or a line of it, is over the bound.
    #[error("the answer is too long")]
    TooLong,
    /// The command line is empty or not printable ASCII. Nothing was sent.
    #[error("the command line is not printable ASCII")]
    BadLine,
}

/// What the engine has to know of modems beside what 27.007 names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// Prefixes of what the modem says unasked, with their colon where they have one.
    pub urc_prefixes: Vec<Cow<'static, str>>,
    /// The same as whole lines.
    pub urc_lines: Vec<Cow<'static, str>>,
    /// Commands that can end in `CONNECT` or in a call's result, by name in upper case.
    pub calls: Vec<Cow<'static, str>>,
    /// Whole lines by which a modem refuses the network list in place of a result code.
    pub list_refusals: Vec<Cow<'static, str>>,
    /// Whether the modem has still to say its first result code, so that it may have been told to say none (`ATQ1`):
    /// where it stays silent it is told to say them, once.
    pub unmet: bool,
}

/// The engine. See the module.
#[derive(Debug)]
pub struct Engine {
    vocabulary: Vocabulary,
    framer: Framer,
    queue: VecDeque<(Ticket, Request)>,
    state: State,
    /// The next line belongs to the unsolicited one before it.
    second_line: bool,
    events: Outbox,
    habits: Habits,
    next: u64,
}

#[derive(Debug)]
enum State {
    Idle,
    Waiting(Box<Flight>),
    Draining(Box<Drain>),
    Closed,
}

impl Engine {
    /// An engine in step with its modem.
    pub fn new(config: Config) -> Self {
        Self {
            habits: Habits::new(config.unmet),
            vocabulary: config.into(),
            framer: Framer::default(),
            queue: VecDeque::new(),
            state: State::Idle,
            second_line: false,
            events: Outbox::default(),
            next: 0,
        }
    }

    /// Replaces what [`Config`] gave of unsolicited lines, once the modem's dialect is known.
    pub fn expect_unsolicited(
        &mut self,
        prefixes: &'static [&'static str],
        lines: &'static [&'static str],
    ) {
        let own =
            |texts: &'static [&'static str]| texts.iter().map(|t| Cow::Borrowed(*t)).collect();
        self.vocabulary
            .expect_unsolicited(own(prefixes), own(lines));
    }

    /// Queues a command. Its time runs from when [`Engine::poll_transmit`] hands it out.
    pub fn submit(&mut self, request: Request) -> Ticket {
        let ticket = Ticket(self.next);
        self.next += 1;
        let printable = request.line.bytes().all(|b| (0x20..0x7F).contains(&b));
        if matches!(self.state, State::Closed) {
            self.done(ticket, Err(Failure::Closed));
        } else if request.line.trim().is_empty() || !printable {
            self.done(ticket, Err(Failure::BadLine));
        } else {
            self.queue.push_back((ticket, request));
            if let State::Draining(drain) = &mut self.state {
                drain.wake(&self.habits);
            }
        }
        ticket
    }

    /// Takes what the modem sent.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        match &mut self.state {
            _ if bytes.is_empty() => return,
            State::Closed => return,
            State::Idle => {}
            State::Waiting(flight) => flight.input_at(now),
            State::Draining(drain) => drain.input_at(now),
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (used, frame) = self.framer.take(rest);
            rest = &rest[used..];
            match frame {
                Some(Frame::Line(line)) => self.take_line(now, line),
                Some(Frame::TooLong(head)) => self.take_cut_line(now, head),
                None => {}
            }
        }
    }

    /// Acts on deadlines that have come. Afterwards none is due at `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.poll_timeout().is_none_or(|due| due > now) {
            return;
        }
        match &mut self.state {
            State::Idle | State::Closed => {}
            State::Waiting(flight) => {
                if self.framer.is_mid_line() && flight.waits_for_line(now) {
                    return;
                }
                let (outcome, owed) = flight.expire();
                let request = self.finish(outcome);
                if let Some(request) = request.filter(|_| owed) {
                    let abort = request.abortable;
                    self.drain(now, request, abort);
                }
            }
            State::Draining(drain) => match drain.expire(now, &mut self.habits) {
                Expiry::GoesOn => {}
                Expiry::InStep => self.resynced(),
                Expiry::GivenUp => self.fail_queue(Failure::TimedOut),
            },
        }
    }

    /// Gives a command up. One in flight is ended by a character where that ends it, and in any case the queue is
    /// held until the modem is in step again.
    pub fn abort(&mut self, now: Instant, ticket: Ticket) {
        if let Some(at) = self.queue.iter().position(|(queued, _)| *queued == ticket) {
            self.queue.remove(at);
            self.done(ticket, Err(Failure::Aborted));
        } else if let State::Waiting(flight) = &self.state
            && flight.ticket == ticket
        {
            self.give_up(now, Failure::Aborted);
        }
    }

    /// The link is gone: every ticket ends, and so does the engine.
    pub fn closed(&mut self) {
        self.finish(Err(Failure::Closed));
        self.fail_queue(Failure::Closed);
        self.state = State::Closed;
        self.framer = Framer::default();
    }

    /// The next bytes to write. To be called until it gives none.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Transmit> {
        match &mut self.state {
            State::Idle => {
                let (ticket, request) = self.queue.pop_front()?;
                let bytes = [request.line.as_bytes(), b"\r"].concat();
                let mid_line = self.framer.is_mid_line();
                let flight = Flight::new(ticket, request, now, mid_line, &self.habits);
                self.state = State::Waiting(Box::new(flight));
                Some(Transmit {
                    ticket: Some(ticket),
                    bytes,
                })
            }
            State::Draining(drain) => drain.transmit(now).map(|bytes| Transmit {
                ticket: None,
                bytes,
            }),
            State::Waiting(_) | State::Closed => None,
        }
    }

    /// The next thing that happened. To be called until it gives none.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// When [`Engine::handle_timeout`] is next due. Changes with every other call.
    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.state {
            State::Idle | State::Closed => None,
            State::Waiting(flight) => Some(flight.due()),
            State::Draining(drain) => drain.due(),
        }
    }

    /// Whether nothing is queued, in flight or being resynchronised. True too where the modem has stopped answering:
    /// nothing happens until the next command, which asks it anew.
    pub fn is_idle(&self) -> bool {
        let still = match &self.state {
            State::Idle | State::Closed => true,
            State::Waiting(_) => false,
            State::Draining(drain) => drain.is_dormant(),
        };
        still && self.queue.is_empty()
    }

    /// Whether the modem is known to say its result codes by number (`ATV0`).
    pub fn is_numeric(&self) -> bool {
        self.habits.numeric
    }

    /// How many bytes of the modem's are held: of a line under way, of a reply under way, of lines in events. What a
    /// test of its bounds looks at.
    pub fn held(&self) -> usize {
        let reply = match &self.state {
            State::Waiting(flight) => flight.held(),
            State::Idle | State::Draining(_) | State::Closed => 0,
        };
        self.framer.held() + reply + self.events.held()
    }

    fn take_line(&mut self, now: Instant, line: Line) {
        if std::mem::take(&mut self.second_line) {
            return self.events.urc(line);
        }
        self.habits.observe(&line);
        match &mut self.state {
            State::Idle | State::Closed if self.vocabulary.is_unsolicited(&line) => self.urc(line),
            State::Idle | State::Closed => self.events.stray(line),
            State::Waiting(flight) => {
                let step = flight.take(now, line, &self.vocabulary);
                for line in flight.news() {
                    self.urc(line);
                }
                self.step(now, step);
            }
            State::Draining(drain) => {
                match drain.take(now, &line, &self.vocabulary, &mut self.habits) {
                    resync::Progress::Taken => {}
                    resync::Progress::InStep => self.resynced(),
                    resync::Progress::Urc => self.urc(line),
                    resync::Progress::Swallowed => self.events.stray(line),
                }
            }
        }
    }

    fn take_cut_line(&mut self, now: Instant, head: Line) {
        self.events.stray(head);
        if let State::Waiting(flight) = &mut self.state
            && flight.cut()
        {
            self.give_up(now, Failure::TooLong);
        }
    }

    /// Carries out what became of a line while a command is in flight.
    fn step(&mut self, now: Instant, step: flight::Step) {
        match step {
            flight::Step::Kept => {}
            flight::Step::Urc(line) => self.urc(line),
            flight::Step::Stray(line) => self.events.stray(line),
            flight::Step::Ended(reply) => {
                self.finish(Ok(reply));
            }
            flight::Step::EndedInDoubt(reply) => {
                if let Some(request) = self.finish(Ok(reply)) {
                    self.drain(now, request, false);
                }
            }
            flight::Step::TooLong => self.give_up(now, Failure::TooLong),
        }
    }

    /// Ends the command in flight and goes to the queue; gives what it was.
    fn finish(&mut self, outcome: Result<Reply, Failure>) -> Option<Request> {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Waiting(mut flight) => {
                for line in flight.all_news() {
                    self.urc(line);
                }
                if let Ok(reply) = &outcome {
                    self.habits.note(&flight.request, reply);
                }
                self.done(flight.ticket, outcome);
                Some(flight.request)
            }
            other => {
                self.state = other;
                None
            }
        }
    }

    fn give_up(&mut self, now: Instant, failure: Failure) {
        if let Some(request) = self.finish(Err(failure)) {
            let abort = request.abortable;
            self.drain(now, request, abort);
        }
    }

    fn drain(&mut self, now: Instant, given_up: Request, abort: bool) {
        let drain = Drain::new(now, given_up, abort, &self.habits);
        self.state = State::Draining(Box::new(drain));
        self.events.push(Event::Desynced);
    }

    fn resynced(&mut self) {
        self.habits.unmet = false;
        self.state = State::Idle;
        self.events.push(Event::Resynced);
    }

    fn fail_queue(&mut self, failure: Failure) {
        for (ticket, _) in std::mem::take(&mut self.queue) {
            self.done(ticket, Err(failure));
        }
    }

    fn done(&mut self, ticket: Ticket, outcome: Result<Reply, Failure>) {
        self.events.push(Event::Done { ticket, outcome });
    }

    fn urc(&mut self, line: Line) {
        self.second_line = vocabulary::has_second_line(&line);
        self.events.urc(line);
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Config::default())
    }
}
