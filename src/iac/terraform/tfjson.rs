//! `*.tf.json` → [`Body`]: the JSON syntax of Terraform, where blocks are objects and expressions are templates in texts.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::iac::json::{self, Dialect, JsonError};
use crate::iac::terraform::ast::{Attr, Block, Body, Expr, Item, Kind, Part};
use crate::iac::terraform::parse;
use crate::iac::{FileId, Node, Span, Value};

/// The labels that a block has in HCL; names that are no block types have `None`.
fn labels(name: &str) -> Option<usize> {
    match name {
        "resource" | "data" | "ephemeral" => Some(2),
        "variable" | "module" | "output" | "provider" | "check" => Some(1),
        "locals" | "terraform" | "moved" | "import" | "removed" => Some(0),
        _ => None,
    }
}

/// The blocks inside other blocks that the evaluator reads as blocks. All others are arguments: without the provider's schema
/// a block and a map look the same.
fn inner_labels(name: &str) -> Option<usize> {
    match name {
        "lifecycle" | "content" | "required_providers" | "connection" => Some(0),
        "dynamic" | "provisioner" | "backend" => Some(1),
        _ => None,
    }
}

/// Parses a file. What Terraform refuses as written twice is unknown, and told.
///
/// # Errors
/// [`JsonError`] with the place.
pub(super) fn parse(text: &str, file: FileId, repeated: &mut dyn FnMut(JsonError)) -> Result<Node, JsonError> {
    // Types of blocks and their labels may be repeated; arguments may not.
    let repeats = |path: &[&str]| path.first().is_none_or(|kind| labels(kind).is_some_and(|count| path.len() <= count));
    json::parse_as(text, file, Dialect::Terraform(repeats), repeated)
}

struct Reader<'a> {
    names: &'a mut BTreeSet<Arc<str>>,
    whole: Span,
}

/// Lowers a file's value. Names that stand after a dot are added to `names`.
pub(super) fn body(root: &Node, names: &mut BTreeSet<Arc<str>>) -> Body {
    let Some(whole) = root.at else { return Body::default() };
    let mut reader = Reader { names, whole };
    let mut body = Body::default();
    for (name, node) in root.as_object().into_iter().flatten() {
        if let Some(count) = labels(name) {
            reader.blocks(name, count, &[], node, &mut body.blocks);
        }
    }
    // Members are sorted by name; the code's order is the one of places.
    body.blocks.sort_by_key(|b| b.at.start);
    body
}

/// Lowers a variables file: every member is a value, and texts are no templates.
pub(super) fn values(root: &Node) -> Body {
    let mut body = Body::default();
    for (name, node) in root.as_object().into_iter().flatten() {
        if let Some(at) = node.at {
            let value = Expr { kind: Kind::Literal(node.value.clone()), at: Some(at) };
            body.attrs.push(Attr { name: Arc::clone(name), value, at });
        }
    }
    body
}

impl Reader<'_> {
    fn blocks(&mut self, name: &Arc<str>, labels: usize, given: &[Arc<str>], node: &Node, into: &mut Vec<Block>) {
        match &node.value {
            Value::Array(items) => {
                for item in items.iter() {
                    self.blocks(name, labels, given, item, into);
                }
            }
            Value::Object(members) if given.len() < labels => {
                for (label, inner) in members.iter().filter(|(l, _)| &***l != "//") {
                    let mut given = given.to_vec();
                    given.push(Arc::clone(label));
                    self.blocks(name, labels, &given, inner, into);
                }
            }
            Value::Object(_) => {
                let at = node.at.unwrap_or(self.whole);
                // A member's place begins with its name.
                let length = given.last().map_or(1, |l| u32::try_from(l.len()).unwrap_or(0) + 2);
                let header = Span { end: (at.start + length).min(at.end), ..at };
                let body = self.inner(node);
                into.push(Block { name: Arc::clone(name), labels: given.to_vec(), body, at, header });
            }
            _ => {}
        }
    }

    fn inner(&mut self, node: &Node) -> Body {
        let mut body = Body::default();
        for (name, node) in node.as_object().into_iter().flatten().filter(|(n, _)| &***n != "//") {
            match (inner_labels(name), &node.value) {
                (Some(labels), Value::Object(_) | Value::Array(_)) => {
                    self.blocks(name, labels, &[], node, &mut body.blocks);
                }
                _ => {
                    let at = node.at.unwrap_or(self.whole);
                    body.attrs.push(Attr { name: Arc::clone(name), value: self.expr(node), at });
                }
            }
        }
        body
    }

    fn expr(&mut self, node: &Node) -> Expr {
        let kind = match &node.value {
            Value::String(text) => match parse::template(text, self.names) {
                Ok(parts) => match parts.as_slice() {
                    [] => Kind::Literal(Value::String(Arc::from(""))),
                    [Part::Text(text)] => Kind::Literal(Value::String(Arc::clone(text))),
                    _ => Kind::Template(parts),
                },
                Err(what) => Kind::Bad(Arc::from(format!("the template cannot be parsed: {what}"))),
            },
            Value::Array(items) => Kind::List(items.iter().map(|n| self.expr(n)).collect()),
            Value::Object(members) => Kind::Object(
                members
                    .iter()
                    .filter(|(name, _)| &***name != "//")
                    .map(|(name, value)| {
                        let key = Expr { kind: Kind::Literal(Value::String(Arc::clone(name))), at: None };
                        Item { key, value: self.expr(value), at: value.at }
                    })
                    .collect(),
            ),
            other => Kind::Literal(other.clone()),
        };
        Expr { kind, at: node.at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_labels_and_templates() {
        let text = r#"{"//": "x", "locals": [{"a": "${var.b.c}"}, {"d": 1}],
            "resource": {"azurerm_x": {"y": {"name": "z", "tags": {"a": "b"}, "lifecycle": {"ignore_changes": ["tags"]},
                "dynamic": {"rule": {"for_each": [1], "content": {"p": "${rule.value}"}}}}, "w": [{"name": "v"}]}}}"#;
        let root = parse(text, FileId(0), &mut |_| {}).unwrap();
        let mut names = BTreeSet::new();
        let body = body(&root, &mut names);
        let headers: Vec<_> = body.blocks.iter().map(|b| format!("{} {}", b.name, b.labels.join(" "))).collect();
        assert_eq!(headers, ["locals ", "locals ", "resource azurerm_x y", "resource azurerm_x w"]);
        assert!(names.contains("c"));
        let y = &body.blocks[2];
        assert_eq!(&text[y.header.start as usize..y.header.end as usize], "\"y\"");
        assert_eq!(y.body.blocks.iter().map(|b| &*b.name).collect::<Vec<_>>(), ["dynamic", "lifecycle"]);
        assert_eq!(y.body.blocks[0].body.blocks[0].body.attrs[0].name.as_ref(), "p");
        assert!(matches!(y.body.attr("tags").unwrap().value.kind, Kind::Object(_)));
    }
    #[test]
    fn blocks_may_be_repeated_and_arguments_may_not() {
        let text = r#"{"locals": {"a": 1, "a": 2, "b": 3}, "locals": {"c": {"d": 1, "d": 1}}, "//": 1, "//": 2,
            "resource": {"azurerm_x": {"y": {"name": "1"}, "y": {"name": "2", "name": "3"}}, "azurerm_x": {"z": {}}},
            "resource": {"azurerm_y": {"y": {}}}}"#;
        let mut repeated = Vec::new();
        let root =
            parse(text, FileId(0), &mut |e| repeated.push(&text[e.at.start as usize..e.at.end as usize])).unwrap();
        assert_eq!(repeated, ["\"a\": 2", "\"d\": 1", "\"name\": \"3\""]);
        let body = body(&root, &mut BTreeSet::new());
        let headers: Vec<_> = body.blocks.iter().map(|b| format!("{} {}", b.name, b.labels.join(" "))).collect();
        let resources =
            ["resource azurerm_x y", "resource azurerm_x y", "resource azurerm_x z", "resource azurerm_y y"];
        assert_eq!(headers, [["locals ", "locals "].as_slice(), &resources].concat());
        let unknown = |block: usize, name: &str| {
            matches!(body.blocks[block].body.attr(name).unwrap().value.kind, Kind::Literal(Value::Unknown(_)))
        };
        assert_eq!(
            [unknown(0, "a"), unknown(0, "b"), unknown(2, "name"), unknown(3, "name")],
            [true, false, false, true]
        );
    }
}
