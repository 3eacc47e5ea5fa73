//! A network chosen through the daemon, and what has to make way for that.

use std::time::Duration;

use super::breath::Breath;
use super::events::DaemonEvent;
use super::rules::THREE_GPP;
use super::{LastShown, ManagerModem, optional, words};
use crate::bus::{Args, Cause};
use crate::domain::Availability;
use crate::domain::Plmn;
use crate::domain::policy::Order;
use crate::guard::Leave;
use crate::modem::{Error, ManagerFault, Modem as _, Network, NetworkFault, Result};
use crate::os::net::news::InterfaceNews;
use crate::session::network_manager;

/// The daemon's own limit for a registration is 120 s.
const REGISTER: Duration = Duration::from_secs(130);
/// The daemon looks by itself where a modem is every half minute, where the modem does not tell.
const NOTICING: Duration = Duration::from_secs(35);
/// How long a connection may take to end.
const HANG_UP: Duration = Duration::from_secs(20);

/// Whether the daemon said no before it asked the modem.
fn is_before_the_modem(error: &Error) -> bool {
    let busy = matches!(error, Error::Manager(ManagerFault::InProgress { .. }));
    busy || matches!(error, Error::Guarded { .. }) || error.is_refusal_beforehand()
}

impl ManagerModem {
    pub(super) async fn choose(
        &mut self,
        order: &Order,
        plmn: Plmn,
        within: Duration,
    ) -> Result<()> {
        self.breath = Breath::default();
        self.wake().await?;
        let mut before = self.selection().await?.plmn;
        if self.known.stale == Some(plmn) && self.is_back_unasked(plmn).await? {
            return Ok(());
        }
        if self.is_connected().await? {
            // Connected, the daemon refuses even to be asked for the network in use, for which it would send nothing.
            if before == Some(plmn) {
                return Ok(());
            }
            self.make_way(plmn).await?;
        } else if before == Some(plmn) && self.known.doubted.take() == Some(plmn) {
            self.dispel(plmn).await?;
            before = self.selection().await?.plmn;
        }
        // What was said before the request is not about it.
        self.news = self.events.listen();
        // Of two networks left in turn the daemon may go on showing the first.
        let left = self.known.stale.or(before).filter(|left| *left != plmn);
        self.known = LastShown {
            chosen: self.known.chosen.filter(|_| before == Some(plmn)),
            names: std::mem::take(&mut self.known.names),
            ..LastShown::default()
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
                    self.known.stale = left;
                }
                Ok(())
            }
            Err(failed) => {
                let error = match (&failed.cause, words::network_fault(&failed)) {
                    (Cause::Silent(within), _) => Error::Network {
                        plmn,
                        fault: NetworkFault::TimedOut(within.as_secs()),
                    },
                    (_, Some(fault)) => Error::Network { plmn, fault },
                    (_, None) => failed.into(),
                };
                // The modem was asked, and may have left before it was refused.
                self.known.stale = left.filter(|_| !is_before_the_modem(&error));
                Err(error)
            }
        }
    }

    /// Whether the modem is on a network that it was taken away from and that the daemon still shows, so that a request
    /// for it would send nothing and be told to have worked. The daemon is given time to notice, then the modem's own
    /// list says it. `false` where the daemon has noticed that it is elsewhere.
    async fn is_back_unasked(&mut self, plmn: Plmn) -> Result<bool> {
        let stale = Error::Manager(ManagerFault::Stale);
        if self.known.is_confirmed_stale {
            return Err(stale);
        }
        let until = self.clock.now() + NOTICING;
        while self.shows(plmn).await? {
            if !self.wait_for(DaemonEvent::Modem, until).await? {
                let is_there = self.is_listed(plmn).await?;
                if !self.shows(plmn).await? {
                    break;
                }
                if is_there == Some(true) {
                    self.known.stale = None;
                    return Ok(true);
                }
                self.known.is_confirmed_stale = true;
                return Err(stale);
            }
        }
        Ok(false)
    }

    /// Has the modem's own list say whether it is where the daemon shows it, since an earlier run had taken it away from
    /// there. Without a list the daemon is believed.
    async fn dispel(&mut self, plmn: Plmn) -> Result<()> {
        if self.is_listed(plmn).await? != Some(false) || self.selection().await?.plmn != Some(plmn)
        {
            return Ok(());
        }
        self.known.stale = Some(plmn);
        self.known.is_confirmed_stale = true;
        Err(Error::Manager(ManagerFault::Stale))
    }

    /// Whether the modem's own list has a network as the one in use; `None` where there is no list.
    async fn is_listed(&mut self, plmn: Plmn) -> Result<Option<bool>> {
        let listed = optional(self.networks().await)?;
        let listed = listed.filter(|listed| !listed.is_empty());
        let in_use = |network: &Network| network.availability == Availability::Current;
        Ok(listed.map(|all| all.iter().any(|one| one.plmn == plmn && in_use(one))))
    }

    /// Whether the daemon still shows a network that the modem was taken away from.
    async fn shows(&mut self, plmn: Plmn) -> Result<bool> {
        self.selection().await?;
        Ok(self.known.stale == Some(plmn))
    }

    /// Whether a connection stands in the way of a registration.
    async fn is_connected(&mut self) -> Result<bool> {
        let state = self.modem_shown().await?.signed("State");
        Ok(state.is_some_and(|state| (words::DISCONNECTING..=words::CONNECTED).contains(&state)))
    }

    /// Has `NetworkManager` take its connection down, which comes back with the network about to be selected. What else
    /// is connected stays so, and the daemon says that it stands in the way.
    async fn make_way(&mut self, plmn: Plmn) -> Result<()> {
        if !network_manager::make_way(&self.path, plmn).await? {
            return Ok(());
        }
        self.breath = Breath::default();
        let until = self.clock.now() + HANG_UP;
        while self.is_connected().await? && self.wait_for(DaemonEvent::Modem, until).await? {}
        // The daemon is done before NetworkManager is.
        let mut news = InterfaceNews::listen();
        while !self.is_connected().await?
            && network_manager::is_in_use(&self.path).await?
            && self.clock.now() < until
        {
            news.next(&self.clock, until).await;
            self.breath = Breath::default();
        }
        Ok(())
    }
}
