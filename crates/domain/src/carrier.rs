//! Carriers: what a person calls a network, and the network codes that stand for it.
//!
//! A carrier owns several PLMNs (its own, the shared ones of the "zones blanches"); names that a modem prints are
//! never trusted, only codes. The French table follows the ITU list and its increments of 2026 (docs/decisions.md).

use super::plmn::Plmn;

/// One carrier of the SIM, as a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// What a person types: `orange`, `sfr`, `bouygues`.
    pub id: String,
    /// What a person reads: `Bouygues Telecom`.
    pub name: String,
    /// Its network codes; the first is the one to register on.
    pub plmns: Vec<Plmn>,
    /// The LTE and NR bands it uses in France, e.g. `B20`, for reading only.
    pub bands: Vec<String>,
}

/// The carriers that a SIM is meant to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// In the order that a survey visits them.
    pub carriers: Vec<Carrier>,
}

/// Why a name typed by a person is not a carrier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACarrier {
    /// `best`, `auto` and their like: opensim never chooses.
    #[error("opensim never chooses a carrier by itself: {0:?}")]
    Automatic(String),
    /// No carrier of the profile has this name or code.
    #[error("no such carrier: {0:?}")]
    Unknown(String),
}

const FRANCE: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "orange",
        "Orange",
        &["20801", "20802"],
        &["B28", "B20", "B3", "B1", "B7", "n1", "n78"],
    ),
    (
        "sfr",
        "SFR",
        &["20810", "20809", "20813", "20811", "20808"],
        &["B20", "B3", "B1", "B7", "n1", "n78"],
    ),
    (
        "bouygues",
        "Bouygues Telecom",
        &["20820", "20888", "20821"],
        &["B28", "B20", "B3", "B1", "B7", "n1", "n78"],
    ),
    (
        "free",
        "Free Mobile",
        &["20815", "20816", "20835", "20836"],
        &["B28", "B3", "B1", "B7", "n28", "n78"],
    ),
];

/// What modems show these networks as (NITZ and the lists in modems), which a person may type. A modem's own text is
/// never read by it.
const SHOWN: &[(&str, &[&str])] = &[
    ("orange", &["orange f"]),
    ("sfr", &["f sfr", "f-sfr"]),
    (
        "bouygues",
        &["f-bouygues telecom", "f-bouygues", "bouygtel", "bytel"],
    ),
    ("free", &["f-free mobile", "f-free"]),
];

/// Words by which a person asks opensim to choose; it declines them all.
const AUTOMATIC: &[&str] = &[
    "auto",
    "automatic",
    "automatique",
    "best",
    "meilleur",
    "any",
];

impl Default for Profile {
    /// The multi-operator SIM of the trade: Orange, SFR and Bouygues Telecom.
    fn default() -> Self {
        Self {
            carriers: Self::france()
                .carriers
                .into_iter()
                .filter(|c| c.id != "free")
                .collect(),
        }
    }
}

impl Profile {
    /// Every French carrier with its own network.
    pub fn france() -> Self {
        let carriers = FRANCE.iter().map(|(id, name, plmns, bands)| Carrier {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            plmns: plmns.iter().filter_map(|text| text.parse().ok()).collect(),
            bands: bands.iter().map(|band| (*band).to_owned()).collect(),
        });
        Self {
            carriers: carriers.collect(),
        }
    }

    /// The carrier that owns this network code, here or in the French table (so that a reader sees `Free Mobile`).
    pub fn owner(&self, plmn: Plmn) -> Option<Carrier> {
        let own = self.carriers.iter().find(|c| c.plmns.contains(&plmn));
        own.cloned().or_else(|| {
            Self::france()
                .carriers
                .into_iter()
                .find(|c| c.plmns.contains(&plmn))
        })
    }

    /// The carrier that a person named: by id, by name, as a modem shows it, or by a network code (which then is the one
    /// to register on).
    ///
    /// # Errors
    /// When the word asks opensim to choose, or names nothing.
    pub fn named(&self, word: &str) -> Result<Carrier, NotACarrier> {
        let wanted = word.trim().to_lowercase();
        if AUTOMATIC.contains(&wanted.as_str()) {
            return Err(NotACarrier::Automatic(word.to_owned()));
        }
        if let Ok(plmn) = wanted.parse::<Plmn>() {
            return Ok(self.with_code(plmn));
        }
        let shown = SHOWN
            .iter()
            .find(|(_, names)| names.contains(&wanted.as_str()));
        let wanted = shown.map_or(wanted, |(id, _)| (*id).to_owned());
        let same = |c: &&Carrier| {
            let name = c.name.to_lowercase();
            c.id.to_lowercase() == wanted
                || name == wanted
                || name.split(' ').next() == Some(wanted.as_str())
        };
        let known = self.carriers.iter().find(same).cloned();
        known
            .or_else(|| Self::france().carriers.iter().find(same).cloned())
            .ok_or_else(|| NotACarrier::Unknown(word.to_owned()))
    }

    /// The owner of a code with that code first, or a carrier of that code alone.
    fn with_code(&self, plmn: Plmn) -> Carrier {
        let Some(mut carrier) = self.owner(plmn) else {
            return Carrier {
                id: plmn.to_string(),
                name: plmn.to_string(),
                plmns: vec![plmn],
                bands: Vec::new(),
            };
        };
        carrier.plmns.retain(|other| *other != plmn);
        carrier.plmns.insert(0, plmn);
        carrier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_is_a_code_and_has_one_owner() {
        let mut seen = std::collections::BTreeSet::new();
        for (row, carrier) in FRANCE.iter().zip(Profile::france().carriers) {
            assert_eq!(row.2.len(), carrier.plmns.len());
            assert!(carrier.plmns.iter().all(|p| seen.insert(*p)));
        }
    }

    #[test]
    fn a_person_may_say_it_in_several_ways() {
        let profile = Profile::default();
        for word in [
            "bouygues",
            "Bouygues Telecom",
            "BOUYGUES",
            "F-Bouygues Telecom",
            "bytel",
            "20820",
            "208-20",
        ] {
            let carrier = profile.named(word).unwrap();
            assert_eq!(
                (carrier.id.as_str(), carrier.plmns[0].as_str()),
                ("bouygues", "20820"),
                "{word}"
            );
        }
        assert_eq!(profile.named("20888").unwrap().plmns[0].as_str(), "20888");
        assert_eq!(profile.named("26201").unwrap().id, "26201");
    }

    #[test]
    fn nobody_can_ask_it_to_choose() {
        for word in ["best", "auto", "AUTO", " automatic "] {
            assert!(
                matches!(
                    Profile::default().named(word),
                    Err(NotACarrier::Automatic(_))
                ),
                "{word}"
            );
        }
        assert!(matches!(
            Profile::default().named("ornage"),
            Err(NotACarrier::Unknown(_))
        ));
    }

    #[test]
    fn a_shared_code_belongs_to_its_carrier() {
        assert_eq!(
            Profile::default()
                .owner("20813".parse().unwrap())
                .unwrap()
                .id,
            "sfr"
        );
        assert_eq!(
            Profile::default()
                .owner("20815".parse().unwrap())
                .unwrap()
                .id,
            "free"
        );
        assert_eq!(Profile::default().owner("26201".parse().unwrap()), None);
    }
}
