//! The ledger: one line for each run, each holding the digest of the line before. Takes lines and assessments; gives lines.
//! Who keeps it where nothing can be taken away proves that no run was left out.

use serde::{Deserialize, Serialize};

use crate::evidence::{EvidenceError, canonical, is_sha256, sha256};
use crate::model::{ASSESSMENT_SCHEMA, Assessment};

/// The largest assessment that is read, in bytes.
const MAX_ASSESSMENT: usize = 4 << 30;

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// SHA-256 of the assessment file, hex.
    pub assessment_sha256: String,
    /// The time for which the run judged, RFC 3339 in UTC.
    pub at: String,
    /// SHA-256 of the line before, without its line feed; of the first line, 64 zeros.
    pub prev: String,
    /// The id of the run.
    pub run: String,
    /// The number of the line, from 1.
    pub seq: u64,
    /// SHA-256 of the snapshot, hex.
    pub snapshot_sha256: String,
}

/// A ledger whose chain holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: Vec<LedgerEntry>,
    text: String,
    head: Option<String>,
}

/// The id of a run: its time and the first digits of its assessment's digest, `20261101T060000Z-1a2b3c4d`.
pub fn run_id(assessment: &Assessment, assessment_sha256: &str) -> Result<String, EvidenceError> {
    let at = utc(&assessment.evaluated_at)?;
    Ok(format!("{}-{}", at.format("%Y%m%dT%H%M%SZ"), assessment_sha256.get(..8).unwrap_or_default()))
}

/// A time in UTC.
pub(super) fn utc(text: &str) -> Result<chrono::DateTime<chrono::Utc>, EvidenceError> {
    chrono::DateTime::parse_from_rfc3339(text)
        .map(|t| t.with_timezone(&chrono::Utc))
        .map_err(|e| EvidenceError::Pack(format!("{text:?} is no time in RFC 3339: {e}")))
}

/// Reads an assessment file.
pub(super) fn read_assessment(bytes: &[u8]) -> Result<Assessment, String> {
    if bytes.len() > MAX_ASSESSMENT {
        return Err("the assessment is too large".to_owned());
    }
    let assessment: Assessment =
        serde_json::from_slice(bytes).map_err(|e| format!("the assessment cannot be read: {e}"))?;
    if assessment.schema != ASSESSMENT_SCHEMA {
        return Err(format!("the assessment has the format {:?}, not {ASSESSMENT_SCHEMA}", assessment.schema));
    }
    Ok(assessment)
}

impl Ledger {
    /// Reads a ledger and follows its chain.
    ///
    /// # Errors
    /// [`EvidenceError::Ledger`] with the line at which it breaks.
    pub fn read(text: &[u8]) -> Result<Self, EvidenceError> {
        let broken = |line: usize, what: &str| EvidenceError::Ledger { line, what: what.to_owned() };
        let text = std::str::from_utf8(text).map_err(|_| broken(1, "it is not text"))?;
        let mut ledger = Self::default();
        for (at, line) in text.split_inclusive('\n').enumerate() {
            let content = line.strip_suffix('\n').ok_or_else(|| broken(at + 1, "it is cut off"))?;
            let entry: LedgerEntry = serde_json::from_str(content).map_err(|e| broken(at + 1, &e.to_string()))?;
            if canonical::to_string(&entry) != content {
                return Err(broken(at + 1, "it is not in its canonical form"));
            }
            if entry.prev != ledger.head() {
                return Err(broken(at + 1, "it does not hold the digest of the line before"));
            }
            if entry.seq != at as u64 + 1 {
                return Err(broken(at + 1, "its number is not the next one"));
            }
            if !is_sha256(&entry.assessment_sha256) || !is_sha256(&entry.snapshot_sha256) {
                return Err(broken(at + 1, "a digest is no SHA-256"));
            }
            ledger.push(entry, content);
        }
        Ok(ledger)
    }

    /// Adds a line for a run, and gives it, without its line feed.
    ///
    /// # Errors
    /// [`EvidenceError`] when the assessment cannot be read.
    pub fn append(&mut self, assessment: &[u8]) -> Result<String, EvidenceError> {
        let run = format!("number {}", self.entries.len() + 1);
        let parsed = read_assessment(assessment).map_err(|what| EvidenceError::Run { run, what })?;
        self.append_parsed(&parsed, &sha256(assessment))
    }

    pub(super) fn append_parsed(&mut self, assessment: &Assessment, digest: &str) -> Result<String, EvidenceError> {
        let entry = LedgerEntry {
            assessment_sha256: digest.to_owned(),
            at: utc(&assessment.evaluated_at)?.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            prev: self.head(),
            run: run_id(assessment, digest)?,
            seq: self.entries.len() as u64 + 1,
            snapshot_sha256: assessment.snapshot.sha256.clone(),
        };
        let line = canonical::to_string(&entry);
        self.push(entry, &line);
        Ok(line)
    }

    fn push(&mut self, entry: LedgerEntry, line: &str) {
        self.head = Some(sha256(line.as_bytes()));
        self.entries.push(entry);
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// SHA-256 of the last line, hex; of an empty ledger, 64 zeros.
    pub fn head(&self) -> String {
        self.head.clone().unwrap_or_else(|| "0".repeat(64))
    }

    /// The lines.
    pub fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// The file.
    pub fn text(&self) -> &str {
        &self.text
    }
}
