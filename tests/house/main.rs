//! The house itself: who may know whom, the files that administrators install, the check of printed documents.

mod architecture;
mod circles;
mod docs;
mod packaging;
mod schema;
