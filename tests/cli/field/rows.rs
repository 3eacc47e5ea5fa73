//! What is read of a modem's rows: kinds D and M, byte by byte where only the bytes show it.

use super::*;

const MONI: &str = "#MONI: RSRP:0 RSRQ:0 TAC:0000 Id:0000000 EARFCN:0 PWR:0dbm DRX:0 pci:0";

const NOTHING: [(&str, Value); 12] = [
    ("/radio/rsrp_dbm", Value::Null),
    ("/radio/rsrq_db", Value::Null),
    ("/radio/sinr_db", Value::Null),
    ("/radio/rssi_dbm", Value::Null),
    ("/radio/band", Value::Null),
    ("/radio/earfcn", Value::Null),
    ("/radio/downlink_mhz", Value::Null),
    ("/radio/bandwidth_mhz", Value::Null),
    ("/radio/pci", Value::Null),
    ("/radio/cell_id", Value::Null),
    ("/radio/tac", Value::Null),
    ("/radio/quality", Value::Null),
];

#[test]
fn a_row_of_zeros_says_nothing() {
    each(
        &[
            (
                "simcom-home",
                "AT+CPSI?",
                "+CPSI: LTE,Online,000-00,0x0000,0,0,EUTRAN-BAND0,0,0,0,0,0,0,0",
            ),
            (
                "home",
                "AT+QENG=\"servingcell\"",
                "+QENG: \"servingcell\",\"LIMSRV\",\"LTE\",\"FDD\",000,00,0,0,0,0,0,0,0,0,0,0,0,0",
            ),
            // An own member: another family.
            (
                "telit-home",
                "AT#RFSTS",
                "#RFSTS: \"000 00\",0,0,0,0,0,0,0,0,0,0,0,\"\",\"\",0,0",
            ),
        ],
        |&(world, command, line)| {
            // The row names no network, so the modem is asked for it.
            let named = ("AT+COPS=3,2;+COPS?", "+COPS: 1,2,\"20801\",7");
            let mut answers = vec![(command, line), named];
            if world == "home" {
                answers.push(("AT+QCSQ", "+QCSQ: \"NOSERVICE\""));
            }
            if world == "telit-home" {
                answers.push(("AT#MONI", MONI));
            }
            let document = replayed(world, &answers);
            assert_at(&document, &NOTHING, world);
            assert_at(&document, &[("/registration/plmn", json!("20801"))], world);
        },
    );
}

/// Own members of kind D: the other ways to say nothing, in every family that has a row of its own.
#[test]
fn no_family_takes_an_empty_row_for_a_cell() {
    each(
        &[
            "huawei",
            "sierra",
            "cinterion",
            "xmm",
            "fibocom",
            "meig",
            "ublox",
            "zte",
            "quectel-5g",
            "quectel-asr",
        ],
        |&persona| {
            for how in ["zero", "ones", "dashes", "smallest"] {
                let quirks = format!("empty_rows = \"{how}\"\nlocation = \"none\"");
                let ran = once(&home(persona, &quirks), &["status"]);
                let document = ran.json();
                assert_eq!(ran.code(), 0, "{persona}: {document:#}");
                assert_at(&document, &NOTHING, &format!("{persona}, {how}"));
            }
        },
    );
}

#[test]
fn a_telit_row_with_a_field_fewer_has_its_cell_and_a_band_that_agrees() {
    let line = "#RFSTS: \"208 01\",1675,-99,-66,-14,1F3A,,128,3,1,0A7C21E,\"2080100...\",\"Orange F\",3,3,96";
    let document = replayed(
        "telit-home",
        &[
            ("AT#RFSTS", line),
            ("AT#MONI", "ERROR"),
            ("AT#MONI=1;#MONI;#MONI=0", "ERROR"),
        ],
    );
    let cell = [
        ("/radio/band", json!("B3")),
        ("/radio/earfcn", json!(1675)),
        ("/radio/cell_id", json!(0x0A7_C21E)),
        ("/radio/tac", json!(0x1F3A)),
        ("/radio/rsrp_dbm", json!(-99)),
    ];
    assert_at(&document, &cell, "Telit");
}

/// What `home`'s EM7565 says, its branches and its channel these.
fn sierra(band: &str, rx: &str, tx: &str, main: &str, other: &str) -> String {
    format!(
        "!GSTATUS: \nCurrent Time:  0        \\x09Temperature: 38\nReset Counter: 1        \\x09Mode:        ONLINE\nSystem mode:   LTE      \\x09PS state:    Attached\nLTE band:      {band}      \\x09LTE bw:      10 MHz\nLTE Rx chan:   {rx}     \\x09LTE Tx chan: {tx}\nEMM state:     Registered\\x09Normal Service\nRRC state:     RRC Idle\nIMS reg state: No Srv   \\x09\n\nPCC RxM RSSI:  -90      \\x09PCC RxM RSRP:  {main}\nPCC RxD RSSI:  -60      \\x09PCC RxD RSRP:  {other}\nTx Power:      --       \\x09TAC:         2F0A (12042)\nRSRQ (dB):     -11.2    \\x09Cell ID:     02B51C03 (45423619)\nSINR (dB):      11.8\n"
    )
}

#[test]
fn a_sierra_level_is_never_below_a_branch_and_a_channel_outside_the_band_has_no_frequency() {
    let alone = [("AT!LTEINFO?", "ERROR"), ("AT+CESQ", "ERROR")];
    let uneven = sierra("B20", "6400", "24400", "-118", "-88");
    let document = replayed(
        "sierra-home",
        &[&[("AT!GSTATUS?", uneven.as_str())][..], &alone].concat(),
    );
    let level = [
        ("/radio/rsrp_dbm", json!(-88)),
        ("/radio/rsrq_db", json!(-11.2)),
        ("/radio/sinr_db", json!(11.8)),
    ];
    assert_at(&document, &level, "branches");
    assert_ne!(document["radio"]["quality"], "unusable");
    let outside = sierra("B66", "0", "132322", "-98", "-118");
    let document = replayed(
        "sierra-home",
        &[&[("AT!GSTATUS?", outside.as_str())][..], &alone].concat(),
    );
    assert_at(
        &document,
        &[("/radio/downlink_mhz", Value::Null)],
        "B66 and channel 0",
    );
}

/// Own members: the same told by the virtual modem, in every family that tells band and channel.
#[test]
fn no_family_gives_a_frequency_where_band_and_channel_disagree() {
    each(
        &[
            "quectel", "simcom", "sierra", "telit", "fibocom", "zte", "meig",
        ],
        |&persona| {
            let ran = once(&home(persona, "band_mismatch = true"), &["status"]);
            let document = ran.json();
            let mhz = &document["radio"]["downlink_mhz"];
            let band = &document["radio"]["band"];
            // Where the band is not told it follows from the channel, and the two agree.
            assert!(mhz.is_null() || *band == "B20", "{persona}: {document:#}");
        },
    );
}

#[test]
fn a_refused_row_is_asked_again_once_and_then_the_standard_s_are() {
    let row =
        "+CPSI: LTE,Online,208-01,0x2F0A,45423619,214,EUTRAN-BAND20,6400,3,3,-106,-975,-699,15";
    let once_refused = home("simcom", "cell_row = \"error-once\"");
    let document = once(&once_refused, &["status"]).json();
    assert_at(
        &document,
        &[("/radio/band", json!("B20")), ("/radio/pci", json!(214))],
        row,
    );
    // Own members: the other families.
    each(
        &["simcom", "huawei", "xmm", "sierra", "ublox", "fibocom"],
        |&persona| {
            let ran = once(&home(persona, "cell_row = \"error\""), &["status"]);
            let document = ran.json();
            let radio = &document["radio"];
            assert!(
                radio["rsrp_dbm"].is_number() || radio["rssi_dbm"].is_number(),
                "{persona}: {document:#}"
            );
            assert_at(
                &document,
                &[
                    ("/radio/cell_id", json!(45_423_619)),
                    ("/radio/tac", json!(12_042)),
                ],
                persona,
            );
        },
    );
    let ran = once(&home("quectel", "cell_row = \"error\""), &["status"]);
    let document = ran.json();
    assert!(document["radio"]["rssi_dbm"].is_number(), "{document:#}");
    assert_at(
        &document,
        &[("/radio/cell_id", json!(45_423_619))],
        "quectel",
    );
}

#[test]
fn a_frequency_of_5g_has_the_digits_that_it_has() {
    let world = "base = \"quectel-5g-home\"\npace = 100\n[[carrier]]\nname = \"Orange F\"\nplmns = [\"20801\"]\n[[carrier.cell]]\naccess = \"nr\"\nband = 41\nearfcn = 504990\npci = 5\ncell_id = 0x123456\ntac = 0x2F0A\nbandwidth_mhz = 60\nrsrp_dbm = -90\nrsrq_db = -11\nsinr_db = 12\n";
    let document = once(world, &["status"]).json();
    let cell = [
        ("/radio/earfcn", json!(504_990)),
        ("/radio/downlink_mhz", json!(2524.95)),
        ("/radio/band", json!("n41")),
    ];
    assert_at(&document, &cell, "NR channel 504990");
}

#[test]
fn the_context_in_use_is_the_one_that_is_told() {
    let quirks = "active_context = 4\ncontexts = [{ cid = 1, apn = \"ims\" }, { cid = 4, apn = \"internet\" }]";
    // Own members: other families.
    each(&["quectel", "huawei", "telit", "generic"], |&persona| {
        let document = once(&home(persona, quirks), &["status"]).json();
        assert_at(&document, &[("/data/apn", json!("internet"))], persona);
        assert!(
            document["data"]["address"].is_string(),
            "{persona}: {document:#}"
        );
    });
    // Where `ims` alone is defined and none is in use, there is no access point to tell.
    let ims = replayed(
        "home",
        &[
            ("AT+CGCONTRDP", "ERROR"),
            ("AT+CGCONTRDP=1", "ERROR"),
            ("AT+CGPADDR=1", "+CGPADDR: 1"),
            ("AT+CGDCONT?", "+CGDCONT: 1,\"IPV4V6\",\"ims\",\"\",0,0"),
            ("AT+CGACT?", "+CGACT: 1,0"),
        ],
    );
    assert_at(
        &ims,
        &[("/data/apn", Value::Null), ("/data/address", Value::Null)],
        "ims",
    );
}

#[test]
fn a_card_s_number_with_letters_is_kept() {
    each(
        &[
            ("quectel", "898602F9091830030220", "89860*************20"),
            // Own members: another family, and a number that is filled up to its twenty digits.
            ("huawei", "898602F9091830030220", "89860*************20"),
            ("simcom", "8933010000000012346F", "89330************46"),
        ],
        |&(persona, iccid, shown)| {
            let document =
                once(&home(persona, &format!("iccid = \"{iccid}\"")), &["status"]).json();
            assert_at(&document, &[("/sim/iccid", json!(shown))], persona);
        },
    );
}

#[test]
fn there_is_no_quality_without_a_level() {
    let document = replayed(
        "huawei-home",
        &[
            ("AT^HCSQ?", "^HCSQ: \"LTE\",11,0,96,0"),
            ("AT^MONSC", "ERROR"),
            ("AT+CESQ", "ERROR"),
            ("AT+CSQ", "+CSQ: 99,99"),
        ],
    );
    let none = [
        ("/radio/rsrp_dbm", Value::Null),
        ("/radio/quality", Value::Null),
    ];
    assert_at(&document, &none, "^HCSQ");
    // Own members: the least of every scale, in other families. Beside a cell that is told it is the level.
    each(
        &["quectel", "huawei", "simcom", "generic", "telit", "sierra"],
        |&persona| {
            let document = once(&home(persona, "levels = \"lowest\""), &["status"]).json();
            let radio = &document["radio"];
            let told = radio["rsrp_dbm"].is_null() || radio["quality"] == "unusable";
            let alone = radio["rsrp_dbm"].is_number() || radio["quality"].is_null();
            assert!(told && alone, "{persona}: {document:#}");
        },
    );
}

#[test]
fn cell_and_area_come_from_creg_where_the_vendor_s_row_has_none() {
    // Own members: other families.
    each(
        &["huawei", "quectel", "generic", "simcom", "zte"],
        |&persona| {
            let document = once(&home(persona, "location = \"creg-only\""), &["status"]).json();
            assert_at(
                &document,
                &[
                    ("/radio/cell_id", json!(45_423_619)),
                    ("/radio/tac", json!(12_042)),
                ],
                persona,
            );
        },
    );
    let stick = replayed(
        "huawei-home",
        &[
            ("AT^MONSC", "ERROR"),
            ("AT+CEREG?", "ERROR"),
            ("AT+CREG?", "+CREG: 2,1,\"1A2B\",\"0155AB01\""),
        ],
    );
    assert_at(
        &stick,
        &[
            ("/radio/tac", json!(0x1A2B)),
            ("/radio/cell_id", json!(0x0155_AB01)),
        ],
        "a stick",
    );
}
