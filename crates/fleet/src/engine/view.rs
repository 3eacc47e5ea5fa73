//! The fleet's files as tables of an engine.

use super::files::LakeFiles;
use crate::columns::{Column, SITES, monthly};

/// A table and the files that it is made of, as paths within the fleet's folder.
#[derive(Debug)]
pub(super) struct SourceFiles {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// Whether its path has the month, which is then a column.
    pub(super) is_monthly: bool,
    pub(super) files: Vec<String>,
}

/// The tables of the files that are sound.
pub(super) fn sources(lake: &LakeFiles) -> Vec<SourceFiles> {
    let monthly = monthly().map(|(name, columns)| SourceFiles {
        name,
        columns,
        is_monthly: true,
        files: lake.named(name).map(|file| file.path.clone()).collect(),
    });
    let sites = SourceFiles {
        name: "sites",
        columns: SITES,
        is_monthly: false,
        files: lake.sites.iter().cloned().collect(),
    };
    monthly.chain([sites]).collect()
}

/// A text of ours as a literal.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A column's name; those that an engine has a meaning for are quoted by none of them, so names are chosen that need not be.
pub(super) fn identifier(name: &str) -> &str {
    name
}
