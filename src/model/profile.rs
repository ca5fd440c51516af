//! A profile: thresholds, a choice of policies and a gate under one name, each with the reason for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{GateSettings, ParameterSettings, PolicyId, matches_pattern};

/// A profile with everything that it extends laid under it.
///
/// It lies over the defaults of policies and below `assize.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The id, which is the name of its file.
    pub id: String,
    /// For whom it is, in a few words.
    pub title: String,
    /// What it changes, and what the reader must know.
    pub description: String,
    /// The profiles that lie under it, the nearest first.
    pub extends: Vec<String>,
    /// Parameters that differ from their defaults.
    pub parameters: ParameterSettings,
    /// Patterns of the policies to evaluate; empty means all.
    pub include: Vec<String>,
    /// Patterns of the policies to leave out.
    pub exclude: Vec<String>,
    /// What of the gate is set.
    pub gate: GateSettings,
    /// Why, by parameter, by pattern, and `gate`.
    pub reasons: BTreeMap<String, String>,
    /// SHA-256 over the texts of the profile and of all that it extends, hex.
    pub sha256: String,
}

impl Profile {
    /// Whether the profile leaves the policy in.
    pub fn keeps(&self, policy: &PolicyId) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|p| matches_pattern(p, policy.as_str()));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }

    /// What an assessment says of it.
    pub fn reference(&self) -> ProfileRef {
        ProfileRef { id: self.id.clone(), sha256: self.sha256.clone() }
    }
}

/// The profile under which was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileRef {
    /// Its id.
    pub id: String,
    /// SHA-256 over its text and the texts of all that it extends, hex.
    pub sha256: String,
}
