//! The configuration that a plan carries: what refers to what, and the provider.

use std::collections::BTreeMap;

use crate::iac::Node;
use crate::iac::terraform::plan::MAX_MODULES_DEEP;
use crate::iac::terraform::plan::address::{Step, path};
use crate::iac::terraform::provider;

/// The configuration, by the paths of its modules.
#[derive(Debug, Default)]
pub(super) struct Config<'a> {
    modules: BTreeMap<String, &'a Node>,
    resources: BTreeMap<(String, String), &'a Node>,
    providers: Option<&'a Node>,
    azurerm: Option<u8>,
}

impl<'a> Config<'a> {
    pub(super) fn new(plan: &'a Node) -> Self {
        let Some(node) = plan.get("configuration") else { return Self::default() };
        let mut config = Self { providers: node.get("provider_config"), ..Self::default() };
        let azurerm = config.versions().next().map(provider::chosen);
        config.azurerm = azurerm;
        if let Some(root) = node.get("root_module") {
            config.add(root, &mut Vec::new());
        }
        config
    }

    fn add(&mut self, module: &'a Node, names: &mut Vec<String>) {
        let here = names.join(".");
        for resource in module.get("resources").and_then(Node::as_array).unwrap_or_default() {
            if let Some(address) = resource.get("address").and_then(Node::as_str) {
                self.resources.insert((here.clone(), address.to_owned()), resource);
            }
        }
        self.modules.insert(here, module);
        let Some(calls) = module.get("module_calls").and_then(Node::as_object) else { return };
        for (name, call) in calls {
            if let Some(inner) = call.get("module").filter(|_| names.len() < MAX_MODULES_DEEP) {
                names.push(name.to_string());
                self.add(inner, names);
                names.pop();
            }
        }
    }

    /// What the code of a resource says, by argument; `None` where the plan does not carry it.
    pub(super) fn expressions(&self, modules: &[Step], tf_type: &str, name: &str) -> Option<&'a Node> {
        let resource = self.resources.get(&(path(modules), format!("{tf_type}.{name}")))?;
        resource.get("expressions")
    }

    /// The call of the last of these modules.
    pub(super) fn call(&self, modules: &[Step]) -> Option<&'a Node> {
        let (last, before) = modules.split_last()?;
        self.modules.get(&path(before))?.get("module_calls")?.get(&last.name)
    }

    /// What a module gives under a name.
    pub(super) fn output(&self, modules: &[Step], name: &str) -> Option<&'a Node> {
        self.modules.get(&path(modules))?.get("outputs")?.get(name)?.get("expression")
    }

    fn named(&self, wanted: &'a str) -> impl Iterator<Item = &'a Node> + use<'a> {
        let providers = self.providers.and_then(Node::as_object);
        let all = providers.into_iter().flatten();
        all.filter(move |(key, node)| match node.get("name").and_then(Node::as_str) {
            Some(name) => name == wanted,
            None => key.rsplit(':').next().and_then(|k| k.split('.').next()) == Some(wanted),
        })
        .map(|(_, node)| node)
    }

    fn versions(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.named("azurerm").filter_map(|p| p.get("version_constraint").and_then(Node::as_str))
    }

    /// The major version of azurerm.
    pub(super) fn provider(&self) -> u8 {
        self.azurerm.unwrap_or_else(|| provider::chosen(""))
    }

    /// The subscription that the provider is told, where that is a constant or a variable with a value.
    pub(super) fn subscription(&self, plan: &Node) -> Option<String> {
        let told = self.named("azurerm").filter_map(|p| p.get("expressions")?.get("subscription_id"));
        let value = |node: &'a Node| {
            if let Some(text) = node.get("constant_value").and_then(Node::as_str) {
                return Some(text.to_owned());
            }
            let [only] = node.get("references")?.as_array()? else { return None };
            let name = only.as_str()?.strip_prefix("var.")?;
            plan.get("variables")?.get(name)?.get("value")?.as_str().map(str::to_owned)
        };
        told.filter_map(value).find(|s| is_uuid(s)).map(|s| s.to_ascii_lowercase())
    }
}

/// Whether a text looks like a subscription.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscriptions_look_like_one() {
        assert!(is_uuid("00000000-0000-0000-0000-00000000000a"));
        for wrong in ["", "00000000-0000-0000-0000-00000000000g", "0000000-00000-0000-0000-000000000000", "var.x"] {
            assert!(!is_uuid(wrong), "{wrong}");
        }
    }
}
