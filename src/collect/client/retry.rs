//! When a request is sent again: what `Retry-After` says, back-off with jitter, and the budget of each family.
//! Pure but for the budgets' memory; reads no clock of the day.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use tokio::time::Instant;
use uuid::Uuid;

use crate::model::GapReason;

use super::limits::Limits;

/// How long the server wants to be left alone: milliseconds, seconds, or a date, which is measured against the
/// answer's own `Date`, so that a wrong clock on this side does no harm.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name).and_then(|t| t.parse::<u64>().ok());
    if let Some(milliseconds) = number("retry-after-ms").or_else(|| number("x-ms-retry-after-ms")) {
        return Some(Duration::from_millis(milliseconds));
    }
    let value = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    let now = DateTime::parse_from_rfc2822(text(DATE.as_str())?).ok()?;
    Some((until - now).to_std().unwrap_or_default())
}

/// How long to wait before the next try.
///
/// `tries` counts those that were made, `named` is what the server asked for. A 429 without a time waits five seconds,
/// doubling; everything else a random part of a doubling back-off, so that many clients do not come back together.
pub(super) fn wait(limits: &Limits, tries: u32, throttled: bool, named: Option<Duration>) -> Duration {
    let doubled = |first: Duration| {
        first
            .checked_mul(1u32 << tries.saturating_sub(1).min(20))
            .unwrap_or(limits.longest_wait)
            .min(limits.longest_wait)
    };
    match named {
        Some(named) if !named.is_zero() => named,
        None if throttled => doubled(limits.throttle_wait),
        _ => doubled(limits.backoff).mul_f64(chance()),
    }
}

/// A random number from 0 to below 1.
fn chance() -> f64 {
    // The low 52 bits of a version 4 UUID are all random.
    let bits = (Uuid::new_v4().as_u128() & ((1 << 52) - 1)) as u64;
    bits as f64 / (1u64 << 52) as f64
}

/// How much of what a family has lost an answer brings back.
const BROUGHT_BACK: Duration = Duration::from_secs(1);

/// What each family of reads has lost to refusals, errors and time-outs since it last went well.
///
/// A family that has lost its budget is shut: one request at a time finds out whether it is well again, and all others
/// are not sent. A server that never answers would otherwise cost a time-out for each of thousands of reads.
#[derive(Debug)]
pub(super) struct Budgets {
    total: Duration,
    spent: Mutex<BTreeMap<String, Spent>>,
}

#[derive(Debug, Default)]
struct Spent {
    lost: Duration,
    until: Option<Instant>,
    shut: Option<GapReason>,
    probing: bool,
}

/// The right to send one request of a family.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    budgets: &'a Budgets,
    probe_of: Option<String>,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some(family) = &self.probe_of {
            self.budgets.with(family, |spent| spent.probing = false);
        }
    }
}

impl Budgets {
    /// The same budget for every family.
    pub(super) fn new(total: Duration) -> Self {
        Self { total, spent: Mutex::new(BTreeMap::new()) }
    }

    fn with<T>(&self, family: &str, change: impl FnOnce(&mut Spent) -> T) -> T {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if !spent.contains_key(family) {
            spent.insert(family.to_owned(), Spent::default());
        }
        change(spent.get_mut(family).expect("it was there or was inserted above"))
    }

    /// The right to send a request.
    ///
    /// # Errors
    /// Why the family is shut.
    pub(super) fn enter(&self, family: &str) -> Result<Pass<'_>, GapReason> {
        let probe = self.with(family, |spent| match spent.shut {
            None => Ok(false),
            Some(reason) if spent.probing => Err(reason),
            Some(_) => {
                spent.probing = true;
                Ok(true)
            }
        })?;
        Ok(Pass { budgets: self, probe_of: probe.then(|| family.to_owned()) })
    }

    /// Why requests of a family are not sent now, if so: no turn need be waited for.
    pub(super) fn shut(&self, family: &str) -> Option<GapReason> {
        self.with(family, |spent| spent.shut.filter(|_| spent.probing))
    }

    /// The server answered, whatever it said: the family is well.
    pub(super) fn well(&self, family: &str) {
        let half = self.total / 2;
        self.with(family, |spent| {
            spent.lost = spent.lost.saturating_sub(BROUGHT_BACK);
            if spent.shut.take().is_some() {
                spent.lost = spent.lost.min(half);
            }
        });
    }

    /// Takes what was lost until now, and what is to be waited until another time. False when so much is not left; the
    /// wait is not taken then. Stretches of several requests that overlap count once.
    pub(super) fn take(&self, family: &str, from: Instant, now: Instant, until: Instant, why: GapReason) -> bool {
        self.with(family, |spent| {
            let after = |time: Instant| spent.until.map_or(time, |until| until.max(time));
            let lost = spent.lost.saturating_add(now.saturating_duration_since(after(from)));
            let all = spent.lost.saturating_add(until.saturating_duration_since(after(from)));
            let enough = all <= self.total;
            let end = if enough { until } else { now };
            spent.until = Some(after(end));
            spent.lost = if enough { all } else { lost };
            // One answer that names a long wait is no reason to give up the others.
            if !enough && spent.lost >= self.total.mul_f64(0.75) {
                spent.shut = Some(why);
            }
            enough
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let after = |pairs: &[(&'static str, &str)]| retry_after(&headers(pairs)).map(|d| d.as_millis());
        assert_eq!(after(&[("retry-after", "17")]), Some(17_000));
        assert_eq!(after(&[("retry-after", " 0 ")]), Some(0));
        assert_eq!(after(&[("retry-after-ms", "250"), ("retry-after", "9")]), Some(250));
        let date = ("date", "Tue, 08 Oct 2019 05:57:06 GMT");
        assert_eq!(after(&[("retry-after", "Tue, 08 Oct 2019 05:58:06 GMT"), date]), Some(60_000));
        assert_eq!(after(&[("retry-after", "Tue, 08 Oct 2019 05:00:00 GMT"), date]), Some(0));
        for nothing in ["Tue, 08 Oct 2019 05:58:06 GMT", "-1", "soon", "", "99999999999999999999999"] {
            assert_eq!(after(&[("retry-after", nothing)]), None, "{nothing}");
        }
        assert_eq!(after(&[]), None);
    }

    #[test]
    fn waits_double_and_are_bounded() {
        let limits = Limits::default();
        let throttled = |tries| wait(&limits, tries, true, None).as_secs();
        assert_eq!([1, 2, 3, 4, 5, 99].map(throttled), [5, 10, 20, 40, 60, 60]);
        assert_eq!(wait(&limits, 1, true, Some(Duration::from_secs(170))).as_secs(), 170);
        for tries in [1, 2, 3, 50] {
            let most = Duration::from_secs(1 << (tries - 1).min(6)).min(limits.longest_wait);
            let waits: Vec<Duration> = (0..200).map(|_| wait(&limits, tries, false, None)).collect();
            assert!(waits.iter().all(|w| *w <= most));
            assert!(waits.iter().any(|w| *w > most.mul_f64(0.8)) && waits.iter().any(|w| *w < most.mul_f64(0.2)));
        }
        // "At once" is not followed by a hundred requests a second.
        assert!(wait(&limits, 1, true, Some(Duration::ZERO)) <= Duration::from_secs(1));
    }

    const WHY: GapReason = GapReason::Timeout;

    #[tokio::test(start_paused = true)]
    async fn waiting_together_is_counted_once() {
        let budgets = Budgets::new(Duration::from_secs(100));
        let start = Instant::now();
        let at = |s| start + Duration::from_secs(s);
        for _ in 0..50 {
            assert!(budgets.take("a", at(0), at(0), at(60), WHY));
        }
        assert!(budgets.take("a", at(50), at(50), at(90), WHY));
        assert!(!budgets.take("a", at(80), at(80), at(101), WHY));
        assert!(budgets.take("a", at(80), at(80), at(100), WHY));
        assert!(budgets.take("b", at(0), at(0), at(100), WHY));
    }

    #[tokio::test(start_paused = true)]
    async fn a_spent_family_is_tried_by_one_request_at_a_time() {
        let budgets = Budgets::new(Duration::from_secs(100));
        let start = Instant::now();
        let at = |s| start + Duration::from_secs(s);
        // A wait that is too long is refused, and the family goes on.
        assert!(!budgets.take("a", at(0), at(1), at(500), WHY));
        assert!(budgets.enter("a").is_ok() && budgets.enter("a").is_ok());
        // So much that was really lost shuts it.
        assert!(!budgets.take("a", at(1), at(99), at(105), WHY));
        let probe = budgets.enter("a").unwrap();
        assert_eq!(budgets.enter("a").unwrap_err(), WHY);
        drop(probe);
        let probe = budgets.enter("a").unwrap();
        budgets.well("a");
        drop(probe);
        let _both = (budgets.enter("a").unwrap(), budgets.enter("a").unwrap());
        assert!(budgets.take("a", at(110), at(110), at(150), WHY), "half of the budget is back");
    }

    #[tokio::test(start_paused = true)]
    async fn answers_bring_the_budget_back() {
        let budgets = Budgets::new(Duration::from_secs(100));
        let start = Instant::now();
        for second in 0..1000 {
            let at = start + Duration::from_secs(second);
            assert!(budgets.take("a", at, at, at + Duration::from_millis(900), WHY));
            budgets.well("a");
        }
    }
}
