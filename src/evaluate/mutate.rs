//! Mutants of a policy: conditions negated, lines dropped, constants changed. The folder's own tests must notice.

use regorus::unstable::{BoolOp, Expr, Literal, LiteralStmt, Query, Rule, RuleHead};

use crate::evaluate::EvaluateError;
use crate::evaluate::inspect::parse;
use crate::evaluate::trial::{Bench, Trial, cases_hold};
use crate::model::{Policy, PolicySet, RegoFile};

/// A change to a policy's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mutant {
    /// The line, from 1.
    pub line: u32,
    /// What was changed.
    pub what: String,
    /// The text with the change.
    text: String,
}

/// What became of a policy's mutants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Mutants that compile.
    pub mutants: usize,
    /// Those that some test noticed.
    pub killed: usize,
    /// Those that none did.
    pub survivors: Vec<Mutant>,
}

/// Makes every mutant of a policy and runs the folder's tests and cases on each. A mutant that does not compile is not
/// counted: no test could see it.
///
/// # Errors
/// [`EvaluateError`] when the policy itself cannot be compiled.
pub fn mutate(policy: &Policy, set: &PolicySet, pass: &[Trial], fail: &[Trial]) -> Result<Score, EvaluateError> {
    let mut score = Score::default();
    let bench = Bench::of(policy, set)?;
    for mutant in mutants(&policy.rego) {
        let mut changed = policy.clone();
        changed.rego.text = mutant.text.clone().into();
        let mut bench = bench.clone();
        if bench.add(&changed.rego).is_err() || parse(&changed.rego, &mut Vec::new()).is_none() {
            continue;
        }
        let Ok(held) = cases_hold(&changed, set, pass, fail) else { continue };
        let tested = match &policy.tests {
            Some(tests) => bench.rego_tests(tests)?.iter().all(|t| t.failure.is_none()),
            None => true,
        };
        score.mutants += 1;
        if held && tested {
            score.survivors.push(mutant);
        } else {
            score.killed += 1;
        }
    }
    Ok(score)
}

/// All mutants of a text, in the order of their places.
fn mutants(file: &RegoFile) -> Vec<Mutant> {
    let Some(module) = parse(file, &mut Vec::new()) else { return Vec::new() };
    let mut maker = Maker { text: &file.text, mutants: Vec::new() };
    for rule in &module.policy {
        match rule.as_ref() {
            Rule::Spec { head, bodies, .. } => {
                maker.head(head);
                for body in bodies {
                    if let Some(assign) = &body.assign {
                        maker.constants(&assign.value);
                    }
                    maker.query(&body.query);
                }
            }
            Rule::Default { value, .. } => maker.constants(value),
        }
    }
    maker.mutants.sort();
    maker.mutants.dedup();
    maker.mutants
}

struct Maker<'a> {
    text: &'a str,
    mutants: Vec<Mutant>,
}

impl Maker<'_> {
    fn put(&mut self, span: &regorus::unstable::Span, with: &str, what: String) {
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(before), Some(after)) = (self.text.get(..start), self.text.get(end..)) else { return };
        self.mutants.push(Mutant { line: span.line, what, text: format!("{before}{with}{after}") });
    }

    fn head(&mut self, head: &RuleHead) {
        // The key of a set is a variable or a message; what a function or rule gives is a value.
        if let RuleHead::Compr { assign: Some(assign), .. } | RuleHead::Func { assign: Some(assign), .. } = head {
            self.constants(&assign.value);
        }
    }

    fn query(&mut self, query: &Query) {
        for statement in &query.stmts {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &LiteralStmt) {
        let text = statement.span.text().to_owned();
        self.put(&statement.span, "true", format!("dropped `{}`", short(&text)));
        match &statement.literal {
            Literal::Expr { expr, .. } => {
                if !matches!(expr.as_ref(), Expr::AssignExpr { .. }) {
                    self.put(&statement.span, &format!("not {text}"), format!("negated `{}`", short(&text)));
                }
                // Texts for people may change without a change of the verdict.
                let message = matches!(expr.as_ref(), Expr::AssignExpr { lhs, .. } if ["reason", "message", "why"].contains(&lhs.span().text()));
                if !message {
                    self.constants(expr);
                }
            }
            Literal::NotExpr { expr, .. } => {
                self.put(&statement.span, expr.span().text(), format!("dropped the not of `{}`", short(&text)));
                self.constants(expr);
            }
            Literal::SomeIn { collection, .. } => self.constants(collection),
            Literal::Every { query, .. } => self.query(query),
            Literal::SomeVars { .. } => {}
        }
    }

    fn constants(&mut self, expr: &Expr) {
        match expr {
            Expr::String { span, .. } | Expr::RawString { span, .. } => {
                // The span of a text is without its quotes.
                let text = span.text();
                self.put(span, &format!("{text}~"), format!("changed \"{}\"", short(text)));
            }
            Expr::Number { span, .. } => {
                let next = span.text().parse::<i64>().map_or_else(|_| "0".to_owned(), |n| (n + 1).to_string());
                self.put(span, &next, format!("changed {}", span.text()));
            }
            Expr::Bool { span, .. } => {
                let other = if span.text() == "true" { "false" } else { "true" };
                self.put(span, other, format!("changed {}", span.text()));
            }
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|i| self.constants(i)),
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    // The span of a text is without its quotes.
                    if key.span().text() != "message" {
                        self.constants(value);
                    }
                }
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.constants(term);
                self.query(query);
            }
            Expr::ObjectCompr { value, query, .. } => {
                self.constants(value);
                self.query(query);
            }
            Expr::Call { fcn, params, .. } => {
                if fcn.span().text() != "sprintf" {
                    params.iter().for_each(|p| self.constants(p));
                }
            }
            Expr::UnaryExpr { expr, .. } => self.constants(expr),
            Expr::BoolExpr { op, lhs, rhs, span, .. } => {
                let other = match op {
                    BoolOp::Lt => "<=",
                    BoolOp::Le => "<",
                    BoolOp::Gt => ">=",
                    BoolOp::Ge => ">",
                    BoolOp::Eq | BoolOp::Ne => "",
                };
                if !other.is_empty() {
                    let with = format!("{} {other} {}", lhs.span().text(), rhs.span().text());
                    self.put(span, &with, format!("moved the bound of `{}`", short(span.text())));
                }
                self.constants(lhs);
                self.constants(rhs);
            }
            Expr::BinExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } => {
                self.constants(lhs);
                self.constants(rhs);
            }
            Expr::AssignExpr { rhs, .. } => self.constants(rhs),
            Expr::Membership { value, collection, .. } => {
                self.constants(value);
                self.constants(collection);
            }
            Expr::Null { .. } | Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => {}
        }
    }
}

fn short(text: &str) -> String {
    let one: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one.chars().count() > 60 { one.chars().take(59).chain(['…']).collect() } else { one }
}
