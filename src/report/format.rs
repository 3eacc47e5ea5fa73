//! A document in the form asked for; every document has every form.

use std::path::Path;

use super::{Rows, Style, View, csv, fault, html, json, text};
use crate::document::Document;
use crate::i18n::Catalogue;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page for people.
    Text,
    /// The document itself.
    Json,
    /// A row for each carrier, link or port, RFC 4180.
    Csv,
    /// A page to keep or print.
    Html,
}

impl Format {
    /// Every form, in the order in which help names them.
    pub const ALL: &'static [Self] = &[Self::Text, Self::Json, Self::Csv, Self::Html];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// The form that the ending of a file's name asks for; JSON where it has none.
    ///
    /// # Errors
    /// When no form has this ending.
    pub fn of_file(file: &Path) -> Result<Self, UnknownEnding> {
        let Some(ending) = file.extension() else {
            return Ok(Self::Json);
        };
        let ending = ending.to_string_lossy();
        match ending.to_lowercase().as_str() {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "html" | "htm" => Ok(Self::Html),
            "txt" => Ok(Self::Text),
            _ => Err(UnknownEnding(ending.into_owned())),
        }
    }
}

/// The ending of a file's name is that of no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no form has the ending {0}")]
pub struct UnknownEnding(pub String);

/// A body that can be shown in every form.
pub trait Shown: View + Rows {}

impl<B: View + Rows> Shown for B {}

/// A document in a form, its messages being those that [`fill`](super::fill) put in. `style` is what the page for people
/// is drawn by; the other forms have neither colour nor width.
pub fn render<B: Shown>(
    document: &Document<B>,
    format: Format,
    words: &Catalogue,
    style: Style,
) -> String {
    match format {
        Format::Json => json(document),
        Format::Text => page(document, words, style),
        Format::Csv => csv(document),
        Format::Html => html(document, words),
    }
}

/// A page; with its error where it is kept, since nobody sees standard error there later.
fn page<B: View>(document: &Document<B>, words: &Catalogue, style: Style) -> String {
    let mut page = text(document, words, style);
    if let Some(error) = document.error.as_ref().filter(|_| style.with_error) {
        page.push_str(&fault(error, words, style));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::report::sample;

    #[test]
    fn a_file_names_its_form_by_its_ending_and_an_unknown_one_names_none() {
        let form = |name: &str| Format::of_file(Path::new(name)).ok();
        for (name, expected) in [
            ("a/survey.csv", Some(Format::Csv)),
            ("survey.htm", Some(Format::Html)),
            ("survey.HTML", Some(Format::Html)),
            ("survey.txt", Some(Format::Text)),
            ("survey", Some(Format::Json)),
            (".survey", Some(Format::Json)),
            ("survey.json", Some(Format::Json)),
            ("survey.json.bak", None),
            ("survey.pdf", None),
            ("survey.", None),
        ] {
            assert_eq!(form(name), expected, "{name}");
        }
    }

    #[test]
    fn a_page_that_is_kept_has_its_error_under_it() {
        let words = Catalogue::new(Lang::En);
        let document = sample::scan_interrupted();
        let style = Style {
            color: true,
            ..Style::default()
        };
        let shown = render(&document, Format::Text, &words, style);
        let kept = render(&document, Format::Text, &words, style.kept());
        let said = fault(document.error.as_ref().unwrap(), &words, style.kept());
        assert!(!shown.contains(&said) && kept.ends_with(&said), "{kept}");
        assert!(!kept.contains('\u{1b}'));
    }
}
