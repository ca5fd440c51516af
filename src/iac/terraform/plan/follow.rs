//! From what is known after apply to the attribute of another resource, where the configuration says that it is just that.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::mapping::{self, Instance};
use crate::iac::terraform::ast::{self, Expr, Kind};
use crate::iac::terraform::plan::address::{Step, module_text, steps};
use crate::iac::terraform::plan::config::Config;
use crate::iac::terraform::plan::places::{Code, Places};
use crate::iac::{Ids, Node, Value};

/// How many references are followed one after the other.
const MAX_HOPS: usize = 24;

/// Arguments that often hold the id of a part of what they refer to: `"${azurerm_storage_account.a.id}/blobServices/default"`.
/// The plan does not tell that from the id itself.
const PARTS: &[&str] = &["parent_id", "resource_id", "scope", "target_resource_id"];

/// A resource of the plan.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) instance: Instance,
    pub(super) module: Vec<Step>,
    pub(super) name: String,
    /// Its key, as addresses write it.
    pub(super) key: Option<String>,
    /// All attributes, also those that only the provider gives.
    pub(super) all: Node,
    /// The code that declares it.
    pub(super) code: Option<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Settled,
}

/// All resources of a plan.
#[derive(Debug)]
pub(super) struct World<'a> {
    planned: Vec<Planned>,
    states: Vec<State>,
    /// By module address, type and name.
    index: BTreeMap<(String, String), Vec<usize>>,
    config: &'a Config<'a>,
    places: Places<'a>,
    variables: Option<&'a Node>,
}

/// Where a reference is read: a module, and the key of the resource that refers.
#[derive(Debug, Clone)]
struct From {
    module: Vec<Step>,
    key: Option<String>,
    hops: usize,
}

/// What an argument refers to.
enum Target {
    /// Names with keys; the flag says that the key of the referring resource chooses.
    Steps(Vec<Step>, bool),
    /// More than a reference.
    Other,
    /// The code is not there to tell.
    Unseen,
}

impl<'a> World<'a> {
    pub(super) fn new(
        planned: Vec<Planned>,
        config: &'a Config<'a>,
        places: Places<'a>,
        variables: Option<&'a Node>,
    ) -> Self {
        let mut index: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (at, one) in planned.iter().enumerate() {
            let key = (module_text(&one.module), format!("{}.{}", one.instance.tf_type, one.name));
            index.entry(key).or_default().push(at);
        }
        Self { states: vec![State::New; planned.len()], planned, index, config, places, variables }
    }

    pub(super) fn len(&self) -> usize {
        self.planned.len()
    }

    pub(super) fn into_planned(self) -> Vec<Planned> {
        self.planned
    }

    /// Replaces what is unknown in a resource by what it refers to.
    pub(super) fn settle(&mut self, at: usize, ids: &mut Ids) {
        self.settle_within(at, ids, 0);
    }

    fn settle_within(&mut self, at: usize, ids: &mut Ids, hops: usize) {
        if self.states[at] != State::New || hops > MAX_HOPS {
            return;
        }
        self.states[at] = State::Open;
        let one = &self.planned[at];
        let expressions = self.config.expressions(&one.module, &one.instance.tf_type, &one.name);
        if expressions.is_some() || one.code.is_some() {
            let from = From { module: one.module.clone(), key: one.key.clone(), hops };
            let (body, code) = (one.instance.body.clone(), one.code.clone());
            let filled = self.fill_object(&body, expressions, &mut Vec::new(), code.as_ref(), &from, ids);
            self.planned[at].instance.body = filled;
        }
        self.states[at] = State::Settled;
    }

    fn fill_object<'n>(
        &mut self,
        node: &'n Node,
        expressions: Option<&Node>,
        path: &mut Vec<(&'n str, usize)>,
        code: Option<&Code>,
        from: &From,
        ids: &mut Ids,
    ) -> Node {
        let Some(members) = node.as_object() else { return node.clone() };
        // Most of what is known stays as it is.
        if path.len() > 16 || members.values().all(|m| m.first_unknown().is_none()) {
            return node.clone();
        }
        let mut out = members.clone();
        for (name, member) in members {
            if member.first_unknown().is_none() {
                continue;
            }
            let said = expressions.and_then(|e| e.get(name));
            let expr = code.and_then(|c| c.expression(path, name));
            if said.is_none() && code.is_none() {
                continue;
            }
            let blocks = expr.is_none() && said.is_none_or(|s| s.get("references").is_none());
            let filled = match &member.value {
                Value::Array(items) if blocks => {
                    let mut made = Vec::with_capacity(items.len());
                    for (n, item) in items.iter().enumerate() {
                        let inner = said.and_then(|s| s.as_array().and_then(|s| s.get(n)).or(Some(s)));
                        if items.len() > 1 && !is_its_code(n, item, said) {
                            made.push(item.clone());
                            continue;
                        }
                        path.push((name, n));
                        made.push(self.fill_object(item, inner, path, code, from, ids));
                        path.pop();
                    }
                    Node { value: Value::Array(Arc::new(made)), ..member.clone() }
                }
                Value::Object(_) if blocks => {
                    path.push((name, 0));
                    let made = self.fill_object(member, said, path, None, from, ids);
                    path.pop();
                    made
                }
                Value::Array(items) => {
                    let targets = targets(said, expr, code.is_some(), items.len());
                    self.fill_list(member, items, targets, from, ids)
                }
                Value::Unknown(_) => {
                    let target = target(name, said, expr, code.is_some());
                    self.one(member, target, from, ids)
                }
                _ => continue,
            };
            out.insert(Arc::clone(name), filled);
        }
        Node { value: Value::Object(Arc::new(out)), ..node.clone() }
    }

    /// A list of references, one for each element.
    fn fill_list(&mut self, node: &Node, items: &[Node], targets: Vec<Target>, from: &From, ids: &mut Ids) -> Node {
        let mut targets = targets.into_iter();
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            let target = targets.next().unwrap_or(Target::Other);
            made.push(if item.reason().is_some() { self.one(item, target, from, ids) } else { item.clone() });
        }
        Node { value: Value::Array(Arc::new(made)), ..node.clone() }
    }

    fn one(&mut self, node: &Node, target: Target, from: &From, ids: &mut Ids) -> Node {
        let (steps, same) = match target {
            Target::Steps(steps, same) => (steps, same),
            Target::Other | Target::Unseen => return node.clone(),
        };
        match self.resolve(&steps, same, from, ids) {
            Some(found) if found.first_unknown().is_none() && !found.is_null() => {
                Node { value: found.value, at: node.at, sensitive: node.sensitive || found.sensitive }
            }
            _ => node.clone(),
        }
    }

    fn resolve(&mut self, steps: &[Step], same: bool, from: &From, ids: &mut Ids) -> Option<Node> {
        let from = From { hops: from.hops + 1, ..from.clone() };
        if from.hops > MAX_HOPS {
            return None;
        }
        match steps {
            [first, name] if first.name == "var" => self.variable(&name.name, &from, ids),
            [first, name] if first.name == "local" => {
                let code = self.places.module(&from.module)?;
                let local = code.source.local(&name.name, None)?;
                self.expression(&code.source.locals[local].value, &from, ids)
            }
            [first, call, output] if first.name == "module" => self.output(call, &output.name, same, &from, ids),
            [kind, ..]
                if matches!(&*kind.name, "var" | "module" | "local" | "data" | "each" | "count" | "path" | "self") =>
            {
                None
            }
            [kind, name, attribute, rest @ ..] => {
                let at = self.instance(&kind.name, name, same, &from)?;
                self.settle_within(at, ids, from.hops);
                self.attribute(at, attribute, rest, ids)
            }
            _ => None,
        }
    }

    fn variable(&mut self, name: &str, from: &From, ids: &mut Ids) -> Option<Node> {
        let Some((last, before)) = from.module.split_last() else {
            return self.variables?.get(name)?.get("value").cloned();
        };
        let outer = From { module: before.to_vec(), key: last.key.clone(), hops: from.hops };
        if let Some(code) = self.places.module(before) {
            let call = code.source.call(&last.name, None)?;
            return self.expression(&code.source.calls[call].body.attr(name)?.value, &outer, ids);
        }
        let said = self.config.call(&from.module)?.get("expressions")?.get(name)?;
        if let Some(constant) = said.get("constant_value") {
            return Some(constant.clone());
        }
        let leaves = leaves(Some(said));
        let [only] = leaves.as_slice() else { return None };
        if PARTS.contains(&name) {
            return None;
        }
        self.resolve(&steps(only), false, &outer, ids)
    }

    fn output(&mut self, call: &Step, name: &str, same: bool, from: &From, ids: &mut Ids) -> Option<Node> {
        let mut module = from.module.clone();
        module.push(Step { name: call.name.clone(), key: None });
        let repeated = self
            .config
            .call(&module)
            .is_some_and(|c| c.get("count_expression").is_some() || c.get("for_each_expression").is_some());
        if repeated && let Some(last) = module.last_mut() {
            last.key = call.key.clone().or_else(|| from.key.clone().filter(|_| same));
            last.key.as_ref()?;
        }
        let inner = From { module, key: None, hops: from.hops };
        if let Some(code) = self.places.module(&inner.module) {
            let output = code.source.output(name)?;
            return self.expression(&code.source.outputs[output].value, &inner, ids);
        }
        let said = self.config.output(&inner.module, name)?;
        if let Some(constant) = said.get("constant_value") {
            return Some(constant.clone());
        }
        let leaves = leaves(Some(said));
        let [only] = leaves.as_slice() else { return None };
        self.resolve(&steps(only), false, &inner, ids)
    }

    /// What an expression of the code is, when it is a literal or a reference.
    fn expression(&mut self, expr: &Expr, from: &From, ids: &mut Ids) -> Option<Node> {
        match (&expr.kind, written(expr)) {
            (Kind::Literal(value), _) => Some(Node::new(value.clone())),
            (_, Target::Steps(steps, same)) => self.resolve(&steps, same, from, ids),
            _ => None,
        }
    }

    /// The instance that a reference means: the one with the key, the one with the same key, or the only one.
    fn instance(&self, tf_type: &str, name: &Step, same: bool, from: &From) -> Option<usize> {
        let all = self.index.get(&(module_text(&from.module), format!("{tf_type}.{}", name.name)))?;
        if let Some(key) = &name.key {
            return all.iter().copied().find(|at| self.planned[*at].key.as_ref() == Some(key));
        }
        match all.as_slice() {
            [only] if !same || self.planned[*only].key == from.key => Some(*only),
            _ if from.key.is_none() => None,
            all => all.iter().copied().find(|at| self.planned[*at].key == from.key),
        }
    }

    fn attribute(&self, at: usize, attribute: &Step, rest: &[Step], ids: &mut Ids) -> Option<Node> {
        let one = &self.planned[at];
        let known = |node: &Node| {
            let mut node = member(node, &attribute.key)?;
            for step in rest {
                node = member(node.get(&step.name)?, &step.key)?;
            }
            Some(node.clone())
        };
        let given = one.instance.body.get(&attribute.name).or_else(|| one.all.get(&attribute.name));
        if let Some(node) = given.and_then(known).filter(|n| n.first_unknown().is_none() && !n.is_null()) {
            return Some(node);
        }
        if !rest.is_empty() || attribute.key.is_some() {
            return None;
        }
        mapping::attribute(&one.instance, &attribute.name, ids)
    }
}

fn member<'n>(node: &'n Node, key: &Option<String>) -> Option<&'n Node> {
    match key {
        None => Some(node),
        Some(key) => match key.parse::<usize>() {
            Ok(n) => node.as_array()?.get(n),
            Err(_) => node.get(serde_json::from_str::<String>(key).ok()?.as_str()),
        },
    }
}

/// Whether a block of the plan is the one at the same place in the code, and no other: the provider may sort blocks.
fn is_its_code(at: usize, item: &Node, said: Option<&Node>) -> bool {
    let Some(blocks) = said.and_then(Node::as_array).filter(|b| b.len() <= 64) else { return false };
    let agrees = |block: &Node| {
        block.as_object().into_iter().flatten().all(|(name, expression)| {
            let told = expression.get("constant_value").filter(|c| c.as_array().is_none() && c.as_object().is_none());
            let value = |node: &Node| node.to_json().ok().map(|v| v.as_str().map_or(v.to_string(), str::to_owned));
            told.is_none_or(|told| item.get(name).is_none_or(|n| n.reason().is_some() || value(n) == value(told)))
        })
    };
    blocks.get(at).is_some_and(agrees) && blocks.iter().filter(|b| agrees(b)).count() == 1
}

/// The references that are no beginning of others, in order. Terraform lists `a.b.id` and then `a.b`.
fn leaves(said: Option<&Node>) -> Vec<&str> {
    let listed = said.and_then(|s| s.get("references")).and_then(Node::as_array).unwrap_or_default();
    let all: Vec<&str> = listed.iter().filter_map(Node::as_str).take(64).collect();
    let begins = |short: &str, long: &str| {
        long.len() > short.len() && long.starts_with(short) && long[short.len()..].starts_with(['.', '['])
    };
    let mut out: Vec<&str> = Vec::new();
    for one in &all {
        if !out.contains(one) && !all.iter().any(|other| begins(one, other)) {
            out.push(one);
        }
    }
    out
}

/// What an argument refers to: as the code writes it, else as the plan lists it.
fn target(name: &str, said: Option<&Node>, expr: Option<&Expr>, seen: bool) -> Target {
    if let Some(expr) = expr {
        return written(expr);
    }
    if seen || PARTS.contains(&name) {
        return Target::Unseen;
    }
    let leaves = leaves(said);
    match leaves.as_slice() {
        [only] => Target::Steps(steps(only), false),
        // `azurerm_key_vault.a[each.key].id` is listed without what follows the key.
        [resource, "each.key" | "count.index"] | ["each.key" | "count.index", resource] => {
            let mut steps = steps(resource);
            let suffix = name.strip_suffix("_id").unwrap_or_default();
            if steps.len() != 2 || suffix.is_empty() || steps[0].name != format!("azurerm_{suffix}") {
                return Target::Other;
            }
            steps.push(Step { name: "id".to_owned(), key: None });
            Target::Steps(steps, true)
        }
        _ => Target::Other,
    }
}

/// What the elements of a list refer to.
fn targets(said: Option<&Node>, expr: Option<&Expr>, seen: bool, count: usize) -> Vec<Target> {
    match expr.map(|e| &e.kind) {
        Some(Kind::List(parts)) if parts.len() == count => parts.iter().map(written).collect(),
        None if !seen && count == 1 => match leaves(said).as_slice() {
            [only] => vec![Target::Steps(steps(only), false)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A reference as the code writes it, alone or as the only part of a text.
fn written(expr: &Expr) -> Target {
    let other = Target::Other;
    match &expr.kind {
        Kind::Template(parts) => match parts.as_slice() {
            [ast::Part::Value(inner)] => written(inner),
            _ => other,
        },
        Kind::Steps(root, parts) => {
            let Kind::Name(name) = &root.kind else { return other };
            let mut steps = vec![Step { name: name.to_string(), key: None }];
            let mut same = false;
            for part in parts {
                match part {
                    ast::Step::Attr(name) => steps.push(Step { name: name.to_string(), key: None }),
                    ast::Step::Index(index) => {
                        let Some(last) = steps.last_mut() else { return other };
                        match key(index) {
                            Some(Some(key)) if last.key.is_none() => last.key = Some(key),
                            Some(None) if !same => same = true,
                            _ => return other,
                        }
                    }
                    ast::Step::Splat(_) => return other,
                }
            }
            Target::Steps(steps, same)
        }
        _ => other,
    }
}

/// A literal key, or none in it for the key of the resource that refers.
fn key(index: &Expr) -> Option<Option<String>> {
    match &index.kind {
        Kind::Literal(Value::Int(n)) => Some(Some(n.to_string())),
        Kind::Literal(Value::String(text)) => Some(Some(serde_json::Value::from(&**text).to_string())),
        Kind::Template(parts) => match parts.as_slice() {
            [ast::Part::Text(text)] => Some(Some(serde_json::Value::from(&**text).to_string())),
            _ => None,
        },
        Kind::Steps(root, steps) => match (&root.kind, steps.as_slice()) {
            (Kind::Name(root), [ast::Step::Attr(name)])
                if matches!((&**root, &**name), ("each", "key") | ("count", "index")) =>
            {
                Some(None)
            }
            _ => None,
        },
        _ => None,
    }
}
