//! How a fleet stands: its files, and how much of what came could not be used.

use std::collections::BTreeMap;

use crate::columns::Table;
use crate::error::Error;
use crate::folder::Fleet;
use crate::inbox::Refusal;
use crate::ingest::{counts, joined};
use crate::lake::{self, raw};
use crate::sites::Registry;

/// The most of what came that may not be of use, in hundredths.
const MOST: u64 = 1;

/// How it stands.
#[derive(Debug, Default)]
pub struct FleetStanding {
    /// How many sites are registered.
    pub sites: usize,
    /// How many documents are kept.
    pub documents: u64,
    /// Rows and months of each table.
    pub tables: BTreeMap<Table, (u64, usize)>,
    /// How many documents are in the quarantine, by reason.
    pub quarantined: BTreeMap<Refusal, u64>,
}

/// Looks at every file's beginning and end.
///
/// # Errors
/// When the fleet cannot be read at all. What is damaged, or more in the quarantine than may be, is the second of the pair.
pub fn run(fleet: &Fleet) -> Result<(FleetStanding, Option<Error>), Error> {
    let key = fleet.key()?;
    let mut standing = FleetStanding {
        sites: Registry::open(fleet, &key)?.len(),
        quarantined: counts(fleet)?,
        ..FleetStanding::default()
    };
    let mut torn = Vec::new();
    for table in Table::ALL {
        let entry = standing.tables.entry(table).or_default();
        for (_, file) in fleet.months(table)? {
            match lake::check(&file) {
                Ok(rows) => {
                    entry.0 += rows;
                    entry.1 += 1;
                }
                Err(error) => torn.push(error),
            }
        }
    }
    let sites = fleet.sites_parquet();
    if sites.exists()
        && let Err(error) = lake::check(&sites)
    {
        torn.push(error);
    }
    let mut damaged = Vec::new();
    for (_, file) in fleet.raw_days()? {
        match raw::count(&file) {
            Ok(documents) => standing.documents += documents,
            Err(error) => damaged.push(error),
        }
    }
    torn.extend(damaged);
    let quarantined: u64 = standing.quarantined.values().sum();
    let documents = standing.documents + quarantined;
    let too_many = (quarantined * 100 > documents * MOST).then_some(Error::Quarantined {
        quarantined,
        documents,
    });
    Ok((standing, joined(torn).or(too_many)))
}
