//! Where the homes of the demo are: towns of France by their INSEE codes, and who answers for the homes there.

/// A town, at its own place on the map to a hundredth of a degree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Commune {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    pub(super) lat: f64,
    pub(super) lon: f64,
    /// Who has most of the homes there.
    pub(super) partner: &'static str,
}

const fn commune(
    code: &'static str,
    name: &'static str,
    region: &'static str,
    (lat, lon): (f64, f64),
    partner: &'static str,
) -> Commune {
    Commune {
        code,
        name,
        region,
        lat,
        lon,
        partner,
    }
}

/// Those who answer for homes.
pub(super) const PARTNERS: [&str; 4] = ["nord", "ouest", "centre", "sud"];

pub(super) const COMMUNES: [Commune; 28] = [
    commune("59350", "Lille", "Hauts-de-France", (50.63, 3.06), "nord"),
    commune("80021", "Amiens", "Hauts-de-France", (49.89, 2.3), "nord"),
    commune("51454", "Reims", "Grand Est", (49.25, 4.03), "nord"),
    commune("57463", "Metz", "Grand Est", (49.12, 6.18), "nord"),
    commune("88160", "Épinal", "Grand Est", (48.17, 6.45), "nord"),
    commune("67482", "Strasbourg", "Grand Est", (48.58, 7.75), "nord"),
    commune(
        "25056",
        "Besançon",
        "Bourgogne-Franche-Comté",
        (47.24, 6.02),
        "nord",
    ),
    commune("29019", "Brest", "Bretagne", (48.39, -4.49), "ouest"),
    commune("22113", "Lannion", "Bretagne", (48.73, -3.46), "ouest"),
    commune("56260", "Vannes", "Bretagne", (47.66, -2.76), "ouest"),
    commune("35238", "Rennes", "Bretagne", (48.11, -1.68), "ouest"),
    commune(
        "50129",
        "Cherbourg-en-Cotentin",
        "Normandie",
        (49.64, -1.62),
        "ouest",
    ),
    commune("14118", "Caen", "Normandie", (49.18, -0.37), "ouest"),
    commune(
        "44109",
        "Nantes",
        "Pays de la Loire",
        (47.22, -1.55),
        "ouest",
    ),
    commune(
        "45234",
        "Orléans",
        "Centre-Val de Loire",
        (47.9, 1.9),
        "centre",
    ),
    commune(
        "86194",
        "Poitiers",
        "Nouvelle-Aquitaine",
        (46.58, 0.34),
        "centre",
    ),
    commune(
        "87085",
        "Limoges",
        "Nouvelle-Aquitaine",
        (45.83, 1.26),
        "centre",
    ),
    commune(
        "58194",
        "Nevers",
        "Bourgogne-Franche-Comté",
        (46.99, 3.16),
        "centre",
    ),
    commune(
        "63113",
        "Clermont-Ferrand",
        "Auvergne-Rhône-Alpes",
        (45.78, 3.08),
        "centre",
    ),
    commune(
        "43157",
        "Le Puy-en-Velay",
        "Auvergne-Rhône-Alpes",
        (45.04, 3.88),
        "centre",
    ),
    commune(
        "38185",
        "Grenoble",
        "Auvergne-Rhône-Alpes",
        (45.19, 5.72),
        "centre",
    ),
    commune(
        "33063",
        "Bordeaux",
        "Nouvelle-Aquitaine",
        (44.84, -0.58),
        "sud",
    ),
    commune("64445", "Pau", "Nouvelle-Aquitaine", (43.3, -0.37), "sud"),
    commune("12202", "Rodez", "Occitanie", (44.35, 2.57), "sud"),
    commune("66136", "Perpignan", "Occitanie", (42.7, 2.9), "sud"),
    commune("34172", "Montpellier", "Occitanie", (43.61, 3.88), "sud"),
    commune(
        "05061",
        "Gap",
        "Provence-Alpes-Côte d’Azur",
        (44.56, 6.08),
        "sud",
    ),
    commune("2A004", "Ajaccio", "Corse", (41.93, 8.74), "sud"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_partner_has_towns_and_each_town_its_place() {
        for partner in PARTNERS {
            assert_eq!(
                COMMUNES.iter().filter(|c| c.partner == partner).count(),
                7,
                "{partner}"
            );
        }
        for (at, commune) in COMMUNES.iter().enumerate() {
            assert!(COMMUNES[..at].iter().all(|c| c.code != commune.code));
            assert!((41.0..51.2).contains(&commune.lat) && (-5.0..9.6).contains(&commune.lon));
        }
    }
}
