//! A link with a delay: two TUN devices joined in user space, since not every kernel has netem. To the client it is
//! raw IP without neighbours, as many a modem's interface is. The bench's `shaped_line` joins the same.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::process::Command;
use std::sync::mpsc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// IP headers and all of a full segment, over its payload.
const WHOLE: f64 = 1500.0 / 1448.0;

/// STAMP's port (RFC 8762 clause 4.1), by which a call's packets are known.
const CALL: u16 = 862;

/// How long a moving rate stays as it is.
const SLOT: Duration = Duration::from_millis(100);
/// How it moves: its logarithm wanders about the mean's by so much, and forgets where it was in so many seconds.
const WANDERS: f64 = 0.6;
const FORGETS_S: f64 = 2.0;
/// A pause begins in so large a share of the slots, and takes from two of them to eight.
const PAUSES: f64 = 0.004;

/// What befalls a call's packets on one way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Harm {
    /// Of each so many the last is lost; none where this is 0.
    pub(crate) lost: u32,
    /// Every second one comes so much later. It stays behind those that it followed.
    pub(crate) late: Duration,
}

/// How fast a way is, in kbit/s of TCP payload in full segments.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Speed {
    Even(f64),
    /// This on average, and another every 100 ms, as a person's who moves about in a cell that is shared: mostly from half
    /// of it to twice, for seconds, with a pause now and then, as of a handover. Made up, and the same each time.
    Moving(f64),
}

/// One way of a link.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lane {
    pub(crate) speed: Speed,
    pub(crate) delay: Duration,
    /// What would wait for longer than this is dropped.
    pub(crate) buffer: Duration,
    /// The share of the packets that are lost, whatever they carry, by a chance that is the same each time.
    pub(crate) lost: f64,
    pub(crate) harm: Harm,
}

/// Joins two namespaces as `mod0` and `srv0`; there and back.
pub(crate) fn join((client, server): (&str, &str), [there, back]: [Lane; 2], count: u32) {
    let ends = [(client, "mod0", "10.77.0.1"), (server, "srv0", "10.77.0.2")];
    let devices = ends.map(|(end, name, address)| {
        // Made here and then moved: the descriptor stays.
        let made = format!("{name}{}{count}", std::process::id() % 1_000_000);
        let device = tun(&made);
        script(&format!(
            "ip link set {made} netns {end}
             ip -n {end} link set {made} name {name}
             ip -n {end} addr add {address}/24 dev {name}; ip -n {end} link set {name} up"
        ));
        device
    });
    let [near, far] = devices;
    let (near_out, far_out) = (
        near.try_clone().expect("a copy"),
        far.try_clone().expect("a copy"),
    );
    carry(near, far_out, there, 1);
    carry(far, near_out, back, 2);
}

/// Runs a script as root; it must succeed.
pub(crate) fn script(text: &str) {
    let output = Command::new("sh")
        .args(["-ec", text])
        .output()
        .expect("sh runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}: {said}");
}

/// Takes packets from one device and gives them to the other as the lane does, until the devices go with their namespaces.
fn carry(mut from: File, mut to: File, lane: Lane, seed: u64) {
    let (sender, packets) = mpsc::channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        let mut packet = [0; 2048];
        let mut service = Service::new(lane.speed, seed);
        let mut chance = Chance(seed);
        let mut calls = 0_u32;
        while let Ok(length) = from.read(&mut packet) {
            let now = Instant::now();
            if service.free.saturating_duration_since(now) > lane.buffer {
                continue;
            }
            let mut due = service.take(now, length as f64) + lane.delay;
            if chance.share() < lane.lost {
                continue;
            }
            if is_call(&packet[..length]) {
                calls += 1;
                if lane.harm.lost > 0 && calls.is_multiple_of(lane.harm.lost) {
                    continue;
                }
                if calls.is_multiple_of(2) {
                    due += lane.harm.late;
                }
            }
            let mut packet = packet[..length].to_vec();
            hop(&mut packet);
            if sender.send((due, packet)).is_err() {
                return;
            }
        }
    });
    std::thread::spawn(move || {
        for (due, packet) in packets {
            sleep(due.saturating_duration_since(Instant::now()));
            let _ = to.write_all(&packet);
        }
    });
}

/// When what waits is served.
struct Service {
    speed: Speed,
    start: Instant,
    /// When all that waits has been.
    free: Instant,
    chance: Chance,
    /// How many slots there have been, and the last one's rate.
    slots: u32,
    kbit: f64,
    wandered: f64,
    paused: u32,
}

impl Service {
    fn new(speed: Speed, seed: u64) -> Self {
        let start = Instant::now();
        Self {
            speed,
            start,
            free: start,
            chance: Chance(seed + 100),
            slots: 0,
            kbit: 0.0,
            wandered: 0.0,
            paused: 0,
        }
    }

    /// When so many bytes that come now have been served.
    fn take(&mut self, now: Instant, bytes: f64) -> Instant {
        let mut left = bytes;
        self.free = self.free.max(now);
        loop {
            let (kbit, until) = self.rate();
            let rate = kbit * 125.0 * WHOLE;
            let span = until.map_or(f64::INFINITY, |until| (until - self.free).as_secs_f64());
            if left <= rate * span {
                self.free += Duration::from_secs_f64(left / rate);
                return self.free;
            }
            left -= rate * span;
            self.free += Duration::from_secs_f64(span);
        }
    }

    /// Of the moment at which it is free, and until when.
    fn rate(&mut self) -> (f64, Option<Instant>) {
        let mean = match self.speed {
            Speed::Even(kbit) => return (kbit, None),
            Speed::Moving(mean) => mean,
        };
        let passed = (self.free - self.start).as_nanos() / SLOT.as_nanos();
        let wanted = u32::try_from(passed).expect("a bench is over before");
        while self.slots <= wanted {
            self.kbit = self.moved(mean);
            self.slots += 1;
        }
        (self.kbit, Some(self.start + SLOT * self.slots))
    }

    /// The rate of the next slot.
    fn moved(&mut self, mean: f64) -> f64 {
        let kept = (-SLOT.as_secs_f64() / FORGETS_S).exp();
        self.wandered = kept * self.wandered + (1.0 - kept * kept).sqrt() * self.chance.normal();
        if self.paused > 0 {
            self.paused -= 1;
        } else if self.chance.share() < PAUSES {
            self.paused = 2 + u32::from(self.chance.share() < 0.5) * 6;
        }
        if self.paused > 0 {
            return 0.0;
        }
        mean * (WANDERS * self.wandered - WANDERS * WANDERS / 2.0).exp()
    }
}

/// What is left to chance, the same for a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal, of mean 0 and variance 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// Takes one from the time to live, as each router does, and from the checksum's complement with it.
fn hop(packet: &mut [u8]) {
    if packet[0] >> 4 == 4 && packet[8] > 1 {
        packet[8] -= 1;
        let (sum, carried) = u16::from_be_bytes([packet[10], packet[11]]).overflowing_add(0x0100);
        packet[10..12].copy_from_slice(&(sum + u16::from(carried)).to_be_bytes());
    }
}

/// Whether it is UDP over IPv4, to a reflector or from one.
fn is_call(packet: &[u8]) -> bool {
    let header = usize::from(packet[0] & 0x0f) * 4;
    let ports = packet.get(header..header + 4).filter(|_| packet[9] == 17);
    ports.is_some_and(|ports| {
        let mut ports = ports.chunks(2);
        ports.any(|port| port == CALL.to_be_bytes())
    })
}

/// A TUN device of this name.
fn tun(name: &str) -> File {
    let device = OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/net/tun")
        .expect("TUN");
    // `struct ifreq`: the name, and flags where the union begins.
    let mut request = [0_u8; 40];
    request[..name.len().min(15)].copy_from_slice(&name.as_bytes()[..name.len().min(15)]);
    let flags = u16::try_from(libc::IFF_TUN | libc::IFF_NO_PI).expect("16 bits");
    request[16..18].copy_from_slice(&flags.to_ne_bytes());
    #[expect(unsafe_code, reason = "TUNSETIFF has no safe wrapper here")]
    // SAFETY: the descriptor is open, and the buffer is as long as the kernel's `struct ifreq`.
    let result = unsafe { libc::ioctl(device.as_raw_fd(), libc::TUNSETIFF, request.as_mut_ptr()) };
    assert_eq!(result, 0, "{name}: {}", std::io::Error::last_os_error());
    device
}
