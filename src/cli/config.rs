//! A configuration file: its keys, and where in it a fault stands.
//!
//! A value is read as soon as its file is, so that what is wrong with it is told with file, line and key, whichever
//! command was given. Unknown keys are refused, so that a slip is not silently without effect.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::written::{Readable, When};
use crate::domain::Plmn;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::i18n::Lang;
use crate::measure::collector::CollectorAddress;
use crate::measure::reach::Target;
use crate::measure::{ReflectorAddress, Server};
use crate::os::fault;
use crate::os::files::named as files;

/// The longest configuration that is read, with some hundred carriers.
const LONGEST: u64 = 64_000;

/// A file as it was read; one that is absent has no keys.
#[derive(Debug, Default)]
pub(super) struct ConfigFile {
    pub(super) keys: Keys,
    path: String,
    text: String,
}

/// What a configuration may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub(super) modem: Option<String>,
    pub(super) lang: Option<Written<Lang>>,
    pub(super) color: Option<Written<When>>,
    pub(super) timeout: Option<Written<Duration>>,
    pub(super) pin_file: Option<PathBuf>,
    /// The SIM's carriers, by their names in the French table or in `[[carrier]]`.
    pub(super) carriers: Option<Spanned<Vec<Spanned<String>>>>,
    /// Carriers of one's own: added to the others, or in the place of the one of the same name.
    pub(super) carrier: Option<Vec<Spanned<CarrierKeys>>>,
    #[serde(default)]
    pub(super) measure: MeasureKeys,
    /// Where what was found may be sent; nowhere until it is here.
    pub(super) fleet: Option<Spanned<FleetKeys>>,
}

/// The operator's collector, and who one is there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FleetKeys {
    /// This site's folder on the collector.
    pub(super) url: Option<Written<CollectorAddress>>,
    /// What is shown to the collector.
    pub(super) certificate: Option<PathBuf>,
    pub(super) key: Option<PathBuf>,
    /// Files of certificates that are trusted besides the public list.
    pub(super) authorities: Option<Vec<PathBuf>>,
    /// Whether what a virtual modem gave waits to be sent too: to try the way out.
    #[serde(default)]
    pub(super) demonstration: bool,
}

/// A carrier of one's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarrierKeys {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) plmns: Vec<Written<Plmn>>,
    #[serde(default)]
    pub(super) bands: Vec<String>,
}

/// What is measured against, and with what. Nothing here is contacted unless something is measured.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureKeys {
    /// As `--server` takes it.
    pub(super) server: Option<Written<Server>>,
    /// As `--reflector` takes it.
    pub(super) reflector: Option<Written<ReflectorAddress>>,
    /// Files of certificates that are trusted besides the public list.
    pub(super) authorities: Option<Vec<PathBuf>>,
    /// What `measure` also looks for, as `--check` takes it.
    pub(super) checks: Option<Vec<Written<Target>>>,
}

/// A value that is written as a text.
#[derive(Debug, Clone)]
pub(super) struct Written<T>(pub(super) T);

impl<'de, T: Readable> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = T::of_text(&text).map(Self);
        read.map_err(|detail| D::Error::custom(detail.as_str()))
    }
}

impl ConfigFile {
    /// Reads a file; one that need not be there may be absent.
    ///
    /// # Errors
    /// When it cannot be read, or says what cannot be.
    pub(super) fn read(path: &Path, must_exist: bool) -> Result<Self, Error> {
        let name = path.display().to_string();
        match files::read(path, LONGEST) {
            Ok((text, _)) => Self::of_text(name, text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => {
                Ok(Self::default())
            }
            Err(error) => Err(Error::Config {
                file: name,
                line: None,
                key: None,
                detail: fault::detail(&error),
            }),
        }
    }

    /// A file of this text.
    ///
    /// # Errors
    /// When it says what cannot be.
    pub(super) fn of_text(path: String, text: String) -> Result<Self, Error> {
        match toml::from_str(&text) {
            Ok(keys) => Ok(Self { keys, path, text }),
            Err(error) => {
                let file = Self {
                    keys: Keys::default(),
                    path,
                    text,
                };
                let at = error.span().unwrap_or_default();
                let detail = file.detail(&error, &at);
                Err(file.fault(&at, detail))
            }
        }
    }

    /// A fault of what stands there.
    pub(super) fn fault(&self, at: &Range<usize>, detail: Detail) -> Error {
        let before = self.text.as_bytes().iter().take(at.start);
        Error::Config {
            file: self.path.clone(),
            line: Some(1 + before.filter(|byte| **byte == b'\n').count()),
            key: self.place(at).map(|place| place.key),
            detail: detail.into(),
        }
    }

    /// A code of ours; what serde says of a kind or a key is told from where it says it.
    fn detail(&self, error: &toml::de::Error, at: &Range<usize>) -> Detail {
        if let Some(detail) = Detail::all().find(|d| d.as_str() == error.message()) {
            return detail;
        }
        match (DeTable::parse(&self.text), self.place(at)) {
            (Err(_), _) if error.message().contains("duplicate") => Detail::CONFIG_TWICE,
            (Err(_), _) => Detail::CONFIG_NOT_TOML,
            (Ok(_), Some(Place { is_name: true, .. })) => Detail::CONFIG_UNKNOWN_KEY,
            (Ok(_), _) => Detail::CONFIG_WRONG_KIND,
        }
    }

    fn place(&self, at: &Range<usize>) -> Option<Place> {
        place_in(DeTable::parse(&self.text).ok()?.get_ref(), "", at)
    }
}

/// The language that a file asks for, whatever else is wrong with it: what is wrong is told in it.
pub(super) fn language(path: &Path) -> Option<Lang> {
    let (text, _) = files::read(path, LONGEST).ok()?;
    let (table, _) = DeTable::parse_recoverable(&text);
    table
        .get_ref()
        .get("lang")?
        .get_ref()
        .as_str()?
        .parse()
        .ok()
}

/// A key by its way from the top, `measure.server`.
struct Place {
    key: String,
    /// Whether it is the key's own name that is meant, and not its value.
    is_name: bool,
}

fn place_in(table: &DeTable<'_>, above: &str, at: &Range<usize>) -> Option<Place> {
    table.iter().find_map(|(name, value)| {
        let key = if above.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{above}.{}", name.get_ref())
        };
        if covers(&name.span(), at) {
            return Some(Place { key, is_name: true });
        }
        within(value, &key, at)
    })
}

fn within(value: &Spanned<DeValue<'_>>, key: &str, at: &Range<usize>) -> Option<Place> {
    let deeper = match value.get_ref() {
        DeValue::Table(table) => place_in(table, key, at),
        DeValue::Array(items) => items.iter().find_map(|item| within(item, key, at)),
        _ => None,
    };
    let here = || {
        covers(&value.span(), at).then(|| Place {
            key: key.to_owned(),
            is_name: false,
        })
    };
    deeper.or_else(here)
}

fn covers(whole: &Range<usize>, part: &Range<usize>) -> bool {
    whole.start <= part.start && part.end <= whole.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (Option<usize>, Option<String>, String) {
        match ConfigFile::of_text("config.toml".to_owned(), text.to_owned()) {
            Err(Error::Config {
                line, key, detail, ..
            }) => (line, key, detail),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_fault_is_told_with_its_line_its_key_and_what_is_wrong() {
        for (text, line, key, detail) in [
            ("modem = 3", 1, Some("modem"), Detail::CONFIG_WRONG_KIND),
            (
                "\n\nlang = \"de\"",
                3,
                Some("lang"),
                Detail::VALUE_NOT_LANGUAGE,
            ),
            (
                "# x\ntimeout = \"abc\"",
                2,
                Some("timeout"),
                Detail::VALUE_NOT_DURATION,
            ),
            ("color = \"red\"", 1, Some("color"), Detail::VALUE_NOT_COLOR),
            (
                "modemm = \"x\"",
                1,
                Some("modemm"),
                Detail::CONFIG_UNKNOWN_KEY,
            ),
            (
                "[measure]\nsever = \"x\"",
                2,
                Some("measure.sever"),
                Detail::CONFIG_UNKNOWN_KEY,
            ),
            (
                "[measure]\nserver = \"x\"",
                2,
                Some("measure.server"),
                Detail::VALUE_NOT_SERVER,
            ),
            (
                "[measure]\nchecks = [\n \"tcp://a:1\",\n \"x\",\n]",
                2,
                Some("measure.checks"),
                Detail::VALUE_NOT_TARGET,
            ),
            ("measure = 1", 1, Some("measure"), Detail::CONFIG_WRONG_KIND),
            (
                "carriers = \"sfr\"",
                1,
                Some("carriers"),
                Detail::CONFIG_WRONG_KIND,
            ),
            (
                "[[carrier]]\nid = \"a\"\nplmns = [\"1\"]",
                3,
                Some("carrier.plmns"),
                Detail::VALUE_NOT_PLMN,
            ),
            (
                "[[carrier]]\nname = 1",
                2,
                Some("carrier.name"),
                Detail::CONFIG_WRONG_KIND,
            ),
            (
                "modem = \"a\"\nmodem = \"b\"",
                2,
                None,
                Detail::CONFIG_TWICE,
            ),
            ("modem = \"a", 1, None, Detail::CONFIG_NOT_TOML),
            ("modem", 1, None, Detail::CONFIG_NOT_TOML),
        ] {
            let expected = (
                Some(line),
                key.map(str::to_owned),
                detail.as_str().to_owned(),
            );
            assert_eq!(fault(text), expected, "{text}");
        }
    }
}
