//! The reasons a place is given with: codes and values, no words (those are the catalogues').

use serde_json::{Value, json};

use super::Standing;
use crate::codes::Code;
use crate::radio::{Quality, Rsrp, Sinr};
use crate::verdict::{Nearness, Verdict};

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
    /// First, alone: of no other was anything read.
    OnlyOneRead,
    /// First, alone: its verdict is better than the next one's.
    FirstByVerdict {
        /// The next one's id.
        over: String,
    },
    /// First, alone: it falls short like the next one, and comes nearer to the need.
    FirstByNeed {
        /// The next one's id.
        over: String,
        /// Its own share of the need, percent; `None` where it is not known.
        share_percent: Option<f64>,
        /// The next one's.
        other_percent: Option<f64>,
    },
    /// First, alone: same verdict as the next one, of whose radio nothing was read.
    FirstByReading {
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
    /// Below one that falls short as well, and comes nearer to the need.
    BelowNeed {
        /// That one's id.
        above: String,
        /// Its own share of the need, percent; `None` where it is not known.
        share_percent: Option<f64>,
        /// That one's.
        other_percent: Option<f64>,
    },
    /// Below one whose verdict is the same, since of its own radio nothing was read.
    BelowReading {
        /// That one's id.
        above: String,
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
    pub fn code(&self) -> Code {
        match self {
            Self::RadioClass { .. } => Code::RADIO_CLASS,
            Self::RadioWeak { .. } => Code::RADIO_WEAK,
            Self::SinrLow { .. } => Code::RADIO_SINR_LOW,
            Self::RadioUnknown => Code::RADIO_UNKNOWN,
            Self::OnlyOneRead => Code::RANK_ONLY_ONE_READ,
            Self::FirstByVerdict { .. } => Code::RANK_FIRST_BY_VERDICT,
            Self::FirstByNeed { .. } => Code::RANK_FIRST_BY_NEED,
            Self::FirstByReading { .. } => Code::RANK_FIRST_BY_READING,
            Self::FirstByClass { .. } => Code::RANK_FIRST_BY_CLASS,
            Self::FirstByScore { .. } => Code::RANK_FIRST_BY_SCORE,
            Self::BelowVerdict { .. } => Code::RANK_BELOW_VERDICT,
            Self::BelowNeed { .. } => Code::RANK_BELOW_NEED,
            Self::BelowReading { .. } => Code::RANK_BELOW_READING,
            Self::BelowClass { .. } => Code::RANK_BELOW_CLASS,
            Self::BelowScore { .. } => Code::RANK_BELOW_SCORE,
            Self::Tied { .. } => Code::RANK_TIED,
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
            Self::RadioUnknown | Self::OnlyOneRead => Vec::new(),
            Self::FirstByVerdict { over }
            | Self::FirstByReading { over }
            | Self::FirstByClass { over } => {
                vec![("over", json!(over))]
            }
            Self::FirstByNeed {
                over,
                share_percent,
                other_percent,
            } => shared("over", over, *share_percent, *other_percent),
            Self::BelowNeed {
                above,
                share_percent,
                other_percent,
            } => shared("above", above, *share_percent, *other_percent),
            Self::BelowReading { above } => vec![("above", json!(above))],
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

fn shared(
    name: &'static str,
    id: &str,
    own: Option<f64>,
    other: Option<f64>,
) -> Vec<(&'static str, Value)> {
    vec![
        (name, json!(id)),
        ("share_percent", json!(own)),
        ("other_percent", json!(other)),
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
    if !own.is_read() {
        return reasons;
    }
    let alone = groups[at].len() == 1;
    if at > 0 {
        reasons.extend(below(own, &groups[..at]));
    } else if alone {
        reasons.extend(groups.get(1).map(|next| first(own, &next[0])));
    }
    if !alone {
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
    if !next.is_read() {
        // Those that were read come first, so nobody else was.
        Reason::OnlyOneRead
    } else if own.candidate.verdict != next.candidate.verdict {
        Reason::FirstByVerdict { over }
    } else if own.level != next.level {
        Reason::FirstByNeed {
            over,
            share_percent: percent(own),
            other_percent: percent(next),
        }
    } else if next.quality.is_none() && own.quality.is_some() {
        Reason::FirstByReading { over }
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
fn below(own: &Standing, higher: &[&[Standing]]) -> Option<Reason> {
    let group = *higher.last()?;
    let nearest = group.last()?;
    let above = nearest.candidate.id.clone();
    if own.candidate.verdict != nearest.candidate.verdict {
        let verdict = nearest.candidate.verdict;
        return Some(Reason::BelowVerdict { above, verdict });
    }
    if own.level != nearest.level {
        // On the level above one at least is clearly nearer; the one just above need not be.
        let mut upwards = higher.iter().rev().flat_map(|group| group.iter().rev());
        let nearer = upwards.find(|one| one.level == nearest.level && !one.is_level(own))?;
        return Some(Reason::BelowNeed {
            above: nearer.candidate.id.clone(),
            share_percent: percent(own),
            other_percent: percent(nearer),
        });
    }
    if own.quality.is_none() && nearest.quality.is_some() {
        return Some(Reason::BelowReading { above });
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

/// Its share of the need in percent, no finer than it can be told.
fn percent(own: &Standing) -> Option<f64> {
    match own.nearness()? {
        Nearness::Share(share) if share < 0.1 => Some((share * 1000.0).round() / 10.0),
        Nearness::Share(share) => Some((share * 100.0).round()),
        Nearness::Nothing => Some(0.0),
    }
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
