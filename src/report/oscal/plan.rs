//! The assessment plan: what was to be judged, in which scope and by what.

use crate::model::Source;
use crate::report::node::Node;
use crate::report::oscal::view::View;
use crate::report::oscal::{only, prop, uuid};

/// The plan that the assessment followed.
pub(super) fn plan<'a>(view: &'a View<'a>) -> Node<'a> {
    let missing = uuid("no-system-security-plan", &[]);
    let from = match view.assessment.snapshot.source {
        Source::Azure => "Read the resources in scope through Azure's interfaces.",
        Source::Files => "Read answers of Azure that are kept in files.",
        Source::Code => "Read the code that declares the resources.",
    };
    let task = |title: &'a str, description: &'a str| {
        Node::object([
            ("uuid", Node::plain(uuid("task", &[title]))),
            ("type", Node::plain("action")),
            ("title", Node::plain(title)),
            ("description", Node::plain(description)),
        ])
    };
    let scope = view.assessment.snapshot.scope.iter().map(|s| prop("scope", s));
    let subject = Node::object([
        ("type", Node::plain("inventory-item")),
        ("description", Node::plain("All resources in scope.")),
        ("props", Node::List(scope.collect())),
        ("include-all", Node::object([])),
    ]);
    let no_plan = Node::object([
        ("uuid", Node::plain(missing.clone())),
        ("title", Node::plain("No system security plan")),
        ("description", Node::plain("There is no system security plan in OSCAL; the scope is that of the assessment.")),
    ]);
    Node::object([
        ("uuid", Node::plain(uuid("assessment-plan", &[&view.rules_digest, &view.digest]))),
        ("metadata", view.metadata("Assessment plan", [])),
        ("import-ssp", Node::object([("href", Node::plain(format!("#{missing}")))])),
        ("reviewed-controls", view.reviewed_controls(|_| true)),
        ("assessment-subjects", only(subject)),
        ("assessment-assets", view.assessment_assets()),
        (
            "tasks",
            Node::List(vec![
                task("Collect", from),
                task("Evaluate", "Judge every resource by every policy for its type."),
            ]),
        ),
        ("back-matter", Node::object([("resources", only(no_plan))])),
    ])
}
