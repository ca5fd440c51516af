//! The expression language of ARM templates: text → tree.

use std::ops::Range;
use std::sync::Arc;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 64;
/// The longest expression that Azure accepts.
const MAX_LENGTH: usize = 24_576;

/// An expression and its text, without the brackets around it.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The text.
    pub(super) source: Arc<str>,
    /// The tree.
    pub(super) expr: Expr,
}

impl Parsed {
    /// The text of a part.
    pub(super) fn text(&self, expr: &Expr) -> &str {
        self.source.get(expr.at.clone()).unwrap_or(&self.source)
    }
}

/// A part of an expression.
#[derive(Debug)]
pub(super) struct Expr {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands in the source.
    pub(super) at: Range<usize>,
}

/// The kinds of expression.
#[derive(Debug)]
pub(super) enum Kind {
    /// `'text'`.
    Text(Arc<str>),
    /// `12`.
    Int(i64),
    /// `1.5`.
    Float(f64),
    /// `true`, `false`, `null` without parentheses: Azure refuses them, code in the wild has them.
    Word(Arc<str>),
    /// `name(…)`, the name in lower case.
    Call(Arc<str>, Vec<Expr>),
    /// `x.name`.
    Member(Box<Expr>, Arc<str>),
    /// `x[y]`.
    Index(Box<Expr>, Box<Expr>),
}

/// The text between the brackets, when a string is an expression: `[…]`, but not `[[…`.
pub(super) fn inside(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    if inner.starts_with('[') {
        return None;
    }
    // White space after the bracket is let through: Azure does not mind line breaks that editors add.
    inner.trim_end().strip_suffix(']')
}

/// A string that is no expression, as Azure takes it: `[[` at the start is one bracket.
pub(super) fn literal(text: &str) -> &str {
    if text.starts_with("[[") { &text[1..] } else { text }
}

/// Reads the text of an expression.
///
/// # Errors
/// What is wrong, and at which character.
pub(super) fn parse(source: &str) -> Result<Parsed, String> {
    if source.len() > MAX_LENGTH {
        return Err(format!("the expression is longer than {MAX_LENGTH} characters"));
    }
    let mut parser = Parser { text: source, at: 0, depth: 0 };
    let expr = parser.expression()?;
    parser.blanks();
    if parser.at < source.len() {
        return Err(parser.error("an operator or text that does not belong there"));
    }
    Ok(Parsed { source: Arc::from(source), expr })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, what: &str) -> String {
        let column = self.text.get(..self.at).map_or(0, |t| t.chars().count());
        format!("the expression has {what} at character {}", column + 1)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += self.peek().map_or(1, char::len_utf8);
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.blanks();
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.eat(wanted) { Ok(()) } else { Err(self.error(&format!("no '{wanted}'"))) }
    }

    fn run(&mut self, wanted: fn(char) -> bool) -> &str {
        let start = self.at;
        while let Some(letter) = self.peek().filter(|c| wanted(*c)) {
            self.at += letter.len_utf8();
        }
        &self.text[start..self.at]
    }

    fn expression(&mut self) -> Result<Expr, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("the expression is nested deeper than {MAX_DEPTH} levels"));
        }
        self.blanks();
        let start = self.at;
        let mut expr = Expr { kind: self.primary()?, at: start..self.at };
        let mut steps = 0;
        loop {
            steps += 1;
            if steps > MAX_DEPTH {
                return Err(format!("the expression has more than {MAX_DEPTH} members in a row"));
            }
            let kind = if self.eat('.') {
                self.blanks();
                let name: Arc<str> = Arc::from(self.run(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$')));
                if name.is_empty() {
                    return Err(self.error("no name after a dot"));
                }
                Kind::Member(Box::new(expr), name)
            } else if self.eat('[') {
                let index = self.expression()?;
                self.expect(']')?;
                Kind::Index(Box::new(expr), Box::new(index))
            } else {
                break;
            };
            expr = Expr { kind, at: start..self.at };
        }
        self.depth -= 1;
        Ok(expr)
    }

    fn primary(&mut self) -> Result<Kind, String> {
        match self.peek() {
            Some('\'') => self.string(),
            Some(c) if c.is_ascii_digit() || c == '-' || c == '+' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.call(),
            Some(_) => Err(self.error("an unexpected character")),
            None => Err(self.error("an early end")),
        }
    }

    fn string(&mut self) -> Result<Kind, String> {
        let mut value = String::new();
        self.at += 1;
        loop {
            let Some(rest) = self.text.get(self.at..) else { return Err(self.error("an early end")) };
            let Some(end) = rest.find('\'') else { return Err(self.error("a string without end")) };
            value.push_str(&rest[..end]);
            self.at += end + 1;
            if self.peek() != Some('\'') {
                return Ok(Kind::Text(Arc::from(value)));
            }
            value.push('\'');
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Kind, String> {
        let start = self.at;
        self.at += 1;
        let _ = self.run(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E'));
        let text = self.text[start..self.at].trim_start_matches('+');
        match (text.parse(), text.parse::<f64>()) {
            (Ok(whole), _) => Ok(Kind::Int(whole)),
            (_, Ok(float)) if float.is_finite() => Ok(Kind::Float(float)),
            _ => Err(self.error("a broken number")),
        }
    }

    fn call(&mut self) -> Result<Kind, String> {
        let start = self.at;
        let name = self.run(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).to_ascii_lowercase();
        if !self.eat('(') {
            return match name.as_str() {
                "true" | "false" | "null" => Ok(Kind::Word(Arc::from(name))),
                _ => {
                    self.at = start;
                    Err(self.error("a name that is neither a function nor in quotes"))
                }
            };
        }
        let mut args = Vec::new();
        if self.eat(')') {
            return Ok(Kind::Call(Arc::from(name), args));
        }
        loop {
            args.push(self.expression()?);
            if self.eat(',') {
                continue;
            }
            self.expect(')')?;
            return Ok(Kind::Call(Arc::from(name), args));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_make_an_expression() {
        for (text, wanted) in [
            ("[a()]", Some("a()")),
            ("[a()] ", Some("a()")),
            ("[[a()]", None),
            ("[]", Some("")),
            ("a()", None),
            ("[a", None),
        ] {
            assert_eq!(inside(text), wanted, "{text}");
        }
        assert_eq!(literal("[[a]"), "[a]");
        assert_eq!(literal("[a"), "[a");
    }

    #[test]
    fn wrong_expressions_say_where() {
        for (text, wanted) in [
            ("", "early end at character 1"),
            ("concat('a'", "no ')' at character 11"),
            ("concat('a)", "without end at character 9"),
            ("a().", "no name after a dot at character 5"),
            ("a()[1", "no ']'"),
            ("a() b()", "does not belong there at character 5"),
            ("name", "neither a function"),
            ("a(,)", "unexpected character at character 3"),
            ("1-2", "does not belong"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(wanted), "{text}: {error}");
        }
        assert!(parse(&"f(".repeat(1000)).unwrap_err().contains("deeper than 64"));
        assert!(parse(&format!("f(){}", ".a".repeat(100))).unwrap_err().contains("in a row"));
        assert!(parse(&"é".repeat(20_000)).is_err());
    }

    #[test]
    fn trees_keep_their_text() {
        let parsed = parse(" concat( 'it''s' , -12, x.y()\n[1].b-c ) ").unwrap();
        let Kind::Call(name, args) = &parsed.expr.kind else { panic!() };
        assert_eq!(&**name, "concat");
        assert!(matches!(&args[0].kind, Kind::Text(t) if &**t == "it's"));
        assert!(matches!(args[1].kind, Kind::Int(-12)));
        assert!(matches!(&args[2].kind, Kind::Member(_, name) if &**name == "b-c"));
        assert_eq!(parsed.text(&args[0]), "'it''s'");
    }
}
