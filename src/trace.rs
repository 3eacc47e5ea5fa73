//! The one text format of a modem conversation: testdata, `--trace`, support bundles and replay.
//!
//! Stub.
