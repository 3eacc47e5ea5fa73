//! What is concluded of each carrier, all of them held against one another, and of the survey as a whole.

use super::{Measurement, Visit, VisitOutcome};
use crate::document::CarrierResult;
use crate::domain::rank::{Compared, Known};
use crate::domain::verdict::{Nearness, Requirement, Verdict};
use crate::measure::MeasureError;
use crate::modem::{DataFault, Error};
use crate::ops;
use crate::ops::measuring;

impl Visit {
    pub(super) fn verdict(&self, reference: &Reference<'_>) -> Verdict {
        if self.is_unavailable() {
            return Verdict::Unavailable;
        }
        match self.measurement() {
            Some(measured) => measured.verdict(reference.need),
            None if self.came_to_nothing(reference).is_some() => Verdict::Unsuitable,
            None => Verdict::NotMeasured,
        }
    }

    /// Why nothing at all came through this carrier, while over another one the same server answered.
    pub(super) fn came_to_nothing(&self, reference: &Reference<'_>) -> Option<&ops::Error> {
        reference.proven?;
        self.not_measured().filter(|error| says_of_the_link(error))
    }

    /// How near to the need it came, where it was measured.
    pub(super) fn nearness(&self, reference: &Reference<'_>) -> Option<Nearness> {
        match self.measurement() {
            Some(measured) => measuring::nearness(measured, reference.need),
            None => self.came_to_nothing(reference).map(|_| Nearness::Nothing),
        }
    }
}

/// What all carriers are held against.
pub(super) struct Reference<'v> {
    pub(super) need: &'v Requirement,
    /// The carrier over which the server gave something: it is there, and what does not reach it is a link's own fault.
    pub(super) proven: Option<&'v str>,
}

impl<'v> Reference<'v> {
    pub(super) fn new(visits: &'v [Visit], need: &'v Requirement) -> Self {
        let proves = |visit: &&Visit| {
            let nearness = visit
                .measurement()
                .and_then(|m| measuring::nearness(m, need));
            matches!(nearness, Some(Nearness::Share(_)))
        };
        let proven = visits.iter().find(proves).map(|visit| visit.name.as_str());
        Self { need, proven }
    }
}

/// Whether an error tells that a link carries nothing, once the server is known to be there. What broke midway, or what
/// the computer lacks, tells nothing of the carrier.
fn says_of_the_link(error: &ops::Error) -> bool {
    let elsewhere = matches!(
        error,
        ops::Error::Measure(MeasureError::Broken { .. })
            | ops::Error::Modem(Error::Data(
                DataFault::NoPath | DataFault::NotRegistered | DataFault::NoDialler { .. }
            ))
    );
    error.is_of_the_link() && !elsewhere
}

/// Why a survey gave nothing to choose by: none can be had here, or nothing could be compared. `None` where it did, or
/// where what one carrier carries was measured: that answers by itself.
pub(in crate::ops::scan) fn nothing_compared(rows: &[CarrierResult]) -> Option<ops::Error> {
    let measured = rows.iter().any(|row| row.verdict.is_measured());
    match Compared::of(rows.iter().map(CarrierResult::known)) {
        Compared::Nobody => Some(ops::Error::Nobody),
        Compared::Nothing => Some(ops::Error::NothingCompared { only: None }),
        Compared::OneAlone if !measured => {
            let mut read = rows.iter().filter(|row| row.known() == Known::Read);
            let only = read.next().map(|row| row.carrier.clone());
            Some(ops::Error::NothingCompared { only })
        }
        Compared::OneAlone | Compared::Enough => None,
    }
}

/// Why nothing at all could be measured, where that was asked for and tried on every carrier that was reached.
pub(in crate::ops::scan) fn nothing_measured(visits: Vec<Visit>) -> Option<ops::Error> {
    if visits.iter().any(|visit| visit.measurement().is_some()) {
        return None;
    }
    visits.into_iter().find_map(|visit| match visit {
        Visit {
            outcome: VisitOutcome::Read(_),
            measurement: Measurement::Failed(unmeasured),
            ..
        } => Some(unmeasured.error),
        _ => None,
    })
}
