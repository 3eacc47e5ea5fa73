//! The use cases: status, carriers, scan, switch, recover. Each takes a modem and gives a document.
//!
//! They do not know which backend answers nor how the document is shown. What may change the modem takes a person's
//! [`Order`](crate::domain::policy::Order), writes the journal first, and leaves the modem where it was or says so.

mod at;
mod audit;
mod back;
mod carriers;
mod change;
mod error;
mod lasting;
mod measure;
mod measuring;
pub mod modems;
mod recover;
mod register;
mod scan;
mod status;
mod switch;
mod unlock;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub use at::at;
pub use carriers::carriers;
pub use error::{Error, Failed};
pub use measure::{falls_short, measure, ready_for_data};
pub use measuring::Measuring;
pub use recover::recover;
pub use scan::{ScanRequest, scan};
pub use status::status;
pub use switch::{SwitchRequest, switch};
pub use unlock::{PinSource, unlock};

use crate::domain::Profile;
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
    /// Who is told how far it is.
    pub progress: &'a dyn Progress,
    /// Cancelled by the person's first Ctrl-C: stop, put back, give what there is.
    pub cancel: CancellationToken,
    /// Whether identifiers are shown in full.
    pub reveal: bool,
    /// The longest that one step may take.
    pub limit: Duration,
}

/// A document's body and what went wrong on the way to it. Both at once are usual: a scan that was interrupted has
/// rows and a fault.
#[derive(Debug)]
pub struct Ended<B> {
    /// What there is.
    pub body: B,
    /// What went wrong.
    pub fault: Option<Error>,
}

impl<B> Ended<B> {
    fn well(body: B) -> Self {
        Self { body, fault: None }
    }

    fn badly(body: B, fault: impl Into<Error>) -> Self {
        Self {
            body,
            fault: Some(fault.into()),
        }
    }
}

/// A step that a person waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Reading who the modem is and where it stands.
    Reading,
    /// Registering on a carrier, the `at`-th of `of`, for `limit` at most.
    Registering {
        /// As a person reads it.
        carrier: String,
        /// Counted from 1.
        at: usize,
        /// How many in all.
        of: usize,
        /// The longest it may take.
        limit: Duration,
    },
    /// Taking the `at`-th of `of` readings of a carrier's radio.
    Sampling {
        /// As a person reads it.
        carrier: String,
        /// Counted from 1.
        at: u32,
        /// How many in all.
        of: u32,
    },
    /// Measuring a link.
    Measuring {
        /// A carrier or an interface, as a person reads it.
        what: String,
        /// Whether a call is rated too.
        voice: bool,
        /// The longest it takes, about.
        limit: Duration,
    },
    /// Looking whether what was named is reached over a link.
    Checking {
        /// The interface.
        what: String,
        /// The longest it takes.
        limit: Duration,
    },
    /// Looking a second time whether it is the carrier.
    Confirming {
        /// As a person reads it.
        carrier: String,
    },
    /// Asking the modem for every network: minutes.
    NetworkList {
        /// The longest it may take.
        limit: Duration,
    },
    /// Asking the modem for every operator's cells.
    Survey {
        /// The longest it may take.
        limit: Duration,
    },
    /// Looking whether data flows on the carrier that was changed to.
    Verifying {
        /// As a person reads it.
        carrier: String,
    },
    /// Going back to the carrier in use before.
    GoingBack {
        /// As a person reads it.
        carrier: String,
        /// The longest it may take.
        limit: Duration,
    },
}

/// Told of each step as it begins. The core never prints.
pub trait Progress: Sync {
    /// A step begins; the one before it is over.
    fn begin(&self, step: &Step) {
        let _ = step;
    }
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silently;

impl Progress for Silently {}
