//! Plans and states as `terraform show -json` writes them → resources, with their places in the code beside them.
//!
//! Values are final here: the provider has filled its defaults in. What is known after apply is unknown on exactly the paths
//! that the plan names, unless the configuration says which attribute of which other resource it is.

mod address;
mod config;
mod follow;
mod overlay;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use crate::iac::mapping::{self, Instance};
use crate::iac::terraform::plan::address::{Step, key_text, steps};
use crate::iac::terraform::plan::config::Config;
use crate::iac::terraform::plan::follow::{Planned, World};
use crate::iac::terraform::plan::places::Places;
use crate::iac::{FileId, Ids, Missing, Node, Object, Reading, Remark, Span, Tree, Value};
use crate::model::GapReason;

/// The deepest nesting of modules that is read.
const MAX_MODULES_DEEP: usize = 32;

/// Whether a JSON file is a plan or a state as `terraform show -json` writes them.
pub(crate) fn looks_like_plan(root: &Node) -> bool {
    let object = |name: &str| root.get(name).is_some_and(|n| n.as_object().is_some());
    let list = |name: &str| root.get(name).is_some_and(|n| n.as_array().is_some());
    let values = || root.get("values").is_some_and(|v| v.get("root_module").is_some());
    root.get("format_version").and_then(Node::as_str).is_some()
        && (object("planned_values") || list("resource_changes") || values())
}

/// Reads a plan or a state: every managed resource of azurerm and azapi.
pub(crate) fn read_plan(tree: &Tree, file: FileId, root: &Node, ids: &mut Ids, reading: &mut Reading) {
    for instance in instances(tree, file, root, ids, reading) {
        mapping::map(&instance, ids, reading);
    }
    for drift in root.get("resource_drift").and_then(Node::as_array).unwrap_or_default().iter().filter(|d| wanted(d)) {
        let address = drift.get("address").and_then(Node::as_str).unwrap_or_default();
        let what = if actions(drift) == ["delete"] { "deleted" } else { "changed" };
        let text = format!("{address} was {what} outside of Terraform");
        reading.remarks.push(Remark { at: drift.at, text });
    }
}

/// The resources, with everything known that the plan tells.
fn instances(tree: &Tree, file: FileId, root: &Node, ids: &mut Ids, reading: &mut Reading) -> Vec<Instance> {
    let whole = root.at.unwrap_or_else(|| Span::new(file, 0..0));
    let name = tree.name(file);
    say_what_is_missing(&name, whole, root, reading);
    say_what_is_new(&name, whole, root, reading);
    let config = Config::new(root);
    let found = resources(root, whole, &name, reading);
    let mut places = Places::new(tree, Tree::parent(&name), &config);
    let default = config.subscription(root).unwrap_or_else(|| Ids::subscription_of(Tree::parent(&name)));
    let planned = found.into_iter().map(|f| planned(f, &config, &mut places, &default)).collect();
    let mut world = World::new(planned, &config, places, root.get("variables"));
    for n in 0..world.len() {
        world.settle(n, ids);
    }
    world.into_planned().into_iter().map(|p| without_exports(p, &config, ids)).collect()
}

fn say_what_is_missing(name: &str, whole: Span, root: &Node, reading: &mut Reading) {
    let mut miss = |what: String, at: Option<Span>, detail: &str| {
        reading.missing.push(Missing { what, at, reason: GapReason::Unresolved, detail: detail.to_owned() });
    };
    if root.get("errored").and_then(Node::as_bool) == Some(true) {
        miss(name.to_owned(), Some(whole), "the plan ended with an error and may lack resources; plan again");
    }
    for deferred in root.get("deferred_changes").and_then(Node::as_array).unwrap_or_default() {
        let change = deferred.get("resource_change").unwrap_or(deferred);
        let address = change.get("address").and_then(Node::as_str).unwrap_or(name);
        miss(address.to_owned(), change.at, "Terraform plans it only when other resources are there; plan again then");
    }
}

/// Says that the format is one that is not known: what has changed in it may be read wrongly.
fn say_what_is_new(name: &str, whole: Span, root: &Node, reading: &mut Reading) {
    let Some(written) = root.get("format_version") else { return };
    let version = written.as_str().unwrap_or_default();
    if !matches!(version.split('.').next(), Some("0" | "1")) {
        let detail = format!(
            "the plan has the format version {version:?}, and only 0 and 1 are known; what it says otherwise than \
             they do is not read"
        );
        let at = Some(written.at.unwrap_or(whole));
        reading.missing.push(Missing { what: name.to_owned(), at, reason: GapReason::Unsupported, detail });
    }
}

/// A resource as it stands in the file.
struct Found<'a> {
    module: Vec<Step>,
    node: &'a Node,
    values: Option<&'a Node>,
    sensitive: Option<&'a Node>,
    change: Option<&'a Node>,
    at: Span,
}

fn actions(change: &Node) -> Vec<&str> {
    let actions = change.get("change").and_then(|c| c.get("actions")).and_then(Node::as_array);
    actions.unwrap_or_default().iter().filter_map(Node::as_str).collect()
}

/// Whether the resource is gone, or no longer looked after, once the plan is applied.
fn goes(change: &Node) -> bool {
    matches!(actions(change)[..], ["delete"] | ["forget"])
}

fn wanted(node: &Node) -> bool {
    let text = |name: &str| node.get(name).and_then(Node::as_str);
    // Old plans name no mode.
    matches!(text("mode"), Some("managed") | None)
        && text("type").is_some_and(|t| mapping::concerns_azure(t) || mapping::knows(t))
        && text("address").is_some()
}

fn resources<'a>(root: &'a Node, whole: Span, file: &str, reading: &mut Reading) -> Vec<Found<'a>> {
    let mut changes: BTreeMap<&str, &Node> = BTreeMap::new();
    let listed = root.get("resource_changes").and_then(Node::as_array).unwrap_or_default();
    for change in listed.iter().filter(|c| wanted(c) && c.get("deposed").is_none_or(Node::is_null)) {
        if let Some(address) = change.get("address").and_then(Node::as_str) {
            changes.insert(address, change);
        }
    }
    let mut found = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let top = root.get("planned_values").or_else(|| root.get("values")).and_then(|v| v.get("root_module"));
    let mut modules: Vec<(&Node, usize)> = top.map(|t| (t, 0)).into_iter().collect();
    while let Some((module, depth)) = modules.pop() {
        let address = module.get("address").and_then(Node::as_str).unwrap_or_default();
        for node in module.get("resources").and_then(Node::as_array).unwrap_or_default() {
            let Some(address) = node.get("address").and_then(Node::as_str).filter(|_| wanted(node)) else { continue };
            let change = changes.get(address).copied();
            // A tainted or replaced object may stand beside the one that stays.
            if change.is_some_and(goes) || node.get("deposed_key").is_some() || !seen.insert(address) {
                continue;
            }
            found.push(Found {
                module: module_steps(address),
                node,
                values: node.get("values"),
                sensitive: node.get("sensitive_values"),
                change: change.and_then(|c| c.get("change")),
                at: node.at.unwrap_or(whole),
            });
        }
        let children = module.get("child_modules").and_then(Node::as_array).unwrap_or_default();
        if depth < MAX_MODULES_DEEP {
            modules.extend(children.iter().rev().map(|child| (child, depth + 1)));
        } else if !children.is_empty() {
            let what = format!("{address} ({file})");
            let detail = format!("modules are nested deeper than {MAX_MODULES_DEEP} levels");
            reading.missing.push(Missing { what, at: module.at, reason: GapReason::Unsupported, detail });
        }
    }
    // Plans that were cut down for other tools hold the changes alone.
    for (address, node) in changes {
        let change = node.get("change");
        let after = change.and_then(|c| c.get("after")).filter(|a| a.as_object().is_some());
        if after.is_some() && !goes(node) && !seen.contains(address) {
            let at = node.at.unwrap_or(whole);
            let module = module_steps(address);
            found.push(Found { module, node, values: after, sensitive: None, change, at });
        }
    }
    found
}

/// The modules on the way to a resource.
fn module_steps(address: &str) -> Vec<Step> {
    let mut all = steps(address).into_iter();
    let mut modules = Vec::new();
    while all.next().is_some_and(|s| s.name == "module" && s.key.is_none()) {
        modules.extend(all.next());
    }
    modules
}

fn planned(found: Found<'_>, config: &Config<'_>, places: &mut Places<'_>, subscription: &str) -> Planned {
    let text = |name: &str| found.node.get(name).and_then(Node::as_str).unwrap_or_default().to_owned();
    let (address, tf_type, name) = (text("address"), text("type"), text("name"));
    let expressions = config.expressions(&found.module, &tf_type, &name);
    let part = |name: &str| found.change.and_then(|c| c.get(name));
    let values = part("after").filter(|a| a.as_object().is_some()).or(found.values);
    let all = overlay::overlay(
        values.unwrap_or(&Node::new(Value::Null)),
        part("after_unknown"),
        part("after_sensitive").or(found.sensitive),
        &address,
    );
    let mut body = overlay::written(&all, expressions, 0);
    let known = |name: &str| all.get(name).and_then(Node::as_str);
    let subscription = known("id").and_then(subscription_in).unwrap_or_else(|| subscription.to_owned());
    let mut instance = Instance {
        provider: config.provider(),
        body: Node::new(Value::Null),
        subscription,
        ignore_changes: Vec::new(),
        at: found.at,
        header: found.node.get("address").and_then(|a| a.at).unwrap_or(found.at),
        chain: Vec::new(),
        address,
        tf_type,
    };
    let code = places.find(&found.module, &instance.tf_type, &name);
    if let Some(code) = &code {
        (instance.at, instance.header) = (code.at(), code.header());
        instance.chain.clone_from(&code.chain);
        body = code.place(&body);
    }
    instance.body = body.at(instance.at);
    Planned { instance, module: found.module, name, key: found.node.get("index").and_then(key_text), all, code }
}

/// The subscription in an ARM id.
fn subscription_in(id: &str) -> Option<String> {
    let (head, rest) = (id.get(..15)?, id.get(15..)?);
    let subscription = rest.split('/').next().filter(|s| config::is_uuid(s))?;
    head.eq_ignore_ascii_case("/subscriptions/").then(|| subscription.to_ascii_lowercase())
}

/// The instance without what only the provider gives: keys, endpoints, and other attributes that no mapping asks for. What
/// the code writes stays.
fn without_exports(planned: Planned, config: &Config<'_>, ids: &mut Ids) -> Instance {
    let expressions = config.expressions(&planned.module, &planned.instance.tf_type, &planned.name);
    let Planned { mut instance, code, .. } = planned;
    let Some(members) = instance.body.as_object() else { return instance };
    let stands = |name: &str, node: &Node, ids: &mut Ids| {
        let written = expressions.is_some_and(|e| e.get(name).is_some());
        if written || code.as_ref().is_some_and(|c| c.writes(name)) {
            return true;
        }
        match mapping::attribute(&instance, name, ids) {
            None => false,
            Some(given) if given.reason().is_some() => mapping::takes(&instance.tf_type, name),
            // An argument that is left out has no text that depends on the resource.
            Some(given) => given.value != node.value && (node.reason().is_none() || given.as_str().is_none()),
        }
    };
    let kept: Object = members.iter().filter(|(k, v)| stands(k, v, ids)).map(|(k, v)| (k.clone(), v.clone())).collect();
    instance.body = Node { value: Node::object(kept).value, ..instance.body };
    instance
}

#[cfg(test)]
mod tests;
