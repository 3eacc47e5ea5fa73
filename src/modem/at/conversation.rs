//! Asking an AT modem: one line out through the guard, one reply back, and the settings that asking needs.
//!
//! What the answers mean is `words`' affair; which questions to ask is the backend's.

use super::{AtModem, words};
use crate::at::Request;
use crate::at::engine::Failure;
use crate::at::result::Reply;
use crate::at::standard::errors::ErrorReport;
use crate::at::standard::registration::{Domain, News};
use crate::at::standard::{self, Command};
use crate::dialect::{self, Answer};
use crate::domain::policy::Order;
use crate::link::LinkError;
use crate::link::guard::{Leave, Rule};
use crate::modem::{Error, NetworkFault, Result};

impl AtModem {
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
