//! What functions need of their arguments: conversions as Terraform makes them, comparison, order and bounds.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::iac::{Node, Object, Value};

/// The longest text that a function gives, in bytes.
pub(crate) const MAX_TEXT: usize = 1 << 20;
/// The most elements that a function gives.
pub(crate) const MAX_ITEMS: usize = 100_000;
/// The most values that are looked at in one call. Values share their parts, so a small one may unfold without end.
const MAX_VISITS: usize = 1_000_000;
/// The deepest nesting that is walked.
pub(super) const MAX_DEPTH: usize = 200;

/// What a walk over values found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The first reason.
    pub(super) unknown: Option<Arc<str>>,
    /// Whether any value is sensitive.
    pub(super) sensitive: bool,
    visits: usize,
}

impl Survey {
    /// Walks one more value.
    pub(super) fn add(&mut self, node: &Node) -> Result<(), String> {
        self.walk(node, 0)
    }

    fn walk(&mut self, node: &Node, depth: usize) -> Result<(), String> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return Err(format!("the argument is larger than {MAX_VISITS} values"));
        }
        if depth > MAX_DEPTH {
            return Err(format!("the argument is nested deeper than {MAX_DEPTH} levels"));
        }
        self.sensitive |= node.sensitive;
        match &node.value {
            Value::Unknown(reason) => {
                self.unknown.get_or_insert_with(|| Arc::clone(reason));
            }
            Value::Array(items) => {
                for item in items.iter() {
                    self.walk(item, depth + 1)?;
                }
            }
            Value::Object(members) => {
                for member in members.values() {
                    self.walk(member, depth + 1)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a walk over one value finds.
pub(super) fn survey(node: &Node) -> Result<Survey, String> {
    let mut survey = Survey::default();
    survey.add(node)?;
    Ok(survey)
}

/// Refuses results past the limits.
pub(super) fn within_bounds(node: &Node) -> Result<(), String> {
    match &node.value {
        Value::String(text) => text_fits(text.len()),
        Value::Array(items) => items_fit(items.len()),
        Value::Object(members) => items_fit(members.len()),
        _ => Ok(()),
    }
}

pub(super) fn text_fits(bytes: usize) -> Result<(), String> {
    if bytes > MAX_TEXT { Err(format!("the result is larger than {MAX_TEXT} bytes")) } else { Ok(()) }
}

pub(super) fn items_fit(items: usize) -> Result<(), String> {
    if items > MAX_ITEMS { Err(format!("the result is larger than {MAX_ITEMS} elements")) } else { Ok(()) }
}

/// An unknown for the reason of another.
pub(super) fn unknown_of(node: &Node) -> Option<Node> {
    node.reason().map(|reason| Node::new(Value::Unknown(Arc::clone(reason))).marked(node.sensitive))
}

pub(super) fn bool_node(value: bool) -> Node {
    Node::new(Value::Bool(value))
}

pub(super) fn int_node(value: i64) -> Node {
    Node::new(Value::Int(value))
}

pub(super) fn size_node(value: usize) -> Node {
    int_node(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The texts, one node each.
pub(super) fn strings<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Node {
    Node::array(texts.into_iter().map(Node::string).collect())
}

fn wanted(what: &str, node: &Node) -> String {
    format!("{what} is needed, not {}", article(node.value.kind()))
}

fn article(kind: &'static str) -> String {
    match kind {
        "null" => "null".to_owned(),
        "object" | "unknown" => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// The text; numbers and truth values are converted.
pub(super) fn text(node: &Node) -> Result<Arc<str>, String> {
    Ok(match &node.value {
        Value::String(text) => Arc::clone(text),
        Value::Bool(value) => Arc::from(if *value { "true" } else { "false" }),
        Value::Int(value) => Arc::from(value.to_string()),
        Value::Float(value) => Arc::from(value.to_string()),
        _ => return Err(wanted("a string", node)),
    })
}

/// The number that a text stands for.
pub(super) fn parse_number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Int(whole));
    }
    // Rust also reads "inf" and "nan", Terraform does not.
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(float) if plain && float.is_finite() => Some(Value::float(float)),
        _ => None,
    }
}

/// The number as it is: [`Value::Int`] or [`Value::Float`]; texts are converted.
pub(super) fn number(node: &Node) -> Result<Value, String> {
    match &node.value {
        Value::Int(_) | Value::Float(_) => Ok(node.value.clone()),
        Value::String(text) => parse_number(text).ok_or_else(|| "a number is needed".to_owned()),
        _ => Err(wanted("a number", node)),
    }
}

/// The number as a float.
#[allow(clippy::cast_precision_loss)]
pub(super) fn float(node: &Node) -> Result<f64, String> {
    match number(node)? {
        Value::Int(value) => Ok(value as f64),
        Value::Float(value) => Ok(value),
        _ => Err("a number is needed".to_owned()),
    }
}

/// The whole number.
pub(super) fn whole(node: &Node) -> Result<i64, String> {
    match number(node)? {
        Value::Int(value) => Ok(value),
        _ => Err("a whole number is needed".to_owned()),
    }
}

/// The truth value; `"true"`, `"false"`, `"1"` and `"0"` are converted.
pub(super) fn truth(node: &Node) -> Result<bool, String> {
    match &node.value {
        Value::Bool(value) => Ok(*value),
        Value::String(text) => match text.as_ref() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err("a bool is needed".to_owned()),
        },
        _ => Err(wanted("a bool", node)),
    }
}

/// The elements of a list.
pub(super) fn list(node: &Node) -> Result<&[Node], String> {
    node.as_array().ok_or_else(|| wanted("a list", node))
}

/// The members of a map.
pub(super) fn object(node: &Node) -> Result<&Object, String> {
    node.as_object().ok_or_else(|| wanted("a map", node))
}

/// Whether two values are equal; `None` when that hangs on something unknown.
pub(super) fn equal(a: &Node, b: &Node) -> Option<bool> {
    let mut budget = MAX_VISITS;
    compare(a, b, &mut budget, 0)
}

fn compare(a: &Node, b: &Node, budget: &mut usize, depth: usize) -> Option<bool> {
    *budget = budget.checked_sub(1)?;
    if depth > MAX_DEPTH {
        return None;
    }
    match (&a.value, &b.value) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
        (Value::Array(x), Value::Array(y)) => {
            if x.len() != y.len() {
                return Some(false);
            }
            every(x.iter().zip(y.iter()), budget, depth)
        }
        (Value::Object(x), Value::Object(y)) => {
            if x.len() != y.len() || !x.keys().eq(y.keys()) {
                return Some(false);
            }
            every(x.values().zip(y.values()), budget, depth)
        }
        (a, b) => Some(a == b),
    }
}

fn every<'a>(pairs: impl Iterator<Item = (&'a Node, &'a Node)>, budget: &mut usize, depth: usize) -> Option<bool> {
    let mut known = Some(true);
    for (a, b) in pairs {
        match compare(a, b, budget, depth + 1) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

/// The order of sets: by text, by number, false before true; lists and objects by their parts.
pub(super) fn order(a: &Node, b: &Node) -> Ordering {
    ordered(a, b, 0)
}

fn ordered(a: &Node, b: &Node, depth: usize) -> Ordering {
    if depth > MAX_DEPTH {
        return Ordering::Equal;
    }
    let rank = |value: &Value| match value {
        Value::Bool(_) => 0,
        Value::Int(_) | Value::Float(_) => 1,
        Value::String(_) => 2,
        Value::Array(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
        Value::Unknown(_) => 6,
    };
    let parts = |x: Vec<&Node>, y: Vec<&Node>| {
        x.iter().zip(&y).map(|(a, b)| ordered(a, b, depth + 1)).find(|o| o.is_ne()).unwrap_or(x.len().cmp(&y.len()))
    };
    match (&a.value, &b.value) {
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::String(x), Value::String(y)) => x.cmp(y),
        (Value::Array(x), Value::Array(y)) => parts(x.iter().collect(), y.iter().collect()),
        (Value::Object(x), Value::Object(y)) => {
            x.keys().cmp(y.keys()).then_with(|| parts(x.values().collect(), y.values().collect()))
        }
        (x, y) => match (float(a), float(b)) {
            (Ok(left), Ok(right)) if rank(x) == 1 && rank(y) == 1 => left.total_cmp(&right),
            _ => rank(x).cmp(&rank(y)),
        },
    }
}

/// Elements as a list or set of one type has them: beside a text, numbers and truth values are texts too.
pub(super) fn unify(items: &[Node]) -> Vec<Node> {
    let is = |test: fn(&Value) -> bool| items.iter().any(|i| test(&i.value));
    let texts = is(|v| matches!(v, Value::String(_)));
    let mixed = is(|v| matches!(v, Value::Bool(_))) && is(|v| matches!(v, Value::Int(_) | Value::Float(_)));
    if !texts && !mixed {
        return items.to_vec();
    }
    let convert = |item: &Node| match (&item.value, text(item)) {
        (Value::Bool(_) | Value::Int(_) | Value::Float(_), Ok(text)) => {
            Node { value: Value::String(text), at: item.at, sensitive: item.sensitive }
        }
        _ => item.clone(),
    };
    items.iter().map(convert).collect()
}

/// A set: one type, sorted, without duplicates; what is not known stays at the end.
pub(super) fn set(items: &[Node]) -> Vec<Node> {
    let mut items = unify(items);
    items.sort_by(order);
    items.dedup_by(|a, b| equal(a, b) == Some(true));
    items
}
