//! A snapshot: everything read at one time, and what could not be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Gap, GapReason, Resource, ResourceId, ResourceType};

/// The version of the snapshot format that this build writes and reads.
pub const SNAPSHOT_SCHEMA: &str = "assize.snapshot/1";

/// Name and version of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// The program's name.
    pub name: String,
    /// Its version, semver.
    pub version: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: "assize".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// What kind of source a snapshot was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Live Azure, through the collector.
    Azure,
    /// Answers of Azure kept in files.
    Files,
    /// Declared infrastructure: Terraform, Bicep, ARM templates.
    Code,
}

/// The first line of a snapshot: what was asked for, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The format, [`SNAPSHOT_SCHEMA`].
    pub schema: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// Where the facts come from.
    pub source: Source,
    /// Subscriptions, management groups or files that were asked for.
    pub scope: Vec<String>,
    /// When reading began, RFC 3339; unknown for files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// When reading ended, RFC 3339; unknown for files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// The identity that read, without secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Whether less was read than the scope holds. Reverse relations of a partial snapshot prove no pass.
    pub partial: bool,
    /// Names of subscriptions for people, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// How many resources of each type were found by one way and listed by another, by subscription and type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub population: Vec<Population>,
}

/// The resources of one type in one subscription, counted in two ways: an auditor sees that nothing was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// The subscription's id.
    pub subscription: String,
    /// The type.
    #[serde(rename = "type")]
    pub resource_type: ResourceType,
    /// How many Resource Graph or the list of the type gave.
    pub found: u64,
    /// How many Azure Resource Manager's list of the whole subscription names.
    pub listed: u64,
}

/// The last line of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// How many resource lines there are.
    pub resources: u64,
    /// How many gap lines there are.
    pub gaps: u64,
    /// SHA-256 over all bytes before the footer's line, hex.
    pub sha256: String,
}

/// Everything read at one time. Resources are sorted by id, gaps by what they are about.
#[derive(Debug, Clone)]
pub struct Snapshot {
    manifest: Manifest,
    resources: Vec<Resource>,
    gaps: Vec<Gap>,
    digest: Option<String>,
}

impl Snapshot {
    /// Puts the parts in order.
    ///
    /// Two bodies under one id cannot both be true. Equal ones become one; of unequal ones the first stays, and a gap
    /// says that nothing about the resource is certain.
    pub fn new(manifest: Manifest, mut resources: Vec<Resource>, mut gaps: Vec<Gap>) -> Self {
        // Equal ids are ordered by body, so that the order of reading cannot be seen.
        resources.sort_by(|a, b| a.id().cmp(b.id()).then_with(|| a.body().get().cmp(b.body().get())));
        let mut kept: Vec<Resource> = Vec::with_capacity(resources.len());
        for resource in resources {
            match kept.last() {
                Some(last) if last.id() == resource.id() => {
                    if last.body().get() != resource.body().get() {
                        gaps.push(Gap {
                            about: last.id().as_str().to_owned(),
                            read: None,
                            reason: GapReason::Malformed,
                            detail: "the id appears more than once with different bodies".to_owned(),
                        });
                    }
                }
                _ => kept.push(resource),
            }
        }
        gaps.sort();
        gaps.dedup();
        Self { manifest, resources: kept, gaps, digest: None }
    }

    /// Takes parts that the reader has found to be in order, with the digest of the file.
    pub(crate) fn from_ordered(manifest: Manifest, resources: Vec<Resource>, gaps: Vec<Gap>, digest: String) -> Self {
        Self { manifest, resources, gaps, digest: Some(digest) }
    }

    /// The first line.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All resources, sorted by id.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// All gaps, sorted.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// SHA-256 of the snapshot file without its footer, hex; `None` until it has been written or read.
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// Sets the digest after writing.
    #[must_use]
    pub fn with_digest(mut self, digest: String) -> Self {
        self.digest = Some(digest);
        self
    }

    /// The resource of that id.
    pub fn find(&self, id: &ResourceId) -> Option<&Resource> {
        self.resources.binary_search_by(|r| r.id().cmp(id)).ok().map(|at| &self.resources[at])
    }

    /// How many resources there are of each type, by lower-case type.
    pub fn count_by_type(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for resource in &self.resources {
            *counts.entry(resource.resource_type().key()).or_insert(0) += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            schema: SNAPSHOT_SCHEMA.to_owned(),
            tool: Tool::this(),
            source: Source::Files,
            scope: vec![],
            started: None,
            ended: None,
            identity: None,
            partial: true,
            names: BTreeMap::new(),
            population: Vec::new(),
        }
    }

    fn resource(id: &str, n: u32) -> Resource {
        Resource::from_value(&serde_json::json!({"id": id, "type": "A.B/c", "n": n})).unwrap()
    }

    #[test]
    fn equal_duplicates_become_one_and_unequal_ones_a_gap() {
        let s = Snapshot::new(
            manifest(),
            vec![resource("/subscriptions/b", 1), resource("/subscriptions/a", 1), resource("/subscriptions/B", 1)],
            vec![],
        );
        // The ids differ in case, so the bodies differ: nothing is certain about it.
        assert_eq!(s.resources().len(), 2);
        assert_eq!(s.gaps().len(), 1);
        let s =
            Snapshot::new(manifest(), vec![resource("/subscriptions/b", 1), resource("/subscriptions/b", 1)], vec![]);
        assert_eq!((s.resources().len(), s.gaps().len()), (1, 0));
    }

    #[test]
    fn resources_are_found_without_case() {
        let s =
            Snapshot::new(manifest(), vec![resource("/subscriptions/b", 1), resource("/subscriptions/a", 1)], vec![]);
        assert!(s.find(&ResourceId::parse("/SUBSCRIPTIONS/B").unwrap()).is_some());
        assert_eq!(s.resources()[0].id().as_str(), "/subscriptions/a");
    }
}
