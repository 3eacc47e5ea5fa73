//! The way of data of a managed modem: the bearer that is connected, or one that a person's order has connected.
//!
//! Asked to connect without the network's code, the daemon goes to automatic selection; so the code is always there,
//! and which network is in use is read again afterwards.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use zbus::zvariant::Value;

use super::rules::{BEARER, MODEM, SIMPLE};
use super::{ManagerModem, optional};
use crate::bus::{Args, Object, Properties, known, read};
use crate::domain::Plmn;
use crate::domain::policy::Order;
use crate::guard::Leave;
use crate::measure::Via;
use crate::modem::{
    DataFault, DataLink, DataPath, Error, ManagerFault, Modem as _, NetworkFault, Result,
};
use crate::os::net::news::InterfaceNews;
use crate::session::network_manager;
use crate::time::Instant;

/// The daemon's own limit for a connection is below 3 minutes.
const CONNECT: Duration = Duration::from_mins(3);

/// The context that is the modem's own to use, and that `ATD*99#` dials.
const FIRST_CONTEXT: i32 = 1;

/// What opensim had connected.
#[derive(Debug)]
pub(super) enum Brought {
    /// A bearer of the daemon's.
    Bearer(Object),
    /// A connection of `NetworkManager`'s, on this device of its.
    Connection(Object),
}

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

    pub(super) async fn find_link(
        &mut self,
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
                self.brought = Some(Brought::Connection(theirs));
                self.come_up(until).await?;
                bearer = self.bearers().await?.0;
            } else {
                bearer = Some(self.connect(order, plmn, apn, within).await?);
            }
        }
        let Some(bearer) = bearer else {
            return Err(Error::Data(DataFault::NoPath));
        };
        if let Some((_, plmn)) = order {
            self.still_on(plmn).await?;
        }
        let (interface, name_servers) = self.interface(&bearer, until).await?;
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
        bearer: &Properties,
        until: Instant,
    ) -> Result<(String, Vec<IpAddr>)> {
        let no_path = || Error::Data(DataFault::NoPath);
        let told = bearer.text("Interface").ok_or_else(no_path)?;
        if !is_dialled(bearer) {
            return Ok((told, name_servers(bearer)));
        }
        if !matches!(self.brought, Some(Brought::Bearer(_))) {
            let link = self.come_up(until).await?;
            return Ok((link.interface.ok_or_else(no_path)?, link.name_servers));
        }
        let call = match self.dialled.take() {
            Some(call) if call.is_up() => call,
            _ => {
                let port = Path::new("/dev").join(told);
                let call = self.dialler.take_up(&port, &self.clock, until).await;
                call.map_err(Error::Data)?
            }
        };
        let found = (call.interface.clone(), call.name_servers.clone());
        self.dialled = Some(call);
        Ok(found)
    }

    pub(super) async fn put_down(&mut self) -> Result<()> {
        // Before the daemon hangs up: its port is nobody else's then.
        if let Some(call) = self.dialled.take() {
            call.hang_up(&self.clock).await;
        }
        match self.brought.take() {
            None => Ok(()),
            Some(Brought::Bearer(path)) => {
                let call = self.call(SIMPLE, "Disconnect", Args::Object(path));
                self.ask(&call, &Leave::NONE, CONNECT).await.map(drop)
            }
            Some(Brought::Connection(path)) => Ok(network_manager::take_down(&path).await?),
        }
    }

    /// Waits until `NetworkManager`'s connection of this modem is up; no way for data where it does not have the modem.
    async fn come_up(&mut self, until: Instant) -> Result<network_manager::Link> {
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
                optional(self.put_down().await)?;
                let detail = "NetworkManager".to_owned();
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
        order: &Order,
        plmn: Plmn,
        apn: Option<String>,
        within: Duration,
    ) -> Result<Properties> {
        let mut settings = HashMap::from([("operator-id", Value::from(plmn.to_string()))]);
        // It takes one or the other: where nobody named an access point, the modem's own first context, as in dialling.
        match apn {
            Some(apn) => settings.insert("apn", Value::from(apn)),
            None => settings.insert("profile-id", Value::from(FIRST_CONTEXT)),
        };
        let call = self.call(SIMPLE, "Connect", Args::Settings(settings));
        let answer = self
            .long(call, Leave::under(order), CONNECT.min(within))
            .await;
        let answer = answer.map_err(|fault| match fault.into() {
            Error::Manager(ManagerFault::Refused { detail, .. }) => {
                Error::Data(DataFault::Dial { detail })
            }
            other => other,
        })?;
        let call = self.call(SIMPLE, "Connect", Args::None);
        let path: Object = read(&self.gate, &answer, &call)?;
        self.brought = Some(Brought::Bearer(path.clone()));
        self.of_object(&path, BEARER).await
    }

    /// Whether the network in use is the one that it was: a program that connects may have moved it.
    async fn still_on(&mut self, plmn: Plmn) -> Result<()> {
        if self.selection().await?.plmn == Some(plmn) {
            return Ok(());
        }
        optional(self.put_down().await)?;
        Err(Error::Network {
            plmn,
            fault: NetworkFault::Lost,
        })
    }
}

/// `MM_BEARER_IP_METHOD_PPP`.
const PPP: u32 = 1;

/// Whether the bearer is a port on which PPP is spoken, and no interface.
fn is_dialled(bearer: &Properties) -> bool {
    let methods = ["Ip4Config", "Ip6Config"];
    let mut methods = methods
        .iter()
        .map(|name| bearer.inner(name).number("method"));
    methods.any(|method| method == Some(PPP))
}

fn name_servers(bearer: &Properties) -> Vec<IpAddr> {
    let v4 = bearer.inner("Ip4Config");
    let named = ["dns1", "dns2", "dns3"].into_iter();
    named
        .filter_map(|name| v4.text(name)?.parse().ok())
        .collect()
}
