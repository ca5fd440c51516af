//! Which handler a request goes to, and what ARM checks before: api-version, rights, subscription.

use std::sync::Arc;

use super::action;
use super::answer::Answer;
use super::ask::Ask;
use super::behaviour::Behaviour;
use super::estate::Estate;
use super::{directory, errors, graph, inventory, lists, management, vault};

/// What the handlers see.
#[derive(Debug)]
pub(super) struct World {
    /// What there is.
    pub(super) estate: Arc<Estate>,
    /// How to answer.
    pub(super) behaviour: Behaviour,
    /// `http://127.0.0.1:PORT`.
    pub(super) origin: String,
}

impl World {
    /// Whether the caller has an action.
    pub(super) fn may(&self, action: &str) -> bool {
        self.behaviour.granted.as_ref().is_none_or(|all| all.iter().any(|granted| action::covers(granted, action)))
    }

    /// Whether the caller can see a subscription.
    pub(super) fn sees(&self, subscription: &str) -> bool {
        !self.behaviour.hidden.iter().any(|hidden| hidden.eq_ignore_ascii_case(subscription))
    }

    /// Whether a namespace is registered in a subscription.
    pub(super) fn is_registered(&self, subscription: &str, namespace: &str) -> bool {
        !self
            .behaviour
            .unregistered
            .iter()
            .any(|(s, n)| (s == "*" || s.eq_ignore_ascii_case(subscription)) && n.eq_ignore_ascii_case(namespace))
    }
}

/// Whether a request is answered without a token.
pub(super) fn is_anonymous(ask: &Ask) -> bool {
    ask.path.eq_ignore_ascii_case("/metadata/endpoints") || is_token(ask)
}

/// Whether a request asks for a token.
fn is_token(ask: &Ask) -> bool {
    ask.path.to_ascii_lowercase().ends_with("/oauth2/v2.0/token")
}

/// Whether a request is one that a collector may make: it changes nothing.
pub(super) fn is_read(ask: &Ask) -> bool {
    let queries = ["/providers/Microsoft.ResourceGraph/resources", "/v1.0/directoryObjects/getByIds"];
    match ask.method.as_str() {
        "GET" => true,
        "POST" => queries.iter().any(|q| q.eq_ignore_ascii_case(&ask.path)) || is_token(ask),
        _ => false,
    }
}

/// The true answer to a request with a token that is taken.
pub(super) fn answer(world: &World, ask: &Ask) -> Answer {
    if let Some(name) = vault::of_host(&ask.host) {
        return vault::answer(world, ask, name);
    }
    let lower: Vec<String> = ask.segments.iter().map(|s| s.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["metadata", "endpoints"] => return inventory::metadata(world),
        ["v1.0", "directoryobjects", "getbyids"] => return directory::by_ids(world, ask),
        [.., "oauth2", "v2.0", "token"] => return inventory::token(world, ask),
        _ => {}
    }
    if !is_read(ask) {
        let message = format!("The resource does not support the method {}.", ask.method);
        return errors::error(405, "MethodNotAllowed", &message);
    }
    if ask.parameter("api-version").is_none_or(str::is_empty) {
        return errors::missing_api_version();
    }
    if let ["providers", "microsoft.resourcegraph", "resources"] = lower.as_slice() {
        return if ask.method == "POST" {
            graph::answer(world, ask)
        } else {
            errors::error(405, "MethodNotAllowed", "The resource does not support the method GET.")
        };
    }
    if let Some(refusal) = refusal(world, ask, &lower) {
        return refusal;
    }
    match lower.as_slice() {
        ["tenants"] => inventory::tenants(world, ask),
        ["subscriptions"] => inventory::subscriptions(world, ask),
        ["subscriptions", id] => inventory::subscription(world, id),
        ["subscriptions", id, "locations"] => inventory::locations(world, ask, id),
        ["subscriptions", id, "resources"] => inventory::resources(world, ask, id),
        ["subscriptions", id, "resourcegroups"] => inventory::resource_groups(world, ask, id),
        ["subscriptions", id, "resourcegroups", name] => inventory::resource_group(world, id, name),
        ["subscriptions", id, "providers"] => inventory::providers(world, ask, id),
        ["subscriptions", id, "providers", namespace] => inventory::provider(world, id, namespace),
        ["providers", "microsoft.management", "managementgroups"] => management::all(world, ask),
        ["providers", "microsoft.management", "managementgroups", name] => management::one(world, ask, name),
        ["providers", "microsoft.management", "managementgroups", name, "descendants"] => {
            management::descendants(world, ask, name)
        }
        _ => lists::answer(world, ask),
    }
}

/// What ARM refuses before it looks at what is asked.
fn refusal(world: &World, ask: &Ask, lower: &[&str]) -> Option<Answer> {
    let (action, scope) = action::of(&ask.method, &ask.segments);
    if let Some(id) = ask.subscription() {
        let shown = &ask.segments[1];
        if world.estate.find_subscription(&id).is_none() {
            return Some(errors::no_subscription(shown));
        }
        if !world.sees(&id) {
            return Some(errors::forbidden(&ask.path, &action, &scope));
        }
    }
    // Who may read nothing gets an empty list of these.
    let open = matches!(lower, ["subscriptions"] | ["tenants"]);
    (!open && !world.may(&action)).then(|| errors::forbidden(&ask.path, &action, &scope))
}
