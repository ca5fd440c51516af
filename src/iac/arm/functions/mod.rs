//! The functions of ARM templates, shared with Bicep: values in, a value out. No I/O, no clock.
//!
//! An unknown argument makes the result unknown only as far as it matters. What stands for the subscription or resource group
//! that is deployed to (see [`Deployment`]) may flow into ids, and nothing is ever decided by it.

mod array;
mod cidr;
mod compare;
mod constants;
mod date;
mod format;
mod guid;
mod lambda;
mod merge;
mod resource;
mod text;

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::iac::{Node, Object, Value};

pub(crate) use array::part;
pub(crate) use compare::{either, same};
pub(crate) use lambda::{call_with_lambda, takes_lambda};
pub(crate) use text::plain;

/// What stands for a resource group whose name is not known, or starts what does: `(resource group)`. Azure allows no blank
/// in such a name.
pub(crate) const RESOURCE_GROUP: &str = "(resource group)";
/// How every text starts that stands for a resource group.
const GROUP_MARK: &str = "(resource group";

/// The most text that one value may hold, in bytes.
pub(crate) const MAX_TEXT: usize = 1024 * 1024;
/// The most items that a function may give.
pub(crate) const MAX_ITEMS: usize = 100_000;

/// What a template is deployed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A resource group.
    ResourceGroup,
    /// A subscription.
    Subscription,
    /// A management group.
    ManagementGroup,
    /// The tenant.
    Tenant,
}

/// What functions know of the deployment that they run in.
pub(crate) trait Deployment {
    /// The level that is deployed to.
    fn scope(&self) -> Scope;
    /// The id of the subscription, or what stands for it.
    fn subscription(&self) -> Arc<str>;
    /// Whether [`Deployment::subscription`] is the real one.
    fn subscription_is_known(&self) -> bool {
        false
    }
    /// The name of the resource group, or what stands for it: then it starts as [`RESOURCE_GROUP`] does, without its last
    /// parenthesis.
    fn resource_group(&self) -> Arc<str> {
        Arc::from(RESOURCE_GROUP)
    }
    /// The name of the management group.
    fn management_group(&self) -> Node {
        Node::unknown("managementGroup() is known when it is deployed")
    }
    /// The id of the tenant.
    fn tenant(&self) -> Node {
        Node::unknown("the tenant is known when it is deployed")
    }
    /// Where the resource group or the deployment lies.
    fn location(&self) -> Node {
        Node::unknown("the location of the resource group is known when it is deployed")
    }
    /// The name of the deployment.
    fn name(&self) -> Node {
        Node::unknown("the name of the deployment is known when it is deployed")
    }

    /// Whether the text holds something that only stands for a subscription or resource group.
    fn stands_in(&self, text: &str) -> bool {
        text.contains(GROUP_MARK) || (!self.subscription_is_known() && text.contains(&*self.subscription()))
    }
}

/// Why a text with a stand-in is not known.
const STANDS_IN: &str = "it depends on the subscription or resource group that is deployed to";

/// Makes texts unknown that hold a stand-in and are no ids; those with a stand-in for the group are kept when they start with
/// a slash, so that references between resources are found.
pub(crate) fn settle(node: &Node, scope: &dyn Deployment) -> Node {
    let changed = |value| Node { value, at: node.at, sensitive: node.sensitive };
    match &node.value {
        Value::String(text) if !text.starts_with('/') && scope.stands_in(text) => changed(Value::unknown(STANDS_IN)),
        Value::Array(items) if items.iter().any(|i| unsettled(i, scope)) => {
            changed(Value::Array(Arc::new(items.iter().map(|i| settle(i, scope)).collect())))
        }
        Value::Object(members) if members.values().any(|m| unsettled(m, scope)) => changed(Value::Object(Arc::new(
            members.iter().map(|(k, v)| (Arc::clone(k), settle(v, scope))).collect::<Object>(),
        ))),
        _ => node.clone(),
    }
}

fn unsettled(node: &Node, scope: &dyn Deployment) -> bool {
    match &node.value {
        Value::String(text) => !text.starts_with('/') && scope.stands_in(text),
        Value::Array(items) => items.iter().any(|i| unsettled(i, scope)),
        Value::Object(members) => members.values().any(|m| unsettled(m, scope)),
        _ => false,
    }
}

/// Why a function gives no value: something it needs is not known, or it is used wrongly.
#[derive(Debug)]
enum Stop {
    Unknown(Node),
    Wrong(String),
}

impl Stop {
    fn unknown(reason: impl AsRef<str>) -> Self {
        Self::Unknown(Node::unknown(reason))
    }
}

impl From<String> for Stop {
    fn from(what: String) -> Self {
        Self::Wrong(what)
    }
}

type Done = Result<Node, Stop>;

/// The arguments of one call.
struct Args<'a> {
    name: &'a str,
    list: &'a [Node],
}

impl<'a> Args<'a> {
    fn wrong<T>(&self, what: impl AsRef<str>) -> Result<T, Stop> {
        Err(Stop::Wrong(format!("{}: {}", self.name, what.as_ref())))
    }

    fn count(&self, allowed: RangeInclusive<usize>) -> Result<(), Stop> {
        if allowed.contains(&self.list.len()) {
            return Ok(());
        }
        let (low, high) = (allowed.start(), allowed.end());
        let wanted = match () {
            () if low == high => format!("{low}"),
            () if *high == usize::MAX => format!("at least {low}"),
            () => format!("{low} to {high}"),
        };
        self.wrong(format!("it takes {wanted} arguments and got {}", self.list.len()))
    }

    fn get(&self, at: usize) -> Result<&'a Node, Stop> {
        match self.list.get(at) {
            Some(node) => Ok(node),
            None => self.wrong(format!("argument {} is missing", at + 1)),
        }
    }

    /// The argument, if it is known at its top level.
    fn known(&self, at: usize) -> Result<&'a Node, Stop> {
        let node = self.get(at)?;
        if node.reason().is_some() { Err(Stop::Unknown(node.clone())) } else { Ok(node) }
    }

    fn mismatch<T>(&self, at: usize, wanted: &str) -> Result<T, Stop> {
        let kind = self.list.get(at).map_or("missing", |n| n.value.kind());
        self.wrong(format!("argument {} must be {wanted} and is {kind}", at + 1))
    }

    fn text(&self, at: usize) -> Result<&'a str, Stop> {
        match self.known(at)?.as_str() {
            Some(text) => Ok(text),
            None => self.mismatch(at, "a string"),
        }
    }

    fn int(&self, at: usize) -> Result<i64, Stop> {
        match self.known(at)?.value {
            Value::Int(value) => Ok(value),
            _ => self.mismatch(at, "a whole number"),
        }
    }

    fn boolean(&self, at: usize) -> Result<bool, Stop> {
        match self.known(at)?.as_bool() {
            Some(value) => Ok(value),
            None => self.mismatch(at, "true or false"),
        }
    }

    fn items(&self, at: usize) -> Result<&'a [Node], Stop> {
        match self.known(at)?.as_array() {
            Some(items) => Ok(items),
            None => self.mismatch(at, "an array"),
        }
    }

    fn members(&self, at: usize) -> Result<&'a Object, Stop> {
        match self.known(at)?.as_object() {
            Some(members) => Ok(members),
            None => self.mismatch(at, "an object"),
        }
    }
}

fn text(value: impl AsRef<str>) -> Done {
    let value = value.as_ref();
    if value.len() > MAX_TEXT {
        return Err(Stop::Wrong(format!("the text is longer than {MAX_TEXT} bytes")));
    }
    Ok(Node::string(value))
}

fn int(value: i64) -> Done {
    Ok(Node::new(Value::Int(value)))
}

fn boolean(value: bool) -> Done {
    Ok(Node::new(Value::Bool(value)))
}

fn list(items: Vec<Node>) -> Done {
    if items.len() > MAX_ITEMS {
        return Err(Stop::Wrong(format!("the array has more than {MAX_ITEMS} items")));
    }
    Ok(Node::array(items))
}

/// The value when all of it is known, for functions that look at the whole of it.
fn whole(node: &Node) -> Result<&Node, Stop> {
    match node.first_unknown() {
        Some(reason) => Err(Stop::Unknown(Node::new(Value::Unknown(Arc::clone(reason))).marked(node.any_sensitive()))),
        None => Ok(node),
    }
}

/// The name without a namespace, in lower case: `az.resourceId` and `sys.concat` are `resourceid` and `concat`.
fn bare(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.strip_prefix("az.").or_else(|| lower.strip_prefix("sys.")) {
        Some(rest) => rest.to_owned(),
        None => lower,
    }
}

/// Functions that look into a text, so that a stand-in would decide something.
const INSPECTING: [&str; 27] = [
    "contains",
    "indexof",
    "lastindexof",
    "startswith",
    "endswith",
    "substring",
    "take",
    "skip",
    "replace",
    "length",
    "guid",
    "uniquestring",
    "base64",
    "datauri",
    "less",
    "lessorequals",
    "greater",
    "greaterorequals",
    "first",
    "last",
    "toupper",
    "int",
    "bool",
    "uricomponent",
    "padleft",
    "max",
    "min",
];

/// Functions whose result shows what lies deep in an argument.
const DEEP: [&str; 8] = ["string", "join", "format", "equals", "contains", "concat", "guid", "uniquestring"];

/// Functions that walk all of their arguments.
const WALKING: [&str; 11] = [
    "string",
    "join",
    "format",
    "equals",
    "contains",
    "guid",
    "uniquestring",
    "union",
    "intersection",
    "indexof",
    "lastindexof",
];

/// The most parts of a value that are counted.
const COUNTED: u64 = 400_000;

/// How many steps a call takes beyond its own: what big arguments cost.
pub(crate) fn cost(name: &str, args: &[Node]) -> u64 {
    let big = args.iter().any(|a| matches!(a.value, Value::Array(_) | Value::Object(_)));
    if big && WALKING.contains(&bare(name).as_str()) { parts(args) / 2 } else { 0 }
}

/// How many parts values have, as far as they are counted.
pub(crate) fn parts(nodes: &[Node]) -> u64 {
    fn count(node: &Node, left: &mut u64, depth: usize) {
        if *left == 0 || depth > 256 {
            return;
        }
        *left -= 1;
        match &node.value {
            Value::Array(items) => items.iter().for_each(|i| count(i, left, depth + 1)),
            Value::Object(members) => members.values().for_each(|m| count(m, left, depth + 1)),
            _ => {}
        }
    }
    let mut left = COUNTED;
    nodes.iter().for_each(|n| count(n, &mut left, 0));
    COUNTED - left
}

/// Calls a function. Names are compared without case and may carry `az.` or `sys.`.
///
/// What depends on the template (`parameters`, `variables`, `copyIndex`, `reference` of what is declared, lambdas, the lazy
/// `if`) is the caller's.
///
/// # Errors
/// What is wrong with the call: an unknown function, a wrong type, an index out of bounds.
pub(crate) fn call(name: &str, args: &[Node], scope: &dyn Deployment) -> Result<Node, String> {
    let bare = bare(name);
    let sensitive = match DEEP.contains(&bare.as_str()) {
        true => args.iter().any(Node::any_sensitive),
        false => args.iter().any(|a| a.sensitive),
    };
    let held: Vec<Node>;
    let mut args = args;
    if INSPECTING.contains(&bare.as_str()) && args.iter().any(|a| a.as_str().is_some_and(|t| scope.stands_in(t))) {
        let hide = |a: &Node| match a.as_str().is_some_and(|t| scope.stands_in(t)) {
            true => Node::unknown(STANDS_IN).marked(a.sensitive),
            false => a.clone(),
        };
        held = args.iter().map(hide).collect();
        args = &held;
    }
    match dispatch(&bare, &Args { name, list: args }, scope) {
        Ok(node) | Err(Stop::Unknown(node)) => Ok(node.marked(sensitive)),
        Err(Stop::Wrong(what)) => Err(what),
    }
}

fn dispatch(name: &str, args: &Args<'_>, scope: &dyn Deployment) -> Done {
    let found = array::call(name, args)
        .or_else(|| compare::call(name, args, scope))
        .or_else(|| text::call(name, args, scope))
        .or_else(|| merge::call(name, args))
        .or_else(|| date::call(name, args))
        .or_else(|| cidr::call(name, args))
        .or_else(|| resource::call(name, args, scope));
    found.unwrap_or_else(|| Err(Stop::Wrong(format!("there is no function {}", args.name))))
}

#[cfg(test)]
mod tests;
