//! Parameters: what the caller gives, what parameter files give, and what stands in when nobody does.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::bicep::ast::{Expr, ExprKind, Ident, Statement, StatementKind, TypeExpr, TypeKind};
use crate::iac::bicep::eval::place::Place;
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::source::{Source, Symbol, TypeFacts, strip};
use crate::iac::bicep::eval::{Frame, Given, Way, World, is_registry, restored};
use crate::iac::bicep::{Options, is_bicepparam};
use crate::iac::{Node, Tree, Value, arm};
use crate::model::GapReason;

/// How far names of types are followed.
const ALIASES: usize = 8;
/// How many parameter files may extend each other.
const EXTENDS: usize = 8;

impl World<'_> {
    /// The value of a parameter.
    pub(super) fn param(
        &self,
        frame: &Rc<Frame>,
        name: &Ident,
        of: Option<&TypeExpr>,
        default: Option<&Expr>,
        statement: &Statement,
    ) -> Node {
        let (facts, literal) = self.facts(frame, of, statement);
        let value = match (frame.given.get(&name.name), default) {
            // Azure takes the default when null is given and null is no value of the type.
            (Some(given), Some(default)) if given.is_null() && !facts.nullable => {
                self.eval(frame, &Scope::default(), default)
            }
            (Some(given), _) => given.clone(),
            (None, _) if frame.given_open.is_some() => {
                let reason = frame.given_open.clone().unwrap_or_else(|| Arc::from(""));
                Node::new(Value::Unknown(reason))
            }
            (None, Some(default)) => self.eval(frame, &Scope::default(), default),
            (None, None) if facts.nullable => Node::new(Value::Null),
            (None, None) => literal.unwrap_or_else(|| Node::unknown(format!("param {} has no value", name.name))),
        };
        if facts.secure {
            self.secrets.set(true);
        }
        value.marked(facts.secure)
    }

    /// What type and decorators say: whether null is allowed, whether it is secret, and the one value that is allowed.
    fn facts(&self, frame: &Rc<Frame>, of: Option<&TypeExpr>, statement: &Statement) -> (TypeFacts, Option<Node>) {
        let mut facts = TypeFacts { nullable: false, secure: statement.has("secure") };
        let mut literal = None;
        for decorator in statement.decorators.iter().filter(|d| &*d.name.name == "allowed") {
            if let Some(ExprKind::Array(items)) = decorator.args.first().map(|a| &a.kind)
                && let [only] = items.as_slice()
                && !only.spread
            {
                literal = Some(self.eval(frame, &Scope::default(), &only.value));
            }
        }
        if let Some(of) = of {
            let mut home = Rc::clone(frame);
            self.follow(&mut home, of, &mut facts, &mut literal, ALIASES);
        }
        (facts, literal)
    }

    fn follow(
        &self,
        home: &mut Rc<Frame>,
        of: &TypeExpr,
        facts: &mut TypeFacts,
        literal: &mut Option<Node>,
        left: usize,
    ) {
        let (of, nullable) = strip(of);
        facts.nullable |= nullable;
        match &of.kind {
            TypeKind::Literal(value) => *literal = Some(self.eval(home, &Scope::default(), value)),
            TypeKind::Union(members) => {
                facts.nullable |= members.iter().any(|m| {
                    matches!(&m.kind, TypeKind::Literal(Expr { kind: ExprKind::Null, .. }) | TypeKind::Nullable(_))
                });
            }
            TypeKind::Name(name) if left > 0 => {
                let mut there = Arc::clone(&name.name);
                let mut source = Rc::clone(&home.source);
                if &*there == "secureString" || &*there == "secureObject" {
                    facts.secure = true;
                }
                if let Some(Symbol::Imported { from, there: other }) = source.symbols.get(&there).cloned() {
                    let Ok(library) = self.library(home, from.as_deref()) else { return };
                    *home = library;
                    there = other;
                    source = Rc::clone(&home.source);
                }
                let Some(statement) = source.statement(&there) else { return };
                let StatementKind::Type { of, .. } = &statement.kind else { return };
                facts.secure |= statement.has("secure");
                self.follow(home, of, facts, literal, left - 1);
            }
            _ => {}
        }
    }

    /// The values that the parameter files of an entry point give. The first file that fits counts.
    pub(super) fn parameters(&self, name: &str, options: &Options, place: &Place) -> BTreeMap<Arc<str>, Node> {
        let mut taken: Option<(String, BTreeMap<Arc<str>, Node>)> = None;
        for file in &options.parameter_files {
            if !self.fits(file, name) {
                continue;
            }
            if let Some((first, _)) = &taken {
                self.remark(None, format!("{name} is read with {first}; {file} is not used"));
                continue;
            }
            let values =
                if is_bicepparam(file) { self.assigned(file, place, EXTENDS) } else { self.json_parameters(file) };
            taken = values.map(|values| (file.clone(), values));
        }
        taken.map(|(_, values)| values).unwrap_or_default()
    }

    /// Whether a parameter file may be for a template: one in JSON does not say.
    pub(super) fn fits(&self, file: &str, template: &str) -> bool {
        if !is_bicepparam(file) {
            return true;
        }
        let used = self.source(file).and_then(|source| used(self.tree, &source));
        used.is_none_or(|used| used == template)
    }

    fn assigned(&self, file: &str, place: &Place, left: usize) -> Option<BTreeMap<Arc<str>, Node>> {
        let source = self.source(file)?;
        let mut values = BTreeMap::new();
        for statement in &source.program.statements {
            if let StatementKind::Extends(Some(base)) = &statement.kind
                && left > 0
                && let Ok(base) = Tree::join(Tree::parent(file), base)
            {
                values.extend(self.assigned(&base, place, left - 1).unwrap_or_default());
            }
        }
        let way = Way { files: vec![file.to_owned()], ..Way::default() };
        let frame = self.frame(Rc::clone(&source), Given::default(), place.clone(), way);
        for statement in &source.program.statements {
            // Without a value it only says that one is given later.
            if let StatementKind::Param { name, default: Some(_), .. } = &statement.kind {
                values.insert(Arc::clone(&name.name), self.value(&frame, &name.name));
            }
        }
        Some(values)
    }

    fn json_parameters(&self, file: &str) -> Option<BTreeMap<Arc<str>, Node>> {
        let read = match self.tree.read(file) {
            Ok(read) => read,
            Err(error) => {
                self.missing(file.to_owned(), None, super::gap_of(&error), error.to_string());
                return None;
            }
        };
        let root = match arm::parse_json(self.tree, read, &mut |m| self.missed(m)) {
            Ok(root) => root,
            Err(error) => {
                self.missing(file.to_owned(), Some(error.at), GapReason::Malformed, error.what);
                return None;
            }
        };
        let parameters = root.get_any_case("parameters").unwrap_or(&root);
        let value = |(name, parameter): (&Arc<str>, &Node)| {
            let value = match (parameter.get_any_case("value"), parameter.get_any_case("reference")) {
                (Some(value), _) => value.clone(),
                (None, Some(_)) => Node::unknown(format!("param {name} is read from a vault")).marked(true),
                (None, None) => return None,
            };
            Some((Arc::clone(name), self.bounded(value)))
        };
        Some(parameters.as_object()?.iter().filter_map(value).collect())
    }
}

/// The file that a parameter file is for, by its name in the tree.
fn used(tree: &Tree, source: &Source) -> Option<String> {
    source.program.statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Using(Some(path)) if is_registry(path) => {
            Some(restored(tree, path).unwrap_or_else(|| path.as_ref().to_owned()))
        }
        StatementKind::Using(Some(path)) => Tree::join(Tree::parent(&source.name), path).ok(),
        _ => None,
    })
}
