//! Against a server that enforces Azure's limits: almost all of the allowed rate is used, and nothing is refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use crate::collect::client::tests::server::{Answered, Fake, Server, answer};
use crate::collect::client::tests::{Bench, TOKEN, bench_over, bench_with, call, quick};
use crate::collect::client::transport::{Failure, Outgoing, Reply, Transport};
use crate::collect::client::{Limits, Query, Rate};
use crate::collect::credential::StaticToken;

/// Buckets of a server: requests that are left, by name.
struct Enforced {
    burst: f64,
    per_second: f64,
    start: f64,
    /// Requests of others each second.
    others: f64,
    buckets: BTreeMap<String, (f64, Instant)>,
    refused: usize,
    answered: usize,
}

impl Enforced {
    fn new(burst: f64, per_second: f64) -> Self {
        Self { burst, per_second, start: burst, others: 0.0, buckets: BTreeMap::new(), refused: 0, answered: 0 }
    }

    fn ask(&mut self, name: &str) -> Answered {
        let now = Instant::now();
        let (left, at) = self.buckets.entry(name.to_owned()).or_insert((self.start, now));
        let refill = now.duration_since(*at).as_secs_f64() * (self.per_second - self.others);
        *left = (*left + refill).clamp(0.0, self.burst);
        *at = now;
        if *left < 1.0 {
            self.refused += 1;
            return answer(429, r#"{"error":{"code":"SubscriptionRequestsThrottled","message":"m"}}"#)
                .with("retry-after", "5");
        }
        *left -= 1.0;
        self.answered += 1;
        let header = "x-ms-ratelimit-remaining-subscription-reads";
        answer(200, "{}").with(header, &(left.floor() as u32).to_string())
    }
}

fn subscription_of(path: &str) -> String {
    path.split('/').nth(2).unwrap_or_default().to_owned()
}

fn azure(state: &Arc<Mutex<Enforced>>, latency: impl Fn() -> Duration + Send + Sync + 'static) -> Box<dyn Transport> {
    let state = Arc::clone(state);
    Box::new(Fake(latency, move |request: &Outgoing| state.lock().unwrap().ask(&subscription_of(request.url().path()))))
}

/// Reads so many things of each subscription at once; gives the seconds it took.
async fn read(bench: &Bench, subscriptions: usize, each: usize) -> f64 {
    let began = Instant::now();
    let reads: Vec<_> = (0..each)
        .flat_map(|n| (0..subscriptions).map(move |s| format!("/subscriptions/s{s}/providers/a.b/c/{n}")))
        .map(|path| {
            let client = Arc::clone(&bench.client);
            tokio::spawn(async move { client.get(&call(&path)).await })
        })
        .collect();
    for read in reads {
        read.await.unwrap().unwrap();
    }
    began.elapsed().as_secs_f64()
}

#[tokio::test(start_paused = true)]
async fn azures_own_limits_are_used_and_not_passed() {
    for (latency, subscriptions) in [(0, 1), (150, 1), (500, 1), (150, 4)] {
        let state = Arc::new(Mutex::new(Enforced::new(250.0, 25.0)));
        let bench = bench_over(azure(&state, move || Duration::from_millis(latency)), Limits::default());
        let took = read(&bench, subscriptions, 2000).await;
        let used = 2000.0 / (250.0 + 25.0 * took);
        let state = state.lock().unwrap();
        assert_eq!((state.refused, state.answered), (0, 2000 * subscriptions), "at {latency} ms");
        assert!(used >= 0.9, "at {latency} ms: {used}");
    }
}

#[tokio::test(start_paused = true)]
async fn answers_that_come_unevenly_do_no_harm() {
    let state = Arc::new(Mutex::new(Enforced::new(250.0, 25.0)));
    let number = std::sync::atomic::AtomicU64::new(7);
    let latency = move || {
        let n = number.fetch_add(0x9e37_79b9_7f4a_7c15, std::sync::atomic::Ordering::Relaxed);
        Duration::from_millis((n >> 40) % 400 + 20)
    };
    let bench = bench_over(azure(&state, latency), Limits::default());
    let took = read(&bench, 1, 2000).await;
    let used = 2000.0 / (250.0 + 25.0 * took);
    assert_eq!(state.lock().unwrap().refused, 0);
    assert!(used >= 0.9, "{used}");
}

#[tokio::test(start_paused = true)]
async fn a_bucket_that_another_run_has_emptied_is_noticed_at_once() {
    for start in [0.0, 3.0, 20.0] {
        let state = Arc::new(Mutex::new(Enforced { start, ..Enforced::new(250.0, 25.0) }));
        let bench = bench_over(azure(&state, || Duration::from_millis(100)), Limits::default());
        let took = read(&bench, 1, 1000).await;
        let state = state.lock().unwrap();
        assert!(state.refused <= 4, "from {start}: {} refused", state.refused);
        assert!(took < 65.0, "from {start}: {took} s");
    }
}

#[tokio::test(start_paused = true)]
async fn others_in_the_same_bucket_are_made_room_for() {
    let state = Arc::new(Mutex::new(Enforced { others: 15.0, ..Enforced::new(250.0, 25.0) }));
    let bench = bench_over(azure(&state, || Duration::from_millis(100)), Limits::default());
    let took = read(&bench, 1, 2000).await;
    let used = 2000.0 / (250.0 + 10.0 * took);
    let state = state.lock().unwrap();
    assert!(state.refused <= 10, "{} refused", state.refused);
    assert!(used >= 0.8, "{used}");
}

#[tokio::test(start_paused = true)]
async fn resource_graph_is_asked_as_fast_as_its_quota_allows() {
    // 15 in each five seconds by the clock, as the service counts.
    let state: Arc<Mutex<(u64, u32, usize, usize)>> = Arc::default();
    let began = Instant::now();
    let log = Arc::clone(&state);
    let respond = move |_: &Outgoing| {
        let mut state = log.lock().unwrap();
        let passed = began.elapsed();
        let window = passed.as_secs() / 5;
        if window != state.0 {
            (state.0, state.1) = (window, 0);
        }
        if state.1 >= 15 {
            state.2 += 1;
            return answer(429, "").with("retry-after", "5");
        }
        state.1 += 1;
        state.3 += 1;
        let rest = (Duration::from_secs(5 * (window + 1)) - passed).as_secs_f64().ceil();
        answer(200, r#"{"totalRecords":0,"count":0,"data":[]}"#)
            .with("x-ms-user-quota-remaining", &(15 - state.1).to_string())
            .with("x-ms-user-quota-resets-after", &format!("00:00:{rest:02}"))
    };
    let azure = Fake(|| Duration::from_millis(120), respond);
    let bench = bench_over(Box::new(azure), Limits::default());
    let reads: Vec<_> = (0..300)
        .map(|_| {
            let client = Arc::clone(&bench.client);
            let query = Query {
                table: "resources".into(),
                kql: "resources".into(),
                subscriptions: vec!["s".into()],
                management_groups: Vec::new(),
                scope_filter: None,
            };
            tokio::spawn(async move { client.query(&query).await })
        })
        .collect();
    for read in reads {
        assert_eq!(read.await.unwrap().fault, None);
    }
    let took = began.elapsed().as_secs_f64();
    let used = 300.0 / (15.0 + 3.0 * took);
    assert_eq!(state.lock().unwrap().2, 0);
    assert!(used >= 0.9, "{used}");
}

#[tokio::test(start_paused = true)]
async fn private_dns_does_not_hold_up_the_rest() {
    let dns: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let log = Arc::clone(&dns);
    let respond = move |request: &Outgoing| {
        if request.url().path().contains("privateDnsZones") {
            log.lock().unwrap().push(Instant::now());
        }
        answer(200, "{}")
    };
    let bench = bench_over(Box::new(Fake(|| Duration::from_millis(20), respond)), Limits::default());
    let began = Instant::now();
    let slow: Vec<_> = (0..700)
        .map(|n| {
            let client = Arc::clone(&bench.client);
            let path = format!("/subscriptions/s0/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/{n}");
            tokio::spawn(async move { client.get(&call(&path)).await.unwrap() })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(30)).await;
    let took = read(&bench, 1, 500).await;
    assert!(took < 25.0, "{took}");
    for read in slow {
        read.await.unwrap();
    }
    let dns = dns.lock().unwrap();
    for (i, time) in dns.iter().enumerate() {
        let within = dns[i..].iter().take_while(|t| t.duration_since(*time) < Duration::from_secs(300)).count();
        assert!(within <= 500, "{within}");
    }
    assert!(began.elapsed() < Duration::from_secs(420), "{:?}", began.elapsed());
}

/// The same over real sockets in real time: a smaller bucket, eight times the refill.
#[tokio::test]
async fn over_sockets_the_rate_is_used_and_not_passed() {
    let state = Arc::new(Mutex::new(Enforced::new(100.0, 200.0)));
    let enforced = Arc::clone(&state);
    let server = Server::new(move |_, seen| enforced.lock().unwrap().ask(&subscription_of(&seen.target))).await;
    let limits = Limits {
        subscription: Rate { burst: 100.0, per_second: 200.0 },
        share: 0.95,
        request_timeout: Duration::from_secs(10),
        ..quick()
    };
    let bench = bench_with(&server, limits, Arc::new(StaticToken::new(TOKEN)));
    let took = read(&bench, 1, 700).await;
    let used = 700.0 / (100.0 + 200.0 * took);
    let state = state.lock().unwrap();
    assert_eq!((state.refused, state.answered), (0, 700));
    // A busy machine may be slower than the limit; it must not be faster.
    assert!((0.5..=1.0).contains(&used), "{used}");
}

#[tokio::test]
async fn few_are_under_way_at_a_time() {
    let now: Arc<Mutex<(usize, usize)>> = Arc::default();
    struct Under(Arc<Mutex<(usize, usize)>>);
    #[async_trait::async_trait]
    impl Transport for Under {
        async fn send(&self, _: &Outgoing, _: Option<&str>, _: &str) -> Result<Reply, Failure> {
            {
                let mut now = self.0.lock().unwrap();
                now.0 += 1;
                now.1 = now.1.max(now.0);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
            self.0.lock().unwrap().0 -= 1;
            Ok(Reply { status: 200, headers: reqwest::header::HeaderMap::new(), body: b"{}".to_vec(), secret: None })
        }
    }
    for (subscriptions, most) in [(1, 3), (5, 7)] {
        *now.lock().unwrap() = (0, 0);
        let limits = Limits { concurrency_per_subscription: 3, concurrency: 7, ..quick() };
        let bench = bench_over(Box::new(Under(Arc::clone(&now))), limits);
        read(&bench, subscriptions, 20).await;
        assert_eq!(now.lock().unwrap().1, most);
    }
}
