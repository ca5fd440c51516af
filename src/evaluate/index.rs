//! An index over a snapshot: resources by id and children by collection, vaults by host, gaps by what they are about.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Gap, ReadPath, ReadRoot, Resource, ResourceId, ResourceType, Snapshot};

/// Finds things in a snapshot. Resources are sorted by key, so most look-ups are searches in that order.
pub(crate) struct Index<'a> {
    snapshot: &'a Snapshot,
    /// Host name → vault or HSM pool.
    vaults: BTreeMap<String, usize>,
    /// Key of a resource or scope → gaps about it.
    gaps: BTreeMap<String, Vec<usize>>,
    /// Parsed paths of gaps, where they have one.
    paths: Vec<Option<ReadPath>>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        let mut gaps: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, gap) in snapshot.gaps().iter().enumerate() {
            if let Ok(id) = ResourceId::parse(&gap.about) {
                gaps.entry(id.key().to_owned()).or_default().push(at);
            }
        }
        let paths = snapshot.gaps().iter().map(Gap::path).collect();
        let mut index = Self { snapshot, vaults: BTreeMap::new(), gaps, paths };
        for (at, resource) in snapshot.resources().iter().enumerate() {
            let (path, suffix) = match resource.resource_type().key() {
                "microsoft.keyvault/vaults" => ("vaultUri", "vault"),
                "microsoft.keyvault/managedhsms" => ("hsmUri", "managedhsm"),
                _ => continue,
            };
            let uri = resource.parsed().ok().and_then(|b| b.get("properties")?.get(path)?.as_str().map(host_of));
            // Without a URI in the body, the first label of the host is the vault's name in every cloud.
            let host = uri.flatten().unwrap_or_else(|| format!("{}.{suffix}", resource.id().name().to_lowercase()));
            index.vaults.insert(host, at);
        }
        index
    }

    pub(crate) fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.snapshot.resources().binary_search_by(|r| r.id().key().cmp(key)).ok()
    }

    /// The resource of that key.
    pub(crate) fn by_key(&self, key: &str) -> Option<&'a Resource> {
        self.position(key).map(|at| &self.snapshot.resources()[at])
    }

    /// The children of a collection, in the order of their ids.
    pub(crate) fn children(&self, parent: &ResourceId, collection: &str) -> impl Iterator<Item = &'a Resource> {
        let prefix = format!("{}/{}/", parent.key(), collection.to_lowercase());
        let resources = self.snapshot.resources();
        let from = resources.partition_point(|r| r.id().key() < prefix.as_str());
        resources[from..]
            .iter()
            .take_while({
                let prefix = prefix.clone();
                move |r| r.id().key().starts_with(&prefix)
            })
            .filter(move |r| !r.id().key()[prefix.len()..].contains('/'))
    }

    /// The vault or HSM pool with that host.
    pub(crate) fn vault(&self, host: &str) -> Option<&'a Resource> {
        let by_label = || {
            let mut labels = host.split('.');
            let name = format!("{}.{}", labels.next()?, labels.next()?);
            self.vaults.get(&name)
        };
        self.vaults.get(host).or_else(by_label).map(|at| &self.snapshot.resources()[*at])
    }

    pub(crate) fn gap(&self, at: usize) -> &'a Gap {
        &self.snapshot.gaps()[at]
    }

    /// The gaps about exactly that key.
    pub(crate) fn gaps_about(&self, key: &str) -> &[usize] {
        self.gaps.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first gap about a child of the collection that the snapshot does not hold.
    pub(crate) fn missing_child(&self, parent: &ResourceId, collection: &str) -> Option<usize> {
        let prefix = format!("{}/{}/", parent.key(), collection.to_lowercase());
        let below = self.gaps.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        let mut missing = below.filter(|(key, _)| !key[prefix.len()..].contains('/') && self.by_key(key).is_none());
        missing.find_map(|(_, gaps)| gaps.first().copied())
    }

    /// The first gap about the resource that touches the property path.
    pub(crate) fn gap_on(&self, id: &ResourceId, path: &[&str]) -> Option<usize> {
        let about = self.gaps.get(id.key())?;
        let read = ReadPath::from_parts(ReadRoot::Resource, path.iter().map(|w| (*w).to_owned()).collect());
        about.iter().copied().find(|at| self.touches(*at, &read))
    }

    /// The first gap about the resource that touches the read (with root `resource` or `children`).
    pub(crate) fn gap_on_read(&self, id: &ResourceId, read: &ReadPath) -> Option<usize> {
        self.gaps.get(id.key())?.iter().copied().find(|at| self.touches(*at, read))
    }

    fn touches(&self, gap: usize, read: &ReadPath) -> bool {
        match (&self.paths[gap], self.gap(gap).read.as_deref()) {
            (Some(path), _) => path.overlaps(read),
            // Everything about it is missing.
            (None, None) => true,
            // A type that could not be listed below a scope, or a read of an unknown form.
            (None, Some(text)) => !text.contains('/'),
        }
    }

    /// The first gap that says that resources of the type could not be listed in a scope above the id.
    pub(crate) fn scope_gap(&self, id: &ResourceId, resource: &ResourceType) -> Option<usize> {
        let mut key = id.key();
        loop {
            let hit = self.gaps_about(key).iter().copied().find(|at| self.lists(*at, resource));
            if hit.is_some() {
                return hit;
            }
            key = &key[..key.rfind('/')?];
        }
    }

    /// The resource that the gap is about, if it was found and the gap says no more than that something of it is missing. A
    /// list that failed, and a scope of which more is missing than its own properties, hide resources.
    pub(crate) fn known(&self, gap: usize) -> Option<&'a Resource> {
        let gap = self.gap(gap);
        let found = ResourceId::parse(&gap.about).ok().and_then(|id| self.by_key(id.key()))?;
        let hides = match gap.read.as_deref() {
            None => found.resource_type().key().starts_with("microsoft.resources/subscriptions"),
            Some(read) => read.contains('/'),
        };
        (!hides).then_some(found)
    }

    /// Whether the gap says that resources of the type could not be listed somewhere.
    pub(crate) fn lists(&self, gap: usize, resource: &ResourceType) -> bool {
        match self.gap(gap).read.as_deref() {
            None => self.known(gap).is_none(),
            Some(read) => read.contains('/') && read.eq_ignore_ascii_case(resource.as_str()),
        }
    }
}

/// The host of an https URI, lower case and without port.
pub(crate) fn host_of(uri: &str) -> Option<String> {
    let lower = uri.to_lowercase();
    let rest = lower.strip_prefix("https://")?;
    let host = rest.split(['/', ':', '?']).next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

/// The value at a dotted path; member names are compared exactly first, then without case.
pub(crate) fn at_path<'v>(value: &'v Value, path: &[impl AsRef<str>]) -> Option<&'v Value> {
    let mut at = value;
    for word in path {
        let word = word.as_ref();
        let map = at.as_object()?;
        at = map.get(word).or_else(|| map.iter().find(|(k, _)| k.eq_ignore_ascii_case(word)).map(|(_, v)| v))?;
    }
    Some(at)
}

/// All values at a dotted path, in which `*` stands for every item of a list.
pub(crate) fn all_at_path<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut level = vec![value];
    for word in path.split('.') {
        level = if word == "*" {
            level.into_iter().filter_map(Value::as_array).flatten().collect()
        } else {
            level.into_iter().filter_map(|v| at_path(v, &[word])).collect()
        };
    }
    level
}

/// A key URI without its version, as a text to compare: `host/name`.
pub(crate) fn key_identity(uri: &str) -> Option<(String, String)> {
    let host = host_of(uri)?;
    let rest = uri.splitn(4, '/').nth(3)?;
    let mut words = rest.split('/');
    if !words.next()?.eq_ignore_ascii_case("keys") {
        return None;
    }
    let name = words.next().filter(|n| !n.is_empty())?;
    Some((host, name.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_uris_compare_without_version_port_and_case() {
        let expected = Some(("kv.vault.azure.net".to_owned(), "k1".to_owned()));
        for uri in [
            "https://kv.vault.azure.net/keys/k1",
            "https://KV.vault.azure.net:443/keys/K1/0123",
            "https://kv.vault.azure.net/keys/k1/",
        ] {
            assert_eq!(key_identity(uri), expected, "{uri}");
        }
        for uri in ["", "https://", "http://kv/keys/k", "https://kv/secrets/k", "https://kv/keys/", "kv/keys/k"] {
            assert_eq!(key_identity(uri), None, "{uri}");
        }
    }
}
