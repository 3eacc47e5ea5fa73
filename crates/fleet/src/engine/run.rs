//! One run of an engine's program: a script in, rows out, and an end whatever happens.
//!
//! The queries and the marks between them are one script, so that an engine that takes long to start starts once. It was
//! answered where the last mark came; a program's exit status says less, and not the same for each.

use std::fs::{DirBuilder, File};
use std::io;
use std::path::Path;

use opensim::i18n::clean;
use opensim_os::clock::Clock;
use opensim_os::fault;
use opensim_os::files::scratch::Scratch;
use opensim_os::process::{Leashed, Surroundings};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::ChildStdout;

use super::stream::{Collector, LONGEST, PART, QueryRows, Taken};
use super::{LakeFiles, QueryEngine, Tongue};
use crate::error::Error;
use crate::statement::Statement;

const SCRIPT: &str = "questions.sql";
const COMPLAINTS: &str = "complaints";
/// The most that is read of what a program complains of, and said of it.
const MOST_READ: usize = 64 * 1024;
const MOST_SAID: usize = 300;

pub(super) fn run<T: Tongue>(
    engine: &QueryEngine,
    lake: &LakeFiles,
    statements: &[Statement],
) -> Result<Vec<QueryRows>, Error> {
    let failed = |error: &io::Error| Error::EngineFailed {
        engine: engine.kind.name(),
        detail: fault::detail(error),
    };
    let scratch = Scratch::new("opensim-fleet").map_err(|error| failed(&error))?;
    let complaints =
        prepare::<T>(engine, lake, statements, scratch.path()).map_err(|error| failed(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failed(&error))?;
    runtime.block_on(answered::<T>(
        engine,
        lake,
        statements.len(),
        &scratch,
        complaints,
    ))
}

/// Writes the script, and gives the file for what the program complains of.
fn prepare<T: Tongue>(
    engine: &QueryEngine,
    lake: &LakeFiles,
    statements: &[Statement],
    scratch: &Path,
) -> io::Result<File> {
    let mark = |part: usize| T::query(&format!("SELECT {part} AS {PART}"));
    let asked = statements.iter().enumerate();
    let asked = asked.flat_map(|(part, asked)| [mark(part), T::query(asked.as_str())]);
    let all = T::preamble(engine, lake, scratch)
        .into_iter()
        .chain(asked)
        .chain([mark(statements.len())]);
    let script: String = all.map(|statement| statement + ";\n").collect();
    std::fs::write(scratch.join(SCRIPT), script)?;
    std::fs::write(scratch.join("init"), "")?;
    DirBuilder::new().create(scratch.join("spill"))?;
    File::create_new(scratch.join(COMPLAINTS))
}

async fn answered<T: Tongue>(
    engine: &QueryEngine,
    lake: &LakeFiles,
    parts: usize,
    scratch: &Scratch,
    complaints: File,
) -> Result<Vec<QueryRows>, Error> {
    let name = engine.kind.name();
    let around = Surroundings {
        folder: Some(lake.folder.clone()),
        variables: variables(engine),
        complaints: Some(complaints),
    };
    let arguments = T::arguments(engine, scratch.path(), SCRIPT);
    let (leash, output) = Leashed::start_in("opensim-fleet", &engine.program, &arguments, around)
        .map_err(|error| Error::EngineFailed {
        engine: name,
        detail: fault::detail(&error),
    })?;
    let collector = Collector::new(parts, &engine.bounds);
    let read = tokio::time::timeout(engine.bounds.time, collected(output, collector)).await;
    if let Err(error) = leash.end(&Clock::system()).await {
        tracing::debug!(%error, "its end was not seen");
    }
    match read {
        Err(_) => Err(Error::EngineDeadline {
            engine: name,
            seconds: engine.bounds.time.as_secs(),
        }),
        Ok(Ok(rows)) => Ok(rows),
        Ok(Err(Broken::Garbage(line))) => Err(Error::EngineGarbage {
            engine: name,
            line: clean(&line),
        }),
        Ok(Err(Broken::Ended)) => Err(Error::EngineFailed {
            engine: name,
            detail: complained(scratch.path()),
        }),
    }
}

/// What a program finds beside what this one does: what lies beside it first in its path (`spark-sql` asks the Python
/// beside it where it is), and no address but this computer's own, unless a cluster is named.
fn variables(engine: &QueryEngine) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    let mut variables = Vec::new();
    let beside = engine.program.parent().map(Path::to_owned);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = beside.into_iter().chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(all) {
        variables.push(("PATH".into(), path));
    }
    let is_local = engine
        .master
        .as_deref()
        .is_none_or(|master| master.starts_with("local"));
    if is_local {
        variables.push(("SPARK_LOCAL_IP".into(), "127.0.0.1".into()));
    }
    variables
}

/// Why there are no rows.
enum Broken {
    /// A line that is none.
    Garbage(String),
    /// It ended before the end.
    Ended,
}

async fn collected(output: ChildStdout, mut rows: Collector) -> Result<Vec<QueryRows>, Broken> {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    loop {
        let found = output.fill_buf().await.map_err(|_| Broken::Ended)?;
        if found.is_empty() {
            return Err(Broken::Ended);
        }
        let end = found.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(found.len(), |end| end + 1);
        if line.len() + taken > LONGEST {
            line.truncate(80);
            return Err(Broken::Garbage(String::from_utf8_lossy(&line).into_owned()));
        }
        line.extend_from_slice(&found[..taken]);
        output.consume(taken);
        if end.is_none() {
            continue;
        }
        if rows.take(&line).map_err(Broken::Garbage)? == Taken::Done {
            return Ok(rows.finish());
        }
        line.clear();
    }
}

/// What the program complained of, in a line: its first that speaks of an error, else its last.
fn complained(scratch: &Path) -> String {
    let bytes = std::fs::read(scratch.join(COMPLAINTS)).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_READ)]);
    told(&text)
}

fn told(text: &str) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let speaks = |line: &&str| {
        let is_log = [" WARN ", " INFO "]
            .iter()
            .any(|level| line.contains(level));
        !is_log && (line.starts_with('[') || line.contains("Error") || line.contains("Exception"))
    };
    let line = lines().find(speaks).or_else(|| lines().next_back());
    clean(line.unwrap_or("?")).chars().take(MOST_SAID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_program_complains_of_the_line_with_the_error_is_told() {
        let spark = "26/11/28 WARN X: Error while looking\nTime taken: 1\n[PARSE_SYNTAX_ERROR] Syntax\n\tat x\n";
        assert_eq!(told(spark), "[PARSE_SYNTAX_ERROR] Syntax");
        assert_eq!(
            told("Binder Error: no column\n\nLINE 1\n"),
            "Binder Error: no column"
        );
        assert_eq!(told("a\nJava not found\n"), "Java not found");
        assert_eq!(told("\n"), "?");
    }
}
