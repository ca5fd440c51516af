//! Numbers.

use crate::iac::terraform::functions::args::{float, list, number, text, whole};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Value};

fn value(value: f64) -> Answer {
    if value.is_finite() { Ok(Node::new(Value::float(value))) } else { Err("the result is no number".to_owned()) }
}

pub(super) fn abs(args: &[Node], _: &Context<'_>) -> Answer {
    match number(&args[0])? {
        Value::Int(whole) if whole != i64::MIN => Ok(Node::new(Value::Int(whole.abs()))),
        _ => value(float(&args[0])?.abs()),
    }
}

pub(super) fn ceil(args: &[Node], _: &Context<'_>) -> Answer {
    rounded(&args[0], f64::ceil)
}

pub(super) fn floor(args: &[Node], _: &Context<'_>) -> Answer {
    rounded(&args[0], f64::floor)
}

fn rounded(node: &Node, how: fn(f64) -> f64) -> Answer {
    match number(node)? {
        whole @ Value::Int(_) => Ok(Node::new(whole)),
        _ => value(how(float(node)?)),
    }
}

pub(super) fn log(args: &[Node], _: &Context<'_>) -> Answer {
    value(float(&args[0])?.ln() / float(&args[1])?.ln())
}

pub(super) fn pow(args: &[Node], _: &Context<'_>) -> Answer {
    if let (Ok(base), Ok(power)) = (whole(&args[0]), whole(&args[1])) {
        let exact = u32::try_from(power).ok().and_then(|p| base.checked_pow(p));
        if let Some(exact) = exact {
            return Ok(Node::new(Value::Int(exact)));
        }
    }
    value(float(&args[0])?.powf(float(&args[1])?))
}

pub(super) fn signum(args: &[Node], _: &Context<'_>) -> Answer {
    let number = float(&args[0])?;
    Ok(Node::new(Value::Int(if number > 0.0 { 1 } else { -i64::from(number < 0.0) })))
}

pub(super) fn max(args: &[Node], _: &Context<'_>) -> Answer {
    best(args, |new, best| new > best)
}

pub(super) fn min(args: &[Node], _: &Context<'_>) -> Answer {
    best(args, |new, best| new < best)
}

fn best(args: &[Node], better: fn(f64, f64) -> bool) -> Answer {
    let mut best = (float(&args[0])?, number(&args[0])?);
    for arg in &args[1..] {
        let new = float(arg)?;
        if better(new, best.0) {
            best = (new, number(arg)?);
        }
    }
    Ok(Node::new(best.1))
}

pub(super) fn sum(args: &[Node], _: &Context<'_>) -> Answer {
    let items = list(&args[0])?;
    if items.is_empty() {
        return Err("the list must not be empty".to_owned());
    }
    let mut exact = Some(0i64);
    let mut total = 0.0;
    for item in items {
        total += float(item)?;
        exact = exact.and_then(|sum| whole(item).ok().and_then(|n| sum.checked_add(n)));
    }
    exact.map_or_else(|| value(total), |sum| Ok(Node::new(Value::Int(sum))))
}

#[allow(clippy::cast_precision_loss)]
pub(super) fn parseint(args: &[Node], _: &Context<'_>) -> Answer {
    let base @ 2..=62 = whole(&args[1])? else {
        return Err("the base must be a whole number between 2 and 62".to_owned());
    };
    let text = text(&args[0])?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let wrong = || format!("{text:?} is no number of base {base}");
    // Up to base 36 both cases of a letter are the same digit; above, small letters come first.
    let digit = |c: u8| -> Option<i64> {
        let digit = match c {
            b'0'..=b'9' => i64::from(c - b'0'),
            b'a'..=b'z' => i64::from(c - b'a') + 10,
            b'A'..=b'Z' if base <= 36 => i64::from(c - b'A') + 10,
            b'A'..=b'Z' => i64::from(c - b'A') + 36,
            _ => return None,
        };
        (digit < base).then_some(digit)
    };
    if digits.is_empty() {
        return Err(wrong());
    }
    let (mut exact, mut total) = (Some(0i64), 0.0f64);
    for c in digits.bytes() {
        let digit = digit(c).ok_or_else(wrong)?;
        exact = exact.and_then(|n| n.checked_mul(base)?.checked_add(digit));
        total = total * base as f64 + digit as f64;
    }
    match exact {
        Some(n) => Ok(Node::new(Value::Int(if negative { -n } else { n }))),
        None => value(if negative { -total } else { total }),
    }
}
