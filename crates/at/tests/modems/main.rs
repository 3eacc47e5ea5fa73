//! What modems answered, read by the engine, the dialects and the mask: `testdata/transcripts`, written for this, and the answers of real
//! modems where `OPENSIM_CORPUS` names their folder.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may fail it; clippy knows only functions marked as tests"
)]

mod cells;
mod conversation;
mod corpus;
mod fibocom_zte_5g;
mod laws;
mod log;
mod masked;
mod transcripts;
mod whole;
