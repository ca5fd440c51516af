//! Functions that read files of the tree.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm;
use crate::iac::arm::functions::{self, MAX_TEXT};
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Node, Tree, Value};

impl World<'_> {
    /// `loadTextContent` and its like; `None` for other functions.
    pub(super) fn load(&self, frame: &Rc<Frame>, name: &str, args: &[Node]) -> Option<Node> {
        if !name.starts_with("load") {
            return None;
        }
        let path = match args.first() {
            Some(node) => match &node.value {
                Value::String(path) => Arc::clone(path),
                Value::Unknown(reason) => return Some(Node::new(Value::Unknown(Arc::clone(reason)))),
                _ => return Some(Node::unknown(format!("{name}() needs a path"))),
            },
            None => return Some(Node::unknown(format!("{name}() needs a path"))),
        };
        let read = |most: usize| -> Result<(String, Arc<str>, crate::iac::FileId), Node> {
            let wrong = |why: String| Node::unknown(format!("{name}('{path}'): {why}"));
            let full = Tree::join(Tree::parent(&frame.source.name), &path).map_err(|e| wrong(e.to_string()))?;
            let file = self.tree.read(&full).map_err(|e| wrong(e.to_string()))?;
            let text = self.tree.text(file);
            self.spend(text.len() as u64 / 64);
            if text.len() > most {
                return Err(wrong(format!("the file has more than {most} bytes")));
            }
            Ok((full, text, file))
        };
        let result = match name {
            "loadTextContent" => read(MAX_TEXT).map(|(_, text, _)| Node::new(Value::String(text))),
            "loadFileAsBase64" => read(MAX_TEXT / 2).map(|(_, text, _)| {
                let text = Node::new(Value::String(text));
                functions::call("base64", &[text], &frame.place).unwrap_or_else(Node::unknown)
            }),
            "loadJsonContent" => read(usize::MAX).and_then(|(full, _, file)| {
                let parsed = arm::parse_json(self.tree, file, &mut |m| self.missed(m));
                let node = parsed.map_err(|e| Node::unknown(format!("{full} is no JSON: {}", e.what)))?;
                Ok(self.bounded(part(node, args.get(1))))
            }),
            "loadYamlContent" => read(MAX_TEXT).and_then(|(full, text, _)| {
                let parsed: Result<serde_json::Value, _> = yaml_serde::from_str(&text);
                let node = parsed.map_err(|_| Node::unknown(format!("{full} is no YAML that can be read")))?;
                Ok(self.bounded(part(Node::from_json(&node), args.get(1))))
            }),
            _ => Err(Node::unknown(format!("{name}('{path}') is not evaluated"))),
        };
        Some(result.unwrap_or_else(|unknown| unknown))
    }
}

/// The part that a simple JSONPath names: `.a.b[0]`, `$.a`.
fn part(node: Node, path: Option<&Node>) -> Node {
    let Some(path) = path.and_then(Node::as_str) else { return node };
    let mut found = &node;
    let words = path.trim_start_matches('$').split(['.', '[', ']']).map(|w| w.trim_matches(['\'', '"']));
    for word in words.filter(|w| !w.is_empty()) {
        let next = match &found.value {
            Value::Object(_) => found.get(word),
            Value::Array(items) => word.parse::<usize>().ok().and_then(|at| items.get(at)),
            _ => None,
        };
        match next {
            Some(next) => found = next,
            None => return Node::unknown(format!("{path} leads to nothing in the file")),
        }
    }
    found.clone()
}
