use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::dialect::commands::Effect;
use opensim_domain::policy::Purpose;

fn sfr() -> Leave {
    Leave::under(&Order::from_person(
        Purpose::Switch,
        ["20810".parse().unwrap()],
    ))
}

#[test]
fn every_rule_has_a_sentence_of_its_own() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code().as_str()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    assert!(codes.iter().all(|code| code.starts_with("guard.")));
}

#[test]
fn automatic_selection_never_leaves_in_any_spelling() {
    for line in [
        "AT+COPS=0",
        "at+cops=0",
        "AT+COPS = 0",
        "A T + C O P S = 0",
        "AT+CSQ;+COPS=0",
        "ATE0+COPS=0",
        "AT+COPS=0,,",
        "AT+COPS=4,2,\"20810\"",
        "AT+COPS=4",
    ] {
        assert_eq!(
            check(line.as_bytes(), &sfr()),
            Err(Rule::AutomaticSelection),
            "{line}"
        );
    }
    for line in [
        "AT+COPS=00",
        "AT+COPS=",
        "AT+COPS",
        "AT+COPS=\"0\"",
        "AT+COPS=5",
        "AT+COPS=-1",
        "AT%COPS=0",
        "AT+COPS=3",
        "AT+COPS=3,2,\"20810\"",
        "AT#COPSMODE=0",
        "AT+COPS=1,2,20810",
        "AT+COPS=?,0",
        // A blank within quotes is part of the text, whatever the modem makes of it.
        "AT+COPS=1,2,\"208 10\"",
        "AT+COPS=1,2,\"208-10\"",
        "AT + COPS=1, 2, \"208 10\"",
    ] {
        assert_eq!(
            check(line.as_bytes(), &sfr()),
            Err(Rule::Unreadable),
            "{line}"
        );
    }
    assert_eq!(check(b"AT+COPS=2", &sfr()), Err(Rule::Deregister));
}

#[test]
fn a_network_is_selected_only_under_an_order_that_names_it() {
    let line = br#"AT+COPS=1,2,"20810",7"#;
    assert_eq!(check(line, &sfr()), Ok(()));
    assert_eq!(
        check(br#"AT+COPS=1,2,"00320030003800310030""#, &sfr()),
        Ok(())
    );
    assert_eq!(check(line, &Leave::NONE), Err(Rule::NoOrder));
    assert_eq!(check(br#"AT+COPS=1,2,"20801""#, &sfr()), Err(Rule::NoOrder));
    assert_eq!(
        check(br#"AT+COPS=1,2,"20810";+COPS=1,2,"20801""#, &sfr()),
        Err(Rule::NoOrder)
    );
    assert_eq!(
        check(br#"AT+COPS=1,0,"F SFR""#, &sfr()),
        Err(Rule::Unreadable)
    );
    let leave = sfr();
    leave.order.as_ref().unwrap().close();
    assert_eq!(check(line, &leave), Err(Rule::NoOrder));
}

#[test]
fn what_hides_a_command_is_not_sent() {
    assert_eq!(check(b"AT+COPS=1\x080", &sfr()), Err(Rule::Unreadable));
    assert_eq!(check(b"AT\rAT+COPS=0\r", &sfr()), Err(Rule::Unreadable));
    assert_eq!(check(b"A/", &sfr()), Err(Rule::Repeat));
    assert_eq!(check(b"a/\r", &sfr()), Err(Rule::Repeat));
    assert_eq!(check(b"ATS5=48", &sfr()), Err(Rule::Reset));
    for line in [
        r#"AT+COPS=1,2,"20810;+COPS=0"#,
        // Nothing stands behind the semicolon, so it may be part of a text.
        r#"AT+COPS=1,2,"20810";"#,
        "AT+COPS?;",
        r#"AT+COPS=1,2,"20810",007"#,
        r#"AT+COPS=1,2,"20810","7""#,
        r#"AT+COPS=1,2,"20810","#,
    ] {
        assert_eq!(
            check(line.as_bytes(), &sfr()),
            Err(Rule::Unreadable),
            "{line}"
        );
    }
}

#[test]
fn dialling_resets_and_pins_stay_off_the_wire() {
    for (line, rule) in [
        ("ATD112;", Rule::Dial),
        ("ATE0D112;", Rule::Dial),
        ("AT+CSQ;D112;", Rule::Dial),
        ("AT&D2D112;", Rule::Dial),
        ("ATDT0612345678", Rule::Dial),
        ("ATZ", Rule::Reset),
        ("ATE0Z", Rule::Reset),
        ("AT&F", Rule::Reset),
        ("AT+CSQ;Z", Rule::Reset),
        ("AT+CSQ;E0D112;", Rule::Dial),
        ("ATA", Rule::Dial),
        ("ATS0=0D112;", Rule::Dial),
        ("AT+CSQ;&F", Rule::Reset),
        ("AT&C1&F0", Rule::Reset),
        ("AT+CSQ;S5=48", Rule::Reset),
        ("ATS03=48", Rule::Reset),
        ("ATS=48", Rule::Reset),
        ("AT+CFUN=1,1", Rule::Reset),
        ("AT+CFUN=4", Rule::Reset),
        ("AT+CGATT=0", Rule::Deregister),
        ("AT+CPIN=?;+CPIN=\"9999\"", Rule::Pin),
        ("AT^CPIN=1,\"9999\"", Rule::Pin),
        ("AT*PIN=9999", Rule::Pin),
        ("AT+CPIN=1234", Rule::Pin),
        ("AT+CLCK=\"SC\",0,\"1234\"", Rule::Pin),
        ("AT+CPWD=\"SC\",\"1\",\"2\"", Rule::Pin),
    ] {
        assert_eq!(check(line.as_bytes(), &Leave::NONE), Err(rule), "{line}");
    }
}

#[test]
fn what_asks_goes_through() {
    for line in [
        "AT",
        "ATI",
        "ATE0",
        "AT+COPS?",
        "AT+COPS=?",
        "AT+COPS=3,2;+COPS?",
        "AT+CPIN?",
        "AT&D2",
        "AT&C1&D2",
        "AT+QENG=\"servingcell\"",
        "AT^HCSQ?",
        "ATE0V1+CMEE=1",
        "AT!GSTATUS?",
        "AT+CGDCONT?",
        "AT+CLCK=?",
        "AT+CFUN?",
        "AT+CPIN?;+CSQ",
        "ATS3?",
        "ATS0=0",
        "AT#RFSTS",
        "AT&C1&D2&S0",
        "AT\\Q3",
        "",
    ] {
        assert_eq!(check(line.as_bytes(), &Leave::NONE), Ok(()), "{line}");
    }
}

proptest! {
    /// Whatever stands around it, a PIN never gets through, and neither does a call.
    #[test]
    fn no_pin_and_no_call_in_any_company(
        before in "(\\+CSQ;|\\+CPIN=\\?;|E0|&C1|S0=0|\\+CPIN\\?;){0,3}",
        what in "(;?\\+CPIN=\"?[0-9]{4}\"?|;?D[0-9*#]{1,6};?)",
    ) {
        let line = format!("AT{before}{what}");
        prop_assert!(check(line.as_bytes(), &Leave::NONE).is_err(), "{line}");
    }

    /// Whatever is typed: a line that gets through under no order has no selection in it at all.
    #[test]
    fn without_an_order_nothing_selects(line in "(AT|at)?[ -~]{0,12}(\\+[Cc][Oo][Pp][Ss] ?=? ?[0-9,\" ?;]{0,16})?[ -~]{0,8}") {
        if check(line.as_bytes(), &Leave::NONE).is_ok() {
            let folded: String = line.to_uppercase().chars().filter(|c| *c != ' ').collect();
            for (at, _) in folded.match_indices("+COPS=") {
                let rest = &folded[at + 6..];
                prop_assert!(rest.starts_with('?') || rest.starts_with("3,"), "{line}");
            }
        }
    }
}

/// What attacks and field reports sent, and others of their kinds: held back, and what of it never goes even by force.
const HELD: &[(&str, Rule, bool)] = &[
    ("AT!RESET", Rule::Reset, false),
    ("AT!RESET?", Rule::Reset, false),
    ("AT^RESET", Rule::Reset, false),
    ("AT+CRESET", Rule::Reset, false),
    ("AT#REBOOT", Rule::Reset, false),
    ("AT#REBOOT?", Rule::Reset, false),
    ("AT+QPOWD=1", Rule::Reset, false),
    ("AT^SMSO", Rule::Reset, false),
    ("AT+CPWROFF", Rule::Reset, false),
    ("AT+CFUN=1,1", Rule::Reset, false),
    ("AT+CFUN=4", Rule::Reset, false),
    ("AT+NEWRESETCMD", Rule::Reset, false),
    ("AT&W", Rule::Reset, false),
    ("AT+UFACTORY=2,2", Rule::Reset, true),
    ("AT+CMAR=\"1234\"", Rule::Reset, true),
    ("AT!RMARESET=1", Rule::Reset, true),
    ("ATZ", Rule::Reset, true),
    ("AT&F0", Rule::Reset, true),
    ("ATS5=48", Rule::Reset, true),
    ("AT+EGMR=1,7,\"356938035643809\"", Rule::Imei, true),
    ("AT+SIMEI=356938035643809", Rule::Imei, true),
    (
        "AT*MRD_IMEI=W,0101,11JAN1970,356938035643809",
        Rule::Imei,
        true,
    ),
    ("AT+GTSN=1,7,\"356938035643809\"", Rule::Imei, true),
    ("AT+LCTSN=1,7,\"356938035643809\"", Rule::Imei, true),
    ("AT%IMEIWRITE=0,\"356938035643809\"", Rule::Imei, true),
    ("AT^PHYNUM=IMEI,356938035643809", Rule::Imei, true),
    ("AT+CSIM=26,\"0020000108313233343536FFFF\"", Rule::Pin, true),
    ("AT+CRSM=214,28539,0,0,12,\"64F0\"", Rule::Pin, true),
    ("AT+CRSM=220,28480,1,4,4,\"FFFFFFFF\"", Rule::Pin, true),
    ("AT+CRSM", Rule::Pin, true),
    ("AT+CRLA=1,214,28539", Rule::Pin, true),
    ("AT+CGLA=1,26,\"00200001\"", Rule::Pin, true),
    ("AT+QSIMLOCK=\"PN\",0,\"1\"", Rule::Pin, true),
    ("AT+QPIN=\"SC\",\"1234\"", Rule::Pin, true),
    ("AT+EPIN=\"1234\"", Rule::Pin, true),
    ("AT*PIN=9999", Rule::Pin, true),
    ("AT+CPIN=\"1234\",\"0000\"", Rule::Pin, true),
    ("AT+CLCK=\"SC\",0,\"1234\"", Rule::Pin, true),
    ("AT+CPWD=\"SC\",\"1\",\"2\"", Rule::Pin, true),
    ("AT^CARDLOCK=\"1234\"", Rule::Pin, true),
    ("AT+NOBODYSPUK=1", Rule::Pin, true),
    ("AT+CPOL=1,2,\"20801\"", Rule::AutomaticSelection, true),
    (
        "AT+QFPLMNCFG=\"DELETE\",\"ALL\"",
        Rule::AutomaticSelection,
        true,
    ),
    ("AT+ZSNT=0,0,0", Rule::AutomaticSelection, true),
    ("AT+EOPS=0", Rule::AutomaticSelection, true),
    ("AT^SPLW=1,2,20801", Rule::AutomaticSelection, true),
    ("AT+COPS=0", Rule::AutomaticSelection, true),
    ("AT+COPS=4,2,\"20801\"", Rule::AutomaticSelection, true),
    ("AT+COPS=1,2,\"20801\"", Rule::NoOrder, true),
    ("AT+COPS=2", Rule::Deregister, true),
    ("AT+COPS=5", Rule::Unreadable, true),
    ("AT+CGATT=0", Rule::Deregister, false),
    ("ATD112;", Rule::Dial, true),
    ("ATA", Rule::Dial, true),
    ("ATO", Rule::Dial, true),
    ("AT+CUSD=1,\"**04*1234*0000*0000#\",15", Rule::Dial, true),
    ("AT+CKPD=\"112S\"", Rule::Dial, true),
    ("AT+CGDATA=\"PPP\",1", Rule::Dial, true),
    ("AT+CMUX=0", Rule::Unknown, false),
    ("AT^U2DIAG=0", Rule::Unknown, false),
    ("AT+CCFC=0,3,\"+33612345678\"", Rule::Unknown, false),
    ("AT+IPR=9600", Rule::Unknown, false),
    ("AT+QCFG=\"usbnet\",1", Rule::Unknown, false),
    ("AT+CGDCONT=1,\"IP\",\"orange\"", Rule::Unknown, false),
    ("AT+CMGD=1,4", Rule::Unknown, false),
    ("ATS0=1", Rule::Unknown, false),
    ("ATH", Rule::Unknown, false),
    ("AT+CMEE=1D112", Rule::Unknown, false),
    ("AT+CREG=2+FOO", Rule::Unknown, false),
    ("AT+CSCS=\"A+B\"", Rule::Unknown, false),
    ("ATV0", Rule::Unknown, false),
    ("ATQ1", Rule::Unknown, false),
    ("AT+FROMTHEFUTURE", Rule::Unknown, false),
    ("AT+CPLSX=1", Rule::Unknown, false),
    ("AT+1FOO=1", Rule::Unreadable, true),
    ("AT+_FOO", Rule::Unreadable, true),
    ("ATS?", Rule::Unreadable, true),
    ("AT+FOO?D112;", Rule::Unreadable, true),
    ("AT+FOO=\"a;+CPIN=1234\"", Rule::Unreadable, true),
    ("AT+FOO=\"\\\"\";+CSQ", Rule::Unreadable, true),
    ("AT+FOO=\"a", Rule::Unreadable, true),
    ("AT+FOO=\"a\\22b\"", Rule::Unreadable, true),
    ("AT+NOBODYSPING=\"192.0.2.1\"", Rule::Unknown, false),
    ("A/", Rule::Repeat, true),
    ("AT+CSQ\u{8}", Rule::Unreadable, true),
    ("AT+CSQ\tX", Rule::Unreadable, true),
    ("+++", Rule::Unreadable, true),
];

#[test]
fn what_is_not_known_to_be_harmless_needs_force_and_some_of_it_never_goes() {
    for (line, rule, never) in HELD {
        assert_eq!(check(line.as_bytes(), &Leave::NONE), Err(*rule), "{line}");
        let forced = check(line.as_bytes(), &Leave::forced());
        assert_eq!(forced.is_err(), *never, "{line} by force: {forced:?}");
    }
}

#[test]
fn what_may_be_forced_carries_nothing_through_that_may_not() {
    for line in [
        "AT+CFUN=1,1;+CPIN=\"1234\"",
        "AT+FOO=1;+COPS=0",
        "AT+FOO=1+CPIN=1234",
        "AT+FOO=\"+CPIN=1234\"",
        "AT+FOO=1+EGMR=1,7,2",
        "ATHD112;",
        "ATB0D112;",
        "AT&W&F",
        "ATV0+SIMEI=1",
        "AT+FOO=1;D112;",
    ] {
        assert!(check(line.as_bytes(), &Leave::forced()).is_err(), "{line}");
    }
}

#[test]
fn opensims_own_leave_to_enter_a_pin_is_for_that_alone() {
    assert_eq!(check(b"AT+CPIN=\"1234\"", &Leave::for_pin()), Ok(()));
    for line in [
        "AT+CPIN=\"12345678\",\"0000\"",
        "AT+CPIN=\"123\"",
        "AT+CPIN=\"123456789\"",
        "AT+CPIN=\"12E4\"",
        "AT+CLCK=\"SC\",0,\"1234\"",
        "AT+CPWD=\"SC\",\"1\",\"2\"",
        "AT*PIN=1234",
    ] {
        assert_eq!(
            check(line.as_bytes(), &Leave::for_pin()),
            Err(Rule::Pin),
            "{line}"
        );
    }
}

#[test]
fn all_that_any_dialect_asks_goes_through() {
    use crate::dialect::{DIALECTS, Scales};
    use opensim_domain::Identity;
    for dialect in DIALECTS {
        let models = [
            "",
            "LARA-R211",
            "EC25",
            "RM520N",
            "EG25",
            "ME909s",
            "E3372",
            "LE910",
            "SARA-R5",
        ];
        let mut queries = vec![dialect.pin_tries_query()];
        queries.extend(dialect.iccid_queries().iter().cloned());
        queries.extend(dialect.neighbours_query());
        for model in models {
            let identity = Identity {
                model: Some(model.to_owned()),
                ..Identity::default()
            };
            queries.extend(dialect.reading_queries(&identity, &Scales::default()));
            if let Some(survey) = dialect.survey(&identity) {
                queries.extend(survey.supported);
                queries.push(survey.run);
            }
        }
        for query in queries {
            assert_eq!(
                check(query.line.as_bytes(), &Leave::NONE),
                Ok(()),
                "{}",
                query.line
            );
        }
        for known in dialect.profile().commands.harmless {
            let line = match known.strip_suffix('=') {
                Some(name) => format!("AT{name}=1,\"A\",-2"),
                None => format!("AT{known}"),
            };
            assert_eq!(check(line.as_bytes(), &Leave::NONE), Ok(()), "{line}");
        }
    }
}

#[test]
fn every_command_of_the_standards_that_opensim_uses_goes_through() {
    use crate::standard::errors::ErrorReport;
    use crate::standard::registration::RegistrationEvents;
    use crate::standard::{self as std, Command};
    use opensim_domain::Domain;
    let mut lines = vec![
        std::Identify.request(),
        std::Manufacturer.request(),
        std::Model.request(),
        std::Revision.request(),
        std::SerialNumber.request(),
        std::Functionality.request(),
        std::CharacterSet.request(),
        std::CmeeRead.request(),
        std::ExtendedError.request(),
        std::OperatorRead.request(),
        std::Csq.request(),
        std::Cesq.request(),
        std::ImsiRead.request(),
        std::PinTries.request(),
        std::SimStatus.request(),
        std::Apn.request(),
        std::Address { cid: 1 }.request(),
        std::ContextDetails { cid: 4 }.request(),
    ];
    for report in [ErrorReport::Off, ErrorReport::Number, ErrorReport::Text] {
        lines.push(std::CmeeSet(report).request());
    }
    for domain in Domain::ALL {
        lines.push(std::RegistrationRead(domain).request());
        for news in [
            RegistrationEvents::Off,
            RegistrationEvents::State,
            RegistrationEvents::Cell,
            RegistrationEvents::Cause,
        ] {
            lines.push(std::RegistrationSet(domain, news).request());
        }
    }
    let lines = lines.into_iter().map(|request| request.line);
    let typed = [
        "AT+COPS=?",
        "AT+COPS=3,0",
        "AT+COPS=3,2;+COPS?",
        "ATE0",
        "ATV1",
        "ATQ0",
        "ATE0Q0V1",
    ];
    for line in lines.chain(typed.map(str::to_owned)) {
        assert_eq!(check(line.as_bytes(), &Leave::NONE), Ok(()), "{line}");
    }
    let pin = std::EnterPin::new("1234").unwrap().request().line;
    assert_eq!(check(pin.as_bytes(), &Leave::for_pin()), Ok(()));
}

#[test]
fn reading_a_file_of_the_card_is_no_attempt_at_its_code() {
    for line in [
        "AT+CRSM=176,28539,0,0,12",
        "AT+CRSM=178,28480,1,4,28",
        "AT+CRSM=192,28486",
        "AT+CRSM=?",
    ] {
        assert_eq!(check(line.as_bytes(), &Leave::NONE), Ok(()), "{line}");
    }
    for line in [
        "AT+CRSM=0176,1",
        "AT+CRSM=176;214,1",
        "AT+CRSM=\"176\",1",
        "AT+CRSM=176+CPIN,1",
        "AT+CRSM=176,28539,0,0,12+CPIN",
    ] {
        assert!(check(line.as_bytes(), &Leave::forced()).is_err(), "{line}");
    }
}

/// A command that stays off the wire whatever leave a line has.
fn forbidden() -> impl Strategy<Value = String> {
    let never = HELD.iter().filter(|(line, rule, never)| {
        *never && line.starts_with("AT") && !matches!(rule, Rule::Unreadable | Rule::Repeat)
    });
    let bodies: Vec<String> = never.map(|(line, ..)| line[2..].to_owned()).collect();
    proptest::sample::select(bodies)
}

/// The same command as a modem reads it and a person may spell it.
fn spelled(text: &str, cases: &[bool], blanks: &[u8]) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for (at, letter) in text.chars().enumerate() {
        quoted ^= letter == '"';
        if !quoted {
            (0..blanks[at % blanks.len()] % 3).for_each(|_| out.push(' '));
        }
        out.push(if cases[at % cases.len()] {
            letter.to_ascii_lowercase()
        } else {
            letter
        });
    }
    out
}

proptest! {
    #[test]
    fn no_spelling_of_a_forbidden_command_passes(
        what in forbidden(),
        before in "(\\+CSQ;|\\+COPS\\?;|E0|&C1|V1|S0=0|;|\\+CPIN\\?;|\\+CPIN=\\?;|AT|X|\\+CFUN=1,1;|\\+FOO=1;|H){0,3}",
        after in "(;|;\\+CSQ|;\\+CREG\\?|;X|;\\+FOO=2|\"|;\")?",
        cases in proptest::collection::vec(any::<bool>(), 1..8),
        blanks in proptest::collection::vec(0u8..8, 1..8),
        forced: bool,
    ) {
        let line = spelled(&format!("AT{before}{what}{after}"), &cases, &blanks);
        let leave = if forced { Leave::forced() } else { Leave::NONE };
        prop_assert!(check(line.as_bytes(), &leave).is_err(), "{line}");
        let ended = format!("{line}\r");
        prop_assert!(check(ended.as_bytes(), &leave).is_err(), "{line}");
    }

    #[test]
    fn no_effect_that_a_dialect_declares_passes_unforced(
        form in "(|=|=1|=\"A\",1|= 0 )",
        at in 0usize..200,
        forced: bool,
    ) {
        let all: Vec<_> = crate::dialect::commands::effects().collect();
        let (name, effect) = all[at % all.len()];
        let line = format!("AT{name}{form}");
        prop_assert!(check(line.as_bytes(), &Leave::NONE).is_err(), "{line}");
        let forcible = matches!(effect, Effect::Restart | Effect::Detach);
        let leave = if forced { Leave::forced() } else { Leave::NONE };
        prop_assert_eq!(check(line.as_bytes(), &leave).is_ok(), forced && forcible, "{}", line);
    }

    /// A list of the allowed: whatever else is typed has only what asks in it.
    #[test]
    fn what_passes_unforced_only_asks_or_is_declared_harmless(line in "AT[&\\\\]?[A-Z]?[0-9]?[+^$#!%*][A-Z]{2,6}(=|\\?|=\\?|=[0-9A-Z,\"+;]{0,12})?") {
        if check(line.as_bytes(), &Leave::NONE).is_ok() {
            let at = line.find(['+', '^', '$', '#', '!', '%', '*']).unwrap();
            for part in line[at..].split(';') {
                let asks = part.ends_with('?');
                let declared = crate::dialect::commands::is_harmless(part) || part.starts_with("+CRSM=");
                prop_assert!(asks || declared || part.is_empty() || part.len() < 3 || !part.starts_with(['+', '^', '$', '#', '!', '%', '*']), "{line}");
            }
        }
    }
}
