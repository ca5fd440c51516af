//! Which subscriptions are collected: what was asked for, what Azure lists, and every difference between the two.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::collect::client::Call;
use crate::collect::run::Scope;
use crate::collect::run::gather::Gathered;
use crate::collect::run::reader::Reader;
use crate::model::{GapReason, matches_pattern};

/// A subscription that is collected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subscription {
    /// Its id, lower case, without a path.
    pub(super) id: String,
    /// Its name, where Azure told it.
    pub(super) name: Option<String>,
}

impl Subscription {
    /// Its id as a path.
    pub(super) fn path(&self) -> String {
        format!("/subscriptions/{}", self.id)
    }
}

/// What is collected.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub(super) subscriptions: Vec<Subscription>,
    /// Ids, without a path.
    pub(super) management_groups: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    #[serde(default)]
    subscription_id: Option<String>,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

/// Finds the subscriptions.
pub(super) async fn resolve(reader: &Reader<'_>, scope: &Scope, all: &mut Gathered) -> Resolved {
    let record = reader.list(&Call::arm("/subscriptions", "2022-12-01", "Microsoft.Resources/subscriptions")).await;
    let complete = record.trouble.is_none();
    if let Some(trouble) = &record.trouble {
        let text = format!("whether there are more subscriptions is not known: {}", trouble.text);
        all.gap("the list of subscriptions", None, trouble.reason, text);
    }
    let mut listed: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (_, item) in record.items() {
        match serde_json::from_str::<Listed>(item.body.get()) {
            Ok(Listed { subscription_id: Some(id), display_name, .. }) if is_id(&id) => {
                listed.insert(id.to_lowercase(), display_name);
            }
            _ => all.gap(
                "the list of subscriptions",
                None,
                GapReason::Malformed,
                "an item of the list has no subscription id".to_owned(),
            ),
        }
    }
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for asked in &scope.subscriptions {
        let by_name = || listed.iter().find(|(_, name)| name.as_deref() == Some(asked.as_str())).map(|(id, _)| id);
        let id = if is_id(asked) { Some(asked.to_lowercase()) } else { by_name().cloned() };
        match id {
            Some(id) => drop(wanted.insert(id)),
            None => all.gap(
                asked,
                None,
                if complete { GapReason::Denied } else { GapReason::OutOfScope },
                "no subscription of that name is listed for this identity: it does not exist, or may not be read"
                    .to_owned(),
            ),
        }
    }
    let mut management_groups: BTreeSet<String> = BTreeSet::new();
    for group in &scope.management_groups {
        management_groups.insert(group.clone());
        let path = format!("/providers/Microsoft.Management/managementGroups/{group}/descendants");
        let record = reader.list(&Call::arm(&path, "2021-04-01", "Microsoft.Management/managementGroups")).await;
        if let Some(trouble) = &record.trouble {
            let about = format!("/providers/Microsoft.Management/managementGroups/{group}");
            all.gap(&about, None, trouble.reason, format!("what lies below it is not known: {}", trouble.text));
        }
        for (_, item) in record.items() {
            let Ok(Listed { name: Some(name), kind: Some(kind), .. }) = serde_json::from_str(item.body.get()) else {
                continue;
            };
            let kind = kind.to_lowercase();
            if kind.ends_with("/subscriptions") && is_id(&name) {
                wanted.insert(name.to_lowercase());
            } else if kind.ends_with("/managementgroups") {
                management_groups.insert(name);
            }
        }
    }
    if scope.subscriptions.is_empty() && scope.management_groups.is_empty() {
        wanted.extend(listed.keys().cloned());
    }
    let matches = |patterns: &[String], id: &str, name: Option<&str>| {
        patterns.iter().any(|p| matches_pattern(p, id) || name.is_some_and(|n| matches_pattern(p, n)))
    };
    let mut subscriptions = Vec::new();
    for id in wanted {
        let name = listed.get(&id).cloned().flatten();
        if !scope.include.is_empty() && !matches(&scope.include, &id, name.as_deref())
            || matches(&scope.exclude, &id, name.as_deref())
        {
            continue;
        }
        if complete && !listed.contains_key(&id) {
            let what =
                "it was asked for, and Azure does not list it for this identity: it does not exist, or may not be read";
            all.gap(&format!("/subscriptions/{id}"), None, GapReason::Denied, what.to_owned());
        }
        subscriptions.push(Subscription { id, name });
    }
    Resolved { subscriptions, management_groups: management_groups.into_iter().collect() }
}

/// Whether a text can be the id of a subscription: a GUID, or in tests and examples something like one. It goes into paths.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.contains('-') && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}
