//! What a cell survey heard, by carrier: the best cell, how many, on which bands.

use std::collections::BTreeSet;

use super::SurveyRun;
use crate::document::Note;
use crate::domain::codes::Code;
use crate::domain::radio::Reading;
use crate::domain::{Carrier, Plmn};

/// Every operator's cells, as the modem listed them without leaving its own.
#[derive(Debug, Clone, Default)]
pub(super) struct CellSurvey {
    cells: Vec<Reading>,
}

impl CellSurvey {
    pub(super) fn new(cells: Vec<Reading>) -> Self {
        Self { cells }
    }

    /// Whether any cell of the carrier was heard.
    pub(super) fn has(&self, carrier: &Carrier) -> bool {
        self.of(carrier).next().is_some()
    }

    /// Whether it lists more than one network. Some firmware lists the cells of its own operator alone, and then a
    /// carrier that is missing is not known to be absent.
    pub(super) fn is_wide(&self) -> bool {
        let networks: BTreeSet<_> = self
            .cells
            .iter()
            .filter_map(|cell| cell.cell.plmn)
            .collect();
        networks.len() > 1
    }

    /// The carrier's strongest cell; one without a level stands below all that have one.
    pub(super) fn best(&self, carrier: &Carrier) -> Option<&Reading> {
        self.of(carrier).max_by_key(|cell| cell.rsrp)
    }

    /// How many cells, and on which bands.
    pub(super) fn note(&self, carrier: &Carrier) -> Note {
        let bands: BTreeSet<_> = self.of(carrier).filter_map(|cell| cell.cell.band).collect();
        let bands: Vec<String> = bands.iter().map(ToString::to_string).collect();
        let bands = if bands.is_empty() {
            "?".to_owned()
        } else {
            bands.join(" ")
        };
        Note::new(Code::SURVEY_CELLS)
            .with("cells", self.of(carrier).count())
            .with("bands", bands)
    }

    fn of(&self, carrier: &Carrier) -> impl Iterator<Item = &Reading> {
        self.cells.iter().filter(|cell| {
            cell.cell
                .plmn
                .is_some_and(|plmn| carrier.plmns.contains(&plmn))
        })
    }
}

impl<'r> SurveyRun<'_, '_, 'r> {
    /// The carrier in use first, since it is read where it stands; then, after a survey, the strongest.
    pub(super) fn in_order(
        &self,
        in_use: Option<Plmn>,
        survey: Option<&CellSurvey>,
    ) -> Vec<&'r Carrier> {
        let mut carriers: Vec<&'r Carrier> = self.request.carriers.iter().collect();
        carriers.sort_by_key(|carrier| {
            let elsewhere = !in_use.is_some_and(|plmn| carrier.plmns.contains(&plmn));
            let level = survey
                .and_then(|survey| survey.best(carrier))
                .and_then(|cell| cell.rsrp);
            (elsewhere, std::cmp::Reverse(level))
        });
        carriers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Profile;
    use crate::domain::radio::{Band, Cell, Rsrp};

    #[test]
    fn cells_are_merged_by_carrier_and_the_strongest_is_the_best() {
        let cell = |plmn: &str, rsrp, band| Reading {
            rsrp: Rsrp::new(rsrp),
            cell: Cell {
                plmn: plmn.parse().ok(),
                band: Some(Band::Lte(band)),
                ..Cell::default()
            },
            ..Reading::default()
        };
        let survey = CellSurvey::new(vec![
            cell("20810", -110, 20),
            cell("20813", -95, 3),
            cell("20801", -80, 7),
            Reading::default(),
        ]);
        let sfr = Profile::default().named("sfr").unwrap();
        assert_eq!(survey.best(&sfr).unwrap().rsrp, Rsrp::new(-95));
        assert_eq!(survey.note(&sfr).values["cells"], 2);
        assert_eq!(survey.note(&sfr).values["bands"], "B3 B20");
        assert!(survey.is_wide());
        assert!(!CellSurvey::new(vec![cell("20810", -110, 20)]).is_wide());
        assert!(!survey.has(&Profile::default().named("bouygues").unwrap()));
    }
}
