//! Comparison, logic and numbers. Where an unknown part does not matter, the answer is known.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::arm::functions::{Args, Deployment, Done, STANDS_IN, Stop, boolean, int};
use crate::iac::{Node, Object, Value};

pub(super) fn call(name: &str, args: &Args<'_>, scope: &dyn Deployment) -> Option<Done> {
    Some(match name {
        "equals" => equals(args, scope),
        "less" => order(args, |o| o == Ordering::Less),
        "lessorequals" => order(args, |o| o != Ordering::Greater),
        "greater" => order(args, |o| o == Ordering::Greater),
        "greaterorequals" => order(args, |o| o != Ordering::Less),
        "coalesce" => coalesce(args),
        "and" => logic(args, false),
        "or" => logic(args, true),
        "not" => args.count(1..=1).and_then(|()| boolean(!args.boolean(0)?)),
        "true" => args.count(0..=0).and_then(|()| boolean(true)),
        "false" => args.count(0..=0).and_then(|()| boolean(false)),
        "null" => args.count(0..=0).map(|()| Node::new(Value::Null)),
        "any" => args.count(1..=1).and_then(|()| args.get(0).cloned()),
        "if" => choose(args),
        "bool" => to_bool(args),
        "int" => to_int(args),
        "float" => to_float(args),
        "add" => number(args, i64::checked_add),
        "sub" => number(args, i64::checked_sub),
        "mul" => number(args, i64::checked_mul),
        "div" => number(args, i64::checked_div),
        "mod" => number(args, i64::checked_rem),
        "max" => extreme(args, i64::max),
        "min" => extreme(args, i64::min),
        _ => return None,
    })
}

/// Whether two values are equal; `None` when that depends on something unknown.
pub(crate) fn same(a: &Node, b: &Node) -> Option<bool> {
    match (&a.value, &b.value) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
        (Value::Array(a), Value::Array(b)) if Arc::ptr_eq(a, b) && !a.iter().any(|n| n.first_unknown().is_some()) => {
            Some(true)
        }
        (Value::Array(a), Value::Array(b)) if a.len() != b.len() => Some(false),
        (Value::Array(a), Value::Array(b)) => all_same(a.iter().zip(b.iter())),
        (Value::Object(a), Value::Object(b)) => same_members(a, b),
        #[allow(clippy::cast_precision_loss)]
        (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) => Some((*a as f64) == *b),
        (a, b) => Some(a == b),
    }
}

fn same_members(a: &Object, b: &Object) -> Option<bool> {
    if a.len() != b.len() {
        return Some(false);
    }
    let mut pairs = Vec::with_capacity(a.len());
    let mut lower: Option<BTreeMap<String, &Node>> = None;
    for (key, value) in a {
        let other = b.get(key).or_else(|| {
            let lower = lower.get_or_insert_with(|| b.iter().map(|(k, v)| (k.to_ascii_lowercase(), v)).collect());
            lower.get(&key.to_ascii_lowercase()).copied()
        });
        match other {
            Some(other) => pairs.push((value, other)),
            None => return Some(false),
        }
    }
    all_same(pairs.into_iter())
}

fn all_same<'a>(pairs: impl Iterator<Item = (&'a Node, &'a Node)>) -> Option<bool> {
    let mut known = true;
    for (a, b) in pairs {
        match same(a, b) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

/// The deepest level at which alternatives are laid side by side.
const SIDE_BY_SIDE: usize = 32;

/// One of two values, and it is not known which: what both agree on is known. `doubt` says why.
pub(crate) fn either(a: &Node, b: &Node, doubt: &Node, depth: usize) -> Node {
    let sensitive = a.sensitive || b.sensitive || doubt.sensitive;
    let open = || Node {
        value: doubt.value.clone(),
        at: None,
        sensitive: a.any_sensitive() || b.any_sensitive() || sensitive,
    };
    match (a.as_object(), b.as_object()) {
        (Some(first), Some(second)) if depth < SIDE_BY_SIDE => {
            let mut members = Object::new();
            for (key, value) in first {
                let other = b.get_any_case(key);
                members
                    .insert(Arc::clone(key), other.map_or_else(open, |other| either(value, other, doubt, depth + 1)));
            }
            for key in second.keys().filter(|k| a.get_any_case(k).is_none()) {
                members.insert(Arc::clone(key), open());
            }
            Node { at: a.at, ..Node::object(members).marked(sensitive) }
        }
        _ if same(a, b) == Some(true) => a.clone().marked(sensitive),
        _ => open(),
    }
}

/// Whether an item stands among others. Unknown when an unknown one could be it.
pub(super) fn holds<'a>(items: impl Iterator<Item = &'a Node>, wanted: &Node) -> Result<bool, Stop> {
    search(items, wanted, false).map(|found| found.is_some())
}

/// Where an item stands first among others. Unknown when an unknown one before it could be it.
pub(super) fn position<'a>(items: impl Iterator<Item = &'a Node>, wanted: &Node) -> Result<Option<usize>, Stop> {
    search(items, wanted, true)
}

fn search<'a>(items: impl Iterator<Item = &'a Node>, wanted: &Node, first: bool) -> Result<Option<usize>, Stop> {
    let mut doubt: Option<Stop> = None;
    for (at, item) in items.enumerate() {
        match same(item, wanted) {
            Some(true) if first && doubt.is_some() => break,
            Some(true) => return Ok(Some(at)),
            Some(false) => {}
            None if doubt.is_none() => {
                let reason = wanted.first_unknown().or(item.first_unknown());
                doubt = reason.map(|r| Stop::Unknown(Node::new(Value::Unknown(Arc::clone(r)))));
            }
            None => {}
        }
    }
    doubt.map_or(Ok(None), Err)
}

fn equals(args: &Args<'_>, scope: &dyn Deployment) -> Done {
    args.count(2..=2)?;
    let (a, b) = (args.get(0)?, args.get(1)?);
    match same(a, b) {
        // Two different texts may still mean the same subscription or group.
        Some(false) if [a, b].iter().any(|n| n.as_str().is_some_and(|t| scope.stands_in(t))) => {
            if a.value.kind() == b.value.kind() { Err(Stop::unknown(STANDS_IN)) } else { boolean(false) }
        }
        Some(answer) => boolean(answer),
        None => {
            let reason = a.first_unknown().or(b.first_unknown());
            Err(Stop::unknown(reason.map_or("it is not known", |r| r)))
        }
    }
}

fn order(args: &Args<'_>, wanted: fn(Ordering) -> bool) -> Done {
    args.count(2..=2)?;
    let (a, b) = (args.known(0)?, args.known(1)?);
    let ordering = match (&a.value, &b.value) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (a, b) => match (float(a), float(b)) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => None,
        },
    };
    match ordering {
        Some(ordering) => boolean(wanted(ordering)),
        None => args.wrong("it compares two numbers or two strings"),
    }
}

#[allow(clippy::cast_precision_loss)]
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

fn coalesce(args: &Args<'_>) -> Done {
    args.count(1..=usize::MAX)?;
    Ok(args.list.iter().find(|a| !a.is_null()).cloned().unwrap_or(Node::new(Value::Null)))
}

/// `and` ends at a false, `or` at a true, whatever else is unknown.
fn logic(args: &Args<'_>, ends: bool) -> Done {
    args.count(1..=usize::MAX)?;
    let mut doubt = None;
    for at in 0..args.list.len() {
        match args.boolean(at) {
            Ok(value) if value == ends => return boolean(ends),
            Ok(_) => {}
            Err(Stop::Unknown(node)) => doubt = doubt.or(Some(node)),
            Err(wrong) => return Err(wrong),
        }
    }
    doubt.map_or_else(|| boolean(!ends), |node| Err(Stop::Unknown(node)))
}

fn choose(args: &Args<'_>) -> Done {
    args.count(3..=3)?;
    match args.boolean(0) {
        Ok(true) => args.get(1).cloned(),
        Ok(false) => args.get(2).cloned(),
        Err(Stop::Unknown(node)) => Ok(either(args.get(1)?, args.get(2)?, &node, 0)),
        Err(other) => Err(other),
    }
}

fn to_bool(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    match &args.known(0)?.value {
        Value::Bool(value) => boolean(*value),
        Value::Int(value) => boolean(*value != 0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => boolean(true),
            "false" | "0" => boolean(false),
            _ => args.wrong(format!("'{text}' is neither true nor false")),
        },
        _ => args.mismatch(0, "a string or a number"),
    }
}

fn to_int(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    match &args.known(0)?.value {
        Value::Int(value) => int(*value),
        #[allow(clippy::cast_possible_truncation)]
        Value::Float(value) if value.abs() < 9e15 => int(value.trunc() as i64),
        Value::String(text) => match text.trim().parse() {
            Ok(value) => int(value),
            Err(_) => args.wrong(format!("'{text}' is no whole number")),
        },
        _ => args.mismatch(0, "a string or a number"),
    }
}

fn to_float(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    match &args.known(0)?.value {
        number @ (Value::Int(_) | Value::Float(_)) => Ok(Node::new(number.clone())),
        Value::String(text) => match text.trim().parse() {
            Ok(value) => Ok(Node::new(Value::float(value))),
            Err(_) => args.wrong(format!("'{text}' is no number")),
        },
        _ => args.mismatch(0, "a string or a number"),
    }
}

fn number(args: &Args<'_>, work: fn(i64, i64) -> Option<i64>) -> Done {
    args.count(2..=2)?;
    let (a, b) = (args.int(0)?, args.int(1)?);
    match work(a, b) {
        Some(value) => int(value),
        None => args.wrong(format!("it has no result for {a} and {b}")),
    }
}

fn extreme(args: &Args<'_>, better: fn(i64, i64) -> i64) -> Done {
    args.count(1..=usize::MAX)?;
    let listed;
    let numbers = match args.list {
        [one] => {
            listed = Args { name: args.name, list: args.items(0)? };
            if one.as_array().is_some_and(<[Node]>::is_empty) {
                return args.wrong("the array is empty");
            }
            &listed
        }
        _ => args,
    };
    let mut best = numbers.int(0)?;
    for at in 1..numbers.list.len() {
        best = better(best, numbers.int(at)?);
    }
    int(best)
}
