//! Which modem and which cell it is, and what all of it comes to.

use super::layout::Plan;
use super::pen::Pen;
use crate::document::MonitorReading;
use crate::report;

/// Draws the rows at the top, as many as the plan has.
pub(super) fn draw(reading: &MonitorReading, pen: &mut Pen<'_>, plan: &Plan) {
    let mut y = plan.area.y;
    if plan.head >= 2 {
        let name = reading.modem.as_ref().map(report::modem_name);
        let time = pen
            .words
            .duration(reading.elapsed_s.unwrap_or_default().round());
        two_ends(pen, plan, y, &name.unwrap_or_default(), &time);
        y += 1;
    }
    if plan.head >= 1 {
        in_use(reading, pen, plan, y);
    }
}

fn two_ends(pen: &mut Pen<'_>, plan: &Plan, y: u16, left: &str, right: &str) {
    let (x, room) = (plan.left(), plan.room());
    let end = pen.width(right).min(room);
    pen.bold(x, y, room.saturating_sub(end + 2), left);
    pen.dim(x + room - end, y, end, right);
}

/// Carrier, technology, band and cell; what keeps the modem from a network where it has none.
fn in_use(reading: &MonitorReading, pen: &mut Pen<'_>, plan: &Plan, y: u16) {
    let words = pen.words;
    let registration = reading.registration.as_ref();
    let mut parts = Vec::new();
    let carrier = registration.and_then(|r| r.carrier.as_deref());
    let plmn = registration.and_then(|r| r.plmn);
    match (carrier, plmn) {
        (Some(id), _) => parts.push(words.carrier(id)),
        (None, Some(plmn)) => parts.push(plmn.to_string()),
        (None, None) => {}
    }
    if let Some(registration) = registration.filter(|r| !r.state.is_registered()) {
        let state = words.family("registration", &report::word_of(&registration.state));
        let values = [("registered", state)];
        parts.push(words.text_of("monitor-network", values));
    }
    if let Some(access) = registration.and_then(|r| r.access) {
        parts.push(words.family("access", &report::word_of(&access)));
    }
    if let Some(radio) = &reading.radio {
        parts.extend(radio.band.map(|band| band.to_string()));
        parts.extend(radio.pci.map(|pci| format!("PCI\u{a0}{pci}")));
        let cell = radio.cell_id.map(|cell| cell.to_string());
        parts.extend(cell.map(|cell| words.text_of("monitor-cell", [("cell", cell)])));
    }
    let between = if pen.look.ascii { " | " } else { " · " };
    let line = parts.join(between);
    let quality = reading.radio.as_ref().and_then(|radio| radio.quality);
    let class = match quality {
        Some(quality) => words.family("quality", &report::word_of(&quality)),
        None => words.text("quality-unknown"),
    };
    let class = words.text_of("monitor-class", [("quality", class)]);
    let (x, room) = (plan.left(), plan.room());
    let end = pen.width(&class);
    if plan.area.width >= 60 {
        let style = pen.of_class(quality);
        pen.line(x, y, room.saturating_sub(end + 2), &line);
        let style = style.add_modifier(ratatui::style::Modifier::BOLD);
        pen.styled(x + room - end.min(room), y, end, &class, style);
    } else {
        pen.line(x, y, room, &line);
    }
}
