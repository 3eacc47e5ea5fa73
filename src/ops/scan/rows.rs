//! From visits to ranked rows with their reasons.

use std::time::Duration;

use serde_json::json;

use super::cell_survey::CellSurvey;
use super::under_way::Cut;
use super::{ScanRequest, seconds};
use crate::document::{CarrierResult, Fault, LinkCost, NetworkRow, Note, Radio};
use crate::domain::Availability;
use crate::domain::codes::Code;
use crate::domain::radio::{Cell, Reading, Sampled};
use crate::domain::rank::{Candidate, rank};
use crate::domain::verdict::Requirement;
use crate::domain::{Access, Carrier, Plmn};
use crate::measure::Measured;
use crate::modem::{Error, NetworkFault};
use crate::ops;
use crate::ops::measuring::{self, Unmeasured};

mod judge;

use judge::Reference;
pub(super) use judge::{nothing_compared, nothing_measured};

/// What one carrier gave.
pub(super) struct Visit {
    id: String,
    name: String,
    pub(super) plmn: Plmn,
    took: Option<Duration>,
    outcome: VisitOutcome,
    /// The technology that it was registered over, where the cell does not say.
    access: Option<Access>,
    /// How many cells are heard around the one in use.
    around: usize,
    measurement: Measurement,
}

/// What was measured of a carrier's link.
pub(super) enum Measurement {
    /// Nobody asked.
    NotAsked,
    /// No server to measure against was named.
    NoServer,
    /// This system measures nothing.
    Unproven,
    /// Its technology cannot carry the day.
    TooSlow(Access),
    /// It could not be.
    Failed(Unmeasured),
    /// An interruption came in the middle; what it had cost by then, where it had begun.
    CutShort(Option<LinkCost>),
    /// This.
    Measured(Box<Measured>),
}

enum VisitOutcome {
    Read(Vec<Reading>),
    Failed(Error),
    /// Not registered on: all that is known is what the modem's list said.
    Listed(Availability, Option<Access>),
    /// Heard by a survey of every cell: the strongest, and what else.
    Surveyed(Box<Reading>, Note),
    /// Not heard by a survey of cells: of every operator's, or else of the own one's alone, which tells nothing of others.
    NotInSurvey {
        wide: bool,
    },
    /// An interruption came first.
    NotMade,
}

impl Visit {
    /// Not registered on, nor measured.
    fn of(carrier: &Carrier, plmn: Plmn, outcome: VisitOutcome) -> Self {
        Self {
            id: carrier.id.clone(),
            name: carrier.name.clone(),
            plmn,
            took: None,
            outcome,
            access: None,
            around: 0,
            measurement: Measurement::NotAsked,
        }
    }

    pub(super) fn new(
        carrier: &Carrier,
        plmn: Plmn,
        took: Option<Duration>,
        readings: crate::modem::Result<Vec<Reading>>,
    ) -> Self {
        let outcome = match readings {
            Ok(readings) => VisitOutcome::Read(readings),
            Err(error) => VisitOutcome::Failed(error),
        };
        Self {
            took,
            ..Self::of(carrier, plmn, outcome)
        }
    }

    /// Registered over this technology.
    pub(super) fn over(self, access: Option<Access>) -> Self {
        Self { access, ..self }
    }

    /// With what was measured of it.
    pub(super) fn measured(self, measurement: Measurement) -> Self {
        Self {
            measurement,
            ..self
        }
    }

    /// What the modem's list says of a carrier that was not registered on.
    pub(super) fn from_list(carrier: &Carrier, networks: &[NetworkRow]) -> Option<Self> {
        let mut own = networks.iter().filter(|n| carrier.plmns.contains(&n.plmn));
        let best = own
            .clone()
            .find(|n| n.availability != Availability::Forbidden)
            .or_else(|| own.next());
        let plmn = best
            .map(|n| n.plmn)
            .or_else(|| carrier.plmns.first().copied())?;
        let outcome = match best {
            Some(row) if row.availability == Availability::Forbidden => {
                VisitOutcome::Failed(Error::Network {
                    plmn,
                    fault: NetworkFault::Denied(None),
                })
            }
            Some(row) => VisitOutcome::Listed(row.availability, row.access),
            None if networks.is_empty() => VisitOutcome::Listed(Availability::Unknown, None),
            None => VisitOutcome::Failed(Error::Network {
                plmn,
                fault: NetworkFault::NotAvailable,
            }),
        };
        Some(Self::of(carrier, plmn, outcome))
    }

    /// What a survey of every cell says of a carrier that was not registered on.
    pub(super) fn from_survey(carrier: &Carrier, survey: &CellSurvey) -> Option<Self> {
        let Some(best) = survey.best(carrier) else {
            return Self::not_in_survey(carrier, survey);
        };
        let plmn = best.cell.plmn.or_else(|| carrier.plmns.first().copied())?;
        let outcome = VisitOutcome::Surveyed(Box::new(best.clone()), survey.note(carrier));
        Some(Self::of(carrier, plmn, outcome))
    }

    /// A carrier of which a survey heard no cell.
    pub(super) fn not_in_survey(carrier: &Carrier, survey: &CellSurvey) -> Option<Self> {
        let plmn = *carrier.plmns.first()?;
        Some(Self::of(
            carrier,
            plmn,
            VisitOutcome::NotInSurvey {
                wide: survey.is_wide(),
            },
        ))
    }

    /// A carrier in which an interruption came, with what was read of it until then.
    pub(super) fn cut_short(cut: Cut<'_>) -> Self {
        let seen = cut.seen;
        Self {
            measurement: Measurement::CutShort(cut.cost),
            ..Self::new(seen.carrier, seen.plmn, seen.took, Ok(cut.readings))
        }
    }

    /// A carrier that an interruption left out.
    fn not_made(carrier: &Carrier) -> Option<Self> {
        let plmn = *carrier.plmns.first()?;
        Some(Self::of(carrier, plmn, VisitOutcome::NotMade))
    }

    /// The cells around the one in use, where a survey was not to be had.
    pub(super) fn with_neighbours(&mut self, around: usize) {
        self.around = around;
    }

    pub(super) fn is_unavailable(&self) -> bool {
        matches!(self.outcome, VisitOutcome::Failed(_))
    }

    /// Whether nothing of the carrier was heard, by trying it or by a survey.
    pub(super) fn is_silent(&self) -> bool {
        matches!(
            self.outcome,
            VisitOutcome::Failed(_) | VisitOutcome::NotInSurvey { .. }
        )
    }

    fn is_not_made(&self) -> bool {
        matches!(self.outcome, VisitOutcome::NotMade)
    }

    /// Whether it was asked for, whatever came of it.
    pub(super) fn was_selected(&self) -> bool {
        self.took.is_some() || self.is_unavailable()
    }

    /// The error after which no other carrier can be asked either.
    pub(super) fn fatal(&self) -> Option<Error> {
        match &self.outcome {
            VisitOutcome::Failed(
                error @ (Error::Gone { .. }
                | Error::Broken { .. }
                | Error::Guarded { .. }
                | Error::Sim(_)),
            ) => Some(error.clone()),
            VisitOutcome::Failed(error) if error.is_refusal_beforehand() => Some(error.clone()),
            _ => None,
        }
    }

    fn cell(&self) -> Option<&Cell> {
        match &self.outcome {
            VisitOutcome::Read(readings) => readings.last().map(|r| &r.cell),
            VisitOutcome::Surveyed(reading, _) => Some(&reading.cell),
            _ => None,
        }
    }

    /// Why it was not measured, where that was asked for and tried.
    fn not_measured(&self) -> Option<&ops::Error> {
        match (&self.outcome, &self.measurement) {
            (VisitOutcome::Read(_), Measurement::Failed(unmeasured)) => Some(&unmeasured.error),
            _ => None,
        }
    }

    /// What every carrier lacks alike to be measured: a server, or a system on which it is done.
    pub(super) fn lacks(&self) -> Option<Code> {
        match self.measurement {
            Measurement::NoServer => Some(Code::MEASURE_NO_SERVER),
            Measurement::Unproven => Some(Code::MEASURE_UNPROVEN),
            _ => None,
        }
    }

    /// What was measured, where the modem was on the carrier from the first reading to the last.
    fn measurement(&self) -> Option<&Measured> {
        match (&self.outcome, &self.measurement) {
            (VisitOutcome::Read(_), Measurement::Measured(measured)) => Some(measured),
            _ => None,
        }
    }

    /// What measuring took, also where it failed, or does not count for the carrier.
    fn cost(&self) -> Option<LinkCost> {
        match &self.measurement {
            Measurement::Measured(measured) => Some(measuring::cost(measured.cost)),
            Measurement::Failed(unmeasured) => unmeasured.cost,
            Measurement::CutShort(cost) => *cost,
            Measurement::NotAsked
            | Measurement::NoServer
            | Measurement::Unproven
            | Measurement::TooSlow(_) => None,
        }
    }
}

/// The rows in rank order; carriers that an interruption left unvisited are rows too.
pub(super) fn ranked(request: &ScanRequest, visits: &mut Vec<Visit>) -> Vec<CarrierResult> {
    let missing = request
        .carriers
        .iter()
        .filter(|c| !visits.iter().any(|v| v.id == c.id));
    let missing: Vec<Visit> = missing.filter_map(Visit::not_made).collect();
    visits.extend(missing);
    let visits = &*visits;
    let reference = Reference::new(visits, &request.requirement);
    let candidates: Vec<Candidate> = visits
        .iter()
        .map(|visit| candidate(visit, &reference))
        .collect();
    let placed = rank(&candidates);
    placed
        .iter()
        .map(|place| {
            let mut row = row_of(&visits[place.index], visits, &reference);
            row.rank = place.rank;
            row.tied_with = place
                .tied_with
                .iter()
                .map(|i| visits[*i].id.clone())
                .collect();
            // Why it could not be had or was not visited is reason enough for where it stands.
            let silent = visits[place.index].is_silent() || visits[place.index].is_not_made();
            if !silent {
                let reasons = place.reasons.iter();
                row.why
                    .extend(reasons.map(|reason| reason_note(reason, visits)));
            }
            row
        })
        .collect()
}

/// The row of the last visit, as it stands among those so far: without its rank.
pub(super) fn latest(request: &ScanRequest, visits: &[Visit]) -> Option<CarrierResult> {
    let reference = Reference::new(visits, &request.requirement);
    visits.last().map(|visit| row_of(visit, visits, &reference))
}

fn candidate(visit: &Visit, reference: &Reference<'_>) -> Candidate {
    let radio = match &visit.outcome {
        VisitOutcome::Read(readings) => Sampled::median(readings).as_ref().map(Radio::sampled),
        VisitOutcome::Surveyed(reading, _) => Some(Radio::of(reading)),
        _ => None,
    };
    let (low_bps, need_bps) = scarcest(visit.measurement(), reference.need);
    Candidate {
        id: visit.id.clone(),
        verdict: visit.verdict(reference),
        nearness: visit.nearness(reference),
        rsrp: radio.as_ref().and_then(|r| r.rsrp_dbm),
        sinr: radio.as_ref().and_then(|r| r.sinr_db),
        spread_db: radio.as_ref().and_then(|r| r.spread_db),
        low_bps,
        need_bps,
    }
}

/// The lower bound of the way that has less of it to spare, and that way's need.
fn scarcest(measured: Option<&Measured>, need: &Requirement) -> (Option<u64>, u64) {
    let ways = measured.into_iter().flat_map(|measured| {
        [
            (measured.down.as_ref(), need.down_bps),
            (measured.up.as_ref(), need.up_bps),
        ]
    });
    ways.filter_map(|(way, need)| Some((way?.low_bps?, need)))
        .min_by(|(a, need_a), (b, need_b)| {
            let spare = |low: u64, need: u64| u128::from(low) * u128::from(need);
            spare(*a, *need_b).cmp(&spare(*b, *need_a))
        })
        .map_or((None, need.down_bps.max(need.up_bps)), |(low, need)| {
            (Some(low), need)
        })
}

fn row_of(visit: &Visit, all: &[Visit], reference: &Reference<'_>) -> CarrierResult {
    let cell = visit.cell();
    let mut why = measurement_notes(visit, reference);
    let measured = visit.measurement();
    let same_cell_as = cell.and_then(|own| {
        let twin = all.iter().find(|other| {
            other.id != visit.id && other.cell().is_some_and(|c| c.is_same_as(own))
        })?;
        why.push(Note::new(Code::CELL_SHARED).with("carrier", twin.name.clone()));
        Some(twin.id.clone())
    });
    let (availability, access, radio, error) = match &visit.outcome {
        VisitOutcome::Read(readings) => {
            let access = cell.and_then(|c| c.access).or(visit.access);
            (
                Availability::Available,
                access,
                Sampled::median(readings).as_ref().map(Radio::sampled),
                None,
            )
        }
        VisitOutcome::Failed(error) => {
            why.push(failure_note(error));
            (availability(error), None, None, Some(fault(error)))
        }
        VisitOutcome::Listed(availability, access) => (*availability, *access, None, None),
        VisitOutcome::Surveyed(reading, note) => {
            why.push(note.clone());
            (
                Availability::Available,
                reading.cell.access,
                Some(Radio::of(reading)),
                None,
            )
        }
        VisitOutcome::NotInSurvey { wide } => {
            why.push(Note::new(if *wide {
                Code::SURVEY_NO_CELL
            } else {
                Code::SURVEY_OWN_CELLS
            }));
            (Availability::Unknown, None, None, None)
        }
        VisitOutcome::NotMade => {
            why.push(Note::new(Code::CARRIER_NOT_VISITED));
            (Availability::Unknown, None, None, None)
        }
    };
    if visit.around > 0 {
        why.push(Note::new(Code::SURVEY_NEIGHBOURS).with("cells", visit.around));
    }
    if let Some(legacy @ (Access::Gsm | Access::Umts)) = access {
        why.push(Note::new(Code::ACCESS_LEGACY).with("access", json!(legacy)));
    }
    CarrierResult {
        rank: 0,
        carrier: visit.id.clone(),
        name: visit.name.clone(),
        plmn: visit.plmn,
        availability,
        access,
        registered_in_s: visit.took.map(seconds),
        radio,
        throughput: measured.and_then(measuring::throughput),
        voice: measured.and_then(measuring::voice),
        loaded_voice: measured
            .and_then(|m| m.loaded_voice.as_ref())
            .map(measuring::loaded_voice),
        cost: visit.cost(),
        verdict: visit.verdict(reference),
        tied_with: Vec::new(),
        same_cell_as,
        why,
        error: error.or_else(|| visit.not_measured().map(ops::Error::fault)),
    }
}

/// Why the verdict is what it is, as far as measuring tells.
fn measurement_notes(visit: &Visit, reference: &Reference<'_>) -> Vec<Note> {
    if let Some(measured) = visit.measurement() {
        return measuring::reasons(measured, reference.need);
    }
    if let (Some(error), Some(proven)) = (visit.came_to_nothing(reference), reference.proven) {
        let note = Note::new(Code::MEASURE_NOTHING_CAME).with("cause", error.code());
        return vec![note.with("carrier", proven)];
    }
    let note = match &visit.measurement {
        Measurement::CutShort(_) => Note::new(Code::CARRIER_CUT_SHORT),
        Measurement::TooSlow(access) => {
            Note::new(Code::MEASURE_TOO_SLOW).with("access", json!(access))
        }
        Measurement::Failed(Unmeasured { error, .. }) if !visit.is_unavailable() => {
            Note::new(Code::MEASURE_FAILED).with("cause", error.code())
        }
        _ => return Vec::new(),
    };
    vec![note]
}

fn availability(error: &Error) -> Availability {
    match error {
        Error::Network {
            fault: NetworkFault::Denied(_),
            ..
        } => Availability::Forbidden,
        _ => Availability::Unknown,
    }
}

fn failure_note(error: &Error) -> Note {
    match error {
        Error::Network {
            fault: NetworkFault::Denied(cause),
            ..
        } => Note::new(Code::CARRIER_DENIED).with("cause", cause.clone().unwrap_or_default()),
        Error::Network {
            fault: NetworkFault::NotAvailable,
            ..
        } => Note::new(Code::CARRIER_NOT_AVAILABLE),
        Error::Network {
            fault: NetworkFault::TimedOut(seconds),
            ..
        } => Note::new(Code::CARRIER_TIMED_OUT).with("seconds", *seconds),
        other => Note::new(Code::CARRIER_FAILED).with("cause", other.code()),
    }
}

/// A modem's error as a document carries it; its words come later.
pub(super) fn fault(error: &Error) -> Fault {
    let values = error
        .values()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Fault::new(error.code(), values)
}

/// A ranking reason as a note; carriers are named as a person reads them.
fn reason_note(reason: &crate::domain::rank::Reason, visits: &[Visit]) -> Note {
    let mut note = Note::new(reason.code());
    for (name, value) in reason.values() {
        let named = value
            .as_str()
            .and_then(|id| visits.iter().find(|v| v.id == id))
            .map(|v| v.name.clone());
        note = note.with(name, named.map_or(value, Into::into));
    }
    note
}

#[cfg(test)]
mod tests;
