//! The signal as a picture that changes, for whoever turns an antenna and looks at it from two steps away.
//!
//! It draws what the readings say and computes nothing of the trade: classes, trends and the best come with them. A picture
//! is drawn for any size, from a line of a few letters to a whole screen; and whatever colour says is said by words and
//! shapes too. Nothing here reads a key, a clock or a terminal.

use std::collections::VecDeque;

use ratatui::Frame;

use crate::document::MonitorReading;
use crate::domain::radio::Rsrp;
use crate::i18n::Catalogue;
use crate::report;

mod figures;
mod foot;
mod gauge;
mod head;
mod layout;
mod level;
mod past;
mod pen;
mod told;
pub mod tone;

#[cfg(test)]
mod tests;

use layout::Plan;
use pen::Pen;

/// How far back the line of the past goes, seconds.
const PAST_S: f64 = 60.0;

/// What the terminal can show, and may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether colour repeats what the words say.
    pub color: bool,
    /// Whether the terminal knows ASCII alone.
    pub ascii: bool,
    /// Whether identifiers are shown in full.
    pub reveal: bool,
}

/// What there is to draw.
#[derive(Debug, Default)]
pub struct SignalScreen {
    last: Option<MonitorReading>,
    /// The power of the last minute and when it was, the oldest first.
    past: VecDeque<(f64, Option<Rsrp>)>,
    /// The last change of cell in words, and when it was.
    moved: Option<(f64, String)>,
    /// Whether the tone is on.
    pub has_tone: bool,
    /// Whether the keys and the names are explained.
    pub explains: bool,
}

impl SignalScreen {
    /// Takes the next reading, its notes in words already.
    pub fn take(&mut self, reading: MonitorReading, words: &Catalogue) {
        let now = reading.elapsed_s.unwrap_or_default();
        let power = reading.radio.as_ref().and_then(|radio| radio.rsrp_dbm);
        self.past.push_back((now, power));
        while self.past.front().is_some_and(|(at, _)| now - at >= PAST_S) {
            self.past.pop_front();
        }
        if let Some(moved) = report::moved_line(&reading, words) {
            self.moved = Some((now, moved));
        }
        self.last = Some(reading);
    }

    /// Draws all of it, for the size that there is.
    pub fn draw(&self, frame: &mut Frame<'_>, words: &Catalogue, look: Look) {
        let area = frame.area();
        let mut pen = Pen::new(frame.buffer_mut(), words, look);
        if area.is_empty() {
            return;
        }
        let plan = Plan::of(area);
        if self.explains && plan.has_room_to_explain() {
            told::explain(&mut pen, &plan);
            foot::draw(self, &mut pen, &plan);
            return;
        }
        let Some(reading) = &self.last else {
            pen.line(area.x, plan.top(), area.width, &words.text("monitor-waits"));
            foot::draw(self, &mut pen, &plan);
            return;
        };
        head::draw(reading, &mut pen, &plan);
        let below = level::draw_all(reading, &mut pen, &plan);
        told::draw(self, reading, &mut pen, &plan, below);
        foot::draw(self, &mut pen, &plan);
    }
}
