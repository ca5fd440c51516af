//! The values of a plan, with what is not known and what is sensitive laid over them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::iac::{Node, Object, Value};

/// Lays the marks of a plan over its values. They have the same shape, with `true` where something applies as a whole.
pub(super) fn overlay(value: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, path: &str) -> Node {
    let flag = |marks: Option<&Node>| marks.and_then(Node::as_bool) == Some(true);
    if flag(unknown) {
        let node = Node::unknown(format!("{path} is known after apply"));
        return Node { at: value.at, ..node }.marked(flag(sensitive));
    }
    let inside = |marks: Option<&Node>| marks.is_some_and(|m| m.as_array().is_some() || m.as_object().is_some());
    let mut node = value.clone();
    if inside(unknown) || inside(sensitive) {
        node.value = parts(value, unknown, sensitive, path);
    }
    node.marked(flag(sensitive))
}

fn parts(value: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, path: &str) -> Value {
    let nothing = Node::new(Value::Null);
    let list = |node: Option<&Node>| node.is_some_and(|n| n.as_array().is_some());
    if list(Some(value)) || (value.is_null() && list(unknown)) {
        let items = value.as_array().unwrap_or_default();
        let marks = unknown.and_then(Node::as_array).unwrap_or_default();
        let secrets = sensitive.and_then(Node::as_array).unwrap_or_default();
        // Marks that say nothing do not make elements.
        let count = marks.iter().rposition(says_something).map_or(0, |at| at + 1).max(items.len());
        if value.is_null() && count == 0 {
            return Value::Null;
        }
        let one = |at: usize| {
            overlay(items.get(at).unwrap_or(&nothing), marks.get(at), secrets.get(at), &format!("{path}[{at}]"))
        };
        return Value::Array(Arc::new((0..count).map(one).collect()));
    }
    let object = |node: Option<&Node>| node.is_some_and(|n| n.as_object().is_some());
    if object(Some(value)) || (value.is_null() && object(unknown)) {
        let mut out = value.as_object().cloned().unwrap_or_default();
        let mut names: BTreeSet<&Arc<str>> = BTreeSet::new();
        for (name, mark) in unknown.and_then(Node::as_object).into_iter().flatten() {
            if says_something(mark) || out.contains_key(name) {
                names.insert(name);
            }
        }
        names.extend(
            sensitive.and_then(Node::as_object).into_iter().flat_map(Object::keys).filter(|n| out.contains_key(*n)),
        );
        if value.is_null() && names.is_empty() {
            return Value::Null;
        }
        for name in names {
            let mark = |marks: Option<&'_ Node>| marks.and_then(|m| m.get(name)).cloned();
            let made = overlay(
                value.get(name).unwrap_or(&nothing),
                mark(unknown).as_ref(),
                mark(sensitive).as_ref(),
                &format!("{path}.{name}"),
            );
            out.insert(Arc::clone(name), made);
        }
        return Value::Object(Arc::new(out));
    }
    value.value.clone()
}

/// Whether a mark is true anywhere.
fn says_something(mark: &Node) -> bool {
    match &mark.value {
        Value::Bool(value) => *value,
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(members) => members.values().any(says_something),
        _ => false,
    }
}

/// What the code of one argument says: `{constant_value}`, `{references}`, or something with parts.
fn is_leaf(expression: &Node) -> bool {
    expression.get("constant_value").is_some() || expression.get("references").is_some()
}

/// The values as code would have them: null is left out, and so is what is empty and stands in no code, as a block that is not
/// there and a text that the provider fills in with nothing.
pub(super) fn written(value: &Node, expressions: Option<&Node>, depth: usize) -> Node {
    let Some(members) = value.as_object() else { return value.clone() };
    let mut out = Object::new();
    for (name, member) in members {
        if depth == 0 && &**name == "id" {
            continue;
        }
        let said = expressions.and_then(|e| e.get(name));
        let leaf = said.is_some_and(is_leaf);
        let made = match &member.value {
            Value::Null => continue,
            Value::Array(items) if items.is_empty() && !leaf => continue,
            Value::String(text) if text.is_empty() && !leaf => continue,
            Value::Array(items) if !leaf && items.iter().all(|i| i.as_object().is_some()) => {
                let of = |at: usize| said.and_then(|s| s.as_array().and_then(|a| a.get(at)).or(Some(s)));
                let items = items.iter().enumerate().map(|(at, item)| written(item, of(at), depth + 1)).collect();
                Value::Array(Arc::new(items))
            }
            Value::Object(_) if !leaf && said.is_some() => written(member, said, depth + 1).value,
            other => other.clone(),
        };
        out.insert(Arc::clone(name), Node { value: made, at: member.at, sensitive: member.sensitive });
    }
    Node { value: Value::Object(Arc::new(out)), at: value.at, sensitive: value.sensitive }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Node {
        Node::from_json(&serde_json::from_str(text).unwrap())
    }

    fn shown(node: &Node) -> String {
        let mark = if node.sensitive { "!" } else { "" };
        let inner = match &node.value {
            Value::Unknown(reason) => format!("?{reason}"),
            Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")),
            Value::Object(members) => {
                let all: Vec<String> = members.iter().map(|(k, v)| format!("{k}:{}", shown(v))).collect();
                format!("{{{}}}", all.join(","))
            }
            _ => node.to_json().unwrap().to_string(),
        };
        format!("{mark}{inner}")
    }

    #[test]
    fn marks_are_laid_over_exactly_their_paths() {
        for (value, unknown, sensitive, expected) in [
            (r#"{"a":1}"#, r#"{"b":true,"a":false}"#, "false", "{a:1,b:?r.b is known after apply}"),
            (
                r#"{"l":[null,"x"]}"#,
                r#"{"l":[true,false]}"#,
                r#"{"l":[false,true]}"#,
                r#"{l:[?r.l[0] is known after apply,!"x"]}"#,
            ),
            (
                r#"{"b":[{"k":1,"n":null}]}"#,
                r#"{"b":[{"n":true}]}"#,
                r#"{"b":[{"k":true}]}"#,
                "{b:[{k:!1,n:?r.b[0].n is known after apply}]}",
            ),
            (r#"{"b":null}"#, r#"{"b":[{"n":true}]}"#, "{}", "{b:[{n:?r.b[0].n is known after apply}]}"),
            (r#"{"b":null,"c":null}"#, r#"{"b":[],"c":[{}]}"#, "{}", "{b:null,c:null}"),
            (r#"{"p":"x"}"#, "{}", r#"{"p":true,"q":true}"#, r#"{p:!"x"}"#),
            (r#"{"p":"x"}"#, "{}", "true", r#"!{p:"x"}"#),
            (r#"{"p":null}"#, r#"{"p":true}"#, r#"{"p":true}"#, "{p:!?r.p is known after apply}"),
            (
                r#"{"t":{"a":"x"}}"#,
                r#"{"t":{"b":true}}"#,
                r#"{"t":{}}"#,
                r#"{t:{a:"x",b:?r.t.b is known after apply}}"#,
            ),
        ] {
            let made = overlay(&json(value), Some(&json(unknown)), Some(&json(sensitive)), "r");
            assert_eq!(shown(&made), expected, "{value} {unknown}");
        }
    }

    #[test]
    fn what_is_empty_is_kept_only_where_code_says_so() {
        let value =
            json(r#"{"id":"x","a":null,"b":[],"c":[],"d":"","e":"","f":[{"g":[],"h":null,"i":""}],"t":{},"z":false}"#);
        let code =
            json(r#"{"c":{"constant_value":[]},"e":{"references":["var.e"]},"f":[{"i":{"constant_value":""}}]}"#);
        assert_eq!(shown(&written(&value, Some(&code), 0)), r#"{c:[],e:"",f:[{i:""}],t:{},z:false}"#);
        assert_eq!(shown(&written(&value, None, 0)), "{f:[{}],t:{},z:false}");
    }
}
