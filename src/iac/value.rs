//! Values of declared infrastructure: JSON with a place for each part, and an explicit *unknown*.
//!
//! Terraform, Bicep and ARM templates are evaluated to these values. Whatever cannot be known before the code is applied is
//! [`Value::Unknown`] with its reason, and stays so through every operation that needs it.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of a [`crate::iac::Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

/// Bytes of a file, from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of a file. Offsets past 4 GiB are not possible: the tree refuses such files.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: cut(range.start), end: cut(range.end) }
    }

    /// Whether the other span lies within this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both; `self` when they are in different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
        } else {
            self
        }
    }
}

/// An object: members sorted by name.
pub type Object = BTreeMap<Arc<str>, Node>;

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing; in Terraform the same as leaving the argument out.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number. Never NaN or infinite.
    Float(f64),
    /// A text.
    String(Arc<str>),
    /// A list, tuple or set (a set is sorted and without duplicates).
    Array(Arc<Vec<Node>>),
    /// A map or object.
    Object(Arc<Object>),
    /// Not known before the code is applied, with the reason for people: the expression and why.
    Unknown(Arc<str>),
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was written, when it stands in a file.
    pub at: Option<Span>,
    /// Whether the code calls it sensitive: it may be judged, and is never shown or kept.
    pub sensitive: bool,
}

/// The longest reason that is kept, in characters.
const REASON: usize = 300;

impl Node {
    /// A value without a place.
    pub fn new(value: Value) -> Self {
        Self { value, at: None, sensitive: false }
    }

    /// A text without a place.
    pub fn string(text: impl AsRef<str>) -> Self {
        Self::new(Value::String(Arc::from(text.as_ref())))
    }

    /// A list without a place.
    pub fn array(items: Vec<Self>) -> Self {
        Self::new(Value::Array(Arc::new(items)))
    }

    /// An object without a place.
    pub fn object(members: Object) -> Self {
        Self::new(Value::Object(Arc::new(members)))
    }

    /// Something that is not known, with the reason. Long reasons are cut.
    pub fn unknown(reason: impl AsRef<str>) -> Self {
        let reason = reason.as_ref();
        let text = match reason.char_indices().nth(REASON) {
            Some((at, _)) => Arc::from(format!("{}…", &reason[..at])),
            None => Arc::from(reason),
        };
        Self::new(Value::Unknown(text))
    }

    /// The same value at another place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.at = Some(span);
        self
    }

    /// The same value, sensitive if `sensitive` holds or it was so before.
    #[must_use]
    pub fn marked(mut self, sensitive: bool) -> Self {
        self.sensitive |= sensitive;
        self
    }

    /// Why it is not known; `None` when it is known, at least at this level.
    pub fn reason(&self) -> Option<&Arc<str>> {
        match &self.value {
            Value::Unknown(reason) => Some(reason),
            _ => None,
        }
    }

    /// The first reason at this level or below it; `None` when everything in it is known.
    pub fn first_unknown(&self) -> Option<&Arc<str>> {
        match &self.value {
            Value::Unknown(reason) => Some(reason),
            Value::Array(items) => items.iter().find_map(Self::first_unknown),
            Value::Object(members) => members.values().find_map(Self::first_unknown),
            _ => None,
        }
    }

    /// Whether this or something in it is sensitive.
    pub fn any_sensitive(&self) -> bool {
        self.sensitive
            || match &self.value {
                Value::Array(items) => items.iter().any(Self::any_sensitive),
                Value::Object(members) => members.values().any(Self::any_sensitive),
                _ => false,
            }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The member of an object, by its exact name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The member of an object, without regard to case as ARM does it; the exact name first.
    pub fn get_any_case(&self, name: &str) -> Option<&Self> {
        let members = self.as_object()?;
        members.get(name).or_else(|| members.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v))
    }

    /// The value as JSON; `Err` with the reason when something in it is not known.
    ///
    /// # Errors
    /// The first reason found.
    pub fn to_json(&self) -> Result<serde_json::Value, Arc<str>> {
        use serde_json::Value as Json;
        Ok(match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => Json::from(*value),
            Value::Float(value) => Json::from(*value),
            Value::String(text) => Json::String(text.as_ref().to_owned()),
            Value::Array(items) => Json::Array(items.iter().map(Self::to_json).collect::<Result<_, _>>()?),
            Value::Object(members) => {
                Json::Object(members.iter().map(|(k, v)| Ok((k.as_ref().to_owned(), v.to_json()?))).collect::<Result<
                    _,
                    Arc<str>,
                >>(
                )?)
            }
            Value::Unknown(reason) => return Err(Arc::clone(reason)),
        })
    }

    /// A JSON value without places.
    pub fn from_json(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        Self::new(match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => number_value(number),
            Json::String(text) => Value::String(Arc::from(text.as_str())),
            Json::Array(items) => Value::Array(Arc::new(items.iter().map(Self::from_json).collect())),
            Json::Object(members) => Value::Object(Arc::new(
                members.iter().map(|(k, v)| (Arc::from(k.as_str()), Self::from_json(v))).collect(),
            )),
        })
    }
}

fn number_value(number: &serde_json::Number) -> Value {
    match (number.as_i64(), number.as_f64()) {
        (Some(value), _) => Value::Int(value),
        (None, Some(value)) => Value::float(value),
        (None, None) => Value::unknown("the number is out of range"),
    }
}

impl Value {
    /// A number: whole where it is one exactly, unknown where it is none.
    pub fn float(value: f64) -> Self {
        // Beyond 2^53 not every whole number is a float, so the text would change.
        if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
            #[allow(clippy::cast_possible_truncation)]
            return Self::Int(value as i64);
        }
        if value.is_finite() { Self::Float(value) } else { Self::unknown("the result is no number") }
    }

    /// Something that is not known.
    pub fn unknown(reason: impl AsRef<str>) -> Self {
        Node::unknown(reason).value
    }

    /// What it is, in a word for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::Float(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "list",
            Self::Object(_) => "object",
            Self::Unknown(_) => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_goes_in_and_out() {
        let json = serde_json::json!({"a": [1, 1.5, "x", null, true], "b": {"c": -3}});
        assert_eq!(Node::from_json(&json).to_json().unwrap(), json);
    }

    #[test]
    fn one_unknown_part_is_found_and_named() {
        let node = Node::array(vec![Node::string("a"), Node::unknown("var.x has no value")]);
        assert_eq!(&**node.first_unknown().unwrap(), "var.x has no value");
        assert_eq!(&*node.to_json().unwrap_err(), "var.x has no value");
        assert!(node.reason().is_none());
    }

    #[test]
    fn numbers_stay_what_they_are() {
        assert_eq!(Value::float(2.0), Value::Int(2));
        assert_eq!(Value::float(2.5), Value::Float(2.5));
        assert_eq!(Value::float(f64::NAN).kind(), "unknown");
        assert_eq!(Value::float(1e300), Value::Float(1e300));
    }

    #[test]
    fn long_reasons_are_cut_at_a_character() {
        let reason = Node::unknown("ä".repeat(1000));
        assert_eq!(reason.reason().unwrap().chars().count(), REASON + 1);
    }
}
