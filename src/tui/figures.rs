//! Large figures, from a few dots each: read from where the antenna is.

use ratatui::style::{Modifier, Style};

use super::pen::Pen;

/// How many rows of dots a figure has; the last is the comma's alone.
const ROWS: usize = 6;

/// The dots of a sign, row by row from the top, the leftmost in the highest of `width` bits.
struct Sign {
    width: u16,
    dots: [u8; ROWS],
}

fn sign(letter: char) -> Option<Sign> {
    let (width, dots) = match letter {
        '0' => (3, [0b111, 0b101, 0b101, 0b101, 0b111, 0]),
        '1' => (3, [0b010, 0b110, 0b010, 0b010, 0b111, 0]),
        '2' => (3, [0b111, 0b001, 0b111, 0b100, 0b111, 0]),
        '3' => (3, [0b111, 0b001, 0b111, 0b001, 0b111, 0]),
        '4' => (3, [0b101, 0b101, 0b111, 0b001, 0b001, 0]),
        '5' => (3, [0b111, 0b100, 0b111, 0b001, 0b111, 0]),
        '6' => (3, [0b111, 0b100, 0b111, 0b101, 0b111, 0]),
        '7' => (3, [0b111, 0b001, 0b001, 0b001, 0b001, 0]),
        '8' => (3, [0b111, 0b101, 0b111, 0b101, 0b111, 0]),
        '9' => (3, [0b111, 0b101, 0b111, 0b001, 0b111, 0]),
        '-' => (2, [0, 0, 0b11, 0, 0, 0]),
        ',' => (1, [0, 0, 0, 0, 1, 1]),
        '.' => (1, [0, 0, 0, 0, 1, 0]),
        _ => return None,
    };
    Some(Sign { width, dots })
}

/// Seven segments of ASCII, for a terminal that has no blocks.
fn segments(letter: char) -> Option<[&'static str; 3]> {
    Some(match letter {
        '0' => [" _ ", "| |", "|_|"],
        '1' => ["   ", "  |", "  |"],
        '2' => [" _ ", " _|", "|_ "],
        '3' => [" _ ", " _|", " _|"],
        '4' => ["   ", "|_|", "  |"],
        '5' => [" _ ", "|_ ", " _|"],
        '6' => [" _ ", "|_ ", "|_|"],
        '7' => [" _ ", "  |", "  |"],
        '8' => [" _ ", "|_|", "|_|"],
        '9' => [" _ ", "|_|", " _|"],
        '-' => ["  ", "__", "  "],
        ',' | '.' => [" ", " ", "."],
        _ => return None,
    })
}

/// Draws a number, `scale` times as large as the smallest, which has three rows; gives the column behind it.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    x: u16,
    y: u16,
    number: &str,
    scale: u16,
    style: Style,
) -> u16 {
    let style = style.add_modifier(Modifier::BOLD);
    let mut at = x;
    for letter in number.chars() {
        if pen.look.ascii {
            let Some(rows) = segments(letter) else {
                continue;
            };
            for (row, signs) in (0..).zip(rows) {
                pen.drawn(at, y + row, signs, style);
            }
            at += u16::try_from(rows[0].len()).unwrap_or(3) + 1;
        } else if let Some(sign) = sign(letter) {
            if scale > 1 {
                large(pen, at, y, &sign, style);
            } else {
                small(pen, at, y, &sign, style);
            }
            at += sign.width * scale + 1;
        }
    }
    at.saturating_sub(1)
}

/// Whether a dot is set.
fn dot(sign: &Sign, column: u16, row: usize) -> bool {
    sign.dots[row] >> (sign.width - 1 - column) & 1 == 1
}

/// Two dots a cell, one above the other.
fn small(pen: &mut Pen<'_>, x: u16, y: u16, sign: &Sign, style: Style) {
    for (row, top) in (0..).zip((0..ROWS).step_by(2)) {
        for column in 0..sign.width {
            let cell = match (dot(sign, column, top), dot(sign, column, top + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => continue,
            };
            pen.drawn(x + column, y + row, cell, style);
        }
    }
}

/// Two cells a dot, side by side.
fn large(pen: &mut Pen<'_>, x: u16, y: u16, sign: &Sign, style: Style) {
    for (row, top) in (0..).zip(0..ROWS) {
        for column in (0..sign.width).filter(|column| dot(sign, *column, top)) {
            pen.drawn(x + 2 * column, y + row, "██", style);
        }
    }
}
