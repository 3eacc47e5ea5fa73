//! What writes: texts in the letters that the terminal knows, cut where there is no more room, in a colour where there
//! may be one.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr as _;

use super::Look;
use crate::domain::radio::Quality;
use crate::i18n::{Catalogue, ascii, clean};
use crate::trace::mask;

pub(super) struct Pen<'b> {
    buffer: &'b mut Buffer,
    pub(super) words: &'b Catalogue,
    pub(super) look: Look,
}

impl<'b> Pen<'b> {
    pub(super) fn new(buffer: &'b mut Buffer, words: &'b Catalogue, look: Look) -> Self {
        Self {
            buffer,
            words,
            look,
        }
    }

    /// As it is shown: without what would move the cursor, without the modem's own numbers, in letters that are known.
    pub(super) fn shown(&self, text: &str) -> String {
        let text = clean(text);
        let text = if self.look.reveal {
            text
        } else {
            mask::hide_own(&text)
        };
        if self.look.ascii { ascii(&text) } else { text }
    }

    /// How many columns a text takes.
    pub(super) fn width(&self, text: &str) -> u16 {
        u16::try_from(self.shown(text).width()).unwrap_or(u16::MAX)
    }

    /// A text; gives the column behind it.
    pub(super) fn line(&mut self, x: u16, y: u16, room: u16, text: &str) -> u16 {
        self.styled(x, y, room, text, Style::new())
    }

    /// A text that stands out.
    pub(super) fn bold(&mut self, x: u16, y: u16, room: u16, text: &str) -> u16 {
        self.styled(x, y, room, text, Style::new().add_modifier(Modifier::BOLD))
    }

    /// A text that stands back.
    pub(super) fn dim(&mut self, x: u16, y: u16, room: u16, text: &str) -> u16 {
        self.styled(x, y, room, text, Style::new().add_modifier(Modifier::DIM))
    }

    /// A text of which a part that does not fit is told by a mark.
    pub(super) fn styled(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = *self.buffer.area();
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let room = room.min(area.right() - x);
        let text = self.shown(text);
        let is_whole = text.width() <= usize::from(room);
        let part = if is_whole {
            text
        } else {
            cut(&text, room, if self.look.ascii { "~" } else { "…" })
        };
        self.buffer
            .set_stringn(x, y, part, usize::from(room), style)
            .0
    }

    /// Signs of a picture, as they are.
    pub(super) fn drawn(&mut self, x: u16, y: u16, signs: &str, style: Style) {
        let area = *self.buffer.area();
        if y < area.bottom() && x < area.right() {
            let room = usize::from(area.right() - x);
            self.buffer.set_stringn(x, y, signs, room, style);
        }
    }

    /// The colour of a class, where colour may be.
    pub(super) fn of_class(&self, quality: Option<Quality>) -> Style {
        let color = match quality {
            Some(Quality::Excellent | Quality::Good) => Color::Green,
            Some(Quality::Fair) => Color::Yellow,
            Some(Quality::Poor | Quality::Unusable) => Color::Red,
            None => return Style::new(),
        };
        if self.look.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// A sign, or the one that stands for it where the terminal does not know it.
    pub(super) fn sign<'s>(&self, sign: &'s str, instead: &'s str) -> &'s str {
        if self.look.ascii { instead } else { sign }
    }
}

/// As much of a text as there is room for, and the mark.
fn cut(text: &str, room: u16, mark: &str) -> String {
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if kept.width() + mark.width() > usize::from(room) {
            kept.pop();
            break;
        }
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push_str(mark);
    kept
}
