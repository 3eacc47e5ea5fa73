//! A check-up: the checks of the one table, in its order, each told with its cause. Changes nothing.
//!
//! That no modem can be used is a finding like any other: what does not rest on it is looked at all the same. A check that
//! rests on one that failed is skipped, and says on which. Words are not here.

mod card;
mod link;
mod network;
mod reach;

use super::{Context, Error, Finished, Step};
use crate::document::{CheckedRow, Doctor, Fault, ModemInfo, Modems, Note, Status};
use crate::domain::codes::Code;
use crate::domain::doctor::{CheckOutcome, DataUse, DoctorCheck};
use crate::modem::{Error as ModemError, Modem};

/// What is to be looked at.
#[derive(Debug, Clone)]
pub struct DoctorRequest {
    /// The checks that a person wants, whatever their order.
    pub checks: Vec<DoctorCheck>,
}

impl DoctorRequest {
    /// Those that were named, or all of them, without those that are to be left out.
    pub fn new(only: &[DoctorCheck], skip: &[DoctorCheck]) -> Self {
        let wanted = |check: &DoctorCheck| {
            (only.is_empty() || only.contains(check)) && !skip.contains(check)
        };
        Self {
            checks: DoctorCheck::ALL.into_iter().filter(wanted).collect(),
        }
    }

    /// Whether a modem has to be asked for it.
    pub fn needs_modem(&self) -> bool {
        self.checks.iter().any(|check| asks_modem(*check))
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

fn asks_modem(check: DoctorCheck) -> bool {
    rests_on(check, DoctorCheck::Modem) || check.data_use() == DataUse::Budget
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
    let facts = Facts::gather(patient, plugged, context).await;
    body.modem.clone_from(&facts.status.modem);
    let mut made: Vec<CheckedRow> = Vec::new();
    for check in DoctorCheck::ALL {
        if !request.takes_in(check) {
            continue;
        }
        let blocked = obstacle(check, &made).map(blocked);
        let Some((outcome, found)) = blocked.or_else(|| facts.check(check)) else {
            continue;
        };
        let row = CheckedRow::new(check, outcome, found);
        // What stands in the way of a check that was asked for is told, asked for or not.
        if request.wants(check) || outcome == CheckOutcome::Fail {
            body.checks.push(row.clone());
        }
        made.push(row);
    }
}

/// The check that failed and that this one rests on; a check that was skipped for one passes it on.
fn obstacle(check: DoctorCheck, made: &[CheckedRow]) -> Option<DoctorCheck> {
    check.needs().iter().find_map(|needed| {
        let row = made.iter().find(|row| row.id == *needed)?;
        match row.outcome.known()? {
            CheckOutcome::Fail => Some(*needed),
            CheckOutcome::Skipped => obstacle(*needed, made),
            CheckOutcome::Pass | CheckOutcome::Warn => None,
        }
    })
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

/// What was read before the first check is told.
struct Facts<'a> {
    plugged: &'a Modems,
    /// Why the modem could not be opened, or stopped to answer.
    fault: Option<Error>,
    status: Status,
    /// Why the network refused, in the modem's words.
    refusal: Option<String>,
}

impl<'a> Facts<'a> {
    async fn gather(patient: Patient<'_>, plugged: &'a Modems, context: &Context<'_>) -> Self {
        let mut facts = Self {
            plugged,
            fault: None,
            status: Status::default(),
            refusal: None,
        };
        match patient {
            Patient::Open(modem) => facts.ask(modem, context).await,
            Patient::Closed(error) => facts.fault = Some(error.into()),
            Patient::Unasked => {}
        }
        facts
    }

    async fn ask(&mut self, modem: &mut dyn Modem, context: &Context<'_>) {
        context.begin(&Step::Reading);
        let finished = super::status(modem, context).await;
        self.status = finished.document.body;
        // A card that cannot be used is a matter of its check.
        let is_of_card = |error: &Error| matches!(error, Error::Modem(ModemError::Sim(_)));
        self.fault = finished.fault.filter(|error| !is_of_card(error));
        let registration = self.status.registration.as_ref();
        if self.fault.is_none() && registration.is_some_and(|r| !r.state.is_registered()) {
            self.refusal = modem.refusal().await.ok().flatten();
        }
    }

    /// `None` for a check that is not made yet.
    fn check(&self, check: DoctorCheck) -> Option<Found> {
        Some(match check {
            DoctorCheck::Modem => reach::modem(self),
            DoctorCheck::Port => reach::port(self),
            DoctorCheck::Permissions => reach::permissions(self),
            DoctorCheck::Sim => card::sim(self),
            DoctorCheck::Pin => card::pin(self),
            DoctorCheck::Selection => network::selection(self),
            DoctorCheck::Registration => network::registration(self),
            DoctorCheck::Radio => network::radio(self),
            DoctorCheck::Apn => network::apn(self),
            DoctorCheck::Interface => link::interface(self),
            DoctorCheck::Address => link::address(self),
            _ => return None,
        })
    }

    /// Whether the modem is opensim's own, which has no interface on this computer.
    fn is_virtual(&self) -> bool {
        self.status
            .modem
            .as_ref()
            .is_some_and(ModemInfo::is_virtual)
    }

    /// Whether the status warned of this.
    fn warned(&self, code: Code) -> bool {
        self.status.warnings.iter().any(|note| note.code == code)
    }
}
