//! The rows of Resource Graph: ARM bodies as it keeps them.

use serde_json::{Map, Value, json};

use super::estate::{Entry, Estate, group_of, subscription_of};
use super::kql::{Column, Condition};
use super::route::World;

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) enum Row<'a> {
    /// A resource.
    Resource(&'a Entry),
    /// Something made: a container, or what a step of the query gave.
    Made(Map<String, Value>),
}

/// The table that a type is in.
pub(super) fn table_of(entry: &Entry, kind: &str) -> Option<&'static str> {
    match kind {
        "microsoft.authorization/roleassignments" | "microsoft.authorization/roledefinitions" => {
            Some("authorizationresources")
        }
        "microsoft.authorization/policyassignments"
        | "microsoft.authorization/policyexemptions"
        | "microsoft.authorization/policydefinitions"
        | "microsoft.authorization/policysetdefinitions" => Some("policyresources"),
        "microsoft.dataprotection/backupvaults/backupinstances"
        | "microsoft.dataprotection/backupvaults/backuppolicies"
        | "microsoft.recoveryservices/vaults/backuppolicies"
        | "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems" => {
            Some("recoveryservicesresources")
        }
        "microsoft.web/sites/config" => Some("appserviceresources"),
        "microsoft.security/pricings" => Some("securityresources"),
        _ if kind.starts_with("microsoft.network/privatednszones/") && !kind.ends_with("/virtualnetworklinks") => {
            Some("dnsresources")
        }
        _ => entry.tracked.then_some("resources"),
    }
}

/// All tables that the fake has.
pub(super) const TABLES: [&str; 8] = [
    "resources",
    "resourcecontainers",
    "authorizationresources",
    "policyresources",
    "recoveryservicesresources",
    "appserviceresources",
    "securityresources",
    "dnsresources",
];

/// The rows of a table in some subscriptions, by lower-case id; `above` takes in what lies at management groups above.
pub(super) fn of_table<'a>(world: &'a World, table: &str, subscriptions: &[String], above: bool) -> Vec<Row<'a>> {
    let estate = &world.estate;
    if table == "resourcecontainers" {
        return containers(world, subscriptions);
    }
    let wanted = |entry: &&Entry| {
        let kind = estate.type_of(entry);
        table_of(entry, kind) == Some(table) && world.may(&format!("{kind}/read"))
    };
    let mut entries: Vec<&Entry> = Vec::new();
    if above {
        entries.extend(estate.below("/providers").iter().filter(wanted).filter(|e| is_above(estate, e, subscriptions)));
    }
    for subscription in subscriptions {
        entries.extend(estate.below(&format!("/subscriptions/{subscription}")).iter().filter(wanted));
    }
    // Subscriptions come in order, and what is in them does too.
    if above {
        entries.sort_by_cached_key(|e| e.id.to_ascii_lowercase());
    }
    entries.into_iter().map(Row::Resource).collect()
}

/// Whether a row at a management group is above one of the subscriptions.
fn is_above(estate: &Estate, entry: &Entry, subscriptions: &[String]) -> bool {
    let Some(name) = entry.id.split('/').nth(4) else { return false };
    subscriptions
        .iter()
        .any(|s| estate.above(&format!("/subscriptions/{s}")).iter().any(|group| group.name.eq_ignore_ascii_case(name)))
}

fn containers<'a>(world: &'a World, subscriptions: &[String]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for id in subscriptions {
        let Some(subscription) = world.estate.find_subscription(id) else { continue };
        let chain: Vec<Value> = world
            .estate
            .above(&format!("/subscriptions/{id}"))
            .iter()
            .map(|g| json!({"name": g.name, "displayName": g.display}))
            .collect();
        rows.push(made(
            json!({
                "id": format!("/subscriptions/{}", subscription.id), "name": subscription.name,
                "type": "microsoft.resources/subscriptions", "subscriptionId": subscription.id, "resourceGroup": "",
                "properties": {"state": subscription.state, "managementGroupAncestorsChain": chain}
            }),
            &world.estate.tenant,
        ));
        for (lower, (_, location)) in world.estate.resource_groups(&subscription.id) {
            rows.push(made(
                json!({
                    "id": format!("/subscriptions/{}/resourceGroups/{lower}", subscription.id), "name": lower,
                    "type": "microsoft.resources/subscriptions/resourcegroups", "subscriptionId": subscription.id,
                    "resourceGroup": lower, "location": location, "properties": {"provisioningState": "Succeeded"}
                }),
                &world.estate.tenant,
            ));
        }
    }
    rows
}

fn made<'a>(value: Value, tenant: &str) -> Row<'a> {
    let mut row = empty();
    row.insert("tenantId".to_owned(), json!(tenant));
    if let Value::Object(fields) = value {
        row.extend(fields);
    }
    Row::Made(row)
}

/// What Resource Graph gives for what is not there: `null`, or `""` for texts.
fn empty() -> Map<String, Value> {
    let mut row = Map::new();
    for name in ["sku", "plan", "tags", "identity", "zones", "extendedLocation", "properties"] {
        row.insert(name.to_owned(), Value::Null);
    }
    for name in ["kind", "managedBy", "location", "resourceGroup", "apiVersion"] {
        row.insert(name.to_owned(), json!(""));
    }
    row
}

impl Row<'_> {
    /// All columns.
    pub(super) fn columns(&self, world: &World) -> Map<String, Value> {
        let entry = match self {
            Self::Made(row) => return row.clone(),
            Self::Resource(entry) => entry,
        };
        let mut row = empty();
        if let Value::Object(body) = world.estate.value(entry) {
            row.extend(body.into_iter().filter(|(name, value)| !value.is_null() && name != "systemData"));
        }
        let kind = world.estate.type_of(entry);
        // Names of resource groups come in lower case, within ids too.
        let group = group_of(&entry.id).unwrap_or_default();
        let id = entry.id.replacen(&format!("/{group}/"), &format!("/{}/", group.to_ascii_lowercase()), 1);
        let location: String =
            row["location"].as_str().unwrap_or_default().to_ascii_lowercase().split_whitespace().collect();
        row.insert("id".to_owned(), json!(if group.is_empty() { entry.id.to_string() } else { id }));
        row.insert("type".to_owned(), json!(kind));
        row.insert("location".to_owned(), json!(location));
        row.insert("resourceGroup".to_owned(), json!(group.to_ascii_lowercase()));
        row.insert("subscriptionId".to_owned(), json!(subscription_of(&entry.id).unwrap_or_default()));
        row.insert("tenantId".to_owned(), json!(world.estate.tenant));
        let versions = world.behaviour.api_versions.get(kind);
        let version =
            versions.and_then(|v| v.iter().rfind(|v| !v.contains("preview"))).map_or("2024-06-01", String::as_str);
        row.insert("apiVersion".to_owned(), json!(version));
        row
    }

    /// One column, or a property below it.
    pub(super) fn get(&self, world: &World, column: &Column) -> Value {
        let first = column.path[0].as_str();
        let quick = match (self, first) {
            (Self::Resource(entry), "type") => Some(json!(world.estate.type_of(entry))),
            (Self::Resource(entry), "subscriptionId") => Some(json!(subscription_of(&entry.id).unwrap_or_default())),
            _ => None,
        };
        let mut value = quick.unwrap_or_else(|| self.columns(world).remove(first).unwrap_or(Value::Null));
        for name in &column.path[1..] {
            value = value.get_mut(name.as_str()).map_or(Value::Null, Value::take);
        }
        match value {
            Value::String(text) if column.lower => Value::String(text.to_lowercase()),
            other => other,
        }
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, world: &World, condition: &Condition) -> bool {
        let value = self.get(world, &condition.column);
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let fits = |wanted: &String| match (condition.exact, condition.prefix) {
            (true, _) => text == *wanted,
            (false, true) => text.to_lowercase().starts_with(&wanted.to_lowercase()),
            (false, false) => text.eq_ignore_ascii_case(wanted),
        };
        condition.values.iter().any(fits) != condition.negated
    }
}
