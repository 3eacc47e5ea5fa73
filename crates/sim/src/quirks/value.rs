//! The kinds of the quirks' values: what stands behind a key of `[quirks]`.

use serde::Deserialize;

/// A value for each registration domain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Domains {
    /// Circuit switched: `+CREG`.
    pub(crate) cs: ReportedStat,
    /// Packets of 2G and 3G: `+CGREG`.
    pub(crate) ps: ReportedStat,
    /// Packets of 4G: `+CEREG`.
    pub(crate) eps: ReportedStat,
    /// 5G: `+C5GREG`.
    pub(crate) fivegs: ReportedStat,
}

/// A registration domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RegistrationDomain {
    /// `+CREG`
    Cs,
    /// `+CGREG`
    Ps,
    /// `+CEREG`
    Eps,
    /// `+C5GREG`
    FiveGs,
}

/// What a domain says of its registration (27.007 7.2 `<stat>`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReportedStat {
    /// The truth.
    #[default]
    AsIs,
    /// 0
    NotRegistered,
    /// 1
    Home,
    /// 2
    Searching,
    /// 3
    Denied,
    /// 4
    Unknown,
    /// 5
    Roaming,
    /// 6, or 7 when roaming.
    SmsOnly,
    /// 8
    EmergencyOnly,
    /// 9, or 10 when roaming.
    CsfbNotPreferred,
}

/// Which domains tell area and cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Location {
    /// All.
    #[default]
    All,
    /// `+CREG` alone; the other domains and the vendor's row have none.
    CregOnly,
    /// None.
    None,
}

/// Fields more or less than usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fields {
    /// As usual.
    #[default]
    Usual,
    /// One more.
    Extra,
    /// One fewer.
    Fewer,
}

/// What becomes of a command line of several commands between semicolons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Joined {
    /// They run.
    #[default]
    Accepted,
    /// The line is an error.
    Refused,
    /// The first part runs, the rest is passed over.
    FirstOnly,
    /// They run, and each is echoed once more before its lines.
    EchoTwice,
    /// The line is an error where it is longer than a short one.
    LongRefused,
    /// The first part runs and is answered, then the line is an error.
    ErrorAfterFirst,
    /// They run, and each ends with a result code of its own.
    OkEach,
}

/// What stands in a row that holds nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Empty {
    /// Rows hold what is there.
    #[default]
    No,
    /// Zeros.
    Zero,
    /// All ones: FFFF, 65535, 255.
    Ones,
    /// Dashes, or nothing between the commas.
    Dashes,
    /// The smallest value of each scale.
    Smallest,
}

/// Whether the vendor's own cell row can be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CellRow {
    /// It can.
    #[default]
    Readable,
    /// Each command for it is an error the first time after a start.
    ErrorOnce,
    /// It is an error each time.
    Error,
}

/// Which level a row tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReportedLevels {
    /// What is received.
    #[default]
    Received,
    /// The least of the scale.
    Lowest,
}

/// How the antennas of a row stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Branches {
    /// The main one hears more.
    #[default]
    Even,
    /// The main one hears 30 dB less.
    Uneven,
}

/// How a selection by hand is refused: `no`, or `error` or `cme-N`, and what happens to the registration all the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Refusal {
    /// The words; `None` where nothing is refused.
    pub(crate) words: Option<RefusalWords>,
    /// What happens.
    pub(crate) then: AfterRefusal,
}

/// The words of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefusalWords {
    /// `ERROR`
    Error,
    /// An error of 27.007 9.2.
    Cme(u16),
}

/// What happens to the registration under a selection that is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AfterRefusal {
    /// Nothing: mode and network stay.
    #[default]
    Stays,
    /// The network is left, and none is joined.
    Lost,
    /// It goes through all the same, later.
    Registers,
}

impl TryFrom<String> for Refusal {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "no" {
            return Ok(Self::default());
        }
        let (words, then) = if let Some(words) = text.strip_suffix("-and-lost") {
            (words, AfterRefusal::Lost)
        } else if let Some(words) = text.strip_suffix("-then-registers") {
            (words, AfterRefusal::Registers)
        } else {
            (text.as_str(), AfterRefusal::Stays)
        };
        let words = match words.strip_prefix("cme-") {
            None if words == "error" => Some(RefusalWords::Error),
            Some(code) => code.parse().ok().map(RefusalWords::Cme),
            None => None,
        };
        if words.is_some() {
            return Ok(Self { words, then });
        }
        Err(format!(
            "unknown refusal `{text}`, expected `no`, `error` or `cme-N`, alone or with `-and-lost` or `-then-registers`"
        ))
    }
}

/// Where the words for a SIM that is not ready stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WordsAs {
    /// In a `+CPIN:` line.
    #[default]
    Line,
    /// In an error.
    Error,
}

/// How results are told at start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ResultCodes {
    /// In words.
    #[default]
    Words,
    /// As numbers: `ATV0`.
    Numeric,
    /// Not at all: `ATQ1`.
    None,
}

/// What `AT+CMEE?` answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cmee {
    /// Its value.
    #[default]
    Value,
    /// `OK` alone.
    BareOk,
    /// `ERROR`
    Error,
}

/// What stands for the operator's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OperatorName {
    /// The name.
    #[default]
    Named,
    /// `+COPS: 1,0,"",7`
    Empty,
    /// `+COPS: 1,0,"Unknown",7`
    Unknown,
    /// `+COPS: 1,0,`
    Missing,
}

/// What comes of setting the operator's format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stuck {
    /// It is set.
    #[default]
    No,
    /// `OK`, and nothing changes.
    Silently,
    /// `ERROR`
    Refused,
}

/// What `AT+COPS=?` answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NetworkListAnswer {
    /// The networks.
    #[default]
    Networks,
    /// `ERROR` at once.
    Error,
    /// A line without any, after its time.
    Empty,
    /// `OK` alone, after its time.
    BareOk,
}

/// A packet data context.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PdpContext {
    /// Its number.
    pub(crate) cid: u32,
    /// Its access point.
    pub(crate) apn: String,
    /// Its type: `IP` unless said.
    #[serde(default = "ip", rename = "type")]
    pub(crate) kind: String,
}

fn ip() -> String {
    "IP".to_owned()
}

/// Why a port never answers a command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Dead {
    /// It answers.
    #[default]
    No,
    /// It is silent.
    Silent,
    /// It is a diagnostic port: binary frames, unasked.
    Noise,
    /// It is in a PPP session: LCP frames, unasked.
    Ppp,
}
