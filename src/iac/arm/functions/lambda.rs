//! Functions that take lambdas. The caller evaluates the lambda's body.

use std::sync::Arc;

use crate::iac::arm::functions::{Args, Done, MAX_ITEMS, Stop, bare, list};
use crate::iac::{Node, Object, Value};

/// Runs a lambda of the call: which one, from 0, and its arguments. It may take fewer than it is given. Asked for a second
/// lambda that the call does not have (`toObject`, `groupBy` with one), it gives its argument back.
pub(crate) type Run<'a> = dyn FnMut(usize, &[Node]) -> Result<Node, String> + 'a;

/// Whether the function takes lambdas.
pub(crate) fn takes_lambda(name: &str) -> bool {
    matches!(bare(name).as_str(), "map" | "filter" | "reduce" | "sort" | "toobject" | "groupby" | "mapvalues")
}

/// Calls a function that takes lambdas. `args` are the arguments that are no lambdas, in order.
///
/// # Errors
/// What is wrong with the call, or what the lambda gives.
pub(crate) fn call_with_lambda(name: &str, args: &[Node], run: &mut Run<'_>) -> Result<Node, String> {
    let sensitive = args.iter().any(|a| a.sensitive);
    let bare = bare(name);
    let args = Args { name, list: args };
    let done = match bare.as_str() {
        "map" => map(&args, run),
        "filter" => filter(&args, run),
        "reduce" => reduce(&args, run),
        "sort" => sort(&args, run),
        "toobject" => to_object(&args, run),
        "groupby" => group_by(&args, run),
        "mapvalues" => map_values(&args, run),
        _ => Err(Stop::Wrong(format!("{name} takes no lambda"))),
    };
    match done {
        Ok(node) | Err(Stop::Unknown(node)) => Ok(node.marked(sensitive)),
        Err(Stop::Wrong(what)) => Err(what),
    }
}

fn indexed(at: usize) -> Node {
    Node::new(Value::Int(i64::try_from(at).unwrap_or(i64::MAX)))
}

fn decided(args: &Args<'_>, answer: &Node) -> Result<bool, Stop> {
    match &answer.value {
        Value::Bool(value) => Ok(*value),
        Value::Unknown(_) => Err(Stop::Unknown(answer.clone())),
        _ => args.wrong("the lambda must give true or false"),
    }
}

fn key(args: &Args<'_>, answer: &Node) -> Result<Arc<str>, Stop> {
    match &answer.value {
        Value::String(key) => Ok(Arc::clone(key)),
        Value::Unknown(_) => Err(Stop::Unknown(answer.clone())),
        _ => args.wrong("the lambda must give a string as the key"),
    }
}

fn map(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut out = Vec::new();
    for (at, item) in args.items(0)?.iter().enumerate() {
        out.push(run(0, &[item.clone(), indexed(at)])?);
    }
    list(out)
}

fn filter(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut out = Vec::new();
    for (at, item) in args.items(0)?.iter().enumerate() {
        if decided(args, &run(0, &[item.clone(), indexed(at)])?)? {
            out.push(item.clone());
        }
    }
    list(out)
}

fn reduce(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(2..=2)?;
    let mut sum = args.get(1)?.clone();
    for (at, item) in args.items(0)?.iter().enumerate() {
        sum = run(0, &[sum, item.clone(), indexed(at)])?;
    }
    Ok(sum)
}

/// A merge sort: the standard one may panic when the lambda contradicts itself.
fn sort(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut runs: Vec<Vec<Node>> = args.items(0)?.iter().map(|n| vec![n.clone()]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(left) = pairs.next() {
            let Some(right) = pairs.next() else {
                merged.push(left);
                break;
            };
            let mut out = Vec::with_capacity(left.len() + right.len());
            let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                // Only a later item that comes strictly first goes ahead: equal ones keep their order.
                let ahead = decided(args, &run(0, &[b.clone(), a.clone()])?)?
                    && !decided(args, &run(0, &[a.clone(), b.clone()])?)?;
                out.extend(if ahead { right.next() } else { left.next() });
            }
            out.extend(left);
            out.extend(right);
            merged.push(out);
        }
        runs = merged;
    }
    list(runs.pop().unwrap_or_default())
}

fn to_object(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut members = Object::new();
    for item in args.items(0)? {
        let key = key(args, &run(0, std::slice::from_ref(item))?)?;
        members.insert(key, run(1, std::slice::from_ref(item))?);
    }
    Ok(Node::object(members))
}

fn group_by(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut groups: std::collections::BTreeMap<Arc<str>, Vec<Node>> = std::collections::BTreeMap::new();
    for item in args.items(0)? {
        let key = key(args, &run(0, std::slice::from_ref(item))?)?;
        groups.entry(key).or_default().push(run(1, std::slice::from_ref(item))?);
    }
    Ok(Node::object(groups.into_iter().map(|(k, v)| (k, Node::array(v))).collect()))
}

fn map_values(args: &Args<'_>, run: &mut Run<'_>) -> Done {
    args.count(1..=1)?;
    let mut members = Object::new();
    for (key, value) in args.members(0)? {
        if members.len() > MAX_ITEMS {
            return args.wrong("the object is too large");
        }
        members.insert(Arc::clone(key), run(0, std::slice::from_ref(value))?);
    }
    Ok(Node::object(members))
}
