//! The azapi provider: bodies are ARM's already. Template deployments stand here too: they hold ARM that is not read yet.

use std::sync::Arc;

use crate::iac::mapping::Instance;
use crate::iac::mapping::convert::{Convert, Kind, Take, text_of};
use crate::iac::mapping::locate::{GROUP, argument, clean};
use crate::iac::mapping::make::IGNORED;
use crate::iac::{Declaration, Fragment, Ids, Missing, Node, Object, Reading, Remark, Span, Value};
use crate::model::{GapReason, ResourceId, ResourceType};

const RESOURCE: &str = "azapi_resource";
const UPDATE: &str = "azapi_update_resource";
/// What happens once and declares nothing.
const ACTIONS: &[&str] = &["azapi_resource_action", "azapi_resource_list", "azapi_resource_id", "azapi_client_config"];
const DEPLOYMENTS: &[&str] = &[
    "azurerm_resource_group_template_deployment",
    "azurerm_subscription_template_deployment",
    "azurerm_management_group_template_deployment",
    "azurerm_tenant_template_deployment",
    "azurerm_template_deployment",
];

/// The deepest body that is walked.
const MAX_DEPTH: usize = 128;

/// Whether it is a type that this module reads.
pub(crate) fn knows(tf_type: &str) -> bool {
    matches!(tf_type, RESOURCE | UPDATE) || ACTIONS.contains(&tf_type) || DEPLOYMENTS.contains(&tf_type)
}

/// An attribute that the code does not write.
pub(crate) fn attribute(instance: &Instance, name: &str, ids: &mut Ids) -> Option<Node> {
    if !matches!(instance.tf_type.as_str(), RESOURCE | UPDATE) {
        return None;
    }
    match name {
        "id" => match place(instance) {
            Ok(place) if instance.tf_type == RESOURCE => Some(Node::string(ids.claim(&place.id, &instance.address))),
            Ok(Place { id, lost: None, .. }) => Some(Node::string(id)),
            Ok(Place { lost: Some(reason), .. }) | Err(reason) => Some(Node::new(Value::Unknown(reason))),
        },
        "output" | "sensitive_output" => {
            Some(Node::unknown(format!("{}.{name} is known after apply", instance.address)))
        }
        "name" | "parent_id" | "location" | "tags" | "type" | "body" => Some(Node::new(Value::Null)),
        _ => None,
    }
}

/// Adds what the instance declares.
pub(crate) fn map(instance: &Instance, ids: &mut Ids, reading: &mut Reading) {
    if DEPLOYMENTS.contains(&instance.tf_type.as_str()) {
        return deployment(instance, reading);
    }
    if ACTIONS.contains(&instance.tf_type.as_str()) {
        return;
    }
    let place = match place(instance) {
        Ok(place) => place,
        Err(reason) => {
            reading.missing.push(Missing {
                what: instance.address.clone(),
                at: Some(instance.header),
                reason: GapReason::Unresolved,
                detail: format!("the type of the resource is not known: {reason}"),
            });
            return;
        }
    };
    if place.arm_type.eq_ignore_ascii_case("Microsoft.Resources/deployments") {
        return deployment(instance, reading);
    }
    let (body, unread) = body(instance);
    if instance.tf_type == UPDATE {
        if let Some((_, reason)) = unread.first().filter(|(read, _)| read.is_empty()) {
            reading.missing.push(Missing {
                what: instance.address.clone(),
                at: Some(instance.header),
                reason: GapReason::Unresolved,
                detail: format!("what it changes is not known: {reason}"),
            });
        }
        let target = match place.lost {
            Some(reason) => Node::new(Value::Unknown(reason)),
            None => Node::string(&place.id),
        };
        reading.fragments.push(Fragment {
            address: instance.address.clone(),
            target,
            arm_type: place.arm_type,
            body,
            extends: false,
            at: instance.at,
            header: instance.header,
            chain: instance.chain.clone(),
        });
        return;
    }
    let mut body = body;
    body.entry(Arc::from("name")).or_insert(place.name);
    reading.resources.push(Declaration {
        address: instance.address.clone(),
        id: ids.claim(&place.id, &instance.address),
        arm_type: place.arm_type,
        body,
        at: instance.at,
        header: instance.header,
        chain: instance.chain.clone(),
        unread,
        api_version: place.api_version,
    });
}

struct Place {
    id: String,
    arm_type: String,
    api_version: Option<String>,
    name: Node,
    /// Why the parent is not known, for types that have one.
    lost: Option<Arc<str>>,
}

/// Type and id; the reason when the type is not known.
fn place(instance: &Instance) -> Result<Place, Arc<str>> {
    let given = argument(&instance.body, "type").ok_or_else(|| Arc::from("type is not given"))?;
    let text = given.as_str().ok_or_else(|| given.reason().map_or_else(|| Arc::from("type is no text"), Arc::clone))?;
    let (arm_type, version) = text.split_once('@').map_or((text, None), |(t, v)| (t, Some(v.to_owned())));
    let (space, words) = arm_type.split_once('/').ok_or_else(|| Arc::from(format!("{text:?} is no type")))?;
    let group = arm_type.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups")
        || arm_type.eq_ignore_ascii_case("Microsoft.Resources/subscriptions/resourceGroups");
    let name = match argument(&instance.body, "name") {
        Some(node) => match text_of(node) {
            Some(text) => Node { value: Value::String(Arc::from(text)), ..node.clone() },
            None => node.clone(),
        },
        None => Node::unknown("name is not given"),
    };
    let segment = name.as_str().map(clean).filter(|t| !t.is_empty());
    let segment = segment.unwrap_or_else(|| Ids::placeholder(&instance.address));
    let subscription = format!("/subscriptions/{}", clean(&instance.subscription));
    if let Some(id) = argument(&instance.body, "resource_id").filter(|_| instance.tf_type == UPDATE) {
        let lost = id.reason().map(Arc::clone);
        let id = id.as_str().unwrap_or_default().to_owned();
        return Ok(Place { id, arm_type: arm_type.to_owned(), api_version: version, name, lost });
    }
    let parent = argument(&instance.body, "parent_id");
    let nested = words.contains('/');
    let mut lost = None;
    let id = if group {
        let parent = parent.and_then(Node::as_str).unwrap_or(&subscription);
        format!("{}/resourceGroups/{segment}", parent.trim_end_matches('/'))
    } else {
        match parent.and_then(text_of).filter(|p| ResourceId::parse(p).is_ok() && !p.starts_with("https://")) {
            Some(parent) => below(parent.trim_end_matches('/'), arm_type, &segment),
            None => {
                let missing = || Arc::from("parent_id is not given");
                let reason = parent
                    .map_or_else(missing, |p| p.reason().map_or_else(|| Arc::from("parent_id is no id"), Arc::clone));
                if nested || instance.tf_type == UPDATE {
                    lost = Some(reason);
                }
                let placeholder = Ids::placeholder(&instance.address);
                let mut id = format!("{subscription}/resourceGroups/{GROUP}/providers/{space}");
                let words: Vec<&str> = words.split('/').collect();
                for (at, word) in words.iter().enumerate() {
                    let name = if at + 1 == words.len() { &segment } else { &placeholder };
                    id.push_str(&format!("/{word}/{name}"));
                }
                id
            }
        }
    };
    let arm_type =
        if group { "Microsoft.Resources/subscriptions/resourceGroups".to_owned() } else { arm_type.to_owned() };
    Ok(Place { id, arm_type, api_version: version, name, lost })
}

/// The id of a child, an extension or a resource in a scope.
fn below(parent: &str, arm_type: &str, name: &str) -> String {
    let parent_type = ResourceId::parse(parent).ok().and_then(|id| id.resource_type());
    match arm_type.rsplit_once('/') {
        Some((head, word)) if parent_type == Some(ResourceType::new(head)) => format!("{parent}/{word}/{name}"),
        _ => format!("{parent}/providers/{arm_type}/{name}"),
    }
}

/// The ARM body, and the reads that are not known although it does not say so.
fn body(instance: &Instance) -> (Object, Vec<(String, String)>) {
    let mut body = Object::new();
    let mut unread = Vec::new();
    for member in ["location", "tags"] {
        if let Some(node) = argument(&instance.body, member) {
            body.insert(Arc::from(member), node.clone());
        }
    }
    if let Some(identity) = identity(instance) {
        body.insert(Arc::from("identity"), identity);
    }
    for (name, sensitive) in [("body", false), ("sensitive_body", true)] {
        let Some(given) = argument(&instance.body, name) else { continue };
        match object(given) {
            Ok(members) => {
                for (member, node) in members {
                    let node = if sensitive { marked(node, 0) } else { node };
                    match body.get_mut(&member) {
                        Some(there) => merge(there, node, 0),
                        None => {
                            body.insert(member, node);
                        }
                    }
                }
            }
            Err(reason) => unread.push((String::new(), reason.as_ref().to_owned())),
        }
    }
    for path in &instance.ignore_changes {
        let read = match path.as_str() {
            "all" | "body" => String::new(),
            path => format!("resource.{}", path.strip_prefix("body.").unwrap_or(path)),
        };
        unread.push((read, IGNORED.to_owned()));
    }
    if let Some(paths) = argument(&instance.body, "ignore_body_changes").and_then(Node::as_array) {
        unread
            .extend(paths.iter().filter_map(Node::as_str).map(|path| (format!("resource.{path}"), IGNORED.to_owned())));
    }
    unread.sort();
    unread.dedup();
    (body, unread)
}

/// The members of a body: an object, or a JSON text of one.
fn object(given: &Node) -> Result<Object, Arc<str>> {
    match &given.value {
        Value::Unknown(reason) => Err(Arc::clone(reason)),
        Value::String(text) => {
            let json: serde_json::Value = serde_json::from_str(text).map_err(|_| Arc::from("body is not JSON"))?;
            let node = placed(Node::from_json(&json), given.at, given.sensitive, 0);
            node.as_object().cloned().ok_or_else(|| Arc::from("body is not an object"))
        }
        Value::Object(members) => {
            // Plans write a value of any type together with its type.
            match (members.get("value"), members.get("type"), members.len()) {
                (Some(Node { value: Value::Object(inner), .. }), Some(_), 2) => Ok(inner.as_ref().clone()),
                _ => Ok(members.as_ref().clone()),
            }
        }
        Value::Array(items) if items.len() == 1 => {
            items[0].as_object().cloned().ok_or_else(|| Arc::from("body is not an object"))
        }
        _ => Err(Arc::from("body is not an object")),
    }
}

fn identity(instance: &Instance) -> Option<Node> {
    let block = argument(&instance.body, "identity")?;
    let first = block.as_array().map_or(Some(block), <[Node]>::first)?;
    if first.reason().is_some() {
        return Some(first.clone());
    }
    let mut object = Object::new();
    if let Some(kind) = first.get("type").filter(|n| !n.is_null()) {
        object.insert(Arc::from("type"), kind.clone());
    }
    if let Some(ids) = first.get("identity_ids").filter(|n| !n.is_null()) {
        let convert = Convert { take: vec![Take::Keys], ..Convert::plain(Kind::Any) };
        object.insert(Arc::from("userAssignedIdentities"), convert.apply(ids, "identity_ids"));
    }
    Some(Node { value: Value::Object(Arc::new(object)), at: first.at.or(block.at), sensitive: false })
}

/// Gives what stands in a text the place of the text.
fn placed(mut node: Node, at: Option<Span>, sensitive: bool, depth: usize) -> Node {
    node.at = at;
    node.sensitive |= sensitive;
    each(node, depth, &|inner, depth| placed(inner, at, sensitive, depth))
}

fn marked(node: Node, depth: usize) -> Node {
    each(node.marked(true), depth, &marked)
}

fn each(mut node: Node, depth: usize, change: &dyn Fn(Node, usize) -> Node) -> Node {
    if depth >= MAX_DEPTH {
        return node;
    }
    node.value = match node.value {
        Value::Array(items) => {
            Value::Array(Arc::new(items.iter().map(|item| change(item.clone(), depth + 1)).collect()))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, inner)| (Arc::clone(name), change(inner.clone(), depth + 1)));
            Value::Object(Arc::new(members.collect()))
        }
        other => other,
    };
    node
}

fn merge(there: &mut Node, node: Node, depth: usize) {
    match (&mut there.value, node.value) {
        (Value::Object(members), Value::Object(more)) if depth < MAX_DEPTH => {
            let members = Arc::make_mut(members);
            for (name, inner) in more.iter() {
                match members.get_mut(name) {
                    Some(there) => merge(there, inner.clone(), depth + 1),
                    None => {
                        members.insert(Arc::clone(name), inner.clone());
                    }
                }
            }
        }
        (slot, value) => {
            *slot = value;
            there.at = node.at.or(there.at);
            there.sensitive |= node.sensitive;
        }
    }
}

/// A template inside Terraform: what it declares is missing.
fn deployment(instance: &Instance, reading: &mut Reading) {
    let template = argument(&instance.body, "template_content")
        .or_else(|| argument(&instance.body, "template_body"))
        .or_else(|| argument(&instance.body, "body"));
    let at = template.and_then(|n| n.at).or(Some(instance.header));
    let detail = "the template inside is not read; scan it as a file of its own".to_owned();
    reading.remarks.push(Remark { at, text: format!("{}: {detail}", instance.address) });
    reading.missing.push(Missing { what: instance.address.clone(), at, reason: GapReason::Unsupported, detail });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::FileId;
    use crate::iac::mapping::language::{body as shown, instance, show};
    use serde_json::{Value as Json, json};

    fn read(instance: &Instance) -> Reading {
        let mut reading = Reading::default();
        map(instance, &mut Ids::default(), &mut reading);
        reading
    }

    #[test]
    fn ids_follow_type_and_parent() {
        let rg = "/subscriptions/S/resourceGroups";
        let vault = format!("{rg}/g/providers/Microsoft.KeyVault/vaults/v");
        for (kind, parent, wanted) in [
            ("Microsoft.KeyVault/vaults@2023-07-01", json!(format!("{rg}/g")), vault.clone()),
            ("Microsoft.KeyVault/vaults/keys@2023-07-01", json!(vault), format!("{vault}/keys/n")),
            (
                "Microsoft.Insights/diagnosticSettings@x",
                json!(vault),
                format!("{vault}/providers/Microsoft.Insights/diagnosticSettings/n"),
            ),
            ("Microsoft.Resources/resourceGroups@x", Json::Null, format!("{rg}/n")),
            (
                "Microsoft.KeyVault/vaults",
                json!("?var.rg"),
                format!("{rg}/(resource group)/providers/Microsoft.KeyVault/vaults/n"),
            ),
            (
                "Microsoft.KeyVault/vaults/keys",
                json!("?var.v"),
                format!("{rg}/(resource group)/providers/Microsoft.KeyVault/vaults/(azapi_resource.main)/keys/n"),
            ),
        ] {
            let name = if wanted.ends_with("/v") { "v" } else { "n" };
            let reading = read(&instance(RESOURCE, &json!({"type": kind, "name": name, "parent_id": parent})));
            assert_eq!(reading.resources[0].id, wanted, "{kind}");
            assert!(reading.fragments.is_empty(), "{kind}");
        }
    }

    #[test]
    fn bodies_are_objects_or_texts() {
        let wanted = json!({"name": "n", "location": "we", "sku": {"name": "a"}, "properties": {"x": true},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {"/i": {}}}});
        for given in [
            json!({"sku": {"name": "a"}, "properties": {"x": true}}),
            json!("{\"sku\": {\"name\": \"a\"}, \"properties\": {\"x\": true}}"),
            json!({"type": ["object"], "value": {"sku": {"name": "a"}, "properties": {"x": true}}}),
        ] {
            let arguments = json!({"type": "M.X/a@1", "name": "n", "location": "we", "body": given,
                "identity": [{"type": "UserAssigned", "identity_ids": ["/i"]}]});
            let reading = read(&instance(RESOURCE, &arguments));
            assert_eq!(shown(&reading.resources[0]), wanted, "{given}");
            assert_eq!(reading.resources[0].api_version.as_deref(), Some("1"));
            assert!(reading.resources[0].unread.is_empty());
        }
        for (given, reason) in
            [(json!("?var.body"), "var.body"), (json!("{"), "not JSON"), (json!([1, 2]), "not an object")]
        {
            let reading = read(&instance(RESOURCE, &json!({"type": "M.X/a", "name": "n", "body": given})));
            let (read, why) = &reading.resources[0].unread[0];
            assert!(read.is_empty() && why.contains(reason), "{given}: {why}");
        }
    }

    #[test]
    fn texts_give_their_place_and_secrets_their_mark() {
        let at = Span::new(FileId(0), 5..9);
        let mut given =
            instance(RESOURCE, &json!({"type": "M.X/a", "name": "n", "sensitive_body": {"properties": {"s": "x"}}}));
        let mut members = given.body.as_object().unwrap().clone();
        members.insert(Arc::from("body"), Node::string("{\"properties\": {\"x\": 1}}").at(at));
        given.body = Node::object(members);
        let properties = &read(&given).resources[0].body["properties"];
        assert_eq!(properties.get("x").unwrap().at, Some(at));
        assert!(properties.get("s").unwrap().sensitive && !properties.get("x").unwrap().sensitive);
    }

    #[test]
    fn changes_that_are_ignored_are_not_known() {
        let given = json!({"type": "M.X/a", "name": "n", "ignore_body_changes": ["properties.y"]});
        let given =
            Instance { ignore_changes: vec!["body.properties.x".into(), "tags".into()], ..instance(RESOURCE, &given) };
        let reads: Vec<String> = read(&given).resources[0].unread.iter().map(|(read, _)| read.clone()).collect();
        assert_eq!(reads, ["resource.properties.x", "resource.properties.y", "resource.tags"]);
    }

    #[test]
    fn updates_are_fragments() {
        let given = json!({"type": "M.X/a@1", "resource_id": "/subscriptions/S/x", "body": {"properties": {"y": 1}}});
        let reading = read(&instance(UPDATE, &given));
        assert!(reading.resources.is_empty());
        assert_eq!(show(&reading.fragments[0].target), json!("/subscriptions/S/x"));
        let given = json!({"type": "M.X/a@1", "resource_id": "?var.id", "body": {"properties": {"y": 1}}});
        assert_eq!(show(&read(&instance(UPDATE, &given)).fragments[0].target), json!("?var.id"));
    }

    #[test]
    fn what_is_not_read_is_missing() {
        for (tf_type, arguments) in [
            (RESOURCE, json!({"type": "?var.type", "name": "n"})),
            (RESOURCE, json!({"type": "Microsoft.Resources/deployments@2021-04-01", "name": "n"})),
            ("azurerm_resource_group_template_deployment", json!({"template_content": "{}"})),
        ] {
            let reading = read(&instance(tf_type, &arguments));
            assert_eq!((reading.missing.len(), reading.resources.len()), (1, 0), "{tf_type}");
        }
        assert!(read(&instance("azapi_resource_action", &json!({}))).missing.is_empty());
        assert!(!knows("azapi_data_plane_resource"));
    }
}
