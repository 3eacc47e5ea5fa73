//! Nothing goes in a circle: of two files neither of which holds the other, only one may know the other.
//!
//! It is judged at every level: the modules of one folder, each with all that it holds, know each other in one direction.
//! What holds another (`mod.rs`, or `x.rs` beside `x/`) and what is held may know each other, as a whole and its parts do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::architecture::source::{Source, house};

/// Modules from the door down to a file: `cli::output` is `[cli, output]`.
type Place = Vec<String>;

/// Who knows whom among the modules of one folder, and the first line that shows it.
type Arrows = BTreeMap<(String, String), String>;

fn place(path: &str) -> Place {
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let parts = stem
        .split('/')
        .filter(|part| !matches!(*part, "lib" | "main"));
    parts.map(str::to_owned).collect()
}

/// Every file by its place, and what each passes on from the files that it holds.
struct Map {
    files: BTreeSet<Place>,
    passed_on: BTreeMap<(Place, String), Place>,
}

impl Map {
    fn of(sources: &[Source]) -> Self {
        let mut map = Self {
            files: sources.iter().map(|s| place(&s.path)).collect(),
            passed_on: BTreeMap::new(),
        };
        for source in sources {
            let own = place(&source.path);
            for named in &source.named {
                let parts: Vec<&str> = named.path.split("::").collect();
                let below: Place = own.iter().cloned().chain([parts[0].to_owned()]).collect();
                if let [_, .., last] = parts.as_slice()
                    && map.files.contains(&below)
                {
                    let whole: Place = own
                        .iter()
                        .cloned()
                        .chain(parts.iter().map(|p| (*p).to_owned()))
                        .collect();
                    let from = map.file(&whole);
                    map.passed_on
                        .insert((own.clone(), (*last).to_owned()), from);
                }
            }
        }
        map
    }

    /// The file that a path leads into.
    fn file(&self, path: &[String]) -> Place {
        let known = (0..=path.len())
            .rev()
            .find(|n| self.files.contains(&path[..*n]));
        path[..known.unwrap_or(0)].to_vec()
    }

    /// The file that defines what a path names, through those that pass it on.
    fn origin(&self, path: &[String]) -> Place {
        let mut file = self.file(path);
        while let Some(next) = path.get(file.len())
            && let Some(from) = self.passed_on.get(&(file.clone(), next.clone()))
            && from.len() > file.len()
        {
            file.clone_from(from);
        }
        file
    }

    /// The arrows between the modules of each folder.
    fn arrows(&self, sources: &[Source]) -> BTreeMap<Place, Arrows> {
        let mut folders: BTreeMap<Place, Arrows> = BTreeMap::new();
        for source in sources.iter().filter(|s| !s.is_test) {
            let own = place(&source.path);
            for named in &source.named {
                let Some(path) = named.path.strip_prefix("crate::") else {
                    continue;
                };
                let path: Place = path.split("::").map(str::to_owned).collect();
                let other = self.origin(&path);
                let same = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
                if let (Some(from), Some(to)) = (own.get(same), other.get(same)) {
                    let shown = format!("{}:{}: `{}`", source.path, named.line, named.path);
                    let arrows = folders.entry(own[..same].to_vec()).or_default();
                    arrows.entry((from.clone(), to.clone())).or_insert(shown);
                }
            }
        }
        folders
    }
}

/// The arrows that lie in a circle.
fn in_circles(arrows: &Arrows) -> Vec<String> {
    let reaches = |from: &str, to: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            for (_, other) in arrows.keys().filter(|(own, _)| own == at) {
                if seen.insert(other.as_str()) {
                    next.push(other);
                }
            }
        }
        seen.contains(to)
    };
    let circling = arrows.iter().filter(|((from, to), _)| reaches(to, from));
    circling
        .map(|((from, to), shown)| format!("{from} -> {to}: {shown}"))
        .collect()
}

/// Every circle of a house, as the arrows in it.
fn circles(sources: &[Source]) -> Vec<String> {
    let folders = Map::of(sources).arrows(sources);
    folders.values().flat_map(in_circles).collect()
}

#[test]
fn nothing_goes_in_a_circle() {
    let sources = house(Path::new(env!("CARGO_MANIFEST_DIR")));
    let found = circles(&sources);
    assert!(
        found.is_empty(),
        "{} arrows\n{}\n",
        found.len(),
        found.join("\n")
    );
}

/// The circles of files that are given by path and text.
fn found(files: &[(&str, &str)]) -> usize {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source::of(path, text))
        .collect();
    circles(&sources).len()
}

#[test]
fn a_circle_is_found_at_every_level_and_through_what_is_passed_on() {
    let two = [
        ("a/b.rs", "use crate::a::c::X;"),
        ("a/c.rs", "use crate::a::b::Y;"),
    ];
    assert_eq!(found(&two), 2);
    let rooms = [
        ("a/b.rs", "use crate::c::d::X;"),
        ("c/d.rs", "use crate::a::b::Y;"),
    ];
    assert_eq!(found(&rooms), 2);
    // The folder of one knows the other, and the other a file in it.
    let folder = [
        ("a/mod.rs", ""),
        ("a/b.rs", "mod d; use crate::a::c::X;"),
        ("a/b/d.rs", ""),
        ("a/c.rs", "use crate::a::b::d::Y;"),
    ];
    assert_eq!(found(&folder), 2);
    let passed = [
        ("a/mod.rs", "mod b; mod c; pub use b::Y; pub use c::X;"),
        ("a/b.rs", "use crate::a::X;"),
        ("a/c.rs", "use crate::a::Y;"),
    ];
    assert_eq!(found(&passed), 2);
}

#[test]
fn a_whole_and_its_parts_may_know_each_other() {
    let family = [
        ("a/b.rs", "mod c; use c::X; pub struct Y;"),
        ("a/b/c.rs", "use crate::a::b::Y; pub struct X;"),
        ("a/d.rs", "use crate::a::b::Y;"),
    ];
    assert_eq!(found(&family), 0);
}
