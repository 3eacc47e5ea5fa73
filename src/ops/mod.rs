//! The use cases: status, carriers, scan, switch, recover, measure, monitor. Each takes a modem and gives a [`Finished`]
//! document; what happens meanwhile it tells one [`Listener`].
//!
//! They do not know which backend answers nor how the document is shown. What may change the modem takes a person's
//! [`Order`](crate::domain::policy::Order), writes the journal first, and leaves the modem where it was or says so.

mod at;
mod audit;
mod back;
mod bundle;
mod carriers;
mod change;
mod consent;
mod doctor;
mod error;
mod finished;
mod history;
mod lasting;
mod measure;
mod measuring;
mod modems;
mod monitor;
mod past;
mod progress;
mod recover;
mod register;
mod scan;
mod send;
mod shown;
mod status;
mod switch;
mod unlock;
mod version;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub use at::at;
pub use bundle::BundleParts;
pub use carriers::carriers;
pub use consent::{Consent, ScanQuestion, StartingPoint, SwitchQuestion, Unfinished};
pub use doctor::{DoctorRequest, Patient, doctor};
pub use error::{Error, Failed};
pub use finished::Finished;
pub use history::{CompareRequest, LAST, OpenHistory, compare, moment};
pub use measure::{measure_interfaces, measure_modem};
pub use measuring::MeasureRequest;
pub use modems::modems;
pub use monitor::{MonitorControls, MonitorRequest, monitor};
pub use past::{Past, keep, post};
pub use progress::{Listener, Progress, Row, Silently, Step};
pub use recover::recover;
pub use scan::{ScanRequest, scan};
pub use send::{send, would_send};
pub use shown::shown_as;
pub use status::status;
pub use switch::{SwitchRequest, switch};
pub use unlock::{PinAsked, PinSource, asks_for_pin, unlock};
pub use version::version_of;

use crate::document::{Endpoint, Note};
use crate::domain::{Plmn, Profile};
use crate::os::clock::Clock;
use crate::store::Store;

/// What every use case is given besides the modem.
pub struct Context<'a> {
    /// Where time comes from.
    pub clock: &'a Clock,
    /// Where journals and the audit log are.
    pub store: &'a Store,
    /// The SIM's carriers.
    pub profile: &'a Profile,
    /// Who is told what happens meanwhile.
    pub listener: &'a dyn Listener,
    /// Cancelled by the person's first Ctrl-C: stop, put back, give what there is.
    pub cancel: CancellationToken,
    /// Whether identifiers are shown in full.
    pub reveal: bool,
    /// The longest that one step may take.
    pub limit: Duration,
}

impl Context<'_> {
    /// A network and the carrier it belongs to.
    fn endpoint(&self, plmn: Plmn) -> Endpoint {
        let owner = self.profile.owner(plmn);
        Endpoint {
            carrier: owner.as_ref().map(|c| c.id.clone()),
            name: owner.map(|c| c.name),
            plmn: Some(plmn),
        }
    }

    /// Tells that a step begins.
    fn begin(&self, step: &Step) {
        self.listener.on(&Progress::Step(step));
    }

    /// Tells that a carrier's turn begins.
    fn turn(&self, carrier: &str, at: usize, of: usize) {
        self.listener.on(&Progress::Turn { carrier, at, of });
    }

    /// Tells of remarks and adds them to a document's.
    fn note(&self, warnings: &mut Vec<Note>, notes: impl IntoIterator<Item = Note>) {
        for note in notes {
            self.listener.on(&Progress::Note(&note));
            warnings.push(note);
        }
    }
}
