use proptest::prelude::*;

use super::*;

const NEED: u64 = 200_000;

fn candidate(id: &str, rsrp: i32, sinr: i32) -> Candidate {
    Candidate {
        id: id.to_owned(),
        verdict: Verdict::NotMeasured,
        rsrp: Rsrp::new(rsrp),
        sinr: Sinr::new(sinr),
        spread_db: Some(2.0),
        low_bps: None,
        need_bps: NEED,
    }
}

fn codes(placed: &Placed) -> Vec<&'static str> {
    placed.reasons.iter().map(Reason::code).collect()
}

/// `(id, rank, ids tied with)` in rank order.
fn table(candidates: &[Candidate]) -> Vec<(&str, u32, Vec<&str>)> {
    let id = |index: usize| candidates[index].id.as_str();
    rank(candidates)
        .iter()
        .map(|p| {
            (
                id(p.index),
                p.rank,
                p.tied_with.iter().map(|i| id(*i)).collect(),
            )
        })
        .collect()
}

#[test]
fn points_and_classes_have_the_same_steps() {
    for tenths in Rsrp::MIN * 10..=Rsrp::MAX * 10 {
        let rsrp = Rsrp::from_tenths(tenths).unwrap();
        assert_eq!(
            class_of(rsrp_points(rsrp)),
            Quality::of_rsrp(rsrp),
            "{rsrp:?}"
        );
    }
    for tenths in Sinr::MIN * 10..=Sinr::MAX * 10 {
        let sinr = Sinr::from_tenths(tenths).unwrap();
        assert_eq!(
            class_of(sinr_points(sinr)),
            Quality::of_sinr(sinr),
            "{sinr:?}"
        );
    }
}

fn class_of(points: f64) -> Quality {
    match hundredths(points).div_euclid(hundredths(STEP)) {
        3.. => Quality::Excellent,
        2 => Quality::Good,
        1 => Quality::Fair,
        0 => Quality::Poor,
        _ => Quality::Unusable,
    }
}

#[test]
fn nobody_gives_an_empty_table() {
    assert_eq!(rank(&[]), []);
}

#[test]
fn the_only_carrier_is_first_and_over_nobody() {
    let placed = rank(&[candidate("sfr", -90, 10)]);
    assert_eq!(
        (placed[0].rank, codes(&placed[0])),
        (1, vec!["radio.class"])
    );
}

#[test]
fn a_better_verdict_beats_any_radio() {
    let mut weak = candidate("orange", -114, -2);
    weak.verdict = Verdict::Suitable;
    let placed = rank(&[candidate("sfr", -70, 25), weak]);
    assert_eq!(placed[0].index, 1);
    assert_eq!(
        codes(&placed[0]),
        [
            "radio.class",
            "radio.weak",
            "radio.sinr_low",
            "rank.first_by_verdict"
        ]
    );
    assert_eq!(codes(&placed[1]), ["radio.class", "rank.below_verdict"]);
}

#[test]
fn a_better_class_beats_a_better_score() {
    // 25 points of `fair` against 20.6 of `good`.
    let strong_but_noisy = candidate("sfr", -75, 1);
    let placed = rank(&[strong_but_noisy, candidate("orange", -94, 5)]);
    assert_eq!(placed[0].index, 1);
    assert_eq!(codes(&placed[0]), ["radio.class", "rank.first_by_class"]);
    assert_eq!(
        codes(&placed[1]),
        ["radio.class", "radio.sinr_low", "rank.below_class"]
    );
}

#[test]
fn a_clear_score_says_by_how_much() {
    let placed = rank(&[candidate("sfr", -94, 8), candidate("orange", -86, 8)]);
    assert_eq!(placed[0].index, 1);
    assert_eq!(
        placed[0].reasons.last(),
        Some(&Reason::FirstByScore {
            over: "sfr".into(),
            margin_db: 4.0,
            noise_db: 3.0
        })
    );
    assert_eq!(
        placed[1].reasons.last(),
        Some(&Reason::BelowScore {
            above: "orange".into(),
            margin_db: 4.0,
            noise_db: 3.0
        })
    );
}

#[test]
fn a_spread_wide_enough_ties_what_a_narrow_one_parts() {
    let mut pair = [candidate("sfr", -94, 8), candidate("orange", -86, 8)];
    assert_eq!(table(&pair)[1].1, 2);
    pair[0].spread_db = Some(5.0);
    assert_eq!(
        table(&pair),
        [("orange", 1, vec!["sfr"]), ("sfr", 1, vec!["orange"])]
    );
    assert_eq!(codes(&rank(&pair)[0]), ["radio.class", "rank.tied"]);
}

#[test]
fn a_single_reading_is_worth_less_than_several() {
    let mut pair = [candidate("sfr", -92, 8), candidate("orange", -85, 8)];
    assert_eq!(table(&pair)[1].1, 2);
    for one in &mut pair {
        one.spread_db = None;
    }
    assert_eq!(table(&pair)[1].1, 1);
}

#[test]
fn a_noisy_leader_does_not_tie_two_that_are_clearly_apart() {
    let mut three = [
        candidate("orange", -85, 8),
        candidate("sfr", -86, 8),
        candidate("bouygues", -94, 8),
    ];
    three[0].spread_db = Some(12.0);
    assert_eq!(
        table(&three),
        [
            ("orange", 1, vec!["sfr"]),
            ("sfr", 1, vec!["orange"]),
            ("bouygues", 3, vec![])
        ]
    );
    assert!(matches!(
        rank(&three)[2].reasons.last(),
        Some(Reason::BelowScore { above, .. }) if above == "sfr"
    ));
}

#[test]
fn an_unknown_radio_comes_last_in_its_verdict_and_says_so() {
    let mut unknown = candidate("sfr", 0, 0);
    (unknown.rsrp, unknown.sinr) = (None, None);
    let placed = rank(&[unknown, candidate("orange", -130, -20)]);
    assert_eq!(placed[0].index, 1);
    assert_eq!(codes(&placed[1]), ["radio.unknown", "rank.below_class"]);
}

#[test]
fn carriers_that_are_not_there_are_tied_without_a_word_on_noise() {
    let mut away = [candidate("sfr", 0, 0), candidate("orange", 0, 0)];
    for one in &mut away {
        one.verdict = Verdict::Unavailable;
        (one.rsrp, one.sinr, one.spread_db) = (None, None, None);
    }
    assert_eq!(table(&away)[0], ("orange", 1, vec!["sfr"]));
    assert!(rank(&away).iter().all(|p| p.reasons.is_empty()));
}

#[test]
fn more_than_four_times_the_need_is_of_no_use() {
    let with = |low, need| hundredths(reserve(low, need));
    for (low, points) in [
        (0, -1000),
        (NEED / 2, -301),
        (NEED, 0),
        (4 * NEED, 602),
        (u64::MAX, 602),
    ] {
        assert_eq!(with(Some(low), NEED), points, "{low}");
    }
    assert_eq!((with(None, NEED), with(Some(9), 0)), (0, 602));
}

#[test]
fn a_hostile_spread_neither_panics_nor_hides_the_others() {
    for spread in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        let mut pair = [candidate("sfr", -94, 8), candidate("orange", -86, 8)];
        pair[0].spread_db = Some(spread);
        assert_eq!(rank(&pair).len(), 2);
    }
}

#[test]
fn every_reason_names_its_values() {
    for placed in rank(&[candidate("a", -80, 2), candidate("b", -112, 2)]) {
        for reason in placed.reasons {
            assert!(!reason.values().is_empty(), "{reason:?}");
        }
    }
}

#[test]
fn the_page_on_ranking_says_what_the_code_does() {
    let page = include_str!("../../../docs/ranking.md");
    let examples: Vec<Vec<Vec<&str>>> = page
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let rows = section.lines().filter(|line| line.starts_with("| "));
            rows.skip(1).map(cells).collect()
        })
        .collect();
    assert!(examples.len() >= 5, "{} examples", examples.len());
    for rows in examples {
        let candidates: Vec<Candidate> = rows.iter().map(|row| read(row)).collect();
        let printed: Vec<Vec<String>> = rank(&candidates)
            .iter()
            .map(|placed| shown(placed, &candidates))
            .collect();
        let written: Vec<Vec<&str>> = rows.iter().map(|row| row[6..].to_vec()).collect();
        assert_eq!(printed, written, "{rows:#?}");
        assert!(rank(&candidates).iter().map(|p| p.index).is_sorted());
    }
}

#[test]
fn the_page_on_ranking_has_the_class_steps() {
    let page = include_str!("../../../docs/ranking.md");
    let (_, table) = page.split_once("| class |").unwrap();
    let steps = table.lines().skip(2).take_while(|l| l.starts_with('|'));
    let mut above = Quality::Excellent;
    for row in steps.map(cells).filter(|row| row[2] != "below") {
        let class: Quality = serde_json::from_value(row[0].into()).unwrap();
        let (rsrp, sinr) = (tenths(row[2]).unwrap(), tenths(row[3]).unwrap());
        assert_eq!(
            Quality::of_rsrp(Rsrp::from_tenths(rsrp).unwrap()),
            class,
            "{row:?}"
        );
        assert_eq!(
            Quality::of_sinr(Sinr::from_tenths(sinr).unwrap()),
            class,
            "{row:?}"
        );
        let under = Quality::of_rsrp(Rsrp::from_tenths(rsrp - 1).unwrap());
        assert!(under > class && class >= above);
        above = class;
    }
    assert_eq!(above, Quality::Poor);
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

fn tenths(cell: &str) -> Option<i32> {
    (cell != "-").then(|| hundredths(cell.parse::<f64>().unwrap()) / 10)
}

fn read(row: &[&str]) -> Candidate {
    let number = |at: usize| (row[at] != "-").then(|| row[at].parse::<f64>().unwrap());
    Candidate {
        id: row[0].to_owned(),
        verdict: serde_json::from_value(row[1].into()).unwrap(),
        rsrp: tenths(row[2]).and_then(Rsrp::from_tenths),
        sinr: tenths(row[3]).and_then(Sinr::from_tenths),
        spread_db: number(4),
        low_bps: (row[5] != "-").then(|| row[5].parse::<u64>().unwrap() * 1000),
        need_bps: NEED,
    }
}

fn shown(placed: &Placed, candidates: &[Candidate]) -> Vec<String> {
    let own = &candidates[placed.index];
    let class = serde_json::to_value(Quality::of(own.rsrp, own.sinr)).unwrap();
    let class = class.as_str().unwrap_or("-").to_owned();
    let tied: Vec<&str> = placed
        .tied_with
        .iter()
        .map(|i| candidates[*i].id.as_str())
        .collect();
    let tied = if tied.is_empty() {
        "-".into()
    } else {
        tied.join(", ")
    };
    let score = format!("{:.2}", f64::from(hundredths(score(own))) / 100.0);
    vec![class, score, placed.rank.to_string(), tied]
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        1 => Just(Verdict::Suitable),
        1 => Just(Verdict::Uncertain),
        8 => Just(Verdict::NotMeasured),
        1 => Just(Verdict::Unsuitable),
        1 => Just(Verdict::Unavailable),
    ]
}

prop_compose! {
    /// Levels close together, so that classes are shared and ties are usual.
    fn any_candidate()(
        verdict in any_verdict(),
        rsrp in prop::option::weighted(0.9, -1200..-700),
        sinr in prop::option::weighted(0.9, -60..250),
        spread_db in prop::option::of(0.0..12.0),
        low_bps in prop::option::of(0..2_000_000_u64),
    ) -> Candidate {
        Candidate {
            id: String::new(),
            verdict,
            rsrp: rsrp.and_then(Rsrp::from_tenths),
            sinr: sinr.and_then(Sinr::from_tenths),
            spread_db,
            low_bps,
            need_bps: NEED,
        }
    }
}

fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(any_candidate(), 0..9).prop_map(|mut candidates| {
        for (at, candidate) in candidates.iter_mut().enumerate() {
            candidate.id = format!("c{at}");
        }
        candidates
    })
}

fn margin(a: &Candidate, b: &Candidate) -> i32 {
    hundredths(score(a)) - hundredths(score(b))
}

fn place_of(placed: &[Placed], index: usize) -> &Placed {
    placed.iter().find(|p| p.index == index).unwrap()
}

proptest! {
    #[test]
    fn every_candidate_has_one_place_and_ranks_never_go_back(candidates in any_candidates()) {
        let placed = rank(&candidates);
        let mut seen: Vec<usize> = placed.iter().map(|p| p.index).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..candidates.len()).collect::<Vec<_>>());
        prop_assert!(placed.is_sorted_by_key(|p| p.rank));
        for (at, own) in placed.iter().enumerate() {
            let above = placed.iter().filter(|other| other.rank < own.rank).count();
            prop_assert_eq!(own.rank as usize, above + 1);
            prop_assert_eq!(placed[at].tied_with.len() + 1, placed.iter().filter(|p| p.rank == own.rank).count());
        }
    }

    #[test]
    fn the_order_they_came_in_changes_nothing(
        (candidates, shuffled) in any_candidates().prop_flat_map(|c| (Just(c.clone()), Just(c).prop_shuffle()))
    ) {
        prop_assert_eq!(table(&candidates), table(&shuffled));
        let reasons = |of: &[Candidate]| -> Vec<Vec<Reason>> { rank(of).into_iter().map(|p| p.reasons).collect() };
        prop_assert_eq!(reasons(&candidates), reasons(&shuffled));
    }

    #[test]
    fn ties_are_symmetric_and_within_one_verdict_and_class(candidates in any_candidates()) {
        let placed = rank(&candidates);
        for own in &placed {
            for other in &own.tied_with {
                prop_assert!(place_of(&placed, *other).tied_with.contains(&own.index));
                let (a, b) = (&candidates[own.index], &candidates[*other]);
                prop_assert_eq!(a.verdict, b.verdict);
                prop_assert_eq!(Quality::of(a.rsrp, a.sinr), Quality::of(b.rsrp, b.sinr));
                prop_assert!(margin(a, b).abs() <= hundredths(noise(a)) + hundredths(noise(b)));
            }
        }
    }

    #[test]
    fn a_better_one_by_any_rule_stands_strictly_above(candidates in any_candidates()) {
        let placed = rank(&candidates);
        for (i, a) in candidates.iter().enumerate() {
            for (j, b) in candidates.iter().enumerate() {
                let class = |c: &Candidate| { let q = Quality::of(c.rsrp, c.sinr); (q.is_none(), q) };
                let (first, second) = ((a.verdict, class(a)), (b.verdict, class(b)));
                let clearly = margin(a, b) > hundredths(noise(a)) + hundredths(noise(b));
                if first < second || (first == second && clearly) {
                    prop_assert!(place_of(&placed, i).rank < place_of(&placed, j).rank);
                }
            }
        }
    }

    #[test]
    fn more_power_never_lowers_a_carrier(
        (candidates, which, tenths) in any_candidates()
            .prop_filter("somebody", |c| !c.is_empty())
            .prop_flat_map(|c| { let n = c.len(); (Just(c), 0..n, 1..400_i32) })
    ) {
        let Some(before) = candidates[which].rsrp else { return Ok(()) };
        let Some(stronger) = Rsrp::from_tenths(before.tenths() + tenths) else { return Ok(()) };
        let mut after = candidates.clone();
        after[which].rsrp = Some(stronger);
        let place = |of: &[Candidate]| place_of(&rank(of), which).rank;
        prop_assert!(place(&after) <= place(&candidates));
    }

    #[test]
    fn every_place_below_the_first_has_a_reason(candidates in any_candidates()) {
        for placed in rank(&candidates) {
            let says = |head: &str| placed.reasons.iter().any(|r| r.code().starts_with(head));
            let away = candidates[placed.index].verdict == Verdict::Unavailable;
            prop_assert!(placed.rank == 1 || says("rank."));
            prop_assert!(away || says("radio."));
        }
    }
}
