//! What one evaluation shares: budgets, what was missed, the instances of modules and what was computed for them.
//!
//! Everything is computed when it is first asked for and kept. What is being computed and asked for again refers to itself,
//! and is unknown for that reason.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::mapping::Instance;
use crate::iac::terraform::ops::MAX_TEXT;
use crate::iac::terraform::source::{self, Source};
use crate::iac::terraform::types::Type;
use crate::iac::{Call, Ids, Missing, Node, Object, Reading, Remark, Span, Tree, Value};
use crate::model::GapReason;

/// How many expressions are evaluated for a root.
const MAX_STEPS: u64 = 50_000_000;

/// How deep evaluation goes: expressions in expressions, and the references that they follow.
const MAX_DEPTH: u32 = 200;

/// How many parts a value may have, and how deep they may be nested.
const MAX_PARTS: usize = 200_000;
const MAX_NESTING: usize = 64;

/// How many instances one resource or module may have, and all of a root.
pub(super) const MAX_INSTANCES: usize = 10_000;
const MAX_ALL_INSTANCES: usize = 200_000;

/// How many remarks a root gives.
const MAX_REMARKS: usize = 1_000;

/// What an expression gives: a value, or the error that Terraform would give.
pub(super) type Outcome = Result<Node, String>;

/// What is computed for an instance of a module, by its place in the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Variable(usize),
    Local(usize),
    Output(usize),
    /// An argument or block of an instance of a resource.
    Argument(usize, usize, Arc<str>),
    /// Anything that may be asked of an instance of a resource.
    Attribute(usize, usize, Arc<str>),
}

#[derive(Debug)]
enum Slot {
    Busy,
    Done(Node),
}

/// How often something is there.
#[derive(Debug)]
pub(super) enum Expansion {
    /// Without `count` and `for_each`.
    One,
    Count(usize),
    /// By key, sorted.
    Each(Vec<(Arc<str>, Node)>),
    /// Some number of times; one instance stands for all.
    Unknown {
        reason: Arc<str>,
        each: bool,
    },
}

impl Expansion {
    /// How many instances are evaluated.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::One | Self::Unknown { .. } => 1,
            Self::Count(count) => *count,
            Self::Each(items) => items.len(),
        }
    }

    /// What `count.index` and `each` are in an instance.
    pub(super) fn repetition(&self, instance: usize) -> Repetition {
        match self {
            Self::One => Repetition::default(),
            Self::Count(_) => {
                let index = Node::new(Value::Int(i64::try_from(instance).unwrap_or(i64::MAX)));
                Repetition { index: Some(index), each: None }
            }
            Self::Each(items) => {
                let each = items.get(instance).map(|(key, value)| (Node::string(key), value.clone()));
                Repetition { index: None, each }
            }
            Self::Unknown { reason, each } => {
                let node = Node::new(Value::Unknown(Arc::clone(reason)));
                match each {
                    true => Repetition { index: None, each: Some((node.clone(), node)) },
                    false => Repetition { index: Some(node), each: None },
                }
            }
        }
    }

    /// How the instance is called after the name: `[0]`, `["a"]`.
    pub(super) fn suffix(&self, instance: usize) -> String {
        match self {
            Self::One => String::new(),
            Self::Count(_) => format!("[{instance}]"),
            Self::Each(items) => {
                let key = items.get(instance).map_or("", |(key, _)| key);
                format!("[\"{}\"]", key.replace('\\', "\\\\").replace('"', "\\\""))
            }
            Self::Unknown { .. } => "[?]".to_owned(),
        }
    }
}

/// What `count.index`, `each.key` and `each.value` are.
#[derive(Debug, Clone, Default)]
pub(super) struct Repetition {
    pub(super) index: Option<Node>,
    pub(super) each: Option<(Node, Node)>,
}

/// That of what is there once.
pub(super) static NO_REPETITION: Repetition = Repetition { index: None, each: None };

/// Where a module's inputs come from.
#[derive(Debug)]
pub(super) enum Inputs {
    /// The root's: values by name, each as a text of `-var` or as a value.
    Given(BTreeMap<String, Given>),
    /// A call in another module.
    Call { caller: Rc<Module>, call: usize, repetition: Repetition },
}

#[derive(Debug, Clone)]
pub(super) enum Given {
    Text(String),
    Value(Node),
}

/// How often resources and, with `true`, calls are there; `None` while that is being found out.
type Expansions = BTreeMap<(bool, usize), Option<Rc<Expansion>>>;

/// One instance of a module.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) source: Rc<Source>,
    /// `module.a["b"].`, or nothing for the root.
    pub(super) prefix: String,
    /// The names of the calls, `a.b`: how installed modules are listed.
    pub(super) path: String,
    pub(super) chain: Vec<Call>,
    pub(super) inputs: Inputs,
    cache: RefCell<BTreeMap<Key, Slot>>,
    pub(super) types: RefCell<BTreeMap<usize, Rc<Type>>>,
    pub(super) expansions: RefCell<Expansions>,
    pub(super) children: RefCell<BTreeMap<usize, Rc<Children>>>,
    pub(super) instances: RefCell<BTreeMap<(usize, usize), Rc<Instance>>>,
    pub(super) subscriptions: RefCell<BTreeMap<String, Option<String>>>,
}

/// The instances of a called module.
#[derive(Debug)]
pub(super) struct Children {
    pub(super) expansion: Rc<Expansion>,
    /// None when its source was not found.
    pub(super) modules: Vec<Rc<Module>>,
}

impl Module {
    /// Lets go of the modules that it calls: each holds its caller, so none would ever be freed.
    pub(super) fn forget(&self) {
        for children in std::mem::take(&mut *self.children.borrow_mut()).into_values() {
            children.modules.iter().for_each(|module| module.forget());
        }
        self.instances.borrow_mut().clear();
    }

    pub(super) fn new(source: Rc<Source>, prefix: String, path: String, chain: Vec<Call>, inputs: Inputs) -> Self {
        Self {
            source,
            prefix,
            path,
            chain,
            inputs,
            cache: RefCell::default(),
            types: RefCell::default(),
            expansions: RefCell::default(),
            children: RefCell::default(),
            instances: RefCell::default(),
            subscriptions: RefCell::default(),
        }
    }
}

/// One evaluation.
pub(super) struct Engine<'t> {
    pub(super) tree: &'t Tree,
    /// The root module's folder.
    pub(super) root: String,
    pub(super) ids: RefCell<&'t mut Ids>,
    pub(super) reading: RefCell<&'t mut Reading>,
    /// The provider's major version.
    pub(super) provider: Cell<u8>,
    sources: RefCell<BTreeMap<String, Rc<Source>>>,
    /// The names that stand after a dot in any of the sources.
    pub(super) names: RefCell<BTreeSet<Arc<str>>>,
    pub(super) installed: RefCell<Option<Rc<BTreeMap<String, String>>>>,
    steps: Cell<u64>,
    limit: u64,
    depth: Cell<u32>,
    /// How many `try` and `can` are being evaluated.
    pub(super) trying: Cell<u32>,
    instances: Cell<usize>,
    /// How often something referred to itself.
    pub(super) cycles: Cell<u64>,
    said: RefCell<BTreeSet<(Option<Span>, String)>>,
}

impl<'t> Engine<'t> {
    pub(super) fn new(tree: &'t Tree, root: &str, ids: &'t mut Ids, reading: &'t mut Reading) -> Self {
        Self {
            tree,
            root: root.to_owned(),
            ids: RefCell::new(ids),
            reading: RefCell::new(reading),
            provider: Cell::new(4),
            sources: RefCell::default(),
            names: RefCell::default(),
            installed: RefCell::default(),
            steps: Cell::new(0),
            limit: MAX_STEPS,
            depth: Cell::new(0),
            trying: Cell::new(0),
            instances: Cell::new(0),
            cycles: Cell::new(0),
            said: RefCell::default(),
        }
    }

    /// The same with a smaller budget.
    pub(super) fn limited(mut self, steps: u64) -> Self {
        self.limit = steps;
        self
    }

    /// The module in a folder, read once. What could not be read in it is reported once.
    pub(super) fn source(&self, folder: &str) -> Rc<Source> {
        if let Some(known) = self.sources.borrow().get(folder) {
            return Rc::clone(known);
        }
        let mut loaded = source::load(self.tree, folder);
        self.reading.borrow_mut().missing.append(&mut loaded.missing);
        for (name, at) in std::mem::take(&mut loaded.repeated) {
            self.remark(Some(at), format!("{name} is declared more than once in this folder; each is judged"));
        }
        self.names.borrow_mut().append(&mut loaded.names);
        let loaded = Rc::new(loaded);
        self.sources.borrow_mut().insert(folder.to_owned(), Rc::clone(&loaded));
        loaded
    }

    /// Says something once.
    pub(super) fn remark(&self, at: Option<Span>, text: String) {
        let mut said = self.said.borrow_mut();
        if said.len() < MAX_REMARKS && said.insert((at, text.clone())) {
            self.reading.borrow_mut().remarks.push(Remark { at, text });
        }
    }

    /// Reports once what may declare resources and was not read.
    pub(super) fn miss(&self, what: String, at: Option<Span>, reason: GapReason, detail: String) {
        if self.said.borrow_mut().insert((at, format!("{what}: {detail}"))) {
            self.reading.borrow_mut().missing.push(Missing { what, at, reason, detail });
        }
    }

    /// Counts steps; false when there are none left.
    pub(super) fn spend(&self, steps: u64) -> bool {
        let total = self.steps.get().saturating_add(steps);
        self.steps.set(total);
        if total > self.limit {
            let detail = format!(
                "evaluation of this root stopped after {} steps; what was left is unknown; check its parts one by one",
                self.limit
            );
            let what = if self.root.is_empty() { "." } else { &self.root };
            self.miss(what.to_owned(), None, GapReason::Unresolved, detail);
            return false;
        }
        true
    }

    /// Does something one level deeper; unknown where that is too deep.
    pub(super) fn deeper(&self, what: impl FnOnce() -> Outcome) -> Outcome {
        if !self.spend(1) {
            return Ok(Node::unknown("evaluation stopped at the limit of steps"));
        }
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            return Ok(Node::unknown(format!("it is nested deeper than {MAX_DEPTH} levels")));
        }
        self.depth.set(depth + 1);
        let outcome = what();
        self.depth.set(depth);
        outcome
    }

    /// Takes instances from the budget: how many of those wanted there may be.
    pub(super) fn admit(&self, what: &str, at: Span, wanted: usize) -> usize {
        let left = MAX_ALL_INSTANCES.saturating_sub(self.instances.get());
        let given = wanted.min(MAX_INSTANCES).min(left);
        self.instances.set(self.instances.get() + given);
        if given < wanted {
            let detail = format!(
                "{wanted} instances are declared, of which {given} were evaluated: at most {MAX_INSTANCES} of one kind, \
                 {MAX_ALL_INSTANCES} in all"
            );
            self.miss(what.to_owned(), Some(at), GapReason::Unresolved, detail);
        }
        given
    }

    /// Computes something once for a module. An error becomes a remark, and the value unknown.
    pub(super) fn once(
        &self,
        module: &Module,
        key: Key,
        name: &dyn Fn() -> String,
        at: Option<Span>,
        make: impl FnOnce() -> Outcome,
    ) -> Node {
        match module.cache.borrow().get(&key) {
            Some(Slot::Done(node)) => return node.clone(),
            Some(Slot::Busy) => {
                self.cycles.set(self.cycles.get() + 1);
                return Node::unknown(format!("{} refers to itself", name()));
            }
            None => {}
        }
        module.cache.borrow_mut().insert(key.clone(), Slot::Busy);
        // What is referred to is no part of the `try` that refers to it.
        let trying = self.trying.replace(0);
        let outcome = self.deeper(make);
        self.trying.set(trying);
        let node = match outcome {
            Ok(node) => self.bounded(node),
            Err(error) => self.failed(&name(), at, &error),
        };
        let node = if matches!(key, Key::Argument(..)) { node } else { without_places(&node) };
        module.cache.borrow_mut().insert(key, Slot::Done(node.clone()));
        node
    }

    /// The unknown value of something that could not be evaluated, with a remark.
    pub(super) fn failed(&self, name: &str, at: Option<Span>, error: &str) -> Node {
        self.remark(at, format!("{name} cannot be evaluated: {error}"));
        Node::unknown(format!("{name} cannot be evaluated: {error}"))
    }

    /// The value, unknown where it is too large or too deep. Later values are made of this one, so that without a limit they
    /// could double with each line of code.
    pub(super) fn bounded(&self, node: Node) -> Node {
        let (mut parts, mut texts) = (0, 0);
        let fits = count(&node, 0, &mut parts, &mut texts);
        let affordable = self.spend(parts as u64 + texts);
        match (fits, affordable) {
            (true, true) => node,
            (false, _) => Node::unknown(format!(
                "the value has more than {MAX_PARTS} parts, {MAX_NESTING} levels or {MAX_TEXT} bytes in one text"
            )),
            (_, false) => Node::unknown("evaluation stopped at the limit of steps"),
        }
    }
}

/// Counts the parts of a value, and its texts by length.
fn count(node: &Node, depth: usize, parts: &mut usize, texts: &mut u64) -> bool {
    *parts += 1;
    if *parts > MAX_PARTS || depth > MAX_NESTING {
        return false;
    }
    match &node.value {
        Value::Array(items) => items.iter().all(|n| count(n, depth + 1, parts, texts)),
        Value::Object(members) => members.values().all(|n| count(n, depth + 1, parts, texts)),
        Value::String(text) => {
            *texts += text.len() as u64 / 4;
            text.len() <= MAX_TEXT
        }
        _ => true,
    }
}

/// The value without places: what it is elsewhere, not where it was written.
pub(super) fn without_places(node: &Node) -> Node {
    let value = match &node.value {
        Value::Array(items) if has_places(items.iter()) => {
            Value::Array(Arc::new(items.iter().map(without_places).collect()))
        }
        Value::Object(members) if has_places(members.values()) => {
            let members: Object = members.iter().map(|(k, v)| (Arc::clone(k), without_places(v))).collect();
            Value::Object(Arc::new(members))
        }
        other => other.clone(),
    };
    Node { value, at: None, sensitive: node.sensitive }
}

fn has_places<'a>(mut nodes: impl Iterator<Item = &'a Node>) -> bool {
    nodes.any(|n| {
        n.at.is_some()
            || match &n.value {
                Value::Array(items) => has_places(items.iter()),
                Value::Object(members) => has_places(members.values()),
                _ => false,
            }
    })
}
