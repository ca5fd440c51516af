//! How a policy comes to its verdict on one resource: the facts and where they were read, the thresholds, the context, and
//! the lines of Rego that were evaluated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::evaluate::context::{Declared, Known, context_of, declared_in};
use crate::evaluate::engine::{Trace, trace_unit};
use crate::evaluate::facts::{Fact, Subject, input, mistyped, not_whole};
use crate::evaluate::relations::{Target, resolve};
use crate::evaluate::{EvaluateError, Judge, Options};
use crate::model::{
    CONTEXT_FIELDS, Detail, FactType, Finding, Origin, Policy, PolicyId, PolicySet, Read, ReadRoot, Reason, ReasonKind,
    Relation, Resource, ResourceEntry, ResourceId, Shape, Snapshot, property_at,
};

/// A verdict with everything that led to it.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The finding, as `evaluate` gives it.
    pub finding: Finding,
    /// The declared reads, in the order of the metadata; empty when the resource itself is not in the snapshot.
    pub reads: Vec<ReadTold>,
    /// What the firm declares of the resource, by field.
    pub context: BTreeMap<String, ContextTold>,
    /// The values of the policy's parameters that count for the resource.
    pub parameters: BTreeMap<String, Value>,
    /// What the rules gave; `None` when no rule ran.
    pub rules: Option<RulesTold>,
}

/// How a declared read was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadState {
    /// There is a value.
    Present,
    /// It was read and is not there.
    Absent,
    /// Nobody knows.
    Gap,
}

/// A declared read, and where its fact was read.
#[derive(Debug, Serialize)]
pub struct ReadTold {
    /// The read.
    pub path: String,
    /// The type that the policy understands.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<FactType>,
    /// How it was resolved.
    pub state: ReadState,
    /// The value; one too large to show is its size and SHA-256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Why nobody knows, for a gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Reason>,
    /// What absence means, where the policy says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
    /// Whether some member lacks the property.
    pub holes: bool,
    /// Why there may be more than the value shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<String>,
    /// The resources that it was read of.
    pub places: Vec<ReadPlace>,
}

/// A resource that a fact was read of, and where that was read.
#[derive(Debug, Serialize)]
pub struct ReadPlace {
    /// The resource.
    pub resource: ResourceId,
    /// The request, or the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<PlaceOrigin>,
}

/// Where a fact was read.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceOrigin {
    /// A request to Azure.
    Request {
        /// The HTTP method.
        method: String,
        /// Path and query, without host.
        path: String,
        /// The api-version.
        api_version: String,
        /// When the answer came, RFC 3339.
        time: String,
    },
    /// A file of code or of answers.
    File {
        /// The file.
        file: String,
        /// The name in code.
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// The first line, from 1, of the property or of the nearest block around it.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        /// Whether nobody wrote the value: it is a default.
        by_default: bool,
    },
}

/// A declared field of context.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ContextTold {
    /// The value; `None` when the place that would carry it is a gap.
    pub value: Option<String>,
    /// Where it is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether the policy reads it, or a threshold of the policy depends on it.
    pub used: bool,
}

/// What the rules of a policy gave, and the lines that were evaluated.
#[derive(Debug, Serialize)]
pub struct RulesTold {
    /// What `deny` holds.
    pub deny: Vec<Detail>,
    /// What `not_applicable` holds.
    pub not_applicable: Vec<String>,
    /// What `unknown` holds.
    pub unknown: Vec<String>,
    /// Why the interpreter could not evaluate it, or what it says otherwise than the virtual machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The file.
    pub path: String,
    /// Lines of which something was evaluated, from 1.
    pub evaluated: BTreeSet<u32>,
    /// Lines of which something could be evaluated and nothing was.
    pub not_evaluated: BTreeSet<u32>,
}

/// Explains the verdict of a policy on a resource. `None` when the policy says nothing of it.
///
/// The verdict is that of the virtual machine, as everywhere; the lines are those of the interpreter, which is run with the
/// same input. Policies that are not part of the program run where [`Options::sandbox`] says.
///
/// # Errors
/// [`EvaluateError`] when the policy is not in the set or cannot be compiled.
pub fn explain(
    snapshot: &Snapshot,
    policies: &PolicySet,
    options: &Options,
    policy: &PolicyId,
    resource: &ResourceId,
) -> Result<Option<Explanation>, EvaluateError> {
    let Some(policy) = policies.policies.get(policy) else { return Ok(None) };
    let list = [policy];
    let judge = Judge::new(snapshot, &list, policies, options)?;
    let Some(resource) = snapshot.find(resource).filter(|r| judge.plans.contains_key(r.resource_type())) else {
        // A resource that only a gap names, or a list of it that is not complete.
        let hidden = judge.hidden().0.into_iter().find(|f| f.resource == *resource);
        return Ok(hidden.map(|finding| Explanation {
            finding,
            reads: Vec::new(),
            context: BTreeMap::new(),
            parameters: BTreeMap::new(),
            rules: None,
        }));
    };
    let context = context_of(resource, judge.facts.rules, &judge.facts.index, &mut Known::new());
    let subject = judge.facts.subject(resource, context);
    let reads = &policy.meta.reads;
    let facts: Vec<Fact> = reads.iter().map(|read| judge.facts.resolve(&subject, read)).collect();
    let facts: Vec<&Fact> = facts.iter().collect();
    let (place, unknown_threshold) = judge.place(&policy.meta, &subject.context);
    let mut ran = false;
    let (finding, traced) = {
        let mut runner = if judge.is_remote(0) { judge.remote_runner() } else { judge.runner() };
        let mut noted = Noted { runner: &mut *runner, ran: &mut ran };
        let finding = judge.judge(0, &subject, &facts, &mut noted);
        let given = || input(judge.identity[0].then_some(resource), reads, &facts);
        (finding, ran.then(|| trace(&judge, place, given())))
    };
    let shown: BTreeMap<String, Value> = serde_json::from_str(finding.facts.get()).unwrap_or_default();
    let reads = reads.iter().zip(&facts).map(|(read, fact)| told(&judge, &subject, read, fact, &shown)).collect();
    let values = &judge.combinations.data[place]["parameters"];
    let known = |name: &String| Some((name.clone(), values.get(name)?.clone()));
    let parameters = match unknown_threshold {
        // Which values count depends on a gap.
        Some(_) => BTreeMap::new(),
        None => policy.meta.parameters.keys().filter_map(known).collect(),
    };
    let rules = traced.map(|traced| rules_told(traced, &finding, policy));
    Ok(Some(Explanation { context: declared(&judge, &subject, policy), finding, reads, parameters, rules }))
}

/// Notes whether rules run at all.
struct Noted<'a> {
    runner: &'a mut dyn crate::evaluate::engine::Runner,
    ran: &'a mut bool,
}

impl crate::evaluate::engine::Runner for Noted<'_> {
    fn run(
        &mut self,
        policy: usize,
        parameters: usize,
        input: Value,
    ) -> Result<crate::evaluate::engine::Answer, String> {
        *self.ran = true;
        self.runner.run(policy, parameters, input)
    }
}

/// Runs the interpreter where the policy may run.
fn trace(judge: &Judge<'_>, place: usize, input: Value) -> Result<Trace, String> {
    let (data, limits) = (&judge.combinations.data, judge.options.limits);
    match &judge.options.sandbox {
        Some(sandbox) if judge.is_remote(0) => {
            sandbox.runner(&judge.units, &|_| true, &judge.set.libraries, data, limits).trace(0, place, input)
        }
        _ => trace_unit(&judge.units[0], &judge.set.libraries, &data[place], limits, input),
    }
}

fn rules_told(traced: Result<Trace, String>, finding: &Finding, policy: &Policy) -> RulesTold {
    let (trace, mut error) = match traced {
        Ok(trace) => (trace, None),
        Err(error) => (Trace::default(), Some(error)),
    };
    let Trace { answer, evaluated, idle } = trace;
    let judged = finding.reasons.iter().all(|r| r.kind != ReasonKind::Error);
    let fails = !answer.deny.is_empty() && answer.not_applicable.is_empty();
    if error.is_none() && judged && fails != (finding.verdict == crate::model::Verdict::Fail) {
        error =
            Some("the interpreter and the virtual machine disagree; the verdict is the virtual machine's".to_owned());
    }
    RulesTold {
        deny: answer.deny,
        not_applicable: answer.not_applicable,
        unknown: answer.unknown,
        error,
        path: policy.rego.path.clone(),
        evaluated,
        not_evaluated: idle,
    }
}

fn told(
    judge: &Judge<'_>,
    subject: &Subject<'_>,
    read: &Read,
    fact: &Fact,
    shown: &BTreeMap<String, Value>,
) -> ReadTold {
    let path = read.path.to_string();
    let (state, gap, holes, incomplete) = match fact {
        Fact::Gap(reason) => (ReadState::Gap, Some(reason.clone()), false, None),
        Fact::Absent => (ReadState::Absent, None, false, None),
        Fact::Present { value, holes, incomplete } => {
            match mistyped(read, value).or_else(|| not_whole(read, incomplete.as_ref())) {
                Some(reason) => (ReadState::Gap, Some(reason), false, None),
                None if *holes && !shown.contains_key(&path) => (ReadState::Absent, None, false, None),
                None => (ReadState::Present, None, *holes, incomplete.clone()),
            }
        }
    };
    ReadTold {
        kind: read.kind,
        state,
        value: shown.get(&path).filter(|_| state != ReadState::Absent).cloned(),
        gap,
        absent: read.absent.clone(),
        holes,
        incomplete,
        places: places(judge, subject, read),
        path,
    }
}

/// The most members of a list whose places are told.
const MAX_PLACES: usize = 50;

/// The resources that a fact was read of.
fn places(judge: &Judge<'_>, subject: &Subject<'_>, read: &Read) -> Vec<ReadPlace> {
    let words = read.path.segments();
    let index = &judge.facts.index;
    let own = entry(subject.resource);
    let property = |words: &[String]| {
        let path = crate::model::ReadPath::from_parts(ReadRoot::Resource, words.to_vec());
        if words.is_empty() { String::new() } else { path.to_string() }
    };
    let itself = || vec![placed(&own, &read.path.to_string())];
    // A child that is written inside of the resource has its places there.
    let child = |child: &Resource| {
        let written = match own.place() {
            Some(Origin::File { properties, .. }) => {
                properties.keys().any(|k| k.eq_ignore_ascii_case(&read.path.to_string()))
            }
            _ => false,
        };
        if written { placed(&own, &read.path.to_string()) } else { placed(&entry(child), &property(&words[2..])) }
    };
    match read.path.root() {
        ReadRoot::Resource => itself(),
        ReadRoot::Context => Vec::new(),
        ReadRoot::Children if read.path.is_wildcard() => {
            let members: Vec<ReadPlace> =
                index.children(subject.resource.id(), &words[0]).take(MAX_PLACES).map(child).collect();
            if members.is_empty() { itself() } else { members }
        }
        ReadRoot::Children => {
            let key =
                format!("{}/{}/{}", subject.resource.id().key(), words[0].to_lowercase(), words[1].to_lowercase());
            index.by_key(&key).map_or_else(itself, |found| vec![child(found)])
        }
        ReadRoot::Related => {
            let relation = Relation::find(&words[0], subject.resource.resource_type().as_str());
            let body = subject.resource.parsed().unwrap_or_default();
            match relation.map(|r| (r, r.shape())) {
                Some((relation, Shape::One)) => match resolve(relation.via, subject.resource, &body, index) {
                    Target::Found(target) => vec![placed(&entry(target), &property(&words[1..]))],
                    _ => Vec::new(),
                },
                Some((relation, Shape::Many)) => {
                    let members = judge.facts.referrers.of(relation, subject.resource, &body, index);
                    let members = members.into_iter().flat_map(|m| m.resources).take(MAX_PLACES);
                    members.map(|m| placed(&entry(m), &property(words.get(2..).unwrap_or_default()))).collect()
                }
                _ => Vec::new(),
            }
        }
    }
}

fn entry(resource: &Resource) -> ResourceEntry {
    ResourceEntry {
        id: resource.id().clone(),
        resource_type: resource.resource_type().clone(),
        policies: 0,
        context: BTreeMap::new(),
        origin: resource.origin().map(Arc::clone),
        declared: None,
    }
}

fn placed(entry: &ResourceEntry, path: &str) -> ReadPlace {
    let origin = entry.origin.as_deref().map(|origin| match origin {
        Origin::Request { method, path, api_version, time, .. } => PlaceOrigin::Request {
            method: method.clone(),
            path: path.clone(),
            api_version: api_version.clone(),
            time: time.clone(),
        },
        Origin::File { file, address, defaults, .. } => {
            let written = property_at(entry, path);
            PlaceOrigin::File {
                file: written.map_or(file.as_str(), |w| w.file).to_owned(),
                address: address.clone(),
                line: written.map(|w| w.range.start_line),
                by_default: defaults.iter().any(|d| d.eq_ignore_ascii_case(path)),
            }
        }
    });
    ReadPlace { resource: entry.id.clone(), origin }
}

/// The declared context, and which of it matters to the policy.
fn declared(judge: &Judge<'_>, subject: &Subject<'_>, policy: &Policy) -> BTreeMap<String, ContextTold> {
    let reads: BTreeSet<&str> = policy
        .meta
        .reads
        .iter()
        .filter(|r| r.path.root() == ReadRoot::Context)
        .filter_map(|r| r.path.segments().first().map(String::as_str))
        .collect();
    let settings = || policy.meta.parameters.keys().filter_map(|name| judge.options.parameters.get(name));
    let decides = |field: &str| match field {
        "data_class" => settings().any(|s| !s.by_data_class.is_empty()),
        "criticality" => settings().any(|s| !s.by_criticality.is_empty()),
        _ => false,
    };
    let index = &judge.facts.index;
    let fields = CONTEXT_FIELDS.iter().filter_map(|field| {
        let value = match subject.context.get(field)? {
            Declared::Known(text) => Some(text.clone()),
            Declared::Gap(_) => None,
        };
        let source = declared_in(subject.resource, judge.facts.rules, index, field);
        Some(((*field).to_owned(), ContextTold { value, source, used: reads.contains(field) || decides(field) }))
    });
    fields.collect()
}
