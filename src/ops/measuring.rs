//! Measuring one link, as `measure`, `scan` and `switch` do it: from what a person needs and the way that data takes to
//! the facts and reasons of a document.

mod reasons;

use std::path::PathBuf;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub(super) use self::reasons::reasons;
use super::{Error, Step};
use crate::document::{
    CheckRow, Direction, LinkCost, LinkRow, Note, RequirementRow, Throughput, Voice as VoiceRow,
};
use crate::domain::verdict::{Nearness, Requirement, Verdict};
use crate::measure::reach::{self, Finding, Reached, Target, Terms};
use crate::measure::throughput::{Clearance, Goodput};
use crate::measure::voice::Call;
use crate::measure::{
    self, Allowance, Beside, Bill, CallSetting, MeasureError, Measured, MeasurementCost, Meter,
    Plan, ReflectorAddress, Server, UploadCount, VoicePlan,
};
use crate::modem::{DataLink, DataSession};
use crate::os::clock::Clock;

/// What is to be measured of a link, and for how much.
#[derive(Debug, Clone)]
pub struct MeasureRequest {
    /// The other end; `None` where none is named, and only a way that leads to one of its own can be measured.
    pub server: Option<Server>,
    /// Where a call's packets go, if not to the server.
    pub reflector: Option<ReflectorAddress>,
    /// Files of certificates that are trusted besides the public list.
    pub authorities: Vec<PathBuf>,
    /// What the day needs.
    pub need: Requirement,
    /// Bytes on the wire, of all that is measured together; never passed.
    pub budget: u64,
    /// The longest test of one direction.
    pub longest: Duration,
    /// The call, where one is to be rated.
    pub voice: Option<VoicePlan>,
    /// Whether the rest is measured too once something has fallen short.
    pub all: bool,
    /// Whether both ways and the call are measured at once, where the server can.
    pub together: bool,
    /// What a teleworker needs to reach.
    pub checks: Vec<Target>,
}

impl MeasureRequest {
    /// Whether so many links can be measured at all, known before anything is dialled, left or sent.
    ///
    /// # Errors
    /// When this system measures nothing, or the budget is too small.
    pub(super) fn check(&self, links: usize) -> Result<(), Error> {
        measure::possible()?;
        self.check_budget(links)
    }

    /// Whether the budget can measure so many links at all, known before anything is dialled, left or sent.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check_budget(&self, links: usize) -> Result<(), Error> {
        // Where none is named, the only one that can be measured against is the virtual modem's, which is of this kind.
        let own = Server::here(([127, 0, 0, 1], 0).into());
        let server = self.server.as_ref().unwrap_or(&own);
        let links = u64::try_from(links).unwrap_or(u64::MAX);
        let needed = Allowance::least(server, &self.need, self.longest).saturating_mul(links);
        if self.budget < needed {
            let budget = self.budget;
            return Err(MeasureError::Budget { budget, needed }.into());
        }
        Ok(())
    }
}

/// The longest that the modem's interface may take to be ready after a registration.
pub(super) const READY: Duration = Duration::from_secs(30);

/// Ends a session. What was measured over it stands, whatever becomes of that.
pub(super) async fn end(session: DataSession) {
    if let Err(error) = session.end().await {
        tracing::warn!(%error, "the data link could not be taken down");
    }
}

/// Why a link was not measured, and what trying took; `None` where nothing was sent.
#[derive(Debug)]
pub(super) struct Unmeasured {
    pub(super) error: Error,
    pub(super) cost: Option<LinkCost>,
}

impl From<Error> for Unmeasured {
    /// What stood in the way before anything was sent.
    fn from(error: Error) -> Self {
        Self { error, cost: None }
    }
}

/// Measurements on one bill. They live by the wall clock's time, whatever the modem's is: sockets do.
pub(super) struct Measurer<'a> {
    measuring: &'a MeasureRequest,
    clock: Clock,
    /// What everything cost so far.
    pub(super) bill: Bill,
}

impl<'a> Measurer<'a> {
    pub(super) fn new(measuring: &'a MeasureRequest) -> Self {
        Self {
            measuring,
            clock: Clock::system(),
            bill: Bill::default(),
        }
    }

    /// Whether a server was named.
    pub(super) fn is_named(&self) -> bool {
        self.measuring.server.is_some()
    }

    /// The server that a link is measured against.
    pub(super) fn server(&self, link: &DataLink) -> Result<Server, Error> {
        let named = self.measuring.server.clone();
        named.or_else(|| link.server.clone()).ok_or(Error::NoServer)
    }

    /// What a person waits for while a link is measured.
    pub(super) fn step(&self, what: &str) -> Step {
        Step::Measuring {
            what: what.to_owned(),
            voice: self.measuring.voice.is_some(),
            limit: self.takes(),
        }
    }

    /// The longest that a measurement takes, about.
    fn takes(&self) -> Duration {
        let voice = self.measuring.voice;
        let calls = voice.map_or(Duration::ZERO, |voice| {
            voice.longest * if voice.loaded { 2 } else { 1 }
        });
        self.measuring.longest * 2 + calls
    }

    /// Measures a link. It may cost its share of what is left, where `shares` links are still to be measured.
    pub(super) async fn measure(
        &self,
        link: &DataLink,
        shares: u64,
        cancel: &CancellationToken,
    ) -> Result<Measured, Unmeasured> {
        let share = self.bill.left_of(self.measuring.budget) / shares.max(1);
        let plan = self.plan(link, self.bill.total() + share)?;
        let meter = Meter::start(&plan);
        let measured = measure::measure(&plan, cancel).await;
        measured.map_err(|error| {
            let spent = Some(meter.cost()).filter(|cost| cost.bytes > 0);
            Unmeasured {
                error: error.into(),
                cost: spent.map(cost),
            }
        })
    }

    /// Whether what a teleworker needs is reached over a link, on the same bill.
    pub(super) async fn check(
        &self,
        link: &DataLink,
        cancel: &CancellationToken,
    ) -> Result<Vec<CheckRow>, Error> {
        let terms = Terms {
            via: link.via.clone(),
            name_servers: link.name_servers.clone(),
            authorities: self.measuring.authorities.clone(),
            budget: self.measuring.budget,
            bill: self.bill.clone(),
            clock: self.clock.clone(),
        };
        let reached = reach::run_all(&self.measuring.checks, &terms, cancel).await?;
        Ok(reached.iter().map(check_row).collect())
    }

    /// Whether data flows over a link, for a few hundred bytes.
    pub(super) async fn reach(
        &self,
        link: &DataLink,
        cancel: &CancellationToken,
    ) -> Result<Duration, Error> {
        let plan = self.plan(link, self.measuring.budget)?;
        Ok(measure::contact(&plan, cancel).await?)
    }

    fn plan(&self, link: &DataLink, budget: u64) -> Result<Plan, Error> {
        let measuring = self.measuring;
        Ok(Plan {
            via: link.via.clone(),
            name_servers: link.name_servers.clone(),
            server: self.server(link)?,
            reflector: measuring.reflector.clone(),
            authorities: measuring.authorities.clone(),
            upload_count: UploadCount::default(),
            need: measuring.need,
            allowance: Allowance {
                budget,
                longest: measuring.longest,
                bill: self.bill.clone(),
            },
            voice: measuring.voice,
            all: measuring.all,
            together: measuring.together,
            clock: self.clock.clone(),
        })
    }
}

fn check_row(reached: &Reached) -> CheckRow {
    let noted = |finding: &Finding| {
        let note = Note::new(finding.code());
        let values = finding.values().into_iter();
        values.fold(note, |note, (name, value)| note.with(name, value))
    };
    let (found, error) = match &reached.detail {
        Finding::Failed(error) => (None, Some(Error::from(error.clone()).fault())),
        finding => (Some(noted(finding)), None),
    };
    CheckRow {
        id: reached.id.into(),
        target: reached.target.clone(),
        outcome: reached.outcome.into(),
        latency_ms: reached.latency_ms.map(tenths),
        found,
        warnings: reached.warnings.iter().map(noted).collect(),
        error,
    }
}

/// What is needed, for documents.
pub(super) fn requirement_row(requirement: &Requirement) -> RequirementRow {
    RequirementRow {
        down_bps: requirement.down_bps,
        up_bps: requirement.up_bps,
        voice_mos: requirement.voice_mos,
    }
}

/// A link's row.
pub(super) fn link_row(
    interface: &str,
    measured: Result<&Measured, &Unmeasured>,
    need: &Requirement,
) -> LinkRow {
    let row = LinkRow {
        interface: interface.to_owned(),
        throughput: None,
        voice: None,
        loaded_voice: None,
        round_trip_ms: None,
        verdict: Verdict::NotMeasured,
        why: Vec::new(),
        checks: Vec::new(),
        cost: None,
        error: None,
    };
    match measured {
        Ok(measured) => LinkRow {
            throughput: throughput(measured),
            voice: voice(measured),
            loaded_voice: measured.loaded_voice.as_ref().map(loaded_voice),
            round_trip_ms: Some(tenths(measured.round_trip_ms)),
            verdict: measured.verdict(need),
            why: reasons(measured, need),
            cost: Some(cost(measured.cost)),
            ..row
        },
        Err(unmeasured) => LinkRow {
            cost: unmeasured.cost,
            error: Some(unmeasured.error.fault()),
            ..row
        },
    }
}

/// How near to the need a link came, by what was measured of it.
pub(super) fn nearness(measured: &Measured, need: &Requirement) -> Option<Nearness> {
    let ways = [
        (measured.down.as_ref(), need.down_bps),
        (measured.up.as_ref(), need.up_bps),
    ];
    let rates = ways.into_iter().filter_map(|(way, need)| {
        let way = way?;
        // Below without an estimate: not a byte came by which to make one.
        let none = (way.verdict == Clearance::Below).then_some(0);
        Some((way.estimate_bps.or(none)?, need))
    });
    let calls = [&measured.voice, &measured.loaded_voice];
    let calls = calls.into_iter().flatten().filter_map(|call| call.mos);
    Nearness::of(rates, calls, need.voice_mos)
}

/// Goodput both ways, for documents.
pub(super) fn throughput(measured: &Measured) -> Option<Throughput> {
    let throughput = Throughput {
        down: measured.down.as_ref().map(direction),
        up: measured.up.as_ref().map(direction),
    };
    (throughput.down.is_some() || throughput.up.is_some()).then_some(throughput)
}

fn direction(goodput: &Goodput) -> Direction {
    Direction {
        verdict: goodput.verdict.into(),
        estimate_bps: goodput.estimate_bps,
        low_bps: goodput.low_bps,
        high_bps: goodput.high_bps,
        confidence: goodput.confidence,
        bytes: goodput.bytes,
        seconds: thousandths(goodput.seconds),
        stopped_because: goodput.stopped_because.into(),
    }
}

/// The call, for documents.
pub(super) fn voice(measured: &Measured) -> Option<VoiceRow> {
    let call = measured.voice.as_ref()?;
    Some(voice_row(call, measured.setting))
}

/// A call that was rated while what is needed came down, for documents.
pub(super) fn loaded_voice(call: &Call) -> VoiceRow {
    let setting = CallSetting {
        beside: Beside::Need,
        at_best: false,
    };
    voice_row(call, setting)
}

fn voice_row(call: &Call, setting: CallSetting) -> VoiceRow {
    VoiceRow {
        mos: call.mos.map(hundredths),
        r_factor: call.r_factor.map(tenths),
        rtt_ms: call.rtt_ms.map(tenths),
        jitter_ms: call.jitter_ms.map(tenths),
        loss: call.loss.map(|loss| (loss * 1e4).round() / 1e4),
        packets: call.packets,
        doubled: call.doubled,
        codec: call.codec.into(),
        method: Some(call.method.into()),
        beside: Some(setting.beside.into()),
        at_best: Some(setting.at_best),
    }
}

/// What it took, for documents.
pub(super) fn cost(cost: MeasurementCost) -> LinkCost {
    LinkCost {
        bytes: cost.bytes,
        interface_bytes: cost.interface_bytes,
        seconds: thousandths(cost.seconds),
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::verdict::Doubt;
    use crate::measure::throughput::Stop;
    use crate::measure::voice::Codec;
    use crate::measure::{Because, Missing, Part};

    const NEED: Requirement = Requirement {
        down_bps: 200_000,
        up_bps: 200_000,
        voice_mos: 3.6,
    };

    fn way(verdict: Clearance, stopped_because: Stop, estimate_bps: Option<u64>) -> Goodput {
        Goodput {
            verdict,
            estimate_bps,
            low_bps: estimate_bps,
            high_bps: estimate_bps,
            confidence: None,
            bytes: 1,
            seconds: 1.0,
            stopped_because,
        }
    }

    /// Every way in which the test of one direction ends.
    fn ways() -> Vec<Goodput> {
        let close = Some(200_000);
        let mut ways = vec![
            way(Clearance::Meets, Stop::Decided, Some(900_000)),
            way(Clearance::Below, Stop::Decided, Some(90_000)),
            way(Clearance::Below, Stop::NoData, None),
        ];
        let ends = [
            Stop::Decided,
            Stop::MaxTime,
            Stop::MaxBytes,
            Stop::Budget,
            Stop::WindowLimited,
            Stop::Ended,
            Stop::ConnectionLost,
            Stop::Stalled,
        ];
        for end in ends {
            ways.push(way(Clearance::Uncertain, end, close));
            ways.push(way(Clearance::Uncertain, end, None));
        }
        ways
    }

    fn broken() -> MeasureError {
        MeasureError::Broken {
            server: "opensim://192.0.2.1".to_owned(),
            detail: "0 B".to_owned(),
        }
    }

    /// Every way in which a part is left out.
    fn gaps() -> Vec<Vec<Missing>> {
        let mut gaps = vec![Vec::new()];
        for part in [Part::Up, Part::Voice, Part::LoadedVoice] {
            for because in [
                Because::Below,
                Because::Unsupported,
                Because::NoAnswer,
                Because::Failed(broken()),
            ] {
                gaps.push(vec![Missing { part, because }]);
            }
        }
        gaps
    }

    fn measured(
        down: &Goodput,
        up: Option<&Goodput>,
        mos: Option<f64>,
        gap: &[Missing],
    ) -> Measured {
        let call = |mos| Call {
            mos: Some(mos),
            ..Call::of(&[], Codec::G711)
        };
        Measured {
            down: Some(down.clone()),
            up: up.cloned(),
            voice: mos.map(call),
            setting: CallSetting::default(),
            loaded_voice: None,
            missing: gap.to_vec(),
            address: ([192, 0, 2, 1], 1).into(),
            round_trip_ms: 1.0,
            cost: MeasurementCost {
                bytes: 0,
                interface_bytes: None,
                seconds: 0.0,
            },
        }
    }

    fn doubts(measured: &Measured) -> Vec<Doubt> {
        let of = |note: &Note| {
            let part = note.values.get("part").and_then(|part| part.as_str());
            note.code
                .known()
                .and_then(|code| Doubt::of_reason(code, part))
        };
        reasons(measured, &NEED).iter().filter_map(of).collect()
    }

    #[test]
    fn what_is_uncertain_has_a_reason_that_leaves_a_doubt_and_what_suffices_has_none() {
        let (mut uncertain, mut suitable) = (0, 0);
        for down in &ways() {
            for up in &ways() {
                for gap in &gaps() {
                    for mos in [None, Some(4.2), Some(2.0)] {
                        // A way up that is missing has no figure, and one that has none is missing.
                        let up_is_missing = gap.iter().any(|gap| gap.part == Part::Up);
                        let up = Some(up).filter(|_| !up_is_missing);
                        let measured = measured(down, up, mos, gap);
                        let doubts = doubts(&measured);
                        match measured.verdict(&NEED) {
                            Verdict::Uncertain => {
                                uncertain += 1;
                                assert!(!doubts.is_empty(), "{measured:#?}");
                            }
                            Verdict::Suitable => {
                                suitable += 1;
                                assert_eq!(doubts, [], "{measured:#?}");
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        assert!(uncertain > 1_000 && suitable > 5, "{uncertain} {suitable}");
    }

    #[test]
    fn each_cause_of_an_uncertain_verdict_is_told_as_what_it_is() {
        use Clearance::Uncertain;
        let good = way(Clearance::Meets, Stop::Decided, Some(900_000));
        let (close, none) = (Some(201_000), None);
        let gap = |part, because| vec![Missing { part, because }];
        let rows = [
            (
                way(Uncertain, Stop::MaxTime, close),
                Vec::new(),
                Doubt::Close,
            ),
            (
                way(Uncertain, Stop::MaxBytes, close),
                Vec::new(),
                Doubt::Close,
            ),
            (
                way(Uncertain, Stop::WindowLimited, close),
                Vec::new(),
                Doubt::Close,
            ),
            (
                way(Uncertain, Stop::MaxTime, none),
                Vec::new(),
                Doubt::CutShort,
            ),
            (
                way(Uncertain, Stop::Budget, close),
                Vec::new(),
                Doubt::Budget,
            ),
            (
                way(Uncertain, Stop::Budget, none),
                Vec::new(),
                Doubt::Budget,
            ),
            (
                way(Uncertain, Stop::Ended, close),
                Vec::new(),
                Doubt::CutShort,
            ),
            (
                way(Uncertain, Stop::ConnectionLost, close),
                Vec::new(),
                Doubt::CutShort,
            ),
            (
                way(Uncertain, Stop::Stalled, close),
                Vec::new(),
                Doubt::CutShort,
            ),
            (
                good.clone(),
                gap(Part::Up, Because::Unsupported),
                Doubt::NoUp,
            ),
            (
                good.clone(),
                gap(Part::Up, Because::Failed(broken())),
                Doubt::NoUp,
            ),
            (
                good.clone(),
                gap(Part::Voice, Because::NoAnswer),
                Doubt::NoAnswer,
            ),
            (
                good.clone(),
                gap(Part::Voice, Because::Failed(broken())),
                Doubt::NoCall,
            ),
            (
                good.clone(),
                gap(Part::LoadedVoice, Because::NoAnswer),
                Doubt::NoAnswer,
            ),
            (
                good.clone(),
                gap(Part::LoadedVoice, Because::Failed(broken())),
                Doubt::NoCall,
            ),
        ];
        for (down, gap, doubt) in rows {
            let up = Some(&good).filter(|_| gap.iter().all(|gap| gap.part != Part::Up));
            let measured = measured(&down, up, Some(4.2), &gap);
            assert_eq!(measured.verdict(&NEED), Verdict::Uncertain, "{measured:#?}");
            assert_eq!(doubts(&measured), [doubt], "{measured:#?}");
        }
    }

    #[test]
    fn how_near_a_link_came_is_told_by_what_was_measured_of_it() {
        let rate = |bps| way(Clearance::Below, Stop::Decided, Some(bps));
        let dead = way(Clearance::Below, Stop::NoData, None);
        let untold = way(Clearance::Uncertain, Stop::Budget, None);
        let of = |down: &Goodput, up: Option<&Goodput>, mos| {
            nearness(&measured(down, up, mos, &[]), &NEED)
        };
        assert_eq!(of(&dead, None, None), Some(Nearness::Nothing));
        assert_eq!(of(&dead, Some(&dead), None), Some(Nearness::Nothing));
        assert_eq!(
            of(&rate(224_000), Some(&dead), None),
            Some(Nearness::Share(0.0))
        );
        assert_eq!(
            of(&rate(224_000), Some(&rate(138_000)), None),
            Some(Nearness::Share(0.69))
        );
        assert_eq!(
            of(&rate(100_000), Some(&untold), None),
            Some(Nearness::Share(0.5))
        );
        assert_eq!(
            of(&rate(100_000), None, Some(1.0)),
            Some(Nearness::Share(0.0))
        );
        assert_eq!(of(&untold, None, None), None);
    }
}
