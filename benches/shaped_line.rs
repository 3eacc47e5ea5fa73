//! A link with delay, loss and a rate that may move, between two network namespaces: what `benches/side_by_side.sh` measures
//! where the kernel has no netem. It is for that bench alone, takes root, and runs until it is ended.
//!
//! ```sh
//! shaped_line CLIENT SERVER delay=MS down=KBIT up=KBIT [loss=PERCENT] [moving]
//! ```

#[path = "../tests/netns/relay.rs"]
mod relay;

use std::time::Duration;

use relay::{Harm, Lane, Speed};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| {
        let mut values = words
            .iter()
            .filter_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        values
            .next()
            .map_or(0.0, |value| value.parse().expect("a number"))
    };
    let speed = |name: &str| {
        if words.iter().any(|word| word == "moving") {
            Speed::Moving(number(name))
        } else {
            Speed::Even(number(name))
        }
    };
    let lane = |speed| Lane {
        speed,
        delay: Duration::from_secs_f64(number("delay") / 1000.0),
        buffer: Duration::from_secs(1),
        lost: number("loss") / 100.0,
        harm: Harm::default(),
    };
    relay::join(
        (&words[0], &words[1]),
        [lane(speed("up")), lane(speed("down"))],
        0,
    );
    loop {
        std::thread::park();
    }
}
