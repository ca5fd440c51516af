//! What a finding rests on: the facts that were read, by read path, and where they come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};
use serde_json::Value;

use crate::model::{Assessment, Finding, Origin};
use crate::report::html::words::{block, safe, time};
use crate::report::text;

/// The longest value that is shown whole, in characters.
const MOST_VALUE: usize = 1_500;

/// The facts by read path. `None` for JSON that Rust cannot hold, such as half a surrogate pair.
pub(super) fn parsed(finding: &Finding) -> Option<BTreeMap<String, Value>> {
    serde_json::from_str(finding.facts.get()).ok()
}

/// A value for people: texts without quotes, the rest as JSON on one line, cut at a bounded length.
pub(super) fn value(value: &Value) -> String {
    let cut = |whole: &str| {
        let shown = text::line(whole, MOST_VALUE);
        let count = if shown.ends_with('…') { whole.chars().count() } else { 0 };
        if count > MOST_VALUE { format!("{shown} ({count} characters; the JSON report holds all)") } else { shown }
    };
    match value {
        Value::String(text) => cut(text),
        Value::Null => "null".to_owned(),
        other => cut(&other.to_string()),
    }
}

/// The facts as lines `path = value`.
pub(super) fn lines(finding: &Finding) -> String {
    let Some(facts) = parsed(finding) else { return text::line(finding.facts.get(), MOST_VALUE) };
    let mut out = String::new();
    for (path, fact) in &facts {
        if !out.is_empty() {
            out.push('\n');
        }
        let shown = if fact.is_string() { format!("\"{}\"", value(fact)) } else { value(fact) };
        // Writing to a text cannot fail.
        let _ = write!(out, "{} = {shown}", safe(path));
    }
    out
}

/// Where the resource of a finding was read, and for code the lines.
pub(super) fn evidence(assessment: &Assessment, finding: &Finding) -> Markup {
    let entry = assessment.resource(&finding.resource);
    let written = assessment.written_at(finding);
    html! {
        @match entry.and_then(|e| e.origin.as_deref()) {
            Some(Origin::Request { method, path, api_version, time: at, request_id, digest, older_than }) => {
                p class="evidence" {
                    "Read by " code { (safe(method)) " " (safe(path)) } ", api-version " (safe(api_version)) ", " (time(at))
                    @if let Some(request) = request_id { ", request " code { (safe(request)) } }
                    @if older_than.is_some() { ", an older api-version than the policies are written for" }
                    ". SHA-256 of the answer: " code { (safe(digest)) }
                }
            },
            Some(Origin::File { file, .. }) => {
                @if written.is_none() { p class="evidence" { "Read in " code { (safe(file)) } } }
            },
            None => p class="evidence" { "Where it was read is not recorded." },
        }
        @if let Some(place) = written {
            p class="evidence" {
                "In code: " code { (safe(place.file)) ":" (place.range.start_line) }
                @if place.by_default { ", a default that nobody wrote" }
            }
        }
        @if let Some(source) = &finding.source { pre { (block(&source.snippet)) } }
    }
}
