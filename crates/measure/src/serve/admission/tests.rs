use proptest::prelude::*;

use super::*;

const RULES: Capacity = Capacity {
    places: 2,
    places_each: 2,
    asking: 2,
    waiting: 4,
};

fn at(ms: u64) -> Instant {
    Instant::at(Duration::from_millis(ms))
}

fn address(number: u8) -> IpAddr {
    [192, 0, 2, number].into()
}

/// Admission with the capacity of a small server.
fn house() -> Admission {
    Admission::new(RULES)
}

/// A connection of an address that asks at once.
fn asking(house: &mut Admission, number: u8, ms: u64) -> ClientId {
    let id = house.arrive(address(number), at(ms));
    house.ask(id, at(ms));
    id
}

fn standings<const N: usize>(house: &Admission, tickets: [ClientId; N]) -> [ClientState; N] {
    tickets.map(|id| house.state(id))
}

use ClientState::{Asking, Gone, Placed, Waiting};

#[test]
fn who_shows_a_whole_request_has_a_place_and_who_does_not_takes_none() {
    let mut house = house();
    let silent = [1, 1, 2].map(|number| house.arrive(address(number), at(0)));
    let honest = asking(&mut house, 9, 1);
    assert_eq!(house.state(honest), Placed);
    assert_eq!(house.changed(), []);
    house.answered(honest, at(2));
    assert_eq!(house.state(honest), Waiting);
    assert!(silent.iter().all(|id| house.state(*id) == Waiting));
}

#[test]
fn of_those_who_wait_one_of_the_address_with_the_most_makes_way_first_the_longest_waiting() {
    let mut house = house();
    let [first, second, other, third] =
        [1, 1, 2, 1].map(|number| house.arrive(address(number), at(number.into())));
    let honest = house.arrive(address(9), at(5));
    assert_eq!(house.changed(), [first]);
    // As many more as it likes push out its own.
    let fourth = house.arrive(address(1), at(6));
    assert_eq!(house.changed(), [second]);
    assert_eq!(
        standings(&house, [other, third, honest, fourth]),
        [Waiting; 4]
    );
}

#[test]
fn an_address_that_was_served_lately_comes_before_one_that_never_was_and_that_before_one_that_did_harm()
 {
    let mut house = house();
    let served = asking(&mut house, 1, 0);
    house.answered(served, at(0));
    house.leave(served, at(0));
    let harmful = house.arrive(address(3), at(0));
    house.leave(harmful, at(3_000));
    // One of each, the one that was served the longest waiting, and one of an address that is new.
    let [served, harmful, new, newer] =
        [1, 3, 2, 4].map(|number| house.arrive(address(number), at(4_000)));
    house.arrive(address(5), at(4_000));
    assert_eq!(house.changed(), [harmful]);
    house.arrive(address(6), at(4_000));
    assert_eq!(house.changed(), [new]);
    house.arrive(address(7), at(4_000));
    assert_eq!(house.changed(), [newer]);
    assert_eq!(house.state(served), Waiting);
    // Neither is remembered for ever.
    assert!(house.was_served(address(1), at(599_999)));
    assert!(!house.was_served(address(1), at(600_000)));
    assert_eq!(
        house.reputation(address(3), at(62_999)),
        Reputation::Harmful
    );
    assert_eq!(house.reputation(address(3), at(63_000)), Reputation::New);
}

#[test]
fn who_leaves_in_time_did_no_harm_and_who_is_answered_nothing_did_no_good() {
    let mut house = house();
    // A round trip that is timed by connections: opened and reset.
    let timed = house.arrive(address(1), at(0));
    house.leave(timed, at(2_999));
    assert_eq!(house.reputation(address(1), at(3_000)), Reputation::New);
    // A test ends as soon as it knows: the client breaks it off.
    for (number, bytes, reputation) in [
        (2, EXCHANGED, Reputation::Served),
        (3, 400, Reputation::New),
    ] {
        let measuring = asking(&mut house, number, 0);
        house.moved(measuring, bytes, at(500));
        house.leave(measuring, at(1_000));
        assert_eq!(
            house.reputation(address(number), at(1_000)),
            reputation,
            "{bytes}"
        );
    }
    let stranger = house.arrive(address(4), at(0));
    house.report_malformed(stranger, at(1));
    assert_eq!(house.reputation(address(4), at(1)), Reputation::Harmful);
}

#[test]
fn a_place_held_for_nothing_goes_to_the_next_who_asks_after_a_grace() {
    let mut house = house();
    let [stalled, moving] = [1, 2].map(|number| asking(&mut house, number, 0));
    house.moved(stalled, 100, at(0));
    for ms in (100..=3_500).step_by(100) {
        house.moved(moving, 250, at(ms));
    }
    let honest = asking(&mut house, 9, 3_499);
    assert_eq!(house.state(honest), Asking);
    assert_eq!(house.look(honest, at(3_500)), Placed);
    assert_eq!(standings(&house, [stalled, moving]), [Gone, Placed]);
    assert_eq!(house.changed(), [stalled]);
    assert_eq!(house.reputation(address(1), at(3_500)), Reputation::Harmful);
    // What nobody reads is in a buffer at once, and tells for no longer than less.
    house.moved(moving, 500_000, at(3_500));
    let next = asking(&mut house, 8, 6_999);
    assert_eq!(house.state(next), Asking);
    assert_eq!(house.look(next, at(7_000)), Placed);
    assert_eq!(house.state(moving), Gone);
}

#[test]
fn a_link_of_forty_kilobits_is_no_stalled_one() {
    let mut house = house();
    let slow = [1, 2].map(|number| asking(&mut house, number, 0));
    // What fits the kernel's buffer, and then a piece of 16 KiB every 3.2 s.
    for ms in (0..8_000).step_by(3_200) {
        for id in slow {
            house.moved(id, 16_384, at(ms));
        }
        let honest = asking(&mut house, 9, ms + 3_199);
        assert_eq!(house.state(honest), Asking, "{ms}");
        house.leave(honest, at(ms + 3_199));
    }
}

#[test]
fn who_has_had_more_than_a_measurement_takes_makes_way_the_most_first() {
    let mut house = house();
    let [more, less] = [1, 2].map(|number| asking(&mut house, number, 0));
    house.moved(more, SHARE + 2, at(3_400));
    house.moved(less, SHARE + 1, at(3_400));
    let [first, second] = [3, 4].map(|number| asking(&mut house, number, 3_499));
    assert_eq!(standings(&house, [first, second]), [Asking, Asking]);
    house.look(first, at(3_500));
    assert_eq!(
        standings(&house, [more, less, first, second]),
        [Gone, Gone, Placed, Placed]
    );
    assert_eq!(house.changed(), [more, less, second]);
    // Nobody has had as much, and nobody asks in vain for longer than others take.
    let third = asking(&mut house, 5, 3_500);
    for id in [first, second] {
        house.moved(id, 30_000, at(15_000));
    }
    assert_eq!(house.look(third, at(15_499)), Asking);
    assert_eq!(house.look(third, at(15_500)), Placed);
}

/// Two hundred addresses, each with one that uploads and one that does not read, in a house of the usual size.
#[test]
fn a_new_address_is_served_at_once_while_fewer_than_there_are_places_would_keep_it_out() {
    let mut house = Admission::new(Capacity::new(256, 8));
    for ms in 0..2_000 {
        let address: IpAddr = [10, 0, 0, u8::try_from(ms % 200).unwrap()].into();
        let id = house.arrive(address, at(ms));
        house.ask(id, at(ms));
        house.moved(id, 2 * SHARE, at(ms));
        if ms % 50 == 0 {
            let honest = house.arrive([192, 0, 2, 1].into(), at(ms));
            assert_eq!(house.ask(honest, at(ms)), Placed, "{ms}");
            house.leave(honest, at(ms));
        }
    }
    assert_eq!(house.placed(), 256);
}

#[test]
fn an_address_that_holds_several_places_makes_way_for_one_that_holds_none() {
    let mut house = house();
    let [first, second] = [1, 1].map(|number| asking(&mut house, number, 0));
    house.moved(second, 10, at(0));
    let honest = asking(&mut house, 9, 1);
    assert_eq!(
        standings(&house, [first, second, honest]),
        [Placed, Gone, Placed]
    );
    // It asks again and takes nobody's.
    let again = asking(&mut house, 1, 2);
    assert_eq!(
        standings(&house, [first, honest, again]),
        [Placed, Placed, Asking]
    );
}

#[test]
fn an_address_that_has_as_much_as_one_may_have_is_told_so_at_once() {
    let mut house = Admission::new(Capacity { places: 4, ..RULES });
    let [first, second, third] = [1, 1, 1].map(|number| asking(&mut house, number, 0));
    assert_eq!(
        standings(&house, [first, second, third]),
        [Placed, Placed, Waiting]
    );
    let other = asking(&mut house, 2, 0);
    assert_eq!(house.state(other), Placed);
    // Unless one of its own is held for nothing.
    let fourth = asking(&mut house, 1, 3_500);
    assert_eq!(
        standings(&house, [first, second, fourth]),
        [Gone, Placed, Placed]
    );
}

#[test]
fn those_who_ask_have_their_places_in_a_fair_order() {
    let mut house = house();
    let served = asking(&mut house, 4, 0);
    house.answered(served, at(0));
    house.leave(served, at(0));
    let [first, second] = [1, 2].map(|number| asking(&mut house, number, 0));
    // The address that was served lately before one that is new, that before one that holds a place already.
    let holder = asking(&mut house, 1, 1);
    let new = asking(&mut house, 3, 2);
    let known = asking(&mut house, 4, 3);
    // No more than two may ask: the one that holds a place is told that there is none.
    assert_eq!(
        standings(&house, [holder, new, known]),
        [Waiting, Asking, Asking]
    );
    assert_eq!(house.changed(), [holder]);
    house.answered(first, at(4));
    assert_eq!(standings(&house, [new, known]), [Asking, Placed]);
    house.answered(second, at(5));
    assert_eq!(house.state(new), Placed);
    assert_eq!(house.changed(), [known, new]);
}

#[test]
fn no_more_addresses_are_remembered_than_is_said_and_those_who_were_served_the_longest() {
    let mut house = Admission::new(Capacity::new(64, 8));
    let served = asking(&mut house, 1, 0);
    house.answered(served, at(0));
    for number in 0..3_000_u32 {
        let [_, a, b, c] = number.to_be_bytes();
        let stranger = house.arrive([10, a, b, c].into(), at(1));
        house.report_malformed(stranger, at(1));
        house.leave(stranger, at(1));
    }
    assert_eq!(house.records.len(), REMEMBERED);
    assert!(house.was_served(address(1), at(2)));
}

#[test]
fn the_rules_fit_into_what_descriptors_there_are() {
    let capacity = Capacity::new(64, 8);
    assert_eq!(capacity.connections(), 224);
    assert_eq!(capacity.within(224), capacity);
    assert_eq!(capacity.within(200).waiting, 104);
    for most in 3..500 {
        let fitted = capacity.within(most);
        assert!(fitted.connections() <= most, "{fitted:?}");
        assert!(fitted.places >= 1 && fitted.asking >= 1 && fitted.waiting >= 1);
    }
}

/// What a client does.
#[derive(Debug, Clone, Copy)]
enum Act {
    Arrive(u8),
    Ask(usize),
    Look(usize),
    Moved(usize, u64),
    Answered(usize),
    Refuse(usize),
    Nonsense(usize),
    Leave(usize),
}

fn act() -> impl Strategy<Value = (Act, u64)> {
    let which = 0_usize..40;
    let act = prop_oneof![
        4 => (0_u8..6).prop_map(Act::Arrive),
        4 => which.clone().prop_map(Act::Ask),
        1 => which.clone().prop_map(Act::Look),
        2 => (which.clone(), 0_u64..2_000_000).prop_map(|(w, b)| Act::Moved(w, b)),
        1 => which.clone().prop_map(Act::Answered),
        1 => which.clone().prop_map(Act::Refuse),
        1 => which.clone().prop_map(Act::Nonsense),
        1 => which.prop_map(Act::Leave),
    ];
    (act, 0_u64..2_000)
}

/// Acts as the door does: only what a connection can do where it stands.
fn perform(house: &mut Admission, tickets: &mut Vec<ClientId>, act: Act, now: Instant) {
    let of = |index: usize| tickets.get(index).copied();
    let stands = |id: ClientId, state| (house.state(id) == state).then_some(id);
    match act {
        Act::Arrive(number) => tickets.push(house.arrive(address(number), now)),
        Act::Ask(index) => {
            if let Some(id) = of(index).and_then(|id| stands(id, Waiting)) {
                house.ask(id, now);
            }
        }
        Act::Look(index) => {
            if let Some(id) = of(index) {
                house.look(id, now);
            }
        }
        Act::Moved(index, bytes) => {
            if let Some(id) = of(index).and_then(|id| stands(id, Placed)) {
                house.moved(id, bytes, now);
            }
        }
        Act::Answered(index) => {
            if let Some(id) = of(index).and_then(|id| stands(id, Placed)) {
                house.answered(id, now);
            }
        }
        Act::Refuse(index) => {
            if let Some(id) = of(index).and_then(|id| stands(id, Asking)) {
                house.refuse(id, now);
            }
        }
        Act::Nonsense(index) => {
            if let Some(id) = of(index) {
                house.report_malformed(id, now);
            }
        }
        Act::Leave(index) => {
            if let Some(id) = of(index) {
                house.leave(id, now);
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_clients_do_the_house_stays_within_its_rules(acts in prop::collection::vec(act(), 0..200)) {
        let mut house = house();
        let (mut tickets, mut ms) = (Vec::new(), 0);
        for (act, later) in acts {
            ms += later;
            let before: Vec<ClientState> = tickets.iter().map(|t| house.state(*t)).collect();
            house.changed();
            perform(&mut house, &mut tickets, act, at(ms));
            let changed = house.changed();
            prop_assert!(house.count(Placed) <= RULES.places);
            prop_assert!(house.count(Asking) <= RULES.asking);
            prop_assert!(house.connections.len() <= RULES.connections());
            for number in 0..6 {
                prop_assert!(house.held(address(number), Placed) <= RULES.places_each);
            }
            // Who lost its place or its turn by another's doing hears of it.
            for (id, before) in tickets.iter().zip(before) {
                let now = house.state(*id);
                let own = matches!(act, Act::Ask(i) | Act::Look(i) | Act::Answered(i) | Act::Refuse(i) | Act::Leave(i) if tickets[i.min(tickets.len() - 1)] == *id);
                if before != now && !own {
                    prop_assert!(changed.contains(id), "{before:?} {now:?} after {act:?}");
                }
            }
        }
    }

    #[test]
    fn whoever_waits_alone_of_its_address_stays_while_another_has_two(
        others in prop::collection::vec(1_u8..3, 0..60),
    ) {
        let mut house = house();
        let honest = house.arrive(address(9), at(0));
        for (number, ms) in others.into_iter().zip(1..) {
            house.arrive(address(number), at(ms));
            prop_assert_eq!(house.state(honest), Waiting);
        }
    }

    #[test]
    fn whoever_asks_has_a_place_by_the_time_that_the_slowest_has_had_its_share(
        moved in prop::collection::vec((0_usize..2, 0_u64..30_000), 0..60),
    ) {
        let mut house = house();
        let holders = [1, 2].map(|number| asking(&mut house, number, 0));
        let honest = asking(&mut house, 9, 0);
        for ((which, bytes), step) in moved.into_iter().zip(0..) {
            house.moved(holders[which], bytes, at(step * 200));
        }
        prop_assert_eq!(house.look(honest, Instant::at(SHARE_TIME)), Placed);
    }
}
