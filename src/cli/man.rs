//! `opensim man`: one page on standard output, or a page for each command in a directory.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::output::{self, Output};
use crate::error::Error;
use crate::os::fault;

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write opensim.1 and a page for each command here
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, output: &Output) -> ExitCode {
        let command = super::command(output.catalogue());
        let Some(dir) = self.out else {
            let mut page = Vec::new();
            // Writing into memory cannot fail.
            let _ = clap_mangen::Man::new(command).render(&mut page);
            return output::bytes(&page);
        };
        let written =
            std::fs::create_dir_all(&dir).and_then(|()| clap_mangen::generate_to(command, &dir));
        match written {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let file = dir.display().to_string();
                output.failure(&Error::File {
                    file,
                    detail: fault::detail(&error),
                })
            }
        }
    }
}
