//! Where a PIN comes from: the environment, a private file, or a prompt that does not show it. Never an argument.

use std::path::Path;

use super::output::Output;
use super::settings::Settings;
use super::terminal::Terminal;
use super::written;
use crate::document::Values;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::modem::Pin;
use crate::ops::{PinAsked, PinSource};
use crate::os::fault;
use crate::os::files::{named, private};

/// The environment's PIN.
const VARIABLE: &str = "OPENSIM_PIN";

/// More than any PIN and a line end.
const LONGEST: u64 = 64;

/// The PIN that this run knows without asking, for what must not show it; `None` where none can be read.
pub(super) fn known(settings: &Settings) -> Vec<String> {
    let of_file = |path: &Path| {
        let read = named::read(path, LONGEST);
        read.ok().map(|(text, _)| text.trim().to_owned())
    };
    let pins = [
        written::variable(VARIABLE),
        settings.pin_file.as_deref().and_then(of_file),
    ];
    pins.into_iter().flatten().collect()
}

/// The PIN, if there is one to be had.
///
/// # Errors
/// When a source was named and holds no PIN, or others can read its file.
pub(super) async fn find(
    settings: &Settings,
    asked: PinAsked,
    terminal: &Terminal,
    output: &Output,
) -> Result<Option<(Pin, PinSource)>, Error> {
    if let Some(text) = written::variable(VARIABLE) {
        let pin = Pin::new(&text).ok_or_else(|| Error::Environment {
            variable: VARIABLE,
            detail: Detail::PIN_SHAPE.into(),
        });
        return pin.map(|pin| Some((pin, PinSource::Stored)));
    }
    if let Some(path) = &settings.pin_file {
        return from_file(path).map(|pin| Some((pin, PinSource::Stored)));
    }
    if !settings.interactive {
        return Ok(None);
    }
    // Nobody is asked for what would not be tried.
    asked.spares_one()?;
    let values = Values::from([("tries".to_owned(), asked.tries_left.into())]);
    let question = output.question(&output.text_with("question-pin", &values));
    loop {
        let typed = terminal.ask_hidden(&question).await?;
        if typed.trim().is_empty() {
            return Ok(None);
        }
        if let Some(pin) = Pin::new(&typed) {
            return Ok(Some((pin, PinSource::Typed)));
        }
        output.say("question-pin_shape");
    }
}

/// A text that is no PIN is never shown, not even in part.
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
    Pin::new(&text).ok_or_else(|| fault(Detail::PIN_SHAPE.into()))
}
