//! The way that data takes over a managed modem: the bearer that is connected, or one that a person's order has
//! connected, by `NetworkManager` where that has the modem. Which network is in use is read again afterwards.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use super::rules::MODEM;
use super::{ManagerModem, optional};
use crate::bus::{Properties, known};
use crate::domain::Plmn;
use crate::domain::codes::Detail;
use crate::domain::policy::Order;
use crate::guard::Leave;
use crate::measure::Via;
use crate::modem::{
    DataFault, DataLink, DataPath, DataSession, Error, ManagerFault, Modem as _, NetworkFault,
    Result,
};
use crate::os::net::news::InterfaceNews;
use crate::session::bearer::{BEARER, Bearer, OnBus, is_dialled, name_servers};
use crate::session::network_manager;
use crate::session::{BegunWay, Guard};
use crate::time::Instant;

impl ManagerModem {
    pub(super) async fn data_path(&mut self) -> Result<DataPath> {
        let (connected, apn) = self.bearers().await?;
        let Some(bearer) = connected else {
            return Ok(DataPath {
                apn,
                interface: None,
                address: None,
            });
        };
        let interface = if is_dialled(&bearer) {
            let link = known(network_manager::link(&self.path).await)?.flatten();
            link.and_then(|link| link.interface)
        } else {
            bearer.text("Interface")
        };
        let address = bearer.inner("Ip4Config").text("address");
        Ok(DataPath {
            apn: bearer.inner("Properties").text("apn").or(apn),
            address: address.or_else(|| {
                let seen = self.host.look(interface.as_deref()?);
                Some(seen.addresses.first()?.to_string())
            }),
            interface,
        })
    }

    pub(super) async fn open_session(
        &mut self,
        order: Option<(&Order, Plmn)>,
        within: Duration,
    ) -> Result<DataSession> {
        let begun = self.begun.clone();
        begun.settle().await;
        let guard = begun.guard();
        match self.bring_up(&guard, order, within).await {
            Ok(link) => Ok(guard.up(link)),
            Err(error) => {
                optional(guard.end().await.map_err(Error::from))?;
                Err(error)
            }
        }
    }

    async fn bring_up(
        &mut self,
        guard: &Guard,
        order: Option<(&Order, Plmn)>,
        within: Duration,
    ) -> Result<DataLink> {
        let until = self.clock.now() + within;
        let (mut bearer, apn) = self.bearers().await?;
        if let (None, Some((order, plmn))) = (&bearer, order) {
            // What it brings up has its addresses and its name servers; a bearer alone has not.
            let leave = Leave::under(order);
            let theirs = network_manager::bring_up(&self.path, plmn, &leave).await?;
            if let Some(theirs) = theirs {
                guard.began(BegunWay::Connection(theirs));
                self.come_up(until).await?;
                bearer = self.bearers().await?.0;
            } else {
                bearer = Some(self.connect(guard, (order, plmn), apn, within).await?);
            }
        }
        let Some(bearer) = bearer else {
            return Err(Error::Data(DataFault::NoPath));
        };
        if let Some((_, plmn)) = order {
            self.still_on(plmn).await?;
        }
        let (interface, name_servers) = self.interface(guard, &bearer, until).await?;
        let mut news = InterfaceNews::listen();
        let ready = self.host.ready(&interface, &mut news, &self.clock, until);
        ready.await.map_err(|fault| Error::Data(fault.into()))?;
        Ok(DataLink {
            via: Via::Interface(interface),
            name_servers,
            server: None,
        })
    }

    /// The interface that a connected bearer's data takes, and its name servers. Where the daemon has dialled, it tells a
    /// port: then it is the one of whoever speaks PPP there, which is `NetworkManager`, or opensim for a bearer of its own.
    async fn interface(
        &mut self,
        guard: &Guard,
        bearer: &Properties,
        until: Instant,
    ) -> Result<(String, Vec<IpAddr>)> {
        let no_path = || Error::Data(DataFault::NoPath);
        let told = bearer.text("Interface").ok_or_else(no_path)?;
        if !is_dialled(bearer) {
            return Ok((told, name_servers(bearer)));
        }
        if !self.begun.has_bearer() {
            let link = self.come_up(until).await?;
            return Ok((link.interface.ok_or_else(no_path)?, link.name_servers));
        }
        if let Some(found) = self.begun.call().await {
            return Ok(found);
        }
        let port = Path::new("/dev").join(told);
        let call = self.dialler.take_up(&port, &self.clock, until).await;
        Ok(guard.began_call(call.map_err(Error::Data)?, &self.clock))
    }

    /// Waits until `NetworkManager`'s connection of this modem is up; no way for data where it does not have the modem.
    async fn come_up(&mut self, until: Instant) -> Result<network_manager::ConnectionState> {
        let mut news = InterfaceNews::listen();
        let mut was_coming = false;
        loop {
            let link = known(network_manager::link(&self.path).await)?.flatten();
            let link = link.ok_or(Error::Data(DataFault::NoPath))?;
            if link.interface.is_some() {
                return Ok(link);
            }
            let given_up = was_coming && !link.is_coming;
            was_coming = link.is_coming;
            if given_up || self.clock.now() >= until {
                let detail = Detail::DIAL_BY_NETWORK_MANAGER.into();
                return Err(Error::Data(DataFault::Dial { detail }));
            }
            news.next(&self.clock, until).await;
        }
    }

    /// The bearer that is connected, and the access point's name of any.
    async fn bearers(&self) -> Result<(Option<Properties>, Option<String>)> {
        let mut apn = None;
        for path in self.of(MODEM).await?.objects("Bearers") {
            let told = self.of_object(&path, BEARER).await;
            // One that was taken away meanwhile is none.
            let Ok(bearer) = told else { continue };
            apn = apn.or_else(|| bearer.inner("Properties").text("apn"));
            if bearer.flag("Connected") == Some(true) {
                return Ok((Some(bearer), apn));
            }
        }
        Ok((None, apn))
    }

    async fn connect(
        &mut self,
        guard: &Guard,
        order: (&Order, Plmn),
        apn: Option<String>,
        within: Duration,
    ) -> Result<Properties> {
        let modem = OnBus {
            gate: self.gate.clone(),
            path: self.path.clone(),
            name: self.port.clone(),
        };
        let bearer = Bearer::connect(modem, &mut self.pending, order, apn, within).await;
        let bearer = bearer.map_err(|fault| match fault.into() {
            Error::Manager(ManagerFault::Refused { detail, .. }) => {
                Error::Data(DataFault::Dial { detail })
            }
            other => other,
        })?;
        let path = bearer.path().clone();
        guard.began(BegunWay::Bearer(bearer));
        self.of_object(&path, BEARER).await
    }

    /// Whether the network in use is the one that it was: a program that connects may have moved it.
    async fn still_on(&mut self, plmn: Plmn) -> Result<()> {
        if self.selection().await?.plmn == Some(plmn) {
            return Ok(());
        }
        Err(Error::Network {
            plmn,
            fault: NetworkFault::Lost,
        })
    }
}
