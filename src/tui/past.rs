//! The power of the last minute as a line of little bars. Its height is what was met in that minute, so that a turn of the
//! antenna by a hand's breadth shows.

use ratatui::style::Style;

use super::pen::Pen;
use super::{PAST_S, SignalScreen};
use crate::domain::radio::Rsrp;

const STEPS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Without blocks: three heights a row.
const PLAIN: [&str; 9] = [" ", "_", "_", "_", ":", ":", ":", "|", "|"];

/// The least that the whole height is, tenths of dB: less is the modem's own unrest.
const LEAST: i32 = 100;

/// The lowest and the highest of the minute, tenths of dBm.
pub(super) fn ends(screen: &SignalScreen) -> Option<(i32, i32)> {
    let powers = || screen.past.iter().filter_map(|(_, power)| *power);
    let lowest = powers().min().map(Rsrp::tenths)?;
    Some((lowest, powers().max().map(Rsrp::tenths)?))
}

/// Draws it, the newest at the right.
pub(super) fn draw(screen: &SignalScreen, pen: &mut Pen<'_>, x: u16, y: u16, room: u16, rows: u16) {
    let Some((lowest, highest)) = ends(screen) else {
        return;
    };
    let columns = room.min(60);
    let spare = (LEAST - (highest - lowest)).max(0) / 2;
    let (low, span) = (lowest - spare, (highest - lowest).max(LEAST));
    let now = screen.past.back().map_or(0.0, |(at, _)| *at);
    let steps = if pen.look.ascii { PLAIN } else { STEPS };
    for column in 0..columns {
        let Some(power) = at_column(screen, now, column, columns) else {
            continue;
        };
        // From one eighth up: what was read is never nothing.
        let eighths = 1 + (power.tenths() - low) * (i32::from(rows) * 8 - 1) / span;
        for row in 0..rows {
            let height = (eighths - 8 * i32::from(rows - 1 - row)).clamp(0, 8);
            let step = usize::try_from(height).unwrap_or_default();
            pen.drawn(x + column, y + row, steps[step], Style::new());
        }
    }
}

/// The last that was read in the time that a column stands for; what was read before it where nothing was read in it, as a
/// slow modem needs longer than a column.
fn at_column(screen: &SignalScreen, now: f64, column: u16, columns: u16) -> Option<Rsrp> {
    let each = PAST_S / f64::from(columns);
    let until = now - f64::from(columns - 1 - column) * each;
    let before = screen.past.iter().rev().find(|(at, _)| *at <= until)?;
    before.1
}
