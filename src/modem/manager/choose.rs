//! A network chosen through the daemon, and what has to make way for that.

use std::time::Duration;

use super::bus::News;
use super::gate::{Args, MODEM, THREE_GPP, Trouble};
use super::{Known, ManagerFault, ManagerModem, network_manager, words};
use crate::domain::Plmn;
use crate::domain::policy::Order;
use crate::link::guard::Leave;
use crate::modem::data;
use crate::modem::{Error, Modem as _, NetworkFault, Result};

/// The daemon's own limit for a registration is 120 s.
const REGISTER: Duration = Duration::from_secs(130);
/// How long a connection may take to end.
const HANG_UP: Duration = Duration::from_secs(20);

impl ManagerModem {
    pub(super) async fn choose(
        &mut self,
        order: &Order,
        plmn: Plmn,
        within: Duration,
    ) -> Result<()> {
        self.wake().await?;
        let before = self.selection().await?.plmn;
        if self.known.stale == Some(plmn) {
            // It would send nothing and say that all is well.
            return Err(Error::Manager(ManagerFault::Stale));
        }
        if self.is_connected().await? {
            // Connected, the daemon refuses even to be asked for the network in use, for which it would send nothing.
            if before == Some(plmn) {
                return Ok(());
            }
            self.make_way(plmn).await?;
        }
        // What was said before the request is not about it.
        self.news = self.ear.listen();
        self.known = Known {
            chosen: self.known.chosen.filter(|_| before == Some(plmn)),
            ..Known::default()
        };
        let call = self.call(THREE_GPP, "Register", Args::Text(plmn.to_string()));
        let within = REGISTER.min(within);
        let asked = self.long(call, Leave::under(order), within).await;
        // The reading before belongs to the former network.
        self.signal.read = Some(self.clock.now());
        self.signal.former = true;
        match asked {
            Ok(answer) => {
                // So does one that was told of while that network was being left.
                self.since = answer.recv_position();
                // Asked for the network that it is on, the daemon sends nothing.
                if before != Some(plmn) {
                    self.known.chosen = Some(plmn);
                    self.known.stale = before;
                }
                Ok(())
            }
            Err((Trouble::Late(within), _)) => Err(Error::Network {
                plmn,
                fault: NetworkFault::TimedOut(within.as_secs()),
            }),
            Err((trouble, call)) => Err(match words::network_fault(&trouble) {
                Some(fault) => Error::Network { plmn, fault },
                None => words::fault(trouble, &call, &self.port),
            }),
        }
    }

    /// Whether a connection stands in the way of a registration.
    async fn is_connected(&self) -> Result<bool> {
        let state = self.of(MODEM).await?.signed("State");
        Ok(state.is_some_and(|state| (words::DISCONNECTING..=words::CONNECTED).contains(&state)))
    }

    /// Has `NetworkManager` take its connection down, which comes back with the network about to be selected. What else
    /// is connected stays so, and the daemon says that it stands in the way.
    async fn make_way(&mut self, plmn: Plmn) -> Result<()> {
        if !network_manager::make_way(&self.path, plmn).await? {
            return Ok(());
        }
        let until = self.clock.now() + HANG_UP;
        while self.is_connected().await? && self.heard(News::Modem, until).await? {}
        // The daemon is done before NetworkManager is.
        let mut news = data::News::listen();
        while !self.is_connected().await?
            && network_manager::is_in_use(&self.path).await?
            && self.clock.now() < until
        {
            news.next(&self.clock, until).await;
        }
        Ok(())
    }
}
