//! A question to an authority that stamps times (RFC 3161, section 3.4): bytes in, bytes out.

use std::time::Duration;

use url::Url;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// How long the whole exchange may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Posts a time-stamp query and gives the body of the answer. No credential goes with it; what comes back is signed, so plain
/// HTTP, which most authorities offer, is allowed.
///
/// # Errors
/// What is wrong with the address, or what kept the answer from coming. An answer that is no time-stamp reply is one too.
pub async fn ask_authority(address: &str, query: &[u8]) -> Result<Vec<u8>, String> {
    let url = Url::parse(address).map_err(|e| format!("{address:?} is no address: {e}"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err("the address of the authority must begin with http:// or https:// and name no user".to_owned());
    }
    // The error says that a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let why = |e: reqwest::Error| e.without_url().to_string();
    let client = reqwest::Client::builder()
        .user_agent(concat!("assize/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_gzip()
        .timeout(PATIENCE)
        .build()
        .map_err(why)?;
    let request = client
        .post(url)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .body(query.to_vec());
    let mut answer = request.send().await.map_err(why)?;
    let status = answer.status();
    let kind = answer.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if !status.is_success() {
        return Err(format!("the authority answers {}", status.as_u16()));
    }
    if kind.split(';').next().map(str::trim) != Some("application/timestamp-reply") {
        return Err("the answer is no time-stamp reply".to_owned());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(why)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_ANSWER {
            return Err(format!("the answer is larger than {MAX_ANSWER} bytes"));
        }
    }
    Ok(bytes)
}
