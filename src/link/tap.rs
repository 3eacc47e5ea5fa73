//! A link that writes down what passes, in the one trace format, with identifiers masked.
//!
//! A trace made here can be sent to support and replayed by the virtual modem. It is written line by line as lines
//! end, so an identifier that comes in pieces is masked whole; a line that another one overtakes stands where it
//! ended. Only what really went out or came in is there. A trace that cannot be written never disturbs the link.
//!
//! Secrets that no digit run gives away are known by their command ([`commands`]), so this stands where whole command
//! lines pass.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::dialect::commands;
use crate::os::clock::Clock;
use crate::os::files::private;
use crate::trace::Entry;

/// Opens a file for a trace, for its owner alone. What it held is gone, but where a trace `goes_on`: that of a modem
/// whose ports are tried one after the other.
///
/// # Errors
/// Where it cannot be made, is a link, is no plain file, or belongs to somebody else: a trace is never written
/// through somebody else's file, nor onto a device.
pub fn create(path: &Path, goes_on: bool) -> io::Result<File> {
    private::open_at_end(path, goes_on)
}

/// What became of a trace, known beside the link that it is written by.
#[derive(Debug, Clone, Default)]
pub struct TraceFault(Arc<OnceLock<String>>);

impl TraceFault {
    /// Why it ended before the conversation did; `None` where it is whole.
    pub fn fault(&self) -> Option<String> {
        self.0.get().cloned()
    }
}

/// A writer that tells of its first failure.
#[derive(Debug)]
pub struct TraceFile<W> {
    out: W,
    fate: TraceFault,
}

impl<W> TraceFile<W> {
    /// Writes to `out`; what became of it is told by the second.
    pub fn new(out: W) -> (Self, TraceFault) {
        let fate = TraceFault::default();
        let told = fate.clone();
        (Self { out, fate }, told)
    }
}

impl<W: Write> Write for TraceFile<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.fate.0.get_or_init(|| error.to_string());
            }
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What a trace says, kept in memory beside whatever file it is written to: what support asks for after the fact.
#[derive(Debug, Clone, Default)]
pub struct TraceCopy(Arc<Mutex<Vec<u8>>>);

impl TraceCopy {
    /// The most that is kept: its beginning, which a replay needs.
    const MOST: usize = 2_000_000;

    /// What there is so far.
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Takes a line, whole or not at all.
    fn add(&self, line: &[u8]) {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() + line.len() <= Self::MOST {
            bytes.extend_from_slice(line);
        }
    }
}

/// Writes a trace wherever it is wanted. A file that takes no more ends alone.
#[derive(Debug)]
pub struct TraceOutput<W> {
    file: Option<TraceFile<W>>,
    copy: Option<TraceCopy>,
}

impl<W> TraceOutput<W> {
    /// To these; `None` where it is wanted nowhere.
    pub fn new(file: Option<TraceFile<W>>, copy: Option<TraceCopy>) -> Option<Self> {
        (file.is_some() || copy.is_some()).then_some(Self { file, copy })
    }
}

impl<W: Write> Write for TraceOutput<W> {
    /// A line at a time, as a trace is written.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Some(copy) = &self.copy {
            copy.add(line);
        }
        if let Some(file) = &mut self.file
            && let Err(error) = file.write_all(line)
        {
            // A part of a line may stand there: whoever reads the trace sees it cut, not wrong.
            tracing::info!(%error, "the trace ends here: it cannot be written");
            self.file = None;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// A link whose conversation is written to `W`.
#[derive(Debug)]
pub struct Tap<L, W: Write> {
    link: L,
    clock: Clock,
    scribe: Scribe<W>,
}

impl<L, W: Write> Tap<L, W> {
    /// Listens on a link from now on. `about` becomes the trace's first remarks.
    pub fn new(link: L, clock: Clock, out: W, about: &[&str]) -> Self {
        let mut scribe = Scribe::new(out);
        for remark in about {
            let remark = remark.replace(['\r', '\n'], " ");
            scribe.put(&Entry::Remark(format!(" {remark}")));
        }
        Self {
            link,
            clock,
            scribe,
        }
    }
}

impl<L: AsyncRead + Unpin, W: Write + Unpin> AsyncRead for Tap<L, W> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.link).poll_read(cx, buf))?;
        let now = self.clock.now().since_start();
        self.scribe.received(now, &buf.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<L: AsyncWrite + Unpin, W: Write + Unpin> AsyncWrite for Tap<L, W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let count = ready!(Pin::new(&mut self.link).poll_write(cx, bytes))?;
        let now = self.clock.now().since_start();
        self.scribe.sent(now, bytes.get(..count).unwrap_or(bytes));
        Poll::Ready(Ok(count))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.link).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.link).poll_shutdown(cx)
    }
}

/// Gathers bytes into lines and writes them.
#[derive(Debug)]
struct Scribe<W: Write> {
    /// `None` once writing failed.
    out: Option<W>,
    /// The time last written, in milliseconds.
    written: Option<u128>,
    sent: Vec<u8>,
    received: Vec<u8>,
    /// The last whole command line: it tells what the digits of its answer are.
    command: Vec<u8>,
    now: Duration,
}

impl<W: Write> Scribe<W> {
    /// The longest line kept in one piece.
    const LONGEST: usize = 64 * 1024;

    fn new(out: W) -> Self {
        Self {
            out: Some(out),
            written: None,
            sent: Vec::new(),
            received: Vec::new(),
            command: Vec::new(),
            now: Duration::ZERO,
        }
    }

    fn sent(&mut self, now: Duration, bytes: &[u8]) {
        self.now = now;
        for byte in bytes {
            match byte {
                b'\r' => self.end_sent(),
                b'\n' if self.sent.is_empty() => {}
                _ => self.sent.push(*byte),
            }
            if self.sent.len() >= Self::LONGEST {
                self.end_sent();
            }
        }
    }

    fn received(&mut self, now: Duration, bytes: &[u8]) {
        self.now = now;
        for byte in bytes {
            if *byte == b'\n' {
                if self.received.last() == Some(&b'\r') {
                    self.received.pop();
                }
                self.end_received(self.received.len());
            } else {
                self.received.push(*byte);
            }
            if self.received.len() >= Self::LONGEST {
                // Cut before a run of digits, which would be masked in neither of its halves.
                let digits = |b: &&u8| b.is_ascii_digit();
                let run = self.received.iter().rev().take_while(digits).count();
                let whole = self.received.len();
                self.end_received(if run < whole { whole - run } else { whole });
            }
        }
    }

    fn end_sent(&mut self) {
        // A prompt has no line end, and what is typed at it comes after.
        if matches!(self.received.as_slice(), b">" | b"> ") {
            self.end_received(self.received.len());
        }
        let line = std::mem::take(&mut self.sent);
        self.time();
        commands::words().learn_secrets(&line);
        self.put(&Entry::Sent(commands::words().line(&line, b"")));
        self.command = line;
    }

    fn end_received(&mut self, count: usize) {
        let rest = self.received.split_off(count);
        let line = std::mem::replace(&mut self.received, rest);
        self.time();
        // The modem's own numbers are hidden from now on, in whatever spelling.
        commands::words().learn_from(&self.command, &line);
        let shown = commands::words().line(&line, &self.command);
        self.put(&Entry::Received(shown));
    }

    /// Says the time where it is another than that of the line before.
    fn time(&mut self) {
        let now = self.now.as_millis();
        if self.written.replace(now) != Some(now) {
            self.put(&Entry::At(self.now));
        }
    }

    fn put(&mut self, entry: &Entry) {
        let Some(out) = &mut self.out else {
            return;
        };
        if let Err(error) = out.write_all(format!("{entry}\n").as_bytes()) {
            // A part of a line may stand there: whoever reads the trace sees it cut, not wrong.
            tracing::info!(%error, "the trace ends here: it cannot be written");
            self.out = None;
        }
    }
}

impl<W: Write> Drop for Scribe<W> {
    /// What had no line end is written too: it may be what the trouble is about.
    fn drop(&mut self) {
        if !self.sent.is_empty() {
            self.end_sent();
        }
        if !self.received.is_empty() {
            self.end_received(self.received.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use proptest::prelude::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;
    use crate::link::fault::{FaultPlan, Faulty};
    use crate::trace;

    /// What was written, also after the writer is gone.
    #[derive(Debug, Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Paper {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A paper that is full.
    #[derive(Debug)]
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            assert_eq!(self.0, 0, "written to again after it was full");
            self.0 += 1;
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[tokio::test(start_paused = true)]
    async fn a_conversation_is_written_as_a_trace() {
        let (mut modem, host) = duplex(4096);
        let paper = Paper::default();
        let about = ["Port: /dev/ttyUSB2", "two\nlines"];
        let mut tap = Tap::new(host, Clock::system(), paper.clone(), &about);
        tap.write_all(b"AT+COPS?\r").await.unwrap();
        tokio::time::advance(at(12)).await;
        let answer = b"AT+COPS?\r\r\n+COPS: 1,2,\"20810\",7\r\n\r\nOK\r\n";
        modem.write_all(answer).await.unwrap();
        let mut got = vec![0; answer.len()];
        tap.read_exact(&mut got).await.unwrap();
        assert_eq!(got, answer);
        let expected = "# Port: /dev/ttyUSB2\n# two lines\n@ 0.000\n> AT+COPS?\n@ 0.012\n\
            < AT+COPS?\\x0d\n< +COPS: 1,2,\"20810\",7\n<\n< OK\n";
        assert_eq!(paper.text(), expected);
        trace::parse(&paper.text()).unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn identifiers_are_masked_however_they_are_cut() {
        for seed in 0..64 {
            let (mut modem, host) = duplex(4096);
            let plan = FaultPlan {
                seed,
                split: true,
                ..FaultPlan::default()
            };
            let paper = Paper::default();
            let link = Faulty::new(host, plan);
            let mut tap = Tap::new(link, Clock::system(), paper.clone(), &[]);
            tap.write_all(b"AT+CPIN=\"1234\"\rAT+CGSN\r").await.unwrap();
            let answer = b"\r\n356938035643809\r\n\r\nOK\r\n";
            modem.write_all(answer).await.unwrap();
            tap.read_exact(&mut vec![0; answer.len()]).await.unwrap();
            let expected =
                "@ 0.000\n> AT+CPIN=\"****\"\n> AT+CGSN\n<\n< 356938030000009\n<\n< OK\n";
            assert_eq!(paper.text(), expected);
        }
    }

    #[test]
    fn a_command_between_two_halves_of_a_number_does_not_bare_it() {
        let paper = Paper::default();
        let mut scribe = Scribe::new(paper.clone());
        scribe.received(at(0), b"+CLIP: \"+33612");
        scribe.sent(at(1), b"AT\r");
        scribe.received(at(2), b"345678\"\r\n");
        drop(scribe);
        let expected = "@ 0.001\n> AT\n@ 0.002\n< +CLIP: \"+00000000078\"\n";
        assert_eq!(paper.text(), expected);
    }

    #[test]
    fn a_prompt_stands_before_what_is_typed_at_it() {
        let paper = Paper::default();
        let mut scribe = Scribe::new(paper.clone());
        scribe.sent(at(0), b"AT+CMGS=1\r");
        scribe.received(at(0), b"\r\n> ");
        scribe.sent(at(0), b"hello\r");
        drop(scribe);
        let expected = "@ 0.000\n> AT+CMGS=1\n<\n< > \n> hello\n";
        assert_eq!(paper.text(), expected);
    }

    #[test]
    fn what_had_no_line_end_is_not_lost() {
        let paper = Paper::default();
        let mut scribe = Scribe::new(paper.clone());
        scribe.sent(at(0), b"AT+CIMI");
        scribe.received(at(0), b"208100123456789");
        drop(scribe);
        let expected = "@ 0.000\n> AT+CIMI\n< 208100000000089\n";
        assert_eq!(paper.text(), expected);
    }

    #[test]
    fn endless_noise_is_cut_and_its_numbers_are_not_bared() {
        let paper = Paper::default();
        let mut scribe = Scribe::new(paper.clone());
        let mut noise = vec![b'x'; Scribe::<Paper>::LONGEST - 7];
        noise.extend(b"208100123456789\r\n");
        scribe.received(at(0), &noise);
        scribe.received(at(0), &vec![b'7'; 3 * Scribe::<Paper>::LONGEST]);
        drop(scribe);
        let text = paper.text();
        assert!(text.contains("208100000000089"), "masked whole");
        assert!(!text.contains(&"7".repeat(14)));
    }

    #[tokio::test]
    async fn a_trace_that_cannot_be_written_does_not_disturb_the_link() {
        let (mut modem, host) = duplex(4096);
        let (paper, fate) = TraceFile::new(Full(0));
        assert_eq!(fate.fault(), None);
        let mut tap = Tap::new(host, Clock::system(), paper, &["about"]);
        tap.write_all(b"AT\r").await.unwrap();
        modem.write_all(b"\r\nOK\r\n").await.unwrap();
        let mut got = [0; 6];
        tap.read_exact(&mut got).await.unwrap();
        assert_eq!(&got, b"\r\nOK\r\n");
        assert!(fate.fault().is_some(), "and that is told");
    }

    #[test]
    fn a_trace_is_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("trace.txt");
        fs::write(&path, "what was there before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        drop(create(&path, false).unwrap());
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.len(), metadata.mode() & 0o777), (0, 0o600));
        // A trace that goes on keeps what it has.
        create(&path, false).unwrap().write_all(b"one").unwrap();
        create(&path, true).unwrap().write_all(b"two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "onetwo");
        let fresh = dir.path().join("fresh.txt");
        drop(create(&fresh, false).unwrap());
        assert_eq!(fs::metadata(&fresh).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_trace_is_not_written_through_a_link_nor_onto_a_device() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "precious").unwrap();
        symlink(&file, &link).unwrap();
        assert!(create(&link, false).is_err());
        assert!(create(Path::new("/dev/null"), false).is_err());
        assert!(create(dir.path(), false).is_err());
        assert!(create(&dir.path().join("no/such/dir"), false).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    }

    proptest! {
        #[test]
        fn any_traffic_gives_a_readable_trace_without_long_numbers(
            traffic: Vec<(bool, Vec<u8>)>,
            digits in "[1-9]{14,20}",
            cut in 0usize..14,
        ) {
            let paper = Paper::default();
            let mut scribe = Scribe::new(paper.clone());
            for (sent, bytes) in &traffic {
                if *sent {
                    scribe.sent(at(0), bytes);
                } else {
                    scribe.received(at(0), bytes);
                }
            }
            scribe.received(at(0), &digits.as_bytes()[..cut]);
            scribe.sent(at(0), b"AT\r");
            scribe.received(at(0), &digits.as_bytes()[cut..]);
            drop(scribe);
            prop_assert!(trace::parse(&paper.text()).is_ok());
            prop_assert!(!paper.text().contains(&digits));
        }
    }
}
