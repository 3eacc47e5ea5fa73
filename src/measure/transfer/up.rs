//! What goes from the user, counted as the other end acknowledges or reports it. Writing says nothing: it only fills
//! a buffer.

use std::io;
use std::pin::Pin;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use super::{Link, UploadCount};
use crate::measure::bind::Buffers;
use crate::measure::error::MeasureError;
use crate::measure::http::{self, Request};
use crate::measure::number::whole;
use crate::measure::random::Noise;
use crate::measure::reports::Reports;
use crate::measure::spec::Kind;
use crate::measure::stream::{Connection, Metered};
use crate::measure::throughput::{Course, Goodput, Purse, Rule, Stop};

/// No more is read of what a server says while it takes bytes.
const ANSWER: u64 = 32 * 1024;
/// Written at a time.
const PIECE: usize = 4096;

impl Link<'_> {
    /// Whether what goes from the user clears the rule; `None` where the server takes nothing.
    pub(in crate::measure) async fn upload(
        &self,
        rule: &Rule,
        count: UploadCount,
    ) -> Result<Option<Goodput>, MeasureError> {
        let Some(target) = self.server.up_target() else {
            return Ok(None);
        };
        let window = rule.window(self.round_trip);
        let purse = self.purse(window)?;
        let before = self.bill.total();
        let buffers = Buffers {
            receive: None,
            send: Some(window),
        };
        let mut connection = self.open(buffers).await?;
        let counted = connection.metered().info().and_then(|info| info.acked);
        let reported = self.server.kind == Kind::Opensim
            && (count == UploadCount::Reported || counted.is_none());
        let most = whole(rule.most_bytes) + 2 * u64::from(window);
        let length = most.min(purse.room(connection.metered().wire(), 0, None));
        let request = post(target, length, reported).encode(self.server, false);
        let asked = self.clock.now();
        self.in_time(http::send(&mut connection, self.server, &request))
            .await?;
        let limited = rule.is_held_by(window, self.round_trip);
        let mut course = Course::new(rule, limited, connection.payload_share(), asked);
        let metered = connection.metered();
        metered.read_limit = metered.read + ANSWER;
        let outflow = Outflow {
            link: self,
            purse,
            left: length,
            short: length < most,
            head: metered.written,
            reports: reported.then(|| Reports::since(asked)),
            noise: Noise::new(),
            answer: Vec::new(),
        };
        outflow.run(&mut connection, &mut course).await?;
        drop(connection);
        self.conclude(&course, before).map(Some)
    }
}

fn post(target: String, length: u64, reported: bool) -> Request {
    Request {
        method: "POST",
        target: if reported {
            format!("{target}?report=1")
        } else {
            target
        },
        headers: format!("Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n"),
    }
}

/// An upload under way.
struct Outflow<'a> {
    link: &'a Link<'a>,
    purse: Purse,
    /// Bytes of the body still to be written.
    left: u64,
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
        course: &mut Course,
    ) -> Result<(), MeasureError> {
        let clock = self.link.clock;
        let mut piece = self.noise.bytes(PIECE);
        loop {
            self.limit(connection.metered(), course);
            let look = course.next_look(clock.now());
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
            if self.look(connection, course) || self.listen(connection, course).await? {
                return Ok(());
            }
            if broken {
                course.stop(Stop::ConnectionLost);
                return Ok(());
            }
        }
    }

    /// Counts what was acknowledged; whether that was the end.
    fn look(&mut self, connection: &mut Connection, course: &mut Course) -> bool {
        let now = self.link.clock.now();
        let metered = connection.metered();
        let acked = metered.info().and_then(|info| info.acked);
        // The connection's own start counts for one.
        let acked = acked.unwrap_or(0).saturating_sub(1);
        let ended = if let Some(reports) = &self.reports {
            reports.silent(now).map(|why| course.stop(why))
        } else {
            if acked > self.head && !course.has_started() {
                course.start(now, acked);
            }
            course.look(now, acked)
        };
        if ended.is_some() {
            return true;
        }
        let all = self.left == 0 && self.reports.is_none() && acked >= metered.written;
        metered.settle();
        let spent = self.purse.room(metered.wire(), 0, None) == 0;
        if spent || all {
            let budget = spent || self.short;
            course.stop(if budget { Stop::Budget } else { Stop::MaxBytes });
        }
        spent || all
    }

    /// Reads what the server says meanwhile; whether that was the end.
    async fn listen(
        &mut self,
        connection: &mut Connection,
        course: &mut Course,
    ) -> Result<bool, MeasureError> {
        let mut part = [0; 1024];
        loop {
            match read_now(connection, &mut part).await {
                None => return Ok(false),
                Some(Ok(0) | Err(_)) => {
                    course.stop(Stop::ConnectionLost);
                    return Ok(true);
                }
                Some(Ok(length)) => self.answer.extend(&part[..length]),
            }
            let Some(head) = http::read_from(&self.answer, self.link.server)? else {
                continue;
            };
            head.check(self.link.server)?;
            let Some(reports) = &mut self.reports else {
                // It has answered: it wants no more.
                course.stop(Stop::Ended);
                return Ok(true);
            };
            let body = self.answer.get(head.size()..).unwrap_or_default();
            let now = self.link.clock.now();
            for bytes in reports.read(body, now) {
                if course
                    .told(now, bytes, connection.metered().written)
                    .is_some()
                {
                    return Ok(true);
                }
            }
        }
    }

    fn limit(&self, metered: &mut Metered, course: &Course) {
        let sent = metered.info().and_then(|info| info.sent);
        let waiting = metered.written.saturating_sub(sent.unwrap_or(0));
        let budget = metered.written + self.purse.room(metered.wire(), waiting, None);
        let hold = course.hold_at();
        metered.write_limit = budget.min(hold.unwrap_or(u64::MAX));
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
