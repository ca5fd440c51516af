//! Base64, JSON, CSV, URLs.

use std::fmt::Write;
use std::sync::Arc;

use crate::iac::terraform::functions::args::{MAX_DEPTH, MAX_TEXT, items_fit, survey, text, text_fits};
use crate::iac::terraform::functions::{Answer, Context};
use crate::iac::{Node, Object, Value};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn bytes_of(text: &str) -> Result<Vec<u8>, String> {
    let wrong = || "failed to decode base64 data".to_owned();
    let value = |c: u8| ALPHABET.iter().position(|a| *a == c).and_then(|at| u32::try_from(at).ok());
    // Go skips line breaks.
    let letters: Vec<u8> = text.bytes().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    if !letters.len().is_multiple_of(4) {
        return Err(wrong());
    }
    let mut out = Vec::with_capacity(letters.len() / 4 * 3);
    let chunks = letters.len() / 4;
    for (at, chunk) in letters.chunks(4).enumerate() {
        let padding = chunk.iter().rev().take_while(|c| **c == b'=').count();
        if padding > 2 || (padding > 0 && at + 1 != chunks) {
            return Err(wrong());
        }
        let mut bits = 0;
        for c in &chunk[..4 - padding] {
            bits = bits << 6 | value(*c).ok_or_else(wrong)?;
        }
        bits <<= 6 * padding;
        out.extend_from_slice(&bits.to_be_bytes()[1..4 - padding]);
    }
    Ok(out)
}

pub(super) fn base64encode(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::string(base64(text(&args[0])?.as_bytes())))
}

pub(super) fn base64decode(args: &[Node], _: &Context<'_>) -> Answer {
    let bytes = bytes_of(&text(&args[0])?)?;
    let text = String::from_utf8(bytes).map_err(|_| "the result of decoding the string is not valid UTF-8")?;
    Ok(Node::string(text))
}

enum Charset {
    Utf8,
    Utf16(fn(u16) -> [u8; 2], fn([u8; 2]) -> u16),
}

fn charset(name: &str) -> Option<Charset> {
    match name.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" | "US-ASCII" | "ASCII" => Some(Charset::Utf8),
        "UTF-16LE" => Some(Charset::Utf16(u16::to_le_bytes, u16::from_le_bytes)),
        "UTF-16BE" => Some(Charset::Utf16(u16::to_be_bytes, u16::from_be_bytes)),
        _ => None,
    }
}

pub(super) fn textencodebase64(args: &[Node], _: &Context<'_>) -> Answer {
    let (text, name) = (text(&args[0])?, text(&args[1])?);
    let Some(charset) = charset(&name) else {
        return Ok(Node::unknown(format!("the character set {name} is not computed here")));
    };
    Ok(Node::string(match charset {
        Charset::Utf8 => base64(text.as_bytes()),
        Charset::Utf16(to, _) => base64(&text.encode_utf16().flat_map(to).collect::<Vec<u8>>()),
    }))
}

pub(super) fn textdecodebase64(args: &[Node], _: &Context<'_>) -> Answer {
    let name = text(&args[1])?;
    let bytes = bytes_of(&text(&args[0])?)?;
    let Some(charset) = charset(&name) else {
        return Ok(Node::unknown(format!("the character set {name} is not computed here")));
    };
    let wrong = |()| format!("the given string is not {name}");
    let text = match charset {
        Charset::Utf8 => String::from_utf8(bytes).map_err(|_| wrong(()))?,
        Charset::Utf16(_, from) => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|c| from([c[0], c[1]])).collect();
            String::from_utf16(&units).map_err(|_| wrong(()))?
        }
    };
    Ok(Node::string(text))
}

pub(super) fn urlencode(args: &[Node], _: &Context<'_>) -> Answer {
    let mut out = String::new();
    for byte in text(&args[0])?.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Ok(Node::string(out))
}

pub(super) fn urldecode(args: &[Node], _: &Context<'_>) -> Answer {
    let text = text(&args[0])?;
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'+' => out.push(b' '),
            b'%' => {
                let hex = rest.get(..2).and_then(|h| std::str::from_utf8(h).ok()).filter(|h| !h.starts_with('+'));
                let byte = hex.and_then(|h| u8::from_str_radix(h, 16).ok()).ok_or("invalid URL escape")?;
                out.push(byte);
                rest = &rest[2..];
            }
            byte => out.push(*byte),
        }
    }
    Ok(Node::string(String::from_utf8(out).map_err(|_| "the result is not valid UTF-8")?))
}

pub(super) fn jsondecode(args: &[Node], _: &Context<'_>) -> Answer {
    let text = text(&args[0])?;
    let json: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    Ok(Node::from_json(&json))
}

pub(super) fn jsonencode(args: &[Node], _: &Context<'_>) -> Answer {
    let survey = survey(&args[0])?;
    if let Some(reason) = survey.unknown {
        return Ok(Node::new(Value::Unknown(reason)).marked(survey.sensitive));
    }
    Ok(Node::string(to_json(&args[0])?).marked(survey.sensitive))
}

/// JSON as Go writes it: compact, keys sorted, and nothing that could end a script in a page.
pub(super) fn to_json(node: &Node) -> Result<String, String> {
    let mut out = String::new();
    json(node, &mut out, 0)?;
    Ok(out)
}

fn json(node: &Node, out: &mut String, depth: usize) -> Result<(), String> {
    text_fits(out.len())?;
    if depth > MAX_DEPTH {
        return Err(format!("the value is nested deeper than {MAX_DEPTH} levels"));
    }
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::String(text) => json_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                json(item, out, depth + 1)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (at, (name, member)) in members.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                json_text(name, out);
                out.push(':');
                json(member, out, depth + 1)?;
            }
            out.push('}');
        }
        Value::Unknown(reason) => return Err(reason.as_ref().to_owned()),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => out.push_str(&text(node)?),
    }
    Ok(())
}

/// A JSON text.
pub(super) fn json_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

pub(super) fn csvdecode(args: &[Node], _: &Context<'_>) -> Answer {
    let text = text(&args[0])?;
    let mut rows = csv(&text)?.into_iter();
    let header: Vec<Arc<str>> = rows.next().ok_or("missing header line")?.into_iter().map(Arc::from).collect();
    let mut names = header.clone();
    names.sort();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("duplicate column name {:?}", pair[0]));
    }
    let mut out = Vec::new();
    for (at, row) in rows.enumerate() {
        if row.len() != header.len() {
            return Err(format!("record {} has a wrong number of fields", at + 1));
        }
        out.push(Node::object(header.iter().cloned().zip(row.into_iter().map(Node::string)).collect::<Object>()));
        items_fit(out.len())?;
    }
    Ok(Node::array(out))
}

fn csv(text: &str) -> Result<Vec<Vec<String>>, String> {
    let text = text.replace("\r\n", "\n");
    if text.len() > MAX_TEXT {
        return Err(format!("the text is larger than {MAX_TEXT} bytes"));
    }
    let (mut rows, mut rest) = (Vec::new(), text.as_str());
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('\n') {
            rest = after;
            continue;
        }
        let mut row = Vec::new();
        loop {
            let mut field = String::new();
            if let Some(mut quoted) = rest.strip_prefix('"') {
                loop {
                    let end = quoted.find('"').ok_or("a quoted field does not end")?;
                    field.push_str(&quoted[..end]);
                    quoted = &quoted[end + 1..];
                    let Some(after) = quoted.strip_prefix('"') else { break };
                    field.push('"');
                    quoted = after;
                }
                rest = quoted;
            } else {
                let end = rest.find([',', '\n']).unwrap_or(rest.len());
                field.push_str(&rest[..end]);
                if field.contains('"') {
                    return Err("bare \" in a field that is not quoted".to_owned());
                }
                rest = &rest[end..];
            }
            row.push(field);
            if let Some(after) = rest.strip_prefix(',') {
                rest = after;
                continue;
            }
            if !rest.is_empty() && !rest.starts_with('\n') {
                return Err("extraneous \" in a field".to_owned());
            }
            break;
        }
        rows.push(row);
    }
    Ok(rows)
}
