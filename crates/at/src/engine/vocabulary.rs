//! The words of a modem that belong to no one command: what it says unasked, and what stands in place of a result code.
//! 27.007's own stand here; a dialect adds its maker's through [`Config`].

use std::borrow::Cow;

use super::Config;
use crate::Request;
use crate::result::{ErrorCode, Final, Line};

/// Unsolicited result codes of 27.007 and 27.005, and of V.250.
const PREFIXES: &[&str] = &[
    "+CREG:", "+CGREG:", "+CEREG:", "+C5GREG:", "+CGEV:", "+CGEREP:", "+CRING:", "+CLIP:",
    "+CCWA:", "+CUSD:", "+CSSI:", "+CSSU:", "+CIEV:", "+CTZV:", "+CTZE:", "+CNEMIU:", "+CPSB:",
    "+CMTI:", "+CDSI:", "+CMT:", "+CDS:", "+CBM:",
];

/// Whole lines. `RDY` is how most modems say that they have just started.
const LINES: &[&str] = &["RING", "RDY"];

/// Those whose next line belongs to them, whatever it says: a text message may well say `OK`.
const TWO_LINES: &[&str] = &["+CMT:", "+CBM:"];

/// Basic commands that place, answer, resume or end a call (V.250 6.3).
const CALLS: &[&str] = &["ATD", "ATA", "ATO", "ATH"];

/// The same of 27.007's extended ones (6.5, 10.1.12).
const NAMED_CALLS: &[&str] = &["+CGDATA", "+CHUP"];

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    prefixes: Vec<Cow<'static, str>>,
    lines: Vec<Cow<'static, str>>,
    calls: Vec<Cow<'static, str>>,
    list_refusals: Vec<Cow<'static, str>>,
}

impl From<Config> for Vocabulary {
    fn from(config: Config) -> Self {
        let mut vocabulary = Self {
            calls: config.calls,
            list_refusals: config.list_refusals,
            ..Self::default()
        };
        vocabulary.expect_unsolicited(config.urc_prefixes, config.urc_lines);
        vocabulary
    }
}

impl Vocabulary {
    /// Replaces what the dialect says that comes unasked.
    pub(super) fn expect_unsolicited(
        &mut self,
        prefixes: Vec<Cow<'static, str>>,
        lines: Vec<Cow<'static, str>>,
    ) {
        self.prefixes = prefixes;
        // An empty prefix would make every line unsolicited.
        self.prefixes.retain(|p| !p.trim().is_empty());
        self.lines = lines;
    }

    /// Whether a command can end in `CONNECT` or in a call's result.
    pub(super) fn can_connect(&self, request: &Request) -> bool {
        let upper = request.line.to_ascii_uppercase();
        CALLS.iter().any(|c| upper.starts_with(c))
            || NAMED_CALLS.iter().any(|c| upper.contains(c))
            || self.calls.iter().any(|c| upper.contains(&**c))
    }

    /// The refusal of the network list in a line that is no result code. The modem may say its result code behind it all
    /// the same, which would end the next command.
    pub(super) fn list_refusal(&self, request: &Request, line: &Line) -> Option<Final> {
        let text = line.text();
        let text = text.trim();
        let listing = request.line.to_ascii_uppercase().contains("+COPS=?");
        let refuses = |known: &Cow<str>| text.eq_ignore_ascii_case(known);
        (listing && self.list_refusals.iter().any(refuses))
            .then(|| Final::Cme(ErrorCode::Text(text.to_owned())))
    }

    pub(super) fn is_unsolicited(&self, line: &Line) -> bool {
        let has = |prefix: &str| line.after(prefix).is_some();
        let is = |whole: &str| {
            line.bytes()
                .trim_ascii()
                .eq_ignore_ascii_case(whole.as_bytes())
        };
        PREFIXES.iter().any(|p| has(p))
            || LINES.iter().any(|l| is(l))
            || self.prefixes.iter().any(|p| has(p))
            || self.lines.iter().any(|l| is(l))
    }
}

/// Whether the line after this unsolicited one belongs to it.
pub(super) fn has_second_line(line: &Line) -> bool {
    // A status report is one line in text mode, and a length with its PDU behind otherwise (27.005 3.4.1).
    let report = line
        .after("+CDS:")
        .is_some_and(|text| !text.contains(&b','));
    report || TWO_LINES.iter().any(|p| line.after(p).is_some())
}
