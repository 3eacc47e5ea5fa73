//! The TOML of a scenario merged with its base, checked, and turned into a [`Scenario`].

use std::collections::BTreeMap;
use std::time::Duration;

use super::keys::{
    AvailabilityKey, CardKey, CarrierKeys, CellKeys, EventKeys, FaultKeys, File, LinkKeys, ModeKey,
    ModemKeys, SilenceKey, SimKeys, SinrKey, StartKeys, SwitchKey,
};
use super::{Delays, Problem, Scenario, ScenarioError, text_of};
use crate::faults::{Faults, Silence, Trigger, Wire};
use crate::identity::{DeviceIdentity, ModelTraits};
use crate::persona::{self, Persona};
use crate::quirks::Quirks;
use crate::world::{
    Availability, Card, CardState, Carrier, Cell, Event, Levels, LinkShape, Selection, Timing,
};
use opensim_domain::Plmn;
use opensim_domain::time::Instant;

/// Built-in bases stand on at most this many others.
const DEEPEST: usize = 4;

/// Reads a scenario's text, its base under it, these quirks over its own.
pub(super) fn read(
    text: &str,
    origin: &str,
    quirks: &toml::Table,
) -> Result<Scenario, ScenarioError> {
    let fault = |line, problem| ScenarioError {
        origin: origin.to_owned(),
        line,
        problem,
    };
    let parsed = |error: &toml::de::Error| {
        let line = error.span().map(|span| line_at(text, span.start));
        fault(line, Problem::from_parser(error.message()))
    };
    // Once as it stands, for the lines of its errors; then with its base under it.
    toml::from_str::<File>(text).map_err(|e| parsed(&e))?;
    let mut table = with_base(text, 0).map_err(|problem| fault(line_of(text, "base"), problem))?;
    if !quirks.is_empty() {
        let over =
            toml::Table::from_iter([("quirks".to_owned(), toml::Value::Table(quirks.clone()))]);
        merge(&mut table, over);
    }
    let file: File = table
        .try_into()
        .map_err(|e: toml::de::Error| fault(None, Problem::from_parser(e.message())))?;
    build(file).map_err(|(key, problem)| fault(line_of(text, key), problem))
}

/// The text's table over its base's.
fn with_base(text: &str, depth: usize) -> Result<toml::Table, Problem> {
    let over: toml::Table =
        toml::from_str(text).map_err(|e| Problem::Malformed(e.message().to_owned()))?;
    let Some(name) = over.get("base").and_then(toml::Value::as_str) else {
        return Ok(over);
    };
    if depth == DEEPEST {
        return Err(Problem::CircularBase(name.to_owned()));
    }
    let under = text_of(name).ok_or_else(|| Problem::UnknownValue {
        key: "base",
        value: name.to_owned(),
        known: Scenario::names().collect::<Vec<_>>().join(", "),
    })?;
    let mut merged = with_base(under, depth + 1)?;
    merge(&mut merged, over);
    Ok(merged)
}

/// Tables merge key by key; anything else, lists too, replaces what was.
fn merge(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => merge(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// A problem and the key whose line shows it.
type KeyProblem = (&'static str, Problem);

fn build(file: File) -> Result<Scenario, KeyProblem> {
    let name = file.persona.as_deref().unwrap_or("generic");
    let persona = persona::by_name(name).ok_or_else(|| {
        let problem = Problem::UnknownValue {
            key: "persona",
            value: name.to_owned(),
            known: persona::names().collect::<Vec<_>>().join(", "),
        };
        ("persona", problem)
    })?;
    let timing = &file.timing;
    let ms = |key: Option<u64>, default| Duration::from_millis(key.unwrap_or(default));
    let registration = ms(timing.registration_ms, 4000);
    let carriers = file
        .carrier
        .iter()
        .map(|c| carrier(c, registration))
        .collect::<Result<Vec<_>, _>>()?;
    check_codes(&file, &carriers)?;
    check_quirks(&file.quirks)?;
    Ok(Scenario {
        persona,
        pace: within(
            "pace",
            file.pace.unwrap_or(1.0),
            0.01,
            1000.0,
            "0.01 to 1000",
        )?,
        seed: file.seed.unwrap_or(1),
        identity: identity(&file.modem, persona),
        delays: Delays {
            reply: ms(timing.reply_ms, 15),
            network_list: ms(timing.network_list_ms, 45_000),
            selection_limit: ms(timing.selection_limit_ms, 180_000),
            boot: ms(timing.boot_ms, 8000),
        },
        card: card(&file.sim, file.quirks.iccid.as_ref()),
        events: events(&file.event)?,
        timing: Timing {
            search: ms(timing.search_ms, 20_000),
            stale: ms(file.faults.stale_registration_ms, 0),
        },
        start: selection(&file.start)?,
        registered: file.start.registered.unwrap_or(true),
        faults: faults(file.faults)?,
        quirks: file.quirks,
        carriers,
    })
}

fn identity(keys: &ModemKeys, persona: &'static dyn Persona) -> DeviceIdentity {
    let own = persona.identity();
    let or = |key: &Option<String>, own: String| key.clone().unwrap_or(own);
    DeviceIdentity {
        manufacturer: or(&keys.manufacturer, own.manufacturer),
        model: or(&keys.model, own.model),
        revision: or(&keys.revision, own.revision),
        imei: or(&keys.imei, own.imei),
        traits: ModelTraits {
            sinr_in_fifths: keys
                .sinr
                .map_or(own.traits.sinr_in_fifths, |s| s == SinrKey::Fifths),
            cesq: keys.cesq.unwrap_or(own.traits.cesq),
        },
    }
}

fn card(keys: &SimKeys, iccid: Option<&String>) -> Card {
    let state = keys.state.unwrap_or(CardKey::Ready);
    let or =
        |key: &Option<String>, default: &str| key.clone().unwrap_or_else(|| default.to_owned());
    let mut card = Card::new(
        iccid.map_or_else(|| or(&keys.iccid, "8933010000000012346"), Clone::clone),
        or(&keys.imsi, "208010000000012"),
    )
    .with_secrets(keys.pin.clone(), keys.puk.clone())
    .in_state(match state {
        CardKey::Ready => CardState::Ready,
        CardKey::Pin => CardState::Pin,
        CardKey::Puk => CardState::Puk,
        CardKey::Blocked => CardState::Blocked,
        CardKey::Absent => CardState::Absent,
    });
    card.number.clone_from(&keys.number);
    card.locked_at_start = state == CardKey::Pin;
    let used_up = matches!(state, CardKey::Puk | CardKey::Blocked);
    card.pin_tries = keys
        .pin_tries
        .unwrap_or(if used_up { 0 } else { card.pin_tries });
    card.puk_tries = keys.puk_tries.unwrap_or(if state == CardKey::Blocked {
        0
    } else {
        card.puk_tries
    });
    card
}

fn carrier(keys: &CarrierKeys, registration: Duration) -> Result<Carrier, KeyProblem> {
    if keys.plmns.is_empty() {
        return Err(("plmns", Problem::MissingKey("plmns".to_owned())));
    }
    Ok(Carrier {
        name: keys.name.clone(),
        short: keys.short.clone().unwrap_or_else(|| keys.name.clone()),
        plmns: keys.plmns.clone(),
        availability: availability(keys.availability.unwrap_or(AvailabilityKey::Ok), keys.cause)?,
        roaming: keys.roaming,
        registration: keys
            .registration_ms
            .map_or(registration, Duration::from_millis),
        link: link(&keys.link)?,
        cells: keys.cell.iter().map(cell).collect::<Result<_, _>>()?,
    })
}

fn link(keys: &LinkKeys) -> Result<LinkShape, KeyProblem> {
    let usual = LinkShape::default();
    let rate = |key, kbit: Option<f64>, default: u64| {
        let Some(kbit) = kbit else { return Ok(default) };
        within(key, kbit, 0.0, 1e6, "0 to 1000000").map(|kbit| whole(kbit * 1000.0))
    };
    let loss = within(
        "loss_percent",
        keys.loss_percent.unwrap_or(0.0),
        0.0,
        100.0,
        "0 to 100",
    )?;
    let bucket = within(
        "bucket_kb",
        keys.bucket_kb.unwrap_or(0.0),
        0.0,
        1e6,
        "0 to 1000000",
    )?;
    let ms = |key, ms: Option<f64>, default| match ms {
        Some(ms) => within(key, ms, 0.0, 60_000.0, "0 to 60000")
            .map(|ms| Duration::from_secs_f64(ms / 1000.0)),
        None => Ok(default),
    };
    Ok(LinkShape {
        down_bps: rate("down_kbit", keys.down_kbit, usual.down_bps)?,
        up_bps: rate("up_kbit", keys.up_kbit, usual.up_bps)?,
        delay: ms("delay_ms", keys.delay_ms, usual.delay)?,
        jitter: ms("jitter_ms", keys.jitter_ms, usual.jitter)?,
        loss_ppm: u32::try_from(whole(loss * 1e4)).unwrap_or(u32::MAX),
        bucket: whole(bucket * 1000.0),
    })
}

fn availability(key: AvailabilityKey, cause: Option<u16>) -> Result<Availability, KeyProblem> {
    let denied = key == AvailabilityKey::Denied;
    if let Some(cause) = cause.filter(|_| !denied) {
        let problem = Problem::UnknownValue {
            key: "cause",
            value: cause.to_string(),
            known: "given only with availability = \"denied\"".to_owned(),
        };
        return Err(("cause", problem));
    }
    Ok(match key {
        AvailabilityKey::Ok => Availability::Ok,
        // EMM cause 15: no suitable cells in the tracking area.
        AvailabilityKey::Denied => Availability::Denied(cause.unwrap_or(15)),
        AvailabilityKey::Absent => Availability::Absent,
        AvailabilityKey::NeverEnds => Availability::NeverEnds,
    })
}

fn cell(keys: &CellKeys) -> Result<Cell, KeyProblem> {
    let mhz = within(
        "bandwidth_mhz",
        keys.bandwidth_mhz,
        0.2,
        100.0,
        "0.2 to 100",
    )?;
    let bandwidth = tenths(mhz).unsigned_abs();
    let rsrp = within("rsrp_dbm", keys.rsrp_dbm, -140.0, -44.0, "-140 to -44")?;
    let rsrq = within("rsrq_db", keys.rsrq_db, -19.5, -3.0, "-19.5 to -3")?;
    let sinr = within("sinr_db", keys.sinr_db, -20.0, 30.0, "-20 to 30")?;
    let fading = within("fading_db", keys.fading_db, 0.0, 30.0, "0 to 30")?;
    // What fits no field of any network, and so no row that a persona prints.
    within("band", keys.band.into(), 1.0, 1900.0, "1 to 1900")?;
    within(
        "earfcn",
        keys.earfcn.into(),
        0.0,
        3_279_165.0,
        "0 to 3279165",
    )?;
    within("pci", keys.pci.into(), 0.0, 1007.0, "0 to 1007")?;
    within("tac", keys.tac.into(), 0.0, 16_777_215.0, "0 to 16777215")?;
    let longest = ((1_u64 << 36) - 1) as f64;
    within(
        "cell_id",
        keys.cell_id as f64,
        0.0,
        longest,
        "0 to 68719476735",
    )?;
    Ok(Cell {
        access: keys.access,
        band: keys.band,
        earfcn: keys.earfcn,
        pci: keys.pci,
        cell_id: keys.cell_id,
        tac: keys.tac,
        bandwidth,
        mean: Levels {
            rsrp: tenths(rsrp),
            rsrq: tenths(rsrq),
            sinr: tenths(sinr),
        },
        fading: tenths(fading),
    })
}

fn selection(keys: &StartKeys) -> Result<Selection, KeyProblem> {
    match keys.mode.unwrap_or(ModeKey::Automatic) {
        ModeKey::Automatic => Ok(Selection::Automatic),
        ModeKey::Deregistered => Ok(Selection::Deregistered),
        ModeKey::Manual => keys
            .plmn
            .map(|plmn| Selection::Manual(plmn, None))
            .ok_or_else(|| ("start", Problem::MissingKey("start.plmn".to_owned()))),
    }
}

fn faults(keys: FaultKeys) -> Result<Faults, KeyProblem> {
    let at = |key, seconds: Option<f64>| seconds.map(|s| span(key, s).map(Instant::at)).transpose();
    let lasts = keys
        .silent_for_s
        .map(|s| span("silent_for_s", s))
        .transpose()?;
    Ok(Faults {
        early_ok: keys.early_ok.unwrap_or(false),
        late_ok: Duration::from_millis(keys.late_ok_ms.unwrap_or(0)),
        reboot: Trigger {
            at: at("reboot_at_s", keys.reboot_at_s)?,
            on_select: keys.reboot_on_select,
        },
        unplug: Trigger {
            at: at("unplug_at_s", keys.unplug_at_s)?,
            on_select: keys.unplug_on_select,
        },
        silence: Silence {
            start: Trigger {
                at: at("silent_from_s", keys.silent_from_s)?,
                on_select: keys.silent_on_select,
            },
            lasts,
            loses: keys.silence == Some(SilenceKey::Lost),
        },
        hang_on: keys.hang_on,
        late_reply: keys
            .late_reply
            .into_iter()
            .map(|late| (late.command, Duration::from_millis(late.ms)))
            .collect(),
        wire: Wire {
            garbage: keys.garbage.unwrap_or(false),
            drop_byte_every: keys.drop_byte_every.unwrap_or(0),
            split_writes: keys.split_writes.unwrap_or(false),
            urc_mid_reply: keys.urc_mid_reply.unwrap_or(false),
        },
        echo: keys.echo.map(|e| e == SwitchKey::On),
    })
}

fn events(keys: &[EventKeys]) -> Result<Vec<Event>, KeyProblem> {
    keys.iter()
        .map(|event| {
            let change = within(
                "change_db",
                event.change_db.unwrap_or(0.0),
                -100.0,
                100.0,
                "-100 to 100",
            )?;
            Ok(Event {
                at: Instant::at(span("at_s", event.at_s)?),
                plmn: event.plmn,
                availability: event
                    .availability
                    .map(|a| availability(a, event.cause))
                    .transpose()?,
                change: tenths(change),
            })
        })
        .collect()
}

/// Every network code belongs to one carrier, and those that other keys name belong to one.
fn check_codes(file: &File, carriers: &[Carrier]) -> Result<(), KeyProblem> {
    let mut owners = BTreeMap::new();
    for (index, plmn) in carriers
        .iter()
        .enumerate()
        .flat_map(|(index, c)| c.plmns.iter().map(move |p| (index, *p)))
    {
        if owners.insert(plmn, index).is_some() {
            return Err(("plmns", Problem::TwoCarriers(plmn.to_string())));
        }
    }
    let faults = &file.faults;
    let named = [
        ("plmn", file.start.plmn),
        ("reboot_on_select", faults.reboot_on_select),
        ("unplug_on_select", faults.unplug_on_select),
        ("silent_on_select", faults.silent_on_select),
    ];
    let events = file.event.iter().map(|e| ("plmn", Some(e.plmn)));
    for (key, plmn) in named.into_iter().chain(events) {
        if let Some(plmn) = plmn.filter(|p| !owners.contains_key(p)) {
            let plmn = plmn.to_string();
            return Err((key, Problem::NoSuchCarrier { key, plmn }));
        }
    }
    Ok(())
}

/// What the kinds of the quirks' values leave open.
pub(super) fn check_quirks(quirks: &Quirks) -> Result<(), KeyProblem> {
    if let Some(seconds) = quirks.sim_busy_s {
        span("sim_busy_s", seconds)?;
    }
    if let Some(code) = quirks
        .refuse_selection_of
        .iter()
        .find(|code| code.parse::<Plmn>().is_err())
    {
        let problem = Problem::UnknownValue {
            key: "refuse_selection_of",
            value: code.clone(),
            known: "network codes such as 20801".to_owned(),
        };
        return Err(("refuse_selection_of", problem));
    }
    Ok(())
}

fn within(
    key: &'static str,
    value: f64,
    low: f64,
    high: f64,
    range: &'static str,
) -> Result<f64, KeyProblem> {
    // A range check that NaN fails too.
    if (low..=high).contains(&value) {
        return Ok(value);
    }
    let value = value.to_string();
    Err((key, Problem::OutOfRange { key, value, range }))
}

/// Seconds as a time that is no nonsense: within ten days.
fn span(key: &'static str, seconds: f64) -> Result<Duration, KeyProblem> {
    within(key, seconds, 0.0, 864_000.0, "0 to 864000").map(Duration::from_secs_f64)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be positive and within 1e9"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be within a few hundred"
)]
fn tenths(value: f64) -> i32 {
    (value * 10.0).round() as i32
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.bytes().filter(|b| *b == b'\n').count() + 1
}

/// The first line that sets `key` or opens its table.
fn line_of(text: &str, key: &str) -> Option<usize> {
    text.lines()
        .position(|line| {
            let line = line.trim().trim_start_matches('[');
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
        })
        .map(|index| index + 1)
}
