//! The questions that have a name: their SQL, which is the same for every engine, and what it may be asked about.
//!
//! The texts in `sql/` are a contract, as a document's keys are: notebooks stand on their columns. They keep to what DuckDB,
//! Spark and ClickHouse answer alike: no column `at`, `NULLS LAST` said, ties broken to the last, no percentile, days and not
//! times compared, plain columns only.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::error::Error;
use crate::statement::{Literals, Statement, literal};

/// What a column of an answer holds, and so how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A text as it is.
    Text,
    /// The identifier of a carrier.
    Carrier,
    /// A word of a closed list, whose family of sentences this is.
    Word(&'static str),
    /// How many.
    Count,
    /// A number that names something.
    Number,
    /// A level, with one decimal.
    Level,
    /// Bits per second.
    Rate,
    /// A part of 1.
    Share,
    /// A day.
    Day,
    /// A point in time.
    Moment,
    /// Yes or no.
    Flag,
}

/// A column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// As SQL and JSON name it.
    pub name: &'static str,
    /// What it holds.
    pub shows: Shows,
    /// Whether it is left out where there is little room.
    pub is_extra: bool,
}

/// A question with a name.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// Its text, with parameters.
    pub sql: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Heading],
    /// How many days back it looks where nothing is said.
    days: i32,
    /// A parameter that it cannot do without.
    needs: Option<&'static str>,
}

/// What a question is asked about; what is not given is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// From this day on.
    pub since: Option<Date>,
    /// Up to the day before.
    pub until: Option<Date>,
    /// A commune's code, or what codes begin with.
    pub place: Option<String>,
    /// A partner.
    pub partner: Option<String>,
    /// The names that a site may have in the rows.
    pub site: Vec<String>,
    /// The least homes that a group has to have to be told.
    pub min_sites: u32,
}

const fn has(name: &'static str, shows: Shows) -> Heading {
    Heading {
        name,
        shows,
        is_extra: false,
    }
}

const fn extra(name: &'static str, shows: Shows) -> Heading {
    Heading {
        is_extra: true,
        ..has(name, shows)
    }
}

const SITE: Heading = has("site", Shows::Text);
const POSTCODE: Heading = has("postcode", Shows::Text);
const PARTNER: Heading = has("partner", Shows::Text);
const CARRIER: Heading = has("carrier", Shows::Carrier);
const SITES: Heading = has("sites", Shows::Count);
const SURVEYS: Heading = has("surveys", Shows::Count);
const SUITABLE: Heading = has("suitable", Shows::Share);
const VERDICT: Shows = Shows::Word("verdict");

/// All of them.
pub const QUESTIONS: &[Question] = &[
    Question {
        name: "place",
        sql: include_str!("../sql/place.sql"),
        columns: &[
            POSTCODE,
            has("standing", Shows::Count),
            CARRIER,
            SITES,
            SURVEYS,
            SUITABLE,
            has("down_low_bps", Shows::Rate),
            has("rsrp_dbm", Shows::Level),
        ],
        days: 30,
        needs: None,
    },
    Question {
        name: "below",
        sql: include_str!("../sql/below.sql"),
        columns: &[
            SITE,
            extra("partner", Shows::Text),
            extra("postcode", Shows::Text),
            extra("day", Shows::Day),
            CARRIER,
            extra("verdict", VERDICT),
            has("down_bps", Shows::Rate),
            has("up_bps", Shows::Rate),
            has("instead", Shows::Carrier),
            extra("instead_low_bps", Shows::Rate),
        ],
        days: 14,
        needs: None,
    },
    Question {
        name: "automatic",
        sql: include_str!("../sql/automatic.sql"),
        columns: &[PARTNER, SITES, has("of_sites", Shows::Count)],
        days: 30,
        needs: None,
    },
    Question {
        name: "worse",
        sql: include_str!("../sql/worse.sql"),
        columns: &[
            SITE,
            extra("partner", Shows::Text),
            POSTCODE,
            CARRIER,
            has("how", Shows::Word("worse")),
            has("before_dbm", Shows::Level),
            has("now_dbm", Shows::Level),
            has("change_db", Shows::Level),
            extra("seen_before", Shows::Count),
            extra("seen_now", Shows::Count),
            extra("surveys_now", Shows::Count),
            extra("z", Shows::Level),
        ],
        days: 35,
        needs: None,
    },
    Question {
        name: "cells",
        sql: include_str!("../sql/cells.sql"),
        columns: &[
            CARRIER,
            has("plmn", Shows::Text),
            has("cell_id", Shows::Number),
            SITES,
        ],
        days: 30,
        needs: None,
    },
    Question {
        name: "shared",
        sql: include_str!("../sql/shared.sql"),
        columns: &[
            SITE,
            PARTNER,
            POSTCODE,
            extra("day", Shows::Day),
            CARRIER,
            has("other", Shows::Carrier),
            has("cell_id", Shows::Number),
        ],
        days: 14,
        needs: None,
    },
    Question {
        name: "partner",
        sql: include_str!("../sql/partner.sql"),
        columns: &[
            has("month", Shows::Text),
            CARRIER,
            SITES,
            SURVEYS,
            SUITABLE,
            has("down_low_bps", Shows::Rate),
            has("mos", Shows::Level),
        ],
        days: 365,
        needs: Some("partner"),
    },
    Question {
        name: "trend",
        sql: include_str!("../sql/trend.sql"),
        columns: &[
            has("month", Shows::Text),
            has("region", Shows::Text),
            CARRIER,
            SITES,
            extra("surveys", Shows::Count),
            SUITABLE,
            has("rsrp_dbm", Shows::Level),
            has("down_bps", Shows::Rate),
        ],
        days: 365,
        needs: None,
    },
    Question {
        name: "site",
        sql: include_str!("../sql/site.sql"),
        columns: &[
            has("seen_at", Shows::Moment),
            CARRIER,
            extra("in_use", Shows::Flag),
            extra("rank", Shows::Count),
            has("verdict", VERDICT),
            has("rsrp_dbm", Shows::Level),
            extra("sinr_db", Shows::Level),
            has("down_low_bps", Shows::Rate),
            extra("up_low_bps", Shows::Rate),
            extra("mos", Shows::Level),
            extra("cell_id", Shows::Number),
        ],
        days: 365,
        needs: Some("site"),
    },
];

impl Question {
    /// The one of this name.
    pub fn named(name: &str) -> Result<&'static Self, Error> {
        let found = QUESTIONS.iter().find(|question| question.name == name);
        found.ok_or_else(|| Error::Question {
            name: name.to_owned(),
        })
    }

    /// The days that it looks at: those asked for, else its own up to the last one that there is something of.
    pub fn window(&self, scope: &Scope, last: Option<Date>) -> Result<(Date, Date), Error> {
        window(scope, last, self.days)
    }

    /// Its text for an engine.
    pub fn statement(&self, scope: &Scope, days: (Date, Date)) -> Result<Statement, Error> {
        let literals = literals(scope, days)?;
        match self.needs {
            Some(option) if !literals.contains_key(option) => Err(Error::Missing { option }),
            _ => Statement::new(self.sql, &literals),
        }
    }
}

/// The days to look at: `days` of them, up to the last one that there is something of, where nothing else is said.
pub fn window(scope: &Scope, last: Option<Date>, days: i32) -> Result<(Date, Date), Error> {
    let shifted = |from: Date, by: Span| {
        from.checked_add(by).map_err(|_| Error::Value {
            option: "until",
            value: from.to_string(),
        })
    };
    let until = match (scope.until, last) {
        (Some(until), _) => until,
        (None, Some(last)) => shifted(last, 1.day())?,
        (None, None) => scope.since.unwrap_or(Date::constant(2024, 1, 1)),
    };
    let since = match scope.since {
        Some(since) => since,
        None => shifted(until, (-days).days())?,
    };
    if since > until {
        return Err(Error::Value {
            option: "since",
            value: since.to_string(),
        });
    }
    Ok((since, until))
}

/// The values of the parameters as SQL: checked, and nothing in them that could end a text.
pub fn literals(scope: &Scope, (since, until): (Date, Date)) -> Result<Literals, Error> {
    let day = |day: Date| format!("DATE '{day}'");
    let week = until.checked_sub(7.days()).unwrap_or(since);
    let mut literals = Literals::from([
        ("since", day(since)),
        ("until", day(until)),
        ("week", day(week.max(since))),
        ("min_sites", scope.min_sites.max(1).to_string()),
    ]);
    let refused = |option, value: &str| Error::Value {
        option,
        value: value.to_owned(),
    };
    if let Some(place) = &scope.place {
        let is_code = |c: char| c.is_ascii_digit() || matches!(c, 'A' | 'B');
        if place.is_empty() || place.len() > 5 || !place.chars().all(is_code) {
            return Err(refused("place", place));
        }
        literals.insert("place", format!("'{place}%'"));
    }
    if let Some(partner) = &scope.partner {
        let text = literal(partner).ok_or_else(|| refused("partner", partner))?;
        literals.insert("partner", text);
    }
    let mut sites = Vec::new();
    for site in &scope.site {
        let is_id = site.len() == 16 && site.chars().all(|c| c.is_ascii_hexdigit());
        if !is_id {
            return Err(refused("site", site));
        }
        sites.push(format!("'{}'", site.to_ascii_lowercase()));
    }
    if !sites.is_empty() {
        literals.insert("site", sites.join(", "));
    }
    Ok(literals)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(name: &str, scope: &Scope) -> Result<Statement, Error> {
        let question = Question::named(name)?;
        let days = question.window(scope, Some(date(2026, 11, 30)))?;
        question.statement(scope, days)
    }

    #[test]
    fn every_question_is_one_query_of_plain_texts_and_its_parameters_are_known() {
        let scope = Scope {
            partner: Some("p0007".to_owned()),
            site: vec!["0123456789abcdef".to_owned()],
            place: Some("2A".to_owned()),
            min_sites: 5,
            ..Scope::default()
        };
        for question in QUESTIONS {
            let made = asked(question.name, &scope).expect(question.name);
            assert!(!made.as_str().contains("NULL IS NULL"), "{}", made.as_str());
            assert!(question.sql.starts_with("-- "), "{}", question.name);
        }
    }

    #[test]
    fn days_go_up_to_the_last_that_there_is_something_of() {
        let made = asked("worse", &Scope::default()).expect("a question");
        for told in ["'2026-10-27'", "'2026-11-24'", "'2026-12-01'"] {
            assert!(made.as_str().contains(told), "{told}: {}", made.as_str());
        }
    }

    #[test]
    fn what_could_end_a_text_is_refused_and_so_is_what_a_question_lacks() {
        let of_partner = |text: &str| Scope {
            partner: Some(text.to_owned()),
            ..Scope::default()
        };
        let hostile = ["x\" OR \"1\"=\"1", "", "a\\' OR 1=1 --", "a\nb", "a;b"];
        for text in hostile {
            let refused = asked("partner", &of_partner(text));
            assert!(
                matches!(
                    refused,
                    Err(Error::Value {
                        option: "partner",
                        ..
                    })
                ),
                "{text}"
            );
        }
        for place in ["", "1234567", "35%", "35'", "a"] {
            let scope = Scope {
                place: Some(place.to_owned()),
                ..Scope::default()
            };
            let refused = asked("place", &scope);
            assert!(
                matches!(
                    refused,
                    Err(Error::Value {
                        option: "place",
                        ..
                    })
                ),
                "{place}"
            );
        }
        let scope = Scope {
            site: vec!["0123456789abcde'".to_owned()],
            ..Scope::default()
        };
        assert!(matches!(
            asked("site", &scope),
            Err(Error::Value { option: "site", .. })
        ));
        assert!(matches!(
            asked("partner", &Scope::default()),
            Err(Error::Missing { option: "partner" })
        ));
        assert!(matches!(
            asked("weather", &Scope::default()),
            Err(Error::Question { .. })
        ));
        let backwards = Scope {
            since: Some(date(2026, 12, 2)),
            ..Scope::default()
        };
        assert!(matches!(
            asked("place", &backwards),
            Err(Error::Value {
                option: "since",
                ..
            })
        ));
    }
}
