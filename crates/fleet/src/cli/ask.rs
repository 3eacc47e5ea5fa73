//! `opensim-fleet ask`: a question that has a name.

use clap::Args;

use super::asking::Asking;
use super::{CommandContext, Ran};
use crate::answer;
use crate::questions::Question;

/// Ask a question of the fleet.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The question: `opensim-fleet questions` lists them
    #[arg(value_name = "QUESTION")]
    question: String,
    #[command(flatten)]
    asking: Asking,
}

impl Ask {
    pub(super) fn run(self, context: &CommandContext) -> Ran {
        let question = Question::named(&self.question)?;
        let fleet = context.fleet()?;
        let scope = self.asking.scope(&fleet);
        let engine = self.asking.engine()?;
        let lake = Asking::lake(&fleet)?;
        let answers = answer::ask(&lake, &engine, &[(question, scope)])?;
        let answer = answers.into_iter().next().unwrap_or_default();
        self.asking.known(&fleet, &answer)?;
        self.asking.give(context, answer)
    }
}
