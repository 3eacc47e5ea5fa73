//! How often the test of both ways and a call at once is wrong, how long it takes and what it costs, on simulated links.
//!
//! The rule, the course, the pace and the rating are the product's own; the link, TCP and the server's part of the transfer
//! are simulated, a millisecond at a time, and so is what the client does with its sockets. It is no model of any one
//! network: it has one queue a way, no scheduler that is shared with others, and services that are made up.
//!
//! `testdata/measure/error_rates.tsv` names the links, with the figures that the simulation of the rule's design has of
//! them, of which this one is a second writing: where the two agree, neither has a slip that the other has not. All links,
//! each 2000 times, some three minutes on two processors:
//!
//! `cargo test --release -p opensim-measure error_rates -- --ignored --nocapture`
//!
//! `OPENSIM_ERROR_RATES` changes it: `runs=500;only=230 fades,170 steady;below=2896;from=0.7` (so many of each, only links with
//! these words in their names, another prior of `below` in bytes, and from which share of the need on).

mod flow;
mod link;
mod run;
mod world;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::link::{LinkSpec, Service};
use self::run::{Outcome, measure, minute};
use crate::throughput::{WayRule, WayWord};

/// kbit/s.
const NEED: f64 = 200.0;
/// The seeds of the links, and of the minutes that say what is true of a call.
const SEEDS: u64 = 700_000;
const MINUTES: usize = 12;
/// A MOS that is off by more misleads.
const OFF: f64 = 0.15;

/// A kind of link.
#[derive(Debug, Clone)]
struct Cell {
    name: String,
    spec: LinkSpec,
    /// What the design's simulation has: wrong, uncertain (%), seconds and kB (medians), MOS error (95th percentile).
    design: [Option<f64>; 5],
}

impl Cell {
    /// All that are named.
    fn all() -> Vec<Self> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../testdata/measure/error_rates.tsv"
        );
        let table = std::fs::read_to_string(path).unwrap();
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        rows.map(Self::of).collect()
    }

    fn of(row: &str) -> Self {
        let fields: Vec<&str> = row.split('\t').collect();
        let number = |field: usize| fields[field].parse::<f64>().ok();
        let [down, up, lasts, trip, buffer] = [0, 1, 3, 4, 5].map(|field| number(field).unwrap());
        let (service, says) = match fields[2] {
            "steady" => (Service::Steady, "steady".to_owned()),
            "fade" => (Service::Fade(lasts), format!("fades of {lasts} s")),
            "poisson" => (Service::Poisson, "Poisson".to_owned()),
            "stops" => (Service::Stops(lasts), format!("stops for {lasts} s")),
            "bucket" => (
                Service::Bucket(lasts * 1024.0),
                format!("bucket of {lasts} KiB"),
            ),
            other => panic!("{other}"),
        };
        let mut name = if fields[0] == fields[1] {
            format!("{down} {says}")
        } else {
            format!("{down}/{up} {says}")
        };
        if fields[4] != "60" {
            write!(name, ", {trip} ms").unwrap();
        }
        if fields[5] != "1.0" {
            write!(name, ", buffer {buffer} s").unwrap();
        }
        Self {
            name,
            spec: LinkSpec {
                kbit: [down, up],
                round_trip: crate::number::whole(trip),
                buffer,
                service,
            },
            design: [6, 7, 9, 10, 12].map(number),
        }
    }

    fn falls_short(&self) -> [bool; 2] {
        self.spec.kbit.map(|kbit| kbit <= NEED)
    }

    /// Measures so many of them.
    fn run(&self, rule: WayRule, runs: usize, true_mos: f64) -> Figures {
        let outcomes = side_by_side(runs, |seed| measure(&self.spec, rule, SEEDS + seed));
        Figures::of(&outcomes, self.falls_short(), true_mos)
    }

    /// What a minute's call has, beside the day's data where the link carries it, otherwise alone.
    fn true_mos(&self) -> f64 {
        let is_beside = !self.falls_short().contains(&true);
        let scores = side_by_side(MINUTES, |seed| minute(&self.spec, is_beside, seed));
        percentile(&mut scores.into_iter().flatten().collect::<Vec<_>>(), 50)
    }
}

/// Something for each seed, on all processors.
fn side_by_side<T: Send>(runs: usize, work: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let part = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= runs {
                return done;
            }
            done.push((number, work(number as u64)));
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(part)).collect();
        let parts = started.into_iter().map(|worker| worker.join().unwrap());
        parts.flatten().collect()
    });
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}

/// What many measurements of one kind of link came to. Shares in percent; `NAN` where there was none.
#[derive(Debug, Clone, Copy)]
struct Figures {
    wrong: f64,
    uncertain: f64,
    /// Of what a way was called, that which is wrong by what the link could carry meanwhile, give or take 15 %.
    beside_what_it_carried: f64,
    /// Median and 95th percentile.
    seconds: [f64; 2],
    kilobytes: [f64; 2],
    mos: f64,
    true_mos: f64,
    /// How far off the MOS is, 95th percentile, and how often by more than 0.15: of those right, and also without `≤`.
    error: f64,
    off: f64,
    off_unmarked: f64,
}

impl Figures {
    fn of(outcomes: &[Outcome], falls_short: [bool; 2], true_mos: f64) -> Self {
        let share = |is: &dyn Fn(&Outcome) -> bool| {
            percent(
                outcomes.iter().filter(|outcome| is(outcome)).count(),
                outcomes.len(),
            )
        };
        let says_below = |outcome: &Outcome| outcome.words.contains(&WayWord::Below);
        let says_meets = |outcome: &Outcome| outcome.words == [WayWord::Meets; 2];
        let is_below = falls_short.contains(&true);
        let is_right = |outcome: &Outcome| {
            if is_below {
                says_below(outcome)
            } else {
                says_meets(outcome)
            }
        };
        let is_wrong = |outcome: &Outcome| {
            if is_below {
                says_meets(outcome)
            } else {
                says_below(outcome)
            }
        };
        let carried = |outcome: &Outcome| {
            (0..2).any(|way| match outcome.words[way] {
                WayWord::Below => outcome.could[way] >= 1.15,
                WayWord::Meets => outcome.could[way] > 0.0 && outcome.could[way] <= 0.85,
                WayWord::GoOn => false,
            })
        };
        let rated: Vec<(f64, bool)> = outcomes
            .iter()
            .filter(|outcome| is_right(outcome))
            .filter_map(|outcome| Some((outcome.mos?, outcome.at_best)))
            .collect();
        let is_off = |(mos, _): &&(f64, bool)| (mos - true_mos).abs() > OFF;
        let unmarked = rated.iter().filter(|(_, at_best)| !at_best);
        let mut scores: Vec<f64> = rated.iter().map(|(mos, _)| *mos).collect();
        let mut errors: Vec<f64> = scores.iter().map(|mos| (mos - true_mos).abs()).collect();
        let mut seconds: Vec<f64> = outcomes.iter().map(|outcome| outcome.seconds).collect();
        let mut wire: Vec<f64> = outcomes
            .iter()
            .map(|outcome| outcome.wire / 1000.0)
            .collect();
        Self {
            wrong: share(&is_wrong),
            uncertain: share(&|outcome| !is_right(outcome) && !is_wrong(outcome)),
            beside_what_it_carried: share(&carried),
            seconds: [50, 95].map(|part| percentile(&mut seconds, part)),
            kilobytes: [50, 95].map(|part| percentile(&mut wire, part)),
            mos: percentile(&mut scores, 50),
            true_mos,
            error: percentile(&mut errors, 95),
            off: percent(rated.iter().filter(is_off).count(), rated.len()),
            off_unmarked: percent(unmarked.filter(is_off).count(), rated.len()),
        }
    }
}

fn percent(some: usize, all: usize) -> f64 {
    if all == 0 {
        f64::NAN
    } else {
        100.0 * some as f64 / all as f64
    }
}

fn percentile(values: &mut [f64], part: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get(last * part / 100).copied().unwrap_or(f64::NAN)
}

const HEAD: &str = "\
| link | wrong % (design) | uncertain % (design) | against what it could carry % | s (p95; design) | kB (p95; design) | MOS (true) | error p95 (design) | > 0.15 %, without ≤ |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

fn row(cell: &Cell, figures: &Figures) -> String {
    let shown = |value: f64, digits: usize| {
        if value.is_nan() {
            "-".to_owned()
        } else {
            format!("{value:.digits$}")
        }
    };
    let designed =
        |field: usize, digits: usize| shown(cell.design[field].unwrap_or(f64::NAN), digits);
    format!(
        "| {} | {:.2} ({}) | {:.1} ({}) | {:.2} | {:.2} ({:.2}; {}) | {:.0} ({:.0}; {}) | {} ({}) | {} ({}) | {}, {} |",
        cell.name,
        figures.wrong,
        designed(0, 2),
        figures.uncertain,
        designed(1, 1),
        figures.beside_what_it_carried,
        figures.seconds[0],
        figures.seconds[1],
        designed(2, 2),
        figures.kilobytes[0],
        figures.kilobytes[1],
        designed(3, 0),
        shown(figures.mos, 2),
        shown(figures.true_mos, 2),
        shown(figures.error, 2),
        designed(4, 2),
        shown(figures.off, 0),
        shown(figures.off_unmarked, 0),
    )
}

#[test]
#[ignore = "minutes; says figures"]
fn error_rates_of_every_kind_of_link() {
    let asked = std::env::var("OPENSIM_ERROR_RATES").unwrap_or_default();
    let option = |name: &str| {
        let mut options = asked.split(';');
        options.find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
    };
    let runs = option("runs").map_or(2_000, |runs| runs.parse().unwrap());
    let number = |name: &str, usual: f64| option(name).map_or(usual, |text| text.parse().unwrap());
    let rule = WayRule {
        below_prior: number("below", WayRule::USUAL.below_prior),
        from_share: number("from", WayRule::USUAL.from_share),
    };
    println!("{runs} runs of each, {rule:?}\n{HEAD}");
    for cell in Cell::all() {
        let is_among = |words: &str| words.split(',').any(|word| cell.name.contains(word));
        if option("only").is_none_or(is_among) {
            println!("{}", row(&cell, &cell.run(rule, runs, cell.true_mos())));
        }
    }
}

/// The law that docs/measuring.md promises, and the design's own figures, on fewer runs. A run depends on its seed alone.
#[test]
fn steady_links_and_short_fades_are_called_wrongly_in_one_of_a_hundred_at_most() {
    let is_promised = |cell: &Cell| {
        let is_short = match cell.spec.service {
            Service::Steady => true,
            Service::Fade(mean) => mean <= 0.25,
            Service::Poisson | Service::Stops(_) | Service::Bucket(_) => false,
        };
        // Of the other links the names say more.
        is_short && !cell.name.contains(['/', ','])
    };
    let cells: Vec<Cell> = Cell::all().into_iter().filter(is_promised).collect();
    assert_eq!(cells.len(), 21);
    for cell in cells {
        let is_near = cell
            .spec
            .kbit
            .iter()
            .any(|kbit| (kbit - NEED).abs() <= 0.15 * NEED);
        let is_even = cell.spec.service == Service::Steady;
        let runs = if is_near && !is_even { 60 } else { 4 };
        let figures = cell.run(WayRule::USUAL, runs, f64::NAN);
        assert!(figures.wrong <= 1.0, "{}: {figures:?}", cell.name);
        let [_, uncertain, seconds, kilobytes, _] = cell.design.map(Option::unwrap_or_default);
        assert!(
            (figures.uncertain - uncertain).abs() <= 15.0,
            "{}: {figures:?}",
            cell.name
        );
        // Where the call alone is too much for the link, the connections take longer to come to rest than they do there.
        if cell.spec.kbit[0] > 60.0 {
            let near = |ours: f64, theirs: f64| (ours / theirs - 1.0).abs() <= 0.15;
            assert!(
                near(figures.seconds[0], seconds),
                "{}: {figures:?}",
                cell.name
            );
            assert!(
                near(figures.kilobytes[0], kilobytes),
                "{}: {figures:?}",
                cell.name
            );
        }
    }
}
