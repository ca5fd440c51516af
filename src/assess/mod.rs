//! Findings → Assessment: waivers, baseline, coverage by control, gate. Pure: no files, no clock, no Rego.

mod baseline;
mod comments;
mod source;
mod waivers;

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::{
    ASSESSMENT_SCHEMA, Assessment, Change, CommentWaiver, ControlCoverage, ControlStatus, Finding, Framework, Gate,
    GateOutcome, GateRules, Notice, ParameterSetting, PolicyId, PolicyMeta, PolicySetRef, ProfileRef, ResourceEntry,
    Snapshot, SnapshotRef, Source, Summary, Tool, Verdict, Waiver,
};

pub use baseline::{Difference, difference};
pub use comments::CommentRules;
pub use source::attach_sources;
pub use waivers::{WaiverError, check_waivers};

/// What an assessment is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The snapshot that was judged.
    pub snapshot: &'a Snapshot,
    /// SHA-256 of the policy files.
    pub policies_digest: String,
    /// The policies that are not part of the program, by id.
    pub policies_loaded: Vec<PolicyId>,
    /// Metadata of the policies that were evaluated, by id.
    pub policies: Vec<PolicyMeta>,
    /// The profile, where one was chosen.
    pub profile: Option<ProfileRef>,
    /// The frameworks.
    pub frameworks: Vec<Framework>,
    /// The values of all parameters.
    pub parameters: BTreeMap<String, ParameterSetting>,
    /// The findings, by policy and resource.
    pub findings: Vec<Finding>,
    /// The resources, by id.
    pub resources: Vec<ResourceEntry>,
    /// What the reader must know.
    pub notices: Vec<Notice>,
    /// How many gaps no finding speaks of.
    pub unread: u64,
}

/// The waivers that were given.
#[derive(Debug)]
pub struct Waivers<'a> {
    /// Those of the waivers file. They have passed [`check_waivers`].
    pub register: Vec<Waiver>,
    /// Those that comments in code ask for.
    pub comments: Vec<CommentWaiver>,
    /// What the settings say of comments.
    pub rules: CommentRules<'a>,
}

/// Lays waivers and baseline over the findings, rolls them up by control and asks the gate.
///
/// `at` is the time for which waivers are judged.
pub fn assess(
    parts: Parts<'_>,
    waivers: Waivers<'_>,
    baseline: Option<&Assessment>,
    rules: GateRules,
    at: DateTime<Utc>,
) -> Assessment {
    let mut findings = parts.findings;
    let today = at.date_naive();
    let taken = waivers.register.iter().map(|w| w.id.to_lowercase()).collect();
    let (asked, told) = comments::waivers(waivers.comments, waivers.rules, &taken, today);
    let mut entries = waivers::apply(waivers.register, &mut findings, &parts.policies, today);
    entries.extend(waivers::apply_comments(asked, &mut findings, &parts.policies, &parts.resources, today));
    let mut notices = parts.notices;
    notices.extend(told);
    let baseline = baseline.map(|earlier| baseline::compare(&mut findings, earlier));
    let mut summary = Summary::default();
    findings.iter().for_each(|f| summary.count(f));
    let controls = coverage(&parts.frameworks, &parts.policies, &findings);
    let source = parts.snapshot.manifest().source;
    let gate = gate(rules, &parts.policies, &findings, parts.unread, source);
    let manifest = parts.snapshot.manifest();
    Assessment {
        schema: ASSESSMENT_SCHEMA.to_owned(),
        tool: Tool::this(),
        evaluated_at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
        snapshot: SnapshotRef {
            sha256: parts.snapshot.digest().unwrap_or_default().to_owned(),
            source: manifest.source,
            scope: manifest.scope.clone(),
            taken: manifest.ended.clone(),
            partial: manifest.partial,
            names: manifest.names.clone(),
        },
        policy_set: PolicySetRef {
            sha256: parts.policies_digest,
            policies: parts.policies.len() as u64,
            loaded: parts.policies_loaded,
        },
        profile: parts.profile,
        parameters: parts.parameters,
        summary,
        gate,
        baseline,
        notices,
        policies: parts.policies,
        frameworks: parts.frameworks,
        controls,
        waivers: entries,
        resources: parts.resources,
        gaps: parts.snapshot.gaps().to_vec(),
        findings,
    }
}

/// Whether no code could say more: only running Azure has the fact, or another repository may hold the other end.
fn beyond_code(finding: &Finding) -> bool {
    use crate::model::{GapReason, ReasonKind};
    finding.verdict == Verdict::Unknown
        && !finding.reasons.is_empty()
        && finding
            .reasons
            .iter()
            .all(|r| matches!(r.kind, ReasonKind::Gap(GapReason::Runtime) | ReasonKind::Incomplete))
}

/// The gate over findings. Unknown findings and unread gaps are both things that nobody can say. What code cannot say at all
/// is counted apart: no change to the code would make it known.
fn gate(rules: GateRules, policies: &[PolicyMeta], findings: &[Finding], unread: u64, source: Source) -> Gate {
    let severity: BTreeMap<&str, _> = policies.iter().map(|p| (p.id.as_str(), p.severity)).collect();
    let counts = |finding: &&Finding| {
        finding.is_open_fail()
            && rules.fail_on.is_some_and(|least| severity.get(finding.policy.as_str()).is_some_and(|s| *s >= least))
            && (!rules.new_only || finding.change == Some(Change::New))
    };
    let failing = findings.iter().filter(counts).count() as u64;
    let all = findings.iter().filter(|f| f.verdict == Verdict::Unknown).count() as u64;
    let beyond_code =
        if source == Source::Code { findings.iter().filter(|f| beyond_code(f)).count() as u64 } else { 0 };
    let unknown = all - beyond_code + unread;
    let outcome = if failing > 0 {
        GateOutcome::Failed
    } else if unknown > rules.allow_unknown {
        GateOutcome::Incomplete
    } else {
        GateOutcome::Passed
    };
    Gate {
        fail_on: rules.fail_on,
        allow_unknown: rules.allow_unknown,
        new_only: rules.new_only,
        failing,
        unknown,
        beyond_code,
        outcome,
    }
}

fn coverage(frameworks: &[Framework], policies: &[PolicyMeta], findings: &[Finding]) -> Vec<ControlCoverage> {
    let mut by_policy: BTreeMap<&str, Summary> = BTreeMap::new();
    for finding in findings {
        by_policy.entry(finding.policy.as_str()).or_default().count(finding);
    }
    let mut serving: BTreeMap<&str, Vec<&PolicyMeta>> = BTreeMap::new();
    for policy in policies {
        for control in policy.controls.keys() {
            serving.entry(control).or_default().push(policy);
        }
    }
    let mut rows = Vec::new();
    for framework in frameworks {
        for control in &framework.controls {
            let Some(serving) = serving.get(control.id.as_str()) else { continue };
            let mut summary = Summary::default();
            for policy in serving {
                let one = by_policy.get(policy.id.as_str()).copied().unwrap_or_default();
                summary.listed += one.listed;
                summary.pass += one.pass;
                summary.fail += one.fail;
                summary.unknown += one.unknown;
                summary.not_applicable += one.not_applicable;
                summary.waived += one.waived;
            }
            let status = if summary.fail > summary.waived {
                ControlStatus::Findings
            } else if summary.unknown > 0 {
                ControlStatus::Incomplete
            } else if summary.pass + summary.waived > 0 {
                ControlStatus::NoFindings
            } else {
                ControlStatus::NotAssessed
            };
            rows.push(ControlCoverage {
                control: control.id.clone(),
                framework: framework.id.clone(),
                evidence_strength: control.evidence_strength,
                policies: serving.iter().map(|p| p.id.clone()).collect(),
                summary,
                status,
            });
        }
    }
    rows
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{PolicyId, ResourceId, Severity, WaiverStatus};

    pub(crate) fn finding(policy: &str, resource: &str, verdict: Verdict) -> Finding {
        Finding {
            policy: PolicyId::parse(policy).unwrap(),
            resource: ResourceId::parse(resource).unwrap(),
            verdict,
            details: vec![],
            reasons: vec![],
            facts: Arc::from(serde_json::value::to_raw_value(&serde_json::json!({})).unwrap()),
            waiver: None,
            change: None,
            source: None,
            fix: None,
        }
    }

    pub(crate) fn meta(id: &str, severity: Severity) -> PolicyMeta {
        serde_json::from_value(serde_json::json!({
            "id": id, "check": "X-1", "title": "t", "description": "d", "severity": severity,
            "resource": "A.B/c", "reads": [], "controls": {"C-1": "because it does"}, "remediation": {"note": "n"}
        }))
        .unwrap()
    }

    /// Findings and resources as an assessment, with what comments ask for.
    pub(crate) fn assessed(
        findings: Vec<Finding>,
        resources: Vec<ResourceEntry>,
        comments: Vec<CommentWaiver>,
        accept: bool,
    ) -> Assessment {
        let manifest = crate::model::Manifest {
            schema: crate::model::SNAPSHOT_SCHEMA.to_owned(),
            tool: Tool::this(),
            source: crate::model::Source::Files,
            scope: vec![],
            started: None,
            ended: None,
            identity: None,
            partial: true,
            names: BTreeMap::new(),
            population: Vec::new(),
        };
        let parts = Parts {
            snapshot: &Snapshot::new(manifest, vec![], vec![]),
            policies_digest: String::new(),
            policies_loaded: Vec::new(),
            policies: vec![meta("a.x", Severity::High)],
            profile: None,
            frameworks: vec![],
            parameters: BTreeMap::new(),
            findings,
            resources,
            notices: vec![],
            unread: 0,
        };
        let known = std::collections::BTreeSet::from(["a.x".to_owned()]);
        let rules = CommentRules { accept, most_days: 365, known: &known };
        let waivers = Waivers { register: vec![], comments, rules };
        assess(parts, waivers, None, GateRules::default(), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn comments_reach_the_gate_only_when_they_are_accepted() {
        let id = "/subscriptions/s/resourceGroups/g/providers/A.B/c/d";
        let comment = |policy: &str| CommentWaiver {
            file: "main.tf".to_owned(),
            line: 7,
            policy: policy.to_owned(),
            resource: ResourceId::parse(id).unwrap(),
            reason: "r".to_owned(),
            until: Some("1970-06-01".to_owned()),
        };
        for (accept, outcome, waived, status) in [
            (true, GateOutcome::Passed, 1, WaiverStatus::Applied),
            (false, GateOutcome::Failed, 0, WaiverStatus::Refused),
        ] {
            let comments = vec![comment("a.x"), comment("a.y")];
            let assessment = assessed(vec![finding("a.x", id, Verdict::Fail)], vec![], comments, accept);
            assert_eq!((assessment.gate.outcome, assessment.summary.waived), (outcome, waived));
            assert_eq!(assessment.waivers.len(), 1);
            assert_eq!((assessment.waivers[0].status, assessment.waivers[0].findings), (status, 1));
            assert!(assessment.notices.len() == 1 && assessment.notices[0].text.contains("\"a.y\""));
        }
    }

    fn rules(fail_on: Option<Severity>, allow_unknown: u64, new_only: bool) -> GateRules {
        GateRules { fail_on, allow_unknown, new_only }
    }

    #[test]
    fn the_gate_counts_open_fails_at_or_above_the_threshold() {
        let policies = [meta("a.high", Severity::High), meta("a.low", Severity::Low)];
        let fail_high = finding("a.high", "/subscriptions/s", Verdict::Fail);
        let fail_low = finding("a.low", "/subscriptions/s", Verdict::Fail);
        let unknown = finding("a.low", "/subscriptions/t", Verdict::Unknown);
        let mut waived = fail_high.clone();
        waived.waiver = Some("W-1".to_owned());
        let mut new = fail_high.clone();
        new.change = Some(Change::New);
        let ask = |r, f: &[&Finding], unread| {
            gate(r, &policies, &f.iter().map(|f| (*f).clone()).collect::<Vec<_>>(), unread, Source::Azure).outcome
        };
        let high = rules(Some(Severity::High), 0, false);
        assert_eq!(ask(high, &[&fail_high], 0), GateOutcome::Failed);
        assert_eq!(ask(high, &[&fail_low], 0), GateOutcome::Passed);
        assert_eq!(ask(rules(Some(Severity::Low), 0, false), &[&fail_low], 0), GateOutcome::Failed);
        assert_eq!(ask(rules(None, 0, false), &[&fail_high], 0), GateOutcome::Passed);
        assert_eq!(ask(high, &[&waived], 0), GateOutcome::Passed);
        assert_eq!(ask(high, &[&unknown], 0), GateOutcome::Incomplete);
        assert_eq!(ask(high, &[], 1), GateOutcome::Incomplete);
        assert_eq!(ask(rules(Some(Severity::High), 1, false), &[&unknown], 0), GateOutcome::Passed);
        assert_eq!(ask(high, &[&unknown, &fail_high], 0), GateOutcome::Failed);
        assert_eq!(ask(rules(Some(Severity::High), 0, true), &[&fail_high], 0), GateOutcome::Passed);
        assert_eq!(ask(rules(Some(Severity::High), 0, true), &[&new], 0), GateOutcome::Failed);
    }

    #[test]
    fn a_control_is_never_better_than_its_worst_policy() {
        let framework: Framework = serde_json::from_value(serde_json::json!({
            "id": "f", "title": "F", "version": "1", "source": "x",
            "controls": [
                {"id": "C-1", "cite": "1", "title": "t", "obligation": "o", "evidence_strength": "partial", "evidence_reason": "r"},
                {"id": "C-2", "cite": "2", "title": "t", "obligation": "o", "evidence_strength": "full", "evidence_reason": "r"}
            ]
        }))
        .unwrap();
        let policies = [meta("a.x", Severity::High), meta("a.y", Severity::High)];
        let status = |verdicts: &[Verdict]| {
            let findings: Vec<Finding> = verdicts.iter().map(|v| finding("a.x", "/subscriptions/s", *v)).collect();
            let rows = coverage(std::slice::from_ref(&framework), &policies, &findings);
            assert_eq!(rows.len(), 1, "a control that no policy serves is not covered");
            assert_eq!(rows[0].policies.len(), 2);
            rows[0].status
        };
        use Verdict::{Fail, NotApplicable, Pass, Unknown};
        assert_eq!(status(&[Pass, Unknown, Fail]), ControlStatus::Findings);
        assert_eq!(status(&[Pass, Unknown]), ControlStatus::Incomplete);
        assert_eq!(status(&[Pass, NotApplicable]), ControlStatus::NoFindings);
        assert_eq!(status(&[NotApplicable]), ControlStatus::NotAssessed);
        assert_eq!(status(&[]), ControlStatus::NotAssessed);
    }
}
