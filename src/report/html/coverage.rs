//! Coverage: what was there to judge, what could not be read and why, what no policy judges.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::model::{Gap, GapReason, Population, ReasonKind};
use crate::report::html::index::{Index, Mark};
use crate::report::html::words::{badge, counted, flowing, length, number, resource, safe, scrolling};

/// The most rows of a table.
const ROWS: usize = 500;

/// The most resources that are listed by name.
const NAMES: usize = 5_000;

/// Coverage.
pub(super) fn body(index: &Index<'_>, population: &[Population]) -> Markup {
    html! {
        (by_type(index))
        (counted_twice(population))
        (gaps(index))
        (unknowns(index))
        (unjudged(index))
    }
}

fn by_type(index: &Index<'_>) -> Markup {
    let mut types: BTreeMap<&str, (&str, u64, u64)> = BTreeMap::new();
    for resource in &index.assessment.resources {
        let entry = types.entry(resource.resource_type.key()).or_insert((resource.resource_type.as_str(), 0, 0));
        entry.1 += 1;
        entry.2 += u64::from(resource.policies > 0);
    }
    let (all, judged) = types.values().fold((0, 0), |(all, judged), t| (all + t.1, judged + t.2));
    let table = html! { table class="numbers" {
        caption { "Resources in the snapshot by type" }
        thead { tr { th scope="col" { "Type" } th scope="col" { "In the snapshot" } th scope="col" { "Judged" } th scope="col" { "No policy judges them" } } }
        tbody { @for (name, all, judged) in types.values() { tr {
            th scope="row" { (safe(name)) } td { (number(*all)) } td { (number(*judged)) } td { (number(all - judged)) }
        } } }
        tfoot { tr { th scope="row" { "All" } td { (number(all)) } td { (number(judged)) } td { (number(all - judged)) } } }
    } };
    html! {
        h3 { "Population" }
        p {
            (number(all)) " resources = " (number(judged)) " judged + " (number(all - judged)) " that no policy judges. None drops out of the report."
            @if index.assessment.snapshot.partial { " The snapshot holds less than its scope: what it does not hold was not judged." }
        }
        (scrolling("Resources by type", "", &table))
    }
}

fn counted_twice(population: &[Population]) -> Markup {
    if population.is_empty() {
        return html! { p { "A second count of the population, by Azure Resource Manager, is not part of an assessment; the first line of the snapshot holds it where Azure was read live." } };
    }
    let differ = population.iter().filter(|p| p.found != p.listed).count();
    let mut rows: Vec<&Population> = population.iter().collect();
    rows.sort_by_key(|p| (p.found == p.listed, *p));
    let table = html! { table {
        caption { "The population counted in two ways, differences first" }
        thead { tr { th scope="col" { "Subscription" } th scope="col" { "Type" } th scope="col" { "Found" } th scope="col" { "Listed by Resource Manager" } th scope="col" { "Same" } } }
        tbody { @for row in rows.iter().take(ROWS) { tr {
            th scope="row" { (safe(&row.subscription)) } td { (safe(row.resource_type.as_str())) } td { (number(row.found)) } td { (number(row.listed)) }
            td { @if row.found == row.listed { (badge(Mark::Pass, "same")) } @else { (badge(Mark::Unknown, "differs")) } }
        } } }
    } };
    html! {
        p { (length(population.len())) " counts of a type in a subscription were made in two ways; " (length(differ)) " differ. A difference is read one by one: it is in the snapshot, gone, or a gap." }
        (scrolling("The population counted in two ways", "", &table))
        @if rows.len() > ROWS { p { (length(rows.len() - ROWS)) " more are in the snapshot." } }
    }
}

/// The permission that a refusal names: a word with slashes that ends in what is done.
fn permission(detail: &str) -> Option<&str> {
    detail
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | ',' | ';' | '(' | ')'))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|w| {
            w.split('/').count() >= 3
                && ["/read", "/action", "/write"].iter().any(|end| w.ends_with(end))
                && w.starts_with(|c: char| c.is_ascii_alphabetic())
                && w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b'*'))
        })
}

/// What a reason means, for people.
fn meaning(reason: GapReason) -> &'static str {
    match reason {
        GapReason::Denied => "Azure refused the read",
        GapReason::Throttled => "Azure throttled the read",
        GapReason::Timeout => "the read took too long",
        GapReason::Unresolved => "known only when the code is applied",
        GapReason::OutOfScope => "not read, or outside the snapshot",
        GapReason::Unsupported => "the provider or api-version does not answer",
        GapReason::Redacted => "a secret, dropped on purpose",
        GapReason::Malformed => "the answer could not be understood",
        GapReason::Runtime => "only running Azure has it",
    }
}

fn gaps(index: &Index<'_>) -> Markup {
    let gaps = &index.assessment.gaps;
    if gaps.is_empty() {
        return html! { h3 { "Gaps" } p { "Everything that was asked for was read." } };
    }
    let mut by_reason: BTreeMap<GapReason, u64> = BTreeMap::new();
    for gap in gaps {
        *by_reason.entry(gap.reason).or_default() += 1;
    }
    let mut shown: Vec<&Gap> = gaps.iter().collect();
    shown.sort_by_key(|g| g.reason);
    let table = html! { table {
        caption { "What could not be read" }
        thead { tr { th scope="col" { "Reason" } th scope="col" { "About" } th scope="col" { "Read" } th scope="col" { "Missing permission" } th scope="col" { "Seen" } } }
        tbody { @for gap in shown.iter().take(ROWS) { tr {
            td { (badge(Mark::Unknown, gap.reason.as_str())) }
            td { code title=(safe(&gap.about)) { (safe(gap.about.rsplit('/').find(|part| !part.is_empty()).unwrap_or(&gap.about))) } }
            td { @match &gap.read { Some(read) => code { (safe(read)) }, None => "everything about it" } }
            td { @if gap.reason == GapReason::Denied { @match permission(&gap.detail) { Some(action) => code { (action) }, None => "not named by Azure" } } @else { "–" } }
            td { (flowing(&gap.detail)) }
        } } }
    } };
    html! {
        h3 { "Gaps" }
        p { (counted(gaps.len() as u64, "gap", "gaps")) ": what should be known and is not. Every finding that rests on one is unknown, never a pass." }
        ul { @for (reason, count) in &by_reason { li { strong { (number(*count)) " " (reason.as_str()) } ": " (meaning(*reason)) } } }
        (scrolling("What could not be read", "", &table))
        @if shown.len() > ROWS { p { (length(shown.len() - ROWS)) " more gaps are in the JSON report." } }
    }
}

fn unknowns(index: &Index<'_>) -> Markup {
    let mut kinds: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let unknown = || index.policies.iter().flat_map(|p| &p.findings).filter(|f| Mark::of(f) == Mark::Unknown);
    for finding in unknown() {
        let key = match finding.reasons.first().map(|r| r.kind) {
            Some(ReasonKind::Gap(reason)) => (reason.as_str(), meaning(reason)),
            Some(ReasonKind::Absent) => ("absent", "the fact is not there, and absence means nothing to the policy"),
            Some(ReasonKind::Incomplete) => ("incomplete", "the snapshot cannot hold all that a relation asks for"),
            Some(ReasonKind::Policy) => ("policy", "the policy's own rule says so"),
            Some(ReasonKind::Error) => ("error", "the policy could not be evaluated"),
            None => ("not given", "no reason was recorded"),
        };
        *kinds.entry(key).or_default() += 1;
    }
    html! {
        h3 { "Unknown findings by reason" }
        @if kinds.is_empty() { p { "No finding is unknown." } } @else {
            ul { @for ((kind, meaning), count) in &kinds { li { strong { (number(*count)) " " (kind) } ": " (meaning) } } }
            p { "Each stands under its policy with its reason." }
        }
    }
}

fn unjudged(index: &Index<'_>) -> Markup {
    let resources: Vec<_> = index.assessment.resources.iter().filter(|r| r.policies == 0).collect();
    html! {
        h3 { "Resources that no policy judges" }
        @if resources.is_empty() { p { "Every resource was judged by at least one policy." } } @else {
            details {
                summary { (counted(resources.len() as u64, "resource", "resources")) }
                ul class="names" { @for entry in resources.iter().take(NAMES) { li { (resource(index, &entry.id)) " " span class="quiet" { (safe(entry.resource_type.as_str())) } } } }
                @if resources.len() > NAMES { p { (length(resources.len() - NAMES)) " more are in the JSON report." } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_permission_is_read_from_the_refusal() {
        for (detail, expected) in [
            (
                "403 AuthorizationFailed: Microsoft.DBforPostgreSQL/flexibleServers/configurations/read",
                Some("Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"),
            ),
            (
                "does not have authorization to perform action 'Microsoft.Web/sites/config/list/action' over",
                Some("Microsoft.Web/sites/config/list/action"),
            ),
            ("403", None),
            ("/subscriptions/x/resourceGroups/read", None),
            ("<b>/a/read", None),
        ] {
            assert_eq!(permission(detail), expected, "{detail}");
        }
    }
}
