//! Puts policies to the test: their own Rego tests and cases, and tests that follow from the contract.

use std::collections::BTreeMap;

use regorus::{Engine, Value};
use serde_json::json;

use crate::evaluate::context::{Known, context_of};
use crate::evaluate::engine::{Interpreter, Limits, Machine, Runner, Unit, engine, needed, one_line};
use crate::evaluate::facts::{Fact, input};
use crate::evaluate::inspect::parse;
use crate::evaluate::{EvaluateError, Judge, Options, Outcome, verdict};
use crate::model::{
    GapReason, ParameterSetting, Policy, PolicySet, ReadPath, ReadRoot, Reason, ReasonKind, RegoFile, ResourceId,
    Snapshot, Verdict,
};

/// A small estate on which a policy's verdict is known.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Where it stands, for messages.
    pub place: String,
    /// The resource that is judged.
    pub subject: ResourceId,
    /// The estate.
    pub snapshot: Snapshot,
    /// Parameters that differ from their defaults.
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// The outcome of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// What was tested.
    pub name: String,
    /// What is wrong; `None` when it passed.
    pub failure: Option<String>,
}

/// Runs every test of a policy: its Rego tests, its cases in both engines, and the tests made of its metadata.
///
/// `pass` and `fail` are its cases.
///
/// # Errors
/// [`EvaluateError`] when the policy cannot be compiled.
pub fn try_policy(
    policy: &Policy,
    set: &PolicySet,
    pass: &[Trial],
    fail: &[Trial],
) -> Result<Vec<TestResult>, EvaluateError> {
    let mut results = Vec::new();
    let mut bench = Bench::of(policy, set)?;
    bench.add(&policy.rego)?;
    match &policy.tests {
        Some(tests) => results.extend(bench.rego_tests(tests)?),
        None => {
            results.push(TestResult { name: "policy_test.rego".to_owned(), failure: Some("there is none".to_owned()) });
        }
    }
    for (kind, cases) in [("pass.json", pass), ("fail.json", fail)] {
        if cases.is_empty() {
            results.push(TestResult { name: kind.to_owned(), failure: Some("holds no case".to_owned()) });
        }
    }
    let mut passing = Vec::new();
    let mut failing = Vec::new();
    for (cases, expected, kept) in [(pass, Verdict::Pass, &mut passing), (fail, Verdict::Fail, &mut failing)] {
        for case in cases {
            let bed = Bed::new(policy, set, case)?;
            let (outcome, same) = bed.both(&bed.facts, &mut bed.interpreter());
            let wrong = (outcome.verdict != expected).then(|| {
                format!("the verdict is {}, not {}: {}", outcome.verdict.as_str(), expected.as_str(), why(&outcome))
            });
            let stray = outcome
                .details
                .iter()
                .filter_map(|d| d.path.as_ref())
                .find(|path| !policy.meta.reads.iter().any(|r| r.path.to_string() == **path));
            let stray = stray.map(|path| format!("the finding's path {path:?} is not a declared read"));
            results.push(TestResult {
                name: format!("{} gives {}", case.place, expected.as_str()),
                failure: wrong.or(stray),
            });
            results.push(TestResult { name: format!("{} gives the same in both engines", case.place), failure: same });
            kept.push(bed);
        }
    }
    results.extend(gaps(policy, &passing));
    results.extend(absences(policy, &passing, &failing));
    results.extend(flips(policy, &passing, &failing));
    results.extend(types(policy, &passing));
    Ok(results)
}

fn why(outcome: &Outcome) -> String {
    let details = outcome.details.iter().map(|d| d.message.clone());
    details.chain(outcome.reasons.iter().map(|r| r.text.clone())).collect::<Vec<_>>().join("; ")
}

/// Every declared read as a gap: the verdict must be unknown.
fn gaps(policy: &Policy, passing: &[Bed]) -> Vec<TestResult> {
    let mut results = Vec::new();
    for bed in passing {
        for (at, read) in policy.meta.reads.iter().enumerate() {
            let reason = Reason {
                kind: ReasonKind::Gap(GapReason::Denied),
                read: Some(read.path.to_string()),
                text: "made by a test".to_owned(),
            };
            let outcome = bed.with(at, Fact::Gap(reason));
            results.push(TestResult {
                name: format!("{}: a gap on {} gives unknown", bed.place, read.path),
                failure: (outcome.verdict != Verdict::Unknown)
                    .then(|| format!("the verdict is {}", outcome.verdict.as_str())),
            });
        }
    }
    results
}

/// Every declared read removed: the verdict must not be pass, save where absence has a declared meaning; there, some
/// case must show it.
fn absences(policy: &Policy, passing: &[Bed], failing: &[Bed]) -> Vec<TestResult> {
    let mut results = Vec::new();
    // The machine takes some operators on what is not there for something: no policy may rest on that.
    for bed in passing.iter().take(1).chain(failing.iter().take(1)) {
        let mut interpreter = bed.interpreter();
        for (at, read) in policy.meta.reads.iter().enumerate().filter(|(_, read)| read.path != time()) {
            let mut facts = bed.facts.clone();
            facts[at] = Fact::Absent;
            results.push(TestResult {
                name: format!("{}: without {} both engines say the same", bed.place, read.path),
                failure: bed.both(&facts, &mut interpreter).1,
            });
        }
    }
    for (at, read) in policy.meta.reads.iter().enumerate() {
        if read.path == time() {
            continue;
        }
        if read.absent.is_some() {
            let shows = passing.iter().chain(failing).any(|bed| {
                !bed.facts[at].is_absent() && bed.with(at, Fact::Absent).verdict != bed.judge(&bed.facts).verdict
            });
            results.push(TestResult {
                name: format!("the absence of {} shows", read.path),
                failure: (!shows).then(|| "in no case does the verdict change when the fact is removed".to_owned()),
            });
            continue;
        }
        for bed in passing {
            let outcome = bed.with(at, Fact::Absent);
            results.push(TestResult {
                name: format!("{}: without {} there is no pass", bed.place, read.path),
                failure: (outcome.verdict == Verdict::Pass).then(|| "the verdict is pass".to_owned()),
            });
            results.push(TestResult {
                name: format!("{}: {} is there", bed.place, read.path),
                failure: bed.facts[at].is_absent().then(|| "a pass case must hold every fact".to_owned()),
            });
        }
    }
    results
}

/// Every fact in which a fail case differs from the first pass case: changed alone, it must change the verdict.
fn flips(policy: &Policy, passing: &[Bed], failing: &[Bed]) -> Vec<TestResult> {
    let Some(first) = passing.first() else { return Vec::new() };
    let mut results = Vec::new();
    for bed in failing {
        if bed.parameters != first.parameters {
            continue;
        }
        let mut differs = false;
        for (at, read) in policy.meta.reads.iter().enumerate() {
            if bed.facts[at] == first.facts[at] {
                continue;
            }
            differs = true;
            let outcome = first.with(at, bed.facts[at].clone());
            results.push(TestResult {
                name: format!("{} of {} changes the verdict", read.path, bed.place),
                failure: (outcome.verdict == Verdict::Pass)
                    .then(|| "the verdict stays pass when this fact alone is changed".to_owned()),
            });
        }
        results.push(TestResult {
            name: format!("{} differs from the first pass case", bed.place),
            failure: (!differs).then(|| "no declared fact differs".to_owned()),
        });
    }
    results
}

/// Every value within a fact, replaced by one of another type: what a policy does not understand never passes.
fn types(policy: &Policy, passing: &[Bed]) -> Vec<TestResult> {
    let Some(bed) = passing.first() else { return Vec::new() };
    let mut results = Vec::new();
    for (at, read) in policy.meta.reads.iter().enumerate() {
        let Fact::Present { value, .. } = &bed.facts[at] else { continue };
        // Summaries and context have the types that the engine gives them.
        let root = read.path.root();
        let made = root == ReadRoot::Context || (root == ReadRoot::Related && read.path.segments().len() == 1);
        if made {
            continue;
        }
        let mut places = Vec::new();
        pointers(value, &mut String::new(), &mut places);
        // The identity of children and related resources is made by the engine, too.
        places.retain(|p| !["/id", "/type", "/name"].iter().any(|end| p.ends_with(end)) || root == ReadRoot::Resource);
        for place in places.iter().take(MAX_PLACES) {
            // A member that can go without a change of the verdict is none of the policy's concern.
            let mut without = value.clone();
            if remove(&mut without, place) && bed.with(at, Fact::present(without)).verdict == Verdict::Pass {
                continue;
            }
            for other in [json!(true), json!(7), json!("seven"), json!([]), json!({})] {
                let mut changed = value.clone();
                let Some(inner) = changed.pointer_mut(place) else { continue };
                if std::mem::discriminant(inner) == std::mem::discriminant(&other) {
                    continue;
                }
                *inner = other.clone();
                let outcome = bed.with(at, Fact::present(changed));
                results.push(TestResult {
                    name: format!("{}: {}{place} as {other} is no pass", bed.place, read.path),
                    failure: (outcome.verdict == Verdict::Pass)
                        .then(|| "the verdict is pass on a value of another type".to_owned()),
                });
            }
        }
    }
    results
}

/// The most places within one fact that are changed.
const MAX_PLACES: usize = 100;

/// Takes the value at a JSON pointer away; false when it is the whole.
fn remove(tree: &mut serde_json::Value, place: &str) -> bool {
    let Some((parent, key)) = place.rsplit_once('/') else { return false };
    match tree.pointer_mut(parent) {
        Some(serde_json::Value::Object(map)) => map.remove(&key.replace("~1", "/").replace("~0", "~")).is_some(),
        Some(serde_json::Value::Array(items)) => match key.parse::<usize>() {
            Ok(at) if at < items.len() => {
                items.remove(at);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// JSON pointers (RFC 6901) to every value that holds no other.
fn pointers(value: &serde_json::Value, at: &mut String, places: &mut Vec<String>) {
    let mut inner = |key: &str, value: &serde_json::Value, at: &mut String| {
        let end = at.len();
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        pointers(value, at, places);
        at.truncate(end);
    };
    match value {
        serde_json::Value::Object(map) if !map.is_empty() => map.iter().for_each(|(key, v)| inner(key, v, at)),
        serde_json::Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(i, v)| inner(&i.to_string(), v, at));
        }
        _ => places.push(at.clone()),
    }
}

fn time() -> ReadPath {
    ReadPath::from_parts(ReadRoot::Context, vec!["at".to_owned()])
}

/// A case, resolved to facts, on which the policy can be judged again and again.
struct Bed {
    place: String,
    policy: Policy,
    libraries: Vec<RegoFile>,
    data: Vec<serde_json::Value>,
    compiled: crate::evaluate::engine::Compiled,
    identity: crate::model::Resource,
    facts: Vec<Fact>,
    parameters: BTreeMap<String, serde_json::Value>,
}

impl Bed {
    fn new(policy: &Policy, set: &PolicySet, case: &Trial) -> Result<Self, EvaluateError> {
        let mut parameters: BTreeMap<String, ParameterSetting> = policy
            .meta
            .parameters
            .iter()
            .map(|(name, p)| {
                (name.clone(), ParameterSetting { default: p.default_value(), ..ParameterSetting::default() })
            })
            .collect();
        for (name, value) in &case.parameters {
            let Some(setting) = parameters.get_mut(name) else {
                return Err(EvaluateError::Parameters(format!("{}: the policy has no parameter {name}", case.place)));
            };
            setting.default = value.clone();
        }
        if !case.subject.resource_type().is_some_and(|kind| policy.meta.resources.contains(&kind)) {
            let what = format!("{}: the first resource is none of the type that the policy judges", case.place);
            return Err(EvaluateError::Parameters(what));
        }
        let list = [policy];
        let alone = PolicySet {
            policies: std::iter::once((policy.meta.id.clone(), policy.clone())).collect(),
            libraries: set.libraries.clone(),
            data: set.data.clone(),
            ..PolicySet::default()
        };
        let options = Options::new(parameters, chrono::DateTime::UNIX_EPOCH);
        let mut judge = Judge::new(&case.snapshot, &list, &alone, &options)?;
        let subject = case.snapshot.find(&case.subject);
        let resource = subject.ok_or_else(|| EvaluateError::Parameters(format!("{}: no resource", case.place)))?;
        let context = context_of(resource, judge.facts.rules, &judge.facts.index, &mut Known::new());
        let resolved = {
            let subject = judge.facts.subject(resource, context);
            policy.meta.reads.iter().map(|read| judge.facts.resolve(&subject, read)).collect()
        };
        let compiled = judge.local.take().ok_or_else(|| EvaluateError::Parameters("no program".to_owned()))?;
        let data = judge.combinations.data.clone();
        Ok(Self {
            place: case.place.clone(),
            policy: policy.clone(),
            libraries: set.libraries.clone(),
            data,
            compiled,
            identity: resource.clone(),
            facts: resolved,
            parameters: case.parameters.clone(),
        })
    }

    fn judge(&self, facts: &[Fact]) -> Outcome {
        let mut machine = Machine::new(&self.compiled);
        self.judge_with(facts, &mut machine)
    }

    fn judge_with(&self, facts: &[Fact], runner: &mut dyn Runner) -> Outcome {
        let facts: Vec<&Fact> = facts.iter().collect();
        verdict(&self.policy.meta, &facts, || {
            runner.run(0, 0, input(Some(&self.identity), &self.policy.meta.reads, &facts))
        })
    }

    /// The outcome with one fact replaced.
    fn with(&self, at: usize, fact: Fact) -> Outcome {
        let mut facts = self.facts.clone();
        facts[at] = fact;
        self.judge(&facts)
    }

    /// The interpreter that stands against the machine. It compiles once and judges many facts.
    fn interpreter(&self) -> Interpreter {
        Interpreter::new(&[Unit::of(&self.policy)], &self.libraries, &self.data, Limits::default())
    }

    /// The outcome, and how the engines differ if they do.
    fn both(&self, facts: &[Fact], interpreter: &mut Interpreter) -> (Outcome, Option<String>) {
        let first = self.judge(facts);
        let second = self.judge_with(facts, interpreter);
        let same =
            first.verdict == second.verdict && first.details == second.details && first.reasons == second.reasons;
        let differ = format!(
            "the machine says {} ({}), the interpreter {} ({})",
            first.verdict.as_str(),
            why(&first),
            second.verdict.as_str(),
            why(&second)
        );
        (first, (!same).then_some(differ))
    }
}

/// An interpreter with the libraries and their data, on which Rego tests run.
#[derive(Clone)]
pub(crate) struct Bench {
    engine: Engine,
}

impl Bench {
    /// A bench with the libraries that a policy and its tests lead to.
    pub(crate) fn of(policy: &Policy, set: &PolicySet) -> Result<Self, EvaluateError> {
        let tests = policy.tests.as_ref().map_or("", |file| &*file.text);
        Self::new(set, &[&*policy.rego.text, tests])
    }

    /// A bench with the libraries that these texts lead to.
    fn new(set: &PolicySet, texts: &[&str]) -> Result<Self, EvaluateError> {
        let mut engine = engine(&needed(&set.libraries, texts), std::iter::empty(), &Limits::default())?;
        let mut data = set.data.clone();
        let defaults: serde_json::Map<String, serde_json::Value> =
            set.parameters().into_iter().map(|(name, p)| (name.to_owned(), p.default_value())).collect();
        if !data.is_object() {
            data = json!({});
        }
        data["parameters"] = serde_json::Value::Object(defaults);
        engine.add_data(Value::from(data)).map_err(|e| EvaluateError::Parameters(one_line(&e.to_string())))?;
        Ok(Self { engine })
    }

    pub(crate) fn add(&mut self, file: &RegoFile) -> Result<(), EvaluateError> {
        let added = self.engine.add_policy(file.path.clone(), file.text.clone().into_owned());
        added.map(drop).map_err(|e| EvaluateError::Compile { path: file.path.clone(), what: one_line(&e.to_string()) })
    }

    /// Runs every `test_` rule of a file. A test passes when it is `true` and nothing else.
    pub(crate) fn rego_tests(&mut self, file: &RegoFile) -> Result<Vec<TestResult>, EvaluateError> {
        let mut problems = Vec::new();
        let module = parse(file, &mut problems);
        let Some(module) = module else {
            let what = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            return Err(EvaluateError::Compile { path: file.path.clone(), what });
        };
        self.add(file)?;
        let package = module.package.refr.span().text().to_owned();
        let mut names: Vec<String> = file
            .text
            .lines()
            .filter(|l| l.starts_with("test_"))
            .map(|l| l.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
            .collect();
        let total = names.len();
        names.sort();
        names.dedup();
        let mut results = Vec::new();
        if names.is_empty() {
            results.push(TestResult { name: file.path.clone(), failure: Some("holds no test_ rule".to_owned()) });
        } else if names.len() < total {
            results.push(TestResult {
                name: file.path.clone(),
                failure: Some("a test_ name appears twice, so one of them proves nothing".to_owned()),
            });
        }
        for name in names {
            let failure = match self.engine.eval_rule(format!("data.{package}.{name}")) {
                Ok(Value::Bool(true)) => None,
                Ok(Value::Undefined) => Some("is not true".to_owned()),
                Ok(other) => Some(format!("is {other}, not true")),
                Err(error) => Some(one_line(&error.to_string())),
            };
            results.push(TestResult { name: format!("{}: {name}", file.path), failure });
        }
        Ok(results)
    }
}

/// Runs the tests of the libraries.
///
/// # Errors
/// [`EvaluateError`] when a file cannot be compiled.
pub fn try_libraries(set: &PolicySet) -> Result<Vec<TestResult>, EvaluateError> {
    let mut results = Vec::new();
    for file in &set.library_tests {
        results.extend(Bench::new(set, &[&*file.text])?.rego_tests(file)?);
    }
    Ok(results)
}

/// Judges the cases with the policy's text replaced; whether each has the expected verdict. Used on mutants.
pub(crate) fn cases_hold(
    policy: &Policy,
    set: &PolicySet,
    pass: &[Trial],
    fail: &[Trial],
) -> Result<bool, EvaluateError> {
    for (cases, expected) in [(pass, Verdict::Pass), (fail, Verdict::Fail)] {
        for case in cases {
            let bed = Bed::new(policy, set, case)?;
            if bed.judge(&bed.facts).verdict != expected {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
