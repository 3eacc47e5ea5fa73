//! The pictures of the guides (`docs/pictures`): what the program shows in a terminal, drawn. They are made here
//! (`docs/pictures/make`), and a picture that no longer shows what the program says is found here.

mod drawing;

use std::path::{Path, PathBuf};

use super::history_commands::{export, survey};
use super::replayed::still;
use super::support::Opensim;
use super::view::View;
use drawing::{Row, drawn, rows, said, words};

/// How wide a terminal is where nobody made it wider.
const COLUMNS: u16 = 80;

/// What is typed, and what of the screen is drawn.
struct Picture {
    name: &'static str,
    typed: &'static str,
    rows: u16,
    /// Whether it asks, and is answered yes.
    asks: bool,
    part: Part,
}

enum Part {
    /// All of it.
    Whole,
    /// Without what stands from this heading up to this line, in each language.
    Without([[&'static str; 2]; 2]),
    /// From this heading to this line, in each language.
    Within([[&'static str; 2]; 2]),
    /// The live screen, once it stands still.
    Live,
}

const PICTURES: [Picture; 6] = [
    Picture {
        name: "status",
        typed: "opensim status",
        rows: 30,
        asks: false,
        part: Part::Whole,
    },
    Picture {
        name: "scan",
        typed: "opensim scan",
        rows: 80,
        asks: true,
        part: Part::Without([
            ["Pourquoi", "Le modem est de nouveau"],
            ["Why", "The modem is back"],
        ]),
    },
    Picture {
        name: "table",
        typed: "opensim scan",
        rows: 80,
        asks: true,
        part: Part::Within([
            ["Rang", "Ici, SFR arrive en tête"],
            ["Rank", "Here, SFR comes first"],
        ]),
    },
    Picture {
        name: "switch",
        typed: "opensim switch sfr",
        rows: 20,
        asks: true,
        part: Part::Whole,
    },
    Picture {
        name: "monitor",
        typed: "opensim monitor",
        rows: 24,
        asks: false,
        part: Part::Live,
    },
    Picture {
        name: "compare",
        typed: "opensim history compare Salon Grenier",
        rows: 40,
        asks: false,
        part: Part::Whole,
    },
];

impl Picture {
    fn file(&self, lang: &str) -> PathBuf {
        let name = format!("docs/pictures/{}.{lang}.svg", self.name);
        Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    /// Runs it in a house where signals stand still; what the screen shows in the end. A live screen is looked at until it
    /// shows these words; without them, until the signal has stood still for a while.
    fn screen(&self, lang: &str, wanted: Option<&str>) -> Vec<Row> {
        let opensim = Opensim::new();
        let house = still(&opensim, "home");
        let text = std::fs::read_to_string(house).expect("a scenario");
        opensim.file("home.toml", &self.house(&text));
        kept(&opensim);
        let mut args = vec!["--lang", lang];
        args.extend(self.typed.split(' ').skip(1));
        if matches!(self.part, Part::Live) {
            args.extend(["--for", "40s"]);
        }
        let mut view = View::with(&opensim, &args, (COLUMNS, self.rows), |command| {
            command
                .env("OPENSIM_MODEM", "sim:home.toml")
                .current_dir(opensim.state.path());
        });
        if self.asks {
            let (question, yes) = match lang {
                "fr" => ("[o/N]", b"o\n"),
                _ => ("[y/N]", b"y\n"),
            };
            view.wait_for(question);
            view.type_(yes);
        }
        if matches!(self.part, Part::Live) {
            return self.live(view, wanted);
        }
        let (code, view) = view.end();
        assert_eq!(code, Some(0), "{}: {}", self.name, view.text());
        rows(view.screen())
    }

    fn live(&self, mut view: View, wanted: Option<&str>) -> Vec<Row> {
        let mut last = Vec::new();
        while view.is_drawn() {
            // What stands there after its end is another page.
            if !view.is_other_screen() {
                continue;
            }
            last = rows(view.screen());
            let is_there = match wanted {
                Some(wanted) => words(&said(&drawn(self.typed, &last))) == wanted,
                None => view.text().contains(" 25 s"),
            };
            if is_there {
                break;
            }
        }
        last
    }

    /// Where an antenna is turned, the signal gets better meanwhile.
    fn house(&self, text: &str) -> String {
        if !matches!(self.part, Part::Live) {
            return text.to_owned();
        }
        let weak = text
            .replace("pace = 20", "pace = 1")
            .replace("rsrp_dbm = -97", "rsrp_dbm = -106")
            .replace("sinr_db = 9.5", "sinr_db = 2.5");
        let turns = [4, 6, 8, 10]
            .map(|at| format!("\n[[event]]\nat_s = {at}\nplmn = \"20801\"\nchange_db = 3\n"));
        weak + &turns.concat()
    }

    /// The part of a screen that is drawn.
    fn draw(&self, screen: &[Row], lang: &str) -> String {
        let mut rows = screen.to_vec();
        let at = |begins: &str| {
            let found = screen
                .iter()
                .position(|row| drawing::text(row).starts_with(begins));
            found.unwrap_or_else(|| panic!("{}: no row {begins:?}", self.name))
        };
        let part = |parts: &[[&str; 2]; 2]| {
            let [from, to] = parts[usize::from(lang != "fr")];
            (at(from), at(to))
        };
        match &self.part {
            Part::Whole | Part::Live => {}
            Part::Without(parts) => {
                let (from, to) = part(parts);
                rows.splice(from..to, drawing::gap());
            }
            Part::Within(parts) => {
                let (from, to) = part(parts);
                rows = rows[from..=to].to_vec();
                rows.splice(..0, drawing::gap());
            }
        }
        drawn(self.typed, &rows)
    }
}

/// Days of a lounge and an attic, for what compares them.
fn kept(opensim: &Opensim) {
    let mut surveys = Vec::new();
    for day in 2..=6 {
        let uneven = f64::from(day % 3);
        let at = |hour: u32| format!("2026-11-{day:02}T{hour:02}:00:00Z");
        surveys.push(survey(
            &at(8),
            "Salon",
            -99.0 - uneven,
            Some(-101.0 - uneven),
        ));
        surveys.push(survey(
            &at(9),
            "Grenier",
            -88.0 - uneven,
            Some(-99.0 - uneven),
        ));
    }
    let file = export(opensim, &surveys);
    assert_eq!(opensim.run(&["history", "import", &file]).code(), 0);
}

/// The pictures of a language that are old; drawn anew where that was asked for. What is typed for two is run once.
fn old(lang: &str, is_made: bool) -> Vec<String> {
    let mut old = Vec::new();
    let mut run: Option<(&str, Vec<Row>)> = None;
    for picture in &PICTURES {
        let file = picture.file(lang);
        let on_file = std::fs::read_to_string(&file).unwrap_or_default();
        let expected = words(&said(&on_file));
        let screen = match run {
            Some((typed, screen)) if typed == picture.typed => screen,
            _ => picture.screen(lang, (!is_made).then_some(&expected)),
        };
        let today = picture.draw(&screen, lang);
        run = Some((picture.typed, screen));
        if is_made {
            std::fs::write(&file, today).expect("written");
            continue;
        }
        let today = words(&said(&today));
        if today != expected {
            let file = file.display();
            old.push(format!(
                "{file} is old: run docs/pictures/make, and look at it\n{expected}\n{today}"
            ));
        }
    }
    old
}

#[test]
fn the_pictures_of_the_guides_show_what_the_program_says() {
    let is_made = std::env::var_os("OPENSIM_UPDATE").is_some_and(|v| v == "1");
    let old: Vec<String> = std::thread::scope(|languages| {
        let drawn = ["fr", "en"].map(|lang| languages.spawn(move || old(lang, is_made)));
        let drawn = drawn.into_iter();
        drawn.flat_map(|one| one.join().expect("drawn")).collect()
    });
    assert!(old.is_empty(), "\n{}\n", old.join("\n"));
}

#[test]
fn every_picture_on_file_is_one_that_is_made_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().into_string().expect("text");
        if name != "make" {
            found.push(name);
        }
    }
    found.sort();
    let mut made: Vec<String> = PICTURES
        .iter()
        .flat_map(|picture| ["en", "fr"].map(|lang| format!("{}.{lang}.svg", picture.name)))
        .collect();
    made.sort();
    assert_eq!(found, made);
}

#[test]
fn a_picture_that_says_something_else_is_found_whatever_its_numbers_are() {
    let of = |text: &str| words(&said(&drawn("opensim scan", &[drawing::plain(text)])));
    let here = of("1  SFR  suffisant  -83  ≥ 225  4,4  (3 s)  98\u{202f}%");
    assert_eq!(
        here,
        of("2  SFR  suffisant -101  ≥ 1000  3,9  (1 min 12 s)  100\u{a0}%")
    );
    for other in [
        "1  SFR  suffisant  -83  ≥ 225  4,4  (3 s)  98 dB",
        "1  SFR  incertain  -83  ≥ 225  4,4  (3 s)  98\u{202f}%",
        "1  SFR  suffisant  -83  ≥ 225  (3 s)  98\u{202f}%",
    ] {
        assert_ne!(here, of(other), "{other}");
    }
    // Marks of the drawing are no letters of it.
    let marked = drawn("opensim", &[drawing::plain("a <b> & \"c\"")]);
    assert_eq!(said(&marked), "$ opensim a <b> & \"c\"");
}
