//! What `measure`, `scan` and `switch` take for measuring: the need, the server, the budget, the call.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::settings::{self, Configured, Settings};
use super::units;
use crate::domain::verdict::Requirement;
use crate::error::Error;
use crate::measure::voice::Codec;
use crate::measure::{ReflectorAddress, Server, SpecError, VoicePlan};
use crate::ops::MeasureRequest;

/// What the day needs.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct NeedOptions {
    /// Downlink rate that the day needs
    #[arg(long, value_name = "RATE", default_value = "200k", value_parser = units::rate)]
    pub(super) need_down: u64,
    /// Uplink rate that the day needs
    #[arg(long, value_name = "RATE", default_value = "200k", value_parser = units::rate)]
    pub(super) need_up: u64,
}

impl Default for NeedOptions {
    /// What a day needs where nothing else was said.
    fn default() -> Self {
        let need = Requirement::default();
        Self {
            need_down: need.down_bps,
            need_up: need.up_bps,
        }
    }
}

impl NeedOptions {
    pub(super) fn requirement(&self) -> Requirement {
        Requirement {
            down_bps: self.need_down,
            up_bps: self.need_up,
            ..Requirement::default()
        }
    }
}

/// How it is measured.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct MeasureOptions {
    /// Measure against this server
    #[arg(long, value_name = "SERVER", env = settings::SERVER)]
    pub(super) server: Option<String>,
    /// The longest test of one direction
    #[arg(long, value_name = "DURATION", value_parser = units::duration)]
    pub(super) max_time: Option<Duration>,
    /// Do not rate a call
    #[arg(long)]
    pub(super) no_voice: bool,
    /// Whose packets the call is made of
    #[arg(long, value_name = "CODEC", value_enum)]
    pub(super) codec: Option<CodecName>,
    /// Send the call's packets to this reflector instead of to the server
    #[arg(long, value_name = "REFLECTOR", conflicts_with = "no_voice")]
    pub(super) reflector: Option<String>,
    /// Measure one thing after the other
    #[arg(long)]
    pub(super) one_by_one: bool,
    /// Rate the call again while what is needed comes down
    #[arg(long, conflicts_with = "no_voice")]
    pub(super) loaded: bool,
}

/// A codec as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CodecName {
    /// 80 kbit/s each way.
    G711,
    /// 24 kbit/s each way.
    G729,
    /// 40 kbit/s each way; its rating is indicative.
    Opus24,
}

/// What names a server, in words of every language.
const SERVERS: &str = "opensim://HOST:PORT, opensim+https://HOST:PORT, librespeed+https://HOST/PATH, cloudflare, https://HOST/FILE";

/// What names a reflector.
const REFLECTORS: &str = "HOST, HOST:PORT";

/// The longest test of one direction where nothing else was said.
const LONGEST: Duration = Duration::from_secs(8);

impl MeasureOptions {
    /// What is to be measured, for how many bytes.
    ///
    /// # Errors
    /// When the server's name or the reflector's is none.
    pub(super) fn request(
        &self,
        settings: &Settings,
        configured: &Configured,
        need: Requirement,
        budget: u64,
    ) -> Result<MeasureRequest, Error> {
        let server = self.server.as_ref().or(settings.server.as_ref());
        let server = named(
            ("server", SERVERS),
            server.filter(|word| !word.is_empty()),
            configured.server.as_ref(),
            Server::parse,
        )?;
        let reflector = named(
            ("reflector", REFLECTORS),
            self.reflector.as_ref(),
            configured.reflector.as_ref(),
            ReflectorAddress::parse,
        )?;
        let codec = match self.codec {
            Some(CodecName::G711) | None => Codec::G711,
            Some(CodecName::G729) => Codec::G729,
            Some(CodecName::Opus24) => Codec::Opus24,
        };
        let voice = (!self.no_voice).then(|| VoicePlan {
            codec,
            loaded: self.loaded,
            ..VoicePlan::default()
        });
        Ok(MeasureRequest {
            server,
            reflector,
            authorities: configured.authorities.clone(),
            need,
            budget,
            longest: self.max_time.unwrap_or(LONGEST),
            voice,
            all: false,
            together: !self.one_by_one,
            checks: Vec::new(),
        })
    }
}

/// The other end of something: as it was typed, or else as it is configured under the same name.
fn named<T: Clone>(
    (option, forms): (&str, &str),
    typed: Option<&String>,
    configured: Option<&T>,
    parse: fn(&str) -> Result<T, SpecError>,
) -> Result<Option<T>, Error> {
    let Some(word) = typed else {
        return Ok(configured.cloned());
    };
    let read = parse(word).map_err(|_| Error::Server {
        option: option.to_owned(),
        word: word.clone(),
        forms: forms.to_owned(),
        suggestion: Server::suggest(word).filter(|_| option == "server"),
    });
    read.map(Some)
}
