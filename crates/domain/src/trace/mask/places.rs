//! Where the modem is: what its satellite receiver says, in its own sentences and in a vendor's.
//!
//! The numbers of cells are no position here: support needs them, and they are said to be kept.

/// What stands in the names of commands that tell a position.
const NAMES: &[&[u8]] = &[b"GPS", b"GNS", b"LOC", b"CLBS"];
/// A word before a coordinate.
const WORDS: &[&[u8]] = &[b"lat", b"latitude", b"lon", b"lng", b"longitude"];
/// Decimals of a coordinate that stands beside another: fewer are a house's street at best.
const PRECISE: usize = 3;

/// Hides the digits of positions by their shape.
pub(super) fn hide(bytes: &mut [u8], fill: u8) {
    let mut start = 0;
    while start < bytes.len() {
        let length = bytes[start..].iter().take_while(|b| **b != b'\n').count();
        let line = &mut bytes[start..start + length];
        hide_sentence(line, fill);
        hide_hemispheres(line, fill);
        hide_pairs(line, fill);
        hide_named(line, fill);
        start += length + 1;
    }
}

/// Hides the fractions of an answer to a command that asks for a position.
pub(super) fn hide_answer(line: &mut [u8], upper: &[u8], fill: u8) {
    let Some(colon) = upper.iter().position(|b| *b == b':') else {
        return;
    };
    let holds = |name: &&[u8]| super::positions(&upper[..colon], name).next().is_some();
    if !super::SIGNS.contains(upper.first().unwrap_or(&b' ')) || !NAMES.iter().any(holds) {
        return;
    }
    for field in line[colon + 1..].split_mut(|b| *b == b',') {
        if field.contains(&b'.') {
            fill_digits(field, fill);
        }
    }
}

/// `$GPGGA,123519,4807.038,N,...`
fn hide_sentence(line: &mut [u8], fill: u8) {
    let begins = |at: &usize| {
        let name = line.get(at + 1..at + 6).unwrap_or_default();
        line[*at] == b'$' && name.starts_with(b"G") && name.iter().all(u8::is_ascii_uppercase)
    };
    let found = (0..line.len()).find(begins);
    if let Some(at) = found {
        fill_digits(&mut line[at + 6..], fill);
    }
}

/// `4807.038,N`, `3150.7820N`, `48°51'24"N`.
fn hide_hemispheres(line: &mut [u8], fill: u8) {
    for at in 0..line.len() {
        let alone = !line.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !b"NSEW".contains(&line[at]) || !alone {
            continue;
        }
        let sign = |b: &u8| b.is_ascii_digit() || b".,\"' ".contains(b) || !b.is_ascii();
        let length = line[..at].iter().rev().take_while(|b| sign(b)).count();
        let part = &mut line[at - length..at];
        // Only the last number is the hemisphere's.
        let number = last_number(part);
        let degrees = part[number.clone()].contains(&b'.') || !part[number.clone()].is_ascii();
        let behind = part.len() - number.end;
        if degrees && behind <= 3 {
            fill_digits(&mut part[number], fill);
        }
    }
}

/// The last number of a part, with the signs of degrees, minutes and seconds in it.
fn last_number(part: &[u8]) -> std::ops::Range<usize> {
    let end = part
        .iter()
        .rposition(u8::is_ascii_digit)
        .map_or(0, |at| at + 1);
    let whole = |b: &&u8| b.is_ascii_digit() || **b == b'.' || !b.is_ascii() || **b == b'\'';
    let length = part[..end].iter().rev().take_while(whole).count();
    end - length..end
}

/// `48.85661, 2.35222`: two fractions that can be degrees, and little between them.
fn hide_pairs(line: &mut [u8], fill: u8) {
    let numbers = fractions(line);
    for pair in numbers.windows(2) {
        let between = &line[pair[0].end..pair[1].start];
        let near = between.len() <= 4
            && between.iter().any(|b| b" ,;/|".contains(b))
            && between.iter().all(|b| b" ,;/|-+\"NSEW".contains(b));
        if near && pair.iter().all(|number| is_precise(&line[number.clone()])) {
            for number in pair {
                fill_digits(&mut line[number.clone()], fill);
            }
        }
    }
}

/// `latitude = 48.8566`
fn hide_named(line: &mut [u8], fill: u8) {
    let lower = line.to_ascii_lowercase();
    for number in fractions(line) {
        let before = &lower[..number.start];
        let signs = |b: &&u8| b" :=\"'-+".contains(b);
        let end = before.len() - before.iter().rev().take_while(signs).count();
        let letters = |b: &&u8| b.is_ascii_alphanumeric();
        let start = end - before[..end].iter().rev().take_while(letters).count();
        if WORDS.contains(&&before[start..end]) {
            fill_digits(&mut line[number], fill);
        }
    }
}

/// Digits, a dot, digits.
fn fractions(line: &[u8]) -> Vec<std::ops::Range<usize>> {
    let fits = |b: &&u8| b.is_ascii_digit() || **b == b'.';
    let (mut at, mut found) = (0, Vec::new());
    while at < line.len() {
        let length = line[at..].iter().take_while(fits).count();
        let number = &line[at..at + length];
        let mut dots = number.iter().filter(|b| **b == b'.');
        if dots.next().is_some() && dots.next().is_none() && number[0] != b'.' {
            found.push(at..at + length);
        }
        at += length.max(1);
    }
    found
}

fn is_precise(number: &[u8]) -> bool {
    let mut parts = number.split(|b| *b == b'.');
    let whole = parts.next().map_or(0, <[u8]>::len);
    (1..=3).contains(&whole) && parts.next().map_or(0, <[u8]>::len) >= PRECISE
}

fn fill_digits(part: &mut [u8], fill: u8) {
    part.iter_mut()
        .filter(|b| b.is_ascii_digit())
        .for_each(|b| *b = fill);
}
