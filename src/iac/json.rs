//! JSON with comments → [`Node`] values with places.

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

/// Parses JSON as ARM templates write it: comments, trailing commas and line breaks in texts are allowed. Every value gets
/// its place, members get the place of the whole member when `members` is set and of the value otherwise. Of members with
/// the same name the last one counts, as it does in Azure.
///
/// # Errors
/// [`JsonError`] with the place.
pub(crate) fn parse(text: &str, file: FileId) -> Result<Node, JsonError> {
    if depth(text) > MAX_DEPTH {
        let what = format!("it is nested deeper than {MAX_DEPTH} levels");
        return Err(JsonError { at: Span::new(file, 0..0), what });
    }
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
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
    match parsed.value {
        Some(value) => Ok(node(&value, file)),
        None => Err(JsonError { at: Span::new(file, 0..0), what: "it holds no JSON value".to_owned() }),
    }
}

fn node(value: &ast::Value<'_>, file: FileId) -> Node {
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
        ast::Value::Array(v) => (Value::Array(Arc::new(v.elements.iter().map(|e| node(e, file)).collect())), span(v)),
        ast::Value::Object(v) => {
            let members: Object = v
                .properties
                .iter()
                .map(|p| {
                    let member = node(&p.value, file);
                    // A finding about a member points at its name and value together.
                    (Arc::from(p.name.as_str()), member.at(span(p)))
                })
                .collect();
            (Value::Object(Arc::new(members)), span(v))
        }
    };
    Node::new(value).at(at)
}

/// How deep brackets are nested, comments included: an upper bound that costs no stack.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
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
        assert!(parse(&"[".repeat(100_000), FileId(0)).unwrap_err().what.contains("deeper"));
    }
}
