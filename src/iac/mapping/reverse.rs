//! The way back: which argument of Terraform gives an ARM property a value.

use serde_json::Value as Json;

use crate::iac::Node;
use crate::iac::mapping::rule::{Entry, Rule, Table};

/// An argument, by its block path, and the value to write there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    /// Block types down to the argument: `["high_availability", "mode"]`.
    pub(crate) path: Vec<String>,
    /// The value, as Terraform writes it.
    pub(crate) value: Json,
}

/// The arguments of a Terraform type that give the ARM property (its words joined by dots) this value: spellings of several
/// provider versions, the most usual one first.
pub(crate) fn arguments(tf_type: &str, arm_path: &str, value: &Json, provider: u8) -> Vec<Argument> {
    let Some(kind) = crate::iac::mapping::find(tf_type) else { return Vec::new() };
    let mut found = Vec::new();
    search(&kind.table, &mut Vec::new(), arm_path, value, &mut found);
    // Until version 4 arguments began with `enable_`; from then on they end in `_enabled`.
    let old = |a: &Argument| a.path.last().is_some_and(|name| name.starts_with("enable_"));
    found.sort_by_key(|a| (old(a) != (provider <= 3), a.path.clone()));
    found
}

fn search(table: &Table, path: &mut Vec<String>, arm_path: &str, value: &Json, found: &mut Vec<Argument>) {
    for (name, entry) in &table.entries {
        path.push(name.as_ref().to_owned());
        if let Some(value) = entry.rules.iter().find_map(|rule| inverted(entry, rule, name, arm_path, value)) {
            found.push(Argument { path: path.clone(), value });
        }
        search(&entry.below, path, arm_path, value, found);
        path.pop();
    }
}

/// The argument's value that the rule turns into the wanted one, found by trying what it could be.
fn inverted(entry: &Entry, rule: &Rule, name: &str, arm_path: &str, wanted: &Json) -> Option<Json> {
    let simple = rule.template.is_none() && rule.transform.is_none() && rule.items.is_none() && rule.child.is_none();
    if !simple || !entry.below.entries.is_empty() || !rule.to.iter().any(|p| p.as_str().eq_ignore_ascii_case(arm_path))
    {
        return None;
    }
    let spelt = rule.convert.values.iter().flatten().map(|(text, _)| Json::String(text.clone()));
    let candidates = [Json::Bool(true), Json::Bool(false), wanted.clone()].into_iter().chain(spelt);
    candidates.into_iter().find_map(|candidate| {
        let given = rule.convert.apply(&Node::from_json(&candidate), name).to_json().ok()?;
        (given == *wanted).then(|| match candidate.as_str() {
            Some("true") => Json::Bool(true),
            Some("false") => Json::Bool(false),
            _ => candidate,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_found_through_names_negations_and_spellings() {
        let of = |kind: &str, path: &str, value: Json, provider: u8| {
            let found = arguments(kind, path, &value, provider);
            found.first().map(|a| (a.path.join("."), a.value.clone()))
        };
        let pg = "azurerm_postgresql_flexible_server";
        for (kind, path, value, provider, argument, written) in [
            (pg, "properties.backup.backupRetentionDays", Json::from(14), 4, "backup_retention_days", Json::from(14)),
            (
                pg,
                "properties.backup.geoRedundantBackup",
                Json::from("Enabled"),
                4,
                "geo_redundant_backup_enabled",
                Json::from(true),
            ),
            (
                pg,
                "properties.highAvailability.mode",
                Json::from("ZoneRedundant"),
                4,
                "high_availability.mode",
                Json::from("ZoneRedundant"),
            ),
            (
                pg,
                "properties.authConfig.passwordAuth",
                Json::from("Disabled"),
                4,
                "authentication.password_auth_enabled",
                Json::from(false),
            ),
            (
                "azurerm_key_vault",
                "properties.enablePurgeProtection",
                Json::from(true),
                4,
                "purge_protection_enabled",
                Json::from(true),
            ),
            (
                "azurerm_key_vault",
                "properties.enableRbacAuthorization",
                Json::from(true),
                3,
                "enable_rbac_authorization",
                Json::from(true),
            ),
            (
                "azurerm_key_vault",
                "properties.enableRbacAuthorization",
                Json::from(true),
                5,
                "rbac_authorization_enabled",
                Json::from(true),
            ),
        ] {
            assert_eq!(of(kind, path, value, provider), Some((argument.to_owned(), written)), "{path}");
        }
        assert_eq!(of(pg, "properties.no.such", Json::from(1), 4), None);
        assert_eq!(of("azurerm_none", "properties.x", Json::from(1), 4), None);
    }
}
