//! Puts back the carrier that an interrupted scan or switch had replaced.

use super::back::{Former, go_back, mode_note};
use super::change::{Before, Over, unanswered};
use super::scan::seconds;
use super::{Context, Error, Failed, Finished, audit, lasting};
use crate::document::{ChangeCommand, Note, Recover};
use crate::domain::SelectionMode;
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::modem::Modem;
use crate::store::Journal;

/// Recovers under a person's order. With nothing to recover it says so and changes nothing.
pub async fn recover(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
) -> Finished<Recover> {
    let mut body = Recover::default();
    let mut before = match Before::read(modem, context).await {
        Ok(before) => before,
        Err(error) => return Finished::badly(body, error),
    };
    body.found = before.selection.plmn.map(|plmn| context.endpoint(plmn));
    let Some((change, path)) = before.pending.clone() else {
        let Some((change, journal)) = before.perhaps.take() else {
            body.needed = Some(false);
            return Finished::well(body);
        };
        // Not known, so neither "nothing to recover" nor another modem's carrier put into this one.
        body.journal = Some(journal.display().to_string());
        body.interrupted_at = Some(change.at.clone());
        body.command = Some(change.command.clone());
        return Finished::badly(body, Error::WhichModem(Box::new(change)));
    };
    body.needed = Some(true);
    body.interrupted_at = Some(change.at.clone());
    body.command = Some(change.command.clone());
    body.journal = Some(path.display().to_string());
    body.to = change.from.map(|plmn| context.endpoint(plmn));
    let journal = match before.begin(ChangeCommand::Recover, &[], None) {
        Ok(journal) => journal,
        Err(error) => return Finished::badly(body, error),
    };
    // The way back is what a signal asks of every other command, so this one takes none: it has an end of its own.
    let fault = put_back(modem, context, order, &before, journal, &mut body).await;
    order.close();
    context.note(&mut body.warnings, unanswered(modem));
    Finished::of(body, fault)
}

async fn put_back(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    before: &Before,
    journal: Journal,
    body: &mut Recover,
) -> Option<Error> {
    let pending = before.pending.as_ref().map(|(change, _)| change);
    let found_in = pending.map_or(SelectionMode::Unknown, |change| change.mode);
    let Some(former) = pending.and_then(Former::of) else {
        let over = Over::marked(journal, "nothing_to_restore", None);
        context.note(
            &mut body.warnings,
            [Note::new(Code::RESTORE_NOTHING_BEFORE)],
        );
        context.note(
            &mut body.warnings,
            log(context, before, "nothing_to_restore", None),
        );
        return over.close(context, &mut body.warnings);
    };
    order.come_back_to(former.plmn);
    if let Some(name) = pending.and_then(|change| change.name.as_deref()) {
        modem.know_name(name, former.plmn);
    }
    let there = is_there(before, former, found_in);
    let standing = before.standing.as_ref();
    if !there {
        modem.doubt(former.plmn);
        lasting::hold(modem, order, standing, former.plmn).await;
        match go_back(modem, context, order, former).await {
            Ok(took) => body.registered_in_s = Some(seconds(took)),
            Err(cause) => {
                body.restored = Some(false);
                context.note(
                    &mut body.warnings,
                    log(context, before, "not_restored", None),
                );
                let failed = Box::new(Failed {
                    cause,
                    from: Some(former.plmn),
                    to: None,
                });
                return Some(Error::NotRestored {
                    failed,
                    journal: journal.keep(),
                });
            }
        }
    }
    let over = Over::marked(journal, "restored", Some(former.plmn));
    body.restored = Some(true);
    let failed = lasting::put_back(modem, order, standing, Some(former.plmn)).await;
    context.note(&mut body.warnings, failed);
    if found_in == SelectionMode::Automatic {
        context.note(
            &mut body.warnings,
            mode_note(modem, found_in, former.plmn.as_str()).await,
        );
    }
    context.note(
        &mut body.warnings,
        log(context, before, "restored", Some(former.plmn)),
    );
    over.close(context, &mut body.warnings)
}

/// Whether the modem is where it was before the interrupted change: on that network, and held there by hand or choosing
/// by itself as it did.
fn is_there(before: &Before, former: Former, mode: SelectionMode) -> bool {
    let now = before.selection.mode;
    let held = now == SelectionMode::Manual || (now == mode && now == SelectionMode::Automatic);
    let on_it = if former.registered {
        before.registered_on
    } else {
        before.selection.plmn
    };
    held && on_it == Some(former.plmn)
}

fn log(
    context: &Context<'_>,
    before: &Before,
    outcome: &str,
    after: Option<crate::domain::Plmn>,
) -> Option<Note> {
    let to: Vec<crate::domain::Plmn> = before.former.map(|f| f.plmn).into_iter().collect();
    audit::log(context, &before.entry("recover", &to, after, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Plmn;

    const ORANGE: &str = "20801";
    const SFR: &str = "20810";

    /// Whether a modem that is found so counts as being where an interrupted change had found it, on Orange.
    fn there(
        now: SelectionMode,
        named: &str,
        on: Option<&str>,
        before: SelectionMode,
        registered: bool,
    ) -> bool {
        let code = |text: &str| text.parse::<Plmn>().unwrap();
        let found = Before::found_with(now, code(named), on.map(code));
        let plmn = code(ORANGE);
        is_there(&found, Former { plmn, registered }, before)
    }

    #[test]
    fn a_modem_is_where_it_was_only_if_it_is_held_there_as_it_was() {
        use SelectionMode::{Automatic, Deregistered, Manual, Unknown};
        let on = Some(ORANGE);
        // By hand, whoever chose before.
        for before in [Manual, Automatic, Unknown] {
            assert!(there(Manual, ORANGE, on, before, true), "{before:?}");
        }
        // By itself only if it was so before: else the run's last selection would be left to chance.
        assert!(there(Automatic, ORANGE, on, Automatic, true));
        assert!(!there(Automatic, ORANGE, on, Manual, true));
        assert!(!there(Automatic, ORANGE, on, Unknown, true));
        for now in [Deregistered, Unknown] {
            assert!(!there(now, ORANGE, on, now, true), "{now:?}");
        }
        assert!(!there(Manual, SFR, Some(SFR), Manual, true));
    }

    #[test]
    fn a_name_is_enough_only_where_the_modem_was_not_registered_before() {
        let manual = SelectionMode::Manual;
        assert!(!there(manual, ORANGE, None, manual, true));
        assert!(there(manual, ORANGE, None, manual, false));
        assert!(there(manual, ORANGE, Some(ORANGE), manual, false));
    }
}
