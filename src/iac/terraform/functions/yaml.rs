//! YAML in and out.

use std::fmt::Write;
use std::sync::Arc;

use yaml_serde::Value as Yaml;

use crate::iac::terraform::functions::args::{MAX_DEPTH, MAX_TEXT, text, text_fits};
use crate::iac::terraform::functions::encoding::{json_text, to_json};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Object, Value};

pub(super) fn yamldecode(args: &[Node], _: &Context<'_>) -> Answer {
    let source = text(&args[0])?;
    if source.len() > MAX_TEXT {
        return Err(format!("the text is larger than {MAX_TEXT} bytes"));
    }
    if source.trim().is_empty() {
        return Err("on line 1, column 1: missing start of document".to_owned());
    }
    let mut yaml: Yaml = yaml_serde::from_str(&source).map_err(|e| e.to_string())?;
    yaml.apply_merge().map_err(|e| e.to_string())?;
    node(&yaml, &source, 0)
}

fn node(yaml: &Yaml, source: &str, depth: usize) -> Answer {
    if depth > MAX_DEPTH {
        return Err(format!("it is nested deeper than {MAX_DEPTH} levels"));
    }
    Ok(match yaml {
        Yaml::Null => Node::new(Value::Null),
        Yaml::Bool(value) => Node::new(Value::Bool(*value)),
        Yaml::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Node::new(Value::Int(whole)),
            (None, Some(float)) => Node::new(Value::float(float)),
            (None, None) => Node::unknown("the number is out of range"),
        },
        Yaml::String(text) => Node::new(plain(text, source)),
        Yaml::Sequence(items) => {
            Node::array(items.iter().map(|i| node(i, source, depth + 1)).collect::<Result<Vec<_>, _>>()?)
        }
        Yaml::Mapping(members) => {
            let mut out = Object::new();
            for (name, member) in members {
                let name = match name {
                    Yaml::String(name) => Arc::from(name.as_str()),
                    Yaml::Null => Arc::from("null"),
                    name => text(&node(name, source, depth + 1)?).map_err(|_| "a key must be a scalar")?,
                };
                out.insert(name, node(member, source, depth + 1)?);
            }
            Node::object(out)
        }
        Yaml::Tagged(tagged) => return Err(format!("unsupported tag {}", tagged.tag)),
    })
}

/// Terraform reads YAML 1.1, where `yes` and `off` are truth values unless they stand in quotes; the parser reads 1.2 and
/// does not say what stood in quotes.
fn plain(text: &str, source: &str) -> Value {
    let value = match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => true,
        "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => false,
        _ => return Value::String(Arc::from(text)),
    };
    let quoted = ['"', '\''].iter().map(|q| source.matches(&format!("{q}{text}{q}")).count()).sum::<usize>();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_'));
    let bare = source
        .match_indices(text)
        .any(|(at, _)| !letter(source[..at].chars().next_back()) && !letter(source[at + text.len()..].chars().next()));
    match (quoted > 0, bare) {
        (_, false) => Value::String(Arc::from(text)),
        (false, true) => Value::Bool(value),
        (true, true) => Value::unknown(format!("whether {text} stands in quotes in the YAML is not known")),
    }
}

pub(super) fn yamlencode(args: &[Node], _: &Context<'_>) -> Answer {
    let mut out = String::new();
    let mut inline = String::new();
    if scalar(&args[0], &mut inline, 0)? {
        let _ = writeln!(out, "{inline}");
        if args[0].is_null() {
            out.push_str("...\n");
        }
    } else {
        block(&args[0], 0, &mut out)?;
    }
    Ok(Node::string(out))
}

/// What stands on the line of its key. A text of several lines goes below it, indented.
fn scalar(node: &Node, out: &mut String, indent: usize) -> Result<bool, String> {
    match &node.value {
        Value::String(text) if lines(text) => {
            out.push_str(match (text.ends_with('\n'), text.ends_with("\n\n")) {
                (true, true) => "|+",
                (true, false) => "|",
                (false, _) => "|-",
            });
            for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
                out.push('\n');
                if !line.is_empty() {
                    let _ = write!(out, "{:width$}{line}", "", width = indent + 2);
                }
            }
        }
        Value::String(text) => json_like(text, out),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Object(members) if members.is_empty() => out.push_str("{}"),
        Value::Array(_) | Value::Object(_) => return Ok(false),
        _ => out.push_str(&to_json(node)?),
    }
    Ok(true)
}

/// Whether a text is written in lines rather than in quotes.
fn lines(text: &str) -> bool {
    text.contains('\n') && !text.starts_with([' ', '\n']) && !text.chars().any(|c| c.is_control() && c != '\n')
}

fn json_like(text: &str, out: &mut String) {
    let mut quoted = String::new();
    json_text(text, &mut quoted);
    // YAML has no reason to hide what HTML reads.
    out.push_str(&quoted.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&"));
}

fn block(node: &Node, indent: usize, out: &mut String) -> Result<(), String> {
    text_fits(out.len())?;
    if indent > MAX_DEPTH {
        return Err(format!("it is nested deeper than {} levels", MAX_DEPTH / 2));
    }
    let margin = " ".repeat(indent);
    let mut first = true;
    // The first line stands behind the dash or the key that opens the block.
    let mut open = |out: &mut String| {
        if !std::mem::take(&mut first) {
            out.push_str(&margin);
        }
    };
    match &node.value {
        Value::Array(items) => {
            for item in items.iter() {
                open(out);
                out.push_str("- ");
                if scalar(item, out, indent)? {
                    out.push('\n');
                } else {
                    block(item, indent + 2, out)?;
                }
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter() {
                open(out);
                json_like(name, out);
                out.push(':');
                let mut inline = String::from(" ");
                if scalar(member, &mut inline, indent)? {
                    out.push_str(&inline);
                    out.push('\n');
                } else if member.as_array().is_some() {
                    out.push('\n');
                    out.push_str(&margin);
                    block(member, indent, out)?;
                } else {
                    let _ = write!(out, "\n{:width$}", "", width = indent + 2);
                    block(member, indent + 2, out)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}
