//! The reasons a place is given with: codes and values, no words (those are the catalogues').

use serde_json::{Value, json};

use super::Standing;
use crate::domain::radio::{Quality, Rsrp, Sinr};
use crate::domain::verdict::Verdict;

/// Why a candidate stands where it stands.
///
/// A margin and a noise are in dB of RSRP, the score's own scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Its radio class, and the levels it comes from.
    RadioClass {
        /// The lesser of the two classes.
        quality: Quality,
        /// Received power.
        rsrp: Option<Rsrp>,
        /// Signal to noise.
        sinr: Option<Sinr>,
    },
    /// Its power is poor or worse: too far, or behind a wall.
    RadioWeak {
        /// Received power.
        rsrp: Rsrp,
    },
    /// Interference holds it back: SINR is poor or worse, or fair under a better power.
    SinrLow {
        /// Signal to noise.
        sinr: Sinr,
    },
    /// Neither power nor signal to noise is known.
    RadioUnknown,
    /// First, alone: its verdict is better than the next one's.
    FirstByVerdict {
        /// The next one's id.
        over: String,
    },
    /// First, alone: same verdict, better radio class than the next one.
    FirstByClass {
        /// The next one's id.
        over: String,
    },
    /// First, alone: same class, and a score better than the next one's by more than the noise.
    FirstByScore {
        /// The next one's id.
        over: String,
        /// How much better.
        margin_db: f64,
        /// What could not be told apart.
        noise_db: f64,
    },
    /// Below one whose verdict is better.
    BelowVerdict {
        /// That one's id.
        above: String,
        /// Its verdict.
        verdict: Verdict,
    },
    /// Below one whose verdict is the same and whose radio class is better.
    BelowClass {
        /// That one's id.
        above: String,
        /// Its class.
        quality: Option<Quality>,
    },
    /// Below one of the same class, by more than the noise.
    BelowScore {
        /// That one's id.
        above: String,
        /// How much worse.
        margin_db: f64,
        /// What could not be told apart.
        noise_db: f64,
    },
    /// It cannot be told from these.
    Tied {
        /// Their ids, in rank order.
        with: Vec<String>,
        /// The widest noise between it and one of them.
        noise_db: f64,
    },
}

impl Reason {
    /// The stable code of the document's note.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RadioClass { .. } => "radio.class",
            Self::RadioWeak { .. } => "radio.weak",
            Self::SinrLow { .. } => "radio.sinr_low",
            Self::RadioUnknown => "radio.unknown",
            Self::FirstByVerdict { .. } => "rank.first_by_verdict",
            Self::FirstByClass { .. } => "rank.first_by_class",
            Self::FirstByScore { .. } => "rank.first_by_score",
            Self::BelowVerdict { .. } => "rank.below_verdict",
            Self::BelowClass { .. } => "rank.below_class",
            Self::BelowScore { .. } => "rank.below_score",
            Self::Tied { .. } => "rank.tied",
        }
    }

    /// The note's values by their names. A carrier is given by its id.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::RadioClass {
                quality,
                rsrp,
                sinr,
            } => vec![
                ("quality", json!(quality)),
                ("rsrp_dbm", json!(rsrp)),
                ("sinr_db", json!(sinr)),
            ],
            Self::RadioWeak { rsrp } => vec![("rsrp_dbm", json!(rsrp))],
            Self::SinrLow { sinr } => vec![("sinr_db", json!(sinr))],
            Self::RadioUnknown => Vec::new(),
            Self::FirstByVerdict { over } | Self::FirstByClass { over } => {
                vec![("over", json!(over))]
            }
            Self::FirstByScore {
                over,
                margin_db,
                noise_db,
            } => scored("over", over, *margin_db, *noise_db),
            Self::BelowScore {
                above,
                margin_db,
                noise_db,
            } => scored("above", above, *margin_db, *noise_db),
            Self::BelowVerdict { above, verdict } => {
                vec![("above", json!(above)), ("verdict", json!(verdict))]
            }
            Self::BelowClass { above, quality } => {
                vec![("above", json!(above)), ("quality", json!(quality))]
            }
            Self::Tied { with, noise_db } => {
                vec![("with", json!(with)), ("noise_db", json!(noise_db))]
            }
        }
    }
}

fn scored(name: &'static str, id: &str, margin: f64, noise: f64) -> Vec<(&'static str, Value)> {
    vec![
        (name, json!(id)),
        ("margin_db", json!(margin)),
        ("noise_db", json!(noise)),
    ]
}

/// The reasons of one member of the group `at`: its radio, then its place among the others.
pub(super) fn reasons(own: &Standing, at: usize, groups: &[&[Standing]]) -> Vec<Reason> {
    // What could not be registered on has no radio to speak of; its error says why.
    let mut reasons = if own.candidate.verdict == Verdict::Unavailable {
        Vec::new()
    } else {
        radio(own)
    };
    let alone = groups[at].len() == 1;
    match at.checked_sub(1) {
        None if alone => reasons.extend(groups.get(1).map(|next| first(own, &next[0]))),
        None => {}
        Some(above) => reasons.extend(below(own, groups[above])),
    }
    if !alone && own.candidate.verdict != Verdict::Unavailable {
        reasons.push(tied(own, groups[at]));
    }
    reasons
}

fn radio(own: &Standing) -> Vec<Reason> {
    let (rsrp, sinr) = (own.candidate.rsrp, own.candidate.sinr);
    let Some(quality) = own.quality else {
        return vec![Reason::RadioUnknown];
    };
    let power = rsrp.map(Quality::of_rsrp);
    let is_low = |sinr: &Sinr| match Quality::of_sinr(*sinr) {
        Quality::Excellent | Quality::Good => false,
        Quality::Fair => power.is_some_and(|power| power < Quality::Fair),
        Quality::Poor | Quality::Unusable => true,
    };
    let weak = rsrp.filter(|rsrp| Quality::of_rsrp(*rsrp) >= Quality::Poor);
    let class = Reason::RadioClass {
        quality,
        rsrp,
        sinr,
    };
    [class]
        .into_iter()
        .chain(weak.map(|rsrp| Reason::RadioWeak { rsrp }))
        .chain(sinr.filter(is_low).map(|sinr| Reason::SinrLow { sinr }))
        .collect()
}

fn first(own: &Standing, next: &Standing) -> Reason {
    let over = next.candidate.id.clone();
    if own.candidate.verdict != next.candidate.verdict {
        Reason::FirstByVerdict { over }
    } else if own.quality != next.quality {
        Reason::FirstByClass { over }
    } else {
        Reason::FirstByScore {
            over,
            margin_db: points(own.margin(next)),
            noise_db: points(own.noise_against(next)),
        }
    }
}

/// Why it is not in the group above; `None` for the noisy one that is there only because its own group is.
fn below(own: &Standing, group: &[Standing]) -> Option<Reason> {
    let nearest = group.last()?;
    let above = nearest.candidate.id.clone();
    if own.candidate.verdict != nearest.candidate.verdict {
        let verdict = nearest.candidate.verdict;
        return Some(Reason::BelowVerdict { above, verdict });
    }
    if own.quality != nearest.quality {
        let quality = nearest.quality;
        return Some(Reason::BelowClass { above, quality });
    }
    let clearly = group.iter().find(|member| !member.is_tied(own))?;
    Some(Reason::BelowScore {
        above: clearly.candidate.id.clone(),
        margin_db: points(clearly.margin(own)),
        noise_db: points(clearly.noise_against(own)),
    })
}

fn tied(own: &Standing, group: &[Standing]) -> Reason {
    let others = || group.iter().filter(|other| other.index != own.index);
    let noise = others().map(|other| own.noise_against(other)).max();
    Reason::Tied {
        with: others().map(|other| other.candidate.id.clone()).collect(),
        noise_db: points(noise.unwrap_or_default()),
    }
}

/// Hundredths as points.
fn points(hundredths: i32) -> f64 {
    f64::from(hundredths) / 100.0
}
