//! The lessons: what is said before a command, the command, and what is said after it.

/// One command to be tried.
#[derive(Debug)]
pub(super) struct Lesson {
    /// What it is about, in a question.
    pub(super) title: &'static str,
    /// What a person should know before.
    pub(super) before: &'static str,
    /// What is to be typed.
    pub(super) line: &'static str,
    /// What the answer means.
    pub(super) after: &'static str,
}

/// In the order in which they are learnt.
pub(super) const LESSONS: &[Lesson] = &[
    Lesson {
        title: "tour-status_title",
        before: "tour-status_before",
        line: "opensim status",
        after: "tour-status_after",
    },
    Lesson {
        title: "tour-monitor_title",
        before: "tour-monitor_before",
        line: "opensim monitor --plain --for 5s",
        after: "tour-monitor_after",
    },
    Lesson {
        title: "tour-scan_title",
        before: "tour-scan_before",
        line: "opensim scan",
        after: "tour-scan_after",
    },
    Lesson {
        title: "tour-switch_title",
        before: "tour-switch_before",
        line: "opensim switch sfr",
        after: "tour-switch_after",
    },
    Lesson {
        title: "tour-again_title",
        before: "tour-again_before",
        line: "opensim status",
        after: "tour-again_after",
    },
    Lesson {
        title: "tour-doctor_title",
        before: "tour-doctor_before",
        line: "opensim doctor",
        after: "tour-doctor_after",
    },
    Lesson {
        title: "tour-history_title",
        before: "tour-history_before",
        line: "opensim history",
        after: "tour-history_after",
    },
    Lesson {
        title: "tour-recover_title",
        before: "tour-recover_before",
        line: "opensim recover",
        after: "tour-recover_after",
    },
];

/// The commands to keep in mind, each with what it is for.
pub(super) const KEPT: &[(&str, &str)] = &[
    ("opensim status", "tour-keep_status"),
    ("opensim scan", "tour-keep_scan"),
    ("opensim switch sfr", "tour-keep_switch"),
    ("opensim doctor", "tour-keep_doctor"),
    ("opensim recover", "tour-keep_recover"),
];

/// Commands that stay within the virtual house.
pub(super) const COMMANDS: &[&str] = &[
    "status", "carriers", "scan", "switch", "recover", "measure", "doctor", "monitor", "at",
    "history", "help",
];

/// What of `opensim history` reads and writes no file of the person's.
pub(super) const HISTORY: &[&str] = &["list", "show", "compare"];

/// Options that stay within the virtual house, by their long names. One that is new is none of them until it is added.
pub(super) const OPTIONS: &[&str] = &[
    "json",
    "lang",
    "verbose",
    "quiet",
    "color",
    "yes",
    "no-input",
    "timeout",
    "plain",
    "for",
    "radio-only",
    "carriers",
    "all-networks",
    "samples",
    "no-measure",
    "need-down",
    "need-up",
    "budget",
    "max-time",
    "no-voice",
    "codec",
    "one-by-one",
    "loaded",
    "label",
    "no-history",
    "reason",
    "no-rollback",
    "no-verify-data",
    "only",
    "skip",
    "all",
    "place",
    "since",
    "kind",
    "limit",
    "format",
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_lesson_and_every_name_is_of_the_command_tree() {
        let mut tree = Cli::command();
        tree.build();
        for (line, _) in LESSONS
            .iter()
            .map(|l| (l.line, ""))
            .chain(KEPT.iter().copied())
        {
            let parsed = tree.clone().try_get_matches_from(line.split(' '));
            assert!(parsed.is_ok(), "{line}");
        }
        let has = |name: &str| tree.find_subcommand(name).is_some();
        assert!(COMMANDS.iter().all(|name| has(name)));
        let history = tree.find_subcommand("history").expect("a command");
        assert!(
            HISTORY
                .iter()
                .all(|name| history.find_subcommand(name).is_some())
        );
        let known: Vec<&str> = tree
            .get_subcommands()
            .chain(history.get_subcommands())
            .flat_map(clap::Command::get_arguments)
            .filter_map(clap::Arg::get_long)
            .collect();
        let unknown: Vec<_> = OPTIONS.iter().filter(|o| !known.contains(o)).collect();
        assert_eq!(unknown, Vec::<&&str>::new());
    }
}
