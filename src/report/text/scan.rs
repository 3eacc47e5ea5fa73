//! The page of a survey: the table, the reasons under it, what was put back, and what it took.

use super::measure::{data, goodput, need, voice};
use super::{Sheet, View, code, headline};
use crate::document::{CarrierResult, NetworkRow, Scan};
use crate::domain::Availability;
use crate::domain::Plmn;
use crate::domain::codes::Code;
use crate::domain::rank::Known;
use crate::i18n::{Catalogue, moment};
use crate::report::chart;
use crate::report::layout::{Column, TableCell, Tone, UNKNOWN};

impl View for Scan {
    fn is_bare(&self) -> bool {
        self.carriers.is_empty() && self.networks.is_empty() && self.warnings.is_empty()
    }

    fn draw(&self, at: &str, sheet: &mut Sheet<'_>) {
        head(self, at, sheet);
        if self.carriers.is_empty() && self.networks.is_empty() {
            sheet.page.gap();
            sheet.page.paragraph(&sheet.word("scan-none"));
        }
        if !self.carriers.is_empty() {
            sheet.page.gap();
            sheet.page.chart(chart::of_carriers(self, sheet.words));
            table(&self.carriers, sheet);
            sheet.page.gap();
            sheet.page.lead(&headline::survey(self, sheet.words));
            sheet.page.gap();
            reasons(&self.carriers, sheet);
        }
        networks(self, sheet);
        sheet.warnings(&self.warnings);
        foot(self, sheet);
    }

    fn title(&self, words: &Catalogue) -> String {
        match &self.label {
            Some(label) => words.text_of("scan-title_place", [("label", label.clone())]),
            None => words.text("scan-title"),
        }
    }
}

fn head(scan: &Scan, at: &str, sheet: &mut Sheet<'_>) {
    sheet.page.title(&scan.title(sheet.words));
    let modem = scan.modem.as_ref().map(super::status::modem_name);
    let line: Vec<String> = modem.into_iter().chain([moment(at)]).collect();
    sheet.page.source(&line.join(" · "));
    if is_measured(&scan.carriers) {
        need(scan.requirement.as_ref(), sheet);
    }
}

/// Whether throughput was measured on one of them: the table then shows it, and the reasons the radio.
fn is_measured(carriers: &[CarrierResult]) -> bool {
    carriers.iter().any(|c| c.throughput.is_some())
}

fn table(carriers: &[CarrierResult], sheet: &mut Sheet<'_>) {
    if is_measured(carriers) {
        return measured_table(carriers, sheet);
    }
    let columns = [
        Column::left(sheet.word("scan-col_rank")),
        Column::left(sheet.word("scan-col_carrier")),
        Column::left(sheet.word("scan-col_verdict")),
        Column::left(sheet.word("scan-col_quality")),
        Column::right(sheet.word("scan-col_rsrp")),
        Column::right(sheet.word("scan-col_sinr")),
        Column::left(sheet.word("scan-col_band")),
        Column::right(sheet.word("scan-col_time")),
    ];
    let rows = carriers.iter().map(|carrier| row(carrier, sheet)).collect();
    sheet.page.table(&columns, rows);
}

fn measured_table(carriers: &[CarrierResult], sheet: &mut Sheet<'_>) {
    let columns = [
        Column::left(sheet.word("scan-col_rank")),
        Column::left(sheet.word("scan-col_carrier")),
        Column::left(sheet.word("scan-col_verdict")),
        Column::left(sheet.word("scan-col_quality")).extra(),
        Column::right(sheet.word("scan-col_rsrp")),
        Column::right(sheet.word("scan-col_sinr")).extra(),
        Column::left(sheet.word("scan-col_band")).extra(),
        Column::right(sheet.word("scan-col_down")),
        Column::right(sheet.word("scan-col_up")),
        Column::right(sheet.word("scan-col_voice")),
        Column::right(sheet.word("scan-col_data")),
    ];
    let rows = carriers.iter().map(|carrier| {
        let words = sheet.words;
        let radio = carrier.radio.as_ref();
        let rsrp = radio.and_then(|r| r.rsrp_dbm);
        let sinr = radio.and_then(|r| r.sinr_db);
        let throughput = carrier.throughput.as_ref();
        vec![
            rank(carrier).into(),
            TableCell::toned(carrier.name.clone(), Tone::Strong),
            sheet.verdict(carrier.verdict),
            sheet.quality(radio.and_then(|r| r.quality)),
            TableCell::known(rsrp.map(|v| words.number(v.value()))),
            TableCell::known(sinr.map(|v| words.number(v.value()))),
            TableCell::known(radio.and_then(|r| r.band)),
            goodput(throughput.and_then(|t| t.down.as_ref()), words),
            goodput(throughput.and_then(|t| t.up.as_ref()), words),
            voice(carrier.voice.as_ref(), words),
            data(carrier.cost.map(|cost| cost.bytes), words),
        ]
    });
    let rows = rows.collect();
    sheet.page.table(&columns, rows);
}

fn row(carrier: &CarrierResult, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let words = sheet.words;
    let radio = carrier.radio.as_ref();
    let rsrp = radio
        .and_then(|r| r.rsrp_dbm)
        .map(|v| words.number(v.value()));
    let sinr = radio
        .and_then(|r| r.sinr_db)
        .map(|v| words.number(v.value()));
    vec![
        rank(carrier).into(),
        TableCell::toned(carrier.name.clone(), Tone::Strong),
        sheet.verdict(carrier.verdict),
        sheet.quality(radio.and_then(|r| r.quality)),
        TableCell::known(rsrp),
        TableCell::known(sinr),
        TableCell::known(radio.and_then(|r| r.band)),
        TableCell::known(
            carrier
                .registered_in_s
                .map(|s| sheet.say("duration-seconds", [("s", words.number(s.round()))])),
        ),
    ]
}

/// `2`, or `1=` where others share the rank; none where nothing was read that could be compared.
fn rank(carrier: &CarrierResult) -> String {
    if carrier.known() != Known::Read {
        return UNKNOWN.to_owned();
    }
    let shared = if carrier.tied_with.is_empty() {
        ""
    } else {
        "="
    };
    format!("{}{shared}", carrier.rank)
}

fn reasons(carriers: &[CarrierResult], sheet: &mut Sheet<'_>) {
    sheet.page.heading(&sheet.word("scan-why"));
    for carrier in carriers {
        sheet.page.subject(&rank(carrier), &carrier.name);
        for line in lines(carrier) {
            sheet.page.item(1, &line, Tone::Plain);
        }
    }
}

fn lines(carrier: &CarrierResult) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(carrier.why.iter().map(|why| why.message.clone()));
    let error = carrier.error.as_ref().filter(|_| !says_the_error(carrier));
    lines.extend(error.map(|error| error.message.clone()));
    lines
}

/// Whether a reason says the same as the row's error in the row's own words; without one the error stands in for it.
fn says_the_error(carrier: &CarrierResult) -> bool {
    carrier.why.iter().any(|why| {
        matches!(
            why.code.known(),
            Some(
                Code::CARRIER_DENIED
                    | Code::CARRIER_NOT_AVAILABLE
                    | Code::CARRIER_TIMED_OUT
                    | Code::CARRIER_FAILED
                    | Code::CARRIER_NOT_VISITED
                    | Code::MEASURE_FAILED
                    | Code::MEASURE_NOTHING_CAME
            )
        )
    })
}

fn networks(scan: &Scan, sheet: &mut Sheet<'_>) {
    let networks = &scan.networks;
    let back = scan.selection_after.as_ref();
    let in_use = back
        .filter(|_| scan.restored == Some(true))
        .and_then(|s| s.plmn);
    if networks.is_empty() {
        return;
    }
    sheet.page.gap();
    sheet.page.heading(&sheet.word("scan-networks"));
    let columns = [
        Column::left(sheet.word("scan-col_plmn")),
        Column::left(sheet.word("scan-col_network")),
        Column::left(sheet.word("scan-col_availability")),
        Column::left(sheet.word("scan-col_access")),
    ];
    let rows = networks.iter().map(|network| {
        let name = network.long_name.as_ref().or(network.short_name.as_ref());
        let access = network
            .access
            .map(|a| sheet.words.family("access", &code(&a)));
        vec![
            network.plmn.to_string().into(),
            TableCell::known(name),
            sheet
                .words
                .family("availability", &code(&state(network, in_use)))
                .into(),
            TableCell::known(access),
        ]
    });
    let rows = rows.collect();
    sheet.page.table(&columns, rows);
}

/// The list may have been asked for on the way: what the modem was on then is not what it is on now.
fn state(network: &NetworkRow, in_use: Option<Plmn>) -> Availability {
    let left = in_use.is_some_and(|in_use| in_use != network.plmn);
    match network.availability {
        Availability::Current if left => Availability::Available,
        other => other,
    }
}

fn foot(scan: &Scan, sheet: &mut Sheet<'_>) {
    sheet.page.gap();
    for line in closing(scan, sheet.words) {
        sheet.page.paragraph(&line);
    }
}

/// What was put back, what it took, and how to go on.
fn closing(scan: &Scan, words: &Catalogue) -> Vec<String> {
    let cost = scan.cost.as_ref().map(|cost| {
        let (total, bytes) = (words.duration(cost.seconds), words.bytes(cost.bytes));
        if cost.offline_s > 0.0 {
            let offline = words.duration(cost.offline_s);
            words.text_of(
                "scan-cost",
                [("total", total), ("offline", offline), ("bytes", bytes)],
            )
        } else {
            words.text_of("scan-cost_online", [("total", total), ("bytes", bytes)])
        }
    });
    let usable = scan.carriers.iter().any(|c| c.known() != Known::Away);
    let goes_on = scan.complete && usable && scan.restored != Some(false);
    let next = goes_on.then(|| words.text("scan-next"));
    [restored(scan, words), cost, next]
        .into_iter()
        .flatten()
        .collect()
}

fn restored(scan: &Scan, words: &Catalogue) -> Option<String> {
    let before = scan.selection_before.as_ref().and_then(|s| s.plmn);
    let after = || scan.selection_after.as_ref().and_then(|s| s.plmn);
    let plmn = before.or_else(after)?;
    let said = || scan.warnings.iter().any(|w| w.code == Code::RESTORE_FAILED);
    let key = match scan.restored? {
        true if scan.never_left() => "scan-still",
        true => "scan-restored",
        false if said() => return None,
        false => "scan-not_restored",
    };
    Some(words.text_of(key, [("carrier", words.carrier(plmn.as_str()))]))
}
