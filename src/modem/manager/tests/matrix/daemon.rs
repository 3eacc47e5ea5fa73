//! A `ModemManager` whose truth is the world of the virtual modem: it answers call by call, so that it can be as odd as
//! one likes at each.
//!
//! The two ends are channels of one process, not sockets: tokio's paused clock goes on as soon as no task is ready, and
//! does not know of bytes that lie in a socket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt as _;
use zbus::connection::Builder;
use zbus::connection::socket::Channel;
use zbus::message::Type;
use zbus::zvariant::{ObjectPath, OwnedValue, Value};
use zbus::{Connection, MessageStream};

use super::super::super::rules::SIGNAL;
use super::super::super::*;
use super::case::{ICCID, IMEI, IMSI};
use super::desk::Desk;
use super::habit::{Card, Code, End, Fate, Habit, Levels, List, No, astray};
use super::run::{Place, Rig, Told};
use super::{Plmn, Scenario};
use crate::modem;
use crate::sim::world::{self, Attempt, World};

/// No daemon has an object of this name, so none on the machine's own bus is asked for it.
const PATH: &str = "/org/freedesktop/ModemManager1/Modem/OfTheTests";
const CARD: &str = "/org/freedesktop/ModemManager1/SIM/OfTheTests";

/// The daemon's own limit for a registration.
const LIMIT: Duration = Duration::from_mins(2);
/// How long it takes to switch a modem on.
const ENABLING: Duration = Duration::from_secs(4);
/// How long a modem stays where it was sent before it strays.
const STRAYING: Duration = Duration::from_millis(300);

/// The daemon, and the modem that it has.
struct Truth {
    world: World,
    habits: Vec<Habit>,
    clock: Clock,
    log: Vec<String>,
    told: Option<Told>,
    /// How many calls came in this session.
    calls: usize,
    /// What became of it in this session, if anything has.
    end: Option<End>,
    /// How many registrations were asked for.
    registrations: usize,
    /// The network shown in the place of the one in use, until when.
    shown: Option<(Instant, Option<Plmn>)>,
    enabled: bool,
    rate: u32,
}

type Dictionary = HashMap<String, OwnedValue>;

/// What a call comes to.
enum Answer {
    Nothing,
    Is(Dictionary),
    Cells(Vec<Dictionary>),
    Places(HashMap<u32, OwnedValue>),
    No(&'static str, &'static str),
    Never,
}

impl Answer {
    fn no(no: No) -> Self {
        Self::No(no.name(), "words")
    }
}

fn own<'a>(value: impl Into<Value<'a>>) -> OwnedValue {
    OwnedValue::try_from(value.into()).unwrap()
}

fn dictionary<const N: usize>(pairs: [(&str, OwnedValue); N]) -> Dictionary {
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

impl Truth {
    fn new(scenario: &Scenario, habits: &[Habit]) -> Self {
        let mut world = scenario.world();
        if habits.contains(&Habit::RadioOff) {
            world.set_radio(Instant::ZERO, false);
        }
        Self {
            world,
            enabled: !habits.contains(&Habit::Disabled),
            habits: habits.to_vec(),
            clock: Clock::system(),
            log: Vec::new(),
            told: None,
            calls: 0,
            end: None,
            registrations: 0,
            shown: None,
            rate: 0,
        }
    }

    fn has(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }

    /// The first habit of a kind.
    fn first<T>(&self, of: impl Fn(Habit) -> Option<T>) -> Option<T> {
        self.habits.iter().find_map(|habit| of(*habit))
    }

    /// Moves time on.
    fn now(&mut self) -> Instant {
        let now = self.clock.now();
        while self.world.advance(now) {}
        now
    }

    /// The network that the daemon believes the modem to be on.
    fn believed(&mut self) -> Option<Plmn> {
        let now = self.now();
        match self.shown {
            Some((until, plmn)) if now < until => plmn,
            _ => self.world.reported().camp.map(|camp| camp.plmn),
        }
        .filter(|_| self.enabled)
    }

    /// The registration state that it shows.
    fn state(&mut self) -> u32 {
        if !self.enabled {
            return 4;
        }
        if self.believed().is_some() {
            let of = |habit| match habit {
                Habit::Stands(state) => Some(state),
                Habit::StandsAtFirst(state) if self.registrations == 0 => Some(state),
                _ => None,
            };
            return self.first(of).unwrap_or(5);
        }
        match self.world.reported().state {
            RegistrationState::Denied => 3,
            RegistrationState::Searching => 2,
            _ => 0,
        }
    }

    /// `State` of the modem.
    fn ladder(&mut self) -> i32 {
        match self.first(|habit| match habit {
            Habit::Card(card) => Some(card),
            _ => None,
        }) {
            Some(Card::Absent) => return -1,
            Some(Card::Puk) => return 2,
            _ => {}
        }
        if !self.world.radio() || !self.enabled {
            3
        } else if self.has(Habit::Connected) {
            11
        } else {
            match self.state() {
                1 | 5 => 8,
                2 => 7,
                _ => 6,
            }
        }
    }

    fn modem(&mut self) -> Dictionary {
        let on = self.believed().is_some();
        let lock = match self.first(|habit| match habit {
            Habit::Card(card) => Some(card),
            _ => None,
        }) {
            Some(Card::Puk) => 4_u32,
            Some(Card::Pin2) => 3,
            Some(Card::Untold) => 0,
            _ => 1,
        };
        let access = self.first(|habit| match habit {
            Habit::Access(bits) => Some(bits),
            _ => None,
        });
        let number = if self.has(Habit::Numberless) {
            ""
        } else {
            IMEI
        };
        let power = if self.world.radio() { 3_u32 } else { 2 };
        dictionary([
            ("Manufacturer", own("QUALCOMM INCORPORATED")),
            ("Model", own("QUECTEL Mobile Broadband Module")),
            ("EquipmentIdentifier", own(number)),
            ("State", own(self.ladder())),
            ("StateFailedReason", own(2_u32)),
            ("PowerState", own(power)),
            ("UnlockRequired", own(lock)),
            ("UnlockRetries", own(HashMap::from([(2_u32, 3_u32)]))),
            (
                "AccessTechnologies",
                own(access.unwrap_or(if on { 1 << 14 } else { 0 })),
            ),
            ("Sim", own(ObjectPath::try_from(CARD).unwrap())),
            ("Bearers", own(Vec::<ObjectPath<'_>>::new())),
        ])
    }

    fn network(&mut self) -> Dictionary {
        let believed = self.believed();
        let name = believed.map_or("", name);
        let habit = self.first(|habit| match habit {
            Habit::Code(code) => Some(code),
            _ => None,
        });
        let text = believed.map(|plmn| plmn.to_string()).unwrap_or_default();
        let (code, name) = match habit {
            None => (own(text.as_str()), name),
            Some(Code::Empty) => (own(""), name),
            Some(Code::Name) => (own(name), name),
            Some(Code::Number) => (own(text.parse().unwrap_or(0_u32)), name),
            Some(Code::Nothing) => (own(""), ""),
        };
        dictionary([
            ("RegistrationState", own(self.state())),
            ("OperatorCode", code),
            ("OperatorName", own(name)),
        ])
    }

    fn lte(&mut self) -> Dictionary {
        let now = self.now();
        let never = self.has(Habit::Levels(Levels::Never));
        let camp = self.world.reported().camp;
        let Some(camp) = camp.filter(|_| self.rate > 0 && !never) else {
            return Dictionary::new();
        };
        let levels = self.world.levels(self.world.cell(camp), now);
        let tenths = |tenths: i32| own(f64::from(tenths) / 10.0);
        dictionary([
            ("rsrp", tenths(levels.rsrp)),
            ("rsrq", tenths(levels.rsrq)),
            ("snr", own(-f64::MAX)),
        ])
    }

    fn list(&mut self) -> Vec<Dictionary> {
        let on = self.world.plmn();
        let marked = !self.has(Habit::List(List::Unmarked));
        if self.has(Habit::List(List::Empty)) {
            return Vec::new();
        }
        let heard = self.world.carriers().iter();
        heard
            .filter(|carrier| carrier.availability != world::Availability::Absent)
            .map(|carrier| {
                let status = match carrier.availability {
                    _ if marked && on.is_some_and(|on| carrier.plmns.contains(&on)) => 2_u32,
                    world::Availability::Denied(_) => 3,
                    _ => 1,
                };
                dictionary([
                    ("operator-code", own(carrier.plmns[0].as_str())),
                    ("operator-long", own(carrier.name.as_str())),
                    ("status", own(status)),
                    ("access-technology", own(1_u32 << 14)),
                ])
            })
            .collect()
    }

    fn cells(&mut self) -> Vec<Dictionary> {
        let now = self.now();
        let Some(camp) = self.world.registration().camp else {
            return Vec::new();
        };
        let cell = self.world.cell(camp);
        let levels = self.world.levels(cell, now);
        vec![dictionary([
            ("serving", own(true)),
            ("cell-type", own(5_u32)),
            ("operator-id", own(camp.plmn.as_str())),
            ("ci", own(format!("{:X}", cell.cell_id))),
            ("tac", own(format!("{:X}", cell.tac))),
            ("earfcn", own(cell.earfcn)),
            ("rsrp", own(f64::from(levels.rsrp) / 10.0)),
        ])]
    }

    fn places(&mut self) -> HashMap<u32, OwnedValue> {
        self.now();
        let Some(camp) = self.world.reported().camp else {
            return HashMap::new();
        };
        let cell = self.world.cell(camp);
        let (network, place) = (camp.plmn.as_str(), (cell.cell_id, cell.tac));
        let (country, network) = network.split_at(3);
        let text = format!("{country},{network},FFFE,{:X},{:X}", place.0, place.1);
        HashMap::from([(1, own(text))])
    }
}

fn name(plmn: Plmn) -> &'static str {
    match plmn.as_str() {
        "20801" => "Orange F",
        "20820" => "F-Bouygues Telecom",
        _ => "F SFR",
    }
}

/// The daemon, as many sessions as are opened with it.
#[derive(Clone)]
struct Daemon(Arc<Mutex<Truth>>);

impl Daemon {
    fn truth(&self) -> MutexGuard<'_, Truth> {
        self.0.lock().unwrap()
    }

    async fn sleep(&self, span: Duration) {
        let clock = self.truth().clock.clone();
        clock.sleep_until(Some(clock.now() + span)).await;
    }

    /// Takes a call up; what becomes of it is told by `answer`.
    fn arrives(&self, line: String, is_registration: bool) -> Option<End> {
        let mut truth = self.truth();
        truth.log.push(line);
        truth.calls += 1;
        if is_registration {
            truth.registrations += 1;
        }
        if let Some(told) = &truth.told {
            told.count(truth.log.len());
        }
        let calls = truth.calls;
        let ends = truth.first(|habit| match habit {
            Habit::At(call, end) if call == calls => Some(end),
            _ => None,
        });
        match (truth.end, ends) {
            (None, Some(End::Hangs)) => return ends,
            (None, Some(_)) => truth.end = ends,
            _ => {}
        }
        truth.end
    }

    async fn answer(&self, message: &Message) -> (Answer, Option<End>) {
        let header = message.header();
        let member = header.member().map(ToString::to_string).unwrap_or_default();
        let body = message.body();
        let text = body.deserialize::<String>().ok();
        let number = body.deserialize::<u32>().ok();
        let flag = body.deserialize::<bool>().ok();
        let line = match (&text, number, flag) {
            (Some(text), ..) => format!("{member} {text}"),
            (_, Some(number), _) => format!("{member} {number}"),
            (.., Some(flag)) => format!("{member} {flag}"),
            _ => member.clone(),
        };
        let before = self.truth().end;
        let end = self.arrives(line, member == "Register");
        if let Some(end) = end {
            // What it was told with its last breath it had told the modem.
            if let (None, "Register", Some(code)) = (before, &*member, &text) {
                let mut truth = self.truth();
                let now = truth.now();
                truth.world.select(now, code.parse().unwrap(), None, false);
            }
            let answer = match end {
                End::Dies => Answer::No("org.freedesktop.DBus.Error.ServiceUnknown", "gone"),
                End::Hangs | End::Deaf => Answer::Never,
                End::Loses => Answer::No(
                    "org.freedesktop.DBus.Error.UnknownMethod",
                    "Object does not exist at path",
                ),
            };
            return (answer, before.is_none().then_some(end));
        }
        let text = text.unwrap_or_default();
        let answer = match &*member {
            "GetAll" => self.properties(&text),
            "Register" => self.register(text.parse().ok()).await,
            "Setup" => self.setup(number.unwrap_or_default()),
            "Scan" => self.scan().await,
            "Enable" => self.enable(flag == Some(true)).await,
            "GetCellInfo" if self.truth().has(Habit::TellsCells) => {
                Answer::Cells(self.truth().cells())
            }
            "GetLocation" if !self.truth().has(Habit::Placeless) => {
                Answer::Places(self.truth().places())
            }
            "GetLocation" => Answer::no(No::Unauthorized),
            _ => Answer::No(
                "org.freedesktop.ModemManager1.Error.Core.Unsupported",
                "words",
            ),
        };
        (answer, None)
    }

    fn properties(&self, interface: &str) -> Answer {
        let mut truth = self.truth();
        Answer::Is(match interface {
            MODEM => truth.modem(),
            THREE_GPP => truth.network(),
            SIM => dictionary([("SimIdentifier", own(ICCID)), ("Imsi", own(IMSI))]),
            SIGNAL if !truth.has(Habit::Levels(Levels::NotOffered)) => {
                dictionary([("Rate", own(truth.rate)), ("Lte", own(truth.lte()))])
            }
            _ => {
                return Answer::No(
                    "org.freedesktop.DBus.Error.InvalidArgs",
                    "no such interface",
                );
            }
        })
    }

    fn setup(&self, rate: u32) -> Answer {
        let mut truth = self.truth();
        if truth.has(Habit::Levels(Levels::Refused)) {
            return Answer::no(No::Failed);
        }
        if truth.has(Habit::Levels(Levels::Denied)) {
            return Answer::no(No::Unauthorized);
        }
        truth.rate = rate;
        Answer::Nothing
    }

    async fn scan(&self) -> Answer {
        let list = self.truth().first(|habit| match habit {
            Habit::List(list) => Some(list),
            _ => None,
        });
        let takes = match list {
            Some(List::Refused) => return Answer::no(No::Failed),
            Some(List::InProgress) => return Answer::no(No::InProgress),
            Some(List::NeverEnds) => return Answer::Never,
            Some(List::Slow) => Duration::from_mins(5),
            _ => Duration::from_secs(48),
        };
        self.sleep(takes).await;
        Answer::Cells(self.truth().list())
    }

    async fn enable(&self, on: bool) -> Answer {
        self.sleep(ENABLING).await;
        let mut truth = self.truth();
        let now = truth.now();
        truth.enabled = on;
        truth.world.set_radio(now, on);
        Answer::Nothing
    }

    async fn register(&self, plmn: Option<Plmn>) -> Answer {
        let Some(plmn) = plmn else {
            // An empty code: the modem chooses.
            let mut truth = self.truth();
            let now = truth.now();
            truth.world.select_automatically(now);
            return Answer::Nothing;
        };
        let (number, before) = {
            let mut truth = self.truth();
            let number = truth.registrations;
            let refusal = truth.first(|habit| match habit {
                Habit::Refuses(no, when, fate) if when.is(number) => Some((no, fate)),
                _ => None,
            });
            if let Some((no, fate)) = refusal {
                let now = truth.now();
                match fate {
                    Fate::Stayed => {}
                    Fate::Moved => truth.world.select(now, plmn, None, false),
                    Fate::Lost => truth.world.lose(now, plmn, None),
                }
                return Answer::no(no);
            }
            if truth.has(Habit::Connected) {
                return Answer::no(No::WrongState);
            }
            let before = truth.believed();
            // It sends nothing for the network that it believes the modem to be on.
            if before == Some(plmn) && matches!(truth.state(), 1 | 5) {
                return Answer::Nothing;
            }
            let under_way = truth.world.attempt() == Attempt::UnderWay && number > 1;
            if under_way && truth.has(Habit::OneAtATime) {
                return Answer::no(No::InProgress);
            }
            (number, before)
        };
        let early = self.truth().first(|habit| match habit {
            Habit::AnswersEarly(span) => Some(span),
            _ => None,
        });
        let (daemon, way) = (self.clone(), (number, before, plmn));
        let moves = tokio::spawn(async move { daemon.moves(way, early).await });
        match early {
            Some(_) => Answer::Nothing,
            None => moves.await.unwrap(),
        }
    }

    /// Moves the modem and waits until that is over.
    async fn moves(&self, way: (usize, Option<Plmn>, Plmn), early: Option<Duration>) -> Answer {
        let (number, before, plmn) = way;
        let late = self.truth().first(|habit| match habit {
            Habit::AnswersLate(span) => Some(span),
            _ => None,
        });
        if let Some(span) = early.or(late) {
            self.sleep(span).await;
        }
        {
            let mut truth = self.truth();
            let now = truth.now();
            // A newer request has taken its place.
            if truth.registrations != number && early.is_none() {
                return Answer::no(No::Cancelled);
            }
            if let Some(span) = truth.first(|habit| match habit {
                Habit::ShowsFormer(span) => Some(span),
                _ => None,
            }) {
                truth.shown = Some((now + span, before));
            }
            truth.world.select(now, plmn, None, false);
        }
        self.arrived(number, plmn).await
    }

    async fn arrived(&self, number: usize, plmn: Plmn) -> Answer {
        let until = self.truth().clock.now() + LIMIT;
        loop {
            let next = {
                let mut truth = self.truth();
                let now = truth.now();
                if truth.registrations != number {
                    return Answer::no(No::Cancelled);
                }
                match truth.world.attempt() {
                    Attempt::Settled => break,
                    Attempt::Denied(_) => return Answer::no(No::NotAllowed),
                    Attempt::NotFound => return Answer::no(No::NotHeard),
                    Attempt::UnderWay if now >= until => return Answer::no(No::Timeout),
                    Attempt::UnderWay => {}
                }
                // Whoever asks for another meanwhile is seen at the next look.
                let look = now + Duration::from_secs(1);
                let next = truth
                    .world
                    .next_change()
                    .map_or(look, |next| next.min(look));
                next.max(now + Duration::from_millis(1)) - now
            };
            self.sleep(next).await;
        }
        let strays = self.truth().first(|habit| match habit {
            Habit::Strays(when) if when.is(number) => Some(()),
            _ => None,
        });
        if strays.is_some() {
            let daemon = self.clone();
            tokio::spawn(async move {
                daemon.sleep(STRAYING).await;
                let mut truth = daemon.truth();
                let now = truth.now();
                if truth.registrations == number {
                    truth.world.select(now, astray(plmn), None, false);
                }
            });
        }
        Answer::Nothing
    }
}

/// Speaks as the daemon, or as the bus: without a bus between nobody else says who speaks.
async fn say<B>(far: &Connection, sender: &str, what: (&str, &str, &str), body: &B)
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    let (path, interface, member) = what;
    let said = Message::signal(path, interface, member)
        .and_then(|message| message.sender(sender))
        .and_then(|message| message.build(body));
    let _ = far.send(&said.unwrap()).await;
}

async fn reply(far: &Connection, message: &Message, answer: Answer) {
    let header = message.header();
    let _ = match answer {
        Answer::Nothing => far.reply(&header, &()).await,
        Answer::Is(values) => far.reply(&header, &values).await,
        Answer::Cells(list) => far.reply(&header, &list).await,
        Answer::Places(places) => far.reply(&header, &places).await,
        Answer::No(name, detail) => far.reply_error(&header, name, &detail).await,
        Answer::Never => Ok(()),
    };
}

async fn ends(far: &Connection, end: End) {
    const ROOT: &str = "/org/freedesktop/ModemManager1";
    match end {
        End::Dies => {
            let bus = "org.freedesktop.DBus";
            let what = ("/org/freedesktop/DBus", bus, "NameOwnerChanged");
            say(far, bus, what, &(":1.7", ":1.7", "")).await;
        }
        End::Loses => {
            let objects = "org.freedesktop.DBus.ObjectManager";
            let path = ObjectPath::try_from(PATH).unwrap();
            let gone = (path, vec![MODEM, THREE_GPP]);
            say(far, ":1.7", (ROOT, objects, "InterfacesRemoved"), &gone).await;
        }
        End::Hangs | End::Deaf => {}
    }
}

/// Serves one session until its caller leaves.
async fn serve(daemon: Daemon, far: Connection, mut calls: MessageStream) {
    let telling = tokio::spawn(tell(daemon.clone(), far.clone()));
    while let Some(Ok(message)) = calls.next().await {
        if message.message_type() != Type::MethodCall {
            continue;
        }
        let (daemon, far) = (daemon.clone(), far.clone());
        tokio::spawn(async move {
            let (answer, end) = daemon.answer(&message).await;
            if let Some(end) = end {
                ends(&far, end).await;
            }
            reply(&far, &message, answer).await;
        });
    }
    telling.abort();
}

/// Tells of what has changed, once a second, as the daemon's own timers do.
async fn tell(daemon: Daemon, far: Connection) {
    let mut known = (None, None, None);
    loop {
        daemon.sleep(Duration::from_secs(1)).await;
        let (now, network, lte) = {
            let mut truth = daemon.truth();
            if truth.has(Habit::Mute) || truth.end.is_some() {
                return;
            }
            let lte = truth.lte();
            let rsrp = lte.get("rsrp").and_then(|v| f64::try_from(v).ok());
            let now = (Some(truth.state()), truth.believed(), rsrp);
            (now, truth.network(), lte)
        };
        let what = (PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged");
        let none = Vec::<String>::new();
        if (now.0, now.1) != (known.0, known.1) {
            say(&far, ":1.7", what, &(THREE_GPP, network, &none)).await;
        }
        if now.2 != known.2 {
            let changed = dictionary([("Lte", own(lte))]);
            say(&far, ":1.7", what, &(SIGNAL, changed, &none)).await;
        }
        known = now;
    }
}

/// A modem of the daemon's.
pub(super) struct Managed {
    daemon: Daemon,
    twin: Mutex<Truth>,
}

impl Managed {
    pub(super) fn new(scenario: &Scenario, habits: &[Habit]) -> Self {
        Self {
            daemon: Daemon(Arc::new(Mutex::new(Truth::new(scenario, habits)))),
            twin: Mutex::new(Truth::new(scenario, habits)),
        }
    }
}

fn place_of(world: &World) -> Place {
    Place {
        selection: world.selection(),
        on: world.plmn(),
    }
}

#[async_trait]
impl Rig for Managed {
    async fn open(&self, _: &Desk, told: Option<&Told>) -> modem::Result<Box<dyn Modem>> {
        {
            let mut truth = self.daemon.truth();
            truth.now();
            truth.told = told.cloned();
            if !truth.log.is_empty() {
                // Whoever keeps the machine has started it again.
                if truth.end.take().is_some() {
                    truth.shown = None;
                }
                truth.habits.retain(|habit| !matches!(habit, Habit::At(..)));
            }
        }
        let (near, far) = Channel::pair();
        let guid = zbus::Guid::generate();
        let end = |channel| {
            Builder::authenticated_socket(channel, guid.clone())
                .unwrap()
                .p2p()
        };
        let (near, far) = tokio::join!(end(near).build(), end(far).build());
        let far = far.unwrap();
        // Before the first call can come.
        let calls = MessageStream::from(&far);
        tokio::spawn(serve(self.daemon.clone(), far, calls));
        let managed = super::super::super::Managed {
            path: PATH.to_owned(),
            ..Default::default()
        };
        let gate = Gate::on(&rules::MODEM_MANAGER, near.unwrap(), ":1.7");
        Ok(Box::new(ManagerModem::open(gate, &managed).await?))
    }

    fn place(&self, _: &Desk) -> Place {
        let mut truth = self.daemon.truth();
        truth.now();
        place_of(&truth.world)
    }

    fn carriers(&self) -> Vec<crate::sim::world::Carrier> {
        self.daemon.truth().world.carriers().to_vec()
    }

    fn left_alone(&self) -> Place {
        let mut twin = self.twin.lock().unwrap();
        while twin.world.advance(Instant::at(Duration::from_mins(1))) {}
        place_of(&twin.world)
    }

    fn wire(&self) -> Vec<String> {
        self.daemon.truth().log.clone()
    }

    fn heard(&self) -> usize {
        self.daemon.truth().log.len()
    }
}
