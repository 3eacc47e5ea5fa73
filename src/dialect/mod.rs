//! What differs between vendors: a table each, and a trait whose every method has a 27.007 default.
//!
//! A new modem is one file here, a persona in `sim/persona`, and transcripts in `testdata/transcripts`. No `match`
//! on a vendor stands anywhere else. Dialects are pure: they say what to ask and read what was answered; who asks
//! is `modem::at`.

use std::time::Duration;

use crate::at::result::{Line, Reply};
use crate::domain::radio::Reading;
use crate::domain::{Iccid, Imei};

mod detect;
mod generic;
mod huawei;
pub mod ports;
mod quectel;
mod simcom;

pub use detect::{Detected, Evidence, UsbId, by_name, detect};

/// Every dialect, the most particular first; `generic` is last and takes what no other claims.
pub static DIALECTS: &[&dyn Dialect] = &[
    &quectel::Quectel,
    &simcom::Simcom,
    &huawei::Huawei,
    &generic::Generic,
];

/// A command to send and how to know its answer's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The command line, without its end: `AT+QENG="servingcell"`.
    pub line: &'static str,
    /// Prefixes of its information lines, with their colon.
    pub prefixes: &'static [&'static str],
    /// Whether information lines without any prefix belong to it.
    pub bare: bool,
    /// How long it may take.
    pub timeout: Duration,
}

impl Query {
    /// A query that answers at once, with lines of one prefix.
    pub const fn new(line: &'static str, prefixes: &'static [&'static str]) -> Self {
        Self {
            line,
            prefixes,
            bare: false,
            timeout: Duration::from_secs(5),
        }
    }

    /// The same, answered by lines without a prefix.
    pub const fn bare(line: &'static str) -> Self {
        Self {
            line,
            prefixes: &[],
            bare: true,
            timeout: Duration::from_secs(5),
        }
    }
}

/// What a port of a USB modem is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PortRole {
    /// The first AT port.
    At,
    /// A second AT port.
    At2,
    /// The port for PPP dialling; it may answer AT too.
    Ppp,
    /// Vendor diagnostics: binary, never written to.
    Diag,
    /// Position sentences.
    Nmea,
    /// Not known.
    Unknown,
}

/// The facts of a vendor that a table can say.
#[derive(Debug)]
pub struct Profile {
    /// The dialect's name, as `modems` and `status` show it.
    pub name: &'static str,
    /// USB vendor ids that are this vendor's own, all products.
    pub usb_vendors: &'static [u16],
    /// USB ids (vendor, product) claimed one by one, where the vendor id is shared.
    pub usb_products: &'static [(u16, u16)],
    /// Manufacturer or model texts, lower case, found in `ATI` or `+CGMI`.
    pub manufacturers: &'static [&'static str],
    /// Prefixes of lines that this vendor's modems say unasked, with their colon where they have one.
    pub urc_prefixes: &'static [&'static str],
    /// Whole lines said unasked: `RDY`, `SMS DONE`.
    pub urc_lines: &'static [&'static str],
    /// The longest `AT+COPS=?` is given.
    pub network_list: Duration,
}

/// What was learnt of one modem's scales, kept for a session: a doubtful number is settled once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scales {
    /// How this modem prints SINR, once something decisive was seen.
    pub sinr: Option<SinrScale>,
}

/// How a raw SINR number becomes dB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinrScale {
    /// It is dB.
    Decibel,
    /// Fifths above -20 dB: 0 to 250.
    Fifths,
}

/// Who the modem is, as far as asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// As it says, e.g. `Quectel`.
    pub manufacturer: Option<String>,
    /// As it says, e.g. `EC25`.
    pub model: Option<String>,
    /// Its firmware.
    pub revision: Option<String>,
    /// Its number.
    pub imei: Option<Imei>,
}

/// A query and what it gave. A query the modem refused is there too, with its error.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The command line that was sent.
    pub line: &'static str,
    /// What came back.
    pub reply: Reply,
}

/// The reply to `line` among the answers, if it was asked and ended well.
pub fn reply_to<'a>(answers: &'a [Answer], line: &str) -> Option<&'a Reply> {
    answers
        .iter()
        .find(|a| a.line == line && a.reply.end.is_ok())
        .map(|a| &a.reply)
}

/// A vendor's way of saying what 27.007 leaves open. Every method has a 27.007 default.
pub trait Dialect: Sync {
    /// The vendor's table.
    fn profile(&self) -> &'static Profile;

    /// What to ask for one reading of the serving cell, in order. The fewest commands that give the most; a query
    /// that only settles a scale is left out once `scales` has it.
    fn reading_queries(&self, identity: &Identity, scales: &Scales) -> Vec<Query> {
        let _ = (identity, scales);
        generic::READING.to_vec()
    }

    /// One reading out of the answers to [`Dialect::reading_queries`]. What is unknown or doubtful is `None`.
    fn reading(&self, answers: &[Answer], identity: &Identity, scales: &mut Scales) -> Reading {
        let _ = (identity, scales);
        generic::reading(answers)
    }

    /// What tells how many PIN tries are left.
    fn pin_tries_query(&self) -> Query {
        generic::PIN_TRIES
    }

    /// Tries left for the SIM PIN out of that reply.
    fn pin_tries(&self, reply: &Reply) -> Option<u8> {
        generic::pin_tries(reply)
    }

    /// What gives the SIM's number, best first: the next is asked where one is refused.
    fn iccid_queries(&self) -> &'static [Query] {
        generic::ICCID
    }

    /// The SIM's number out of that reply.
    fn iccid(&self, reply: &Reply) -> Option<Iccid> {
        generic::iccid(reply)
    }

    /// Who the modem is, out of the information lines of `ATI`.
    fn identity(&self, lines: &[Line]) -> Identity {
        generic::identity(lines)
    }
}
