//! An answer for a spreadsheet: the columns' names, then the rows; RFC 4180, never translated, unknown is an empty cell.
//!
//! Texts come from documents and registries: one that a spreadsheet would take for a formula is given as text.

use opensim::report::csv_text;
use opensim_domain::document::FleetAnswer;
use serde_json::Value;

/// An answer as comma-separated values.
pub fn csv(answer: &FleetAnswer) -> String {
    let headings: Vec<String> = answer.columns.iter().map(|name| text(name)).collect();
    let rows = answer.rows.iter().map(|row| row.iter().map(cell).collect());
    let lines = std::iter::once(headings).chain(rows);
    lines.map(|cells| cells.join(",") + "\r\n").collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(said) => text(said),
        other => text(&other.to_string()),
    }
}

/// A text on one line: who reads a table line by line reads a row a line.
fn text(text: &str) -> String {
    csv_text(&text.replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_stays_a_text_and_a_number_a_number() {
        let answer = FleetAnswer {
            columns: vec!["partner".to_owned(), "=n".to_owned()],
            rows: vec![
                vec![json!("=HYPERLINK(\"x\")"), json!(-95.5)],
                vec![json!(" @SUM(A1)\u{200b}\u{1b}[2J"), json!(null)],
                vec![json!("a, b"), json!(true)],
            ],
            ..FleetAnswer::default()
        };
        let told = "partner,'=n\r\n\"'=HYPERLINK(\"\"x\"\")\",-95.5\r\n' @SUM(A1) [2J,\r\n\"a, b\",true\r\n";
        assert_eq!(csv(&answer), told);
    }
}
