//! The history on a disk that is not always well, and with programs of other versions beside it.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::document::{Body, Measure, Switch};
use crate::domain::codes::Code;
use crate::report::{json, sample};

fn desk() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("opensim"));
    (folder, store)
}

fn survey(at: &str, label: &str) -> Record {
    let mut scan = sample::scan();
    at.clone_into(&mut scan.at);
    scan.body.label = Some(label.to_owned());
    Record::of(&json(&scan)).unwrap()
}

fn opened(store: &Store) -> Database {
    let (history, set_aside) = Database::open(store).unwrap();
    assert_eq!(set_aside, None);
    history
}

fn detail_of(store: &Store) -> String {
    match Database::open(store).map(|_| ()) {
        Err(Error::History { detail, .. }) => detail,
        other => panic!("{other:?}"),
    }
}

fn count(history: &Database) -> u32 {
    let counted = "SELECT count(*) FROM document";
    history.db.query_row(counted, [], |row| row.get(0)).unwrap()
}

/// What another version's program did to the database.
fn altered(store: &Store, sql: &str) {
    opened(store).db.execute_batch(sql).unwrap();
}

#[test]
fn a_document_is_kept_once_and_is_its_owners_alone() {
    let (_folder, store) = desk();
    assert!(last_scan(&store, false).unwrap().0.is_none());
    assert!(!store.history().exists(), "looking makes nothing");
    let mut history = opened(&store);
    let record = || survey("2026-11-23T08:12:44Z", "Salon");
    assert_eq!(history.keep(&[record(), record()]).unwrap(), 1);
    assert_eq!(history.keep(&[record()]).unwrap(), 0);
    let other = survey("2026-11-24T08:12:44Z", "Salon");
    assert_eq!(history.keep(&[record(), other]).unwrap(), 1);
    assert_eq!(count(&history), 2);
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for part in ["", "-wal", "-shm"] {
        let name = format!("history.db{part}");
        assert_eq!(mode(store.root().join(&name)), 0o600, "{name}");
    }
    assert_eq!(mode(store.root().to_owned()), 0o700);
}

#[test]
fn the_last_survey_is_the_newest_whenever_it_was_kept() {
    let (_folder, store) = desk();
    let mut history = opened(&store);
    let newest = survey("2026-11-24T08:12:44Z", "Salon");
    let older = survey("2026-11-23T08:12:44Z", "Grenier");
    history.keep(&[newest, older]).unwrap();
    let other = sample::switch(Some(crate::document::Outcome::Switched));
    history.keep(&[Record::of(&json(&other)).unwrap()]).unwrap();
    let last = last_scan(&store, false).unwrap().0.unwrap();
    assert_eq!(last.body.label.as_deref(), Some("Salon"));
    assert_eq!(last.at, "2026-11-24T08:12:44Z");
}

#[test]
fn every_kind_that_is_kept_has_its_columns() {
    let (_folder, store) = desk();
    let mut history = opened(&store);
    let switch: Document<Switch> = sample::switch(Some(crate::document::Outcome::Switched));
    let measure: Document<Measure> = sample::measure();
    let records = [
        survey("2026-11-23T08:12:44Z", " Salon "),
        Record::of(&json(&switch)).unwrap(),
        Record::of(&json(&measure)).unwrap().of_demonstration(true),
    ];
    history.keep(&records).unwrap();
    let mut rows = history
        .db
        .prepare(
            "SELECT kind || ' ' || ifnull(place, '-') || ' ' || ifnull(subject, '-') || ' ' || ifnull(outcome, '-')
             || ' ' || demonstration FROM document ORDER BY id",
        )
        .unwrap();
    let rows: Vec<String> = rows
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        rows,
        [
            "scan Salon - - 0",
            "switch - sfr switched 0",
            "measure - wwan0 suitable 1"
        ]
    );
    let carriers = sample::scan().body.carriers.len();
    let counted: usize = history
        .db
        .query_row("SELECT count(*) FROM carrier", [], |row| {
            row.get::<_, u32>(0)
        })
        .map(|n| usize::try_from(n).unwrap())
        .unwrap();
    assert_eq!(counted, carriers);
    assert_eq!(Scan::SCHEMA, "opensim.scan/1");
}

#[test]
fn a_damaged_database_is_set_aside_whole_and_a_new_one_begun() {
    for damage in [
        "no database at all, but quite a long text of somebody's",
        "\0\0\0",
    ] {
        let (_folder, store) = desk();
        opened(&store)
            .keep(&[survey("2026-11-23T08:12:44Z", "Salon")])
            .unwrap();
        let mut bytes = std::fs::read(store.history()).unwrap();
        bytes.splice(..damage.len(), damage.bytes());
        std::fs::write(store.history(), &bytes).unwrap();
        let (mut history, aside) = Database::open(&store).unwrap();
        let aside = aside.expect("it was damaged");
        let name = aside.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("history.db.bad-20"), "{name}");
        assert_eq!(std::fs::read(&aside).unwrap(), bytes, "nothing is lost");
        assert_eq!(
            history
                .keep(&[survey("2026-11-23T08:12:44Z", "Salon")])
                .unwrap(),
            1
        );
        assert_eq!(Database::open(&store).unwrap().1, None);
    }
}

#[test]
fn an_empty_file_is_a_history_that_was_not_begun() {
    let (_folder, store) = desk();
    std::fs::create_dir_all(store.root()).unwrap();
    std::fs::write(store.history(), "").unwrap();
    assert_eq!(count(&opened(&store)), 0);
}

#[test]
fn a_newer_database_is_read_and_added_to_where_it_allows_that_and_else_left_alone() {
    let (_folder, store) = desk();
    opened(&store)
        .keep(&[survey("2026-11-23T08:12:44Z", "Salon")])
        .unwrap();
    altered(
        &store,
        "ALTER TABLE document ADD COLUMN weather TEXT; PRAGMA user_version = 7;",
    );
    let mut history = opened(&store);
    assert_eq!(
        history
            .keep(&[survey("2026-11-24T08:12:44Z", "Salon")])
            .unwrap(),
        1
    );
    assert!(last_scan(&store, false).unwrap().0.is_some());
    let version = history
        .db
        .pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    assert_eq!(version.unwrap(), 7, "its version is not taken back");
    drop(history);
    for forbids in [
        "UPDATE meta SET value = '7' WHERE key = 'min_reader'",
        "UPDATE meta SET value = 'x' WHERE key = 'min_reader'",
        "UPDATE meta SET value = NULL WHERE key = 'min_reader'",
    ] {
        altered(
            &store,
            "UPDATE meta SET value = '1' WHERE key = 'min_reader'",
        );
        altered(&store, forbids);
        let before = std::fs::read(store.history()).unwrap();
        assert_eq!(detail_of(&store), "history.newer");
        assert_eq!(std::fs::read(store.history()).unwrap(), before);
        let db = Connection::open(store.history()).unwrap();
        db.execute_batch("UPDATE meta SET value = '1' WHERE key = 'min_reader'")
            .unwrap();
    }
}

#[test]
fn a_folder_or_a_link_in_its_place_is_refused_and_kept() {
    let (folder, store) = desk();
    std::fs::create_dir_all(store.history()).unwrap();
    assert_eq!(detail_of(&store), "file.not_plain");
    std::fs::remove_dir(store.history()).unwrap();
    let elsewhere = folder.path().join("elsewhere");
    std::fs::write(&elsewhere, "").unwrap();
    std::os::unix::fs::symlink(&elsewhere, store.history()).unwrap();
    assert_eq!(detail_of(&store), "file.not_plain");
    assert_eq!(std::fs::read(&elsewhere).unwrap(), b"");
    let error = Database::open(&store).unwrap_err();
    assert_eq!(error.code(), Code::HISTORY_UNAVAILABLE);
}

#[test]
fn another_that_does_not_let_go_of_it_is_waited_for_no_longer_than_it_takes() {
    let (_folder, store) = desk();
    let other = opened(&store);
    other.db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut history = opened(&store);
    history.db.busy_timeout(Duration::ZERO).unwrap();
    let refused = history.keep(&[survey("2026-11-23T08:12:44Z", "Salon")]);
    assert!(
        matches!(&refused, Err(Error::History { detail, .. }) if detail == "history.busy"),
        "{refused:?}"
    );
    other.db.execute_batch("ROLLBACK").unwrap();
    assert_eq!(
        history
            .keep(&[survey("2026-11-23T08:12:44Z", "Salon")])
            .unwrap(),
        1
    );
}

#[test]
fn a_database_of_every_released_version_is_read_and_added_to() {
    let released = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/history");
    let mut seen = 0;
    let files = std::fs::read_dir(released)
        .unwrap()
        .map(|file| file.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "db")) {
        let (_folder, store) = desk();
        std::fs::create_dir_all(store.root()).unwrap();
        std::fs::copy(file, store.history()).unwrap();
        let kept = [false, true].map(|is_virtual| last_scan(&store, is_virtual).unwrap().0);
        let last = kept.into_iter().flatten().next().expect("a survey");
        assert_eq!(last.body.label.as_deref(), Some("Salon"));
        let mut history = opened(&store);
        let before = count(&history);
        assert_eq!(
            history
                .keep(&[survey("2036-11-23T08:12:44Z", "Grenier")])
                .unwrap(),
            1
        );
        assert_eq!(count(&history), before + 1);
        seen += 1;
    }
    assert!(seen >= 1);
}
