//! What is seen of one carrier while the modem is on it: its radio, and what its link carries, at the same time.

use std::time::Duration;

use super::SurveyRun;
use super::rows::{Measurement, Visit};
use super::under_way::{Keeping, Seen};
use crate::domain::radio::Reading;
use crate::domain::{Access, Plmn};
use crate::measure;
use crate::modem::{self, DataSession};
use crate::ops::measuring::{READY, end};
use crate::ops::progress::WithoutSteps;
use crate::ops::register::sample;
use crate::ops::{Context, Error};

impl<'r> SurveyRun<'_, '_, 'r> {
    /// Reads the radio and measures the link. The two do not wait for each other: one asks the modem, the other uses
    /// the network.
    pub(super) async fn observe(
        &mut self,
        seen: Seen<'r>,
    ) -> (modem::Result<Vec<Reading>>, Measurement) {
        let carrier = seen.carrier;
        let session = match self.session(seen.plmn).await {
            Ok(session) => session,
            Err(measurement) => return (self.radio(seen).await, measurement),
        };
        let Some(measurer) = &self.measurer else {
            return (self.radio(seen).await, Measurement::NotAsked);
        };
        self.context.begin(&measurer.step(&carrier.name));
        let billed = Some(measurer.bill.total());
        let readings = self.seen.begin(seen, self.context.clock.now(), billed);
        let silent = Context {
            listener: &Keeping {
                listener: &WithoutSteps(self.context.listener),
                readings: &readings,
            },
            cancel: self.context.cancel.clone(),
            ..*self.context
        };
        let shares = self.still_to_come();
        let (readings, measured) = tokio::join!(
            sample(self.modem, &silent, &carrier.name, self.request.samples),
            measurer.measure(session.link(), shares, &self.context.cancel),
        );
        let ahead = self.seen.end(self.context.clock.now());
        // While it is away, the moment it left moves with the clock, and only what passed on the wall counts.
        self.left_at = self.left_at.map(|left| left + ahead);
        end(session).await;
        let measurement = match measured {
            Ok(measured) => Measurement::Measured(Box::new(measured)),
            Err(unmeasured) => Measurement::Failed(unmeasured),
        };
        (readings, measurement)
    }

    /// The radio alone.
    async fn radio(&mut self, seen: Seen<'r>) -> modem::Result<Vec<Reading>> {
        let readings = self.seen.begin(seen, self.context.clock.now(), None);
        let keeping = Context {
            listener: &Keeping {
                listener: self.context.listener,
                readings: &readings,
            },
            cancel: self.context.cancel.clone(),
            ..*self.context
        };
        let (name, samples) = (&seen.carrier.name, self.request.samples);
        let read = sample(self.modem, &keeping, name, samples).await;
        self.seen.end(self.context.clock.now());
        read
    }

    /// The way that data takes on this network, or why nothing is measured there.
    async fn session(&mut self, plmn: Plmn) -> Result<DataSession, Measurement> {
        let Some(measurer) = &self.measurer else {
            return Err(Measurement::NotAsked);
        };
        if measure::possible().is_err() {
            return Err(Measurement::Unproven);
        }
        let registration = self.modem.last_registration();
        if let Some(access @ Access::Gsm) = registration.and_then(|r| r.access) {
            return Err(Measurement::TooSlow(access));
        }
        // Without a server there is nothing to dial for: only a way that leads to its own is of use.
        let (order, within) = if measurer.is_named() {
            (Some((self.order, plmn)), self.context.limit.min(READY))
        } else {
            (None, Duration::ZERO)
        };
        let session = self.modem.data_session(order, within).await;
        match session {
            Ok(session) if measurer.server(session.link()).is_ok() => Ok(session),
            Ok(_) => Err(Measurement::NoServer),
            Err(_) if order.is_none() => Err(Measurement::NoServer),
            Err(error) => Err(Measurement::Failed(Error::Modem(error).into())),
        }
    }

    /// How many carriers the rest of the budget is for, this one among them.
    fn still_to_come(&self) -> u64 {
        let left = self
            .request
            .carriers
            .len()
            .saturating_sub(self.visits.len());
        u64::try_from(left).unwrap_or(1).max(1)
    }

    /// Keeps what was read of the carrier in which an interruption came.
    pub(super) fn keep_cut(&mut self) {
        let billed = self.measurer.as_ref().map_or(0, |m| m.bill.total());
        let (ahead, cut) = self.seen.cut(self.context.clock.now(), billed);
        self.left_at = self.left_at.map(|left| left + ahead);
        if let Some(cut) = cut {
            self.keep(Some(Visit::cut_short(cut)));
        }
    }
}
