//! A waiver: a fail that people accept, for a time and for a reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::ResourceId;

/// A waiver of the waivers file, or one that a comment in code asks for. It lies over a verdict and never replaces it.
///
/// A comment names no approver, no ticket and no compensating control: nobody has agreed to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The id that reports name.
    pub id: String,
    /// The policy that is waived; in a comment also the name of a check, or a pattern with `*` for any run of characters.
    pub policy: String,
    /// The resources: an id, or a scope above them, with `*` for any run of characters. In a comment exactly one id.
    pub scope: String,
    /// Why the fail is accepted.
    pub reason: String,
    /// What keeps the risk down meanwhile.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub compensating_control: String,
    /// Who asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub requester: String,
    /// Who agreed: another person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// Where the decision is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ticket: String,
    /// The day of the decision; `None` for a comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// The first day on which it no longer counts.
    pub expires_on: NaiveDate,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "WaiverSource::is_register")]
    pub source: WaiverSource,
}

/// Where a waiver stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WaiverSource {
    /// In the waivers file, with an approver.
    #[default]
    Register,
    /// In a comment beside the resource.
    Comment {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
    },
}

impl WaiverSource {
    /// Whether it stands in the waivers file.
    pub fn is_register(&self) -> bool {
        *self == Self::Register
    }
}

/// A waiver that a comment asks for, for one policy and one resource, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommentWaiver {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The policy: an id, a former id, the name of its check, or a pattern of ids.
    pub policy: String,
    /// The resource whose block holds the comment, or starts on the next line.
    pub resource: ResourceId,
    /// Why the fail is accepted.
    pub reason: String,
    /// The first day on which it no longer counts, as the comment writes it.
    pub until: Option<String>,
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
    /// It is a comment, and the settings or the rules refuse it.
    Refused,
}

impl WaiverStatus {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::Refused => "refused",
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
    /// Why it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}
