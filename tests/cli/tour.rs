//! The guided first use, played through in a window: by somebody who types what is asked, and by somebody who does not.

use super::support::Opensim;
use super::window::Window;

/// What differs between the languages.
struct Tongue {
    lang: &'static str,
    yes_or_no: &'static str,
    yes: &'static str,
    help: &'static str,
    skip: &'static str,
    quit: &'static str,
    nearly: &'static str,
    outside: &'static str,
    stranger: &'static str,
    too_long: &'static str,
    copy: &'static str,
    not_done: &'static str,
    another: &'static str,
    joining: &'static str,
    own: &'static str,
}

const TONGUES: [Tongue; 2] = [
    Tongue {
        lang: "fr",
        yes_or_no: "[o/N]",
        yes: "o\n",
        help: "aide\n",
        skip: "passer\n",
        quit: "quitter\n",
        nearly: "Presque",
        outside: "n’en fait pas partie",
        stranger: "Ce n’est pas une commande d’opensim",
        too_long: "C’est bien long",
        copy: "la commande en entier",
        not_done: "n’est pas allée au bout",
        another: "une autre commande",
        joining: "Le modem rejoint SFR",
        own: "votre vrai modem",
    },
    Tongue {
        lang: "en",
        yes_or_no: "[y/N]",
        yes: "y\n",
        help: "help\n",
        skip: "skip\n",
        quit: "quit\n",
        nearly: "Nearly",
        outside: "is not part of this",
        stranger: "not a command of opensim",
        too_long: "That is long",
        copy: "the whole command",
        not_done: "was not completed",
        another: "another command",
        joining: "Joining SFR",
        own: "your real modem",
    },
];

/// Somebody in front of the tour.
struct Person {
    window: Window,
    pid: u32,
}

impl Person {
    fn new(opensim: &Opensim, args: &[&str], columns: u16) -> Self {
        let window = Window::wide(opensim, args, columns);
        let pid = window.child.id();
        Self { window, pid }
    }

    /// Waits for the prompt of a step; what was shown since the last one, in one line.
    fn at(&mut self, step: u32) -> String {
        let shown = self.window.wait_for_question(&format!("\n{step}/8 > "));
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Types a line at the prompt of a step, and waits for the next prompt, of the same step.
    fn says(&mut self, step: u32, line: &[u8]) -> String {
        self.window.type_(line);
        self.at(step)
    }

    fn agrees(&mut self, tongue: &Tongue) {
        self.window.wait_for_question(tongue.yes_or_no);
        self.window.type_(tongue.yes.as_bytes());
    }

    /// Waits for the end, which has to be a good one, with nothing of the tour's left on the disk.
    fn ends(self, opensim: &Opensim) -> String {
        let (shown, code) = self.window.end();
        assert_eq!(code, Some(0), "{shown}");
        let own = opensim.state.path();
        assert!(!own.join("state").exists() && !own.join("config").exists());
        let left = std::env::temp_dir().join(format!("opensim-tour-{}-0", self.pid));
        assert!(!left.exists());
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn whoever_types_what_is_asked_comes_to_the_end_and_to_their_own_modem() {
    for tongue in &TONGUES {
        let opensim = Opensim::new();
        let modem = opensim.modem("home", "20");
        let args = ["--lang", tongue.lang, "--modem", modem.path(), "tour"];
        let mut person = Person::new(&opensim, &args, 80);
        let welcome = person.at(1);
        assert!(welcome.contains("opensim status"), "{welcome}");
        let status = person.says(2, b"opensim status\n");
        assert!(status.contains("20801"), "{status}");
        let monitor = person.says(3, b"opensim monitor --plain --for 1s\n");
        assert!(monitor.contains("RSRP -"), "{monitor}");
        person.window.type_(b"opensim scan\n");
        person.agrees(tongue);
        let scan = person.at(4);
        for carrier in ["Orange", "SFR", "Bouygues Telecom"] {
            assert!(scan.contains(carrier), "{scan}");
        }
        person.window.type_(b"opensim switch sfr\n");
        person.agrees(tongue);
        person.at(5);
        // The same house: the modem is where it was taken to.
        let status = person.says(6, b"opensim status\n");
        assert!(status.contains("20810"), "{status}");
        let doctor = person.says(7, b"opensim doctor\n");
        assert!(doctor.contains("sim:home"), "{doctor}");
        let history = person.says(8, b"opensim history\n");
        assert!(history.contains("SFR"), "{history}");
        person.window.type_(b"opensim recover\n");
        let end = person.ends(&opensim);
        for command in ["status", "scan", "switch sfr", "doctor", "recover"] {
            assert!(end.contains(&format!("opensim {command} ")), "{end}");
        }
        assert!(
            end.contains(modem.path()) && end.contains(tongue.own),
            "{end}"
        );
    }
}

#[test]
fn whoever_types_something_else_is_answered_kindly_and_comes_to_an_end_too() {
    for tongue in &TONGUES {
        let opensim = Opensim::new();
        let mut person = Person::new(&opensim, &["--lang", tongue.lang, "tour"], 40);
        person.at(1);
        let empty = person.says(1, b"\n");
        assert!(empty.contains("opensim status"), "{empty}");
        let help = person.says(1, tongue.help.as_bytes());
        assert!(help.contains("Ctrl-C"), "{help}");
        let near = person.says(1, b"opensim sttaus\n");
        assert!(near.contains(tongue.nearly), "{near}");
        let shell = person.says(1, b"ls -la /\n");
        assert!(shell.contains(tongue.stranger), "{shell}");
        let third = person.says(1, "é à ç, ça va ?\n".as_bytes());
        assert!(third.contains(tongue.copy), "{third}");
        for outside in [
            "opensim --modem /dev/null status\n",
            "opensim status --trace trace.txt\n",
            "opensim scan --out page.html\n",
            "opensim serve\n",
        ] {
            let said = person.says(1, outside.as_bytes());
            assert!(said.contains(tongue.outside), "{said}");
        }
        // What is wrong is said in its own words, and quotes nobody.
        let wrong = person.says(1, b"opensim switch\n");
        let is_quoted = wrong.contains("« Il manque") || wrong.contains("\"Missing");
        assert!(wrong.contains("orange, sfr") && !is_quoted, "{wrong}");
        let long = [&b"x".repeat(10_000)[..], b"\n"].concat();
        let said = person.says(1, &long);
        assert!(said.contains(tongue.too_long), "{said}");
        person.says(1, b"\xff\xfe\xc3\n");
        person.says(1, b"\x1b[A\x1b[200~\x07\x01\n");
        // A paste is taken line by line.
        person
            .window
            .type_(b"opensim carriers\nopensim help switch\nls; reboot\n");
        for _ in 0..3 {
            person.at(1);
        }
        let other = person.says(1, b"opensim recover\n");
        assert!(other.contains(tongue.another), "{other}");
        let sudo = person.says(2, b"sudo opensim status\n");
        assert!(sudo.contains("sudo") && sudo.contains("20801"), "{sudo}");
        person.says(3, tongue.skip.as_bytes());

        // A question that is answered with Ctrl-C, and a command that is stopped by it.
        person.window.type_(b"opensim scan\n");
        person.window.wait_for_question(tongue.yes_or_no);
        let stopped = person.says(3, b"\x03");
        assert!(stopped.contains(tongue.not_done), "{stopped}");
        person.window.type_(b"opensim scan --yes --no-measure\n");
        person.window.wait_for_question(tongue.joining);
        let stopped = person.says(3, b"\x03");
        assert!(stopped.contains(tongue.not_done), "{stopped}");
        let status = person.says(3, b"opensim status\n");
        assert!(status.contains("20801"), "{status}");
        person.says(4, tongue.skip.as_bytes());
        person.window.type_(b"opensim switch sfr\n");
        person.window.wait_for_question(tongue.yes_or_no);
        let declined = person.says(4, b"\n");
        assert!(declined.contains(tongue.not_done), "{declined}");
        person.window.type_(tongue.quit.as_bytes());
        let end = person.ends(&opensim);
        assert!(end.contains("opensim tour"), "{end}");
    }
}

#[test]
fn ctrl_d_and_ctrl_c_at_the_prompt_end_it_well_and_say_how_to_come_back() {
    for key in [b"\x04", b"\x03"] {
        let opensim = Opensim::new();
        let mut person = Person::new(&opensim, &["--lang", "en", "tour"], 80);
        person.at(1);
        person.says(2, b"skip\n");
        person.window.type_(key);
        let end = person.ends(&opensim);
        assert!(end.contains("`opensim tour`"), "{end}");
    }
}

#[test]
fn without_a_person_at_a_terminal_there_is_no_tour() {
    let opensim = Opensim::new();
    let ran = opensim.run(&["tour"]);
    assert_eq!((ran.code(), ran.stdout()), (2, String::new()));
    assert!(ran.stderr().contains("opensim tour"), "{}", ran.stderr());
    let ran = opensim.run(&["--json", "tour"]);
    assert_eq!(ran.code(), 2);
    assert_eq!(ran.json()["error"]["code"], "usage.terminal_needed");
    for option in ["--json", "--no-input"] {
        let (shown, code) = Window::open(&opensim, &["--lang", "en", option, "tour"]).end();
        assert_eq!(code, Some(2), "{shown}");
    }
    assert!(!opensim.state.path().join("state").exists());
}
