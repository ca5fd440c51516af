//! How the report came to be, what it does not look at, what its words mean and how to check it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;

use crate::model::{EvidenceStrength, Origin, Source};
use crate::report::html::facts::value;
use crate::report::html::index::Index;
use crate::report::html::words::{counted, flowing, length, number, safe, scrolling, time};

/// The most rows of a table.
const ROWS: usize = 500;

/// The words of the report.
const GLOSSARY: [(&str, &str); 12] = [
    ("Snapshot", "the facts read at one time, and what could not be read. Its digest names it."),
    ("Fact", "a value that a policy reads, by its read path."),
    ("Gap", "something that should be known and is not, with a reason."),
    ("Policy", "a rule, named by the good state, with the paragraphs it serves and why."),
    ("Control", "a paragraph of a law or standard."),
    ("Finding", "the verdict of one policy on one resource, passes included."),
    ("Fail", "the good state does not hold. An open fail has no waiver."),
    ("Unknown", "a fact is missing, so nobody can say. It is never counted as a pass."),
    ("Not applicable", "the policy does not concern the resource, for the reason that is given."),
    ("Waiver", "people accept a fail for a time and for a reason. The fail stays a fail."),
    ("Baseline", "an earlier assessment to compare with."),
    ("Domain", "a business domain, a bounded context, as the firm declares it."),
];

/// The method.
pub(super) fn body(index: &Index<'_>) -> Markup {
    html! {
        (verify(index))
        (requests(index))
        (parameters(index))
        (outside(index))
        h3 { "Words" }
        dl class="glossary" { @for (word, meaning) in GLOSSARY { div { dt { (word) } dd { (meaning) } } } }
    }
}

fn verify(index: &Index<'_>) -> Markup {
    let assessment = index.assessment;
    html! {
        h3 { "How to check this report" }
        ul {
            li { "The digest of the snapshot covers all of its lines but the last. This gives it, for a snapshot that is not compressed: " code { "head -n -1 SNAPSHOT | sha256sum" } ". It must be " code class="digest" { (safe(&assessment.snapshot.sha256)) } "." }
            li { "The same snapshot, policies and settings, judged for the same time (" code { (safe(&assessment.evaluated_at)) } "), give the same assessment, and the same assessment gives this file byte for byte." }
            li { "The digest of the policies is " code class="digest" { (safe(&assessment.policy_set.sha256)) } "; it covers their texts, tests and frameworks." }
            li { "A digest shows that nothing was changed since it was written down. It does not show who wrote it; a signature does." }
            li { "The file asks nothing of the network: a content security policy in its head allows nothing but its own style and script." }
        }
    }
}

fn requests(index: &Index<'_>) -> Markup {
    let mut calls: BTreeMap<(&str, &str, &str), (u64, &str, &str)> = BTreeMap::new();
    let mut files: BTreeMap<&str, u64> = BTreeMap::new();
    for resource in &index.assessment.resources {
        match resource.origin.as_deref() {
            Some(Origin::Request { method, api_version, time, .. }) => {
                let key = (resource.resource_type.as_str(), method.as_str(), api_version.as_str());
                let call = calls.entry(key).or_insert((0, time, time));
                call.0 += 1;
                call.1 = call.1.min(time);
                call.2 = call.2.max(time);
            }
            Some(Origin::File { file, .. }) => *files.entry(file).or_default() += 1,
            None => {}
        }
    }
    let unrecorded = index.assessment.resources.iter().filter(|r| r.origin.is_none()).count();
    let table = html! { table {
        caption { "Requests that gave the facts, by type of resource" }
        thead { tr { th scope="col" { "Type" } th scope="col" { "Method" } th scope="col" { "api-version" } th scope="col" { "Resources" } th scope="col" { "First answer" } th scope="col" { "Last answer" } } }
        tbody { @for ((kind, method, version), (count, first, last)) in calls.iter().take(ROWS) { tr {
            th scope="row" { (safe(kind)) } td { (safe(method)) } td { (safe(version)) } td { (number(*count)) } td { (time(first)) } td { (time(last)) }
        } } }
    } };
    html! {
        h3 { "Where the facts come from" }
        @if !calls.is_empty() {
            (scrolling("Requests that gave the facts", "", &table))
            @if calls.len() > ROWS { p { (length(calls.len() - ROWS)) " more kinds of requests are in the JSON report." } }
        }
        @if !files.is_empty() {
            details {
                summary { (counted(files.len() as u64, "file", "files")) }
                ul class="names" { @for (file, count) in files.iter().take(ROWS) { li { code { (safe(file)) } " " (counted(*count, "resource", "resources")) } } }
                @if files.len() > ROWS { p { (length(files.len() - ROWS)) " more files are in the JSON report." } }
            }
        }
        @if unrecorded > 0 { p { "For " (counted(unrecorded as u64, "resource", "resources")) " it is not recorded where it was read." } }
        @if index.assessment.snapshot.source == Source::Code { p { "The facts are code. What runs in Azure may differ from it, and what only Azure knows is a gap." } }
        @else { p { "Azure Resource Graph follows changes with some delay: a resource may have been changed shortly before it was read." } }
    }
}

fn parameters(index: &Index<'_>) -> Markup {
    let parameters = &index.assessment.parameters;
    if parameters.is_empty() {
        return html! { h3 { "Parameters in force" } p { "No policy asks for one." } };
    }
    let mut meanings: BTreeMap<&str, (&str, Value)> = BTreeMap::new();
    for meta in &index.assessment.policies {
        for (name, parameter) in &meta.parameters {
            meanings.entry(name).or_insert_with(|| (parameter.meaning.as_str(), parameter.default_value()));
        }
    }
    let changed = |name: &str, default: &Value| meanings.get(name).is_some_and(|(_, shipped)| shipped != default);
    let table = html! { table {
        caption { "Thresholds and choices of the firm. The law names few figures; these are not its own." }
        thead { tr { th scope="col" { "Parameter" } th scope="col" { "Value" } th scope="col" { "Meaning" } } }
        tbody { @for (name, setting) in parameters {
            tr {
                th scope="row" { code { (safe(name)) } }
                td {
                    code { (value(&setting.default)) }
                    @if changed(name, &setting.default) { br; span class="quiet" { "set by the firm" } }
                    @for (class, at) in &setting.by_data_class { br; "data class " (safe(class)) ": " code { (value(at)) } }
                    @for (level, at) in &setting.by_criticality { br; "criticality " (safe(level)) ": " code { (value(at)) } }
                }
                td { @match meanings.get(name.as_str()) { Some((meaning, _)) => (flowing(meaning)), None => "no evaluated policy asks for it" } }
            }
        } }
    } };
    html! {
        h3 { "Parameters in force" }
        details { summary { (counted(parameters.len() as u64, "parameter", "parameters")) } (scrolling("Parameters in force", "", &table)) }
    }
}

/// Controls that no policy serves, or that Azure cannot answer.
fn outside(index: &Index<'_>) -> Markup {
    html! {
        h3 { "What is not checked" }
        p { "Findings on a control whose strength is below full show a part of it. Design, approval, contracts and whether people follow a procedure stay outside, and so do the controls below." }
        @for (framework, entries) in &index.frameworks {
            @let left: Vec<_> = entries.iter().filter(|e| e.coverage.is_none() || e.control.evidence_strength == EvidenceStrength::None).collect();
            @if !left.is_empty() {
                @let table = html! { table {
                    caption { (safe(&framework.title)) ": controls that no policy looks at, or that Azure cannot answer" }
                    thead { tr { th scope="col" { "Control" } th scope="col" { "What it asks for" } th scope="col" { "Azure can answer" } th scope="col" { "Why no further" } } }
                    tbody { @for entry in &left { tr {
                        th scope="row" { (safe(&entry.control.cite)) br; span class="quiet" { (safe(&entry.control.title)) } }
                        td { (flowing(&entry.control.obligation)) }
                        td { (entry.control.evidence_strength.as_str()) @if entry.coverage.is_none() { br; span class="quiet" { "no policy" } } }
                        td { (flowing(&entry.control.evidence_reason)) }
                    } } }
                } };
                details {
                    summary { (safe(&framework.id)) ": " (counted(left.len() as u64, "control", "controls")) }
                    (scrolling("Controls that are not checked", "", &table))
                }
            }
        }
    }
}
