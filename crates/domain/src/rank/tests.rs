use proptest::prelude::*;

use super::*;

const NEED: u64 = 200_000;

fn candidate(id: &str, rsrp: i32, sinr: i32) -> Candidate {
    Candidate {
        id: id.to_owned(),
        verdict: Verdict::NotMeasured,
        nearness: None,
        rsrp: Rsrp::new(rsrp),
        sinr: Sinr::new(sinr),
        spread_db: Some(2.0),
        low_bps: None,
        need_bps: NEED,
    }
}

fn codes(placed: &Placed) -> Vec<&'static str> {
    placed.reasons.iter().map(|r| r.code().as_str()).collect()
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
    assert_eq!(codes(&placed[1]), ["radio.unknown"]);
    assert_eq!(codes(&placed[0]).last(), Some(&"rank.only_one_read"));
}

#[test]
fn carriers_of_which_nothing_was_read_are_tied_with_nobody_and_compared_with_nobody() {
    for verdict in [Verdict::Unavailable, Verdict::NotMeasured] {
        let mut unread = [candidate("sfr", 0, 0), candidate("orange", 0, 0)];
        for one in &mut unread {
            one.verdict = verdict;
            (one.rsrp, one.sinr, one.spread_db) = (None, None, None);
        }
        assert_eq!(
            table(&unread),
            [("orange", 1, vec![]), ("sfr", 2, vec![])],
            "{verdict:?}"
        );
        for placed in rank(&unread) {
            assert!(placed.reasons.iter().all(|r| r.code() == "radio.unknown"));
        }
        let placed = rank(&[
            unread[0].clone(),
            candidate("bouygues", -90, 10),
            unread[1].clone(),
        ]);
        assert_eq!(
            (placed[0].index, codes(&placed[0])),
            (1, vec!["radio.class", "rank.only_one_read"]),
            "{verdict:?}"
        );
    }
}

/// One of each that a survey can bring back, best first: `/` has no radio level, a number is the share of the need.
const KINDS: [&str; 11] = [
    "suitable",
    "suitable/",
    "uncertain",
    "uncertain/",
    "not_measured",
    "unsuitable 69",
    "unsuitable 20",
    "unsuitable",
    "unsuitable 0",
    "not_measured/",
    "unavailable",
];

/// What tells each kind from each that comes after it: `v`erdict, radio that was `r`ead, `n`eed, that `o`nly one was read;
/// nothing where nothing was.
const TOLD: [&str; 11] = [
    ".rvvvvvvvoo",
    "..vvvvvvvoo",
    "...rvvvvvoo",
    "....vvvvvoo",
    ".....vvvvoo",
    "......nnnoo",
    ".......nnoo",
    "........noo",
    ".........oo",
    "..........-",
    "...........",
];

fn of_kind(kind: &str) -> Candidate {
    let (verdict, share) = kind.split_once(' ').unwrap_or((kind, ""));
    let mut one = candidate(kind, -92, 9);
    one.verdict = serde_json::from_value(verdict.trim_end_matches('/').into()).unwrap();
    one.nearness = share.parse::<f64>().ok().map(|share| match share {
        0.0 => Nearness::Nothing,
        share => Nearness::Share(share / 100.0),
    });
    if kind.ends_with('/') || one.verdict == Verdict::Unavailable {
        (one.rsrp, one.sinr, one.spread_db) = (None, None, None);
    }
    one
}

#[test]
fn each_two_kinds_of_carriers_stand_in_their_order_for_the_reason_that_is_true() {
    for (at, own) in KINDS.iter().enumerate() {
        for (after, other) in KINDS.iter().enumerate().skip(at + 1) {
            let both = [of_kind(other), of_kind(own)];
            let placed = rank(&both);
            assert_eq!(table(&both), [(*own, 1, vec![]), (*other, 2, vec![])]);
            let of = |placed: &Placed| {
                let last = placed.reasons.last().map_or("", |r| r.code().as_str());
                last.strip_prefix("rank.").unwrap_or_default()
            };
            let told = match &TOLD[at][after..=after] {
                "v" => ("first_by_verdict", "below_verdict"),
                "r" => ("first_by_reading", "below_reading"),
                "n" => ("first_by_need", "below_need"),
                "o" => ("only_one_read", ""),
                _ => ("", ""),
            };
            assert_eq!((of(&placed[0]), of(&placed[1])), told, "{own} and {other}");
        }
    }
}

#[test]
fn all_kinds_together_stand_in_their_order() {
    let mut all: Vec<Candidate> = KINDS.iter().map(|kind| of_kind(kind)).collect();
    all.reverse();
    let order: Vec<(&str, u32)> = table(&all)
        .into_iter()
        .map(|(id, rank, _)| (id, rank))
        .collect();
    let wanted: Vec<(&str, u32)> = KINDS.iter().copied().zip(1..).collect();
    assert_eq!(order, wanted);
}

fn short(id: &str, rsrp: i32, share: f64) -> Candidate {
    Candidate {
        verdict: Verdict::Unsuitable,
        nearness: Some(Nearness::Share(share)),
        ..candidate(id, rsrp, 12)
    }
}

#[test]
fn of_those_that_fall_short_the_closest_is_the_one_by_the_need_and_says_so() {
    let nothing = Candidate {
        nearness: Some(Nearness::Nothing),
        ..short("sfr", -80, 0.0)
    };
    let placed = rank(&[
        nothing.clone(),
        short("bouygues", -82, 0.3),
        short("orange", -104, 0.69),
    ]);
    assert_eq!(
        placed.iter().map(|p| p.index).collect::<Vec<_>>(),
        [2, 1, 0]
    );
    let last = |at: usize| placed[at].reasons.last().cloned();
    assert_eq!(
        last(0),
        Some(Reason::FirstByNeed {
            over: "bouygues".into(),
            share_percent: Some(69.0),
            other_percent: Some(30.0)
        })
    );
    assert_eq!(
        last(1),
        Some(Reason::BelowNeed {
            above: "orange".into(),
            share_percent: Some(30.0),
            other_percent: Some(69.0)
        })
    );
    assert_eq!(
        last(2),
        Some(Reason::BelowNeed {
            above: "bouygues".into(),
            share_percent: Some(0.0),
            other_percent: Some(30.0)
        })
    );
    // As little as can be told is still more than nothing.
    let placed = rank(&[nothing, short("orange", -120, 0.0)]);
    assert_eq!(placed[0].index, 1);
}

#[test]
fn a_share_below_a_tenth_is_told_to_a_tenth_of_a_percent() {
    let placed = rank(&[short("orange", -90, 0.0534), short("sfr", -90, 0.012)]);
    assert_eq!(
        placed[0].reasons.last(),
        Some(&Reason::FirstByNeed {
            over: "sfr".into(),
            share_percent: Some(5.3),
            other_percent: Some(1.2)
        })
    );
}

#[test]
fn shares_of_almost_nothing_are_equally_near() {
    let almost = [short("orange", -90, 1e-9), short("sfr", -90, 1e-4)];
    assert_eq!(
        table(&almost),
        [("orange", 1, vec!["sfr"]), ("sfr", 1, vec!["orange"])]
    );
}

#[test]
fn a_spread_that_is_no_number_is_as_good_as_none() {
    let of = |spread_db| Candidate {
        spread_db,
        ..candidate("sfr", -84, 12)
    };
    let noise = |spread| hundredths(super::noise(&of(spread)));
    assert_eq!(noise(Some(f64::NAN)), noise(None));
    assert!(noise(None) > noise(Some(0.0)));
}

#[test]
fn two_that_are_equally_near_to_the_need_are_told_apart_by_their_radio() {
    let placed = rank(&[short("sfr", -100, 0.55), short("orange", -90, 0.5)]);
    assert_eq!((placed[0].index, placed[0].rank), (1, 1));
    assert_eq!(codes(&placed[0]).last(), Some(&"rank.first_by_class"));
    assert_eq!(codes(&placed[1]).last(), Some(&"rank.below_class"));
    let tied = [short("sfr", -91, 0.55), short("orange", -90, 0.5)];
    assert_eq!(
        table(&tied),
        [("orange", 1, vec!["sfr"]), ("sfr", 1, vec!["orange"])]
    );
    // A quarter more is more than a test that ends early can tell.
    assert_eq!(
        table(&[short("sfr", -91, 0.64), short("orange", -70, 0.5)])[0].0,
        "sfr"
    );
}

#[test]
fn a_chain_of_the_nearly_equally_near_is_cut_where_one_is_clearly_further_off() {
    let chain = [
        short("orange", -104, 0.60),
        short("sfr", -80, 0.50),
        short("bouygues", -80, 0.41),
    ];
    let placed = rank(&chain);
    // SFR is as near as Orange and has the better radio; Bouygues is near SFR, and clearly further off than Orange.
    assert_eq!(
        placed.iter().map(|p| p.index).collect::<Vec<_>>(),
        [1, 0, 2]
    );
    let names_orange = |placed: &Placed| {
        let last = placed.reasons.last();
        matches!(last, Some(Reason::BelowNeed { above, .. }) if above == "orange")
    };
    assert!(names_orange(&placed[2]), "{placed:#?}");
    // Where SFR stands just above Bouygues, it is still Orange that is clearly nearer.
    let mut chain = chain;
    (chain[0].rsrp, chain[1].rsrp) = (Rsrp::new(-80), Rsrp::new(-104));
    let placed = rank(&chain);
    assert_eq!(
        placed.iter().map(|p| p.index).collect::<Vec<_>>(),
        [0, 1, 2]
    );
    assert!(names_orange(&placed[2]), "{placed:#?}");
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
    let page = include_str!("../../../../docs/ranking.md");
    let examples: Vec<Vec<Vec<&str>>> = page
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let rows = section.lines().filter(|line| line.starts_with("| "));
            rows.skip(1).map(cells).collect()
        })
        .collect();
    assert!(examples.len() >= 8, "{} examples", examples.len());
    for rows in examples {
        let candidates: Vec<Candidate> = rows.iter().map(|row| read(row)).collect();
        let printed: Vec<Vec<String>> = rank(&candidates)
            .iter()
            .map(|placed| shown(placed, &candidates))
            .collect();
        let written: Vec<Vec<&str>> = rows.iter().map(|row| row[7..].to_vec()).collect();
        assert_eq!(printed, written, "{rows:#?}");
        assert!(rank(&candidates).iter().map(|p| p.index).is_sorted());
    }
}

#[test]
fn the_page_on_ranking_has_the_class_steps() {
    let page = include_str!("../../../../docs/ranking.md");
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
        nearness: number(6).map(|share| match share {
            0.0 => Nearness::Nothing,
            share => Nearness::Share(share / 100.0),
        }),
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

fn any_nearness() -> impl Strategy<Value = Option<Nearness>> {
    prop_oneof![
        1 => Just(None),
        2 => Just(Some(Nearness::Nothing)),
        6 => (0.0..=1.0_f64).prop_map(|share| Some(Nearness::Share(share))),
    ]
}

prop_compose! {
    /// Levels close together, so that classes are shared and ties are usual.
    fn any_candidate()(
        verdict in any_verdict(),
        nearness in any_nearness(),
        rsrp in prop::option::weighted(0.9, -1200..-700),
        sinr in prop::option::weighted(0.9, -60..250),
        spread_db in prop::option::of(0.0..12.0),
        low_bps in prop::option::of(0..2_000_000_u64),
    ) -> Candidate {
        Candidate {
            id: String::new(),
            verdict,
            nearness,
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

fn known(c: &Candidate) -> Known {
    Known::of(c.verdict, Quality::of(c.rsrp, c.sinr))
}

fn is_read(c: &Candidate) -> bool {
    known(c) == Known::Read
}

/// Whether it carried something, nobody knows how much, or nothing; of those that fall short.
fn depth(c: &Candidate) -> u8 {
    match (c.verdict, c.nearness) {
        (Verdict::Unsuitable, None) => 1,
        (Verdict::Unsuitable, Some(Nearness::Nothing)) => 2,
        _ => 0,
    }
}

/// Hundredths of dB below the need; of those that fall short.
fn lack(c: &Candidate) -> i32 {
    match (c.verdict, c.nearness) {
        (Verdict::Unsuitable, Some(Nearness::Share(share))) => {
            hundredths(-10.0 * share.max(0.001).log10())
        }
        _ => 0,
    }
}

/// Whether one comes clearly nearer to the need.
fn nearer(a: &Candidate, b: &Candidate) -> bool {
    depth(a) < depth(b) || (depth(a) == depth(b) && lack(a) + NEARNESS_NOISE < lack(b))
}

/// The ids that a reason names.
fn named(reason: &Reason) -> Vec<String> {
    let values = reason.values().into_iter();
    let values = values.filter(|(name, _)| ["over", "above", "with"].contains(name));
    values
        .flat_map(|(_, value)| match value {
            serde_json::Value::Array(ids) => ids,
            id => vec![id],
        })
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
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
                prop_assert!(is_read(a) && is_read(b));
                prop_assert!(depth(a) == depth(b) && (lack(a) - lack(b)).abs() <= NEARNESS_NOISE);
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
                let rough = |c: &Candidate| (known(c), c.verdict, depth(c));
                let nearer = lack(a) + NEARNESS_NOISE < lack(b);
                let level = rough(a) == rough(b) && lack(a) == lack(b);
                let clearly = margin(a, b) > hundredths(noise(a)) + hundredths(noise(b));
                let better = class(a) < class(b) || (class(a) == class(b) && clearly);
                if rough(a) < rough(b) || (rough(a) == rough(b) && nearer) || (level && is_read(a) && better) {
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
    fn every_place_below_the_first_that_was_read_has_a_reason(candidates in any_candidates()) {
        for placed in rank(&candidates) {
            let says = |head: &str| placed.reasons.iter().any(|r| r.code().as_str().starts_with(head));
            let away = candidates[placed.index].verdict == Verdict::Unavailable;
            let unread = !is_read(&candidates[placed.index]);
            prop_assert!(placed.rank == 1 || unread || says("rank."));
            prop_assert!(away || says("radio."));
        }
    }

    #[test]
    fn a_carrier_of_which_nothing_was_read_is_compared_with_nobody_and_named_by_nobody(candidates in any_candidates()) {
        let unread = |id: &str| candidates.iter().any(|c| c.id == id && !is_read(c));
        for placed in rank(&candidates) {
            if !is_read(&candidates[placed.index]) {
                prop_assert!(placed.tied_with.is_empty());
                prop_assert!(placed.reasons.iter().all(|r| !r.code().as_str().starts_with("rank.")));
            }
            for reason in &placed.reasons {
                prop_assert!(!named(reason).iter().any(|id| unread(id)), "{reason:?}");
            }
        }
    }

    #[test]
    fn those_that_were_read_stand_above_all_others(candidates in any_candidates()) {
        let placed = rank(&candidates);
        prop_assert!(placed.is_sorted_by_key(|p| !is_read(&candidates[p.index])));
        let read = candidates.iter().filter(|c| is_read(c)).count();
        let alone = placed.iter().any(|p| p.reasons.contains(&Reason::OnlyOneRead));
        prop_assert_eq!(alone, read == 1 && candidates.len() > 1);
    }

    #[test]
    fn a_carrier_that_carried_nothing_is_below_every_other_that_was_measured(candidates in any_candidates()) {
        let placed = rank(&candidates);
        for (i, a) in candidates.iter().enumerate() {
            for (j, b) in candidates.iter().enumerate() {
                if depth(a) == 2 && b.verdict.is_measured() && depth(b) < 2 {
                    prop_assert!(place_of(&placed, i).rank > place_of(&placed, j).rank);
                }
            }
        }
    }

    #[test]
    fn what_a_reason_says_of_another_is_true(candidates in any_candidates()) {
        let placed = rank(&candidates);
        let of = |id: &str| candidates.iter().find(|c| c.id == id).unwrap();
        let class = |c: &Candidate| { let q = Quality::of(c.rsrp, c.sinr); (q.is_none(), q) };
        for place in &placed {
            let own = &candidates[place.index];
            for reason in &place.reasons {
                let clearly = |margin_db: f64, noise_db: f64| margin_db > noise_db;
                let holds = match reason {
                    Reason::FirstByVerdict { over } => own.verdict < of(over).verdict,
                    Reason::BelowVerdict { above, verdict } => of(above).verdict == *verdict && *verdict < own.verdict,
                    Reason::FirstByNeed { over, .. } => nearer(own, of(over)),
                    Reason::BelowNeed { above, .. } => nearer(of(above), own),
                    Reason::FirstByReading { over } => !class(own).0 && class(of(over)).0 && own.verdict == of(over).verdict,
                    Reason::BelowReading { above } => class(own).0 && !class(of(above)).0 && own.verdict == of(above).verdict,
                    Reason::FirstByClass { over } => class(own) < class(of(over)) && !class(of(over)).0,
                    Reason::BelowClass { above, quality } => class(of(above)) < class(own) && class(of(above)).1 == *quality && !class(own).0,
                    Reason::FirstByScore { over, margin_db, noise_db } => margin(own, of(over)) > 0 && clearly(*margin_db, *noise_db),
                    Reason::BelowScore { above, margin_db, noise_db } => margin(of(above), own) > 0 && clearly(*margin_db, *noise_db),
                    Reason::Tied { with, .. } => with.len() == place.tied_with.len(),
                    Reason::OnlyOneRead => candidates.iter().filter(|c| is_read(c)).count() == 1,
                    Reason::RadioClass { .. } | Reason::RadioWeak { .. } | Reason::SinrLow { .. } | Reason::RadioUnknown => true,
                };
                prop_assert!(holds, "{:?} {reason:?}", own);
            }
        }
    }
}
