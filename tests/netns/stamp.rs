//! The call against ends that others wrote: a reflector and a sender of another project (`stamp-suite`), and a second
//! reading of the RFC beside this file, which also says what it has against the packets that it gets. Where the one or
//! the other is not installed, the tests that take it say so in a line.

use std::io::{BufRead as _, BufReader, PipeReader, Read as _, Write as _};
use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::line::{Line, SERVER, Shape};
use super::relay::Harm;

const FOREIGN: &str = "stamp-suite";
const SECOND_READING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/netns/second_reading.py");
/// Where either reflects, on STAMP's own port.
const REFLECTOR: [&str; 2] = ["--reflector", "10.99.0.1"];

/// Whether a program is there; said once where it is not.
fn is_installed(program: &str, hint: &str, known: &OnceLock<bool>) -> bool {
    *known.get_or_init(|| {
        let asked = Command::new(program).arg("--version").output();
        let is_there = asked.is_ok_and(|output| output.status.success());
        if !is_there {
            // Past the harness, which shows what a passing test prints to nobody.
            let _ = writeln!(std::io::stderr(), "skipped: no {program} here ({hint})");
        }
        is_there
    })
}

fn has_foreign() -> bool {
    static KNOWN: OnceLock<bool> = OnceLock::new();
    let hint = "cargo install --locked stamp-suite --version 1.0.0";
    is_installed(FOREIGN, hint, &KNOWN)
}

fn has_python() -> bool {
    static KNOWN: OnceLock<bool> = OnceLock::new();
    is_installed("python3", "package python3", &KNOWN)
}

/// A reflector at the far end, until it is dropped.
struct Far {
    running: Child,
    said: BufReader<PipeReader>,
    ready: String,
}

impl Far {
    /// Starts it; it reflects once a line of it has this word.
    fn start(mut command: Command, word: &str) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let copy = writer.try_clone().expect("a copy");
        command.stdin(Stdio::piped()).stdout(writer).stderr(copy);
        let running = command.spawn().expect("it starts");
        // The command holds the pipe's other end too.
        drop(command);
        let (mut said, mut ready) = (BufReader::new(reader), String::new());
        while !ready.contains(word) {
            ready.clear();
            let length = said.read_line(&mut ready).expect("text");
            assert!(length > 0, "it ended before it was ready");
        }
        Self {
            running,
            said,
            ready,
        }
    }

    fn foreign(line: &Line, args: &[&str]) -> Self {
        let mut command = line.at(true, FOREIGN);
        // Without a port it takes 862; without an address it answers from the one that the way back has.
        command
            .args(["--is-reflector", "--local-addr", "10.99.0.1"])
            .args(args);
        Self::start(command, "listening")
    }

    fn second_reading(line: &Line, args: &[&str]) -> Self {
        let mut command = line.at(true, "python3");
        command.arg(SECOND_READING).args(args);
        Self::start(command, "ready")
    }

    /// What the second reading heard: each session, in the order of their first packets.
    fn heard(mut self) -> Vec<Value> {
        drop(self.running.stdin.take());
        let mut said = String::new();
        self.said.read_to_string(&mut said).expect("text");
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

/// A figure of the call's.
fn voice(document: &Value, figure: &str) -> f64 {
    assert_eq!(document["voice"]["method"], "stamp", "{document:#}");
    let value = document["voice"][figure].as_f64();
    value.unwrap_or_else(|| panic!("no {figure}: {document:#}"))
}

/// A fast line without a fault: what is said of it.
fn assert_good(document: &Value) {
    assert_eq!(document["voice"]["loss"], 0.0, "{document:#}");
    assert_eq!(document["voice"]["doubled"], 0, "{document:#}");
    assert!(voice(document, "mos") > 4.3, "{document:#}");
    assert!(voice(document, "rtt_ms") < 15.0, "{document:#}");
    assert!(voice(document, "jitter_ms") < 5.0, "{document:#}");
}

fn good() -> Shape {
    super::kbit(2_000)
}

/// 40 ms each way. There every tenth packet of a call is lost, and of the answers every 25th; on one of the ways every
/// second comes 10 ms late.
fn bad(late: [u64; 2]) -> Shape {
    let harm = |lost, late| Harm {
        lost,
        late: Duration::from_millis(late),
    };
    Shape {
        delay: Some(Duration::from_millis(40)),
        harm: [harm(10, late[0]), harm(25, late[1])],
        ..good()
    }
}

/// What is said of it: `loss` of a call of 250 packets.
fn assert_bad(document: &Value, loss: f64) {
    assert_eq!(document["voice"]["packets"], 250, "{document:#}");
    assert_eq!(document["voice"]["loss"], loss, "{document:#}");
    let trip = voice(document, "rtt_ms");
    assert!((80.0..105.0).contains(&trip), "{document:#}");
    let jitter = voice(document, "jitter_ms");
    assert!((8.0..15.0).contains(&jitter), "{document:#}");
}

/// Of 250 packets 25 are lost there; a small one goes before them, and of the 226 answers that makes 9 are lost.
const THERE: f64 = 0.1;
/// A reflector that keeps no count cannot tell where: all are taken for lost on one way.
const ANYWHERE: f64 = 0.136;

#[test]
fn a_foreign_reflector_is_measured_against_as_well_as_ones_own() {
    if !has_foreign() {
        return;
    }
    std::thread::scope(|scope| {
        for args in [
            &["--stateful-reflector"][..],
            &[],
            // It writes its stamps in PTP's form and says so in its answers (RFC 8762 clause 4.3.1, Z).
            &["--clock-source", "PTP"],
        ] {
            scope.spawn(move || {
                let line = line!(good());
                let _far = Far::foreign(&line, args);
                let (status, document) = line.measure(SERVER, &REFLECTOR);
                assert_eq!(status, 0, "{document:#}");
                assert_good(&document);
                super::assert_honest(&document, line.carried());
                assert_eq!(line.usual_route_packets(), 0);
            });
        }
    });
}

#[test]
fn a_foreign_reflector_tells_loss_jitter_and_round_trip_of_a_bad_line() {
    if !has_foreign() {
        return;
    }
    std::thread::scope(|scope| {
        for (args, late, loss) in [
            (&["--stateful-reflector"][..], [10, 0], THERE),
            (&["--stateful-reflector"], [0, 10], THERE),
            (&[], [0, 10], ANYWHERE),
            (&["--stateful-reflector", "-K", "PTP"], [10, 0], THERE),
        ] {
            scope.spawn(move || {
                let line = line!(bad(late));
                let _far = Far::foreign(&line, args);
                let (_, document) = line.measure(SERVER, &REFLECTOR);
                assert_bad(&document, loss);
            });
        }
    });
}

#[test]
fn a_second_reading_of_the_rfc_has_nothing_against_what_is_sent() {
    if !has_python() {
        return;
    }
    let line = line!(good());
    let far = Far::second_reading(&line, &[]);
    let (status, document) = line.measure(SERVER, &REFLECTOR);
    assert_eq!(status, 0, "{document:#}");
    assert_good(&document);
    let sessions = far.heard();
    for session in &sessions {
        assert_eq!(session["violations"], json!([]), "{session:#}");
        assert_eq!(session["missing"], 0, "{session:#}");
        // No router is on the way, so it is what Linux sends with.
        assert_eq!(session["ttls"], json!([64]), "{session:#}");
    }
    // A small packet, and then the call: RFC 8972's padding brings it to the codec's size.
    let [small, call] = &sessions[..] else {
        panic!("{sessions:#?}");
    };
    assert_eq!(small["lengths"], json!([44]));
    assert_eq!(small["received"], 1);
    assert_eq!(call["lengths"], json!([172]));
    assert_eq!(call["tails"], json!(["tlv 1"]));
    assert_eq!(call["received"], document["voice"]["packets"]);
}

#[test]
fn a_second_reading_of_the_rfc_agrees_on_a_bad_line() {
    if !has_python() {
        return;
    }
    std::thread::scope(|scope| {
        for (args, late, loss) in [
            (&[][..], [10, 0], THERE),
            // What it holds back before it answers is not the line's.
            (&["--hold", "30"], [10, 0], THERE),
            // What must be zero is not to be looked at by who hears it.
            (&["--noise", "--stateless"], [0, 10], ANYWHERE),
        ] {
            scope.spawn(move || {
                let line = line!(bad(late));
                let far = Far::second_reading(&line, args);
                let (_, document) = line.measure(SERVER, &REFLECTOR);
                assert_bad(&document, loss);
                let sessions = far.heard();
                let call = sessions.last().expect("a call");
                assert_eq!(call["violations"], json!([]), "{call:#}");
                assert_eq!(call["received"], 225, "{call:#}");
                // What Linux sends with, less the line's one hop.
                assert_eq!(call["ttls"], json!([63]), "{call:#}");
                // The way there, from the same packets.
                let jitter = call["jitter_ms"].as_f64().expect("a number");
                let apart = (jitter - voice(&document, "jitter_ms")).abs();
                assert!(late[0] == 0 || apart < 2.0, "{call:#}{document:#}");
            });
        }
    });
}

#[test]
fn a_foreign_sender_measures_against_the_server() {
    if !has_foreign() {
        return;
    }
    let line = line!(Shape {
        delay: Some(Duration::from_millis(40)),
        ..good()
    });
    let mut sender = line.at(false, FOREIGN);
    sender.args(["--remote-addr", "10.99.0.1", "--remote-port", "8620"]);
    sender.args(["--local-addr", "10.77.0.1", "--interface", "mod0"]);
    sender.args(["--count", "50", "--send-delay", "20", "--timeout", "1"]);
    // RFC 8972's session identifier and padding; each answer in a line, and the sum of them as JSON.
    sender.args(["--ssid", "4711", "--extra-padding", "124", "-R"]);
    let output = sender.args(["--output-format", "json"]).output();
    let output = output.expect("it runs");
    let answers = String::from_utf8_lossy(&output.stderr);
    let sum: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {answers}"));
    // It sends with 255, and the line is a hop long.
    let hopped = answers.lines().filter(|line| line.contains(" ttl=254 "));
    assert_eq!(hopped.count(), 50, "{answers}");
    let count = |key: &str| sum.pointer(key).and_then(Value::as_u64);
    for (key, expected) in [
        ("/packets_received", 50),
        ("/packets_lost", 0),
        ("/measurements/unique_replies", 50),
        ("/measurements/additional_replies", 0),
        ("/measurements/unknown_replies", 0),
        ("/measurements/reordered_replies", 0),
        ("/measurements/last_reflector_sequence", 49),
        ("/measurements/tlv_validation/evaluated_replies", 50),
        ("/measurements/tlv_validation/rejected_replies", 0),
        ("/measurements/tlv_validation/observed_tlvs", 50),
        ("/measurements/tlv_validation/flags/unrecognized", 0),
        ("/measurements/tlv_validation/flags/malformed", 0),
        ("/owd/clock_quality/invalid_estimate", 0),
    ] {
        assert_eq!(count(key), Some(expected), "{key}: {sum:#}");
    }
    let trip = sum["median_rtt_ms"].as_f64();
    let right = trip.is_some_and(|ms| (80.0..105.0).contains(&ms));
    assert!(right, "{sum:#}");
}

/// The second reading says so of each fault, or what it passes would prove nothing.
#[test]
fn a_second_reading_of_the_rfc_sees_each_fault() {
    if !has_python() {
        return;
    }
    let mut command = Command::new("python3");
    command.args([SECOND_READING, "--port", "0"]);
    let far = Far::start(command, "ready");
    let port: u16 = far
        .ready
        .trim()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let date = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let now = date.as_secs() + 2_208_988_800;
    let packet = |sequence: u32, seconds: u64, estimate: u16| {
        let mut packet = sequence.to_be_bytes().to_vec();
        packet.extend((seconds << 32).to_be_bytes());
        packet.extend(estimate.to_be_bytes());
        packet.resize(44, 0);
        packet
    };
    let mut noise = packet(0, now, 0x1601);
    noise[30] = 1;
    let mut nanoseconds = packet(0, date.as_secs(), 0x5601);
    nanoseconds[8..12].copy_from_slice(&1_000_000_000_u32.to_be_bytes());
    let cases = [
        (vec![packet(0, now, 0x1601), packet(1, now, 0x1601)], ""),
        (vec![packet(0, now, 0x1601)[..43].to_vec()], "fewer than"),
        (vec![noise], "MBZ is"),
        (vec![packet(1, now, 0x1601)], "not zero"),
        (vec![packet(0, now, 0x1601); 2], "sent twice"),
        (
            vec![packet(0, now, 0x1601), packet(0, now + 1, 0x1601)],
            "two packets of one number",
        ),
        (vec![nanoseconds], "more nanoseconds"),
        (vec![packet(0, now, 0x1600)], "Multiplier of zero"),
        (vec![packet(0, 0, 0x1601)], "no Timestamp"),
        (
            vec![packet(0, now, 0x1601), packet(1, now + 3, 0x1601)],
            "the clock moved",
        ),
        (vec![packet(0, now + 60, 0x9601)], "S is set"),
    ];
    let mut expected = Vec::new();
    for (packets, fault) in cases {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        for packet in packets {
            socket.send_to(&packet, ("127.0.0.1", port)).unwrap();
            let mut answer = [0; 100];
            assert_eq!(socket.recv(&mut answer).unwrap(), 44);
        }
        expected.push((socket.local_addr().unwrap().to_string(), fault));
    }
    let heard = far.heard();
    for (from, fault) in expected {
        let session = heard
            .iter()
            .find(|session| session["from"] == *from)
            .unwrap();
        let faults = session["violations"].as_array().unwrap();
        let seen = faults
            .iter()
            .any(|found| found["why"].as_str().unwrap().contains(fault));
        assert!(
            if fault.is_empty() {
                faults.is_empty()
            } else {
                seen
            },
            "{fault}: {session:#}"
        );
    }
}
