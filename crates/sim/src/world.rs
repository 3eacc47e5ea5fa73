//! The truth around the virtual modem: SIM card, carriers, cells, registration over time. It knows no AT.
//!
//! Time is an argument. [`World::advance`] moves it on, [`World::next_change`] says when something will happen by
//! itself; what the modem then says of it is the persona's business. What it *reports* can lag behind what *is*
//! ([`Timing::stale`]): real modems go on saying "registered" long after they were told to leave.

use std::time::Duration;

use opensim_domain::time::Instant;
use opensim_domain::{Access, Plmn, RegistrationState};

pub(crate) mod card;
pub(crate) mod cell;
pub(crate) mod link;

pub use card::{Card, CardState};
pub use cell::{Availability, Carrier, Cell, Levels};
pub use link::LinkShape;

/// How long the world's own doings take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// A search that finds nothing.
    pub search: Duration,
    /// How long the old registration is still reported after a selection.
    pub stale: Duration,
}

/// Who chooses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The modem does.
    Automatic,
    /// This network and no other.
    Manual(Plmn, Option<Access>),
    /// This one first, any other after.
    ManualThenAutomatic(Plmn, Option<Access>),
    /// None: the modem was told to leave.
    Deregistered,
}

/// Where the modem stands with the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// The state.
    pub state: RegistrationState,
    /// The cell it is on, where registered.
    pub camp: Option<Camp>,
    /// Why the network refused.
    pub cause: Option<u16>,
}

/// A cell of a carrier, under one of its network codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Camp {
    carrier: usize,
    cell: usize,
    /// The network code that is registered on.
    pub plmn: Plmn,
}

/// How the last attempt to register stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// None is under way and none failed.
    Settled,
    /// It goes on.
    UnderWay,
    /// The network refused, with this cause.
    Denied(u16),
    /// No such network was found.
    NotFound,
}

/// A thing that happens by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// To the carrier of this network code.
    pub plmn: Plmn,
    /// How it is from then on.
    pub availability: Option<Availability>,
    /// How its levels move, tenths of dB.
    pub change: i32,
}

/// How often a registered modem looks for a better cell of its carrier.
const RESELECTION: Duration = Duration::from_secs(5);
/// How much better it must be, tenths of dB.
const HYSTERESIS: i32 = 30;

const SEARCHING: Registration = Registration {
    state: RegistrationState::Searching,
    camp: None,
    cause: None,
};
const IDLE: Registration = Registration {
    state: RegistrationState::NotRegistered,
    camp: None,
    cause: None,
};

/// The world. See the module.
#[derive(Debug, Clone)]
pub struct World {
    /// The SIM card.
    pub card: Card,
    carriers: Vec<Carrier>,
    selection: Selection,
    radio: bool,
    registration: Registration,
    attempt: Attempt,
    /// When the attempt under way ends; `None` while none is, and for one that never ends.
    ends: Option<Instant>,
    /// What is reported instead of the truth, until when.
    stale: Option<(Instant, Registration)>,
    events: Vec<Event>,
    /// When a card that is held can be used.
    card_wakes: Option<Instant>,
    reselection: Option<Instant>,
    timing: Timing,
    seed: u64,
}

impl World {
    /// A world at its start, the modem not registered. `events` in any order.
    pub fn new(card: Card, carriers: Vec<Carrier>, timing: Timing, seed: u64) -> Self {
        Self {
            card,
            carriers,
            selection: Selection::Automatic,
            radio: true,
            registration: IDLE,
            attempt: Attempt::Settled,
            ends: None,
            stale: None,
            events: Vec::new(),
            card_wakes: None,
            reselection: None,
            timing,
            seed,
        }
    }

    /// Adds what will happen by itself.
    pub fn schedule(&mut self, mut events: Vec<Event>) {
        events.sort_by_key(|e| e.at);
        self.events = events;
    }

    /// Starts out in this selection, registered at once where that can be, else still searching.
    pub fn start(&mut self, selection: Selection, registered: bool) {
        self.selection = selection;
        self.attempt_registration(Instant::ZERO);
        let tries = self.attempt == Attempt::UnderWay;
        if registered && tries && self.target().is_some_and(|c| self.is_ok(c)) {
            self.settle(Instant::ZERO);
        }
    }

    /// Selects a network by hand and leaves the one in use. The same network again changes nothing.
    pub fn select(&mut self, now: Instant, plmn: Plmn, access: Option<Access>, fall_back: bool) {
        let make = if fall_back {
            Selection::ManualThenAutomatic
        } else {
            Selection::Manual
        };
        self.selection = make(plmn, access);
        let there = self.registration.camp.is_some_and(|camp| {
            camp.plmn == plmn && access.is_none_or(|a| self.cell(camp).access == a)
        });
        if !there {
            self.leave(now);
            self.attempt_registration(now);
        }
    }

    /// Lets the modem choose. Where it is registered it stays.
    pub fn select_automatically(&mut self, now: Instant) {
        self.selection = Selection::Automatic;
        if self.registration.camp.is_none() {
            self.attempt_registration(now);
        }
    }

    /// Leaves the network and stays away.
    pub fn deregister(&mut self, now: Instant) {
        self.selection = Selection::Deregistered;
        self.leave(now);
        self.settle_idle();
    }

    /// Leaves the network for one that is not joined, as a modem does that gives up half-way.
    pub fn lose(&mut self, now: Instant, plmn: Plmn, access: Option<Access>) {
        self.selection = Selection::Manual(plmn, access);
        self.leave(now);
        self.settle_idle();
        self.registration = SEARCHING;
        self.attempt = Attempt::NotFound;
    }

    /// Keeps the card from being used until then; without a time, for good.
    pub fn hold_card(&mut self, now: Instant, until: Option<Instant>) {
        self.card.hold(true);
        self.card_wakes = until;
        self.attempt_registration(now);
    }

    /// Turns the radio on or off.
    pub fn set_radio(&mut self, now: Instant, on: bool) {
        if self.radio != on {
            self.radio = on;
            self.stale = None;
            self.attempt_registration(now);
        }
    }

    /// Tries again, as after the PIN was given or the modem restarted.
    pub fn attempt_registration(&mut self, now: Instant) {
        self.reselection = None;
        if !self.radio || !self.card.is_ready() || self.selection == Selection::Deregistered {
            self.settle_idle();
            return;
        }
        self.registration = SEARCHING;
        self.attempt = Attempt::UnderWay;
        self.ends = match self.target() {
            None => Some(now + self.timing.search),
            Some(camp) => match self.carriers[camp.carrier].availability {
                Availability::Ok | Availability::Denied(_) => {
                    Some(now + self.carriers[camp.carrier].registration)
                }
                Availability::Absent => Some(now + self.timing.search),
                Availability::NeverEnds => None,
            },
        };
    }

    /// Moves time on, through everything that happens until `now`, one thing at a time; says whether one happened.
    pub fn advance(&mut self, now: Instant) -> bool {
        let Some(next) = self.next_change().filter(|next| *next <= now) else {
            return false;
        };
        if self.card_wakes.is_some_and(|wakes| wakes <= next) {
            self.card_wakes = None;
            self.card.hold(false);
            self.attempt_registration(next);
        } else if self.stale.is_some_and(|(until, _)| until <= next) {
            self.stale = None;
        } else if self.events.first().is_some_and(|e| e.at <= next) {
            let event = self.events.remove(0);
            self.apply(&event);
        } else if self.ends.is_some_and(|ends| ends <= next) {
            self.settle(next);
        } else {
            self.reselect(next);
        }
        true
    }

    /// When something happens by itself.
    pub fn next_change(&self) -> Option<Instant> {
        let stale = self.stale.map(|(until, _)| until);
        let event = self.events.first().map(|e| e.at);
        [stale, event, self.ends, self.reselection, self.card_wakes]
            .into_iter()
            .flatten()
            .min()
    }

    /// Who chooses the network.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Whether the radio is on.
    pub fn radio(&self) -> bool {
        self.radio
    }

    /// Where the modem really stands.
    pub fn registration(&self) -> Registration {
        self.registration
    }

    /// Where the modem says it stands.
    pub fn reported(&self) -> Registration {
        self.stale.map_or(self.registration, |(_, old)| old)
    }

    /// How the last attempt to register stands.
    pub fn attempt(&self) -> Attempt {
        self.attempt
    }

    /// The network code in use, where registered.
    pub fn plmn(&self) -> Option<Plmn> {
        self.registration.camp.map(|camp| camp.plmn)
    }

    /// What the link carries, where registered.
    pub fn link_shape(&self) -> Option<LinkShape> {
        let camp = self.registration.camp?;
        Some(self.carriers[camp.carrier].link)
    }

    /// Every carrier.
    pub fn carriers(&self) -> &[Carrier] {
        &self.carriers
    }

    /// The carrier of a camp.
    pub fn carrier(&self, camp: Camp) -> &Carrier {
        &self.carriers[camp.carrier]
    }

    /// The cell of a camp.
    pub fn cell(&self, camp: Camp) -> &Cell {
        &self.carriers[camp.carrier].cells[camp.cell]
    }

    /// The levels of a cell at `now`.
    pub fn levels(&self, cell: &Cell, now: Instant) -> Levels {
        cell.levels(self.seed, now)
    }

    /// The strongest cell in reach of any carrier: what a modem without service sits on.
    pub fn strongest(&self, now: Instant) -> Option<&Cell> {
        self.carriers
            .iter()
            .filter(|c| c.availability != Availability::Absent)
            .flat_map(|c| &c.cells)
            .max_by_key(|cell| self.levels(cell, now).rsrp)
    }

    fn is_ok(&self, camp: Camp) -> bool {
        self.carriers[camp.carrier].availability == Availability::Ok
    }

    /// The camp that the selection aims at.
    fn target(&self) -> Option<Camp> {
        match self.selection {
            Selection::Deregistered => None,
            Selection::Manual(plmn, access) => self.best_cell(plmn, access),
            Selection::ManualThenAutomatic(plmn, access) => self
                .best_cell(plmn, access)
                .filter(|camp| self.is_ok(*camp))
                .or_else(|| self.automatic()),
            Selection::Automatic => self.automatic(),
        }
    }

    /// What the modem would choose: its home before others, the strongest among equals.
    fn automatic(&self) -> Option<Camp> {
        self.carriers
            .iter()
            .filter(|c| c.availability == Availability::Ok)
            .filter_map(|c| self.best_cell(*c.plmns.first()?, None))
            .max_by_key(|camp| {
                let home = !self.carrier(*camp).roaming;
                (home, self.cell(*camp).mean.rsrp)
            })
    }

    fn best_cell(&self, plmn: Plmn, access: Option<Access>) -> Option<Camp> {
        let (carrier, found) = self
            .carriers
            .iter()
            .enumerate()
            .find(|(_, c)| c.plmns.contains(&plmn))?;
        let cells = found.cells.iter().enumerate();
        let (cell, _) = cells
            .filter(|(_, cell)| access.is_none_or(|a| cell.access == a))
            .max_by_key(|(_, cell)| cell.mean.rsrp)?;
        Some(Camp {
            carrier,
            cell,
            plmn,
        })
    }

    /// Leaves the network, which is still reported for a while where the scenario says so.
    fn leave(&mut self, now: Instant) {
        let reported = self.reported();
        if !self.timing.stale.is_zero() && reported.camp.is_some() {
            self.stale = Some((now + self.timing.stale, reported));
        }
    }

    fn settle_idle(&mut self) {
        self.registration = IDLE;
        self.attempt = Attempt::Settled;
        self.ends = None;
        self.reselection = None;
    }

    /// Ends the attempt under way.
    fn settle(&mut self, now: Instant) {
        self.ends = None;
        let Some(camp) = self.target() else {
            self.attempt = Attempt::NotFound;
            return;
        };
        let carrier = &self.carriers[camp.carrier];
        match carrier.availability {
            Availability::Ok => {
                let state = if carrier.roaming {
                    RegistrationState::Roaming
                } else {
                    RegistrationState::Home
                };
                self.reselection = (carrier.cells.len() > 1).then(|| now + RESELECTION);
                self.registration = Registration {
                    state,
                    camp: Some(camp),
                    cause: None,
                };
                self.attempt = Attempt::Settled;
            }
            Availability::Denied(cause) => {
                self.registration = Registration {
                    state: RegistrationState::Denied,
                    camp: None,
                    cause: Some(cause),
                };
                self.attempt = Attempt::Denied(cause);
            }
            Availability::Absent => self.attempt = Attempt::NotFound,
            // It became so while the attempt ran: it goes on.
            Availability::NeverEnds => {}
        }
    }

    /// Moves to a cell of the same carrier, technology and code that is clearly better.
    fn reselect(&mut self, now: Instant) {
        self.reselection = Some(now + RESELECTION);
        let Some(camp) = self.registration.camp else {
            self.reselection = None;
            return;
        };
        let here = self.levels(self.cell(camp), now).rsrp;
        let cells = self.carriers[camp.carrier].cells.iter().enumerate();
        let best = cells
            .filter(|(_, cell)| cell.access == self.cell(camp).access)
            .max_by_key(|(_, cell)| self.levels(cell, now).rsrp);
        if let Some((cell, _)) =
            best.filter(|(_, cell)| self.levels(cell, now).rsrp > here + HYSTERESIS)
        {
            self.registration.camp = Some(Camp { cell, ..camp });
        }
    }

    fn apply(&mut self, event: &Event) {
        let here = self.registration.camp.map(|camp| camp.carrier);
        let Some((index, carrier)) = self
            .carriers
            .iter_mut()
            .enumerate()
            .find(|(_, c)| c.plmns.contains(&event.plmn))
        else {
            return;
        };
        for cell in &mut carrier.cells {
            cell.mean.rsrp += event.change;
            cell.mean.sinr += event.change;
        }
        if let Some(availability) = event.availability {
            carrier.availability = availability;
            let lost = here == Some(index) && availability != Availability::Ok;
            let waited_for = here.is_none() && availability == Availability::Ok;
            if lost || waited_for {
                self.attempt_registration(event.at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn cell(rsrp: i32, earfcn: u32) -> Cell {
        Cell {
            access: Access::Lte,
            band: 3,
            earfcn,
            pci: 1,
            cell_id: u64::from(earfcn),
            tac: 1,
            bandwidth: 100,
            mean: Levels {
                rsrp,
                rsrq: -100,
                sinr: 100,
            },
            fading: 0,
        }
    }

    fn carrier(plmn: &str, cells: Vec<Cell>) -> Carrier {
        Carrier {
            name: plmn.to_owned(),
            short: plmn.to_owned(),
            plmns: vec![plmn.parse().unwrap()],
            availability: Availability::Ok,
            roaming: true,
            registration: SECOND,
            link: LinkShape::default(),
            cells,
        }
    }

    fn world(carriers: Vec<Carrier>) -> World {
        let card = Card::new(String::new(), String::new());
        let timing = Timing {
            search: 9 * SECOND,
            stale: Duration::ZERO,
        };
        World::new(card, carriers, timing, 1)
    }

    fn at(seconds: u32) -> Instant {
        Instant::at(seconds * SECOND)
    }

    fn run(world: &mut World, until: Instant) {
        while world.advance(until) {}
    }

    fn plmn(world: &World) -> Option<String> {
        world.plmn().map(|p| p.to_string())
    }

    #[test]
    fn left_to_itself_it_takes_its_home_and_then_the_strongest() {
        let mut own = carrier("00101", vec![cell(-1100, 1)]);
        own.roaming = false;
        let others = [
            carrier("00102", vec![cell(-900, 2)]),
            carrier("00103", vec![cell(-800, 3)]),
        ];
        let mut home = world([&[own.clone()][..], &others].concat());
        home.start(Selection::Automatic, true);
        assert_eq!(plmn(&home).as_deref(), Some("00101"));
        own.availability = Availability::Denied(11);
        let mut away = world([&[own][..], &others].concat());
        away.start(Selection::Automatic, false);
        assert_eq!((plmn(&away), away.attempt()), (None, Attempt::UnderWay));
        run(&mut away, at(2));
        assert_eq!(plmn(&away).as_deref(), Some("00103"));
    }

    #[test]
    fn a_named_network_that_refuses_is_left_for_another_only_where_that_was_asked() {
        let mut refusing = carrier("00101", vec![cell(-800, 1)]);
        refusing.availability = Availability::Denied(13);
        let carriers = vec![refusing, carrier("00102", vec![cell(-900, 2)])];
        for (fall_back, ends_on) in [(false, None), (true, Some("00102"))] {
            let mut world = world(carriers.clone());
            world.select(at(0), "00101".parse().unwrap(), None, fall_back);
            run(&mut world, at(5));
            assert_eq!(plmn(&world).as_deref(), ends_on);
        }
    }

    #[test]
    fn a_better_cell_of_the_same_carrier_is_moved_to() {
        let mut world = world(vec![carrier("00101", vec![cell(-900, 1), cell(-1000, 2)])]);
        let carrier = "00101".parse().unwrap();
        world.start(Selection::Manual(carrier, None), true);
        let earfcn = |world: &World| world.cell(world.registration().camp.unwrap()).earfcn;
        run(&mut world, at(20));
        assert_eq!(earfcn(&world), 1);
        // Not the least better, and then clearly.
        for (rsrp, there) in [(-890, 1), (-860, 2)] {
            world.carriers[0].cells[1].mean.rsrp = rsrp;
            let next = world.next_change().unwrap();
            run(&mut world, next);
            assert_eq!(earfcn(&world), there);
        }
    }

    #[test]
    fn carriers_that_share_a_cell_see_one_fading() {
        let shared = Cell {
            fading: 40,
            ..cell(-900, 7)
        };
        let world = world(vec![
            carrier("00101", vec![shared]),
            carrier("00102", vec![shared]),
        ]);
        let [one, other] = [0, 1].map(|c| world.levels(&world.carriers()[c].cells[0], at(33)));
        assert_eq!(one, other);
    }

    #[test]
    fn without_a_card_or_a_radio_nothing_is_tried() {
        let mut world = world(vec![carrier("00101", vec![cell(-900, 1)])]);
        world.card = world.card.clone().in_state(CardState::Absent);
        world.start(Selection::Automatic, true);
        assert_eq!((world.registration(), world.next_change()), (IDLE, None));
        world.card = world.card.clone().in_state(CardState::Ready);
        world.set_radio(at(1), false);
        world.attempt_registration(at(1));
        assert_eq!((world.registration(), world.next_change()), (IDLE, None));
        world.set_radio(at(2), true);
        run(&mut world, at(4));
        assert_eq!(plmn(&world).as_deref(), Some("00101"));
    }
}
