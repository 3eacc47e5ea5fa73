//! The one task that owns a link and its engine.
//!
//! Everything that talks to a modem goes through here, one command line at a time, and past the [`guard`] as the
//! last step before the wire. Dropping the future of [`Driver::ask`] aborts its command.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{broadcast, mpsc, oneshot};

use super::{Link, serial};
use crate::at::Request;
use crate::at::engine::{Config, Engine, Event, Failure, Ticket};
use crate::at::result::{Line, Reply};
use crate::dialect::{self, commands};
use crate::guard::{self, Leave, Rule};
use crate::os::clock::Clock;
use crate::os::fault;

/// What a port may take to swallow one command line; a stuck flow control would hold it for ever.
const WRITE: Duration = Duration::from_secs(5);

/// How many unsolicited lines are kept for whoever listens late; the oldest go first.
const UNSOLICITED: usize = 64;

/// Why a command has no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The guard kept it off the wire.
    #[error("not sent: {}", .0.code())]
    Guarded(Rule),
    /// The modem did not answer as it should.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The port or the modem is gone.
    #[error("the link is gone")]
    Gone,
    /// The system failed to read or write the port, and did not say that it is gone.
    #[error("the port failed: {0}")]
    Broken(String),
}

/// A handle to the task. The task ends, and the link is let go, when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Driver {
    inbox: mpsc::UnboundedSender<Message>,
    unsolicited: broadcast::Sender<Line>,
    numeric: Arc<AtomicBool>,
    broken: Broken,
}

/// What ended a link that did not go.
#[derive(Debug, Clone, Default)]
struct Broken(Arc<OnceLock<String>>);

impl Broken {
    /// Keeps what the system said, unless it says that nobody is at the other end any more.
    fn learn(&self, error: &io::Error) {
        use io::ErrorKind as Kind;
        let left = [
            Kind::BrokenPipe,
            Kind::NotConnected,
            Kind::UnexpectedEof,
            Kind::ConnectionReset,
        ];
        if !serial::is_gone(error) && !left.contains(&error.kind()) {
            let _ = self.0.set(fault::detail(error));
        }
    }

    /// Why nothing can be asked any more.
    fn over(&self) -> LinkError {
        let broken = self.0.get().cloned();
        broken.map_or(LinkError::Gone, LinkError::Broken)
    }
}

type Outcome = Result<Reply, LinkError>;

#[derive(Debug)]
enum Message {
    Ask(Box<Ask>),
    Abandon(u64),
    Unsolicited(&'static [&'static str], &'static [&'static str]),
    Close(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Ask {
    id: u64,
    request: Request,
    leave: Leave,
    answer: oneshot::Sender<Outcome>,
}

impl Driver {
    /// Starts the task on a link.
    pub fn spawn(link: impl Link + 'static, clock: Clock) -> Self {
        let (inbox, messages) = mpsc::unbounded_channel();
        let (unsolicited, _) = broadcast::channel(UNSOLICITED);
        let numeric = Arc::new(AtomicBool::new(false));
        let broken = Broken::default();
        // Whatever had the port before may have left it so that it says no result codes.
        let engine = Engine::new(Config {
            unmet: true,
            ..dialect::engine_config()
        });
        let task = Task {
            link,
            clock,
            engine,
            waiting: HashMap::new(),
            unsolicited: unsolicited.clone(),
            numeric: Arc::clone(&numeric),
            broken: broken.clone(),
        };
        tokio::spawn(task.run(messages));
        Self {
            inbox,
            unsolicited,
            numeric,
            broken,
        }
    }

    /// Sends one command line, if the guard lets it, and waits for its reply.
    pub async fn ask(&self, request: Request, leave: Leave) -> Outcome {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let (answer, reply) = oneshot::channel();
        let line = request.line.clone();
        let ask = Message::Ask(Box::new(Ask {
            id,
            request,
            leave,
            answer,
        }));
        self.inbox.send(ask).map_err(|_| self.over())?;
        let mut abandon = Abandon {
            id,
            inbox: Some(&self.inbox),
        };
        let outcome = reply.await.unwrap_or_else(|_| Err(self.over()));
        abandon.inbox = None;
        if let Ok(reply) = &outcome {
            // The modem's own numbers are hidden from now on, wherever they turn up.
            let lines = reply.lines.iter();
            lines.for_each(|told| commands::words().learn_from(line.as_bytes(), told.bytes()));
        }
        outcome
    }

    /// Lets go of the link, and returns once it is: another command of this process may then open the port. What is asked
    /// afterwards fails.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        // A task that is gone has let go.
        if self.inbox.send(Message::Close(done)).is_ok() {
            let _ = closed.await;
        }
    }

    /// Why nothing can be asked any more, once the task has ended.
    pub fn over(&self) -> LinkError {
        self.broken.over()
    }

    /// Lines that the modem says unasked, from now on.
    pub fn listen(&self) -> broadcast::Receiver<Line> {
        self.unsolicited.subscribe()
    }

    /// Whether the modem was heard to say its result codes by number (`ATV0`).
    pub fn is_numeric(&self) -> bool {
        self.numeric.load(Ordering::Relaxed)
    }

    /// Tells the engine what this modem says unasked, once its dialect is known.
    pub fn expect_unsolicited(
        &self,
        prefixes: &'static [&'static str],
        lines: &'static [&'static str],
    ) {
        // A task that is gone reports itself at the next command.
        let _ = self.inbox.send(Message::Unsolicited(prefixes, lines));
    }
}

/// Aborts a command whose caller went away.
struct Abandon<'a> {
    id: u64,
    inbox: Option<&'a mpsc::UnboundedSender<Message>>,
}

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        if let Some(inbox) = self.inbox {
            let _ = inbox.send(Message::Abandon(self.id));
        }
    }
}

struct Waiting {
    id: u64,
    leave: Leave,
    answer: oneshot::Sender<Outcome>,
}

struct Task<L> {
    link: L,
    clock: Clock,
    engine: Engine,
    waiting: HashMap<Ticket, Waiting>,
    unsolicited: broadcast::Sender<Line>,
    numeric: Arc<AtomicBool>,
    broken: Broken,
}

impl<L: Link> Task<L> {
    async fn run(mut self, mut messages: mpsc::UnboundedReceiver<Message>) {
        let mut buffer = vec![0; 4096];
        let mut closed = None;
        loop {
            if self.transmit().await.is_err() {
                break;
            }
            self.deliver();
            let deadline = self.engine.poll_timeout();
            tokio::select! {
                read = self.link.read(&mut buffer) => match read {
                    // A serial port whose modem left reads as an endless end of file.
                    Ok(0) => break,
                    Err(error) => {
                        self.broken.learn(&error);
                        break;
                    }
                    Ok(count) => self.engine.handle_input(self.clock.now(), &buffer[..count]),
                },
                message = messages.recv() => match message {
                    Some(Message::Close(done)) => {
                        closed = Some(done);
                        break;
                    }
                    Some(message) => self.take(message),
                    None => break,
                },
                () = self.clock.sleep_until(deadline) => self.engine.handle_timeout(self.clock.now()),
            }
        }
        self.engine.closed();
        self.deliver();
        for (_, waiting) in self.waiting.drain() {
            let _ = waiting.answer.send(Err(self.broken.over()));
        }
        drop(self.link);
        if let Some(done) = closed {
            // Whoever asked may have stopped waiting.
            let _ = done.send(());
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Ask(ask) => self.submit(*ask),
            Message::Abandon(id) => {
                let ticket = self
                    .waiting
                    .iter()
                    .find(|(_, w)| w.id == id)
                    .map(|(t, _)| *t);
                if let Some(ticket) = ticket {
                    self.engine.abort(self.clock.now(), ticket);
                }
            }
            Message::Unsolicited(prefixes, lines) => {
                self.engine.expect_unsolicited(prefixes, lines);
            }
            // Ends the loop, which takes it.
            Message::Close(_) => {}
        }
    }

    fn submit(&mut self, ask: Ask) {
        let Ask {
            id,
            request,
            leave,
            answer,
        } = ask;
        // Refused here nothing is disturbed; the check before the wire stands for what changes in between.
        if let Err(rule) = guard::check(request.line.as_bytes(), &leave) {
            let _ = answer.send(Err(LinkError::Guarded(rule)));
            return;
        }
        let ticket = self.engine.submit(request);
        self.waiting.insert(ticket, Waiting { id, leave, answer });
    }

    async fn transmit(&mut self) -> Result<(), ()> {
        while let Some(out) = self.engine.poll_transmit(self.clock.now()) {
            let leave = out
                .ticket
                .and_then(|t| self.waiting.get(&t))
                .map(|w| &w.leave);
            if let Err(rule) = guard::check(&out.bytes, leave.unwrap_or(&Leave::NONE)) {
                tracing::warn!(
                    rule = rule.code().as_str(),
                    "a command was kept off the wire"
                );
                if let Some(ticket) = out.ticket {
                    if let Some(waiting) = self.waiting.remove(&ticket) {
                        let _ = waiting.answer.send(Err(LinkError::Guarded(rule)));
                    }
                    self.engine.abort(self.clock.now(), ticket);
                }
                continue;
            }
            let write = self.link.write_all(&out.bytes);
            match tokio::time::timeout(WRITE, write).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    self.broken.learn(&error);
                    return Err(());
                }
                Err(_) => return Err(()),
            }
        }
        Ok(())
    }

    fn deliver(&mut self) {
        self.numeric
            .store(self.engine.is_numeric(), Ordering::Relaxed);
        while let Some(event) = self.engine.poll_event() {
            match event {
                Event::Done { ticket, outcome } => {
                    if let Some(waiting) = self.waiting.remove(&ticket) {
                        let outcome = match outcome {
                            Err(Failure::Closed) => Err(self.broken.over()),
                            other => other.map_err(LinkError::Failed),
                        };
                        let _ = waiting.answer.send(outcome);
                    }
                }
                Event::Urc(line) => {
                    tracing::debug!(line = %masked(&line), "unsolicited");
                    // Nobody listening is no fault.
                    let _ = self.unsolicited.send(line);
                }
                Event::Stray(line) => tracing::debug!(line = %masked(&line), "stray line"),
                Event::Desynced => tracing::info!("the modem is late: draining"),
                Event::Resynced => tracing::info!("the modem is in step again"),
            }
        }
    }
}

fn masked(line: &Line) -> String {
    commands::masked(line.bytes(), b"")
}
