//! The two transfers of the combined test over their sockets: what comes down as the server paces it, and what goes up as this
//! end does.

use std::io;

use tokio::io::AsyncWriteExt;

use crate::error::MeasureError;
use crate::measurement::transfer::ServerPath;
use crate::net::bind::Buffers;
use crate::net::http::{self, HttpRequest};
use crate::net::stream::Connection;
use crate::random::Noise;
use crate::servers::pace::PaceTerms;
use crate::throughput::{Drive, Pacer, SEGMENT};
use opensim_domain::time::Instant;

/// The window that a server may answer an upload in, and as much is read of it.
const ANSWER_WINDOW: u32 = 8 * 1024;

/// What comes down.
pub(super) struct DownFlow {
    pub(super) connection: Connection,
    /// Bytes of the body that were read.
    pub(super) body: u64,
    /// How much would have come by now at the push.
    owed: Pacer,
    is_started: bool,
    drive: Drive,
}

/// What goes up.
pub(super) struct UpFlow {
    pub(super) connection: Connection,
    pacer: Pacer,
    /// The socket's count at the end of the request's head.
    head: u64,
    /// Bytes of the body still to be written.
    left: u64,
    noise: Noise,
    piece: Vec<u8>,
}

/// Both transfers, or none where the server keeps no pace.
pub(super) type Opened = Option<(DownFlow, UpFlow)>;

impl ServerPath<'_> {
    /// Opens both at once, each with bodies of so many bytes.
    pub(super) async fn open_both(
        &self,
        terms: [PaceTerms; 2],
        bytes: u64,
    ) -> Result<Opened, MeasureError> {
        let opened = tokio::try_join!(
            self.open_down(terms[0], bytes),
            self.open_up(terms[1], bytes)
        )?;
        Ok(match opened {
            (Some(down), Some(up)) => Some((down, up)),
            (down, up) => {
                // Nothing of it was pushed. What an unpaced server has sent is let in.
                if let Some(mut down) = down {
                    down.connection.metered().drain(self.round_trip).await;
                }
                drop(up);
                None
            }
        })
    }

    async fn open_down(
        &self,
        terms: PaceTerms,
        bytes: u64,
    ) -> Result<Option<DownFlow>, MeasureError> {
        let Some(request) = self.server.paced_download(bytes, &terms) else {
            return Ok(None);
        };
        let window = u32::try_from(terms.window).unwrap_or(u32::MAX);
        let buffers = Buffers {
            receive: Some(window),
            send: None,
        };
        let mut connection = self.open(buffers, u64::from(window)).await?;
        let request = request.encode(&self.server.host_header());
        let answered = http::exchange(&mut connection, &self.server.host, &request);
        let (head, body) = self.in_time(answered).await?;
        self.server.check(&head)?;
        let metered = connection.metered();
        metered.in_flight = u64::from(window);
        if !head.paced {
            metered.drain(self.round_trip).await;
            return Ok(None);
        }
        metered.read_limit = u64::MAX;
        metered.first_segment = Some(metered.read.saturating_sub(body));
        Ok(Some(DownFlow {
            connection,
            body,
            owed: Pacer::new(terms.rates(), u64::MAX, self.clock.now()),
            is_started: false,
            drive: Drive::Push,
        }))
    }

    async fn open_up(&self, terms: PaceTerms, bytes: u64) -> Result<Option<UpFlow>, MeasureError> {
        let Some(target) = self.server.upload() else {
            return Ok(None);
        };
        let buffers = Buffers {
            receive: Some(ANSWER_WINDOW),
            send: None,
        };
        let mut connection = self.open(buffers, u64::from(ANSWER_WINDOW)).await?;
        if connection
            .metered()
            .info()
            .and_then(|info| info.acked)
            .is_none()
        {
            return Ok(None);
        }
        let request = HttpRequest {
            method: "POST",
            target,
            headers: format!(
                "Content-Type: application/octet-stream\r\nContent-Length: {bytes}\r\n"
            ),
        };
        let request = request.encode(&self.server.host_header());
        let sent = http::send(&mut connection, &self.server.host, &request);
        self.in_time(sent).await?;
        let head = connection.metered().written;
        Ok(Some(UpFlow {
            connection,
            pacer: Pacer::new(terms.rates(), terms.window, self.clock.now()),
            head,
            left: bytes,
            noise: Noise::new(),
            piece: Vec::new(),
        }))
    }
}

impl DownFlow {
    /// Bytes of payload that have come; `None` before the first.
    pub(super) fn count(&self) -> Option<u64> {
        (self.body > 0).then_some(self.body)
    }

    /// Has the server drive it so. One that does not hear goes on as it does, which the count shows.
    pub(super) async fn drive(&mut self, drive: Drive) -> io::Result<()> {
        if drive == self.drive {
            return Ok(());
        }
        self.drive = drive;
        self.owed.switch(drive, self.body);
        self.connection.write_all(&[drive.word()]).await?;
        self.connection.flush().await
    }

    /// Whether less comes than is pushed, as far as this end can tell: a round trip is no delay of it.
    pub(super) fn is_hard(&mut self, now: Instant) -> bool {
        if !self.is_started {
            self.is_started = self.body > 0;
            self.owed.restart(now, self.body);
        }
        self.owed.advance(now, self.body, self.body);
        self.owed.is_hard()
    }

    /// Segments that went up for it: acknowledgements, nearly all.
    pub(super) fn acknowledgements(&mut self) -> u64 {
        let info = self.connection.metered().info();
        info.and_then(|info| info.segments.0).unwrap_or(0)
    }

    /// Bytes that have come, whoever has read them.
    pub(super) fn received(&mut self) -> u64 {
        let info = self.connection.metered().info();
        info.and_then(|info| info.received).unwrap_or(0)
    }
}

impl UpFlow {
    /// Bytes of payload that were acknowledged; `None` before the first.
    pub(super) fn count(&mut self) -> Option<u64> {
        Some(self.done()).filter(|done| *done > 0)
    }

    fn done(&mut self) -> u64 {
        let info = self.connection.metered().info();
        let acked = info.and_then(|info| info.acked).unwrap_or(0);
        // The connection's own start counts for one.
        acked.saturating_sub(1).saturating_sub(self.head)
    }

    fn given(&mut self) -> u64 {
        self.connection.metered().written - self.head
    }

    /// Drives it so from now on.
    pub(super) fn drive(&mut self, drive: Drive, now: Instant) {
        let (given, done) = (self.given(), self.done());
        self.pacer.advance(now, given, done);
        self.pacer.switch(drive, given);
    }

    /// What may be written now: whole segments, and the rest of one that was begun.
    pub(super) fn offer(&mut self) -> &[u8] {
        let (given, done) = (self.given(), self.done());
        let next = SEGMENT.min(self.left);
        if self.piece.is_empty() && next > 0 && self.pacer.allows(next, given, done) {
            let next = usize::try_from(next).unwrap_or_default();
            self.piece = self.noise.bytes(next);
        }
        &self.piece
    }

    /// Whether something may be written.
    pub(super) fn has_offer(&mut self) -> bool {
        !self.offer().is_empty()
    }

    /// Writes it.
    pub(super) async fn write(&mut self) -> io::Result<()> {
        let written = self.connection.write(&self.piece).await?;
        self.left -= written as u64;
        self.piece.drain(..written);
        Ok(())
    }

    /// When more may be written, where the window lets it.
    pub(super) fn due(&mut self) -> Option<Instant> {
        let given = self.given();
        self.pacer.due(given)
    }

    pub(super) fn is_hard(&self) -> bool {
        self.pacer.is_hard()
    }

    /// Segments that came down for it: acknowledgements, nearly all.
    pub(super) fn acknowledgements(&mut self) -> u64 {
        let info = self.connection.metered().info();
        info.and_then(|info| info.segments.1).unwrap_or(0)
    }
}
