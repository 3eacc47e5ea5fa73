//! Rust source as far as the architecture's rules need it: which paths and macros a file names outside its tests.
//!
//! A lexer and no parser: comments and literals are dropped, `use` trees are written out, items under `#[cfg(test)]`
//! are set aside. What it cannot see (a path built by a macro) no rule here needs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One file: where it lies below `src/`, and what it says.
pub(crate) struct Source {
    /// Below `src/`, e.g. `at/engine.rs`.
    pub(crate) path: String,
    /// What production code names.
    pub(crate) named: Vec<Named>,
    /// What tests in the file name.
    pub(crate) named_in_tests: Vec<Named>,
    /// Lines that belong to no test.
    pub(crate) lines: usize,
    /// Whether the whole file is tests.
    pub(crate) is_test: bool,
    test_modules: Vec<String>,
}

/// A path or a macro that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// From 1.
    pub(crate) line: usize,
    /// Written out and joined by `::`; a macro ends with `!`, a function where it is defined starts with `fn `.
    pub(crate) path: String,
}

impl Source {
    /// Reads a text as a file below `src/`.
    pub(crate) fn of(path: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let (production, tests) = split_tests(&tokens);
        let test_lines: BTreeSet<usize> = tests.iter().flat_map(|t| span(t)).collect();
        Self {
            path: path.to_owned(),
            named: production.iter().flat_map(|t| named(t)).collect(),
            named_in_tests: tests.iter().flat_map(|t| named(t)).collect(),
            lines: text.lines().count() - test_lines.len(),
            is_test: false,
            test_modules: tests.iter().filter_map(|t| outside_module(t)).collect(),
        }
    }

    /// Gives the file and the paths in it the places that they have in the house.
    fn settle_in(&mut self, own: &str) {
        let below = self.modules();
        let below: Vec<&str> = below.iter().map(String::as_str).collect();
        for named in self.named.iter_mut().chain(&mut self.named_in_tests) {
            named.path = absolute(own, &below, &named.path);
        }
        let placed = in_house(own, &below).join("/");
        self.path = match (placed.as_str(), below.is_empty()) {
            // The root package's door and its binary.
            ("", _) => self.path.clone(),
            (_, true) => format!("{placed}/mod.rs"),
            (_, false) => format!("{placed}.rs"),
        };
    }

    /// The modules from the crate's root down to this file.
    fn modules(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        if matches!(stem, "lib" | "main" | "mod") {
            return Vec::new();
        }
        stem.split('/').map(str::to_owned).collect()
    }

    /// The room the file is in, and how many modules deep it lies: `at/engine.rs` is `at`, 2.
    pub(crate) fn place(&self) -> (&str, usize) {
        let stem = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let room = stem.split('/').next().unwrap_or(stem);
        (room, stem.split('/').count())
    }
}

/// Every file of the workspace: of the root package, and of each crate under the rooms that it holds.
pub(crate) fn house(root: &Path) -> Vec<Source> {
    let mut sources = tree(&root.join("src"));
    for source in &mut sources {
        source.settle_in("");
    }
    for own in ["domain", "os", "at", "measure", "sim"] {
        let mut of_crate = tree(&root.join("crates").join(own).join("src"));
        for source in &mut of_crate {
            source.settle_in(own);
        }
        sources.append(&mut of_crate);
    }
    sources
}

/// Every source of the workspace, by its path, as it stands.
pub(crate) fn texts(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    collect(&root.join("crates"), &mut files);
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).expect("a readable source");
            (file.to_string_lossy().into_owned(), text)
        })
        .collect()
}

/// The rooms of a crate that bear another name than it.
fn rooms_of(own: &str) -> &'static [&'static str] {
    match own {
        "domain" => &["document", "trace", "time"],
        "at" => &["dialect", "guard"],
        _ => &[],
    }
}

/// Where something of a crate lies in the house: `domain`, `plmn` is `domain::plmn`, and `domain`, `trace` is `trace`.
fn in_house(own: &str, below: &[&str]) -> Vec<String> {
    let other_room = below
        .first()
        .is_some_and(|first| rooms_of(own).contains(first));
    let room = (!other_room && !own.is_empty()).then_some(own);
    room.into_iter()
        .chain(below.iter().copied())
        .map(str::to_owned)
        .collect()
}

/// Every file below a directory, with the files that a `#[cfg(test)] mod` names marked as tests.
fn tree(root: &Path) -> Vec<Source> {
    let mut files = Vec::new();
    collect(root, &mut files);
    files.sort();
    let mut sources: Vec<Source> = files
        .iter()
        .map(|file| {
            let below = file.strip_prefix(root).unwrap_or(file);
            let text = std::fs::read_to_string(file).expect("a readable source");
            Source::of(&below.to_string_lossy(), &text)
        })
        .collect();
    mark_tests(&mut sources);
    sources
}

/// A path from the house's door: `crate`, `super` and the crates' own names written out.
fn absolute(own: &str, below: &[&str], path: &str) -> String {
    let parts: Vec<&str> = path.split("::").collect();
    let supers = parts.iter().take_while(|part| **part == "super").count();
    let head = parts[0];
    let whole = if head == "crate" && parts.len() > 1 {
        in_house(own, &parts[1..])
    } else if let Some(other) = head.strip_prefix("opensim_") {
        in_house(other, &parts[1..])
    } else if supers > 0 && supers <= below.len() {
        let from = [&below[..below.len() - supers], &parts[supers..]].concat();
        in_house(own, &from)
    } else {
        return path.to_owned();
    };
    format!("crate::{}", whole.join("::"))
}

/// Marks what `#[cfg(test)] mod name;` stands for, and everything below it.
pub(crate) fn mark_tests(sources: &mut [Source]) {
    let mut prefixes = Vec::new();
    for source in sources.iter() {
        let stem = source.path.trim_end_matches(".rs");
        let dir = stem.strip_suffix("/mod").unwrap_or(match stem {
            "lib" | "main" => "",
            other => other,
        });
        for module in &source.test_modules {
            let whole = format!("{dir}/{module}");
            prefixes.push(whole.trim_start_matches('/').to_owned());
        }
    }
    for source in sources {
        source.is_test = prefixes.iter().any(|prefix| {
            source.path == format!("{prefix}.rs") || source.path.starts_with(&format!("{prefix}/"))
        });
    }
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

/// Identifiers, `::` and single characters; comments, strings, characters and lifetimes are gone.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut line, mut tokens) = (0, 1, Vec::new());
    while at < chars.len() {
        let (end, kept) = lexeme(&chars, at);
        if kept {
            let text = chars[at..end].iter().collect();
            tokens.push(Token { line, text });
        }
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

/// Where the lexeme that starts here ends, and whether it is kept.
fn lexeme(chars: &[char], at: usize) -> (usize, bool) {
    let rest = &chars[at..];
    let next = rest.get(1).copied().unwrap_or(' ');
    match rest[0] {
        c if c.is_whitespace() => (at + 1, false),
        '/' if next == '/' => (at + run(rest, |c| c != '\n'), false),
        '/' if next == '*' => (at + block_comment(rest), false),
        '"' => (at + string(rest, 1), false),
        '\'' => (at + quote(rest), false),
        'r' | 'b' | 'c' if prefixed_string(rest).is_some() => {
            (at + prefixed_string(rest).unwrap_or(1), false)
        }
        ':' if next == ':' => (at + 2, true),
        c if is_word(c) => (at + run(rest, is_word), true),
        _ => (at + 1, true),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(chars: &[char], keep: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| keep(**c)).count()
}

fn block_comment(chars: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a quoted string whose opening quote ends at `start`.
fn string(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The length of `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"`; `None` for a word that only starts like one.
fn prefixed_string(chars: &[char]) -> Option<usize> {
    let prefix = run(chars, |c| matches!(c, 'r' | 'b' | 'c'));
    let raw = chars[..prefix].contains(&'r');
    let hashes = run(&chars[prefix..], |c| c == '#');
    let open = prefix + hashes;
    if prefix > 2 || chars.get(open) != Some(&'"') || (hashes > 0 && !raw) {
        return None;
    }
    if !raw {
        return Some(string(chars, open + 1));
    }
    let end: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let body = &chars[open + 1..];
    let length = body.windows(end.len()).position(|w| w == end);
    Some(open + 1 + length.map_or(body.len(), |l| l + end.len()))
}

/// A character, or the tick of a lifetime with its name.
fn quote(chars: &[char]) -> usize {
    match (chars.get(1), chars.get(2)) {
        (Some('\\'), _) => 3 + run(&chars[3..], |c| c != '\'') + 1,
        (Some(_), Some('\'')) => 3,
        _ => 1 + run(&chars[1..], is_word),
    }
}

/// Cuts what stands under `#[cfg(test)]` out of the rest.
fn split_tests(tokens: &[Token]) -> (Vec<&[Token]>, Vec<&[Token]>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut production, mut tests) = (Vec::new(), Vec::new());
    let mut rest = tokens;
    loop {
        let marked = rest
            .windows(MARK.len())
            .position(|w| w.iter().map(|t| t.text.as_str()).eq(MARK));
        let Some(start) = marked else {
            production.push(rest);
            return (production, tests);
        };
        let end = start + MARK.len() + item(&rest[start + MARK.len()..]);
        production.push(&rest[..start]);
        tests.push(&rest[start..end]);
        rest = &rest[end..];
    }
}

/// The length of the item that starts here: to its `;`, or to the brace that closes its body.
fn item(tokens: &[Token]) -> usize {
    let (mut depth, mut has_keyword) = (0_i32, false);
    let mut ends_with_semicolon = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                // What stands around the item ends it too: it was the last of its fields.
                if depth < 0 {
                    return at;
                }
                if depth == 0 && !ends_with_semicolon {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            // A field, of a type or of a value.
            "," if depth == 0 && !has_keyword => return at + 1,
            word if depth == 0 && !has_keyword => {
                has_keyword = matches!(word, "use" | "const" | "static" | "mod" | "fn" | "impl");
                ends_with_semicolon = matches!(word, "use" | "const" | "static");
            }
            _ => {}
        }
    }
    tokens.len()
}

fn span(tokens: &[Token]) -> std::ops::RangeInclusive<usize> {
    let line = |token: Option<&Token>| token.map_or(0, |t| t.line);
    line(tokens.first())..=line(tokens.last())
}

/// The name in `#[cfg(test)] mod name;`.
fn outside_module(tokens: &[Token]) -> Option<String> {
    let [.., keyword, name, end] = tokens else {
        return None;
    };
    (keyword.text == "mod" && end.text == ";").then(|| name.text.clone())
}

/// Every path and macro, with braces written out: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn named(tokens: &[Token]) -> Vec<Named> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at].text.starts_with(is_word) {
            let defines = at > 0 && tokens[at - 1].text == "fn";
            let head = if defines { "fn " } else { "" };
            at = path(tokens, at, head, &mut names);
        } else {
            at += 1;
        }
    }
    names
}

/// Reads the path that starts here, `head` before it; gives where it ends.
fn path(tokens: &[Token], start: usize, head: &str, names: &mut Vec<Named>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let line = tokens[start].line;
    let mut whole = format!("{head}{}", text(start));
    let mut at = start + 1;
    while text(at) == "::" {
        match text(at + 1) {
            "{" => return tree_of(tokens, at + 2, &format!("{whole}::"), names),
            "*" => whole += "::*",
            word if word.starts_with(is_word) => {
                whole += "::";
                whole += word;
            }
            _ => break,
        }
        at += 2;
    }
    if text(at) == "!" && text(at + 1) != "=" {
        whole += "!";
    }
    names.push(Named { line, path: whole });
    at
}

/// Reads a `use` tree after its opening brace; gives where its closing brace ends.
fn tree_of(tokens: &[Token], start: usize, head: &str, names: &mut Vec<Named>) -> usize {
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "}" => return at + 1,
            // The name after `as` is this file's own.
            "as" => at += 2,
            "*" => {
                names.push(Named {
                    line: token.line,
                    path: format!("{head}*"),
                });
                at += 1;
            }
            word if word.starts_with(is_word) => at = path(tokens, at, head, names),
            _ => at += 1,
        }
    }
    at
}
