//! JSON text as a tree that borrows it. Takes valid JSON; gives nodes in which numbers are the text that was sent, members
//! stand in their order, and a member that is there twice is there twice. Knows nothing of secrets.

use std::borrow::Cow;

use crate::collect::redact::RedactError;
use crate::model::MAX_DEPTH;

/// A value, borrowed from the text that it was read from.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// A number, a boolean or null, as it was written.
    Plain(&'a str),
    /// A text as it was written, with its quotes and escapes.
    Text(&'a str),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<Member<'a>>),
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// The name.
    pub(super) name: Cow<'a, str>,
    /// The name as it was written, with its quotes and escapes.
    pub(super) raw: &'a str,
    /// The value.
    pub(super) value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The text, where it is one and all its escapes stand for characters.
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(raw) => decode(raw),
            _ => None,
        }
    }

    /// Whether nothing can be hidden in it: a number, a boolean, null, or an empty text, array or object.
    pub(super) fn is_bare(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::Text(raw) => raw.len() <= 2,
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }
}

/// The text that a quoted text stands for; nothing when an escape is half of a character.
pub(super) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if raw.contains('\\') {
        return serde_json::from_str::<String>(raw).ok().map(Cow::Owned);
    }
    raw.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed)
}

/// Reads a valid JSON text.
///
/// # Errors
/// [`RedactError`] when it is nested deeper than [`MAX_DEPTH`], or the name of a member is no text.
pub(super) fn parse(json: &str) -> Result<Node<'_>, RedactError> {
    Parser { json, at: 0, depth: 0 }.value()
}

struct Parser<'a> {
    json: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Result<u8, RedactError> {
        let rest = self.json.as_bytes().get(self.at..).unwrap_or_default();
        let skip = rest.iter().position(|b| !b.is_ascii_whitespace()).ok_or(RedactError::Malformed)?;
        self.at += skip;
        rest.get(skip).copied().ok_or(RedactError::Malformed)
    }

    fn value(&mut self) -> Result<Node<'a>, RedactError> {
        match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::list),
            b'"' => self.quoted().map(Node::Text),
            _ => {
                let rest = self.json.get(self.at..).unwrap_or_default();
                let end = rest.find(|c: char| ",]}".contains(c) || c.is_ascii_whitespace()).unwrap_or(rest.len());
                self.at += end;
                rest.get(..end).filter(|text| !text.is_empty()).map(Node::Plain).ok_or(RedactError::Malformed)
            }
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Node<'a>, RedactError>) -> Result<Node<'a>, RedactError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(RedactError::TooDeep);
        }
        self.at += 1;
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn list(&mut self) -> Result<Node<'a>, RedactError> {
        let mut items = Vec::new();
        loop {
            match self.peek()? {
                b']' => break,
                b',' => self.at += 1,
                _ => items.push(self.value()?),
            }
        }
        self.at += 1;
        Ok(Node::List(items))
    }

    fn object(&mut self) -> Result<Node<'a>, RedactError> {
        let mut members = Vec::new();
        loop {
            match self.peek()? {
                b'}' => break,
                b',' => self.at += 1,
                b'"' => {
                    let raw = self.quoted()?;
                    let name = decode(raw).ok_or(RedactError::Name)?;
                    if self.peek()? != b':' {
                        return Err(RedactError::Malformed);
                    }
                    self.at += 1;
                    members.push(Member { name, raw, value: self.value()? });
                }
                _ => return Err(RedactError::Malformed),
            }
        }
        self.at += 1;
        Ok(Node::Object(members))
    }

    fn quoted(&mut self) -> Result<&'a str, RedactError> {
        let rest = self.json.get(self.at..).unwrap_or_default();
        let mut bytes = rest.bytes().enumerate().skip(1);
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'"' => {
                    self.at += at + 1;
                    return rest.get(..=at).ok_or(RedactError::Malformed);
                }
                _ => {}
            }
        }
        Err(RedactError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(json: &str) -> Result<(), RedactError> {
        parse(json).map(|_| ())
    }

    #[test]
    fn values_keep_the_text_that_was_sent() {
        let Ok(Node::Object(members)) = parse(r#" { "a\u0062" : 1e999 , "l":[ true,null , -0.10 ] ,"t":"x\"y"} "#)
        else {
            panic!()
        };
        assert_eq!(members[0].name, "ab");
        assert!(matches!(members[0].value, Node::Plain("1e999")));
        let Node::List(items) = &members[1].value else { panic!() };
        assert!(matches!(items[..], [Node::Plain("true"), Node::Plain("null"), Node::Plain("-0.10")]));
        assert_eq!(members[2].value.text().unwrap(), "x\"y");
    }

    #[test]
    fn what_is_too_deep_or_no_text_says_so() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(depth_of(&deep(MAX_DEPTH)).is_ok());
        assert_eq!(depth_of(&deep(MAX_DEPTH + 1)), Err(RedactError::TooDeep));
        assert_eq!(depth_of(r#"{"\ud800":1}"#), Err(RedactError::Name));
        assert!(parse(r#""\ud800""#).unwrap().text().is_none());
    }

    #[test]
    fn broken_text_is_an_error_and_no_panic() {
        for text in ["", " ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\" 1}", "[1", "{1}", "\"\\", "]", "{\"a\":}"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
