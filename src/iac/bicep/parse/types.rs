//! Types. They matter little here: a literal type, a nullable one, a secret one.

use super::{Parse, Parser, UNREADABLE};
use crate::iac::bicep::ast::{Expr, ExprKind, TypeExpr, TypeKind, TypeMember};
use crate::iac::bicep::lex::Kind;

impl Parser<'_> {
    /// A type, unions included.
    pub(super) fn of_type(&mut self) -> Parse<TypeExpr> {
        self.deeper(|p| {
            let start = p.token();
            if p.is(Kind::Pipe) {
                p.step();
                p.newlines();
            }
            let first = p.single_type()?;
            if p.past_newlines() != Kind::Pipe {
                return Ok(first);
            }
            let mut members = vec![first];
            while p.past_newlines() == Kind::Pipe {
                p.newlines();
                p.step();
                p.newlines();
                members.push(p.single_type()?);
            }
            Ok(TypeExpr { kind: TypeKind::Union(members), at: p.since(start) })
        })
    }

    fn single_type(&mut self) -> Parse<TypeExpr> {
        let start = self.token();
        let mut kind = self.first_type()?;
        let mut rounds = 0;
        loop {
            let inner = Box::new(TypeExpr { kind, at: self.since(start) });
            kind = match self.kind() {
                Kind::Question => {
                    self.step();
                    TypeKind::Nullable(inner)
                }
                Kind::Not => {
                    self.step();
                    TypeKind::Part(inner)
                }
                Kind::Dot => {
                    self.step();
                    if !self.eat(Kind::Star) {
                        self.ident("the name of a type")?;
                    }
                    TypeKind::Part(inner)
                }
                Kind::LBrack => {
                    self.step();
                    self.newlines();
                    if self.eat(Kind::RBrack) {
                        TypeKind::Array(inner)
                    } else {
                        if !self.eat(Kind::Star) {
                            self.expr()?;
                        }
                        self.newlines();
                        self.expect(Kind::RBrack, "']'")?;
                        TypeKind::Part(inner)
                    }
                }
                _ => return Ok(*inner),
            };
            rounds += 1;
            if rounds > 10 {
                return self.error("the type is too long");
            }
        }
    }

    fn first_type(&mut self) -> Parse<TypeKind> {
        let start = self.token();
        match start.kind {
            Kind::LParen => {
                self.step();
                self.newlines();
                let inner = self.of_type()?;
                self.newlines();
                self.expect(Kind::RParen, "')'")?;
                Ok(inner.kind)
            }
            Kind::LBrace => self.object_type(),
            Kind::LBrack => self.tuple_type(),
            Kind::Str | Kind::StrLeft => Ok(TypeKind::Literal(self.string()?)),
            Kind::Int | Kind::Minus | Kind::Plus | Kind::Not => {
                let op = self.step();
                if op.kind != Kind::Int {
                    self.step();
                }
                let at = self.since(start);
                let text = self.text.get(at.start as usize..at.end as usize).unwrap_or("");
                let kind = match text.trim_start_matches('+').replace(' ', "").as_str() {
                    "!true" => ExprKind::Bool(false),
                    "!false" => ExprKind::Bool(true),
                    number => number.parse().map_or(ExprKind::Error(UNREADABLE), ExprKind::Int),
                };
                Ok(TypeKind::Literal(Expr { kind, at, height: 1 }))
            }
            Kind::Ident => self.named_type(),
            _ => self.expected("a type"),
        }
    }

    fn named_type(&mut self) -> Parse<TypeKind> {
        let name = self.ident("a type")?;
        let literal = match &*name.name {
            "true" => Some(ExprKind::Bool(true)),
            "false" => Some(ExprKind::Bool(false)),
            "null" => Some(ExprKind::Null),
            _ => None,
        };
        if let Some(kind) = literal {
            return Ok(TypeKind::Literal(Expr { kind, at: name.at, height: 1 }));
        }
        // `resource 'Microsoft.Storage/storageAccounts@2023-01-01'`
        if &*name.name == "resource" && matches!(self.kind(), Kind::Str | Kind::StrLeft) {
            self.string()?;
        }
        if self.eat(Kind::Lt) {
            self.newlines();
            while !self.eat(Kind::Gt) {
                self.of_type()?;
                self.newlines();
                if !self.is(Kind::Gt) {
                    self.expect(Kind::Comma, "',' or '>'")?;
                    self.newlines();
                }
            }
        }
        Ok(TypeKind::Name(name))
    }

    fn object_type(&mut self) -> Parse<TypeKind> {
        self.step();
        let mut members = Vec::new();
        loop {
            self.newlines();
            self.eat(Kind::Comma);
            self.newlines();
            if self.ends_here() {
                return self.expected("'}'");
            }
            if self.eat(Kind::RBrace) {
                return Ok(TypeKind::Object(members));
            }
            let decorators = self.decorators()?;
            if self.eat(Kind::Ellipsis) {
                self.of_type()?;
                continue;
            }
            let name = match self.kind() {
                Kind::Star => {
                    self.step();
                    None
                }
                Kind::Str => {
                    self.string()?;
                    None
                }
                _ => Some(self.ident("the name of a member")?),
            };
            // `name?: type` is the old way to write `name: type?`.
            self.eat(Kind::Question);
            self.expect(Kind::Colon, "':'")?;
            self.newlines();
            members.push(TypeMember { decorators, name, of: self.of_type()? });
            if !matches!(self.kind(), Kind::Newline | Kind::Comma | Kind::RBrace) && !self.ends_here() {
                return self.expected("a new line or ','");
            }
        }
    }

    fn tuple_type(&mut self) -> Parse<TypeKind> {
        self.step();
        let mut items = Vec::new();
        loop {
            self.newlines();
            self.eat(Kind::Comma);
            self.newlines();
            if self.ends_here() {
                return self.expected("']'");
            }
            if self.eat(Kind::RBrack) {
                return Ok(TypeKind::Tuple(items));
            }
            self.decorators()?;
            self.eat(Kind::Ellipsis);
            items.push(self.of_type()?);
        }
    }
}
