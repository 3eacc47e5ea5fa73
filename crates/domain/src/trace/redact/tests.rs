use proptest::prelude::*;

use super::*;

fn private() -> Private {
    Private {
        hosts: vec!["paques-portable".to_owned()],
        users: vec!["mariepaques".to_owned(), "root".to_owned()],
        homes: vec![
            "/home/mariepaques".to_owned(),
            "/root".to_owned(),
            r"C:\Users\Marie P".to_owned(),
        ],
        secrets: vec![
            "73519482".to_owned(),
            "S3cret-Apn".to_owned(),
            "orange".to_owned(),
        ],
        addresses: vec!["10.64.12.7".parse().unwrap()],
        stations: vec![[0x3c, 0x6a, 0xa7, 0x11, 0x22, 0x33]],
    }
}

fn text(text: &str) -> String {
    Redactor::new(&private()).text(text)
}

#[test]
fn each_kind_is_taken_out_of_a_text_and_what_stands_there_is_told() {
    for (given, expected) in [
        ("on Paques-Portable as mariepaques", "on <host> as <user>"),
        ("/home/mariepaques/.config", "~/.config"),
        (r"in C:\Users\Marie P\AppData", r"in ~\AppData"),
        ("root at localhost", "root at localhost"),
        ("carrier orange", "carrier orange"),
        ("unlock with 73519482.", "unlock with ********."),
        ("10.64.12.7 then 10.64.12.1:53", "10.0.0.1 then 10.0.0.2:53"),
        (
            "127.0.0.1, 0.0.0.0, 255.255.255.0",
            "127.0.0.1, 0.0.0.0, 255.255.255.0",
        ),
        ("2a01:e0a:1:2::5/64", "2a01::2/64"),
        (
            "3C:6A:A7:11:22:33 3c-6a-a7-11-22-44",
            "02:00:00:00:00:01 02-00-00-00-00-02",
        ),
        ("wwx3c6aa7112244 up", "wwx020000000002 up"),
        ("call +33 6 12 34 56 78!", "call +** * ** ** ** 78!"),
        (
            "06.12.34.56.78 or 0612345678",
            "**.**.**.**.78 or ********78",
        ),
        ("imsi 208011234567812", "imsi 20801********12"),
        ("password = \"hunter2\"", "password = \"*******\""),
        ("PIN 4821 is wrong", "PIN **** is wrong"),
        ("sip:marie@box.example", "sip:*****@box.example"),
        (
            "$GPGGA,123519,4807.038,N,01131.000,E",
            "$GPGGA,******,****.***,N,*****.***,E",
        ),
        ("at 48.85661, 2.35222", "at **.*****, *.*****"),
        ("latitude = 48.8", "latitude = **.*"),
        (
            "SWI9X30C_02.24.05.06 at 20:48:28",
            "SWI9X30C_02.24.05.06 at 20:48:28",
        ),
        (
            "kernel 6.1.0-13, cell 2B51C03, tac 12042",
            "kernel 6.1.0-13, cell 2B51C03, tac 12042",
        ),
        (
            "store::bundle, mm:0, usb:1-1.4",
            "store::bundle, mm:0, usb:1-1.4",
        ),
    ] {
        assert_eq!(text(given), expected);
    }
}

fn hex(text: &str) -> String {
    super::hex::of_bytes(text.bytes())
}

fn ucs2(text: &str) -> String {
    super::hex::of_units(text.encode_utf16())
}

#[test]
fn what_is_written_in_hexadecimal_or_over_two_lines_is_found_too() {
    for planted in [
        "paques-portable",
        "mariepaques",
        "S3cret-Apn",
        "73519482",
        "10.64.12.7",
        "172.16.33.44",
        "3c:6a:a7:11:22:33",
        "3c:6a:a7:55:66:77",
        "+33612345678",
        "0612345678",
        "208011234567812",
        "356938035643809",
        "8933012345678901234",
        "48.85661,2.35222",
    ] {
        let (first, second) = planted.split_at(planted.len() / 2);
        for given in [
            planted.to_owned(),
            hex(planted),
            hex(planted).to_lowercase(),
            ucs2(planted),
            format!("{first}\n{second}"),
            format!("{first}\r\n  {second}"),
            format!("{first}\n# {second}"),
            format!("{first}\n INFO {second}"),
        ] {
            let given = format!("before {given} after");
            let kept = text(&given);
            let lines = kept.replace("# ", "").replace(" INFO ", "");
            assert!(!squeezed(&lines).contains(&squeezed(planted)), "{kept:?}");
            assert!(
                !squeezed(&kept).contains(&squeezed(planted)),
                "{given:?}: {kept:?}"
            );
            let is_in = |spelt: String| kept.to_lowercase().contains(&spelt.to_lowercase());
            assert!(
                !is_in(hex(planted)) && !is_in(ucs2(planted)),
                "{given:?}: {kept:?}"
            );
            assert!(
                kept.starts_with("before ") && kept.ends_with(" after"),
                "{kept:?}"
            );
        }
    }
}

/// Without what a line's end may bring in.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_trace_keeps_its_shape_and_a_number_over_two_of_its_lines_is_hidden() {
    let trace = "# Port: x\n@ 0.012\n> AT+CGSN\n< 3569380\\x0d\n@ 0.013\n< 35643809\n<\n< OK\n";
    let clean = Redactor::new(&private()).trace(trace);
    assert_eq!(
        clean,
        "# Port: x\n@ 0.012\n> AT+CGSN\n< 3569300\\x0d\n@ 0.013\n< 00000009\n<\n< OK\n"
    );
    assert!(crate::trace::parse(&clean).is_ok());
    let masked = "> AT+CGSN\n< 867962040000062\n<\n< OK\n> AT+CGCONTRDP\n\
                  < +CGCONTRDP: 1,5,\"internet\",\"10.64.12.7.255.255.255.0\",\"10.64.12.1\"\n";
    let clean = Redactor::new(&private()).trace(masked);
    let expected = masked.replace("10.64.12.7.", "10.0.0.1.");
    assert_eq!(clean, expected.replace("10.64.12.1", "10.0.0.2"));
}

#[test]
fn a_document_keeps_its_numbers_and_its_keys_and_loses_a_persons_words() {
    let mut document = serde_json::json!({
        "label": "chez Marie", "data": {"address": "10.64.12.7"},
        "cell_id": 208_011_234_567_812_u64, "lat": 48.85,
        "lines": ["+336123", "45678", "fin"],
    });
    Redactor::new(&private()).json(&mut document);
    assert_eq!(
        document,
        serde_json::json!({
            "label": "***", "data": {"address": "10.0.0.1"},
            "cell_id": 208_011_234_567_812_u64, "lat": null,
            "lines": ["+******", "***78", "fin"],
        })
    );
}

proptest! {
    #[test]
    fn any_text_is_taken_and_a_second_reading_finds_nothing(given in "[ -~\n\u{e9}]{0,120}") {
        let mut redactor = Redactor::new(&private());
        let once = redactor.text(&given);
        prop_assert_eq!(redactor.text(&once), once);
    }

    #[test]
    fn whatever_stands_round_a_name_it_goes(before in "[ -~\n]{0,20}", after in "[ -~\n]{0,20}") {
        let kept = text(&format!("{before} mariepaques {after}"));
        prop_assert!(!kept.contains("mariepaques"));
    }
}
