//! Law 2: a document's levels and cells are the world's, and what an answer gave is there.

use opensim::domain::{Access, Plmn};
use opensim::sim::world::Cell;
use serde_json::Value;

use super::case::{Act, Case};
use super::run::{Gave, Round};

/// Quirks that keep levels from being told at all, or tell others than there are.
const HIDE_LEVELS: &[&str] = &[
    "empty-",
    "silent-to-cell-row",
    "cell-row-error",
    "cell-row-fewer",
    "cell-row-extra",
    "levels-",
    // Who does not say who it is is asked in no dialect of its own.
    "silent-to-names",
];

/// What of the second law a round broke.
pub(crate) fn values(case: &Case, round: &Round) -> Vec<String> {
    let mut broken = Vec::new();
    check(case, round, &mut |number, holds, what| {
        if !holds {
            broken.push(format!("law {number}: {what}"));
        }
    });
    broken
}

/// Checks every radio in what the person got.
fn check(case: &Case, round: &Round, law: &mut impl FnMut(u8, bool, String)) {
    let Some(gave) = &round.act else {
        return;
    };
    match case.act {
        Act::Status => {
            // A modem whose card has just woken hears cells, and is on none yet.
            let woken = case.has_kind("sim-");
            if let Some(on) = round.before.on.filter(|_| !woken) {
                radio(case, round, on, &gave.body["radio"], law);
                known(case, gave, law);
            }
        }
        Act::Switch => {
            radio(case, round, sfr(), &gave.body["radio"], law);
        }
        _ => {}
    }
    for row in gave.body["carriers"].as_array().into_iter().flatten() {
        let plmn = row["plmn"].as_str().and_then(|code| code.parse().ok());
        if let Some(plmn) = plmn {
            radio(case, round, plmn, &row["radio"], law);
            access(round, plmn, &row["access"], law);
        }
    }
}

fn sfr() -> Plmn {
    "20810".parse().unwrap()
}

fn cells(round: &Round, plmn: Plmn) -> &[Cell] {
    let carrier = round.carriers.iter().find(|c| c.plmns.contains(&plmn));
    &carrier.unwrap().cells
}

fn access(round: &Round, plmn: Plmn, told: &Value, law: &mut impl FnMut(u8, bool, String)) {
    if told.is_null() {
        return;
    }
    let is = |cell: &Cell| {
        // The leg on 5G is told where the modem is on the cell; who only hears it hears LTE.
        let heard = cell.access == Access::NrNsa && told == "lte";
        heard || serde_json::to_value(cell.access).unwrap() == *told
    };
    law(
        2,
        cells(round, plmn).iter().any(is),
        format!("{plmn} is not there over {told}"),
    );
}

/// What `status` must know of a modem that told it.
fn known(case: &Case, gave: &Gave, law: &mut impl FnMut(u8, bool, String)) {
    if gave.fault.is_some() {
        return;
    }
    let level = &gave.body["radio"]["rsrp_dbm"];
    if !HIDE_LEVELS.iter().any(|kind| case.has_kind(kind)) {
        law(2, !level.is_null(), "the level was told".to_owned());
    }
    if !case.has_kind("silent-to-names") {
        let model = &gave.body["modem"]["model"];
        law(2, !model.is_null(), "the model was told".to_owned());
    }
}

/// One radio object against the cells of its carrier.
fn radio(
    case: &Case,
    round: &Round,
    plmn: Plmn,
    told: &Value,
    law: &mut impl FnMut(u8, bool, String),
) {
    if told.is_null() {
        return;
    }
    let all = cells(round, plmn);
    let id = told["cell_id"].as_u64();
    let Some(cell) = (match id {
        Some(id) => all.iter().find(|cell| cell.cell_id == id),
        None => all.iter().max_by_key(|cell| cell.mean.rsrp),
    }) else {
        law(2, false, format!("{plmn} has no cell {id:?}"));
        return;
    };
    let mut same = |key: &str, truth: Value| {
        let said = &told[key];
        law(
            2,
            said.is_null() || *said == truth,
            format!("{plmn}: {key} said {said}, is {truth}"),
        );
    };
    same("earfcn", cell.earfcn.into());
    same("pci", cell.pci.into());
    same("tac", cell.tac.into());
    same("bandwidth_mhz", (f64::from(cell.bandwidth) / 10.0).into());
    let letter = if cell.access == Access::Nr { 'n' } else { 'B' };
    let band: Value = format!("{letter}{}", cell.band).into();
    if case.has("band-mismatch") && told["band"] != band {
        // Both stand as they were said; what follows from them does not.
        same("downlink_mhz", Value::Null);
    } else {
        same("band", band);
    }
    if told["rsrp_dbm"].is_null() {
        same("quality", Value::Null);
    }
    if case.has_kind("levels-") {
        return;
    }
    let most = f64::from(10 + cell.fading) / 10.0;
    let mut near = |key: &str, truth: i32, more: f64| {
        let Some(said) = told[key].as_f64() else {
            return;
        };
        let truth = f64::from(truth) / 10.0;
        law(
            2,
            (said - truth).abs() <= most + more + 1e-9,
            format!("{plmn}: {key} said {said}, is {truth}"),
        );
    };
    near("rsrp_dbm", cell.mean.rsrp, 0.0);
    near("rsrq_db", cell.mean.rsrq, 0.0);
    near("sinr_db", cell.mean.sinr, 0.0);
    near("rssi_dbm", cell.rssi(cell.mean), 1.0);
}
