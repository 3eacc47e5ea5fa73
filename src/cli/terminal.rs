//! The one place that reads keys: a line that a person types, shown or hidden. Ctrl-C ends the wait for it.

use std::io::{BufRead as _, Write as _};

use tokio_util::sync::CancellationToken;

use super::threads;
use crate::error::Error;
use crate::ops;
use crate::os::console::HiddenEntry;
use crate::os::fault;

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
        self.line().await
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
        typed
    }

    async fn line(&self) -> Result<String, Error> {
        let (answer, typed) = tokio::sync::oneshot::channel();
        // A read of the terminal cannot be taken back, so it has a thread of its own, which the process does not wait for.
        threads::start(move || {
            let mut text = String::new();
            let read = std::io::stdin().lock().read_line(&mut text);
            let _ = answer.send(read.map(|_| text).unwrap_or_default());
        })?;
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Ops(ops::Error::Interrupted)),
            typed = typed => Ok(typed.unwrap_or_default()),
        }
    }
}

/// Writes to standard error and shows it at once; what cannot be shown is not worth failing for.
fn prompt(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{text}");
    let _ = stderr.flush();
}
