//! What goes wrong on a computer with Windows, each with its code and its exit, and in French.

use opensim::sim::Scenario;

use super::computer::Computer;
use super::matrix::code;
use super::modem::Modem;

#[test]
fn a_port_that_is_not_there_is_told_by_its_name() {
    let Some(computer) = Computer::new() else {
        return;
    };
    for port in ["COM9", "com9", r"\\.\COM9", "COM12"] {
        let ran = computer.run(&["--json", "--lang", "en", "--modem", port, "status"]);
        let document = ran.json();
        assert_eq!(ran.code, Some(3), "{port}: {document:#}");
        assert_eq!(code(&document), "modem.absent", "{port}: {document:#}");
        let words = computer.run(&["--lang", "fr", "--modem", port, "status"]);
        assert!(
            words
                .stderr
                .contains(&port.to_uppercase()[port.len() - 4..]),
            "{}",
            words.stderr
        );
    }
}

#[test]
fn what_windows_has_not_is_said_and_nothing_is_tried() {
    let Some(computer) = Computer::new() else {
        return;
    };
    for (line, exit) in [
        (&["sim", "--link", "modem"][..], 2),
        (&["--modem", "mm:0", "status"], 3),
    ] {
        let ran = computer.run(&[&["--json", "--lang", "en"], line].concat());
        assert_eq!(ran.code, Some(exit), "{line:?}: {}", ran.stdout());
        assert!(!code(&ran.json()).is_empty(), "{line:?}");
        let words = computer.run(&[&["--lang", "fr"], line].concat());
        assert!(
            words.stderr.contains("Windows") && !words.stderr.contains("sudo"),
            "{line:?}: {}",
            words.stderr
        );
    }
}

#[test]
fn paths_with_accents_and_spaces_are_paths() {
    let Some(computer) = Computer::new() else {
        return;
    };
    let modem = Modem::new(
        &Scenario::from_toml("base = \"home\"", "windows").expect("a scenario"),
        computer.folder(),
    );
    computer.plug(5, modem.link());
    let folder = computer.disk("Relevés d’été à Besançon");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("réglages.toml"), "lang = \"fr\"\n").expect("a file");
    let here = r"C:\Relevés d’été à Besançon\";
    let (settings, page) = (
        format!("{here}réglages.toml"),
        format!("{here}la page.html"),
    );
    let first = ["--config", &settings, "--modem", "COM5"];
    let scan = ["scan", "--no-measure", "--yes", "--out", &page];
    let ran = computer.run(&[&first[..], &scan].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let page = std::fs::read_to_string(folder.join("la page.html"));
    assert!(
        page.is_ok_and(|page| page.contains("Opérateur") && page.contains("</html>")),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_page_of_codes_that_is_not_utf_8_changes_no_byte_of_a_document() {
    let Some(computer) = Computer::new() else {
        return;
    };
    // What `chcp 850` says to a console, a pipe does not hear.
    let ran = computer.start_as(&["cmd", "/c", "chcp 850"]).end();
    assert!(ran.code.is_some());
    let ran = computer.run(&["--lang", "fr", "doctor", "--only", "modem"]);
    assert!(
        ran.stdout().contains('é') || ran.stderr.contains('é'),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_mobile_broadband_adapter_is_told_as_one_with_what_to_do() {
    let Some(computer) = Computer::new() else {
        return;
    };
    computer.know(
        r"HKLM\System\CurrentControlSet\Enum\USB\VID_1199&PID_9079\LF12345678901",
        &[
            ("ClassGUID", "{4d36e972-e325-11ce-bfc1-08002be10318}"),
            ("Class", "Net"),
            ("DeviceDesc", "@oem7.inf,%x%;Sierra Wireless EM7455"),
            ("Mfg", "Sierra Wireless"),
            ("Service", "cxwmbclass"),
        ],
    );
    let document = computer.run(&["--json", "--lang", "en", "modems"]).json();
    let told = &document["unusable"][0];
    assert_eq!(told["reason"], "broadband", "{document:#}");
    let page = computer.run(&["--lang", "fr", "modems"]);
    let said = page.stdout() + &page.stderr;
    assert!(
        said.contains("EM7455") && said.contains("Windows"),
        "{said}"
    );
}
