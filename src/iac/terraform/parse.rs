//! HCL text → [`Body`], tolerantly: what cannot be parsed becomes an error with its place, and the rest is read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::parser;

use crate::iac::terraform::ast::{Attr, Block, Body, Expr, Kind, Part};
use crate::iac::terraform::lower::Lower;
use crate::iac::terraform::split::{Found, Items};
use crate::iac::{FileId, Span, Value};

/// How deep blocks may be nested.
const MAX_BLOCKS: usize = 32;

/// How many lines and commas one attribute may have. The parser compares each key of an object with all others.
const MAX_PARTS: usize = 20_000;

/// How often a key may be repeated in one attribute.
const MAX_REPEATED: usize = 100;

/// Text that is not HCL.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SyntaxError {
    pub(super) at: Span,
    pub(super) what: String,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) body: Body,
    pub(super) errors: Vec<SyntaxError>,
    /// The names that stand after a dot anywhere.
    pub(super) names: BTreeSet<Arc<str>>,
}

/// Parses a file.
pub(super) fn file(text: &str, file: FileId) -> Parsed {
    let mut reader = Reader { text, file, parsed: Parsed::default(), strings: BTreeMap::new() };
    let body = reader.body(0..text.len(), 0);
    Parsed { body, ..reader.parsed }
}

/// Parses one expression that stands in no file, as `-var` gives it.
pub(super) fn expression(text: &str) -> Result<Expr, String> {
    let text = text.trim();
    let parsed = parser::parse_expr(text).map_err(|e| e.message().to_owned())?;
    Ok(Lower::new(text, None, 0).expr(&parsed))
}

/// Parses a template that stands in no file, as JSON and template files give it.
pub(super) fn template(text: &str, names: &mut BTreeSet<Arc<str>>) -> Result<Vec<Part>, String> {
    if !text.contains("${") && !text.contains("%{") {
        return Ok(vec![Part::Text(Arc::from(text))]);
    }
    if text.bytes().filter(|b| matches!(b, b'\n' | b',')).count() > 100_000 {
        return Err("the template is too large".to_owned());
    }
    let parsed = parser::parse_template(text).map_err(|e| e.message().to_owned())?;
    let mut lower = Lower::new(text, None, 0);
    let parts = lower.template(&parsed, true);
    names.append(&mut lower.names);
    Ok(parts)
}

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    parsed: Parsed,
    /// Names repeat a lot: one copy of each.
    strings: BTreeMap<String, Arc<str>>,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn error(&mut self, range: Range<usize>, what: impl Into<String>) {
        let at = self.span(range);
        self.parsed.errors.push(SyntaxError { at, what: what.into() });
    }

    fn name(&mut self, name: String) -> Arc<str> {
        Arc::clone(self.strings.entry(name).or_insert_with_key(|n| Arc::from(n.as_str())))
    }

    fn body(&mut self, range: Range<usize>, depth: usize) -> Body {
        let mut body = Body::default();
        if depth > MAX_BLOCKS {
            self.error(range, format!("blocks are nested deeper than {MAX_BLOCKS} levels"));
            return body;
        }
        for found in Items::new(self.text, range) {
            match found {
                Found::Attr { name, start, value } => {
                    let at = self.span(start..value.end);
                    let value = self.value(value);
                    let name = self.name(name);
                    body.attrs.push(Attr { name, value, at });
                }
                Found::Block { name, labels, start, header_end, body: inner, end, closed } => {
                    if !closed {
                        self.error(start..header_end, format!("the block {name} is never closed"));
                    }
                    let inner = self.body(inner, depth + 1);
                    let labels = labels.into_iter().map(|l| self.name(l)).collect();
                    let (at, header) = (self.span(start..end), self.span(start..header_end));
                    let name = self.name(name);
                    body.blocks.push(Block { name, labels, body: inner, at, header });
                }
                Found::Other(range) => self.error(range, "expected an attribute or a block"),
            }
        }
        body
    }

    fn value(&mut self, range: Range<usize>) -> Expr {
        let text = &self.text[range.clone()];
        let at = Some(self.span(range.clone()));
        if let Some(value) = simple(text) {
            return Expr { kind: Kind::Literal(value), at };
        }
        let result = if text.bytes().filter(|b| matches!(b, b'\n' | b',')).count() > MAX_PARTS {
            Err((0, format!("the value has more than {MAX_PARTS} parts")))
        } else {
            parse_with_repeated_keys(text)
        };
        match result {
            Ok((expr, keys)) => {
                let mut lower = Lower::new(text, Some(self.file), range.start);
                lower.keys = keys;
                std::mem::swap(&mut lower.names, &mut self.parsed.names);
                let mut expr = lower.expr(&expr);
                std::mem::swap(&mut lower.names, &mut self.parsed.names);
                expr.at = at;
                expr
            }
            Err((offset, what)) => {
                let mut from = (range.start + offset).min(range.end);
                while !self.text.is_char_boundary(from) {
                    from -= 1;
                }
                let to = self.text[from..range.end].find('\n').map_or(range.end, |n| from + n);
                self.error(from..to, what.clone());
                Expr { kind: Kind::Bad(Arc::from(format!("the expression cannot be parsed: {what}"))), at }
            }
        }
    }
}

/// Values that need no parser: most are plain texts.
fn simple(text: &str) -> Option<Value> {
    match text {
        "true" => return Some(Value::Bool(true)),
        "false" => return Some(Value::Bool(false)),
        "null" => return Some(Value::Null),
        _ => {}
    }
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = !inner.bytes().any(|b| matches!(b, b'"' | b'\\' | b'$' | b'%' | b'\n'));
    plain.then(|| Value::String(Arc::from(inner)))
}

type WithKeys = (hcl_edit::expr::Expression, BTreeMap<usize, Arc<str>>);

/// Terraform lets an object repeat a key, and the last counts; the parser refuses it. So repeated keys get other names, of
/// the same length, and the real ones are kept by their place.
fn parse_with_repeated_keys(text: &str) -> Result<WithKeys, (usize, String)> {
    let mut keys = BTreeMap::new();
    let mut changed: Option<String> = None;
    loop {
        let error = match parser::parse_expr(changed.as_deref().unwrap_or(text)) {
            Ok(expr) => return Ok((expr, keys)),
            Err(error) => error,
        };
        let at = error.location().offset();
        let fail = Err((at, error.message().to_owned()));
        if !error.message().contains("redefined object key") || keys.len() >= MAX_REPEATED {
            return fail;
        }
        let from = at + usize::from(text[at..].starts_with('"'));
        let length = text[from..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(0);
        if length == 0 {
            return fail;
        }
        keys.entry(at).or_insert_with(|| Arc::from(&text[from..from + length]));
        let name = format!("{:a>length$}", keys.len()).replace(|c: char| c.is_ascii_digit(), "q");
        let unique = format!("{name}{}", "zyxwvutsrqponmlkjihgfedcba".chars().nth(keys.len() % 26).unwrap_or('z'));
        let unique = &unique[unique.len() - length..];
        changed.get_or_insert_with(|| text.to_owned()).replace_range(from..from + length, unique);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        file(text, FileId(0))
    }

    #[test]
    fn one_bad_item_loses_only_itself() {
        let text = "resource \"a\" \"b\" {\n x = 1\n y = <placeholder>\n ...\n z {\n  w = \"é\n  v = 2\n }\n}\nlocals {\n a = 1\n}\n";
        let parsed = read(text);
        let block = &parsed.body.blocks[0];
        assert!(matches!(block.body.attr("x").unwrap().value.kind, Kind::Literal(Value::Int(1))));
        assert!(matches!(block.body.attr("y").unwrap().value.kind, Kind::Bad(_)));
        assert!(matches!(block.body.blocks[0].body.attr("v").unwrap().value.kind, Kind::Literal(Value::Int(2))));
        assert_eq!(parsed.body.blocks.len(), 2);
        let lines: Vec<_> =
            parsed.errors.iter().map(|e| text[..e.at.start as usize].matches('\n').count() + 1).collect();
        assert_eq!(lines, [3, 4, 6]);
    }

    #[test]
    fn places() {
        let text = "# c\nresource \"a\" \"b\"   {\n  x = [1, # d\n  2] # e\n}\n";
        let parsed = read(text);
        let cut = |s: Span| &text[s.start as usize..s.end as usize];
        let block = &parsed.body.blocks[0];
        assert_eq!(cut(block.header), "resource \"a\" \"b\"");
        assert!(cut(block.at).ends_with("\n}"));
        assert_eq!(cut(block.body.attrs[0].at), "x = [1, # d\n  2]");
        let Kind::List(items) = &block.body.attrs[0].value.kind else { panic!() };
        assert_eq!(cut(items[1].at.unwrap()), "2");
    }

    #[test]
    fn repeated_keys_are_all_there() {
        let parsed = read("a = {\n a = 1\n a = 2\n \"bc\" = 3\n \"bc\" = 4\n bc = 5\n}\n");
        assert_eq!(parsed.errors, []);
        let Kind::Object(items) = &parsed.body.attrs[0].value.kind else { panic!() };
        assert_eq!(items.iter().filter_map(|i| i.key.literal()).collect::<Vec<_>>(), ["a", "a", "bc", "bc", "bc"]);
    }

    #[test]
    fn hostile_text_is_refused_in_time() {
        let deep = |open: &str, n: usize| format!("a = {}", open.repeat(n));
        for text in [
            deep("[", 100_000),
            deep("{a=", 100_000),
            deep("\"${", 100_000),
            deep("(", 9000),
            deep("-", 9000),
            deep("!", 9000),
            "a {\n".repeat(50_000),
        ] {
            assert!(!read(&text).errors.is_empty());
        }
        let keys: String = (0..30_000).map(|n| format!("k{n}=1\n")).collect();
        assert!(!read(&format!("a = {{\n{keys}}}\n")).errors.is_empty());
    }
}
