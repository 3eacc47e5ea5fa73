//! How fast the engine takes a transcript of 1 MB, beside a bare split of the same bytes into lines.
//!
//! `cargo bench --package opensim-benches --bench engine`. A serial modem gives at most a few MB/s, so what matters is the order of magnitude.
#![expect(clippy::print_stdout, reason = "its result is what it is for")]

use std::hint::black_box;
use std::time::{Duration, Instant as Wall};

use opensim::at::Request;
use opensim::at::engine::{Config, Engine, Event};
use opensim::time::Instant;

/// What one read of a port gives at most.
const READ: usize = 4096;

/// How often each is timed; the fastest counts.
const ROUNDS: usize = 20;

/// Commands, and what a modem with its echo on answers to them, news in between.
const EXCHANGES: &[(&str, &str, &str)] = &[
    ("AT+CSQ", "+CSQ:", "\r\n+CSQ: 21,99\r\n\r\nOK\r\n"),
    (
        "AT+CREG?",
        "+CREG:",
        "\r\n+CREG: 5,\"1A2B\",\"01C3D4E\",7\r\n\r\n+CREG: 2,5,\"1A2B\",\"01C3D4E\",7\r\n\r\nOK\r\n",
    ),
    (
        "AT+QENG=\"servingcell\"",
        "+QENG:",
        "\r\n+QENG: \"servingcell\",\"NOCONN\",\"LTE\",\"FDD\",208,10,9A3C41F,212,6400,20,3,3,6A0C,-97,-11,-66,13,41\r\n\r\nOK\r\n",
    ),
    (
        "AT+COPS=?",
        "+COPS:",
        "\r\n+COPS: (2,\"F SFR\",\"SFR\",\"20810\",7),(1,\"Orange F\",\"Orange\",\"20801\",7),(1,\"Bouygues Telecom\",\"BYTEL\",\"20820\",7),(3,\"Free\",\"Free\",\"20815\",7),,(0,1,2,3,4),(0,1,2)\r\n\r\nOK\r\n",
    ),
];

fn main() {
    let transcript = transcript(1024 * 1024);
    let bytes: usize = transcript.iter().map(|(_, said)| said.len()).sum();
    let engine = fastest(|| converse(&transcript));
    let stream: Vec<u8> = transcript
        .iter()
        .flat_map(|(_, said)| said.clone())
        .collect();
    let split = fastest(|| lines(&stream));
    let rate = |span: Duration| bytes as f64 / 1e6 / span.as_secs_f64();
    println!(
        "transcript     {bytes} bytes, {} commands",
        transcript.len()
    );
    println!("engine         {:8.1} MB/s", rate(engine));
    println!("line split     {:8.1} MB/s", rate(split));
    println!(
        "ratio          {:8.1}",
        engine.as_secs_f64() / split.as_secs_f64()
    );
}

/// Requests with what is said to each.
fn transcript(size: usize) -> Vec<(Request, Vec<u8>)> {
    let mut transcript = Vec::new();
    let mut written = 0;
    for (line, prefix, answer) in EXCHANGES.iter().cycle() {
        if written >= size {
            break;
        }
        let said = format!("{line}\r{answer}").into_bytes();
        written += said.len();
        transcript.push((Request::new(*line, prefix), said));
    }
    transcript
}

fn fastest(mut work: impl FnMut() -> usize) -> Duration {
    let time = |work: &mut dyn FnMut() -> usize| {
        let start = Wall::now();
        black_box(work());
        start.elapsed()
    };
    let times = (0..ROUNDS).map(|_| time(&mut work));
    times.min().unwrap_or_default()
}

/// Gives how many commands ended well, which is all of them.
fn converse(transcript: &[(Request, Vec<u8>)]) -> usize {
    let mut engine = Engine::new(Config::default());
    let now = Instant::ZERO;
    let mut ended = 0;
    for (request, said) in transcript {
        engine.submit(request.clone());
        while let Some(out) = engine.poll_transmit(now) {
            black_box(out);
        }
        for chunk in said.chunks(READ) {
            engine.handle_input(now, chunk);
        }
        while let Some(event) = engine.poll_event() {
            ended += usize::from(matches!(event, Event::Done { outcome: Ok(_), .. }));
        }
    }
    assert_eq!(ended, transcript.len(), "a command was not answered");
    ended
}

/// The least that anything has to do: find the line ends and copy what is between.
fn lines(stream: &[u8]) -> usize {
    let split = stream.split(|b| matches!(b, b'\r' | b'\n'));
    let lines = split.filter(|line| !line.is_empty()).map(<[u8]>::to_vec);
    lines.map(black_box).count()
}
