//! Stub.
use crate::i18n::Catalogue;
/// l
pub fn localise(cmd: clap::Command, _: &Catalogue) -> clap::Command {
    cmd
}
/// e
pub fn error_text(e: &clap::Error, _: &Catalogue) -> String {
    e.to_string()
}
