//! One reading of the serving cell: the vendor's own row, asked again once where it was refused, and the standard's
//! commands where it leaves level or place open.

use super::{AtModem, words};
use crate::at::result::Final;
use crate::at::standard::registration::RegistrationEvents;
use crate::at::standard::{self, Command as _};
use crate::dialect::{self, Query, QueryReply};
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
            let Some(query) = dialect::fallback_query(&reading, &answers) else {
                self.known.cell = Some(reading.cell.clone());
                return Ok(reading);
            };
            if query.line.eq_ignore_ascii_case("AT+CREG?") {
                self.watch_circuits().await?;
            }
            let asked = self.query_all(vec![query.clone()]).await?;
            answers.push(asked.into_iter().next().unwrap_or(QueryReply {
                line: query.line,
                reply: words::refused(),
            }));
        }
    }

    /// Asks once more for what was refused: right after its start or a change of network a modem refuses what it answers
    /// a moment later. One that refuses twice does not know the command, and is not asked twice again until it has been
    /// on another network.
    async fn again(&mut self, query: Query, answer: &mut QueryReply) -> Result<()> {
        let refused = |answer: &QueryReply| !answer.reply.is_answer();
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
        let Some(before) = before
            .filter(|news| !matches!(news, RegistrationEvents::Cell | RegistrationEvents::Cause))
        else {
            return Ok(());
        };
        let set = standard::RegistrationSet(Domain::Circuit, RegistrationEvents::Cell);
        if self.ask_optional(&set).await?.is_some() {
            self.settings.restore_circuits = Some(before);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::*;
    use crate::link::Driver;
    use crate::modem::{Modem as _, Way};
    use crate::os::clock::Clock;
    use crate::sim::{self, Scenario, VirtualModem};

    type Device = Arc<Mutex<VirtualModem>>;

    fn device(text: &str) -> Device {
        let scenario = Scenario::from_toml(text, "test").unwrap();
        Arc::new(Mutex::new(VirtualModem::new(&scenario)))
    }

    async fn open(device: &Device) -> AtModem {
        let clock = Clock::system();
        let driver = Driver::spawn(sim::spawn(Arc::clone(device), clock.clone()), clock.clone());
        let port = "sim".to_owned();
        AtModem::open(driver, clock, port, None, Way::None, None)
            .await
            .unwrap()
    }

    async fn creg(modem: &mut AtModem) -> String {
        let reply = modem.raw("AT+CREG?", false, Duration::from_secs(5)).await;
        let lines = reply.unwrap().lines;
        lines
            .iter()
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn e3372_is_asked_for_the_cell_in_creg_and_its_setting_is_put_back() {
        let device = device("base = \"huawei-home\"\n[quirks]\nlocation = \"creg-only\"");
        let mut modem = open(&device).await;
        assert_eq!(creg(&mut modem).await, "+CREG: 0,1");
        let reading = modem.reading().await.unwrap();
        assert!(reading.cell.cell_id.is_some() && reading.cell.tac.is_some());
        assert!(creg(&mut modem).await.starts_with("+CREG: 2,1,"));
        modem.close().await.unwrap();
        let mut again = open(&device).await;
        assert_eq!(creg(&mut again).await, "+CREG: 0,1");
    }

    #[tokio::test(start_paused = true)]
    async fn simcom_whose_row_is_always_refused_is_asked_twice_once_and_once_from_then_on() {
        let device = device("base = \"simcom-home\"\n[quirks]\ncell_row = \"error\"");
        let mut modem = open(&device).await;
        assert!(modem.known.refused.is_empty());
        assert!(modem.reading().await.unwrap().rsrp.is_some());
        assert!(modem.known.refused.contains("AT+CPSI?"));
        let row = Query::new("AT+CPSI?", &["+CPSI:"]);
        let mut answer = QueryReply {
            line: row.line,
            reply: words::refused(),
        };
        modem.again(row, &mut answer).await.unwrap();
        assert_eq!(answer.reply.end, Final::Error);
    }

    #[tokio::test(start_paused = true)]
    async fn simcom_that_refuses_its_row_once_is_read_by_it_all_the_same() {
        let device = device("base = \"simcom-home\"\n[quirks]\ncell_row = \"error-once\"");
        let mut modem = open(&device).await;
        let reading = modem.reading().await.unwrap();
        assert!(reading.source.unwrap().starts_with("+CPSI"));
        assert!(modem.known.refused.is_empty());
    }
}
