//! The catalogue and the profile: every paragraph as a control, its objectives as parts; and which of them are assessed.

use crate::model::EvidenceStrength;
use crate::report::node::{Node, markup};
use crate::report::oscal::view::{By, ControlView, FrameworkView, Objective, View};
use crate::report::oscal::{only, prop, prop_of_oscal, uuid, web_link};

/// The frameworks as groups of controls.
pub(super) fn catalog<'a>(view: &'a View<'a>) -> Node<'a> {
    let about = "Paraphrased in our own words: not the text of the law, and no legal advice. An objective is what one policy \
                 or one person can answer of a paragraph; all objectives together are not the paragraph.";
    Node::object([
        ("uuid", Node::plain(uuid("catalog", &[&view.rules_digest]))),
        ("metadata", view.metadata("Paragraphs and their objectives", [("remarks", Node::plain(about))])),
        ("groups", Node::List(view.frameworks.iter().map(group).collect())),
    ])
}

fn group<'a>(view: &'a FrameworkView<'a>) -> Node<'a> {
    let framework = view.framework;
    Node::object([
        ("id", Node::plain(&*view.id)),
        ("class", Node::plain("framework")),
        ("title", Node::markup(&framework.title)),
        ("props", Node::List(vec![prop("id", &framework.id), prop("version", &framework.version)])),
        ("links", only(web_link(&framework.source, "reference"))),
        ("controls", Node::List(view.controls.iter().map(|c| control(view, c)).collect())),
    ])
}

fn control<'a>(framework: &'a FrameworkView<'a>, view: &'a ControlView<'a>) -> Node<'a> {
    let control = view.control;
    let mut parts = vec![
        Node::object([
            ("id", Node::plain(format!("{}_smt", view.id))),
            ("name", Node::plain("statement")),
            ("prose", Node::markup(&control.obligation)),
        ]),
        Node::object([
            ("id", Node::plain(format!("{}_gdn", view.id))),
            ("name", Node::plain("guidance")),
            ("prose", Node::plain(reach(control.evidence_strength, &control.evidence_reason))),
        ]),
    ];
    parts.extend(view.objectives.iter().map(objective));
    Node::object([
        ("id", Node::plain(&*view.id)),
        ("class", Node::plain("paragraph")),
        ("title", Node::markup(&format!("{} {}", control.cite, control.title))),
        (
            "props",
            Node::List(vec![
                prop_of_oscal("label", &control.cite),
                prop("id", &control.id),
                prop("evidence-strength", control.evidence_strength.as_str()),
            ]),
        ),
        ("links", only(web_link(&framework.framework.source, "reference"))),
        ("parts", Node::List(parts)),
    ])
}

/// How far Azure can answer a paragraph, as a sentence of Markdown.
pub(super) fn reach(strength: EvidenceStrength, reason: &str) -> String {
    let how = match strength {
        EvidenceStrength::Full => "The state of Azure answers this for the resources in scope.",
        EvidenceStrength::Partial => "The state of Azure answers a part of this.",
        EvidenceStrength::Supporting => "The state of Azure only supports a judgement of people.",
        EvidenceStrength::None => "The state of Azure answers nothing of this.",
    };
    format!("{how} {}", markup(reason))
}

fn objective<'a>(objective: &'a Objective<'a>) -> Node<'a> {
    let (title, prose, props) = match objective.by {
        By::Policy(meta, why) => {
            let prose = format!("{}: {}", markup(&meta.title), markup(why));
            (&meta.title, prose, vec![prop("policy", meta.id.as_str()), prop("check", &meta.check)])
        }
        By::Person(item) => {
            let prose = format!(
                "{} Evidence: {} Not automatic: {}",
                markup(&item.what),
                markup(&item.evidence),
                markup(&item.reason)
            );
            (&item.title, prose, vec![prop("manual", &item.id)])
        }
    };
    Node::object([
        ("id", Node::plain(&*objective.id)),
        ("name", Node::plain("assessment-objective")),
        ("title", Node::markup(title)),
        ("props", Node::List(props)),
        ("prose", Node::plain(prose)),
    ])
}

/// The controls of the catalogue that have objectives.
pub(super) fn profile<'a>(view: &'a View<'a>) -> Node<'a> {
    let ids: Vec<Node<'a>> = view.reviewed().map(|(_, control)| Node::plain(&*control.id)).collect();
    let href = ("href", Node::plain("oscal-catalog.json"));
    let import = if ids.is_empty() {
        // An import that names nothing takes everything.
        let all = only(Node::object([("pattern", Node::plain("*"))]));
        let nothing = only(Node::object([("matching", all)]));
        Node::object([href, ("include-all", Node::object([])), ("exclude-controls", nothing)])
    } else {
        Node::object([href, ("include-controls", only(Node::object([("with-ids", Node::List(ids))])))])
    };
    let about = "Every paragraph that a policy of the assessment serves, or for which a person has something to show.";
    Node::object([
        ("uuid", Node::plain(uuid("profile", &[&view.rules_digest]))),
        ("metadata", view.metadata("Paragraphs under assessment", [("remarks", Node::plain(about))])),
        ("imports", only(import)),
        ("merge", Node::object([("as-is", Node::Bool(true))])),
    ])
}
