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

    /// The person's choice: the flag, else `OPENSIM_LANG`, else the configuration, else the locale, else English.
    /// An environment that is empty or names another language counts as unset.
    pub fn choose(flag: Option<Self>, environment: Option<&str>, config: Option<Self>) -> Self {
        flag.or_else(|| environment?.parse().ok())
            .or(config)
            .unwrap_or_else(|| Self::of_locales(sys_locale::get_locales()))
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
    fn the_flag_stands_above_the_environment_and_that_above_the_configuration() {
        let choose = Lang::choose;
        assert_eq!(choose(Some(Lang::En), Some("fr"), Some(Lang::Fr)), Lang::En);
        assert_eq!(choose(None, Some("fr_FR.UTF-8"), Some(Lang::En)), Lang::Fr);
        assert_eq!(choose(None, Some(""), Some(Lang::Fr)), Lang::Fr);
        assert_eq!(choose(None, Some("de"), Some(Lang::Fr)), Lang::Fr);
    }

    #[test]
    fn the_first_locale_we_speak_is_taken_and_none_means_english() {
        let of = |list: &[&str]| Lang::of_locales(list.iter().map(|l| (*l).to_owned()));
        assert_eq!(of(&["de-DE", "fr-CH", "en-US"]), Lang::Fr);
        assert_eq!(of(&["en-GB", "fr-FR"]), Lang::En);
        assert_eq!(of(&["C", "POSIX"]), Lang::En);
        assert_eq!(of(&[]), Lang::En);
    }
}
