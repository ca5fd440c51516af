//! A framework: a law or standard and its controls, paragraph by paragraph.

use serde::{Deserialize, Serialize};

/// How far the state of Azure can answer a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceStrength {
    /// Do not claim it.
    None,
    /// Input to human judgement only.
    Supporting,
    /// An operative part is shown; design, approval or effectiveness stay outside.
    Partial,
    /// Settled from Azure alone, for the resources in scope.
    Full,
}

impl EvidenceStrength {
    /// All strengths, strongest first.
    pub const ALL: [Self; 4] = [Self::Full, Self::Partial, Self::Supporting, Self::None];

    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::Supporting => "supporting",
            Self::None => "none",
        }
    }
}

/// What a person has to show, because the state of Azure cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManualItem {
    /// Its id; where it stands for a check of the catalogue, the id of that check, for example `RST-TEST-001`. The same id
    /// may stand under several controls.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What to show.
    pub what: String,
    /// Where the evidence comes from.
    pub evidence: String,
    /// Why the state of Azure cannot answer it.
    pub reason: String,
}

/// One paragraph of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The id that policies map to, for example `DORA-9-2`.
    pub id: String,
    /// How the text is cited, for example `Art. 9(2)`.
    pub cite: String,
    /// The heading.
    pub title: String,
    /// What it asks for, in our own words.
    pub obligation: String,
    /// How far Azure state can answer it.
    pub evidence_strength: EvidenceStrength,
    /// Why no further.
    pub evidence_reason: String,
    /// What people have to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manual: Vec<ManualItem>,
}

/// A law or standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Short id, for example `dora`; the file is named after it.
    pub id: String,
    /// The full name.
    pub title: String,
    /// The version or number of the text.
    pub version: String,
    /// Where the official text stands.
    pub source: String,
    /// The paragraphs.
    pub controls: Vec<Control>,
}
