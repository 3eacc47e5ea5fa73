//! A call probed over the measured link: the packets themselves where the server reflects them, else the delay of
//! connections opened one after the other.

use std::net::SocketAddr;

use tokio::io::AsyncReadExt;
use tokio_util::sync::CancellationToken;

use super::plan::{Because, VoicePlan};
use super::transfer::ServerPath;
use super::trip::time_connections;
use crate::error::MeasureError;
use crate::net::bill::Reservation;
use crate::net::bind::Buffers;
use crate::net::http;
use crate::number::whole;
use crate::throughput::{ByteBudget, RateRule, TICK};
use crate::voice::{Call, CallProbe, INTERVAL, PacketExchange, StreamResult, payload};

/// Where a call's packets go; `None` where nothing reflects them, or why it could not be found.
pub(crate) type Reflecting = Result<Option<SocketAddr>, MeasureError>;

/// Connections opened where there is no reflector.
const CALLS: u32 = 8;
/// The fewest packets that say something about a call.
const FEWEST: u32 = 50;

/// A call is rated from enough packets or not at all.
fn rate(result: &StreamResult, voice: VoicePlan) -> Result<Call, Because> {
    let call = Call::of_stream(&result.exchanges, &result.duplicates, voice.codec);
    if result.is_multiplied {
        Err(Because::Multiplied)
    } else if call.mos.is_none() {
        Err(Because::NoAnswer)
    } else if call.packets < FEWEST {
        let packets = call.packets;
        Err(Because::TooFew { packets })
    } else {
        Ok(call)
    }
}

impl ServerPath<'_> {
    /// Rates a call; and why the rating is weaker than it should be, or is none.
    pub(crate) async fn call(
        &self,
        voice: VoicePlan,
        reflector: Reflecting,
    ) -> (Option<Call>, Option<Because>) {
        let because = match reflector {
            Ok(Some(reflector)) => match self.stream(voice, reflector).await {
                Ok(call) => return (Some(call), None),
                // There is somebody who answers, and no telling what the link makes of a call.
                Err(
                    because @ (Because::Multiplied
                    | Because::TooFew { .. }
                    | Because::Failed(MeasureError::Budget { .. })),
                ) => return (None, Some(because)),
                Err(because) => because,
            },
            Ok(None) => Because::Unsupported,
            Err(error) => Because::Failed(error),
        };
        match self.connections(CALLS).await {
            Ok(exchanges) => {
                let call = Call::of_connections(&exchanges, voice.codec);
                (Some(call), Some(because))
            }
            Err(error) => (None, Some(Because::Failed(error))),
        }
    }

    /// Rates a call while what is needed comes down.
    pub(crate) async fn loaded_call(
        &self,
        voice: VoicePlan,
        reflector: Reflecting,
        load: &RateRule,
    ) -> Result<Call, Because> {
        let reflector = reflector.map_err(Because::Failed)?;
        let reflector = reflector.ok_or(Because::Unsupported)?;
        let bytes = whole(load.need * voice.longest.as_secs_f64() * 1.1);
        let byte_budget =
            ByteBudget::for_payload(bytes, load.window(self.round_trip), self.setup());
        self.afford(byte_budget.wire() + self.least(voice, reflector))
            .map_err(Because::Failed)?;
        let reservation = self.bill.reserve(byte_budget.wire());
        let stop = CancellationToken::new();
        let mut loading = std::pin::pin!(self.load(load, bytes, byte_budget, (reservation, &stop)));
        let called = tokio::select! {
            called = self.stream(voice, reflector) => called,
            failed = &mut loading => return Err(failed.map_or_else(Because::Failed, |()| Because::NoAnswer)),
        };
        stop.cancel();
        let loaded = loading.await;
        called.and_then(|call| loaded.map(|()| call).map_err(Because::Failed))
    }

    /// Bytes of the shortest stream that says something, and of the packet before it.
    fn least(&self, voice: VoicePlan, reflector: SocketAddr) -> u64 {
        let headers = self.via.headers(reflector);
        u64::from(FEWEST + 1) * 2 * headers.datagram(payload(voice.codec) as u64)
    }

    async fn stream(&self, voice: VoicePlan, reflector: SocketAddr) -> Result<Call, Because> {
        self.afford(self.least(voice, reflector))
            .map_err(Because::Failed)?;
        let socket = self.via.udp(reflector).map_err(Because::Failed)?;
        let probe = CallProbe {
            codec: voice.codec,
            headers: self.via.headers(reflector),
            longest: voice.longest.max(INTERVAL * FEWEST),
            clock: self.clock,
            bill: self.bill,
            budget: self.budget,
        };
        if self.multiplies || probe.is_multiplied(&socket).await {
            return Err(Because::Multiplied);
        }
        rate(&probe.run(&socket).await, voice)
    }

    /// Takes what is needed from the server, no faster, until it is stopped. What is reserved for it on the bill is less
    /// by what it has spent.
    async fn load(
        &self,
        rule: &RateRule,
        bytes: u64,
        byte_budget: ByteBudget,
        (mut reservation, stop): (Reservation, &CancellationToken),
    ) -> Result<(), MeasureError> {
        let window = rule.window(self.round_trip);
        let buffers = Buffers {
            receive: Some(window),
            send: None,
        };
        let pending = 2 * u64::from(window);
        let mut connection = self
            .open(buffers, byte_budget.room(0, pending, None))
            .await?;
        let request = self
            .server
            .download(bytes)
            .encode(&self.server.host_header());
        let answered = http::exchange(&mut connection, &self.server.host, &request);
        let (head, _) = self.in_time(answered).await?;
        self.server.check(&head)?;
        let start = self.clock.now();
        let base = connection.metered().read;
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let now = self.clock.now();
            let due = rule.need * (now - start + TICK).as_secs_f64();
            let metered = connection.metered();
            metered.settle();
            reservation.shrink_to(byte_budget.wire().saturating_sub(metered.wire()));
            let room = byte_budget.room(metered.wire_at_most(), pending, None);
            metered.read_limit = (base + whole(due)).min(metered.read + room);
            metered.in_flight = u64::from(window);
            tokio::select! {
                () = stop.cancelled() => break,
                read = connection.read(&mut buffer) => if let Ok(0) | Err(_) = read {
                    stop.cancelled().await;
                    return Ok(());
                },
                () = self.clock.sleep_until(Some(now + TICK)) => {}
            }
        }
        connection.metered().drain(self.round_trip).await;
        Ok(())
    }

    /// Opens so many connections to the server.
    async fn connections(&self, count: u32) -> Result<Vec<PacketExchange>, MeasureError> {
        let Self {
            via, clock, bill, ..
        } = self;
        time_connections(via, self.address, count, clock, (bill, self.budget)).await
    }
}
