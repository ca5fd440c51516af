//! Which buckets of Azure a request counts against, and what the answers' headers say about them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::Semaphore;

use super::Plane;
use super::limits::Limits;
use super::pace::{Limiter, Pace, Permit};

/// The bucket of a subscription, the tenant, a vault or a service, and the seats of those who may ask it at a time.
#[derive(Debug)]
pub(super) struct Lane {
    /// The bucket.
    pub(super) limiter: Arc<Limiter>,
    /// The seats.
    pub(super) seats: Arc<Semaphore>,
}

/// What one request counts against.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// For budgets: the subscription, vault or service.
    pub(super) name: String,
    /// Subscription, tenant, vault or service.
    pub(super) lane: Arc<Lane>,
    /// The resource provider within the subscription or tenant, which has limits of its own.
    pub(super) service: Option<Arc<Limiter>>,
}

/// All buckets that were needed so far.
#[derive(Debug)]
pub(super) struct Lanes {
    limits: Limits,
    lanes: Mutex<BTreeMap<String, Arc<Lane>>>,
    services: Mutex<BTreeMap<(String, String), Arc<Limiter>>>,
}

impl Lanes {
    /// No buckets yet.
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), lanes: Mutex::default(), services: Mutex::default() }
    }

    /// What a GET counts against.
    pub(super) fn way(&self, plane: &Plane, subscription: Option<&str>, path: &str) -> Way {
        let limits = &self.limits;
        match plane {
            Plane::Graph => Way { service: None, ..self.plain("microsoft graph", Pace::Rate(limits.graph)) },
            Plane::Vault(origin) => Way { service: None, ..self.plain(&origin.to_string(), Pace::Rate(limits.vault)) },
            Plane::Arm => {
                let path = path.to_ascii_lowercase();
                let subscription = subscription.map(str::to_ascii_lowercase).or_else(|| subscription_of(&path));
                let (name, rate) = match subscription {
                    Some(id) => (format!("subscription {id}"), limits.subscription),
                    None => ("tenant".to_owned(), limits.tenant),
                };
                let (service, pace) = match service_of(&path) {
                    // Their numbers are of a subscription; what is above subscriptions has none of its own.
                    (service, true) => (service, Pace::Window(limits.private_dns)),
                    (service, false) if service == "microsoft.network" => (service, Pace::Window(limits.network)),
                    // As fast as the subscription: it slows only when headers or refusals say so.
                    (service, false) => (service, Pace::Rate(rate)),
                };
                let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
                let limiter =
                    services.entry((name.clone(), service)).or_insert_with(|| Limiter::new(pace, limits.share)).clone();
                drop(services);
                Way { service: Some(limiter), ..self.plain(&name, Pace::Rate(rate)) }
            }
        }
    }

    /// What a Resource Graph query counts against: its limit is of the principal alone.
    pub(super) fn resource_graph(&self) -> Way {
        self.plain("resource graph", Pace::Window(self.limits.resource_graph))
    }

    fn plain(&self, name: &str, pace: Pace) -> Way {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lanes.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Lane {
                limiter: Limiter::new(pace, self.limits.share),
                seats: Arc::new(Semaphore::new(self.limits.concurrency_per_subscription)),
            })
        });
        Way { name: name.to_owned(), lane: Arc::clone(lane), service: None }
    }
}

/// The subscription that a lower-case path is below.
fn subscription_of(path: &str) -> Option<String> {
    let rest = path.strip_prefix("/subscriptions/")?;
    rest.split(['/', '?']).next().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// The provider that answers a lower-case path, the innermost, and whether it is private DNS.
fn service_of(path: &str) -> (String, bool) {
    let path = path.split('?').next().unwrap_or_default();
    let Some((_, rest)) = path.rsplit_once("/providers/") else { return ("microsoft.resources".to_owned(), false) };
    let mut words = rest.split('/');
    let namespace = words.next().unwrap_or_default();
    let dns = namespace == "microsoft.network" && words.next().is_some_and(|t| t == "privatednszones");
    (if dns { "private dns".to_owned() } else { namespace.to_owned() }, dns)
}

/// Reads the headers that say how many requests are left, and tells the buckets.
pub(super) fn tell(headers: &HeaderMap, lane: &Permit, service: Option<&Permit>) {
    let mut scope: Option<u32> = None;
    let mut provider: Option<u32> = None;
    let least = |now: Option<u32>, new: u32| Some(now.map_or(new, |n| n.min(new)));
    for (name, value) in headers {
        let Some(what) = name.as_str().strip_prefix("x-ms-ratelimit-remaining-") else { continue };
        let Ok(value) = value.to_str() else { continue };
        match what {
            "subscription-reads" | "subscription-global-reads" | "tenant-reads" | "tenant-global-reads" => {
                if let Ok(left) = value.trim().parse() {
                    scope = least(scope, left);
                }
            }
            // Compute lists several: Microsoft.Compute/HighCostGet;159,Microsoft.Compute/LowCostGet;1000
            "resource" => {
                for left in value.split(',').filter_map(|part| part.rsplit(';').next()?.trim().parse().ok()) {
                    provider = least(provider, left);
                }
            }
            // Nothing of ours writes or deletes.
            _ if what.ends_with("writes") || what.ends_with("deletes") => {}
            _ => {
                if let Ok(left) = value.trim().parse() {
                    provider = least(provider, left);
                }
            }
        }
    }
    let quota = headers.get("x-ms-user-quota-remaining").and_then(|v| v.to_str().ok()?.trim().parse().ok());
    let resets = headers.get("x-ms-user-quota-resets-after").and_then(|v| clock_of(v.to_str().ok()?));
    match service {
        Some(service) => {
            lane.answered(scope, None);
            service.answered(provider.or(quota), resets);
        }
        // The bucket is the service's own.
        None => lane.answered(quota.or(provider).or(scope), resets),
    }
}

/// `hh:mm:ss`, with parts of a second or without.
fn clock_of(text: &str) -> Option<Duration> {
    let mut seconds = 0.0;
    let mut parts = 0;
    for part in text.trim().split(':') {
        let number: f64 = part.parse().ok().filter(|n: &f64| n.is_finite() && (0.0..1e6).contains(n))?;
        seconds = seconds * 60.0 + number;
        parts += 1;
    }
    (parts == 3).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_subscription_and_provider() {
        for (path, subscription, service, dns) in [
            ("/subscriptions/s?x", Some("s"), "microsoft.resources", false),
            (
                "/subscriptions/s/resourcegroups/g/providers/a.b/c/d/providers/microsoft.insights/e",
                Some("s"),
                "microsoft.insights",
                false,
            ),
            (
                "/subscriptions/s/providers/microsoft.network/virtualnetworks?api-version=1",
                Some("s"),
                "microsoft.network",
                false,
            ),
            (
                "/subscriptions/s/resourcegroups/g/providers/microsoft.network/privatednszones/z/virtualnetworklinks",
                Some("s"),
                "private dns",
                true,
            ),
            ("/providers/microsoft.management/managementgroups/m", None, "microsoft.management", false),
        ] {
            assert_eq!(subscription_of(path).as_deref(), subscription, "{path}");
            assert_eq!(service_of(path), (service.to_owned(), dns), "{path}");
        }
    }

    #[test]
    fn clocks_are_hours_minutes_and_seconds() {
        assert_eq!(clock_of("00:00:05"), Some(Duration::from_secs(5)));
        assert_eq!(clock_of("01:01:01.5"), Some(Duration::from_millis(3_661_500)));
        for bad in ["", "5", "00:05", "a:b:c", "-1:00:00", "inf:00:00", "1e9:00:00"] {
            assert_eq!(clock_of(bad), None, "{bad}");
        }
    }

    #[tokio::test]
    async fn one_bucket_for_each_subscription_and_provider() {
        let lanes = Lanes::new(&Limits::default());
        let way = |path: &str| lanes.way(&Plane::Arm, None, path);
        let (a, b) = (way("/subscriptions/S/providers/A.B/c"), way("/subscriptions/s/providers/a.b/d/e"));
        assert!(Arc::ptr_eq(&a.lane, &b.lane));
        assert!(Arc::ptr_eq(a.service.as_ref().unwrap(), b.service.as_ref().unwrap()));
        let c = way("/subscriptions/t/providers/A.B/c");
        assert!(!Arc::ptr_eq(&a.lane, &c.lane));
        assert!(!Arc::ptr_eq(a.service.as_ref().unwrap(), c.service.as_ref().unwrap()));
    }

    #[tokio::test(start_paused = true)]
    async fn every_header_reaches_its_bucket() {
        let left = |pairs: &'static [(&'static str, &'static str)]| async move {
            let lanes = Lanes::new(&Limits { share: 1.0, ..Limits::default() });
            let way = lanes.way(&Plane::Arm, None, "/subscriptions/s/providers/a.b/c");
            let (lane, service) = (&way.lane.limiter, way.service.as_ref().unwrap());
            let permits = (lane.acquire(|_| ()).await.unwrap(), service.acquire(|_| ()).await.unwrap());
            let headers = pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
            tell(&headers, &permits.0, Some(&permits.1));
            drop(permits);
            let mut counts = [0, 0];
            for (count, limiter) in counts.iter_mut().zip([lane, service]) {
                let mut held = Vec::new();
                while let Ok(Ok(permit)) = tokio::time::timeout(Duration::from_millis(1), limiter.acquire(|_| ())).await
                {
                    held.push(permit);
                    *count += 1;
                }
            }
            counts
        };
        assert_eq!(left(&[]).await, [249, 249]);
        assert_eq!(left(&[("x-ms-ratelimit-remaining-subscription-reads", "20")]).await, [20, 249]);
        assert_eq!(
            left(&[
                ("x-ms-ratelimit-remaining-subscription-reads", "200"),
                ("x-ms-ratelimit-remaining-subscription-global-reads", "30"),
                ("x-ms-ratelimit-remaining-subscription-writes", "1"),
            ])
            .await,
            [30, 249]
        );
        assert_eq!(
            left(&[("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/A;159,Microsoft.Compute/B;40")]).await,
            [249, 40]
        );
        assert_eq!(left(&[("x-ms-ratelimit-remaining-subscription-resource-requests", "50")]).await, [249, 50]);
        assert_eq!(left(&[("x-ms-ratelimit-remaining-subscription-reads", "many")]).await, [249, 249]);
    }
}
