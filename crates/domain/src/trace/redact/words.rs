//! Words that are known to be private: names of the machine and of its people, their folders, their secrets; and their
//! spellings in hexadecimal inside of something that is no text.

use super::view::{Edit, View};
use super::{Private, hex, mask};

/// A word to look for.
#[derive(Debug)]
pub(super) struct Word {
    /// In small letters, but for a secret.
    text: String,
    /// What stands in its place.
    by: Stand,
    /// Whether it counts only where no letter or digit stands beside it.
    alone: bool,
    /// Whether capital and small letters are the same.
    any_case: bool,
}

/// What stands in the place of a word.
#[derive(Debug, Clone, Copy)]
enum Stand {
    Text(&'static str),
    /// As many stars.
    Stars,
}

/// Names that name nobody.
const COMMON: &[&str] = &[
    "admin",
    "at",
    "debian",
    "gateway",
    "guest",
    "home",
    "host",
    "localhost",
    "lte",
    "modem",
    "opensim",
    "pi",
    "root",
    "router",
    "sim",
    "test",
    "ubuntu",
    "user",
];
/// Passwords that carriers publish, and words of the documents: no secret, and needed.
const PUBLIC: &[&str] = &[
    "bouygues", "data", "free", "guest", "internet", "none", "null", "open", "orange", "pass",
    "password", "test", "user", "wap",
];
/// The fewest letters of a name or a secret that is looked for.
const SHORTEST: usize = 3;
/// The fewest letters of one that is looked for in hexadecimal without its borders.
const SHORTEST_HEX: usize = 4;
/// A secret of as many signs is no part of anything else.
const LONG_SECRET: usize = 8;

/// What stands between the folders of a path.
const SEPARATORS: [char; 2] = ['/', '\\'];

/// The words of what is known, longest first.
pub(super) fn of(private: &Private) -> Vec<Word> {
    let mut words = Vec::new();
    for home in &private.homes {
        let home = home.trim_end_matches(SEPARATORS);
        // `/root` and `/` are everybody's.
        if home.matches(SEPARATORS).count() > 1 {
            name(&mut words, home, "~");
        }
    }
    for (names, by) in [(&private.hosts, "<host>"), (&private.users, "<user>")] {
        for text in names {
            name(&mut words, text, by);
        }
    }
    for secret in private.secrets.iter().cloned().chain(mask::secrets()) {
        if secret.len() > SHORTEST && !PUBLIC.contains(&secret.to_lowercase().as_str()) {
            spell(&mut words, &secret);
            words.push(Word {
                alone: secret.len() < LONG_SECRET,
                text: secret,
                by: Stand::Stars,
                any_case: false,
            });
        }
    }
    for station in &private.stations {
        let text = station.map(|byte| format!("{byte:02x}")).concat();
        let by = Stand::Stars;
        words.push(Word {
            text,
            by,
            alone: false,
            any_case: true,
        });
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
    words
}

fn name(words: &mut Vec<Word>, text: &str, by: &'static str) {
    let text = text.trim().to_lowercase();
    if text.chars().count() < SHORTEST || COMMON.contains(&text.as_str()) {
        return;
    }
    spell(words, &text);
    words.push(Word {
        text,
        by: Stand::Text(by),
        alone: true,
        any_case: true,
    });
}

/// The spellings of a word in hexadecimal: of its bytes, of UCS-2 with either half first.
fn spell(words: &mut Vec<Word>, text: &str) {
    if text.len() < SHORTEST_HEX {
        return;
    }
    let units = || text.encode_utf16();
    let spellings: [String; 3] = [
        hex::of_bytes(text.bytes()),
        hex::of_units(units()),
        hex::of_units(units().map(u16::swap_bytes)),
    ]
    .map(|text| text.to_lowercase());
    words.extend(spellings.map(|text| Word {
        text,
        by: Stand::Stars,
        alone: false,
        any_case: true,
    }));
}

/// Where they stand.
pub(super) fn find(words: &[Word], view: &View, joined: bool) -> Vec<Edit> {
    let text = view.text();
    let lower = text.to_ascii_lowercase();
    let mut edits: Vec<Edit> = Vec::new();
    for word in words {
        let among = if word.any_case { &lower } else { text };
        for (start, found) in among.match_indices(&word.text) {
            let range = start..start + found.len();
            let borders = |at: usize, beside: Option<char>| {
                view.has_gap(at) || !beside.is_some_and(char::is_alphanumeric)
            };
            let alone = borders(range.start, text[..range.start].chars().next_back())
                && borders(range.end, text[range.end..].chars().next());
            if word.alone && !alone || joined && !view.is_cut(&range) {
                continue;
            }
            let by = match word.by {
                Stand::Text(by) => by.to_owned(),
                Stand::Stars => "*".repeat(found.len()),
            };
            edits.push((range, by));
        }
    }
    // The longer word where two stand in one place.
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    edits.retain(|(range, _)| {
        let free = range.start >= end;
        end = end.max(range.end);
        free
    });
    edits
}
