//! Many sites' documents in one folder of Parquet files, and the questions asked of them.
//!
//! What a site sends (`opensim send`) or hands over is checked and written as rows, a file a month; an engine that exists
//! (DuckDB, Spark, ClickHouse) answers questions over these files, as SQL that is the same for all of them. There is no query
//! engine here, no collector and no login, and nothing here is needed by `opensim`.
//!
//! The rooms, from the ground up; each knows only those above it in this list:
//!
//! - [`columns`]: the tables and their columns, which users' SQL stands on
//! - [`error`]: what makes a command fail, by a code
//! - [`words`]: the sentences, in French and English
//! - [`folder`]: where a fleet lies on the disk, and its key
//! - `disk`: every change of the disk
//! - [`lake`]: the files of months and days
//! - [`sites`]: which home is where and whose
//! - [`inbox`]: what comes in, found and looked at
//! - [`rows`]: a document as rows
//! - [`ingest`]: taking in
//! - [`forget`], [`retain`]: what goes
//! - [`rebuild`]: months made anew from the documents kept
//! - [`export`]: rows as CSV and JSON
//! - [`check`]: how a fleet stands
//! - [`statement`]: a query as text: one that reads, its parameters put in
//! - [`questions`]: the questions that have a name
//! - [`engine`]: engines that exist, each a program: SQL in, rows out
//! - [`answer`]: rows as a document, a table, a spreadsheet
//! - [`page`]: a partner's pages, and its homes'
//! - [`demo`]: homes of virtual modems, whose documents show what there is to ask
//! - [`cli`]: the command line

pub mod answer;
pub mod check;
pub mod cli;
pub mod columns;
pub mod demo;
mod disk;
pub mod engine;
pub mod error;
pub mod export;
pub mod folder;
pub mod forget;
pub mod inbox;
pub mod ingest;
pub mod lake;
pub mod page;
pub mod questions;
pub mod rebuild;
pub mod retain;
pub mod rows;
pub mod sites;
pub mod statement;
pub mod words;
