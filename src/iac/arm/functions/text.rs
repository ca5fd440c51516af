//! Functions on texts.

use std::borrow::Cow;

use crate::iac::arm::functions::{Args, Deployment, Done, STANDS_IN, Stop, boolean, format, guid, list, text, whole};
use crate::iac::{Node, Value};

/// The deepest JSON that `json` reads; deeper text is not known.
const JSON_DEPTH: usize = 100;

pub(super) fn call(name: &str, args: &Args<'_>, scope: &dyn Deployment) -> Option<Done> {
    Some(match name {
        "base64" => encode(args),
        "base64tostring" => decode(args).and_then(text),
        "base64tojson" => decode(args).and_then(|t| json(args, &t)),
        "datauri" => data_uri(args),
        "datauritostring" => from_data_uri(args),
        "endswith" => affix(args, |text, end| text.ends_with(end)),
        "startswith" => affix(args, |text, start| text.starts_with(start)),
        "format" => format::format(args),
        "guid" => guid::guid(args),
        "join" => join(args),
        "json" => args.text(0).and_then(|t| json(args, t)),
        "padleft" => pad_left(args),
        "replace" => replace(args),
        "split" => split(args, scope),
        "string" => string(args),
        "substring" => substring(args),
        "tolower" => args.text(0).and_then(|t| text(t.to_lowercase())),
        "toupper" => args.text(0).and_then(|t| text(t.to_uppercase())),
        "trim" => args.text(0).and_then(|t| text(t.trim())),
        "uri" => uri(args),
        "uricomponent" => args.text(0).and_then(|t| text(escape(t))),
        "uricomponenttostring" => args.text(0).and_then(|t| unescape(args, t)),
        "newguid" | "utcnow" => Err(Stop::unknown(format!("{}() is different in each deployment", args.name))),
        "uniquestring" => Err(args.list.iter().find(|a| a.reason().is_some()).map_or_else(
            || Stop::unknown("uniqueString() is known when it is deployed"),
            |a| Stop::Unknown(a.clone()),
        )),
        "fail" => Err(Stop::Wrong(format!("the template ends with: {}", args.text(0).unwrap_or("fail()")))),
        _ => return None,
    })
}

/// A simple value as text, the way Azure writes it: `True` for true.
pub(crate) fn plain(node: &Node) -> Option<Cow<'_, str>> {
    Some(match &node.value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Int(value) => Cow::Owned(value.to_string()),
        Value::Float(value) => Cow::Owned(value.to_string()),
        Value::Bool(true) => Cow::Borrowed("True"),
        Value::Bool(false) => Cow::Borrowed("False"),
        Value::Null => Cow::Borrowed(""),
        _ => return None,
    })
}

fn affix(args: &Args<'_>, holds: fn(&str, &str) -> bool) -> Done {
    args.count(2..=2)?;
    boolean(holds(&args.text(0)?.to_lowercase(), &args.text(1)?.to_lowercase()))
}

fn join(args: &Args<'_>) -> Done {
    args.count(2..=2)?;
    let between = args.text(1)?;
    let mut joined = String::new();
    for (at, item) in args.items(0)?.iter().enumerate() {
        if at > 0 {
            joined.push_str(between);
        }
        match plain(whole(item)?) {
            Some(part) => joined.push_str(&part),
            None => return args.wrong("an item is no string"),
        }
        if joined.len() > super::MAX_TEXT {
            break;
        }
    }
    text(joined)
}

fn pad_left(args: &Args<'_>) -> Done {
    args.count(2..=3)?;
    let Some(value) = plain(args.known(0)?) else { return args.mismatch(0, "a string or a number") };
    let width = usize::try_from(args.int(1)?).unwrap_or(0).min(super::MAX_TEXT);
    let with = if args.list.len() == 3 { args.text(2)?.chars().next().unwrap_or(' ') } else { ' ' };
    let missing = width.saturating_sub(value.chars().count());
    text(with.to_string().repeat(missing) + &value)
}

fn replace(args: &Args<'_>) -> Done {
    args.count(3..=3)?;
    let (value, old, new) = (args.text(0)?, args.text(1)?, args.text(2)?);
    if old.is_empty() {
        return args.wrong("the text to replace is empty");
    }
    let found = value.matches(old).count();
    if value.len().saturating_add(found.saturating_mul(new.len())) > super::MAX_TEXT {
        return args.wrong("the text gets too long");
    }
    text(value.replace(old, new))
}

fn split(args: &Args<'_>, scope: &dyn Deployment) -> Done {
    args.count(2..=2)?;
    let value = args.text(0)?;
    let marks: Vec<&str> = match &args.known(1)?.value {
        Value::String(mark) => vec![mark],
        Value::Array(marks) => {
            match marks.iter().map(|m| whole(m).map(Node::as_str)).collect::<Result<Option<_>, _>>()? {
                Some(marks) => marks,
                None => return args.mismatch(1, "a string or an array of strings"),
            }
        }
        _ => return args.mismatch(1, "a string or an array of strings"),
    };
    // The segments of an id stay the same whatever group it names.
    if scope.stands_in(value) && marks != ["/"] {
        return Err(Stop::unknown(STANDS_IN));
    }
    let mut parts = vec![value];
    for mark in marks.into_iter().filter(|m| !m.is_empty()) {
        parts = parts.into_iter().flat_map(|p| p.split(mark)).take(super::MAX_ITEMS + 1).collect();
    }
    list(parts.into_iter().map(Node::string).collect())
}

fn string(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let node = whole(args.get(0)?)?;
    match plain(node) {
        Some(value) => text(value),
        None => match node.to_json() {
            Ok(json) => text(json.to_string()),
            Err(reason) => Err(Stop::unknown(reason)),
        },
    }
}

fn substring(args: &Args<'_>) -> Done {
    args.count(2..=3)?;
    let (value, start) = (args.text(0)?, args.int(1)?);
    let letters: Vec<char> = value.chars().collect();
    let length = if args.list.len() == 3 && !args.get(2)?.is_null() { Some(args.int(2)?) } else { None };
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let end = match length {
        Some(length) => usize::try_from(length).ok().and_then(|l| start.checked_add(l)).unwrap_or(usize::MAX),
        None => letters.len(),
    };
    match letters.get(start..end) {
        Some(cut) => text(cut.iter().collect::<String>()),
        None => args.wrong(format!("the text has only {} characters", letters.len())),
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn encode(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    text(to_base64(args.text(0)?.as_bytes()))
}

fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |sum, b| (sum << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = BASE64[(group >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn decode(args: &Args<'_>) -> Result<String, Stop> {
    args.count(1..=1)?;
    match from_base64(args.text(0)?).map(String::from_utf8) {
        Some(Ok(text)) => Ok(text),
        _ => args.wrong("the text is no base64 of a text"),
    }
}

fn from_base64(value: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = value.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    if !letters.len().is_multiple_of(4) {
        return None;
    }
    let body = match letters.as_slice() {
        [body @ .., b'=', b'='] | [body @ .., b'='] => body,
        body => body,
    };
    let mut out = Vec::with_capacity(body.len() / 4 * 3 + 3);
    for chunk in body.chunks(4) {
        let mut group = 0u32;
        for letter in chunk {
            let at = BASE64.iter().position(|b| b == letter)?;
            group = (group << 6) | u32::try_from(at).ok()?;
        }
        group <<= 6 * (4 - chunk.len());
        let bytes = group.to_be_bytes();
        out.extend_from_slice(bytes.get(1..chunk.len())?);
    }
    Some(out)
}

fn data_uri(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let Some(value) = plain(args.known(0)?) else { return args.mismatch(0, "a string") };
    text(format!("data:text/plain;charset=utf8;base64,{}", to_base64(value.as_bytes())))
}

fn from_data_uri(args: &Args<'_>) -> Done {
    args.count(1..=1)?;
    let value = args.text(0)?;
    let Some((head, data)) = value.strip_prefix("data:").and_then(|v| v.split_once(',')) else {
        return args.wrong("the text is no data URI");
    };
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return unescape(args, data);
    }
    match from_base64(data).map(String::from_utf8) {
        Some(Ok(value)) => text(value),
        _ => args.wrong("the data is no base64 of a text"),
    }
}

/// JSON as Azure reads it: single quotes are allowed.
fn json(args: &Args<'_>, value: &str) -> Done {
    args.count(1..=1)?;
    let mut depth = 0usize;
    let deepest = value.bytes().fold(0, |deepest, byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth.max(deepest)
    });
    if deepest > JSON_DEPTH {
        return Err(Stop::unknown(format!("the JSON is nested deeper than {JSON_DEPTH} levels")));
    }
    if let Ok(parsed) = serde_json::from_str(value) {
        return Ok(Node::from_json(&parsed));
    }
    let collect = jsonc_parser::CollectOptions::default();
    match jsonc_parser::parse_to_ast(value, &collect, &jsonc_parser::ParseOptions::default()).map(|p| p.value) {
        Ok(Some(parsed)) => Ok(loose(&parsed)),
        _ => args.wrong("the text is no JSON"),
    }
}

fn loose(value: &jsonc_parser::ast::Value<'_>) -> Node {
    use jsonc_parser::ast::Value as Ast;
    match value {
        Ast::NullKeyword(_) => Node::new(Value::Null),
        Ast::BooleanLit(v) => Node::new(Value::Bool(v.value)),
        Ast::StringLit(v) => Node::string(&v.value),
        Ast::NumberLit(v) => Node::new(match (v.value.parse::<i64>(), v.value.parse::<f64>()) {
            (Ok(number), _) => Value::Int(number),
            (_, Ok(number)) => Value::float(number),
            _ => Value::unknown(format!("{} is no number", v.value)),
        }),
        Ast::Array(v) => Node::array(v.elements.iter().map(loose).collect()),
        Ast::Object(v) => Node::object(
            v.properties.iter().map(|p| (std::sync::Arc::from(p.name.as_str()), loose(&p.value))).collect(),
        ),
    }
}

/// An absolute address from a base and what follows it: the base's last segment gives way, as in browsers.
fn uri(args: &Args<'_>) -> Done {
    args.count(2..=2)?;
    let (base, relative) = (args.text(0)?, args.text(1)?);
    let Some(host) = base.find("://").map(|at| at + 3) else { return args.wrong("the base is no absolute address") };
    if relative.contains("://") {
        return text(relative);
    }
    let path_at = base[host..].find('/').map_or(base.len(), |at| host + at);
    let (origin, path) = base.split_at(path_at);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut segments: Vec<&str> = match relative.starts_with('/') {
        true => Vec::new(),
        false => path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').skip(1).collect()),
    };
    let (relative, query) = match relative.find(['?', '#']) {
        Some(at) => relative.split_at(at),
        None => (relative, ""),
    };
    let mut ends_open = relative.is_empty();
    for segment in relative.trim_start_matches('/').split('/') {
        ends_open = matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let slash = if ends_open && !segments.is_empty() { "/" } else { "" };
    text(format!("{origin}/{}{slash}{query}", segments.join("/")))
}

fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescape(args: &Args<'_>, value: &str) -> Done {
    let bytes = value.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match code.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    match String::from_utf8(out) {
        Ok(value) => text(value),
        Err(_) => args.wrong("the text is not UTF-8"),
    }
}
