//! Parsed HCL → the evaluator's types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, Expression, ObjectKey, TraversalOperator, UnaryOperator};
use hcl_edit::template::{Directive, Element, Template};
use hcl_edit::{Decorated, Ident, Span as _};

use crate::iac::terraform::ast::{Expr, FnCall, For, ForPart, Item, Kind, Operator, Part, Step};
use crate::iac::terraform::template;
use crate::iac::{FileId, Span, Value};

/// Lowers expressions that stand at an offset of a file, or in none.
pub(super) struct Lower<'a> {
    /// What was parsed: heredocs are taken from it, because the parser takes their indentation away by other rules.
    text: &'a str,
    file: Option<FileId>,
    base: usize,
    /// The names that stand after a dot.
    pub(super) names: BTreeSet<Arc<str>>,
    /// The real names of object keys that were given other ones for the parser, by place.
    pub(super) keys: BTreeMap<usize, Arc<str>>,
    /// What the parser takes and Terraform refuses: where in the text, and what.
    pub(super) refused: Vec<(Option<std::ops::Range<usize>>, &'static str)>,
}

impl<'a> Lower<'a> {
    pub(super) fn new(text: &'a str, file: Option<FileId>, base: usize) -> Self {
        Self { text, file, base, names: BTreeSet::new(), keys: BTreeMap::new(), refused: Vec::new() }
    }

    fn span(&self, range: Option<std::ops::Range<usize>>) -> Option<Span> {
        let (file, range) = (self.file?, range?);
        Some(Span::new(file, self.base + range.start..self.base + range.end))
    }

    fn make(&self, kind: Kind, expr: &Expression) -> Expr {
        Expr { kind, at: self.span(expr.span()) }
    }

    fn boxed(&mut self, expr: &Expression) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &Expression) -> Expr {
        let kind = match expr {
            Expression::Parenthesis(inner) => return self.expr(inner.inner()),
            Expression::Null(_) => Kind::Literal(Value::Null),
            Expression::Bool(value) => Kind::Literal(Value::Bool(*value.value())),
            Expression::Number(value) => {
                let number = value.value();
                Kind::Literal(match (number.as_i64(), number.as_f64()) {
                    (Some(whole), _) => Value::Int(whole),
                    (None, Some(float)) => Value::float(float),
                    (None, None) => Value::unknown("the number is out of range"),
                })
            }
            Expression::String(text) => Kind::Literal(Value::String(Arc::from(text.value().as_str()))),
            Expression::Array(items) => Kind::List(items.iter().map(|e| self.expr(e)).collect()),
            Expression::Object(object) => Kind::Object(object.iter().map(|(k, v)| self.item(k, v.expr())).collect()),
            Expression::StringTemplate(template) => {
                // A quoted template has the same parts as any other.
                let template: Vec<&Element> = template.iter().collect();
                Kind::Template(template::joined(self.parts(&template, false)))
            }
            Expression::HeredocTemplate(heredoc) => {
                let elements: Vec<&Element> = heredoc.template.iter().collect();
                let mut parts = self.parts(&elements, true);
                let indented = expr.span().is_some_and(|r| self.text[r.start..].starts_with("<<-"));
                if indented {
                    template::dedent(&mut parts);
                }
                Kind::Template(template::joined(parts))
            }
            Expression::Variable(name) => Kind::Name(ident(name)),
            Expression::Conditional(c) => {
                Kind::If(Box::new([self.expr(&c.cond_expr), self.expr(&c.true_expr), self.expr(&c.false_expr)]))
            }
            Expression::FuncCall(call) => self.call(call),
            Expression::Traversal(traversal) if refused(&traversal.operators).is_some() => {
                let what = refused(&traversal.operators).unwrap_or_default();
                self.refused.push((expr.span(), what));
                Kind::Bad(Arc::from(format!("{what}, which Terraform refuses")))
            }
            Expression::Traversal(traversal) => {
                let root = self.boxed(&traversal.expr);
                let declared = match &root.kind {
                    Kind::Name(name) => names_of_declarations(name),
                    _ => 0,
                };
                Kind::Steps(root, self.steps(&traversal.operators, declared))
            }
            Expression::UnaryOp(op) => match op.operator.value() {
                UnaryOperator::Neg => Kind::Minus(self.boxed(&op.expr)),
                UnaryOperator::Not => Kind::Not(self.boxed(&op.expr)),
            },
            Expression::BinaryOp(op) => {
                let sides = Box::new([self.expr(&op.lhs_expr), self.expr(&op.rhs_expr)]);
                Kind::Binary(operator(*op.operator.value()), sides)
            }
            Expression::ForExpr(f) => Kind::For(Box::new(For {
                key_name: f.intro.key_var.as_ref().map(ident),
                value_name: ident(&f.intro.value_var),
                collection: self.expr(&f.intro.collection_expr),
                key: f.key_expr.as_ref().map(|e| self.expr(e)),
                value: self.expr(&f.value_expr),
                grouping: f.grouping,
                condition: f.cond.as_ref().map(|c| self.expr(&c.expr)),
            })),
        };
        self.make(kind, expr)
    }

    fn call(&mut self, call: &hcl_edit::expr::FuncCall) -> Kind {
        let mut name = String::new();
        for part in &call.name.namespace {
            name.push_str(part.as_str());
            name.push_str("::");
        }
        name.push_str(call.name.name.as_str());
        let args = call.args.iter().map(|e| self.expr(e)).collect();
        Kind::Call(Box::new(FnCall { name: Arc::from(name), args, expand: call.args.expand_final() }))
    }

    fn item(&mut self, key: &ObjectKey, value: &Expression) -> Item {
        let place = match key {
            ObjectKey::Ident(name) => name.span(),
            ObjectKey::Expression(e) => e.span(),
        };
        let value = self.expr(value);
        let renamed = place.as_ref().and_then(|r| self.keys.get(&r.start)).cloned();
        let place = self.span(place);
        let kind = match (renamed, key) {
            (Some(name), _) => Kind::Literal(Value::String(name)),
            (None, ObjectKey::Ident(name)) => Kind::Literal(Value::String(ident(name))),
            (None, ObjectKey::Expression(e)) => self.expr(e).kind,
        };
        let at = place.zip(value.at).map(|(k, v)| k.to(v));
        Item { key: Expr { kind, at: place }, value, at }
    }

    /// The first `declared` steps name declarations, not attributes.
    fn steps(&mut self, operators: &[Decorated<TraversalOperator>], declared: usize) -> Vec<Step> {
        let mut steps = Vec::with_capacity(operators.len());
        let mut rest = operators.iter();
        while let Some(operator) = rest.next() {
            match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    let name = ident(name);
                    if steps.len() >= declared {
                        self.names.insert(Arc::clone(&name));
                    }
                    steps.push(Step::Attr(name));
                }
                TraversalOperator::Index(expr) => {
                    let index = self.expr(expr);
                    if let Some(name) = index.literal() {
                        self.names.insert(Arc::from(name));
                    }
                    steps.push(Step::Index(index));
                }
                TraversalOperator::LegacyIndex(index) => {
                    let index = i64::try_from(*index.value()).unwrap_or(i64::MAX);
                    steps.push(Step::Index(Expr { kind: Kind::Literal(Value::Int(index)), at: None }));
                }
                TraversalOperator::FullSplat(_) => {
                    let inner = self.steps(rest.as_slice(), 0);
                    steps.push(Step::Splat(inner));
                    break;
                }
                // `.*` takes what follows after dots, numbers among it; an index in brackets is one into the result.
                TraversalOperator::AttrSplat(_) => {
                    let following = rest.as_slice();
                    let count = following.iter().take_while(|o| is_dotted(o.value())).count();
                    let inner = self.steps(&following[..count], 0);
                    steps.push(Step::Splat(inner));
                    rest = following[count..].iter();
                }
            }
        }
        steps
    }

    /// Lowers a template; `lines` when its texts were read line by line, as in heredocs and files.
    pub(super) fn template(&mut self, template: &Template, lines: bool) -> Vec<Part> {
        let elements: Vec<&Element> = template.iter().collect();
        template::joined(self.parts(&elements, lines))
    }

    fn parts(&mut self, elements: &[&Element], lines: bool) -> Vec<Part> {
        self.parts_between(elements, lines, false, false)
    }

    /// `before` and `after` say whether the markers around the elements strip white space.
    fn parts_between(&mut self, elements: &[&Element], lines: bool, before: bool, after: bool) -> Vec<Part> {
        let mut parts = Vec::with_capacity(elements.len());
        for (n, element) in elements.iter().enumerate() {
            let strip_start = if n == 0 { before } else { strips(elements[n - 1]).1 };
            let strip_end = elements.get(n + 1).map_or(after, |next| strips(next).0);
            match element {
                Element::Literal(literal) if lines => {
                    let raw = literal.span().and_then(|r| self.text.get(r)).map(template::unescaped);
                    let text = raw.as_deref().unwrap_or(literal.value());
                    parts.extend(template::lines(text, strip_start, strip_end));
                }
                Element::Literal(literal) => {
                    let mut text = literal.value().as_str();
                    text = if strip_start { text.trim_start() } else { text };
                    text = if strip_end { text.trim_end() } else { text };
                    parts.push(Part::Text(Arc::from(text)));
                }
                Element::Interpolation(inner) => parts.push(Part::Value(self.expr(&inner.expr))),
                Element::Directive(directive) => parts.push(self.directive(directive, lines)),
            }
        }
        parts
    }

    fn directive(&mut self, directive: &Directive, lines: bool) -> Part {
        fn elements(template: &Template) -> Vec<&Element> {
            template.iter().collect()
        }
        match directive {
            Directive::If(d) => {
                let condition = self.expr(&d.if_expr.cond_expr);
                let end = d.endif_expr.strip.strip_start();
                let next = d.else_expr.as_ref().map_or(end, |e| e.strip.strip_start());
                let first = d.if_expr.strip.strip_end();
                let then = self.parts_between(&elements(&d.if_expr.template), lines, first, next);
                let other = match &d.else_expr {
                    Some(e) => self.parts_between(&elements(&e.template), lines, e.strip.strip_end(), end),
                    None => Vec::new(),
                };
                Part::If(condition, then, other)
            }
            Directive::For(d) => {
                let (before, after) = (d.for_expr.strip.strip_end(), d.endfor_expr.strip.strip_start());
                Part::For(Box::new(ForPart {
                    key_name: d.for_expr.key_var.as_ref().map(ident),
                    value_name: ident(&d.for_expr.value_var),
                    collection: self.expr(&d.for_expr.collection_expr),
                    body: self.parts_between(&elements(&d.for_expr.template), lines, before, after),
                }))
            }
        }
    }
}

/// Whether the element strips white space before and after it.
fn strips(element: &Element) -> (bool, bool) {
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(i) => (i.strip.strip_start(), i.strip.strip_end()),
        Element::Directive(d) => match d.as_ref() {
            Directive::If(d) => (d.if_expr.strip.strip_start(), d.endif_expr.strip.strip_end()),
            Directive::For(d) => (d.for_expr.strip.strip_start(), d.endfor_expr.strip.strip_end()),
        },
    }
}

/// How many steps after a name say which declaration is meant. Resource types are told from names that expressions bind by
/// their provider.
fn names_of_declarations(root: &str) -> usize {
    const PROVIDERS: [&str; 11] = [
        "azurerm",
        "azapi",
        "azuread",
        "azurestack",
        "random",
        "time",
        "tls",
        "null",
        "local",
        "terraform",
        "kubernetes",
    ];
    match root {
        "data" => 2,
        "var" | "local" | "module" | "each" | "count" | "path" => 1,
        _ => root.split_once('_').map_or(0, |(provider, _)| usize::from(PROVIDERS.contains(&provider))),
    }
}

fn is_dotted(operator: &TraversalOperator) -> bool {
    matches!(operator, TraversalOperator::GetAttr(_) | TraversalOperator::LegacyIndex(_))
}

/// What Terraform refuses in the steps: forms of its oldest versions.
fn refused(steps: &[Decorated<TraversalOperator>]) -> Option<&'static str> {
    let mut splat = false;
    for (n, step) in steps.iter().enumerate() {
        let next = steps.get(n + 1).map(Decorated::value);
        match step.value() {
            TraversalOperator::LegacyIndex(_) if matches!(next, Some(TraversalOperator::LegacyIndex(_))) => {
                return Some("two indexes follow each other after dots");
            }
            TraversalOperator::AttrSplat(_) if splat => return Some("a splat .* follows another one"),
            TraversalOperator::AttrSplat(_) => splat = true,
            operator => splat &= is_dotted(operator),
        }
    }
    None
}

fn ident(name: &Decorated<Ident>) -> Arc<str> {
    Arc::from(name.value().as_str())
}

fn operator(operator: BinaryOperator) -> Operator {
    match operator {
        BinaryOperator::Eq => Operator::Eq,
        BinaryOperator::NotEq => Operator::NotEq,
        BinaryOperator::LessEq => Operator::LessEq,
        BinaryOperator::GreaterEq => Operator::GreaterEq,
        BinaryOperator::Less => Operator::Less,
        BinaryOperator::Greater => Operator::Greater,
        BinaryOperator::Plus => Operator::Plus,
        BinaryOperator::Minus => Operator::Minus,
        BinaryOperator::Mul => Operator::Mul,
        BinaryOperator::Div => Operator::Div,
        BinaryOperator::Mod => Operator::Mod,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
    }
}
