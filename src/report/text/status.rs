//! The page of the modem as it is now: one labelled block each for modem, SIM, selection, network, radio and data.

use super::{Sheet, View, code};
use crate::document::{Data, ModemInfo, Radio, RegistrationInfo, SelectionInfo, SimInfo, Status};
use crate::domain::SimState;
use crate::domain::radio::{Rsrp, Rsrq, Rssi, Sinr};
use crate::domain::{RegistrationState, SelectionMode};
use crate::i18n::Catalogue;
use crate::report::layout::{TableCell, Tone};

impl View for Status {
    fn is_bare(&self) -> bool {
        self.modem.is_none() && self.warnings.is_empty()
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        let unread = || vec![TableCell::from(sheet.word("status-unread"))];
        let mut fields = vec![
            ("status-modem", self.modem.as_ref().map(|m| modem(m, sheet))),
            ("status-sim", self.sim.as_ref().map(|s| sim(s, sheet))),
            (
                "status-selection",
                self.selection.as_ref().map(|s| selection(s, sheet)),
            ),
            (
                "status-registration",
                self.registration.as_ref().map(|r| registration(r, sheet)),
            ),
            (
                "status-radio",
                self.radio.as_ref().map(|r| heard(r, self, sheet)),
            ),
        ];
        fields.extend(
            self.radio
                .as_ref()
                .and_then(|r| cell(r, sheet))
                .map(|c| ("status-cell", Some(c))),
        );
        fields.push(("status-data", self.data.as_ref().map(|d| data(d, sheet))));
        let fields: Vec<(String, Vec<TableCell>)> = fields
            .into_iter()
            .map(|(label, lines)| (sheet.word(label), lines.unwrap_or_else(unread)))
            .collect();
        sheet.page.fields(&fields);
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("status-title")
    }
}

/// Maker and model; the port where neither is known.
pub fn modem_name(modem: &ModemInfo) -> String {
    let name: Vec<&str> = [&modem.manufacturer, &modem.model]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if name.is_empty() {
        modem.port.clone()
    } else {
        name.join(" ")
    }
}

fn modem(modem: &ModemInfo, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let revision = modem
        .revision
        .as_ref()
        .map(|r| sheet.say("status-firmware", [("revision", r.clone())]));
    let name = joined([Some(modem_name(modem)), revision]);
    let reach = match &modem.dialect {
        Some(dialect) => sheet.say(
            "status-reach",
            [("port", modem.port.clone()), ("dialect", dialect.clone())],
        ),
        None => modem.port.clone(),
    };
    let imei = modem.imei.as_ref().map(|imei| format!("IMEI {imei}"));
    [name, Some(reach), imei]
        .into_iter()
        .flatten()
        .map(TableCell::from)
        .collect()
}

fn sim(sim: &SimInfo, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let tone = match sim.state {
        SimState::Ready => Tone::Good,
        SimState::Busy | SimState::Unknown => Tone::Plain,
        _ => Tone::Bad,
    };
    let state = TableCell::toned(sheet.words.family("sim-state", &code(&sim.state)), tone);
    let numbers = joined([
        sim.iccid.as_ref().map(|n| format!("ICCID {n}")),
        sim.imsi.as_ref().map(|n| format!("IMSI {n}")),
    ]);
    let tries = sim
        .pin_tries_left
        .map(|tries| sheet.words.text_of("status-pin_tries", [("tries", tries)]));
    let more = [numbers, tries].into_iter().flatten().map(TableCell::from);
    std::iter::once(state).chain(more).collect()
}

fn selection(selection: &SelectionInfo, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let mode = sheet.words.family("mode", &code(&selection.mode));
    let tone = if selection.mode == SelectionMode::Automatic {
        Tone::Fair
    } else {
        Tone::Plain
    };
    let line = match selection.plmn {
        Some(plmn) => {
            let carrier = sheet.words.carrier(plmn.as_str());
            sheet.say("status-on", [("mode", mode), ("carrier", carrier)])
        }
        None => mode,
    };
    vec![TableCell::toned(line, tone)]
}

fn registration(registration: &RegistrationInfo, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let known = registration
        .carrier
        .clone()
        .or_else(|| registration.plmn.map(|p| p.to_string()));
    let carrier = known
        .map(|id| sheet.words.carrier(&id))
        .or_else(|| registration.operator_name.clone());
    let carrier = carrier.unwrap_or_else(|| "?".to_owned());
    let key = format!("registration-{}", code(&registration.state));
    let tone = match registration.state {
        RegistrationState::Home | RegistrationState::Roaming => Tone::Good,
        RegistrationState::Searching | RegistrationState::Unknown => Tone::Plain,
        _ => Tone::Bad,
    };
    let state = TableCell::toned(sheet.say(&key, [("carrier", carrier)]), tone);
    let more = joined([
        registration
            .access
            .map(|a| sheet.words.family("access", &code(&a))),
        registration
            .plmn
            .map(|plmn| sheet.say("status-code", [("plmn", plmn.to_string())])),
        registration
            .operator_name
            .as_ref()
            .map(|n| sheet.say("status-shown_as", [("name", n.clone())])),
    ]);
    std::iter::once(state)
        .chain(more.map(TableCell::from))
        .collect()
}

/// The levels; of a modem that is on no network the class says so, since a good one would promise something then.
fn heard(radio: &Radio, status: &Status, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let mut lines = levels(radio, sheet);
    let state = status.registration.as_ref().map(|r| r.state);
    let is_left_out = matches!(
        state,
        Some(
            RegistrationState::Searching
                | RegistrationState::Denied
                | RegistrationState::NotRegistered
                | RegistrationState::EmergencyOnly
        )
    );
    if let (true, Some(quality), Some(class)) = (is_left_out, radio.quality, lines.first_mut()) {
        let quality = sheet.words.family("quality", &code(&quality));
        *class = sheet
            .say("status-unregistered", [("quality", quality)])
            .into();
    }
    lines
}

/// The class, then the levels, then how they were come by.
pub(super) fn levels(radio: &Radio, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let words = sheet.words;
    let level = |name: &str, value: Option<f64>, unit: &str| {
        value.map(|v| format!("{name}\u{a0}{}\u{a0}{unit}", words.number(v)))
    };
    let levels = whole([
        level("RSRP", radio.rsrp_dbm.map(Rsrp::value), "dBm"),
        level("SINR", radio.sinr_db.map(Sinr::value), "dB"),
        level("RSRQ", radio.rsrq_db.map(Rsrq::value), "dB"),
        level("RSSI", radio.rssi_dbm.map(Rssi::value), "dBm"),
    ]);
    let samples = radio.samples.to_string();
    let how = (radio.samples > 1).then(|| match radio.spread_db {
        Some(spread) => {
            let values = [("samples", samples), ("spread", words.number(spread))];
            sheet.say("status-levels_spread", values)
        }
        None => sheet.say("status-levels", [("samples", samples)]),
    });
    let class = match radio.quality {
        Some(_) => sheet.quality(radio.quality),
        None => TableCell::from(words.text("quality-unknown")),
    };
    std::iter::once(class)
        .chain([levels, how].into_iter().flatten().map(TableCell::from))
        .collect()
}

/// The cell in two lines: its place in the spectrum, its place in the network. `None` where nothing is known.
fn cell(radio: &Radio, sheet: &Sheet<'_>) -> Option<Vec<TableCell>> {
    let number = |n: Option<u32>| n.map(|n| n.to_string());
    let one = |key: &str, name: &str, value: Option<String>| {
        value.map(|v| sheet.words.text_of(key, [(name, v)]))
    };
    let mhz = |v: Option<f64>| v.map(|v| sheet.words.number(v));
    let spectrum = whole([
        radio.band.map(|b| b.to_string()),
        mhz(radio.downlink_mhz).map(|v| format!("{v}\u{a0}MHz")),
        one("status-width", "mhz", mhz(radio.bandwidth_mhz)),
        one("status-channel", "earfcn", number(radio.earfcn)),
    ]);
    let mast = radio.enodeb.zip(radio.sector).map(|(enodeb, sector)| {
        sheet.say(
            "status-mast",
            [
                ("enodeb", enodeb.to_string()),
                ("sector", sector.to_string()),
            ],
        )
    });
    let network = whole([
        one(
            "status-cell_id",
            "cell",
            radio.cell_id.map(|id| id.to_string()),
        ),
        mast,
        number(radio.pci).map(|pci| format!("PCI\u{a0}{pci}")),
        one("status-area", "tac", number(radio.tac)),
    ]);
    let lines: Vec<TableCell> = [spectrum, network]
        .into_iter()
        .flatten()
        .map(TableCell::from)
        .collect();
    (!lines.is_empty()).then_some(lines)
}

fn data(data: &Data, sheet: &Sheet<'_>) -> Vec<TableCell> {
    let one = |key: &str, name: &str, value: &Option<String>| {
        value
            .as_ref()
            .map(|v| sheet.words.text_of(key, [(name, v.clone())]))
    };
    let line = joined([
        one("status-apn", "apn", &data.apn),
        one("status-interface", "interface", &data.interface),
        one("status-address", "address", &data.address),
    ]);
    vec![line.unwrap_or_else(|| sheet.word("status-no_data")).into()]
}

/// The parts that are known, side by side; `None` where none is.
fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The same, each part held together where a line ends.
fn whole<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    joined(parts.map(|part| part.map(|part| part.replace(' ', "\u{a0}"))))
}
