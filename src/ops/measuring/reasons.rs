//! The reasons of a verdict: each way against the need, the call, and what was left out.

use super::{hundredths, tenths};
use crate::document::Note;
use crate::domain::codes::Code;
use crate::domain::verdict::Requirement;
use crate::measure::throughput::{Clearance, Goodput, Stop};
use crate::measure::voice::{Call, Method};
use crate::measure::{Because, Beside, MeasureError, Measured, Missing, Part};

/// Why the verdict is what it is: each way against the need, the call, and what was left out.
pub(in crate::ops) fn reasons(measured: &Measured, need: &Requirement) -> Vec<Note> {
    let ways = [
        ("down", measured.down.as_ref(), need.down_bps),
        ("up", measured.up.as_ref(), need.up_bps),
    ];
    let mut why: Vec<Note> = ways
        .into_iter()
        .filter_map(|(way, goodput, need)| Some(goodput_note(way, goodput?, need)))
        .collect();
    let calls = [
        ("voice", measured.voice.as_ref()),
        ("loaded_voice", measured.loaded_voice.as_ref()),
    ];
    why.extend(
        calls
            .into_iter()
            .filter_map(|(part, call)| voice_note(part, call?, need)),
    );
    if falls_short(measured) && measured.setting.beside == Beside::Nothing {
        // What is still possible there.
        let is_call = |note: &&mut Note| {
            let part = note.values.get("part").and_then(|part| part.as_str());
            note.code == Code::VOICE_MEETS && part == Some("voice")
        };
        let heard = why.iter_mut().find(is_call);
        if let Some(note) = heard {
            note.code = Code::VOICE_ALONE.into();
        }
    }
    if measured.setting.at_best {
        why.push(Note::new(Code::VOICE_AT_BEST));
    }
    if measured.voice.is_some() && measured.setting.beside == Beside::Load {
        why.push(Note::new(Code::VOICE_BESIDE_LOAD));
    }
    why.extend(
        calls
            .into_iter()
            .filter_map(|(part, call)| doubled_note(part, call?)),
    );
    if measured.voice_is_indicative() {
        why.push(Note::new(Code::VOICE_INDICATIVE));
    }
    let method = measured.voice.as_ref().map(|call| call.method);
    if method == Some(Method::Echo) {
        why.push(Note::new(Code::VOICE_ECHO));
    }
    why.extend(measured.missing.iter().map(missing_note));
    why
}

fn falls_short(measured: &Measured) -> bool {
    let ways = [&measured.down, &measured.up].into_iter().flatten();
    ways.into_iter().any(|way| way.verdict == Clearance::Below)
}

fn goodput_note(way: &str, goodput: &Goodput, need: u64) -> Note {
    let code = match (goodput.verdict, goodput.stopped_because) {
        (Clearance::Meets, _) => Code::MEASURE_MEETS,
        (Clearance::Below, Stop::NoData) => Code::MEASURE_NO_DATA,
        (Clearance::Below, _) => Code::MEASURE_BELOW,
        (Clearance::Uncertain, Stop::Budget) => Code::MEASURE_BUDGET_SPENT,
        (Clearance::Uncertain, Stop::Ended | Stop::ConnectionLost | Stop::Stalled) => {
            Code::MEASURE_CUT_SHORT
        }
        // Without an estimate there is no interval to show.
        (Clearance::Uncertain, _) if goodput.low_bps.is_none() => Code::MEASURE_CUT_SHORT,
        (Clearance::Uncertain, _) => Code::MEASURE_UNCERTAIN,
    };
    Note::new(code)
        .with("way", way)
        .with("estimate_bps", goodput.estimate_bps)
        .with("low_bps", goodput.low_bps)
        .with("high_bps", goodput.high_bps)
        .with("need_bps", need)
        .with(
            "sure_percent",
            goodput.confidence.map(|sure| tenths(sure * 100.0)),
        )
        .with("stopped_because", goodput.stopped_because.as_str())
}

fn voice_note(part: &str, call: &Call, need: &Requirement) -> Option<Note> {
    let mos = hundredths(call.mos?);
    let code = if mos < need.voice_mos {
        Code::VOICE_BELOW
    } else {
        Code::VOICE_MEETS
    };
    let percent = call.loss.map(|loss| tenths(loss * 100.0));
    Some(
        Note::new(code)
            .with("part", part)
            .with("mos", mos)
            .with("need_mos", need.voice_mos)
            .with("rtt_ms", call.rtt_ms.map(f64::round))
            .with("jitter_ms", call.jitter_ms.map(f64::round))
            .with("loss_percent", percent),
    )
}

fn doubled_note(part: &str, call: &Call) -> Option<Note> {
    let doubled = call.doubled.filter(|doubled| *doubled > 0)?;
    Some(
        Note::new(Code::VOICE_DOUBLED)
            .with("part", part)
            .with("doubled", doubled)
            .with("packets", call.packets),
    )
}

fn missing_note(missing: &Missing) -> Note {
    let part = missing.part.as_str();
    match &missing.because {
        Because::Below => Note::new(Code::MEASURE_SKIPPED).with("part", part),
        Because::Unsupported if matches!(missing.part, Part::Down | Part::Up) => {
            Note::new(Code::MEASURE_UNSUPPORTED).with("part", part)
        }
        Because::Unsupported => Note::new(Code::VOICE_UNSUPPORTED).with("part", part),
        Because::NoAnswer => Note::new(Code::VOICE_NO_ANSWER).with("part", part),
        Because::Multiplied => Note::new(Code::VOICE_MULTIPLIED).with("part", part),
        Because::TooFew { packets } => Note::new(Code::VOICE_TOO_FEW)
            .with("part", part)
            .with("packets", *packets),
        Because::Failed(error) => failed_note(part, error),
    }
}

fn failed_note(part: &str, error: &MeasureError) -> Note {
    Note::new(Code::MEASURE_PART_FAILED)
        .with("part", part)
        .with("cause", error.code())
}
