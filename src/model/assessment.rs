//! An assessment: all findings over one snapshot, with everything that reports need.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{
    EvidenceStrength, Finding, Framework, Gap, Origin, PolicyId, PolicyMeta, ProfileRef, ResourceId, ResourceType,
    Severity, Source, Tool, Verdict, WaiverEntry, Written, written_at,
};

/// The version of the assessment format that this build writes and reads.
pub const ASSESSMENT_SCHEMA: &str = "assize.assessment/1";

/// The snapshot that was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotRef {
    /// SHA-256 of the snapshot, hex.
    pub sha256: String,
    /// Where the facts come from.
    pub source: Source,
    /// What was asked for.
    pub scope: Vec<String>,
    /// When the facts were read, RFC 3339, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// Whether less was read than the scope holds.
    pub partial: bool,
    /// Names of subscriptions for people, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// The policies that judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySetRef {
    /// SHA-256 over all policy files, hex.
    pub sha256: String,
    /// How many policies were evaluated.
    pub policies: u64,
    /// Those of them that are not part of the program, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loaded: Vec<PolicyId>,
}

/// A resource of the snapshot, judged or not: none drops out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    /// The id.
    pub id: ResourceId,
    /// The type.
    #[serde(rename = "type")]
    pub resource_type: ResourceType,
    /// How many policies judged it.
    pub policies: u32,
    /// What the firm declares of it, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub context: BTreeMap<String, String>,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Arc<Origin>>,
    /// For a live resource: the code that declares it, as far as it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Arc<Origin>>,
}

impl ResourceEntry {
    /// The place that people can change: the code that declares it, else where it was read.
    pub fn place(&self) -> Option<&Origin> {
        self.declared.as_deref().or(self.origin.as_deref())
    }
}

/// How many findings there are of each verdict. `listed` is the sum of the first four; `waived` is part of `fail`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// All findings.
    pub listed: u64,
    /// The good state holds.
    pub pass: u64,
    /// It does not, waived ones included.
    pub fail: u64,
    /// Nobody can say.
    pub unknown: u64,
    /// The policy does not concern the resource.
    pub not_applicable: u64,
    /// Fails that a waiver lies over.
    pub waived: u64,
}

impl Summary {
    /// Counts one finding.
    pub fn count(&mut self, finding: &Finding) {
        self.listed += 1;
        match finding.verdict {
            Verdict::Pass => self.pass += 1,
            Verdict::Fail => self.fail += 1,
            Verdict::Unknown => self.unknown += 1,
            Verdict::NotApplicable => self.not_applicable += 1,
        }
        if finding.verdict == Verdict::Fail && finding.waiver.is_some() {
            self.waived += 1;
        }
    }
}

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateOutcome {
    /// Nothing at or above the threshold, and no more unknown than allowed.
    Passed,
    /// Fails at or above the threshold.
    Failed,
    /// More is unknown than allowed.
    Incomplete,
}

impl GateOutcome {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Incomplete => "incomplete",
        }
    }

    /// The exit code: 0, 1 or 3.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::Incomplete => 3,
        }
    }
}

/// The gate: its rules and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The lowest severity that fails it; `None` lets every fail through.
    pub fail_on: Option<Severity>,
    /// How many unknown findings it lets through.
    pub allow_unknown: u64,
    /// Whether only fails that are new against the baseline count.
    pub new_only: bool,
    /// Unwaived fails at or above the threshold.
    pub failing: u64,
    /// Unknown findings.
    pub unknown: u64,
    /// Unknown findings that do not count: no code could answer them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub beyond_code: u64,
    /// What it says.
    pub outcome: GateOutcome,
}

/// Where a control stands. None of these claims that the law is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlStatus {
    /// A policy mapped to it fails somewhere, unwaived.
    Findings,
    /// No open fail, but something is unknown.
    Incomplete,
    /// Something was judged, and nothing failed or was unknown.
    NoFindings,
    /// No resource was judged for it.
    NotAssessed,
}

impl ControlStatus {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Findings => "findings",
            Self::Incomplete => "incomplete",
            Self::NoFindings => "no_findings",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// A control with the findings of the policies that serve it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlCoverage {
    /// The control.
    pub control: String,
    /// Its framework.
    pub framework: String,
    /// How far Azure state can answer it.
    pub evidence_strength: EvidenceStrength,
    /// The policies that serve it.
    pub policies: Vec<PolicyId>,
    /// Their findings.
    pub summary: Summary,
    /// Where it stands.
    pub status: ControlStatus,
}

/// A finding of the baseline whose resource or policy is not there any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gone {
    /// The policy.
    pub policy: PolicyId,
    /// The resource.
    pub resource: ResourceId,
    /// What it was.
    pub was: Verdict,
}

/// What differs from an earlier assessment. Only fails and unknowns are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineSummary {
    /// SHA-256 of the baseline's snapshot.
    pub snapshot_sha256: String,
    /// When it was evaluated.
    pub evaluated_at: String,
    /// Fails that are new.
    pub new: u64,
    /// Fails that were there before.
    pub unchanged: u64,
    /// Fails that are gone because the good state holds now.
    pub fixed: u64,
    /// What was known and is unknown now.
    pub newly_unknown: u64,
    /// Fails of the baseline whose resource or policy is not there any more: neither fixed nor known.
    pub gone: Vec<Gone>,
}

/// Something about the run that the reader must know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Whether it makes the run less than complete.
    pub level: NoticeLevel,
    /// What happened.
    pub text: String,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLevel {
    /// Something failed; its findings are unknown.
    Error,
    /// Something to look at.
    Warning,
    /// Good to know.
    Note,
}

/// The value of a parameter, and where it differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterSetting {
    /// The value everywhere else.
    pub default: Value,
    /// By data class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_data_class: BTreeMap<String, Value>,
    /// By criticality; it counts before the data class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_criticality: BTreeMap<String, Value>,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl ParameterSetting {
    /// The value for a data class and a criticality.
    pub fn value(&self, class: Option<&str>, criticality: Option<&str>) -> &Value {
        let by_criticality = criticality.and_then(|c| self.by_criticality.get(c));
        by_criticality.or_else(|| class.and_then(|c| self.by_data_class.get(c))).unwrap_or(&self.default)
    }
}

/// All findings over one snapshot. The format is public: `docs/schemas/assessment.schema.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The format, [`ASSESSMENT_SCHEMA`].
    pub schema: String,
    /// The program that made it.
    pub tool: Tool,
    /// The time for which waivers were judged, RFC 3339.
    pub evaluated_at: String,
    /// The snapshot.
    pub snapshot: SnapshotRef,
    /// The policies.
    pub policy_set: PolicySetRef,
    /// The profile, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileRef>,
    /// The values of all parameters.
    pub parameters: BTreeMap<String, ParameterSetting>,
    /// Counts.
    pub summary: Summary,
    /// The gate.
    pub gate: Gate,
    /// What differs from the baseline, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineSummary>,
    /// Things the reader must know.
    pub notices: Vec<Notice>,
    /// Metadata of every policy that was evaluated.
    pub policies: Vec<PolicyMeta>,
    /// The frameworks, with all their controls.
    pub frameworks: Vec<Framework>,
    /// Controls that any policy serves.
    pub controls: Vec<ControlCoverage>,
    /// All waivers that were given.
    pub waivers: Vec<WaiverEntry>,
    /// All resources.
    pub resources: Vec<ResourceEntry>,
    /// All gaps of the snapshot.
    pub gaps: Vec<Gap>,
    /// All findings, by policy and resource.
    pub findings: Vec<Finding>,
}

impl Assessment {
    /// The metadata of a policy.
    pub fn policy(&self, id: &PolicyId) -> Option<&PolicyMeta> {
        self.policies.binary_search_by(|p| p.id.cmp(id)).ok().map(|at| &self.policies[at])
    }

    /// Where a finding points, when its resource was written in code.
    pub fn written_at(&self, finding: &Finding) -> Option<Written<'_>> {
        written_at(&self.resources, finding)
    }

    /// The entry of a resource.
    pub fn resource(&self, id: &ResourceId) -> Option<&ResourceEntry> {
        self.resources.binary_search_by(|r| r.id.cmp(id)).ok().map(|at| &self.resources[at])
    }
}
