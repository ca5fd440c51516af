//! Blocks → lines for a terminal.

use std::io::{self, Write};

use crate::report::sheet::{Block, Line, Span, Subject, section};
use crate::report::table::page::{Page, Paint};
use crate::report::text::{line, lines};
use crate::report::{RenderOptions, ReportError};

/// Writes everything about a policy for people at a terminal.
///
/// # Errors
/// [`ReportError`] when `out` refuses the text.
pub fn sheet(subject: &Subject<'_>, options: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    draw(&section::all(subject, None), options, out)
        .map_err(|source| ReportError::Write { format: "policy sheet", source })
}

/// The blocks as lines that are not wrapped, for viewers that show no Markdown. Tables are left out.
pub(in crate::report) fn plain(blocks: &[Block]) -> String {
    let told = |block: &Block| match block {
        Block::Heading(_, spans) => vec![inline(spans)],
        Block::Text(spans) => vec![inline(spans)],
        Block::Items(items) => items.iter().map(|item| format!("- {}", inline(item))).collect(),
        Block::Table(..) => Vec::new(),
        Block::Code(_, text) => lines(text, 10_000),
    };
    blocks.iter().flat_map(told).collect::<Vec<_>>().join("\n")
}

fn draw(blocks: &[Block], options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(options, out);
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading(1, spans) => page.text(0, &inline(spans), Paint::Bold)?,
            Block::Heading(_, spans) => page.heading(&inline(spans), Paint::Bold)?,
            Block::Text(spans) => page.text(2, &inline(spans), Paint::Plain)?,
            Block::Items(items) => {
                for item in items {
                    page.text(2, &inline(item), Paint::Plain)?;
                }
            }
            // What follows the title is a list of what the policy is.
            Block::Table(_, rows) if at == 1 => {
                page.table(0, rows.iter().map(|row| row.iter().map(inline).collect()).collect(), Paint::Plain)?;
            }
            Block::Table(head, rows) => {
                for row in rows {
                    for (column, cell) in row.iter().enumerate() {
                        let text = inline(cell);
                        match (column, head.get(column)) {
                            (0, _) => page.text(2, &text, Paint::Plain)?,
                            (_, Some(name)) if !text.is_empty() => {
                                page.text(4, &format!("{name}: {text}"), Paint::Plain)?;
                            }
                            _ => {}
                        }
                    }
                }
            }
            Block::Code(_, text) => page.verbatim(4, lines(text, 10_000))?,
        }
    }
    page.flush()
}

fn inline(spans: &Line) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Code(text) | Span::Page(text, _) | Span::Address(text) => line(text, usize::MAX),
        })
        .collect()
}
