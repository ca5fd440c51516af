//! Attributes of a resource that other code refers to.

use std::sync::Arc;

use crate::iac::mapping::Instance;
use crate::iac::mapping::convert::text_of;
use crate::iac::mapping::locate::{Located, argument, locate};
use crate::iac::mapping::rule::{Entry, Scope, Type};
use crate::iac::mapping::template::Template;
use crate::iac::{Ids, Node, Value};

/// An attribute that the code does not write.
pub(crate) fn attribute(kind: &Type, instance: &Instance, name: &str, ids: &mut Ids) -> Option<Node> {
    if let Some(template) = kind.exports.get(name) {
        let located = locate(kind, instance);
        return Some(match text(template, kind, instance, &located, ids) {
            Ok(text) => Node::string(text),
            Err(reason) => Node::unknown(reason),
        });
    }
    if name == "id" {
        let located = locate(kind, instance);
        return Some(Node::string(id(kind, instance, &located, ids)));
    }
    if kind.apply_only.contains(name) {
        return Some(Node::unknown(format!("{}.{name} is known after apply", instance.address)));
    }
    let entry = kind.table.find(name)?;
    if let Some(default) = default(entry, kind.version(instance.provider, &instance.body)) {
        return Some(default);
    }
    // Azure fills in many arguments that the code leaves out, and only the provider's schema says which.
    if !matches!(name, "tags" | "zone" | "zones" | "description") || kind.computed.contains(name) {
        return Some(Node::unknown(format!("{}.{name} is left out, so Azure decides it", instance.address)));
    }
    Some(Node::new(Value::Null))
}

/// What an argument that is left out is.
fn default(entry: &Entry, version: usize) -> Option<Node> {
    entry.rules.iter().find_map(|rule| rule.default[version].clone())
}

/// The ARM id, the same as the declaration has.
pub(crate) fn id(kind: &Type, instance: &Instance, located: &Located, ids: &mut Ids) -> String {
    match kind.place.scope {
        // A fragment has no id in Azure; its address keeps references to it apart.
        Scope::Joins(_) => located.id.clone(),
        _ => ids.claim(&located.id, &instance.address),
    }
}

/// A text made of the names and arguments of a resource.
///
/// # Errors
/// Why an argument is not known.
pub(crate) fn text(
    template: &Template,
    kind: &Type,
    instance: &Instance,
    located: &Located,
    ids: &mut Ids,
) -> Result<String, Arc<str>> {
    template.render(|hole| match hole {
        "name" => Ok(located.segment.clone()),
        "parent" => Ok(located.parent.clone()),
        "id" => Ok(id(kind, instance, located, ids)),
        hole => {
            let node = argument(&instance.body, hole).cloned();
            let node =
                node.or_else(|| default(kind.table.find(hole)?, kind.version(instance.provider, &instance.body)));
            match node {
                None => Err(Arc::from(format!("{hole} is not given"))),
                Some(node) => text_of(&node).ok_or_else(|| match node.reason() {
                    Some(reason) => Arc::clone(reason),
                    None => Arc::from(format!("{hole} is not a text")),
                }),
            }
        }
    })
}
