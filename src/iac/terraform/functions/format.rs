//! `format` and `formatlist`, with the verbs of Go.

use std::sync::Arc;

use crate::iac::terraform::functions::args::{self, MAX_TEXT, items_fit, text, text_fits};
use crate::iac::terraform::functions::encoding::to_json;
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Value};

/// One `%…` of a format.
#[derive(Debug, Default)]
struct Verb {
    plus: bool,
    minus: bool,
    space: bool,
    sharp: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// From 1.
    argument: Option<usize>,
    kind: char,
}

pub(super) fn format(args: &[Node], _: &Context<'_>) -> Answer {
    if args[0].is_null() {
        return Err("the format must not be null".to_owned());
    }
    let mut seen = args::Survey::default();
    for arg in args {
        seen.add(arg)?;
    }
    if let Some(reason) = seen.unknown {
        return Ok(Node::new(Value::Unknown(reason)).marked(seen.sensitive));
    }
    let values: Vec<&Node> = args[1..].iter().collect();
    Ok(Node::string(formatted(&text(&args[0])?, &values)?).marked(seen.sensitive))
}

pub(super) fn formatlist(args: &[Node], context: &Context<'_>) -> Answer {
    if let Some(unknown) = args::unknown_of(&args[0]) {
        return Ok(unknown);
    }
    text(&args[0]).map_err(|_| "the format must be a string")?;
    if let Some(unknown) = args[1..].iter().find_map(args::unknown_of) {
        return Ok(unknown);
    }
    let mut rows: Option<usize> = None;
    for (at, arg) in args[1..].iter().enumerate() {
        let Some(items) = arg.as_array() else { continue };
        match rows {
            Some(rows) if rows != items.len() => {
                let n = items.len();
                return Err(format!("argument {} has length {n}, the lists before it have {rows}", at + 1));
            }
            _ => rows = Some(items.len()),
        }
    }
    let rows = rows.unwrap_or(1);
    items_fit(rows)?;
    let (mut out, mut total) = (Vec::with_capacity(rows), 0usize);
    for row in 0..rows {
        let pick = |arg: &Node| arg.as_array().map_or_else(|| arg.clone(), |items| items[row].clone());
        let line: Vec<Node> = args.iter().map(pick).collect();
        let made = format(&line, context)?;
        total = total.saturating_add(made.as_str().map_or(0, str::len));
        text_fits(total)?;
        out.push(made);
    }
    Ok(Node::array(out).marked(args.iter().any(|a| a.sensitive)))
}

fn formatted(format: &str, args: &[&Node]) -> Result<String, String> {
    let mut out = String::new();
    let (mut rest, mut next, mut used) = (format, 0usize, 0usize);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (verb, after) = parse(rest)?;
        rest = after;
        next = verb.argument.unwrap_or(next + 1);
        used = used.max(next);
        let arg = args.get(next.wrapping_sub(1)).ok_or_else(|| {
            format!("not enough arguments for \"%{}\": need index {next} but have {} total", verb.kind, args.len())
        })?;
        one(&verb, arg, &mut out)?;
        text_fits(out.len())?;
    }
    if used < args.len() {
        return Err(format!("too many arguments; only {used} used by format string"));
    }
    out.push_str(rest);
    Ok(out)
}

fn parse(text: &str) -> Result<(Verb, &str), String> {
    let mut verb = Verb::default();
    let mut rest = text;
    while let Some(flag) = rest.chars().next().filter(|c| "+- #0".contains(*c)) {
        match flag {
            '+' => verb.plus = true,
            '-' => verb.minus = true,
            ' ' => verb.space = true,
            '#' => verb.sharp = true,
            _ => verb.zero = true,
        }
        rest = &rest[1..];
    }
    let digits = |rest: &mut &str| -> Result<Option<usize>, String> {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        *rest = after;
        match number {
            "" => Ok(None),
            number => match number.parse() {
                Ok(n) if n <= MAX_TEXT => Ok(Some(n)),
                _ => Err(format!("the result is larger than {MAX_TEXT} bytes")),
            },
        }
    };
    verb.width = digits(&mut rest)?;
    if let Some(after) = rest.strip_prefix('.') {
        rest = after;
        verb.precision = Some(digits(&mut rest)?.unwrap_or(0));
    }
    if let Some(after) = rest.strip_prefix('[') {
        rest = after;
        verb.argument = digits(&mut rest)?.filter(|n| *n > 0);
        rest =
            rest.strip_prefix(']').filter(|_| verb.argument.is_some()).ok_or("invalid argument index in the format")?;
    }
    let kind = rest.chars().next().ok_or("the format ends within a verb")?;
    verb.kind = kind;
    Ok((verb, &rest[kind.len_utf8()..]))
}

fn one(verb: &Verb, arg: &Node, out: &mut String) -> Result<(), String> {
    let needs = |what: &str| format!("unsupported value for \"%{}\": {what}", verb.kind);
    if arg.is_null() && verb.kind != 'v' {
        return Err(needs("null value cannot be formatted"));
    }
    match verb.kind {
        'v' if verb.sharp => pad(&to_json(arg)?, verb, out),
        'v' => match &arg.value {
            Value::String(text) => pad(&cut(text, verb.precision), verb, out),
            Value::Int(_) | Value::Float(_) => pad(&float_text('g', verb.precision, args::float(arg)?), verb, out),
            // The width of a truth value is not looked at.
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            _ => pad(&to_json(arg)?, verb, out),
        },
        't' => out.push_str(if args::truth(arg).map_err(|e| needs(&e))? { "true" } else { "false" }),
        's' => pad(&cut(&text(arg).map_err(|_| needs("string required"))?, verb.precision), verb, out),
        'q' => {
            let text = text(arg).map_err(|_| needs("string required"))?;
            pad(&to_json(&Node::string(cut(&text, verb.precision)))?, verb, out);
        }
        'b' | 'd' | 'o' | 'x' | 'X' => {
            let number = args::whole(arg).map_err(|_| needs("an integer is required"))?;
            let magnitude = number.unsigned_abs();
            let (prefix, digits) = match verb.kind {
                'b' => ("0b", format!("{magnitude:b}")),
                'o' => ("0", format!("{magnitude:o}")),
                'x' => ("0x", format!("{magnitude:x}")),
                'X' => ("0X", format!("{magnitude:X}")),
                _ => ("", magnitude.to_string()),
            };
            let prefix = if verb.sharp { prefix } else { "" };
            let zeros = verb.precision.unwrap_or(0).saturating_sub(digits.len());
            numeric(verb, number < 0, &format!("{prefix}{}{digits}", "0".repeat(zeros)), out);
        }
        'e' | 'E' | 'f' | 'g' | 'G' => {
            let number = args::float(arg).map_err(|_| needs("a number is required"))?;
            let precision = verb.precision.or(if matches!(verb.kind, 'g' | 'G') { None } else { Some(6) });
            let text = float_text(verb.kind.to_ascii_lowercase(), precision, number.abs());
            let text = if verb.kind.is_ascii_uppercase() { text.to_uppercase() } else { text };
            numeric(verb, number < 0.0, &text, out);
        }
        kind => return Err(format!("unsupported format verb '{kind}'")),
    }
    Ok(())
}

fn cut(text: &Arc<str>, precision: Option<usize>) -> String {
    precision.map_or_else(|| text.as_ref().to_owned(), |n| text.chars().take(n).collect())
}

fn pad(text: &str, verb: &Verb, out: &mut String) {
    let missing = verb.width.unwrap_or(0).saturating_sub(text.chars().count());
    if verb.minus {
        out.push_str(text);
        out.extend(std::iter::repeat_n(' ', missing));
    } else {
        out.extend(std::iter::repeat_n(if verb.zero { '0' } else { ' ' }, missing));
        out.push_str(text);
    }
}

/// Zeros come after the sign.
fn numeric(verb: &Verb, negative: bool, digits: &str, out: &mut String) {
    let sign = match (negative, verb.plus, verb.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    if verb.zero && !verb.minus {
        out.push_str(sign);
        let missing = verb.width.unwrap_or(0).saturating_sub(digits.len() + sign.len());
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
    } else {
        let spaces = Verb { minus: verb.minus, width: verb.width, ..Verb::default() };
        pad(&format!("{sign}{digits}"), &spaces, out);
    }
}

/// A number as Go writes it: exponents have two digits and a sign.
fn float_text(kind: char, precision: Option<usize>, number: f64) -> String {
    // More digits than any number has; the rest would be zeros.
    let precision = precision.map(|p| p.min(1100));
    match kind {
        'f' => format!("{number:.*}", precision.unwrap_or(6)),
        'e' => exponent(&format!("{number:.*e}", precision.unwrap_or(6))),
        _ => {
            let short = match precision {
                None => format!("{number:e}"),
                Some(p) => format!("{number:.*e}", p.max(1) - 1),
            };
            let (mantissa, power) = short.split_once('e').unwrap_or((&short, "0"));
            let power: i32 = power.parse().unwrap_or(0);
            let mantissa =
                if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
            let digits = mantissa.chars().filter(char::is_ascii_digit).count();
            // Without a precision Go decides as for 6 digits.
            let most = precision.map_or(6, |p| i32::try_from(p.max(1)).unwrap_or(i32::MAX));
            if power < -4 || power >= most {
                return exponent(&format!("{mantissa}e{power}"));
            }
            let after = i32::try_from(digits).unwrap_or(0) - 1 - power;
            let exact: f64 = format!("{mantissa}e{power}").parse().unwrap_or(number);
            format!("{exact:.*}", usize::try_from(after).unwrap_or(0))
        }
    }
}

fn exponent(text: &str) -> String {
    let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |p| ('-', p));
    format!("{mantissa}e{sign}{power:0>2}")
}
