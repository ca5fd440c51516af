//! Credentials against services on loopback that write down every byte they are asked.

mod az;
mod hostile;
mod keys;
mod kinds;
mod order;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::collect::cloud::Origin;

pub(super) const ARM: &str = "https://management.azure.com";
pub(super) const TENANT: &str = "22222222-2222-2222-2222-222222222222";
pub(super) const CLIENT: &str = "11111111-1111-1111-1111-111111111111";

/// One request as it came.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) line: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Seen {
    /// The fields of a form, sorted.
    pub(super) fn form(&self) -> BTreeMap<String, String> {
        url::form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What a service answers.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: String,
    pub(super) body: Vec<u8>,
    /// Closes the connection this many bytes before the promised end.
    pub(super) missing: usize,
    pub(super) delay: Duration,
}

impl Answer {
    pub(super) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: String::new(), body: body.into(), missing: 0, delay: Duration::ZERO }
    }

    pub(super) fn token(text: &str) -> Self {
        Self::new(200, format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"{text}"}}"#))
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }
}

/// A service on loopback.
pub(super) struct Fake {
    pub(super) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Fake {
    /// Starts one; the answer may depend on the request and on how many came before.
    pub(super) async fn start(answer: impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&answer)));
            }
        });
        Self { origin, seen }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    log: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&part[..read]);
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.split("\r\n");
    let line = lines.next()?.to_owned();
    let headers: BTreeMap<_, _> = lines
        .filter_map(|l| l.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    let mut body = bytes[head + 4..].to_vec();
    while body.len() < length {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.ok().filter(|n| *n > 0)?;
        body.extend_from_slice(&part[..read]);
    }
    let seen = Seen { line, headers, body: String::from_utf8(body).ok()? };
    let before = {
        let mut log = log.lock().unwrap();
        log.push(seen.clone());
        log.len() - 1
    };
    let Answer { status, headers, body, missing, delay } = answer(&seen, before);
    tokio::time::sleep(delay).await;
    let length = body.len() + missing;
    let head = format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(&body).await.ok()?;
    stream.shutdown().await.ok()
}

/// What a test hands to credentials.
#[derive(Clone, Default)]
pub(super) struct World {
    variables: BTreeMap<String, String>,
    pub(super) files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    pub(super) time: Arc<AtomicI64>,
}

impl World {
    /// A world with the tenant, the client and these variables. It is the second 1,000,000 of 1970.
    pub(super) fn with(variables: &[(&str, &str)]) -> Self {
        let world = Self::bare(&[("AZURE_TENANT_ID", TENANT), ("AZURE_CLIENT_ID", CLIENT)]);
        world.and(variables)
    }

    pub(super) fn bare(variables: &[(&str, &str)]) -> Self {
        let world = Self::default().and(variables);
        world.time.store(1_000_000, Ordering::SeqCst);
        world
    }

    pub(super) fn and(mut self, variables: &[(&str, &str)]) -> Self {
        self.variables.extend(variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        self
    }

    pub(super) fn file(self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.lock().unwrap().insert(path.to_owned(), bytes.into());
        self
    }

    pub(super) fn setup(&self, login: &str) -> Setup {
        let (files, time) = (Arc::clone(&self.files), Arc::clone(&self.time));
        let read = move |path: &Path| {
            let files = files.lock().unwrap();
            files.get(path.to_str().unwrap()).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        let environment = Environment::of(self.variables.clone().into_iter());
        let login = Origin::parse(login, true).unwrap();
        let now: Now = Arc::new(move || time.load(Ordering::SeqCst));
        let mut setup = Setup::new(environment, login, true, Arc::new(read), now);
        setup.patience = Patience {
            tries: 3,
            wait: Duration::from_millis(5),
            longest_wait: Duration::from_millis(20),
            answer: Duration::from_millis(600),
            command: Duration::from_secs(5),
            ..Patience::default()
        };
        setup
    }

    /// The credential of one kind.
    pub(super) fn only(&self, kind: Kind, login: &str) -> Arc<dyn Credential> {
        chain(&[kind], &self.setup(login)).unwrap()
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// An unsigned token with the claims.
pub(super) fn jwt(claims: &serde_json::Value) -> String {
    use base64::Engine;
    let part = |text: String| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(r#"{"alg":"none"}"#.to_owned()), part(claims.to_string()), part("signature".to_owned()))
}
