//! Reads a saved survey and prints its ranking: what a dashboard needs of opensim is `opensim-domain` alone, without a
//! modem, a runtime or a catalogue.
//!
//! ```sh
//! cargo run -- scan --modem sim:home --radio-only --yes --json >survey.json
//! cargo run --example read_survey -- survey.json
//! ```

use std::error::Error;
use std::io::Write as _;

use opensim_domain::document::{Body as _, CarrierResult, Document, Scan};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let survey: Document<Scan> = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
    if survey.schema != Scan::SCHEMA {
        return Err(format!("{path} is {}, not {}", survey.schema, Scan::SCHEMA).into());
    }
    let mut out = std::io::stdout().lock();
    let place = survey.body.label.as_deref().unwrap_or("no place named");
    writeln!(out, "{} ({place})", survey.at)?;
    for carrier in &survey.body.carriers {
        writeln!(out, "{}", row(carrier))?;
    }
    // A survey that failed half-way is a document too.
    if let Some(error) = &survey.error {
        writeln!(out, "{}: {}", error.code, error.message)?;
    }
    Ok(())
}

/// Rank, carrier, verdict and level; what is unknown is said to be so, and never 0.
fn row(carrier: &CarrierResult) -> String {
    let rsrp = carrier.radio.as_ref().and_then(|radio| radio.rsrp_dbm);
    let rsrp = rsrp.map_or("unknown".to_owned(), |rsrp| format!("{rsrp} dBm"));
    let tied = match carrier.tied_with.as_slice() {
        [] => String::new(),
        others => format!(", not to be told from {}", others.join(" and ")),
    };
    let (rank, name, verdict) = (carrier.rank, &carrier.name, carrier.verdict);
    format!("{rank}  {name:<17} {verdict:?}, RSRP {rsrp}{tied}")
}
