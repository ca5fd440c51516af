//! Resolves relations: references forward, users in reverse.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::evaluate::context::{Declared, Known, context_of};
use crate::evaluate::index::{Index, all_at_path, at_path, host_of, key_identity};
use crate::evaluate::on_threads;
use crate::model::{
    ContextRules, IDENTITY_USES_PATH, KEY_USES, KeySpelling, KeyUse, Resource, ResourceId, ResourceType, SUBNET_USES,
    Via,
};

/// How many users of a domain are named in a summary.
const EXAMPLES: usize = 5;

/// What a single relation leads to.
pub(crate) enum Target<'a> {
    /// The resource.
    Found(&'a Resource),
    /// The resource refers to nothing.
    None,
    /// The reference is a gap of the snapshot.
    Gap(usize),
    /// The reference leads out of the snapshot, or cannot be read.
    Lost(String),
}

/// Resolves a relation to one resource.
pub(crate) fn resolve<'a>(via: Via, resource: &Resource, body: &Value, index: &Index<'a>) -> Target<'a> {
    match via {
        Via::Id(paths) => by_id(paths, resource, body, index),
        Via::Key(at) | Via::KeyVault(at) => match KeyUse::of(resource.resource_type().as_str()).nth(at) {
            Some(place) => by_key_name(place, matches!(via, Via::KeyVault(_)), resource, body, index),
            None => Target::None,
        },
        _ => match resource.id().parent_key() {
            Some(key) => match index.by_key(key) {
                Some(parent) => Target::Found(parent),
                None => Target::Lost(format!("the parent {key} is not in the snapshot")),
            },
            None => Target::None,
        },
    }
}

/// The words of a path up to the first item of a list.
pub(crate) fn stem(path: &str) -> Vec<&str> {
    path.split('.').take_while(|w| *w != "*").collect()
}

/// The resource whose ARM id stands at one of the paths.
fn by_id<'a>(paths: &[&str], resource: &Resource, body: &Value, index: &Index<'a>) -> Target<'a> {
    let mut names: Vec<&str> = Vec::new();
    for path in paths {
        if let Some(gap) = index.gap_on(resource.id(), &stem(path)) {
            return Target::Gap(gap);
        }
        for value in all_at_path(body, path).into_iter().filter(|v| says(v)) {
            match value.as_str() {
                Some(text) => names.push(text.trim()),
                None => return Target::Lost(format!("{path} is not a text")),
            }
        }
    }
    names.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    match names.as_slice() {
        [] => Target::None,
        [name] => match ResourceId::parse(name) {
            Ok(id) => match index.by_key(id.key()) {
                Some(found) => Target::Found(found),
                None => lost(index, &id, name),
            },
            Err(error) => Target::Lost(format!("{} is {name:?}: {error}", paths.join(" or "))),
        },
        several => Target::Lost(format!("{} names {} resources", paths.join(" or "), several.len())),
    }
}

/// The key that is named at the place, or the vault that holds it.
fn by_key_name<'a>(
    place: &KeyUse,
    vault_wanted: bool,
    resource: &Resource,
    body: &Value,
    index: &Index<'a>,
) -> Target<'a> {
    let path = place.path;
    let words: Vec<&str> = path.split('.').collect();
    if let Some(gap) = index.gap_on(resource.id(), &words) {
        return Target::Gap(gap);
    }
    let value = match at_path(body, &words) {
        Some(value) if says(value) => value,
        _ => return Target::None,
    };
    let (host, name) = match place.spelling {
        KeySpelling::Uri => match value.as_str().map(|text| (text, key_identity(text.trim()))) {
            Some((_, Some(identity))) => identity,
            Some((text, None)) => return Target::Lost(format!("{path} is {text:?}, which is not a key URI")),
            None => return Target::Lost(format!("{path} is not a text")),
        },
        KeySpelling::Split(vault, name) => {
            let member = |member| at_path(value, &[member]).filter(|v| says(v));
            if member(vault).is_none() && member(name).is_none() {
                return Target::None;
            }
            let host = member(vault).and_then(Value::as_str).and_then(|uri| host_of(uri.trim()));
            match host.zip(member(name).and_then(Value::as_str)) {
                Some((host, name)) => (host, name.to_lowercase()),
                None => return Target::Lost(format!("{path} does not name a vault and a key")),
            }
        }
    };
    let Some(vault) = index.vault(&host) else {
        return Target::Lost(format!("the vault {host} is not in the snapshot"));
    };
    if vault_wanted {
        return Target::Found(vault);
    }
    match index.by_key(&format!("{}/keys/{name}", vault.id().key())) {
        Some(key) => Target::Found(key),
        None => match index.gaps_about(vault.id().key()).iter().find(|at| {
            index.gap(**at).path().is_some_and(|p| p.segments().first().is_some_and(|c| c.eq_ignore_ascii_case("keys")))
        }) {
            Some(gap) => Target::Gap(*gap),
            None => Target::Lost(format!("the key {name} of the vault {host} is not in the snapshot")),
        },
    }
}

fn lost<'a>(index: &Index<'a>, id: &ResourceId, reference: &str) -> Target<'a> {
    let denied = id.resource_type().and_then(|t| index.scope_gap(id, &t));
    let about = index.gaps_about(id.key()).first().copied();
    match about.or(denied) {
        Some(gap) => Target::Gap(gap),
        None => Target::Lost(format!("{reference} is not in the snapshot")),
    }
}

/// Who uses what: summaries by business domain and environment, one for each shared thing.
pub(crate) struct Users {
    keys: BTreeMap<(String, String), Value>,
    /// Host → everything that uses a key of the vault.
    vaults: BTreeMap<String, Value>,
    identities: BTreeMap<String, Vec<usize>>,
    identity_summaries: BTreeMap<String, Value>,
    subnets: BTreeMap<String, Value>,
    /// Network → everything in its subnets.
    networks: BTreeMap<String, Value>,
    /// Subscription → every resource in it that is no child.
    subscriptions: BTreeMap<String, Value>,
    /// Why summaries are not complete, by kind: keys, identities, subnets, subscriptions.
    incomplete: [Option<String>; 4],
}

/// What a resource shares with others.
#[derive(Default)]
struct Shares {
    keys: Vec<(String, String)>,
    identities: Vec<String>,
    subnets: Vec<String>,
    /// Whether it names a key, an identity or a subnet that cannot be read.
    unreadable: [bool; 3],
}

/// Whether a value is there and says something.
pub(crate) fn says(value: &Value) -> bool {
    !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty())
}

impl Shares {
    fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.identities.is_empty() && self.subnets.is_empty() && self.unreadable == [false; 3]
    }

    fn of(resource: &Resource) -> Self {
        let mut shares = Self::default();
        let kind = resource.resource_type().key();
        let keys = KEY_USES.iter().filter(|u| u.resource.eq_ignore_ascii_case(kind));
        let subnets = SUBNET_USES.iter().filter(|(t, _)| t.eq_ignore_ascii_case(kind));
        // Most resources have none of these: do not parse them.
        let text = resource.body().get();
        let assigned = text.contains("serAssignedIdentities") || text.contains('\\');
        if keys.clone().next().is_none() && subnets.clone().next().is_none() && !assigned {
            return shares;
        }
        let Ok(body) = resource.parsed() else {
            shares.unreadable = [true; 3];
            return shares;
        };
        for place in keys {
            for value in all_at_path(&body, place.path) {
                let (identity, named) = match place.spelling {
                    KeySpelling::Uri => (value.as_str().and_then(key_identity), says(value)),
                    KeySpelling::Split(vault, name) => {
                        let member = |member| at_path(value, &[member]).filter(|v| says(v));
                        let host = member(vault).and_then(Value::as_str).and_then(host_of);
                        let key = member(name).and_then(Value::as_str).map(str::to_lowercase);
                        (host.zip(key), member(vault).is_some() || member(name).is_some())
                    }
                };
                shares.unreadable[0] |= named && identity.is_none();
                shares.keys.extend(identity);
            }
        }
        for (_, path) in subnets {
            for value in all_at_path(&body, path).into_iter().filter(|v| says(v)) {
                match value.as_str().and_then(|id| ResourceId::parse(id).ok()) {
                    Some(id) => shares.subnets.push(id.key().to_owned()),
                    None => shares.unreadable[2] = true,
                }
            }
        }
        shares.identities = identities_of(&body);
        let words: Vec<&str> = IDENTITY_USES_PATH.split('.').collect();
        let assigned = at_path(&body, &words).filter(|v| says(v));
        shares.unreadable[1] = assigned
            .is_some_and(|v| v.as_object().is_none_or(|map| map.keys().any(|id| ResourceId::parse(id).is_err())));
        shares.keys.sort();
        shares.keys.dedup();
        shares.subnets.sort();
        shares.subnets.dedup();
        shares
    }
}

fn identities_of(body: &Value) -> Vec<String> {
    let words: Vec<&str> = IDENTITY_USES_PATH.split('.').collect();
    let mut ids: Vec<String> = at_path(body, &words)
        .and_then(Value::as_object)
        .map(|map| map.keys().filter_map(|id| ResourceId::parse(id).ok()).map(|id| id.key().to_owned()).collect())
        .unwrap_or_default();
    ids.sort();
    ids.dedup();
    ids
}

impl Users {
    /// Goes through the snapshot once. `residents` says whether any policy asks who lives in a subscription.
    pub(crate) fn new(index: &Index<'_>, rules: &ContextRules, residents: bool, threads: usize) -> Self {
        let resources = index.snapshot().resources();
        let size = resources.len().div_ceil(threads).max(1);
        let shares = on_threads(threads, |thread| {
            let part = resources.iter().enumerate().skip(thread * size).take(size);
            part.map(|(at, resource)| (at, Shares::of(resource))).filter(|(_, s)| !s.is_empty()).collect()
        });
        let mut keys: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        let mut identities: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut subnets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut incomplete = completeness(index);
        for (at, shares) in shares {
            for (slot, _) in incomplete.iter_mut().zip(shares.unreadable).filter(|(_, unreadable)| *unreadable) {
                let id = resources[at].id();
                slot.get_or_insert_with(|| format!("what {id} refers to cannot be read"));
            }
            shares.keys.into_iter().for_each(|k| keys.entry(k).or_default().push(at));
            shares.identities.into_iter().for_each(|k| identities.entry(k).or_default().push(at));
            shares.subnets.into_iter().for_each(|k| subnets.entry(k).or_default().push(at));
        }
        let mut vaults: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for ((host, _), users) in &keys {
            vaults.entry(host.clone()).or_default().extend(users);
        }
        let mut networks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (subnet, users) in &subnets {
            if let Some((network, _)) = subnet.rsplit_once("/subnets/") {
                networks.entry(network.to_owned()).or_default().extend(users);
            }
        }
        for users in vaults.values_mut().chain(networks.values_mut()) {
            users.sort_unstable();
            users.dedup();
        }
        let mut subscriptions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let living = resources.iter().enumerate().filter(|(_, r)| residents && is_resident(r));
        for (at, resource) in living {
            if let Some(subscription) = resource.id().subscription() {
                subscriptions.entry(subscription.to_lowercase()).or_default().push(at);
            }
        }
        let mut known = Known::new();
        let mut sum = |users: &[usize], kind: usize| summary(users, index, rules, &mut known, &mut incomplete[kind]);
        let identity_summaries = identities.iter().map(|(key, users)| (key.clone(), sum(users, 1))).collect();
        let subnets = subnets.iter().map(|(key, users)| (key.clone(), sum(users, 2))).collect();
        let networks = networks.iter().map(|(key, users)| (key.clone(), sum(users, 2))).collect();
        let keys = keys.into_iter().map(|(key, users)| (key, sum(&users, 0))).collect();
        let vaults = vaults.into_iter().map(|(key, users)| (key, sum(&users, 0))).collect();
        let subscriptions = subscriptions.into_iter().map(|(key, users)| (key, sum(&users, 3))).collect();
        Self { keys, vaults, identities, identity_summaries, subnets, networks, subscriptions, incomplete }
    }

    /// The summary for a resource, and why it may not be all; `None` when the resource shares no such thing.
    pub(crate) fn of(
        &self,
        via: Via,
        resource: &Resource,
        body: &Value,
        index: &Index<'_>,
        rules: &ContextRules,
    ) -> Option<(Value, Option<String>)> {
        let nobody = || Tally::default().value(0);
        let kind = resource.resource_type().key();
        match via {
            Via::KeyUsers => {
                let found = if kind.ends_with("/keys") {
                    let vault = index.by_key(resource.id().parent_key()?)?;
                    let host = match address(vault, index) {
                        Ok(host) => host,
                        Err(why) => return Some((nobody(), Some(why))),
                    };
                    let name = resource.id().name().to_lowercase();
                    self.keys.get(&(host, name)).cloned().unwrap_or_else(nobody)
                } else {
                    let uri = at_path(body, &["properties", "dataEncryption", "primaryKeyURI"])?.as_str()?;
                    self.keys.get(&key_identity(uri)?)?.clone()
                };
                Some((found, self.incomplete[0].clone()))
            }
            Via::VaultUsers => match address(resource, index) {
                Ok(host) => {
                    let found = self.vaults.get(&host).cloned().unwrap_or_else(nobody);
                    Some((found, self.incomplete[0].clone()))
                }
                Err(why) => Some((nobody(), Some(why))),
            },
            Via::NetworkUsers => {
                let found = self.networks.get(resource.id().key()).cloned().unwrap_or_else(nobody);
                Some((found, self.incomplete[2].clone()))
            }
            Via::SubscriptionUsers => {
                let id = resource.id().subscription()?.to_lowercase();
                let found = self.subscriptions.get(&id).cloned().unwrap_or_else(nobody);
                Some((found, self.incomplete[3].clone()))
            }
            Via::IdentityUsers => {
                let ids = if kind == "microsoft.managedidentity/userassignedidentities" {
                    vec![resource.id().key().to_owned()]
                } else {
                    identities_of(body)
                };
                let found = match ids.as_slice() {
                    [] => return None,
                    [one] => self.identity_summaries.get(one).cloned().unwrap_or_else(nobody),
                    several => {
                        let mut users: Vec<usize> =
                            several.iter().filter_map(|id| self.identities.get(id)).flatten().copied().collect();
                        users.sort_unstable();
                        users.dedup();
                        summary(&users, index, rules, &mut Known::new(), &mut None)
                    }
                };
                Some((found, self.incomplete[1].clone()))
            }
            Via::SubnetUsers if kind == "microsoft.network/virtualnetworks/subnets" => {
                let found = self.subnets.get(resource.id().key()).cloned().unwrap_or_else(nobody);
                Some((found, self.incomplete[2].clone()))
            }
            Via::SubnetUsers => {
                let path = SUBNET_USES.iter().find(|(t, _)| t.eq_ignore_ascii_case(kind))?.1;
                let id = all_at_path(body, path).first()?.as_str().filter(|t| !t.is_empty())?.to_owned();
                let id = ResourceId::parse(&id).ok()?;
                Some((self.subnets.get(id.key())?.clone(), self.incomplete[2].clone()))
            }
            _ => None,
        }
    }
}

/// The host by which users name the keys of a vault or pool; or why it is not known.
fn address(vault: &Resource, index: &Index<'_>) -> Result<String, String> {
    let uri = vault.parsed().ok().and_then(|b| {
        let properties = b.get("properties")?;
        properties.get("vaultUri").or_else(|| properties.get("hsmUri"))?.as_str().and_then(host_of)
    });
    let hidden = ["vaultUri", "hsmUri"].iter().any(|p| index.gap_on(vault.id(), &["properties", p]).is_some());
    uri.filter(|_| !hidden)
        .ok_or_else(|| format!("the address of {} is not known, and users name its keys by it", vault.id()))
}

/// Whether the resource counts as living in its subscription: no child, no scope, and nothing that only says who may do what
/// or what is logged.
fn is_resident(resource: &Resource) -> bool {
    let kind = resource.resource_type().key();
    let about =
        ["microsoft.resources/", "microsoft.authorization/", "microsoft.insights/", "microsoft.policyinsights/"];
    resource.id().parent_key().is_none() && !about.iter().any(|namespace| kind.starts_with(namespace))
}

/// Users counted by one field of the context.
#[derive(Default)]
struct Count {
    declared: BTreeMap<String, (u64, Vec<String>)>,
    undeclared: (u64, Vec<String>),
}

impl Count {
    fn add(&mut self, value: Option<String>, id: &str) {
        let entry = match value {
            Some(value) => self.declared.entry(value).or_default(),
            None => &mut self.undeclared,
        };
        entry.0 += 1;
        if entry.1.len() < EXAMPLES {
            entry.1.push(id.to_owned());
        }
    }

    fn values(self) -> (Value, Value) {
        let shown = |(count, examples): (u64, Vec<String>)| json!({"count": count, "examples": examples});
        let declared: BTreeMap<String, Value> =
            self.declared.into_iter().map(|(name, entry)| (name, shown(entry))).collect();
        (json!(declared), shown(self.undeclared))
    }
}

/// Users by business domain and by environment.
#[derive(Default)]
struct Tally {
    domains: Count,
    environments: Count,
}

impl Tally {
    fn value(self, count: usize) -> Value {
        let (domains, undeclared) = self.domains.values();
        let (environments, environments_undeclared) = self.environments.values();
        json!({
            "count": count,
            "domains": domains,
            "undeclared": undeclared,
            "environments": environments,
            "environments_undeclared": environments_undeclared,
        })
    }
}

/// Counts users by domain and environment. A user whose domain or environment is a gap makes the relation incomplete.
fn summary(
    users: &[usize],
    index: &Index<'_>,
    rules: &ContextRules,
    known: &mut Known,
    incomplete: &mut Option<String>,
) -> Value {
    let mut tally = Tally::default();
    for at in users {
        let resource = &index.snapshot().resources()[*at];
        let id = resource.id().as_str();
        let mut context = context_of(resource, rules, index, known);
        for (field, count) in [("domain", &mut tally.domains), ("environment", &mut tally.environments)] {
            match context.remove(field) {
                Some(Declared::Known(value)) => count.add(Some(value), id),
                Some(Declared::Gap(_)) => {
                    incomplete.get_or_insert_with(|| format!("the {field} of {id} is not known"));
                }
                None => count.add(None, id),
            }
        }
    }
    tally.value(users.len())
}

/// Why the snapshot cannot hold every user of a key, an identity or a subnet.
fn completeness(index: &Index<'_>) -> [Option<String>; 4] {
    let snapshot = index.snapshot();
    if snapshot.manifest().partial {
        let why = Some("the snapshot is partial: what else uses it was not read".to_owned());
        return [why.clone(), why.clone(), why.clone(), why];
    }
    let mut incomplete = [None, None, None, None];
    for (at, gap) in snapshot.gaps().iter().enumerate() {
        let known = index.known(at);
        let why = || Some(format!("{}: {}", gap.about, gap.detail));
        let hits: [bool; 4] = match known {
            Some(resource) => {
                let kind = resource.resource_type().as_str();
                let on = |path: &str| {
                    let words: Vec<&str> = path.split('.').filter(|w| *w != "*").collect();
                    index.gap_on(resource.id(), &words).is_some()
                };
                [
                    KEY_USES.iter().any(|u| u.resource.eq_ignore_ascii_case(kind) && on(u.path)),
                    on(IDENTITY_USES_PATH),
                    SUBNET_USES.iter().any(|(t, path)| t.eq_ignore_ascii_case(kind) && on(path)),
                    false,
                ]
            }
            None => [
                KEY_USES.iter().any(|u| index.lists(at, &ResourceType::new(u.resource))),
                gap.path().is_none(),
                SUBNET_USES.iter().any(|(t, _)| index.lists(at, &ResourceType::new(t))),
                gap.path().is_none(),
            ],
        };
        for (slot, hit) in incomplete.iter_mut().zip(hits) {
            if hit && slot.is_none() {
                *slot = why();
            }
        }
    }
    incomplete
}
