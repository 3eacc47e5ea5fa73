//! A link with a delay: two TUN devices joined in user space, since not every kernel has netem. To the client it is
//! raw IP without neighbours, as many a modem's interface is.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::sync::mpsc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::line::script;

/// IP headers and all of a full segment, over its payload.
const WHOLE: f64 = 1500.0 / 1448.0;

/// STAMP's port (RFC 8762 clause 4.1), by which a call's packets are known.
const CALL: u16 = 862;

/// What befalls a call's packets on one way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Harm {
    /// Of each so many the last is lost; none where this is 0.
    pub(crate) lost: u32,
    /// Every second one comes so much later. It stays behind those that it followed.
    pub(crate) late: Duration,
}

/// Joins two namespaces as `mod0` and `srv0`, with this delay and rate each way, and this harm there and back.
pub(crate) fn join(
    (client, server): (&str, &str),
    delay: Duration,
    kbit: u32,
    [there, back]: [Harm; 2],
    count: u32,
) {
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
    let rate = f64::from(kbit) * 125.0 * WHOLE;
    let (near_out, far_out) = (
        near.try_clone().expect("a copy"),
        far.try_clone().expect("a copy"),
    );
    carry(near, far_out, delay, rate, there);
    carry(far, near_out, delay, rate, back);
}

/// Takes packets from one device and gives them to the other at the rate, after the delay, until the devices go with
/// their namespaces.
fn carry(mut from: File, mut to: File, delay: Duration, rate: f64, harm: Harm) {
    let (sender, packets) = mpsc::channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        let mut packet = [0; 2048];
        let mut free = Instant::now();
        let mut calls = 0_u32;
        while let Ok(length) = from.read(&mut packet) {
            free = free.max(Instant::now()) + Duration::from_secs_f64(length as f64 / rate);
            let mut due = free + delay;
            if is_call(&packet[..length]) {
                calls += 1;
                if harm.lost > 0 && calls.is_multiple_of(harm.lost) {
                    continue;
                }
                if calls.is_multiple_of(2) {
                    due += harm.late;
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
