//! What Azure allows, and what the client allows itself. Plain data; the defaults are Azure's own limits.

use std::time::Duration;

use super::ClientError;

/// A bucket of requests that is refilled all the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// How many requests a full bucket holds.
    pub burst: f64,
    /// How many requests come back each second.
    pub per_second: f64,
}

/// So many requests in any stretch of time of a length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// How many requests.
    pub calls: u32,
    /// The length, in seconds.
    pub seconds: f64,
}

/// All limits of a [`Client`](super::Client). The rates are what Azure allows; the client uses `share` of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Reads of one subscription by one principal.
    pub subscription: Rate,
    /// Reads outside subscriptions by one principal.
    pub tenant: Rate,
    /// Microsoft Graph. Its limits depend on the tenant's size; this is far below the smallest.
    pub graph: Rate,
    /// One key vault. The vault's users share its limit, so this is a small part of it.
    pub vault: Rate,
    /// Reads of private DNS zones and what lies below them, of one subscription.
    pub private_dns: Window,
    /// Reads of `Microsoft.Network`, of one subscription.
    pub network: Window,
    /// Resource Graph queries of one principal.
    pub resource_graph: Window,
    /// The share of each rate that is used, above 0 and at most 1.
    pub share: f64,
    /// How many requests of one subscription (or vault, or service without subscriptions) are under way at a time.
    pub concurrency_per_subscription: usize,
    /// How many requests are under way at a time in all.
    pub concurrency: usize,
    /// How long one family of reads in one subscription may be held up by refusals, errors and time-outs with few good
    /// answers in between. The pace that the rates set does not count. When it is spent, one request at a time is sent
    /// until there is an answer again, and the others are not.
    pub budget: Duration,
    /// How often one request is sent at most.
    pub tries: u32,
    /// How long one request may take, with its body.
    pub request_timeout: Duration,
    /// How long a connection may take to open.
    pub connect_timeout: Duration,
    /// The first back-off after an error; it doubles with each try, and a random part of it is waited.
    pub backoff: Duration,
    /// The first wait after a 429 that names no time; it doubles with each try.
    pub throttle_wait: Duration,
    /// The longest back-off. What `Retry-After` names is bounded by the budget alone.
    pub longest_wait: Duration,
    /// The largest body, in bytes after decompression.
    pub max_body: usize,
    /// The most pages of one list.
    pub max_pages: usize,
    /// The most bytes of all pages of one list.
    pub max_list: usize,
}

impl Default for Limits {
    /// The numbers of "Understand how Azure Resource Manager throttles requests", of the Resource Graph throttling
    /// guidance, and of the network and private DNS providers.
    fn default() -> Self {
        Self {
            subscription: Rate { burst: 250.0, per_second: 25.0 },
            tenant: Rate { burst: 250.0, per_second: 25.0 },
            graph: Rate { burst: 20.0, per_second: 10.0 },
            vault: Rate { burst: 50.0, per_second: 20.0 },
            private_dns: Window { calls: 500, seconds: 300.0 },
            network: Window { calls: 10_000, seconds: 300.0 },
            resource_graph: Window { calls: 15, seconds: 5.0 },
            share: 0.97,
            concurrency_per_subscription: 16,
            concurrency: 128,
            budget: Duration::from_secs(300),
            tries: 7,
            request_timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            backoff: Duration::from_secs(1),
            throttle_wait: Duration::from_secs(5),
            longest_wait: Duration::from_secs(60),
            max_body: 64 << 20,
            max_pages: 10_000,
            max_list: 512 << 20,
        }
    }
}

/// The most bytes of an answer that is an error; the rest is not read.
pub(super) const MAX_ERROR_BODY: usize = 1 << 20;
/// The longest link to a next page, in bytes.
pub(super) const MAX_LINK: usize = 16 << 10;
/// The longest message of a server that is kept, in characters.
pub(super) const MAX_MESSAGE: usize = 300;
/// Resource Graph: rows of one page.
pub(super) const GRAPH_PAGE: usize = 1000;
/// Resource Graph: subscriptions of one query; groups of this size are what its documentation advises.
pub(super) const GRAPH_SUBSCRIPTIONS: usize = 300;
/// Resource Graph: management groups of one query.
pub(super) const GRAPH_MANAGEMENT_GROUPS: usize = 10;
/// Microsoft Graph: ids of one `getByIds`.
pub(super) const GRAPH_IDS: usize = 1000;

impl Limits {
    /// Whether every number can be worked with.
    ///
    /// # Errors
    /// [`ClientError::Limit`] with the name of the limit that is zero, negative or no number.
    pub(super) fn check(&self) -> Result<(), ClientError> {
        let rates = [self.subscription, self.tenant, self.graph, self.vault];
        let windows = [self.private_dns, self.network, self.resource_graph];
        let is_good = |number: f64| number.is_finite() && number > 0.0;
        for (good, name, more) in [
            (rates.iter().all(|r| is_good(r.burst) && is_good(r.per_second)), "of a rate", ""),
            (windows.iter().all(|w| w.calls > 0 && is_good(w.seconds)), "of a window", ""),
            (is_good(self.share) && self.share <= 1.0, "share", " and at most one"),
            (self.concurrency_per_subscription > 0 && self.concurrency > 0, "concurrency", ""),
            (self.tries > 0, "tries", ""),
            (!self.request_timeout.is_zero() && !self.connect_timeout.is_zero(), "time-out", ""),
            (self.max_body > 0 && self.max_pages > 0 && self.max_list > 0, "of sizes", ""),
        ] {
            if !good {
                return Err(ClientError::Limit(name, more));
            }
        }
        Ok(())
    }
}
