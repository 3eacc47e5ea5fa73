//! `opensim-fleet questions`: the questions that have a name, and the SQL of one.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandContext, Ran};
use crate::questions::{QUESTIONS, Question};

/// List the questions, or print the SQL of one.
#[derive(Debug, Args)]
pub(super) struct Questions {
    /// The question whose SQL is to be printed
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
}

impl Questions {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let output = &context.output;
        let words = output.words();
        let asked = match &self.question {
            Some(name) => std::slice::from_ref(Question::named(name)?),
            None => QUESTIONS,
        };
        if output.is_json() {
            let told = asked.iter().map(|question| {
                let columns: Vec<&str> = question.columns.iter().map(|c| c.name).collect();
                let title = words.text(&format!("question-{}", question.name));
                json!({ "name": question.name, "title": title, "columns": columns, "sql": question.sql })
            });
            output.facts(
                "questions",
                json!({ "questions": told.collect::<Vec<_>>() }),
            )?;
        } else if self.question.is_some() {
            output.result(
                &asked
                    .iter()
                    .map(|question| question.sql)
                    .collect::<String>(),
            )?;
        } else {
            let width = asked.iter().map(|question| question.name.len()).max();
            let width = width.unwrap_or_default();
            let line = |question: &Question| {
                let title = words.text(&format!("question-{}", question.name));
                format!("{:width$}  {title}\n", question.name)
            };
            output.result(&asked.iter().map(line).collect::<String>())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
