//! Risks: what follows from the fails of a policy, open or under a waiver; the waivers, and who approved them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{PolicyMeta, WaiverEntry, WaiverSource};
use crate::report::node::{Node, code, markup};
use crate::report::oscal::observation::{origins, uuid_of};
use crate::report::oscal::view::{Class, Judged, View};
use crate::report::oscal::{NAMESPACE, count, only, prop, prop_of_oscal, references, uuid};

/// The UUID of the risk of a policy's fails, where the class has one.
pub(super) fn uuid_of_risk(judged: &Judged<'_>, class: Class<'_>) -> Option<String> {
    match class {
        Class::Fail | Class::Waived(_) => {
            let [word, waiver] = class.names();
            Some(uuid("risk", &[judged.id.as_str(), word, waiver]))
        }
        Class::Pass | Class::NotApplicable | Class::Unknown => None,
    }
}

/// The risk of a policy's fails; nothing for other verdicts.
pub(super) fn risk<'a>(view: &'a View<'a>, judged: &'a Judged<'a>, class: Class<'a>) -> Node<'a> {
    let Some(of) = uuid_of_risk(judged, class) else { return Node::Nothing };
    let entry = match class {
        Class::Waived(waiver) => view.waiver(waiver),
        _ => None,
    };
    let findings = judged.classes.get(&class).map_or(0, Vec::len);
    let statement = judged.meta.map_or_else(|| judged.title().to_owned(), |meta| meta.description.clone());
    let mut props = vec![prop("policy", judged.id.as_str()), count("resources", findings)];
    if let Class::Waived(waiver) = class {
        props.push(prop("waiver", waiver));
    }
    Node::object([
        ("uuid", Node::plain(of.clone())),
        ("title", Node::markup(&format!("Not so: {}", judged.title()))),
        ("description", Node::plain(format!("Resources with the verdict {}: {findings}.", markup(&class.word())))),
        ("statement", Node::markup(&statement)),
        ("props", Node::List(props)),
        ("links", Node::List(entry.map(link).into_iter().collect())),
        ("status", Node::plain(entry.map_or("open", status))),
        ("origins", origins(view)),
        ("characterizations", Node::List(judged.meta.map(|meta| characterization(view, meta)).into_iter().collect())),
        ("mitigating-factors", Node::List(entry.map(|e| mitigation(e, &of)).into_iter().collect())),
        ("deadline", entry.map_or(Node::Nothing, |e| Node::plain(midnight(e.waiver.expires_on)))),
        ("remediations", Node::List(judged.meta.map(|meta| remediation(meta, &of)).into_iter().collect())),
        ("risk-log", entry.map_or(Node::Nothing, |e| log(e, &of))),
        ("related-observations", references("observation-uuid", [uuid_of(judged, class)])),
    ])
}

/// Where a waived risk stands. To a comment in code nobody has agreed.
fn status(entry: &WaiverEntry) -> &'static str {
    if entry.waiver.source.is_register() { "deviation-approved" } else { "deviation-requested" }
}

fn midnight(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

fn characterization<'a>(view: &View<'_>, meta: &PolicyMeta) -> Node<'a> {
    let actor = Node::object([("type", Node::plain("tool")), ("actor-uuid", Node::plain(view.tool_uuid()))]);
    let facet = Node::object([
        ("name", Node::plain("severity")),
        ("system", Node::plain(NAMESPACE)),
        ("value", Node::plain(meta.severity.as_str())),
    ]);
    Node::object([("origin", Node::object([("actors", only(actor))])), ("facets", only(facet))])
}

fn link<'a>(entry: &WaiverEntry) -> Node<'a> {
    let href = format!("#{}", uuid("waiver", &[&entry.waiver.id]));
    Node::object([("href", Node::plain(href)), ("rel", Node::plain("reference")), ("text", Node::plain("The waiver"))])
}

/// A waiver and a policy may stand in several risks, so what belongs to one has an id of that risk.
fn mitigation<'a>(entry: &WaiverEntry, risk: &str) -> Node<'a> {
    let waiver = &entry.waiver;
    if waiver.compensating_control.trim().is_empty() {
        return Node::Nothing;
    }
    Node::object([
        ("uuid", Node::plain(uuid("compensating-control", &[risk]))),
        ("description", Node::markup(&waiver.compensating_control)),
    ])
}

fn remediation<'a>(meta: &PolicyMeta, risk: &str) -> Node<'a> {
    let way = &meta.remediation;
    let mut blocks: Vec<String> = way.note.iter().map(|text| markup(text)).collect();
    for (name, text) in [("Azure CLI", &way.az), ("Terraform", &way.terraform), ("Bicep", &way.bicep)] {
        blocks.extend(text.iter().map(|text| format!("{name}:\n\n{}", code(text))));
    }
    blocks.extend(way.portal.iter().map(|text| format!("Portal: {}", markup(text))));
    if blocks.is_empty() {
        return Node::Nothing;
    }
    Node::object([
        ("uuid", Node::plain(uuid("remediation", &[risk]))),
        ("lifecycle", Node::plain("recommendation")),
        ("title", Node::markup(&meta.title)),
        ("description", Node::plain(blocks.join("\n\n"))),
    ])
}

/// The approval, where there was one.
fn log<'a>(entry: &WaiverEntry, risk: &str) -> Node<'a> {
    let waiver = &entry.waiver;
    let (Some(day), true) = (waiver.approved_on, waiver.source.is_register()) else { return Node::Nothing };
    let by = match waiver.approver.trim() {
        "" => Node::Nothing,
        approver => only(Node::object([
            ("party-uuid", Node::plain(uuid("party", &[approver]))),
            ("role-id", Node::plain("approver")),
        ])),
    };
    let entry = Node::object([
        ("uuid", Node::plain(uuid("approval", &[risk]))),
        ("title", Node::markup(&format!("Waiver {}", waiver.id))),
        ("description", Node::markup(&waiver.reason)),
        ("start", Node::plain(midnight(day))),
        ("status-change", Node::plain("deviation-approved")),
        ("logged-by", by),
    ]);
    Node::object([("entries", only(entry))])
}

/// The approvers as parties, and their role.
pub(super) fn approvers<'a>(view: &'a View<'a>) -> [(&'a str, Node<'a>); 2] {
    let waivers = view.assessment.waivers.iter().map(|w| &w.waiver).filter(|w| w.source.is_register());
    let names: BTreeSet<&str> = waivers.map(|w| w.approver.trim()).filter(|name| !name.is_empty()).collect();
    let party = |name: &&str| {
        Node::object([
            ("uuid", Node::plain(uuid("party", &[name]))),
            ("type", Node::plain("person")),
            ("name", Node::value(name)),
        ])
    };
    let role = Node::object([("id", Node::plain("approver")), ("title", Node::plain("Approves waivers"))]);
    [
        ("roles", if names.is_empty() { Node::Nothing } else { only(role) }),
        ("parties", Node::List(names.iter().map(party).collect())),
    ]
}

/// Every waiver with what became of it, for the back matter.
pub(super) fn waivers<'a>(view: &'a View<'a>) -> Vec<Node<'a>> {
    view.assessment.waivers.iter().map(waiver).collect()
}

fn waiver<'a>(entry: &'a WaiverEntry) -> Node<'a> {
    let waiver = &entry.waiver;
    let mut props = vec![
        prop("waiver", &waiver.id),
        prop("waiver-status", entry.status.as_str()),
        count("resources", entry.findings),
        prop("policy", &waiver.policy),
        prop("scope", &waiver.scope),
        prop("requester", &waiver.requester),
        prop("approver", &waiver.approver),
        prop("ticket", &waiver.ticket),
        prop("compensating-control", &waiver.compensating_control),
        prop("approved-on", &waiver.approved_on.map(|day| day.to_string()).unwrap_or_default()),
        prop("expires-on", &waiver.expires_on.to_string()),
        prop("refused", entry.refused.as_deref().unwrap_or_default()),
        prop_of_oscal("type", "evidence"),
    ];
    if let WaiverSource::Comment { file, line } = &waiver.source {
        props.push(prop("comment-at", &format!("{file}:{line}")));
    }
    Node::object([
        ("uuid", Node::plain(uuid("waiver", &[&waiver.id]))),
        ("title", Node::markup(&format!("Waiver {}", waiver.id))),
        ("description", Node::markup(&waiver.reason)),
        ("props", Node::List(props)),
    ])
}
