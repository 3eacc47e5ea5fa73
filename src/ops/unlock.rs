//! One try at the SIM's PIN, if there are tries to spare.

use super::{Context, Error};
use crate::domain::SimState;
use crate::modem::{Error as ModemError, Modem, Pin, SimFault};

/// Where a PIN came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinSource {
    /// The environment or a file: the same wrong one could be tried over and over.
    Stored,
    /// A person typed it just now.
    Typed,
}

/// Fewer tries than this are left to the person and their phone.
const ENOUGH: u8 = 2;

/// A SIM that asks for its PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinAsked {
    /// How many tries are left, where the modem tells.
    pub tries_left: Option<u8>,
}

impl PinAsked {
    /// Whether a try can be spared, as far as it is known.
    ///
    /// # Errors
    /// [`SimFault::TriesLeft`] where none can.
    pub fn spares_one(self) -> Result<(), Error> {
        match self.tries_left {
            Some(tries) if tries < ENOUGH => {
                Err(ModemError::Sim(SimFault::TriesLeft(Some(tries))).into())
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Whether the SIM asks for its PIN. A card that still wakes up is waited for.
///
/// # Errors
/// When the modem does not say, or the person stopped it.
pub async fn asks_for_pin(
    modem: &mut dyn Modem,
    context: &Context<'_>,
) -> Result<Option<PinAsked>, Error> {
    let state = tokio::select! {
        biased;
        () = context.cancel.cancelled() => return Err(Error::Interrupted),
        sim = modem.sim(false) => sim?.state,
    };
    if state != SimState::PinRequired {
        return Ok(None);
    }
    let tries_left = modem.sim(true).await?.pin_tries_left;
    Ok(Some(PinAsked { tries_left }))
}

/// Reads how many tries are left, then tries once. Where the modem does not tell, only a PIN that a person typed
/// just now is tried: a stored one could lock the SIM run after run.
pub async fn unlock(modem: &mut dyn Modem, pin: &Pin, source: PinSource) -> Result<(), Error> {
    let tries_left = modem.sim(true).await?.pin_tries_left;
    PinAsked { tries_left }.spares_one()?;
    if tries_left.is_none() && source == PinSource::Stored {
        return Err(ModemError::Sim(SimFault::TriesLeft(None)).into());
    }
    Ok(modem.enter_pin(pin).await?)
}
