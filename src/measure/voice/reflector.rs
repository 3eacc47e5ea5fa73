//! The stateful reflector: it counts each session's packets and answers each with its stamps.
//!
//! It faces the Internet, so it answers with as many bytes as it was sent and no more, keeps few sessions, forgets
//! idle ones, and answers each no faster than a call needs.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::stamp::{Ntp, Reflected, Request};
use crate::clock::Instant;

/// How much it does for others.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Sessions at a time; more are not answered.
    pub sessions: usize,
    /// Packets a second of one session, sustained; a second's worth may come at once.
    pub packets_per_second: f64,
    /// Packets of one session in all.
    pub packets: u32,
    /// A session is forgotten after so long without a packet.
    pub idle: Duration,
}

impl Default for Limits {
    /// 256 calls, each twice as fast as one with 20 ms packets, for ten minutes.
    fn default() -> Self {
        Self {
            sessions: 256,
            packets_per_second: 100.0,
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
}

#[derive(Debug)]
struct Session {
    next: u32,
    seen: Instant,
    allowance: f64,
}

impl Reflector {
    /// With no session yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            sessions: HashMap::new(),
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
        let limits = &self.limits;
        let full = self.sessions.len() >= limits.sessions;
        if full && !self.sessions.contains_key(&key) {
            self.sessions
                .retain(|_, session| now - session.seen < limits.idle);
            if self.sessions.len() >= limits.sessions {
                return None;
            }
        }
        let session = self.sessions.entry(key).or_insert(Session {
            next: 0,
            seen: now,
            allowance: limits.packets_per_second,
        });
        let quiet = now - session.seen;
        if quiet >= limits.idle {
            session.next = 0;
        }
        session.allowance = (session.allowance + quiet.as_secs_f64() * limits.packets_per_second)
            .min(limits.packets_per_second);
        session.seen = now;
        if session.allowance < 1.0 || session.next >= limits.packets {
            return None;
        }
        session.allowance -= 1.0;
        session.next += 1;
        Some(session.next - 1)
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
}
