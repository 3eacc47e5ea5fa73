//! Admission: who is let in, whose request is answered, and who makes way where there is no room.
//!
//! A connection first *waits*: it has shown no whole request. It costs little, so many may, and where more come one
//! that waits makes way: of the address that has the most of them, of one that did harm before one that is new, of one
//! that is new before one that was served lately, the longest waiting. Once it shows a whole request it has a *place*,
//! of which there are fewer, or asks for one; where none is free, an address that holds several makes way for one that
//! holds none, and who holds one without moving anything, or has had a share that is more than a measurement takes, for
//! anybody. So a new address is served at once as long as fewer addresses than there are places want to keep it out, and
//! within seconds where they are more. What can tell an honest
//! client from another is what it does, and how much of it from one address: never what it says.
//!
//! Nothing here waits, reads a clock or knows a socket.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::time::Duration;

use opensim_domain::time::Instant;

/// Whoever has a place and moves nothing is left alone for so long: a weak link's first round trips, and what its
/// buffers let pass in one piece.
const GRACE: Duration = Duration::from_millis(3_500);
/// Bytes a second below which a place is held for nothing.
const LEAST_PACE: f64 = 2_000.0;
/// More than a measurement with the usual need takes one way, once the grace is over; and longer than one takes.
const SHARE: u64 = 1024 * 1024;
const SHARE_TIME: Duration = Duration::from_secs(12);
/// Who left or was sent away without a whole request had time for one from then on.
const CHANCE: Duration = Duration::from_secs(3);
/// An exchange broken off after so much was one: a measurement ends as soon as it knows.
const EXCHANGED: u64 = 16 * 1024;
/// What an address did is remembered for so long, good and bad, and of so many addresses.
const GOOD_FOR: Duration = Duration::from_mins(10);
const BAD_FOR: Duration = Duration::from_mins(1);
const REMEMBERED: usize = 1024;

/// How many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Capacity {
    /// Requests that are answered at a time.
    pub(super) places: usize,
    /// Of them, from one address.
    pub(super) places_each: usize,
    /// Whole requests that wait for a place.
    pub(super) asking: usize,
    /// Connections that have shown no whole request.
    pub(super) waiting: usize,
}

impl Capacity {
    pub(super) fn new(places: usize, places_each: usize) -> Self {
        Self {
            places,
            places_each,
            asking: places.div_ceil(2),
            waiting: 2 * places,
        }
    }

    /// Connections in all.
    pub(super) fn connections(&self) -> usize {
        self.places + self.asking + self.waiting
    }

    /// With no more connections than the process may have: those that wait are the first to be fewer.
    pub(super) fn within(self, most: usize) -> Self {
        let places = self.places.min(most / 3).max(1);
        let asking = self.asking.min(most.saturating_sub(places) / 2).max(1);
        let waiting = self
            .waiting
            .min(most.saturating_sub(places + asking))
            .max(1);
        Self {
            places,
            asking,
            waiting,
            ..self
        }
    }
}

/// A connection's number, in the order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ClientId(u64);

impl ClientId {
    /// In the order of arrival, from 0.
    pub(super) fn number(self) -> u64 {
        self.0
    }
}

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientState {
    /// It has shown no whole request, or has been answered, or was told that there is no place.
    Waiting,
    /// It has shown one and waits for a place.
    Asking,
    /// It has a place.
    Placed,
    /// It made way.
    Gone,
}

#[derive(Debug)]
struct Client {
    source: IpAddr,
    since: Instant,
    /// Whether it ever showed a whole request.
    has_asked: bool,
    state: ClientState,
    /// With a place: bytes moved, and until when they say that it is held for something.
    moved: u64,
    earned: Instant,
}

impl Client {
    fn stands(&mut self, state: ClientState, now: Instant) {
        (self.state, self.since) = (state, now);
        (self.moved, self.earned) = (0, now + GRACE);
    }

    fn moves(&mut self, bytes: u64, now: Instant) {
        self.moved += bytes;
        // However much came at once (a buffer, that nobody reads), it is told for no longer.
        let span = Duration::from_secs_f64(bytes as f64 / LEAST_PACE).min(GRACE);
        self.earned = (self.earned.max(now) + span).min(now + GRACE);
    }

    /// Whether it holds its place for nothing.
    fn is_stalled(&self, now: Instant) -> bool {
        now >= self.earned
    }

    fn has_had_its_share(&self, now: Instant) -> bool {
        let held = now - self.since;
        self.moved > SHARE && held >= GRACE || held >= SHARE_TIME
    }

    /// Whether it had time to show a whole request and did not.
    fn said_nothing(&self, now: Instant) -> bool {
        self.state == ClientState::Waiting && !self.has_asked && now - self.since >= CHANCE
    }
}

/// What is remembered of an address.
#[derive(Debug, Clone, Copy, Default)]
struct AddressRecord {
    good: Option<Instant>,
    bad: Option<Instant>,
}

/// What is thought of an address, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reputation {
    /// It was served lately.
    Served,
    /// It never was.
    New,
    /// Of late it took a connection or a place for nothing.
    Harmful,
}

/// Who is here.
#[derive(Debug)]
pub(super) struct Admission {
    capacity: Capacity,
    next: u64,
    connections: BTreeMap<ClientId, Client>,
    records: HashMap<IpAddr, AddressRecord>,
    /// Those whose state another's doing has changed.
    changed: Vec<ClientId>,
}

impl Admission {
    pub(super) fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            next: 0,
            connections: BTreeMap::new(),
            records: HashMap::new(),
            changed: Vec::new(),
        }
    }

    /// Where a connection stands.
    pub(super) fn state(&self, id: ClientId) -> ClientState {
        let connection = self.connections.get(&id);
        connection.map_or(ClientState::Gone, |connection| connection.state)
    }

    /// How many have a place.
    pub(super) fn placed(&self) -> usize {
        self.count(ClientState::Placed)
    }

    /// Those whose state another's doing has changed since this was last asked.
    pub(super) fn changed(&mut self) -> Vec<ClientId> {
        std::mem::take(&mut self.changed)
    }

    /// One more connection. Who makes way for it, if somebody has to, may be itself.
    pub(super) fn arrive(&mut self, source: IpAddr, now: Instant) -> ClientId {
        let id = ClientId(self.next);
        self.next += 1;
        self.connections.insert(
            id,
            Client {
                source,
                since: now,
                has_asked: false,
                state: ClientState::Waiting,
                moved: 0,
                earned: now,
            },
        );
        if self.count(ClientState::Waiting) > self.capacity.waiting {
            self.make_room(now);
        }
        id
    }

    /// Sends away one that waits; whether there was one.
    pub(super) fn make_room(&mut self, now: Instant) -> bool {
        let worst = self.worst(
            ClientState::Waiting,
            |of_source, connection, reputation| (of_source, reputation, Reverse(connection.since)),
            now,
        );
        if let Some(id) = worst {
            self.send_away(id, now);
        }
        worst.is_some()
    }

    /// It shows a whole request, and wants a place.
    pub(super) fn ask(&mut self, id: ClientId, now: Instant) -> ClientState {
        let Some(connection) = self.connections.get_mut(&id) else {
            return ClientState::Gone;
        };
        connection.has_asked = true;
        connection.stands(ClientState::Asking, now);
        self.look(id, now);
        // Where the house is full some may wait; where its address has as much as one may have, it is told at once.
        let source = self.connections.get(&id).map(|c| c.source);
        let held = source.map_or(0, |source| self.held(source, ClientState::Placed));
        if self.state(id) == ClientState::Asking && held >= self.capacity.places_each {
            self.refuse(id, now);
        }
        if self.count(ClientState::Asking) > self.capacity.asking {
            let worst = self.worst(
                ClientState::Asking,
                |of_source, connection, reputation| (of_source, reputation, connection.since),
                now,
            );
            if let Some(worst) = worst {
                self.refuse(worst, now);
                self.changed.push(worst);
            }
        }
        self.state(id)
    }

    /// Gives places to those who ask, as far as there are any by now; where this one stands then.
    pub(super) fn look(&mut self, id: ClientId, now: Instant) -> ClientState {
        while let Some((next, from)) = self.next_placed(now) {
            if let Some(from) = from {
                self.send_away(from, now);
            }
            if let Some(connection) = self.connections.get_mut(&next) {
                connection.stands(ClientState::Placed, now);
            }
            if next != id {
                self.changed.push(next);
            }
        }
        self.state(id)
    }

    /// There is no place for its request.
    pub(super) fn refuse(&mut self, id: ClientId, now: Instant) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.stands(ClientState::Waiting, now);
        }
    }

    /// So many bytes of its request or its answer have moved.
    pub(super) fn moved(&mut self, id: ClientId, bytes: u64, now: Instant) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.moves(bytes, now);
        }
    }

    /// Its request is answered: the place is free.
    pub(super) fn answered(&mut self, id: ClientId, now: Instant) {
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        connection.stands(ClientState::Waiting, now);
        let source = connection.source;
        self.remember(source, now, |record| record.good = Some(now));
        self.look(id, now);
    }

    /// What it says is no request at all.
    pub(super) fn report_malformed(&mut self, id: ClientId, now: Instant) {
        if let Some(connection) = self.connections.get(&id) {
            let source = connection.source;
            self.remember(source, now, |record| record.bad = Some(now));
        }
    }

    /// It is closed.
    pub(super) fn leave(&mut self, id: ClientId, now: Instant) {
        self.note(id, now);
        self.connections.remove(&id);
        self.look(id, now);
    }

    /// Whether an address was served lately: nobody can forge that, for it took answers.
    pub(super) fn was_served(&self, source: IpAddr, now: Instant) -> bool {
        let record = self.records.get(&source);
        record
            .and_then(|record| record.good)
            .is_some_and(|at| now - at < GOOD_FOR)
    }

    fn reputation(&self, source: IpAddr, now: Instant) -> Reputation {
        let bad = self.records.get(&source).and_then(|record| record.bad);
        if bad.is_some_and(|at| now - at < BAD_FOR) {
            Reputation::Harmful
        } else if self.was_served(source, now) {
            Reputation::Served
        } else {
            Reputation::New
        }
    }

    fn all(&self, state: ClientState) -> impl Iterator<Item = (ClientId, &Client)> {
        let all = self.connections.iter().map(|(id, c)| (*id, c));
        all.filter(move |(_, connection)| connection.state == state)
    }

    fn count(&self, state: ClientState) -> usize {
        self.all(state).count()
    }

    fn held(&self, source: IpAddr, state: ClientState) -> usize {
        self.all(state).filter(|(_, c)| c.source == source).count()
    }

    /// How many each address has.
    fn by_source(&self, standings: &[ClientState]) -> HashMap<IpAddr, usize> {
        let mut counts = HashMap::new();
        for connection in self.connections.values() {
            if standings.contains(&connection.state) {
                *counts.entry(connection.source).or_default() += 1;
            }
        }
        counts
    }

    /// Of those who stand so, the one that makes way first.
    fn worst<K: Ord>(
        &self,
        state: ClientState,
        key: impl Fn(usize, &Client, Reputation) -> K,
        now: Instant,
    ) -> Option<ClientId> {
        let counts = match state {
            // What an address has already counts where it wants more.
            ClientState::Asking => self.by_source(&[state, ClientState::Placed]),
            _ => self.by_source(&[state]),
        };
        let keyed = self.all(state).map(|(id, connection)| {
            let of_source = counts.get(&connection.source).copied().unwrap_or(0);
            let reputation = self.reputation(connection.source, now);
            (key(of_source, connection, reputation), Reverse(id))
        });
        keyed.max().map(|(_, Reverse(id))| id)
    }

    /// Who is the next to have a place, and who makes way for it; `None` where nobody can have one now.
    fn next_placed(&self, now: Instant) -> Option<(ClientId, Option<ClientId>)> {
        self.all(ClientState::Asking).next()?;
        let held = self.by_source(&[ClientState::Placed]);
        let is_free = self.count(ClientState::Placed) < self.capacity.places;
        let of = |source: &IpAddr| held.get(source).copied().unwrap_or(0);
        let mut asking: Vec<_> = self
            .all(ClientState::Asking)
            .map(|(id, c)| {
                let reputation = self.reputation(c.source, now);
                (of(&c.source), reputation, c.since, id, c.source)
            })
            .collect();
        asking.sort_unstable();
        asking.into_iter().find_map(|(own, _, _, id, source)| {
            let is_at_its_limit = own >= self.capacity.places_each;
            if is_free && !is_at_its_limit {
                return Some((id, None));
            }
            let candidates = self.all(ClientState::Placed).filter(|(_, c)| {
                let theirs = of(&c.source);
                let idle = c.is_stalled(now) || c.has_had_its_share(now);
                if is_at_its_limit {
                    c.source == source && idle
                } else {
                    // Nobody takes more than those have who make way.
                    idle && own <= theirs || theirs >= own + 2
                }
            });
            let worst = candidates.max_by_key(|(id, c)| {
                let reputation = self.reputation(c.source, now);
                let key = (of(&c.source), c.is_stalled(now), reputation, c.moved);
                (key, Reverse(*id))
            });
            worst.map(|(from, _)| (id, Some(from)))
        })
    }

    fn send_away(&mut self, id: ClientId, now: Instant) {
        self.note(id, now);
        self.connections.remove(&id);
        self.changed.push(id);
    }

    /// Remembers how a connection was as it ends.
    fn note(&mut self, id: ClientId, now: Instant) {
        let Some(connection) = self.connections.get(&id) else {
            return;
        };
        let placed = connection.state == ClientState::Placed;
        let stalled = placed && connection.is_stalled(now);
        let (source, moved) = (connection.source, connection.moved);
        if stalled || connection.said_nothing(now) {
            self.remember(source, now, |record| record.bad = Some(now));
        } else if placed && moved >= EXCHANGED {
            self.remember(source, now, |record| record.good = Some(now));
        }
    }

    /// Where too many are remembered, those who were never served are forgotten first, the longest ago before others.
    fn remember(&mut self, source: IpAddr, now: Instant, note: impl FnOnce(&mut AddressRecord)) {
        if self.records.len() >= REMEMBERED && !self.records.contains_key(&source) {
            let fresh = |at: Option<Instant>, span| at.filter(|at| now - *at < span);
            let reputation =
                |record: &AddressRecord| (fresh(record.good, GOOD_FOR), fresh(record.bad, BAD_FOR));
            let oldest = self
                .records
                .iter()
                .min_by_key(|(_, record)| reputation(record));
            if let Some(source) = oldest.map(|(source, _)| *source) {
                self.records.remove(&source);
            }
        }
        note(self.records.entry(source).or_default());
    }
}

#[cfg(test)]
mod tests;
