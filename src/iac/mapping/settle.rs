//! What only the whole reading can tell: the group of an owner that is named without it, and the owner of a key's address.

use std::collections::{BTreeMap, BTreeSet};

use crate::iac::mapping::locate::GROUP;
use crate::iac::{Node, Reading};
use crate::model::ResourceId;

/// Joins children and fragments to their owners where the code names the owner without its resource group, or by the address
/// of a key. An owner is taken only when exactly one declaration has that type and name. To be called once, after all files.
pub(crate) fn settle(reading: &mut Reading) {
    let placeholder = format!("/resourcegroups/{GROUP}/providers/");
    let mut owners: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut keys: BTreeMap<String, Option<String>> = BTreeMap::new();
    let only = |map: &mut BTreeMap<String, Option<String>>, key: String, id: &str| {
        map.entry(key).and_modify(|there| *there = None).or_insert_with(|| Some(id.to_owned()));
    };
    for resource in &reading.resources {
        let lower = resource.id.to_lowercase();
        let (_, rest) = lower.split_once("/providers/").unwrap_or_default();
        if rest.matches('/').count() == 2 && !lower.contains(&placeholder) {
            only(&mut owners, rest.to_owned(), &resource.id);
        }
        let uri = resource.body.get("properties").and_then(|p| p.get("keyUri")).and_then(Node::as_str);
        if let Some(uri) = uri {
            only(&mut keys, uri.to_lowercase(), &resource.id);
        }
    }
    // The owner's own id, for an id below a placeholder group.
    let moved = |id: &str| -> Option<String> {
        let lower = id.to_lowercase();
        let at = lower.find(&placeholder)?;
        if lower.len() != id.len() {
            return None;
        }
        let start = at + placeholder.len();
        let end = id[start..].match_indices('/').nth(2).map_or(id.len(), |(at, _)| start + at);
        let owner = owners.get(&lower[start..end])?.as_ref()?;
        Some(format!("{owner}{}", &id[end..]))
    };
    let mut taken: BTreeSet<String> = reading.resources.iter().map(|r| r.id.to_lowercase()).collect();
    for resource in &mut reading.resources {
        if let Some(id) = moved(&resource.id) {
            // Two declarations never share an id.
            if taken.insert(id.to_lowercase()) {
                resource.id = id;
            }
        }
    }
    for fragment in &mut reading.fragments {
        let Some(text) = fragment.target.as_str() else { continue };
        let owner = if text.starts_with("https://") { key(text, &keys) } else { moved(text) };
        match owner {
            Some(id) => fragment.target = Node { at: fragment.target.at, ..Node::string(id) },
            None if ResourceId::parse(text).is_err() || text.starts_with("https://") => {
                let reason = format!("{text} is not declared in the files that were read");
                fragment.target = Node { at: fragment.target.at, ..Node::unknown(reason) };
            }
            None => {}
        }
    }
}

/// The key at an address, with or without version.
fn key(uri: &str, keys: &BTreeMap<String, Option<String>>) -> Option<String> {
    let words: Vec<&str> = uri.trim_end_matches('/').split('/').collect();
    let versionless = words.get(..5)?.join("/").to_lowercase();
    keys.get(&versionless).cloned().flatten()
}
