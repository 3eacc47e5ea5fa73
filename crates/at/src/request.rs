//! A command line, and what its answer looks like.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::result::Line;

mod joined;

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
    /// How long the modem may say nothing behind a whole answer before that is taken without its result code; `None`:
    /// until the time is over.
    pub quiet: Option<Duration>,
    /// The commands that were put on this one line ([`Request::joined`]); none of a line that was written as it is.
    pub commands: Vec<Self>,
}

impl Request {
    /// A query that is answered by lines of one prefix, within the usual time.
    pub fn new(line: impl Into<String>, prefix: &'static str) -> Self {
        Self {
            quiet: Some(QUIET),
            ..Self::plain(line).with_prefix(prefix)
        }
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
            quiet: None,
            commands: Vec::new(),
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
        request.quiet = upper.contains("+COPS=?").then_some(LIST_QUIET);
        request
    }

    /// The modem's own list of networks, which takes minutes.
    pub fn network_list(limit: Duration) -> Self {
        Self {
            quiet: Some(LIST_QUIET),
            ..Self::new("AT+COPS=?", "+COPS:")
                .continued()
                .within(limit)
                .abortable()
        }
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

    /// The same with another time limit. What takes longer than a query does may say its lines with pauses between.
    pub fn within(self, timeout: Duration) -> Self {
        Self {
            quiet: self.quiet.filter(|_| timeout <= LONGEST_QUERY),
            timeout,
            ..self
        }
    }

    /// The commands of a joined line (V.250 5.4.2), each as a line of its own; one of what is not joined.
    pub fn parts(&self) -> Vec<Self> {
        if !self.commands.is_empty() {
            return self.commands.clone();
        }
        let joined = parts(&self.line);
        let line = |part: &str, first: bool| {
            if first {
                part.to_owned()
            } else {
                format!("AT{part}")
            }
        };
        let of = |(at, part): (usize, &str)| {
            let asks = joined.len() < 2 || name(part).is_some();
            Self {
                line: line(part, at == 0),
                prefixes: if asks {
                    self.prefixes.clone()
                } else {
                    Vec::new()
                },
                bare: self.bare && asks,
                ..self.clone()
            }
        };
        joined.iter().copied().enumerate().map(of).collect()
    }

    /// Whether each question in the line has a line of its own in the answer. Some modems answer the first part alone.
    pub fn is_answered_by(&self, lines: &[Line]) -> bool {
        if !self.commands.is_empty() {
            return self.has_all_parts_in(lines);
        }
        let parts = parts(&self.line);
        let questions: Vec<&str> = parts.iter().filter_map(|part| name(part)).collect();
        if parts.len() < 2 || questions.is_empty() || self.prefixes.is_empty() {
            return true;
        }
        let has = |prefix: &str| lines.iter().any(|line| line.after(prefix).is_some());
        let own = questions.iter().map(|name| format!("{name}:"));
        let own: Vec<String> = own
            .filter(|own| self.prefixes.iter().any(|p| p.eq_ignore_ascii_case(own)))
            .collect();
        match own.as_slice() {
            // The answer of one question may have another name.
            [] | [_] => self.prefixes.iter().any(|prefix| has(prefix)),
            several => several.iter().all(|prefix| has(prefix)),
        }
    }
}

/// Whether a line looks like an information or unsolicited line with a prefix: `+NAME:`.
pub(crate) fn has_name(line: &Line) -> bool {
    let Some((mark, rest)) = line.bytes().split_first() else {
        return false;
    };
    let name = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    b"+^$#!%*".contains(mark) && name > 0 && rest.get(name) == Some(&b':')
}

/// The commands of a line: what stands between semicolons outside quotes.
fn parts(line: &str) -> Vec<&str> {
    let mut quoted = false;
    let ends = |c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    };
    line.split(ends).filter(|part| !part.is_empty()).collect()
}

/// The name of what a command asks, `+COPS` of `+COPS?`; `None` for one that sets something.
fn name(part: &str) -> Option<&str> {
    let part = part.trim();
    let asked = part.trim_end_matches('?').trim_end_matches('=');
    let sets = asked.contains('=') || (asked.len() < part.len() && !part.ends_with('?'));
    let head = asked.get(..2);
    let named = head.filter(|head| head.eq_ignore_ascii_case("AT"));
    (!sets).then(|| named.map_or(asked, |_| &asked[2..]))
}

impl fmt::Debug for Request {
    /// Secrets and identifiers in the line are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("line", &crate::masked(self.line.as_bytes()))
            .field("prefixes", &self.prefixes)
            .field("bare", &self.bare)
            .field("continued", &self.continued)
            .field("timeout", &self.timeout)
            .field("abortable", &self.abortable)
            .field("quiet", &self.quiet)
            .field("commands", &self.commands)
            .finish()
    }
}

/// What a query that touches no network may take.
pub const QUERY: Duration = Duration::from_secs(5);

/// The longest that a query takes whose lines come in one go.
const LONGEST_QUERY: Duration = Duration::from_secs(10);

/// How long the result code of a query may stay away once the answer is there.
const QUIET: Duration = Duration::from_secs(2);

/// The same of a list of networks, which may come network by network.
const LIST_QUIET: Duration = Duration::from_secs(10);

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
    fn a_joined_line_has_its_parts_and_a_quoted_semicolon_is_none() {
        let parts = |request: &Request| -> Vec<(String, usize)> {
            let parts = request.parts().into_iter();
            parts.map(|p| (p.line, p.prefixes.len())).collect()
        };
        let numeric = Request::new("AT+COPS=3,2;+COPS?", "+COPS:");
        let expected = [("AT+COPS=3,2".to_owned(), 0), ("AT+COPS?".to_owned(), 1)];
        assert_eq!(parts(&numeric), expected);
        let tries = Request::new("AT+CPIN?;#PCT", "#PCT:");
        let expected = [("AT+CPIN?".to_owned(), 1), ("AT#PCT".to_owned(), 1)];
        assert_eq!(parts(&tries), expected);
        let single = Request::plain("AT+X=\"a;b\"");
        assert_eq!(parts(&single), [(single.line.clone(), 0)]);
        assert_eq!(single.parts(), [single]);
    }

    #[test]
    fn a_joined_line_is_answered_once_each_question_is() {
        let lines = |texts: &[&str]| texts.iter().map(|t| Line::from(*t)).collect::<Vec<_>>();
        let one = Request::new("AT+UCGED=2;+UCGED?", "+UCGED:").with_prefix("+RSRP:");
        assert!(!one.is_answered_by(&[]));
        assert!(one.is_answered_by(&lines(&["+RSRP: 1"])));
        let two = Request::new("AT+CREG?;+CEREG?", "+CREG:").with_prefix("+CEREG:");
        assert!(!two.is_answered_by(&lines(&["+CREG: 0,1"])));
        assert!(two.is_answered_by(&lines(&["+CEREG: 0,1", "+CREG: 0,1"])));
        let tries = Request::new("AT+CPIN?;#PCT", "#PCT:");
        assert!(!tries.is_answered_by(&lines(&["+CPIN: READY"])));
        assert!(tries.is_answered_by(&lines(&["+CPIN: READY", "#PCT: 3"])));
        assert!(Request::new("AT+CSQ", "+CSQ:").is_answered_by(&[]));
        assert!(Request::plain("AT+CREG=2;+CEREG=2").is_answered_by(&[]));
    }

    #[test]
    fn a_pin_is_never_printed() {
        let shown = format!("{:?}", Request::plain("AT+CPIN=\"4711\""));
        assert!(!shown.contains("4711"), "{shown}");
    }
}
