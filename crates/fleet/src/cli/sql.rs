//! `opensim-fleet sql`: a query of a person's own, over the same tables.

use std::path::{Path, PathBuf};

use clap::Args;
use opensim_os::files::{self, Links};

use super::asking::Asking;
use super::{CommandContext, Ran};
use crate::answer;
use crate::error::Error;

/// The most that is read of a file.
const MOST: u64 = 64 * 1024;

/// Ask with SQL of one's own.
#[derive(Debug, Args)]
pub(super) struct Sql {
    /// The file with the query; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    asking: Asking,
}

impl Sql {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let fleet = context.fleet()?;
        let read = if self.file == Path::new("-") {
            files::bounded(std::io::stdin().lock(), MOST)
        } else {
            files::read(&self.file, MOST, Links::Followed).map(|(text, _)| text)
        };
        let text = read.map_err(|error| Error::file(&self.file, &error))?;
        let scope = self.asking.scope(&fleet);
        let engine = self.asking.engine()?;
        let lake = Asking::lake(&fleet)?;
        // What the engine complains of is the query.
        let answer =
            answer::ask_sql(&lake, &engine, &text, &scope).map_err(|error| match error {
                Error::EngineFailed { engine, detail } => Error::Sql { engine, detail },
                error => error,
            })?;
        self.asking.give(context, answer)
    }
}
