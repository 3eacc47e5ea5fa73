//! The collector as an operator runs it: the nginx configuration and the certificates of `packaging/collector`, and
//! `opensim send` on the other side. What it takes, what it refuses, and what is there after something was cut off.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::send::{names, outcomes, send, survey};
use super::support::Opensim;

const SITE: &str = "0123456789abcdef";
const OTHER: &str = "fedcba9876543210";
const NAME: &str = "20261123T183205Z-scan-0123456789abcdef.json";
const SHIPPED: &str = include_str!("../../packaging/collector/nginx.conf");

/// nginx with the configuration that is shipped, in a folder of its own.
struct Shipped {
    folder: tempfile::TempDir,
    nginx: Child,
    port: u16,
}

/// The script of certificates; what it printed, and `None` where there is no openssl.
fn certificates(arguments: &[&str]) -> Option<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/collector/certificates");
    Command::new("openssl").arg("version").output().ok()?;
    let ran = Command::new(script)
        .args(arguments)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {said}");
    Some(
        String::from_utf8(ran.stdout)
            .expect("text")
            .trim()
            .to_owned(),
    )
}

impl Shipped {
    /// `None`, and said, where nginx or openssl is not here.
    fn start() -> Option<Self> {
        let started = Self::started();
        if started.is_none() {
            // Past the harness, which shows what a passing test prints to nobody.
            let _ = writeln!(std::io::stderr(), "skipped: no nginx or no openssl here");
        }
        started
    }

    fn started() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        for authority in ["own", "strange"] {
            certificates(&["authority", &path(authority)])?;
            certificates(&["site", &path(authority), SITE])?;
        }
        certificates(&["collector", &path("own"), "localhost"])?;
        certificates(&["site", &path("own"), OTHER])?;
        let gone = certificates(&["site", &path("own")])?;
        certificates(&["revoke", &path("own"), &gone])?;
        for end in ["pem", "key"] {
            let from = folder.path().join(format!("own/sites/{gone}.{end}"));
            std::fs::copy(from, folder.path().join(format!("gone.{end}"))).expect("copied");
        }
        for made in ["inbox", "temporary"] {
            std::fs::create_dir(folder.path().join(made)).expect("made");
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .ok()?
            .local_addr()
            .ok()?
            .port();
        std::fs::write(
            folder.path().join("nginx.conf"),
            configuration(folder.path(), port),
        )
        .expect("written");
        let mut nginx = Command::new("nginx")
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "stderr"])
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let mut lines = BufReader::new(nginx.stderr.take()?)
            .lines()
            .map_while(Result::ok);
        let mut told = Vec::new();
        // It says so once it listens.
        let listens = lines.by_ref().any(|line| {
            told.push(line.clone());
            line.contains("event method")
        });
        if !listens {
            let _ = writeln!(std::io::stderr(), "nginx does not start here: {told:#?}");
            let _ = nginx.wait();
            return None;
        }
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self {
            folder,
            nginx,
            port,
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A site that sends to its own address, with the certificate of this name.
    fn site(&self, certificate: &str, number: &str) -> Opensim {
        let opensim = Opensim::new();
        let path = |name: &str| self.file(name).display().to_string();
        let text = format!(
            "[fleet]\nurl = \"https://localhost:{}/v1/{number}/\"\ncertificate = \"{}\"\nkey = \"{}\"\n\
             authorities = [\"{}\"]\ndemonstration = true\n",
            self.port,
            path(&format!("{certificate}.pem")),
            path(&format!("{certificate}.key")),
            path("own/authority.pem"),
        );
        let folder = opensim.state.path().join("config/opensim");
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(folder.join("config.toml"), text).expect("written");
        survey(&opensim);
        opensim
    }

    /// A conversation under the certificate of this name, or none.
    fn speak(&self, certificate: Option<&str>) -> StreamOwned<ClientConnection, TcpStream> {
        let mut roots = RootCertStore::empty();
        let authority = CertificateDer::from_pem_file(self.file("own/authority.pem"));
        roots
            .add(authority.expect("a certificate"))
            .expect("an authority");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots);
        let config = match certificate {
            Some(name) => {
                let pem = CertificateDer::from_pem_file(self.file(&format!("{name}.pem")));
                let key = PrivateKeyDer::from_pem_file(self.file(&format!("{name}.key")));
                let chain = vec![pem.expect("a certificate")];
                config
                    .with_client_auth_cert(chain, key.expect("a key"))
                    .expect("a pair")
            }
            None => config.with_no_client_auth(),
        };
        let name = "localhost".try_into().expect("a name");
        let tls = ClientConnection::new(Arc::new(config), name).expect("a connection");
        let tcp = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        StreamOwned::new(tls, tcp)
    }

    /// The status of an answer; 0 where there is none.
    fn status(&self, certificate: Option<&str>, method: &str, path: &str, body: &[u8]) -> u16 {
        let mut stream = self.speak(certificate);
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        // Who refuses may hang up before all of it is there.
        let _ = stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        status.unwrap_or_default()
    }

    /// What is in the inbox, as paths within it.
    fn inbox(&self) -> Vec<String> {
        let root = self.file("inbox");
        let mut folders = vec![root.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let within = path.strip_prefix(&root).expect("below");
                    found.push(within.display().to_string());
                }
            }
        }
        found.sort();
        found
    }
}

impl Drop for Shipped {
    fn drop(&mut self) {
        let _ = self.nginx.kill();
        let _ = self.nginx.wait();
    }
}

/// The shipped configuration with its places filled in.
fn configuration(folder: &Path, port: u16) -> String {
    let mut shipped = SHIPPED.to_owned();
    let path = |name: &str| folder.join(name).display().to_string();
    for (place, filled) in [
        ("listen 8443 ssl", format!("listen 127.0.0.1:{port} ssl")),
        (
            "server_name collector.example",
            "server_name localhost".to_owned(),
        ),
        ("/etc/opensim-collector", path("own")),
        ("/var/lib/opensim-collector/arriving", path("arriving")),
        ("/var/lib/opensim-collector/inbox", path("inbox")),
    ] {
        assert!(shipped.contains(place), "{place}");
        shipped = shipped.replace(place, &filled);
    }
    let temporary = ["proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|kind| format!("{kind}_temp_path temporary/{kind};"));
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr notice;\n\
         events {{ worker_connections 64; }}\nhttp {{ {}\n{shipped}\n}}\n",
        temporary.join(" ")
    )
}

#[test]
fn a_site_puts_its_documents_under_its_own_number_and_once_each() {
    let Some(collector) = Shipped::start() else {
        return;
    };
    let opensim = collector.site(&format!("own/sites/{SITE}"), SITE);
    let outbox = opensim.state.path().join("state/opensim/outbox");
    let name = names(&opensim, "outbox").remove(0);
    let document = std::fs::read(outbox.join(&name)).expect("a document");
    let own = format!("own/sites/{SITE}");
    let path = format!("/v1/{SITE}/{name}");

    // Cut off in the middle: nothing is there.
    let mut cut = collector.speak(Some(&own));
    let head = format!(
        "PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
        document.len()
    );
    cut.write_all(head.as_bytes()).expect("heard");
    cut.write_all(&document[..document.len() / 2])
        .expect("heard");
    cut.flush().expect("heard");
    drop(cut);

    let ran = send(&opensim);
    assert_eq!(
        (ran.code(), &ran.json()["documents"][0]["status"]),
        (0, &json!(201)),
        "{:#}",
        ran.json()
    );
    let there = format!("v1/{SITE}/{name}");
    assert_eq!(collector.inbox(), std::slice::from_ref(&there));
    assert_eq!(
        std::fs::read(collector.file("inbox").join(&there)).expect("there"),
        document
    );
    let told: Value = serde_json::from_slice(&document).expect("a document");
    assert_eq!(
        (&told["schema"], &told["label"]),
        (&json!("opensim.scan/1"), &Value::Null)
    );

    // Killed before it knew that it arrived: the same again, and once there.
    std::fs::write(outbox.join(&name), &document).expect("written");
    let ran = send(&opensim);
    assert_eq!(
        (ran.code(), &ran.json()["documents"][0]["status"]),
        (0, &json!(204)),
        "{:#}",
        ran.json()
    );
    assert_eq!(collector.inbox(), [there]);
    assert_eq!(names(&opensim, "outbox"), Vec::<String>::new());
    let arriving = std::fs::read_dir(collector.file("arriving")).expect("a folder");
    assert_eq!(arriving.count(), 0, "nothing is left of what was cut off");
}

#[test]
fn what_is_anothers_and_what_is_there_is_nobodys_to_write_or_to_read() {
    let Some(collector) = Shipped::start() else {
        return;
    };
    let own = format!("own/sites/{SITE}");
    let own = Some(own.as_str());
    let path = format!("/v1/{SITE}/{NAME}");
    assert_eq!(collector.status(own, "PUT", &path, b"{}"), 201);
    let large = vec![b' '; 1_200_000];
    let others = format!("/v1/{OTHER}/{NAME}");
    let climbing = format!("/v1/{SITE}/../{OTHER}/{NAME}");
    let encoded = format!("/v1/{SITE}/..%2f{OTHER}%2f{NAME}");
    let shell = format!("/v1/{SITE}/x.php");
    let long = format!("/v1/{SITE}/{}.json", "a".repeat(121));
    for (method, path, body, status) in [
        ("GET", path.as_str(), &b""[..], 403),
        ("HEAD", &path, b"", 403),
        ("DELETE", &path, b"", 403),
        ("MKCOL", &path, b"", 403),
        ("POST", &path, b"{}", 403),
        ("PUT", &others, b"{}", 403),
        ("PUT", &climbing, b"{}", 403),
        ("PUT", &encoded, b"{}", 403),
        ("PUT", &shell, b"{}", 404),
        ("PUT", &long, b"{}", 404),
        ("GET", "/", b"", 404),
        ("GET", &format!("/v1/{SITE}/"), b"", 404),
        ("PUT", &path, &large, 413),
    ] {
        assert_eq!(
            collector.status(own, method, path, body),
            status,
            "{method} {path}"
        );
    }
    assert_eq!(collector.inbox(), [path.trim_start_matches('/')]);
    // A site that has another's address sends nothing there, and keeps what it has.
    let astray = collector.site(&format!("own/sites/{SITE}"), OTHER);
    let ran = send(&astray);
    assert_eq!(outcomes(&ran), [json!("refused")], "{:#}", ran.json());
    assert_eq!(ran.json()["documents"][0]["status"], 403);
    let kept = names(&astray, "outbox/refused");
    assert_eq!(kept.len(), 2, "the document and the reason: {kept:?}");
    assert_eq!(collector.inbox().len(), 1);
}

#[test]
fn who_shows_no_certificate_a_strange_one_or_one_that_is_revoked_is_not_heard() {
    let Some(collector) = Shipped::start() else {
        return;
    };
    let path = format!("/v1/{SITE}/{NAME}");
    let strange = format!("strange/sites/{SITE}");
    for certificate in [
        None,
        Some(strange.as_str()),
        Some("gone"),
        Some("own/collector"),
    ] {
        let status = collector.status(certificate, "PUT", &path, b"{}");
        assert!([0, 400, 403].contains(&status), "{certificate:?}: {status}");
    }
    assert_eq!(collector.inbox(), Vec::<String>::new());
    for certificate in [strange.as_str(), "gone"] {
        let opensim = collector.site(certificate, SITE);
        let ran = send(&opensim);
        assert_ne!(ran.code(), 0, "{certificate}");
        let waiting = names(&opensim, "outbox").len();
        let aside = names(&opensim, "outbox/refused");
        let aside = aside
            .iter()
            .filter(|name| !name.ends_with(".reason.txt"))
            .count();
        assert_eq!(
            waiting + aside,
            1,
            "{certificate}: nothing is lost: {:#}",
            ran.json()
        );
    }
    assert_eq!(collector.inbox(), Vec::<String>::new());
}

/// A block of the page on a fleet's files, the one that begins so.
fn block(begins: &str) -> &'static str {
    let page = include_str!("../../docs/fleet.md");
    let at = page.find(begins).expect("it stands on the page");
    page[at..].split("```").next().expect("a block").trim_end()
}

/// Whether it is here; what is not is said.
fn is_here(program: &str) -> bool {
    let is_here = Path::new(program).exists();
    if !is_here {
        // Past the harness, which shows what a passing test prints to nobody.
        let _ = writeln!(std::io::stderr(), "skipped: no {program} here");
    }
    is_here
}

/// An outbox with a document, one that was refused, and one that is being written.
fn outbox(folder: &Path) -> PathBuf {
    let outbox = folder.join("outbox");
    std::fs::create_dir_all(outbox.join("refused")).expect("made");
    for name in [NAME, &format!("refused/{NAME}"), &format!(".{NAME}.new")] {
        std::fs::write(outbox.join(name), "{}").expect("written");
    }
    std::fs::create_dir_all(folder.join("inbox").join(SITE)).expect("made");
    outbox
}

/// The document has gone over, and nothing else.
fn has_gone_over(folder: &Path) {
    let listed = |path: &str| {
        let entries = std::fs::read_dir(folder.join(path)).expect("a folder");
        let mut names: Vec<String> = entries
            .flatten()
            .map(|entry| entry.file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(listed(&format!("inbox/{SITE}")), [NAME]);
    assert_eq!(
        listed("outbox"),
        [format!(".{NAME}.new"), "refused".to_owned()]
    );
    assert_eq!(listed("outbox/refused"), [NAME]);
}

#[test]
fn rsync_as_the_page_says_it_carries_the_documents_and_nothing_else() {
    if !is_here("/usr/bin/rsync") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = outbox(folder.path());
    let line = block("rsync -a")
        .replace(
            "~/.local/state/opensim/outbox",
            &outbox.display().to_string(),
        )
        .replace(
            "collector.example:",
            &format!("{}/", folder.path().display()),
        );
    let ran = Command::new("sh").args(["-c", &line]).status();
    assert!(ran.expect("it runs").success(), "{line}");
    has_gone_over(folder.path());
}

#[test]
fn sftp_as_the_page_says_it_carries_a_document_that_is_whole_when_it_has_its_name() {
    const SERVER: &str = "/usr/lib/openssh/sftp-server";
    if !is_here("/usr/bin/sftp") || !is_here(SERVER) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = outbox(folder.path());
    let batch = folder.path().join("batch");
    std::fs::write(&batch, block("put 2026")).expect("written");
    let inbox = folder.path().join("inbox").join(SITE);
    let ran = Command::new("sftp")
        .arg("-b")
        .arg(&batch)
        .arg("-D")
        .arg(format!("{SERVER} -d {}", inbox.display()))
        .current_dir(&outbox)
        .output()
        .expect("it runs");
    assert!(ran.status.success(), "{ran:?}");
    has_gone_over(folder.path());
}
