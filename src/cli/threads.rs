//! Threads beside the one that everything runs in, and what becomes of a fault of opensim's own.
//!
//! A user may be allowed no further thread (`ulimit -u`). The ways of the libraries to start one fall over then, so each
//! is asked here first.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use super::output::Output;
use crate::error::Error;

/// Starts a thread.
///
/// # Errors
/// Where the system starts none.
pub(super) fn start(work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let thread = std::thread::Builder::new().spawn(work);
    thread.map(drop).map_err(Error::System)
}

/// Whether one can be started now.
pub(super) fn can_start() -> bool {
    start(|| ()).is_ok()
}

/// Does the work, and says in the document what a panic leaves: the status 1 of a bug, and not the language's own.
pub(super) fn guarded(output: &Output, work: impl FnOnce() -> ExitCode) -> ExitCode {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| output.failure(&Error::Bug(said(&*panic))))
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, Lang};

    #[test]
    fn a_fault_of_its_own_ends_with_the_status_of_a_bug() {
        let output = Output::plain(Catalogue::new(Lang::En), false);
        let ended = guarded(&output, || panic!("on purpose, {}", 1));
        assert_eq!(format!("{ended:?}"), format!("{:?}", ExitCode::from(1)));
        let well = guarded(&output, || ExitCode::from(9));
        assert_eq!(format!("{well:?}"), format!("{:?}", ExitCode::from(9)));
    }

    #[test]
    fn what_a_panic_says_is_kept() {
        let said_of = |work: fn()| said(&*catch_unwind(work).unwrap_err());
        assert_eq!(said_of(|| panic!("plain")), "plain");
        assert_eq!(said_of(|| panic!("with {}", 1)), "with 1");
        assert_eq!(said_of(|| std::panic::panic_any(7)), "panic");
    }
}
