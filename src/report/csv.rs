//! A document as a spreadsheet reads it: one row a carrier, keys of the JSON document as headings, RFC 4180.
//!
//! Never translated, decimal points everywhere, unknown is an empty cell. Names come from modems and files, so a
//! text that a spreadsheet would take for a formula is given as text.

use crate::document::{Body, CarrierResult, Direction, Document, Radio, Scan, Status};
use crate::domain::rank::Known;
use crate::i18n::is_hidden;

/// A body that has rows.
pub(super) trait Rows: Body {
    /// The columns' names.
    const COLUMNS: &'static [&'static str];

    /// The rows, a cell for each column.
    fn rows(&self) -> Vec<Vec<Field>>;
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    /// Unknown.
    Empty,
    /// A number of ours, which may begin with a minus.
    Number(String),
    /// A text, perhaps somebody else's.
    Text(String),
}

/// The rows of a document under their headings. Each row begins with the document's schema and date.
pub(super) fn csv<B: Rows>(doc: &Document<B>) -> String {
    let mut out = String::new();
    let headings = ["schema", "at"].iter().chain(B::COLUMNS);
    line(&mut out, headings.map(|name| (*name).to_owned()));
    for row in doc.body.rows() {
        let lead = [text(&doc.schema), text(&doc.at)];
        line(&mut out, lead.into_iter().chain(row).map(Field::cell));
    }
    out
}

impl Rows for Scan {
    const COLUMNS: &'static [&'static str] = &[
        "label",
        "rank",
        "carrier",
        "name",
        "plmn",
        "verdict",
        "tied_with",
        "availability",
        "access",
        "registered_in_s",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
        "down_bps",
        "down_low_bps",
        "up_bps",
        "up_low_bps",
        "voice_mos",
        "same_cell_as",
        "error",
        "why",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let label = maybe(self.label.as_ref(), |l| text(l));
        let row = |carrier| {
            std::iter::once(label.clone())
                .chain(scan_row(carrier))
                .collect()
        };
        self.carriers.iter().map(row).collect()
    }
}

fn scan_row(carrier: &CarrierResult) -> Vec<Field> {
    let is_ranked = carrier.known() == Known::Read;
    let mut row = vec![
        maybe(is_ranked.then_some(carrier.rank), number),
        text(&carrier.carrier),
        text(&carrier.name),
        text(carrier.plmn.as_str()),
        word(&carrier.verdict),
        text(&carrier.tied_with.join(" ")),
        word(&carrier.availability),
        maybe(carrier.access.as_ref(), word),
        maybe(carrier.registered_in_s, number),
    ];
    row.extend(radio_cells(carrier.radio.as_ref()));
    let throughput = carrier.throughput.as_ref();
    row.extend(goodput(throughput.and_then(|t| t.down.as_ref())));
    row.extend(goodput(throughput.and_then(|t| t.up.as_ref())));
    let why: Vec<&str> = carrier.why.iter().map(|why| why.code.as_str()).collect();
    row.extend([
        maybe(carrier.voice.as_ref().and_then(|v| v.mos), number),
        maybe(carrier.same_cell_as.as_ref(), |id| text(id)),
        maybe(carrier.error.as_ref(), |error| text(error.code.as_str())),
        text(&why.join(" ")),
    ]);
    row
}

impl Rows for Status {
    const COLUMNS: &'static [&'static str] = &[
        "manufacturer",
        "model",
        "port",
        "sim_state",
        "selection_mode",
        "registration_state",
        "carrier",
        "plmn",
        "access",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let modem = self.modem.as_ref();
        let registration = self.registration.as_ref();
        let mut row = vec![
            maybe(modem.and_then(|m| m.manufacturer.as_ref()), |m| text(m)),
            maybe(modem.and_then(|m| m.model.as_ref()), |m| text(m)),
            maybe(modem, |m| text(&m.port)),
            maybe(self.sim.as_ref(), |sim| word(&sim.state)),
            maybe(self.selection.as_ref(), |selection| word(&selection.mode)),
            maybe(registration, |r| word(&r.state)),
            maybe(registration.and_then(|r| r.carrier.as_ref()), |c| text(c)),
            maybe(registration.and_then(|r| r.plmn), |p| text(p.as_str())),
            maybe(registration.and_then(|r| r.access), |a| word(&a)),
        ];
        row.extend(radio_cells(self.radio.as_ref()));
        vec![row]
    }
}

fn radio_cells(radio: Option<&Radio>) -> [Field; 12] {
    let of = |field: fn(&Radio) -> Field| radio.map_or(Field::Empty, field);
    [
        of(|r| maybe(r.quality.as_ref(), word)),
        of(|r| maybe(r.rsrp_dbm, number)),
        of(|r| maybe(r.rsrq_db, number)),
        of(|r| maybe(r.sinr_db, number)),
        of(|r| maybe(r.rssi_dbm, number)),
        of(|r| maybe(r.band, |b| text(&b.to_string()))),
        of(|r| maybe(r.earfcn, number)),
        of(|r| maybe(r.pci, number)),
        of(|r| maybe(r.cell_id, number)),
        of(|r| maybe(r.tac, number)),
        of(|r| number(r.samples)),
        of(|r| maybe(r.spread_db, number)),
    ]
}

fn goodput(way: Option<&Direction>) -> [Field; 2] {
    [
        maybe(way.and_then(|w| w.estimate_bps), number),
        maybe(way.and_then(|w| w.low_bps), number),
    ]
}

fn maybe<T>(value: Option<T>, field: impl FnOnce(T) -> Field) -> Field {
    value.map_or(Field::Empty, field)
}

fn number(value: impl std::fmt::Display) -> Field {
    Field::Number(value.to_string())
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// The word by which the JSON document names a state.
fn word(state: &impl serde::Serialize) -> Field {
    text(&super::text::code(state))
}

impl Field {
    fn cell(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(digits) => digits,
            Self::Text(text) => quoted(&defused(guarded(text))),
        }
    }
}

/// A text that a spreadsheet takes for a formula gets an apostrophe in front, which spreadsheets hide. They look past
/// blanks, and some past a control character, so these are looked past here too.
fn guarded(text: String) -> String {
    let first =
        text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c));
    let is_formula = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text }
}

/// Without what drives a terminal or hides in a text. A line end stays: it is quoted, and a cell may have several lines.
fn defused(text: String) -> String {
    let drives = |c: char| is_hidden(c) || c.is_control() && c != '\n';
    if !text.contains(drives) {
        return text;
    }
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let plain = shown.map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    plain.collect()
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_from_a_modem_stays_a_text() {
        for hostile in ["=1+1", "+33", "-2", "@SUM(A1)", " =1", "\t=1", "\u{1}=1"] {
            let cell = text(hostile).cell();
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
        assert_eq!(number(-95).cell(), "-95");
        assert_eq!(text("Bouygues Telecom").cell(), "Bouygues Telecom");
    }

    #[test]
    fn a_comma_or_a_quote_stays_in_its_cell() {
        assert_eq!(text("a,b \"c\"\nd").cell(), "\"a,b \"\"c\"\"\nd\"");
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let scan = crate::report::sample::scan().body;
        assert!(
            scan.rows()
                .iter()
                .all(|row| row.len() == Scan::COLUMNS.len())
        );
        let status = crate::report::sample::status().body;
        assert_eq!(status.rows()[0].len(), Status::COLUMNS.len());
        assert_eq!(Status::default().rows()[0].len(), Status::COLUMNS.len());
    }
}
