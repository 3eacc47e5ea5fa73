//! The call that runs from the start of the combined test to its end, and may be silent for a while in between.

use std::convert::Infallible;
use std::ops::Range;
use std::time::Duration;

use tokio::net::UdpSocket;

use super::course::Hearing;
use crate::voice::{Call, CallProbe, CallStream, Codec, INTERVAL, Queues};
use opensim_domain::time::Instant;
use opensim_os::clock::Clock;

/// A call under way.
pub(super) struct LiveCall<'a> {
    stream: CallStream<'a>,
    clock: &'a Clock,
    codec: Codec,
    pub(super) queues: Queues,
    /// Since when, from which packet on, and until which, where it is not silent.
    sending: Option<(Instant, usize, usize)>,
}

impl<'a> LiveCall<'a> {
    /// Speaks from now on.
    pub(super) fn new(probe: &'a CallProbe<'a>, socket: &'a UdpSocket) -> Self {
        let stream = CallStream::new(probe, socket);
        Self {
            sending: Some((stream.start(), 0, usize::MAX)),
            stream,
            clock: probe.clock,
            codec: probe.codec,
            queues: Queues::default(),
        }
    }

    /// Packets sent.
    pub(super) fn packets(&self) -> usize {
        self.stream.exchanges().len()
    }

    /// Says nothing more.
    pub(super) fn stop(&mut self) {
        self.sending = None;
    }

    /// Speaks again, so many packets.
    pub(super) fn speak(&mut self, packets: usize) {
        let first = self.packets();
        self.sending = Some((self.clock.now(), first, first + packets));
    }

    /// When it speaks next.
    pub(super) fn due(&self) -> Option<Instant> {
        let (from, first, until) = self.sending?;
        let many = u32::try_from(self.packets() - first).unwrap_or(u32::MAX);
        (self.packets() < until).then(|| from + INTERVAL * many)
    }

    /// Speaks if that is due by now.
    pub(super) fn speak_if_due(&mut self, now: Instant) {
        if self.due().is_some_and(|due| due <= now) {
            self.stream.send_next();
        }
    }

    /// Hears the next answer, or that there is nobody.
    pub(super) async fn hear(&mut self) {
        let heard = self.stream.hear().await;
        let exchange = heard.and_then(|index| self.stream.exchanges().get(index));
        if let Some(exchange) = exchange {
            self.queues.hear(exchange, self.clock.now());
        }
    }

    /// Speaks and hears until it is dropped.
    pub(super) async fn go_on(&mut self) -> Infallible {
        loop {
            self.speak_if_due(self.clock.now());
            let due = self.due();
            let clock = self.clock;
            tokio::select! {
                () = self.hear() => {}
                () = clock.sleep_until(due) => {}
            }
        }
    }

    /// Whether every packet has its answer.
    pub(super) fn is_answered(&self) -> bool {
        usize::try_from(self.queues.answers()).is_ok_and(|answers| answers >= self.packets())
    }

    /// Whether more came back than was sent.
    pub(super) fn is_multiplied(&self) -> bool {
        self.stream.is_multiplied()
    }

    /// When the last answer came, or it began.
    pub(super) fn answered(&self) -> Instant {
        self.queues.last().unwrap_or(self.stream.start())
    }

    /// How long the last answers of what was sent may take.
    pub(super) fn tail(&self, round_trip: Duration) -> Duration {
        let queue = self.queues.up_ms().max(self.queues.down_ms());
        let queue = Duration::from_secs_f64(queue.clamp(0.0, 1_000.0) / 1_000.0);
        round_trip + queue + Duration::from_millis(50)
    }
}

impl Hearing for LiveCall<'_> {
    fn sent_by(&self, moment: Instant) -> usize {
        let span = moment - self.stream.start();
        let exchanges = self.stream.exchanges();
        exchanges.partition_point(|exchange| exchange.sent < span)
    }

    fn rate(&self, part: Range<usize>) -> Call {
        let duplicates = self.stream.duplicates();
        Call::of_part(self.stream.exchanges(), part, duplicates, self.codec)
    }
}
