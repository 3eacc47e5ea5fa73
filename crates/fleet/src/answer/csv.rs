//! An answer for a spreadsheet: the columns' names, then the rows; RFC 4180, never translated, unknown is an empty cell.
//!
//! Texts come from documents and registries, so one that a spreadsheet would take for a formula is given as text.

use opensim::i18n::is_hidden;
use serde_json::Value;

use super::FleetAnswer;

impl FleetAnswer {
    /// As comma-separated values.
    pub fn csv(&self) -> String {
        let headings: Vec<String> = self.columns.iter().map(|name| text(name)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect());
        let lines = std::iter::once(headings).chain(rows);
        lines.map(|cells| cells.join(",") + "\r\n").collect()
    }
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

/// A text that no program takes for anything else. Spreadsheets look past blanks before a formula, and so does this.
fn text(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let shown: String = shown
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let first = shown.trim_start();
    let is_formula = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let shown = if is_formula {
        format!("'{shown}")
    } else {
        shown
    };
    if shown.contains([',', '"', ';']) {
        format!("\"{}\"", shown.replace('"', "\"\""))
    } else {
        shown
    }
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
        assert_eq!(answer.csv(), told);
    }
}
