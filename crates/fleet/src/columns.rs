//! The tables of a fleet and their columns: what users' SQL stands on.
//!
//! A column is never renamed, retyped or dropped; a new one is put at the end and may be absent from older files, where it
//! reads as `NULL`. What is not known is `NULL`, never 0. Beside these each table has the partition column `month` (text,
//! `YYYY-MM`, by UTC), which is part of the path and not in the files.

use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// UTF-8.
    Text,
    /// 64 bits as 16 hex digits, a text in the file.
    Hex,
    /// A whole number of 16 bits.
    Short,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A floating-point number of 64 bits.
    Float,
    /// True or false.
    Flag,
    /// A point in time, in microseconds, UTC.
    Moment,
    /// A day, UTC.
    Day,
}

/// A column: its name, what it holds, and whether it may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// As SQL names it.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be `NULL`.
    pub nullable: bool,
}

/// A table: one row of one thing that a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// A carrier of a survey.
    Surveys,
    /// A change of carrier.
    Switches,
    /// A measurement of a link.
    Measures,
    /// How a modem stood.
    Statuses,
}

const fn has(name: &'static str, kind: ColumnKind) -> Column {
    let nullable = false;
    Column {
        name,
        kind,
        nullable,
    }
}

const fn may(name: &'static str, kind: ColumnKind) -> Column {
    let nullable = true;
    Column {
        name,
        kind,
        nullable,
    }
}

use ColumnKind::{Day, Flag, Float, Hex, Int, Long, Moment, Short, Text};

/// What every table begins with: the document, when, and which site, as it was registered then.
const DOC: Column = has("doc", Hex);
const SCHEMA_NO: Column = has("schema_no", Short);
const OPENSIM: Column = may("opensim", Text);
const SEEN_AT: Column = has("seen_at", Moment);
const DAY: Column = has("day", Day);
const SITE: Column = has("site", Hex);
const PARTNER: Column = may("partner", Text);
const POSTCODE: Column = may("postcode", Text);
const REGION: Column = may("region", Text);

const SURVEYS: &[Column] = &[
    DOC,
    SCHEMA_NO,
    OPENSIM,
    SEEN_AT,
    DAY,
    SITE,
    PARTNER,
    POSTCODE,
    REGION,
    has("carrier", Text),
    may("plmn", Text),
    may("in_use", Flag),
    may("mode", Text),
    may("rank", Int),
    may("verdict", Text),
    may("access", Text),
    may("band", Text),
    may("cell_id", Long),
    may("enodeb", Int),
    may("tac", Int),
    may("pci", Int),
    may("rsrp_dbm", Float),
    may("rsrq_db", Float),
    may("sinr_db", Float),
    may("spread_db", Float),
    may("down_bps", Long),
    may("down_low_bps", Long),
    may("down_high_bps", Long),
    may("up_bps", Long),
    may("up_low_bps", Long),
    may("mos", Float),
    may("rtt_ms", Float),
    may("loss", Float),
    may("why", Text),
];

const SWITCHES: &[Column] = &[
    DOC,
    SCHEMA_NO,
    OPENSIM,
    SEEN_AT,
    DAY,
    SITE,
    PARTNER,
    POSTCODE,
    REGION,
    may("from_carrier", Text),
    may("from_plmn", Text),
    may("carrier", Text),
    may("plmn", Text),
    may("mode", Text),
    may("outcome", Text),
    may("registered_in_s", Float),
    may("data_verified", Flag),
    may("access", Text),
    may("band", Text),
    may("cell_id", Long),
    may("rsrp_dbm", Float),
    may("sinr_db", Float),
    may("error", Text),
];

const MEASURES: &[Column] = &[
    DOC,
    SCHEMA_NO,
    OPENSIM,
    SEEN_AT,
    DAY,
    SITE,
    PARTNER,
    POSTCODE,
    REGION,
    may("verdict", Text),
    may("down_bps", Long),
    may("down_low_bps", Long),
    may("down_high_bps", Long),
    may("up_bps", Long),
    may("up_low_bps", Long),
    may("mos", Float),
    may("rtt_ms", Float),
    may("loss", Float),
    may("error", Text),
];

const STATUSES: &[Column] = &[
    DOC,
    SCHEMA_NO,
    OPENSIM,
    SEEN_AT,
    DAY,
    SITE,
    PARTNER,
    POSTCODE,
    REGION,
    may("carrier", Text),
    may("plmn", Text),
    may("mode", Text),
    may("registration", Text),
    may("access", Text),
    may("band", Text),
    may("cell_id", Long),
    may("enodeb", Int),
    may("tac", Int),
    may("pci", Int),
    may("rsrp_dbm", Float),
    may("rsrq_db", Float),
    may("sinr_db", Float),
    may("error", Text),
];

/// The columns of `sites.parquet`, one row a site that is registered and not forgotten.
pub const SITES: &[Column] = &[
    SITE,
    may("partner", Text),
    may("postcode", Text),
    may("commune_name", Text),
    may("region", Text),
    may("lat", Float),
    may("lon", Float),
];

/// The columns of `aggregates/month=…`, one row a commune and carrier with enough sites, of months whose rows are gone.
pub const AGGREGATES: &[Column] = &[
    has("postcode", Text),
    has("carrier", Text),
    has("sites", Long),
    has("surveys", Long),
    has("suitable", Long),
    may("down_low_bps", Float),
    may("rsrp_dbm", Float),
    may("mos", Float),
];

/// The tables that have a file a month, sums of months that are gone among them: names and columns.
pub fn monthly() -> impl Iterator<Item = (&'static str, &'static [Column])> {
    let tables = Table::ALL.map(|table| (table.name(), table.columns()));
    tables.into_iter().chain([("aggregates", AGGREGATES)])
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Surveys,
        Self::Switches,
        Self::Measures,
        Self::Statuses,
    ];

    /// As SQL and the folder name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Surveys => "surveys",
            Self::Switches => "switches",
            Self::Measures => "measures",
            Self::Statuses => "statuses",
        }
    }

    /// Its columns, in the order of the files.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Surveys => SURVEYS,
            Self::Switches => SWITCHES,
            Self::Measures => MEASURES,
            Self::Statuses => STATUSES,
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_columns_name_stands_once_in_its_table_and_means_one_kind_in_all() {
        let mut kinds = std::collections::BTreeMap::new();
        for table in Table::ALL {
            let names: BTreeSet<_> = table.columns().iter().map(|c| c.name).collect();
            assert_eq!(names.len(), table.columns().len(), "{table}");
            for column in table.columns() {
                let kind = kinds.entry(column.name).or_insert(column.kind);
                assert_eq!(*kind, column.kind, "{table}.{}", column.name);
            }
        }
    }
}
