//! A finding: the verdict of one policy on one resource, passes included.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::model::{GapReason, PolicyId, Range, ResourceId};

/// What a policy says of a resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The good state holds, on facts that were read.
    Pass,
    /// It does not hold.
    Fail,
    /// A fact is missing, so nobody can say.
    #[default]
    Unknown,
    /// The policy does not concern this resource.
    NotApplicable,
}

impl Verdict {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// One thing that a policy found wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    /// What was found.
    pub message: String,
    /// The read that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The value that was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<serde_json::Value>,
    /// The value that would be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<serde_json::Value>,
}

/// Why a verdict is `unknown` or `not_applicable`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What kind of reason.
    pub kind: ReasonKind,
    /// The read concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// For people.
    pub text: String,
}

/// The kinds of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// A declared read is a gap of this reason.
    Gap(GapReason),
    /// A declared read is not there, and the policy gives absence no meaning.
    Absent,
    /// The snapshot cannot hold everything that a relation asks for.
    Incomplete,
    /// The policy's own rule says so.
    Policy,
    /// The policy could not be evaluated.
    Error,
}

/// How a finding stands against an earlier assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It fails now and did not fail before.
    New,
    /// It failed before and fails now.
    Unchanged,
    /// It failed before and passes or no longer applies.
    Fixed,
    /// It is unknown now and was not before.
    NewlyUnknown,
}

impl Change {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Fixed => "fixed",
            Self::NewlyUnknown => "newly_unknown",
        }
    }
}

/// The lines of code that a finding points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceLines {
    /// What GitHub tells the line apart by, `primaryLocationLineHash`.
    pub hash: String,
    /// The lines that are pointed to, with secrets masked. Long ones are cut.
    pub snippet: String,
    /// The number of the first line of `context`, from 1.
    pub context_start: u32,
    /// The same lines with two more on each side.
    pub context: String,
}

/// A change of code that would make the good state hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// What it does, for people.
    pub description: String,
    /// The edits; they belong together.
    pub changes: Vec<Edit>,
}

/// A replacement of text in a file. An empty range inserts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The file.
    pub file: String,
    /// What is replaced.
    pub range: Range,
    /// What takes its place.
    pub insert: String,
}

/// The verdict of one policy on one resource, with what it rests on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The policy.
    pub policy: PolicyId,
    /// The resource.
    pub resource: ResourceId,
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, for a fail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// Why, for unknown and not applicable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The values that were read, an object by read path. A fact that was not there is left out; a value
    /// too large to carry is replaced by its size and SHA-256.
    pub facts: Arc<RawValue>,
    /// The waiver that lies over the fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
    /// How it stands against the baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The lines of code that a fail or an unknown points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceLines>,
    /// How to repair the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Finding {
    /// Whether it is a fail that no waiver lies over.
    pub fn is_open_fail(&self) -> bool {
        self.verdict == Verdict::Fail && self.waiver.is_none()
    }

    /// What tells findings apart between runs: policy and resource.
    pub fn identity(&self) -> (&str, &str) {
        (self.policy.as_str(), self.resource.key())
    }

    /// One sentence for people: the first detail or reason.
    pub fn summary(&self) -> &str {
        self.details
            .first()
            .map(|d| d.message.as_str())
            .or_else(|| self.reasons.first().map(|r| r.text.as_str()))
            .unwrap_or("")
    }
}
