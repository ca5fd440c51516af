//! Resolves relations: references forward, users in reverse.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::evaluate::context::{Declared, Known, context_of};
use crate::evaluate::index::{Index, all_at_path, at_path, host_of, key_identity};
use crate::evaluate::on_threads;
use crate::model::{
    ContextRules, IDENTITY_USES_PATH, KEY_USES, KeySpelling, Resource, ResourceId, ResourceType, SUBNET_USES, Via,
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

/// Resolves a forward relation.
pub(crate) fn resolve<'a>(via: Via, resource: &Resource, body: &Value, index: &Index<'a>) -> Target<'a> {
    let (Via::Id(path) | Via::KeyUri(path) | Via::KeyUriVault(path)) = via else {
        return match resource.id().parent_key() {
            Some(key) => match index.by_key(key) {
                Some(parent) => Target::Found(parent),
                None => Target::Lost(format!("the parent {key} is not in the snapshot")),
            },
            None => Target::None,
        };
    };
    let words: Vec<&str> = path.split('.').collect();
    if let Some(gap) = index.gap_on(resource.id(), &words) {
        return Target::Gap(gap);
    }
    let reference = match at_path(body, &words) {
        None | Some(Value::Null) => return Target::None,
        Some(Value::String(text)) if text.trim().is_empty() => return Target::None,
        Some(Value::String(text)) => text.trim(),
        Some(_) => return Target::Lost(format!("{path} is not a text")),
    };
    match via {
        Via::Id(_) => match ResourceId::parse(reference) {
            Ok(id) => match index.by_key(id.key()) {
                Some(found) => Target::Found(found),
                None => lost(index, &id, reference),
            },
            Err(error) => Target::Lost(format!("{path} is {reference:?}: {error}")),
        },
        _ => {
            let Some((host, name)) = key_identity(reference) else {
                return Target::Lost(format!("{path} is {reference:?}, which is not a key URI"));
            };
            let Some(vault) = index.vault(&host) else {
                return Target::Lost(format!("the vault {host} is not in the snapshot"));
            };
            if matches!(via, Via::KeyUriVault(_)) {
                return Target::Found(vault);
            }
            match index.by_key(&format!("{}/keys/{name}", vault.id().key())) {
                Some(key) => Target::Found(key),
                None => match index.gaps_about(vault.id().key()).iter().find(|at| {
                    index
                        .gap(**at)
                        .path()
                        .is_some_and(|p| p.segments().first().is_some_and(|c| c.eq_ignore_ascii_case("keys")))
                }) {
                    Some(gap) => Target::Gap(*gap),
                    None => Target::Lost(format!("the key {name} of the vault {host} is not in the snapshot")),
                },
            }
        }
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

/// Who uses what: summaries by business domain, one for each shared thing.
pub(crate) struct Users {
    keys: BTreeMap<(String, String), Value>,
    identities: BTreeMap<String, Vec<usize>>,
    identity_summaries: BTreeMap<String, Value>,
    subnets: BTreeMap<String, Value>,
    /// Why reverse relations are not complete, by kind: keys, identities, subnets.
    incomplete: [Option<String>; 3],
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
fn says(value: &Value) -> bool {
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
    pub(crate) fn new(index: &Index<'_>, rules: &ContextRules, threads: usize) -> Self {
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
        let mut summaries = |map: &BTreeMap<String, Vec<usize>>, kind: usize| -> BTreeMap<String, Value> {
            map.iter().map(|(key, users)| (key.clone(), summary(users, index, rules, &mut incomplete[kind]))).collect()
        };
        let identity_summaries = summaries(&identities, 1);
        let subnets = summaries(&subnets, 2);
        let keys =
            keys.into_iter().map(|(key, users)| (key, summary(&users, index, rules, &mut incomplete[0]))).collect();
        Self { keys, identities, identity_summaries, subnets, incomplete }
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
        let nobody = || json!({"count": 0, "domains": {}, "undeclared": {"count": 0, "examples": []}});
        let kind = resource.resource_type().key();
        match via {
            Via::KeyUsers => {
                let found = if kind.ends_with("/keys") {
                    let vault = index.by_key(resource.id().parent_key()?)?;
                    let uri = vault.parsed().ok().and_then(|b| {
                        let properties = b.get("properties")?;
                        properties.get("vaultUri").or_else(|| properties.get("hsmUri"))?.as_str().and_then(host_of)
                    });
                    let hidden =
                        ["vaultUri", "hsmUri"].iter().any(|p| index.gap_on(vault.id(), &["properties", p]).is_some());
                    // Users name a key by its host: without it, nobody can say who uses the key.
                    let Some(host) = uri.filter(|_| !hidden) else {
                        let why = format!("the address of {} is not known, and users name the key by it", vault.id());
                        return Some((nobody(), Some(why)));
                    };
                    let name = resource.id().name().to_lowercase();
                    self.keys.get(&(host, name)).cloned().unwrap_or_else(nobody)
                } else {
                    let uri = at_path(body, &["properties", "dataEncryption", "primaryKeyURI"])?.as_str()?;
                    self.keys.get(&key_identity(uri)?)?.clone()
                };
                Some((found, self.incomplete[0].clone()))
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
                        summary(&users, index, rules, &mut None)
                    }
                };
                Some((found, self.incomplete[1].clone()))
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

/// Counts users by domain. A user whose domain is a gap makes the relation incomplete.
fn summary(users: &[usize], index: &Index<'_>, rules: &ContextRules, incomplete: &mut Option<String>) -> Value {
    let mut domains: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    let mut undeclared = (0u64, Vec::new());
    for at in users {
        let resource = &index.snapshot().resources()[*at];
        let id = resource.id().as_str();
        match context_of(resource, rules, index, &mut Known::new()).remove("domain") {
            Some(Declared::Known(domain)) => count(domains.entry(domain).or_default(), id),
            Some(Declared::Gap(_)) => {
                incomplete.get_or_insert_with(|| format!("the business domain of {id} is not known"));
            }
            None => count(&mut undeclared, id),
        }
    }
    let domains: BTreeMap<String, Value> = domains
        .into_iter()
        .map(|(name, (count, examples))| (name, json!({"count": count, "examples": examples})))
        .collect();
    json!({"count": users.len(), "domains": domains, "undeclared": {"count": undeclared.0, "examples": undeclared.1}})
}

fn count(entry: &mut (u64, Vec<String>), id: &str) {
    entry.0 += 1;
    if entry.1.len() < EXAMPLES {
        entry.1.push(id.to_owned());
    }
}

/// Why the snapshot cannot hold every user of a key, an identity or a subnet.
fn completeness(index: &Index<'_>) -> [Option<String>; 3] {
    let snapshot = index.snapshot();
    if snapshot.manifest().partial {
        let why = Some("the snapshot is partial: what else uses it was not read".to_owned());
        return [why.clone(), why.clone(), why];
    }
    let mut incomplete = [None, None, None];
    for (at, gap) in snapshot.gaps().iter().enumerate() {
        let known = index.known(at);
        let why = || Some(format!("{}: {}", gap.about, gap.detail));
        let hits: [bool; 3] = match known {
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
                ]
            }
            None => [
                KEY_USES.iter().any(|u| index.lists(at, &ResourceType::new(u.resource))),
                gap.path().is_none(),
                SUBNET_USES.iter().any(|(t, _)| index.lists(at, &ResourceType::new(t))),
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
