//! Subscriptions, regions, providers, resource groups, the short list of resources, and the endpoints of the cloud.

use serde_json::{Value, json};

use super::answer::Answer;
use super::ask::Ask;
use super::errors;
use super::estate::{Entry, Subscription};
use super::lists::page;
use super::regions;
use super::route::World;

fn body_of(world: &World, subscription: &Subscription) -> Value {
    json!({
        "id": format!("/subscriptions/{}", subscription.id), "authorizationSource": "RoleBased", "managedByTenants": [],
        "subscriptionId": subscription.id, "tenantId": world.estate.tenant, "displayName": subscription.name,
        "state": subscription.state,
        "subscriptionPolicies": {"locationPlacementId": "Public_2014-09-01", "quotaId": "EnterpriseAgreement_2014-09-01",
            "spendingLimit": "Off"}
    })
}

/// The subscriptions that the caller can see.
pub(super) fn subscriptions(world: &World, ask: &Ask) -> Answer {
    let may = world.may("Microsoft.Resources/subscriptions/read");
    let all: Vec<&Subscription> = world.estate.subscriptions.iter().filter(|s| may && world.sees(&s.id)).collect();
    let answer = page(world, ask, all.len(), &|at| body_of(world, all[at]).to_string());
    if answer.status != 200 {
        return answer;
    }
    let mut body = answer.value();
    let count = body["value"].as_array().map_or(0, Vec::len);
    body["count"] = json!({"type": "Total", "value": count});
    answer.with_value(&body)
}

/// One subscription.
pub(super) fn subscription(world: &World, id: &str) -> Answer {
    match world.estate.find_subscription(id) {
        Some(subscription) => Answer::json(200, &body_of(world, subscription)),
        None => errors::no_subscription(id),
    }
}

/// The tenant.
pub(super) fn tenants(world: &World, ask: &Ask) -> Answer {
    page(world, ask, 1, &|_| {
        json!({"id": format!("/tenants/{}", world.estate.tenant), "tenantId": world.estate.tenant,
            "countryCode": "NL", "displayName": "Quillmark Bank", "domains": ["quillmark.example"],
            "tenantCategory": "Home", "defaultDomain": "quillmark.example", "tenantType": "AAD"})
        .to_string()
    })
}

/// The regions of a subscription.
pub(super) fn locations(world: &World, ask: &Ask, id: &str) -> Answer {
    let all = regions::of(id);
    // Azure gives them on one page, whatever the size of other lists.
    let mut tidy = world.behaviour.clone();
    tidy.page_size = all.len();
    let world = World { estate: std::sync::Arc::clone(&world.estate), behaviour: tidy, origin: world.origin.clone() };
    page(&world, ask, all.len(), &|at| all[at].to_string())
}

/// The short list of what ARM tracks in a subscription; it knows `$filter=resourceType eq '…' or …`.
pub(super) fn resources(world: &World, ask: &Ask, id: &str) -> Answer {
    let filter = ask.parameter("$filter").unwrap_or_default().to_ascii_lowercase();
    let types: Vec<&str> = filter.split(" or ").filter_map(|f| f.trim().strip_prefix("resourcetype eq ")).collect();
    if !filter.is_empty() && types.is_empty() {
        return errors::error(400, "InvalidFilterInQueryString", "Invalid $filter in the query string.");
    }
    let types: Vec<&str> = types.iter().map(|t| t.trim().trim_matches('\'')).collect();
    let all: Vec<&Entry> = world
        .estate
        .below(&format!("/subscriptions/{id}"))
        .iter()
        .filter(|e| e.tracked && (types.is_empty() || types.contains(&world.estate.type_of(e))))
        .filter(|e| world.may(&format!("{}/read", world.estate.type_of(e))))
        .collect();
    page(world, ask, all.len(), &|at| {
        let mut body = world.estate.value(all[at]);
        if let Some(fields) = body.as_object_mut() {
            let kept =
                ["id", "name", "type", "location", "tags", "kind", "sku", "identity", "managedBy", "zones", "plan"];
            fields.retain(|name, _| kept.contains(&name.as_str()));
        }
        body.to_string()
    })
}

fn group_body(id: &str, name: &str, location: &str) -> Value {
    json!({"id": format!("/subscriptions/{id}/resourceGroups/{name}"), "name": name, "location": location,
        "type": "Microsoft.Resources/resourceGroups", "properties": {"provisioningState": "Succeeded"}})
}

/// The resource groups of a subscription.
pub(super) fn resource_groups(world: &World, ask: &Ask, id: &str) -> Answer {
    let all: Vec<(String, String)> = world.estate.resource_groups(id).into_values().collect();
    page(world, ask, all.len(), &|at| group_body(id, &all[at].0, &all[at].1).to_string())
}

/// One resource group.
pub(super) fn resource_group(world: &World, id: &str, name: &str) -> Answer {
    match world.estate.resource_groups(id).get(name) {
        Some((name, location)) => Answer::json(200, &group_body(id, name, location)),
        None => errors::no_group(name),
    }
}

fn provider_body(world: &World, id: &str, namespace: &str) -> Value {
    let registered = world.is_registered(id, namespace);
    json!({
        "id": format!("/subscriptions/{id}/providers/{namespace}"), "namespace": namespace,
        "registrationPolicy": "RegistrationRequired",
        "registrationState": if registered { "Registered" } else { "NotRegistered" },
        "resourceTypes": []
    })
}

/// The providers of a subscription, with their state.
pub(super) fn providers(world: &World, ask: &Ask, id: &str) -> Answer {
    let all: Vec<String> = world.estate.namespaces().into_iter().collect();
    page(world, ask, all.len(), &|at| provider_body(world, id, &all[at]).to_string())
}

/// One provider of a subscription.
pub(super) fn provider(world: &World, id: &str, namespace: &str) -> Answer {
    match world.estate.namespaces().iter().find(|n| n.eq_ignore_ascii_case(namespace)) {
        Some(namespace) => Answer::json(200, &provider_body(world, id, namespace)),
        None => errors::no_namespace(namespace),
    }
}

/// `/metadata/endpoints`: the cloud, all of it at this origin.
pub(super) fn metadata(world: &World) -> Answer {
    Answer::json(
        200,
        &json!([{
            "name": "FakeCloud", "portal": world.origin,
            "authentication": {"loginEndpoint": world.origin, "audiences": ["https://management.core.windows.net/",
                "https://management.azure.com/"], "tenant": "common", "identityProvider": "AAD"},
            "resourceManager": world.origin, "microsoftGraphResourceId": world.origin, "graph": world.origin,
            "graphAudience": "https://graph.microsoft.com/",
            "suffixes": {"keyVaultDns": "vault.azure.net", "mhsmDns": "managedhsm.azure.net",
                "storage": "core.windows.net", "sqlServerHostname": "database.windows.net"}
        }]),
    )
}

/// The token endpoint: gives the token to whoever asks for one.
pub(super) fn token(world: &World, ask: &Ask) -> Answer {
    if ask.method != "POST" {
        return errors::error(405, "MethodNotAllowed", "The resource does not support the method GET.");
    }
    let body = json!({"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599,
        "access_token": world.behaviour.token});
    Answer::json(200, &body)
}
