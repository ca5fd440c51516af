//! One request, taken apart.

use super::action;

/// A request as the handlers see it.
#[derive(Debug)]
pub(super) struct Ask {
    /// The method, upper case.
    pub(super) method: String,
    /// The path as sent.
    pub(super) path: String,
    /// The segments of the path, percent-decoded.
    pub(super) segments: Vec<String>,
    /// The query as sent, without the question mark.
    pub(super) raw_query: String,
    /// The query, percent-decoded, in order.
    pub(super) query: Vec<(String, String)>,
    /// The Host header.
    pub(super) host: String,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Ask {
    /// Takes a request apart.
    pub(super) fn new(method: &str, path: &str, raw_query: &str, host: &str, body: Vec<u8>) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            segments: path.split('/').skip(1).map(decode).collect(),
            raw_query: raw_query.to_owned(),
            query: raw_query
                .split('&')
                .filter(|part| !part.is_empty())
                .map(|part| part.split_once('=').unwrap_or((part, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
            host: host.to_owned(),
            body,
        }
    }

    /// The value of a query parameter; names ignore case, as in ARM.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path, decoded.
    pub(super) fn decoded(&self) -> String {
        format!("/{}", self.segments.join("/"))
    }

    /// The subscription that the path lies in, lower case.
    pub(super) fn subscription(&self) -> Option<String> {
        match self.segments.as_slice() {
            [first, id, ..] if first.eq_ignore_ascii_case("subscriptions") && !id.is_empty() => {
                Some(id.to_ascii_lowercase())
            }
            _ => None,
        }
    }

    /// What kind of request it is: the method, and the path with `{}` for what names one thing.
    pub(super) fn shape(&self) -> String {
        format!("{} {}", self.method, action::shape(&self.segments))
    }

    /// `METHOD /path?query`, as faults match it.
    pub(super) fn line(&self) -> String {
        if self.raw_query.is_empty() {
            return format!("{} {}", self.method, self.path);
        }
        format!("{} {}?{}", self.method, self.path, self.raw_query)
    }
}

/// Undoes percent-encoding; what is not an escape stays.
pub(super) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(byte) = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
