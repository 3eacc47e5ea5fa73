//! What the line carries and what it reaches, on one bill: measured once, told by several checks and in the inventory.

use super::{Examination, Found, fail, of_error, pass, skip, warn};
use crate::document::{CheckRow, Home, LinkRow, Note};
use crate::domain::codes::Code;
use crate::domain::doctor::DoctorCheck;
use crate::domain::measured::{CheckKind, Reachability};
use crate::measure::{self, Via, reach};
use crate::modem::{DataLink, Error as ModemError};
use crate::ops::measure::link_in_use;
use crate::ops::measuring::{end, link_row};
use crate::ops::{Error, Step};

/// What came of trying the line.
pub(super) struct Carried {
    /// What it carries; `None` where there was no line, or nothing to measure against.
    row: Option<LinkRow>,
    /// Why there was no line, or nothing to measure against.
    hindrance: Option<Found>,
    /// What was asked for over it.
    checks: Vec<CheckRow>,
    /// Whether a call was to be rated.
    has_call: bool,
}

impl Examination<'_, '_> {
    /// Measures the modem's line, or else the usual one, and asks for what was named.
    pub(super) async fn try_line(&mut self) -> Carried {
        let mut carried = Carried {
            row: None,
            hindrance: None,
            checks: Vec::new(),
            has_call: self.request.measure.voice.is_some(),
        };
        if let Err(error) = measure::possible() {
            carried.hindrance = Some(skip(of_error(&Error::from(error))));
            return carried;
        }
        if self.modem.is_none() {
            match self.facts.line() {
                Ok(line) => {
                    let link = DataLink {
                        via: Via::Interface(line.interface),
                        name_servers: Vec::new(),
                        server: None,
                    };
                    self.measure(&link, &mut carried).await;
                }
                Err(found) => carried.hindrance = Some(found),
            }
            return carried;
        }
        let has_nothing_to_do = !self.wants_rates() && self.request.measure.checks.is_empty();
        let (Some(modem), false) = (self.modem.as_deref_mut(), has_nothing_to_do) else {
            return carried;
        };
        match link_in_use(modem, self.context).await {
            Ok(session) => {
                let link = session.link().clone();
                self.measure(&link, &mut carried).await;
                end(session).await;
            }
            Err(error) => carried.hindrance = Some(of_line(&error)),
        }
        carried
    }

    fn wants_rates(&self) -> bool {
        self.request.wants(DoctorCheck::Throughput) || self.request.wants(DoctorCheck::Voice)
    }

    async fn measure(&self, link: &DataLink, carried: &mut Carried) {
        let (measurer, cancel) = (&self.measurer, &self.context.cancel);
        let interface = link.via.interface();
        if self.wants_rates() {
            match measurer.server(link) {
                Ok(_) => {
                    self.context.begin(&measurer.step(interface));
                    let measured = measurer.measure(link, 1, cancel).await;
                    let row = link_row(interface, measured.as_ref(), &self.request.measure.need);
                    if let Err(unmeasured) = &measured {
                        carried.hindrance = Some(of_line(&unmeasured.error));
                    }
                    carried.row = Some(row);
                }
                Err(error) => carried.hindrance = Some(skip(of_error(&error))),
            }
        }
        if !self.request.measure.checks.is_empty() {
            self.context.begin(&Step::Checking {
                what: interface.to_owned(),
                limit: reach::LONGEST,
            });
            // Only the person who stops it ends it, and then nothing more is told.
            carried.checks = measurer.check(link, cancel).await.unwrap_or_default();
        }
    }
}

/// What keeps a line from carrying anything is a fault of it; what says nothing of the line is none.
fn of_line(error: &Error) -> Found {
    let is_of_modem = matches!(error, Error::Modem(ModemError::Data(_)));
    if error.is_of_the_link() || is_of_modem {
        fail(of_error(error))
    } else {
        warn(of_error(error))
    }
}

impl Carried {
    pub(super) fn throughput(&self) -> Found {
        let Some(row) = self.row.as_ref().filter(|row| row.error.is_none()) else {
            return self.unmeasured();
        };
        let of_rate = |note: &&Note| note.values.contains_key("way");
        let notes: Vec<&Note> = row.why.iter().filter(of_rate).collect();
        let told = |code: Code| notes.iter().find(|note| note.code == code);
        for (code, end) in [
            (Code::MEASURE_BELOW, fail as fn(Note) -> Found),
            (Code::MEASURE_NO_DATA, fail),
            (Code::MEASURE_UNCERTAIN, warn),
            (Code::MEASURE_CUT_SHORT, warn),
            (Code::MEASURE_BUDGET_SPENT, warn),
        ] {
            if let Some(note) = told(code) {
                return end((*note).clone());
            }
        }
        let throughput = row.throughput.as_ref();
        let low = |way: Option<&crate::document::Direction>| way.and_then(|way| way.low_bps);
        let note = Note::new(Code::DOCTOR_SPEED)
            .with("down_bps", low(throughput.and_then(|t| t.down.as_ref())));
        pass(note.with("up_bps", low(throughput.and_then(|t| t.up.as_ref()))))
    }

    pub(super) fn voice(&self) -> Found {
        if !self.has_call {
            return skip(Note::new(Code::DOCTOR_UNREAD));
        }
        let Some(row) = self.row.as_ref().filter(|row| row.error.is_none()) else {
            return self.unmeasured();
        };
        let of_call = |note: &&Note| note.code.as_str().starts_with("voice.");
        let told = |code: Code| {
            row.why
                .iter()
                .filter(of_call)
                .find(|note| note.code == code)
        };
        for (code, end) in [
            (Code::VOICE_BELOW, fail as fn(Note) -> Found),
            (Code::VOICE_MEETS, pass),
            (Code::VOICE_ALONE, pass),
        ] {
            if let Some(note) = told(code) {
                return end(note.clone());
            }
        }
        match row.why.iter().find(of_call) {
            Some(note) => warn(note.clone()),
            None => super::unread(),
        }
    }

    /// Why nothing was measured. The check of the rates tells of a fault; another one only points to it.
    fn unmeasured(&self) -> Found {
        self.hindrance.clone().unwrap_or_else(super::unread)
    }

    /// Whether the servers of a kind were reached.
    pub(super) fn reached(&self, check: DoctorCheck) -> Found {
        let rows: Vec<&CheckRow> = self
            .checks
            .iter()
            .filter(|row| kind(row) == Some(check))
            .collect();
        let of = |outcome| rows.iter().find(|row| row.outcome == outcome);
        if let Some(row) = of(Reachability::NotReached) {
            return fail(told(Code::DOCTOR_NOT_REACHED, row));
        }
        if let Some(row) = of(Reachability::Unknown) {
            return warn(told(Code::DOCTOR_NOT_REACHED, row));
        }
        match (rows.first(), &self.hindrance) {
            (Some(row), _) => {
                let targets: Vec<&str> = rows.iter().map(|row| row.target.as_str()).collect();
                let slowest = rows
                    .iter()
                    .filter_map(|row| row.latency_ms)
                    .max_by(f64::total_cmp);
                let note = told(Code::DOCTOR_REACHED, row).with("targets", targets);
                pass(note.with("latency_ms", slowest.map(f64::round)))
            }
            (None, Some((crate::domain::doctor::CheckOutcome::Fail, _))) => {
                super::blocked(DoctorCheck::Throughput)
            }
            (None, _) => skip(Note::new(Code::DOCTOR_NONE_NAMED).with("kind", check.as_str())),
        }
    }

    /// Puts what was found into the inventory.
    pub(super) fn tell(self, home: &mut Home) {
        if let Some(row) = &self.row {
            let mut lines = home.lines.iter_mut();
            let line = lines.find(|line| line.interface == row.interface);
            if let (Some(line), Some(throughput)) = (line, &row.throughput) {
                line.down_bps = throughput.down.as_ref().and_then(|way| way.estimate_bps);
                line.up_bps = throughput.up.as_ref().and_then(|way| way.estimate_bps);
                line.voice_mos = row.voice.as_ref().and_then(|voice| voice.mos);
            }
        }
        for row in self.checks {
            match kind(&row) {
                Some(DoctorCheck::Sip) => home.telephone.push(row),
                Some(DoctorCheck::Vpn) => home.vpn_servers.push(row),
                _ => {}
            }
        }
    }
}

/// The check that tells of a target.
fn kind(row: &CheckRow) -> Option<DoctorCheck> {
    Some(match row.id.known()? {
        CheckKind::Sip => DoctorCheck::Sip,
        CheckKind::Openvpn => DoctorCheck::Vpn,
        CheckKind::Tcp | CheckKind::Tls | CheckKind::Https => DoctorCheck::Web,
    })
}

/// A target with what was found of it, in that finding's own words.
fn told(code: Code, row: &CheckRow) -> Note {
    let found = row.found.as_ref().map(|note| (&note.code, &note.values));
    let fault = row.error.as_ref().map(|fault| (&fault.code, &fault.values));
    let mut note = Note::new(code);
    if let Some((finding, values)) = found.or(fault) {
        note.values.clone_from(values);
        note = note.with("finding", finding.as_str());
    }
    note.with("target", row.target.clone())
}
