//! The plan of action and milestones: what fails, what is unknown, and what is waived until when.

use std::collections::BTreeSet;

use crate::model::ResourceId;
use crate::report::node::{Node, markup};
use crate::report::oscal::observation::{local_definitions, observation, uuid_of};
use crate::report::oscal::risk::{approvers, risk, uuid_of_risk, waivers};
use crate::report::oscal::view::{Class, Judged, View};
use crate::report::oscal::{count, only, prop, references, uuid};

/// One item for each policy with open fails, with waived fails, with unknown findings.
pub(super) fn poam<'a>(view: &'a View<'a>) -> Node<'a> {
    let open: Vec<(&'a Judged<'a>, Class<'a>)> = view
        .policies
        .values()
        .flat_map(|judged| judged.classes.keys().rev().map(move |class| (judged, *class)))
        .filter(|(_, class)| matches!(class, Class::Fail | Class::Waived(_) | Class::Unknown))
        .collect();
    let concerned: BTreeSet<&ResourceId> =
        open.iter().filter_map(|(judged, class)| judged.classes.get(class)).flatten().map(|f| &f.resource).collect();
    let mut items: Vec<Node<'a>> = open.iter().map(|(judged, class)| item(view, judged, *class)).collect();
    if items.is_empty() {
        // OSCAL wants one at least.
        items.push(Node::object([
            ("uuid", Node::plain(uuid("item", &[]))),
            ("title", Node::plain("Nothing to do")),
            ("description", Node::plain("No policy fails, and nothing is unknown.")),
        ]));
    }
    let scope = view.assessment.snapshot.scope.join(", ");
    let system = if scope.trim().is_empty() { "unknown" } else { &scope };
    let mut resources = view.sources();
    resources.extend(waivers(view));
    Node::object([
        ("uuid", Node::plain(uuid("plan-of-action-and-milestones", &[&view.digest]))),
        ("metadata", view.metadata("Open fails, unknowns and waivers", approvers(view))),
        ("system-id", Node::object([("id", Node::value(system))])),
        ("local-definitions", local_definitions(view, move |id| concerned.contains(id))),
        ("observations", Node::List(open.iter().map(|(judged, class)| observation(view, judged, *class)).collect())),
        ("risks", Node::List(open.iter().map(|(judged, class)| risk(view, judged, *class)).collect())),
        ("poam-items", Node::List(items)),
        ("back-matter", Node::object([("resources", Node::List(resources))])),
    ])
}

fn item<'a>(view: &View<'_>, judged: &'a Judged<'a>, class: Class<'a>) -> Node<'a> {
    let findings = judged.classes.get(&class).map_or(0, Vec::len);
    let described = match class {
        Class::Unknown => format!("Find out: nobody can say of {findings} resources whether this holds."),
        Class::Waived(waiver) => match view.waiver(waiver) {
            Some(entry) => format!(
                "Fails on {findings} resources. Waiver {} lies over it and does not count from {} on.",
                markup(waiver),
                entry.waiver.expires_on
            ),
            None => {
                format!("Fails on {findings} resources. The assessment does not hold the waiver {}.", markup(waiver))
            }
        },
        _ => format!("Repair: fails on {findings} resources."),
    };
    let [word, waiver] = class.names();
    let mut props =
        vec![prop("policy", judged.id.as_str()), count("resources", findings), prop("verdict", class.result())];
    if let Some(meta) = judged.meta {
        props.push(prop("check", &meta.check));
        props.push(prop("severity", meta.severity.as_str()));
    }
    props.push(prop("waiver", waiver));
    Node::object([
        ("uuid", Node::plain(uuid("item", &[judged.id.as_str(), word, waiver]))),
        ("title", Node::markup(&format!("{}: {}", judged.title(), class.word()))),
        ("description", Node::plain(described)),
        ("props", Node::List(props)),
        ("related-observations", only(Node::object([("observation-uuid", Node::plain(uuid_of(judged, class)))]))),
        ("related-risks", references("risk-uuid", uuid_of_risk(judged, class))),
    ])
}
