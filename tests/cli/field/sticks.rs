//! What is plugged in: kinds H and K, on a bench of sysfs in a mount namespace of its own.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::*;

/// A stick: its ids, and number, class, driver and node of each interface.
type Stick = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

/// The tree that the kernel shows of it.
fn plug(base: &Path, (ids, interfaces): &Stick) {
    let device = base.join("sys/devices/pci0000:00/usb1/1-1");
    let put = |dir: &Path, file: &str, text: &str| {
        fs::create_dir_all(dir).expect("a folder");
        fs::write(dir.join(file), text).expect("a file");
    };
    for dir in [
        "sys/class/tty",
        "sys/class/net",
        "sys/bus/usb/devices",
        "dev",
    ] {
        fs::create_dir_all(base.join(dir)).expect("a folder");
    }
    let (vendor, product) = ids.split_once(':').expect("ids");
    put(&device, "idVendor", vendor);
    put(&device, "idProduct", product);
    symlink(
        "../../../devices/pci0000:00/usb1/1-1",
        base.join("sys/bus/usb/devices/1-1"),
    )
    .expect("a link");
    for (number, (class, driver, node)) in interfaces.iter().enumerate() {
        let interface = device.join(format!("1-1:1.{number}"));
        put(&interface, "bInterfaceNumber", &format!("{number:02x}"));
        let parts = [
            "bInterfaceClass",
            "bInterfaceSubClass",
            "bInterfaceProtocol",
        ];
        for (file, value) in parts.iter().zip(class.split('/')) {
            put(&interface, file, value);
        }
        // Relative links, as the kernel makes them: the tree is looked at from another place.
        let place = format!("devices/pci0000:00/usb1/1-1/1-1:1.{number}");
        if !driver.is_empty() {
            let drivers = base.join("sys/bus/usb/drivers").join(driver);
            fs::create_dir_all(&drivers).expect("a folder");
            let to = format!("../../../../../bus/usb/drivers/{driver}");
            symlink(to, interface.join("driver")).expect("a link");
        }
        if !node.is_empty() {
            put(&interface.join(node).join("tty").join(node), "dev", "188:0");
            let to = format!("../../{place}/{node}/tty/{node}");
            symlink(to, base.join("sys/class/tty").join(node)).expect("a link");
            put(&base.join("dev"), node, "");
        }
    }
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn note_skip() {
    eprintln!("skipped: this system lets nobody have mount namespaces");
}

/// Runs the binary where this tree is `/sys`, and these terminals are ports in `/dev`; `None` where the system allows no
/// namespaces.
fn run(opensim: &Opensim, base: &Path, ports: &[(&str, &str)], args: &[&str]) -> Option<Ran> {
    let mut script = String::from("set -e\n");
    for (node, terminal) in ports {
        let _ = writeln!(
            script,
            "mount --bind \"$(readlink -f '{terminal}')\" '{}'",
            base.join("dev").join(node).display()
        );
    }
    let _ = writeln!(
        script,
        "mount --rbind '{}' /sys",
        base.join("sys").display()
    );
    // Everything else of /dev stays away: no port of the machine that the tests run on is opened.
    let _ = writeln!(
        script,
        "touch '{0}/null'; mount --bind /dev/null '{0}/null'",
        base.join("dev").display()
    );
    let _ = writeln!(
        script,
        "mount --rbind '{}' /dev",
        base.join("dev").display()
    );
    script.push_str("exec \"$@\"\n");
    let command = opensim.command(args);
    let mut inside = Command::new("unshare");
    inside
        .args(["-Urm", "sh", "-c", &script, "sh"])
        .arg(command.get_program())
        .args(command.get_args());
    inside.env_clear();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            inside.env(name, value);
        }
    }
    inside.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let able = Command::new("unshare")
        .args(["-Urm", "mount", "--bind", "/tmp", "/mnt"])
        .output();
    if !able.is_ok_and(|able| able.status.success()) {
        note_skip();
        return None;
    }
    Some(Ran(inside.output().expect("it runs")))
}

const STORAGE: Stick = ("12d1:1f01", &[("08/06/50", "usb-storage", "")]);
const ROUTER: Stick = (
    "12d1:14db",
    &[("02/06/00", "cdc_ether", ""), ("0a/00/00", "cdc_ether", "")],
);
const NO_DRIVER: Stick = (
    "2c7c:0125",
    &[
        ("ff/ff/ff", "", ""),
        ("ff/00/00", "", ""),
        ("ff/00/00", "", ""),
        ("ff/00/00", "", ""),
    ],
);

#[test]
fn a_stick_without_an_at_port_is_named_with_its_reason_and_what_to_do() {
    // Own members: a router, and a modem that no driver serves.
    each(
        &[
            (STORAGE, "storage_mode", "usb-modeswitch", "usb-modeswitch"),
            (ROUTER, "router", "web page", "page web"),
            (NO_DRIVER, "no_driver", "modprobe", "modprobe"),
        ],
        |&(stick, reason, en, fr)| {
            let opensim = Opensim::new();
            let base = opensim.state.path().join("bench");
            plug(&base, &stick);
            let Some(ran) = run(&opensim, &base, &[], &["--json", "modems"]) else {
                return;
            };
            let document = ran.json();
            assert_at(&document, &[("/unusable/0/reason", json!(reason))], stick.0);
            for (lang, words) in [("en", en), ("fr", fr)] {
                let Some(ran) = run(&opensim, &base, &[], &["--lang", lang, "status"]) else {
                    return;
                };
                let said = ran.stderr();
                assert_eq!(ran.code(), 3, "{said}");
                assert!(
                    said.contains(words) && said.contains(stick.0),
                    "{}: {said}",
                    stick.0
                );
                assert!(
                    !said.contains("Plug the modem in,") && !said.contains("Branchez-le,"),
                    "{said}"
                );
            }
        },
    );
}

/// An EC25, its two AT ports these.
const EC25: Stick = (
    "2c7c:0125",
    &[
        ("ff/ff/ff", "option", "ttyUSB0"),
        ("ff/00/00", "option", "ttyUSB1"),
        ("ff/00/00", "option", "ttyUSB2"),
        ("ff/00/00", "option", "ttyUSB3"),
    ],
);

#[test]
fn the_next_port_is_asked_where_the_first_is_dead_and_all_are_named_where_none_answers() {
    // Own members: noise and frames of a session.
    each(
        &[
            ("silent", "no", 0),
            ("ppp", "no", 0),
            ("noise", "no", 0),
            ("silent", "silent", 7),
        ],
        |&(how, second, code)| {
            let opensim = Opensim::new();
            let base = opensim.state.path().join("bench");
            plug(&base, &EC25);
            let file = |name: &str, how: &str| {
                let dead = home("quectel", &format!("dead = \"{how}\""));
                opensim.file(name, &dead)
            };
            let dead = opensim.modem_at("dead", &file("dead.toml", how), "100");
            let alive = opensim.modem_at("alive", &file("alive.toml", second), "100");
            let ports = [("ttyUSB2", dead.path()), ("ttyUSB3", alive.path())];
            let Some(ran) = run(&opensim, &base, &ports, &["--json", "status"]) else {
                return;
            };
            let document = ran.json();
            assert_eq!(ran.code(), code, "{how}: {document:#}\n{}", ran.stderr());
            if code == 0 {
                assert_at(
                    &document,
                    &[
                        ("/modem/port", json!("/dev/ttyUSB3")),
                        ("/registration/plmn", json!("20801")),
                    ],
                    how,
                );
            } else {
                let said = document["error"].to_string();
                assert!(
                    said.contains("ttyUSB2") && said.contains("ttyUSB3"),
                    "{said}"
                );
            }
        },
    );
}
