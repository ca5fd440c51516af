//! Functions on arrays, and those that arrays share with texts and objects.

use std::sync::Arc;

use crate::iac::arm::functions::{Args, Done, MAX_ITEMS, Stop, boolean, compare, int, list, text};
use crate::iac::{Node, Object, Value};

pub(super) fn call(name: &str, args: &Args<'_>) -> Option<Done> {
    Some(match name {
        "array" => array(args),
        "createarray" => list(args.list.to_vec()),
        "createobject" => create_object(args),
        "concat" => concat(args),
        "contains" => contains(args),
        "empty" => empty(args),
        "first" => edge(args, true),
        "last" => edge(args, false),
        "length" => length(args),
        "indexof" => index_of(args, true),
        "lastindexof" => index_of(args, false),
        "range" => range(args),
        "skip" => cut(args, true),
        "take" => cut(args, false),
        "flatten" => flatten(args),
        "items" => items(args),
        "objectkeys" => object_keys(args),
        "tryget" => try_get(args),
        "indexfromend" => from_end(args, false),
        "tryindexfromend" => from_end(args, true),
        _ => return None,
    })
}

fn array(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let node = args.known(0)?;
    Ok(if node.as_array().is_some() { node.clone() } else { Node::array(vec![node.clone()]) })
}

fn create_object(args: &Args<'_>) -> Done {
    if args.list.len() % 2 == 1 {
        return args.wrong("names and values come in pairs");
    }
    let mut members = Object::new();
    for at in (0..args.list.len()).step_by(2) {
        members.insert(Arc::from(args.text(at)?), args.get(at + 1)?.clone());
    }
    Ok(Node::object(members))
}

fn concat(args: &Args<'_>) -> Done {
    args.count(1..=usize::MAX)?;
    if args.list.iter().any(|a| a.as_array().is_some()) {
        let mut all = Vec::new();
        for at in 0..args.list.len() {
            let sensitive = args.get(at)?.sensitive;
            all.extend(args.items(at)?.iter().map(|n| n.clone().marked(sensitive)));
            if all.len() > MAX_ITEMS {
                return list(all);
            }
        }
        return list(all);
    }
    if let [one] = args.list {
        return Ok(one.clone());
    }
    let mut joined = String::new();
    for at in 0..args.list.len() {
        match super::text::plain(args.known(at)?) {
            Some(part) => joined.push_str(&part),
            None => return args.mismatch(at, "a string or an array, as the others are"),
        }
        if joined.len() > super::MAX_TEXT {
            break;
        }
    }
    text(joined)
}

fn contains(args: &Args<'_>) -> Done {
    args.count(2..=2)?;
    let (within, item) = (args.known(0)?, args.get(1)?);
    match &within.value {
        Value::String(hay) => match super::text::plain(args.known(1)?) {
            Some(needle) => boolean(hay.contains(needle.as_ref())),
            None => args.mismatch(1, "a string"),
        },
        Value::Object(_) => match super::text::plain(args.known(1)?) {
            Some(key) => boolean(within.get_any_case(&key).is_some()),
            None => args.mismatch(1, "a string"),
        },
        Value::Array(items) => boolean(compare::holds(items.iter(), item)?),
        Value::Null => boolean(false),
        _ => args.mismatch(0, "an array, object or string"),
    }
}

fn empty(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    match &args.known(0)?.value {
        Value::Null => boolean(true),
        Value::String(text) => boolean(text.is_empty()),
        Value::Array(items) => boolean(items.is_empty()),
        Value::Object(members) => boolean(members.is_empty()),
        _ => args.mismatch(0, "an array, object or string"),
    }
}

fn edge(args: &Args<'_>, first: bool) -> Done {
    args.count(1..=1)?;
    let node = args.known(0)?;
    match &node.value {
        Value::Array(items) => {
            let item = if first { items.first() } else { items.last() };
            Ok(item.cloned().unwrap_or(Node::new(Value::Null)))
        }
        Value::String(whole) => {
            let letter = if first { whole.chars().next() } else { whole.chars().next_back() };
            text(letter.map(String::from).unwrap_or_default())
        }
        _ => args.mismatch(0, "an array or string"),
    }
}

fn length(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let count = match &args.known(0)?.value {
        Value::Array(items) => items.len(),
        Value::String(text) => text.encode_utf16().count(),
        Value::Object(members) => members.len(),
        Value::Null => 0,
        _ => return args.mismatch(0, "an array, object or string"),
    };
    int(i64::try_from(count).unwrap_or(i64::MAX))
}

fn index_of(args: &Args<'_>, first: bool) -> Done {
    args.count(2..=2)?;
    let within = args.known(0)?;
    let found = match &within.value {
        Value::Array(items) if first => compare::position(items.iter(), args.get(1)?)?,
        Value::Array(items) => compare::position(items.iter().rev(), args.get(1)?)?.map(|at| items.len() - 1 - at),
        Value::String(hay) => {
            let (hay, needle) = (hay.to_lowercase(), args.text(1)?.to_lowercase());
            let byte = if first { hay.find(&needle) } else { hay.rfind(&needle) };
            byte.map(|at| hay[..at].encode_utf16().count())
        }
        _ => return args.mismatch(0, "an array or string"),
    };
    int(found.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1))
}

fn range(args: &Args<'_>) -> Done {
    args.count(2..=2)?;
    let (start, count) = (args.int(0)?, args.int(1)?);
    if !(0..=10_000).contains(&count) {
        return args.wrong("the count must lie between 0 and 10000");
    }
    let Some(end) = start.checked_add(count) else { return args.wrong("the numbers are too large") };
    list((start..end).map(|n| Node::new(Value::Int(n))).collect())
}

fn cut(args: &Args<'_>, skip: bool) -> Done {
    args.count(2..=2)?;
    let (node, count) = (args.known(0)?, usize::try_from(args.int(1)?.max(0)).unwrap_or(usize::MAX));
    match &node.value {
        Value::Array(items) => {
            let at = count.min(items.len());
            list(if skip { items[at..].to_vec() } else { items[..at].to_vec() })
        }
        Value::String(whole) => text(match skip {
            true => whole.chars().skip(count).collect::<String>(),
            false => whole.chars().take(count).collect(),
        }),
        Value::Null => Ok(node.clone()),
        _ => args.mismatch(0, "an array or string"),
    }
}

fn flatten(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let mut flat = Vec::new();
    for item in args.items(0)? {
        match &item.value {
            Value::Array(inner) => flat.extend(inner.iter().map(|n| n.clone().marked(item.sensitive))),
            Value::Unknown(_) => return Err(Stop::Unknown(item.clone())),
            _ => return args.wrong("an item is no array"),
        }
        if flat.len() > MAX_ITEMS {
            break;
        }
    }
    list(flat)
}

fn items(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let pair = |(key, value): (&Arc<str>, &Node)| {
        let pair = [("key", Node::new(Value::String(Arc::clone(key)))), ("value", value.clone())];
        let node = Node::object(pair.into_iter().map(|(k, v)| (Arc::from(k), v)).collect());
        Node { at: value.at, ..node }
    };
    list(args.members(0)?.iter().map(pair).collect())
}

fn object_keys(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    list(args.members(0)?.keys().map(|k| Node::new(Value::String(Arc::clone(k)))).collect())
}

/// The part of a value that an index or a member name leads to; `Ok(None)` when it is not there.
///
/// # Errors
/// When the value can have no such part.
pub(crate) fn part(node: &Node, key: &Node) -> Result<Option<Node>, String> {
    if let Some(reason) = node.reason().or(key.reason()) {
        return Ok(Some(Node::new(Value::Unknown(Arc::clone(reason))).marked(node.sensitive || key.sensitive)));
    }
    let found = match (&node.value, &key.value) {
        (Value::Array(items), Value::Int(at)) => usize::try_from(*at).ok().and_then(|at| items.get(at)),
        (Value::Object(_), Value::String(name)) => node.get_any_case(name),
        (Value::Null, _) => None,
        (value, key) => return Err(format!("a {} has no part that is named by a {}", value.kind(), key.kind())),
    };
    Ok(found.map(|n| n.clone().marked(node.sensitive)))
}

fn try_get(args: &Args<'_>) -> Done {
    args.count(2..=usize::MAX)?;
    let mut node = args.get(0)?.clone();
    for at in 1..args.list.len() {
        node = part(&node, args.get(at)?)?.unwrap_or(Node::new(Value::Null));
    }
    Ok(node)
}

fn from_end(args: &Args<'_>, forgiving: bool) -> Done {
    args.count(2..=2)?;
    let node = args.known(0)?;
    if forgiving && node.is_null() {
        return Ok(node.clone());
    }
    let (items, back) = (args.items(0)?, args.int(1)?);
    let at = usize::try_from(back).ok().filter(|b| *b > 0).and_then(|b| items.len().checked_sub(b));
    match at.and_then(|at| items.get(at)) {
        Some(item) => Ok(item.clone()),
        None if forgiving => Ok(Node::new(Value::Null)),
        None => args.wrong(format!("there is no item {back} from the end")),
    }
}
