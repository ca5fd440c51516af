//! Names that hold only in a part of a file: of loops, lambdas, functions and nested resources.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::Node;
use crate::iac::bicep::eval::resource::Instance;

/// Names around an expression, the innermost first. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(Option<Rc<Link>>);

#[derive(Debug)]
struct Link {
    outer: Scope,
    what: What,
}

#[derive(Debug)]
enum What {
    Values(Vec<(Arc<str>, Node)>),
    Body(Rc<Instance>),
}

/// What a local name stands for.
pub(super) enum Local {
    /// A value.
    Value(Node),
    /// A resource nested in this one, by its number.
    Nested(Rc<Instance>, usize),
}

impl Scope {
    /// More names.
    pub(super) fn with(&self, values: Vec<(Arc<str>, Node)>) -> Self {
        Self(Some(Rc::new(Link { outer: self.clone(), what: What::Values(values) })))
    }

    /// The names of the resources that are nested in one.
    pub(super) fn inside(&self, of: &Rc<Instance>) -> Self {
        if of.decl.body.object.resources.is_empty() {
            return self.clone();
        }
        Self(Some(Rc::new(Link { outer: self.clone(), what: What::Body(Rc::clone(of)) })))
    }

    /// What a name stands for here.
    pub(super) fn find(&self, name: &str) -> Option<Local> {
        let mut scope = self;
        while let Some(link) = &scope.0 {
            match &link.what {
                What::Values(values) => {
                    if let Some((_, value)) = values.iter().rev().find(|(n, _)| &**n == name) {
                        return Some(Local::Value(value.clone()));
                    }
                }
                What::Body(of) => {
                    let nested = &of.decl.body.object.resources;
                    if let Some(at) = nested.iter().position(|d| &*d.name.name == name) {
                        return Some(Local::Nested(Rc::clone(of), at));
                    }
                }
            }
            scope = &link.outer;
        }
        None
    }
}
