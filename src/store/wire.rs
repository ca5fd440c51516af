//! The only place of the store that sends. Takes the requests that `object_store` makes and signs; gives whole, bounded answers.
//! What would go to another host or container is not sent, and redirects are not followed: a request carries a token, a
//! signature or a key.

use std::time::Duration;

use async_trait::async_trait;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use reqwest::header::{AUTHORIZATION, RETRY_AFTER};
use url::Url;

use crate::store::MAX_BYTES;

/// Time for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Time for an answer, and for each part of it, when nothing is sent along.
const ANSWER: Duration = Duration::from_secs(60);
/// What a slow network sends in a second, in bytes; each second's worth gives a request another second.
const SLOW: u64 = 128 << 10;
/// The most of an answer that is an error.
const MAX_ERROR: usize = 64 << 10;
/// The longest wait that the service is granted before another try.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A text as an error.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Said(pub(super) String);

fn failed(kind: HttpErrorKind, text: &str) -> HttpError {
    HttpError::new(kind, Said(text.to_owned()))
}

/// Sends to one container.
#[derive(Debug)]
pub(super) struct Wire {
    http: reqwest::Client,
    container: Url,
}

impl Wire {
    /// A client for the container at this URL.
    pub(super) fn new(container: Url) -> Result<Self, String> {
        // The error says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let is_local = container.scheme() == "http";
        let builder = reqwest::Client::builder()
            .user_agent(concat!("assize/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Tries are counted by object_store.
            .retry(reqwest::retry::never())
            // Bytes come as they are stored.
            .no_gzip()
            .https_only(!is_local)
            .connect_timeout(CONNECT);
        let builder = if is_local { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|e| e.without_url().to_string())?;
        Ok(Self { http, container })
    }

    /// Whether a URL lies in the container.
    fn is_ours(&self, url: &Url) -> bool {
        let path = self.container.path();
        url.scheme() == self.container.scheme()
            && url.host_str() == self.container.host_str()
            && url.port_or_known_default() == self.container.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
            && url.path().strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).ok().filter(|url| self.is_ours(url));
        let url = url
            .ok_or_else(|| failed(HttpErrorKind::Unknown, "the request leads out of the container; it was not sent"))?;
        let mut sending = reqwest::Request::new(parts.method, url);
        *sending.headers_mut() = parts.headers;
        if let Some(value) = sending.headers_mut().get_mut(AUTHORIZATION) {
            value.set_sensitive(true);
        }
        let size = body.content_length() as u64;
        if size > 0 {
            *sending.body_mut() = Some(reqwest::Body::wrap(body));
        }
        let time = ANSWER + Duration::from_secs(size / SLOW);
        let late = || failed(HttpErrorKind::Timeout, "it did not answer in time");
        let sent = tokio::time::timeout(time, self.http.execute(sending)).await.map_err(|_| late())?;
        let mut answer = sent.map_err(network)?;
        let status = answer.status();
        if matches!(status.as_u16(), 429 | 503) {
            let named = answer.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()?.trim().parse().ok());
            tokio::time::sleep(Duration::from_secs(named.unwrap_or(0)).min(LONGEST_WAIT)).await;
        }
        let most = if status.is_success() { MAX_BYTES } else { MAX_ERROR };
        let mut bytes = Vec::new();
        loop {
            match tokio::time::timeout(ANSWER, answer.chunk()).await {
                Err(_) => return Err(late()),
                Ok(Ok(None)) => break,
                Ok(Ok(Some(chunk))) if chunk.len() <= most - bytes.len() => bytes.extend_from_slice(&chunk),
                // What an error says stands at its beginning.
                Ok(_) if !status.is_success() => break,
                Ok(Ok(Some(_))) => {
                    return Err(failed(HttpErrorKind::Decode, &format!("the answer is larger than {most} bytes")));
                }
                Ok(Err(error)) => return Err(network(error)),
            }
        }
        let mut response = HttpResponse::new(bytes.into());
        *response.status_mut() = status;
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

/// An error with its causes, without its URL.
fn network(error: reqwest::Error) -> HttpError {
    let kind = if error.is_timeout() {
        HttpErrorKind::Timeout
    } else if error.is_connect() {
        HttpErrorKind::Connect
    } else {
        HttpErrorKind::Interrupted
    };
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = inner.source();
    }
    failed(kind, &text)
}

/// Gives `object_store` the client that was made.
#[derive(Debug)]
pub(super) struct Connector(pub(super) HttpClient);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_container_is_ours() {
        let wire = Wire::new(Url::parse("https://bank1.blob.core.windows.net/evidence").unwrap()).unwrap();
        let is_ours = |text: &str| wire.is_ours(&Url::parse(text).unwrap());
        for good in ["", "/a/b", "?restype=container", "/a?sig=x"] {
            assert!(is_ours(&format!("https://bank1.blob.core.windows.net/evidence{good}")), "{good}");
        }
        for bad in [
            "https://bank2.blob.core.windows.net/evidence/a",
            "http://bank1.blob.core.windows.net/evidence/a",
            "https://bank1.blob.core.windows.net:444/evidence/a",
            "https://x@bank1.blob.core.windows.net/evidence/a",
            "https://bank1.blob.core.windows.net/evidence2/a",
            "https://bank1.blob.core.windows.net/evidence/../other/a",
            "https://bank1.blob.core.windows.net/",
        ] {
            assert!(!is_ours(bad), "{bad}");
        }
    }
}
