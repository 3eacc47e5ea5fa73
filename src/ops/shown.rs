//! The carrier that a person calls as the modem shows it.

use super::{Context, Error};
use crate::domain::Carrier;
use crate::modem::Modem;

/// The carrier of the network in use, where the modem shows it under this name. The name is the person's word for it;
/// what is selected by it is its code.
///
/// # Errors
/// When the modem does not say, or the person stopped it.
pub async fn shown_as(
    modem: &mut dyn Modem,
    context: &Context<'_>,
    name: &str,
) -> Result<Option<Carrier>, Error> {
    let selection = tokio::select! {
        biased;
        () = context.cancel.cancelled() => return Err(Error::Interrupted),
        selection = modem.selection() => selection?,
    };
    let shown = selection.operator_name.unwrap_or_default();
    let is_it = shown.trim().to_lowercase() == name.trim().to_lowercase();
    let plmn = selection.plmn.filter(|_| is_it);
    Ok(plmn.and_then(|plmn| context.profile.named(plmn.as_str()).ok()))
}
