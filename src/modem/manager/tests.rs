//! The backend against a daemon of the test's own: what is sent, and what becomes of what the real daemon does rarely.

#![expect(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    reason = "an interface's methods and properties have the shape that the bus asks for"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::net::UnixStream;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use zbus::connection::Builder;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::*;
use crate::clock::Clock;
use crate::domain::Profile;
use crate::domain::policy::Purpose;
use crate::domain::verdict::Requirement;
use crate::measure::Via;
use crate::modem::DataFault;
use crate::modem::data::dialling;
use crate::modem::data::fixture::Fake;
use crate::ops::{self, Context, ScanRequest, Silently, SwitchRequest};
use crate::store::Store;

const PATH: &str = "/org/freedesktop/ModemManager1/Modem/0";
const BEARER_PATH: &str = "/org/freedesktop/ModemManager1/Bearer/4";
const ETHERNET: [&str; 3] = ["0x1003", "up", "1"];

/// The daemon's errors, by their own names.
#[derive(Debug, Clone, zbus::DBusError)]
#[zbus(prefix = "org.freedesktop.ModemManager1.Error")]
enum Refusal {
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
struct World {
    operator: String,
    connected: bool,
    rate: u32,
    log: Vec<String>,
    refusal: Option<Refusal>,
    /// The network that it goes to instead of the one named at a connection.
    strays_to: Option<&'static str>,
    /// Whether a registration leaves it showing the former network.
    shows_former: bool,
    /// Told when a registration began, and asked whether it may end.
    hold: Option<(Arc<Notify>, Arc<Notify>)>,
    /// Whether its bearer is a port on which PPP is spoken.
    dials: bool,
    /// The level, where another than -97.5 dBm.
    level: Option<f64>,
    /// Told when the levels were asked for after a registration.
    asked: Arc<Notify>,
}

#[derive(Debug, Clone, Default)]
struct Shared(Arc<Mutex<World>>);

impl Shared {
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    fn log(&self) -> Vec<String> {
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
        tell_levels(daemon, levels(-97.5)).await;
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
async fn tell_levels(daemon: &zbus::Connection, levels: HashMap<String, OwnedValue>) {
    let changed = HashMap::from([("Lte", OwnedValue::try_from(Value::from(levels)).unwrap())]);
    let properties = "org.freedesktop.DBus.Properties";
    let said = Message::signal(PATH, properties, "PropertiesChanged")
        .and_then(|message| message.sender(":1.7"))
        .and_then(|message| message.build(&(SIGNAL, changed, Vec::<String>::new())));
    daemon.send(&said.unwrap()).await.unwrap();
}

fn levels(rsrp: f64) -> HashMap<String, OwnedValue> {
    let level = |name: &str, value: f64| {
        let value = OwnedValue::try_from(Value::from(value)).unwrap();
        (name.to_owned(), value)
    };
    [level("rsrp", rsrp), level("snr", -f64::MAX)].into()
}

struct FakeSignal(Shared);

#[zbus::interface(name = "org.freedesktop.ModemManager1.Modem.Signal")]
impl FakeSignal {
    fn setup(&self, rate: u32) {
        let mut world = self.0.world();
        world.log.push(format!("Setup {rate}"));
        world.rate = rate;
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
struct Bench {
    modem: ManagerModem,
    shared: Shared,
    host: Fake,
    daemon: zbus::Connection,
}

impl Bench {
    async fn new() -> Self {
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
            .and_then(|b| b.serve_at(PATH, FakeSignal(of())))
            .and_then(|b| b.serve_at(PATH, FakeSimple(of())))
            .and_then(|b| b.serve_at(BEARER_PATH, FakeBearer(of())))
            .unwrap()
            .build();
        let (daemon, client) = tokio::join!(daemon, Builder::unix_stream(near).p2p().build());
        let gate = Gate::on(client.unwrap(), ":1.7");
        let managed = Managed {
            path: PATH.to_owned(),
            ..Managed::default()
        };
        let host = Fake::new();
        host.interface("wwan0", ETHERNET);
        host.put("addresses/wwan0", "10.0.0.2\n");
        let mut modem = ManagerModem::open(gate, &managed).await.unwrap();
        modem.host = host.host();
        Self {
            modem,
            shared,
            host,
            daemon: daemon.unwrap(),
        }
    }
}

fn plmn(code: &str) -> Plmn {
    code.parse().unwrap()
}

fn order(codes: &[&str]) -> Order {
    Order::from_person(Purpose::Switch, codes.iter().map(|code| plmn(code)))
}

const WITHIN: Duration = Duration::from_secs(5);

/// No test here takes longer, and none hangs.
async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), test)
        .await
        .expect("in time")
}

#[tokio::test]
async fn a_network_is_asked_for_by_its_code_and_what_is_in_use_is_read() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        assert_eq!(
            modem.selection().await.unwrap().mode,
            SelectionMode::Unknown
        );
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        let selection = modem.selection().await.unwrap();
        assert_eq!(selection.plmn, Some(plmn("20810")));
        assert_eq!(selection.mode, SelectionMode::Manual);
        assert_eq!(shared.log(), ["Register 20810"]);
        // Somebody else moves it.
        shared.world().operator = "20820".to_owned();
        assert_eq!(
            modem.selection().await.unwrap().mode,
            SelectionMode::Unknown
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_live_order_nothing_reaches_the_daemon() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        let order = order(&["20810"]);
        let other = modem.select(&order, plmn("20820"), WITHIN).await;
        assert_eq!(other.unwrap_err().code(), "modem.guarded");
        order.close();
        let late = modem.select(&order, plmn("20810"), WITHIN).await;
        assert_eq!(late.unwrap_err().code(), "modem.guarded");
        let dead = Some((&order, plmn("20801")));
        let link = modem.data_link(dead, WITHIN).await;
        assert_eq!(link.unwrap_err().code(), "modem.guarded");
        assert_eq!(shared.log(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_the_daemon_refuses_has_a_code_that_says_what_to_do() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        let text = || "words".to_owned();
        for (refusal, code) in [
            (Refusal::InProgress(text()), "manager.in_progress"),
            (Refusal::WrongState(text()), "manager.wrong_state"),
            (Refusal::Cancelled(text()), "manager.cancelled"),
            (Refusal::Unauthorized(text()), "manager.denied"),
            (Refusal::Failed(text()), "manager.refused"),
            (Refusal::NoNetwork(text()), "network.not_available"),
            (Refusal::NetworkNotAllowed(text()), "network.denied"),
            (Refusal::SimPuk(text()), "sim.puk_required"),
        ] {
            shared.world().refusal = Some(refusal);
            let order = order(&["20810"]);
            let refused = modem.select(&order, plmn("20810"), WITHIN).await;
            assert_eq!(refused.unwrap_err().code(), code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_daemon_that_goes_on_showing_the_former_network_is_not_believed() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().shows_former = true;
        let order = order(&["20810", "20801"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        assert_eq!(modem.selection().await.unwrap().plmn, None);
        // Asked to go back it would send nothing, and say that it is there.
        let back = modem.select(&order, plmn("20801"), WITHIN).await;
        assert_eq!(back.unwrap_err().code(), "manager.stale");
        assert_eq!(shared.log(), ["Register 20810"]);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_brought_up_on_the_network_in_use_and_put_down_again() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        let none = modem.data_link(None, WITHIN).await;
        assert_eq!(none.unwrap_err(), Error::Data(DataFault::NoPath));
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        let link = modem.data_link(leave, WITHIN).await.unwrap();
        assert_eq!(link.via, Via::Interface("wwan0".to_owned()));
        assert_eq!(
            link.name_servers,
            ["10.0.0.1".parse::<std::net::IpAddr>().unwrap()]
        );
        modem.release_data_link().await.unwrap();
        modem.release_data_link().await.unwrap();
        let put_down = format!("Disconnect {BEARER_PATH}");
        assert_eq!(shared.log(), ["Connect 20801", put_down.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_up_is_used_and_left_up() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().connected = true;
        modem.data_link(None, WITHIN).await.unwrap();
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        modem.data_link(leave, WITHIN).await.unwrap();
        modem.close().await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        assert_eq!(
            modem.data().await.unwrap().address.as_deref(),
            Some("10.0.0.2")
        );
    })
    .await;
}

#[tokio::test]
async fn a_connected_modem_is_not_asked_for_the_network_that_it_is_on_and_refuses_another() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().connected = true;
        let order = order(&["20801", "20810"]);
        modem.select(&order, plmn("20801"), WITHIN).await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        // No connection of NetworkManager's that could make way.
        let other = modem.select(&order, plmn("20810"), WITHIN).await;
        assert_eq!(other.unwrap_err().code(), "manager.wrong_state");
    })
    .await;
}

#[tokio::test]
async fn a_port_that_the_daemon_dialled_on_is_spoken_on_and_hung_up_before_it() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().dials = true;
        let pppd = dialling::Fake::new(dialling::UP, true);
        modem.dialler = pppd.dialler();
        host.interface("ppp7", ["0x10d1", "unknown", "1"]);
        host.put("addresses/ppp7", "10.64.12.7\n");
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        for _ in 0..2 {
            let link = modem.data_link(leave, WITHIN).await.unwrap();
            assert_eq!(link.via, Via::Interface("ppp7".to_owned()));
            assert_eq!(link.name_servers, [std::net::IpAddr::from([192, 0, 2, 53])]);
        }
        assert!(pppd.arguments().starts_with("/dev/ttyUSB3 "));
        let (ended, released) = tokio::join!(pppd.ended(), modem.release_data_link());
        released.unwrap();
        assert_eq!(ended, "ended\n");
        let hung_up = format!("Disconnect {BEARER_PATH}");
        assert_eq!(shared.log(), ["Connect 20801", &*hung_up]);
        // Where another program had it connected and nobody says by which interface, it is not known.
        shared.world().connected = true;
        let link = modem.data_link(None, WITHIN).await;
        assert_eq!(link.unwrap_err(), Error::Data(DataFault::NoPath));
        assert_eq!(modem.data().await.unwrap().interface, None);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_moves_the_modem_is_found_out_and_put_down() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().strays_to = Some("20815");
        let order = order(&["20801"]);
        let leave = Some((&order, plmn("20801")));
        let link = modem.data_link(leave, WITHIN).await;
        assert_eq!(link.unwrap_err().code(), "network.lost");
        assert!(!shared.world().connected);
    })
    .await;
}

#[tokio::test]
async fn the_signal_is_read_at_a_rate_that_is_put_back() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        let reading = modem.reading().await.unwrap();
        assert_eq!(reading.rsrp, crate::domain::radio::Rsrp::from_tenths(-975));
        assert_eq!((reading.rsrq, reading.sinr), (None, None));
        modem.close().await.unwrap();
        assert_eq!(shared.log(), ["Setup 1", "Setup 0"]);
        // A rate that another program set is left.
        shared.world().rate = 5;
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().rate = 5;
        modem.reading().await.unwrap();
        assert_eq!(shared.log(), [""; 0]);
        // It is too slow to tell of a network that was just joined.
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        modem.reading().await.unwrap();
        modem.close().await.unwrap();
        assert_eq!(shared.log(), ["Register 20810", "Setup 1", "Setup 5"]);
    })
    .await;
}

#[tokio::test]
async fn a_level_that_was_told_of_while_a_network_was_being_left_is_not_the_next_ones() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon,
        } = Bench::new().await;
        let rsrp = |tenths| crate::domain::radio::Rsrp::from_tenths(tenths);
        assert_eq!(modem.reading().await.unwrap().rsrp, rsrp(-975));
        let order = order(&["20810"]);
        modem.select(&order, plmn("20810"), WITHIN).await.unwrap();
        let asked = Arc::clone(&shared.world().asked);
        let next = async {
            asked.notified().await;
            // Whoever took the news before for the next network's has time to end with it.
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
            shared.world().level = Some(-84.0);
            tell_levels(&daemon, levels(-84.0)).await;
        };
        let (reading, ()) = tokio::join!(modem.reading(), next);
        assert_eq!(reading.unwrap().rsrp, rsrp(-840));
    })
    .await;
}

#[tokio::test]
async fn a_registration_that_was_given_up_is_waited_for() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        let (began, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        shared.world().hold = Some((Arc::clone(&began), Arc::clone(&may_end)));
        let order = order(&["20810"]);
        tokio::select! {
            biased;
            _ = modem.select(&order, plmn("20810"), WITHIN) => panic!("it is held"),
            () = began.notified() => {}
        }
        may_end.notify_one();
        modem.settle().await.unwrap();
        assert_eq!(shared.log(), ["Register 20810", "registered"]);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_polkit_refuses_changes_nothing_and_owes_nothing() {
    in_time(async {
        let Bench {
            mut modem,
            shared,
            host: _host,
            daemon: _daemon,
        } = Bench::new().await;
        shared.world().refusal = Some(Refusal::Unauthorized("words".to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let (clock, profile) = (Clock::system(), Profile::default());
        let store = Store::at(folder.path());
        let context = Context {
            clock: &clock,
            store: &store,
            profile: &profile,
            progress: &Silently,
            cancel: CancellationToken::new(),
            reveal: true,
            limit: WITHIN,
        };
        let carrier = |word| profile.named(word).unwrap();
        let request = SwitchRequest {
            carrier: carrier("sfr"),
            reason: None,
            rollback: true,
            verify: None,
        };
        let switched = ops::switch(&mut modem, &context, &order(&["20810"]), &request).await;
        assert_eq!(switched.fault.unwrap().code(), "manager.denied");
        assert_eq!(switched.body.outcome, None);
        let request = ScanRequest {
            carriers: vec![carrier("sfr"), carrier("bouygues")],
            samples: 1,
            radio_only: false,
            all_networks: false,
            measure: None,
            requirement: Requirement::default(),
            label: None,
        };
        let order = order(&["20810", "20820"]);
        let scanned = ops::scan(&mut modem, &context, &order, &request).await;
        assert_eq!(scanned.fault.unwrap().code(), "manager.denied");
        // Each was asked once: not again, and not for the way back.
        assert_eq!(shared.log(), ["Register 20810", "Register 20810"]);
        let left = std::fs::read_dir(folder.path().join("changes"));
        let journals = left.into_iter().flatten().flatten();
        assert!(
            journals
                .map(|e| e.path())
                .all(|p| p.extension().is_none_or(|e| e != "json"))
        );
    })
    .await;
}
