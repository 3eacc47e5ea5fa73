//! The pages of a change of carrier and of the way back: how it ended first, then what proves it.

use super::{Sheet, View};
use crate::document::{Endpoint, Outcome, Recover, Switch};
use crate::i18n::Catalogue;

impl View for Switch {
    fn is_bare(&self) -> bool {
        self.radio.is_none() && self.warnings.is_empty()
    }

    fn tells_of_an_interruption(&self) -> bool {
        true
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        sheet.page.lead(&outcome(self, sheet));
        if self.outcome == Some(Outcome::Switched) {
            sheet.page.paragraph(&proof(self, sheet));
        }
        if let Some(radio) = &self.radio {
            let fields = [(
                sheet.word("status-radio"),
                super::status::levels(radio, sheet),
            )];
            sheet.page.gap();
            sheet.page.fields(&fields);
        }
        let left = self.outcome == Some(Outcome::NotRestored);
        if let Some(file) = self.journal.as_ref().filter(|_| left) {
            let line = sheet.say("switch-journal", [("file", file.clone())]);
            sheet.page.verbatim(&line);
        }
        sheet.warnings(&self.warnings);
        if self.outcome == Some(Outcome::Switched) && self.data_verified == Some(false) {
            sheet.page.gap();
            sheet.page.paragraph(&without_data(self, sheet));
        }
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("switch-title")
    }
}

fn outcome(switch: &Switch, sheet: &Sheet<'_>) -> String {
    let to = name(switch.to.as_ref(), sheet).unwrap_or_else(|| "?".to_owned());
    let from = name(switch.from.as_ref(), sheet);
    let ways = |from: Option<String>| {
        [
            ("to", to.clone()),
            ("from", from.unwrap_or_else(|| "?".to_owned())),
        ]
    };
    match switch.outcome {
        Some(Outcome::Switched) if from.is_some() => sheet.say("switch-switched_from", ways(from)),
        Some(Outcome::Switched) => sheet.say("switch-switched", ways(None)),
        Some(Outcome::AlreadyThere) => sheet.say("switch-already_there", ways(from)),
        Some(Outcome::RolledBack) if !switch.rollback.attempted => {
            sheet.say("switch-never_left", ways(from))
        }
        Some(Outcome::RolledBack) => sheet.say("switch-rolled_back", ways(from)),
        Some(Outcome::NotRestored) => sheet.say("switch-not_restored", ways(from)),
        // The journal says that something was asked of the modem.
        None if switch.journal.is_some() => sheet.say("switch-failed", ways(from)),
        None => sheet.word("switch-unchanged"),
    }
}

/// How to go on where the carrier was reached and no data flows.
fn without_data(switch: &Switch, sheet: &Sheet<'_>) -> String {
    let from = switch.from.as_ref();
    let id = from.and_then(|from| from.carrier.clone().or(from.plmn.map(|p| p.to_string())));
    match (name(from, sheet), id) {
        (Some(from), Some(id)) => sheet.say("switch-no_data_next", [("from", from), ("id", id)]),
        _ => sheet.word("switch-no_data_next_alone"),
    }
}

fn proof(switch: &Switch, sheet: &Sheet<'_>) -> String {
    let confirmed = match switch.registered_in_s.filter(|_| switch.confirmed) {
        Some(seconds) => sheet.say(
            "switch-confirmed_in",
            [("time", sheet.words.duration(seconds))],
        ),
        None if switch.confirmed => sheet.word("switch-confirmed"),
        None => sheet.word("switch-unconfirmed"),
    };
    let data = switch.data_verified.map(|flows| {
        sheet.word(if flows {
            "switch-data_ok"
        } else {
            "switch-data_not"
        })
    });
    std::iter::once(confirmed)
        .chain(data)
        .collect::<Vec<_>>()
        .join(" ")
}

impl View for Recover {
    fn is_bare(&self) -> bool {
        self.needed != Some(true) && self.warnings.is_empty()
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        if self.needed == Some(true) {
            let found = match (&self.command, &self.interrupted_at) {
                (Some(command), Some(at)) => sheet.say(
                    "recover-found",
                    [
                        ("command", command.to_string()),
                        ("since", sheet.words.moment(at)),
                    ],
                ),
                _ => sheet.word("recover-found_undated"),
            };
            sheet.page.paragraph(&found);
            if let Some(line) = restored(self, sheet) {
                sheet.page.lead(&line);
            }
        } else {
            let key = match self.needed {
                Some(_) => "recover-nothing",
                None => "recover-unknown",
            };
            sheet.page.lead(&sheet.word(key));
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("recover-title")
    }
}

fn restored(recover: &Recover, sheet: &Sheet<'_>) -> Option<String> {
    let key = match (recover.restored?, recover.registered_in_s) {
        (true, Some(_)) => "recover-done",
        (true, None) => "recover-already",
        (false, _) => "recover-failed",
    };
    let to = name(recover.to.as_ref(), sheet)?;
    Some(sheet.say(key, [("to", to)]))
}

/// As a person reads it: the carrier's name, or the network's code.
fn name(endpoint: Option<&Endpoint>, sheet: &Sheet<'_>) -> Option<String> {
    let endpoint = endpoint?;
    let by_id = || {
        endpoint
            .carrier
            .as_deref()
            .map(|id| sheet.words.carrier(id))
    };
    let by_code = || endpoint.plmn.map(|plmn| sheet.words.carrier(plmn.as_str()));
    endpoint.name.clone().or_else(by_id).or_else(by_code)
}
