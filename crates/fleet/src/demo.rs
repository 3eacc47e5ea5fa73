//! The demo: homes that a virtual modem stands in, their documents over five weeks, and what was planted there to be found.
//!
//! Each document is what `opensim scan` printed in a world of its own; no row is made up here. Two things are said of it in
//! the output, since they are not so in life: its date is put into the last five weeks, and how much of it was measured.

mod chance;
mod commune;
mod household;
mod offer;
mod visit;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use chance::Chance;
use household::Household;
pub use household::Planted;
pub use visit::AS_OPENSIM;
use visit::{Depth, Visit};

/// On which days before today a home is surveyed, and whether its speed is measured then. The last week stands against the
/// four before it; the first and the last survey are those that somebody measures.
const DAYS: [i64; 10] = [33, 29, 25, 21, 17, 13, 9, 6, 4, 1];

/// One home in so many has its speed measured in the first survey too, and one in so many a call in its last.
const MEASURED_EARLY: usize = 4;
const CALLED: usize = 10;

/// How many surveys are under way for each processor: one that measures waits most of the time, one that reads levels hardly.
const MEASURING: usize = 20;
const READING: usize = 6;

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub struct DemoPlan {
    /// How many homes.
    pub homes: usize,
    /// What all of them follow from.
    pub seed: u64,
    /// The day that the last week ends with.
    pub today: Date,
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Documents.
    pub documents: usize,
    /// Of these, how many have measured speeds.
    pub measured: usize,
    /// Of these, how many a rated call.
    pub called: usize,
    /// Surveys whose world was too fast for this computer, made again at a slower pace.
    pub again: usize,
    /// What was planted, at which homes by the numbers of their certificates.
    pub planted: BTreeMap<Planted, Vec<String>>,
}

impl DemoPlan {
    /// How many surveys are made.
    pub fn surveys(&self) -> usize {
        self.homes * DAYS.len()
    }
}

/// Makes the homes' documents in `INBOX/SITE/NAME.json` and their registry; `tell` hears how many of how many are there.
///
/// # Errors
/// When the disk refuses, or a survey fails at every pace.
pub fn make(
    plan: &DemoPlan,
    program: &Path,
    (inbox, registry): (&Path, &Path),
    tell: &(dyn Fn(usize, usize) + Sync),
) -> io::Result<Made> {
    let homes: Vec<Household> = (0..plan.homes)
        .map(|n| Household::of(plan.seed, n))
        .collect();
    register(&homes, registry)?;
    let mut visits: Vec<Visit<'_>> = Vec::new();
    for (number, home) in homes.iter().enumerate() {
        visits.extend(
            DAYS.iter()
                .map(|days_ago| visit(plan, home, number, *days_ago)),
        );
        std::fs::create_dir_all(inbox.join(&home.site))?;
    }
    // Those that take longest first.
    visits.sort_by_key(|visit| visit.depth);
    // Beside the inbox, so that nothing stays elsewhere of a demo that is stopped.
    let scratch = inbox.with_file_name(".demo-work");
    std::fs::create_dir_all(&scratch)?;
    let work = Work {
        program,
        scratch: &scratch,
        inbox,
        tell,
        of: visits.len(),
        done: AtomicUsize::new(0),
        again: AtomicUsize::new(0),
        failed: Mutex::new(None),
    };
    let split = visits.partition_point(|visit| visit.depth != Depth::Levels);
    let (measuring, reading) = visits.split_at(split);
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let next = [AtomicUsize::new(0), AtomicUsize::new(0)];
    std::thread::scope(|scope| {
        for (visits, next, hands) in [
            (measuring, &next[0], processors * MEASURING),
            (reading, &next[1], processors * READING),
        ] {
            for _ in 0..hands.min(visits.len()) {
                scope.spawn(|| work.on(visits, next));
            }
        }
    });
    std::fs::remove_dir_all(&scratch)?;
    let again = work.again.load(Ordering::Relaxed);
    if let Some(error) = work.failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    let of_depth = |depth| visits.iter().filter(|visit| visit.depth == depth).count();
    let mut made = Made {
        documents: visits.len(),
        measured: of_depth(Depth::Call) + of_depth(Depth::Speed),
        called: of_depth(Depth::Call),
        again,
        planted: BTreeMap::new(),
    };
    for home in &homes {
        for planted in &home.planted {
            made.planted
                .entry(*planted)
                .or_default()
                .push(home.site.clone());
        }
    }
    Ok(made)
}

/// A home's survey of a day, at some hour at which people are up.
fn visit<'a>(plan: &DemoPlan, home: &'a Household, number: usize, days_ago: i64) -> Visit<'a> {
    let is_last = DAYS.last() == Some(&days_ago);
    let is_first = DAYS.first() == Some(&days_ago);
    let depth = match number {
        n if is_last && n % CALLED == 0 => Depth::Call,
        _ if is_last => Depth::Speed,
        n if is_first && n % MEASURED_EARLY == 0 => Depth::Speed,
        _ => Depth::Levels,
    };
    let mut chance = Chance::of(plan.seed, &format!("hour {number} {days_ago}"));
    let midnight = TimeZone::UTC.to_timestamp(plan.today.at(0, 0, 0, 0));
    let midnight = midnight.unwrap_or(Timestamp::UNIX_EPOCH);
    let seconds = chance.between(7.5 * 3600.0, 18.5 * 3600.0).round();
    let at = midnight - SignedDuration::from_hours(24 * days_ago)
        + SignedDuration::from_secs_f64(seconds);
    Visit {
        home,
        depth,
        at,
        days_ago,
    }
}

fn register(homes: &[Household], registry: &Path) -> io::Result<()> {
    let mut file = csv::Writer::from_path(registry)?;
    file.write_record(["site", "partner", "commune", "name", "region", "lat", "lon"])?;
    for home in homes {
        file.write_record(home.registered())?;
    }
    file.flush()
}

/// Surveys being made by several at once.
struct Work<'a> {
    program: &'a Path,
    scratch: &'a Path,
    inbox: &'a Path,
    tell: &'a (dyn Fn(usize, usize) + Sync),
    of: usize,
    done: AtomicUsize,
    again: AtomicUsize,
    failed: Mutex<Option<io::Error>>,
}

impl Work<'_> {
    /// Makes the next of these, until there is none or one failed.
    fn on(&self, visits: &[Visit<'_>], next: &AtomicUsize) {
        while let Some(visit) = visits.get(next.fetch_add(1, Ordering::Relaxed)) {
            if self.failed.lock().is_ok_and(|failed| failed.is_some()) {
                return;
            }
            let folder = self
                .scratch
                .join(format!("{}-{}", visit.home.site, visit.days_ago));
            let kept = visit.make(self.program, &folder).and_then(|letter| {
                self.again.fetch_add(letter.retries, Ordering::Relaxed);
                std::fs::write(
                    self.inbox.join(&visit.home.site).join(&letter.name),
                    &letter.text,
                )
            });
            match kept {
                Ok(()) => (self.tell)(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.of),
                Err(error) => {
                    if let Ok(mut failed) = self.failed.lock() {
                        failed.get_or_insert(error);
                    }
                }
            }
        }
    }
}
