//! Snapshot + policies → findings. The only module that knows regorus. Pure: the same input gives the same findings,
//! whatever the number of threads. Waivers, baselines and gates are not known here.

mod context;
mod engine;
mod explain;
mod facts;
mod graph;
mod index;
mod inspect;
mod mutate;
mod referrers;
mod relations;
mod sandbox;
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};

use crate::evaluate::context::{Context, Declared, Known, context_of};
use crate::evaluate::engine::{Answer, Combinations, Compiled, Interpreter, Machine, Runner, Unit};
use crate::evaluate::facts::{Fact, Facts, Subject, evidence, input, mistyped, not_whole, sees_identity};
use crate::evaluate::index::Index;
use crate::model::{
    ContextRules, Finding, Notice, NoticeLevel, ParameterSetting, Policy, PolicyMeta, PolicySet, Read, ReadPath,
    ReadRoot, Reason, ReasonKind, Relation, Resource, ResourceEntry, ResourceId, ResourceType, Snapshot, Source, Trust,
    Verdict,
};

pub use engine::Limits;
pub use explain::{ContextTold, Explanation, PlaceOrigin, ReadPlace, ReadState, ReadTold, RulesTold, explain};
pub use inspect::{MAX_REGO_DEPTH, RegoProblem, inspect};
pub use mutate::{Mutant, Score, mutate};
pub use sandbox::{Sandbox, is_worker, mark_worker, serve};
pub use trial::{TestResult, Trial, try_libraries, try_policy};

/// Why nothing could be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A policy cannot be compiled.
    #[error("{path}: {what}; `assize policy check` says more")]
    Compile {
        /// The file.
        path: String,
        /// What regorus said.
        what: String,
    },
    /// The parameters cannot be used.
    #[error("{0}")]
    Parameters(String),
}

/// Which of regorus' two engines evaluates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// The virtual machine: six times as fast.
    #[default]
    Machine,
    /// The interpreter: the second opinion.
    Interpreter,
}

/// How to evaluate.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where context is declared.
    pub context: ContextRules,
    /// The values of all parameters.
    pub parameters: BTreeMap<String, ParameterSetting>,
    /// The time of the facts when the snapshot does not know it.
    pub now: DateTime<Utc>,
    /// How many threads.
    pub threads: usize,
    /// Limits of each evaluation.
    pub limits: Limits,
    /// Which engine.
    pub backend: Backend,
    /// Where policies that are not part of the program run; without it, they run in this process.
    pub sandbox: Option<Sandbox>,
}

impl Options {
    /// Default context, limits and engine, on one thread.
    pub fn new(parameters: BTreeMap<String, ParameterSetting>, now: DateTime<Utc>) -> Self {
        Self {
            context: ContextRules::default(),
            parameters,
            now,
            threads: 1,
            limits: Limits::default(),
            backend: Backend::default(),
            sandbox: None,
        }
    }
}

/// What an evaluation gives.
#[derive(Debug)]
pub struct Evaluation {
    /// The findings, by policy and resource.
    pub findings: Vec<Finding>,
    /// All resources of the snapshot, by id.
    pub resources: Vec<ResourceEntry>,
    /// What the reader must know.
    pub notices: Vec<Notice>,
    /// How many gaps no finding speaks of, although they may hide resources or verdicts.
    pub unread: u64,
}

/// How many resources a thread takes at a time.
const BATCH: usize = 256;

/// Evaluates every policy on every resource of its type.
///
/// # Errors
/// [`EvaluateError`] when a policy cannot be compiled. What goes wrong on one resource is a finding of its own.
pub fn evaluate(snapshot: &Snapshot, policies: &PolicySet, options: &Options) -> Result<Evaluation, EvaluateError> {
    let list: Vec<&Policy> = policies.policies.values().collect();
    let judge = Judge::new(snapshot, &list, policies, options)?;
    let resources = snapshot.resources();
    let threads = options.threads.max(1);
    // First the policies of this program, each thread taking the next batch of resources.
    let next = AtomicUsize::new(0);
    let batches = resources.len().div_ceil(BATCH);
    let mut done = on_threads(threads, |_| {
        let mut runner = judge.runner();
        let mut done = Vec::new();
        loop {
            let batch = next.fetch_add(1, Ordering::Relaxed);
            if batch >= batches {
                return done;
            }
            let slice = &resources[batch * BATCH..resources.len().min((batch + 1) * BATCH)];
            done.push((batch, judge.batch(slice, &mut *runner, &|at| !judge.is_remote(at))));
        }
    });
    // Then the others, each policy on one thread and its resources in their order, so that a policy that is stopped is
    // stopped at the same place however many threads there are.
    if list.iter().enumerate().any(|(at, _)| judge.is_remote(at)) {
        done.extend(on_threads(threads, |thread| {
            let mine = |at: usize| judge.is_remote(at) && at % threads == thread;
            if !(0..list.len()).any(mine) {
                return Vec::new();
            }
            let mut runner = judge.remote_runner();
            let mut batch = judge.batch(resources, &mut *runner, &mine);
            batch.entries.clear();
            vec![(batches + thread, batch)]
        }));
    }
    done.sort_by_key(|(batch, _)| *batch);
    let mut findings = Vec::new();
    let mut entries = Vec::with_capacity(resources.len());
    let mut errors: BTreeMap<usize, (u64, String)> = BTreeMap::new();
    for (_, batch) in done {
        findings.extend(batch.findings);
        entries.extend(batch.entries);
        for (policy, error) in batch.errors {
            errors.entry(policy).or_insert_with(|| (0, error)).0 += 1;
        }
    }
    let (hidden, mut unread) = judge.hidden();
    // Batches come in the order of resources, so that sorting by policy alone, which keeps that order, is enough; what
    // was evaluated elsewhere and what is hidden comes between.
    findings.extend(hidden);
    findings.sort_by(|a, b| a.policy.cmp(&b.policy));
    for of_one in findings.chunk_by_mut(|a, b| a.policy == b.policy) {
        if !of_one.is_sorted_by(|a, b| a.resource <= b.resource) {
            of_one.sort_by(|a, b| a.resource.cmp(&b.resource));
        }
    }
    let empty = findings.is_empty();
    // Nothing was judged: that is not the same as nothing being wrong.
    unread += u64::from(empty);
    let mut notices = judge.notices(&errors, &entries, unread - u64::from(empty));
    if empty {
        let text = "nothing was judged: no resource has a type that a policy judges".to_owned();
        notices.push(Notice { level: NoticeLevel::Warning, text });
        notices.sort();
    }
    Ok(Evaluation { findings, resources: entries, notices, unread })
}

/// Runs the work on threads and joins what they give.
fn on_threads<T: Send>(threads: usize, work: impl Fn(usize) -> Vec<T> + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> = (1..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        let mut all = work(0);
        for handle in handles {
            match handle.join() {
                Ok(more) => all.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// Compiles every policy of a set and evaluates nothing.
///
/// # Errors
/// [`EvaluateError`] when a policy cannot be compiled.
pub fn compile(policies: &PolicySet, options: &Options) -> Result<(), EvaluateError> {
    let units: Vec<Unit> = policies.policies.values().map(Unit::of).collect();
    let combinations = Combinations::new(&policies.data, &options.parameters)?;
    Compiled::new(&units, &policies.libraries, &combinations.data, options.limits).map(drop)
}

struct Batch {
    findings: Vec<Finding>,
    entries: Vec<ResourceEntry>,
    errors: Vec<(usize, String)>,
}

/// The reads and policies of one resource type.
struct TypePlan {
    /// Every read that any of the policies declares, once.
    reads: Vec<Read>,
    /// Policy, and for each of its reads the place in `reads`.
    policies: Vec<(usize, Vec<usize>)>,
}

struct Judge<'a> {
    policies: &'a [&'a Policy],
    plans: BTreeMap<ResourceType, TypePlan>,
    facts: Facts<'a>,
    combinations: Combinations,
    units: Vec<Unit>,
    /// Whether each policy sees the identity of the resource.
    identity: Vec<bool>,
    /// The programs that run in this process. Places of policies that run elsewhere hold no program.
    local: Option<Compiled>,
    options: &'a Options,
    set: &'a PolicySet,
}

impl<'a> Judge<'a> {
    fn new(
        snapshot: &'a Snapshot,
        policies: &'a [&'a Policy],
        set: &'a PolicySet,
        options: &'a Options,
    ) -> Result<Self, EvaluateError> {
        let mut plans: BTreeMap<ResourceType, TypePlan> = BTreeMap::new();
        for (at, policy) in policies.iter().enumerate() {
            for kind in &policy.meta.resources {
                let plan =
                    plans.entry(kind.clone()).or_insert_with(|| TypePlan { reads: Vec::new(), policies: Vec::new() });
                let places = policy.meta.reads.iter().map(|read| {
                    plan.reads.iter().position(|r| r.path == read.path).unwrap_or_else(|| {
                        plan.reads.push(read.clone());
                        plan.reads.len() - 1
                    })
                });
                let places = places.collect();
                plan.policies.push((at, places));
            }
        }
        let taken = snapshot.manifest().ended.as_deref().and_then(|t| DateTime::parse_from_rfc3339(t).ok());
        let at = taken.map_or(options.now, |t| t.with_timezone(&Utc)).timestamp();
        let combinations = Combinations::new(&set.data, &options.parameters)?;
        let units: Vec<Unit> = policies.iter().map(|p| Unit::of(p)).collect();
        let local = match options.backend {
            Backend::Machine => {
                // Only policies of types that the snapshot holds run; the others need no program.
                let present = snapshot.count_by_type();
                let here = |at: usize| {
                    policies[at].meta.resources.iter().any(|kind| present.contains_key(kind.key()))
                        && (options.sandbox.is_none() || policies[at].trust == Trust::Embedded)
                };
                Some(Compiled::some(&units, &here, &set.libraries, &combinations.data, options.limits)?)
            }
            Backend::Interpreter => None,
        };
        let relations = relations(policies);
        let facts = Facts::new(Index::new(snapshot), &options.context, &relations, at, options.threads.max(1));
        let identity = policies.iter().map(|p| sees_identity(&p.rego.text)).collect();
        Ok(Self { policies, plans, facts, combinations, units, identity, local, options, set })
    }

    /// Whether the policy runs in a process of its own.
    fn is_remote(&self, at: usize) -> bool {
        self.options.sandbox.is_some()
            && self.options.backend == Backend::Machine
            && self.policies[at].trust == Trust::Loaded
    }

    fn runner(&self) -> Box<dyn Runner + '_> {
        match &self.local {
            Some(compiled) => Box::new(Machine::new(compiled)),
            None => Box::new(Interpreter::new(
                &self.units,
                &self.set.libraries,
                &self.combinations.data,
                self.options.limits,
            )),
        }
    }

    fn remote_runner(&self) -> Box<dyn Runner + '_> {
        match &self.options.sandbox {
            Some(sandbox) => {
                let remote = |at: usize| self.is_remote(at);
                Box::new(sandbox.runner(
                    &self.units,
                    &remote,
                    &self.set.libraries,
                    &self.combinations.data,
                    self.options.limits,
                ))
            }
            None => self.runner(),
        }
    }

    fn batch(&self, resources: &'a [Resource], runner: &mut dyn Runner, mine: &dyn Fn(usize) -> bool) -> Batch {
        let mut batch = Batch { findings: Vec::new(), entries: Vec::new(), errors: Vec::new() };
        let mut known = Known::new();
        for resource in resources {
            let context = context_of(resource, self.facts.rules, &self.facts.index, &mut known);
            let plan = self.plans.get(resource.resource_type());
            batch.entries.push(ResourceEntry {
                id: resource.id().clone(),
                resource_type: resource.resource_type().clone(),
                policies: plan.map_or(0, |p| u32::try_from(p.policies.len()).unwrap_or(u32::MAX)),
                context: context
                    .iter()
                    .filter_map(|(field, declared)| match declared {
                        Declared::Known(value) => Some(((*field).to_owned(), value.clone())),
                        Declared::Gap(_) => None,
                    })
                    .collect(),
                origin: resource.origin().cloned(),
                declared: None,
            });
            let Some(plan) = plan.filter(|p| p.policies.iter().any(|(at, _)| mine(*at))) else { continue };
            let subject = self.facts.subject(resource, context);
            let facts: Vec<Fact> = plan.reads.iter().map(|read| self.facts.resolve(&subject, read)).collect();
            for (at, places) in plan.policies.iter().filter(|(at, _)| mine(*at)) {
                let own: Vec<&Fact> = places.iter().map(|p| &facts[*p]).collect();
                let finding = self.judge(*at, &subject, &own, runner);
                if let Some(error) = finding.reasons.iter().find(|r| r.kind == ReasonKind::Error) {
                    batch.errors.push((*at, error.text.clone()));
                }
                batch.findings.push(finding);
            }
        }
        batch
    }

    fn judge(&self, at: usize, subject: &Subject<'_>, facts: &[&Fact], runner: &mut dyn Runner) -> Finding {
        let meta = &self.policies[at].meta;
        let (place, thresholds) = self.place(meta, &subject.context);
        let mut outcome = match thresholds {
            Some(reason) => Outcome { verdict: Verdict::Unknown, reasons: vec![reason], ..Outcome::default() },
            None => verdict(meta, facts, || {
                let shown = self.identity[at].then_some(subject.resource);
                runner.run(at, place, input(shown, &meta.reads, facts))
            }),
        };
        outcome.reasons.sort();
        Finding {
            policy: meta.id.clone(),
            resource: subject.resource.id().clone(),
            verdict: outcome.verdict,
            details: outcome.details,
            reasons: outcome.reasons,
            facts: evidence(&meta.reads, facts),
            waiver: None,
            change: None,
            source: None,
            fix: None,
        }
    }

    /// The place of the parameter values for the resource; or why they are not known, when they depend on a class or
    /// criticality that is a gap.
    fn place(&self, meta: &PolicyMeta, context: &Context) -> (usize, Option<Reason>) {
        let setting = |name: &String| self.options.parameters.get(name);
        let mut reason = None;
        let mut value = |field: &'static str, matters: bool| match context.get(field) {
            Some(Declared::Known(text)) => Some(text.clone()),
            Some(Declared::Gap(gap)) if matters => {
                let gap = self.facts.index.gap(*gap);
                reason.get_or_insert(Reason {
                    kind: ReasonKind::Gap(gap.reason),
                    read: Some(format!("context.{field}")),
                    text: format!("the thresholds depend on the {field}, which is not known: {}", gap.detail),
                });
                None
            }
            _ => None,
        };
        let by_class = meta.parameters.keys().filter_map(setting).any(|s| !s.by_data_class.is_empty());
        let by_criticality = meta.parameters.keys().filter_map(setting).any(|s| !s.by_criticality.is_empty());
        let class = value("data_class", by_class);
        let criticality = value("criticality", by_criticality);
        (self.combinations.place(class.as_deref(), criticality.as_deref()), reason)
    }

    /// Findings for what is hidden: a resource that is known to exist and was not read, a list that was refused or never
    /// asked for. Also how many gaps no finding can speak of.
    fn hidden(&self) -> (Vec<Finding>, u64) {
        let index = &self.facts.index;
        let snapshot = index.snapshot();
        let mut reasons: BTreeMap<(usize, ResourceId), Vec<Reason>> = BTreeMap::new();
        let mut note = |kind: &ResourceType, about: &ResourceId, reason: &Reason| {
            for (at, _) in self.plans.get(kind).into_iter().flat_map(|plan| &plan.policies) {
                reasons.entry((*at, about.clone())).or_default().push(reason.clone());
            }
        };
        let mut unread = 0;
        for (at, gap) in snapshot.gaps().iter().enumerate() {
            let reason = |text: String| Reason { kind: ReasonKind::Gap(gap.reason), read: None, text };
            let Ok(id) = ResourceId::parse(&gap.about) else {
                unread += 1;
                continue;
            };
            if index.known(at).is_some() {
                continue;
            }
            let list = gap.read.as_deref().filter(|r| r.contains('/')).map(ResourceType::new);
            let is_scope = |t: &ResourceType| t.key().starts_with("microsoft.resources/subscriptions");
            match (list, id.resource_type().filter(|t| !is_scope(t))) {
                (Some(kind), _) => {
                    note(&kind, &id, &reason(format!("the {kind} in {id} could not be listed: {}", gap.detail)));
                }
                (None, Some(kind)) => note(&kind, &id, &reason(format!("{id} could not be read: {}", gap.detail))),
                (None, None) => unread += 1,
            }
        }
        // Children that are judged themselves, of a parent whose list of them is not complete.
        let children: Vec<(&ResourceType, ResourceType, &str)> = self
            .plans
            .keys()
            .filter_map(|kind| {
                let (parent, collection) = kind.as_str().rsplit_once('/')?;
                parent.contains('/').then(|| (kind, ResourceType::new(parent), collection))
            })
            .collect();
        for parent in snapshot.resources() {
            for (kind, _, collection) in children.iter().filter(|(_, of, _)| of == parent.resource_type()) {
                let listing = ReadPath::from_parts(ReadRoot::Children, vec![(*collection).to_owned()]);
                let (why, text) = match index.gap_on_read(parent.id(), &listing).map(|at| index.gap(at)) {
                    Some(gap) => (gap.reason, gap.detail.as_str()),
                    None if parent.has_read(collection) => continue,
                    None => (crate::model::GapReason::OutOfScope, "they were not read"),
                };
                let text = format!("the {collection} of {} are not known: {text}", parent.id());
                note(kind, parent.id(), &Reason { kind: ReasonKind::Gap(why), read: None, text });
            }
        }
        let findings = reasons.into_iter().map(|((at, resource), mut reasons)| {
            reasons.sort();
            Finding {
                policy: self.policies[at].meta.id.clone(),
                resource,
                verdict: Verdict::Unknown,
                details: Vec::new(),
                reasons,
                facts: evidence(&[], &[]),
                waiver: None,
                change: None,
                source: None,
                fix: None,
            }
        });
        (findings.collect(), unread)
    }

    fn notices(&self, errors: &BTreeMap<usize, (u64, String)>, entries: &[ResourceEntry], unread: u64) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (at, (count, error)) in errors {
            let id = &self.policies[*at].meta.id;
            notices.push(Notice {
                level: NoticeLevel::Error,
                text: format!("{id} could not be evaluated on {count} resources, which are unknown: {error}"),
            });
        }
        if unread > 0 {
            notices.push(Notice {
                level: NoticeLevel::Warning,
                text: format!("{unread} gaps may hide resources that no finding names; see the gaps"),
            });
        }
        if self.facts.index.snapshot().manifest().partial {
            notices.push(Notice {
                level: NoticeLevel::Note,
                text: match self.facts.index.snapshot().manifest().source {
                    Source::Azure => "the snapshot is partial: some of the scope could not be listed, as its gaps say",
                    _ => "the snapshot is partial: children and relations that the files do not hold are unknown",
                }
                .to_owned(),
            });
        }
        let unjudged: BTreeSet<&str> =
            entries.iter().filter(|e| e.policies == 0).map(|e| e.resource_type.key()).collect();
        if !unjudged.is_empty() {
            let count = entries.iter().filter(|e| e.policies == 0).count();
            notices.push(Notice {
                level: NoticeLevel::Note,
                text: format!(
                    "{count} resources of {} types are listed, and no policy judges their type",
                    unjudged.len()
                ),
            });
        }
        notices.sort();
        notices
    }
}

/// The relations that the policies read, each once.
fn relations(policies: &[&Policy]) -> Vec<&'static Relation> {
    let mut relations: Vec<&'static Relation> = Vec::new();
    for meta in policies.iter().map(|p| &p.meta) {
        for name in meta.reads.iter().filter(|r| r.path.root() == ReadRoot::Related).map(|r| &r.path.segments()[0]) {
            for relation in meta.resources.iter().filter_map(|kind| Relation::find(name, kind.as_str())) {
                if !relations.iter().any(|known| std::ptr::eq(*known, relation)) {
                    relations.push(relation);
                }
            }
        }
    }
    relations
}

/// A verdict with its grounds.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) details: Vec<crate::model::Detail>,
    pub(crate) reasons: Vec<Reason>,
}

/// The verdict of a policy on facts. The order is the policy contract: gap, not applicable, deny, unknown,
/// absent, pass. What is incomplete can prove a fail and nothing else.
pub(crate) fn verdict(meta: &PolicyMeta, facts: &[&Fact], run: impl FnOnce() -> Result<Answer, String>) -> Outcome {
    let unknown = |reasons: Vec<Reason>| Outcome { verdict: Verdict::Unknown, details: Vec::new(), reasons };
    let mut gaps = Vec::new();
    let mut absent = Vec::new();
    let mut incomplete = Vec::new();
    let reason = |kind, path: &ReadPath, text: String| Reason { kind, read: Some(path.to_string()), text };
    for (read, fact) in meta.reads.iter().zip(facts) {
        match fact {
            Fact::Gap(why) => gaps.push(why.clone()),
            Fact::Absent if read.absent.is_none() => {
                absent.push(reason(ReasonKind::Absent, &read.path, format!("{} is not there", read.path)));
            }
            Fact::Present { value, holes, incomplete: more } => {
                gaps.extend(mistyped(read, value));
                gaps.extend(not_whole(read, more.as_ref()));
                if *holes && read.absent.is_none() {
                    absent.push(reason(ReasonKind::Absent, &read.path, format!("{} is not there for all", read.path)));
                }
                if let Some(why) = more {
                    incomplete.push(reason(ReasonKind::Incomplete, &read.path, why.clone()));
                }
            }
            Fact::Absent => {}
        }
    }
    if !gaps.is_empty() {
        gaps.dedup();
        return unknown(gaps);
    }
    let answer = match run() {
        Ok(answer) => answer,
        Err(text) => return unknown(vec![Reason { kind: ReasonKind::Error, read: None, text }]),
    };
    let own = |texts: Vec<String>| {
        texts.into_iter().map(|text| Reason { kind: ReasonKind::Policy, read: None, text }).collect()
    };
    if !answer.not_applicable.is_empty() && incomplete.is_empty() {
        return Outcome { verdict: Verdict::NotApplicable, details: Vec::new(), reasons: own(answer.not_applicable) };
    }
    if !answer.deny.is_empty() && answer.not_applicable.is_empty() {
        return Outcome { verdict: Verdict::Fail, details: answer.deny, reasons: Vec::new() };
    }
    if !answer.unknown.is_empty() {
        return unknown(own(answer.unknown));
    }
    if !incomplete.is_empty() || !absent.is_empty() {
        incomplete.extend(absent);
        return unknown(incomplete);
    }
    // What is declared of a resource, and what its absence means, do not prove by themselves that anything holds.
    let proof =
        |(read, fact): (&Read, &&Fact)| read.path.root() != ReadRoot::Context && matches!(fact, Fact::Present { .. });
    let declared_only = meta.reads.iter().all(|r| r.path.root() == ReadRoot::Context);
    if !declared_only && !meta.reads.iter().zip(facts).any(proof) {
        let text = "nothing was there to prove it by".to_owned();
        return unknown(vec![Reason { kind: ReasonKind::Absent, read: None, text }]);
    }
    Outcome { verdict: Verdict::Pass, details: Vec::new(), reasons: Vec::new() }
}
