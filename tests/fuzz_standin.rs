//! The fuzz targets of `fuzz/` on a stable toolchain, with bytes of a seeded generator.
//!
//! A small number of rounds by default; `OPENSIM_FUZZ_SECONDS` runs each target for that long instead. A failure
//! prints its seed and its bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

#[path = "../fuzz/bodies/engine.rs"]
mod engine;
#[path = "../fuzz/bodies/values.rs"]
mod values;

const ROUNDS: u64 = 600;

/// Pieces of what modems print, for the readers of answers: random bytes alone seldom reach them.
const PIECES: &[&str] = &[
    "+COPS: ",
    "+COPS: (2,\"F SFR\",\"SFR\",\"20810\",7)",
    "+CREG: ",
    "+CEREG: ",
    "+C5GREG: ",
    "+CSQ: ",
    "+CESQ: ",
    "+CPIN: ",
    "+CPINR: SIM PIN,",
    "+CGDCONT: 1,",
    "+CGPADDR: 1,",
    "+CGCONTRDP: 1,5,",
    "+CFUN: ",
    "+CSCS: ",
    "+CEER: ",
    "\"",
    "(",
    ")",
    ",",
    ",,",
    "0",
    "2",
    "7",
    "99",
    "255",
    "-32768",
    "4294967295",
    "\"20810\"",
    "\"00320030003800310030\"",
    "\"1A2B\"",
    "FFFF",
    "356938035643809",
    "10.11.12.13",
    "READY",
    "\n",
    " ",
    "-",
    ".",
    "OK",
    "\u{e9}",
    "\0",
];

/// `SplitMix64` (Steele, Lea and Flood): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let count = self.below(most);
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    fn answer(&mut self) -> Vec<u8> {
        let count = self.below(24);
        let pieces = (0..count).map(|_| PIECES[self.below(PIECES.len())].as_bytes());
        pieces.collect::<Vec<_>>().concat()
    }
}

/// Gives how many rounds were run.
fn run(body: fn(&[u8]), input: fn(&mut Random) -> Vec<u8>) -> u64 {
    let seconds = std::env::var("OPENSIM_FUZZ_SECONDS").ok();
    let span = seconds
        .and_then(|s| s.parse().ok())
        .map(Duration::from_secs);
    let end = span.map(|span| Instant::now() + span);
    let goes_on = |round| end.map_or(round < ROUNDS, |end| Instant::now() < end);
    let mut seed = 0;
    while goes_on(seed) {
        let bytes = input(&mut Random(seed));
        let outcome = catch_unwind(AssertUnwindSafe(|| body(&bytes)));
        assert!(outcome.is_ok(), "seed {seed}, bytes {bytes:?}");
        seed += 1;
    }
    seed
}

#[test]
fn the_engine_keeps_its_promises_whatever_comes_in_whatever_order() {
    let rounds = run(engine::engine, |random| random.bytes(400));
    println!("engine: {rounds} rounds");
}

#[test]
fn answers_of_any_bytes_are_read_or_refused() {
    let rounds = run(values::values, |random| {
        if random.below(4) == 0 {
            random.bytes(200)
        } else {
            random.answer()
        }
    });
    println!("values: {rounds} rounds");
}
