//! Measuring at the binary: the verdict of each carrier of a virtual place, and what is said where nothing can be measured.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::Child;

use serde_json::Value;

use super::support::{Opensim, Ran};

fn row<'d>(document: &'d Value, carrier: &str) -> &'d Value {
    let rows = document["carriers"].as_array().expect("rows");
    let found = rows.iter().find(|row| row["carrier"] == carrier);
    found.unwrap_or_else(|| panic!("{carrier} in {document:#}"))
}

fn codes(notes: &Value) -> Vec<&str> {
    let notes = notes.as_array().expect("notes");
    notes.iter().filter_map(|n| n["code"].as_str()).collect()
}

#[test]
fn a_survey_proves_what_each_carrier_carries_and_ranks_by_it() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["--json", "--modem", "sim:home", "scan", "--yes"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    let (sfr, orange) = (row(&document, "sfr"), row(&document, "orange"));
    for good in [sfr, orange] {
        assert_eq!(good["verdict"], "suitable", "{good:#}");
        assert_eq!(good["throughput"]["down"]["verdict"], "meets");
        assert_eq!(good["throughput"]["up"]["verdict"], "meets");
        assert_eq!(good["voice"]["method"], "stamp");
        assert!(good["voice"]["mos"].as_f64() > Some(4.0), "{good:#}");
        // It was heard beside the day's data.
        assert_eq!(good["voice"]["beside"], "need");
        // A whole carrier with a call: under 350 kB and eight seconds.
        assert!(good["cost"]["bytes"].as_u64() < Some(350_000), "{good:#}");
        assert!(good["cost"]["seconds"].as_f64() < Some(8.0), "{good:#}");
    }
    let bouygues = row(&document, "bouygues");
    assert_eq!(bouygues["verdict"], "unsuitable", "{bouygues:#}");
    assert_eq!(bouygues["throughput"]["down"]["verdict"], "below");
    assert_eq!(bouygues["throughput"]["up"], Value::Null);
    // What the link can still do: a call alone.
    assert_eq!(bouygues["voice"]["beside"], "nothing", "{bouygues:#}");
    assert!(
        codes(&bouygues["why"]).contains(&"measure.skipped"),
        "{bouygues:#}"
    );
    assert_eq!((&sfr["rank"], &bouygues["rank"]), (&1.into(), &3.into()));
    let spent: u64 = ["sfr", "orange", "bouygues"]
        .iter()
        .filter_map(|id| row(&document, id)["cost"]["bytes"].as_u64())
        .sum();
    assert_eq!(document["cost"]["bytes"].as_u64(), Some(spent));
    assert_eq!(document["restored"], true);
}

#[test]
fn one_thing_after_the_other_is_measured_where_it_is_asked_for() {
    let opensim = Opensim::new();
    let measure = |more: &[&str]| {
        let ask = [&["--json", "--modem", "sim:home", "measure"], more].concat();
        opensim.run(&ask).json()
    };
    let (at_once, one_by_one) = (measure(&[]), measure(&["--one-by-one"]));
    for document in [&at_once, &one_by_one] {
        assert_eq!(document["verdict"], "suitable", "{document:#}");
    }
    assert_eq!(at_once["voice"]["beside"], "need");
    assert_eq!(one_by_one["voice"]["beside"], "nothing");
    assert_eq!(one_by_one["voice"]["at_best"], false);
    let bytes = |document: &Value| document["links"][0]["cost"]["bytes"].as_u64();
    assert!(
        bytes(&at_once) < bytes(&one_by_one),
        "{at_once:#} {one_by_one:#}"
    );
}

/// A plain UDP echo, as RFC 862 has it, for as long as its test runs.
fn echo() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    std::thread::spawn(move || {
        let mut packet = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut packet) {
            let _ = socket.send_to(&packet[..length], from);
        }
    });
    address
}

#[test]
fn a_call_is_rated_by_the_echo_that_was_named_and_labelled_as_such() {
    let opensim = Opensim::new();
    let echo = echo().to_string();
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "measure",
        "--reflector",
        &echo,
    ];
    let ran = opensim.run(&line);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    let voice = &document["voice"];
    assert_eq!(voice["method"], "echo", "{voice:#}");
    assert_eq!(voice["loss"].as_f64(), Some(0.0), "{voice:#}");
    let why = codes(&document["links"][0]["why"]);
    assert!(why.contains(&"voice.echo"), "{why:?}");
}

/// What answers a call's packets with these, for as long as its test runs.
fn answering(answers: fn(&[u8]) -> Vec<Vec<u8>>) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    std::thread::spawn(move || {
        let mut packet = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut packet) {
            for answer in answers(&packet[..length]) {
                let _ = socket.send_to(&answer, from);
            }
        }
    });
    address.to_string()
}

fn measured_with(reflector: &str) -> Value {
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "measure",
        "--reflector",
        reflector,
    ];
    let ran = Opensim::new().run(&line);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
    ran.json()
}

#[test]
fn a_path_that_doubles_packets_is_named_and_the_call_rated_all_the_same() {
    let document = measured_with(&answering(|packet| vec![packet.to_vec(); 2]));
    let voice = &document["voice"];
    assert!(voice["packets"].as_u64() >= Some(150), "{voice:#}");
    assert!(voice["doubled"].as_u64() >= Some(140), "{voice:#}");
    assert_eq!(document["verdict"], "suitable", "{document:#}");
    let why = codes(&document["links"][0]["why"]);
    assert!(why.contains(&"voice.doubled"), "{why:?}");
}

#[test]
fn a_reflector_that_answers_too_long_is_sent_no_more_and_calls_nothing_suitable() {
    let document = measured_with(&answering(|_| vec![vec![0; 60_000]]));
    assert_eq!(document["voice"], Value::Null, "{document:#}");
    assert_eq!(document["verdict"], "uncertain", "{document:#}");
    let why = codes(&document["links"][0]["why"]);
    assert!(why.contains(&"voice.multiplied"), "{why:?}");
    // One answer, as long as it was.
    let ways = ["down", "up"].map(|way| document["throughput"][way]["bytes"].as_u64().unwrap());
    let cost = document["links"][0]["cost"]["bytes"].as_u64().unwrap();
    let call = cost - ways[0] - ways[1];
    assert!((60_000..63_000).contains(&call), "{document:#}");
}

#[test]
fn where_no_carrier_suffices_the_status_is_9_and_nothing_failed() {
    let opensim = Opensim::new();
    let only = [
        "--json",
        "--modem",
        "sim:rural",
        "scan",
        "--yes",
        "--carriers",
        "bouygues,sfr",
    ];
    let ran = opensim.run(&only);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]),
        (9, &Value::Null),
        "{document:#}"
    );
    assert_eq!(row(&document, "bouygues")["verdict"], "unsuitable");
    let alone = [&only[..], &["--no-measure"]].concat();
    let ran = opensim.run(&alone);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
    let ran = opensim.run(&["--json", "--modem", "sim:rural", "measure"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["verdict"]),
        (9, &"unsuitable".into()),
        "{document:#}"
    );
    let words = [&["--lang", "en"], &only[1..], &["--no-voice"]].concat();
    let said = opensim.run(&words).stdout();
    assert!(
        said.contains("No carrier is good enough for your working day here."),
        "{said}"
    );
}

#[test]
fn what_a_link_carries_is_measured_against_a_need_of_ones_own() {
    let opensim = Opensim::new();
    let line = ["--json", "--modem", "sim:home", "measure", "--no-voice"];
    let ran = opensim.run(
        &[
            &line[..],
            &["--need-down", "12M", "--budget", "20M", "--max-time", "3s"],
        ]
        .concat(),
    );
    let document = ran.json();
    assert_eq!(ran.code(), 9, "{document:#}");
    assert_eq!(document["requirement"]["down_bps"], 12_000_000);
    assert_eq!(document["voice"], Value::Null);
    let link = &document["links"][0];
    assert_eq!(
        (&link["interface"], &link["throughput"]),
        (&document["interface"], &document["throughput"])
    );
}

#[test]
fn a_budget_that_is_too_small_is_named_before_anything_is_sent_or_left_and_its_double_is_not_passed()
 {
    let opensim = Opensim::new();
    let trace = opensim.file("trace.at", "");
    let measure = ["measure"];
    let scan = ["scan", "--yes"];
    let scan_of_one = ["scan", "--yes", "--carriers", "sfr"];
    let global = ["--json", "--modem", "sim:home", "--trace", &trace];
    let ran = |command: &[&str], budget: u64| {
        let budget = budget.to_string();
        opensim.run(&[&global[..], command, &["--budget", &budget]].concat())
    };
    let mut least = Vec::new();
    for command in [&measure[..], &scan, &scan_of_one] {
        let refused = ran(command, 1_000);
        let document = refused.json();
        assert_eq!(
            (refused.code(), &document["error"]["code"]),
            (8, &"measure.budget".into()),
            "{document:#}"
        );
        let values = &document["error"]["values"];
        assert_eq!(values["budget"], 1_000, "{document:#}");
        let needed = values["needed"].as_u64().expect("what is needed");
        // One byte less is as much too little, and names the same.
        let refused = ran(command, needed - 1).json();
        assert_eq!(refused["error"]["values"]["needed"], needed, "{refused:#}");
        let told = std::fs::read_to_string(&trace).expect("a trace");
        assert!(!told.contains("+COPS=1"), "nothing is left: {told}");
        let spent = &refused["links"][0]["cost"];
        assert_eq!(spent, &Value::Null, "nothing is sent: {refused:#}");
        // What it names is enough for a beginning, and never passed.
        let begun = ran(command, needed);
        let document = begun.json();
        let spent = document["cost"]["bytes"].as_u64();
        let spent = spent.or_else(|| document["links"][0]["cost"]["bytes"].as_u64());
        assert!((1..=needed).contains(&spent.unwrap_or(0)), "{document:#}");
        least.push(needed);
    }
    assert_eq!(least, [least[0], 3 * least[0], least[0]]);
}

/// What answers on loopback in place of a server, until the test ends.
fn saying(text: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            std::thread::spawn(move || {
                let mut head = [0; 1024];
                if stream.read(&mut head).is_ok_and(|count| count > 0) {
                    let _ = stream.write_all(text.as_bytes());
                }
            });
        }
    });
    address
}

/// `opensim serve`, gone when dropped.
struct Serving(Child, String);

impl Serving {
    fn start(opensim: &Opensim, args: &[&str]) -> Self {
        let line = [&["serve", "--listen", "127.0.0.1:0"], args].concat();
        let mut child = opensim.command(&line).spawn().expect("it starts");
        let stderr = child.stderr.take().expect("standard error is a pipe");
        let mut lines = BufReader::new(stderr).lines();
        let ready = lines.next().expect("a line").expect("text");
        std::thread::spawn(move || lines.for_each(drop));
        let port = ready
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .unwrap_or_else(|| panic!("no port in {ready:?}"));
        Self(child, port.to_owned())
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(format!("127.0.0.1:{}", self.1))
    }

    fn terminate(&self) {
        let pid = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_server_of_ones_own_is_measured_against_over_an_interface() {
    let opensim = Opensim::new();
    let server = Serving::start(&opensim, &[]);
    let page = format!("tcp://127.0.0.1:{}", server.1);
    let server = format!("opensim://127.0.0.1:{}", server.1);
    let twice = [
        "--json",
        "-v",
        "--lang",
        "en",
        "measure",
        "--interface",
        "lo",
        "--interface",
        "lo",
        "--no-voice",
        "--server",
        &server,
        "--check",
        &page,
    ];
    let ran = opensim.run(&twice);
    // What it says that it does is what it does: no call, and then what was named.
    let said = ran.stderr();
    let at = |text: &str| {
        said.find(text)
            .unwrap_or_else(|| panic!("{text:?} in {said}"))
    };
    assert!(at("Measuring lo: speed") < at("Checking what can be reached over lo"));
    assert!(!said.contains("voice"), "{said}");
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert_eq!(document["server"], server);
    let links = document["links"].as_array().expect("links");
    assert_eq!(links.len(), 2);
    for link in links {
        assert_eq!(link["verdict"], "suitable", "{link:#}");
    }
}

/// A download that is under way, and a client in no request: it is told to go when the server ends.
struct Served {
    download: TcpStream,
    idle: TcpStream,
    length: usize,
}

impl Served {
    fn by(server: &Serving) -> Self {
        let mut idle = server.connect().expect("it is let in");
        let mut part = [0; 512];
        idle.write_all(b"GET /ip HTTP/1.1\r\n\r\n").expect("sent");
        assert!(idle.read(&mut part).expect("an answer") > 0);
        let mut download = server.connect().expect("it is let in");
        let length = 48_000_000;
        let request = format!("GET /down?bytes={length} HTTP/1.1\r\n\r\n");
        download.write_all(request.as_bytes()).expect("sent");
        // It is under way once its first byte is here, and not at its end: no two buffers of the kernel's hold as much.
        download.read_exact(&mut part[..1]).expect("a byte");
        Self {
            download,
            idle,
            length,
        }
    }

    /// Returns when the server has taken its leave of who is in no request.
    fn see_it_leave(&mut self, server: &Serving) {
        server.terminate();
        self.idle.read_to_end(&mut Vec::new()).expect("an end");
    }
}

const FAST: [&str; 4] = ["--max-rate", "1G", "--max-bytes", "64M"];

#[test]
fn a_server_that_is_told_to_end_gives_a_download_to_its_last_byte_and_lets_nobody_in() {
    let opensim = Opensim::new();
    let mut server = Serving::start(&opensim, &FAST);
    let mut served = Served::by(&server);
    served.see_it_leave(&server);
    let again = server.connect().expect_err("nobody listens");
    assert_eq!(again.kind(), std::io::ErrorKind::ConnectionRefused);
    let mut rest = Vec::new();
    served.download.read_to_end(&mut rest).expect("all of it");
    let head = rest.windows(4).position(|w| w == b"\r\n\r\n");
    assert_eq!(rest.len() - head.expect("a head") - 4, served.length);
    let status = server.0.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_server_that_is_told_twice_does_not_wait_for_a_download() {
    let opensim = Opensim::new();
    let mut server = Serving::start(&opensim, &FAST);
    let mut served = Served::by(&server);
    served.see_it_leave(&server);
    server.terminate();
    let status = server.0.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
}

#[test]
fn a_server_that_is_full_says_so_and_so_does_who_measures() {
    let opensim = Opensim::new();
    let server = Serving::start(&opensim, &["--max-per-address", "1", "--max-rate", "200k"]);
    let mut held = server.connect().expect("it is let in");
    held.write_all(b"GET /down?bytes=9000000 HTTP/1.1\r\n\r\n")
        .expect("sent");
    held.read_exact(&mut [0; 1]).expect("it is answered");
    // It takes all that comes, so that its place is not held for nothing.
    std::thread::spawn(move || std::io::copy(&mut held, &mut std::io::sink()));
    let spec = format!("opensim://127.0.0.1:{}", server.1);
    let ran = opensim.run(&["--json", "measure", "--interface", "lo", "--server", &spec]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (8, &"measure.server_full".into()),
        "{document:#}"
    );
}

#[test]
fn a_server_without_a_descriptor_left_lets_who_says_nothing_go_and_answers_who_asks() {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let opensim = Opensim::new();
    let server = Serving::start(&opensim, &[]);
    let limit = Rlimit {
        current: Some(20),
        maximum: Some(20),
    };
    prlimit(Some(Pid::from_child(&server.0)), Resource::Nofile, limit).expect("it is ours");
    let silent: Vec<_> = (0..30)
        .map(|_| server.connect().expect("it waits"))
        .collect();
    let mut honest = server.connect().expect("it waits");
    honest.write_all(b"GET /ip HTTP/1.1\r\n\r\n").expect("sent");
    let mut line = [0; 15];
    honest.read_exact(&mut line).expect("an answer");
    assert_eq!(&line, b"HTTP/1.1 200 OK");
    drop(silent);
}

#[test]
fn who_makes_way_before_it_has_asked_is_told_that_the_server_is_full() {
    let opensim = Opensim::new();
    let server = Serving::start(&opensim, &["--max-clients", "1"]);
    // As many may wait as twice those who are served: the first of three makes way.
    let waiting: Vec<TcpStream> = (0..3)
        .map(|_| server.connect().expect("it is let in"))
        .collect();
    let mut told = Vec::new();
    let mut first = &waiting[0];
    first.read_to_end(&mut told).expect("an answer");
    let told = String::from_utf8(told).expect("text");
    assert!(told.starts_with("HTTP/1.1 503 "), "{told:?}");
    assert!(told.contains("\r\nRetry-After: "), "{told}");
}

/// The lines that a server says, the first and those after it, while `ask` asks something of its port.
fn said_by(opensim: &Opensim, args: &[&str], ask: impl FnOnce(u16)) -> Vec<String> {
    let line = [
        &["-v", "--lang", "en", "serve", "--listen", "127.0.0.1:0"],
        args,
    ]
    .concat();
    let mut child = opensim.command(&line).spawn().expect("it starts");
    let stderr = child.stderr.take().expect("standard error is a pipe");
    let mut lines = BufReader::new(stderr)
        .lines()
        .map(|line| line.expect("text"));
    let ready = lines.next().expect("a line");
    let port = ready.split("127.0.0.1:").nth(1);
    let port = port.and_then(|rest| rest.split(' ').next()?.parse().ok());
    ask(port.expect("a port"));
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
    let said = std::iter::once(ready).chain(lines).collect();
    child.wait().expect("it ends");
    said
}

#[test]
fn a_server_logs_what_it_did_and_for_nobody_by_name() {
    let opensim = Opensim::new();
    let said = said_by(&opensim, &[], |port| {
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("let in");
            let request = format!("{request}\r\nHost: secret.example\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).expect("sent");
            stream.read_to_end(&mut Vec::new()).expect("an answer");
        };
        ask("GET /down?bytes=5000 HTTP/1.1");
        ask("GET /secret HTTP/1.1");
        ask("GET /ip HTTP/1.1");
    });
    assert!(said[0].contains("(HTTP)"), "{said:?}");
    let logged = said[1..].join("\n").replace('\u{a0}', " ");
    for line in [
        "Client 1: 5 kB sent in ",
        "Client 2: refused (HTTP 404)",
        "Client 3: a short answer in ",
    ] {
        assert!(logged.contains(line), "{line} in {logged}");
    }
    for identifier in ["127.0.0.1", "secret"] {
        assert!(!logged.contains(identifier), "{logged}");
    }
}

#[test]
fn a_server_in_tls_says_that_it_is_one() {
    let opensim = Opensim::new();
    let testdata = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/measure/tls/");
    let files = ["own.pem", "own.key"].map(|name| format!("{testdata}{name}"));
    let args = ["--tls-cert", &files[0], "--tls-key", &files[1]];
    let said = said_by(&opensim, &args, |port| {
        let mut plain = TcpStream::connect(("127.0.0.1", port)).expect("let in");
        plain.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("sent");
        let _ = plain.read_to_end(&mut Vec::new());
    });
    assert!(said[0].contains("(HTTPS)"), "{said:?}");
    let logged = said[1..].join("\n");
    assert!(logged.contains("Client 1: did not use TLS"), "{logged}");
    // Signed by itself, it is trusted where its certificate was named.
    let server = Serving::start(&opensim, &args);
    let config = opensim.file(
        "own.toml",
        &format!(
            "[measure]\nserver = \"opensim+https://localhost:{}\"\nauthorities = [\"{}\"]\n",
            server.1, files[0]
        ),
    );
    let line = [
        "--json",
        "--config",
        &config,
        "measure",
        "--interface",
        "lo",
        "--no-voice",
    ];
    let ran = opensim.run(&line);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
}

#[test]
fn what_answers_instead_of_a_server_is_told_in_the_readers_language_with_what_to_do() {
    let opensim = Opensim::new();
    let page = "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>";
    let answer = |status: &str| saying(format!("HTTP/1.1 {status}\r\n{page}").leak());
    let plain = Serving::start(&opensim, &[]);
    let table = [
        (
            format!("opensim://{}", answer("200 OK")),
            "measure.not_the_server",
            "",
            "navigateur",
        ),
        (
            format!("opensim://{}", answer("403 Forbidden")),
            "measure.not_the_server",
            "403",
            "navigateur",
        ),
        (
            format!("opensim://{}", answer("404 Not Found")),
            "measure.not_the_server",
            "404",
            "navigateur",
        ),
        (
            format!("http://{}/f", answer("511 X")),
            "measure.not_the_server",
            "511",
            "navigateur",
        ),
        (
            format!("http://{}/f", answer("404 Not Found")),
            "measure.not_found",
            "404",
            "fichier",
        ),
        (
            format!("opensim+https://localhost:{}", plain.1),
            "measure.not_the_server",
            "TLS",
            "opensim://",
        ),
        (
            format!("http://{}/f", answer("200 OK")),
            "measure.not_the_server",
            "page web",
            "navigateur",
        ),
    ];
    for (server, code, said, hint) in &table {
        let line = ["measure", "--interface", "lo", "--server", server];
        let json = opensim.run(&[&["--json"], &line[..]].concat()).json();
        assert_eq!(json["error"]["code"], *code, "{server}: {json:#}");
        let french = opensim
            .run(&[&["--lang", "fr"], &line[..]].concat())
            .stderr();
        assert!(french.contains(said) && french.contains(hint), "{french}");
        for english in [
            "web page",
            "not opensim",
            " to ",
            "corrupt",
            "Invalid",
            "error",
        ] {
            assert!(!french.contains(english), "{english} in {french}");
        }
    }
}

#[test]
fn what_was_asked_for_and_not_reached_is_said_beside_the_verdict_and_not_under_what_is() {
    let opensim = Opensim::new();
    let server = Serving::start(&opensim, &[]);
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dead = format!("tcp://{}", closed.local_addr().expect("an address"));
    drop(closed);
    let alive = format!("tcp://127.0.0.1:{}", server.1);
    let server = format!("opensim://127.0.0.1:{}", server.1);
    let line = [
        "measure",
        "--interface",
        "lo",
        "--no-voice",
        "--server",
        &server,
    ];
    let checks = ["--check", &alive, "--check", &dead];
    for (lang, missed, reached, not_reached) in [
        ("en", "Not reached over lo:", "reached", "not reached"),
        (
            "fr",
            "Services injoignables par lo\u{202f}:",
            "joignable",
            "injoignable",
        ),
    ] {
        let run = |more: &[&str]| {
            let ran = opensim.run(&[&["--lang", lang], &line[..], more].concat());
            ran.stdout().replace('\n', " ")
        };
        let page = run(&checks);
        assert!(page.contains(&format!("{missed} {dead}.")), "{page}");
        assert!(page.contains(&format!("{dead} · {not_reached}")), "{page}");
        assert!(page.contains(&format!("{alive} · {reached}")), "{page}");
        let page = run(&checks[..2]);
        assert!(!page.contains(missed), "{page}");
    }
}

#[test]
fn an_address_without_its_kind_is_answered_by_the_one_that_was_meant() {
    let opensim = Opensim::new();
    for (typed, meant) in [
        ("127.0.0.1:8620", "opensim://127.0.0.1:8620"),
        ("mesure.exemple.fr", "opensim://mesure.exemple.fr"),
    ] {
        for lang in ["fr", "en"] {
            let line = [
                "--lang",
                lang,
                "measure",
                "--interface",
                "lo",
                "--server",
                typed,
            ];
            let ran = opensim.run(&line);
            assert_eq!(ran.code(), 2, "{}", ran.stderr());
            let said = ran.stderr();
            assert!(said.contains(&format!("--server {meant}")), "{said}");
        }
    }
    let line = [
        "--json",
        "measure",
        "--interface",
        "lo",
        "--server",
        "ftp://x",
    ];
    let json = opensim.run(&line).json();
    assert_eq!(json["error"]["code"], "usage.server", "{json:#}");
    assert_eq!(json["error"]["values"]["suggestion"], Value::Null);
}

#[test]
fn what_the_system_says_of_a_file_is_told_in_the_readers_language() {
    let opensim = Opensim::new();
    let line = ["--lang", "fr", "report", "/nonexistent/survey.json"];
    let told = |line: &[&str]| {
        let said = opensim.run(line).stderr();
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let french = told(&line);
    assert!(french.contains("il n’existe pas"), "{french}");
    assert!(!french.contains("os error"), "{french}");
    // What no list of ours has stands as a quotation.
    let broken = opensim.file("cut.json", "{ \"schema\": \"opensim.status/1\" }");
    let french = told(&["--lang", "fr", "report", &broken]);
    assert!(french.contains(": « missing field"), "{french}");
}

#[test]
fn what_is_only_announced_is_waited_for() {
    let opensim = Opensim::new();
    let hinting = saying(
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 503 X\r\nServer: opensim/1\r\n\r\n",
    );
    let spec = format!("opensim://{hinting}");
    let ran = opensim.run(&["--json", "measure", "--interface", "lo", "--server", &spec]);
    assert_eq!(ran.json()["error"]["code"], "measure.server_full");
}

#[test]
fn what_stands_in_the_way_of_measuring_is_named_with_what_to_do() {
    let opensim = Opensim::new();
    let portal = saying("HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n");
    let empty = saying("HTTP/1.1 200 OK\r\nServer: opensim/1\r\nContent-Length: 0\r\n\r\n");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dead = closed.local_addr().expect("an address");
    drop(closed);
    let testdata = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/measure/tls/");
    let (certificate, key) = (
        format!("{testdata}server.pem"),
        format!("{testdata}server.key"),
    );
    let tls = Serving::start(&opensim, &["--tls-cert", &certificate, "--tls-key", &key]);
    let table = [
        (format!("opensim://{dead}"), "measure.refused"),
        (format!("opensim://{portal}"), "measure.not_the_server"),
        (format!("opensim://{empty}"), "measure.too_small"),
        (
            format!("opensim+https://localhost:{}", tls.1),
            "measure.certificate",
        ),
        ("opensim://192.0.2.1:1".to_owned(), "measure.not_loopback"),
    ];
    for (server, code) in &table {
        let line = [
            "--json", "--modem", "sim:home", "measure", "--server", server,
        ];
        let ran = opensim.run(&line);
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (8, &Value::from(*code)),
            "{document:#}"
        );
        assert_eq!(document["verdict"], "not_measured");
        let cost = &document["links"][0]["cost"];
        if *code == "measure.not_loopback" {
            assert_eq!(cost, &Value::Null, "nothing was sent");
        } else {
            assert!(cost["bytes"].as_u64() > Some(0), "{document:#}");
        }
        let said: Vec<Ran> = ["fr", "en"]
            .map(|lang| opensim.run(&[&["--lang", lang], &line[1..]].concat()))
            .into();
        for ran in &said {
            assert!(ran.stderr().lines().count() >= 2, "{}", ran.stderr());
        }
        assert_ne!(said[0].stderr(), said[1].stderr());
    }
    // Against its own authority the same server is measured.
    let config = opensim.state.path().join("own.toml");
    let text = format!(
        "[measure]\nserver = \"opensim+https://localhost:{}\"\nauthorities = [\"{testdata}authority.pem\"]\n",
        tls.1
    );
    std::fs::write(&config, text).expect("a file");
    let config = config.to_str().expect("a plain path");
    let ran = opensim.run(&[
        "--json",
        "--config",
        config,
        "measure",
        "--interface",
        "lo",
        "--no-voice",
    ]);
    assert_eq!(ran.code(), 0, "{:#}", ran.json());
}

#[test]
fn a_survey_that_could_measure_nothing_ranks_by_radio_and_ends_with_8() {
    let opensim = Opensim::new();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let dead = format!("opensim://{}", closed.local_addr().expect("an address"));
    drop(closed);
    let ran = opensim.run(&[
        "--json", "--modem", "sim:home", "scan", "--yes", "--server", &dead,
    ]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (8, &"measure.refused".into()),
        "{document:#}"
    );
    assert_eq!(
        (&document["complete"], &document["restored"]),
        (&true.into(), &true.into())
    );
    let sfr = row(&document, "sfr");
    assert_eq!(
        (&sfr["rank"], &sfr["verdict"]),
        (&1.into(), &"not_measured".into())
    );
    assert_eq!(sfr["error"]["code"], "measure.refused");
    assert!(codes(&sfr["why"]).contains(&"measure.failed"));
    let rows = document["carriers"].as_array().expect("rows").iter();
    let costs: Vec<u64> = rows
        .filter_map(|row| row["cost"]["bytes"].as_u64())
        .collect();
    assert_eq!(costs.len(), 3, "each has what trying it cost: {document:#}");
    assert_eq!(document["cost"]["bytes"].as_u64(), Some(costs.iter().sum()));
}

#[test]
fn without_a_server_a_modem_on_a_port_is_ranked_by_radio_and_that_is_said() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let ran = opensim.run(&["--json", "--modem", modem.path(), "scan", "--yes"]);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert!(
        codes(&document["warnings"]).contains(&"measure.no_server"),
        "{document:#}"
    );
    assert_eq!(row(&document, "sfr")["verdict"], "not_measured");
    let ran = opensim.run(&["--json", "measure", "--interface", "lo"]);
    assert_eq!(
        (ran.code(), &ran.json()["error"]["code"]),
        (8, &"measure.no_server".into())
    );
}

#[test]
fn a_switch_sees_whether_data_flows_and_stays_where_it_was_sent() {
    let opensim = Opensim::new();
    let line = ["--json", "--modem", "sim:home", "switch", "sfr", "--yes"];
    let document = opensim.run(&line).json();
    assert_eq!(
        (&document["outcome"], &document["data_verified"]),
        (&"switched".into(), &true.into())
    );
    let document = opensim
        .run(&[&line[..], &["--no-verify-data"]].concat())
        .json();
    assert_eq!(document["data_verified"], Value::Null);
    let scenario = opensim.state.path().join("mute.toml");
    let text = "base = \"home\"\n[[carrier]]\nname = \"Orange F\"\nplmns = [\"20801\"]\n[[carrier.cell]]\nband = 20\nearfcn = 6400\npci = 1\ncell_id = 1\ntac = 1\nbandwidth_mhz = 10\nrsrp_dbm = -90\nrsrq_db = -9\nsinr_db = 9\n[[carrier]]\nname = \"F SFR\"\nplmns = [\"20810\"]\nlink = { down_kbit = 0, up_kbit = 0 }\n[[carrier.cell]]\nband = 3\nearfcn = 1675\npci = 2\ncell_id = 2\ntac = 2\nbandwidth_mhz = 10\nrsrp_dbm = -90\nrsrq_db = -9\nsinr_db = 9\n";
    std::fs::write(&scenario, text).expect("a file");
    let modem = format!("sim:{}", scenario.display());
    // Reaching it proves what the link carries only as far as the round trip goes: a mute link answers no packet.
    let ran = opensim.run(&["--json", "--modem", &modem, "switch", "sfr", "--yes"]);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["outcome"]),
        (0, &"switched".into()),
        "{document:#}"
    );
    assert_ne!(document["data_verified"], true, "{document:#}");
}

#[test]
fn without_a_network_there_is_no_link_to_measure() {
    let opensim = Opensim::new();
    let nowhere = opensim.state.path().join("nowhere.toml");
    let text = "base = \"home\"\n[start]\nregistered = false\nmode = \"deregistered\"\n";
    std::fs::write(&nowhere, text).expect("a file");
    let nowhere = format!("sim:{}", nowhere.display());
    for (modem, code, error) in [
        ("sim:no-sim", 5, "sim.absent"),
        (nowhere.as_str(), 6, "data.not_registered"),
    ] {
        let ran = opensim.run(&["--json", "--modem", modem, "measure"]);
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (code, &Value::from(error)),
            "{document:#}"
        );
    }
}

#[test]
fn what_a_server_cannot_be_started_with_is_a_fault_of_usage() {
    let opensim = Opensim::new();
    let files = ["--tls-cert", "/nope.pem", "--tls-key", "/nope.key"];
    let table: [(&[&str], &str); 2] = [
        (&["serve", "--listen", "192.0.2.1:80"], "serve.listen"),
        (
            &[&["serve", "--listen", "127.0.0.1:0"], &files[..]].concat(),
            "usage.file",
        ),
    ];
    for (line, code) in table {
        let ran = opensim.run(&[&["--json"], line].concat());
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (2, &Value::from(code)),
            "{document:#}"
        );
    }
}
