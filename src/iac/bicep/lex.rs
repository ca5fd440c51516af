//! Bicep text → tokens, with their places. Never fails: what is no token becomes [`Kind::Bad`].

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One or more line ends.
    Newline,
    /// A name or keyword.
    Ident,
    /// Digits.
    Int,
    /// A whole string without holes.
    Str,
    /// A string up to its first hole.
    StrLeft,
    /// A string between two holes.
    StrMid,
    /// A string after its last hole.
    StrRight,
    /// `{`
    LBrace,
    /// `}`
    RBrace,
    /// `(`
    LParen,
    /// `)`
    RParen,
    /// `[`
    LBrack,
    /// `]`
    RBrack,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// `?`
    Question,
    /// `??`
    Coalesce,
    /// `:`
    Colon,
    /// `::`
    Nested,
    /// `=`
    Assign,
    /// `==`
    Eq,
    /// `=~`
    EqAny,
    /// `=>`
    Arrow,
    /// `!`
    Not,
    /// `!=`
    Ne,
    /// `!~`
    NeAny,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `@`
    At,
    /// `^`
    Caret,
    /// Anything else.
    Bad,
    /// The end of the file.
    End,
}

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its first byte.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// For strings: how many bytes the opening takes.
    pub(crate) open: u8,
    /// For strings: how many bytes the closing takes; 0 when it is not closed.
    pub(crate) close: u8,
    /// For strings: whether backslashes mean nothing in it.
    pub(crate) raw: bool,
}

/// Words that begin a statement.
pub(crate) const STATEMENTS: [&str; 17] = [
    "targetScope",
    "metadata",
    "param",
    "var",
    "output",
    "type",
    "func",
    "resource",
    "module",
    "import",
    "extension",
    "provider",
    "assert",
    "using",
    "extends",
    "extensionConfig",
    "test",
];

/// What is open while a hole of a string is read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Open {
    /// A hole of a string on one line.
    Hole,
    /// A hole of a string on many lines, with its number of dollar signs.
    RawHole(u8),
    /// A bracket of any kind.
    Bracket,
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tokens: Vec<Token>,
    open: Vec<Open>,
}

/// Splits text into tokens. The last one is [`Kind::End`].
pub(crate) fn lex(text: &str) -> Vec<Token> {
    let mut lexer =
        Lexer { text, bytes: text.as_bytes(), at: 0, tokens: Vec::with_capacity(text.len() / 5 + 1), open: Vec::new() };
    while lexer.at < lexer.bytes.len() {
        lexer.token();
    }
    lexer.push(Kind::End, lexer.at);
    lexer.tokens
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.push_text(kind, start, 0, 0, false);
    }

    fn push_text(&mut self, kind: Kind, start: usize, open: u8, close: u8, raw: bool) {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.tokens.push(Token { kind, start: cut(start), end: cut(self.at), open, close, raw });
    }

    fn take(&mut self, kind: Kind, length: usize) {
        let start = self.at;
        self.at += length;
        self.push(kind, start);
    }

    fn token(&mut self) {
        let start = self.at;
        match self.peek(0) {
            b' ' | b'\t' => self.at += 1,
            b'\r' | b'\n' => self.newline(),
            b'/' if self.peek(1) == b'/' => self.rest_of_line(),
            b'/' if self.peek(1) == b'*' => {
                let body = &self.text[self.at + 2..];
                self.at = body.find("*/").map_or(self.bytes.len(), |n| self.at + 2 + n + 2);
            }
            // `#disable-next-line` and its like say nothing about the resources.
            b'#' => self.rest_of_line(),
            b'\'' if self.bytes[self.at..].starts_with(b"'''") => {
                self.at += 3;
                self.raw_text(start, 3, 0, true);
            }
            b'\'' => {
                self.at += 1;
                self.text(start, true);
            }
            b'$' if self.raw_start().is_some() => {
                let dollars = self.raw_start().unwrap_or(1);
                self.at += usize::from(dollars) + 3;
                self.raw_text(start, dollars + 3, dollars, true);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' {
                    self.at += 1;
                }
                self.push(Kind::Ident, start);
            }
            b'0'..=b'9' => {
                while self.peek(0).is_ascii_digit() {
                    self.at += 1;
                }
                self.push(Kind::Int, start);
            }
            b'{' => self.bracket(Kind::LBrace),
            b'(' => self.bracket(Kind::LParen),
            b'[' => self.bracket(Kind::LBrack),
            b'}' => self.close_brace(),
            b')' => self.unbracket(Kind::RParen),
            b']' => self.unbracket(Kind::RBrack),
            byte => self.symbol(byte),
        }
    }

    fn symbol(&mut self, byte: u8) {
        let two = (byte, self.peek(1));
        let (kind, length) = match two {
            (b'?', b'?') => (Kind::Coalesce, 2),
            (b'?', _) => (Kind::Question, 1),
            (b':', b':') => (Kind::Nested, 2),
            (b':', _) => (Kind::Colon, 1),
            (b'=', b'=') => (Kind::Eq, 2),
            (b'=', b'~') => (Kind::EqAny, 2),
            (b'=', b'>') => (Kind::Arrow, 2),
            (b'=', _) => (Kind::Assign, 1),
            (b'!', b'=') => (Kind::Ne, 2),
            (b'!', b'~') => (Kind::NeAny, 2),
            (b'!', _) => (Kind::Not, 1),
            (b'<', b'=') => (Kind::Le, 2),
            (b'<', _) => (Kind::Lt, 1),
            (b'>', b'=') => (Kind::Ge, 2),
            (b'>', _) => (Kind::Gt, 1),
            (b'&', b'&') => (Kind::And, 2),
            (b'|', b'|') => (Kind::Or, 2),
            (b'|', _) => (Kind::Pipe, 1),
            (b'.', b'.') if self.peek(2) == b'.' => (Kind::Ellipsis, 3),
            (b'.', _) => (Kind::Dot, 1),
            (b',', _) => (Kind::Comma, 1),
            (b'+', _) => (Kind::Plus, 1),
            (b'-', _) => (Kind::Minus, 1),
            (b'*', _) => (Kind::Star, 1),
            (b'/', _) => (Kind::Slash, 1),
            (b'%', _) => (Kind::Percent, 1),
            (b'@', _) => (Kind::At, 1),
            (b'^', _) => (Kind::Caret, 1),
            _ => {
                let other = self.text[self.at..].chars().next().unwrap_or(' ');
                // Editors leave these behind; people cannot see them.
                if matches!(other, '\u{a0}' | '\u{feff}' | '\u{200b}') || other.is_whitespace() {
                    self.at += other.len_utf8();
                    return;
                }
                (Kind::Bad, other.len_utf8())
            }
        };
        self.take(kind, length);
    }

    fn newline(&mut self) {
        let start = self.at;
        while matches!(self.peek(0), b'\r' | b'\n') {
            self.at += 1;
        }
        if !self.open.is_empty() && self.statement_follows() {
            // A hole that was never closed must not swallow the statements behind it.
            self.open.clear();
        }
        self.push(Kind::Newline, start);
    }

    /// Whether a statement begins in the first column here.
    fn statement_follows(&self) -> bool {
        let rest = &self.text[self.at..];
        rest.starts_with('@')
            || STATEMENTS.iter().any(|w| {
                rest.strip_prefix(w).is_some_and(|r| r.starts_with([' ', '\t']) && !r.trim_start().starts_with(':'))
            })
    }

    fn rest_of_line(&mut self) {
        while self.at < self.bytes.len() && !matches!(self.peek(0), b'\r' | b'\n') {
            self.at += 1;
        }
    }

    fn bracket(&mut self, kind: Kind) {
        if !self.open.is_empty() {
            self.open.push(Open::Bracket);
        }
        self.take(kind, 1);
    }

    fn unbracket(&mut self, kind: Kind) {
        if self.open.last() == Some(&Open::Bracket) {
            self.open.pop();
        }
        self.take(kind, 1);
    }

    fn close_brace(&mut self) {
        let start = self.at;
        match self.open.last().copied() {
            Some(Open::Hole) => {
                self.open.pop();
                self.at += 1;
                self.text(start, false);
            }
            Some(Open::RawHole(dollars)) => {
                self.open.pop();
                self.at += 1;
                self.raw_text(start, 1, dollars, false);
            }
            _ => self.unbracket(Kind::RBrace),
        }
    }

    /// How many dollar signs open a string on many lines here.
    fn raw_start(&self) -> Option<u8> {
        let dollars = self.bytes[self.at..].iter().take(200).take_while(|b| **b == b'$').count();
        let quoted = self.bytes[self.at..].get(dollars..dollars + 3) == Some(b"'''");
        quoted.then_some(u8::try_from(dollars).unwrap_or(u8::MAX))
    }

    /// Reads a string on one line from behind its opening or a hole.
    fn text(&mut self, start: usize, first: bool) {
        let (whole, cut) = if first { (Kind::Str, Kind::StrLeft) } else { (Kind::StrRight, Kind::StrMid) };
        loop {
            match self.peek(0) {
                _ if self.at >= self.bytes.len() => return self.push_text(whole, start, 1, 0, false),
                b'\r' | b'\n' => return self.push_text(whole, start, 1, 0, false),
                b'\'' => {
                    self.at += 1;
                    return self.push_text(whole, start, 1, 1, false);
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    self.open.push(Open::Hole);
                    return self.push_text(cut, start, 1, 2, false);
                }
                b'\\' if !matches!(self.peek(1), b'\r' | b'\n') => self.at = (self.at + 2).min(self.bytes.len()),
                _ => self.at += 1,
            }
        }
    }

    /// Reads a string on many lines; with `dollars`, as many of them and a brace open a hole.
    fn raw_text(&mut self, start: usize, open: u8, dollars: u8, first: bool) {
        let (whole, cut) = if first { (Kind::Str, Kind::StrLeft) } else { (Kind::StrRight, Kind::StrMid) };
        while self.at < self.bytes.len() {
            if self.bytes[self.at..].starts_with(b"'''") {
                self.at += 3;
                // The text itself may end with quotes.
                while self.peek(0) == b'\'' {
                    self.at += 1;
                }
                return self.push_text(whole, start, open, 3, true);
            }
            if dollars > 0 && self.peek(0) == b'$' {
                let run = self.bytes[self.at..].iter().take_while(|b| **b == b'$').count();
                self.at += run;
                if run >= usize::from(dollars) && self.peek(0) == b'{' {
                    self.at += 1;
                    self.open.push(Open::RawHole(dollars));
                    return self.push_text(cut, start, open, dollars + 1, true);
                }
                continue;
            }
            self.at += 1;
        }
        self.push_text(whole, start, open, 0, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        lex(text).iter().map(|t| t.kind).collect()
    }

    #[test]
    fn strings_and_holes() {
        use Kind::{Bad, Dot, End, Ident, LBrace, RBrace, Str, StrLeft, StrMid, StrRight};
        for (text, wanted) in [
            ("'a'", vec![Str, End]),
            ("'a\\'b'", vec![Str, End]),
            ("'${a}'", vec![StrLeft, Ident, StrRight, End]),
            ("'x${a.b}y${c}z'", vec![StrLeft, Ident, Dot, Ident, StrMid, Ident, StrRight, End]),
            ("'${'${a}'}'", vec![StrLeft, StrLeft, Ident, StrRight, StrRight, End]),
            ("'${{}}'", vec![StrLeft, LBrace, RBrace, StrRight, End]),
            ("'\\${a}'", vec![Str, End]),
            ("'''a ${b} 'x' '''", vec![Str, End]),
            ("$'''a ${b} c'''", vec![StrLeft, Ident, StrRight, End]),
            ("$$'''a ${b} $${c}'''", vec![StrLeft, Ident, StrRight, End]),
            ("'''a''''", vec![Str, End]),
            ("\"", vec![Bad, End]),
        ] {
            assert_eq!(kinds(text), wanted, "{text}");
        }
    }

    #[test]
    fn open_strings_end_with_the_line() {
        let tokens = lex("'abc\nx");
        assert_eq!((tokens[0].kind, tokens[0].close, tokens[1].kind), (Kind::Str, 0, Kind::Newline));
        // The hole that is not closed ends where a statement begins.
        let text = "var a = '${f(\nparam b string";
        assert_eq!(kinds(text).iter().filter(|k| **k == Kind::Ident).count(), 6);
        assert_eq!(lex(text).last().map(|t| t.kind), Some(Kind::End));
    }

    #[test]
    fn comments_and_directives_are_nothing() {
        use Kind::{End, Ident, Newline};
        assert_eq!(
            kinds("a // b\n/* c\n d */ e\n#disable-next-line x\nf"),
            [Ident, Newline, Ident, Newline, Newline, Ident, End]
        );
        assert_eq!(kinds("/* never closed"), [End]);
    }

    #[test]
    fn symbols() {
        use Kind::{And, Arrow, Coalesce, Colon, Ellipsis, End, EqAny, Ne, NeAny, Nested, Not, Or, Pipe, Question};
        assert_eq!(
            kinds("?? ? :: : => =~ != !~ ! && || | ..."),
            [Coalesce, Question, Nested, Colon, Arrow, EqAny, Ne, NeAny, Not, And, Or, Pipe, Ellipsis, End]
        );
    }
}
