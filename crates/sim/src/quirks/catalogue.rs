//! Every single quirk, to be run through one by one and combined.

use super::Quirks;

/// Name and what stands in `[quirks]`.
const CATALOGUE: &[(&str, &str)] = &[
    // A and B: domains that say something else, or that disagree.
    ("sms-only", "registered_as = \"sms-only\""),
    ("emergency-only", "registered_as = \"emergency-only\""),
    ("stat-unknown", "registered_as = \"unknown\""),
    ("stat-denied", "registered_as = \"denied\""),
    ("stat-searching", "registered_as = \"searching\""),
    ("stat-not-registered", "registered_as = \"not-registered\""),
    (
        "csfb-not-preferred",
        "registered_as = \"csfb-not-preferred\"",
    ),
    ("eps-searching", "registration = { eps = \"searching\" }"),
    (
        "eps-not-registered",
        "registration = { eps = \"not-registered\" }",
    ),
    ("eps-denied", "registration = { eps = \"denied\" }"),
    ("eps-unknown", "registration = { eps = \"unknown\" }"),
    ("cs-searching", "registration = { cs = \"searching\" }"),
    ("cs-denied", "registration = { cs = \"denied\" }"),
    ("cs-sms-only", "registration = { cs = \"sms-only\" }"),
    (
        "cs-csfb-not-preferred",
        "registration = { cs = \"csfb-not-preferred\" }",
    ),
    ("ps-searching", "registration = { ps = \"searching\" }"),
    ("ps-denied", "registration = { ps = \"denied\" }"),
    ("fivegs-denied", "registration = { fivegs = \"denied\" }"),
    (
        "cs-and-ps-denied",
        "registration = { cs = \"denied\", ps = \"denied\", fivegs = \"searching\" }",
    ),
    ("no-ps-no-5gs", "no_domain = [\"ps\", \"fivegs\"]"),
    ("no-eps", "no_domain = [\"eps\", \"fivegs\"]"),
    ("no-cs", "no_domain = [\"cs\"]"),
    // C
    ("joined-refused", "joined = \"refused\""),
    ("joined-first-only", "joined = \"first-only\""),
    ("joined-echo-twice", "joined = \"echo-twice\""),
    // D
    ("empty-zero", "empty_rows = \"zero\""),
    ("empty-ones", "empty_rows = \"ones\""),
    ("empty-dashes", "empty_rows = \"dashes\""),
    ("empty-smallest", "empty_rows = \"smallest\""),
    // E
    ("silent-to-csq", "silent_to = [\"AT+CSQ\"]"),
    (
        "silent-to-names",
        "silent_to = [\"AT+CGMI\", \"AT+CGMM\", \"AT+CGMR\", \"AT+CGSN\", \"ATI\"]",
    ),
    (
        "silent-to-sim",
        "silent_to = [\"AT+CIMI\", \"AT+CPINR\", \"AT+CNUM\"]",
    ),
    (
        "silent-to-contexts",
        "silent_to = [\"AT+CGDCONT?\", \"AT+CGCONTRDP\", \"AT+CGPADDR\"]",
    ),
    (
        "silent-to-cell-row",
        "silent_to = [\"AT+QENG\", \"AT+CPSI?\", \"AT^MONSC\", \"AT^HCSQ\", \"AT!GSTATUS\", \"AT#RFSTS\", \"AT+XMCI\", \"AT+GTCCINFO\", \"AT+UCGED?\", \"AT^SMONI\", \"AT+ZCELLINFO\", \"AT+MENG\", \"AT+CESQ\"]",
    ),
    ("silent-to-one-domain", "silent_to = [\"AT+CGREG?\"]"),
    ("no-final-to-csq", "no_final_to = [\"AT+CSQ\"]"),
    ("no-final-to-cops", "no_final_to = [\"AT+COPS?\"]"),
    ("no-final-to-network-list", "no_final_to = [\"AT+COPS=?\"]"),
    ("no-final-to-cimi", "no_final_to = [\"AT+CIMI\"]"),
    (
        "no-final-to-cell-row",
        "no_final_to = [\"AT+QENG\", \"AT+CPSI?\", \"AT^MONSC\", \"AT^HCSQ\", \"AT!GSTATUS\", \"AT#RFSTS\", \"AT+XMCI\", \"AT+GTCCINFO\", \"AT+UCGED?\", \"AT^SMONI\", \"AT+ZCELLINFO\", \"AT+MENG\", \"AT+CESQ\"]",
    ),
    ("network-list-error", "network_list = \"error\""),
    ("network-list-empty", "network_list = \"empty\""),
    ("network-list-bare-ok", "network_list = \"bare-ok\""),
    // G
    ("radio-off", "radio_off = true"),
    // I
    ("refuse-error", "refuse_selection = \"error\""),
    ("refuse-cme-30", "refuse_selection = \"cme-30\""),
    ("refuse-and-lost", "refuse_selection = \"error-and-lost\""),
    (
        "refuse-then-registers",
        "refuse_selection = \"error-then-registers\"",
    ),
    (
        "refuse-once",
        "refuse_selection = \"cme-3\"\nrefuse_selection_times = 1",
    ),
    (
        "refuse-once-and-lost",
        "refuse_selection = \"error-and-lost\"\nrefuse_selection_times = 1",
    ),
    (
        "refuse-one-network",
        "refuse_selection = \"cme-32-and-lost\"\nrefuse_selection_of = [\"20810\"]",
    ),
    // J
    (
        "sim-busy-for-a-while",
        "sim_words = \"SIM BUSY\"\nsim_busy_s = 8",
    ),
    (
        "sim-not-ready-for-a-while",
        "sim_words = \"NOT READY\"\nsim_busy_s = 8",
    ),
    (
        "sim-busy-error-for-a-while",
        "sim_words = \"SIM BUSY\"\nsim_words_as = \"error\"\nsim_busy_s = 8",
    ),
    ("sim-busy", "sim_words = \"SIM BUSY\""),
    (
        "sim-failure",
        "sim_words = \"SIM failure\"\nsim_words_as = \"error\"",
    ),
    ("sim-failure-line", "sim_words = \"SIM failure\""),
    ("sim-blocked", "sim_words = \"SIM BLOCKED\""),
    ("sim-not-inserted", "sim_words = \"SIM not inserted\""),
    ("sim-network-lock", "sim_words = \"PH-NET PIN\""),
    (
        "sim-wrong",
        "sim_words = \"SIM wrong\"\nsim_words_as = \"error\"",
    ),
    // L
    ("results-numeric", "result_codes = \"numeric\""),
    ("results-none", "result_codes = \"none\""),
    // M
    ("cell-row-error-once", "cell_row = \"error-once\""),
    ("cell-row-error", "cell_row = \"error\""),
    ("cell-row-fewer", "cell_row_fields = \"fewer\""),
    ("cell-row-extra", "cell_row_fields = \"extra\""),
    ("branches-uneven", "branches = \"uneven\""),
    ("band-mismatch", "band_mismatch = true"),
    ("levels-lowest", "levels = \"lowest\""),
    (
        "context-4",
        "active_context = 4\ncontexts = [{ cid = 1, apn = \"ims\" }, { cid = 4, apn = \"internet\" }]",
    ),
    ("iccid-hexadecimal", "iccid = \"898602F9091830030220\""),
    ("iccid-filled-up", "iccid = \"8933010000000012346F\""),
    ("location-creg-only", "location = \"creg-only\""),
    ("location-none", "location = \"none\""),
    // P
    ("cmee-bare-ok", "cmee = \"bare-ok\""),
    ("cmee-error", "cmee = \"error\""),
    ("echo-stuck", "echo_stuck = true"),
    // S
    ("creg-extra", "creg_fields = \"extra\""),
    ("creg-fewer", "creg_fields = \"fewer\""),
    ("creg-unquoted", "creg_unquoted = true"),
    // T
    ("operator-empty", "operator_name = \"empty\""),
    ("operator-unknown", "operator_name = \"unknown\""),
    ("operator-missing", "operator_name = \"missing\""),
    (
        "operator-format-stuck",
        "operator_format_stuck = \"silently\"",
    ),
    (
        "operator-format-refused",
        "operator_format_stuck = \"refused\"",
    ),
    ("operator-without-access", "operator_without_access = true"),
    // H
    ("dead-silent", "dead = \"silent\""),
    ("dead-noise", "dead = \"noise\""),
    ("dead-ppp", "dead = \"ppp\""),
];

impl Quirks {
    /// Every single quirk: its name, and what stands for it in `[quirks]`.
    pub fn catalogue() -> &'static [(&'static str, &'static str)] {
        CATALOGUE
    }

    /// The keys of `[quirks]`, in the catalogue's order.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        let all = || {
            CATALOGUE
                .iter()
                .flat_map(|(_, text)| text.lines())
                .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
        };
        all()
            .enumerate()
            .filter(move |(at, key)| !all().take(*at).any(|earlier| earlier == *key))
            .map(|(_, key)| key)
    }

    /// The scenario's TOML of a quirk of the catalogue.
    pub fn toml(name: &str) -> Option<String> {
        let (_, text) = CATALOGUE.iter().find(|(known, _)| *known == name)?;
        Some(format!("[quirks]\n{text}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    #[test]
    fn every_key_is_in_the_catalogue_and_in_the_manual() {
        let manual = include_str!("../../../../docs/scenarios.md");
        let source = include_str!("../quirks.rs");
        let table = source.split("pub struct Quirks {").nth(1).unwrap();
        let table = table.split("\n}").next().unwrap();
        let keys = table.lines().filter_map(|line| {
            let field = line.trim().strip_prefix("pub ")?;
            field.split_once(':').map(|(key, _)| key)
        });
        let known: Vec<&str> = Quirks::keys().collect();
        let mut checked = 0;
        for key in keys {
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
