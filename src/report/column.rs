//! The columns of findings and resources, for every format that is a table of cells. Their names and order are part of the
//! contract with those who read the files by program: new ones come last.

use crate::model::{Assessment, Finding, Origin, PolicyMeta, ReasonKind, ResourceEntry, ResourceId, Summary, Written};
use crate::report::place::resource_name;
use crate::report::text::{json, line};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text on one line; an empty one is an empty cell.
    Text(String),
    /// An object of JSON, on one line.
    Json(String),
    /// A count or a line number.
    Number(u64),
}

impl Cell {
    /// A text from outside, with what cannot be seen written as escapes.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(line(text, usize::MAX))
    }

    /// An empty cell.
    pub(super) fn empty() -> Self {
        Self::Text(String::new())
    }

    fn some(text: Option<&str>) -> Self {
        text.map_or_else(Self::empty, Self::text)
    }

    fn count(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

/// A kind of table.
pub(super) trait Table {
    /// What a row is made of.
    type Row<'a>;
}

/// A column of a table.
pub(super) struct Column<T: Table> {
    /// The name in the header.
    pub(super) name: &'static str,
    /// How wide it is shown, in characters.
    pub(super) width: u16,
    /// Its cell in a row.
    pub(super) cell: for<'a> fn(&T::Row<'a>) -> Cell,
}

/// The table of findings.
pub(super) struct Findings;

impl Table for Findings {
    type Row<'a> = Judged<'a>;
}

/// The table of resources.
pub(super) struct Resources;

impl Table for Resources {
    type Row<'a> = Counted<'a>;
}

/// A finding with what the assessment knows of it.
pub(super) struct Judged<'a> {
    assessment: &'a Assessment,
    finding: &'a Finding,
    meta: Option<&'a PolicyMeta>,
    entry: Option<&'a ResourceEntry>,
    written: Option<Written<'a>>,
}

impl<'a> Judged<'a> {
    /// The row of a finding.
    pub(super) fn of(assessment: &'a Assessment, finding: &'a Finding) -> Self {
        let (meta, entry) = (assessment.policy(&finding.policy), assessment.resource(&finding.resource));
        Self { assessment, finding, meta, entry, written: assessment.written_at(finding) }
    }

    fn context(&self, field: &str) -> Cell {
        Cell::some(self.entry.and_then(|entry| entry.context.get(field)).map(String::as_str))
    }
}

/// The columns of findings.
pub(super) const FINDINGS: &[Column<Findings>] = &[
    Column { name: "verdict", width: 14, cell: |r| Cell::text(r.finding.verdict.as_str()) },
    Column { name: "severity", width: 10, cell: |r| Cell::some(r.meta.map(|m| m.severity.as_str())) },
    Column { name: "policy", width: 44, cell: |r| Cell::text(r.finding.policy.as_str()) },
    Column { name: "check", width: 14, cell: |r| Cell::some(r.meta.map(|m| m.check.as_str())) },
    Column { name: "title", width: 48, cell: |r| Cell::some(r.meta.map(|m| m.title.as_str())) },
    Column { name: "resource_name", width: 28, cell: |r| Cell::text(&resource_name(&r.finding.resource)) },
    Column { name: "resource_type", width: 36, cell: |r| kind(r.entry, &r.finding.resource) },
    Column { name: "resource_group", width: 24, cell: |r| Cell::some(r.finding.resource.resource_group()) },
    Column { name: "subscription", width: 38, cell: |r| Cell::some(r.finding.resource.subscription()) },
    Column { name: "subscription_name", width: 24, cell: |r| subscription_name(r.assessment, &r.finding.resource) },
    Column { name: "message", width: 64, cell: |r| said(r.finding) },
    Column { name: "messages", width: 10, cell: |r| Cell::count(r.finding.details.len() + r.finding.reasons.len()) },
    Column { name: "read", width: 48, cell: |r| read(r.finding) },
    Column { name: "actual", width: 24, cell: |r| value(r.finding, |d| d.actual.as_ref()) },
    Column { name: "expected", width: 24, cell: |r| value(r.finding, |d| d.expected.as_ref()) },
    Column {
        name: "reason",
        width: 16,
        cell: |r| Cell::text(r.finding.reasons.first().map_or("", |one| reason(one.kind))),
    },
    Column { name: "waiver", width: 16, cell: |r| Cell::some(r.finding.waiver.as_deref()) },
    Column { name: "change", width: 14, cell: |r| Cell::text(r.finding.change.map_or("", |c| c.as_str())) },
    Column { name: "address", width: 36, cell: |r| Cell::some(r.entry.and_then(|e| e.place()?.address())) },
    Column { name: "file", width: 36, cell: |r| Cell::some(r.written.map(|w| w.file)) },
    Column {
        name: "line",
        width: 8,
        cell: |r| r.written.map_or_else(Cell::empty, |w| Cell::Number(u64::from(w.range.start_line.max(1)))),
    },
    Column {
        name: "controls",
        width: 36,
        cell: |r| r.meta.map_or_else(Cell::empty, |m| Cell::text(&listed(m.controls.keys().map(String::as_str)))),
    },
    Column { name: "domain", width: 16, cell: |r| r.context("domain") },
    Column { name: "owner", width: 20, cell: |r| r.context("owner") },
    Column { name: "data_class", width: 14, cell: |r| r.context("data_class") },
    Column { name: "criticality", width: 14, cell: |r| r.context("criticality") },
    Column { name: "environment", width: 14, cell: |r| r.context("environment") },
    Column { name: "rto_minutes", width: 14, cell: |r| r.context("rto_minutes") },
    Column { name: "rpo_minutes", width: 14, cell: |r| r.context("rpo_minutes") },
    Column { name: "resource_id", width: 60, cell: |r| Cell::text(r.finding.resource.as_str()) },
    Column { name: "facts", width: 48, cell: |r| Cell::Json(json(r.finding.facts.get())) },
    Column { name: "evaluated_at", width: 24, cell: |r| Cell::text(&r.assessment.evaluated_at) },
    Column { name: "snapshot_sha256", width: 24, cell: |r| Cell::text(&r.assessment.snapshot.sha256) },
];

/// A resource with the counts of its findings.
pub(super) struct Counted<'a> {
    /// The assessment.
    pub(super) assessment: &'a Assessment,
    /// The resource.
    pub(super) entry: &'a ResourceEntry,
    /// Its findings.
    pub(super) summary: Summary,
}

impl Counted<'_> {
    fn context(&self, field: &str) -> Cell {
        Cell::some(self.entry.context.get(field).map(String::as_str))
    }

    /// What the request it was read by says.
    fn request(&self, of: fn(&Origin) -> Option<&str>) -> Cell {
        Cell::some(self.entry.origin.as_deref().and_then(of))
    }
}

/// The columns of resources.
pub(super) const RESOURCES: &[Column<Resources>] = &[
    Column { name: "resource_name", width: 28, cell: |r| Cell::text(&resource_name(&r.entry.id)) },
    Column { name: "resource_type", width: 36, cell: |r| kind(Some(r.entry), &r.entry.id) },
    Column { name: "resource_group", width: 24, cell: |r| Cell::some(r.entry.id.resource_group()) },
    Column { name: "subscription", width: 38, cell: |r| Cell::some(r.entry.id.subscription()) },
    Column { name: "subscription_name", width: 24, cell: |r| subscription_name(r.assessment, &r.entry.id) },
    Column { name: "policies", width: 10, cell: |r| Cell::Number(u64::from(r.entry.policies)) },
    Column { name: "pass", width: 8, cell: |r| Cell::Number(r.summary.pass) },
    Column { name: "fail", width: 8, cell: |r| Cell::Number(r.summary.fail) },
    Column { name: "waived", width: 8, cell: |r| Cell::Number(r.summary.waived) },
    Column { name: "unknown", width: 10, cell: |r| Cell::Number(r.summary.unknown) },
    Column { name: "not_applicable", width: 14, cell: |r| Cell::Number(r.summary.not_applicable) },
    Column { name: "domain", width: 16, cell: |r| r.context("domain") },
    Column { name: "owner", width: 20, cell: |r| r.context("owner") },
    Column { name: "data_class", width: 14, cell: |r| r.context("data_class") },
    Column { name: "criticality", width: 14, cell: |r| r.context("criticality") },
    Column { name: "environment", width: 14, cell: |r| r.context("environment") },
    Column { name: "rto_minutes", width: 14, cell: |r| r.context("rto_minutes") },
    Column { name: "rpo_minutes", width: 14, cell: |r| r.context("rpo_minutes") },
    Column { name: "address", width: 36, cell: |r| Cell::some(r.entry.place().and_then(Origin::address)) },
    Column {
        name: "file",
        width: 36,
        cell: |r| {
            Cell::some(
                r.entry
                    .place()
                    .and_then(|o| if let Origin::File { file, .. } = o { Some(file.as_str()) } else { None }),
            )
        },
    },
    Column {
        name: "read_at",
        width: 24,
        cell: |r| r.request(|o| if let Origin::Request { time, .. } = o { Some(time) } else { None }),
    },
    Column {
        name: "api_version",
        width: 20,
        cell: |r| r.request(|o| if let Origin::Request { api_version, .. } = o { Some(api_version) } else { None }),
    },
    Column {
        name: "request_id",
        width: 38,
        cell: |r| r.request(|o| if let Origin::Request { request_id, .. } = o { request_id.as_deref() } else { None }),
    },
    Column {
        name: "answer_sha256",
        width: 24,
        cell: |r| r.request(|o| if let Origin::Request { digest, .. } = o { Some(digest) } else { None }),
    },
    Column { name: "resource_id", width: 60, cell: |r| Cell::text(r.entry.id.as_str()) },
];

fn kind(entry: Option<&ResourceEntry>, id: &ResourceId) -> Cell {
    match entry {
        Some(entry) => Cell::text(entry.resource_type.as_str()),
        None => Cell::some(id.resource_type().as_ref().map(|t| t.as_str())),
    }
}

fn subscription_name(assessment: &Assessment, id: &ResourceId) -> Cell {
    let names = &assessment.snapshot.names;
    let name = id.subscription().and_then(|s| {
        // Ids in names are mostly lower case; a look-up is cheaper than a search.
        names.get(s).or_else(|| names.iter().find(|(key, _)| key.eq_ignore_ascii_case(s)).map(|(_, name)| name))
    });
    Cell::some(name.map(String::as_str))
}

/// Everything that was said, in one cell.
fn said(finding: &Finding) -> Cell {
    let details = finding.details.iter().map(|d| d.message.as_str());
    Cell::text(&listed(details.chain(finding.reasons.iter().map(|r| r.text.as_str()))))
}

fn read(finding: &Finding) -> Cell {
    let detail = finding.details.iter().find_map(|d| d.path.as_deref());
    Cell::some(detail.or_else(|| finding.reasons.iter().find_map(|r| r.read.as_deref())))
}

/// A value of the first detail that names what was read: a text as it is, anything else as JSON.
fn value(finding: &Finding, of: fn(&crate::model::Detail) -> Option<&serde_json::Value>) -> Cell {
    let detail = finding.details.iter().find(|d| d.path.is_some()).or_else(|| finding.details.first());
    match detail.and_then(of) {
        Some(serde_json::Value::String(text)) => Cell::text(text),
        Some(other) => Cell::Text(json(&other.to_string())),
        None => Cell::empty(),
    }
}

/// The word for a kind of reason.
pub(super) fn reason(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Gap(gap) => gap.as_str(),
        ReasonKind::Absent => "absent",
        ReasonKind::Incomplete => "incomplete",
        ReasonKind::Policy => "policy",
        ReasonKind::Error => "error",
    }
}

fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::CONTEXT_FIELDS;
    use crate::report::tests::{hostile, sample};

    #[test]
    fn names_are_unique_and_every_field_of_context_has_a_column() {
        let findings: Vec<&str> = FINDINGS.iter().map(|c| c.name).collect();
        let resources: Vec<&str> = RESOURCES.iter().map(|c| c.name).collect();
        for names in [findings, resources] {
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
            assert!(CONTEXT_FIELDS.iter().all(|field| names.contains(field)), "{names:?}");
        }
    }

    #[test]
    fn texts_of_others_are_one_visible_line_and_facts_stay_json() {
        for assessment in [sample(), hostile()] {
            for finding in &assessment.findings {
                let row = Judged::of(&assessment, finding);
                for column in FINDINGS {
                    let (Cell::Text(text) | Cell::Json(text)) = (column.cell)(&row) else { continue };
                    assert!(
                        !text.chars().any(|c| c.is_control() || "\u{202e}\u{200b}\u{feff}".contains(c)),
                        "{text:?}"
                    );
                    assert!(!text.contains("##"), "{text:?}");
                    if column.name == "facts" {
                        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
                        assert_eq!(value(&text), value(finding.facts.get()));
                    }
                }
            }
        }
    }
}
