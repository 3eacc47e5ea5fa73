//! `opensim man`: one page on standard output, or a page for each command in a directory.
//!
//! clap's renderer knows English headings and one section for all that follows the options; the sections are put together
//! here instead, under the catalogue's headings, with the examples and the exit statuses in sections of their own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::Str;
use clap::{Args, Command};
use clap_mangen::Man as Page;

use super::help;
use super::output::Output;
use crate::error::Error;
use crate::i18n::Catalogue;
use crate::os::fault;

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write opensim.1 and a page for each command here
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, output: &Output) -> ExitCode {
        let mut command = super::command(output.catalogue());
        // What it is called in full is known once it is built.
        command.build();
        let Some(dir) = self.out else {
            return output.bytes(page(&command, output.catalogue()).as_bytes());
        };
        match write(&command, &dir, output.catalogue()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let file = dir.display().to_string();
                output.failure(&Error::File {
                    file,
                    detail: fault::detail(&error),
                })
            }
        }
    }
}

/// A page each for the program and its commands.
fn write(command: &Command, dir: &Path, words: &Catalogue) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)?;
    write_under(command, dir, words)
}

/// The page of a command, and those of the commands under it.
fn write_under(command: &Command, dir: &Path, words: &Catalogue) -> std::io::Result<()> {
    let file = format!("{}.1", name(command));
    std::fs::write(dir.join(file), page(command, words))?;
    let mut shown = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    shown.try_for_each(|sub| write_under(sub, dir, words))
}

/// `opensim-scan`.
fn name(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

/// A page in roff, in the reader's language.
fn page(command: &Command, words: &Catalogue) -> String {
    let is_program = command.get_name() == "opensim";
    let unspaced = command.clone().mut_args(|arg| {
        match arg.get_help_heading().map(|text| text.trim().to_owned()) {
            Some(heading) => arg.help_heading(Str::from(heading)),
            None => arg,
        }
    });
    let heading = unspaced.get_subcommand_help_heading();
    let heading = heading.map(|text| text.trim().to_owned());
    let page = Page::new(unspaced)
        .title(name(command).to_uppercase())
        .source(format!("opensim {}", crate::VERSION))
        .manual(words.text("man-manual"));
    let of_page = |key, render: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        section(&words.text(key), body(&rendered(render)))
    };
    let mut parts = vec![
        rendered(|bytes| page.render_title(bytes)),
        // A command that is cut at a line's end, or has wide gaps, cannot be copied.
        ".nh\n.ad l\n".to_owned(),
        of_page("man-name", &|bytes| page.render_name_section(bytes)),
        of_page("man-synopsis", &|bytes| page.render_synopsis_section(bytes)),
        of_page("man-description", &|bytes| {
            page.render_description_section(bytes)
        }),
    ];
    if command.has_subcommands() {
        let commands = rendered(|bytes| page.render_subcommands_section(bytes));
        parts.push(section(&heading.unwrap_or_default(), body(&commands)));
    }
    let options = rendered(|bytes| page.render_options_section(bytes));
    // It has a section for each heading of the options.
    parts.extend(options.find(".SH").map(|at| options[at..].to_owned()));
    let shown = examples(command, words);
    if !shown.is_empty() {
        parts.push(section(&words.text("man-examples"), &shown));
    }
    parts.push(if is_program {
        section(&words.text("man-exits"), &exits(words))
    } else {
        section(&words.text("man-see_also"), "\\fBopensim\\fR(1)\n")
    });
    parts.concat()
}

fn section(heading: &str, text: &str) -> String {
    format!(".SH \"{}\"\n{text}", escaped(&heading.to_uppercase()))
}

fn rendered(render: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail.
    let _ = render(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What follows a section's heading.
fn body(section: &str) -> &str {
    let heading = section.find(".SH").unwrap_or_default();
    let end = section[heading..]
        .find('\n')
        .map_or(section.len(), |end| heading + end + 1);
    &section[end..]
}

/// Each command line in bold, and below it what it is for.
fn examples(command: &Command, words: &Catalogue) -> String {
    let lines = help::examples(command, words);
    let examples = lines.lines().map(|line| {
        let (line, about) = help::example(line);
        let about = match about {
            "" => String::new(),
            about => format!(".RS 4\n{}\n.RE\n", escaped(about)),
        };
        format!(".PP\n\\fB{}\\fR\n{about}", escaped(line))
    });
    examples.collect()
}

fn exits(words: &Catalogue) -> String {
    let list = words.text("help-exits_list");
    let exits = list.lines().map(|line| {
        let (status, means) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        format!(".TP\n\\fB{status}\\fR\n{}\n", escaped(means.trim()))
    });
    exits.collect()
}

/// A line of text that roff takes for nothing else.
fn escaped(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('"', "\\(dq");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}
