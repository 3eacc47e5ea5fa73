//! `--check openvpn:FILE.ovpn` against a real `OpenVPN`, and `--check sip:` against a real telephone server. Where neither is
//! installed, the test says so and passes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::support::Opensim;

/// A server that is ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Asked, so that it ends its own children too; it may have ended by itself.
        let id = rustix::process::Pid::from_child(&self.0);
        let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        let _ = self.0.wait();
    }
}

/// Where a program is; `None`, said, where it is not installed.
fn installed(name: &str) -> Option<String> {
    let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin"];
    let found = folders.iter().map(|folder| format!("{folder}/{name}"));
    let found = found.into_iter().find(|path| Path::new(path).is_file());
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: no {name} here");
    }
    found
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.local_addr().expect("an address").port()
}

/// Starts a server in a folder and returns once it has said what it says when it is ready.
fn start(program: &str, folder: &Path, args: &[&str], ready: &[&str]) -> Server {
    let mut child = Command::new(program)
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (out, errors) = (child.stdout.take(), child.stderr.take());
    let server = Server(child);
    let (tell, told) = std::sync::mpsc::channel();
    for stream in [
        out.map(|s| Box::new(s) as Box<dyn std::io::Read + Send>),
        errors.map(|s| Box::new(s) as Box<dyn std::io::Read + Send>),
    ] {
        let (tell, stream) = (tell.clone(), stream.expect("a pipe"));
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // Nobody listens any more once it is ready.
                let _ = tell.send(line);
            }
        });
    }
    drop(tell);
    let mut said = Vec::new();
    for line in told {
        let is_ready = ready.iter().any(|mark| line.contains(mark));
        said.push(line);
        if is_ready {
            return server;
        }
    }
    panic!("it ended before it was ready:\n{}", said.join("\n"));
}

fn run(program: &str, folder: &Path, args: &[&str]) {
    let ran = Command::new(program)
        .current_dir(folder)
        .args(args)
        .output();
    let ran = ran.expect("it runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program} {args:?}: {said}");
}

/// Keys that are good for this test alone.
fn make_keys(openvpn: &str, openssl: &str, folder: &Path) {
    let certificate = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test -keyout server.key -out server.crt";
    let words: Vec<&str> = certificate.split(' ').collect();
    run(openssl, folder, &words);
    run(openvpn, folder, &["--genkey", "secret", "ta.key"]);
    run(openvpn, folder, &["--genkey", "secret", "other.key"]);
    run(
        openvpn,
        folder,
        &["--genkey", "tls-crypt-v2-server", "v2s.key"],
    );
    let client = [
        "--tls-crypt-v2",
        "v2s.key",
        "--genkey",
        "tls-crypt-v2-client",
        "v2c.key",
    ];
    run(openvpn, folder, &client);
}

/// A server's own options, what the profile says of them, and what is found.
const SERVERS: &[(&str, &str, &str)] = &[
    ("", "", "check.openvpn_answered"),
    (
        "--tls-auth ta.key 0",
        "tls-auth ta.key 1",
        "check.openvpn_answered",
    ),
    (
        "--tls-auth ta.key --auth SHA512",
        "<tls-auth>\nKEY\n</tls-auth>\nauth SHA512",
        "check.openvpn_answered",
    ),
    (
        "--tls-auth ta.key 0 --auth SHA256",
        "key-direction 1\n<tls-auth>\nKEY\n</tls-auth>\nauth SHA256",
        "check.openvpn_answered",
    ),
    (
        "--tls-crypt ta.key",
        "<tls-crypt>\nKEY\n</tls-crypt>",
        "check.openvpn_answered",
    ),
    (
        "--tls-crypt-v2 v2s.key",
        "tls-crypt-v2 v2c.key",
        "check.openvpn_answered",
    ),
    // Another key, another digest, the wrong way round, none: the server says nothing, and that is told.
    ("--tls-crypt ta.key", "tls-crypt other.key", "NONE"),
    (
        "--tls-auth ta.key 0 --auth SHA256",
        "tls-auth ta.key 1",
        "NONE",
    ),
    ("--tls-auth ta.key 0", "tls-auth ta.key 0", "NONE"),
    ("--tls-crypt ta.key", "", "NONE"),
];

fn found(opensim: &Opensim, profile: &str) -> Value {
    let check = format!("openvpn:{profile}");
    let line = ["--json", "measure", "--interface", "lo", "--check", &check];
    let document = opensim.run(&line).json();
    document["links"][0]["checks"][0].clone()
}

#[test]
fn a_real_openvpn_answers_to_the_persons_own_profile() {
    let (Some(openvpn), Some(openssl)) = (installed("openvpn"), installed("openssl")) else {
        return;
    };
    let opensim = Opensim::new();
    let folder = opensim.state.path();
    make_keys(&openvpn, &openssl, folder);
    let key = std::fs::read_to_string(folder.join("ta.key")).expect("a key");
    for (proto, (options, says, expected)) in ["udp", "tcp"]
        .iter()
        .flat_map(|proto| SERVERS.iter().map(move |row| (*proto, row)))
    {
        let port = free_port().to_string();
        let server_proto = if proto == "tcp" { "tcp-server" } else { proto };
        let own = format!(
            "--dev null --tls-server --local 127.0.0.1 --lport {port} --proto {server_proto} --ca server.crt --cert server.crt --key server.key --dh none --verb 3 {options}"
        );
        let words: Vec<&str> = own.split_whitespace().collect();
        let ready = ["UDPv4 link remote", "Listening for incoming TCP"];
        let _server = start(&openvpn, folder, &words, &ready);
        let profile = format!(
            "client\nremote 127.0.0.1 {port} {proto}\n{}\n",
            says.replace("KEY", &key)
        );
        let profile = opensim.file("profile.ovpn", &profile);
        let row = found(&opensim, &profile);
        let expected = match (*expected, proto) {
            ("NONE", "udp") => "check.openvpn_no_answer",
            ("NONE", _) => "check.openvpn_refused",
            (answered, _) => answered,
        };
        assert_eq!(
            row["found"]["code"], expected,
            "{proto} {options} / {says}: {row:#}"
        );
        assert_eq!(row["target"], format!("openvpn:{profile}"));
    }
}

#[test]
fn a_profile_that_cannot_be_used_is_told_with_its_line_before_anything_is_sent() {
    let opensim = Opensim::new();
    for (text, line, part) in [
        ("client\n", Value::Null, "names no server"),
        ("client\nremote a/b\n", 2.into(), "is no server"),
        (
            "remote a.example\n<tls-auth>\nabc\n</tls-auth>\n",
            2.into(),
            "missing or damaged",
        ),
    ] {
        let profile = opensim.file("bad.ovpn", text);
        let check = format!("openvpn:{profile}");
        for command in ["measure", "doctor"] {
            let ran = opensim.run(&["--json", command, "--check", &check]);
            assert_eq!(ran.code(), 2, "{text}");
            let error = ran.json()["error"].clone();
            assert_eq!(error["code"], "usage.profile", "{text}");
            assert_eq!(error["values"]["line_number"], line, "{text}");
            let message = error["message"].as_str().expect("words");
            assert!(message.contains(part), "{message}");
        }
    }
    let ran = opensim.run(&[
        "--json",
        "measure",
        "--check",
        "openvpn:/nonexistent/x.ovpn",
    ]);
    assert_eq!(ran.json()["error"]["code"], "usage.profile");
    let ran = opensim.run(&["--json", "measure", "--check", "openvnp://a"]);
    assert_eq!(ran.json()["error"]["code"], "usage.check");
}

const KAMAILIO: &str = r#"#!KAMAILIO
debug=2
log_stderror=yes
children=1
listen=udp:127.0.0.1:PORT
listen=tcp:127.0.0.1:PORT
loadmodule "sl.so"
request_route {
    if (method == "OPTIONS") { sl_send_reply("200", "OK"); exit; }
    sl_send_reply("404", "Not here");
}
"#;

#[test]
fn a_real_telephone_server_answers() {
    let Some(kamailio) = installed("kamailio") else {
        return;
    };
    let opensim = Opensim::new();
    let folder = opensim.state.path();
    let port = free_port().to_string();
    let file = opensim.file("kamailio.cfg", &KAMAILIO.replace("PORT", &port));
    let own = ["-f", &file, "-DD", "-E", "-Y", "."];
    let _server = start(&kamailio, folder, &own, &["available during runtime"]);
    for transport in ["udp", "tcp"] {
        let check = format!("sip:127.0.0.1:{port};transport={transport}");
        let line = ["--json", "measure", "--interface", "lo", "--check", &check];
        let document = opensim.run(&line).json();
        let row = &document["links"][0]["checks"][0];
        assert_eq!(
            row["found"]["code"], "check.sip_answered",
            "{transport}: {row:#}"
        );
        assert_eq!(row["found"]["values"]["status"], 200);
    }
}
