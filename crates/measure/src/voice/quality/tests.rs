use proptest::prelude::*;

use super::*;

/// What a network does to packet `i`: ms there, ms back; `None` where it is lost on that way.
type Network = fn(u32) -> (Option<f64>, Option<f64>);

fn at(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

/// A stream of `count` packets over such a network, its reflector an hour off.
fn stream(count: u32, network: Network) -> Vec<PacketExchange> {
    let mut answered = 0;
    (0..count)
        .map(|sequence| {
            let sent = f64::from(sequence) * 20.0;
            let (there, back) = network(sequence);
            let stamps = there.map(|ms| {
                answered += 1;
                let hour = Duration::from_hours(1);
                Stamps {
                    sequence: answered - 1,
                    received: Ntp::since_unix(hour + at(sent + ms)),
                    sent: Ntp::since_unix(hour + at(sent + ms + 1.0)),
                }
            });
            let reply = there.zip(back).map(|(there, back)| PacketReply {
                arrived: at(sent + there + 1.0 + back),
                stamps,
            });
            PacketExchange {
                sequence,
                sent: at(sent),
                reply,
            }
        })
        .collect()
}

fn near(value: Option<f64>, expected: f64) -> bool {
    value.is_some_and(|value| (value - expected).abs() < 0.01)
}

#[test]
fn an_even_link_rates_by_its_delay_alone_whatever_the_reflectors_clock() {
    let call = Call::of(&stream(250, |_| (Some(20.0), Some(30.0))), Codec::G711);
    assert!(near(call.rtt_ms, 50.0), "{call:?}");
    assert!(near(call.jitter_ms, 0.0) && near(call.variation_ms, 0.0));
    assert!(near(call.r_factor, 93.21) && near(call.mos, 4.41));
    assert_eq!((call.loss, call.packets), (Some(0.0), 250));
    assert_eq!(call.method, Method::Stamp);
    assert!(call.is_clean());
    let far = Call::of(&stream(250, |_| (Some(150.0), Some(150.0))), Codec::G711);
    // Ta = 150 + 20 + 20 + 5 = 195 ms.
    let expected = Conversation {
        delay_ms: 195.0,
        loss_percent: 0.0,
        burst_ratio: 1.0,
    };
    assert!(near(far.r_factor, expected.rating(Codec::G711)), "{far:?}");
}

#[test]
fn loss_is_told_apart_by_way_and_the_worse_way_rates() {
    // 5 of 100 lost on the way there, 2 on the way back.
    let call = Call::of(
        &stream(100, |i| {
            let there = (i % 20 != 7).then_some(10.0);
            let back = (i % 50 != 9).then_some(10.0);
            (there, back)
        }),
        Codec::G711,
    );
    assert!(near(call.loss, 0.05), "{call:?}");
    assert!(near(call.r_factor, 77.43), "{call:?}");
    assert!(!call.is_clean());
    let back = Call::of(
        &stream(100, |i| (Some(10.0), (i % 20 != 7).then_some(10.0))),
        Codec::G711,
    );
    assert!(near(back.loss, 0.05) && near(back.r_factor, 77.43));
}

#[test]
fn packets_that_came_twice_hide_no_loss_of_the_way_there() {
    // 5 of 100 lost on the way there; each that came came twice, so that the reflector's count runs ahead.
    let mut exchanges = stream(100, |i| ((i % 20 != 7).then_some(10.0), Some(10.0)));
    let mut duplicates = Duplicates::default();
    for reply in exchanges.iter_mut().filter_map(|e| e.reply.as_mut()) {
        let stamps = reply.stamps.unwrap();
        let sequence = 2 * stamps.sequence;
        reply.stamps = Some(Stamps { sequence, ..stamps });
        let again = Stamps {
            sequence: sequence + 1,
            ..stamps
        };
        duplicates.add(reply, Some(again));
    }
    let there = |duplicates: &Duplicates| {
        let directions = each_way(&exchanges, duplicates);
        directions[0].rate(0..100, 20.0, Codec::G711).unwrap().loss
    };
    assert!(near(Some(there(&duplicates)), 0.05));
    // Unknown, they would be taken for answers that were lost on the way back.
    assert!(near(Some(there(&Duplicates::default())), 0.0));
    let call = Call::of_stream(&exchanges, &duplicates, Codec::G711);
    assert_eq!(call.doubled, Some(95));
    // A copy of the same answer says nothing of the way there.
    let mut copies = Duplicates::default();
    let first = exchanges[0].reply.unwrap();
    copies.add(&first, first.stamps);
    assert_eq!((copies.count, copies.sequences.len()), (1, 0));
}

#[test]
fn two_that_changed_places_are_no_loss() {
    // 5 overtakes 4 on the way there, and 6 is lost.
    let exchanges = stream(40, |i| {
        let there = if i == 4 { 35.0 } else { 10.0 };
        ((i != 6).then_some(there), Some(10.0))
    });
    let mut exchanges = exchanges;
    let counts = [4, 5].map(|i| exchanges[i].reply.unwrap().stamps.unwrap().sequence);
    for (i, sequence) in [(4, counts[1]), (5, counts[0])] {
        let reply = exchanges[i].reply.as_mut().unwrap();
        reply.stamps = reply.stamps.map(|stamps| Stamps { sequence, ..stamps });
    }
    let losses: Vec<f64> = each_way(&exchanges, &Duplicates::default())
        .iter()
        .map(|way| way.rate(0..40, 20.0, Codec::G711).unwrap().loss)
        .collect();
    assert_eq!(losses, [1.0 / 40.0, 0.0]);
}

#[test]
fn ways_add_up_where_an_echo_cannot_tell_them_apart() {
    let mut exchanges = stream(100, |i| {
        ((i % 20 != 7).then_some(10.0), (i % 50 != 9).then_some(10.0))
    });
    for reply in exchanges.iter_mut().filter_map(|e| e.reply.as_mut()) {
        reply.stamps = None;
    }
    let call = Call::of(&exchanges, Codec::G711);
    assert!(near(call.loss, 0.07), "{call:?}");
    assert_eq!(call.method, Method::Echo);
}

#[test]
fn losses_in_runs_are_worse_than_the_same_losses_by_chance() {
    let apart = stream(200, |i| ((i % 20 != 3).then_some(9.0), Some(9.0)));
    let runs = stream(200, |i| ((i % 80 >= 4 || i < 4).then_some(9.0), Some(9.0)));
    let runs = Call::of(&runs, Codec::G711);
    let apart = Call::of(&apart, Codec::G711);
    assert!(runs.loss < apart.loss && runs.r_factor < apart.r_factor.map(|r| r + 5.0));
    let same = stream(200, |i| ((i % 80 >= 5).then_some(9.0), Some(9.0)));
    let same = Call::of(&same, Codec::G711);
    assert!(same.r_factor < apart.r_factor, "{same:?} {apart:?}");
}

#[test]
fn a_packet_too_late_for_the_buffer_counts_as_lost_in_the_rating_alone() {
    let call = Call::of(
        &stream(100, |i| {
            (Some(if i % 50 == 0 { 250.0 } else { 10.0 }), Some(10.0))
        }),
        Codec::G711,
    );
    assert_eq!(call.loss, Some(0.0));
    assert!(near(call.r_factor, 93.2062 - 95.0 * 2.0 / 27.1), "{call:?}");
}

#[test]
fn the_playout_buffer_is_the_one_that_rates_best() {
    let rated = |trip: f64, late: fn(u32) -> f64| {
        let directions = [OneWay(
            (0..200_u32)
                .map(|i| Delivery::Arrived {
                    transit: 10.0 + late(i),
                    at: f64::from(i) * 20.0 + late(i),
                })
                .collect(),
        )];
        let way = directions[0].rate(0..200, trip, Codec::G711).unwrap();
        (way.variation, way.rating)
    };
    let expected = |delay_ms, loss_percent| {
        let burst_ratio = 1.0;
        Conversation {
            delay_ms,
            loss_percent,
            burst_ratio,
        }
        .rating(Codec::G711)
    };
    // One of ten comes 50 ms late. The buffer that waits for it costs nothing while the ear does not notice the delay, so
    // that no packet is lost by the choice of the buffer itself.
    let some_late = |i| if i % 10 == 3 { 50.0 } else { 0.0 };
    let (variation, rating) = rated(20.0, some_late);
    assert!(near(Some(variation), 50.0) && near(Some(rating), 93.21));
    // One in twenty hardly: at the 95th percentile it would just be left out, and one more would just be heard.
    for late in [
        (|i| if i % 20 == 3 { 50.0 } else { 0.0 }) as fn(u32) -> f64,
        |i| if i % 20 == 3 || i == 0 { 50.0 } else { 0.0 },
    ] {
        assert!(near(Some(rated(20.0, late).1), 93.21));
    }
    // Far away each ms counts: 150 ms each way and a buffer of 60 or of 20 are no longer the same.
    let far = rated(300.0, |i| if i % 100 == 3 { 50.0 } else { 0.0 }).1;
    let (waiting, leaving) = (
        expected(150.0 + 60.0 + 25.0, 0.0),
        expected(150.0 + 20.0 + 25.0, 1.0),
    );
    assert!(
        near(Some(far), waiting.max(leaving)),
        "{far} {waiting} {leaving}"
    );
    assert!(leaving > waiting, "{leaving} {waiting}");
}

#[test]
fn a_part_is_rated_by_the_quickest_of_the_whole() {
    // The second half waits 90 ms in a queue throughout, and loses three on the way there.
    let exchanges = stream(100, |i| {
        let there = if i < 50 { 10.0 } else { 100.0 };
        ((![60, 70, 80].contains(&i)).then_some(there), Some(10.0))
    });
    let none = Duplicates::default();
    let part = |range| Call::of_part(&exchanges, range, &none, Codec::G711);
    let (before, after) = (part(0..50), part(50..100));
    assert!(near(before.variation_ms, 0.0) && near(after.variation_ms, 90.0));
    assert_eq!((before.loss, after.loss), (Some(0.0), Some(0.06)));
    assert_eq!((before.packets, after.packets), (50, 50));
    // Alone it would not show that it waits.
    let alone = Call::of_stream(&exchanges[50..], &none, Codec::G711);
    assert!(near(alone.variation_ms, 0.0), "{alone:?}");
    assert!(after.mos < before.mos, "{after:?}");
    assert_eq!(part(90..200).packets, 0);
}

#[test]
fn jitter_is_that_of_rfc_3550() {
    // Transit alternates by 16 ms: J converges to 16 from below, 1/16 of the way each packet.
    let call = Call::of(
        &stream(3, |i| {
            (Some(if i % 2 == 0 { 10.0 } else { 26.0 }), Some(10.0))
        }),
        Codec::G711,
    );
    assert!(near(call.jitter_ms, 1.0 + 15.0 / 16.0), "{call:?}");
    let call = Call::of(
        &stream(400, |i| {
            (Some(if i % 2 == 0 { 10.0 } else { 26.0 }), Some(10.0))
        }),
        Codec::G711,
    );
    assert!(near(call.jitter_ms, 16.0), "{call:?}");
}

#[test]
fn a_link_that_dies_midway_has_lost_the_rest_both_ways() {
    let call = Call::of(
        &stream(100, |i| ((i < 60).then_some(10.0), Some(10.0))),
        Codec::G711,
    );
    assert!(near(call.loss, 0.4), "{call:?}");
    assert!(call.mos < Some(2.0));
}

#[test]
fn without_an_answer_nothing_is_known() {
    let call = Call::of(&stream(50, |_| (None, None)), Codec::G729);
    assert_eq!((call.mos, call.loss, call.rtt_ms), (None, None, None));
    assert_eq!((call.packets, call.codec), (50, Codec::G729));
    assert_eq!(Call::of(&[], Codec::G711).packets, 0);
}

#[test]
fn connections_over_tcp_tell_delay_and_hide_loss() {
    let call = Call::of_connections(&stream(8, |_| (Some(20.0), Some(20.0))), Codec::G711);
    assert_eq!((call.loss, call.method), (None, Method::Tcp));
    assert!(call.mos > Some(4.0) && !call.is_clean());
}

fn any_exchange() -> impl Strategy<Value = (Option<(u64, u32, u64, u64)>, u64)> {
    (
        prop::option::of((0_u64..10_000_000, any::<u32>(), any::<u64>(), any::<u64>())),
        0_u64..40,
    )
}

proptest! {
    #[test]
    fn whatever_a_reflector_writes_the_figures_stay_in_their_ranges(rows in prop::collection::vec(any_exchange(), 0..80)) {
        let exchanges: Vec<PacketExchange> = rows.iter().zip(0_u32..).map(|((reply, jump), sequence)| {
            let sent = Duration::from_millis(u64::from(sequence) * 20 + jump);
            PacketExchange {
                sequence,
                sent,
                reply: reply.map(|(micros, count, received, left)| PacketReply {
                    arrived: sent + Duration::from_micros(micros),
                    stamps: (count % 5 != 0).then_some(Stamps { sequence: count, received: Ntp(received), sent: Ntp(left) }),
                }),
            }
        }).collect();
        for codec in Codec::ALL {
            let call = Call::of(&exchanges, codec);
            prop_assert!(call.mos.is_none_or(|mos| (1.0..=4.5).contains(&mos)));
            prop_assert!(call.r_factor.is_none_or(|r| (0.0..=100.0).contains(&r)));
            prop_assert!(call.loss.is_none_or(|loss| (0.0..=1.0).contains(&loss)));
            prop_assert!(call.rtt_ms.is_none_or(|rtt| (0.0..=10_000.0).contains(&rtt)));
            prop_assert!(call.jitter_ms.is_none_or(|jitter| jitter >= 0.0 && jitter.is_finite()));
        }
    }
}
