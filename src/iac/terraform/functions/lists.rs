//! Lists.

use crate::iac::terraform::functions::args::{
    MAX_DEPTH, MAX_ITEMS, bool_node, equal, float, items_fit, list, order, set, size_node, text, truth, unify,
    unknown_of, whole,
};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Value};

pub(super) fn alltrue(args: &[Node], _: &Context<'_>) -> Answer {
    decide(&args[0], false)
}

pub(super) fn anytrue(args: &[Node], _: &Context<'_>) -> Answer {
    decide(&args[0], true)
}

/// One element of the deciding value decides, whatever the others are.
fn decide(node: &Node, decides: bool) -> Answer {
    if let Some(unknown) = unknown_of(node) {
        return Ok(unknown);
    }
    let (mut unknown, mut sensitive) = (None, node.sensitive);
    for item in list(node)? {
        sensitive |= item.sensitive;
        if item.reason().is_some() {
            unknown = unknown.or_else(|| unknown_of(item));
            continue;
        }
        // Null is not true.
        let value = if item.is_null() { false } else { truth(item)? };
        if value == decides {
            return Ok(bool_node(decides).marked(sensitive));
        }
    }
    Ok(unknown.unwrap_or_else(|| bool_node(!decides)).marked(sensitive))
}

pub(super) fn chunklist(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown);
    }
    let items = list(&args[0])?;
    let size = usize::try_from(whole(&args[1])?).map_err(|_| "the size argument must be positive")?;
    // A size of zero makes one chunk.
    let chunks = items.chunks(if size == 0 { items.len().max(1) } else { size });
    Ok(Node::array(chunks.map(|c| Node::array(c.to_vec())).collect()).marked(args[0].sensitive))
}

pub(super) fn coalescelist(args: &[Node], _: &Context<'_>) -> Answer {
    for arg in args {
        match &arg.value {
            Value::Null => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Array(_) | Value::Unknown(_) => return Ok(arg.clone()),
            Value::Object(members) if members.is_empty() => {}
            Value::Object(_) => return Ok(arg.clone()),
            _ => return Err("coalescelist arguments must be lists or tuples".to_owned()),
        }
    }
    Err("no non-null arguments".to_owned())
}

pub(super) fn compact(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    let items = list(&args[0])?;
    if let Some(unknown) = items.iter().find_map(unknown_of) {
        return Ok(unknown.marked(args[0].sensitive));
    }
    let mut out = Vec::new();
    for item in items.iter().filter(|i| !i.is_null()) {
        let text = text(item)?;
        if !text.is_empty() {
            out.push(Node { value: Value::String(text), ..item.clone() });
        }
    }
    Ok(Node::array(out).marked(args[0].sensitive))
}

pub(super) fn concat(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    if let [one] = args {
        list(one)?;
        return Ok(one.clone());
    }
    let mut out = Vec::new();
    for arg in args {
        let items = list(arg)?;
        items_fit(out.len() + items.len())?;
        out.extend_from_slice(items);
    }
    Ok(Node::array(out).marked(sensitive))
}

pub(super) fn contains(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args[0].sensitive || args[1].sensitive;
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown.marked(sensitive));
    }
    let (items, wanted) = (list(&args[0])?, &args[1]);
    let sensitive = sensitive || items.iter().any(|i| i.sensitive);
    let mut unknown = None;
    for item in items {
        match equal(item, wanted) {
            Some(true) => return Ok(bool_node(true).marked(sensitive)),
            Some(false) => {}
            None => {
                let reason = || Node::unknown("whether the list contains it is not known");
                unknown.get_or_insert_with(|| unknown_of(item).or_else(|| unknown_of(wanted)).unwrap_or_else(reason));
            }
        }
    }
    Ok(unknown.unwrap_or_else(|| bool_node(false)).marked(sensitive))
}

pub(super) fn distinct(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    let items = unify(list(&args[0])?);
    if let Some(unknown) = items.iter().find_map(unknown_of) {
        return Ok(unknown.marked(args[0].sensitive));
    }
    // Sorted beside their places, so that long lists stay cheap.
    let mut sorted: Vec<(usize, Node)> = items.into_iter().enumerate().collect();
    sorted.sort_by(|a, b| order(&a.1, &b.1).then(a.0.cmp(&b.0)));
    sorted.dedup_by(|a, b| equal(&a.1, &b.1) == Some(true));
    sorted.sort_by_key(|(at, _)| *at);
    Ok(Node::array(sorted.into_iter().map(|(_, item)| item).collect()).marked(args[0].sensitive))
}

pub(super) fn element(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args[0].sensitive || args[1].sensitive;
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    let (items, index) = (list(&args[0])?, whole(&args[1])?);
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Err("cannot use element function with an empty list".to_owned());
    }
    let at = usize::try_from(index.rem_euclid(count)).unwrap_or(0);
    Ok(items[at].clone().marked(sensitive))
}

pub(super) fn flatten(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    let mut flat = Flat { items: Vec::new(), sensitive: args[0].sensitive, unknown: None };
    flat.add(list(&args[0])?, 0)?;
    // An unknown element may itself be a list of any length.
    Ok(flat.unknown.unwrap_or_else(|| Node::array(flat.items)).marked(flat.sensitive))
}

struct Flat {
    items: Vec<Node>,
    sensitive: bool,
    unknown: Option<Node>,
}

impl Flat {
    fn add(&mut self, items: &[Node], depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("the list is nested deeper than {MAX_DEPTH} levels"));
        }
        for item in items {
            match &item.value {
                Value::Array(inner) => {
                    self.sensitive |= item.sensitive;
                    self.add(inner, depth + 1)?;
                }
                Value::Unknown(_) => self.unknown = self.unknown.take().or_else(|| unknown_of(item)),
                _ => {
                    self.items.push(item.clone());
                    items_fit(self.items.len())?;
                }
            }
        }
        Ok(())
    }
}

pub(super) fn index(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown.marked(sensitive));
    }
    for (at, item) in list(&args[0])?.iter().enumerate() {
        match equal(item, &args[1]) {
            Some(true) => return Ok(size_node(at).marked(sensitive || item.sensitive)),
            Some(false) => {}
            None => {
                let reason = || Node::unknown("the place in the list is not known");
                let unknown = unknown_of(item).or_else(|| unknown_of(&args[1])).unwrap_or_else(reason);
                return Ok(unknown.marked(sensitive));
            }
        }
    }
    Err("item not found".to_owned())
}

pub(super) fn matchkeys(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown);
    }
    let (values, keys, wanted) = (list(&args[0])?, list(&args[1])?, list(&args[2])?);
    if values.len() != keys.len() {
        return Err("the length of keys and values should be equal".to_owned());
    }
    if let Some(unknown) = keys.iter().chain(wanted).find_map(unknown_of) {
        return Ok(unknown);
    }
    let wanted = set(wanted);
    let as_text = |node: &Node| text(node).map(|t| Node::new(Value::String(t)));
    let texts = wanted.iter().any(|w| w.as_str().is_some());
    let mut out = Vec::new();
    for (value, key) in values.iter().zip(keys) {
        let key = if texts { as_text(key)? } else { key.clone() };
        if wanted.binary_search_by(|w| order(w, &key)).is_ok() {
            out.push(value.clone());
        }
    }
    Ok(Node::array(out).marked(args.iter().any(|a| a.sensitive)))
}

pub(super) fn one(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    match list(&args[0])? {
        [] => Ok(Node::new(Value::Null).marked(args[0].sensitive)),
        [one] => Ok(one.clone().marked(args[0].sensitive)),
        _ => Err("must be a list, set, or tuple value with either zero or one elements".to_owned()),
    }
}

/// The `list` of Terraform 0.11.
pub(super) fn list_legacy(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::array(args.to_vec()))
}

#[allow(clippy::cast_precision_loss)]
pub(super) fn range(args: &[Node], _: &Context<'_>) -> Answer {
    let (start, end) = match args {
        [end] => (0.0, float(end)?),
        _ => (float(&args[0])?, float(&args[1])?),
    };
    let step = match args.get(2) {
        Some(step) => float(step)?,
        None if end < start => -1.0,
        None => 1.0,
    };
    if step == 0.0 {
        return Err("step must not be zero".to_owned());
    }
    if (end < start) != (step < 0.0) && end != start {
        return Err(format!("the step must be {}", if end < start { "negative" } else { "positive" }));
    }
    let mut out = Vec::new();
    while out.len() <= MAX_ITEMS {
        let next = start + step * out.len() as f64;
        if (step > 0.0 && next >= end) || (step < 0.0 && next <= end) {
            return Ok(Node::array(out));
        }
        out.push(Node::new(Value::float(next)));
    }
    Err(format!("the result is larger than {MAX_ITEMS} elements"))
}

pub(super) fn reverse(args: &[Node], _: &Context<'_>) -> Answer {
    if let Some(unknown) = unknown_of(&args[0]) {
        return Ok(unknown);
    }
    Ok(Node::array(list(&args[0])?.iter().rev().cloned().collect()).marked(args[0].sensitive))
}

pub(super) fn slice(args: &[Node], _: &Context<'_>) -> Answer {
    let sensitive = args.iter().any(|a| a.sensitive);
    if let Some(unknown) = args.iter().find_map(unknown_of) {
        return Ok(unknown.marked(sensitive));
    }
    let items = list(&args[0])?;
    let at = |node: &Node, what: &str| -> Result<usize, String> {
        let wrong = || format!("{what} index must lie within the list of {} elements", items.len());
        usize::try_from(whole(node)?).ok().filter(|n| *n <= items.len()).ok_or_else(wrong)
    };
    let (start, end) = (at(&args[1], "start")?, at(&args[2], "end")?);
    if start > end {
        return Err("start index must not be greater than end index".to_owned());
    }
    Ok(Node::array(items[start..end].to_vec()).marked(sensitive))
}

pub(super) fn sort(args: &[Node], _: &Context<'_>) -> Answer {
    let mut texts = list(&args[0])?.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    texts.sort();
    Ok(Node::array(texts.into_iter().map(|t| Node::new(Value::String(t))).collect()))
}
