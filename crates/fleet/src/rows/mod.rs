//! A document as rows of its table, every value looked at: what cannot be is a reason to refuse the whole document.
//!
//! Texts from outside are not taken over. What stands in a row is a word of a closed list, a code, an id of a few plain
//! letters, or a number within its bounds; a word that only a newer version knows is unknown.

mod document;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use opensim_domain::Plmn;
use opensim_domain::document::Outcome;
use opensim_domain::radio::{Band, Rsrp, Rsrq, Sinr};
use opensim_domain::registration::{Access, RegistrationState, SelectionMode};
use opensim_domain::verdict::Verdict;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::columns::Table;
use crate::inbox::{Head, Refusal, is_json};
use crate::lake::raw::KeptBeside;
use crate::lake::{Datum, Symbols, TableRow};
use document::{
    CarrierDocument, FaultDocument, MeasureDocument, RadioDocument, ScanDocument, StatusDocument,
    SwitchDocument, ThroughputDocument, VoiceDocument, WayDocument,
};

/// The most carriers of a survey.
const MOST_CARRIERS: usize = 16;
/// The most reasons that are kept of a carrier.
const MOST_REASONS: usize = 16;
/// The highest cell identity: 36 bits, of NR.
const HIGHEST_CELL: i64 = 1 << 36;
/// More than any network carries.
const FASTEST: i64 = 1_000_000_000_000;

/// Whose a document is, and which.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The site's number in the rows.
    pub site: u64,
    /// The document's number.
    pub doc: u64,
    /// What it begins with.
    pub head: &'a Head,
    /// What the registry said of the site.
    pub beside: &'a KeptBeside,
}

/// The rows of a document whose schema is known.
///
/// # Errors
/// Why it is not taken.
pub fn rows(
    document: &str,
    origin: &Origin<'_>,
    symbols: &mut Symbols,
) -> Result<Vec<TableRow>, Refusal> {
    let mut maker = Maker { origin, symbols };
    match origin.head.table {
        Table::Surveys => maker.surveys(&parsed(document)?),
        Table::Switches => maker.switch(&parsed(document)?),
        Table::Measures => maker.measure(&parsed(document)?),
        Table::Statuses => maker.status(&parsed(document)?),
    }
}

/// The day of a document, UTC.
pub fn day(head: &Head) -> Date {
    TimeZone::UTC.to_datetime(head.at).date()
}

fn parsed<'a, T: Deserialize<'a>>(document: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(document).map_err(|_| {
        // Which of the two it is takes a second look, which what is sound does not need.
        if is_json(document) {
            Refusal::SchemaInvalid
        } else {
            Refusal::Json
        }
    })
}

/// Makes the rows of one document.
struct Maker<'o, 's> {
    origin: &'o Origin<'o>,
    symbols: &'s mut Symbols,
}

type Named = (&'static str, Datum);

impl Maker<'_, '_> {
    fn surveys(&mut self, scan: &ScanDocument<'_>) -> Result<Vec<TableRow>, Refusal> {
        if scan.carriers.len() > MOST_CARRIERS {
            return Err(Refusal::Carriers);
        }
        let mut seen: Vec<(&str, &str)> = Vec::with_capacity(scan.carriers.len());
        let before = scan.selection_before.as_ref();
        let in_use = before.and_then(|before| before.plmn.as_deref());
        plmn(in_use)?;
        let mode = before.map(|before| before.mode.as_ref());
        let mode = self.word::<SelectionMode>(mode);
        let mut rows = Vec::with_capacity(scan.carriers.len());
        for carrier in &scan.carriers {
            let key = (carrier.carrier.as_ref(), carrier.plmn.as_ref());
            if seen.contains(&key) {
                return Err(Refusal::Carriers);
            }
            seen.push(key);
            rows.push(self.survey(carrier, in_use, mode)?);
        }
        Ok(rows)
    }

    fn survey(
        &mut self,
        carrier: &CarrierDocument<'_>,
        in_use: Option<&str>,
        mode: Datum,
    ) -> Result<TableRow, Refusal> {
        plmn(Some(&carrier.plmn))?;
        let is_in_use = in_use.map_or(Datum::Null, |plmn| Datum::Flag(plmn == carrier.plmn));
        let mut values = vec![
            ("carrier", self.carrier(Some(&carrier.carrier))?),
            ("plmn", self.symbols.of(&carrier.plmn)),
            ("in_use", is_in_use),
            ("mode", mode),
            ("rank", whole(Some(carrier.rank), 0, 1000)?),
            ("verdict", self.word::<Verdict>(Some(&carrier.verdict))),
            ("access", self.word::<Access>(carrier.access.as_deref())),
        ];
        values.extend(self.cell(carrier.radio.as_ref())?);
        values.extend(levels(carrier.radio.as_ref())?);
        let spread = carrier.radio.as_ref().and_then(|radio| radio.spread_db);
        values.push(("spread_db", float(spread, 0.0, 200.0)?));
        values.extend(rates(carrier.throughput.as_ref())?);
        values.extend(call(carrier.voice.as_ref())?);
        let codes = carrier.why.iter().map(|note| note.code.as_ref());
        let codes: Vec<&str> = codes
            .filter(|code| is_code(code))
            .take(MOST_REASONS)
            .collect();
        let why = Some(codes.join(";")).filter(|why| !why.is_empty());
        values.push(("why", self.symbols.of_option(why.as_deref())));
        Ok(self.row(values))
    }

    fn switch(&mut self, switch: &SwitchDocument<'_>) -> Result<Vec<TableRow>, Refusal> {
        let of = |end: &Option<document::EndDocument<'_>>| {
            let end = end.as_ref();
            let carrier = end
                .and_then(|end| end.carrier.as_deref())
                .map(str::to_owned);
            (
                carrier,
                end.and_then(|end| end.plmn.as_deref()).map(str::to_owned),
            )
        };
        let (from, to) = (of(&switch.from), of(&switch.to));
        plmn(from.1.as_deref())?;
        plmn(to.1.as_deref())?;
        let mode = switch.selection.as_ref().map(|found| found.mode.as_ref());
        let radio = switch.radio.as_ref();
        let values = vec![
            ("from_carrier", self.carrier(from.0.as_deref())?),
            ("from_plmn", self.symbols.of_option(from.1.as_deref())),
            ("carrier", self.carrier(to.0.as_deref())?),
            ("plmn", self.symbols.of_option(to.1.as_deref())),
            ("mode", self.word::<SelectionMode>(mode)),
            ("outcome", self.word::<Outcome>(switch.outcome.as_deref())),
            ("registered_in_s", float(switch.registered_in_s, 0.0, 1e6)?),
            (
                "data_verified",
                switch.data_verified.map_or(Datum::Null, Datum::Flag),
            ),
            ("access", self.word::<Access>(switch.access.as_deref())),
        ];
        let mut values = values;
        let cell = self.cell(radio)?;
        values.extend(
            cell.into_iter()
                .filter(|(name, _)| matches!(*name, "band" | "cell_id")),
        );
        let levels = levels(radio)?;
        values.extend(levels.into_iter().filter(|(name, _)| *name != "rsrq_db"));
        values.push(("error", self.error(switch.error.as_ref())));
        Ok(vec![self.row(values)])
    }

    fn measure(&mut self, measure: &MeasureDocument<'_>) -> Result<Vec<TableRow>, Refusal> {
        let mut values = vec![("verdict", self.word::<Verdict>(Some(&measure.verdict)))];
        values.extend(rates(measure.throughput.as_ref())?);
        values.extend(call(measure.voice.as_ref())?);
        values.push(("error", self.error(measure.error.as_ref())));
        Ok(vec![self.row(values)])
    }

    fn status(&mut self, status: &StatusDocument<'_>) -> Result<Vec<TableRow>, Refusal> {
        let registration = status.registration.as_ref();
        let network = registration.and_then(|r| r.plmn.as_deref());
        plmn(network)?;
        let carrier = registration.and_then(|r| r.carrier.as_deref());
        let mode = status
            .selection
            .as_ref()
            .map(|selection| selection.mode.as_ref());
        let state = registration.map(|r| r.state.as_ref());
        let access = registration.and_then(|r| r.access.as_deref());
        let mut values = vec![
            ("carrier", self.carrier(carrier)?),
            ("plmn", self.symbols.of_option(network)),
            ("mode", self.word::<SelectionMode>(mode)),
            ("registration", self.word::<RegistrationState>(state)),
            ("access", self.word::<Access>(access)),
        ];
        values.extend(self.cell(status.radio.as_ref())?);
        values.extend(levels(status.radio.as_ref())?);
        values.push(("error", self.error(status.error.as_ref())));
        Ok(vec![self.row(values)])
    }

    /// What every row begins with, and what it goes on with.
    fn row(&mut self, values: Vec<Named>) -> TableRow {
        let Origin {
            site,
            doc,
            head,
            beside,
        } = *self.origin;
        // Rows are in whole microseconds.
        let seen_at = head.at.as_microsecond();
        let days = day(head).since(Date::constant(1970, 1, 1));
        let days = days.map_or(0, |span| span.get_days());
        let mut data = Vec::with_capacity(head.table.columns().len());
        data.extend([
            Datum::Hex(doc),
            Datum::Whole(head.schema_no.into()),
            self.symbols.of_option(head.opensim.as_deref()),
            Datum::Whole(seen_at),
            Datum::Whole(days.into()),
            Datum::Hex(site),
            self.symbols.of_option(beside.partner.as_deref()),
            self.symbols.of_option(beside.postcode.as_deref()),
            self.symbols.of_option(beside.region.as_deref()),
        ]);
        let columns = head.table.columns()[data.len()..].iter();
        debug_assert!(
            columns
                .map(|column| column.name)
                .eq(values.iter().map(|value| value.0)),
            "{}: {values:?}",
            head.table
        );
        data.extend(values.into_iter().map(|value| value.1));
        TableRow {
            site,
            seen_at,
            doc,
            data: data.into(),
        }
    }

    /// A word of a closed list; one that is not of this version's is unknown.
    fn word<T: Serialize + for<'a> Deserialize<'a>>(&mut self, text: Option<&str>) -> Datum {
        let read = |text: &str| {
            let text: StrDeserializer<'_, WordError> = text.into_deserializer();
            T::deserialize(text).ok()
        };
        // Written out again, since a list may take any word for its unknown one.
        let word = text.and_then(read).map(|word| serde_json::to_value(word));
        match word {
            Some(Ok(Value::String(word))) => self.symbols.of(&word),
            _ => Datum::Null,
        }
    }

    fn carrier(&mut self, id: Option<&str>) -> Result<Datum, Refusal> {
        match id {
            Some(id) if !is_id(id) => Err(Refusal::Carriers),
            id => Ok(self.symbols.of_option(id)),
        }
    }

    fn error(&mut self, fault: Option<&FaultDocument<'_>>) -> Datum {
        let code = fault.map(|fault| fault.code.as_ref());
        self.symbols.of_option(code.filter(|code| is_code(code)))
    }

    fn cell(&mut self, radio: Option<&RadioDocument<'_>>) -> Result<Vec<Named>, Refusal> {
        let band = radio.and_then(|radio| radio.band.as_deref());
        let band = band.filter(|band| band.parse::<Band>().is_ok() && is_id(band));
        let of =
            |of: fn(&RadioDocument<'_>) -> Option<i64>, most| whole(radio.and_then(of), 0, most);
        Ok(vec![
            ("band", self.symbols.of_option(band)),
            ("cell_id", of(|radio| radio.cell_id, HIGHEST_CELL)?),
            ("enodeb", of(|radio| radio.enodeb, i32::MAX.into())?),
            ("tac", of(|radio| radio.tac, i32::MAX.into())?),
            ("pci", of(|radio| radio.pci, i32::MAX.into())?),
        ])
    }
}

fn levels(radio: Option<&RadioDocument<'_>>) -> Result<Vec<Named>, Refusal> {
    let level = |of: fn(&RadioDocument<'_>) -> Option<f64>, least: i32, most: i32| {
        float(radio.and_then(of), least.into(), most.into())
    };
    Ok(vec![
        (
            "rsrp_dbm",
            level(|radio| radio.rsrp_dbm, Rsrp::MIN, Rsrp::MAX)?,
        ),
        (
            "rsrq_db",
            level(|radio| radio.rsrq_db, Rsrq::MIN, Rsrq::MAX)?,
        ),
        (
            "sinr_db",
            level(|radio| radio.sinr_db, Sinr::MIN, Sinr::MAX)?,
        ),
    ])
}

fn rates(throughput: Option<&ThroughputDocument>) -> Result<Vec<Named>, Refusal> {
    let down = throughput.and_then(|ways| ways.down.as_ref());
    let up = throughput.and_then(|ways| ways.up.as_ref());
    let rate = |way: Option<&WayDocument>, of: fn(&WayDocument) -> Option<i64>| {
        whole(way.and_then(of), 0, FASTEST)
    };
    Ok(vec![
        ("down_bps", rate(down, |way| way.estimate_bps)?),
        ("down_low_bps", rate(down, |way| way.low_bps)?),
        ("down_high_bps", rate(down, |way| way.high_bps)?),
        ("up_bps", rate(up, |way| way.estimate_bps)?),
        ("up_low_bps", rate(up, |way| way.low_bps)?),
    ])
}

fn call(voice: Option<&VoiceDocument>) -> Result<Vec<Named>, Refusal> {
    let of =
        |of: fn(&VoiceDocument) -> Option<f64>, least, most| float(voice.and_then(of), least, most);
    Ok(vec![
        ("mos", of(|voice| voice.mos, 1.0, 5.0)?),
        ("rtt_ms", of(|voice| voice.rtt_ms, 0.0, 1e6)?),
        ("loss", of(|voice| voice.loss, 0.0, 1.0)?),
    ])
}

fn whole(number: Option<i64>, least: i64, most: i64) -> Result<Datum, Refusal> {
    match number {
        Some(number) if !(least..=most).contains(&number) => Err(Refusal::Range),
        number => Ok(number.map_or(Datum::Null, Datum::Whole)),
    }
}

fn float(number: Option<f64>, least: f64, most: f64) -> Result<Datum, Refusal> {
    match number {
        Some(number) if !(least..=most).contains(&number) => Err(Refusal::Range),
        number => Ok(number.map_or(Datum::Null, Datum::Float)),
    }
}

fn plmn(digits: Option<&str>) -> Result<(), Refusal> {
    let is_one =
        digits.is_none_or(|digits| digits.parse::<Plmn>().is_ok_and(|p| p.as_str() == digits));
    is_one.then_some(()).ok_or(Refusal::Plmn)
}

/// `radio.weak`: what a code is made of, and no more of it than any has.
fn is_code(text: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte);
    (1..=60).contains(&text.len()) && text.bytes().all(plain)
}

/// A carrier's id in a profile.
fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=40).contains(&text.len())
        && text.bytes().all(plain)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}
