//! The catalogues: every sentence a person reads, in French and in English.
//!
//! Documents carry codes and values; the words for them stand in `fr/*.ftl` and `en/*.ftl` (Project Fluent) and
//! nowhere else, so that a translator needs no Rust and no sentence is left in one language. Only the chosen language
//! is parsed. What programs read (JSON keys, CSV columns, codes) is never translated and does not belong here.

mod codes;
mod format;
mod lang;
mod values;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;

use crate::document::Values;
use crate::domain::{Carrier, Profile};

pub use format::{ascii, clean, is_hidden};
pub use lang::Lang;

/// The catalogue files of one language.
macro_rules! files {
    ($lang:literal) => {
        [
            include_str!(concat!($lang, "/errors.ftl")),
            include_str!(concat!($lang, "/bundle.ftl")),
            include_str!(concat!($lang, "/notes.ftl")),
            include_str!(concat!($lang, "/doctor.ftl")),
            include_str!(concat!($lang, "/talk.ftl")),
            include_str!(concat!($lang, "/report.ftl")),
            include_str!(concat!($lang, "/help.ftl")),
            include_str!(concat!($lang, "/history.ftl")),
            include_str!(concat!($lang, "/monitor.ftl")),
            include_str!(concat!($lang, "/send.ftl")),
            include_str!(concat!($lang, "/tour.ftl")),
        ]
    };
}

const FRENCH: &[&str] = &files!("fr");
const ENGLISH: &[&str] = &files!("en");

/// The words of one language.
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<&'static FluentResource>,
    profile: Profile,
    zone: TimeZone,
}

/// The files of a language, parsed when it is first asked for. A program has its catalogue twice, before and after it read its
/// configuration, and reading a hundred kilobytes of sentences is half of what a start takes.
fn parsed(lang: Lang) -> &'static [FluentResource] {
    static EN: OnceLock<Vec<FluentResource>> = OnceLock::new();
    static FR: OnceLock<Vec<FluentResource>> = OnceLock::new();
    let files = match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    };
    files.get_or_init(|| {
        // A fault in a catalogue is found by a test; here the good part of the file is what there is.
        let parse = |text: &&str| FluentResource::try_new((*text).to_owned());
        let texts = lang.files().iter();
        texts
            .map(|text| parse(text).unwrap_or_else(|(partial, _)| partial))
            .collect()
    })
}

impl Catalogue {
    /// The catalogue of one language, and only that.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // The isolating marks round each value would break column widths and searches.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Fr => format::french,
            Lang::En => format::english,
        }));
        for file in parsed(lang) {
            bundle.add_resource_overriding(file);
        }
        Self {
            lang,
            bundle,
            profile: Profile::france(),
            zone: TimeZone::UTC,
        }
    }

    /// The same with more words, of a program that has its own beside these; one of the same key is put in its place.
    #[must_use]
    pub fn with_words(mut self, words: &'static FluentResource) -> Self {
        self.bundle.add_resource_overriding(words);
        self
    }

    /// The same, naming carriers as this profile does.
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The carriers that it names as the profile does.
    pub fn carriers(&self) -> impl Iterator<Item = &Carrier> {
        self.profile.carriers.iter()
    }

    /// The same, telling times as they are in this zone; without it, in UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there are words under this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The words under a key; the key itself where there are none.
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words under a key, with values in them. Codes among the values are worded too (`values`), unknown values
    /// are `none`, and nothing in them can move a cursor.
    pub fn text_with(&self, key: &str, values: &Values) -> String {
        self.format(key, Some(&values::arguments(self, key, values)))
    }

    /// The same for values that are plain texts and numbers already.
    pub fn text_of<'a, V: Into<FluentValue<'a>>>(
        &self,
        key: &str,
        values: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        self.format(key, Some(&values.into_iter().collect()))
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|m| m.value());
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        // A value that is missing shows as its name; tests compare names with the catalogue.
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, arguments, &mut errors)
            .into_owned()
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl Lang {
    fn files(self) -> &'static [&'static str] {
        match self {
            Self::Fr => FRENCH,
            Self::En => ENGLISH,
        }
    }
}

/// The keys that begin with this, for the tests of other rooms.
#[cfg(test)]
pub(crate) fn keys(family: &str) -> Vec<String> {
    let keys = tests::entries(Lang::En).into_keys();
    keys.filter(|key| key.starts_with(family)).collect()
}
