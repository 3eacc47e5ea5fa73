//! `opensim serve` under attack: a thousand hostile clients from two hundred addresses, and one honest one that
//! measures. How often its verdict is right, how long it takes, and how much memory the server takes at its most.
//!
//! `cargo build --release && cargo bench --package opensim-benches --bench serve_under_attack [-- TRIES]` (20). All on loopback, from 127.1.0.0/16; it ends by itself, in
//! about six seconds a try. `OPENSIM` names another binary to attack, `HOSTILE` another number of clients, `TLS=1` a
//! server in TLS. `REFLECTOR=1` sends datagrams with forged session numbers to the reflector meanwhile.
#![expect(clippy::print_stdout, reason = "its result is what it is for")]

use std::io::{BufRead as _, BufReader};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream, UdpSocket};
use tokio::task::JoinSet;

const ADDRESSES: usize = 200;
/// Whoever was closed comes again so much later.
const AGAIN: Duration = Duration::from_millis(100);
/// The longest that the attack goes on, whatever the honest client does.
const LONGEST: Duration = Duration::from_mins(15);
/// The attack is under way once it has gone on for so long.
const WARM: Duration = Duration::from_secs(3);

fn main() {
    let tries = std::env::args()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(20);
    let hostile = number("HOSTILE").unwrap_or(1_000);
    let tls = number("TLS").is_some();
    let folder = std::env::temp_dir().join(format!("opensim-attack-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a directory");
    let bench = Bench {
        opensim: opensim_benches::opensim(),
        folder: folder.clone(),
        tls,
    };
    let server = bench.serve();
    println!("                 right  seconds: least median  most  server's memory, most (MB)");
    bench.row("alone", &server, tries.min(5));
    let counts = Arc::new(Counts::default());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let attacking = std::thread::spawn({
        let (counts, to) = (counts.clone(), server.address);
        move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async move {
                let mut clients = JoinSet::new();
                for number in 0..hostile {
                    clients.spawn(hostile_client(number, to, counts.clone()));
                }
                if self::number("REFLECTOR").is_some() {
                    clients.spawn(forged_datagrams(to));
                }
                tokio::select! {
                    _ = stopped => {}
                    () = tokio::time::sleep(LONGEST) => {}
                }
            });
        }
    });
    std::thread::sleep(WARM);
    bench.row("under attack", &server, tries);
    let _ = stop.send(());
    attacking.join().expect("the attack ends");
    println!("{hostile} hostile clients from {ADDRESSES} addresses: {counts}");
    drop(server);
    std::fs::remove_dir_all(&folder).expect("its own directory");
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// What the attack has done.
#[derive(Debug, Default)]
struct Counts {
    connected: AtomicU64,
    failed: AtomicU64,
    sent: AtomicU64,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [connected, failed, sent] =
            [&self.connected, &self.failed, &self.sent].map(|count| count.load(Ordering::Relaxed));
        write!(
            f,
            "{connected} connections, {failed} in vain, {} MB uploaded",
            sent / 1_000_000
        )
    }
}

struct Bench {
    opensim: PathBuf,
    folder: PathBuf,
    tls: bool,
}

/// The server, gone when dropped.
struct Serving {
    child: Child,
    address: SocketAddr,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// The most memory that it has had, bytes.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace()
            .nth(1)?
            .parse::<f64>()
            .ok()
            .map(|kib| kib * 1024.0)
    }
}

impl Bench {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.opensim);
        command
            .env("XDG_STATE_HOME", &self.folder)
            .env("XDG_CONFIG_HOME", &self.folder)
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    fn serve(&self) -> Serving {
        let files = opensim_benches::project().join("testdata/measure/tls/server");
        let files = files.display();
        let mut command = self.command();
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        if self.tls {
            command.args([
                "--tls-cert",
                &format!("{files}.pem"),
                "--tls-key",
                &format!("{files}.key"),
            ]);
        }
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let stderr = child.stderr.take().expect("a pipe");
        let mut lines = BufReader::new(stderr).lines();
        let ready = lines.next().expect("a line").expect("text");
        std::thread::spawn(move || lines.for_each(drop));
        let port = ready.split("127.0.0.1:").nth(1).and_then(|rest| {
            rest.split(|c: char| !c.is_ascii_digit())
                .next()?
                .parse()
                .ok()
        });
        let address = SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
        Serving { child, address }
    }

    /// The honest client's tries, one after the other.
    fn row(&self, name: &str, server: &Serving, tries: usize) {
        let authority = opensim_benches::project().join("testdata/measure/tls/authority.pem");
        let authority = authority.display();
        let config = self.folder.join("config.toml");
        std::fs::write(
            &config,
            format!("[measure]\nauthorities = [\"{authority}\"]\n"),
        )
        .expect("a file");
        let port = server.address.port();
        let spec = if self.tls {
            format!("opensim+https://localhost:{port}")
        } else {
            format!("opensim://127.0.0.1:{port}")
        };
        let (mut right, mut seconds) = (0, Vec::new());
        for _ in 0..tries {
            let begun = Instant::now();
            let out = self
                .command()
                .arg("--config")
                .arg(&config)
                .args(["--json", "measure", "--interface", "lo", "--server", &spec])
                .output()
                .expect("it runs");
            seconds.push(begun.elapsed().as_secs_f64());
            let document: serde_json::Value =
                serde_json::from_slice(&out.stdout).unwrap_or_default();
            let call = document["voice"]["method"] == "stamp";
            if out.status.success() && document["verdict"] == "suitable" && call {
                right += 1;
            } else {
                let link = &document["links"][0];
                println!(
                    "  wrong: {} {} {}",
                    document["verdict"],
                    document["error"]["code"],
                    why(&link["why"])
                );
            }
        }
        seconds.sort_by(f64::total_cmp);
        println!(
            "{name:<15} {right:>3}/{tries:<3}  {:>13.1} {:>6.1} {:>5.1}  {:>10.1}",
            seconds[0],
            seconds[seconds.len() / 2],
            seconds[seconds.len() - 1],
            server.memory().unwrap_or(f64::NAN) / 1e6,
        );
    }
}

fn why(notes: &serde_json::Value) -> String {
    let notes = notes.as_array().map(Vec::as_slice).unwrap_or_default();
    let codes = notes.iter().filter_map(|note| note["code"].as_str());
    codes.collect::<Vec<_>>().join(" ")
}

/// Does its kind of harm again and again; five kinds, each from every address.
async fn hostile_client(number: usize, to: SocketAddr, counts: Arc<Counts>) {
    let at = number % ADDRESSES;
    let [.., high, low] = at.to_be_bytes();
    let from = SocketAddr::from((IpAddr::V4(Ipv4Addr::new(127, 1, high, low + 1)), 0));
    loop {
        match connect(from, to).await {
            Ok(stream) => {
                counts.connected.fetch_add(1, Ordering::Relaxed);
                harm(number / ADDRESSES % 5, stream, &counts).await;
            }
            Err(_) => {
                counts.failed.fetch_add(1, Ordering::Relaxed);
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn connect(from: SocketAddr, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    // Little, so that what is not read is soon in the server's way.
    socket.set_recv_buffer_size(4096)?;
    socket.bind(from)?;
    socket.connect(to).await
}

/// Returns once it was closed.
async fn harm(kind: usize, mut stream: TcpStream, counts: &Counts) {
    let mut bytes = vec![0x5a; 16 * 1024];
    let _ = match kind {
        // Silent.
        0 => stream.read(&mut bytes).await.map(drop),
        // Byte by byte.
        1 => {
            let head = b"GET /down?bytes=9 HTTP/1.1\r\nX: ";
            let mut sent = stream.write_all(head).await;
            while sent.is_ok() {
                tokio::time::sleep(AGAIN * 5).await;
                sent = stream.write_all(b"x").await;
            }
            sent
        }
        // Asks, and does not read. That it was closed shows in what it says.
        2 => {
            let ask = b"GET /down?bytes=16000000 HTTP/1.1\r\n\r\n";
            let mut sent = stream.write_all(ask).await;
            while sent.is_ok() {
                tokio::time::sleep(AGAIN * 5).await;
                sent = stream.write_all(b" ").await;
            }
            sent
        }
        // Garbage.
        3 => match stream.write_all(&bytes[..512]).await {
            Ok(()) => stream.read(&mut bytes).await.map(drop),
            failed => failed,
        },
        // Uploads without an end.
        _ => {
            let ask = b"POST /up HTTP/1.1\r\nContent-Length: 16000000\r\n\r\n";
            let mut sent = stream.write_all(ask).await;
            while sent.is_ok() {
                sent = stream.write_all(&bytes).await;
                counts.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            }
            sent
        }
    };
}

/// 300 datagrams a second, each of a session of its own, from as many addresses as loopback has.
async fn forged_datagrams(to: SocketAddr) {
    let mut packet = [0_u8; 44];
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    for count in 0_u32.. {
        tick.tick().await;
        let [.., high, low] = count.to_be_bytes();
        let from = SocketAddr::from((Ipv4Addr::new(127, 2, high, low), 0));
        if let Ok(socket) = UdpSocket::bind(from).await {
            for session in 0..30_u16 {
                packet[14..16].copy_from_slice(&(session + 1).to_be_bytes());
                let _ = socket.send_to(&packet, to).await;
            }
        }
    }
}
