//! What a check found, as a code with values; its sentence is in the catalogues.

use serde_json::{Value, json};

use crate::error::MeasureError;
use opensim_domain::codes::Code;

pub use opensim_domain::measured::Reachability;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A SIP server answers.
    SipAnswered {
        /// Its status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// A SIP server answers that it cannot serve (408, 503).
    SipUnavailable {
        /// Its status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// Something between rewrites SIP: a router's ALG. A warning beside the answer.
    SipAlg {
        /// As it was sent.
        sent: String,
        /// As it came back.
        seen: String,
    },
    /// An `OpenVPN` server answers the handshake.
    OpenVpnAnswered,
    /// Nothing came back by UDP: nobody there, or a server with `tls-auth` or `tls-crypt`.
    OpenVpnSilent,
    /// The port accepts connections and nothing more was said: a server with `tls-auth` or `tls-crypt`, or another.
    OpenVpnOpen,
    /// Nothing came back to a packet that was made with the person's own profile.
    OpenVpnNoAnswer {
        /// How long was waited.
        seconds: u64,
    },
    /// The port accepts connections, and nobody there takes the person's own profile.
    OpenVpnRefused,
    /// The port accepts connections.
    Connected,
    /// TLS came up, and the certificate is right.
    Secured,
    /// The page is answered for.
    Page {
        /// With this HTTP status.
        status: u16,
    },
    /// The page is elsewhere.
    PageMoved {
        /// The HTTP status.
        status: u16,
        /// Where.
        location: String,
    },
    /// The server answers that it cannot serve (5xx).
    PageFailed {
        /// The HTTP status.
        status: u16,
    },
    /// A page to log in at stands in the way.
    Captive {
        /// Where it leads, where it says.
        location: Option<String>,
    },
    /// Something else answers there.
    Stranger,
    /// Nothing came back in time.
    NoAnswer {
        /// How long was waited.
        seconds: u64,
    },
    /// It could not be asked, or the way to it failed.
    Failed(MeasureError),
}

impl Finding {
    /// Stable. That of a failure is the error's own, under which its sentence stands.
    pub fn code(&self) -> Code {
        match self {
            Self::SipAnswered { .. } => Code::CHECK_SIP_ANSWERED,
            Self::SipUnavailable { .. } => Code::CHECK_SIP_UNAVAILABLE,
            Self::SipAlg { .. } => Code::CHECK_SIP_ALG,
            Self::OpenVpnAnswered => Code::CHECK_OPENVPN_ANSWERED,
            Self::OpenVpnSilent => Code::CHECK_OPENVPN_SILENT,
            Self::OpenVpnOpen => Code::CHECK_OPENVPN_OPEN,
            Self::OpenVpnNoAnswer { .. } => Code::CHECK_OPENVPN_NO_ANSWER,
            Self::OpenVpnRefused => Code::CHECK_OPENVPN_REFUSED,
            Self::Connected => Code::CHECK_CONNECTED,
            Self::Secured => Code::CHECK_SECURED,
            Self::Page { .. } => Code::CHECK_PAGE,
            Self::PageMoved { .. } => Code::CHECK_PAGE_MOVED,
            Self::PageFailed { .. } => Code::CHECK_PAGE_FAILED,
            Self::Captive { .. } => Code::CHECK_CAPTIVE,
            Self::Stranger => Code::CHECK_STRANGER,
            Self::NoAnswer { .. } => Code::CHECK_NO_ANSWER,
            Self::Failed(error) => error.code(),
        }
    }

    /// The values its sentence needs. Unknown is null.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::SipAnswered { status, reason } | Self::SipUnavailable { status, reason } => {
                vec![("status", json!(status)), ("reason", json!(reason))]
            }
            Self::SipAlg { sent, seen } => vec![("sent", json!(sent)), ("seen", json!(seen))],
            Self::Page { status } | Self::PageFailed { status } => vec![("status", json!(status))],
            Self::PageMoved { status, location } => {
                vec![("status", json!(status)), ("location", json!(location))]
            }
            Self::Captive { location } => vec![("detail", json!(location))],
            Self::NoAnswer { seconds } | Self::OpenVpnNoAnswer { seconds } => {
                vec![("seconds", json!(seconds))]
            }
            Self::Failed(error) => error.values(),
            Self::OpenVpnAnswered
            | Self::OpenVpnSilent
            | Self::OpenVpnOpen
            | Self::OpenVpnRefused
            | Self::Connected
            | Self::Secured
            | Self::Stranger => Vec::new(),
        }
    }

    /// What it means for the target.
    pub(crate) fn outcome(&self) -> Reachability {
        match self {
            Self::SipAnswered { .. }
            | Self::SipAlg { .. }
            | Self::OpenVpnAnswered
            | Self::Connected
            | Self::Secured
            | Self::Page { .. }
            | Self::PageMoved { .. } => Reachability::Reached,
            Self::SipUnavailable { .. }
            | Self::PageFailed { .. }
            | Self::Captive { .. }
            | Self::Stranger
            | Self::OpenVpnNoAnswer { .. }
            | Self::OpenVpnRefused
            | Self::NoAnswer { .. } => Reachability::NotReached,
            Self::OpenVpnSilent | Self::OpenVpnOpen => Reachability::Unknown,
            Self::Failed(error) => of_failure(error),
        }
    }
}

/// What says something of the way is an answer; what says something of this computer is none.
fn of_failure(error: &MeasureError) -> Reachability {
    match error {
        MeasureError::InterfaceDown { .. }
        | MeasureError::NoRoute { .. }
        | MeasureError::ReversePath { .. }
        | MeasureError::NameServerSilent { .. }
        | MeasureError::NameServerFailed { .. }
        | MeasureError::NameCutShort { .. }
        | MeasureError::UnknownName { .. }
        | MeasureError::NoAddress { .. }
        | MeasureError::Unreachable { .. }
        | MeasureError::Refused { .. }
        | MeasureError::Certificate { .. }
        | MeasureError::NotTheServer { .. }
        | MeasureError::NotFound { .. }
        | MeasureError::TooSmall { .. }
        | MeasureError::ServerRefused { .. }
        | MeasureError::ServerFull { .. }
        | MeasureError::Broken { .. } => Reachability::NotReached,
        MeasureError::Unproven
        | MeasureError::NoInterface { .. }
        | MeasureError::NotPermitted { .. }
        | MeasureError::NotLoopback { .. }
        | MeasureError::NoNameServer { .. }
        | MeasureError::Budget { .. }
        | MeasureError::CertificateFile { .. }
        | MeasureError::Descriptors { .. }
        | MeasureError::System { .. }
        | MeasureError::Interrupted => Reachability::Unknown,
    }
}
