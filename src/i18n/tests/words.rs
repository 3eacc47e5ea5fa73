//! The words that the glossary gives up stay out of the catalogues, each for the one that stands in its place.

use std::path::Path;

use super::{Lang, entries};

/// What French says no more, and instead. A star stands for any ending.
const FRENCH: &[(&str, &str)] = &[
    ("accueill*", "rejoindre"),
    ("visit*", "essayer"),
    ("examin*", "essayer"),
    ("opérateur d’avant", "opérateur précédent"),
    ("celui d’avant", "l’opérateur précédent"),
    ("remet*", "revenir à, rétablir"),
    ("remis*", "revenir à, rétablir"),
    ("en arrière", "revenir à l’opérateur précédent"),
    ("à son terme", "interrompu"),
    ("nomm*", "choisir, indiquer"),
    ("désign*", "choisir, régler"),
    ("journée demande", "il vous faut"),
    ("demande la journée", "il vous faut"),
    ("demande votre journée", "il vous faut"),
    ("porte la journée", "suffit pour votre journée de travail"),
    (
        "porte votre journée",
        "suffit pour votre journée de travail",
    ),
    ("porter la journée", "suffit pour votre journée de travail"),
    ("tranch*", "conclure"),
    ("en charge", "pendant un téléchargement"),
    ("vers vous", "débit reçu"),
    ("depuis chez vous", "débit envoyé"),
    ("liaison mobile", "connexion mobile"),
    ("liaison de données", "connexion mobile"),
    ("connectez la liaison", "activez la connexion mobile"),
    ("menu du réseau", "menu réseau"),
    ("page de connexion", "page d’identification"),
    ("administrateur", "avec sudo"),
    ("occup*", "utilisé par un autre programme"),
    ("tenu par", "géré par"),
    ("peut-être tenir", "gère peut-être"),
    ("conversation*", "échanges"),
    ("terminaison*", "extension"),
    ("statut*", "code de sortie"),
    ("recommenc*", "réessayez"),
    ("essaie de nouveau", "réessayez"),
    ("sauf indication contraire", "par défaut"),
    ("la sim", "la carte SIM"),
    ("votre sim", "votre carte SIM"),
    ("cette sim", "cette carte SIM"),
    ("coupée jusqu’à", "coupée pendant … au plus"),
    ("niveau radio", "réception"),
    ("niveaux radio", "réception"),
    ("entend*", "capté"),
    ("messages texte", "SMS"),
    ("journal d’audit", "journal des changements"),
    ("retenu*", "freiné, ralenti"),
    ("résolu*", "trouver l’adresse"),
];

/// What English says no more, and instead.
const ENGLISH: &[(&str, &str)] = &[
    ("let in*", "join"),
    ("lets in*", "join"),
    ("visit*", "try"),
    ("survey*", "scan"),
    ("carrier of before", "previous carrier"),
    ("former carrier", "previous carrier"),
    ("puts back", "returns to, restores"),
    ("put back", "returned to, restored"),
    ("reach its end", "interrupted"),
    ("carry the day", "good enough for your working day"),
    ("carries the day", "good enough for your working day"),
    ("carry your day", "good enough for your working day"),
    ("carries your day", "good enough for your working day"),
    ("suffice*", "enough"),
    ("day needs", "you need"),
    ("under load", "during a download"),
    ("off the carrier", "down"),
    ("heard", "picked up"),
    ("drowned", "unclear"),
    ("way up", "upload"),
    ("way down", "download"),
    ("throughput", "download, upload"),
    ("noise", "uncertainty"),
    ("holder", "the program that uses it"),
    ("held by", "in use by, managed by"),
    ("held back", "blocked, slowed down"),
    ("as root", "with sudo"),
    ("take root", "need sudo"),
    ("takes root", "needs sudo"),
    ("administrator*", "with sudo"),
    ("log in at", "log-in page"),
    ("exit code*", "exit status"),
    ("audit log", "log of changes"),
    ("conversation*", "exchange"),
    ("unless said otherwise", "by default"),
    ("plmn", "network code"),
    ("tower*", "mast"),
    ("supplier*", "SIM provider"),
    ("seller*", "SIM provider, whoever sold it"),
    ("operator*", "carrier"),
    ("your sim is", "your SIM card is"),
    ("your sim has", "your SIM card has"),
    ("unasked", "unless you ask"),
    ("beforehand", "in advance"),
    ("radio level*", "signal"),
    ("looks longer", "to measure for longer"),
    ("begun", "started"),
    ("there and back", "round trip"),
    ("cannot be resolved", "the address cannot be found"),
];

/// A text as it is searched: in small letters, on one line, with plain spaces, and without the names of its values.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut is_name = false;
    for c in text.to_lowercase().chars() {
        is_name = c == '$' || is_name && (c.is_ascii_alphanumeric() || c == '_');
        match c {
            _ if is_name => {}
            c if c.is_whitespace() && plain.ends_with(' ') => {}
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// Whether the words stand in the text, whole; with any ending after a star.
fn has(text: &str, words: &str) -> bool {
    let (stem, ends) = match words.strip_suffix('*') {
        Some(stem) => (stem, false),
        None => (words, true),
    };
    text.match_indices(stem).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + stem.len()..].chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(is_letter(before) || ends && is_letter(after))
    })
}

fn given_up(lang: Lang, list: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (key, text) in entries(lang) {
        let text = plain(&text);
        let words = list.iter().filter(|(words, _)| has(&text, words));
        found.extend(words.map(|(words, instead)| format!("{key}: {words:?}, say {instead:?}")));
    }
    found
}

#[test]
fn the_words_that_french_gave_up_stay_out() {
    assert_eq!(given_up(Lang::Fr, FRENCH), Vec::<String>::new());
}

#[test]
fn the_words_that_english_gave_up_stay_out() {
    assert_eq!(given_up(Lang::En, ENGLISH), Vec::<String>::new());
}

#[test]
fn english_has_straight_apostrophes_and_no_space_before_a_percent_sign() {
    for (key, text) in entries(Lang::En) {
        let closed = text.replace("} %", "}%").replace('’', "'");
        assert_eq!(closed, text, "{key}");
    }
}

#[test]
fn a_name_server_is_told_with_its_letters() {
    for (key, text) in entries(Lang::Fr) {
        for kind in ["serveur de noms", "serveurs de noms"] {
            let plain = plain(&text);
            let mut after = plain.split(kind).skip(1);
            assert!(
                after.all(|rest| rest.starts_with(" (dns)")),
                "{key}: {text}"
            );
        }
    }
}

/// A page without what it shows of code, and of addresses.
fn prose(page: &str) -> String {
    let unfenced: Vec<&str> = page.split("```").step_by(2).collect();
    let unfenced = unfenced.join(" ");
    let uncoded: Vec<&str> = unfenced.split('`').step_by(2).collect();
    uncoded.join("X")
}

#[test]
fn the_french_guides_are_written_as_the_catalogue_is() {
    for page in pages("docs/fr")
        .into_iter()
        .chain(["docs/guide.fr.md".into()])
    {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&page);
        let prose = prose(&std::fs::read_to_string(file).unwrap());
        let text = plain(&prose);
        let given_up = FRENCH.iter().filter(|(words, _)| has(&text, words));
        assert_eq!(
            given_up.collect::<Vec<_>>(),
            Vec::<&(&str, &str)>::new(),
            "{page}"
        );
        for wrong in ["'", " :", " ;", " ?", " !", "« ", " »", "..."] {
            let line = prose.lines().find(|line| line.contains(wrong));
            assert_eq!(line, None, "{page}: {wrong:?}");
        }
    }
}

/// The pages of a folder.
fn pages(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(root.join(folder)).unwrap();
    let pages: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| format!("{folder}/{name}"))
        .collect();
    assert!(!pages.is_empty(), "{folder}");
    pages
}

#[test]
fn the_pages_for_people_are_written_as_the_english_catalogue_is() {
    let others = [
        "README.md",
        "docs/guide.en.md",
        "docs/errors.md",
        "docs/permissions.md",
    ];
    for page in pages("docs/en")
        .into_iter()
        .chain(others.map(str::to_owned))
    {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&page);
        let prose = prose(&std::fs::read_to_string(file).unwrap());
        let text = plain(&prose);
        let given_up: Vec<_> = ENGLISH
            .iter()
            .filter(|(words, _)| has(&text, words))
            .collect();
        assert_eq!(given_up, Vec::<&(&str, &str)>::new(), "{page}");
    }
}

#[test]
fn words_are_found_whole_and_stems_with_any_ending() {
    let text = plain("Nommez-le :\n    { $remis } remettra la carte\u{a0}SIM");
    assert!(has(&text, "nomm*") && has(&text, "remet*") && has(&text, "la carte sim"));
    assert!(!has(&text, "remis*") && !has(&text, "la sim") && !has(&text, "nomme"));
}
