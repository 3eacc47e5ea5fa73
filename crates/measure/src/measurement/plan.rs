//! What is to be measured, and what came out.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use super::FINDING;
use super::transfer::{UploadCount, setup};
use crate::error::MeasureError;
use crate::net::bill::Bill;
use crate::net::bind::Via;
use crate::servers::{ReflectorAddress, Server};
use crate::throughput::{ByteBudget, Clearance, Goodput, RateRule};
use crate::voice::{Call, Codec, Method};
use opensim_domain::verdict::{Requirement, Verdict};
use opensim_os::clock::Clock;

/// What is to be measured, where, and for how much.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The link.
    pub via: Via,
    /// The link's own name servers; none: those that the system is configured with, asked over the link.
    pub name_servers: Vec<IpAddr>,
    /// The other end.
    pub server: Server,
    /// Where a call's packets go, if not to the server.
    pub reflector: Option<ReflectorAddress>,
    /// Files of certificates that are trusted besides Mozilla's list.
    pub authorities: Vec<PathBuf>,
    /// How bytes sent are known to have arrived.
    pub upload_count: UploadCount,
    /// What is needed.
    pub need: Requirement,
    /// What it may take.
    pub allowance: Allowance,
    /// The call, where one is to be rated.
    pub voice: Option<VoicePlan>,
    /// Whether the rest is measured too once something has fallen short.
    pub all: bool,
    /// Whether both ways and the call are measured at once, where the server can.
    pub together: bool,
    /// The time.
    pub clock: Clock,
}

impl Plan {
    /// The usual need and allowance, both directions, no call; with the name servers and authorities that are
    /// configured, and no reflector but the server's.
    pub fn new(via: Via, server: Server, clock: Clock) -> Self {
        Self {
            via,
            name_servers: Vec::new(),
            server,
            reflector: None,
            authorities: Vec::new(),
            upload_count: UploadCount::default(),
            need: Requirement::default(),
            allowance: Allowance::default(),
            voice: None,
            all: false,
            together: true,
            clock,
        }
    }
}

/// What a measurement may take.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Bytes on the wire, of everything on the bill; never passed.
    pub budget: u64,
    /// The longest test of one direction.
    pub longest: Duration,
    /// What it is written on; a bill that others wrote on before counts against the budget.
    pub bill: Bill,
}

impl Allowance {
    /// The fewest bytes for which a link can be measured against this server, to whole kilobytes: finding it, and as much of
    /// one transfer as can be judged by. A longer round trip takes more.
    pub fn least(server: &Server, need: &Requirement, longest: Duration) -> u64 {
        let window = RateRule::down(need.down_bps, longest).window(Duration::ZERO);
        let needed = FINDING + setup(server.tls) + ByteBudget::least(window);
        needed.next_multiple_of(1_000)
    }
}

impl Default for Allowance {
    /// 1 MB, and 8 s each way.
    fn default() -> Self {
        Self {
            budget: 1_000_000,
            longest: Duration::from_secs(8),
            bill: Bill::default(),
        }
    }
}

/// A call to be rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoicePlan {
    /// Whose packets.
    pub codec: Codec,
    /// The longest; a clean call takes three seconds.
    pub longest: Duration,
    /// Whether it is rated again while what is needed comes down.
    pub loaded: bool,
}

impl Default for VoicePlan {
    fn default() -> Self {
        Self {
            codec: Codec::default(),
            longest: Duration::from_secs(5),
            loaded: false,
        }
    }
}

/// A part of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What comes to the user.
    Down,
    /// What goes from the user.
    Up,
    /// The call on an idle link.
    Voice,
    /// The call under load.
    LoadedVoice,
}

impl Part {
    /// As documents say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
            Self::Voice => "voice",
            Self::LoadedVoice => "loaded_voice",
        }
    }
}

/// Why a part was left out, or is less than it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Something had fallen short already.
    Below,
    /// The server has nothing for it.
    Unsupported,
    /// Nobody answered by UDP: the server's reflector is off, or the way to it is closed.
    NoAnswer,
    /// More came back than was sent, so nothing more was.
    Multiplied,
    /// So few of a call's packets could be sent that they say nothing.
    TooFew {
        /// How many.
        packets: u32,
    },
    /// It failed.
    Failed(MeasureError),
}

/// A part that was left out, or is less than it should be, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub part: Part,
    /// Why.
    pub because: Because,
}

/// What came out. Unknown is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// To the user.
    pub down: Option<Goodput>,
    /// From the user.
    pub up: Option<Goodput>,
    /// The call.
    pub voice: Option<Call>,
    /// What flowed beside it.
    pub setting: CallSetting,
    /// The call while what is needed comes down, where it was asked for besides.
    pub loaded_voice: Option<Call>,
    /// What there is no figure for, or a weaker one, and why.
    pub missing: Vec<Missing>,
    /// Where the server was.
    pub address: SocketAddr,
    /// Without load: of a packet that the server reflects, or of a connection's first exchange.
    pub round_trip_ms: f64,
    /// What it took.
    pub cost: MeasurementCost,
}

pub use opensim_domain::measured::Beside;

/// Under which circumstances a call was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallSetting {
    /// What flowed meanwhile.
    pub beside: Beside,
    /// Whether the link is so near to the need, or so uneven, that a longer call would rate less.
    pub at_best: bool,
}

impl Default for CallSetting {
    /// On an idle link.
    fn default() -> Self {
        Self {
            beside: Beside::Nothing,
            at_best: false,
        }
    }
}

/// What it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasurementCost {
    /// On the wire, headers included, by the sockets' own counters; what was still on its way at the most it can be.
    pub bytes: u64,
    /// What the interface carried meanwhile, everybody's; `None` where it does not count.
    pub interface_bytes: Option<u64>,
    /// From the first packet to the end.
    pub seconds: f64,
}

impl Measured {
    /// What it means for somebody who needs this. A part that was asked for and has no figure leaves it uncertain.
    pub fn verdict(&self, need: &Requirement) -> Verdict {
        if self.down.is_none() && self.up.is_none() {
            return Verdict::NotMeasured;
        }
        let calls = [
            (&self.voice, self.setting.beside),
            (&self.loaded_voice, Beside::Need),
        ];
        let heard = calls.into_iter().filter_map(|(call, beside)| {
            let mos = call.as_ref()?.mos?;
            Some(match beside {
                _ if mos >= need.voice_mos => Clearance::Meets,
                // More than the need was on the link: what the need alone leaves it is not known.
                Beside::Load => Clearance::Uncertain,
                Beside::Need | Beside::Nothing => Clearance::Below,
            })
        });
        let mut parts: Vec<Clearance> = heard.collect();
        let ways = [&self.down, &self.up];
        parts.extend(ways.map(|way| way.as_ref().map_or(Clearance::Uncertain, |way| way.verdict)));
        if self.missing.iter().any(Missing::leaves_doubt) {
            parts.push(Clearance::Uncertain);
        }
        if parts.contains(&Clearance::Below) {
            Verdict::Unsuitable
        } else if parts.contains(&Clearance::Uncertain) {
            Verdict::Uncertain
        } else {
            Verdict::Suitable
        }
    }

    /// Whether the call's figures are delay's alone.
    pub fn voice_is_indicative(&self) -> bool {
        let call = self.voice.as_ref();
        call.is_some_and(|call| call.method == Method::Tcp || call.codec == Codec::Opus24)
    }
}

impl Missing {
    /// A server without a reflector says nothing about the link; one that should answer and does not may.
    fn leaves_doubt(&self) -> bool {
        match self.because {
            Because::Below
            | Because::NoAnswer
            | Because::Multiplied
            | Because::TooFew { .. }
            | Because::Failed(_) => true,
            Because::Unsupported => matches!(self.part, Part::Down | Part::Up),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::throughput::Stop;

    fn goodput(verdict: Clearance) -> Goodput {
        Goodput {
            verdict,
            estimate_bps: None,
            low_bps: None,
            high_bps: None,
            confidence: None,
            bytes: 0,
            seconds: 0.0,
            stopped_because: Stop::Decided,
        }
    }

    fn measured(down: Clearance, up: Option<Clearance>, mos: Option<f64>) -> Measured {
        let call = Call {
            mos,
            ..Call::of(&[], Codec::G711)
        };
        Measured {
            down: Some(goodput(down)),
            up: up.map(goodput),
            voice: Some(call),
            setting: CallSetting::default(),
            loaded_voice: None,
            missing: Vec::new(),
            address: ([192, 0, 2, 1], 1).into(),
            round_trip_ms: 1.0,
            cost: MeasurementCost {
                bytes: 0,
                interface_bytes: None,
                seconds: 0.0,
            },
        }
    }

    #[test]
    fn everything_must_meet_and_anything_below_fails() {
        use Clearance::{Below, Meets, Uncertain};
        let need = Requirement::default();
        let of = |down, up, mos| measured(down, up, mos).verdict(&need);
        assert_eq!(of(Meets, Some(Meets), Some(4.0)), Verdict::Suitable);
        assert_eq!(of(Meets, Some(Meets), None), Verdict::Suitable);
        assert_eq!(of(Meets, Some(Meets), Some(3.5)), Verdict::Unsuitable);
        assert_eq!(of(Meets, Some(Below), Some(4.0)), Verdict::Unsuitable);
        assert_eq!(of(Below, None, None), Verdict::Unsuitable);
        assert_eq!(of(Meets, None, Some(4.0)), Verdict::Uncertain);
        assert_eq!(of(Uncertain, Some(Meets), Some(4.0)), Verdict::Uncertain);
        let mut none = measured(Meets, Some(Meets), None);
        (none.down, none.up) = (None, None);
        assert_eq!(none.verdict(&need), Verdict::NotMeasured);
    }

    #[test]
    fn a_reflector_that_should_answer_and_does_not_leaves_doubt() {
        let mut measured = measured(Clearance::Meets, Some(Clearance::Meets), Some(4.0));
        let verdict = |measured: &Measured| measured.verdict(&Requirement::default());
        let missing = |because| Missing {
            part: Part::Voice,
            because,
        };
        measured.missing = vec![missing(Because::Unsupported)];
        assert_eq!(verdict(&measured), Verdict::Suitable);
        measured.missing = vec![missing(Because::NoAnswer)];
        assert_eq!(verdict(&measured), Verdict::Uncertain);
    }
}
