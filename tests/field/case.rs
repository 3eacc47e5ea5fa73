//! One round of the matrix: which modem, how odd, where it is found, what a person does with it.

use std::fmt::{self, Write as _};

use opensim::sim::{Quirks, Scenario};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Status,
    Scan,
    RadioOnly,
    /// To SFR, which takes the modem.
    Switch,
    /// To SFR, which refuses it.
    SwitchRefused,
    /// To SFR, which is not heard here.
    SwitchAbsent,
    /// With nothing to recover.
    Recover,
    /// A scan that is killed after so many command lines, then `recover`.
    KilledScan(usize),
    /// A switch that is killed after so many command lines, then `recover`.
    KilledSwitch(usize),
    /// A scan that is stopped by Ctrl-C after so many command lines.
    StoppedScan(usize),
    /// The same of a switch.
    StoppedSwitch(usize),
}

/// Each once, the broken-off ones at a middling moment.
pub(crate) const ACTS: [Act; 11] = [
    Act::Status,
    Act::Scan,
    Act::RadioOnly,
    Act::Switch,
    Act::SwitchRefused,
    Act::SwitchAbsent,
    Act::Recover,
    Act::KilledScan(34),
    Act::KilledSwitch(22),
    Act::StoppedScan(34),
    Act::StoppedSwitch(22),
];

/// How the modem is found; on Orange, but for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Manual,
    Automatic,
    /// Chosen by hand, and Orange is out of reach since.
    Lost,
}

pub(crate) const FOUND: [Found; 3] = [Found::Manual, Found::Automatic, Found::Lost];

/// One round.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) house: &'static str,
    pub(crate) quirks: Vec<&'static str>,
    pub(crate) found: Found,
    pub(crate) act: Act,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            house,
            quirks,
            found,
            act,
        } = self;
        write!(f, "{house} {quirks:?} found {found:?}: {act:?}")
    }
}

/// What identifies the modem and its subscription, none of it its own masked form.
pub(crate) const IMEI: &str = "867698047139248";
pub(crate) const IMSI: &str = "208017391846512";
pub(crate) const ICCID: &str = "8933017391846512349";
pub(crate) const NUMBER: &str = "33767391846";

/// What generates cases: the same ones each time, so that a change is judged by what it does; as many as
/// `OPENSIM_MATRIX_CASES` says, and others each time, where that is set, to find what nobody has thought of.
fn runner(usual: u32) -> TestRunner {
    let wanted = std::env::var("OPENSIM_MATRIX_CASES").ok();
    let wanted: Option<u32> = wanted.and_then(|count| count.parse().ok());
    let config = Config {
        cases: wanted.unwrap_or(usual),
        failure_persistence: None,
        ..Config::default()
    };
    if wanted.is_some() {
        return TestRunner::new(config);
    }
    let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, same)
}

/// Anything that a person can do; a broken-off scan or switch after fewer command lines than these.
pub(crate) fn act(scan: usize, switch: usize) -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::Status),
        Just(Act::Scan),
        Just(Act::RadioOnly),
        Just(Act::Switch),
        Just(Act::SwitchRefused),
        Just(Act::SwitchAbsent),
        Just(Act::Recover),
        (1..scan).prop_map(Act::KilledScan),
        (1..switch).prop_map(Act::KilledSwitch),
        (1..scan).prop_map(Act::StoppedScan),
        (1..switch).prop_map(Act::StoppedSwitch),
    ]
}

/// Fails with every case that breaks a law, each with all that `broken` says of it.
pub(crate) fn assert_kept<C: fmt::Debug>(
    cases: impl IntoIterator<Item = C>,
    broken: impl Fn(&C) -> Vec<String>,
) {
    let (mut all, mut wrong) = (0, Vec::new());
    for case in cases {
        all += 1;
        let broken = broken(&case);
        if !broken.is_empty() {
            wrong.push(format!("{case:?}\n    {}", broken.join("\n    ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {all}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The same of generated cases, `usual` of them where nothing else is said, shrunk to the smallest that breaks a law.
pub(crate) fn assert_kept_together<C: fmt::Debug>(
    usual: u32,
    cases: &impl Strategy<Value = C>,
    broken: impl Fn(&C) -> Vec<String>,
) {
    let run = runner(usual).run(cases, |case| {
        let broken = broken(&case);
        prop_assert!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    });
    if let Err(found) = run {
        panic!("{found}");
    }
}

/// The houses: one a family.
pub(crate) fn houses() -> Vec<&'static str> {
    let is_house = |name: &&str| *name == "home" || name.ends_with("-home");
    Scenario::names().filter(is_house).collect()
}

/// The names of all quirks but those of a port that never speaks, which the ports are tried for.
pub(crate) fn quirks() -> Vec<&'static str> {
    Quirks::catalogue()
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !name.starts_with("dead-"))
        .collect()
}

impl Case {
    /// Whether one of its quirks is this.
    pub(crate) fn has(&self, quirk: &str) -> bool {
        self.quirks.contains(&quirk)
    }

    /// Whether one of its quirks begins so.
    pub(crate) fn has_kind(&self, kind: &str) -> bool {
        self.quirks.iter().any(|quirk| quirk.starts_with(kind))
    }

    pub(crate) fn scenario(&self) -> Scenario {
        let text = self.text();
        Scenario::from_toml(&text, "matrix").unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// The scenario's file.
    fn text(&self) -> String {
        let mut text = format!("base = \"{}\"\n", self.house);
        let start = match self.found {
            Found::Manual | Found::Lost => "mode = \"manual\"\nplmn = \"20801\"",
            Found::Automatic => "mode = \"automatic\"",
        };
        let _ = writeln!(text, "[start]\n{start}");
        let _ = writeln!(
            text,
            "[sim]\niccid = \"{ICCID}\"\nimsi = \"{IMSI}\"\nnumber = \"+{NUMBER}\"\n[modem]\nimei = \"{IMEI}\""
        );
        // Of two quirks that set one key the first counts.
        let mut keys: Vec<&str> = Vec::new();
        text += "[quirks]\n";
        for quirk in &self.quirks {
            let (_, lines) = Quirks::catalogue()
                .iter()
                .find(|(name, _)| name == quirk)
                .unwrap_or_else(|| panic!("no quirk {quirk}"));
            for line in lines.lines() {
                let key = line.split(" = ").next().unwrap_or_default();
                if !keys.contains(&key) {
                    keys.push(key);
                    let _ = writeln!(text, "{line}");
                }
            }
        }
        for (plmn, availability) in self.events() {
            let _ = writeln!(
                text,
                "[[event]]\nat_s = 0\nplmn = \"{plmn}\"\navailability = \"{availability}\""
            );
        }
        text
    }

    /// What happens at the start.
    fn events(&self) -> Vec<(&'static str, &'static str)> {
        let sfr = match self.act {
            Act::SwitchRefused => Some(("20810", "denied")),
            Act::SwitchAbsent => Some(("20810", "absent")),
            _ => None,
        };
        let orange = (self.found == Found::Lost).then_some(("20801", "absent"));
        sfr.into_iter().chain(orange).collect()
    }
}
