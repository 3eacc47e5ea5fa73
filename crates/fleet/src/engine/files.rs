//! Which of the fleet's files can be read: the footer of each is, before a question is asked. An engine gives no answer at
//! all where one file of a hundred is torn; so that one is left out, and the answer says so.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::ToSpan as _;
use jiff::civil::Date;
use opensim_os::files::{self, Links};
use parquet::file::metadata::{
    ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};
use parquet::file::statistics::Statistics;

use crate::columns::{Table, monthly};
use crate::error::Error;

/// The file of a month of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LakeFile {
    /// Of which table, as SQL names it.
    pub table: &'static str,
    /// Its path within the fleet's folder.
    pub path: String,
    /// `YYYY-MM`.
    pub month: String,
    /// How many rows it has.
    pub rows: i64,
    /// The last day that it has something of.
    pub last: Option<Date>,
}

/// The files that an engine is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LakeFiles {
    /// The fleet's folder, from the root.
    pub folder: PathBuf,
    /// Those of the tables that are sound.
    pub months: Vec<LakeFile>,
    /// The sites, where they are known.
    pub sites: Option<String>,
    /// Those that are not sound, as paths within the folder.
    pub torn: Vec<String>,
}

const SITES_FILE: &str = "sites.parquet";

impl LakeFiles {
    /// Reads the footers of a fleet's files.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let folder = std::path::absolute(folder).map_err(|error| Error::read(folder, &error))?;
        let mut found = Self {
            months: Vec::new(),
            sites: None,
            torn: Vec::new(),
            folder,
        };
        for table in monthly().map(|(name, _)| name) {
            for month in entries(&found.folder.join(table))? {
                let Some(of) = month.strip_prefix("month=").filter(|of| is_month(of)) else {
                    continue;
                };
                let within = format!("{table}/{month}");
                for part in entries(&found.folder.join(&within))? {
                    if is_part(&part) {
                        found.add(table, format!("{within}/{part}"), of);
                    }
                }
            }
        }
        let sites = found.folder.join(SITES_FILE);
        match sites.exists().then(|| footer(&sites)) {
            Some(Some(_)) => found.sites = Some(SITES_FILE.to_owned()),
            Some(None) => found.torn.push(SITES_FILE.to_owned()),
            None => {}
        }
        Ok(found)
    }

    fn add(&mut self, table: &'static str, path: String, month: &str) {
        match footer(&self.folder.join(&path)) {
            Some(footer) => self.months.push(LakeFile {
                table,
                path,
                month: month.to_owned(),
                rows: footer.file_metadata().num_rows(),
                last: last_day(&footer),
            }),
            None => self.torn.push(path),
        }
    }

    /// Those of a table.
    pub fn of(&self, table: Table) -> impl Iterator<Item = &LakeFile> {
        self.named(table.name())
    }

    /// Those of a table by its name in SQL.
    pub(super) fn named(&self, table: &'static str) -> impl Iterator<Item = &LakeFile> {
        self.months.iter().filter(move |file| file.table == table)
    }

    /// The last day that there is a survey of; that of a torn month's end, where that is later: what is missing then is said,
    /// instead of an older time being told as if it were now.
    pub fn last_survey(&self) -> Option<Date> {
        let sound = self.of(Table::Surveys).filter_map(|file| file.last);
        let torn = self.torn.iter().filter_map(|path| {
            let month = path.strip_prefix("surveys/month=")?.split('/').next()?;
            let first: Date = format!("{month}-01").parse().ok()?;
            Some(first.last_of_month())
        });
        sound.chain(torn).max()
    }

    /// Those that have something of the days from `since` up to the one before `until`.
    pub fn within(&self, (since, until): (Date, Date)) -> Self {
        let last = until.checked_sub(1.day()).unwrap_or(until);
        let months = month_of(since)..=month_of(last);
        let torn = self.torn.iter().filter(|path| {
            let month = path.split_once("/month=").map(|(_, rest)| rest);
            let month = month.and_then(|rest| rest.split('/').next());
            month.is_none_or(|month| months.contains(&month.to_owned()))
        });
        Self {
            folder: self.folder.clone(),
            months: self
                .months
                .iter()
                .filter(|file| months.contains(&file.month))
                .cloned()
                .collect(),
            sites: self.sites.clone(),
            torn: torn.cloned().collect(),
        }
    }

    /// The same with the surveys alone.
    pub fn only(&self, table: Table) -> Self {
        let prefix = format!("{}/", table.name());
        let torn = self.torn.iter().filter(|path| path.starts_with(&prefix));
        Self {
            folder: self.folder.clone(),
            months: self.of(table).cloned().collect(),
            sites: None,
            torn: torn.cloned().collect(),
        }
    }

    /// The paths of all, in order.
    pub fn paths(&self) -> Vec<String> {
        let months = self.months.iter().map(|file| file.path.clone());
        months.chain(self.sites.clone()).collect()
    }
}

/// The names in a folder, in order; none where there is no folder.
fn entries(folder: &Path) -> Result<Vec<String>, Error> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::read(folder, &error)),
    };
    let mut names = Vec::new();
    for entry in listed {
        let entry = entry.map_err(|error| Error::read(folder, &error))?;
        names.extend(entry.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// What a torn file does not have, and no file of another kind.
fn footer(path: &Path) -> Option<ParquetMetaData> {
    let file: File = files::open(path, File::options().read(true), Links::Followed).ok()?;
    let length = file.metadata().ok()?.len();
    let footer = ParquetMetaDataReader::new().parse_and_finish(&file).ok()?;
    // A footer may be whole and speak of more than there is.
    let chunks = footer
        .row_groups()
        .iter()
        .flat_map(RowGroupMetaData::columns);
    let is_whole = chunks
        .map(ColumnChunkMetaData::byte_range)
        .all(|(start, size)| start.checked_add(size).is_some_and(|end| end <= length));
    is_whole.then_some(footer)
}

fn last_day(footer: &ParquetMetaData) -> Option<Date> {
    let columns = footer
        .row_groups()
        .iter()
        .flat_map(RowGroupMetaData::columns);
    let days = columns.filter(|column| column.column_path().string() == "day");
    let last = days.filter_map(|column| match column.statistics()? {
        Statistics::Int32(days) => days.max_opt().copied(),
        _ => None,
    });
    Date::constant(1970, 1, 1)
        .checked_add(last.max()?.days())
        .ok()
}

fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<Date>().is_ok()
}

/// Names that need no care in any engine's text.
fn is_part(name: &str) -> bool {
    let stem = name
        .strip_prefix("part-")
        .and_then(|rest| rest.strip_suffix(".parquet"));
    stem.is_some_and(|stem| !stem.is_empty() && stem.chars().all(|c| c.is_ascii_alphanumeric()))
}
