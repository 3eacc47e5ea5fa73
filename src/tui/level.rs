//! The three levels: each a figure with its class in words, its trend, and a bar that shows where the best was.

use ratatui::style::Modifier;

use super::figures;
use super::gauge::{Bar, Scale};
use super::layout::{Plan, Size};
use super::pen::Pen;
use crate::document::{LevelTrend, MonitorReading, Radio};
use crate::domain::radio::{Quality, Rsrp, Rsrq, Sinr};
use crate::domain::watch::Tendency;
use crate::i18n::Catalogue;
use crate::report;

/// One level as it is drawn.
struct Level {
    /// What it is to a person.
    name: String,
    /// What it is to whoever knows.
    code: &'static str,
    unit: &'static str,
    scale: Scale,
    /// In tenths.
    value: Option<i32>,
    best: Option<i32>,
    class: Option<Quality>,
    trend: Option<LevelTrend>,
}

/// Draws all three; gives the row below them.
pub(super) fn draw_all(reading: &MonitorReading, pen: &mut Pen<'_>, plan: &Plan) -> u16 {
    let mut y = plan.top();
    for level in levels(reading, pen.words) {
        if y >= plan.bottom() {
            break;
        }
        match plan.size {
            Size::Line => level.line(pen, plan, y),
            Size::Bar => level.over_a_bar(pen, plan, y),
            Size::Stacked => level.stacked(pen, plan, y),
            Size::Beside => level.beside(pen, plan, y, 1),
            Size::Large => level.beside(pen, plan, y, 2),
        }
        y += plan.size.rows() + plan.gap;
    }
    y
}

fn levels(reading: &MonitorReading, words: &Catalogue) -> [Level; 3] {
    let now = reading.radio.as_ref();
    let best = reading.best.as_ref().map(|best| &best.radio);
    let trend = reading.trend.as_ref();
    let rsrp = |radio: Option<&Radio>| radio.and_then(|radio| radio.rsrp_dbm);
    let rsrq = |radio: Option<&Radio>| radio.and_then(|radio| radio.rsrq_db);
    let sinr = |radio: Option<&Radio>| radio.and_then(|radio| radio.sinr_db);
    [
        Level {
            name: words.text("monitor-rsrp"),
            code: "RSRP",
            unit: "dBm",
            scale: Scale {
                low: -1250,
                floors: Quality::RSRP_FLOORS,
                high: -750,
            },
            value: rsrp(now).map(Rsrp::tenths),
            best: rsrp(best).map(Rsrp::tenths),
            class: rsrp(now).map(Quality::of_rsrp),
            trend: trend.and_then(|trend| trend.rsrp),
        },
        Level {
            name: words.text("monitor-rsrq"),
            code: "RSRQ",
            unit: "dB",
            scale: Scale {
                low: -225,
                floors: Quality::RSRQ_FLOORS,
                high: -50,
            },
            value: rsrq(now).map(Rsrq::tenths),
            best: rsrq(best).map(Rsrq::tenths),
            class: rsrq(now).map(Quality::of_rsrq),
            trend: trend.and_then(|trend| trend.rsrq),
        },
        Level {
            name: words.text("monitor-sinr"),
            code: "SINR",
            unit: "dB",
            scale: Scale {
                low: -100,
                floors: Quality::SINR_FLOORS,
                high: 250,
            },
            value: sinr(now).map(Sinr::tenths),
            best: sinr(best).map(Sinr::tenths),
            class: sinr(now).map(Quality::of_sinr),
            trend: trend.and_then(|trend| trend.sinr),
        },
    ]
}

impl Level {
    fn number(&self, words: &Catalogue) -> String {
        self.value.map_or_else(
            || words.text("monitor-no_level"),
            |tenths| words.number(f64::from(tenths) / 10.0),
        )
    }

    fn class_word(&self, words: &Catalogue) -> String {
        match self.class {
            Some(class) => words.family("quality", &report::word_of(&class)),
            None => words.text("quality-unknown"),
        }
    }

    /// An arrow with its word, and by how much where there is room.
    fn trend_words(&self, pen: &Pen<'_>, with_change: bool) -> Option<String> {
        let trend = self.trend?;
        let (arrow, key) = match trend.direction? {
            Tendency::Rising => (pen.sign("▲", "^"), "monitor-rising"),
            Tendency::Steady => (pen.sign("►", "="), "monitor-steady"),
            Tendency::Falling => (pen.sign("▼", "v"), "monitor-falling"),
        };
        let word = pen.words.text(key);
        if !with_change || trend.direction == Some(Tendency::Steady) {
            return Some(format!("{arrow} {word}"));
        }
        let sign = if trend.change_db > 0.0 { "+" } else { "" };
        let change = pen.words.number(trend.change_db);
        Some(format!("{arrow} {word} ({sign}{change}\u{a0}dB)"))
    }

    /// `RSRP -97 dBm moyenne ▲ en hausse`: of a narrow screen the end is missing, and the number is not.
    fn line(&self, pen: &mut Pen<'_>, plan: &Plan, y: u16) {
        let (mut x, end) = (plan.left(), plan.left() + plan.room());
        let style = pen.of_class(self.class).add_modifier(Modifier::BOLD);
        let number = self.number(pen.words);
        if plan.room() < 12 {
            let short = format!("{} {number}", self.code);
            pen.styled(x, y, plan.room(), &short, style);
            return;
        }
        x = pen.line(x, y, end - x, self.code) + 1;
        let level = format!("{number}\u{a0}{}", self.unit);
        x = pen.styled(x, y, end.saturating_sub(x), &level, style) + 1;
        let class = self.class_word(pen.words);
        if x + pen.width(&class) > end {
            return;
        }
        x = pen.styled(x, y, end - x, &class, pen.of_class(self.class)) + 1;
        if let Some(trend) = self.trend_words(pen, false)
            && x + pen.width(&trend) <= end
        {
            pen.line(x, y, end - x, &trend);
        }
    }

    fn over_a_bar(&self, pen: &mut Pen<'_>, plan: &Plan, y: u16) {
        self.line(pen, plan, y);
        if let Some(bar) = Bar::within(plan.left(), y + 1, plan.room(), 1) {
            self.marked(pen, bar);
        }
    }

    /// The figure over the bar, and the words beside the figure.
    fn stacked(&self, pen: &mut Pen<'_>, plan: &Plan, y: u16) {
        let (x, room) = (plan.left(), plan.room());
        let class = self.class_word(pen.words);
        let end = pen.width(&class).min(room);
        let style = pen.of_class(self.class);
        self.title(pen, x, y, room.saturating_sub(end + 1));
        let bold = style.add_modifier(Modifier::BOLD);
        pen.styled(x + room - end, y, end, &class, bold);
        let number = self.number(pen.words);
        let behind = figures::draw(pen, x, y + 1, &number, 1, style);
        let behind = if self.value.is_none() {
            pen.line(x, y + 1, room, &number)
        } else {
            pen.line(behind + 1, y + 3, room, self.unit)
        };
        let side = (behind + 2).max(x + 17);
        let room_beside = (x + room).saturating_sub(side);
        if let Some(trend) = self.trend_words(pen, false) {
            pen.line(side, y + 1, room_beside, &trend);
        }
        if let Some(best) = self.best_words(pen) {
            pen.line(side, y + 2, room_beside, &best);
        }
        if let Some(bar) = Bar::within(x, y + 4, room, 1) {
            self.marked(pen, bar);
        }
    }

    /// The figure beside the bar, over which the best is marked and under which the classes' edges stand.
    fn beside(&self, pen: &mut Pen<'_>, plan: &Plan, y: u16, scale: u16) {
        let (x, side) = (plan.left(), plan.beside());
        let end = plan.left() + plan.room();
        let style = pen.of_class(self.class);
        self.title(pen, x, y, side - x - 1);
        let bold = style.add_modifier(Modifier::BOLD);
        let class = self.class_word(pen.words);
        let behind = pen.styled(side, y, end.saturating_sub(side), &class, bold);
        if let Some(trend) = self.trend_words(pen, true) {
            let from = end.saturating_sub(pen.width(&trend)).max(behind + 2);
            pen.line(from, y, end.saturating_sub(from), &trend);
        }
        let number = self.number(pen.words);
        if self.value.is_some() {
            let behind = figures::draw(pen, x, y + 1, &number, scale, style);
            pen.line(behind + 1, y + if scale > 1 { 5 } else { 3 }, 3, self.unit);
        } else {
            pen.line(x, y + 2, side - x - 1, &number);
        }
        let room = end.saturating_sub(side);
        // The large one has two rows more, which go to the bar and to the air above it.
        let bar_y = y + 1 + scale;
        let Some(bar) = Bar::within(side, bar_y, room, 2 * scale - 1) else {
            return;
        };
        bar.draw(pen, &self.scale, self.value, style);
        self.mark_best(pen, bar, bar_y - 1, end);
        for (column, edge) in bar.edges(&self.scale) {
            let label = pen.words.number(f64::from(edge) / 10.0);
            let half = pen.width(&label) / 2;
            pen.dim(column.saturating_sub(half), bar.y + bar.rows, 8, &label);
        }
    }

    fn title(&self, pen: &mut Pen<'_>, x: u16, y: u16, room: u16) {
        let title = format!("{} ({})", self.name, self.code);
        pen.bold(x, y, room, &title);
    }

    fn best_words(&self, pen: &Pen<'_>) -> Option<String> {
        let level = pen.words.number(f64::from(self.best?) / 10.0);
        Some(pen.words.text_of("monitor-mark_best", [("level", level)]))
    }

    /// A sign over the bar where the best was, and what it was.
    fn mark_best(&self, pen: &mut Pen<'_>, bar: Bar, y: u16, end: u16) {
        let (Some(best), Some(said)) = (self.best, self.best_words(pen)) else {
            return;
        };
        let at = bar.column(&self.scale, best);
        let mark = pen.sign("▾", "v").to_owned();
        pen.drawn(at, y, &mark, ratatui::style::Style::new());
        let room = pen.width(&said);
        let x = if at + 2 + room <= end {
            at + 2
        } else {
            at.saturating_sub(room + 1)
        };
        pen.dim(x, y, room, &said);
    }

    /// The bar with a sign in it where the best was.
    fn marked(&self, pen: &mut Pen<'_>, bar: Bar) {
        bar.draw(pen, &self.scale, self.value, pen.of_class(self.class));
        if let Some(best) = self.best {
            let mark = pen.sign("◆", "*").to_owned();
            let at = bar.column(&self.scale, best);
            pen.drawn(at, bar.y, &mark, ratatui::style::Style::new());
        }
    }
}
