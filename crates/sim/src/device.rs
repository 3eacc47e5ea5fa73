//! What can be plugged in, and the pump that serves it on a stream: a modem in memory, on a pipe, on a socket.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};

use opensim_domain::time::Instant;
use opensim_os::clock::Clock;

/// What can be plugged in: bytes and time in, bytes out. Calls too many do no harm.
pub trait Device: Send {
    /// Takes what the host wrote.
    fn handle_input(&mut self, now: Instant, bytes: &[u8]);
    /// Lets everything happen that is due by `now`.
    fn handle_timeout(&mut self, now: Instant);
    /// Bytes for the host; call until there are none.
    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>>;
    /// When it wants to be called next. Changes with every other call.
    fn poll_timeout(&self) -> Option<Instant>;
    /// Whether it has left the bus.
    fn is_unplugged(&self) -> bool;
    /// Takes that the host's side was plugged out: its power is gone, and back with the host.
    fn handle_hang_up(&mut self, _now: Instant) {}
}

impl<D: Device + ?Sized> Device for Box<D> {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        (**self).handle_input(now, bytes);
    }

    fn handle_timeout(&mut self, now: Instant) {
        (**self).handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        (**self).poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        (**self).poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        (**self).is_unplugged()
    }

    fn handle_hang_up(&mut self, now: Instant) {
        (**self).handle_hang_up(now);
    }
}

/// A device that a test goes on looking at, or that is plugged in again later with its state.
impl<D: Device> Device for Arc<Mutex<D>> {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        lock(self).handle_input(now, bytes);
    }

    fn handle_timeout(&mut self, now: Instant) {
        lock(self).handle_timeout(now);
    }

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        lock(self).poll_transmit(now)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        lock(self).poll_timeout()
    }

    fn is_unplugged(&self) -> bool {
        lock(self).is_unplugged()
    }

    fn handle_hang_up(&mut self, now: Instant) {
        lock(self).handle_hang_up(now);
    }
}

/// A device has no broken halfway state worth refusing: a panic elsewhere is reported there.
fn lock<D>(device: &Mutex<D>) -> std::sync::MutexGuard<'_, D> {
    device.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// The host closed its end.
    Closed,
    /// The device left the bus; the stream is dropped.
    Unplugged,
}

/// Pumps a device through a stream until the host closes it or the device leaves.
pub(crate) async fn serve<S>(mut stream: S, mut device: impl Device, clock: Clock) -> Served
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut buffer = [0; 4096];
    let mut now = clock.now();
    loop {
        device.handle_timeout(now);
        while let Some(bytes) = device.poll_transmit(now) {
            if stream.write_all(&bytes).await.is_err() {
                return Served::Closed;
            }
        }
        if device.is_unplugged() {
            return Served::Unplugged;
        }
        let due = device.poll_timeout();
        tokio::select! {
            read = stream.read(&mut buffer) => match read {
                Ok(0) | Err(_) => return Served::Closed,
                Ok(count) => {
                    now = now.max(clock.now());
                    device.handle_input(now, &buffer[..count]);
                }
            },
            // A paced clock rounds: what was waited for has come.
            () = clock.sleep_until(due) => now = now.max(clock.now()).max(due.unwrap_or(now)),
        }
    }
}

/// Plugs a device in within the process and gives the host's end. It is served until that end is dropped.
pub fn spawn(device: impl Device + 'static, clock: Clock) -> DuplexStream {
    let (host, end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(serve(end, device, clock));
    host
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Scenario, VirtualModem};

    async fn read_until(stream: &mut DuplexStream, end: &str) -> String {
        let (mut received, mut byte) = (String::new(), [0]);
        while !received.ends_with(end) {
            stream.read_exact(&mut byte).await.unwrap();
            received.push(char::from(byte[0]));
        }
        received
    }

    #[tokio::test(start_paused = true)]
    async fn minutes_of_a_modem_pass_at_once_on_a_paused_clock() {
        let clock = Clock::paced(7.0);
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        let modem = Arc::new(Mutex::new(modem));
        let mut host = spawn(modem.clone(), clock.clone());
        host.write_all(b"ATE0\r").await.unwrap();
        read_until(&mut host, "OK\r\n").await;
        host.write_all(b"AT+COPS=?\r").await.unwrap();
        assert!(
            read_until(&mut host, "OK\r\n")
                .await
                .contains("(2,\"Orange F\"")
        );
        assert!(clock.now() >= Instant::at(Duration::from_secs(48)));
        let modem = modem.lock().unwrap();
        assert_eq!(modem.commands().last(), Some("AT+COPS=?"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_unplugged_modem_ends_the_stream_and_a_closed_stream_the_serving() {
        let toml = "base = \"home\"\n[faults]\nunplug_at_s = 4";
        let scenario = Scenario::from_toml(toml, "test").unwrap();
        let mut host = spawn(VirtualModem::new(&scenario), Clock::system());
        let mut rest = Vec::new();
        assert_eq!(host.read_to_end(&mut rest).await.unwrap(), 0);

        let (host, end) = tokio::io::duplex(64);
        drop(host);
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        assert_eq!(serve(end, modem, Clock::system()).await, Served::Closed);
    }

    /// Leaves the bus once it was called at its time, and not before.
    struct Alarm(Instant, bool);

    impl Device for Alarm {
        fn handle_input(&mut self, _: Instant, _: &[u8]) {}

        fn handle_timeout(&mut self, now: Instant) {
            self.1 |= now >= self.0;
        }

        fn poll_transmit(&mut self, _: Instant) -> Option<Vec<u8>> {
            None
        }

        fn poll_timeout(&self) -> Option<Instant> {
            Some(self.0)
        }

        fn is_unplugged(&self) -> bool {
            self.1
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_deadline_that_the_pace_rounds_off_is_not_waited_for_for_ever() {
        // A nanosecond over a second is, at twenty times the pace, fifty milliseconds sharp.
        let alarm = Alarm(Instant::at(Duration::from_nanos(1_000_000_001)), false);
        let (_host, end) = tokio::io::duplex(64);
        assert_eq!(
            serve(end, alarm, Clock::paced(20.0)).await,
            Served::Unplugged
        );
    }
}
