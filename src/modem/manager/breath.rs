//! What the daemon showed a moment ago, so that questions asked in one breath are one question on the bus.
//!
//! Who the modem is, what its card is, whether it is switched on and connected all stand in the same properties, and so
//! does the operator beside the registration. Nothing older than a moment is kept, nothing over a wait or over a call that
//! changes something; where the modem stands is always asked anew.

use std::sync::Arc;
use std::time::Duration;

use super::ManagerModem;
use super::rules::{MODEM, THREE_GPP};
use crate::bus::Properties;
use crate::modem::Result;
use crate::time::Instant;

/// How long a breath is.
const MOMENT: Duration = Duration::from_millis(250);

/// What was shown, and since when it is kept.
#[derive(Debug, Default)]
pub(super) struct Breath {
    modem: Option<(Instant, Arc<Properties>)>,
    network: Option<(Instant, Arc<Properties>)>,
}

/// What is kept, unless it is older than a moment.
fn fresh(kept: Option<&(Instant, Arc<Properties>)>, now: Instant) -> Option<Arc<Properties>> {
    let (since, shown) = kept?;
    (now < *since + MOMENT).then(|| Arc::clone(shown))
}

impl ManagerModem {
    /// The modem's own properties, as they are or were a moment ago.
    pub(super) async fn modem_shown(&mut self) -> Result<Arc<Properties>> {
        let now = self.clock.now();
        if let Some(shown) = fresh(self.breath.modem.as_ref(), now) {
            return Ok(shown);
        }
        let shown = Arc::new(self.of(MODEM).await?);
        self.breath.modem = Some((now, Arc::clone(&shown)));
        Ok(shown)
    }

    /// Those of its network.
    pub(super) async fn network_shown(&mut self) -> Result<Arc<Properties>> {
        let now = self.clock.now();
        if let Some(shown) = fresh(self.breath.network.as_ref(), now) {
            return Ok(shown);
        }
        let shown = Arc::new(self.of(THREE_GPP).await?);
        self.breath.network = Some((now, Arc::clone(&shown)));
        Ok(shown)
    }

    /// Both as they are now, asked for at once.
    pub(super) async fn shown_anew(&mut self) -> Result<(Arc<Properties>, Arc<Properties>)> {
        let now = self.clock.now();
        let (modem, network) = tokio::try_join!(self.of(MODEM), self.of(THREE_GPP))?;
        let (modem, network) = (Arc::new(modem), Arc::new(network));
        self.breath = Breath {
            modem: Some((now, Arc::clone(&modem))),
            network: Some((now, Arc::clone(&network))),
        };
        Ok((modem, network))
    }
}
