//! The scripts of a support desk (`examples/*.sh`), run as their users run them, on the virtual modem.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::{Opensim, Ran};

/// `ssh` that reaches no other computer: each host is a virtual modem here, `dead` is none, `broken` says something else.
const SSH: &str = "#!/bin/sh
while [ \"${1#-}\" != \"$1\" ]; do shift 2; done
host=$1
shift
case $host in
    *dead*) echo \"ssh: no route to $host\" >&2; exit 255 ;;
    *broken*) echo 'Welcome to this computer'; exit 0 ;;
esac
OPENSIM_MODEM=\"sim:${host#*@}\" exec \"$@\"
";

/// A folder of programs for a script's path: opensim, and `ssh`.
fn path(opensim: &Opensim) -> String {
    let folder = opensim.state.path().join("bin");
    std::fs::create_dir_all(&folder).expect("a folder");
    let own = Path::new(env!("CARGO_BIN_EXE_opensim"));
    // A test may call twice.
    let _ = std::os::unix::fs::symlink(own, folder.join("opensim"));
    let ssh = folder.join("ssh");
    std::fs::write(&ssh, SSH).expect("written");
    std::fs::set_permissions(&ssh, std::fs::Permissions::from_mode(0o755)).expect("set");
    format!("{}:/usr/bin:/bin", folder.display())
}

/// A script of the examples with these arguments and settings.
fn run(opensim: &Opensim, script: &str, args: &[&str], settings: &[(&str, &str)]) -> Ran {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(script);
    let plain = opensim.command(&[]);
    let mut command = Command::new("/bin/sh");
    command.arg(script).args(args).env_clear();
    for (name, value) in plain.get_envs() {
        command.env(name, value.expect("set"));
    }
    command.env("PATH", path(opensim)).env("OPENSIM_LANG", "en");
    command.envs(settings.iter().copied());
    Ran(command.output().expect("a shell"))
}

fn has(program: &str) -> bool {
    Path::new("/usr/bin").join(program).exists()
}

#[test]
fn a_night_of_surveys_becomes_one_table_and_a_host_that_fails_is_told() {
    let opensim = Opensim::new();
    let hosts = opensim.file(
        "hosts",
        "# the sites\nmarie@home\n\ndead-site\nrural\nbroken\n-oProxyCommand=x\nindoor",
    );
    let csv = opensim
        .state
        .path()
        .join("survey.csv")
        .display()
        .to_string();
    for night in 1..=2 {
        let ran = run(&opensim, "nightly_survey.sh", &[&hosts, &csv], &[]);
        assert_eq!(ran.code(), 1, "{}", ran.stderr());
        for host in ["dead-site", "broken", "-oProxyCommand=x"] {
            assert!(ran.stderr().contains(host), "{host}: {}", ran.stderr());
        }
        let table = std::fs::read_to_string(&csv).expect("a table");
        let headings = table
            .lines()
            .filter(|line| line.starts_with("host,schema,"));
        assert_eq!(headings.count(), 1, "{table}");
        for host in ["marie@home", "rural", "indoor"] {
            let begins = format!("{host},opensim.scan/1,");
            let rows = table.lines().filter(|line| line.starts_with(&begins));
            assert!(rows.count() >= night, "{host}: {table}");
        }
        let columns = table.lines().next().expect("a heading").split(',').count();
        assert!(columns > 20, "{table}");
    }
}

#[test]
fn a_survey_that_everybody_gave_ends_with_0_and_a_wrong_call_with_2() {
    let opensim = Opensim::new();
    let hosts = opensim.file("hosts", "home\n");
    let csv = opensim
        .state
        .path()
        .join("survey.csv")
        .display()
        .to_string();
    let settings = [(
        "SURVEY",
        "scan --yes --no-measure --samples 1 --carriers sfr",
    )];
    let ran = run(&opensim, "nightly_survey.sh", &[&hosts, &csv], &settings);
    assert_eq!((ran.code(), ran.stderr()), (0, String::new()));
    assert!(
        std::fs::read_to_string(&csv)
            .expect("a table")
            .contains("home,opensim.scan/1,")
    );
    assert_eq!(run(&opensim, "nightly_survey.sh", &[&hosts], &[]).code(), 2);
    let nowhere = run(&opensim, "nightly_survey.sh", &["/nonexistent", &csv], &[]);
    assert_eq!(nowhere.code(), 2);
}

#[test]
fn the_gate_opens_for_a_link_that_is_good_and_tells_why_it_does_not() {
    let opensim = Opensim::new();
    let mark = opensim.state.path().join("mark");
    let go = ["touch", mark.to_str().expect("a plain path")];
    let modem = |name: &'static str| [("OPENSIM_MODEM", name)];
    let ran = run(&opensim, "gate.sh", &go, &modem("sim:pin"));
    assert_eq!(ran.code(), 5, "{}", ran.stderr());
    assert!(ran.stderr().contains("SIM card"), "{}", ran.stderr());
    assert!(!mark.exists());
    let ran = run(&opensim, "gate.sh", &go, &modem("sim:home"));
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    assert!(mark.exists());
    // The command's own exit is the gate's.
    let ran = run(
        &opensim,
        "gate.sh",
        &["sh", "-c", "exit 42"],
        &modem("sim:home"),
    );
    assert_eq!(ran.code(), 42);
    assert_eq!(run(&opensim, "gate.sh", &[], &[]).code(), 2);
}

#[test]
fn the_carriers_of_a_survey_are_a_line_each() {
    if !has("jq") {
        println!("skipped: no jq");
        return;
    }
    let opensim = Opensim::new();
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "scan",
        "--radio-only",
        "--yes",
    ];
    let scan = opensim.run(&line);
    let file = opensim.file("scan.json", &scan.stdout());
    let ran = run(&opensim, "carriers.sh", &[&file], &[]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let rows: Vec<Vec<String>> = ran
        .stdout()
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    let carriers = scan.json()["carriers"].as_array().map_or(0, Vec::len);
    assert_eq!(rows.len(), carriers, "{rows:?}");
    assert!(rows.iter().all(|row| row.len() == 5), "{rows:?}");
}

#[test]
fn a_ticket_begins_with_the_facts_of_a_bundle_and_what_is_none_is_refused() {
    if !has("jq") {
        println!("skipped: no jq");
        return;
    }
    let opensim = Opensim::new();
    let bundle = opensim.state.path().join("bundle.zip");
    let bundle = bundle.display().to_string();
    for (modem, subject, facts) in [
        (
            "sim:home",
            "Subject: Quectel EC25: no error",
            &["SIM card: ready", "(20801)", "dBm", "band B20"][..],
        ),
        (
            "sim:pin",
            "Subject: Quectel EC25: sim.pin_required",
            &["SIM card: pin_required", "(unknown)"],
        ),
        (
            "/dev/ttyNONE",
            "Subject: no modem: modem.absent",
            &["SIM card: unknown"],
        ),
    ] {
        let args = ["--modem", modem, "doctor", "--only", "sim", "--bundle"];
        opensim.run(&[&args[..], &[&bundle]].concat());
        let ran = run(&opensim, "ticket.sh", &[&bundle], &[]);
        let ticket = ran.stdout();
        assert_eq!(ran.code(), 0, "{modem}: {ticket}{}", ran.stderr());
        assert_eq!(ticket.lines().next(), Some(subject), "{ticket}");
        for fact in facts {
            assert!(ticket.contains(fact), "{modem}, {fact}: {ticket}");
        }
        // The documents of the bundle follow.
        assert!(ticket.lines().count() > 20, "{ticket}");
    }
    let letter = opensim.file("letter.zip", "dear");
    for none in [&letter[..], "/nonexistent"] {
        let ran = run(&opensim, "ticket.sh", &[none], &[]);
        assert_eq!((ran.code(), ran.stdout()), (2, String::new()), "{none}");
        assert!(ran.stderr().contains("What to do"), "{}", ran.stderr());
    }
    assert_eq!(run(&opensim, "ticket.sh", &[], &[]).code(), 2);
}

#[test]
fn every_script_says_what_it_is_in_its_head_and_shellcheck_has_nothing_to_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(folder).expect("the examples").flatten();
    let scripts: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sh"))
        .collect();
    assert!(scripts.len() >= 4);
    for script in &scripts {
        let text = std::fs::read_to_string(script).expect("text");
        assert!(text.starts_with("#!/bin/sh\n# "), "{script:?}");
        assert!(text.contains("\nset -u\n"), "{script:?}");
        let mode = script.metadata().expect("there").permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{script:?}");
    }
    let mut shellcheck = Command::new("shellcheck");
    match shellcheck.args(["-s", "sh"]).args(&scripts).output() {
        Ok(found) => assert!(
            found.status.success(),
            "{}",
            String::from_utf8_lossy(&found.stdout)
        ),
        Err(error) => println!("skipped: no shellcheck ({error})"),
    }
}
