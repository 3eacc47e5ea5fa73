//! The home's inventory, on a page that a company can be given: the computer, its lines, telephone, VPN, what guards it.

use serde_json::{Value, json};

use super::{Sheet, code};
use crate::document::{CheckRow, GuardRow, Home, HomeLine, HostRow, Values, VpnRow};
use crate::domain::doctor::LineKind;
use crate::domain::measured::Reachability;
use crate::report::layout::{TableCell, Tone};

/// The longest that signatures may be old before it is told as a fault, days.
const OLD: u32 = 7;

pub(super) fn draw(home: &Home, sheet: &mut Sheet<'_>) {
    let or = |cells: Vec<TableCell>, key: &str| {
        if cells.is_empty() {
            vec![TableCell::from(sheet.word(key))]
        } else {
            cells
        }
    };
    let servers = |rows: &[CheckRow]| -> Vec<TableCell> {
        rows.iter().map(|row| server(row, sheet)).collect()
    };
    let lines = home.lines.iter().map(|row| line(row, sheet)).collect();
    let vpn: Vec<TableCell> = home.vpn.iter().map(|row| vpn(row, sheet)).collect();
    let vpn = vpn.into_iter().chain(servers(&home.vpn_servers)).collect();
    let guards = home
        .protection
        .iter()
        .map(|row| guard(row, sheet))
        .collect();
    let fields = [
        ("doctor-host", host(home.host.as_ref(), sheet)),
        ("doctor-lines", or(lines, "doctor-no_lines")),
        (
            "doctor-telephone",
            or(servers(&home.telephone), "doctor-telephone_unnamed"),
        ),
        ("doctor-vpn", or(vpn, "doctor-no_vpn")),
        ("doctor-protection", or(guards, "doctor-no_guard")),
    ];
    let fields = fields.map(|(label, cells)| (sheet.word(label), cells));
    let heading = sheet.word("doctor-heading_home");
    sheet.page.gap();
    sheet.page.heading(&heading);
    sheet.page.fields(&fields);
}

fn host(host: Option<&HostRow>, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let Some(host) = host else {
        return vec![TableCell::from(sheet.word("table-unknown"))];
    };
    let system = [&host.system, &host.architecture];
    let system: Vec<&str> = system.into_iter().flatten().map(String::as_str).collect();
    let processor = host.processor.as_ref().map(|name| match host.processors {
        Some(n) => {
            let values = [("name", json!(name)), ("n", json!(n))];
            counted("doctor-processor", values, sheet)
        }
        None => name.clone(),
    });
    let memory = host.memory_bytes.map(|bytes| {
        let memory = sheet.words.bytes(bytes);
        sheet.say("doctor-memory", [("memory", memory)])
    });
    let lines = [
        (!system.is_empty()).then(|| system.join(", ")),
        processor,
        memory,
    ];
    let lines: Vec<TableCell> = lines.into_iter().flatten().map(TableCell::from).collect();
    if lines.is_empty() {
        return vec![TableCell::from(sheet.word("table-unknown"))];
    }
    lines
}

/// A sentence with a number in it that its words follow.
fn counted(key: &str, values: [(&str, Value); 2], sheet: &Sheet<'_>) -> String {
    let values = values.map(|(name, value)| (name.to_owned(), value));
    sheet.words.text_with(key, &Values::from(values))
}

fn line(line: &HomeLine, sheet: &Sheet<'_>) -> TableCell {
    let state = match (line.is_usual, line.is_up) {
        (true, _) => "usual",
        (false, true) => "up",
        (false, false) => "down",
    };
    let kind = match line.kind.known() {
        Some(kind @ (LineKind::Cable | LineKind::Wifi | LineKind::Modem)) => {
            sheet.words.family("line", &code(&kind))
        }
        None => code(&line.kind),
    };
    let values = [
        ("kind", kind),
        ("interface", line.interface.clone()),
        ("state", state.to_owned()),
    ];
    let said = sheet.say("doctor-line", values);
    let carries = line.down_bps.zip(line.up_bps).map(|(down, up)| {
        let values = [
            ("down", sheet.words.rate(down)),
            ("up", sheet.words.rate(up)),
        ];
        sheet.say("doctor-line_carries", values)
    });
    let voice = line.voice_mos.map(|mos| {
        let mos = sheet.words.decimal(mos);
        sheet.say("doctor-line_voice", [("mos", mos)])
    });
    let parts: Vec<String> = [Some(said), carries, voice].into_iter().flatten().collect();
    TableCell::from(parts.join(" · "))
}

fn server(row: &CheckRow, sheet: &Sheet<'_>) -> TableCell {
    let reached = sheet.words.family("reachability", &code(&row.outcome));
    let values = [("target", row.target.clone()), ("reached", reached)];
    let tone = match row.outcome.known() {
        Some(Reachability::Reached) => Tone::Good,
        Some(Reachability::NotReached) => Tone::Bad,
        Some(Reachability::Unknown) | None => Tone::Fair,
    };
    TableCell::toned(sheet.say("doctor-server", values), tone)
}

fn vpn(row: &VpnRow, sheet: &Sheet<'_>) -> TableCell {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let values = [
        ("product", or_none(&row.product)),
        ("name", or_none(&row.name)),
        ("how", sheet.words.family("vpn", &code(&row.state))),
    ];
    TableCell::from(sheet.say("doctor-vpn_row", values))
}

fn guard(row: &GuardRow, sheet: &Sheet<'_>) -> TableCell {
    let running = match row.is_running {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let values = [
        ("product", row.product.clone()),
        ("running", running.to_owned()),
    ];
    let said = sheet.say("doctor-guard", values);
    let signatures = match (&row.signatures, row.signatures_age_days) {
        (Some(version), Some(days)) => {
            let values = [("version", json!(version)), ("days", json!(days))];
            counted("doctor-guard_signatures", values, sheet)
        }
        _ => sheet.word("doctor-guard_unsigned"),
    };
    let tone = match row.signatures_age_days {
        Some(days) if days > OLD => Tone::Bad,
        _ => Tone::Plain,
    };
    TableCell::toned(format!("{said} · {signatures}"), tone)
}
