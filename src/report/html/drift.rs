//! What differs from the baseline.

use maud::{Markup, html};

use crate::model::{Change, Finding};
use crate::report::html::index::{Index, Mark};
use crate::report::html::words::{
    badge, length, mark, number, policy_link, policy_of, resource, safe, scrolling, time,
};

/// The most rows of each kind of change.
const ROWS: usize = 500;

/// The changes.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let Some(baseline) = &index.assessment.baseline else {
        return html! { p { "No baseline was given, so nothing is known about change." } };
    };
    let of = |change: Change| -> Vec<&Finding> {
        index.policies.iter().flat_map(|p| p.findings.iter().copied()).filter(|f| f.change == Some(change)).collect()
    };
    let unchanged = of(Change::Unchanged);
    html! {
        p {
            "Compared with the assessment of " (time(&baseline.evaluated_at)) ", of the snapshot " code class="digest" { (safe(&baseline.snapshot_sha256)) } "."
            @if baseline.snapshot_sha256 == index.assessment.snapshot.sha256 {
                " It is the same snapshot: what changed are policies, parameters, waivers or the time, and not the estate."
            }
            " Only fails and unknowns are compared."
        }
        (list(index, "New fails", &of(Change::New)))
        (list(index, "Newly unknown", &of(Change::NewlyUnknown)))
        (list(index, "Fixed", &of(Change::Fixed)))
        (gone(index))
        @if unchanged.is_empty() { p { "No fail of the baseline is unchanged." } } @else {
            details { summary { "Unchanged fails: " (length(unchanged.len())) } (list(index, "Unchanged fails", &unchanged)) }
        }
    }
}

fn list(index: &Index<'_>, title: &str, findings: &[&Finding]) -> Markup {
    if findings.is_empty() {
        return html! { p { strong { (title) ": " } "none." } };
    }
    let table = html! { table {
        caption { (title) ": " (length(findings.len())) }
        thead { tr { th scope="col" { "Now" } th scope="col" { "Severity" } th scope="col" { "Resource" } th scope="col" { "Domain" } th scope="col" { "Policy" } th scope="col" { "Controls" } } }
        tbody { @for finding in findings.iter().take(ROWS) {
            @let meta = index.policy(&finding.policy).and_then(|p| p.meta);
            tr {
                td { (mark(Mark::of(finding))) }
                td { (meta.map_or("not recorded", |m| m.severity.as_str())) }
                td { (resource(index, &finding.resource)) }
                td { (safe(index.domain(&finding.resource).unwrap_or("–"))) }
                td { (policy_link(index, finding)) }
                td { (number(meta.map_or(0, |m| m.controls.len() as u64))) }
            }
        } }
    } };
    html! {
        (scrolling(title, "", &table))
        @if findings.len() > ROWS { p { (length(findings.len() - ROWS)) " more are marked under their policies." } }
    }
}

fn gone(index: &Index<'_>) -> Markup {
    let gone = index.assessment.baseline.as_ref().map_or(&[][..], |b| &b.gone);
    if gone.is_empty() {
        return html! { p { strong { "Gone: " } "none." } };
    }
    let table = html! { table {
        caption { "Gone: " (length(gone.len())) ". The resource or the policy is not there any more, so this is neither fixed nor known." }
        thead { tr { th scope="col" { "Was" } th scope="col" { "Resource" } th scope="col" { "Policy" } } }
        tbody { @for gone in gone.iter().take(ROWS) { tr {
            td { (badge(Mark::NotApplicable, gone.was.as_str())) }
            td { code { (safe(gone.resource.as_str())) } }
            td { (policy_of(index, &gone.policy)) }
        } } }
    } };
    html! {
        (scrolling("Gone", "", &table))
        @if gone.len() > ROWS { p { (length(gone.len() - ROWS)) " more are in the JSON report." } }
    }
}
