//! Bytes to lines, bounded. Knows nothing of commands, so one set of tests covers every vendor.
//!
//! A line ends at any run of CR and LF, and empty lines are nothing. A data prompt (`> `) has no line end: no
//! command of opensim asks for one, so it waits here and heads the next line, which then is nobody's.

use super::result::Line;

/// The longest line taken whole. A network list may come as one line of 64 kB.
pub const MAX_LINE: usize = 128 * 1024;

/// What is kept of a longer line, for the log.
const HEAD: usize = 80;

/// What a run of bytes ended in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A whole line.
    Line(Line),
    /// A line over [`MAX_LINE`]: its first bytes. The rest of it is skipped.
    TooLong(Line),
}

/// Cuts a stream of bytes into lines. Where the stream is split makes no difference.
#[derive(Debug, Default)]
pub(crate) struct Framer {
    partial: Vec<u8>,
    skipping: bool,
}

impl Framer {
    /// Takes bytes up to the next frame: how many were used, and the frame if one came of them. To be called again
    /// with the rest until nothing is left.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> (usize, Option<Frame>) {
        let end = bytes.iter().position(|b| matches!(b, b'\r' | b'\n'));
        let (text, used) = end.map_or((bytes, bytes.len()), |at| (&bytes[..at], at + 1));
        if self.skipping {
            self.skipping = end.is_none();
            return (used, None);
        }
        // Some modems send NUL bytes as they wake up; in front of a line they would hide it.
        let nuls = text.iter().take_while(|b| **b == 0).count();
        let text = if self.partial.is_empty() {
            &text[nuls..]
        } else {
            text
        };
        if self.partial.len() + text.len() > MAX_LINE {
            self.skipping = end.is_none();
            return (used, Some(Frame::TooLong(self.cut(text))));
        }
        self.partial.extend_from_slice(text);
        if end.is_none() {
            return (used, None);
        }
        let line = std::mem::take(&mut self.partial);
        let blank = line.trim_ascii().is_empty();
        (used, (!blank).then(|| Frame::Line(Line::new(line))))
    }

    /// Whether the stream stands within a line.
    pub(crate) fn is_mid_line(&self) -> bool {
        self.skipping || !self.partial.is_empty()
    }

    /// How many bytes are held, at most [`MAX_LINE`].
    pub(crate) fn held(&self) -> usize {
        self.partial.len()
    }

    fn cut(&mut self, text: &[u8]) -> Line {
        let mut head = std::mem::take(&mut self.partial);
        head.extend_from_slice(&text[..text.len().min(HEAD)]);
        head.truncate(HEAD);
        head.shrink_to_fit();
        Line::new(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(bytes: &[u8], step: usize) -> Vec<Frame> {
        let mut framer = Framer::default();
        let mut all = Vec::new();
        for chunk in bytes.chunks(step) {
            let mut rest = chunk;
            while !rest.is_empty() {
                let (used, frame) = framer.take(rest);
                all.extend(frame);
                rest = &rest[used..];
            }
        }
        all
    }

    fn line(text: &str) -> Frame {
        Frame::Line(text.into())
    }

    #[test]
    fn any_run_of_line_ends_is_one() {
        let bytes = b"AT+CSQ\r\r\n+CSQ: 9, 99\r\n\r\n \r\nOK\r\n\r\r\n+CREG: 1\n";
        let expected = ["AT+CSQ", "+CSQ: 9, 99", "OK", "+CREG: 1"].map(line);
        for step in [1, 2, 3, 7, 1000] {
            assert_eq!(frames(bytes, step), expected, "{step}");
        }
    }

    #[test]
    fn a_line_of_64_kilobytes_is_whole() {
        let long = "x".repeat(64 * 1024);
        assert_eq!(
            frames(format!("{long}\r\n").as_bytes(), 4096),
            [line(&long)]
        );
    }

    #[test]
    fn a_line_without_end_is_cut_reported_once_and_skipped() {
        let bytes = [vec![b'z'; MAX_LINE * 2 + 1], b"\r\nOK\r\n".to_vec()].concat();
        let expected = [Frame::TooLong("z".repeat(HEAD).as_str().into()), line("OK")];
        for step in [1, 1000, bytes.len()] {
            assert_eq!(frames(&bytes, step), expected, "{step}");
        }
    }

    #[test]
    fn nul_bytes_of_a_waking_modem_hide_nothing() {
        assert_eq!(
            frames(b"\0\0\0RDY\r\n\0\r\nA\0B\r\n", 1),
            [line("RDY"), line("A\0B")]
        );
    }

    #[test]
    fn it_knows_when_it_stands_within_a_line() {
        let mut framer = Framer::default();
        framer.take(b"\r\n\0");
        assert!(!framer.is_mid_line());
        framer.take(b"> ");
        assert!(framer.is_mid_line());
    }
}
