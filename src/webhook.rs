//! Sends a notice to a webhook: JSON and an address → delivered or not. Knows nothing of what it sends.
//!
//! The address of a webhook is a secret: who has it can write there. It stands in no error and prints as `[secret]`. Redirects
//! are not followed, and without TLS nothing is sent, but to loopback where a test allows it.

use std::fmt;
use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use serde_json::Value;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::model::{printable, without_token};

/// The most of an answer that is read.
const MAX_ANSWER: usize = 4 << 10;
/// The longest address.
const MAX_ADDRESS: usize = 8 << 10;

/// Why a notice was not delivered. `name` is what the caller calls the webhook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The address cannot be used.
    #[error("the address of the webhook {name} cannot be used: {why}")]
    Address {
        /// The webhook.
        name: String,
        /// What is wrong, without the address.
        why: &'static str,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up for the webhook {name}; install the system's CA certificates or set SSL_CERT_FILE")]
    Tls {
        /// The webhook.
        name: String,
    },
    /// There was no answer.
    #[error("the webhook {name} did not answer: {why}")]
    Unreachable {
        /// The webhook.
        name: String,
        /// Why.
        why: String,
    },
    /// It answered with something else than success.
    #[error("the webhook {name} refused the notice after {tries} tries: {status} {said}")]
    Refused {
        /// The webhook.
        name: String,
        /// The HTTP status.
        status: u16,
        /// What it said, shortened, without the address.
        said: String,
        /// How often it was asked.
        tries: u32,
    },
}

/// How long and how often a webhook is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// Requests in all, at least one.
    pub tries: u32,
    /// The wait before the second request, when none is asked for; it doubles after that.
    pub wait: Duration,
    /// The longest wait. A webhook that asks for more is not asked again.
    pub longest_wait: Duration,
    /// Time for a connection.
    pub connect: Duration,
    /// Time for one request with its answer.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 4,
            wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
        }
    }
}

/// A webhook.
pub struct Webhook {
    name: String,
    address: Zeroizing<String>,
    http: reqwest::Client,
    patience: Patience,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("name", &self.name).field("address", &"[secret]").finish_non_exhaustive()
    }
}

impl Webhook {
    /// Takes a name for people and the address. `allow_http_on_loopback` is for tests.
    ///
    /// # Errors
    /// [`WebhookError::Address`] for what is not https or holds a user name, [`WebhookError::Tls`].
    pub fn new(
        name: &str,
        address: &str,
        allow_http_on_loopback: bool,
        patience: Patience,
    ) -> Result<Self, WebhookError> {
        let name = printable(name, 100);
        let wrong = |why| WebhookError::Address { name: name.clone(), why };
        let address = address.trim();
        if address.len() > MAX_ADDRESS {
            return Err(wrong("it is too long"));
        }
        let url = Url::parse(address).map_err(|_| wrong("it is no URL"))?;
        let is_loopback = match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            _ => false,
        };
        let is_local = url.scheme() == "http" && is_loopback && allow_http_on_loopback;
        if url.scheme() != "https" && !is_local {
            return Err(wrong("it does not begin with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it holds a user name"));
        }
        // The error says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .user_agent(concat!("assize/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Tries are counted here.
            .retry(reqwest::retry::never())
            .https_only(!is_local)
            .connect_timeout(patience.connect)
            .timeout(patience.answer);
        let builder = if is_local { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|_| WebhookError::Tls { name: name.clone() })?;
        Ok(Self { name, address: Zeroizing::new(url.into()), http, patience })
    }

    /// Posts a notice, and again when the webhook is busy (429, 5xx) or no connection opens. A notice that was sent and not
    /// answered is not sent again: it may have arrived.
    ///
    /// # Errors
    /// [`WebhookError`] with the status or the reason, never with the address.
    pub async fn send(&self, notice: &Value) -> Result<(), WebhookError> {
        let body = notice.to_string();
        let mut wait = self.patience.wait;
        let mut tries = 1;
        loop {
            let last = tries >= self.patience.tries;
            let request = self.http.post(self.address.as_str()).header(CONTENT_TYPE, "application/json");
            let pause = match request.body(body.clone()).send().await {
                Ok(answer) if answer.status().is_success() => return Ok(()),
                Ok(answer) => {
                    let status = answer.status();
                    let is_busy = status.as_u16() == 429 || status.is_server_error();
                    let pause = retry_after(answer.headers()).map_or(wait, |named| named.max(wait));
                    if last || !is_busy || pause > self.patience.longest_wait {
                        let (name, said) = (self.name.clone(), self.said(answer).await);
                        return Err(WebhookError::Refused { name, status: status.as_u16(), said, tries });
                    }
                    pause
                }
                Err(error) if last || !error.is_connect() => return Err(self.unreachable(&error)),
                Err(_) => wait.min(self.patience.longest_wait),
            };
            tokio::time::sleep(pause).await;
            wait = wait.saturating_mul(2).min(self.patience.longest_wait);
            tries += 1;
        }
    }

    /// What an answer says, without the address.
    async fn said(&self, mut answer: reqwest::Response) -> String {
        if answer.status().is_redirection() {
            return "it redirects, and redirects are not followed".to_owned();
        }
        let mut bytes = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            bytes.extend_from_slice(&chunk);
            if bytes.len() >= MAX_ANSWER {
                bytes.truncate(MAX_ANSWER);
                break;
            }
        }
        printable(&without_token(&String::from_utf8_lossy(&bytes), &self.address), 200)
    }

    fn unreachable(&self, error: &reqwest::Error) -> WebhookError {
        let name = self.name.clone();
        if error.is_timeout() && !error.is_connect() {
            let why = "not in time; the notice may have arrived".to_owned();
            return WebhookError::Unreachable { name, why };
        }
        // The error itself names the address; its causes do not have to.
        let mut words = Vec::new();
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            words.push(without_token(&inner.to_string(), &self.address));
            cause = inner.source();
        }
        words.dedup();
        WebhookError::Unreachable { name, why: printable(&words.join(": "), 200) }
    }
}

/// How long the webhook wants to be left alone: seconds, or a date, measured against the answer's own.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    let now = DateTime::parse_from_rfc2822(text(DATE)?).ok()?;
    Some((until - now).to_std().unwrap_or_default())
}
