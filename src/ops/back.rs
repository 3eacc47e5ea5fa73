//! The way back: to the network that the modem named before the change, whatever its registration said.
//!
//! A modem is found in many states beside "registered": texts only, emergencies only, refused, one domain still
//! searching. What it names as selected is where it stood, and there it is put back. What it is asked of the way back is
//! what it gave before: registered again where it was, named again where it was not.

use std::time::Duration;

use super::register::{Goal, confirm, register};
use super::{Context, Step};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::domain::{Plmn, SelectionMode};
use crate::modem::{self, ManagerFault, Modem, NetworkFault};
use crate::store::Change;

/// The network to come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Former {
    pub(super) plmn: Plmn,
    /// Whether the modem was registered there: only then can it be asked to be so again.
    pub(super) registered: bool,
}

impl Former {
    /// What an interrupted change had replaced.
    pub(super) fn of(change: &Change) -> Option<Self> {
        change.from.map(|plmn| Self {
            plmn,
            registered: change.registered,
        })
    }

    fn goal(self) -> Goal {
        if self.registered {
            Goal::Registered
        } else {
            Goal::Named
        }
    }
}

/// Goes back to the former network and confirms it twice; gives how long it took. Not ended by the person's first Ctrl-C:
/// that is when it is needed. A modem that was busy is given a second try, and one that refuses is believed only after
/// looking where it is.
pub(super) async fn go_back(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    former: Former,
) -> modem::Result<Duration> {
    let carrier = context
        .endpoint(former.plmn)
        .name
        .unwrap_or_else(|| former.plmn.to_string());
    context.begin(&Step::GoingBack {
        carrier,
        limit: context.limit,
    });
    modem.settle().await?;
    let start = context.clock.now();
    let first = once(modem, context, order, former).await;
    let again = match first {
        Ok(()) => Ok(()),
        Err(error) if is_final(&error) => return Err(error),
        Err(_) => {
            modem.settle().await?;
            if stands(modem, former).await? {
                Ok(())
            } else {
                once(modem, context, order, former).await
            }
        }
    };
    match again {
        Ok(()) => {}
        Err(error) if is_final(&error) => return Err(error),
        Err(error) => {
            modem.settle().await?;
            if !stands(modem, former).await? {
                return Err(error);
            }
        }
    }
    Ok(context.clock.now() - start)
}

/// Whether nothing more can come of it.
fn is_final(error: &modem::Error) -> bool {
    matches!(
        error,
        modem::Error::Gone { .. }
            | modem::Error::Broken { .. }
            | modem::Error::Guarded { .. }
            | modem::Error::Manager(ManagerFault::Lost)
    )
}

async fn once(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    order: &Order,
    former: Former,
) -> modem::Result<()> {
    let goal = former.goal();
    register(modem, context, order, former.plmn, context.limit, goal).await?;
    // Time passes between the two looks: a modem may be let in and move on.
    look_at_radio(modem).await?;
    confirm(modem, former.plmn, goal).await
}

/// Whether the modem is on the former network as it was before.
async fn stands(modem: &mut dyn Modem, former: Former) -> modem::Result<bool> {
    twice(modem, async |modem| {
        confirm(modem, former.plmn, former.goal()).await
    })
    .await
}

/// Whether a modem that was choosing by itself still does, on the network that it was on: then nothing that was asked
/// of it took effect, and putting it back would be a change of its own.
pub(super) async fn never_left(modem: &mut dyn Modem, mode: SelectionMode, former: Former) -> bool {
    let as_before = async |modem: &mut dyn Modem| {
        let registered = modem.registration().await?.state.is_registered();
        let now = modem.selection().await?;
        let same = now.mode == mode && now.plmn == Some(former.plmn);
        if same && (registered || !former.registered) {
            return Ok(());
        }
        let (plmn, fault) = (former.plmn, NetworkFault::Lost);
        Err(modem::Error::Network { plmn, fault })
    };
    mode == SelectionMode::Automatic && matches!(twice(modem, as_before).await, Ok(true))
}

/// Whether it is so, seen twice with a look at the radio between.
async fn twice(
    modem: &mut dyn Modem,
    is_so: impl AsyncFn(&mut dyn Modem) -> modem::Result<()>,
) -> modem::Result<bool> {
    for at in 0..2 {
        match is_so(modem).await {
            Ok(()) => {}
            Err(error) if is_final(&error) => return Err(error),
            Err(_) => return Ok(false),
        }
        if at == 0 {
            look_at_radio(modem).await?;
        }
    }
    Ok(true)
}

/// Lets time pass between two looks by asking for the radio. What it says does not matter, only that the modem is there.
async fn look_at_radio(modem: &mut dyn Modem) -> modem::Result<()> {
    match modem.reading().await {
        Err(error) if is_final(&error) => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// What a person is told of the mode that the modem is left in on `carrier`, found in `before`: read from the modem now,
/// since one that refused every selection still chooses by itself.
pub(super) async fn mode_note(
    modem: &mut dyn Modem,
    before: SelectionMode,
    carrier: &str,
) -> Option<Note> {
    let code = match before {
        SelectionMode::Automatic => match modem.selection().await.ok()?.mode {
            SelectionMode::Automatic => return Some(Note::new(Code::SELECTION_AUTOMATIC_NOW)),
            _ => Code::SELECTION_WAS_AUTOMATIC,
        },
        SelectionMode::Unknown if !modem.tells_who_chose() => Code::SELECTION_WAS_UNKNOWN,
        _ => return None,
    };
    Some(Note::new(code).with("carrier", carrier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_way_back_is_asked_what_it_gave_before() {
        let plmn = "20801".parse().unwrap();
        for (registered, goal) in [(true, Goal::Registered), (false, Goal::Named)] {
            assert_eq!(Former { plmn, registered }.goal(), goal);
        }
    }
}
