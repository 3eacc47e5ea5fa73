//! Every conversation with a modem that we have, through the engine one byte at a time, echo on and off: those of
//! `testdata/transcripts`, and those of real modems where `OPENSIM_CORPUS` names their folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use opensim_at::Request;
use opensim_at::engine::{Engine, Event};
use opensim_at::result::{Final, Line, Reply};
use opensim_domain::time::Instant;
use opensim_domain::trace::{self, Exchange};

/// The transcripts in a folder and in those within it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of transcripts");
    let (folders, mut files): (Vec<_>, Vec<_>) = entries
        .flatten()
        .map(|entry| entry.path())
        .partition(|path| path.is_dir());
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.extend(folders.iter().flat_map(|folder| self::files(folder)));
    files
}

/// What the engine makes of an exchange: the reply, and the lines that it took for news or gave to nobody after it.
fn hear(exchange: &Exchange, echo: bool) -> (Option<Reply>, Vec<Line>) {
    let mut engine = Engine::default();
    let now = Instant::ZERO;
    engine.submit(Request::typed(String::from_utf8_lossy(&exchange.command)));
    if engine.poll_transmit(now).is_none() {
        return (None, Vec::new());
    }
    let mut said = Vec::new();
    if echo {
        said.extend([&exchange.command[..], b"\r"].concat());
    }
    for line in &exchange.lines {
        said.extend([b"\r\n", &line[..], b"\r\n"].concat());
    }
    // Many logs leave the result code out.
    said.extend(b"\r\nOK\r\n");
    for byte in said {
        engine.handle_input(now, &[byte]);
    }
    let mut reply = None;
    let mut others = Vec::new();
    while let Some(event) = engine.poll_event() {
        match event {
            Event::Done { outcome, .. } => reply = outcome.ok(),
            Event::Urc(line) => others.push(line),
            Event::Stray(line) if reply.is_some() => others.push(line),
            Event::Stray(line) => panic!("{line:?} was given to nobody"),
            Event::Desynced | Event::Resynced => {}
        }
    }
    (reply, others)
}

/// Every line of an exchange is in the reply, ends it, is news or is nobody's, and the reply keeps their order.
fn check(path: &Path, exchange: &Exchange) {
    let (reply, others) = hear(exchange, false);
    let Some(reply) = reply else { return };
    let name = format!(
        "{} {}",
        path.display(),
        String::from_utf8_lossy(&exchange.command)
    );
    let echoed = hear(exchange, true).0.map(|r| (r.lines, r.end));
    let sent = exchange.command.trim_ascii();
    let mut said: Vec<Line> = exchange
        .lines
        .iter()
        .map(|l| Line::new(l.clone()))
        .collect();
    said.retain(|line| !line.bytes().trim_ascii().is_empty());
    if said
        .first()
        .is_none_or(|first| first.bytes().trim_ascii() != sent)
    {
        assert_eq!(
            echoed,
            Some((reply.lines.clone(), reply.end.clone())),
            "{name}"
        );
    } else {
        said.remove(0);
    }
    said.retain(|line| !others.contains(line) && Final::of_line(line).as_ref() != Some(&reply.end));
    assert_eq!(reply.lines, said, "{name}");
}

fn read(folder: &Path) -> usize {
    let mut count = 0;
    for path in files(folder) {
        let text = std::fs::read(&path).expect("a transcript");
        let entries = trace::parse(&String::from_utf8_lossy(&text)).expect("a transcript");
        for exchange in trace::exchanges(&entries) {
            check(&path, &exchange);
            count += 1;
        }
    }
    count
}

#[test]
fn our_own_transcripts_come_through_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    assert!(read(&folder) > 50, "most of them are missing");
}

#[test]
fn real_transcripts_come_through_whole() {
    match std::env::var_os("OPENSIM_CORPUS") {
        Some(folder) => println!("{} exchanges", read(Path::new(&folder))),
        None => {
            // Past the test runner's capture: a skipped test is not to pass in silence.
            let _ = writeln!(std::io::stderr(), "skipped: OPENSIM_CORPUS is not set");
        }
    }
}
