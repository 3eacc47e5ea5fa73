//! The rows of each document.

use super::{Field, Rows, maybe, number, text, word};
use crate::document::{
    At, CarrierResult, Carriers, CheckedRow, Direction, Doctor, Endpoint, LinkRow, Measure,
    ModemRow, Modems, MonitorReading, PortRow, Radio, Recover, Scan, Status, Switch, Unbegun,
    UsbRow, Voice,
};
use crate::domain::Plmn;
use crate::domain::rank::Known;

impl Rows for Scan {
    const COLUMNS: &'static [&'static str] = &[
        "label",
        "rank",
        "carrier",
        "name",
        "plmn",
        "verdict",
        "tied_with",
        "availability",
        "access",
        "registered_in_s",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
        "down_bps",
        "down_low_bps",
        "up_bps",
        "up_low_bps",
        "voice_mos",
        "same_cell_as",
        "error",
        "why",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let label = maybe(self.label.as_ref(), |l| text(l));
        let row = |carrier| {
            std::iter::once(label.clone())
                .chain(scan_row(carrier))
                .collect()
        };
        self.carriers.iter().map(row).collect()
    }
}

fn scan_row(carrier: &CarrierResult) -> Vec<Field> {
    let is_ranked = carrier.known() == Known::Read;
    let mut row = vec![
        maybe(is_ranked.then_some(carrier.rank), number),
        text(&carrier.carrier),
        text(&carrier.name),
        text(carrier.plmn.as_str()),
        word(&carrier.verdict),
        text(&carrier.tied_with.join(" ")),
        word(&carrier.availability),
        maybe(carrier.access.as_ref(), word),
        maybe(carrier.registered_in_s, number),
    ];
    row.extend(radio_cells(carrier.radio.as_ref()));
    let throughput = carrier.throughput.as_ref();
    row.extend(goodput(throughput.and_then(|t| t.down.as_ref())));
    row.extend(goodput(throughput.and_then(|t| t.up.as_ref())));
    let why: Vec<&str> = carrier.why.iter().map(|why| why.code.as_str()).collect();
    row.extend([
        maybe(carrier.voice.as_ref().and_then(|v| v.mos), number),
        maybe(carrier.same_cell_as.as_ref(), |id| text(id)),
        maybe(carrier.error.as_ref(), |error| text(error.code.as_str())),
        text(&why.join(" ")),
    ]);
    row
}

impl Rows for Doctor {
    const COLUMNS: &'static [&'static str] = &["id", "outcome", "code", "blocked_by"];

    fn rows(&self) -> Vec<Vec<Field>> {
        let row = |row: &CheckedRow| {
            let blocker = row.details.get("check").and_then(|check| check.as_str());
            vec![
                word(&row.id),
                word(&row.outcome),
                text(row.code.as_str()),
                maybe(blocker, text),
            ]
        };
        self.checks.iter().map(row).collect()
    }
}

impl Rows for Status {
    const COLUMNS: &'static [&'static str] = &[
        "manufacturer",
        "model",
        "port",
        "sim_state",
        "selection_mode",
        "registration_state",
        "carrier",
        "plmn",
        "access",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let modem = self.modem.as_ref();
        let registration = self.registration.as_ref();
        let mut row = vec![
            maybe(modem.and_then(|m| m.manufacturer.as_ref()), |m| text(m)),
            maybe(modem.and_then(|m| m.model.as_ref()), |m| text(m)),
            maybe(modem, |m| text(&m.port)),
            maybe(self.sim.as_ref(), |sim| word(&sim.state)),
            maybe(self.selection.as_ref(), |selection| word(&selection.mode)),
            maybe(registration, |r| word(&r.state)),
            maybe(registration.and_then(|r| r.carrier.as_ref()), |c| text(c)),
            maybe(registration.and_then(|r| r.plmn), |p| text(p.as_str())),
            maybe(registration.and_then(|r| r.access), |a| word(&a)),
        ];
        row.extend(radio_cells(self.radio.as_ref()));
        vec![row]
    }
}

fn radio_cells(radio: Option<&Radio>) -> [Field; 12] {
    let of = |field: fn(&Radio) -> Field| radio.map_or(Field::Empty, field);
    [
        of(|r| maybe(r.quality.as_ref(), word)),
        of(|r| maybe(r.rsrp_dbm, number)),
        of(|r| maybe(r.rsrq_db, number)),
        of(|r| maybe(r.sinr_db, number)),
        of(|r| maybe(r.rssi_dbm, number)),
        of(|r| maybe(r.band, |b| text(&b.to_string()))),
        of(|r| maybe(r.earfcn, number)),
        of(|r| maybe(r.pci, number)),
        of(|r| maybe(r.cell_id, number)),
        of(|r| maybe(r.tac, number)),
        of(|r| number(r.samples)),
        of(|r| maybe(r.spread_db, number)),
    ]
}

fn goodput(way: Option<&Direction>) -> [Field; 2] {
    [
        maybe(way.and_then(|w| w.estimate_bps), number),
        maybe(way.and_then(|w| w.low_bps), number),
    ]
}

impl Rows for Measure {
    const COLUMNS: &'static [&'static str] = &[
        "server",
        "interface",
        "verdict",
        "down_verdict",
        "down_bps",
        "down_low_bps",
        "down_high_bps",
        "up_verdict",
        "up_bps",
        "up_low_bps",
        "up_high_bps",
        "voice_mos",
        "rtt_ms",
        "jitter_ms",
        "loss",
        "loaded_voice_mos",
        "round_trip_ms",
        "need_down_bps",
        "need_up_bps",
        "need_voice_mos",
        "bytes",
        "seconds",
        "checks",
        "error",
        "why",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let links = self.links.iter();
        links.map(|link| link_row(self, link)).collect()
    }
}

fn link_row(measure: &Measure, link: &LinkRow) -> Vec<Field> {
    let throughput = link.throughput.as_ref();
    let mut row = vec![
        maybe(measure.server.as_ref(), |server| text(server)),
        text(&link.interface),
        word(&link.verdict),
    ];
    row.extend(way(throughput.and_then(|t| t.down.as_ref())));
    row.extend(way(throughput.and_then(|t| t.up.as_ref())));
    let voice = |of: fn(&Voice) -> Option<f64>| maybe(link.voice.as_ref().and_then(of), number);
    row.extend([
        voice(|v| v.mos),
        voice(|v| v.rtt_ms),
        voice(|v| v.jitter_ms),
        voice(|v| v.loss),
        maybe(link.loaded_voice.as_ref().and_then(|v| v.mos), number),
        maybe(link.round_trip_ms, number),
    ]);
    let need = measure.requirement.as_ref();
    row.extend([
        maybe(need.map(|n| n.down_bps), number),
        maybe(need.map(|n| n.up_bps), number),
        maybe(need.map(|n| n.voice_mos), number),
        maybe(link.cost.map(|c| c.bytes), number),
        maybe(link.cost.map(|c| c.seconds), number),
    ]);
    let checks = link.checks.iter();
    let checks: Vec<String> = checks
        .map(|check| format!("{} {}", check.target, check.outcome))
        .collect();
    let why: Vec<&str> = link.why.iter().map(|why| why.code.as_str()).collect();
    row.extend([
        text(&checks.join("\n")),
        maybe(link.error.as_ref(), |error| text(error.code.as_str())),
        text(&why.join(" ")),
    ]);
    row
}

/// One way, with its interval.
fn way(way: Option<&Direction>) -> [Field; 4] {
    [
        maybe(way.map(|w| &w.verdict), |v| text(&v.to_string())),
        maybe(way.and_then(|w| w.estimate_bps), number),
        maybe(way.and_then(|w| w.low_bps), number),
        maybe(way.and_then(|w| w.high_bps), number),
    ]
}

impl Rows for Carriers {
    const COLUMNS: &'static [&'static str] = &["id", "name", "plmns", "bands", "in_profile"];

    fn rows(&self) -> Vec<Vec<Field>> {
        let row = |carrier: &crate::document::CarrierRow| {
            let plmns: Vec<&str> = carrier.plmns.iter().map(Plmn::as_str).collect();
            vec![
                text(&carrier.id),
                text(&carrier.name),
                text(&plmns.join(" ")),
                text(&carrier.bands.join(" ")),
                number(carrier.in_profile),
            ]
        };
        self.carriers.iter().map(row).collect()
    }
}

impl Rows for Modems {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "vendor_id",
        "product_id",
        "manufacturer",
        "product",
        "dialect",
        "net_interface",
        "managed_by",
        "port",
        "role",
        "held_by",
        "unusable_reason",
    ];

    /// One row a port; one for a modem that has none, and one for a stick that cannot be used.
    fn rows(&self) -> Vec<Vec<Field>> {
        let mut rows = Vec::new();
        for modem in &self.modems {
            let ports = modem.ports.iter().map(Some);
            let ports: Vec<Option<&PortRow>> = if modem.ports.is_empty() {
                vec![None]
            } else {
                ports.collect()
            };
            rows.extend(ports.into_iter().map(|port| port_row(modem, port)));
        }
        for stick in &self.unusable {
            let mut row = vec![text(&stick.id)];
            row.extend(usb(stick.usb.as_ref()));
            row.resize(Self::COLUMNS.len() - 1, Field::Empty);
            row.push(text(&stick.reason.to_string()));
            rows.push(row);
        }
        rows
    }
}

fn port_row(modem: &ModemRow, port: Option<&PortRow>) -> Vec<Field> {
    let mut row = vec![text(&modem.id)];
    row.extend(usb(modem.usb.as_ref()));
    row.extend([
        maybe(modem.dialect.as_ref(), |dialect| text(dialect)),
        maybe(modem.net_interface.as_ref(), |net| text(net)),
        maybe(modem.managed_by.as_ref(), |by| text(&by.to_string())),
        maybe(port, |port| text(&port.path)),
        maybe(port, |port| word(&port.role)),
        maybe(port.and_then(|port| port.held_by.as_ref()), |by| text(by)),
        Field::Empty,
    ]);
    row
}

fn usb(usb: Option<&UsbRow>) -> [Field; 4] {
    [
        maybe(usb, |usb| text(&usb.vendor_id)),
        maybe(usb, |usb| text(&usb.product_id)),
        maybe(usb.and_then(|usb| usb.manufacturer.as_ref()), |by| text(by)),
        maybe(usb.and_then(|usb| usb.product.as_ref()), |name| text(name)),
    ]
}

impl Rows for Switch {
    const COLUMNS: &'static [&'static str] = &[
        "from",
        "from_plmn",
        "to",
        "to_plmn",
        "outcome",
        "registered_in_s",
        "confirmed",
        "data_verified",
        "access",
        "rollback_attempted",
        "rollback_ok",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let mut row = Vec::new();
        row.extend(endpoint(self.from.as_ref()));
        row.extend(endpoint(self.to.as_ref()));
        row.extend([
            maybe(self.outcome.as_ref(), word),
            maybe(self.registered_in_s, number),
            number(self.confirmed),
            maybe(self.data_verified, number),
            maybe(self.access.as_ref(), word),
            number(self.rollback.attempted),
            maybe(self.rollback.ok, number),
        ]);
        row.extend(radio_cells(self.radio.as_ref()));
        vec![row]
    }
}

impl Rows for Recover {
    const COLUMNS: &'static [&'static str] = &[
        "needed",
        "interrupted_at",
        "command",
        "to",
        "to_plmn",
        "found",
        "found_plmn",
        "restored",
        "registered_in_s",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let mut row = vec![
            maybe(self.needed, number),
            maybe(self.interrupted_at.as_ref(), |at| text(at)),
            maybe(self.command.as_ref(), |by| text(&by.to_string())),
        ];
        row.extend(endpoint(self.to.as_ref()));
        row.extend(endpoint(self.found.as_ref()));
        row.extend([
            maybe(self.restored, number),
            maybe(self.registered_in_s, number),
        ]);
        vec![row]
    }
}

impl Rows for MonitorReading {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "elapsed_s",
        "carrier",
        "plmn",
        "points",
        "best_points",
        "best_elapsed_s",
        "cell_changes",
        "quality",
        "rsrp_dbm",
        "rsrq_db",
        "sinr_db",
        "rssi_dbm",
        "band",
        "earfcn",
        "pci",
        "cell_id",
        "tac",
        "samples",
        "spread_db",
    ];

    fn rows(&self) -> Vec<Vec<Field>> {
        let registration = self.registration.as_ref();
        let carrier = registration.and_then(|r| r.carrier.as_ref());
        let best = self.best.as_ref();
        let mut row = vec![
            maybe(self.number, number),
            maybe(self.elapsed_s, number),
            maybe(carrier, |id| text(id)),
            maybe(registration.and_then(|r| r.plmn), |p| text(p.as_str())),
            maybe(self.points, number),
            maybe(best.map(|best| best.points), number),
            maybe(best.map(|best| best.elapsed_s), number),
            number(self.cell_changes),
        ];
        row.extend(radio_cells(self.radio.as_ref()));
        vec![row]
    }
}

/// A carrier's id, or its name where it has none, and its network.
fn endpoint(endpoint: Option<&Endpoint>) -> [Field; 2] {
    let who = endpoint.and_then(|e| e.carrier.as_ref().or(e.name.as_ref()));
    [
        maybe(who, |who| text(who)),
        maybe(endpoint.and_then(|e| e.plmn), |plmn| text(plmn.as_str())),
    ]
}

impl Rows for At {
    const COLUMNS: &'static [&'static str] = &["command", "lines", "result", "ok"];

    fn rows(&self) -> Vec<Vec<Field>> {
        let answers = self.answers.iter();
        let row = |answer: &crate::document::AtAnswer| {
            vec![
                text(&answer.command),
                text(&answer.lines.join("\n")),
                text(&answer.result),
                number(answer.ok),
            ]
        };
        answers.map(row).collect()
    }
}

impl Rows for Unbegun {
    const COLUMNS: &'static [&'static str] = &[];

    fn rows(&self) -> Vec<Vec<Field>> {
        Vec::new()
    }
}
