//! Expressions → values.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::terraform::ast::{Expr, FnCall, For, ForPart, Item, Kind, Operator, Part};
use crate::iac::terraform::engine::{Engine, Module, Outcome, Repetition};
use crate::iac::terraform::functions::{self, Context};
use crate::iac::terraform::{ops, parse};
use crate::iac::{Node, Object, Value};

/// The most elements that a `for` expression gives.
const MAX_ELEMENTS: usize = 100_000;

/// A name that an expression binds: of `for`, of `dynamic`, of a template's variables.
pub(super) struct Binding<'a> {
    pub(super) name: &'a str,
    pub(super) value: Node,
    pub(super) outer: Option<&'a Self>,
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// `None` for templates in files, which see nothing but their variables.
    pub(super) module: Option<&'a Rc<Module>>,
    pub(super) repetition: &'a Repetition,
    pub(super) bindings: Option<&'a Binding<'a>>,
}

impl<'a> Scope<'a> {
    pub(super) fn bound(&self, name: &str) -> Option<&'a Node> {
        let mut next = self.bindings;
        while let Some(binding) = next {
            if binding.name == name {
                return Some(&binding.value);
            }
            // A binding without a name is an object of names.
            if binding.name.is_empty()
                && let Some(node) = binding.value.get(name)
            {
                return Some(node);
            }
            next = binding.outer;
        }
        None
    }
}

impl Engine<'_> {
    pub(super) fn eval(&self, expr: &Expr, scope: &Scope<'_>) -> Outcome {
        match &expr.kind {
            Kind::Literal(value) => Ok(Node { value: value.clone(), at: expr.at, sensitive: false }),
            Kind::Bad(reason) => Err(reason.as_ref().to_owned()),
            kind => self.deeper(|| self.eval_kind(expr, kind, scope)),
        }
    }

    fn eval_kind(&self, expr: &Expr, kind: &Kind, scope: &Scope<'_>) -> Outcome {
        match kind {
            Kind::Literal(_) | Kind::Bad(_) => self.eval(expr, scope),
            Kind::Template(parts) => self.template(parts, scope).map(|n| n.placed(expr)),
            Kind::List(items) => self.list(items, scope).map(|n| n.placed(expr)),
            Kind::Object(items) => self.object(items, scope).map(|n| n.placed(expr)),
            Kind::Name(name) => match scope.bound(name) {
                Some(node) => Ok(node.clone()),
                None => self.reference(name, &[], expr, scope),
            },
            Kind::Steps(root, steps) => match &root.kind {
                Kind::Name(name) => match scope.bound(name) {
                    Some(node) => self.walk(node.clone(), steps, None, scope),
                    None => self.reference(name, steps, expr, scope),
                },
                _ => {
                    let node = self.eval(root, scope)?;
                    self.walk(node, steps, None, scope)
                }
            },
            Kind::If(parts) => self.conditional(parts, scope),
            Kind::Call(call) => self.call(call, scope).map(|n| n.placed(expr)),
            Kind::Not(inner) => {
                let node = self.eval(inner, scope)?;
                match node.reason() {
                    Some(_) => Ok(bare(node)),
                    None => Ok(Node::new(Value::Bool(!ops::truth(&node)?)).marked(node.sensitive)),
                }
            }
            Kind::Minus(inner) => {
                let node = self.eval(inner, scope)?;
                ops::binary(Operator::Minus, &Node::new(Value::Int(0)), &node)
            }
            Kind::Binary(operator @ (Operator::And | Operator::Or), sides) => self.logic(*operator, sides, scope),
            Kind::Binary(operator, sides) => {
                let (a, b) = (self.eval(&sides[0], scope)?, self.eval(&sides[1], scope)?);
                ops::binary(*operator, &a, &b)
            }
            Kind::For(f) => self.for_expr(f, scope).map(|n| n.placed(expr)),
        }
    }

    fn list(&self, items: &[Expr], scope: &Scope<'_>) -> Outcome {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let node = self.eval(item, scope)?;
            list.push(Node { at: item.at, ..node });
        }
        Ok(self.bounded(Node::array(list)))
    }

    fn object(&self, items: &[Item], scope: &Scope<'_>) -> Outcome {
        let mut members = Object::new();
        for item in items {
            let key = match item.key.literal() {
                Some(name) => Arc::from(name),
                None => {
                    let key = self.eval(&item.key, scope)?;
                    if key.reason().is_some() {
                        return Ok(bare(key));
                    }
                    Arc::from(ops::text(&key)?)
                }
            };
            let node = self.eval(&item.value, scope)?;
            members.insert(key, Node { at: item.at, ..node });
        }
        Ok(self.bounded(Node::object(members)))
    }

    fn conditional(&self, parts: &[Expr; 3], scope: &Scope<'_>) -> Outcome {
        let [condition, then, other] = parts;
        let condition = self.eval(condition, scope)?;
        match &condition.value {
            Value::Unknown(reason) => {
                // One of the two may be wrong in a case that never happens.
                let (Ok(then), Ok(other)) = (self.eval(then, scope), self.eval(other, scope)) else {
                    return Ok(bare(condition));
                };
                Ok(ops::common(&then, &other, reason).marked(condition.sensitive))
            }
            _ => {
                let (chosen, other) = if ops::truth(&condition)? { (then, other) } else { (other, then) };
                let node = self.eval(chosen, scope)?.marked(condition.sensitive);
                // Both sides have one type: beside a text, a number is one.
                let beside_text = match &other.kind {
                    Kind::Literal(Value::String(_)) => true,
                    Kind::Template(parts) => parts.len() > 1,
                    _ => false,
                };
                Ok(match (&node.value, beside_text) {
                    (Value::Int(_) | Value::Float(_) | Value::Bool(_), true) => {
                        Node { value: Value::String(Arc::from(ops::text(&node)?)), ..node }
                    }
                    _ => node,
                })
            }
        }
    }

    fn logic(&self, operator: Operator, sides: &[Expr; 2], scope: &Scope<'_>) -> Outcome {
        // The value that decides alone.
        let decides = operator == Operator::Or;
        let first = self.eval(&sides[0], scope)?;
        let known = match first.reason() {
            Some(_) => None,
            None => Some(ops::truth(&first)?),
        };
        if known == Some(decides) {
            return Ok(Node::new(Value::Bool(decides)).marked(first.sensitive));
        }
        let second = match (self.eval(&sides[1], scope), known) {
            // Whether the error happens depends on the first.
            (Err(_), None) => return Ok(bare(first)),
            (result, _) => result?,
        };
        let sensitive = first.sensitive || second.sensitive;
        if second.reason().is_some() {
            return Ok(bare(second).marked(sensitive));
        }
        let second = ops::truth(&second)?;
        match known {
            None if second != decides => Ok(bare(first).marked(sensitive)),
            _ => Ok(Node::new(Value::Bool(second)).marked(sensitive)),
        }
    }

    fn call(&self, call: &FnCall, scope: &Scope<'_>) -> Outcome {
        let name = call.name.strip_prefix("core::").unwrap_or(&call.name);
        match name {
            "try" => return self.first_that_works(call, scope),
            "can" => return self.can(call, scope),
            "type" => return Ok(Node::unknown("type() works only in the console")),
            _ if name.starts_with("provider::") => {
                return Ok(Node::unknown(format!("{name}() is a function of a provider")));
            }
            _ => {}
        }
        let mut args = Vec::with_capacity(call.args.len());
        for arg in &call.args {
            args.push(self.eval(arg, scope)?);
        }
        if call.expand
            && let Some(last) = args.pop()
        {
            match &last.value {
                Value::Unknown(_) => return Ok(bare(last)),
                Value::Array(items) => {
                    args.extend(items.iter().map(|n| n.clone().marked(last.sensitive)));
                }
                other => return Err(format!("a list is needed before ..., not {}", other.kind())),
            }
        }
        let context = Context { tree: self.tree, root_folder: &self.root };
        match name {
            "templatefile" => self.template_file(&args, &context, scope),
            "templatestring" => self.template_string(&args, scope),
            _ => {
                // Functions go through their arguments: long ones cost more.
                let args: Vec<Node> = args.into_iter().map(|n| self.bounded(n)).collect();
                functions::call(name, &args, &context).map(|n| self.bounded(n)).map_err(|e| format!("{name}(): {e}"))
            }
        }
    }

    fn first_that_works(&self, call: &FnCall, scope: &Scope<'_>) -> Outcome {
        let mut last = "try() has no argument that works".to_owned();
        for arg in &call.args {
            match self.attempt(arg, scope) {
                Ok(node) => return Ok(node),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn can(&self, call: &FnCall, scope: &Scope<'_>) -> Outcome {
        let [arg] = call.args.as_slice() else { return Err("can() takes one argument".to_owned()) };
        Ok(match self.attempt(arg, scope) {
            Ok(node) if node.reason().is_some() => bare(node),
            Ok(node) => Node::new(Value::Bool(true)).marked(node.sensitive),
            Err(_) => Node::new(Value::Bool(false)),
        })
    }

    fn attempt(&self, arg: &Expr, scope: &Scope<'_>) -> Outcome {
        self.trying.set(self.trying.get() + 1);
        let outcome = self.eval(arg, scope);
        self.trying.set(self.trying.get() - 1);
        outcome
    }

    fn template_file(&self, args: &[Node], context: &Context<'_>, scope: &Scope<'_>) -> Outcome {
        let [path, vars] = args else { return Err("templatefile() takes a path and an object".to_owned()) };
        if scope.module.is_none() {
            return Err("templatefile() cannot be called in a template".to_owned());
        }
        let file =
            functions::call("file", std::slice::from_ref(path), context).map_err(|e| format!("templatefile(): {e}"))?;
        match (file.as_str(), &vars.value) {
            (None, _) => Ok(bare(file)),
            (_, Value::Unknown(_)) => Ok(bare(vars.clone())),
            (Some(text), Value::Object(vars)) => self.text_template(text, vars),
            _ => Err("templatefile() takes an object of variables".to_owned()),
        }
    }

    fn template_string(&self, args: &[Node], scope: &Scope<'_>) -> Outcome {
        let [text, vars] = args else { return Err("templatestring() takes a text and an object".to_owned()) };
        if scope.module.is_none() {
            return Err("templatestring() cannot be called in a template".to_owned());
        }
        match (&text.value, &vars.value) {
            (Value::Unknown(_), _) => Ok(bare(text.clone())),
            (_, Value::Unknown(_)) => Ok(bare(vars.clone())),
            (Value::String(text), Value::Object(vars)) => self.text_template(text, vars),
            _ => Err("templatestring() takes a text and an object of variables".to_owned()),
        }
    }

    /// Renders a text that is a template, with nothing but its variables.
    pub(super) fn text_template(&self, text: &str, vars: &Object) -> Outcome {
        let parts = parse::template(text, &mut std::collections::BTreeSet::new())?;
        let repetition = Repetition::default();
        let outer = Node::object(vars.clone());
        // Names of variables are found through one binding of all.
        let binding = Binding { name: "", value: outer, outer: None };
        let scope = Scope { module: None, repetition: &repetition, bindings: Some(&binding) };
        let node = self.deeper(|| self.template(&parts, &scope))?;
        match &node.value {
            Value::Unknown(_) | Value::String(_) => Ok(node),
            _ => Ok(Node::string(ops::text(&node)?).marked(node.sensitive)),
        }
    }

    fn template(&self, parts: &[Part], scope: &Scope<'_>) -> Outcome {
        match parts {
            [Part::Value(only)] => return self.eval(only, scope),
            [Part::Text(only)] => return Ok(Node::new(Value::String(Arc::clone(only)))),
            _ => {}
        }
        let (mut text, mut state) = (String::new(), Filling::default());
        self.fill(parts, scope, &mut text, &mut state)?;
        let value = match state.unknown {
            Some(reason) => Value::Unknown(reason),
            None => Value::String(Arc::from(text)),
        };
        Ok(self.bounded(Node::new(value).marked(state.sensitive)))
    }

    fn fill(&self, parts: &[Part], scope: &Scope<'_>, text: &mut String, state: &mut Filling) -> Result<(), String> {
        for part in parts {
            match part {
                Part::Text(more) => text.push_str(more),
                Part::Value(expr) => {
                    let node = self.eval(expr, scope)?;
                    state.sensitive |= node.sensitive;
                    match &node.value {
                        Value::Unknown(reason) => state.lose(reason),
                        _ => text.push_str(&ops::text(&node)?),
                    }
                }
                Part::If(condition, then, other) => {
                    let node = self.eval(condition, scope)?;
                    state.sensitive |= node.sensitive;
                    match &node.value {
                        Value::Unknown(reason) => state.lose(reason),
                        _ => {
                            let chosen = if ops::truth(&node)? { then } else { other };
                            self.fill(chosen, scope, text, state)?;
                        }
                    }
                }
                Part::For(f) => self.fill_for(f, scope, text, state)?,
            }
            if text.len() > ops::MAX_TEXT {
                state.lose(&Arc::from(format!("the text is longer than {} bytes", ops::MAX_TEXT)));
                text.clear();
            }
        }
        Ok(())
    }

    fn fill_for(&self, f: &ForPart, scope: &Scope<'_>, text: &mut String, state: &mut Filling) -> Result<(), String> {
        let collection = self.eval(&f.collection, scope)?;
        state.sensitive |= collection.sensitive;
        if let Some(reason) = collection.reason() {
            state.lose(reason);
            return Ok(());
        }
        for (key, value) in self.pairs(&f.collection, &collection, scope)? {
            if !self.spend(1) {
                state.lose(&Arc::from("evaluation stopped at the limit of steps"));
                return Ok(());
            }
            let outer = Binding { name: f.key_name.as_deref().unwrap_or(""), value: key, outer: scope.bindings };
            let outer = if f.key_name.is_some() { Some(&outer) } else { scope.bindings };
            let inner = Binding { name: &f.value_name, value, outer };
            self.fill(&f.body, &Scope { bindings: Some(&inner), ..*scope }, text, state)?;
        }
        Ok(())
    }

    /// Keys and values of the list, set, map or object that an expression gave.
    pub(super) fn pairs(&self, expr: &Expr, node: &Node, scope: &Scope<'_>) -> Result<Vec<(Node, Node)>, String> {
        match &node.value {
            Value::Array(items) => {
                // In a set, the key of an element is the element.
                let is_set = self.is_set(expr, scope.module, 0);
                let index = |n: usize| Node::new(Value::Int(i64::try_from(n).unwrap_or(i64::MAX)));
                let key = |n: usize, value: &Node| if is_set { value.clone() } else { index(n) };
                Ok(items.iter().enumerate().map(|(n, v)| (key(n, v), v.clone())).collect())
            }
            Value::Object(members) => {
                let key = |k: &Arc<str>| Node::new(Value::String(Arc::clone(k)));
                Ok(members.iter().map(|(k, v)| (key(k), v.clone())).collect())
            }
            other => Err(format!("a list or map is needed, not {}", other.kind())),
        }
    }

    fn for_expr(&self, f: &For, scope: &Scope<'_>) -> Outcome {
        let collection = self.eval(&f.collection, scope)?;
        if collection.reason().is_some() {
            return Ok(bare(collection));
        }
        let (mut list, mut members, mut groups) = (Vec::new(), Object::new(), std::collections::BTreeMap::new());
        for (count, (key, value)) in self.pairs(&f.collection, &collection, scope)?.into_iter().enumerate() {
            if count >= MAX_ELEMENTS {
                return Ok(Node::unknown(format!("a for expression gives more than {MAX_ELEMENTS} elements")));
            }
            let value = value.marked(collection.sensitive);
            let outer = Binding { name: f.key_name.as_deref().unwrap_or(""), value: key, outer: scope.bindings };
            let outer = if f.key_name.is_some() { Some(&outer) } else { scope.bindings };
            let binding = Binding { name: &f.value_name, value, outer };
            let inner = Scope { bindings: Some(&binding), ..*scope };
            if let Some(condition) = &f.condition {
                let keep = self.eval(condition, &inner)?;
                if keep.reason().is_some() {
                    return Ok(bare(keep));
                }
                if !ops::truth(&keep)? {
                    continue;
                }
            }
            let Some(key) = &f.key else {
                list.push(self.eval(&f.value, &inner)?);
                continue;
            };
            let key = self.eval(key, &inner)?;
            if key.reason().is_some() {
                return Ok(bare(key));
            }
            let key: Arc<str> = Arc::from(ops::text(&key)?);
            let value = self.eval(&f.value, &inner)?;
            if f.grouping {
                groups.entry(key).or_insert_with(Vec::new).push(value);
            } else if members.insert(Arc::clone(&key), value).is_some() {
                return Err(format!("two elements of a for expression have the key {key:?}"));
            }
        }
        Ok(self.bounded(match (&f.key, f.grouping) {
            (None, _) => Node::array(list),
            (Some(_), false) => Node::object(members),
            (Some(_), true) => Node::object(groups.into_iter().map(|(k, v)| (k, Node::array(v))).collect()),
        }))
    }
}

/// What a template came to.
#[derive(Default)]
struct Filling {
    unknown: Option<Arc<str>>,
    sensitive: bool,
}

impl Filling {
    fn lose(&mut self, reason: &Arc<str>) {
        self.unknown.get_or_insert_with(|| Arc::clone(reason));
    }
}

/// The same without its place.
pub(super) fn bare(node: Node) -> Node {
    Node { at: None, ..node }
}

trait Placed {
    fn placed(self, expr: &Expr) -> Self;
}

impl Placed for Node {
    /// The value at the expression's place, if it has none that is more exact.
    fn placed(self, expr: &Expr) -> Self {
        Self { at: expr.at, ..self }
    }
}
