//! Where documents go that cannot be used: `quarantine/CODE/SITE/NAME`. Each of these folders is an inbox again: once a site is
//! registered, `ingest quarantine/site.unknown` takes in what it had sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};

use super::names;
use crate::disk;
use crate::error::Error;
use crate::folder::{Fleet, first_eight};
use crate::inbox::{LONGEST, Refusal};

/// The longest name that is kept.
const LONGEST_NAME: usize = 120;

/// A place for what one site sent and for one reason cannot be used.
pub(super) struct Aside<'a> {
    pub(super) fleet: &'a Fleet,
    pub(super) why: Refusal,
    pub(super) site: &'a str,
}

impl Aside<'_> {
    fn folder(&self) -> PathBuf {
        let folder = self.fleet.quarantine().join(self.why.code());
        folder.join(self.site)
    }

    /// Moves a file there.
    pub(super) fn take(&self, path: &Path, name: &str) -> Result<(), Error> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let is_plain = name.len() <= LONGEST_NAME && name.bytes().all(plain);
        let other = format!(
            "{:016x}.json",
            first_eight(digest(&SHA256, name.as_bytes()).as_ref())
        );
        let to = self.folder().join(if is_plain { name } else { &other });
        // It may be there: taken in again from its own quarantine.
        if to == path {
            return Ok(());
        }
        disk::take_aside(path, &to, LONGEST as u64 + 1)
    }

    /// Writes a document there that is no file of its own, under the digest of its bytes.
    pub(super) fn copy(&self, bytes: &[u8]) -> Result<(), Error> {
        let name = format!("{:016x}.json", first_eight(digest(&SHA256, bytes).as_ref()));
        let to = self.folder().join(name);
        if to.exists() {
            return Ok(());
        }
        disk::folder(&self.folder())?;
        disk::put(&to, bytes)
    }
}

/// How many documents are in the quarantine, by reason.
///
/// # Errors
/// When it cannot be read.
pub fn counts(fleet: &Fleet) -> Result<BTreeMap<Refusal, u64>, Error> {
    let mut counts = BTreeMap::new();
    for refusal in Refusal::ALL {
        let mut count = 0;
        for site in names(&fleet.quarantine().join(refusal.code()))? {
            count += names(&site)?.len() as u64;
        }
        if count > 0 {
            counts.insert(refusal, count);
        }
    }
    Ok(counts)
}
