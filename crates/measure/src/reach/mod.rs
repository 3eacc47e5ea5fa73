//! What a teleworker needs to reach, asked for over the measured link: the telephone server, the VPN, a page.
//!
//! All targets are asked at once, each within [`LONGEST`] and within what is left of the budget, and each leaves by
//! the same interface as everything here. Nothing is asked of a server that a stranger may not ask: one packet of a
//! handshake, an `OPTIONS`, the head of a page.

mod ask;
mod finding;
mod openvpn;
mod page;
pub(crate) mod sip;
mod target;
#[cfg(test)]
mod tests;
mod transport;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_rustls::rustls::ClientConfig;
use tokio_util::sync::CancellationToken;

pub use self::finding::{Finding, Reachability};
pub use self::openvpn::ProfileError;
pub(crate) use self::target::TargetKind;
pub use self::target::{Target, TargetError, TargetFlaw};
pub(crate) use self::transport::Transport;
use crate::error::MeasureError;
use crate::measurement::plan::Plan;
use crate::net::bill::Bill;
use crate::net::bind::Via;
use crate::net::dns::Resolver;
use crate::net::tls;
use opensim_domain::measured::CheckKind;
use opensim_os::clock::Clock;

/// The longest that one target is asked.
pub const LONGEST: Duration = Duration::from_secs(12);
/// No more of a name's addresses than this are tried.
const ADDRESSES: usize = 2;
/// Where a page to log in at answers in place of any server.
const PLAIN_PORT: u16 = 80;

/// The link, and what asking over it may take.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The link.
    pub via: Via,
    /// The link's own name servers; none: those that the system is configured with, asked over the link.
    pub name_servers: Vec<IpAddr>,
    /// Files of certificates that are trusted besides Mozilla's list.
    pub authorities: Vec<PathBuf>,
    /// Bytes on the wire, of everything on the bill.
    pub budget: u64,
    /// What it is written on.
    pub bill: Bill,
    /// The time.
    pub clock: Clock,
}

impl Terms {
    fn resolver(&self) -> Resolver<'_> {
        Resolver {
            via: &self.via,
            servers: &self.name_servers,
            clock: &self.clock,
            bill: &self.bill,
            budget: self.budget,
        }
    }
}

impl From<&Plan> for Terms {
    /// Those of a measurement, on its bill and its budget.
    fn from(plan: &Plan) -> Self {
        Self {
            via: plan.via.clone(),
            name_servers: plan.name_servers.clone(),
            authorities: plan.authorities.clone(),
            budget: plan.allowance.budget,
            bill: plan.allowance.bill.clone(),
            clock: plan.clock.clone(),
        }
    }
}

/// What came of one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// The kind of check: `sip`, `openvpn`, `tcp`, `tls`, `https`.
    pub id: CheckKind,
    /// The target, as it can be read again.
    pub target: String,
    /// Whether it was reached.
    pub outcome: Reachability,
    /// From the first packet to the answer, a connection's opening included and the look-up of its name not.
    pub latency_ms: Option<f64>,
    /// What was found.
    pub detail: Finding,
    /// What a person should know beside it.
    pub warnings: Vec<Finding>,
}

/// Asks every target at once; the answers in the order of the targets.
///
/// # Errors
/// Only [`MeasureError::Interrupted`]; whatever else happens is what was found of a target.
pub async fn run_all(
    targets: &[Target],
    terms: &Terms,
    cancel: &CancellationToken,
) -> Result<Vec<Reached>, MeasureError> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(MeasureError::Interrupted),
        reached = all(targets, terms, PLAIN_PORT) => Ok(reached),
    }
}

/// Whether a name is found over a link, by its own name servers or those that the system is configured with.
///
/// # Errors
/// Why it is not: nobody answers, there is no such name, the person stopped it.
pub async fn look_up(
    name: &str,
    terms: &Terms,
    cancel: &CancellationToken,
) -> Result<(), MeasureError> {
    let resolver = terms.resolver();
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(MeasureError::Interrupted),
        found = resolver.resolve(name) => found.map(drop),
    }
}

/// Dropping it ends every check that is under way.
async fn all(targets: &[Target], terms: &Terms, plain_port: u16) -> Vec<Reached> {
    let tls = tls::client(&terms.authorities);
    // What each may cost at the most is set aside before any begins: together they keep to the budget.
    let mut left = terms.bill.left_of(terms.budget);
    let mut reached: Vec<Option<Reached>> = targets.iter().map(|_| None).collect();
    let mut running = JoinSet::new();
    for (index, target) in targets.iter().enumerate() {
        let check = Check {
            target: target.clone(),
            terms: terms.clone(),
            tls: tls.clone(),
            plain_port,
        };
        let needed = check.ceiling();
        if left < needed {
            let budget = terms.budget;
            let needed = budget.saturating_sub(left) + needed;
            let error = MeasureError::Budget { budget, needed };
            reached[index] = Some(check.conclude(CheckResult::of(Finding::Failed(error))));
            continue;
        }
        left -= needed;
        running.spawn(async move { (index, check.run().await) });
    }
    while let Some(ended) = running.join_next().await {
        if let Ok((index, one)) = ended {
            reached[index] = Some(one);
        }
    }
    reached.into_iter().flatten().collect()
}

/// One target, and all that asking it takes.
#[derive(Debug, Clone)]
struct Check {
    target: Target,
    terms: Terms,
    tls: Result<Arc<ClientConfig>, MeasureError>,
    plain_port: u16,
}

/// What came of asking a target.
#[derive(Debug)]
struct CheckResult {
    finding: Finding,
    latency: Option<Duration>,
    warnings: Vec<Finding>,
}

impl CheckResult {
    fn of(finding: Finding) -> Self {
        Self {
            finding,
            latency: None,
            warnings: Vec::new(),
        }
    }

    fn after(finding: Finding, latency: Duration) -> Self {
        Self {
            latency: Some(latency),
            ..Self::of(finding)
        }
    }
}

impl Check {
    async fn run(self) -> Reached {
        let clock = &self.terms.clock;
        let result = tokio::select! {
            result = self.any_server() => result.unwrap_or_else(|error| CheckResult::of(Finding::Failed(error))),
            () = clock.sleep_until(Some(clock.now() + LONGEST)) => {
                CheckResult::of(Finding::NoAnswer { seconds: LONGEST.as_secs() })
            }
        };
        self.conclude(result)
    }

    fn conclude(&self, result: CheckResult) -> Reached {
        Reached {
            id: self.target.id(),
            target: self.target.to_string(),
            outcome: result.finding.outcome(),
            latency_ms: result.latency.map(|latency| latency.as_secs_f64() * 1000.0),
            detail: result.finding,
            warnings: result.warnings,
        }
    }

    /// The first server that is reached, or else what came of the first that was asked.
    async fn any_server(&self) -> Result<CheckResult, MeasureError> {
        let mut first = None;
        for target in self.target.servers() {
            let check = Self {
                target,
                ..self.clone()
            };
            let asked = check.ask().await;
            let is_reached =
                |result: &CheckResult| result.finding.outcome() == Reachability::Reached;
            if asked.as_ref().is_ok_and(is_reached) {
                return asked;
            }
            first.get_or_insert(asked);
        }
        let unknown = || MeasureError::UnknownName {
            name: self.target.host.clone(),
        };
        first.unwrap_or_else(|| Err(unknown()))
    }

    /// The first address that says anything.
    async fn ask(&self) -> Result<CheckResult, MeasureError> {
        let terms = &self.terms;
        let resolver = terms.resolver();
        let name = &self.target.host;
        let mut last = MeasureError::UnknownName { name: name.clone() };
        let found = resolver.resolve(name).await?;
        for ip in found.into_iter().take(ADDRESSES) {
            match self.at(SocketAddr::from((ip, self.target.port))).await {
                Ok(result) => return Ok(result),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn at(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        match self.target.kind {
            TargetKind::Sip(Transport::Udp) => self.sip_datagrams(to).await,
            TargetKind::Sip(carried) => self.sip_stream(to, carried).await,
            TargetKind::OpenVpn(Transport::Udp) => self.openvpn_datagrams(to).await,
            TargetKind::OpenVpn(_) => self.openvpn_stream(to).await,
            TargetKind::Tcp => self.connect(to).await,
            TargetKind::Tls => self.secure(to).await,
            TargetKind::Https => self.page(to).await,
        }
    }
}
