//! Several commands on one line (V.250 5.4.2): how they are joined, and whose each line of the answer is.
//!
//! It saves a round trip a command, and modems differ in how they take it: some refuse it, or a long one, answer the first
//! part alone, break off, change the order, or end each part with a result code of its own. So an answer is taken for
//! the parts' only where each line has its one place; what has none is for the caller to ask singly. What a modem has
//! been seen to take is not this module's affair.

use super::Request;
use crate::result::{Final, Line, Reply};

/// The longest line that every modem has to take (V.250 5.2.1), `AT` included.
const LONGEST: usize = 40;

impl Request {
    /// Commands on one line, in their order; `None` where they are not for one: fewer than two, together longer than what
    /// every modem takes, one that may be aborted or has rows under a heading, or a last one that asks nothing, so that no
    /// answer shows that those before it were done.
    pub fn joined(parts: &[Self]) -> Option<Self> {
        let fits = |part: &Self| {
            part.line.starts_with("AT")
                && !part.abortable
                && !part.continued
                && part.commands.is_empty()
        };
        let (first, others) = parts.split_first()?;
        let proves = others.last().is_some_and(Self::asks);
        if !proves || !parts.iter().all(fits) {
            return None;
        }
        let mut line = first.line.clone();
        for other in others {
            line.push(';');
            line.push_str(&other.line["AT".len()..]);
        }
        let mut prefixes = Vec::new();
        for prefix in parts.iter().flat_map(|part| &part.prefixes) {
            if !prefixes.contains(prefix) {
                prefixes.push(prefix.clone());
            }
        }
        let quiet: Option<Vec<_>> = parts
            .iter()
            .filter(|part| part.asks())
            .map(|part| part.quiet)
            .collect();
        (line.len() <= LONGEST).then(|| Self {
            prefixes,
            bare: parts.iter().any(|part| part.bare),
            timeout: parts
                .iter()
                .map(|part| part.timeout)
                .max()
                .unwrap_or_default(),
            quiet: quiet.and_then(|all| all.into_iter().max()),
            commands: parts.to_vec(),
            ..Self::plain(line)
        })
    }

    /// Whether it is several commands on one line.
    pub(crate) fn is_joined(&self) -> bool {
        !self.commands.is_empty()
    }

    /// What of the answer to a joined line is each part's; `None` for a part that was not answered, or not surely.
    ///
    /// A part with a prefix has the lines with it, a part without has one line, and the parts follow one another. Lines
    /// without a prefix are believed only where the whole line was answered; a part that tells nothing has its answer in
    /// the line's result code.
    pub fn shares(&self, reply: &Reply) -> Vec<Option<Reply>> {
        let nothing = || vec![None; self.commands.len()];
        let Some((shares, complete)) = self.shared(&reply.lines) else {
            return nothing();
        };
        let whole = complete && reply.is_answer();
        let share = |(part, lines): (&Self, Vec<Line>)| {
            let by_prefix = !lines.is_empty() && lines.iter().all(|line| part.has_prefix_of(line));
            (whole || by_prefix).then(|| Reply {
                lines,
                end: if whole { reply.end.clone() } else { Final::Ok },
            })
        };
        self.commands.iter().zip(shares).map(share).collect()
    }

    /// Whether each part that asks something has its line, or there are lines that have no place: then none is known to be
    /// still to come.
    pub(super) fn has_all_parts_in(&self, lines: &[Line]) -> bool {
        self.shared(lines).is_none_or(|(_, complete)| complete)
    }

    /// The lines by parts, and whether each part that asks has some; `None` where a line has no place. One with a name that no
    /// part has is news.
    fn shared(&self, lines: &[Line]) -> Option<(Vec<Vec<Line>>, bool)> {
        let asking: Vec<usize> = (0..self.commands.len())
            .filter(|at| self.commands[*at].asks())
            .collect();
        let mut shares = vec![Vec::new(); self.commands.len()];
        // How many of those that ask have begun to answer.
        let mut begun = 0_usize;
        let is_own = |line: &&Line| {
            let is_asked = |part: &Self| part.has_prefix_of(line);
            !super::has_name(line) || self.commands.iter().any(is_asked)
        };
        for line in lines.iter().filter(is_own) {
            let goes_on = begun
                .checked_sub(1)
                .is_some_and(|last| self.commands[asking[last]].has_prefix_of(line));
            if !goes_on {
                let next = &self.commands[*asking.get(begun)?];
                let is_bare = next.bare && !super::has_name(line);
                if !is_bare && !next.has_prefix_of(line) {
                    return None;
                }
                begun += 1;
            }
            shares[asking[begun - 1]].push(line.clone());
        }
        Some((shares, begun == asking.len()))
    }

    /// Whether it is answered by more than a result code.
    pub fn asks(&self) -> bool {
        self.bare || !self.prefixes.is_empty()
    }

    fn has_prefix_of(&self, line: &Line) -> bool {
        self.prefixes
            .iter()
            .any(|prefix| line.after(prefix).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Request {
        let number = Request::bare("AT+CCID").with_prefix("+CCID:");
        let tries = Request::new("AT+CPINR", "+CPINR:");
        Request::joined(&[tries, Request::bare("AT+CIMI"), number]).unwrap()
    }

    fn reply(lines: &[&str], end: Final) -> Reply {
        Reply {
            lines: lines.iter().map(|line| Line::from(*line)).collect(),
            end,
        }
    }

    /// How many lines each part has; -1 for none that can be believed.
    fn counts(request: &Request, lines: &[&str], end: Final) -> Vec<i32> {
        let shares = request.shares(&reply(lines, end)).into_iter();
        let count = |share: Reply| i32::try_from(share.lines.len()).unwrap();
        shares.map(|share| share.map_or(-1, count)).collect()
    }

    const TRIES: &str = "+CPINR: SIM PIN,3,3";
    const PUK: &str = "+CPINR: SIM PUK,10,10";
    const IMSI: &str = "208010000000001";
    const ICCID: &str = "8933010000000000001";

    #[test]
    fn a_line_that_is_answered_whole_is_shared_out_in_order() {
        let card = card();
        assert_eq!(card.line, "AT+CPINR;+CIMI;+CCID");
        assert_eq!(card.prefixes, ["+CPINR:", "+CCID:"]);
        assert!(card.bare);
        assert_eq!(
            counts(&card, &[TRIES, PUK, IMSI, ICCID], Final::Ok),
            [2, 1, 1]
        );
        let with_news = [TRIES, IMSI, "+QIND: 1", ICCID];
        assert_eq!(counts(&card, &with_news, Final::Ok), [1, 1, 1]);
        let named = "+CCID: 8933010000000000001";
        assert_eq!(
            counts(&card, &[TRIES, IMSI, named], Final::Missing),
            [1, 1, 1]
        );
    }

    #[test]
    fn what_is_not_surely_a_parts_is_nobodys() {
        let card = card();
        for (lines, end, shares) in [
            // Broken off: only what has its prefix is believed.
            (&[TRIES, IMSI][..], Final::Error, [1, -1, -1]),
            (&[TRIES], Final::Ok, [1, -1, -1]),
            (&[], Final::Ok, [-1, -1, -1]),
            // A part left out, changed places, a line too many, news that nobody knows.
            (&[IMSI, ICCID], Final::Ok, [-1, -1, -1]),
            (&[IMSI, TRIES, ICCID], Final::Ok, [-1, -1, -1]),
            (&[TRIES, IMSI, ICCID, ICCID], Final::Ok, [-1, -1, -1]),
            (&[TRIES, "+QIND: 1", ICCID], Final::Ok, [1, -1, -1]),
            (&[TRIES, "READY", IMSI, ICCID], Final::Ok, [-1, -1, -1]),
            (&[TRIES, IMSI, ICCID], Final::Error, [1, -1, -1]),
        ] {
            assert_eq!(counts(&card, lines, end), shares, "{lines:?}");
        }
    }

    #[test]
    fn a_part_that_tells_nothing_is_done_where_those_that_ask_were_answered() {
        let set = Request::plain("AT+CEREG=2");
        let read = Request::new("AT+CEREG?", "+CEREG:");
        let both = Request::joined(&[set.clone(), read]).unwrap();
        assert_eq!(both.line, "AT+CEREG=2;+CEREG?");
        assert!(both.quiet.is_some());
        let answer = "+CEREG: 2,1,\"2F0A\",\"2B51C03\",7";
        assert_eq!(counts(&both, &[answer], Final::Ok), [0, 1]);
        assert_eq!(counts(&both, &[answer], Final::Error), [-1, 1]);
        assert_eq!(counts(&both, &[], Final::Ok), [-1, -1]);
        // Nothing would show that both were done.
        assert_eq!(Request::joined(&[Request::plain("AT+COPS=3,0"), set]), None);
    }

    #[test]
    fn no_line_is_longer_than_every_modem_takes() {
        let query = || Request::new("AT+CGCONTRDP", "+CGCONTRDP:");
        assert!(Request::joined(&[query(), query()]).is_some());
        assert!(Request::joined(&[query(), query(), query(), query()]).is_none());
        assert!(Request::joined(&[query()]).is_none() && Request::joined(&[]).is_none());
        let list = Request::network_list(std::time::Duration::from_mins(5));
        assert!(Request::joined(&[query(), list]).is_none());
    }
}
