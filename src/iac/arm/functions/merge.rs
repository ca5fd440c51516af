//! Functions that lay arrays and objects together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::arm::functions::{Args, Done, MAX_ITEMS, Stop, compare, list};
use crate::iac::{Node, Object, Value};

/// How deep objects are merged.
const DEPTH: usize = 100;
/// How many pairs of items are compared: past it, arrays of objects would take quadratic time.
const PAIRS: usize = 4_000_000;

pub(super) fn call(name: &str, args: &Args<'_>) -> Option<Done> {
    Some(match name {
        "union" => union(args),
        "intersection" => intersection(args),
        "shallowmerge" => shallow(args),
        _ => return None,
    })
}

fn union(args: &Args<'_>) -> Done {
    args.count(1..=usize::MAX)?;
    match &args.known(0)?.value {
        Value::Array(_) => {
            let mut all: Vec<Node> = Vec::new();
            let mut pairs = 0;
            for at in 0..args.list.len() {
                let sensitive = args.get(at)?.sensitive;
                for item in args.items(at)? {
                    pairs += all.len();
                    if pairs > PAIRS || all.len() > MAX_ITEMS {
                        return args.wrong("the arrays are too long");
                    }
                    // An item that may or may not equal another is kept: it is in the union either way.
                    if !all.iter().any(|other| compare::same(other, item) == Some(true)) {
                        all.push(item.clone().marked(sensitive));
                    }
                }
            }
            list(all)
        }
        Value::Object(_) => {
            let mut merged = args.get(0)?.clone();
            for at in 1..args.list.len() {
                args.members(at)?;
                merged = deep(&merged, args.get(at)?, 0);
            }
            Ok(merged)
        }
        _ => args.mismatch(0, "an array or object"),
    }
}

/// The members of both, the second's first; objects in both are merged in turn.
fn deep(a: &Node, b: &Node, depth: usize) -> Node {
    let (Some(first), Some(second)) = (a.as_object(), b.as_object()) else { return b.clone() };
    let mut members = first.clone();
    let mut spelling = Spelling::default();
    for (key, value) in second {
        let key = spelling.of(&members, key);
        let merged = match members.get(&key) {
            Some(old) if depth < DEPTH => deep(old, value, depth + 1),
            _ => value.clone(),
        };
        members.insert(key, merged);
    }
    Node::object(members).marked(a.sensitive || b.sensitive)
}

/// How an object that grows spells its keys.
#[derive(Default)]
struct Spelling {
    /// By lower case, once a key was looked for that is not there as it is.
    lower: Option<BTreeMap<String, Arc<str>>>,
}

impl Spelling {
    /// The key as the object spells it already, if it does. The key must be put into the object then.
    fn of(&mut self, members: &Object, key: &Arc<str>) -> Arc<str> {
        if members.contains_key(key) {
            return Arc::clone(key);
        }
        let lower =
            self.lower.get_or_insert_with(|| members.keys().map(|k| (k.to_ascii_lowercase(), Arc::clone(k))).collect());
        Arc::clone(lower.entry(key.to_ascii_lowercase()).or_insert_with(|| Arc::clone(key)))
    }
}

fn shallow(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let mut members = Object::new();
    let mut spelling = Spelling::default();
    for item in args.items(0)? {
        match &item.value {
            Value::Object(more) => {
                for (key, value) in more.iter() {
                    members.insert(spelling.of(&members, key), value.clone().marked(item.sensitive));
                }
            }
            Value::Unknown(_) => return Err(Stop::Unknown(item.clone())),
            Value::Null => {}
            _ => return args.wrong("an item is no object"),
        }
    }
    Ok(Node::object(members))
}

fn intersection(args: &Args<'_>) -> Done {
    args.count(1..=usize::MAX)?;
    match &args.known(0)?.value {
        Value::Array(items) => {
            let mut left: Vec<Node> = items.as_ref().clone();
            for at in 1..args.list.len() {
                let other = args.items(at)?;
                if left.len().saturating_mul(other.len()) > PAIRS {
                    return args.wrong("the arrays are too long");
                }
                let mut kept: Vec<Node> = Vec::new();
                for item in left {
                    if compare::holds(other.iter(), &item)? && !compare::holds(kept.iter(), &item)? {
                        kept.push(item);
                    }
                }
                left = kept;
            }
            list(left)
        }
        Value::Object(first) => {
            let mut left: Object = first.as_ref().clone();
            for at in 1..args.list.len() {
                let other = args.members(at)?;
                let lower: BTreeMap<String, &Node> = other.iter().map(|(k, v)| (k.to_ascii_lowercase(), v)).collect();
                let mut kept = Object::new();
                for (key, value) in left {
                    let theirs = other.get(&key).or_else(|| lower.get(&key.to_ascii_lowercase()).copied());
                    let Some(theirs) = theirs else { continue };
                    match compare::same(&value, theirs) {
                        Some(true) => {
                            kept.insert(key, value);
                        }
                        Some(false) => {}
                        None => return Err(Stop::unknown(format!("whether both have the same {key} is not known"))),
                    }
                }
                left = kept;
            }
            Ok(Node::object(left))
        }
        _ => args.mismatch(0, "an array or object"),
    }
}
