//! The version of another program, as it tells it itself.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;

use crate::os::clock::Clock;
use crate::os::process::{Leashed, installed};

/// The longest that it may take to say it.
const PATIENCE: Duration = Duration::from_secs(3);
/// The most that is read of what it says.
const LONGEST: u64 = 400;

/// The first line of what `PROGRAM --version` prints; `None` where it is not installed or says nothing in time.
pub async fn version_of(program: &str) -> Option<String> {
    let path = installed(program)?;
    let arguments = ["--version".to_owned()];
    let (leash, output) = Leashed::start("opensim-version", &path, &arguments).ok()?;
    let clock = Clock::system();
    let until = clock.now() + PATIENCE;
    let mut said = Vec::new();
    let mut output = output.take(LONGEST);
    tokio::select! {
        _ = output.read_to_end(&mut said) => {}
        () = clock.sleep_until(Some(until)) => {}
    }
    if let Err(error) = leash.end(&clock).await {
        tracing::debug!(program, %error, "its end was not seen");
    }
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_tells_its_version_and_one_that_is_not_there_has_none() {
        assert!(version_of("sed").await.unwrap().contains("sed"));
        assert_eq!(version_of("no-such-program").await, None);
    }
}
