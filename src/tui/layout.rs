//! What there is room for: chosen once for a size, so that nothing jumps while the values change.

use ratatui::layout::Rect;

/// How one level is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A line of words.
    Line,
    /// A line of words over a bar.
    Bar,
    /// A figure of three rows, the bar below it.
    Stacked,
    /// A figure of three rows, the bar beside it.
    Beside,
    /// A figure of six rows, the bar beside it.
    Large,
}

/// How a screen of this size is divided.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) area: Rect,
    pub(super) size: Size,
    /// Rows above the levels.
    pub(super) head: u16,
    /// Rows between one level and the next.
    pub(super) gap: u16,
    /// Rows below all.
    pub(super) foot: u16,
}

/// From so many columns on the bar stands beside the figure.
const WIDE: u16 = 64;

/// From so many columns on there is room for a margin.
const MARGIN: u16 = 30;

impl Size {
    /// How many rows one level takes.
    pub(super) fn rows(self) -> u16 {
        match self {
            Self::Line => 1,
            Self::Bar => 2,
            Self::Stacked => 5,
            Self::Beside => 4,
            Self::Large => 7,
        }
    }
}

impl Plan {
    pub(super) fn of(area: Rect) -> Self {
        let foot = u16::from(area.height >= 5);
        let head = match area.height {
            0..=3 => 0,
            4..=8 => 1,
            _ => 2,
        };
        let rest = area.height - foot - head;
        let is_wide = area.width >= WIDE;
        // As large as leaves a few rows for what is told below.
        let fits = |size: Size, gap: u16, told: u16| 3 * (size.rows() + gap) + told <= rest;
        let choices = [
            (Size::Large, 1, 8, area.width >= 110),
            (Size::Beside, 1, 5, is_wide),
            (Size::Beside, 0, 2, is_wide),
            (Size::Stacked, 1, 3, !is_wide),
            (Size::Stacked, 0, 1, !is_wide),
            (Size::Bar, 0, 1, true),
        ];
        let chosen = choices
            .into_iter()
            .find(|(size, gap, told, may)| *may && area.width >= 20 && fits(*size, *gap, *told));
        let (size, gap) = chosen.map_or((Size::Line, 0), |(size, gap, ..)| (size, gap));
        Self {
            area,
            size,
            head,
            gap,
            foot,
        }
    }

    /// The column where lines begin.
    pub(super) fn left(&self) -> u16 {
        self.area.x + u16::from(self.area.width >= MARGIN)
    }

    /// How many columns a line has.
    pub(super) fn room(&self) -> u16 {
        let margins = 2 * u16::from(self.area.width >= MARGIN);
        self.area.width - margins
    }

    /// The row of the levels.
    pub(super) fn top(&self) -> u16 {
        // A row of nothing below the head, where that costs nothing.
        let spare = u16::from(self.gap > 0 && self.spare() > 8);
        self.area.y + self.head + spare
    }

    /// The first row that is not to be written to by what is told.
    pub(super) fn bottom(&self) -> u16 {
        self.area.bottom() - self.foot
    }

    /// The column where bars begin, where they stand beside the figures.
    pub(super) fn beside(&self) -> u16 {
        self.left() + if self.size == Size::Large { 48 } else { 27 }
    }

    pub(super) fn has_room_to_explain(&self) -> bool {
        self.area.width >= 30 && self.area.height >= 8
    }

    fn spare(&self) -> u16 {
        let levels = 3 * (self.size.rows() + self.gap);
        (self.area.height - self.foot - self.head).saturating_sub(levels)
    }
}
