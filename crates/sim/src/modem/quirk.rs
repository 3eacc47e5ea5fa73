//! What a modem's quirks do to whole command lines and commands, before a persona sees them.

use std::collections::VecDeque;
use std::time::Duration;

use super::VirtualModem;
use crate::line::{self, AtCommand, Form};
use crate::persona::{Answer, End, Persona, Settings};
use crate::quirks::{
    CellRow, Cmee, Fields, Joined, NetworkListAnswer, PdpContext, Quirks, RegistrationDomain,
    ResultCodes,
};

/// The settings after a restart, as the modem has them stored.
pub(super) fn stored(persona: &dyn Persona, quirks: &Quirks) -> Settings {
    let own = persona.settings();
    let context = |c: &PdpContext| (c.cid, c.kind.clone(), c.apn.clone());
    Settings {
        verbose: own.verbose && quirks.result_codes != ResultCodes::Numeric,
        quiet: own.quiet || quirks.result_codes == ResultCodes::None,
        contexts: if quirks.contexts.is_empty() {
            own.contexts
        } else {
            quirks.contexts.iter().map(context).collect()
        },
        in_use: match (quirks.active_context, quirks.contexts.first()) {
            (0, None) => own.in_use,
            (0, Some(first)) => first.cid,
            (cid, _) => cid,
        },
        ..own
    }
}

/// The longest joined line that a modem takes which refuses long ones.
const LONGEST_JOINED: usize = 16;

/// The domains whose registration the modem can tell.
pub(super) fn domains(persona: &dyn Persona, quirks: &Quirks) -> Vec<RegistrationDomain> {
    let all = persona.domains().iter().copied();
    all.filter(|domain| !quirks.no_domain.contains(domain))
        .collect()
}

impl VirtualModem {
    /// Begins what follows `AT`, as the modem takes a line of several parts.
    pub(super) fn begin_joined(&mut self, body: &str, late: Duration) {
        let parts = line::parts(body);
        let joined = self.state.quirks.joined;
        if parts.len() < 2 || joined == Joined::Accepted {
            self.begin(line::commands(body).into(), late);
            return;
        }
        match joined {
            Joined::LongRefused if "AT".len() + body.len() > LONGEST_JOINED => {
                self.begin(VecDeque::from([AtCommand::unreadable()]), late);
            }
            Joined::Accepted | Joined::EchoTwice | Joined::LongRefused | Joined::OkEach => {
                self.begin(line::commands(body).into(), late);
            }
            Joined::ErrorAfterFirst => {
                let mut commands: VecDeque<_> = line::commands(parts[0]).into();
                commands.push_back(AtCommand::unreadable());
                self.begin(commands, late);
            }
            Joined::FirstOnly => self.begin(line::commands(parts[0]).into(), late),
            Joined::Refused => self.begin(VecDeque::from([AtCommand::unreadable()]), late),
        }
        if joined == Joined::EchoTwice && self.state.settings.echo {
            let mut at = 0;
            let mut echoes = VecDeque::new();
            for part in parts {
                echoes.push_back((at, format!("AT{part}")));
                at += line::commands(part).len();
            }
            if let Some(job) = &mut self.job {
                job.echoes = echoes;
            }
        }
    }

    /// The answer that the modem's quirks have for a command in place of the usual one.
    pub(super) fn quirk_answer(&mut self, command: &AtCommand) -> Option<Answer> {
        let quirks = &self.state.quirks;
        match (command.name.as_str(), &command.form) {
            ("E", _) if quirks.echo_stuck => Some(Answer::ok()),
            ("Z", _) => {
                let contexts = std::mem::take(&mut self.state.settings.contexts);
                self.state.settings = Settings {
                    contexts,
                    ..stored(self.persona, &self.state.quirks)
                };
                Some(Answer::ok())
            }
            ("+CMEE", Form::Read) => match quirks.cmee {
                Cmee::Value => None,
                Cmee::BareOk => Some(Answer::ok()),
                Cmee::Error => Some(Answer::error()),
            },
            ("+COPS", Form::Test) if quirks.network_list == NetworkListAnswer::Error => {
                Some(Answer::error())
            }
            ("+COPS", Form::Set(_)) => self.refuse(command),
            ("+CREG", _) => self.unless_known(RegistrationDomain::Cs),
            ("+CGREG", _) => self.unless_known(RegistrationDomain::Ps),
            ("+CEREG", _) => self.unless_known(RegistrationDomain::Eps),
            ("+C5GREG", _) => self.unless_known(RegistrationDomain::FiveGs),
            (_, Form::Test) => None,
            (name, _) if self.refuses_row(name) => Some(Answer::error()),
            _ => None,
        }
    }

    /// Whether a command of the vendor's own for the cell is refused this time.
    fn refuses_row(&mut self, name: &str) -> bool {
        let own = self.persona.cell_rows().iter().find(|row| **row == name);
        let Some(own) = own else { return false };
        match self.state.quirks.cell_row {
            CellRow::Readable => false,
            CellRow::Error => true,
            CellRow::ErrorOnce => {
                let first = !self.rows_asked.contains(own);
                if first {
                    self.rows_asked.push(own);
                }
                first
            }
        }
    }

    /// The answer with its rows as long as the modem makes them.
    pub(super) fn reshaped(&self, command: &AtCommand, mut answer: Answer) -> Answer {
        let fields = self.state.quirks.cell_row_fields;
        let own = self.persona.cell_rows().contains(&command.name.as_str());
        if own && fields != Fields::Usual && command.form != Form::Test {
            // A heading is no row.
            let rows = answer.lines.iter_mut();
            for row in rows.filter(|row| row.matches(',').count() >= 4) {
                *row = self.persona.reshaped(row, fields);
            }
        }
        answer
    }

    fn unless_known(&self, domain: RegistrationDomain) -> Option<Answer> {
        (!self.state.domains.contains(&domain)).then(|| Answer::end(End::Unknown))
    }
}
