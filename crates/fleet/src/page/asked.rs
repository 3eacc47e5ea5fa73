//! The facts of a partner's pages, asked of an engine and put under the numbers that the partner knows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use opensim_domain::document::FleetAnswer;
use opensim_domain::verdict::Verdict;
use serde_json::Value;

use super::facts::{
    BelowNeed, CarrierStanding, GotWorse, HomeFacts, MonthOf, OneCell, PartnerFacts, Seen,
    SurveyDay, Town,
};
use crate::answer;
use crate::engine::{LakeFiles, QueryEngine};
use crate::error::Error;
use crate::folder::Fleet;
use crate::questions::{Question, Scope, window};
use crate::sites::Registry;

/// How many days are looked at where nothing else is said: a week, and the four before it. The months are those of a year.
const DAYS: i32 = 35;

/// What is asked about a partner, one after the other.
const ABOUT: [&str; 6] = ["place", "below", "worse", "shared", "partner", "place"];

/// The registry's sites, by their numbers in the rows.
#[derive(Debug)]
pub struct KnownSites {
    sites: BTreeMap<String, KnownSite>,
    towns: BTreeMap<String, Town>,
}

#[derive(Debug)]
struct KnownSite {
    /// Its number in the certificate.
    site: String,
    partner: String,
    commune: String,
}

/// The engine, and the files that it is given.
pub type Library<'a> = (&'a LakeFiles, &'a QueryEngine);

impl KnownSites {
    /// Reads the registry.
    ///
    /// # Errors
    /// When it or the fleet's key cannot be read.
    pub fn read(fleet: &Fleet) -> Result<Self, Error> {
        let registry = Registry::open(fleet, &fleet.key()?)?;
        let mut known = Self {
            sites: BTreeMap::new(),
            towns: BTreeMap::new(),
        };
        for (number, site) in registry.sites() {
            let commune = site.postcode.clone().unwrap_or_default();
            known.towns.entry(commune.clone()).or_insert_with(|| Town {
                code: commune.clone(),
                name: site.commune_name.clone().unwrap_or_default(),
                place: site.place,
            });
            known.sites.insert(
                format!("{:016x}", site.number),
                KnownSite {
                    site: number.to_owned(),
                    partner: site.partner.clone().unwrap_or_default(),
                    commune,
                },
            );
        }
        Ok(known)
    }

    /// All partners.
    pub fn partners(&self) -> Vec<String> {
        let partners = self.sites.values().map(|site| site.partner.clone());
        let mut partners: Vec<String> = partners.filter(|name| !name.is_empty()).collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    /// The first home, by its number in the rows.
    pub fn first(&self) -> Option<String> {
        self.sites.keys().next().cloned()
    }

    /// The number that a partner knows a home by.
    fn named(&self, number: &str) -> Option<String> {
        self.sites.get(number).map(|known| known.site.clone())
    }
}

/// Asks for all that a partner's pages say. `scope` has the days, and the fewest homes of which something is told together.
///
/// # Errors
/// What the engine failed at.
pub fn facts(
    partner: &str,
    (scope, made): (&Scope, Date),
    known: &KnownSites,
    (lake, engine): Library<'_>,
) -> Result<PartnerFacts, Error> {
    let (since, until) = window(scope, lake.last_survey(), DAYS)?;
    let own = Scope {
        since: Some(since),
        until: Some(until),
        partner: Some(partner.to_owned()),
        min_sites: 1,
        ..Scope::default()
    };
    let of_all = Scope {
        since: Some(since),
        until: Some(until),
        min_sites: scope.min_sites,
        ..Scope::default()
    };
    let in_a_year = Scope {
        since: None,
        ..own.clone()
    };
    let mut asked = Vec::new();
    for (at, name) in ABOUT.into_iter().enumerate() {
        let scope = match (name, at) {
            ("partner", _) => &in_a_year,
            (_, 5) => &of_all,
            _ => &own,
        };
        asked.push((Question::named(name)?, scope.clone()));
    }
    let answers = answer::ask(lake, engine, &asked)?;
    let surveys = answer::ask_sql(lake, engine, include_str!("homes.sql"), &own)?;
    let [place, below, worse, shared, months, around] = answers.as_slice() else {
        return Err(Error::Usage(partner.to_owned()));
    };
    Ok(PartnerFacts {
        partner: partner.to_owned(),
        since,
        last: until.yesterday().unwrap_or(until),
        made,
        min_sites: scope.min_sites,
        is_partial: surveys.partial || answers.iter().any(|answer| answer.partial),
        towns: known.towns.clone(),
        homes: homes(partner, &surveys, known),
        own: standings(place),
        all: standings(around),
        below: rows(below, |row| {
            Some(BelowNeed {
                site: known.named(&row.text("site")?)?,
                carrier: row.text("carrier")?,
                down_bps: row.whole("down_bps"),
                up_bps: row.whole("up_bps"),
                instead: row.text("instead"),
                instead_low_bps: row.whole("instead_low_bps"),
            })
        }),
        worse: rows(worse, |row| {
            Some(GotWorse {
                site: known.named(&row.text("site")?)?,
                carrier: row.text("carrier")?,
                is_gone: row.text("how").as_deref() == Some("gone"),
                before_dbm: row.number("before_dbm"),
                now_dbm: row.number("now_dbm"),
            })
        }),
        one_cell: rows(shared, |row| {
            Some(OneCell {
                site: known.named(&row.text("site")?)?,
                carrier: row.text("carrier")?,
                other: row.text("other")?,
            })
        }),
        months: rows(months, |row| {
            Some(MonthOf {
                month: row.text("month")?,
                carrier: row.text("carrier")?,
                homes: row.whole("sites")?,
                suitable: row.number("suitable"),
                down_low_bps: row.whole("down_low_bps"),
            })
        }),
    })
}

/// A row of an answer, by its columns' names.
struct Named<'a> {
    answer: &'a FleetAnswer,
    row: &'a [Value],
}

impl Named<'_> {
    fn value(&self, column: &str) -> Option<&Value> {
        self.answer.value(self.row, column)
    }

    fn text(&self, column: &str) -> Option<String> {
        self.value(column)?.as_str().map(str::to_owned)
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.value(column)?
            .as_f64()
            .filter(|number| number.is_finite())
    }

    /// A number that counts; an engine may write it with a point.
    fn whole(&self, column: &str) -> Option<u64> {
        let number = self.number(column)?;
        format!("{number:.0}").parse().ok()
    }

    fn flag(&self, column: &str) -> bool {
        self.value(column)
            .is_some_and(|value| value == &Value::Bool(true))
    }
}

fn rows<T>(answer: &FleetAnswer, of: impl Fn(&Named<'_>) -> Option<T>) -> Vec<T> {
    let rows = answer.rows.iter();
    rows.filter_map(|row| of(&Named { answer, row })).collect()
}

/// How carriers fare, by commune, the best first.
fn standings(answer: &FleetAnswer) -> BTreeMap<String, Vec<CarrierStanding>> {
    let mut by_town: BTreeMap<String, Vec<CarrierStanding>> = BTreeMap::new();
    let found = rows(answer, |row| {
        let standing = CarrierStanding {
            carrier: row.text("carrier")?,
            homes: row.whole("sites")?,
            suitable: row.number("suitable"),
            rsrp_dbm: row.number("rsrp_dbm"),
        };
        Some((row.text("postcode")?, standing))
    });
    for (town, standing) in found {
        by_town.entry(town).or_default().push(standing);
    }
    by_town
}

/// The partner's homes with their surveys; also those of which nothing came.
fn homes(partner: &str, surveys: &FleetAnswer, known: &KnownSites) -> Vec<HomeFacts> {
    let own = known
        .sites
        .iter()
        .filter(|(_, site)| site.partner == partner);
    let mut homes: BTreeMap<&str, HomeFacts> = own
        .map(|(number, known)| {
            let home = HomeFacts {
                site: known.site.clone(),
                commune: known.commune.clone(),
                surveys: Vec::new(),
            };
            (number.as_str(), home)
        })
        .collect();
    let mut last = (String::new(), String::new());
    for row in &surveys.rows {
        let row = Named {
            answer: surveys,
            row,
        };
        let (Some(number), Some(survey)) = (row.text("site"), row.text("survey")) else {
            continue;
        };
        let (Some(home), Some((day, seen))) = (homes.get_mut(number.as_str()), seen(&row)) else {
            continue;
        };
        let this = (number, survey);
        if this != last {
            home.surveys.push(SurveyDay {
                day,
                mode: row.text("mode"),
                seen: Vec::new(),
            });
            last = this;
        }
        if let Some(survey) = home.surveys.last_mut() {
            survey.seen.push(seen);
        }
    }
    let mut homes: Vec<HomeFacts> = homes.into_values().collect();
    homes.sort_by(|a, b| (&a.commune, &a.site).cmp(&(&b.commune, &b.site)));
    homes
}

fn seen(row: &Named<'_>) -> Option<(Date, Seen)> {
    let verdict = row.value("verdict").cloned();
    let seen = Seen {
        carrier: row.text("carrier")?,
        in_use: row.flag("in_use"),
        verdict: verdict.and_then(|word| serde_json::from_value::<Verdict>(word).ok()),
        rsrp_dbm: row.number("rsrp_dbm"),
        sinr_db: row.number("sinr_db"),
        down_low_bps: row.whole("down_low_bps"),
        up_low_bps: row.whole("up_low_bps"),
        mos: row.number("mos"),
    };
    Some((row.text("day")?.parse().ok()?, seen))
}
