//! A program on a leash: it is watched by a shell that holds the other end of a pipe. The pipe ends when the leash is let
//! go of, when it is dropped and when this process dies of whatever cause, and with it ends the program.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::SigSet;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::Surroundings;
use crate::clock::Clock;

mod user;

pub use user::{is_root, who};

/// Runs what it is given until its own input ends, then ends it: gently, and after a while by force. Its output is
/// let go of, so that the end of that is the end of what it runs.
const WATCH: &str = "\"$@\" & p=$!\nexec >/dev/null 2>&1\ncat\nkill -TERM \"$p\"\n\
                     (sleep 8; kill -KILL \"$p\") & w=$!\nwait \"$p\"; s=$?\nkill \"$w\"\nexit \"$s\"";
/// Where programs of the administrator's lie that a user's path may leave out.
const SBIN: [&str; 3] = ["/usr/sbin", "/sbin", "/usr/local/sbin"];
/// Longer than the watcher takes to end a program by force.
const FAREWELL: Duration = Duration::from_secs(10);
/// The program, and the pipe that it hangs on.
#[derive(Debug)]
pub(super) struct Leash {
    child: Child,
    /// Its end is the end of the program.
    pipe: ChildStdin,
}

impl Leash {
    pub(super) fn start(
        name: &str,
        program: &Path,
        arguments: &[String],
        around: Surroundings,
    ) -> std::io::Result<(Self, ChildStdout)> {
        // In a group of its own a Ctrl-C on the terminal does not reach it: it is ended in order.
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", WATCH, name])
            .arg(program)
            .args(arguments)
            .env("LC_ALL", "C")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(around.complaints.map_or_else(Stdio::null, Stdio::from))
            .envs(around.variables);
        if let Some(folder) = around.folder {
            command.current_dir(folder);
        }
        let mut child = with_signals(|| command.spawn())?;
        let (pipe, output) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .ok_or(std::io::ErrorKind::BrokenPipe)?;
        Ok((Self { child, pipe }, output))
    }

    pub(super) async fn end(self, clock: &Clock) -> std::io::Result<bool> {
        let Self { mut child, pipe } = self;
        drop(pipe);
        let deadline = clock.now() + FAREWELL;
        tokio::select! {
            ended = child.wait() => ended.map(|_| true),
            () = clock.sleep_until(Some(deadline)) => Ok(false),
        }
    }
}

/// Starts a program that gets its signals, which opensim may hold back from itself; a program begins with what is held
/// back from whoever starts it. Those that come in this moment are caught.
fn with_signals<T>(start: impl FnOnce() -> std::io::Result<T>) -> std::io::Result<T> {
    let held = SigSet::thread_get_mask()?;
    held.thread_unblock()?;
    let started = start();
    held.thread_block()?;
    started
}

pub(super) fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(SBIN.map(PathBuf::from));
    folders
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_started_gets_the_signals_that_are_held_back_here() {
        let held = SigSet::from(nix::sys::signal::Signal::SIGHUP);
        held.thread_block().unwrap();
        let mut asked = std::process::Command::new("grep");
        asked.args(["SigBlk", "/proc/self/status"]);
        let told = with_signals(|| asked.output()).unwrap();
        assert!(
            SigSet::thread_get_mask().unwrap() == held,
            "held back again"
        );
        held.thread_unblock().unwrap();
        assert_eq!(told.stdout, b"SigBlk:\t0000000000000000\n");
    }
}
