//! What differs between vendors: a table each, and a trait whose every method has a 27.007 default.
//!
//! A new modem is one file here, a persona in `sim/persona`, and transcripts in `testdata/transcripts`. No `match`
//! on a vendor stands anywhere else. Dialects are pure: they say what to ask and read what was answered; who asks
//! is `modem::at`.

use std::borrow::Cow;
use std::time::Duration;

use crate::engine::Config;
use crate::result::{Line, Reply};
use opensim_domain::radio::Reading;
use opensim_domain::{Iccid, Identity, PortRole};

mod cinterion;
pub mod commands;
mod detect;
mod fallback;
mod fibocom;
mod generic;
mod huawei;
mod meig;
pub mod modes;
pub mod ports;
mod quectel;
mod row;
mod sierra;
mod simcom;
mod telit;
mod ublox;
mod xmm;
mod zte;

pub use detect::{Detected, Evidence, by_name, detect};
pub use fallback::fallback_query;
pub use opensim_domain::UsbId;

/// Every dialect, the most particular first; `generic` is last and takes what no other claims.
pub static DIALECTS: &[&dyn Dialect] = &[
    &quectel::Quectel,
    &simcom::Simcom,
    &huawei::Huawei,
    &cinterion::Cinterion,
    &sierra::Sierra,
    &telit::Telit,
    &ublox::Ublox,
    &fibocom::Fibocom,
    &meig::Meig,
    &xmm::Xmm,
    &zte::Zte,
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
    /// Whether it goes on one line with others of which this is so: one short line of its own prefix, told at once.
    pub joins: bool,
}

impl Query {
    /// A query that answers at once, with lines of one prefix.
    pub const fn new(line: &'static str, prefixes: &'static [&'static str]) -> Self {
        Self {
            line,
            prefixes,
            bare: false,
            timeout: Duration::from_secs(5),
            joins: false,
        }
    }

    /// The same, answered by lines without a prefix.
    pub const fn bare(line: &'static str) -> Self {
        Self {
            line,
            prefixes: &[],
            bare: true,
            timeout: Duration::from_secs(5),
            joins: false,
        }
    }

    /// The same, on one line with others.
    pub const fn joining(self) -> Self {
        Self {
            joins: true,
            ..self
        }
    }
}

/// A vendor's way to list every operator's cells, with their levels, without leaving its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSurvey {
    /// What tells whether this firmware knows it; `None` where only trying tells.
    pub supported: Option<Query>,
    /// What runs it. Its time limit is the longest it was seen to take.
    pub run: Query,
    /// Whether a character sent while it runs ends it.
    pub abortable: bool,
    /// Whether the modem stays registered while it runs. Where it does not, a person is asked first.
    pub stays_registered: bool,
}

/// The facts of a vendor that a table can say.
#[derive(Debug)]
pub struct DialectProfile {
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
    /// Whole lines by which it refuses `AT+COPS=?` in place of a result code.
    pub list_refusals: &'static [&'static str],
    /// What its commands do, for the guard, the mask and the engine.
    pub commands: commands::Commands,
}

impl DialectProfile {
    /// A vendor of whom nothing is known but the name: what a table leaves out is as it is here.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            usb_vendors: &[],
            usb_products: &[],
            manufacturers: &[],
            urc_prefixes: &[],
            urc_lines: &[],
            // ModemManager's figure; manuals say 180 s and field reports up to 4 minutes.
            network_list: opensim_domain::network::NETWORK_LIST,
            list_refusals: &[],
            commands: commands::Commands::NONE,
        }
    }
}

/// What the engine has to know of every vendor, since it meets a modem before anyone knows whose it is. What comes
/// unasked is not in it: that is told once the dialect is known ([`Engine::expect_unsolicited`]), as one vendor's news
/// may be another's answer.
///
/// [`Engine::expect_unsolicited`]: crate::engine::Engine::expect_unsolicited
pub fn engine_config() -> Config {
    let profiles = || DIALECTS.iter().map(|dialect| dialect.profile());
    let calls = profiles().flat_map(|profile| profile.commands.calls);
    let refusals = profiles().flat_map(|profile| profile.list_refusals);
    Config {
        calls: calls.map(|name| Cow::Borrowed(*name)).collect(),
        list_refusals: refusals.map(|line| Cow::Borrowed(*line)).collect(),
        ..Config::default()
    }
}

/// What was learnt of one modem's scales, kept for a session: a doubtful number is settled once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// Steps of 2 dB above -20 dB: 0 to 25.
    Doubles,
}

/// A query and what it gave. A query the modem refused is there too, with its error.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryReply {
    /// The command line that was sent.
    pub line: &'static str,
    /// What came back.
    pub reply: Reply,
}

/// What the readers of a dialect are tried with: they are filled with numbers that are nearly right.
#[cfg(test)]
#[derive(Debug, Clone, Copy)]
pub struct Specimens {
    /// How rows begin that the dialect reads.
    pub rows: &'static [&'static str],
    /// Answers of several lines, `%` in place of each number.
    pub tables: &'static [&'static [&'static str]],
}

/// Whether any modem says this line unasked: asked before it is known whose modem it is.
fn is_unasked_line(line: &Line) -> bool {
    let text = line.bytes().trim_ascii();
    DIALECTS.iter().any(|d| {
        let profile = d.profile();
        let whole = |known: &&str| text.eq_ignore_ascii_case(known.as_bytes());
        profile.urc_lines.iter().any(whole)
            || profile.urc_prefixes.iter().any(|p| line.after(p).is_some())
    })
}

/// What a row says, where it says anything.
fn known(reading: Reading) -> Option<Reading> {
    let sound = reading.sound();
    (sound != Reading::default()).then_some(sound)
}

/// The reply to `line` among the answers, if it was asked and ended well.
pub(crate) fn reply_to<'a>(answers: &'a [QueryReply], line: &str) -> Option<&'a Reply> {
    answers
        .iter()
        .find(|a| a.line == line && a.reply.is_answer())
        .map(|a| &a.reply)
}

/// A vendor's way of saying what 27.007 leaves open. Every method has a 27.007 default.
pub trait Dialect: Sync {
    /// The vendor's table.
    fn profile(&self) -> &'static DialectProfile;

    /// What to ask for one reading of the serving cell, in order. The fewest commands that give the most; a query
    /// that only settles a scale is left out once `scales` has it.
    fn reading_queries(&self, identity: &Identity, scales: &Scales) -> Vec<Query> {
        let _ = (identity, scales);
        generic::READING.to_vec()
    }

    /// One reading out of the answers to [`Dialect::reading_queries`] and to what [`fallback_query`] asked beside them. What is
    /// unknown or doubtful is `None`. It is the same for every vendor: the vendor's own rows, what of them is a fact, and
    /// 27.007's answers where they leave level or place open.
    fn reading(&self, answers: &[QueryReply], identity: &Identity, scales: &mut Scales) -> Reading {
        let own = self.own_reading(answers, identity, scales).sound();
        fallback::complete(own, answers)
    }

    /// What the vendor's own rows say, as they say it; nothing where the vendor has none.
    fn own_reading(
        &self,
        answers: &[QueryReply],
        identity: &Identity,
        scales: &mut Scales,
    ) -> Reading {
        let _ = (answers, identity, scales);
        Reading::default()
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

    /// How this modem lists every operator's cells, if it can.
    fn survey(&self, identity: &Identity) -> Option<CellSurvey> {
        let _ = identity;
        None
    }

    /// The cells of that list, each with its network in `cell.plmn`. Rows that cannot be read, or that say nothing, are
    /// left out.
    fn survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let rows = self.own_survey_cells(reply).into_iter();
        rows.map(Reading::sound)
            .filter(|reading| reading.cell.plmn.is_some())
            .collect()
    }

    /// The rows of that list as the vendor prints them.
    fn own_survey_cells(&self, reply: &Reply) -> Vec<Reading> {
        let _ = reply;
        Vec::new()
    }

    /// What lists the cells around the one in use, mostly of the same operator.
    fn neighbours_query(&self) -> Option<Query> {
        None
    }

    /// The cells around, out of that reply.
    fn neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let rows = self.own_neighbours(reply).into_iter();
        rows.map(Reading::sound)
            .filter(|reading| *reading != Reading::default())
            .collect()
    }

    /// The rows of the cells around as the vendor prints them.
    fn own_neighbours(&self, reply: &Reply) -> Vec<Reading> {
        let _ = reply;
        Vec::new()
    }

    /// Whether a line said unasked is about the SIM: one that wakes up, comes or goes.
    fn tells_of_sim(&self, line: &Line) -> bool {
        let text = line.bytes().trim_ascii();
        let named = |prefix: &&str| line.after(prefix).is_some();
        let whole = |known: &&str| text.eq_ignore_ascii_case(known.as_bytes());
        let (prefixes, lines) = self.sim_news();
        line.after("+CPIN:").is_some() || prefixes.iter().any(named) || lines.iter().any(whole)
    }

    /// The vendor's own words for that: prefixes with their colon, and whole lines.
    fn sim_news(&self) -> (&'static [&'static str], &'static [&'static str]) {
        (&[], &[])
    }

    /// What a port is for by the class of its USB interface, where the vendor words it so.
    fn port_role(&self, class: ports::ClassTriple) -> Option<PortRole> {
        let _ = class;
        None
    }

    /// What the readers are tried with in tests.
    #[cfg(test)]
    fn specimens(&self) -> Specimens;
}

#[cfg(test)]
mod tests;
