//! A server on loopback that answers as a test says and keeps what it was asked; and its stand-in without sockets, for
//! tests in which hours pass.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::collect::client::transport::{Failure, Outgoing, Reply, Transport};

/// What was asked.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(super) enum Answered {
    /// Status, headers, body; the length is added.
    Whole(u16, Vec<(String, String)>, Vec<u8>),
    /// Bytes as they are, then the connection is closed.
    Raw(Vec<u8>),
    /// The connection is reset.
    Reset,
    /// Nothing, for ever.
    Silence,
}

/// Status and body.
pub(super) fn answer(status: u16, body: impl AsRef<[u8]>) -> Answered {
    Answered::Whole(status, Vec::new(), body.as_ref().to_vec())
}

impl Answered {
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Whole(_, headers, _) = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// The server.
pub(super) struct Server {
    pub(super) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
}

impl Server {
    /// Answers each request by its number, from 0, and what it asks.
    pub(super) async fn new(answers: impl Fn(usize, &Seen) -> Answered + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (seen, connections): (Arc<Mutex<Vec<Seen>>>, Arc<Mutex<usize>>) = Default::default();
        let answers = Arc::new(answers);
        let (log, count) = (Arc::clone(&seen), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *count.lock().unwrap() += 1;
                let (log, answers) = (Arc::clone(&log), Arc::clone(&answers));
                tokio::spawn(async move {
                    let _ = serve(stream, &log, &*answers).await;
                });
            }
        });
        Self { origin, seen, connections }
    }

    /// One answer for all.
    pub(super) async fn always(answered: Answered) -> Self {
        Self::new(move |_, _| answered.clone()).await
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|s| s.target).collect()
    }

    pub(super) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Seen>>,
    answers: &(dyn Fn(usize, &Seen) -> Answered + Send + Sync),
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break at;
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let headers: Vec<(String, String)> =
            lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned())).collect();
        let length =
            headers.iter().find(|(n, _)| n == "content-length").and_then(|(_, v)| v.parse().ok()).unwrap_or(0usize);
        while buffer.len() < end + 4 + length {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        }
        let body = buffer[end + 4..end + 4 + length].to_vec();
        buffer.drain(..end + 4 + length);
        let seen = Seen { method: method.to_owned(), target: target.to_owned(), headers, body };
        let number = {
            let mut log = log.lock().unwrap();
            log.push(seen.clone());
            log.len() - 1
        };
        match answers(number, &seen) {
            Answered::Whole(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                stream.write_all(format!("{head}\r\n").as_bytes()).await?;
                stream.write_all(&body).await?;
            }
            Answered::Raw(bytes) => return stream.write_all(&bytes).await,
            // Closed with unread bytes or not, the client has no answer.
            Answered::Reset => return Ok(()),
            Answered::Silence => std::future::pending::<()>().await,
        }
    }
}

/// A server without sockets: how long an answer takes by tokio's clock, and what it is.
pub(super) struct Fake<L, A>(pub(super) L, pub(super) A);

#[async_trait]
impl<L, A> Transport for Fake<L, A>
where
    L: Fn() -> Duration + Send + Sync,
    A: Fn(&Outgoing) -> Answered + Send + Sync,
{
    async fn send(&self, request: &Outgoing, _token: Option<&str>, _id: &str) -> Result<Reply, Failure> {
        // Half of the time on the way there, half on the way back.
        tokio::time::sleep((self.0)() / 2).await;
        let answered = (self.1)(request);
        tokio::time::sleep((self.0)() / 2).await;
        let Answered::Whole(status, headers, body) = answered else { return Err(Failure::Timeout) };
        let headers: HeaderMap = headers.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        Ok(Reply { status, headers, body, secret: None })
    }
}
