//! The engine, driven by a script read from the bytes, and what has to hold. `tests/fuzz_standin.rs` runs the same on
//! a stable toolchain.

use std::collections::BTreeMap;
use std::time::Duration;

use opensim::at::engine::{Engine, Event, Ticket};
use opensim::at::result::Final;
use opensim::at::{MAX_LINE, Request};
use opensim::dialect;
use opensim::time::Instant;

/// The most that an engine may hold: a line under way, a reply, the lines nobody has read, and one line over each.
const MOST_HELD: usize = 2 * (1024 * 1024 + MAX_LINE) + MAX_LINE;

/// What a modem is likely to say, so that the fuzzer need not find it out letter by letter.
const SAYINGS: &[&[u8]] = &[
    b"\r\nOK\r\n",
    b"\r\nERROR\r\n",
    b"\r\n+CME ERROR: 30\r\n",
    b"\r\n+CSQ: 15,99\r\n",
    b"\r\n+CREG: 5,\"1A2B\",\"01C3D4E\",7\r\n",
    b"\r\n+CREG: 2,5\r\n",
    b"\r\n+CMEE: 1\r\n",
    b"\r\n+CSCS: \"IRA\"\r\n",
    b"\r\n+COPS: (2,\"F SFR\",\"SFR\",\"20810\",7),",
    b"\r\nNO CARRIER\r\n",
    b"\r\nRDY\r\n",
    b"\r\n+CMT: x\r\n",
    b"AT+CSQ\r\r\n",
    b"AT+CMEE?\r",
    b"\r\nQuectel\r\n",
    b"> ",
];

fn request(kind: u8) -> Request {
    let list = || Request::new("AT+COPS=?", "+COPS:").continued();
    match kind % 9 {
        0 => Request::new("AT+CSQ", "+CSQ:"),
        1 => Request::plain("AT+COPS=3,2"),
        2 => Request::bare("ATI"),
        3 => list().within(Duration::from_secs(315)).abortable(),
        4 => Request::new("AT+CREG?", "+CREG:"),
        5 => Request::new("AT+CMEE?", "+CMEE:").within(Duration::ZERO),
        6 => Request::plain("AT+COPS=1,2,\"20810\"").abortable(),
        7 => Request::plain("AT\r+COPS=0"),
        _ => Request::typed("AT+CSQ;+CREG?;+UCGED?"),
    }
}

/// An engine, and another that gets the same bytes one at a time.
struct Twins {
    whole: Engine,
    bytewise: Engine,
    now: Instant,
    /// Every ticket, and whether it has ended.
    tickets: BTreeMap<Ticket, bool>,
}

/// Drives the engine by a script read from the bytes.
///
/// # Panics
/// When something that has to hold does not.
pub(crate) fn engine(data: &[u8]) {
    let mut twins = Twins {
        whole: Engine::new(dialect::engine_config()),
        bytewise: Engine::default(),
        now: Instant::ZERO,
        tickets: BTreeMap::new(),
    };
    let mut rest = data;
    while let Some((op, after)) = rest.split_first() {
        let argument = after.first().copied().unwrap_or_default();
        rest = twins.step(*op, argument, after);
        twins.compare();
    }
    twins.both(Engine::closed);
    twins.compare();
    assert!(
        twins.tickets.values().all(|ended| *ended),
        "a ticket never ended"
    );
    assert_eq!(twins.whole.poll_timeout(), None);
}

impl Twins {
    /// Carries out one step; gives the bytes that are left.
    fn step<'a>(&mut self, op: u8, argument: u8, after: &'a [u8]) -> &'a [u8] {
        let shorter = after.get(1..).unwrap_or_default();
        let now = self.now;
        match op % 10 {
            0 | 1 => {
                let ticket = self.whole.submit(request(argument));
                assert_eq!(self.bytewise.submit(request(argument)), ticket);
                assert_eq!(self.tickets.insert(ticket, false), None);
            }
            2 | 3 => self.transmit(),
            4 | 5 => self.hear(SAYINGS[usize::from(argument) % SAYINGS.len()]),
            6 => {
                let count = usize::from(argument).min(shorter.len());
                let (said, left) = shorter.split_at(count);
                // Now and then far more than a line or a reply may be.
                let times = if argument == 255 { 1024 } else { 1 };
                self.hear(&said.repeat(times));
                return left;
            }
            7 => self.pass(Duration::from_millis(u64::from(argument) * 10)),
            8 => match self.whole.poll_timeout() {
                Some(due) => self.pass(due - now),
                None => self.pass(Duration::from_secs(1)),
            },
            _ => {
                let nth = self.tickets.keys().nth(usize::from(argument)).copied();
                match nth {
                    Some(ticket) => self.both(|engine| engine.abort(now, ticket)),
                    None => self.both(|engine| {
                        engine.expect_unsolicited(&["^RSSI:", "", "+"], &["Quectel"]);
                    }),
                }
            }
        }
        shorter
    }

    fn both(&mut self, act: impl Fn(&mut Engine)) {
        act(&mut self.whole);
        act(&mut self.bytewise);
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.whole.handle_input(self.now, bytes);
        for byte in bytes {
            self.bytewise.handle_input(self.now, &[*byte]);
        }
    }

    fn pass(&mut self, span: Duration) {
        self.now = self.now + span;
        let now = self.now;
        self.both(|engine| engine.handle_timeout(now));
        let due = self.whole.poll_timeout();
        assert!(
            due.is_none_or(|due| due > now),
            "{due:?} is still due at {now:?}"
        );
    }

    fn transmit(&mut self) {
        while let Some(out) = self.whole.poll_transmit(self.now) {
            let line = out.bytes.strip_suffix(b"\r").expect("a line has its end");
            assert!(line.iter().all(|b| (0x20..0x7F).contains(b)), "{out:?}");
            assert_eq!(self.bytewise.poll_transmit(self.now), Some(out));
        }
        assert_eq!(self.bytewise.poll_transmit(self.now), None);
    }

    /// Both say the same, every ticket ends once, and what is held is bounded.
    fn compare(&mut self) {
        assert_eq!(self.whole.poll_timeout(), self.bytewise.poll_timeout());
        assert_eq!(self.whole.is_idle(), self.bytewise.is_idle());
        assert!(
            self.whole.held() <= MOST_HELD,
            "{} bytes held",
            self.whole.held()
        );
        loop {
            let event = self.whole.poll_event();
            assert_eq!(event, self.bytewise.poll_event());
            match event {
                None => return,
                Some(Event::Done { ticket, outcome }) => {
                    let ended = self.tickets.get_mut(&ticket).expect("a ticket of ours");
                    assert!(!std::mem::replace(ended, true), "{ticket:?} ended twice");
                    let lines = outcome.map(|reply| reply.lines).unwrap_or_default();
                    let owed = lines.iter().any(|l| Final::of_line(l) == Some(Final::Ok));
                    assert!(!owed, "a result code in a body");
                }
                Some(Event::Urc(_) | Event::Stray(_) | Event::Desynced | Event::Resynced) => {}
            }
        }
    }
}
