//! The figures of the program as a whole, on the virtual modem: start-up, status, a scan against the modem's own
//! delays, memory, size.
//!
//! `cargo build --release && cargo bench --package opensim-benches --bench figures`. Each line gives the figure and what it is measured against. The scan runs at the
//! pace of real life, so this takes about half a minute.
#![expect(clippy::print_stdout, reason = "its result is what it is for")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use opensim::trace::{Entry, parse};

fn main() {
    let dir = std::env::temp_dir().join(format!("opensim-figures-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a directory");
    let size = std::fs::metadata(opensim_benches::opensim())
        .expect("the binary")
        .len();
    println!(
        "binary size         {:>8.2} MB   (aim: under 12)",
        size as f64 / 1e6
    );
    start_up(&dir);
    status(&dir);
    scan(&dir);
    std::fs::remove_dir_all(&dir).expect("its own directory");
}

fn opensim(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(opensim_benches::opensim());
    command
        .args(args)
        .env("XDG_STATE_HOME", dir)
        .env("XDG_CONFIG_HOME", dir)
        .env("LANG", "C.UTF-8");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn start_up(dir: &Path) {
    let time = median(30, || {
        let begun = Instant::now();
        assert!(
            opensim(dir, &["--version"])
                .status()
                .expect("it runs")
                .success()
        );
        begun.elapsed()
    });
    // What the system itself takes to start a program and see it end.
    let nothing = median(30, || {
        let begun = Instant::now();
        assert!(Command::new("true").status().expect("it runs").success());
        begun.elapsed()
    });
    println!(
        "opensim --version   {:>8.2} ms   ({:.1} times `true`)",
        millis(time),
        time.as_secs_f64() / nothing.as_secs_f64()
    );
}

/// A modem that answers at once.
fn status(dir: &Path) {
    for (name, base) in [
        ("EC25", "home"),
        ("SIM7600", "simcom-home"),
        ("ME909", "huawei-home"),
        ("LM960", "telit-home"),
        ("SARA-R5", "ublox-home"),
        ("MF286D", "zte-home"),
        ("27.007", "generic-home"),
    ] {
        let scenario = write(
            dir,
            &format!("base = \"{base}\"\npace = 1\n[timing]\nreply_ms = 0\n"),
        );
        let trace = dir.join("status.at");
        let time = median(10, || {
            let begun = Instant::now();
            let args = [
                "--modem",
                &format!("sim:{scenario}"),
                "--trace",
                trace.to_str().expect("a plain path"),
                "status",
            ];
            assert!(
                opensim(dir, &args).status().expect("it runs").success(),
                "{base}"
            );
            begun.elapsed()
        });
        let sent = entries(&trace)
            .iter()
            .filter(|e| matches!(e, Entry::Sent(_)))
            .count();
        println!(
            "status, {name:<10}  {:>8.2} ms   with {sent} commands (aim: under 100 ms, at most 12)",
            millis(time)
        );
    }
}

/// A scan of three carriers at the pace of real life, and how much of it was the modem's own.
fn scan(dir: &Path) {
    let scenario = write(dir, "base = \"home\"\npace = 1\n");
    let trace = dir.join("scan.at");
    let args = [
        "--modem",
        &format!("sim:{scenario}"),
        "--trace",
        trace.to_str().expect("a plain path"),
        "scan",
        "--yes",
        // What sockets take is measured by the side-by-side bench.
        "--no-measure",
    ];
    let begun = Instant::now();
    let mut child = opensim(dir, &args).spawn().expect("it runs");
    let mut peak = 0;
    while child.try_wait().expect("it is ours").is_none() {
        // The high-water mark only grows, so the last one read is the peak.
        peak = peak.max(high_water(child.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    let wall = begun.elapsed();
    let own = modems_own(&entries(&trace));
    println!(
        "scan, 3 carriers    {:>8.2} s    of which the modem's own {:.2} s: ratio {:.3} (aim: 1.05)",
        wall.as_secs_f64(),
        own.as_secs_f64(),
        wall.as_secs_f64() / own.as_secs_f64()
    );
    println!(
        "peak memory         {:>8.2} MB   (aim: under 20)",
        peak as f64 / 1e3
    );
}

/// The time during which the modem was at work: from each command to its result, and from each selection to the
/// news that it is registered. Overlaps count once.
fn modems_own(entries: &[Entry]) -> Duration {
    let mut now = Duration::ZERO;
    let mut answering = None;
    let mut joining = None;
    let mut spans: Vec<(Duration, Duration)> = Vec::new();
    for entry in entries {
        match entry {
            Entry::At(at) => now = *at,
            Entry::Sent(line) => {
                answering = Some(now);
                if line.starts_with(b"AT+COPS=1") {
                    joining = Some(now);
                }
            }
            Entry::Received(line) => {
                if matches!(line.as_slice(), b"OK" | b"ERROR") {
                    spans.extend(answering.take().map(|from| (from, now)));
                }
                if line.starts_with(b"+CEREG: 1,") || line.starts_with(b"+CEREG: 5,") {
                    spans.extend(joining.take().map(|from| (from, now)));
                }
            }
            Entry::Remark(_) => {}
        }
    }
    spans.sort_unstable();
    let mut until = Duration::ZERO;
    let mut own = Duration::ZERO;
    for (from, to) in spans {
        own += to.saturating_sub(from.max(until));
        until = until.max(to);
    }
    own
}

fn high_water(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn entries(trace: &Path) -> Vec<Entry> {
    parse(&std::fs::read_to_string(trace).expect("a trace")).expect("a trace")
}

fn write(dir: &Path, scenario: &str) -> String {
    let path = dir.join("figures.toml");
    std::fs::write(&path, scenario).expect("its own directory");
    path.to_str().expect("a plain path").to_owned()
}

fn median(rounds: usize, mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..rounds).map(|_| run()).collect();
    times.sort_unstable();
    times[rounds / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
