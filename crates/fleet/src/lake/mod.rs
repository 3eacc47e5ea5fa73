//! The files of a fleet: months of rows (Parquet), and days of documents (lines of JSON, compressed).
//!
//! A file is read, merged and written as a stream, in the order of site and time, so that memory holds what is new and not what
//! is there. The same rows give the same bytes, in whatever order they came in, and there is no clock in them.

mod merge;
mod parquet;
pub mod raw;
mod row;

pub use merge::{Merged, Prefer, merge, replace, without};
pub use parquet::{MonthReader, check, holds_site, write_whole};
pub use row::{Datum, Symbols, TableRow};
