//! Waivers: which are refused, which count, which lie over what.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{Finding, PolicyMeta, Verdict, Waiver, WaiverEntry, WaiverStatus, matches_pattern};

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
        let days = (waiver.expires_on - waiver.approved_on).num_days();
        if days <= 0 {
            errors.push(WaiverError::Backwards {
                id: id.clone(),
                approved: waiver.approved_on,
                expires: waiver.expires_on,
            });
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
        let in_force = waiver.approved_on <= today && today < waiver.expires_on;
        let mut matched = 0;
        // Findings are sorted by policy.
        let from = findings.partition_point(|f| f.policy.as_str() < policy);
        for finding in findings[from..].iter_mut().take_while(|f| f.policy.as_str() == policy) {
            if finding.verdict != Verdict::Fail || !covers(&waiver, finding.resource.as_str()) {
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
            (true, 0) => WaiverStatus::Unused,
            (true, _) => WaiverStatus::Applied,
            (false, _) if today < waiver.approved_on => WaiverStatus::NotYetValid,
            (false, _) => WaiverStatus::Expired,
        };
        entries.push(WaiverEntry { waiver, status, findings: matched });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finding, meta};
    use crate::model::Severity;

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
            approved_on: day("2026-01-01"),
            expires_on: day("2026-12-31"),
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
            (|w| w.expires_on = w.approved_on, "not after its approval"),
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
}
