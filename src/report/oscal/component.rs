//! The component definition: the policies as rules in the form of OSCAL Compass, and which controls they serve.

use serde_json::json;

use crate::model::PolicyMeta;
use crate::report::node::{Node, markup};
use crate::report::oscal::view::{By, ControlView, FrameworkView, View};
use crate::report::oscal::{COMPASS, only, prop, prop_of, uuid};

/// The policies as one component of type `validation`.
pub(super) fn component<'a>(view: &'a View<'a>) -> Node<'a> {
    let tool = &view.assessment.tool;
    let mut props: Vec<Node<'a>> = Vec::new();
    for (number, meta) in view.assessment.policies.iter().enumerate() {
        rule(meta, &format!("rule_set_{number:04}"), &mut props);
    }
    for (name, setting) in &view.assessment.parameters {
        let mut value = json!({"default": setting.default});
        for (key, by) in [("by_data_class", &setting.by_data_class), ("by_criticality", &setting.by_criticality)] {
            if !by.is_empty() {
                value[key] = json!(by);
            }
        }
        props.push(prop("parameter", &format!("{name} = {value}")));
    }
    let served = |f: &FrameworkView<'_>| f.controls.iter().any(|c| policies(c).next().is_some());
    let component = Node::object([
        ("uuid", Node::plain(view.tool_uuid())),
        ("type", Node::plain("validation")),
        ("title", Node::markup(&tool.name)),
        ("description", Node::plain("Policies in Rego, and the settings under which they judge.")),
        ("props", Node::List(props)),
        (
            "control-implementations",
            Node::List(view.frameworks.iter().filter(|f| served(f)).map(implementation).collect()),
        ),
    ]);
    Node::object([
        ("uuid", Node::plain(uuid("component-definition", &[&view.rules_digest]))),
        ("metadata", view.metadata("Policies", [])),
        ("components", only(component)),
    ])
}

/// The properties of one rule. Properties with the same remark belong together.
fn rule<'a>(meta: &PolicyMeta, set: &str, props: &mut Vec<Node<'a>>) {
    let mut add = |namespace: &'a str, name: &'a str, value: &str| {
        if let Node::Object(mut entries) = prop_of(namespace, name, Node::value(value)) {
            entries.push(("remarks", Node::plain(set.to_owned())));
            props.push(Node::Object(entries));
        }
    };
    add(COMPASS, "Rule_Id", meta.id.as_str());
    add(COMPASS, "Rule_Description", &meta.title);
    add(COMPASS, "Check_Id", &format!("data.{}", meta.id.as_str()));
    add(COMPASS, "Check_Description", &meta.description.split_whitespace().collect::<Vec<_>>().join(" "));
    add(super::NAMESPACE, "check", &meta.check);
    add(super::NAMESPACE, "severity", meta.severity.as_str());
    for resource_type in &meta.resources {
        add(super::NAMESPACE, "resource-type", resource_type.as_str());
    }
}

fn policies<'a>(control: &'a ControlView<'a>) -> impl Iterator<Item = (&'a PolicyMeta, &'a str)> {
    control.objectives.iter().filter_map(|o| match o.by {
        By::Policy(meta, why) => Some((meta, why)),
        By::Person(_) => None,
    })
}

fn implementation<'a>(framework: &'a FrameworkView<'a>) -> Node<'a> {
    let served = framework.controls.iter().filter(|c| policies(c).next().is_some());
    let requirement = |control: &'a ControlView<'a>| {
        let why: Vec<String> =
            policies(control).map(|(meta, why)| format!("{}: {}.", markup(&meta.title), markup(why))).collect();
        let rules = policies(control).map(|(m, _)| prop_of(COMPASS, "Rule_Id", Node::value(m.id.as_str())));
        Node::object([
            ("uuid", Node::plain(uuid("requirement", &[&framework.framework.id, &control.control.id]))),
            ("control-id", Node::plain(&*control.id)),
            ("description", Node::plain(why.join(" "))),
            ("props", Node::List(rules.collect())),
        ])
    };
    Node::object([
        ("uuid", Node::plain(uuid("implementation", &[&framework.framework.id]))),
        ("source", Node::plain("oscal-profile.json")),
        ("description", Node::markup(&framework.framework.title)),
        ("implemented-requirements", Node::List(served.map(requirement).collect())),
    ])
}
