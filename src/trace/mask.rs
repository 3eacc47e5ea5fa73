//! Takes identifiers and secrets out of a conversation line, keeping its shape.
//!
//! Digits become `0`, so that a masked trace still parses and can be replayed. What is kept is what support needs:
//! the type allocation code of an IMEI, the network of an IMSI, the issuer of an ICCID, and the last two digits.

/// Commands whose quoted or bare arguments are secrets: PIN, facility passwords, context passwords.
const SECRET: &[&str] = &[
    "+CPIN=",
    "+CLCK=",
    "+CPWD=",
    "+CGAUTH=",
    "^AUTHDATA=",
    "+QICSGP=",
    "*PIN=",
];

/// Answers and commands that carry phone numbers.
const NUMBERS: &[&str] = &[
    "+CNUM:", "+CLIP:", "+CLCC:", "+CPBR:", "+CMT:", "+CMGR:", "+CMGL:", "+CUSD:", "+CCWA:",
];

/// A line as it may be written down: runs of digits long enough to identify someone are masked, whatever the line
/// is, and so are the arguments of commands that carry secrets. `after` is the command that the line answers, empty
/// for a command itself.
pub fn line(bytes: &[u8], after: &[u8]) -> Vec<u8> {
    let upper = bytes.to_ascii_uppercase();
    if let Some(at) = first_of(&upper, SECRET) {
        return hide_arguments(bytes, at);
    }
    let dials = upper.starts_with(b"ATD") && !upper.starts_with(b"ATD*");
    let numbers = dials || first_of(&upper, NUMBERS).is_some();
    let imei = asks_for_imei(after);
    mask_runs(bytes, if numbers { 4 } else { 14 }, imei)
}

fn asks_for_imei(command: &[u8]) -> bool {
    let upper = command.to_ascii_uppercase();
    first_of(&upper, &["+CGSN", "+GSN", "I", "+EGMR"]).is_some()
        && first_of(&upper, &["+CIMI", "CCID", "ICCID"]).is_none()
}

/// Where the text after the first of these words begins.
fn first_of(upper: &[u8], words: &[&str]) -> Option<usize> {
    let find = |word: &&str| {
        upper
            .windows(word.len())
            .position(|w| w == word.as_bytes())
            .map(|at| at + word.len())
    };
    words.iter().filter_map(find).min()
}

/// Stars every letter and digit from `start` on, commas and quotes kept, up to the next chained command.
fn hide_arguments(bytes: &[u8], start: usize) -> Vec<u8> {
    let mut quoted = false;
    let mut chained = false;
    let hide = |(at, byte): (usize, &u8)| {
        if at < start || chained {
            return *byte;
        }
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => chained = true,
            b',' if !quoted => {}
            b'?' => {}
            _ => return b'*',
        }
        *byte
    };
    let hidden: Vec<u8> = bytes.iter().enumerate().map(hide).collect();
    // What is chained behind may hold another secret.
    match hidden.iter().skip(start).position(|b| *b == b';') {
        Some(at) => {
            let (head, tail) = hidden.split_at(start + at + 1);
            [head, &line(tail, b"")].concat()
        }
        None => hidden,
    }
}

/// Zeroes the middle of every run of at least `least` digits.
fn mask_runs(bytes: &[u8], least: usize, imei: bool) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut start = 0;
    while start < out.len() {
        let len = out[start..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if len >= least {
            let head = match len {
                0..=13 => 0,
                14..=17 if imei => 8,
                _ => 5,
            };
            out[start + head..start + len - 2].fill(b'0');
        }
        start += len.max(1);
    }
    out
}

#[cfg(test)]
mod tests {
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

    proptest::proptest! {
        #[test]
        fn no_long_run_of_digits_comes_through(digits in "[1-9]{14,22}", before: Vec<u8>) {
            let mut bytes = before;
            bytes.push(b' ');
            bytes.extend(digits.as_bytes());
            let out = line(&bytes, b"AT+CIMI");
            proptest::prop_assert!(!out.windows(digits.len()).any(|w| w == digits.as_bytes()));
        }
    }
}
