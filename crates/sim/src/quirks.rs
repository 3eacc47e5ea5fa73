//! How modems of the field differ from the standard and from the well behaved: what a scenario's `[quirks]` table says.
//! Data alone: `modem` and `persona` act on it, each family in its own words.
//!
//! A quirk is a habit of the device: it lasts as long as the device and survives its restart, unlike a fault. Quirks
//! combine freely; the default has none. A new one is a row of the table below, with its doc, the kind of its value
//! (`value`), and every value of it that is tried: the scenario's key, `--quirk`'s help and [`Quirks::catalogue`] follow.

use std::time::Duration;

use serde::Deserialize;

mod value;

pub(crate) use value::{
    AfterRefusal, Branches, CellRow, Cmee, Dead, Domains, Empty, Fields, Joined, Location,
    NetworkListAnswer, OperatorName, PdpContext, Refusal, RefusalWords, RegistrationDomain,
    ReportedLevels, ReportedStat, ResultCodes, Stuck, WordsAs,
};

/// Makes [`Quirks`], its keys and its catalogue of one row a key: its doc, the kind of its value, and under the names of
/// the catalogue the values that are tried, some of them `with` a line for another key.
macro_rules! quirks {
    ($(
        $(#[$doc:meta])*
        $key:ident: $kind:ty { $($name:literal = $value:literal $(with $line:literal)*,)* }
    )*) => {
        /// The quirks of a virtual modem.
        #[derive(Debug, Clone, Default, PartialEq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Quirks {
            $($(#[$doc])* pub(crate) $key: $kind,)*
        }

        const KEYS: &[&str] = &[$(stringify!($key)),*];

        /// Name and what stands in `[quirks]`.
        const CATALOGUE: &[(&str, &str)] = &[
            $($(($name, concat!(stringify!($key), " = ", $value $(, "\n", $line)*)),)*)*
        ];
    };
}

quirks! {
    /// The same for every domain that `registration` does not name.
    registered_as: ReportedStat {
        "sms-only" = r#""sms-only""#,
        "emergency-only" = r#""emergency-only""#,
        "stat-unknown" = r#""unknown""#,
        "stat-denied" = r#""denied""#,
        "stat-searching" = r#""searching""#,
        "stat-not-registered" = r#""not-registered""#,
        "csfb-not-preferred" = r#""csfb-not-preferred""#,
    }
    /// What each registration domain says while the modem is registered.
    registration: Domains {
        "eps-searching" = r#"{ eps = "searching" }"#,
        "eps-not-registered" = r#"{ eps = "not-registered" }"#,
        "eps-denied" = r#"{ eps = "denied" }"#,
        "eps-unknown" = r#"{ eps = "unknown" }"#,
        "cs-searching" = r#"{ cs = "searching" }"#,
        "cs-denied" = r#"{ cs = "denied" }"#,
        "cs-sms-only" = r#"{ cs = "sms-only" }"#,
        "cs-csfb-not-preferred" = r#"{ cs = "csfb-not-preferred" }"#,
        "ps-searching" = r#"{ ps = "searching" }"#,
        "ps-denied" = r#"{ ps = "denied" }"#,
        "fivegs-denied" = r#"{ fivegs = "denied" }"#,
        "cs-and-ps-denied" = r#"{ cs = "denied", ps = "denied", fivegs = "searching" }"#,
    }
    /// Domains whose command the modem does not know.
    no_domain: Vec<RegistrationDomain> {
        "no-ps-no-5gs" = r#"["ps", "fivegs"]"#,
        "no-eps" = r#"["eps", "fivegs"]"#,
        "no-cs" = r#"["cs"]"#,
    }
    /// What becomes of a command line of several commands.
    joined: Joined {
        "joined-refused" = r#""refused""#,
        "joined-first-only" = r#""first-only""#,
        "joined-echo-twice" = r#""echo-twice""#,
        "joined-long-refused" = r#""long-refused""#,
        "joined-error-after-first" = r#""error-after-first""#,
        "joined-ok-each" = r#""ok-each""#,
    }
    /// What stands in the vendor's own row, and in the standard's, where it holds nothing.
    empty_rows: Empty {
        "empty-zero" = r#""zero""#,
        "empty-ones" = r#""ones""#,
        "empty-dashes" = r#""dashes""#,
        "empty-smallest" = r#""smallest""#,
    }
    /// Command lines that begin so are never answered; what they ask is done, and all else is answered.
    silent_to: Vec<String> {
        "silent-to-csq" = r#"["AT+CSQ"]"#,
        "silent-to-names" = r#"["AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+CGSN", "ATI"]"#,
        "silent-to-sim" = r#"["AT+CIMI", "AT+CPINR", "AT+CNUM"]"#,
        "silent-to-contexts" = r#"["AT+CGDCONT?", "AT+CGCONTRDP", "AT+CGPADDR"]"#,
        "silent-to-cell-row" = r#"["AT+QENG", "AT+CPSI?", "AT^MONSC", "AT^HCSQ", "AT!GSTATUS", "AT#RFSTS", "AT+XMCI", "AT+GTCCINFO", "AT+UCGED?", "AT^SMONI", "AT+ZCELLINFO", "AT+MENG", "AT+CESQ"]"#,
        "silent-to-one-domain" = r#"["AT+CGREG?"]"#,
    }
    /// Command lines that begin so get their lines and no result code.
    no_final_to: Vec<String> {
        "no-final-to-csq" = r#"["AT+CSQ"]"#,
        "no-final-to-cops" = r#"["AT+COPS?"]"#,
        "no-final-to-network-list" = r#"["AT+COPS=?"]"#,
        "no-final-to-cimi" = r#"["AT+CIMI"]"#,
        "no-final-to-cell-row" = r#"["AT+QENG", "AT+CPSI?", "AT^MONSC", "AT^HCSQ", "AT!GSTATUS", "AT#RFSTS", "AT+XMCI", "AT+GTCCINFO", "AT+UCGED?", "AT^SMONI", "AT+ZCELLINFO", "AT+MENG", "AT+CESQ"]"#,
    }
    /// What `AT+COPS=?` answers instead of the networks.
    network_list: NetworkListAnswer {
        "network-list-error" = r#""error""#,
        "network-list-empty" = r#""empty""#,
        "network-list-bare-ok" = r#""bare-ok""#,
    }
    /// The radio is off at start.
    radio_off: bool {
        "radio-off" = "true",
    }
    /// How a selection by hand is refused.
    refuse_selection: Refusal {
        "refuse-error" = r#""error""#,
        "refuse-cme-30" = r#""cme-30""#,
        "refuse-and-lost" = r#""error-and-lost""#,
        "refuse-then-registers" = r#""error-then-registers""#,
        "refuse-once" = r#""cme-3""# with "refuse_selection_times = 1",
        "refuse-once-and-lost" = r#""error-and-lost""# with "refuse_selection_times = 1",
        "refuse-one-network" = r#""cme-32-and-lost""# with r#"refuse_selection_of = ["20810"]"#,
    }
    /// Only so many selections are refused; 0 for every one.
    refuse_selection_times: u32 {}
    /// Only the selection of these networks is refused; empty for every one.
    refuse_selection_of: Vec<String> {}
    /// What the SIM is said to be instead of ready.
    sim_words: Option<String> {
        "sim-busy-for-a-while" = r#""SIM BUSY""# with "sim_busy_s = 8",
        "sim-not-ready-for-a-while" = r#""NOT READY""# with "sim_busy_s = 8",
        "sim-busy-error-for-a-while" = r#""SIM BUSY""# with r#"sim_words_as = "error""# with "sim_busy_s = 8",
        "sim-busy" = r#""SIM BUSY""#,
        "sim-failure" = r#""SIM failure""# with r#"sim_words_as = "error""#,
        "sim-failure-line" = r#""SIM failure""#,
        "sim-blocked" = r#""SIM BLOCKED""#,
        "sim-not-inserted" = r#""SIM not inserted""#,
        "sim-network-lock" = r#""PH-NET PIN""#,
        "sim-wrong" = r#""SIM wrong""# with r#"sim_words_as = "error""#,
    }
    /// It is so for the first seconds alone; without it, for good.
    sim_busy_s: Option<f64> {}
    /// Whether that is a `+CPIN:` line or an error.
    sim_words_as: WordsAs {}
    /// How results are told at start: `ATV0`, `ATQ1` as stored in the modem.
    result_codes: ResultCodes {
        "results-numeric" = r#""numeric""#,
        "results-none" = r#""none""#,
    }
    /// Whether the vendor's own cell row can be asked.
    cell_row: CellRow {
        "cell-row-error-once" = r#""error-once""#,
        "cell-row-error" = r#""error""#,
    }
    /// Fields more or less in the vendor's own cell row.
    cell_row_fields: Fields {
        "cell-row-fewer" = r#""fewer""#,
        "cell-row-extra" = r#""extra""#,
    }
    /// A row that tells each antenna alone has the main one far below the other.
    branches: Branches {
        "branches-uneven" = r#""uneven""#,
    }
    /// The band told does not go with the channel told.
    band_mismatch: bool {
        "band-mismatch" = "true",
    }
    /// The level and quality told are the least of their scale while the rest of the row is right.
    levels: ReportedLevels {
        "levels-lowest" = r#""lowest""#,
    }
    /// The number of the context in use; 0 for the first.
    active_context: u32 {
        "context-4" = "4" with r#"contexts = [{ cid = 1, apn = "ims" }, { cid = 4, apn = "internet" }]"#,
    }
    /// The packet data contexts that are defined at start; empty for the usual one.
    contexts: Vec<PdpContext> {}
    /// The card's number, in place of the scenario's; some hold hexadecimal digits.
    iccid: Option<String> {
        "iccid-hexadecimal" = r#""898602F9091830030220""#,
        "iccid-filled-up" = r#""8933010000000012346F""#,
    }
    /// Which domains tell area and cell.
    location: Location {
        "location-creg-only" = r#""creg-only""#,
        "location-none" = r#""none""#,
    }
    /// What `AT+CMEE?` answers.
    cmee: Cmee {
        "cmee-bare-ok" = r#""bare-ok""#,
        "cmee-error" = r#""error""#,
    }
    /// `ATE0` changes nothing.
    echo_stuck: bool {
        "echo-stuck" = "true",
    }
    /// Fields more or less in the answer to `AT+CREG?` and its relatives.
    creg_fields: Fields {
        "creg-extra" = r#""extra""#,
        "creg-fewer" = r#""fewer""#,
    }
    /// Area and cell stand without quotes there.
    creg_unquoted: bool {
        "creg-unquoted" = "true",
    }
    /// What stands for the operator's name in the formats that are names.
    operator_name: OperatorName {
        "operator-empty" = r#""empty""#,
        "operator-unknown" = r#""unknown""#,
        "operator-missing" = r#""missing""#,
    }
    /// What comes of `AT+COPS=3,...`: the format stays what it is.
    operator_format_stuck: Stuck {
        "operator-format-stuck" = r#""silently""#,
        "operator-format-refused" = r#""refused""#,
    }
    /// `AT+COPS?` ends before the technology.
    operator_without_access: bool {
        "operator-without-access" = "true",
    }
    /// The port never answers a command.
    dead: Dead {
        "dead-silent" = r#""silent""#,
        "dead-noise" = r#""noise""#,
        "dead-ppp" = r#""ppp""#,
    }
}

impl Quirks {
    /// Every single quirk, to be run through one by one and combined: its name, and what stands for it in `[quirks]`.
    pub fn catalogue() -> &'static [(&'static str, &'static str)] {
        CATALOGUE
    }

    /// The keys of `[quirks]`, in the catalogue's order.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.iter().copied()
    }

    /// The scenario's TOML of a quirk of the catalogue.
    pub fn toml(name: &str) -> Option<String> {
        let (_, text) = CATALOGUE.iter().find(|(known, _)| *known == name)?;
        Some(format!("[quirks]\n{text}\n"))
    }

    /// How long after a start the SIM is what `sim_words` says; `None` for good.
    pub(crate) fn sim_busy(&self) -> Option<Duration> {
        self.sim_busy_s
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    /// What a domain says while the modem is registered.
    pub(crate) fn reported_stat(&self, domain: RegistrationDomain) -> ReportedStat {
        let own = match domain {
            RegistrationDomain::Cs => self.registration.cs,
            RegistrationDomain::Ps => self.registration.ps,
            RegistrationDomain::Eps => self.registration.eps,
            RegistrationDomain::FiveGs => self.registration.fivegs,
        };
        if own == ReportedStat::AsIs {
            self.registered_as
        } else {
            own
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    #[test]
    fn every_key_is_in_the_catalogue_and_in_the_manual() {
        let manual = include_str!("../../../docs/scenarios.md");
        let lines = || CATALOGUE.iter().flat_map(|(_, text)| text.lines());
        let known: std::collections::BTreeSet<&str> = lines()
            .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
            .collect();
        let mut checked = 0;
        for key in Quirks::keys() {
            assert!(known.contains(&key), "the catalogue has no `{key}`");
            assert!(
                manual.contains(&format!("`{key}`")),
                "docs/scenarios.md says nothing of `{key}`"
            );
            checked += 1;
        }
        assert_eq!(checked, known.len());
    }

    #[test]
    fn every_quirk_of_the_catalogue_is_sound_says_something_and_has_its_own_name() {
        for (at, (name, text)) in CATALOGUE.iter().enumerate() {
            let toml = format!("base = \"home\"\n{}", Quirks::toml(name).unwrap());
            let scenario = Scenario::from_toml(&toml, name).unwrap();
            assert_ne!(scenario.quirks, Quirks::default(), "{name}");
            let again = CATALOGUE[..at].iter().any(|(n, t)| n == name || t == text);
            assert!(!again, "{name} stands twice");
        }
    }
}
