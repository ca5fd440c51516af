//! Lines on a terminal: wrapped to its width, aligned in columns, coloured by whole lines. Takes text that is already
//! safe to show.

use std::io::{self, BufWriter, Write};

use comfy_table::{ContentArrangement, Table, presets};

use crate::report::RenderOptions;

/// Below this width, what would be columns becomes running text.
const NARROW: usize = 60;

/// How a line is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Paint {
    Plain,
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
}

impl Paint {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Dim => Some("2"),
            Self::Red => Some("1;31"),
            Self::Yellow => Some("33"),
            Self::Green => Some("32"),
        }
    }
}

/// A resource in a list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// One of our own words, or nothing.
    pub(super) mark: &'static str,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) text: String,
}

/// What is written, line by line.
pub(in crate::report) struct Page<'a> {
    out: BufWriter<&'a mut dyn Write>,
    width: usize,
    colour: bool,
}

impl<'a> Page<'a> {
    pub(in crate::report) fn new(options: &RenderOptions, out: &'a mut dyn Write) -> Self {
        // Beyond 400 columns nobody reads across, and comfy-table counts in u16.
        Self { out: BufWriter::new(out), width: options.width.clamp(40, 400), colour: options.colour }
    }

    pub(in crate::report) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    /// One line as it is. Everything that others wrote is indented, so a line that would begin with `::`, which a build
    /// agent takes for a command, has room for a backslash before it.
    fn line(&mut self, text: &str, paint: Paint) -> io::Result<()> {
        let text = text.trim_end();
        let rest = text.trim_start();
        let indent = text.len() - rest.len();
        let defused = (indent > 0 && rest.starts_with("::")).then(|| format!("{}\\{rest}", &text[..indent - 1]));
        let text = defused.as_deref().unwrap_or(text);
        match paint.code().filter(|_| self.colour && !text.is_empty()) {
            Some(code) => writeln!(self.out, "\u{1b}[{code}m{text}\u{1b}[0m"),
            None => writeln!(self.out, "{text}"),
        }
    }

    /// An empty line and the head of a section.
    pub(in crate::report) fn heading(&mut self, text: &str, paint: Paint) -> io::Result<()> {
        self.line("", Paint::Plain)?;
        self.text(0, text, paint)
    }

    /// Running text, wrapped.
    pub(in crate::report) fn text(&mut self, indent: usize, text: &str, paint: Paint) -> io::Result<()> {
        self.table(indent, vec![vec![text.to_owned()]], paint)
    }

    /// Lines that are not wrapped, because somebody may copy them.
    pub(in crate::report) fn verbatim(&mut self, indent: usize, lines: Vec<String>) -> io::Result<()> {
        lines.into_iter().try_for_each(|text| self.line(&format!("{:indent$}{text}", ""), Paint::Plain))
    }

    /// What belongs to labels. Labels are our own words.
    pub(super) fn pairs(&mut self, pairs: Vec<(&str, String)>) -> io::Result<()> {
        self.table(0, pairs.into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect(), Paint::Plain)
    }

    /// Resources, one on a line where there is room.
    pub(super) fn rows(&mut self, indent: usize, rows: Vec<Row>) -> io::Result<()> {
        let narrow = self.is_narrow();
        let cells = |row: Row| {
            if narrow {
                let place = if row.place.is_empty() { String::new() } else { format!(" ({})", row.place) };
                let text = if row.text.is_empty() { String::new() } else { format!(": {}", row.text) };
                vec![row.mark.to_owned(), format!("{}{place}{text}", row.name)]
            } else {
                vec![row.mark.to_owned(), row.name, row.place, row.text]
            }
        };
        self.table(indent, rows.into_iter().map(cells).collect(), Paint::Plain)
    }

    /// Columns without borders, as wide as they need while there is room. Empty ones are left out.
    pub(in crate::report) fn table(
        &mut self,
        indent: usize,
        mut rows: Vec<Vec<String>>,
        paint: Paint,
    ) -> io::Result<()> {
        let columns = rows.first().map_or(0, Vec::len);
        let kept: Vec<usize> = (0..columns).filter(|c| rows.iter().any(|r| !r[*c].is_empty())).collect();
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width - indent).unwrap_or(u16::MAX));
        for row in &mut rows {
            table.add_row(kept.iter().map(|c| std::mem::take(&mut row[*c])).collect::<Vec<_>>());
        }
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, if at + 1 < kept.len() { 2 } else { 0 }));
        }
        for line in table.lines() {
            self.line(&format!("{:indent$}{line}", ""), paint)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, colour: bool, draw: impl Fn(&mut Page<'_>)) -> String {
        let mut out = Vec::new();
        let mut page = Page::new(&RenderOptions { width, colour, ..RenderOptions::default() }, &mut out);
        draw(&mut page);
        page.flush().unwrap();
        drop(page);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_wrapped_line_never_begins_with_a_command() {
        let text = "a ::set-output name=a::b ".repeat(40);
        let mut defused = 0;
        for width in 40..90 {
            let drawn = page(width, false, |p| p.text(2, &text, Paint::Plain).unwrap());
            assert!(drawn.lines().all(|l| !l.trim_start().starts_with("::") && l.len() <= width), "{width}\n{drawn}");
            defused += drawn.matches("\n \\::").count();
        }
        assert!(defused > 100, "{defused}");
    }

    #[test]
    fn empty_columns_are_left_out_and_narrow_pages_run_on() {
        let row = |mark| Row { mark, name: "pg".to_owned(), place: "rg".to_owned(), text: "off".to_owned() };
        assert_eq!(page(80, false, |p| p.rows(2, vec![row(""), row("")]).unwrap()), "  pg  rg  off\n  pg  rg  off\n");
        assert_eq!(
            page(80, false, |p| p.rows(2, vec![row("NEW"), row("")]).unwrap()),
            "  NEW  pg  rg  off\n       pg  rg  off\n"
        );
        assert_eq!(page(40, false, |p| p.rows(2, vec![row("")]).unwrap()), "  pg (rg): off\n");
    }

    #[test]
    fn colour_is_written_when_asked_for() {
        assert_eq!(page(80, true, |p| p.text(0, "x", Paint::Red).unwrap()), "\u{1b}[1;31mx\u{1b}[0m\n");
        assert_eq!(page(80, false, |p| p.text(0, "x", Paint::Red).unwrap()), "x\n");
    }
}
