//! A document in the form asked for: every document is a page and JSON, some are a spreadsheet or a printed page too.

use std::path::Path;

use super::{Style, View, csv, fault, html, json, text};
use crate::document::{self, Document};
use crate::i18n::Catalogue;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page for people.
    Text,
    /// The document itself.
    Json,
    /// One line a carrier, RFC 4180.
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

    /// The form that a file's ending asks for; JSON for an ending that asks for none.
    pub fn of_file(file: &Path) -> Self {
        match file.extension().and_then(std::ffi::OsStr::to_str) {
            Some("csv") => Self::Csv,
            Some("html" | "htm") => Self::Html,
            Some("txt") => Self::Text,
            _ => Self::Json,
        }
    }
}

/// A document has no such form: only a survey is an HTML page, only a survey and a status are CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document has no form {}", .0.as_str())]
pub struct NoSuchForm(pub Format);

/// A body that can be shown, and its forms beside text and JSON.
pub trait Shown: View {
    /// As a spreadsheet reads it; `None` where it has no rows.
    fn csv(document: &Document<Self>) -> Option<String> {
        let _ = document;
        None
    }

    /// As a page to keep or print; `None` where it has none.
    fn html(document: &Document<Self>, words: &Catalogue) -> Option<String> {
        let _ = (document, words);
        None
    }
}

impl Shown for document::Scan {
    fn csv(document: &Document<Self>) -> Option<String> {
        Some(csv(document))
    }

    fn html(document: &Document<Self>, words: &Catalogue) -> Option<String> {
        Some(html(document, words))
    }
}

impl Shown for document::Status {
    fn csv(document: &Document<Self>) -> Option<String> {
        Some(csv(document))
    }
}

impl Shown for document::At {}
impl Shown for document::Carriers {}
impl Shown for document::Measure {}
impl Shown for document::Modems {}
impl Shown for document::Recover {}
impl Shown for document::Switch {}

/// A document in a form, its messages being those that [`fill`](super::fill) put in. `style` is what the page for people
/// is drawn by; the other forms have neither colour nor width.
///
/// # Errors
/// When a document of this kind has no such form.
pub fn render<B: Shown>(
    document: &Document<B>,
    format: Format,
    words: &Catalogue,
    style: Style,
) -> Result<String, NoSuchForm> {
    let rendered = match format {
        Format::Json => Some(json(document)),
        Format::Text => Some(page(document, words, style)),
        Format::Csv => B::csv(document),
        Format::Html => B::html(document, words),
    };
    rendered.ok_or(NoSuchForm(format))
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
    fn a_file_names_its_form_by_its_ending() {
        let form = |name: &str| Format::of_file(Path::new(name));
        assert_eq!(form("a/survey.csv"), Format::Csv);
        assert_eq!(form("survey.htm"), Format::Html);
        assert_eq!(form("survey.txt"), Format::Text);
        assert_eq!(form("survey"), Format::Json);
        assert_eq!(form("survey.json.bak"), Format::Json);
    }

    #[test]
    fn every_document_is_a_page_and_json_and_a_form_it_lacks_is_refused() {
        let (words, style) = (Catalogue::new(Lang::En), Style::default());
        for format in Format::ALL {
            assert!(render(&sample::scan(), *format, &words, style).is_ok());
            let lacks = matches!(format, Format::Csv | Format::Html);
            let switch = render(&sample::switch(None), *format, &words, style);
            assert_eq!(switch.is_err(), lacks, "{format:?}");
        }
        let status = render(&sample::status(), Format::Html, &words, style);
        assert_eq!(status, Err(NoSuchForm(Format::Html)));
    }

    #[test]
    fn a_page_that_is_kept_has_its_error_under_it() {
        let words = Catalogue::new(Lang::En);
        let document = sample::scan_interrupted();
        let style = Style {
            color: true,
            ..Style::default()
        };
        let shown = render(&document, Format::Text, &words, style).unwrap();
        let kept = render(&document, Format::Text, &words, style.kept()).unwrap();
        let said = fault(document.error.as_ref().unwrap(), &words, style.kept());
        assert!(!shown.contains(&said) && kept.ends_with(&said), "{kept}");
        assert!(!kept.contains('\u{1b}'));
    }
}
