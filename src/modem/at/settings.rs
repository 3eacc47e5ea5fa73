//! What is set on the port while it is asked, and put back at the end.
//!
//! Nothing is set before it is needed, and what was found is noted before it is changed.

use super::{AtModem, words};
use crate::at::Request;
use crate::at::result::Reply;
use crate::at::standard::errors::ErrorReport;
use crate::at::standard::registration::RegistrationEvents;
use crate::at::standard::{self, Command as _};
use crate::domain::Domain;
use crate::guard::Leave;
use crate::modem::Result;

/// What was set on the port and has to be put back.
#[derive(Debug, Default)]
pub(super) struct PortSettings {
    pub(super) errors: Option<ErrorReport>,
    restore_errors: bool,
    pub(super) restore_numbers: bool,
    /// Which news of its registration it was found to tell.
    pub(super) registration_found: Option<RegistrationEvents>,
    pub(super) watches_registration: bool,
    restore_registration: Option<RegistrationEvents>,
    pub(super) watches_circuits: bool,
    pub(super) restore_circuits: Option<RegistrationEvents>,
    /// The name format that the modem was found in, while it is another.
    pub(super) restore_name_format: Option<i64>,
}

impl AtModem {
    /// Result codes in words where the modem was found to say numbers; put back at the end.
    pub(super) async fn worded_results(&mut self) -> Result<()> {
        if self.driver.is_numeric() {
            self.exchange(Request::plain("ATV1"), Leave::NONE).await?;
            self.settings.restore_numbers = true;
        }
        Ok(())
    }

    /// Numbered errors, so that a refusal has its cause; put back at the end.
    pub(super) async fn numbered_errors(&mut self) -> Result<()> {
        if self.settings.errors == Some(ErrorReport::Off) {
            self.ask_optional(&standard::CmeeSet(ErrorReport::Number))
                .await?;
            self.settings.restore_errors = true;
            self.settings.errors = Some(ErrorReport::Number);
        }
        Ok(())
    }

    /// Registration news unasked, with the cell; put back at the end.
    pub(super) async fn watch_registration(&mut self) -> Result<()> {
        let Some(set) = self.news_to_set().await? else {
            return Ok(());
        };
        let reply = self.inquire(set).await?;
        self.news_set(&reply);
        Ok(())
    }

    /// What `+CEREG?` says once it says the cell too: told to on the same line, where it was not yet.
    pub(super) async fn watched_registration(&mut self, question: Request) -> Result<Reply> {
        let Some(set) = self.news_to_set().await? else {
            return self.inquire(question).await;
        };
        let mut replies = self.together(vec![set, question]).await?.into_iter();
        let (set, answer) = (replies.next(), replies.next());
        self.news_set(&set.unwrap_or_else(Reply::none));
        Ok(answer.unwrap_or_else(Reply::none))
    }

    /// The command for that, once, and where other news or none is set. What was set is noted first, so that whoever gives
    /// this up half-way still puts it back.
    async fn news_to_set(&mut self) -> Result<Option<Request>> {
        if self.settings.watches_registration {
            return Ok(None);
        }
        self.settings.watches_registration = true;
        if self.settings.registration_found.is_none() {
            let read = standard::RegistrationRead(Domain::Eps).request();
            let reply = self.inquire(read).await?;
            self.settings.registration_found = words::news(&reply);
        }
        let found = self.settings.registration_found;
        let other = found
            .filter(|news| !matches!(news, RegistrationEvents::Cell | RegistrationEvents::Cause));
        self.settings.restore_registration = other;
        let set = standard::RegistrationSet(Domain::Eps, RegistrationEvents::Cell);
        Ok(other.map(|_| set.request()))
    }

    fn news_set(&mut self, reply: &Reply) {
        if !reply.is_answer() && *reply != Reply::none() {
            self.settings.restore_registration = None;
        }
    }

    /// Puts back what was set, on one line where the modem takes that. A question goes last, whose answer shows that all
    /// before it was done: some modems pass over what stands behind the first command.
    pub(super) async fn put_back(&mut self) -> Result<()> {
        let mut lines = Vec::new();
        if let Some(format) = self.settings.restore_name_format.take() {
            lines.push(Request::plain(format!("AT+COPS=3,{format}")));
        }
        if let Some(news) = self.settings.restore_registration.take() {
            lines.push(standard::RegistrationSet(Domain::Eps, news).request());
        }
        if let Some(news) = self.settings.restore_circuits.take() {
            lines.push(standard::RegistrationSet(Domain::Circuit, news).request());
        }
        if std::mem::take(&mut self.settings.restore_errors) {
            lines.push(standard::CmeeSet(ErrorReport::Off).request());
        }
        if lines.len() > 1 && self.settings.errors.is_some() {
            lines.push(standard::CmeeRead.request());
            return self.together(lines).await.map(drop);
        }
        for line in lines {
            self.exchange(line, Leave::NONE).await?;
        }
        Ok(())
    }
}
