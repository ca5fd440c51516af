//! Calls of functions: the language's, those of the code, and those of resources.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::functions::{self, Scope as Level, call_with_lambda, takes_lambda};
use crate::iac::bicep::ast::{Expr, ExprKind, Ident, StatementKind};
use crate::iac::bicep::eval::access::Seen;
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::source::Symbol;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Node, Value};

impl World<'_> {
    /// `f(x)`
    pub(super) fn call(&self, frame: &Rc<Frame>, scope: &Scope, name: &Arc<str>, args: &[Expr], at: &Expr) -> Node {
        match frame.source.symbols.get(name) {
            Some(Symbol::Statement(n)) => {
                if let Some(StatementKind::Func { params, body, .. }) =
                    frame.source.program.statements.get(*n).map(|s| &s.kind)
                {
                    return self.run(frame, scope, frame, params, body, args);
                }
            }
            Some(Symbol::Imported { from, there }) => {
                return match self.library(frame, from.as_deref()) {
                    Ok(library) => self.call_of(frame, scope, &library, there, args),
                    Err(reason) => Node::unknown(format!("{name}() is {reason}")),
                };
            }
            _ => {}
        }
        self.builtin(frame, scope, name, args, at)
    }

    /// A function of another file.
    fn call_of(&self, frame: &Rc<Frame>, scope: &Scope, library: &Rc<Frame>, name: &Arc<str>, args: &[Expr]) -> Node {
        let source = Rc::clone(&library.source);
        match source.symbols.get(name) {
            // It may itself be imported.
            Some(Symbol::Imported { from, there }) => match self.library(library, from.as_deref()) {
                Ok(next) => self.deeper(|| self.call_of(frame, scope, &next, there, args)),
                Err(reason) => Node::unknown(format!("{name}() is {reason}")),
            },
            _ => match source.statement(name).map(|s| &s.kind) {
                Some(StatementKind::Func { params, body, .. }) => self.run(frame, scope, library, params, body, args),
                _ => Node::unknown(format!("{name} is no function of {}", source.name)),
            },
        }
    }

    fn run(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        home: &Rc<Frame>,
        params: &[Ident],
        body: &Expr,
        args: &[Expr],
    ) -> Node {
        let null = || Node::new(Value::Null);
        let values = params.iter().enumerate().map(|(at, param)| {
            let value = args.get(at).map_or_else(null, |arg| self.eval(frame, scope, arg));
            (Arc::clone(&param.name), value)
        });
        let values = Scope::default().with(values.collect());
        let node = self.eval(home, &values, body);
        self.bounded(node)
    }

    /// `x.f(y)`
    pub(super) fn method(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        base: &Expr,
        name: &Ident,
        args: &[Expr],
        at: &Expr,
    ) -> Node {
        if let ExprKind::Name(space) = &base.kind
            && matches!(&**space, "sys" | "az")
            && scope.find(space).is_none()
            && !frame.source.symbols.contains_key(space)
        {
            return self.builtin(frame, scope, &name.name, args, at);
        }
        let secret = name.name.starts_with("list") || &*name.name == "getSecret";
        match self.look(frame, scope, base).seen {
            Seen::Namespace(Ok(library)) => self.call_of(frame, scope, &library, &name.name, args),
            Seen::Namespace(Err(reason)) => Node::unknown(format!("{}() is {reason}", name.name)),
            _ => Node::unknown(format!("{} is read when it is deployed", frame.source.quote(at.at))).marked(secret),
        }
    }

    fn builtin(&self, frame: &Rc<Frame>, scope: &Scope, name: &Arc<str>, args: &[Expr], at: &Expr) -> Node {
        if takes_lambda(name) && args.iter().any(|a| matches!(a.kind, ExprKind::Lambda { .. })) {
            return self.call_lambda(frame, scope, name, args);
        }
        if let ("nameof", [of]) = (&**name, args)
            && let ExprKind::Name(text)
            | ExprKind::Member { name: Ident { name: text, .. }, .. }
            | ExprKind::Nested { name: Ident { name: text, .. }, .. } = &of.kind
        {
            return Node::string(text);
        }
        let values: Vec<Node> = args.iter().map(|a| self.eval(frame, scope, a)).collect();
        if let Some(loaded) = self.load(frame, name, &values) {
            return loaded;
        }
        match (&**name, values.as_slice()) {
            ("any", [value]) => return value.clone(),
            ("readEnvironmentVariable", [_, default]) => return default.clone(),
            ("readEnvironmentVariable", _) => {
                return Node::unknown(format!("{} is read when it is deployed", frame.source.quote(at.at)));
            }
            ("readCliArg", [_, default]) => return default.clone(),
            ("readCliArg" | "externalInput", _) => {
                return Node::unknown(format!("{} is given when it is deployed", frame.source.quote(at.at)));
            }
            ("resourceGroup" | "subscription" | "managementGroup", [_, ..]) => {
                let named = self.named_place(frame, scope, name, args).unwrap_or_else(|| frame.place.clone());
                return functions::call(name, &[], &named).unwrap_or_else(Node::unknown);
            }
            ("resourceGroup", []) if frame.place.level != Level::ResourceGroup => {
                return Node::unknown("resourceGroup() is not there at this level");
            }
            _ => {}
        }
        if !self.spend(functions::cost(name, &values)) {
            return Node::unknown("it takes too many steps to evaluate");
        }
        match functions::call(name, &values, &frame.place) {
            Ok(node) => node,
            Err(reason) => Node::unknown(format!("{}: {reason}", frame.source.quote(at.at))),
        }
    }

    fn call_lambda(&self, frame: &Rc<Frame>, scope: &Scope, name: &Arc<str>, args: &[Expr]) -> Node {
        let lambdas: Vec<(&[Ident], &Expr)> = args
            .iter()
            .filter_map(|a| match &a.kind {
                ExprKind::Lambda { params, body } => Some((params.as_slice(), body.as_ref())),
                _ => None,
            })
            .collect();
        let plain = args.iter().filter(|a| !matches!(a.kind, ExprKind::Lambda { .. }));
        let values: Vec<Node> = plain.map(|a| self.eval(frame, scope, a)).collect();
        let reduces = name.eq_ignore_ascii_case("reduce");
        let mut run = |which: usize, given: &[Node]| -> Result<Node, String> {
            let Some((params, body)) = lambdas.get(which) else {
                return Ok(given.first().cloned().unwrap_or(Node::new(Value::Null)));
            };
            let names = params.iter().zip(given).map(|(p, v)| (Arc::clone(&p.name), v.clone())).collect();
            let node = self.eval(frame, &scope.with(names), body);
            // What is carried from round to round may grow with each.
            let node = if reduces { self.bounded(node) } else { node };
            if self.spend(1) { Ok(node) } else { Err("it takes too many steps to evaluate".to_owned()) }
        };
        call_with_lambda(name, &values, &mut run).unwrap_or_else(Node::unknown)
    }
}
