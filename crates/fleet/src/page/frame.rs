//! What every page has: its head, its style, what it forbids itself, and the forms that tables and facts have.

use jiff::civil::Date;
use maud::{Markup, html};
use opensim::i18n::{Catalogue, Lang, clean};
use opensim::report::closed_page;
use opensim_domain::verdict::Verdict;

/// What only these pages have.
const STYLE: &str = include_str!("fleet.css");

/// Stands for what is unknown.
const UNKNOWN: &str = "–";

/// A page's parts.
pub(super) struct Frame {
    pub(super) title: String,
    /// Where it belongs to; the file and its name.
    pub(super) up: Option<(&'static str, String)>,
    /// What it is about, in a line.
    pub(super) source: String,
    /// What it all comes down to.
    pub(super) lead: String,
    pub(super) body: Markup,
    pub(super) foot: Vec<String>,
}

impl Frame {
    /// The page.
    pub(super) fn page(&self, words: &Catalogue) -> String {
        let body = html! {
            header {
                @if let Some((file, name)) = &self.up { p.up { a href=(file) { (name) } } }
                h1 { (self.title) }
                p.source { (self.source) }
            }
            main {
                p.lead { (self.lead) }
                (self.body)
            }
            footer { @for line in &self.foot { p { (line) } } }
        };
        closed_page(words, &self.title, STYLE, &body)
    }
}

/// A column of a table: its heading, and whether it is of numbers.
pub(super) type Column = (String, bool);

/// A table that becomes a card a row where it is too narrow for it; the first cell of a row is its heading.
pub(super) fn table(columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table role="table" {
            thead role="rowgroup" { tr role="row" {
                @for (name, is_right) in columns { th.n[*is_right] role="columnheader" scope="col" { (name) } }
            } }
            tbody role="rowgroup" { @for row in rows {
                tr role="row" { @for (at, cell) in row.iter().enumerate() {
                    @let (name, is_right) = &columns[at];
                    @if at == 0 { th role="rowheader" scope="row" { (cell) } }
                    @else { td.n[*is_right] role="cell" data-label=(name) { div { (cell) } } }
                } }
            } }
        }
    }
}

/// Facts, each under its name.
pub(super) fn fields(fields: &[(String, Markup)]) -> Markup {
    html! { dl { @for (name, value) in fields { div { dt { (name) } dd { (value) } } } } }
}

/// A value that may be unknown; its dash says nothing where it is read out.
pub(super) fn known(text: Option<String>, words: &Catalogue) -> Markup {
    html! {
        @if let Some(text) = text { (clean(&text)) }
        @else { span aria-hidden="true" { (UNKNOWN) } span.unseen { (words.text("table-unknown")) } }
    }
}

/// A conclusion in its colour and shape.
pub(super) fn verdict(verdict: Option<Verdict>, words: &Catalogue) -> Markup {
    let Some(verdict) = verdict else {
        return known(None, words);
    };
    let (word, class) = match verdict {
        Verdict::Suitable => ("suitable", Some("good")),
        Verdict::Uncertain => ("uncertain", Some("fair")),
        Verdict::NotMeasured => ("not_measured", None),
        Verdict::Unsuitable => ("unsuitable", Some("bad")),
        Verdict::Unavailable => ("unavailable", Some("bad")),
    };
    toned(&words.family("verdict", word), class)
}

/// A text that is good, fair or bad.
pub(super) fn toned(text: &str, class: Option<&str>) -> Markup {
    html! { @if let Some(class) = class { span.tag.(class) { (text) } } @else { (text) } }
}

/// A home's page.
pub(super) fn page_of(site: &str) -> String {
    format!("home-{site}.html")
}

/// A home by its number, with a way to its page.
pub(super) fn home(site: &str) -> Markup {
    html! { a href=(page_of(site)) { code { (site) } } }
}

/// A day as the language writes it.
pub(super) fn day(day: Date, words: &Catalogue) -> String {
    let order = match words.lang() {
        Lang::Fr => "%d/%m/%Y",
        Lang::En => "%Y-%m-%d",
    };
    day.strftime(order).to_string()
}

/// A level.
pub(super) fn dbm(level: f64, words: &Catalogue) -> String {
    let rounded = (level * 10.0).round() / 10.0;
    words.text_of("page-dbm", [("n", words.number(rounded))])
}

/// A part of 1.
pub(super) fn percent(share: f64, words: &Catalogue) -> String {
    words.text_of(
        "page-percent",
        [("n", words.number((share * 100.0).round()))],
    )
}
