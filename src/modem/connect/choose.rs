//! Which modem: what was named, else the only one there is. Nothing is opened here.

use super::managed::{self, ManagerDaemon};
use super::plugged::{NumberedModem, PluggedModem};
use super::{OpenOptions, Spec};
use crate::modem::Error;
use crate::modem::managed::Managed;

/// What is to be opened.
pub(super) enum Chosen {
    /// A virtual modem: a built-in scenario or a file.
    Virtual(String),
    /// A modem of `ModemManager`.
    Managed(ManagerDaemon, Box<Managed>),
    /// A modem on its ports.
    Plugged(PluggedModem),
    /// Whichever modem has this number, on its ports.
    Numbered(NumberedModem),
}

/// A port that another program holds is never written to: what `ModemManager` has is reached through it.
pub(super) async fn choose(options: &OpenOptions) -> Result<Chosen, Error> {
    match &options.modem {
        Spec::Sim(name) => Ok(Chosen::Virtual(name.clone())),
        Spec::Manager(index) => {
            let daemon = ManagerDaemon::reach().await?;
            let modem = daemon.numbered(*index)?.clone();
            Ok(Chosen::Managed(daemon, Box::new(modem)))
        }
        Spec::Automatic => device(None, options).await,
        Spec::Device(word) => device(Some(word), options).await,
        Spec::Imei(tail) => Ok(numbered(tail, options).await),
    }
}

/// The modem that was named, or the only one.
async fn device(wanted: Option<&str>, options: &OpenOptions) -> Result<Chosen, Error> {
    let (daemon, fault) = ManagerDaemon::seek().await;
    if let Some(daemon) = daemon {
        let survey = options.machine.devices();
        let found = || survey.modems.iter().filter(|modem| modem.is_usable());
        let modem = match (wanted, &daemon.modems[..]) {
            (Some(word), _) => daemon.named(&survey.modems, word),
            (None, [only]) if found().all(|found| managed::is(only, found)) => Some(only),
            (None, []) => None,
            (None, _) => {
                let others = found().filter(|modem| !daemon.has(modem));
                let mut ids = daemon.ids();
                ids.extend(others.map(|modem| modem.id.clone()));
                return Err(Error::Several(ids));
            }
        };
        if let Some(modem) = modem.cloned() {
            return Ok(Chosen::Managed(daemon, Box::new(modem)));
        }
    }
    Ok(Chosen::Plugged(PluggedModem {
        survey: options.machine.survey(),
        wanted: wanted.map(str::to_owned),
        fault,
    }))
}

/// The modem whose number ends so, where `ModemManager` tells; else the ones to ask.
async fn numbered(tail: &str, options: &OpenOptions) -> Chosen {
    let (mut daemon, fault) = ManagerDaemon::seek().await;
    let named = daemon.as_ref().and_then(|daemon| daemon.of_imei(tail));
    if let Some(modem) = named.cloned()
        && let Some(daemon) = daemon.take()
    {
        return Chosen::Managed(daemon, Box::new(modem));
    }
    let mut survey = options.machine.survey();
    if let Some(daemon) = daemon {
        survey.modems.retain(|modem| !daemon.has(modem));
    }
    Chosen::Numbered(NumberedModem {
        survey,
        tail: tail.to_owned(),
        fault,
    })
}
