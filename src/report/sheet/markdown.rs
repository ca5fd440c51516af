//! Blocks → Markdown as GitHub reads it. Texts show themselves and do nothing: no link, picture, HTML, heading, table or
//! template of a site generator comes out of them.

use crate::report::sheet::{Block, Span};
use crate::report::text::{line, lines};

/// The blocks, one empty line between them.
pub(in crate::report) fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        match block {
            Block::Heading(level, spans) => out += &format!("{} {}\n", "#".repeat(*level), inline(spans, false)),
            Block::Text(spans) => out += &format!("{}\n", inline(spans, false)),
            Block::Items(items) => items.iter().for_each(|item| out += &format!("- {}\n", inline(item, false))),
            Block::Table(head, rows) => {
                out += &format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| inline(cell, true)).collect();
                    out += &format!("| {} |\n", cells.join(" | "));
                }
            }
            Block::Code(language, text) => {
                let text = lines(text, usize::MAX);
                let run = text.iter().map(|l| longest_run(l, '`')).max().unwrap_or(0);
                let fence = "`".repeat(run.max(2) + 1);
                out += &format!("{fence}{language}\n{}\n{fence}\n", text.join("\n"));
            }
        }
    }
    out
}

fn inline(spans: &[Span], in_table: bool) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Text(text) => out += &escape(&line(text, usize::MAX), out.is_empty()),
            Span::Code(text) => out += &code(&line(text, usize::MAX), in_table),
            Span::Page(text, target) => out += &format!("[{}]({target})", escape(&line(text, usize::MAX), false)),
            Span::Address(address) => out += &format!("<{address}>"),
        }
    }
    out
}

/// A code span. In a table a bar parts cells even inside of one, and what a backslash before it means differs between
/// viewers; an entity is the same everywhere.
fn code(text: &str, in_table: bool) -> String {
    if text.trim().is_empty() {
        return "(empty)".to_owned();
    }
    if in_table && text.contains('|') {
        return format!("<code>{}</code>", escape(text, false).replace("\\|", "&#124;"));
    }
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let blank = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// A text in Markdown that shows itself and does nothing. Only what could mean something is escaped, so that the source can
/// be read too. `first` says whether it begins a line.
pub(in crate::report) fn escape(text: &str, first: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut number = first;
    for (at, &c) in chars.iter().enumerate() {
        let near = |far: isize| at.checked_add_signed(far).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let word = |c: char| c.is_alphanumeric();
        let acts = match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' | '{' | '}' => true,
            '_' => !(word(near(-1)) && word(near(1))),
            // `{%` opens a tag in site generators.
            '%' => near(-1) == '{' || near(1) == '}',
            // GitHub makes links of bare addresses.
            ':' => near(1) == '/',
            '.' if near(-1).eq_ignore_ascii_case(&'w') => near(-2).eq_ignore_ascii_case(&'w'),
            '#' | '+' | '-' | '=' => first && at == 0,
            '.' | ')' => number && at > 0,
            _ => false,
        };
        number &= c.is_ascii_digit();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if acts => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::{code as named, words};
    use crate::report::tests::ATTACKS;

    #[test]
    fn escaped_text_keeps_every_letter() {
        for attack in ATTACKS {
            for first in [true, false] {
                let shown = escape(attack, first).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
                assert_eq!(shown.replace('\\', ""), attack.replace('\\', ""));
            }
        }
    }

    #[test]
    fn only_what_acts_is_escaped() {
        for (text, expected) in [
            ("a plain_name, 1.5 - 2 (x) C#", "a plain_name, 1.5 - 2 (x) C#"),
            ("_a_ b_", "\\_a\\_ b\\_"),
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("12. x", "12\\. x"),
            ("3) x", "3\\) x"),
            ("see https://evil.example or www.evil.example", "see https\\://evil.example or www\\.evil.example"),
            ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("{{ x }} {% y %}", "\\{\\{ x \\}\\} \\{\\% y \\%\\}"),
            ("![i](x) $e$ ~~d~~ *b* `c`", "!\\[i\\](x) \\$e\\$ \\~\\~d\\~\\~ \\*b\\* \\`c\\`"),
        ] {
            assert_eq!(escape(text, true), expected);
        }
        assert_eq!(escape("- 1. #", false), "- 1. #");
    }

    #[test]
    fn bars_and_backticks_do_not_leave_their_cell() {
        let row = vec![vec![named("a|b\\|c")], vec![named("`x``")], vec![words("d|e\\|f")], vec![named("")]];
        assert_eq!(
            markdown(&[Block::Table(vec!["p", "q", "r", "s"], vec![row])]),
            "| p | q | r | s |\n| --- | --- | --- | --- |\n\
             | <code>a&#124;b\\\\&#124;c</code> | ``` `x`` ``` | d\\|e\\\\\\|f | (empty) |\n"
        );
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        let block = Block::Code("sh", "a\n````\n# b\n".to_owned());
        assert_eq!(markdown(&[block]), "`````sh\na\n````\n# b\n`````\n");
    }
}
