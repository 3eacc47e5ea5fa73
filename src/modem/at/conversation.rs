//! Asking an AT modem: one line out through the guard, one reply back, and the settings that asking needs.
//!
//! What the answers mean is `words`' affair; which questions to ask is the backend's.

use std::time::Duration;

use super::{AtModem, words};
use crate::at::Request;
use crate::at::engine::Failure;
use crate::at::result::Reply;
use crate::at::standard::errors::ErrorReport;
use crate::at::standard::registration::News;
use crate::at::standard::{self, Command};
use crate::dialect::{self, Answer};
use crate::domain::Domain;
use crate::domain::policy::Order;
use crate::link::LinkError;
use crate::link::guard::{Leave, Rule};
use crate::modem::{Error, NetworkFault, Result};

/// How long the first question waits before it is taken for lost.
const SOON: Duration = Duration::from_secs(1);

impl AtModem {
    /// The first question: how errors are reported. Its answer cannot be taken for another's, and the port may hold old
    /// replies.
    ///
    /// A modem that was just plugged in has its ports before it hears what is said on them. So a lost question is not
    /// waited for: the engine gets into step by asking until it is answered, and this question goes behind that.
    pub(super) async fn greet(&mut self) -> Result<Option<ErrorReport>> {
        let question = standard::CmeeRead.request();
        let patience = question.timeout;
        let silent = Error::Silent {
            command: question.line.clone(),
            seconds: patience.as_secs(),
        };
        let clock = self.clock.clone();
        let until = clock.now() + patience;
        let first = Request {
            timeout: SOON,
            ..question
        };
        let answer = match self.ask(first, Leave::NONE).await {
            Err(Error::Silent { .. }) => tokio::select! {
                biased;
                answer = self.run(&standard::CmeeRead) => answer,
                () = clock.sleep_until(Some(until)) => Err(silent),
            },
            answer => {
                answer.and_then(|reply| standard::CmeeRead.parse(&reply).map_err(words::unreadable))
            }
        };
        optional(answer)
    }

    /// Sends one command of 27.007 and reads its reply.
    pub(super) async fn run<C: Command>(&mut self, command: &C) -> Result<C::Reply> {
        let reply = self.ask(command.request(), Leave::NONE).await?;
        command.parse(&reply).map_err(words::unreadable)
    }

    /// Sends one line and waits for an answer that ends well.
    pub(super) async fn ask(&mut self, request: Request, leave: Leave) -> Result<Reply> {
        let command = request.line.clone();
        let reply = self.exchange(request, leave).await?;
        if reply.end.is_ok() {
            Ok(reply)
        } else {
            Err(words::refusal(command, reply.end))
        }
    }

    /// Sends one line and waits for its answer, however it ends.
    pub(super) async fn exchange(&mut self, request: Request, leave: Leave) -> Result<Reply> {
        let (command, seconds) = (request.line.clone(), request.timeout.as_secs());
        self.driver
            .ask(request, leave)
            .await
            .map_err(|error| match error {
                LinkError::Gone | LinkError::Failed(Failure::Closed) => Error::Gone {
                    port: self.port.clone(),
                },
                LinkError::Guarded(rule) => Error::Guarded {
                    command: masked(&command),
                    rule: rule.code(),
                },
                LinkError::Failed(Failure::BadLine) => Error::Guarded {
                    command: masked(&command),
                    rule: Rule::Unreadable.code(),
                },
                LinkError::Failed(Failure::TooLong) => Error::Unreadable {
                    command: masked(&command),
                    line: String::new(),
                },
                LinkError::Failed(Failure::TimedOut | Failure::Aborted) => Error::Silent {
                    command: masked(&command),
                    seconds,
                },
            })
    }

    pub(super) async fn select_once(
        &mut self,
        select: &standard::SelectOperator,
        order: &Order,
    ) -> Result<Reply> {
        match self.exchange(select.request(), Leave::under(order)).await {
            Err(Error::Silent { seconds, .. }) => Err(Error::Network {
                plmn: select.plmn,
                fault: NetworkFault::TimedOut(seconds),
            }),
            other => other,
        }
    }

    /// Sends a dialect's queries in order. One that is refused is an answer too.
    pub(super) async fn query_all(&mut self, queries: Vec<dialect::Query>) -> Result<Vec<Answer>> {
        let mut answers = Vec::with_capacity(queries.len());
        for query in queries {
            if query.line.eq_ignore_ascii_case("AT+CEREG?") {
                self.watch_registration().await?;
            }
            let reply = self.exchange(words::request(&query), Leave::NONE).await?;
            answers.push(Answer {
                line: query.line,
                reply,
            });
        }
        Ok(answers)
    }

    /// Numbered errors, so that a refusal has its cause; put back at the end.
    pub(super) async fn numbered_errors(&mut self) -> Result<()> {
        if self.settings.errors == Some(ErrorReport::Off) {
            optional(self.run(&standard::CmeeSet(ErrorReport::Number)).await)?;
            self.settings.restore_errors = true;
            self.settings.errors = Some(ErrorReport::Number);
        }
        Ok(())
    }

    /// Registration news unasked, with the cell; put back at the end.
    pub(super) async fn watch_registration(&mut self) -> Result<()> {
        if self.settings.watches_registration {
            return Ok(());
        }
        self.settings.watches_registration = true;
        let reply = self
            .exchange(
                standard::RegistrationRead(Domain::Eps).request(),
                Leave::NONE,
            )
            .await?;
        let Some(before) =
            words::news(&reply).filter(|news| !matches!(news, News::Cell | News::Cause))
        else {
            return Ok(());
        };
        if optional(
            self.run(&standard::RegistrationSet(Domain::Eps, News::Cell))
                .await,
        )?
        .is_some()
        {
            self.settings.restore_registration = Some(before);
        }
        Ok(())
    }
}

/// What a modem refuses or says unreadably is unknown; anything else is a fault.
pub(super) fn optional<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Refused { .. } | Error::Unreadable { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn masked(command: &str) -> String {
    String::from_utf8_lossy(&crate::trace::mask::line(command.as_bytes(), b"")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::link::Driver;
    use crate::modem::Way;
    use crate::sim::{self, Scenario, VirtualModem};

    /// Opens a modem of `home`, with what the text adds, that was plugged in this moment; and how long that took.
    async fn plugged(text: &str) -> (Result<AtModem>, Duration) {
        let clock = Clock::system();
        let scenario = Scenario::from_toml(&format!("base = \"home\"\n{text}"), "test").unwrap();
        let mut device = VirtualModem::new(&scenario);
        let start = clock.now();
        device.handle_hang_up(start);
        let driver = Driver::spawn(sim::spawn(device, clock.clone()), clock.clone());
        let port = "sim".to_owned();
        let opened = AtModem::open(driver, clock.clone(), port, None, Way::None, None).await;
        (opened, clock.now() - start)
    }

    #[tokio::test(start_paused = true)]
    async fn a_modem_that_still_starts_is_asked_again_and_not_waited_for() {
        let (modem, took) = plugged("[timing]\nboot_ms = 700").await;
        assert_eq!(modem.unwrap().settings.errors, Some(ErrorReport::Number));
        assert!(took < Duration::from_secs(2), "{took:?}");
        let (modem, took) = plugged("[timing]\nboot_ms = 4000").await;
        assert!(modem.is_ok());
        assert!(took < Duration::from_secs(5), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_port_where_nothing_answers_is_given_up_after_five_seconds() {
        let (modem, took) = plugged("[timing]\nboot_ms = 60000").await;
        let fault = modem.err().unwrap();
        assert!(
            matches!(fault, Error::Silent { seconds: 5, .. }),
            "{fault:?}"
        );
        assert_eq!(took, Duration::from_secs(5));
    }
}
