//! What `--check` names, for the commands that take it.

use crate::error::Error;
use crate::measure::reach::{Target, TargetFlaw};

/// The targets that were typed.
///
/// # Errors
/// When a word is none, or names a profile that cannot be used.
pub(super) fn read(words: &[String]) -> Result<Vec<Target>, Error> {
    let read = |word: &String| {
        Target::parse(word).map_err(|error| match error.why {
            TargetFlaw::Profile(profile) => Error::Profile(profile),
            _ => Error::Target(error.spec),
        })
    };
    words.iter().map(read).collect()
}
