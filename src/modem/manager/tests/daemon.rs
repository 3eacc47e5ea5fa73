//! A daemon of the test's own: what the backend asks of `ModemManager`, in the shapes that the bus asks for. It knows no test.

#![expect(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    reason = "an interface's methods and properties have the shape that the bus asks for"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::net::UnixStream;
use tokio::sync::Notify;
use zbus::connection::Builder;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::super::rules::SIGNAL;
use super::super::*;
use crate::os::net::interface::fixture::FakeInterfaces;

const PATH: &str = "/org/freedesktop/ModemManager1/Modem/0";
pub(super) const BEARER_PATH: &str = "/org/freedesktop/ModemManager1/Bearer/4";
const ETHERNET: [&str; 3] = ["0x1003", "up", "1"];

/// The daemon's errors, by their own names.
#[derive(Debug, Clone, zbus::DBusError)]
#[zbus(prefix = "org.freedesktop.ModemManager1.Error")]
pub(super) enum Refusal {
    #[zbus(error)]
    ZBus(zbus::Error),
    #[zbus(name = "Core.InProgress")]
    InProgress(String),
    #[zbus(name = "Core.WrongState")]
    WrongState(String),
    #[zbus(name = "Core.Cancelled")]
    Cancelled(String),
    #[zbus(name = "Core.Unauthorized")]
    Unauthorized(String),
    #[zbus(name = "Core.Failed")]
    Failed(String),
    #[zbus(name = "MobileEquipment.NoNetwork")]
    NoNetwork(String),
    #[zbus(name = "MobileEquipment.NetworkNotAllowed")]
    NetworkNotAllowed(String),
    #[zbus(name = "MobileEquipment.SimPuk")]
    SimPuk(String),
}

/// What the daemon has, and what it was told to do.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) operator: String,
    pub(super) connected: bool,
    pub(super) rate: u32,
    pub(super) log: Vec<String>,
    pub(super) refusal: Option<Refusal>,
    /// The network that it goes to instead of the one named at a connection.
    pub(super) strays_to: Option<&'static str>,
    /// Whether a registration leaves it showing the former network.
    pub(super) shows_former: bool,
    /// Told when a registration began, and asked whether it may end.
    pub(super) hold: Option<(Arc<Notify>, Arc<Notify>)>,
    /// Whether its bearer is a port on which PPP is spoken.
    pub(super) dials: bool,
    /// The level, where another than -97.5 dBm.
    pub(super) level: Option<f64>,
    /// Told when the levels were asked for after a registration.
    pub(super) asked: Arc<Notify>,
    /// Whether it has the levels read and none ever come.
    pub(super) is_barren: bool,
    /// What it answers to whoever wants levels read.
    pub(super) setup_refusal: Option<Refusal>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    pub(super) fn log(&self) -> Vec<String> {
        self.world().log.clone()
    }
}

struct FakeModem(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Modem")]
impl FakeModem {
    #[zbus(property)]
    fn state(&self) -> i32 {
        if self.0.world().connected { 11 } else { 8 }
    }

    #[zbus(property)]
    fn access_technologies(&self) -> u32 {
        1 << 14
    }

    #[zbus(property)]
    fn bearers(&self) -> Vec<OwnedObjectPath> {
        let connected = self.0.world().connected;
        let path = || ObjectPath::try_from(BEARER_PATH).unwrap().into();
        connected.then(path).into_iter().collect()
    }
}

struct FakeNetwork(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Modem.Modem3gpp")]
impl FakeNetwork {
    async fn register(
        &self,
        code: String,
        #[zbus(connection)] daemon: &zbus::Connection,
    ) -> std::result::Result<(), Refusal> {
        let (refusal, hold) = {
            let mut world = self.0.world();
            world.log.push(format!("Register {code}"));
            (world.refusal.clone(), world.hold.clone())
        };
        if let Some((began, may_end)) = hold {
            began.notify_one();
            may_end.notified().await;
            self.0.world().log.push("registered".to_owned());
        }
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        if self.0.world().connected {
            let detail = "Cannot register modem: modem is connected".to_owned();
            return Err(Refusal::WrongState(detail));
        }
        // A last look at the network that is being left.
        if !self.0.world().is_barren {
            tell_levels(daemon, levels(-97.5)).await;
        }
        let mut world = self.0.world();
        if !world.shows_former {
            world.operator = code;
        }
        Ok(())
    }

    #[zbus(property)]
    fn operator_code(&self) -> String {
        self.0.world().operator.clone()
    }

    #[zbus(property)]
    fn registration_state(&self) -> u32 {
        1
    }
}

/// Speaks of the levels as the daemon does; without a bus between, nobody else says who speaks.
pub(super) async fn tell_levels(daemon: &zbus::Connection, levels: HashMap<String, OwnedValue>) {
    let changed = HashMap::from([("Lte", OwnedValue::try_from(Value::from(levels)).unwrap())]);
    let properties = "org.freedesktop.DBus.Properties";
    let said = Message::signal(PATH, properties, "PropertiesChanged")
        .and_then(|message| message.sender(":1.7"))
        .and_then(|message| message.build(&(SIGNAL, changed, Vec::<String>::new())));
    daemon.send(&said.unwrap()).await.unwrap();
}

pub(super) fn levels(rsrp: f64) -> HashMap<String, OwnedValue> {
    let level = |name: &str, value: f64| {
        let value = OwnedValue::try_from(Value::from(value)).unwrap();
        (name.to_owned(), value)
    };
    [level("rsrp", rsrp), level("snr", -f64::MAX)].into()
}

struct FakeSignal(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Modem.Signal")]
impl FakeSignal {
    fn setup(&self, rate: u32) -> std::result::Result<(), Refusal> {
        let mut world = self.0.world();
        world.log.push(format!("Setup {rate}"));
        if let Some(refusal) = world.setup_refusal.clone() {
            return Err(refusal);
        }
        world.rate = rate;
        Ok(())
    }

    #[zbus(property)]
    fn rate(&self) -> u32 {
        self.0.world().rate
    }

    #[zbus(property)]
    fn lte(&self) -> HashMap<String, OwnedValue> {
        let world = self.0.world();
        if world.log.iter().any(|line| line.starts_with("Register")) {
            world.asked.notify_one();
        }
        if world.is_barren {
            return HashMap::new();
        }
        levels(world.level.unwrap_or(-97.5))
    }
}

struct FakeSimple(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Modem.Simple")]
impl FakeSimple {
    fn connect(
        &self,
        settings: HashMap<String, OwnedValue>,
    ) -> std::result::Result<OwnedObjectPath, Refusal> {
        let mut world = self.0.world();
        let text = |key: &str| settings.get(key)?.downcast_ref::<String>().ok();
        let operator = text("operator-id").unwrap_or_default();
        // The real one refuses a connection that names neither.
        let context = settings
            .get("profile-id")
            .and_then(|id| id.downcast_ref::<i32>().ok());
        if text("apn").is_none() && context != Some(1) {
            return Err(Refusal::Failed(
                "requires APN or profile id setting".to_owned(),
            ));
        }
        world.log.push(format!("Connect {operator}"));
        if let Some(refusal) = world.refusal.clone() {
            return Err(refusal);
        }
        world.operator = world.strays_to.map_or(operator, str::to_owned);
        world.connected = true;
        Ok(ObjectPath::try_from(BEARER_PATH).unwrap().into())
    }

    fn disconnect(&self, path: OwnedObjectPath) {
        let mut world = self.0.world();
        world.log.push(format!("Disconnect {path}"));
        world.connected = false;
    }
}

struct FakeBearer(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Bearer")]
impl FakeBearer {
    #[zbus(property)]
    fn connected(&self) -> bool {
        self.0.world().connected
    }

    #[zbus(property)]
    fn interface(&self) -> String {
        let dials = self.0.world().dials;
        if dials { "ttyUSB3" } else { "wwan0" }.to_owned()
    }

    #[zbus(property)]
    fn ip4_config(&self) -> HashMap<String, OwnedValue> {
        let text = |name: &str, text: &str| {
            let value = OwnedValue::try_from(Value::from(text)).unwrap();
            (name.to_owned(), value)
        };
        if self.0.world().dials {
            return [("method".to_owned(), OwnedValue::from(1_u32))].into();
        }
        [text("address", "10.0.0.2"), text("dns1", "10.0.0.1")].into()
    }
}

/// A modem of the fake daemon's; the connection of the far end lives as long.
pub(super) struct Bench {
    pub(super) modem: ManagerModem,
    pub(super) shared: Shared,
    pub(super) host: FakeInterfaces,
    pub(super) daemon: zbus::Connection,
}

impl Bench {
    pub(super) async fn new() -> Self {
        Self::build(true).await
    }

    /// One that offers no levels of this modem at all.
    pub(super) async fn without_signal() -> Self {
        Self::build(false).await
    }

    async fn build(has_signal: bool) -> Self {
        let shared = Shared::default();
        shared.world().operator = "20801".to_owned();
        let (near, far) = UnixStream::pair().unwrap();
        let of = || shared.clone();
        let daemon = Builder::unix_stream(far)
            .server(zbus::Guid::generate())
            .unwrap()
            .p2p()
            .serve_at(PATH, FakeModem(of()))
            .and_then(|b| b.serve_at(PATH, FakeNetwork(of())))
            .and_then(|b| {
                if has_signal {
                    b.serve_at(PATH, FakeSignal(of()))
                } else {
                    Ok(b)
                }
            })
            .and_then(|b| b.serve_at(PATH, FakeSimple(of())))
            .and_then(|b| b.serve_at(BEARER_PATH, FakeBearer(of())))
            .unwrap()
            .build();
        let (daemon, client) = tokio::join!(daemon, Builder::unix_stream(near).p2p().build());
        let gate = Gate::on(&rules::MODEM_MANAGER, client.unwrap(), ":1.7");
        let managed = Managed {
            path: PATH.to_owned(),
            ..Managed::default()
        };
        let host = FakeInterfaces::new();
        host.interface("wwan0", ETHERNET);
        host.put("addresses/wwan0", "10.0.0.2\n");
        let mut modem = ManagerModem::open(gate, &managed).await.unwrap();
        modem.host = host.interfaces();
        Self {
            modem,
            shared,
            host,
            daemon: daemon.unwrap(),
        }
    }
}
