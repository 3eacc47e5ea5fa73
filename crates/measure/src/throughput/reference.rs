//! The test against the reference implementation's decisions: kept ones, its table of shaped links, and, where
//! `OPENSIM_FIELD` names the folder that `seqtest.py` lies in, the reference itself on fresh counts.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "test data fits"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::dispersion::{TICK_S, dispersion};
use super::{Clearance, RateRule, RateTest, Stop, TestStep};

const KEPT: &str = include_str!("../../../../testdata/measure/rate_test.tsv");
const SEGMENT: f64 = 1448.0;

/// The rule as the reference has it: its own cap on bytes whatever the need.
fn rule(need_bps: u64, most_bytes: f64) -> RateRule {
    RateRule {
        most_bytes,
        ..RateRule::down(need_bps, Duration::from_secs(8))
    }
}

/// The reference's word for how it ended, the tick, and the ticks on hold before.
fn decide(
    rule: &RateRule,
    counts: impl Iterator<Item = u64>,
) -> Option<(&'static str, usize, usize)> {
    let mut test = RateTest::new(rule.clone(), false);
    let mut held = 0;
    for (index, count) in counts.enumerate() {
        match test.feed(count) {
            TestStep::Continue => {}
            TestStep::Hold => held += 1,
            TestStep::Done(decision) => {
                let word = match (decision.verdict, decision.because) {
                    (Clearance::Meets, Stop::Decided) => "ABOVE",
                    (Clearance::Below, Stop::Decided) => "BELOW",
                    (Clearance::Uncertain, Stop::MaxTime | Stop::MaxBytes) => "INCONCLUSIVE",
                    other => panic!("{other:?}"),
                };
                return Some((word, index + 1, held));
            }
        }
    }
    None
}

#[test]
fn every_kept_decision_of_the_reference_is_made_at_the_same_tick() {
    let mut rows = 0;
    for row in KEPT.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [name, need, most, verdict, tick, held, spread, segments] = columns[..] else {
            panic!("{row}");
        };
        let rule = rule(need.parse().unwrap(), most.parse().unwrap());
        let counts: Vec<u64> = segments
            .split(' ')
            .map(|s| s.parse::<u64>().unwrap() * 1448)
            .collect();
        let made = decide(&rule, counts.iter().copied());
        let expected = (verdict, tick.parse().unwrap(), held.parse().unwrap());
        assert_eq!(made, Some(expected), "{name}");

        let warm = 1 + counts
            .iter()
            .enumerate()
            .position(|(i, &b)| b as f64 >= rule.burst_skip || i + 1 >= 10)
            .unwrap();
        let all: Vec<f64> = std::iter::once(0.0)
            .chain(counts.iter().map(|&b| b as f64))
            .collect();
        let spread: f64 = spread.parse().unwrap();
        let own = dispersion(&all[warm..], &rule);
        assert!((own - spread).abs() < 1e-3, "{name}: {own}, not {spread}");
        rows += 1;
    }
    assert!(rows > 80, "{rows}");
}

/// A constant rate behind a deep queue with an acknowledgement-clocked sender before it: counts of segments read,
/// and sent (billed even if aborted), one a tick. Round trip 60 ms, initial window 10 segments, receive window 16 KiB.
fn shaped(rate: f64, phase: f64) -> (Vec<f64>, Vec<f64>) {
    const ROUND_TRIP: f64 = 0.060;
    const WINDOW: usize = 11;
    const INITIAL: usize = 10;
    let gap = SEGMENT / rate;
    let (mut arrived, mut sent): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut slot = 0_u32;
    loop {
        let index = arrived.len();
        let leaves = if index < INITIAL {
            0.0
        } else {
            let acked = ((index - INITIAL) / 2 + 1).max((index + 1).saturating_sub(WINDOW));
            arrived[acked - 1] + ROUND_TRIP
        };
        slot += 1;
        while f64::from(slot) * gap + phase < leaves {
            slot += 1;
        }
        arrived.push(f64::from(slot) * gap + phase);
        sent.push(leaves);
        let now = arrived[index];
        if now > arrived[0] + 8.2 || arrived.len() > 700 {
            break;
        }
    }
    let until = |times: &[f64], t: f64| times.iter().filter(|&&x| x <= t).count() as f64;
    (1..=160)
        .map(|tick| {
            let t = arrived[0] + f64::from(tick) * TICK_S;
            let read = (until(&arrived, t) - 1.0) * SEGMENT;
            (read, (until(&sent, t + ROUND_TRIP) * SEGMENT).max(read))
        })
        .unzip()
}

#[test]
fn the_table_of_shaped_links_comes_out_as_it_was_found() {
    const TABLE: [(u32, &str, f64, f64); 6] = [
        (100, "BELOW", 2.90, 52.0),
        (180, "BELOW", 6.55, 160.0),
        (220, "ABOVE", 6.50, 191.0),
        (400, "ABOVE", 1.55, 92.0),
        (2_000, "ABOVE", 1.00, 105.0),
        (20_000, "ABOVE", 1.00, 109.0),
    ];
    let rule = RateRule::down(200_000, Duration::from_secs(8));
    for (kbit, verdict, seconds, kib) in TABLE {
        let rate = f64::from(kbit) * 125.0;
        let mut runs: Vec<(f64, f64)> = (0..15)
            .map(|i| {
                let (read, sent) = shaped(rate, f64::from(i) / 15.0 * SEGMENT / rate);
                let made = decide(&rule, read.iter().map(|&b| b as u64)).unwrap();
                assert_eq!(made.0, verdict, "{kbit} kbit/s");
                let held = made.2 as f64 * TICK_S;
                // On hold it takes what is needed and no more; the link of this model does not know.
                let bytes = sent[made.1 - 1 - made.2] + held * rule.need;
                (made.1 as f64 * TICK_S, bytes / 1024.0)
            })
            .collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let time = runs[7].0;
        runs.sort_by(|a, b| a.1.total_cmp(&b.1));
        let cost = runs[7].1;
        assert!((time - seconds).abs() < 0.26, "{kbit}: {time} s");
        assert!((cost - kib).abs() < 6.0, "{kbit}: {cost} KiB");
    }
}

/// Feeds the reference one line of counts at a time.
const SCRIPT: &str = r#"
import sys, types
sys.dont_write_bytecode = True
sys.modules["numpy"] = types.ModuleType("numpy")
sys.path.insert(0, sys.argv[1])
from seqtest import RateTest, TICK
for line in sys.stdin:
    need, most, *counts = map(float, line.split())
    test, held, made = RateTest(theta=need, b_max=most), 0, "NONE 0 0"
    for tick, count in enumerate(counts, 1):
        step = test.feed(tick * TICK, count)
        if step == "HOLD":
            held += 1
        elif step:
            made = "%s %d %d" % (step, tick, held)
            break
    print(made)
"#;

/// Uneven counts from a seed: bursts, silences, drifts.
fn counts(seed: u64) -> Vec<u64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    let mean = 100 + next(40) * 100;
    let mut sum = 0;
    (0..170)
        .map(|_| {
            sum += match next(10) {
                0 => 0,
                1 => mean * next(6),
                _ => mean / 2 + next(mean + 1),
            };
            sum
        })
        .collect()
}

#[test]
fn the_reference_itself_says_the_same_of_fresh_counts() {
    let Some(field) = std::env::var_os("OPENSIM_FIELD") else {
        println!("skipped: OPENSIM_FIELD does not name the folder of seqtest.py");
        return;
    };
    let runs: Vec<(u64, f64, Vec<u64>)> = (1..=400)
        .map(|seed| {
            let need = [200_000, 200_000, 350_000, 64_000][seed as usize % 4];
            (
                need,
                [262_144.0, 196_608.0][seed as usize % 2],
                counts(seed),
            )
        })
        .collect();
    let mut input = String::new();
    for (need, most, counts) in &runs {
        write!(input, "{} {most}", *need as f64 / 8.0).unwrap();
        for count in counts {
            write!(input, " {count}").unwrap();
        }
        input.push('\n');
    }
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT])
        .arg(field)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = python.stdin.take().unwrap();
    let feed = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = python.wait_with_output().unwrap();
    feed.join().unwrap().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.lines().count(), runs.len());
    let mut seen = std::collections::BTreeMap::<&str, u32>::new();
    for ((need, most, counts), line) in runs.iter().zip(said.lines()) {
        let made = decide(&rule(*need, *most), counts.iter().copied());
        let (word, tick, held) = made.unwrap_or(("NONE", 0, 0));
        assert_eq!(
            format!("{word} {tick} {held}"),
            line,
            "{need} {most} {counts:?}"
        );
        *seen.entry(word).or_default() += 1;
    }
    println!("agreed with the reference: {seen:?}");
}
