//! HCL text → [`Body`], tolerantly: what cannot be parsed becomes an error with its place, and the rest is read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::parser;

use crate::iac::terraform::ast::{Attr, Block, Body, Expr, Kind, Part};
use crate::iac::terraform::lower::Lower;
use crate::iac::terraform::split::{Found, Items, Lines};
use crate::iac::{FileId, Span, Value};
use crate::model::GapReason;

/// How deep blocks may be nested.
const MAX_BLOCKS: usize = 32;

/// How many lines and commas one attribute may have. The parser compares each key of an object with all others.
const MAX_PARTS: usize = 20_000;

/// How deep expressions may be nested, and how many operators may stand in a row: limits of the parser.
const MAX_NESTING: usize = 64;
const MAX_OPERATORS: usize = 128;

/// How often a key may be repeated in one attribute.
const MAX_REPEATED: usize = 100;

/// Something that is left out: no HCL, refused by Terraform, or past a limit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SyntaxError {
    pub(super) at: Span,
    pub(super) reason: GapReason,
    pub(super) what: String,
}

/// Why an expression is left out.
struct Fault {
    offset: usize,
    reason: GapReason,
    what: String,
}

impl Fault {
    fn past(offset: usize, limit: String) -> Self {
        Self { offset, reason: GapReason::Unsupported, what: limit }
    }

    /// The parser calls its limits errors of the text.
    fn of(error: &parser::Error) -> Self {
        let offset = error.location().offset();
        match error.message() {
            text if text.contains("nesting depth") => {
                Self::past(offset, format!("the expression is nested deeper than {MAX_NESTING} levels"))
            }
            text if text.contains("chained binary operators") => {
                Self::past(offset, format!("the expression has more than {MAX_OPERATORS} operators in a row"))
            }
            text => Self { offset, reason: GapReason::Malformed, what: format!("syntax error: {text}") },
        }
    }
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
    let body = reader.body(0..text.len(), 0, false);
    Parsed { body, ..reader.parsed }
}

/// Parses one expression that stands in no file, as `-var` gives it.
pub(super) fn expression(text: &str) -> Result<Expr, String> {
    let text = text.trim();
    let parsed = parser::parse_expr(text).map_err(|e| Fault::of(&e).what)?;
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
    let parsed = parser::parse_template(text).map_err(|e| Fault::of(&e).what)?;
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

    fn error(&mut self, range: Range<usize>, reason: GapReason, what: String) {
        let at = self.span(range);
        self.parsed.errors.push(SyntaxError { at, reason, what });
    }

    fn wrong(&mut self, range: Range<usize>, what: &str) {
        self.error(range, GapReason::Malformed, format!("syntax error: {what}"));
    }

    fn refused(&mut self, range: Range<usize>, what: &str) {
        self.error(range, GapReason::Malformed, format!("{what}, which Terraform refuses"));
    }

    fn name(&mut self, name: String) -> Arc<str> {
        Arc::clone(self.strings.entry(name).or_insert_with_key(|n| Arc::from(n.as_str())))
    }

    /// The items of a part of the text; `block` when it is what the braces of a block enclose.
    fn body(&mut self, range: Range<usize>, depth: usize, block: bool) -> Body {
        let mut body = Body::default();
        if depth > MAX_BLOCKS {
            self.error(range, GapReason::Unsupported, format!("blocks are nested deeper than {MAX_BLOCKS} levels"));
            return body;
        }
        let mut lines = Lines::new(self.text, range.clone(), block);
        for found in Items::new(self.text, range) {
            match found {
                Found::Attr { name, start, value } => {
                    let strange = lines.item(start..value.end, true);
                    let at = self.span(start..value.end);
                    let quoted = self.text[start..].starts_with('"');
                    let strange = strange.or(quoted.then_some("the name of an argument is quoted"));
                    let value = match strange {
                        Some(what) => {
                            self.refused(start..value.end, what);
                            Expr { kind: refused(what), at: Some(self.span(value)) }
                        }
                        None => self.value(value),
                    };
                    let name = self.name(name);
                    body.attrs.push(Attr { name, value, at });
                }
                Found::Block { name, labels, start, header_end, body: inner, end, closed } => {
                    if !closed {
                        lines.broken();
                        self.wrong(start..header_end, &format!("the block {name} is never closed"));
                    }
                    let strange = if closed { lines.item(start..end, false) } else { None };
                    let mut inner = self.body(inner, depth + 1, closed);
                    if let Some(what) = strange {
                        self.refused(start..header_end, what);
                        inner.spoil(what);
                    }
                    let labels = labels.into_iter().map(|l| self.name(l)).collect();
                    let (at, header) = (self.span(start..end), self.span(start..header_end));
                    let name = self.name(name);
                    body.blocks.push(Block { name, labels, body: inner, at, header });
                }
                Found::Other(range) => {
                    lines.broken();
                    self.wrong(range, "expected an attribute or a block");
                }
            }
        }
        if let Some((range, what, whole)) = lines.end() {
            self.refused(range, what);
            if whole { body.spoil(what) } else { body.spoil_last(what) }
        }
        self.refuse_repeated(&mut body);
        body
    }

    /// Arguments that are set more than once have no value.
    fn refuse_repeated(&mut self, body: &mut Body) {
        let mut seen: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for at in 0..body.attrs.len() {
            let name = Arc::clone(&body.attrs[at].name);
            if let Some(before) = seen.insert(Arc::clone(&name), at) {
                let what = format!("{name} is set more than once in one block");
                let again = body.attrs[at].at;
                self.refused(again.start as usize..again.end as usize, &what);
                for one in [before, at] {
                    body.attrs[one].value.kind = refused(&what);
                }
            }
        }
    }

    fn value(&mut self, range: Range<usize>) -> Expr {
        let text = &self.text[range.clone()];
        let at = Some(self.span(range.clone()));
        if let Some(value) = simple(text) {
            return Expr { kind: Kind::Literal(value), at };
        }
        let result = if text.bytes().filter(|b| matches!(b, b'\n' | b',')).count() > MAX_PARTS {
            Err(Fault::past(0, format!("the value has more than {MAX_PARTS} lines and commas")))
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
                for (there, what) in std::mem::take(&mut lower.refused) {
                    let there = there.map_or(range.clone(), |r| range.start + r.start..range.start + r.end);
                    self.refused(there, what);
                }
                expr.at = at;
                expr
            }
            Err(Fault { offset, reason, what }) => {
                let mut from = (range.start + offset).min(range.end);
                while !self.text.is_char_boundary(from) {
                    from -= 1;
                }
                let to = self.text[from..range.end].find('\n').map_or(range.end, |n| from + n);
                let why = match what.strip_prefix("syntax error: ") {
                    Some(what) => format!("the expression cannot be parsed: {what}"),
                    None => what.clone(),
                };
                self.error(from..to, reason, what);
                Expr { kind: Kind::Bad(Arc::from(why)), at }
            }
        }
    }
}

/// The value of what Terraform refuses.
fn refused(what: &str) -> Kind {
    Kind::Bad(Arc::from(format!("{what}, which Terraform refuses")))
}

impl Body {
    /// Makes the values of all arguments unknown.
    fn spoil(&mut self, what: &str) {
        for attr in &mut self.attrs {
            attr.value.kind = refused(what);
        }
        for block in &mut self.blocks {
            block.body.spoil(what);
        }
    }

    /// The same for the last argument or block.
    fn spoil_last(&mut self, what: &str) {
        let argument = self.attrs.last().map(|a| a.at.end);
        match self.blocks.last_mut() {
            Some(block) if Some(block.at.end) > argument => block.body.spoil(what),
            _ => self.attrs.iter_mut().rev().take(1).for_each(|a| a.value.kind = refused(what)),
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
fn parse_with_repeated_keys(text: &str) -> Result<WithKeys, Fault> {
    let mut keys = BTreeMap::new();
    let mut changed: Option<String> = None;
    loop {
        let error = match parser::parse_expr(changed.as_deref().unwrap_or(text)) {
            Ok(expr) => return Ok((expr, keys)),
            Err(error) => error,
        };
        let at = error.location().offset();
        if !error.message().contains("redefined object key") {
            return Err(Fault::of(&error));
        }
        if keys.len() >= MAX_REPEATED {
            return Err(Fault::past(at, format!("more than {MAX_REPEATED} keys of the value are repeated")));
        }
        let from = at + usize::from(text[at..].starts_with('"'));
        let length = text[from..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(0);
        if length == 0 {
            return Err(Fault::of(&error));
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

    /// What is refused, with its line.
    fn refusals(text: &str) -> Vec<String> {
        let line = |e: &SyntaxError| text[..e.at.start as usize].matches('\n').count() + 1;
        read(text)
            .errors
            .iter()
            .map(|e| format!("{}: {}", line(e), e.what.replace(", which Terraform refuses", "")))
            .collect()
    }

    // What `terraform fmt` of 1.11 says of the same texts.
    #[test]
    fn what_terraform_refuses_is_refused() {
        const INLINE: &str = "1: a block that begins on the line of its brace holds more than one argument";
        for (text, want) in [
            ("a { b = 1 }\n", ""),
            ("a { b = [\n1] }\n", ""),
            ("a { b = f(1,\n2) /* x */ }\n", ""),
            ("a { # c\n}\nb {}\nc { /* , */ }", ""),
            ("a {\n b = 1 # ,\n c {} // }\n}\n", ""),
            ("a { b = 1, c = 2 }\n", INLINE),
            ("a { b = 1, }\n", INLINE),
            ("a { b {} }\n", INLINE),
            ("a { b { c = 1 } }\n", INLINE),
            ("a { b = 1\n}\n", INLINE),
            ("a { b = <<E\nx\nE\n}\n", INLINE),
            ("a {\n b = 1 }\n", "2: the closing brace stands on the line of what is before it"),
            ("a {\n b {} }\n", "2: the closing brace stands on the line of what is before it"),
            ("a {} b {}\n", "1: it stands on the line of what is before it"),
            ("a {\n b {} c {}\n}\n", "2: it stands on the line of what is before it"),
            ("a { , }\n", "1: a comma or semicolon stands behind it"),
            ("a {\n b {}\n,\n c = 1\n}\n", "4: a comma or semicolon stands before it"),
            ("a {\n b = 1\n c = 2\n b = 3\n}\n", "4: b is set more than once in one block"),
            ("\"a\" = 1\n", "1: the name of an argument is quoted"),
            ("a = x.0.1\n", "1: two indexes follow each other after dots"),
            ("a = [\n x.*.0.1]\n", "2: two indexes follow each other after dots"),
            ("a = x.*.y.*.z\n", "1: a splat .* follows another one"),
            ("a = [x.0.y.1, x[0].0, x.0.*.y, x.*.y[*].z, x[*].y[*].z, x.*.y.0.z, x.*.a[0].*.b]\n", ""),
        ] {
            assert_eq!(refusals(text).join("; "), want, "{text}");
        }
    }

    #[test]
    fn what_is_refused_has_no_value() {
        let bad = |body: &Body, name: &str| {
            body.attrs.iter().filter(|a| &*a.name == name).all(|a| matches!(a.value.kind, Kind::Bad(_)))
        };
        let twice = read("a {\n b = 1\n c = 2\n b = 3\n}\n").body;
        assert_eq!(["b", "c"].map(|n| bad(&twice.blocks[0].body, n)), [true, false]);
        let inline = read("a { b = 1, c = 2 }\n").body;
        assert_eq!(["b", "c"].map(|n| bad(&inline.blocks[0].body, n)), [true, true]);
        let last = read("a {\n b = 1\n c { d = 1 } }\n").body;
        assert!(!bad(&last.blocks[0].body, "b") && bad(&last.blocks[0].body.blocks[0].body, "d"));
        assert!(bad(&read("a = x.0.1\n").body, "a"));
    }

    #[test]
    fn limits_are_called_limits() {
        let value = |text: String| read(&format!("a = {text}\n")).errors.into_iter().map(|e| (e.reason, e.what)).next();
        let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(value(nested(MAX_NESTING)), None);
        let deeper = "the expression is nested deeper than 64 levels".to_owned();
        assert_eq!(value(nested(MAX_NESTING + 1)), Some((GapReason::Unsupported, deeper)));
        let sum = |n: usize| vec!["x"; n + 1].join(" + ");
        assert_eq!(value(sum(MAX_OPERATORS)), None);
        let longer = "the expression has more than 128 operators in a row".to_owned();
        assert_eq!(value(sum(MAX_OPERATORS + 1)), Some((GapReason::Unsupported, longer.clone())));
        assert_eq!(expression(&sum(200)).unwrap_err(), longer);
        assert_eq!(template(&format!("${{{}}}", sum(200)), &mut BTreeSet::new()).unwrap_err(), longer);
    }
}
