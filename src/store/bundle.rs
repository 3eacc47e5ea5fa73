//! A support bundle: one archive (zip) of texts, each under a name that is known beforehand.
//!
//! Whoever gets one may have got it from anybody. So what is read has only names that opensim writes, no folders, no
//! links, nothing hidden by a password, a bounded size however small it was packed, and the sums of its index; and it is
//! read into memory, never unpacked onto a disk. What may stand in it is decided elsewhere (`ops`).

use std::path::Path;

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::hex;
use crate::domain::codes::Code;
use crate::os::fault;
use crate::os::files::{self, Links, named};

mod archive;

/// The largest archive that is read.
const LONGEST: u64 = 16_000_000;
/// What a file begins with that is an archive.
const ARCHIVE: &[u8] = b"PK";
/// The version of what an index says.
const SCHEMA: &str = "opensim.bundle/1";

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// The list of what there is, for a person, in one of the languages.
    ReadMe,
    /// The same for programs, with the sums.
    Index,
    /// A document, in JSON.
    Document,
    /// A conversation with the modem.
    Trace,
    /// Facts of the computer, in JSON.
    System,
    /// A configuration file.
    Configuration,
    /// The last lines of the log of changes.
    Changes,
    /// What this run logged.
    Log,
}

/// Every member there may be, in the order that they are packed in.
const MEMBERS: &[(&str, MemberKind)] = &[
    ("LISEZMOI.txt", MemberKind::ReadMe),
    ("README.txt", MemberKind::ReadMe),
    (INDEX, MemberKind::Index),
    ("documents/doctor.json", MemberKind::Document),
    ("documents/status.json", MemberKind::Document),
    ("documents/modems.json", MemberKind::Document),
    ("documents/scan.json", MemberKind::Document),
    ("documents/switch.json", MemberKind::Document),
    ("documents/recover.json", MemberKind::Document),
    ("documents/measure.json", MemberKind::Document),
    ("documents/error.json", MemberKind::Document),
    ("traces/status.at", MemberKind::Trace),
    ("traces/scan.at", MemberKind::Trace),
    ("traces/switch.at", MemberKind::Trace),
    ("traces/recover.at", MemberKind::Trace),
    ("traces/measure.at", MemberKind::Trace),
    ("traces/doctor.at", MemberKind::Trace),
    ("traces/error.at", MemberKind::Trace),
    ("system/versions.json", MemberKind::System),
    ("system/devices.json", MemberKind::System),
    ("configuration/user.toml", MemberKind::Configuration),
    ("configuration/machine.toml", MemberKind::Configuration),
    ("changes.jsonl", MemberKind::Changes),
    ("log.txt", MemberKind::Log),
];
const INDEX: &str = "index.json";

/// A name of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberName(&'static str);

impl MemberName {
    /// The member of this name; `None` where opensim writes none.
    pub fn of(name: &str) -> Option<Self> {
        Self::all().find(|member| member.0 == name)
    }

    /// All of them, in the order that they are packed in.
    pub fn all() -> impl Iterator<Item = Self> {
        MEMBERS.iter().map(|(name, _)| Self(name))
    }

    /// The document of a command: `scan`.
    pub fn document(command: &str) -> Option<Self> {
        Self::of(&format!("documents/{command}.json"))
    }

    /// The conversation of a command.
    pub fn trace(command: &str) -> Option<Self> {
        Self::of(&format!("traces/{command}.at"))
    }

    /// As it stands in the archive.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The command that it is of: `scan` of `documents/scan.json`.
    pub fn stem(self) -> &'static str {
        let name = self.0.rsplit('/').next().unwrap_or(self.0);
        name.split('.').next().unwrap_or(name)
    }

    /// What it is.
    pub fn kind(self) -> MemberKind {
        let found = MEMBERS.iter().find(|(name, _)| *name == self.0);
        found.map_or(MemberKind::Log, |(_, kind)| *kind)
    }
}

/// A text of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: MemberName,
    /// What it says.
    pub text: String,
}

/// An archive that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// When it was made, RFC 3339.
    pub at: String,
    /// The version of opensim that made it.
    pub opensim: String,
    /// Its members, the index left out.
    pub members: Vec<Member>,
}

/// What programs read of an archive first.
#[derive(Debug, Serialize, Deserialize)]
struct Index {
    schema: String,
    opensim: String,
    at: String,
    /// Whether identifiers were taken out. They always are.
    redacted: bool,
    members: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    name: String,
    bytes: u64,
    sha256: String,
}

/// Why a file is no bundle that can be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// No archive, one that was cut short, or one without an index.
    #[error("no bundle, or cut short")]
    NotABundle,
    /// A member that opensim never writes: another name, a link, a folder, hidden by a password, there twice.
    #[error("{member:?} is none of a bundle's")]
    Foreign {
        /// Its name, cut to a readable length.
        member: String,
    },
    /// A member that is not as it was written.
    #[error("{member} is damaged")]
    Damaged {
        /// Its name.
        member: String,
    },
    /// More than a bundle holds, packed or unpacked.
    #[error("too big for a bundle")]
    TooBig,
    /// Nothing in it that a modem said.
    #[error("no trace")]
    NoTrace,
    /// The document that was asked for is not among them.
    #[error("no document {wanted}")]
    NoDocument {
        /// Its name.
        wanted: String,
        /// The documents that there are.
        documents: Vec<String>,
    },
    /// Written by another version, in another form.
    #[error("of another version ({schema})")]
    Newer {
        /// What it says it is.
        schema: String,
    },
}

/// Packs members, with their index, and writes the archive for its owner alone.
///
/// # Errors
/// When the disk refuses.
pub fn write(path: &Path, members: Vec<Member>, at: Timestamp) -> Result<(), BundleError> {
    let packed = Bundle::pack(members, at)?;
    Ok(named::write_private(path, &packed)?)
}

/// Whether a file begins as a bundle does. Which it is not where it cannot be read: whoever reads it as something else
/// says so.
pub fn is_one(path: &Path) -> bool {
    let options = &mut std::fs::OpenOptions::new();
    let file = files::open(path, options.read(true), Links::Followed);
    let mut head = [0; ARCHIVE.len()];
    file.is_ok_and(|mut file| std::io::Read::read_exact(&mut file, &mut head).is_ok())
        && head == ARCHIVE
}

/// Reads an archive.
///
/// # Errors
/// When it is none of opensim's, whole and as it was written.
pub fn read(path: &Path) -> Result<Bundle, BundleError> {
    match files::bytes(path, LONGEST, Links::Followed) {
        Ok((bytes, _)) => Bundle::unpack(&bytes),
        Err(error) if error.to_string() == files::TOO_BIG => Err(BundleError::TooBig),
        Err(error) => Err(error.into()),
    }
}

impl Bundle {
    /// The archive of members, their index added.
    ///
    /// # Errors
    /// When one is larger than an archive takes.
    pub fn pack(mut members: Vec<Member>, at: Timestamp) -> Result<Vec<u8>, BundleError> {
        members.retain(|member| member.name.0 != INDEX);
        let place = |name: MemberName| MEMBERS.iter().position(|(other, _)| *other == name.0);
        members.sort_by_key(|member| place(member.name));
        let row = |member: &Member| Row {
            name: member.name.0.to_owned(),
            bytes: member.text.len() as u64,
            sha256: sum(&member.text),
        };
        let index = Index {
            schema: SCHEMA.to_owned(),
            opensim: crate::VERSION.to_owned(),
            at: crate::document::stamp(at),
            redacted: true,
            members: members.iter().map(row).collect(),
        };
        let text = serde_json::to_string_pretty(&index).map_err(std::io::Error::other)?;
        let after = members
            .iter()
            .take_while(|member| member.name.kind() == MemberKind::ReadMe)
            .count();
        members.insert(
            after,
            Member {
                name: MemberName(INDEX),
                text: text + "\n",
            },
        );
        archive::pack(&members, at)
    }

    /// The members of an archive, each as it was written.
    ///
    /// # Errors
    /// When it is none of opensim's, or was changed.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BundleError> {
        let mut members = archive::unpack(bytes)?;
        let at = members.iter().position(|member| member.name.0 == INDEX);
        let index = members.remove(at.ok_or(BundleError::NotABundle)?);
        let damaged = |member: &str| BundleError::Damaged {
            member: member.to_owned(),
        };
        let value: Value = serde_json::from_str(&index.text).map_err(|_| damaged(INDEX))?;
        let schema = value["schema"].as_str().unwrap_or_default().to_owned();
        if schema != SCHEMA {
            return Err(BundleError::Newer {
                schema: schema.chars().take(archive::LONGEST_NAME).collect(),
            });
        }
        let index: Index = serde_json::from_value(value).map_err(|_| damaged(INDEX))?;
        for row in &index.members {
            let found = members.iter().find(|member| member.name.0 == row.name);
            if found.is_none_or(|member| sum(&member.text) != row.sha256) {
                return Err(damaged(&archive::readable(&row.name)));
            }
        }
        let listed = |member: &Member| index.members.iter().any(|row| row.name == member.name.0);
        if let Some(other) = members.iter().find(|member| !listed(member)) {
            return Err(damaged(other.name.0));
        }
        Ok(Self {
            at: index.at,
            opensim: index.opensim,
            members,
        })
    }

    /// The texts of a kind, in their order.
    pub fn texts(&self, kind: MemberKind) -> impl Iterator<Item = &Member> {
        let members = self.members.iter();
        members.filter(move |member| member.name.kind() == kind)
    }
}

/// The SHA-256 of a text.
fn sum(text: &str) -> String {
    hex(digest(&SHA256, text.as_bytes()).as_ref())
}

impl BundleError {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::File(_) => Code::USAGE_FILE,
            Self::NotABundle => Code::BUNDLE_NOT_ONE,
            Self::Foreign { .. } => Code::BUNDLE_FOREIGN,
            Self::Damaged { .. } => Code::BUNDLE_DAMAGED,
            Self::TooBig => Code::BUNDLE_TOO_BIG,
            Self::NoTrace => Code::BUNDLE_NO_TRACE,
            Self::NoDocument { .. } => Code::BUNDLE_NO_DOCUMENT,
            Self::Newer { .. } => Code::BUNDLE_NEWER,
        }
    }

    /// The values its sentence needs, but for the file, which whoever named it knows.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::File(error) => vec![("detail", json!(fault::detail(error)))],
            Self::NotABundle | Self::TooBig | Self::NoTrace => Vec::new(),
            Self::Foreign { member } | Self::Damaged { member } => {
                vec![("member", json!(member))]
            }
            Self::NoDocument { wanted, documents } => {
                let wanted: String = wanted.chars().take(archive::LONGEST_NAME).collect();
                vec![("member", json!(wanted)), ("candidates", json!(documents))]
            }
            Self::Newer { schema } => vec![("schema", json!(schema))],
        }
    }
}

#[cfg(test)]
mod tests;
