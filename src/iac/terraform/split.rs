//! Finds attributes and blocks in any text: the tolerant half of the parser.
//!
//! It knows texts, templates, heredocs, comments and brackets, and nothing of expressions. So one bad item loses only itself.

use std::ops::Range;

/// An attribute, a block, or a line that is neither.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// `name = …`, and where the value stands.
    Attr { name: String, start: usize, value: Range<usize> },
    /// `name "label" { … }`: where the header ends, where the body stands and where the block ends.
    Block {
        name: String,
        labels: Vec<String>,
        start: usize,
        header_end: usize,
        body: Range<usize>,
        end: usize,
        closed: bool,
    },
    /// Anything else.
    Other(Range<usize>),
}

/// Goes through the items that stand directly in a part of a text.
pub(super) struct Items<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// In a block on one line, attributes may be separated by commas.
    commas: bool,
    /// Where the next declaration at the margin stands, once a brace was found missing.
    margin: Option<usize>,
}

impl<'a> Items<'a> {
    pub(super) fn new(text: &'a str, range: Range<usize>) -> Self {
        let commas = range.start > 0 && !text[range.clone()].contains('\n');
        Self { text, at: range.start, end: range.end, commas, margin: None }
    }

    /// Up to where the item that starts here may reach.
    fn bound(&mut self) -> usize {
        match self.margin {
            None => self.end,
            Some(margin) if margin > self.at => margin,
            Some(_) => {
                let margin = next_declaration(self.text, self.at..self.end);
                self.margin = Some(margin);
                margin
            }
        }
    }

    /// What the brackets from `from` on enclose; with a brace missing, up to the next declaration at the margin.
    fn enclosed(&mut self, from: usize) -> (usize, bool) {
        let bound = self.bound();
        let scan = scan(self.text, from..bound, Stop::Close);
        if scan.closed || self.margin.is_some() {
            return (scan.at, scan.closed);
        }
        let margin = next_declaration(self.text, self.at..self.end);
        self.margin = Some(margin);
        (margin, false)
    }
}

impl Iterator for Items<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let start = skip_blank(self.text, self.at, self.end);
        self.at = start;
        if start >= self.end {
            return None;
        }
        let stop = if self.commas { Stop::Comma } else { Stop::Line };
        if let Some((name, mut at)) = word(self.text, start, self.end) {
            let (mut labels, mut header_end) = (Vec::new(), at);
            loop {
                at = skip_spaces(bytes, at, self.end);
                match bytes.get(at).filter(|_| at < self.end) {
                    Some(b'=') if labels.is_empty() && bytes.get(at + 1) != Some(&b'=') => {
                        let from = skip_spaces(bytes, at + 1, self.end);
                        let bound = self.bound();
                        let scan = scan(self.text, from..bound, stop);
                        self.at = scan.at.max(from);
                        return Some(Found::Attr { name, start, value: from..scan.last.max(from) });
                    }
                    Some(b'{') => {
                        let (close, closed) = self.enclosed(at + 1);
                        let body = at + 1..close.max(at + 1);
                        self.at = body.end + usize::from(closed);
                        let end = self.at;
                        return Some(Found::Block { name, labels, start, header_end, body, end, closed });
                    }
                    _ => match word(self.text, at, self.end) {
                        Some((label, end)) => {
                            labels.push(label);
                            at = end;
                            header_end = end;
                        }
                        None => break,
                    },
                }
            }
        }
        let first = self.text[start..].chars().next().map_or(1, char::len_utf8);
        let bound = self.bound();
        let scan = scan(self.text, start..bound, stop);
        self.at = scan.at.max(start + first);
        Some(Found::Other(start..scan.last.max(start + first)))
    }
}

/// Follows the items of a body and tells those that do not stand on lines of their own, as HCL wants it. The one exception
/// is a block on one line, which may hold one argument.
pub(super) struct Lines<'a> {
    text: &'a str,
    range: Range<usize>,
    /// Whether braces enclose it.
    block: bool,
    /// Where the last item ended; `None` when it was broken, so that nothing can be said of what follows.
    last: Option<usize>,
    count: usize,
    /// Whether the first item stands on the line of the brace, and whether that can be.
    inline: Option<bool>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, range: Range<usize>, block: bool) -> Self {
        Self { text, last: Some(range.start), range, block, count: 0, inline: None }
    }

    /// What is wrong with where an item stands.
    pub(super) fn item(&mut self, item: Range<usize>, argument: bool) -> Option<&'static str> {
        self.count += 1;
        let (line, separator) = between(self.text, self.last.replace(item.end)?..item.start);
        if self.block && self.count == 1 && !line {
            self.inline = Some(argument && !separator);
        }
        match self.inline {
            Some(_) => None,
            None if separator => Some("a comma or semicolon stands before it"),
            None => (!line && self.count > 1).then_some("it stands on the line of what is before it"),
        }
    }

    /// Something that is broken and told as such.
    pub(super) fn broken(&mut self) {
        self.last = None;
        self.count += 1;
    }

    /// What is wrong with the block as a whole, seen from its end: where, and whether that concerns all of it.
    pub(super) fn end(&self) -> Option<(Range<usize>, &'static str, bool)> {
        let last = self.last?;
        let (line, separator) = between(self.text, last..self.range.end);
        let end = last.saturating_sub(1)..self.range.end;
        match self.inline {
            _ if !self.block || self.count == 0 => {
                separator.then_some((end, "a comma or semicolon stands behind it", false))
            }
            Some(fits) => (!fits || line || separator || self.count > 1).then_some((
                self.range.clone(),
                "a block that begins on the line of its brace holds more than one argument",
                true,
            )),
            None if separator => Some((end, "a comma or semicolon stands behind it", false)),
            None => (!line).then_some((end, "the closing brace stands on the line of what is before it", false)),
        }
    }
}

/// Whether a line ends between two items, and whether a comma or semicolon stands there.
fn between(text: &str, range: Range<usize>) -> (bool, bool) {
    let bytes = text.as_bytes();
    let (mut line, mut separator, mut at) = (false, false, range.start);
    while at < range.end {
        match bytes[at] {
            b'\n' => line = true,
            b',' | b';' => separator = true,
            b'#' => at = line_end(bytes, at, range.end) - 1,
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(bytes, at, range.end) - 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = comment_end(bytes, at, range.end) - 1,
            _ => {}
        }
        at += 1;
    }
    (line, separator)
}

/// Past white space, line ends, comments and stray separators.
fn skip_blank(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' => at += 1,
            b'#' => at = line_end(bytes, at, end),
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(bytes, at, end),
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = comment_end(bytes, at, end),
            // A byte-order mark in the middle of joined files.
            0xef if text[at..].starts_with('\u{feff}') => at += 3,
            _ => break,
        }
    }
    at.min(end)
}

fn line_end(bytes: &[u8], at: usize, end: usize) -> usize {
    bytes[at..end].iter().position(|b| *b == b'\n').map_or(end, |n| at + n)
}

fn comment_end(bytes: &[u8], at: usize, end: usize) -> usize {
    let from = (at + 2).min(end);
    bytes[from..end].windows(2).position(|w| w == b"*/").map_or(end, |n| from + n + 2)
}

/// Where a scan ends, brackets aside: at a line end, at a line end or comma, or only where a bracket closes that was opened
/// before.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    Line,
    Comma,
    Close,
}

struct Scan {
    /// Where it stopped.
    at: usize,
    /// One past the last byte that is neither white space nor comment.
    last: usize,
    /// Whether it stopped where it should, not at the end of the text.
    closed: bool,
}

fn scan(text: &str, range: Range<usize>, stop: Stop) -> Scan {
    let bytes = text.as_bytes();
    let mut open: Vec<u8> = Vec::new();
    let (mut at, mut last) = (range.start, range.start);
    while at < range.end {
        let byte = bytes[at];
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        if open.last() == Some(&b'"') {
            match byte {
                b'\\' => at += 1,
                b'"' => drop(open.pop()),
                b'$' | b'%' if next == byte && bytes.get(at + 2) == Some(&b'{') => at += 2,
                b'$' | b'%' if next == b'{' => {
                    open.push(b'{');
                    at += 1;
                }
                // Texts end with their line; this one was never closed.
                b'\n' => {
                    open.pop();
                    continue;
                }
                _ => {}
            }
            at += 1;
            last = at;
            continue;
        }
        match byte {
            b'"' | b'{' | b'[' | b'(' => open.push(byte),
            b'}' | b']' | b')' if open.is_empty() => return Scan { at, last, closed: true },
            b'}' | b']' | b')' => drop(open.pop()),
            b'\n' if open.is_empty() && stop != Stop::Close => return Scan { at, last, closed: true },
            b',' if open.is_empty() && stop == Stop::Comma => return Scan { at, last, closed: true },
            b'#' => {
                at = line_end(bytes, at, range.end);
                continue;
            }
            b'/' if next == b'/' => {
                at = line_end(bytes, at, range.end);
                continue;
            }
            b'/' if next == b'*' => {
                at = comment_end(bytes, at, range.end);
                continue;
            }
            b'<' if next == b'<' => {
                if let Some(end) = heredoc_end(text, at, range.end) {
                    (at, last) = (end, end);
                    continue;
                }
            }
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            _ => {}
        }
        at += 1;
        last = at;
    }
    Scan { at: range.end, last: last.min(range.end), closed: open.is_empty() && stop != Stop::Close }
}

/// Past the closing word of the heredoc that starts here, if one does.
fn heredoc_end(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at + 2..end)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let line = rest.split('\n').next()?;
    let word = line.trim_end();
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
        return None;
    }
    let mut from = end - rest.len() + line.len() + 1;
    for line in text.get(from..end)?.split_inclusive('\n') {
        if line.trim() == word {
            return Some(from + line.trim_end().len());
        }
        from += line.len();
    }
    Some(end)
}

/// The next line after the first that begins a declaration at the margin; the end if there is none.
fn next_declaration(text: &str, range: Range<usize>) -> usize {
    const WORDS: [&str; 7] =
        ["resource \"", "data \"", "variable \"", "module \"", "output \"", "provider \"", "locals {"];
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        if at > range.start && WORDS.iter().any(|w| line.starts_with(w)) {
            return at;
        }
        at += line.len();
    }
    range.end
}

fn skip_spaces(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && matches!(bytes[at], b' ' | b'\t') {
        at += 1;
    }
    at
}

/// A name, or a quoted text without templates.
fn word(text: &str, at: usize, end: usize) -> Option<(String, usize)> {
    let rest = text.get(at..end)?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let close = quoted.find(['"', '\n', '$'])?;
        return quoted[close..].starts_with('"').then(|| (quoted[..close].to_owned(), at + close + 2));
    }
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
    let first = rest.chars().next()?;
    (length > 0 && (first.is_alphabetic() || first == '_')).then(|| (rest[..length].to_owned(), at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        Items::new(text, 0..text.len())
            .map(|found| match found {
                Found::Attr { name, value, .. } => format!("{name}={}", &text[value]),
                Found::Block { name, labels, body, closed, .. } => {
                    let end = if closed { "" } else { "!" };
                    format!(
                        "{name}{}{{{}}}{end}",
                        labels.iter().map(|l| format!(" {l}")).collect::<String>(),
                        &text[body]
                    )
                }
                Found::Other(range) => format!("?{}", &text[range]),
            })
            .collect()
    }

    #[test]
    fn items_end_with_their_line_and_brackets() {
        for (text, want) in [
            ("a = 1 # x\nb = 2 /* y */", vec!["a=1", "b=2"]),
            ("# c {\na {\n b = \"}\" # }\n}\n/* { */ c {}", vec!["a{\n b = \"}\" # }\n}", "c{}"]),
            ("a {} b \"c\" d {}", vec!["a{}", "b c d{}"]),
            ("a = \"${ f(\"}\") }\"\nb = 1", vec!["a=\"${ f(\"}\") }\"", "b=1"]),
            ("a = <<-EOT\n } \"\n  EOT\nb = 1\n", vec!["a=<<-EOT\n } \"\n  EOT", "b=1"]),
            ("a = f(<<EOT\n }\nEOT\n)\nb = 1\n", vec!["a=f(<<EOT\n }\nEOT\n)", "b=1"]),
            ("a = \"$${\"\nb = 1\n", vec!["a=\"$${\"", "b=1"]),
            ("a = \"open\nb = 1\n", vec!["a=\"open", "b=1"]),
            ("a = [\n 1,\n # ]\n 2\n]\n", vec!["a=[\n 1,\n # ]\n 2\n]"]),
            ("}\na = 1\n", vec!["?}", "a=1"]),
            ("<x>\n...\n\"k\" = 1\na == 1\né\nx", vec!["?<x>", "?...", "k=1", "?a == 1", "?é", "?x"]),
            ("a {\n b {\n\nresource \"x\" \"y\" {\n}\nc = 1", vec!["a{\n b {\n\n}!", "resource x y{\n}", "c=1"]),
            ("a {", vec!["a{}!"]),
            ("a = <<", vec!["a=<<"]),
            ("a = <<E", vec!["a=<<E"]),
        ] {
            assert_eq!(split(text), want, "{text}");
        }
        let body: Vec<_> = Items::new("x { a = 1, b = [2, 3] }", 3..22).collect();
        assert_eq!(body.len(), 2, "{body:?}");
    }

    #[test]
    fn cost_is_linear() {
        for text in [
            "resource \"a\" {\n".repeat(300_000),
            "a\n".repeat(500_000),
            "a {\n".repeat(300_000),
            "<<E\n".repeat(300_000),
        ] {
            let count = Items::new(&text, 0..text.len()).count();
            assert!(count > 0);
        }
    }
}
