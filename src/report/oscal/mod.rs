//! OSCAL 1.1.3, NIST's language for controls and their assessment: an assessment as six documents that refer to one
//! another by the names of their formats, `oscal-catalog.json` and so on.
//!
//! Every document is in canonical form (RFC 8785) and ends without a newline. Ids are UUIDs of version 5, made of stable
//! names: the same assessment gives the same bytes. `satisfied` is only ever said of an objective of ours, one policy for
//! one paragraph, never of the paragraph.

mod catalog;
mod component;
mod observation;
mod plan;
mod poam;
mod results;
mod risk;
#[cfg(test)]
mod tests;
mod view;

use std::io::{self, Write};

use chrono::{DateTime, Datelike as _, SecondsFormat, Utc};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::model::{Assessment, hex};
use crate::report::node::Node;
use crate::report::oscal::view::View;
use crate::report::{RenderOptions, ReportError};

/// The version of OSCAL that the documents are written for.
const OSCAL_VERSION: &str = "1.1.3";

/// The namespace of properties that are ours.
pub(super) const NAMESPACE: &str = "https://github.com/assize/assize/oscal";

/// The namespace of properties that OSCAL Compass defines, which Compliance-to-Policy reads.
const COMPASS: &str = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal";

/// The UUID of [`NAMESPACE`], under which all others are made.
const ROOT: Uuid = Uuid::from_u128(0x15d3_66c6_9299_5803_b17b_0f42_1b02_c83f);

/// Makes the body of a document, without its name.
type Body = for<'a> fn(&'a View<'a>) -> Node<'a>;

/// Writes the catalogue: every paragraph of every framework, with the objectives that policies and people answer.
pub(super) fn catalog(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-catalog", "catalog", catalog::catalog, out)
}

/// Writes the profile: the paragraphs that the assessment has objectives for.
pub(super) fn profile(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-profile", "profile", catalog::profile, out)
}

/// Writes the component definition: the policies as rules, and which paragraphs they serve.
pub(super) fn component(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-component-definition", "component-definition", component::component, out)
}

/// Writes the assessment plan: what was to be judged, and by what.
pub(super) fn plan(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-assessment-plan", "assessment-plan", plan::plan, out)
}

/// Writes the assessment results: the population, observations by policy and verdict, risks, findings by objective.
pub(super) fn results(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-assessment-results", "assessment-results", results::results, out)
}

/// Writes the plan of action and milestones: open fails, what is unknown, and waivers.
pub(super) fn poam(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(a, "oscal-poam", "plan-of-action-and-milestones", poam::poam, out)
}

fn write(a: &Assessment, format: &'static str, name: &str, body: Body, out: &mut dyn Write) -> Result<(), ReportError> {
    let failed = |source| ReportError::Write { format, source };
    let view = View::new(a).map_err(failed)?;
    Node::object([(name, body(&view))]).write(out).map_err(failed)
}

/// The UUID of something, by what kind of thing it is and the names that tell it apart.
pub(super) fn uuid(kind: &str, names: &[&str]) -> String {
    let mut key = kind.to_owned();
    for name in names {
        key.push('\0');
        key.push_str(name);
    }
    Uuid::new_v5(&ROOT, key.as_bytes()).hyphenated().to_string()
}

/// SHA-256 of a value as JSON, hex.
pub(super) fn digest(value: &impl Serialize) -> io::Result<String> {
    struct Hasher(Sha256);
    impl Write for Hasher {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hasher = Hasher(Sha256::new());
    serde_json::to_writer(&mut hasher, value)?;
    Ok(hex(&hasher.0.finalize()))
}

/// A time of the assessment.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] when the text is not RFC 3339, or outside of the years that OSCAL knows.
pub(super) fn time(what: &str, text: &str) -> io::Result<DateTime<Utc>> {
    let wrong = |why: &str| {
        let text = crate::report::text::line(text, 100);
        io::Error::new(io::ErrorKind::InvalidData, format!("{what} of the assessment, {text:?}, {why}"))
    };
    let time = DateTime::parse_from_rfc3339(text).map_err(|_| wrong("is no time in the form of RFC 3339"))?.to_utc();
    if (1900..3000).contains(&time.year()) { Ok(time) } else { Err(wrong("is before 1900 or after 2999")) }
}

/// A time as documents write it: UTC, whole seconds.
pub(super) fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A property of ours.
fn prop<'a>(name: &'a str, value: &str) -> Node<'a> {
    prop_of(NAMESPACE, name, Node::value(value))
}

/// A property of ours that counts something.
fn count(name: &str, number: impl TryInto<u64>) -> Node<'_> {
    let number = number.try_into().unwrap_or(u64::MAX);
    prop_of(NAMESPACE, name, Node::plain(number.to_string()))
}

/// A property of a namespace; nothing when it has no value, which OSCAL forbids.
fn prop_of<'a>(namespace: &'a str, name: &'a str, value: Node<'a>) -> Node<'a> {
    match value {
        Node::Nothing => Node::Nothing,
        value => Node::object([("name", Node::plain(name)), ("ns", Node::plain(namespace)), ("value", value)]),
    }
}

/// A property that OSCAL itself defines.
fn prop_of_oscal<'a>(name: &'a str, value: &str) -> Node<'a> {
    match Node::value(value) {
        Node::Nothing => Node::Nothing,
        value => Node::object([("name", Node::plain(name)), ("value", value)]),
    }
}

/// A list with one item.
fn only(node: Node<'_>) -> Node<'_> {
    Node::List(vec![node])
}

/// References to things by the name of the entry that holds their UUID.
fn references<'a>(name: &'a str, uuids: impl IntoIterator<Item = String>) -> Node<'a> {
    Node::List(uuids.into_iter().map(|uuid| Node::object([(name, Node::plain(uuid))])).collect())
}

/// The text as a token: a letter or `_`, then letters, digits, `.`, `-` and `_`, all ASCII.
fn token(text: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let mut token: String = text.chars().take(200).map(allowed).collect();
    if !token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        token.insert(0, '_');
    }
    token
}

/// A link to an address on the web; nothing when the text is none.
fn web_link<'a>(address: &str, rel: &'a str) -> Node<'a> {
    match web_address(address) {
        Some(href) => Node::object([("href", Node::plain(href)), ("rel", Node::plain(rel))]),
        None => Node::Nothing,
    }
}

/// The text as an address on the web in which nothing needs escaping, when it is one.
pub(super) fn web_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok().filter(|u| matches!(u.scheme(), "http" | "https"))?;
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(c);
    let (before, fragment) = url.as_str().split_once('#').map_or((url.as_str(), None), |(b, f)| (b, Some(f)));
    (before.chars().all(plain) && fragment.is_none_or(|f| f.chars().all(plain)) && url.as_str().len() <= 2000)
        .then(|| url.as_str().to_owned())
}
