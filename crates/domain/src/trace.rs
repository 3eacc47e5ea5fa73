//! The one text format of a modem conversation: testdata, `--trace`, support bundles and replay.
//!
//! ```text
//! # Device: an EC25-E on a desk
//! @ 0.012
//! > AT+COPS?
//! < +COPS: 1,2,"20810",7
//! <
//! < OK
//! ```
//!
//! `>` is a command line, `<` a line of the modem (an empty one is an empty line on the wire), `@` the seconds since
//! the start for the lines that follow, `#` a remark. Line ends are not kept. A byte that is not printable ASCII is
//! written `\xNN`, so that a file of noise is still a text file. Whoever writes a trace masks it ([`mask`]); reading
//! does no I/O.

use std::fmt::{self, Write as _};
use std::time::Duration;

pub mod mask;
pub mod redact;

/// One line of a trace.
#[derive(Clone, PartialEq, Eq)]
pub enum Entry {
    /// A remark, without its `#`.
    Remark(String),
    /// The time of the entries that follow, since the start.
    At(Duration),
    /// A command line, without its end.
    Sent(Vec<u8>),
    /// A line of the modem, without its end.
    Received(Vec<u8>),
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl fmt::Display for Entry {
    /// As it stands in the file, without a line end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remark(text) => write!(f, "#{text}"),
            Self::At(since) => write!(f, "@ {:.3}", since.as_secs_f64()),
            Self::Sent(bytes) if bytes.is_empty() => f.write_str(">"),
            Self::Sent(bytes) => write!(f, "> {}", escape(bytes)),
            Self::Received(bytes) if bytes.is_empty() => f.write_str("<"),
            Self::Received(bytes) => write!(f, "< {}", escape(bytes)),
        }
    }
}

/// A line that is none of a trace's kinds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {number} is neither a remark (#), a time (@), a command (>) nor an answer (<): {line:?}"
)]
pub struct NotATrace {
    /// Counted from 1.
    pub number: usize,
    /// The line, cut to a readable length.
    pub line: String,
}

/// A command and every line that came before the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The command line; empty for lines that came before any command.
    pub command: Vec<u8>,
    /// The lines as they came, empty ones included.
    pub lines: Vec<Vec<u8>>,
}

/// Reads a trace. Blank lines are skipped.
///
/// # Errors
/// At the first line of no known kind.
pub fn parse(text: &str) -> Result<Vec<Entry>, NotATrace> {
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        let wrong = || NotATrace {
            number: at + 1,
            line: line.chars().take(60).collect(),
        };
        let body = |line: &str| {
            let text = line.get(1..).unwrap_or_default();
            unescape(text.strip_prefix(' ').unwrap_or(text))
        };
        match line.bytes().next() {
            None => {}
            Some(b'#') => entries.push(Entry::Remark(line[1..].to_owned())),
            Some(b'>') => entries.push(Entry::Sent(body(line))),
            Some(b'<') => entries.push(Entry::Received(body(line))),
            Some(b'@') => {
                let seconds: f64 = line[1..].trim().parse().map_err(|_| wrong())?;
                let since = Duration::try_from_secs_f64(seconds).map_err(|_| wrong())?;
                entries.push(Entry::At(since));
            }
            Some(_) => return Err(wrong()),
        }
    }
    Ok(entries)
}

/// Groups entries by command; remarks and times are left out.
pub fn exchanges(entries: &[Entry]) -> Vec<Exchange> {
    let mut all: Vec<Exchange> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Remark(_) | Entry::At(_) => {}
            Entry::Sent(command) => all.push(Exchange {
                command: command.clone(),
                lines: Vec::new(),
            }),
            Entry::Received(line) => {
                if all.is_empty() {
                    all.push(Exchange {
                        command: Vec::new(),
                        lines: Vec::new(),
                    });
                }
                if let Some(last) = all.last_mut() {
                    last.lines.push(line.clone());
                }
            }
        }
    }
    all
}

fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        // A backslash is written as such unless what follows would make it read as an escape.
        let ambiguous = *byte == b'\\' && bytes.get(at + 1) == Some(&b'x');
        if (0x20..0x7F).contains(byte) && !ambiguous {
            text.push(char::from(*byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

fn unescape(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes[at..]
            .strip_prefix(b"\\x")
            .and_then(|rest| rest.get(..2));
        let byte = escaped
            .filter(|two| two.iter().all(u8::is_ascii_hexdigit))
            .and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        if let Some(byte) = byte {
            out.push(byte);
            at += 4;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_trace_reads_as_it_was_written() {
        let text = "# Device: x\n@ 0.012\n> AT+COPS?\n< +COPS: 1\n<\n< OK\n";
        let entries = parse(text).unwrap();
        let lines: Vec<String> = entries.iter().map(ToString::to_string).collect();
        assert_eq!(lines.join("\n") + "\n", text);
        let exchange = &exchanges(&entries)[0];
        assert_eq!(exchange.command, b"AT+COPS?");
        assert_eq!(
            exchange.lines,
            [b"+COPS: 1".to_vec(), vec![], b"OK".to_vec()]
        );
    }

    #[test]
    fn lines_before_any_command_are_kept() {
        let all = exchanges(&parse("< RDY\n> AT\n< OK").unwrap());
        assert_eq!((all[0].command.as_slice(), all.len()), (b"".as_slice(), 2));
    }

    #[test]
    fn another_file_is_refused_with_its_line() {
        assert_eq!(parse("> AT\nHello").unwrap_err().number, 2);
        assert!(parse("@ minus one").is_err());
        assert!(parse("@ -1").is_err());
        assert!(parse("@ 1e300").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_survive_the_file(bytes: Vec<u8>) {
            let line = Entry::Received(bytes);
            prop_assert_eq!(parse(&line.to_string()).unwrap(), vec![line]);
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = parse(&text);
        }
    }
}
