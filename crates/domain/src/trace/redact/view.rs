//! A text to be searched, with or without the ends of its lines, and the text that it becomes.
//!
//! A number that a line's end cuts in two is found where the end is taken out; the end is put back where it stood. What
//! is taken out: the line end, escapes of control characters, and, in a trace, the times and the signs before each line.

use std::ops::Range;

/// What is to stand in the place of a part of a view.
pub(super) type Edit = (Range<usize>, String);

/// Which of the line ends are taken out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ends {
    /// All of them: something may go over several.
    All,
    /// Every second one: what goes over one ends where the line does.
    Odd,
    /// The others.
    Even,
}

impl Ends {
    fn has(self, number: usize) -> bool {
        match self {
            Self::All => true,
            Self::Odd => !number.is_multiple_of(2),
            Self::Even => number.is_multiple_of(2),
        }
    }
}

/// The most digits of one number: a line that has as many at its end is not cut in the middle of one.
const WHOLE: usize = 14;

/// A text and what was taken out of it.
#[derive(Debug)]
pub(super) struct View {
    text: String,
    /// What stood before each of these places, in their order.
    gaps: Vec<(usize, String)>,
}

impl View {
    /// The text as it stands.
    pub(super) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            gaps: Vec::new(),
        }
    }

    /// The text without the line ends that may cut something in two.
    pub(super) fn joined(text: &str, is_trace: bool, which: Ends) -> Self {
        let mut view = Self::plain("");
        let mut rest = text;
        let mut found = 0;
        while !rest.is_empty() {
            let cut = cut(rest, is_trace);
            let (kept, gap, next) = cut.unwrap_or((rest, "", ""));
            view.text.push_str(kept);
            if !gap.is_empty() {
                found += 1;
                if which.has(found) && view.joins(next) {
                    view.gaps.push((view.text.len(), gap.to_owned()));
                } else {
                    view.text.push_str(gap);
                }
            }
            rest = next;
        }
        view
    }

    /// Whether something may go on from what stands here to what comes next.
    fn joins(&self, next: &str) -> bool {
        let goes_on = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii() || b".:-+,_/".contains(b);
        let own = self.text.as_bytes();
        let digits = |b: &&u8| b.is_ascii_digit();
        own.last().is_some_and(goes_on)
            && next.as_bytes().first().is_some_and(goes_on)
            && own.iter().rev().take_while(digits).count() < WHOLE
            && next.bytes().take_while(u8::is_ascii_digit).count() < WHOLE
    }

    /// What is searched.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether something was taken out in the middle of this.
    pub(super) fn is_cut(&self, range: &Range<usize>) -> bool {
        let next = self.gaps.partition_point(|(at, _)| *at <= range.start);
        self.gaps.get(next).is_some_and(|(at, _)| *at < range.end)
    }

    /// Whether something was taken out here.
    pub(super) fn has_gap(&self, place: usize) -> bool {
        self.gaps
            .binary_search_by_key(&place, |(at, _)| *at)
            .is_ok()
    }

    /// Puts other texts in the place of parts, which are in order and do not overlap.
    pub(super) fn replace(&mut self, edits: Vec<Edit>) {
        for (range, by) in edits.into_iter().rev() {
            for (at, _) in &mut self.gaps {
                if *at >= range.end {
                    *at = *at - range.len() + by.len();
                } else if *at > range.start {
                    let mut inner = (*at - range.start).min(by.len());
                    while !by.is_char_boundary(inner) {
                        inner -= 1;
                    }
                    *at = range.start + inner;
                }
            }
            self.text.replace_range(range, &by);
        }
    }

    /// Lets something write over the text, which keeps its length. Where `joined`, only what touches a place where
    /// something was taken out is kept of it.
    pub(super) fn overwrite(&mut self, joined: bool, write: impl FnOnce(&mut [u8])) {
        let former = self.text.as_bytes();
        let mut bytes = former.to_vec();
        write(&mut bytes);
        if joined {
            let mut kept = former.to_vec();
            for near in self.near_gaps() {
                kept[near.clone()].copy_from_slice(&bytes[near]);
            }
            bytes = kept;
        }
        // Only ASCII was replaced, by ASCII.
        if let Ok(text) = String::from_utf8(bytes) {
            self.text = text;
        }
    }

    /// Round each place where something was taken out: as far as one number may reach.
    fn near_gaps(&self) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        let fits = |b: &&u8| b.is_ascii_hexdigit() || b" .-+_:,\"".contains(b);
        let around = |(at, _): &(usize, String)| {
            let before = bytes[..*at].iter().rev().take_while(fits).count();
            let after = bytes[*at..].iter().take_while(fits).count();
            *at - before..*at + after
        };
        self.gaps.iter().map(around).collect()
    }

    /// The text with everything back in its place.
    pub(super) fn whole(self) -> String {
        let mut whole = String::with_capacity(self.text.len());
        let mut from = 0;
        for (at, gap) in self.gaps {
            whole.push_str(&self.text[from..at]);
            whole.push_str(&gap);
            from = at;
        }
        whole.push_str(&self.text[from..]);
        whole
    }
}

/// The next thing to take out: what stands before it, it, and what comes behind it.
fn cut(text: &str, is_trace: bool) -> Option<(&str, &str, &str)> {
    let start = text
        .char_indices()
        .find(|(at, c)| *c == '\n' || is_escape(&text[*at..]))
        .map(|(at, _)| at)?;
    let head = text[..start].trim_end_matches(['\r', ' ', '\t']);
    let mut end = start;
    loop {
        let rest = &text[end..];
        if is_escape(rest) {
            end += ESCAPE;
        } else if rest.starts_with('\n') {
            end += 1;
            end += beginning(&text[end..], is_trace);
        } else if rest.starts_with('\r') {
            end += 1;
        } else {
            break;
        }
    }
    Some((head, &text[head.len()..end], &text[end..]))
}

/// How long what stands before a line's own text is.
fn beginning(text: &str, is_trace: bool) -> usize {
    let mut at = 0;
    if is_trace {
        // Times are lines of their own.
        while text[at..].starts_with('@') {
            match text[at..].find('\n') {
                Some(end) => at += end + 1,
                None => return text.len(),
            }
        }
    }
    // The sign of a remark, a quotation, a list, a trace's line; the level of a log's.
    let rest = text[at..].trim_start_matches([' ', '\t']);
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    at = text.len() - rest.len() + sign.map_or(0, |sign| sign.len());
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

/// What may stand before the text of a line.
const SIGNS: &[&str] = &[
    "# ", "#", "// ", "; ", "< ", "<", "> ", ">", "| ", "- ", "* ", "TRACE ", "DEBUG ", "INFO ",
    "WARN ", "ERROR ",
];

/// The length of `\x0d`.
const ESCAPE: usize = 4;

/// Whether a control character's escape stands here.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= ESCAPE
        && bytes.starts_with(b"\\x")
        && matches!(bytes[2], b'0' | b'1')
        && bytes[3].is_ascii_hexdigit()
}
