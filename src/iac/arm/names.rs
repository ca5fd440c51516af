//! Names that are not known, made comparable: two spellings of the same expression give the same canonical text, so that a
//! reference finds the resource although nobody knows its name yet.

use std::sync::Arc;

use crate::iac::arm::eval::{Cx, Written, written_variable};
use crate::iac::arm::expr::{self, Expr, Kind, Parsed};
use crate::iac::arm::run::{Given, Locals};
use crate::iac::{Node, Value};

/// How often a name leads to another expression.
const MAX_STEPS: usize = 16;

/// A part of a name: known, or as the expression that it is.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Open(String),
}

/// What stands between two slashes of a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// The text; for what is not known, the expression.
    pub(super) text: String,
    /// Whether it is the real name.
    pub(super) known: bool,
}

impl Cx<'_> {
    /// The segments of a name, known or not.
    pub(super) fn segments(&self, node: &Node) -> Vec<Segment> {
        let mut pieces = Vec::new();
        self.of_node(node, &mut pieces, 0);
        split(&pieces)
    }

    /// The segments of an expression.
    pub(super) fn segments_of(&self, parsed: &Parsed, expr: &Expr) -> Vec<Segment> {
        let mut pieces = Vec::new();
        self.of_expr(parsed, expr, &mut pieces, 0);
        split(&pieces)
    }

    /// The texts in an expression, in order; what is not known is left out.
    pub(super) fn known_texts(&self, node: &Node) -> Vec<String> {
        let mut pieces = Vec::new();
        self.of_node(node, &mut pieces, 0);
        let mut joined: Vec<String> = Vec::new();
        let mut glue = false;
        for piece in pieces {
            match (piece, joined.last_mut()) {
                (Piece::Text(text), Some(last)) if glue => last.push_str(&text),
                (Piece::Text(text), _) => joined.push(text),
                (Piece::Open(_), _) => {
                    glue = false;
                    continue;
                }
            }
            glue = true;
        }
        joined
    }

    fn of_node(&self, node: &Node, out: &mut Vec<Piece>, steps: usize) {
        let Some(source) = node.as_str().and_then(expr::inside) else {
            return out.push(match super::functions::plain(node) {
                Some(text) => Piece::Text(expr::literal(&text).to_owned()),
                None => Piece::Open("?".to_owned()),
            });
        };
        match self.run.parse(source) {
            Ok(parsed) => self.of_expr(&parsed, &parsed.expr, out, steps),
            Err(_) => out.push(Piece::Open(self.canonical(source))),
        }
    }

    fn of_expr(&self, parsed: &Parsed, expr: &Expr, out: &mut Vec<Piece>, steps: usize) {
        let value = self.eval(parsed, expr);
        if let Some(text) = value.as_ref().ok().filter(|n| n.reason().is_none()).and_then(super::functions::plain) {
            return out.push(Piece::Text(text.into_owned()));
        }
        let open = |out: &mut Vec<Piece>| out.push(Piece::Open(self.canonical(parsed.text(expr))));
        if steps > MAX_STEPS || out.len() > 64 {
            return open(out);
        }
        let Kind::Call(name, args) = &expr.kind else { return open(out) };
        match (&**name, args.as_slice()) {
            ("concat" | "uri", args) => args.iter().for_each(|a| self.of_expr(parsed, a, out, steps + 1)),
            ("tolower" | "toupper" | "string", [arg]) => self.of_expr(parsed, arg, out, steps + 1),
            ("format", [Expr { kind: Kind::Text(pattern), .. }, args @ ..]) => {
                self.of_format(parsed, pattern, args, out, steps);
            }
            ("variables", [Expr { kind: Kind::Text(name), .. }]) => {
                let owner = self.run.unit(self.unit.vars.owner);
                match (written_variable(&self.unit.vars.template, name), owner) {
                    (Some(Written::Value(node)), Some(owner)) => {
                        let locals = Locals::default();
                        Cx { run: self.run, unit: &owner, locals: &locals }.of_node(node, out, steps + 1);
                    }
                    _ => open(out),
                }
            }
            ("parameters", [Expr { kind: Kind::Text(name), .. }]) if self.locals.parameters.is_none() => {
                let vars = &self.unit.vars;
                if let Some(Given::Later(node, unit, locals)) = vars.given.get(&name.to_lowercase())
                    && let Some(unit) = self.run.unit(*unit)
                {
                    return Cx { run: self.run, unit: &unit, locals }.of_node(node, out, steps + 1);
                }
                let declared = vars.template.get_any_case("parameters").and_then(|p| p.get_any_case(name));
                match (declared.and_then(|d| d.get_any_case("defaultValue")), self.run.unit(vars.owner)) {
                    (Some(node), Some(owner)) if !vars.given.contains_key(&name.to_lowercase()) => {
                        let locals = Locals::default();
                        Cx { run: self.run, unit: &owner, locals: &locals }.of_node(node, out, steps + 1);
                    }
                    _ => open(out),
                }
            }
            _ => open(out),
        }
    }

    /// `format('{0}-{1}', a, b)` is `concat(a, '-', b)`; other places than plain numbers stay one expression.
    fn of_format(&self, parsed: &Parsed, pattern: &str, args: &[Expr], out: &mut Vec<Piece>, steps: usize) {
        let mut made = Vec::new();
        for (at, part) in pattern.split('{').enumerate() {
            let (place, rest) = if at == 0 { ("", part) } else { part.split_once('}').unwrap_or(("?", "")) };
            if at > 0 {
                match place.parse::<usize>().ok().and_then(|i| args.get(i)) {
                    Some(arg) => self.of_expr(parsed, arg, &mut made, steps + 1),
                    None => made.push(Piece::Open(self.canonical(&parsed.source))),
                }
            }
            if !rest.is_empty() {
                made.push(Piece::Text(rest.to_owned()));
            }
        }
        out.append(&mut made);
    }

    /// An expression without blanks and case, with what its meaning depends on.
    fn canonical(&self, source: &str) -> String {
        let mut text: String =
            source.chars().filter(|c| !c.is_whitespace()).take(400).collect::<String>().to_lowercase();
        if text.contains("parameters(") || text.contains("variables(") {
            text.push_str(&format!("#{}", self.unit.vars.owner));
        }
        if text.contains("copyindex(") {
            let mut turn = self.locals.loops.as_ref();
            while let Some(one) = turn {
                let index = if let Value::Int(index) = one.index.value { index } else { -1 };
                text.push_str(&format!(";{index}"));
                turn = one.outer.as_ref();
            }
        }
        if text.contains("lambdavariables(") || self.locals.parameters.is_some() {
            // It may mean something else each time: never equal to another.
            text.push_str(&format!("!{}", self.run.fresh()));
        }
        text.push_str(&format!("@{}", self.unit.seen_from.group));
        text.replace('/', "~")
    }
}

fn split(pieces: &[Piece]) -> Vec<Segment> {
    let mut segments = vec![Segment { text: String::new(), known: true }];
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                for (at, part) in text.split('/').enumerate() {
                    if at > 0 {
                        segments.push(Segment { text: String::new(), known: true });
                    }
                    if let Some(last) = segments.last_mut() {
                        last.text.push_str(part);
                    }
                }
            }
            Piece::Open(text) => {
                if let Some(last) = segments.last_mut() {
                    last.text.push_str(&format!("‹{text}›"));
                    last.known = false;
                }
            }
        }
    }
    segments
}

/// Segments as one text with slashes.
pub(super) fn joined(segments: &[Segment]) -> Arc<str> {
    Arc::from(segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("/"))
}
