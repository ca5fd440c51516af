//! Before a collection: which of its reads the identity may not make. Asks for one of each kind in each subscription, and
//! keeps nothing of the answers.

use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use futures_util::stream;
use serde::Deserialize;

use crate::collect::catalog::Row;
use crate::collect::client::{Call, Client, Fault, Plane, Query};
use crate::collect::cloud::Origin;
use crate::collect::plan::Plan;
use crate::model::{GapReason, ResourceId};

/// How many subscriptions are tried at a time: each has limits of its own.
const AT_ONCE: usize = 16;

/// One kind of read, tried in one subscription.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    /// The subscription's id; empty for what is asked of the tenant.
    pub subscription: String,
    /// The type that is read.
    pub resource_type: String,
    /// The RBAC action, or the data action of a vault.
    pub action: String,
    /// How many policies need it.
    pub policies: usize,
    /// What would be a gap; none when the read was answered.
    pub gap: Option<(GapReason, String)>,
    /// Whether nothing could be tried, because there is no resource to look below.
    pub untried: bool,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default, rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    value: Vec<Named>,
}

#[derive(Deserialize)]
struct Vault {
    properties: BTreeMap<String, serde_json::Value>,
}

/// Tries one read of each kind in each of the subscriptions, which are given by id.
pub async fn preflight(client: &Client, plan: &Plan, subscriptions: &[String]) -> Vec<Probe> {
    let probes = subscriptions.iter().map(|subscription| of_subscription(client, plan, subscription));
    let mut probes = stream::iter(probes).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.concat();
    probes.sort();
    probes
}

async fn of_subscription(client: &Client, plan: &Plan, subscription: &str) -> Vec<Probe> {
    let scope = format!("/subscriptions/{subscription}");
    let probe = |resource_type: &str, action: &str, policies: usize, result: Option<Result<(), Fault>>| Probe {
        subscription: subscription.to_owned(),
        resource_type: resource_type.to_owned(),
        action: action.to_owned(),
        policies,
        untried: result.is_none(),
        gap: result.and_then(Result::err).map(|fault| (fault.reason, fault.to_string())),
    };
    let mut probes = Vec::new();
    let resources = "Microsoft.Resources/resources";
    let listed = client.get(&Call::arm(&format!("{scope}/resources"), "2021-04-01", resources)).await;
    let mut first: BTreeMap<String, String> = BTreeMap::from([(String::new(), scope.clone())]);
    let action = "Microsoft.Resources/subscriptions/resources/read";
    match listed {
        Ok(answer) => {
            for item in serde_json::from_slice::<Page>(&answer.body).map(|p| p.value).unwrap_or_default() {
                if ResourceId::parse(&item.id).is_ok() {
                    first.entry(item.kind.to_lowercase()).or_insert(item.id);
                }
            }
            probes.push(probe(resources, action, 0, Some(Ok(()))));
        }
        Err(fault) => probes.push(probe(resources, action, 0, Some(Err(fault)))),
    }
    let query = Query {
        table: "resources".to_owned(),
        kql: "resources | project id | order by id asc | limit 1".to_owned(),
        subscriptions: vec![subscription.to_owned()],
        management_groups: Vec::new(),
        scope_filter: None,
    };
    let graph = client.query(&query).await.fault.map_or(Ok(()), Err);
    probes.push(probe("Microsoft.ResourceGraph", "Microsoft.ResourceGraph/resources/read", 0, Some(graph)));
    // Parents come first, so that what lies below a child can be tried below the one that was seen.
    for planned in plan.in_order() {
        let row = planned.row;
        let policies = planned.policies.len();
        let above = row.parents.iter().find_map(|parent| match parent.as_str() {
            "*" => first.iter().find(|(kind, _)| !kind.is_empty()).map(|(_, id)| id.clone()),
            parent => first.get(&parent.to_lowercase()).cloned(),
        });
        let tried = match (&row.subscription, above) {
            (Some(path), _) if row.events.is_none() => Some(Call::of(row, &format!("{scope}{path}"))),
            (_, Some(parent)) => below(client, row, &parent).await,
            _ => None,
        };
        let result = match tried {
            None => None,
            Some(tried) => match client.get(&tried).await {
                Ok(answer) => {
                    let seen = serde_json::from_slice::<Page>(&answer.body).map(|p| p.value).unwrap_or_default();
                    if let Some(item) = seen.into_iter().next().filter(|i| ResourceId::parse(&i.id).is_ok()) {
                        first.entry(row.resource_type.to_lowercase()).or_insert(item.id);
                    }
                    Some(Ok(()))
                }
                // It may be absent; the read itself was allowed.
                Err(fault) if fault.status == Some(404) => Some(Ok(())),
                Err(fault) => Some(Err(fault)),
            },
        };
        probes.push(probe(&row.resource_type, &row.action, policies, result));
    }
    probes
}

/// A call for what lies below a resource.
async fn below(client: &Client, row: &Row, parent: &str) -> Option<Call> {
    let single = || Some(row.get.as_ref()?.replace("{name}", row.names.first()?));
    let path = row.list.clone().or_else(single)?;
    if !row.vault {
        return Some(Call::of(row, &format!("{parent}{path}")));
    }
    let vault = crate::collect::catalog::catalog().row("Microsoft.KeyVault/vaults")?;
    let answer = client.get(&Call::arm(parent, &vault.api_version, &vault.resource_type)).await.ok()?;
    let vault: Vault = serde_json::from_slice(&answer.body).ok()?;
    let uri = vault.properties.get("vaultUri").or_else(|| vault.properties.get("hsmUri"))?.as_str()?;
    let origin = Origin::parse(uri.trim_end_matches('/'), client.cloud().allow_http).ok()?;
    Some(Call { plane: Plane::Vault(origin), ..Call::of(row, &path) })
}

/// Id and name of each subscription that Azure lists for the identity.
///
/// # Errors
/// [`Fault`] when the list cannot be read.
pub async fn listed_subscriptions(client: &Client) -> Result<Vec<(String, String)>, Fault> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Subscription {
        subscription_id: String,
        #[serde(default)]
        display_name: String,
    }
    let listing = client.list(&Call::arm("/subscriptions", "2022-12-01", "Microsoft.Resources/subscriptions")).await;
    if let Some(fault) = listing.fault {
        return Err(fault);
    }
    let items = listing.pages.into_iter().flat_map(|page| page.items);
    let read = items.filter_map(|item| serde_json::from_str::<Subscription>(item.get()).ok());
    let mut ids: Vec<(String, String)> = read.map(|s| (s.subscription_id.to_lowercase(), s.display_name)).collect();
    ids.sort();
    Ok(ids)
}
