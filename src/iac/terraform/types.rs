//! Type constraints of variables, and the conversion of values to them.

use std::sync::Arc;

use crate::iac::terraform::ast::{Expr, Item, Kind};
use crate::iac::terraform::ops;
use crate::iac::{Node, Object, Value};

/// What a variable may hold.
#[derive(Debug, Clone)]
pub(super) enum Type {
    Any,
    Text,
    Number,
    Truth,
    List(Box<Self>),
    Set(Box<Self>),
    Map(Box<Self>),
    Tuple(Vec<Self>),
    Object(Vec<Member>),
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    name: Arc<str>,
    kind: Type,
    optional: bool,
    default: Option<Node>,
}

/// Reads a constraint. `value` gives the values of defaults. What is not understood may hold anything.
pub(super) fn parse(expr: &Expr, value: &dyn Fn(&Expr) -> Node) -> Type {
    match &expr.kind {
        Kind::Name(name) => named(name),
        Kind::Literal(Value::String(text)) => {
            // JSON, and HCL of old, write the constraint as a text.
            let parsed = text.contains('(').then(|| crate::iac::terraform::parse::expression(text).ok()).flatten();
            parsed.map_or_else(|| named(text), |e| if e.literal().is_some() { Type::Any } else { parse(&e, value) })
        }
        Kind::Call(call) => {
            let inner = || Box::new(call.args.first().map_or(Type::Any, |e| parse(e, value)));
            match (&*call.name, call.args.first().map(|e| &e.kind)) {
                ("list", _) => Type::List(inner()),
                ("set", _) => Type::Set(inner()),
                ("map", _) => Type::Map(inner()),
                ("tuple", Some(Kind::List(items))) => Type::Tuple(items.iter().map(|e| parse(e, value)).collect()),
                ("object", Some(Kind::Object(items))) => {
                    Type::Object(items.iter().filter_map(|i| member(i, value)).collect())
                }
                ("optional", _) => *inner(),
                _ => Type::Any,
            }
        }
        _ => Type::Any,
    }
}

fn named(name: &str) -> Type {
    match name {
        "string" => Type::Text,
        "number" => Type::Number,
        "bool" => Type::Truth,
        "list" => Type::List(Box::new(Type::Any)),
        "set" => Type::Set(Box::new(Type::Any)),
        "map" => Type::Map(Box::new(Type::Any)),
        _ => Type::Any,
    }
}

fn member(item: &Item, value: &dyn Fn(&Expr) -> Node) -> Option<Member> {
    let name = Arc::from(item.key.literal()?);
    let (optional, default) = match &item.value.kind {
        Kind::Call(call) if &*call.name == "optional" => (true, call.args.get(1).map(value)),
        _ => (false, None),
    };
    let kind = parse(&item.value, value);
    let default = default.map(|node| convert(&node, &kind).unwrap_or(node));
    Some(Member { name, kind, optional, default })
}

impl Type {
    /// Whether `-var` gives a text of that type as it is, not as an expression.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Any | Self::Text | Self::Number | Self::Truth)
    }

    pub(super) fn is_set(&self) -> bool {
        matches!(self, Self::Set(_))
    }
}

/// The value as the type holds it; errors when it cannot.
pub(super) fn convert(node: &Node, kind: &Type) -> Result<Node, String> {
    let with = |value: Value| Ok(Node { value, ..node.clone() });
    match (kind, &node.value) {
        (Type::Any, _) | (_, Value::Unknown(_) | Value::Null) => Ok(node.clone()),
        (Type::Text, _) => match &node.value {
            Value::String(_) => Ok(node.clone()),
            _ => with(Value::String(Arc::from(ops::text(node)?))),
        },
        (Type::Number, _) => with(ops::number(node)?),
        (Type::Truth, _) => with(Value::Bool(ops::truth(node)?)),
        (Type::List(inner), Value::Array(items)) => with(Value::Array(Arc::new(each(items, inner)?))),
        (Type::Set(inner), Value::Array(items)) => with(Value::Array(Arc::new(set(each(items, inner)?)))),
        (Type::Tuple(kinds), Value::Array(items)) if kinds.len() == items.len() => {
            let items: Result<Vec<_>, _> = items.iter().zip(kinds).map(|(n, k)| convert(n, k)).collect();
            with(Value::Array(Arc::new(items?)))
        }
        (Type::Map(inner), Value::Object(members)) => {
            let values: Vec<Node> = members.values().cloned().collect();
            let values = each(&values, inner)?;
            with(Value::Object(Arc::new(members.keys().cloned().zip(values).collect())))
        }
        (Type::Object(kinds), Value::Object(members)) => with(Value::Object(Arc::new(object(kinds, members)?))),
        // Old code gives a map as a list of one map.
        (Type::Map(_) | Type::Object(_), Value::Array(items)) if items.len() == 1 && items[0].as_object().is_some() => {
            convert(&items[0], kind)
        }
        (_, other) => Err(format!("the value is a {} and not what the variable's type wants", other.kind())),
    }
}

fn each(items: &[Node], kind: &Type) -> Result<Vec<Node>, String> {
    let items: Result<Vec<Node>, String> = items.iter().map(|n| convert(n, kind)).collect();
    items.map(ops::unified)
}

fn object(kinds: &[Member], members: &Object) -> Result<Object, String> {
    let mut result = Object::new();
    for member in kinds {
        let given = members.get(&member.name);
        let node = match (given, &member.default) {
            (Some(node), Some(default)) if node.is_null() => default.clone(),
            (Some(node), _) => convert(node, &member.kind)?,
            (None, Some(default)) => default.clone(),
            (None, None) if member.optional => Node::new(Value::Null),
            (None, None) => return Err(format!("the attribute {:?} of the value is missing", member.name)),
        };
        result.insert(Arc::clone(&member.name), node);
    }
    Ok(result)
}

/// The elements as a set: sorted and without duplicates. Elements that are not known may turn out equal to others, so they
/// all stay.
pub(super) fn set(items: Vec<Node>) -> Vec<Node> {
    let mut keyed: Vec<(String, Node)> = items.into_iter().map(|n| (sort_key(&n), n)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.dedup_by(|a, b| a.0 == b.0 && ops::equal(&a.1, &b.1) == Some(true));
    keyed.into_iter().map(|(_, n)| n).collect()
}

fn sort_key(node: &Node) -> String {
    match &node.value {
        Value::Int(n) => format!("{:020}", i128::from(*n) + (1i128 << 64)),
        Value::String(text) => text.as_ref().to_owned(),
        _ => node.to_json().map(|j| j.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::terraform::parse;

    fn json(text: &str) -> Node {
        Node::from_json(&serde_json::from_str(text).unwrap())
    }

    fn literal(expr: &Expr) -> Node {
        match &expr.kind {
            Kind::Literal(value) => Node::new(value.clone()),
            Kind::Object(_) => Node::object(Object::new()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_are_converted() {
        for (kind, value, want) in [
            ("string", "1", "\"1\""),
            ("\"string\"", "true", "\"true\""),
            ("number", "\"5\"", "5"),
            ("number", "\"x\"", "error"),
            ("bool", "\"false\"", "false"),
            ("bool", "\"yes\"", "error"),
            ("any", "[1]", "[1]"),
            ("set(any)", "[3, 1, \"2\", 1]", "[\"1\",\"2\",\"3\"]"),
            ("map", "{\"a\": true, \"b\": \"x\"}", "{\"a\":\"true\",\"b\":\"x\"}"),
            ("list(string)", "[1, true]", "[\"1\",\"true\"]"),
            ("set(string)", "[\"b\", \"a\", \"b\"]", "[\"a\",\"b\"]"),
            ("set(number)", "[10, 9]", "[9,10]"),
            ("map(string)", "{\"a\": 1}", "{\"a\":\"1\"}"),
            ("\"map\"", "{\"a\": 1}", "{\"a\":1}"),
            ("tuple([string, number])", "[1, \"2\"]", "[\"1\",2]"),
            ("list(string)", "{}", "error"),
            ("string", "null", "null"),
            (
                "object({a = string, b = optional(number), c = optional(bool, true), d = optional(object({e = optional(string, \"x\")}), {})})",
                "{\"a\": 1, \"z\": 1}",
                "{\"a\":\"1\",\"b\":null,\"c\":true,\"d\":{\"e\":\"x\"}}",
            ),
            ("object({a = string})", "{}", "error"),
            ("object({c = optional(bool, true)})", "{\"c\": null}", "{\"c\":true}"),
            ("map(object({a = optional(number, 1)}))", "{\"x\": {}}", "{\"x\":{\"a\":1}}"),
        ] {
            let kind = super::parse(&parse::expression(kind).unwrap(), &literal);
            let got = convert(&json(value), &kind).map_or("error".to_owned(), |n| n.to_json().unwrap().to_string());
            assert_eq!(got, want, "{kind:?} {value}");
        }
    }

    #[test]
    fn unknown_values_stay_unknown() {
        let unknown = Node::unknown("u");
        let kind = Type::Set(Box::new(Type::Text));
        assert_eq!(convert(&unknown, &kind), Ok(unknown.clone()));
        let set = convert(&Node::array(vec![unknown.clone(), Node::string("a"), unknown]), &kind).unwrap();
        assert_eq!(set.as_array().unwrap().len(), 3);
    }
}
