//! A row on its way between a document and a file.

use std::collections::HashMap;
use std::sync::Arc;

use crate::columns::Table;

/// A value of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Datum {
    /// Not known.
    Null,
    /// A text, by its place among the [`Symbols`].
    Text(u32),
    /// 64 bits that are shown as 16 hex digits.
    Hex(u64),
    /// A whole number; a point in time in microseconds; a day since 1970.
    Whole(i64),
    /// A floating-point number.
    Float(f64),
    /// True or false.
    Flag(bool),
}

/// Texts that come again and again, each kept once.
#[derive(Debug, Default)]
pub struct Symbols {
    places: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

/// A row of a table, its values in the order of the columns.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// The site's number in the rows.
    pub site: u64,
    /// When, in microseconds since 1970, UTC.
    pub seen_at: i64,
    /// The document.
    pub doc: u64,
    /// The values.
    pub data: Box<[Datum]>,
}

impl Symbols {
    /// A text's place.
    pub fn of(&mut self, text: &str) -> Datum {
        if let Some(place) = self.places.get(text) {
            return Datum::Text(*place);
        }
        let Ok(place) = u32::try_from(self.texts.len()) else {
            return Datum::Null;
        };
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.places.insert(text, place);
        Datum::Text(place)
    }

    /// The same of a text that may be unknown.
    pub fn of_option(&mut self, text: Option<&str>) -> Datum {
        text.map_or(Datum::Null, |text| self.of(text))
    }

    /// The text of a value that is one.
    pub fn text(&self, datum: Datum) -> Option<&str> {
        match datum {
            Datum::Text(place) => self.texts.get(place as usize).map(AsRef::as_ref),
            _ => None,
        }
    }
}

impl TableRow {
    /// What makes rows ones of the same moment at the same site.
    pub fn moment(&self) -> (u64, i64) {
        (self.site, self.seen_at)
    }
}

/// The order of a file: by site, time, and within a document by carrier and network.
pub(super) fn sort(table: Table, symbols: &Symbols, rows: &mut [TableRow]) {
    let place = |name: &str| {
        table
            .columns()
            .iter()
            .position(|column| column.name == name)
    };
    let places = [place("carrier"), place("plmn")];
    let inside = |a: &TableRow, b: &TableRow| {
        let texts = |row: &TableRow| places.map(|at| at.and_then(|at| symbols.text(row.data[at])));
        texts(a).cmp(&texts(b))
    };
    rows.sort_by(|a, b| {
        let by_moment = a.moment().cmp(&b.moment());
        by_moment
            .then_with(|| a.doc.cmp(&b.doc))
            .then_with(|| inside(a, b))
    });
}
