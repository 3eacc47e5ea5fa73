//! The outbox and `opensim send` at the binary: against a collector that takes, refuses, is out of order or hangs up.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::support::{Opensim, Ran};

const SITE: &str = "0123456789abcdef";

/// What a collector does with a document.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// It answers with this status.
    Status(u16),
    /// It hangs up when it has the document.
    HangUp,
    /// It never answers.
    Silence,
}

/// A collector that does one thing after the other, and `201` when nothing is left to do.
struct Collector {
    port: u16,
    /// What came: the target, and the document.
    came: Receiver<(String, String)>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

impl Collector {
    fn start(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let answers = Arc::new(Mutex::new(answers.iter().copied().collect::<VecDeque<_>>()));
        let (tell, came) = channel();
        let (config, script) = (of_server(), answers.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, script, tell) = (config.clone(), script.clone(), tell.clone());
                std::thread::spawn(move || serve(stream, config, &script, &tell));
            }
        });
        Self {
            port,
            came,
            answers,
        }
    }

    fn then(&self, answers: &[Answer]) {
        self.answers.lock().expect("whole").extend(answers);
    }

    fn url(&self) -> String {
        format!("https://localhost:{}/v1/{SITE}/", self.port)
    }

    /// What came so far.
    fn documents(&self) -> Vec<(String, String)> {
        self.came.try_iter().collect()
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/fleet")
        .join(name)
}

/// One that only speaks with sites whose certificate its authority signed.
fn of_server() -> Arc<ServerConfig> {
    let certificate =
        |name: &str| CertificateDer::from_pem_file(file(name)).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots
        .add(certificate("authority.pem"))
        .expect("an authority");
    let provider = Arc::new(ring::default_provider());
    let sites = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(sites.build().expect("a verifier"))
        .with_single_cert(
            vec![certificate("collector.pem")],
            PrivateKeyDer::from_pem_file(file("collector.key")).expect("a key"),
        );
    Arc::new(config.expect("a configuration"))
}

/// Whoever shows no certificate is not heard.
fn serve(
    tcp: TcpStream,
    config: Arc<ServerConfig>,
    script: &Mutex<VecDeque<Answer>>,
    tell: &Sender<(String, String)>,
) -> Option<()> {
    let tls = ServerConnection::new(config).ok()?;
    let mut stream = BufReader::new(StreamOwned::new(tls, tcp));
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let target = line.strip_prefix("PUT ")?.split(' ').next()?.to_owned();
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).ok()?;
        if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
            length = said.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut document = vec![0; length];
    stream.read_exact(&mut document).ok()?;
    let answer = script.lock().ok()?.pop_front();
    tell.send((target, String::from_utf8(document).ok()?))
        .ok()?;
    match answer.unwrap_or(Answer::Status(201)) {
        Answer::Status(status) => {
            let body = "<html><body><h1>what a web server says</h1></body></html>";
            let head = format!(
                "HTTP/1.1 {status} Said\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let stream = stream.get_mut();
            stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
            stream.conn.send_close_notify();
            stream.flush().ok()
        }
        Answer::HangUp => None,
        Answer::Silence => {
            // Until the other end is gone.
            let _ = stream.read_line(&mut line);
            None
        }
    }
}

/// A site whose configuration names this collector.
fn site(url: &str, more: &str) -> Opensim {
    let opensim = Opensim::new();
    let path = |name: &str| file(name).display().to_string();
    let text = format!(
        "[fleet]\nurl = \"{url}\"\ncertificate = \"{}\"\nkey = \"{}\"\nauthorities = [\"{}\"]\n{more}\n",
        path("site.pem"),
        path("site.key"),
        path("authority.pem"),
    );
    let folder = opensim.state.path().join("config/opensim");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("config.toml"), text).expect("written");
    opensim
}

fn trial(url: &str) -> Opensim {
    site(url, "demonstration = true")
}

pub(super) fn survey(opensim: &Opensim) {
    let args = [
        "--modem",
        "sim:home",
        "scan",
        "--yes",
        "--no-measure",
        "--label",
        "Salon",
    ];
    assert_eq!(opensim.run(&args).code(), 0);
}

pub(super) fn send(opensim: &Opensim) -> Ran {
    opensim.run(&["--json", "send"])
}

pub(super) fn names(opensim: &Opensim, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(opensim.state.path().join("state/opensim").join(folder));
    let names = entries.into_iter().flatten().flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| !name.starts_with('.') && name != "refused")
        .collect();
    names.sort();
    names
}

pub(super) fn outcomes(ran: &Ran) -> Vec<Value> {
    let documents = ran.json()["documents"].clone();
    let documents = documents.as_array().expect("documents");
    documents.iter().map(|row| row["outcome"].clone()).collect()
}

#[test]
fn nothing_is_sent_or_made_ready_until_it_is_configured() {
    let opensim = Opensim::new();
    survey(&opensim);
    assert!(!opensim.state.path().join("state/opensim/outbox").exists());
    let ran = send(&opensim);
    assert_eq!(
        (ran.code(), &ran.json()["error"]["code"]),
        (2, &json!("send.not_configured"))
    );
    let french = opensim.run(&["--lang", "fr", "send"]);
    assert!(french.stderr().contains("[fleet]"), "{}", french.stderr());
}

#[test]
fn a_configuration_that_names_half_of_it_is_told_with_its_line() {
    let opensim = Opensim::new();
    for (text, detail, line) in [
        (
            "lang = \"en\"\n[fleet]\nurl = \"https://c.example/v1/x/\"\n",
            "config.fleet_incomplete",
            2,
        ),
        (
            "[fleet]\nurl = \"http://c.example/\"\n",
            "value.not_collector",
            2,
        ),
        ("[fleet]\nuser = \"me\"\n", "config.unknown_key", 2),
    ] {
        let file = opensim.file("config.toml", text);
        let ran = opensim.run(&["--json", "--config", &file, "send"]);
        let values = &ran.json()["error"]["values"];
        assert_eq!(
            (&values["detail"], &values["line_number"]),
            (&json!(detail), &json!(line))
        );
    }
}

#[test]
fn what_is_pretended_does_not_wait_and_what_waits_does_not_tell_the_places_name() {
    let opensim = site("https://localhost:1/v1/x/", "");
    survey(&opensim);
    assert_eq!(names(&opensim, "outbox"), Vec::<String>::new());
    let opensim = trial("https://localhost:1/v1/x/");
    survey(&opensim);
    let waiting = names(&opensim, "outbox");
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    let text = opensim
        .state
        .path()
        .join("state/opensim/outbox")
        .join(&waiting[0]);
    let text = std::fs::read_to_string(text).expect("text");
    assert!(!text.contains("Salon") && !text.contains('\n'), "{text}");
    let kept: Value =
        serde_json::from_str(&opensim.run(&["--json", "history", "show", "last"]).stdout())
            .expect("JSON");
    assert_eq!(kept["label"], "Salon", "the history has it");
}

#[test]
fn a_dry_run_says_what_would_go_and_sends_nothing() {
    let collector = Collector::start(&[]);
    let opensim = trial(&collector.url());
    survey(&opensim);
    let ran = opensim.run(&["--json", "send", "--dry-run"]);
    assert_eq!((ran.code(), outcomes(&ran)), (0, vec![json!("waiting")]));
    let page = opensim.run(&["--lang", "fr", "send", "--dry-run"]).stdout();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Rien n’a été envoyé",
        "numéros des cellules",
        "le nom que vous donnez au lieu",
    ] {
        assert!(page.contains(told), "{page}");
    }
    assert_eq!(collector.documents(), []);
    assert_eq!(names(&opensim, "outbox").len(), 1);
}

#[test]
fn what_is_taken_goes_what_is_refused_is_put_aside_and_the_rest_waits() {
    let collector = Collector::start(&[Answer::Status(403), Answer::Status(503)]);
    let opensim = trial(&collector.url());
    for _ in 0..3 {
        // A survey each second has a name of its own.
        opensim.run(&["--modem", "sim:home", "switch", "sfr", "--yes"]);
        survey(&opensim);
    }
    let waited = names(&opensim, "outbox");
    let ran = send(&opensim);
    let told = outcomes(&ran);
    assert_eq!(
        told[..3],
        [json!("refused"), json!("left"), json!("sent")],
        "{told:?}"
    );
    assert_eq!(
        (ran.code(), &ran.json()["error"]["code"]),
        (6, &json!("send.refused"))
    );
    assert_eq!(names(&opensim, "outbox"), [waited[1].clone()]);
    let reason = waited[0].replace(".json", ".reason.txt");
    assert_eq!(
        names(&opensim, "outbox/refused"),
        [waited[0].clone(), reason.clone()]
    );
    let reason = opensim
        .state
        .path()
        .join("state/opensim/outbox/refused")
        .join(reason);
    let reason = std::fs::read_to_string(reason).expect("text");
    assert_eq!(
        reason, "403 what a web server says\n",
        "its status and its words"
    );
    let came = collector.documents();
    let targets: Vec<String> = waited
        .iter()
        .map(|name| format!("/v1/{SITE}/{name}"))
        .collect();
    assert_eq!(
        came.iter()
            .map(|(target, _)| target.clone())
            .collect::<Vec<_>>(),
        targets
    );
    assert_eq!(
        (send(&opensim).code(), names(&opensim, "outbox").len()),
        (0, 0)
    );
}

#[test]
fn a_collector_that_hangs_up_or_is_gone_loses_nothing() {
    let collector = Collector::start(&[Answer::HangUp]);
    let opensim = trial(&collector.url());
    survey(&opensim);
    let waiting = names(&opensim, "outbox");
    let ran = send(&opensim);
    assert_eq!(
        (ran.code(), outcomes(&ran)),
        (8, vec![json!("left")]),
        "{:#}",
        ran.json()
    );
    assert_eq!(names(&opensim, "outbox"), waiting);
    assert_eq!(outcomes(&send(&opensim)), [json!("sent")]);
    let came = collector.documents();
    assert_eq!(came.len(), 2);
    assert_eq!(came[0], came[1], "the same document under the same name");
    let gone = trial("https://localhost:1/v1/x/");
    survey(&gone);
    assert_eq!(outcomes(&send(&gone)), [json!("left")]);
    assert_eq!(names(&gone, "outbox").len(), 1);
}

#[test]
fn killed_midway_nothing_is_lost_and_nothing_is_there_twice() {
    let collector = Collector::start(&[Answer::Silence]);
    let opensim = trial(&collector.url());
    survey(&opensim);
    let mut child = opensim.command(&["send"]).spawn().expect("it starts");
    let (first, document) = collector.came.recv().expect("it arrived");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(names(&opensim, "outbox").len(), 1);
    collector.then(&[Answer::Status(204)]);
    assert_eq!(outcomes(&send(&opensim)), [json!("sent")]);
    assert_eq!(collector.documents(), [(first, document)]);
    assert_eq!(names(&opensim, "outbox"), Vec::<String>::new());
}

#[test]
fn a_collector_that_is_not_who_it_should_be_gets_nothing() {
    let collector = Collector::start(&[]);
    let opensim = trial(&collector.url());
    survey(&opensim);
    let config = opensim.state.path().join("config/opensim/config.toml");
    let text = std::fs::read_to_string(&config).expect("text");
    let strangers =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/measure/tls/authority.pem");
    let other = text.replace(
        &file("authority.pem").display().to_string(),
        &strangers.display().to_string(),
    );
    std::fs::write(&config, other).expect("written");
    let ran = send(&opensim);
    assert_eq!(
        ran.json()["error"]["code"],
        "measure.certificate",
        "{:#}",
        ran.json()
    );
    assert_eq!(
        (collector.documents(), names(&opensim, "outbox").len()),
        (Vec::new(), 1)
    );
}
