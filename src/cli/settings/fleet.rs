//! The operator's collector, as a configuration names it: the user's file as a whole, or else the machine's.

use std::path::PathBuf;

use super::super::config::ConfigFile;
use crate::domain::codes::Detail;
use crate::error::Error;
use crate::measure::collector::CollectorAddress;

/// Where documents are sent, and who one is there.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Fleet {
    pub(in crate::cli) collector: CollectorAddress,
    pub(in crate::cli) certificate: PathBuf,
    pub(in crate::cli) key: PathBuf,
    pub(in crate::cli) authorities: Vec<PathBuf>,
    /// Whether what a virtual modem gave waits to be sent too.
    pub(in crate::cli) demonstration: bool,
}

/// What is configured; `None` where nothing is.
///
/// # Errors
/// When an address, a certificate or a key is missing.
pub(super) fn of(user: &ConfigFile, machine: &ConfigFile) -> Result<Option<Fleet>, Error> {
    for file in [user, machine] {
        let Some(spanned) = &file.keys.fleet else {
            continue;
        };
        let keys = spanned.get_ref().clone();
        let whole = (keys.url, keys.certificate, keys.key);
        let (Some(url), Some(certificate), Some(key)) = whole else {
            return Err(file.fault(&spanned.span(), Detail::CONFIG_FLEET_INCOMPLETE));
        };
        return Ok(Some(Fleet {
            collector: url.0,
            certificate,
            key,
            authorities: keys.authorities.unwrap_or_default(),
            demonstration: keys.demonstration,
        }));
    }
    Ok(None)
}
