//! `opensim measure`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::gauge::{How, Need};
use super::interrupt;
use super::output::Output;
use super::progress::Spinner;
use super::session::Session;
use super::settings::Settings;
use super::units;
use crate::document;
use crate::error::Error;
use crate::measure::Via;
use crate::measure::reach::Target;
use crate::modem::{DataLink, Modem};
use crate::ops::{self, Context, Ended, Measuring};
use crate::os::clock::Clock;
use crate::store::Store;

/// Bytes that measuring one link may use where nothing else was said.
const BUDGET: u64 = 1_000_000;

/// What names a target, in words of every language.
const TARGETS: &str = "sip:HOST:PORT;transport=udp|tcp|tls, openvpn://HOST:PORT/udp|tcp, tcp://HOST:PORT, tls://HOST:PORT, https://HOST/PAGE";

#[derive(Debug, Args)]
pub(super) struct Measure {
    /// This interface instead of the modem's; again for a second link
    #[arg(long, value_name = "IF")]
    interface: Vec<String>,
    #[command(flatten)]
    need: Need,
    /// The most data that measuring may use
    #[arg(long, value_name = "BYTES", value_parser = units::bytes)]
    budget: Option<u64>,
    #[command(flatten)]
    how: How,
    /// Also see whether this is reached; again for more
    #[arg(long, value_name = "TARGET")]
    check: Vec<String>,
    /// Measure everything, even once something falls short
    #[arg(long)]
    all: bool,
}

impl Measure {
    pub(super) async fn run(self, settings: &Settings, output: &Output) -> ExitCode {
        let measured = match self.measuring(settings) {
            Ok(measuring) if self.interface.is_empty() => modem(settings, output, &measuring).await,
            Ok(measuring) => self.interfaces(settings, output, &measuring).await,
            Err(error) => Err(error),
        };
        let (body, fault) = match measured {
            Ok(ended) => (ended.body, ended.fault.map(Error::Ops)),
            Err(error) => (document::Measure::default(), Some(error)),
        };
        let short = ops::falls_short(body.links.iter().map(|link| &link.verdict));
        output.judged(body, fault.as_ref(), short)
    }

    fn measuring(&self, settings: &Settings) -> Result<Measuring, Error> {
        let links = u64::try_from(self.interface.len().max(1)).unwrap_or(1);
        let budget = self.budget.unwrap_or(BUDGET.saturating_mul(links));
        let need = self.need.requirement();
        let measuring = self.how.measuring(settings, need, budget)?;
        Ok(Measuring {
            all: self.all,
            checks: self.checks(settings)?,
            ..measuring
        })
    }

    /// What was named, or else what is configured.
    fn checks(&self, settings: &Settings) -> Result<Vec<Target>, Error> {
        let read = |fault: fn(String) -> Error| {
            move |word: &String| {
                Target::parse(word).map_err(|_| fault(format!("{word}: {TARGETS}")))
            }
        };
        if self.check.is_empty() {
            let configured = settings.measure.checks.iter();
            return configured
                .map(read(|detail| Error::Config {
                    file: "[measure] checks".into(),
                    detail,
                }))
                .collect();
        }
        let named = self.check.iter();
        named
            .map(read(|detail| Error::Usage(format!("--check {detail}"))))
            .collect()
    }

    /// Interfaces that were named: no modem is looked for.
    async fn interfaces(
        &self,
        settings: &Settings,
        output: &Output,
        measuring: &Measuring,
    ) -> Result<Ended<document::Measure>, Error> {
        let links: Vec<DataLink> = self.interface.iter().map(|name| of(name)).collect();
        let clock = Clock::system();
        let spinner = Spinner::new(output, clock.clone());
        let (store, cancel) = (Store::of_user(), interrupt::listen(output)?);
        let context = context(settings, &clock, &store, &spinner, cancel);
        let ended = ops::measure(&context, &links, measuring).await;
        spinner.finish();
        Ok(ended)
    }
}

/// The modem's link on the carrier in use, whose choice is not touched. A modem without an interface is called over PPP,
/// and the call is taken down afterwards.
async fn modem(
    settings: &Settings,
    output: &Output,
    measuring: &Measuring,
) -> Result<Ended<document::Measure>, Error> {
    let mut session = Session::open(settings, output).await?;
    let (modem, context) = session.parts();
    let limit = context.limit;
    let cancel = context.cancel.clone();
    let link = tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Error::Ops(ops::Error::Interrupted)),
        link = link(modem, limit) => link.map_err(Error::from),
    };
    let ended = match link {
        Ok(link) => Ok(ops::measure(&context, &[link], measuring).await),
        Err(error) => Err(error),
    };
    session.quiet();
    session.close().await;
    ended
}

/// The way that data takes now. A modem without a SIM or a network has none, whatever its interface says.
async fn link(modem: &mut dyn Modem, limit: Duration) -> Result<DataLink, ops::Error> {
    ops::ready_for_data(modem).await?;
    Ok(modem.data_link(None, limit).await?)
}

fn of(name: &str) -> DataLink {
    DataLink {
        via: Via::Interface(name.to_owned()),
        name_servers: Vec::new(),
        server: None,
    }
}

fn context<'a>(
    settings: &'a Settings,
    clock: &'a Clock,
    store: &'a Store,
    spinner: &'a Spinner,
    cancel: CancellationToken,
) -> Context<'a> {
    Context {
        clock,
        store,
        profile: &settings.profile,
        progress: spinner,
        cancel,
        reveal: settings.reveal,
        limit: settings.timeout,
    }
}
