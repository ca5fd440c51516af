//! Bicep text → syntax tree. Errors are noted and the rest is still read; nothing is given up but what is broken.

mod expr;
mod statement;
mod types;

use std::sync::Arc;

use crate::iac::bicep::ast::{Ident, Program, SyntaxError};
use crate::iac::bicep::lex::{Kind, STATEMENTS, Token, lex};
use crate::iac::{FileId, Span};

/// How deep brackets may be nested; an object in an object takes two. The language has no limit of its own, and people stay
/// far below.
const MAX_DEPTH: usize = 160;

/// How many levels an expression may have, operators in a row included.
const MAX_HEIGHT: u16 = 250;

/// How many errors of one file are kept.
const MAX_ERRORS: usize = 50;

/// Why an expression has no value.
const UNREADABLE: &str = "what is written here could not be read";
const REPEATED: &str = "it is written more than once in one object";

/// An error that was noted already.
#[derive(Debug)]
struct Fail;

type Parse<T> = Result<T, Fail>;

struct Parser<'t> {
    text: &'t str,
    file: FileId,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    errors: Vec<SyntaxError>,
    /// Whether a statement word in the first column ends all that is open: set when a statement is read again because
    /// of an error in it.
    strict: bool,
}

/// Reads a file.
pub(crate) fn parse(text: &str, file: FileId) -> Program {
    let mut parser = Parser { text, file, tokens: lex(text), at: 0, depth: 0, errors: Vec::new(), strict: false };
    let statements = parser.program();
    Program { statements, errors: parser.errors }
}

impl Parser<'_> {
    fn token(&self) -> Token {
        self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn ahead(&self, by: usize) -> Token {
        self.tokens[(self.at + by).min(self.tokens.len() - 1)]
    }

    fn kind(&self) -> Kind {
        self.token().kind
    }

    fn is(&self, kind: Kind) -> bool {
        self.kind() == kind
    }

    fn step(&mut self) -> Token {
        let token = self.token();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, kind: Kind) -> bool {
        let there = self.is(kind);
        if there {
            self.step();
        }
        there
    }

    fn source(&self, token: Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    fn span(&self, token: Token) -> Span {
        Span { file: self.file, start: token.start, end: token.end }
    }

    /// From the start of a token to the end of the last one that was read.
    fn since(&self, start: Token) -> Span {
        let end = self.at.checked_sub(1).map_or(start.end, |n| self.tokens[n].end);
        Span { file: self.file, start: start.start, end: end.max(start.start) }
    }

    fn word(&self, word: &str) -> bool {
        self.is(Kind::Ident) && self.source(self.token()) == word
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let there = self.word(word);
        if there {
            self.step();
        }
        there
    }

    fn error<T>(&mut self, what: impl Into<String>) -> Parse<T> {
        let at = self.span(self.token());
        self.note(at, what);
        Err(Fail)
    }

    /// An error that does not keep from reading on.
    fn note(&mut self, at: Span, what: impl Into<String>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError { at, what: what.into() });
        }
    }

    /// An error about what stands here instead of what should.
    fn expected<T>(&mut self, wanted: &str) -> Parse<T> {
        let token = self.token();
        let found = match token.kind {
            Kind::End => "the file ends".to_owned(),
            Kind::Newline => "the line ends".to_owned(),
            _ => format!("there is '{}'", self.source(token).chars().take(40).collect::<String>()),
        };
        self.error(format!("expected {wanted}, but {found}"))
    }

    fn expect(&mut self, kind: Kind, wanted: &str) -> Parse<Token> {
        if self.is(kind) { Ok(self.step()) } else { self.expected(wanted) }
    }

    fn ident(&mut self, wanted: &str) -> Parse<Ident> {
        let token = self.expect(Kind::Ident, wanted)?;
        Ok(Ident { name: Arc::from(self.source(token)), at: self.span(token) })
    }

    fn newlines(&mut self) {
        while self.is(Kind::Newline) {
            self.step();
        }
    }

    /// The kind of the first token that is no line end.
    fn past_newlines(&self) -> Kind {
        self.tokens[self.at.min(self.tokens.len() - 1)..]
            .iter()
            .map(|t| t.kind)
            .find(|k| *k != Kind::Newline)
            .unwrap_or(Kind::End)
    }

    /// Runs a part one level deeper.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth >= MAX_DEPTH {
            return self.error(format!("it is nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    /// Whether a statement begins in the first column at that token.
    fn statement_at(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let first = token.start == 0 || self.text.as_bytes().get(token.start as usize - 1) == Some(&b'\n');
        if !first {
            return false;
        }
        let next = self.tokens.get(at + 1).map_or(Kind::End, |t| t.kind);
        match token.kind {
            Kind::At => next == Kind::Ident,
            Kind::Ident => {
                let known = STATEMENTS.contains(&self.source(*token));
                known && matches!(next, Kind::Ident | Kind::Assign | Kind::Str | Kind::LBrace | Kind::Star)
            }
            _ => false,
        }
    }

    /// Whether nothing more belongs to what is open.
    fn ends_here(&self) -> bool {
        self.is(Kind::End) || (self.strict && self.statement_at(self.at))
    }

    /// Skips to the end of the line that belongs to the innermost open bracket, or to its closing bracket.
    fn skip_item(&mut self) {
        let mut open = 0usize;
        while !self.ends_here() {
            match self.kind() {
                Kind::LBrace | Kind::LBrack | Kind::LParen => open += 1,
                Kind::RBrace | Kind::RBrack | Kind::RParen if open == 0 => return,
                Kind::RBrace | Kind::RBrack | Kind::RParen => open -= 1,
                Kind::Newline if open == 0 || self.statement_at(self.at + 1) => return,
                _ => {}
            }
            self.step();
        }
    }
}

#[cfg(test)]
mod tests;
