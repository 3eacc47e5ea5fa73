//! What keeps a measurement from being made. A link that is slow or silent is no error: that is what is measured.

use std::net::{IpAddr, SocketAddr};

use opensim_os::net::interface::InterfaceFault;
use serde_json::{Value, json};

use opensim_domain::codes::{Code, Detail};

/// Why nothing could be measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// The interface is not there, or its name is none.
    #[error("{interface}: no such interface")]
    NoInterface {
        /// Its name.
        interface: String,
    },
    /// The interface is down, or has no carrier.
    #[error("{interface}: the interface is down")]
    InterfaceDown {
        /// Its name.
        interface: String,
    },
    /// The kernel does not let this user bind to an interface (before Linux 5.7 it takes `CAP_NET_RAW`).
    #[error("{interface}: not permitted to bind to the interface")]
    NotPermitted {
        /// Its name.
        interface: String,
    },
    /// That a measurement is right has not been shown on this system.
    #[error("nothing is measured on this system")]
    Unproven,
    /// The demonstration's link ends at this computer.
    #[error("{address} is not on this computer")]
    NotLoopback {
        /// What was to be reached.
        address: IpAddr,
    },
    /// The interface has no way to the server.
    #[error("{interface}: no route to {address}")]
    NoRoute {
        /// Its name.
        interface: String,
        /// What was to be reached.
        address: IpAddr,
    },
    /// Answers are dropped: strict reverse path filtering, and the usual route leads elsewhere.
    #[error("{interface}: strict reverse path filtering drops the answers")]
    ReversePath {
        /// Its name.
        interface: String,
        /// The setting that does it.
        file: String,
    },
    /// No name server was given and none that the interface could reach is configured.
    #[error("{interface}: no name server for {name}")]
    NoNameServer {
        /// Its name.
        interface: String,
        /// What was to be looked up.
        name: String,
    },
    /// No name server answered.
    #[error("no name server answered for {name}")]
    NameServerSilent {
        /// What was to be looked up.
        name: String,
    },
    /// A name server answered that it cannot or will not say.
    #[error("no name server could say what {name} is: {answer}")]
    NameServerFailed {
        /// What was to be looked up.
        name: String,
        /// Its word for it.
        answer: String,
    },
    /// The answer does not fit a datagram, and there is no longer one to be had.
    #[error("the answer for {name} was cut short")]
    NameCutShort {
        /// What was to be looked up.
        name: String,
    },
    /// There is no such name.
    #[error("{name}: unknown name")]
    UnknownName {
        /// What was looked up.
        name: String,
    },
    /// The name is there and has no address.
    #[error("{name}: no address")]
    NoAddress {
        /// What was looked up.
        name: String,
    },
    /// The server does not answer.
    #[error("{server} does not answer")]
    Unreachable {
        /// Where it was looked for.
        server: SocketAddr,
    },
    /// Nobody listens there.
    #[error("{server} refuses connections")]
    Refused {
        /// Where it was looked for.
        server: SocketAddr,
    },
    /// The server is not who it should be: its certificate is not trusted, expired, or of another name.
    #[error("{server}: {detail}")]
    Certificate {
        /// Its name.
        server: String,
        /// What TLS says.
        detail: String,
    },
    /// Something else answered: a page to log in at, a redirection, or what is no such server.
    #[error("{server}: {found:?}")]
    NotTheServer {
        /// Its name.
        server: String,
        /// What came instead.
        found: Stranger,
    },
    /// The server has nothing at that place (404, 410).
    #[error("{server} answers {status}")]
    NotFound {
        /// Its name.
        server: String,
        /// The HTTP status.
        status: u16,
    },
    /// The server gave so little that no rate can be told: its file is too small.
    #[error("{server} gave no more than {bytes} bytes")]
    TooSmall {
        /// Its name.
        server: String,
        /// What came, on the wire.
        bytes: u64,
    },
    /// The server will not serve now (403, 429, 5xx).
    #[error("{server} answers {status}")]
    ServerRefused {
        /// Its name.
        server: String,
        /// The HTTP status.
        status: u16,
    },
    /// An opensim server that has no place left now.
    #[error("{server} is full")]
    ServerFull {
        /// Its name.
        server: String,
    },
    /// The connection broke before anything could be measured.
    #[error("{server}: {detail}")]
    Broken {
        /// Its name.
        server: String,
        /// What happened.
        detail: String,
    },
    /// The budget does not even cover setting up.
    #[error("{budget} bytes are too few; {needed} are needed")]
    Budget {
        /// The whole of it.
        budget: u64,
        /// What it has to be for the next step, what was spent before included.
        needed: u64,
    },
    /// A file of certificates cannot be used.
    #[error("{file}: {detail}")]
    CertificateFile {
        /// Which.
        file: String,
        /// Why.
        detail: String,
    },
    /// This process or this computer has as many files open as it may.
    #[error("{operation}: too many open files")]
    Descriptors {
        /// What was tried.
        operation: &'static str,
    },
    /// The kernel refused something that it should not.
    #[error("{operation}: {detail}")]
    System {
        /// What was tried.
        operation: &'static str,
        /// What it said.
        detail: String,
    },
    /// Stopped by the person.
    #[error("interrupted")]
    Interrupted,
}

/// What answered in place of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stranger {
    /// It leads elsewhere.
    Moved {
        /// The HTTP status.
        status: u16,
        /// Where, where it says.
        location: Option<String>,
    },
    /// A network that wants a log-in first (RFC 6585).
    LogIn,
    /// A web page.
    Page,
    /// Something compressed, which was not asked for.
    Compressed,
    /// What calls itself otherwise, or nothing.
    OtherName(Option<String>),
    /// What calls itself otherwise, and refuses.
    Status(u16),
    /// What speaks TLS, where nobody does.
    Tls,
    /// What speaks no HTTP.
    NoHttp,
    /// What speaks no TLS.
    NoTls,
    /// What speaks TLS in no way that could be agreed on.
    OtherTls,
}

impl Stranger {
    fn detail(&self) -> Detail {
        match self {
            Self::Moved { .. } => Detail::HTTP_MOVED,
            Self::LogIn => Detail::HTTP_LOG_IN,
            Self::Page => Detail::HTTP_PAGE,
            Self::Compressed => Detail::HTTP_COMPRESSED,
            Self::OtherName(Some(_)) => Detail::HTTP_OTHER_NAME,
            Self::OtherName(None) => Detail::HTTP_NO_NAME,
            Self::Status(_) => Detail::HTTP_STATUS,
            Self::Tls => Detail::HTTP_TLS,
            Self::NoHttp => Detail::HTTP_NONE,
            Self::NoTls => Detail::TLS_NOT_SPOKEN,
            Self::OtherTls => Detail::TLS_NOT_AGREED,
        }
    }

    fn values(&self, server: &str) -> Vec<(&'static str, Value)> {
        let mut values = vec![
            ("server", json!(server)),
            ("detail", json!(self.detail().as_str())),
        ];
        match self {
            Self::Moved { status, location } => {
                values.extend([("status", json!(status)), ("location", json!(location))]);
            }
            Self::OtherName(name) => values.push(("name", json!(name))),
            Self::Status(status) => values.push(("status", json!(status))),
            _ => {}
        }
        values
    }
}

impl MeasureError {
    /// Stable, in JSON and docs/errors.md.
    pub fn code(&self) -> Code {
        match self {
            Self::NoInterface { .. } => Code::MEASURE_NO_INTERFACE,
            Self::InterfaceDown { .. } => Code::MEASURE_INTERFACE_DOWN,
            Self::NotPermitted { .. } => Code::MEASURE_NOT_PERMITTED,
            Self::Unproven => Code::MEASURE_UNPROVEN,
            Self::NotLoopback { .. } => Code::MEASURE_NOT_LOOPBACK,
            Self::NoRoute { .. } => Code::MEASURE_NO_ROUTE,
            Self::ReversePath { .. } => Code::MEASURE_REVERSE_PATH,
            Self::NoNameServer { .. } => Code::MEASURE_NO_NAME_SERVER,
            Self::NameServerSilent { .. } => Code::MEASURE_NAME_SERVER_SILENT,
            Self::NameServerFailed { .. } => Code::MEASURE_NAME_SERVER_FAILED,
            Self::NameCutShort { .. } => Code::MEASURE_NAME_CUT_SHORT,
            Self::UnknownName { .. } => Code::MEASURE_UNKNOWN_NAME,
            Self::NoAddress { .. } => Code::MEASURE_NAME_WITHOUT_ADDRESS,
            Self::Unreachable { .. } => Code::MEASURE_UNREACHABLE,
            Self::Refused { .. } => Code::MEASURE_REFUSED,
            Self::Certificate { .. } => Code::MEASURE_CERTIFICATE,
            Self::NotTheServer { .. } => Code::MEASURE_NOT_THE_SERVER,
            Self::NotFound { .. } => Code::MEASURE_NOT_FOUND,
            Self::TooSmall { .. } => Code::MEASURE_TOO_SMALL,
            Self::ServerRefused { .. } => Code::MEASURE_SERVER_REFUSED,
            Self::ServerFull { .. } => Code::MEASURE_SERVER_FULL,
            Self::Broken { .. } => Code::MEASURE_BROKEN,
            Self::Budget { .. } => Code::MEASURE_BUDGET,
            Self::CertificateFile { .. } => Code::MEASURE_CERTIFICATE_FILE,
            Self::Descriptors { .. } => Code::MEASURE_DESCRIPTORS,
            Self::System { .. } => Code::MEASURE_SYSTEM,
            Self::Interrupted => Code::INTERRUPTED,
        }
    }

    /// The values its sentence needs.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::NoInterface { interface }
            | Self::InterfaceDown { interface }
            | Self::NotPermitted { interface } => vec![("interface", json!(interface))],
            Self::NotLoopback { address } => vec![("address", json!(address))],
            Self::NoRoute { interface, address } => {
                vec![("interface", json!(interface)), ("address", json!(address))]
            }
            Self::ReversePath { interface, file } => {
                vec![("interface", json!(interface)), ("file", json!(file))]
            }
            Self::NoNameServer { interface, name } => {
                vec![("interface", json!(interface)), ("name", json!(name))]
            }
            Self::NameServerSilent { name }
            | Self::NameCutShort { name }
            | Self::UnknownName { name }
            | Self::NoAddress { name } => vec![("name", json!(name))],
            Self::NameServerFailed { name, answer } => {
                vec![("name", json!(name)), ("answer", json!(answer))]
            }
            Self::ServerFull { server } => vec![("server", json!(server))],
            Self::Descriptors { operation } => vec![("operation", json!(operation))],
            Self::Unreachable { server } | Self::Refused { server } => {
                vec![("server", json!(server.to_string()))]
            }
            Self::Certificate { server, detail } | Self::Broken { server, detail } => {
                vec![("server", json!(server)), ("detail", json!(detail))]
            }
            Self::NotTheServer { server, found } => found.values(server),
            Self::TooSmall { server, bytes } => {
                vec![("server", json!(server)), ("bytes", json!(bytes))]
            }
            Self::NotFound { server, status } | Self::ServerRefused { server, status } => {
                vec![("server", json!(server)), ("status", json!(status))]
            }
            Self::Budget { budget, needed } => {
                vec![("budget", json!(budget)), ("needed", json!(needed))]
            }
            Self::CertificateFile { file, detail } => {
                vec![("file", json!(file)), ("detail", json!(detail))]
            }
            Self::System { operation, detail } => {
                vec![("operation", json!(operation)), ("detail", json!(detail))]
            }
            Self::Unproven | Self::Interrupted => Vec::new(),
        }
    }
}

impl From<InterfaceFault> for MeasureError {
    fn from(fault: InterfaceFault) -> Self {
        match fault {
            InterfaceFault::Absent { interface } => Self::NoInterface { interface },
            InterfaceFault::Down { interface } | InterfaceFault::NoAddress { interface } => {
                Self::InterfaceDown { interface }
            }
            InterfaceFault::NoRoute { interface, address } => Self::NoRoute { interface, address },
            InterfaceFault::ReversePath { interface, file } => {
                Self::ReversePath { interface, file }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_interface_has_its_code() {
        let interface = || "wwan0".to_owned();
        let code = |fault: InterfaceFault| MeasureError::from(fault).code();
        let absent = InterfaceFault::Absent {
            interface: interface(),
        };
        assert_eq!(code(absent), "measure.no_interface");
        let down = InterfaceFault::Down {
            interface: interface(),
        };
        assert_eq!(code(down), "measure.interface_down");
        let no_route = InterfaceFault::NoRoute {
            interface: interface(),
            address: [192, 0, 2, 9].into(),
        };
        assert_eq!(code(no_route), "measure.no_route");
        let filtered = InterfaceFault::ReversePath {
            interface: interface(),
            file: "/proc/sys/net/ipv4/conf/wwan0/rp_filter".to_owned(),
        };
        assert_eq!(code(filtered), "measure.reverse_path");
    }
}
