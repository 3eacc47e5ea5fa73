//! From an open link to a modem that answered.

use super::{OpenError, OpenOptions, Opened};
use crate::dialect::UsbId;
use crate::link::tap::{self, Tap, TraceFault, TraceFile, TraceOutput};
use crate::link::{Driver, Link};
use crate::modem::Way;
use crate::modem::at::AtModem;
use crate::os::clock::Clock;
use crate::os::fault;

/// What is known of a link before anything is said on it.
#[derive(Default)]
pub(super) struct LinkFacts {
    pub(super) port: String,
    pub(super) usb: Option<UsbId>,
    pub(super) way: Way,
    /// Whether the port was seen on a modem, and not only named.
    pub(super) was_found: bool,
    /// Whether another port was tried before, so that a trace goes on.
    pub(super) is_further: bool,
}

/// Talks to what is at the end of a link.
pub(super) async fn attach(
    link: impl Link + 'static,
    facts: LinkFacts,
    clock: Clock,
    options: &OpenOptions,
) -> Result<Opened, OpenError> {
    let mut trace = TraceFault::default();
    let file = match &options.trace {
        Some(path) => {
            let file = tap::create(path, facts.is_further).map_err(|error| OpenError::File {
                file: path.display().to_string(),
                detail: fault::detail(&error),
            })?;
            let (file, fate) = TraceFile::new(file);
            trace = fate;
            Some(file)
        }
        None => None,
    };
    let driver = match TraceOutput::new(file, options.copy.clone()) {
        Some(out) => {
            let about = [
                format!("opensim: {}", crate::VERSION),
                format!("Port: {}", facts.port),
            ];
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            Driver::spawn(Tap::new(link, clock.clone(), out, &about), clock.clone())
        }
        None => Driver::spawn(link, clock.clone()),
    };
    let forced = options.dialect.as_deref().and_then(crate::dialect::by_name);
    let modem = AtModem::open(
        driver,
        clock.clone(),
        facts.port,
        facts.usb,
        facts.way,
        forced,
    )
    .await?;
    Ok(Opened {
        modem: Box::new(modem),
        clock,
        hold: None,
        trace,
    })
}
