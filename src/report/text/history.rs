//! The pages of the history: what was kept, what was done to it, and what changed between two times or places.

use super::{Sheet, View, code};
use crate::document::{
    Compare, ComparedBy, ComparedRow, ComparedSide, ComparedValues, History, HistoryEntry,
    HistoryKind, HistoryWork, PastCarrier, Word,
};
use crate::domain::compare::Trend;
use crate::domain::verdict::Verdict;
use crate::i18n::Catalogue;
use crate::report::chart::{self, Chart};
use crate::report::layout::{TableCell, TableColumn, Tone};
use crate::report::timeline;

impl View for History {
    fn is_bare(&self) -> bool {
        self.entries.is_empty() && self.done.is_none() && self.warnings.is_empty()
    }

    fn draw(&self, at: &str, sheet: &mut Sheet<'_>) {
        sheet.page.title(&self.title(sheet.words));
        sheet.page.source(&sheet.words.moment(at));
        if let Some(work) = &self.done {
            sheet.page.lead(&done(*work, sheet));
            let left = [("count", self.total.to_string())];
            sheet.page.paragraph(&sheet.say("history-total", left));
        } else if self.entries.is_empty() {
            let key = if self.total == 0 {
                "history-none"
            } else {
                "history-none_listed"
            };
            sheet.page.paragraph(&sheet.word(key));
        }
        surveys(self, sheet);
        others(&self.entries, sheet);
        let listed = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        if listed > 0 {
            sheet.page.gap();
            if self.total > listed {
                let shown = [
                    ("count", listed.to_string()),
                    ("total", self.total.to_string()),
                ];
                sheet.page.paragraph(&sheet.say("history-more", shown));
            }
            sheet.page.paragraph(&sheet.word("history-next"));
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        let surveys = || self.entries.iter().filter(|e| e.kind == HistoryKind::Scan);
        let first = surveys().find_map(|entry| entry.label.as_ref());
        match first.filter(|first| surveys().all(|entry| entry.label.as_ref() == Some(*first))) {
            Some(label) => words.text_of("history-title_place", [("label", label.clone())]),
            None => words.text("history-title"),
        }
    }
}

fn done(work: HistoryWork, sheet: &Sheet<'_>) -> String {
    let say = |key: &str, count: u64| sheet.say(key, [("count", count.to_string())]);
    match work {
        HistoryWork { rebuilt, .. } if rebuilt > 0 => say("history-rebuilt", rebuilt),
        HistoryWork { removed, .. } if removed > 0 => say("history-removed", removed),
        HistoryWork {
            added: 0, known: 0, ..
        } => sheet.word("history-untouched"),
        HistoryWork {
            added, known: 0, ..
        } => say("history-added", added),
        HistoryWork {
            added: 0, known, ..
        } => say("history-known", known),
        HistoryWork { added, known, .. } => {
            format!(
                "{} {}",
                say("history-added", added),
                say("history-known", known)
            )
        }
    }
}

/// The surveys, a column for each carrier; above them how it stands now and how it was, as pictures.
fn surveys(history: &History, sheet: &mut Sheet<'_>) {
    let surveys: Vec<&HistoryEntry> = history
        .entries
        .iter()
        .filter(|e| e.kind == HistoryKind::Scan)
        .collect();
    let Some(newest) = surveys.first() else {
        return;
    };
    sheet.page.gap();
    let now = newest.as_survey(history.requirement.as_ref());
    let drawn = chart::of_carriers(&now, sheet.words).map(|drawn| Chart {
        heading: sheet.say("history-newest", [("at", sheet.words.moment(&newest.at))]),
        ..drawn
    });
    sheet.page.chart(drawn);
    sheet
        .page
        .timeline(timeline::of_history(history, sheet.words));
    sheet.page.heading(&sheet.word("history-scans"));
    let names = carriers(&surveys);
    let mut columns = vec![
        TableColumn::right(sheet.word("history-col_id")).title(),
        TableColumn::left(sheet.word("history-col_when")).title(),
        TableColumn::left(sheet.word("history-col_place")),
    ];
    columns.extend(
        names
            .iter()
            .map(|(_, name)| TableColumn::left((*name).to_owned())),
    );
    let rows = surveys.iter().map(|entry| {
        let mut row = head(entry, sheet);
        row.push(place(entry, sheet));
        row.extend(names.iter().map(|(id, _)| {
            let found = entry.carriers.iter().find(|carrier| carrier.carrier == *id);
            found.map_or_else(
                || TableCell::known::<String>(None),
                |found| result(found, sheet),
            )
        }));
        row
    });
    sheet.page.table(&columns, rows.collect());
}

/// Its number and when it was.
fn head(entry: &HistoryEntry, sheet: &Sheet<'_>) -> Vec<TableCell> {
    vec![
        TableCell::from(entry.id.to_string()),
        TableCell::toned(sheet.words.moment(&entry.at), Tone::Strong),
    ]
}

fn place(entry: &HistoryEntry, sheet: &Sheet<'_>) -> TableCell {
    match &entry.label {
        Some(label) => label.clone().into(),
        None if entry.demonstration => sheet.word("history-demonstration").into(),
        None => TableCell::known::<String>(None),
    }
}

/// Every carrier by its id and name: the best of the newest survey first.
fn carriers<'e>(surveys: &[&'e HistoryEntry]) -> Vec<(&'e str, &'e str)> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for carrier in surveys.iter().flat_map(|entry| &entry.carriers) {
        if !names.iter().any(|(id, _)| *id == carrier.carrier) {
            names.push((&carrier.carrier, &carrier.name));
        }
    }
    names
}

/// The verdict, and the signal under it.
fn result(carrier: &PastCarrier, sheet: &Sheet<'_>) -> TableCell {
    let mut cell = sheet.verdict(carrier.verdict);
    if let Some(dbm) = carrier.rsrp_dbm {
        cell.text = format!("{}\n{}", cell.text, decibels(dbm, sheet));
    }
    cell
}

fn decibels(dbm: f64, sheet: &Sheet<'_>) -> String {
    format!("{}\u{a0}dBm", sheet.words.number(dbm))
}

/// Changes of carrier and measurements.
fn others(entries: &[HistoryEntry], sheet: &mut Sheet<'_>) {
    let others: Vec<&HistoryEntry> = entries
        .iter()
        .filter(|e| e.kind != HistoryKind::Scan)
        .collect();
    if others.is_empty() {
        return;
    }
    sheet.page.gap();
    sheet.page.heading(&sheet.word("history-others"));
    let columns = [
        TableColumn::right(sheet.word("history-col_id")).title(),
        TableColumn::left(sheet.word("history-col_when")).title(),
        TableColumn::left(sheet.word("history-col_what")),
        TableColumn::left(sheet.word("history-col_result")),
    ];
    let rows = others.iter().map(|entry| {
        let mut row = head(entry, sheet);
        row.extend(what(entry, sheet));
        row
    });
    sheet.page.table(&columns, rows.collect());
}

fn what(entry: &HistoryEntry, sheet: &Sheet<'_>) -> [TableCell; 2] {
    let unknown = || TableCell::known::<String>(None);
    match entry.kind.known() {
        Some(HistoryKind::Switch) => {
            let to = entry.carrier.as_deref().map(|id| sheet.words.carrier(id));
            let to = to.unwrap_or_else(|| "?".to_owned());
            let outcome = entry
                .outcome
                .map(|outcome| sheet.words.family("outcome", &code(&outcome)));
            [
                sheet.say("history-switch", [("to", to)]).into(),
                outcome.map_or_else(unknown, Into::into),
            ]
        }
        Some(HistoryKind::Measure) => {
            let interface = entry.interface.clone().unwrap_or_else(|| "?".to_owned());
            [
                sheet
                    .say("history-measure", [("interface", interface)])
                    .into(),
                entry
                    .verdict
                    .map_or_else(unknown, |verdict| sheet.verdict(verdict)),
            ]
        }
        _ => [entry.kind.to_string().into(), unknown()],
    }
}

impl View for Compare {
    fn is_bare(&self) -> bool {
        self.rows.is_empty() && self.warnings.is_empty()
    }

    fn draw(&self, at: &str, sheet: &mut Sheet<'_>) {
        sheet.page.title(&self.title(sheet.words));
        sheet.page.source(&sheet.words.moment(at));
        for (key, side) in [
            ("compare-before", &self.before),
            ("compare-after", &self.after),
        ] {
            if let Some(side) = side {
                let line = sheet.say(key, [("side", told(side, sheet))]);
                sheet.page.paragraph(&line);
            }
        }
        sheet.page.lead(&summary(&self.rows, sheet));
        let mut place = None;
        for row in &self.rows {
            if row.label.is_some() && place != Some(&row.label) {
                sheet.page.gap();
                sheet.page.heading(row.label.as_deref().unwrap_or_default());
            }
            place = Some(&row.label);
            sheet.page.subject("", &row.name);
            for (text, tone) in lines(row, sheet) {
                sheet.page.item(1, &text, tone);
            }
        }
        if !self.rows.is_empty() {
            sheet.page.gap();
            sheet.page.paragraph(&sheet.word("compare-rule"));
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        let named = |side: &Option<ComparedSide>| side.as_ref().map(|side| name(side, words));
        match (named(&self.before), named(&self.after)) {
            (Some(before), Some(after)) => {
                words.text_of("compare-title", [("before", before), ("after", after)])
            }
            _ => words.text("compare-title_bare"),
        }
    }
}

/// What a side is called.
fn name(side: &ComparedSide, words: &Catalogue) -> String {
    let named = side.named.trim();
    let days = || named.strip_suffix(['d', 'j'])?.parse::<u64>().ok();
    match side.by.known() {
        Some(ComparedBy::Before) => words.text("compare-all_before"),
        Some(ComparedBy::Survey) if named.parse::<u64>().is_err() => words.text("compare-last"),
        Some(ComparedBy::Survey) => words.text_of("compare-number", [("named", named)]),
        Some(ComparedBy::Period) => match days() {
            Some(count) => words.text_of("compare-days", [("count", count)]),
            None => named.to_owned(),
        },
        Some(ComparedBy::TimeOfDay) => words.text_of("compare-hours", [("named", named)]),
        _ => named.to_owned(),
    }
}

/// What a side is, and how much there is of it.
fn told(side: &ComparedSide, sheet: &Sheet<'_>) -> String {
    let count = side.surveys.to_string();
    match (&side.from, &side.to) {
        (Some(from), Some(to)) if from != to => sheet.say(
            "compare-side",
            [
                ("named", name(side, sheet.words)),
                ("count", count),
                ("from", sheet.words.moment(from)),
                ("to", sheet.words.moment(to)),
            ],
        ),
        (Some(at), _) => sheet.say(
            "compare-side_one",
            [
                ("named", name(side, sheet.words)),
                ("at", sheet.words.moment(at)),
            ],
        ),
        _ => sheet.say("compare-side_none", [("named", name(side, sheet.words))]),
    }
}

/// Who became worse, who better; or that nothing can be told.
fn summary(rows: &[ComparedRow], sheet: &Sheet<'_>) -> String {
    let of = |trends: &[Trend]| -> Vec<String> {
        let has = |row: &&ComparedRow| {
            let all = [&row.signal, &row.download, &row.upload, &row.verdict];
            all.into_iter()
                .any(|trend| trends.iter().any(|wanted| trend == wanted))
        };
        let named = |row: &ComparedRow| match &row.label {
            Some(label) => format!("{} ({label})", row.name),
            None => row.name.clone(),
        };
        rows.iter().filter(has).map(named).collect()
    };
    let say = |key: &str, names: &[String]| {
        let carriers = [("carriers", sheet.words.list(names))];
        (!names.is_empty()).then(|| sheet.say(key, carriers))
    };
    let worse = of(&[Trend::Worse, Trend::Vanished]);
    let better = of(&[Trend::Better, Trend::Appeared]);
    let told = [say("compare-worse", &worse), say("compare-better", &better)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if !told.is_empty() {
        return told.join(" ");
    }
    let is_known = rows.iter().any(|row| row.signal != Trend::TooFew);
    sheet.word(match rows {
        [] => "compare-nothing",
        _ if is_known => "compare-same",
        _ => "compare-too_few",
    })
}

fn lines(row: &ComparedRow, sheet: &Sheet<'_>) -> Vec<(String, Tone)> {
    let mut lines = vec![signal(row, sheet)];
    let (before, after) = (&row.before, &row.after);
    lines.extend(rate(
        "compare-down",
        &row.download,
        before.down_low_bps,
        after.down_low_bps,
        sheet,
    ));
    lines.extend(rate(
        "compare-up",
        &row.upload,
        before.up_low_bps,
        after.up_low_bps,
        sheet,
    ));
    lines.extend(verdict(row, sheet));
    lines
}

fn signal(row: &ComparedRow, sheet: &Sheet<'_>) -> (String, Tone) {
    let dbm = |side: &ComparedValues| side.rsrp_dbm.map(|dbm| decibels(dbm, sheet));
    let trend = trend(&row.signal, sheet);
    let text = match (dbm(&row.before), dbm(&row.after), row.signal_delta_db) {
        (Some(before), Some(after), Some(delta)) => {
            let noise = row
                .signal_noise_db
                .map(|noise| sheet.words.number(rounded(noise)));
            let sign = if delta > 0.0 { "+" } else { "" };
            let delta = format!("{sign}{}", sheet.words.number(rounded(delta)));
            let values = [
                ("trend", trend),
                ("before", before),
                ("after", after),
                ("delta", delta),
            ];
            match noise {
                Some(noise) => {
                    let [a, b, c, d] = values;
                    sheet.say("compare-signal", [a, b, c, d, ("noise", noise)])
                }
                None => sheet.say("compare-signal_bare", values),
            }
        }
        (Some(before), None, _) => sheet.say(
            "compare-signal_gone",
            [("trend", trend), ("before", before)],
        ),
        (None, Some(after), _) => {
            sheet.say("compare-signal_new", [("trend", trend), ("after", after)])
        }
        _ => sheet.word("compare-signal_unread"),
    };
    (text, tone(&row.signal))
}

fn rate(
    key: &str,
    change: &Word<Trend>,
    before: Option<u64>,
    after: Option<u64>,
    sheet: &Sheet<'_>,
) -> Option<(String, Tone)> {
    if before.is_none() && after.is_none() {
        return None;
    }
    let least = |bps: Option<u64>| match bps {
        Some(bps) => sheet.words.rate(bps),
        None => sheet.word("compare-unmeasured"),
    };
    let values = [
        ("trend", trend(change, sheet)),
        ("before", least(before)),
        ("after", least(after)),
    ];
    Some((sheet.say(key, values), tone(change)))
}

fn verdict(row: &ComparedRow, sheet: &Sheet<'_>) -> Option<(String, Tone)> {
    let side = |values: &ComparedValues| {
        let verdict = values
            .verdict
            .filter(|verdict| *verdict != Verdict::NotMeasured)?;
        let values = [
            ("verdict", sheet.verdict(verdict).text),
            ("count", values.verdicts.to_string()),
            ("of", values.surveys.to_string()),
        ];
        Some(sheet.say("compare-verdict_side", values))
    };
    let (before, after) = (side(&row.before), side(&row.after));
    if before.is_none() && after.is_none() {
        return None;
    }
    let told = |side: Option<String>| side.unwrap_or_else(|| sheet.word("compare-unmeasured"));
    let values = [
        ("trend", trend(&row.verdict, sheet)),
        ("before", told(before)),
        ("after", told(after)),
    ];
    Some((sheet.say("compare-verdict", values), tone(&row.verdict)))
}

fn trend(trend: &Word<Trend>, sheet: &Sheet<'_>) -> String {
    sheet.words.family("trend", &trend.to_string())
}

fn tone(trend: &Word<Trend>) -> Tone {
    match trend.known() {
        Some(Trend::Worse | Trend::Vanished) => Tone::Bad,
        Some(Trend::Better | Trend::Appeared) => Tone::Good,
        Some(Trend::Same | Trend::TooFew) | None => Tone::Plain,
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
