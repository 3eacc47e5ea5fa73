//! The survey: each carrier in turn, ranked, and back to where it was.
//!
//! The cheapest method that answers: the carrier in use is read where it stands, the others are registered on
//! directly by their known code, and the modem's own list (`+COPS=?`, minutes) is asked only on demand or where no
//! carrier answered. A carrier that is absent, refuses or takes too long is a row with its reason, not a failure.

use std::time::Duration;

use super::back::{go_back, mode_note, never_left};
use super::change::{Before, Over, selection_now, unanswered};
use super::measuring::{MeasureRequest, Measurer, requirement_row};
use super::register::{Goal, access_in_use, confirm, register, wait_for};
use super::{Context, Error, Failed, Finished, Progress, Row, Step, audit, lasting};
use crate::document::{ChangeCommand, Cost, NetworkRow, Note, Scan, SelectionInfo, SurveyMethod};
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::domain::verdict::{Requirement, Verdict};
use crate::domain::{Carrier, Plmn};
use crate::modem::{self, Error as ModemError, Modem, Network};
use crate::store::Journal;
use crate::time::Instant;

mod cell_survey;
mod observe;
mod rows;
mod under_way;

use cell_survey::CellSurvey;
use rows::Visit;
use under_way::{Observations, Seen};

/// What a person asked for.
#[derive(Debug, Clone)]
pub struct ScanRequest {
    /// The carriers to visit, in order.
    pub carriers: Vec<Carrier>,
    /// How many readings each.
    pub samples: u32,
    /// Whether nothing may be registered: the modem's list and the cell in use are all there is.
    pub radio_only: bool,
    /// Whether the modem is asked for every network first.
    pub all_networks: bool,
    /// How throughput and voice are measured, where that was asked for.
    pub measure: Option<MeasureRequest>,
    /// What the day needs.
    pub requirement: Requirement,
    /// The place, in the person's words.
    pub label: Option<String>,
}

/// Surveys the carriers under a person's order and puts back what was. Always gives what there is.
pub async fn scan(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    request: &ScanRequest,
) -> Finished<Scan> {
    let start = context.clock.now();
    let mut body = Scan {
        label: request.label.clone(),
        requirement: Some(requirement_row(&request.requirement)),
        ..Scan::default()
    };
    let mut before = match Before::read(modem, context).await {
        Ok(before) => before,
        Err(error) => return Finished::badly(body, error),
    };
    body.modem = Some(before.modem.clone());
    body.selection_before = Some(before.found());
    context.note(&mut body.warnings, before.interrupted_note(context));
    let mut run = SurveyRun {
        modem,
        context,
        order,
        request,
        before: &mut before,
        visits: Vec::new(),
        journal: None,
        left_at: None,
        offline: Duration::ZERO,
        untouched: false,
        measurer: request.measure.as_ref().map(Measurer::new),
        seen: Observations::default(),
        selection_after: None,
    };
    let fault = run.run(&mut body).await;
    let (mut visits, offline) = (std::mem::take(&mut run.visits), run.offline);
    let stretched = run.seen.stretched;
    let after = run.selection_after.take();
    // Registering and reading cost no data.
    let bytes = run
        .measurer
        .as_ref()
        .map_or(0, |measurer| measurer.bill.total());
    order.close();
    body.carriers = rows::ranked(request, &mut visits);
    let fault = fault.or_else(|| rows::nothing_measured(visits));
    let fault = fault.or_else(|| rows::nothing_compared(&body.carriers));
    // Once, and not at each carrier.
    context.note(&mut body.warnings, modem.levels_withheld().map(Note::new));
    body.selection_after = match after {
        Some(after) => Some(after),
        None => selection_now(modem).await,
    };
    context.note(&mut body.warnings, unanswered(modem));
    body.cost = Some(Cost {
        seconds: seconds((context.clock.now() - start).saturating_sub(stretched)),
        bytes,
        offline_s: seconds(offline),
    });
    let verdicts: Vec<Verdict> = body.carriers.iter().map(|row| row.verdict).collect();
    Finished::of(body, fault).judged(verdicts)
}

struct SurveyRun<'a, 'b, 'r> {
    modem: &'a mut dyn Modem,
    context: &'a Context<'b>,
    order: &'a Order,
    request: &'r ScanRequest,
    before: &'a mut Before,
    visits: Vec<Visit>,
    journal: Option<Journal>,
    left_at: Option<Instant>,
    offline: Duration,
    /// Whether the first selection was refused before it began: then there is nothing to put back.
    untouched: bool,
    /// What measures, where that was asked for.
    measurer: Option<Measurer<'r>>,
    /// What is under way of one carrier.
    seen: Observations<'r>,
    /// What was selected when the log was written, which is the last thing done.
    selection_after: Option<SelectionInfo>,
}

impl<'r> SurveyRun<'_, '_, 'r> {
    async fn run(&mut self, body: &mut Scan) -> Option<Error> {
        let cancel = self.context.cancel.clone();
        let worked = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Interrupted),
            worked = self.work(body) => worked,
        };
        let interrupted = matches!(worked, Err(Error::Interrupted));
        if interrupted {
            self.keep_cut();
            self.context
                .note(&mut body.warnings, [Note::new(Code::SCAN_INTERRUPTED)]);
        }
        body.complete = worked.is_ok();
        let fault = worked.err();
        match self.put_back(body).await {
            Some(worse) => Some(worse),
            None => fault,
        }
    }

    async fn work(&mut self, body: &mut Scan) -> Result<(), Error> {
        let survey = self.listen(body).await?;
        let listed = self.request.all_networks || (self.request.radio_only && survey.is_none());
        if listed {
            self.list(body).await?;
        }
        let method = match (self.request.radio_only, &survey) {
            (true, Some(_)) => SurveyMethod::CellSurvey,
            (true, None) => SurveyMethod::NetworkList,
            (false, _) => SurveyMethod::RegisterEach,
        };
        body.method = Some(method.into());
        if !self.request.radio_only {
            // What cannot be put back is not left.
            self.before.find_code(self.modem, self.context).await?;
            body.selection_before = Some(self.before.found());
        }
        let in_use = self.before.registered_on;
        let carriers = self.in_order(in_use, survey.as_ref());
        let of = carriers.len();
        for (at, carrier) in carriers.into_iter().enumerate() {
            self.context.turn(&carrier.name, at + 1, of);
            let here = in_use.filter(|plmn| carrier.plmns.contains(plmn) && self.journal.is_none());
            match (here, &survey) {
                (Some(plmn), _) => self.read_here(carrier, plmn).await?,
                (None, Some(survey)) if self.request.radio_only => {
                    self.keep(Visit::from_survey(carrier, survey));
                }
                (None, None) if self.request.radio_only => {
                    self.keep(Visit::from_list(carrier, &body.networks));
                }
                // Not heard where others were: a registration would only wait out its time.
                (None, Some(survey)) if survey.is_wide() && !survey.has(carrier) => {
                    self.keep(Visit::not_in_survey(carrier, survey));
                }
                (None, _) => self.visit(carrier).await?,
            }
        }
        if self.request.radio_only && survey.is_none() {
            // All there is of levels then: the cells around the one in use, mostly of the same carrier.
            let around = self.modem.neighbours().await?.len();
            if let Some(here) = self.visits.first_mut().filter(|_| in_use.is_some()) {
                here.with_neighbours(around);
            }
        }
        let lacks = self.visits.iter().find_map(Visit::lacks);
        if let Some(code) = lacks.filter(|_| self.request.measure.is_some()) {
            self.context.note(&mut body.warnings, [Note::new(code)]);
        }
        let none_answered = self.visits.iter().all(Visit::is_silent);
        // Once is enough, whatever came of it: it takes minutes.
        if none_answered && !self.request.radio_only && !listed && of > 0 {
            self.list(body).await?;
        }
        Ok(())
    }

    /// The survey of every operator's cells, where the modem can. A normal scan runs it only where it fits into one
    /// step's time and the modem stays where it is: it is to save waiting, not to add to it. With `--radio-only` and
    /// `--all-networks` the person agreed to wait and to be off line. One that fails is a warning.
    async fn listen(&mut self, body: &mut Scan) -> Result<Option<CellSurvey>, Error> {
        let Some(cost) = self.modem.survey_cost() else {
            return Ok(None);
        };
        let patient = self.request.radio_only || self.request.all_networks;
        if !patient && (!cost.stays_registered || cost.takes > self.context.limit) {
            return Ok(None);
        }
        self.context.begin(&Step::Survey { limit: cost.takes });
        if !cost.stays_registered {
            self.left_at = Some(self.context.clock.now());
        }
        let cells = match self.modem.cell_survey(cost.takes).await {
            Ok(cells) => cells.filter(|cells| !cells.is_empty()).map(CellSurvey::new),
            Err(error) if error.is_over() => return Err(error.into()),
            Err(error) => {
                self.context.note(
                    &mut body.warnings,
                    [Note::new(Code::SURVEY_FAILED).with("cause", error.code())],
                );
                self.modem.settle().await?;
                None
            }
        };
        self.come_back(body).await?;
        Ok(cells)
    }

    /// Waits until a modem that left its network for a survey is on it again. It goes back by itself, since its
    /// selection was not touched; nothing is sent for it.
    async fn come_back(&mut self, body: &mut Scan) -> Result<(), Error> {
        let (Some(left), Some(plmn)) = (self.left_at.take(), self.before.registered_on) else {
            return Ok(());
        };
        let back = wait_for(self.modem, self.context, plmn).await?;
        self.offline += self.context.clock.now() - left;
        body.restored = Some(back);
        if !back {
            self.context.note(
                &mut body.warnings,
                [Note::new(Code::SURVEY_NOT_BACK).with("carrier", plmn.as_str())],
            );
        }
        Ok(())
    }

    /// The modem's own list. One that fails is a warning, not the end of the survey.
    async fn list(&mut self, body: &mut Scan) -> Result<(), Error> {
        self.context.begin(&Step::NetworkList {
            limit: crate::domain::network::NETWORK_LIST,
        });
        match self.modem.networks().await {
            Ok(networks) => body.networks = networks.into_iter().map(network_row).collect(),
            Err(error) if error.is_over() => return Err(error.into()),
            Err(error) => {
                self.context.note(
                    &mut body.warnings,
                    [Note::new(Code::NETWORK_LIST_FAILED).with("cause", error.code())],
                );
                self.modem.settle().await?;
            }
        }
        Ok(())
    }

    async fn read_here(&mut self, carrier: &'r Carrier, plmn: Plmn) -> Result<(), Error> {
        let took = None;
        let seen = Seen {
            carrier,
            plmn,
            took,
        };
        let (readings, measurement) = self.observe(seen).await;
        let access = access_in_use(self.modem, None);
        let visit = Visit::new(carrier, plmn, took, readings);
        self.take(visit.measured(measurement).over(access)).await
    }

    async fn visit(&mut self, carrier: &'r Carrier) -> Result<(), Error> {
        let Some(plmn) = carrier.plmns.first().copied() else {
            return Ok(());
        };
        if self.journal.is_none() {
            self.leave()?;
        }
        let limit = self.context.limit;
        self.context.begin(&Step::Registering {
            carrier: carrier.name.clone(),
            limit,
        });
        let standing = self.before.standing.as_ref();
        lasting::hold(self.modem, self.order, standing, plmn).await;
        let (modem, goal) = (&mut *self.modem, Goal::Registered);
        let registered = register(modem, self.context, self.order, plmn, limit, goal).await;
        let visit = match registered {
            Ok(registered) => {
                let took = Some(registered.took);
                let seen = Seen {
                    carrier,
                    plmn,
                    took,
                };
                let (readings, measurement) = self.observe(seen).await;
                let readings = match readings {
                    Ok(readings) => self.confirmed(carrier, plmn).await.map(|()| readings),
                    Err(error) => Err(error),
                };
                let access = access_in_use(self.modem, None);
                let visit = Visit::new(carrier, plmn, took, readings);
                visit.measured(measurement).over(access)
            }
            Err(error) => Visit::new(carrier, plmn, None, Err(error)),
        };
        self.take(visit).await
    }

    /// What was read and measured counts for a carrier only if the modem is still on it.
    async fn confirmed(&mut self, carrier: &Carrier, plmn: Plmn) -> modem::Result<()> {
        self.context.begin(&Step::Confirming {
            carrier: carrier.name.clone(),
        });
        confirm(self.modem, plmn, Goal::Registered).await
    }

    /// Keeps a visit; ends the survey where going on makes no sense.
    async fn take(&mut self, visit: Visit) -> Result<(), Error> {
        let fatal = visit.fatal();
        let refused = fatal
            .as_ref()
            .is_some_and(ModemError::is_refusal_beforehand);
        self.untouched = refused && !self.visits.iter().any(Visit::was_selected);
        let settle = visit.is_unavailable();
        self.keep(Some(visit));
        if let Some(error) = fatal {
            return Err(error.into());
        }
        if settle {
            self.modem.settle().await?;
        }
        Ok(())
    }

    /// Keeps a visit and tells of its row.
    fn keep(&mut self, visit: Option<Visit>) {
        self.visits.extend(visit);
        if let Some(row) = rows::latest(self.request, &self.visits) {
            let row = Row::Carrier(&row);
            self.context.listener.on(&Progress::Row(row));
        }
    }

    /// The journal first, then the link may be left.
    fn leave(&mut self) -> Result<(), Error> {
        let to: Vec<Plmn> = self
            .request
            .carriers
            .iter()
            .filter_map(|c| c.plmns.first().copied())
            .collect();
        if let Some(former) = self.before.former {
            self.order.come_back_to(former.plmn);
        }
        self.journal = Some(self.before.begin(
            ChangeCommand::Scan,
            &to,
            self.request.label.as_deref(),
        )?);
        self.left_at = Some(self.context.clock.now());
        Ok(())
    }

    /// Goes back, logs, closes the journal. Gives a fault only where the former carrier is not back.
    async fn put_back(&mut self, body: &mut Scan) -> Option<Error> {
        self.modem.data_settled().await;
        let Some(journal) = self.journal.take() else {
            // Interrupted in a survey for which the modem had left its network.
            let settled = match self.left_at {
                Some(_) => self.modem.settle().await.map_err(Error::from),
                None => Ok(()),
            };
            let back = match settled {
                Ok(()) => self.come_back(body).await,
                Err(error) => Err(error),
            };
            return back.err();
        };
        let to: Vec<Plmn> = self.visits.iter().map(|v| v.plmn).collect();
        if self.untouched {
            // It was told of the first carrier before that was asked for.
            let over = self
                .before
                .over(journal, "refused", self.before.registered_on);
            let former = self.before.former.map(|former| former.plmn);
            self.put_back_setting(body, former).await;
            self.log(body, &to, "refused").await;
            return over.close(self.context, &mut body.warnings);
        }
        let Some(former) = self.before.former else {
            let over = Over::marked(journal, "nothing_to_restore", None);
            self.context.note(
                &mut body.warnings,
                [Note::new(Code::RESTORE_NOTHING_BEFORE)],
            );
            self.put_back_setting(body, None).await;
            self.log(body, &to, "nothing_to_restore").await;
            return over.close(self.context, &mut body.warnings);
        };
        let mode = self.before.selection.mode;
        let back = if never_left(self.modem, mode, former).await {
            Ok(Duration::ZERO)
        } else {
            let standing = self.before.standing.as_ref();
            lasting::hold(self.modem, self.order, standing, former.plmn).await;
            let back = go_back(self.modem, self.context, self.order, former).await;
            self.offline += self
                .left_at
                .map_or(Duration::ZERO, |left| self.context.clock.now() - left);
            back
        };
        let former = former.plmn;
        body.restored = Some(back.is_ok());
        match back {
            Ok(_) => {
                let over = self.before.over(journal, "restored", Some(former));
                self.put_back_setting(body, Some(former)).await;
                let name = self.context.endpoint(former).name;
                let name = name.unwrap_or_else(|| former.to_string());
                self.context
                    .note(&mut body.warnings, mode_note(self.modem, mode, &name).await);
                self.log(body, &to, "restored").await;
                over.close(self.context, &mut body.warnings)
            }
            Err(cause) => {
                self.log(body, &to, "not_restored").await;
                let failed = Box::new(Failed {
                    cause,
                    from: Some(former),
                    to: None,
                });
                Some(Error::NotRestored {
                    failed,
                    journal: journal.keep(),
                })
            }
        }
    }

    /// What another program would select as it was before the survey, the modem standing on `in_use`.
    async fn put_back_setting(&mut self, body: &mut Scan, in_use: Option<Plmn>) {
        let standing = self.before.standing.as_ref();
        let failed = lasting::put_back(self.modem, self.order, standing, in_use).await;
        self.context.note(&mut body.warnings, failed);
    }

    async fn log(&mut self, body: &mut Scan, to: &[Plmn], outcome: &str) {
        self.selection_after = selection_now(self.modem).await;
        let after = self.selection_after.as_ref().and_then(|s| s.plmn);
        let entry = self.before.entry("scan", to, after, outcome);
        self.context
            .note(&mut body.warnings, audit::log(self.context, &entry));
    }
}

fn network_row(network: Network) -> NetworkRow {
    NetworkRow {
        plmn: network.plmn,
        long_name: network.long_name,
        short_name: network.short_name,
        availability: network.availability,
        access: network.access,
    }
}

/// To the millisecond, which is finer than anything here is measured.
pub(super) fn seconds(span: Duration) -> f64 {
    (span.as_secs_f64() * 1000.0).round() / 1000.0
}
