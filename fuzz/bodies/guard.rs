//! The guard against any command line, and what has to hold. `tests/fuzz_standin.rs` runs the same on a stable
//! toolchain.

use opensim::dialect::commands::{self, Effect};
use opensim::guard::{Leave, check};

/// Looks at the bytes as a command line.
///
/// # Panics
/// When a line that must not pass does, with or without force.
pub(crate) fn guard(data: &[u8]) {
    for line in data.split(|b| *b == b'\n') {
        for line in [line.to_vec(), [b"AT", line].concat()] {
            look_at(&line);
        }
    }
}

fn look_at(line: &[u8]) {
    let (asked, forced) = (check(line, &Leave::NONE), check(line, &Leave::forced()));
    assert!(
        asked.is_err() || forced.is_ok(),
        "force forbids what passes"
    );
    let ended = [line, b"\r"].concat();
    if !line.ends_with(b"\r") {
        assert_eq!(check(&ended, &Leave::forced()), forced);
    }
    if forced.is_err() {
        return;
    }
    let text = String::from_utf8_lossy(line).to_uppercase();
    let text = text.trim_end_matches('\r');
    let folded: String = text.chars().filter(|c| *c != ' ').collect();
    assert!(!text.chars().any(char::is_control), "{text:?}");
    for (at, word) in folded.match_indices("+COPS=") {
        let rest = &folded[at + word.len()..];
        assert!(rest.starts_with('?') || rest.starts_with("3,"), "{text:?}");
    }
    let never = |effect| !matches!(effect, Effect::Restart | Effect::Detach);
    for (name, _) in commands::effects().filter(|(_, effect)| never(*effect)) {
        for (at, _) in folded.match_indices(&format!("{name}=")) {
            let rest = folded[at + name.len()..]
                .split(';')
                .next()
                .unwrap_or_default();
            let reads = ["176", "178", "192", "242"].map(|read| format!("={read},"));
            let card = name == "+CRSM"
                && reads
                    .iter()
                    .any(|read| format!("{rest},").starts_with(read));
            let whole = commands::is_harmless(&format!("{name}{rest}"));
            assert!(rest == "=?" || card || whole, "{text:?}");
        }
    }
}
