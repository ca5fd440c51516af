//! What the fake was asked.

use std::collections::BTreeMap;
use std::time::Duration;

use super::behaviour::Limits;

/// What a request carried as a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// The token that the fake takes.
    Expected,
    /// Another one.
    Other,
    /// None.
    Missing,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    /// The method.
    pub(crate) method: String,
    /// The path as sent.
    pub(crate) path: String,
    /// The query as sent, without the question mark.
    pub(crate) query: String,
    /// The headers, names in lower case, without `authorization`.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body, as text.
    pub(crate) body: String,
    /// What it carried as a token.
    pub(crate) bearer: Bearer,
    /// The method, and the path with `{}` for what names one thing: what kind of request it is.
    pub(crate) shape: String,
    /// The RBAC action that it needs.
    pub(crate) action: String,
    /// When it came, after the fake began or was told to forget.
    pub(crate) at: Duration,
    /// The status it was answered with; 0 while there is no answer, or when the connection was closed instead.
    pub(crate) status: u16,
    /// The fault that it met.
    pub(crate) fault: Option<String>,
}

/// The reads of one subscription, or of the tenant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rate {
    /// Requests that came, refused ones included.
    pub(crate) requests: usize,
    /// Those that were answered with 429.
    pub(crate) throttled: usize,
    /// When the first came.
    pub(crate) first: Duration,
    /// When the last came.
    pub(crate) last: Duration,
}

impl Rate {
    /// Requests that were let in, as a share of what the limits would have let in within the time that was used.
    pub(crate) fn share(&self, limits: &Limits) -> f64 {
        let seconds = (self.last.saturating_sub(self.first)).as_secs_f64();
        let allowed = limits.burst + limits.per_second * seconds;
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let used = (self.requests - self.throttled) as f64;
        used / allowed
    }
}

/// Counts over all requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stats {
    /// Requests that came.
    pub(crate) requests: usize,
    /// Status → how many answers had it.
    pub(crate) by_status: BTreeMap<u16, usize>,
    /// 429 that the limits gave, and that faults gave.
    pub(crate) throttled: usize,
    /// Subscription, lower case, or `""` for the tenant → its reads. Resource Graph is `resource graph`, Microsoft Graph
    /// `microsoft graph`.
    pub(crate) by_subscription: BTreeMap<String, Rate>,
    /// Most requests that were open at one time.
    pub(crate) most_open: usize,
    /// Requests other than GET, and POST to Resource Graph, `getByIds` and the token endpoint.
    pub(crate) writes: Vec<String>,
    /// Connections that were opened.
    pub(crate) connections: usize,
}
