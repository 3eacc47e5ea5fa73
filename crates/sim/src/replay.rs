//! Recorded conversations, served again: a customer's trace, or those of a bundle, as a modem.
//!
//! A command line gets the lines that the recording has for it next, after the time that they took then. Once its
//! answers are used up the last one is repeated; a command that was never recorded gets `ERROR`; one that was never
//! answered gets nothing, as then. There is no world behind it. But a recording has phases: what chooses a network or
//! switches the radio begins one, and what is read after it is what was read after it then.
//!
//! What a program asks first it asks once, so that command, asked again, begins all of them anew: who asks twice gets the
//! same twice. Of several recordings the one is served whose commands come in this order.

use std::collections::VecDeque;
use std::time::Duration;

use super::device::Device;
use opensim_domain::time::Instant;
use opensim_domain::trace::{self, NotATrace};

mod recording;

use recording::{Recording, TimedLine};

/// How long an answer takes where the recording has no times.
const DELAY: Duration = Duration::from_millis(5);
/// A command line is cut here.
const LONGEST_LINE: usize = 4096;
/// Lines that wait at most; a host that never reads loses the newest.
const MOST_LINES: usize = 10_000;

/// Recorded conversations. See the module.
#[derive(Debug)]
pub struct Replay {
    recordings: Vec<Recording>,
    line: Vec<u8>,
    /// What leaves, by time.
    waiting: VecDeque<(Instant, Vec<u8>)>,
    log: Vec<String>,
}

impl Replay {
    /// From a trace's text.
    ///
    /// # Errors
    /// When it is no trace.
    pub fn from_trace(text: &str) -> Result<Self, NotATrace> {
        Self::from_traces([text])
    }

    /// From the texts of traces, each a conversation of its own. What stands before the first command of the first is
    /// said at once.
    ///
    /// # Errors
    /// When one is no trace.
    pub fn from_traces<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, NotATrace> {
        let mut replay = Self {
            recordings: Vec::new(),
            line: Vec::new(),
            waiting: VecDeque::new(),
            log: Vec::new(),
        };
        for text in texts {
            let (recording, before) = Recording::of(&trace::parse(text)?);
            let is_first = replay.recordings.is_empty();
            replay.recordings.push(recording);
            for TimedLine { after, line } in before.into_iter().filter(|_| is_first) {
                replay.queue(Instant::at(after), &line);
            }
        }
        Ok(replay)
    }

    /// The command lines that arrived whole, oldest first.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.log.iter().map(String::as_str)
    }

    fn answer(&mut self, now: Instant) {
        let command = std::mem::take(&mut self.line);
        let command = command.trim_ascii();
        if command.is_empty() {
            return;
        }
        if self.log.len() < MOST_LINES {
            self.log.push(String::from_utf8_lossy(command).into_owned());
        }
        let answer = self.next_answer(command);
        let Some(answer) = answer else {
            self.queue(now + DELAY, b"");
            self.queue(now + DELAY, b"ERROR");
            return;
        };
        for TimedLine { after, line } in answer {
            self.queue(now + after, &line);
        }
    }

    /// What the recordings have for a command; `None` where it was never recorded.
    fn next_answer(&mut self, command: &[u8]) -> Option<Vec<TimedLine>> {
        if self.recordings.iter().any(|r| r.begins_again(command)) {
            self.recordings.iter_mut().for_each(Recording::rewind);
        }
        // All of them go along, so that each is where it was when its turn comes.
        let answers = self.recordings.iter_mut().map(|r| r.take(command));
        let answers: Vec<Option<Vec<TimedLine>>> = answers.collect();
        let in_order = self.recordings.iter().position(Recording::is_in_order);
        let has = |at: &usize| answers[*at].is_some();
        let chosen = in_order.filter(has).or_else(|| {
            let known = (0..answers.len()).filter(has);
            // The one that went along the longest.
            known.max_by_key(|at| (self.recordings[*at].in_order_for(), std::cmp::Reverse(*at)))
        });
        answers.into_iter().nth(chosen?).flatten()
    }

    /// Queues a line at its place in time.
    fn queue(&mut self, at: Instant, line: &[u8]) {
        if self.waiting.len() == MOST_LINES {
            return;
        }
        let place = self.waiting.partition_point(|(other, _)| *other <= at);
        self.waiting.insert(place, (at, [line, b"\r\n"].concat()));
    }
}

impl Device for Replay {
    fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => self.answer(now),
                byte if self.line.len() < LONGEST_LINE => self.line.push(*byte),
                _ => {}
            }
        }
    }

    fn handle_timeout(&mut self, _: Instant) {}

    fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        let due = self.waiting.partition_point(|(at, _)| *at <= now);
        let ready: Vec<u8> = self
            .waiting
            .drain(..due)
            .flat_map(|(_, line)| line)
            .collect();
        (!ready.is_empty()).then_some(ready)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.waiting.front().map(|(at, _)| *at)
    }

    fn is_unplugged(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "\
# Device: a stick on a desk
< RDY
@ 1.000
> AT+CSQ
@ 1.200
< +CSQ: 20,99
< OK
> AT+CSQ
< +CSQ: 21,99
<
< OK
> AT+COPS=?
";

    fn ask(replay: &mut Replay, at: u64, line: &str) -> String {
        let now = Instant::at(Duration::from_secs(at));
        replay.handle_input(now, format!("{line}\r\n").as_bytes());
        let received = replay.poll_transmit(now + Duration::from_millis(500));
        String::from_utf8(received.unwrap_or_default()).unwrap()
    }

    #[test]
    fn a_command_gets_its_answers_in_order_and_the_last_one_again() {
        let mut replay = Replay::from_trace(TRACE).unwrap();
        assert_eq!(
            ask(&mut replay, 0, "at+csq"),
            "RDY\r\n+CSQ: 20,99\r\nOK\r\n"
        );
        assert_eq!(ask(&mut replay, 1, "AT+CSQ"), "+CSQ: 21,99\r\n\r\nOK\r\n");
        assert_eq!(ask(&mut replay, 2, "AT+CSQ"), "+CSQ: 21,99\r\n\r\nOK\r\n");
        assert_eq!(replay.commands().count(), 3);
    }

    #[test]
    fn an_answer_takes_the_time_it_took() {
        let mut replay = Replay::from_trace(TRACE).unwrap();
        ask(&mut replay, 0, "");
        let now = Instant::at(Duration::from_secs(9));
        replay.handle_input(now, b"AT+CSQ\r");
        assert_eq!(
            replay.poll_timeout(),
            Some(now + Duration::from_millis(200))
        );
        assert_eq!(replay.poll_transmit(now + Duration::from_millis(199)), None);
    }

    #[test]
    fn what_is_read_after_a_network_was_chosen_is_what_was_read_after_it_then() {
        let text = "> AT+COPS?\n< one\n> AT+COPS=1,2,\"20810\"\n< OK\n> AT+COPS?\n< two\n\
                    > AT+COPS=1,2,\"20801\"\n< OK\n> AT+COPS?\n< three\n";
        let mut replay = Replay::from_trace(text).unwrap();
        let sfr = "AT+COPS=1,2,\"20810\"";
        for (line, said) in [
            ("AT+COPS?", "one"),
            ("AT+COPS?", "one"),
            (sfr, "OK"),
            ("AT+COPS?", "two"),
            ("AT+COPS=1,2,\"20801\"", "OK"),
            ("AT+COPS?", "three"),
            (sfr, "OK"),
            ("AT+COPS?", "two"),
        ] {
            assert_eq!(ask(&mut replay, 0, line), format!("{said}\r\n"), "{line}");
        }
    }

    #[test]
    fn of_several_conversations_the_one_in_this_order_is_served_and_its_beginning_begins_it_anew() {
        let first = "> ATI\n< x\n> AT+CGSN\n< a1\n> AT+CSQ\n< a2\n";
        let second = "> ATI\n< x\n> AT+CSQ\n< b1\n> AT+CSQ\n< b2\n> AT+CIMI\n< b3\n";
        let mut replay = Replay::from_traces([first, second]).unwrap();
        for _ in 0..2 {
            for (line, said) in [("ATI", "x"), ("AT+CGSN", "a1"), ("AT+CSQ", "a2")] {
                assert_eq!(ask(&mut replay, 0, line), format!("{said}\r\n"));
            }
            for (line, said) in [
                ("ATI", "x"),
                ("AT+CSQ", "b1"),
                ("AT+CSQ", "b2"),
                ("AT+CIMI", "b3"),
                ("AT+CGSN", "a1"),
            ] {
                assert_eq!(ask(&mut replay, 0, line), format!("{said}\r\n"));
            }
        }
    }

    #[test]
    fn what_was_not_recorded_is_an_error_and_what_was_not_answered_is_silence() {
        let mut replay = Replay::from_trace(TRACE).unwrap();
        ask(&mut replay, 0, "");
        assert_eq!(ask(&mut replay, 1, "AT+BAD"), "\r\nERROR\r\n");
        assert_eq!(ask(&mut replay, 2, "AT+COPS=?"), "");
        assert!(Replay::from_trace("no trace").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let mut replay = Replay::from_trace(TRACE).unwrap();
            replay.handle_input(Instant::ZERO, &bytes);
            let received = replay.poll_transmit(Instant::at(Duration::from_secs(1)));
            proptest::prop_assert!(received.unwrap_or_default().len() <= 5 + bytes.len() * 20);
        }
    }
}
