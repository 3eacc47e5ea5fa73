//! What a use case gives: a document that needs nothing more but the words of a language, and how the command ends.

use super::Error;
use crate::document::{Body, Document, Fault, Note};
use crate::domain::verdict::Verdict;
use crate::os::clock;

/// Exit status: done.
const DONE: u8 = 0;

/// Exit status: measured, and below what is needed.
const BELOW: u8 = 9;

/// A document that is complete and dated. It and a fault at once are usual: a survey that was interrupted has rows and a
/// fault.
#[derive(Debug)]
pub struct Finished<B> {
    /// What there is. Its messages are empty until somebody knows for whom.
    pub document: Document<B>,
    /// What went wrong in the use case; the document has it too. `None` where it was not begun.
    pub fault: Option<Error>,
    /// The exit status of the contract.
    pub exit: u8,
}

impl<B: Body> Finished<B> {
    /// What was done, dated now, and what went wrong on the way.
    pub(super) fn of(body: B, fault: Option<Error>) -> Self {
        let (at, error) = (clock::wall(), fault.as_ref().map(Error::fault));
        let document = Document {
            error,
            ..Document::new(body, at)
        };
        let exit = fault.as_ref().map_or(DONE, Error::exit);
        Self {
            document,
            fault,
            exit,
        }
    }

    pub(super) fn well(body: B) -> Self {
        Self::of(body, None)
    }

    pub(super) fn badly(body: B, fault: impl Into<Error>) -> Self {
        Self::of(body, Some(fault.into()))
    }

    /// The same, where the verdicts count too: what was measured may fall short of the need with nothing gone wrong.
    pub(super) fn judged(self, verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        self.failing(falls_short(verdicts))
    }

    /// The same, where what was looked at may be found not to work with nothing gone wrong in looking.
    pub(super) fn failing(self, failed: bool) -> Self {
        let exit = if self.fault.is_none() && failed {
            BELOW
        } else {
            self.exit
        };
        Self { exit, ..self }
    }

    /// What kept a use case from being begun, with what is known of it; dated now.
    pub fn stopped(body: B, error: Fault, exit: u8) -> Self {
        Self {
            document: Document::failed(body, clock::wall(), error),
            fault: None,
            exit,
        }
    }

    /// Adds a warning of what came after the work, where the document takes any.
    pub fn warn(&mut self, note: Note) {
        if let Some(warnings) = self.document.body.warnings() {
            warnings.push(note);
        }
    }
}

/// Whether something was measured and nothing of it suffices: exit 9 of the contract. What lies within the noise of
/// the need was not shown to fall short.
fn falls_short(verdicts: impl IntoIterator<Item = Verdict>) -> bool {
    let mut below = false;
    for verdict in verdicts {
        match verdict {
            Verdict::Suitable | Verdict::Uncertain => return false,
            Verdict::Unsuitable => below = true,
            Verdict::NotMeasured | Verdict::Unavailable => {}
        }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Measure;

    #[test]
    fn only_what_was_shown_to_fall_short_falls_short() {
        use Verdict::{NotMeasured, Suitable, Unavailable, Uncertain, Unsuitable};
        assert!(falls_short([Unsuitable, Unavailable, NotMeasured]));
        assert!(!falls_short([Unsuitable, Suitable]));
        assert!(!falls_short([Unsuitable, Uncertain]));
        assert!(!falls_short([NotMeasured, Unavailable]));
        assert!(!falls_short([]));
    }

    #[test]
    fn a_fault_decides_the_exit_before_a_verdict_does() {
        let exit = |fault, verdict| {
            let ended = Finished::of(Measure::default(), fault).judged([verdict]);
            assert_eq!(ended.document.error.is_some(), ended.fault.is_some());
            ended.exit
        };
        assert_eq!(exit(None, Verdict::Suitable), DONE);
        assert_eq!(exit(None, Verdict::Unsuitable), BELOW);
        assert_eq!(exit(Some(Error::NoServer), Verdict::Unsuitable), 8);
        assert_eq!(exit(Some(Error::Interrupted), Verdict::Unsuitable), 130);
    }
}
