//! A bar of five parts of one width, a class each, from what does not work to what cannot be bettered. How wide a class is
//! in decibels differs from level to level; that its edge is always at the same place is what the eye goes by.

use ratatui::style::{Modifier, Style};

use super::pen::Pen;

/// A level's scale, in tenths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Where the worst class begins to be drawn.
    pub(super) low: i32,
    /// Where the classes begin, from the best down.
    pub(super) floors: [i32; 4],
    /// Where the best ends to be drawn.
    pub(super) high: i32,
}

/// How many eighths of a cell are filled.
const EIGHTHS: [&str; 8] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

impl Scale {
    /// The edges, from the lowest up.
    fn edges(&self) -> [i32; 6] {
        let [a, b, c, d] = self.floors;
        [self.low, d, c, b, a, self.high]
    }

    /// In which part a value lies, and how far into it: 0 to 1.
    pub(super) fn place(&self, tenths: i32) -> (u16, f64) {
        let edges = self.edges();
        let part = edges[1..5].iter().filter(|edge| tenths >= **edge).count();
        let (from, to) = (edges[part], edges[part + 1]);
        let share = f64::from(tenths - from) / f64::from(to - from);
        (u16::try_from(part).unwrap_or(4), share.clamp(0.0, 1.0))
    }
}

/// Where a bar stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) rows: u16,
    /// How wide one of its parts is; one column parts it from the next.
    part: u16,
}

impl Bar {
    /// In so much room; nothing where it is too little.
    pub(super) fn within(x: u16, y: u16, room: u16, rows: u16) -> Option<Self> {
        let part = room.saturating_sub(4) / 5;
        (part > 0).then_some(Self { x, y, rows, part })
    }

    fn start(self, part: u16) -> u16 {
        self.x + part * (self.part + 1)
    }

    /// The column of a value.
    pub(super) fn column(self, scale: &Scale, tenths: i32) -> u16 {
        let (part, share) = scale.place(tenths);
        let within = cells(share, self.part).0;
        self.start(part) + within.min(self.part - 1)
    }

    /// The edges between the classes: where each stands, and what it is.
    pub(super) fn edges(self, scale: &Scale) -> [(u16, i32); 4] {
        let [a, b, c, d] = scale.floors;
        [(1, d), (2, c), (3, b), (4, a)].map(|(part, edge)| (self.start(part) - 1, edge))
    }

    /// Draws it, filled up to a value; where there is none it is empty.
    pub(super) fn draw(self, pen: &mut Pen<'_>, scale: &Scale, value: Option<i32>, style: Style) {
        let (full, empty) = (pen.sign("█", "#").to_owned(), pen.sign("░", ".").to_owned());
        let reached = value.map(|tenths| scale.place(tenths));
        let faint = Style::new().add_modifier(Modifier::DIM);
        for part in 0..5 {
            let share = match reached {
                Some((at, share)) if at == part => share,
                Some((at, _)) if at > part => 1.0,
                _ => 0.0,
            };
            let (whole, eighths) = cells(share, self.part);
            for column in 0..self.part {
                let (x, is_next) = (self.start(part) + column, column == whole);
                let (sign, style) = if column < whole {
                    (full.as_str(), style)
                } else if is_next && eighths > 0 && !pen.look.ascii {
                    (EIGHTHS[eighths], style)
                } else {
                    (empty.as_str(), faint)
                };
                for row in 0..self.rows {
                    pen.drawn(x, self.y + row, sign, style);
                }
            }
        }
    }
}

/// A share of so many cells: how many are full, and how many eighths of the next.
fn cells(share: f64, cells: u16) -> (u16, usize) {
    let eighths = (share * f64::from(cells) * 8.0).round().max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a few columns"
    )]
    let eighths = eighths as u32;
    let whole = u16::try_from(eighths / 8).unwrap_or(cells);
    (whole, usize::try_from(eighths % 8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSRP: Scale = Scale {
        low: -1250,
        floors: [-850, -950, -1050, -1150],
        high: -750,
    };

    #[test]
    fn each_class_has_a_part_of_its_own_and_what_lies_beyond_stays_at_the_end() {
        assert_eq!(RSRP.place(-1250), (0, 0.0));
        assert_eq!(RSRP.place(-1400), (0, 0.0));
        assert_eq!(RSRP.place(-1150), (1, 0.0));
        assert_eq!(RSRP.place(-1000), (2, 0.5));
        assert_eq!(RSRP.place(-850), (4, 0.0));
        assert_eq!(RSRP.place(-500), (4, 1.0));
    }

    #[test]
    fn every_value_stands_within_the_bar() {
        for room in 9..130 {
            let bar = Bar::within(3, 0, room, 1).expect("room");
            let columns = (-1600..0)
                .step_by(5)
                .map(|tenths| bar.column(&RSRP, tenths));
            let columns: Vec<u16> = columns.collect();
            assert!(columns.is_sorted(), "{room}");
            assert!(columns.iter().all(|x| (3..3 + room).contains(x)), "{room}");
        }
        assert!(Bar::within(0, 0, 8, 1).is_none());
    }
}
