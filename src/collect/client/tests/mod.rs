//! The client against servers on loopback, and against a stand-in without sockets where time has to pass.

mod faults;
mod graph;
mod hostile;
mod lists;
mod pacing;
mod server;
mod tokens;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::collect::client::transport::Transport;
use crate::collect::client::{Call, Client, Limits, Observer, Plane, Rate, Window};
use crate::collect::cloud::{Cloud, Endpoints};
use crate::collect::credential::{Credential, StaticToken};

use server::Server;

const TOKEN: &str =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2FybSJ9.c2VjcmV0LXNpZ25hdHVyZS1vZi10aGUtdGVzdA";

/// A cloud in which everything is one server.
fn cloud(origin: &str) -> Cloud {
    let at = || Some(origin.to_owned());
    let endpoints = Endpoints {
        arm: at(),
        login: at(),
        graph: at(),
        vault_suffix: Some("127.0.0.1".into()),
        ..Endpoints::default()
    };
    let mut public = Cloud::named("AzurePublic").unwrap();
    public.allow_http = true;
    public.with_endpoints(&endpoints).unwrap()
}

/// No limits but few tries and short waits.
fn quick() -> Limits {
    let rate = Rate { burst: 1e6, per_second: 1e6 };
    let window = Window { calls: 1_000_000, seconds: 1.0 };
    Limits {
        subscription: rate,
        tenant: rate,
        graph: rate,
        vault: rate,
        private_dns: window,
        network: window,
        resource_graph: window,
        tries: 3,
        backoff: Duration::from_millis(2),
        throttle_wait: Duration::from_millis(5),
        request_timeout: Duration::from_millis(500),
        ..Limits::default()
    }
}

/// Keeps what it is told.
#[derive(Default)]
struct Diary(Mutex<Vec<String>>);

impl Diary {
    fn text(&self) -> String {
        self.0.lock().unwrap().join("\n")
    }
}

impl Observer for Diary {
    fn sent(&self, call: &str) {
        self.0.lock().unwrap().push(format!("sent {call}"));
    }
    fn answered(&self, call: &str, status: u16) {
        self.0.lock().unwrap().push(format!("answered {call} {status}"));
    }
    fn waited(&self, why: &str, seconds: f64) {
        self.0.lock().unwrap().push(format!("waited {why} {seconds:.3}"));
    }
    fn retried(&self, call: &str, why: &str) {
        self.0.lock().unwrap().push(format!("retried {call} {why}"));
    }
}

struct Bench {
    client: Arc<Client>,
    diary: Arc<Diary>,
}

fn bench_with(server: &Server, limits: Limits, credential: Arc<dyn Credential>) -> Bench {
    let diary = Arc::new(Diary::default());
    let client = Client::new(cloud(&server.origin), credential, limits, diary.clone()).unwrap();
    Bench { client: Arc::new(client), diary }
}

fn bench(server: &Server) -> Bench {
    bench_with(server, quick(), Arc::new(StaticToken::new(TOKEN)))
}

fn bench_over(transport: Box<dyn Transport>, limits: Limits) -> Bench {
    let diary = Arc::new(Diary::default());
    let client = Client::over(
        transport,
        Cloud::named("AzurePublic").unwrap(),
        Arc::new(StaticToken::new(TOKEN)),
        limits,
        diary.clone(),
    );
    Bench { client: Arc::new(client), diary }
}

fn call(path: &str) -> Call {
    Call {
        plane: Plane::Arm,
        path: path.to_owned(),
        api_version: "2024-08-01".into(),
        fallbacks: Vec::new(),
        subscription: None,
        family: "Microsoft.Test/things".into(),
    }
}

/// A list that every test may ask for.
fn things() -> Call {
    call("/subscriptions/s/providers/Microsoft.Test/things")
}
