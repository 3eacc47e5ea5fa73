//! The guides' command lines, run as they stand, one after the other, as whoever follows the page does.
//!
//! Every page of `docs/` and the README is read. A block of `sh`, or of `powershell`, is a command a line; one of `bash` is
//! one script. What a line ends with is 0, or what its remark says ("code 9", "exit 0 or 9"). A block of `toml` is the
//! configuration from there on. A command in the text itself is read by the program, without being run.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::typed::{Desk, at_this_desk};

/// What is not run, by how it begins, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("sudo apt ", "it changes what is installed"),
    ("sudo cp ", "it changes what is installed"),
    ("sudo usermod ", "it changes the computer's people"),
    ("sudo install ", "it changes what is installed"),
    ("sudo ufw ", "it changes the computer's firewall"),
    ("sudo systemctl ", "a test has no systemd"),
    ("systemctl ", "a test has no systemd"),
    ("journalctl ", "a test has no systemd"),
    ("tar ", "its package is made elsewhere"),
    ("cd ", "its folder is made elsewhere"),
    ("cargo ", "it builds for minutes; CI runs README's two"),
    (
        "packaging/",
        "it builds for minutes, or makes certificates; CI runs it",
    ),
    (
        "opensim-fleet ",
        "a program of its own, whose tests read these lines",
    ),
    ("pip ", "it changes what is installed"),
    ("rsync ", "its collector is elsewhere"),
];

/// Programs that may be missing where the tests run.
const OTHERS: &[&str] = &["jq", "openssl", "curl"];

/// What is typed, or read as the configuration.
#[derive(Debug, PartialEq)]
enum Step {
    /// No exits where none are said.
    Line {
        text: String,
        exits: Vec<i32>,
    },
    Configuration(String),
}

/// A command without its remark, and what it may end with.
fn line(typed: &str) -> Step {
    let (text, remark) = typed.split_once(" # ").unwrap_or((typed, ""));
    let words: Vec<&str> = remark
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let said = words.iter().position(|w| ["code", "exit"].contains(w));
    let after = said.map_or(&[][..], |at| &words[at + 1..]);
    let exits = after
        .iter()
        .take_while(|word| ["or", "ou"].contains(word) || word.parse::<i32>().is_ok())
        .filter_map(|word| word.parse().ok())
        .collect();
    Step::Line {
        text: text.trim().to_owned(),
        exits,
    }
}

/// What stands between a page's fences, in its order.
fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for block in page.split("```").skip(1).step_by(2) {
        let (language, text) = block.split_once('\n').unwrap_or_default();
        match language.trim() {
            "sh" | "powershell" => {
                let lines = text.lines().map(str::trim);
                let lines = lines.filter(|l| !l.is_empty() && !l.starts_with('#'));
                steps.extend(lines.map(line));
            }
            "bash" => steps.push(Step::Line {
                text: text.trim().to_owned(),
                exits: Vec::new(),
            }),
            "toml" => steps.push(Step::Configuration(text.to_owned())),
            _ => {}
        }
    }
    steps
}

/// What of a page's text is a command, each once.
fn told(page: &str) -> BTreeSet<String> {
    let unfenced: Vec<&str> = page.split("```").step_by(2).collect();
    let unfenced = unfenced.join("\n");
    let codes = unfenced.split('`').skip(1).step_by(2);
    let codes = codes.map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
    // On Windows it is typed with its folder and its ending.
    let codes = codes.map(|code| code.replacen(".\\opensim.exe ", "opensim ", 1));
    codes
        .filter(|code| code.starts_with("opensim "))
        .filter(|code| !code.contains("...") && !code.contains('…'))
        .collect()
}

/// The pages, each with its text and the language of its reader.
fn pages() -> Vec<(String, String, &'static str)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md")];
    let mut folders = vec![root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    let page = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("text");
        let name = path
            .strip_prefix(root)
            .expect("below")
            .display()
            .to_string();
        let is_french = name.contains("/fr/") || name.contains(".fr.");
        (name, text, if is_french { "fr" } else { "en" })
    };
    pages.into_iter().map(page).collect()
}

/// The program that a line begins with.
fn program(line: &str) -> &str {
    let words = line.split_whitespace();
    let mut words = words.skip_while(|word| *word == "sudo" || word.contains('='));
    words.next().unwrap_or_default()
}

/// A line with its modem: the one in memory has a way for data, where something is measured; the one that is plugged in is
/// the same house, and quicker.
fn beside_a_modem(line: &str, modem: &str) -> String {
    let measures = ["--server", "opensim measure", "opensim doctor", "gate.sh"];
    let is_measured = measures.iter().any(|word| line.contains(word));
    if is_measured && !line.contains("--modem") && !line.contains("--bundle") {
        format!("OPENSIM_MODEM=sim:house.toml; export OPENSIM_MODEM; {line}")
    } else {
        line.replace("sim:home", modem)
    }
}

/// Follows a page; what went otherwise than it says.
fn followed(name: &str, page: &str, lang: &'static str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut desk = Desk::new(lang);
    let modem = desk.modem().to_owned();
    for step in steps(page) {
        let (text, exits) = match step {
            Step::Line { text, exits } => (text, exits),
            Step::Configuration(text) => {
                desk.configure(&text);
                continue;
            }
        };
        if NOT_RUN.iter().any(|(begins, _)| text.starts_with(begins)) {
            continue;
        }
        let program = program(&text);
        let is_other = OTHERS.contains(&program);
        let is_ours = ["opensim", ".\\opensim.exe", "ssh"].contains(&program)
            || program.starts_with("examples/");
        if !is_ours && !is_other && text.lines().count() == 1 {
            complaints.push(format!("{name}: {text}: neither run nor among what is not"));
            continue;
        }
        if desk.lacks_a_server(&text) {
            // Somebody else's, who followed the page for servers.
            desk.type_("opensim serve");
        }
        let ran = desk.type_(&beside_a_modem(&text, &modem));
        let is_script = text.starts_with("examples/");
        let mut needs = OTHERS.iter();
        let needs = needs.find(|program| text.contains(*program) || is_script);
        if let Some(missing) = needs.filter(|_| ran.code() == 127) {
            let _ = writeln!(std::io::stderr(), "skipped: {missing} is not here");
            continue;
        }
        let exits = match (&exits[..], at_this_desk(&text)) {
            ([], []) => &[0],
            ([], at_this_desk) => at_this_desk,
            (said, _) => said,
        };
        if !exits.contains(&ran.code()) {
            let code = ran.code();
            let said = ran.stdout() + &ran.stderr();
            complaints.push(format!("{name}: {text}: {code}, not {exits:?}\n{said}"));
        }
    }
    complaints
}

/// What the program does not know of the commands in a page's text.
fn misspelt(desk: &mut Desk, name: &str, page: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for line in told(page) {
        // Help is the last word: what stands before it has to be right.
        let asked = line.split(" | ").next().unwrap_or_default();
        let ran = desk.type_(&format!("OPENSIM_LANG=en {asked} --help"));
        if ran.code() != 0 {
            complaints.push(format!("{name}: {line}: {}", ran.stderr()));
        }
    }
    complaints
}

#[test]
fn the_command_lines_of_the_guides_do_what_the_pages_say() {
    let pages = pages();
    assert!(pages.len() > 15, "only {}", pages.len());
    let next = AtomicUsize::new(0);
    // Few at a time: a measurement is a matter of time.
    let complaints: Vec<String> = std::thread::scope(|readers| {
        let read = || {
            let mut found = Vec::new();
            while let Some((name, page, lang)) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.extend(followed(name, page, lang));
            }
            found
        };
        let running = [(); 3].map(|()| readers.spawn(read));
        let done = running.into_iter();
        done.flat_map(|reader| reader.join().expect("a reader"))
            .collect()
    });
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn what_is_not_run_stands_on_a_page() {
    let pages = pages();
    let steps: Vec<Step> = pages.iter().flat_map(|(_, page, _)| steps(page)).collect();
    let is_there = |begins: &str| {
        let mut steps = steps.iter();
        steps.any(|step| matches!(step, Step::Line { text, .. } if text.starts_with(begins)))
    };
    let idle = NOT_RUN.iter().filter(|(begins, _)| !is_there(begins));
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

#[test]
fn the_commands_that_the_guides_speak_of_are_known() {
    let mut desk = Desk::new("en");
    let pages = pages();
    let complaints = pages.iter();
    let complaints: Vec<String> = complaints
        .flat_map(|(name, page, _)| misspelt(&mut desk, name, page))
        .collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn a_line_that_is_wrong_is_found() {
    let page = "```sh\nopensim scan --radio-ony   # an option that is not there\nmake coffee\n\
                opensim status             # code 5: it ends with 0\nopensim status --json | false # exit 1\n```\n";
    let found = followed("page", page, "en");
    let found: Vec<&str> = found.iter().filter_map(|f| f.lines().next()).collect();
    assert_eq!(
        found,
        [
            "page: opensim scan --radio-ony: 2, not [0]",
            "page: make coffee: neither run nor among what is not",
            "page: opensim status: 0, not [5]",
        ]
    );
    let mut desk = Desk::new("en");
    let page = "`opensim scan --bak`, `opensim\nstatus --json | jq .`, `opensim …`, `opensim serv`, `.\\opensim.exe sta`\n";
    let found = misspelt(&mut desk, "page", page);
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn what_a_remark_says_is_what_a_line_may_end_with() {
    for (typed, text, exits) in [
        ("opensim scan", "opensim scan", &[][..]),
        ("opensim scan    # no code of ours", "opensim scan", &[]),
        (
            "opensim doctor  # code 0 ou 9 : selon",
            "opensim doctor",
            &[0, 9],
        ),
        ("opensim at X # exit 7", "opensim at X", &[7]),
    ] {
        let expected = Step::Line {
            text: text.to_owned(),
            exits: exits.to_vec(),
        };
        assert_eq!(line(typed), expected);
    }
}
