//! The move to the carrier that a person named, verified, with the way back if it fails.

use std::time::Duration;

use serde_json::json;

use super::back::{go_back, mode_note, never_left};
use super::change::{Before, Over, unanswered};
use super::measuring::{MeasureRequest, Measurer, READY, end};
use super::register::{Goal, Registered, access_in_use, confirm, register};
use super::scan::seconds;
use super::{Context, Error, Failed, Finished, Step, audit, lasting};
use crate::document::{ChangeCommand, Endpoint, Note, Outcome, Radio, Rollback, Switch};
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::domain::{Access, Carrier, Plmn, SelectionMode};
use crate::measure;
use crate::modem::{self, Modem};
use crate::store::Journal;

/// What a person asked for.
#[derive(Debug, Clone)]
pub struct SwitchRequest {
    /// The carrier that was named, the network to register on first.
    pub carrier: Carrier,
    /// Why, in the person's words, for the audit log.
    pub reason: Option<String>,
    /// Whether the former carrier is put back where the change fails.
    pub rollback: bool,
    /// How it is seen that data flows afterwards; `None` where nobody wants to know.
    pub verify: Option<MeasureRequest>,
}

/// Moves to the carrier under a person's order.
pub async fn switch(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    request: &SwitchRequest,
) -> Finished<Switch> {
    let mut body = Switch::default();
    let Some(target) = request.carrier.plmns.first().copied() else {
        return Finished::well(body);
    };
    body.to = Some(Endpoint {
        carrier: Some(request.carrier.id.clone()),
        name: Some(request.carrier.name.clone()),
        plmn: Some(target),
    });
    let mut before = match Before::read(modem, context).await {
        Ok(before) => before,
        Err(error) => return Finished::badly(body, error),
    };
    body.from = before.selection.plmn.map(|plmn| context.endpoint(plmn));
    body.selection = Some(before.found());
    context.note(&mut body.warnings, before.interrupted_note(context));
    // What cannot be put back is not left, unless the person wants no way back.
    let found = if request.rollback {
        before.find_code(modem, context).await
    } else {
        Ok(())
    };
    body.from = before.selection.plmn.map(|plmn| context.endpoint(plmn));
    let fault = if let Err(error) = found {
        Some(error)
    } else if is_there(&before, &request.carrier) {
        already(
            modem,
            context,
            order,
            &mut before,
            &request.carrier,
            &mut body,
        )
        .await
    } else {
        let mut run = SwitchRun {
            modem,
            context,
            order,
            request,
            before: &mut before,
            target,
        };
        run.run(&mut body).await
    };
    order.close();
    context.note(&mut body.warnings, unanswered(modem));
    Finished::of(body, fault)
}

/// Whether the carrier is in use already, held there by a person's choice and not by the modem's.
fn is_there(before: &Before, carrier: &Carrier) -> bool {
    let in_use = before.registered_on;
    before.is_held() && in_use.is_some_and(|plmn| carrier.plmns.contains(&plmn))
}

async fn already(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    before: &mut Before,
    carrier: &Carrier,
    body: &mut Switch,
) -> Option<Error> {
    body.outcome = Some(Outcome::AlreadyThere);
    if before.selection.mode == SelectionMode::Unknown {
        context.note(
            &mut body.warnings,
            [Note::new(Code::SELECTION_MODE_UNKNOWN)],
        );
    }
    let reading = modem.reading().await.ok();
    body.radio = reading.as_ref().map(Radio::of);
    body.access = access_in_use(modem, reading.as_ref());
    context.note(&mut body.warnings, modem.levels_withheld().map(Note::new));
    body.confirmed = match before.registered_on {
        Some(plmn) => confirm(modem, plmn, Goal::Registered).await.is_ok(),
        None => false,
    };
    if let Some(plmn) = before.registered_on.filter(|_| body.confirmed) {
        // What a person names is to last, whether the modem had to be moved for it or not.
        let standing = before.standing.as_ref();
        let note = lasting::hold(modem, order, standing, plmn).await;
        context.note(&mut body.warnings, note);
        let left_down = lasting::resume(modem, order, standing, plmn).await;
        context.note(&mut body.warnings, left_down);
    }
    if before.pending.is_none() || !body.confirmed {
        return None;
    }
    // An interrupted run had left the modem on the very carrier that the person names now: nothing is owed any more.
    body.warnings
        .retain(|note| note.code != Code::RECOVER_PENDING);
    let to: Vec<Plmn> = carrier.plmns.first().copied().into_iter().collect();
    let entry = before.entry("switch", &to, before.registered_on, "already_there");
    context.note(&mut body.warnings, audit::log(context, &entry));
    let on = before.registered_on;
    match before.begin(ChangeCommand::Switch, &to, None) {
        Ok(journal) => {
            Over::marked(journal, "already_there", on).close(context, &mut body.warnings)
        }
        Err(error) => Some(error.into()),
    }
}

/// A round trip to the server over the modem's link.
async fn flows(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: (&Order, Plmn),
    measurer: &Measurer<'_>,
) -> Result<Duration, Error> {
    measure::possible()?;
    let (order, within) = if measurer.is_named() {
        (Some(order), context.limit.min(READY))
    } else {
        (None, Duration::ZERO)
    };
    let session = match modem.data_session(order, within).await {
        Ok(session) => session,
        Err(_) if !measurer.is_named() => return Err(Error::NoServer),
        Err(error) => return Err(error.into()),
    };
    let reached = measurer.reach(session.link(), &context.cancel).await;
    end(session).await;
    reached
}

struct SwitchRun<'a, 'b> {
    modem: &'a mut dyn Modem,
    context: &'a Context<'b>,
    order: &'a Order,
    request: &'a SwitchRequest,
    before: &'a mut Before,
    target: Plmn,
}

impl SwitchRun<'_, '_> {
    async fn run(&mut self, body: &mut Switch) -> Option<Error> {
        if let Some(former) = self.before.former {
            self.order.come_back_to(former.plmn);
        }
        let reason = self.request.reason.as_deref();
        let journal = match self
            .before
            .begin(ChangeCommand::Switch, &[self.target], reason)
        {
            Ok(journal) => journal,
            Err(error) => return Some(error.into()),
        };
        body.journal = Some(journal.path().display().to_string());
        let cancel = self.context.cancel.clone();
        let moved = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(None),
            moved = self.go(body) => moved.map_err(Some),
        };
        match moved {
            Ok(registered) => {
                // What an earlier run had replaced is superseded by what the person named now.
                let over = Over::marked(journal, "switched", Some(self.target));
                body.outcome = Some(Outcome::Switched);
                body.registered_in_s = Some(seconds(registered.took));
                body.confirmed = true;
                let (mode, carrier) = (self.before.selection.mode, &self.request.carrier.name);
                self.context.note(
                    &mut body.warnings,
                    mode_note(self.modem, mode, carrier).await,
                );
                if let Some(access @ (Access::Gsm | Access::Umts)) = body.access {
                    self.context.note(
                        &mut body.warnings,
                        [Note::new(Code::ACCESS_LEGACY).with("access", json!(access))],
                    );
                }
                self.log(body, "switched").await;
                let standing = self.before.standing.as_ref();
                let left_down =
                    lasting::resume(self.modem, self.order, standing, self.target).await;
                self.context.note(&mut body.warnings, left_down);
                body.warnings
                    .retain(|note| note.code != Code::RECOVER_PENDING);
                let closed = over.close(self.context, &mut body.warnings);
                // The change is done and noted as such: nothing that comes now undoes it.
                self.verify(body).await;
                closed
            }
            Err(cause) => Some(self.failed(body, journal, cause).await),
        }
    }

    async fn go(&mut self, body: &mut Switch) -> modem::Result<Registered> {
        let limit = self.context.limit;
        let carrier = self.request.carrier.name.clone();
        self.context.begin(&Step::Registering { carrier, limit });
        let standing = self.before.standing.as_ref();
        let note = lasting::hold(self.modem, self.order, standing, self.target).await;
        self.context.note(&mut body.warnings, note);
        let goal = Goal::Registered;
        let registered = register(
            self.modem,
            self.context,
            self.order,
            self.target,
            limit,
            goal,
        )
        .await?;
        let reading = self.modem.reading().await?;
        body.radio = Some(Radio::of(&reading));
        body.access = access_in_use(self.modem, Some(&reading));
        self.context.note(
            &mut body.warnings,
            self.modem.levels_withheld().map(Note::new),
        );
        let carrier = self.request.carrier.name.clone();
        self.context.begin(&Step::Confirming { carrier });
        confirm(self.modem, self.target, goal).await?;
        Ok(registered)
    }

    /// Sees whether data flows on the new carrier. That it does not, or cannot be told, is said and changes nothing: the
    /// server may be at fault, and the person named this carrier.
    async fn verify(&mut self, body: &mut Switch) {
        let Some(measuring) = &self.request.verify else {
            return;
        };
        let measurer = Measurer::new(measuring);
        self.context.begin(&Step::Verifying {
            carrier: self.request.carrier.name.clone(),
        });
        let cancel = self.context.cancel.clone();
        let flows = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Interrupted),
            flows = flows(self.modem, self.context, (self.order, self.target), &measurer) => flows,
        };
        self.modem.data_settled().await;
        let code = match flows {
            Ok(_) => {
                body.data_verified = Some(true);
                return;
            }
            Err(error) if error.is_of_the_link() => {
                body.data_verified = Some(false);
                (Code::SWITCH_NO_DATA, error)
            }
            Err(error) => (Code::SWITCH_DATA_UNCHECKED, error),
        };
        self.context.note(
            &mut body.warnings,
            [Note::new(code.0)
                .with("carrier", self.request.carrier.name.clone())
                .with("cause", code.1.code())],
        );
    }

    /// The way back. `cause` is `None` where the person stopped it.
    async fn failed(
        &mut self,
        body: &mut Switch,
        journal: Journal,
        cause: Option<modem::Error>,
    ) -> Error {
        if let Some(cause) = cause.clone().filter(modem::Error::is_refusal_beforehand) {
            body.journal = None;
            let over = self
                .before
                .over(journal, "refused", self.before.registered_on);
            let former = self.before.former.map(|former| former.plmn);
            self.put_back_setting(body, former).await;
            self.log(body, "refused").await;
            return over
                .close(self.context, &mut body.warnings)
                .unwrap_or(cause.into());
        }
        let Some(former) = self.before.former else {
            // Nothing was in use before, so nothing was lost and nothing can be put back.
            let over = Over::marked(journal, "failed", None);
            self.context.note(
                &mut body.warnings,
                [Note::new(Code::RESTORE_NOTHING_BEFORE)],
            );
            self.put_back_setting(body, None).await;
            self.log(body, "failed").await;
            let closed = over.close(self.context, &mut body.warnings);
            return closed.unwrap_or_else(|| cause.map_or(Error::Interrupted, Error::from));
        };
        let target = self.target;
        let failed = |cause| {
            Box::new(Failed {
                cause,
                from: Some(former.plmn),
                to: Some(target),
            })
        };
        if let Some(cause) = cause.clone()
            && never_left(self.modem, self.before.selection.mode, former).await
        {
            return self.stayed(body, journal, failed(cause)).await;
        }
        if let Some(cause) = cause.clone().filter(|_| !self.request.rollback) {
            body.outcome = Some(Outcome::NotRestored);
            let failed = failed(cause);
            self.log(body, "not_restored").await;
            return Error::NotRestored {
                failed,
                journal: journal.keep(),
            };
        }
        // Its outcome is told by what is put back in the end.
        let standing = self.before.standing.as_ref();
        lasting::hold(self.modem, self.order, standing, former.plmn).await;
        let back: modem::Result<Duration> =
            go_back(self.modem, self.context, self.order, former).await;
        body.rollback = Rollback {
            attempted: true,
            ok: Some(back.is_ok()),
        };
        match back {
            Ok(_) => {
                let over = self.before.over(journal, "rolled_back", Some(former.plmn));
                self.put_back_setting(body, Some(former.plmn)).await;
                body.outcome = Some(Outcome::RolledBack);
                let error =
                    cause.map_or(Error::Interrupted, |cause| Error::RolledBack(failed(cause)));
                self.log(
                    body,
                    if matches!(error, Error::Interrupted) {
                        "interrupted"
                    } else {
                        "rolled_back"
                    },
                )
                .await;
                let (mode, carrier) = (self.before.selection.mode, former.plmn.as_str());
                self.context.note(
                    &mut body.warnings,
                    mode_note(self.modem, mode, carrier).await,
                );
                over.close(self.context, &mut body.warnings)
                    .unwrap_or(error)
            }
            Err(worse) => {
                body.outcome = Some(Outcome::NotRestored);
                let failed = failed(cause.unwrap_or(worse));
                self.log(body, "not_restored").await;
                Error::NotRestored {
                    failed,
                    journal: journal.keep(),
                }
            }
        }
    }

    /// A modem that chooses by itself and refused: it still does, where it was, and nothing is put back.
    async fn stayed(&mut self, body: &mut Switch, journal: Journal, failed: Box<Failed>) -> Error {
        let in_use = failed.from;
        let over = self.before.over(journal, "never_left", in_use);
        self.put_back_setting(body, in_use).await;
        body.outcome = Some(Outcome::RolledBack);
        body.rollback = Rollback {
            attempted: false,
            ok: Some(true),
        };
        self.context.note(
            &mut body.warnings,
            [Note::new(Code::SELECTION_AUTOMATIC_NOW)],
        );
        self.log(body, "never_left").await;
        over.close(self.context, &mut body.warnings)
            .unwrap_or(Error::NeverLeft(failed))
    }

    /// As it was before; that it named the new carrier for a while is not worth telling then.
    async fn put_back_setting(&mut self, body: &mut Switch, in_use: Option<Plmn>) {
        let standing = self.before.standing.as_ref();
        body.warnings.retain(|note| note.code != Code::NM_SET);
        let failed = lasting::put_back(self.modem, self.order, standing, in_use).await;
        self.context.note(&mut body.warnings, failed);
    }

    async fn log(&mut self, body: &mut Switch, outcome: &str) {
        let after = self.modem.selection().await.ok().and_then(|s| s.plmn);
        let mut entry = self.before.entry("switch", &[self.target], after, outcome);
        entry.reason.clone_from(&self.request.reason);
        self.context
            .note(&mut body.warnings, audit::log(self.context, &entry));
    }
}
