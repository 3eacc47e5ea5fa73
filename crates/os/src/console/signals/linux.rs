//! A typed Ctrl-C is told from a `kill -INT` by Linux, which says who sent a signal; so they are read from a descriptor
//! (`signalfd`) and not caught by a handler.

use std::io;

use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd, siginfo};
use tokio::signal::unix::{SignalKind, signal};

use super::Interrupt;

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

pub(super) fn listen(
    caught: impl Fn() + Clone + Send + 'static,
    read_one: impl FnMut(Interrupt) + Send + 'static,
) -> io::Result<()> {
    let signals = descriptor()?;
    catch(caught)?;
    // A thread of its own: what blocks the others (a terminal that was told to wait) does not block this.
    let thread = std::thread::Builder::new().name("signals".to_owned());
    if thread.spawn(move || run(&signals, read_one)).is_err() {
        // Without it the signals are caught: each, however often, asks for an orderly end.
        read().thread_unblock()?;
    }
    Ok(())
}

/// Catches signals too: they are let through for the moment in which another program is started, which is to get its own.
fn catch(caught: impl Fn() + Clone + Send + 'static) -> io::Result<()> {
    for known in STOPPING {
        let mut signals = signal(SignalKind::from_raw(*known as i32))?;
        let caught = caught.clone();
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                caught();
            }
        });
    }
    Ok(())
}

/// Where signals are read from. They are held back from this thread and from those that it starts, of which there are
/// none yet.
fn descriptor() -> io::Result<SignalFd> {
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

fn run(signals: &SignalFd, mut read_one: impl FnMut(Interrupt)) {
    loop {
        match signals.read_signal() {
            Ok(Some(read)) => read_one(meaning(&read)),
            // Woken by the end of a pause.
            Ok(None) | Err(Errno::EINTR) => {}
            Err(error) => {
                tracing::debug!(%error, "signals can no longer be read");
                return;
            }
        }
    }
}

fn meaning(read: &siginfo) -> Interrupt {
    let is = |known: Signal| i64::from(read.ssi_signo) == i64::from(known as i32);
    if is(Signal::SIGTSTP) {
        return Interrupt::Pause;
    }
    Interrupt::Stop {
        typed: is(Signal::SIGINT) && read.ssi_code == FROM_THE_KERNEL,
    }
}

/// Stops as the terminal's Ctrl-Z does; returns when the shell lets it go on.
pub(super) fn pause() {
    let stop = SigSet::from(Signal::SIGTSTP);
    let own = rustix::process::getpid();
    let paused = stop.thread_unblock().map_err(io::Error::from);
    let paused = paused.and_then(|()| {
        rustix::process::kill_process(own, rustix::process::Signal::TSTP)?;
        Ok(stop.thread_block()?)
    });
    if let Err(error) = paused {
        tracing::debug!(%error, "could not pause");
    }
}
