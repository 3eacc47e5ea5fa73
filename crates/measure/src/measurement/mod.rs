//! A measurement from its first packet to its last: find the server, time a round trip, then all at once (`combined`), or
//! down, up, and a call.
//!
//! One by one, what costs most and decides least comes last, and nothing more is sent once something has fallen short.

mod call;
mod combined;
pub(crate) mod plan;
pub(crate) mod transfer;
mod trip;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::ClientConfig;
use tokio_util::sync::CancellationToken;

use self::combined::Together;
use self::plan::{Because, CallSetting, Measured, MeasurementCost, Missing, Part, Plan, VoicePlan};
use self::transfer::ServerPath;
use self::trip::{RoundTrip, round_trip};
use crate::error::MeasureError;
use crate::net::bind::Via;
use crate::net::dns::Resolver;
use crate::net::tls;
use crate::throughput::{Clearance, Goodput, RateRule, Stop};
use opensim_domain::codes::Detail;
use opensim_domain::time::Instant;
use opensim_os::net::interface::{Carried, Interfaces};

/// What finding a server may cost.
const FINDING: u64 = 1_000;

/// Measures. Whatever it ends with, what it cost is on the plan's bill.
pub async fn measure(plan: &Plan, cancel: &CancellationToken) -> Result<Measured, MeasureError> {
    until(cancel, Box::pin(Run { plan }.whole())).await
}

/// Whether the server is there and answers as itself, and how long a round trip to it takes: what says that data flows,
/// for one or two kilobytes. That something accepts connections is no proof: a page to log in at does too.
pub async fn contact(plan: &Plan, cancel: &CancellationToken) -> Result<Duration, MeasureError> {
    until(cancel, Box::pin(Run { plan }.contact())).await
}

async fn until<T>(
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, MeasureError>>,
) -> Result<T, MeasureError> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(MeasureError::Interrupted),
        result = work => result,
    }
}

struct Run<'a> {
    plan: &'a Plan,
}

impl Run<'_> {
    async fn whole(&self) -> Result<Measured, MeasureError> {
        let plan = self.plan;
        let meter = Meter::start(plan);
        let tls = self.tls()?;
        let (address, trip) = self.find().await?;
        let link = self.link(address, trip, tls);
        let mut measured = Measured {
            down: None,
            up: None,
            voice: None,
            setting: CallSetting::default(),
            loaded_voice: None,
            missing: Vec::new(),
            address,
            round_trip_ms: trip.time.as_secs_f64() * 1000.0,
            cost: meter.cost(),
        };
        let together = if trip.is_reflected {
            link.together(plan).await?
        } else {
            None
        };
        match together {
            Some(together) => self.at_once(together, &mut measured)?,
            None => self.one_by_one(&link, &mut measured).await?,
        }
        measured.cost = meter.cost();
        Ok(measured)
    }

    /// All that was found at once.
    fn at_once(&self, together: Together, measured: &mut Measured) -> Result<(), MeasureError> {
        measured.down = together.down.map(|down| self.usable(down)).transpose()?;
        measured.up = together.up.map(|up| self.usable(up)).transpose()?;
        measured.voice = together.call;
        measured.setting = together.setting;
        measured.missing = together.missing;
        Ok(())
    }

    /// Down, up, and the call: one after the other.
    async fn one_by_one(
        &self,
        link: &ServerPath<'_>,
        measured: &mut Measured,
    ) -> Result<(), MeasureError> {
        let plan = self.plan;
        let rule = RateRule::down(plan.need.down_bps, plan.allowance.longest);
        measured.down = Some(self.usable(link.download(&rule).await?)?);
        self.up(link, measured).await;
        if let Some(voice) = plan.voice {
            self.voice(link, voice, measured).await;
        }
        Ok(())
    }

    async fn contact(&self) -> Result<Duration, MeasureError> {
        let tls = self.tls()?;
        let (address, trip) = self.find().await?;
        self.link(address, trip, tls).sample().await?;
        Ok(trip.time)
    }

    fn tls(&self) -> Result<Option<Arc<ClientConfig>>, MeasureError> {
        let plan = self.plan;
        plan.server
            .tls
            .then(|| tls::client(&plan.authorities))
            .transpose()
    }

    fn link(
        &self,
        address: SocketAddr,
        trip: RoundTrip,
        tls: Option<Arc<ClientConfig>>,
    ) -> ServerPath<'_> {
        let plan = self.plan;
        ServerPath {
            via: &plan.via,
            server: &plan.server,
            address,
            round_trip: trip.time,
            // A reflector that was named is another's.
            multiplies: trip.multiplies && plan.reflector.is_none(),
            tls,
            clock: &plan.clock,
            bill: &plan.allowance.bill,
            budget: plan.allowance.budget,
        }
    }

    fn resolver(&self) -> Resolver<'_> {
        let plan = self.plan;
        Resolver {
            via: &plan.via,
            servers: &plan.name_servers,
            clock: &plan.clock,
            bill: &plan.allowance.bill,
            budget: plan.allowance.budget,
        }
    }

    /// Where a call's packets go: the reflector that was named, or the server that has one; `None` where neither is.
    async fn reflector(&self, server: SocketAddr) -> Result<Option<SocketAddr>, MeasureError> {
        let plan = self.plan;
        let Some(named) = &plan.reflector else {
            return Ok(plan.server.reflects().then_some(server));
        };
        let name = &named.host;
        let mut last = MeasureError::UnknownName { name: name.clone() };
        for ip in self.resolver().resolve(name).await? {
            let address = SocketAddr::from((ip, named.port));
            // Sends nothing: it tells whether the link has a way to such an address at all.
            match plan.via.udp(address) {
                Ok(_) => return Ok(Some(address)),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// The server's address that answers, and a round trip to it.
    async fn find(&self) -> Result<(SocketAddr, RoundTrip), MeasureError> {
        let plan = self.plan;
        if let Via::Interface(name) = &plan.via {
            Interfaces::system().check(name)?;
        }
        let bill = &plan.allowance.bill;
        let budget = bill.left_of(plan.allowance.budget);
        if budget < FINDING {
            return Err(bill.too_small(plan.allowance.budget, FINDING));
        }
        let host = &plan.server.host;
        let mut last = MeasureError::UnknownName { name: host.clone() };
        for ip in self.resolver().resolve(host).await? {
            let address = SocketAddr::from((ip, plan.server.port));
            bill.add(plan.via.headers(address).neighbour());
            let spending = (bill, plan.allowance.budget);
            let reflects = plan.server.reflects();
            match round_trip(&plan.via, address, reflects, &plan.clock, spending).await {
                Ok(trip) => return Ok((address, trip)),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn up(&self, link: &ServerPath<'_>, measured: &mut Measured) {
        let plan = self.plan;
        let because = if self.is_over(measured.down.as_ref(), None) {
            Because::Below
        } else {
            let rule = RateRule::up(plan.need.up_bps, plan.allowance.longest);
            match link.upload(&rule, plan.upload_count).await {
                Ok(Some(up)) => match self.usable(up) {
                    Ok(up) => {
                        measured.up = Some(up);
                        return;
                    }
                    Err(error) => Because::Failed(error),
                },
                Ok(None) => Because::Unsupported,
                Err(error) => Because::Failed(error),
            }
        };
        let part = Part::Up;
        measured.missing.push(Missing { part, because });
    }

    /// What a transfer says of the link. One that the other end broke off before there was a rate to tell says nothing of
    /// it: least of all that it is near the need.
    fn usable(&self, goodput: Goodput) -> Result<Goodput, MeasureError> {
        if goodput.estimate_bps.is_some() || goodput.verdict != Clearance::Uncertain {
            return Ok(goodput);
        }
        let server = self.plan.server.to_string();
        match goodput.stopped_because {
            Stop::Ended => Err(MeasureError::TooSmall {
                server,
                bytes: goodput.bytes,
            }),
            Stop::ConnectionLost => Err(MeasureError::Broken {
                server,
                detail: Detail::CONNECTION_LOST.into(),
            }),
            _ => Ok(goodput),
        }
    }

    /// Whether nothing more is to be measured.
    fn is_over(&self, down: Option<&Goodput>, up: Option<&Goodput>) -> bool {
        let below = |goodput: &Goodput| goodput.verdict == Clearance::Below;
        !self.plan.all && (down.is_some_and(below) || up.is_some_and(below))
    }

    async fn voice(&self, link: &ServerPath<'_>, voice: VoicePlan, measured: &mut Measured) {
        let mut miss = |part, because| measured.missing.push(Missing { part, because });
        if self.is_over(measured.down.as_ref(), measured.up.as_ref()) {
            miss(Part::Voice, Because::Below);
            return;
        }
        let load = RateRule::down(self.plan.need.down_bps, voice.longest);
        let reflector = self.reflector(link.address).await;
        let (call, because) = link.call(voice, reflector.clone()).await;
        measured.voice = call;
        if let Some(because) = because {
            miss(Part::Voice, because);
        }
        if voice.loaded {
            match link.loaded_call(voice, reflector, &load).await {
                Ok(call) => measured.loaded_voice = Some(call),
                Err(because) => miss(Part::LoadedVoice, because),
            }
        }
    }
}

/// What a measurement costs, from a moment on: also one that comes to no end.
#[derive(Debug)]
pub struct Meter<'a> {
    plan: &'a Plan,
    interfaces: Interfaces,
    start: Instant,
    billed: u64,
    carried: Option<Carried>,
}

impl<'a> Meter<'a> {
    /// From now on.
    pub fn start(plan: &'a Plan) -> Self {
        let interfaces = Interfaces::system();
        Self {
            plan,
            start: plan.clock.now(),
            billed: plan.allowance.bill.total(),
            carried: interfaces.carried(plan.via.interface()),
            interfaces,
        }
    }

    /// What there is to pay by now.
    pub fn cost(&self) -> MeasurementCost {
        let carried = self.interfaces.carried(self.plan.via.interface());
        let both = self.carried.zip(carried);
        MeasurementCost {
            bytes: self.plan.allowance.bill.total().saturating_sub(self.billed),
            interface_bytes: both.map(|(before, now)| now.bytes.saturating_sub(before.bytes)),
            seconds: (self.plan.clock.now() - self.start).as_secs_f64(),
        }
    }
}
