//! Expressions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fail, MAX_HEIGHT, Parse, Parser, REPEATED, UNREADABLE};
use crate::iac::Span;
use crate::iac::bicep::ast::{
    BinaryOp, Each, Expr, ExprKind, ForExpr, Ident, Item, Key, Member, ObjectExpr, Part, UnaryOp,
};
use crate::iac::bicep::lex::{Kind, Token};

/// The operator of a token and how strongly it binds.
fn operator(kind: Kind) -> Option<(BinaryOp, u8)> {
    Some(match kind {
        Kind::Percent => (BinaryOp::Rem, 100),
        Kind::Star => (BinaryOp::Mul, 100),
        Kind::Slash => (BinaryOp::Div, 100),
        Kind::Plus => (BinaryOp::Add, 90),
        Kind::Minus => (BinaryOp::Sub, 90),
        Kind::Gt => (BinaryOp::Gt, 80),
        Kind::Ge => (BinaryOp::Ge, 80),
        Kind::Lt => (BinaryOp::Lt, 80),
        Kind::Le => (BinaryOp::Le, 80),
        Kind::Eq => (BinaryOp::Eq, 70),
        Kind::Ne => (BinaryOp::Ne, 70),
        Kind::EqAny => (BinaryOp::EqAny, 70),
        Kind::NeAny => (BinaryOp::NeAny, 70),
        Kind::And => (BinaryOp::And, 50),
        Kind::Or => (BinaryOp::Or, 40),
        Kind::Coalesce => (BinaryOp::Coalesce, 30),
        _ => return None,
    })
}

/// How many levels the expressions below one have.
fn height_of(kind: &ExprKind) -> u16 {
    let most = |items: &[Expr]| items.iter().map(|e| e.height).max().unwrap_or(0);
    match kind {
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Int(_) | ExprKind::Str(_) => 0,
        ExprKind::Name(_) | ExprKind::Error(_) => 0,
        ExprKind::Interp(parts) => {
            parts.iter().map(|p| if let Part::Hole(e) = p { e.height } else { 0 }).max().unwrap_or(0)
        }
        ExprKind::Array(items) => items.iter().map(|i| i.value.height).max().unwrap_or(0),
        ExprKind::Object(object) => {
            let keys = object.members.iter().map(|m| if let Key::Interp(e) = &m.key { e.height } else { 0 });
            keys.chain(object.members.iter().map(|m| m.value.height)).max().unwrap_or(0)
        }
        ExprKind::For(each) => {
            let condition = each.condition.as_ref().map_or(0, |e| e.height);
            each.body.height.max(each.each.list.height).max(condition)
        }
        ExprKind::Call { args, .. } => most(args),
        ExprKind::Method { base, args, .. } => most(args).max(base.height),
        ExprKind::Member { base, .. } | ExprKind::Nested { base, .. } | ExprKind::NotNull(base) => base.height,
        ExprKind::Index { base, index, .. } => base.height.max(index.height),
        ExprKind::Unary { value, .. } => value.height,
        ExprKind::Binary { sides, .. } => sides.0.height.max(sides.1.height),
        ExprKind::Ternary(parts) => parts.0.height.max(parts.1.height).max(parts.2.height),
        ExprKind::Lambda { body, .. } => body.height,
    }
}

impl Parser<'_> {
    fn build(&mut self, kind: ExprKind, at: Span) -> Parse<Expr> {
        let height = height_of(&kind) + 1;
        if height > MAX_HEIGHT {
            return self.error("the expression is too long");
        }
        Ok(Expr { kind, at, height })
    }

    /// An expression.
    pub(super) fn expr(&mut self) -> Parse<Expr> {
        self.deeper(Self::ternary)
    }

    fn ternary(&mut self) -> Parse<Expr> {
        let condition = self.binary(0)?;
        // No statement, member or item begins with a question mark, so it may stand on the next line.
        if self.past_newlines() != Kind::Question {
            return Ok(condition);
        }
        self.newlines();
        self.step();
        self.newlines();
        let yes = self.expr()?;
        self.newlines();
        self.expect(Kind::Colon, "':'")?;
        self.newlines();
        let no = self.expr()?;
        let at = condition.at.to(no.at);
        self.build(ExprKind::Ternary(Box::new((condition, yes, no))), at)
    }

    fn binary(&mut self, above: u8) -> Parse<Expr> {
        let mut left = self.unary()?;
        loop {
            let next = match self.kind() {
                // On the next line only what can begin nothing else.
                Kind::Newline => match self.past_newlines() {
                    Kind::Minus | Kind::Plus => None,
                    kind => operator(kind),
                },
                kind => operator(kind),
            };
            let Some((op, strength)) = next.filter(|(_, strength)| *strength > above) else { return Ok(left) };
            self.newlines();
            self.step();
            self.newlines();
            let right = self.binary(strength)?;
            let at = left.at.to(right.at);
            left = self.build(ExprKind::Binary { op, sides: Box::new((left, right)) }, at)?;
        }
    }

    fn unary(&mut self) -> Parse<Expr> {
        let start = self.token();
        let op = match start.kind {
            Kind::Not => UnaryOp::Not,
            Kind::Minus => UnaryOp::Minus,
            Kind::Plus => UnaryOp::Plus,
            _ => return self.postfix(),
        };
        self.step();
        if op == UnaryOp::Minus && self.is(Kind::Int) && self.source(self.token()) == "9223372036854775808" {
            self.step();
            return self.build(ExprKind::Int(i64::MIN), self.since(start));
        }
        let value = self.deeper(Self::unary)?;
        let at = self.since(start);
        self.build(ExprKind::Unary { op, value: Box::new(value) }, at)
    }

    fn postfix(&mut self) -> Parse<Expr> {
        let start = self.token();
        let mut base = self.primary()?;
        loop {
            let kind = match self.kind() {
                Kind::LBrack => {
                    self.step();
                    self.newlines();
                    let safe = self.eat(Kind::Question);
                    let from_end = self.eat(Kind::Caret);
                    let index = Box::new(self.expr()?);
                    self.newlines();
                    self.expect(Kind::RBrack, "']'")?;
                    ExprKind::Index { base: Box::new(base), index, safe, from_end }
                }
                Kind::Dot => {
                    self.step();
                    self.member(base)?
                }
                Kind::Newline if self.past_newlines() == Kind::Dot => {
                    self.newlines();
                    self.step();
                    self.member(base)?
                }
                Kind::Nested => {
                    self.step();
                    self.newlines();
                    ExprKind::Nested { base: Box::new(base), name: self.ident("the name of a nested resource")? }
                }
                Kind::Not => {
                    self.step();
                    ExprKind::NotNull(Box::new(base))
                }
                _ => return Ok(base),
            };
            base = self.build(kind, self.since(start))?;
        }
    }

    fn member(&mut self, base: Expr) -> Parse<ExprKind> {
        self.newlines();
        let safe = self.eat(Kind::Question);
        let name = self.ident("the name of a member or function")?;
        if self.is(Kind::LParen) {
            let args = self.args()?;
            return Ok(ExprKind::Method { base: Box::new(base), name, args });
        }
        Ok(ExprKind::Member { base: Box::new(base), name, safe })
    }

    /// The arguments of a call, with their parentheses.
    pub(super) fn args(&mut self) -> Parse<Vec<Expr>> {
        self.expect(Kind::LParen, "'('")?;
        let mut args = Vec::new();
        loop {
            self.newlines();
            if self.eat(Kind::RParen) {
                return Ok(args);
            }
            args.push(self.expr()?);
            self.newlines();
            if !self.is(Kind::RParen) {
                self.expect(Kind::Comma, "',' or ')'")?;
            }
        }
    }

    fn primary(&mut self) -> Parse<Expr> {
        if self.ends_here() {
            return self.expected("an expression");
        }
        let start = self.token();
        let kind = match start.kind {
            Kind::Int => {
                self.step();
                match self.source(start).parse::<i64>() {
                    Ok(value) => ExprKind::Int(value),
                    Err(_) => return self.error("the number is out of range"),
                }
            }
            Kind::Str | Kind::StrLeft => return self.string(),
            Kind::LBrace => ExprKind::Object(Box::new(self.object(false)?)),
            Kind::LBrack => return self.array(),
            Kind::LParen => return self.parenthesized(),
            Kind::Ident => match self.source(start) {
                "true" => self.literal(ExprKind::Bool(true)),
                "false" => self.literal(ExprKind::Bool(false)),
                "null" => self.literal(ExprKind::Null),
                _ => return self.name(),
            },
            _ => return self.expected("an expression"),
        };
        self.build(kind, self.since(start))
    }

    fn literal(&mut self, kind: ExprKind) -> ExprKind {
        self.step();
        kind
    }

    fn name(&mut self) -> Parse<Expr> {
        let start = self.token();
        let name = self.ident("a name")?;
        let kind = match self.kind() {
            Kind::LParen => ExprKind::Call { name, args: self.args()? },
            Kind::Arrow => return self.lambda(start, vec![name]),
            _ => ExprKind::Name(name.name),
        };
        self.build(kind, self.since(start))
    }

    fn lambda(&mut self, start: Token, params: Vec<Ident>) -> Parse<Expr> {
        self.expect(Kind::Arrow, "'=>'")?;
        self.newlines();
        let body = Box::new(self.expr()?);
        self.build(ExprKind::Lambda { params, body }, self.since(start))
    }

    fn parenthesized(&mut self) -> Parse<Expr> {
        let start = self.token();
        if let Some(length) = self.lambda_head() {
            let mut params = Vec::new();
            for _ in 0..length {
                if self.is(Kind::Ident) {
                    params.push(self.ident("a name")?);
                } else {
                    self.step();
                }
            }
            return self.lambda(start, params);
        }
        self.step();
        self.newlines();
        let inner = self.expr()?;
        self.newlines();
        self.expect(Kind::RParen, "')'")?;
        // The parentheses are part of the place, so that what is shown is what is written.
        Ok(Expr { at: self.since(start), ..inner })
    }

    /// How many tokens `(a, b)` before `=>` takes; `None` when this is something else.
    fn lambda_head(&self) -> Option<usize> {
        let mut length = 1;
        loop {
            match self.ahead(length).kind {
                Kind::Ident | Kind::Comma | Kind::Newline => length += 1,
                Kind::RParen => break,
                _ => return None,
            }
        }
        (self.ahead(length + 1).kind == Kind::Arrow).then_some(length + 1)
    }

    /// A string, with holes or without.
    pub(super) fn string(&mut self) -> Parse<Expr> {
        let start = self.token();
        if start.kind == Kind::Str {
            let text = self.content(start)?;
            self.step();
            return self.build(ExprKind::Str(Arc::from(text)), self.span(start));
        }
        let mut parts = Vec::new();
        loop {
            let token = self.token();
            let text = self.content(token)?;
            self.step();
            if !text.is_empty() {
                parts.push(Part::Text(Arc::from(text)));
            }
            if token.kind == Kind::StrRight {
                return self.build(ExprKind::Interp(parts), self.since(start));
            }
            self.newlines();
            parts.push(Part::Hole(self.expr()?));
            self.newlines();
            if !matches!(self.kind(), Kind::StrMid | Kind::StrRight) {
                return self.expected("'}'");
            }
        }
    }

    /// What a string token stands for.
    fn content(&mut self, token: Token) -> Parse<String> {
        if token.close == 0 {
            return self.error("the string is not closed");
        }
        let range =
            token.start as usize + usize::from(token.open)..(token.end as usize).saturating_sub(token.close.into());
        let text = self.text.get(range).unwrap_or("");
        if token.raw {
            let first = matches!(token.kind, Kind::Str | Kind::StrLeft);
            let inner = match first {
                true => text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text),
                false => text,
            };
            return Ok(inner.to_owned());
        }
        match unescape(text) {
            Some(text) => Ok(text),
            None => self.error("the string has an escape that Bicep does not know"),
        }
    }

    /// An object; `nested` when resources may be declared in it.
    pub(super) fn object(&mut self, nested: bool) -> Parse<ObjectExpr> {
        let start = self.expect(Kind::LBrace, "'{'")?;
        let mut object = ObjectExpr { members: Vec::new(), resources: Vec::new(), at: self.span(start), broken: None };
        loop {
            self.newlines();
            self.eat(Kind::Comma);
            self.newlines();
            if self.ends_here() {
                object.broken = object.broken.or(Some(self.span(self.token())));
                let _: Parse<()> = self.expected("'}'");
                break;
            }
            if self.eat(Kind::RBrace) {
                break;
            }
            let from = self.token();
            if self.deeper(|p| p.member_or_resource(&mut object, nested)).is_err() {
                self.skip_item();
                object.broken = object.broken.or(Some(self.since(from)));
                // A closing bracket of another kind would never be passed.
                if matches!(self.kind(), Kind::RBrack | Kind::RParen) {
                    self.step();
                }
            }
        }
        object.at = self.since(start);
        self.refuse_repeated(&mut object);
        Ok(object)
    }

    /// Members that are written more than once have no value: Bicep refuses them (BCP025).
    fn refuse_repeated(&mut self, object: &mut ObjectExpr) {
        let mut seen: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for at in 0..object.members.len() {
            let Key::Name(Ident { name, at: place }) = &object.members[at].key else { continue };
            if let Some(before) = seen.insert(Arc::clone(name), at) {
                self.note(*place, format!("{name} is written more than once in one object, which Bicep refuses"));
                for one in [before, at] {
                    let value = &mut object.members[one].value;
                    *value = Expr { kind: ExprKind::Error(REPEATED), at: value.at, height: 1 };
                }
            }
        }
    }

    fn member_or_resource(&mut self, object: &mut ObjectExpr, nested: bool) -> Parse<()> {
        let start = self.token();
        if nested {
            if start.kind == Kind::At {
                let decorators = self.decorators()?;
                if self.word("resource") {
                    object.resources.push(Arc::new(self.resource(decorators)?));
                }
                return self.item_end(Kind::RBrace);
            }
            let second = self.ahead(1).kind;
            if self.word("resource") && second == Kind::Ident {
                object.resources.push(Arc::new(self.resource(Vec::new())?));
                return self.item_end(Kind::RBrace);
            }
        }
        if self.eat(Kind::Ellipsis) {
            let value = self.expr()?;
            object.members.push(Member { key: Key::Spread, value, at: self.since(start) });
            return self.item_end(Kind::RBrace);
        }
        let key = match start.kind {
            Kind::Ident => Key::Name(self.ident("a name")?),
            Kind::Str | Kind::StrLeft => match self.string()? {
                Expr { kind: ExprKind::Str(name), at, .. } => Key::Name(Ident { name, at }),
                key => Key::Interp(key),
            },
            _ => return self.expected("the name of a member"),
        };
        // `name?: value` is no member of a value, but people write types and values alike.
        self.newlines_before(Kind::Colon);
        self.expect(Kind::Colon, "':'")?;
        self.newlines();
        let from = self.token();
        let value = match self.expr() {
            Ok(value) => value,
            // The member is there, only its value is not known.
            Err(Fail) => {
                self.skip_item();
                Expr { kind: ExprKind::Error(UNREADABLE), at: self.since(from), height: 1 }
            }
        };
        object.members.push(Member { key, value, at: self.since(start) });
        self.item_end(Kind::RBrace)
    }

    fn newlines_before(&mut self, kind: Kind) {
        if self.past_newlines() == kind {
            self.newlines();
        }
    }

    /// What may stand behind a member or item.
    fn item_end(&mut self, close: Kind) -> Parse<()> {
        if matches!(self.kind(), Kind::Newline | Kind::Comma) || self.is(close) || self.ends_here() {
            return Ok(());
        }
        self.expected("a new line or ','")
    }

    fn array(&mut self) -> Parse<Expr> {
        let start = self.token();
        self.step();
        let mut ahead = 0;
        while self.ahead(ahead).kind == Kind::Newline {
            ahead += 1;
        }
        if self.source(self.ahead(ahead)) == "for" && matches!(self.ahead(ahead + 1).kind, Kind::Ident | Kind::LParen) {
            self.newlines();
            let (each, condition, body) = self.for_rest(|p| p.expr())?;
            return self.build(ExprKind::For(Box::new(ForExpr { each, condition, body })), self.since(start));
        }
        let mut items = Vec::new();
        loop {
            self.newlines();
            self.eat(Kind::Comma);
            self.newlines();
            if self.ends_here() {
                return self.expected("']'");
            }
            if self.eat(Kind::RBrack) {
                return self.build(ExprKind::Array(items), self.since(start));
            }
            let spread = self.eat(Kind::Ellipsis);
            items.push(Item { spread, value: self.expr()? });
            self.item_end(Kind::RBrack)?;
        }
    }

    /// `for x in y: z]`, behind the opening bracket.
    pub(super) fn for_rest<T>(&mut self, body: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<(Each, Option<Expr>, T)> {
        self.step();
        let (item, index) = if self.eat(Kind::LParen) {
            let item = self.ident("the name of the item")?;
            self.expect(Kind::Comma, "','")?;
            let index = self.ident("the name of the number")?;
            self.expect(Kind::RParen, "')'")?;
            (item, Some(index))
        } else {
            (self.ident("the name of the item")?, None)
        };
        if !self.eat_word("in") {
            return self.expected("'in'");
        }
        let list = self.expr()?;
        self.newlines_before(Kind::Colon);
        self.expect(Kind::Colon, "':'")?;
        self.newlines();
        let condition = self.condition()?;
        self.newlines();
        let body = body(self)?;
        self.newlines();
        self.expect(Kind::RBrack, "']'")?;
        Ok((Each { item, index, list }, condition, body))
    }

    /// `if (…)`, where it stands.
    pub(super) fn condition(&mut self) -> Parse<Option<Expr>> {
        if !(self.word("if") && self.ahead(1).kind == Kind::LParen) {
            return Ok(None);
        }
        self.step();
        self.parenthesized().map(Some)
    }
}

/// The text behind escapes; `None` when one is not known.
fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut behind = rest[at + 1..].chars();
        match behind.next()? {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            c @ ('\\' | '\'' | '$') => out.push(c),
            'u' => {
                let (hex, tail) = behind.as_str().strip_prefix('{')?.split_once('}')?;
                let code = u32::from_str_radix(hex, 16).ok().filter(|c| *c <= 0x10_ffff)?;
                behind = tail.chars();
                // Two halves of a character may be written one after the other.
                let second = (0xd800..0xdc00).contains(&code).then(|| low_half(tail)).flatten();
                match second {
                    Some((low, after)) => {
                        let joined = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                        out.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
                        behind = after.chars();
                    }
                    None => out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            _ => return None,
        }
        rest = behind.as_str();
    }
    out.push_str(rest);
    Some(out)
}

/// The second half of a character, `\u{dc00}` to `\u{dfff}`, and what is behind it.
fn low_half(text: &str) -> Option<(u32, &str)> {
    let (hex, after) = text.strip_prefix("\\u{")?.split_once('}')?;
    let low = u32::from_str_radix(hex, 16).ok().filter(|c| (0xdc00..0xe000).contains(c))?;
    Some((low, after))
}
