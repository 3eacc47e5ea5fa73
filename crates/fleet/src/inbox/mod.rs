//! What comes in: found, read up to a bound, and either a document that can be looked at or a reason why not.
//!
//! Whatever lies here was written by somebody else: a site that is what its certificate says, a person's export, an archive
//! from anywhere. Nothing is unpacked onto the disk, no link is followed, and a name never leads anywhere.

mod compact;
mod document;
mod refusal;
mod source;
mod walk;

pub use document::{Arrived, Head, NewestKnown, is_json};
pub use refusal::Refusal;
pub use source::{Bytes, LONGEST, each};
pub use walk::{Haul, InboxFile, Shape, of_site, walk};
