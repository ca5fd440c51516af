//! The state of one reading: budgets, the templates that take part, what each of them has worked out so far.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::entries::{Entries, Entry};
use crate::iac::arm::expr::{self, Parsed};
use crate::iac::arm::functions::{Deployment, RESOURCE_GROUP, Scope};
use crate::iac::{Call, FileId, Missing, Node, Remark, Span, Tree, Value};
use crate::model::GapReason;

/// How many steps one template and its nested ones may take.
const MAX_STEPS: u64 = 5_000_000;
/// How deep evaluation may nest: values in values, variables that name variables. Bounds the stack.
const MAX_DEPTH: u32 = 200;
/// How many resources one template and its nested ones may declare.
const MAX_RESOURCES: usize = 100_000;
/// How deep deployments may nest.
pub(super) const MAX_DEPLOYMENTS: usize = 16;
/// The largest value of a variable, parameter or lambda, in parts.
const MAX_PARTS: u64 = 200_000;

/// What a template is deployed to, as far as it is known.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The level.
    pub(crate) scope: Scope,
    /// The subscription, or what stands for it.
    pub(crate) subscription: Arc<str>,
    /// Whether that is the real one.
    pub(crate) known: bool,
    /// The resource group, or what stands for it.
    pub(crate) group: Arc<str>,
    /// The management group.
    pub(crate) management_group: Node,
    /// The name of the deployment.
    pub(crate) name: Node,
}

impl Place {
    /// A place of which only the level is known; the subscription stands for that of a root.
    pub(crate) fn unknown(scope: Scope, root: &str) -> Self {
        Self {
            scope,
            subscription: Arc::from(crate::iac::Ids::subscription_of(root)),
            known: false,
            group: Arc::from(RESOURCE_GROUP),
            management_group: Node::unknown("the management group is known when it is deployed"),
            name: Node::unknown("the name of the deployment is known when it is deployed"),
        }
    }

    /// The id of what is deployed to, the start of the ids of its resources.
    pub(crate) fn id(&self) -> String {
        match self.scope {
            Scope::ResourceGroup => format!("/subscriptions/{}/resourceGroups/{}", self.subscription, self.group),
            Scope::Subscription => format!("/subscriptions/{}", self.subscription),
            Scope::ManagementGroup => {
                let name = self.management_group.as_str().unwrap_or("(management group)");
                format!("/providers/Microsoft.Management/managementGroups/{name}")
            }
            Scope::Tenant => String::new(),
        }
    }
}

impl Deployment for Place {
    fn scope(&self) -> Scope {
        self.scope
    }
    fn subscription(&self) -> Arc<str> {
        Arc::clone(&self.subscription)
    }
    fn subscription_is_known(&self) -> bool {
        self.known
    }
    fn resource_group(&self) -> Arc<str> {
        Arc::clone(&self.group)
    }
    fn management_group(&self) -> Node {
        self.management_group.clone()
    }
    fn name(&self) -> Node {
        self.name.clone()
    }
}

/// A value that is worked out when it is asked for.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// It is being worked out: asking now is a cycle.
    Busy,
    /// The value, and how many parts it has.
    Done(Node, u64),
}

/// A parameter's value as the deployment gives it.
#[derive(Debug, Clone)]
pub(super) enum Given {
    /// A value.
    Value(Node),
    /// A value to work out in the template that gives it: the unit, and the loops there.
    Later(Node, usize, Locals),
}

/// Parameters, variables and functions of a template.
#[derive(Debug)]
pub(super) struct Vars {
    /// The template.
    pub(super) template: Node,
    /// The unit in whose place they are worked out.
    pub(super) owner: usize,
    /// Parameter values by lower-case name.
    pub(super) given: BTreeMap<String, Given>,
    /// Why parameters without a value may still have one, when the file with them was not read.
    pub(super) unread: Option<String>,
    pub(super) parameters: RefCell<BTreeMap<String, Slot>>,
    pub(super) variables: RefCell<BTreeMap<String, Slot>>,
}

/// One list of resources: a template, or a nested one. A nested template with outer scope shares the variables of its parent.
#[derive(Debug)]
pub(super) struct Unit {
    /// Its place in [`Run::units`].
    pub(super) id: usize,
    /// The template that holds the resources.
    pub(super) template: Node,
    pub(super) vars: Rc<Vars>,
    /// Where its resources go.
    pub(super) place: Place,
    /// Where its expressions are worked out.
    pub(super) seen_from: Place,
    /// The loops around it.
    pub(super) locals: Locals,
    /// The unit that deploys it.
    pub(super) parent: Option<usize>,
    /// The calls that lead to it, and the addresses' start.
    pub(super) chain: Vec<Call>,
    pub(super) prefix: String,
    /// The folder that its links are relative to.
    pub(super) folder: String,
    /// The file that the template stands in.
    pub(super) file: FileId,
    /// Whether resources have symbolic names: then nested templates have inner scope unless they say otherwise.
    pub(super) symbolic: bool,
    /// The files on the way here, against links that go round.
    pub(super) files: Vec<String>,
    pub(super) entries: RefCell<Collected>,
}

/// The resources of a unit.
#[derive(Debug, Clone, Default)]
pub(super) enum Collected {
    /// Nobody asked yet.
    #[default]
    No,
    /// They are being collected.
    Busy,
    /// They are known.
    Done(Rc<Entries>),
}

/// Loops, lambda variables and function parameters that hold at a place.
#[derive(Debug, Clone, Default)]
pub(super) struct Locals {
    pub(super) loops: Option<Rc<Loop>>,
    pub(super) bound: Option<Rc<Bound>>,
    pub(super) parameters: Option<Rc<BTreeMap<String, Node>>>,
}

/// One turn of a `copy`.
#[derive(Debug)]
pub(super) struct Loop {
    pub(super) name: Arc<str>,
    pub(super) index: Node,
    /// Whether it repeats a whole resource; `copyIndex()` without a name means the innermost of those.
    pub(super) resource: bool,
    pub(super) outer: Option<Rc<Self>>,
}

/// A lambda variable.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) name: Arc<str>,
    pub(super) value: Node,
    pub(super) outer: Option<Rc<Self>>,
}

impl Locals {
    /// The same, in one turn of a loop.
    pub(super) fn turn(&self, name: &str, index: Node, resource: bool) -> Self {
        let outer = self.loops.clone();
        Self { loops: Some(Rc::new(Loop { name: Arc::from(name), index, resource, outer })), ..self.clone() }
    }

    /// The same, with a lambda variable.
    pub(super) fn bind(&self, name: Arc<str>, value: Node) -> Self {
        let outer = self.bound.clone();
        Self { bound: Some(Rc::new(Bound { name, value, outer })), ..self.clone() }
    }
}

/// An expression that was read, or why it cannot be.
type Reading = Result<Rc<Parsed>, Arc<str>>;
/// An id, and the resource that has it.
type Declared = (String, Option<Rc<Entry>>);

/// A place, seen by one who knows what stands for the names there.
pub(super) struct Outlook<'a> {
    pub(super) place: &'a Place,
    pub(super) stand_ins: &'a RefCell<BTreeSet<String>>,
}

impl Deployment for Outlook<'_> {
    fn scope(&self) -> Scope {
        self.place.scope()
    }
    fn subscription(&self) -> Arc<str> {
        self.place.subscription()
    }
    fn subscription_is_known(&self) -> bool {
        self.place.subscription_is_known()
    }
    fn resource_group(&self) -> Arc<str> {
        self.place.resource_group()
    }
    fn management_group(&self) -> Node {
        self.place.management_group()
    }
    fn name(&self) -> Node {
        self.place.name()
    }
    fn stands_in(&self, text: &str) -> bool {
        let stand_ins = self.stand_ins.borrow();
        let named = |at: usize| {
            let end = text[at..].find(')').map_or(text.len(), |end| at + end + 1);
            stand_ins.contains(&text[at..end])
        };
        self.place.stands_in(text) || text.match_indices('(').take(64).any(|(at, _)| named(at))
    }
}

/// One reading.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) tree: &'a Tree,
    pub(super) units: RefCell<Vec<Rc<Unit>>>,
    parsed: RefCell<BTreeMap<Arc<str>, Reading>>,
    steps: Cell<u64>,
    depth: Cell<u32>,
    /// How many resources there are so far.
    pub(super) count: Cell<usize>,
    /// Declared ids by their canonical spelling (see `names`), and by themselves.
    pub(super) index: RefCell<BTreeMap<String, Declared>>,
    /// Properties that were asked for, by resource and path.
    pub(super) properties: RefCell<BTreeMap<(usize, String), Node>>,
    /// What stands in ids for names that are not known.
    pub(super) stand_ins: RefCell<BTreeSet<String>>,
    pub(super) missing: RefCell<Vec<Missing>>,
    pub(super) remarks: RefCell<Vec<Remark>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            units: RefCell::default(),
            parsed: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
            count: Cell::new(0),
            index: RefCell::default(),
            properties: RefCell::default(),
            stand_ins: RefCell::default(),
            missing: RefCell::default(),
            remarks: RefCell::default(),
        }
    }

    pub(super) fn unit(&self, at: usize) -> Option<Rc<Unit>> {
        self.units.borrow().get(at).cloned()
    }

    /// A place, as functions see it.
    pub(super) fn outlook<'s>(&'s self, place: &'s Place) -> Outlook<'s> {
        Outlook { place, stand_ins: &self.stand_ins }
    }

    /// The expression in the brackets, read once.
    pub(super) fn parse(&self, source: &str) -> Result<Rc<Parsed>, String> {
        if let Some(known) = self.parsed.borrow().get(source) {
            return known.clone().map_err(|e| e.to_string());
        }
        let parsed = expr::parse(source).map(Rc::new).map_err(|e| Arc::from(e.as_str()));
        self.parsed.borrow_mut().insert(Arc::from(source), parsed.clone());
        parsed.map_err(|e: Arc<str>| e.to_string())
    }

    /// Takes steps off the budget.
    pub(super) fn spend(&self, steps: u64) -> Result<(), String> {
        let before = self.steps.get();
        self.steps.set(before.saturating_add(steps));
        match before > MAX_STEPS {
            true => Err(format!("the template takes more than {MAX_STEPS} steps to work out")),
            false => Ok(()),
        }
    }

    /// Whether the budget is spent.
    pub(super) fn exhausted(&self) -> bool {
        self.steps.get() > MAX_STEPS
    }

    /// A number that was not given before.
    pub(super) fn fresh(&self) -> u64 {
        let _ = self.spend(1);
        self.steps.get()
    }

    /// Runs something one level deeper.
    pub(super) fn deeper<T>(&self, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        if self.depth.get() >= MAX_DEPTH {
            return Err(format!("the values are nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth.set(self.depth.get() + 1);
        let done = work();
        self.depth.set(self.depth.get() - 1);
        done
    }

    /// Whether there are as many resources as are read; told once.
    pub(super) fn is_full(&self, what: &str, at: Option<Span>) -> bool {
        let full = self.count.get() >= MAX_RESOURCES;
        if self.count.get() == MAX_RESOURCES {
            self.count.set(MAX_RESOURCES + 1);
            let detail = format!("the template declares more than the {MAX_RESOURCES} resources that are read of one");
            self.miss(what.to_owned(), at, GapReason::Unsupported, detail);
        }
        full
    }

    pub(super) fn remark(&self, at: Option<Span>, text: String) {
        self.remarks.borrow_mut().push(Remark { at, text });
    }

    pub(super) fn miss(&self, what: String, at: Option<Span>, reason: GapReason, detail: String) {
        self.missed(Missing { what, at, reason, detail });
    }

    pub(super) fn missed(&self, missing: Missing) {
        self.missing.borrow_mut().push(missing);
    }
}

/// How many parts a value has; an unknown in its place when they are too many or too deep.
pub(super) fn weighed(node: Node) -> (Node, u64) {
    let mut left = MAX_PARTS;
    if weigh(&node, 0, &mut left) {
        return (node, MAX_PARTS - left);
    }
    let sensitive = node.sensitive;
    let reason = format!("the value has more than {MAX_PARTS} parts, or is nested too deep");
    (Node { at: node.at, ..Node::unknown(reason).marked(sensitive) }, 1)
}

fn weigh(node: &Node, depth: usize, left: &mut u64) -> bool {
    if *left == 0 || depth > crate::iac::json::MAX_DEPTH {
        return false;
    }
    *left -= 1;
    match &node.value {
        Value::Array(items) => items.iter().all(|i| weigh(i, depth + 1, left)),
        Value::Object(members) => members.values().all(|m| weigh(m, depth + 1, left)),
        _ => true,
    }
}
