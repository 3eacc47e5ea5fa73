//! The one place that reads keys: a line that a person types, shown or hidden, or one key after the other. Ctrl-C ends the
//! wait for it.

use std::io::{BufRead as _, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot::{self, Receiver};
use tokio_util::sync::CancellationToken;

use super::threads;
use crate::error::Error;
use crate::ops;
use crate::os::console::HiddenEntry;
use crate::os::fault;

/// How long one look for a key lasts, before it is seen whether anybody still waits for one.
const LOOK: Duration = Duration::from_millis(200);

/// What a key, or the terminal's window, asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// A letter or a sign.
    Letter(char),
    /// The key that leaves what is shown.
    Escape,
    /// The window is another size.
    Resized,
}

/// The terminal at which a person sits.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    cancel: CancellationToken,
}

impl Terminal {
    /// Waits for keys until `cancel` says that the person stopped it.
    pub(super) fn new(cancel: CancellationToken) -> Self {
        Self { cancel }
    }

    /// Asks, and gives the line that is typed; nothing at the end of input.
    ///
    /// # Errors
    /// When the person stopped it.
    pub(super) async fn ask(&self, question: &str) -> Result<String, Error> {
        prompt(question);
        // What is no text is no answer.
        Ok(String::from_utf8(self.line().await?).unwrap_or_default())
    }

    /// The same of whatever was typed, the end of its line with it; nothing at the end of input.
    ///
    /// # Errors
    /// When the person stopped it.
    pub(super) async fn ask_anything(&self, question: &str) -> Result<Option<Vec<u8>>, Error> {
        prompt(question);
        Ok(Some(self.line().await?).filter(|line| !line.is_empty()))
    }

    /// The same without echoing what is typed; the echo is back afterwards, also after Ctrl-C.
    ///
    /// # Errors
    /// When the person stopped it, or standard input is no terminal.
    pub(super) async fn ask_hidden(&self, question: &str) -> Result<String, Error> {
        let stdin = std::io::stdin();
        let fault = |detail: String| Error::File {
            file: "/dev/stdin".to_owned(),
            detail,
        };
        let entry = HiddenEntry::new(&stdin).map_err(|e| fault(fault::detail(&e)))?;
        // What is typed as soon as the question stands there is not shown either.
        entry.begin().map_err(|e| fault(fault::detail(&e)))?;
        prompt(question);
        let typed = self.line().await;
        entry.end().map_err(|e| fault(fault::detail(&e)))?;
        Ok(String::from_utf8(typed?).unwrap_or_default())
    }

    /// Each key as it is pressed, of a terminal that gives them one by one.
    ///
    /// # Errors
    /// When there is no thread to be had for it.
    pub(super) fn keys(&self) -> Result<UnboundedReceiver<Pressed>, Error> {
        let (told, keys) = unbounded_channel();
        let cancel = self.cancel.clone();
        threads::start(move || {
            while !told.is_closed() && !cancel.is_cancelled() {
                let pressed = match event::poll(LOOK) {
                    Ok(false) => continue,
                    Ok(true) => event::read(),
                    Err(error) => Err(error),
                };
                // A terminal that is gone presses none any more.
                let Ok(pressed) = pressed else { return };
                if let Some(pressed) = meaning(&pressed)
                    && told.send(pressed).is_err()
                {
                    return;
                }
            }
        })?;
        Ok(keys)
    }

    async fn line(&self) -> Result<Vec<u8>, Error> {
        let waited_for = PENDING.lock().ok().and_then(|mut pending| pending.take());
        let mut typed = match waited_for {
            Some(typed) => typed,
            None => read()?,
        };
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => {
                if let Ok(mut pending) = PENDING.lock() {
                    *pending = Some(typed);
                }
                Err(Error::Ops(ops::Error::Interrupted))
            }
            line = &mut typed => Ok(line.unwrap_or_default()),
        }
    }
}

fn meaning(event: &Event) -> Option<Pressed> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
            KeyCode::Char(letter) => Some(Pressed::Letter(letter)),
            KeyCode::Esc => Some(Pressed::Escape),
            _ => None,
        },
        Event::Resize(..) => Some(Pressed::Resized),
        _ => None,
    }
}

/// The read that is under way for a question that nobody waits for any more: whoever asks next gets its line.
static PENDING: Mutex<Option<Receiver<Vec<u8>>>> = Mutex::new(None);

/// Reads a line. A read of the terminal cannot be taken back, so it has a thread of its own, which the process does not
/// wait for.
fn read() -> Result<Receiver<Vec<u8>>, Error> {
    let (answer, typed) = oneshot::channel();
    threads::start(move || {
        let mut line = Vec::new();
        let read = std::io::stdin().lock().read_until(b'\n', &mut line);
        let _ = answer.send(read.map(|_| line).unwrap_or_default());
    })?;
    Ok(typed)
}

/// Writes to standard error and shows it at once; what cannot be shown is not worth failing for.
fn prompt(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{text}");
    let _ = stderr.flush();
}
