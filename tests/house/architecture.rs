//! The house rules that a compiler does not check: which room may know which, who may print, who may order a change.
//!
//! Each rule is a function over the sources, run on `src/**` and, so that it is known to bite, on a source that
//! breaks it.

#[path = "../support/source.rs"]
pub(super) mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{Named, Source, house, mark_tests};

/// The longest a file may be without its tests.
const LINES: usize = 500;

/// Rooms that give a result for their arguments and for nothing else.
const PURE: &[&str] = &["domain", "at", "dialect"];

/// What a pure room may not name: a file, a socket, a process, a clock.
const IMPURE: &[&str] = &[
    "std::fs",
    // An address is a value; what opens one is not.
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::net::ToSocketAddrs",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "std::os",
    "std::time::SystemTime",
    "std::time::Instant",
    "tokio",
    "rustix",
    "jiff",
    "crate::os",
    "Instant::now",
    "SystemTime",
    "clock::Clock",
    "clock::wall",
];

/// What only `cli/output` may name.
const PRINTING: &[&str] = &[
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "std::process::exit",
    "process::exit",
    "std::process::abort",
    "process::abort",
];

/// Handles to the standard streams, which rooms below `cli/` may not hold either.
const STREAMS: &[&str] = &[
    "std::io::stdout",
    "std::io::stderr",
    "std::io::stdin",
    "io::stdout",
    "io::stderr",
    "io::stdin",
];

type Rule = fn(&[Source]) -> Vec<String>;

fn src() -> Vec<Source> {
    house(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// The rooms in the order of the guide in `src/lib.rs`, with the facade of errors after the rooms it gathers.
fn rooms() -> Vec<String> {
    let guide = include_str!("../../src/lib.rs");
    let listed = guide.lines().filter_map(|line| {
        let rest = line.strip_prefix("//! - [`")?;
        rest.split_once("`]").map(|(room, _)| room.to_owned())
    });
    let mut rooms: Vec<String> = listed.collect();
    let after = rooms.iter().position(|room| room == "ops");
    rooms.insert(after.map_or(0, |ops| ops + 1), "error".to_owned());
    rooms
}

fn complaint(source: &Source, named: &Named, why: &str) -> String {
    format!(
        "src/{}:{}: `{}`: {why}",
        source.path, named.line, named.path
    )
}

/// The room that a path leads into from this file, if it leaves the file's own room.
fn room_named<'a>(source: &Source, named: &'a Named) -> Option<&'a str> {
    let parts: Vec<&str> = named.path.split("::").collect();
    let supers = parts.iter().take_while(|part| **part == "super").count();
    match parts[0] {
        "crate" | "opensim" => parts.get(1).copied(),
        "super" if supers == source.place().1 => parts.get(supers).copied(),
        _ => None,
    }
}

fn starts_with(path: &str, head: &str) -> bool {
    path.strip_prefix(head)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn names_any(path: &str, list: &[&str]) -> bool {
    list.iter().any(|head| starts_with(path, head))
}

/// A room imports only rooms above it in the guide. Tests may look wherever they need.
fn rooms_import_only_rooms_above(sources: &[Source]) -> Vec<String> {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test) {
        let (own, _) = source.place();
        if own == "lib" || own == "main" {
            continue;
        }
        let Some(own_place) = place(own) else {
            complaints.push(format!(
                "src/{}: the guide in src/lib.rs has no room {own:?}",
                source.path
            ));
            continue;
        };
        for named in &source.named {
            match room_named(source, named) {
                Some("*") => {
                    complaints.push(complaint(source, named, "names every room at once"));
                }
                Some(room) if place(room).is_some_and(|at| at > own_place) => {
                    let why = format!("{own} may not know {room}");
                    complaints.push(complaint(source, named, &why));
                }
                _ => {}
            }
        }
    }
    complaints
}

/// The virtual modem shares nothing with what it is a touchstone for, its own tests included.
fn sim_shares_nothing_with_the_host(sources: &[Source]) -> Vec<String> {
    let host = ["at", "dialect", "link"];
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| s.place().0 == "sim") {
        for named in source.named.iter().chain(&source.named_in_tests) {
            if room_named(source, named).is_some_and(|room| host.contains(&room)) {
                let why = "a fake that shares the host's parser proves nothing";
                complaints.push(complaint(source, named, why));
            }
        }
    }
    complaints
}

/// One place prints and ends the process.
fn only_cli_output_prints(sources: &[Source]) -> Vec<String> {
    let is_output = |s: &Source| s.path == "cli/output.rs" || s.path.starts_with("cli/output/");
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test && !is_output(s)) {
        let below_cli = !matches!(source.place().0, "cli" | "main");
        for named in &source.named {
            if names_any(&named.path, PRINTING) {
                complaints.push(complaint(source, named, "only cli/output prints or exits"));
            }
            if below_cli && names_any(&named.path, STREAMS) {
                complaints.push(complaint(source, named, "only cli/ holds a stream"));
            }
        }
    }
    complaints
}

/// Only a parsed human command makes an order.
fn only_the_command_line_makes_an_order(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test) {
        let may = source.place().0 == "cli";
        for named in source.named.iter().filter(|_| !may) {
            if named.path.split("::").any(|part| part == "from_person") {
                complaints.push(complaint(source, named, "only a person's command orders"));
            }
        }
    }
    complaints
}

/// A file is split by idea before it is long.
fn files_stay_short(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|s| !s.is_test && s.lines > LINES)
        .map(|s| {
            format!(
                "src/{}: {} lines without tests, {LINES} at most",
                s.path, s.lines
            )
        })
        .collect()
}

/// What decides something for a user is a function of its arguments.
fn pure_rooms_stay_pure(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test) {
        let (own, _) = source.place();
        for named in source.named.iter().filter(|_| PURE.contains(&own)) {
            if names_any(&named.path, IMPURE) {
                complaints.push(complaint(source, named, "no I/O and no clock here"));
            }
        }
    }
    complaints
}

/// Public types of one name in two places, as `name: first, second`.
///
/// A room's own `Error` is Rust's custom, and the virtual modem words the world for itself: it shares nothing.
fn names_that_stand_twice<'s>(files: impl IntoIterator<Item = (&'s str, &'s str)>) -> Vec<String> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, text) in files {
        if path.contains("crates/sim/") {
            continue;
        }
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let public = words.next() == Some("pub");
            let kind = words.next().unwrap_or_default();
            if public && matches!(kind, "struct" | "enum" | "trait" | "type") {
                let word = words.next().unwrap_or_default();
                let end = word
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(word.len());
                found.entry(&word[..end]).or_default().insert(path);
            }
        }
    }
    found.remove("Error");
    // A macro's, which the caller names.
    found.remove("");
    let twice = found.into_iter().filter(|(_, places)| places.len() > 1);
    twice
        .map(|(name, places)| {
            let places: Vec<&str> = places.into_iter().collect();
            format!("{name}: {}", places.join(", "))
        })
        .collect()
}

#[test]
fn a_public_types_name_stands_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = source::texts(root);
    // What stands in for the manager's where the program is built without it, and one system's types for another's.
    let stands_in = ["/unmanaged.rs", "/windows.rs"];
    let shipped = texts
        .iter()
        .filter(|(path, _)| !stands_in.iter().any(|end| path.ends_with(end)));
    let twice = names_that_stand_twice(shipped.map(|(p, t)| (p.as_str(), t.as_str())));
    assert!(twice.is_empty(), "\n{}\n", twice.join("\n"));
}

#[test]
fn a_name_that_stands_twice_is_found() {
    let files = [
        ("a.rs", "pub struct Plan;"),
        ("b.rs", "    pub enum Plan {"),
        ("c.rs", "struct Plan;"),
    ];
    assert_eq!(names_that_stand_twice(files), ["Plan: a.rs, b.rs"]);
    let alone = [
        ("a.rs", "pub enum Error {"),
        ("b.rs", "pub enum Error {"),
        ("c.rs", "pub struct Errors<T>(T);"),
    ];
    assert!(names_that_stand_twice(alone).is_empty());
}

#[test]
fn every_room_keeps_the_rules() {
    let sources = src();
    assert!(sources.len() > 20, "only {} files read", sources.len());
    let rules: [Rule; 8] = [
        rooms_import_only_rooms_above,
        sim_shares_nothing_with_the_host,
        only_cli_output_prints,
        only_the_command_line_makes_an_order,
        files_stay_short,
        pure_rooms_stay_pure,
        every_call_on_the_bus_passes_the_gate,
        only_os_names_a_system,
    ];
    let complaints: Vec<String> = rules.iter().flat_map(|rule| rule(&sources)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What can call on D-Bus.
const BUS: &[&str] = &[
    "zbus::Connection",
    "zbus::connection",
    "zbus::blocking",
    "zbus::Proxy",
    "zbus::proxy",
    "zbus::proxy!",
    "zbus::fdo",
    "zbus::*",
];

/// Only the gate, which looks at every call, holds the bus.
fn every_call_on_the_bus_passes_the_gate(sources: &[Source]) -> Vec<String> {
    let others = sources.iter().filter(|s| s.path != "bus/gate.rs");
    whoever_names(BUS, others, "only bus/gate.rs calls on the bus")
}

/// Every name of a list in what is shipped of these files.
fn whoever_names<'s>(
    list: &[&str],
    sources: impl Iterator<Item = &'s Source>,
    why: &str,
) -> Vec<String> {
    let shipped = sources.filter(|s| !s.is_test);
    shipped
        .flat_map(|source| {
            let named = source.named.iter().filter(|n| names_any(&n.path, list));
            named.map(|n| complaint(source, n, why))
        })
        .collect()
}

#[test]
fn a_call_past_the_gate_is_found() {
    let rule = every_call_on_the_bus_passes_the_gate;
    for text in [
        "use zbus::Connection;",
        "use zbus::{MatchRule, Connection};",
        "fn f() { zbus::connection::Builder::system(); }",
        "use zbus::fdo::DBusProxy;",
    ] {
        assert_eq!(said(rule, "bus/object.rs", text), 1, "{text}");
        assert_eq!(said(rule, "bus/gate.rs", text), 0, "{text}");
    }
    let harmless = "use zbus::zvariant::Value; use zbus::MatchRule;";
    assert_eq!(said(rule, "bus/object.rs", harmless), 0);
}

/// What names one operating system, or goes round the compiler to reach it.
const SYSTEM: &[&str] = &[
    "rustix",
    "nix",
    "libc",
    "windows_sys",
    "std::os",
    "tokio_serial",
    "tokio::io::unix",
    "tokio::net::unix",
    "tokio::net::UnixListener",
    "tokio::net::UnixStream",
    "tokio::signal",
    "target_os",
    "target_family",
    "bind_device",
    "raw_os_error",
    "unsafe",
];

/// What one operating system has stands in one room. Tests may look behind it.
fn only_os_names_a_system(sources: &[Source]) -> Vec<String> {
    let others = sources.iter().filter(|s| s.place().0 != "os");
    whoever_names(SYSTEM, others, "only os names an operating system")
}

#[test]
fn an_operating_system_that_is_named_elsewhere_is_found() {
    let rule = only_os_names_a_system;
    for text in [
        "use rustix::termios;",
        "use nix::sys::{signal::SigSet};",
        "fn f() { libc::getpid(); }",
        "use windows_sys::Win32::Foundation::HANDLE;",
        "use std::{fs, os::unix::fs::MetadataExt as _};",
        "use tokio::signal::unix::signal;",
        "use tokio::net::{TcpStream, UnixStream};",
        "#[cfg(target_os = \"linux\")] mod linux;",
        "fn f(e: &std::io::Error) { e.raw_os_error(); }",
        "fn f() { unsafe { g() } }",
    ] {
        assert_eq!(said(rule, "measure/bind.rs", text), 1, "{text}");
        assert_eq!(said(rule, "os/net/tcp/linux.rs", text), 0, "{text}");
    }
    for text in [
        "use std::net::TcpStream; use socket2::SockRef; use crate::os::net::tcp;",
        "#[cfg(test)] mod tests { use std::os::unix::fs::symlink; }",
        "const WHY: &str = \"libc::getpid\";",
        "#[expect(unsafe_code)] fn f(words: &[u8]) { words.windows(2); }",
    ] {
        assert_eq!(said(rule, "measure/bind.rs", text), 0, "{text}");
    }
}

#[test]
fn the_guide_lists_every_room() {
    let rooms = rooms();
    let modules: BTreeSet<String> = src().iter().map(|s| s.place().0.to_owned()).collect();
    let modules: Vec<String> = modules
        .into_iter()
        .filter(|room| !matches!(room.as_str(), "lib" | "main"))
        .collect();
    assert!(modules.len() > 10);
    for module in &modules {
        assert!(rooms.contains(module), "{module} is not in the guide");
    }
    assert_eq!(rooms.len(), modules.len());
}

/// What a rule says of one file.
fn said(rule: Rule, path: &str, text: &str) -> usize {
    let mut sources = vec![Source::of(path, text)];
    mark_tests(&mut sources);
    rule(&sources).len()
}

#[test]
fn an_import_from_below_is_found_however_it_is_written() {
    let rule = rooms_import_only_rooms_above;
    for text in [
        "use crate::ops::scan;",
        "use crate::{time::Instant, ops};",
        "use crate::{\n    time::{self, Instant},\n    domain::{radio::{Rsrp, Sinr}, Plmn},\n    ops::scan,\n};",
        "pub(crate) use crate :: ops as below;",
        "fn f() { let _ = crate::ops::scan(); }",
        "fn f(x: &crate::ops::Scan) {}",
        "use super::super::ops;",
        "macro_rules! m { () => { $crate::ops::scan() } }",
        "use crate::*;",
        "use crate::{*};",
        "const A: &str = \"x\\\"\"; use crate::ops; const B: char = '\"';",
        "fn f<'a>(x: &'a str) -> crate::ops::X<'a> {}",
        "const A: &str = r#\"\"\"#; use crate::ops;",
        "#[cfg(test)] use crate::domain::{Plmn, Carrier}; use crate::ops;",
        "#[cfg(test)] mod tests { fn f() { } } use crate::ops;",
    ] {
        assert_eq!(said(rule, "at/engine.rs", text), 1, "{text}");
    }
    assert_eq!(said(rule, "clock.rs", "use super::ops;"), 1);
    assert_eq!(said(rule, "attic/mod.rs", ""), 1);
}

#[test]
fn what_is_no_import_from_below_is_let_alone() {
    for text in [
        "use crate::{time::Instant, domain::Plmn};",
        "//! [`crate::ops`] is above.\n/* crate::ops /* nested */ crate::ops */",
        "const A: &str = \"crate::ops\"; const B: &str = r\"crate::ops\";",
        "use super::frame; use super::super::domain::Plmn; use super::ops;",
        "#[cfg(test)]\nmod tests {\n    use crate::ops::scan;\n}",
        "#[cfg(test)] use crate::ops;",
        "pub(crate) fn f() {} fn g(crate_ops: u8) {}",
    ] {
        let rule = rooms_import_only_rooms_above;
        assert_eq!(said(rule, "at/engine.rs", text), 0, "{text}");
    }
}

#[test]
fn a_virtual_modem_that_borrows_from_the_host_is_found() {
    let rule = sim_shares_nothing_with_the_host;
    for text in [
        "use crate::at::value;",
        "use crate::{domain::Plmn, link::tap};",
        "use super::super::dialect;",
        "#[cfg(test)] mod tests { use crate::at::engine; }",
    ] {
        assert_eq!(said(rule, "sim/modem.rs", text), 1, "{text}");
    }
    let own = "use crate::domain::Plmn; use super::at; let at = 3;";
    assert_eq!(said(rule, "sim/modem.rs", own), 0);
    assert_eq!(said(rule, "modem/at.rs", "use crate::at::value;"), 0);
}

#[test]
fn a_room_that_prints_is_found() {
    let rule = only_cli_output_prints;
    for text in [
        "fn f() { println!(\"x\"); }",
        "fn f() { std::process::exit(1) }",
        "use std::process::{self, exit};",
        "fn f() { std::io::stdout(); }",
        "use std::io::{Read, stderr};",
    ] {
        assert_eq!(said(rule, "ops/scan.rs", text), 1, "{text}");
    }
    let prints = "fn f() { println!(); std::process::exit(1) }";
    assert_eq!(said(rule, "cli/output.rs", prints), 0);
    assert_eq!(said(rule, "cli/scan.rs", prints), 2);
    assert_eq!(said(rule, "cli/scan.rs", "use std::io::stderr;"), 0);
    let tested = "#[cfg(test)] mod tests { fn f() { println!(); } }";
    assert_eq!(said(rule, "ops/scan.rs", tested), 0);
}

#[test]
fn an_order_that_no_person_gave_is_found() {
    let rule = only_the_command_line_makes_an_order;
    let made = "fn f() { let order = Order::from_person(Purpose::Switch, []); }";
    for path in ["ops/switch.rs", "domain/policy.rs", "modem/at.rs"] {
        assert_eq!(said(rule, path, made), 1, "{path}");
    }
    assert_eq!(said(rule, "ops/switch.rs", "use X::{from_person};"), 1);
    assert_eq!(said(rule, "cli/switch.rs", made), 0);
    let defined = "impl Order { pub fn from_person() -> Self { Self {} } }";
    assert_eq!(said(rule, "domain/policy.rs", defined), 0);
    let tested = "#[cfg(test)] mod tests { fn f() { Order::from_person(); } }";
    assert_eq!(said(rule, "ops/switch.rs", tested), 0);
}

#[test]
fn a_file_is_measured_without_its_tests() {
    let code = "fn f() {}\n".repeat(LINES);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{code}}}\n");
    let whole = format!("{code}{tests}");
    assert_eq!(said(files_stay_short, "at/engine.rs", &whole), 0);
    assert_eq!(
        said(files_stay_short, "at/engine.rs", &format!("{code}\n")),
        1
    );
    let mut apart = vec![
        Source::of("at/engine.rs", "#[cfg(test)]\nmod laws;\n"),
        Source::of("at/engine/laws.rs", &format!("{code}\n")),
    ];
    mark_tests(&mut apart);
    assert!(files_stay_short(&apart).is_empty());
}

#[test]
fn io_or_a_clock_in_a_pure_room_is_found() {
    for text in [
        "use std::fs;",
        "use std::{fmt, net::TcpStream};",
        "fn f() { std::time::Instant::now(); }",
        "fn f() { Instant::now(); }",
        "use std::time::{Duration, SystemTime};",
        "use tokio::time::sleep;",
        "use crate::os::clock::Clock;",
        "fn f() { jiff::Timestamp::now(); }",
    ] {
        for room in ["domain/rank.rs", "at/engine.rs"] {
            assert_eq!(said(pure_rooms_stay_pure, room, text), 1, "{text}");
        }
        assert_eq!(said(pure_rooms_stay_pure, "link/driver.rs", text), 0);
    }
    let pure = "use std::time::Duration; use crate::time::Instant; use std::sync::OnceLock;";
    assert_eq!(said(pure_rooms_stay_pure, "at/engine.rs", pure), 0);
}
