//! Which api-version to ask for when the server does not know the one that was asked for. Pure but for its memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The api-version to try next: of those that the server lists, the first of the fallbacks, else the newest stable one
/// that is not newer than the one asked for. None when nothing is left that was not tried.
pub(super) fn choose(asked: &str, fallbacks: &[String], listed: &[String], tried: &[String]) -> Option<String> {
    let is_open = |version: &&String| !tried.contains(version);
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let fallback = fallbacks.iter().find(|f| is_open(f) && listed.iter().any(|l| same(l, f)));
    // A stable version is a date and nothing more; dates compare as text.
    let stable = || listed.iter().filter(|l| l.len() == 10 && l.as_str() <= asked && is_open(l)).max();
    fallback.or_else(stable).cloned()
}

/// The api-versions that answered in the place of others, so that a family fails once and not at every read.
#[derive(Debug, Default)]
pub(super) struct Learned(Mutex<BTreeMap<(String, String), String>>);

impl Learned {
    /// The version to begin with.
    pub(super) fn first(&self, family: &str, asked: &str) -> String {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(family.to_ascii_lowercase(), asked.to_owned())).map_or_else(|| asked.to_owned(), Clone::clone)
    }

    /// Keeps the version that answered.
    pub(super) fn keep(&self, family: &str, asked: &str, answered: &str) {
        if asked != answered {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert((family.to_ascii_lowercase(), asked.to_owned()), answered.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|t| (*t).to_owned()).collect()
    }

    fn chosen(asked: &str, fallbacks: &[&str], listed: &[&str], tried: &[&str]) -> Option<String> {
        choose(asked, &texts(fallbacks), &texts(listed), &texts(tried))
    }

    #[test]
    fn fallbacks_come_first_and_in_their_order() {
        let listed = ["2023-01-01", "2022-01-01", "2022-06-01-preview"];
        let fallbacks = ["2024-01-01", "2022-06-01-preview", "2022-01-01"];
        assert_eq!(chosen("2024-08-01", &fallbacks, &listed, &[]).as_deref(), Some("2022-06-01-preview"));
        assert_eq!(chosen("2024-08-01", &fallbacks, &listed, &["2022-06-01-preview"]).as_deref(), Some("2022-01-01"));
    }

    #[test]
    fn else_the_newest_stable_that_is_not_newer() {
        let listed = ["2025-01-01", "2023-01-01", "2024-01-01-preview", "2021-01-01"];
        assert_eq!(chosen("2024-08-01", &[], &listed, &[]).as_deref(), Some("2023-01-01"));
        assert_eq!(chosen("2024-08-01", &[], &listed, &["2023-01-01"]).as_deref(), Some("2021-01-01"));
        assert_eq!(chosen("2020-01-01", &[], &listed, &[]), None);
        assert_eq!(chosen("2020-01-01", &["2019-01-01"], &[], &[]), None);
    }

    #[test]
    fn what_answered_is_remembered_for_the_family() {
        let learned = Learned::default();
        learned.keep("Microsoft.A/b", "2024-01-01", "2023-01-01");
        assert_eq!(learned.first("microsoft.a/B", "2024-01-01"), "2023-01-01");
        assert_eq!(learned.first("microsoft.a/B", "2024-02-01"), "2024-02-01");
        assert_eq!(learned.first("microsoft.a/c", "2024-01-01"), "2024-01-01");
    }
}
