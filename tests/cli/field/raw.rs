//! What a person sends by hand, and what of it is kept: kinds N, O and Q.

use super::*;

/// Resets and losses, and own members of the kind behind them.
const LOSSES: &[(&str, &[&str])] = &[
    (
        "sierra-home",
        &["AT!RESET", "AT!ENTERCND=\"A710\"", "AT!BOOTHOLD"],
    ),
    (
        "huawei-home",
        &["AT^RESET", "AT^GODLOAD", "AT^SETPORT=\"FF\""],
    ),
    (
        "simcom-home",
        &["AT+CRESET", "AT+CPOF", "AT+SIMEI=356938035643809"],
    ),
    ("telit-home", &["AT#REBOOT", "AT#SHDN", "AT#ENHRST=1,0"]),
    (
        "home",
        &[
            "AT+QPOWD=1",
            "AT+EGMR=1,7,\"356938035643809\"",
            "AT+QCFG=\"nwscanmode\",1",
        ],
    ),
    (
        "cinterion-home",
        &["AT^SMSO", "AT^SCFG=\"MEopMode/Airplane\",\"on\""],
    ),
    (
        "ublox-home",
        &["AT+UFACTORY=2,2", "AT+CPWROFF", "AT+CFUN=15"],
    ),
];

#[test]
fn what_resets_or_loses_something_never_reaches_the_modem_unasked() {
    for (world, lines) in LOSSES {
        let opensim = Opensim::new();
        let modem = format!("sim:{world}");
        let trace = opensim.file("trace.at", "");
        for line in *lines {
            let ran = opensim.run(&["--json", "--modem", &modem, "--trace", &trace, "at", line]);
            let document = ran.json();
            assert_eq!(
                (ran.code(), error(&document)),
                (2, "modem.guarded"),
                "{world}: {line}"
            );
            let kept = std::fs::read_to_string(&trace).expect("a trace");
            assert!(!kept.contains(line), "{line}: {kept}");
        }
    }
}

#[test]
fn force_never_lets_an_imei_a_lock_or_a_selection_through() {
    let opensim = Opensim::new();
    for line in [
        "AT+EGMR=1,7,\"356938035643809\"",
        "AT+SIMEI=356938035643809",
        "AT+CPIN=\"1234\"",
        "AT+CLCK=\"SC\",1,\"1234\"",
        "AT+COPS=0",
        "AT+CSQ;+COPS=0",
        "at+cops = 1,2,\"20810\"",
    ] {
        let ran = opensim.run(&["--json", "--modem", "sim:home", "at", "--force", line]);
        assert_eq!(
            (ran.code(), error(&ran.json())),
            (2, "modem.guarded"),
            "{line}"
        );
    }
}

#[test]
fn queries_of_every_family_pass() {
    for (world, lines) in [
        (
            "home",
            &["AT+QENG=\"servingcell\"", "AT+CSQ", "AT+COPS?", "AT+COPS=?"][..],
        ),
        ("huawei-home", &["AT^HCSQ?", "AT^MONSC"]),
        ("simcom-home", &["AT+CPSI?"]),
        ("sierra-home", &["AT!GSTATUS?"]),
        ("telit-home", &["AT#RFSTS"]),
        ("cinterion-home", &["AT^SMONI"]),
    ] {
        let opensim = Opensim::new();
        let modem = format!("sim:{world}");
        let ran = opensim.run(&[&["--json", "--modem", &modem, "at"][..], lines].concat());
        assert_eq!(ran.code(), 0, "{world}: {:#}", ran.json());
    }
}

#[test]
fn a_password_that_is_sent_by_hand_is_nowhere_in_clear() {
    // Own members: a context of 27.007, and a command that nobody knows.
    for line in [
        "AT#PDPAUTH=1,2,\"user\",\"hunter2\"",
        "AT+UAUTHREQ=1,2,\"user\",\"hunter2\"",
        "AT^SGAUTH=1,2,\"user\",\"hunter2\"",
        "AT^SGAUTH=1,2,\"hunter2\",\"user\"",
        "AT$QCPDPP=1,2,\"hunter2\",\"user\"",
        "AT+CGAUTH=1,2,\"user\",\"hunter2\"",
        "AT+QICSGP=1,1,\"internet\",\"user\",\"hunter2\",2",
        "AT+NOBODYKNOWS=\"hunter2\"",
    ] {
        let opensim = Opensim::new();
        let trace = opensim.file("trace.at", "");
        let ran = opensim.run(&[
            "-vvv", "--json", "--modem", "sim:home", "--trace", &trace, "at", "--force", line,
        ]);
        let name = &line[..line.find('=').expect("a value")];
        let kept = std::fs::read_to_string(&trace).expect("a trace");
        assert!(kept.contains(name), "it was sent: {line}: {kept}");
        let audit = format!("{:?}", opensim.audit());
        for (place, text) in [
            ("trace", &kept),
            ("output", &ran.stdout()),
            ("errors", &ran.stderr()),
            ("audit", &audit),
        ] {
            assert!(!text.contains("hunter2"), "{line} in the {place}: {text}");
        }
    }
}

#[test]
fn a_path_that_never_existed_is_no_modem() {
    let opensim = Opensim::new();
    for args in [&["status"][..], &SCAN, &SWITCH, &["recover"], &["at", "AT"]] {
        // Own members: other commands, and a folder that is not there.
        for path in ["/dev/ttyNOWHERE", "/nowhere/ttyUSB0"] {
            let ran = opensim.run(&[&["--json", "--modem", path], args].concat());
            assert_eq!(
                (ran.code(), error(&ran.json())),
                (3, "modem.absent"),
                "{path} {args:?}"
            );
        }
    }
    for (lang, gone) in [("en", "is not on"), ("fr", "n’est pas sur")] {
        let ran = opensim.run(&["--lang", lang, "--modem", "/dev/ttyNOWHERE", "status"]);
        assert!(!ran.stderr().contains(gone), "{}", ran.stderr());
    }
}
