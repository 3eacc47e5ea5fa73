//! A call probed over the measured link: the packets themselves where the server reflects them, else the delay of
//! connections opened one after the other.

use std::convert::Infallible;
use std::time::Duration;

use tokio::io::AsyncReadExt;

use super::bill::Kept;
use super::bind::Buffers;
use super::error::MeasureError;
use super::http;
use super::number::whole;
use super::plan::{Because, VoicePlan};
use super::throughput::{Goodput, Purse, Rule, TICK};
use super::transfer::Link;
use super::trip::greet;
use super::voice::{Call, Exchange, INTERVAL, Probe};

/// Connections opened where there is no reflector.
const CALLS: u32 = 8;
/// What a transfer left on its way is waited out, this long at the most.
const SETTLING: Duration = Duration::from_millis(1500);
/// The fewest packets that say something about a call.
const FEWEST: u64 = 50;

impl Link<'_> {
    /// How long a window of bytes that the last transfer left on its way may take to arrive.
    pub(super) fn settling(&self, last: Option<&Goodput>, window: u32) -> Duration {
        let bits_per_second = last.and_then(|last| last.low_bps).unwrap_or(0).max(1) as f64;
        let wait = (f64::from(window) * 8.0 / bits_per_second).min(SETTLING.as_secs_f64());
        self.round_trip.min(SETTLING) + Duration::from_secs_f64(wait)
    }

    /// Rates a call; and why the rating is weaker than it should be, or is none.
    pub(super) async fn call(&self, voice: VoicePlan) -> (Option<Call>, Option<Because>) {
        let because = if self.server.reflects() {
            match self.stream(voice).await {
                Ok(Some(call)) => return (Some(call), None),
                Ok(None) => Because::NoAnswer,
                Err(error @ MeasureError::Budget { .. }) => {
                    return (None, Some(Because::Failed(error)));
                }
                Err(error) => Because::Failed(error),
            }
        } else {
            Because::Unsupported
        };
        match self.greet(CALLS).await {
            Ok(exchanges) => {
                let call = Call::of_connections(&exchanges, voice.codec);
                (Some(call), Some(because))
            }
            Err(error) => (None, Some(Because::Failed(error))),
        }
    }

    /// Rates a call while what is needed comes down.
    pub(super) async fn loaded_call(&self, voice: VoicePlan, load: &Rule) -> Result<Call, Because> {
        if !self.server.reflects() {
            return Err(Because::Unsupported);
        }
        let bytes = whole(load.need * voice.longest.as_secs_f64() * 1.1);
        let purse = Purse::for_payload(bytes, load.window(self.round_trip), self.setup());
        self.afford(purse.wire() + self.fewest(voice))
            .map_err(Because::Failed)?;
        let kept = self.bill.keep(purse.wire());
        let called = tokio::select! {
            called = self.stream(voice) => called,
            failed = self.load(load, bytes, purse, kept) => failed.map(|never| match never {}),
        };
        match called {
            Ok(call) => call.ok_or(Because::NoAnswer),
            Err(error) => Err(Because::Failed(error)),
        }
    }

    /// Bytes of the shortest stream that says something.
    fn fewest(&self, voice: VoicePlan) -> u64 {
        let size = voice.codec.payload() as u64 + self.via.headers(self.address).udp();
        FEWEST * 2 * size
    }

    async fn stream(&self, voice: VoicePlan) -> Result<Option<Call>, MeasureError> {
        self.afford(self.fewest(voice))?;
        let socket = self.via.udp(self.address)?;
        let probe = Probe {
            codec: voice.codec,
            headers: self.via.headers(self.address),
            longest: voice.longest.max(INTERVAL * 50),
            clock: self.clock,
            bill: self.bill,
            budget: self.budget,
        };
        let exchanges = probe.run(&socket).await;
        Ok(Some(Call::of(&exchanges, voice.codec)).filter(|call| call.mos.is_some()))
    }

    /// Takes what is needed from the server, no faster, until it is dropped. What is kept for it on the bill is less
    /// by what it has spent.
    async fn load(
        &self,
        rule: &Rule,
        bytes: u64,
        purse: Purse,
        mut kept: Kept,
    ) -> Result<Infallible, MeasureError> {
        let window = rule.window(self.round_trip);
        let buffers = Buffers {
            receive: Some(window),
            send: None,
        };
        let pending = 2 * u64::from(window);
        let mut connection = self.open(buffers, purse.room(0, pending, None)).await?;
        let request = self.get(bytes).encode(self.server, false);
        let answered = http::exchange(&mut connection, self.server, &request);
        let (head, _) = self.in_time(answered).await?;
        head.check(self.server)?;
        let start = self.clock.now();
        let base = connection.metered().read;
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let now = self.clock.now();
            let due = rule.need * (now - start + TICK).as_secs_f64();
            let metered = connection.metered();
            metered.settle();
            kept.shrink_to(purse.wire().saturating_sub(metered.wire()));
            let room = purse.room(metered.wire_at_most(), pending, None);
            metered.read_limit = (base + whole(due)).min(metered.read + room);
            metered.in_flight = u64::from(window);
            tokio::select! {
                read = connection.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => return Ok(std::future::pending().await),
                    Ok(_) => {}
                },
                () = self.clock.sleep_until(Some(now + TICK)) => {}
            }
        }
    }

    /// Opens so many connections to the server.
    async fn greet(&self, count: u32) -> Result<Vec<Exchange>, MeasureError> {
        let Self {
            via, clock, bill, ..
        } = self;
        greet(via, self.address, count, clock, (bill, self.budget)).await
    }
}
