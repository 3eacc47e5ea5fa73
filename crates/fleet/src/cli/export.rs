//! `opensim-fleet export`: a table's rows, for other programs.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{CommandContext, Ran};
use crate::columns::Table;
use crate::error::Error;
use crate::export::{self, RowsFormat, Selected};

/// Write a table's rows.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The table
    #[arg(long, value_name = "TABLE", value_enum, default_value = "surveys")]
    table: TableName,
    /// How
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "csv")]
    format: FormatName,
    /// From this day on, as 2026-11-01
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    /// Before this day
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// Into a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TableName {
    Surveys,
    Switches,
    Measures,
    Statuses,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Csv,
    Ndjson,
}

impl Export {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let selected = Selected {
            table: match self.table {
                TableName::Surveys => Table::Surveys,
                TableName::Switches => Table::Switches,
                TableName::Measures => Table::Measures,
                TableName::Statuses => Table::Statuses,
            },
            since: self.since,
            until: self.until,
            format: match self.format {
                FormatName::Csv => RowsFormat::Csv,
                FormatName::Ndjson => RowsFormat::Ndjson,
            },
        };
        let Some(out) = self.out else {
            export::run(&fleet, selected, &mut context.output.stream())?;
            return Ok(ExitCode::SUCCESS);
        };
        let file = File::create(&out).map_err(|error| Error::file(&out, &error))?;
        let written = export::run(&fleet, selected, &mut BufWriter::new(file));
        let rows = written.map_err(|error| match error {
            Error::Output(error) => Error::file(&out, &error),
            other => other,
        })?;
        let values = [
            ("count".to_owned(), rows.into()),
            ("file".to_owned(), out.display().to_string().into()),
        ];
        context
            .output
            .note("export-done", &values.into_iter().collect());
        Ok(ExitCode::SUCCESS)
    }
}
