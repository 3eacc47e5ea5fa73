//! Secrets that stand behind their name: a PIN, a password, who logs in by an address; and mail addresses.

/// Names whose value is a secret where a colon or an equals sign stands between.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "psk",
    "apikey",
    "api_key",
    "mot de passe",
    "motdepasse",
];
/// Names whose value is a secret where it is digits.
const CODES: &[&str] = &[
    "pin", "pin2", "puk", "puk2", "pin code", "code pin", "code puk",
];
/// The digits of such a code.
const CODE: std::ops::RangeInclusive<usize> = 4..=8;

/// What may stand before who logs in.
const SCHEMES: &[&[u8]] = &[b"sip:", b"sips:", b"mailto:", b":"];

/// Stars them.
pub(super) fn hide(bytes: &mut [u8]) {
    let lower = bytes.to_ascii_lowercase();
    for name in NAMES {
        for end in ends(&lower, name) {
            let signs = |b: &&u8| matches!(**b, b' ' | b'"' | b'\'' | b':' | b'=');
            let between = lower[end..].iter().take_while(signs).count();
            if lower[end..end + between].iter().any(|b| b":=".contains(b)) {
                let value = |b: &&u8| b.is_ascii_graphic() && !b"\"',;&".contains(b);
                star(bytes, end + between, value);
            }
        }
    }
    for name in CODES {
        for end in ends(&lower, name) {
            let signs = |b: &&u8| !b.is_ascii_alphanumeric() && **b != b'\n';
            let start = end + lower[end..].iter().take(4).take_while(signs).count();
            let digits = lower[start..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
            let goes_on = lower
                .get(start + digits)
                .is_some_and(u8::is_ascii_alphanumeric);
            if start > end && CODE.contains(&digits) && !goes_on {
                star(bytes, start, |b| b.is_ascii_digit());
            }
        }
    }
    hide_logins(bytes);
}

/// Where a name ends that stands for itself.
fn ends(lower: &[u8], name: &str) -> Vec<usize> {
    let windows = lower.windows(name.len()).enumerate();
    windows
        .filter(|(at, window)| {
            let before = at.checked_sub(1).and_then(|before| lower.get(before));
            let after = lower.get(at + name.len());
            *window == name.as_bytes()
                && !before.is_some_and(u8::is_ascii_alphanumeric)
                && !after.is_some_and(u8::is_ascii_alphanumeric)
        })
        .map(|(at, _)| at + name.len())
        .collect()
}

fn star(bytes: &mut [u8], start: usize, fits: impl Fn(&&u8) -> bool) {
    let length = bytes[start..].iter().take_while(fits).count();
    bytes[start..start + length].fill(b'*');
}

/// Who stands before an `@`: `://marie:secret@`, `marie@`.
fn hide_logins(bytes: &mut [u8]) {
    for at in 1..bytes.len() {
        let named = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if bytes[at] == b'@' && named {
            let fits = |b: &&u8| b.is_ascii_alphanumeric() || b"._%+-:*".contains(b);
            let mut start = at - bytes[..at].iter().rev().take_while(fits).count();
            let schemes = SCHEMES
                .iter()
                .filter(|scheme| bytes[start..at].starts_with(scheme));
            start += schemes.map(|scheme| scheme.len()).max().unwrap_or(0);
            bytes[start..at].fill(b'*');
        }
    }
}
