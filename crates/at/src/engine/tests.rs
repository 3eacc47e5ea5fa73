//! The engine against a modem that says exactly what the test says, when it says it.

use std::time::Duration;

use super::*;
use crate::result::{ErrorCode, Final};

const SECOND: Duration = Duration::from_secs(1);

struct Bench {
    engine: Engine,
    now: Instant,
}

impl Bench {
    fn new() -> Self {
        Self::of(Config::default())
    }

    fn of(config: Config) -> Self {
        Self {
            engine: Engine::new(config),
            now: Instant::at(SECOND),
        }
    }

    /// Submits a command to an idle engine; it goes out.
    fn send(&mut self, request: Request) -> Ticket {
        let line = request.line.clone();
        let ticket = self.engine.submit(request);
        let out = self.engine.poll_transmit(self.now).unwrap();
        assert_eq!(
            (out.ticket, out.bytes),
            (Some(ticket), format!("{line}\r").into_bytes())
        );
        ticket
    }

    /// The modem speaks, one byte at a time.
    fn hear(&mut self, text: &str) -> &mut Self {
        for byte in text.as_bytes() {
            self.engine.handle_input(self.now, &[*byte]);
        }
        self
    }

    /// Time passes, every deadline in it kept. Gives what was sent meanwhile.
    fn wait(&mut self, span: Duration) -> Vec<String> {
        let end = self.now + span;
        let mut sent = self.sent();
        while let Some(due) = self.engine.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.engine.handle_timeout(self.now);
            assert!(self.engine.poll_timeout().is_none_or(|due| due > self.now));
            sent.extend(self.sent());
        }
        self.now = end;
        sent
    }

    fn sent(&mut self) -> Vec<String> {
        let out = std::iter::from_fn(|| self.engine.poll_transmit(self.now));
        out.map(|t| String::from_utf8(t.bytes).unwrap()).collect()
    }

    fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.engine.poll_event()).collect()
    }

    /// The one command that ended, and how.
    fn outcome(&mut self) -> Result<Reply, Failure> {
        let mut all = self.events().into_iter().filter_map(|event| match event {
            Event::Done { outcome, .. } => Some(outcome),
            _ => None,
        });
        let outcome = all.next().expect("no command ended");
        assert_eq!(all.next(), None);
        outcome
    }

    /// A command that was never answered, its drain, and the answer to the first question.
    fn resync(&mut self) {
        let sent = self.wait(Duration::from_millis(300));
        assert_eq!(sent.last().map(String::as_str), Some("AT+CMEE?\r"));
        self.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
        assert_eq!(self.events().last(), Some(&Event::Resynced));
    }
}

fn reply(lines: &[&str], end: Final) -> Reply {
    Reply {
        lines: lines.iter().map(|l| Line::from(*l)).collect(),
        end,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with outcomes")]
fn ok(lines: &[&str]) -> Result<Reply, Failure> {
    Ok(reply(lines, Final::Ok))
}

fn urc(text: &str) -> Event {
    Event::Urc(text.into())
}

fn stray(text: &str) -> Event {
    Event::Stray(text.into())
}

fn done(ticket: Ticket, outcome: Result<Reply, Failure>) -> Event {
    Event::Done { ticket, outcome }
}

fn csq() -> Request {
    Request::new("AT+CSQ", "+CSQ:")
}

fn select() -> Request {
    Request::plain("AT+COPS=1,2,\"20810\"")
        .within(Duration::from_mins(2))
        .abortable()
}

fn list() -> Request {
    Request::new("AT+COPS=?", "+COPS:")
        .continued()
        .within(Duration::from_secs(315))
        .abortable()
}

// What belongs to the command in flight.

#[test]
fn the_same_answer_with_and_without_echo() {
    for said in [
        "\r\n+CSQ: 15,99\r\n\r\nOK\r\n",
        "AT+CSQ\r\r\n+CSQ: 15,99\r\n\r\nOK\r\n",
        "AT+CSQ\r\r\r\n+CSQ: 15,99\r\nOK\r\n",
        "AT+CSQ\r\n+csq: 15,99\nOK\n",
    ] {
        let mut bench = Bench::new();
        bench.send(csq());
        let lines = bench.hear(said).outcome().unwrap().lines;
        assert_eq!(lines.len(), 1, "{said:?}");
        assert_eq!(lines[0].after("+CSQ:"), Some(b"15,99".as_slice()));
    }
}

#[test]
fn ec200a_stale_bytes_glued_before_the_echo_are_nobody_s() {
    let mut bench = Bench::new();
    let ticket = bench.send(Request::new("AT+CPIN?", "+CPIN:"));
    bench.hear("17,99AT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n");
    assert_eq!(
        bench.events(),
        [stray("17,99"), done(ticket, ok(&["+CPIN: READY"]))]
    );
}

#[test]
fn a_word_that_ends_like_a_short_command_is_no_echo() {
    let mut bench = Bench::new();
    bench.send(Request::bare("ATI"));
    assert_eq!(
        bench.hear("\r\nMASERATI\r\nOK\r\n").outcome(),
        ok(&["MASERATI"])
    );
}

#[test]
fn ec200a_chained_answers_in_any_order_are_one_reply() {
    let mut bench = Bench::new();
    let request = csq().with_prefix("+CREG:").with_prefix("+COPS:");
    let line = "AT+CSQ;+COPS=3,0;+COPS?;+CREG=2;+CREG?".to_owned();
    bench.send(Request { line, ..request });
    let lines = [
        "+CREG: 2,1,\"00B9\",\"6466F9E\",7",
        "+CSQ: 17,99",
        "+COPS: 0,0,\"MEO\",7",
    ];
    bench.hear(&format!("\r\n{}\r\n\r\nOK\r\n", lines.join("\r\n\r\n")));
    assert_eq!(bench.outcome(), ok(&lines));
}

#[test]
fn several_lines_of_one_prefix_and_their_continuations_are_the_body() {
    let lines = [
        "+COPS: (2,\"F SFR\",\"SFR\",\"20810\",7)",
        ",(1,\"Orange F\",\"Orange\",\"20801\",7)",
    ];
    let mut bench = Bench::new();
    bench.send(list());
    bench.hear(&format!("\r\n{}\r\n{}\r\n\r\nOK\r\n", lines[0], lines[1]));
    assert_eq!(bench.outcome(), ok(&lines));
}

#[test]
fn rows_without_prefix_count_only_under_their_heading() {
    let mut bench = Bench::new();
    let ticket = bench.send(Request::new("AT+UCGED?", "+UCGED:").continued());
    bench.hear("\r\n9,9\r\n+UCGED: 2\r\n6,0,208,10\r\n+QIND: x\r\n2525,5,25\r\nOK\r\n");
    let body = ok(&["+UCGED: 2", "6,0,208,10", "2525,5,25"]);
    assert_eq!(
        bench.events(),
        [stray("9,9"), stray("+QIND: x"), done(ticket, body)]
    );
}

#[test]
fn a_line_end_within_quotes_does_not_lose_the_rest() {
    let mut bench = Bench::new();
    bench.send(Request::new("AT+COPS?", "+COPS:"));
    bench.hear("\r\n+COPS: 0,0,\"Orange\r\nF\",7\r\n\r\nOK\r\n");
    assert_eq!(bench.outcome(), ok(&["+COPS: 0,0,\"Orange", "F\",7"]));
}

#[test]
fn unsolicited_lines_in_the_middle_of_an_answer_are_told_apart() {
    let mut bench = Bench::new();
    bench
        .engine
        .expect_unsolicited(&["^HCSQ:", "^RSSI:", ""], &["SMS DONE"]);
    let ticket = bench.send(Request::bare("ATI"));
    bench.hear("\r\nhuawei\r\n^RSSI: 20\r\nME909s\r\nRING\r\nSMS DONE\r\n\r\nOK\r\n");
    let body = ok(&["huawei", "ME909s"]);
    let expected = [
        urc("^RSSI: 20"),
        urc("RING"),
        urc("SMS DONE"),
        done(ticket, body),
    ];
    assert_eq!(bench.events(), expected);
    let ticket = bench.send(Request::new("AT^HCSQ?", "^HCSQ:"));
    bench.hear("\r\n^HCSQ: \"LTE\",60,50,100,20\r\nOK\r\n");
    assert_eq!(
        bench.events(),
        [done(ticket, ok(&["^HCSQ: \"LTE\",60,50,100,20"]))]
    );
}

#[test]
fn registration_news_is_not_taken_for_the_answer() {
    let news = "+CREG: 5,\"1A2B\",\"01C3D4E\",7";
    let mut bench = Bench::new();
    let ticket = bench.send(Request::new("AT+CREG?", "+CREG:"));
    bench.hear(&format!(
        "\r\n{news}\r\n+CREG: 5\r\n+CREG: 2,5\r\n\r\nOK\r\n"
    ));
    assert_eq!(
        bench.events(),
        [
            urc(news),
            urc("+CREG: 5"),
            done(ticket, ok(&["+CREG: 2,5"]))
        ]
    );
    let ticket = bench.send(Request::plain("AT+CREG=2"));
    bench.hear("\r\n+CREG: 2,5\r\nOK\r\n");
    assert_eq!(bench.events(), [urc("+CREG: 2,5"), done(ticket, ok(&[]))]);
}

#[test]
fn what_comes_before_any_command_is_nobody_s() {
    let mut bench = Bench::new();
    bench.hear("\r\nOK\r\n+CREG: 1\r\n+CSQ: 9,9\r\nRDY\r\nERROR\r\n");
    let expected = [
        stray("OK"),
        urc("+CREG: 1"),
        stray("+CSQ: 9,9"),
        urc("RDY"),
        stray("ERROR"),
    ];
    assert_eq!(bench.events(), expected);
}

#[test]
fn a_line_begun_before_the_command_left_is_not_its_answer() {
    let mut bench = Bench::new();
    bench.hear("\r\nO");
    let ticket = bench.send(Request::plain("AT+COPS=3,2"));
    bench.hear("K\r\n");
    assert_eq!(bench.events(), [stray("OK")]);
    bench.hear("\r\nOK\r\n");
    assert_eq!(bench.events(), [done(ticket, ok(&[]))]);
}

#[test]
fn a_text_message_that_says_ok_ends_nothing() {
    let mut bench = Bench::new();
    let ticket = bench.send(Request::plain("AT+CMEE=1"));
    bench.hear("\r\n+CMT: \"+33600000000\",,\"26/11/23\"\r\nOK\r\n");
    assert_eq!(bench.events().len(), 2);
    bench.hear("\r\nERROR\r\n");
    assert_eq!(bench.events(), [done(ticket, Ok(reply(&[], Final::Error)))]);
}

// How a command ends.

#[test]
fn every_result_code_ends_a_command_and_a_call_s_result_only_a_call() {
    for (said, end) in [
        ("OK", Final::Ok),
        ("ERROR", Final::Error),
        ("+CME ERROR: 30", Final::Cme(ErrorCode::Number(30))),
        (
            "+CME ERROR: SIM not inserted",
            Final::Cme(ErrorCode::Text("SIM not inserted".into())),
        ),
        (
            "COMMAND NOT SUPPORT",
            Final::NotSupported("COMMAND NOT SUPPORT".into()),
        ),
    ] {
        let mut bench = Bench::new();
        bench.send(Request::plain("AT+CFUN=1"));
        bench.hear(&format!("\r\nNO CARRIER\r\nCONNECT\r\n{said}\r\n"));
        let events = bench.events();
        assert_eq!(events[..2], [urc("NO CARRIER"), stray("CONNECT")]);
        assert!(
            matches!(&events[2], Event::Done { outcome: Ok(r), .. } if r.end == end),
            "{said}"
        );
    }
    let mut bench = Bench::of(Config {
        calls: vec!["$QCRMCALL".into()],
        ..Config::default()
    });
    bench.send(Request::plain("AT$QCRMCALL=1,1"));
    let ended = Final::CallEnded("NO CARRIER".into());
    assert_eq!(
        bench.hear("\r\nNO CARRIER\r\n").outcome(),
        Ok(reply(&[], ended))
    );
}

#[test]
fn a_body_after_its_ok_is_still_the_command_s() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\nOK\r\n");
    bench.wait(Duration::from_millis(150));
    assert_eq!(bench.events(), []);
    bench.hear("\r\n+CSQ: 15,99\r\n");
    bench.wait(Duration::from_millis(150));
    assert_eq!(bench.events(), []);
    bench.wait(Duration::from_millis(60));
    assert_eq!(bench.outcome(), ok(&["+CSQ: 15,99"]));
    assert!(bench.engine.is_idle());
}

#[test]
fn the_wait_for_a_late_body_ends_on_a_modem_that_never_stops_talking() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\nOK\r\n");
    for _ in 0..30 {
        bench.hear("\r\n+CREG: 1\r\n");
        bench.wait(Duration::from_millis(100));
    }
    assert_eq!(bench.outcome(), ok(&[]));
}

#[test]
fn a_set_command_does_not_wait_after_its_ok() {
    let mut bench = Bench::new();
    bench.send(Request::plain("AT+CREG=2"));
    assert_eq!(bench.hear("\r\nOK\r\n").outcome(), ok(&[]));
}

#[test]
fn t99w175_lines_with_no_result_code_are_kept_and_none_is_made_up() {
    let mut bench = Bench::new();
    bench.send(Request::bare("AT+CGMM"));
    bench.hear("\r\nT99W175\r\n");
    bench.wait(6 * SECOND);
    let events = bench.events();
    let missing = reply(&["T99W175"], Final::Missing);
    assert!(
        matches!(&events[..], [Event::Done { outcome: Ok(r), .. }, Event::Desynced] if *r == missing)
    );
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\n+CSQ: 15,99\r\n");
    bench.wait(6 * SECOND);
    assert_eq!(bench.outcome(), Ok(reply(&["+CSQ: 15,99"], Final::Missing)));
}

#[test]
fn xmm7360_refuses_the_list_in_words_and_its_late_ok_ends_nothing() {
    let mut bench = Bench::of(Config {
        list_refusals: vec!["No network service".into()],
        ..Config::default()
    });
    let ticket = bench.send(list());
    bench.hear("\r\nNo network service\r\n");
    let refused = Final::Cme(ErrorCode::Text("No network service".into()));
    assert_eq!(refused.cme(), Some(30));
    assert_eq!(
        bench.events(),
        [done(ticket, Ok(reply(&[], refused))), Event::Desynced]
    );
    bench.engine.submit(csq());
    bench.hear("\r\nOK\r\n");
    bench.resync();
    assert_eq!(bench.sent(), ["AT+CSQ\r"]);
    assert_eq!(
        bench.hear("\r\n+CSQ: 15,99\r\nOK\r\n").outcome(),
        ok(&["+CSQ: 15,99"])
    );
}

#[test]
fn a_network_list_of_64_kilobytes_on_one_line_is_whole() {
    let entry = "(1,\"Orange F\",\"Orange\",\"20801\",7)";
    let body = format!("+COPS: {}", vec![entry; 2000].join(","));
    assert!(body.len() > 64 * 1024);
    let mut bench = Bench::new();
    bench.send(list());
    assert_eq!(
        bench.hear(&format!("\r\n{body}\r\n\r\nOK\r\n")).outcome(),
        ok(&[&body])
    );
}

#[test]
fn a_line_or_a_reply_without_end_fails_its_command_and_is_drained() {
    let mut bench = Bench::new();
    bench.send(list());
    bench
        .engine
        .handle_input(bench.now, &vec![b'x'; super::super::frame::MAX_LINE + 1]);
    assert_eq!(bench.outcome(), Err(Failure::TooLong));
    bench.hear("\r\n");
    bench.resync();
    bench.send(list());
    let chunk = "+COPS: of a hostile modem\r\n".repeat(1000);
    for _ in 0..40 {
        bench.engine.handle_input(bench.now, chunk.as_bytes());
        assert!(bench.engine.held() < 3 * 1024 * 1024);
    }
    assert_eq!(bench.outcome(), Err(Failure::TooLong));
}

#[test]
fn a_line_that_is_no_command_is_not_sent() {
    let mut bench = Bench::new();
    for line in [
        "",
        " ",
        "AT\rATD112;",
        "AT+COPS=1,0,\"Télécom\"",
        "AT\u{1a}",
    ] {
        bench.engine.submit(Request::plain(line));
        assert_eq!(bench.outcome(), Err(Failure::BadLine), "{line:?}");
    }
    assert_eq!(bench.sent(), [""; 0]);
}

#[test]
fn commands_go_out_one_at_a_time_in_order() {
    let mut bench = Bench::new();
    let first = bench.engine.submit(csq());
    let second = bench.engine.submit(Request::plain("AT"));
    assert_eq!(bench.sent(), ["AT+CSQ\r"]);
    bench.hear("\r\n+CSQ: 1,1\r\nOK\r\nOK\r\n");
    assert_eq!(bench.sent(), ["AT\r"]);
    bench.hear("\r\nOK\r\n");
    let expected = [
        done(first, ok(&["+CSQ: 1,1"])),
        stray("OK"),
        done(second, ok(&[])),
    ];
    assert_eq!(bench.events(), expected);
}

#[test]
fn time_runs_from_when_the_command_is_handed_out() {
    let mut bench = Bench::new();
    bench.engine.submit(csq());
    assert_eq!(bench.engine.poll_timeout(), None);
    bench.now = bench.now + 60 * SECOND;
    bench.sent();
    assert_eq!(bench.engine.poll_timeout(), Some(bench.now + 5 * SECOND));
}

// What a session learns: answers without an end, in an odd shape, in parts, with result codes by number.

#[test]
fn an_answer_without_a_result_code_is_taken_once_the_modem_is_quiet() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\n+CSQ: 15,99\r\n");
    bench.wait(Duration::from_millis(1900));
    assert_eq!(bench.events(), []);
    bench.engine.submit(Request::plain("AT+COPS=3,2"));
    bench.wait(SECOND / 5);
    let missing = Ok(reply(&["+CSQ: 15,99"], Final::Missing));
    assert_eq!(bench.outcome(), missing);
    // The result code comes all the same, and ends nothing.
    bench.hear("\r\nOK\r\n");
    bench.resync();
    assert_eq!(bench.sent(), ["AT+COPS=3,2\r"]);
    assert_eq!(bench.hear("\r\nOK\r\n").outcome(), ok(&[]));
}

#[test]
fn an_answer_is_not_cut_within_a_line_a_name_or_a_list() {
    for (said, rest) in [
        ("\r\n+COPS: 0,0,\"Orange\r\n", "F\",7\r\n"),
        (
            "\r\n+COPS: (2,\"a\",\"a\",\"20801\",7),(1,\r\n",
            "\"b\",\"b\",\"20810\",7)\r\n",
        ),
        ("\r\n+COPS: 0,0,\"a\",7\r\n+COPS: 0", ",0,\"b\",7\r\n"),
    ] {
        let mut bench = Bench::new();
        bench.send(Request::new("AT+COPS?", "+COPS:").continued());
        bench.hear(said);
        bench.wait(4 * SECOND);
        assert_eq!(bench.events(), [], "{said}");
        bench.hear(rest).hear("\r\nOK\r\n");
        assert_eq!(bench.outcome().unwrap().lines.len(), 2, "{said}");
    }
}

#[test]
fn a_whole_list_without_its_end_is_taken_after_ten_seconds_of_no_more_lines() {
    let mut bench = Bench::new();
    bench.send(Request::network_list(Duration::from_secs(315)));
    bench.wait(60 * SECOND);
    let line = "+COPS: (2,\"Orange F\",\"Orange\",\"20801\",7),,(0-4),(0-2)";
    bench.hear(&format!("\r\n{line}\r\n"));
    for _ in 0..9 {
        // What it says unasked is no part of it.
        bench.hear("\r\n+CREG: 5\r\n");
        bench.wait(SECOND);
    }
    assert!(bench.events().iter().all(|event| *event == urc("+CREG: 5")));
    assert_eq!(bench.wait(SECOND), ["\r"]);
    assert_eq!(bench.outcome(), Ok(reply(&[line], Final::Missing)));
}

#[test]
fn a_survey_that_pauses_between_its_lines_is_not_cut() {
    let mut bench = Bench::new();
    let survey = Request::new("AT^NETSCAN=20", "^NETSCAN:").within(Duration::from_mins(3));
    bench.send(survey);
    bench.hear("\r\n^NETSCAN: 1\r\n");
    bench.wait(60 * SECOND);
    bench.hear("\r\n^NETSCAN: 2\r\nOK\r\n");
    assert_eq!(bench.outcome(), ok(&["^NETSCAN: 1", "^NETSCAN: 2"]));
}

#[test]
fn the_only_line_under_the_name_asked_for_is_the_answer_whatever_its_length() {
    for line in [
        "+CREG: 1,0,1",
        "+CREG: 5",
        "+CREG: 5,\"1A2B\",\"01C3D4E\",7",
    ] {
        for request in [
            Request::new("AT+CREG?", "+CREG:"),
            Request::typed("at+creg?"),
        ] {
            let mut bench = Bench::new();
            bench.send(request);
            bench.hear(&format!("\r\n{line}\r\n\r\nOK\r\n"));
            bench.wait(SECOND);
            assert_eq!(bench.events().len(), 1, "{line}: and no news of it");
        }
        let mut bench = Bench::new();
        bench.send(Request::new("AT+CREG?", "+CREG:"));
        bench.hear(&format!("\r\n{line}\r\n\r\nOK\r\n"));
        bench.wait(SECOND);
        assert_eq!(bench.outcome(), ok(&[line]));
    }
}

#[test]
fn of_two_lines_under_the_name_asked_for_the_shape_tells_which_is_the_answer() {
    let asked = || {
        let mut bench = Bench::new();
        let ticket = bench.send(Request::new("AT+CREG?", "+CREG:"));
        (bench, ticket)
    };
    let odd = "+CREG: 1,0,1";
    for news in ["+CREG: 5", "+CREG: 5,\"1A2B\",\"01C3D4E\",7"] {
        for said in [[odd, news], [news, odd]] {
            let (mut bench, ticket) = asked();
            bench.hear(&format!("\r\n{}\r\n{}\r\nOK\r\n", said[0], said[1]));
            bench.wait(SECOND);
            assert_eq!(bench.events(), [urc(news), done(ticket, ok(&[odd]))]);
        }
    }
    // News that comes with a refusal or in silence stays news.
    let (mut bench, ticket) = asked();
    bench.hear("\r\n+CREG: 5\r\nERROR\r\n");
    let refused = done(ticket, Ok(reply(&[], Final::Error)));
    assert_eq!(bench.events(), [urc("+CREG: 5"), refused]);
    let (mut bench, ticket) = asked();
    bench.hear("\r\n+CREG: 5\r\n");
    bench.wait(5 * SECOND);
    let silent = done(ticket, Err(Failure::TimedOut));
    assert_eq!(bench.events(), [urc("+CREG: 5"), silent, Event::Desynced]);
}

#[test]
fn news_without_end_while_the_registration_is_asked_for_is_let_through() {
    let mut bench = Bench::new();
    bench.send(Request::new("AT+CREG?", "+CREG:"));
    for _ in 0..100 {
        bench.hear("\r\n+CREG: 5\r\n");
    }
    assert_eq!(bench.events().len(), 92);
    bench.hear("\r\n+CREG: 2,5\r\nOK\r\n");
    assert_eq!(bench.events().len(), 9);
}

fn joined() -> Request {
    Request::new("AT+COPS=3,2;+COPS?", "+COPS:")
}

#[test]
fn a_joined_line_answered_in_part_leaves_nothing_for_the_next() {
    let mut bench = Bench::new();
    bench.send(joined());
    let next = bench.engine.submit(Request::plain("AT+CREG=2"));
    bench.hear("\r\nOK\r\n");
    bench.wait(SECOND / 4);
    assert_eq!(bench.outcome(), ok(&[]));
    assert!(bench.sent().is_empty());
    // The second part is answered after all, with a result code of its own.
    bench.hear("\r\n+COPS: 1,2,\"20801\",7\r\n\r\nOK\r\n");
    bench.resync();
    assert_eq!(bench.sent(), ["AT+CREG=2\r"]);
    let events = bench.hear("\r\nERROR\r\n").events();
    assert_eq!(events, [done(next, Ok(reply(&[], Final::Error)))]);
}

#[test]
fn the_parts_of_a_joined_line_may_be_echoed_and_ended_one_by_one() {
    let line = "+COPS: 1,2,\"20801\",7";
    for said in [
        format!("AT+COPS=3,2;+COPS?\r\r\nAT+COPS=3,2\r\nAT+COPS?\r\n{line}\r\n\r\nOK\r\n"),
        format!("AT+COPS=3,2\r\r\nOK\r\n+COPS?\r\n{line}\r\n\r\nOK\r\n"),
    ] {
        let mut bench = Bench::new();
        let ticket = bench.send(joined());
        bench.hear(&said);
        assert_eq!(bench.events(), [done(ticket, ok(&[line]))], "{said}");
    }
}

/// Who a modem is, on one line: none of the answers has a name.
fn names() -> Request {
    let names = ["AT+CGMI", "AT+CGMR", "AT+CGSN"];
    Request::joined(&names.map(Request::bare)).unwrap()
}

const NAMES: [&str; 3] = ["Fabrikam", "X1_1.0", "867962040000062"];

#[test]
fn parts_without_a_name_that_end_one_by_one_are_one_answer() {
    let mut bench = Bench::new();
    let ticket = bench.send(names());
    assert_eq!(bench.sent(), [""; 0]);
    for name in NAMES {
        bench.wait(SECOND / 10);
        bench.hear(&format!("\r\n{name}\r\n\r\nOK\r\n"));
    }
    assert_eq!(bench.events(), [done(ticket, ok(&NAMES))]);
    assert!(bench.engine.is_idle());
}

#[test]
fn a_part_that_ends_by_itself_and_comes_late_is_nobodys_answer() {
    let mut bench = Bench::new();
    bench.send(names());
    let next = bench.engine.submit(Request::bare("AT+CGMI"));
    bench.hear("\r\nFabrikam\r\n\r\nOK\r\n\r\nX1_1.0\r\n\r\nOK\r\n");
    bench.wait(SECOND / 4);
    assert_eq!(bench.outcome(), ok(&NAMES[..2]));
    bench.hear("\r\n867962040000062\r\n\r\nOK\r\n");
    bench.resync();
    assert_eq!(bench.sent(), ["AT+CGMI\r"]);
    let events = bench.hear("\r\nFabrikam\r\n\r\nOK\r\n").events();
    assert_eq!(events, [done(next, ok(&["Fabrikam"]))]);
}

#[test]
fn a_refusal_among_parts_that_end_one_by_one_leaves_nothing_for_the_next() {
    let mut bench = Bench::new();
    bench.send(names());
    let next = bench.engine.submit(Request::bare("AT+CGMR"));
    bench.hear("\r\nFabrikam\r\n\r\nOK\r\n\r\nERROR\r\n");
    assert_eq!(bench.outcome(), Ok(reply(&["Fabrikam"], Final::Error)));
    // The modem goes on with the parts that are left.
    bench.hear("\r\n867962040000062\r\n\r\nOK\r\n");
    bench.resync();
    assert_eq!(bench.sent(), ["AT+CGMR\r"]);
    let events = bench.hear("\r\nX1_1.0\r\n\r\nOK\r\n").events();
    assert_eq!(events, [done(next, ok(&["X1_1.0"]))]);
}

#[test]
fn news_that_nobody_knows_within_a_joined_answer_owes_nothing() {
    let mut bench = Bench::new();
    let ticket = bench.send(names());
    let said = "\r\nFabrikam\r\n#PSNT: 4\r\nX1_1.0\r\n867962040000062\r\n\r\nOK\r\n";
    let lines = ["Fabrikam", "#PSNT: 4", "X1_1.0", "867962040000062"];
    assert_eq!(bench.hear(said).events(), [done(ticket, ok(&lines))]);
    assert!(bench.engine.is_idle());
}

#[test]
fn result_codes_by_number_are_learned_where_nothing_else_can_be_meant() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("+CSQ: 15,99\r\n0\r");
    assert_eq!(bench.outcome(), ok(&["+CSQ: 15,99"]));
    assert!(!bench.engine.is_numeric());
    assert_eq!(bench.wait(SECOND / 2), ["AT+CMEE?\r"]);
    bench.hear("+CMEE: 1\r\n0\r");
    assert!(bench.engine.is_numeric() && bench.engine.is_idle());
    bench.events();
    for (said, end) in [("0", Final::Ok), ("4", Final::Error)] {
        bench.send(Request::plain("AT+COPS=3,2"));
        let outcome = bench.hear(&format!("{said}\r")).outcome();
        assert_eq!(outcome, Ok(reply(&[], end)));
    }
    // A number with more to it is an answer.
    bench.send(Request::bare("AT+CGSN"));
    let number = "860000000000000";
    assert_eq!(
        bench.hear(&format!("{number}\r\n0\r")).outcome(),
        ok(&[number])
    );
    // Whoever says OK says no numbers any more.
    bench.send(Request::plain("ATV1"));
    assert_eq!(bench.hear("\r\nOK\r\n").outcome(), ok(&[]));
    assert!(!bench.engine.is_numeric());
    bench.send(Request::bare("AT+X"));
    assert_eq!(bench.hear("\r\n0\r\nOK\r\n").outcome(), ok(&["0"]));
    // Told to say them, it may do so at once.
    bench.send(Request::plain("ATE0V0"));
    assert_eq!(bench.hear("0\r").outcome(), ok(&[]));
}

#[test]
fn a_lone_digit_ends_nothing_on_a_modem_that_says_words() {
    let mut bench = Bench::new();
    let ticket = bench.send(Request::plain("AT+COPS=3,2"));
    bench.hear("0\r4\r\r\nOK\r\n");
    assert_eq!(
        bench.events(),
        [stray("0"), stray("4"), done(ticket, ok(&[]))]
    );
}

#[test]
fn a_modem_that_answers_without_result_codes_is_told_once_to_say_them() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\n+CSQ: 15,99\r\n");
    bench.wait(2 * SECOND);
    assert_eq!(bench.wait(SECOND / 2), ["AT+CMEE?\r"]);
    bench.hear("\r\n+CMEE: 1\r\n");
    assert_eq!(bench.wait(SECOND), ["ATQ0\r"]);
    bench.hear("\r\nOK\r\n");
    assert_eq!(bench.wait(SECOND / 2), ["AT+CSCS?\r"]);
    bench.hear("\r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n");
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
    // Another silence does not have it told again.
    bench.send(csq());
    let sent = bench.wait(60 * SECOND);
    assert!(!sent.contains(&"ATQ0\r".to_owned()), "{sent:?}");
}

#[test]
fn a_modem_that_never_said_a_result_code_may_have_been_told_to_say_none() {
    let mut bench = Bench::new();
    bench.engine = Engine::new(Config {
        unmet: true,
        ..Config::default()
    });
    bench.send(Request::plain("AT"));
    let sent = bench.wait(10 * SECOND);
    assert_eq!(sent[..3], ["AT+CMEE?\r", "ATQ0\r", "AT+CSCS?\r"]);
    let told = sent.iter().filter(|line| *line == "ATQ0\r");
    assert_eq!(told.count(), 1);
}

#[test]
fn a_late_answer_and_the_end_of_being_told_to_say_ends_are_no_answer_together() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.hear("\r\n+CSQ: 15,99\r\n");
    bench.wait(5 * SECOND);
    bench.hear("\r\n+CMEE: 1\r\n");
    assert_eq!(
        bench.wait(4 * SECOND).first().map(String::as_str),
        Some("ATQ0\r")
    );
    bench.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert!(!bench.events().contains(&Event::Resynced));
}

// What happens after a command was given up.

#[test]
fn late_reply_is_not_given_to_the_next_command() {
    let mut bench = Bench::new();
    let late = bench.send(csq());
    let next = bench.engine.submit(csq());
    assert_eq!(bench.wait(5 * SECOND), [""; 0]);
    assert_eq!(
        bench.events(),
        [done(late, Err(Failure::TimedOut)), Event::Desynced]
    );
    bench.hear("\r\n+CSQ: 3,99\r\n\r\nOK\r\n");
    assert_eq!(bench.events(), [stray("+CSQ: 3,99"), stray("OK")]);
    bench.resync();
    assert_eq!(bench.sent(), ["AT+CSQ\r"]);
    bench.hear("\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_eq!(bench.events(), [done(next, ok(&["+CSQ: 20,99"]))]);
}

#[test]
fn a_late_ok_does_not_answer_the_question() {
    let mut bench = Bench::new();
    bench.send(Request::plain("AT+CFUN=1"));
    assert_eq!(bench.wait(5 * SECOND + SECOND / 2), ["AT+CMEE?\r"]);
    bench.hear("\r\nOK\r\n");
    assert_eq!(bench.events().last(), Some(&stray("OK")));
    bench.hear("AT+CMEE?\r\r\n+CMEE: 1\r\n+CREG: 5\r\n\r\nOK\r\n");
    assert_eq!(bench.events(), [urc("+CREG: 5"), Event::Resynced]);
    assert!(bench.engine.is_idle());
}

#[test]
fn a_late_dump_of_settings_does_not_answer_the_question() {
    for dump in ["+CMEE: 1\r\n+CSCS: \"IRA\"", "+CSCS: \"IRA\"\r\n+CMEE: 1"] {
        let mut bench = Bench::new();
        bench.send(Request::bare("AT&V"));
        bench.wait(5 * SECOND + SECOND / 2);
        bench.hear(&format!("\r\n{dump}\r\n\r\nOK\r\n"));
        assert!(!bench.events().contains(&Event::Resynced));
        bench.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
        assert_eq!(bench.wait(SECOND / 2), ["AT+CSCS?\r"]);
        assert!(!bench.events().contains(&Event::Resynced));
        bench.hear("\r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n");
        assert_eq!(bench.events(), [Event::Resynced]);
    }
}

#[test]
fn a_modem_that_knows_only_one_question_gets_back_in_step() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.wait(5 * SECOND);
    let mut asked = 0;
    for _ in 0..40 {
        for line in bench.wait(SECOND) {
            asked += 1;
            let known = line == "AT+CMEE?\r" && asked > 1;
            bench.hear(if known {
                "\r\n+CMEE: 1\r\n\r\nOK\r\n"
            } else {
                "\r\nERROR\r\n"
            });
        }
    }
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
}

#[test]
fn the_question_is_another_where_the_late_answer_would_look_like_its_own() {
    let mut bench = Bench::new();
    bench.send(Request::new("AT+CMEE?", "+CMEE:"));
    assert_eq!(bench.wait(5 * SECOND + SECOND / 2), ["AT+CSCS?\r"]);
    bench.hear("\r\n+CMEE: 0\r\nOK\r\n");
    assert!(!bench.events().contains(&Event::Resynced));
    bench.hear("\r\n+CSCS: \"IRA\"\r\nOK\r\n");
    assert_eq!(bench.events(), [Event::Resynced]);
}

#[test]
fn every_copy_of_the_question_answered_in_one_go_is_enough() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.engine.submit(Request::plain("AT+COPS=3,2"));
    assert_eq!(bench.wait(9 * SECOND), ["AT+CMEE?\r"; 3]);
    bench.hear(&"AT+CMEE?\r\r\n+CMEE: 1\r\n\r\nOK\r\n".repeat(3));
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
    assert_eq!(bench.sent(), ["AT+COPS=3,2\r"]);
}

#[test]
fn where_a_copy_of_the_question_is_unanswered_another_question_settles_it() {
    let mut bench = Bench::new();
    bench.send(csq());
    let next = bench.engine.submit(Request::plain("AT+COPS=3,2"));
    assert_eq!(bench.wait(9 * SECOND), ["AT+CMEE?\r"; 3]);
    bench.hear(&"\r\n+CMEE: 1\r\n\r\nOK\r\n".repeat(2));
    assert_eq!(bench.wait(SECOND / 4), ["AT+CSCS?\r"]);
    // The third was damaged on the way: its answer says nothing, and came late.
    bench.hear("\r\nERROR\r\n");
    assert!(!bench.events().contains(&Event::Resynced));
    bench.hear("\r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n");
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
    assert_eq!(bench.sent(), ["AT+COPS=3,2\r"]);
    assert_eq!(
        bench.hear("\r\nERROR\r\n").events(),
        [done(next, Ok(reply(&[], Final::Error)))]
    );
}

/// A modem that is known to answer these two questions, and those alone.
fn bench_of_two_questions() -> Bench {
    let mut bench = Bench::new();
    for probe in &habits::PROBES {
        bench.send(Request::new(probe.line, probe.prefix));
        if ["+CMEE:", "+CSCS:"].contains(&probe.prefix) {
            bench.hear(&format!("\r\n{} 1\r\n\r\nOK\r\n", probe.prefix));
        } else {
            bench.hear("\r\nERROR\r\n");
        }
    }
    bench.events();
    bench
}

#[test]
fn a_question_asked_again_is_not_answered_by_a_copy_from_before() {
    let mut bench = bench_of_two_questions();
    let given_up = bench.send(csq());
    bench.wait(Duration::from_secs(5));
    assert_eq!(
        bench.wait(Duration::from_millis(1400)),
        ["AT+CMEE?\r", "AT+CMEE?\r"]
    );
    // What the command given up owed is no answer to a question, nor is it one less that is owed for questions.
    bench.hear("\r\n+CME ERROR: 14\r\n");
    assert_eq!(bench.wait(2 * SECOND), ["AT+CSCS?\r"]);
    bench.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
    let asked_again = bench.wait(10 * SECOND);
    assert_eq!(asked_again, ["AT+CMEE?\r", "AT+CMEE?\r"]);
    let next = bench.engine.submit(csq());
    bench.events();
    for late in ["+CMEE: 1", "+CSCS: 1", "+CMEE: 1"] {
        bench.hear(&format!("\r\n{late}\r\n\r\nOK\r\n"));
        assert!(bench.sent().is_empty(), "{late} was the last one's answer");
    }
    bench.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert_eq!(bench.sent(), ["AT+CSQ\r"]);
    assert_ne!(next, given_up);
}

#[test]
fn a_question_asked_again_of_which_copies_were_lost_is_believed_after_fifteen_seconds() {
    let mut bench = bench_of_two_questions();
    bench.send(csq());
    bench.wait(Duration::from_millis(6400));
    bench.hear("\r\n+CME ERROR: 14\r\n");
    bench.wait(2 * SECOND);
    bench.hear("\r\nERROR\r\n");
    assert_eq!(bench.wait(5 * SECOND), ["AT+CMEE?\r"]);
    bench.engine.submit(csq());
    bench.hear("\r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert!(bench.wait(Duration::from_millis(14_900)).is_empty());
    assert_eq!(bench.wait(SECOND), ["AT+CSQ\r"]);
}

#[test]
fn a_modem_that_says_ok_first_gets_back_in_step() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.wait(5 * SECOND + SECOND / 2);
    bench.events();
    bench.hear("\r\nOK\r\n\r\n+CMEE: 1\r\n");
    assert_eq!(bench.wait(SECOND), ["AT+CMEE?\r"]);
    bench.hear("\r\nOK\r\n\r\n+CMEE: 1\r\n");
    assert_eq!(bench.wait(3 * SECOND), [""; 0]);
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
    bench.send(csq());
    bench.hear("\r\nOK\r\n\r\n+CSQ: 7,99\r\n");
    bench.wait(SECOND);
    assert_eq!(bench.outcome(), ok(&["+CSQ: 7,99"]));
}

#[test]
fn a_modem_that_refuses_the_question_is_asked_another() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.wait(5 * SECOND + SECOND / 2);
    bench.hear("\r\nERROR\r\n");
    assert_eq!(bench.wait(SECOND), ["AT+CSCS?\r"]);
    bench.hear("\r\n+CSCS: \"GSM\"\r\n\r\nOK\r\n");
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
}

/// Answers a modem's questions by this table until nothing is asked for three seconds; gives what was asked.
fn answer(bench: &mut Bench, says: impl Fn(&str) -> String) -> Vec<String> {
    let mut asked = Vec::new();
    for _ in 0..200 {
        for line in bench.wait(SECOND / 4) {
            bench.hear(&says(line.trim_end()));
            asked.push(line.trim_end().to_owned());
        }
        if bench.engine.is_idle() {
            break;
        }
    }
    asked
}

#[test]
fn a_question_that_brings_ok_alone_is_not_asked_again_to_get_back_in_step() {
    for said in ["OK", "ERROR"] {
        let mut bench = Bench::new();
        let says = |line: &str| match line {
            "AT+CSCS?" => "\r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n".to_owned(),
            _ => format!("\r\n{said}\r\n"),
        };
        // It is learnt from the first answer, long before it is needed.
        bench.send(Request::new("AT+CMEE?", "+CMEE:"));
        bench.hear(&says("AT+CMEE?"));
        bench.wait(SECOND);
        bench.outcome().unwrap();
        for _ in 0..2 {
            bench.send(csq());
            bench.wait(5 * SECOND);
            assert_eq!(answer(&mut bench, says), ["AT+CSCS?"], "{said}");
            assert_eq!(bench.events().last(), Some(&Event::Resynced));
        }
    }
}

#[test]
fn where_nothing_is_known_a_question_that_brings_ok_alone_gives_way() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.wait(5 * SECOND);
    let asked = answer(&mut bench, |line| match line {
        "AT+CSCS?" => "\r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n".to_owned(),
        _ => "\r\nOK\r\n".to_owned(),
    });
    assert_eq!(asked, ["AT+CMEE?", "AT+CMEE?", "AT+CSCS?"]);
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
}

#[test]
fn a_modem_that_gives_result_codes_alone_is_counted_with() {
    let mut bench = Bench::new();
    let only_ok = |_: &str| "\r\nOK\r\n".to_owned();
    bench.send(csq());
    bench.wait(5 * SECOND);
    let asked = answer(&mut bench, only_ok);
    assert_eq!(asked[asked.len() - 2..], ["AT", "AT"]);
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
    // The next time it is known.
    bench.send(csq());
    bench.wait(5 * SECOND);
    assert_eq!(answer(&mut bench, only_ok), ["AT", "AT"]);
}

#[test]
fn a_late_result_code_is_not_counted_for_the_question() {
    let mut bench = Bench::new();
    let only_ok = |_: &str| "\r\nOK\r\n".to_owned();
    bench.send(csq());
    bench.wait(5 * SECOND);
    answer(&mut bench, only_ok);
    bench.send(Request::plain("AT+COPS=3,2"));
    bench.wait(5 * SECOND);
    bench.events();
    assert_eq!(
        bench.wait(SECOND / 2),
        ["AT"].map(|line| format!("{line}\r"))
    );
    // The late one first, then its own, two seconds apart.
    bench.hear("\r\nOK\r\n");
    bench.wait(2 * SECOND);
    bench.hear("\r\nOK\r\n");
    assert!(!bench.events().contains(&Event::Resynced));
    assert_eq!(answer(&mut bench, only_ok).len(), 2);
    assert_eq!(bench.events().last(), Some(&Event::Resynced));
}

#[test]
fn questions_come_further_and_further_apart_and_end() {
    let mut bench = Bench::new();
    let first = bench.send(csq());
    let queued = bench.engine.submit(csq());
    let mut at = Vec::new();
    for second in 0..60 {
        at.extend(bench.wait(SECOND).iter().map(|_| second));
    }
    assert_eq!(at, [5, 6, 8, 12, 17, 22, 27, 32]);
    let timed_out = |ticket| done(ticket, Err(Failure::TimedOut));
    assert_eq!(
        bench.events(),
        [timed_out(first), Event::Desynced, timed_out(queued)]
    );
    assert!(bench.engine.is_idle());
    // A new command asks again, and is answered that there is nobody.
    let later = bench.engine.submit(csq());
    assert_eq!(bench.wait(10 * SECOND), ["AT+CSCS?\r"; 3]);
    assert_eq!(bench.events(), [timed_out(later)]);
    // Once the modem is back, the next one goes through.
    let last = bench.engine.submit(csq());
    assert_eq!(bench.sent(), ["AT+CFUN?\r"]);
    bench.hear("\r\n+CFUN: 1\r\nOK\r\n");
    assert_eq!(bench.sent(), ["AT+CSQ\r"]);
    bench.hear("\r\n+CSQ: 9,99\r\nOK\r\n");
    assert_eq!(
        bench.events(),
        [Event::Resynced, done(last, ok(&["+CSQ: 9,99"]))]
    );
}

#[test]
fn a_modem_that_never_stops_talking_is_asked_all_the_same() {
    let mut bench = Bench::new();
    bench.send(csq());
    bench.wait(5 * SECOND);
    let mut sent = Vec::new();
    for _ in 0..35 {
        bench.hear("\r\n^RSSI: 20\r\n");
        sent.extend(bench.wait(Duration::from_millis(100)));
    }
    assert_eq!(sent, ["AT+CMEE?\r"]);
}

#[test]
fn a_selection_given_up_is_ended_by_a_character_first() {
    for answer in ["", "\r\nOK\r\n", "\r\nERROR\r\n", "\r\n+CME ERROR: 30\r\n"] {
        let mut bench = Bench::new();
        let ticket = bench.send(select());
        let next = bench.engine.submit(csq());
        bench.engine.abort(bench.now, ticket);
        assert_eq!(
            bench.events(),
            [done(ticket, Err(Failure::Aborted)), Event::Desynced]
        );
        assert_eq!(bench.sent(), ["\r"]);
        bench.hear(answer);
        bench.resync();
        bench.sent();
        bench.hear("\r\n+CSQ: 8,99\r\nOK\r\n");
        assert_eq!(
            bench.events(),
            [done(next, ok(&["+CSQ: 8,99"]))],
            "{answer:?}"
        );
    }
}

#[test]
fn a_list_that_timed_out_is_ended_by_a_character_and_another_command_is_not() {
    let mut bench = Bench::new();
    bench.send(list());
    assert_eq!(bench.wait(316 * SECOND), ["\r", "AT+CMEE?\r"]);
    let mut bench = Bench::new();
    let ticket = bench.send(csq());
    bench.engine.abort(bench.now, ticket);
    assert_eq!(bench.wait(SECOND), ["AT+CMEE?\r"]);
}

#[test]
fn a_queued_command_given_up_leaves_the_others_alone() {
    let mut bench = Bench::new();
    let first = bench.send(csq());
    let second = bench.engine.submit(csq());
    bench.engine.abort(bench.now, second);
    bench.engine.abort(bench.now, second);
    bench.hear("\r\n+CSQ: 8,99\r\nOK\r\n");
    let expected = [
        done(second, Err(Failure::Aborted)),
        done(first, ok(&["+CSQ: 8,99"])),
    ];
    assert_eq!(bench.events(), expected);
    bench.engine.abort(bench.now, first);
    assert!(bench.engine.is_idle() && bench.events().is_empty());
}

#[test]
fn a_modem_that_reboots_while_asked_is_news_and_then_late() {
    let mut bench = Bench::new();
    bench
        .engine
        .expect_unsolicited(&["^SYSSTART"], &["PB DONE"]);
    let ticket = bench.send(select());
    bench.hear("\0\0\r\nRDY\r\n\r\n^SYSSTART\r\n\r\nPB DONE\r\n");
    assert_eq!(
        bench.events(),
        [urc("RDY"), urc("^SYSSTART"), urc("PB DONE")]
    );
    bench.wait(121 * SECOND);
    assert_eq!(bench.events()[0], done(ticket, Err(Failure::TimedOut)));
}

#[test]
fn when_the_link_goes_every_command_ends_and_none_begins() {
    let mut bench = Bench::new();
    let first = bench.send(csq());
    let second = bench.engine.submit(csq());
    bench.engine.closed();
    bench.engine.closed();
    let third = bench.engine.submit(csq());
    let closed = |ticket| done(ticket, Err(Failure::Closed));
    assert_eq!(
        bench.events(),
        [closed(first), closed(second), closed(third)]
    );
    bench.hear("\r\nOK\r\n");
    assert!(bench.wait(60 * SECOND).is_empty() && bench.events().is_empty());
    assert!(bench.engine.is_idle());
}

#[test]
fn lines_that_nobody_reads_are_not_kept_for_ever_but_ends_are() {
    let mut bench = Bench::new();
    let ticket = bench.send(csq());
    for _ in 0..50_000 {
        bench
            .engine
            .handle_input(bench.now, b"\r\n+CREG: 5,\"1A2B\",\"01C3D4E\",7\r\n");
    }
    assert!(bench.engine.held() <= 1024 * 1024);
    bench.engine.closed();
    assert_eq!(
        bench.events().last(),
        Some(&done(ticket, Err(Failure::Closed)))
    );
}

#[test]
fn a_pin_on_its_way_out_is_not_printed() {
    let mut engine = Engine::default();
    engine.submit(Request::plain("AT+CPIN=\"4711\""));
    let out = engine.poll_transmit(Instant::ZERO).unwrap();
    assert!(out.bytes.windows(4).any(|w| w == b"4711"));
    assert!(!format!("{out:?} {engine:?}").contains("4711"));
}
