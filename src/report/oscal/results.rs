//! The assessment results: the population, what was observed, risks, and a finding for each objective.

use crate::model::{NoticeLevel, Verdict};
use crate::report::node::{Node, markup};
use crate::report::oscal::catalog::reach;
use crate::report::oscal::observation::{gaps, local_definitions, observation, uuid_of};
use crate::report::oscal::risk::{approvers, risk, uuid_of_risk, waivers};
use crate::report::oscal::view::{By, Class, ControlView, Judged, Objective, View};
use crate::report::oscal::{count, only, prop, references, uuid};
use crate::report::text::gate_reason;

/// One result, of this assessment.
pub(super) fn results<'a>(view: &'a View<'a>) -> Node<'a> {
    let mut resources = view.sources();
    resources.extend(waivers(view));
    Node::object([
        ("uuid", Node::plain(uuid("assessment-results", &[&view.digest]))),
        ("metadata", view.metadata("Assessment results", approvers(view))),
        ("import-ap", Node::object([("href", Node::plain("oscal-assessment-plan.json"))])),
        ("results", only(result(view))),
        ("back-matter", Node::object([("resources", Node::List(resources))])),
    ])
}

fn result<'a>(view: &'a View<'a>) -> Node<'a> {
    let a = view.assessment;
    let summary = &a.summary;
    let described = format!(
        "Findings: {}, of which {} pass, {} fail ({} of them waived), {} unknown, {} not applicable. The gate {}: {}.",
        summary.listed,
        summary.pass,
        summary.fail,
        summary.waived,
        summary.unknown,
        summary.not_applicable,
        a.gate.outcome.as_str(),
        markup(&gate_reason(&a.gate)),
    );
    let about = "Satisfied is said of objectives only, each one policy for one paragraph. No paragraph is said to be kept. \
                 An objective that a person answers is not satisfied until that person shows it. Objectives of policies \
                 that judged no resource are in the plan and not in the results.";
    let risks = groups(view).map(|(judged, class)| risk(view, judged, class));
    let mut observations: Vec<Node<'a>> =
        groups(view).map(|(judged, class)| observation(view, judged, class)).collect();
    observations.extend(gaps(view));
    Node::object([
        ("uuid", Node::plain(uuid("result", &[&view.digest]))),
        ("title", Node::plain(format!("Assessment of {}", view.now))),
        ("description", Node::plain(described)),
        ("start", Node::plain(&*view.collected)),
        ("end", Node::plain(&*view.now)),
        ("props", Node::List(props(view))),
        ("local-definitions", local_definitions(view, |_| true)),
        ("reviewed-controls", view.reviewed_controls(|objective| view.is_reviewed(objective))),
        ("assessment-log", log(view)),
        ("observations", Node::List(observations)),
        ("risks", Node::List(risks.collect())),
        ("findings", Node::List(findings(view))),
        ("remarks", Node::plain(about)),
    ])
}

/// Policies with each class of their findings.
fn groups<'a>(view: &'a View<'a>) -> impl Iterator<Item = (&'a Judged<'a>, Class<'a>)> {
    view.policies.values().flat_map(|judged| judged.classes.keys().map(move |class| (judged, *class)))
}

fn props<'a>(view: &'a View<'a>) -> Vec<Node<'a>> {
    let a = view.assessment;
    let summary = &a.summary;
    let judged = view.population.values().filter(|e| e.is_some_and(|e| e.policies > 0)).count();
    let mut props = vec![
        count("findings-listed", summary.listed),
        count("findings-pass", summary.pass),
        count("findings-fail", summary.fail),
        count("findings-unknown", summary.unknown),
        count("findings-not-applicable", summary.not_applicable),
        count("findings-waived", summary.waived),
        count("resources", view.population.len()),
        count("resources-judged", judged),
        count("gaps", a.gaps.len()),
        prop("gate", a.gate.outcome.as_str()),
        prop("snapshot-sha256", &a.snapshot.sha256),
        prop("snapshot-partial", if a.snapshot.partial { "true" } else { "false" }),
        prop("policy-set-sha256", &a.policy_set.sha256),
    ];
    props.extend(a.snapshot.scope.iter().map(|scope| prop("scope", scope)));
    if let Some(profile) = &a.profile {
        props.push(prop("profile", &profile.id));
        props.push(prop("profile-sha256", &profile.sha256));
    }
    props
}

/// What the reader must know of the run.
fn log<'a>(view: &'a View<'a>) -> Node<'a> {
    let entry = |(number, notice): (usize, &crate::model::Notice)| {
        let title = match notice.level {
            NoticeLevel::Error => "Error",
            NoticeLevel::Warning => "Warning",
            NoticeLevel::Note => "Note",
        };
        Node::object([
            ("uuid", Node::plain(uuid("notice", &[&number.to_string(), title, &notice.text]))),
            ("title", Node::plain(title)),
            ("description", Node::markup(&notice.text)),
            ("start", Node::plain(view.now.clone())),
        ])
    };
    let entries: Vec<Node<'a>> = view.assessment.notices.iter().enumerate().map(entry).collect();
    if entries.is_empty() { Node::Nothing } else { Node::object([("entries", Node::List(entries))]) }
}

fn findings<'a>(view: &'a View<'a>) -> Vec<Node<'a>> {
    let reviewed = view.reviewed().flat_map(|(_, control)| control.objectives.iter().map(move |o| (control, o)));
    reviewed.filter(|(_, o)| view.is_reviewed(o)).map(|(control, o)| finding(view, control, o)).collect()
}

fn finding<'a>(view: &'a View<'a>, control: &'a ControlView<'a>, objective: &'a Objective<'a>) -> Node<'a> {
    let of = control.control;
    let (title, described, state, reason, more) = match objective.by {
        By::Person(item) => {
            let described = format!("Not assessed: a person has to show it. {}", markup(&item.what));
            (&item.title, described, "not-satisfied", "other", vec![("props", only(prop("manual", &item.id)))])
        }
        By::Policy(meta, _) => {
            let judged = view.policies.get(&meta.id);
            let (state, reason) = judged.map_or(("not-satisfied", "other"), status);
            let described = judged.map_or_else(String::new, counts);
            let classes = || judged.into_iter().flat_map(|j| j.classes.keys().map(move |class| (j, *class)));
            let risks = classes().filter_map(|(judged, class)| uuid_of_risk(judged, class));
            let more = vec![
                ("props", Node::List(vec![prop("policy", meta.id.as_str()), prop("check", &meta.check)])),
                ("related-observations", references("observation-uuid", classes().map(|(j, c)| uuid_of(j, c)))),
                ("related-risks", references("risk-uuid", risks)),
            ];
            (&meta.title, described, state, reason, more)
        }
    };
    let target = Node::object([
        ("type", Node::plain("objective-id")),
        ("target-id", Node::plain(&*objective.id)),
        ("status", Node::object([("state", Node::plain(state)), ("reason", Node::plain(reason))])),
    ]);
    let remarks = format!(
        "This says nothing of the whole of {}. {}",
        markup(&of.cite),
        reach(of.evidence_strength, &of.evidence_reason)
    );
    let mut entries = vec![
        ("uuid", Node::plain(uuid("finding", &[&objective.id]))),
        ("title", Node::markup(&format!("{}: {title}", of.id))),
        ("description", Node::plain(described)),
        ("target", target),
        ("remarks", Node::plain(remarks)),
    ];
    entries.extend(more);
    Node::Object(entries)
}

/// Whether an objective is satisfied, and why. Fails under a waiver are fails; what is unknown is not satisfied.
fn status(judged: &Judged<'_>) -> (&'static str, &'static str) {
    if judged.count(Verdict::Fail) > 0 {
        ("not-satisfied", "fail")
    } else if judged.count(Verdict::Unknown) > 0 || judged.count(Verdict::Pass) == 0 {
        ("not-satisfied", "other")
    } else {
        ("satisfied", "pass")
    }
}

fn counts(judged: &Judged<'_>) -> String {
    let waived = judged.classes.iter().filter(|(class, _)| matches!(class, Class::Waived(_)));
    let waived: usize = waived.map(|(_, findings)| findings.len()).sum();
    format!(
        "Resources: {} pass, {} fail ({waived} of them waived), {} unknown, {} not applicable.",
        judged.count(Verdict::Pass),
        judged.count(Verdict::Fail),
        judged.count(Verdict::Unknown),
        judged.count(Verdict::NotApplicable),
    )
}
