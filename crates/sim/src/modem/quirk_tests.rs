//! Each quirk over every persona: the bytes that come.

use std::time::Duration;

use super::bench::Bench;
use crate::quirks::{Cmee, Dead, Joined, ReportedStat};
use crate::{Quirks, Scenario, persona};

mod rows;

const SECOND: Duration = Duration::from_secs(1);

/// The house of `home` with a persona and these quirks.
fn house(persona: &str, quirks: &str) -> Bench {
    let text = format!("base = \"home\"\npersona = \"{persona}\"\n[quirks]\n{quirks}");
    let scenario = Scenario::from_toml(&text, "test").unwrap();
    let mut bench = Bench::new(&scenario);
    if scenario.quirks.dead == Dead::No {
        // What was left on the wire is out with the first answer.
        bench.ask("ATE0");
        bench.ask("AT^CURC=0");
    }
    bench
}

fn personas() -> Vec<&'static str> {
    persona::names().collect()
}

#[test]
fn every_quirk_runs_with_every_persona_and_leaves_no_deadline_behind() {
    for persona in personas() {
        for (name, text) in Quirks::catalogue() {
            let mut bench = house(persona, text);
            for line in [
                "AT",
                "AT+CMEE=2",
                "AT+CPIN?",
                "AT+CREG?;+CEREG?",
                "AT+COPS?",
                "AT+COPS=3,2;+COPS?",
                "AT+CSQ",
            ] {
                bench.ask(line);
            }
            bench.ask_for(r#"AT+COPS=1,2,"20810""#, 30 * SECOND);
            let next = bench.modem.poll_timeout();
            assert!(
                next.is_none_or(|next| next > bench.now),
                "{persona}: {name}"
            );
        }
    }
}

#[test]
fn each_domain_says_what_it_is_told_to_and_the_world_stays() {
    for persona in personas() {
        for (quirks, cs, ps, eps) in [
            ("registration = { eps = \"searching\" }", "1", "1", "2"),
            (
                "registration = { cs = \"denied\", ps = \"unknown\" }",
                "3",
                "4",
                "1",
            ),
            ("registered_as = \"sms-only\"", "6", "6", "6"),
            (
                "registered_as = \"not-registered\"\nregistration = { cs = \"csfb-not-preferred\" }",
                "9",
                "0",
                "0",
            ),
            ("registered_as = \"emergency-only\"", "8", "8", "8"),
        ] {
            let mut bench = house(persona, quirks);
            for (name, stat) in [("CREG", cs), ("CGREG", ps), ("CEREG", eps)] {
                let said = bench.ask(&format!("AT+{name}?"));
                assert_eq!(said[0], format!("+{name}: 0,{stat}"), "{persona}: {quirks}");
                bench.ask(&format!("AT+{name}=2"));
                let placed = bench.ask(&format!("AT+{name}?")).remove(0);
                let whole = format!("+{name}: 2,{stat},\"2F0A\",\"2B51C03\",7");
                let bare = matches!(stat, "0" | "2" | "3");
                let right = if bare {
                    format!("+{name}: 2,{stat}")
                } else {
                    whole
                };
                assert_eq!(placed, right, "{persona}: {quirks}");
            }
            assert_eq!(bench.modem.world().plmn().unwrap().as_str(), "20801");
        }
    }
}

#[test]
fn roaming_has_numbers_of_its_own_and_unasked_lines_say_the_same() {
    let mut bench = house("generic", "registered_as = \"sms-only\"");
    bench.ask("AT+CEREG=1");
    let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 20 * SECOND);
    assert_eq!(received, ["+CEREG: 2", "+CEREG: 7", "OK"]);
    let mut bench = house("generic", "registration = { eps = \"searching\" }");
    bench.ask("AT+CEREG=1;+CREG=1");
    let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 20 * SECOND);
    assert_eq!(received, ["+CREG: 2", "+CREG: 5", "OK"]);
}

#[test]
fn a_domain_that_does_not_exist_is_an_unknown_command() {
    for persona in personas() {
        let mut bench = house(persona, "no_domain = [\"ps\", \"fivegs\"]");
        let unknown = bench.ask("AT+NOSUCH");
        assert_eq!(bench.ask("AT+CGREG?"), unknown, "{persona}");
        assert_eq!(bench.ask("AT+CGREG=2"), unknown, "{persona}");
        assert_eq!(bench.ask("AT+C5GREG?"), unknown, "{persona}");
        assert_eq!(bench.ask("AT+CREG?"), ["+CREG: 0,1", "OK"], "{persona}");
    }
}

#[test]
fn an_older_technology_is_registered_in_its_own_domains_alone() {
    let scenario = |persona: &str, access: &str| {
        let text = format!(
            "persona = \"{persona}\"\n[[carrier]]\nname = \"F SFR\"\nplmns = [\"20810\"]\n[[carrier.cell]]\n\
             access = \"{access}\"\nband = 8\nearfcn = 2975\npci = 58\ncell_id = 0xA1B201\ntac = 0x2710\n\
             bandwidth_mhz = 5\nrsrp_dbm = -78\nrsrq_db = -4.5\nsinr_db = 5"
        );
        let mut bench = Bench::new(&Scenario::from_toml(&text, "test").unwrap());
        bench.ask("ATE0");
        bench.ask("AT^CURC=0");
        bench
    };
    for persona in personas() {
        for (access, number) in [("gsm", 0), ("umts", 2)] {
            let mut bench = scenario(persona, access);
            bench.ask("AT+CREG=2;+CGREG=2;+CEREG=2");
            let placed = format!("1,\"2710\",\"A1B201\",{number}");
            for (line, said) in [
                ("AT+CREG?", format!("+CREG: 2,{placed}")),
                ("AT+CGREG?", format!("+CGREG: 2,{placed}")),
                ("AT+CEREG?", "+CEREG: 2,0".to_owned()),
            ] {
                assert_eq!(bench.ask(line)[0], said, "{persona}: {access}");
            }
        }
    }
    let mut alone = scenario("quectel-5g", "nr");
    assert_eq!(
        alone.ask("AT+CEREG?;+CREG?")[..2],
        ["+CEREG: 0,0", "+CREG: 0,0"]
    );
    let said = "+C5GREG: 2,1,\"002710\",\"A1B201\",11,1,\"01\"";
    assert_eq!(alone.ask("AT+C5GREG?")[0], said);
}

#[test]
fn a_joined_line_is_refused_cut_short_or_echoed_by_parts() {
    for persona in personas() {
        let mut bench = house(persona, "joined = \"refused\"");
        assert_eq!(bench.ask("AT+COPS=3,2;+COPS?"), ["ERROR"], "{persona}");
        assert_eq!(bench.ask("AT+COPS=3,2"), ["OK"], "{persona}");
        assert!(bench.ask("AT+COPS?")[0].contains("20801"), "{persona}");
        // A semicolon in a name joins nothing.
        assert_ne!(
            bench.ask(r#"AT+CGDCONT=2,"IP","a;b""#),
            ["ERROR"],
            "{persona}"
        );

        let mut bench = house(persona, "joined = \"first-only\"");
        assert_eq!(bench.ask("AT+COPS=3,2;+COPS?"), ["OK"], "{persona}");
        assert!(bench.ask("AT+COPS?")[0].contains("20801"), "{persona}");

        let mut bench = house(persona, "joined = \"echo-twice\"");
        bench.ask("ATE1");
        let received = bench.ask("AT+CREG?;+CGREG?");
        let mut echoes: Vec<&String> = received.iter().filter(|l| l.starts_with("AT")).collect();
        echoes.sort();
        assert_eq!(echoes, ["AT+CGREG?", "AT+CREG?"], "{persona}");
        assert_eq!(received.last().unwrap(), "OK");
    }
}

#[test]
fn a_joined_line_is_refused_for_its_length_broken_off_or_ended_by_parts() {
    for persona in personas() {
        let mut bench = house(persona, "joined = \"long-refused\"");
        assert_eq!(bench.ask("AT+COPS=3,2;+COPS?"), ["ERROR"], "{persona}");
        assert_eq!(bench.ask("AT+CMEE=0;+CPIN?"), ["+CPIN: READY", "OK"]);

        let mut bench = house(persona, "joined = \"error-after-first\"");
        let received = bench.ask("AT+CPIN?;+COPS=3,2");
        assert_eq!(received, ["+CPIN: READY", "ERROR"], "{persona}");

        let mut bench = house(persona, "joined = \"ok-each\"");
        let received = bench.ask_for("AT+CPIN?;+CPIN?", SECOND);
        let twice = ["+CPIN: READY", "OK", "+CPIN: READY", "OK"];
        // One family sorts what it says by itself.
        let mut sorted = received.clone();
        sorted.sort();
        assert_eq!(sorted, ["+CPIN: READY", "+CPIN: READY", "OK", "OK"]);
        assert!(received == twice || persona == "quectel-asr", "{persona}");
    }
}

#[test]
fn a_part_that_stays_without_answer_leaves_its_whole_line_so() {
    for persona in personas() {
        let mut bench = house(persona, "silent_to = [\"AT+CSQ\"]");
        let received = bench.ask_for("AT+CPIN?;+CSQ", 60 * SECOND);
        assert_eq!(received, [""; 0], "{persona}");
        assert_eq!(bench.ask("AT+CPIN?"), ["+CPIN: READY", "OK"], "{persona}");
    }
}

#[test]
fn a_line_can_stay_without_answer_or_without_end_and_the_next_is_answered() {
    for persona in personas() {
        let mut bench = house(persona, "silent_to = [\"AT+CREG?\", \"AT+COPS=1\"]");
        assert_eq!(bench.ask_for("AT+CREG?", 60 * SECOND), [""; 0], "{persona}");
        assert_eq!(bench.ask("AT+CGREG?"), ["+CGREG: 0,1", "OK"], "{persona}");
        bench.ask("AT+C5GREG=0");
        let received = bench.ask_for(r#"AT+COPS=1,2,"20810""#, 20 * SECOND);
        assert_eq!(received, [""; 0], "{persona}");
        assert_eq!(bench.modem.world().plmn().unwrap().as_str(), "20810");

        let mut bench = house(persona, "no_final_to = [\"AT+CREG?\", \"AT+COPS=?\"]");
        assert_eq!(bench.ask_for("AT+CREG?", 60 * SECOND), ["+CREG: 0,1"]);
        assert_eq!(bench.ask("AT+CGREG?"), ["+CGREG: 0,1", "OK"], "{persona}");
        let list = bench.ask_for("AT+COPS=?", 300 * SECOND);
        assert_eq!(list.len(), 1, "{persona}: {list:?}");
    }
}

#[test]
fn results_can_be_numbers_or_none_until_they_are_asked_for_and_again_after_a_restart() {
    for persona in personas() {
        for (quirks, bare, put_right) in [
            ("result_codes = \"numeric\"", vec!["0"], "ATV1"),
            ("result_codes = \"none\"", vec![], "ATQ0"),
        ] {
            let mut bench = house(persona, quirks);
            assert_eq!(bench.ask("AT"), bare, "{persona}");
            assert_eq!(bench.ask(put_right), ["OK"], "{persona}");
            assert_eq!(bench.ask("AT+CGREG?"), ["+CGREG: 0,1", "OK"], "{persona}");
            bench.ask("AT+CFUN=1,1");
            bench.wait(20 * SECOND);
            bench.ask("ATE0");
            assert_eq!(bench.ask("AT"), bare, "{persona}");
        }
    }
}

#[test]
fn the_error_level_can_be_kept_to_oneself() {
    for persona in personas() {
        let mut bench = house(persona, "cmee = \"bare-ok\"");
        assert_eq!(bench.ask("AT+CMEE?"), ["OK"], "{persona}");
        let mut bench = house(persona, "cmee = \"error\"");
        assert_eq!(bench.ask("AT+CMEE?"), ["ERROR"], "{persona}");
        assert_eq!(bench.ask("AT+CMEE=1"), ["OK"], "{persona}");
    }
}

#[test]
fn an_answer_of_registration_has_a_field_more_or_less() {
    for persona in personas() {
        let mut bench = house(persona, "creg_fields = \"extra\"");
        assert_eq!(bench.ask("AT+CREG?"), ["+CREG: 0,1,1", "OK"], "{persona}");
        let mut bench = house(persona, "creg_unquoted = true");
        bench.ask("AT+CREG=2");
        assert_eq!(
            bench.ask("AT+CREG?")[0],
            "+CREG: 2,1,2F0A,2B51C03,7",
            "{persona}"
        );
        let mut bench = house(persona, "creg_fields = \"fewer\"");
        assert_eq!(bench.ask("AT+CEREG?"), ["+CEREG: 1", "OK"], "{persona}");
    }
}

#[test]
fn the_operator_is_named_by_number_alone() {
    for persona in personas() {
        for (value, by_name) in [
            ("empty", r#"1,0,"",7"#),
            ("unknown", r#"1,0,"Unknown",7"#),
            ("missing", "1,0,"),
        ] {
            let mut bench = house(persona, &format!("operator_name = \"{value}\""));
            let said = bench.ask("AT+COPS?")[0].replace("+COPS: ", "+COPS:");
            assert_eq!(said, format!("+COPS:{by_name}"), "{persona}");
            bench.ask("AT+COPS=3,2");
            assert!(
                bench.ask("AT+COPS?")[0].contains(r#"1,2,"20801",7"#),
                "{persona}"
            );
        }
        let mut bench = house(persona, "operator_without_access = true");
        let said = operator(&mut bench);
        assert_eq!(said, r#"+COPS:1,2,"20801""#, "{persona}");
        for (value, ends) in [("silently", true), ("refused", false)] {
            let mut bench = house(persona, &format!("operator_format_stuck = \"{value}\""));
            assert_eq!(bench.ask("AT+COPS=3,2") == ["OK"], ends, "{persona}");
            assert!(
                bench.ask("AT+COPS?")[0].contains(r#"1,0,"Orange F",7"#),
                "{persona}"
            );
        }
    }
}

#[test]
fn the_network_list_can_be_refused_or_empty() {
    for persona in personas() {
        for (value, said) in [
            ("error", vec!["ERROR"]),
            ("empty", vec!["+COPS: ", "OK"]),
            ("bare-ok", vec!["OK"]),
        ] {
            let mut bench = house(persona, &format!("network_list = \"{value}\""));
            assert_eq!(bench.ask_for("AT+COPS=?", 60 * SECOND), said, "{persona}");
        }
    }
}

#[test]
fn a_place_is_told_in_one_domain_alone() {
    let mut bench = house("generic", "location = \"creg-only\"");
    bench.ask("AT+CREG=2;+CEREG=2");
    let said = bench.ask("AT+CREG?;+CEREG?");
    assert_eq!(
        said,
        ["+CREG: 2,1,\"2F0A\",\"2B51C03\",7", "+CEREG: 2,1", "OK"]
    );
}

#[test]
fn the_echo_can_be_there_for_good() {
    for persona in personas() {
        let mut bench = house(persona, "echo_stuck = true");
        let before = bench.received.len();
        bench.ask("AT");
        assert!(bench.received[before..].starts_with(b"AT\r"), "{persona}");
    }
}

/// `AT+COPS?` by number, whatever the family's blanks.
fn operator(bench: &mut Bench) -> String {
    bench.ask("AT+COPS=3,2");
    bench.ask("AT+COPS?")[0].replace("+COPS: ", "+COPS:")
}

#[test]
fn with_the_radio_off_nothing_is_joined_and_a_restart_leaves_it_off() {
    for persona in personas() {
        let mut bench = house(persona, "radio_off = true");
        bench.ask("AT+CMEE=1");
        let refusal = match persona {
            "sierra" => "ERROR",
            "huawei" | "simcom" | "telit" => "+CME ERROR: 30",
            _ => "+CME ERROR: 3",
        };
        for _ in 0..2 {
            assert_eq!(bench.ask("AT+CFUN?"), ["+CFUN: 4", "OK"], "{persona}");
            assert_eq!(bench.ask("AT+CREG?")[0], "+CREG: 0,0", "{persona}");
            assert_eq!(operator(&mut bench), "+COPS:1", "{persona}");
            bench.ask("AT+CMEE=1");
            assert_eq!(bench.ask(r#"AT+COPS=1,2,"20810""#), [refusal], "{persona}");
            assert_eq!(bench.ask("AT+COPS=?"), [refusal], "{persona}");
            bench.ask("AT+CFUN=1,1");
            bench.wait(20 * SECOND);
            bench.ask("ATE0");
            bench.ask("AT^CURC=0");
        }
        assert_eq!(bench.ask("AT+CFUN=1")[0], "OK", "{persona}");
        bench.wait(10 * SECOND);
        assert_eq!(operator(&mut bench), r#"+COPS:1,2,"20801",7"#, "{persona}");
    }
}

#[test]
fn a_refused_selection_stays_loses_or_goes_through_all_the_same() {
    let select = r#"AT+COPS=1,2,"20810""#;
    for persona in personas() {
        for (value, words, after) in [
            ("error", "ERROR", r#"+COPS:0,2,"20801",7"#),
            ("cme-30", "+CME ERROR: 30", r#"+COPS:0,2,"20801",7"#),
            ("error-and-lost", "ERROR", "+COPS:1"),
            (
                "cme-3-then-registers",
                "+CME ERROR: 3",
                r#"+COPS:1,2,"20810",7"#,
            ),
        ] {
            let mut bench = house(persona, &format!("refuse_selection = \"{value}\""));
            bench.ask("AT+COPS=0");
            bench.ask("AT+CMEE=1");
            bench.ask("AT+C5GREG=0");
            assert_eq!(bench.ask(select), [words], "{persona}: {value}");
            bench.wait(20 * SECOND);
            assert_eq!(operator(&mut bench), after, "{persona}: {value}");
        }
    }
}

#[test]
fn a_refusal_can_be_for_one_network_or_for_so_many_times() {
    let quirks = "refuse_selection = \"error-and-lost\"\nrefuse_selection_of = [\"20810\"]";
    let mut bench = house("generic", quirks);
    assert_eq!(bench.ask(r#"AT+COPS=1,2,"20810""#), ["ERROR"]);
    assert_eq!(operator(&mut bench), "+COPS:1");
    assert_eq!(bench.ask_for(r#"AT+COPS=1,2,"20801""#, 20 * SECOND), ["OK"]);
    assert_eq!(operator(&mut bench), r#"+COPS:1,2,"20801",7"#);

    let quirks = "refuse_selection = \"error\"\nrefuse_selection_times = 2";
    let mut bench = house("generic", quirks);
    for _ in 0..2 {
        assert_eq!(bench.ask(r#"AT+COPS=1,2,"20810""#), ["ERROR"]);
    }
    assert_eq!(bench.ask_for(r#"AT+COPS=1,2,"20810""#, 20 * SECOND), ["OK"]);
}

#[test]
fn a_sim_is_said_to_be_something_else_and_is_not_ready_meanwhile() {
    for persona in personas() {
        for (words, code, text) in [
            ("SIM BUSY", 14, "SIM busy"),
            ("NOT READY", 14, "SIM busy"),
            ("SIM failure", 13, "SIM failure"),
            ("SIM not inserted", 10, "SIM not inserted"),
            ("SIM wrong", 15, "SIM wrong"),
            ("SIM BLOCKED", 262, "SIM blocked"),
            ("PH-NET PIN", 40, "network personalization PIN required"),
            ("SIM PIN2", 17, "SIM PIN2 required"),
        ] {
            let mut bench = house(persona, &format!("sim_words = \"{words}\""));
            assert_eq!(
                bench.ask("AT+CPIN?"),
                [format!("+CPIN: {words}"), "OK".to_owned()],
                "{persona}"
            );
            bench.ask("AT+CMEE=1");
            assert_eq!(
                bench.ask("AT+CIMI"),
                [format!("+CME ERROR: {code}")],
                "{persona}"
            );
            let quirks = format!("sim_words = \"{words}\"\nsim_words_as = \"error\"");
            let mut bench = house(persona, &quirks);
            bench.ask("AT+CMEE=2");
            assert_eq!(
                bench.ask("AT+CPIN?"),
                [format!("+CME ERROR: {text}")],
                "{persona}"
            );
            bench.wait(60 * SECOND);
            assert_eq!(bench.modem.world().plmn(), None, "{persona}");
        }
    }
}

#[test]
fn a_busy_sim_is_ready_after_its_time_and_busy_again_after_a_restart() {
    for persona in personas() {
        let mut bench = house(persona, "sim_words = \"SIM BUSY\"\nsim_busy_s = 8");
        bench.ask("AT+C5GREG=0");
        assert_eq!(
            bench.ask("AT+CPIN?"),
            ["+CPIN: SIM BUSY", "OK"],
            "{persona}"
        );
        let unasked = bench.receive_for(8 * SECOND);
        let tells = persona.starts_with("quectel") || persona == "simcom";
        assert_eq!(
            unasked.contains("+CPIN: READY"),
            tells,
            "{persona}: {unasked}"
        );
        assert_eq!(bench.ask("AT+CPIN?"), ["+CPIN: READY", "OK"], "{persona}");
        bench.wait(8 * SECOND);
        assert_eq!(operator(&mut bench), r#"+COPS:1,2,"20801",7"#, "{persona}");
        bench.ask("AT+CFUN=1,1");
        bench.wait(9 * SECOND);
        bench.ask("ATE0");
        bench.ask("AT^CURC=0");
        assert_eq!(
            bench.ask("AT+CPIN?"),
            ["+CPIN: SIM BUSY", "OK"],
            "{persona}"
        );
    }
}

#[test]
fn another_card_has_a_number_with_letters() {
    let mut bench = house("generic", "iccid = \"898602F9091830030220\"");
    assert_eq!(bench.ask("AT+CCID")[0], "+CCID: 898602F9091830030220");
}

#[test]
fn a_dead_port_answers_nothing_and_says_what_no_text_is() {
    for persona in personas() {
        for (value, some) in [("silent", false), ("noise", true), ("ppp", true)] {
            let mut bench = house(persona, &format!("dead = \"{value}\""));
            for line in ["AT", "ATE0", "+++", "AT+CFUN=1,1"] {
                bench.ask_for(line, 20 * SECOND);
            }
            assert_eq!(bench.received.is_empty(), !some, "{persona}: {value}");
            let text = String::from_utf8_lossy(&bench.received).into_owned();
            assert!(
                !text.contains("OK") && !text.contains("AT"),
                "{persona}: {text}"
            );
            assert_eq!(bench.modem.command_count(), 0);
        }
    }
}

#[test]
fn what_a_quirk_cannot_be_is_said() {
    let with = |quirk: &str| {
        let text = Scenario::text("home").unwrap();
        Scenario::with_quirks(text, "home", &[quirk.to_owned()])
    };
    for (quirk, said) in [
        (
            "joind=refused",
            "`quirk` is \"joind\", but can be registered_as, registration, no_domain",
        ),
        (
            "joined=never",
            "`joined`: unknown variant `never`, expected one of `accepted`, `refused`",
        ),
        ("joined", "`joined`: unknown variant ``"),
        (
            "radio_off=maybe",
            "`radio_off`: invalid type: string \"maybe\", expected a boolean",
        ),
        ("refuse_selection=cme-x", "unknown refusal `cme-x`"),
        (
            "refuse_selection_of=[\"2081\"]",
            "`refuse_selection_of` is \"2081\"",
        ),
        (
            "sim_busy_s=-1",
            "`sim_busy_s` is -1, but must be 0 to 864000",
        ),
        ("registration={ eps = \"lost\" }", "unknown variant `lost`"),
        ("no_domain=[\"cs\"]\njoined=\"refused\"", "no_domain"),
    ] {
        let error = with(quirk).unwrap_err().to_string();
        assert!(error.contains(said), "{quirk}: {error}");
    }
    let quirks = with("registration={ eps = \"searching\" }").unwrap().quirks;
    assert_eq!(quirks.registration.eps, ReportedStat::Searching);
    let error = Scenario::from_toml("[quirks]\njoyned = \"x\"", "box.toml").unwrap_err();
    assert_eq!(
        error.to_string(),
        "box.toml, line 2: unknown key `joyned`, is it `joined`?"
    );
}

#[test]
fn a_quirk_of_the_command_line_lies_over_the_scenario_s_own() {
    let text = "base = \"home\"\n[quirks]\njoined = \"refused\"\nregistration = { cs = \"denied\" }\ncmee = \"error\"";
    let over = ["joined=first-only", "registration={ eps = \"searching\" }"].map(str::to_owned);
    let quirks = Scenario::with_quirks(text, "test", &over).unwrap().quirks;
    assert_eq!(
        (quirks.joined, quirks.cmee),
        (Joined::FirstOnly, Cmee::Error)
    );
    // Tables merge key by key, as with a base.
    assert_eq!(quirks.registration.cs, ReportedStat::Denied);
    assert_eq!(quirks.registration.eps, ReportedStat::Searching);
}
