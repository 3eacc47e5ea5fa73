//! Files that are full, of the wrong kind, of another version or of another modem, at the binary.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::support::{Opensim, PtyModem, Ran, plmn_in_use, wait_for_line, warns};

/// The binary with a limit on the size of the files that it writes, as a shell's `ulimit -f` sets it.
fn limited(opensim: &Opensim, bytes: u64, args: &[&str]) -> Ran {
    let plain = opensim.command(args);
    let mut command = Command::new("prlimit");
    command.arg(format!("--fsize={bytes}"));
    command.arg(plain.get_program()).args(plain.get_args());
    command.env_clear().env("PATH", "/usr/bin:/bin");
    for (name, value) in plain.get_envs() {
        command.env(name, value.expect("set"));
    }
    Ran(command.output().expect("prlimit of util-linux"))
}

fn pipe(path: &Path) {
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mkfifoat(rustix::fs::CWD, path, mode).expect("a pipe");
}

fn store(opensim: &Opensim, name: &str) -> PathBuf {
    let path = opensim.state.path().join("state/opensim").join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    path
}

fn detail(document: &Value) -> &Value {
    &document["error"]["values"]["detail"]
}

/// A scan of the scenario `home` that is killed while it is on another carrier than the one it had found.
fn killed_on_the_way(opensim: &Opensim, modem: &str) {
    let args = ["-v", "--lang", "en", "--modem", modem, "scan", "--yes"];
    let mut scan = opensim.command(&args).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "on SFR");
    scan.kill().expect("it runs");
    scan.wait().expect("it ends");
}

#[test]
fn an_audit_log_that_takes_no_line_is_a_warning_in_the_document_and_on_the_page() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    std::fs::create_dir_all(store(&opensim, "audit.jsonl")).expect("in its place");
    let line = |carrier| ["--modem", modem.path(), "switch", carrier, "--yes"];
    let page = opensim.run(&[&["--lang", "en"], &line("sfr")[..]].concat());
    assert_eq!(page.code(), 0, "{}", page.stderr());
    assert!(
        page.stdout().contains("log of changes"),
        "{}",
        page.stdout()
    );
    let document = opensim.run(&[&["--json"], &line("bouygues")[..]].concat());
    let document = document.json();
    assert_eq!(document["outcome"], "switched");
    assert!(warns(&document, "audit.not_written"), "{document:#}");
}

#[test]
fn an_audit_log_at_its_limit_keeps_whole_lines_and_the_scan_says_so() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let log = store(&opensim, "audit.jsonl");
    let before = "{}\n".repeat(3000);
    std::fs::write(&log, &before).expect("written");
    let line = [
        "--json",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
        "--no-measure",
    ];
    let ran = limited(&opensim, 9020, &line);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert!(warns(&document, "audit.not_written"), "{document:#}");
    assert_eq!(std::fs::read_to_string(&log).expect("text"), before);
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    // A line that was torn all the same does not swallow the next.
    std::fs::write(&log, "{\"at\":").expect("written");
    opensim.run(&line);
    let text = std::fs::read_to_string(&log).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    serde_json::from_str::<Value>(lines[1]).expect("a whole line");
}

#[test]
fn a_trace_at_its_limit_ends_and_the_work_goes_on() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let trace = opensim.state.path().join("trace.at");
    let trace = trace.to_str().expect("a plain path");
    let line = ["--json", "--modem", modem.path(), "--trace", trace];
    let scan = [&line[..], &["scan", "--yes", "--no-measure"]].concat();
    let ran = limited(&opensim, 2000, &scan);
    let document = ran.json();
    assert_eq!(ran.code(), 0, "{document:#}");
    assert_eq!(document["restored"], true);
    assert!(warns(&document, "trace.cut"), "{document:#}");
    assert_eq!(plmn_in_use(&opensim, modem.path()), "20801");
    assert_eq!(std::fs::metadata(trace).expect("there").len(), 2000);
    let whole = opensim.run(&[&line[..], &["status"]].concat()).json();
    assert!(!warns(&whole, "trace.cut"), "{whole:#}");
}

#[test]
fn what_is_no_plain_file_takes_no_trace_and_the_modem_is_not_asked() {
    let opensim = Opensim::new();
    let fifo = opensim.state.path().join("fifo");
    pipe(&fifo);
    let folder = opensim.state.path().to_owned();
    for path in [fifo.as_path(), &folder, Path::new("/dev/full")] {
        let path = path.to_str().expect("a plain path");
        let line = ["--json", "--modem", "sim:home", "--trace", path, "status"];
        let ran = opensim.run(&line);
        let document = ran.json();
        assert_eq!(
            (ran.code(), detail(&document)),
            (2, &Value::from("file.not_plain"))
        );
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_an_error_in_words_and_never_a_wait() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    let fifo = opensim.state.path().join("fifo");
    pipe(&fifo);
    let fifo = fifo.to_str().expect("a plain path");
    let pin = opensim.modem_at("locked", "pin", "50");
    let scenario = opensim.state.path().join("fifo.toml");
    pipe(&scenario);
    let scenario = format!("sim:{}", scenario.display());
    for line in [
        &["--config", fifo, "carriers"][..],
        &["report", fifo],
        &[
            "--modem",
            pin.path(),
            "--pin-file",
            fifo,
            "switch",
            "sfr",
            "--yes",
        ],
        &["--modem", &scenario, "status"],
        &["sim", "--replay", fifo],
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--tls-cert",
            fifo,
            "--tls-key",
            fifo,
        ],
    ] {
        let ran = opensim.run(&[&["--json"], line].concat());
        let document = ran.json();
        assert_eq!(
            detail(&document),
            "file.not_plain",
            "{line:?}: {document:#}"
        );
        assert_eq!(ran.code(), 2, "{line:?}");
        let french = opensim.run(&[&["--lang", "fr"], line].concat());
        assert!(
            french.stderr().contains("fichier ordinaire"),
            "{}",
            french.stderr()
        );
    }
    killed_on_the_way(&opensim, modem.path());
    let journal = opensim.journal().remove(0);
    for name in [journal.clone(), journal.with_extension("lock")] {
        let kept = std::fs::read(&name).expect("there");
        std::fs::remove_file(&name).expect("removed");
        pipe(&name);
        for command in [
            &["recover"][..],
            &["switch", "sfr", "--yes"],
            &["scan", "--yes"],
        ] {
            let line = [&["--json", "--modem", modem.path()], command].concat();
            let ran = opensim.run(&line);
            let document = ran.json();
            assert_eq!(
                (ran.code(), detail(&document)),
                (1, &Value::from("file.not_plain"))
            );
        }
        let status = opensim.run(&["--json", "--modem", modem.path(), "status"]);
        assert_eq!(status.code(), 0);
        std::fs::remove_file(&name).expect("removed");
        std::fs::write(&name, kept).expect("as before");
    }
}

#[test]
fn a_journal_of_another_schema_is_refused_by_every_command_and_kept() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "50");
    killed_on_the_way(&opensim, modem.path());
    let journal = opensim.journal().remove(0);
    let text = std::fs::read_to_string(&journal).expect("text");
    let newer = text.replace("opensim.journal/1", "opensim.journal/2");
    std::fs::write(&journal, &newer).expect("written");
    let before = plmn_in_use(&opensim, modem.path());
    for command in [
        &["recover"][..],
        &["switch", "sfr", "--yes"],
        &["scan", "--yes"],
    ] {
        let line = [&["--json", "--modem", modem.path()], command].concat();
        let ran = opensim.run(&line);
        let document = ran.json();
        assert_eq!(
            (ran.code(), &document["error"]["code"]),
            (1, &Value::from("store.unknown_schema")),
            "{document:#}"
        );
        assert_eq!(std::fs::read_to_string(&journal).expect("kept"), newer);
    }
    let status = opensim.run(&["--json", "--modem", modem.path(), "status"]);
    assert!(warns(&status.json(), "store.unknown_schema"));
    assert_eq!(plmn_in_use(&opensim, modem.path()), before);
}

#[test]
fn a_report_that_does_not_fit_leaves_the_old_one() {
    let opensim = Opensim::new();
    let out = opensim.file("report.json", "the old one");
    let line = [
        "--json",
        "--modem",
        "sim:home",
        "scan",
        "--yes",
        "--no-measure",
        "--out",
        &out,
    ];
    let ran = limited(&opensim, 1500, &line);
    let document = ran.json();
    assert_eq!(
        (ran.code(), &document["error"]["code"]),
        (2, &Value::from("usage.file")),
        "{document:#}"
    );
    assert_eq!(document["carriers"].as_array().expect("rows").len(), 3);
    assert_eq!(std::fs::read_to_string(&out).expect("text"), "the old one");
    let litter = std::fs::read_dir(opensim.state.path()).expect("a folder");
    let litter = litter
        .flatten()
        .filter(|f| f.file_name().to_string_lossy().contains(".new"));
    assert_eq!(litter.count(), 0);
    assert_eq!(opensim.run(&line).code(), 0);
    let text = std::fs::read_to_string(&out).expect("text");
    serde_json::from_str::<Value>(&text).expect("a document");
    // What is no file takes it as it comes.
    let again = opensim.run(&["report", &out, "--out", "/dev/stdout"]);
    assert_eq!(again.json()["schema"], "opensim.scan/1");
    assert_eq!(
        opensim.run(&["report", &out, "--out", "/dev/full"]).code(),
        2
    );
}

#[test]
fn two_modems_of_one_number_are_not_taken_for_each_other() {
    let opensim = Opensim::new();
    let (one, other) = (
        opensim.modem_at("one", "home", "50"),
        opensim.modem_at("other", "home", "50"),
    );
    let run = |modem: &PtyModem, command: &[&str]| {
        let line = [&["--json", "--modem", modem.path()], command].concat();
        opensim.run(&line)
    };
    assert_eq!(run(&other, &["switch", "bouygues", "--yes"]).code(), 0);
    killed_on_the_way(&opensim, one.path());
    assert!(!warns(&run(&other, &["status"]).json(), "recover.pending"));
    let recover = run(&other, &["recover"]).json();
    assert_eq!(recover["needed"], false, "{recover:#}");
    assert_eq!(plmn_in_use(&opensim, other.path()), "20820");
    assert!(warns(&run(&one, &["status"]).json(), "recover.pending"));
    assert_eq!(run(&one, &["recover"]).code(), 0);
    assert_eq!(plmn_in_use(&opensim, one.path()), "20801");
    assert!(opensim.journal().is_empty());
}

#[test]
fn who_changed_something_is_the_user_and_not_what_the_environment_says() {
    let opensim = Opensim::new();
    let line = ["--modem", "sim:home", "switch", "sfr", "--yes"];
    let mut command = opensim.command(&line);
    command.env("USER", "mallory").env("LOGNAME", "mallory");
    assert!(command.status().expect("it runs").success());
    let who = opensim.audit()[0]["who"]
        .as_str()
        .expect("a text")
        .to_owned();
    let uid = format!("uid {}", rustix::process::getuid().as_raw());
    assert!(who.contains(&uid) && !who.contains("mallory"), "{who}");
}

#[test]
fn an_opensim_in_the_middle_of_a_change_is_to_be_waited_for_and_not_ended() {
    let opensim = Opensim::new();
    let modem = opensim.modem("home", "10");
    let args = [
        "-v",
        "--lang",
        "en",
        "--modem",
        modem.path(),
        "scan",
        "--yes",
    ];
    let mut scan = opensim.command(&args).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(scan.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "Joining SFR");
    for (lang, wait, close) in [("en", "wait", "Close"), ("fr", "attendez", "Fermez")] {
        let ran = opensim.run(&["--json", "--lang", lang, "--modem", modem.path(), "status"]);
        let document = ran.json();
        assert_eq!(document["error"]["code"], "modem.busy", "{document:#}");
        let hint = document["error"]["hint"].as_str().expect("a hint");
        assert!(hint.contains(wait) && !hint.contains(close), "{hint}");
    }
    scan.kill().expect("it runs");
    scan.wait().expect("it ends");
}

#[test]
fn a_saved_document_of_another_minor_is_shown_again_and_one_of_a_newer_major_is_refused_in_words() {
    let opensim = Opensim::new();
    let line = ["--json", "--modem", "sim:home", "status"];
    let mut document = opensim.run(&line).json();
    document["weather"] = Value::from("snow");
    document["modem"]["backend"] = Value::from("telepathy");
    document["registration"]["access"] = Value::from("leo");
    let minor = opensim.file("minor.json", &document.to_string());
    let again = opensim.run(&["report", &minor, "--format", "json"]);
    // A word of a newer minor stands in no schema of this version's.
    let again: Value = serde_json::from_slice(&again.0.stdout).expect("JSON");
    assert_eq!(again["modem"]["backend"], "telepathy");
    assert_eq!(again["registration"]["access"], Value::Null);
    assert_eq!(opensim.run(&["report", &minor]).code(), 0);

    document["schema"] = Value::from("opensim.status/2");
    let major = opensim.file("major.json", &document.to_string());
    let ran = opensim.run(&["--json", "report", &major]);
    let refused = ran.json();
    assert_eq!(
        (ran.code(), &refused["error"]["code"]),
        (2, &Value::from("report.unknown_schema"))
    );
    let message = refused["error"]["message"].as_str().expect("words");
    assert!(message.contains("opensim.status/2"), "{message}");
}
