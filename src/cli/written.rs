//! Values that a configuration and the environment write as texts, and what is wrong with those that are none.

use std::time::Duration;

use clap::ValueEnum;

use super::units;
use crate::domain::Plmn;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::i18n::Lang;
use crate::measure::collector::CollectorAddress;
use crate::measure::reach::Target;
use crate::measure::{ReflectorAddress, Server};

/// A value that can be read from a text.
pub(super) trait Readable: Sized {
    /// The value.
    ///
    /// # Errors
    /// What is wrong with the text, as a detail of ours.
    fn of_text(text: &str) -> Result<Self, Detail>;
}

/// When there is colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Readable for Lang {
    fn of_text(text: &str) -> Result<Self, Detail> {
        text.parse().map_err(|_| Detail::VALUE_NOT_LANGUAGE)
    }
}

impl Readable for When {
    fn of_text(text: &str) -> Result<Self, Detail> {
        Self::from_str(text, false).map_err(|_| Detail::VALUE_NOT_COLOR)
    }
}

impl Readable for Duration {
    fn of_text(text: &str) -> Result<Self, Detail> {
        units::duration(text).map_err(|_| Detail::VALUE_NOT_DURATION)
    }
}

impl Readable for Plmn {
    fn of_text(text: &str) -> Result<Self, Detail> {
        text.parse().map_err(|_| Detail::VALUE_NOT_PLMN)
    }
}

impl Readable for Server {
    fn of_text(text: &str) -> Result<Self, Detail> {
        Self::parse(text).map_err(|_| Detail::VALUE_NOT_SERVER)
    }
}

impl Readable for ReflectorAddress {
    fn of_text(text: &str) -> Result<Self, Detail> {
        Self::parse(text).map_err(|_| Detail::VALUE_NOT_REFLECTOR)
    }
}

impl Readable for CollectorAddress {
    fn of_text(text: &str) -> Result<Self, Detail> {
        Self::parse(text).ok_or(Detail::VALUE_NOT_COLLECTOR)
    }
}

impl Readable for Target {
    fn of_text(text: &str) -> Result<Self, Detail> {
        Self::parse(text).map_err(|_| Detail::VALUE_NOT_TARGET)
    }
}

/// A variable of the environment as it stands; an empty one is unset.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// What was typed, or else what a variable of the environment says.
///
/// # Errors
/// When nothing was typed and the variable is set to what it cannot be.
pub(super) fn below<T: Readable>(typed: Option<T>, name: &'static str) -> Result<Option<T>, Error> {
    match typed {
        Some(value) => Ok(Some(value)),
        None => environment(name),
    }
}

/// What a variable of the environment says.
///
/// # Errors
/// When it is set to what it cannot be.
pub(super) fn environment<T: Readable>(name: &'static str) -> Result<Option<T>, Error> {
    let read = |text: String| {
        T::of_text(&text).map_err(|detail| Error::Environment {
            variable: name,
            detail: detail.into(),
        })
    };
    variable(name).map(read).transpose()
}
