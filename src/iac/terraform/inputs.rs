//! What variables are given: by files, by options and by calls; and their defaults.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::iac::terraform::Options;
use crate::iac::terraform::ast::{Expr, Kind};
use crate::iac::terraform::engine::{Engine, Given, Inputs, Module, NO_REPETITION, Outcome};
use crate::iac::terraform::eval::Scope;
use crate::iac::terraform::parse;
use crate::iac::terraform::source::{self, Variable};
use crate::iac::terraform::types::{self, Type};
use crate::iac::{Node, Value};

/// Arguments of a `module` block that are no inputs.
const META: [&str; 6] = ["source", "version", "providers", "count", "for_each", "depends_on"];

/// Where an expression without anything around it is evaluated.
const NOWHERE: Scope<'static> = Scope { module: None, repetition: &NO_REPETITION, bindings: None };

impl Engine<'_> {
    /// What the root's variables are given, the stronger replacing the weaker: `terraform.tfvars`, its JSON, `*.auto.tfvars` in
    /// the order of names, the files of the options and then the values of the options.
    pub(super) fn given(&self, folder: &str, options: &Options) -> BTreeMap<String, Given> {
        let own = self.tree.files_in(folder);
        let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
        let named = |wanted: &str| own.iter().filter(|n| base(n) == wanted).cloned().collect::<Vec<_>>();
        let mut files = named("terraform.tfvars");
        files.extend(named("terraform.tfvars.json"));
        files.extend(own.iter().filter(|n| n.ends_with(".auto.tfvars") || n.ends_with(".auto.tfvars.json")).cloned());
        files.extend(options.var_files.iter().cloned());
        let mut given = BTreeMap::new();
        for file in files {
            let mut missing = Vec::new();
            let body = source::read_values(self.tree, &file, &mut missing);
            self.reading.borrow_mut().missing.append(&mut missing);
            for attr in body.attrs {
                let node = match self.eval(&attr.value, &NOWHERE) {
                    Ok(node) => node,
                    Err(error) => self.failed(&format!("var.{}", attr.name), Some(attr.at), &error),
                };
                given.insert(attr.name.as_ref().to_owned(), Given::Value(node));
            }
        }
        for (name, text) in &options.vars {
            given.insert(name.clone(), Given::Text(text.clone()));
        }
        given
    }

    /// The type of a variable.
    pub(super) fn kind(&self, module: &Module, n: usize) -> Rc<Type> {
        if let Some(known) = module.types.borrow().get(&n) {
            return Rc::clone(known);
        }
        let value = |e: &Expr| self.eval(e, &NOWHERE).unwrap_or_else(Node::unknown);
        let kind = module.source.variables[n].kind.as_ref().map_or(Type::Any, |e| types::parse(e, &value));
        let kind = Rc::new(kind);
        module.types.borrow_mut().insert(n, Rc::clone(&kind));
        kind
    }

    pub(super) fn variable_value(&self, module: &Rc<Module>, n: usize) -> Outcome {
        let variable = &module.source.variables[n];
        let kind = self.kind(module, n);
        let given = match &module.inputs {
            Inputs::Given(given) => given.get(variable.name.as_ref()).map(|g| self.option(g, &kind)).transpose()?,
            Inputs::Call { caller, call, repetition } => {
                let call = &caller.source.calls[*call];
                let attr = call.body.attr(&variable.name).filter(|a| !META.contains(&a.name.as_ref()));
                let scope = Scope { module: Some(caller), repetition, bindings: None };
                attr.map(|a| self.eval(&a.value, &scope)).transpose()?
            }
        };
        let node = match given {
            Some(node) if node.is_null() && !variable.nullable => self.default(variable)?,
            Some(node) => Some(node),
            None => self.default(variable)?,
        };
        let Some(node) = node else {
            return Ok(Node::unknown(format!("var.{} has no value", variable.name)).marked(variable.sensitive));
        };
        Ok(types::convert(&node, &kind)?.marked(variable.sensitive))
    }

    fn default(&self, variable: &Variable) -> Result<Option<Node>, String> {
        variable.default.as_ref().map(|e| self.eval(e, &NOWHERE)).transpose()
    }

    fn option(&self, given: &Given, kind: &Type) -> Outcome {
        match given {
            Given::Value(node) => Ok(node.clone()),
            Given::Text(text) if kind.is_plain() => Ok(Node::string(text)),
            Given::Text(text) => self.eval(&parse::expression(text)?, &NOWHERE),
        }
    }

    /// Whether an expression gives a set, whose elements are their own keys.
    pub(super) fn is_set(&self, expr: &Expr, module: Option<&Rc<Module>>, depth: usize) -> bool {
        if depth > 8 {
            return false;
        }
        match &expr.kind {
            Kind::Call(call) => {
                matches!(call.name.as_ref(), "toset" | "setunion" | "setintersection" | "setsubtract" | "fileset")
            }
            Kind::If(parts) => parts[1..].iter().any(|e| self.is_set(e, module, depth + 1)),
            Kind::Steps(..) => {
                let (Some(module), Some(reference)) = (module, expr.reference()) else { return false };
                let from = expr.at.map(|s| s.file);
                match reference.split_once('.') {
                    Some(("var", name)) => {
                        module.source.variable(name, from).is_some_and(|n| self.kind(module, n).is_set())
                    }
                    Some(("local", name)) => module
                        .source
                        .local(name, from)
                        .is_some_and(|n| self.is_set(&module.source.locals[n].value, Some(module), depth + 1)),
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

/// The value of a variable that is given and not declared.
pub(super) fn undeclared(given: &Given) -> Node {
    match given {
        Given::Text(text) => Node::string(text),
        Given::Value(node) => Node { at: None, ..node.clone() },
    }
}

/// Whether a text looks like a subscription id.
pub(super) fn uuid(node: &Node) -> Option<&str> {
    let Value::String(text) = &node.value else { return None };
    let lengths = text.split('-').map(str::len);
    (lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())).then_some(text)
}
