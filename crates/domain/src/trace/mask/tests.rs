use proptest::prelude::*;

use super::*;

fn masked(text: &str, after: &str) -> String {
    String::from_utf8(line(text.as_bytes(), after.as_bytes())).unwrap()
}

#[test]
fn identifiers_keep_their_shape_and_lose_their_owner() {
    assert_eq!(masked("356938035643809", "AT+CGSN"), "356938030000009");
    assert_eq!(
        masked("IMEI: 356938035643809", "ATI"),
        "IMEI: 356938030000009"
    );
    assert_eq!(masked("208100123456789", "AT+CIMI"), "208100000000089");
    assert_eq!(
        masked("+QCCID: 8933010000000012346F", "AT+QCCID"),
        "+QCCID: 8933000000000000046F"
    );
    assert_eq!(
        masked(r#"+CNUM: ,"+33612345678",145"#, "AT+CNUM"),
        r#"+CNUM: ,"+00000000078",145"#
    );
}

#[test]
fn a_secret_leaves_nothing_of_itself() {
    assert_eq!(masked(r#"AT+CPIN="1234""#, ""), r#"AT+CPIN="****""#);
    assert_eq!(masked("at+cpin=1234;+csq", ""), "at+cpin=****;+csq");
    assert_eq!(
        masked(r#"AT+CSQ;+CPIN="1234";+CPIN="5678""#, ""),
        r#"AT+CSQ;+CPIN="****";+CPIN="****""#
    );
    assert_eq!(
        masked(r#"AT+CLCK="SC",0,"1234""#, ""),
        r#"AT+CLCK="**",*,"****""#
    );
    assert_eq!(masked("AT+CPIN?", ""), "AT+CPIN?");
}

#[test]
fn what_identifies_nobody_is_kept() {
    for text in [
        r#"+COPS: 1,2,"20810",7"#,
        r#"+CEREG: 2,5,"1A2B","0123ABCD",7"#,
        "+CSQ: 17,99",
        "ATD*99#",
    ] {
        assert_eq!(masked(text, "AT+COPS?"), text);
    }
}

#[test]
fn what_nobody_knows_is_hidden_and_what_is_known_stays_readable() {
    assert_eq!(
        masked(r#"AT$FOO=1,1,"secret",abcde,12,4711"#, ""),
        r#"AT$FOO=1,1,"******",*****,12,****"#
    );
    assert_eq!(
        masked(r#"AT+CSQ;+FOO="pass;word""#, ""),
        r#"AT+CSQ;+FOO="*********""#
    );
    assert_eq!(
        masked(r#"AT$FOO  =1,123,"a,bcd,e",1234"#, ""),
        r#"AT$FOO  =1,123,"*******",****"#
    );
    // A text that has ended hides no semicolon.
    assert_eq!(
        masked(r#"AT+CGDCONT=1,"IP","orange";+FOO="secret""#, ""),
        r#"AT+CGDCONT=1,"IP","orange";+FOO="******""#
    );
    assert_eq!(masked(r#"AT!FOO "A710""#, ""), r#"AT!FOO "****""#);
    assert_eq!(
        masked(r#"+FOO: 1,"user","pass",0"#, "AT+FOO?"),
        r#"+FOO: 1,"****","****",0"#
    );
    assert_eq!(masked(r#"1,"user""#, "AT+FOO?"), r#"1,"****""#);
    assert_eq!(masked("AT+FOO?", ""), "AT+FOO?");
    assert_eq!(masked("AT+FOO=?", ""), "AT+FOO=?");
    for text in [
        r#"AT+CGDCONT=1,"IP","orange.fr""#,
        r#"+CGDCONT: 1,"IP","orange.fr","0.0.0.0",0,0"#,
        r#"+COPS: (2,"Orange F","Orange","20801",7),(1,"F SFR","SFR","20810",7),,(0,1,2,3,4),(0,1,2)"#,
        r#"+COPS: 1,2,"00320030003800310030",7"#,
        r#"+COPS: 1,0,"004F00720061006E00670065002000460020",7"#,
        r#"+CGCONTRDP: 1,5,"orange","10.20.30.40.255.255.255.0","10.20.30.1","192.168.10.110","192.168.10.111""#,
        "+CPIN: SIM PIN",
        r#"AT+CSCS="UCS2""#,
        "AT+CRSM=176,12258,0,0,10",
    ] {
        assert_eq!(masked(text, ""), text);
    }
}

#[test]
fn passwords_of_a_context_are_hidden_both_ways() {
    assert_eq!(
        masked(r#"AT+CGAUTH=1,1,"user","pa;ss""#, ""),
        r#"AT+CGAUTH=*,*,"****","*****""#
    );
    assert_eq!(
        masked(r#"+CGAUTH: 1,1,"user","pass""#, "AT+CGAUTH?"),
        r#"+CGAUTH: *,*,"****","****""#
    );
    assert_eq!(
        masked(r#"AT+CSIM=26,"0020000108""#, ""),
        r#"AT+CSIM=**,"**********""#
    );
    assert_eq!(masked("AT+CPIN=12;34", ""), "AT+CPIN=*****");
}

/// The spellings of a number that modems and people use.
fn spellings(number: &str) -> Vec<String> {
    let groups = |sizes: &[usize], sign: &str| {
        let mut rest = number;
        let mut parts = Vec::new();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (head, tail) = rest.split_at((*size).min(rest.len()));
            parts.push(head.to_owned());
            rest = tail;
        }
        parts.join(sign)
    };
    let hex = |width: usize| {
        let letter = |b| format!("{b:0width$X}");
        let letters: Vec<String> = number.bytes().map(letter).collect();
        letters.concat()
    };
    let swapped = |filler: &str| {
        let filled = format!(
            "{number}{}",
            if number.len() % 2 == 1 { filler } else { "" }
        );
        let pairs = filled.as_bytes().chunks(2);
        pairs
            .flat_map(|p| p.iter().rev().map(|b| char::from(*b)))
            .collect::<String>()
    };
    vec![
        number.to_owned(),
        groups(&[2, 6, 6, 2], "-"),
        groups(&[8, 6], "-"),
        groups(&[4], "-"),
        groups(&[2, 6, 6, 2], " "),
        hex(2),
        hex(4),
        hex(2).to_lowercase(),
        swapped("F"),
        format!("0891{}00", swapped("F")),
    ]
}

/// How many of a number's digits can be read in a row, in a text from which all signs are taken.
fn readable(number: &str, text: &str) -> bool {
    let signs: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    spellings(number).iter().any(|spelling| {
        let spelling: String = spelling
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        signs.to_uppercase().contains(&spelling.to_uppercase())
    })
}

#[test]
fn an_identifier_is_hidden_in_every_spelling() {
    // None that another test has heard: what is looked at here is how a number looks.
    for number in [
        "864218035917264",
        "86421803591726",
        "208101234567891",
        "89330112345678901234",
        "8933011234567890123",
    ] {
        for spelling in spellings(number) {
            for text in [
                spelling.clone(),
                format!("IMEI{spelling}"),
                format!("EC25-{spelling}"),
                format!("+CGMM: \"EC25 {spelling}\""),
                format!("+FOO: 1,\"{spelling}\",7"),
            ] {
                // Blanks stand in tables too: there the modem's own number is hidden once it was heard.
                let as_in_tables = spelling.contains(' ')
                    && !number.starts_with("89")
                    && number != "864218035917264";
                if as_in_tables {
                    continue;
                }
                let out = masked(&text, "AT");
                assert!(!readable(number, &out), "{text} gives {out}");
                assert_eq!(masked(&out, "AT"), out, "{text}");
                let told = super::text(&text);
                assert!(!readable(number, &told), "{text} gives {told}");
            }
        }
    }
    assert_eq!(
        masked("8933 0112 3456 7890 1234", "AT+CCID"),
        "8933 0000 0000 0000 0034"
    );
    assert_eq!(
        masked("898602F9091830030220", "AT+CCID"),
        "898600F0000000000020"
    );
    assert_eq!(
        masked("35-693803-564380-9", "AT+CGSN"),
        "35-693803-000000-9"
    );
}

#[test]
fn a_number_in_the_pdu_of_a_message_is_hidden() {
    // A message from +33 6 12 34 56 78 by the centre +33 6 89 00 40 00.
    let pdu = "07913386094000F0040B913316325476F80000622062010000800AE8329BFD4697D9EC37";
    for after in ["AT+CMGR=1", "AT+CMGL=4", "AT"] {
        let out = masked(pdu, after);
        assert!(!out.contains("163254") && !out.contains("860940"), "{out}");
        assert_eq!(out.len(), pdu.len());
    }
    assert_eq!(
        masked("call me at 06 12 34 56 78", "AT+CMGR=1"),
        "call me at 00 00 00 00 78"
    );
    assert_eq!(
        masked(r#"AT+CMGS="+33612345678""#, ""),
        r#"AT+CMGS="+00000000078""#
    );
}

#[test]
fn the_modems_own_numbers_are_hidden_everywhere_once_they_were_heard() {
    STANDARD.learn_from(b"AT+CGSN", b"+CGSN: \"867732041234561\"");
    STANDARD.learn_from(b"AT+CIMI", b"208209876543217");
    STANDARD.learn_from(
        b"AT+CRSM=176,12258,0,0,10",
        b"+CRSM: 144,0,\"98330272635445362718\"",
    );
    for number in ["867732041234561", "208209876543217", "89332027364554637281"] {
        let dotted: String = number.chars().flat_map(|c| [c, '/']).collect();
        let integer = format!("0x{:x}", number.parse::<u128>().unwrap());
        let mut all = spellings(number);
        all.extend([dotted, integer]);
        for spelling in all {
            let text = format!("Model {spelling}, rev 2");
            for out in [masked(&text, ""), super::text(&text), hide_own(&text)] {
                assert!(!out.contains(&spelling), "{text} gives {out}");
                assert!(!readable(number, &out), "{text} gives {out}");
            }
        }
    }
    assert_eq!(hide_own("867732041234561"), "86773204*****61");
    // Without the digit that checks the others, and as a card or a network's message holds it.
    for part in ["86 773204 123456", "68772340214365", "76370214325416"] {
        assert_ne!(hide_own(part), part);
    }
    let other = "Time 2026-11-26 23:47:33, 10.20.30.40, 20810";
    assert_eq!(
        (super::text(other), hide_own(other)),
        (other.to_owned(), other.to_owned())
    );
}

#[test]
fn a_filler_behind_a_card_s_number_is_none_of_its_digits() {
    STANDARD.learn_from(b"AT+CCID", b"8933207711223344556F");
    assert_eq!(hide_own("8933207711223344556"), "89332************56");
    STANDARD.learn_from(b"AT+CCID", b"CAFEBABECAFEBABECAFE");
    assert_eq!(hide_own("CAFEBABECAFEBABECAFE"), "CAFEBABECAFEBABECAFE");
}

#[test]
fn a_number_that_looks_like_something_else_is_hidden_all_the_same() {
    for (text, shown) in [
        // Longer than a cell's number that is filled with zeros.
        ("x 00001234567890123456 y", "x 00001000000000000056 y"),
        // No uuid has digits alone.
        (
            "12345678-1234-1234-1234-123456789012",
            "12345000-0000-0000-0000-000000000012",
        ),
        ("ABCDEF4321ABCDEF4321AB", "ABCDEF0000ABCDEF0000AB"),
    ] {
        assert_eq!(masked(text, ""), shown);
    }
    assert_eq!(
        masked("AT+CGAUTH=1,1,us?r,a?c", ""),
        "AT+CGAUTH=*,*,****,***"
    );
}

#[test]
fn what_is_as_long_as_an_identifier_keeps_its_head_wherever_it_stands() {
    // An answer about phone numbers, with a number of 14 digits and one of 13 in it.
    assert_eq!(
        masked(r#"+CNUM: ,"35693803564380",129"#, "AT+CNUM"),
        r#"+CNUM: ,"35693000000080",129"#
    );
    assert_eq!(
        masked(r#"+CNUM: ,"3569380356438",129"#, "AT+CNUM"),
        r#"+CNUM: ,"0000000000038",129"#
    );
    // Longer than an IMEI with its software version, where one was asked for.
    assert_eq!(
        masked("893301000000001234", "AT+CGSN"),
        "893300000000000034"
    );
}

#[test]
fn two_numbers_that_share_a_group_are_both_hidden_at_once() {
    let text = "893301000000003569 3803 5643 8092.5.3569 3803 5643 809";
    let once = masked(text, "");
    assert_eq!(
        once,
        "893300000000000000 0003 5643 8092.5.3569 3000 0000 009"
    );
    assert_eq!(masked(&once, ""), once);
}

#[test]
fn a_number_behind_a_text_in_hexadecimal_is_hidden_too() {
    let text = r#"+CUSD: 0,"0042006F006E006A006F0075007200200074006F0069",15 IMEI "#;
    assert_eq!(
        masked(&format!("{text}356938035643809"), "AT+CUSD=1"),
        format!("{text}356930000000009")
    );
}

#[test]
fn hexadecimal_digits_are_hidden_where_they_may_be_a_number_and_texts_keep_their_letters() {
    for (text, expected) in [
        // Mixed, and with ten decimal digits or more; with fewer it is no number of somebody.
        ("+X: 8912F3A5A6789012", "+X: 8912F0A0A0000012"),
        ("+X: 1A2B3C4D5E6F7A8B", "+X: 1A2B3C4D5E6F7A8B"),
        // "Benoît Dupont" in UCS-2, and an IMEI in ASCII.
        (
            "+X: 00420065006E006F00EE00740020004400750070006F006E0074",
            "+X: 00420065006E006F00EE00740020004400750070006F006E0074",
        ),
        (
            "+X: 333536393338303335363433383039",
            "+X: 333536393330303030303030303039",
        ),
    ] {
        assert_eq!(masked(text, "AT+X"), expected);
    }
}

#[test]
fn an_answer_is_not_learnt_where_no_number_was_asked_for() {
    STANDARD.learn_from(b"AT+CSQ", b"777766665555444");
    STANDARD.learn_from(b"AT+CGSN", b"000000000000000");
    STANDARD.learn_from(b"AT+CGSN", b"ERROR 12");
    assert_eq!(hide_own("777766665555444"), "777766665555444");
    assert_eq!(hide_own("000000000000000"), "000000000000000");
}

#[test]
fn what_looks_like_a_number_of_somebody_and_is_none_stays() {
    for text in [
        "+CCLK: \"26/11/26,23:47:33+04\"",
        "EC25EFAR06A06M4G_2021-08-01 12:34:56",
        "550e8400-e29b-41d4-a716-446655440000",
        "+CESQ: 99,99,255,255,20,56",
        "+CGMR: \"81600.0000.00.29.23.01\"",
        "Revision: 89602.1000.00.04.07.02",
        "+C5GREG: 2,1,\"46550B\",\"0000000170C23000\",11,1,\"01\"",
    ] {
        assert_eq!(masked(text, ""), text, "{text}");
    }
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "[1-9]{14,22}",
        "35[0-9]{12,13}",
        "89[0-9]{16,18}",
        "208[0-9]{12}"
    ]
}

proptest! {
    #[test]
    fn no_long_run_of_digits_comes_through(digits in "[1-9]{14,22}", before: Vec<u8>) {
        let mut bytes = before;
        bytes.push(b' ');
        bytes.extend(digits.as_bytes());
        let out = line(&bytes, b"AT+CIMI");
        prop_assert!(!out.windows(digits.len()).any(|w| w == digits.as_bytes()));
    }

    #[test]
    fn no_planted_identifier_survives_in_any_spelling(
        digits in "[1-9]{5}[0-9]{9,15}[1-9]{2}",
        which in 0usize..10,
        before in "[A-Za-z +:,\"]{0,12}",
        after in "[A-Za-z +:,\"]{0,12}",
        answers in "AT(\\+CSQ|I|\\+CGSN|\\+FOO\\?)?",
    ) {
        // All-zero middles are what the mask makes of it.
        prop_assume!(digits[8..digits.len() - 2].bytes().any(|b| b != b'0'));
        let spelling = spellings(&digits)[which].clone();
        // Blanks stand in tables too: there the modem's own number is hidden once it was heard.
        prop_assume!(!spelling.contains(' '));
        // A letter of the hexadecimal digits would be one more of them.
        let before = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let after = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let text = format!("{before}{spelling}{after}");
        let out = masked(&text, &answers);
        prop_assert!(!readable(&digits, &out), "{} gives {}", text, out);
    }

    #[test]
    fn no_secret_survives(
        secret in "[A-Za-z0-9]{4,16}",
        quoted: bool,
        name in "(\\+CPIN|\\+CLCK|\\+CGAUTH|\\+CSIM|\\$QZZPDP|#ZZAUTH|\\^ZZAUTH|!ZZCND)",
        before in "(AT|at|AT\\+CSQ;|ATE0|AT\\+CPIN=\"1234\";)",
        fields in "(|1,|1,\"x\",)",
    ) {
        prop_assume!(!"1234".contains(&secret));
        let value = if quoted { format!("\"{secret}\"") } else { secret.clone() };
        let text = format!("{before}{name}={fields}{value}");
        let out = masked(&text, "");
        prop_assert!(!out.contains(&secret), "{} gives {}", text, out);
    }

    #[test]
    fn the_mask_changes_no_length_no_line_end_and_nothing_twice(bytes: Vec<u8>, text in "[ -~]{0,60}", after in "(AT[+A-Z=?;]{0,12})?") {
        for whole in [bytes, text.clone().into_bytes(), format!("AT{text}").into_bytes()] {
            let out = line(&whole, after.as_bytes());
            prop_assert_eq!(out.len(), whole.len());
            let ends = |b: &[u8]| b.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
            prop_assert_eq!(ends(&out), ends(&whole));
            prop_assert_eq!(line(&out, after.as_bytes()), out);
        }
        let told = super::text(&text);
        prop_assert_eq!(super::text(&told), told);
    }

    #[test]
    fn identifiers_of_any_issue_are_hidden(number in number()) {
        prop_assume!(number[8..number.len() - 2].bytes().any(|b| b != b'0'));
        let out = masked(&format!("x {number} y"), "");
        prop_assert!(!out.contains(&number), "{}", out);
    }
}
