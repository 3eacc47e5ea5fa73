//! Where a modem stands with its network: registration, access technology, selection mode.
//!
//! The numbers are those of 3GPP TS 27.007 (7.2 for registration, 7.3 for selection and access technology).

use serde::{Deserialize, Serialize};

/// Registration as `+CEREG` and its kin state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// Registered with the SIM's own network.
    Home,
    /// Registered with another one: the normal state of a multi-operator SIM.
    Roaming,
    /// Looking for a network.
    Searching,
    /// The network refused.
    Denied,
    /// Neither registered nor looking.
    NotRegistered,
    /// Emergency calls only: no data.
    EmergencyOnly,
    /// Text messages only: no data.
    SmsOnly,
    /// The modem does not know, or said something unheard of.
    #[serde(other)]
    Unknown,
}

impl RegistrationState {
    /// From the `<stat>` of `+CREG`, `+CGREG`, `+CEREG` or `+C5GREG`.
    pub fn from_stat(stat: u8) -> Self {
        match stat {
            0 => Self::NotRegistered,
            // 9 and 10 say "CSFB not preferred", which changes nothing for data.
            1 | 9 => Self::Home,
            2 => Self::Searching,
            3 => Self::Denied,
            5 | 10 => Self::Roaming,
            6 | 7 => Self::SmsOnly,
            // 11 is access to restricted local operator services: as good as emergency only.
            8 | 11 => Self::EmergencyOnly,
            _ => Self::Unknown,
        }
    }

    /// Whether data can flow.
    pub fn is_registered(self) -> bool {
        matches!(self, Self::Home | Self::Roaming)
    }
}

/// The part of a network that a registration is with. Each has a state of its own, and they may disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    /// Circuits: 2G and 3G voice.
    Circuit,
    /// Packets over 2G and 3G.
    Packet,
    /// LTE.
    Eps,
    /// 5G on its own.
    FiveGs,
}

impl Domain {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Circuit, Self::Packet, Self::Eps, Self::FiveGs];
}

/// What one domain says of its registration. Unknown is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DomainReport {
    /// Which.
    pub domain: Domain,
    /// Its state.
    pub state: RegistrationState,
    /// Its technology.
    pub access: Option<Access>,
    /// Its location or tracking area.
    pub area: Option<u32>,
    /// Its cell.
    pub cell: Option<u64>,
}

/// Where a modem stands, out of what its domains say: the report of the one that decides. `None` where none said
/// anything.
///
/// Registered where any domain that carries data is, and without one where any is; refused only where none is
/// registered or still trying, since one domain's refusal (LTE not in the subscription, 5G not here) says nothing of the
/// others. The technology, the area and the cell are those of the domain that decides; what it leaves out is another's
/// only if that one stands there too.
pub fn combined(reports: &[DomainReport]) -> Option<DomainReport> {
    let decides = *reports
        .iter()
        .min_by_key(|report| (weight(report.state), later(report.domain)))?;
    if !decides.state.is_registered() {
        return Some(decides);
    }
    let beside = || {
        let others = reports.iter();
        others.filter(|other| other.state.is_registered() && other.domain != decides.domain)
    };
    let access = decides.access.or_else(|| beside().find_map(|r| r.access));
    // An area and a cell belong together, and to one technology.
    let place = beside().find(|r| r.cell.is_some() && (r.access == access || r.access.is_none()));
    Some(match place.filter(|_| decides.cell.is_none()) {
        Some(place) => DomainReport {
            access,
            area: place.area,
            cell: place.cell,
            ..decides
        },
        None => DomainReport { access, ..decides },
    })
}

/// Which state decides, the least first.
fn weight(state: RegistrationState) -> u8 {
    match state {
        RegistrationState::Home | RegistrationState::Roaming => 0,
        RegistrationState::SmsOnly => 1,
        RegistrationState::Searching => 2,
        RegistrationState::Denied => 3,
        RegistrationState::EmergencyOnly => 4,
        RegistrationState::NotRegistered => 5,
        RegistrationState::Unknown => 6,
    }
}

/// Among domains that say the same: the newer technology's, whose report has the cell in use. No data flows through
/// circuits, so they come last; being registered for them alone is being on the network all the same.
fn later(domain: Domain) -> u8 {
    match domain {
        Domain::FiveGs => 0,
        Domain::Eps => 1,
        Domain::Packet => 2,
        Domain::Circuit => 3,
    }
}

/// Radio access technology in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// 2G.
    Gsm,
    /// 3G.
    Umts,
    /// 4G, its narrow forms included.
    Lte,
    /// 4G anchor with a 5G leg.
    NrNsa,
    /// 5G alone.
    Nr,
}

impl Access {
    /// From the `<AcT>` of `+COPS` and `+CEREG`; `None` for a number that no table names.
    pub fn from_act(act: u8) -> Option<Self> {
        match act {
            0 | 1 | 3 => Some(Self::Gsm),
            2 | 4..=6 => Some(Self::Umts),
            // 8 and 9 are the narrow-band forms; u-blox prints 8 for LTE-M where 27.007 says EC-GSM-IoT.
            7..=9 => Some(Self::Lte),
            10..=12 => Some(Self::Nr),
            13 => Some(Self::NrNsa),
            _ => None,
        }
    }
}

/// Who chooses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SelectionMode {
    /// A person did: the mode opensim works in.
    Manual,
    /// The modem does.
    Automatic,
    /// Nobody: the modem was told to leave the network.
    Deregistered,
    /// Not known.
    #[serde(other)]
    Unknown,
}

impl SelectionMode {
    /// From the `<mode>` of `+COPS?`.
    pub fn from_mode(mode: u8) -> Self {
        match mode {
            // Mode 4 falls back to automatic by itself, so that is what it is to a user.
            0 | 4 => Self::Automatic,
            1 => Self::Manual,
            2 => Self::Deregistered,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_home_and_roaming_carry_data() {
        let carrying: Vec<u8> = (0..=255)
            .filter(|s| RegistrationState::from_stat(*s).is_registered())
            .collect();
        assert_eq!(carrying, [1, 5, 9, 10]);
    }

    fn said(domain: Domain, stat: u8) -> DomainReport {
        DomainReport {
            domain,
            state: RegistrationState::from_stat(stat),
            access: None,
            area: None,
            cell: None,
        }
    }

    /// What the four commands say, in the order CREG, CGREG, CEREG, C5GREG; `-` is a command that the modem does not
    /// know.
    fn reports(row: &str) -> Vec<DomainReport> {
        let stats = row.split_whitespace();
        let known = stats.zip(Domain::ALL).filter(|(stat, _)| *stat != "-");
        known
            .map(|(stat, domain)| said(domain, stat.parse().unwrap()))
            .collect()
    }

    #[test]
    fn domains_that_disagree_have_one_truth() {
        use Domain::{Circuit, Eps, FiveGs, Packet};
        use RegistrationState::{
            Denied, EmergencyOnly, Home, NotRegistered, Roaming, Searching, SmsOnly, Unknown,
        };
        #[rustfmt::skip]
        let table: &[(&str, &str, RegistrationState, Domain)] = &[
            //  CS PS EPS 5GS
            ("LTE alone",                        "1 0 1 -", Home,          Eps),
            ("LTE, roaming",                     "5 5 5 0", Roaming,       Eps),
            ("3G while LTE still searches",      "5 5 2 -", Roaming,       Packet),
            ("3G, no CGREG",                     "5 - 2 -", Roaming,       Circuit),
            ("3G, LTE refused",                  "5 5 3 -", Roaming,       Packet),
            ("data alone, voice refused",        "3 1 0 -", Home,          Packet),
            ("voice alone, packets refused",     "1 3 0 -", Home,          Circuit),
            ("5G alone",                         "0 0 2 1", Home,          FiveGs),
            ("5G alone, LTE says not",           "0 - 0 5", Roaming,       FiveGs),
            ("5G refused, LTE good",             "1 - 1 3", Home,          Eps),
            ("CSFB not preferred",               "9 - 1 -", Home,          Eps),
            ("CSFB not preferred, no EPS told",  "10 - - -", Roaming,      Circuit),
            ("refused everywhere",               "3 3 3 3", Denied,        FiveGs),
            ("LTE refused, 3G still tried",      "2 0 3 -", Searching,     Circuit),
            ("voice refused, LTE still tried",   "3 - 2 -", Searching,     Eps),
            ("refused, the rest idle",           "0 0 3 -", Denied,        Eps),
            ("refused, emergencies only",        "8 0 3 -", Denied,        Eps),
            ("texts only",                       "6 0 0 -", SmsOnly,       Circuit),
            ("texts only while LTE searches",    "7 0 2 -", SmsOnly,       Circuit),
            ("texts only, LTE good",             "6 - 5 -", Roaming,       Eps),
            ("emergencies only",                 "8 8 8 -", EmergencyOnly, Eps),
            ("emergencies only, the rest idle",  "11 0 0 0", EmergencyOnly, Circuit),
            ("idle",                             "0 0 0 0", NotRegistered, FiveGs),
            ("idle or not known",                "0 - 4 -", NotRegistered, Circuit),
            ("not known",                        "4 4 4 -", Unknown,       Eps),
        ];
        for (name, row, state, domain) in table {
            let decides = combined(&reports(row)).unwrap();
            assert_eq!((decides.state, decides.domain), (*state, *domain), "{name}");
        }
        assert_eq!(combined(&[]), None);
    }

    #[test]
    fn over_every_combination_the_rules_hold() {
        let stats: Vec<String> = (0..=12)
            .map(|stat| stat.to_string())
            .chain(["-".to_owned()])
            .collect();
        let carries_data = |report: &DomainReport| report.domain != Domain::Circuit;
        let mut seen = 0;
        for row in 0..stats.len().pow(4) {
            let column = |place: u32| &*stats[row / stats.len().pow(place) % stats.len()];
            let row = format!("{} {} {} {}", column(0), column(1), column(2), column(3));
            let all = reports(&row);
            let Some(decides) = combined(&all) else {
                assert_eq!(row, "- - - -");
                continue;
            };
            let any = |is: &dyn Fn(&DomainReport) -> bool| all.iter().any(is);
            let registered = any(&|r| r.state.is_registered());
            assert_eq!(decides.state.is_registered(), registered, "{row}");
            if any(&|r| r.state.is_registered() && carries_data(r)) {
                assert!(carries_data(&decides), "{row}");
            }
            if decides.state == RegistrationState::Denied {
                let tries = |r: &DomainReport| r.state == RegistrationState::Searching;
                assert!(!registered && !any(&tries), "{row}");
            }
            assert!(all.contains(&decides), "{row}: nothing is made up");
            let mut backwards = all.clone();
            backwards.reverse();
            assert_eq!(
                combined(&backwards),
                Some(decides),
                "{row}: asked in any order"
            );
            seen += 1;
        }
        assert_eq!(seen, 14_usize.pow(4) - 1);
    }

    #[test]
    fn what_the_deciding_domain_leaves_out_is_taken_from_one_that_stands_there_too() {
        let mut circuit = said(Domain::Circuit, 5);
        circuit.access = Some(Access::Umts);
        circuit.area = Some(0x2710);
        circuit.cell = Some(0xA_1B201);
        let packet = said(Domain::Packet, 5);
        let decides = combined(&[circuit, packet, said(Domain::Eps, 2)]).unwrap();
        assert_eq!(decides.domain, Domain::Packet);
        assert_eq!(decides.access, Some(Access::Umts));
        assert_eq!((decides.area, decides.cell), (circuit.area, circuit.cell));
        // Another technology's cell is not this one's.
        let mut lte = said(Domain::Eps, 5);
        lte.access = Some(Access::Lte);
        let decides = combined(&[circuit, lte]).unwrap();
        assert_eq!((decides.access, decides.cell), (Some(Access::Lte), None));
        // Nor is that of a domain that is not registered.
        let mut left = said(Domain::Circuit, 2);
        (left.cell, left.access) = (Some(7), Some(Access::Gsm));
        let decides = combined(&[left, packet]).unwrap();
        assert_eq!((decides.access, decides.cell), (None, None));
        // A technology is told without a cell too.
        let mut bare = said(Domain::Circuit, 5);
        bare.access = Some(Access::Umts);
        let decides = combined(&[bare, packet]).unwrap();
        assert_eq!((decides.access, decides.cell), (Some(Access::Umts), None));
        // One that tells no technology stands on the same.
        let mut silent = circuit;
        silent.access = None;
        let mut named = packet;
        named.access = Some(Access::Umts);
        let decides = combined(&[silent, named]).unwrap();
        assert_eq!((decides.area, decides.cell), (circuit.area, circuit.cell));
        // What the deciding domain tells itself is not replaced.
        (named.area, named.cell) = (Some(3), Some(9));
        let decides = combined(&[circuit, named]).unwrap();
        assert_eq!((decides.area, decides.cell), (Some(3), Some(9)));
    }

    #[test]
    fn manual_then_automatic_is_automatic() {
        assert_eq!(SelectionMode::from_mode(4), SelectionMode::Automatic);
    }

    #[test]
    fn each_number_of_who_chooses_is_read_and_an_unheard_of_one_is_unknown() {
        use SelectionMode::{Automatic, Deregistered, Manual, Unknown};
        let modes = [0, 1, 2, 3, 4, 5, 255].map(SelectionMode::from_mode);
        let expected = [
            Automatic,
            Manual,
            Deregistered,
            Unknown,
            Automatic,
            Unknown,
            Unknown,
        ];
        assert_eq!(modes, expected);
    }

    #[test]
    fn each_number_of_a_technology_is_read_and_one_that_no_table_has_is_none() {
        let numbers = |access| -> Vec<u8> {
            let all = 0..=255;
            all.filter(|act| Access::from_act(*act) == access).collect()
        };
        assert_eq!(numbers(Some(Access::Gsm)), [0, 1, 3]);
        assert_eq!(numbers(Some(Access::Umts)), [2, 4, 5, 6]);
        assert_eq!(numbers(Some(Access::Lte)), [7, 8, 9]);
        assert_eq!(numbers(Some(Access::Nr)), [10, 11, 12]);
        assert_eq!(numbers(Some(Access::NrNsa)), [13]);
        assert_eq!(numbers(None).len(), 256 - 14);
    }
}
