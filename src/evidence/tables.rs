//! The tables of a bundle. Takes the runs of a period one by one; gives CSV files: what was in scope, what was found, what
//! was accepted, and what changed. Every table follows from the runs alone, so whoever has them can make it again.

use std::collections::BTreeMap;

use crate::evidence::csv_text::Csv;
use crate::evidence::intervals::{Spans, Step};
use crate::evidence::pack::InputRef;
use crate::evidence::raw::Split;
use crate::evidence::{canonical, sha256};
use crate::model::{
    Assessment, PolicyId, ResourceEntry, ResourceId, ResourceType, Severity, Source, Summary, Verdict, WaiverEntry,
    WaiverSource,
};

/// A run as the tables see it.
pub(super) struct RunView<'a> {
    /// The id.
    pub(super) id: &'a str,
    /// SHA-256 of the assessment file.
    pub(super) assessment_sha256: &'a str,
    /// The assessment.
    pub(super) assessment: &'a Assessment,
    /// The snapshot.
    pub(super) snapshot: &'a Split,
    /// Settings, waivers and the like.
    pub(super) inputs: &'a [InputRef],
    /// The policy files that judged, path → SHA-256, where they are in the bundle.
    pub(super) policy_files: Option<&'a BTreeMap<String, String>>,
}

#[derive(Debug)]
struct PolicyWords {
    check: String,
    severity: Severity,
    title: String,
    controls: String,
}

#[derive(Debug)]
struct Person {
    id: ResourceId,
    kind: String,
    from: usize,
    last: Step,
    runs: u64,
    policies: u32,
    summary: Summary,
    context: BTreeMap<String, String>,
    raw: String,
}

type FindingState = (Verdict, Option<String>);

/// The tables while runs come in.
#[derive(Debug)]
pub(super) struct Tables {
    runs: Vec<String>,
    scopes: Vec<(String, usize)>,
    /// By scope: what could change, of its last run.
    facts: Vec<BTreeMap<(&'static str, String), String>>,
    last_of_scope: Vec<usize>,
    policies: BTreeMap<PolicyId, PolicyWords>,
    findings: Spans<(PolicyId, ResourceId), FindingState, String>,
    waivers: Spans<(String, String), String, WaiverEntry>,
    population: BTreeMap<ResourceId, Person>,
    run_rows: Csv,
    reconciliation: Csv,
    controls: Csv,
    changes: Csv,
}

/// The fields of the context that stand in tables.
const CONTEXT: [&str; 5] = ["domain", "owner", "criticality", "data_class", "environment"];

impl Tables {
    pub(super) fn new() -> Self {
        Self {
            runs: Vec::new(),
            scopes: Vec::new(),
            facts: Vec::new(),
            last_of_scope: Vec::new(),
            policies: BTreeMap::new(),
            findings: Spans::default(),
            waivers: Spans::default(),
            population: BTreeMap::new(),
            run_rows: Csv::new(&[
                "run",
                "evaluated_at",
                "source",
                "scope",
                "facts_from",
                "facts_to",
                "identity",
                "partial",
                "resources",
                "gaps",
                "listed",
                "pass",
                "fail",
                "of_fail_waived",
                "unknown",
                "not_applicable",
                "gate",
                "tool",
                "policies_sha256",
                "snapshot_sha256",
                "assessment_sha256",
            ]),
            reconciliation: Csv::new(&[
                "run",
                "subscription",
                "type",
                "listed_by_resource_manager",
                "found",
                "difference",
                "in_snapshot",
                "judged",
                "not_judged",
                "judged_unseen",
            ]),
            controls: Csv::new(&[
                "run",
                "framework",
                "control",
                "cite",
                "title",
                "evidence_strength",
                "status",
                "policies",
                "listed",
                "pass",
                "fail",
                "of_fail_waived",
                "unknown",
                "not_applicable",
            ]),
            changes: Csv::new(&["run", "previous_run", "what", "name", "before", "after"]),
        }
    }

    /// Takes a run. Runs come in the order of their ids.
    pub(super) fn add(&mut self, run: &RunView<'_>) {
        let at = self.step(run);
        for meta in &run.assessment.policies {
            let words = PolicyWords {
                check: meta.check.clone(),
                severity: meta.severity,
                title: meta.title.clone(),
                controls: meta.controls.keys().map(String::as_str).collect::<Vec<_>>().join(" "),
            };
            self.policies.insert(meta.id.clone(), words);
        }
        for finding in &run.assessment.findings {
            self.findings.see(
                (finding.policy.clone(), finding.resource.clone()),
                at,
                (finding.verdict, finding.waiver.clone()),
                finding.summary().to_owned(),
            );
        }
        for entry in &run.assessment.waivers {
            let source = match &entry.waiver.source {
                WaiverSource::Register => "register".to_owned(),
                WaiverSource::Comment { file, line } => format!("{file}:{line}"),
            };
            let state = canonical::to_string(&(&entry.waiver, entry.status));
            self.waivers.see((entry.waiver.id.clone(), source), at, state, entry.clone());
        }
        self.run_row(run);
        self.reconcile(run);
        self.people(run, at);
        self.control_rows(run);
    }

    /// Numbers the run and notes what changed since the last run of its scope.
    fn step(&mut self, run: &RunView<'_>) -> Step {
        let number = self.runs.len();
        self.runs.push(run.id.to_owned());
        let key = canonical::to_string(&(run.assessment.snapshot.source, &run.assessment.snapshot.scope));
        let facts = facts(run);
        if let Some(scope) = self.scopes.iter().position(|(known, _)| *known == key) {
            let previous = std::mem::replace(&mut self.facts[scope], facts);
            let previous_run = self.runs[self.last_of_scope[scope]].clone();
            let now = &self.facts[scope];
            let keys: std::collections::BTreeSet<_> = previous.keys().chain(now.keys()).collect();
            for key in keys.into_iter().filter(|k| previous.get(*k) != now.get(*k)) {
                let of = |facts: &BTreeMap<_, String>| facts.get(key).cloned().unwrap_or_default();
                self.changes.row(&[run.id, &previous_run, key.0, &key.1, &of(&previous), &of(now)]);
            }
            self.scopes[scope].1 += 1;
            self.last_of_scope[scope] = number;
            return Step { run: number, scope, step: self.scopes[scope].1 - 1 };
        }
        // A scope that was not there in earlier runs is a change too.
        if number > 0 {
            self.changes.row(&[run.id, &self.runs[number - 1], "scope", "", "", &key]);
        }
        self.scopes.push((key, 1));
        self.facts.push(facts);
        self.last_of_scope.push(number);
        Step { run: number, scope: self.scopes.len() - 1, step: 0 }
    }

    fn run_row(&mut self, run: &RunView<'_>) {
        let Assessment { snapshot, summary, gate, tool, policy_set, evaluated_at, .. } = run.assessment;
        let manifest = &run.snapshot.manifest;
        self.run_rows.row(&[
            run.id,
            evaluated_at,
            source(snapshot.source),
            &snapshot.scope.join(" "),
            manifest.started.as_deref().unwrap_or_default(),
            manifest.ended.as_deref().unwrap_or_default(),
            manifest.identity.as_deref().unwrap_or_default(),
            yes(snapshot.partial),
            &run.assessment.resources.len().to_string(),
            &run.assessment.gaps.len().to_string(),
            &summary.listed.to_string(),
            &summary.pass.to_string(),
            &summary.fail.to_string(),
            &summary.waived.to_string(),
            &summary.unknown.to_string(),
            &summary.not_applicable.to_string(),
            gate.outcome.as_str(),
            &format!("{} {}", tool.name, tool.version),
            &policy_set.sha256,
            &snapshot.sha256,
            run.assessment_sha256,
        ]);
    }

    /// Counts each type in each subscription in all the ways there are.
    fn reconcile(&mut self, run: &RunView<'_>) {
        #[derive(Default)]
        struct Count {
            kind: String,
            found: Option<(u64, u64)>,
            in_snapshot: u64,
            judged: u64,
            unseen: u64,
        }
        let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
        let mut count = |subscription: Option<&str>, kind: &ResourceType, with: &dyn Fn(&mut Count)| {
            let key = (subscription.unwrap_or_default().to_lowercase(), kind.key().to_owned());
            let count = counts.entry(key).or_default();
            if count.kind.is_empty() {
                count.kind = kind.as_str().to_owned();
            }
            with(count);
        };
        for row in &run.snapshot.manifest.population {
            count(Some(&row.subscription), &row.resource_type, &|c| c.found = Some((row.found, row.listed)));
        }
        let mut seen = std::collections::BTreeSet::new();
        for raw in &run.snapshot.resources {
            let id = ResourceId::parse(&raw.id).ok();
            let subscription = id.as_ref().and_then(ResourceId::subscription);
            count(subscription, &ResourceType::new(&raw.kind), &|c| c.in_snapshot += 1);
            seen.extend(id);
        }
        let judged: BTreeMap<&ResourceId, &ResourceEntry> =
            run.assessment.resources.iter().filter(|r| r.policies > 0).map(|r| (&r.id, r)).collect();
        for (id, entry) in &judged {
            count(id.subscription(), &entry.resource_type, &|c| {
                if seen.contains(*id) { c.judged += 1 } else { c.unseen += 1 }
            });
        }
        // What is hidden has findings, and no line in the snapshot or among the resources.
        let hidden: std::collections::BTreeSet<&ResourceId> = run
            .assessment
            .findings
            .iter()
            .map(|f| &f.resource)
            .filter(|id| !seen.contains(*id) && !judged.contains_key(*id))
            .collect();
        for id in hidden {
            let kind = id.resource_type().unwrap_or_else(|| ResourceType::new(""));
            count(id.subscription(), &kind, &|c| c.unseen += 1);
        }
        for ((subscription, _), c) in &counts {
            let (found, listed) = c
                .found
                .map_or((String::new(), String::new()), |(found, listed)| (found.to_string(), listed.to_string()));
            let difference = c.found.map_or_else(String::new, |(f, l)| (i128::from(l) - i128::from(f)).to_string());
            self.reconciliation.row(&[
                run.id,
                subscription,
                &c.kind,
                &listed,
                &found,
                // A minus sign would make a formula of it; the cell says it in words.
                &difference.strip_prefix('-').map_or_else(|| difference.clone(), |n| format!("{n} less listed")),
                &c.in_snapshot.to_string(),
                &c.judged.to_string(),
                &c.in_snapshot.saturating_sub(c.judged).to_string(),
                &c.unseen.to_string(),
            ]);
        }
    }

    fn people(&mut self, run: &RunView<'_>, at: Step) {
        let mut sums: BTreeMap<&ResourceId, Summary> = BTreeMap::new();
        for finding in &run.assessment.findings {
            sums.entry(&finding.resource).or_default().count(finding);
        }
        let raws: BTreeMap<String, &str> = run
            .snapshot
            .resources
            .iter()
            .filter_map(|r| ResourceId::parse(&r.id).ok().map(|id| (id.key().to_owned(), r.sha256.as_str())))
            .collect();
        let mut meet = |id: &ResourceId, entry: Option<&ResourceEntry>| {
            let person = self.population.entry(id.clone()).or_insert_with(|| Person {
                id: id.clone(),
                kind: String::new(),
                from: at.run,
                last: at,
                runs: 0,
                policies: 0,
                summary: Summary::default(),
                context: BTreeMap::new(),
                raw: String::new(),
            });
            person.last = at;
            person.runs += 1;
            person.kind = entry
                .map(|e| e.resource_type.as_str().to_owned())
                .or_else(|| id.resource_type().map(|t| t.as_str().to_owned()))
                .unwrap_or_default();
            person.policies = entry.map_or(0, |e| e.policies);
            person.summary = sums.get(id).copied().unwrap_or_default();
            person.context = entry.map(|e| e.context.clone()).unwrap_or_default();
            person.raw = raws.get(id.key()).map(|r| (*r).to_owned()).unwrap_or_default();
        };
        for entry in &run.assessment.resources {
            meet(&entry.id, Some(entry));
        }
        for id in sums.keys().filter(|id| run.assessment.resource(id).is_none()) {
            meet(id, None);
        }
    }

    fn control_rows(&mut self, run: &RunView<'_>) {
        for coverage in &run.assessment.controls {
            let control = run
                .assessment
                .frameworks
                .iter()
                .filter(|f| f.id == coverage.framework)
                .flat_map(|f| &f.controls)
                .find(|c| c.id == coverage.control);
            let s = coverage.summary;
            self.controls.row(&[
                run.id,
                &coverage.framework,
                &coverage.control,
                control.map(|c| c.cite.as_str()).unwrap_or_default(),
                control.map(|c| c.title.as_str()).unwrap_or_default(),
                coverage.evidence_strength.as_str(),
                coverage.status.as_str(),
                &coverage.policies.len().to_string(),
                &s.listed.to_string(),
                &s.pass.to_string(),
                &s.fail.to_string(),
                &s.waived.to_string(),
                &s.unknown.to_string(),
                &s.not_applicable.to_string(),
            ]);
        }
    }

    /// The tables, by file name.
    pub(super) fn finish(self) -> Vec<(&'static str, Vec<u8>)> {
        let steps: Vec<usize> = self.scopes.iter().map(|(_, count)| *count).collect();
        let findings = self.finding_rows(&steps);
        let waivers = self.waiver_rows(&steps);
        let population = self.population_rows(&steps);
        vec![
            ("changes.csv", self.changes.into_bytes()),
            ("controls.csv", self.controls.into_bytes()),
            ("findings.csv", findings),
            ("population.csv", population),
            ("reconciliation.csv", self.reconciliation.into_bytes()),
            ("runs.csv", self.run_rows.into_bytes()),
            ("waivers.csv", waivers),
        ]
    }

    fn finding_rows(&self, steps: &[usize]) -> Vec<u8> {
        let mut csv = Csv::new(&[
            "policy",
            "check",
            "severity",
            "title",
            "controls",
            "resource",
            "verdict",
            "waiver",
            "first_run",
            "last_run",
            "runs",
            "in_last_run",
            "text",
        ]);
        for ((policy, resource), span) in self.findings.iter() {
            let words = self.policies.get(policy);
            csv.row(&[
                policy.as_str(),
                words.map(|w| w.check.as_str()).unwrap_or_default(),
                words.map(|w| w.severity.as_str()).unwrap_or_default(),
                words.map(|w| w.title.as_str()).unwrap_or_default(),
                words.map(|w| w.controls.as_str()).unwrap_or_default(),
                resource.as_str(),
                span.state.0.as_str(),
                span.state.1.as_deref().unwrap_or_default(),
                &self.runs[span.from],
                &self.runs[span.to],
                &span.runs.to_string(),
                yes(span.is_last(steps)),
                &span.detail,
            ]);
        }
        csv.into_bytes()
    }

    fn waiver_rows(&self, steps: &[usize]) -> Vec<u8> {
        let mut csv = Csv::new(&[
            "id",
            "source",
            "policy",
            "scope",
            "reason",
            "compensating_control",
            "requester",
            "approver",
            "ticket",
            "approved_on",
            "expires_on",
            "status",
            "findings_in_last_run",
            "refused",
            "first_run",
            "last_run",
            "runs",
            "in_last_run",
        ]);
        for ((id, source), span) in self.waivers.iter() {
            let WaiverEntry { waiver, status, findings, refused } = &span.detail;
            csv.row(&[
                id.as_str(),
                source,
                &waiver.policy,
                &waiver.scope,
                &waiver.reason,
                &waiver.compensating_control,
                &waiver.requester,
                &waiver.approver,
                &waiver.ticket,
                &waiver.approved_on.map(|d| d.to_string()).unwrap_or_default(),
                &waiver.expires_on.to_string(),
                status.as_str(),
                &findings.to_string(),
                refused.as_deref().unwrap_or_default(),
                &self.runs[span.from],
                &self.runs[span.to],
                &span.runs.to_string(),
                yes(span.is_last(steps)),
            ]);
        }
        csv.into_bytes()
    }

    fn population_rows(&self, steps: &[usize]) -> Vec<u8> {
        let mut columns = vec![
            "resource",
            "type",
            "subscription",
            "first_run",
            "last_run",
            "runs",
            "in_last_run",
            "in_snapshot",
            "policies",
            "pass",
            "fail",
            "of_fail_waived",
            "unknown",
            "not_applicable",
        ];
        columns.extend(CONTEXT);
        columns.push("raw_sha256");
        let mut csv = Csv::new(&columns);
        for person in self.population.values() {
            let s = person.summary;
            let mut row = vec![
                person.id.as_str().to_owned(),
                person.kind.clone(),
                person.id.subscription().unwrap_or_default().to_owned(),
                self.runs[person.from].clone(),
                self.runs[person.last.run].clone(),
                person.runs.to_string(),
                yes(steps.get(person.last.scope).is_some_and(|n| person.last.step + 1 == *n)).to_owned(),
                yes(!person.raw.is_empty()).to_owned(),
                person.policies.to_string(),
            ];
            row.extend([s.pass, s.fail, s.waived, s.unknown, s.not_applicable].map(|n| n.to_string()));
            row.extend(CONTEXT.map(|field| person.context.get(field).cloned().unwrap_or_default()));
            row.push(person.raw.clone());
            csv.row(&row);
        }
        csv.into_bytes()
    }
}

/// Everything of a run whose change an auditor must see: the logic, its settings and its scope.
fn facts(run: &RunView<'_>) -> BTreeMap<(&'static str, String), String> {
    let a = run.assessment;
    let mut facts = BTreeMap::new();
    facts.insert(("tool", a.tool.name.clone()), a.tool.version.clone());
    facts.insert(("identity", String::new()), run.snapshot.manifest.identity.clone().unwrap_or_default());
    facts.insert(("partial", String::new()), yes(a.snapshot.partial).to_owned());
    facts.insert(("policy set", String::new()), a.policy_set.sha256.clone());
    for policy in &a.policies {
        let digest = sha256(canonical::to_string(policy).as_bytes());
        facts.insert(("policy", policy.id.as_str().to_owned()), digest);
    }
    for (name, setting) in &a.parameters {
        facts.insert(("parameter", name.clone()), canonical::to_string(setting));
    }
    for framework in &a.frameworks {
        let digest = sha256(canonical::to_string(framework).as_bytes());
        facts.insert(("framework", framework.id.clone()), format!("{} {digest}", framework.version));
    }
    facts.insert(("gate", "fail_on".to_owned()), a.gate.fail_on.map_or("", Severity::as_str).to_owned());
    facts.insert(("gate", "allow_unknown".to_owned()), a.gate.allow_unknown.to_string());
    for input in run.inputs {
        facts.insert((input.role.as_str(), input.name.clone()), input.sha256.clone());
    }
    for (path, digest) in run.policy_files.into_iter().flatten() {
        facts.insert(("policy file", path.clone()), digest.clone());
    }
    facts
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Azure => "azure",
        Source::Files => "files",
        Source::Code => "code",
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
