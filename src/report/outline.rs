//! What a document says, block by block in reading order: drawn once, and laid out by the terminal's page and by HTML.

use super::chart::Chart;
use super::layout::{TableCell, TableColumn, Tone};
use super::timeline::Timeline;

/// A piece of what is said.
#[derive(Debug)]
pub(super) enum Block {
    /// What the whole is; a page of HTML has it as its title.
    Title(String),
    /// What it is of and from when, under the title.
    Source(String),
    /// The sentence that it all comes down to.
    Lead(String),
    /// A heading.
    Heading(String),
    /// Whom the items under it are of, behind a mark that may be empty.
    Subject(String, String),
    /// A line of what is under the heading or the subject above.
    Item(Item),
    /// A paragraph.
    Paragraph(String),
    /// What a user should know.
    Warning(String),
    /// Labels with their lines.
    Fields(Vec<(String, Vec<TableCell>)>),
    /// A table.
    Table(Table),
    /// A picture of what stands in the tables; a terminal has none.
    Chart(Chart),
    /// The past as a picture; a terminal has none.
    Timeline(Timeline),
    /// As another program printed it.
    Verbatim(String),
    /// What follows is a matter of its own.
    Gap,
}

/// A line under a subject.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) tone: Tone,
    /// How deep it stands; 0 is right under a heading.
    pub(super) depth: usize,
}

/// A table with its columns.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<TableColumn>,
    pub(super) rows: Vec<Vec<TableCell>>,
}

/// The blocks under way.
#[derive(Debug, Default)]
pub(super) struct Outline {
    blocks: Vec<Block>,
}

impl Outline {
    /// All that was said.
    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    pub(super) fn title(&mut self, text: &str) {
        self.blocks.push(Block::Title(text.to_owned()));
    }

    pub(super) fn source(&mut self, text: &str) {
        self.blocks.push(Block::Source(text.to_owned()));
    }

    pub(super) fn lead(&mut self, text: &str) {
        self.blocks.push(Block::Lead(text.to_owned()));
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
    }

    pub(super) fn subject(&mut self, mark: &str, text: &str) {
        let subject = Block::Subject(mark.to_owned(), text.to_owned());
        self.blocks.push(subject);
    }

    /// A line at this depth, right under a heading or (1, 2) under a subject.
    pub(super) fn item(&mut self, depth: usize, text: &str, tone: Tone) {
        let text = text.to_owned();
        self.blocks.push(Block::Item(Item { text, tone, depth }));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(text.to_owned()));
    }

    pub(super) fn warning(&mut self, text: &str) {
        self.blocks.push(Block::Warning(text.to_owned()));
    }

    pub(super) fn fields(&mut self, fields: &[(String, Vec<TableCell>)]) {
        self.blocks.push(Block::Fields(fields.to_vec()));
    }

    pub(super) fn table(&mut self, columns: &[TableColumn], rows: Vec<Vec<TableCell>>) {
        let columns = columns.to_vec();
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    pub(super) fn chart(&mut self, chart: Option<Chart>) {
        self.blocks.extend(chart.map(Block::Chart));
    }

    pub(super) fn timeline(&mut self, timeline: Option<Timeline>) {
        self.blocks.extend(timeline.map(Block::Timeline));
    }

    pub(super) fn verbatim(&mut self, text: &str) {
        self.blocks.push(Block::Verbatim(text.to_owned()));
    }

    pub(super) fn gap(&mut self) {
        self.blocks.push(Block::Gap);
    }
}

impl Table {
    /// The table of a terminal: without the columns that only a wide page holds.
    pub(super) fn narrow(&self) -> (Vec<TableColumn>, Vec<Vec<TableCell>>) {
        let kept = |at: usize| !self.columns[at].is_extra;
        let columns = self.columns.iter().filter(|column| !column.is_extra);
        let row = |row: &Vec<TableCell>| {
            let cells = row.iter().enumerate().filter(|(at, _)| kept(*at));
            cells.map(|(_, cell)| cell.clone()).collect()
        };
        (
            columns.cloned().collect(),
            self.rows.iter().map(row).collect(),
        )
    }
}
