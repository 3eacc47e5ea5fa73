//! What `pppd` prints while it dials, line by line.
//!
//! Its lines are those of pppd 2.4 and 2.5 (`ipcp.c`, `sys-linux.c`, `main.c`) and of `chat -v -s`; what is not known
//! is kept as it is, for the last of it says why dialling failed.

use std::net::IpAddr;

/// A line that is longer is cut.
const LONGEST: usize = 200;

/// A line's meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PppdLine {
    /// The interface's name; a later one replaces it.
    Interface(String),
    /// The address of this end: the link is up.
    Local(IpAddr),
    /// A name server.
    NameServer(IpAddr),
    /// What it takes is not there: a right, the kernel's part, a program.
    Missing(String),
    /// Anything else.
    Other(String),
}

/// Reads a line.
pub(super) fn read(line: &str) -> PppdLine {
    let line: String = line
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let address = || words.last().and_then(|word| word.parse().ok());
    let known = match words[..] {
        ["Using", "interface", name] | ["Connect:", name, "<-->", ..] => {
            Some(PppdLine::Interface(name.to_owned()))
        }
        ["Renamed", "interface", _, "to", name] => Some(PppdLine::Interface(name.to_owned())),
        ["local", "IP", "address", _] => address().map(PppdLine::Local),
        ["primary" | "secondary", "DNS", "address", _] => address().map(PppdLine::NameServer),
        _ => None,
    };
    let missing = [
        "/dev/ppp",
        "kernel support",
        "root privilege",
        "must be root",
        "not found",
    ];
    known.unwrap_or_else(|| {
        let text = line.to_owned();
        if missing.iter().any(|part| line.contains(part)) {
            PppdLine::Missing(text)
        } else {
            PppdLine::Other(text)
        }
    })
}

/// Why it ended: the last lines that tell of a failure, or else the last line.
pub(super) fn last_words(lines: &[String]) -> Option<String> {
    let telling = |line: &&String| {
        let line = line.to_ascii_lowercase();
        [
            "fail",
            "refus",
            "denied",
            "no carrier",
            "timed out",
            "couldn't",
            "can't",
            "in use",
            "terminated",
        ]
        .iter()
        .any(|word| line.contains(word))
    };
    let mut told: Vec<&str> = lines.iter().filter(telling).map(String::as_str).collect();
    told.dedup();
    let tail = &told[told.len().saturating_sub(2)..];
    let end = lines
        .iter()
        .map(String::as_str)
        .rfind(|line| !line.is_empty() && *line != "Exit.");
    Some(tail.join("; "))
        .filter(|text| !text.is_empty())
        .or_else(|| end.map(str::to_owned))
}

/// Bytes to lines, none longer than will be read.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    line: Vec<u8>,
}

impl Splitter {
    /// The lines that these bytes complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => lines.extend(self.end()),
                _ if self.line.len() < 4 * LONGEST => self.line.push(*byte),
                _ => {}
            }
        }
        lines
    }

    /// What is left at the end.
    pub(super) fn end(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line).into_owned();
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_lines_of_a_call_that_comes_up() {
        let text = "send (ATD*99#^M)\nCONNECT\n -- got it\nSerial connection established.\nUsing interface ppp0\n\
                    Connect: ppp0 <--> /dev/ttyUSB3\nlocal  IP address 10.64.12.7\nremote IP address 10.64.64.64\n\
                    primary   DNS address 192.0.2.53\nsecondary DNS address 192.0.2.54\n";
        let said: Vec<PppdLine> = Splitter::default()
            .push(text.as_bytes())
            .iter()
            .map(|line| read(line))
            .collect();
        assert_eq!(said[4], PppdLine::Interface("ppp0".to_owned()));
        assert_eq!(said[5], PppdLine::Interface("ppp0".to_owned()));
        assert_eq!(said[6], PppdLine::Local([10, 64, 12, 7].into()));
        assert_eq!(
            said[7],
            PppdLine::Other("remote IP address 10.64.64.64".to_owned())
        );
        assert_eq!(
            said[8..],
            [
                PppdLine::NameServer([192, 0, 2, 53].into()),
                PppdLine::NameServer([192, 0, 2, 54].into())
            ]
        );
        assert_eq!(
            read("Renamed interface ppp0 to wan0"),
            PppdLine::Interface("wan0".to_owned())
        );
        assert_eq!(
            read("local  IP address nonsense"),
            PppdLine::Other("local  IP address nonsense".to_owned())
        );
    }

    #[test]
    fn what_it_takes_and_is_not_there_is_told_apart() {
        for line in [
            "pppd: must be root to run pppd, since it is not setuid-root",
            "using the noauth option requires root privilege",
            "Couldn't open the /dev/ppp device: No such device or address",
            "pppd: This system lacks kernel support for PPP.  This could be because",
        ] {
            assert_eq!(read(line), PppdLine::Missing(line.to_owned()));
        }
    }

    #[test]
    fn the_last_words_are_those_that_tell_of_the_failure() {
        let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
        let of = |text| last_words(&lines(text));
        let refused = "expect (CONNECT)\n^M\nNO CARRIER\n -- failed\nFailed (NO CARRIER)\nConnect script failed\nExit.";
        assert_eq!(
            of(refused).as_deref(),
            Some("Failed (NO CARRIER); Connect script failed")
        );
        assert_eq!(of("Modem hangup\nExit.").as_deref(), Some("Modem hangup"));
        assert_eq!(of("Exit."), None);
        assert_eq!(of(""), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_keep_much(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let mut splitter = Splitter::default();
            let mut lines = splitter.push(&bytes);
            lines.extend(splitter.end());
            for line in &lines {
                prop_assert!(line.len() <= 12 * LONGEST);
                let _ = read(line);
            }
            let _ = last_words(&lines);
        }
    }
}
