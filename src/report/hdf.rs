//! HDF, the data format of MITRE's Heimdall, in the form of InSpec's exec-json: a control for each policy, a result for
//! each resource.
//!
//! Heimdall gives a control one status, and an error or a waiver covers what else it holds. So what is unknown and what is
//! waived stand as controls of their own, and no fail hides behind them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::model::{Assessment, Finding, PolicyId, PolicyMeta, Severity, Verdict, WaiverEntry};
use crate::report::node::{Node, code, markup};
use crate::report::oscal::{instant, time, web_address};
use crate::report::place::resource_name;
use crate::report::{RenderOptions, ReportError};

/// The crosswalk that gives a control its place in Heimdall's tree.
const NIST: &str = "nist-800-53";

/// The ids that converters to HDF give to automated tests whose control nobody knows.
const NIST_DEFAULT: [&str; 2] = ["SA-11", "RA-5"];

/// The findings of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Judged,
    Unknown,
    Waived(&'a str),
}

type Parts<'a> = BTreeMap<Part<'a>, Vec<&'a Finding>>;

/// Writes the assessment.
pub(super) fn render(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let failed = |source| ReportError::Write { format: "hdf", source };
    document(a).and_then(|node| node.write(out)).and_then(|()| out.write_all(b"\n")).map_err(failed)
}

fn document(a: &Assessment) -> io::Result<Node<'_>> {
    let read = instant(match &a.snapshot.taken {
        Some(taken) => time("snapshot.taken", taken)?,
        None => time("evaluated_at", &a.evaluated_at)?,
    });
    let mut policies: BTreeMap<&PolicyId, (Option<&PolicyMeta>, Parts<'_>)> =
        a.policies.iter().map(|meta| (&meta.id, (Some(meta), Parts::new()))).collect();
    for finding in &a.findings {
        let part = match (finding.verdict, &finding.waiver) {
            (Verdict::Unknown, _) => Part::Unknown,
            (Verdict::Fail, Some(waiver)) => Part::Waived(waiver),
            _ => Part::Judged,
        };
        let (_, parts) = policies.entry(&finding.policy).or_insert_with(|| (None, Parts::new()));
        parts.entry(part).or_default().push(finding);
    }
    let mut controls = Vec::new();
    for (id, (meta, mut parts)) in policies {
        if parts.is_empty() {
            parts.insert(Part::Judged, Vec::new());
        }
        for (part, findings) in parts {
            controls.push(control(a, id, meta, part, findings, &read));
        }
    }
    let attribute = |(name, setting): (&'_ String, &'_ crate::model::ParameterSetting)| {
        let text = serde_json::to_string(setting).map_or_else(|_| Node::Nothing, |text| Node::value(&text));
        Node::object([("name", Node::value(name)), ("options", Node::object([("value", text)]))])
    };
    let summary = format!(
        "{} findings: {} pass, {} fail ({} of them waived), {} unknown, {} not applicable",
        a.summary.listed, a.summary.pass, a.summary.fail, a.summary.waived, a.summary.unknown, a.summary.not_applicable
    );
    let profile = Node::Object(vec![
        ("name", Node::plain("assize")),
        ("title", Node::value(&format!("{} {}", a.tool.name, a.tool.version))),
        ("version", Node::value(&a.tool.version)),
        ("sha256", Node::value(&a.policy_set.sha256)),
        ("status", Node::plain("loaded")),
        ("summary", Node::plain(summary)),
        ("supports", Node::Needed(Vec::new())),
        ("groups", Node::Needed(Vec::new())),
        ("attributes", Node::Needed(a.parameters.iter().map(attribute).collect())),
        ("controls", Node::Needed(controls)),
    ]);
    Ok(Node::object([
        (
            "platform",
            Node::object([
                ("name", Node::value(&a.tool.name)),
                ("release", Node::value(&a.tool.version)),
                ("target_id", Node::value(&a.snapshot.scope.join(", "))),
            ]),
        ),
        ("version", Node::value(&a.tool.version)),
        ("statistics", Node::object([])),
        ("profiles", Node::Needed(vec![profile])),
    ]))
}

/// How bad a fail is, from 0 to 1. Heimdall takes 0 for "does not apply", so that even the lowest is above it.
fn impact(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 0.9,
        Severity::High => 0.7,
        Severity::Medium => 0.5,
        Severity::Low => 0.3,
        Severity::Info => 0.1,
    }
}

fn control<'a>(
    a: &'a Assessment,
    id: &'a PolicyId,
    meta: Option<&'a PolicyMeta>,
    part: Part<'a>,
    findings: Vec<&'a Finding>,
    read: &str,
) -> Node<'a> {
    let name = match part {
        Part::Judged => id.as_str().to_owned(),
        Part::Unknown => format!("{} (unknown)", id.as_str()),
        Part::Waived(waiver) => format!("{} (waived by {waiver})", id.as_str()),
    };
    let waiver = match part {
        Part::Waived(waiver) => a.waivers.iter().find(|w| w.waiver.id == waiver),
        _ => None,
    };
    let applies = findings.iter().any(|f| f.verdict != Verdict::NotApplicable);
    let severity = meta.map_or(Severity::Medium, |m| m.severity);
    let links = meta.into_iter().flat_map(|m| &m.links).filter_map(|link| web_address(link));
    let refs = links.map(|url| Node::object([("url", Node::plain(url))])).collect();
    let read = read.to_owned();
    Node::Object(vec![
        ("id", Node::value(&name)),
        ("title", Node::value(meta.map_or(id.as_str(), |m| &m.title))),
        ("desc", meta.map_or(Node::Nothing, |m| Node::markup(&m.description))),
        ("descriptions", meta.map_or(Node::Nothing, descriptions)),
        ("impact", Node::Decimal(if applies { impact(severity) } else { 0.0 })),
        ("refs", Node::Needed(refs)),
        ("tags", tags(a, meta, part)),
        ("source_location", Node::object([])),
        ("waiver_data", waiver.map_or(Node::Nothing, waiver_data)),
        ("results", results(findings, read)),
    ])
}

fn results(findings: Vec<&Finding>, read: String) -> Node<'_> {
    if findings.is_empty() {
        return Node::Needed(Vec::new());
    }
    Node::each(move || {
        let read = read.clone();
        findings.clone().into_iter().map(move |finding| result(finding, &read))
    })
}

fn result<'a>(finding: &'a Finding, read: &str) -> Node<'a> {
    let (status, message) = match finding.verdict {
        Verdict::Pass => ("passed", "message"),
        Verdict::Fail => ("failed", "message"),
        Verdict::Unknown => ("error", "message"),
        Verdict::NotApplicable => ("skipped", "skip_message"),
    };
    let said = finding.details.iter().map(|d| &d.message).chain(finding.reasons.iter().map(|r| &r.text));
    let said: Vec<&str> = said.map(String::as_str).collect();
    Node::object([
        ("status", Node::plain(status)),
        ("code_desc", Node::value(finding.resource.as_str())),
        ("resource", Node::value(&resource_name(&finding.resource))),
        ("resource_id", Node::value(finding.resource.as_str())),
        (message, Node::value(&said.join("; "))),
        ("start_time", Node::plain(read.to_owned())),
    ])
}

fn tags<'a>(a: &'a Assessment, meta: Option<&'a PolicyMeta>, part: Part<'a>) -> Node<'a> {
    let known = meta.and_then(|m| m.crosswalks.get(NIST)).filter(|ids| !ids.is_empty());
    let nist: Vec<Node<'a>> = match known {
        Some(ids) => ids.iter().map(|id| Node::value(id)).collect(),
        None => NIST_DEFAULT.into_iter().map(Node::plain).collect(),
    };
    let mut tags = vec![("nist", Node::List(nist))];
    if let Some(meta) = meta {
        tags.push(("check", Node::value(&meta.check)));
        tags.push(("severity", Node::plain(meta.severity.as_str())));
        let types: Vec<Node<'a>> = meta.resources.iter().map(|t| Node::value(t.as_str())).collect();
        tags.push(("resource_types", Node::List(types)));
        let mut served: BTreeMap<&str, Vec<Node<'a>>> = BTreeMap::new();
        for framework in &a.frameworks {
            for control in framework.controls.iter().filter(|c| meta.controls.contains_key(&c.id)) {
                served.entry(&framework.id).or_default().push(Node::value(&control.cite));
            }
        }
        let served = served
            .into_iter()
            .map(|(id, cites)| Node::object([("framework", Node::value(id)), ("paragraphs", Node::List(cites))]));
        tags.push(("frameworks", Node::List(served.collect())));
    }
    if let Part::Waived(waiver) = part {
        tags.push(("waiver", Node::value(waiver)));
    }
    Node::Object(tags)
}

fn descriptions<'a>(meta: &PolicyMeta) -> Node<'a> {
    let reads: Vec<String> = meta.reads.iter().map(|r| r.path.to_string()).collect();
    let way = &meta.remediation;
    let mut fix: Vec<String> = way.note.iter().map(|text| markup(text)).collect();
    for (name, text) in [("Azure CLI", &way.az), ("Terraform", &way.terraform), ("Bicep", &way.bicep)] {
        fix.extend(text.iter().map(|text| format!("{name}:\n\n{}", code(text))));
    }
    fix.extend(way.portal.iter().map(|text| format!("Portal: {}", markup(text))));
    let entry = |label: &'a str, data: Node<'a>| match data {
        Node::Nothing => Node::Nothing,
        data => Node::object([("label", Node::plain(label)), ("data", data)]),
    };
    let fix = if fix.is_empty() { Node::Nothing } else { Node::plain(fix.join("\n\n")) };
    Node::List(vec![entry("check", Node::value(&format!("Reads {}", reads.join(", ")))), entry("fix", fix)])
}

/// The waiver. `skipped_due_to_waiver` stays false: Heimdall would show what is skipped as not applicable.
fn waiver_data<'a>(entry: &WaiverEntry) -> Node<'a> {
    let waiver = &entry.waiver;
    let by = match waiver.approver.trim() {
        "" => "nobody approved it".to_owned(),
        approver => format!("approved by {approver}"),
    };
    Node::object([
        ("justification", Node::value(&waiver.reason)),
        ("run", Node::Bool(true)),
        ("skipped_due_to_waiver", Node::Bool(false)),
        ("expiration_date", Node::plain(waiver.expires_on.to_string())),
        ("message", Node::value(&format!("Waiver {}, {by}", waiver.id))),
    ])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::report::tests::{hostile, rendered, sample};

    fn controls(text: &str) -> Vec<Value> {
        let value: Value = serde_json::from_str(text).unwrap();
        value["profiles"][0]["controls"].as_array().unwrap().clone()
    }

    #[test]
    fn every_finding_is_a_result_and_no_status_covers_a_fail() {
        let controls = controls(&rendered("hdf", &sample()));
        let results: usize = controls.iter().map(|c| c["results"].as_array().unwrap().len()).sum();
        assert_eq!(results, sample().findings.len());
        for control in &controls {
            let has = |status: &str| control["results"].as_array().unwrap().iter().any(|r| r["status"] == status);
            assert!(!has("error") || !has("failed"), "{control}");
            if !control["waiver_data"].is_null() {
                assert!(has("failed") && control["waiver_data"]["skipped_due_to_waiver"] == false, "{control}");
            }
        }
        let ids: Vec<&str> = controls.iter().map(|c| c["id"].as_str().unwrap()).collect();
        let tls = "azure.pg.secure_transport_required";
        for id in [tls.to_owned(), format!("{tls} (unknown)"), format!("{tls} (waived by W-1)")] {
            assert!(ids.contains(&id.as_str()), "{id}: {ids:?}");
        }
    }

    #[test]
    fn what_applies_has_an_impact_and_what_does_not_has_none() {
        let mut assessment = sample();
        for meta in &mut assessment.policies {
            meta.severity = crate::model::Severity::Info;
        }
        for control in controls(&rendered("hdf", &assessment)) {
            let applies = control["results"].as_array().unwrap().iter().any(|r| r["status"] != "skipped");
            assert_eq!(control["impact"].as_f64().unwrap() > 0.0, applies, "{control}");
        }
    }

    #[test]
    fn the_ids_of_nist_come_from_the_crosswalk_or_the_default() {
        let mut assessment = sample();
        assessment.policies[0].crosswalks.insert("nist-800-53".to_owned(), vec!["SC-8".to_owned()]);
        let id = assessment.policies[0].id.as_str().to_owned();
        for control in controls(&rendered("hdf", &assessment)) {
            let mapped = control["id"].as_str().unwrap().starts_with(&id);
            let expected = if mapped { serde_json::json!(["SC-8"]) } else { serde_json::json!(["SA-11", "RA-5"]) };
            assert_eq!(control["tags"]["nist"], expected);
        }
    }

    #[test]
    fn hostile_text_is_inert() {
        let text = rendered("hdf", &hostile());
        assert!(!text.contains("##") && !text.contains('\u{202e}') && text.lines().count() == 1, "{text}");
        for control in controls(&text) {
            assert!(control["refs"].as_array().unwrap().iter().all(|r| r["url"].as_str().unwrap().starts_with("http")));
        }
    }

    #[test]
    fn a_time_that_is_none_is_refused() {
        let mut assessment = sample();
        assessment.evaluated_at = "yesterday".to_owned();
        assessment.snapshot.taken = None;
        let error = crate::report::render("hdf", &assessment, &Default::default(), &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("evaluated_at of the assessment, \"yesterday\""), "{error}");
    }
}
