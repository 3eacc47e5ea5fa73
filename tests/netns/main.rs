//! The instrument on real links: the binary's server and client in network namespaces of their own, joined by shaped
//! interfaces of the kernel. It takes root; where it cannot run, it says so in a line.

mod line;
mod relay;

use std::time::Duration;

use line::{Line, SERVER, Shape};
use serde_json::Value;

/// A line, or the end of the test that asked for it.
macro_rules! line {
    ($shape:expr) => {
        match Line::new($shape) {
            Some(line) => line,
            None => return,
        }
    };
}

// Below what it takes.
mod stamp;

fn kbit(rate: u32) -> Shape {
    Shape {
        down: rate,
        up: rate,
        ..Shape::default()
    }
}

/// One way's verdict and why it ended.
fn way<'d>(document: &'d Value, way: &str) -> (&'d str, &'d str) {
    let way = &document["throughput"][way];
    let text = |key: &str| way[key].as_str().unwrap_or("none");
    (text("verdict"), text("stopped_because"))
}

fn error(document: &Value) -> &str {
    document["error"]["code"].as_str().unwrap_or("none")
}

/// What is reported is what the interface carried: not less, and hardly more (what may still have been on its way, or
/// may have come twice, is taken at its most).
fn assert_honest(document: &Value, carried: u64) {
    let cost = &document["links"][0]["cost"];
    let reported = cost["bytes"].as_u64().expect("a cost");
    assert!(
        carried <= reported + 200 && reported <= carried + carried / 20 + 1_500,
        "carried {carried}, reported {reported}: {document:#}"
    );
}

/// A rate, what is said of it down and up, and the most that it may cost, in bytes and seconds.
type Row = (
    u32,
    (&'static str, &'static str),
    (&'static str, &'static str),
    u64,
    f64,
);

const MEETS: (&str, &str) = ("meets", "decided");
const BELOW: (&str, &str) = ("below", "decided");
const NONE: (&str, &str) = ("none", "none");

/// Each rate on a link of its own, measured with these options.
fn measure_each(table: &[Row], options: &[&str], hear: fn(u32, &Value)) {
    std::thread::scope(|scope| {
        for &(rate, down, up, most, longest) in table {
            scope.spawn(move || {
                let line = line!(kbit(rate));
                let (status, document) = line.measure(SERVER, options);
                // Which way falls short first where both do is not said.
                let ways = [way(&document, "down"), way(&document, "up")];
                let expected = [[down, up], [up, down]];
                assert!(expected.contains(&ways), "{rate}: {document:#}");
                assert_eq!(status, if rate < 200 { 9 } else { 0 });
                let cost = &document["links"][0]["cost"];
                assert!(cost["bytes"].as_u64() < Some(most), "{rate}: {document:#}");
                assert!(
                    cost["seconds"].as_f64() < Some(longest),
                    "{rate}: {document:#}"
                );
                hear(rate, &document);
                assert_honest(&document, line.carried());
                assert_eq!(line.usual_route_packets(), 0, "{rate}");
            });
        }
    });
}

#[test]
fn each_rate_has_its_verdict_and_no_packet_leaves_by_the_usual_route() {
    let table = [
        (100, BELOW, NONE, 65_000, 4.6),
        (400, MEETS, MEETS, 350_000, 9.0),
        (2_000, MEETS, MEETS, 350_000, 8.0),
    ];
    measure_each(&table, &["--one-by-one"], |rate, document| {
        if rate > 200 {
            let mos = document["voice"]["mos"].as_f64();
            assert!(mos > Some(4.0), "{rate}: {document:#}");
            assert_eq!(document["voice"]["method"], "stamp");
        } else {
            assert_eq!(way(document, "up"), NONE);
        }
    });
}

#[test]
fn all_at_once_each_rate_has_its_verdict_and_a_call_beside_it() {
    let table = [
        (100, BELOW, NONE, 165_000, 8.0),
        (170, BELOW, NONE, 300_000, 9.5),
        (400, MEETS, MEETS, 270_000, 6.0),
        (2_000, MEETS, MEETS, 230_000, 5.0),
    ];
    measure_each(&table, &[], |rate, document| {
        let mos = document["voice"]["mos"].as_f64();
        assert!(mos > Some(3.6), "{rate}: {document:#}");
        let beside = if rate > 200 { "need" } else { "nothing" };
        assert_eq!(document["voice"]["beside"], beside);
        let why = document["links"][0]["why"].as_array().expect("reasons");
        let alone = why.iter().any(|note| note["code"] == "voice.alone");
        assert_eq!(alone, rate < 200, "{document:#}");
    });
}

#[test]
fn a_name_is_looked_up_by_the_measured_link_too() {
    let line = line!(kbit(2_000));
    let queries = line.serve_names();
    let (status, document) = line.measure("opensim://measure.example", &["--no-voice"]);
    assert_eq!(status, 0, "{document:#}");
    assert!(queries.try_iter().count() > 0);
    assert_honest(&document, line.carried());
    assert_eq!(line.usual_route_packets(), 0);
}

#[test]
fn the_budget_covers_all_that_the_interface_carries() {
    std::thread::scope(|scope| {
        for (rate, budget) in [
            (2_000, 1_500),
            (2_000, 70_000),
            (400, 120_000),
            (20_000, 180_000),
        ] {
            scope.spawn(move || {
                let line = line!(kbit(rate));
                let most = budget.to_string();
                let (_, document) = line.measure(SERVER, &["--loaded", "--all", "--budget", &most]);
                let carried = line.carried();
                assert!(carried <= budget, "{carried} of {budget}: {document:#}");
                let measured = document["throughput"]["down"].is_object();
                assert_eq!(measured, budget > 60_000, "{document:#}");
                assert_eq!(line.usual_route_packets(), 0);
            });
        }
    });
}

#[test]
fn strict_reverse_path_filtering_is_recognised() {
    let line = line!(kbit(2_000));
    line.set("mod0/rp_filter", "1");
    let (status, document) = line.measure(SERVER, &[]);
    assert_eq!(
        (status, error(&document)),
        (8, "measure.reverse_path"),
        "{document:#}"
    );
    assert!(
        document["error"]["message"]
            .as_str()
            .is_some_and(|m| m.contains("mod0"))
    );
    assert_eq!(line.usual_route_packets(), 0);
}

#[test]
fn a_missing_route_is_recognised_and_nothing_goes_by_another() {
    let line = line!(kbit(2_000));
    line.client(&["ip", "route", "del", "default", "dev", "mod0"]);
    let (status, document) = line.measure(SERVER, &[]);
    assert_eq!(
        (status, error(&document)),
        (8, "measure.no_route"),
        "{document:#}"
    );
    assert_eq!(line.usual_route_packets(), 0);
}

#[test]
fn a_link_that_is_lost_midway_is_no_verdict() {
    let line = line!(kbit(210));
    let (status, document) = line.measure_and(SERVER, &["--no-voice"], || {
        line.until_carried(40_000);
        line.client(&["ip", "link", "set", "mod0", "down"]);
    });
    assert_eq!(
        (status, error(&document)),
        (8, "measure.interface_down"),
        "{document:#}"
    );
    assert_eq!(document["verdict"], "not_measured");
    assert_eq!(line.usual_route_packets(), 0);
}

#[test]
fn a_dead_server_is_told_from_a_silent_one() {
    let line = line!(kbit(2_000));
    let (status, document) = line.measure("opensim://10.99.0.1:9", &[]);
    assert_eq!(
        (status, error(&document)),
        (8, "measure.refused"),
        "{document:#}"
    );
    let (status, document) = line.measure("opensim://10.99.0.66", &[]);
    assert_eq!(
        (status, error(&document)),
        (8, "measure.unreachable"),
        "{document:#}"
    );
    assert_eq!(line.usual_route_packets(), 0);
}

#[test]
fn a_token_bucket_is_seen_through() {
    let line = line!(Shape {
        burst: 32 * 1024,
        ..kbit(128)
    });
    let (_, document) = line.measure(SERVER, &["--no-voice"]);
    assert_eq!(way(&document, "down"), ("below", "decided"), "{document:#}");
    assert_honest(&document, line.carried());
}

#[test]
fn a_round_trip_of_600_ms_starves_nothing() {
    let line = line!(Shape {
        delay: Some(Duration::from_millis(300)),
        ..kbit(2_000)
    });
    let (status, document) = line.measure(SERVER, &["--no-voice"]);
    assert_eq!(status, 0, "{document:#}");
    assert_eq!(way(&document, "down").0, "meets");
    assert_eq!(way(&document, "up").0, "meets");
    let trip = document["links"][0]["round_trip_ms"].as_f64();
    assert!(
        trip.is_some_and(|trip| (600.0..660.0).contains(&trip)),
        "{trip:?}"
    );
    assert_honest(&document, line.carried());
    assert_eq!(line.usual_route_packets(), 0);
}

/// The rate is another one every 100 ms, with pauses, and one packet in a hundred is lost.
#[test]
fn a_link_that_moves_and_loses_is_good_enough_where_it_mostly_is() {
    let line = line!(Shape {
        down: 4_000,
        up: 2_000,
        delay: Some(Duration::from_millis(30)),
        lost: 0.01,
        moves: true,
        ..Shape::default()
    });
    let (status, document) = line.measure(SERVER, &[]);
    assert_eq!(status, 0, "{document:#}");
    let loss = document["voice"]["loss"].as_f64();
    assert!(loss.is_some_and(|loss| loss < 0.1), "{document:#}");
    assert_eq!(line.usual_route_packets(), 0);
}
