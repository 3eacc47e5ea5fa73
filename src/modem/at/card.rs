//! The state of the SIM card, waited for where the card still wakes up.
//!
//! A modem that was just plugged in answers before its card does: `SIM BUSY`, `NOT READY`, error 14, and on some (A7670)
//! a failure that passes. Every command wants the card, so the wait is here and not in each of them.

use std::time::Duration;

use super::{AtModem, words};
use crate::at::Request;
use crate::at::result::{Final, Reply};
use crate::at::standard::errors::ErrorReport;
use crate::at::standard::{self, Command as _};
use crate::domain::{Iccid, Imsi, SimState};
use crate::guard::Leave;
use crate::modem::{Result, Sim};
use crate::time::Instant;

/// How long a card that wakes up is waited for. A7670 and SIM7600 take some 10 seconds.
const WAKING: Duration = Duration::from_secs(20);
/// How long a card that fails is asked again: it may be waking up.
const FAILING: Duration = Duration::from_secs(5);
/// The longest between two questions.
const POLL: Duration = Duration::from_secs(2);

impl AtModem {
    /// The card: its state alone, or with its tries and numbers, on one line where the modem takes that.
    pub(super) async fn card(&mut self, whole: bool) -> Result<Sim> {
        let mut sim = Sim {
            state: self.card_state().await?,
            iccid: None,
            imsi: None,
            pin_tries_left: None,
        };
        if !whole || sim.state == SimState::Absent {
            return Ok(sim);
        }
        let is_ready = sim.state == SimState::Ready;
        let (first, others) = match self.dialect.iccid_queries() {
            [first, others @ ..] => (Some(first), others),
            [] => (None, &[][..]),
        };
        let mut questions = vec![self.tries_alone()];
        questions.extend(is_ready.then(|| standard::ImsiRead.request()));
        questions.extend(first.map(words::request));
        let dialect = self.dialect;
        let imsi_at = |replies: &[Reply]| replies.get(1).filter(|_| is_ready).map(imsi);
        // Both may come without a name, and neither can be taken for the other.
        let are_numbers = |replies: &[Reply]| {
            let iccid = replies.last().filter(|_| first.is_some());
            imsi_at(replies).is_none_or(|imsi| imsi.is_some())
                && iccid.is_none_or(|reply| dialect.iccid(reply).is_some())
        };
        let mut replies = self.together_if(questions, are_numbers).await?;
        sim.imsi = imsi_at(&replies).flatten();
        let number = replies.pop().filter(|_| first.is_some());
        sim.iccid = number.as_ref().and_then(|reply| self.number(reply));
        if let Some(mut tries) = replies.into_iter().next() {
            tries.lines.splice(0..0, self.known.card.clone());
            sim.pin_tries_left = self.tries(&tries);
        }
        for query in others {
            if sim.iccid.is_some() {
                break;
            }
            let reply = self.inquire(words::request(query)).await?;
            sim.iccid = self.number(&reply);
        }
        Ok(sim)
    }

    /// How often a PIN may still be tried, where the modem tells.
    pub(super) async fn pin_tries(&mut self) -> Result<Option<u8>> {
        let query = words::request(&self.dialect.pin_tries_query());
        let tries = self.inquire(query).await?;
        Ok(self.tries(&tries))
    }

    /// What asks for the tries, without the question for the card's state that some need beside it: that was just asked.
    fn tries_alone(&self) -> Request {
        let whole = words::request(&self.dialect.pin_tries_query());
        let state = standard::SimStatus.request();
        let mut others = whole.parts();
        others.retain(|part| part.line != state.line);
        match others.pop() {
            Some(mut alone) if others.is_empty() => {
                alone
                    .prefixes
                    .retain(|prefix| !state.prefixes.contains(prefix));
                alone
            }
            _ => whole,
        }
    }

    fn tries(&self, reply: &Reply) -> Option<u8> {
        reply
            .is_answer()
            .then(|| self.dialect.pin_tries(reply))
            .flatten()
    }

    fn number(&self, reply: &Reply) -> Option<Iccid> {
        reply
            .is_answer()
            .then(|| self.dialect.iccid(reply))
            .flatten()
    }

    /// The card's state once it is one that lasts. Ends early on what the modem says unasked of its card, is cancelled by
    /// dropping it, and is spent once: a card that stays busy is not waited for by each question of a command.
    pub(super) async fn card_state(&mut self) -> Result<SimState> {
        let mut wait = Duration::from_millis(500);
        loop {
            // From before the question, so that news during it counts.
            let mut news = self.driver.listen();
            let state = self.ask_card().await?;
            let patience = match state {
                SimState::Busy => WAKING,
                SimState::Failed => FAILING,
                _ => {
                    self.known.card_awaited = None;
                    return Ok(state);
                }
            };
            let now = self.clock.now();
            let until = *self.known.card_awaited.get_or_insert(now) + patience;
            if now >= until {
                return Ok(state);
            }
            self.card_news(&mut news, until.min(now + wait)).await?;
            wait = (wait * 2).min(POLL);
        }
    }

    async fn ask_card(&mut self) -> Result<SimState> {
        let asked = self
            .exchange(standard::SimStatus.request(), Leave::NONE)
            .await?;
        let asked = if asked.end == Final::Error && self.settings.errors == Some(ErrorReport::Off) {
            // A bare ERROR hides whether there is no SIM; asked again with numbers, the modem says.
            self.numbered_errors().await?;
            self.exchange(standard::SimStatus.request(), Leave::NONE)
                .await?
        } else {
            asked
        };
        let state = words::sim_state(&asked);
        self.known.card = asked.lines;
        Ok(state)
    }

    async fn card_news(
        &self,
        news: &mut tokio::sync::broadcast::Receiver<crate::at::result::Line>,
        until: Instant,
    ) -> Result<()> {
        use tokio::sync::broadcast::error::RecvError;
        loop {
            tokio::select! {
                line = news.recv() => match line {
                    Ok(line) if self.dialect.tells_of_sim(&line) => return Ok(()),
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Err(self.over()),
                },
                () = self.clock.sleep_until(Some(until)) => return Ok(()),
            }
        }
    }
}

fn imsi(reply: &Reply) -> Option<Imsi> {
    let told = reply.is_answer().then(|| standard::ImsiRead.parse(reply));
    told?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Driver;
    use crate::modem::{Modem as _, Way};
    use crate::os::clock::Clock;
    use crate::sim::{self, Scenario, VirtualModem};

    /// A modem of this house, how long it took to say its card's state, and then once more.
    async fn asked_twice(house: &str, quirks: &str) -> [(SimState, Duration); 2] {
        let clock = Clock::system();
        let text = format!("base = \"{house}\"\n[quirks]\n{quirks}");
        let scenario = Scenario::from_toml(&text, "test").unwrap();
        let link = sim::spawn(VirtualModem::new(&scenario), clock.clone());
        let driver = Driver::spawn(link, clock.clone());
        let port = "sim".to_owned();
        let opened = AtModem::open(driver, clock.clone(), port, None, Way::None, None).await;
        let mut modem = opened.unwrap();
        let mut all = [(SimState::Unknown, Duration::ZERO); 2];
        for one in &mut all {
            let start = clock.now();
            let state = modem.sim(false).await.unwrap().state;
            *one = (state, clock.now() - start);
        }
        all
    }

    #[tokio::test(start_paused = true)]
    async fn a_card_that_stays_busy_is_waited_for_once_and_no_longer_than_promised() {
        let [first, second] = asked_twice("home", "sim_words = \"SIM BUSY\"").await;
        assert_eq!((first.0, second.0), (SimState::Busy, SimState::Busy));
        assert!(first.1 >= WAKING && first.1 < WAKING + POLL, "{first:?}");
        assert!(second.1 < Duration::from_secs(1), "{second:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_card_that_fails_is_asked_again_for_a_moment() {
        let failing = "sim_words = \"SIM failure\"\nsim_words_as = \"error\"";
        let [first, _] = asked_twice("simcom-home", failing).await;
        assert_eq!(first.0, SimState::Failed);
        assert!(first.1 >= FAILING && first.1 < FAILING + POLL, "{first:?}");
        let passing = format!("{failing}\nsim_busy_s = 3");
        let [first, _] = asked_twice("simcom-home", &passing).await;
        assert_eq!(first.0, SimState::Ready);
    }

    #[tokio::test(start_paused = true)]
    async fn simcom_a7670_that_says_when_its_card_is_ready_is_asked_at_once() {
        let waking = "sim_words = \"SIM BUSY\"\nsim_busy_s = 9";
        let by_news = asked_twice("simcom-home", waking).await[0];
        assert_eq!(by_news.0, SimState::Ready);
        // Polls alone would come at 0.5, 1.5, 3.5, 5.5, 7.5 and 9.5 seconds after the first question.
        assert!(by_news.1 < Duration::from_millis(9_200), "{by_news:?}");
    }
}
