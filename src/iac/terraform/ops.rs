//! Operators, conversions and access to parts of values, by Terraform's rules.

use std::borrow::Cow;
use std::sync::Arc;

use crate::iac::terraform::ast::Operator;
use crate::iac::{Node, Object, Value};

/// The longest text that a value may have, in bytes.
pub(super) const MAX_TEXT: usize = 1024 * 1024;

/// A value as text; errors for what has none. The value is known.
pub(super) fn text(node: &Node) -> Result<Cow<'_, str>, String> {
    match &node.value {
        Value::String(text) => Ok(Cow::Borrowed(text)),
        Value::Bool(true) => Ok(Cow::Borrowed("true")),
        Value::Bool(false) => Ok(Cow::Borrowed("false")),
        Value::Int(number) => Ok(Cow::Owned(number.to_string())),
        Value::Float(number) => Ok(Cow::Owned(number.to_string())),
        other => Err(format!("a string is needed, not {}", other.kind())),
    }
}

/// A value as number, if it is one or a text that says one.
pub(super) fn number(node: &Node) -> Result<Value, String> {
    match &node.value {
        Value::Int(_) | Value::Float(_) => Ok(node.value.clone()),
        Value::String(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => Ok(Value::Int(whole)),
            (_, Ok(float))
                if float.is_finite() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) =>
            {
                Ok(Value::float(float))
            }
            _ => Err(format!("a number is needed, not {text:?}")),
        },
        other => Err(format!("a number is needed, not {}", other.kind())),
    }
}

/// A value as truth value, if it is one or a text that says one.
pub(super) fn truth(node: &Node) -> Result<bool, String> {
    match &node.value {
        Value::Bool(value) => Ok(*value),
        Value::String(text) => match &**text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(format!("true or false is needed, not {text:?}")),
        },
        other => Err(format!("true or false is needed, not {}", other.kind())),
    }
}

/// Whether the values are equal; `None` when that depends on something unknown. Their places do not matter.
pub(super) fn equal(a: &Node, b: &Node) -> Option<bool> {
    match (&a.value, &b.value) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            all(a.iter().zip(b.iter()).map(|(a, b)| equal(a, b)))
        }
        (Value::Object(a), Value::Object(b)) => {
            if a.len() != b.len() || !a.keys().eq(b.keys()) {
                return Some(false);
            }
            all(a.values().zip(b.values()).map(|(a, b)| equal(a, b)))
        }
        (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) =>
        {
            #[allow(clippy::cast_precision_loss)]
            Some(*a as f64 == *b)
        }
        (Value::String(x), Value::String(y)) if x != y && (stands_in(x) || stands_in(y)) => None,
        (a, b) => Some(a == b),
    }
}

/// Whether the text holds an id that stands for a subscription that is not known: one of UUID version 8, which Azure never
/// gives. It is good for making ids, and says nothing of which subscription it is.
pub(super) fn stands_in(text: &str) -> bool {
    let uuid = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() == 36
            && (bytes[14], bytes[19]) == (b'8', b'8')
            && bytes.iter().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => *b == b'-',
                _ => b.is_ascii_hexdigit(),
            })
    };
    text.len() >= 36 && text.split('/').any(uuid)
}

fn all(results: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for result in results {
        match result {
            Some(false) => return Some(false),
            None => known = None,
            Some(true) => {}
        }
    }
    known
}

/// The parts that two possible values have in common; the rest is unknown for the reason.
pub(super) fn common(a: &Node, b: &Node, reason: &Arc<str>) -> Node {
    let sensitive = a.sensitive || b.sensitive;
    let value = match (&a.value, &b.value) {
        _ if equal(a, b) == Some(true) => return a.clone().marked(sensitive),
        (Value::Object(x), Value::Object(y)) if x.keys().eq(y.keys()) => {
            let members: Object =
                x.iter().zip(y.values()).map(|((k, x), y)| (Arc::clone(k), common(x, y, reason))).collect();
            Value::Object(Arc::new(members))
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            Value::Array(Arc::new(x.iter().zip(y.iter()).map(|(x, y)| common(x, y, reason)).collect()))
        }
        _ => Value::Unknown(Arc::clone(reason)),
    };
    Node::new(value).marked(sensitive)
}

/// An operator other than `&&` and `||`, which look at one side first.
pub(super) fn binary(operator: Operator, a: &Node, b: &Node) -> Result<Node, String> {
    let sensitive = a.sensitive || b.sensitive;
    if let Operator::Eq | Operator::NotEq = operator {
        let value = match equal(a, b) {
            Some(same) => Value::Bool(same == (operator == Operator::Eq)),
            None => unknown_of(a, b),
        };
        // Whether a secret is given at all is no secret, and decides what is declared.
        let shown = a.is_null() || b.is_null();
        return Ok(Node::new(value).marked(!shown && (sensitive || a.any_sensitive() || b.any_sensitive())));
    }
    if a.reason().is_some() || b.reason().is_some() {
        return Ok(Node::new(unknown_of(a, b)).marked(sensitive));
    }
    Ok(Node::new(arithmetic(operator, &number(a)?, &number(b)?)?).marked(sensitive))
}

fn unknown_of(a: &Node, b: &Node) -> Value {
    let reason = a.first_unknown().or_else(|| b.first_unknown());
    reason.map_or_else(|| Value::unknown("an operand is not known"), |r| Value::Unknown(Arc::clone(r)))
}

#[allow(clippy::cast_precision_loss)]
fn arithmetic(operator: Operator, a: &Value, b: &Value) -> Result<Value, String> {
    let float = |v: &Value| match v {
        Value::Int(n) => *n as f64,
        Value::Float(n) => *n,
        _ => f64::NAN,
    };
    let (x, y) = (float(a), float(b));
    let order = match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        _ => x.partial_cmp(&y),
    };
    let whole = match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some((*a, *b)),
        _ => None,
    };
    let exact = |f: fn(i64, i64) -> Option<i64>| whole.and_then(|(a, b)| f(a, b)).map(Value::Int);
    Ok(match operator {
        Operator::Plus => exact(i64::checked_add).unwrap_or_else(|| decimal(x + y)),
        Operator::Minus => exact(i64::checked_sub).unwrap_or_else(|| decimal(x - y)),
        Operator::Mul => exact(i64::checked_mul).unwrap_or_else(|| decimal(x * y)),
        Operator::Div | Operator::Mod if y == 0.0 => return Err("division by zero".to_owned()),
        Operator::Div => exact(|a, b| if a.checked_rem(b) == Some(0) { a.checked_div(b) } else { None })
            .unwrap_or_else(|| Value::float(x / y)),
        Operator::Mod => exact(i64::checked_rem).unwrap_or_else(|| Value::float(x % y)),
        Operator::Less => Value::Bool(order.is_some_and(std::cmp::Ordering::is_lt)),
        Operator::LessEq => Value::Bool(order.is_some_and(std::cmp::Ordering::is_le)),
        Operator::Greater => Value::Bool(order.is_some_and(std::cmp::Ordering::is_gt)),
        Operator::GreaterEq => Value::Bool(order.is_some_and(std::cmp::Ordering::is_ge)),
        Operator::Eq | Operator::NotEq | Operator::And | Operator::Or => {
            return Err("the operator takes no numbers".to_owned());
        }
    })
}

/// Terraform's numbers are far more exact than ours: 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> Value {
    let rounded = if number.fract() == 0.0 { None } else { format!("{number:.14e}").parse().ok() };
    Value::float(rounded.unwrap_or(number))
}

/// The elements as one type, where a text stands beside numbers or truth values: all become texts.
pub(super) fn unified(items: Vec<Node>) -> Vec<Node> {
    let plain = |n: &Node| matches!(n.value, Value::Int(_) | Value::Float(_) | Value::Bool(_));
    let mixed = items.iter().any(|n| n.as_str().is_some()) && items.iter().any(plain);
    if !mixed {
        return items;
    }
    let converted = |n: Node| match text(&n) {
        Ok(text) => Node { value: Value::String(Arc::from(text)), ..n },
        Err(_) => n,
    };
    items.into_iter().map(converted).collect()
}

/// A member of an object. With `absent`, members that are not there are unknown for that reason: blocks that the provider adds to.
pub(super) fn attribute(node: &Node, name: &str, absent: Option<&str>) -> Result<Node, String> {
    match &node.value {
        Value::Unknown(_) => Ok(Node { at: None, ..node.clone() }),
        Value::Object(members) => match (members.get(name), absent) {
            (Some(member), _) => Ok(member.clone().marked(node.sensitive)),
            (None, Some(reason)) => Ok(Node::unknown(reason)),
            (None, None) => Err(format!("there is no attribute {name:?}")),
        },
        // Old code reads the only block of a type without an index.
        Value::Array(items) if absent.is_some() => match items.as_slice() {
            [only] => attribute(only, name, absent),
            _ => Err(format!("a list has no attribute {name:?}")),
        },
        other => Err(format!("{} has no attribute {name:?}", other.kind())),
    }
}

/// An element by its index or key.
pub(super) fn element(node: &Node, index: &Node, absent: Option<&str>) -> Result<Node, String> {
    let sensitive = node.sensitive || index.sensitive;
    match (&node.value, &index.value) {
        (Value::Unknown(_), _) => Ok(Node { at: None, ..node.clone() }.marked(sensitive)),
        (_, Value::Unknown(_)) => Ok(Node { at: None, ..index.clone() }.marked(sensitive)),
        (Value::Array(items), _) => {
            let Value::Int(n) = number(index)? else { return Err("an index must be a whole number".to_owned()) };
            match (usize::try_from(n).ok().and_then(|n| items.get(n)), absent) {
                (Some(item), _) => Ok(item.clone().marked(sensitive)),
                (None, Some(reason)) => Ok(Node::unknown(reason)),
                (None, None) => Err(format!("there is no element {n} in a list of {}", items.len())),
            }
        }
        (Value::Object(_), _) => {
            let key = text(index)?;
            attribute(node, &key, absent).map(|n| n.marked(sensitive))
        }
        (other, _) => Err(format!("{} has no elements", other.kind())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality_is_decided_only_by_what_is_known() {
        let list = |items: &[Node]| Node::array(items.to_vec());
        let (one, unknown) = (Node::new(Value::Int(1)), Node::unknown("u"));
        assert_eq!(equal(&list(&[one.clone(), unknown.clone()]), &list(&[one.clone(), one.clone()])), None);
        assert_eq!(
            equal(&list(&[unknown.clone(), one.clone()]), &list(&[one.clone(), Node::string("1")])),
            Some(false)
        );
        assert_eq!(equal(&list(std::slice::from_ref(&unknown)), &list(&[])), Some(false));
        assert_eq!(equal(&one, &Node::new(Value::Float(1.0))), Some(true));
        assert_eq!(equal(&unknown, &Node::new(Value::Null)), None);
    }

    #[test]
    fn a_subscription_that_is_not_known_is_like_no_other() {
        let stand_in = crate::iac::Ids::subscription_of("root");
        let id = Node::string(format!("/subscriptions/{stand_in}"));
        assert_eq!(equal(&id, &id), Some(true));
        assert_eq!(equal(&id, &Node::string("/subscriptions/00000000-0000-4000-8000-000000000000")), None);
        assert!(stands_in(&stand_in) && !stands_in("00000000-0000-4000-8000-000000000000") && !stands_in("8"));
    }

    #[test]
    fn whether_a_secret_is_given_is_no_secret() {
        let (null, secret) = (Node::new(Value::Null), Node::string("s").marked(true));
        for (operator, other, sensitive) in
            [(Operator::Eq, &null, false), (Operator::NotEq, &null, false), (Operator::Eq, &Node::string("s"), true)]
        {
            assert_eq!(binary(operator, &secret, other).unwrap().sensitive, sensitive, "{operator:?}");
        }
    }

    #[test]
    fn what_two_values_share_is_known() {
        let reason: Arc<str> = Arc::from("why");
        let object = |n: i64| {
            Node::object(Object::from([
                (Arc::from("a"), Node::new(Value::Int(1))),
                (Arc::from("b"), Node::new(Value::Int(n))),
            ]))
        };
        let both = common(&object(1), &object(2), &reason);
        assert_eq!(both.get("a").unwrap().value, Value::Int(1));
        assert_eq!(&**both.get("b").unwrap().reason().unwrap(), "why");
        assert!(common(&object(1), &Node::new(Value::Null), &reason).reason().is_some());
    }

    #[test]
    fn numbers_do_not_overflow() {
        for (operator, a, b, want) in [
            (Operator::Plus, i64::MAX, 1, Some(9.223372036854776e18)),
            (Operator::Div, i64::MIN, -1, Some(9.223372036854776e18)),
            (Operator::Mod, i64::MIN, -1, Some(0.0)),
            (Operator::Div, 1, 0, None),
            (Operator::Mod, 1, 0, None),
            (Operator::Div, 7, 2, Some(3.5)),
        ] {
            let result = binary(operator, &Node::new(Value::Int(a)), &Node::new(Value::Int(b)));
            let got = result.ok().map(|n| match n.value {
                Value::Int(n) => n as f64,
                Value::Float(n) => n,
                other => panic!("{other:?}"),
            });
            assert_eq!(got, want, "{operator:?} {a} {b}");
        }
    }
}
