//! Lists: `{"value":[…],"nextLink":"…"}`, page by page, each link followed as it was written and only to the origin
//! that was asked first. Knows nothing of sending.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use crate::collect::cloud::Origin;

use super::fault::host_of;
use super::limits::MAX_LINK;

/// The members of a JSON object in their order; an error when one name stands there twice.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Walk;
        impl<'de> Visitor<'de> for Walk {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    if members.len() >= 100 || members.iter().any(|(n, _)| *n == name.0) {
                        return Err(serde::de::Error::custom("a member stands there twice, or there are too many"));
                    }
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Walk)
    }
}

#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// What a page holds.
#[derive(Debug)]
pub(super) struct Held {
    /// The items.
    pub(super) items: Vec<Box<RawValue>>,
    /// The link to the next page.
    pub(super) next: Option<String>,
}

/// Why a body is not what was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// The text ends before the JSON does: it was cut off on its way, and another try may help.
    Cut,
    /// It is something else.
    Other(String),
}

fn other(what: impl Into<String>) -> Unread {
    Unread::Other(what.into())
}

/// The body without the byte order mark that some providers write.
fn text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// The body without that mark.
pub(super) fn without_mark(mut body: Vec<u8>) -> Vec<u8> {
    let mark = body.len() - text(&body).len();
    body.drain(..mark);
    body
}

/// Whether a body is a JSON object or array to its end.
pub(super) fn check_json(body: &[u8]) -> Result<(), Unread> {
    let read: &RawValue = serde_json::from_slice(text(body)).map_err(|e| not_json(&e))?;
    if read.get().starts_with(['{', '[']) { Ok(()) } else { Err(other("the answer is JSON, but no object")) }
}

fn not_json(error: &serde_json::Error) -> Unread {
    if error.is_eof() { Unread::Cut } else { other(format!("the answer is no JSON as expected: {error}")) }
}

/// The members of an object whose names are given, without regard to case.
fn members<'a>(body: &'a [u8], names: &[&str]) -> Result<Vec<(String, &'a RawValue)>, Unread> {
    let Members(all) = serde_json::from_slice(text(body)).map_err(|e| not_json(&e))?;
    let mut found: Vec<(String, &RawValue)> = Vec::new();
    for (name, value) in all {
        let name = name.to_ascii_lowercase();
        if names.contains(&name.as_str()) {
            if found.iter().any(|(n, _)| *n == name) {
                return Err(other(format!("the answer holds {name} twice")));
            }
            found.push((name, value));
        }
    }
    Ok(found)
}

fn array(raw: Option<&RawValue>, name: &str) -> Result<Vec<Box<RawValue>>, Unread> {
    let raw = raw.ok_or_else(|| other(format!("the answer has no {name}")))?;
    serde_json::from_str(raw.get()).map_err(|_| other(format!("{name} of the answer is no array")))
}

/// Reads a page of a list. A link of another type than text is told apart from none: there may be more.
pub(super) fn page(body: &[u8]) -> Result<(Held, Option<String>), Unread> {
    const LINKS: &[&str] = &["nextlink", "@odata.nextlink", "odata.nextlink"];
    let found = members(body, &["value", "nextlink", "@odata.nextlink", "odata.nextlink"])?;
    let value = found.iter().find(|(n, _)| n == "value").map(|(_, v)| *v);
    let items = array(value, "value")?;
    let (mut next, mut trouble) = (None, None);
    for (_, link) in found.iter().filter(|(n, _)| LINKS.contains(&n.as_str())) {
        match serde_json::from_str::<Value>(link.get()) {
            Ok(Value::Null) => {}
            Ok(Value::String(link)) if link.is_empty() => {}
            Ok(Value::String(link)) if next.as_ref().is_none_or(|n| *n == link) => next = Some(link),
            _ => trouble = Some("the link to the next page is no text, or there are two".to_owned()),
        }
    }
    Ok((Held { items, next: next.filter(|_| trouble.is_none()) }, trouble))
}

/// What a page of Resource Graph holds.
#[derive(Debug)]
pub(super) struct Rows {
    /// The rows.
    pub(super) items: Vec<Box<RawValue>>,
    /// The token of the next page.
    pub(super) skip_token: Option<String>,
    /// How many rows there are in all pages.
    pub(super) total: u64,
    /// Whether the server left rows out.
    pub(super) truncated: bool,
}

/// Reads a page of Resource Graph.
pub(super) fn rows(body: &[u8]) -> Result<Rows, Unread> {
    let found = members(body, &["data", "count", "totalrecords", "resulttruncated", "$skiptoken"])?;
    let raw = |name: &str| found.iter().find(|(n, _)| n == name).map(|(_, v)| *v);
    let value = |name: &str| raw(name).and_then(|v| serde_json::from_str::<Value>(v.get()).ok());
    let items = array(raw("data"), "data")?;
    let count = value("count").and_then(|v| v.as_u64()).ok_or_else(|| other("the answer has no count"))?;
    let total =
        value("totalrecords").and_then(|v| v.as_u64()).ok_or_else(|| other("the answer has no totalRecords"))?;
    if count != items.len() as u64 {
        return Err(other(format!("the answer says that it holds {count} rows and holds {}", items.len())));
    }
    // The specification says text; answers with a boolean were seen.
    let truncated = match value("resulttruncated") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(truncated)) => truncated,
        Some(Value::String(word)) if word.eq_ignore_ascii_case("true") => true,
        Some(Value::String(word)) if word.eq_ignore_ascii_case("false") => false,
        Some(_) => return Err(other("resultTruncated is neither true nor false")),
    };
    let skip_token = match value("$skiptoken") {
        None | Some(Value::Null) => None,
        Some(Value::String(token)) if token.is_empty() => None,
        Some(Value::String(token)) if token.len() <= MAX_LINK => Some(token),
        Some(_) => return Err(other("$skipToken is no text, or too long")),
    };
    Ok(Rows { items, skip_token, total, truncated })
}

/// Follows links from page to page.
#[derive(Debug)]
pub(super) struct Trail {
    origin: Origin,
    seen: HashSet<String>,
    most: usize,
}

impl Trail {
    /// Begins at a URL.
    pub(super) fn new(origin: Origin, first: &Url, most: usize) -> Self {
        Self { origin, seen: HashSet::from([first.as_str().to_owned()]), most }
    }

    /// The URL that a link of a page leads to.
    ///
    /// # Errors
    /// What is wrong with the link: it leads to another origin or to a page that was read, or there are too many.
    pub(super) fn next(&mut self, from: &Url, link: &str) -> Result<Url, String> {
        if link.len() > MAX_LINK {
            return Err(format!(
                "the link to the next page has {} bytes; more than {MAX_LINK} are not read",
                link.len()
            ));
        }
        let url = match Url::parse(link) {
            Err(url::ParseError::RelativeUrlWithoutBase) => from.join(link),
            parsed => parsed,
        };
        let url = url.map_err(|_| "the link to the next page is no URL".to_owned())?;
        if Origin::of(&url).as_ref() != Some(&self.origin) {
            return Err(format!(
                "the link to the next page leads to {} and not to {}; it was not followed",
                host_of(url.as_str()),
                self.origin
            ));
        }
        if self.seen.len() >= self.most {
            return Err(format!("the list has more than {} pages", self.most));
        }
        if !self.seen.insert(url.as_str().to_owned()) {
            return Err("the link to the next page leads to a page that was read; the list never ends".to_owned());
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(body: &str) -> (usize, Option<String>, bool) {
        let (held, trouble) = page(body.as_bytes()).unwrap();
        (held.items.len(), held.next, trouble.is_some())
    }

    #[test]
    fn pages_are_read_in_every_spelling() {
        let next = |t: &str| Some(t.to_owned());
        assert_eq!(held(r#"{"value":[{},{}],"nextLink":"x"}"#), (2, next("x"), false));
        assert_eq!(held(r#"{"@odata.nextLink":"x","value":[]}"#), (0, next("x"), false));
        assert_eq!(held(r#"{"value":[],"NextLink":"x"}"#), (0, next("x"), false));
        assert_eq!(held(r#"{"value":[],"nextLink":"x","@odata.nextLink":"x"}"#), (0, next("x"), false));
        for none in [r#"{"value":[1]}"#, r#"{"value":[1],"nextLink":null}"#, r#"{"value":[1],"nextLink":""}"#] {
            assert_eq!(held(none), (1, None, false));
        }
        for trouble in [
            r#"{"value":[1],"nextLink":{}}"#,
            r#"{"value":[1],"nextLink":7}"#,
            r#"{"value":[1],"nextLink":"x","@odata.nextLink":"y"}"#,
        ] {
            assert_eq!(held(trouble), (1, None, true), "{trouble}");
        }
        assert_eq!(held("\u{feff}{\"value\":[1]}").0, 1);
    }

    #[test]
    fn what_is_no_page_is_told() {
        for body in [
            "<html>",
            "null",
            "[]",
            "7",
            "{}",
            r#"{"value":null}"#,
            r#"{"value":{}}"#,
            r#"{"value":"x"}"#,
            r#"{"value":[],"value":[]}"#,
            r#"{"value":[],"Value":[1]}"#,
            r#"{"value":[]} {}"#,
            r#"{"value":[1e]}"#,
        ] {
            assert!(matches!(page(body.as_bytes()), Err(Unread::Other(_))), "{body}");
        }
        assert!(matches!(page(b"{\"value\":[\"\xff\"]}"), Err(Unread::Other(_))));
        for cut in ["", "{", r#"{"value":[1,2"#, r#"{"value":[1,2]"#, r#"{"value":["a"#] {
            assert_eq!(page(cut.as_bytes()).unwrap_err(), Unread::Cut, "{cut}");
        }
    }

    #[test]
    fn nesting_is_no_danger() {
        let deep = format!("{{\"value\":[{}{}]}}", "[".repeat(200_000), "]".repeat(200_000));
        let _ = page(deep.as_bytes());
        let _ = check_json("[".repeat(1_000_000).as_bytes());
    }

    #[test]
    fn rows_are_counted() {
        let body = |extra: &str| format!(r#"{{"totalRecords":9,"count":1,"data":[{{"id":"a"}}]{extra}}}"#);
        let read = |extra: &str| rows(body(extra).as_bytes());
        for (extra, truncated) in [
            ("", false),
            (r#","resultTruncated":"true""#, true),
            (r#","resultTruncated":"False""#, false),
            (r#","resultTruncated":true"#, true),
            (r#","resultTruncated":false"#, false),
        ] {
            assert_eq!(read(extra).unwrap().truncated, truncated, "{extra}");
        }
        assert_eq!(read(r#","$skipToken":"t""#).unwrap().skip_token.as_deref(), Some("t"));
        assert_eq!(read(r#","$skipToken":"""#).unwrap().skip_token, None);
        assert_eq!(read("").unwrap().total, 9);
        for bad in [r#","resultTruncated":"maybe""#, r#","resultTruncated":1"#, r#","$skipToken":7"#] {
            assert!(read(bad).is_err(), "{bad}");
        }
        for bad in [
            r#"{"totalRecords":1,"count":2,"data":[1]}"#,
            r#"{"count":1,"data":[1]}"#,
            r#"{"totalRecords":1,"data":[1]}"#,
            r#"{"totalRecords":1,"count":1,"data":{"columns":[],"rows":[]}}"#,
            r#"{"totalRecords":1,"count":1}"#,
            r#"{"totalRecords":-1,"count":1,"data":[1]}"#,
        ] {
            assert!(rows(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn links_stay_at_the_origin() {
        let origin = Origin::parse("https://management.azure.com", false).unwrap();
        let first = origin.join("/subscriptions/s/providers/A.B/c?api-version=1");
        let next = |link: &str| Trail::new(origin.clone(), &first, 10).next(&first, link);
        for (link, url) in [
            (
                "https://management.azure.com/x?api-version=2&$skiptoken=a%2Bb",
                "https://management.azure.com/x?api-version=2&$skiptoken=a%2Bb",
            ),
            ("HTTPS://MANAGEMENT.AZURE.COM:443/x", "https://management.azure.com/x"),
            ("/x?y", "https://management.azure.com/x?y"),
            ("?$skiptoken=1", "https://management.azure.com/subscriptions/s/providers/A.B/c?$skiptoken=1"),
        ] {
            assert_eq!(next(link).unwrap().as_str(), url);
        }
        for foreign in [
            "https://evil.test/x",
            "//evil.test/x",
            "\\\\evil.test\\x",
            "https://management.azure.com:8443/x",
            "http://management.azure.com/x",
            "http://127.0.0.1:8080/x",
            "https://management.azure.com@evil.test/",
            "https://u@management.azure.com/x",
            "https://management.azure.com.evil.test/x",
            "ftp://management.azure.com/x",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            let error = next(foreign).unwrap_err();
            assert!(error.contains("it was not followed"), "{foreign}: {error}");
        }
        assert!(next("https://evil.test:444/?sig=secret").unwrap_err().contains("https://evil.test:444 "));
        assert!(next(&format!("/{}", "x".repeat(MAX_LINK))).is_err());
        assert!(next("https://").is_err());
    }

    #[test]
    fn loops_end() {
        let origin = Origin::parse("https://a.test", false).unwrap();
        let first = origin.join("/1");
        let mut trail = Trail::new(origin, &first, 3);
        assert!(trail.next(&first, "/1").unwrap_err().contains("never ends"));
        let second = trail.next(&first, "/2").unwrap();
        assert!(trail.next(&second, "/2").unwrap_err().contains("never ends"));
        trail.next(&second, "/3").unwrap();
        assert!(trail.next(&second, "/4").unwrap_err().contains("more than 3 pages"));
    }
}
