//! The radio of the cell in use, reading after reading, for whoever places an antenna. Changes nothing.
//!
//! What cannot be read is `null` and the next reading may have it; only a modem that is gone or silent to everything
//! ends it, or the person.

mod surveyed;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::change::{modem_info, unanswered};
use super::status::{bearable, registration_info};
use super::{Context, Error, Finished};
use crate::document::{
    BestRow, CellRow, Document, ModemInfo, MonitorReading, Note, Radio, RegistrationInfo, TrendRow,
    stamp,
};
use crate::domain::radio::{Cell, Reading};
use crate::domain::rank;
use crate::domain::watch::{Best, Watch};
use crate::modem::{Modem, Registration, Selection};
use crate::os::clock::{self, Clock};
use crate::time::Instant;
use surveyed::Surveyed;

/// From one reading to the next, at least: quicker than a second no modem measures anew for sure, and a person reads.
const EVERY: Duration = Duration::from_secs(1);

/// How many readings pass between two looks at the cells around: they change little, and cost a command more.
const AROUND_EVERY: u32 = 5;

/// What is asked for.
#[derive(Debug)]
pub struct MonitorRequest {
    /// For how long; `None` for until the person stops it.
    pub span: Option<Duration>,
    /// What the seconds are counted by: the modem's own clock, or the wall's for whoever watches.
    pub clock: Clock,
}

/// What the person may ask for meanwhile.
#[derive(Debug, Default)]
pub struct MonitorControls {
    stop: CancellationToken,
    forget: AtomicBool,
}

impl MonitorControls {
    /// Ends it well, at once.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Looks for the best from the next reading on.
    pub fn forget_best(&self) {
        self.forget.store(true, Ordering::Relaxed);
    }
}

/// Reads until it is to end, and gives each reading to `each` as it comes. What it gives in the end is the last one, with
/// what went wrong.
pub async fn monitor(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    request: &MonitorRequest,
    controls: &MonitorControls,
    each: &mut dyn FnMut(Document<MonitorReading>),
) -> Finished<MonitorReading> {
    let clock = &request.clock;
    let mut run = Run {
        clock,
        begun: clock.now(),
        watch: Watch::default(),
        modem: None,
        asked: None,
        selection: None,
        around: None,
        best_at: None,
        surveyed: None,
        noted: None,
        last: MonitorReading::default(),
    };
    let until = request.span.map(|span| run.begun + span);
    let ended = tokio::select! {
        biased;
        () = context.cancel.cancelled() => Err(Error::Interrupted),
        () = controls.stop.cancelled() => Ok(()),
        ended = run.read_on(modem, context, until, controls, each) => ended,
    };
    Finished::of(run.last, ended.err())
}

/// What is under way.
struct Run<'r> {
    clock: &'r Clock,
    begun: Instant,
    watch: Watch,
    modem: Option<ModemInfo>,
    /// What stood when the selection was last asked for: it is asked again where that is something else.
    asked: Option<(Option<Registration>, Cell)>,
    selection: Option<Selection>,
    around: Option<Vec<CellRow>>,
    /// The number of the best reading, when it was by the wall, and its carrier.
    best_at: Option<(u32, String, Option<String>)>,
    /// The last survey of this modem, where there is one.
    surveyed: Option<Surveyed>,
    /// What became of the history, which is to be known.
    noted: Option<Note>,
    last: MonitorReading,
}

impl Run<'_> {
    async fn read_on(
        &mut self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
        until: Option<Instant>,
        controls: &MonitorControls,
        each: &mut dyn FnMut(Document<MonitorReading>),
    ) -> Result<(), Error> {
        let identity = modem.identity().await?;
        let info = modem_info(&identity, &modem.reach(), context.reveal);
        (self.surveyed, self.noted) = Surveyed::last(context, &info, clock::wall());
        self.modem = Some(info);
        loop {
            let (clock, due) = (self.clock, self.clock.now() + EVERY);
            if until.is_some_and(|until| clock.now() >= until) && self.watch.number() > 0 {
                return Ok(());
            }
            if controls.forget.swap(false, Ordering::Relaxed) {
                self.watch.forget_best();
            }
            // The first is waited for, however short the time; a later one that does not come is not.
            let cut = until.filter(|_| self.watch.number() > 0);
            let reading = tokio::select! {
                biased;
                reading = self.read(modem, context) => reading?,
                () = clock.sleep_until(cut) => return Ok(()),
            };
            self.last = reading;
            each(Document::new(self.last.clone(), clock::wall()));
            let next = until.map_or(due, |until| until.min(due));
            self.clock.sleep_until(Some(next)).await;
        }
    }

    async fn read(
        &mut self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
    ) -> Result<MonitorReading, Error> {
        let registration = bearable(modem.registration().await)?;
        let mut warnings = Vec::new();
        let reading = match modem.reading().await {
            Ok(reading) => Some(reading),
            Err(error) => {
                let note = note_of(&error);
                // What the modem refuses or garbles once is told beside the reading that went without.
                bearable::<Reading>(Err(error))?;
                warnings.push(note);
                None
            }
        };
        warnings.extend(modem.levels_withheld().map(Note::new));
        warnings.extend(unanswered(modem));
        warnings.extend(self.noted.clone());
        self.ask_selection(modem, registration, reading.as_ref())
            .await?;
        self.look_around(modem, context).await?;
        let reading = reading.unwrap_or_default();
        Ok(self.document(context, registration, &reading, warnings))
    }

    /// The network in use, where something says that it may be another one.
    async fn ask_selection(
        &mut self,
        modem: &mut dyn Modem,
        registration: Option<Registration>,
        reading: Option<&Reading>,
    ) -> Result<(), Error> {
        let cell = reading.map(|r| r.cell.clone()).unwrap_or_default();
        let standing = (registration, cell);
        if self.asked.as_ref() != Some(&standing) {
            self.selection = bearable(modem.selection().await)?;
            self.asked = Some(standing);
        }
        Ok(())
    }

    async fn look_around(
        &mut self,
        modem: &mut dyn Modem,
        context: &Context<'_>,
    ) -> Result<(), Error> {
        if !self.watch.number().is_multiple_of(AROUND_EVERY) {
            return Ok(());
        }
        let Some(cells) = bearable(modem.neighbours().await)? else {
            return Ok(());
        };
        if cells.is_empty() && self.around.is_none() {
            // A modem without neighbours and one that tells of none say the same.
            return Ok(());
        }
        // Some list the serving cell among those around it.
        let serving = modem.last_cell().unwrap_or_default();
        let is_serving = |cell: &Cell| cell.pci == serving.pci && cell.earfcn == serving.earfcn;
        let around = cells.iter().filter(|reading| !is_serving(&reading.cell));
        self.around = Some(around.map(|reading| row(context, reading)).collect());
        Ok(())
    }

    fn document(
        &mut self,
        context: &Context<'_>,
        registration: Option<Registration>,
        reading: &Reading,
        warnings: Vec<Note>,
    ) -> MonitorReading {
        let elapsed = self.clock.now() - self.begun;
        let left = self.watch.take(elapsed, reading);
        let registration = registration.map(|r| self.registered(context, r, reading.cell.access));
        let carrier = registration.as_ref().and_then(|r| r.carrier.clone());
        let better = carrier.as_deref().and_then(|carrier| {
            let surveyed = self.surveyed.as_ref()?;
            surveyed.before(carrier, context.profile)
        });
        let is_told = reading != &Reading::default();
        MonitorReading {
            modem: self.modem.clone(),
            number: Some(self.watch.number()),
            elapsed_s: Some(tenth(elapsed.as_secs_f64())),
            radio: is_told.then(|| Radio::of(reading)),
            points: rank::points(reading.rsrp, reading.sinr).map(tenth),
            trend: self.watch.trends().as_ref().map(TrendRow::of),
            best: self.best(carrier).map(Box::new),
            registration,
            cell_left: left.map(|cell| {
                let former = Reading {
                    cell,
                    ..Reading::default()
                };
                row(context, &former)
            }),
            cell_changes: self.watch.changes(),
            neighbours: self.around.clone(),
            better_in_survey: better,
            warnings,
        }
    }

    fn registered(
        &self,
        context: &Context<'_>,
        registration: Registration,
        access: Option<crate::domain::Access>,
    ) -> RegistrationInfo {
        let info = registration_info(context, registration, self.selection.as_ref());
        RegistrationInfo {
            access: info.access.or(access),
            ..info
        }
    }

    fn best(&mut self, carrier: Option<String>) -> Option<BestRow> {
        let best = self.watch.best()?;
        if self.best_at.as_ref().map(|at| at.0) != Some(best.number) {
            self.best_at = Some((best.number, stamp(clock::wall()), carrier));
        }
        let (_, at, carrier) = self.best_at.clone()?;
        Some(best_row(best, at, carrier))
    }
}

fn best_row(best: &Best, at: String, carrier: Option<String>) -> BestRow {
    BestRow {
        number: best.number,
        at,
        elapsed_s: tenth(best.at.as_secs_f64()),
        points: tenth(best.points),
        carrier,
        radio: Radio::sampled(&best.sampled),
    }
}

fn row(context: &Context<'_>, reading: &Reading) -> CellRow {
    let plmn = reading.cell.plmn;
    let carrier = plmn.and_then(|plmn| context.profile.owner(plmn));
    CellRow::of(reading, carrier.map(|carrier| carrier.id))
}

fn note_of(error: &crate::modem::Error) -> Note {
    let mut note = Note::new(error.code());
    for (name, value) in error.values() {
        note.values.insert(name.to_owned(), value);
    }
    note
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
