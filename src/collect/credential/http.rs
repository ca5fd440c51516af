//! The requests for tokens. Takes one request, gives a bounded answer or an error without URL and secrets.
//!
//! Redirects are never followed: a redirected request would carry its secret to another host.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::crypto::CryptoProvider;
use url::Url;
use zeroize::Zeroizing;

use crate::collect::credential::error::printable;
use crate::collect::credential::setup::is_local;
use crate::collect::credential::{CredentialError, Kind, Secret};

/// Largest answer that is read, in bytes; a token with all its claims has a few thousand.
const MAX_ANSWER: usize = 256 * 1024;

/// How long and how often services are asked for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// Requests in all, at least one.
    pub tries: u32,
    /// Wait before the second request; it doubles after that.
    pub wait: Duration,
    /// Longest wait between two requests, also when a service asks for more.
    pub longest_wait: Duration,
    /// Time for a connection to another machine.
    pub connect: Duration,
    /// Time for a connection on the machine or its link, where silence means that nobody is there.
    pub connect_local: Duration,
    /// Time for one request with its answer.
    pub answer: Duration,
    /// Time for the Azure CLI, which may take many seconds to start.
    pub command: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 4,
            wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(20),
            connect: Duration::from_secs(10),
            connect_local: Duration::from_secs(1),
            answer: Duration::from_secs(30),
            command: Duration::from_secs(60),
        }
    }
}

/// One request. Header and form values count as secrets.
pub(super) struct Ask<'a> {
    pub(super) kind: Kind,
    /// Who is asked, for people.
    pub(super) service: &'a str,
    pub(super) url: Url,
    /// POST with this form; without one, GET.
    pub(super) form: Option<Vec<(&'static str, Secret)>>,
    pub(super) headers: Vec<(&'static str, Secret)>,
    /// Statuses, besides those of a busy service, after which the request is worth repeating.
    pub(super) retry: &'static [u16],
}

/// An answer that was read to its end.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Zeroizing<Vec<u8>>,
    /// The `WWW-Authenticate` header.
    pub(super) challenge: Option<String>,
}

/// The two clients: one for the world, which goes through the configured proxy, and one for the machine, which
/// does not.
#[derive(Debug, Clone)]
pub(super) struct Http {
    world: reqwest::Client,
    local: reqwest::Client,
    patience: Patience,
}

impl Http {
    /// Makes the clients, with *ring* as cryptography unless the process has chosen another.
    pub(super) fn new(patience: &Patience) -> Result<Self, String> {
        if CryptoProvider::get_default().is_none() {
            // It fails only when another thread was faster, and then there is one.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let client = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .no_gzip()
                .timeout(patience.answer)
                .user_agent(concat!("assize/", env!("CARGO_PKG_VERSION")))
        };
        let why = |error: reqwest::Error| reason(&error, &[]);
        let world = client().connect_timeout(patience.connect).build().map_err(why)?;
        let local = client().connect_timeout(patience.connect_local).no_proxy().build().map_err(why)?;
        Ok(Self { world, local, patience: patience.clone() })
    }

    /// Sends the request, again when the service is busy.
    pub(super) async fn send(&self, ask: &Ask<'_>) -> Result<Reply, CredentialError> {
        let mut wait = self.patience.wait;
        let mut left = self.patience.tries.max(1);
        loop {
            left -= 1;
            let mut pause = wait;
            match self.once(ask).await {
                Ok((reply, asked)) => {
                    let busy = matches!(reply.status, 408 | 429 | 500..=599) || ask.retry.contains(&reply.status);
                    if left == 0 || !busy {
                        return Ok(reply);
                    }
                    pause = asked.map_or(pause, |seconds| Duration::from_secs(seconds).max(pause));
                }
                // Nobody listens on the machine: that does not change within seconds.
                Err((error, connecting)) if left == 0 || (connecting && is_local(&ask.url)) => return Err(error),
                Err((error, _)) if !error.is_transient() => return Err(error),
                Err(_) => {}
            }
            tokio::time::sleep(pause.min(self.patience.longest_wait)).await;
            wait = wait.saturating_mul(2);
        }
    }

    /// The answer and its `Retry-After` in seconds; or the error and whether there was no connection.
    async fn once(&self, ask: &Ask<'_>) -> Result<(Reply, Option<u64>), (CredentialError, bool)> {
        let headers = headers(ask).map_err(|error| (error, false))?;
        let client = if is_local(&ask.url) { &self.local } else { &self.world };
        let request = match &ask.form {
            None => client.get(ask.url.clone()),
            Some(form) => {
                let mut body = url::form_urlencoded::Serializer::new(String::new());
                body.extend_pairs(form.iter().map(|(name, value)| (name, value.expose())));
                client.post(ask.url.clone()).body(body.finish())
            }
        };
        let failed = |error: reqwest::Error| {
            let unreachable = CredentialError::Unreachable {
                kind: ask.kind,
                service: ask.service.to_owned(),
                why: reason(&error, &secrets(ask)),
                hint: advice(ask),
            };
            (unreachable, error.is_connect())
        };
        let mut response = request.headers(headers).send().await.map_err(failed)?;
        let text = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (challenge, asked) = (text("www-authenticate"), text("retry-after").and_then(|v| v.trim().parse().ok()));
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                let why = format!("it is larger than {} KiB", MAX_ANSWER / 1024);
                return Err((CredentialError::malformed(ask.kind, ask.service, &why), false));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((Reply { status: response.status().as_u16(), body, challenge }, asked))
    }
}

fn headers(ask: &Ask<'_>) -> Result<HeaderMap, CredentialError> {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("application/json"));
    if ask.form.is_some() {
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
    }
    if ask.form.as_ref().is_some_and(Vec::is_empty) {
        // It is left out of an empty POST otherwise, and Azure DevOps insists on it.
        headers.insert("content-length", HeaderValue::from_static("0"));
    }
    for (name, value) in &ask.headers {
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            let what = format!("what the header {name} should carry has characters that it cannot");
            CredentialError::unusable(ask.kind, what, ask.kind.hint())
        })?;
        value.set_sensitive(true);
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

/// Every value of the request that a service might echo.
pub(super) fn secrets<'a>(ask: &'a Ask<'_>) -> Vec<&'a Secret> {
    const PUBLIC: &[&str] = &["client_id", "grant_type", "scope", "client_assertion_type", "claims", "metadata"];
    let form = ask.form.iter().flatten();
    form.chain(&ask.headers).filter(|(name, _)| !PUBLIC.contains(name)).map(|(_, value)| value).collect()
}

fn advice(ask: &Ask<'_>) -> String {
    if is_local(&ask.url) {
        ask.kind.hint().to_owned()
    } else {
        "check the network, the proxy (HTTPS_PROXY) and the certificates of this machine".to_owned()
    }
}

/// The error with its causes, without the URL.
fn reason(error: &reqwest::Error, secrets: &[&Secret]) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut words = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        words.push(printable(&inner.to_string(), secrets));
        cause = inner.source();
    }
    words.dedup();
    if words.is_empty() { "the request failed".to_owned() } else { words.join(": ") }
}
