//! Expressions → values.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::functions::{self, Deployment, plain};
use crate::iac::bicep::ast::{BinaryOp, Each, Expr, ExprKind, Item, Key, ObjectExpr, Part, UnaryOp};
use crate::iac::bicep::eval::limits::ROUNDS;
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Node, Object, Value};

/// The rounds of a loop: the names of each, or why the list is not known.
pub(super) enum Rounds {
    /// One scope for each round.
    Known(Vec<Scope>),
    /// The list is not known: one round that stands for all, and the reason.
    Unknown(Scope, Arc<str>),
}

impl World<'_> {
    /// The value of an expression. Never fails: what is wrong is unknown, with the reason.
    pub(super) fn eval(&self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Node {
        match &expr.kind {
            ExprKind::Null => Node::new(Value::Null).at(expr.at),
            ExprKind::Bool(value) => Node::new(Value::Bool(*value)).at(expr.at),
            ExprKind::Int(value) => Node::new(Value::Int(*value)).at(expr.at),
            ExprKind::Str(text) => Node::new(Value::String(Arc::clone(text))).at(expr.at),
            ExprKind::Error(why) => Node::unknown(why).at(expr.at),
            ExprKind::Lambda { .. } => Node::unknown("a lambda is no value").at(expr.at),
            _ => self.deeper(|| self.compound(frame, scope, expr)),
        }
    }

    fn compound(&self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Node {
        let node = match &expr.kind {
            ExprKind::Interp(parts) => self.interpolate(frame, scope, parts),
            ExprKind::Array(items) => self.array(frame, scope, items),
            ExprKind::Object(object) => self.object(frame, scope, object),
            ExprKind::For(each) => self.repeat(frame, scope, &each.each, each.condition.as_ref(), &each.body),
            ExprKind::Name(_) | ExprKind::Member { .. } | ExprKind::Index { .. } | ExprKind::Nested { .. } => {
                return self.look(frame, scope, expr).whole();
            }
            ExprKind::NotNull(inner) => self.eval(frame, scope, inner),
            ExprKind::Call { name, args } => self.call(frame, scope, &name.name, args, expr),
            ExprKind::Method { base, name, args } => self.method(frame, scope, base, name, args, expr),
            ExprKind::Unary { op, value } => self.unary(frame, scope, *op, value),
            ExprKind::Binary { op, sides } => self.binary(frame, scope, *op, &sides.0, &sides.1),
            ExprKind::Ternary(parts) => self.choose(frame, scope, &parts.0, &parts.1, &parts.2),
            _ => Node::unknown("this cannot be evaluated"),
        };
        // Where a value was written says more than where it is used.
        if node.at.is_some() { node } else { node.at(expr.at) }
    }

    fn interpolate(&self, frame: &Rc<Frame>, scope: &Scope, parts: &[Part]) -> Node {
        let mut out = String::new();
        let (mut sensitive, mut unknown) = (false, None);
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Hole(expr) => {
                    let node = self.eval(frame, scope, expr);
                    sensitive |= node.sensitive || (self.secrets.get() && node.any_sensitive());
                    match self.text(&node, frame) {
                        Ok(text) => out.push_str(&text),
                        Err(reason) => unknown = unknown.or(Some(reason)),
                    }
                }
            }
            if out.len() > functions::MAX_TEXT {
                unknown = unknown.or_else(|| Some(Arc::from("the text is too long")));
                break;
            }
        }
        match unknown {
            Some(reason) => Node::new(Value::Unknown(reason)).marked(sensitive),
            None => Node::string(out).marked(sensitive),
        }
    }

    /// A value as text, as a string with holes shows it; else why it is not known.
    pub(super) fn text(&self, node: &Node, frame: &Frame) -> Result<String, Arc<str>> {
        if let Some(reason) = node.reason() {
            return Err(Arc::clone(reason));
        }
        if let Some(text) = plain(node) {
            return Ok(text.into_owned());
        }
        if !self.spend(functions::cost("string", std::slice::from_ref(node))) {
            return Err(Arc::from("it takes too many steps to evaluate"));
        }
        match functions::call("string", std::slice::from_ref(node), &frame.place) {
            Ok(Node { value: Value::String(text), .. }) => Ok(text.as_ref().to_owned()),
            Ok(Node { value: Value::Unknown(reason), .. }) => Err(reason),
            Ok(_) => Err(Arc::from("the value is no text")),
            Err(reason) => Err(Arc::from(reason)),
        }
    }

    fn array(&self, frame: &Rc<Frame>, scope: &Scope, items: &[Item]) -> Node {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            let node = self.eval(frame, scope, &item.value);
            if !item.spread {
                out.push(Node { at: Some(item.value.at), ..node });
                continue;
            }
            match node.value {
                Value::Array(items) => out.extend(items.iter().cloned()),
                Value::Unknown(reason) => return Node::new(Value::Unknown(reason)).marked(node.sensitive),
                _ => return Node::unknown("only a list can be spread in a list"),
            }
        }
        Node::array(out)
    }

    fn object(&self, frame: &Rc<Frame>, scope: &Scope, object: &ObjectExpr) -> Node {
        let (members, open) = self.members(frame, scope, object);
        match open {
            Some(reason) => Node::new(Value::Unknown(reason)),
            None => Node::object(members),
        }
    }

    /// The members that are known to be there, and why there may be others.
    pub(super) fn members(&self, frame: &Rc<Frame>, scope: &Scope, object: &ObjectExpr) -> (Object, Option<Arc<str>>) {
        let mut members = Members::default();
        let mut open: Option<Arc<str>> = object.broken.map(|_| Arc::from("a part of it could not be read"));
        for member in &object.members {
            let name = match &member.key {
                Key::Name(name) => Arc::clone(&name.name),
                Key::Interp(key) => match self.eval(frame, scope, key).value {
                    Value::String(name) => name,
                    Value::Unknown(reason) => {
                        open = open.or(Some(reason));
                        continue;
                    }
                    _ => continue,
                },
                Key::Spread => {
                    let node = self.eval(frame, scope, &member.value);
                    match node.value {
                        Value::Object(others) => {
                            for (name, value) in others.iter() {
                                members.insert(Arc::clone(name), value.clone());
                            }
                        }
                        Value::Unknown(reason) => {
                            // It may replace what stands before it.
                            for value in members.list.values_mut() {
                                value.value = Value::Unknown(Arc::clone(&reason));
                            }
                            open = open.or(Some(reason));
                        }
                        _ => {}
                    }
                    continue;
                }
            };
            let value = self.eval(frame, scope, &member.value).at(member.at);
            members.insert(name, value);
        }
        (members.list, open)
    }

    /// The rounds of a loop.
    pub(super) fn rounds(&self, frame: &Rc<Frame>, scope: &Scope, each: &Each) -> Rounds {
        let list = self.eval(frame, scope, &each.list);
        let named = |item: Node, index: Node| {
            let mut names = vec![(Arc::clone(&each.item.name), item)];
            if let Some(name) = &each.index {
                names.push((Arc::clone(&name.name), index));
            }
            scope.with(names)
        };
        let reason: Arc<str> = match &list.value {
            Value::Array(items) if items.len() <= ROUNDS => {
                let int = |at: usize| Node::new(Value::Int(i64::try_from(at).unwrap_or(i64::MAX)));
                let item = |item: &Node| item.clone().marked(list.sensitive);
                return Rounds::Known(items.iter().enumerate().map(|(at, i)| named(item(i), int(at))).collect());
            }
            Value::Array(_) => Arc::from(format!("the loop has more than {ROUNDS} rounds")),
            Value::Unknown(reason) => Arc::clone(reason),
            // A loop over nothing has no rounds; Azure says so too for `null`.
            Value::Null => return Rounds::Known(Vec::new()),
            value => Arc::from(format!("a loop over a {} is not possible", value.kind())),
        };
        let unknown = Node::new(Value::Unknown(Arc::clone(&reason))).marked(list.sensitive);
        Rounds::Unknown(named(unknown.clone(), unknown), reason)
    }

    fn repeat(&self, frame: &Rc<Frame>, scope: &Scope, each: &Each, condition: Option<&Expr>, body: &Expr) -> Node {
        let rounds = match self.rounds(frame, scope, each) {
            Rounds::Known(rounds) => rounds,
            Rounds::Unknown(_, reason) => return Node::new(Value::Unknown(reason)),
        };
        let mut out = Vec::with_capacity(rounds.len());
        for round in &rounds {
            if let Some(condition) = condition {
                let decided = self.eval(frame, round, condition);
                match decided.value {
                    Value::Bool(true) => {}
                    Value::Unknown(reason) => return Node::new(Value::Unknown(reason)),
                    _ => continue,
                }
            }
            out.push(self.eval(frame, round, body).at(body.at));
        }
        Node::array(out)
    }

    fn unary(&self, frame: &Rc<Frame>, scope: &Scope, op: UnaryOp, value: &Expr) -> Node {
        let node = self.eval(frame, scope, value);
        let value = match (op, &node.value) {
            (_, Value::Unknown(reason)) => Value::Unknown(Arc::clone(reason)),
            (UnaryOp::Not, Value::Bool(value)) => Value::Bool(!value),
            (UnaryOp::Minus, Value::Int(value)) => {
                value.checked_neg().map_or_else(|| Value::unknown("the number is out of range"), Value::Int)
            }
            (UnaryOp::Plus, Value::Int(value)) => Value::Int(*value),
            (_, value) => Value::unknown(format!("the operator does not fit a {}", value.kind())),
        };
        Node::new(value).marked(node.sensitive)
    }

    fn choose(&self, frame: &Rc<Frame>, scope: &Scope, condition: &Expr, yes: &Expr, no: &Expr) -> Node {
        let decided = self.eval(frame, scope, condition);
        match &decided.value {
            Value::Bool(true) => self.eval(frame, scope, yes),
            Value::Bool(false) => self.eval(frame, scope, no),
            Value::Unknown(reason) => {
                let (yes, no) = (self.eval(frame, scope, yes), self.eval(frame, scope, no));
                either(&yes, &no, reason).marked(decided.sensitive)
            }
            value => Node::unknown(format!("the condition is a {} and no bool", value.kind())),
        }
    }

    fn binary(&self, frame: &Rc<Frame>, scope: &Scope, op: BinaryOp, left: &Expr, right: &Expr) -> Node {
        match op {
            BinaryOp::And | BinaryOp::Or => return self.logical(frame, scope, op == BinaryOp::Or, left, right),
            BinaryOp::Coalesce => {
                let first = self.look(frame, scope, left).forgiving();
                return match &first.value {
                    Value::Null => self.eval(frame, scope, right),
                    Value::Unknown(reason) => either(&first, &self.eval(frame, scope, right), reason),
                    _ => first,
                };
            }
            _ => {}
        }
        let (a, b) = (self.eval(frame, scope, left), self.eval(frame, scope, right));
        let sensitive = a.sensitive || b.sensitive;
        if !self.spend(functions::cost("equals", std::slice::from_ref(&a))) {
            return Node::unknown("it takes too many steps to evaluate").marked(sensitive);
        }
        Node::new(operate(op, &a, &b, &frame.place)).marked(sensitive)
    }

    fn logical(&self, frame: &Rc<Frame>, scope: &Scope, decisive: bool, left: &Expr, right: &Expr) -> Node {
        let a = self.eval(frame, scope, left);
        if a.as_bool() == Some(decisive) {
            return a;
        }
        let b = self.eval(frame, scope, right);
        let sensitive = a.sensitive || b.sensitive;
        let value = match (&a.value, &b.value) {
            (_, Value::Bool(b)) if *b == decisive => Value::Bool(decisive),
            (Value::Unknown(reason), _) | (_, Value::Unknown(reason)) => Value::Unknown(Arc::clone(reason)),
            (Value::Bool(_), Value::Bool(_)) => Value::Bool(!decisive),
            (a, b) => Value::unknown(format!("a {} and a {} are no two bools", a.kind(), b.kind())),
        };
        Node::new(value).marked(sensitive)
    }
}

/// Members of an object in the making: a name counts once, whatever its case, and the last one wins.
#[derive(Default)]
struct Members {
    list: Object,
    /// The names in lower case, once there are too many to look through.
    lower: BTreeMap<String, Arc<str>>,
}

/// How many members are looked through.
const FEW: usize = 32;

impl Members {
    fn insert(&mut self, name: Arc<str>, value: Node) {
        if self.list.len() >= FEW && self.lower.is_empty() {
            self.lower = self.list.keys().map(|k| (k.to_ascii_lowercase(), Arc::clone(k))).collect();
        }
        if !self.list.contains_key(&name) {
            let old = match self.lower.is_empty() {
                true => self.list.keys().find(|k| k.eq_ignore_ascii_case(&name)).cloned(),
                false => self.lower.insert(name.to_ascii_lowercase(), Arc::clone(&name)),
            };
            if let Some(old) = old {
                self.list.remove(&old);
            }
        }
        self.list.insert(name, value);
    }
}

/// One of two values, nobody knows which: known as far as they agree.
pub(super) fn either(a: &Node, b: &Node, reason: &Arc<str>) -> Node {
    let sensitive = a.sensitive || b.sensitive;
    let unknown = || Node { value: Value::Unknown(Arc::clone(reason)), at: a.at.or(b.at), sensitive };
    match (&a.value, &b.value) {
        (Value::Object(x), Value::Object(y)) => {
            let mut members = Object::new();
            for (name, value) in x.iter() {
                let other = b.get_any_case(name);
                members.insert(
                    Arc::clone(name),
                    other.map_or_else(
                        || Node { value: Value::Unknown(Arc::clone(reason)), ..value.clone() },
                        |other| either(value, other, reason),
                    ),
                );
            }
            for (name, value) in y.iter().filter(|(name, _)| a.get_any_case(name).is_none()) {
                members.insert(Arc::clone(name), Node { value: Value::Unknown(Arc::clone(reason)), ..value.clone() });
            }
            Node { value: Value::Object(Arc::new(members)), at: a.at, sensitive }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            let items = x.iter().zip(y.iter()).map(|(x, y)| either(x, y, reason)).collect();
            Node { value: Value::Array(Arc::new(items)), at: a.at, sensitive }
        }
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => unknown(),
        (x, y) if x == y => a.clone().marked(sensitive),
        _ => unknown(),
    }
}

fn operate(op: BinaryOp, a: &Node, b: &Node, place: &dyn Deployment) -> Value {
    use BinaryOp as Op;
    if let Op::Eq | Op::Ne | Op::EqAny | Op::NeAny = op {
        return equal(op, a, b, place);
    }
    let (x, y) = match (&a.value, &b.value) {
        (Value::Unknown(reason), _) | (_, Value::Unknown(reason)) => return Value::Unknown(Arc::clone(reason)),
        (Value::Int(x), Value::Int(y)) => (*x, *y),
        (Value::String(x), Value::String(y)) => {
            if place.stands_in(x) || place.stands_in(y) {
                return Value::unknown("it depends on what is deployed to");
            }
            let order = x.cmp(y);
            return match op {
                Op::Lt => Value::Bool(order.is_lt()),
                Op::Le => Value::Bool(order.is_le()),
                Op::Gt => Value::Bool(order.is_gt()),
                Op::Ge => Value::Bool(order.is_ge()),
                _ => Value::unknown("texts cannot be calculated with"),
            };
        }
        (a, b) => return Value::unknown(format!("the operator does not fit a {} and a {}", a.kind(), b.kind())),
    };
    let number = |n: Option<i64>| n.map_or_else(|| Value::unknown("the result is out of range"), Value::Int);
    match op {
        Op::Mul => number(x.checked_mul(y)),
        Op::Div => number(x.checked_div(y)),
        Op::Rem => number(x.checked_rem(y)),
        Op::Add => number(x.checked_add(y)),
        Op::Sub => number(x.checked_sub(y)),
        Op::Lt => Value::Bool(x < y),
        Op::Le => Value::Bool(x <= y),
        Op::Gt => Value::Bool(x > y),
        Op::Ge => Value::Bool(x >= y),
        _ => Value::unknown("the operator is not known"),
    }
}

fn equal(op: BinaryOp, a: &Node, b: &Node, place: &dyn Deployment) -> Value {
    let any_case = matches!(op, BinaryOp::EqAny | BinaryOp::NeAny);
    let stands_in = |n: &Node| n.as_str().is_some_and(|t| place.stands_in(t));
    let same = match (&a.value, &b.value) {
        (Value::String(x), Value::String(y)) if any_case && !stands_in(a) && !stands_in(b) => {
            Some(x.to_lowercase() == y.to_lowercase())
        }
        // Nothing that is never empty is equal to an empty text, whatever it stands for.
        (Value::String(x), Value::String(y)) if stands_in(a) || stands_in(b) => {
            (x.is_empty() || y.is_empty()).then_some(false)
        }
        _ => functions::same(a, b),
    };
    match same {
        Some(same) => Value::Bool(same == matches!(op, BinaryOp::Eq | BinaryOp::EqAny)),
        None => match a.first_unknown().or_else(|| b.first_unknown()) {
            Some(reason) => Value::Unknown(Arc::clone(reason)),
            None => Value::unknown("it depends on what is deployed to"),
        },
    }
}
