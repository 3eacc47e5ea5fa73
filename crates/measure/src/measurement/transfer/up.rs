//! What goes from the user, counted as the other end acknowledges or reports it. Writing says nothing: it only fills
//! a buffer.

use std::io;
use std::pin::Pin;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use super::{ServerPath, UploadCount};
use crate::error::MeasureError;
use crate::net::bind::Buffers;
use crate::net::http::{self, HttpRequest};
use crate::net::stream::{Connection, Metered};
use crate::number::whole;
use crate::random::Noise;
use crate::servers::reports::{FIRST, Reports};
use crate::throughput::{ByteBudget, Goodput, RateRule, Sampler, Stop, TICK};

/// No more is read of what a server says while it takes bytes.
const ANSWER: u64 = 32 * 1024;
/// The window that it may say it in.
const ANSWER_WINDOW: u32 = 8 * 1024;
/// What the server may say before it is stopped.
const PENDING: u64 = 2 * ANSWER_WINDOW as u64;
/// Written at a time.
const PIECE: usize = 4096;

impl ServerPath<'_> {
    /// Whether what goes from the user clears the rule; `None` where the server takes nothing.
    pub(crate) async fn upload(
        &self,
        rule: &RateRule,
        count: UploadCount,
    ) -> Result<Option<Goodput>, MeasureError> {
        let Some(target) = self.server.upload() else {
            return Ok(None);
        };
        let window = rule.window(self.round_trip);
        let byte_budget = self.byte_budget(window)?;
        let before = self.bill.total();
        let buffers = Buffers {
            receive: Some(ANSWER_WINDOW),
            send: Some(window),
        };
        let least = byte_budget.room(0, PENDING, None);
        let mut connection = self.open(buffers, least).await?;
        let metered = connection.metered();
        let byte_budget = byte_budget.with_segments(metered.segment(), metered.headers().tcp());
        let counted = connection.metered().info().and_then(|info| info.acked);
        let reported = self
            .server
            .reported_upload()
            .filter(|_| count == UploadCount::Reported || counted.is_none());
        let most = whole(rule.most_bytes) + 2 * u64::from(window);
        let length = most.min(byte_budget.room(connection.metered().wire(), PENDING, None));
        let request =
            post(reported.map_or(target, str::to_owned), length).encode(&self.server.host_header());
        let asked = self.clock.now();
        self.in_time(http::send(&mut connection, &self.server.host, &request))
            .await?;
        let limited = rule.is_held_by(window, self.round_trip);
        let mut sampler = Sampler::new(rule, limited, connection.payload_share(), asked);
        let metered = connection.metered();
        metered.read_limit = metered.read + ANSWER;
        let outflow = Outflow {
            link: self,
            byte_budget,
            left: length,
            window: u64::from(window),
            short: length < most,
            head: metered.written,
            reports: reported.map(|_| Reports::since(asked)),
            noise: Noise::new(),
            answer: Vec::new(),
        };
        outflow.run(&mut connection, &mut sampler).await?;
        connection.metered().drain(self.round_trip).await;
        drop(connection);
        self.conclude(&sampler, before).map(Some)
    }
}

fn post(target: String, length: u64) -> HttpRequest {
    HttpRequest {
        method: "POST",
        target,
        headers: format!("Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n"),
    }
}

/// An upload under way.
struct Outflow<'a> {
    link: &'a ServerPath<'a>,
    byte_budget: ByteBudget,
    /// Bytes of the body still to be written.
    left: u64,
    /// As much may wait to be acknowledged.
    window: u64,
    short: bool,
    /// The socket's count at the end of the request's head.
    head: u64,
    /// What the server says it received, where that counts.
    reports: Option<Reports>,
    noise: Noise,
    answer: Vec<u8>,
}

impl Outflow<'_> {
    async fn run(
        mut self,
        connection: &mut Connection,
        sampler: &mut Sampler,
    ) -> Result<(), MeasureError> {
        let clock = self.link.clock;
        let mut piece = self.noise.bytes(PIECE);
        loop {
            self.limit(connection.metered(), sampler);
            let look = sampler.next_look(clock.now());
            let size = usize::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
            let wrote = tokio::select! {
                wrote = connection.write(&piece[..size]), if size > 0 => Some(wrote),
                () = clock.sleep_until(Some(look)) => None,
            };
            let broken = matches!(wrote, Some(Err(_)));
            if let Some(Ok(bytes)) = wrote {
                self.left -= bytes as u64;
                piece = self.noise.bytes(PIECE);
            }
            // Where it broke, the server may have said why before it closed.
            if self.look(connection, sampler) || self.listen(connection, sampler).await? {
                return Ok(());
            }
            if broken {
                sampler.stop(Stop::ConnectionLost);
                return Ok(());
            }
        }
    }

    /// Counts what was acknowledged; whether that was the end.
    fn look(&mut self, connection: &mut Connection, sampler: &mut Sampler) -> bool {
        let now = self.link.clock.now();
        let metered = connection.metered();
        let acked = metered.info().and_then(|info| info.acked);
        // The connection's own start counts for one.
        let acked = acked.unwrap_or(0).saturating_sub(1);
        let ended = if let Some(reports) = &self.reports {
            reports.silent(now).map(|why| sampler.stop(why))
        } else {
            if acked > self.head && !sampler.has_started() {
                sampler.start(now, acked);
            }
            let limited = metered.written >= metered.write_limit;
            sampler.look(now, acked, limited)
        };
        if ended.is_some() {
            return true;
        }
        let all = self.left == 0 && self.reports.is_none() && acked >= metered.written;
        let spent = self.room(metered) == 0;
        if spent || all {
            let budget = spent || self.short;
            sampler.stop(if budget { Stop::Budget } else { Stop::MaxBytes });
        }
        spent || all
    }

    /// Reads what the server says meanwhile; whether that was the end.
    async fn listen(
        &mut self,
        connection: &mut Connection,
        sampler: &mut Sampler,
    ) -> Result<bool, MeasureError> {
        let mut part = [0; 1024];
        loop {
            match read_now(connection, &mut part).await {
                None => return Ok(false),
                Some(Ok(0) | Err(_)) => {
                    sampler.stop(Stop::ConnectionLost);
                    return Ok(true);
                }
                Some(Ok(length)) => self.answer.extend(&part[..length]),
            }
            let Some(head) = http::read_from(&self.answer, &self.link.server.host)? else {
                continue;
            };
            self.link.server.check(&head)?;
            let Some(reports) = &mut self.reports else {
                // It has answered: it wants no more.
                sampler.stop(Stop::Ended);
                return Ok(true);
            };
            let body = self.answer.get(head.size()..).unwrap_or_default();
            let counts = reports.read(body, self.link.clock.now());
            let metered = connection.metered();
            let limited = metered.written >= metered.write_limit;
            if counts
                .into_iter()
                .any(|bytes| sampler.feed(bytes, limited).is_some())
            {
                return Ok(true);
            }
        }
    }

    fn room(&self, metered: &mut Metered) -> u64 {
        metered.settle();
        let pending = metered.unacknowledged() + PENDING;
        self.byte_budget.room(metered.wire_at_most(), pending, None)
    }

    /// What is written is acknowledged a round trip later, and while it is judged a whole buffer may be on its way.
    fn limit(&self, metered: &mut Metered, sampler: &Sampler) {
        let budget = metered.written + self.room(metered);
        // Where the first piece was short, what it is taken for leaves as much to wait.
        let first = if self.reports.is_some() { FIRST } else { 0 };
        let waiting = if sampler.is_held() { 0 } else { self.window };
        let waiting = waiting.saturating_sub(first);
        let enough = sampler.limit(self.head + first, self.link.round_trip + TICK) + waiting;
        metered.write_limit = budget.min(enough);
    }
}

/// What is there to be read without waiting.
async fn read_now(connection: &mut Connection, bytes: &mut [u8]) -> Option<io::Result<usize>> {
    std::future::poll_fn(|context| {
        let mut buffer = ReadBuf::new(bytes);
        Poll::Ready(
            match Pin::new(&mut *connection).poll_read(context, &mut buffer) {
                Poll::Ready(result) => Some(result.map(|()| buffer.filled().len())),
                Poll::Pending => None,
            },
        )
    })
    .await
}
