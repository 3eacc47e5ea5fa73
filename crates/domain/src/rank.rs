//! Carriers in order, each with its reasons: what a survey concludes, and never more than it measured.
//!
//! Pure: candidates in, places out, the same places whatever order the candidates came in. It recommends and chooses
//! nothing; a person reads the reasons and decides. `docs/ranking.md` explains the formula with worked examples,
//! whose numbers the tests below read and check.
//!
//! A carrier is compared only by what was read of it. One of which nothing was stands after those that were read, is
//! tied with none, and is named in no reason.
//!
//! Within the noise is not transitive (A from B, B from C, but not A from C), so a tie is a group, built from the
//! best downwards: a candidate joins the group above it only when it is within the noise of *every* member. Two laws
//! follow: who is better by more than the noise stands strictly above, and who is tied cannot be told apart.

use std::cmp::Reverse;

use super::radio::{Quality, Rsrp, Sinr};
use super::verdict::{Nearness, Verdict};

mod compared;
mod reason;

pub use compared::{Compared, Known};
pub use reason::Reason;

/// What is known of one carrier when a survey ends. Unknown is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The carrier's id, unique among the candidates.
    pub id: String,
    /// What was concluded about it.
    pub verdict: Verdict,
    /// How near to the need it came, where it was measured; it ranks those that fall short of it.
    pub nearness: Option<Nearness>,
    /// Received power, the median of its readings.
    pub rsrp: Option<Rsrp>,
    /// Signal to noise, the median of its readings.
    pub sinr: Option<Sinr>,
    /// Between the highest and the lowest reading, dB: of RSRP, or of SINR where no RSRP is known; `None` for a
    /// single reading.
    pub spread_db: Option<f64>,
    /// Lower bound of the measured goodput, bit/s; `None` where it was not measured.
    pub low_bps: Option<u64>,
    /// What the day needs, bit/s.
    pub need_bps: u64,
}

/// Where one candidate stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Which candidate, by its place in what [`rank`] was given.
    pub index: usize,
    /// 1 is best; tied candidates share a rank, and the next one counts them all (1, 1, 3). Of one of which nothing
    /// was read it is its place in the list, and means no more.
    pub rank: u32,
    /// The candidates that cannot be told from it, by their place in what [`rank`] was given, in rank order.
    pub tied_with: Vec<usize>,
    /// Why it stands there, the plainest first.
    pub reasons: Vec<Reason>,
}

/// Puts candidates in order: those that were read by verdict, then (where they fall short) by how near to the need they
/// came, then by radio class, then by score. Nearness and score tell two apart only beyond their noise.
///
/// The rows of a tie come by score, then by id, so that the same survey always prints the same table.
pub fn rank(candidates: &[Candidate]) -> Vec<Placed> {
    let mut order: Vec<Standing> = candidates
        .iter()
        .enumerate()
        .map(|(index, candidate)| Standing::of(index, candidate))
        .collect();
    let lengths = sort(&mut order);
    let groups = split(&order, &lengths);
    let mut placed = Vec::with_capacity(order.len());
    for (at, group) in groups.iter().enumerate() {
        let rank = u32::try_from(placed.len() + 1).unwrap_or(u32::MAX);
        for own in *group {
            let others = group.iter().filter(|other| other.index != own.index);
            placed.push(Placed {
                index: own.index,
                rank,
                tied_with: others.map(|other| other.index).collect(),
                reasons: reason::reasons(own, at, &groups),
            });
        }
    }
    placed
}

/// Sorts best first: into levels, and within each level into ties, whose lengths it gives.
fn sort(order: &mut [Standing]) -> Vec<usize> {
    order.sort_by(|a, b| a.coarse().cmp(&b.coarse()));
    let levels = runs(order, Standing::is_level);
    let mut ties = Vec::new();
    let mut rest = order;
    for (at, length) in levels.into_iter().enumerate() {
        let (level, after) = rest.split_at_mut(length);
        for standing in &mut *level {
            standing.level = at;
        }
        level.sort_by(|a, b| a.fine().cmp(&b.fine()));
        ties.extend(runs(level, Standing::is_tied));
        rest = after;
    }
    ties
}

/// The lengths of the groups whose members all belong together, from the best downwards.
fn runs<'c>(
    sorted: &[Standing<'c>],
    together: impl Fn(&Standing<'c>, &Standing<'c>) -> bool,
) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut rest = sorted;
    while !rest.is_empty() {
        let joins = |at: &usize| {
            rest[..*at]
                .iter()
                .all(|member| together(member, &rest[*at]))
        };
        let length = (1..rest.len()).take_while(joins).count() + 1;
        lengths.push(length);
        rest = &rest[length..];
    }
    lengths
}

fn split<'o, 'c>(order: &'o [Standing<'c>], lengths: &[usize]) -> Vec<&'o [Standing<'c>]> {
    let mut rest = order;
    let cut = |length: &usize| {
        let (group, after) = rest.split_at(*length);
        rest = after;
        group
    };
    lengths.iter().map(cut).collect()
}

/// A candidate with what the order is made of. Points are kept in hundredths, so that they compare exactly.
struct Standing<'c> {
    index: usize,
    candidate: &'c Candidate,
    known: Known,
    /// Which of the levels it stands on, 0 the best; told apart by verdict and nearness.
    level: usize,
    quality: Option<Quality>,
    score: i32,
    noise: i32,
}

impl<'c> Standing<'c> {
    fn of(index: usize, candidate: &'c Candidate) -> Self {
        let quality = Quality::of(candidate.rsrp, candidate.sinr);
        Self {
            index,
            candidate,
            known: Known::of(candidate.verdict, quality),
            level: 0,
            quality,
            score: hundredths(score(candidate)),
            noise: hundredths(noise(candidate)),
        }
    }

    fn is_read(&self) -> bool {
        self.known == Known::Read
    }

    /// What lies between it and the need; `None` where nothing is short of it, or by how much is not known.
    fn nearness(&self) -> Option<Nearness> {
        let short = self.candidate.verdict == Verdict::Unsuitable;
        self.candidate.nearness.filter(|_| short)
    }

    /// Hundredths of points below the need; 0 where it is not short of it.
    fn lack(&self) -> i32 {
        match self.nearness() {
            Some(Nearness::Share(share)) => {
                hundredths(-10.0 * share.clamp(LEAST_SHARE, 1.0).log10())
            }
            Some(Nearness::Nothing) | None => 0,
        }
    }

    /// What carried nothing comes last among the measured, before it what fell short by nobody knows how much.
    fn depth(&self) -> u8 {
        match (self.candidate.verdict, self.nearness()) {
            (Verdict::Unsuitable, None) => 1,
            (Verdict::Unsuitable, Some(Nearness::Nothing)) => 2,
            _ => 0,
        }
    }

    /// Sorts into levels, best first; a total order, since the ids differ.
    fn coarse(&self) -> (Known, Verdict, u8, i32, &str) {
        let verdict = self.candidate.verdict;
        let id = &self.candidate.id;
        (self.known, verdict, self.depth(), self.lack(), id)
    }

    /// Sorts a level, best first. An unknown class comes last.
    fn fine(&self) -> (bool, Option<Quality>, Reverse<i32>, &str) {
        (
            self.quality.is_none(),
            self.quality,
            Reverse(self.score),
            &self.candidate.id,
        )
    }

    /// Whether neither verdict nor nearness tells the two apart.
    fn is_level(&self, other: &Self) -> bool {
        self.known == other.known
            && self.candidate.verdict == other.candidate.verdict
            && self.depth() == other.depth()
            && (self.lack() - other.lack()).abs() <= NEARNESS_NOISE
    }

    /// Whether nothing that was read tells the two apart. Where nothing was, nothing ties either.
    fn is_tied(&self, other: &Self) -> bool {
        self.is_read()
            && other.is_read()
            && self.is_level(other)
            && self.quality == other.quality
            && self.margin(other) <= self.noise_against(other)
    }

    /// Hundredths of points between the two scores.
    fn margin(&self, other: &Self) -> i32 {
        (self.score - other.score).abs()
    }

    /// Hundredths of points below which the two cannot be told apart: where their ranges touch.
    fn noise_against(&self, other: &Self) -> i32 {
        self.noise + other.noise
    }
}

/// A share of the need below this is as good as none.
const LEAST_SHARE: f64 = 0.001;

/// Hundredths of points (of a share of the need) within which two are equally near to it: a quarter more or less. A test
/// that falls short ends as soon as that is sure, so its estimate is worth no more.
const NEARNESS_NOISE: i32 = 100;

/// Points of a class step: a point is one dB of RSRP, whose steps are 10 dB wide.
const STEP: f64 = 10.0;

/// Points at most: one step above the floor of `excellent`; beyond it more level brings nothing.
const MOST: f64 = 4.0 * STEP;

/// The RSRP of 0 points, dBm: the floor of `poor`.
const RSRP_ZERO: f64 = -115.0;

/// SINR steps in dB, from the floor of `poor` (0 points) up. The last step is as wide as the one below it.
const SINR_STEPS: [f64; 5] = [-3.0, 1.0, 4.5, 13.0, 21.5];

/// Half the noise of a candidate whose readings agree, points: two of them are told apart from 3 points on.
const LEAST_NOISE: f64 = 1.5;

/// Half the noise where a single reading was taken, points: its spread is not known, so it is not taken for 0.
const SINGLE_READING_NOISE: f64 = 3.0;

/// A spread beyond this is not noise any more; it bounds what a hostile value can do, dB.
const MOST_SPREAD: f64 = 60.0;

/// Points: the mean of the levels that are known, and the reserve of throughput.
fn score(candidate: &Candidate) -> f64 {
    let radio = points(candidate.rsrp, candidate.sinr).unwrap_or(0.0);
    radio + reserve(candidate.low_bps, candidate.need_bps)
}

/// The points of a reading, as docs/ranking.md counts them: 0 at the floor of `poor`, 40 where more brings nothing, less
/// than 0 below. The mean of the levels that are known; `None` where none is.
pub fn points(rsrp: Option<Rsrp>, sinr: Option<Sinr>) -> Option<f64> {
    match (rsrp.map(rsrp_points), sinr.map(sinr_points)) {
        (Some(rsrp), Some(sinr)) => Some(f64::midpoint(rsrp, sinr)),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

fn rsrp_points(rsrp: Rsrp) -> f64 {
    (rsrp.value() - RSRP_ZERO).min(MOST)
}

/// Straight lines between the class steps, so that a class of SINR weighs as much as a class of RSRP.
fn sinr_points(sinr: Sinr) -> f64 {
    let level = sinr.value();
    let mut points = 0.0;
    // Below the first step its own slope goes on downwards.
    let mut floor = f64::NEG_INFINITY;
    for step in SINR_STEPS.windows(2) {
        let share = (level - step[0]) / (step[1] - step[0]);
        points += STEP * share.clamp(floor, 1.0);
        floor = 0.0;
    }
    points
}

/// 10 log10 of the lower bound over the need, points: at most 6.02 at four times the need, where more is of no use
/// to the day; at least -10. Nothing where it was not measured.
fn reserve(low_bps: Option<u64>, need_bps: u64) -> f64 {
    let ratio = |low| low as f64 / need_bps.max(1) as f64;
    low_bps.map_or(0.0, |low| 10.0 * ratio(low).clamp(0.1, 4.0).log10())
}

/// Half the noise in points: half the spread of the readings, and never less than a modem is worth.
fn noise(candidate: &Candidate) -> f64 {
    let spread = candidate.spread_db.filter(|spread| !spread.is_nan());
    let Some(spread) = spread else {
        return SINGLE_READING_NOISE;
    };
    // Without RSRP the spread is one of SINR, whose steepest step is 3.5 dB wide.
    let points_per_db = if candidate.rsrp.is_some() {
        1.0
    } else {
        STEP / 3.5
    };
    (spread.clamp(0.0, MOST_SPREAD) * points_per_db / 2.0).max(LEAST_NOISE)
}

/// To the nearest hundredth of a point: what can be printed, and compares exactly.
fn hundredths(points: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scores and noises are within hundreds of points; a float outside i32 saturates"
    )]
    let whole = (points * 100.0).round() as i32;
    whole
}

#[cfg(test)]
mod tests;
