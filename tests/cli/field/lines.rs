//! How a modem takes and answers command lines: kinds C, E, J, L, P and S.

use super::*;

#[test]
fn a_joined_line_that_is_refused_is_sent_in_parts_and_the_survey_is_whole() {
    // Own members: the first part alone, echoes of both, in other families.
    each(
        &[
            ("quectel", "refused"),
            ("telit", "first-only"),
            ("ublox", "echo-twice"),
            ("sierra", "refused"),
            ("generic", "first-only"),
        ],
        |&(persona, how)| {
            let bench = Bench::new(&home(persona, &format!("joined = \"{how}\"")));
            let case = format!("{persona}, {how}");
            let scan = bench.json(&SCAN);
            let document = scan.json();
            assert_eq!(
                (scan.code(), bench.on()),
                (0, "20801".to_owned()),
                "{case}: {document:#}"
            );
            for carrier in ["orange", "sfr", "bouygues"] {
                assert_at(
                    row(&document, carrier),
                    &[("/availability", json!("available"))],
                    &case,
                );
            }
            let switch = bench.json(&SWITCH);
            assert_eq!(
                (switch.code(), bench.on()),
                (0, "20810".to_owned()),
                "{case}: {:#}",
                switch.json()
            );
        },
    );
}

#[test]
fn a_query_without_an_answer_costs_its_own_value_alone() {
    let quirks = "cell_row = \"error\"\nsilent_to = [\"AT+CSQ\", \"AT+CESQ\"]";
    // Own members: other families, other commands.
    each(
        &[
            ("quectel", quirks),
            ("huawei", quirks),
            ("simcom", "silent_to = [\"AT+CIMI\"]"),
            ("sierra", "silent_to = [\"AT!GSTATUS\"]"),
            ("telit", "silent_to = [\"AT+CGCONTRDP\"]"),
        ],
        |&(persona, quirks)| {
            let ran = waited(&home(persona, quirks), &["status"]);
            let document = ran.json();
            let case = format!("{persona}, {quirks}");
            assert_eq!(ran.code(), 0, "{case}: {document:#}");
            let rest = [
                ("/sim/state", json!("ready")),
                ("/registration/state", json!("home")),
                ("/registration/plmn", json!("20801")),
                ("/selection/mode", json!("manual")),
            ];
            assert_at(&document, &rest, &case);
            assert!(
                document["modem"]["imei"].is_string(),
                "{case}: {document:#}"
            );
            assert!(
                warns(&document, "modem.query_unanswered"),
                "{case}: {document:#}"
            );
        },
    );
}

#[test]
fn lines_without_a_result_code_are_taken_as_they_came() {
    each(
        &[
            ("quectel", "AT+CSQ"),
            ("quectel", "AT+COPS?"),
            ("huawei", "AT+CEREG?"),
            ("simcom", "AT+CPSI?"),
        ],
        |&(persona, command)| {
            let ran = waited(
                &home(persona, &format!("no_final_to = [\"{command}\"]")),
                &["status"],
            );
            let document = ran.json();
            let rest = [
                ("/registration/state", json!("home")),
                ("/registration/plmn", json!("20801")),
                ("/registration/access", json!("lte")),
                ("/radio/cell_id", json!(45_423_619)),
            ];
            assert_at(&document, &rest, command);
            assert_eq!(ran.code(), 0, "{command}");
        },
    );
}

#[test]
fn a_list_of_networks_without_a_result_code_is_the_list() {
    let world = home("generic", "no_final_to = [\"AT+COPS=?\"]");
    let ran = waited(&world, &["scan", "--yes", "--radio-only"]);
    let document = ran.json();
    let networks = document["networks"].as_array().expect("networks");
    assert!(networks.len() >= 3, "{document:#}");
    // Its own time, and not the 316 s after which nothing is waited for any more.
    let seconds = document["cost"]["seconds"].as_f64().expect("seconds");
    assert!(seconds < 120.0, "{document:#}");
    assert!(!warns(&document, "network_list.failed"), "{document:#}");
}

#[test]
fn silence_to_everything_is_what_does_not_answer_means() {
    for how in ["silent", "noise", "ppp"] {
        let ran = waited(&home("quectel", &format!("dead = \"{how}\"")), &["status"]);
        assert_eq!(
            (ran.code(), error(&ran.json())),
            (7, "modem.silent"),
            "{how}"
        );
    }
}

#[test]
fn a_card_that_wakes_up_is_waited_for_and_one_that_fails_is_said() {
    let while_it_wakes = "sim_busy_s = 8";
    each(
        &[
            (
                "quectel",
                format!("sim_words = \"SIM BUSY\"\n{while_it_wakes}"),
                0,
                "ready",
                "none",
            ),
            (
                "quectel",
                "sim_words = \"SIM BUSY\"".to_owned(),
                5,
                "busy",
                "sim.busy",
            ),
            // Own members: other words, as a line and as an error, in other families.
            (
                "simcom",
                format!("sim_words = \"NOT READY\"\n{while_it_wakes}"),
                0,
                "ready",
                "none",
            ),
            (
                "huawei",
                format!("sim_words = \"SIM busy\"\nsim_words_as = \"error\"\n{while_it_wakes}"),
                0,
                "ready",
                "none",
            ),
            (
                "telit",
                "sim_words = \"SIM failure\"\nsim_words_as = \"error\"".to_owned(),
                5,
                "failed",
                "sim.failed",
            ),
            (
                "simcom",
                "sim_words = \"SIM failure\"".to_owned(),
                5,
                "failed",
                "sim.failed",
            ),
            (
                "quectel",
                "sim_words = \"SIM BLOCKED\"".to_owned(),
                5,
                "failed",
                "sim.failed",
            ),
            (
                "generic",
                "sim_words = \"SIM not inserted\"".to_owned(),
                5,
                "absent",
                "sim.absent",
            ),
            (
                "ublox",
                "sim_words = \"PH-NET PIN\"".to_owned(),
                5,
                "locked",
                "sim.locked",
            ),
        ],
        |&(persona, ref quirks, code, state, error_code)| {
            let ran = waited(&home(persona, quirks), &["status"]);
            let document = ran.json();
            assert_eq!(
                (
                    ran.code(),
                    document["sim"]["state"].as_str(),
                    error(&document)
                ),
                (code, Some(state), error_code),
                "{persona}, {quirks}: {document:#}"
            );
            let switch = waited(&home(persona, quirks), &SWITCH);
            assert_eq!(
                switch.code(),
                code,
                "{persona}, {quirks}: {:#}",
                switch.json()
            );
        },
    );
}

#[test]
fn result_codes_as_numbers_or_none_are_understood_by_every_command() {
    // Own members: other families.
    each(
        &[
            ("quectel", "numeric"),
            ("quectel", "none"),
            ("huawei", "numeric"),
            ("telit", "none"),
            ("simcom", "numeric"),
        ],
        |&(persona, how)| {
            let bench = Bench::new(&home(persona, &format!("result_codes = \"{how}\"")));
            let case = format!("{persona}, {how}");
            let raw = bench.json(&["at", "ATV1", "AT+CSQ"]);
            let document = raw.json();
            assert_eq!(raw.code(), 0, "{case}: {document:#}");
            assert_at(
                &document,
                &[
                    ("/answers/0/ok", json!(true)),
                    ("/answers/1/ok", json!(true)),
                ],
                &case,
            );
            let status = bench.json(&["status"]);
            assert_at(
                &status.json(),
                &[("/registration/plmn", json!("20801"))],
                &case,
            );
            let switch = bench.json(&SWITCH);
            assert_eq!(
                (switch.code(), bench.on()),
                (0, "20810".to_owned()),
                "{case}: {:#}",
                switch.json()
            );
        },
    );
}

#[test]
fn a_modem_that_answers_cmee_oddly_is_in_step_again_after_a_silence() {
    // Own members: other families and another silent command.
    each(
        &[
            ("quectel", "bare-ok", "AT+CIMI"),
            ("quectel", "error", "AT+CIMI"),
            ("huawei", "bare-ok", "AT+CGCONTRDP"),
            ("sierra", "error", "AT!GSTATUS"),
        ],
        |&(persona, cmee, silent)| {
            let quirks = format!("cmee = \"{cmee}\"\nsilent_to = [\"{silent}\"]");
            let case = format!("{persona}, {quirks}");
            let world = home(persona, &quirks);
            let status = waited(&world, &["status"]);
            let document = status.json();
            assert_eq!(status.code(), 0, "{case}: {document:#}");
            assert_at(&document, &[("/selection/plmn", json!("20801"))], &case);
            let scan = waited(&world, &SCAN);
            assert_at(&scan.json(), &[("/restored", json!(true))], &case);
            assert_eq!(scan.code(), 0, "{case}: {:#}", scan.json());
        },
    );
}

#[test]
fn an_answer_with_a_field_more_or_less_is_still_the_answer() {
    // Own members: a field fewer, values without quotes, in other families.
    each(
        &[
            ("generic", "creg_fields = \"extra\"", 3),
            ("quectel", "creg_fields = \"extra\"", 3),
            ("telit", "creg_fields = \"fewer\"", 1),
            ("simcom", "creg_unquoted = true\ncreg_fields = \"extra\"", 3),
        ],
        |&(persona, quirks, field)| {
            let bench = Bench::new(&home(persona, quirks));
            let case = format!("{persona}, {quirks}");
            let raw = bench.json(&["at", "AT+CREG?"]);
            let document = raw.json();
            let lines = document["answers"][0]["lines"].to_string();
            assert!(lines.contains("+CREG: "), "{case}: {document:#}");
            assert!(lines.matches(',').count() + 1 >= field, "{case}: {lines}");
            let status = bench.json(&["status"]).json();
            assert_at(&status, &[("/registration/state", json!("home"))], &case);
            let scan = bench.json(&SCAN);
            assert_eq!(
                (scan.code(), bench.on()),
                (0, "20801".to_owned()),
                "{case}: {:#}",
                scan.json()
            );
        },
    );
}
