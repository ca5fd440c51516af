//! How the fake answers: latency, limits, paging, rights and faults. Plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use regex::Regex;

use super::TOKEN;

/// How the fake answers. The default is a quick, tidy Azure that refuses nothing.
#[derive(Debug, Clone)]
pub(crate) struct Behaviour {
    /// Waited before each answer.
    pub(crate) latency: Duration,
    /// Limits that are enforced; `None` enforces none, and the headers say that all is left.
    pub(crate) limits: Option<Limits>,
    /// Whether answers carry `x-ms-ratelimit-remaining-…` and `x-ms-user-quota-…`.
    pub(crate) rate_headers: bool,
    /// Most items on a page of a list; `/resources` and `/subscriptions` have 1000 all the same, unless this is less.
    pub(crate) page_size: usize,
    /// Page sizes of some lists: a part of the shape of the request, and the size. The first that fits counts.
    pub(crate) page_sizes: Vec<(String, usize)>,
    /// Whether some pages are empty and have a `nextLink`, and the last `nextLink` is `null` or `""` at times.
    pub(crate) untidy_pages: bool,
    /// Whether a `nextLink` is a path without the host.
    pub(crate) relative_links: bool,
    /// Whether answers are compressed for who accepts gzip.
    pub(crate) gzip: bool,
    /// The `Date` header of every answer.
    pub(crate) date: String,
    /// The token that is taken.
    pub(crate) token: String,
    /// Lower-case type → its api-versions; other types take any.
    pub(crate) api_versions: BTreeMap<String, Vec<String>>,
    /// RBAC actions that the caller has, with `*`; `None` is all.
    pub(crate) granted: Option<Vec<String>>,
    /// Subscriptions that the caller cannot see: not listed, nothing below readable, silently left out by Resource Graph.
    pub(crate) hidden: BTreeSet<String>,
    /// Namespaces that are not registered: subscription or `*`, and namespace.
    pub(crate) unregistered: BTreeSet<(String, String)>,
    /// Faults; the first that fits a request and is not used up counts.
    pub(crate) faults: Vec<Fault>,
    /// Whether requests are kept with their headers. Counts are kept always.
    pub(crate) record: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            latency: Duration::ZERO,
            limits: None,
            rate_headers: true,
            page_size: 100,
            page_sizes: Vec::new(),
            untidy_pages: false,
            relative_links: false,
            gzip: false,
            date: "Sun, 01 Nov 2026 02:00:00 GMT".to_owned(),
            token: TOKEN.to_owned(),
            api_versions: BTreeMap::new(),
            granted: None,
            hidden: BTreeSet::new(),
            unregistered: BTreeSet::new(),
            faults: Vec::new(),
            record: true,
        }
    }
}

impl Behaviour {
    /// Tiny, untidy pages.
    pub(crate) fn untidy() -> Self {
        Self { page_size: 3, untidy_pages: true, ..Self::default() }
    }

    /// Azure as it is: its limits enforced, the latency given.
    pub(crate) fn azure(latency: Duration) -> Self {
        Self { latency, limits: Some(Limits::default()), ..Self::default() }
    }

    /// With the gaps of a snapshot as faults: what could not be read then cannot be read now. Gaps within a body that
    /// was read, redacted or unsupported properties, are left out.
    #[must_use]
    pub(crate) fn with_gaps_of(mut self, file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for line in text.lines().filter(|line| line.starts_with("{\"gap\"")) {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of a snapshot is JSON");
            let gap = |name: &str| line["gap"][name].as_str().unwrap_or_default();
            let kind = match gap("reason") {
                "denied" => Kind::Forbidden,
                "throttled" => Kind::Throttled(None),
                "timeout" => Kind::Timeout,
                "malformed" => Kind::CutJson,
                _ => continue,
            };
            let below = gap("read").strip_prefix("children.").map(|child| format!("/{child}")).unwrap_or_default();
            self = self.with(Fault::on(&format!("^GET {}{below}(\\?|$)", regex::escape(gap("about"))), kind));
        }
        self
    }

    /// With one more fault.
    #[must_use]
    pub(crate) fn with(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }
}

/// Limits that the fake enforces. The default is what Azure documents.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Reads at once, per subscription and for the tenant.
    pub(crate) burst: f64,
    /// Reads per second, per subscription and for the tenant.
    pub(crate) per_second: f64,
    /// Resource Graph queries in a window.
    pub(crate) graph_queries: usize,
    /// The window of Resource Graph.
    pub(crate) graph_window: Duration,
    /// Private DNS reads in a window, per subscription.
    pub(crate) dns_reads: usize,
    /// The window of Private DNS.
    pub(crate) dns_window: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            burst: 250.0,
            per_second: 25.0,
            graph_queries: 15,
            graph_window: Duration::from_secs(5),
            dns_reads: 500,
            dns_window: Duration::from_mins(5),
        }
    }
}

/// Something that goes wrong with the requests it fits.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(super) fits: Fits,
    pub(super) kind: Kind,
    pub(super) times: Times,
}

#[derive(Debug, Clone)]
pub(super) enum Fits {
    Line(Regex),
    Shape(String),
    Action(String),
}

impl Fault {
    /// For requests whose `METHOD /path?query`, of a POST with a blank and the body after it, fits the regular expression;
    /// case does not matter.
    pub(crate) fn on(pattern: &str, kind: Kind) -> Self {
        let regex = Regex::new(&format!("(?i){pattern}")).expect("a regular expression");
        Self { fits: Fits::Line(regex), kind, times: Times::Forever }
    }

    /// For requests of a shape, as [`super::Recorded::shape`] gives it.
    pub(crate) fn shape(shape: &str, kind: Kind) -> Self {
        Self { fits: Fits::Shape(shape.to_owned()), kind, times: Times::Forever }
    }

    /// For requests that need an RBAC action; `*` stands for anything.
    pub(crate) fn action(action: &str, kind: Kind) -> Self {
        Self { fits: Fits::Action(action.to_owned()), kind, times: Times::Forever }
    }

    /// How often it happens; for ever, if not said.
    #[must_use]
    pub(crate) fn times(mut self, times: Times) -> Self {
        self.times = times;
        self
    }
}

/// How often a fault happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    /// The first time that it fits.
    Once,
    /// The first time for each method, path and query.
    OnceEach,
    /// The first so many times.
    First(usize),
    /// Whenever it fits.
    Forever,
}

/// What goes wrong. Kinds that change an answer leave answers alone that they cannot apply to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 401, the token has expired.
    Unauthorized,
    /// 401 with a claims challenge, base64 of the claims.
    Claims(String),
    /// 403 `AuthorizationFailed` with the action and the scope.
    Forbidden,
    /// 404 `ResourceNotFound`.
    NotFound,
    /// 409, another operation is in progress.
    Conflict,
    /// 409 `MissingSubscriptionRegistration`.
    Unregistered,
    /// 400 `NoRegisteredProviderFound`, with the api-versions that there are.
    ApiVersion(Vec<String>),
    /// 429, with the `Retry-After` header as given.
    Throttled(Option<String>),
    /// 500 `InternalServerError`.
    ServerError,
    /// 503 `ServerBusy`, with the `Retry-After` header as given.
    Unavailable(Option<String>),
    /// No answer, ever.
    Timeout,
    /// The connection is reset before an answer.
    Reset,
    /// The body ends before its length is reached, and the connection with it.
    Truncated,
    /// The body is whole by its length, but the JSON is not.
    CutJson,
    /// 200 with another type of body.
    Wrong(Wrong),
    /// The list has half of its items, and a `nextLink` to another origin (`http://127.0.0.1:1234`).
    ForeignLink(String),
    /// The `nextLink` leads to the same page, for ever.
    LinkLoop,
    /// 302 to another origin.
    Redirect(String),
    /// A compressed body that is so many bytes when it is not.
    GzipBomb(usize),
    /// A body of so many bytes of JSON that is not compressed.
    Huge(usize),
    /// 403 with the token in the message.
    EchoToken,
    /// The body comes one byte at a time, with a pause after each.
    Drip(Duration),
    /// A list without `value` or `data`; another answer is `{}`.
    MissingValue,
    /// Resource Graph: `totalRecords` says one more than there is. A list: nothing.
    WrongCount,
    /// Resource Graph: half of the page, `resultTruncated` is `"true"`, no `$skipToken`. A list: nothing.
    NoSkipToken,
    /// The true answer with another status.
    Status(u16),
    /// This status with this body, `application/json`.
    Body(u16, String),
}

/// The wrong type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// `value` or `data` is an object; another answer is `[]`.
    Object,
    /// The body is a JSON string.
    Text,
    /// The body is an HTML page.
    Html,
    /// The body is `null`.
    Null,
    /// There is no body.
    Empty,
    /// The items are numbers, texts and `null`; another answer has `properties` that are a text.
    Items,
}

impl Wrong {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [Self::Object, Self::Text, Self::Html, Self::Null, Self::Empty, Self::Items];
}
