//! JSON in canonical form (RFC 8785): a tree that is written with sorted keys, without spaces, without empty lists.
//!
//! Takes texts of the estate, of policies and of people and makes them inert on the way in: nothing in the tree acts on a
//! terminal, a build log, or a reader of Markdown. Long lists are made while they are written.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

use crate::report::text;

/// The longest text that is written, in characters.
const MAX_TEXT: usize = 10_000;

/// One value of a document.
pub(super) enum Node<'a> {
    /// Nothing: the entry or item is left out.
    Nothing,
    /// A text that is already fit to be written.
    Text(Cow<'a, str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number below 2^53.
    Integer(i64),
    /// A number with few digits.
    Decimal(f64),
    /// A list. An empty one is left out of objects.
    List(Vec<Self>),
    /// A list that is written even when it is empty.
    Needed(Vec<Self>),
    /// A list whose items are made when they are written, each time from the start.
    Each(Box<dyn Fn() -> Box<dyn Iterator<Item = Self> + 'a> + 'a>),
    /// An object.
    Object(Vec<(&'a str, Self)>),
}

impl<'a> Node<'a> {
    /// An object of these entries.
    pub(super) fn object<const N: usize>(entries: [(&'a str, Self); N]) -> Self {
        Self::Object(Vec::from(entries))
    }

    /// A text of ours, as it is.
    pub(super) fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A text of others, on one line; [`Node::Nothing`] when it is blank.
    pub(super) fn value(text: &str) -> Self {
        let line = text::line(text.trim(), MAX_TEXT);
        if line.is_empty() { Self::Nothing } else { Self::Text(Cow::Owned(line)) }
    }

    /// A text of others with its lines kept; [`Node::Nothing`] when it is blank.
    pub(super) fn block(text: &str) -> Self {
        let lines = text::lines(text.trim(), MAX_TEXT).join("\n");
        if lines.is_empty() { Self::Nothing } else { Self::Text(Cow::Owned(lines)) }
    }

    /// A text of others where Markdown is read: on one line, and nothing in it is markup.
    pub(super) fn markup(text: &str) -> Self {
        Self::Text(Cow::Owned(markup(text)))
    }

    /// A list whose items are made when they are written.
    pub(super) fn each<I: Iterator<Item = Self> + 'a>(items: impl Fn() -> I + 'a) -> Self {
        Self::Each(Box::new(move || Box::new(items())))
    }

    fn is_left_out(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::List(items) => items.iter().all(Self::is_left_out),
            Self::Each(items) => items().next().is_none(),
            _ => false,
        }
    }

    /// Writes the document without a newline: the SHA-256 of the bytes is the digest of the canonical form.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        serde_json::to_writer(&mut out, self)?;
        out.flush()
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
            Self::List(items) | Self::Needed(items) => {
                serializer.collect_seq(items.iter().filter(|i| !matches!(i, Node::Nothing)))
            }
            Self::Each(items) => serializer.collect_seq(items()),
            Self::Object(entries) => {
                let mut entries: Vec<_> = entries.iter().filter(|(_, node)| !node.is_left_out()).collect();
                entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
                serializer.collect_map(entries.iter().map(|(key, node)| (key, node)))
            }
        }
    }
}

/// Makes one line of the text in which nothing is Markdown, HTML or an insertion of OSCAL.
pub(super) fn markup(text: &str) -> String {
    let line = text::paragraph(text.trim(), MAX_TEXT);
    if line.is_empty() {
        return "(empty)".to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let acts = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '^' | '{' | '}' | '$' => true,
            '_' => !inside_word,
            '#' | '+' | '-' | '=' => out.is_empty(),
            '.' | ')' => out.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if acts {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Text in several lines as a block of code.
pub(super) fn code(text: &str) -> String {
    let lines = text::lines(text, MAX_TEXT).join("\n");
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{lines}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(node: &Node<'_>) -> String {
        let mut out = Vec::new();
        node.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn keys_are_sorted_and_empty_lists_are_left_out() {
        let node = Node::object([
            ("b", Node::List(vec![Node::Nothing, Node::Integer(1), Node::Bool(true)])),
            ("\u{ff61}", Node::Decimal(0.7)),
            ("\u{1f600}", Node::object([])),
            ("a", Node::plain("x\u{1}\"\\\u{7f}é\n")),
            ("c", Node::List(vec![Node::Nothing])),
            ("d", Node::each(std::iter::empty::<Node<'_>>)),
            ("e", Node::each(|| (0..2).map(Node::Integer))),
            ("f", Node::Nothing),
        ]);
        // Keys are ordered by UTF-16 units: the surrogates of the second to last come before U+FF61.
        let expected =
            "{\"a\":\"x\\u0001\\\"\\\\\u{7f}é\\n\",\"b\":[1,true],\"e\":[0,1],\"\u{1f600}\":{},\"\u{ff61}\":0.7}";
        assert_eq!(written(&node), expected);
    }

    #[test]
    fn nothing_in_markup_is_markup() {
        for (text, expected) in [
            ("require_secure_transport is \"off\"", "require_secure_transport is \"off\""),
            ("[x](1) <b> {{ insert: param, a }}", "\\[x\\](1) \\<b\\> \\{\\{ insert: param, a \\}\\}"),
            ("# a", "\\# a"),
            ("1. a 2. b", "1\\. a 2. b"),
            ("- a\n\n- b", "\\- a - b"),
            ("_a_ b__c *d* `e` ~f~ ^g^", "\\_a\\_ b\\_\\_c \\*d\\* \\`e\\` \\~f\\~ \\^g\\^"),
            (" \t\n", "(empty)"),
            ("a\u{202e}##b", "a\\\\u\\{202e\\}#\\\\u\\{23\\}b"),
        ] {
            assert_eq!(markup(text), expected);
        }
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(code("a\nb\n"), "```\na\nb\n```");
        assert_eq!(code("````\nx"), "`````\n````\nx\n`````");
    }
}
