//! What is attached to a scope: role assignments, locks, exemptions, diagnostic settings. Some are inherited.

use super::ask::Ask;
use super::estate::{Entry, Estate};
use super::route::World;

/// Which scopes a list takes in, besides its own.
#[derive(Debug, Clone, Copy)]
struct Reach {
    above: bool,
    below: bool,
}

fn reach(full: &str) -> Option<Reach> {
    let lower = full.to_ascii_lowercase();
    let (namespace, kind) = lower.split_once('/')?;
    match (namespace, kind) {
        ("microsoft.authorization", "locks") => Some(Reach { above: false, below: true }),
        ("microsoft.authorization", "roledefinitions") => Some(Reach { above: true, below: false }),
        ("microsoft.authorization", "rolemanagementpolicies" | "rolemanagementpolicyassignments") => {
            Some(Reach { above: false, below: false })
        }
        ("microsoft.authorization", _) => Some(Reach { above: true, below: true }),
        ("microsoft.insights", "diagnosticsettings") => Some(Reach { above: false, below: false }),
        ("microsoft.security", "pricings" | "settings" | "securitycontacts" | "autoprovisioningsettings") => {
            Some(Reach { above: false, below: false })
        }
        ("microsoft.security", _) => Some(Reach { above: false, below: true }),
        _ => None,
    }
}

/// The entries of an extension type that a list at a scope gives; `None` if the type is not attached to scopes.
pub(super) fn list<'a>(world: &'a World, ask: &Ask, scope: &str, full: &str) -> Option<Vec<&'a Entry>> {
    let mut reach = reach(full)?;
    let filter = ask.parameter("$filter").unwrap_or_default().to_ascii_lowercase();
    if filter.contains("atscope()") {
        reach.below = false;
    }
    if filter.contains("atexactscope()") {
        reach = Reach { above: false, below: false };
    }
    // A list at a management group does not go into its subscriptions.
    if scope.is_empty() || scope.to_ascii_lowercase().starts_with("/providers/") {
        reach.below = false;
    }
    let estate = &world.estate;
    let mut found: Vec<&Entry> = Vec::new();
    if reach.above {
        for above in ancestors(estate, scope) {
            found.extend(at(estate, &above, full));
        }
    }
    found.extend(at(estate, scope, full));
    if reach.below {
        let own: Vec<&str> = found.iter().map(|e| &*e.id).collect();
        let more: Vec<&Entry> = estate
            .below(scope)
            .iter()
            .filter(|e| estate.type_of(e).eq_ignore_ascii_case(full) && !own.contains(&&*e.id))
            .collect();
        found.extend(more);
    }
    if let Some(principal) = filter.split("principalid eq ").nth(1) {
        let principal = principal.trim_start_matches('\'').split('\'').next().unwrap_or_default().to_owned();
        found.retain(|e| estate.value(e)["properties"]["principalId"].as_str() == Some(&principal));
    }
    Some(found)
}

/// What is attached to exactly this scope.
fn at<'a>(estate: &'a Estate, scope: &str, full: &str) -> impl Iterator<Item = &'a Entry> {
    let parent = format!("{scope}/providers/{full}");
    let depth = parent.matches('/').count() + 1;
    estate.below(&parent).iter().filter(move |e| e.id.matches('/').count() == depth)
}

/// The scopes above, from the tenant down.
fn ancestors(estate: &Estate, scope: &str) -> Vec<String> {
    if scope.is_empty() {
        return Vec::new();
    }
    let mut all = vec![String::new()];
    let mut groups: Vec<String> = estate
        .above(scope)
        .iter()
        .map(|g| format!("/providers/Microsoft.Management/managementGroups/{}", g.name))
        .collect();
    groups.reverse();
    all.extend(groups);
    let segments: Vec<&str> = scope.split('/').collect();
    if segments.get(1).is_some_and(|s| s.eq_ignore_ascii_case("subscriptions")) {
        // The subscription, the group, then each resource: `/providers/NAMESPACE/type/name` and `/type/name` after it.
        let mut ends = vec![3, 5];
        ends.extend((9..segments.len()).step_by(2));
        all.extend(ends.into_iter().filter(|end| *end < segments.len()).map(|end| segments[..end].join("/")));
    }
    all
}

#[test]
fn the_scopes_above_a_child_are_its_parent_its_group_its_subscription_and_the_groups_of_that() {
    let mut estate = Estate::empty();
    estate.management_group("mg", "M", None);
    estate.subscription("s", "Enabled", "mg");
    assert_eq!(
        ancestors(&estate, "/subscriptions/s/resourceGroups/g/providers/N/t/a/u/b"),
        [
            "",
            "/providers/Microsoft.Management/managementGroups/5c1fffff-7e4a-4000-8000-000000000001",
            "/providers/Microsoft.Management/managementGroups/mg",
            "/subscriptions/s",
            "/subscriptions/s/resourceGroups/g",
            "/subscriptions/s/resourceGroups/g/providers/N/t/a",
        ]
    );
}
