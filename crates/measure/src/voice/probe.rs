//! A call's packets sent and their answers gathered, over one UDP socket.
//!
//! It ends early where nothing was lost and hardly anything varied, or where nobody answers at all; and where more comes
//! back than a path that duplicates packets would make of it, nothing more is sent.

use std::time::Duration;

use tokio::net::UdpSocket;

use super::codec::{Codec, INTERVAL, payload};
use super::quality::{Call, Duplicates, PacketExchange, PacketReply, Stamps};
use super::stamp::{StampReply, StampRequest};
use super::stamper::Stamper;
use crate::net::bill::{Bill, Headers};
use crate::random::Noise;
use opensim_domain::time::Instant;
use opensim_os::clock::Clock;
use opensim_os::net::datagram::{Received, receive};

/// A clean stream ends after so long.
const ENOUGH: Duration = Duration::from_secs(3);
/// An unanswered one after so long.
const SILENT: Duration = Duration::from_millis(1500);
/// From then on it is looked at every so many packets.
const LOOKS: u32 = 25;
/// The last answers are waited for as long as this, less where round trips are known to be short.
const TAIL: Duration = Duration::from_secs(1);
const LEAST_TAIL: Duration = Duration::from_millis(100);
/// A datagram longer than this is no answer.
const DATAGRAM: usize = 1500;
/// How long the answer to the first packet is waited for before the others are sent.
const FIRST_ANSWER: Duration = Duration::from_secs(1);
/// As often may a packet's answer come: doubled on the way there and again on the way back.
const COPIES: u64 = 4;
/// Packets' worth that may come beyond that: of another's stream, or what was late.
const STRAY: u64 = 2;

/// Whether what came back is more than any path makes of what was sent (bytes on the wire, and one packet's). Such a
/// reflector spends the user's data: nothing more is sent to it.
pub(crate) fn is_multiplied(received: u64, sent: u64, packet: u64) -> bool {
    received > COPIES * sent + STRAY * packet
}

/// What came of a stream.
#[derive(Debug)]
pub(crate) struct StreamResult {
    /// Every packet and what became of it, in the order sent.
    pub(crate) exchanges: Vec<PacketExchange>,
    pub(crate) duplicates: Duplicates,
    /// Whether it was ended because more came back than was sent.
    pub(crate) is_multiplied: bool,
}

/// What to send and how long.
#[derive(Debug)]
pub(crate) struct CallProbe<'a> {
    pub(crate) codec: Codec,
    pub(crate) headers: Headers,
    /// The longest that packets are sent.
    pub(crate) longest: Duration,
    pub(crate) clock: &'a Clock,
    pub(crate) bill: &'a Bill,
    /// Of everything on the bill.
    pub(crate) budget: u64,
}

/// A stream under way.
pub(crate) struct CallStream<'a> {
    probe: &'a CallProbe<'a>,
    socket: &'a UdpSocket,
    stamper: Stamper,
    session: u16,
    start: Instant,
    /// Of a packet on the wire.
    size: u64,
    /// Bytes of all that came back, on the wire.
    received: u64,
    duplicates: Duplicates,
    exchanges: Vec<PacketExchange>,
    requests: Vec<StampRequest>,
}

impl CallProbe<'_> {
    /// Sends one small packet and waits a moment for its answer, which is no part of the stream: whether more came back
    /// than was sent. It is known for one packet so, and not for as many as are on their way by then.
    pub(crate) async fn is_multiplied(&self, socket: &UdpSocket) -> bool {
        let now = self.clock.now();
        let request = StampRequest {
            sequence: 0,
            sent: Stamper::new(self.clock).at(now),
            session: Noise::new().next16().max(1),
        };
        let asking = request.encode(0);
        let size = self.headers.datagram(asking.len() as u64);
        if socket.send(&asking).await.is_err() {
            // The stream will find out why.
            return false;
        }
        self.bill.add(size);
        let (mut received, mut packet) = (0, [0; DATAGRAM]);
        while !is_multiplied(received, size, size) {
            let came = tokio::select! {
                came = receive(socket, &mut packet) => came,
                () = self.clock.sleep_until(Some(now + FIRST_ANSWER)) => return false,
            };
            let Ok(came) = came else {
                return false;
            };
            let wire = self.headers.datagram(came.whole);
            self.bill.add(wire);
            received += wire;
            let answer = StampReply::decode(&packet[..came.kept]);
            let answered = answer.is_some_and(|answer| answer.answers(&request));
            if answered || packet[..came.kept] == asking {
                return is_multiplied(received, size, size);
            }
        }
        true
    }

    /// Sends to the socket's one peer, and hears what comes back.
    pub(crate) async fn run(&self, socket: &UdpSocket) -> StreamResult {
        let mut stream = CallStream::new(self, socket);
        let listening = stream.send_all().await;
        if listening {
            stream.wait_for_the_last().await;
        }
        StreamResult {
            is_multiplied: stream.is_multiplied(),
            exchanges: stream.exchanges,
            duplicates: stream.duplicates,
        }
    }
}

impl<'a> CallStream<'a> {
    /// Of no packet yet.
    pub(crate) fn new(probe: &'a CallProbe<'a>, socket: &'a UdpSocket) -> Self {
        let length = payload(probe.codec).max(super::stamp::BASE);
        Self {
            probe,
            socket,
            stamper: Stamper::new(probe.clock),
            session: Noise::new().next16().max(1),
            start: probe.clock.now(),
            size: probe.headers.datagram(length as u64),
            received: 0,
            duplicates: Duplicates::default(),
            exchanges: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// When it began, on the clock.
    pub(crate) fn start(&self) -> Instant {
        self.start
    }

    /// What became of each packet so far, in the order sent.
    pub(crate) fn exchanges(&self) -> &[PacketExchange] {
        &self.exchanges
    }

    /// Answers that came more than once.
    pub(crate) fn duplicates(&self) -> &Duplicates {
        &self.duplicates
    }

    /// Sends the next packet. What the link does not take is lost, as a call's would be.
    pub(crate) fn send_next(&mut self) {
        let sequence = u32::try_from(self.exchanges.len()).unwrap_or(u32::MAX);
        if self.send(sequence).is_err() {
            // Nobody may be there; the stream goes on as a call would.
            let sent = self.elapsed();
            self.exchanges.push(PacketExchange {
                sequence,
                sent,
                reply: None,
            });
            self.requests.push(StampRequest {
                sequence,
                sent: self.stamper.at(self.start),
                session: self.session,
            });
        }
    }

    /// Hears what comes next: the number of a packet that has its answer now. An error is a port that is unreachable.
    pub(crate) async fn hear(&mut self) -> Option<usize> {
        let mut packet = [0; DATAGRAM];
        let came = receive(self.socket, &mut packet).await.ok()?;
        self.take(came, &packet)
    }

    /// Sends until it is enough; whether anybody may still answer.
    async fn send_all(&mut self) -> bool {
        let clock = self.probe.clock;
        let mut packet = [0; DATAGRAM];
        let mut count = 0_u32;
        loop {
            let due = self.start + INTERVAL * count;
            tokio::select! {
                biased;
                () = clock.sleep_until(Some(due)) => {
                    if self.is_enough(count) {
                        return true;
                    }
                    if self.send(count).is_err() {
                        return false;
                    }
                    count += 1;
                }
                received = receive(self.socket, &mut packet) => match received {
                    Ok(came) => {
                        self.take(came, &packet);
                        if self.is_multiplied() {
                            return false;
                        }
                    }
                    // The port is unreachable: nobody is there.
                    Err(_) if self.answered() == 0 => return false,
                    Err(_) => {}
                },
            }
        }
    }

    /// Whether more came back than was sent.
    pub(crate) fn is_multiplied(&self) -> bool {
        let sent = self.exchanges.len() as u64 * self.size;
        is_multiplied(self.received, sent, self.size)
    }

    fn is_enough(&self, count: u32) -> bool {
        let probe = self.probe;
        // Every answer that has not come may still come, and cost as much as those that have.
        let answered = self.answered() as u64;
        let owed = self.exchanges.len() as u64 - answered;
        let answer = self.received.div_ceil(answered.max(1)).max(self.size);
        let spent = probe.bill.left_of(probe.budget) < self.size + (1 + owed) * answer;
        spent || is_enough(count, probe.longest, self.answered(), || self.is_clean())
    }

    /// Whether all that could have been answered was, and evenly.
    fn is_clean(&self) -> bool {
        let now = self.elapsed();
        let settled = self.tail() + LEAST_TAIL;
        let old = self
            .exchanges
            .iter()
            .take_while(|exchange| exchange.sent + settled <= now);
        let old: Vec<PacketExchange> = old.copied().collect();
        Call::of(&old, self.probe.codec).is_clean()
    }

    fn send(&mut self, sequence: u32) -> std::io::Result<()> {
        let now = self.probe.clock.now();
        let request = StampRequest {
            sequence,
            sent: self.stamper.at(now),
            session: self.session,
        };
        let packet = request.encode(payload(self.probe.codec));
        match self.socket.try_send(&packet) {
            Ok(_) => self.probe.bill.add(self.size),
            // The link takes no more: the packet is lost, as a call's would be.
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) if self.answered() == 0 => return Err(error),
            Err(_) => {}
        }
        self.requests.push(request);
        self.exchanges.push(PacketExchange {
            sequence,
            sent: now - self.start,
            reply: None,
        });
        Ok(())
    }

    /// Takes an answer: a reflector's, or an echo of the very packet. The first to each packet counts; what comes again is
    /// counted as a double. The number of a packet that has its answer now.
    fn take(&mut self, came: Received, packet: &[u8]) -> Option<usize> {
        let arrived = self.elapsed();
        let size = self.probe.headers.datagram(came.whole);
        self.received += size;
        self.probe.bill.add(size);
        let packet = &packet[..came.kept];
        let reflected = StampReply::decode(packet)?;
        let echoed = StampRequest::decode(packet).filter(|request| {
            let known = self.request(request.sequence) == Some(*request);
            known && request.encode(payload(self.probe.codec)) == packet
        });
        let (sequence, stamps) = match echoed {
            Some(request) => (request.sequence, None),
            None if self.is_answered_by(&reflected) => {
                let stamps = Stamps {
                    sequence: reflected.sequence,
                    received: reflected.received,
                    sent: reflected.sent,
                };
                (reflected.request.sequence, Some(stamps))
            }
            None => return None,
        };
        let index = usize::try_from(sequence).unwrap_or(usize::MAX);
        let exchange = self.exchanges.get_mut(index)?;
        match &exchange.reply {
            None => exchange.reply = Some(PacketReply { arrived, stamps }),
            Some(first) => {
                self.duplicates.add(first, stamps);
                return None;
            }
        }
        Some(index)
    }

    fn is_answered_by(&self, reflected: &StampReply) -> bool {
        let request = self.request(reflected.request.sequence);
        request.is_some_and(|request| reflected.answers(&request))
    }

    fn request(&self, sequence: u32) -> Option<StampRequest> {
        self.requests.get(usize::try_from(sequence).ok()?).copied()
    }

    async fn wait_for_the_last(&mut self) {
        let deadline = self.probe.clock.now() + self.tail();
        let mut packet = [0; DATAGRAM];
        while self.answered() < self.exchanges.len() {
            tokio::select! {
                received = receive(self.socket, &mut packet) => {
                    if let Ok(came) = received {
                        self.take(came, &packet);
                    }
                    if self.is_multiplied() {
                        return;
                    }
                }
                () = self.probe.clock.sleep_until(Some(deadline)) => return,
            }
        }
    }

    /// How long an answer may take: twice as long as the slowest so far.
    fn tail(&self) -> Duration {
        let trips = self
            .exchanges
            .iter()
            .filter_map(|exchange| Some(exchange.reply?.arrived.saturating_sub(exchange.sent)));
        trips.max().map_or(TAIL, |slowest| {
            (slowest * 2).clamp(LEAST_TAIL, TAIL.max(slowest))
        })
    }

    fn answered(&self) -> usize {
        let answered = self.exchanges.iter().filter(|e| e.reply.is_some());
        answered.count()
    }

    fn elapsed(&self) -> Duration {
        self.probe.clock.now() - self.start
    }
}

/// Whether so many packets are enough, when so many were answered.
fn is_enough(
    count: u32,
    longest: Duration,
    answered: usize,
    is_clean: impl FnOnce() -> bool,
) -> bool {
    let span = INTERVAL * count;
    let silent = span >= SILENT && answered == 0;
    let look = span >= ENOUGH && count.is_multiple_of(LOOKS);
    silent || span >= longest || look && is_clean()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{Method, Ntp};

    async fn pair() -> (UdpSocket, UdpSocket) {
        let ours = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let theirs = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        ours.connect(theirs.local_addr().unwrap()).await.unwrap();
        theirs.connect(ours.local_addr().unwrap()).await.unwrap();
        (ours, theirs)
    }

    /// Answers each packet by a function of its number and bytes, while the stream runs.
    async fn probed(
        probe: &CallProbe<'_>,
        answer: impl Fn(u32, &[u8]) -> Option<Vec<u8>>,
    ) -> Vec<PacketExchange> {
        let answers = |count, packet: &[u8]| answer(count, packet).into_iter().collect();
        result(probe, answers).await.exchanges
    }

    /// The same with any number of answers to each.
    async fn result(
        probe: &CallProbe<'_>,
        mut answers: impl FnMut(u32, &[u8]) -> Vec<Vec<u8>>,
    ) -> StreamResult {
        let (ours, theirs) = pair().await;
        let answering = async {
            let mut packet = [0; DATAGRAM];
            let mut count = 0;
            while let Ok(length) = theirs.recv(&mut packet).await {
                for answer in answers(count, &packet[..length]) {
                    theirs.send(&answer).await.unwrap();
                }
                count += 1;
            }
        };
        tokio::select! {
            result = probe.run(&ours) => result,
            () = answering => unreachable!(),
        }
    }

    fn reflect(count: u32, packet: &[u8]) -> Option<Vec<u8>> {
        let now = Ntp(u64::from(count) << 32);
        StampReply::answer(packet, count, now, now)
    }

    macro_rules! probe {
        ($codec:expr, $ms:expr, $budget:expr, $clock:ident, $bill:ident) => {
            CallProbe {
                codec: $codec,
                headers: Headers {
                    link: 0,
                    ipv6: false,
                },
                longest: Duration::from_millis($ms),
                clock: &$clock,
                bill: &$bill,
                budget: $budget,
            }
        };
    }

    #[tokio::test]
    async fn every_packet_is_paired_with_its_answer_and_billed_both_ways() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 400, u64::MAX, clock, bill);
        let exchanges = probed(&probe, reflect).await;
        assert_eq!(exchanges.len(), 20);
        assert!(exchanges.iter().all(|e| e.reply.is_some()));
        assert_eq!(bill.total(), 20 * 2 * 200);
        assert_eq!(Call::of(&exchanges, Codec::G711).method, Method::Stamp);
    }

    #[tokio::test]
    async fn a_reflector_that_multiplies_is_sent_no_more() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 2_000, u64::MAX, clock, bill);
        let exchanges = probed(&probe, |_, packet| {
            let mut answer = packet.to_vec();
            answer.resize(1_400, 0);
            Some(answer)
        })
        .await;
        assert!(exchanges.len() < 5, "{} packets", exchanges.len());
        assert!(bill.total() < 10_000, "{} bytes", bill.total());
    }

    #[tokio::test]
    async fn a_path_that_doubles_is_heard_to_the_end_and_the_doubles_are_counted_and_paid() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 400, u64::MAX, clock, bill);
        // On the way back: the same again.
        let back = result(&probe, |count, packet| {
            vec![reflect(count, packet).unwrap(); 2]
        })
        .await;
        // On the way there: the reflector answers both, with a count of its own for each.
        let there = result(&probe, |count, packet| {
            let answers = [2 * count, 2 * count + 1].map(|count| reflect(count, packet).unwrap());
            answers.to_vec()
        });
        for result in [back, there.await] {
            let call = Call::of_stream(&result.exchanges, &result.duplicates, Codec::G711);
            assert_eq!((call.packets, call.loss), (20, Some(0.0)), "{call:?}");
            // The very last may come when it has ended.
            assert!((19..=20).contains(&call.doubled.unwrap()), "{call:?}");
            assert!(!result.is_multiplied);
        }
        let least = 2 * (20 * 2 + 19) * 200;
        assert!(
            (least..=least + 400).contains(&bill.total()),
            "{}",
            bill.total()
        );
    }

    #[tokio::test]
    async fn doubles_are_in_the_budget() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 2_000, 6_100, clock, bill);
        let result = result(&probe, |count, packet| {
            vec![reflect(count, packet).unwrap(); 2]
        })
        .await;
        assert_eq!(result.exchanges.len(), 10);
        assert!(bill.total() <= 6_100, "{}", bill.total());
    }

    #[tokio::test]
    async fn an_answer_in_many_pieces_is_paid_as_long_as_it_was_and_is_the_last() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 2_000, u64::MAX, clock, bill);
        let result = result(&probe, |_, _| vec![vec![0; 60_000]]).await;
        assert!(result.is_multiplied);
        assert_eq!(
            (result.exchanges.len(), bill.total()),
            (1, 200 + 60_008 + 41 * 20)
        );
        // The packet before the stream tells as much, and nothing is sent after it.
        let (ours, theirs) = pair().await;
        let answering = async {
            let mut packet = [0; DATAGRAM];
            theirs.recv(&mut packet).await.unwrap();
            theirs.send(&vec![0; 60_000]).await.unwrap();
        };
        let (multiplied, ()) = tokio::join!(probe.is_multiplied(&ours), answering);
        assert!(multiplied);
        assert!(theirs.try_recv(&mut [0; 100]).is_err());
    }

    #[tokio::test]
    async fn what_changes_places_or_was_of_another_stream_is_taken_for_what_it_is() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 400, u64::MAX, clock, bill);
        let mut kept = None;
        let swapped = result(&probe, |count, packet| {
            let answer = reflect(count, packet).unwrap();
            // An answer to a stream of before, each time; and each second one after the one behind it.
            let mut stray = packet.to_vec();
            stray[14] ^= 0x80;
            let stray = reflect(count, &stray).unwrap();
            match kept.take() {
                None if count % 2 == 0 && count < 18 => {
                    kept = Some(answer);
                    vec![stray]
                }
                earlier => [Some(stray), Some(answer), earlier]
                    .into_iter()
                    .flatten()
                    .collect(),
            }
        })
        .await;
        assert!(!swapped.is_multiplied);
        let call = Call::of_stream(&swapped.exchanges, &swapped.duplicates, Codec::G711);
        assert_eq!(
            (call.packets, call.loss, call.doubled),
            (20, Some(0.0), Some(0))
        );
    }

    #[tokio::test]
    async fn whoever_else_answers_is_not_heard() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 100, u64::MAX, clock, bill);
        let (ours, theirs) = pair().await;
        let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let to = ours.local_addr().unwrap();
        let answering = async {
            let mut packet = [0; DATAGRAM];
            for count in 0.. {
                let length = theirs.recv(&mut packet).await.unwrap();
                let answer = reflect(count, &packet[..length]).unwrap();
                other.send_to(&answer, to).await.unwrap();
            }
        };
        let result = tokio::select! {
            result = probe.run(&ours) => result,
            () = answering => unreachable!(),
        };
        assert!(
            result
                .exchanges
                .iter()
                .all(|exchange| exchange.reply.is_none())
        );
        assert_eq!(bill.total(), 200 * result.exchanges.len() as u64);
    }

    #[tokio::test]
    async fn an_echo_is_known_as_one() {
        let (clock, bill) = (Clock::system(), Bill::default());
        for codec in Codec::ALL {
            let probe = probe!(codec, 100, u64::MAX, clock, bill);
            let exchanges = probed(&probe, |_, packet| Some(packet.to_vec())).await;
            let call = Call::of(&exchanges, codec);
            assert_eq!((call.method, call.loss), (Method::Echo, Some(0.0)));
        }
    }

    #[tokio::test]
    async fn what_answers_another_session_or_nothing_sent_is_no_answer() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G729, 100, u64::MAX, clock, bill);
        let exchanges = probed(&probe, |count, packet| {
            let mut packet = packet.to_vec();
            match count % 3 {
                0 => packet[15] ^= 1,
                1 => packet[0] = 9,
                _ => packet.truncate(43),
            }
            reflect(count, &packet).or(Some(packet))
        })
        .await;
        assert!(exchanges.iter().all(|e| e.reply.is_none()), "{exchanges:?}");
    }

    #[tokio::test]
    async fn a_reflector_that_knows_no_sessions_is_heard() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 400, u64::MAX, clock, bill);
        let plain = |count, packet: &[u8]| {
            let mut answer = reflect(count, packet)?;
            answer[14..16].fill(0);
            Some(answer)
        };
        let exchanges = probed(&probe, plain).await;
        let call = Call::of(&exchanges, Codec::G711);
        assert_eq!((call.method, call.loss), (Method::Stamp, Some(0.0)));
        // The packet before the stream knows it too, and has no more to wait for.
        let (ours, theirs) = pair().await;
        let answering = async {
            let mut packet = [0; DATAGRAM];
            let length = theirs.recv(&mut packet).await.unwrap();
            let answer = plain(0, &packet[..length]).unwrap();
            theirs.send(&answer).await.unwrap();
            // Were it not known, this would be the one too many.
            theirs.send(&[0; 1_400]).await.unwrap();
        };
        let (multiplied, ()) = tokio::join!(probe.is_multiplied(&ours), answering);
        assert!(!multiplied);
    }

    #[tokio::test]
    async fn the_budget_is_not_passed() {
        let (clock, bill) = (Clock::system(), Bill::default());
        bill.add(1_000);
        let probe = probe!(Codec::G711, 2_000, 5_100, clock, bill);
        let exchanges = probed(&probe, reflect).await;
        assert_eq!(exchanges.len(), 10);
        assert!(bill.total() <= 5_100);
    }

    #[tokio::test]
    async fn answers_that_come_late_are_in_the_budget_too() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let probe = probe!(Codec::G711, 1_000, 5_100, clock, bill);
        let (ours, theirs) = pair().await;
        let late = async {
            let mut packets = Vec::new();
            let mut packet = [0; DATAGRAM];
            // All that it sends is answered at its end.
            while packets.len() < 12 {
                let length = theirs.recv(&mut packet).await.unwrap();
                packets.push(packet[..length].to_vec());
            }
            for (count, packet) in (0..).zip(&packets) {
                theirs.send(&reflect(count, packet).unwrap()).await.unwrap();
            }
            std::future::pending::<()>().await;
        };
        let exchanges = tokio::select! {
            result = probe.run(&ours) => result.exchanges,
            () = late => unreachable!(),
        };
        assert_eq!(exchanges.len(), 12);
        assert!((4_000..=5_100).contains(&bill.total()), "{}", bill.total());
    }

    #[tokio::test]
    async fn a_closed_port_ends_it_at_once() {
        let (clock, bill) = (Clock::system(), Bill::default());
        let (ours, theirs) = pair().await;
        drop(theirs);
        let probe = probe!(Codec::G711, 5_000, u64::MAX, clock, bill);
        let exchanges = probe.run(&ours).await.exchanges;
        assert!(exchanges.len() < 10, "{}", exchanges.len());
        assert!(Call::of(&exchanges, Codec::G711).mos.is_none());
    }

    #[test]
    fn a_clean_stream_ends_after_three_seconds_and_a_silent_one_sooner() {
        let five = Duration::from_secs(5);
        let end = |answered, clean| {
            let mut counts = 0..;
            counts.find(|count| is_enough(*count, five, answered, || clean))
        };
        assert_eq!(end(9, true), Some(150));
        assert_eq!(end(9, false), Some(250));
        assert_eq!(end(0, false), Some(75));
        assert!(is_enough(175, five, 9, || true));
        assert!(!is_enough(160, five, 9, || true));
    }
}
