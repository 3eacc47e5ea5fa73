//! A document that was saved, read again by the schema that it names: no modem, and nothing of how it came about, is
//! needed for it.

use super::format::{Format, render};
use super::{Style, fill};
use crate::document::{
    At, Body, Carriers, Compare, Doctor, Document, History, Measure, Modems, MonitorReading,
    Recover, Scan, Sending, Status, Switch, Unbegun,
};
use crate::i18n::Catalogue;

/// Why a text is no document.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No JSON.
    #[error(transparent)]
    Syntax(serde_json::Error),
    /// Not what its schema says.
    #[error("{schema}: {error}")]
    Shape {
        /// The schema.
        schema: String,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// Of a schema that is not known here.
    #[error("unknown schema {0}")]
    Schema(String),
}

/// The longest name of a schema that is said again.
const LONGEST_NAME: usize = 60;

/// One line for each document: what reads, fills and renders it follows.
macro_rules! documents {
    ($($name:ident),+ $(,)?) => {
        /// A saved document, whichever it is.
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum Saved {
            $(
                #[doc = concat!("A [`", stringify!($name), "`].")]
                $name(Document<$name>),
            )+
        }

        impl Saved {
            fn of(schema: &str, value: serde_json::Value) -> Result<Self, Unreadable> {
                let wrong = |error| Unreadable::Shape { schema: schema.to_owned(), error };
                match schema {
                    $(<$name as Body>::SCHEMA => {
                        serde_json::from_value(value).map(Self::$name).map_err(wrong)
                    })+
                    other => Err(Unreadable::Schema(other.chars().take(LONGEST_NAME).collect())),
                }
            }

            /// Puts the words of a language into it, as [`fill`] does.
            pub fn fill(&mut self, words: &Catalogue) {
                match self {
                    $(Self::$name(document) => fill(document, words),)+
                }
            }

            /// The document in a form, as [`render`] gives it.
            pub fn render(&self, format: Format, words: &Catalogue, style: Style) -> String {
                match self {
                    $(Self::$name(document) => render(document, format, words, style),)+
                }
            }
        }
    };
}

documents!(
    At,
    Carriers,
    Compare,
    Doctor,
    History,
    Measure,
    Modems,
    MonitorReading,
    Recover,
    Scan,
    Sending,
    Status,
    Switch,
    Unbegun,
);

impl Saved {
    /// Reads a document's JSON.
    ///
    /// # Errors
    /// When it is none, or of a schema that is not known here.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        // What was saved by way of another system may begin with the mark of its encoding.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value: serde_json::Value = serde_json::from_str(text).map_err(Unreadable::Syntax)?;
        let schema = value.get("schema").and_then(serde_json::Value::as_str);
        let schema = schema.unwrap_or_default().to_owned();
        Self::of(&schema, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::report::{json, sample};

    #[test]
    fn a_document_is_read_again_as_what_it_was() {
        let words = Catalogue::new(Lang::En);
        let saved = json(&sample::scan());
        let mut again = Saved::read(&saved).unwrap();
        assert!(matches!(again, Saved::Scan(_)), "{again:?}");
        again.fill(&words);
        let mut first = sample::scan();
        fill(&mut first, &words);
        let style = Style::default();
        for format in Format::ALL {
            let shown = again.render(*format, &words, style);
            assert_eq!(shown, render(&first, *format, &words, style), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_document_is_told_from_a_document_of_another_kind() {
        assert!(matches!(Saved::read("no"), Err(Unreadable::Syntax(_))));
        let shape = Saved::read(r#"{"schema": "opensim.scan/1"}"#);
        assert!(matches!(shape, Err(Unreadable::Shape { .. })), "{shape:?}");
        for (text, named) in [
            ("{}", ""),
            (r#"{"schema": "opensim.scan/2"}"#, "opensim.scan/2"),
            (r#"{"schema": 1}"#, ""),
        ] {
            let other = Saved::read(text).unwrap_err();
            assert!(
                matches!(&other, Unreadable::Schema(schema) if schema == named),
                "{other:?}"
            );
        }
    }
}
