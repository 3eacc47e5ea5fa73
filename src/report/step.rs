//! The words of a step under way, for a progress line.

use crate::i18n::Catalogue;
use crate::ops::Step;

/// What is being done, without the time it takes.
pub fn step(step: &Step, words: &Catalogue) -> String {
    match step {
        Step::Reading => words.text("progress-reading"),
        Step::Registering { carrier, of: 1, .. } => {
            words.text_of("progress-registering_only", [("carrier", carrier.as_str())])
        }
        Step::Registering {
            carrier, at, of, ..
        } => numbered(
            "progress-registering",
            carrier,
            &at.to_string(),
            &of.to_string(),
            words,
        ),
        Step::Sampling { carrier, at, of } => numbered(
            "progress-sampling",
            carrier,
            &at.to_string(),
            &of.to_string(),
            words,
        ),
        Step::Confirming { carrier } => {
            words.text_of("progress-confirming", [("carrier", carrier.as_str())])
        }
        Step::NetworkList { .. } => words.text("progress-networks"),
        Step::GoingBack { carrier, .. } => {
            words.text_of("progress-going_back", [("carrier", carrier.as_str())])
        }
    }
}

fn numbered(key: &str, carrier: &str, at: &str, of: &str, words: &Catalogue) -> String {
    words.text_of(key, [("carrier", carrier), ("position", at), ("count", of)])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_step_says_which_carrier_and_how_far() {
        let words = Catalogue::new(Lang::Fr);
        let carrier = || "SFR".to_owned();
        let limit = Duration::from_secs(60);
        let registering = |of| Step::Registering {
            carrier: carrier(),
            at: 1,
            of,
            limit,
        };
        assert_eq!(
            step(&registering(3), &words),
            "Inscription sur SFR (1 sur 3)"
        );
        assert_eq!(step(&registering(1), &words), "Inscription sur SFR");
        let back = Step::GoingBack {
            carrier: carrier(),
            limit,
        };
        assert_eq!(step(&back, &words), "Retour sur SFR");
    }
}
