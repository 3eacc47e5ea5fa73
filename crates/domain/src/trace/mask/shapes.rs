//! Digits that are long enough to identify someone, in the spellings that modems and people use: in a row, in groups
//! with dashes or blanks, as the hexadecimal of a text (UCS-2 or ASCII), and with the digits of each pair swapped, as
//! a card and a message's PDU hold them.

use std::ops::Range;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Least {
    /// 14 digits or more: an IMEI (where one was asked for its type code is kept), an IMSI, an ICCID.
    Identifier {
        /// Whether an IMEI was asked for.
        imei: bool,
    },
    /// 4 digits or more, of which the last two are kept.
    PhoneNumber,
}

/// The fewest digits of an identifier.
const IDENTIFIER: usize = 14;
/// The fewest digits of a phone number in groups: fewer is a date or a count.
const GROUPED_NUMBER: usize = 6;
/// The fewest hexadecimal digits of something that is hidden as a whole: a message's PDU, a file of the card.
const BLOB: usize = 20;

impl Least {
    fn digits(self) -> usize {
        match self {
            Self::Identifier { .. } => IDENTIFIER,
            Self::PhoneNumber => 4,
        }
    }

    /// How many of the first are kept.
    fn head(self, count: usize) -> usize {
        match self {
            Self::PhoneNumber if count < IDENTIFIER => 0,
            Self::Identifier { imei: true } if count <= 17 => 8,
            _ => 5,
        }
    }
}

/// Hides them, each digit by `fill` but the first and the last.
///
/// What was hidden can make a number of what stands beside it: two numbers may share a group, and zeros have a check
/// digit too. So it goes on until nothing more is found, and what was masked once stays as it is.
pub(super) fn hide(bytes: &mut [u8], least: Least, fill: u8) {
    loop {
        let before = bytes.to_vec();
        hide_found(bytes, least, fill);
        // Each round hides a digit more, so there is a last one.
        if *bytes == before {
            return;
        }
    }
}

fn hide_found(bytes: &mut [u8], least: Least, fill: u8) {
    let texts = hide_hex(bytes, least, fill);
    hide_rows(bytes, &texts, least, fill);
    for signs in [b"-_".as_slice(), b".", b" -_."] {
        hide_groups(bytes, &texts, signs, least, fill);
    }
}

/// Digits in a row, outside the texts that were read as such.
fn hide_rows(bytes: &mut [u8], texts: &[Range<usize>], least: Least, fill: u8) {
    let mut start = 0;
    while start < bytes.len() {
        if let Some(text) = texts.iter().find(|text| text.contains(&start)) {
            start = text.end;
            continue;
        }
        let count = run(&bytes[start..], u8::is_ascii_digit);
        if count >= least.digits() && !is_padded(&bytes[start..start + count]) {
            bytes[start + least.head(count)..start + count - 2].fill(fill);
        }
        start += count.max(1);
    }
}

/// Hexadecimal digits in a row: a text's, or whatever else holds swapped digits. Gives where texts are.
fn hide_hex(bytes: &mut [u8], least: Least, fill: u8) -> Vec<Range<usize>> {
    let mut texts = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let count = run(&bytes[start..], u8::is_ascii_hexdigit);
        let run = &mut bytes[start..start + count];
        if count >= IDENTIFIER && hide_text(run, least) {
            texts.push(start..start + count);
        } else if count >= IDENTIFIER {
            hide_blob(run, fill);
        }
        start += count.max(1);
    }
    texts
}

/// Hides what a text in hexadecimal says; whether it is one. A name stays readable.
fn hide_text(run: &mut [u8], least: Least) -> bool {
    for width in [4, 2] {
        let Some(mut text) = decode(run, width) else {
            continue;
        };
        let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
        // Two digits a letter may as well be a number of somebody, but for one that is too long to be one.
        if width == 4 || digits >= IDENTIFIER {
            hide(&mut text, least, b'0');
            encode(&text, width, run);
            return true;
        }
    }
    false
}

/// Hides the digits of a message's PDU, of a card's file, of a number with hexadecimal digits in it.
fn hide_blob(run: &mut [u8], fill: u8) {
    let digits = run.iter().filter(|b| b.is_ascii_digit()).count();
    let filler = run
        .iter()
        .rev()
        .take_while(|b| b.eq_ignore_ascii_case(&b'F'))
        .count();
    // Digits alone, a filler behind them or not, are a row like others; and letters alone may be a text.
    let mixed = digits + filler < run.len() && decode(run, 2).is_none() && !is_padded(run);
    if mixed && (run.len() >= BLOB || digits >= IDENTIFIER - 4) {
        let end = run.len() - 2;
        let inner = run[5..end].iter_mut().filter(|b| b.is_ascii_digit());
        inner.for_each(|b| *b = fill);
    }
}

/// A cell's number or a mask of bands, filled with zeros; no identifier begins with four.
fn is_padded(run: &[u8]) -> bool {
    run.starts_with(b"0000") && run.len() <= 16
}

/// The ASCII text whose letters are written as `width` hexadecimal digits each.
fn decode(run: &[u8], width: usize) -> Option<Vec<u8>> {
    if !run.len().is_multiple_of(width) {
        return None;
    }
    let letter = |digits: &[u8]| {
        let code = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        // Letters of other alphabets stand for themselves; none of them is a digit.
        match code {
            0x20..=0x7E => u8::try_from(code).ok(),
            0xA0..=0x24F if width == 4 => Some(b'?'),
            _ => None,
        }
    };
    run.chunks(width).map(letter).collect()
}

/// Writes back the digits that were hidden; everything else stands as it stood.
fn encode(text: &[u8], width: usize, run: &mut [u8]) {
    for (letter, digits) in text.iter().zip(run.chunks_mut(width)) {
        if letter.is_ascii_digit() {
            digits[width - 1] = *letter;
            digits[width - 2] = b'3';
        }
    }
}

/// Groups of digits with one of these signs between them each.
fn hide_groups(bytes: &mut [u8], texts: &[Range<usize>], signs: &[u8], least: Least, fill: u8) {
    let mut start = 0;
    while start < bytes.len() {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let goes_on = |at: usize| {
            let next = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            bytes[at].is_ascii_digit() || signs.contains(&bytes[at]) && next
        };
        let end = (start..bytes.len())
            .find(|at| !goes_on(*at))
            .unwrap_or(bytes.len());
        let inside = |text: &Range<usize>| text.start < end && start < text.end;
        if !texts.iter().any(inside)
            && let Some(whose) = someones(bytes, start..end, signs, least)
        {
            let places: Vec<usize> = whose.filter(|at| bytes[*at].is_ascii_digit()).collect();
            let count = places.len();
            for place in &places[least.head(count)..count - 2] {
                bytes[*place] = fill;
            }
        }
        start = end;
    }
}

/// The part of grouped digits that is a number of somebody, and not an address, a table's row or a list of codes.
fn someones(bytes: &[u8], chain: Range<usize>, signs: &[u8], least: Least) -> Option<Range<usize>> {
    let groups: Vec<&[u8]> = bytes[chain.clone()]
        .split(|b| !b.is_ascii_digit())
        .collect();
    let count: usize = groups.iter().map(|group| group.len()).sum();
    let number = matches!(least, Least::PhoneNumber) && count >= GROUPED_NUMBER;
    if groups.len() < 2 || !number && count < IDENTIFIER {
        return None;
    }
    let whole = match signs {
        // Addresses and versions are written so too.
        b"." => count <= 16 && !is_address(&groups) && is_usual(&groups),
        b"-_" => !is_of_uuid(bytes, chain.start, chain.end),
        // An address has its dots, whatever stands beside it.
        _ => number && !bytes[chain.clone()].contains(&b'.'),
    };
    if whole {
        return Some(chain);
    }
    // Blanks stand between the columns of tables too, so only the usual groups of an identifier are one.
    let windows =
        (0..groups.len()).flat_map(|from| (from + 2..=groups.len()).map(move |to| from..to));
    let window = windows
        .rev()
        .find(|window| signs.contains(&b' ') && is_usual(&groups[window.clone()]))?;
    let length = |groups: &[&[u8]]| groups.iter().map(|group| group.len() + 1).sum::<usize>();
    let start = chain.start + length(&groups[..window.start]);
    Some(start..start + length(&groups[window]) - 1)
}

/// Addresses of IPv4 and IPv6 as 27.007 writes them, with and without their masks.
fn is_address(groups: &[&[u8]]) -> bool {
    let octet = |group: &&[u8]| group.len() < 3 || group.len() == 3 && *group <= b"255".as_slice();
    groups.iter().all(octet) && [4, 8, 16, 32].contains(&groups.len())
}

/// Whether groups are as people write an IMEI, check its digit, or begin as a card's number does.
fn is_usual(groups: &[&[u8]]) -> bool {
    const USUAL: &[&[usize]] = &[
        &[2, 6, 6, 1],
        &[2, 6, 6, 2],
        &[6, 2, 6, 1],
        &[6, 2, 6, 2],
        &[8, 6, 1],
        &[8, 6, 2],
    ];
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let number = groups.concat();
    USUAL.contains(&lengths.as_slice())
        || number.len() == 15 && luhn(&number)
        || number.starts_with(b"89") && (18..=22).contains(&number.len())
}

/// Whether what stands here is the end of 8-4-4-4-12 hexadecimal digits.
fn is_of_uuid(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_part = |b: &u8| b.is_ascii_hexdigit() || *b == b'-';
    let before = bytes[..start]
        .iter()
        .rev()
        .take_while(|b| is_part(b))
        .count();
    let after = run(&bytes[end..], is_part);
    let whole = &bytes[start - before..end + after];
    let lengths: Vec<usize> = whole.split(|b| *b == b'-').map(<[u8]>::len).collect();
    lengths == [8, 4, 4, 4, 12] && whole.iter().any(u8::is_ascii_alphabetic)
}

/// Whether the last digit checks the others, as an IMEI's does (23.003 annex B).
fn luhn(number: &[u8]) -> bool {
    let weigh = |(at, digit): (usize, &u8)| match (at % 2, (digit - b'0') * 2) {
        (0, twice) => u32::from(twice / 2),
        (_, twice) => u32::from(twice / 10 + twice % 10),
    };
    number.iter().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

fn run(bytes: &[u8], fits: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|b| fits(b)).count()
}
