//! What a partner's pages say, as plain facts: put together from answers' rows and the registry of sites.
//!
//! A home is named by the number of its certificate, which its partner has; rows know it by another one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use opensim_domain::verdict::Verdict;

/// A commune as the registry has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Town {
    /// Its code.
    pub code: String,
    /// Its name; empty where the registry has none.
    pub name: String,
    /// Its own place, to a hundredth of a degree.
    pub place: Option<(f64, f64)>,
}

/// A carrier in one survey of a home.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// Its identifier.
    pub carrier: String,
    /// Whether it was in use.
    pub in_use: bool,
    /// What the survey concluded.
    pub verdict: Option<Verdict>,
    /// Its level.
    pub rsrp_dbm: Option<f64>,
    /// How clear it is.
    pub sinr_db: Option<f64>,
    /// What it carried at least.
    pub down_low_bps: Option<u64>,
    /// The same the other way.
    pub up_low_bps: Option<u64>,
    /// How a call was.
    pub mos: Option<f64>,
}

/// A survey of a home.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyDay {
    /// On which day; at which hour is nobody's affair here.
    pub day: Date,
    /// How the modem chose its carrier before.
    pub mode: Option<String>,
    /// The carriers, the best first.
    pub seen: Vec<Seen>,
}

/// A home.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeFacts {
    /// The number of its certificate.
    pub site: String,
    /// The code of its commune.
    pub commune: String,
    /// Its surveys, the oldest first.
    pub surveys: Vec<SurveyDay>,
}

/// How a carrier fares in a commune.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CarrierStanding {
    /// Its identifier.
    pub carrier: String,
    /// How many homes were surveyed for it.
    pub homes: u64,
    /// The part of the measured surveys in which it sufficed.
    pub suitable: Option<f64>,
    /// Its mean level.
    pub rsrp_dbm: Option<f64>,
}

/// A home below the need.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BelowNeed {
    /// Which home.
    pub site: String,
    /// The carrier in use.
    pub carrier: String,
    /// What it carries.
    pub down_bps: Option<u64>,
    /// The same the other way.
    pub up_bps: Option<u64>,
    /// Which other would serve it.
    pub instead: Option<String>,
    /// What that one carries at least.
    pub instead_low_bps: Option<u64>,
}

/// A carrier that got worse at a home.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GotWorse {
    /// Which home.
    pub site: String,
    /// Which carrier.
    pub carrier: String,
    /// Whether it is gone.
    pub is_gone: bool,
    /// Its level before.
    pub before_dbm: Option<f64>,
    /// Its level now.
    pub now_dbm: Option<f64>,
}

/// Two carriers of a home on one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OneCell {
    /// Which home.
    pub site: String,
    /// One of them.
    pub carrier: String,
    /// The other.
    pub other: String,
}

/// A carrier's month at the partner's homes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MonthOf {
    /// `YYYY-MM`.
    pub month: String,
    /// Which carrier.
    pub carrier: String,
    /// How many homes.
    pub homes: u64,
    /// The part of the measured surveys in which it sufficed.
    pub suitable: Option<f64>,
    /// What it carried at least, a mean.
    pub down_low_bps: Option<u64>,
}

/// All that a partner's pages say.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerFacts {
    /// Which partner.
    pub partner: String,
    /// The first day looked at.
    pub since: Date,
    /// The last.
    pub last: Date,
    /// The day of the pages.
    pub made: Date,
    /// The fewest homes of others that are told of together.
    pub min_sites: u32,
    /// Whether a file could not be read.
    pub is_partial: bool,
    /// The communes, by code.
    pub towns: BTreeMap<String, Town>,
    /// The partner's homes, by number.
    pub homes: Vec<HomeFacts>,
    /// How carriers fare at them, by commune, the best first.
    pub own: BTreeMap<String, Vec<CarrierStanding>>,
    /// The same at everybody's homes, where they are enough.
    pub all: BTreeMap<String, Vec<CarrierStanding>>,
    /// Homes below the need.
    pub below: Vec<BelowNeed>,
    /// What got worse in the last week.
    pub worse: Vec<GotWorse>,
    /// Homes where two carriers are one cell.
    pub one_cell: Vec<OneCell>,
    /// The months, the oldest first.
    pub months: Vec<MonthOf>,
}

impl SurveyDay {
    /// The carrier in use.
    pub fn in_use(&self) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.in_use)
    }
}

impl HomeFacts {
    /// Its last survey.
    pub fn last(&self) -> Option<&SurveyDay> {
        self.surveys.last()
    }

    /// Its last survey that measured something.
    pub fn last_measured(&self) -> Option<&SurveyDay> {
        let is_measured = |seen: &Seen| {
            matches!(
                seen.verdict,
                Some(Verdict::Suitable | Verdict::Uncertain | Verdict::Unsuitable)
            )
        };
        let mut surveys = self.surveys.iter().rev();
        surveys.find(|survey| survey.seen.iter().any(is_measured))
    }

    /// Whether its modem chose by itself when it was last seen.
    pub fn is_automatic(&self) -> bool {
        let mode = self.last().and_then(|survey| survey.mode.as_deref());
        mode == Some("automatic")
    }
}

impl PartnerFacts {
    /// A commune's name, or its code.
    pub fn town<'a>(&'a self, code: &'a str) -> &'a str {
        let named = self.towns.get(code).map(|town| town.name.as_str());
        named.filter(|name| !name.is_empty()).unwrap_or(code)
    }

    /// A home.
    pub fn home(&self, site: &str) -> Option<&HomeFacts> {
        self.homes.iter().find(|home| home.site == site)
    }

    /// How many of its homes are in each commune, by code.
    pub fn homes_by_town(&self) -> BTreeMap<&str, u64> {
        let mut count = BTreeMap::new();
        for home in &self.homes {
            *count.entry(home.commune.as_str()).or_default() += 1;
        }
        count
    }

    /// The carriers that are told of, in a fixed order.
    pub fn carriers(&self) -> Vec<&str> {
        let standings = self.own.values().flatten().map(|row| row.carrier.as_str());
        let mut carriers: Vec<&str> = standings.collect();
        carriers.sort_unstable();
        carriers.dedup();
        // The three that the trade names in this order.
        carriers.sort_by_key(|id| {
            ["orange", "sfr", "bouygues", "free"]
                .iter()
                .position(|c| c == id)
                .unwrap_or(9)
        });
        carriers
    }
}
