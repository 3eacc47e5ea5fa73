//! The engines answer alike, and right: the same rows whichever is asked, and what was planted is found.
//!
//! `tests/engines/run` gets the engines and runs this with them. Without: `DuckDB` is taken from the path or from
//! `OPENSIM_DUCKDB`, Spark only from `OPENSIM_SPARK`, since it takes long; what is not there is skipped, and said, unless
//! `OPENSIM_ENGINES` names it as one that has to be.

#[cfg(target_os = "linux")]
mod alike;
#[cfg(target_os = "linux")]
mod found;
mod generate;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
mod support;
#[cfg(target_os = "linux")]
mod torn;
