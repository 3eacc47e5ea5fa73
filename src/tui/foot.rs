//! The keys, and what each does.

use ratatui::style::{Modifier, Style};

use super::SignalScreen;
use super::layout::Plan;
use super::pen::Pen;

/// Draws the last row: as many keys as there is room for, the one that ends it first.
pub(super) fn draw(screen: &SignalScreen, pen: &mut Pen<'_>, plan: &Plan) {
    if plan.foot == 0 {
        return;
    }
    let tone = if screen.has_tone {
        "monitor-key_tone_off"
    } else {
        "monitor-key_tone"
    };
    let help = if screen.explains {
        "monitor-key_back"
    } else {
        "monitor-key_help"
    };
    let forget = if plan.area.width < 60 {
        "monitor-key_forget_short"
    } else {
        "monitor-key_forget"
    };
    let (mut x, y) = (plan.left(), plan.area.bottom() - 1);
    let end = x + plan.room();
    for (key, does) in [
        ("q", "monitor-key_quit"),
        ("r", forget),
        ("t", tone),
        ("?", help),
    ] {
        let does = pen.words.text(does);
        if x + 2 + pen.width(&does) > end {
            break;
        }
        let reversed = Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        x = pen.styled(x, y, 1, key, reversed) + 1;
        x = pen.line(x, y, end - x, &does) + 2;
    }
}
