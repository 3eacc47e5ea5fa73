//! The stateful reflector: it counts each session's packets and answers each with its stamps.
//!
//! It faces the Internet, so it answers with as many bytes as it was sent and no more, keeps few sessions, and answers
//! each session, each address and all together no faster than calls need: whose address a datagram carries proves
//! nothing, and no port or session number of it gets a flood through to a third party. Nor does it keep others out: a
//! new session takes the place of the one that was quiet the longest, and an address that proved elsewhere that it is
//! its sender's own keeps its place, and has answers of its own, whatever the others do.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::stamp::{Ntp, StampReply, StampRequest, tell_ttl};
use crate::net::source::network;
use opensim_domain::time::Instant;

/// A session without a packet for so long is a call that has ended: a hundred packets' time of one that goes on.
const QUIET: Duration = Duration::from_secs(2);

/// How much it does for others.
#[derive(Debug, Clone, PartialEq)]
pub struct ReflectorLimits {
    /// Sessions at a time; for one more the one that was quiet the longest makes way.
    pub sessions: usize,
    /// Of them, from one address (IPv6: one /64).
    pub sessions_each: usize,
    /// Packets a second of one session, sustained; a second's worth may come at once.
    pub packets_per_second: f64,
    /// The same of one address.
    pub packets_per_second_each: f64,
    /// The same of all together.
    pub packets_per_second_all: f64,
    /// The same of those who are known, beyond what they have with all others.
    pub packets_per_second_known: f64,
    /// Packets of one session in all.
    pub packets: u32,
    /// A session is forgotten after so long without a packet.
    pub idle: Duration,
}

impl Default for ReflectorLimits {
    /// 256 sessions, each twice as fast as a call with 20 ms packets, for ten minutes; 32 of an address, eight calls'
    /// worth; a hundred calls' worth in all, and twenty more of those who are known.
    fn default() -> Self {
        Self {
            sessions: 256,
            sessions_each: 32,
            packets_per_second: 100.0,
            packets_per_second_each: 400.0,
            packets_per_second_all: 5_000.0,
            packets_per_second_known: 1_000.0,
            packets: 60_000,
            idle: Duration::from_secs(30),
        }
    }
}

/// Who sent a packet, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// The packet's own word, which anybody can forge.
    pub address: SocketAddr,
    /// Whether the address was served elsewhere lately, which nobody can forge: an exchange over TCP.
    pub is_known: bool,
    /// The packet's time to live when it came; `None` where that was not seen.
    pub ttl: Option<u8>,
}

/// Sessions by address and session identifier.
#[derive(Debug, Default)]
pub struct Reflector {
    limits: ReflectorLimits,
    sessions: HashMap<(SocketAddr, u16), SenderSession>,
    /// Of each address that was heard lately.
    sources: HashMap<IpAddr, TokenBucket>,
    all: Option<TokenBucket>,
    known: Option<TokenBucket>,
}

#[derive(Debug)]
struct SenderSession {
    next: u32,
    bucket: TokenBucket,
    is_known: bool,
}

/// Packets that may be answered: so many a second, a second's worth at once.
#[derive(Debug)]
struct TokenBucket {
    rate: f64,
    left: f64,
    seen: Instant,
}

impl TokenBucket {
    fn new(rate: f64, now: Instant) -> Self {
        Self {
            rate,
            left: rate,
            seen: now,
        }
    }

    /// What is left of it now is one at least.
    fn has_token(&mut self, now: Instant) -> bool {
        let quiet = (now - self.seen).as_secs_f64();
        self.left = (self.left + quiet * self.rate).min(self.rate);
        self.seen = now;
        self.left >= 1.0
    }
}

impl Reflector {
    /// With no session yet.
    pub fn new(limits: ReflectorLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// The answer to a packet that came in at `now`, on the stamped clock `received`; `None` where it deserves none.
    /// `sent` is asked last.
    pub fn answer(
        &mut self,
        from: Sender,
        packet: &[u8],
        now: Instant,
        received: Ntp,
        sent: impl FnOnce() -> Ntp,
    ) -> Option<Vec<u8>> {
        let request = StampRequest::decode(packet)?;
        let sequence = self.admit((from.address, request.session), from.is_known, now)?;
        let mut answer = StampReply::answer(packet, sequence, received, sent())?;
        if let Some(ttl) = from.ttl {
            tell_ttl(&mut answer, ttl);
        }
        Some(answer)
    }

    fn admit(&mut self, key: (SocketAddr, u16), is_known: bool, now: Instant) -> Option<u32> {
        let from = network(key.0.ip());
        if !self.sessions.contains_key(&key) && !self.has_place(from, is_known, now) {
            return None;
        }
        if !self.sources.contains_key(&from) {
            self.forget_one();
        }
        let limits = &self.limits;
        let session = self.sessions.entry(key).or_insert_with(|| SenderSession {
            next: 0,
            bucket: TokenBucket::new(limits.packets_per_second, now),
            is_known,
        });
        session.is_known = is_known;
        if now - session.bucket.seen >= limits.idle {
            session.next = 0;
        }
        let source = self.sources.entry(from);
        let source =
            source.or_insert_with(|| TokenBucket::new(limits.packets_per_second_each, now));
        let new = |rate| move || TokenBucket::new(rate, now);
        let all = self
            .all
            .get_or_insert_with(new(limits.packets_per_second_all));
        let known = self
            .known
            .get_or_insert_with(new(limits.packets_per_second_known));
        // Each is brought up to now, whatever the others say.
        let allowed = session.bucket.has_token(now) & source.has_token(now);
        let common = all.has_token(now);
        let own = known.has_token(now) && is_known;
        if !allowed || !(common || own) || session.next >= limits.packets {
            return None;
        }
        let shared = if common { all } else { known };
        for bucket in [&mut session.bucket, source, shared] {
            bucket.left -= 1.0;
        }
        session.next += 1;
        Some(session.next - 1)
    }

    /// Whether there is room for another session of this address. Of an address that has its share the one that was quiet
    /// the longest makes room, unless its call is under way: many who measure one after the other may share an address.
    /// Where all places are taken it is the one that was quiet the longest of all, for who holds them may be nobody;
    /// of those who are known only one whose call has ended, and for another who is known.
    fn has_place(&mut self, from: IpAddr, is_known: bool, now: Instant) -> bool {
        let is_own = |(address, _): &(SocketAddr, u16)| network(address.ip()) == from;
        let has_ended = |session: &SenderSession| now - session.bucket.seen >= QUIET;
        let own = self.sessions.keys().filter(|key| is_own(key)).count();
        let room = if own >= self.limits.sessions_each {
            self.quietest(|key, session| is_own(key) && has_ended(session))
        } else if self.sessions.len() >= self.limits.sessions {
            let strangers = self.quietest(|_, session| !session.is_known);
            strangers.or_else(|| self.quietest(|_, session| is_known && has_ended(session)))
        } else {
            return true;
        };
        room.and_then(|room| self.sessions.remove(&room)).is_some()
    }

    /// Forgets the address that was quiet the longest where twice as many are remembered as there may be sessions.
    fn forget_one(&mut self) {
        if self.sources.len() >= 2 * self.limits.sessions {
            let quietest = self.sources.iter().min_by_key(|(_, bucket)| bucket.seen);
            if let Some(address) = quietest.map(|(address, _)| *address) {
                self.sources.remove(&address);
            }
        }
    }

    /// Of the sessions that may make way, the one that was quiet the longest.
    fn quietest(
        &self,
        may: impl Fn(&(SocketAddr, u16), &SenderSession) -> bool,
    ) -> Option<(SocketAddr, u16)> {
        let sessions = self
            .sessions
            .iter()
            .filter(|(key, session)| may(key, session));
        let quietest = sessions.min_by_key(|(_, session)| session.bucket.seen);
        quietest.map(|(key, _)| *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(ip: [u8; 4], port: u16) -> Sender {
        Sender {
            address: (ip, port).into(),
            is_known: false,
            ttl: None,
        }
    }

    fn from(port: u16) -> Sender {
        stranger([192, 0, 2, 1], port)
    }

    fn packet(session: u16) -> Vec<u8> {
        let request = StampRequest {
            sequence: 4,
            sent: Ntp(9),
            session,
        };
        request.encode(172)
    }

    fn count(answer: Option<Vec<u8>>) -> Option<u32> {
        StampReply::decode(&answer?).map(|reflected| reflected.sequence)
    }

    fn at(ms: u64) -> Instant {
        Instant::at(Duration::from_millis(ms))
    }

    #[test]
    fn each_session_has_its_own_count_and_an_idle_one_starts_anew() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
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
    fn an_answer_says_with_which_time_to_live_its_request_came() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
        for (ttl, told) in [(Some(57), 57), (Some(0), 0), (None, 255)] {
            let from = Sender { ttl, ..from(1) };
            let answer = reflector.answer(from, &packet(5), at(0), Ntp(0), || Ntp(0));
            assert_eq!(answer.unwrap()[40..44], [told, 0, 0, 0]);
        }
    }

    #[test]
    fn what_is_no_request_has_no_answer() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
        let answer = reflector.answer(from(1), &[0; 43], at(0), Ntp(0), || Ntp(0));
        assert_eq!(answer, None);
    }

    #[test]
    fn a_flood_is_answered_no_faster_than_the_limit() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
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
        let mut reflector = Reflector::new(ReflectorLimits::default());
        let mut flood = |ip: [u8; 4], ms: std::ops::Range<u64>| {
            let packets = ms.flat_map(|ms| (0..32_u16).map(move |n| (ms, n)));
            let answered = packets.filter(|(ms, n)| {
                let from = stranger(ip, 1000 + n % 8);
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
        let limits = ReflectorLimits {
            packets_per_second_all: 50.0,
            sessions_each: 2,
            ..ReflectorLimits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |ip: u8, port: u16, ms| {
            let from = stranger([192, 0, 2, ip], port);
            let answer = reflector.answer(from, &packet(0), at(ms), Ntp(0), || Ntp(0));
            answer.is_some()
        };
        assert!(ask(1, 1, 0) && ask(1, 2, 0) && !ask(1, 3, 0) && ask(2, 3, 0));
        let answered = (10..200_u8).filter(|ip| ask(*ip, 1, 0)).count();
        assert_eq!(answered, 47);
        assert!(ask(1, 1, 1_000));
    }

    #[test]
    fn where_all_places_are_taken_the_session_that_was_quiet_the_longest_makes_way() {
        let limits = ReflectorLimits {
            sessions: 3,
            ..ReflectorLimits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |port, ms| {
            let answer = reflector.answer(from(port), &packet(0), at(ms), Ntp(0), || Ntp(0));
            count(answer)
        };
        assert!((1..=3).all(|port| ask(port, u64::from(port)) == Some(0)));
        assert_eq!(ask(1, 20), Some(1));
        // 2 is the one.
        assert_eq!(ask(4, 21), Some(0));
        assert_eq!((ask(1, 22), ask(3, 22)), (Some(2), Some(1)));
        assert_eq!(ask(2, 23), Some(0));
        assert_eq!(ask(4, 24), Some(0));
        assert_eq!(reflector.sessions.len(), 3);
    }

    /// Asks a reflector for a packet of one session from each of so many forged addresses.
    fn forge(reflector: &mut Reflector, addresses: std::ops::Range<u32>, ms: u64) -> usize {
        let forged = addresses.filter(|number| {
            let [_, a, b, c] = number.to_be_bytes();
            let from = stranger([10, a, b, c], 862);
            let answer = reflector.answer(from, &packet(7), at(ms), Ntp(0), || Ntp(0));
            answer.is_some()
        });
        forged.count()
    }

    #[test]
    fn forged_datagrams_keep_nobody_out() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
        forge(&mut reflector, 0..256, 0);
        // 1,500 a second go on, and a call of an address that nobody knows is answered each time.
        let answered = (0..250_u32).filter(|packet_number| {
            let ms = 1 + u64::from(*packet_number) * 20;
            let forged = 256 + packet_number * 30;
            forge(&mut reflector, forged..forged + 30, ms);
            let answer = reflector.answer(from(5), &packet(5), at(ms), Ntp(0), || Ntp(0));
            count(answer) == Some(*packet_number)
        });
        assert_eq!(answered.count(), 250);
        assert_eq!(reflector.sessions.len(), 256);
        assert!(
            reflector.sources.len() <= 2 * 256,
            "{}",
            reflector.sources.len()
        );
    }

    #[test]
    fn an_address_that_is_known_keeps_its_place_and_its_answers_in_any_flood() {
        let mut reflector = Reflector::new(ReflectorLimits::default());
        let known = Sender {
            is_known: true,
            ..from(5)
        };
        // 50,000 a second, ten times as many as are answered.
        let answered = (0..250_u32).filter(|packet_number| {
            let ms = u64::from(*packet_number) * 20;
            let forged = packet_number * 1_000;
            forge(&mut reflector, forged..forged + 1_000, ms);
            let answer = reflector.answer(known, &packet(5), at(ms), Ntp(0), || Ntp(0));
            count(answer) == Some(*packet_number)
        });
        assert_eq!(answered.count(), 250);
        assert_eq!(reflector.sessions.len(), 256);
    }

    #[test]
    fn of_those_who_are_known_one_makes_way_only_once_its_call_has_ended() {
        let limits = ReflectorLimits {
            sessions: 2,
            ..ReflectorLimits::default()
        };
        let mut reflector = Reflector::new(limits);
        let mut ask = |port, is_known, ms| {
            let from = Sender {
                is_known,
                ..from(port)
            };
            count(reflector.answer(from, &packet(0), at(ms), Ntp(0), || Ntp(0)))
        };
        assert_eq!((ask(1, true, 0), ask(2, true, 500)), (Some(0), Some(0)));
        assert_eq!((ask(3, true, 1_900), ask(4, false, 1_900)), (None, None));
        assert_eq!((ask(4, false, 2_100), ask(3, true, 2_100)), (None, Some(0)));
        assert_eq!(ask(2, true, 2_110), Some(1));
    }

    #[test]
    fn a_call_that_has_ended_makes_way_for_the_next_of_its_address_and_one_under_way_does_not() {
        let limits = ReflectorLimits {
            sessions_each: 3,
            ..ReflectorLimits::default()
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
