//! A partner's homes for tests: something of everything that a page can say, and names that mean harm.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use opensim_domain::verdict::Verdict;

use super::facts::{
    BelowNeed, CarrierStanding, GotWorse, HomeFacts, MonthOf, OneCell, PartnerFacts, Seen,
    SurveyDay, Town,
};

const CARRIERS: [&str; 3] = ["orange", "sfr", "bouygues"];
pub(super) const HARMFUL: &str = "<script>alert(1)</script>\u{202e}\u{1b}[2J";

pub(super) fn partner() -> PartnerFacts {
    let towns = [
        ("29019", "Brest", Some((48.39, -4.49))),
        ("22113", "Lannion", Some((48.73, -3.46))),
        ("56260", "Vannes", Some((47.66, -2.76))),
        ("35238", "Rennes", Some((48.11, -1.68))),
        ("50129", "Cherbourg-en-Cotentin", Some((49.64, -1.62))),
        ("35001", HARMFUL, Some((48.1, -1.6))),
        ("99999", "", None),
    ];
    let towns: BTreeMap<String, Town> = towns
        .into_iter()
        .map(|(code, name, place)| {
            let town = Town {
                code: code.to_owned(),
                name: name.to_owned(),
                place,
            };
            (code.to_owned(), town)
        })
        .collect();
    let codes: Vec<String> = towns.keys().cloned().collect();
    let homes: Vec<HomeFacts> = (0..12)
        .map(|at| home(at, &codes[at % codes.len()]))
        .collect();
    let site = |at: usize| homes[at].site.clone();
    let standing = |at: usize, homes: u64| {
        let row = |place: usize| CarrierStanding {
            carrier: CARRIERS[(at + place) % 3].to_owned(),
            homes,
            suitable: [Some(1.0), Some(0.5), None][place],
            rsrp_dbm: Some(-90.0 - place as f64 * 9.3),
        };
        (0..3).map(row).collect::<Vec<_>>()
    };
    let own = codes
        .iter()
        .enumerate()
        .map(|(at, code)| (code.clone(), standing(at, 2)));
    let all = codes
        .iter()
        .enumerate()
        .take(3)
        .map(|(at, code)| (code.clone(), standing(at, 7)));
    let months = ["2026-10", "2026-11"].iter().flat_map(|month| {
        CARRIERS.iter().enumerate().map(|(at, carrier)| MonthOf {
            month: (*month).to_owned(),
            carrier: (*carrier).to_owned(),
            homes: 12,
            suitable: [Some(0.93), Some(0.6), None][at],
            down_low_bps: Some(2_000_000),
        })
    });
    PartnerFacts {
        partner: "ouest".to_owned(),
        since: date(2026, 10, 25),
        last: date(2026, 11, 28),
        made: date(2026, 11, 28),
        min_sites: 5,
        is_partial: true,
        own: own.collect(),
        all: all.collect(),
        below: below(&site),
        worse: worse(&site),
        one_cell: vec![OneCell {
            site: site(4),
            carrier: "bouygues".to_owned(),
            other: "sfr".to_owned(),
        }],
        months: months.collect(),
        towns,
        homes,
    }
}

fn below(site: &dyn Fn(usize) -> String) -> Vec<BelowNeed> {
    vec![
        BelowNeed {
            site: site(0),
            carrier: "bouygues".to_owned(),
            down_bps: Some(96_000),
            up_bps: None,
            instead: Some("orange".to_owned()),
            instead_low_bps: Some(4_300_000),
        },
        BelowNeed {
            site: site(3),
            carrier: "sfr".to_owned(),
            down_bps: None,
            up_bps: Some(120_000),
            instead: None,
            instead_low_bps: None,
        },
    ]
}

fn worse(site: &dyn Fn(usize) -> String) -> Vec<GotWorse> {
    vec![
        GotWorse {
            site: site(1),
            carrier: "orange".to_owned(),
            is_gone: false,
            before_dbm: Some(-91.2),
            now_dbm: Some(-105.4),
        },
        GotWorse {
            site: site(2),
            carrier: "sfr".to_owned(),
            is_gone: true,
            before_dbm: Some(-99.0),
            now_dbm: None,
        },
    ]
}

fn home(at: usize, commune: &str) -> HomeFacts {
    let first = date(2026, 10, 26);
    let surveys = (0..10).map(|number: i64| {
        let day: Date = first.saturating_add(jiff::Span::new().days(number * 3 + 1));
        let is_last = number == 9;
        let seen = CARRIERS.iter().enumerate().map(|(place, carrier)| {
            let is_gone = place == 1 && number > 6 && at == 2;
            Seen {
                carrier: (*carrier).to_owned(),
                in_use: place == at % 3,
                verdict: Some(match (is_gone, is_last, place) {
                    (true, ..) => Verdict::Unavailable,
                    (_, false, _) => Verdict::NotMeasured,
                    (.., 0) => Verdict::Suitable,
                    (.., 1) => Verdict::Uncertain,
                    _ => Verdict::Unsuitable,
                }),
                rsrp_dbm: (!is_gone).then_some(-84.0 - place as f64 * 13.0 - (number % 3) as f64),
                sinr_db: (!is_gone).then_some(14.0 - place as f64 * 7.0),
                down_low_bps: is_last.then_some(7_000_000 / (place as u64 * 20 + 1)),
                up_low_bps: is_last.then_some(2_000_000 / (place as u64 * 20 + 1)),
                mos: (is_last && place == 0).then_some(4.4),
            }
        });
        SurveyDay {
            day,
            mode: Some(if at == 5 { "automatic" } else { "manual" }.to_owned()),
            seen: seen.collect(),
        }
    });
    HomeFacts {
        site: format!("{:016x}", (at as u64 + 1) * 0x09e3_779b_97f4_a7c1),
        commune: commune.to_owned(),
        // One that was never surveyed.
        surveys: if at == 11 {
            Vec::new()
        } else {
            surveys.collect()
        },
    }
}
