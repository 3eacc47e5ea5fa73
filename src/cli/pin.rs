//! Where a PIN comes from: the environment, a private file, or a prompt that does not show it. Never an argument.

use std::path::Path;

use super::output::Output;
use super::settings::Settings;
use super::terminal::Terminal;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::modem::Pin;
use crate::ops::PinSource;
use crate::os::fault;
use crate::os::files::{named, private};

/// More than any PIN and a line end.
const LONGEST: u64 = 64;

/// The PIN, if there is one to be had.
///
/// # Errors
/// When a source was named and holds no PIN, or others can read its file.
pub(super) async fn find(
    settings: &Settings,
    terminal: &Terminal,
    output: &Output,
) -> Result<Option<(Pin, PinSource)>, Error> {
    if let Some(text) = std::env::var("OPENSIM_PIN").ok().filter(|v| !v.is_empty()) {
        return parse(&text, "OPENSIM_PIN").map(|pin| Some((pin, PinSource::Stored)));
    }
    if let Some(path) = &settings.pin_file {
        return from_file(path).map(|pin| Some((pin, PinSource::Stored)));
    }
    if !settings.interactive {
        return Ok(None);
    }
    let question = format!("{} ", output.text("question-pin"));
    let typed = terminal.ask_hidden(&question).await?;
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse(&typed, "PIN").map(|pin| Some((pin, PinSource::Typed)))
}

fn from_file(path: &Path) -> Result<Pin, Error> {
    let name = path.display().to_string();
    let fault = |detail: String| Error::File {
        file: name.clone(),
        detail,
    };
    let (text, found) = named::read(path, LONGEST).map_err(|e| fault(fault::detail(&e)))?;
    if private::is_exposed(&found) {
        return Err(fault(Detail::FILE_EXPOSED.into()));
    }
    parse(&text, &name)
}

/// A text that is no PIN is never shown, not even in part.
fn parse(text: &str, source: &str) -> Result<Pin, Error> {
    Pin::new(text).ok_or_else(|| Error::File {
        file: source.to_owned(),
        detail: Detail::PIN_SHAPE.into(),
    })
}
