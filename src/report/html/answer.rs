//! The cover, and the answer before everything else: what the gate says, where the controls stand, what is not known. No
//! single score.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::model::{Assessment, ControlStatus, GateOutcome, NoticeLevel, Severity, Source};
use crate::report::html::index::{Index, Mark, PolicyFindings};
use crate::report::html::words::{badge, counted, flowing, length, number, policy_of, safe, scrolling, time};
use crate::report::text;

/// How many policies are named as the first to look at.
const FIRST: usize = 8;

/// The title of the page.
pub(super) fn title(assessment: &Assessment) -> String {
    format!("Compliance report, {}", time(&assessment.evaluated_at))
}

/// What was judged, when, by whom and with what.
pub(super) fn cover(index: &Index<'_>, identity: Option<&str>) -> Markup {
    let assessment = index.assessment;
    let snapshot = &assessment.snapshot;
    let source = match snapshot.source {
        Source::Azure => "live Azure",
        Source::Files => "answers of Azure, kept in files",
        Source::Code => "code: what would be deployed, not what runs",
    };
    html! {
        header class="cover" {
            h1 { "Compliance report" }
            p class="kicker" {
                @for (at, framework) in assessment.frameworks.iter().enumerate() { @if at > 0 { br; } (safe(&framework.title)) }
                @if assessment.frameworks.is_empty() { "No framework: policies alone" }
            }
            dl class="cover-facts" {
                div { dt { "Judged for" } dd { (time(&assessment.evaluated_at)) } }
                div { dt { "Facts read" } dd { @match &snapshot.taken { Some(taken) => (time(taken)), None => "not recorded" } } }
                div { dt { "Source" } dd { (source) @if snapshot.partial { ", less than the scope holds" } } }
                div { dt { "Read by" } dd { @match identity { Some(identity) => (safe(identity)), None => "not recorded in the assessment" } } }
                div { dt { "Program" } dd { (safe(&assessment.tool.name)) " " (safe(&assessment.tool.version)) } }
                div { dt { "Policies" } dd { (number(assessment.policy_set.policies)) } }
                div class="wide" { dt { "Snapshot, SHA-256" } dd { code { (safe(&snapshot.sha256)) } } }
                div class="wide" { dt { "Policies, SHA-256" } dd { code { (safe(&assessment.policy_set.sha256)) } } }
            }
            details class="scope" {
                summary { "Scope: " (scope_words(snapshot.scope.len())) }
                ul { @for scope in &snapshot.scope { li {
                    code { (safe(scope)) }
                    @if let Some(name) = scope.strip_prefix("/subscriptions/").and_then(|id| snapshot.names.get(id)) { " " (safe(name)) }
                } } }
            }
            p class="disclaimer" { "The report states what policies found in the facts that were read. It is not legal advice, and no finding claims that a law is kept." }
        }
    }
}

fn scope_words(count: usize) -> String {
    match count {
        0 => "not named".to_owned(),
        1 => "1 entry".to_owned(),
        more => format!("{more} entries"),
    }
}

/// The answer.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let assessment = index.assessment;
    let summary = assessment.summary;
    let gate = &assessment.gate;
    let (mark, said) = match gate.outcome {
        GateOutcome::Passed => (Mark::Pass, "The gate passed"),
        GateOutcome::Failed => (Mark::Fail, "The gate failed"),
        GateOutcome::Incomplete => (Mark::Unknown, "The gate cannot tell"),
    };
    html! {
        p class={ "verdict " (mark.class()) } { span aria-hidden="true" { (mark.sign()) } strong { (said) } ": " (text::gate_reason(gate)) "." }
        ul class="lines" {
            li { strong { "Controls. " } (controls(index)) }
            li { strong { "Findings. " } (findings(index)) }
            li { strong { "Change. " } (change(assessment)) }
            li { strong { "Coverage. " } (coverage(assessment)) }
        }
        ul class="tiles" {
            (tile(Mark::Fail, "open fails", summary.fail.saturating_sub(summary.waived)))
            (tile(Mark::Unknown, "unknown", summary.unknown))
            (tile(Mark::Waived, "waived fails", summary.waived))
            (tile(Mark::Pass, "passes", summary.pass))
            (tile(Mark::NotApplicable, "not applicable", summary.not_applicable))
        }
        (by_severity(index))
        (first(index))
        (notices(assessment))
    }
}

fn tile(mark: Mark, word: &str, count: u64) -> Markup {
    html! { li class={ "tile " (mark.class()) } {
        span class="count" { span aria-hidden="true" { (mark.sign()) } " " (number(count)) } " " span class="word" { (word) }
    } }
}

fn controls(index: &Index<'_>) -> String {
    let mut by_status: BTreeMap<ControlStatus, u64> = BTreeMap::new();
    let (mut all, mut served) = (0, 0);
    for entry in index.frameworks.iter().flat_map(|(_, entries)| entries) {
        all += 1;
        if let Some(coverage) = entry.coverage {
            served += 1;
            *by_status.entry(coverage.status).or_default() += 1;
        }
    }
    let parts: Vec<String> = [
        (ControlStatus::Findings, "with open fails"),
        (ControlStatus::Incomplete, "incomplete, because something is unknown"),
        (ControlStatus::NoFindings, "without a finding against them"),
        (ControlStatus::NotAssessed, "with nothing to judge"),
    ]
    .into_iter()
    .filter_map(|(status, words)| by_status.get(&status).map(|count| format!("{} {words}", number(*count))))
    .collect();
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!(
        "Policies serve {} of {} controls{parts}. The other {} are not looked at.",
        number(served),
        number(all),
        number(all - served)
    )
}

fn findings(index: &Index<'_>) -> String {
    let summary = index.assessment.summary;
    let failing = index.policies.iter().filter(|p| p.tally.fail > 0).count();
    format!(
        "{} listed: {} pass, {} fail of which {} waived, {} unknown, {} not applicable. Open fails stand under {} of {}.",
        number(summary.listed),
        number(summary.pass),
        number(summary.fail),
        number(summary.waived),
        number(summary.unknown),
        number(summary.not_applicable),
        length(failing),
        counted(index.policies.len() as u64, "policy", "policies"),
    )
}

fn change(assessment: &Assessment) -> Markup {
    html! { @match &assessment.baseline {
        Some(baseline) => {
            "Since the baseline of " (time(&baseline.evaluated_at)) ": " (number(baseline.new)) " new fails, "
            (number(baseline.fixed)) " fixed, " (number(baseline.unchanged)) " unchanged, "
            (number(baseline.newly_unknown)) " newly unknown, " (length(baseline.gone.len())) " gone."
        },
        None => "No baseline was given, so nothing is known about change.",
    } }
}

fn coverage(assessment: &Assessment) -> String {
    let resources = assessment.resources.len();
    let judged = assessment.resources.iter().filter(|r| r.policies > 0).count();
    format!(
        "{} of {} were judged by at least one policy. {} in the facts; {} of {} could not be answered.",
        length(judged),
        counted(resources as u64, "resource", "resources"),
        match assessment.gaps.len() {
            0 => "There are no gaps".to_owned(),
            1 => "There is 1 gap".to_owned(),
            more => format!("There are {} gaps", length(more)),
        },
        counted(assessment.summary.unknown, "finding", "findings"),
        number(assessment.summary.listed),
    )
}

fn by_severity(index: &Index<'_>) -> Markup {
    let count = |severity: Severity, of: fn(&PolicyFindings<'_>) -> u64| -> u64 {
        index.policies.iter().filter(|p| p.severity() == severity).map(of).sum()
    };
    let table = html! { table class="numbers" {
        caption { "Findings by severity" }
        thead { tr {
            th scope="col" { "Severity" }
            th scope="col" { "Open fails" } th scope="col" { "Unknown" } th scope="col" { "Waived" } th scope="col" { "Pass" }
        } }
        tbody { @for severity in Severity::ALL { tr {
            th scope="row" { (severity.as_str()) }
            td { (number(count(severity, |p| p.tally.fail))) }
            td { (number(count(severity, |p| p.tally.unknown))) }
            td { (number(count(severity, |p| p.tally.waived))) }
            td { (number(count(severity, |p| p.tally.pass))) }
        } } }
    } };
    scrolling("Findings by severity", "", &table)
}

fn first(index: &Index<'_>) -> Markup {
    let failing: Vec<&PolicyFindings<'_>> = index.policies.iter().filter(|p| p.tally.fail > 0).collect();
    if failing.is_empty() {
        return html! {};
    }
    let table = html! { table {
        caption { "The policies with the most severe open fails" @if failing.len() > FIRST { ", " (FIRST) " of " (length(failing.len())) } }
        thead { tr { th scope="col" { "Good state that does not hold" } th scope="col" { "Severity" } th scope="col" class="n" { "Open fails" } } }
        tbody { @for policy in failing.iter().take(FIRST) { tr {
            td { (policy_of(index, policy.id)) }
            td { (policy.severity().as_str()) }
            td class="n" { (number(policy.tally.fail)) }
        } } }
    } };
    scrolling("The policies with the most severe open fails", "", &table)
}

fn notices(assessment: &Assessment) -> Markup {
    const MOST: usize = 50;
    html! { @if !assessment.notices.is_empty() {
        h3 { "What to know of the run" }
        ul { @for notice in assessment.notices.iter().take(MOST) { li {
            @match notice.level {
                NoticeLevel::Error => (badge(Mark::Fail, "error")),
                NoticeLevel::Warning => (badge(Mark::Unknown, "warning")),
                NoticeLevel::Note => (badge(Mark::NotApplicable, "note")),
            }
            " " (flowing(&notice.text))
        } } }
        @if assessment.notices.len() > MOST { p { (length(assessment.notices.len() - MOST)) " more notices are in the JSON report." } }
    } }
}
