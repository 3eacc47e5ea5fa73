//! Telephone numbers in whatever text: international ones behind their sign, French ones by their ten digits.

use std::ops::Range;

/// The digits of an international number behind its sign, or its two zeros.
const INTERNATIONAL: Range<usize> = 8..16;
/// The digits of a French one.
const NATIONAL: usize = 10;

/// Hides all but the last two digits of each.
pub(super) fn hide(bytes: &mut [u8], fill: u8) {
    let mut at = 0;
    while at < bytes.len() {
        let inner =
            at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b".*".contains(&bytes[at - 1]));
        let places = if inner { Vec::new() } else { digits(bytes, at) };
        match places.last() {
            Some(last) if is_number(bytes, at, &places) => {
                for place in &places[..places.len() - 2] {
                    bytes[*place] = fill;
                }
                at = last + 1;
            }
            _ => at += 1,
        }
    }
}

/// The places of the digits of a run that begins here, with single signs between groups of them.
fn digits(bytes: &[u8], start: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = start + usize::from(bytes[start] == b'+');
    while at < bytes.len() {
        let sign = matches!(bytes[at], b' ' | b'.' | b'-' | b'(' | b')');
        let next = bytes
            .get(at + 1)
            .is_some_and(|b| b.is_ascii_digit() || *b == b'(');
        if bytes[at].is_ascii_digit() {
            places.push(at);
        } else if !(sign && next && !places.is_empty()) {
            break;
        }
        at += 1;
    }
    places
}

fn is_number(bytes: &[u8], start: usize, places: &[usize]) -> bool {
    let Some(last) = places.last() else {
        return false;
    };
    let text: Vec<u8> = places.iter().map(|at| bytes[*at]).collect();
    let goes_on = bytes
        .get(last + 1)
        .is_some_and(|b| b.is_ascii_alphanumeric() || b"*:".contains(b));
    // What is all zeros but for its end was hidden before.
    if goes_on
        || text[..text.len() - 2.min(text.len())]
            .iter()
            .all(|b| *b == b'0')
    {
        return false;
    }
    match bytes[start] {
        b'+' => INTERNATIONAL.contains(&text.len()),
        b'0' if text.len() == NATIONAL => text[1] != b'0' && is_grouped(places),
        b'0' if text.starts_with(b"00") => (12..16).contains(&text.len()) && text[2] != b'0',
        _ => false,
    }
}

/// Whether digits stand together, or in pairs as a French number is written.
fn is_grouped(places: &[usize]) -> bool {
    let pairs = places.chunks(2).all(|pair| pair[1] == pair[0] + 1);
    let row = places.last().zip(places.first());
    pairs || row.is_some_and(|(last, first)| last - first < places.len() + 1)
}
