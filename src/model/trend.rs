//! How the assessments of one series of runs developed: plain data for reports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{ControlStatus, GateOutcome, Severity, Summary, WaiverStatus};

/// The runs of a series in order of time, and where runs are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// The series.
    pub series: String,
    /// The runs.
    pub points: Vec<TrendPoint>,
    /// Stretches in which runs were expected and are not there. Empty when no schedule was given.
    pub missing: Vec<MissingRuns>,
    /// The schedule that `missing` was judged by, as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
}

/// A stretch in which runs were expected and are not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingRuns {
    /// Where it begins, RFC 3339.
    pub from: String,
    /// Where it ends, RFC 3339.
    pub to: String,
    /// How many runs are missing.
    pub runs: u64,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrendPoint {
    /// When the facts were read, else when they were judged; RFC 3339.
    pub time: String,
    /// SHA-256 of the assessment, hex.
    pub digest: String,
    /// All findings.
    pub summary: Summary,
    /// Findings by severity of their policy.
    pub by_severity: BTreeMap<Severity, Summary>,
    /// How much was looked at.
    pub coverage: RunCoverage,
    /// How many controls stand where.
    pub controls: BTreeMap<ControlStatus, u64>,
    /// How many waivers stand where.
    pub waivers: BTreeMap<WaiverStatus, u64>,
    /// What differs from the run before.
    pub change: RunChange,
    /// Whether policies, parameters or profile differ from those of the run before: then not every change is one of the
    /// estate.
    pub rules_changed: bool,
    /// What the gate said.
    pub gate: GateOutcome,
}

/// How much a run looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunCoverage {
    /// Resources of the snapshot.
    pub resources: u64,
    /// Those that at least one policy judged.
    pub judged: u64,
    /// Gaps of the snapshot.
    pub gaps: u64,
    /// Whether less was read than the scope holds.
    pub partial: bool,
}

/// What differs from the run before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunChange {
    /// Fails that did not fail before.
    pub new: u64,
    /// Fails whose good state holds now, or that no longer apply.
    pub fixed: u64,
    /// What was known and is unknown now.
    pub newly_unknown: u64,
    /// Fails and unknowns whose resource is not there any more.
    pub gone: u64,
}
