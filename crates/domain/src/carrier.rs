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
        let known = self.called(&wanted, str::to_lowercase);
        // An accent or a blank too many names nothing else.
        known
            .or_else(|| self.called(&folded(word), folded))
            .ok_or_else(|| NotACarrier::Unknown(word.to_owned()))
    }

    /// The one that is called so, here or in the French table, both read through `fold`.
    fn called(&self, wanted: &str, fold: fn(&str) -> String) -> Option<Carrier> {
        let shown = SHOWN.iter().find(|(_, names)| names.contains(&wanted));
        let wanted = shown.map_or(wanted, |(id, _)| id);
        let same = |c: &&Carrier| {
            let name = fold(&c.name);
            fold(&c.id) == wanted || name == wanted || name.split(' ').next() == Some(wanted)
        };
        let known = self.carriers.iter().find(same).cloned();
        known.or_else(|| Self::france().carriers.iter().find(same).cloned())
    }

    /// The one carrier of this profile that a mistyped word comes near to, to be asked about and never to be taken.
    pub fn near(&self, word: &str) -> Option<&Carrier> {
        let word = folded(word);
        let allowed = if word.chars().count() > 4 { 2 } else { 1 };
        let far = |c: &Carrier| {
            let name = folded(&c.name);
            distance(&word, &folded(&c.id)).min(distance(&word, &name))
        };
        let mut near = self.carriers.iter().filter(|c| far(c) <= allowed);
        near.next().filter(|_| near.next().is_none())
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

/// In small letters, without accents, one blank between words.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = words.join(" ").to_lowercase();
    let plain = |letter| match letter {
        'à' | 'â' | 'ä' => Some('a'),
        'ç' => Some('c'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'î' | 'ï' => Some('i'),
        'ô' | 'ö' => Some('o'),
        'ù' | 'û' | 'ü' => Some('u'),
        // An accent that stands behind its letter.
        '\u{300}'..='\u{36f}' => None,
        other => Some(other),
    };
    letters.chars().filter_map(plain).collect()
}

/// How many letters are to be added, dropped, changed or swapped with their neighbour to make one word of the other.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let changed = row[j] + usize::from(a != b);
            let mut least = changed.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && from[i - 1] == *b && to[j - 1] == *a {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
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
    fn an_accent_or_a_blank_too_many_names_the_same_carrier() {
        let mut profile = Profile::default();
        for (word, id) in [
            ("Orangé", "orange"),
            ("bouygues télécom", "bouygues"),
            (" Bouygues   Telecom ", "bouygues"),
            ("bouygues te\u{301}le\u{301}com", "bouygues"),
        ] {
            assert_eq!(profile.named(word).unwrap().id, id, "{word}");
        }
        assert!(matches!(
            profile.named("AUTOMATIQUE"),
            Err(NotACarrier::Automatic(_))
        ));
        // What is typed as it is written comes before what it looks like.
        for id in ["ete", "été"] {
            let carrier = Carrier {
                id: id.to_owned(),
                ..profile.carriers[0].clone()
            };
            profile.carriers.insert(0, carrier);
        }
        assert_eq!(profile.named("ete").unwrap().id, "ete");
        assert_eq!(profile.named("été").unwrap().id, "été");
    }

    #[test]
    fn a_mistyped_name_is_near_to_one_carrier_or_to_none() {
        let profile = Profile::default();
        for (word, near) in [
            ("oragne", Some("orange")),
            ("ornage", Some("orange")),
            ("Orang", Some("orange")),
            ("sfrr", Some("sfr")),
            ("sfe", Some("sfr")),
            ("bouygue", Some("bouygues")),
            ("bouigues", Some("bouygues")),
            ("bouygues telecon", Some("bouygues")),
            ("maison", None),
            ("srx", None),
            ("", None),
        ] {
            let found = profile.near(word).map(|c| c.id.as_str());
            assert_eq!(found, near, "{word}");
            assert!(
                matches!(profile.named(word), Err(NotACarrier::Unknown(_))),
                "{word}"
            );
        }
        let twice = Profile {
            carriers: ["mobile a", "mobile b"]
                .map(|id| Carrier {
                    id: id.to_owned(),
                    name: id.to_owned(),
                    ..profile.carriers[0].clone()
                })
                .to_vec(),
        };
        assert_eq!(twice.near("mobile c"), None);
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
