//! What is told below the levels, in the order in which it matters; and what the names mean, when that is asked.

use super::layout::{Plan, Size};
use super::pen::Pen;
use super::{SignalScreen, past};
use crate::document::{BestRow, CellRow, MonitorReading};
use crate::domain::radio::{Rsrp, Sinr};
use crate::report;

/// Draws what there is room for.
pub(super) fn draw(
    screen: &SignalScreen,
    reading: &MonitorReading,
    pen: &mut Pen<'_>,
    plan: &Plan,
    from: u16,
) {
    let (mut y, bottom) = (from, plan.bottom());
    let mut lines = lines(screen, reading, pen, plan).into_iter();
    let best = lines.next();
    let room = usize::from(plan.room());
    let lines: Vec<String> = lines
        .flat_map(|line| wrapped(&pen.shown(&line), room))
        .collect();
    // The best comes first; the past may take what the sentences leave.
    let wanted = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
    let free = bottom.saturating_sub(y);
    let past_rows = match plan.size {
        Size::Line | Size::Bar => u16::from(free > 1),
        Size::Stacked => free.saturating_sub(wanted).clamp(u16::from(free > 1), 2),
        Size::Beside => free.saturating_sub(wanted).clamp(u16::from(free > 1), 3),
        Size::Large => free.saturating_sub(wanted.saturating_add(2)).clamp(2, 5),
    };
    if let Some(best) = best
        && y < bottom
    {
        pen.line(plan.left(), y, plan.room(), &best);
        y += 1;
    }
    if past_rows > 0 && y + past_rows <= bottom && past::ends(screen).is_some() {
        minute(screen, pen, plan, y, past_rows);
        y += past_rows;
    }
    for line in lines {
        if y >= bottom {
            break;
        }
        pen.line(plan.left(), y, plan.room(), &line);
        y += 1;
    }
}

fn minute(screen: &SignalScreen, pen: &mut Pen<'_>, plan: &Plan, y: u16, rows: u16) {
    let (x, end) = (plan.left(), plan.left() + plan.room());
    let name = pen.words.text("monitor-minute");
    let graph = match plan.size {
        Size::Beside | Size::Large => plan.beside(),
        _ => x + pen.width(&name) + 1,
    };
    pen.line(x, y, (graph - x).saturating_sub(1), &name);
    past::draw(screen, pen, graph, y, end.saturating_sub(graph), rows);
    if rows > 1
        && let Some((lowest, highest)) = past::ends(screen)
    {
        let level = |tenths: i32| pen.words.number(f64::from(tenths) / 10.0);
        let values = [("low", level(lowest)), ("high", level(highest))];
        let range = pen.words.text_of("monitor-range", values);
        pen.dim(x, y + 1, (graph - x).saturating_sub(1), &range);
    }
}

/// The best, and then the rest: what was noticed, what changed, what is around.
fn lines(
    screen: &SignalScreen,
    reading: &MonitorReading,
    pen: &Pen<'_>,
    plan: &Plan,
) -> Vec<String> {
    let words = pen.words;
    let mut lines = vec![match &reading.best {
        Some(best) => best_line(best, reading, pen, plan.room() < 62),
        None => words.text("monitor-no_best"),
    }];
    lines.extend(report::surveyed_line(reading, words));
    lines.extend(reading.warnings.iter().map(|note| note.message.clone()));
    if let Some((at, moved)) = &screen.moved {
        let ago = (reading.elapsed_s.unwrap_or_default() - at)
            .max(0.0)
            .round();
        let values = [("moved", moved.clone()), ("time", words.duration(ago))];
        lines.push(words.text_of("monitor-moved_ago", values));
    }
    if let Some(around) = reading.neighbours.as_ref().filter(|rows| !rows.is_empty()) {
        let cells: Vec<String> = around.iter().map(|cell| neighbour(cell, pen)).collect();
        let values = [("cells", cells.join(&words.text("monitor-between")))];
        lines.push(words.text_of("monitor-around", values));
    }
    lines
}

fn best_line(best: &BestRow, reading: &MonitorReading, pen: &Pen<'_>, is_narrow: bool) -> String {
    let words = pen.words;
    let ago = reading.elapsed_s.unwrap_or_default() - best.elapsed_s;
    let time = words.duration(ago.max(0.0).round());
    let is_now = Some(best.number) == reading.number;
    if is_narrow {
        // Its levels stand at the bars.
        return if is_now {
            words.text("monitor-best_when_now")
        } else {
            words.text_of("monitor-best_when", [("time", time)])
        };
    }
    let rsrp = best.radio.rsrp_dbm.map(Rsrp::value);
    let sinr = best.radio.sinr_db.map(Sinr::value);
    let levels = [
        rsrp.map(|level| format!("RSRP\u{a0}{}\u{a0}dBm", words.number(level))),
        sinr.map(|level| format!("SINR\u{a0}{}\u{a0}dB", words.number(level))),
    ];
    let levels: Vec<String> = levels.into_iter().flatten().collect();
    let levels = levels.join(", ");
    if is_now {
        words.text_of("monitor-best_is_now", [("levels", levels)])
    } else {
        words.text_of("monitor-best_was", [("levels", levels), ("time", time)])
    }
}

/// A cell around: `B20 PCI 87 -101 dBm`.
fn neighbour(cell: &CellRow, pen: &Pen<'_>) -> String {
    let parts = [
        cell.carrier.as_deref().map(|id| pen.words.carrier(id)),
        cell.band.map(|band| band.to_string()),
        cell.pci.map(|pci| format!("PCI\u{a0}{pci}")),
        cell.rsrp_dbm
            .map(|level| format!("{}\u{a0}dBm", pen.words.number(level.value()))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the names mean and what to do, instead of the levels.
pub(super) fn explain(pen: &mut Pen<'_>, plan: &Plan) {
    let text = pen.words.text("monitor-explained");
    let room = usize::from(plan.room());
    let mut y = plan.area.y;
    for paragraph in text.lines() {
        for line in wrapped(&pen.shown(paragraph), room) {
            if y >= plan.bottom() {
                return;
            }
            pen.line(plan.left(), y, plan.room(), &line);
            y += 1;
        }
    }
}

/// A paragraph in lines of so many columns at the most; its first blanks begin each of them.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let mut lines = vec![String::new()];
    for word in words_of(text) {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            lines.push(word);
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    lines
}

/// The words of a text, a quoted command as one: it is copied as it stands.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if is_open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        let ticks = word.matches(['`', '"']).count();
        is_open ^= ticks % 2 == 1;
        is_open |= word.contains('«');
        is_open &= !word.contains('»');
    }
    words
}
