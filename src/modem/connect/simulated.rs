//! Virtual modems: a scenario, or a recorded conversation.

use std::path::Path;

use super::attach::{LinkFacts, attach};
use super::{OpenError, OpenOptions, Opened, Standing};
use crate::measure::Server;
use crate::modem::Way;
use crate::os::fault;
use crate::os::files::{self, Links};
use crate::sim::Replay;
use crate::sim::{self, Scenario};

/// A virtual modem of a built-in scenario or a file, with quirks (`KEY=VALUE`) over its own.
///
/// # Errors
/// When the scenario is unknown or cannot be read, or a quirk is none.
pub fn virtual_modem(name: &str, quirks: &[String]) -> Result<sim::VirtualModem, OpenError> {
    for quirk in quirks {
        Scenario::check_quirk(quirk).map_err(|problem| OpenError::Quirk {
            quirk: quirk.clone(),
            problem,
        })?;
    }
    Ok(sim::VirtualModem::new(&scenario(name, quirks)?))
}

/// The longest trace that is played: days of a modem's talk.
const LONGEST_TRACE: u64 = 32_000_000;

/// The longest scenario; those that are built in have some thousand bytes.
const LONGEST_SCENARIO: u64 = 256_000;

/// A recorded conversation, as a modem.
///
/// # Errors
/// When the file cannot be read as a trace.
pub fn replay(path: &Path) -> Result<Box<dyn sim::Device>, OpenError> {
    let fault = |detail: String| OpenError::File {
        file: path.display().to_string(),
        detail,
    };
    let read = files::read(path, LONGEST_TRACE, Links::Followed);
    let (text, _) = read.map_err(|error| fault(fault::detail(&error)))?;
    let replay = Replay::from_trace(&text).map_err(|error| fault(error.to_string()))?;
    Ok(Box::new(replay))
}

fn scenario(name: &str, quirks: &[String]) -> Result<Scenario, OpenError> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    if !is_file {
        let text = Scenario::text(name).ok_or_else(|| OpenError::NoScenario(name.to_owned()))?;
        return Ok(Scenario::with_quirks(text, name, quirks)?);
    }
    let fault = |error: std::io::Error| OpenError::File {
        file: name.to_owned(),
        detail: fault::detail(&error),
    };
    let read = files::read(Path::new(name), LONGEST_SCENARIO, Links::Followed);
    let (text, _) = read.map_err(fault)?;
    Ok(Scenario::with_quirks(&text, name, quirks)?)
}

/// Plugs a virtual modem in, by a built-in scenario or a file. Call it inside a tokio runtime.
///
/// # Errors
/// When the scenario is unknown or cannot be read, or loopback gives no ports.
pub async fn plug_in(name: &str) -> Result<Standing, OpenError> {
    let scenario = scenario(name, &[])?;
    let plugged = Standing::new(name, &scenario).await;
    plugged.map_err(|error| OpenError::File {
        file: "127.0.0.1".to_owned(),
        detail: fault::detail(&error),
    })
}

/// Opens a virtual modem, which lives by a clock of its own: the one that stands already, or a new one for this once.
pub(super) async fn open(name: &str, options: &OpenOptions) -> Result<Opened, OpenError> {
    let standing = match &options.standing {
        Some(standing) if standing.is_named(name) => standing.clone(),
        _ => plug_in(name).await?,
    };
    let facts = LinkFacts {
        port: standing.spec(),
        way: standing
            .server()
            .map_or(Way::None, |server| Way::Virtual(Server::here(server))),
        ..LinkFacts::default()
    };
    attach(standing.link(), facts, standing.clock(), options).await
}
