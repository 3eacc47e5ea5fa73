//! A modem's ports, tried in order until one answers.
//!
//! The port that is best on paper may be dead: silent, in a data call, full of noise. Its modem's next one may not be.
//! A port that a person named stands alone. All but the last have little time, so that a dead one does not make every
//! command slow; the last has as long as a modem takes that was just plugged in.

use std::path::Path;
use std::time::Duration;

use super::attach::{LinkFacts, attach};
use super::{Machine, OpenError, OpenOptions, Opened};
use crate::domain::PortRole;
use crate::link::discover::{Choice, FoundModem};
use crate::link::serial::{self, PortError};
use crate::modem::{Error, Tried, Way};
use crate::os::clock::Clock;
use crate::os::fault::{self, SystemFault};

/// How long a port has that is not the last: a modem that is awake answers within milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens the first port of a choice that answers. A port that another program holds is never written to.
pub(super) async fn open_choice(
    choice: &Choice<'_>,
    options: &OpenOptions,
) -> Result<Opened, OpenError> {
    let manager = choice.modem.and_then(|modem| modem.managed_by.as_ref());
    if let (Some(holder), Some(port)) = (manager, choice.ports.first()) {
        let (port, holder) = (port.display().to_string(), Some(holder.to_string()));
        return Err(Error::Busy { port, holder }.into());
    }
    let mut tried = Vec::new();
    for (at, path) in choice.ports.iter().enumerate() {
        let is_last = at + 1 == choice.ports.len();
        let patience = (!is_last).then_some(PATIENCE);
        let facts = LinkFacts {
            is_further: at > 0,
            ..facts(path, choice.modem)
        };
        let error = match open_port(path, facts, patience, options).await {
            Err(OpenError::Modem(error)) => error,
            opened => return opened,
        };
        // Whoever is on the first port works with this modem, or may not at all.
        let stands = matches!(error, Error::Busy { .. } | Error::Permission { .. });
        if stands && tried.is_empty() {
            return Err(error.into());
        }
        let port = path.display().to_string();
        tracing::info!(%error, port, "no answer here");
        tried.push(Tried { port, error });
    }
    let id = choice.modem.map(|modem| modem.id.clone());
    Err(none_answers(tried, id.unwrap_or_default()).into())
}

/// What is said where no port answered: a single one speaks for itself, and so does a modem that left.
pub(super) fn none_answers(mut tried: Vec<Tried>, modem: String) -> Error {
    let left = |tried: &Tried| matches!(tried.error, Error::Gone { .. });
    if tried.len() == 1 || tried.iter().all(left) {
        let none = Error::NoAtPort {
            id: modem,
            why: None,
        };
        return tried.pop().map_or(none, |only| only.error);
    }
    Error::NoAnswer { modem, tried }
}

fn facts(path: &Path, modem: Option<&FoundModem>) -> LinkFacts {
    LinkFacts {
        port: path.display().to_string(),
        usb: modem.and_then(|m| m.usb.as_ref()).map(|usb| usb.id),
        way: modem.map_or(Way::None, |modem| way_of(modem, path)),
        was_found: modem.is_some(),
        is_further: false,
    }
}

/// Opens one port. With little patience for it, `within` is the longest that its answers may take.
pub(super) async fn open_port(
    path: &Path,
    facts: LinkFacts,
    within: Option<Duration>,
    options: &OpenOptions,
) -> Result<Opened, OpenError> {
    let Machine { sysfs, proc } = &options.machine;
    let was_found = facts.was_found;
    let link = serial::open(path, sysfs, proc).map_err(|error| fault(error, was_found))?;
    let clock = Clock::system();
    let until = within.map(|within| clock.now() + within);
    let silent = Error::Silent {
        command: "AT+CMEE?".to_owned(),
        seconds: within.unwrap_or_default().as_secs(),
    };
    tokio::select! {
        biased;
        opened = attach(link, facts, clock.clone(), options) => opened,
        () = clock.sleep_until(until) => Err(silent.into()),
    }
}

/// The way that a modem's data takes: its network interface, or else its port for dialling, or a second AT port, where
/// nobody has it.
fn way_of(modem: &FoundModem, at: &Path) -> Way {
    if let Some(name) = &modem.net_interface {
        return Way::Interface(name.clone());
    }
    let free = |role| {
        let mut ports = modem.ports.iter();
        ports.find(|port| port.role == role && port.path != at && port.held_by.is_none())
    };
    [PortRole::Ppp, PortRole::At2, PortRole::At]
        .into_iter()
        .find_map(free)
        .map_or(Way::None, |port| Way::Ppp(port.path.clone()))
}

/// `was_found`: the port is one that was seen a moment ago, so that it cannot have been mistyped.
fn fault(error: PortError, was_found: bool) -> Error {
    match error {
        PortError::Busy {
            port,
            holder,
            likely,
        } => {
            let holder = holder.or(likely).map(|holder| holder.to_string());
            Error::Busy { port, holder }
        }
        PortError::Permission { port, group } => Error::Permission { port, group },
        PortError::NotAPort { port } => Error::NotAPort { port },
        PortError::Absent { port } if was_found => Error::Gone { port },
        PortError::Absent { port } => Error::absent(port),
        PortError::Gone { port } => Error::Gone { port },
        PortError::Failed { port, source } => match SystemFault::of(&source) {
            Some(SystemFault::Descriptors) => Error::Descriptors { port },
            _ => Error::NotOpened {
                port,
                detail: fault::detail(&source),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;
    use std::path::PathBuf;

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::link::discover::fixture::Fixture;
    use crate::modem::connect::{Spec, open};
    use crate::os::port::fixture::pty;
    use crate::sim::{self, Scenario, VirtualModem};

    const EC25: &str = "
        usb 1-1.4 2c7c:0125 Quectel / EC25-E
        if 00 ff/ff/ff option ttyUSB0
        if 01 ff/00/00 option ttyUSB1
        if 02 ff/00/00 option ttyUSB2
        if 03 ff/00/00 option ttyUSB3
        if 04 ff/ff/ff qmi_wwan net:wwan0 cdc-wdm0
    ";

    /// A computer with an EC25 whose ports are pseudo terminals.
    struct Bench {
        fixture: Fixture,
        far_ends: Vec<File>,
        stop: CancellationToken,
    }

    impl Drop for Bench {
        fn drop(&mut self) {
            self.stop.cancel();
        }
    }

    impl Bench {
        fn new() -> Self {
            Self::beside("")
        }

        /// The same, with a program more.
        fn beside(program: &str) -> Self {
            Self {
                fixture: Fixture::new(&format!("{EC25}{program}")),
                far_ends: Vec::new(),
                stop: CancellationToken::new(),
            }
        }

        fn path(&self, port: &str) -> PathBuf {
            self.fixture.path("dev").join(port)
        }

        fn put(&self, port: &str, terminal: &Path) {
            std::fs::remove_file(self.path(port)).unwrap();
            std::os::unix::fs::symlink(terminal, self.path(port)).unwrap();
        }

        /// A port on which nothing answers, and what it says of its own accord.
        fn dead(mut self, port: &str, says: &[u8]) -> Self {
            let (mut far_end, terminal) = pty::pair();
            let mut raw = rustix::termios::tcgetattr(&far_end).unwrap();
            raw.make_raw();
            let now = rustix::termios::OptionalActions::Now;
            rustix::termios::tcsetattr(&far_end, now, &raw).unwrap();
            far_end.write_all(says).unwrap();
            self.put(port, &terminal);
            self.far_ends.push(far_end);
            self
        }

        /// A port with the virtual modem at its end.
        async fn alive(self, port: &str) -> Self {
            let scenario = Scenario::named("home").unwrap();
            let (tell, told) = tokio::sync::oneshot::channel();
            let stop = self.stop.clone();
            tokio::spawn(async move {
                let make = || Box::new(VirtualModem::new(&scenario)) as Box<dyn sim::Device>;
                let tell = |path: &Path| tell.send(path.to_owned()).unwrap();
                sim::pty::run_pty(None, make, Clock::system(), tell, stop).await
            });
            let terminal = told.await.unwrap();
            self.put(port, &terminal);
            self
        }

        async fn open(&self, wanted: Spec) -> Result<Opened, OpenError> {
            let options = OpenOptions {
                machine: Machine {
                    sysfs: self.fixture.sysfs(),
                    proc: self.fixture.proc(),
                },
                trace: Some(self.fixture.path("trace")),
                ..OpenOptions::of(wanted)
            };
            open(&options).await
        }

        async fn port(&self, wanted: Spec) -> String {
            let opened = self.open(wanted).await.map_err(|error| error.to_string());
            opened.unwrap().modem.reach().port
        }
    }

    fn code(opened: Result<Opened, OpenError>) -> &'static str {
        opened.err().unwrap().code().as_str()
    }

    #[tokio::test]
    async fn the_second_at_port_is_tried_where_the_first_is_dead() {
        let ppp = b"~\xff}#\xc0!}!}!} }4}\"}&} } } } }%}&\x99~".repeat(40);
        let binary: Vec<u8> = (0..2048_u32).map(|at| (at * 7 % 251) as u8).collect();
        let dead = [&b""[..], &ppp, &binary, b"\r\nERROR\r\n"];
        let tried = dead.map(|says| async move {
            let bench = Bench::new().dead("ttyUSB2", says).alive("ttyUSB3").await;
            let second = bench.path("ttyUSB3").display().to_string();
            assert_eq!(bench.port(Spec::Automatic).await, second);
            let trace = std::fs::read_to_string(bench.fixture.path("trace")).unwrap();
            for port in ["ttyUSB2", "ttyUSB3"] {
                assert_eq!(trace.matches(port).count(), 1, "{trace}");
            }
        });
        futures_util::future::join_all(tried).await;
    }

    #[tokio::test]
    async fn a_modem_looked_for_by_its_number_is_heard_on_its_second_port_too() {
        let bench = Bench::new().dead("ttyUSB2", b"").alive("ttyUSB3").await;
        let imei = {
            let mut opened = bench.open(Spec::Automatic).await.ok().unwrap();
            let identity = opened.modem.identity().await.unwrap();
            identity.imei.unwrap().reveal().to_owned()
        };
        let second = bench.path("ttyUSB3").display().to_string();
        let tail = imei[imei.len() - 5..].to_owned();
        assert_eq!(bench.port(Spec::Imei(tail)).await, second);
        // One that cannot be asked may be the one.
        let deaf = Bench::new().dead("ttyUSB2", b"").dead("ttyUSB3", b"");
        let imei = Spec::Imei("12345".to_owned());
        assert_eq!(code(deaf.open(imei).await), "modem.no_answer");
    }

    #[tokio::test]
    async fn where_no_port_answers_all_are_named_with_what_each_did() {
        let bench = Bench::new().dead("ttyUSB2", b"").dead("ttyUSB3", b"");
        let OpenError::Modem(error) = bench.open(Spec::Automatic).await.err().unwrap() else {
            panic!("of the modem");
        };
        let Error::NoAnswer { modem, tried } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(modem, "usb:1-1.4");
        let told: Vec<_> = tried
            .iter()
            .map(|t| (&t.port[..], t.error.code().as_str()))
            .collect();
        let ports = ["ttyUSB2", "ttyUSB3"].map(|port| bench.path(port).display().to_string());
        let silent = "modem.silent";
        assert_eq!(told, [(&ports[0][..], silent), (&ports[1][..], silent)]);
    }

    #[tokio::test]
    async fn a_port_that_was_named_stands_alone() {
        let bench = Bench::new().dead("ttyUSB2", b"").alive("ttyUSB3").await;
        let named = |port| Spec::Device(bench.path(port).display().to_string());
        assert_eq!(code(bench.open(named("ttyUSB2")).await), "modem.silent");
        assert_eq!(code(bench.open(named("ttyUSB9")).await), "modem.absent");
        // The modem named by its place has all its ports.
        let bench = Bench::new().dead("ttyUSB2", b"").alive("ttyUSB3").await;
        let whole = Spec::Device("usb:1-1.4".to_owned());
        let second = bench.path("ttyUSB3").display().to_string();
        assert_eq!(bench.port(whole).await, second);
    }

    #[tokio::test]
    async fn a_port_that_was_seen_and_went_is_gone_and_not_absent() {
        let bench = Bench::new();
        for port in ["ttyUSB2", "ttyUSB3"] {
            std::fs::remove_file(bench.path(port)).unwrap();
        }
        assert_eq!(code(bench.open(Spec::Automatic).await), "modem.gone");
    }

    #[tokio::test]
    async fn a_modem_that_modemmanager_holds_and_cannot_be_asked_for_is_told_as_busy() {
        let bench = Bench::beside("proc 900 ModemManager ttyUSB2");
        let bench = bench.alive("ttyUSB3").await;
        let OpenError::Modem(error) = bench.open(Spec::Automatic).await.err().unwrap() else {
            panic!("of the modem");
        };
        let holder = Some("ModemManager (pid 900)".to_owned());
        let port = bench.path("ttyUSB2").display().to_string();
        assert_eq!(error, Error::Busy { port, holder });
    }

    #[tokio::test]
    async fn who_holds_the_first_port_is_not_evaded() {
        let bench = Bench::beside("proc 812 minicom ttyUSB2");
        let bench = bench.dead("ttyUSB2", b"").alive("ttyUSB3").await;
        assert_eq!(code(bench.open(Spec::Automatic).await), "modem.busy");
    }
}
