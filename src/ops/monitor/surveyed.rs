//! What the last survey of this modem says of the carrier in use. It moves nothing: a person reads it.

use jiff::{SignedDuration, Timestamp};

use super::super::past::begun_anew;
use super::Context;
use crate::document::{Document, ModemInfo, Note, Scan, SurveyedRow};
use crate::domain::Profile;
use crate::domain::rank::Known;
use crate::store::history;

/// How long a survey says something of the place: leaves, antennas and the load of the cells change with the season.
const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How much a clock may be behind the one that dated the survey.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// The last survey of a modem.
#[derive(Debug)]
pub(super) struct Surveyed(Document<Scan>);

impl Surveyed {
    /// The one that is kept; none where it is of another modem or too old. A history that cannot be read is as good as
    /// none: whoever places an antenna did not ask for it. That it was set aside is told all the same.
    pub(super) fn last(
        context: &Context<'_>,
        modem: &ModemInfo,
        now: Timestamp,
    ) -> (Option<Self>, Option<Note>) {
        match history::last_scan(context.store, modem.is_virtual()) {
            Ok((last, set_aside)) => {
                let file = context.store.history();
                let note = set_aside.map(|aside| begun_anew(&file, &aside));
                (last.and_then(|last| Self::of(last, modem, now)), note)
            }
            Err(error) => {
                tracing::info!(%error, "no last survey");
                (None, None)
            }
        }
    }

    fn of(survey: Document<Scan>, modem: &ModemInfo, now: Timestamp) -> Option<Self> {
        let at: Timestamp = survey.at.parse().ok()?;
        let age = now.duration_since(at);
        let is_fresh = age <= LASTS && age >= -AHEAD;
        let surveyed = survey.body.modem.as_ref()?;
        (is_fresh && is_same(surveyed, modem)).then_some(Self(survey))
    }

    /// The first of those that it ranks before the carrier in use, and of which something was read.
    pub(super) fn before(&self, in_use: &str, profile: &Profile) -> Option<SurveyedRow> {
        let rows = &self.0.body.carriers;
        let own = rows.iter().find(|row| row.carrier == in_use)?;
        if own.known() == Known::Unread {
            return None;
        }
        let is_known = |id: &str| profile.carriers.iter().any(|carrier| carrier.id == id);
        let better = rows
            .iter()
            .filter(|row| row.rank < own.rank && row.known() == Known::Read)
            .filter(|row| is_known(&row.carrier))
            .min_by_key(|row| row.rank)?;
        Some(SurveyedRow {
            carrier: better.carrier.clone(),
            at: self.0.at.clone(),
            label: self.0.body.label.clone(),
        })
    }
}

/// Whether both are one modem, as far as they tell: by the end of their number, which is all that is kept of it.
fn is_same(surveyed: &ModemInfo, modem: &ModemInfo) -> bool {
    if modem.is_virtual() || surveyed.is_virtual() {
        // Each of them is a place of its own.
        return modem.port == surveyed.port;
    }
    let end = |info: &ModemInfo| {
        let imei = info.imei.as_deref()?;
        let digits = imei.len().checked_sub(4)?;
        imei.get(digits..).map(str::to_owned)
    };
    let is_named_alike =
        modem.manufacturer == surveyed.manufacturer && modem.model == surveyed.model;
    match (end(surveyed), end(modem)) {
        (Some(a), Some(b)) => a == b && is_named_alike,
        _ => is_named_alike,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    /// The last survey as it is found some time after it was made, for a modem that may be another one.
    fn found(
        after: &str,
        change: impl FnOnce(&mut Document<Scan>, &mut ModemInfo),
    ) -> Option<Surveyed> {
        let mut survey = sample::scan();
        "2026-11-01T08:00:00Z".clone_into(&mut survey.at);
        let mut modem = survey.body.modem.clone().expect("a modem");
        change(&mut survey, &mut modem);
        Surveyed::of(survey, &modem, at(after))
    }

    fn better(surveyed: &Surveyed, in_use: &str) -> Option<String> {
        let row = surveyed.before(in_use, &Profile::default());
        row.map(|row| row.carrier)
    }

    #[test]
    fn the_first_that_it_ranks_before_the_one_in_use_is_named() {
        let surveyed = found("2026-11-02T08:00:00Z", |_, _| ()).expect("a survey");
        assert_eq!(better(&surveyed, "sfr").as_deref(), Some("orange"));
        assert_eq!(better(&surveyed, "bouygues").as_deref(), Some("orange"));
        assert_eq!(better(&surveyed, "orange"), None);
        assert_eq!(better(&surveyed, "free"), None);
    }

    #[test]
    fn one_of_which_nothing_was_read_or_that_nobody_knows_is_never_named() {
        let surveyed = found("2026-11-02T08:00:00Z", |survey, _| {
            survey.body.carriers[0].radio = None;
        });
        assert_eq!(better(&surveyed.expect("a survey"), "sfr"), None);
        let forged = found("2026-11-02T08:00:00Z", |survey, _| {
            "x; rm -rf ~".clone_into(&mut survey.body.carriers[0].carrier);
        });
        assert_eq!(better(&forged.expect("a survey"), "sfr"), None);
    }

    #[test]
    fn a_survey_of_long_ago_or_of_another_modem_says_nothing() {
        assert!(found("2026-12-01T08:00:00Z", |_, _| ()).is_some());
        assert!(found("2026-12-01T08:00:01Z", |_, _| ()).is_none());
        assert!(found("2026-11-01T06:59:00Z", |_, _| ()).is_none());
        let day_after = "2026-11-02T08:00:00Z";
        let other = found(day_after, |_, modem| modem.imei = Some("…0000".to_owned()));
        assert!(other.is_none());
        let model = found(day_after, |_, modem| {
            modem.model = Some("EM7565".to_owned());
        });
        assert!(model.is_none());
        let replugged = found(day_after, |_, modem| {
            "/dev/ttyUSB7".clone_into(&mut modem.port);
        });
        assert!(replugged.is_some());
        let elsewhere = found(day_after, |survey, modem| {
            "sim:home".clone_into(&mut modem.port);
            if let Some(modem) = &mut survey.body.modem {
                "sim:rural".clone_into(&mut modem.port);
            }
        });
        assert!(elsewhere.is_none());
    }
}
