//! What a use case tells while it works: the steps that a person waits for, and what is known before the document is.
//!
//! The core never prints. Whoever listens may show what it likes of this; the document says everything that counts again.

use std::time::Duration;

use crate::document::{CarrierResult, LinkRow, Note};
use crate::domain::radio::Reading;

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A step begins; the one before it is over.
    Step(&'a Step),
    /// The steps that come are for one carrier of a survey, until its row is known.
    Turn {
        /// As a person reads it.
        carrier: &'a str,
        /// Counted from 1.
        at: usize,
        /// How many in all.
        of: usize,
    },
    /// The radio of the carrier in use was read.
    Reading(&'a Reading),
    /// A row of the document is known, though not its rank, nor the words of its reasons.
    Row(Row<'a>),
    /// A remark for the document, its words still to come. It may be taken back where it proves to be settled.
    Note(&'a Note),
}

/// A row of a document under way.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// Of a survey: what one carrier gave.
    Carrier(&'a CarrierResult),
    /// Of a measurement: what one link carries.
    Link(&'a LinkRow),
}

/// Told of everything as it happens.
pub trait Listener: Sync {
    /// Called from the midst of the work, which waits meanwhile: it must not take long.
    fn on(&self, event: &Progress<'_>);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silently;

impl Listener for Silently {
    fn on(&self, _: &Progress<'_>) {}
}

/// Tells another of all but the steps: several things are under way at once, and one of them is told of already.
pub(super) struct WithoutSteps<'a>(pub(super) &'a dyn Listener);

impl Listener for WithoutSteps<'_> {
    fn on(&self, event: &Progress<'_>) {
        if !matches!(event, Progress::Step(_)) {
            self.0.on(event);
        }
    }
}

/// A step that a person waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Reading who the modem is and where it stands.
    Reading,
    /// Registering on a carrier, for `limit` at most.
    Registering {
        /// As a person reads it.
        carrier: String,
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::domain::policy::{Order, Purpose};
    use crate::domain::verdict::Requirement;
    use crate::domain::{Plmn, Profile};
    use crate::link::Driver;
    use crate::modem::at::AtModem;
    use crate::modem::{Modem as _, Way};
    use crate::ops::{self, Context, ScanRequest};
    use crate::os::clock::Clock;
    use crate::sim::{self, Scenario, VirtualModem};
    use crate::store::Store;

    /// What was told, one word an event.
    #[derive(Default)]
    struct Recorder(Mutex<Vec<String>>);

    impl Listener for Recorder {
        fn on(&self, event: &Progress<'_>) {
            let word = match event {
                Progress::Step(Step::Registering { carrier, .. }) => format!("register {carrier}"),
                Progress::Step(Step::GoingBack { .. }) => "back".to_owned(),
                Progress::Step(_) => "step".to_owned(),
                Progress::Turn { carrier, at, of } => format!("turn {carrier} {at}/{of}"),
                Progress::Reading(reading) => format!("reading {:?}", reading.cell.plmn),
                Progress::Row(Row::Carrier(row)) => format!("row {}", row.name),
                Progress::Row(Row::Link(row)) => format!("row {}", row.interface),
                Progress::Note(note) => format!("note {}", note.code.as_str()),
            };
            self.0.lock().unwrap().push(word);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_survey_tells_of_each_carrier_before_it_goes_to_the_next() {
        let scenario = Scenario::named("home").unwrap();
        let device = Arc::new(Mutex::new(VirtualModem::new(&scenario)));
        let clock = Clock::system();
        let driver = Driver::spawn(sim::spawn(device, clock.clone()), clock.clone());
        let port = "sim".to_owned();
        let opened = AtModem::open(driver, clock.clone(), port, None, Way::None, None).await;
        let mut modem = opened.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (store, profile) = (Store::at(folder.path()), Profile::default());
        let recorder = Recorder::default();
        let context = Context {
            clock: &clock,
            store: &store,
            profile: &profile,
            listener: &recorder,
            cancel: CancellationToken::new(),
            reveal: false,
            limit: Duration::from_mins(1),
        };
        let codes: Vec<Plmn> = profile
            .carriers
            .iter()
            .flat_map(|c| c.plmns.clone())
            .collect();
        let order = Order::from_person(Purpose::Survey, codes);
        let request = ScanRequest {
            carriers: profile.carriers.clone(),
            samples: 2,
            radio_only: false,
            all_networks: false,
            measure: None,
            requirement: Requirement::default(),
            label: None,
        };
        let finished = ops::scan(&mut modem, &context, &order, &request).await;
        modem.close().await.unwrap();
        let told_of = recorder.0.into_inner().unwrap();
        let at = |word: &str| {
            let place = told_of.iter().position(|told_of| told_of == word);
            place.unwrap_or_else(|| panic!("{word}: {told_of:#?}"))
        };
        assert!(at("turn Orange 1/3") < at("row Orange"), "{told_of:#?}");
        assert!(at("row Orange") < at("turn SFR 2/3"), "{told_of:#?}");
        let first = at("row Orange");
        let second = at("register SFR");
        assert!(first < second && second < at("row SFR"), "{told_of:#?}");
        assert!(at("row SFR") < at("back"), "{told_of:#?}");
        let readings = told_of[..first]
            .iter()
            .filter(|told_of| told_of.starts_with("reading"));
        assert_eq!(readings.count(), 2, "{told_of:#?}");
        let notes = told_of
            .iter()
            .filter_map(|told_of| told_of.strip_prefix("note "));
        let warnings = finished.document.body.warnings.iter();
        let warnings = warnings.map(|note| note.code.as_str());
        assert_eq!(notes.collect::<Vec<_>>(), warnings.collect::<Vec<_>>());
        assert_eq!(finished.exit, 0, "{:?}", finished.fault);
    }
}
