//! What Terraform code says, as the evaluator wants it: expressions and bodies with places, free of layout.
//!
//! Both syntaxes, HCL and JSON, are lowered to these types. They know nothing of values that other parts of the code give.

use std::sync::Arc;

use crate::iac::{Span, Value};

/// An expression.
#[derive(Debug, Clone)]
pub(super) struct Expr {
    pub(super) kind: Kind,
    /// Where it stands; `None` inside texts whose places are not known, as in JSON.
    pub(super) at: Option<Span>,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Literal(Value),
    Template(Vec<Part>),
    List(Vec<Expr>),
    Object(Vec<Item>),
    /// A name, with what follows it: `var.a`, `local.b[0].c`, `azurerm_x.y[*].id`; or any expression with steps.
    Steps(Box<Expr>, Vec<Step>),
    Name(Arc<str>),
    If(Box<[Expr; 3]>),
    Call(Box<FnCall>),
    Not(Box<Expr>),
    Minus(Box<Expr>),
    Binary(Operator, Box<[Expr; 2]>),
    For(Box<For>),
    /// Text that could not be parsed, with the reason.
    Bad(Arc<str>),
}

#[derive(Debug, Clone)]
pub(super) struct FnCall {
    /// With its name space, `provider::x::y`.
    pub(super) name: Arc<str>,
    pub(super) args: Vec<Expr>,
    /// Whether the last argument is followed by `...`.
    pub(super) expand: bool,
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) key: Expr,
    pub(super) value: Expr,
    pub(super) at: Option<Span>,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Attr(Arc<str>),
    Index(Expr),
    /// `[*]` or `.*` with the steps that are done for each element.
    Splat(Vec<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    NotEq,
    LessEq,
    GreaterEq,
    Less,
    Greater,
    Plus,
    Minus,
    Mul,
    Div,
    Mod,
    And,
    Or,
}

#[derive(Debug, Clone)]
pub(super) struct For {
    pub(super) key_name: Option<Arc<str>>,
    pub(super) value_name: Arc<str>,
    pub(super) collection: Expr,
    /// Given for objects.
    pub(super) key: Option<Expr>,
    pub(super) value: Expr,
    pub(super) grouping: bool,
    pub(super) condition: Option<Expr>,
}

/// A part of a template. White space that strip markers take away is gone already.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Text(Arc<str>),
    Value(Expr),
    If(Expr, Vec<Self>, Vec<Self>),
    For(Box<ForPart>),
}

#[derive(Debug, Clone)]
pub(super) struct ForPart {
    pub(super) key_name: Option<Arc<str>>,
    pub(super) value_name: Arc<str>,
    pub(super) collection: Expr,
    pub(super) body: Vec<Part>,
}

/// `name = value`.
#[derive(Debug, Clone)]
pub(super) struct Attr {
    pub(super) name: Arc<str>,
    pub(super) value: Expr,
    /// From the name to the end of the value.
    pub(super) at: Span,
}

/// A block with its labels.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) name: Arc<str>,
    pub(super) labels: Vec<Arc<str>>,
    pub(super) body: Body,
    pub(super) at: Span,
    /// From the name to the last label.
    pub(super) header: Span,
}

/// Attributes and blocks, in the order of the code.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) attrs: Vec<Attr>,
    pub(super) blocks: Vec<Block>,
}

impl Body {
    /// The attribute; of two with the same name, the last.
    pub(super) fn attr(&self, name: &str) -> Option<&Attr> {
        self.attrs.iter().rev().find(|a| &*a.name == name)
    }

    /// The blocks of a kind.
    pub(super) fn blocks<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Block> + 'a {
        self.blocks.iter().filter(move |b| &*b.name == name)
    }
}

impl Expr {
    /// A text that is written as such.
    pub(super) fn literal(&self) -> Option<&str> {
        match &self.kind {
            Kind::Literal(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// A truth value that is written as such, `"true"` included.
    pub(super) fn literal_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Literal(Value::Bool(value)) => Some(*value),
            Kind::Literal(Value::String(text)) => text.parse().ok(),
            _ => None,
        }
    }

    /// A reference as text, `azurerm.west`, also when it is written as a text as in JSON.
    pub(super) fn reference(&self) -> Option<String> {
        match &self.kind {
            Kind::Name(name) => Some(name.as_ref().to_owned()),
            Kind::Literal(Value::String(text)) => Some(text.as_ref().to_owned()),
            Kind::Template(parts) => match parts.as_slice() {
                [Part::Value(inner)] => inner.reference(),
                _ => None,
            },
            Kind::Steps(root, steps) => {
                let mut text = root.reference()?;
                for step in steps {
                    match step {
                        Step::Attr(name) => {
                            text.push('.');
                            text.push_str(name);
                        }
                        // An index names no other thing.
                        Step::Index(_) | Step::Splat(_) => {}
                    }
                }
                Some(text)
            }
            _ => None,
        }
    }
}
