//! The carriers of the SIM's profile, or the whole French table.

use super::Finished;
use crate::document::{CarrierRow, Carriers};
use crate::domain::Profile;

/// The profile's carriers; with `all` those of the French table too.
pub fn carriers(profile: &Profile, all: bool) -> Finished<Carriers> {
    let row = |carrier: crate::domain::Carrier, in_profile| CarrierRow {
        id: carrier.id,
        name: carrier.name,
        plmns: carrier.plmns,
        bands: carrier.bands,
        in_profile,
    };
    let mut rows: Vec<CarrierRow> = profile
        .carriers
        .iter()
        .cloned()
        .map(|c| row(c, true))
        .collect();
    if all {
        let known = |id: &str| profile.carriers.iter().any(|c| c.id == id);
        rows.extend(
            Profile::france()
                .carriers
                .into_iter()
                .filter(|c| !known(&c.id))
                .map(|c| row(c, false)),
        );
    }
    Finished::well(Carriers { carriers: rows })
}
