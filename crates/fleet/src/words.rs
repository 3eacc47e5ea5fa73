//! The sentences of this program, in French and English: `words/*.ftl`, beside those that it shares with `opensim`.

use std::sync::OnceLock;

use fluent_bundle::FluentResource;
use opensim::i18n::{Catalogue, Lang};
use opensim_os::clock;

use crate::error::Error;

const ENGLISH: &str = concat!(
    include_str!("words/en.ftl"),
    "\n",
    include_str!("words/pages.en.ftl")
);
const FRENCH: &str = concat!(
    include_str!("words/fr.ftl"),
    "\n",
    include_str!("words/pages.fr.ftl")
);

/// The catalogue of one language, with this program's own sentences in it.
pub fn catalogue(lang: Lang) -> Catalogue {
    static EN: OnceLock<FluentResource> = OnceLock::new();
    static FR: OnceLock<FluentResource> = OnceLock::new();
    let (words, text) = match lang {
        Lang::En => (&EN, ENGLISH),
        Lang::Fr => (&FR, FRENCH),
    };
    // A fault in a file is found by a test; here the good part of it is what there is.
    let parsed = || FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
    Catalogue::new(lang)
        .with_words(words.get_or_init(parsed))
        .in_zone(clock::zone())
}

/// What happened, and what to do where there is something, of an error.
pub fn told(error: &Error, words: &Catalogue) -> (String, Option<String>) {
    let key = |family: &str| format!("{family}-{}", error.code().replace('.', "-"));
    let values = error.values();
    let hint = key("hint");
    let hint = words.has(&hint).then(|| words.text_with(&hint, &values));
    (words.text_with(&key("error"), &values), hint)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Each key with its text as it stands in the file.
    fn entries(text: &'static str) -> BTreeMap<&'static str, String> {
        let mut entries: BTreeMap<&str, String> = BTreeMap::new();
        let mut last = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let starts = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((key, text)) = line.split_once(" =").filter(|_| starts) {
                let former = entries.insert(key, text.to_owned());
                assert_eq!(former, None, "{key} stands twice");
                last = Some(key);
            } else if let Some(text) = last.and_then(|key| entries.get_mut(key)) {
                text.push('\n');
                text.push_str(line);
            }
        }
        entries
    }

    fn arguments(text: &str) -> BTreeSet<String> {
        let after = text.split('$').skip(1);
        let name = |rest: &str| {
            let name = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
            name.collect::<String>()
        };
        after.map(name).collect()
    }

    #[test]
    fn both_languages_are_sound_and_say_the_same_things_of_the_same_values() {
        for text in [ENGLISH, FRENCH] {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
        let (english, french) = (entries(ENGLISH), entries(FRENCH));
        let keys = |of: &BTreeMap<&'static str, String>| of.keys().copied().collect::<Vec<_>>();
        assert_eq!(keys(&english), keys(&french));
        for (key, text) in &english {
            assert_eq!(arguments(text), arguments(&french[key]), "{key}");
        }
    }

    #[test]
    fn french_is_set_as_french_is() {
        for (key, text) in entries(FRENCH) {
            // Command lines are as they are typed.
            if key.ends_with("-examples") {
                continue;
            }
            let mut before = ' ';
            let mut depth = 0;
            for c in text.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    '\'' => panic!("{key}: a typewriter's apostrophe"),
                    ':' | ';' | '!' | '?' | '%' | '»' if depth == 0 => {
                        assert_eq!(before, '\u{202f}', "{key}: {c}");
                    }
                    _ => assert!(before != '«' || c == '\u{202f}', "{key}: «"),
                }
                before = c;
            }
        }
    }

    #[test]
    fn every_error_has_a_sentence_and_a_hint() {
        let words = catalogue(Lang::En);
        for error in samples() {
            let (sentence, hint) = told(&error, &words);
            assert!(sentence.contains(' '), "{error:?}: {sentence}");
            assert!(!sentence.contains("{$"), "{error:?}: {sentence}");
            assert!(hint.is_some_and(|hint| !hint.contains("{$")), "{error:?}");
        }
    }

    fn samples() -> Vec<Error> {
        let file = || std::path::PathBuf::from("a/b");
        let detail = || "os.full".to_owned();
        vec![
            Error::Usage(detail()),
            Error::NoFleet { folder: file() },
            Error::Settings {
                file: file(),
                detail: detail(),
            },
            Error::Layout {
                file: file(),
                layout: 9,
            },
            Error::Key {
                file: file(),
                detail: detail(),
            },
            Error::InUse { file: file() },
            Error::File {
                file: file(),
                detail: detail(),
            },
            Error::Registry {
                file: file(),
                line: 2,
                detail: "site",
            },
            Error::Site {
                site: "x".to_owned(),
            },
            Error::SiteUnknown {
                site: "x".to_owned(),
            },
            Error::Month {
                month: "x".to_owned(),
            },
            Error::Consent,
            Error::Read {
                file: file(),
                detail: detail(),
            },
            Error::Write {
                file: file(),
                detail: detail(),
            },
            Error::Torn {
                files: vec![file()],
                detail: detail(),
                month: "2026-11".to_owned(),
            },
            Error::NotForgotten {
                site: "x".to_owned(),
                rows: 3,
            },
            Error::Quarantined {
                quarantined: 3,
                documents: 9,
            },
            Error::Question {
                name: "x".to_owned(),
            },
            Error::Value {
                option: "place",
                value: "x".to_owned(),
            },
            Error::Missing { option: "partner" },
            Error::Partner { partner: detail() },
            Error::DemoFailed { detail: detail() },
            Error::DemoThere { file: file() },
            Error::Statement { why: "reads" },
            Error::Sql {
                engine: "duckdb",
                detail: detail(),
            },
            Error::EngineAbsent { engine: "duckdb" },
            Error::EngineFailed {
                engine: "duckdb",
                detail: detail(),
            },
            Error::EngineGarbage {
                engine: "duckdb",
                line: "x".to_owned(),
            },
            Error::EngineDeadline {
                engine: "duckdb",
                seconds: 3,
            },
            Error::Output(std::io::ErrorKind::StorageFull.into()),
        ]
    }
}
