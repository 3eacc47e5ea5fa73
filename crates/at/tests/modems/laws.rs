//! Laws of the AT engine, against a modem that answers late, in pieces, to the abort or not at all, with news in
//! between. Every answer carries the number of the line it answers, so a reply given to the wrong command shows.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use opensim_at::Request;
use opensim_at::engine::{Config, Engine, Event, Failure, Ticket};
use opensim_at::result::Reply;
use opensim_domain::time::Instant;
use proptest::prelude::*;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// How the modem treats one line that it is sent.
#[derive(Debug, Clone)]
struct Manner {
    /// How long it thinks before it answers.
    thinks: u64,
    /// How long it leaves between body and result code.
    pause: u64,
    /// It never answers.
    silent: bool,
    /// What it says when a character ends it; `None`: it cannot be ended, and answers in the end.
    ended: Option<&'static str>,
    /// It says the result code first.
    ok_first: bool,
    /// Said before the body.
    news: &'static str,
    /// It sends so many bytes at a time.
    piece: usize,
}

fn manner(ok_first: bool) -> impl Strategy<Value = Manner> {
    // An early OK leaves no longer a pause than the engine waits for the body.
    let pause = if ok_first { 0..150_u64 } else { 0..900 };
    let thinks = prop_oneof![4 => 0..50_u64, 2 => 0..3000_u64, 2 => 3000..14_000_u64];
    let ended = prop_oneof![
        Just(None),
        Just(Some("")),
        Just(Some("\r\nOK\r\n")),
        Just(Some("\r\nERROR\r\n")),
        Just(Some("\r\n+COPS: (1,\"x\",\"x\",\"20801\",7)\r\n\r\nOK\r\n")),
    ];
    let news = prop_oneof![
        4 => Just(""),
        1 => Just("\r\n+CREG: 5\r\n"),
        1 => Just("\r\n+CREG: 5,\"1A2B\",\"01C3D4E\",7\r\n"),
        1 => Just("\r\nRING\r\n"),
        1 => Just("\r\n^RSSI: 20\r\n"),
    ];
    let silent = prop::bool::weighted(0.15);
    (thinks, pause, silent, ended, news, 1..40_usize).prop_map(move |m| Manner {
        thinks: m.0,
        pause: m.1,
        silent: m.2,
        ended: m.3,
        ok_first,
        news: m.4,
        piece: m.5,
    })
}

/// How the modem is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    Plain,
    /// `ATV0`.
    Numeric,
    /// `ATQ1`, until it is told otherwise.
    NoResults,
    /// What it is asked to get back in step brings a result code and nothing else.
    BareOk,
    /// The same, an error.
    BareError,
}

/// A line the modem is busy with.
struct Job {
    line: String,
    /// Which of the lines it was sent.
    number: usize,
    manner: Manner,
    until: Instant,
}

/// A modem that does one thing after another.
struct Peer {
    echo: bool,
    habit: Habit,
    /// It was told to say no result codes.
    quiet: bool,
    manners: Vec<Manner>,
    received: usize,
    typed: Vec<u8>,
    waiting: VecDeque<(String, usize)>,
    job: Option<Job>,
    says: VecDeque<(Instant, Vec<u8>)>,
}

impl Peer {
    fn new(echo: bool, manners: Vec<Manner>) -> Self {
        Self::of(Habit::Plain, echo, manners)
    }

    fn of(habit: Habit, echo: bool, manners: Vec<Manner>) -> Self {
        Self {
            echo,
            habit,
            quiet: habit == Habit::NoResults,
            manners,
            received: 0,
            typed: Vec::new(),
            waiting: VecDeque::new(),
            job: None,
            says: VecDeque::new(),
        }
    }

    fn receive(&mut self, now: Instant, bytes: &[u8], number: usize) {
        for byte in bytes {
            if self.is_ended_by_a_character(now) {
                continue;
            }
            if *byte == b'\r' {
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.typed)).into_owned();
                self.waiting.push_back((line, number));
            } else {
                self.typed.push(*byte);
            }
        }
        self.begin(now);
    }

    fn is_ended_by_a_character(&mut self, now: Instant) -> bool {
        let running = self
            .job
            .as_ref()
            .filter(|job| job.line.starts_with("AT+COPS=") && job.until > now);
        let Some(said) = running.and_then(|job| job.manner.ended) else {
            return false;
        };
        self.job = None;
        self.says.push_back((now, said.as_bytes().to_vec()));
        true
    }

    fn begin(&mut self, now: Instant) {
        while self.job.is_none() {
            let Some((line, number)) = self.waiting.pop_front() else {
                return;
            };
            let manner = self.manners[self.received % self.manners.len()].clone();
            self.received += 1;
            if self.echo {
                self.says.push_back((now, format!("{line}\r").into_bytes()));
            }
            if line.is_empty() {
                continue;
            }
            // The last thing said may still be on its way.
            let free = self.says.back().map_or(now, |said| said.0.max(now));
            let until = free + ms(manner.thinks);
            self.job = Some(Job {
                line,
                number,
                manner,
                until,
            });
        }
    }

    fn due(&self) -> Option<Instant> {
        let said = self.says.front().map(|said| said.0);
        let done = self.job.as_ref().map(|job| job.until);
        [said, done].into_iter().flatten().min()
    }

    /// Finishes what is finished by now and gives what is said by now, in pieces.
    fn speak(&mut self, now: Instant) -> Vec<Vec<u8>> {
        if self.job.as_ref().is_some_and(|job| job.until <= now)
            && let Some(job) = self.job.take()
        {
            self.answer(&job);
            self.begin(now);
        }
        let mut said = Vec::new();
        while self.says.front().is_some_and(|s| s.0 <= now) {
            said.extend(self.says.pop_front().map(|s| s.1));
        }
        said
    }

    fn answer(&mut self, job: &Job) {
        let Manner {
            silent,
            ok_first,
            news,
            piece,
            pause,
            ..
        } = job.manner;
        if silent {
            return;
        }
        let n = job.number;
        let (body, end) = match job.line.as_str() {
            "AT+CSQ" => (format!("\r\n+CSQ: {n},99\r\n"), "OK".to_owned()),
            "ATI" => (format!("\r\nid\r\n{n:03}\r\n"), "OK".to_owned()),
            "AT+CREG?" => (
                format!("\r\n+CREG: 2,5,\"{n:04X}\",\"01C3D4E\",7\r\n"),
                "OK".to_owned(),
            ),
            "AT+COPS=?" => (
                format!("\r\n+COPS: (2,\"{n}\",\"\",\"20810\",7)\r\n"),
                "OK".to_owned(),
            ),
            "AT+CMEE?" => (format!("\r\n+CMEE: {n}\r\n"), "OK".to_owned()),
            "AT+CSCS?" => (format!("\r\n+CSCS: \"{n}\"\r\n"), "OK".to_owned()),
            "AT+CFUN?" => (format!("\r\n+CFUN: {n}\r\n"), "OK".to_owned()),
            "AT+SET" => (String::new(), format!("+CME ERROR: {n}")),
            "AT" => (String::new(), "OK".to_owned()),
            "ATQ0" => {
                self.quiet = false;
                (String::new(), "OK".to_owned())
            }
            _ => (String::new(), "ERROR".to_owned()),
        };
        let probed = ["AT+CMEE?", "AT+CSCS?", "AT+CFUN?"].contains(&job.line.as_str());
        let (body, end) = match self.habit {
            Habit::BareOk if probed => (String::new(), "OK".to_owned()),
            Habit::BareError if probed => (String::new(), "ERROR".to_owned()),
            _ => (body, end),
        };
        let end = match (self.habit, end.as_str()) {
            _ if self.quiet => String::new(),
            (Habit::Numeric, "OK") => "0\r".to_owned(),
            (Habit::Numeric, "ERROR") => "4\r".to_owned(),
            _ => format!("\r\n{end}\r\n"),
        };
        let (first, then) = if ok_first && !body.is_empty() {
            (end, body)
        } else {
            (body, end)
        };
        let begun = format!("{news}{first}");
        for chunk in begun.as_bytes().chunks(piece) {
            self.says.push_back((job.until, chunk.to_vec()));
        }
        for chunk in then.as_bytes().chunks(piece) {
            self.says.push_back((job.until + ms(pause), chunk.to_vec()));
        }
    }
}

fn request(kind: usize) -> Request {
    match kind {
        0 => Request::new("AT+CSQ", "+CSQ:"),
        1 => Request::bare("ATI"),
        2 => Request::new("AT+CREG?", "+CREG:"),
        3 => Request::new("AT+COPS=?", "+COPS:")
            .continued()
            .within(ms(9000))
            .abortable(),
        4 => Request::new("AT+CMEE?", "+CMEE:"),
        _ => Request::plain("AT+SET"),
    }
}

/// What a person does: at what time after the last, which command, and whether it is given up, how soon.
#[derive(Debug, Clone)]
struct Deed {
    after: u64,
    kind: usize,
    given_up_after: Option<u64>,
}

fn deed() -> impl Strategy<Value = Deed> {
    let given_up = prop::option::weighted(0.2, 0..12_000_u64);
    (0..4000_u64, 0..6_usize, given_up).prop_map(|d| Deed {
        after: d.0,
        kind: d.1,
        given_up_after: d.2,
    })
}

/// Engine, modem and time.
struct World {
    engine: Engine,
    peer: Peer,
    now: Instant,
    /// The ticket of every line sent; `None` for the engine's own.
    sent: Vec<Option<Ticket>>,
    lines: Vec<Vec<u8>>,
    ended: BTreeMap<Ticket, Vec<Result<Reply, Failure>>>,
    in_step: bool,
}

impl World {
    fn new(peer: Peer) -> Self {
        Self {
            engine: Engine::new(Config::default()),
            peer,
            now: Instant::at(ms(1)),
            sent: Vec::new(),
            lines: Vec::new(),
            ended: BTreeMap::new(),
            in_step: true,
        }
    }

    /// Runs to this time, from deadline to deadline.
    fn run(&mut self, until: Instant) {
        self.settle();
        loop {
            let due = [self.engine.poll_timeout(), self.peer.due()]
                .into_iter()
                .flatten()
                .min();
            let Some(due) = due.filter(|due| *due <= until) else {
                break;
            };
            self.now = self.now.max(due);
            for piece in self.peer.speak(self.now) {
                self.engine.handle_input(self.now, &piece);
                self.settle();
            }
            self.engine.handle_timeout(self.now);
            let left = self.engine.poll_timeout();
            assert!(
                left.is_none_or(|left| left > self.now),
                "a deadline was left"
            );
            assert!(self.engine.held() < 10_000);
            self.settle();
        }
        self.now = until;
    }

    fn settle(&mut self) {
        while let Some(out) = self.engine.poll_transmit(self.now) {
            self.peer.receive(self.now, &out.bytes, self.sent.len());
            self.sent.push(out.ticket);
            self.lines.push(out.bytes);
        }
        while let Some(event) = self.engine.poll_event() {
            match event {
                Event::Done { ticket, outcome } => {
                    self.ended.entry(ticket).or_default().push(outcome);
                }
                Event::Desynced => assert!(std::mem::replace(&mut self.in_step, false)),
                Event::Resynced => assert!(!std::mem::replace(&mut self.in_step, true)),
                Event::Urc(_) | Event::Stray(_) => {}
            }
        }
    }

    fn live(&mut self, deeds: &[Deed]) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        let mut given_up: Vec<(Instant, Ticket)> = Vec::new();
        for deed in deeds {
            let next = self.now + ms(deed.after);
            given_up.sort();
            while given_up.first().is_some_and(|g| g.0 <= next) {
                let (when, ticket) = given_up.remove(0);
                self.run(when.max(self.now));
                self.engine.abort(self.now, ticket);
            }
            self.run(next);
            let ticket = self.engine.submit(request(deed.kind));
            tickets.push(ticket);
            given_up.extend(deed.given_up_after.map(|after| (next + ms(after), ticket)));
        }
        self.run(self.now + Duration::from_secs(1000));
        tickets
    }

    /// The numbers of the lines that a reply answers.
    fn answered(reply: &Reply) -> Vec<usize> {
        let number = |text: &[u8]| -> Option<usize> {
            let text = String::from_utf8_lossy(text);
            text.trim_matches('"').split(',').next()?.parse().ok()
        };
        let mut numbers: Vec<usize> = ["+CSQ:", "+CMEE:"]
            .iter()
            .flat_map(|prefix| {
                reply
                    .all_after(prefix)
                    .filter_map(number)
                    .collect::<Vec<_>>()
            })
            .collect();
        let bare = reply.lines.iter().map(opensim_at::result::Line::bytes);
        numbers.extend(bare.filter_map(number));
        for text in reply.all_after("+CREG:") {
            let area = String::from_utf8_lossy(text)
                .split('"')
                .nth(1)
                .map(str::to_owned);
            numbers.extend(area.and_then(|a| usize::from_str_radix(&a, 16).ok()));
        }
        for text in reply.all_after("+COPS:") {
            let name = String::from_utf8_lossy(text)
                .split('"')
                .nth(1)
                .map(str::to_owned);
            numbers.extend(name.and_then(|n| n.parse::<usize>().ok()));
        }
        numbers.extend(reply.end.cme().map(usize::from));
        numbers
    }

    /// Whether the modem was heard to say its result codes by number, by a greeting as every session has it.
    fn greet(&mut self) -> Ticket {
        let ticket = self.engine.submit(request(4));
        self.run(self.now + Duration::from_secs(1000));
        ticket
    }

    /// Once the modem answers at once again, so is the next command.
    fn recover(&mut self) {
        self.peer.manners = vec![Manner {
            thinks: 10,
            pause: 10,
            silent: false,
            ended: None,
            ok_first: self.peer.manners[0].ok_first,
            news: "",
            piece: 8,
        }];
        let ticket = self.engine.submit(request(0));
        self.run(self.now + Duration::from_mins(1));
        let ends = self.ended.get(&ticket).map(Vec::as_slice);
        assert!(
            matches!(ends, Some([Ok(reply)]) if reply.end.is_ok()),
            "{ends:?}"
        );
        self.check(&[ticket]);
    }

    /// Every ticket ended once, and no reply answers another ticket's line.
    fn check(&self, tickets: &[Ticket]) {
        assert!(self.engine.is_idle());
        for ticket in tickets {
            let ends = self
                .ended
                .get(ticket)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let [end] = ends else {
                panic!("{ticket:?} ended {} times", ends.len());
            };
            let Ok(reply) = end else { continue };
            for number in Self::answered(reply) {
                let asked = self.sent[number];
                let of_the_engine = asked.is_none() && reply.after("+CMEE:").is_some();
                let line = String::from_utf8_lossy(&self.lines[number]);
                assert!(
                    asked == Some(*ticket) || of_the_engine,
                    "{ticket:?} got {reply:?}, the answer to {line:?} of {asked:?}"
                );
            }
        }
    }
}

/// What modems say, whole and in bits, for streams whose cutting must not matter.
fn saying() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "\r\nOK\r\n",
        "\r\nERROR\r\n",
        "+CSQ: 15,99\r\n",
        "AT+CSQ\r\r\n",
        "17,99AT+CSQ\r",
        "\r\n+CREG: 5\r\n",
        "\r\n+CREG: 2,5\r\n",
        "\r\n+CMEE: 1\r\n\r\nOK\r\n",
        "\r\n+COPS: (1,\"a\r\nb\",",
        "\r\n+CMT: 1\r\nOK\r\n",
        "\r\nNO CARRIER\r\n",
        "\r\n+CREG: 1,0,1\r\n",
        "+CMEE: 1\r\n0\r",
        "0\r",
        "4\r",
        "\r\n+CSQ: 15",
        "> ",
    ]);
    prop_oneof![
        4 => known.prop_map(|s: &str| s.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

/// Everything an engine does when it hears this, cut so, with time passing after each saying.
fn history(kind: usize, sayings: &[(Vec<u8>, u64)], cut: impl Fn(usize) -> usize) -> Vec<String> {
    let mut engine = Engine::default();
    let mut now = Instant::at(ms(1));
    let mut history = Vec::new();
    engine.submit(request(kind));
    engine.submit(request(kind + 1));
    for (said, pause) in sayings {
        let mut rest = said.as_slice();
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(cut(rest.len()).clamp(1, rest.len()));
            engine.handle_input(now, chunk);
            rest = after;
        }
        now = now + ms(*pause);
        engine.handle_timeout(now);
        history.extend(std::iter::from_fn(|| engine.poll_event()).map(|e| format!("{e:?}")));
        history.extend(std::iter::from_fn(|| engine.poll_transmit(now)).map(|t| format!("{t:?}")));
        history.push(format!("{:?}", engine.poll_timeout()));
    }
    history
}

proptest! {
    #[test]
    fn a_reply_holds_only_what_answers_its_own_command(
        echo: bool,
        manners in prop::collection::vec(manner(false), 1..12),
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let mut world = World::new(Peer::new(echo, manners));
        let tickets = world.live(&deeds);
        world.check(&tickets);
        world.recover();
    }

    #[test]
    fn so_it_does_where_the_result_code_comes_first(
        echo: bool,
        manners in prop::collection::vec(manner(true), 1..12),
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let mut world = World::new(Peer::new(echo, manners));
        let tickets = world.live(&deeds);
        world.check(&tickets);
        world.recover();
    }

    #[test]
    fn so_it_does_where_result_codes_are_numbers(
        echo: bool,
        manners in prop::collection::vec(manner(false), 1..12),
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        // The session begins with an answer that tells.
        let prompt = Manner { thinks: 10, pause: 10, silent: false, ..manners[0].clone() };
        let mut world = World::new(Peer::of(Habit::Numeric, echo, vec![prompt]));
        let greeted = world.greet();
        prop_assert!(world.engine.is_numeric());
        world.peer.manners = manners;
        let mut tickets = world.live(&deeds);
        tickets.push(greeted);
        world.check(&tickets);
        world.recover();
    }

    #[test]
    fn so_it_does_where_no_result_codes_are_said_until_it_is_told(
        echo: bool,
        manners in prop::collection::vec(manner(false), 1..12),
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let mut world = World::new(Peer::of(Habit::NoResults, echo, manners));
        let tickets = world.live(&deeds);
        world.check(&tickets);
        world.peer.quiet = false;
        world.recover();
    }

    #[test]
    fn so_it_does_where_a_question_brings_a_result_code_alone(
        echo: bool,
        ok: bool,
        // Whoever is counted with has to answer within three seconds.
        manners in prop::collection::vec(
            manner(false).prop_map(|m| Manner { thinks: m.thinks % 2000, ..m }), 1..12),
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let habit = if ok { Habit::BareOk } else { Habit::BareError };
        let mut world = World::new(Peer::of(habit, echo, manners));
        let tickets = world.live(&deeds);
        world.check(&tickets);
        world.recover();
    }

    #[test]
    fn where_the_bytes_are_cut_makes_no_difference(
        kind in 0..6_usize,
        sayings in prop::collection::vec((saying(), prop_oneof![Just(0), 0..400_u64, 0..6000_u64]), 0..24),
        step in 1..9_usize,
    ) {
        let whole = history(kind, &sayings, |left| left);
        prop_assert_eq!(&whole, &history(kind, &sayings, |_| 1));
        prop_assert_eq!(&whole, &history(kind, &sayings, |_| step));
    }

    #[test]
    fn any_bytes_at_all_end_in_order(noise in prop::collection::vec(any::<u8>(), 0..4000), kind in 0..6_usize) {
        let mut engine = Engine::default();
        let ticket = engine.submit(request(kind));
        let now = Instant::at(ms(1));
        engine.poll_transmit(now);
        engine.handle_input(now, &noise);
        engine.closed();
        let ends = std::iter::from_fn(|| engine.poll_event());
        let ended = ends.filter(|e| matches!(e, Event::Done { ticket: t, .. } if *t == ticket));
        prop_assert_eq!(ended.count(), 1);
    }
}
