//! `docs/modems.md`: what is read of each family, from which command, on what evidence. It is written from the registry
//! and the transcripts, so that it cannot claim what no test shows: `OPENSIM_UPDATE=1` writes it anew.
//!
//! A value counts as a command's where that command's answer alone gives it. Where only several together do (a scale that
//! a second command settles), all are named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use opensim_at::dialect::{DIALECTS, Dialect, DialectProfile, Scales};

use opensim_domain::Access;
use opensim_domain::Identity;
use opensim_domain::radio::Reading;
use opensim_domain::trace::{self, Entry};

use super::files;
use crate::conversation::{Asked, or_dash, reading, whole_reading};

/// What a claim rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    None,
    Manual,
    Capture,
}

impl Evidence {
    fn of(remark: &str) -> Option<Self> {
        match remark.trim().strip_prefix("Evidence:")?.trim() {
            "capture" => Some(Self::Capture),
            "manual" => Some(Self::Manual),
            "none" => Some(Self::None),
            other => panic!("no such evidence: {other}"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Manual => "manual",
            Self::Capture => "capture",
        }
    }
}

/// The columns of a family's table.
const ACCESSES: [(Option<Access>, &str); 6] = [
    (Some(Access::Lte), "4G"),
    (Some(Access::NrNsa), "4G with a 5G leg"),
    (Some(Access::Nr), "5G alone"),
    (Some(Access::Umts), "3G"),
    (Some(Access::Gsm), "2G"),
    (None, "not said"),
];

/// A value of a reading as text, where it is known.
type Value = fn(&Reading) -> Option<String>;

/// The rows: what is read.
const FIELDS: [(&str, Value); 11] = [
    ("RSRP", |r| Some(r.rsrp?.to_string())),
    ("RSRQ", |r| Some(r.rsrq?.to_string())),
    ("SINR", |r| Some(r.sinr?.to_string())),
    ("total power", |r| Some(r.rssi?.to_string())),
    ("network", |r| Some(r.cell.plmn?.to_string())),
    ("band", |r| Some(r.cell.band?.to_string())),
    ("channel", |r| Some(r.cell.earfcn?.to_string())),
    ("bandwidth", |r| {
        Some(r.cell.bandwidth_tenths_mhz?.to_string())
    }),
    ("physical cell", |r| Some(r.cell.pci?.to_string())),
    ("cell identity", |r| Some(r.cell.cell_id?.to_string())),
    ("area", |r| Some(r.cell.tac?.to_string())),
];

/// Commands and the best evidence for each.
type Commands = BTreeMap<String, Evidence>;

fn add(commands: &mut Commands, command: &str, evidence: Evidence) {
    let best = commands.entry(command.to_owned()).or_insert(evidence);
    *best = (*best).max(evidence);
}

/// What the transcripts show of one family.
#[derive(Default)]
struct Shown {
    devices: BTreeSet<String>,
    files: usize,
    fields: BTreeMap<(usize, usize), Commands>,
    pin: Commands,
    card: Commands,
    survey: Commands,
    neighbours: Commands,
}

impl Shown {
    fn of(dialect: &'static dyn Dialect, folder: &Path) -> Self {
        let mut shown = Self::default();
        for file in files(folder) {
            shown.files += 1;
            shown.take(dialect, &file);
        }
        shown
    }

    fn take(&mut self, dialect: &'static dyn Dialect, file: &Path) {
        let text = std::fs::read_to_string(file).unwrap();
        let entries = trace::parse(&text).unwrap();
        let (mut identity, mut scales) = (Identity::default(), Scales::default());
        let (mut evidence, mut from, mut asked) = (Evidence::None, 0, Vec::new());
        for (at, entry) in entries.iter().enumerate() {
            let Entry::Remark(remark) = entry else {
                continue;
            };
            if let Some(device) = remark.trim().strip_prefix("Device:") {
                let device = device.split([':', ';']).next().unwrap_or(device);
                self.devices.insert(device.trim().to_owned());
            }
            evidence = Evidence::of(remark).unwrap_or(evidence);
            let Some(expected) = remark.strip_prefix('=').map(str::trim) else {
                continue;
            };
            let said = trace::exchanges(&entries[from..at]);
            if !said.is_empty() {
                asked = said.iter().map(Asked::of).collect();
            }
            from = at;
            let (kind, value) = expected.split_once(' ').unwrap_or((expected, ""));
            let command = asked
                .last()
                .map_or(String::new(), |a: &Asked| as_sent(&a.command));
            let command = &command;
            let known = !matches!(value, "-" | "none" | "nothing");
            match kind {
                "identity" => {
                    let lines = asked.last().map(|a| a.reply.lines.clone());
                    identity = dialect.identity(&lines.unwrap_or_default());
                }
                "reading" => self.levels(dialect, &identity, &mut scales, &asked, evidence),
                "pin" if known => add(&mut self.pin, command, evidence),
                "iccid" if known => add(&mut self.card, command, evidence),
                "survey" if known => add(&mut self.survey, command, evidence),
                "neighbours" if known => add(&mut self.neighbours, command, evidence),
                _ => {}
            }
        }
    }

    fn levels(
        &mut self,
        dialect: &'static dyn Dialect,
        identity: &Identity,
        scales: &mut Scales,
        asked: &[Asked],
        evidence: Evidence,
    ) {
        let before = scales.clone();
        let whole = whole_reading(dialect, identity, scales, asked);
        let queries = dialect.reading_queries(identity, &before);
        // And the standard's, which stand beside those of every vendor.
        let standard = ["AT+CESQ", "AT+CSQ", "AT+CEREG?", "AT+CREG?"];
        let mut lines: Vec<&str> = queries.iter().map(|query| query.line).collect();
        lines.extend(standard);
        let answered: Vec<&Asked> = lines
            .iter()
            .filter_map(|line| asked.iter().rev().find(|a| a.answers(line)))
            .filter(|a| a.reply.end.is_ok())
            .collect();
        let alone: Vec<(&Asked, Reading)> = answered
            .iter()
            .map(|a| {
                let mut scales = before.clone();
                let one = std::slice::from_ref(*a);
                (*a, whole_reading(dialect, identity, &mut scales, one))
            })
            .collect();
        let column = ACCESSES.iter().position(|(a, _)| *a == whole.cell.access);
        for (row, (_, value)) in FIELDS.iter().enumerate() {
            // A place whose technology the modem does not tell is in no column.
            let Some((known, column)) = value(&whole).zip(column) else {
                continue;
            };
            let commands = self.fields.entry((row, column)).or_default();
            let by_one = alone
                .iter()
                .find(|(_, one)| value(one).as_ref() == Some(&known));
            let mut all: Vec<String> = match by_one {
                Some((a, _)) => vec![as_sent(&a.command)],
                None => answered.iter().map(|a| as_sent(&a.command)).collect(),
            };
            all.dedup();
            add(commands, &all.join("` with `"), evidence);
        }
    }

    fn columns(&self) -> Vec<usize> {
        let used: BTreeSet<usize> = self.fields.keys().map(|(_, column)| *column).collect();
        used.into_iter().collect()
    }

    /// How many of the fields are read in a column.
    fn read_in(&self, column: usize) -> usize {
        self.fields.keys().filter(|(_, c)| *c == column).count()
    }
}

fn listed(commands: &Commands) -> String {
    let all = commands.iter();
    let all: Vec<String> = all
        .map(|(command, evidence)| format!("`{command}` ({})", evidence.name()))
        .collect();
    if all.is_empty() {
        return "not read".to_owned();
    }
    all.join(", ")
}

/// A command as it is sent: someone may have typed it in lower case.
fn as_sent(command: &str) -> String {
    let (head, text) = command.split_once('"').unwrap_or((command, ""));
    let head = head.to_ascii_uppercase();
    if text.is_empty() {
        head
    } else {
        format!("{head}\"{text}")
    }
}

fn known_by(profile: &DialectProfile) -> String {
    let vendors = profile.usb_vendors.iter().map(|v| format!("`{v:04x}:*`"));
    let products = profile
        .usb_products
        .iter()
        .map(|(v, p)| format!("`{v:04x}:{p:04x}`"));
    let usb: Vec<String> = vendors.chain(products).collect();
    let words: Vec<String> = profile
        .manufacturers
        .iter()
        .map(|w| format!("`{w}`"))
        .collect();
    let or_none = |all: Vec<String>| {
        if all.is_empty() {
            "none".to_owned()
        } else {
            all.join(", ")
        }
    };
    format!("Words: {}. USB: {}.", or_none(words), or_none(usb))
}

fn section(page: &mut String, dialect: &'static dyn Dialect, shown: &Shown) {
    let profile = dialect.profile();
    writeln!(page, "\n## {}\n\n{}\n", profile.name, known_by(profile)).unwrap();
    if shown.files == 0 {
        writeln!(page, "No transcripts.").unwrap();
        return;
    }
    let columns = shown.columns();
    let names: Vec<&str> = columns.iter().map(|c| ACCESSES[*c].1).collect();
    writeln!(page, "| read | {} |", names.join(" | ")).unwrap();
    writeln!(page, "| --- |{}", " --- |".repeat(columns.len())).unwrap();
    for (row, (name, _)) in FIELDS.iter().enumerate() {
        let cell = |column: &usize| {
            let commands = shown.fields.get(&(row, *column));
            commands.map_or_else(|| "-".to_owned(), listed)
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        if cells.iter().any(|cell| cell != "-") {
            writeln!(page, "| {name} | {} |", cells.join(" | ")).unwrap();
        }
    }
    let survey = dialect.survey(&Identity::default()).map_or_else(
        || listed(&shown.survey),
        |survey| {
            let run = match (&*listed(&shown.survey), survey.run.line) {
                ("not read", line) => format!("`{line}` (none)"),
                (commands, _) => commands.to_owned(),
            };
            let runs = if survey.stays_registered {
                "a scan runs it"
            } else {
                "not run: whether the registration outlasts it is not known"
            };
            format!("{run}, up to {} s, {runs}", survey.run.timeout.as_secs())
        },
    );
    writeln!(page, "\n- PIN tries: {}", listed(&shown.pin)).unwrap();
    writeln!(page, "- card number: {}", listed(&shown.card)).unwrap();
    writeln!(page, "- cells of every operator: {survey}").unwrap();
    writeln!(page, "- cells around: {}", listed(&shown.neighbours)).unwrap();
    let list = profile.network_list.as_secs();
    writeln!(page, "- network list: `AT+COPS=?`, given up to {list} s").unwrap();
    let devices: Vec<&str> = shown.devices.iter().map(String::as_str).collect();
    writeln!(page, "- transcripts: {}", devices.join("; ")).unwrap();
}

const HEAD: &str = "\
<!-- Written by the tests from the registry and testdata/transcripts: OPENSIM_UPDATE=1 cargo test -p opensim-at --test modems -->
# Modems

What opensim reads of each family of modems, from which command, and on what evidence:

- **capture**: the answer of a real modem had this value, and it was read;
- **manual**: a printed example or another program's reader says so, and no capture has it;
- **none**: own knowledge alone.

A value that no transcript shows is not claimed here. What is not known is `null` in every document, and where a number's
scale is doubtful the document's `source` says so. A modem of no family here is read by 27.007, as `generic`.
";

fn page() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    let mut table = String::from(
        "\n| family | transcripts | values read in 4G | in 5G alone | cells of every operator | cells around |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut sections = String::new();
    for dialect in DIALECTS {
        let profile = dialect.profile();
        let folder = root.join(profile.name);
        let shown = if folder.is_dir() {
            Shown::of(*dialect, &folder)
        } else {
            Shown::default()
        };
        let of = FIELDS.len();
        let count = |column| match shown.read_in(column) {
            0 => "-".to_owned(),
            read => format!("{read} of {of}"),
        };
        let survey = dialect.survey(&Identity::default());
        let survey = or_dash(survey.map(|s| {
            if s.stays_registered {
                "yes"
            } else {
                "read, not run"
            }
        }));
        let around = if dialect.neighbours_query().is_some() {
            "yes"
        } else {
            "-"
        };
        writeln!(
            table,
            "| {} | {} | {} | {} | {survey} | {around} |",
            profile.name,
            shown.files,
            count(0),
            count(2)
        )
        .unwrap();
        section(&mut sections, *dialect, &shown);
    }
    format!("{HEAD}{table}{sections}")
}

#[test]
fn the_page_on_modems_is_what_the_registry_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/modems.md");
    let page = page();
    if std::env::var_os("OPENSIM_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/modems.md is old: OPENSIM_UPDATE=1 writes it anew"
    );
}

/// Whose answers a log of the corpus has, by its name; `generic` reads all.
fn is_of(dialect: &str, log: &str) -> bool {
    const OTHERS: &[(&str, &str)] = &[
        ("fibocom_l860", "xmm"),
        ("xmm7360", "xmm"),
        ("owntracks", "cinterion"),
    ];
    let other = OTHERS.iter().find(|(prefix, _)| log.starts_with(prefix));
    match other {
        Some((_, name)) => *name == dialect,
        None => dialect == "generic" || log.split('_').next() == Some(dialect),
    }
}

/// A printed example is no capture.
fn is_printed(log: &str) -> bool {
    log.contains("manual") || log.contains("docs")
}

/// A command's name, without what follows it.
fn name(line: &str) -> String {
    let end = line.find(['=', '?', ';']).unwrap_or(line.len());
    line[..end].to_ascii_uppercase()
}

fn logs() -> Option<Vec<PathBuf>> {
    let folder = std::env::var_os("OPENSIM_CORPUS").map(PathBuf::from)?;
    let is_log = |path: &PathBuf| path.extension().is_some_and(|e| e == "txt");
    Some(files(&folder).into_iter().filter(is_log).collect())
}

/// What a dialect reads in the captures of its family: values by row and column, and the rest by its name.
#[derive(Default)]
struct Captured {
    fields: BTreeSet<(usize, usize)>,
    others: BTreeSet<(&'static str, String)>,
}

impl Captured {
    fn of(dialect: &'static dyn Dialect, logs: &[PathBuf]) -> Self {
        let mut found = Self::default();
        for log in logs {
            let name = log.file_stem().unwrap().to_string_lossy().into_owned();
            if is_printed(&name) || !is_of(dialect.profile().name, &name) {
                continue;
            }
            let entries = trace::parse(&std::fs::read_to_string(log).unwrap()).unwrap();
            let asked: Vec<Asked> = trace::exchanges(&entries).iter().map(Asked::of).collect();
            let each = asked.iter().map(std::slice::from_ref);
            for some in each.chain([&asked[..]]) {
                found.take_levels(dialect, some);
            }
            for one in &asked {
                found.take_others(dialect, one);
            }
        }
        found
    }

    fn take_levels(&mut self, dialect: &'static dyn Dialect, asked: &[Asked]) {
        let queries = dialect.reading_queries(&Identity::default(), &Scales::default());
        // The same command is typed with other arguments, or none.
        let meant = |a: &Asked| {
            let of_query = queries.iter().find(|q| name(q.line) == name(&a.command));
            Asked {
                command: of_query.map_or_else(|| a.command.clone(), |q| q.line.to_owned()),
                reply: a.reply.clone(),
            }
        };
        let asked: Vec<Asked> = asked.iter().map(meant).collect();
        let read = reading(
            dialect,
            &Identity::default(),
            &mut Scales::default(),
            &asked,
        );
        let column = ACCESSES.iter().position(|(a, _)| *a == read.cell.access);
        for (row, (_, value)) in FIELDS.iter().enumerate() {
            if value(&read).is_some() {
                self.fields.insert((row, column.unwrap()));
            }
        }
    }

    fn take_others(&mut self, dialect: &'static dyn Dialect, asked: &Asked) {
        let mut add = |what, line: &str, found| {
            if found {
                self.others.insert((what, line.to_owned()));
            }
        };
        let reply = &asked.reply;
        let tries = dialect.pin_tries_query().line;
        let read = dialect.pin_tries(reply).is_some();
        add("PIN tries", tries, asked.answers(tries) && read);
        for query in dialect.iccid_queries() {
            let read = asked.answers(query.line) && dialect.iccid(reply).is_some();
            add("card number", query.line, read);
        }
        if let Some(survey) = dialect.survey(&Identity::default()) {
            let run = survey.run.line;
            let read = asked.answers(run) && !dialect.survey_cells(reply).is_empty();
            add("survey", run, read);
        }
        if let Some(around) = dialect.neighbours_query() {
            // What goes out as a chain was typed in parts.
            let mut parts = around.line.split(';');
            let asked = parts.any(|part| asked.answers(part));
            add(
                "neighbours",
                around.line,
                asked && !dialect.neighbours(reply).is_empty(),
            );
        }
    }
}

#[test]
fn what_is_called_a_capture_is_in_one() {
    let Some(logs) = logs() else {
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/transcripts");
    let mut wrong = Vec::new();
    for dialect in DIALECTS {
        let name = dialect.profile().name;
        if !root.join(name).is_dir() {
            continue;
        }
        let captured = Captured::of(*dialect, &logs);
        for file in files(&root.join(name)) {
            let mut shown = Shown::default();
            shown.take(*dialect, &file);
            for ((row, column), commands) in &shown.fields {
                let claimed = commands.values().any(|e| *e == Evidence::Capture);
                if claimed && !captured.fields.contains(&(*row, *column)) {
                    let (field, access) = (FIELDS[*row].0, ACCESSES[*column].1);
                    wrong.push(format!("{}: {field} in {access}", file.display()));
                }
            }
            for (what, commands) in [
                ("PIN tries", &shown.pin),
                ("card number", &shown.card),
                ("survey", &shown.survey),
                ("neighbours", &shown.neighbours),
            ] {
                let claims = commands.iter().filter(|(_, e)| **e == Evidence::Capture);
                for (line, _) in claims {
                    if !captured.others.contains(&(what, line.clone())) {
                        wrong.push(format!("{}: {what} by {line}", file.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "no capture has\n{}", wrong.join("\n"));
}
