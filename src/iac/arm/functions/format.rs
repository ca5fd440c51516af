//! `format`: texts with numbered places, as .NET writes them.

use crate::iac::arm::functions::{Args, Done, MAX_TEXT, Stop, text, whole};
use crate::iac::{Node, Value};

/// Fills `{0}`, `{1,10}` and `{2:N0}`; doubled braces are braces.
pub(super) fn format(args: &Args<'_>) -> Done {
    args.count(1..=usize::MAX)?;
    let pattern = args.text(0)?;
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out.push_str(brace);
            rest = after;
            continue;
        }
        let Some(end) = rest.find('}').filter(|_| brace == "{") else { return args.wrong("a brace stands alone") };
        let place = &rest[..end];
        rest = &rest[end + 1..];
        let (place, spec) = place.split_once(':').unwrap_or((place, ""));
        let (index, width) = place.split_once(',').unwrap_or((place, "0"));
        let (Ok(index), Ok(width)) = (index.trim().parse::<usize>(), width.trim().parse::<i32>()) else {
            return args.wrong(format!("{{{place}}} is no place"));
        };
        let Some(value) = args.list.get(1..).and_then(|l| l.get(index)) else {
            return args.wrong(format!("there is no argument for {{{index}}}"));
        };
        let shown = show(whole(value)?, spec)?;
        let missing = (width.unsigned_abs() as usize).min(MAX_TEXT).saturating_sub(shown.chars().count());
        let blanks = " ".repeat(missing);
        out.push_str(if width > 0 { &blanks } else { "" });
        out.push_str(&shown);
        out.push_str(if width < 0 { &blanks } else { "" });
        if out.len() > MAX_TEXT {
            return text(out);
        }
    }
    out.push_str(rest);
    text(out)
}

fn show(value: &Node, spec: &str) -> Result<String, Stop> {
    match (&value.value, spec) {
        (Value::Int(number), spec) if !spec.is_empty() => {
            integer(*number, spec).ok_or_else(|| Stop::unknown(format!("the number format '{spec}' is not read")))
        }
        (Value::Float(_), spec) if !spec.is_empty() => {
            Err(Stop::unknown(format!("the number format '{spec}' is not read")))
        }
        _ => match super::text::plain(value) {
            Some(shown) => Ok(shown.into_owned()),
            None => Err(Stop::unknown("how an array or object is written into a text is not known")),
        },
    }
}

/// A whole number in the formats that templates use: `D3`, `X`, `N0`, `000`.
fn integer(number: i64, spec: &str) -> Option<String> {
    if spec.bytes().all(|b| b == b'0') {
        return Some(zeros(number, spec.len()));
    }
    let (kind, digits) = spec.split_at_checked(1)?;
    let digits: Option<usize> = if digits.is_empty() { None } else { Some(digits.parse().ok().filter(|d| *d <= 99)?) };
    Some(match kind {
        "D" | "d" => zeros(number, digits.unwrap_or(0)),
        "X" => format!("{number:0width$X}", width = digits.unwrap_or(0)),
        "x" => format!("{number:0width$x}", width = digits.unwrap_or(0)),
        "N" | "n" => {
            let plain = number.unsigned_abs().to_string();
            let mut grouped = String::new();
            for (at, digit) in plain.chars().enumerate() {
                if at > 0 && (plain.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let sign = if number < 0 { "-" } else { "" };
            match digits? {
                0 => format!("{sign}{grouped}"),
                digits => format!("{sign}{grouped}.{}", "0".repeat(digits)),
            }
        }
        _ => return None,
    })
}

fn zeros(number: i64, width: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{:0width$}", number.unsigned_abs())
}
