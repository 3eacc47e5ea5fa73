//! The AT engine: bytes and deadlines in, bytes and events out. No port, no clock, no vendor.
//!
//! See [`engine`] for how a line is given to the command it belongs to, and why a late reply never reaches the
//! next one.

pub mod engine;
pub mod frame;
pub mod result;
pub mod standard;
pub mod value;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A command to send, and what its answer looks like.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The command line without its end, e.g. `AT+COPS?`. Printable ASCII.
    pub line: String,
    /// Prefixes of the information lines that are its own, with their colon, e.g. `+COPS:`.
    pub prefixes: Vec<Cow<'static, str>>,
    /// Whether lines without a registered prefix are its own too (`ATI`, `+CGSN`).
    pub bare: bool,
    /// Whether lines without any prefix are its own once one of its prefixes was seen: rows under a heading
    /// (`+QOPS`, `+UCGED`, `+GTCCINFO`), and a name with a line end in it.
    pub continued: bool,
    /// How long it may take before the engine drains and resynchronises.
    pub timeout: Duration,
    /// Whether a character sent while it runs ends it (27.007: the network list and the selection).
    pub abortable: bool,
}

impl Request {
    /// A query that is answered by lines of one prefix, within the usual time.
    pub fn new(line: impl Into<String>, prefix: &'static str) -> Self {
        Self::plain(line).with_prefix(prefix)
    }

    /// A command that answers with its result code alone.
    pub fn plain(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            prefixes: Vec::new(),
            bare: false,
            continued: false,
            timeout: QUERY,
            abortable: false,
        }
    }

    /// A query whose information lines have no prefix.
    pub fn bare(line: impl Into<String>) -> Self {
        Self {
            bare: true,
            ..Self::plain(line)
        }
    }

    /// A line that a person typed. Its prefixes are read off the commands in it, and every line that is not
    /// registered as unsolicited is taken for its answer.
    pub fn typed(line: impl Into<String>) -> Self {
        let mut request = Self::bare(line);
        let upper = request.line.to_ascii_uppercase();
        request.abortable = upper.contains("+COPS=?") || upper.contains("+COPS=1");
        let names = upper.split(['?', '=', ';']).filter_map(|part| {
            let start = part.rfind(|c: char| !c.is_ascii_alphanumeric())?;
            let name = &part[start..];
            let extended = name.starts_with(['+', '^', '$', '#', '!', '%', '*', '&', '@']);
            (extended && name.len() > 1).then(|| format!("{name}:"))
        });
        request.prefixes = names.map(Cow::Owned).collect();
        request
    }

    /// The same, with lines of this prefix among its own.
    pub fn with_prefix(mut self, prefix: impl Into<Cow<'static, str>>) -> Self {
        self.prefixes.push(prefix.into());
        self
    }

    /// The same with rows under its heading.
    pub fn continued(self) -> Self {
        Self {
            continued: true,
            ..self
        }
    }

    /// The same, ended by any character sent while it runs.
    pub fn abortable(self) -> Self {
        Self {
            abortable: true,
            ..self
        }
    }

    /// The same with another time limit.
    pub fn within(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }
}

impl fmt::Debug for Request {
    /// Secrets and identifiers in the line are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("line", &masked(self.line.as_bytes()))
            .field("prefixes", &self.prefixes)
            .field("bare", &self.bare)
            .field("continued", &self.continued)
            .field("timeout", &self.timeout)
            .field("abortable", &self.abortable)
            .finish()
    }
}

/// What a query that touches no network may take.
pub const QUERY: Duration = Duration::from_secs(5);

/// A line as it may be shown: secrets and identifiers masked.
fn masked(line: &[u8]) -> String {
    String::from_utf8_lossy(&crate::trace::mask::line(line, b"")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_line_knows_its_own_answers() {
        let prefixes = |line: &str| Request::typed(line).prefixes;
        assert_eq!(prefixes("at+creg=2;+creg?"), ["+CREG:", "+CREG:"]);
        assert_eq!(prefixes("AT+QENG=\"servingcell\""), ["+QENG:"]);
        assert_eq!(prefixes("AT^HCSQ?"), ["^HCSQ:"]);
        assert_eq!(prefixes("AT+CSQ"), ["+CSQ:"]);
        assert!(prefixes("ATI").is_empty() && prefixes("AT").is_empty());
        assert!(Request::typed("AT+COPS=?").abortable);
        assert!(!Request::typed("AT+COPS?").abortable);
    }

    #[test]
    fn a_pin_is_never_printed() {
        let shown = format!("{:?}", Request::plain("AT+CPIN=\"4711\""));
        assert!(!shown.contains("4711"), "{shown}");
    }
}
