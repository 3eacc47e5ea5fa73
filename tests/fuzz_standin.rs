//! The fuzz targets of `fuzz/` on a stable toolchain, with bytes of a seeded generator.
//!
//! A small number of rounds by default; `OPENSIM_FUZZ_SECONDS` runs each target for that long instead. A failure
//! prints its seed and its bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

#[path = "../fuzz/bodies/dialects.rs"]
mod dialects;
#[path = "../fuzz/bodies/dns.rs"]
mod dns;
#[path = "../fuzz/bodies/engine.rs"]
mod engine;
#[path = "../fuzz/bodies/guard.rs"]
mod guard;
#[path = "../fuzz/bodies/http.rs"]
mod http;
#[path = "../fuzz/bodies/mask.rs"]
mod mask;
#[path = "../fuzz/bodies/scenario.rs"]
mod scenario;
#[path = "support/scenario_text.rs"]
mod scenario_text;
#[path = "../fuzz/bodies/sip.rs"]
mod sip;
#[path = "../fuzz/bodies/stamp.rs"]
mod stamp;
#[path = "../fuzz/bodies/trace.rs"]
mod trace;
#[path = "../fuzz/bodies/values.rs"]
mod values;

const ROUNDS: u64 = 600;

/// Pieces of what modems print, for the readers of answers: random bytes alone seldom reach them.
const PIECES: &[&str] = &[
    "+COPS: ",
    "+COPS: (2,\"F SFR\",\"SFR\",\"20810\",7)",
    "+CREG: ",
    "+CEREG: ",
    "+C5GREG: ",
    "+CSQ: ",
    "+CESQ: ",
    "+CPIN: ",
    "+CPINR: SIM PIN,",
    "+CGDCONT: 1,",
    "+CGPADDR: 1,",
    "+CGCONTRDP: 1,5,",
    "+CFUN: ",
    "+CSCS: ",
    "+CEER: ",
    "\"",
    "(",
    ")",
    ",",
    ",,",
    "0",
    "2",
    "7",
    "99",
    "255",
    "-32768",
    "4294967295",
    "\"20810\"",
    "\"00320030003800310030\"",
    "\"1A2B\"",
    "FFFF",
    "356938035643809",
    "10.11.12.13",
    "READY",
    "\n",
    " ",
    "-",
    ".",
    "OK",
    "\u{e9}",
    "\0",
];

/// Pieces of command lines, for the guard and the mask.
const TYPED: &[&str] = &[
    "AT",
    "at",
    "A",
    "/",
    ";",
    "=",
    "?",
    "=?",
    "\"",
    ",",
    " ",
    "+",
    "1",
    "0",
    "1,2,\"20810\"",
    "+COPS",
    "+cops",
    "+CPIN",
    "+CSIM",
    "+CRSM=176,",
    "+CRSM=",
    "+EGMR",
    "+EGMR=0,7",
    "+CFUN=1,1",
    "!RESET",
    "+FOO",
    "D112;",
    "E0",
    "Z",
    "&F",
    "S5=",
    "\\",
    "\r",
    "\n",
    "+CSQ",
    "+CUSD=",
    "*MRD_IMEI",
    "+CREG=2",
    "PIN",
    "\"SC\"",
    "+CGAUTH=",
    ": ",
    "356938035643809",
    "35-693803-564380-9",
    "3569 3803 5643 809",
    "8933010000000012346F",
    "89330100000000",
    "333536393338303335363433383039",
    "00330035003600390033003800300033",
    "0B913316325476F8",
    "F",
    "3",
    "2.5.",
    "-",
    "x",
];

/// Heads of lines that the dialects read, each with the fields that choose a layout.
const HEADS: &[&str] = &[
    "#CSURV: ",
    "#MONI: ",
    "#RFSTS: \"208 01\",",
    "!GSTATUS: ",
    "+CEREG: 2,1,",
    "+CESQ: ",
    "+CMGRMI: LTE_Inter,1,Freq1,",
    "+CMGRMI: LTE_InterFreq1_Cell1,",
    "+CMGRMI: LTE_Intra_Cell1,",
    "+CMGRMI: Serving_Cell,",
    "+CPSI: LTE,Online,208-10,",
    "+CPSI: NR5G_SA,Online,208-10,",
    "+CSQ: ",
    "+GTCCINFO:",
    "+MENG: \"neighbourcell intra\",\"LTE\",",
    "+MENG: \"servingcell\",\"NOCONN\",\"LTE\",\"FDD\",",
    "+QCSQ: \"LTE\",",
    "+QENG: \"LTE\",\"FDD\",",
    "+QENG: \"neighbourcell intra\",\"LTE\",",
    "+QENG: \"servingcell\",\"NOCONN\",\"LTE\",\"FDD\",",
    "+QENG: \"servingcell\",\"NOCONN\",\"NR5G-SA\",\"TDD\",",
    "+QENG:\"NR5G-NSA\",",
    "+QOPS: \"A\",\"B\",\"20801\"",
    "+QSCAN: \"LTE\",208,01,",
    "+QSCAN: \"NR5G\",208,15,",
    "+UCGED: 2",
    "+XCESQ: 0,99,99,255,255,",
    "+XLEC: 0,",
    "+XMCI: 4,208,01,",
    "+XMCI: 5,000,000,",
    "+ZCELLINFO: ",
    "+ZRSSI: ",
    "1,\"4G\",",
    "1,4,208,1,",
    "1,9,208,15,",
    "2,4,,,",
    "Cell ID: ",
    "LTE service cell:",
    "MCC:208, MNC: 01, ",
    "Network survey started ...",
    "PCC RxM RSRP: ",
    "RSRQ (dB): ",
    "^HCSQ: \"LTE\",",
    "^HCSQ: \"NR\",",
    "^MONNC: LTE,",
    "^MONNC: NR,",
    "^MONSC: LTE,208,10,",
    "^MONSC: NR,208,15,",
    "^NETSCAN: ",
    "^SMONI: 4G,",
    "earfcn: ",
];

/// Pieces of what servers and clients say: of SIP, of HTTP, and of what stands in both.
const SAID: &[&str] = &[
    "SIP/2.0 ",
    "200 OK",
    "408 Request Timeout",
    "100 Trying",
    "HTTP/1.1 ",
    "HTTP/1.0",
    "GET /down?bytes=9",
    "POST /up?report=1",
    "bytes=",
    "&",
    "\r\n",
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r\n ",
    "Via: SIP/2.0/UDP 192.0.2.7:40000;branch=z9hG4bK0123456789abcdef;rport",
    "v: SIP / 2.0 / UDP h;received=1",
    "Call-ID: 0123456789abcdef@192.0.2.7",
    "From: <sip:opensim@192.0.2.7>;tag=01234567",
    "Contact: <sip:",
    "Content-Length: ",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "Host: h\r\n",
    "Server: opensim/1\r\n",
    "Location: http://login.example/\r\n",
    "Connection: close\r\n",
    "5",
    "99999999999999999999",
    ";",
    ",",
    "<",
    ">",
    "\"",
    "\u{e9}",
    "\0",
];

/// `SplitMix64` (Steele, Lea and Flood): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let count = self.below(most);
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    /// Lines with a dialect's head and numbers of every size after it.
    fn rows(&mut self) -> Vec<u8> {
        let lines = 1 + self.below(5);
        let rows: Vec<String> = (0..lines).map(|_| self.row()).collect();
        rows.join("\n").into_bytes()
    }

    fn row(&mut self) -> String {
        let head = HEADS[self.below(HEADS.len())];
        let count = self.below(20);
        let fields: Vec<String> = (0..count).map(|_| self.field()).collect();
        format!("{head}{}", fields.join(","))
    }

    fn field(&mut self) -> String {
        let number = self.next();
        let small = self.below(500);
        match number % 8 {
            0 => String::new(),
            1 => "-".to_owned(),
            2 => format!("-{small}"),
            3 => format!("{:X}", number >> (8 + small % 50)),
            4 => format!("0x{:X}", number >> (8 + small % 50)),
            5 => (number >> (8 + small % 50)).to_string(),
            6 => format!("-{small}.{}", small % 10),
            _ => small.to_string(),
        }
    }

    fn typed(&mut self) -> Vec<u8> {
        let count = self.below(10);
        let pieces = (0..count).map(|_| TYPED[self.below(TYPED.len())].as_bytes());
        pieces.collect::<Vec<_>>().concat()
    }

    fn said(&mut self) -> Vec<u8> {
        let count = self.below(16);
        let pieces = (0..count).map(|_| SAID[self.below(SAID.len())].as_bytes());
        pieces.collect::<Vec<_>>().concat()
    }

    /// Flags and counts of a name server's answer, and records behind them, most of them whole.
    fn records(&mut self) -> Vec<u8> {
        let mut bytes = vec![0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0];
        if self.below(4) == 0 {
            bytes[self.below(10)] = self.next().to_le_bytes()[0];
        }
        for _ in 0..self.below(10) {
            let (kind, length) = [(1, 4), (28, 16), (5, 7), (1, 5)][self.below(4)];
            bytes.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, 0, length]);
            bytes.extend((0..length).map(|_| self.next().to_le_bytes()[0]));
        }
        bytes.truncate(bytes.len() - self.below(3).min(bytes.len()));
        bytes
    }

    /// Lines of a trace, now and then one that is none.
    fn trace(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        for _ in 0..self.below(12) {
            match self.below(40) {
                0 => text.extend(self.bytes(10)),
                1..10 => text.extend(format!("@ {}", self.below(100)).bytes()),
                10..20 => text.extend([b"> AT".as_slice(), &self.typed()].concat()),
                20..30 => text.extend([b"< ".as_slice(), &self.answer()].concat()),
                30..35 => text.extend([b"<".as_slice(), &self.bytes(10)].concat()),
                35..37 => text.extend(format!("@ {}", self.field()).bytes()),
                _ => text.extend_from_slice(b"# remark \\x41\r"),
            }
            text.push(b'\n');
        }
        text
    }

    fn answer(&mut self) -> Vec<u8> {
        let count = self.below(24);
        let pieces = (0..count).map(|_| PIECES[self.below(PIECES.len())].as_bytes());
        pieces.collect::<Vec<_>>().concat()
    }
}

/// Gives how many rounds were run.
fn run(body: fn(&[u8]), input: fn(&mut Random) -> Vec<u8>) -> u64 {
    let seconds = std::env::var("OPENSIM_FUZZ_SECONDS").ok();
    let span = seconds
        .and_then(|s| s.parse().ok())
        .map(Duration::from_secs);
    let end = span.map(|span| Instant::now() + span);
    let goes_on = |round| end.map_or(round < ROUNDS, |end| Instant::now() < end);
    let mut seed = 0;
    while goes_on(seed) {
        let bytes = input(&mut Random(seed));
        let outcome = catch_unwind(AssertUnwindSafe(|| body(&bytes)));
        assert!(outcome.is_ok(), "seed {seed}, bytes {bytes:?}");
        seed += 1;
    }
    seed
}

#[test]
fn the_engine_keeps_its_promises_whatever_comes_in_whatever_order() {
    let rounds = run(engine::engine, |random| random.bytes(400));
    println!("engine: {rounds} rounds");
}

#[test]
fn answers_of_any_bytes_are_read_or_refused() {
    let rounds = run(values::values, |random| {
        if random.below(4) == 0 {
            random.bytes(200)
        } else {
            random.answer()
        }
    });
    println!("values: {rounds} rounds");
}

#[test]
fn packets_of_any_bytes_are_reflected_at_their_own_length_or_not_at_all() {
    let rounds = run(stamp::stamp, |random| random.bytes(4_000));
    println!("stamp: {rounds} rounds");
}

#[test]
fn a_scenario_of_any_text_is_refused_or_makes_a_modem_that_can_be_talked_to() {
    let rounds = run(scenario::scenario, |random| match random.below(8) {
        0 => random.bytes(100),
        _ => scenario_text::text(&mut |bound| random.below(bound)).into_bytes(),
    });
    println!("scenario: {rounds} rounds");
}

#[test]
fn a_trace_of_any_text_is_refused_or_read_as_it_is_written() {
    let rounds = run(trace::trace, |random| match random.below(8) {
        0 => random.bytes(100),
        _ => random.trace(),
    });
    println!("trace: {rounds} rounds");
}

#[test]
fn every_dialect_reads_any_lines_within_the_limits() {
    let rounds = run(dialects::dialects, |random| match random.below(8) {
        0 => random.bytes(300),
        1 => random.answer(),
        _ => random.rows(),
    });
    println!("dialects: {rounds} rounds");
}

#[test]
fn the_guard_lets_nothing_forbidden_through_whatever_is_typed() {
    let rounds = run(guard::guard, |random| match random.below(8) {
        0 => random.bytes(60),
        _ => random.typed(),
    });
    println!("guard: {rounds} rounds");
}

#[test]
fn the_mask_keeps_a_lines_length_and_hides_what_is_long_whatever_comes() {
    let rounds = run(mask::mask, |random| match random.below(8) {
        0 => random.bytes(200),
        1 => random.answer(),
        2 => random.rows(),
        _ => random.typed(),
    });
    println!("mask: {rounds} rounds");
}

#[test]
fn answers_of_name_servers_give_addresses_of_the_kind_that_was_asked_for_or_none() {
    let rounds = run(dns::dns, |random| match random.below(4) {
        0 => random.bytes(200),
        _ => random.records(),
    });
    println!("dns: {rounds} rounds");
}

#[test]
fn answers_of_sip_servers_are_final_or_none_wherever_they_are_cut() {
    let rounds = run(sip::sip, |random| match random.below(8) {
        0 => random.bytes(200),
        _ => random.said(),
    });
    println!("sip: {rounds} rounds");
}

#[test]
fn heads_of_http_end_where_they_end_whatever_follows() {
    let said = |random: &mut Random| match random.below(8) {
        0 => random.bytes(300),
        _ => random.said(),
    };
    let rounds = run(http::response, said);
    println!("http, responses: {rounds} rounds");
    let rounds = run(http::request, said);
    println!("http, requests: {rounds} rounds");
}
