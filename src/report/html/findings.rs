//! Every finding under its policy. Fails and unknowns one by one with what was read, where and when; passes and what does
//! not apply as tables. Long reports are cut where that is said.

use maud::{Markup, html};

use crate::model::{Change, Detail, Finding};
use crate::report::html::facts::{evidence, lines, value};
use crate::report::html::index::{Index, Mark, PolicyFindings};
use crate::report::html::policy;
use crate::report::html::words::{
    badge, block, counted, flowing, kind, length, mark, number, resource, safe, said, scrolling,
};
use crate::report::text;

/// How many fails and unknowns are shown with all that is known of them. The rest stand in rows: a browser takes much
/// longer over an entry than over a row.
const MOST_WHOLE: usize = 4_000;

/// How much room is left on the page.
struct Room {
    /// For entries with all that is known.
    whole: usize,
    /// For entries and rows together.
    all: usize,
}

/// All findings, at most `most` one by one.
pub(super) fn body(index: &Index<'_>, most: usize) -> Markup {
    let open = |f: &&&Finding| matches!(Mark::of(f), Mark::Fail | Mark::Unknown | Mark::Waived);
    let all: usize = index.policies.iter().map(|p| p.findings.len()).sum();
    let shown_open = index.policies.iter().flat_map(|p| &p.findings).filter(open).count();
    let passes = all <= most;
    let mut room = Room { whole: MOST_WHOLE.min(most), all: most };
    html! {
        p { "Policies are named by the good state. Those with open fails come first, each group by severity." }
        @if !passes {
            p class="notice" {
                "There are " (length(all)) " findings, more than the " (length(most)) " that a browser shows in reasonable time. Passes and what does not apply are only counted here; the JSON and CSV reports list them all."
                @if shown_open > most { " Of " (length(shown_open)) " fails and unknowns, the first " (length(most)) " are shown, worst policies first; the others are counted." }
            }
        }
        @if shown_open > MOST_WHOLE {
            p class="notice" { "Of the fails and unknowns, the first " (length(MOST_WHOLE)) " hold their facts and evidence, worst policies first. The others stand in rows; the JSON report holds their facts." }
        }
        div class="filter" hidden id="filter" {
            p {
                label for="q" { "Find" } " " input id="q" type="search" autocomplete="off";
                " " label for="only" { "Show" } " "
                select id="only" {
                    option value="" { "all verdicts" } option value="fail" { "open fails" } option value="unknown" { "unknown" }
                    option value="waived" { "waived" } option value="open" { "fails and unknowns" }
                }
                " " button type="button" id="toggle" { "Open all" }
            }
            p role="status" id="count" {}
        }
        @for policy in &index.policies { (one(index, policy, passes, &mut room)) }
    }
}

fn one(index: &Index<'_>, policy: &PolicyFindings<'_>, passes: bool, room: &mut Room) -> Markup {
    let of = |wanted: Mark| policy.findings.iter().copied().filter(move |f| Mark::of(f) == wanted);
    let open: Vec<&Finding> = [Mark::Fail, Mark::Unknown, Mark::Waived].into_iter().flat_map(of).collect();
    let shown = open.len().min(room.all);
    let whole = shown.min(room.whole);
    room.all -= shown;
    room.whole -= whole;
    let tally = policy.tally;
    let worst = tally.worst();
    html! {
        article class={ "policy " (worst.map_or("na", Mark::class)) } id=(policy.anchor) {
            h3 {
                @match policy.meta { Some(meta) => (safe(&meta.title)), None => (safe(policy.id.as_str())) }
            }
            p class="meta" {
                @if let Some(meta) = policy.meta { span class="severity" { (meta.severity.as_str()) } " " (safe(&meta.check)) " · " }
                code { (safe(policy.id.as_str())) }
            }
            p class="counts" {
                @for (kind, count) in [(Mark::Fail, tally.fail), (Mark::Unknown, tally.unknown), (Mark::Waived, tally.waived), (Mark::Pass, tally.pass), (Mark::NotApplicable, tally.not_applicable)] {
                    @if count > 0 { (badge(kind, &format!("{} {}", number(count), kind.word()))) " " }
                }
                @if policy.findings.is_empty() { "No resource of this type is in the snapshot." }
            }
            @match policy.meta {
                Some(meta) => (policy::about(index, meta)),
                None => p { "The assessment holds no metadata of this policy." },
            }
            @for finding in &open[..whole] { (detailed(index, finding)) }
            (rows(index, &open[whole..shown]))
            @if open.len() > shown { p class="notice" { (counted((open.len() - shown) as u64, "more fail or unknown is", "more fails and unknowns are")) " not shown." } }
            @if passes {
                (quiet(index, &of(Mark::Pass).collect::<Vec<_>>(), Mark::Pass))
                (quiet(index, &of(Mark::NotApplicable).collect::<Vec<_>>(), Mark::NotApplicable))
            }
        }
    }
}

/// A fail or an unknown.
fn detailed(index: &Index<'_>, finding: &Finding) -> Markup {
    let state = Mark::of(finding);
    let id = &finding.resource;
    html! {
        details class={ "finding " (state.class()) } {
            summary {
                (mark(state)) " " (resource(index, id)) " " span class="said" { (said(finding)) }
                @match finding.change {
                    Some(Change::New) => { " " span class="change" { "new" } },
                    Some(Change::NewlyUnknown) => { " " span class="change" { "newly unknown" } },
                    _ => {},
                }
            }
            p class="where" {
                (kind(id))
                @if let Some(group) = id.resource_group() { " in " (safe(group)) }
                @if let Some(subscription) = index.subscription(id) { ", " (safe(subscription)) }
                ". Domain: " (declared(index, finding, "domain")) ". Owner: " (declared(index, finding, "owner")) ". Criticality: " (declared(index, finding, "criticality")) "."
            }
            p class="id" { code { (safe(id.as_str())) } }
            @if let Some(waiver) = &finding.waiver { p { "Waived by " strong { (safe(waiver)) } "; see " a href="#exceptions" { "Exceptions" } "." } }
            @for detail in &finding.details { (wrong(detail)) }
            @for reason in &finding.reasons {
                p { "Not known: " (flowing(&text::cause(finding, reason))) @if let Some(read) = &reason.read { " (read " code { (safe(read)) } ")" } }
            }
            p class="label" { "Facts read" }
            @let facts = lines(finding);
            @if facts.is_empty() { p { "None." } } @else { pre { (facts) } }
            (evidence(index.assessment, finding))
            @if let Some(fix) = &finding.fix {
                p class="label" { "Change of the code: " (flowing(&fix.description)) }
                @for edit in &fix.changes { pre { (safe(&edit.file)) ":" (edit.range.start_line) "\n" (block(&edit.insert)) } }
            }
        }
    }
}

/// Fails and unknowns for which there is no room to say all.
fn rows(index: &Index<'_>, findings: &[&Finding]) -> Markup {
    if findings.is_empty() {
        return html! {};
    }
    let table = html! { table {
        thead { tr { th scope="col" { "Verdict" } th scope="col" { "Resource" } th scope="col" { "Domain" } th scope="col" { "What was found" } } }
        tbody { @for finding in findings { tr class="row" {
            td { (mark(Mark::of(finding))) }
            th scope="row" { (resource(index, &finding.resource)) }
            td { (safe(index.domain(&finding.resource).unwrap_or("–"))) }
            td { (said(finding)) }
        } } }
    } };
    let label = counted(findings.len() as u64, "more fail or unknown", "more fails and unknowns");
    html! { details class="more-findings" { summary { (label) ", without facts" } (scrolling(&label, "", &table)) } }
}

fn declared(index: &Index<'_>, finding: &Finding, field: &str) -> String {
    index.context(&finding.resource, field).map_or("not declared".to_owned(), safe)
}

fn wrong(detail: &Detail) -> Markup {
    html! { dl class="wrong" {
        dt { "Found" } dd { (flowing(&detail.message)) }
        @if let Some(path) = &detail.path { dt { "Read" } dd { code { (safe(path)) } } }
        @if let Some(actual) = &detail.actual { dt { "Is" } dd { code { (value(actual)) } } }
        @if let Some(expected) = &detail.expected { dt { "Ought to be" } dd { code { (value(expected)) } } }
    } }
}

/// Passes, or what does not apply: a table that opens.
fn quiet(index: &Index<'_>, findings: &[&Finding], kind: Mark) -> Markup {
    if findings.is_empty() {
        return html! {};
    }
    let applies = kind == Mark::Pass;
    let table = html! { table {
        thead { tr { th scope="col" { "Resource" } th scope="col" { "Domain" } th scope="col" { (if applies { "Facts read" } else { "Why it does not apply" }) } } }
        tbody { @for finding in findings { tr class={ "row " (kind.class()) } {
            th scope="row" { (resource(index, &finding.resource)) }
            td { (safe(index.domain(&finding.resource).unwrap_or("–"))) }
            td { @if applies { code class="facts" { (lines(finding)) } } @else { (said(finding)) } }
        } } }
    } };
    let label = format!("{} {}", length(findings.len()), kind.word());
    html! { details class="quiet-findings" { summary { (badge(kind, &label)) } (scrolling(&label, "", &table)) } }
}
