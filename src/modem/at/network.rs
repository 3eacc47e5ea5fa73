//! Where an AT modem stands with its network: what its domains say as one, and the network that it names, as a code.

use super::{AtModem, words};
use crate::at::Request;
use crate::at::result::{Final, Reply};
use crate::at::standard::registration::RegistrationStatus;
use crate::at::standard::{self, Command};
use crate::domain::registration::{self, DomainReport};
use crate::domain::{Domain, Plmn};
use crate::guard::Leave;
use crate::modem::{Ending, Error, Modem as _, Result, Selection};

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
            match self.ask_domain(domain).await {
                Ok(status) => reports.push(words::domain_report(domain, &status)),
                Err(error @ Error::Unreadable { .. }) => unreadable = unreadable.or(Some(error)),
                // Left unanswered, it may be answered later.
                Err(Error::Refused {
                    end: Ending::Untold,
                    ..
                }) => {}
                Err(Error::Refused { .. }) => refused.push(domain),
                Err(error) => return Err(error),
            }
            if reports.last().is_some_and(|r| r.state.is_registered()) {
                break;
            }
        }
        let Some(stands) = registration::combined(&reports) else {
            let refusal = || words::refusal("AT+CEREG?".to_owned(), &Final::Error);
            return Err(unreadable.unwrap_or_else(refusal));
        };
        // Where another was answered, a refusal is not for want of a SIM or of time.
        self.known.without.extend(refused);
        Ok(stands)
    }

    async fn ask_domain(&mut self, domain: Domain) -> Result<RegistrationStatus> {
        let command = standard::RegistrationRead(domain);
        let reply = self.ask(command.request(), Leave::NONE).await?;
        if domain == Domain::Eps && !self.settings.watches_registration {
            // Whoever wants its news later need not ask what is set.
            self.settings.registration_found = words::news(&reply);
        }
        command.parse(&reply).map_err(words::unreadable)
    }

    /// The operator as the modem names it now, and as a code: asked for wherever it is not told. Some print an empty name,
    /// or none, for a network that they do not know; some cannot be had to print codes at all.
    pub(super) async fn operator(&mut self) -> Result<Selection> {
        let reply = self
            .ask(standard::OperatorRead.request(), Leave::NONE)
            .await?;
        let now = standard::OperatorRead
            .parse(&reply)
            .map_err(words::unreadable)?;
        let kept = self.known.name.clone();
        let kept = kept.filter(|name| Some(name.0) == now.plmn).map(|n| n.1);
        let mut selection = Selection {
            mode: now.mode,
            plmn: now.plmn,
            in_use: now.plmn.is_some(),
            operator_name: now.name.or(kept),
            access: now.access,
        };
        if let Some(registration) = &mut self.known.registration
            && registration.state.is_registered()
        {
            registration.access = registration.access.or(selection.access);
        }
        let registered = self.known.registration;
        let registered = registered.is_some_and(|r| r.state.is_registered());
        // Where a format stands before it, or the modem was just seen registered, there is a network to ask for.
        let names_one =
            selection.operator_name.is_some() || words::tells_format(&reply) || registered;
        if selection.plmn.is_some() || !names_one {
            return Ok(selection);
        }
        selection.in_use = true;
        selection.plmn = self.plmn_of_cell();
        if selection.plmn.is_none() && !self.known.tells_no_code {
            selection.plmn = self.coded(&reply).await?;
            self.known.tells_no_code = selection.plmn.is_none() && registered;
        }
        if selection.plmn.is_none() {
            selection.plmn = self.plmn_of_name(selection.operator_name.as_deref());
        }
        if selection.plmn.is_none() && registered {
            self.reading().await?;
            selection.plmn = self.plmn_of_cell();
        }
        self.known.name = selection.plmn.zip(selection.operator_name.clone());
        if let Some((plmn, name)) = self.known.name.clone() {
            self.know_name(&name, plmn);
        }
        Ok(selection)
    }

    /// The code of the network in use. The format is changed and read in one line, so that nobody comes in between. It is
    /// noted first: whoever gives this up half-way still puts it back.
    async fn coded(&mut self, named: &Reply) -> Result<Option<Plmn>> {
        let numeric = Request::new("AT+COPS=3,2;+COPS?", "+COPS:");
        let format = words::name_format(named);
        self.settings.restore_name_format = self.settings.restore_name_format.or(format);
        let coded = self.inquire(numeric).await?;
        if !coded.is_answer() {
            return Ok(None);
        }
        let again = standard::OperatorRead.parse(&coded).ok();
        Ok(again.and_then(|again| again.plmn))
    }

    /// The code that a name is known to stand for, where it is one network's alone.
    fn plmn_of_name(&self, name: Option<&str>) -> Option<Plmn> {
        let name = name?;
        let mut known = self.known.names.iter().filter(|(other, _)| other == name);
        let code = known.next()?.1;
        known.all(|(_, other)| *other == code).then_some(code)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::link::Driver;
    use crate::modem::Way;
    use crate::os::clock::Clock;
    use crate::sim::{self, Scenario, VirtualModem};

    #[tokio::test(start_paused = true)]
    async fn a_name_that_two_networks_have_stands_for_neither() {
        let home = Scenario::from_toml("base = \"home\"\n", "home").unwrap();
        let device = Arc::new(Mutex::new(VirtualModem::new(&home)));
        let clock = Clock::system();
        let driver = Driver::spawn(sim::spawn(device, clock.clone()), clock.clone());
        let opened = AtModem::open(driver, clock, "sim".to_owned(), None, Way::None, None).await;
        let mut modem = opened.unwrap();
        let (sfr, free) = ("20810".parse().unwrap(), "20815".parse().unwrap());
        modem.know_name("Partner", sfr);
        modem.know_name("Partner", sfr);
        assert_eq!(modem.plmn_of_name(Some("Partner")), Some(sfr));
        modem.know_name("Partner", free);
        assert_eq!(modem.plmn_of_name(Some("Partner")), None);
        modem.know_name("Other", free);
        assert_eq!(modem.plmn_of_name(Some("Other")), Some(free));
        assert_eq!(modem.plmn_of_name(Some("Nobody")), None);
        assert_eq!(modem.plmn_of_name(None), None);
        modem.close().await.unwrap();
    }
}
