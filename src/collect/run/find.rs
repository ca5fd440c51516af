//! Finds resources: Resource Graph for what it carries, lists of ARM for the rest and where Resource Graph fails. Both are
//! compared, so that neither can leave a resource out in silence.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use futures_util::stream;
use serde::Deserialize;

use crate::collect::catalog::Row;
use crate::collect::client::{Call, Query};
use crate::collect::journal::{Record, Trouble};
use crate::collect::plan::{Bodies, Names, Plan, Planned};
use crate::collect::run::gather::{Gathered, Place};
use crate::collect::run::reader::Reader;
use crate::collect::run::scope::{Resolved, Subscription};
use crate::collect::run::{AT_ONCE, NOT_ASKED, Progress, Window};
use crate::model::{GapReason, Population, ResourceId, ResourceType};

/// How many subscriptions one query asks about: Azure advises fewer than 300.
const BATCH: usize = 250;

/// Subscriptions and lower-case types of which Resource Graph has given all there is.
pub(super) type Done = BTreeSet<(String, String)>;

/// What ARM lists in a subscription, without bodies.
struct Census {
    /// Lower-case type → keys of ids with the ids.
    by_type: BTreeMap<String, BTreeMap<String, String>>,
    complete: bool,
}

/// Finds all resources that can be listed by subscription, management group or tenant.
pub(super) async fn all(
    reader: &Reader<'_>,
    plan: &Plan,
    scope: &Resolved,
    window: &Window,
    progress: &dyn Progress,
    all: &mut Gathered,
) -> (Vec<Population>, Done) {
    let censuses = census(reader, scope, progress, all).await;
    let mut done = Done::new();
    by_graph(reader, plan, scope, all, &mut done).await;
    progress.resources(all.found.len());
    by_lists(reader, plan, scope, window, &censuses, &done, all).await;
    progress.resources(all.found.len());
    identities(reader, plan, scope, all).await;
    let population = reconcile(reader, plan, scope, &censuses, all).await;
    expand(reader, plan, all).await;
    progress.resources(all.found.len());
    (population, done)
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

/// What ARM lists in each subscription.
async fn census(
    reader: &Reader<'_>,
    scope: &Resolved,
    progress: &dyn Progress,
    all: &mut Gathered,
) -> BTreeMap<String, Census> {
    let calls = scope.subscriptions.iter().map(|s| async move {
        let family = "Microsoft.Resources/resources";
        (s, reader.list(&Call::arm(&format!("{}/resources", s.path()), "2021-04-01", family)).await)
    });
    let mut answers: Vec<_> = stream::iter(calls).buffer_unordered(AT_ONCE).collect().await;
    answers.sort_by(|a, b| a.0.cmp(b.0));
    let mut censuses = BTreeMap::new();
    for (subscription, record) in answers {
        let mut census = Census { by_type: BTreeMap::new(), complete: record.trouble.is_none() };
        if let Some(trouble) = &record.trouble {
            let text = format!("whether all of its resources were found is not known: {}", trouble.text);
            all.gap(&subscription.path(), None, trouble.reason, text);
        }
        for (_, item) in record.items() {
            let read = serde_json::from_str::<Listed>(item.body.get()).ok();
            match read.and_then(|l| Some((ResourceId::parse(&l.id).ok()?, l))) {
                Some((id, listed)) => {
                    let of_type = census.by_type.entry(listed.kind.to_lowercase()).or_default();
                    of_type.insert(id.key().to_owned(), listed.id);
                }
                None => {
                    census.complete = false;
                    let text = "an item of the list of its resources has no id or type".to_owned();
                    all.gap(&subscription.path(), None, GapReason::Malformed, text);
                }
            }
        }
        censuses.insert(subscription.id.clone(), census);
    }
    progress.subscriptions(censuses.len());
    censuses
}

/// Asks Resource Graph, and notes which type of which subscription is done with.
async fn by_graph(reader: &Reader<'_>, plan: &Plan, scope: &Resolved, all: &mut Gathered, done: &mut Done) {
    let mut tables: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for planned in plan.planned.values().filter(|p| p.bodies == Bodies::Graph) {
        if let Some(table) = &planned.row.graph {
            let rows = tables.entry(table).or_default();
            rows.insert(planned.row.resource_type.to_lowercase(), planned.row.resource_type.as_str());
        }
    }
    // One after the other: the limit is by principal, and a page of a thousand is quickly read.
    for (table, rows) in tables {
        let types: Vec<String> = rows.keys().map(|t| format!("'{t}'")).collect();
        let kql = format!("{table} | where type in~ ({}) | order by id asc", types.join(","));
        for batch in scope.subscriptions.chunks(BATCH) {
            let inherited = matches!(table, "authorizationresources" | "policyresources");
            let query = Query {
                table: table.to_owned(),
                kql: kql.clone(),
                subscriptions: batch.iter().map(|s| s.id.clone()).collect(),
                management_groups: Vec::new(),
                scope_filter: inherited.then(|| "AtScopeAboveAndBelow".to_owned()),
            };
            let record = reader.query(&query).await;
            let mut complete = record.trouble.is_none();
            let mut old: BTreeSet<(String, String)> = BTreeSet::new();
            for (origin, item) in record.items() {
                let Some((key, version)) = all.take_row(&origin, &item, &rows, "Resource Graph") else {
                    complete = false;
                    continue;
                };
                // What an older version does not know looks absent.
                let Some(found) = all.found.get(&key) else { continue };
                let kind = found.resource_type.key().to_owned();
                let pinned = plan.planned.get(&kind).map(|p| p.row.api_version.as_str()).unwrap_or_default();
                if version.is_some_and(|v| !v.is_empty() && day(&v) < day(pinned))
                    && let Some(subscription) = found.id.subscription()
                {
                    old.insert((subscription.to_lowercase(), kind));
                }
            }
            if complete {
                let pairs = batch.iter().flat_map(|s| rows.keys().map(|t| (s.id.clone(), t.clone())));
                done.extend(pairs.filter(|pair| !old.contains(pair)));
            }
        }
    }
}

/// The day of an api-version: they compare as texts.
fn day(version: &str) -> &str {
    version.get(..10).unwrap_or(version)
}

/// Reads the lists of ARM.
async fn by_lists(
    reader: &Reader<'_>,
    plan: &Plan,
    scope: &Resolved,
    window: &Window,
    censuses: &BTreeMap<String, Census>,
    done: &Done,
    all: &mut Gathered,
) {
    let mut calls: Vec<(String, &Planned, Call)> = Vec::new();
    for planned in plan.planned.values().filter(|p| p.names == Names::All) {
        let row = planned.row;
        let key = row.resource_type.to_lowercase();
        for subscription in &scope.subscriptions {
            if done.contains(&(subscription.id.clone(), key.clone())) {
                continue;
            }
            // ARM's own list says that there is none of the type.
            let none = row.graph.as_deref() == Some("resources")
                && censuses.get(&subscription.id).is_some_and(|c| c.complete && !c.by_type.contains_key(&key));
            let Some(path) = row.subscription.as_ref().filter(|_| !none) else { continue };
            for path in window.fill(row, path) {
                let call = Call::of(row, &format!("{}{path}", subscription.path()));
                calls.push((subscription.path(), planned, call));
            }
        }
        for group in &scope.management_groups {
            let Some(path) = &row.management_group else { continue };
            let about = format!("/providers/Microsoft.Management/managementGroups/{group}");
            calls.push((about.clone(), planned, Call::of(row, &format!("{about}{path}"))));
        }
    }
    let answers = stream::iter(calls.into_iter().map(|(about, planned, call)| async move {
        // The subscription itself is no list.
        let itself = planned.row.subscription.as_deref() == Some("");
        let record = if itself { reader.get(&call).await } else { reader.list(&call).await };
        (about, planned, call, record)
    }));
    let mut answers: Vec<_> = answers.buffer_unordered(AT_ONCE).collect().await;
    answers.sort_by(|a, b| (&a.0, &a.2.path).cmp(&(&b.0, &b.2.path)));
    for (about, planned, _, record) in answers {
        let row = planned.row;
        match &record.trouble {
            Some(trouble) if does_not_exist(reader, row, &about, trouble).await => reader.forgive(trouble),
            Some(trouble) => all.trouble(&about, Some(row.resource_type.clone()), trouble),
            None => {}
        }
        take_all(all, record, Place { about: &about, row, child: false });
    }
}

/// Whether a refusal says that there can be none: the provider is not registered in the subscription, or the service is no
/// more.
async fn does_not_exist(reader: &Reader<'_>, row: &Row, about: &str, trouble: &Trouble) -> bool {
    let code = trouble.code.as_deref().unwrap_or_default();
    let unknown = ["NoRegisteredProviderFound", "InvalidResourceType", "InvalidResourceNamespace"].contains(&code);
    if row.retired && unknown {
        return true;
    }
    if !unknown && !["MissingSubscriptionRegistration", "SubscriptionNotRegistered"].contains(&code) {
        return false;
    }
    let Some((provider, _)) = row.resource_type.split_once('/') else { return false };
    let path = format!("{about}/providers/{provider}");
    let record = reader.get(&Call::arm(&path, "2021-04-01", "Microsoft.Resources/providers")).await;
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Provider {
        registration_state: String,
    }
    let state = record.items().next().and_then(|(_, i)| serde_json::from_str::<Provider>(i.body.get()).ok());
    state.is_some_and(|p| matches!(p.registration_state.as_str(), "NotRegistered" | "Unregistered"))
}

/// Takes every item of a list.
fn take_all(all: &mut Gathered, record: Record, place: Place<'_>) -> Vec<String> {
    record.items().filter_map(|(origin, item)| all.take(&origin, &item, place)).collect()
}

/// Who else uses an identity, or lives in a subscription: resources of types that are not planned, of which no more is kept
/// than that they are there.
async fn identities(reader: &Reader<'_>, plan: &Plan, scope: &Resolved, all: &mut Gathered) {
    if plan.identity_users.is_empty() && plan.residents.is_empty() {
        return;
    }
    let which = if plan.residents.is_empty() {
        " | where tolower(identity.type) in~ ('userassigned', 'systemassigned, userassigned', \
         'systemassigned,userassigned')"
    } else {
        ""
    };
    let kql = format!("resources{which} | project id, name, type, location, tags, identity | order by id asc");
    for batch in scope.subscriptions.chunks(BATCH) {
        let query = Query {
            table: "resources".to_owned(),
            kql: kql.clone(),
            subscriptions: batch.iter().map(|s| s.id.clone()).collect(),
            management_groups: Vec::new(),
            scope_filter: None,
        };
        let record = reader.query(&query).await;
        if let Some(trouble) = &record.trouble {
            for subscription in batch {
                let read = "Microsoft.ManagedIdentity/userAssignedIdentities".to_owned();
                let text = format!("which resources there are, and use an identity, is not known: {}", trouble.text);
                all.gap(&subscription.path(), Some(read), trouble.reason, text);
            }
        }
        for (origin, item) in record.items() {
            let read = serde_json::from_str::<Listed>(item.body.get()).ok();
            let Some((id, listed)) = read.and_then(|l| Some((ResourceId::parse(&l.id).ok()?, l))) else {
                let text = "a user of an identity has no id or type".to_owned();
                all.gap("Resource Graph", None, GapReason::Malformed, text);
                continue;
            };
            if all.found.contains_key(id.key()) || plan.planned.contains_key(&listed.kind.to_lowercase()) {
                continue;
            }
            let rows = BTreeMap::from([(listed.kind.to_lowercase(), listed.kind.as_str())]);
            if all.take_row(&origin, &item, &rows, "Resource Graph").is_some() {
                for read in ["properties", "sku", "kind", "zones"] {
                    all.gap(id.as_str(), Some(format!("resource.{read}")), GapReason::OutOfScope, NOT_ASKED.to_owned());
                }
            }
        }
    }
}

/// Compares what was found with what ARM lists, reads what is missing one by one, and leaves out what is gone.
async fn reconcile(
    reader: &Reader<'_>,
    plan: &Plan,
    scope: &Resolved,
    censuses: &BTreeMap<String, Census>,
    all: &mut Gathered,
) -> Vec<Population> {
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (key, resource) in &all.found {
        if let Some(subscription) = resource.id.subscription() {
            let of = (subscription.to_lowercase(), resource.resource_type.key().to_owned());
            found.entry(of).or_default().insert(key.clone());
        }
    }
    let mut populations = Vec::new();
    let mut checks: Vec<(&Subscription, &Planned, String, bool)> = Vec::new();
    for subscription in &scope.subscriptions {
        let Some(census) = censuses.get(&subscription.id).filter(|c| c.complete) else { continue };
        for (key, planned) in &plan.planned {
            if planned.row.graph.as_deref() != Some("resources") {
                continue;
            }
            let none = BTreeSet::new();
            let here = found.get(&(subscription.id.clone(), key.clone())).unwrap_or(&none);
            let nobody = BTreeMap::new();
            let listed = census.by_type.get(key).unwrap_or(&nobody);
            if here.is_empty() && listed.is_empty() {
                continue;
            }
            populations.push(Population {
                subscription: subscription.id.clone(),
                resource_type: ResourceType::new(&planned.row.resource_type),
                found: here.len() as u64,
                listed: listed.len() as u64,
            });
            for (_, id) in listed.iter().filter(|(key, _)| !here.contains(*key)) {
                checks.push((subscription, planned, id.clone(), true));
            }
            // Lists of ARM leave children out, so that only a type that they name is known by them.
            if planned.row.parents.is_empty() {
                for key in here.iter().filter(|key| !listed.contains_key(*key)) {
                    checks.push((subscription, planned, key.clone(), false));
                }
            }
        }
    }
    let answers = stream::iter(checks.into_iter().map(|(subscription, planned, id, missing)| async move {
        let record = reader.get(&Call::of(planned.row, &id)).await;
        (subscription, planned, id, missing, record)
    }));
    let mut answers: Vec<_> = answers.buffer_unordered(AT_ONCE).collect().await;
    answers.sort_by(|a, b| a.2.cmp(&b.2));
    for (subscription, planned, id, missing, record) in answers {
        let about = subscription.path();
        let place = Place { about: &about, row: planned.row, child: false };
        match &record.trouble {
            None => drop(take_all(all, record, place)),
            // Resource Graph was late: ARM itself says that it is no more.
            Some(trouble) if !missing && trouble.status == Some(404) => {
                if let Ok(id) = ResourceId::parse(&id) {
                    all.remove(id.key());
                }
            }
            Some(trouble) if missing => all.trouble(&id, None, trouble),
            Some(trouble) => {
                let text = format!("Resource Graph has it and ARM does not list it: {}", trouble.text);
                all.gap(&id, Some("resource.properties".to_owned()), trouble.reason, text);
            }
        }
    }
    populations
}

/// Reads each resource of the types whose lists leave out what policies read.
async fn expand(reader: &Reader<'_>, plan: &Plan, all: &mut Gathered) {
    for planned in plan.planned.values().filter(|p| p.bodies == Bodies::Get && p.names == Names::All) {
        let row = planned.row;
        if row.vault || !row.parents.is_empty() {
            continue;
        }
        expand_these(reader, row, all.of_type(&row.resource_type), all).await;
    }
}

/// Reads each of the resources again, alone.
pub(super) async fn expand_these(reader: &Reader<'_>, row: &Row, keys: Vec<String>, all: &mut Gathered) {
    let query = row.expand.as_deref().filter(|q| !q.is_empty()).map(|q| format!("?{q}")).unwrap_or_default();
    let ids: Vec<(String, String)> =
        keys.into_iter().filter_map(|key| Some((all.found.get(&key)?.id.as_str().to_owned(), key))).collect();
    let answers = stream::iter(ids.into_iter().map(|(id, key)| {
        let call = Call::of(row, &format!("{id}{query}"));
        async move { (id, key, reader.get(&call).await) }
    }));
    let mut answers: Vec<_> = answers.buffer_unordered(AT_ONCE).collect().await;
    answers.sort_by(|a, b| a.1.cmp(&b.1));
    for (id, key, record) in answers {
        if let Some(trouble) = &record.trouble {
            let reads =
                if row.expand_for.is_empty() { vec!["resource.properties".to_owned()] } else { row.expand_for.clone() };
            for read in reads {
                all.trouble(&id, Some(read), trouble);
            }
            continue;
        }
        let parent = ResourceId::parse(&id).ok().and_then(|i| i.parent_key().map(str::to_owned)).unwrap_or_default();
        let taken = take_all(all, record, Place { about: &parent, row, child: false });
        if taken.iter().all(|k| *k != key) {
            let text = "the answer to a read of it tells of another resource".to_owned();
            all.gap(&id, Some("resource.properties".to_owned()), GapReason::Malformed, text);
        }
    }
}
