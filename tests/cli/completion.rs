//! Completion, in the shells themselves where they are here: the script is loaded and asked as a person's Tab would.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::{Opensim, Ran};

/// A shell that is installed.
fn shell(name: &str) -> Option<PathBuf> {
    let places = ["/usr/bin", "/bin", "/usr/local/bin"];
    let found = places.iter().map(|place| Path::new(place).join(name));
    let found = found.into_iter().find(|path| path.exists());
    if found.is_none() {
        // A test that did not look says so.
        let _ = writeln!(std::io::stderr(), "skipped: {name} is not here");
    }
    found
}

/// What a shell says to a program, with the binary in its path and the completions loaded.
fn asked(opensim: &Opensim, shell: &Path, script: &str) -> String {
    let name = shell.file_name().expect("a name").to_str().expect("text");
    let completions = opensim.run(&["completions", name]).stdout();
    let completions = opensim.file(&format!("completions.{name}"), &completions);
    let plain = opensim.command(&[]);
    let folder = Path::new(plain.get_program()).parent().expect("a folder");
    let mut command = Command::new(shell);
    command.env_clear();
    for (name, value) in plain.get_envs() {
        command.env(name, value.expect("set"));
    }
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let ran = command
        .env("PATH", path)
        .env("COMPLETIONS", completions)
        .current_dir(opensim.state.path())
        .args(["-c", script])
        .output()
        .expect("a shell");
    let ran = Ran(ran);
    assert!(ran.0.status.success(), "{script}: {}", ran.stderr());
    ran.stdout()
}

/// A line, and what is offered at its end.
const LINES: &[(&str, &[&str])] = &[
    ("opensim switch ", &["bouygues", "orange", "sfr"]),
    ("opensim --json scan --carriers orange,s", &["orange,sfr"]),
    ("opensim sim --scenario zone", &["zone-blanche"]),
    ("opensim status --dialect hua", &["huawei"]),
    ("opensim --lang ", &["en", "fr"]),
    ("opensim measure --interface l", &["lo"]),
    ("opensim doctor --only sim,reg", &["sim,registration"]),
    ("opensim scan --format ", &["csv", "html", "json", "text"]),
    ("opensim scan --format=h", &["--format=html"]),
    ("opensim --modem sim:no-", &["sim:no-sim"]),
    ("opensim help swi", &["switch"]),
    ("opensim report kept", &["kept.json"]),
];

#[test]
fn bash_offers_commands_values_and_files() {
    let Some(bash) = shell("bash") else { return };
    let opensim = Opensim::new();
    opensim.file("kept.json", "{}");
    for (line, expected) in LINES {
        // bash parts the words of a line at : and =, which the script has to undo.
        let parted = line.replace(':', " : ").replace('=', " = ");
        let mut words: Vec<&str> = parted.split_ascii_whitespace().collect();
        if line.ends_with([' ', ':', '=']) {
            words.push("''");
        }
        let script = format!(
            "source \"$COMPLETIONS\"; COMP_WORDS=({}); COMP_CWORD={}; _opensim; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
        );
        let offered = asked(&opensim, &bash, &script);
        let mut offered: Vec<&str> = offered.lines().collect();
        offered.sort_unstable();
        // What stands before the last of them is in the line already.
        let behind = |word: &&str| {
            word.rsplit([':', '='])
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let expected: Vec<String> = expected.iter().map(behind).collect();
        assert_eq!(offered, expected, "{line}");
    }
    let taken = asked(
        &opensim,
        &bash,
        "source \"$COMPLETIONS\"; complete -p opensim",
    );
    assert!(taken.contains("_opensim"), "{taken}");
}

#[test]
fn fish_offers_commands_values_and_files() {
    let Some(fish) = shell("fish") else { return };
    let opensim = Opensim::new();
    opensim.file("kept.json", "{}");
    for (line, expected) in LINES {
        let script = format!("source $COMPLETIONS; complete -C '{line}'");
        let offered = asked(&opensim, &fish, &script);
        let words = offered.lines().filter_map(|line| line.split('\t').next());
        let mut words: Vec<&str> = words.collect();
        words.sort_unstable();
        assert_eq!(words, *expected, "{line}");
    }
}

#[test]
fn zsh_offers_commands_values_and_files() {
    let Some(zsh) = shell("zsh") else { return };
    let opensim = Opensim::new();
    for (line, expected) in LINES {
        let words: Vec<&str> = line.split(' ').collect();
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        // Its own functions work in an editor alone; these say what they are given.
        let script = format!(
            "compdef() {{ }}; compset() {{ }}; _files() {{ print -l kept.json }}\n\
             _describe() {{ for item in \"${{(@P)4}}\"; do item=${{item//\\\\:/@}}; print -r -- ${{item%%:*}}; done }}\n\
             source \"$COMPLETIONS\"; words=({}); CURRENT={}; _opensim || true",
            quoted.join(" "),
            words.len(),
        );
        let offered = asked(&opensim, &zsh, &script).replace('@', ":");
        let mut offered: Vec<&str> = offered.lines().collect();
        // Beside the names of scenarios stand files.
        offered.retain(|word| *word != "kept.json" || expected.contains(word));
        offered.sort_unstable();
        assert_eq!(offered, *expected, "{line}");
    }
}

#[test]
fn a_carrier_of_ones_own_is_offered_and_a_broken_configuration_offers_nothing() {
    let opensim = Opensim::new();
    let own = opensim.file(
        "own.toml",
        "[[carrier]]\nid = \"mine\"\nplmns = [\"20899\"]\n",
    );
    let line = ["--config", &own, "completions", "fish", "--", "switch", "m"];
    assert_eq!(opensim.run(&line).stdout(), "mine\tmine\n");
    let broken = opensim.file("broken.toml", "x");
    let line = [
        "--config",
        &broken,
        "completions",
        "fish",
        "--",
        "switch",
        "m",
    ];
    assert_eq!(opensim.run(&line).stdout(), "");
}
