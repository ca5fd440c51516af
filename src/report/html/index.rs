//! What several parts of the page ask of an assessment, worked out once and in time linear in the findings.

use std::collections::BTreeMap;

use crate::model::{
    Assessment, Control, ControlCoverage, Finding, Framework, PolicyId, PolicyMeta, ResourceEntry, ResourceId,
    Severity, Verdict,
};

/// How many findings of each kind there are. Unlike the summary of an assessment, `fail` leaves waived fails out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) pass: u64,
    pub(super) fail: u64,
    pub(super) waived: u64,
    pub(super) unknown: u64,
    pub(super) not_applicable: u64,
}

impl Tally {
    pub(super) fn count(&mut self, finding: &Finding) {
        *match Mark::of(finding) {
            Mark::Pass => &mut self.pass,
            Mark::Fail => &mut self.fail,
            Mark::Waived => &mut self.waived,
            Mark::Unknown => &mut self.unknown,
            Mark::NotApplicable => &mut self.not_applicable,
        } += 1;
    }

    /// How many findings were to be judged: all but those that do not apply.
    pub(super) fn judged(&self) -> u64 {
        self.pass + self.fail + self.waived + self.unknown
    }

    /// The mark that weighs most: an open fail, then what is unknown, a waived fail, a pass.
    pub(super) fn worst(&self) -> Option<Mark> {
        [
            (self.fail, Mark::Fail),
            (self.unknown, Mark::Unknown),
            (self.waived, Mark::Waived),
            (self.pass, Mark::Pass),
            (self.not_applicable, Mark::NotApplicable),
        ]
        .into_iter()
        .find_map(|(count, mark)| (count > 0).then_some(mark))
    }
}

/// A verdict, with waived fails apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Fail,
    Unknown,
    Waived,
    Pass,
    NotApplicable,
}

impl Mark {
    pub(super) fn of(finding: &Finding) -> Self {
        match finding.verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Fail if finding.waiver.is_some() => Self::Waived,
            Verdict::Fail => Self::Fail,
            Verdict::Unknown => Self::Unknown,
            Verdict::NotApplicable => Self::NotApplicable,
        }
    }
}

/// All findings of one policy.
pub(super) struct PolicyFindings<'a> {
    pub(super) id: &'a PolicyId,
    /// The metadata, which a damaged assessment may lack.
    pub(super) meta: Option<&'a PolicyMeta>,
    pub(super) tally: Tally,
    pub(super) findings: Vec<&'a Finding>,
    /// The anchor on the page.
    pub(super) anchor: String,
}

impl PolicyFindings<'_> {
    pub(super) fn severity(&self) -> Severity {
        self.meta.map_or(Severity::Critical, |m| m.severity)
    }
}

/// A control with its place in a framework.
pub(super) struct ControlEntry<'a> {
    pub(super) control: &'a Control,
    /// What the policies that serve it found; `None` when no policy serves it.
    pub(super) coverage: Option<&'a ControlCoverage>,
    /// The anchor on the page.
    pub(super) anchor: String,
}

/// An assessment, arranged for the page.
pub(super) struct Index<'a> {
    pub(super) assessment: &'a Assessment,
    /// Policies with their findings: those with open fails first, then with unknowns, each by severity and id.
    pub(super) policies: Vec<PolicyFindings<'a>>,
    /// Frameworks with all their controls.
    pub(super) frameworks: Vec<(&'a Framework, Vec<ControlEntry<'a>>)>,
    by_policy: BTreeMap<&'a str, usize>,
    controls: BTreeMap<&'a str, (usize, usize)>,
}

impl<'a> Index<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let coverage: BTreeMap<&str, &ControlCoverage> =
            assessment.controls.iter().map(|c| (c.control.as_str(), c)).collect();
        let mut controls = BTreeMap::new();
        let mut frameworks = Vec::new();
        for (f, framework) in assessment.frameworks.iter().enumerate() {
            let entries: Vec<ControlEntry<'a>> = framework
                .controls
                .iter()
                .enumerate()
                .map(|(c, control)| {
                    controls.entry(control.id.as_str()).or_insert((f, c));
                    let coverage = coverage.get(control.id.as_str()).copied();
                    ControlEntry { control, coverage, anchor: format!("control-{f}-{c}") }
                })
                .collect();
            frameworks.push((framework, entries));
        }
        let policies = policies(assessment);
        let by_policy = policies.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect();
        Self { assessment, policies, frameworks, by_policy, controls }
    }

    /// The findings of a policy.
    pub(super) fn policy(&self, id: &PolicyId) -> Option<&PolicyFindings<'a>> {
        self.by_policy.get(id.as_str()).map(|at| &self.policies[*at])
    }

    /// A control of any framework.
    pub(super) fn control(&self, id: &str) -> Option<(&'a Framework, &ControlEntry<'a>)> {
        let (framework, control) = *self.controls.get(id)?;
        let (framework, entries) = &self.frameworks[framework];
        Some((framework, &entries[control]))
    }

    /// The entry of a resource.
    pub(super) fn resource(&self, id: &ResourceId) -> Option<&'a ResourceEntry> {
        self.assessment.resource(id)
    }

    /// What the firm declares of a resource in a field of context.
    pub(super) fn context(&self, id: &ResourceId, field: &str) -> Option<&'a str> {
        self.resource(id)?.context.get(field).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The business domain of a resource.
    pub(super) fn domain(&self, id: &ResourceId) -> Option<&'a str> {
        self.context(id, "domain")
    }

    /// The name of a resource: in code where it stands there, else in Azure.
    pub(super) fn name(&self, id: &ResourceId) -> String {
        crate::report::place::address(self.assessment, id)
            .map_or_else(|| crate::report::place::resource_name(id), str::to_owned)
    }

    /// The subscription of a resource as people call it.
    pub(super) fn subscription(&self, id: &'a ResourceId) -> Option<&'a str> {
        let id = id.subscription()?;
        let names = &self.assessment.snapshot.names;
        Some(names.get(id).or_else(|| names.get(&id.to_lowercase())).map_or(id, String::as_str))
    }
}

fn policies(assessment: &Assessment) -> Vec<PolicyFindings<'_>> {
    let mut all: BTreeMap<&str, PolicyFindings<'_>> = BTreeMap::new();
    let new = |id, meta| PolicyFindings { id, meta, tally: Tally::default(), findings: vec![], anchor: String::new() };
    for meta in &assessment.policies {
        all.insert(meta.id.as_str(), new(&meta.id, Some(meta)));
    }
    for finding in &assessment.findings {
        let policy = all.entry(finding.policy.as_str()).or_insert_with(|| new(&finding.policy, None));
        policy.tally.count(finding);
        policy.findings.push(finding);
    }
    // The anchor follows the order of ids, which holds between runs with the same policies.
    for (at, policy) in all.values_mut().enumerate() {
        policy.anchor = format!("policy-{at}");
    }
    let mut policies: Vec<PolicyFindings<'_>> = all.into_values().collect();
    let rank = |p: &PolicyFindings<'_>| match p.tally.worst() {
        Some(Mark::Fail) => 0,
        Some(Mark::Unknown) => 1,
        Some(Mark::Waived) => 2,
        Some(_) => 3,
        None => 4,
    };
    policies.sort_by(|a, b| (rank(a), b.severity(), a.id.as_str()).cmp(&(rank(b), a.severity(), b.id.as_str())));
    policies
}
