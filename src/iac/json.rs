//! JSON with comments → [`Node`] values with places.

use std::collections::BTreeMap;
use std::sync::Arc;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions};

use crate::iac::{FileId, Node, Object, Span, Value};

/// The deepest nesting that is read.
pub(crate) const MAX_DEPTH: usize = 128;

/// A syntax error, or nesting past [`MAX_DEPTH`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonError {
    /// Where.
    pub(crate) at: Span,
    /// What is wrong.
    pub(crate) what: String,
}

/// Whose JSON it is: parsers differ in what they let pass.
#[derive(Clone, Copy)]
pub(crate) enum Dialect {
    /// As the standard has it, with comments and trailing commas.
    Plain,
    /// Azure's own parser: texts may stand in single quotes.
    Azure,
    /// Terraform's: the names of blocks may be repeated. Says so of a member by the names on the way to its object; its value
    /// becomes a list.
    Terraform(fn(&[&str]) -> bool),
}

/// Parses plain JSON; see [`parse_as`]. Repeated members are unknown, and nobody is told.
///
/// # Errors
/// [`JsonError`] with the place.
pub(crate) fn parse(text: &str, file: FileId) -> Result<Node, JsonError> {
    parse_as(text, file, Dialect::Plain, &mut |_| {})
}

/// Parses JSON as code holds it: comments, trailing commas and line breaks in texts are allowed. Every value gets its place;
/// members get the place of the whole member.
///
/// Parsers disagree on members that are written twice: some refuse them, some take the last. So their value is unknown, and
/// `repeated` is told of each. Where both are equal, Azure's parser has no choice.
///
/// # Errors
/// [`JsonError`] with the place.
pub(crate) fn parse_as(
    text: &str,
    file: FileId,
    dialect: Dialect,
    repeated: &mut dyn FnMut(JsonError),
) -> Result<Node, JsonError> {
    let single_quotes = matches!(dialect, Dialect::Azure);
    if depth(text, single_quotes) > MAX_DEPTH {
        let what = format!("it is nested deeper than {MAX_DEPTH} levels");
        return Err(JsonError { at: Span::new(file, 0..0), what });
    }
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: single_quotes,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = jsonc_parser::parse_to_ast(text, &collect, &options).map_err(|e| {
        let range = e.range();
        JsonError { at: Span::new(file, range.start..range.end), what: e.kind().to_string() }
    })?;
    match &parsed.value {
        Some(value) => Ok(Lower { file, dialect, repeated, path: Vec::new() }.node(value)),
        None => Err(JsonError { at: Span::new(file, 0..0), what: "it holds no JSON value".to_owned() }),
    }
}

struct Lower<'a, 'r> {
    file: FileId,
    dialect: Dialect,
    repeated: &'r mut dyn FnMut(JsonError),
    /// The names of the members on the way.
    path: Vec<&'a str>,
}

impl<'a> Lower<'a, '_> {
    fn node(&mut self, value: &'a ast::Value<'a>) -> Node {
        let file = self.file;
        let span = |r: &dyn Ranged| Span::new(file, r.start()..r.end());
        let (value, at) = match value {
            ast::Value::NullKeyword(v) => (Value::Null, span(v)),
            ast::Value::BooleanLit(v) => (Value::Bool(v.value), span(v)),
            ast::Value::StringLit(v) => (Value::String(Arc::from(v.value.as_ref())), span(v)),
            ast::Value::NumberLit(v) => {
                let number = match (v.value.parse::<i64>(), v.value.parse::<f64>()) {
                    (Ok(whole), _) => Value::Int(whole),
                    (_, Ok(float)) => Value::float(float),
                    _ => Value::unknown(format!("{} is no number", v.value)),
                };
                (number, span(v))
            }
            ast::Value::Array(v) => {
                (Value::Array(Arc::new(v.elements.iter().map(|e| self.node(e)).collect())), span(v))
            }
            ast::Value::Object(v) => {
                let mut members = Object::new();
                // Blocks that are written one by one, as lists.
                let mut blocks: BTreeMap<Arc<str>, Vec<Node>> = BTreeMap::new();
                for property in &v.properties {
                    let name = property.name.as_str();
                    self.path.push(name);
                    // A finding about a member points at its name and value together.
                    let member = self.node(&property.value).at(span(property));
                    self.path.pop();
                    let Some(before) = members.get(name) else {
                        members.insert(Arc::from(name), member);
                        continue;
                    };
                    let node = match self.dialect {
                        Dialect::Azure if same(before, &member) => member,
                        Dialect::Terraform(repeats) if name == "//" || repeats(&self.path) => {
                            blocks.entry(Arc::from(name)).or_insert_with(|| vec![before.clone()]).push(member);
                            continue;
                        }
                        _ => {
                            let what = format!("{name:?} is written more than once in one object");
                            let node = Node::unknown(&what).at(span(property));
                            (self.repeated)(JsonError { at: span(property), what });
                            node
                        }
                    };
                    members.insert(Arc::from(name), node);
                }
                for (name, list) in blocks {
                    let at = list[0].at;
                    members.insert(name, Node { at, ..Node::array(list) });
                }
                (Value::Object(Arc::new(members)), span(v))
            }
        };
        Node::new(value).at(at)
    }
}

/// Whether two values are equal, wherever they stand.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        (Value::Unknown(_), _) => false,
        (a, b) => a == b,
    }
}

/// How deep brackets are nested: costs no stack.
fn depth(text: &str, single_quotes: bool) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut deepest, mut at) = (0usize, 0, 0);
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at + 1..];
        at += 1;
        match byte {
            b'"' | b'\'' if *byte == b'"' || single_quotes => {
                while let Some(inner) = bytes.get(at).filter(|b| *b != byte) {
                    at += if *inner == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'/' if rest.starts_with(b"/") => at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with(b"*") => {
                at +=
                    rest.get(1..).unwrap_or_default().windows(2).position(|w| w == b"*/").map_or(rest.len(), |n| n + 3);
            }
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_places() {
        let text = "{ // c\n \"a\": [1, 2.5,], \"b\": \"x\ny\" /* d */ }";
        let root = parse(text, FileId(3)).unwrap();
        let a = root.get("a").unwrap();
        assert_eq!(a.as_array().unwrap()[1].value, Value::Float(2.5));
        let at = a.at.unwrap();
        assert_eq!(&text[at.start as usize..at.end as usize], "\"a\": [1, 2.5,]");
        assert_eq!(root.get("b").unwrap().as_str(), Some("x\ny"));
    }

    #[test]
    fn errors_say_where() {
        for text in ["{\"a\": }", "", "{\"a\" 1}", "{'a': 1}", "[1 2]", "{} {}"] {
            assert!(parse(text, FileId(0)).is_err(), "{text}");
        }
        for hidden in ["", "// \"\n", "/* \" */", "\"\\\"\" "] {
            let text = format!("{hidden}{}", "[".repeat(100_000));
            assert!(parse(&text, FileId(0)).unwrap_err().what.contains("deeper"), "{hidden}");
        }
    }

    fn told(text: &str, dialect: Dialect) -> (Node, Vec<String>) {
        let mut told = Vec::new();
        let root = parse_as(text, FileId(0), dialect, &mut |e| {
            told.push(text[e.at.start as usize..e.at.end as usize].to_owned());
        });
        (root.unwrap(), told)
    }

    #[test]
    fn azure_takes_single_quotes() {
        let text = "{'a': 'x\\'{\"y', \"b\": \"it's [\", 'c': [/* ' */ 1]}";
        let (root, _) = told(text, Dialect::Azure);
        let a = root.get("a").unwrap();
        assert_eq!(a.as_str(), Some("x'{\"y"));
        assert_eq!(&text[a.at.unwrap().start as usize..a.at.unwrap().end as usize], "'a': 'x\\'{\"y'");
        assert_eq!(root.get("b").unwrap().as_str(), Some("it's ["));
        assert!(parse(text, FileId(0)).is_err());
        let deep = format!("{{'a': '\\'', 'b': {}", "[".repeat(1000));
        assert!(parse_as(&deep, FileId(0), Dialect::Azure, &mut |_| {}).unwrap_err().what.contains("deeper"));
    }

    #[test]
    fn members_written_twice_are_unknown_and_told() {
        let text = r#"{"a": {"b": 1, "b": 2}, "c": [1, {"d": 1}], "c": [1, {"d": 1}], "e": 1, "e": 2, "e": 3}"#;
        let (root, repeated) = told(text, Dialect::Azure);
        assert_eq!(repeated, ["\"b\": 2", "\"e\": 2", "\"e\": 3"]);
        assert_eq!(
            root.get("a").unwrap().get("b").unwrap().reason().unwrap().as_ref(),
            "\"b\" is written more than once in one object"
        );
        assert!(root.get("c").unwrap().as_array().is_some());
        assert!(root.get("e").unwrap().reason().is_some());
        let (root, repeated) = told(text, Dialect::Plain);
        assert_eq!(repeated.len(), 4);
        assert!(root.get("c").unwrap().reason().is_some());
        let (root, repeated) = told(text, Dialect::Terraform(|path| path.is_empty()));
        assert_eq!(repeated, ["\"b\": 2"]);
        assert_eq!(root.get("e").unwrap().as_array().unwrap().len(), 3);
    }
}
