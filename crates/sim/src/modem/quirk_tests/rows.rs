//! Quirks of the rows that tell cells, levels and contexts.

use super::*;

/// The questions of a family's own for cell and levels.
fn questions(persona: &str) -> &'static [&'static str] {
    match persona {
        "quectel" | "quectel-asr" => &[r#"AT+QENG="servingcell""#, "AT+QCSQ", "AT+QNWINFO"],
        "quectel-5g" => &[r#"AT+QENG="servingcell""#, "AT+QNWINFO"],
        "simcom" => &["AT+CPSI?", "AT+CMGRMI=4"],
        "huawei" => &["AT^HCSQ?", "AT^MONSC", "AT^HFREQINFO?"],
        "fibocom" => &["AT+GTCCINFO?"],
        "meig" => &[r#"AT+MENG="servingcell""#],
        "xmm" => &["AT+XMCI=1", "AT+XCESQ?", "AT+XLEC?"],
        "zte" => &["AT+ZCELLINFO?", "AT+ZRSSI"],
        "cinterion" => &["AT^SMONI"],
        "sierra" => &["AT!GSTATUS?", "AT!LTEINFO?"],
        "telit" => &["AT#RFSTS", "AT#SERVINFO", "AT#MONI"],
        "ublox" => &["AT+UCGED?"],
        "generic" => &[],
        other => panic!("{other} has no questions here"),
    }
}

#[test]
fn an_empty_row_has_nothing_of_the_cell_and_still_stands_there() {
    for persona in personas() {
        for value in ["zero", "ones", "dashes", "smallest"] {
            let mut bench = house(persona, &format!("empty_rows = \"{value}\""));
            bench.ask("AT+CREG=2;+CEREG=2");
            let common = ["AT+CREG?", "AT+CEREG?", "AT+CSQ", "AT+CESQ"];
            for line in questions(persona).iter().chain(&common) {
                let said = bench.ask(line).join("\n").to_ascii_uppercase();
                // One row holds the subscriber's number.
                let said = said.replace("208010000000012", "");
                // Channel, cell, area, in the figures of every family.
                for own in ["6400", "2B51C03", "45423619", "2F0A", "12042", "214", "208"] {
                    assert!(!said.contains(own), "{persona} {value} {line}: {said}");
                }
            }
            // The network is in use all the same.
            assert_eq!(operator(&mut bench), r#"+COPS:1,2,"20801",7"#, "{persona}");
        }
    }
}

#[test]
fn a_row_that_holds_nothing_is_worded_as_its_family_does() {
    for (persona, value, line, said) in [
        (
            "quectel",
            "zero",
            r#"AT+QENG="servingcell""#,
            r#"+QENG: "servingcell","LIMSRV","LTE","FDD",000,00,0,0,0,0,0,0,0,0,0,0,0,0"#,
        ),
        (
            "quectel-5g",
            "zero",
            r#"AT+QENG="servingcell""#,
            r#"+QENG: "servingcell","LIMSRV","LTE","FDD",000,00,0,0,0,0,0,0,0,0,0,0,0,11,-,0"#,
        ),
        (
            "quectel-asr",
            "dashes",
            r#"AT+QENG="servingcell""#,
            r#"+QENG: "servingcell","LIMSRV","LTE","FDD",-,-,-,-,-,-,-,-,-,-,-,-,-,-"#,
        ),
        (
            "simcom",
            "zero",
            "AT+CPSI?",
            "+CPSI: LTE,Online,000-00,0x0000,0,0,EUTRAN-BAND0,0,0,0,0,0,0,0",
        ),
        (
            "huawei",
            "ones",
            "AT^HCSQ?",
            r#"^HCSQ: "LTE",255,255,255,255"#,
        ),
        (
            "huawei",
            "zero",
            "AT^MONSC",
            "^MONSC: LTE,000,00,0,0,0,0,0,0,0",
        ),
        (
            "huawei",
            "smallest",
            "AT^HFREQINFO?",
            "^HFREQINFO: 0,6,1,0,21100,1400,18000,19200,1400",
        ),
        ("fibocom", "dashes", "AT+GTCCINFO?", "+GTCCINFO:"),
        (
            "meig",
            "smallest",
            r#"AT+MENG="servingcell""#,
            r#"+MENG: "servingcell","LIMSRV","LTE","FDD",000,00,0,0,0,1,0,0,0,-140,-20.0,-113,-20,0"#,
        ),
        (
            "xmm",
            "ones",
            "AT+XMCI=1",
            r#"+XMCI: 4,FFF,FFF,"0xFFFF","0xFFFFFFFF","0xFFFF","0xFFFFFFFF","0xFFFFFFFF","0xFFFFFFFF",255,255,255,"0xFFFFFFFF","0xFFFFFFFF""#,
        ),
        (
            "zte",
            "zero",
            "AT+ZCELLINFO?",
            "+ZCELLINFO: 0X0000,0X00000000,0X00000000,LTE B0,0",
        ),
        (
            "cinterion",
            "dashes",
            "AT^SMONI",
            "^SMONI: 4G,--,--,--,--,--,--,--,--,--,--,--,--,--,NOCONN",
        ),
        (
            "telit",
            "zero",
            "AT#RFSTS",
            r#"#RFSTS: "000 00",0,0,0,0,0000,0,,0,0,0,0000000,"208010000000012","",0,0"#,
        ),
        ("ublox", "ones", "AT+UCGED?", "+UCGED: 2"),
        ("generic", "ones", "AT+CESQ", "+CESQ: 99,99,255,255,255,255"),
        ("generic", "zero", "AT+CSQ", "+CSQ: 0,0"),
    ] {
        let mut bench = house(persona, &format!("empty_rows = \"{value}\""));
        assert_eq!(bench.ask(line)[0], said, "{persona}");
    }
}

#[test]
fn a_report_of_several_rows_holds_nothing_in_any() {
    let mut bench = house("fibocom", "empty_rows = \"zero\"");
    assert_eq!(
        bench.ask("AT+GTCCINFO?")[1],
        "1,4,0,0,0000,000000000,0,0,0,0,0,0,0,0"
    );
    let mut bench = house("ublox", "empty_rows = \"ones\"");
    let rows = bench.ask("AT+UCGED?");
    assert_eq!(rows[1], "6,4,fff,fff");
    assert!(
        rows[2].starts_with("65535,255,255,255,ffff,fffffff,"),
        "{rows:?}"
    );
    let mut bench = house("sierra", "empty_rows = \"dashes\"");
    let table = bench.ask("AT!GSTATUS?").join("\n");
    assert!(table.contains("LTE band:      ---") && table.contains("TAC:         ---"));
    let mut bench = house("generic", "empty_rows = \"ones\"");
    bench.ask("AT+CEREG=2");
    assert_eq!(
        bench.ask("AT+CEREG?")[0],
        r#"+CEREG: 2,1,"FFFF","FFFFFFFF",7"#
    );
}

#[test]
fn an_empty_row_has_as_many_fields_as_a_full_one() {
    let fields = |rows: &[String]| -> Vec<usize> {
        let rows = rows.iter().filter(|row| *row != "OK");
        rows.map(|row| row.matches(',').count()).collect()
    };
    for persona in personas().into_iter().filter(|p| *p != "sierra") {
        for line in questions(persona)
            .iter()
            .filter(|line| !line.contains("CMGRMI"))
        {
            let full = fields(&house(persona, "").ask(line));
            for value in ["zero", "ones", "dashes", "smallest"] {
                let rows = house(persona, &format!("empty_rows = \"{value}\"")).ask(line);
                let known = ["AT+XLEC?", "AT+QNWINFO"].contains(line);
                assert!(
                    fields(&rows) == full || known,
                    "{persona} {value} {line}: {rows:?}"
                );
            }
        }
    }
}

#[test]
fn a_row_can_be_an_error_the_first_time_or_each_time() {
    for persona in personas() {
        for line in questions(persona) {
            let usual = house(persona, "").ask(line).last().cloned();
            let mut once = house(persona, "cell_row = \"error-once\"");
            assert_eq!(once.ask(line), ["ERROR"], "{persona}: {line}");
            assert_eq!(once.ask(line).last(), usual.as_ref(), "{persona}: {line}");
            once.ask("AT+CFUN=1,1");
            once.wait(20 * SECOND);
            once.ask("ATE0");
            once.ask("AT^CURC=0");
            assert_eq!(once.ask(line), ["ERROR"], "{persona}: {line}");
            let mut never = house(persona, "cell_row = \"error\"");
            assert_eq!(never.ask(line), ["ERROR"], "{persona}: {line}");
            assert_eq!(never.ask(line), ["ERROR"], "{persona}: {line}");
        }
        // The standard's own stay.
        let mut never = house(persona, "cell_row = \"error\"");
        assert_eq!(never.ask("AT+CSQ").last().unwrap(), "OK", "{persona}");
    }
}

#[test]
fn a_row_can_have_a_field_more_or_less() {
    let status = r#"#RFSTS: "208 01",6400,"#;
    let ends = r#",2F0A,,128,1,0,2B51C03,"208010000000012","Orange F",3,20,96"#;
    let row = house("telit", "cell_row_fields = \"fewer\"")
        .ask("AT#RFSTS")
        .remove(0);
    assert!(row.starts_with(status) && row.ends_with(ends), "{row}");
    for (persona, line, number) in [
        ("simcom", "AT+CPSI?", 13_usize),
        ("huawei", "AT^MONSC", 9),
        ("quectel", r#"AT+QENG="servingcell""#, 17),
        ("cinterion", "AT^SMONI", 14),
        ("zte", "AT+ZCELLINFO?", 4),
    ] {
        for (value, there) in [
            ("usual", number),
            ("extra", number + 1),
            ("fewer", number - 1),
        ] {
            let mut bench = house(persona, &format!("cell_row_fields = \"{value}\""));
            let row = bench.ask(line).remove(0);
            assert_eq!(row.matches(',').count(), there, "{persona} {value}: {row}");
        }
    }
    let rows = house("fibocom", "cell_row_fields = \"extra\"").ask("AT+GTCCINFO?");
    assert_eq!(rows[0], "+GTCCINFO:");
    assert_eq!(rows[1].matches(',').count(), 14);
}

#[test]
fn a_band_that_does_not_go_with_the_channel_is_told_by_every_family_that_tells_a_band() {
    for (persona, line, said) in [
        ("quectel", r#"AT+QENG="servingcell""#, ",214,6400,66,3,3,"),
        (
            "quectel-5g",
            r#"AT+QENG="servingcell""#,
            ",214,6400,66,3,3,",
        ),
        ("quectel", "AT+QNWINFO", r#""LTE BAND 66",6400"#),
        ("simcom", "AT+CPSI?", ",EUTRAN-BAND66,6400,"),
        ("fibocom", "AT+GTCCINFO?", ",6400,214,166,"),
        ("meig", r#"AT+MENG="servingcell""#, ",214,6400,66,3,3,"),
        ("xmm", "AT+XLEC?", "BAND_LTE_66"),
        ("zte", "AT+ZCELLINFO?", "LTE B66,6400"),
        ("cinterion", "AT^SMONI", "4G,6400,66,"),
        ("sierra", "AT!GSTATUS?", "LTE band:      B66"),
        ("sierra", "AT!GSTATUS?", "LTE Rx chan:   0 "),
        ("sierra", "AT!GSTATUS?", "LTE Tx chan: 132322"),
        ("telit", "AT#RFSTS", ",3,66"),
        ("ublox", "AT+UCGED?", "6400,66,50,50,"),
    ] {
        let rows = house(persona, "band_mismatch = true").ask(line).join("\n");
        assert!(rows.contains(said), "{persona} {line}: {rows}");
    }
}

#[test]
fn the_least_levels_stand_beside_a_right_noise_ratio() {
    for (persona, line, said) in [
        ("huawei", "AT^HCSQ?", ",0,"),
        ("generic", "AT+CESQ", "+CESQ: 99,99,255,255,0,0"),
        ("fibocom", "AT+CESQ", "+CESQ: 99,99,255,255,0,0,255,255,255"),
        ("xmm", "AT+XCESQ?", "+XCESQ: 0,99,99,255,255,0,0,"),
        ("cinterion", "AT^SMONI", ",-141,-20,NOCONN"),
        ("quectel", r#"AT+QENG="servingcell""#, ",-141,-20,"),
        ("simcom", "AT+CPSI?", ",-200,-1410,"),
        ("zte", "AT+ZRSSI", "+ZRSSI: -141,-20,"),
        ("sierra", "AT!GSTATUS?", "RSRP:  -141"),
        ("telit", "AT#RFSTS", ",-141,"),
    ] {
        let rows = house(persona, "levels = \"lowest\"").ask(line).join("\n");
        assert!(rows.contains(said), "{persona} {line}: {rows}");
    }
    let row = house("huawei", "levels = \"lowest\"")
        .ask("AT^HCSQ?")
        .remove(0);
    let fields: Vec<&str> = row.split(',').collect();
    assert_eq!((fields[2], fields[4]), ("0", "0"));
    assert_ne!(fields[3], "0");
}

#[test]
fn the_main_antenna_can_hear_far_less_than_the_other() {
    let level = |table: &str, name: &str| -> i32 {
        let rest = table.split(name).nth(1).unwrap();
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    let [even, uneven] = ["even", "uneven"].map(|value| {
        let table = house("sierra", &format!("branches = \"{value}\"")).ask("AT!GSTATUS?");
        let table = table.join("\n");
        (level(&table, "RxM RSRP:"), level(&table, "RxD RSRP:"))
    });
    assert_eq!((even.0 - even.1, uneven.0 - uneven.1), (20, -30));
    // The truth is the better one.
    assert!((even.0 - uneven.1).abs() <= 2);
}

#[test]
fn a_place_told_by_one_domain_alone_is_not_in_the_vendor_s_row() {
    for persona in personas() {
        let mut bench = house(persona, "location = \"creg-only\"");
        for line in questions(persona) {
            let said = bench.ask(line).join("\n").to_ascii_uppercase();
            for own in ["2B51C03", "45423619", "2F0A", "12042"] {
                assert!(!said.contains(own), "{persona} {line}: {said}");
            }
        }
        bench.ask("AT+CREG=2;+CGREG=2;+CEREG=2");
        assert_eq!(
            bench.ask("AT+CREG?")[0],
            r#"+CREG: 2,1,"2F0A","2B51C03",7"#,
            "{persona}"
        );
        assert_eq!(bench.ask("AT+CGREG?")[0], "+CGREG: 2,1", "{persona}");
        assert_eq!(bench.ask("AT+CEREG?")[0], "+CEREG: 2,1", "{persona}");
    }
}

#[test]
fn the_context_in_use_need_not_be_the_first() {
    let quirks = "active_context = 4\ncontexts = [{ cid = 1, apn = \"ims\", type = \"IPV6\" }, { cid = 4, apn = \"internet\" }]";
    for persona in personas() {
        let mut bench = house(persona, quirks);
        for again in [false, true] {
            let said = bench.ask("AT+CGDCONT?");
            assert!(
                said[0].starts_with(r#"+CGDCONT: 1,"IPV6","ims","#),
                "{persona}: {said:?}"
            );
            assert!(
                said[1].starts_with(r#"+CGDCONT: 4,"IP","internet","#),
                "{persona}: {said:?}"
            );
            assert_eq!(
                bench.ask("AT+CGACT?"),
                ["+CGACT: 1,0", "+CGACT: 4,1", "OK"],
                "{persona}"
            );
            let dynamic = bench.ask("AT+CGCONTRDP");
            assert!(dynamic[0].starts_with(r#"+CGCONTRDP: 4,5,"internet","10.64.12.7"#));
            assert_eq!(bench.ask("AT+CGCONTRDP=1"), ["OK"], "{persona}");
            assert_eq!(bench.ask("AT+CGPADDR=4")[0], r#"+CGPADDR: 4,"10.64.12.7""#);
            assert_eq!(bench.ask("AT+CGPADDR=1")[0], r#"+CGPADDR: 1,"0.0.0.0""#);
            if !again {
                bench.ask("AT+CFUN=1,1");
                bench.wait(30 * SECOND);
                bench.ask("ATE0");
                bench.ask("AT^CURC=0");
            }
        }
    }
}

#[test]
fn an_empty_level_is_empty_in_the_family_s_own_answer_and_unasked_too() {
    for value in ["zero", "ones", "dashes", "smallest"] {
        let quirks = format!("empty_rows = \"{value}\"");
        assert_eq!(house("fibocom", &quirks).ask("AT+CSQ")[0], "+CSQ: 99, 99");
        assert_eq!(house("xmm", &quirks).ask("AT+CSQ")[0], "+CSQ: 99,99");
        let mut huawei = house("huawei", &quirks);
        huawei.ask("AT^CURC=1");
        let unasked = huawei.receive_for(6 * SECOND);
        assert!(unasked.contains("^RSSI: 99\r\n"), "{value}: {unasked}");
    }
}
