use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn member(name: &str, text: &str) -> Member {
    Member {
        name: MemberName::of(name).expect("a known name"),
        text: text.to_owned(),
    }
}

fn at() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("a time")
}

fn packed() -> Vec<u8> {
    let members = vec![
        member("log.txt", "a line\n"),
        member("traces/status.at", "> AT\n< OK\n"),
        member("README.txt", "what there is"),
    ];
    Bundle::pack(members, at()).expect("packed")
}

/// An archive of whatever names, as somebody else may have made it.
fn foreign(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("begun");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

fn refusal(bytes: &[u8]) -> (Code, String) {
    let error = Bundle::unpack(bytes).expect_err("refused");
    (error.code(), error.to_string())
}

#[test]
fn what_was_packed_is_read_again_in_the_order_of_the_list() {
    let bundle = Bundle::unpack(&packed()).expect("its own");
    let names: Vec<&str> = bundle.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["README.txt", "traces/status.at", "log.txt"]);
    assert_eq!(bundle.at, "2026-11-23T08:00:00Z");
    let traces: Vec<&Member> = bundle.texts(MemberKind::Trace).collect();
    assert_eq!(traces, [&member("traces/status.at", "> AT\n< OK\n")]);
}

#[test]
fn a_bundle_that_was_cut_anywhere_or_changed_anywhere_is_refused_and_never_a_panic() {
    let whole = packed();
    for end in 0..whole.len() {
        assert!(Bundle::unpack(&whole[..end]).is_err(), "cut at {end}");
    }
    let members = Bundle::unpack(&whole).expect("whole").members;
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 0x55;
        // A date or a mark may change; a text never does unseen.
        if let Ok(read) = Bundle::unpack(&changed) {
            assert_eq!(read.members, members, "changed at {place}");
        }
    }
}

#[test]
fn paths_that_lead_elsewhere_and_names_of_others_are_refused_by_name() {
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "documents/../log.txt",
        "C:\\log.txt",
        "log.txt/",
        "notes.txt",
        "",
    ] {
        let (code, said) = refusal(&foreign(&[(name, b"x")]));
        assert_eq!(code, Code::BUNDLE_FOREIGN, "{name}: {said}");
    }
    let long = "x".repeat(5000);
    assert!(refusal(&foreign(&[(&long, b"x")])).1.len() < 100);
}

#[test]
fn a_link_in_the_place_of_a_member_is_refused() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    archive
        .add_symlink("log.txt", "/etc/passwd", options)
        .expect("made");
    let bytes = archive.finish().expect("finished").into_inner();
    assert_eq!(refusal(&bytes).0, Code::BUNDLE_FOREIGN);
}

#[test]
fn a_bomb_is_refused_by_what_comes_out_of_it_and_by_how_many_there_are() {
    let bomb = vec![b'0'; 40_000_000];
    let bytes = foreign(&[("log.txt", &bomb)]);
    assert!(bytes.len() < 200_000, "packed small");
    assert_eq!(refusal(&bytes).0, Code::BUNDLE_TOO_BIG);
    let names: Vec<String> = (0..1000).map(|at| format!("log{at}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    assert_eq!(refusal(&foreign(&many)).0, Code::BUNDLE_TOO_BIG);
}

#[test]
fn an_archive_without_an_index_or_of_a_newer_version_is_told_as_that() {
    assert_eq!(refusal(b"PK").0, Code::BUNDLE_NOT_ONE);
    assert_eq!(
        refusal(&foreign(&[("log.txt", b"x")])).0,
        Code::BUNDLE_NOT_ONE
    );
    let newer = foreign(&[("index.json", br#"{"schema": "opensim.bundle/2"}"#)]);
    assert_eq!(refusal(&newer).0, Code::BUNDLE_NEWER);
    let none = foreign(&[("index.json", b"no")]);
    assert_eq!(refusal(&none).0, Code::BUNDLE_DAMAGED);
    let index = br#"{"schema": "opensim.bundle/1", "opensim": "0", "at": "", "redacted": true, "members": []}"#;
    let unlisted = foreign(&[("index.json", index), ("log.txt", b"x")]);
    assert_eq!(refusal(&unlisted).0, Code::BUNDLE_DAMAGED);
}

#[test]
fn a_file_is_known_by_its_beginning_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("bundle.zip");
    assert!(!is_one(&path));
    write(&path, vec![member("log.txt", "x")], at()).expect("written");
    let mode = path.metadata().expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(is_one(&path) && read(&path).is_ok());
    std::fs::write(&path, "> AT\n< OK\n").expect("written");
    assert!(!is_one(&path) && !is_one(dir.path()));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = Bundle::unpack(&[ARCHIVE, b"\x03\x04", &bytes].concat());
    }
}
