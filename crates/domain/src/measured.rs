//! The words in which a measurement is told: how a test ended, how a call was imitated, whether a target was reached.

use serde::{Deserialize, Serialize};

/// Half the width of the zone around a need in which a rate cannot be told from it, as a share of the need. A verdict is
/// promised outside it.
pub const ZONE: f64 = 0.15;

/// Makes each list's words: what documents and the command line write.
macro_rules! words {
    ($($list:ident { $($word:ident = $text:literal),* $(,)? })*) => {
        $(impl $list {
            /// Each of them.
            pub const ALL: [Self; [$(Self::$word),*].len()] = [$(Self::$word),*];

            /// As documents say it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text),*
                }
            }
        })*
    };
}

/// Whether a rate meets a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Clearance {
    /// It does.
    Meets,
    /// It does not.
    Below,
    /// Within the noise of the need, or cut short.
    Uncertain,
}

/// Why a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The evidence sufficed.
    Decided,
    /// Its time was up.
    MaxTime,
    /// Its bytes were up, as many as the test gives itself.
    MaxBytes,
    /// The user's budget was up.
    Budget,
    /// It looked below the need, but the window that was granted could not have carried more.
    WindowLimited,
    /// Connected, asked, and no byte of payload came.
    NoData,
    /// The server had no more to give or to take.
    Ended,
    /// The connection broke.
    ConnectionLost,
    /// This computer was too busy to count.
    Stalled,
}

/// A codec whose packet pattern is imitated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    /// G.711 with loss concealment: 80 kbit/s each way on the bill (IPv4).
    #[default]
    G711,
    /// G.729A with voice activity detection: 24 kbit/s each way.
    G729,
    /// Opus at 24 kbit/s: 40 kbit/s each way. Its rating is indicative: ITU-T has none for it.
    Opus24,
}

/// How a call was probed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// STAMP: each way apart.
    Stamp,
    /// A plain echo: both ways together.
    Echo,
    /// Connections opened over TCP: delay alone, loss hidden.
    Tcp,
}

/// What flowed while a call was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// What the day needs, each way.
    Need,
    /// Nothing.
    Nothing,
    /// More than that.
    Load,
}

/// A kind of check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// `OPTIONS` of a telephone server (RFC 3261 clause 11).
    Sip,
    /// The first packet of an `OpenVPN` handshake.
    Openvpn,
    /// Whether a port accepts connections.
    Tcp,
    /// Whether TLS comes up, by the name that was given.
    Tls,
    /// Whether a page is answered for, and how soon.
    Https,
}

/// Whether a target was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reachability {
    /// It was, and serves.
    Reached,
    /// It was not, or does not serve.
    NotReached,
    /// It cannot be told: a server that answers nobody, or nothing that could be asked.
    Unknown,
}

words! {
    Clearance { Meets = "meets", Below = "below", Uncertain = "uncertain" }
    Stop {
        Decided = "decided",
        MaxTime = "max_time",
        MaxBytes = "max_bytes",
        Budget = "budget",
        WindowLimited = "window_limited",
        NoData = "no_data",
        Ended = "ended",
        ConnectionLost = "connection_lost",
        Stalled = "stalled",
    }
    Codec { G711 = "g711", G729 = "g729", Opus24 = "opus24" }
    Method { Stamp = "stamp", Echo = "echo", Tcp = "tcp" }
    Beside { Need = "need", Nothing = "nothing", Load = "load" }
    CheckKind { Sip = "sip", Openvpn = "openvpn", Tcp = "tcp", Tls = "tls", Https = "https" }
    Reachability { Reached = "reached", NotReached = "not_reached", Unknown = "unknown" }
}

impl Codec {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_in_a_document_and_in_a_sentence() {
        fn same<T: Serialize + Copy>(list: &[T], text: fn(T) -> &'static str) {
            for word in list {
                assert_eq!(serde_json::to_value(word).unwrap(), text(*word));
            }
        }
        same(&Clearance::ALL, Clearance::as_str);
        same(&Stop::ALL, Stop::as_str);
        same(&Codec::ALL, Codec::as_str);
        same(&Method::ALL, Method::as_str);
        same(&Beside::ALL, Beside::as_str);
        same(&CheckKind::ALL, CheckKind::as_str);
        same(&Reachability::ALL, Reachability::as_str);
    }
}
