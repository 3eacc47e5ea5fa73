//! Who an AT modem is, where its own words (`ATI`) leave that open.

use super::AtModem;
use crate::at::Request;
use crate::at::result::Reply;
use crate::at::standard::{self, Command};
use crate::domain::Identity;
use crate::modem::Result;

impl AtModem {
    /// Asks for what `identity` lacks, on one line where the modem takes that.
    ///
    /// The answers have no names, so a joined line is believed only where its last answer is the modem's number, which
    /// cannot be mistaken; else each is asked by itself.
    pub(super) async fn complete(&mut self, identity: &mut Identity) -> Result<()> {
        let missing = [
            identity.manufacturer.is_none(),
            identity.model.is_none(),
            identity.revision.is_none(),
            identity.imei.is_none(),
        ];
        let all = [
            standard::Manufacturer.request(),
            standard::Model.request(),
            standard::Revision.request(),
            standard::SerialNumber.request(),
        ];
        let wanted = all.into_iter().zip(missing).filter(|(_, missing)| *missing);
        let wanted: Vec<Request> = wanted.map(|(request, _)| request).collect();
        let ends_in_number = |replies: &[Reply]| {
            let last = replies.last();
            last.is_some_and(|reply| standard::SerialNumber.parse(reply).is_ok())
        };
        let replies = if identity.imei.is_none() {
            self.together_if(wanted, ends_in_number).await?
        } else {
            self.singly(wanted).await?
        };
        let mut replies = replies.into_iter();
        let [manufacturer, model, revision, imei] =
            missing.map(|missing| missing.then(|| replies.next()).flatten());
        let told = read(&standard::Manufacturer, manufacturer);
        identity.manufacturer = identity.manufacturer.take().or(told);
        identity.model = identity.model.take().or(read(&standard::Model, model));
        let told = read(&standard::Revision, revision);
        identity.revision = identity.revision.take().or(told);
        let told = read(&standard::SerialNumber, imei);
        identity.imei = identity.imei.take().or(told);
        Ok(())
    }
}

/// What an answer says, where there is one that can be read.
fn read<C: Command>(command: &C, reply: Option<Reply>) -> Option<C::Reply> {
    let reply = reply.filter(Reply::is_answer)?;
    command.parse(&reply).ok()
}
