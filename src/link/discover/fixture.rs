//! A bench of modems in a directory, and what is found on it.

use std::ops::Deref;

use super::{FoundModem, Survey, survey};
use crate::os::port::fixture::Computer;

/// The bench, gone when dropped.
pub(crate) struct Fixture(Computer);

impl Fixture {
    pub(crate) fn new(text: &str) -> Self {
        Self(Computer::new(text))
    }

    pub(crate) fn survey(&self) -> Vec<FoundModem> {
        self.look().modems
    }

    pub(crate) fn look(&self) -> Survey {
        survey(&self.sysfs(), &self.proc().look())
    }
}

impl Deref for Fixture {
    type Target = Computer;

    fn deref(&self) -> &Computer {
        &self.0
    }
}
