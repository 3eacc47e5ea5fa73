//! What is kept no longer: documents after some months, rows after a year and some, and of those rows sums that say nothing of
//! any one home.
//!
//! A month goes when its last day is too old. Its surveys become sums by commune and carrier, of those with enough sites;
//! the sums are on the disk before the rows go. Sums that are there stay: what comes in later for such a month goes with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::columns::{AGGREGATES, Table};
use crate::disk;
use crate::error::Error;
use crate::folder::{Fleet, Month};
use crate::ingest::joined;
use crate::lake::{self, Datum, MonthReader, Symbols, TableRow};

/// How long what is kept, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetainTerms {
    /// Documents.
    pub raw_days: u32,
    /// Rows.
    pub rows_days: u32,
}

/// What went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retained {
    /// Days whose documents went.
    pub days: Vec<Date>,
    /// Months whose rows went.
    pub months: BTreeSet<Month>,
    /// How many sums were written.
    pub sums: u64,
}

/// Removes what is older than the terms say, seen from a day.
///
/// # Errors
/// When the disk refuses, or a month to be summed is damaged: that one stays.
pub fn run(fleet: &Fleet, terms: RetainTerms, today: Date) -> Result<Retained, Error> {
    let _held = fleet.lock()?;
    let before = |days: u32| today.saturating_sub(i64::from(days).days());
    let mut retained = Retained::default();
    for (day, file) in fleet.raw_days()? {
        if day < before(terms.raw_days) {
            disk::erase(&file)?;
            file.parent().into_iter().for_each(disk::erase_empty);
            retained.days.push(day);
        }
    }
    let mut torn = Vec::new();
    for table in Table::ALL {
        for (month, file) in fleet.months(table)? {
            if month.last_day() >= before(terms.rows_days) {
                continue;
            }
            if table == Table::Surveys {
                match summed(fleet, month) {
                    Ok(sums) => retained.sums += sums,
                    Err(error @ Error::Torn { .. }) => {
                        torn.push(error);
                        continue;
                    }
                    Err(error) => return Err(error),
                }
            }
            disk::erase(&file)?;
            file.parent().into_iter().for_each(disk::erase_empty);
            retained.months.insert(month);
        }
    }
    joined(torn).map_or(Ok(retained), Err)
}

/// What is added up of one carrier in one commune.
#[derive(Debug, Default)]
struct Sums {
    sites: BTreeSet<u64>,
    surveys: i64,
    suitable: i64,
    down_low: Mean,
    rsrp: Mean,
    mos: Mean,
}

#[derive(Debug, Default)]
struct Mean {
    sum: f64,
    count: u64,
}

impl Mean {
    fn add(&mut self, datum: Datum) {
        let number = match datum {
            Datum::Float(number) => number,
            Datum::Whole(number) => number as f64,
            _ => return,
        };
        self.sum += number;
        self.count += 1;
    }

    fn get(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

/// Writes the sums of a month; how many there are.
fn summed(fleet: &Fleet, month: Month) -> Result<u64, Error> {
    let file = fleet.aggregates_file(month);
    if file.exists() {
        return Ok(0);
    }
    let rows = fleet.month_file(Table::Surveys, month);
    let Some(mut reader) = MonthReader::open(&rows, Table::Surveys)? else {
        return Ok(0);
    };
    let mut symbols = Symbols::default();
    let mut sums: BTreeMap<(String, String), Sums> = BTreeMap::new();
    while let Some(row) = reader.next(&mut symbols)? {
        add(&mut sums, &row, &symbols);
    }
    sums.retain(|_, sums| sums.sites.len() >= fleet.settings().min_sites as usize);
    let text = |of: fn(&(String, String)) -> &String| -> ArrayRef {
        let mut column = StringBuilder::new();
        for key in sums.keys() {
            column.append_value(of(key));
        }
        Arc::new(column.finish())
    };
    let whole = |of: fn(&Sums) -> i64| -> ArrayRef {
        let mut column = Int64Builder::new();
        for sums in sums.values() {
            column.append_value(of(sums));
        }
        Arc::new(column.finish())
    };
    let mean = |of: fn(&Sums) -> Option<f64>| -> ArrayRef {
        let mut column = Float64Builder::new();
        for sums in sums.values() {
            column.append_option(of(sums));
        }
        Arc::new(column.finish())
    };
    let columns = vec![
        text(|key| &key.0),
        text(|key| &key.1),
        whole(|sums| i64::try_from(sums.sites.len()).unwrap_or(i64::MAX)),
        whole(|sums| sums.surveys),
        whole(|sums| sums.suitable),
        mean(|sums| sums.down_low.get()),
        mean(|sums| sums.rsrp.get()),
        mean(|sums| sums.mos.get()),
    ];
    lake::write_whole(&file, AGGREGATES, columns)?;
    Ok(sums.len() as u64)
}

fn add(sums: &mut BTreeMap<(String, String), Sums>, row: &TableRow, symbols: &Symbols) {
    let columns = Table::Surveys.columns();
    let of = |name: &str| {
        let at = columns.iter().position(|column| column.name == name);
        at.map_or(Datum::Null, |at| row.data[at])
    };
    let text = |name: &str| symbols.text(of(name)).map(str::to_owned);
    let (Some(postcode), Some(carrier)) = (text("postcode"), text("carrier")) else {
        return;
    };
    let sums = sums.entry((postcode, carrier)).or_default();
    sums.sites.insert(row.site);
    sums.surveys += 1;
    sums.suitable += i64::from(symbols.text(of("verdict")) == Some("suitable"));
    sums.down_low.add(of("down_low_bps"));
    sums.rsrp.add(of("rsrp_dbm"));
    sums.mos.add(of("mos"));
}
