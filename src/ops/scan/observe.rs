//! What is seen of one carrier while the modem is on it: its radio, and what its link carries, at the same time.

use std::time::Duration;

use super::SurveyRun;
use super::rows::Measurement;
use crate::domain::radio::Reading;
use crate::domain::{Access, Carrier, Plmn};
use crate::modem::{self, DataSession};
use crate::ops::measuring::{READY, end};
use crate::ops::progress::WithoutSteps;
use crate::ops::register::sample;
use crate::ops::{Context, Error};

impl SurveyRun<'_, '_, '_> {
    /// Reads the radio and measures the link. The two do not wait for each other: one asks the modem, the other uses
    /// the network.
    pub(super) async fn observe(
        &mut self,
        carrier: &Carrier,
        plmn: Plmn,
    ) -> (modem::Result<Vec<Reading>>, Measurement) {
        let session = match self.session(plmn).await {
            Ok(session) => session,
            Err(measurement) => return (self.radio(carrier).await, measurement),
        };
        let Some(measurer) = &self.measurer else {
            return (self.radio(carrier).await, Measurement::NotAsked);
        };
        self.context.begin(&measurer.step(&carrier.name));
        let silent = Context {
            listener: &WithoutSteps(self.context.listener),
            cancel: self.context.cancel.clone(),
            ..*self.context
        };
        let (wall, modems) = (tokio::time::Instant::now(), self.context.clock.now());
        let shares = self.still_to_come();
        let (readings, measured) = tokio::join!(
            sample(self.modem, &silent, &carrier.name, self.request.samples),
            measurer.measure(session.link(), shares, &self.context.cancel),
        );
        let on_the_modems = self.context.clock.now() - modems;
        let ahead = on_the_modems.saturating_sub(wall.elapsed());
        self.stretched += ahead;
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
    async fn radio(&mut self, carrier: &Carrier) -> modem::Result<Vec<Reading>> {
        let samples = self.request.samples;
        sample(self.modem, self.context, &carrier.name, samples).await
    }

    /// The way that data takes on this network, or why nothing is measured there.
    async fn session(&mut self, plmn: Plmn) -> Result<DataSession, Measurement> {
        let Some(measurer) = &self.measurer else {
            return Err(Measurement::NotAsked);
        };
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
}
