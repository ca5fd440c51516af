//! Waivers: which hold, which end soon, which ended, which cover nothing, which were refused.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use crate::model::{WaiverEntry, WaiverSource, WaiverStatus};
use crate::report::html::index::{Index, Mark};
use crate::report::html::words::{badge, counted, flowing, length, number, safe, scrolling};

/// How many days before its end a waiver is named as ending soon.
const SOON: u64 = 30;

/// The waivers.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let waivers = &index.assessment.waivers;
    if waivers.is_empty() {
        return html! { p { "No waivers were given." } };
    }
    let today = day(&index.assessment.evaluated_at);
    let soon = |w: &WaiverEntry| {
        matches!(w.status, WaiverStatus::Applied | WaiverStatus::Unused)
            && today.and_then(|d| d.checked_add_days(Days::new(SOON))).is_some_and(|end| w.waiver.expires_on <= end)
    };
    let of = |keep: &dyn Fn(&WaiverEntry) -> bool| waivers.iter().filter(|w| keep(w)).collect::<Vec<_>>();
    let status = |status: WaiverStatus| of(&|w: &WaiverEntry| w.status == status);
    let ending = of(&soon);
    html! {
        p {
            "A waiver lies over a fail for a time; the fail stays a fail and is counted. "
            (counted(waivers.len() as u64, "waiver was given", "waivers were given")) ", "
            (counted(index.assessment.summary.waived, "fail is", "fails are")) " waived."
        }
        @if today.is_none() { p { "The time of the assessment cannot be read, so nothing is said about waivers that end soon." } }
        @else if ending.is_empty() { p { "No waiver that is in force ends within " (SOON) " days." } }
        @else { p { strong { "Ending within " (SOON) " days: " } @for (at, entry) in ending.iter().enumerate() { @if at > 0 { ", " } (safe(&entry.waiver.id)) " on " (entry.waiver.expires_on) } "." } }
        (list("In force", "over a fail that is there", Mark::Waived, &status(WaiverStatus::Applied), today))
        (list("Expired", "past its last day; the fail counts again", Mark::Fail, &status(WaiverStatus::Expired), today))
        (list("Unused", "in force, and covers no fail", Mark::NotApplicable, &status(WaiverStatus::Unused), today))
        (list("Not yet valid", "decided for a later day", Mark::NotApplicable, &status(WaiverStatus::NotYetValid), today))
        (list("Refused", "asked for in a comment, and not accepted", Mark::Fail, &status(WaiverStatus::Refused), today))
    }
}

/// The day of a time, as it is written.
fn day(time: &str) -> Option<NaiveDate> {
    time.get(..10).and_then(|d| d.parse().ok())
}

fn list(title: &str, meaning: &str, mark: Mark, waivers: &[&WaiverEntry], today: Option<NaiveDate>) -> Markup {
    if waivers.is_empty() {
        return html! {};
    }
    let table = html! { table class="waivers" {
        caption { (title) ": " (length(waivers.len())) ", " (meaning) }
        thead { tr {
            th scope="col" { "Waiver" } th scope="col" { "Reason and what lowers the risk" }
            th scope="col" { "Asked, agreed" } th scope="col" { "Until" } th scope="col" class="n" { "Fails" }
        } }
        @for entry in waivers { tbody {
            @let waiver = &entry.waiver;
            tr class="first" {
                td { strong { (safe(&waiver.id)) } br; (badge(mark, title)) @if let WaiverSource::Comment { file, line } = &waiver.source { br; "comment in " code { (safe(file)) ":" (line) } } }
                td { (flowing(&waiver.reason)) br; span class="quiet" { @if waiver.compensating_control.is_empty() { "nothing named that lowers the risk" } @else { (flowing(&waiver.compensating_control)) } } }
                td {
                    span class="quiet" { "asked " } (or_none(&waiver.requester, "nobody named")) br; span class="quiet" { "agreed " } (or_none(&waiver.approver, "no approver"))
                    @if !waiver.ticket.is_empty() { br; (safe(&waiver.ticket)) }
                    @if let Some(on) = waiver.approved_on { br; "on " (on) }
                    @if let Some(why) = &entry.refused { br; strong { "refused: " } (safe(why)) }
                }
                td { (waiver.expires_on) @if let Some(today) = today { br; span class="quiet" { (left(waiver.expires_on, today)) } } }
                td class="n" { (number(entry.findings)) }
            }
            tr { td colspan="5" class="told" { "For " code { (safe(&waiver.policy)) } " on " code { (safe(&waiver.scope)) } } }
        } }
    } };
    scrolling(title, "", &table)
}

fn or_none<'a>(text: &'a str, none: &'a str) -> String {
    if text.is_empty() { none.to_owned() } else { safe(text) }
}

/// How long until the first day on which it no longer counts.
fn left(expires: NaiveDate, today: NaiveDate) -> String {
    match (expires - today).num_days() {
        days @ 1.. => format!("{days} days left"),
        0 => "ends today".to_owned(),
        days => format!("ended {} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::sample;

    fn shown(expires: &str) -> String {
        let mut assessment = sample();
        assessment.waivers.truncate(1);
        assessment.waivers[0].waiver.expires_on = expires.parse().unwrap();
        body(&Index::new(&assessment)).into_string()
    }

    #[test]
    fn a_waiver_that_ends_within_thirty_days_is_named() {
        // The sample is judged for 2026-11-20.
        assert!(shown("2026-12-20").contains("Ending within"));
        assert!(!shown("2026-12-21").contains("Ending within"));
        assert!(shown("2026-12-21").contains("31 days left"));
    }

    #[test]
    fn a_time_that_cannot_be_read_is_said() {
        let mut assessment = sample();
        assessment.evaluated_at = "漢字漢字漢字".to_owned();
        assert!(body(&Index::new(&assessment)).into_string().contains("cannot be read"));
    }
}
