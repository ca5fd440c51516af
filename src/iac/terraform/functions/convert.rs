//! Conversions of type, and marks.

use std::sync::Arc;

use crate::iac::terraform::functions::args::{self, bool_node, survey, unknown_of};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Object, Value};

/// The same node with another value.
fn with(node: &Node, value: Value) -> Node {
    Node { value, at: node.at, sensitive: node.sensitive }
}

fn convert(node: &Node, to: impl Fn(&Node) -> Result<Value, String>) -> Answer {
    if node.is_null() || node.reason().is_some() {
        return Ok(node.clone());
    }
    Ok(with(node, to(node)?))
}

pub(super) fn tobool(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], |node| args::truth(node).map(Value::Bool))
}

pub(super) fn tonumber(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], args::number)
}

pub(super) fn tostring(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], |node| args::text(node).map(Value::String))
}

pub(super) fn tolist(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], |node| Ok(Value::Array(Arc::new(args::unify(args::list(node)?)))))
}

pub(super) fn toset(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], |node| Ok(Value::Array(Arc::new(args::set(args::list(node)?)))))
}

pub(super) fn tomap(args: &[Node], _: &Context<'_>) -> Answer {
    convert(&args[0], |node| {
        let members = args::object(node)?;
        let values: Vec<Node> = members.values().cloned().collect();
        let object: Object = members.keys().cloned().zip(args::unify(&values)).collect();
        Ok(Value::Object(Arc::new(object)))
    })
}

pub(super) fn same(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(args[0].clone())
}

pub(super) fn sensitive(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(args[0].clone().marked(true))
}

pub(super) fn nonsensitive(args: &[Node], _: &Context<'_>) -> Answer {
    let mut node = args[0].clone();
    node.sensitive = false;
    Ok(node)
}

pub(super) fn issensitive(args: &[Node], _: &Context<'_>) -> Answer {
    if survey(&args[0])?.sensitive {
        return Ok(bool_node(true));
    }
    Ok(unknown_of(&args[0]).unwrap_or_else(|| bool_node(false)))
}
