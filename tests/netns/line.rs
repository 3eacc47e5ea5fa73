//! Two network namespaces with a shaped link between them, which is the modem's, and a second one that the usual
//! route leads by, which nothing of a measurement may ever use.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::os::fd::AsFd as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use serde_json::Value;

use super::relay::{self, Harm, Lane, Speed, script};

/// The server, behind the modem's link and behind the usual route.
pub(crate) const SERVER: &str = "opensim://10.99.0.1";

/// What the modem's link does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    /// kbit/s of TCP payload in full segments.
    pub(crate) down: u32,
    /// The same from the client.
    pub(crate) up: u32,
    /// Bytes that pass at once; two packets where it is 0.
    pub(crate) burst: u32,
    /// One way.
    pub(crate) delay: Option<Duration>,
    /// What befalls a call's packets to the server and from it, where there is a delay.
    pub(crate) harm: [Harm; 2],
    /// The share of all packets that is lost, and whether the rates are another every 100 ms; both where there is a delay.
    pub(crate) lost: f64,
    pub(crate) moves: bool,
}

impl Shape {
    /// There and back, where there is a delay.
    fn lanes(&self, delay: Duration) -> [Lane; 2] {
        let kbit = [self.up, self.down].map(f64::from);
        [0, 1].map(|way| Lane {
            speed: if self.moves {
                Speed::Moving(kbit[way])
            } else {
                Speed::Even(kbit[way])
            },
            delay,
            buffer: Duration::from_secs(1),
            lost: self.lost,
            harm: self.harm[way],
        })
    }
}

/// The link, its two ends and the server at the far one. All of it is gone when this is dropped.
pub(crate) struct Line {
    client: String,
    server: String,
    serving: Option<Child>,
    state: tempfile::TempDir,
}

impl Line {
    /// `None`, and a line that says why, where this computer makes no such links.
    pub(crate) fn new(shape: Shape) -> Option<Self> {
        static ABLE: OnceLock<bool> = OnceLock::new();
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let able = ABLE.get_or_init(|| match able() {
            Ok(()) => true,
            Err(why) => {
                // Past the harness, which shows what a passing test prints to nobody.
                let _ = writeln!(std::io::stderr(), "skipped: network namespaces: {why}");
                false
            }
        });
        if !able {
            return None;
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = |end: &str| format!("os{end}-{}-{count}", std::process::id());
        let mut line = Self {
            client: name("c"),
            server: name("s"),
            serving: None,
            state: tempfile::tempdir().expect("a directory"),
        };
        line.build(shape, count);
        line.serving = Some(line.serve());
        Some(line)
    }

    fn build(&self, shape: Shape, count: u32) {
        let (c, s) = (&self.client, &self.server);
        script(&format!("ip netns add {c}; ip netns add {s}"));
        for end in [c, s] {
            script(&format!(
                "ip netns exec {end} sh -c 'for f in all default; do
                   echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6 || true
                   echo 1 > /proc/sys/net/ipv4/conf/$f/arp_ignore
                   echo 0 > /proc/sys/net/ipv4/conf/$f/rp_filter; done' 2> /dev/null
                 ip -n {end} link set lo up"
            ));
        }
        match shape.delay {
            None => script(&veths(c, s, shape)),
            Some(delay) => relay::join((c, s), shape.lanes(delay), count),
        }
        script(&format!(
            "ip link add home0 netns {c} type veth peer name isp0 netns {s}
             ip -n {c} addr add 10.78.0.1/24 dev home0; ip -n {c} link set home0 up
             ip -n {s} addr add 10.78.0.2/24 dev isp0; ip -n {s} link set isp0 up
             ip -n {s} addr add 10.99.0.1/32 dev lo; ip -n {s} addr add 10.99.0.53/32 dev lo
             ip -n {c} route add default via 10.78.0.2 dev home0 metric 10
             ip -n {c} route add default via 10.77.0.2 dev mod0 metric 700"
        ));
    }

    fn serve(&self) -> Child {
        let listen = ["serve", "--listen", "0.0.0.0:8620"];
        let mut child = self
            .opensim(&self.server, &listen)
            .spawn()
            .expect("the server starts");
        let stderr = child.stderr.take().expect("a pipe");
        let mut lines = BufReader::new(stderr).lines();
        let ready = lines.next().expect("a line").expect("text");
        assert!(ready.contains("8620"), "{ready}");
        std::thread::spawn(move || lines.for_each(drop));
        child
    }

    fn opensim(&self, end: &str, args: &[&str]) -> Command {
        // Its own deadline: a test that hangs says nothing.
        let mut command = Command::new("ip");
        let binary = env!("CARGO_BIN_EXE_opensim");
        command
            .args(["netns", "exec", end])
            // The server ends with the line, which must be able to kill it itself.
            .args(if args[0] == "serve" {
                &[][..]
            } else {
                &["timeout", "60"]
            })
            .arg(binary)
            .args(args)
            .env("LANG", "C.UTF-8")
            .env("HOME", self.state.path())
            .env("XDG_STATE_HOME", self.state.path())
            .env("XDG_CONFIG_HOME", self.state.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Measures the modem's link; the exit status and the document.
    pub(crate) fn measure(&self, server: &str, args: &[&str]) -> (i32, Value) {
        self.measure_and(server, args, || {})
    }

    /// The same while something happens.
    pub(crate) fn measure_and(
        &self,
        server: &str,
        args: &[&str],
        meanwhile: impl FnOnce(),
    ) -> (i32, Value) {
        let usual = [
            "--json",
            "measure",
            "--interface",
            "mod0",
            "--server",
            server,
        ];
        let args = [&usual[..], args].concat();
        let child = self.opensim(&self.client, &args).spawn().expect("it runs");
        meanwhile();
        let output: Output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stdout);
        let document = serde_json::from_str(&said).unwrap_or_else(|error| {
            panic!("{error}: {said}{}", String::from_utf8_lossy(&output.stderr))
        });
        (output.status.code().unwrap_or(-1), document)
    }

    /// Something that runs at the client's end, or at the server's.
    pub(crate) fn at(&self, is_server: bool, program: &str) -> Command {
        let end = if is_server {
            &self.server
        } else {
            &self.client
        };
        let mut command = Command::new("ip");
        command.args(["netns", "exec", end, program]);
        command
    }

    /// Runs something at the client's end.
    pub(crate) fn client(&self, command: &[&str]) {
        script(&format!(
            "ip netns exec {} {}",
            self.client,
            command.join(" ")
        ));
    }

    /// Sets one of the client's `net.ipv4.conf`.
    pub(crate) fn set(&self, setting: &str, value: &str) {
        self.client(&[
            "sh",
            "-c",
            &format!("'echo {value} > /proc/sys/net/ipv4/conf/{setting}'"),
        ]);
    }

    /// Answers every name with the server's address; says when it was asked.
    pub(crate) fn serve_names(&self) -> mpsc::Receiver<()> {
        let dir = format!("/etc/netns/{}", self.client);
        std::fs::create_dir_all(&dir).expect("a directory for the namespace");
        std::fs::write(format!("{dir}/resolv.conf"), "nameserver 10.99.0.53\n").expect("written");
        let bound = within(&self.server, || UdpSocket::bind("10.99.0.53:53"));
        let socket = bound.expect("the name server's port");
        let (asked, queries) = mpsc::channel();
        std::thread::spawn(move || {
            let mut packet = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut packet) {
                let query = &packet[..length];
                let mut answer = query.to_vec();
                answer[2..8].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1]);
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 99, 0, 1]);
                let _ = socket.send_to(&answer, from);
                if asked.send(()).is_err() {
                    return;
                }
            }
        });
        queries
    }

    /// What the modem's interface has carried, both ways, once all that was on its way has come.
    pub(crate) fn carried(&self) -> u64 {
        // A connection's greeting comes behind what waits in the shaper; its own few segments are taken off.
        let address = SocketAddr::from((Ipv4Addr::new(10, 77, 0, 2), 8620));
        let patience = Duration::from_secs(20);
        let opened = within(&self.client, move || {
            TcpStream::connect_timeout(&address, patience)
        });
        let opened = opened.expect("the line is there");
        let (bytes, _, ethernet) = self.counts("mod0");
        drop(opened);
        let link = if ethernet { 14 } else { 0 };
        bytes - (60 + 60 + 52 + 3 * link)
    }

    /// Packets on the usual route's interface.
    pub(crate) fn usual_route_packets(&self) -> u64 {
        self.counts("home0").1
    }

    /// Waits until the modem's interface has carried so much.
    pub(crate) fn until_carried(&self, bytes: u64) {
        let start = std::time::Instant::now();
        while self.counts("mod0").0 < bytes {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "nothing is carried"
            );
        }
    }

    /// Bytes and packets both ways, and whether the link is Ethernet's.
    fn counts(&self, interface: &str) -> (u64, u64, bool) {
        let asked = Command::new("ip")
            .args([
                "-j",
                "-s",
                "-n",
                &self.client,
                "link",
                "show",
                "dev",
                interface,
            ])
            .output()
            .expect("ip runs");
        let said: Value = serde_json::from_slice(&asked.stdout).expect("JSON");
        let counts = &said[0]["stats64"];
        let both = |key: &str| {
            ["rx", "tx"]
                .iter()
                .filter_map(|way| counts[way][key].as_u64())
                .sum()
        };
        (
            both("bytes"),
            both("packets"),
            said[0]["link_type"] == "ether",
        )
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(serving) = &mut self.serving {
            let _ = serving.kill();
            let _ = serving.wait();
        }
        for end in [&self.client, &self.server] {
            let _ = Command::new("ip").args(["netns", "del", end]).status();
        }
        let _ = std::fs::remove_dir_all(format!("/etc/netns/{}", self.client));
    }
}

/// A pair of interfaces, each shaped where packets leave. Segments are as long as a link's: what the kernel passes on
/// in one piece it would count as one.
fn veths(client: &str, server: &str, shape: Shape) -> String {
    let shaped = |end: &str, interface: &str, kbit: u32| {
        // Of a full segment's 1514 bytes 1448 are payload.
        let bits = u64::from(kbit) * 1000 * 1514 / 1448;
        let burst = if shape.burst == 0 { 3200 } else { shape.burst };
        format!(
            "tc -n {end} qdisc add dev {interface} root tbf rate {bits} burst {burst} limit 60000\n"
        )
    };
    format!(
        "ip link add mod0 netns {client} type veth peer name srv0 netns {server}
         ip -n {client} addr add 10.77.0.1/24 dev mod0
         ip -n {server} addr add 10.77.0.2/24 dev srv0
         ip -n {client} link set mod0 gso_max_segs 1; ip -n {client} link set mod0 up
         ip -n {server} link set srv0 gso_max_segs 1; ip -n {server} link set srv0 up
         {}{}",
        shaped(client, "mod0", shape.up),
        shaped(server, "srv0", shape.down)
    )
}

/// Does something in a namespace; sockets stay where they were made.
fn within<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let file = std::fs::File::open(format!("/run/netns/{name}")).expect("the namespace");
    std::thread::spawn(move || {
        move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network)).expect("entered");
        work()
    })
    .join()
    .expect("done")
}

/// Whether namespaces with shaped links can be made here.
fn able() -> Result<(), String> {
    let name = format!("os-try-{}", std::process::id());
    let text = format!(
        "ip netns add {name}
         ip -n {name} link add try0 type veth peer name try1
         tc -n {name} qdisc add dev try0 root tbf rate 100kbit burst 3200 limit 60000
         ip netns exec {name} timeout 5 true"
    );
    let tried = Command::new("sh").args(["-ec", &text]).output();
    let _ = Command::new("ip").args(["netns", "del", &name]).output();
    match tried {
        Err(error) => Err(error.to_string()),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(said.lines().next().unwrap_or("refused").to_owned())
        }
    }
}
