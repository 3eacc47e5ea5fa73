//! Takes identifiers and secrets out of a conversation line, keeping its shape.
//!
//! One mask for traces, documents, errors and logs. What it hides: the arguments of commands that carry secrets; the
//! texts of commands nobody knows, which may be secrets; digits that are long enough to identify someone, in any
//! spelling (`shapes`); and the modem's own numbers, once they were heard, in whatever spelling (`own`).
//!
//! No byte is added or taken away, so a masked trace still parses and can be replayed: digits become `0`, secrets
//! `*`. What is kept is what support needs: the type allocation code of an IMEI, the network of an IMSI, the issuer
//! of an ICCID, and the last two digits.

use std::sync::LazyLock;

mod own;
mod places;
mod shapes;

pub(super) use own::secrets;
pub use own::{hide_own, learn};

/// What is known of commands: which carry secrets, and which carry nobody's.
///
/// A command is written with its sign and without its form, in upper case: `+CGAUTH`. Where only what is sent is
/// secret and the answer is not, with its `=`: `+CPIN=`.
#[derive(Debug, Clone, Default)]
pub struct Words {
    secrets: Vec<&'static str>,
    plain: Vec<&'static str>,
    imei: Vec<&'static str>,
}

/// 27.007 and V.250: what is sent holds a PIN, a password, or a card's own commands.
const SECRETS: &[&str] = &[
    "+CPIN=", "+CPIN2=", "+CLCK=", "+CPWD=", "+CACM=", "+CAMM=", "+CPUC=", "+CSIM", "+CGLA",
    "+CGAUTH",
];

/// 27.007 and V.250: texts that are names, formats and states, and everybody's.
const PLAIN: &[&str] = &[
    "+C5GREG",
    "+C5GQOS",
    "+CALA",
    "+CBC",
    "+CCLK",
    "+CCWA",
    "+CEER",
    "+CEMODE",
    "+CEREG",
    "+CESQ",
    "+CFUN",
    "+CGACT",
    "+CGATT",
    "+CGCLASS",
    "+CGCONTRDP",
    "+CGDATA",
    "+CGDCONT",
    "+CGDSCONT",
    "+CGEREP",
    "+CGEV",
    "+CGMI",
    "+CGMM",
    "+CGMR",
    "+CGPADDR",
    "+CGPIAF",
    "+CGREG",
    "+CGSCONTRDP",
    "+CGSMS",
    "+CGSN",
    "+CGTFT",
    "+CIEV",
    "+CIMI",
    "+CIND",
    "+CLAC",
    "+CLCK",
    "+CMEE",
    "+CMER",
    "+CMGF",
    "+CMTI",
    "+CNMI",
    "+CNUM",
    "+COPN",
    "+COPS",
    "+CPAS",
    "+CPBS",
    "+CPIN",
    "+CPINR",
    "+CPLS",
    "+CPMS",
    "+CPOL",
    "+CPWD",
    "+CR",
    "+CREG",
    "+CRSM",
    "+CSCB",
    "+CSCS",
    "+CSMP",
    "+CSMS",
    "+CSQ",
    "+CSSI",
    "+CSSU",
    "+CTZE",
    "+CTZR",
    "+CTZU",
    "+CTZV",
    "+DR",
    "+FCLASS",
    "+GCAP",
    "+GMI",
    "+GMM",
    "+GMR",
    "+GSN",
    "+ICF",
    "+IFC",
    "+IPR",
    "+WS46",
    "+CCID",
    "+ICCID",
];

/// Answers and commands that carry phone numbers.
const NUMBERS: &[&str] = &[
    "+CNUM:", "+CLIP:", "+CLCC:", "+CPBR:", "+CPBF:", "+CMT:", "+CMGR:", "+CMGL:", "+CDS:",
    "+CUSD", "+CCWA:", "+COLP:", "+CRING:", "+CCFC", "+CSCA", "+CMGS=", "+CMGW=", "+CMGC=",
    "+CPBW=", "+CPBF=", "+CDIP:", "+CNAP:",
];

/// Commands whose answers go on over lines of their own: the text and the numbers of messages.
const MESSAGES: &[&str] = &["+CMGR", "+CMGL", "+CNMA", "+CMT"];

/// The first byte of an extended command's name.
const SIGNS: &[u8] = b"+^$#!%*@~_-|";

static STANDARD: LazyLock<Words> = LazyLock::new(|| Words::new([], [], []));

/// A line as it may be written down, by the words of the standards alone: a vendor's texts are hidden too.
pub fn line(bytes: &[u8], after: &[u8]) -> Vec<u8> {
    STANDARD.line(bytes, after)
}

/// A text of a modem outside any conversation: a name, a cause, a log line. Digits become `*`.
pub fn text(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    shapes::hide(&mut bytes, shapes::Least::Identifier { imei: false }, b'*');
    own::hide(&mut bytes, b'*');
    // Only whole ASCII characters were replaced, by ASCII.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Hides positions, whatever text they stand in.
pub(super) fn hide_places(bytes: &mut [u8], fill: u8) {
    places::hide(bytes, fill);
}

/// Hides the modem's own numbers, wherever they stand.
pub(super) fn hide_known(bytes: &mut [u8], fill: u8) {
    own::hide(bytes, fill);
}

/// Hides digits that are long enough to identify someone.
pub(super) fn hide_shapes(bytes: &mut [u8], fill: u8) {
    shapes::hide(bytes, shapes::Least::Identifier { imei: false }, fill);
}

/// A value that an error tells, under its name: what a modem said may hold anything, a path or a port is the host's.
pub fn error_value(name: &str, value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::String(said)
            if matches!(name, "cause" | "command" | "detail" | "line") =>
        {
            text(&said).into()
        }
        value => value,
    }
}

impl Words {
    /// The standards' words and these: commands that carry secrets, commands that carry nobody's, and commands whose
    /// answer is the modem's number though their name does not say so.
    pub fn new(
        secrets: impl IntoIterator<Item = &'static str>,
        plain: impl IntoIterator<Item = &'static str>,
        imei: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        Self {
            secrets: SECRETS.iter().copied().chain(secrets).collect(),
            plain: PLAIN.iter().copied().chain(plain).collect(),
            imei: imei.into_iter().collect(),
        }
    }

    /// Learns the modem's own numbers out of a line that answers a command, if the command asks for one: from now on they
    /// are hidden wherever they stand.
    pub fn learn_from(&self, command: &[u8], line: &[u8]) {
        own::learn_from(command, &self.imei, line);
    }

    /// Learns the secrets of a command line, for whatever is written down beside the conversation.
    pub fn learn_secrets(&self, command: &[u8]) {
        let upper = command.to_ascii_uppercase();
        if let Some(start) = self.secret(&upper) {
            own::learn_secrets(&command[start..]);
        }
    }

    /// A line as it may be written down. `after` is the command that the line answers, empty for a command itself.
    pub fn line(&self, bytes: &[u8], after: &[u8]) -> Vec<u8> {
        self.filled(bytes, after, b'0')
    }

    /// The same for a person's eyes: hidden digits are stars, so that nobody takes them for real ones.
    pub fn shown(&self, bytes: &[u8], after: &[u8]) -> Vec<u8> {
        self.filled(bytes, after, b'*')
    }

    fn filled(&self, bytes: &[u8], after: &[u8], fill: u8) -> Vec<u8> {
        let mut out = bytes.to_vec();
        let upper = bytes.to_ascii_uppercase();
        if let Some(start) = self.secret(&upper) {
            self.hide_secret(&mut out, start);
        } else if let Some(start) = command(&upper) {
            self.hide_unknown_settings(&mut out, start);
        } else if !self.is_plain_answer(&upper, after) {
            hide_quoted(&mut out);
        }
        let least = if is_about_numbers(&upper, after) {
            shapes::Least::PhoneNumber
        } else {
            let imei = own::asks_for_imei(after, &self.imei);
            shapes::Least::Identifier { imei }
        };
        shapes::hide(&mut out, least, fill);
        places::hide(&mut out, fill);
        places::hide_answer(&mut out, &upper, fill);
        own::hide(&mut out, fill);
        out
    }

    /// Where the first secret of a line begins.
    fn secret(&self, upper: &[u8]) -> Option<usize> {
        let begins = |word: &&str| {
            let (name, sent_only) = match word.strip_suffix('=') {
                Some(name) => (name, true),
                None => (*word, false),
            };
            positions(upper, name.as_bytes()).find_map(|at| {
                let end = at + name.len();
                match upper
                    .get(end..)
                    .unwrap_or_default()
                    .trim_ascii_start()
                    .first()
                {
                    Some(b'=') => Some(end),
                    Some(b':') if !sent_only => Some(end),
                    _ => None,
                }
            })
        };
        self.secrets.iter().filter_map(begins).min()
    }

    /// Stars every letter and digit from `start` on, commas and quotes kept, up to the next chained command.
    fn hide_secret(&self, line: &mut [u8], start: usize) {
        let mut quoted = false;
        for at in start..line.len() {
            match line[at] {
                b'"' => quoted = !quoted,
                // A password may have a semicolon; a chained command has its sign.
                b';' if !quoted && begins_command(&line[at + 1..]) => {
                    // What is chained behind may hold another secret.
                    let rest = &mut line[at + 1..];
                    let upper = rest.to_ascii_uppercase();
                    match self.secret(&upper) {
                        Some(next) => self.hide_secret(rest, next),
                        None => self.hide_unknown_settings(rest, 0),
                    }
                    return;
                }
                b',' if !quoted => {}
                b'=' | b':' | b' ' if at <= start + 1 => {}
                b'?' if !quoted && line[at - 1] == b'=' => {}
                _ => star(&mut line[at]),
            }
        }
    }

    /// Hides what is set by commands that are not known: it may be anything.
    fn hide_unknown_settings(&self, line: &mut [u8], start: usize) {
        let mut from = start;
        while from < line.len() {
            let end = part_end(line, from);
            let part = &mut line[from..end];
            let upper = part.to_ascii_uppercase();
            if let Some(name) = name(&upper)
                && !self.is_plain(name)
            {
                match value(&upper, name) {
                    Some(value) => hide_fields(&mut part[value..]),
                    None => hide_quoted(part),
                }
            }
            from = end + 1;
        }
    }

    fn is_plain(&self, name: &[u8]) -> bool {
        // Numbers are hidden as what they are.
        let numbers = NUMBERS.iter().map(|word| word.trim_end_matches([':', '=']));
        let mut known = self.plain.iter().copied().chain(numbers);
        known.any(|word| word.as_bytes() == name)
    }

    /// Whether the texts of an answer are known to be nobody's secret: its own name is known, or it has none and all
    /// that was asked is.
    fn is_plain_answer(&self, upper: &[u8], after: &[u8]) -> bool {
        let trimmed = upper.trim_ascii_start();
        if trimmed.first().is_some_and(|b| SIGNS.contains(b)) {
            let name = name_length(&trimmed[1..]) + 1;
            // A row may begin with a sign too: `-93,...`.
            if trimmed.get(name) == Some(&b':') {
                return self.is_plain(&trimmed[..name]);
            }
        }
        let asked = after.to_ascii_uppercase();
        names(&asked).iter().all(|name| self.is_plain(name))
    }
}

/// Where the body of a command line begins.
fn command(upper: &[u8]) -> Option<usize> {
    let blanks = upper.len() - upper.trim_ascii_start().len();
    upper[blanks..].starts_with(b"AT").then_some(blanks + 2)
}

/// Whether a command begins here: its sign, or a basic one's.
fn begins_command(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.is_empty()
        || rest
            .first()
            .is_some_and(|b| SIGNS.contains(b) || *b == b'&')
}

/// Where the part of a line that begins at `from` ends: at a semicolon outside quotes.
fn part_end(line: &[u8], from: usize) -> usize {
    let mut quoted = false;
    let ends = |b: &u8| {
        quoted ^= *b == b'"';
        *b == b';' && !quoted
    };
    line[from..]
        .iter()
        .position(ends)
        .map_or(line.len(), |at| from + at)
}

/// How many bytes of a name stand here.
fn name_length(text: &[u8]) -> usize {
    text.iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
        .count()
}

/// The name of the extended command in a part of a line, its sign included.
fn name(part: &[u8]) -> Option<&[u8]> {
    let at = part.iter().position(|b| SIGNS.contains(b))?;
    Some(&part[at..at + 1 + name_length(&part[at + 1..])])
}

/// The names of the extended commands in a command line.
fn names(line: &[u8]) -> Vec<&[u8]> {
    let mut all = Vec::new();
    let mut from = command(line).unwrap_or(line.len());
    while from < line.len() {
        let end = part_end(line, from);
        all.extend(name(&line[from..end]));
        from = end + 1;
    }
    all
}

/// Where the values begin that a part of a line sets under this name.
fn value(part: &[u8], name: &[u8]) -> Option<usize> {
    let at = positions(part, name).next()? + name.len();
    let equals = at + part[at..].iter().position(|b| *b != b' ')?;
    (part[equals] == b'=').then_some(equals + 1)
}

/// Stars quoted texts, and bare ones that are longer than a small number.
fn hide_fields(values: &mut [u8]) {
    let mut from = 0;
    while from <= values.len() {
        let mut quoted = false;
        let ends = |b: &u8| {
            quoted ^= *b == b'"';
            *b == b',' && !quoted
        };
        let end = values[from..]
            .iter()
            .position(ends)
            .map_or(values.len(), |at| from + at);
        let field = &mut values[from..end];
        if field.contains(&b'"') || field.trim_ascii().len() > 3 {
            field.iter_mut().filter(|b| **b != b'"').for_each(star);
        }
        from = end + 1;
    }
}

/// Stars what stands between quotes.
fn hide_quoted(line: &mut [u8]) {
    let mut quoted = false;
    for byte in line {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => star(byte),
            _ => {}
        }
    }
}

/// Stars a byte of a text; line ends and the like are none.
fn star(byte: &mut u8) {
    if !byte.is_ascii_control() && *byte != b' ' {
        *byte = b'*';
    }
}

fn is_about_numbers(upper: &[u8], after: &[u8]) -> bool {
    let dials =
        upper.starts_with(b"ATD") && !upper.starts_with(b"ATD*") || upper.starts_with(b"AT&Z");
    let asked = after.to_ascii_uppercase();
    let messages = |name: &&[u8]| MESSAGES.iter().any(|word| word.as_bytes() == *name);
    let numbers = |word: &&str| positions(upper, word.as_bytes()).next().is_some();
    dials || NUMBERS.iter().any(numbers) || names(&asked).iter().any(messages)
}

/// Everywhere that a word stands.
fn positions(text: &[u8], word: &[u8]) -> impl Iterator<Item = usize> {
    let windows = text.windows(word.len().max(1)).enumerate();
    windows
        .filter(move |(_, window)| *window == word)
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests;
