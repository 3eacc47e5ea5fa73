//! What a teleworker reads, in French and in English: no sentence that is not so, and always what to do next.

use super::*;

/// A world's quirks, what is run, and what the page says in each language.
type Page = (
    &'static str,
    &'static str,
    &'static [&'static str],
    [&'static str; 2],
);

const STATUS: [&str; 1] = ["status"];

const PAGES: &[Page] = &[
    (
        "quectel",
        "registered_as = \"sms-only\"",
        &STATUS,
        [
            "text messages only, so there is no data here",
            "que pour les SMS",
        ],
    ),
    (
        "huawei",
        "registered_as = \"emergency-only\"",
        &STATUS,
        [
            "to try each carrier",
            "essayer les opérateurs l’un après l’autre",
        ],
    ),
    (
        "telit",
        "registered_as = \"denied\"",
        &STATUS,
        [
            "The network refused this SIM card",
            "L’opérateur a refusé cette carte SIM",
        ],
    ),
    (
        "generic",
        "registered_as = \"searching\"",
        &STATUS,
        ["Wait half a minute", "Attendez une demi-minute"],
    ),
    (
        "quectel",
        "sim_words = \"SIM BLOCKED\"",
        &STATUS,
        ["or is blocked", "ou est bloquée"],
    ),
    (
        "quectel",
        "empty_rows = \"zero\"",
        &SCAN,
        [
            "with --server it also compares",
            "avec --server, il mesure aussi",
        ],
    ),
    (
        "simcom",
        "cell_row = \"error-once\"",
        &SCAN,
        [
            "The modem is back on Orange.",
            "Le modem est de nouveau sur Orange.",
        ],
    ),
];

#[test]
fn each_page_says_what_is_so_and_what_to_do_next() {
    each(PAGES, |&(persona, quirks, args, words)| {
        for (lang, words) in ["en", "fr"].into_iter().zip(words) {
            let (_, said) = told(&home(persona, quirks), lang, args);
            let said = said.replace(['\u{202f}', '\u{a0}'], " ");
            assert!(said.contains(words), "{persona}, {quirks}: {words}: {said}");
        }
    });
}

#[test]
fn a_registration_that_carries_data_is_no_reason_to_warn() {
    let document = once(&home("quectel", "joined = \"refused\""), &STATUS).json();
    assert_at(&document, &[("/warnings", json!([]))], "status");
    let off = once(&home("quectel", "radio_off = true"), &STATUS).json();
    assert!(!warns(&off, "registration.no_data"), "{off:#}");
}

#[test]
fn what_was_not_answered_is_said_once_and_in_the_reader_s_language() {
    let bench = Bench::new(&home("quectel", "silent_to = [\"AT+CIMI\"]"));
    let ran = bench.run(&["--lang", "fr"], &STATUS);
    let page = ran.stdout();
    assert_eq!(page.matches("AT+CIMI").count(), 1, "{page}");
    assert_eq!(ran.stderr(), "");
}

#[test]
fn a_modem_with_2g_alone_is_not_said_to_have_told_nothing() {
    each(&["en", "fr"], |&lang| {
        let page = Bench::new("base = \"legacy\"\n");
        let ran = page.run(&["--lang", lang], &SCAN);
        let said: Vec<String> = ran.stdout().split_whitespace().map(str::to_owned).collect();
        let said = said.join(" ");
        for never in ["gave no radio level", "aucun niveau radio", "{$", "{ $"] {
            assert!(!said.contains(never), "{never}: {said}");
        }
        assert!(
            said.contains("RSRP") && said.contains("2G") && said.contains("3G"),
            "{said}"
        );
    });
}

/// A list that was asked for on the way says where the modem was then.
#[test]
fn what_the_modem_is_back_from_is_not_said_to_be_in_use() {
    each(
        &[("en", "in use"), ("fr", "en service")],
        |&(lang, in_use)| {
            let bench = Bench::new(&home("quectel", "registered_as = \"sms-only\"")).within("3s");
            let ran = bench.run(&["--lang", lang], &SCAN);
            let page = ran.stdout();
            let rows: Vec<&str> = page
                .lines()
                .filter(|line| line.starts_with("20820"))
                .collect();
            assert_eq!(rows.len(), 1, "{page}");
            assert!(!rows[0].contains(in_use), "{page}");
            assert_eq!(bench.on(), "20801");
        },
    );
}
