//! What comes to the user, counted as it is read.

use std::io;
use std::time::Duration;

use tokio::io::AsyncReadExt;

use super::ServerPath;
use crate::error::MeasureError;
use crate::net::bind::Buffers;
use crate::net::http;
use crate::net::stream::{Connection, Metered};
use crate::number::whole;
use crate::throughput::{ByteBudget, Goodput, RateRule, Sampler, Stop};

impl ServerPath<'_> {
    /// Whether what comes to the user clears the rule.
    pub(crate) async fn download(&self, rule: &RateRule) -> Result<Goodput, MeasureError> {
        let window = rule.window(self.round_trip);
        let byte_budget = self.byte_budget(window)?;
        let before = self.bill.total();
        let buffers = Buffers {
            receive: Some(window),
            send: None,
        };
        let least = byte_budget.room(0, 2 * u64::from(window), None);
        let mut connection = self.open(buffers, least).await?;
        let metered = connection.metered();
        let byte_budget = byte_budget.with_segments(metered.segment(), metered.headers().tcp());
        let most = whole(rule.most_bytes) + u64::from(window);
        let room = byte_budget.room(metered.wire(), 0, None);
        let asked = most.min(room);
        let request = self
            .server
            .download(asked)
            .encode(&self.server.host_header());
        let asked_at = self.clock.now();
        let limited = rule.is_held_by(window, self.round_trip);
        let mut sampler = Sampler::new(rule, limited, connection.payload_share(), asked_at);
        let answered = http::exchange(&mut connection, &self.server.host, &request);
        let (head, body) = match self.in_time(answered).await {
            Err(MeasureError::Unreachable { .. }) => {
                // Connected, asked, and not a word.
                sampler.stop(Stop::NoData);
                drop(connection);
                return self.conclude(&sampler, before);
            }
            answered => answered?,
        };
        self.server.check(&head)?;
        let intake = Intake {
            link: self,
            byte_budget,
            window: u64::from(window),
            length: head.length,
            body,
            before: connection.metered().read,
            short: asked < most,
        };
        intake.run(&mut connection, &mut sampler).await;
        connection.metered().drain(self.round_trip).await;
        drop(connection);
        self.conclude(&sampler, before)
    }
}

/// A download under way.
struct Intake<'a> {
    link: &'a ServerPath<'a>,
    byte_budget: ByteBudget,
    window: u64,
    /// The body's length, where it was said.
    length: Option<u64>,
    /// Bytes of it that were read.
    body: u64,
    /// The socket's count with the answer's head.
    before: u64,
    /// Whether the budget made it shorter than the test may need.
    short: bool,
}

impl Intake<'_> {
    async fn run(mut self, connection: &mut Connection, sampler: &mut Sampler) {
        let clock = self.link.clock;
        if self.body > 0 {
            sampler.start(clock.now(), connection.metered().read);
        } else {
            connection.metered().await_first();
        }
        let mut buffer = vec![0; 16 * 1024];
        loop {
            self.limit(connection.metered(), sampler);
            let look = sampler.next_look(clock.now());
            let read = tokio::select! {
                biased;
                read = connection.read(&mut buffer) => Some(read),
                () = clock.sleep_until(Some(look)) => None,
            };
            if let (false, Some((at, count))) =
                (sampler.has_started(), connection.metered().first())
            {
                sampler.start(at, count);
            }
            if let Some(Ok(bytes)) = read {
                self.body += bytes as u64;
            }
            let metered = connection.metered();
            let limited = metered.read >= metered.read_limit;
            if sampler.look(clock.now(), metered.read, limited).is_some() {
                break;
            }
            if let Some(why) = self.end(read.as_ref(), connection.metered()) {
                sampler.stop(why);
                break;
            }
        }
        self.limit(connection.metered(), sampler);
    }

    /// Why it cannot go on, if so.
    fn end(&self, read: Option<&io::Result<usize>>, metered: &mut Metered) -> Option<Stop> {
        let rest = self.rest();
        let whole = if self.short {
            Stop::Budget
        } else {
            Stop::Ended
        };
        match (read, rest) {
            // A body of unknown length ends with the connection; many servers close it without taking leave of TLS.
            (_, Some(0)) | (Some(Ok(0)), None) => Some(whole),
            (Some(Err(error)), None) if error.kind() == io::ErrorKind::UnexpectedEof => Some(whole),
            (Some(Ok(0) | Err(_)), _) => Some(Stop::ConnectionLost),
            _ => (self.room(metered) == 0).then_some(Stop::Budget),
        }
    }

    fn rest(&self) -> Option<u64> {
        Some(self.length?.saturating_sub(self.body))
    }

    fn room(&self, metered: &mut Metered) -> u64 {
        metered.settle();
        // As much as fits the window, and the buffer behind it, comes without being read.
        let pending = 2 * self.window;
        let wire = metered.wire_at_most();
        self.byte_budget.room(wire, pending, self.rest())
    }

    fn limit(&self, metered: &mut Metered, sampler: &Sampler) {
        let budget = metered.read.saturating_add(self.room(metered));
        metered.read_limit = budget.min(sampler.limit(self.before, Duration::ZERO));
        metered.in_flight = self.window;
        metered.rest = self.rest().unwrap_or(u64::MAX);
    }
}
