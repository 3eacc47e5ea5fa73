//! What a modem says unasked: 27.007's own, and what the dialect adds.

use std::borrow::Cow;

use super::Config;
use crate::result::Line;

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

#[derive(Debug, Default)]
pub(super) struct Unsolicited {
    prefixes: Vec<Cow<'static, str>>,
    lines: Vec<Cow<'static, str>>,
}

impl From<Config> for Unsolicited {
    fn from(config: Config) -> Self {
        let mut prefixes = config.urc_prefixes;
        // An empty prefix would make every line unsolicited.
        prefixes.retain(|p| !p.trim().is_empty());
        Self {
            prefixes,
            lines: config.urc_lines,
        }
    }
}

impl Unsolicited {
    pub(super) fn knows(&self, line: &Line) -> bool {
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
