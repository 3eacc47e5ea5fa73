//! Signals. The first one stops and puts back; a second Ctrl-C that a person typed leaves at once and says what is left
//! to recover. Nothing else leaves: a terminal window that is closed, or a session that ends, sends the same signal
//! twice and several together, and nobody has chosen to leave the modem elsewhere then.
//!
//! A typed Ctrl-C is told from a `kill -INT` by the kernel, which says who sent a signal; so they are read from a
//! descriptor and not caught by a handler.

use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd, siginfo};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::output::Output;
use crate::error::Error;

/// Whatever would end the process, and can be kept from it.
const STOPPING: &[Signal] = &[
    Signal::SIGINT,
    Signal::SIGTERM,
    Signal::SIGHUP,
    Signal::SIGQUIT,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
    Signal::SIGALRM,
    Signal::SIGVTALRM,
    Signal::SIGPROF,
    Signal::SIGIO,
    Signal::SIGPWR,
    Signal::SIGXCPU,
];

/// By which the kernel says that it is the sender: here the terminal, where Ctrl-C was typed.
const FROM_THE_KERNEL: i32 = 0x80;

/// What leaves at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// A second Ctrl-C that was typed: the modem may be somewhere else then.
    TypedTwice,
    /// Any second signal: nothing is left undone that matters.
    AnySecond,
}

/// Listens from now on; the token is cancelled by the first signal. A second Ctrl-C that is typed may leave the modem
/// somewhere else.
///
/// # Errors
/// When the system gives no way to: then nothing may be begun that has to be put back.
pub(super) fn listen(output: &Output) -> Result<CancellationToken, Error> {
    start(output, "progress-left_at_once", Leaving::TypedTwice)
}

/// The same, where any second signal leaves something else undone: the sentence that says so.
///
/// # Errors
/// When the system gives no way to.
pub(super) fn listen_and_say(
    output: &Output,
    left: &'static str,
) -> Result<CancellationToken, Error> {
    start(output, left, Leaving::AnySecond)
}

fn start(
    output: &Output,
    left: &'static str,
    leaving: Leaving,
) -> Result<CancellationToken, Error> {
    let token = CancellationToken::new();
    let listener = Listener {
        output: output.clone(),
        left,
        leaving,
        told: token.clone(),
        seen: 0,
        typed: 0,
    };
    let listening = descriptor().and_then(|signals| {
        catch(&listener)?;
        // A thread of its own: what blocks the others (a terminal that was told to wait) does not block this.
        let thread = std::thread::Builder::new().name("signals".to_owned());
        if thread.spawn(move || listener.run(&signals)).is_err() {
            // Without it the signals are caught: each, however often, asks for an orderly end.
            read().thread_unblock()?;
        }
        Ok(())
    });
    listening.map(|()| token).map_err(Error::System)
}

/// Catches signals too: they are let through for the moment in which another program is started, which is to get its own.
fn catch(listener: &Listener) -> std::io::Result<()> {
    for known in STOPPING {
        let mut caught = signal(SignalKind::from_raw(*known as i32))?;
        let (told, output) = (listener.told.clone(), listener.output.clone());
        tokio::spawn(async move {
            while caught.recv().await.is_some() {
                stop(&told, &output);
            }
        });
    }
    Ok(())
}

/// Begins the way back, once.
fn stop(told: &CancellationToken, output: &Output) {
    if !told.is_cancelled() {
        told.cancel();
        output.say("progress-stopping_plain");
    }
}

/// Where signals are read from. They are held back from this thread and from those that it starts, of which there are
/// none yet.
fn descriptor() -> std::io::Result<SignalFd> {
    let read = read();
    let signals = SignalFd::with_flags(&read, SfdFlags::SFD_CLOEXEC)?;
    let mut held = read;
    // A terminal that is another job's takes the bytes: it does not stop a way back.
    held.add(Signal::SIGTTOU);
    held.thread_block()?;
    Ok(signals)
}

/// What is read from it.
fn read() -> SigSet {
    let mut read = SigSet::empty();
    for signal in STOPPING {
        read.add(*signal);
    }
    read.add(Signal::SIGTSTP);
    read
}

/// Has a file that reaches its limit give an error instead of ending the process, from now on.
pub(super) fn outlive_full_files() {
    let full = SigSet::from(Signal::SIGXFSZ);
    if let Err(error) = full.thread_block() {
        tracing::debug!(%error, "a file that reaches its limit ends the process");
    }
}

struct Listener {
    output: Output,
    left: &'static str,
    leaving: Leaving,
    told: CancellationToken,
    /// How many signals asked it to stop.
    seen: u32,
    /// How many of them were typed.
    typed: u32,
}

impl Listener {
    fn run(mut self, signals: &SignalFd) {
        loop {
            match signals.read_signal() {
                Ok(Some(read)) => self.take(&read),
                // Woken by the end of a pause.
                Ok(None) | Err(Errno::EINTR) => {}
                Err(error) => {
                    tracing::debug!(%error, "signals can no longer be read");
                    return;
                }
            }
        }
    }

    fn take(&mut self, read: &siginfo) {
        let is = |known: Signal| i64::from(read.ssi_signo) == i64::from(known as i32);
        if is(Signal::SIGTSTP) {
            // In the way back it is not waited for whoever went away; before, it is a pause like any other.
            if !self.told.is_cancelled() {
                pause();
            }
            return;
        }
        self.seen += 1;
        if is(Signal::SIGINT) && read.ssi_code == FROM_THE_KERNEL {
            self.typed += 1;
        }
        stop(&self.told, &self.output);
        let leaves = match self.leaving {
            Leaving::TypedTwice => self.typed > 1,
            Leaving::AnySecond => self.seen > 1,
        };
        if leaves {
            self.output.say(self.left);
            self.output.leave(130);
        }
    }
}

/// Stops as the terminal's Ctrl-Z does; returns when the shell lets it go on.
fn pause() {
    let stop = SigSet::from(Signal::SIGTSTP);
    let own = rustix::process::getpid();
    let paused = stop.thread_unblock().map_err(std::io::Error::from);
    let paused = paused.and_then(|()| {
        rustix::process::kill_process(own, rustix::process::Signal::TSTP)?;
        Ok(stop.thread_block()?)
    });
    if let Err(error) = paused {
        tracing::debug!(%error, "could not pause");
    }
}
