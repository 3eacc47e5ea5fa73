use super::*;
use crate::domain::Profile;
use crate::domain::codes::Code;
use crate::domain::radio::{Rsrp, Sinr};
use crate::domain::verdict::Verdict;
use crate::measure::throughput::{Clearance, Goodput, Stop};
use crate::measure::{MeasureError, MeasurementCost};
use crate::modem::{DataFault, Ending};

fn carrier(id: &str) -> Carrier {
    Profile::default().named(id).unwrap()
}

fn reading(rsrp: Option<i32>) -> Reading {
    Reading {
        rsrp: rsrp.and_then(Rsrp::new),
        sinr: rsrp.and_then(|_| Sinr::new(9)),
        ..Reading::default()
    }
}

fn way(verdict: Clearance, estimate_bps: Option<u64>) -> Goodput {
    Goodput {
        verdict,
        estimate_bps,
        low_bps: estimate_bps,
        high_bps: estimate_bps,
        confidence: None,
        bytes: 497,
        seconds: 1.0,
        stopped_because: if estimate_bps.is_some() {
            Stop::Decided
        } else {
            Stop::NoData
        },
    }
}

fn measured(down: Goodput, up: Option<Goodput>) -> Measurement {
    Measurement::Measured(Box::new(Measured {
        down: Some(down),
        up,
        voice: None,
        setting: crate::measure::CallSetting::default(),
        loaded_voice: None,
        missing: Vec::new(),
        address: ([127, 0, 0, 1], 1).into(),
        round_trip_ms: 1.0,
        cost: MeasurementCost {
            bytes: 1_234,
            interface_bytes: None,
            seconds: 0.5,
        },
    }))
}

fn failed(error: MeasureError) -> Measurement {
    Measurement::Failed(ops::Error::Measure(error).into())
}

fn unreachable() -> MeasureError {
    MeasureError::Unreachable {
        server: ([192, 0, 2, 1], 8620).into(),
    }
}

/// A carrier on which the modem was and whose radio it read.
fn read(id: &str, rsrp: i32, measurement: Measurement) -> Visit {
    let carrier = carrier(id);
    let readings = vec![reading(Some(rsrp)); 3];
    Visit::new(&carrier, carrier.plmns[0], None, Ok(readings)).measured(measurement)
}

fn refused(id: &str, fault: NetworkFault) -> Visit {
    let carrier = carrier(id);
    let plmn = carrier.plmns[0];
    Visit::new(&carrier, plmn, None, Err(Error::Network { plmn, fault }))
}

/// A carrier whose selection the modem answered with `ERROR`.
fn error(id: &str) -> Visit {
    let carrier = carrier(id);
    let refused = Error::Refused {
        command: "AT+COPS=1".to_owned(),
        end: Ending::Refused("ERROR".to_owned()),
    };
    Visit::new(&carrier, carrier.plmns[0], None, Err(refused))
}

/// A carrier on which the modem was, and gave no level.
fn mute(id: &str) -> Visit {
    let carrier = carrier(id);
    Visit::new(&carrier, carrier.plmns[0], None, Ok(vec![reading(None)]))
}

fn listed(id: &str) -> Visit {
    Visit::from_list(&carrier(id), &[]).unwrap()
}

fn unheard(id: &str, wide: bool) -> Visit {
    let cell = |plmn: &str| Reading {
        cell: Cell {
            plmn: plmn.parse().ok(),
            ..Cell::default()
        },
        ..reading(Some(-90))
    };
    let survey = if wide {
        vec![cell("20815"), cell("20801")]
    } else {
        vec![cell("20801")]
    };
    Visit::not_in_survey(&carrier(id), &CellSurvey::new(survey)).unwrap()
}

fn request(ids: &[&str]) -> ScanRequest {
    ScanRequest {
        carriers: ids.iter().map(|id| carrier(id)).collect(),
        samples: 3,
        radio_only: false,
        all_networks: false,
        measure: None,
        requirement: Requirement::default(),
        label: None,
    }
}

fn rows(mut visits: Vec<Visit>) -> Vec<CarrierResult> {
    ranked(&request(&["orange", "sfr", "bouygues"]), &mut visits)
}

fn codes(row: &CarrierResult) -> Vec<&str> {
    row.why.iter().map(|note| note.code.as_str()).collect()
}

fn order(rows: &[CarrierResult]) -> Vec<(&str, u32, Verdict)> {
    let row = |row| -> (&str, u32, Verdict) {
        let row: &CarrierResult = row;
        (&row.carrier, row.rank, row.verdict)
    };
    rows.iter().map(row).collect()
}

#[test]
fn what_was_spent_is_in_the_row_of_a_carrier_that_was_lost_meanwhile() {
    let measurement = measured(way(Clearance::Meets, Some(900_000)), None);
    let Measurement::Measured(whole) = &measurement else {
        panic!("measured")
    };
    let cost = measuring::cost(whole.cost);
    let failed = Unmeasured {
        error: ops::Error::NoServer,
        cost: Some(cost),
    };
    for measurement in [measurement, Measurement::Failed(failed)] {
        let visit = refused("sfr", NetworkFault::NotAvailable).measured(measurement);
        let need = Requirement::default();
        let row = row_of(&visit, &[], &Reference::new(&[], &need));
        assert_eq!((row.verdict, row.cost), (Verdict::Unavailable, Some(cost)));
    }
}

#[test]
fn a_carrier_over_which_nothing_came_is_last_of_the_measured_however_good_its_radio() {
    use Verdict::Unsuitable;
    let short = || {
        measured(
            way(Clearance::Meets, Some(224_000)),
            Some(way(Clearance::Below, Some(138_000))),
        )
    };
    let rows = rows(vec![
        read("orange", -104, short()),
        read("sfr", -80, measured(way(Clearance::Below, None), None)),
        read("bouygues", -82, failed(unreachable())),
    ]);
    assert_eq!(
        order(&rows),
        [
            ("orange", 1, Unsuitable),
            ("sfr", 2, Unsuitable),
            ("bouygues", 2, Unsuitable)
        ]
    );
    assert_eq!(codes(&rows[0]).last(), Some(&"rank.first_by_need"));
    assert_eq!(codes(&rows[1])[0], "measure.no_data");
    assert!(codes(&rows[1]).contains(&"rank.below_need"));
    let last = &rows[2];
    assert_eq!(codes(last)[0], "measure.nothing_came");
    assert_eq!(last.why[0].values["cause"], "measure.unreachable");
    assert_eq!(last.why[0].values["carrier"], "Orange");
    assert_eq!(last.error.as_ref().unwrap().code, "measure.unreachable");
    assert!(last.throughput.is_none() && last.carried_nothing());
}

/// A fault of measuring on the second carrier, and what it makes of it, where over the first one data came.
#[test]
fn what_keeps_a_link_from_being_measured_is_its_own_fault_only_where_it_says_so() {
    let interface = || "wwan0".to_owned();
    let data = |fault| Measurement::Failed(ops::Error::Modem(Error::Data(fault)).into());
    let server = || "192.0.2.1:8620".to_owned();
    let detail = || "said".to_owned();
    let rows_of: Vec<(Measurement, Verdict)> = vec![
        (failed(unreachable()), Verdict::Unsuitable),
        (
            failed(MeasureError::InterfaceDown {
                interface: interface(),
            }),
            Verdict::Unsuitable,
        ),
        (
            data(DataFault::Down {
                interface: interface(),
            }),
            Verdict::Unsuitable,
        ),
        (
            data(DataFault::NoAddress {
                interface: interface(),
            }),
            Verdict::Unsuitable,
        ),
        (
            data(DataFault::Dial { detail: detail() }),
            Verdict::Unsuitable,
        ),
        // The computer's, the server's, or nobody's fault that is known.
        (data(DataFault::NoPath), Verdict::NotMeasured),
        (data(DataFault::NotRegistered), Verdict::NotMeasured),
        (
            data(DataFault::NoDialler { detail: detail() }),
            Verdict::NotMeasured,
        ),
        (
            failed(MeasureError::Broken {
                server: server(),
                detail: detail(),
            }),
            Verdict::NotMeasured,
        ),
        (
            failed(MeasureError::Refused {
                server: ([192, 0, 2, 1], 8620).into(),
            }),
            Verdict::NotMeasured,
        ),
        (
            failed(MeasureError::Budget {
                budget: 1,
                needed: 2,
            }),
            Verdict::NotMeasured,
        ),
        (
            Measurement::Failed(ops::Error::NoServer.into()),
            Verdict::NotMeasured,
        ),
        (Measurement::NoServer, Verdict::NotMeasured),
        (Measurement::Unproven, Verdict::NotMeasured),
        (Measurement::TooSlow(Access::Gsm), Verdict::NotMeasured),
    ];
    for (measurement, verdict) in rows_of {
        let what = format!("{:?}", matches!(measurement, Measurement::Failed(_)));
        let good = measured(way(Clearance::Below, Some(90_000)), None);
        let rows = rows(vec![
            read("orange", -104, good),
            read("sfr", -80, measurement),
        ]);
        let sfr = rows.iter().find(|row| row.carrier == "sfr").unwrap();
        assert_eq!(sfr.verdict, verdict, "{what}: {sfr:#?}");
    }
}

#[test]
fn where_no_carrier_reached_the_server_none_is_blamed() {
    let dead = || measured(way(Clearance::Below, None), None);
    let rows = rows(vec![
        read("orange", -104, dead()),
        read("sfr", -80, failed(unreachable())),
        read("bouygues", -82, failed(unreachable())),
    ]);
    let verdict = |id: &str| rows.iter().find(|row| row.carrier == id).unwrap().verdict;
    // Connected, and nothing came, is what was measured; that the server is there was not.
    assert_eq!(verdict("orange"), Verdict::Unsuitable);
    assert_eq!(verdict("sfr"), Verdict::NotMeasured);
    assert_eq!(verdict("bouygues"), Verdict::NotMeasured);
}

#[test]
fn carriers_that_were_not_read_are_compared_with_nobody_and_tied_with_nobody() {
    let rows = rows(vec![
        read("orange", -97, Measurement::NotAsked),
        listed("sfr"),
    ]);
    assert_eq!(
        order(&rows),
        [
            ("orange", 1, Verdict::NotMeasured),
            ("bouygues", 2, Verdict::NotMeasured),
            ("sfr", 3, Verdict::NotMeasured)
        ]
    );
    assert!(rows.iter().all(|row| row.tied_with.is_empty()));
    assert_eq!(codes(&rows[0]), ["radio.class", "rank.only_one_read"]);
    assert_eq!(codes(&rows[1]), ["carrier.not_visited"]);
    assert_eq!(codes(&rows[2]), ["radio.unknown"]);
}

fn suitable() -> Measurement {
    let way = || way(Clearance::Meets, Some(900_000));
    measured(way(), Some(way()))
}

fn seen(id: &str) -> Visit {
    read(id, -90, Measurement::NotAsked)
}

fn denied(id: &str) -> Visit {
    refused(id, NetworkFault::Denied(None))
}

fn away(id: &str) -> Visit {
    refused(id, NetworkFault::NotAvailable)
}

fn late(id: &str) -> Visit {
    refused(id, NetworkFault::TimedOut(60))
}

fn lost(id: &str) -> Visit {
    refused(id, NetworkFault::Lost)
}

/// The exit status that a survey of three carriers ends with for want of a comparison; 0 where there was one.
fn assert_exits(table: Vec<(&str, Vec<Visit>, u8)>) {
    for (what, visits, exit) in table {
        let rows = rows(visits);
        let code = nothing_compared(&rows).map(|error| error.code());
        assert_eq!(code.map_or(0, Code::exit), exit, "{what}: {code:?}");
    }
}

#[test]
fn a_survey_that_compared_or_measured_something_has_no_fault() {
    assert_exits(vec![
        (
            "all read",
            vec![seen("orange"), seen("sfr"), seen("bouygues")],
            0,
        ),
        (
            "two read, one refused with an error",
            vec![seen("orange"), seen("sfr"), error("bouygues")],
            0,
        ),
        (
            "one read, the others known to be away",
            vec![seen("orange"), denied("sfr"), late("bouygues")],
            0,
        ),
        (
            "one heard, the others not, by a survey of all",
            vec![
                seen("orange"),
                unheard("sfr", true),
                unheard("bouygues", true),
            ],
            0,
        ),
        (
            "one measured, the others unknown",
            vec![
                read("orange", -90, suitable()),
                error("sfr"),
                error("bouygues"),
            ],
            0,
        ),
    ]);
}

#[test]
fn a_survey_that_leaves_nothing_to_compare_ends_as_the_contract_says() {
    assert_exits(vec![
        (
            "one read, one unknown",
            vec![seen("orange"), error("sfr"), denied("bouygues")],
            8,
        ),
        (
            "one read, the others listed",
            vec![seen("orange"), listed("sfr"), listed("bouygues")],
            8,
        ),
        ("one read, the others not visited", vec![seen("orange")], 8),
        (
            "one heard, by a survey of its own cells",
            vec![
                seen("orange"),
                unheard("sfr", false),
                unheard("bouygues", false),
            ],
            8,
        ),
        (
            "one read, the others without a level",
            vec![seen("orange"), mute("sfr"), mute("bouygues")],
            8,
        ),
        (
            "every carrier refused with an error",
            vec![error("orange"), error("sfr"), error("bouygues")],
            8,
        ),
        (
            "one refused with an error, the others by the network",
            vec![denied("orange"), error("sfr"), away("bouygues")],
            8,
        ),
        ("nothing visited", vec![], 8),
        (
            "no level anywhere",
            vec![mute("orange"), mute("sfr"), mute("bouygues")],
            8,
        ),
        (
            "all refused by the network",
            vec![denied("orange"), denied("sfr"), denied("bouygues")],
            6,
        ),
        (
            "none to be had",
            vec![away("orange"), late("sfr"), lost("bouygues")],
            6,
        ),
        (
            "none heard by a survey of all",
            vec![
                unheard("orange", true),
                unheard("sfr", true),
                unheard("bouygues", true),
            ],
            6,
        ),
    ]);
    let one = |visit| nothing_compared(&ranked(&request(&["orange"]), &mut vec![visit]));
    assert!(one(seen("orange")).is_none(), "one was asked for, and read");
    assert_eq!(
        one(error("orange")).unwrap().code(),
        "scan.nothing_compared"
    );
    assert_eq!(one(denied("orange")).unwrap().code(), "network.nobody");
    assert!(nothing_compared(&ranked(&request(&[]), &mut Vec::new())).is_none());
}

#[test]
fn the_only_carrier_that_was_read_is_named() {
    let visits = vec![error("orange"), read("sfr", -90, Measurement::NotAsked)];
    let error = nothing_compared(&rows(visits)).unwrap();
    assert_eq!(error.values(), [("carrier", json!("sfr"))]);
}
