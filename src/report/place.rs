//! What resources are called: in Azure, and in code.

use crate::model::{Assessment, ResourceId};

/// The names in an id from the first provider on, `server/database`; for scopes the last name.
pub(super) fn resource_name(id: &ResourceId) -> String {
    let segments: Vec<&str> = id.as_str().split('/').filter(|s| !s.is_empty()).collect();
    let mut names: Vec<&str> = Vec::new();
    let mut rest = segments.as_slice();
    while let Some(at) = rest.iter().position(|s| s.eq_ignore_ascii_case("providers")) {
        // After `providers` and the namespace, types and names take turns until the next `providers`.
        let from = rest.get(at + 2..).unwrap_or_default();
        let end = from.iter().position(|s| s.eq_ignore_ascii_case("providers")).unwrap_or(from.len());
        names.extend(from[..end].iter().skip(1).step_by(2));
        rest = &from[end..];
    }
    if names.is_empty() { id.name().to_owned() } else { names.join("/") }
}

/// What a resource is called in code, where it stands there.
pub(super) fn address<'a>(assessment: &'a Assessment, id: &ResourceId) -> Option<&'a str> {
    assessment.resource(id)?.place()?.address()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{coded, sample};

    #[test]
    fn names_of_nested_and_extension_resources_are_whole() {
        let name = |text: &str| resource_name(&ResourceId::parse(text).unwrap());
        let server = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        assert_eq!(name(server), "pg");
        assert_eq!(name(&format!("{server}/configurations/tls")), "pg/tls");
        assert_eq!(name(&format!("{server}/providers/Microsoft.Insights/diagnosticSettings/d")), "pg/d");
        assert_eq!(name("/subscriptions/s/resourceGroups/g"), "g");
        assert_eq!(name("https://kv.vault.azure.net/keys/k"), "k");
        for odd in ["/", "/providers", "/providers/x", "/providers/x/y", "/a/providers/providers/providers"] {
            let _ = name(odd);
        }
    }

    #[test]
    fn only_code_has_addresses() {
        let mut assessment = sample();
        assert_eq!(address(&assessment, &assessment.resources[0].id), None);
        coded(&mut assessment);
        assert_eq!(address(&assessment, &assessment.resources[0].id), Some("module.db.pg_server.e"));
        assert_eq!(address(&assessment, &assessment.resources[2].id), None);
    }
}
