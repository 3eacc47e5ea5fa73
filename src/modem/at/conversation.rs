//! Asking an AT modem: one line out through the guard, one reply back.
//!
//! What the answers mean is `words`' affair; which questions to ask is the backend's; what of the port's settings asking
//! needs stands in `settings`.

use std::time::Duration;

use super::{AtModem, words};
use crate::at::engine::Failure;
use crate::at::result::{Final, Reply};
use crate::at::standard::errors::ErrorReport;
use crate::at::standard::{self, Command};
use crate::at::{QUERY, Request};
use crate::dialect::{self, QueryReply};
use crate::domain::policy::Order;
use crate::guard::{Leave, Rule};
use crate::link::LinkError;
use crate::modem::{Error, NetworkFault, Result};

/// How long the first question waits before it is taken for lost.
const SOON: Duration = Duration::from_secs(1);

impl AtModem {
    /// The first question: how errors are reported. Its answer cannot be taken for another's, and the port may hold old
    /// replies.
    ///
    /// A modem that was just plugged in has its ports before it hears what is said on them. So a lost question is not
    /// waited for: the engine gets into step by asking until it is answered, and this question goes behind that.
    pub(super) async fn handshake(&mut self) -> Result<Option<ErrorReport>> {
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
        let answer = match self.send(first, Leave::NONE).await {
            Err(Error::Silent { .. }) => {
                // It goes out once the modem is in step, and is answered soon then, or not at all.
                let again = Request {
                    timeout: 2 * SOON,
                    ..standard::CmeeRead.request()
                };
                let line = again.line.clone();
                let answer = tokio::select! {
                    biased;
                    answer = self.send(again, Leave::NONE) => answer,
                    () = clock.sleep_until(Some(until)) => return Err(silent),
                };
                if matches!(answer, Err(Error::Silent { .. })) && self.lives().await? {
                    self.learnt.unanswered(&line);
                    return Ok(None);
                }
                answer?
            }
            answer => answer?,
        };
        let report = answer
            .is_answer()
            .then(|| standard::CmeeRead.parse(&answer));
        Ok(report.and_then(std::result::Result::ok))
    }

    /// Where the modem does not answer the first question as it should, finds one that it does: getting back in step
    /// rests on that. Each is a query; the engine takes note of the answers.
    pub(super) async fn find_question(&mut self) -> Result<()> {
        let questions = [
            Request::new("AT+CFUN?", "+CFUN:"),
            Request::new("AT+CSCS?", "+CSCS:"),
            Request::new("AT+CPAS", "+CPAS:"),
            Request::new("AT+CGATT?", "+CGATT:"),
            Request::new("AT+CMGF?", "+CMGF:"),
        ];
        for question in questions {
            let reply = self.inquire(question).await?;
            if reply.end == Final::Ok && !reply.lines.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Sends one command of 27.007 and reads its reply; `None` where it is refused, unreadable or left unanswered.
    pub(super) async fn ask_optional<C: Command>(
        &mut self,
        command: &C,
    ) -> Result<Option<C::Reply>> {
        let reply = self.inquire(command.request()).await?;
        Ok(reply
            .is_answer()
            .then(|| command.parse(&reply).ok())
            .flatten())
    }

    /// Sends one line and waits for an answer.
    pub(super) async fn ask(&mut self, request: Request, leave: Leave) -> Result<Reply> {
        let command = request.line.clone();
        let reply = self.exchange(request, leave).await?;
        if reply.is_answer() {
            Ok(reply)
        } else {
            Err(words::refusal(masked(&command), &reply.end))
        }
    }

    /// Sends what need not be answered: a line that once was not, while others were, is not sent again.
    pub(super) async fn inquire(&mut self, request: Request) -> Result<Reply> {
        self.exchange_parts(request, Leave::NONE, true).await
    }

    /// Sends one line and waits for its answer, however it ends.
    ///
    /// [`Reply::none`] says that it was not answered, by a modem that answers others.
    pub(super) async fn exchange(&mut self, request: Request, leave: Leave) -> Result<Reply> {
        self.exchange_parts(request, leave, false).await
    }

    /// A joined line is taken apart where this modem does not take it whole, and stays so from then on. A part that is
    /// refused by itself is a true refusal; one that is not answered may have been done.
    async fn exchange_parts(
        &mut self,
        request: Request,
        leave: Leave,
        optional: bool,
    ) -> Result<Reply> {
        let parts = request.parts();
        if parts.len() < 2 {
            return self.exchange_one(request, leave, optional).await;
        }
        let tried = self.learnt.joins(&request);
        if tried {
            let whole = self.exchange_one(request.clone(), leave.clone(), false);
            let whole = whole.await?;
            if whole.is_answer() && request.is_answered_by(&whole.lines) {
                return Ok(whole);
            }
        }
        let mut whole = Reply::none();
        for part in parts {
            let reply = self.exchange_one(part, leave.clone(), optional).await?;
            if reply == Reply::none() {
                continue;
            }
            whole.lines.extend(reply.lines);
            whole.end = reply.end;
            if !whole.is_answer() {
                break;
            }
        }
        if tried {
            let answered = whole.is_answer() && request.is_answered_by(&whole.lines);
            self.learnt.taken_apart(&request.line, !answered);
        }
        Ok(whole)
    }

    /// Sends what need not be answered, on one line where this modem takes that; the replies in the same order. What a joined
    /// line leaves in doubt is asked by itself, so that it costs no more than that line.
    pub(super) async fn together(&mut self, questions: Vec<Request>) -> Result<Vec<Reply>> {
        self.together_if(questions, |_| true).await
    }

    /// The same, where the answers to a joined line are believed only if they are as they should be.
    pub(super) async fn together_if(
        &mut self,
        questions: Vec<Request>,
        are_sound: impl Fn(&[Reply]) -> bool,
    ) -> Result<Vec<Reply>> {
        let joined = Request::joined(&questions).filter(|joined| self.learnt.joins(joined));
        let Some(joined) = joined else {
            return self.singly(questions).await;
        };
        let line = joined.line.clone();
        let whole = self
            .exchange_one(joined.clone(), Leave::NONE, false)
            .await?;
        let mut shares = joined.shares(&whole);
        if shares.iter().all(Option::is_some) {
            let replies: Vec<Reply> = shares.into_iter().flatten().collect();
            if are_sound(&replies) {
                return Ok(replies);
            }
            shares = vec![None; questions.len()];
        }
        let (mut replies, mut explained) = (Vec::with_capacity(questions.len()), false);
        for (question, share) in questions.into_iter().zip(shares) {
            let reply = if let Some(reply) = share {
                reply
            } else {
                let asks = question.asks();
                let reply = self.exchange_one(question, Leave::NONE, true).await?;
                explained |= !reply.is_answer() || (asks && reply.lines.is_empty());
                reply
            };
            replies.push(reply);
        }
        self.learnt.taken_apart(&line, explained);
        Ok(replies)
    }

    /// Sends what need not be answered, line by line.
    pub(super) async fn singly(&mut self, questions: Vec<Request>) -> Result<Vec<Reply>> {
        let mut replies = Vec::with_capacity(questions.len());
        for question in questions {
            replies.push(self.exchange_one(question, Leave::NONE, true).await?);
        }
        Ok(replies)
    }

    async fn exchange_one(
        &mut self,
        request: Request,
        leave: Leave,
        optional: bool,
    ) -> Result<Reply> {
        let line = request.line.clone();
        if self.learnt.is_given_up(&line, optional) {
            return Ok(Reply::none());
        }
        let silent = match self.send(self.learnt.hurried(request), leave).await {
            Ok(reply) => {
                self.learnt.note(&line, &reply);
                return Ok(reply);
            }
            Err(silent @ Error::Silent { .. }) => silent,
            Err(error) => return Err(error),
        };
        if !self.lives().await? {
            return Err(silent);
        }
        // The document says it, in the reader's language.
        tracing::info!(command = %masked(&line), "not answered, while others are");
        self.learnt.unanswered(&line);
        Ok(Reply::none())
    }

    /// Whether the modem answers anything, soon.
    async fn lives(&mut self) -> Result<bool> {
        let clock = self.clock.clone();
        let until = clock.now() + QUERY;
        let answer = tokio::select! {
            biased;
            answer = self.send(Request::plain("AT"), Leave::NONE) => answer,
            () = clock.sleep_until(Some(until)) => return Ok(false),
        };
        match answer {
            Ok(_) => Ok(true),
            Err(Error::Silent { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Why nothing can be asked any more.
    pub(super) fn over(&self) -> Error {
        let port = self.port.clone();
        match self.driver.over() {
            LinkError::Broken(detail) => Error::Broken { port, detail },
            _ => Error::Gone { port },
        }
    }

    /// Sends one line as it is and waits for its answer, however it ends.
    pub(super) async fn send(&mut self, request: Request, leave: Leave) -> Result<Reply> {
        let (command, seconds) = (request.line.clone(), request.timeout.as_secs());
        self.driver
            .ask(request, leave)
            .await
            .map_err(|error| match error {
                LinkError::Gone | LinkError::Broken(_) | LinkError::Failed(Failure::Closed) => {
                    self.over()
                }
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
        match self.send(select.request(), Leave::under(order)).await {
            Err(Error::Silent { seconds, .. }) => Err(Error::Network {
                plmn: select.plmn,
                fault: NetworkFault::TimedOut(seconds),
            }),
            other => other,
        }
    }

    /// Sends a dialect's queries in order, those that go on one line with others together. One that is refused is an answer
    /// too, and so is one that is not answered.
    pub(super) async fn query_all(
        &mut self,
        queries: Vec<dialect::Query>,
    ) -> Result<Vec<QueryReply>> {
        let mut answers = Vec::with_capacity(queries.len());
        let mut rest = queries.into_iter().peekable();
        while let Some(query) = rest.next() {
            if query.line.eq_ignore_ascii_case("AT+CEREG?") {
                let reply = self.watched_registration(words::request(&query)).await?;
                let line = query.line;
                answers.push(QueryReply { line, reply });
                continue;
            }
            let mut run = vec![query];
            while let Some(next) = rest.next_if(|next| next.joins && run[0].joins) {
                run.push(next);
            }
            let replies = self.together(run.iter().map(words::request).collect());
            let replies = replies.await?.into_iter();
            let named = run.into_iter().zip(replies);
            answers.extend(named.map(|(query, reply)| QueryReply {
                line: query.line,
                reply,
            }));
        }
        Ok(answers)
    }
}

pub(super) fn masked(command: &str) -> String {
    dialect::commands::masked(command.as_bytes(), b"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Driver;
    use crate::modem::Way;
    use crate::os::clock::Clock;
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

    /// A port whose reads end so.
    struct Ends(fn() -> std::io::Error);

    impl tokio::io::AsyncRead for Ends {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err((self.0)()))
        }
    }

    impl tokio::io::AsyncWrite for Ends {
        fn poll_write(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            bytes: &[u8],
        ) -> std::task::Poll<std::io::Result<usize>> {
            std::task::Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Ok(()))
        }

        fn poll_shutdown(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Ok(()))
        }
    }

    async fn ended(error: fn() -> std::io::Error) -> Error {
        let clock = Clock::system();
        let driver = Driver::spawn(Ends(error), clock.clone());
        let port = "/dev/ttyUSB2".to_owned();
        let opened = AtModem::open(driver, clock, port, None, Way::None, None).await;
        opened.err().expect("no modem is there")
    }

    #[tokio::test(start_paused = true)]
    async fn a_port_that_fails_is_not_a_modem_that_is_gone() {
        let fault = ended(|| std::io::Error::other("the port is on fire")).await;
        let said = (fault.code().as_str(), fault.values());
        assert_eq!(said.0, "modem.port_failed");
        assert!(
            said.1
                .iter()
                .any(|(_, value)| value == "the port is on fire"),
            "{:?}",
            said.1
        );
        let fault = ended(|| std::io::ErrorKind::BrokenPipe.into()).await;
        assert_eq!(fault.code().as_str(), "modem.gone");
    }
}
