//! The stateful reflector: it counts each session's packets and answers each with its stamps.
//!
//! It faces the Internet, so it answers with as many bytes as it was sent and no more, keeps few sessions, forgets
//! idle ones, and answers each session, each address and all together no faster than calls need: whose address a
//! datagram carries proves nothing, and no port or session number of it gets a flood through to a third party.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::stamp::{Ntp, Reflected, Request};
use crate::clock::Instant;
use crate::measure::source::network;

/// A session without a packet for so long is a call that has ended: a hundred packets' time of one that goes on.
const QUIET: Duration = Duration::from_secs(2);

/// How much it does for others.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Sessions at a time; more are not answered.
    pub sessions: usize,
    /// Of them, from one address (IPv6: one /64).
    pub sessions_each: usize,
    /// Packets a second of one session, sustained; a second's worth may come at once.
    pub packets_per_second: f64,
    /// The same of one address.
    pub packets_per_second_each: f64,
    /// The same of all together.
    pub packets_per_second_all: f64,
    /// Packets of one session in all.
    pub packets: u32,
    /// A session is forgotten after so long without a packet.
    pub idle: Duration,
}

impl Default for Limits {
    /// 256 sessions, each twice as fast as a call with 20 ms packets, for ten minutes; 32 of an address, eight calls'
    /// worth; a hundred calls' worth in all.
    fn default() -> Self {
        Self {
            sessions: 256,
            sessions_each: 32,
            packets_per_second: 100.0,
            packets_per_second_each: 400.0,
            packets_per_second_all: 5_000.0,
            packets: 60_000,
            idle: Duration::from_secs(30),
        }
    }
}

/// Sessions by address and session identifier.
#[derive(Debug, Default)]
pub struct Reflector {
    limits: Limits,
    sessions: HashMap<(SocketAddr, u16), Session>,
    /// Of each address that has sessions.
    sources: HashMap<IpAddr, Allowance>,
    all: Option<Allowance>,
}

#[derive(Debug)]
struct Session {
    next: u32,
    allowance: Allowance,
}

/// Packets that may be answered: so many a second, a second's worth at once.
#[derive(Debug)]
struct Allowance {
    rate: f64,
    left: f64,
    seen: Instant,
}

impl Allowance {
    fn new(rate: f64, now: Instant) -> Self {
        Self {
            rate,
            left: rate,
            seen: now,
        }
    }

    /// What is left of it now is one at least.
    fn has_one(&mut self, now: Instant) -> bool {
        let quiet = (now - self.seen).as_secs_f64();
        self.left = (self.left + quiet * self.rate).min(self.rate);
        self.seen = now;
        self.left >= 1.0
    }
}

impl Reflector {
    /// With no session yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// The answer to a packet that came in at `now`, on the stamped clock `received`; `None` where it deserves none.
    /// `sent` is asked last.
    pub fn answer(
        &mut self,
        from: SocketAddr,
        packet: &[u8],
        now: Instant,
        received: Ntp,
        sent: impl FnOnce() -> Ntp,
    ) -> Option<Vec<u8>> {
        let request = Request::decode(packet)?;
        let sequence = self.admit((from, request.session), now)?;
        Reflected::answer(packet, sequence, received, sent())
    }

    fn admit(&mut self, key: (SocketAddr, u16), now: Instant) -> Option<u32> {
        let from = network(key.0.ip());
        if !self.sessions.contains_key(&key) && !self.has_place(from, now) {
            return None;
        }
        let limits = &self.limits;
        let session = self.sessions.entry(key).or_insert_with(|| Session {
            next: 0,
            allowance: Allowance::new(limits.packets_per_second, now),
        });
        if now - session.allowance.seen >= limits.idle {
            session.next = 0;
        }
        let source = self.sources.entry(from);
        let source = source.or_insert_with(|| Allowance::new(limits.packets_per_second_each, now));
        let new = || Allowance::new(limits.packets_per_second_all, now);
        let all = self.all.get_or_insert_with(new);
        // Each is brought up to now, whatever the others say.
        let allowed = session.allowance.has_one(now) & source.has_one(now) & all.has_one(now);
        if !allowed || session.next >= limits.packets {
            return None;
        }
        for allowance in [&mut session.allowance, source, all] {
            allowance.left -= 1.0;
        }
        session.next += 1;
        Some(session.next - 1)
    }

    /// Whether there is room for another session of this address. Idle ones make room, and of an address that has its
    /// share the one that was quiet the longest, unless its call is under way: many who measure one after the other
    /// may share an address.
    fn has_place(&mut self, from: IpAddr, now: Instant) -> bool {
        let limits = &self.limits;
        let own = |sessions: &HashMap<(SocketAddr, u16), Session>| {
            let addresses = sessions.keys().map(|(address, _)| network(address.ip()));
            addresses.filter(|address| *address == from).count()
        };
        let is_full = |sessions: &HashMap<(SocketAddr, u16), Session>| {
            sessions.len() >= limits.sessions || own(sessions) >= limits.sessions_each
        };
        if is_full(&self.sessions) {
            let idle = |seen: Instant| now - seen >= limits.idle;
            self.sessions.retain(|_, s| !idle(s.allowance.seen));
            self.sources.retain(|_, allowance| !idle(allowance.seen));
        }
        if own(&self.sessions) >= limits.sessions_each {
            let of_address = self
                .sessions
                .iter()
                .filter(|((address, _), _)| network(address.ip()) == from)
                .map(|(key, session)| (session.allowance.seen, *key));
            let quietest = of_address.min_by_key(|(seen, _)| *seen);
            if let Some((_, key)) = quietest.filter(|(seen, _)| now - *seen >= QUIET) {
                self.sessions.remove(&key);
            }
        }
        !is_full(&self.sessions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(port: u16) -> SocketAddr {
        ([192, 0, 2, 1], port).into()
    }

    fn packet(session: u16) -> Vec<u8> {
        let request = Request {
            sequence: 4,
            sent: Ntp(9),
            session,
        };
        request.encode(172)
    }

    fn count(answer: Option<Vec<u8>>) -> Option<u32> {
        Reflected::decode(&answer?).map(|reflected| reflected.sequence)
    }

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    #[test]
    fn each_session_has_its_own_count_and_an_idle_one_starts_anew() {
        let mut reflector = Reflector::new(Limits::default());
        let mut ask = |port, session, ms| {
            let answer = reflector.answer(from(port), &packet(session), at(ms), Ntp(0), || Ntp(0));
            count(answer)
        };
        assert_eq!((ask(1, 5, 0), ask(1, 5, 20)), (Some(0), Some(1)));
        assert_eq!((ask(1, 6, 20), ask(2, 5, 20)), (Some(0), Some(0)));
        assert_eq!(ask(1, 5, 40), Some(2));
        assert_eq!(ask(1, 5, 40_000), Some(0));
    }

    #[test]
    fn what_is_no_request_has_no_answer() {
        let mut reflector = Reflector::new(Limits::default());
        let answer = reflector.answer(from(1), &[0; 43], at(0), Ntp(0), || Ntp(0));
        assert_eq!(answer, None);
    }

    #[test]
    fn a_flood_is_answered_no_faster_than_the_limit() {
        let mut reflector = Reflector::new(Limits::default());
        let answered = (0..10_000)
            .filter(|ms| {
                let answer = reflector.answer(from(1), &packet(0), at(*ms), Ntp(0), || Ntp(0));
                answer.is_some()
            })
            .count();
        assert!((1_080..=1_120).contains(&answered), "{answered}");
    }

    #[test]
    fn neither_ports_nor_session_numbers_get_more_out_of_it() {
        let mut reflector = Reflector::new(Limits::default());
        let mut flood = |ip: [u8; 4], ms: std::ops::Range<u64>| {
            let packets = ms.flat_map(|ms| (0..32_u16).map(move |n| (ms, n)));
            let answered = packets.filter(|(ms, n)| {
                let from = (ip, 1000 + n % 8).into();
                let answer = reflector.answer(from, &packet(*n), at(*ms), Ntp(0), || Ntp(0));
                answer.is_some()
            });
            answered.count()
        };
        // One address: a second's worth, and then 400 a second, of 32,000.
        let one = flood([192, 0, 2, 1], 0..1_000);
        assert!((790..=810).contains(&one), "{one}");
        // Its neighbour is served all the same.
        let other = flood([192, 0, 2, 2], 1_000..1_010);
        assert!(other >= 300, "{other}");
    }

    #[test]
    fn all_together_have_their_limit_and_one_address_a_share_of_the_places() {
        let limits = Limits {
            packets_per_second_all: 50.0,
            sessions_each: 2,
            ..Limits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |ip: u8, port: u16, ms| {
            let from = ([192, 0, 2, ip], port).into();
            let answer = reflector.answer(from, &packet(0), at(ms), Ntp(0), || Ntp(0));
            answer.is_some()
        };
        assert!(ask(1, 1, 0) && ask(1, 2, 0) && !ask(1, 3, 0) && ask(2, 3, 0));
        let answered = (10..200_u8).filter(|ip| ask(*ip, 1, 0)).count();
        assert_eq!(answered, 47);
        assert!(ask(1, 1, 1_000));
    }

    #[test]
    fn more_sessions_than_the_limit_are_not_kept_until_others_fall_idle() {
        let limits = Limits {
            sessions: 3,
            ..Limits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |port, ms| {
            let answer = reflector.answer(from(port), &packet(0), at(ms), Ntp(0), || Ntp(0));
            count(answer)
        };
        assert!((1..=3).all(|port| ask(port, 0) == Some(0)));
        assert_eq!(ask(4, 0), None);
        assert_eq!(ask(1, 29_999), Some(1));
        assert_eq!(ask(4, 30_000), Some(0));
        assert_eq!(ask(2, 30_001), Some(0));
        assert_eq!(ask(3, 30_001), None);
    }

    #[test]
    fn a_call_that_has_ended_makes_way_for_the_next_of_its_address_and_one_under_way_does_not() {
        let limits = Limits {
            sessions_each: 3,
            ..Limits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |session, ms| {
            let answer = reflector.answer(from(1), &packet(session), at(ms), Ntp(0), || Ntp(0));
            count(answer)
        };
        // One that goes on, and twenty short ones, a second apart.
        for call in 1..=20_u16 {
            let now = u64::from(call) * 1_000;
            assert_eq!(ask(0, now), Some(u32::from(call) - 1));
            assert_eq!(ask(call, now + 500), Some(0), "{call}");
        }
        // Two ended less than two seconds ago.
        assert_eq!(ask(21, 20_900), None);
        assert_eq!(ask(0, 21_000), Some(20));
        assert_eq!(ask(22, 21_500), Some(0));
        assert_eq!(reflector.sessions.len(), 3);
    }
}
