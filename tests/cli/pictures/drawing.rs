//! A terminal's screen as an SVG of text: a row a line, colours by name, so that a reader's light or dark is theirs.

use std::fmt::Write as _;

/// A cell's width, a row's height and the margin, in the picture's own measure.
const CELL: (u32, u32) = (9, 19);
const MARGIN: u32 = 18;

/// Colours stand out from their ground by more than 4.5 to 1, on white and on black.
const STYLE: &str = "\
.g{fill:#fff;stroke:#d0d7de}\
text{fill:#1f2328;font:15px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}\
rect{fill:#1f2328}\
.b{font-weight:700}.d{fill:#57606a}.r{fill:#a40e26}.v{fill:#116329}.y{fill:#7d4e00}.u{fill:#0550ae}\
@media(prefers-color-scheme:dark){.g{fill:#0d1117;stroke:#3d444d}text,rect{fill:#e6edf3}.g{fill:#0d1117}\
.d{fill:#9198a1}.r{fill:#ff7b72}.v{fill:#3fb950}.y{fill:#d29922}.u{fill:#79c0ff}}";

/// What a cell shows, and its classes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    letter: char,
    look: String,
}

pub(super) type Row = Vec<Cell>;

/// A row of plain letters.
pub(super) fn plain(text: &str) -> Row {
    let cell = |letter| Cell {
        letter,
        look: String::new(),
    };
    text.chars().map(cell).collect()
}

/// What says that something was left out.
pub(super) fn gap() -> [Row; 2] {
    [plain("[…]"), Row::new()]
}

pub(super) fn text(row: &Row) -> String {
    row.iter().map(|cell| cell.letter).collect()
}

/// The rows of a screen down to the last that shows something.
pub(super) fn rows(screen: &vt100::Screen) -> Vec<Row> {
    let (height, width) = screen.size();
    let mut rows: Vec<Row> = (0..height.get())
        .map(|at| {
            let mut row: Row = (0..width.get())
                .map(|column| cell(screen, at, column))
                .collect();
            while row.last().is_some_and(|cell| cell.letter == ' ') {
                row.pop();
            }
            row
        })
        .collect();
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    rows
}

fn cell(screen: &vt100::Screen, row: u16, column: u16) -> Cell {
    let Some(cell) = screen.cell(row, column) else {
        return plain(" ").remove(0);
    };
    let letter = cell.contents().chars().next().unwrap_or(' ');
    let mut look = Vec::new();
    look.extend(match cell.fgcolor() {
        vt100::Color::Idx(1 | 9) => Some("r"),
        vt100::Color::Idx(2 | 10) => Some("v"),
        vt100::Color::Idx(3 | 11) => Some("y"),
        vt100::Color::Idx(4 | 6 | 12 | 14) => Some("u"),
        vt100::Color::Idx(8) => Some("d"),
        _ => None,
    });
    look.extend(cell.bold().then_some("b"));
    look.extend(cell.dim().then_some("d"));
    Cell {
        letter,
        look: look.join(" "),
    }
}

/// The picture, below the line that was typed.
pub(super) fn drawn(typed: &str, rows: &[Row]) -> String {
    let prompt: Row = plain("$ ")
        .into_iter()
        .chain(plain(typed).into_iter().map(|cell| Cell {
            look: "b".to_owned(),
            ..cell
        }))
        .collect();
    let all: Vec<&Row> = std::iter::once(&prompt).chain(rows).collect();
    let count = u32::try_from(all.len()).expect("a screen");
    let (width, height) = (80 * CELL.0 + 2 * MARGIN, count * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"g\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        escaped(typed),
        width - 1,
        height - 1
    );
    for (row, at) in all.into_iter().zip(0..) {
        draw_row(&mut svg, row, MARGIN + at * CELL.1);
    }
    svg + "</svg>\n"
}

/// A row: letters of one look side by side are one text, which keeps its width whatever the letters' own is.
fn draw_row(svg: &mut String, row: &Row, top: u32) {
    let mut column = 0;
    for run in runs(row) {
        let blanks = run.iter().take_while(|cell| cell.letter == ' ').count();
        let count = |cells: usize| u32::try_from(cells).expect("a row");
        let left = MARGIN + (column + count(blanks)) * CELL.0;
        column += count(run.len());
        let run = &run[blanks..];
        let Some(Cell {
            letter: first,
            look,
        }) = run.first()
        else {
            continue;
        };
        let cells = count(run.len());
        let class = if look.is_empty() {
            String::new()
        } else {
            format!(" class=\"{look}\"")
        };
        let width = cells * CELL.0;
        let line = if let Some((up, down, right, fill)) = block(*first) {
            let share = |of: u32, eighths: u32| f64::from(of) * f64::from(eighths) / 8.0;
            // One that is not filled to its right end is one cell.
            let wide = if right == 8 {
                f64::from(width)
            } else {
                share(CELL.0, right)
            };
            let faint = if fill < 8 {
                format!(" opacity=\"{}\"", f64::from(fill) / 8.0)
            } else {
                String::new()
            };
            format!(
                "<rect{class} x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"{}\"{faint}/>",
                f64::from(top) + share(CELL.1, up),
                share(CELL.1, down - up),
            )
        } else {
            let letters: String = run.iter().map(|cell| cell.letter).collect();
            let letters = escaped(&letters.replace('\u{202f}', "\u{a0}"));
            let foot = top + 14;
            format!(
                "<text{class} x=\"{left}\" y=\"{foot}\" textLength=\"{width}\">{letters}</text>"
            )
        };
        let _ = writeln!(svg, "{line}");
    }
}

/// A row cut where its look changes, where a block begins or ends, and at blanks between columns.
fn runs(row: &Row) -> Vec<&[Cell]> {
    let mut runs = Vec::new();
    let mut from = 0;
    for at in 1..=row.len() {
        let cut = row.get(at).is_none_or(|next| {
            let before = &row[at - 1];
            let is_blank = |cell: Option<&Cell>| cell.is_none_or(|cell| cell.letter == ' ');
            let blocks = (block(before.letter), block(next.letter));
            let is_block = blocks.0.is_some() || blocks.1.is_some();
            before.look != next.look
                || is_block && (before.letter != next.letter || blocks.0.is_some_and(|b| b.2 < 8))
                // Two blanks are a gap between columns; one stands in a sentence.
                || next.letter == ' ' && is_blank(row.get(at + 1))
                || before.letter == ' ' && (at == 1 || is_blank(row.get(at.wrapping_sub(2)))) && next.letter != ' '
        });
        if cut {
            runs.push(&row[from..at]);
            from = at;
        }
    }
    runs
}

/// A block's upper end, lower end, right end and how full it is, each in eighths.
fn block(letter: char) -> Option<(u32, u32, u32, u32)> {
    let code = u32::from(letter);
    match code {
        0x2580 => Some((0, 4, 8, 8)),
        0x2581..=0x2588 => Some((8 - (code - 0x2580), 8, 8, 8)),
        0x2589..=0x258F => Some((0, 8, 8 - (code - 0x2588), 8)),
        0x2591..=0x2593 => Some((0, 8, 8, 2 * (code - 0x2590))),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What a picture says, in one line.
pub(super) fn said(svg: &str) -> String {
    let texts = svg.split("<text").skip(1).filter_map(|text| {
        let (_, inside) = text.split_once('>')?;
        Some(inside.split_once("</text>")?.0.trim())
    });
    let said = texts.collect::<Vec<_>>().join(" ");
    let said = said.replace("&lt;", "<").replace("&gt;", ">");
    said.replace("&amp;", "&")
}

/// The words alone: numbers differ from one run to the next, and with them how rows are broken and how sure it is.
pub(super) fn words(said: &str) -> String {
    let mut words = String::new();
    let mut letters = said.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() {
            // With its decimals.
            let mut ahead = letters.clone();
            loop {
                match ahead.next() {
                    Some(c) if c.is_ascii_digit() => letters = ahead.clone(),
                    Some('.' | ',') if ahead.peek().is_some_and(char::is_ascii_digit) => {}
                    _ => break,
                }
            }
            words.push('#');
        } else {
            words.push(if "≥≤►▲▼".contains(letter) {
                ' '
            } else {
                letter
            });
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // A minute and a bit is so many seconds.
    let words = words.replace('\u{a0}', " ");
    words.replace("# min # s", "# s").replace("# min", "# s")
}
