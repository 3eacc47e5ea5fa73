//! Where the modem is, and where it is left: kinds A, B, F, G, I and T.

use std::io::BufReader;

use super::*;
use crate::support::wait_for_line;

const SFR: [&str; 5] = ["scan", "--yes", "--no-measure", "--carriers", "sfr"];

/// A survey and a switch that SFR refuses, on a modem found on Orange that calls this something else than registered.
fn assert_way_back(persona: &str, quirks: &str, state: &str) {
    let bench = Bench::new(&denied(persona, quirks)).within("3s");
    let case = format!("{persona}, {quirks}");
    let status = bench.json(&["status"]).json();
    let place = [
        ("/registration/state", json!(state)),
        ("/selection/plmn", json!("20801")),
        ("/selection/mode", json!("manual")),
    ];
    assert_at(&status, &place, &case);
    let scan = bench.json(&SFR);
    assert_eq!(bench.on(), "20801", "{case}: {:#}", scan.json());
    assert_at(&scan.json(), &[("/restored", json!(true))], &case);
    assert!(!warns(&scan.json(), "restore.nothing_before"), "{case}");
    assert_eq!(scan.code(), 6, "{case}: {:#}", scan.json());
    let switch = bench.json(&SWITCH);
    let back = [
        ("/outcome", json!("rolled_back")),
        ("/error/code", json!("change.rolled_back")),
        ("/from/plmn", json!("20801")),
    ];
    assert_at(&switch.json(), &back, &case);
    assert_eq!(
        (switch.code(), bench.on()),
        (10, "20801".to_owned()),
        "{case}"
    );
    assert!(bench.opensim.journal().is_empty(), "{case}");
    bench.assert_selected_only(&["20801", "20810"]);
}

#[test]
fn a_modem_found_with_text_messages_alone_is_put_back_on_what_it_names() {
    let texts = "registration = { cs = \"sms-only\", ps = \"not-registered\", eps = \"sms-only\", fivegs = \"not-registered\" }";
    assert_way_back("quectel", texts, "sms_only");
}

/// Own members of kind A: the other states, in other families.
#[test]
fn whatever_a_modem_calls_its_state_it_is_put_back_on_what_it_names() {
    each(
        &[
            ("huawei", "emergency-only", "emergency_only"),
            ("sierra", "unknown", "unknown"),
            ("telit", "denied", "denied"),
            ("ublox", "searching", "searching"),
            ("generic", "not-registered", "not_registered"),
        ],
        |&(persona, told, state)| {
            assert_way_back(persona, &format!("registered_as = \"{told}\""), state);
        },
    );
}

#[test]
fn what_was_found_with_text_messages_alone_is_recovered_after_a_kill() {
    let opensim = Opensim::new();
    let world = denied("quectel", "registered_as = \"sms-only\"");
    let file = opensim.file("scenario.toml", &world);
    let modem = opensim.modem(&file, "20");
    let args = [
        "-v",
        "--lang",
        "en",
        "--modem",
        modem.path(),
        "switch",
        "bouygues",
        "--yes",
    ];
    let mut switch = opensim.command(&args).spawn().expect("it starts");
    let mut stderr = BufReader::new(switch.stderr.take().expect("a pipe"));
    wait_for_line(&mut stderr, "Joining");
    switch.kill().expect("it runs");
    switch.wait().expect("it ends");
    let recover = opensim.run(&["--json", "--modem", modem.path(), "recover"]);
    let done = [("/needed", json!(true)), ("/restored", json!(true))];
    assert_at(&recover.json(), &done, "recover");
    assert_eq!(recover.code(), 0);
    let status = opensim
        .run(&["--json", "--modem", modem.path(), "status"])
        .json();
    assert_at(&status, &[("/selection/plmn", json!("20801"))], "status");
    assert!(opensim.journal().is_empty());
}

#[test]
fn a_domain_that_searches_hides_none_that_carries_data() {
    let world = "base = \"legacy\"\npace = 100\n[start]\nmode = \"manual\"\nplmn = \"20820\"\n[quirks]\nregistration = { eps = \"searching\" }\n";
    let bench = Bench::new(world);
    let status = bench.json(&["status"]).json();
    let place = [
        ("/registration/state", json!("roaming")),
        ("/registration/plmn", json!("20820")),
        ("/registration/access", json!("umts")),
    ];
    assert_at(&status, &place, "3G, +CEREG searching");
    let scan = bench.json(&SCAN);
    let document = scan.json();
    let joined = [
        ("/availability", json!("available")),
        ("/access", json!("umts")),
    ];
    assert_at(row(&document, "bouygues"), &joined, "scan");
    assert_at(&document, &[("/restored", json!(true))], "scan");
    assert_eq!(bench.on(), "20820");
    let switch = bench.json(&["switch", "orange", "--yes"]);
    assert_eq!(switch.code(), 0, "{:#}", switch.json());
    let switch = bench.json(&["switch", "bouygues", "--yes"]);
    assert_at(&switch.json(), &[("/outcome", json!("switched"))], "switch");
    assert_eq!((switch.code(), bench.on()), (0, "20820".to_owned()));
}

/// Own members of kind B: 5G of its own beside `+CEREG` searching, and 4G beside two domains that were refused.
#[test]
fn domains_that_disagree_are_read_by_the_one_that_carries_data() {
    let five = "base = \"quectel-5g-home\"\npace = 100\n[quirks]\nregistration = { eps = \"searching\" }\n";
    let four = home(
        "telit",
        "registration = { cs = \"denied\", ps = \"denied\" }",
    );
    each(
        &[(five, "nr"), (four.as_str(), "lte")],
        |&(world, access)| {
            let switch = once(world, &SWITCH);
            let moved = [
                ("/outcome", json!("switched")),
                ("/to/plmn", json!("20810")),
            ];
            assert_at(&switch.json(), &moved, world);
            let scan = once(world, &SCAN).json();
            let joined = [
                ("/availability", json!("available")),
                ("/access", json!(access)),
            ];
            assert_at(row(&scan, "sfr"), &joined, world);
        },
    );
}

#[test]
fn what_2g_and_3g_are_is_told_in_the_survey_and_after_a_switch() {
    let words = [
        ("en", "in 2G only", "in 3G only"),
        ("fr", "en 2G seulement", "en 3G seulement"),
    ];
    each(&words, |&(lang, two, three)| {
        let bench = Bench::new("base = \"legacy\"\n");
        let document = bench.run(&["--json", "--lang", lang], &SCAN).json();
        for (carrier, access, words) in [("sfr", "gsm", two), ("bouygues", "umts", three)] {
            let own = row(&document, carrier);
            assert_eq!(own["access"], access, "{own:#}");
            let why = own["why"].as_array().expect("reasons");
            let legacy = why.iter().find(|note| note["code"] == "access.legacy");
            let said = legacy.expect("the reason")["message"].as_str();
            assert!(said.is_some_and(|said| said.contains(words)), "{said:?}");
        }
        let switch = bench.run(&["--json", "--lang", lang], &SWITCH).json();
        assert!(warns(&switch, "access.legacy"), "{switch:#}");
        assert!(switch["warnings"].to_string().contains(two), "{switch:#}");
    });
}

/// Own member of kind F: a modem of another family, whose status says it too.
#[test]
fn status_tells_2g_by_the_domain_that_is_registered() {
    each(&["huawei", "generic", "ublox"], |&persona| {
        let world = format!(
            "base = \"legacy\"\npersona = \"{persona}\"\npace = 100\n[start]\nmode = \"manual\"\nplmn = \"20810\"\n"
        );
        let status = once(&world, &["status"]).json();
        let place = [
            ("/registration/access", json!("gsm")),
            ("/registration/plmn", json!("20810")),
        ];
        assert_at(&status, &place, persona);
    });
}

#[test]
fn a_radio_that_is_off_is_said_with_what_to_do_and_is_not_switched_on() {
    // Own member: another family.
    each(&["quectel", "huawei"], |&persona| {
        let bench = Bench::new(&home(persona, "radio_off = true"));
        let status = bench.json(&["status"]);
        assert_eq!(status.code(), 0, "{:#}", status.json());
        assert!(
            warns(&status.json(), "modem.radio_off"),
            "{:#}",
            status.json()
        );
        for args in [&SCAN, &SWITCH] {
            let ran = bench.json(args);
            let document = ran.json();
            assert_eq!(
                (ran.code(), error(&document)),
                (6, "modem.radio_off"),
                "{persona}"
            );
        }
        let heard = bench.heard();
        assert!(
            !heard.iter().any(|line| line.contains("CFUN=")),
            "{heard:?}"
        );
        bench.assert_selected_only(&[]);
    });
    each(
        &[("en", "flight mode"), ("fr", "mode avion")],
        |&(lang, words)| {
            let (_, said) = told(&home("quectel", "radio_off = true"), lang, &SWITCH);
            assert!(said.contains(words) && said.contains("AT+CFUN=1"), "{said}");
        },
    );
}

#[test]
fn after_refusals_mode_and_place_are_told_as_they_are() {
    let world = "base = \"automatic\"\npace = 100\n[start]\nplmn = \"20820\"\n[[carrier]]\nname = \"F-Bouygues Telecom\"\nshort = \"BYTEL\"\nplmns = [\"20820\"]\nroaming = true\n[[carrier.cell]]\nband = 20\nearfcn = 6300\npci = 1\ncell_id = 0x2B51C03\ntac = 0x2F0A\nbandwidth_mhz = 10\nrsrp_dbm = -97\nrsrq_db = -10.5\nsinr_db = 9.5\n[quirks]\nrefuse_selection = \"error\"\n";
    let bench = Bench::new(world).within("3s");
    assert_eq!(bench.on(), "20820");
    let scan = bench.json(&SCAN);
    let document = scan.json();
    let place = [
        ("/selection_before/mode", json!("automatic")),
        ("/selection_after/mode", json!("automatic")),
        ("/selection_after/plmn", json!("20820")),
    ];
    assert_at(&document, &place, "scan");
    assert!(warns(&document, "selection.automatic_now"), "{document:#}");
    assert!(!warns(&document, "selection.was_automatic"), "{document:#}");
    // It never left, so it was never off line.
    assert_at(&document, &[("/cost/offline_s", json!(0.0))], "scan");
    each(
        &[
            ("en", &SCAN),
            ("en", &SWITCH),
            ("fr", &SCAN),
            ("fr", &SWITCH),
        ],
        |&(lang, args)| {
            let (_, said) = told(world, lang, args);
            for never in NOT_SO {
                assert!(!said.contains(never), "{never}: {said}");
            }
        },
    );
    assert_eq!(bench.on(), "20820");
}

/// What is not so of a modem that refused every selection and stayed where it was.
const NOT_SO: [&str; 6] = [
    "now stays on",
    "reste maintenant sur",
    "NOT back",
    "n’est PAS revenu",
    "is back on",
    "de nouveau sur",
];

/// Own members of kind I: a refusal with a number, by a modem in manual selection, and one that loses the network.
#[test]
fn a_switch_that_is_refused_says_whether_the_modem_ever_left() {
    each(
        &[
            ("huawei", "cme-30"),
            ("simcom", "error"),
            ("telit", "cme-3"),
        ],
        |&(persona, how)| {
            let world = home(persona, &format!("refuse_selection = \"{how}\""));
            let bench = Bench::new(&world).within("3s");
            let switch = bench.json(&SWITCH);
            assert_eq!(
                (switch.code(), bench.on()),
                (10, "20801".to_owned()),
                "{persona}: {:#}",
                switch.json()
            );
            assert_at(
                &switch.json(),
                &[("/outcome", json!("rolled_back"))],
                persona,
            );
        },
    );
    let lost = Bench::new(&home("quectel", "refuse_selection = \"error-and-lost\"")).within("3s");
    let switch = lost.json(&SWITCH);
    assert_eq!(
        (switch.code(), lost.on()),
        (11, String::new()),
        "{:#}",
        switch.json()
    );
    assert_eq!(lost.opensim.journal().len(), 1);
}

#[test]
fn a_network_without_a_name_is_asked_by_number_and_the_modem_comes_back() {
    // Own members: other ways to say nothing, in other families.
    each(
        &[
            ("generic", "operator_name = \"empty\""),
            ("generic", "operator_name = \"missing\""),
            ("quectel", "operator_name = \"unknown\""),
            ("huawei", "operator_name = \"empty\"\njoined = \"refused\""),
            (
                "sierra",
                "operator_name = \"missing\"\noperator_without_access = true",
            ),
        ],
        |&(persona, quirks)| {
            let bench = Bench::new(&home(persona, quirks));
            let case = format!("{persona}, {quirks}");
            let scan = bench.json(&SCAN);
            let document = scan.json();
            assert_eq!(
                (scan.code(), bench.on()),
                (0, "20801".to_owned()),
                "{case}: {document:#}"
            );
            assert_at(&document, &[("/restored", json!(true))], &case);
            for carrier in ["orange", "sfr", "bouygues"] {
                assert_at(
                    row(&document, carrier),
                    &[("/availability", json!("available"))],
                    &case,
                );
            }
            assert!(!warns(&document, "restore.nothing_before"), "{case}");
            let switch = bench.json(&SWITCH);
            assert_at(&switch.json(), &[("/outcome", json!("switched"))], &case);
            assert_eq!(
                (switch.code(), bench.on()),
                (0, "20810".to_owned()),
                "{case}"
            );
        },
    );
}

#[test]
fn a_switch_that_moved_a_nameless_modem_never_says_that_nothing_was_changed() {
    for lang in ["en", "fr"] {
        let world = denied("generic", "operator_name = \"empty\"");
        let (code, said) = told(&world, lang, &SWITCH);
        assert_eq!(code, 10, "{said}");
        assert!(
            !said.contains("Nothing was changed") && !said.contains("Rien n’a été changé"),
            "{said}"
        );
    }
}
