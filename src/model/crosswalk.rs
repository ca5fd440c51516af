//! A crosswalk: which ids of another catalogue speak of the same idea as our checks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// From checks and policies to the ids of another catalogue. It says that two texts speak of the same idea; it does not say
/// that one of them is kept when the other is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Short id, for example `nist-800-53`; the file is named after it.
    pub id: String,
    /// The full name of the other catalogue.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Where it stands.
    pub source: String,
    /// Under which licence its ids and names may be repeated.
    pub licence: String,
    /// Names of the other catalogue's ids, where the licence lets us repeat them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// What leads where.
    pub entries: Vec<CrosswalkEntry>,
    /// The ids of a policy that no entry names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default: Vec<String>,
}

/// Checks that speak of the same idea as some ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkEntry {
    /// Ids of checks or of policies, `*` for any run of characters.
    pub checks: Vec<String>,
    /// Ids of the other catalogue.
    pub ids: Vec<String>,
    /// Who says so.
    pub source: String,
}

impl Crosswalk {
    /// The ids for each pair of a check and a policy's id, in their order: those of every entry that names either, sorted;
    /// else the default.
    pub fn lookup<'a>(&self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Vec<String>> {
        let mut plain: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
        let mut patterns: Vec<(Vec<String>, &[String])> = Vec::new();
        for entry in &self.entries {
            for name in entry.checks.iter().map(|c| c.to_lowercase()) {
                if name.contains('*') {
                    patterns.push((name.split('*').map(str::to_owned).collect(), &entry.ids));
                } else {
                    plain.entry(name).or_default().extend(&entry.ids);
                }
            }
        }
        pairs
            .map(|(check, policy)| {
                let mut found: BTreeSet<&String> = BTreeSet::new();
                for name in [check.to_lowercase(), policy.to_lowercase()] {
                    found.extend(plain.get(&name).into_iter().flatten());
                    found.extend(patterns.iter().filter(|(parts, _)| fits(parts, &name)).flat_map(|(_, ids)| *ids));
                }
                if found.is_empty() { self.default.clone() } else { found.into_iter().cloned().collect() }
            })
            .collect()
    }
}

/// Whether a text is made of the parts, in their order, with anything between them. There are at least two parts.
fn fits(parts: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = parts else { return false };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some(at) = rest.find(part.as_str()) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_patterns_and_defaults_lead_to_ids() {
        let crosswalk: Crosswalk = serde_json::from_value(serde_json::json!({
            "id": "x", "title": "t", "version": "1", "source": "s", "licence": "l", "default": ["D"],
            "entries": [
                {"checks": ["PG-TLS-001"], "ids": ["B", "A"], "source": "s"},
                {"checks": ["*-tls-*", "azure.sql.*"], "ids": ["C", "A"], "source": "s"}
            ]
        }))
        .unwrap();
        let pairs =
            [("PG-TLS-001", "azure.pg.a"), ("MY-TLS-001", "azure.my.a"), ("X-1", "azure.sql.a"), ("X-1", "azure.pg.b")];
        let found = crosswalk.lookup(pairs.into_iter());
        assert_eq!(found, [vec!["A", "B", "C"], vec!["A", "C"], vec!["A", "C"], vec!["D"]]);
    }

    #[test]
    fn parts_fit_as_patterns_do() {
        for pattern in ["*", "a*", "*a", "a*b", "*a*", "a*b*a", "ab*ba", "**", "*ab*ba*"] {
            let parts: Vec<String> = pattern.split('*').map(str::to_owned).collect();
            for text in ["", "a", "b", "ab", "ba", "aba", "abba", "abab", "bab", "aabbaa"] {
                assert_eq!(fits(&parts, text), crate::model::matches_pattern(pattern, text), "{pattern} {text}");
            }
        }
    }
}
