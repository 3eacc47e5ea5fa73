//! The rows of a table, for a program that reads no Parquet: CSV, or JSON a line.
//!
//! Texts of rows come from lists and registries, and yet: in CSV one that a spreadsheet would run is made a text.

use std::io::{self, Write};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use opensim::report::csv_text;
use serde_json::{Map, Value, json};

use crate::columns::{Column, ColumnKind, Table};
use crate::error::Error;
use crate::folder::Fleet;
use crate::lake::{Datum, MonthReader, Symbols, TableRow};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsFormat {
    /// With a line of names.
    Csv,
    /// A JSON object a line.
    Ndjson,
}

/// Which rows.
#[derive(Debug, Clone, Copy)]
pub struct Selected {
    /// Of which table.
    pub table: Table,
    /// From this day on.
    pub since: Option<Date>,
    /// Before this day.
    pub until: Option<Date>,
    /// How.
    pub format: RowsFormat,
}

/// Writes rows, month by month; how many.
///
/// # Errors
/// When a month is damaged, or the writer takes no more.
pub fn run(fleet: &Fleet, selected: Selected, to: &mut dyn Write) -> Result<u64, Error> {
    let columns = selected.table.columns();
    let mut rows = 0;
    if selected.format == RowsFormat::Csv {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        written(writeln!(to, "{}", names.join(",")))?;
    }
    for (month, file) in fleet.months(selected.table)? {
        let is_before = selected.since.is_some_and(|since| month.last_day() < since);
        if is_before
            || selected
                .until
                .is_some_and(|until| month.first_day() >= until)
        {
            continue;
        }
        let mut symbols = Symbols::default();
        let Some(mut reader) = MonthReader::open(&file, selected.table)? else {
            continue;
        };
        while let Some(row) = reader.next(&mut symbols)? {
            if !is_selected(&row, &selected) {
                continue;
            }
            rows += 1;
            let line = match selected.format {
                RowsFormat::Csv => csv_line(columns, &row, &symbols),
                RowsFormat::Ndjson => json_line(columns, &row, &symbols),
            };
            written(writeln!(to, "{line}"))?;
        }
    }
    written(to.flush())?;
    Ok(rows)
}

fn written(result: io::Result<()>) -> Result<(), Error> {
    match result {
        // A reader that went away has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(()),
    }
}

fn is_selected(row: &TableRow, selected: &Selected) -> bool {
    let day = moment(row.seen_at).map(|at| jiff::tz::TimeZone::UTC.to_datetime(at).date());
    day.is_some_and(|day| {
        selected.since.is_none_or(|since| day >= since)
            && selected.until.is_none_or(|until| day < until)
    })
}

fn moment(microseconds: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(microseconds).ok()
}

fn value(column: &Column, datum: Datum, symbols: &Symbols) -> Value {
    match (column.kind, datum) {
        (_, Datum::Null) => Value::Null,
        (_, Datum::Text(_)) => json!(symbols.text(datum)),
        (_, Datum::Hex(bits)) => json!(format!("{bits:016x}")),
        (ColumnKind::Moment, Datum::Whole(at)) => json!(moment(at).map(|at| at.to_string())),
        (ColumnKind::Day, Datum::Whole(days)) => {
            let day = Date::constant(1970, 1, 1).saturating_add(days.days());
            json!(day.to_string())
        }
        (_, Datum::Whole(number)) => json!(number),
        (_, Datum::Float(number)) => json!(number),
        (_, Datum::Flag(flag)) => json!(flag),
    }
}

fn json_line(columns: &[Column], row: &TableRow, symbols: &Symbols) -> String {
    let values = columns.iter().zip(&row.data);
    let values = values.map(|(c, datum)| (c.name.to_owned(), value(c, *datum, symbols)));
    Value::Object(values.collect::<Map<_, _>>()).to_string()
}

fn csv_line(columns: &[Column], row: &TableRow, symbols: &Symbols) -> String {
    let fields = columns.iter().zip(&row.data);
    let fields = fields.map(|(column, datum)| match value(column, *datum, symbols) {
        Value::Null => String::new(),
        Value::String(text) => csv_text(&text),
        other => other.to_string(),
    });
    fields.collect::<Vec<_>>().join(",")
}
