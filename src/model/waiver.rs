//! A waiver: a fail that people accept, for a time and for a reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A waiver as it stands in the waivers file. It lies over a verdict and never replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The id that reports name.
    pub id: String,
    /// The policy that is waived.
    pub policy: String,
    /// The resources: an id, or a scope above them, with `*` for any run of characters.
    pub scope: String,
    /// Why the fail is accepted.
    pub reason: String,
    /// What keeps the risk down meanwhile.
    pub compensating_control: String,
    /// Who asked.
    pub requester: String,
    /// Who agreed: another person.
    pub approver: String,
    /// Where the decision is kept.
    pub ticket: String,
    /// The day of the decision.
    pub approved_on: NaiveDate,
    /// The first day on which it no longer counts.
    pub expires_on: NaiveDate,
}

/// What became of a waiver in an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverStatus {
    /// It lies over at least one fail.
    Applied,
    /// It is in force and matches no fail.
    Unused,
    /// It is past its last day and counts no more.
    Expired,
    /// Its decision lies in the future.
    NotYetValid,
}

impl WaiverStatus {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
        }
    }
}

/// A waiver with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaiverEntry {
    /// The waiver.
    pub waiver: Waiver,
    /// What became of it.
    pub status: WaiverStatus,
    /// How many fails it lies over, or would lie over if it were in force.
    pub findings: u64,
}
