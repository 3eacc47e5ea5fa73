//! The documents lead where they say: links, headings, paths, and a way from the README to each of them.
//!
//! Each rule is a function over the repository's texts, run on them and, so that it is known to bite, on pages that
//! break it. Links to other hosts are not followed: a test needs no network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where a reader begins.
const FIRST: &str = "README.md";

/// A record of what was: the paths that it names may be gone since.
const HISTORY: &str = "CHANGELOG.md";

/// The repository as far as its documents need it. Paths are from the root, with `/`.
#[derive(Default)]
struct Repository {
    /// Each document and its text.
    pages: BTreeMap<String, String>,
    /// Every file and folder.
    places: BTreeSet<String>,
}

impl Repository {
    fn of(pages: &[(&str, &str)]) -> Self {
        let mut all = Self::default();
        for (path, text) in pages {
            all.add(path);
            all.pages.insert((*path).to_owned(), (*text).to_owned());
        }
        all
    }

    /// A file, with the folders that it lies in.
    fn add(&mut self, path: &str) {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        self.places.extend(folders.map(str::to_owned));
        self.places.insert(path.to_owned());
    }

    fn read(root: &Path) -> Self {
        let mut all = Self::default();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(root.join(&folder)).expect("a readable folder") {
                let entry = entry.expect("a readable entry");
                let path = folder.clone() + &entry.file_name().to_string_lossy();
                if is_left_behind(&path) {
                    continue;
                }
                if entry.file_type().expect("a kind of entry").is_dir() {
                    folders.push(path + "/");
                    continue;
                }
                all.add(&path);
                if is_page(&path) {
                    let text = std::fs::read_to_string(entry.path()).expect("a readable page");
                    all.pages.insert(path, text);
                }
            }
        }
        all
    }

    fn links(&self) -> impl Iterator<Item = (&str, Link)> {
        self.pages
            .iter()
            .flat_map(|(page, text)| links(text).map(move |link| (page.as_str(), link)))
    }
}

/// What builds and tools leave in a clone, as `.gitignore` names it.
fn is_left_behind(path: &str) -> bool {
    let ignored = include_str!("../../.gitignore");
    path == ".git" || ignored.lines().any(|l| l.strip_prefix('/') == Some(path))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == "md")
}

/// A link of a page to something that is not on another host.
struct Link {
    /// From 1.
    line: usize,
    /// A path from the page's folder, empty for the page itself.
    path: String,
    /// What follows `#`.
    heading: Option<String>,
}

/// The lines that are text, from 1: without what stands between fences.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_fenced = false;
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fence && !is_fenced
    })
}

/// Pieces of a line that are text, and those that are code.
fn pieces(line: &str) -> (Vec<&str>, Vec<&str>) {
    let mut pieces = (Vec::new(), Vec::new());
    for (at, piece) in line.split('`').enumerate() {
        let kind = if at % 2 == 0 {
            &mut pieces.0
        } else {
            &mut pieces.1
        };
        kind.push(piece);
    }
    pieces
}

/// `[text](target)`, `![text](target "title")` and `[label]: target`.
fn links(text: &str) -> impl Iterator<Item = Link> {
    prose(text).flat_map(|(line, text)| {
        // Code is blanked, and keeps its marks: a link's text may be code.
        let text = pieces(text).0.join("``");
        let defined = text
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]: "))
            .map(|(_, target)| target.to_owned());
        let inline = text.split("](").skip(1);
        let inline = inline.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
        let targets: Vec<String> = inline.chain(defined).collect();
        targets.into_iter().filter_map(move |target| {
            let target = target.split_whitespace().next()?;
            if target.contains("://") || target.starts_with("mailto:") {
                return None;
            }
            let (path, heading) = match target.split_once('#') {
                Some((path, heading)) => (path, Some(heading.to_owned())),
                None => (target, None),
            };
            Some(Link {
                line,
                path: path.to_owned(),
                heading,
            })
        })
    })
}

/// Where a path leads that stands on a page; nothing where it leads out of the repository.
fn led(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The anchors of a page, made of its headings as forges make them: letters, digits, `-` and `_` in small, `-` for
/// a space, and a number for a heading that was there before.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for (_, line) in prose(text) {
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        if !(1..=6).contains(&level) || !title.starts_with(' ') {
            continue;
        }
        // Of a link the text alone is seen.
        let seen = title.split("](").enumerate().map(|(at, piece)| {
            let after = piece.split_once(')').map(|(_, after)| after);
            after.filter(|_| at > 0).unwrap_or(piece)
        });
        let name: String = seen
            .collect::<String>()
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let numbered = (1..).map(|n| format!("{name}-{n}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| !anchors.contains(name));
        anchors.extend(free);
    }
    anchors
}

type Rule = fn(&Repository) -> Vec<String>;

/// A relative link leads to a file or a folder, and its anchor to a heading.
fn links_lead_somewhere(repository: &Repository) -> Vec<String> {
    let mut complaints = Vec::new();
    for (page, link) in repository.links() {
        let mut complain = |why: String| complaints.push(format!("{page}:{}: {why}", link.line));
        let Some(place) = led(page, &link.path) else {
            complain(format!("{} leads out of the repository", link.path));
            continue;
        };
        if !place.is_empty() && !repository.places.contains(&place) {
            complain(format!("{place} is not there"));
            continue;
        }
        let Some(heading) = link.heading else {
            continue;
        };
        match repository.pages.get(&place) {
            Some(text) if anchors(text).contains(&heading) => {}
            Some(_) => complain(format!("{place} has no heading #{heading}")),
            None => complain(format!("{place} is no page and has no #{heading}")),
        }
    }
    complaints
}

/// A reader who begins at the README and follows links comes to every file under `docs/`.
fn every_document_is_reached(repository: &Repository) -> Vec<String> {
    let mut leads: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (page, link) in repository.links() {
        leads.entry(page).or_default().extend(led(page, &link.path));
    }
    let mut reached = BTreeSet::from([FIRST.to_owned()]);
    let mut next = vec![FIRST.to_owned()];
    while let Some(page) = next.pop() {
        for place in leads.get(page.as_str()).into_iter().flatten() {
            if reached.insert(place.clone()) {
                next.push(place.clone());
            }
        }
    }
    let is_reached = |file: &str| {
        let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
        // The folder of all of them is no way to any of them.
        let folders = folders.filter(|folder| *folder != "docs");
        reached.contains(file) || folders.into_iter().any(|folder| reached.contains(folder))
    };
    let is_folder = |place: &str| {
        let below = format!("{place}/");
        repository
            .places
            .range(below.clone()..)
            .next()
            .is_some_and(|p| p.starts_with(&below))
    };
    repository
        .places
        .iter()
        .filter(|place| place.starts_with("docs/") && !is_folder(place) && !is_reached(place))
        .map(|place| format!("{place}: no link leads here from {FIRST}"))
        .collect()
}

/// A path in code that begins with one of the repository's folders is there. `NAME` stands for any.
fn paths_are_there(repository: &Repository) -> Vec<String> {
    let mut complaints = Vec::new();
    for (page, text) in repository.pages.iter().filter(|(page, _)| *page != HISTORY) {
        for (line, text) in prose(text) {
            for code in pieces(text).1 {
                let path = code.split_whitespace().next().unwrap_or_default();
                let path = path.trim_end_matches('/');
                let Some((folder, _)) = path.split_once('/') else {
                    continue;
                };
                let is_ours = repository.places.contains(folder);
                let is_pattern = path.contains("NAME") || path.contains(['*', '{', '<', '$']);
                if is_ours && !is_pattern && !repository.places.contains(path) {
                    complaints.push(format!("{page}:{line}: {path} is not there"));
                }
            }
        }
    }
    complaints
}

#[test]
fn the_documents_lead_where_they_say() {
    let repository = Repository::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let (pages, links) = (repository.pages.len(), repository.links().count());
    assert!(
        pages > 10 && links > 20,
        "only {pages} pages, {links} links"
    );
    let rules: [Rule; 3] = [
        links_lead_somewhere,
        every_document_is_reached,
        paths_are_there,
    ];
    let complaints: Vec<String> = rules.iter().flat_map(|rule| rule(&repository)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let page = "# One\n\n[a](docs/a.md) [b](docs/b.md) [c](#one) [d](#two) [e](docs/a.md#three)\n\
                [f]: docs/f.md\n![g](docs/g.png \"a picture\") [h](docs) [i](../i.md) [`j`](j.md)\n\
                [k](https://example.org/k.md) `[l](l.md)` [m](docs#m) [n](/docs/a.md)\n\
                ```\n[o](o.md)\n```\n";
    let repository = Repository::of(&[(FIRST, page), ("docs/a.md", "[up](../README.md#one)\n")]);
    assert_eq!(
        links_lead_somewhere(&repository),
        [
            "README.md:3: docs/b.md is not there",
            "README.md:3: README.md has no heading #two",
            "README.md:3: docs/a.md has no heading #three",
            "README.md:4: docs/f.md is not there",
            "README.md:5: docs/g.png is not there",
            "README.md:5: ../i.md leads out of the repository",
            "README.md:5: j.md is not there",
            "README.md:6: docs is no page and has no #m",
            "README.md:6: /docs/a.md leads out of the repository",
        ]
    );
}

#[test]
fn a_document_that_nothing_leads_to_is_found() {
    let mut repository = Repository::of(&[
        (
            FIRST,
            "[a](docs/a.md) [all](docs/) [tables](docs/tables/)\n",
        ),
        ("docs/a.md", "[b](b.md#b)\n"),
        ("docs/b.md", "# B\n"),
        ("docs/lost.md", "[also](also.md)\n"),
        ("docs/also.md", "[lost](lost.md)\n"),
    ]);
    repository.add("docs/tables/one.json");
    repository.add("docs/pictures/one.svg");
    let lost: Vec<String> = ["docs/also.md", "docs/lost.md", "docs/pictures/one.svg"]
        .map(|place| format!("{place}: no link leads here from README.md"))
        .into();
    assert_eq!(every_document_is_reached(&repository), lost);
}

#[test]
fn a_path_that_is_gone_is_found() {
    let page = "`src/here.rs`, `src/gone.rs --flag`, `src/NAME.rs`, `src/`, `elsewhere/x.rs`, src/bare.rs\n";
    let mut repository = Repository::of(&[(FIRST, page), (HISTORY, "`src/gone.rs`\n")]);
    repository.add("src/here.rs");
    assert_eq!(
        paths_are_there(&repository),
        ["README.md:1: src/gone.rs is not there"]
    );
}

#[test]
fn headings_have_the_anchors_that_a_forge_gives_them() {
    let page = "# What `scan` says\n## Débit, reçu & envoyé\n## [Unreleased]\n### See [this](that.md), too\n\
                ## Twice\n## Twice\n#no\n```\n# code\n```\n## snake_case - dash\n";
    let expected = [
        "débit-reçu--envoyé",
        "see-this-too",
        "snake_case---dash",
        "twice",
        "twice-1",
        "unreleased",
        "what-scan-says",
    ];
    assert_eq!(anchors(page), expected.map(str::to_owned).into());
}
