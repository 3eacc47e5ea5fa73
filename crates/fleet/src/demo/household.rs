//! A home of the demo: where it is, what its carriers give, what happens there; and the scenario of each of its surveys.

use std::fmt::Write as _;

use super::chance::Chance;
use super::commune::{COMMUNES, Commune, PARTNERS};
use super::offer::{Mast, OPERATORS, Offer, Reach};

/// Whose modems stand there.
const PERSONAS: [&str; 6] = ["quectel", "quectel", "simcom", "huawei", "telit", "quectel"];

/// What is out of the ordinary at a home; the demo knows it, the fleet has to find it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    /// Its modem chooses by itself.
    Automatic,
    /// The carrier in use does not carry the day, another one does.
    Below,
    /// None carries the day.
    BelowAll,
    /// SFR and Bouygues Telecom are on one cell.
    SharedCell,
    /// The carrier in use lost some 14 dB in the last week.
    Faded,
    /// A carrier is gone since the last week.
    Gone,
    /// A carrier was never there.
    Dead,
}

impl Planted {
    /// One home in so many, and from which on; none that would hide another is at the same home.
    const PLAN: [(Self, usize, usize); 7] = [
        (Self::Automatic, 24, 3),
        (Self::Below, 12, 5),
        (Self::BelowAll, 66, 16),
        (Self::SharedCell, 14, 8),
        (Self::Faded, 28, 11),
        (Self::Gone, 50, 20),
        (Self::Dead, 18, 7),
    ];

    /// Its name in the catalogues and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Below => "below",
            Self::BelowAll => "below_all",
            Self::SharedCell => "shared",
            Self::Faded => "faded",
            Self::Gone => "gone",
            Self::Dead => "dead",
        }
    }

    fn at(home: usize) -> Vec<Self> {
        let here = |(_, every, from): &&(Self, usize, usize)| home % every == from % every;
        Self::PLAN.iter().filter(here).map(|row| row.0).collect()
    }
}

/// A home.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Household {
    /// As its certificate names it.
    pub(super) site: String,
    pub(super) partner: &'static str,
    pub(super) commune: Commune,
    pub(super) planted: Vec<Planted>,
    persona: &'static str,
    offers: [Offer; 3],
    /// Which of them is in use.
    in_use: usize,
    /// Which of them gets worse or was never there.
    struck: usize,
    seed: u64,
}

impl Household {
    /// The home of this number.
    pub(super) fn of(seed: u64, number: usize) -> Self {
        let mut chance = Chance::of(seed, &format!("home {number}"));
        let site = format!("{:016x}", chance.bits());
        let town = chance.below(COMMUNES.len());
        let commune = COMMUNES[town];
        // One in eight has somebody else to answer for it.
        let other = chance.below(8 * PARTNERS.len());
        let partner = PARTNERS.get(other).copied().unwrap_or(commune.partner);
        let offers = OPERATORS.map(|operator| {
            let mast = Mast::of(operator, chance.below(2), town);
            let mut usual = Chance::of(seed, &format!("{} in {}", operator.id, commune.code));
            let there = usual.between(-112.0, -84.0);
            // Walls differ.
            let rsrp_dbm = chance.round(there, 5.0);
            Offer::new(operator, mast, rsrp_dbm, &mut chance)
        });
        let mut home = Self {
            site,
            partner,
            commune,
            planted: Planted::at(number),
            persona: PERSONAS[chance.below(PERSONAS.len())],
            in_use: chosen(&offers, &mut chance),
            struck: 0,
            offers,
            seed,
        };
        home.struck = home.in_use;
        for planted in home.planted.clone() {
            home.plant(planted, &mut chance);
        }
        home
    }

    fn plant(&mut self, planted: Planted, chance: &mut Chance) {
        let next = (self.in_use + 1) % 3;
        match planted {
            Planted::Automatic => {}
            Planted::Below | Planted::BelowAll => {
                for (at, offer) in self.offers.iter_mut().enumerate() {
                    let is_weak = planted == Planted::BelowAll || at == self.in_use;
                    let rsrp_dbm = match is_weak {
                        true => chance.between(-117.0, -113.0),
                        false if at == next => chance.between(-95.0, -86.0),
                        false => offer.rsrp_dbm,
                    };
                    *offer = Offer::new(offer.operator, offer.mast, rsrp_dbm, chance);
                    if is_weak {
                        offer.sinr_db = chance.between(-6.0, -3.0);
                        offer.down_kbit = chance.between(80.0, 150.0);
                    }
                }
            }
            Planted::SharedCell => {
                let [_, sfr, bouygues] = &mut self.offers;
                let operator = sfr.operator;
                *sfr = bouygues.clone();
                sfr.operator = operator;
            }
            Planted::Faded => {
                // It has to have something to lose.
                let offer = &self.offers[self.in_use];
                let rsrp_dbm = offer.rsrp_dbm.clamp(-96.0, -80.0);
                self.offers[self.in_use] = Offer::new(offer.operator, offer.mast, rsrp_dbm, chance);
            }
            Planted::Gone => self.struck = next,
            Planted::Dead => {
                let other = (self.in_use + 2) % 3;
                let is_refused = chance.below(3) == 0;
                let reach = if is_refused {
                    Reach::Denied
                } else {
                    Reach::Absent
                };
                self.offers[other].reach = reach;
            }
        }
    }

    /// Its line in the registry of sites.
    pub(super) fn registered(&self) -> [String; 7] {
        let Commune {
            code,
            name,
            region,
            lat,
            lon,
            ..
        } = self.commune;
        [
            self.site.clone(),
            self.partner.to_owned(),
            code.to_owned(),
            name.to_owned(),
            region.to_owned(),
            format!("{lat:.2}"),
            format!("{lon:.2}"),
        ]
    }

    /// What the world is like there on a day: how many days ago, and which survey.
    fn offers_on(&self, days_ago: i64, chance: &mut Chance) -> Vec<Offer> {
        let is_late = days_ago < 7;
        let today = |(at, offer): (usize, &Offer)| {
            // Weather, leaves, who else is there.
            let change_db = chance.round(0.0, 1.4);
            let is_struck = is_late && at == self.struck;
            let has_faded = is_struck && self.planted.contains(&Planted::Faded);
            let change_db = if has_faded {
                change_db - 14.0
            } else {
                change_db
            };
            let mut offer = offer.moved(change_db);
            if is_struck && self.planted.contains(&Planted::Gone) {
                offer.reach = Reach::Absent;
            }
            offer
        };
        let mut offers: Vec<Offer> = self.offers.iter().enumerate().map(today).collect();
        if self.planted.contains(&Planted::SharedCell) {
            // One cell is received in one way.
            let (operator, shared) = (offers[1].operator, offers[2].clone());
            offers[1] = Offer { operator, ..shared };
        }
        offers
    }

    /// The world of one of its surveys.
    pub(super) fn scenario(&self, days_ago: i64, pace: u32) -> String {
        let mut chance = Chance::of(self.seed, &format!("{} {days_ago}", self.site));
        let offers = self.offers_on(days_ago, &mut chance);
        let in_use = self.offers[self.in_use].operator;
        let start = if self.planted.contains(&Planted::Automatic) {
            "mode = \"automatic\"".to_owned()
        } else {
            format!("mode = \"manual\"\nplmn = \"{}\"", in_use.plmn)
        };
        let mut text = format!(
            "persona = \"{}\"\npace = {pace}\nseed = {}\n\n[start]\n{start}\n\n[timing]\nreply_ms = 5\nregistration_ms = 600\nsearch_ms = 4000\n",
            self.persona,
            chance.bits() >> 33,
        );
        // Where nothing was chosen the modem takes the first: the one in use.
        let mut order = [0, 1, 2];
        order.rotate_left(self.in_use);
        for at in order {
            // A string takes what is written to it.
            let _ = write!(text, "{}", offers[at]);
        }
        text
    }
}

/// Which carrier a home uses: mostly a good one, since somebody chose it.
fn chosen(offers: &[Offer; 3], chance: &mut Chance) -> usize {
    let best = (0..3).max_by(|a, b| offers[*a].rsrp_dbm.total_cmp(&offers[*b].rsrp_dbm));
    match chance.below(5) {
        0 => chance.below(3),
        _ => best.unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_homes_and_each_scenario_is_one() {
        for number in 0..40 {
            let home = Household::of(7, number);
            assert_eq!(home, Household::of(7, number));
            assert_ne!(home.site, Household::of(8, number).site);
            for days_ago in [1, 20] {
                let text = home.scenario(days_ago, 40);
                assert_eq!(text, home.scenario(days_ago, 40));
                opensim::sim::Scenario::from_toml(&text, "home").expect(&text);
            }
        }
    }
}
