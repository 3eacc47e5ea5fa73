//! `opensim serve`: the measurement server, to host one's own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::interrupt;
use super::output::Output;
use super::units;
use crate::document::Values;
use crate::error::Error;
use crate::measure::serve::{ServeEvent, ServeLimits, ServeSettings, Service};
use crate::measure::{self, MeasureError};
use crate::ops;
use crate::os::clock::Clock;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// HTTP by TCP, and STAMP by UDP on the same port
    #[arg(long, value_name = "ADDR:PORT", default_value = "[::]:8620")]
    listen: SocketAddr,
    /// STAMP somewhere else
    #[arg(long, value_name = "ADDR:PORT")]
    stamp: Option<SocketAddr>,
    /// Certificate chain, PEM; with --tls-key
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Requests answered at a time
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..=4096))]
    max_clients: u16,
    /// Of them, from one address
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=4096))]
    max_per_address: u16,
    /// The longest body of a request or an answer
    #[arg(long, value_name = "BYTES", default_value = "16M", value_parser = units::bytes)]
    max_bytes: u64,
    /// The fastest that one connection is served, each way
    #[arg(long, value_name = "RATE", default_value = "50M", value_parser = units::rate)]
    max_rate: u64,
    /// The longest that one connection may last
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = units::duration)]
    max_time: Duration,
}

impl Serve {
    pub(super) async fn run(self, output: &Output) -> ExitCode {
        let cancel = match interrupt::listen_and_say(output, "progress-left_serving") {
            Ok(cancel) => cancel,
            Err(error) => return output.failure(&error),
        };
        if measure::possible().is_err() {
            return output.failure(&Error::NoServing);
        }
        let clock = Clock::system();
        let service = match Service::listen(&self.settings(), &clock).await {
            Ok(service) => service,
            Err(error) => return output.failure(&self.fault(error)),
        };
        let shown = |address: std::io::Result<SocketAddr>| {
            let address = address.map(|address| address.to_string());
            address.unwrap_or_else(|_| "?".to_owned()).into()
        };
        let scheme = if service.is_secure() { "HTTPS" } else { "HTTP" };
        let values = Values::from([
            ("address".to_owned(), shown(service.address())),
            ("scheme".to_owned(), scheme.into()),
            ("stamp".to_owned(), shown(service.stamp_address())),
        ]);
        output.say_with("say-serve_ready", &values);
        let log = output.clone();
        let listener = Arc::new(move |event| tracing::info!("{}", sentence(event, &log)));
        service.telling(listener).serve(cancel).await;
        ExitCode::SUCCESS
    }

    /// What keeps it from serving: a file or an address that was typed.
    fn fault(&self, error: MeasureError) -> Error {
        match error {
            MeasureError::CertificateFile { file, detail } => Error::File { file, detail },
            MeasureError::System { detail, .. } => Error::Listen {
                address: self.listen.to_string(),
                detail,
            },
            other => Error::Ops(ops::Error::from(other)),
        }
    }

    fn settings(&self) -> ServeSettings {
        ServeSettings {
            listen: self.listen,
            stamp: self.stamp,
            tls: self.tls_cert.clone().zip(self.tls_key.clone()),
            limits: ServeLimits {
                clients: usize::from(self.max_clients),
                per_address: usize::from(self.max_per_address),
                body_bytes: self.max_bytes,
                bytes_per_second: self.max_rate / 8,
                connection: self.max_time,
                ..ServeLimits::default()
            },
        }
    }
}

/// What happened, of nobody who it was.
fn sentence(event: ServeEvent, output: &Output) -> String {
    let client = |client: u64| ("client".to_owned(), client.into());
    let (key, values) = match event {
        ServeEvent::Answered {
            client: number,
            what,
            bytes,
            took,
        } => (
            "log-serve_answered",
            Values::from([
                client(number),
                ("what".to_owned(), what.as_str().into()),
                ("bytes".to_owned(), bytes.into()),
                ("took".to_owned(), output.span(took).into()),
            ]),
        ),
        ServeEvent::Refused {
            client: number,
            status,
        } => (
            "log-serve_refused",
            Values::from([client(number), ("status".to_owned(), status.into())]),
        ),
        ServeEvent::MadeWay { client: number } => {
            ("log-serve_made_way", Values::from([client(number)]))
        }
        ServeEvent::TimeUp { client: number } => {
            ("log-serve_time_up", Values::from([client(number)]))
        }
        ServeEvent::NoTls { client: number } => {
            ("log-serve_no_tls", Values::from([client(number)]))
        }
    };
    output.text_with(key, &values)
}
