//! A page for a terminal: paragraphs, labelled lines and tables, within a width. The fleet's program lays its answers out with
//! it as well.
//!
//! Colour only repeats what a word says already, so a page means the same without it.

mod wrap;

use unicode_width::UnicodeWidthStr;

use crate::i18n::{ascii, clean};

use super::Style;
use wrap::{HELD, NO_BREAK, QUOTE, longest_word, wrap};

/// What a text is, for those who see colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading.
    Strong,
    /// Less important.
    Dim,
    /// It works.
    Good,
    /// It works somehow.
    Fair,
    /// It does not.
    Bad,
}

impl Tone {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Dim => Some("2"),
            Self::Good => Some("32"),
            Self::Fair => Some("33"),
            Self::Bad => Some("31"),
        }
    }
}

/// Stands for what is unknown.
pub const UNKNOWN: &str = "–";

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub struct TableCell {
    pub(super) text: String,
    pub(super) tone: Tone,
}

impl TableCell {
    /// A text that stands out by its tone.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }

    /// A text, or the dash that stands for unknown.
    pub fn known<T: ToString>(value: Option<T>) -> Self {
        value.map_or_else(|| Self::from(UNKNOWN), |v| Self::from(v.to_string()))
    }
}

impl<T: Into<String>> From<T> for TableCell {
    fn from(text: T) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

/// A column of a table: its heading (a unit may stand on a second line), and how its cells stand.
#[derive(Debug, Clone)]
pub struct TableColumn {
    pub(super) heading: String,
    pub(super) right: bool,
    /// Whether only a page that is wider than a terminal holds it.
    pub is_extra: bool,
    /// Whether it says what a row is about.
    pub is_title: bool,
    /// Whether the heading's second line goes on with the first, and is no unit.
    goes_on: bool,
}

impl TableColumn {
    /// Texts, from the left.
    pub fn left(heading: String) -> Self {
        Self {
            heading,
            right: false,
            is_extra: false,
            is_title: false,
            goes_on: false,
        }
    }

    /// Numbers, from the right.
    pub fn right(heading: String) -> Self {
        Self {
            right: true,
            ..Self::left(heading)
        }
    }

    /// The heading on one line.
    pub fn name(&self) -> String {
        self.heading.replace('\n', " ")
    }

    /// The same, left out where there is little room.
    pub fn extra(self) -> Self {
        Self {
            is_extra: true,
            ..self
        }
    }

    /// What a row is about: it stands above the rest where a row is told as a list.
    pub fn title(self) -> Self {
        Self {
            is_title: true,
            ..self
        }
    }

    /// The heading is one phrase, broken in two for the table's sake.
    pub fn in_words(self) -> Self {
        Self {
            goes_on: true,
            ..self
        }
    }

    /// The heading and a cell as a line of a list: the unit goes behind the number.
    fn label_and_value(&self, text: &str) -> (String, String) {
        let (label, rest) = self.heading.split_once('\n').unwrap_or((&self.heading, ""));
        let (label, rest) = (label.trim(), rest.trim());
        match (rest.is_empty(), self.goes_on) {
            (true, _) => (label.to_owned(), text.to_owned()),
            (false, true) => (format!("{label} {rest}"), text.to_owned()),
            (false, false) => (label.to_owned(), format!("{text}\u{a0}{rest}")),
        }
    }
}

/// The same text with the spaces of what is quoted held: a command in a sentence stays on one line, to be copied.
fn held(text: &str) -> String {
    let mut open = false;
    let hold = |c: char| {
        match c {
            '`' => open = !open,
            '«' => open = true,
            '»' => open = false,
            _ => {}
        }
        if open && c == ' ' { HELD } else { c }
    };
    let held: String = text.replace(HELD, " ").chars().map(hold).collect();
    // A quote that nothing closes holds nothing.
    if open { text.replace(HELD, " ") } else { held }
}

/// A page under way.
#[derive(Debug)]
pub struct Page {
    style: Style,
    out: String,
}

const GAP: usize = 2;

/// The least room beside a label that is worth having.
const LEAST: usize = 16;

/// The most lines of a cell: beyond that a table is harder to read than a list.
const TALLEST: usize = 3;

impl Page {
    /// An empty page.
    pub fn new(style: Style) -> Self {
        Self {
            style,
            out: String::new(),
        }
    }

    /// The page's text.
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line, unless there is one already or nothing above.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) {
        self.hanging("", text, Tone::Strong);
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.hanging("", text, Tone::Plain);
    }

    /// A paragraph behind a mark; its further lines start under its first word.
    pub fn hanging(&mut self, mark: &str, text: &str, tone: Tone) {
        let (mark, text) = (self.plain(mark), self.plain(text));
        let indent = mark.width();
        let lines = wrap(&text, self.style.width.saturating_sub(indent).max(1));
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 {
                mark.clone()
            } else {
                " ".repeat(indent)
            };
            let line = self.paint(line, tone);
            self.push_line(&format!("{lead}{line}"));
        }
    }

    /// A label and a sentence. Where there is little room beside the label, the sentence goes on below it.
    pub fn labelled(&mut self, label: &str, text: &str) {
        let indent = self.plain(label).width() + 1;
        if self.style.width.saturating_sub(indent) >= QUOTE {
            return self.hanging(&format!("{label} "), text, Tone::Plain);
        }
        let text = self.plain(&format!("{label} {text}"));
        let lines = wrap(&text, self.style.width.saturating_sub(GAP));
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 { 0 } else { GAP };
            self.push_line(&format!("{}{line}", " ".repeat(lead)));
        }
    }

    /// A line as it is, never wrapped: what another program prints or a person copies.
    pub fn verbatim(&mut self, text: &str) {
        let text = self.plain(text);
        self.push_line(&text);
    }

    /// Labels with their lines, aligned; on a narrow page each label stands above its lines.
    pub fn fields(&mut self, fields: &[(String, Vec<TableCell>)]) {
        self.fields_behind("", fields);
    }

    fn fields_behind(&mut self, indent: &str, fields: &[(String, Vec<TableCell>)]) {
        let widest = fields.iter().map(|(label, _)| self.plain(label).width());
        let column = widest.max().unwrap_or_default() + GAP;
        let is_narrow = indent.width() + column + LEAST > self.style.width;
        for (label, lines) in fields {
            if is_narrow {
                self.hanging(indent, label, Tone::Plain);
            }
            for (at, line) in lines.iter().enumerate() {
                let label = if at == 0 && !is_narrow {
                    self.plain(label)
                } else {
                    String::new()
                };
                let column = if is_narrow { GAP } else { column };
                let pad = " ".repeat(column - label.width());
                self.hanging(&format!("{indent}{label}{pad}"), &line.text, line.tone);
            }
        }
    }

    /// A table. Too wide for the page, its widest columns of text are wrapped; where that does not help, and for whoever
    /// is read to, each row is told as a list.
    pub fn table(&mut self, columns: &[TableColumn], rows: &[Vec<TableCell>]) {
        let headings = columns
            .iter()
            .map(|c| TableCell::toned(c.heading.clone(), Tone::Dim));
        let shown = std::iter::once(headings.collect()).chain(rows.iter().cloned());
        let shown: Vec<Vec<TableCell>> = shown
            .map(|row: Vec<TableCell>| row.iter().map(|cell| self.plain_cell(cell)).collect())
            .collect();
        match widths(columns, &shown, self.style.width).filter(|_| !self.style.in_order) {
            Some(widths) => {
                for row in &shown {
                    self.row(columns, row, &widths);
                }
            }
            None => self.list(columns, rows),
        }
    }

    /// Whether the page holds a table with every cell on a line of its own.
    pub fn has_room(&self, columns: &[TableColumn], rows: &[Vec<TableCell>]) -> bool {
        let widest = |(at, column): (usize, &TableColumn)| {
            let cells = rows.iter().map(|row| row[at].text.as_str());
            let lines = cells.chain([column.heading.as_str()]).flat_map(str::lines);
            lines
                .map(|line| self.plain(line).width())
                .max()
                .unwrap_or_default()
                + GAP
        };
        let all: usize = columns.iter().enumerate().map(widest).sum();
        all <= self.style.width + GAP
    }

    /// Each row under what it is about, one line a cell, in the order of the columns; what is not known is left out.
    fn list(&mut self, columns: &[TableColumn], rows: &[Vec<TableCell>]) {
        for row in rows {
            let cells = || columns.iter().zip(row);
            let titles = cells().filter(|(column, cell)| column.is_title && cell.text != UNKNOWN);
            let titles: Vec<&str> = titles.map(|(_, cell)| cell.text.trim()).collect();
            self.hanging("", &titles.join("  "), Tone::Strong);
            let told = cells().filter(|(column, cell)| !column.is_title && cell.text != UNKNOWN);
            let fields: Vec<(String, Vec<TableCell>)> = told
                .map(|(column, cell)| {
                    let (label, value) = column.label_and_value(&cell.text);
                    (label, vec![TableCell::toned(value, cell.tone)])
                })
                .collect();
            self.fields_behind("  ", &fields);
        }
    }

    fn row(&mut self, columns: &[TableColumn], row: &[TableCell], widths: &[usize]) {
        let wrapped: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| cell.text.lines().flat_map(|l| wrap(l, *width)).collect())
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
        for at in 0..height {
            let mut line = String::new();
            for (index, column) in columns.iter().enumerate() {
                let text = wrapped[index].get(at).map_or("", String::as_str);
                let pad = " ".repeat(widths[index].saturating_sub(text.width()));
                let text = self.paint(text, row[index].tone);
                let gap = if index == 0 { 0 } else { GAP };
                line.push_str(&" ".repeat(gap));
                line.push_str(&if column.right {
                    pad + &text
                } else {
                    text + &pad
                });
            }
            self.push_line(line.trim_end());
        }
    }

    fn push_line(&mut self, line: &str) {
        let line = line.replace(HELD, " ");
        if self.style.ascii {
            self.out.push_str(&line.replace(NO_BREAK, " "));
        } else {
            self.out.push_str(&line);
        }
        self.out.push('\n');
    }

    fn paint(&self, text: &str, tone: Tone) -> String {
        match tone.code().filter(|_| self.style.color && !text.is_empty()) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }

    /// What may be shown: no control characters but the spaces at the ends, which align.
    fn plain(&self, text: &str) -> String {
        let end = &text[text.trim_end_matches(' ').len()..];
        let start = &text[..text.len() - text.trim_start_matches(' ').len()];
        let text = if text.trim().is_empty() {
            // Line ends and a control code of the upper half count as blanks too.
            text.chars().filter(|c| *c == ' ').collect()
        } else {
            format!("{start}{}{end}", clean(text))
        };
        let text = held(&text);
        if !self.style.ascii {
            return text;
        }
        let text = text.replace("«\u{202f}", "«").replace("\u{202f}»", "»");
        // No-break spaces hold until the lines are broken.
        let plain = |part: &str| {
            part.split(NO_BREAK)
                .map(ascii)
                .collect::<Vec<_>>()
                .join("\u{a0}")
        };
        let parts = text.split(HELD).map(plain);
        parts.collect::<Vec<_>>().join(&HELD.to_string())
    }

    fn plain_cell(&self, cell: &TableCell) -> TableCell {
        let lines: Vec<String> = cell.text.lines().map(|line| self.plain(line)).collect();
        TableCell {
            text: lines.join("\n"),
            tone: cell.tone,
        }
    }
}

/// The widths of the columns: as wide as their widest line; the widest text column gives way until the page holds
/// them, down to its longest word. `None` where that is not enough, or where it would make towers of words.
fn widths(columns: &[TableColumn], rows: &[Vec<TableCell>], page: usize) -> Option<Vec<usize>> {
    let measure = |index: usize, by: fn(&str) -> usize| {
        rows.iter()
            .map(|row| by(&row[index].text))
            .max()
            .unwrap_or_default()
    };
    let mut widths: Vec<usize> = (0..columns.len())
        .map(|index| {
            measure(index, |text| {
                text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
            })
        })
        .collect();
    let floors: Vec<usize> = (0..columns.len())
        .map(|index| {
            measure(index, |text| {
                text.lines().map(longest_word).max().unwrap_or(0)
            })
        })
        .collect();
    let total =
        |widths: &[usize]| widths.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1);
    while total(&widths) > page {
        let widest = (0..columns.len())
            .filter(|index| !columns[*index].right && widths[*index] > floors[*index])
            .max_by_key(|index| widths[*index])?;
        widths[widest] -= 1;
    }
    let lines = |cell: &TableCell, width| cell.text.lines().flat_map(|l| wrap(l, width)).count();
    let cells = rows.iter().flat_map(|row| row.iter().zip(&widths));
    let tallest = cells.map(|(cell, width)| lines(cell, *width)).max();
    (tallest.unwrap_or_default() <= TALLEST).then_some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize) -> Page {
        Page::new(Style {
            color: false,
            ascii: false,
            width,
            ..Style::default()
        })
    }

    #[test]
    fn further_lines_start_under_the_first_word() {
        let mut page = page(24);
        page.hanging("! ", "one two three four five six seven", Tone::Bad);
        assert_eq!(page.finish(), "! one two three four\n  five six seven\n");
    }

    #[test]
    fn a_table_gives_way_in_its_widest_text_column() {
        let mut page = page(20);
        let columns = [
            TableColumn::left("Name".into()),
            TableColumn::right("dBm".into()),
        ];
        page.table(
            &columns,
            &[vec!["Bouygues Telecom France".into(), "-95".into()]],
        );
        assert_eq!(
            page.finish(),
            "Name             dBm\nBouygues         -95\nTelecom France\n"
        );
    }

    #[test]
    fn a_table_that_does_not_fit_is_told_row_by_row_and_unknown_cells_are_left_out() {
        let columns = [
            TableColumn::left("Rank".into()).title(),
            TableColumn::left("Name".into()).title(),
            TableColumn::right("Down\nkbit/s".into()),
            TableColumn::right("Joined\nin".into()).in_words(),
            TableColumn::left("State".into()),
        ];
        let rows = [
            vec![
                "1".into(),
                "Orange".into(),
                "224".into(),
                "8 s".into(),
                "available".into(),
            ],
            vec![
                "–".into(),
                "SFR".into(),
                "–".into(),
                "–".into(),
                "refused".into(),
            ],
        ];
        let told = "1  Orange\n  Down       224\u{a0}kbit/s\n  Joined in  8 s\n  State      available\n\
                    SFR\n  State  refused\n";
        let mut narrow = page(30);
        narrow.table(&columns, &rows);
        assert_eq!(narrow.finish(), told);
        let mut read_out = Page::new(Style {
            in_order: true,
            ..Style::default()
        });
        read_out.table(&columns, &rows);
        assert_eq!(read_out.finish(), told);
        let mut wide = page(80);
        wide.table(&columns, &rows);
        assert!(wide.finish().starts_with("Rank  Name"));
    }

    #[test]
    fn a_word_that_no_line_has_room_for_is_broken_behind_a_mark() {
        let said = |text: &str| wrap(text, 12).join("|");
        assert_eq!(said("see /proc/sys/net/ipv4"), "see|/proc/sys/|net/ipv4");
        assert_eq!(said("abcdefghijklmnop q"), "abcdefghijkl|mnop q");
        assert_eq!(
            said("mast\u{a0}91628,\u{a0}sector\u{a0}12"),
            "mast\u{a0}91628,|sector\u{a0}12"
        );
        let quoted =
            "nmcli connection modify mobile gsm.network-id".replace(' ', &HELD.to_string());
        assert_eq!(
            said(&quoted),
            "nmcli|connection|modify|mobile|gsm.network-|id"
        );
    }

    #[test]
    fn labels_stand_above_their_lines_where_there_is_no_room_beside_them() {
        let fields = [(
            "A long label".to_owned(),
            vec!["one two".into(), "three".into()],
        )];
        let mut narrow = page(28);
        narrow.fields(&fields);
        assert_eq!(narrow.finish(), "A long label\n  one two\n  three\n");
        let mut wide = page(40);
        wide.fields(&fields);
        assert_eq!(
            wide.finish(),
            "A long label  one two\n              three\n"
        );
    }

    #[test]
    fn a_modems_text_cannot_leave_its_cell() {
        let mut page = page(80);
        let columns = [TableColumn::left("Name".into())];
        page.table(&columns, &[vec!["F\u{1b}[2JSFR\r".into()]]);
        page.verbatim("a\u{7}b");
        assert_eq!(page.finish(), "Name\nF [2JSFR\na b\n");
    }

    #[test]
    fn a_command_in_a_sentence_stays_whole_and_can_be_copied() {
        for ascii in [false, true] {
            let mut page = Page::new(Style {
                color: false,
                ascii,
                width: 20,
                ..Style::default()
            });
            page.paragraph(
                "Look with `opensim status`, then «\u{202f}opensim switch sfr\u{202f}» it.",
            );
            let said = page.finish();
            assert!(said.contains("`opensim status`"), "{said}");
            assert!(said.contains("opensim switch sfr"), "{said}");
            assert!(!said.contains(HELD), "{said}");
        }
        assert_eq!(held("a ` b c"), "a ` b c");
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let draw = |color| {
            let mut page = Page::new(Style {
                color,
                ascii: false,
                width: 80,
                ..Style::default()
            });
            page.heading("Title");
            let columns = [TableColumn::left("A".into()), TableColumn::left("B".into())];
            page.table(
                &columns,
                &[vec![TableCell::toned("x", Tone::Good), "y".into()]],
            );
            page.finish()
        };
        let coloured = draw(true);
        assert!(coloured.contains("\u{1b}[32mx\u{1b}[0m"));
        let mut plain = coloured;
        for code in ["0", "1", "2", "32"] {
            plain = plain.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(plain, draw(false));
    }
}
