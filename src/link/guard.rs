//! The last step before the wire: what is never sent, whatever the code above does.
//!
//! A device must not hop between operators by itself, so automatic selection is never sent and a network is
//! selected only under a person's live [`Order`] that names it. The guard knows one shape of selection,
//! `+COPS=1,2,"<code>"`, and refuses every other word with `COPS` in it that it does not know to be harmless: a
//! list of the allowed, not of the forbidden. It also keeps what would spend PIN tries, dial, reset the selection
//! or hide a command from it off the wire.

use crate::domain::Plmn;
use crate::domain::policy::Order;

/// Why a command line was not sent. Its code names the sentence in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// It would hand the choice of network to the modem.
    AutomaticSelection,
    /// It would leave the network without going to another.
    Deregister,
    /// It selects a network without a live order that names it.
    NoOrder,
    /// It has to do with selection or with control characters in a way the guard cannot read.
    Unreadable,
    /// It would spend a PIN try or change a PIN.
    Pin,
    /// It would dial.
    Dial,
    /// It would reset settings, the selection among them.
    Reset,
    /// `A/` sends the last line again, unseen.
    Repeat,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 8] = [
        Self::AutomaticSelection,
        Self::Deregister,
        Self::NoOrder,
        Self::Unreadable,
        Self::Pin,
        Self::Dial,
        Self::Reset,
        Self::Repeat,
    ];

    /// The code of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::AutomaticSelection => "guard.automatic_selection",
            Self::Deregister => "guard.deregister",
            Self::NoOrder => "guard.no_order",
            Self::Unreadable => "guard.unreadable",
            Self::Pin => "guard.pin",
            Self::Dial => "guard.dial",
            Self::Reset => "guard.reset",
            Self::Repeat => "guard.repeat",
        }
    }
}

/// What a command line comes with.
#[derive(Debug, Clone, Default)]
pub struct Leave {
    /// A person's order, where the command selects a network.
    pub order: Option<Order>,
    /// Whether this is opensim's own entry of a PIN, after reading how many tries are left.
    pub pin: bool,
}

impl Leave {
    /// Nothing that changes a network or spends a try.
    pub const NONE: Self = Self {
        order: None,
        pin: false,
    };

    /// Selection under this order.
    pub fn under(order: &Order) -> Self {
        Self {
            order: Some(order.clone()),
            pin: false,
        }
    }

    /// The entry of a PIN.
    pub fn for_pin() -> Self {
        Self {
            order: None,
            pin: true,
        }
    }
}

/// Looks at the exact bytes of one command line as they are about to be written, its end included.
///
/// # Errors
/// With the rule that keeps it off the wire.
pub fn check(bytes: &[u8], leave: &Leave) -> Result<(), Rule> {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    // Control characters edit the line in the modem (V.250 5.2.2), so what would run is not what is read here.
    if !line.iter().all(|b| (0x20..0x7F).contains(b)) {
        return Err(Rule::Unreadable);
    }
    let folded = fold(line);
    if folded.starts_with("A/") {
        return Err(Rule::Repeat);
    }
    selections(&folded, leave)?;
    let Some(body) = folded.strip_prefix("AT") else {
        return if folded.is_empty() {
            Ok(())
        } else {
            Err(Rule::Unreadable)
        };
    };
    body_rules(body, leave)
}

/// Whether a backend without AT may select this network now.
///
/// # Errors
/// When no live order names it.
pub fn check_selection(plmn: Plmn, leave: &Leave) -> Result<(), Rule> {
    match &leave.order {
        Some(order) if order.permits(plmn) => Ok(()),
        _ => Err(Rule::NoOrder),
    }
}

/// Upper case, blanks gone outside quotes: how a modem reads a line (V.250 5.2.1).
fn fold(line: &[u8]) -> String {
    let mut quoted = false;
    let keep = |byte: &u8| {
        if *byte == b'"' {
            quoted = !quoted;
        }
        (quoted || *byte != b' ').then(|| char::from(byte.to_ascii_uppercase()))
    };
    line.iter().filter_map(keep).collect()
}

/// Every place with `COPS` in it must be one the guard knows.
fn selections(folded: &str, leave: &Leave) -> Result<(), Rule> {
    for (at, word) in folded.match_indices("COPS") {
        if !folded[..at].ends_with('+') {
            return Err(Rule::Unreadable);
        }
        selection(&folded[at + word.len()..], leave)?;
    }
    Ok(())
}

fn selection(rest: &str, leave: &Leave) -> Result<(), Rule> {
    let (this, next) = match rest.split_once(';') {
        Some((this, next)) => (this, next),
        None => (rest, ""),
    };
    // A quote left open could swallow the semicolon that ends the command for the guard.
    if this.matches('"').count() % 2 != 0 || (rest.contains(';') && next.is_empty()) {
        return Err(Rule::Unreadable);
    }
    let Some(arguments) = this.strip_prefix('=') else {
        return if this == "?" {
            Ok(())
        } else {
            Err(Rule::Unreadable)
        };
    };
    let mut fields = arguments.split(',');
    match fields.next() {
        Some("?") if arguments == "?" => Ok(()),
        Some("3") => match (fields.next(), fields.next()) {
            (Some("0" | "1" | "2"), None) => Ok(()),
            _ => Err(Rule::Unreadable),
        },
        Some("1") => manual(fields, leave),
        Some("2") => Err(Rule::Deregister),
        Some("0" | "4") => Err(Rule::AutomaticSelection),
        _ => Err(Rule::Unreadable),
    }
}

/// `1,2,"20810"` with an access technology at most; the code in digits or as UCS-2, quoted.
fn manual<'a>(mut fields: impl Iterator<Item = &'a str>, leave: &Leave) -> Result<(), Rule> {
    let (Some("2"), Some(code)) = (fields.next(), fields.next()) else {
        return Err(Rule::Unreadable);
    };
    let access = fields.next();
    let digits = access
        .is_none_or(|a| !a.is_empty() && a.len() <= 2 && a.bytes().all(|b| b.is_ascii_digit()));
    if !digits || fields.next().is_some() {
        return Err(Rule::Unreadable);
    }
    let code = code
        .strip_prefix('"')
        .and_then(|c| c.strip_suffix('"'))
        .ok_or(Rule::Unreadable)?;
    let decoded = crate::at::value::ucs2(code.as_bytes());
    let plmn: Plmn = decoded
        .as_deref()
        .unwrap_or(code)
        .parse()
        .map_err(|_| Rule::Unreadable)?;
    check_selection(plmn, leave)
}

/// What else stays off the wire: dialling, resets, PINs. Reads each command of the line as V.250 5.4 has it: basic
/// commands one behind another, then at most one extended command, up to a semicolon.
fn body_rules(body: &str, leave: &Leave) -> Result<(), Rule> {
    for part in split(body) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            if EXTENDED.contains(first) {
                extended(rest, leave)?;
                break;
            }
            rest = basic(rest)?;
        }
    }
    Ok(())
}

/// What an extended command begins with, vendors' own among them.
const EXTENDED: &str = "+^$#!%*@~_-|";

/// The commands of a line: what stands between semicolons outside quotes.
fn split(body: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    body.split(move |c: char| {
        if c == '"' {
            quoted = !quoted;
        }
        c == ';' && !quoted
    })
}

/// One basic command at the head of `rest`; gives what follows it.
fn basic(rest: &str) -> Result<&str, Rule> {
    let prefixed = rest.starts_with(['&', '\\']);
    let letter = rest
        .chars()
        .nth(usize::from(prefixed))
        .ok_or(Rule::Unreadable)?;
    if !letter.is_ascii_alphabetic() {
        return Err(Rule::Unreadable);
    }
    let after = &rest[usize::from(prefixed) + 1..];
    let after_digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
    match (prefixed, letter) {
        // Dialling, answering, and going back on line: what follows is not commands any more.
        (false, 'D' | 'A' | 'O') => Err(Rule::Dial),
        (false, 'Z') => Err(Rule::Reset),
        (true, 'F' | 'W' | 'Y' | 'Z') if rest.starts_with('&') => Err(Rule::Reset),
        (false, 'S') => register(after, after_digits),
        _ => Ok(after_digits),
    }
}

/// A register, after its `S`. S3, S4 and S5 move the line end and the editing character, after which a line is not
/// what it looks like.
fn register<'a>(after: &'a str, after_digits: &'a str) -> Result<&'a str, Rule> {
    let number = &after[..after.len() - after_digits.len()];
    let Some(value) = after_digits.strip_prefix('=') else {
        return Ok(after_digits.strip_prefix('?').unwrap_or(after_digits));
    };
    let value = value.strip_prefix('?').unwrap_or(value);
    // `S=` writes the register named before, unseen here.
    match number.parse::<u32>() {
        Ok(3..=5) | Err(_) => Err(Rule::Reset),
        Ok(_) => Ok(value.trim_start_matches(|c: char| c.is_ascii_digit())),
    }
}

/// One extended command: its name, then `?`, `=?`, `=` with values, or nothing.
fn extended(command: &str, leave: &Leave) -> Result<(), Rule> {
    let end = command.find(['=', '?']).unwrap_or(command.len());
    let (name, rest) = command.split_at(end);
    if rest.is_empty() || rest == "?" || rest == "=?" {
        return Ok(());
    }
    let word = name.trim_start_matches(|c: char| EXTENDED.contains(c));
    match word {
        "CPIN" | "CPIN2" | "PIN" | "PIN2" | "CLCK" | "CPWD" | "CARDLOCK" if !leave.pin => {
            Err(Rule::Pin)
        }
        // Off the network, or through a restart after which the modem may choose by itself.
        "CGATT" => Err(Rule::Deregister),
        "CFUN" | "RESET" => Err(Rule::Reset),
        // Vendors' own ways to choose a network.
        "EOPS" | "ZSNT" => Err(Rule::AutomaticSelection),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::policy::Purpose;

    fn sfr() -> Leave {
        Leave::under(&Order::from_person(
            Purpose::Switch,
            ["20810".parse().unwrap()],
        ))
    }

    #[test]
    fn automatic_selection_never_leaves_in_any_spelling() {
        for line in [
            "AT+COPS=0",
            "at+cops=0",
            "AT+COPS = 0",
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
        assert_eq!(
            check(br#"AT+COPS=1,2,"20810;+COPS=0"#, &sfr()),
            Err(Rule::Unreadable)
        );
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
}
