use std::time::Duration;

use proptest::prelude::*;

use super::bench::Bench;
use crate::Scenario;
use crate::world::Selection;
use opensim_domain::RegistrationState;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

fn plmn(bench: &Bench) -> String {
    bench
        .modem
        .world()
        .plmn()
        .map_or_else(|| "none".to_owned(), |p| p.to_string())
}

#[test]
fn a_selection_moves_the_world_and_everything_that_is_said_follows() {
    let mut bench = Bench::named("home");
    assert_eq!(bench.ask("ATE0"), ["OK"]);
    assert_eq!(bench.ask("AT+CEREG=2"), ["OK"]);
    assert_eq!(bench.ask("AT+COPS?"), [r#"+COPS: 1,0,"Orange F",7"#, "OK"]);
    let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 20 * SECOND);
    assert_eq!(
        received,
        ["+CEREG: 2", r#"+CEREG: 5,"3C22","5C4EF15",7"#, "OK"]
    );
    assert_eq!(plmn(&bench), "20810");
    assert_eq!(bench.ask("AT+COPS=3,2"), ["OK"]);
    assert_eq!(bench.ask("AT+COPS?"), [r#"+COPS: 1,2,"20810",7"#, "OK"]);
    let cell = bench.ask(r#"AT+QENG="servingcell""#);
    assert!(
        cell[0].starts_with(
            r#"+QENG: "servingcell","NOCONN","LTE","FDD",208,10,5C4EF15,87,1675,3,5,5,3C22,-8"#
        ),
        "{cell:?}"
    );
}

#[test]
fn the_echo_comes_as_typed_and_the_answer_after_it() {
    let mut bench = Bench::named("home");
    bench.type_in(b"at+cimi\r\n");
    bench.wait(SECOND);
    assert_eq!(
        String::from_utf8_lossy(&bench.received),
        "at+cimi\r\r\n208010000000012\r\n\r\nOK\r\n"
    );
}

#[test]
fn every_scenario_answers_what_a_host_asks_first() {
    for name in Scenario::names() {
        let mut bench = Bench::named(name);
        // What was left on the wire is out with the first answer.
        let first = bench.ask("ATE0V1+CMEE=1");
        assert_eq!(first.last().map(String::as_str), Some("OK"), "{name}");
        bench.ask("AT^CURC=0");
        for line in [
            "AT+GCAP",
            "AT+CGMI",
            "AT+CGMM",
            "AT+CGMR",
            "AT+CGSN",
            "ATI",
            "AT+CFUN?",
            "AT+CREG=2;+CGREG=2;+CEREG=2",
            "AT+CREG?;+CGREG?;+CEREG?",
            "AT+CSQ",
            "AT+COPS=3,2;+COPS?",
            "AT+CGDCONT=?",
            "AT+CSCS=?",
            "ATX4",
            "AT&C1",
            "AT+CEER",
        ] {
            let answer = bench.ask(line);
            assert_eq!(
                answer.last().map(String::as_str),
                Some("OK"),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn the_names_of_a_scenario_s_start_hold() {
    for (name, mode, state) in [
        ("home", 1, RegistrationState::Home),
        ("automatic", 0, RegistrationState::Home),
        ("rural", 1, RegistrationState::Roaming),
        ("pin", 1, RegistrationState::NotRegistered),
        ("puk", 1, RegistrationState::NotRegistered),
        ("no-sim", 1, RegistrationState::NotRegistered),
    ] {
        let mut bench = Bench::named(name);
        let answer = bench.ask("ATE0+COPS?");
        assert!(
            answer[0].starts_with(&format!("+COPS: {mode}")),
            "{name}: {answer:?}"
        );
        assert_eq!(bench.modem.world().registration().state, state, "{name}");
    }
}

#[test]
fn a_wrong_pin_costs_a_try_and_the_right_one_registers() {
    let mut bench = Bench::named("pin");
    bench.ask("ATE0");
    assert_eq!(bench.ask("AT+CPIN?"), ["+CPIN: SIM PIN", "OK"]);
    assert_eq!(bench.ask("AT+CIMI"), ["+CME ERROR: 11"]);
    assert_eq!(
        bench.ask(r#"AT+QPINC="SC""#),
        [r#"+QPINC: "SC",3,10"#, "OK"]
    );
    assert_eq!(bench.ask(r#"AT+CPIN="0000""#), ["+CME ERROR: 16"]);
    assert_eq!(
        bench.ask(r#"AT+QPINC="SC""#),
        [r#"+QPINC: "SC",2,10"#, "OK"]
    );
    assert_eq!(bench.ask(r#"AT+CPIN="1234""#), ["OK"]);
    bench.wait(10 * SECOND);
    assert_eq!(plmn(&bench), "20801");
    assert_eq!(bench.ask(r#"AT+CLCK="SC",2"#), ["+CLCK: 1", "OK"]);
}

#[test]
fn errors_are_worded_as_cmee_says() {
    let mut bench = Bench::named("no-sim");
    bench.ask("ATE0");
    for (level, error) in [
        (0, "ERROR"),
        (1, "+CME ERROR: 10"),
        (2, "+CME ERROR: SIM not inserted"),
    ] {
        bench.ask(&format!("AT+CMEE={level}"));
        assert_eq!(bench.ask("AT+CPIN?"), [error]);
    }
    assert_eq!(bench.ask("ATV0+CMEE=0"), ["0"]);
    assert_eq!(bench.ask("AT+CPIN?"), ["4"]);
}

#[test]
fn each_persona_words_the_same_truth_in_its_own_way() {
    for (scenario, line, starts) in [
        ("home", "AT+QCSQ", r#"+QCSQ: "LTE",-7"#),
        (
            "home",
            "AT+QNWINFO",
            r#"+QNWINFO: "FDD LTE","20801","LTE BAND 20",6400"#,
        ),
        ("home", "AT+QCCID", "+QCCID: 8933010000000012346"),
        ("home", "AT+CESQ", "ERROR"),
        ("home", "ATI", "Quectel"),
        (
            "simcom-home",
            "AT+CPSI?",
            "+CPSI: LTE,Online,208-01,0x2F0A,45423619,214,EUTRAN-BAND20,6400,3,3,-1",
        ),
        ("simcom-home", "AT+CICCID", "+ICCID: 8933010000000012346"),
        ("simcom-home", "AT+SPIC", "+SPIC: 3,10,0,10"),
        ("simcom-home", "ATI", "Manufacturer: SIMCOM INCORPORATED"),
        ("huawei-home", "AT^HCSQ?", r#"^HCSQ: "LTE","#),
        (
            "huawei-home",
            "AT^MONSC",
            "^MONSC: LTE,208,01,6400,2B51C03,D6,2F0A,-9",
        ),
        (
            "huawei-home",
            "AT^HFREQINFO?",
            "^HFREQINFO: 0,6,20,6400,8160,10000,24400,8570,10000",
        ),
        (
            "huawei-home",
            "AT^SYSINFOEX",
            r#"^SYSINFOEX: 2,3,0,1,,6,"LTE",101,"LTE""#,
        ),
        ("huawei-home", "AT^ICCID?", "^ICCID: 8933010000000012346"),
        ("huawei-home", "AT^CPIN?", "^CPIN: READY,,10,3,10,3"),
        ("huawei-home", "AT+BAD", "COMMAND NOT SUPPORT"),
        ("generic-home", "AT+CESQ", "+CESQ: 99,99,255,255,"),
        ("generic-home", "AT+CPINR", "+CPINR: SIM PIN,3,3"),
        ("generic-home", "AT+CCID", "+CCID: 8933010000000012346"),
        ("generic-home", "AT+BAD", "ERROR"),
        (
            "generic-home",
            "AT+CRSM=176,12258,0,0,10",
            r#"+CRSM: 144,0,"983310000000002143F6""#,
        ),
        (
            "generic-home",
            "AT+CRSM=176,28589,0,0,4",
            r#"+CRSM: 144,0,"00000002""#,
        ),
    ] {
        let mut bench = Bench::named(scenario);
        bench.ask("ATE0");
        let answer = bench.ask(line);
        assert!(
            answer[0].starts_with(starts),
            "{scenario} {line}: {answer:?}"
        );
    }
}

#[test]
fn levels_are_the_world_s_in_every_scale() {
    let number =
        |text: &str, at: usize| -> i32 { text.split(',').nth(at).unwrap().trim().parse().unwrap() };
    for (toml, line, column, to_tenths) in [
        (
            "persona = \"quectel\"",
            r#"AT+QENG="servingcell""#,
            16,
            (|raw| raw * 2 - 200) as fn(i32) -> i32,
        ),
        (
            "[modem]\nsinr = \"decibel\"",
            r#"AT+QENG="servingcell""#,
            16,
            |raw| raw * 10,
        ),
        ("", "AT+QCSQ", 3, |raw| raw * 2 - 200),
        ("persona = \"huawei\"", "AT^HCSQ?", 3, |raw| raw * 2 - 202),
        ("persona = \"simcom\"", "AT+CPSI?", 13, |raw| raw * 20 - 200),
    ] {
        let mut bench = Bench::home_with(toml);
        bench.ask("ATE0");
        let told = to_tenths(number(
            &bench.ask_for(line, Duration::from_millis(15))[0],
            column,
        ));
        let world = bench.modem.world();
        let camp = world.registration().camp.unwrap();
        let truth = world.levels(world.cell(camp), bench.now).sinr;
        assert!((told - truth).abs() <= 10, "{line}: {told} for {truth}");
    }
}

#[test]
fn cells_of_older_technologies_are_worded_as_such() {
    let scenario = |persona: &str, access: &str| {
        let text = format!(
            "persona = \"{persona}\"\n[start]\nmode = \"manual\"\nplmn = \"20810\"\n[[carrier]]\nname = \"F SFR\"\n\
             plmns = [\"20810\"]\n[[carrier.cell]]\naccess = \"{access}\"\nband = 8\nearfcn = 2975\npci = 58\n\
             cell_id = 0x6FE0090\ntac = 0x1F00\nbandwidth_mhz = 5\nrsrp_dbm = -78\nrsrq_db = -4.5\nsinr_db = 5\nfading_db = 0"
        );
        Bench::new(&Scenario::from_toml(&text, "test").unwrap())
    };
    for (persona, access, line, said) in [
        (
            "quectel",
            "umts",
            r#"AT+QENG="servingcell""#,
            r#"+QENG: "servingcell","NOCONN","WCDMA",208,10,1F00,6FE0090,2975,58,0,-78,-5,-,-,-,-,-"#,
        ),
        ("quectel", "gsm", "AT+QCSQ", r#"+QCSQ: "GSM",-78"#),
        (
            "simcom",
            "umts",
            "AT+CPSI?",
            "+CPSI: WCDMA,Online,208-10,0x1F00,117309584,WCDMA 900,58,2975,0,4.5,78,33,41,500",
        ),
        ("huawei", "umts", "AT^HCSQ?", r#"^HCSQ: "WCDMA",47,43,56"#),
        ("huawei", "gsm", "AT+COPS?", r#"+COPS: 1,0,"F SFR",0"#),
        ("generic", "umts", "AT+CESQ", "+CESQ: 99,99,43,40,255,255"),
        ("generic", "gsm", "AT+CESQ", "+CESQ: 33,99,255,255,255,255"),
    ] {
        let mut bench = scenario(persona, access);
        bench.ask("ATE0");
        assert_eq!(bench.ask(line)[0], said, "{persona}");
    }
}

#[test]
fn an_asr_modem_answers_a_chain_in_an_order_of_its_own() {
    let mut bench = Bench::named("ec200-home");
    let first = bench.ask("AT+CSQ");
    // What was left of an old answer stands before the echo.
    assert_eq!(first[..2], ["9,99", "RDAT+CSQ"]);
    let chain = bench.ask("ATE0;+CPIN?;+COPS?;+CREG?;+CSQ");
    let heads: Vec<&str> = chain
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(heads, ["+CSQ", "+CREG", "+CPIN", "+COPS", "OK"]);
}

#[test]
fn a_survey_takes_its_time_and_a_character_ends_it() {
    let mut bench = Bench::named("home");
    bench.ask("ATE0");
    assert_eq!(bench.ask_for("AT+QOPS", 40 * SECOND), [""; 0]);
    let rows = bench.receive_for(10 * SECOND);
    assert_eq!(rows.matches("+QOPS:").count(), 4, "{rows}");
    assert_eq!(rows.matches("\"4G\"").count(), 4, "{rows}");
    bench.ask_for("AT+QOPS", SECOND);
    assert_eq!(bench.ask("x"), ["OK"]);
}

#[test]
fn a_5g_modem_words_anchor_leg_and_a_cell_of_its_own() {
    let mut bench = Bench::named("quectel-5g-home");
    bench.ask("ATE0");
    let anchor = bench.ask(r#"AT+QENG="servingcell""#);
    assert_eq!(anchor[0], r#"+QENG: "servingcell","NOCONN""#);
    assert!(anchor[1].starts_with(r#"+QENG: "LTE","FDD",208,01,2B51C03,214,6400,20,3,3,2F0A,-9"#));
    assert!(anchor[2].starts_with(r#"+QENG:"NR5G-NSA",208,01,718,"#));
    assert_eq!(bench.ask("AT+C5GREG?")[0], "+C5GREG: 2,0");
    bench.ask_for(r#"AT+COPS=1,2,"20810",11"#, 20 * SECOND);
    let alone = bench.ask(r#"AT+QENG="servingcell""#);
    let head = r#"+QENG: "servingcell","NOCONN","NR5G-SA","TDD",208,10,1C4EF1001,587,1A3C22,650304,78,10,-"#;
    assert!(alone[0].starts_with(head), "{alone:?}");
    assert_eq!(bench.ask("AT+CSQ")[0], "+CSQ: 99,99");
    assert_eq!(
        bench.ask("AT+C5GREG?")[0],
        r#"+C5GREG: 2,5,"1A3C22","1C4EF1001",11,1,"01""#
    );
}

#[test]
fn names_and_codes_come_in_the_character_set_in_use() {
    let mut bench = Bench::named("home");
    bench.ask(r#"ATE0+CSCS="UCS2""#);
    assert_eq!(
        bench.ask("AT+COPS?")[0],
        r#"+COPS: 1,0,"004F00720061006E0067006500200046",7"#
    );
    bench.ask_for(r#"AT+COPS=1,2,"00320030003800310030""#, 20 * SECOND);
    assert_eq!(plmn(&bench), "20810");
    assert_eq!(
        bench.ask("AT+COPS=3,2;+COPS?")[0],
        r#"+COPS: 1,2,"00320030003800310030",7"#
    );
    assert_eq!(bench.ask(r#"AT+CSCS="004900520041""#), ["OK"]);
    assert_eq!(bench.ask("AT+CSCS?")[0], r#"+CSCS: "IRA""#);
}

#[test]
fn the_network_list_takes_its_time_and_says_which_is_in_use() {
    let mut bench = Bench::named("home");
    bench.ask("ATE0");
    assert_eq!(bench.ask_for("AT+COPS=?", 40 * SECOND), [""; 0]);
    let list = bench.receive_for(10 * SECOND);
    assert_eq!(
        list,
        "\r\n+COPS: (2,\"Orange F\",\"Orange\",\"20801\",7),(1,\"F SFR\",\"SFR\",\"20810\",7),\
         (1,\"F SFR\",\"SFR\",\"20809\",7),(1,\"F-Bouygues Telecom\",\"BYTEL\",\"20820\",7),,(0-4),(0-2)\r\n\r\nOK\r\n"
    );
}

#[test]
fn a_character_aborts_the_network_list_and_is_gone() {
    let mut bench = Bench::named("simcom-home");
    bench.ask("ATE0");
    bench.ask_for("AT+COPS=?", 5 * SECOND);
    // Only the first character aborts; what follows it is typed into a new line.
    assert_eq!(bench.ask("XAT+CIMI"), ["ERROR", "208010000000012", "OK"]);
    assert_eq!(bench.receive_for(2 * MINUTE), "");
}

#[test]
fn a_character_right_after_the_command_aborts_nothing() {
    let mut bench = Bench::named("home");
    bench.ask("ATE0");
    bench.type_in(b"AT+COPS=?\r");
    bench.wait(Duration::from_millis(50));
    bench.type_in(b"\nx");
    assert!(bench.receive_for(MINUTE).contains("+COPS: (2,"));
}

#[test]
fn a_refusal_is_an_error_a_state_and_a_forbidden_entry() {
    let mut bench = Bench::named("denied");
    bench.ask("ATE0+CEREG=3");
    let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 10 * SECOND);
    assert_eq!(
        received,
        ["+CEREG: 2", "+CEREG: 3,,,,0,11", "+CME ERROR: 32"]
    );
    assert_eq!(
        bench.ask("AT+CEER")[0],
        "+CEER: EMM cause 11, PLMN not allowed"
    );
    assert_eq!(bench.ask("AT+COPS?")[0], "+COPS: 1");
    assert!(bench.ask_for("AT+COPS=?", MINUTE)[0].contains(r#"(3,"F SFR","SFR","20810",7)"#));
    // Out of reach: not in the list, and no service after a search.
    let received = bench.ask_for(r#"AT+COPS=1,2,"20820""#, 30 * SECOND);
    assert_eq!(received.last().unwrap(), "+CME ERROR: 30");
}

#[test]
fn every_mode_of_the_selection_is_obeyed() {
    let mut bench = Bench::named("home");
    bench.ask("ATE0");
    bench.ask("AT+COPS=2");
    assert_eq!(
        (bench.ask("AT+COPS?")[0].as_str(), plmn(&bench).as_str()),
        ("+COPS: 2", "none")
    );
    bench.ask_for("AT+COPS=0", 20 * SECOND);
    assert_eq!(bench.modem.world().selection(), Selection::Automatic);
    assert_eq!(plmn(&bench), "20801");
    bench.ask_for(r#"AT+COPS=4,2,"20820""#, 20 * SECOND);
    assert_eq!(plmn(&bench), "20820");
    assert!(bench.ask("AT+COPS?")[0].starts_with("+COPS: 4,"));
    bench.ask_for(r#"AT+COPS=1,0,"F SFR""#, 20 * SECOND);
    assert_eq!(plmn(&bench), "20810");
    // The technology it has not.
    let received = bench.ask_for(r#"AT+COPS=1,2,"20801",2"#, 30 * SECOND);
    assert_eq!(received, ["+CME ERROR: 30"]);
    assert_eq!(bench.ask(r#"AT+COPS=1,2,"abc""#), ["+CME ERROR: 50"]);
}

#[test]
fn the_command_lines_are_remembered_as_typed() {
    let mut bench = Bench::named("home");
    bench.ask("at+csq");
    bench.type_in(b"a/");
    bench.ask("nothing");
    assert_eq!(
        bench.modem.commands().collect::<Vec<_>>(),
        ["at+csq", "at+csq"]
    );
}

#[test]
fn an_attempt_that_never_ends_is_given_up_by_the_modem_itself() {
    let text = r#"
        persona = "generic"
        [start]
        mode = "deregistered"
        [[carrier]]
        name = "Loop"
        plmns = ["00101"]
        availability = "never-ends"
        [[carrier.cell]]
        band = 3
        earfcn = 1300
        pci = 1
        cell_id = 1
        tac = 1
        bandwidth_mhz = 20
        rsrp_dbm = -90
        rsrq_db = -9
        sinr_db = 10
    "#;
    let mut bench = Bench::new(&Scenario::from_toml(text, "test").unwrap());
    bench.ask("ATE0+CMEE=1");
    assert_eq!(bench.ask_for(r#"AT+COPS=1,2,"00101""#, 2 * MINUTE), [""; 0]);
    assert_eq!(bench.receive_for(2 * MINUTE), "\r\n+CME ERROR: 31\r\n");
    assert_eq!(
        bench.modem.world().registration().state,
        RegistrationState::Searching
    );
}

#[test]
fn ok_comes_early_or_late_as_the_scenario_says() {
    let select = r#"AT+COPS=1,2,"20810""#;
    let mut early = Bench::home_with("[faults]\nearly_ok = true");
    early.ask("ATE0");
    assert_eq!(early.ask(select), ["OK"]);
    assert_eq!(plmn(&early), "none");
    early.wait(10 * SECOND);
    assert_eq!(plmn(&early), "20810");
    let mut late = Bench::home_with("[faults]\nlate_ok_ms = 5000");
    late.ask("ATE0");
    assert_eq!(late.ask_for(select, 8 * SECOND), [""; 0]);
    assert_eq!(plmn(&late), "20810");
    assert_eq!(late.receive_for(5 * SECOND), "\r\nOK\r\n");
}

#[test]
fn a_stale_registration_is_told_while_the_truth_has_moved() {
    let mut bench = Bench::home_with("[faults]\nearly_ok = true\nstale_registration_ms = 15000");
    bench.ask("ATE0+COPS=3,2;+CEREG=1");
    bench.ask(r#"AT+COPS=1,2,"20810""#);
    bench.wait(9 * SECOND);
    assert_eq!(plmn(&bench), "20810");
    assert_eq!(
        bench.ask("AT+CEREG?;+COPS?"),
        ["+CEREG: 1,1", r#"+COPS: 1,2,"20801",7"#, "OK"]
    );
    assert!(bench.receive_for(10 * SECOND).contains("+CEREG: 5"));
    assert_eq!(bench.ask("AT+COPS?")[0], r#"+COPS: 1,2,"20810",7"#);
}

#[test]
fn a_restart_forgets_the_settings_and_keeps_the_selection() {
    let mut bench =
        Bench::home_with("persona = \"simcom\"\n[faults]\nreboot_on_select = \"20810\"");
    bench.ask("ATE0");
    let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 7 * SECOND);
    assert_eq!(received, [""; 0]);
    let received = bench.receive_for(3 * SECOND);
    assert_eq!(
        received,
        "\r\r\nRDY\r\n\r\r\n+CPIN: READY\r\n\r\r\nSMS DONE\r\n\r\r\nPB DONE\r\n"
    );
    bench.wait(20 * SECOND);
    assert_eq!(plmn(&bench), "20810");
    bench.type_in(b"AT\r");
    assert!(bench.receive_for(SECOND).ends_with("\r\nOK\r\n"));
    assert!(
        bench.received.windows(3).any(|w| w == b"AT\r"),
        "the echo is on again"
    );
    // Asked for, too: OK first.
    assert_eq!(bench.ask("AT+CFUN=1,1"), ["OK"]);
    assert!(bench.receive_for(10 * SECOND).contains("RDY"));
}

#[test]
fn unplugged_it_says_nothing_more() {
    for fault in ["unplug_on_select = \"20810\"", "unplug_at_s = 3"] {
        let mut bench = Bench::home_with(&format!("[faults]\n{fault}"));
        bench.ask("ATE0");
        bench.ask_for(r#"AT+COPS=1,2,"20810""#, 5 * SECOND);
        assert!(bench.modem.is_unplugged(), "{fault}");
        assert_eq!(bench.modem.poll_timeout(), None);
        assert_eq!(bench.ask("AT"), [""; 0]);
    }
}

#[test]
fn a_hung_network_list_deafens_the_modem() {
    let mut bench = Bench::named("wedged");
    bench.ask("ATE0");
    assert_eq!(bench.ask_for("AT+COPS=?", 30 * MINUTE), [""; 0]);
    assert_eq!(bench.ask_for("AT", 30 * MINUTE), [""; 0]);
}

#[test]
fn what_was_asked_in_a_silence_is_answered_after_it_all_at_once() {
    let mut bench = Bench::named("wedged");
    bench.ask("ATE0");
    assert_eq!(bench.ask_for(r#"AT+COPS=1,2,"20810""#, MINUTE), [""; 0]);
    assert_eq!(bench.ask("AT+CMEE?"), [""; 0]);
    let received = bench.receive_for(MINUTE);
    assert_eq!(received, "\r\nOK\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert_eq!(plmn(&bench), "20810");
}

#[test]
fn what_was_asked_in_a_silence_that_loses_is_lost() {
    let mut bench =
        Bench::home_with("[faults]\nsilent_from_s = 2\nsilent_for_s = 10\nsilence = \"lost\"");
    bench.ask_for("ATE0", 3 * SECOND);
    assert_eq!(bench.ask("AT"), [""; 0]);
    assert_eq!(bench.receive_for(20 * SECOND), "");
    assert_eq!(bench.ask("AT"), ["OK"]);
}

#[test]
fn one_command_can_be_late() {
    let mut bench =
        Bench::home_with("[faults]\nlate_reply = [{ command = \"AT+CSQ\", ms = 7000 }]");
    bench.ask("ATE0");
    assert_eq!(bench.ask_for("AT+CSQ", 6 * SECOND), [""; 0]);
    assert_eq!(bench.ask("AT+CMEE?"), [""; 0]);
    let received = bench.receive_for(SECOND);
    assert!(received.starts_with("\r\n+CSQ: "), "{received:?}");
    assert!(
        received.ends_with("\r\n+CMEE: 1\r\n\r\nOK\r\n"),
        "{received:?}"
    );
}

#[test]
fn noise_comes_between_lines_and_never_in_them() {
    let mut bench = Bench::home_with("[faults]\ngarbage = true\necho = \"off\"");
    let mut noisy = 0;
    for _ in 0..40 {
        let answer = bench.ask("AT+CMEE?");
        let own: Vec<&String> = answer.iter().filter(|l| l.starts_with('+')).collect();
        assert_eq!(own, ["+CMEE: 1"]);
        assert_eq!(answer.last().unwrap(), "OK");
        noisy += usize::from(answer.len() > 2);
    }
    assert!(noisy > 3, "{noisy}");
}

#[test]
fn bytes_are_dropped_one_in_so_many() {
    let mut bench = Bench::home_with("[faults]\ndrop_byte_every = 10\necho = \"off\"");
    bench.type_in(b"AT+CIMI\r");
    bench.wait(SECOND);
    // Of "\r\n208010000000012\r\n\r\nOK\r\n" the tenth and the twentieth.
    assert_eq!(bench.received, b"\r\n20801000000012\r\n\nOK\r\n");
}

#[test]
fn a_split_answer_is_the_same_answer() {
    let mut whole = Bench::named("home");
    let mut split = Bench::home_with("[faults]\nsplit_writes = true");
    whole.ask("AT+CIMI");
    split.type_in(b"AT+CIMI\r");
    split.modem.handle_timeout(split.now + SECOND);
    let first = split.modem.poll_transmit(split.now + SECOND).unwrap();
    assert!(first.len() <= 4);
    split.received.extend(first);
    split.wait(SECOND);
    assert_eq!(whole.received, split.received);
}

#[test]
fn an_unasked_line_can_come_in_the_middle_of_an_answer() {
    let mut bench = Bench::home_with("[faults]\nurc_mid_reply = true");
    bench.ask("ATE0+CREG=1");
    let first = bench.ask("AT+CREG?");
    assert_eq!((first[0].as_str(), first[2].as_str()), ("+CREG: 1,1", "OK"));
    assert!(first[1].starts_with("+QIND: "));
    assert_eq!(bench.ask("AT+CREG?"), ["+CREG: 1,1", "+CREG: 1", "OK"]);
}

#[test]
fn a_huawei_chatters_until_it_is_told_not_to() {
    let mut bench = Bench::named("huawei-home");
    assert!(bench.receive_for(11 * SECOND).matches("^RSSI: ").count() == 2);
    bench.ask("AT^CURC=0");
    assert_eq!(bench.receive_for(MINUTE), "");
}

#[test]
fn an_event_takes_the_network_away_and_gives_it_back() {
    let mut bench = Bench::home_with(
        "[[event]]\nat_s = 10\nplmn = \"20801\"\navailability = \"absent\"\n\
         [[event]]\nat_s = 60\nplmn = \"20801\"\navailability = \"ok\"",
    );
    bench.ask("ATE0+CEREG=1");
    assert_eq!(bench.receive_for(12 * SECOND), "\r\n+CEREG: 2\r\n");
    assert_eq!(bench.ask("AT+QNWINFO")[0], "+QNWINFO: No Service");
    assert_eq!(bench.receive_for(MINUTE), "\r\n+CEREG: 1\r\n");
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let run = || {
        let mut bench =
            Bench::home_with("[faults]\ngarbage = true\nsplit_writes = true\nurc_mid_reply = true");
        bench.ask("AT+CSQ");
        bench.ask_for(r#"AT+COPS=1,2,"20820""#, 20 * SECOND);
        bench.ask(r#"AT+QENG="servingcell""#);
        bench.received
    };
    assert_eq!(run(), run());
}

/// Bytes as a host in any state may send them: command lines, halves of them, and noise.
fn typed() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        any::<Vec<u8>>(),
        "AT[+^&A-Z0-9=?,;\" ]{0,40}\r".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "AT+COPS=?\r",
            "AT+COPS=1,2,\"20810\"\r",
            "AT+COPS=0\r",
            "AT+CFUN=1,1\r",
            "AT+CPIN=\"9999\"\r",
            "AT+CSCS=\"UCS2\"\r",
            "ATZ\r",
            "A/",
        ])
        .prop_map(|line| line.as_bytes().to_vec()),
    ];
    prop::collection::vec(line, 0..12).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_at_any_time_end_in_bounded_output(
        bytes in typed(),
        pause in 0_u64..400_000,
        faults in prop::sample::select(vec![
            "",
            "garbage = true\nsplit_writes = true\nurc_mid_reply = true\ndrop_byte_every = 7",
            "silent_on_select = \"20810\"\nsilent_for_s = 30",
            "reboot_on_select = \"20810\"\nstale_registration_ms = 9000",
        ]),
        scenario in prop::sample::select(vec!["quectel", "simcom", "huawei", "generic"]),
    ) {
        let mut bench = Bench::home_with(&format!("persona = \"{scenario}\"\n[faults]\n{faults}"));
        for piece in bytes.chunks(7) {
            bench.type_in(piece);
            bench.wait(Duration::from_millis(pause / 100));
        }
        bench.wait(Duration::from_millis(pause));
        // The most wordy answer to so few letters is `ATI`'s; chatter adds with time.
        let bound = 4000 + bytes.len() * 400 + usize::try_from(pause).unwrap() * 2;
        prop_assert!(bench.received.len() < bound, "{} bytes", bench.received.len());
        // No deadline is left behind.
        prop_assert!(bench.modem.poll_timeout().is_none_or(|next| next > bench.now));
    }
}
