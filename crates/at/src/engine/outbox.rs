//! Events on their way out, bounded.

use std::collections::VecDeque;

use super::Event;
use crate::result::Line;

/// How many bytes of lines nobody asked for wait to be read. A driver that polls after every read never comes near.
const MAX_LINES: usize = 1024 * 1024;

/// What a waiting line costs beside its bytes.
const LINE_COST: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Outbox {
    events: VecDeque<Event>,
    held: usize,
}

impl Outbox {
    /// Puts an event that must not be lost.
    pub(super) fn push(&mut self, event: Event) {
        self.events.push_back(event);
    }

    pub(super) fn urc(&mut self, line: Line) {
        self.line(line, Event::Urc);
    }

    pub(super) fn stray(&mut self, line: Line) {
        self.line(line, Event::Stray);
    }

    pub(super) fn pop(&mut self) -> Option<Event> {
        let event = self.events.pop_front()?;
        if let Event::Urc(line) | Event::Stray(line) = &event {
            self.held -= cost(line);
        }
        Some(event)
    }

    pub(super) fn held(&self) -> usize {
        self.held
    }

    fn line(&mut self, line: Line, event: fn(Line) -> Event) {
        if self.held + cost(&line) <= MAX_LINES {
            self.held += cost(&line);
            self.events.push_back(event(line));
        }
    }
}

fn cost(line: &Line) -> usize {
    line.bytes().len() + LINE_COST
}
