//! Modems that are plugged in and that nobody manages, opened on their ports.

use super::error::pick_error;
use super::ports::open_choice;
use super::{OpenError, OpenOptions, Opened};
use crate::domain::identity::mask;
use crate::link::discover::{self, PickError, Survey};
use crate::modem::Error;
use crate::os::port::devices;

/// A modem that was named, or the only one.
pub(super) struct PluggedModem {
    pub(super) survey: Survey,
    pub(super) wanted: Option<String>,
    /// Why `ModemManager`, which may have had it, did not tell.
    pub(super) fault: Option<Error>,
}

impl PluggedModem {
    pub(super) async fn open(self, options: &OpenOptions) -> Result<Opened, OpenError> {
        let opened = open(&self.survey, self.wanted.as_deref(), options).await;
        opened.map_err(|error| blame(error, self.fault))
    }
}

/// The modem whose number ends so.
pub(super) struct NumberedModem {
    pub(super) survey: Survey,
    pub(super) tail: String,
    /// Why `ModemManager`, which may have had it, did not tell.
    pub(super) fault: Option<Error>,
}

impl NumberedModem {
    /// Asks every modem for its number until one ends as wanted.
    pub(super) async fn open(self, options: &OpenOptions) -> Result<Opened, OpenError> {
        let Self {
            survey,
            tail,
            fault,
        } = self;
        let ids: Vec<String> = survey.modems.iter().map(|modem| modem.id.clone()).collect();
        let mut unheard = None;
        for id in &ids {
            let mut opened = match open(&survey, Some(id), options).await {
                Ok(opened) => opened,
                // It may be the one.
                Err(error) => {
                    unheard.get_or_insert(error);
                    continue;
                }
            };
            let identity = opened.modem.identity().await.ok();
            let imei = identity.and_then(|identity| identity.imei);
            if imei.is_some_and(|imei| imei.reveal().ends_with(&tail)) {
                return Ok(opened);
            }
            // Another modem: its port is put back as it was.
            if let Err(error) = opened.modem.close().await {
                tracing::info!(%error, %id, "the port's settings could not be put back");
            }
        }
        let absent = || {
            Error::Absent {
                wanted: format!("imei:{}", mask(&tail, 0, 2)),
                found: ids,
                unusable: survey.unusable,
            }
            .into()
        };
        Err(blame(unheard.unwrap_or_else(absent), fault))
    }
}

async fn open(
    survey: &Survey,
    wanted: Option<&str>,
    options: &OpenOptions,
) -> Result<Opened, OpenError> {
    let choice = discover::pick(&survey.modems, wanted);
    let choice = choice.map_err(|error| pick_error(error, survey))?;
    let opened = open_choice(&choice, options).await;
    opened.map_err(|error| match error {
        OpenError::Modem(Error::Absent { wanted, .. }) => {
            let found = survey.modems.iter().map(|modem| modem.id.clone()).collect();
            pick_error(PickError::Absent { wanted, found }, survey).into()
        }
        other => other,
    })
}

/// A modem that is not found, or that `ModemManager` holds, may be one that the daemon would have told of, had it been
/// well: then its fault is what is said.
fn blame(error: OpenError, fault: Option<Error>) -> OpenError {
    let OpenError::Modem(modem) = &error else {
        return error;
    };
    let is_its_own = match modem {
        Error::None { .. } | Error::NoAtPort { .. } => true,
        Error::Absent { wanted, .. } => devices::port_name(wanted).is_none(),
        Error::Busy { holder, .. } => {
            let holder = holder.as_deref().unwrap_or_default();
            holder.starts_with("ModemManager")
        }
        _ => false,
    };
    match fault {
        Some(fault) if is_its_own => fault.into(),
        _ => error,
    }
}
