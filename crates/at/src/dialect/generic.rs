//! Plain 27.007: what every modem should answer, and what stands in wherever a vendor says nothing of its own.
//!
//! Levels come from `+CESQ` (8.69), total power from `+CSQ` (8.5), the cell from `+CEREG` (10.1.22) or `+CREG` (7.2), which
//! say where it is only when they were asked to (`AT+CEREG=2`). A dialect with a row of its own has all this beside it by
//! [`super::fallback`]. 27.007 has no words for band, channel and physical cell.

use super::commands::{Commands, Effect};
use super::row::{self, Row};
use super::{Dialect, DialectProfile, Identity, Query, QueryReply, is_unasked_line, reply_to};
use crate::result::{Line, Reply};
use crate::standard::Command as _;
use crate::standard::registration::RegistrationRead;
use crate::value;
use opensim_domain::radio::{Cell, Reading, Rsrp, Rssi};
use opensim_domain::{Access, Domain, Iccid, Imei, RegistrationState};

/// The dialect of a modem that no other dialect knows.
pub(super) struct Generic;

static PROFILE: DialectProfile = DialectProfile {
    urc_prefixes: &[
        "+C5GREG:", "+CCWA:", "+CDS:", "+CDSI:", "+CEREG:", "+CGEV:", "+CGREG:", "+CIEV:",
        "+CLIP:", "+CMT:", "+CMTI:", "+CPIN:", "+CREG:", "+CRING:", "+CSSI:", "+CSSU:", "+CTZE:",
        "+CTZV:", "+CUSD:",
    ],
    urc_lines: &["RING"],
    commands: Commands {
        harmless: &[
            "+C5GQOSRDP",
            "+C5GREG=",
            "+CBC",
            "+CCID",
            "+CEER",
            "+CEREG=",
            "+CESQ",
            "+CFUN=?",
            "+CFUN?",
            "+CGCONTRDP",
            "+CGCONTRDP=",
            "+CGEQOSRDP",
            "+CGEREP=",
            "+CGMI",
            "+CGMM",
            "+CGMR",
            "+CGPADDR",
            "+CGPADDR=",
            "+CGPIAF=",
            "+CGREG=",
            "+CGSCONTRDP",
            "+CGSCONTRDP=",
            "+CGSN",
            "+CGSN=",
            "+CGTFTRDP",
            "+CIMI",
            "+CLAC",
            "+CMEE=",
            "+CMGF=",
            "+CNUM",
            "+COPN",
            "+CPAS",
            "+CPINR",
            "+CPINR=",
            "+CREG=",
            "+CSCS=",
            "+CSQ",
            "+CTZR=",
            "+GCAP",
            "+GMI",
            "+GMM",
            "+GMR",
            "+GSN",
            "+ICCID",
        ],
        plain: &["%COPS"],
        effects: &[
            ("+CACM", Effect::Pin),
            ("+CAMM", Effect::Pin),
            ("+CCHC", Effect::Pin),
            ("+CCHO", Effect::Pin),
            ("+CFUN", Effect::Restart),
            ("+CGATT", Effect::Detach),
            ("+CGDATA", Effect::Dial),
            ("+CGLA", Effect::Pin),
            ("+CKPD", Effect::Dial),
            ("+CLCK", Effect::Pin),
            ("+CMAR", Effect::Factory),
            ("+CPIN2", Effect::Pin),
            ("+CPIN", Effect::Pin),
            ("+CPLS", Effect::Selection),
            ("+CPOL", Effect::Selection),
            ("+CPUC", Effect::Pin),
            ("+CPWD", Effect::Pin),
            ("+CRLA", Effect::Pin),
            ("+CRSM", Effect::Pin),
            ("+CSIM", Effect::Pin),
            ("+CUSD", Effect::Dial),
        ],
        ..Commands::NONE
    },
    ..DialectProfile::named("generic")
};

impl Dialect for Generic {
    fn profile(&self) -> &'static DialectProfile {
        &PROFILE
    }

    #[cfg(test)]
    fn specimens(&self) -> super::Specimens {
        super::Specimens {
            rows: &[
                "+CESQ: ",
                "+CSQ: ",
                "+CEREG: 2,1,",
                "+CPINR: SIM PIN,",
                "+CRSM: 144,0,",
            ],
            tables: &[],
        }
    }
}

const CESQ: &str = "AT+CESQ";
const CSQ: &str = "AT+CSQ";
const CEREG: &str = "AT+CEREG?";
const CREG: &str = "AT+CREG?";

/// Levels.
pub(super) const LEVELS: Query = Query::new(CESQ, &["+CESQ:"]).joining();
/// Total power.
pub(super) const TOTAL: Query = Query::new(CSQ, &["+CSQ:"]).joining();
/// The cell, which no other command of 27.007 names.
pub(super) const LOCATION: Query = Query::new(CEREG, &["+CEREG:"]);
/// The same where the modem is on 2G or 3G, or tells it there alone.
pub(super) const CIRCUIT_LOCATION: Query = Query::new(CREG, &["+CREG:"]);

pub(super) const READING: &[Query] = &[LEVELS, TOTAL, LOCATION];

pub(super) const PIN_TRIES: Query = Query::new("AT+CPINR", &["+CPINR:"]);

/// EF-ICCID read from the card itself (51.011 10.1.1): what is left where a modem has no command for it.
pub(super) const ICCID_ON_CARD: Query = Query::new("AT+CRSM=176,12258,0,0,10", &["+CRSM:"]);

pub(super) const ICCID: &[Query] = &[
    Query {
        bare: true,
        ..Query::new("AT+CCID", &["+CCID:", "+ICCID:"])
    },
    Query::new("AT+ICCID", &["+ICCID:", "+CCID:"]),
    ICCID_ON_CARD,
];

/// The levels of `+CESQ` and `+CSQ`; either may be missing. `beside` is a power that is known already.
pub(super) fn levels(answers: &[QueryReply], beside: Option<Rsrp>) -> Reading {
    let row = |line, prefix| Some(Row::of(reply_to(answers, line)?.after(prefix)?));
    let mut reading = row(CESQ, "+CESQ:").map_or_else(Reading::default, |r| extended(&r));
    let total = row(CSQ, "+CSQ:").and_then(|r| total_power(r.int(0)));
    // In LTE the total power holds at least the twelve reference elements of the narrowest channel, so it stands
    // 10 dB above RSRP; where it does not, the modem prints RSRP in its place (Fibocom L860).
    let power = beside.or(reading.rsrp);
    let doubtful = |rssi: Rssi| power.is_some_and(|p| rssi.tenths() < p.tenths() + 60);
    if let Some(rssi) = total.filter(|rssi| !doubtful(*rssi)) {
        reading.rssi = Some(rssi);
        reading.source.get_or_insert_with(|| "+CSQ".to_owned());
    }
    reading
}

/// The cell of `+CEREG`, or of `+CREG` where that names none.
pub(super) fn place_of(answers: &[QueryReply]) -> Option<Cell> {
    let packet = reply_to(answers, CEREG)
        .and_then(|reply| reply.after("+CEREG:"))
        .and_then(|text| location(&Row::of(text)));
    let circuit = reply_to(answers, CREG).and_then(circuit_location);
    match packet {
        Some(cell) if cell.cell_id.is_some() => Some(cell),
        packet => circuit.or(packet),
    }
}

/// The cell in the answer to `AT+CREG?`. In 4G it is the same as `+CEREG` has; some name no technology beside it.
fn circuit_location(reply: &Reply) -> Option<Cell> {
    let status = RegistrationRead(Domain::Circuit).parse(reply).ok()?;
    if !status.state.is_registered() && status.state != RegistrationState::SmsOnly {
        return None;
    }
    // Without a technology the widest numbers of 2G to 4G.
    let access = status.access.unwrap_or(Access::Umts);
    Some(Cell {
        access: status.access,
        tac: row::area(access, status.area.map(u64::from)),
        cell_id: row::cell_id(access, status.cell),
        ..Cell::default()
    })
}

/// `<rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>[,<ss_rsrq>,<ss_rsrp>,<ss_sinr>]`, indexes; 99 and 255 are unknown.
///
/// With a 4G anchor and a 5G leg both sets are there: the anchor's is given, as it is the cell that serves.
fn extended(row: &Row) -> Reading {
    let mut reading = Reading {
        rsrq: row::rsrq_index(row.int(4)),
        rsrp: row::rsrp_index(row.int(5)),
        ..Reading::default()
    };
    if reading.rsrp.is_some() || reading.rsrq.is_some() {
        reading.cell.access = Some(Access::Lte);
    } else {
        reading.rsrq = row::ss_rsrq_index(row.int(6));
        reading.rsrp = row::ss_rsrp_index(row.int(7));
        reading.sinr = row::ss_sinr_index(row.int(8));
        reading.cell.access = reading.rsrp.and(Some(Access::Nr));
    }
    let known = reading.rsrp.is_some() || reading.rsrq.is_some() || reading.sinr.is_some();
    reading.source = known.then(|| "+CESQ".to_owned());
    reading
}

/// `+CSQ`: 1 to 31 are -111 dBm and up by 2; 0 is the floor; 99 and what lies above 31 are unknown.
fn total_power(index: Option<i32>) -> Option<Rssi> {
    Rssi::new(row::in_steps(index?, 31)? * 2 - 113)
}

/// `<n>,<stat>[,<tac>,<ci>[,<AcT>]]`; some print the routing area between area and cell.
fn location(row: &Row) -> Option<Cell> {
    let stat = u8::try_from(row.int(1)?).ok()?;
    let state = RegistrationState::from_stat(stat);
    // A modem that looks for a network still prints where it was.
    if !state.is_registered() && state != RegistrationState::SmsOnly {
        return None;
    }
    let act = |at: usize| u8::try_from(row.int(at)?).ok().filter(|n| *n < 100);
    let short = |at: usize| row.text(at).is_some_and(|t| t.len() <= 2);
    let (cell_at, act) = match (short(4).then(|| act(4)), short(5).then(|| act(5))) {
        (Some(act), _) => (3, act),
        (None, Some(act)) if row.len() == 6 => (4, act),
        _ => (3, None),
    };
    let access = act.map_or(Some(Access::Lte), Access::from_act)?;
    Some(Cell {
        access: Some(access),
        tac: row::area(access, row.hex(2)),
        cell_id: row::cell_id(access, row.hex(cell_at)),
        ..Cell::default()
    })
}

/// `+CPINR: SIM PIN,<tries>[,<default>]`, a line a code, the code quoted or not.
pub(super) fn pin_tries(reply: &Reply) -> Option<u8> {
    let rows = reply.all_after("+CPINR:").map(Row::of);
    let pin = rows.into_iter().find(|row| row.is(0, "SIM PIN"))?;
    tries(pin.int(1))
}

/// A count of tries: a card keeps it in four bits (ISO 7816-4).
pub(super) fn tries(count: Option<i32>) -> Option<u8> {
    u8::try_from(count?).ok().filter(|n| *n <= 15)
}

/// The card's number in any of the lines, whatever their prefix.
pub(super) fn iccid(reply: &Reply) -> Option<Iccid> {
    reply.lines.iter().find_map(|line| {
        if let Some(text) = line.after("+CRSM:") {
            let row = Row::of(text);
            // 144 (0x90) is "read well"; a card may say 145 where it has something more to tell.
            let read = matches!(row.int(0), Some(144 | 145));
            return read
                .then(|| row.text(2))
                .flatten()
                .and_then(|t| number_on_card(&t));
        }
        let text = line.text();
        let digits = text.split_once(':').map_or(&*text, |(_, rest)| rest);
        number_on_card(digits.split(',').next()?.trim().trim_matches('"'))
    })
}

/// The number as printed or, where it starts with 98, as the card stores it: each pair of digits turned round.
/// Every card's number starts with 89 (E.118), so one is not taken for the other.
fn number_on_card(text: &str) -> Option<Iccid> {
    if !text.is_ascii() {
        return None;
    }
    if text.starts_with("98") && text.len().is_multiple_of(2) {
        let pairs = text.as_bytes().chunks(2);
        let turned: String = pairs.flat_map(|p| [p[1], p[0]]).map(char::from).collect();
        return Iccid::parse(&turned);
    }
    Iccid::parse(text)
}

/// Who the modem is, out of `ATI`: labelled lines (`Model: X`), or bare ones in the order maker, model, firmware.
pub(super) fn identity(lines: &[Line]) -> Identity {
    let mut identity = Identity::default();
    let mut bare = Vec::new();
    for line in lines {
        let text = clean(line);
        let noise = line.bytes().iter().any(|b| !b.is_ascii() || *b < b'\t');
        if noise || text.is_empty() || text.eq_ignore_ascii_case("ATI") || is_unasked_line(line) {
            continue;
        }
        let Some((label, value)) = labelled(&text) else {
            bare.push(text);
            continue;
        };
        let value = value.trim().trim_matches('"').trim();
        let slot = match label.as_str() {
            "manufacturer" | "+cgmi" | "+gmi" => &mut identity.manufacturer,
            "model" | "+cgmm" | "+gmm" => &mut identity.model,
            "revision" | "+cgmr" | "+gmr" => &mut identity.revision,
            "imei" | "+cgsn" | "+gsn" => {
                identity.imei = identity.imei.or_else(|| Imei::parse(value));
                continue;
            }
            _ => continue,
        };
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    }
    place(&mut identity, bare);
    identity
}

/// Gives bare lines their place. One alone is a model, unless it is a build number (Telit `332`, Fibocom `.Built@`).
fn place(identity: &mut Identity, mut bare: Vec<String>) {
    if let Some(at) = bare.iter().position(|text| Imei::parse(text).is_some()) {
        let text = bare.remove(at);
        identity.imei = identity.imei.take().or_else(|| Imei::parse(&text));
    }
    let named = identity.manufacturer.is_some() || identity.model.is_some();
    let mut bare = bare.into_iter();
    if named {
        return;
    }
    if bare.len() == 1 {
        let starts_named = |text: &String| text.starts_with(|c: char| c.is_ascii_alphabetic());
        identity.model = bare.next().filter(starts_named);
        return;
    }
    identity.manufacturer = bare.next();
    identity.model = bare.next();
    identity.revision = identity.revision.take().or_else(|| bare.next());
}

fn labelled(text: &str) -> Option<(String, &str)> {
    let (label, value) = text.split_once(':')?;
    let is_label = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'^' | b' ');
    let fits = label.len() <= 20 && label.bytes().all(is_label);
    fits.then(|| (label.trim().to_ascii_lowercase(), value))
}

fn clean(line: &Line) -> String {
    value::decode_name(line.bytes()).chars().take(64).collect()
}
