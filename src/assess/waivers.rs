//! Waivers: which are refused, which count, which lie over what.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::assess::comments::Asked;
use crate::model::{
    Finding, PolicyMeta, ResourceEntry, ResourceId, Verdict, Waiver, WaiverEntry, WaiverStatus, matches_pattern,
    written_at,
};

/// Why a waiver is refused. All waivers of a file are refused with it: a register that is half read is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaiverError {
    /// A field is empty.
    #[error("the waiver {id}: {field} is empty")]
    Empty {
        /// The waiver.
        id: String,
        /// The field.
        field: &'static str,
    },
    /// Two waivers have one id.
    #[error("the waiver {0} appears twice")]
    Duplicate(String),
    /// Nobody approves a waiver of their own.
    #[error("the waiver {id}: the approver {approver} is the requester; another person must approve it")]
    SelfApproved {
        /// The waiver.
        id: String,
        /// The person.
        approver: String,
    },
    /// It expires before it begins.
    #[error("the waiver {id} expires on {expires}, not after its approval on {approved}")]
    Backwards {
        /// The waiver.
        id: String,
        /// The first day.
        approved: NaiveDate,
        /// The day after the last.
        expires: NaiveDate,
    },
    /// It holds longer than allowed.
    #[error("the waiver {id} holds {days} days, more than the {most} that are allowed; set an earlier expires_on")]
    TooLong {
        /// The waiver.
        id: String,
        /// How long it holds.
        days: i64,
        /// How long it may hold.
        most: i64,
    },
    /// It names a policy that is not there.
    #[error("the waiver {id}: there is no policy {policy:?}; `assize policy list` shows those there are")]
    UnknownPolicy {
        /// The waiver.
        id: String,
        /// The name.
        policy: String,
    },
    /// Its scope is not the beginning of an id.
    #[error("the waiver {id}: the scope {scope:?} must start with /subscriptions/ and name a subscription")]
    Scope {
        /// The waiver.
        id: String,
        /// The scope.
        scope: String,
    },
}

/// Refuses waivers that break the rules. `known` holds all policy ids and former ids.
///
/// # Errors
/// Every waiver that is refused, with the reason.
pub fn check_waivers(waivers: &[Waiver], known: &BTreeSet<String>, most_days: i64) -> Result<(), Vec<WaiverError>> {
    let mut errors = Vec::new();
    let mut ids = BTreeSet::new();
    for waiver in waivers {
        let id = waiver.id.clone();
        if !ids.insert(waiver.id.trim().to_lowercase()) {
            errors.push(WaiverError::Duplicate(id.clone()));
        }
        for (field, text) in [
            ("id", &waiver.id),
            ("policy", &waiver.policy),
            ("scope", &waiver.scope),
            ("reason", &waiver.reason),
            ("compensating_control", &waiver.compensating_control),
            ("requester", &waiver.requester),
            ("approver", &waiver.approver),
            ("ticket", &waiver.ticket),
        ] {
            if text.trim().is_empty() {
                errors.push(WaiverError::Empty { id: id.clone(), field });
            }
        }
        if !waiver.approver.trim().is_empty()
            && waiver.approver.trim().to_lowercase() == waiver.requester.trim().to_lowercase()
        {
            errors.push(WaiverError::SelfApproved { id: id.clone(), approver: waiver.approver.clone() });
        }
        let Some(approved) = waiver.approved_on else {
            errors.push(WaiverError::Empty { id, field: "approved_on" });
            continue;
        };
        let days = (waiver.expires_on - approved).num_days();
        if days <= 0 {
            errors.push(WaiverError::Backwards { id: id.clone(), approved, expires: waiver.expires_on });
        } else if days > most_days {
            errors.push(WaiverError::TooLong { id: id.clone(), days, most: most_days });
        }
        if !known.contains(&waiver.policy) {
            errors.push(WaiverError::UnknownPolicy { id: id.clone(), policy: waiver.policy.clone() });
        }
        let lower = waiver.scope.to_lowercase();
        let rooted =
            lower.strip_prefix("/subscriptions/").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['*', '/']));
        if !rooted {
            errors.push(WaiverError::Scope { id, scope: waiver.scope.clone() });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Whether the waiver's scope holds the resource: it is the id, a pattern of it, or lies above it.
fn covers(waiver: &Waiver, resource: &str) -> bool {
    let scope = waiver.scope.trim_end_matches('/');
    matches_pattern(scope, resource) || matches_pattern(&format!("{scope}/*"), resource)
}

/// Lays waivers over fails. Of several that fit, the first by id counts.
pub(super) fn apply(
    mut waivers: Vec<Waiver>,
    findings: &mut [Finding],
    policies: &[PolicyMeta],
    today: NaiveDate,
) -> Vec<WaiverEntry> {
    waivers.sort_by(|a, b| a.id.cmp(&b.id));
    // A waiver may name a former id.
    let current: BTreeMap<&str, &str> =
        policies.iter().flat_map(|p| p.aliases.iter().map(move |a| (a.as_str(), p.id.as_str()))).collect();
    let mut entries = Vec::new();
    for waiver in waivers {
        let policy = current.get(waiver.policy.as_str()).copied().unwrap_or(&waiver.policy);
        // Findings are sorted by policy.
        let from = findings.partition_point(|f| f.policy.as_str() < policy);
        let of_policy = findings.iter().enumerate().skip(from).take_while(|(_, f)| f.policy.as_str() == policy);
        let fits: Vec<usize> =
            of_policy.filter(|(_, f)| covers(&waiver, f.resource.as_str())).map(|(at, _)| at).collect();
        entries.push(lay(waiver, None, &fits, findings, today));
    }
    entries
}

/// Lays the waivers of comments over fails that no waiver of the file lies over.
///
/// A comment holds for its own resource, and for a fail of the parent that points to it: whoever reads the report finds
/// the comment at the line that the report names.
pub(super) fn apply_comments(
    asked: Vec<Asked>,
    findings: &mut [Finding],
    policies: &[PolicyMeta],
    resources: &[ResourceEntry],
    today: NaiveDate,
) -> Vec<WaiverEntry> {
    let mut entries = Vec::new();
    for (waiver, refused) in asked {
        let mut fits = Vec::new();
        if let Ok(resource) = ResourceId::parse(&waiver.scope) {
            let named = |p: &&PolicyMeta| {
                let mut ids = std::iter::once(&p.id).chain(&p.aliases);
                ids.any(|id| matches_pattern(&waiver.policy, id.as_str()))
                    || p.check.eq_ignore_ascii_case(&waiver.policy)
            };
            for policy in policies.iter().filter(named) {
                for key in std::iter::once(resource.key()).chain(resource.parent_key()) {
                    let identity = (policy.id.as_str(), key);
                    let Ok(at) = findings.binary_search_by(|f| f.identity().cmp(&identity)) else { continue };
                    let points = || written_at(resources, &findings[at]).is_some_and(|w| w.resource.id == resource);
                    if findings[at].resource == resource || points() {
                        fits.push(at);
                    }
                }
            }
        }
        entries.push(lay(waiver, refused, &fits, findings, today));
    }
    entries
}

/// Lays a waiver over the fails among the findings that it fits, unless it does not count.
fn lay(
    waiver: Waiver,
    refused: Option<String>,
    fits: &[usize],
    findings: &mut [Finding],
    today: NaiveDate,
) -> WaiverEntry {
    let early = waiver.approved_on.is_some_and(|day| today < day);
    let in_force = !early && today < waiver.expires_on && refused.is_none();
    let mut matched = 0;
    for at in fits {
        let finding = &mut findings[*at];
        if finding.verdict != Verdict::Fail {
            continue;
        }
        if in_force && finding.waiver.is_none() {
            finding.waiver = Some(waiver.id.clone());
            matched += 1;
        } else if !in_force {
            matched += 1;
        }
    }
    let status = match (in_force, matched) {
        _ if refused.is_some() => WaiverStatus::Refused,
        (true, 0) => WaiverStatus::Unused,
        (true, _) => WaiverStatus::Applied,
        (false, _) if early => WaiverStatus::NotYetValid,
        (false, _) => WaiverStatus::Expired,
    };
    WaiverEntry { waiver, status, findings: matched, refused }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finding, meta};
    use crate::model::{Severity, WaiverSource};

    fn waiver(change: impl Fn(&mut Waiver)) -> Waiver {
        let day = |t: &str| t.parse::<NaiveDate>().unwrap();
        let mut waiver = Waiver {
            id: "W-1".to_owned(),
            policy: "a.x".to_owned(),
            scope: "/subscriptions/s/resourceGroups/g".to_owned(),
            reason: "r".to_owned(),
            compensating_control: "c".to_owned(),
            requester: "Ann".to_owned(),
            approver: "Bob".to_owned(),
            ticket: "T-1".to_owned(),
            approved_on: Some(day("2026-01-01")),
            expires_on: day("2026-12-31"),
            source: WaiverSource::Register,
        };
        change(&mut waiver);
        waiver
    }

    fn errors(change: impl Fn(&mut Waiver)) -> Vec<String> {
        let known = BTreeSet::from(["a.x".to_owned()]);
        check_waivers(&[waiver(change)], &known, 365)
            .err()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_waiver_that_breaks_a_rule_is_refused() {
        assert!(errors(|_| ()).is_empty());
        for (change, word) in [
            ((|w: &mut Waiver| w.approver = " ann ".to_owned()) as fn(&mut Waiver), "another person"),
            (|w| w.reason = " ".to_owned(), "reason is empty"),
            (|w| w.compensating_control.clear(), "compensating_control is empty"),
            (|w| w.ticket.clear(), "ticket is empty"),
            (|w| w.expires_on = w.approved_on.unwrap(), "not after its approval"),
            (|w| w.approved_on = None, "approved_on is empty"),
            (|w| w.expires_on = "2027-01-02".parse().unwrap(), "366 days, more than the 365"),
            (|w| w.policy = "a.y".to_owned(), "no policy \"a.y\""),
            (|w| w.scope = "*".to_owned(), "must start with /subscriptions/"),
            (|w| w.scope = "/subscriptions/*".to_owned(), "must start with /subscriptions/"),
        ] {
            let found = errors(change);
            assert!(found.len() == 1 && found[0].contains(word), "{word}: {found:?}");
        }
        let known = BTreeSet::from(["a.x".to_owned()]);
        let twice = check_waivers(&[waiver(|_| ()), waiver(|_| ())], &known, 365).unwrap_err();
        assert_eq!(twice, vec![WaiverError::Duplicate("W-1".to_owned())]);
    }

    fn applied(change: impl Fn(&mut Waiver), today: &str) -> (WaiverStatus, u64, Option<String>) {
        let mut findings = vec![
            finding("a.w", "/subscriptions/s/resourceGroups/g/providers/A.B/c/d", Verdict::Fail),
            finding("a.x", "/subscriptions/s/resourceGroups/G/providers/A.B/c/d", Verdict::Fail),
            finding("a.x", "/subscriptions/s/resourceGroups/g/providers/A.B/c/e", Verdict::Unknown),
            finding("a.x", "/subscriptions/s/resourceGroups/g2/providers/A.B/c/d", Verdict::Fail),
        ];
        let entries =
            apply(vec![waiver(change)], &mut findings, &[meta("a.x", Severity::High)], today.parse().unwrap());
        assert!(findings[0].waiver.is_none() && findings[2].waiver.is_none() && findings[3].waiver.is_none());
        assert!(findings.iter().all(|f| f.verdict != Verdict::Pass), "a waiver never makes a pass");
        (entries[0].status, entries[0].findings, findings[1].waiver.clone())
    }

    #[test]
    fn a_waiver_lies_over_fails_in_its_scope_while_it_is_in_force() {
        assert_eq!(applied(|_| (), "2026-06-01"), (WaiverStatus::Applied, 1, Some("W-1".to_owned())));
        assert_eq!(
            applied(|w| w.scope = "/subscriptions/s/resourceGroups/*/providers/*/d".to_owned(), "2025-06-01").0,
            WaiverStatus::NotYetValid
        );
        assert_eq!(applied(|_| (), "2026-12-31"), (WaiverStatus::Expired, 1, None));
        assert_eq!(applied(|_| (), "2026-12-30").0, WaiverStatus::Applied);
        assert_eq!(
            applied(|w| w.scope = "/subscriptions/other".to_owned(), "2026-06-01"),
            (WaiverStatus::Unused, 0, None)
        );
    }

    fn commented(policy: &str, resource: &str, refused: Option<&str>) -> Asked {
        let waiver = waiver(|w| {
            w.id = "comment:main.tf:7".to_owned();
            (w.policy, w.scope, w.approved_on) = (policy.to_owned(), resource.to_owned(), None);
            w.approver.clear();
            w.source = WaiverSource::Comment { file: "main.tf".to_owned(), line: 7 };
        });
        (waiver, refused.map(str::to_owned))
    }

    const OWN: &str = "/subscriptions/s/resourceGroups/g/providers/A.B/c/d";

    fn with_comment(asked: Asked, today: &str) -> (WaiverStatus, u64, Vec<bool>) {
        let child = format!("{OWN}/kids/k");
        let resources: Vec<ResourceEntry> = [OWN.to_owned(), child.clone()]
            .iter()
            .map(|id| {
                let range = serde_json::json!({"start_line": 1, "start_column": 1, "end_line": 1, "end_column": 2});
                let origin = serde_json::json!({"file": {"file": "main.tf", "header": range}});
                let entry = serde_json::json!({"id": id, "type": "A.B/c", "policies": 1, "origin": origin});
                serde_json::from_value(entry).unwrap()
            })
            .collect();
        let mut of_child = finding("a.y", OWN, Verdict::Fail);
        of_child.details =
            serde_json::from_value(serde_json::json!([{"message": "m", "path": "children.kids.k.properties.x"}]))
                .unwrap();
        let mut findings = vec![finding("a.x", OWN, Verdict::Fail), finding("a.x", &child, Verdict::Fail), of_child];
        let mut policies = [meta("a.x", Severity::High), meta("a.y", Severity::High)];
        policies[1].check = "Y-1".to_owned();
        policies[0].aliases = vec![crate::model::PolicyId::parse("a.old").unwrap()];
        let mut entries = apply_comments(vec![asked], &mut findings, &policies, &resources, today.parse().unwrap());
        let entry = entries.remove(0);
        (entry.status, entry.findings, findings.iter().map(|f| f.waiver.is_some()).collect())
    }

    #[test]
    fn a_comment_holds_for_its_resource_and_for_what_points_to_it() {
        use WaiverStatus::{Applied, Expired, Refused, Unused};
        let kid = format!("{OWN}/KIDS/k");
        for (asked, today, expected) in [
            (commented("a.x", OWN, None), "2026-06-01", (Applied, 1, [true, false, false])),
            (commented("A.OLD", OWN, None), "2026-06-01", (Applied, 1, [true, false, false])),
            (commented("Y-1", &kid, None), "2026-06-01", (Applied, 1, [false, false, true])),
            (commented("a.*", OWN, None), "2026-06-01", (Applied, 2, [true, false, true])),
            (commented("a.*", &kid, None), "2026-06-01", (Applied, 2, [false, true, true])),
            (commented("a.y", &kid, None), "2026-06-01", (Applied, 1, [false, false, true])),
            (commented("a.x", &format!("{OWN}*"), None), "2026-06-01", (Unused, 0, [false; 3])),
            (commented("a.x", "/subscriptions/s", None), "2026-06-01", (Unused, 0, [false; 3])),
            (commented("a.x", OWN, None), "2026-12-31", (Expired, 1, [false; 3])),
            (commented("a.x", OWN, Some("no")), "2026-06-01", (Refused, 1, [false; 3])),
        ] {
            let what = format!("{asked:?} {today}");
            let (status, count, waived) = with_comment(asked, today);
            assert_eq!((status, count, waived.as_slice()), (expected.0, expected.1, expected.2.as_slice()), "{what}");
        }
    }
}
