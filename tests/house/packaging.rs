//! The files that an administrator installs say what opensim asks for: the rule's number, the actions, the port.

use std::io::Write;
use std::process::Command;

const UDEV: &str = include_str!("../../packaging/udev/70-opensim.rules");
const POLKIT: &str = include_str!("../../packaging/polkit/50-opensim.rules");
const UNIT: &str = include_str!("../../packaging/systemd/opensim-serve.service");
const SURVEY: &str = include_str!("../../packaging/systemd/opensim-survey@.service");
const NIGHT: &str = include_str!("../../packaging/systemd/opensim-survey@.timer");

/// What is no remark.
fn lines<'t>(text: &'t str, remark: &'t str) -> impl Iterator<Item = &'t str> {
    text.lines()
        .map(str::trim)
        .filter(move |line| !line.is_empty() && !line.starts_with(remark))
}

#[test]
fn the_udev_rule_is_read_as_a_rule_and_before_seats_are_given_access() {
    // 73-seat-late.rules gives access to what is tagged by then: the file's number is part of it.
    let jump = "GOTO=\"opensim_end\"";
    for line in lines(UDEV, "#") {
        let is_rule = line.split(", ").all(|part| {
            let key = part.split(['=', '!', '+']).next().unwrap_or_default();
            part.ends_with('"') && part.matches('"').count() == 2 && !key.is_empty()
        });
        assert!(is_rule, "{line}");
    }
    assert_eq!(UDEV.matches(jump).count(), 2);
    assert_eq!(UDEV.matches("LABEL=\"opensim_end\"").count(), 1);
    assert_eq!(UDEV.matches("TAG+=\"uaccess\"").count(), 4);
}

#[test]
fn the_polkit_example_allows_what_opensim_asks_for_and_nothing_else() {
    assert_eq!(POLKIT.matches('{').count(), POLKIT.matches('}').count());
    assert_eq!(POLKIT.matches('(').count(), POLKIT.matches(')').count());
    let code: String = lines(POLKIT, "//").collect();
    for action in [
        "org.freedesktop.ModemManager1.Device.Control",
        "org.freedesktop.NetworkManager.settings.modify.system",
        "org.freedesktop.NetworkManager.network-control",
    ] {
        assert!(code.contains(action), "{action}");
    }
    for other in [
        "ModemManager1.Control",
        "Firmware",
        "Messaging",
        "ModemManager1.USSD",
        "Location",
    ] {
        assert!(!code.contains(other), "{other}");
    }
}

#[test]
fn the_unit_serves_on_the_port_that_clients_ask_at() {
    let port = opensim::measure::servers::PORT;
    assert!(UNIT.contains(&format!("opensim serve --listen [::]:{port}")));
    for line in lines(UNIT, "#") {
        assert!(line.starts_with('[') || line.contains('='), "{line}");
    }
    assert!(UNIT.contains("DynamicUser=yes") && UNIT.contains("NoNewPrivileges=yes"));
}

/// What a tool says of a file, with the tool's success; nothing where the tool is not there or has no such verb.
fn verified(tool: &str, arguments: &[&str], file: &std::path::Path) -> Option<(bool, String)> {
    let knows = Command::new(tool).arg("--help").output().ok()?;
    if !String::from_utf8_lossy(&knows.stdout).contains("verify") {
        return None;
    }
    let output = Command::new(tool).args(arguments).arg(file).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some((output.status.success(), said))
}

#[test]
fn a_survey_in_the_night_joins_no_carrier() {
    // Nobody is there to agree: `--yes` may stand beside `--radio-only` alone.
    let runs: Vec<&str> = SURVEY.lines().filter(|l| l.contains("--yes")).collect();
    assert_eq!(runs, ["ExecStart=/usr/bin/opensim scan --radio-only --yes"]);
    assert!(NIGHT.contains("OnCalendar="));
}

#[test]
fn systemd_finds_nothing_to_say_of_the_units() {
    let folder = tempfile::tempdir().unwrap();
    // The units' own program is not installed where this runs.
    let own = std::env::current_exe().unwrap();
    let program = format!("={} ", own.display());
    let units = [
        ("opensim-serve.service", UNIT),
        ("opensim-survey@.service", SURVEY),
        ("opensim-survey@.timer", NIGHT),
    ];
    for (name, unit) in units {
        let unit = unit
            .replace("=/usr/local/bin/opensim ", &program)
            .replace("=/usr/bin/opensim ", &program);
        std::fs::write(folder.path().join(name), unit).unwrap();
    }
    for name in [
        "opensim-serve.service",
        "opensim-survey@root.service",
        "opensim-survey@root.timer",
    ] {
        let file = folder.path().join(name);
        let Some((success, said)) = verified("systemd-analyze", &["verify", "--man=no"], &file)
        else {
            let _ = writeln!(std::io::stderr(), "skipped: no systemd-analyze here");
            return;
        };
        // An unknown key is told and is no failure of the tool's. Of other units of this machine it may say things too.
        let own_lines: Vec<&str> = said.lines().filter(|l| l.contains("opensim")).collect();
        assert!(success && own_lines.is_empty(), "{name}: {said}");
    }
}

#[test]
fn udev_finds_nothing_to_say_of_the_rule() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("70-opensim.rules");
    std::fs::write(&file, UDEV).unwrap();
    // From systemd 254 on.
    let Some((success, said)) = verified("udevadm", &["verify"], &file) else {
        let _ = writeln!(std::io::stderr(), "skipped: no udevadm that verifies here");
        return;
    };
    assert!(success, "{said}");
}
