//! A survey or a list of neighbours as a line that a person can write and check.

use opensim_domain::radio::Reading;

use crate::conversation::row;

/// Several readings in one line.
pub(crate) fn rows(readings: &[Reading]) -> String {
    if readings.is_empty() {
        return "none".to_owned();
    }
    let all: Vec<String> = readings.iter().map(row).collect();
    all.join(" ; ")
}
