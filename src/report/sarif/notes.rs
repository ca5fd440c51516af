//! What the run has to say besides results: notices, gaps, why findings are unknown, what was grouped.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serde_sarif::sarif::{
    Message, MultiformatMessageString, Notification, PropertyBag, ReportingDescriptor, ReportingDescriptorReference,
};

use crate::model::{NoticeLevel, ReasonKind, Verdict, WaiverStatus};
use crate::report::sarif::results::{Grouping, MOST};
use crate::report::sarif::rules::{escape, sentence};
use crate::report::sarif::{Context, Profile};
use crate::report::text::{cause, line};

/// How many resources a notification names.
const NAMED: usize = 10;

/// The kinds of notifications, in the order of [`DESCRIPTORS`].
#[derive(Debug, Clone, Copy)]
enum Kind {
    Notice,
    Grouped,
    Unknown,
    Gap,
    Gone,
    Waiver,
}

const DESCRIPTORS: [(&str, &str); 6] = [
    ("assize/notice", "Something about the run that the reader must know."),
    ("assize/grouped", "Results stand for several resources."),
    ("assize/unknown", "Findings that nobody can judge."),
    ("assize/gap", "Something that should be known and is not."),
    ("assize/gone", "Findings of the baseline whose resource or policy is not there any more."),
    ("assize/waiver", "A waiver that is not applied."),
];

/// The descriptors of all notifications.
pub(super) fn descriptors() -> Vec<ReportingDescriptor> {
    DESCRIPTORS
        .iter()
        .map(|(id, text)| {
            // The validator of GitHub's profile wants of these what it wants of rules.
            let text = MultiformatMessageString::builder().text(*text).build();
            let (full, help) = (text.clone(), text.clone());
            ReportingDescriptor::builder().id(*id).short_description(text).full_description(full).help(help).build()
        })
        .collect()
}

fn note(kind: Kind, level: &str, text: &str, count: Option<usize>) -> Notification {
    let reference = ReportingDescriptorReference::builder().id(DESCRIPTORS[kind as usize].0).index(kind as i64).build();
    let mut note = Notification::builder()
        .descriptor(reference)
        .level(json!(level))
        .message(Message::builder().text(text).build())
        .build();
    if let Some(count) = count {
        let properties: BTreeMap<String, Value> = BTreeMap::from([("count".to_owned(), json!(count))]);
        note.properties = Some(PropertyBag::builder().additional_properties(properties).build());
    }
    note
}

fn names(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| escape(&line(name, 300))).collect();
    if names.len() > NAMED {
        shown.push(format!("and {} more", names.len() - NAMED));
    }
    shown.join(", ")
}

fn findings(n: usize) -> String {
    if n == 1 { "1 finding is".to_owned() } else { format!("{n} findings are") }
}

impl Context<'_> {
    /// All notifications, and how the results were grouped.
    pub(super) fn notifications(&self, grouping: Grouping, results: usize) -> Vec<Notification> {
        // An archive keeps them all but for a bound that a file can bear; GitHub reads none of them.
        let most = if self.profile == Profile::Full { 1000 } else { 20 };
        let mut notes = Vec::new();
        self.notices(most, &mut notes);
        if grouping != Grouping::Line {
            let open = self.assessment.findings.iter().filter(|f| f.is_open_fail()).count();
            let text = format!(
                "{open} open fails are more than the {MOST} results that GitHub shows, so they stand as {results} results by {}.",
                grouping.words()
            );
            notes.push(note(Kind::Grouped, "warning", &text, Some(open)));
        }
        self.unknown(most, &mut notes);
        self.gaps(most, &mut notes);
        if let Some(baseline) = self.assessment.baseline.as_ref().filter(|b| !b.gone.is_empty()) {
            let ids: Vec<String> = baseline.gone.iter().map(|g| format!("{} of {}", g.policy, g.resource)).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let text = format!("{} of the baseline and neither fixed nor known: {}.", findings(ids.len()), names(&ids));
            notes.push(note(Kind::Gone, "warning", &text, Some(ids.len())));
        }
        for entry in self.assessment.waivers.iter().take(most) {
            let waiver = &entry.waiver;
            let what = match entry.status {
                WaiverStatus::Applied => continue,
                WaiverStatus::Unused => "is in force and matches no fail".to_owned(),
                WaiverStatus::Expired => format!("expired on {} and counts no more", waiver.expires_on),
                WaiverStatus::NotYetValid => match waiver.approved_on {
                    Some(day) => format!("is not valid before {day}"),
                    None => "is not valid yet".to_owned(),
                },
                WaiverStatus::Refused => {
                    let why = entry.refused.as_deref().unwrap_or("the rules do not allow it");
                    format!("is refused and does not count: {why}")
                }
            };
            let text = sentence(&format!("The waiver {} of {} {what}", waiver.id, waiver.policy));
            notes.push(note(Kind::Waiver, "note", &text, Some(usize::try_from(entry.findings).unwrap_or(usize::MAX))));
        }
        notes
    }

    fn notices(&self, most: usize, notes: &mut Vec<Notification>) {
        let mut notices: Vec<_> = self.assessment.notices.iter().collect();
        notices.sort();
        for notice in notices.iter().take(most) {
            let level = match notice.level {
                NoticeLevel::Error => "error",
                NoticeLevel::Warning => "warning",
                NoticeLevel::Note => "note",
            };
            notes.push(note(Kind::Notice, level, &sentence(&notice.text), None));
        }
        if let Some(left) = notices.len().checked_sub(most).filter(|left| *left > 0) {
            let text = format!("{left} more notices stand in the json report.");
            notes.push(note(Kind::Notice, "warning", &text, Some(left)));
        }
    }

    /// One for each reason, however many findings it has.
    fn unknown(&self, most: usize, notes: &mut Vec<Notification>) {
        let mut groups: BTreeMap<(ReasonKind, String), Vec<&str>> = BTreeMap::new();
        for finding in self.assessment.findings.iter().filter(|f| f.verdict == Verdict::Unknown) {
            let mut causes: Vec<_> = finding.reasons.iter().map(|r| (r.kind, sentence(&cause(finding, r)))).collect();
            if causes.is_empty() {
                causes.push((ReasonKind::Policy, "No reason is given.".to_owned()));
            }
            causes.sort();
            causes.dedup();
            for cause in causes {
                groups.entry(cause).or_default().push(finding.resource.as_str());
            }
        }
        let total = groups.len();
        for ((kind, text), mut resources) in groups.into_iter().take(most) {
            let findings = resources.len();
            resources.sort_unstable();
            resources.dedup();
            let level = if kind == ReasonKind::Error { "error" } else { "warning" };
            let text = format!("{} unknown: {text} The resources: {}.", self::findings(findings), names(&resources));
            notes.push(note(Kind::Unknown, level, &text, Some(findings)));
        }
        if let Some(left) = total.checked_sub(most).filter(|left| *left > 0) {
            let text = format!("{left} more reasons why findings are unknown stand in the json report.");
            notes.push(note(Kind::Unknown, "warning", &text, Some(left)));
        }
    }

    /// One for each reason and detail.
    fn gaps(&self, most: usize, notes: &mut Vec<Notification>) {
        let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for gap in &self.assessment.gaps {
            groups.entry((gap.reason.as_str(), &gap.detail)).or_default().push(&gap.about);
        }
        let total = groups.len();
        for ((reason, detail), mut about) in groups.into_iter().take(most) {
            let gaps = about.len();
            about.sort_unstable();
            about.dedup();
            let head = sentence(&format!(
                "{gaps} {} no answer ({reason}): {detail}",
                if gaps == 1 { "read has" } else { "reads have" }
            ));
            let text = format!("{head} About: {}.", names(&about));
            notes.push(note(Kind::Gap, "warning", &text, Some(gaps)));
        }
        if let Some(left) = total.checked_sub(most).filter(|left| *left > 0) {
            let text = format!("{left} more kinds of gaps stand in the json report.");
            notes.push(note(Kind::Gap, "warning", &text, Some(left)));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::model::Assessment;
    use crate::report::tests::{hostile, id, rendered, sample};

    fn notes(name: &str, assessment: &Assessment) -> Vec<Value> {
        let log: Value = serde_json::from_str(&rendered(name, assessment)).unwrap();
        let run = &log["runs"][0];
        let list = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().clone();
        for note in &list {
            let index = note["descriptor"]["index"].as_u64().unwrap() as usize;
            assert_eq!(run["tool"]["driver"]["notifications"][index]["id"], note["descriptor"]["id"]);
        }
        list
    }

    fn texts(list: &[Value], kind: &str) -> Vec<String> {
        let of_kind = list.iter().filter(|n| n["descriptor"]["id"] == format!("assize/{kind}"));
        of_kind.map(|n| n["message"]["text"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn everything_that_is_not_known_is_told() {
        let list = notes("sarif", &sample());
        assert_eq!(texts(&list, "notice"), ["the snapshot is partial."]);
        let unknown = format!(
            "1 finding is unknown: children.configurations of this resource is denied: 403. The resources: {}.",
            id("rg-pay", "pg-d")
        );
        assert_eq!(texts(&list, "unknown"), [unknown]);
        let gap = format!("1 read has no answer (denied): 403. About: {}.", id("rg-pay", "pg-d"));
        assert_eq!(texts(&list, "gap"), [gap]);
        assert_eq!(texts(&list, "gone").len(), 1);
        assert_eq!(texts(&list, "waiver").len(), 2);
        assert!(texts(&list, "grouped").is_empty());
    }

    #[test]
    fn one_cause_is_one_notification_and_what_is_left_out_is_counted() {
        let mut assessment = sample();
        let model = assessment.findings.iter().find(|f| f.verdict == Verdict::Unknown).unwrap().clone();
        for n in 0..30 {
            let mut finding = model.clone();
            finding.resource = serde_json::from_value(json!(id("rg-pay", &format!("pg-x{n}")))).unwrap();
            finding.reasons[0].text = format!("children.configurations of {} is denied: 403", finding.resource);
            assessment.findings.push(finding);
        }
        let list = notes("sarif", &assessment);
        let unknown = texts(&list, "unknown");
        assert!(
            unknown.len() == 1 && unknown[0].starts_with("31 findings") && unknown[0].ends_with("and 21 more."),
            "{unknown:?}"
        );
        for n in 0..30 {
            assessment.findings.last_mut().unwrap().reasons.push(crate::model::Reason {
                kind: ReasonKind::Policy,
                read: None,
                text: format!("reason {n}"),
            });
        }
        let unknown = texts(&notes("sarif-github", &assessment), "unknown");
        assert_eq!(unknown.len(), 21);
        assert_eq!(unknown[20], "11 more reasons why findings are unknown stand in the json report.");
        assert_eq!(texts(&notes("sarif", &assessment), "unknown").len(), 31);
    }

    #[test]
    fn what_others_wrote_is_inert_in_notifications() {
        for note in notes("sarif", &hostile()) {
            let text = note["message"]["text"].as_str().unwrap();
            assert!(text.ends_with('.') && !text.contains("](") && !text.chars().any(char::is_control), "{text}");
            assert!(!text.contains('\u{202e}') && text.len() < 20_000, "{text}");
        }
    }
}
