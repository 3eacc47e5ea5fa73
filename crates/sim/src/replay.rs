//! A recorded conversation, served again: a customer's trace as a modem.
//!
//! A command line gets the lines that the recording has for it next, after the time that they took then. Once its
//! answers are used up the last one is repeated; a command that was never recorded gets `ERROR`; one that was never
//! answered gets nothing, as then. There is no world behind it: nothing that is set changes what is read.

use std::collections::VecDeque;
use std::time::Duration;

use super::device::Device;
use opensim_domain::time::Instant;
use opensim_domain::trace::{self, Entry, NotATrace};

/// How long an answer takes where the recording has no times.
const DELAY: Duration = Duration::from_millis(5);
/// A command line is cut here.
const LONGEST_LINE: usize = 4096;
/// Lines that wait at most; a host that never reads loses the newest.
const MOST_LINES: usize = 10_000;

/// A recorded conversation. See the module.
#[derive(Debug)]
pub struct Replay {
    commands: Vec<Recorded>,
    line: Vec<u8>,
    /// What leaves, by time.
    waiting: VecDeque<(Instant, Vec<u8>)>,
    log: Vec<String>,
}

/// A command of the recording and all its answers in order.
#[derive(Debug)]
struct Recorded {
    command: Vec<u8>,
    answers: Vec<Vec<TimedLine>>,
    /// How many were given.
    given: usize,
}

/// A line and how long after its command it came.
#[derive(Debug, Clone)]
struct TimedLine {
    after: Duration,
    line: Vec<u8>,
}

impl Replay {
    /// From a trace's text.
    ///
    /// # Errors
    /// When it is no trace.
    pub fn from_trace(text: &str) -> Result<Self, NotATrace> {
        Ok(Self::new(&trace::parse(text)?))
    }

    /// From the entries of a trace. What stands before its first command is said at once.
    pub fn new(entries: &[Entry]) -> Self {
        let mut replay = Self {
            commands: Vec::new(),
            line: Vec::new(),
            waiting: VecDeque::new(),
            log: Vec::new(),
        };
        let (mut now, mut asked) = (Duration::ZERO, Duration::ZERO);
        let mut open: Option<usize> = None;
        for entry in entries {
            match entry {
                Entry::Remark(_) => {}
                Entry::At(at) => now = *at,
                Entry::Sent(command) => {
                    asked = now;
                    open = Some(replay.record(command));
                }
                Entry::Received(line) => {
                    let after = now.checked_sub(asked).filter(|gap| !gap.is_zero());
                    replay.note(open, after.unwrap_or(DELAY), line);
                }
            }
        }
        replay
    }

    /// The command lines that arrived whole, oldest first.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.log.iter().map(String::as_str)
    }

    /// A further answer to a command, still empty; gives the command's place.
    fn record(&mut self, command: &[u8]) -> usize {
        let same = |r: &Recorded| r.command.eq_ignore_ascii_case(command.trim_ascii());
        let at = self.commands.iter().position(same).unwrap_or_else(|| {
            self.commands.push(Recorded {
                command: command.trim_ascii().to_vec(),
                answers: Vec::new(),
                given: 0,
            });
            self.commands.len() - 1
        });
        self.commands[at].answers.push(Vec::new());
        at
    }

    fn note(&mut self, command: Option<usize>, after: Duration, line: &[u8]) {
        let line = line.to_vec();
        match command.and_then(|at| self.commands[at].answers.last_mut()) {
            Some(answer) => answer.push(TimedLine { after, line }),
            None => self.queue(Instant::at(after), &line),
        }
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
        let known = self
            .commands
            .iter_mut()
            .find(|r| r.command.eq_ignore_ascii_case(command));
        let Some(recorded) = known else {
            self.queue(now + DELAY, b"");
            self.queue(now + DELAY, b"ERROR");
            return;
        };
        let turn = recorded.given.min(recorded.answers.len().saturating_sub(1));
        recorded.given += 1;
        let answer = recorded.answers.get(turn).cloned().unwrap_or_default();
        for TimedLine { after, line } in answer {
            self.queue(now + after, &line);
        }
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
