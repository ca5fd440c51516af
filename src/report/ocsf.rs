//! OCSF 1.5: one event of the class Compliance Finding (2003) on each line, for SIEM systems.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use crate::model::{Assessment, Finding, PolicyMeta, ResourceId, Severity, Verdict};
use crate::report::node::Node;
use crate::report::oscal::{digest, time, uuid, web_address};
use crate::report::place::resource_name;
use crate::report::{RenderOptions, ReportError};

/// The version of the schema.
const VERSION: &str = "1.5.0";

/// What is the same in all events.
struct Common<'a> {
    a: &'a Assessment,
    /// Milliseconds since 1970.
    time: i64,
    /// Tells the assessment apart from others.
    digest: String,
    /// Control → the title of its framework.
    frameworks: BTreeMap<&'a str, &'a str>,
    /// Names of subscriptions, by id in lower case.
    names: BTreeMap<String, &'a str>,
}

/// Writes one line for each finding.
pub(super) fn render(a: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    lines(a, out).map_err(|source| ReportError::Write { format: "ocsf", source })
}

fn lines(a: &Assessment, out: &mut dyn Write) -> io::Result<()> {
    let controls = a.frameworks.iter().flat_map(|f| f.controls.iter().map(|c| (c.id.as_str(), f.title.as_str())));
    let common = Common {
        a,
        time: time("evaluated_at", &a.evaluated_at)?.timestamp_millis(),
        digest: digest(a)?,
        frameworks: controls.collect(),
        names: a.snapshot.names.iter().map(|(id, name)| (id.to_lowercase(), name.as_str())).collect(),
    };
    let mut out = BufWriter::new(out);
    for finding in &a.findings {
        event(&common, finding).write(&mut out)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn event<'a>(common: &Common<'a>, finding: &'a Finding) -> Node<'a> {
    let a = common.a;
    let meta = a.policy(&finding.policy);
    let title = meta.map_or(finding.policy.as_str(), |m| &m.title);
    let is_open = matches!(finding.verdict, Verdict::Fail | Verdict::Unknown);
    let severity = if is_open { meta.map(|m| m.severity) } else { Some(Severity::Info) };
    let (severity_id, severity) = severity_of(severity);
    let (status_id, status) = if finding.waiver.is_some() { (3, "Suppressed") } else { (1, "New") };
    let identity = [finding.policy.as_str(), finding.resource.key()];
    let said =
        finding.details.iter().map(|d| d.message.as_str()).chain(finding.reasons.iter().map(|r| r.text.as_str()));
    let said = said.collect::<Vec<_>>().join("; ");
    Node::Object(vec![
        ("activity_id", Node::Integer(1)),
        ("activity_name", Node::plain("Create")),
        ("category_name", Node::plain("Findings")),
        ("category_uid", Node::Integer(2)),
        ("class_name", Node::plain("Compliance Finding")),
        ("class_uid", Node::Integer(2003)),
        ("type_name", Node::plain("Compliance Finding: Create")),
        ("type_uid", Node::Integer(200_301)),
        ("time", Node::Integer(common.time)),
        ("severity_id", Node::Integer(severity_id)),
        ("severity", Node::plain(severity)),
        ("status_id", Node::Integer(status_id)),
        ("status", Node::plain(status)),
        ("status_code", Node::plain(finding.verdict.as_str())),
        ("status_detail", Node::value(&said)),
        ("message", Node::value(&format!("{title}: {}", finding.verdict.as_str()))),
        ("metadata", metadata(common, identity)),
        (
            "finding_info",
            Node::object([
                ("uid", Node::plain(uuid("ocsf-finding", &identity))),
                ("title", Node::value(title)),
                ("desc", meta.map_or(Node::Nothing, |m| Node::value(&one_line(&m.description)))),
                ("types", Node::List(vec![Node::plain("Compliance")])),
            ]),
        ),
        ("compliance", compliance(common, finding, meta)),
        ("resources", Node::List(vec![resource(a, &finding.resource)])),
        ("cloud", cloud(common, &finding.resource)),
        ("remediation", meta.map_or(Node::Nothing, remediation)),
        ("unmapped", unmapped(finding)),
    ])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn severity_of(severity: Option<Severity>) -> (i64, &'static str) {
    match severity {
        None => (0, "Unknown"),
        Some(Severity::Info) => (1, "Informational"),
        Some(Severity::Low) => (2, "Low"),
        Some(Severity::Medium) => (3, "Medium"),
        Some(Severity::High) => (4, "High"),
        Some(Severity::Critical) => (5, "Critical"),
    }
}

fn metadata<'a>(common: &Common<'a>, identity: [&str; 2]) -> Node<'a> {
    let tool = &common.a.tool;
    Node::object([
        ("version", Node::plain(VERSION)),
        ("profiles", Node::List(vec![Node::plain("cloud")])),
        ("uid", Node::plain(uuid("ocsf-event", &[&common.digest, identity[0], identity[1]]))),
        ("correlation_uid", Node::plain(uuid("assessment-results", &[&common.digest]))),
        (
            "product",
            Node::object([
                ("name", Node::value(&tool.name)),
                ("vendor_name", Node::plain("assize")),
                ("version", Node::value(&tool.version)),
            ]),
        ),
    ])
}

fn compliance<'a>(common: &Common<'a>, finding: &'a Finding, meta: Option<&'a PolicyMeta>) -> Node<'a> {
    let (status_id, status) = match finding.verdict {
        Verdict::Pass => (1, "Pass"),
        Verdict::Fail => (3, "Fail"),
        Verdict::Unknown => (0, "Unknown"),
        Verdict::NotApplicable => (99, "Not Applicable"),
    };
    let mut entries = vec![
        ("control", Node::value(finding.policy.as_str())),
        ("status_id", Node::Integer(status_id)),
        ("status", Node::plain(status)),
    ];
    if let Some(meta) = meta {
        let mut standards: Vec<&str> =
            meta.controls.keys().filter_map(|c| common.frameworks.get(c.as_str()).copied()).collect();
        standards.sort_unstable();
        standards.dedup();
        let (severity_id, severity) = severity_of(Some(meta.severity));
        let check = Node::object([
            ("uid", Node::value(&meta.check)),
            ("name", Node::value(&meta.title)),
            ("severity_id", Node::Integer(severity_id)),
            ("severity", Node::plain(severity)),
            ("status_id", Node::Integer(status_id)),
            ("status", Node::plain(status)),
        ]);
        entries.push(("desc", Node::value(&meta.title)));
        entries.push(("requirements", Node::List(meta.controls.keys().map(|c| Node::value(c)).collect())));
        entries.push(("standards", Node::List(standards.into_iter().map(Node::value).collect())));
        entries.push(("checks", Node::List(vec![check])));
    }
    Node::Object(entries)
}

fn resource<'a>(a: &'a Assessment, id: &'a ResourceId) -> Node<'a> {
    let entry = a.resource(id);
    let context = entry.map(|e| &e.context);
    let field = |name: &str| context.and_then(|c| c.get(name)).map_or(Node::Nothing, |value| Node::value(value));
    let labels = context.into_iter().flatten().map(|(name, value)| Node::value(&format!("{name}={value}")));
    let place = entry.and_then(|e| e.place()).and_then(|p| p.address());
    let data = place.map_or(Node::Nothing, |address| Node::object([("address_in_code", Node::value(address))]));
    let group = id.resource_group().map_or(Node::Nothing, |g| Node::object([("name", Node::value(g))]));
    Node::object([
        ("uid", Node::value(id.as_str())),
        ("name", Node::value(&resource_name(id))),
        ("type", entry.map_or(Node::Nothing, |e| Node::value(e.resource_type.as_str()))),
        ("criticality", field("criticality")),
        ("labels", Node::List(labels.collect())),
        ("group", group),
        ("data", data),
    ])
}

fn cloud<'a>(common: &Common<'a>, id: &ResourceId) -> Node<'a> {
    let account = id.subscription().map_or(Node::Nothing, |subscription| {
        let name = common.names.get(&subscription.to_lowercase()).copied().unwrap_or(subscription);
        // The schema has no type of account for this; 99 is "other".
        Node::object([
            ("uid", Node::value(subscription)),
            ("name", Node::value(name)),
            ("type", Node::plain("Azure Subscription")),
            ("type_id", Node::Integer(99)),
        ])
    });
    Node::object([("provider", Node::plain("Azure")), ("account", account)])
}

fn remediation<'a>(meta: &PolicyMeta) -> Node<'a> {
    let way = &meta.remediation;
    let texts = [&way.note, &way.az, &way.portal].into_iter().flatten();
    let desc = Node::block(&texts.map(|t| t.trim()).collect::<Vec<_>>().join("\n"));
    if matches!(desc, Node::Nothing) {
        return Node::Nothing;
    }
    let links = meta.links.iter().filter_map(|link| web_address(link)).map(Node::plain);
    Node::object([("desc", desc), ("references", Node::List(links.collect()))])
}

fn unmapped(finding: &Finding) -> Node<'_> {
    let waiver = finding.waiver.as_deref().map_or(Node::Nothing, Node::value);
    let change = finding.change.map_or(Node::Nothing, |change| Node::plain(change.as_str()));
    match (&waiver, &change) {
        (Node::Nothing, Node::Nothing) => Node::Nothing,
        _ => Node::object([("waiver", waiver), ("change", change)]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use crate::report::tests::{hostile, rendered, sample};

    fn events(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_finding_is_an_event_with_its_verdict() {
        let assessment = sample();
        let events = events(&rendered("ocsf", &assessment));
        assert_eq!(events.len(), assessment.findings.len());
        for (event, finding) in events.iter().zip(&assessment.findings) {
            assert_eq!(event["status_code"], finding.verdict.as_str());
            let expected = match finding.verdict.as_str() {
                "pass" => 1,
                "fail" => 3,
                "unknown" => 0,
                _ => 99,
            };
            assert_eq!(event["compliance"]["status_id"], expected);
            assert_eq!(event["status_id"], if finding.waiver.is_some() { 3 } else { 1 });
            assert_eq!(event["resources"][0]["uid"], finding.resource.as_str());
        }
        let uids: BTreeSet<&str> = events.iter().map(|e| e["metadata"]["uid"].as_str().unwrap()).collect();
        assert_eq!(uids.len(), events.len());
    }

    #[test]
    fn a_pass_is_informational_and_an_unknown_as_bad_as_a_fail() {
        for event in events(&rendered("ocsf", &sample())) {
            let is_open = matches!(event["status_code"].as_str().unwrap(), "fail" | "unknown");
            let expected = if is_open { event["compliance"]["checks"][0]["severity_id"].clone() } else { 1.into() };
            assert_eq!(event["severity_id"], expected, "{event}");
        }
    }

    #[test]
    fn findings_keep_their_uid_between_assessments_and_events_do_not() {
        let mut later = sample();
        later.evaluated_at = "2027-01-01T00:00:00+01:00".to_owned();
        let (before, after) = (events(&rendered("ocsf", &sample())), events(&rendered("ocsf", &later)));
        for (a, b) in before.iter().zip(&after) {
            assert_eq!(a["finding_info"]["uid"], b["finding_info"]["uid"]);
            assert_ne!(a["metadata"]["uid"], b["metadata"]["uid"]);
            assert_eq!(b["time"], 1_798_758_000_000_i64);
        }
    }

    #[test]
    fn hostile_text_is_inert() {
        let assessment = hostile();
        let text = rendered("ocsf", &assessment);
        assert_eq!(text.lines().count(), assessment.findings.len());
        assert!(!text.contains("##") && !text.contains('\u{202e}') && !text.contains('\u{1b}'), "{text}");
    }
}
