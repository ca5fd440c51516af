//! Statements, and how to go on behind a broken one.

use std::sync::Arc;

use super::{Fail, Parse, Parser, UNREADABLE};
use crate::iac::Span;
use crate::iac::bicep::ast::{
    Body, Decorator, Each, Expr, ExprKind, Import, Imported, Key, ModuleDecl, ObjectExpr, ResourceDecl, Statement,
    StatementKind,
};
use crate::iac::bicep::lex::Kind;

impl Parser<'_> {
    /// All statements of the file.
    pub(super) fn program(&mut self) -> Vec<Statement> {
        let mut statements = Vec::new();
        // Each statement may be read twice, and a broken one may read to the end of the file: not again and again.
        let mut patience = self.tokens.len().saturating_mul(8);
        loop {
            self.newlines();
            if self.is(Kind::End) {
                return statements;
            }
            let (start, errors) = (self.at, self.errors.len());
            let mut result = if patience > 0 { self.statement() } else { Err(Fail) };
            patience = patience.saturating_sub(self.at - start);
            if self.errors.len() > errors || result.is_err() {
                self.errors.truncate(errors);
                self.at = start;
                self.strict = true;
                result = self.statement();
                self.strict = false;
            }
            match result {
                Ok(statement) => statements.push(statement),
                Err(Fail) => self.skip_statement(start),
            }
        }
    }

    /// Goes to the next statement behind a broken one.
    fn skip_statement(&mut self, start: usize) {
        self.at = self.at.max(start + 1).min(self.tokens.len() - 1);
        while !self.is(Kind::End) && !self.statement_at(self.at) {
            self.step();
        }
    }

    fn statement(&mut self) -> Parse<Statement> {
        self.depth = 0;
        let decorators = self.decorators()?;
        let start = self.token();
        let word = if start.kind == Kind::Ident { self.source(start).to_owned() } else { String::new() };
        let mut statement = Statement { decorators, kind: StatementKind::Other, at: self.span(start) };
        statement.kind = match word.as_str() {
            "targetScope" => {
                self.step();
                self.expect(Kind::Assign, "'='")?;
                self.newlines();
                StatementKind::TargetScope(self.expr()?)
            }
            "metadata" => {
                self.step();
                self.ident("a name")?;
                self.value()?;
                StatementKind::Other
            }
            "param" => self.param(&mut statement.decorators)?,
            "var" => {
                self.step();
                let name = self.ident("the name of a variable")?;
                if !self.is(Kind::Assign) {
                    self.of_type()?;
                }
                StatementKind::Var { name, value: self.value()? }
            }
            "output" => {
                self.step();
                let name = self.ident("the name of an output")?;
                if !self.is(Kind::Assign) {
                    self.of_type()?;
                }
                StatementKind::Output { name, value: self.value()? }
            }
            "type" => {
                self.step();
                let name = self.ident("the name of a type")?;
                self.expect(Kind::Assign, "'='")?;
                self.newlines();
                StatementKind::Type { name, of: self.of_type()? }
            }
            "func" => self.func()?,
            "resource" => {
                let decorators = std::mem::take(&mut statement.decorators);
                StatementKind::Resource(Arc::new(self.resource(decorators)?))
            }
            "module" => self.module()?,
            "import" => self.import()?,
            "using" | "extends" => self.using(&word)?,
            "extension" | "provider" | "assert" | "extensionConfig" | "test" => self.other()?,
            _ => return self.expected("a statement"),
        };
        statement.at = self.since(start);
        if !(self.is(Kind::Newline) || self.ends_here()) {
            let _: Parse<()> = self.expected("the end of the line");
            // What was read stands; only the rest of the line is strange.
            while !matches!(self.kind(), Kind::Newline | Kind::End) {
                self.step();
            }
        }
        Ok(statement)
    }

    /// `= value`
    fn value(&mut self) -> Parse<Expr> {
        self.expect(Kind::Assign, "'='")?;
        let from = self.token();
        let next = (self.at..self.tokens.len()).find(|at| self.tokens[*at].kind != Kind::Newline);
        let value = match next.is_some_and(|at| at > self.at && self.statement_at(at)) {
            true => self.expected("a value"),
            false => {
                self.newlines();
                self.expr()
            }
        };
        match value {
            Ok(value) => Ok(value),
            // In the second attempt the name stays known, with a value that is not.
            Err(Fail) if self.strict => {
                self.skip_item();
                while !self.ends_here() {
                    self.step();
                }
                Ok(Expr { kind: ExprKind::Error(UNREADABLE), at: self.since(from), height: 1 })
            }
            Err(Fail) => Err(Fail),
        }
    }

    /// `@a(…)` and line ends, as many as there are.
    pub(super) fn decorators(&mut self) -> Parse<Vec<Decorator>> {
        let mut decorators = Vec::new();
        while self.is(Kind::At) {
            let start = self.step();
            let mut name = self.ident("the name of a decorator")?;
            while self.eat(Kind::Dot) {
                name = self.ident("the name of a decorator")?;
            }
            let args = if self.is(Kind::LParen) { self.args()? } else { Vec::new() };
            decorators.push(Decorator { name, args, at: self.since(start) });
            self.newlines();
        }
        Ok(decorators)
    }

    fn param(&mut self, decorators: &mut Vec<Decorator>) -> Parse<StatementKind> {
        self.step();
        let name = self.ident("the name of a parameter")?;
        let of = match self.kind() {
            Kind::Assign | Kind::Newline | Kind::End => None,
            _ => Some(self.of_type()?),
        };
        let default = match self.kind() {
            Kind::Assign => Some(self.value()?),
            // The old way: `param x string { default: 'a', secure: true }`.
            Kind::LBrace => {
                let mut default = None;
                for member in self.object(false)?.members {
                    let Key::Name(name) = member.key else { continue };
                    match (&*name.name, &member.value.kind) {
                        ("default" | "defaultValue", _) => default = Some(member.value),
                        ("secure", ExprKind::Bool(false)) => {}
                        _ => decorators.push(Decorator { name, args: vec![member.value], at: member.at }),
                    }
                }
                default
            }
            _ => None,
        };
        Ok(StatementKind::Param { name, of, default })
    }

    fn func(&mut self) -> Parse<StatementKind> {
        self.step();
        let name = self.ident("the name of a function")?;
        self.expect(Kind::LParen, "'('")?;
        let mut params = Vec::new();
        loop {
            self.newlines();
            if self.eat(Kind::RParen) {
                break;
            }
            self.decorators()?;
            params.push(self.ident("the name of an argument")?);
            self.of_type()?;
            self.newlines();
            if !self.is(Kind::RParen) {
                self.expect(Kind::Comma, "',' or ')'")?;
            }
        }
        if !self.is(Kind::Arrow) {
            self.of_type()?;
        }
        self.expect(Kind::Arrow, "'=>'")?;
        self.newlines();
        Ok(StatementKind::Func { name, params, body: self.expr()? })
    }

    /// A resource, from its word on.
    pub(super) fn resource(&mut self, decorators: Vec<Decorator>) -> Parse<ResourceDecl> {
        let start = self.step();
        let name = self.ident("the symbolic name of a resource")?;
        if !matches!(self.kind(), Kind::Str | Kind::StrLeft) {
            return self.expected("the type of the resource, a string");
        }
        let of = self.string()?;
        let existing = self.eat_word("existing");
        self.expect(Kind::Assign, "'='")?;
        let header = self.since(start);
        self.newlines();
        let body = self.deeper(|p| p.body(true))?;
        Ok(ResourceDecl { name, of, existing, body, header, at: self.since(start), decorators })
    }

    fn module(&mut self) -> Parse<StatementKind> {
        let start = self.step();
        let name = self.ident("the symbolic name of a module")?;
        if !matches!(self.kind(), Kind::Str | Kind::StrLeft) {
            return self.expected("the path of the module, a string");
        }
        let path = self.string()?;
        // `with {…}` configures extensions.
        if self.eat_word("with") {
            self.object(false)?;
        }
        self.expect(Kind::Assign, "'='")?;
        let header = self.since(start);
        self.newlines();
        let body = self.body(false)?;
        Ok(StatementKind::Module(Arc::new(ModuleDecl { name, path, body, header, at: self.since(start) })))
    }

    /// `{…}`, `if (…) {…}`, `[for …: {…}]`, `[for …: if (…) {…}]`
    fn body(&mut self, nested: bool) -> Parse<Body> {
        let outer = self.condition()?;
        self.newlines();
        if self.is(Kind::LBrack) {
            self.step();
            self.newlines();
            if !self.word("for") {
                return self.expected("'for'");
            }
            let (each, condition, object): (Each, Option<Expr>, ObjectExpr) = self.for_rest(|p| p.object(nested))?;
            return Ok(Body { each: Some(each), condition: condition.or(outer), object });
        }
        if !self.is(Kind::LBrace) {
            return self.expected("'{', 'if' or '[for'");
        }
        Ok(Body { each: None, condition: outer, object: self.object(nested)? })
    }

    fn text_of(&mut self) -> Parse<Option<Arc<str>>> {
        Ok(match self.string()?.kind {
            ExprKind::Str(text) => Some(text),
            _ => None,
        })
    }

    fn import(&mut self) -> Parse<StatementKind> {
        self.step();
        let what = match self.kind() {
            Kind::Star => {
                self.step();
                if !self.eat_word("as") {
                    return self.expected("'as'");
                }
                Imported::All(self.ident("a name")?)
            }
            Kind::LBrace => Imported::Names(self.imported_names()?),
            _ => {
                self.other_rest()?;
                return Ok(StatementKind::Import(Import { from: None, what: Imported::Nothing }));
            }
        };
        self.newlines();
        if !self.eat_word("from") {
            return self.expected("'from'");
        }
        self.newlines();
        if !matches!(self.kind(), Kind::Str | Kind::StrLeft) {
            return self.expected("the path of a file");
        }
        let from = self.text_of()?;
        Ok(StatementKind::Import(Import { from, what }))
    }

    fn imported_names(&mut self) -> Parse<Vec<(Arc<str>, crate::iac::bicep::ast::Ident)>> {
        self.step();
        let mut names = Vec::new();
        loop {
            self.newlines();
            self.eat(Kind::Comma);
            self.newlines();
            if self.ends_here() {
                return self.expected("'}'");
            }
            if self.eat(Kind::RBrace) {
                return Ok(names);
            }
            let (there, at): (Arc<str>, Span) = match self.kind() {
                Kind::Str => {
                    let at = self.span(self.token());
                    (self.text_of()?.unwrap_or_else(|| Arc::from("")), at)
                }
                _ => {
                    let ident = self.ident("a name")?;
                    (ident.name, ident.at)
                }
            };
            let here = if self.eat_word("as") {
                self.ident("a name")?
            } else {
                crate::iac::bicep::ast::Ident { name: Arc::clone(&there), at }
            };
            names.push((there, here));
        }
    }

    fn using(&mut self, word: &str) -> Parse<StatementKind> {
        self.step();
        let path = match self.kind() {
            Kind::Str | Kind::StrLeft => self.text_of()?,
            Kind::Ident if self.word("none") => {
                self.step();
                None
            }
            _ => return self.expected("the path of a file"),
        };
        if self.eat_word("with") {
            self.object(false)?;
        }
        Ok(if word == "using" { StatementKind::Using(path) } else { StatementKind::Extends(path) })
    }

    fn other(&mut self) -> Parse<StatementKind> {
        self.step();
        self.other_rest()?;
        Ok(StatementKind::Other)
    }

    /// The rest of a statement that declares nothing: names, strings, objects and expressions in a row.
    fn other_rest(&mut self) -> Parse<()> {
        while !matches!(self.kind(), Kind::Newline | Kind::End) {
            match self.kind() {
                Kind::LBrace => drop(self.object(false)?),
                Kind::Str | Kind::StrLeft => drop(self.string()?),
                Kind::Assign => {
                    self.step();
                    drop(self.expr()?);
                }
                Kind::Ident => drop(self.step()),
                _ => return self.expected("the end of the line"),
            }
        }
        Ok(())
    }
}
