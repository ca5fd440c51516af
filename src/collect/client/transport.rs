//! The only place that sends: GET, and POST to Resource Graph, to `getByIds` of Microsoft Graph and to `sign` of a key. An
//! [`Outgoing`] can be made in no other way, so nothing else can leave. Takes a request and a token; gives status, headers,
//! body.

use std::error::Error as _;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use url::Url;

use crate::collect::cloud::{Cloud, Origin};
use crate::collect::credential::Secret;

use super::ClientError;
use super::fault::without_token;
use super::limits::{Limits, MAX_ERROR_BODY};

/// Who we say we are.
const USER_AGENT: &str = concat!("assize/", env!("CARGO_PKG_VERSION"));

/// The endpoints that are asked by POST. All of them only read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    /// A Resource Graph query.
    Resources,
    /// Principals by their ids.
    GetByIds,
}

impl Post {
    /// The path, without api-version.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Resources => "/providers/Microsoft.ResourceGraph/resources",
            Self::GetByIds => "/v1.0/directoryObjects/getByIds",
        }
    }
}

/// A request that may be sent.
#[derive(Debug, Clone)]
pub(super) struct Outgoing {
    url: Url,
    body: Option<Vec<u8>>,
    followed: bool,
}

impl Outgoing {
    /// A read.
    pub(super) fn get(url: Url) -> Self {
        Self { url, body: None, followed: false }
    }

    /// A read of a URL that the server gave.
    pub(super) fn follow(url: Url) -> Self {
        Self { url, body: None, followed: true }
    }

    /// A read by POST; the host and path are the endpoint's own.
    pub(super) fn post(post: Post, cloud: &Cloud, api_version: &str, body: Vec<u8>) -> Self {
        let url = match post {
            Post::Resources => cloud.arm.join(&format!("{}?api-version={api_version}", post.path())),
            Post::GetByIds => cloud.graph.join(post.path()),
        };
        Self { url, body: Some(body), followed: false }
    }

    /// A signature by a key of a vault; the path is that of the key, whose parts `sign` has checked.
    pub(super) fn sign(vault: &Origin, key: &str, api_version: &str, body: Vec<u8>) -> Self {
        let url = vault.join(&format!("{key}/sign?api-version={api_version}"));
        Self { url, body: Some(body), followed: false }
    }

    /// Where it goes.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the server gave the URL.
    pub(super) fn is_followed(&self) -> bool {
        self.followed
    }

    /// The HTTP method.
    pub(super) fn method(&self) -> &'static str {
        if self.body.is_some() { "POST" } else { "GET" }
    }
}

/// What the server answered.
#[derive(Debug)]
pub(super) struct Reply {
    /// The HTTP status.
    pub(super) status: u16,
    /// All headers.
    pub(super) headers: HeaderMap,
    /// The body after decompression; of an error its first part only.
    pub(super) body: Vec<u8>,
    /// The token that it was given for, which nothing that is shown may repeat.
    pub(super) secret: Option<Secret>,
}

impl Reply {
    /// A text of the server without the token.
    pub(super) fn clean(&self, text: &str) -> String {
        self.secret.as_ref().map_or_else(|| text.to_owned(), |secret| without_token(text, secret.expose()))
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// It took too long.
    Timeout,
    /// The connection could not be opened, or broke before the headers.
    Connection(String),
    /// The server could not prove who it is; another try does not help.
    Untrusted(String),
    /// The body ended early or could not be decompressed.
    Truncated(String),
    /// The body is larger than so many bytes.
    TooLarge(usize),
}

/// Sends requests.
#[async_trait]
pub(super) trait Transport: Send + Sync {
    /// Sends one request, with a token where there is one. `id` is told to the server, so that it can be found there.
    async fn send(&self, request: &Outgoing, token: Option<&str>, id: &str) -> Result<Reply, Failure>;
}

/// The network.
#[derive(Debug)]
pub(super) struct Wire {
    http: reqwest::Client,
    max_body: usize,
    /// Where everything else than a loopback address is asked, in tests.
    instead: Option<Origin>,
}

impl Wire {
    /// A client that follows no redirects, keeps no cookies and sends no header of its own but `User-Agent`.
    ///
    /// # Errors
    /// [`ClientError::Tls`] when the certificates of the machine cannot be read.
    pub(super) fn new(limits: &Limits, allow_http: bool, instead: Option<Origin>) -> Result<Self, ClientError> {
        // The error says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(Policy::none())
            .referer(false)
            // Tries are counted and paced here.
            .retry(reqwest::retry::never())
            .https_only(!allow_http)
            .connect_timeout(limits.connect_timeout)
            .timeout(limits.request_timeout)
            .http2_keep_alive_interval(Duration::from_secs(30))
            .http2_adaptive_window(true)
            .tcp_nodelay(true);
        // Without TLS a proxy would read the token.
        let builder = if allow_http { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|e| ClientError::Tls(chain(e)))?;
        let instead = instead.filter(|_| allow_http);
        Ok(Self { http, max_body: limits.max_body, instead })
    }
}

impl Wire {
    /// The address to connect to, and the host to name when it is another one.
    fn directed(&self, url: &Url) -> (Url, Option<String>) {
        match &self.instead {
            Some(instead) if url.scheme() == "https" => {
                let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
                (instead.join(&path), url.host_str().map(str::to_owned))
            }
            _ => (url.clone(), None),
        }
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: &Outgoing, token: Option<&str>, id: &str) -> Result<Reply, Failure> {
        if Origin::of(&request.url).is_none() {
            return Err(Failure::Untrusted("the address is neither https nor loopback".to_owned()));
        }
        let (url, host) = self.directed(&request.url);
        let mut sending = match &request.body {
            None => self.http.get(url),
            Some(body) => self.http.post(url).header(CONTENT_TYPE, "application/json").body(body.clone()),
        };
        if let Some(host) = host {
            sending = sending.header(HOST, host);
        }
        sending = sending.header(ACCEPT, "application/json").header("x-ms-client-request-id", id);
        if let Some(token) = token {
            let mut value = HeaderValue::try_from(format!("Bearer {token}"))
                .map_err(|_| Failure::Untrusted("the token holds characters that no header may hold".to_owned()))?;
            // Logs of the layers below then say "Sensitive" and not the value.
            value.set_sensitive(true);
            sending = sending.header(AUTHORIZATION, value);
        }
        let mut response = sending.send().await.map_err(before_headers)?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let most = if status == 200 { self.max_body } else { MAX_ERROR_BODY.min(self.max_body) };
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if chunk.len() <= most - body.len() => body.extend_from_slice(&chunk),
                Ok(Some(_)) if status == 200 => return Err(Failure::TooLarge(most)),
                // What an error says stands at its beginning.
                Ok(Some(_) | None) => return Ok(Reply { status, headers, body, secret: None }),
                Err(_) if status != 200 => return Ok(Reply { status, headers, body, secret: None }),
                Err(error) if error.is_timeout() => return Err(Failure::Timeout),
                Err(error) => return Err(Failure::Truncated(chain(error))),
            }
        }
    }
}

fn before_headers(error: reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.source();
    let mut untrusted = false;
    while let Some(error) = cause {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls = error.downcast_ref::<rustls::Error>().or_else(|| inner.and_then(|e| e.downcast_ref()));
        untrusted |= matches!(tls, Some(rustls::Error::InvalidCertificate(_)));
        cause = error.source();
    }
    if untrusted {
        Failure::Untrusted(chain(error))
    } else if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::Connection(chain(error))
    }
}

/// An error with its causes, without its URL.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
