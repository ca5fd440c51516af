//! Controls against business domains: where fails and unknowns gather. A table, so that it can be read without seeing it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::report::html::index::{Index, Mark, Tally};
use crate::report::html::words::{badge, length, number, safe, scrolling, short};

/// The most domains that have a column of their own. The rest share one.
const COLUMNS: usize = 24;

/// What stands for resources without a domain.
const NONE: &str = "no domain declared";

/// The findings of one domain over all policies, and of each policy.
#[derive(Default)]
struct Column {
    all: Tally,
    by_policy: BTreeMap<usize, Tally>,
}

/// The heat map.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let columns = columns(index);
    let served = || index.frameworks.iter().flat_map(|(_, entries)| entries).filter(|e| e.coverage.is_some());
    if columns.is_empty() || served().next().is_none() {
        return html! { p { "No policy that serves a control has judged anything." } };
    }
    let others = columns.len().saturating_sub(COLUMNS);
    let shown = columns.len() - others;
    let at: BTreeMap<&str, usize> = index.policies.iter().enumerate().map(|(at, p)| (p.id.as_str(), at)).collect();
    let cell = |policies: &[usize], columns: &[(&str, Column)]| {
        let mut tally = Tally::default();
        for found in columns.iter().flat_map(|(_, c)| policies.iter().filter_map(|p| c.by_policy.get(p))) {
            tally.pass += found.pass;
            tally.fail += found.fail;
            tally.waived += found.waived;
            tally.unknown += found.unknown;
            tally.not_applicable += found.not_applicable;
        }
        tally
    };
    let table = html! { table class="heat" {
        caption { "Controls that policies serve, by business domain of the resource" }
        thead { tr {
            th scope="col" class="corner" { "Control" }
            th scope="col" class="all" { "All" }
            @for (domain, _) in &columns[..shown] { th scope="col" { span { (short(domain, 28)) } } }
            @if others > 0 { th scope="col" { span { (length(others)) " other domains" } } }
        } }
        @for (framework, entries) in &index.frameworks {
            @if entries.iter().any(|e| e.coverage.is_some()) {
                tbody {
                    tr { th scope="rowgroup" class="group" colspan=(2 + shown + usize::from(others > 0)) { span { (safe(&framework.title)) } } }
                    @for entry in entries {
                        @if let Some(coverage) = entry.coverage {
                            @let policies: Vec<usize> = coverage.policies.iter().filter_map(|p| at.get(p.as_str()).copied()).collect();
                            tr {
                                th scope="row" { a href={ "#" (entry.anchor) } { (safe(&entry.control.cite)) } }
                                (square(&cell(&policies, &columns), true))
                                @for column in columns[..shown].chunks(1) { (square(&cell(&policies, column), false)) }
                                @if others > 0 { (square(&cell(&policies, &columns[shown..]), false)) }
                            }
                        }
                    }
                }
            }
        }
    } };
    html! {
        p {
            "Each cell counts the findings of all policies that serve the control, on the resources of the domain: "
            "open fails of all that was judged, then what is unknown. A policy may serve several controls, so rows overlap."
        }
        p class="legend" {
            span { (badge(Mark::Fail, "3/34")) " 3 open fails of 34 judged" } " " span { (badge(Mark::Unknown, "0/9")) " nothing fails, something is unknown" } " "
            span { (badge(Mark::Waived, "0/7")) " every fail is waived" } " " span { (badge(Mark::Pass, "12")) " all 12 pass" } " "
            span { span class="mark na" { "–" } " nothing judged" }
        }
        (scrolling("Controls by domain", "wide", &table))
        @if others > 0 { p { "The " (COLUMNS) " domains with the most open fails have a column; the other " (length(others)) " share the last one." } }
    }
}

/// Domains with their findings: the one with the most open fails first.
fn columns<'a>(index: &Index<'a>) -> Vec<(&'a str, Column)> {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    for (at, policy) in index.policies.iter().enumerate() {
        for finding in &policy.findings {
            let column = columns.entry(index.domain(&finding.resource).unwrap_or(NONE)).or_default();
            column.all.count(finding);
            column.by_policy.entry(at).or_default().count(finding);
        }
    }
    let mut columns: Vec<(&str, Column)> = columns.into_iter().collect();
    columns.sort_by_key(|(name, c)| (std::cmp::Reverse((c.all.fail, c.all.unknown)), *name));
    columns
}

fn square(tally: &Tally, all: bool) -> Markup {
    let judged = tally.judged();
    let class = if all { " all" } else { "" };
    let Some(worst) = tally.worst().filter(|_| judged > 0) else {
        return html! { td class={ "none" (class) } { span aria-hidden="true" { "–" } span class="unseen" { "nothing judged" } } };
    };
    html! { td class={ (worst.class()) (class) } {
        span aria-hidden="true" { (worst.sign()) }
        @if worst == Mark::Pass { " " (number(judged)) } @else { " " (number(tally.fail)) "/" (number(judged)) }
        @if tally.unknown > 0 { span class="more" { "? " (number(tally.unknown)) } }
    } }
}
