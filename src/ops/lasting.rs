//! Making a person's choice last: another program's setting would undo it at its next connection.
//!
//! The setting is journalled with the network in use, names each network before that is selected, so that whatever
//! connects meanwhile stays there, and is put back with the former carrier. A connection that had to make way is brought
//! up again while it names the network in use, before what it had named is put back. A setting that cannot be written is said
//! and stops nothing: where the modem is in the end is looked at all the same.

use crate::document::Note;
use crate::domain::ConnectionProfile;
use crate::domain::Plmn;
use crate::domain::codes::Code;
use crate::domain::policy::Order;
use crate::modem::Modem;

/// The setting as it is; one that cannot be read is none.
pub(super) async fn read(modem: &mut dyn Modem) -> Option<ConnectionProfile> {
    modem.standing().await.unwrap_or_else(|error| {
        tracing::info!(%error, "the connection's setting cannot be read");
        None
    })
}

/// Has the setting name a network that is about to be selected.
pub(super) async fn hold(
    modem: &mut dyn Modem,
    order: &Order,
    former: Option<&ConnectionProfile>,
    plmn: Plmn,
) -> Option<Note> {
    let former = former?;
    let wanted = former.naming(plmn);
    let code = match write(modem, order, former, &wanted).await {
        Ok(()) if former.network == wanted.network => return None,
        Ok(()) => Note::new(Code::NM_SET),
        Err(cause) => Note::new(Code::NM_NOT_SET).with("cause", cause),
    };
    let code = code.with("connection", former.name.clone());
    Some(code.with("carrier", plmn.as_str()))
}

/// Has a connection that was up, and made way, come up again on the network in use; a note where that failed.
pub(super) async fn resume(
    modem: &mut dyn Modem,
    order: &Order,
    former: Option<&ConnectionProfile>,
    in_use: Plmn,
) -> Option<Note> {
    let former = former.filter(|former| former.up)?;
    let mut wanted = former.naming(in_use);
    wanted.up = true;
    let cause = write(modem, order, former, &wanted).await.err()?;
    let note = Note::new(Code::NM_LEFT_DOWN).with("cause", cause);
    Some(note.with("connection", former.name.clone()))
}

/// Puts the setting back as it was, the modem standing on `in_use`; a note for what failed.
pub(super) async fn put_back(
    modem: &mut dyn Modem,
    order: &Order,
    former: Option<&ConnectionProfile>,
    in_use: Option<Plmn>,
) -> Vec<Note> {
    let Some(former) = former else {
        return Vec::new();
    };
    let left_down = match in_use {
        Some(plmn) => resume(modem, order, Some(former), plmn).await,
        None => None,
    };
    let mut wanted = former.clone();
    wanted.up = false;
    let failed = write(modem, order, former, &wanted).await.err();
    let not_put_back = failed.map(|cause| {
        let note = Note::new(Code::NM_NOT_PUT_BACK).with("cause", cause);
        note.with("connection", former.name.clone())
    });
    left_down.into_iter().chain(not_put_back).collect()
}

async fn write(
    modem: &mut dyn Modem,
    order: &Order,
    former: &ConnectionProfile,
    wanted: &ConnectionProfile,
) -> Result<(), Code> {
    if let Some(code) = &former.network {
        order.keep_setting(code);
    }
    let written = modem.set_standing(order, wanted).await;
    written.map_err(|error| {
        tracing::info!(%error, "the connection's setting cannot be written");
        error.code()
    })
}

/// What the setting would do to the network in use at the next connection.
pub(super) fn warning(standing: &ConnectionProfile, in_use: Plmn) -> Option<Note> {
    let note = match standing.network.as_deref() {
        Some(code) if code == in_use.as_str() => return None,
        Some(code) => Note::new(Code::NM_WOULD_MOVE).with("carrier", code),
        None => Note::new(Code::NM_WOULD_UNDO),
    };
    Some(note.with("connection", standing.name.clone()))
}
