//! The page of a survey: the table, the reasons under it, what was put back, and what it took.

use super::measure::{data, goodputs, need, voice};
use super::{Sheet, View, code, headline, reasons};
use crate::document::{CarrierResult, Direction, ModemInfo, NetworkRow, Radio, Scan, Throughput};
use crate::domain::Availability;
use crate::domain::Plmn;
use crate::domain::codes::Code;
use crate::domain::radio::{Rsrp, Sinr};
use crate::domain::rank::Known;
use crate::i18n::Catalogue;
use crate::report::chart;
use crate::report::layout::{TableCell, TableColumn, Tone, UNKNOWN};

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
            table(self, sheet);
            sheet.page.gap();
            sheet.page.lead(&headline::survey(self, sheet.words));
            sheet.page.gap();
            why(&self.carriers, sheet);
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
    let line: Vec<String> = modem.into_iter().chain([sheet.words.moment(at)]).collect();
    sheet.page.source(&line.join(" · "));
    if is_measured(&scan.carriers) {
        need(scan.requirement.as_ref(), sheet);
    }
}

/// Whether throughput was measured on one of them: the table then shows it, and the reasons the radio.
fn is_measured(carriers: &[CarrierResult]) -> bool {
    carriers.iter().any(|c| c.throughput.is_some())
}

fn table(scan: &Scan, sheet: &mut Sheet<'_>) {
    let words = sheet.words;
    let carriers = &scan.carriers;
    let measured = is_measured(carriers);
    let level = |of: fn(&Radio) -> Option<f64>| {
        let values = carriers.iter().map(|c| c.radio.as_ref().and_then(of));
        words.column(&values.collect::<Vec<_>>())
    };
    let rsrp = level(|radio| radio.rsrp_dbm.map(Rsrp::value));
    let sinr = level(|radio| radio.sinr_db.map(Sinr::value));
    let way = |of: fn(&Throughput) -> Option<&Direction>| {
        let ways = carriers
            .iter()
            .map(|c| c.throughput.as_ref().and_then(of))
            .collect::<Vec<_>>();
        goodputs(&ways, words)
    };
    let (down_unit, down) = way(|t| t.down.as_ref());
    let (up_unit, up) = way(|t| t.up.as_ref());
    let columns = columns(measured, [down_unit, up_unit], sheet);
    let in_use = in_use(scan);
    let rates = down.into_iter().zip(up);
    let rows = carriers.iter().zip(rsrp.into_iter().zip(sinr)).zip(rates);
    let rows: Vec<Vec<TableCell>> = rows
        .map(|((carrier, (rsrp, sinr)), (down, up))| {
            let mut row = who(carrier, in_use, sheet);
            row.extend(levels(carrier, rsrp, sinr, sheet));
            if measured {
                row.extend([down, up]);
                row.push(voice(carrier.voice.as_ref(), words));
                row.push(data(carrier.cost.map(|cost| cost.bytes), words));
            } else {
                row.push(joined(carrier, sheet));
            }
            row
        })
        .collect();
    sheet.page.table(&columns, rows);
}

/// The table's columns; goodputs have their unit in the heading where all share one.
fn columns(measured: bool, units: [Option<String>; 2], sheet: &Sheet<'_>) -> Vec<TableColumn> {
    let [down_unit, up_unit] = units;
    let heading = |word: String, unit: Option<String>| {
        unit.map_or(word.clone(), |unit| format!("{word}\n{unit}"))
    };
    let mut columns = vec![
        TableColumn::left(sheet.word("scan-col_rank")).title(),
        TableColumn::left(sheet.word("scan-col_carrier")).title(),
        TableColumn::left(sheet.word("scan-col_verdict")),
    ];
    columns.extend(if measured {
        vec![
            TableColumn::left(sheet.word("scan-col_quality")).extra(),
            TableColumn::right(sheet.word("scan-col_rsrp")),
            TableColumn::right(sheet.word("scan-col_sinr")).extra(),
            TableColumn::left(sheet.word("scan-col_band")).extra(),
            TableColumn::right(heading(sheet.word("scan-col_down"), down_unit)),
            TableColumn::right(heading(sheet.word("scan-col_up"), up_unit)),
            TableColumn::right(sheet.word("scan-col_voice")),
            TableColumn::right(sheet.word("scan-col_data")),
        ]
    } else {
        vec![
            TableColumn::left(sheet.word("scan-col_quality")),
            TableColumn::right(sheet.word("scan-col_rsrp")),
            TableColumn::right(sheet.word("scan-col_sinr")),
            TableColumn::left(sheet.word("scan-col_band")),
            TableColumn::right(sheet.word("scan-col_time")).in_words(),
        ]
    });
    columns
}

/// Its rank, its name, and its verdict.
fn who(carrier: &CarrierResult, in_use: Option<Plmn>, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let name = if in_use.is_some_and(|plmn| is_of(carrier, plmn, sheet.words)) {
        format!("{}\n{}", carrier.name, sheet.word("scan-in_use"))
    } else {
        carrier.name.clone()
    };
    vec![
        rank(carrier).into(),
        TableCell::toned(name, Tone::Strong),
        sheet.verdict(carrier.verdict),
    ]
}

/// Whether a network is this carrier's.
fn is_of(carrier: &CarrierResult, plmn: Plmn, words: &Catalogue) -> bool {
    carrier.plmn == plmn || words.carrier(plmn.as_str()) == carrier.name
}

/// The network in use now, as far as the survey knows.
fn in_use(scan: &Scan) -> Option<Plmn> {
    let after = scan.selection_after.as_ref();
    after
        .filter(|_| scan.restored != Some(false))
        .and_then(|selection| selection.plmn)
}

fn levels(
    carrier: &CarrierResult,
    rsrp: Option<String>,
    sinr: Option<String>,
    sheet: &Sheet<'_>,
) -> [TableCell; 4] {
    let radio = carrier.radio.as_ref();
    [
        sheet.quality(radio.and_then(|r| r.quality)),
        TableCell::known(rsrp),
        TableCell::known(sinr),
        TableCell::known(radio.and_then(|r| r.band)),
    ]
}

fn joined(carrier: &CarrierResult, sheet: &Sheet<'_>) -> TableCell {
    let took = carrier.registered_in_s.map(|s| {
        let s = sheet.words.number(s.round());
        sheet.say("duration-seconds", [("s", s)])
    });
    TableCell::known(took)
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

fn why(carriers: &[CarrierResult], sheet: &mut Sheet<'_>) {
    sheet.page.heading(&sheet.word("scan-why"));
    for carrier in carriers {
        sheet.page.subject(&rank(carrier), &carrier.name);
        for line in lines(carrier, sheet.words) {
            sheet.page.item(1, &line, Tone::Plain);
        }
    }
}

fn lines(carrier: &CarrierResult, words: &Catalogue) -> Vec<String> {
    let mut lines = reasons(&carrier.why, words);
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
    let in_use = in_use(scan).filter(|_| scan.restored == Some(true));
    if networks.is_empty() {
        return;
    }
    sheet.page.gap();
    sheet.page.heading(&sheet.word("scan-networks"));
    let columns = [
        TableColumn::left(sheet.word("scan-col_plmn")).title(),
        TableColumn::left(sheet.word("scan-col_network")).title(),
        TableColumn::left(sheet.word("scan-col_availability")),
        TableColumn::left(sheet.word("scan-col_access")),
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
    let rows: Vec<Vec<TableCell>> = rows.collect();
    sheet.page.table(&columns, rows);
}

/// The list may have been asked for on the way: what the modem was on then is not what it is on now.
fn state(network: &NetworkRow, in_use: Option<Plmn>) -> Availability {
    match (network.availability, in_use) {
        (_, Some(in_use)) if in_use == network.plmn => Availability::Current,
        (Availability::Current, Some(_)) => Availability::Available,
        (other, _) => other,
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
    let on_a_virtual_one = scan.modem.as_ref().is_some_and(ModemInfo::is_virtual);
    let virtual_time = cost.as_ref().filter(|_| on_a_virtual_one);
    let virtual_time = virtual_time.map(|_| words.text("scan-virtual_time"));
    [restored(scan, words), cost, virtual_time, next(scan, words)]
        .into_iter()
        .flatten()
        .collect()
}

/// How to move to another carrier: to the only other one by its name.
fn next(scan: &Scan, words: &Catalogue) -> Option<String> {
    if !scan.complete || scan.restored == Some(false) {
        return None;
    }
    let in_use = in_use(scan);
    let here = |c: &CarrierResult| in_use.is_some_and(|plmn| is_of(c, plmn, words));
    let others = scan.carriers.iter().filter(|c| c.known() != Known::Away);
    let others: Vec<&CarrierResult> = others.filter(|c| !here(c)).collect();
    match others[..] {
        [] => None,
        [only] => {
            let values = [("carrier", only.name.clone()), ("id", only.carrier.clone())];
            Some(words.text_of("scan-next_one", values))
        }
        _ => Some(words.text("scan-next")),
    }
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
