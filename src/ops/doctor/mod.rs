//! A check-up: the home's inventory, then the checks of the one table, in its order, each told with its cause. Changes
//! nothing.
//!
//! That no modem can be used is a finding like any other: what does not rest on it is looked at all the same, over this
//! computer's usual line. A check that rests on one that failed is skipped, and says on which. What takes data keeps to one
//! budget. Words are not here.

mod card;
mod carried;
mod clock;
mod daemons;
mod home;
mod line;
mod link;
mod network;
mod reach;

use self::carried::Carried;
use self::clock::NetworkTime;
use super::measuring::Measurer;
use super::{Context, Error, Finished, MeasureRequest, Step};
use crate::document::{CheckedRow, Doctor, DoctorCost, Fault, ModemInfo, Modems, Note, Status};
use crate::domain::codes::Code;
use crate::domain::doctor::{CheckOutcome, DataUse, DoctorCheck};
use crate::modem::connect;
use crate::modem::{Error as ModemError, Modem};
use crate::os::clock as system_clock;
use crate::os::host;

/// What the questions that take little data take together, at the most.
const LITTLE: u64 = 3_000;

/// What is to be looked at.
#[derive(Debug, Clone)]
pub struct DoctorRequest {
    /// The checks that a person wants, whatever their order.
    pub checks: Vec<DoctorCheck>,
    /// Whether they want the home's inventory.
    pub home: bool,
    /// What is measured and asked for over the line, and for how much.
    pub measure: MeasureRequest,
}

impl DoctorRequest {
    /// Whether a modem has to be asked for it.
    pub fn needs_modem(&self) -> bool {
        let asks = |check: &DoctorCheck| {
            rests_on(*check, DoctorCheck::Modem) || *check == DoctorCheck::NetworkManager
        };
        self.checks.iter().any(asks)
    }

    /// What it may take of a person's data at the most, bytes. `own_server` is whether the modem leads to one of its own.
    pub fn most_bytes(&self, own_server: bool) -> u64 {
        let wants = |data_use| self.checks.iter().any(|check| check.data_use() == data_use);
        let measure = &self.measure;
        let can_measure = measure.server.is_some() || own_server || !measure.checks.is_empty();
        let measured = wants(DataUse::Budget) && can_measure;
        let little = if wants(DataUse::Little) { LITTLE } else { 0 };
        little + if measured { measure.budget } else { 0 }
    }

    fn wants(&self, check: DoctorCheck) -> bool {
        self.checks.contains(&check)
    }

    /// Whether a check is made: one that is wanted, or that one which is wanted rests on.
    fn takes_in(&self, check: DoctorCheck) -> bool {
        self.checks.iter().any(|wanted| rests_on(*wanted, check))
    }
}

/// Whether a check is another one or rests on it, however far away.
fn rests_on(check: DoctorCheck, other: DoctorCheck) -> bool {
    check == other || check.needs().iter().any(|needed| rests_on(*needed, other))
}

/// The modem, as the way to it turned out.
pub enum Patient<'a> {
    /// It answers.
    Open(&'a mut dyn Modem),
    /// It could not be opened.
    Closed(ModemError),
    /// Nothing that was wanted is asked of it.
    Unasked,
}

/// Makes the checks. `plugged` is what [`modems`](super::modems()) saw. A person who stops it gets what was found so far.
pub async fn doctor(
    patient: Patient<'_>,
    plugged: &Modems,
    context: &Context<'_>,
    request: &DoctorRequest,
) -> Finished<Doctor> {
    let mut body = Doctor::default();
    let interrupted = tokio::select! {
        biased;
        () = context.cancel.cancelled() => Some(Error::Interrupted),
        () = examine(patient, plugged, context, request, &mut body) => None,
    };
    let failed = body
        .checks
        .iter()
        .any(|row| row.outcome == CheckOutcome::Fail);
    Finished::of(body, interrupted).failing(failed)
}

async fn examine(
    patient: Patient<'_>,
    plugged: &Modems,
    context: &Context<'_>,
    request: &DoctorRequest,
    body: &mut Doctor,
) {
    if request.home {
        let connections = connect::vpn_connections().await;
        body.home = Some(home::home(plugged, &connections));
    }
    let mut examination = Examination {
        facts: Facts::none(plugged),
        modem: None,
        context,
        request,
        measurer: Measurer::new(&request.measure),
        carried: None,
    };
    examination.meet(patient).await;
    body.modem.clone_from(&examination.facts.status.modem);
    let mut made: Vec<CheckedRow> = Vec::new();
    for check in DoctorCheck::ALL {
        if !request.takes_in(check) {
            continue;
        }
        let (outcome, found) = match obstacle(check, &made) {
            Some(other) => blocked(other),
            None => examination.check(check).await,
        };
        let row = CheckedRow::new(check, outcome, found);
        // What stands in the way of a check that was asked for is told, asked for or not.
        if request.wants(check) || outcome == CheckOutcome::Fail {
            body.checks.push(row.clone());
        }
        made.push(row);
        body.cost = Some(DoctorCost {
            budget_bytes: request.measure.budget,
            bytes: examination.measurer.bill.total(),
        });
    }
    if let (Some(home), Some(carried)) = (&mut body.home, examination.carried) {
        carried.tell(home);
    }
}

/// The check that failed and that this one rests on; a check that was skipped for one passes it on. What goes over a line
/// goes over this computer's usual one where there is no modem.
fn obstacle(check: DoctorCheck, made: &[CheckedRow]) -> Option<DoctorCheck> {
    let found = check.needs().iter().find_map(|needed| {
        let row = made.iter().find(|row| row.id == *needed)?;
        match row.outcome.known()? {
            CheckOutcome::Fail => Some(*needed),
            CheckOutcome::Skipped => obstacle(*needed, made),
            CheckOutcome::Pass | CheckOutcome::Warn => None,
        }
    })?;
    let has_other_line = check.data_use() != DataUse::Nothing && found == DoctorCheck::Modem;
    (!has_other_line).then_some(found)
}

/// How a check ended, and what was found.
type Found = (CheckOutcome, Note);

fn pass(note: Note) -> Found {
    (CheckOutcome::Pass, note)
}

fn warn(note: Note) -> Found {
    (CheckOutcome::Warn, note)
}

fn fail(note: Note) -> Found {
    (CheckOutcome::Fail, note)
}

fn skip(note: Note) -> Found {
    (CheckOutcome::Skipped, note)
}

/// What cannot be looked at before another check is as it should be.
fn blocked(other: DoctorCheck) -> Found {
    skip(Note::new(Code::DOCTOR_BLOCKED).with("check", other.as_str()))
}

/// What nobody could read: nothing is known to be wrong.
fn unread() -> Found {
    skip(Note::new(Code::DOCTOR_UNREAD))
}

/// An error that stopped nothing here, as a check tells it.
fn of_error(error: &Error) -> Note {
    let Fault { code, values, .. } = error.fault();
    Note {
        code,
        message: String::new(),
        values,
    }
}

/// A check-up under way.
struct Examination<'a, 'm> {
    facts: Facts<'a>,
    modem: Option<&'m mut dyn Modem>,
    context: &'a Context<'a>,
    request: &'a DoctorRequest,
    measurer: Measurer<'a>,
    /// What the line carried and reached, once it was tried.
    carried: Option<Carried>,
}

impl<'m> Examination<'_, 'm> {
    async fn meet(&mut self, patient: Patient<'m>) {
        match patient {
            Patient::Open(modem) => {
                self.facts.ask(modem, self.context).await;
                self.modem = Some(modem);
            }
            Patient::Closed(error) => self.facts.fault = Some(error.into()),
            Patient::Unasked => {}
        }
    }

    async fn check(&mut self, check: DoctorCheck) -> Found {
        let facts = &self.facts;
        match check {
            DoctorCheck::Modem => reach::modem(facts),
            DoctorCheck::Port => reach::port(facts),
            DoctorCheck::Permissions => reach::permissions(facts),
            DoctorCheck::Sim => card::sim(facts),
            DoctorCheck::Pin => card::pin(facts),
            DoctorCheck::Selection => network::selection(facts),
            DoctorCheck::Registration => network::registration(facts),
            DoctorCheck::Radio => network::radio(facts),
            DoctorCheck::Bands => network::bands(facts, self.context.profile),
            DoctorCheck::Apn => network::apn(facts),
            DoctorCheck::Interface => link::interface(facts),
            DoctorCheck::Address => link::address(facts),
            DoctorCheck::Routes => link::routes(facts),
            DoctorCheck::RpFilter => link::rp_filter(facts),
            DoctorCheck::Dns => line::dns(facts, self.context, &self.measurer.bill).await,
            DoctorCheck::Throughput => self.carried().await.throughput(),
            DoctorCheck::Voice => self.carried().await.voice(),
            DoctorCheck::Vpn | DoctorCheck::Sip | DoctorCheck::Web => {
                self.carried().await.reached(check)
            }
            DoctorCheck::Clock => {
                let kept = host::is_clock_kept();
                clock::clock(system_clock::wall(), facts.network_time, kept)
            }
            DoctorCheck::ModemManager => daemons::modem_manager(connect::manager_seen().await),
            DoctorCheck::NetworkManager => {
                let interface = facts.interface();
                let seen = connect::connection_seen(interface.as_deref()).await;
                daemons::network_manager(facts, seen)
            }
        }
    }

    /// What the line carries and reaches; it is tried once, at the first check that rests on it.
    async fn carried(&mut self) -> &Carried {
        let carried = match self.carried.take() {
            Some(carried) => carried,
            None => self.try_line().await,
        };
        self.carried.insert(carried)
    }
}

/// What was read before the first check is told.
struct Facts<'a> {
    plugged: &'a Modems,
    /// Why the modem could not be opened, or stopped to answer.
    fault: Option<Error>,
    status: Status,
    /// Why the network refused, in the modem's words.
    refusal: Option<String>,
    network_time: Option<NetworkTime>,
}

impl<'a> Facts<'a> {
    fn none(plugged: &'a Modems) -> Self {
        Self {
            plugged,
            fault: None,
            status: Status::default(),
            refusal: None,
            network_time: None,
        }
    }

    async fn ask(&mut self, modem: &mut dyn Modem, context: &Context<'_>) {
        context.begin(&Step::Reading);
        let finished = super::status(modem, context).await;
        self.status = finished.document.body;
        // A card that cannot be used is a matter of its check.
        let is_of_card = |error: &Error| matches!(error, Error::Modem(ModemError::Sim(_)));
        self.fault = finished.fault.filter(|error| !is_of_card(error));
        if self.fault.is_some() {
            return;
        }
        let registration = self.status.registration.as_ref();
        if registration.is_some_and(|r| !r.state.is_registered()) {
            self.refusal = modem.refusal().await.ok().flatten();
        }
        self.network_time = clock::of_modem(modem).await;
    }

    /// Whether the modem is opensim's own, which has no interface on this computer.
    fn is_virtual(&self) -> bool {
        let modem = self.status.modem.as_ref();
        modem.is_some_and(ModemInfo::is_virtual)
    }

    /// Whether the status warned of this.
    fn warned(&self, code: Code) -> bool {
        self.status.warnings.iter().any(|note| note.code == code)
    }
}
