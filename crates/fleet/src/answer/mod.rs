//! An answer: rows with what they were asked of, as a document, a table and a spreadsheet.

mod csv;
mod table;

pub use csv::csv;
pub use table::page;

use jiff::civil::Date;
use opensim_domain::document::FleetAnswer;
use serde_json::Value;

use crate::columns::Table;
use crate::engine::{LakeFiles, QueryEngine, QueryRows};
use crate::error::Error;
use crate::questions::{Heading, Question, Scope, literals, window};
use crate::statement::Statement;

/// How far back SQL of somebody's own looks: at all that there is.
const ALL: i32 = 36_500;

/// Answers questions in one run of an engine, each over the months that it needs.
pub fn ask(
    lake: &LakeFiles,
    engine: &QueryEngine,
    questions: &[(&Question, Scope)],
) -> Result<Vec<FleetAnswer>, Error> {
    let surveys = lake.only(Table::Surveys);
    let mut windows = Vec::new();
    let mut statements = Vec::new();
    for (question, scope) in questions {
        let days = question.window(scope, lake.last_survey())?;
        windows.push(days);
        statements.push(question.statement(scope, days)?);
    }
    let first = windows.iter().map(|days| days.0).min();
    let Some((first, last)) = first.zip(windows.iter().map(|days| days.1).max()) else {
        return Ok(Vec::new());
    };
    let rows = engine.query(&surveys.within((first, last)), &statements)?;
    let asked = questions.iter().zip(windows).zip(statements).zip(rows);
    asked
        .map(|((((question, scope), days), statement), rows)| {
            let files = surveys.within(days);
            let names = question.columns.iter().map(|column| column.name);
            // An engine that gives other columns than asked for did not understand the question.
            if !rows.rows.is_empty() && !names.clone().eq(rows.columns.iter().map(String::as_str)) {
                return Err(Error::EngineGarbage {
                    engine: engine.kind().name(),
                    line: rows.columns.join(", "),
                });
            }
            let mut answer = made(rows, &statement, engine, &files, scope, days);
            answer.question = Some(question.name.to_owned());
            answer.columns = names.map(str::to_owned).collect();
            straighten(&mut answer.rows, question.columns);
            Ok(answer)
        })
        .collect()
}

/// Answers SQL of somebody's own, which may use the parameters of the questions.
pub fn ask_sql(
    lake: &LakeFiles,
    engine: &QueryEngine,
    text: &str,
    scope: &Scope,
) -> Result<FleetAnswer, Error> {
    let days = window(scope, lake.last_survey(), ALL)?;
    let statement = Statement::new(text, &literals(scope, days)?)?;
    let files = if scope.since.is_some() || scope.until.is_some() {
        lake.within(days)
    } else {
        lake.clone()
    };
    let rows = engine.query(&files, std::slice::from_ref(&statement))?;
    let rows = rows.into_iter().next().unwrap_or_default();
    Ok(made(rows, &statement, engine, &files, scope, days))
}

fn made(
    rows: QueryRows,
    statement: &Statement,
    engine: &QueryEngine,
    files: &LakeFiles,
    scope: &Scope,
    (since, until): (Date, Date),
) -> FleetAnswer {
    FleetAnswer {
        question: None,
        since: Some(since.to_string()),
        until: Some(until.to_string()),
        place: scope.place.clone(),
        partner: scope.partner.clone(),
        min_sites: scope.min_sites.max(1),
        partial: rows.truncated || !files.torn.is_empty(),
        truncated: rows.truncated,
        columns: rows.columns,
        rows: rows.rows,
        sql: statement.as_str().to_owned(),
        engine: engine.kind().name().to_owned(),
        files: files.paths(),
        torn: files.torn.clone(),
    }
}

/// The values as each engine would write them: points in time as RFC 3339, whole numbers as numbers.
fn straighten(rows: &mut [Vec<Value>], columns: &[Heading]) {
    use crate::questions::Shows;
    for row in rows {
        for (value, column) in row.iter_mut().zip(columns) {
            let Value::String(text) = &*value else {
                continue;
            };
            let straight = match column.shows {
                Shows::Moment => moment(text).map(Value::from),
                Shows::Count | Shows::Number | Shows::Rate => {
                    text.parse::<i64>().ok().map(Value::from)
                }
                _ => None,
            };
            if let Some(straight) = straight {
                *value = straight;
            }
        }
    }
}

/// What an answer's columns hold, where it is a question's.
pub fn headings(answer: &FleetAnswer) -> Option<&'static [Heading]> {
    let name = answer.question.as_deref()?;
    Question::named(name).ok().map(|question| question.columns)
}

/// A point in time that is UTC, however its zone is left out.
fn moment(text: &str) -> Option<String> {
    let bare = text
        .trim_end_matches("+00:00")
        .trim_end_matches("+00")
        .trim_end_matches('Z');
    let at: jiff::civil::DateTime = bare.replace(' ', "T").parse().ok()?;
    let at = jiff::tz::Offset::UTC.to_timestamp(at).ok()?;
    Some(opensim_domain::document::stamp(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_time_is_the_same_whichever_engine_wrote_it() {
        for text in [
            "2025-12-01 18:01:51+00",
            "2025-12-01T18:01:51.000Z",
            "2025-12-01 18:01:51.000000",
        ] {
            assert_eq!(
                moment(text).as_deref(),
                Some("2025-12-01T18:01:51Z"),
                "{text}"
            );
        }
        assert_eq!(moment("noon"), None);
    }
}
