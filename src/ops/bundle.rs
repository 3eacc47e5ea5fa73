//! What goes into a support bundle, and what is taken out of it first.
//!
//! What is gathered comes from everywhere: documents of this run and of earlier ones, conversations, configuration, logs,
//! the system's facts. None of it leaves unread: conversations are masked once more, line by line and with what all of
//! them together betray; then every text goes through the last pass ([`Redactor`]), one for the whole bundle, so that what
//! stands for an address is the same in all of it. A document that is no JSON any more after that is left out.

use serde_json::{Value, json};

use crate::dialect::commands;
use crate::os::host::HostFacts;
use crate::os::host::devices::DeviceFacts;
use crate::os::host::names::Names;
use crate::store::Store;
use crate::store::bundle::{Member, MemberKind, MemberName};
use crate::trace::redact::{Private, Redactor};
use crate::trace::{self, Entry};

/// How many of the last changes are told.
const CHANGES: usize = 200;

/// What a bundle is made of, as it was found: nothing is taken out of it yet.
#[derive(Debug, Default)]
pub struct BundleParts {
    members: Vec<Member>,
}

impl BundleParts {
    /// Adds a text under a name; an earlier one of that name stays.
    pub fn add(&mut self, name: Option<MemberName>, text: String) {
        let Some(name) = name.filter(|_| !text.trim().is_empty()) else {
            return;
        };
        if self.members.iter().all(|member| member.name != name) {
            self.members.push(Member { name, text });
        }
    }

    /// Adds what the store and the system tell: the log of changes, the devices, the versions. `programs` are versions of
    /// others that had to be asked for.
    pub fn add_machine(
        &mut self,
        store: &Store,
        computer: &HostFacts,
        plugged: &[DeviceFacts],
        programs: &[(&str, Option<String>)],
    ) {
        let changes = store.last_changes(CHANGES).join("\n");
        self.add(MemberName::of("changes.jsonl"), changes);
        let devices: Vec<Value> = plugged
            .iter()
            .map(|device| json!({ "id": device.id, "facts": device.facts }))
            .collect();
        self.add(
            MemberName::of("system/devices.json"),
            pretty(&json!(devices)),
        );
        let mut versions = json!({
            "opensim": crate::VERSION,
            "with_modemmanager": cfg!(feature = "manager"),
            "kernel": computer.kernel,
            "architecture": computer.architecture,
            "distribution": computer.system,
        });
        for (program, version) in programs {
            versions[*program] = json!(version);
        }
        self.add(MemberName::of("system/versions.json"), pretty(&versions));
    }

    /// The texts as they may leave the house. `secrets` are those that this run knows.
    pub fn redacted(self, names: &Names, secrets: Vec<String>) -> Vec<Member> {
        for member in self
            .members
            .iter()
            .filter(|m| m.name.kind() == MemberKind::Trace)
        {
            learn(&member.text);
        }
        let private = Private {
            hosts: names.hosts.clone(),
            users: names.users.clone(),
            homes: names.homes.clone(),
            secrets,
            addresses: names.addresses.clone(),
            stations: names.stations.clone(),
        };
        let mut redactor = Redactor::new(&private);
        let clean = self.members.into_iter().filter_map(|member| {
            let text = clean(&mut redactor, member.name.kind(), &member.text)?;
            Some(Member { text, ..member })
        });
        clean.collect()
    }

    /// As it was found.
    #[cfg(test)]
    fn members(&self) -> &[Member] {
        &self.members
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Learns the numbers and secrets in a conversation, so that they are hidden in all texts.
fn learn(text: &str) {
    let mut command = Vec::new();
    for entry in trace::parse(text).unwrap_or_default() {
        match entry {
            Entry::Sent(line) => {
                commands::words().learn_secrets(&line);
                command = line;
            }
            Entry::Received(line) => commands::words().learn_from(&command, &line),
            Entry::Remark(_) | Entry::At(_) => {}
        }
    }
}

/// A text without what is private; `None` where what it then is could not be read.
fn clean(redactor: &mut Redactor, kind: MemberKind, text: &str) -> Option<String> {
    match kind {
        MemberKind::Document | MemberKind::System => {
            let mut value: Value = serde_json::from_str(text).ok()?;
            redactor.json(&mut value);
            Some(pretty(&value))
        }
        MemberKind::Changes => {
            let line = |line: &str| match serde_json::from_str::<Value>(line) {
                Ok(mut value) => {
                    redactor.json(&mut value);
                    format!("{value}\n")
                }
                // A line that was torn.
                Err(_) => redactor.text(line) + "\n",
            };
            // Once as lines of their own, and once as a text, where one may go on in the next.
            let lines: String = text.lines().map(line).collect();
            Some(redactor.text(&lines))
        }
        MemberKind::Trace => Some(match trace::parse(text) {
            Ok(entries) => redactor.trace(&masked(&entries)),
            Err(_) => redactor.text(text),
        }),
        MemberKind::Configuration | MemberKind::Log => Some(redactor.text(text)),
        // Of opensim's own words.
        MemberKind::ReadMe | MemberKind::Index => Some(text.to_owned()),
    }
}

/// A conversation with each line masked, as it is while it is written.
fn masked(entries: &[Entry]) -> String {
    let mut command = Vec::new();
    let mut text = String::new();
    for entry in entries {
        let entry = match entry {
            Entry::Sent(line) => {
                command.clone_from(line);
                Entry::Sent(commands::words().line(line, b""))
            }
            Entry::Received(line) => Entry::Received(commands::words().line(line, &command)),
            other => other.clone(),
        };
        text.push_str(&entry.to_string());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
