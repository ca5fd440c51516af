//! Values of a template: expressions, property loops, parameters, variables and functions.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::expr::{self, Expr, Kind, Parsed};
use crate::iac::arm::functions;
use crate::iac::arm::run::{Given, Locals, Loop, Outlook, Run, Slot, Unit, weighed};
use crate::iac::{Node, Object, Value};

/// The most turns of one loop; Azure allows 800.
pub(super) const MAX_COPIES: i64 = 10_000;

/// Where something is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Cx<'r> {
    pub(super) run: &'r Run<'r>,
    pub(super) unit: &'r Unit,
    pub(super) locals: &'r Locals,
}

type Outcome = Result<Node, String>;

impl<'r> Cx<'r> {
    pub(super) fn with<'s>(&'s self, locals: &'s Locals) -> Cx<'s>
    where
        'r: 's,
    {
        Cx { run: self.run, unit: self.unit, locals }
    }

    /// What functions know here.
    pub(super) fn outlook(&self) -> Outlook<'_> {
        self.run.outlook(&self.unit.seen_from)
    }

    /// A value as the template writes it, with its expressions worked out. Errors become unknowns.
    pub(super) fn value(&self, node: &Node) -> Node {
        let done = self.run.spend(1).and_then(|()| match &node.value {
            Value::String(text) => self.string(text),
            Value::Array(items) => self.run.deeper(|| {
                let items: Vec<Node> = items.iter().map(|i| self.value(i)).collect();
                Ok(Node::array(items))
            }),
            Value::Object(members) => self.run.deeper(|| self.object(members)),
            _ => Ok(node.clone()),
        });
        let done = done.unwrap_or_else(Node::unknown);
        Node { at: node.at.or(done.at), sensitive: node.sensitive || done.sensitive, value: done.value }
    }

    fn string(&self, text: &Arc<str>) -> Outcome {
        let Some(source) = expr::inside(text) else {
            let plain = expr::literal(text);
            return Ok(Node::new(Value::String(if plain.len() == text.len() {
                Arc::clone(text)
            } else {
                Arc::from(plain)
            })));
        };
        let shown = || source.trim().chars().take(200).collect::<String>();
        let parsed = self.run.parse(source).map_err(|e| format!("{}: {e}", shown()))?;
        self.eval(&parsed, &parsed.expr).map_err(|e| format!("{}: {e}", shown()))
    }

    fn object(&self, members: &Object) -> Outcome {
        let mut out = Object::new();
        let mut loops = Vec::new();
        for (key, member) in members {
            if key.eq_ignore_ascii_case("copy") && is_copy(member) {
                loops.extend(member.as_array().unwrap_or_default());
                continue;
            }
            let key = match expr::inside(key) {
                None => Arc::clone(key),
                Some(_) => match self.string(key)?.value {
                    Value::String(name) => name,
                    Value::Unknown(reason) => return Err(format!("a member's name is not known: {reason}")),
                    other => {
                        Arc::from(functions::plain(&Node::new(other)).ok_or("a member's name is no text")?.as_ref())
                    }
                },
            };
            out.insert(key, self.value(member));
        }
        for one in loops {
            let (name, made) = self.copy(one);
            match name.value {
                Value::String(name) => {
                    out.insert(name, made);
                }
                _ => return Err("the name of a property loop is not known".to_owned()),
            }
        }
        Ok(Node::object(out))
    }

    /// A loop that makes an array: its name and the array.
    pub(super) fn copy(&self, one: &Node) -> (Node, Node) {
        let name = one.get_any_case("name").map_or_else(|| Node::unknown("the loop has no name"), |n| self.value(n));
        let Some(input) = one.get_any_case("input") else {
            return (name, Node::unknown("the loop has no input"));
        };
        let label = name.as_str().unwrap_or_default();
        let made = match self.count(one) {
            Ok(count) => {
                let mut items = Vec::new();
                for at in 0..count {
                    if self.run.exhausted() {
                        break;
                    }
                    let locals = self.locals.turn(label, Node::new(Value::Int(at)), false);
                    items.push(self.with(&locals).value(input));
                }
                Node::array(items)
            }
            Err(node) => node,
        };
        let made = Node { at: one.at, ..made };
        (name, made)
    }

    /// How often a loop runs; an unknown where that is not known.
    pub(super) fn count(&self, one: &Node) -> Result<i64, Node> {
        let Some(count) = one.get_any_case("count") else { return Err(Node::unknown("the loop has no count")) };
        let count = self.value(count);
        match &count.value {
            Value::Int(count @ 0..=MAX_COPIES) => Ok(*count),
            Value::Int(count) => {
                Err(Node::unknown(format!("the loop runs {count} times, more than the {MAX_COPIES} that are read")))
            }
            Value::String(text) if text.trim().parse::<i64>().is_ok_and(|n| (0..=MAX_COPIES).contains(&n)) => {
                Ok(text.trim().parse().unwrap_or(0))
            }
            Value::Unknown(reason) => Err(Node::unknown(format!("how often it repeats is not known: {reason}"))),
            other => Err(Node::unknown(format!("the count of the loop is a {}", other.kind()))),
        }
    }

    /// The value of an expression.
    pub(super) fn eval(&self, parsed: &Parsed, expr: &Expr) -> Outcome {
        self.run.spend(1)?;
        self.run.deeper(|| match &expr.kind {
            Kind::Text(text) => Ok(Node::new(Value::String(Arc::clone(text)))),
            Kind::Int(value) => Ok(Node::new(Value::Int(*value))),
            Kind::Float(value) => Ok(Node::new(Value::float(*value))),
            Kind::Word(word) => Ok(Node::new(match &**word {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::Null,
            })),
            Kind::Call(name, args) => self.call(parsed, expr, name, args),
            Kind::Member(..) | Kind::Index(..) => self.access(parsed, expr),
        })
    }

    /// Members and indexes, all in a row: what stands before them may know better than to give the whole value.
    fn access(&self, parsed: &Parsed, expr: &Expr) -> Outcome {
        let mut path = Vec::new();
        let mut base = expr;
        loop {
            base = match &base.kind {
                Kind::Member(of, name) => {
                    path.push(Node::new(Value::String(Arc::clone(name))));
                    of
                }
                Kind::Index(of, index) => {
                    path.push(self.eval(parsed, index)?);
                    of
                }
                _ => break,
            };
        }
        path.reverse();
        let mut node = match &base.kind {
            Kind::Call(name, args) if &**name == "reference" => return self.reference(parsed, expr, args, &path),
            _ => self.eval(parsed, base)?,
        };
        for key in &path {
            node = match functions::part(&node, key)? {
                Some(part) => part,
                None => {
                    let key = functions::plain(key).unwrap_or_default();
                    return Err(format!("{} has no '{key}'", parsed.text(base)));
                }
            };
        }
        Ok(node)
    }

    fn args(&self, parsed: &Parsed, args: &[Expr]) -> Result<Vec<Node>, String> {
        args.iter().map(|a| self.eval(parsed, a)).collect()
    }

    fn call(&self, parsed: &Parsed, expr: &Expr, name: &str, args: &[Expr]) -> Outcome {
        let bare = name.strip_prefix("sys.").or_else(|| name.strip_prefix("az.")).unwrap_or(name);
        match (bare, args) {
            ("parameters", [name]) => self.named(parsed, name, Self::parameter),
            ("variables", [name]) => self.named(parsed, name, Self::variable),
            ("lambdavariables", [name]) => self.named(parsed, name, |cx, name| {
                let mut bound = cx.locals.bound.as_ref();
                while let Some(one) = bound {
                    if one.name.eq_ignore_ascii_case(name) {
                        return Ok(one.value.clone());
                    }
                    bound = one.outer.as_ref();
                }
                Err(format!("there is no lambda variable '{name}'"))
            }),
            ("copyindex", args) => self.copy_index(parsed, args),
            ("if", [condition, yes, no]) => {
                let condition = self.eval(parsed, condition)?;
                match functions::call("bool", std::slice::from_ref(&condition), &self.outlook())? {
                    Node { value: Value::Bool(true), .. } => self.eval(parsed, yes),
                    Node { value: Value::Bool(false), .. } => self.eval(parsed, no),
                    doubt => {
                        // A branch that fails may be the one that is not taken.
                        let side = |e| self.eval(parsed, e).unwrap_or_else(Node::unknown);
                        Ok(functions::either(&side(yes), &side(no), &doubt, 0))
                    }
                }
            }
            ("and" | "or", args) => self.logic(parsed, bare, args),
            ("coalesce", args) => {
                for arg in args {
                    let value = self.eval(parsed, arg)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                Ok(Node::new(Value::Null))
            }
            ("tryget", [of, keys @ ..]) if matches!(&of.kind, Kind::Call(n, _) if &**n == "reference") => {
                let Kind::Call(_, of) = &of.kind else { return Ok(Node::new(Value::Null)) };
                let path = self.args(parsed, keys)?;
                self.reference(parsed, expr, of, &path)
            }
            ("reference", args) => self.reference(parsed, expr, args, &[]),
            ("resourceinfo", [symbol]) => self.named(parsed, symbol, Self::resource_info),
            (
                "resourceid"
                | "subscriptionresourceid"
                | "tenantresourceid"
                | "extensionresourceid"
                | "managementgroupresourceid",
                args,
            ) => self.resource_id(parsed, bare, args),
            (name, args) if functions::takes_lambda(name) => self.lambda(parsed, name, args),
            (name, args) if name.contains('.') => {
                let args = self.args(parsed, args)?;
                self.user_function(name, args)
            }
            (name, args) => {
                let args = self.args(parsed, args)?;
                self.run.spend(functions::cost(name, &args))?;
                let called = functions::call(name, &args, &self.outlook())?;
                if let Some(text) = called.as_str() {
                    self.run.spend(text.len() as u64 / 64)?;
                }
                Ok(match (called.reason(), name.starts_with("list") || name == "providers") {
                    // What Azure answers is named as the code writes it.
                    (Some(_), true) => Node::unknown(format!("{} is read when it is deployed", parsed.text(expr)))
                        .marked(called.sensitive),
                    _ => called,
                })
            }
        }
    }

    fn named(&self, parsed: &Parsed, name: &Expr, find: fn(&Self, &str) -> Outcome) -> Outcome {
        let name = self.eval(parsed, name)?;
        match &name.value {
            Value::String(name) => find(self, name),
            Value::Unknown(_) => Ok(name),
            other => Err(format!("a name is a {}", other.kind())),
        }
    }

    fn logic(&self, parsed: &Parsed, name: &str, args: &[Expr]) -> Outcome {
        let ends = name == "or";
        let mut seen = Vec::new();
        for arg in args {
            let value = self.eval(parsed, arg)?;
            let over = value.as_bool() == Some(ends);
            seen.push(value);
            if over {
                break;
            }
        }
        functions::call(name, &seen, &self.outlook())
    }

    fn copy_index(&self, parsed: &Parsed, args: &[Expr]) -> Outcome {
        let args = self.args(parsed, args)?;
        let (mut wanted, mut offset) = (None, 0);
        for arg in &args {
            match &arg.value {
                Value::String(name) => wanted = Some(name),
                Value::Int(number) => offset = *number,
                Value::Unknown(_) => return Ok(arg.clone()),
                other => return Err(format!("copyIndex takes a name and a number, no {}", other.kind())),
            }
        }
        let chain = || std::iter::successors(self.locals.loops.as_ref(), |l: &&Rc<Loop>| l.outer.as_ref());
        let found = match wanted {
            Some(name) => chain().find(|l| l.name.eq_ignore_ascii_case(name)),
            None => chain().find(|l| l.resource).or_else(|| chain().next()),
        };
        match found.map(|l| &l.index) {
            Some(Node { value: Value::Int(index), .. }) => Ok(Node::new(Value::Int(index.saturating_add(offset)))),
            Some(unknown) => Ok(unknown.clone()),
            None => Err("copyIndex stands outside of the loop that it names".to_owned()),
        }
    }

    /// Why it is not known how often what stands here is repeated.
    pub(super) fn uncounted(&self) -> Option<Arc<str>> {
        let mut turn = self.locals.loops.as_ref();
        while let Some(one) = turn {
            if let Some(reason) = one.index.reason() {
                return Some(Arc::clone(reason));
            }
            turn = one.outer.as_ref();
        }
        None
    }

    fn lambda(&self, parsed: &Parsed, name: &str, args: &[Expr]) -> Outcome {
        let is_lambda = |e: &&Expr| matches!(&e.kind, Kind::Call(n, _) if &**n == "lambda");
        let lambdas: Vec<&Expr> = args.iter().filter(is_lambda).collect();
        let values: Vec<Node> =
            args.iter().filter(|e| !is_lambda(e)).map(|e| self.eval(parsed, e)).collect::<Result<_, _>>()?;
        let mut run = |which: usize, given: &[Node]| {
            let Some(Expr { kind: Kind::Call(_, parts), .. }) = lambdas.get(which) else {
                return given.first().cloned().ok_or_else(|| "a lambda is missing".to_owned());
            };
            let Some((body, names)) = parts.split_last() else { return Err("a lambda is empty".to_owned()) };
            let mut locals = self.locals.clone();
            for (name, value) in names.iter().zip(given) {
                if let Kind::Text(name) = &name.kind {
                    locals = locals.bind(Arc::clone(name), value.clone());
                }
            }
            let (value, parts) = weighed(self.with(&locals).eval(parsed, body)?);
            self.run.spend(parts)?;
            Ok(value)
        };
        functions::call_with_lambda(name, &values, &mut run)
    }

    /// A member of a slot table, worked out once; asking for it while it is worked out is a cycle.
    fn slot(
        &self,
        table: &std::cell::RefCell<BTreeMap<String, Slot>>,
        what: &str,
        name: &str,
        find: impl FnOnce() -> Outcome,
    ) -> Outcome {
        let key = name.to_lowercase();
        match table.borrow().get(&key) {
            Some(Slot::Busy) => return Err(format!("{what} '{name}' needs itself")),
            Some(Slot::Done(value, parts)) => {
                let (value, parts) = (value.clone(), *parts);
                self.run.spend(parts / 8)?;
                return Ok(value);
            }
            None => {}
        }
        table.borrow_mut().insert(key.clone(), Slot::Busy);
        let found = find();
        let Ok(value) = found else {
            table.borrow_mut().remove(&key);
            return found;
        };
        let (value, parts) = weighed(value);
        table.borrow_mut().insert(key, Slot::Done(value.clone(), parts));
        self.run.spend(parts)?;
        Ok(value)
    }

    /// The unit that the parameters and variables here belong to.
    fn owner(&self) -> Option<Rc<Unit>> {
        self.run.unit(self.unit.vars.owner)
    }

    /// A variable.
    pub(super) fn variable(&self, name: &str) -> Outcome {
        let vars = &self.unit.vars;
        self.slot(&vars.variables, "the variable", name, || {
            let Some(owner) = self.owner() else { return Err("the template is gone".to_owned()) };
            let locals = Locals::default();
            let cx = Cx { run: self.run, unit: &owner, locals: &locals };
            match written_variable(&vars.template, name) {
                Some(Written::Value(node)) => Ok(cx.value(node)),
                Some(Written::Copy(one)) => Ok(cx.copy(one).1),
                None => Err(format!("there is no variable '{name}'")),
            }
        })
    }

    /// A parameter: what the deployment gives, its default, or an unknown.
    pub(super) fn parameter(&self, name: &str) -> Outcome {
        if let Some(own) = &self.locals.parameters {
            let key = name.to_lowercase();
            return own.get(&key).cloned().ok_or_else(|| format!("the function has no parameter '{name}'"));
        }
        let vars = &self.unit.vars;
        let declared = vars.template.get_any_case("parameters").and_then(|p| p.get_any_case(name));
        let named = declared.and_then(|d| defined(&vars.template, d));
        // What the parameter says itself, else what its named type says.
        let says = |member: &str| declared.and_then(|d| d.get_any_case(member)).or_else(|| named?.get_any_case(member));
        let kind = says("type").and_then(Node::as_str).unwrap_or_default();
        let secret = kind.eq_ignore_ascii_case("securestring") || kind.eq_ignore_ascii_case("secureobject");
        self.slot(&vars.parameters, "the parameter", name, || {
            match vars.given.get(&name.to_lowercase()) {
                Some(Given::Value(value)) => return Ok(value.clone().marked(secret)),
                Some(Given::Later(node, unit, locals)) => {
                    let Some(unit) = self.run.unit(*unit) else { return Err("the template is gone".to_owned()) };
                    let cx = Cx { run: self.run, unit: &unit, locals };
                    return self.run.deeper(|| Ok(cx.value(node).marked(secret)));
                }
                None => {}
            }
            let Some(declared) = declared else { return Err(format!("there is no parameter '{name}'")) };
            if let Some(default) = declared.get_any_case("defaultValue") {
                let Some(owner) = self.owner() else { return Err("the template is gone".to_owned()) };
                let locals = Locals::default();
                let cx = Cx { run: self.run, unit: &owner, locals: &locals };
                return self.run.deeper(|| Ok(cx.value(default).marked(secret)));
            }
            if let Some(why) = &vars.unread {
                return Ok(
                    Node::unknown(format!("parameter '{name}' has no value that was read: {why}")).marked(secret)
                );
            }
            if says("nullable").and_then(Node::as_bool) == Some(true) {
                return Ok(Node::new(Value::Null));
            }
            // Of an array, the allowed values are those of its items.
            if let Some([only]) =
                says("allowedValues").and_then(Node::as_array).filter(|_| !kind.eq_ignore_ascii_case("array"))
            {
                return Ok(only.clone().marked(secret));
            }
            Ok(Node::unknown(format!("parameter '{name}' has no value")).marked(secret))
        })
    }

    fn user_function(&self, name: &str, args: Vec<Node>) -> Outcome {
        let (space, member) = name.rsplit_once('.').unwrap_or(("", name));
        let template = &self.unit.vars.template;
        let spaces = template.get_any_case("functions").and_then(Node::as_array).unwrap_or_default();
        let in_space = |s: &&Node| {
            s.get_any_case("namespace").and_then(Node::as_str).is_some_and(|n| n.eq_ignore_ascii_case(space))
        };
        let found = spaces.iter().filter(in_space).find_map(|s| s.get_any_case("members")?.get_any_case(member));
        let Some(function) = found else { return Err(format!("there is no function {name}")) };
        let Some(body) = function.get_any_case("output").and_then(|o| o.get_any_case("value")) else {
            return Err(format!("the function {name} has no output"));
        };
        let wanted = function.get_any_case("parameters").and_then(Node::as_array).unwrap_or_default();
        let names = wanted.iter().filter_map(|p| p.get_any_case("name").and_then(Node::as_str));
        let mut given: BTreeMap<String, Node> = names.map(str::to_lowercase).zip(args).collect();
        for parameter in wanted {
            let Some(name) = parameter.get_any_case("name").and_then(Node::as_str) else { continue };
            if let Some(default) =
                parameter.get_any_case("defaultValue").filter(|_| !given.contains_key(&name.to_lowercase()))
            {
                given.insert(name.to_lowercase(), self.value(default));
            }
        }
        let locals = Locals { parameters: Some(Rc::new(given)), ..Locals::default() };
        let (value, parts) = weighed(self.run.deeper(|| Ok(self.with(&locals).value(body)))?);
        self.run.spend(parts)?;
        Ok(Node { at: None, ..value })
    }
}

/// The named type that a parameter refers to.
fn defined<'a>(template: &'a Node, parameter: &'a Node) -> Option<&'a Node> {
    let mut found = parameter;
    for _ in 0..8 {
        let Some(name) = found.get_any_case("$ref").and_then(Node::as_str) else { break };
        let name = name.strip_prefix("#/definitions/")?;
        found = template.get_any_case("definitions")?.get_any_case(name)?;
    }
    Some(found)
}

/// How a template writes a variable.
pub(super) enum Written<'a> {
    /// As a value.
    Value(&'a Node),
    /// As a loop.
    Copy(&'a Node),
}

/// Where a template writes a variable.
pub(super) fn written_variable<'a>(template: &'a Node, name: &str) -> Option<Written<'a>> {
    let variables = template.get_any_case("variables")?;
    let loops = variables.get_any_case("copy").filter(|c| is_copy(c));
    let named =
        |one: &&Node| one.get_any_case("name").and_then(Node::as_str).is_some_and(|n| n.eq_ignore_ascii_case(name));
    if let Some(one) = loops.and_then(Node::as_array).unwrap_or_default().iter().find(named) {
        return Some(Written::Copy(one));
    }
    variables.get_any_case(name).map(Written::Value)
}

/// Whether a `copy` member is a loop, and not a property of that name.
fn is_copy(node: &Node) -> bool {
    let looks = |one: &Node| one.get_any_case("count").is_some() && one.get_any_case("input").is_some();
    node.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(looks))
}
