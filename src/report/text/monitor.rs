//! One reading of the signal: in a sentence as it comes, and as the page that is left when the watching is over.

use super::{Sheet, View, code, status};
use crate::document::{BestRow, CellRow, LevelTrend, MonitorReading, Radio};
use crate::domain::radio::{Rsrp, Rsrq, Sinr};
use crate::domain::watch::Tendency;
use crate::i18n::Catalogue;
use crate::report::layout::TableCell;

/// What a reading is to a person to whom it is read: a sentence of its own where the cell is another one, then the levels.
pub fn reading_lines(reading: &MonitorReading, words: &Catalogue) -> Vec<String> {
    let moved = moved_line(reading, words);
    moved.into_iter().chain([levels(reading, words)]).collect()
}

/// That the cell is another one; nothing where it is the same.
pub fn moved_line(reading: &MonitorReading, words: &Catalogue) -> Option<String> {
    let left = reading.cell_left.as_ref()?;
    Some(moved(reading, left, words))
}

/// That the last survey ranks another carrier before the one in use, and how a person moves to it.
pub fn surveyed_line(reading: &MonitorReading, words: &Catalogue) -> Option<String> {
    let better = reading.better_in_survey.as_ref()?;
    let values = [
        ("carrier", words.carrier(&better.carrier)),
        ("moment", words.moment(&better.at)),
        ("command", format!("opensim switch {}", better.carrier)),
    ];
    let Some(label) = &better.label else {
        return Some(words.text_of("monitor-surveyed", values));
    };
    let [carrier, moment, command] = values;
    let values = [carrier, moment, command, ("label", label.clone())];
    Some(words.text_of("monitor-surveyed_at", values))
}

fn levels(reading: &MonitorReading, words: &Catalogue) -> String {
    let time = words.duration(reading.elapsed_s.unwrap_or_default().round());
    let Some(radio) = reading.radio.as_ref().filter(|radio| has_level(radio)) else {
        return words.text_of("monitor-line_unread", [("time", time)]);
    };
    let trend = reading.trend.as_ref();
    let one = |name: &str, value: Option<f64>, unit: &str, trend: Option<LevelTrend>| {
        let direction = trend.and_then(|trend| trend.direction);
        let direction = direction.map(|direction| format!(", {}", going(direction, words)));
        let value = words.number(value?);
        Some(format!(
            "{name}\u{a0}{value}\u{a0}{unit}{}",
            direction.unwrap_or_default()
        ))
    };
    let parts = [
        one(
            "RSRP",
            radio.rsrp_dbm.map(Rsrp::value),
            "dBm",
            trend.and_then(|trend| trend.rsrp),
        ),
        one("RSRQ", radio.rsrq_db.map(Rsrq::value), "dB", None),
        one(
            "SINR",
            radio.sinr_db.map(Sinr::value),
            "dB",
            trend.and_then(|trend| trend.sinr),
        ),
        best_so_far(reading, words),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let between = words.text("monitor-between");
    let quality = match radio.quality {
        Some(quality) => words.family("quality", &code(&quality)),
        None => words.text("quality-unknown"),
    };
    let values = [
        ("time", time),
        ("quality", quality),
        ("levels", parts.join(&between)),
    ];
    words.text_of("monitor-line", values)
}

/// The word of where a level is going.
fn going(direction: Tendency, words: &Catalogue) -> String {
    words.text(match direction {
        Tendency::Rising => "monitor-rising",
        Tendency::Steady => "monitor-steady",
        Tendency::Falling => "monitor-falling",
    })
}

fn best_so_far(reading: &MonitorReading, words: &Catalogue) -> Option<String> {
    let best = reading.best.as_ref()?;
    if Some(best.number) == reading.number {
        return Some(words.text("monitor-best_now"));
    }
    let ago = (reading.elapsed_s? - best.elapsed_s).max(0.0).round();
    let level = level_of(&best.radio, words)?;
    let values = [("level", level), ("time", words.duration(ago))];
    Some(words.text_of("monitor-best_ago", values))
}

/// The level that an antenna is turned by.
fn level_of(radio: &Radio, words: &Catalogue) -> Option<String> {
    let rsrp = radio.rsrp_dbm.map(|rsrp| (rsrp.value(), "dBm"));
    let (value, unit) = rsrp.or(radio.sinr_db.map(|sinr| (sinr.value(), "dB")))?;
    Some(format!("{}\u{a0}{unit}", words.number(value)))
}

fn has_level(radio: &Radio) -> bool {
    radio.rsrp_dbm.is_some()
        || radio.rsrq_db.is_some()
        || radio.sinr_db.is_some()
        || radio.rssi_dbm.is_some()
}

fn moved(reading: &MonitorReading, left: &CellRow, words: &Catalogue) -> String {
    let registration = reading.registration.as_ref();
    let carrier = registration.and_then(|r| r.carrier.clone());
    let to = reading.radio.as_ref().map_or_else(String::new, |radio| {
        let is_other = carrier != left.carrier && left.carrier.is_some();
        cell_name(radio, carrier.filter(|_| is_other).as_deref(), words)
    });
    let from = [
        left.carrier
            .as_ref()
            .filter(|_| left.carrier != registration.and_then(|r| r.carrier.clone()))
            .map(|id| words.carrier(id)),
        left.band.map(|band| band.to_string()),
        left.pci.map(|pci| format!("PCI\u{a0}{pci}")),
    ];
    let from: Vec<String> = from.into_iter().flatten().collect();
    words.text_of("monitor-moved", [("to", to), ("from", from.join(", "))])
}

/// A cell as a person tells it from another: carrier, band, physical identity, identity.
fn cell_name(radio: &Radio, carrier: Option<&str>, words: &Catalogue) -> String {
    let parts = [
        carrier.map(|id| words.carrier(id)),
        radio.band.map(|band| band.to_string()),
        radio.pci.map(|pci| format!("PCI\u{a0}{pci}")),
        radio
            .cell_id
            .map(|id| words.text_of("monitor-cell", [("cell", id.to_string())])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl View for MonitorReading {
    fn is_bare(&self) -> bool {
        self.best.is_none()
    }

    fn tells_of_an_interruption(&self) -> bool {
        true
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        let count = i64::from(self.number.unwrap_or_default());
        let time = sheet
            .words
            .duration(self.elapsed_s.unwrap_or_default().round());
        let values: [(&str, fluent_bundle::FluentValue<'_>); 2] =
            [("count", count.into()), ("time", time.into())];
        sheet
            .page
            .lead(&sheet.words.text_of("monitor-ended", values));
        let mut fields = Vec::new();
        if let Some(best) = &self.best {
            fields.push((sheet.word("monitor-best"), best_lines(best, sheet)));
        }
        if let Some(radio) = self.radio.as_ref().filter(|_| self.best.is_some()) {
            fields.push((sheet.word("monitor-last"), status::levels(radio, sheet)));
        }
        if self.cell_changes > 0 {
            let changes = vec![TableCell::from(self.cell_changes.to_string())];
            fields.push((sheet.word("monitor-changes"), changes));
        }
        if !fields.is_empty() {
            sheet.page.gap();
            sheet.page.fields(&fields);
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("monitor-title")
    }
}

fn best_lines(best: &BestRow, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let mut lines = status::levels(&best.radio, sheet);
    let values = [
        ("time", sheet.words.duration(best.elapsed_s.round())),
        ("moment", sheet.words.moment(&best.at)),
    ];
    lines.push(sheet.say("monitor-when", values).into());
    let cell = cell_name(&best.radio, best.carrier.as_deref(), sheet.words);
    if !cell.is_empty() {
        lines.push(cell.into());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::report::sample;

    fn said(lang: Lang, reading: &MonitorReading) -> Vec<String> {
        let plain = |line: String| line.replace(['\u{a0}', '\u{202f}'], " ");
        let lines = reading_lines(reading, &Catalogue::new(lang));
        lines.into_iter().map(plain).collect()
    }

    #[test]
    fn a_reading_is_a_sentence_and_another_cell_one_of_its_own() {
        let reading = sample::reading().body;
        assert_eq!(
            said(Lang::En, &reading),
            [
                "Change of cell: B20, PCI 212, cell 23456780 (before: B20, PCI 87).",
                "41 s: fair; RSRP -97 dBm, rising; RSRQ -11 dB; SINR 9 dB, falling; \
                 best: -91 dBm, 23 s ago",
            ]
        );
        assert_eq!(
            said(Lang::Fr, &reading)[1],
            "41 s : moyenne ; RSRP -97 dBm, en hausse ; RSRQ -11 dB ; SINR 9 dB, en baisse ; \
             meilleure : -91 dBm, il y a 23 s"
        );
    }

    #[test]
    fn what_was_not_read_is_said_and_what_was_is_not_left_out_for_it() {
        let mut reading = sample::reading().body;
        reading.cell_left = None;
        let radio = reading.radio.as_mut().unwrap();
        (radio.rsrp_dbm, radio.quality) = (None, None);
        let line = said(Lang::En, &reading).remove(0);
        assert!(line.starts_with("41 s: unknown; RSRQ -11 dB"), "{line}");
        reading.radio = None;
        assert_eq!(said(Lang::En, &reading), ["41 s: no signal was read"]);
    }
}
