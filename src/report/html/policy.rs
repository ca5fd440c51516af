//! Controls with what the law asks and which policies look at it, and what policies say of themselves.

use maud::{Markup, html};

use crate::model::{ControlStatus, PolicyMeta};
use crate::report::html::index::{ControlEntry, Index, Mark};
use crate::report::html::words::{badge, block, counted, flowing, number, policy_of, safe, web};

/// All controls that policies serve.
pub(super) fn controls(index: &Index<'_>) -> Markup {
    html! {
        p { "What each control asks for in our words, how far the state of Azure can answer it, and what the policies that serve it found. A control without findings is not a control that is kept: see what stays outside." }
        @for (framework, entries) in &index.frameworks {
            @let served: Vec<&ControlEntry<'_>> = entries.iter().filter(|e| e.coverage.is_some()).collect();
            h3 { (safe(&framework.title)) }
            p class="quiet" { "Version " (safe(&framework.version)) ". " (web(&framework.source, "The official text")) ". " (number(served.len() as u64)) " of " (counted(entries.len() as u64, "control is", "controls are")) " served by policies." }
            @for entry in served { (control(index, entry)) }
        }
    }
}

fn control(index: &Index<'_>, entry: &ControlEntry<'_>) -> Markup {
    let control = entry.control;
    let Some(coverage) = entry.coverage else { return html! {} };
    let (mark, word) = match coverage.status {
        ControlStatus::Findings => (Mark::Fail, "open fails"),
        ControlStatus::Incomplete => (Mark::Unknown, "incomplete"),
        ControlStatus::NoFindings => (Mark::Pass, "no findings"),
        ControlStatus::NotAssessed => (Mark::NotApplicable, "nothing judged"),
    };
    let s = coverage.summary;
    html! {
        details class="control" id=(entry.anchor) {
            summary {
                (badge(mark, word)) " " strong { (safe(&control.cite)) } " " (safe(&control.title)) " "
                span class="quiet" { (number(s.fail - s.waived.min(s.fail))) " fail, " (number(s.unknown)) " unknown, " (number(s.waived)) " waived, " (number(s.pass)) " pass" }
            }
            p { (flowing(&control.obligation)) }
            p { strong { "Azure can answer it: " (control.evidence_strength.as_str()) ". " } (flowing(&control.evidence_reason)) }
            ul { @for policy in &coverage.policies {
                @let found = index.policy(policy);
                li {
                    (policy_of(index, policy))
                    @if let Some(why) = found.and_then(|p| p.meta).and_then(|m| m.controls.get(&control.id)) { ": " (flowing(why)) }
                    @if let Some(found) = found { " " span class="quiet" { "(" (number(found.tally.fail)) " fail, " (number(found.tally.unknown)) " unknown, " (number(found.tally.pass)) " pass)" } }
                }
            } }
        }
    }
}

/// What a policy says of itself: the risk, the law it serves, the repair.
pub(super) fn about(index: &Index<'_>, meta: &PolicyMeta) -> Markup {
    let fix = &meta.remediation;
    let codes = [("Bicep", &fix.bicep), ("Terraform", &fix.terraform), ("Azure CLI", &fix.az), ("Portal", &fix.portal)];
    html! {
        p { (flowing(&meta.description)) }
        details {
            summary { "Law served: " (counted(meta.controls.len() as u64, "control", "controls")) }
            ul { @for (id, why) in &meta.controls { li {
                @match index.control(id) {
                    Some((framework, entry)) => {
                        @if entry.coverage.is_some() { a href={ "#" (entry.anchor) } { (safe(&entry.control.cite)) } } @else { (safe(&entry.control.cite)) }
                        " " span class="quiet" { (safe(&framework.id)) ", " (safe(id)) }
                    },
                    None => code { (safe(id)) },
                }
                ": " (flowing(why))
            } } }
        }
        @if codes.iter().any(|(_, code)| code.is_some()) || fix.note.is_some() {
            details {
                summary { "How to repair it" }
                @if let Some(note) = &fix.note { p { (flowing(note)) } }
                @for (name, code) in codes { @if let Some(code) = code { p class="label" { (name) } pre { (block(code)) } } }
            }
        }
        @if !meta.links.is_empty() {
            p class="quiet" { "Documentation: " @for (at, link) in meta.links.iter().enumerate() { @if at > 0 { ", " } (web(link, link)) } }
        }
    }
}
