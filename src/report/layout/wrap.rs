//! Lines of a width: where a text is broken, and where it is not.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

/// Stands for a space that may not be broken at and is a plain one again in the end.
pub(super) const HELD: char = '\u{e000}';

/// What is quoted and no longer than this is never broken: it is there to be copied, and the narrowest page has room.
pub(super) const QUOTE: usize = 36;

/// No-break spaces: the French catalogue's own, and those that hold a number to its unit.
pub(super) const NO_BREAK: [char; 2] = ['\u{a0}', '\u{202f}'];

/// The longest word of a line, the first one with the blanks before it, which stay.
pub(super) fn longest_word(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let widths = text.split(' ').enumerate();
    let widths = widths.map(|(at, word)| word.width() + if at == 0 { indent } else { 0 });
    widths.max().unwrap_or(0)
}

/// Lines of at most `width` columns, broken at blanks. No-break spaces hold, and so does what is quoted, as long as a
/// line has room for it; a longer word is broken behind a mark, a word without one where the line ends.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let words = text.trim_start_matches(' ');
    let mut lines = Vec::new();
    let mut line = text[..text.len() - words.len()].to_owned();
    let mut is_bare = true;
    let fitting = words.split(' ').flat_map(|word| fitted(word, width));
    for (piece, follows) in fitting {
        let blank = usize::from(follows);
        if !is_bare && line.width() + blank + piece.width() > width {
            lines.push(std::mem::take(&mut line));
        } else if !is_bare && follows {
            line.push(' ');
        }
        line.push_str(&piece);
        is_bare = false;
    }
    lines.push(line);
    lines
}

/// A word in pieces that a line has room for, each with whether a blank stands before it.
fn fitted(word: &str, width: usize) -> Vec<(String, bool)> {
    let is_quoted = word.contains(HELD);
    if word.width() <= width || (is_quoted && word.width() <= QUOTE) {
        return vec![(word.to_owned(), true)];
    }
    if is_quoted {
        let words = word.split(HELD).flat_map(|word| fitted(word, width));
        return words.collect();
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut is_first = true;
    for c in word.chars() {
        if piece.width() + c.width().unwrap_or(0) > width {
            let marked = piece.rfind(['/', '?', '&', '=', ',', ';', ':', '-', '_', '.', '@']);
            let end = marked.map_or(piece.len(), |at| at + 1);
            // A no-break space gives way before a word does, and leaves nothing behind.
            let end = piece.rfind(NO_BREAK).unwrap_or(end);
            let rest = piece.split_off(end);
            let rest = rest.trim_start_matches(NO_BREAK).to_owned();
            pieces.push((std::mem::replace(&mut piece, rest), is_first));
            is_first = false;
        }
        piece.push(c);
    }
    pieces.push((piece, is_first));
    pieces
}
