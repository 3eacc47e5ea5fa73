//! What a vendor's commands do, as far as the guard and the mask have to know: a table in each vendor's profile.
//!
//! Commands are written without their `AT`, in upper case, as they are sent.

use std::sync::LazyLock;

use super::DIALECTS;
use opensim_domain::trace::mask::Words;

/// A vendor's table.
#[derive(Debug, Clone, Copy)]
pub struct Commands {
    /// What may be sent because it only tells something: an execute (`+QCSQ`), a setting with its values
    /// (`+QENG="SERVINGCELL"`), or one that is harmless with all of them (`+QENG=`). Reads and tests need no mention.
    /// The texts of these commands and of their answers are nobody's secret.
    pub harmless: &'static [&'static str],
    /// Further commands whose texts are nobody's secret, by name (`+QCFG`), though their settings are not harmless.
    pub plain: &'static [&'static str],
    /// Commands whose values are secrets, by name (`+QICSGP`).
    pub secrets: &'static [&'static str],
    /// Commands by name that do what a raw line must not, or not unasked.
    pub effects: &'static [(&'static str, Effect)],
    /// Commands by name that can end in `CONNECT` or in a call's result (`$QCRMCALL`).
    pub calls: &'static [&'static str],
    /// Commands by name whose answer is the modem's number, where their name does not say so (`+EGMR`).
    pub imei: &'static [&'static str],
}

impl Commands {
    /// Nothing beside the standards.
    pub const NONE: Self = Self {
        harmless: &[],
        plain: &[],
        secrets: &[],
        effects: &[],
        calls: &[],
        imei: &[],
    };
}

/// What a command does that a raw line must not, or not unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Restarts the modem or switches it or its radio off. Not even its read form is taken for harmless, since not
    /// every firmware tells the two apart.
    Restart,
    /// Puts back what the maker had set, and automatic selection with it.
    Factory,
    /// Takes it off the network.
    Detach,
    /// Chooses a network, or what it is chosen by.
    Selection,
    /// Spends a try of a code, changes or removes a lock, or speaks to the card directly.
    Pin,
    /// Writes the modem's number, or the memory that holds it.
    Imei,
    /// Places a call or goes on line.
    Dial,
}

fn all() -> impl Iterator<Item = &'static Commands> {
    DIALECTS.iter().map(|dialect| &dialect.profile().commands)
}

/// Whether some vendor declares this command harmless as it stands; upper case, blanks gone.
pub fn is_harmless(command: &str) -> bool {
    let fits = |known: &&str| match known.strip_suffix('=') {
        Some(name) => command
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('='))
            .is_some_and(are_plain_values),
        None => command == *known,
    };
    all().any(|commands| commands.harmless.iter().any(fits))
}

/// Numbers, commas and short quoted words: nothing that a modem could take for a further command.
fn are_plain_values(values: &str) -> bool {
    let mut quoted = false;
    let plain = |c: char| match c {
        '"' => {
            quoted = !quoted;
            true
        }
        '0'..='9' | ',' | '-' => true,
        'A'..='Z' | ' ' | '.' | '_' | ':' | '/' => quoted,
        _ => false,
    };
    values.chars().all(plain) && !quoted
}

/// What some vendor says that the command of this name does; upper case, its sign included.
pub fn effect(name: &str) -> Option<Effect> {
    effects()
        .find(|(known, _)| *known == name)
        .map(|(_, effect)| effect)
}

/// Every command with an effect.
pub fn effects() -> impl Iterator<Item = (&'static str, Effect)> {
    all().flat_map(|commands| commands.effects).copied()
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let name = |command: &'static str| command.split(['=', '?', ';']).next().unwrap_or(command);
    let secrets = || all().flat_map(|commands| commands.secrets).copied();
    let declared = all().flat_map(|commands| commands.harmless.iter().chain(commands.plain));
    let said = DIALECTS
        .iter()
        .flat_map(|dialect| dialect.profile().urc_prefixes);
    let said = said.map(|prefix| prefix.trim_end_matches(':'));
    let plain = declared.copied().map(name).chain(said);
    Words::new(
        secrets(),
        plain.filter(|word| !secrets().any(|secret| secret == *word)),
        all().flat_map(|commands| commands.imei).copied(),
    )
});

/// What every vendor says of its commands, for the mask.
pub fn words() -> &'static Words {
    &WORDS
}

/// A line as it may be written down. `after` is the command that the line answers, empty for a command itself.
pub fn masked(line: &[u8], after: &[u8]) -> String {
    String::from_utf8_lossy(&WORDS.line(line, after)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_vendor_calls_harmless_no_other_forbids() {
        for commands in all() {
            for known in commands.harmless {
                let name = known.split(['=', '?']).next().unwrap();
                // A whole line may be the one harmless form of a command that is not; a whole name may not.
                let whole = *known == name || *known == format!("{name}=");
                assert!(!whole || effect(name).is_none(), "{known}");
            }
        }
    }

    #[test]
    fn the_tables_are_in_the_spelling_that_is_compared() {
        for commands in all() {
            let names = commands.effects.iter().map(|(name, _)| name);
            let names = names.chain(commands.plain).chain(commands.secrets);
            let names = names.chain(commands.calls).chain(commands.imei);
            for name in names {
                let (sign, word) = name.split_at(1);
                assert!("+^$#!%*@".contains(sign), "{name}");
                let word = word.trim_end_matches('=');
                let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
                assert!(word.bytes().all(fits) && word.len() >= 2, "{name}");
            }
            for known in commands.harmless {
                assert_eq!(*known, known.to_ascii_uppercase());
                assert!(
                    "+^$#!%*@".contains(&known[..1]) && !known.contains(';'),
                    "{known}"
                );
            }
        }
    }

    #[test]
    fn no_secret_is_declared_plain() {
        for commands in all() {
            for secret in commands.secrets {
                let name = secret.trim_end_matches('=');
                let declared = |known: &&str| known.split(['=', '?']).next() == Some(name);
                let plain = all().any(|c| c.harmless.iter().chain(c.plain).any(declared));
                assert!(!plain || secret.ends_with('='), "{secret}");
            }
        }
    }

    #[test]
    fn what_dialects_ask_and_read_stays_readable() {
        for text in [
            r#"AT+QENG="servingcell""#,
            r#"+QENG: "servingcell","NOCONN","LTE","FDD",208,01,1A2B301,123,1850,3,5,5,1A2B,-93,-11,-63,14,40"#,
            r#"^SYSCFGEX: "03",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF"#,
            "AT^NETSCAN=20,-125,2",
            r#"AT+QCFG="usbnet",1"#,
            r#"#RFSTS: "208 01",1675,-99,-66,-14,1F3A,,128,3,1,0A7C21E"#,
        ] {
            assert_eq!(masked(text.as_bytes(), b""), text);
        }
        for dialect in DIALECTS {
            for query in dialect.iccid_queries() {
                assert_eq!(masked(query.line.as_bytes(), b""), query.line);
            }
        }
    }

    #[test]
    fn the_number_of_quectel_ec25_is_learnt_from_its_own_command() {
        words().learn_from(b"AT+EGMR=0,7", b"+EGMR: \"867735041234564\"");
        let shown = masked(b"86 77,35 04 12,34 56 4", b"");
        assert_eq!(shown, "86 77,35 04 00,00 06 4");
        let asked = masked(b"+EGMR: \"867735047654323\"", b"AT+EGMR=0,7");
        assert_eq!(asked, "+EGMR: \"867735040000023\"");
    }

    #[test]
    fn secrets_of_every_vendor_are_hidden_both_ways() {
        for name in all().flat_map(|commands| commands.secrets) {
            let sent = format!("AT{}=1,\"user\",hunter2", name.trim_end_matches('='));
            let shown = masked(sent.as_bytes(), b"");
            assert!(
                !shown.contains("user") && !shown.contains("hunter2"),
                "{shown}"
            );
            if !name.ends_with('=') {
                let said = format!("{name}: 1,\"user\",hunter2");
                let shown = masked(said.as_bytes(), b"");
                assert!(
                    !shown.contains("user") && !shown.contains("hunter2"),
                    "{shown}"
                );
            }
        }
    }
}
