//! Azure's limits: a token bucket for each subscription, windows for Resource Graph and Private DNS.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::ask::Ask;
use super::behaviour::Limits;
use super::errors;

/// Which limit a request counts against.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bucket {
    /// The reads of a subscription.
    Subscription(String),
    /// The reads of the tenant.
    Tenant,
    /// The queries of Resource Graph.
    ResourceGraph,
    /// Microsoft Graph, vaults, metadata: not limited here.
    Other,
}

impl Bucket {
    /// The bucket of a request.
    pub(super) fn of(ask: &Ask) -> Self {
        let first = ask.segments.first().map(String::as_str).unwrap_or_default();
        if let Some(subscription) = ask.subscription() {
            return Self::Subscription(subscription);
        }
        if ask.path.eq_ignore_ascii_case("/providers/Microsoft.ResourceGraph/resources") {
            return Self::ResourceGraph;
        }
        if ["subscriptions", "providers", "tenants"].iter().any(|k| k.eq_ignore_ascii_case(first)) {
            return Self::Tenant;
        }
        Self::Other
    }

    /// Its name in [`super::Stats`].
    pub(super) fn name(&self) -> String {
        match self {
            Self::Subscription(id) => id.clone(),
            Self::Tenant => String::new(),
            Self::ResourceGraph => "resource graph".to_owned(),
            Self::Other => "microsoft graph".to_owned(),
        }
    }
}

/// What is left of each limit.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    buckets: BTreeMap<Bucket, (f64, Instant)>,
    graph: VecDeque<Instant>,
    dns: BTreeMap<String, VecDeque<Instant>>,
}

impl Throttle {
    /// Counts a request: the headers that say what is left, or the refusal.
    pub(super) fn take(&mut self, ask: &Ask, limits: &Limits) -> Result<Vec<(String, String)>, Box<Answer>> {
        let bucket = Bucket::of(ask);
        match &bucket {
            Bucket::Other => Ok(Vec::new()),
            Bucket::ResourceGraph => self.query(limits),
            Bucket::Subscription(_) | Bucket::Tenant => {
                if let (Bucket::Subscription(id), true) = (&bucket, is_private_dns(ask)) {
                    let window = self.dns.entry(id.clone()).or_default();
                    if let Some(wait) = slide(window, limits.dns_reads, limits.dns_window) {
                        let seconds = whole_seconds(wait);
                        return Err(Box::new(
                            errors::throttled("Microsoft.Network/privateDnsZones", seconds)
                                .with("retry-after", &seconds.to_string()),
                        ));
                    }
                }
                self.read(&bucket, limits)
            }
        }
    }

    fn read(&mut self, bucket: &Bucket, limits: &Limits) -> Result<Vec<(String, String)>, Box<Answer>> {
        let now = Instant::now();
        let (left, since) = self.buckets.entry(bucket.clone()).or_insert((limits.burst, now));
        *left = (*left + now.duration_since(*since).as_secs_f64() * limits.per_second).min(limits.burst);
        *since = now;
        if *left < 1.0 {
            let seconds = whole_seconds(Duration::from_secs_f64((1.0 - *left) / limits.per_second));
            let what = match bucket {
                Bucket::Subscription(id) => format!("subscription '{id}'"),
                _ => "tenant".to_owned(),
            };
            let answer = errors::throttled(&what, seconds).with("retry-after", &seconds.to_string());
            return Err(Box::new(with_all(answer, &read_headers(bucket, 0.0, limits.burst))));
        }
        *left -= 1.0;
        Ok(read_headers(bucket, *left, limits.burst))
    }

    fn query(&mut self, limits: &Limits) -> Result<Vec<(String, String)>, Box<Answer>> {
        if let Some(wait) = slide(&mut self.graph, limits.graph_queries, limits.graph_window) {
            // Resource Graph gives no Retry-After: what counts is when the quota resets.
            return Err(Box::new(with_all(errors::graph_throttled(), &quota_headers(0, wait))));
        }
        let left = limits.graph_queries - self.graph.len();
        let reset =
            self.graph.front().map_or(limits.graph_window, |first| limits.graph_window.saturating_sub(first.elapsed()));
        Ok(quota_headers(left, reset))
    }
}

/// The headers when nothing is enforced: all is left.
pub(super) fn untouched(ask: &Ask) -> Vec<(String, String)> {
    match Bucket::of(ask) {
        Bucket::Other => Vec::new(),
        Bucket::ResourceGraph => quota_headers(14, Duration::from_secs(5)),
        bucket => read_headers(&bucket, 249.0, 250.0),
    }
}

/// Counts in a sliding window; gives how long to wait when it is full.
fn slide(window: &mut VecDeque<Instant>, most: usize, length: Duration) -> Option<Duration> {
    let now = Instant::now();
    while window.front().is_some_and(|first| now.duration_since(*first) >= length) {
        window.pop_front();
    }
    if window.len() >= most {
        return Some(window.front().map_or(length, |first| length.saturating_sub(now.duration_since(*first))));
    }
    window.push_back(now);
    None
}

fn is_private_dns(ask: &Ask) -> bool {
    ask.path.to_ascii_lowercase().contains("/microsoft.network/privatednszones")
}

/// Rounded up, and 1 at least.
fn whole_seconds(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

fn read_headers(bucket: &Bucket, left: f64, burst: f64) -> Vec<(String, String)> {
    let whole = format!("{:.0}", left.floor());
    let (own, global) = match bucket {
        Bucket::Tenant => ("x-ms-ratelimit-remaining-tenant-reads", "x-ms-ratelimit-remaining-tenant-global-reads"),
        _ => ("x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-subscription-global-reads"),
    };
    // The limit over all principals is 15 times that of one.
    let all = format!("{:.0}", (14.0f64.mul_add(burst, left)).floor());
    vec![(own.to_owned(), whole), (global.to_owned(), all)]
}

fn quota_headers(left: usize, resets: Duration) -> Vec<(String, String)> {
    let seconds = whole_seconds(resets);
    vec![
        ("x-ms-user-quota-remaining".to_owned(), left.to_string()),
        ("x-ms-user-quota-resets-after".to_owned(), format!("00:{:02}:{:02}", seconds / 60, seconds % 60)),
        ("x-ms-ratelimit-remaining-tenant-resource-requests".to_owned(), left.to_string()),
    ]
}

fn with_all(mut answer: Answer, headers: &[(String, String)]) -> Answer {
    for (name, value) in headers {
        answer = answer.with(name, value);
    }
    answer
}
