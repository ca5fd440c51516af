//! Maps, and what is for maps and lists alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::terraform::functions::args::{self, list, object, size_node, text, unknown_of};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::terraform::ops::stands_in;
use crate::iac::{Node, Object, Value};

pub(super) fn coalesce(args: &[Node], _: &Context<'_>) -> Answer {
    let texts = args.iter().any(|a| matches!(a.value, Value::String(_)));
    for arg in args {
        match &arg.value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            // All arguments get one type.
            Value::Bool(_) | Value::Int(_) | Value::Float(_) if texts => {
                return Ok(Node { value: Value::String(text(arg)?), ..arg.clone() });
            }
            _ => return Ok(arg.clone()),
        }
    }
    Err("no non-null, non-empty-string arguments".to_owned())
}

pub(super) fn length(args: &[Node], _: &Context<'_>) -> Answer {
    let node = &args[0];
    Ok(match &node.value {
        Value::Unknown(_) => node.clone(),
        Value::String(text) => size_node(text.chars().count()),
        Value::Array(items) => size_node(items.len()),
        Value::Object(members) => size_node(members.len()),
        Value::Null => return Err("argument 1 must not be null".to_owned()),
        _ => return Err("a string, a list or a map is needed".to_owned()),
    }
    .marked(node.sensitive))
}

pub(super) fn keys(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    let names = object(&args[0])?.keys().map(|k| Node::new(Value::String(Arc::clone(k)))).collect();
    Ok(Node::array(names).marked(args[0].sensitive))
}

pub(super) fn values(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    Ok(Node::array(object(&args[0])?.values().cloned().collect()).marked(args[0].sensitive))
}

pub(super) fn lookup(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args[0].sensitive || args[1].sensitive;
    if let Some(unknown) = unknown_of(&args[0]).or_else(|| unknown_of(&args[1])) {
        return Ok(unknown.marked(sensitive));
    }
    let (members, key) = (object(&args[0])?, text(&args[1])?);
    match (members.get(&key), args.get(2)) {
        (Some(member), _) => Ok(member.clone().marked(sensitive)),
        (None, _) if stands_in(&key) => Ok(Node::unknown("the subscription is not known").marked(sensitive)),
        (None, Some(default)) => Ok(default.clone().marked(sensitive)),
        (None, None) => Err(format!("lookup failed to find key {key:?}")),
    }
}

pub(super) fn map(args: &[Node], _: &Context<'_>) -> Answer {
    if !args.len().is_multiple_of(2) {
        return Err("it takes an even number of arguments".to_owned());
    }
    let mut out = Object::new();
    for pair in args.chunks(2) {
        if let Some(unknown) = unknown_of(&pair[0]) {
            return Ok(unknown);
        }
        out.insert(text(&pair[0])?, pair[1].clone());
    }
    Ok(Node::object(out))
}

pub(super) fn merge(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    let given: Vec<&Node> = args.iter().filter(|a| !a.is_null()).collect();
    if let [one] = given[..] {
        object(one)?;
        return Ok(one.clone().marked(sensitive));
    }
    let mut out = Object::new();
    for arg in given {
        for (name, member) in object(arg)? {
            out.insert(Arc::clone(name), member.clone());
        }
        args::items_fit(out.len())?;
    }
    Ok(Node::object(out).marked(sensitive))
}

pub(super) fn transpose(args: &[Node], _: &Context<'_>) -> Answer {
    let mut out: BTreeMap<Arc<str>, Vec<Node>> = BTreeMap::new();
    for (name, member) in object(&args[0])? {
        for item in list(member)? {
            out.entry(text(item)?).or_default().push(Node::new(Value::String(Arc::clone(name))));
        }
    }
    Ok(Node::object(out.into_iter().map(|(name, items)| (name, Node::array(items))).collect()))
}

pub(super) fn zipmap(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args[0].sensitive || args[1].sensitive;
    if let Some(unknown) = unknown_of(&args[0]).or_else(|| unknown_of(&args[1])) {
        return Ok(unknown.marked(sensitive));
    }
    let (names, values) = (list(&args[0])?, list(&args[1])?);
    if let Some(unknown) = names.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    if names.len() != values.len() {
        return Err(format!("number of keys ({}) does not match number of values ({})", names.len(), values.len()));
    }
    let mut out = Object::new();
    for (name, value) in names.iter().zip(values) {
        out.insert(text(name)?, value.clone());
    }
    Ok(Node::object(out).marked(sensitive || names.iter().any(|n| n.sensitive)))
}
