//! Observations and what they are of: one for each policy and verdict, with the resources as subjects, and one for each
//! thing that could not be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Finding, Gap, ResourceEntry, ResourceId};
use crate::report::node::{Node, markup};
use crate::report::oscal::view::{Class, Judged, View};
use crate::report::oscal::{COMPASS, count, only, prop, prop_of, prop_of_oscal, references, uuid};
use crate::report::place::resource_name;

/// The UUID of the observation of a policy and a verdict.
pub(super) fn uuid_of(judged: &Judged<'_>, class: Class<'_>) -> String {
    let [word, waiver] = class.names();
    uuid("observation", &[judged.id.as_str(), word, waiver])
}

/// What a policy says of the resources that it says the same of.
pub(super) fn observation<'a>(view: &'a View<'a>, judged: &'a Judged<'a>, class: Class<'a>) -> Node<'a> {
    let findings = judged.classes.get(&class).map(Vec::as_slice).unwrap_or_default();
    let mut props = vec![
        prop_of(COMPASS, "assessment-rule-id", Node::value(judged.id.as_str())),
        prop("result", class.result()),
        count("resources", findings.len()),
    ];
    if let Some(meta) = judged.meta {
        props.push(prop("check", &meta.check));
        props.push(prop("severity", meta.severity.as_str()));
    }
    if let Class::Waived(waiver) = class {
        props.push(prop("waived", "true"));
        props.push(prop("waiver", waiver));
    }
    let first = match findings.first().map(|f| f.summary()) {
        Some(text) if !text.is_empty() => format!(" The first: {}", markup(text)),
        _ => String::new(),
    };
    let word = markup(&class.word());
    Node::object([
        ("uuid", Node::plain(uuid_of(judged, class))),
        ("title", Node::markup(&format!("{}: {}", judged.title(), class.word()))),
        ("description", Node::plain(format!("Resources with the verdict {word}: {}.{first}", findings.len()))),
        ("props", Node::List(props)),
        ("methods", only(Node::plain("TEST"))),
        ("types", only(Node::plain("control-objective"))),
        ("origins", origins(view)),
        ("subjects", Node::each(move || findings.iter().map(move |f| subject(view, f, class)))),
        ("relevant-evidence", evidence(view)),
        ("collected", Node::plain(&*view.collected)),
        ("remarks", remarks(view)),
    ])
}

/// The program as the one who found out.
pub(super) fn origins<'a>(view: &View<'_>) -> Node<'a> {
    let actor = Node::object([("type", Node::plain("tool")), ("actor-uuid", Node::plain(view.tool_uuid()))]);
    only(Node::object([("actors", only(actor))]))
}

fn evidence<'a>(view: &View<'_>) -> Node<'a> {
    only(Node::object([
        ("href", Node::plain(format!("#{}", view.snapshot_uuid()))),
        ("description", Node::plain("The facts that were judged.")),
    ]))
}

fn remarks<'a>(view: &View<'_>) -> Node<'a> {
    if view.collected_is_known {
        return Node::Nothing;
    }
    Node::plain("The snapshot does not know when its facts were read; the time is that of the assessment.")
}

/// A resource with what a policy says of it, as Compliance-to-Policy reads it.
fn subject<'a>(view: &'a View<'a>, finding: &'a Finding, class: Class<'a>) -> Node<'a> {
    let mut props = vec![
        prop_of(COMPASS, "resource-id", Node::value(finding.resource.as_str())),
        prop_of(COMPASS, "result", Node::plain(class.result())),
        prop_of(COMPASS, "evaluated-on", Node::plain(&*view.now)),
        prop_of(COMPASS, "reason", Node::value(finding.summary())),
    ];
    if let Class::Waived(waiver) = class {
        props.push(prop_of(COMPASS, "waived", Node::plain("true")));
        props.push(prop("waiver", waiver));
    }
    if let Some(change) = finding.change {
        props.push(prop("change", change.as_str()));
    }
    reference(&finding.resource, props)
}

fn reference<'a>(id: &ResourceId, props: Vec<Node<'a>>) -> Node<'a> {
    Node::object([
        ("subject-uuid", Node::plain(uuid("resource", &[id.key()]))),
        ("type", Node::plain("inventory-item")),
        ("title", Node::markup(&resource_name(id))),
        ("props", Node::List(props)),
    ])
}

/// What could not be read: one observation for each read and reason.
pub(super) fn gaps<'a>(view: &'a View<'a>) -> Vec<Node<'a>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&'a Gap>> = BTreeMap::new();
    for gap in &view.assessment.gaps {
        groups.entry((gap.read.as_deref().unwrap_or_default(), gap.reason.as_str())).or_default().push(gap);
    }
    groups.into_iter().map(|((read, reason), gaps)| gap(view, read, reason, &gaps)).collect()
}

fn gap<'a>(view: &'a View<'a>, read: &'a str, reason: &'a str, gaps: &[&'a Gap]) -> Node<'a> {
    let mut props = vec![prop("gap", reason), prop("read", read), count("gaps", gaps.len())];
    let mut subjects: BTreeMap<&ResourceId, &'a Gap> = BTreeMap::new();
    for gap in gaps {
        let known = ResourceId::parse(&gap.about).ok().and_then(|id| view.population.get_key_value(&id));
        match known {
            Some((id, _)) => {
                subjects.entry(id).or_insert(gap);
            }
            None => props.push(prop("about", &format!("{}: {}", gap.about, gap.detail))),
        }
    }
    let subject = |(id, gap): (&ResourceId, &&'a Gap)| {
        let props = vec![
            prop_of(COMPASS, "resource-id", Node::value(id.as_str())),
            prop_of(COMPASS, "reason", Node::value(&gap.detail)),
        ];
        reference(id, props)
    };
    let what = if read.is_empty() { "Something" } else { read };
    let detail = gaps.first().map_or("", |g| g.detail.as_str());
    Node::object([
        ("uuid", Node::plain(uuid("gap", &[read, reason]))),
        ("title", Node::markup(&format!("Not read: {what} ({reason})"))),
        ("description", Node::plain(format!("Reads that gave nothing: {}. The first: {}", gaps.len(), markup(detail)))),
        ("props", Node::List(props)),
        ("methods", only(Node::plain("TEST"))),
        ("types", only(Node::plain("discovery"))),
        ("origins", origins(view)),
        ("subjects", Node::List(subjects.iter().map(|(id, gap)| subject((id, gap))).collect())),
        ("relevant-evidence", evidence(view)),
        ("collected", Node::plain(&*view.collected)),
        ("remarks", remarks(view)),
    ])
}

/// The resources that `keep` keeps, and the subscriptions that they are in.
pub(super) fn local_definitions<'a>(view: &'a View<'a>, keep: impl Fn(&ResourceId) -> bool) -> Node<'a> {
    let kept: Vec<_> = view.population.iter().filter(|(id, _)| keep(id)).map(|(id, entry)| (*id, *entry)).collect();
    let subscriptions: BTreeSet<String> =
        kept.iter().filter_map(|(id, _)| id.subscription()).map(str::to_lowercase).collect();
    let names: BTreeMap<String, &str> =
        view.assessment.snapshot.names.iter().map(|(id, name)| (id.to_lowercase(), name.as_str())).collect();
    let component = |id: String| {
        let name = names.get(&id).copied().unwrap_or(&id);
        Node::object([
            ("uuid", Node::plain(uuid("subscription", &[&id]))),
            ("type", Node::plain("service")),
            ("title", Node::markup(name)),
            ("description", Node::plain("A subscription of Azure.")),
            ("props", only(prop_of_oscal("asset-id", &id))),
            ("status", Node::object([("state", Node::plain("operational"))])),
        ])
    };
    Node::object([
        ("components", Node::List(subscriptions.into_iter().map(component).collect())),
        ("inventory-items", Node::each(move || kept.clone().into_iter().map(|(id, entry)| item(id, entry)))),
        ("assessment-assets", view.assessment_assets()),
    ])
}

fn item<'a>(id: &'a ResourceId, entry: Option<&'a ResourceEntry>) -> Node<'a> {
    let mut props = vec![prop_of_oscal("asset-id", id.as_str())];
    if let Some(entry) = entry {
        props.push(prop_of_oscal("asset-type", entry.resource_type.as_str()));
        props.push(count("policies", entry.policies));
        props.extend(entry.context.iter().map(|(field, value)| prop("context", &format!("{field} = {value}"))));
        let address = entry.place().and_then(|place| place.address());
        props.extend(address.map(|address| prop("address-in-code", address)));
    }
    let subscription = id.subscription().map(|s| uuid("subscription", &[&s.to_lowercase()]));
    Node::object([
        ("uuid", Node::plain(uuid("resource", &[id.key()]))),
        ("description", Node::markup(&resource_name(id))),
        ("props", Node::List(props)),
        ("implemented-components", references("component-uuid", subscription)),
    ])
}
