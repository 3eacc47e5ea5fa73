//! The rows of the history: one a carrier of each survey, one for every other document.

use super::{Field, Rows, maybe, number, text, word};
use crate::document::{
    Compare, ComparedRow, ComparedValues, History, HistoryEntry, PastCarrier, Sending, SentRow,
};

impl Rows for History {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "entry_at",
        "label",
        "modem",
        "demonstration",
        "outcome",
        "interface",
        "rank",
        "carrier",
        "name",
        "plmn",
        "verdict",
        "in_use",
        "quality",
        "rsrp_dbm",
        "sinr_db",
        "spread_db",
        "band",
        "cell_id",
        "down_bps",
        "down_low_bps",
        "down_high_bps",
        "up_bps",
        "up_low_bps",
        "up_high_bps",
        "voice_mos",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        self.entries.iter().flat_map(entry_rows).collect()
    }
}

fn entry_rows(entry: &HistoryEntry) -> Vec<Vec<Field>> {
    let head = [
        number(entry.id),
        text(&entry.kind.to_string()),
        text(&entry.at),
        maybe(entry.label.as_ref(), |label| text(label)),
        maybe(entry.modem.as_ref(), |modem| text(modem)),
        word_of(entry.demonstration),
        maybe(entry.outcome.as_ref(), word),
        maybe(entry.interface.as_ref(), |interface| text(interface)),
    ];
    let row = |cells: Vec<Field>| head.iter().cloned().chain(cells).collect::<Vec<_>>();
    if !entry.carriers.is_empty() {
        return entry
            .carriers
            .iter()
            .map(|carrier| row(carrier_cells(carrier)))
            .collect();
    }
    let mut cells = vec![Field::Empty; History::COLUMNS.len() - head.len()];
    cells[1] = maybe(entry.carrier.as_ref(), |carrier| text(carrier));
    cells[4] = maybe(entry.verdict.as_ref(), word);
    vec![row(cells)]
}

fn carrier_cells(carrier: &PastCarrier) -> Vec<Field> {
    vec![
        number(carrier.rank),
        text(&carrier.carrier),
        text(&carrier.name),
        text(&carrier.plmn),
        word(&carrier.verdict),
        word_of(carrier.in_use),
        maybe(carrier.quality.as_ref(), word),
        maybe(carrier.rsrp_dbm, number),
        maybe(carrier.sinr_db, number),
        maybe(carrier.spread_db, number),
        maybe(carrier.band.as_ref(), |band| text(band)),
        maybe(carrier.cell_id, number),
        maybe(carrier.down_bps, number),
        maybe(carrier.down_low_bps, number),
        maybe(carrier.down_high_bps, number),
        maybe(carrier.up_bps, number),
        maybe(carrier.up_low_bps, number),
        maybe(carrier.up_high_bps, number),
        maybe(carrier.mos, number),
    ]
}

fn word_of(is: bool) -> Field {
    text(if is { "true" } else { "false" })
}

impl Rows for Compare {
    const COLUMNS: &'static [&'static str] = &[
        "label",
        "carrier",
        "name",
        "signal",
        "signal_delta_db",
        "signal_noise_db",
        "download",
        "upload",
        "verdict",
        "before_surveys",
        "before_read",
        "before_rsrp_dbm",
        "before_spread_db",
        "before_down_low_bps",
        "before_up_low_bps",
        "before_verdict",
        "after_surveys",
        "after_read",
        "after_rsrp_dbm",
        "after_spread_db",
        "after_down_low_bps",
        "after_up_low_bps",
        "after_verdict",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        self.rows.iter().map(compared_row).collect()
    }
}

fn compared_row(row: &ComparedRow) -> Vec<Field> {
    let mut cells = vec![
        maybe(row.label.as_ref(), |label| text(label)),
        text(&row.carrier),
        text(&row.name),
        text(&row.signal.to_string()),
        maybe(row.signal_delta_db, number),
        maybe(row.signal_noise_db, number),
        text(&row.download.to_string()),
        text(&row.upload.to_string()),
        text(&row.verdict.to_string()),
    ];
    for side in [&row.before, &row.after] {
        cells.extend(side_cells(side));
    }
    cells
}

fn side_cells(side: &ComparedValues) -> [Field; 7] {
    [
        number(side.surveys),
        number(side.read),
        maybe(side.rsrp_dbm, number),
        maybe(side.spread_db, number),
        maybe(side.down_low_bps, number),
        maybe(side.up_low_bps, number),
        maybe(side.verdict.as_ref(), word),
    ]
}

impl Rows for Sending {
    const COLUMNS: &'static [&'static str] = &[
        "collector",
        "file",
        "kind",
        "document_at",
        "bytes",
        "outcome",
        "status",
        "reason",
        "error",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let collector = maybe(self.collector.as_ref(), |collector| text(collector));
        let row = |sent: &SentRow| {
            vec![
                collector.clone(),
                text(&sent.file),
                maybe(sent.kind.as_ref(), |kind| text(&kind.to_string())),
                maybe(sent.at.as_ref(), |at| text(at)),
                number(sent.bytes),
                text(&sent.outcome.to_string()),
                maybe(sent.status, number),
                maybe(sent.reason.as_ref(), |reason| text(reason)),
                maybe(sent.error.as_ref(), |error| text(error.code.as_str())),
            ]
        };
        self.documents.iter().map(row).collect()
    }
}
