//! Runs Rego with regorus: compiled programs in its virtual machine, or its interpreter as a second opinion.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::RegoVM;
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Rc, Value};

use crate::evaluate::{EvaluateError, on_threads};
use crate::model::{Detail, ParameterSetting, Policy, PolicyId, RegoFile, ResourceType};

/// How far one evaluation of one policy on one resource may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Instructions of the virtual machine. The same policy on the same input always stops at the same place.
    pub instructions: usize,
    /// Time, as a backstop for work between two instructions.
    pub time: Duration,
    /// Memory of the process that evaluates policies which are not ours, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { instructions: 2_000_000, time: Duration::from_secs(10), memory: 1 << 30 }
    }
}

impl Limits {
    fn timer(&self) -> ExecutionTimerConfig {
        ExecutionTimerConfig { limit: self.time, check_interval: NonZeroU32::new(512).unwrap_or(NonZeroU32::MIN) }
    }
}

/// What the rules of a policy gave.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Answer {
    pub(crate) deny: Vec<Detail>,
    pub(crate) not_applicable: Vec<String>,
    pub(crate) unknown: Vec<String>,
}

/// A policy as the engines see it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Unit {
    pub(crate) id: PolicyId,
    pub(crate) resources: Vec<ResourceType>,
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Unit {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self {
            id: policy.meta.id.clone(),
            resources: policy.meta.resources.clone(),
            path: policy.rego.path.clone(),
            text: policy.rego.text.clone().into_owned(),
        }
    }
}

/// Something that runs policies, by their place in the list it was made of.
pub(crate) trait Runner {
    /// Runs the rules of one policy. `parameters` is the place of the parameter values in their list.
    fn run(&mut self, policy: usize, parameters: usize, input: serde_json::Value) -> Result<Answer, String>;
}

/// What the interpreter gave for one policy on one input, and the lines of the policy that it evaluated.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Trace {
    pub(crate) answer: Answer,
    /// Lines of which something was evaluated, from 1.
    pub(crate) evaluated: BTreeSet<u32>,
    /// Lines of which something could be evaluated and nothing was.
    pub(crate) idle: BTreeSet<u32>,
}

/// Runs the rules of one policy in a fresh interpreter that notes every line.
pub(crate) fn trace_unit(
    unit: &Unit,
    libraries: &[RegoFile],
    data: &serde_json::Value,
    limits: Limits,
    input: serde_json::Value,
) -> Result<Trace, String> {
    let mut engine =
        engine(&needed(libraries, &[&unit.text]), std::iter::once((unit.path.as_str(), unit.text.as_str())), &limits)
            .map_err(|e| e.to_string())?;
    engine.add_data(Value::from(data.clone())).map_err(|e| one_line(&e.to_string()))?;
    engine.set_input(Value::from(input));
    engine.set_enable_coverage(true);
    let answer = rules(&mut engine, unit)?;
    let report = engine.get_coverage_report().map_err(|e| one_line(&e.to_string()))?;
    let file = report.files.into_iter().find(|file| file.path == unit.path);
    let (evaluated, idle) = file.map(|file| (file.covered, file.not_covered)).unwrap_or_default();
    // A line may hold several expressions, some of which were evaluated.
    let idle = idle.difference(&evaluated).copied().collect();
    Ok(Trace { answer, evaluated, idle })
}

/// What the rules of a policy give in an interpreter that has its input.
fn rules(engine: &mut Engine, unit: &Unit) -> Result<Answer, String> {
    let mut values = [Value::Undefined, Value::Undefined, Value::Undefined];
    for (slot, rule) in RULES.iter().enumerate() {
        if has_rule(&unit.text, rule) {
            values[slot] =
                engine.eval_rule(format!("data.{}.{rule}", unit.id)).map_err(|e| one_line(&e.to_string()))?;
        }
    }
    answer(&values)
}

/// The rules that a policy may have, in the order of entry points.
pub(crate) const RULES: [&str; 3] = ["deny", "not_applicable", "unknown"];

/// The most policies in one program: three entry points each, of 254 that a program may have.
const POLICIES_PER_PROGRAM: usize = 80;

/// What every evaluation shares: programs, and the values of `data` for every combination of parameters.
pub(crate) struct Compiled {
    programs: Vec<Arc<Program>>,
    /// For each policy its program and the entry points of its rules.
    entries: Vec<(usize, [Option<usize>; 3])>,
    data: Vec<Value>,
    limits: Limits,
}

/// An engine with the libraries and the given policies.
pub(crate) fn engine<'a>(
    libraries: &[&'a RegoFile],
    policies: impl Iterator<Item = (&'a str, &'a str)>,
    limits: &Limits,
) -> Result<Engine, EvaluateError> {
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(false);
    engine.set_gather_prints(true);
    engine.set_execution_timer_config(limits.timer());
    for (path, text) in libraries.iter().map(|f| (f.path.as_str(), &*f.text)).chain(policies) {
        engine
            .add_policy(path.to_owned(), text.to_owned())
            .map_err(|e| EvaluateError::Compile { path: path.to_owned(), what: one_line(&e.to_string()) })?;
    }
    Ok(engine)
}

/// An error text of regorus, which draws excerpts, as one line.
pub(crate) fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = text.split_whitespace().filter(|w| !w.chars().all(|c| "|-^>".contains(c))).collect();
    words.join(" ")
}

impl Compiled {
    /// Compiles policies, one program for each resource type, so that a program grows with its type alone.
    pub(crate) fn new(
        policies: &[Unit],
        libraries: &[RegoFile],
        data: &[serde_json::Value],
        limits: Limits,
    ) -> Result<Self, EvaluateError> {
        Self::some(policies, &|_| true, libraries, data, limits)
    }

    /// The same for some of the policies; the others keep their places and have no rules.
    pub(crate) fn some(
        policies: &[Unit],
        which: &dyn Fn(usize) -> bool,
        libraries: &[RegoFile],
        data: &[serde_json::Value],
        limits: Limits,
    ) -> Result<Self, EvaluateError> {
        // Policies of several types have a program of their own.
        let mut by_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, policy) in policies.iter().enumerate().filter(|(at, _)| which(*at)) {
            let kind = match policy.resources.as_slice() {
                [one] => one.key(),
                _ => "",
            };
            by_type.entry(kind).or_default().push(at);
        }
        let mut compiled = Self {
            programs: Vec::new(),
            entries: vec![(0, [None; 3]); policies.len()],
            data: data.iter().map(|d| Value::from(d.clone())).collect(),
            limits,
        };
        let chunks: Vec<&[usize]> = by_type.values().flat_map(|list| list.chunks(POLICIES_PER_PROGRAM)).collect();
        let next = AtomicUsize::new(0);
        // Each type has a program of its own, so that they can be made side by side.
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(chunks.len()).max(1);
        let mut made = on_threads(threads, |_| {
            let mut made = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = chunks.get(at) else { return made };
                made.push((at, program(chunk, policies, libraries, &limits)));
            }
        });
        made.sort_by_key(|(at, _)| *at);
        for (chunk, (_, made)) in chunks.iter().zip(made) {
            let (program, slots) = made?;
            for (at, slots) in chunk.iter().zip(slots) {
                compiled.entries[*at] = (compiled.programs.len(), slots);
            }
            compiled.programs.push(program);
        }
        Ok(compiled)
    }
}

/// The places of a policy's rules among the entry points of a program.
type Slots = [Option<usize>; 3];

/// Compiles some policies, with the libraries that they lead to.
fn program(
    chunk: &[usize],
    policies: &[Unit],
    libraries: &[RegoFile],
    limits: &Limits,
) -> Result<(Arc<Program>, Vec<Slots>), EvaluateError> {
    let texts: Vec<&str> = chunk.iter().map(|at| policies[*at].text.as_str()).collect();
    let mut engine = engine(
        &needed(libraries, &texts),
        chunk.iter().map(|at| (policies[*at].path.as_str(), policies[*at].text.as_str())),
        limits,
    )?;
    let mut names = Vec::new();
    let mut places = Vec::new();
    for at in chunk {
        let policy = &policies[*at];
        let mut slots = [None; 3];
        for (rule, slot) in RULES.iter().zip(&mut slots) {
            if has_rule(&policy.text, rule) {
                *slot = Some(names.len());
                names.push(format!("data.{}.{rule}", policy.id));
            }
        }
        places.push(slots);
    }
    let path = policies[chunk[0]].path.clone();
    let first = names.first().cloned().unwrap_or_default();
    let fail = |what: String| EvaluateError::Compile { path: path.clone(), what: one_line(&what) };
    let policy = engine.compile_with_entrypoint(&Rc::from(first.as_str())).map_err(|e| fail(e.to_string()))?;
    let entries: Vec<&str> = names.iter().map(String::as_str).collect();
    let program = Compiler::compile_from_policy(&policy, &entries).map_err(|e| fail(e.to_string()))?;
    Ok((program, places))
}

/// The libraries that the texts lead to, and those that these lead to. A library is left out only when no text names it or
/// anything above it.
pub(crate) fn needed<'a>(libraries: &'a [RegoFile], texts: &[&str]) -> Vec<&'a RegoFile> {
    let packages: Vec<Option<&str>> = libraries
        .iter()
        .map(|file| file.text.lines().find_map(|line| line.strip_prefix("package ")).map(str::trim))
        .collect();
    let mut taken = vec![false; libraries.len()];
    let mut open: Vec<&str> = texts.to_vec();
    while let Some(text) = open.pop() {
        for (at, package) in packages.iter().enumerate() {
            if !taken[at] && package.is_none_or(|package| names_package(text, package)) {
                taken[at] = true;
                open.push(&libraries[at].text);
            }
        }
    }
    libraries.iter().zip(taken).filter(|(_, taken)| *taken).map(|(file, _)| file).collect()
}

/// Whether a text may reach a package: it names it, something above it, or something that is only known when it runs.
fn names_package(text: &str, package: &str) -> bool {
    text.match_indices("data").any(|(at, word)| {
        let rest = &text[at + word.len()..];
        let Some(rest) = rest.strip_prefix('.') else {
            // Part of a longer word, or all of `data`.
            return !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        };
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        let named = &rest[..end];
        let begins = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|more| more.starts_with('.'));
        // `data.lib[name]` may mean anything below `data.lib`.
        begins(named, package) || begins(package, named)
    })
}

/// Whether the text defines the rule. Rule heads start at the first column (`opa fmt`).
fn has_rule(text: &str, rule: &str) -> bool {
    text.lines().any(|line| {
        line.strip_prefix(rule).is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('['))
            && !line.contains(":=")
    })
}

/// Runs programs in the virtual machine. One for each thread.
///
/// A policy is a function of its input, so the answer to an input that was seen before is known: most servers of an
/// estate have the same value in most properties.
pub(crate) struct Machine<'a> {
    compiled: &'a Compiled,
    machines: BTreeMap<(usize, usize), RegoVM>,
    seen: HashMap<(usize, usize, String), Answer>,
}

/// How many answers a thread keeps.
const MAX_SEEN: usize = 20_000;

/// The longest input whose answer is kept, in bytes of JSON.
const MAX_SEEN_BYTES: usize = 2048;

impl<'a> Machine<'a> {
    pub(crate) fn new(compiled: &'a Compiled) -> Self {
        Self { compiled, machines: BTreeMap::new(), seen: HashMap::new() }
    }
}

impl Runner for Machine<'_> {
    fn run(&mut self, policy: usize, parameters: usize, input: serde_json::Value) -> Result<Answer, String> {
        let text = input.to_string();
        if text.len() > MAX_SEEN_BYTES {
            return self.execute(policy, parameters, input);
        }
        let key = (policy, parameters, text);
        if let Some(answer) = self.seen.get(&key) {
            return Ok(answer.clone());
        }
        let answer = self.execute(policy, parameters, input)?;
        if self.seen.len() >= MAX_SEEN {
            self.seen.clear();
        }
        self.seen.insert(key, answer.clone());
        Ok(answer)
    }
}

impl Machine<'_> {
    fn execute(&mut self, policy: usize, parameters: usize, input: serde_json::Value) -> Result<Answer, String> {
        let (program, entries) = self.compiled.entries[policy];
        let machine = match self.machines.entry((program, parameters)) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let mut machine = RegoVM::new();
                machine.load_program(Arc::clone(&self.compiled.programs[program]));
                machine.set_max_instructions(self.compiled.limits.instructions);
                machine.set_execution_timer_config(Some(self.compiled.limits.timer()));
                machine.set_data(self.compiled.data[parameters].clone()).map_err(|e| one_line(&e.to_string()))?;
                entry.insert(machine)
            }
        };
        machine.set_input(Value::from(input));
        let mut values = [Value::Undefined, Value::Undefined, Value::Undefined];
        for (slot, entry) in entries.iter().enumerate() {
            let Some(entry) = entry else { continue };
            values[slot] = machine.execute_entry_point_by_index(*entry).map_err(|e| one_line(&e.to_string()))?;
        }
        answer(&values)
    }
}

/// Runs policies in the interpreter.
pub(crate) struct Interpreter {
    engines: BTreeMap<(usize, usize), Engine>,
    units: Vec<Unit>,
    libraries: Vec<RegoFile>,
    data: Vec<Value>,
    limits: Limits,
}

impl Interpreter {
    pub(crate) fn new(policies: &[Unit], libraries: &[RegoFile], data: &[serde_json::Value], limits: Limits) -> Self {
        Self {
            engines: BTreeMap::new(),
            units: policies.to_vec(),
            libraries: libraries.to_vec(),
            data: data.iter().map(|d| Value::from(d.clone())).collect(),
            limits,
        }
    }
}

impl Runner for Interpreter {
    fn run(&mut self, policy: usize, parameters: usize, input: serde_json::Value) -> Result<Answer, String> {
        let unit = &self.units[policy];
        let engine = match self.engines.entry((policy, parameters)) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let mut engine = engine(
                    &self.libraries.iter().collect::<Vec<_>>(),
                    std::iter::once((unit.path.as_str(), unit.text.as_str())),
                    &self.limits,
                )
                .map_err(|e| e.to_string())?;
                engine.add_data(self.data[parameters].clone()).map_err(|e| one_line(&e.to_string()))?;
                entry.insert(engine)
            }
        };
        engine.set_input(Value::from(input));
        rules(engine, unit)
    }
}

/// The longest message that a finding carries, in characters.
const MAX_MESSAGE: usize = 2000;

/// The most details of one rule that a finding carries.
const MAX_DETAILS: usize = 200;

fn answer(values: &[Value; 3]) -> Result<Answer, String> {
    let texts = |rule: &str, value: &Value| -> Result<Vec<String>, String> {
        members(rule, value)?
            .into_iter()
            .map(|v| match v {
                serde_json::Value::String(text) => Ok(cut(text)),
                other => Err(format!("{rule} gives {}, not a text", kind(&other))),
            })
            .collect()
    };
    let deny = members("deny", &values[0])?.into_iter().map(detail).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer { deny, not_applicable: texts("not_applicable", &values[1])?, unknown: texts("unknown", &values[2])? })
}

fn members(rule: &str, value: &Value) -> Result<Vec<serde_json::Value>, String> {
    let set = match value {
        Value::Undefined => return Ok(Vec::new()),
        Value::Set(set) => set,
        other => return Err(format!("{rule} is not a set but {}", short(&other.to_string()))),
    };
    if set.len() > MAX_DETAILS {
        return Err(format!("{rule} has {} members, more than {MAX_DETAILS}", set.len()));
    }
    set.iter()
        .map(|member| {
            let text = member.to_json_str().map_err(|e| one_line(&e.to_string()))?;
            serde_json::from_str(&text).map_err(|e| format!("{rule}: {e}"))
        })
        .collect()
}

fn detail(value: serde_json::Value) -> Result<Detail, String> {
    let serde_json::Value::Object(mut map) = value else {
        return Err(format!("deny gives {}, not an object with a message", kind(&value)));
    };
    let message = match map.remove("message") {
        Some(serde_json::Value::String(text)) => cut(text),
        _ => return Err("deny gives an object without a message".to_owned()),
    };
    let path = match map.remove("path") {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(text)) => Some(text),
        Some(_) => return Err("deny gives a path that is not a text".to_owned()),
    };
    let (actual, expected) = (map.remove("actual"), map.remove("expected"));
    if let Some(key) = map.keys().next() {
        return Err(format!(
            "deny gives an object with the member {key:?}; it may have message, path, actual, expected"
        ));
    }
    Ok(Detail { message, path, actual, expected })
}

fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

fn cut(text: String) -> String {
    if text.chars().count() <= MAX_MESSAGE {
        return text;
    }
    let mut kept: String = text.chars().take(MAX_MESSAGE).collect();
    kept.push('…');
    kept
}

/// The values of `data` for every combination of data class and criticality that parameters tell apart.
pub(crate) struct Combinations {
    classes: Vec<String>,
    criticalities: Vec<String>,
    pub(crate) data: Vec<serde_json::Value>,
}

/// The most combinations.
const MAX_COMBINATIONS: usize = 1024;

impl Combinations {
    pub(crate) fn new(
        base: &serde_json::Value,
        parameters: &BTreeMap<String, ParameterSetting>,
    ) -> Result<Self, EvaluateError> {
        let names = |get: fn(&ParameterSetting) -> &BTreeMap<String, serde_json::Value>| {
            let mut all: Vec<String> = parameters.values().flat_map(|p| get(p).keys().cloned()).collect();
            all.sort();
            all.dedup();
            all
        };
        let (classes, criticalities) = (names(|p| &p.by_data_class), names(|p| &p.by_criticality));
        if (classes.len() + 1) * (criticalities.len() + 1) > MAX_COMBINATIONS {
            return Err(EvaluateError::Parameters(format!(
                "parameters name {} data classes and {} criticalities, more than {MAX_COMBINATIONS} combinations",
                classes.len(),
                criticalities.len()
            )));
        }
        let mut data = Vec::new();
        for class in classes.iter().map(Some).chain([None]) {
            for criticality in criticalities.iter().map(Some).chain([None]) {
                let values: serde_json::Map<String, serde_json::Value> = parameters
                    .iter()
                    .map(|(name, p)| {
                        (name.clone(), p.value(class.map(String::as_str), criticality.map(String::as_str)).clone())
                    })
                    .collect();
                let mut one = base.clone();
                if !one.is_object() {
                    one = serde_json::json!({});
                }
                one["parameters"] = serde_json::Value::Object(values);
                data.push(one);
            }
        }
        Ok(Self { classes, criticalities, data })
    }

    /// The place of the values for a data class and a criticality.
    pub(crate) fn place(&self, class: Option<&str>, criticality: Option<&str>) -> usize {
        let find = |list: &[String], word: Option<&str>| {
            word.and_then(|w| list.iter().position(|x| *x == w.to_lowercase())).unwrap_or(list.len())
        };
        find(&self.classes, class) * (self.criticalities.len() + 1) + find(&self.criticalities, criticality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_left_out_only_when_nothing_names_it() {
        for (text, package, expected) in [
            ("import data.lib.arm", "lib.arm", true),
            ("x := data.lib.arm.same(1, 2)", "lib.arm", true),
            ("import data.lib", "lib.arm", true),
            ("data.lib[name].x", "lib.arm", true),
            ("data[\"lib\"]", "lib.arm", true),
            ("import data as d", "lib.arm", true),
            ("x := data", "lib.arm", true),
            ("import data.lib.armoury", "lib.arm", false),
            ("data.parameters.x", "lib.arm", false),
            ("metadata_x", "lib.arm", false),
        ] {
            assert_eq!(names_package(text, package), expected, "{text}");
        }
    }
}
