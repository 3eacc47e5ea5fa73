//! Where an AT modem stands with its network: what its domains say as one, and the network that it names, as a code.

use super::{AtModem, words};
use crate::at::Request;
use crate::at::result::Final;
use crate::at::standard::{self, Command};
use crate::domain::registration::{self, DomainReport};
use crate::domain::{Domain, Plmn};
use crate::link::guard::Leave;
use crate::modem::{Error, Result, Selection};

impl AtModem {
    /// The network of the serving cell, where the modem was just seen registered on that very cell: it spares the
    /// change of the name format and its way back.
    fn plmn_of_cell(&self) -> Option<Plmn> {
        let registration = self
            .known
            .registration
            .filter(|r| r.state.is_registered())?;
        let cell = self.known.cell.as_ref()?;
        let same = registration
            .cell_id
            .is_none_or(|id| cell.cell_id == Some(id));
        cell.plmn.filter(|_| same)
    }

    /// What the domains say, as one: LTE first, and the others until one is registered. A domain whose command the
    /// modem does not know is not asked again.
    pub(super) async fn ask_domains(&mut self) -> Result<DomainReport> {
        let (mut reports, mut refused, mut unreadable) = (Vec::new(), Vec::new(), None);
        for domain in [Domain::Eps, Domain::Circuit, Domain::FiveGs, Domain::Packet] {
            if self.known.without.contains(&domain) {
                continue;
            }
            match self.run(&standard::RegistrationRead(domain)).await {
                Ok(status) => reports.push(words::domain_report(domain, &status)),
                Err(error @ Error::Unreadable { .. }) => unreadable = unreadable.or(Some(error)),
                Err(Error::Refused { .. }) => refused.push(domain),
                Err(error) => return Err(error),
            }
            if reports.last().is_some_and(|r| r.state.is_registered()) {
                break;
            }
        }
        let Some(stands) = registration::combined(&reports) else {
            let refusal = || words::refusal("AT+CEREG?".to_owned(), Final::Error);
            return Err(unreadable.unwrap_or_else(refusal));
        };
        // Where another was answered, a refusal is not for want of a SIM or of time.
        self.known.without.extend(refused);
        Ok(stands)
    }

    /// The operator as the modem names it now, and as a number.
    pub(super) async fn operator(&mut self) -> Result<Selection> {
        let reply = self
            .ask(standard::OperatorRead.request(), Leave::NONE)
            .await?;
        let now = standard::OperatorRead
            .parse(&reply)
            .map_err(words::unreadable)?;
        let mut selection = Selection {
            mode: now.mode,
            plmn: now.plmn,
            operator_name: now.name.or_else(|| {
                self.known
                    .name
                    .clone()
                    .filter(|n| Some(n.0) == now.plmn)
                    .map(|n| n.1)
            }),
            access: now.access,
        };
        if let Some(registration) = &mut self.known.registration
            && registration.state.is_registered()
        {
            registration.access = registration.access.or(selection.access);
        }
        // Some print an empty name, or none, for a network whose name they do not know. Where a format stands before it,
        // or the modem was just seen registered, there is a network to ask for.
        let format = words::name_format(&reply);
        let names_one = selection.operator_name.is_some()
            || words::tells_format(&reply)
            || self
                .known
                .registration
                .is_some_and(|r| r.state.is_registered());
        if selection.plmn.is_none() && names_one {
            selection.plmn = self.plmn_of_cell();
        }
        if selection.plmn.is_none() && names_one {
            // The format is changed and read in one line, so that nobody comes in between. It is noted first: whoever
            // gives this up half-way still puts it back.
            let numeric = Request::new("AT+COPS=3,2;+COPS?", "+COPS:");
            self.settings.restore_name_format = self.settings.restore_name_format.or(format);
            let coded = self.exchange(numeric, Leave::NONE).await?;
            if coded.end.is_ok() {
                selection.plmn = standard::OperatorRead
                    .parse(&coded)
                    .ok()
                    .and_then(|again| again.plmn);
                self.known.name = selection.plmn.zip(selection.operator_name.clone());
            }
        }
        Ok(selection)
    }
}
