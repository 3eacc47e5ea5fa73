//! Engines that exist answer the questions: DuckDB, Spark, ClickHouse. The boundary is a process: SQL in, one JSON object a
//! row out.
//!
//! An engine's file says how its program is called and how it sees the fleet's files as tables; nothing else differs. What
//! comes out is read as foreign: bounded, and nothing but rows. The program ends with this one, and no later than its time.

mod clickhouse;
mod ddl;
mod duckdb;
mod files;
mod run;
mod spark;
mod stream;
mod view;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use opensim_os::process;

use crate::error::Error;
use crate::statement::Statement;

pub use ddl::ddl;
pub use files::{LakeFile, LakeFiles};
pub use stream::{Cells, QueryRows};

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngineKind {
    /// `DuckDB`: one program, on this computer.
    Duckdb,
    /// Spark SQL: on this computer, or on a cluster.
    Spark,
    /// `ClickHouse`, as `clickhouse local`.
    Clickhouse,
}

/// What an engine may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineBounds {
    /// How long it may take.
    pub time: Duration,
    /// How much memory it may take before it writes to the disk, in MiB.
    pub memory_mib: u32,
    /// The most rows of an answer; what is more is left out, and said.
    pub rows: usize,
    /// The most bytes of all answers.
    pub bytes: usize,
}

/// An engine whose program was found.
#[derive(Debug, Clone)]
pub struct QueryEngine {
    kind: EngineKind,
    program: PathBuf,
    master: Option<String>,
    bounds: EngineBounds,
}

/// What of an engine is its own.
trait Tongue {
    /// The names of its program.
    const PROGRAMS: &'static [&'static str];

    /// What it is called with; the script is the file of this name in the folder for what is temporary.
    fn arguments(engine: &QueryEngine, scratch: &Path, script: &str) -> Vec<String>;

    /// What stands before the queries: its settings and the tables.
    fn preamble(engine: &QueryEngine, lake: &LakeFiles, scratch: &Path) -> Vec<String>;

    /// A query as it has to be written for rows as JSON objects.
    fn query(statement: &str) -> String;
}

impl Default for EngineBounds {
    fn default() -> Self {
        Self {
            time: Duration::from_mins(10),
            memory_mib: 2048,
            rows: 100_000,
            bytes: 256 << 20,
        }
    }
}

impl EngineKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Duckdb, Self::Spark, Self::Clickhouse];

    /// As a command line names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Duckdb => "duckdb",
            Self::Spark => "spark",
            Self::Clickhouse => "clickhouse",
        }
    }

    /// The variable that says where its program is.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Duckdb => "OPENSIM_DUCKDB",
            Self::Spark => "OPENSIM_SPARK",
            Self::Clickhouse => "OPENSIM_CLICKHOUSE",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Duckdb => duckdb::Duckdb::PROGRAMS,
            Self::Spark => spark::Spark::PROGRAMS,
            Self::Clickhouse => clickhouse::Clickhouse::PROGRAMS,
        }
    }
}

impl FromStr for EngineKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| Self::ALL.map(Self::name).join(", "))
    }
}

impl QueryEngine {
    /// The engine, where its program is: the file that its variable names, else in the user's path. `OPENSIM_SPARK_MASTER`
    /// names the cluster that Spark works on.
    pub fn find(kind: EngineKind, bounds: EngineBounds) -> Result<Self, Error> {
        let said = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let absent = || Error::EngineAbsent {
            engine: kind.name(),
        };
        let program = match said(kind.variable()) {
            Some(file) => PathBuf::from(file),
            None => kind
                .programs()
                .iter()
                .find_map(|name| process::installed(name))
                .ok_or_else(absent)?,
        };
        if !program.is_file() {
            return Err(absent());
        }
        // The program works in another folder.
        let program = std::path::absolute(&program).map_err(|_| absent())?;
        let master = said("OPENSIM_SPARK_MASTER").and_then(|master| master.into_string().ok());
        Ok(Self {
            kind,
            program,
            master,
            bounds,
        })
    }

    /// Which it is.
    pub fn kind(&self) -> EngineKind {
        self.kind
    }

    /// The rows of each query, in one run of the program.
    pub fn query(
        &self,
        lake: &LakeFiles,
        statements: &[Statement],
    ) -> Result<Vec<QueryRows>, Error> {
        match self.kind {
            EngineKind::Duckdb => run::run::<duckdb::Duckdb>(self, lake, statements),
            EngineKind::Spark => run::run::<spark::Spark>(self, lake, statements),
            EngineKind::Clickhouse => run::run::<clickhouse::Clickhouse>(self, lake, statements),
        }
    }
}
