//! What differs from an earlier assessment.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Assessment, BaselineSummary, Change, Finding, Gone, PolicyId, ResourceId, Verdict};

type Earlier<'a> = BTreeMap<(&'a str, &'a str), &'a Finding>;

fn earlier(assessment: &Assessment) -> Earlier<'_> {
    // A renamed policy is found under its new id when the newer assessment tells of the old one; here, ids as they were.
    assessment.findings.iter().map(|f| (f.identity(), f)).collect()
}

fn change(now: &Finding, before: Option<Verdict>) -> Option<Change> {
    match (now.verdict, before) {
        (Verdict::Fail, Some(Verdict::Fail)) => Some(Change::Unchanged),
        (Verdict::Fail, _) => Some(Change::New),
        (Verdict::Unknown, before) if before != Some(Verdict::Unknown) => Some(Change::NewlyUnknown),
        (Verdict::Pass | Verdict::NotApplicable, Some(Verdict::Fail)) => Some(Change::Fixed),
        _ => None,
    }
}

/// Marks every finding with how it stands against the baseline.
pub(super) fn compare(findings: &mut [Finding], baseline: &Assessment) -> BaselineSummary {
    let before = earlier(baseline);
    let mut summary = BaselineSummary {
        snapshot_sha256: baseline.snapshot.sha256.clone(),
        evaluated_at: baseline.evaluated_at.clone(),
        new: 0,
        unchanged: 0,
        fixed: 0,
        newly_unknown: 0,
        gone: Vec::new(),
    };
    for finding in findings.iter_mut() {
        finding.change = change(finding, before.get(&finding.identity()).map(|f| f.verdict));
        match finding.change {
            Some(Change::New) => summary.new += 1,
            Some(Change::Unchanged) => summary.unchanged += 1,
            Some(Change::Fixed) => summary.fixed += 1,
            Some(Change::NewlyUnknown) => summary.newly_unknown += 1,
            None => {}
        }
    }
    let now: Earlier<'_> = findings.iter().map(|f| (f.identity(), f)).collect();
    summary.gone = gone(&before, &now);
    summary
}

fn gone(before: &Earlier<'_>, now: &Earlier<'_>) -> Vec<Gone> {
    let mut gone: Vec<Gone> = before
        .iter()
        .filter(|(identity, f)| matches!(f.verdict, Verdict::Fail | Verdict::Unknown) && !now.contains_key(*identity))
        .map(|(_, f)| Gone { policy: f.policy.clone(), resource: f.resource.clone(), was: f.verdict })
        .collect();
    gone.sort();
    gone
}

/// One finding that differs between two assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The policy.
    pub policy: PolicyId,
    /// The resource.
    pub resource: ResourceId,
    /// The verdict in the earlier one; `None` when the finding was not there.
    pub was: Option<Verdict>,
    /// The verdict in the later one.
    pub is: Verdict,
    /// What was found, for people.
    pub summary: String,
}

/// What differs between two assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Fails that are new.
    pub new: Vec<Changed>,
    /// Fails whose good state holds now.
    pub fixed: Vec<Changed>,
    /// What was known and is unknown now.
    pub newly_unknown: Vec<Changed>,
    /// Fails and unknowns whose resource or policy is not there any more.
    pub gone: Vec<Gone>,
    /// How many fails are in both.
    pub unchanged: u64,
}

/// Compares two assessments.
pub fn difference(old: &Assessment, new: &Assessment) -> Difference {
    let before = earlier(old);
    let mut out = Difference { new: vec![], fixed: vec![], newly_unknown: vec![], gone: vec![], unchanged: 0 };
    for finding in &new.findings {
        let was = before.get(&finding.identity()).map(|f| f.verdict);
        let row = || Changed {
            policy: finding.policy.clone(),
            resource: finding.resource.clone(),
            was,
            is: finding.verdict,
            summary: finding.summary().to_owned(),
        };
        match change(finding, was) {
            Some(Change::New) => out.new.push(row()),
            Some(Change::Fixed) => out.fixed.push(row()),
            Some(Change::NewlyUnknown) => out.newly_unknown.push(row()),
            Some(Change::Unchanged) => out.unchanged += 1,
            None => {}
        }
    }
    let now: Earlier<'_> = new.findings.iter().map(|f| (f.identity(), f)).collect();
    out.gone = gone(&before, &now);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::finding;

    #[test]
    fn an_unknown_is_never_called_fixed() {
        use Verdict::{Fail, NotApplicable, Pass, Unknown};
        for (was, is, expected) in [
            (Some(Fail), Fail, Some(Change::Unchanged)),
            (Some(Pass), Fail, Some(Change::New)),
            (None, Fail, Some(Change::New)),
            (Some(Unknown), Fail, Some(Change::New)),
            (Some(Fail), Pass, Some(Change::Fixed)),
            (Some(Fail), NotApplicable, Some(Change::Fixed)),
            (Some(Fail), Unknown, Some(Change::NewlyUnknown)),
            (Some(Pass), Unknown, Some(Change::NewlyUnknown)),
            (None, Unknown, Some(Change::NewlyUnknown)),
            (Some(Unknown), Unknown, None),
            (Some(Pass), Pass, None),
            (None, Pass, None),
        ] {
            assert_eq!(change(&finding("a.x", "/subscriptions/s", is), was), expected, "{was:?} {is:?}");
        }
    }
}
