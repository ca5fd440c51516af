//! Members and items: `x.y`, `x[0]`, `x::y`, and what resources and modules give.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::bicep::ast::{Expr, ExprKind, StatementKind};
use crate::iac::bicep::eval::module::{CallOf, Calls};
use crate::iac::bicep::eval::resource::{Instance, Instances};
use crate::iac::bicep::eval::scope::{Local, Scope};
use crate::iac::bicep::eval::source::Symbol;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Node, Value};

/// What an expression leads to before it becomes a value.
pub(super) enum Seen {
    /// A value.
    Value(Node),
    /// A part of a deployed resource: what is written is known, and there is more. With its name for people.
    Open(Node, String),
    /// A member that is not there.
    Absent(String),
    /// One resource.
    Resource(Rc<Instance>, Rc<Frame>),
    /// The resources of a loop.
    Resources(Rc<Instances>, Rc<Frame>),
    /// One call of a module.
    Module(Rc<CallOf>),
    /// The calls of a loop.
    Modules(Rc<Calls>),
    /// The outputs of a call.
    Outputs(Rc<CallOf>),
    /// All names of another file.
    Namespace(Result<Rc<Frame>, String>),
}

/// What was looked at, with what is needed to make a value of it.
pub(super) struct Look<'w, 'a> {
    pub(super) seen: Seen,
    world: &'w World<'a>,
}

impl Look<'_, '_> {
    /// The value.
    pub(super) fn whole(self) -> Node {
        match self.seen {
            Seen::Value(node) => node,
            Seen::Open(node, path) => match &node.value {
                Value::Object(_) => Node { value: deployed(&path).value, ..node },
                _ => node,
            },
            Seen::Absent(reason) => Node::unknown(reason),
            Seen::Resource(instance, frame) => self.world.summary(&frame, &instance),
            Seen::Resources(instances, frame) => match &instances.unknown {
                Some(reason) => Node::new(Value::Unknown(Arc::clone(reason))),
                None => Node::array(instances.list.iter().map(|i| self.world.summary(&frame, i)).collect()),
            },
            Seen::Module(call) => self.world.call_summary(&call),
            Seen::Modules(calls) => match &calls.unknown {
                Some(reason) => Node::new(Value::Unknown(Arc::clone(reason))),
                None => Node::array(calls.list.iter().map(|c| self.world.call_summary(c)).collect()),
            },
            Seen::Outputs(call) => self.world.outputs(&call),
            Seen::Namespace(_) => Node::unknown("a namespace is no value"),
        }
    }

    /// The value; null for a member that is not there.
    pub(super) fn forgiving(self) -> Node {
        match self.seen {
            Seen::Absent(_) => Node::new(Value::Null),
            _ => self.whole(),
        }
    }
}

/// An unknown for what only the deployment gives.
pub(super) fn deployed(path: &str) -> Node {
    Node::unknown(format!("{path} is known when it is deployed"))
}

/// Whether a chain has `.?` in it: then nothing in it makes the whole chain nothing.
fn forgives(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Member { base, safe, .. } | ExprKind::Index { base, safe, .. } => *safe || forgives(base),
        _ => false,
    }
}

impl<'a> World<'a> {
    /// Follows names, members and items as far as they lead.
    pub(super) fn look<'w>(&'w self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Look<'w, 'a> {
        let seen = match &expr.kind {
            ExprKind::Name(name) => self.look_name(frame, scope, name),
            ExprKind::NotNull(inner) => return self.look(frame, scope, inner),
            ExprKind::Member { base, name, safe } => {
                let base_seen = self.look_deeper(frame, scope, base);
                let forgiving = *safe || forgives(base);
                self.member(base_seen, &name.name, forgiving, || frame.source.quote(expr.at))
            }
            ExprKind::Index { base, index, safe, from_end } => {
                let base_seen = self.look_deeper(frame, scope, base);
                let index = self.eval(frame, scope, index);
                let forgiving = *safe || forgives(base);
                self.item(base_seen, &index, *from_end, forgiving, || frame.source.quote(expr.at))
            }
            ExprKind::Nested { base, name } => match self.look_deeper(frame, scope, base) {
                Seen::Resource(parent, of) => {
                    match parent.decl.body.object.resources.iter().find(|d| d.name.name == name.name) {
                        Some(decl) => {
                            self.one_or_all(self.instances(&of, &parent.scope.inside(&parent), decl, Some(&parent)), of)
                        }
                        None => Seen::Absent(format!("{} has no nested resource {}", parent.address, name.name)),
                    }
                }
                _ => Seen::Absent(format!("{} is no resource", frame.source.quote(base.at))),
            },
            ExprKind::Ternary(parts) => match self.eval(frame, scope, &parts.0).value {
                Value::Bool(true) => return self.look(frame, scope, &parts.1),
                Value::Bool(false) => return self.look(frame, scope, &parts.2),
                _ => Seen::Value(self.eval(frame, scope, expr)),
            },
            _ => Seen::Value(self.eval(frame, scope, expr)),
        };
        Look { seen, world: self }
    }

    /// The same, counted: chains of variables that stand for resources may lead in a circle.
    fn look_deeper(&self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Seen {
        let mut seen = None;
        let node = self.deeper(|| {
            seen = Some(self.look(frame, scope, expr).seen);
            Node::new(Value::Null)
        });
        seen.unwrap_or(Seen::Value(node))
    }

    fn look_name(&self, frame: &Rc<Frame>, scope: &Scope, name: &Arc<str>) -> Seen {
        match scope.find(name) {
            Some(Local::Value(node)) => return Seen::Value(node),
            Some(Local::Nested(parent, at)) => {
                let Some(decl) = parent.decl.body.object.resources.get(at) else {
                    return Seen::Absent(format!("{name} is not declared"));
                };
                let instances = self.instances(frame, &parent.scope.inside(&parent), decl, Some(&parent));
                return self.one_or_all(instances, Rc::clone(frame));
            }
            None => {}
        }
        match frame.source.symbols.get(name) {
            Some(Symbol::Statement(at)) => match frame.source.program.statements.get(*at).map(|s| &s.kind) {
                Some(StatementKind::Resource(decl)) => {
                    let instances = self.instances(frame, &Scope::default(), decl, None);
                    self.one_or_all(instances, Rc::clone(frame))
                }
                Some(StatementKind::Module(decl)) => {
                    let calls = self.calls(frame, decl);
                    match calls.list.first() {
                        Some(call) if !call.looped => Seen::Module(Rc::clone(call)),
                        _ => Seen::Modules(calls),
                    }
                }
                // A variable that only names something stands for it.
                Some(StatementKind::Var { value, .. })
                    if matches!(
                        value.kind,
                        ExprKind::Name(_) | ExprKind::Member { .. } | ExprKind::Index { .. } | ExprKind::Nested { .. }
                    ) =>
                {
                    if frame.plain.borrow().contains(name) {
                        return Seen::Value(self.value(frame, name));
                    }
                    let seen = self.look_deeper(frame, &Scope::default(), value);
                    if let Seen::Value(_) = seen {
                        frame.plain.borrow_mut().insert(Arc::clone(name));
                    }
                    seen
                }
                _ => Seen::Value(self.value(frame, name)),
            },
            Some(Symbol::Namespace(from)) => Seen::Namespace(self.library(frame, from.as_deref())),
            Some(Symbol::Imported { .. }) => Seen::Value(self.value(frame, name)),
            None => Seen::Value(Node::unknown(format!("{name} is not declared"))),
        }
    }

    fn one_or_all(&self, instances: Rc<Instances>, frame: Rc<Frame>) -> Seen {
        match instances.list.first() {
            Some(instance) if !instances.looped => Seen::Resource(Rc::clone(instance), frame),
            _ => Seen::Resources(instances, frame),
        }
    }

    fn member(&self, base: Seen, name: &str, forgiving: bool, path: impl Fn() -> String) -> Seen {
        let absent = || match forgiving {
            true => Seen::Value(Node::new(Value::Null)),
            false => Seen::Absent(format!("{} is not there", path())),
        };
        match base {
            Seen::Value(node) => match &node.value {
                Value::Object(_) => match node.get_any_case(name) {
                    Some(member) => Seen::Value(member.clone().marked(node.sensitive)),
                    None => absent(),
                },
                Value::Unknown(reason) => {
                    Seen::Value(Node::new(Value::Unknown(Arc::clone(reason))).marked(node.sensitive))
                }
                Value::Null => absent(),
                value => Seen::Value(Node::unknown(format!("{}: a {} has no members", path(), value.kind()))),
            },
            Seen::Open(node, at) => match &node.value {
                Value::Unknown(_) => Seen::Value(node),
                _ => match node.get_any_case(name) {
                    Some(member) => Seen::Open(member.clone().marked(node.sensitive), format!("{at}.{name}")),
                    None => Seen::Value(deployed(&format!("{at}.{name}"))),
                },
            },
            Seen::Absent(reason) if forgiving => {
                let _ = reason;
                Seen::Value(Node::new(Value::Null))
            }
            Seen::Absent(reason) => Seen::Absent(reason),
            Seen::Resource(instance, frame) => self.resource_member(&frame, &instance, name),
            Seen::Module(call) if name == "outputs" => Seen::Outputs(call),
            Seen::Module(call) if name == "name" => Seen::Value(self.call_name(&call)),
            Seen::Module(_) => Seen::Value(deployed(&path())),
            Seen::Outputs(call) => match self.call_output(&call, name) {
                Some(node) => Seen::Value(node),
                None => absent(),
            },
            Seen::Namespace(Ok(library)) => Seen::Value(self.value(&library, &Arc::from(name))),
            Seen::Namespace(Err(reason)) => Seen::Value(Node::unknown(format!("{} is {reason}", path()))),
            Seen::Resources(..) | Seen::Modules(_) => {
                Seen::Value(Node::unknown(format!("{}: a list has no members", path())))
            }
        }
    }

    fn item(&self, base: Seen, index: &Node, from_end: bool, forgiving: bool, path: impl Fn() -> String) -> Seen {
        if let Some(reason) = index.reason() {
            return match base {
                // Every round is this one as far as anything is known.
                Seen::Resources(instances, frame) if instances.unknown.is_some() && !instances.list.is_empty() => {
                    Seen::Resource(Rc::clone(&instances.list[0]), frame)
                }
                _ => Seen::Value(Node::new(Value::Unknown(Arc::clone(reason))).marked(index.sensitive)),
            };
        }
        if let Some(name) = index.as_str() {
            return self.member(base, name, forgiving, path);
        }
        let Value::Int(number) = index.value else {
            return Seen::Value(Node::unknown(format!("{}: the index is a {}", path(), index.value.kind())));
        };
        let place = |length: usize| {
            let number = usize::try_from(number).ok()?;
            let at = if from_end { length.checked_sub(number).filter(|_| number > 0) } else { Some(number) };
            at.filter(|at| *at < length)
        };
        let absent = || match forgiving {
            true => Seen::Value(Node::new(Value::Null)),
            false => Seen::Absent(format!("{} is not there", path())),
        };
        match base {
            Seen::Value(node) => match &node.value {
                Value::Array(items) => match place(items.len()) {
                    Some(at) => Seen::Value(items[at].clone().marked(node.sensitive)),
                    None => absent(),
                },
                Value::Unknown(reason) => {
                    Seen::Value(Node::new(Value::Unknown(Arc::clone(reason))).marked(node.sensitive))
                }
                Value::Null => absent(),
                value => Seen::Value(Node::unknown(format!("{}: a {} has no items", path(), value.kind()))),
            },
            Seen::Open(node, at) => match &node.value {
                Value::Array(items) => match place(items.len()) {
                    Some(n) => Seen::Open(items[n].clone().marked(node.sensitive), format!("{at}[{n}]")),
                    None => Seen::Value(deployed(&path())),
                },
                Value::Unknown(_) => Seen::Value(node),
                _ => Seen::Value(deployed(&path())),
            },
            Seen::Resources(instances, frame) => {
                let at = if instances.unknown.is_some() { Some(0) } else { place(instances.list.len()) };
                match at.and_then(|at| instances.list.get(at)) {
                    Some(instance) => Seen::Resource(Rc::clone(instance), frame),
                    None => absent(),
                }
            }
            Seen::Modules(calls) => {
                let at = if calls.unknown.is_some() { Some(0) } else { place(calls.list.len()) };
                match at.and_then(|at| calls.list.get(at)) {
                    Some(call) => Seen::Module(Rc::clone(call)),
                    None => absent(),
                }
            }
            Seen::Absent(_) => absent(),
            _ => Seen::Value(Node::unknown(format!("{}: this has no items", path()))),
        }
    }
}
