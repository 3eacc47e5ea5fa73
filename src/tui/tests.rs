//! What is drawn of the same readings for every size, and that no size is too small.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::document::SurveyedRow;
use crate::i18n::Lang;
use crate::report::sample;

/// A minute of a signal that gets better, a change of cell in it.
fn minute(words: &Catalogue) -> SignalScreen {
    let mut screen = SignalScreen::default();
    for second in 0..=60_i32 {
        let mut reading = sample::reading().body;
        reading.number = u32::try_from(second + 1).ok();
        reading.elapsed_s = Some(f64::from(second));
        if second != 37 {
            reading.cell_left = None;
        }
        let radio = reading.radio.as_mut().expect("levels");
        let wave = [0, 2, 3, 1, -2][usize::try_from(second % 5).unwrap_or_default()];
        radio.rsrp_dbm = Rsrp::new(-110 + second / 4 + wave - i32::from(second > 50) * 2);
        if second == 20 {
            reading.radio = None;
        }
        reading.better_in_survey = Some(SurveyedRow {
            carrier: "sfr".to_owned(),
            at: "2026-11-20T18:31:43Z".to_owned(),
            label: Some("Salon".to_owned()),
        });
        screen.take(reading, words);
    }
    screen
}

fn drawn(screen: &SignalScreen, words: &Catalogue, size: (u16, u16), look: Look) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a terminal");
    terminal
        .draw(|frame| screen.draw(frame, words, look))
        .expect("drawn");
    let buffer = terminal.backend().buffer();
    let rows = buffer.content().chunks(usize::from(size.0));
    rows.map(|row| {
        let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        row.trim_end().to_owned()
    })
    .collect()
}

fn page(lang: Lang, size: (u16, u16), look: Look) -> String {
    let words = Catalogue::new(lang);
    drawn(&minute(&words), &words, size, look).join("\n")
}

#[test]
fn the_same_minute_at_every_size() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (lang, columns, rows) in [
            (Lang::Fr, 80, 24),
            (Lang::En, 80, 24),
            (Lang::Fr, 120, 40),
            (Lang::Fr, 40, 20),
            (Lang::En, 40, 12),
            (Lang::Fr, 80, 10),
            (Lang::Fr, 10, 3),
        ] {
            let name = format!("screen_{columns}x{rows}.{}", lang.code());
            insta::assert_snapshot!(name, page(lang, (columns, rows), Look::default()));
        }
        let ascii = Look {
            ascii: true,
            ..Look::default()
        };
        insta::assert_snapshot!("screen_ascii.fr", page(Lang::Fr, (80, 24), ascii));
        for lang in [Lang::En, Lang::Fr] {
            let words = Catalogue::new(lang);
            let mut screen = minute(&words);
            screen.explains = true;
            let page = drawn(&screen, &words, (80, 24), Look::default()).join("\n");
            insta::assert_snapshot!(format!("screen_help.{}", lang.code()), page);
        }
    });
}

#[test]
fn no_size_is_too_small() {
    let words = Catalogue::new(Lang::Fr);
    let full = minute(&words);
    let empty = SignalScreen::default();
    let mut nothing = SignalScreen::default();
    nothing.take(MonitorReading::default(), &words);
    let mut explained = minute(&words);
    explained.explains = true;
    for columns in (1..=42).chain([63, 64, 65, 79, 109, 110, 200]) {
        for rows in (1..=26).chain([39, 60]) {
            for screen in [&full, &empty, &nothing, &explained] {
                for ascii in [false, true] {
                    let look = Look {
                        ascii,
                        ..Look::default()
                    };
                    drawn(screen, &words, (columns, rows), look);
                }
            }
        }
    }
}

#[test]
fn every_power_is_read_as_a_number_at_every_size() {
    let words = Catalogue::new(Lang::En);
    let mut screen = SignalScreen::default();
    screen.take(sample::reading().body, &words);
    for (columns, rows) in [(10, 3), (12, 5), (20, 9), (40, 12), (63, 14)] {
        let page = drawn(&screen, &words, (columns, rows), Look::default()).join("\n");
        for level in ["-97", "-11", "9"] {
            assert!(page.contains(level), "{columns}x{rows}: {page}");
        }
    }
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let words = Catalogue::new(Lang::Fr);
    let screen = minute(&words);
    let cells = |color: bool| {
        let look = Look {
            color,
            ..Look::default()
        };
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
        terminal
            .draw(|frame| screen.draw(frame, &words, look))
            .expect("drawn");
        terminal.backend().buffer().content().to_vec()
    };
    let (plain, coloured) = (cells(false), cells(true));
    let reset = ratatui::style::Color::Reset;
    assert!(
        plain
            .iter()
            .all(|cell| cell.fg == reset && cell.bg == reset)
    );
    assert!(coloured.iter().any(|cell| cell.fg != reset));
    let signs = |cells: &[ratatui::buffer::Cell]| -> Vec<String> {
        cells.iter().map(|cell| cell.symbol().to_owned()).collect()
    };
    assert_eq!(signs(&plain), signs(&coloured));
}

#[test]
fn an_ascii_terminal_gets_ascii() {
    let look = Look {
        ascii: true,
        ..Look::default()
    };
    for size in [(120, 40), (80, 24), (40, 20), (40, 12), (10, 3)] {
        let page = page(Lang::Fr, size, look);
        assert!(page.is_ascii(), "{page}");
    }
}

#[test]
fn what_a_modem_calls_itself_moves_no_cursor() {
    let words = Catalogue::new(Lang::En);
    let mut reading = sample::reading().body;
    if let Some(modem) = &mut reading.modem {
        modem.model = Some("\u{1b}[2J\u{7}X\u{202e}".to_owned());
    }
    let mut screen = SignalScreen::default();
    screen.take(reading, &words);
    let page = drawn(&screen, &words, (80, 24), Look::default()).join("\n");
    assert!(!page.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{page:?}");
}
