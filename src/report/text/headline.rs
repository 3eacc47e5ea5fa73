//! The one sentence that a page comes down to. It says no more than was read: who comes first is said only where something
//! was compared.

use crate::document::{CarrierResult, LinkRow, Note, Scan};
use crate::domain::measured::Reachability;
use crate::domain::rank::{Compared, Known};
use crate::domain::verdict::{Doubt, Verdict};
use crate::i18n::Catalogue;

/// Who comes first in a survey, or why nobody does.
pub(super) fn survey(scan: &Scan, words: &Catalogue) -> String {
    let carriers = &scan.carriers;
    let read = || carriers.iter().filter(|c| c.known() == Known::Read);
    let best = read().map(|c| c.rank).min();
    let first: Vec<&CarrierResult> = read().filter(|c| Some(c.rank) == best).collect();
    let key = match Compared::of(carriers.iter().map(CarrierResult::known)) {
        Compared::Nobody => "scan-first_none",
        Compared::Nothing => "scan-nothing_read",
        Compared::OneAlone => alone(&first),
        Compared::Enough => compared(scan, &first),
    };
    let names: Vec<String> = first.iter().map(|c| c.name.clone()).collect();
    words.text_of(key, [("carriers", words.list(&names))])
}

/// One was read, and of the others nobody knows.
fn alone(first: &[&CarrierResult]) -> &'static str {
    match first.first().map(|c| c.verdict) {
        Some(_) if first.iter().any(|c| c.carried_nothing()) => "scan-nothing_came",
        Some(Verdict::Suitable) => "scan-alone_suitable",
        Some(Verdict::Uncertain) => "scan-alone_uncertain",
        Some(Verdict::Unsuitable) => "scan-alone_unsuitable",
        Some(Verdict::NotMeasured | Verdict::Unavailable) | None => "scan-alone",
    }
}

/// Ranks go by the verdict before all else, so the first tell of all that were read.
fn compared(scan: &Scan, first: &[&CarrierResult]) -> &'static str {
    let carriers = &scan.carriers;
    let is = |verdict| first.iter().any(|c| c.verdict == verdict);
    let count = |known| carriers.iter().filter(|c| c.known() == known).count();
    if is(Verdict::Unsuitable) {
        return if first.iter().all(|c| c.carried_nothing()) {
            "scan-nothing_came"
        } else if count(Known::Unread) > 0 {
            "scan-first_short_known"
        } else {
            "scan-first_short"
        };
    }
    if is(Verdict::NotMeasured) && carriers.iter().any(|c| c.verdict.is_measured()) {
        return "scan-first_unmeasured";
    }
    match first.len() {
        1 if scan.complete && carriers.len() > 1 && count(Known::Read) == 1 => "scan-first_only",
        1 => "scan-first",
        _ => "scan-first_tied",
    }
}

/// What a link carries.
pub(super) fn link(link: &LinkRow, words: &Catalogue) -> String {
    let interface = ("interface", link.interface.clone());
    let key = match link.verdict {
        Verdict::Suitable => "measure-suitable",
        Verdict::Unsuitable => "measure-unsuitable",
        Verdict::NotMeasured | Verdict::Unavailable => "measure-not_measured",
        Verdict::Uncertain => {
            let doubts = doubts(&link.why);
            if doubts.is_empty() {
                "measure-incomplete"
            } else {
                let said = doubts.iter().map(|d| words.family("doubt", d.as_str()));
                let said = words.list(&said.collect::<Vec<_>>());
                return words.text_of("measure-uncertain", [interface, ("doubts", said)]);
            }
        }
    };
    words.text_of(key, [interface])
}

/// What was asked for over a link and not reached: however good the link, the day needs that too.
pub(super) fn not_reached(link: &LinkRow, words: &Catalogue) -> Option<String> {
    let missed = link.checks.iter();
    let missed = missed.filter(|check| check.outcome == Reachability::NotReached);
    let targets: Vec<String> = missed.map(|check| check.target.clone()).collect();
    if targets.is_empty() {
        return None;
    }
    let values = [
        ("interface", link.interface.clone()),
        ("targets", words.list(&targets)),
    ];
    Some(words.text_of("measure-not_reached", values))
}

/// Why a verdict is uncertain, each doubt once, by the reasons that stand under it.
fn doubts(why: &[Note]) -> Vec<Doubt> {
    let of = |note: &Note| {
        let part = note.values.get("part").and_then(|part| part.as_str());
        note.code
            .known()
            .and_then(|code| Doubt::of_reason(code, part))
    };
    let left: Vec<Doubt> = why.iter().filter_map(of).collect();
    let all = Doubt::ALL.into_iter();
    all.filter(|doubt| left.contains(doubt)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::Code;
    use crate::i18n::Lang;
    use crate::report::sample;

    /// The first sentence of a survey of carriers with these verdicts, in rank order. `/` after one: of its radio nothing
    /// was read; `0`: nothing came; `?`: the modem refused, so it is not known whether it is here.
    fn said(rows: &str) -> String {
        let mut doc = sample::scan_of(rows);
        doc.body.complete = !rows.contains('/');
        let sentence = survey(&doc.body, &Catalogue::new(Lang::En));
        sentence.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn who_comes_first_is_said_only_where_something_was_compared() {
        let none_fits = "None of the carriers measured is good enough for your working day.";
        let unmeasured =
            |who: &str| format!("{none_fits} First by signal alone, without a measurement: {who}.");
        let rows = [
            ("suitable suitable", "Here, A comes first.".to_owned()),
            ("suitable= suitable= unsuitable", "Here, A and B come first, tied.".to_owned()),
            ("uncertain unsuitable", "Here, A comes first.".to_owned()),
            ("not_measured not_measured not_measured/", "Here, A comes first.".to_owned()),
            ("suitable unavailable", "Here, only A can be used.".to_owned()),
            ("not_measured unavailable unavailable", "Here, only A can be used.".to_owned()),
            ("suitable", "Here, A comes first.".to_owned()),
            ("unsuitable unsuitable0", "No carrier is good enough for your working day here. Closest: A.".to_owned()),
            ("unsuitable unavailable", "No carrier is good enough for your working day here. Closest: A.".to_owned()),
            ("unsuitable unsuitable not_measured/", format!("{none_fits} Closest: A.")),
            ("unsuitable= unsuitable=", "No carrier is good enough for your working day here. Closest: A and B.".to_owned()),
            ("not_measured unsuitable", unmeasured("A")),
            ("not_measured= not_measured= unsuitable0", unmeasured("A and B")),
            ("unsuitable0 unsuitable0", "No data arrived on any carrier that was measured.".to_owned()),
            ("unsuitable0 not_measured/", "No data arrived on any carrier that was measured.".to_owned()),
            ("not_measured not_measured/ not_measured/", "Nothing could be compared: only the signal of A could be read.".to_owned()),
            ("not_measured unavailable?", "Nothing could be compared: only the signal of A could be read.".to_owned()),
            ("suitable not_measured/", "A is good enough for your working day. No other carrier could be read, so there is nothing to compare A with.".to_owned()),
            ("uncertain not_measured/", "It is uncertain whether A is good enough for your working day. No other carrier could be read, so there is nothing to compare A with.".to_owned()),
            ("unsuitable not_measured/ unavailable", "A is not good enough for your working day. No other carrier could be read, so there is nothing to compare A with.".to_owned()),
            ("not_measured/ not_measured/", "Nothing could be compared: no carrier's signal could be read.".to_owned()),
            ("not_measured/ unavailable", "Nothing could be compared: no carrier's signal could be read.".to_owned()),
            ("unavailable? unavailable?", "Nothing could be compared: no carrier's signal could be read.".to_owned()),
            ("unavailable unavailable", "No carrier can be used here.".to_owned()),
        ];
        for (carriers, sentence) in rows {
            assert_eq!(said(carriers), sentence, "{carriers}");
        }
    }

    #[test]
    fn the_doubt_of_an_uncertain_link_is_the_one_that_its_reasons_leave() {
        let note = |code: Code, part: &str| Note::new(code).with("part", part);
        let rows: &[(&[Note], &str)] = &[
            (
                &[note(Code::MEASURE_UNCERTAIN, "")],
                "the speed is too close to what you need",
            ),
            (
                &[note(Code::MEASURE_BUDGET_SPENT, "")],
                "the data budget ran out first",
            ),
            (
                &[note(Code::MEASURE_CUT_SHORT, "")],
                "a transfer stopped before the answer was clear",
            ),
            (
                &[note(Code::MEASURE_UNSUPPORTED, "up")],
                "upload was not measured",
            ),
            (
                &[note(Code::MEASURE_PART_FAILED, "up")],
                "upload was not measured",
            ),
            (
                &[
                    note(Code::MEASURE_MEETS, "down"),
                    note(Code::VOICE_NO_ANSWER, "voice"),
                ],
                "the call's packets were not answered",
            ),
            (
                &[
                    note(Code::VOICE_MEETS, "voice"),
                    note(Code::MEASURE_PART_FAILED, "voice"),
                ],
                "the call was not rated",
            ),
            (
                &[note(Code::MEASURE_PART_FAILED, "loaded_voice")],
                "the call was not rated",
            ),
            (
                &[
                    note(Code::VOICE_NO_ANSWER, "voice"),
                    note(Code::MEASURE_UNCERTAIN, ""),
                    note(Code::MEASURE_UNCERTAIN, ""),
                ],
                "the speed is too close to what you need and the call's packets were not answered",
            ),
        ];
        let said = |why: &[Note]| {
            let row = LinkRow {
                verdict: Verdict::Uncertain,
                why: why.to_vec(),
                ..sample::measure().body.links.remove(0)
            };
            link(&row, &Catalogue::new(Lang::En))
        };
        for (why, doubt) in rows {
            assert_eq!(
                said(why),
                format!(
                    "It is uncertain whether wwan0 is good enough for your working day: {doubt}."
                )
            );
        }
        // A server without a reflector says nothing of the link.
        assert_eq!(
            said(&[note(Code::VOICE_UNSUPPORTED, "voice")]),
            "wwan0 could not be measured completely, so there is no verdict."
        );
    }
}
