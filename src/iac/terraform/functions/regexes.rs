//! Regular expressions in the syntax of Go, and `replace`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use regex::{Captures, Regex, RegexBuilder};

use crate::iac::terraform::functions::args::{items_fit, text, text_fits};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Object, Value};

/// The largest program that one expression may compile to, in bytes.
const MAX_PROGRAM: usize = 1 << 20;
/// How many compiled expressions are kept: code in a loop asks for the same one again and again.
const KEPT: usize = 64;

thread_local! {
    static COMPILED: RefCell<BTreeMap<Arc<str>, Regex>> = const { RefCell::new(BTreeMap::new()) };
}

fn compile(pattern: &Arc<str>) -> Result<Regex, String> {
    if let Some(known) = COMPILED.with_borrow(|c| c.get(pattern).cloned()) {
        return Ok(known);
    }
    let regex = RegexBuilder::new(&translate(pattern))
        .size_limit(MAX_PROGRAM)
        .dfa_size_limit(MAX_PROGRAM)
        .build()
        .map_err(|e| format!("{pattern:?} is no valid regular expression: {}", last_line(&e.to_string())))?;
    COMPILED.with_borrow_mut(|c| {
        if c.len() >= KEPT {
            c.clear();
        }
        c.insert(Arc::clone(pattern), regex.clone());
    });
    Ok(regex)
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or(text).trim_start_matches("error: ")
}

/// Go's syntax in Rust's: classes such as `\d` are ASCII only, brackets and braces that open nothing stand for themselves.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    let mut class = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let mut used = c.len_utf8();
        match c {
            '\\' => match after.chars().next() {
                Some('Q') => {
                    let body = &after[1..];
                    let end = body.find("\\E").unwrap_or(body.len());
                    body[..end].chars().for_each(|c| literal(c, &mut out));
                    used = (2 + end + 2).min(rest.len());
                }
                Some(kind) => {
                    used += kind.len_utf8();
                    match (kind, class) {
                        ('d', false) => out.push_str("[0-9]"),
                        ('d', true) => out.push_str("0-9"),
                        ('w', false) => out.push_str("[0-9A-Za-z_]"),
                        ('w', true) => out.push_str("0-9A-Za-z_"),
                        ('s', false) => out.push_str(r"[\t\n\f\r ]"),
                        ('s', true) => out.push_str(r"\t\n\f\r "),
                        ('D', _) => out.push_str("[^0-9]"),
                        ('W', _) => out.push_str("[^0-9A-Za-z_]"),
                        ('S', _) => out.push_str(r"[^\t\n\f\r ]"),
                        ('b', false) => out.push_str(r"(?-u:\b)"),
                        // A class or a code point by name, with its braces.
                        ('p' | 'P' | 'x', _) => {
                            let end = after[1..].starts_with('{').then(|| after.find('}')).flatten();
                            used = end.map_or(used, |end| end + 2);
                            out.push_str(&rest[..used]);
                        }
                        ('B', false) => out.push_str(r"\B"),
                        (kind, _) if kind.is_ascii_punctuation() => literal(kind, &mut out),
                        (kind, _) => out.extend(['\\', kind]),
                    }
                }
                None => out.push('\\'),
            },
            '[' if class => match after.strip_prefix(':').and_then(|a| a.find(":]")) {
                Some(end) => {
                    used = end + 4;
                    out.push_str(&rest[..used]);
                }
                None => out.push_str("\\["),
            },
            '[' => {
                class = true;
                out.push('[');
                let mut inner = after;
                if let Some(next) = inner.strip_prefix('^') {
                    out.push('^');
                    inner = next;
                }
                // A bracket that comes first closes nothing.
                if let Some(next) = inner.strip_prefix(']') {
                    out.push_str("\\]");
                    inner = next;
                }
                used = rest.len() - inner.len();
            }
            ']' if class => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => literal(c, &mut out),
            '-' if class && after.starts_with('-') => out.push_str("\\-"),
            '{' if !class && !is_repetition(after) => out.push_str("\\{"),
            c => out.push(c),
        }
        rest = &rest[used..];
    }
    out
}

fn literal(c: char, out: &mut String) {
    if c.is_ascii_punctuation() && !matches!(c, '<' | '>') {
        out.push('\\');
    }
    out.push(c);
}

/// Whether the text after a brace goes on as `2}`, `2,}` or `2,5}`.
fn is_repetition(after: &str) -> bool {
    let Some(end) = after.find('}') else { return false };
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    match after[..end].split_once(',') {
        Some((least, most)) => !least.is_empty() && digits(least) && digits(most),
        None => end > 0 && digits(&after[..end]),
    }
}

/// The whole match, the list of its groups, or the map of its named groups.
fn found(regex: &Regex, captures: &Captures<'_>) -> Node {
    let group = |at: usize| captures.get(at).map_or_else(|| Node::new(Value::Null), |m| Node::string(m.as_str()));
    if regex.captures_len() == 1 {
        return group(0);
    }
    let named: Object = regex
        .capture_names()
        .enumerate()
        .filter_map(|(at, name)| name.map(|name| (Arc::from(name), group(at))))
        .collect();
    if named.is_empty() { Node::array((1..regex.captures_len()).map(group).collect()) } else { Node::object(named) }
}

fn checked(pattern: &Arc<str>) -> Result<Regex, String> {
    let regex = compile(pattern)?;
    let named = regex.capture_names().flatten().count();
    if named > 0 && named + 1 != regex.captures_len() {
        return Err("named and unnamed groups cannot be mixed".to_owned());
    }
    Ok(regex)
}

pub(super) fn regex(args: &[Node], _: &Context<'_>) -> Answer {
    let regex = checked(&text(&args[0])?)?;
    let text = text(&args[1])?;
    let captures = regex.captures(&text).ok_or("the pattern did not match any part of the given string")?;
    Ok(found(&regex, &captures))
}

pub(super) fn regexall(args: &[Node], _: &Context<'_>) -> Answer {
    let regex = checked(&text(&args[0])?)?;
    let text = text(&args[1])?;
    let mut all = Vec::new();
    for captures in regex.captures_iter(&text) {
        all.push(found(&regex, &captures));
        items_fit(all.len().saturating_mul(regex.captures_len()))?;
    }
    Ok(Node::array(all))
}

pub(super) fn replace(args: &[Node], _: &Context<'_>) -> Answer {
    let (text, find, with) = (text(&args[0])?, text(&args[1])?, text(&args[2])?);
    if find.len() > 1 && find.starts_with('/') && find.ends_with('/') {
        let regex = compile(&Arc::from(&find[1..find.len() - 1]))?;
        let (mut out, mut last) = (String::new(), 0);
        for captures in regex.captures_iter(&text) {
            let Some(whole) = captures.get(0) else { continue };
            out.push_str(&text[last..whole.start()]);
            captures.expand(&with, &mut out);
            last = whole.end();
            text_fits(out.len())?;
        }
        out.push_str(&text[last..]);
        return Ok(Node::string(out));
    }
    let times = text.matches(&*find).count();
    text_fits(times.saturating_mul(with.len()).saturating_add(text.len()))?;
    Ok(Node::string(text.replace(&*find, &with)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_of_go_is_read() {
        for (pattern, text, expected) in [
            (r"\d+", "٣ 12", Some("12")),
            (r"[\w-]+", "é a-b_c", Some("a-b_c")),
            (r"\Qa.b\E+", "axb a.bb", Some("a.bb")),
            (r"[[]+", "a[[b", Some("[[")),
            (r"[]a]+", "x]a]", Some("]a]")),
            (r"[^]]+", "]ab]", Some("ab")),
            (r"[[:alpha:]]+", "12ab", Some("ab")),
            (r"a{", "xa{", Some("a{")),
            (r"a{2}", "aaa", Some("aa")),
            (r"a{1,}", "aaa", Some("aaa")),
            (r"\<a\>", "<a>", Some("<a>")),
            (r"[a&&b]+", "&&ab", Some("&&ab")),
            (r"[a--]+", "-a", Some("-a")),
            (r"[\S]+", " ab ", Some("ab")),
            (r"^\/x\-y$", "/x-y", Some("/x-y")),
            (r"\p{Lu}", "aÄ", Some("Ä")),
            (r"b\b", "ab é", Some("b")),
            ("x", "a", None),
        ] {
            let regex = compile(&Arc::from(pattern)).unwrap();
            assert_eq!(regex.find(text).map(|m| m.as_str()), expected, "{pattern}");
        }
    }

    #[test]
    fn bad_and_huge_expressions_are_refused() {
        for pattern in ["(", "[z-a]", r"\Q", "((((a{100}){100}){100}){100})", "(?=a)"] {
            let result = compile(&Arc::from(pattern));
            assert_eq!(result.is_err(), pattern != r"\Q", "{pattern}");
        }
    }
}
