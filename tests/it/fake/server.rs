//! The server: connections, the record, and what is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::action;
use super::answer::{Answer, uuid};
use super::ask::Ask;
use super::behaviour::Behaviour;
use super::errors;
use super::estate::Estate;
use super::faults::{self, Fired, Outcome};
use super::record::{Bearer, Recorded, Stats};
use super::route::{self, World};
use super::throttle::{Bucket, Throttle, untouched};
use super::vault;

/// A fake Azure Resource Manager; it stops when it is dropped.
#[derive(Debug)]
pub(crate) struct FakeArm {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    connections: Mutex<usize>,
}

#[derive(Debug)]
struct State {
    world: Arc<World>,
    fired: Fired,
    throttle: Throttle,
    since: Instant,
    /// Grows each time that the record is cleared, so that an answer to an old request is not written to a new one.
    round: usize,
    requests: Vec<Recorded>,
    stats: Stats,
    open: usize,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeArm {
    /// Starts on a free port of 127.0.0.1.
    pub(crate) fn start(estate: impl Into<Arc<Estate>>, behaviour: Behaviour) -> Self {
        let estate = estate.into();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("an address");
        let world = Arc::new(World { estate, behaviour, origin: format!("http://{address}") });
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                world,
                fired: Fired::default(),
                throttle: Throttle::default(),
                since: Instant::now(),
                round: 0,
                requests: Vec::new(),
                stats: Stats::default(),
                open: 0,
            }),
            connections: Mutex::new(0),
        });
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    () = accept(listener, served) => {}
                    _ = stopped => {}
                }
            });
            // Requests that are never answered end here.
            runtime.shutdown_background();
        });
        Self { shared, address, stop: Some(stop), thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address, for a client that resolves names itself.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Another behaviour from now on; faults and limits begin anew, the record goes on.
    pub(crate) fn behave(&self, behaviour: Behaviour) {
        let mut state = self.shared.state();
        let (estate, origin) = (Arc::clone(&state.world.estate), state.world.origin.clone());
        state.world = Arc::new(World { estate, behaviour, origin });
        state.fired = Fired::default();
        state.throttle = Throttle::default();
    }

    /// Another estate from now on.
    pub(crate) fn become_estate(&self, estate: impl Into<Arc<Estate>>) {
        let mut state = self.shared.state();
        let (behaviour, origin) = (state.world.behaviour.clone(), state.world.origin.clone());
        state.world = Arc::new(World { estate: estate.into(), behaviour, origin });
    }

    /// Clears the record and the counts.
    pub(crate) fn forget(&self) {
        let mut state = self.shared.state();
        state.requests.clear();
        state.stats = Stats::default();
        state.since = Instant::now();
        state.round += 1;
        *self.shared.connections.lock().unwrap_or_else(PoisonError::into_inner) = 0;
    }

    /// What was asked, in the order of arrival; empty if [`Behaviour::record`] is off.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.shared.state().requests.clone()
    }

    /// The kinds of requests that came.
    pub(crate) fn shapes(&self) -> BTreeSet<String> {
        self.shared.state().requests.iter().map(|r| r.shape.clone()).collect()
    }

    /// Counts over all requests.
    pub(crate) fn stats(&self) -> Stats {
        let mut stats = self.shared.state().stats.clone();
        stats.connections = *self.shared.connections.lock().unwrap_or_else(PoisonError::into_inner);
        stats
    }

    /// What there is.
    pub(crate) fn estate(&self) -> Arc<Estate> {
        Arc::clone(&self.shared.state().world.estate)
    }

    /// Sends a request with the token, through the tests' own client.
    pub(crate) fn get(&self, path_and_query: &str) -> super::Reply {
        let bearer = format!("Bearer {}", self.shared.state().world.behaviour.token);
        super::send("GET", &self.origin(), path_and_query, &[("authorization", &bearer)], "").expect("an answer")
    }

    /// Posts JSON with the token, through the tests' own client.
    pub(crate) fn post(&self, path_and_query: &str, body: &serde_json::Value) -> super::Reply {
        let bearer = format!("Bearer {}", self.shared.state().world.behaviour.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        super::send("POST", &self.origin(), path_and_query, &headers, &body.to_string()).expect("an answer")
    }
}

impl Drop for FakeArm {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        *shared.connections.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let reset = Arc::new(AtomicBool::new(false));
            let socket = Socket { stream, reset: Arc::clone(&reset) };
            let service = service_fn(move |request| serve(Arc::clone(&shared), Arc::clone(&reset), request));
            let _ = hyper::server::conn::http1::Builder::new()
                .auto_date_header(false)
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

/// Counts an open request for as long as it is open, however it ends.
struct Open<'a> {
    shared: &'a Shared,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.shared.state().open -= 1;
    }
}

async fn serve(
    shared: Arc<Shared>,
    reset: Arc<AtomicBool>,
    request: Request<Incoming>,
) -> Result<Response<Sent>, Error> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, 1 << 20).collect().await.map_err(Error::other)?.to_bytes();
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &parts.headers {
        headers.insert(name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    let host = headers.get("host").cloned().unwrap_or_default();
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    let ask = Ask::new(parts.method.as_str(), path, query, &host, body.to_vec());
    let authorization = headers.remove("authorization");
    let accepts_gzip = headers.get("accept-encoding").is_some_and(|e| e.contains("gzip"));
    let client_id = headers.get("x-ms-client-request-id").cloned();

    let (world, bearer, place) = note(&shared, &ask, headers, authorization.as_deref());
    let _open = Open { shared: &shared };
    if !world.behaviour.latency.is_zero() {
        tokio::time::sleep(world.behaviour.latency).await;
    }
    let token = authorization.as_deref().unwrap_or_default().trim_start_matches("Bearer ").to_owned();
    let mut outcome = decide(&shared, &world, &ask, bearer, &token, place);
    if let Outcome::Whole(answer) = &mut outcome {
        let is_gzipped = answer.headers.iter().any(|(name, _)| name == "content-encoding");
        if world.behaviour.gzip && accepts_gzip && !is_gzipped {
            *answer = faults::gzip(answer.clone());
        }
    }
    let (answer, sent, length) = match outcome {
        Outcome::Silence => match std::future::pending::<Infallible>().await {},
        Outcome::Reset => {
            reset.store(true, Ordering::SeqCst);
            return Err(Error::from(ErrorKind::ConnectionReset));
        }
        Outcome::Whole(answer) => {
            let length = answer.body.len();
            let sent = Sent::whole(&answer);
            (answer, sent, length)
        }
        Outcome::Drip(answer, pause) => {
            let (length, sent) = (answer.body.len(), Sent { pause: Some(pause), ..Sent::whole(&answer) });
            (answer, sent, length)
        }
        Outcome::Truncated(mut answer) => {
            let length = answer.body.len().max(2);
            answer.body.truncate(length / 2);
            let sent = Sent { breaks: true, ..Sent::whole(&answer) };
            (answer, sent, length)
        }
    };
    settle(&shared, place, answer.status);
    let id = uuid(&[ask.method.as_bytes(), path.as_bytes(), query.as_bytes(), &ask.body]);
    let mut response = Response::builder()
        .status(answer.status)
        .header("date", &world.behaviour.date)
        .header("cache-control", "no-cache")
        .header("content-length", length)
        .header("x-ms-request-id", &id)
        .header("x-ms-correlation-request-id", &id)
        .header("x-ms-routing-request-id", format!("WESTEUROPE:20261101T020000Z:{id}"))
        .header("strict-transport-security", "max-age=31536000; includeSubDomains")
        .header("x-content-type-options", "nosniff");
    if let Some(client_id) = client_id {
        response = response.header("x-ms-client-request-id", client_id);
    }
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(sent).map_err(Error::other)
}

/// Writes the request down.
fn note(
    shared: &Shared,
    ask: &Ask,
    headers: BTreeMap<String, String>,
    authorization: Option<&str>,
) -> (Arc<World>, Bearer, (usize, usize)) {
    let mut state = shared.state();
    let world = Arc::clone(&state.world);
    let at = state.since.elapsed();
    let bearer = match authorization {
        None => Bearer::Missing,
        Some(text) if text.strip_prefix("Bearer ") == Some(&world.behaviour.token) => Bearer::Expected,
        Some(_) => Bearer::Other,
    };
    state.open += 1;
    let open = state.open;
    let stats = &mut state.stats;
    stats.requests += 1;
    stats.most_open = stats.most_open.max(open);
    if !route::is_read(ask) {
        stats.writes.push(ask.line());
    }
    let rate = stats.by_subscription.entry(Bucket::of(ask).name()).or_default();
    if rate.requests == 0 {
        rate.first = at;
    }
    rate.requests += 1;
    rate.last = at;
    if world.behaviour.record {
        state.requests.push(Recorded {
            method: ask.method.clone(),
            path: ask.path.clone(),
            query: ask.raw_query.clone(),
            headers,
            body: String::from_utf8_lossy(&ask.body).into_owned(),
            bearer,
            shape: ask.shape(),
            action: action::of(&ask.method, &ask.segments).0,
            at,
            status: 0,
            fault: None,
        });
    }
    let place = (state.round, state.requests.len().wrapping_sub(1));
    (world, bearer, place)
}

/// What is sent: the token is looked at first, then the limits, then the faults, then what is asked.
fn decide(shared: &Shared, world: &World, ask: &Ask, bearer: Bearer, token: &str, place: (usize, usize)) -> Outcome {
    if !route::is_anonymous(ask) {
        match bearer {
            Bearer::Expected => {}
            Bearer::Missing if vault::of_host(&ask.host).is_some() => {
                return Outcome::Whole(vault::challenge(&ask.host));
            }
            Bearer::Missing => return Outcome::Whole(errors::no_token()),
            Bearer::Other => return Outcome::Whole(errors::bad_token()),
        }
    }
    let (rate, kind) = {
        let mut state = shared.state();
        let rate = match &world.behaviour.limits {
            Some(limits) => state.throttle.take(ask, limits),
            None => Ok(untouched(ask)),
        };
        let kind = rate.as_ref().ok().and_then(|_| state.fired.meet(&world.behaviour.faults, ask));
        if let (Some(kind), true) = (&kind, place.0 == state.round)
            && let Some(recorded) = state.requests.get_mut(place.1)
        {
            recorded.fault = Some(format!("{kind:?}").chars().take(80).collect());
        }
        (rate, kind)
    };
    let rate = match rate {
        Ok(headers) => headers,
        Err(refusal) => {
            let mut state = shared.state();
            state.stats.by_subscription.entry(Bucket::of(ask).name()).or_default().throttled += 1;
            return Outcome::Whole(*refusal);
        }
    };
    let truth = || {
        let mut answer = route::answer(world, ask);
        if world.behaviour.rate_headers {
            answer.headers.extend(rate);
        }
        answer
    };
    match kind {
        None => Outcome::Whole(truth()),
        Some(kind) => faults::apply(&kind, ask, token, truth),
    }
}

/// Writes down how the request was answered.
fn settle(shared: &Shared, place: (usize, usize), status: u16) {
    let mut state = shared.state();
    if place.0 != state.round {
        return;
    }
    *state.stats.by_status.entry(status).or_default() += 1;
    state.stats.throttled += usize::from(status == 429);
    if let Some(recorded) = state.requests.get_mut(place.1) {
        recorded.status = status;
    }
}

/// A body that may come slowly, or break off.
#[derive(Debug)]
struct Sent {
    rest: Bytes,
    pause: Option<Duration>,
    wait: Option<Pin<Box<tokio::time::Sleep>>>,
    breaks: bool,
}

impl Sent {
    fn whole(answer: &Answer) -> Self {
        Self { rest: Bytes::copy_from_slice(&answer.body), pause: None, wait: None, breaks: false }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(wait) = &mut self.wait {
            std::task::ready!(wait.as_mut().poll(context));
            self.wait = None;
        }
        if self.rest.is_empty() {
            if self.breaks {
                self.breaks = false;
                return Poll::Ready(Some(Err(Error::from(ErrorKind::ConnectionAborted))));
            }
            return Poll::Ready(None);
        }
        let size = if self.pause.is_some() { 1 } else { self.rest.len() };
        let chunk = self.rest.split_to(size);
        self.wait = match (self.pause, self.breaks) {
            (Some(pause), _) => Some(Box::pin(tokio::time::sleep(pause))),
            // What was sent must reach the client before the end does.
            (None, true) => Some(Box::pin(tokio::time::sleep(Duration::from_millis(20)))),
            (None, false) => None,
        };
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && !self.breaks && self.wait.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

/// A socket that can be closed with a reset.
struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize, Error>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
