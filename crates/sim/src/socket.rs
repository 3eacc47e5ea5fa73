//! An abstract unix socket with a device behind it: what `ModemManager`'s test interface takes for a port.
//!
//! The modem keeps its state from one client to the next. A client that comes while another is there takes its place,
//! since a daemon may open a port anew before it closed it.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_util::sync::CancellationToken;

use super::device::{Device, Served};
use opensim_os::clock::Clock;
use opensim_os::port::local_socket::{LocalListener, LocalStream};

/// Serves a device on the abstract socket of this name until it leaves the bus or `cancel` is called. The name is
/// taken as it is; `on_ready` is called once clients may come.
///
/// # Errors
/// When the name is taken or is none.
pub async fn run_socket(
    name: &str,
    mut device: impl Device,
    clock: Clock,
    on_ready: impl FnOnce(),
    cancel: CancellationToken,
) -> std::io::Result<Served> {
    let listener = LocalListener::bind(name)?;
    on_ready();
    let mut client: Option<LocalStream> = None;
    let mut buffer = [0; 4096];
    let mut now = clock.now();
    loop {
        device.handle_timeout(now);
        while let Some(bytes) = device.poll_transmit(now) {
            // What is said to nobody is lost.
            if let Some(stream) = &mut client
                && stream.write_all(&bytes).await.is_err()
            {
                client = None;
            }
        }
        if device.is_unplugged() {
            return Ok(Served::Unplugged);
        }
        let due = device.poll_timeout();
        tokio::select! {
            () = cancel.cancelled() => return Ok(Served::Closed),
            came = listener.accept() => client = Some(came?),
            read = read(client.as_mut(), &mut buffer) => match read {
                Ok(0) | Err(_) => client = None,
                Ok(count) => {
                    now = now.max(clock.now());
                    device.handle_input(now, &buffer[..count]);
                }
            },
            () = clock.sleep_until(due) => now = now.max(clock.now()).max(due.unwrap_or(now)),
        }
    }
}

/// Nothing comes from nobody.
async fn read(client: Option<&mut LocalStream>, buffer: &mut [u8]) -> std::io::Result<usize> {
    match client {
        Some(stream) => stream.read(buffer).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use opensim_os::port::local_socket::connect;

    use super::*;
    use crate::{Scenario, VirtualModem};

    /// Types a line and reads up to `OK`.
    async fn ask(stream: &mut LocalStream, line: &str) -> String {
        stream.write_all(line.as_bytes()).await.unwrap();
        let (mut received, mut byte) = (String::new(), [0]);
        while !received.ends_with("OK\r\n") {
            stream.read_exact(&mut byte).await.unwrap();
            received.push(char::from(byte[0]));
        }
        received
    }

    #[tokio::test]
    async fn one_modem_serves_one_client_after_another() {
        let name = format!("opensim-socket-{}", std::process::id());
        let modem = VirtualModem::new(&Scenario::named("home").unwrap());
        let (ready, is_ready) = tokio::sync::oneshot::channel();
        let cancel = CancellationToken::new();
        let served = tokio::spawn({
            let (name, cancel) = (name.clone(), cancel.clone());
            async move {
                let tell = || ready.send(()).unwrap();
                run_socket(&name, modem, Clock::system(), tell, cancel).await
            }
        });
        is_ready.await.unwrap();
        let mut first = connect(&name).unwrap();
        assert!(ask(&mut first, "ATE0\r").await.starts_with("ATE0"));
        let mut second = connect(&name).unwrap();
        assert_eq!(ask(&mut second, "AT\r").await, "\r\nOK\r\n");
        drop(first);
        assert_eq!(ask(&mut second, "AT\r").await, "\r\nOK\r\n");
        cancel.cancel();
        assert_eq!(served.await.unwrap().unwrap(), Served::Closed);
    }
}
