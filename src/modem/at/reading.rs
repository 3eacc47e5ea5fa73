//! One reading of the serving cell: the vendor's own row, asked again once where it was refused, and the standard's
//! commands where it leaves level or place open.

use super::{AtModem, words};
use crate::at::result::Final;
use crate::at::standard::registration::News;
use crate::at::standard::{self, Command as _};
use crate::dialect::{self, Answer, Query};
use crate::domain::Domain;
use crate::domain::radio::Reading;
use crate::modem::Result;

impl AtModem {
    pub(super) async fn read_cell(&mut self) -> Result<Reading> {
        let queries = self.dialect.reading_queries(&self.identity, &self.scales);
        let mut answers = self.query_all(queries.clone()).await?;
        for (query, answer) in queries.into_iter().zip(&mut answers) {
            self.again(query, answer).await?;
        }
        loop {
            let reading = self
                .dialect
                .reading(&answers, &self.identity, &mut self.scales);
            let Some(query) = dialect::way_down(&reading, &answers) else {
                self.known.cell = Some(reading.cell.clone());
                return Ok(reading);
            };
            if query.line.eq_ignore_ascii_case("AT+CREG?") {
                self.watch_circuits().await?;
            }
            let asked = self.query_all(vec![query.clone()]).await?;
            answers.push(asked.into_iter().next().unwrap_or(Answer {
                line: query.line,
                reply: words::refused(),
            }));
        }
    }

    /// Asks once more for what was refused: right after its start or a change of network a modem refuses what it answers
    /// a moment later. One that refuses twice does not know the command, and is not asked twice again until it has been
    /// on another network.
    async fn again(&mut self, query: Query, answer: &mut Answer) -> Result<()> {
        let refused = |answer: &Answer| !answer.reply.is_answer();
        // What was left unanswered is not asked again either.
        let for_good = matches!(answer.reply.end, Final::NotSupported(_) | Final::Missing)
            || self.known.refused.contains(&query.line);
        if !refused(answer) || for_good {
            return Ok(());
        }
        let line = query.line;
        if let Some(second) = self.query_all(vec![query]).await?.pop() {
            *answer = second;
        }
        if refused(answer) {
            self.known.refused.insert(line);
        }
        Ok(())
    }

    /// `+CREG?` names its cell only where its news has been asked for with the cell; put back at the end. Nothing is set
    /// where the modem names it already.
    async fn watch_circuits(&mut self) -> Result<()> {
        if self.settings.watches_circuits {
            return Ok(());
        }
        self.settings.watches_circuits = true;
        let read = standard::RegistrationRead(Domain::Circuit).request();
        let reply = self.inquire(read).await?;
        let before = words::news_of(&reply, "+CREG:");
        let Some(before) = before.filter(|news| !matches!(news, News::Cell | News::Cause)) else {
            return Ok(());
        };
        let set = standard::RegistrationSet(Domain::Circuit, News::Cell);
        if self.told(&set).await?.is_some() {
            self.settings.restore_circuits = Some(before);
        }
        Ok(())
    }
}
