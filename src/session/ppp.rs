//! A connection dialled with `pppd` on a port of its own, and taken down whatever becomes of opensim.
//!
//! Nothing that the host goes by is changed: no default route is set, no name server is put to use, and the
//! administrator's `ip-up` and `ip-down` do not run. The name servers that the peer tells are printed by `pppd`, which
//! also keeps them in a file of its own (`/etc/ppp/resolv.conf`). It is [`Leashed`]: when
//! the link is released, when it is dropped and when opensim dies of whatever cause, `pppd` ends.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::ChildStdout;
use tokio::sync::mpsc;

use super::DataFault;
use crate::domain::codes::Detail;
use crate::os::clock::Clock;
use crate::os::fault;
use crate::os::process::{self, Leashed, installed};
use crate::time::Instant;

mod said;

use said::{PppdLine, Splitter, last_words, read};

/// After the address the rest of what is known is printed at once.
const QUIET: Duration = Duration::from_millis(200);
/// The least and the longest that the modem is given to connect, seconds.
const CHAT: (u64, u64) = (5, 120);

/// What dialling takes.
#[derive(Debug, Clone)]
pub(crate) struct Dialler {
    /// `pppd` and `chat`, where they are installed.
    programs: Result<[PathBuf; 2], Detail>,
    /// Whether this user is root; `pppd` lets nobody else leave out the peer's authentication.
    root: bool,
}

/// A connection that is up.
#[derive(Debug)]
pub(crate) struct PppCall {
    /// Its interface.
    pub(crate) interface: String,
    /// Those that the peer told.
    pub(crate) name_servers: Vec<IpAddr>,
    watched: Watched,
}

impl Dialler {
    /// The running system's.
    pub(crate) fn system() -> Self {
        let programs = match (installed("pppd"), installed("chat")) {
            (Some(pppd), Some(chat)) => Ok([pppd, chat]),
            (None, _) => Err(Detail::DIAL_NO_PPPD),
            (_, None) => Err(Detail::DIAL_NO_CHAT),
        };
        Self {
            programs,
            root: process::is_root(),
        }
    }

    /// Dials on a port, and returns once the link has its address.
    pub(crate) async fn dial(
        &self,
        port: &Path,
        clock: &Clock,
        until: Instant,
    ) -> Result<PppCall, DataFault> {
        self.call(port, true, clock, until).await
    }

    /// Speaks PPP on a port where another program has dialled already, and returns once the link has its address.
    #[cfg(any(feature = "manager", test))]
    pub(crate) async fn take_up(
        &self,
        port: &Path,
        clock: &Clock,
        until: Instant,
    ) -> Result<PppCall, DataFault> {
        self.call(port, false, clock, until).await
    }

    async fn call(
        &self,
        port: &Path,
        dial: bool,
        clock: &Clock,
        until: Instant,
    ) -> Result<PppCall, DataFault> {
        let missing = |detail: &str| DataFault::NoDialler {
            detail: detail.to_owned(),
        };
        let no_program = |detail: &Detail| missing(detail.as_str());
        let [pppd, chat] = self.programs.as_ref().map_err(no_program)?;
        if !self.root {
            return Err(missing(Detail::DIAL_NOT_ROOT.as_str()));
        }
        let seconds = (until - clock.now()).as_secs();
        let dial = dial.then(|| connect(chat, seconds));
        let mut watched = Watched::start(pppd, &arguments(port, dial.as_deref()))
            .map_err(|error| missing(&fault::detail(&error)))?;
        let connected = watched.connect(clock, until).await;
        match connected {
            Ok((interface, name_servers)) => Ok(PppCall {
                interface,
                name_servers,
                watched,
            }),
            Err(fault) => {
                watched.end(clock).await;
                Err(fault)
            }
        }
    }
}

impl PppCall {
    /// Whether `pppd` still runs.
    pub(crate) fn is_up(&self) -> bool {
        !self.watched.lines.is_closed()
    }

    /// Takes the connection down, and returns when it is.
    pub(crate) async fn hang_up(self, clock: &Clock) {
        self.watched.end(clock).await;
    }
}

/// A program that ends with opensim, and what it prints.
#[derive(Debug)]
struct Watched {
    program: Leashed,
    /// What it prints; closed when it has ended.
    lines: mpsc::Receiver<String>,
}

impl Watched {
    fn start(program: &Path, arguments: &[String]) -> std::io::Result<Self> {
        let (program, output) = Leashed::start("opensim-dial", program, arguments)?;
        let (sender, lines) = mpsc::channel(64);
        tokio::spawn(listen(output, sender));
        Ok(Self { program, lines })
    }

    /// Listens until the link has its address: its interface, and the name servers that were told.
    async fn connect(
        &mut self,
        clock: &Clock,
        until: Instant,
    ) -> Result<(String, Vec<IpAddr>), DataFault> {
        let (mut interface, mut servers, mut told) = (None, Vec::new(), Vec::new());
        let mut deadline = until;
        let mut up = false;
        loop {
            let line = tokio::select! {
                line = self.lines.recv() => line,
                () = clock.sleep_until(Some(deadline)) => break,
            };
            let Some(line) = line else {
                up = false;
                break;
            };
            match read(&line) {
                PppdLine::Interface(name) => interface = Some(name),
                PppdLine::NameServer(server) => servers.push(server),
                PppdLine::Local(_) => {
                    up = true;
                    deadline = clock.now() + QUIET;
                }
                PppdLine::Missing(detail) => return Err(DataFault::NoDialler { detail }),
                PppdLine::Other(line) => told.push(line),
            }
        }
        match interface.filter(|_| up) {
            Some(interface) => Ok((interface, servers)),
            None => Err(DataFault::Dial {
                detail: last_words(&told).unwrap_or_else(|| Detail::DIAL_NO_CONNECTION.into()),
            }),
        }
    }

    /// Ends the program, and returns when it has ended.
    async fn end(self, clock: &Clock) {
        match self.program.end(clock).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!("pppd does not end"),
            Err(error) => tracing::warn!(%error, "pppd was not seen to end"),
        }
    }
}

/// Passes on what is printed. Where nobody takes it any more it is read all the same, or the program would stand
/// still.
async fn listen(mut output: ChildStdout, lines: mpsc::Sender<String>) {
    let mut splitter = Splitter::default();
    let mut bytes = [0; 1024];
    while let Ok(length @ 1..) = output.read(&mut bytes).await {
        for line in splitter.push(&bytes[..length]) {
            tracing::debug!(%line, "pppd");
            // A full queue is one that nobody reads: the call is up.
            let _ = lines.try_send(line);
        }
    }
    if let Some(line) = splitter.end() {
        let _ = lines.try_send(line);
    }
}

/// What dials. The context is the modem's first, with the access point that it has there.
fn connect(chat: &Path, seconds: u64) -> String {
    let seconds = seconds.clamp(CHAT.0, CHAT.1);
    format!(
        "exec '{}' -s -S -v TIMEOUT 5 ABORT BUSY ABORT ERROR ABORT 'NO CARRIER' ABORT 'NO DIALTONE' \
         ABORT 'NO ANSWER' '' AT OK-AT-OK 'ATD*99#' TIMEOUT {seconds} CONNECT ''",
        chat.display()
    )
}

/// What `pppd` is told, and what is to dial first.
fn arguments(port: &Path, dial: Option<&str>) -> Vec<String> {
    let port = port.display().to_string();
    let words = [
        &*port,
        "115200",
        "nodetach",
        "lock",
        "noauth",
        // A modem's own end of PPP may ask for a name, and takes any.
        "user",
        "opensim",
        "password",
        "opensim",
        "hide-password",
        "noipdefault",
        "ipcp-accept-local",
        "ipcp-accept-remote",
        "noipv6",
        "novj",
        "noccp",
        "nodefaultroute",
        // Asked for, or the peer tells none. Only the administrator's scripts would put them to use.
        "usepeerdns",
        "nopersist",
        "maxfail",
        "1",
        // The administrator's scripts would set routes and name servers.
        "ip-up-script",
        "/bin/true",
        "ip-down-script",
        "/bin/true",
        "ipparam",
        "opensim",
    ];
    let dial = dial.into_iter().flat_map(|command| ["connect", command]);
    words.into_iter().chain(dial).map(str::to_owned).collect()
}

#[cfg(test)]
pub(crate) mod fixture {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A `pppd` that says what it is told to, and tells of its end in a pipe.
    pub(crate) struct Fake {
        pub(crate) folder: tempfile::TempDir,
    }

    impl Fake {
        /// `says` is shell; with `stays` it then waits to be ended.
        pub(crate) fn new(says: &str, stays: bool) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = |name: &str| folder.path().join(name);
            let mode = rustix::fs::Mode::from_raw_mode(0o600);
            for pipe in ["begun", "end"] {
                let fifo = rustix::fs::FileType::Fifo;
                rustix::fs::mknodat(rustix::fs::CWD, path(pipe), fifo, mode, 0).unwrap();
            }
            // It tells that it has begun once nothing can end it unheard. It holds both ends of that pipe: the word waits
            // there, and nobody waits for a listener.
            // Like `pppd` it does not mind that nobody reads it any more.
            let stay = "exec 9<>\"$here/begun\"\ntrap '' PIPE\ntail -f /dev/null & w=$!\ntrap 'kill $w; echo hung up; exec >&-; echo ended >\"$here/end\"; exit 5' TERM\n\
                echo begun >&9\n";
            let text = format!(
                "#!/bin/sh\nhere='{}'\necho \"$@\" >\"$here/arguments\"\n{}{says}\n{}",
                folder.path().display(),
                if stays { stay } else { "" },
                if stays { "wait $w\n" } else { "" },
            );
            std::fs::write(path("pppd"), text).unwrap();
            std::fs::set_permissions(path("pppd"), PermissionsExt::from_mode(0o755)).unwrap();
            Self { folder }
        }

        pub(crate) fn dialler(&self) -> Dialler {
            dialler(self.folder.path())
        }

        pub(crate) fn arguments(&self) -> String {
            std::fs::read_to_string(self.folder.path().join("arguments")).unwrap()
        }

        /// Returns when it has begun, and can be ended in order.
        pub(crate) async fn begun(&self) {
            assert_eq!(self.told("begun").await, "begun\n");
        }

        /// Returns when it has been ended.
        pub(crate) async fn ended(&self) -> String {
            self.told("end").await
        }

        /// A word from a pipe; none within a minute is a failure and no wait for ever.
        async fn told(&self, pipe: &str) -> String {
            let path = self.folder.path().join(pipe);
            let mut pipe = tokio::net::unix::pipe::OpenOptions::new()
                .read_write(true)
                .open_receiver(path)
                .unwrap();
            let mut word = String::new();
            let read = async {
                while !word.ends_with('\n') {
                    word.push(char::from(pipe.read_u8().await.unwrap()));
                }
            };
            tokio::time::timeout(Duration::from_mins(1), read)
                .await
                .unwrap();
            word
        }
    }

    pub(crate) fn dialler(folder: &Path) -> Dialler {
        Dialler {
            programs: Ok([folder.join("pppd"), folder.join("chat")]),
            root: true,
        }
    }

    pub(crate) const UP: &str = "echo 'Serial connection established.'; echo 'Using interface ppp7'\n\
        echo 'Connect: ppp7 <--> /dev/x'; echo 'local  IP address 10.64.12.7'\n\
        echo 'remote IP address 10.64.64.64'; echo 'primary   DNS address 192.0.2.53'";
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    use super::fixture::{Fake, UP, dialler};
    use super::*;

    async fn dial(dialler: &Dialler, within: Duration) -> Result<PppCall, DataFault> {
        let clock = Clock::system();
        let until = clock.now() + within;
        dialler.dial(Path::new("/dev/x"), &clock, until).await
    }

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn a_call_that_comes_up_has_its_interface_and_its_name_servers() {
        let fake = Fake::new(UP, true);
        let call = dial(&fake.dialler(), LONG).await.unwrap();
        assert_eq!(call.interface, "ppp7");
        assert_eq!(call.name_servers, [IpAddr::from([192, 0, 2, 53])]);
        assert!(call.is_up());
        assert!(fake.arguments().contains("nodefaultroute"));
        let clock = Clock::system();
        let (ended, ()) = tokio::join!(fake.ended(), call.hang_up(&clock));
        assert_eq!(ended, "ended\n");
    }

    #[tokio::test]
    async fn a_call_that_another_dialled_is_only_spoken_on() {
        let fake = Fake::new(UP, true);
        let clock = Clock::system();
        let until = clock.now() + LONG;
        let port = Path::new("/dev/x");
        let call = fake.dialler().take_up(port, &clock, until).await.unwrap();
        let told = fake.arguments();
        assert!(
            told.starts_with("/dev/x ") && !told.contains(" connect "),
            "{told}"
        );
        let (ended, ()) = tokio::join!(fake.ended(), call.hang_up(&clock));
        assert_eq!(ended, "ended\n");
    }

    #[tokio::test]
    async fn a_call_that_fails_says_why_in_the_last_words_of_pppd() {
        let says = "echo 'expect (CONNECT)'; echo 'Failed (NO CARRIER)'; echo 'Connect script failed'; echo Exit.";
        let error = dial(&Fake::new(says, false).dialler(), LONG)
            .await
            .unwrap_err();
        let detail = "Failed (NO CARRIER); Connect script failed".to_owned();
        assert_eq!(error, DataFault::Dial { detail });
        let silent = Fake::new("exit 1", false);
        let error = dial(&silent.dialler(), LONG).await.unwrap_err();
        assert_eq!(error.code(), "data.dial");
    }

    #[tokio::test]
    async fn a_call_that_was_up_and_ended_is_seen() {
        let fake = Fake::new(UP, false);
        let error = dial(&fake.dialler(), LONG).await.unwrap_err();
        assert_eq!(error.code(), "data.dial");
    }

    #[tokio::test]
    async fn a_call_that_does_not_come_up_in_time_is_taken_down() {
        let fake = Fake::new("echo 'Using interface ppp7'", true);
        let dialler = fake.dialler();
        // The dial returns only once what it ran has ended, in order or by force.
        let heard = async {
            fake.ended().await;
            std::future::pending().await
        };
        let dialled = tokio::select! {
            dialled = dial(&dialler, Duration::from_millis(300)) => dialled,
            never = heard => never,
        };
        assert_eq!(dialled.unwrap_err().code(), "data.dial");
    }

    #[tokio::test]
    async fn a_call_that_is_given_up_half_way_is_taken_down() {
        let fake = Fake::new("echo 'Using interface ppp7'", true);
        let dialler = fake.dialler();
        {
            tokio::select! {
                dialled = dial(&dialler, LONG) => panic!("{dialled:?}"),
                () = fake.begun() => {}
            }
        }
        assert_eq!(fake.ended().await, "ended\n");
    }

    #[tokio::test]
    async fn what_dialling_takes_is_named_where_it_is_missing() {
        let code = |result: Result<PppCall, DataFault>| match result.unwrap_err() {
            DataFault::NoDialler { detail } => detail,
            other => panic!("{other:?}"),
        };
        let none = Dialler {
            programs: Err(Detail::DIAL_NO_PPPD),
            root: true,
        };
        assert_eq!(code(dial(&none, LONG).await), "dial.no_pppd");
        let folder = tempfile::tempdir().unwrap();
        let user = Dialler {
            root: false,
            ..dialler(folder.path())
        };
        assert_eq!(code(dial(&user, LONG).await), "dial.not_root");
        let says = "echo \"Couldn't open the /dev/ppp device: No such device or address\"";
        let kernel = Fake::new(says, false);
        assert!(code(dial(&kernel.dialler(), LONG).await).contains("/dev/ppp"));
    }

    #[test]
    fn nothing_of_the_host_is_changed_and_no_carrier_is_chosen() {
        let dial = connect(Path::new("/usr/sbin/chat"), 400);
        let words = arguments(Path::new("/dev/ttyUSB3"), Some(&dial));
        let text = words.join(" ");
        assert!(text.starts_with("/dev/ttyUSB3 115200 nodetach lock noauth "));
        assert!(words.iter().any(|word| word == "nodefaultroute"));
        for word in ["defaultroute", "replacedefaultroute", "persist"] {
            assert!(!words.iter().any(|one| one == word), "{word}");
        }
        // Name servers are asked for, and what would put them to use for the whole host does not run.
        assert!(words.iter().any(|word| word == "usepeerdns"));
        for script in ["ip-up-script /bin/true", "ip-down-script /bin/true"] {
            assert!(text.contains(script), "{script}");
        }
        // What is waited for and what is sent alternate, and a limit stands only where something is waited for.
        assert!(text.ends_with("OK-AT-OK 'ATD*99#' TIMEOUT 120 CONNECT ''"));
        assert!(!text.contains("COPS") && !text.contains("ATZ") && !text.contains("CGDCONT"));
    }

    const INSIDE: &str = "OPENSIM_TEST_DIALS_IN";

    /// Runs itself again as an opensim that dials and is then killed without a chance to clean up.
    #[test]
    fn a_killed_opensim_leaves_no_call_behind() {
        let runtime = || {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            builder.enable_all().build().unwrap()
        };
        if let Some(folder) = std::env::var_os(INSIDE) {
            runtime().block_on(async {
                let call = dial(&dialler(Path::new(&folder)), LONG).await.unwrap();
                println!("up on {}", call.interface);
                std::future::pending::<()>().await;
            });
        }
        let fake = Fake::new(UP, true);
        let own = "session::ppp::tests::a_killed_opensim_leaves_no_call_behind";
        let mut opensim = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", own, "--nocapture"])
            .env(INSIDE, fake.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(opensim.stdout.take().unwrap());
        let mut lines = output.lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("up on ppp7")));
        // SIGKILL.
        opensim.kill().unwrap();
        opensim.wait().unwrap();
        assert_eq!(runtime().block_on(fake.ended()), "ended\n");
    }
}
