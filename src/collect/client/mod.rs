//! The HTTP client: reads from Azure Resource Manager, Resource Graph, key vaults and Microsoft Graph. Takes calls and
//! gives answers or faults; paces itself by Azure's limits, tries again where that helps, and sends a token only to
//! the configured origins. Knows no policy, no plan and no snapshot.

mod fault;
mod graph;
mod lanes;
mod limits;
mod pace;
mod paging;
mod retry;
mod send;
mod sign;
mod transport;
mod version;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::header::{DATE, HeaderMap};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use url::Url;

use crate::collect::catalog::Row;
use crate::collect::cloud::{Cloud, Origin};
use crate::collect::credential::Credential;
use crate::model::{GapReason, hex};

pub use fault::Fault;
pub use limits::{Limits, Rate, Window};
pub use sign::{SignError, VaultKey};

use lanes::Lanes;
use paging::{Trail, Unread};
use retry::Budgets;
use send::{Ask, Refusal};
use transport::{Outgoing, Reply, Transport, Wire};
use version::Learned;

/// Why there is no client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}; install the system's CA certificates or set SSL_CERT_FILE")]
    Tls(String),
    /// A limit makes no sense.
    #[error("the limit {0} must be larger than zero{1}")]
    Limit(&'static str, &'static str),
}

/// Which service a call asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plane {
    /// Azure Resource Manager.
    Arm,
    /// Microsoft Graph.
    Graph,
    /// A key vault or managed HSM; one whose host is below neither suffix of the cloud is not asked.
    Vault(Origin),
}

/// One read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which service.
    pub plane: Plane,
    /// Path and query without api-version; begins with a slash.
    pub path: String,
    /// The api-version to ask for; empty for services without.
    pub api_version: String,
    /// The api-versions that will do too, best first.
    pub fallbacks: Vec<String>,
    /// The subscription whose limits count; by default the one in the path.
    pub subscription: Option<String>,
    /// The resource type, for budgets and messages.
    pub family: String,
}

impl Call {
    /// A call of Azure Resource Manager.
    pub(super) fn arm(path: &str, api_version: &str, family: &str) -> Self {
        Self {
            plane: Plane::Arm,
            path: path.to_owned(),
            api_version: api_version.to_owned(),
            fallbacks: Vec::new(),
            subscription: None,
            family: family.to_owned(),
        }
    }

    /// A call of Azure Resource Manager for a type of the catalogue.
    pub(super) fn of(row: &Row, path: &str) -> Self {
        Self { fallbacks: row.fallbacks.clone(), ..Self::arm(path, &row.api_version, &row.resource_type) }
    }
}

/// An answer with status 200 and a JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The body as it came, after decompression, without a byte order mark. Empty in a [`Page`], whose items hold what there was.
    pub body: Vec<u8>,
    /// Path and query as they were sent.
    pub path: String,
    /// The api-version that answered. A link to a next page may name another; it is in `path`.
    pub api_version: String,
    /// When it was answered, RFC 3339, of the `Date` header; else empty.
    pub time: String,
    /// `x-ms-request-id`, where there was one.
    pub request_id: Option<String>,
    /// SHA-256 of the body, hex.
    pub digest: String,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The answer, without its body.
    pub answer: Answer,
    /// The items as they came.
    pub items: Vec<Box<RawValue>>,
}

/// A list, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The pages that were read.
    pub pages: Vec<Page>,
    /// Why the list is incomplete; none when it is complete.
    pub fault: Option<Fault>,
}

/// A Resource Graph query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The table, for budgets and messages.
    pub table: String,
    /// The query. It must project `id` and order by it: Resource Graph gives no further pages otherwise.
    pub kql: String,
    /// The subscriptions to ask about. With no management groups either, the whole tenant is asked.
    pub subscriptions: Vec<String>,
    /// The ids of the management groups to ask about.
    pub management_groups: Vec<String>,
    /// `authorizationScopeFilter`, for example `AtScopeAboveAndBelow`; the service's default is `AtScopeAndBelow`.
    pub scope_filter: Option<String>,
}

/// Is told what the client does; never sees headers or bodies. Calls read `GET /subscriptions/…?api-version=…`.
pub trait Observer: Send + Sync {
    /// A request leaves.
    fn sent(&self, _call: &str) {}
    /// An answer came.
    fn answered(&self, _call: &str, _status: u16) {}
    /// So many seconds are waited for: `pace` (Azure's limits), `throttled` (Azure refused) or `retry` (an error).
    fn waited(&self, _why: &str, _seconds: f64) {}
    /// A call will be sent again, because of this.
    fn retried(&self, _call: &str, _why: &str) {}
}

/// An observer that is told and does nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}

/// Reads from one cloud with one credential. All calls share its limits, and as many as one likes may wait at once.
///
/// Calls wait for one another in queues: a future that was begun must be polled until it ends, or be dropped. One that
/// is kept without being polled holds up those behind it.
pub struct Client {
    cloud: Cloud,
    credential: Arc<dyn Credential>,
    limits: Limits,
    observer: Arc<dyn Observer>,
    transport: Box<dyn Transport>,
    lanes: Lanes,
    seats: Semaphore,
    budgets: Budgets,
    learned: Learned,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("cloud", &self.cloud).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for a cloud.
    ///
    /// # Errors
    /// [`ClientError`] when TLS cannot be set up or a limit is zero.
    pub fn new(
        cloud: Cloud,
        credential: Arc<dyn Credential>,
        limits: Limits,
        observer: Arc<dyn Observer>,
    ) -> Result<Self, ClientError> {
        limits.check()?;
        let wire = Wire::new(&limits, cloud.allow_http, cloud.instead.clone())?;
        Ok(Self::over(Box::new(wire), cloud, credential, limits, observer))
    }

    fn over(
        transport: Box<dyn Transport>,
        cloud: Cloud,
        credential: Arc<dyn Credential>,
        limits: Limits,
        observer: Arc<dyn Observer>,
    ) -> Self {
        Self {
            lanes: Lanes::new(&limits),
            seats: Semaphore::new(limits.concurrency),
            budgets: Budgets::new(limits.budget),
            learned: Learned::default(),
            cloud,
            credential,
            limits,
            observer,
            transport,
        }
    }

    /// The cloud that is read.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// Who reads, for people.
    pub fn identity(&self) -> String {
        self.credential.describe()
    }

    /// Reads one thing.
    ///
    /// # Errors
    /// [`Fault`] when there is no answer with status 200 and a JSON object or list in it.
    pub async fn get(&self, call: &Call) -> Result<Answer, Fault> {
        let ask = self.ask(call)?;
        let (request, reply, version) = self.versioned(&ask, call).await?;
        Ok(self.answer(request.url(), reply, version))
    }

    /// Reads a list with all its pages. What was read before a fault is kept.
    pub async fn list(&self, call: &Call) -> Listing {
        let mut listing = Listing::default();
        if let Err(fault) = self.list_into(call, &mut listing.pages).await {
            listing.fault = Some(fault);
        }
        listing
    }

    async fn list_into(&self, call: &Call, pages: &mut Vec<Page>) -> Result<(), Fault> {
        let ask = self.ask(call)?;
        let (request, reply, version) = self.versioned(&ask, call).await?;
        self.follow(&ask, request, reply, version, pages).await
    }

    /// Reads the pages from the first answer on.
    async fn follow(
        &self,
        ask: &Ask<'_>,
        mut request: Outgoing,
        mut reply: Reply,
        version: String,
        pages: &mut Vec<Page>,
    ) -> Result<(), Fault> {
        let mut trail = Trail::new(ask.origin.clone(), request.url(), self.limits.max_pages);
        let mut room = self.limits.max_list;
        loop {
            let label = ask.label(&request);
            let secret = reply.secret.clone();
            let malformed = |what: &str| {
                let secret = secret.as_ref().map_or("", |s| s.expose());
                Fault::new(GapReason::Malformed, &label, &fault::without_token(what, secret))
            };
            let (held, trouble) = match paging::page(&reply.body) {
                Ok(read) => read,
                Err(Unread::Cut) => return Err(malformed("the answer was cut off")),
                Err(Unread::Other(what)) => return Err(malformed(&what)),
            };
            let size = reply.body.len();
            pages.push(Page { answer: self.page_answer(request.url(), reply, &version), items: held.items });
            if let Some(trouble) = trouble {
                return Err(malformed(&trouble));
            }
            let Some(link) = held.next else { return Ok(()) };
            let most = self.limits.max_list;
            room = room.checked_sub(size).ok_or_else(|| malformed(&format!("the list has more than {most} bytes")))?;
            let url = trail.next(request.url(), &link).map_err(|what| malformed(&what))?;
            request = Outgoing::follow(url);
            reply = self.exchange(ask, &request).await.map_err(|refusal| refusal.fault)?;
        }
    }

    /// Sends a call, with other api-versions where the server does not know the one that was asked for.
    async fn versioned(&self, ask: &Ask<'_>, call: &Call) -> Result<(Outgoing, Reply, String), Fault> {
        let outgoing = |version: &str| {
            let sign = if call.path.contains('?') { '&' } else { '?' };
            let query = if version.is_empty() { String::new() } else { format!("{sign}api-version={version}") };
            Outgoing::get(ask.origin.join(&format!("{}{query}", call.path)))
        };
        self.with_versions(ask, &call.api_version, &call.fallbacks, outgoing).await
    }

    async fn with_versions(
        &self,
        ask: &Ask<'_>,
        asked: &str,
        fallbacks: &[String],
        outgoing: impl Fn(&str) -> Outgoing + Send + Sync,
    ) -> Result<(Outgoing, Reply, String), Fault> {
        let mut version = self.learned.first(ask.family, asked);
        let mut tried: Vec<String> = Vec::new();
        loop {
            let request = outgoing(&version);
            let Refusal { fault, versions } = match self.exchange(ask, &request).await {
                Ok(reply) => {
                    self.learned.keep(ask.family, asked, &version);
                    return Ok((request, reply, version));
                }
                Err(refusal) => *refusal,
            };
            tried.push(version);
            let next = version::choose(asked, fallbacks, &versions, &tried).filter(|_| tried.len() < 4);
            version = next.ok_or(fault)?;
        }
    }

    /// What every answer has.
    fn answer(&self, url: &Url, reply: Reply, api_version: String) -> Answer {
        let header = |name: &str| text_of(&reply.headers, name);
        let date = header(DATE.as_str()).and_then(|d| DateTime::parse_from_rfc2822(&d).ok());
        Answer {
            path: path_of(url),
            api_version,
            time: date.map(|d| d.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default(),
            request_id: header("x-ms-request-id").map(|id| fault::printable(&reply.clean(&id), 100)),
            digest: hex(&Sha256::digest(&reply.body)),
            body: paging::without_mark(reply.body),
        }
    }

    fn page_answer(&self, url: &Url, reply: Reply, api_version: &str) -> Answer {
        Answer { body: Vec::new(), ..self.answer(url, reply, api_version.to_owned()) }
    }
}

/// Reads the endpoints of a cloud from its ARM, without a token.
///
/// # Errors
/// [`Fault`] when ARM does not answer or its document lacks an endpoint.
pub async fn discover(arm: &str, allow_http_on_loopback: bool, limits: &Limits) -> Result<Cloud, Fault> {
    const PATH: &str = "/metadata/endpoints?api-version=2022-09-01";
    let call = format!("GET {PATH}");
    let fault = |reason: GapReason, what: &str| Fault::new(reason, &call, what);
    let malformed = |what: String| fault(GapReason::Malformed, &what);
    let origin = Origin::parse(arm, allow_http_on_loopback).map_err(|e| malformed(e.to_string()))?;
    let wire = Wire::new(limits, !origin.is_tls(), None).map_err(|e| fault(GapReason::Timeout, &e.to_string()))?;
    let request = Outgoing::get(origin.join(PATH));
    let mut tries = 1;
    let reply = loop {
        let sent = wire.send(&request, None, &send::request_id()).await;
        let judged = send::judged(sent, &call, "");
        match judged {
            send::Outcome::Good(reply) => break reply,
            send::Outcome::Again { throttled, named, .. } if tries < limits.tries.min(3) => {
                let wait = retry::wait(limits, tries, throttled.is_some(), named).min(limits.longest_wait);
                tokio::time::sleep(wait).await;
            }
            other => return Err(other.fault()),
        }
        tries += 1;
    };
    let json = serde_json::from_slice(&reply.body).map_err(|e| malformed(e.to_string()))?;
    Cloud::from_metadata(arm, &json).map_err(|e| malformed(e.to_string()))
}

/// Path and query of a URL.
fn path_of(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// A header as text, where it is there and is text.
fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}
