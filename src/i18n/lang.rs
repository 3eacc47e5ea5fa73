//! The two languages, and which one a person wants.

use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language of the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

/// A text that names neither language; keeps the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a language opensim speaks: {0:?} (fr, en)")]
pub struct NotALang(pub String);

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// `fr` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// What the locale says, and English where it names neither. One that is set to `C`, whose letters are ASCII's, is a choice of English, whatever the
    /// variables below it say.
    pub fn of_system() -> Self {
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let first = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
        if first.is_some_and(|locale| is_plain(&locale)) {
            return Self::En;
        }
        Self::of_locales(sys_locale::get_locales())
    }

    /// The first locale that is one of ours; the locale `C` yields none, and so English.
    fn of_locales(locales: impl IntoIterator<Item = String>) -> Self {
        let mut ours = locales.into_iter().filter_map(|locale| locale.parse().ok());
        ours.next().unwrap_or(Self::En)
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

/// `C`, `POSIX`, `C.UTF-8`.
fn is_plain(locale: &str) -> bool {
    matches!(locale.split('.').next(), Some("C" | "POSIX"))
}

impl FromStr for Lang {
    type Err = NotALang;

    /// Reads `fr`, `FR`, `fr-FR`, `fr_CH.UTF-8` and their like.
    fn from_str(text: &str) -> Result<Self, NotALang> {
        let word = text.trim().split(['-', '_', '.', '@']).next();
        let word = word.unwrap_or_default().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|lang| lang.code() == word)
            .ok_or_else(|| NotALang(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_we_speak_is_taken_and_none_means_english() {
        let of = |list: &[&str]| Lang::of_locales(list.iter().map(|l| (*l).to_owned()));
        assert_eq!(of(&["de-DE", "fr-CH", "en-US"]), Lang::Fr);
        assert_eq!(of(&["en-GB", "fr-FR"]), Lang::En);
        assert_eq!(of(&["C", "POSIX"]), Lang::En);
        assert!(["C", "POSIX", "C.UTF-8"].iter().all(|l| is_plain(l)) && !is_plain("fr_FR"));
        assert_eq!(of(&[]), Lang::En);
    }
}
