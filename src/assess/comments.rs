//! Comments in code that ask for waivers: which count, which are refused, and which say too little to be one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{CommentWaiver, Notice, NoticeLevel, Waiver, WaiverSource, matches_pattern};

/// What the settings say of waivers in comments.
#[derive(Debug, Clone, Copy)]
pub struct CommentRules<'a> {
    /// Whether they count.
    pub accept: bool,
    /// How many days ahead one may reach.
    pub most_days: i64,
    /// All policy ids, former ids and names of checks.
    pub known: &'a BTreeSet<String>,
}

/// A waiver of a comment, and why it is refused.
pub(super) type Asked = (Waiver, Option<String>);

/// Makes waivers of comments. A comment that misses something that a waiver needs is none, and a notice says so.
pub(super) fn waivers(
    mut comments: Vec<CommentWaiver>,
    rules: CommentRules<'_>,
    taken: &BTreeSet<String>,
    today: NaiveDate,
) -> (Vec<Asked>, Vec<Notice>) {
    comments.sort();
    comments.dedup();
    let mut notices = BTreeSet::new();
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    let mut ids = taken.clone();
    let mut asked = Vec::new();
    for comment in comments {
        let CommentWaiver { file, line, policy, resource, reason, until } = comment;
        let is_known = policy.is_empty()
            || *known
                .entry(policy.clone())
                .or_insert_with(|| rules.known.iter().any(|id| matches_pattern(&policy, id)));
        let day = until.as_deref().map(str::parse::<NaiveDate>);
        let lack = match day {
            _ if policy.is_empty() => {
                "it names no policy; write assize:ignore[POLICY] REASON until=YYYY-MM-DD".to_owned()
            }
            _ if !is_known => format!("there is no policy {policy:?}; `assize policy list` shows those there are"),
            _ if reason.trim().is_empty() => "it gives no reason".to_owned(),
            None => "it does not say until when; add until=YYYY-MM-DD".to_owned(),
            Some(Err(_)) => {
                format!("{:?} is no day; write until=YYYY-MM-DD", until.unwrap_or_default())
            }
            Some(Ok(_)) => String::new(),
        };
        let Some(Ok(expires_on)) = day.filter(|_| lack.is_empty()) else {
            let text = format!("the comment at {file}:{line} is no waiver: {lack}");
            notices.insert(Notice { level: NoticeLevel::Warning, text });
            continue;
        };
        let days = (expires_on - today).num_days();
        let refused = if !rules.accept {
            Some("the settings refuse waivers in comments (waivers.in_source)".to_owned())
        } else if days > rules.most_days {
            let most = rules.most_days;
            Some(format!("it reaches {days} days ahead, more than the {most} that are allowed; set an earlier until"))
        } else {
            None
        };
        let waiver = Waiver {
            id: free(&mut ids, &format!("comment:{file}:{line}")),
            policy,
            scope: resource.as_str().to_owned(),
            reason,
            compensating_control: String::new(),
            requester: String::new(),
            approver: String::new(),
            ticket: String::new(),
            approved_on: None,
            expires_on,
            source: WaiverSource::Comment { file, line },
        };
        asked.push((waiver, refused));
    }
    (asked, notices.into_iter().collect())
}

/// The id, with a number behind it when it is taken: one comment may name several policies and stand in a module that is
/// called several times.
fn free(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let mut id = wanted.to_owned();
    let mut number = 1;
    while !taken.insert(id.to_lowercase()) {
        number += 1;
        id = format!("{wanted}#{number}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ResourceId;

    fn comment(policy: &str, reason: &str, until: Option<&str>) -> CommentWaiver {
        CommentWaiver {
            file: "main.tf".to_owned(),
            line: 7,
            policy: policy.to_owned(),
            resource: ResourceId::parse("/subscriptions/s/resourceGroups/g/providers/A.B/c/d").unwrap(),
            reason: reason.to_owned(),
            until: until.map(str::to_owned),
        }
    }

    fn judged(comments: Vec<CommentWaiver>, accept: bool) -> (Vec<Asked>, Vec<String>) {
        let known = BTreeSet::from(["a.x".to_owned(), "a.old".to_owned()]);
        let rules = CommentRules { accept, most_days: 365, known: &known };
        let (asked, notices) =
            waivers(comments, rules, &BTreeSet::from(["comment:main.tf:7".to_owned()]), "2026-01-01".parse().unwrap());
        (asked, notices.into_iter().map(|n| n.text).collect())
    }

    #[test]
    fn a_comment_that_lacks_something_is_no_waiver_and_is_told() {
        for (comment, word) in [
            (comment("", "r", Some("2026-06-01")), "names no policy"),
            (comment("a.y", "r", Some("2026-06-01")), "no policy \"a.y\""),
            (comment("b.*", "r", Some("2026-06-01")), "no policy \"b.*\""),
            (comment("a.x", " ", Some("2026-06-01")), "gives no reason"),
            (comment("a.x", "r", None), "add until=YYYY-MM-DD"),
            (comment("a.x", "r", Some("soon")), "\"soon\" is no day"),
            (comment("a.x", "r", Some("2026-02-30")), "\"2026-02-30\" is no day"),
        ] {
            let (asked, notices) = judged(vec![comment.clone(), comment], true);
            assert!(asked.is_empty(), "{word}");
            assert_eq!(notices.len(), 1, "{notices:?}");
            assert!(notices[0].starts_with("the comment at main.tf:7 is no waiver: ") && notices[0].contains(word));
        }
    }

    #[test]
    fn ids_former_ids_and_patterns_count_and_each_waiver_has_its_own_id() {
        let comments = ["a.x", "a.old", "a.*"].map(|p| comment(p, "r", Some("2026-06-01"))).to_vec();
        let (asked, notices) = judged(comments, true);
        assert!(notices.is_empty() && asked.iter().all(|(_, refused)| refused.is_none()));
        let ids: Vec<&str> = asked.iter().map(|(w, _)| w.id.as_str()).collect();
        assert_eq!(ids, ["comment:main.tf:7#2", "comment:main.tf:7#3", "comment:main.tf:7#4"]);
        assert!(asked.iter().all(|(w, _)| w.approver.is_empty() && w.approved_on.is_none()));
    }

    #[test]
    fn settings_and_the_longest_time_refuse() {
        let refused = |until: &str, accept: bool| judged(vec![comment("a.x", "r", Some(until))], accept).0.remove(0).1;
        assert_eq!(refused("2027-01-01", true), None);
        assert!(refused("2027-01-02", true).unwrap().contains("366 days ahead, more than the 365"));
        assert!(refused("2026-06-01", false).unwrap().contains("waivers.in_source"));
    }
}
