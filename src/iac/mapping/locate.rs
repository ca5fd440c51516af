//! The ARM id of an instance, with placeholders for names that are not known.

use std::sync::Arc;

use crate::iac::mapping::convert::text_of;
use crate::iac::mapping::rule::{Name, Origin, Scope, Type};
use crate::iac::mapping::{Instance, find};
use crate::iac::{Ids, Node, Value};

/// The name that stands for a resource group whose name is not known.
pub(crate) const GROUP: &str = "(resource group)";

/// Where an instance stands in Azure.
#[derive(Debug)]
pub(crate) struct Located {
    /// Its id, before it is claimed; of a fragment, the id of the resource that it belongs to.
    pub(crate) id: String,
    /// Its name as a value.
    pub(crate) name: Node,
    /// Its name as a segment of ids.
    pub(crate) segment: String,
    /// The last name of its parent.
    pub(crate) parent: String,
    /// Why its parent is not known.
    pub(crate) lost: Option<Arc<str>>,
}

/// Makes the id of an instance.
pub(crate) fn locate(kind: &Type, instance: &Instance) -> Located {
    let name = name(&kind.place.name, instance);
    let segment = segment_of(&name, instance);
    let subscription = format!("/subscriptions/{}", clean(&instance.subscription));
    let (space, words) = split(&kind.arm_type);
    let own = |parent: &str| format!("{parent}/providers/{space}/{}/{segment}", words.join("/"));
    let found =
        |id: String, parent: String, lost| Located { id, parent, lost, name: name.clone(), segment: segment.clone() };
    match &kind.place.scope {
        Scope::Group => {
            let group = group(&kind.place.group, instance);
            found(own(&format!("{subscription}/resourceGroups/{group}")), group, None)
        }
        Scope::Subscription
            if kind.arm_type.eq_ignore_ascii_case("Microsoft.Resources/subscriptions/resourceGroups") =>
        {
            found(format!("{subscription}/resourceGroups/{segment}"), instance.subscription.clone(), None)
        }
        Scope::Subscription => found(own(&subscription), instance.subscription.clone(), None),
        Scope::Tenant => found(own(""), String::new(), None),
        Scope::Parent(origins) => {
            let parent_type = kind.arm_type.rsplit_once('/').map_or(kind.arm_type.as_str(), |(parent, _)| parent);
            let (parent, lost) = owner(origins, parent_type, instance);
            let last = last_name(&parent);
            found(format!("{parent}/{}/{segment}", Type::collection(&kind.arm_type)), last, lost)
        }
        Scope::Extends(origins) => {
            let (scope, lost) = owner(origins, "(scope)/(scope)", instance);
            let last = last_name(&scope);
            found(own(&scope), last, lost)
        }
        Scope::Joins(origins) => {
            let (target, lost) = owner(origins, &kind.arm_type, instance);
            let last = last_name(&target);
            found(target, last, lost)
        }
    }
}

/// The value of an argument by its dotted path; of blocks, the first one counts.
pub(crate) fn argument<'a>(body: &'a Node, path: &str) -> Option<&'a Node> {
    let mut node = body;
    for word in path.split('.') {
        if let Value::Array(items) = &node.value {
            node = items.first()?;
        }
        if node.reason().is_some() {
            return Some(node);
        }
        node = node.get(word)?;
    }
    Some(node).filter(|n| !n.is_null())
}

fn name(name: &Name, instance: &Instance) -> Node {
    match name {
        Name::Value(value) => Node::string(value),
        Name::Argument(arguments) => {
            let found = arguments.iter().find_map(|a| argument(&instance.body, a));
            match found {
                Some(node) => match text_of(node) {
                    Some(text) => Node { value: Value::String(Arc::from(text)), ..node.clone() },
                    None if node.reason().is_some() => node.clone(),
                    None => Node::unknown("the name is not a text"),
                },
                None => Node::unknown(format!("{} is not given", arguments.join(" or "))),
            }
        }
        Name::Template(template) => {
            let text = template.render(|hole| match argument(&instance.body, hole) {
                Some(node) => {
                    text_of(node).ok_or_else(|| node.reason().map_or_else(|| Arc::from("no text"), Arc::clone))
                }
                None => Err(Arc::from(format!("{hole} is not given"))),
            });
            text.map_or_else(Node::unknown, Node::string)
        }
    }
}

fn segment_of(name: &Node, instance: &Instance) -> String {
    match name.as_str().map(clean) {
        Some(text) if !text.is_empty() => text,
        _ => Ids::placeholder(&instance.address),
    }
}

/// The resource group's name as a segment, or a placeholder.
pub(crate) fn group(path: &str, instance: &Instance) -> String {
    let node = argument(&instance.body, path);
    let text = node.and_then(text_of).map(|t| clean(&t)).filter(|t| !t.is_empty());
    let declared = || named(node?, "Microsoft.Resources/subscriptions/resourceGroups");
    text.or_else(declared).unwrap_or_else(|| GROUP.to_owned())
}

const NAME_OF: &str = "the name of ";
const IS_UNKNOWN: &str = " is not known: ";

/// The name of a declared resource that is not known. Code that uses it can still be told which resource it means.
pub(crate) fn unknown_name(address: &str, reason: &str) -> Node {
    // The name of another resource that this one took over says enough.
    if reason.starts_with(NAME_OF) {
        return Node::unknown(reason);
    }
    Node::unknown(format!("{NAME_OF}{address}{IS_UNKNOWN}{reason}"))
}

/// The segment in ids of the declared resource whose unknown name it is, when the resource is of that ARM type.
fn named(node: &Node, arm_type: &str) -> Option<String> {
    let (address, _) = node.reason()?.strip_prefix(NAME_OF)?.split_once(IS_UNKNOWN)?;
    let kind = find(tf_type_of(address)?)?;
    kind.arm_type.eq_ignore_ascii_case(arm_type).then(|| Ids::placeholder(address))
}

/// The Terraform type in an address: `module.a["x.y"].azurerm_key_vault.main[0]`.
fn tf_type_of(address: &str) -> Option<&str> {
    let (mut quoted, mut index, mut starts) = (false, false, vec![0]);
    for (at, c) in address.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' | ']' if !quoted => index = c == '[',
            '.' if !quoted && !index => starts.push(at + 1),
            _ => {}
        }
    }
    let last = starts.pop()?;
    address.get(*starts.last()?..last.checked_sub(1)?)
}

/// The id of the owner that the first usable origin gives, and why it is not known when it is not.
fn owner(origins: &[Origin], owner_type: &str, instance: &Instance) -> (String, Option<Arc<str>>) {
    let mut lost: Option<Arc<str>> = None;
    let mut wanted = Vec::new();
    for origin in origins {
        match attempt(origin, owner_type, instance) {
            Some(Ok(id)) => return (id, None),
            Some(Err(reason)) => lost = lost.or(Some(reason)),
            None => wanted.extend(first_argument(origin)),
        }
    }
    let placeholder = Ids::placeholder(&instance.address);
    let reason = lost.unwrap_or_else(|| Arc::from(format!("{} is not given", wanted.join(" or "))));
    (below_group(owner_type, &[placeholder], GROUP, instance), Some(reason))
}

fn first_argument(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::Id { argument, .. } => Some(argument),
        Origin::Names { names, .. } => names.iter().find_map(|name| match name {
            Name::Argument(arguments) => arguments.first().map(String::as_str),
            Name::Value(_) | Name::Template(_) => None,
        }),
        Origin::Subscription => None,
    }
}

/// `None` when the code does not give the origin's arguments.
fn attempt(origin: &Origin, owner_type: &str, instance: &Instance) -> Option<Result<String, Arc<str>>> {
    match origin {
        Origin::Subscription => Some(Ok(format!("/subscriptions/{}", clean(&instance.subscription)))),
        Origin::Id { argument: path, add } => {
            let node = argument(&instance.body, path)?;
            if let Some(reason) = node.reason() {
                return Some(Err(Arc::clone(reason)));
            }
            let text = text_of(node)?;
            // `add` leads from the given id to the owner: the id itself is of the type before it.
            let words = add.split('/').filter(|w| !w.is_empty()).count() / 2;
            let given_type = owner_type.rsplitn(words + 1, '/').last().unwrap_or(owner_type);
            Some(Ok(format!("{}{add}", arm_id(&text, given_type, instance))))
        }
        Origin::Names { names, group: path, arm_type, add } => {
            let mut given = Vec::new();
            first_argument(origin).map_or(Some(()), |a| argument(&instance.body, a).map(|_| ()))?;
            let arm_type = arm_type.as_deref().unwrap_or(owner_type);
            for (at, part) in names.iter().enumerate() {
                let node = name(part, instance);
                let part_type = arm_type.match_indices('/').nth(at + 1).map_or(arm_type, |(end, _)| &arm_type[..end]);
                match node.as_str() {
                    Some(text) => given.push(clean(text)),
                    None => match named(&node, part_type) {
                        Some(segment) => given.push(segment),
                        None => return Some(Err(node.reason().map_or_else(|| Arc::from("no name"), Arc::clone))),
                    },
                }
            }
            Some(Ok(format!("{}{add}", below_group(arm_type, &given, &group(path, instance), instance))))
        }
    }
}

/// An ARM id as the code gives it; anything else stands for a resource of that name.
fn arm_id(text: &str, arm_type: &str, instance: &Instance) -> String {
    let text = text.trim().trim_end_matches('/');
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("/subscriptions/") || lower.starts_with("/providers/") {
        return text.to_owned();
    }
    if lower.starts_with("subscriptions/") || lower.starts_with("providers/") {
        return format!("/{text}");
    }
    // An address of a data plane names the resource by its first label.
    if let Some(rest) = lower.strip_prefix("https://") {
        if rest.contains('/') {
            return text.to_owned();
        }
        let label = rest.split('.').next().unwrap_or(rest).to_owned();
        return below_group(arm_type, &[label], GROUP, instance);
    }
    below_group(arm_type, &[format!("({})", clean(text))], GROUP, instance)
}

/// The id of a resource in a group. The last name stands for those that are missing.
fn below_group(arm_type: &str, names: &[String], group: &str, instance: &Instance) -> String {
    let (space, words) = split(arm_type);
    let mut id = format!("/subscriptions/{}/resourceGroups/{group}/providers/{space}", clean(&instance.subscription));
    for (at, word) in words.iter().enumerate() {
        let name = names.get(at).or_else(|| names.last()).map_or("()", String::as_str);
        id.push('/');
        id.push_str(word);
        id.push('/');
        id.push_str(name);
    }
    id
}

fn split(arm_type: &str) -> (&str, Vec<&str>) {
    let (space, words) = arm_type.split_once('/').unwrap_or((arm_type, ""));
    (space, words.split('/').collect())
}

fn last_name(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_owned()
}

/// Text as one segment of an id.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if c == '/' || c.is_control() { '~' } else { c }).take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_in_addresses() {
        for (address, wanted) in [
            ("azurerm_key_vault.main", Some("azurerm_key_vault")),
            ("module.a[\"x.y]\"].module.b.azurerm_key_vault.main[\"p.q\"]", Some("azurerm_key_vault")),
            ("azurerm_key_vault.main[0]", Some("azurerm_key_vault")),
            ("alone", None),
            ("", None),
        ] {
            assert_eq!(tf_type_of(address), wanted, "{address}");
        }
    }
}
