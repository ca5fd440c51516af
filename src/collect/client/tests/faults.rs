//! Refusals, errors, time-outs and other api-versions.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use crate::collect::client::tests::server::{Answered, Fake, Server, answer};
use crate::collect::client::tests::{TOKEN, bench, bench_over, bench_with, call, quick, things};
use crate::collect::client::transport::{Outgoing, Transport};
use crate::collect::client::{Call, Limits, discover};
use crate::collect::credential::StaticToken;
use crate::model::GapReason;

fn coded(status: u16, code: &str) -> Answered {
    answer(status, format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#))
}

#[tokio::test]
async fn every_refusal_is_told_and_tried_as_often_as_it_helps() {
    for (answered, reason, status, times) in [
        (coded(401, "InvalidAuthenticationToken"), GapReason::Denied, Some(401), 1),
        (coded(403, "AuthorizationFailed"), GapReason::Denied, Some(403), 1),
        (coded(404, "ResourceNotFound"), GapReason::Unsupported, Some(404), 1),
        (coded(409, "MissingSubscriptionRegistration"), GapReason::Unsupported, Some(409), 1),
        (coded(409, "Conflict"), GapReason::Timeout, Some(409), 1),
        (coded(500, "ServerIsNotReady"), GapReason::Unsupported, Some(500), 1),
        (coded(429, "TooManyRequests"), GapReason::Throttled, Some(429), 3),
        (coded(500, "InternalServerError"), GapReason::Timeout, Some(500), 3),
        (coded(502, ""), GapReason::Timeout, Some(502), 3),
        (coded(503, ""), GapReason::Timeout, Some(503), 3),
        (coded(504, ""), GapReason::Timeout, Some(504), 3),
        (coded(408, ""), GapReason::Timeout, Some(408), 3),
        (answer(202, ""), GapReason::Malformed, Some(202), 1),
        (Answered::Reset, GapReason::Timeout, None, 3),
        (Answered::Silence, GapReason::Timeout, None, 3),
        (Answered::Raw(b"not http\r\n\r\n".to_vec()), GapReason::Timeout, None, 3),
    ] {
        let server = Server::always(answered.clone()).await;
        let limits = Limits { request_timeout: Duration::from_millis(200), ..quick() };
        let bench = bench_with(&server, limits, Arc::new(StaticToken::new(TOKEN)));
        let fault = bench.client.get(&things()).await.unwrap_err();
        assert_eq!((fault.reason, fault.status), (reason, status), "{answered:?} {fault}");
        assert_eq!(server.seen().len(), times, "{answered:?}");
        assert_eq!(fault.call, "GET /subscriptions/s/providers/Microsoft.Test/things?api-version=2024-08-01");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut server = Server::always(answer(200, "{}")).await;
    server.origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let fault = bench(&server).client.get(&things()).await.unwrap_err();
    assert_eq!((fault.reason, fault.status), (GapReason::Timeout, None));
    assert!(fault.message.starts_with("no connection"), "{fault}");
}

#[tokio::test]
async fn an_error_that_passes_is_forgotten() {
    for first in [coded(429, "TooManyRequests"), coded(503, ""), Answered::Reset, Answered::Silence] {
        let server = Server::new(move |n, _| if n < 2 { first.clone() } else { answer(200, "{}") }).await;
        let bench = bench(&server);
        assert!(bench.client.get(&things()).await.is_ok());
        assert_eq!(server.seen().len(), 3);
        assert_eq!(bench.diary.text().matches("retried").count(), 2);
    }
}

/// Refuses so many requests, then answers; keeps when requests came.
fn refusing(times: usize, refusal: Answered) -> (impl Transport + 'static, Arc<Mutex<Vec<Instant>>>) {
    let came: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let log = Arc::clone(&came);
    let answers = move |_: &Outgoing| {
        let mut log = log.lock().unwrap();
        log.push(Instant::now());
        if log.len() <= times { refusal.clone() } else { answer(200, "{}") }
    };
    (Fake(|| Duration::ZERO, answers), came)
}

#[tokio::test(start_paused = true)]
async fn the_server_is_left_alone_as_long_as_it_asks() {
    let date = ("date", "Tue, 08 Oct 2019 05:57:06 GMT");
    for (status, headers, expected) in [
        (429, vec![("retry-after", "17")], vec![17.0, 17.0]),
        (429, vec![("retry-after", "Tue, 08 Oct 2019 05:58:36 GMT"), date], vec![90.0, 90.0]),
        (503, vec![("retry-after", "17")], vec![17.0, 17.0]),
        (503, vec![("retry-after", "Tue, 08 Oct 2019 05:58:36 GMT"), date], vec![90.0, 90.0]),
        (429, vec![], vec![5.0, 10.0]),
    ] {
        let mut refusal = answer(status, "");
        for (name, value) in &headers {
            refusal = refusal.with(name, value);
        }
        let (azure, came) = refusing(2, refusal);
        let bench = bench_over(Box::new(azure), Limits::default());
        bench.client.get(&things()).await.unwrap();
        let came = came.lock().unwrap().clone();
        let gaps: Vec<f64> = came.windows(2).map(|w| w[1].duration_since(w[0]).as_secs_f64()).collect();
        assert!(
            gaps.iter().zip(&expected).all(|(g, e)| (*e..e + 2.0).contains(g)) && gaps.len() == expected.len(),
            "{status} {headers:?} {gaps:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn throttled_for_ever_ends_with_the_budget() {
    let refusal = answer(429, "").with("retry-after", "20");
    let (azure, came) = refusing(usize::MAX, refusal);
    let limits = Limits { budget: Duration::from_secs(100), tries: 50, ..Limits::default() };
    let bench = bench_over(Box::new(azure), limits);
    let began = Instant::now();
    let reads: Vec<_> = (0..200)
        .map(|n| {
            let client = Arc::clone(&bench.client);
            tokio::spawn(async move { client.get(&call(&format!("/subscriptions/s/providers/a.b/c/{n}"))).await })
        })
        .collect();
    for read in reads {
        let fault = read.await.unwrap().unwrap_err();
        assert_eq!(fault.reason, GapReason::Throttled, "{fault}");
        assert!(fault.call.contains("/a.b/c/"));
    }
    assert!(began.elapsed() <= Duration::from_secs(121), "{:?}", began.elapsed());
    assert!(came.lock().unwrap().len() < 60, "a server that refuses is not asked 200 times");
    // Another subscription has its own budget.
    let other = bench.client.get(&call("/subscriptions/t/providers/a.b/c")).await.unwrap_err();
    assert_eq!((other.reason, other.status), (GapReason::Throttled, Some(429)));
    assert!(began.elapsed() > Duration::from_secs(150));
}

#[tokio::test(start_paused = true)]
async fn an_hour_is_not_waited_for() {
    let (azure, came) = refusing(usize::MAX, answer(429, "").with("retry-after", "3600"));
    let bench = bench_over(Box::new(azure), Limits::default());
    let began = Instant::now();
    let first = bench.client.get(&things()).await.unwrap_err();
    assert_eq!((first.reason, first.status), (GapReason::Throttled, Some(429)));
    let second = bench.client.get(&things()).await.unwrap_err();
    assert_eq!((second.reason, second.status), (GapReason::Throttled, None));
    assert!(second.message.starts_with("not sent"), "{second}");
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(came.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_never_answers_costs_minutes_and_not_hours() {
    let began = Instant::now();
    let well_after = Arc::new(Mutex::new(Duration::MAX));
    let (well, count) = (Arc::clone(&well_after), Arc::new(AtomicUsize::new(0)));
    let sent = Arc::clone(&count);
    let answers = move |_: &Outgoing| {
        sent.fetch_add(1, Ordering::SeqCst);
        if began.elapsed() > *well.lock().unwrap() { answer(200, "{}") } else { Answered::Silence }
    };
    let latency = {
        let well = Arc::clone(&well_after);
        move || if began.elapsed() > *well.lock().unwrap() { Duration::ZERO } else { Duration::from_secs(60) }
    };
    let bench = bench_over(Box::new(Fake(latency, answers)), Limits::default());
    let read = |n: usize| {
        let client = Arc::clone(&bench.client);
        tokio::spawn(async move { client.get(&call(&format!("/subscriptions/s/providers/a.b/c/{n}"))).await })
    };
    let reads: Vec<_> = (0..3000).map(read).collect();
    for read in reads {
        let fault = read.await.unwrap().unwrap_err();
        assert_eq!((fault.reason, fault.status), (GapReason::Timeout, None), "{fault}");
    }
    assert!(began.elapsed() < Duration::from_secs(900), "{:?}", began.elapsed());
    assert!(count.load(Ordering::SeqCst) < 200);
    // It is noticed when the service is well again.
    *well_after.lock().unwrap() = Duration::ZERO;
    for n in 0..50 {
        assert!(read(n).await.unwrap().is_ok());
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_refuses_does_not_hold_the_others() {
    let azure = Fake(
        || Duration::from_millis(10),
        |request: &Outgoing| {
            let slow = request.url().path().contains("a.slow");
            let refusal = coded(429, "TooManyRequests").with("retry-after", "60");
            if slow { refusal } else { answer(200, "{}") }
        },
    );
    let bench = bench_over(Box::new(azure), Limits { budget: Duration::from_secs(200), ..Limits::default() });
    let began = Instant::now();
    let slow = {
        let client = Arc::clone(&bench.client);
        tokio::spawn(async move { client.get(&call("/subscriptions/s/providers/a.slow/c")).await })
    };
    tokio::time::sleep(Duration::from_secs(1)).await;
    for _ in 0..50 {
        bench.client.get(&call("/subscriptions/s/providers/a.fast/c")).await.unwrap();
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(slow.await.unwrap().unwrap_err().reason, GapReason::Throttled);
}

#[tokio::test]
async fn another_api_version_is_taken_and_remembered() {
    let refusals = [
        (
            400,
            "InvalidApiVersionParameter",
            "The api-version '2024-08-01' is invalid. The supported versions are '2025-01-01,2023-05-01-preview,2023-01-01,2020-01-01'.",
        ),
        (
            400,
            "NoRegisteredProviderFound",
            "No registered resource provider found for location 'x' and API version '2024-08-01' for type 'things'. The supported api-versions are '2025-01-01, 2023-05-01-preview, 2023-01-01, 2020-01-01'. The supported locations are ', eastus'.",
        ),
        (
            404,
            "InvalidResourceType",
            "The resource type 'things' could not be found in the namespace 'X' for api version '2024-08-01'. The supported api-versions are '2025-01-01,2023-05-01-preview,2023-01-01,2020-01-01'.",
        ),
    ];
    for (status, code, message) in refusals {
        for (fallbacks, expected) in
            [(vec!["2023-05-01-preview".to_owned()], "2023-05-01-preview"), (vec![], "2023-01-01")]
        {
            let server = Server::new(move |_, seen| {
                if seen.target.ends_with(expected) {
                    answer(200, r#"{"value":[]}"#)
                } else {
                    let error = serde_json::json!({"error": {"code": code, "message": message}});
                    answer(status, error.to_string())
                }
            })
            .await;
            let bench = bench(&server);
            let call = Call { fallbacks, ..things() };
            let listing = bench.client.list(&call).await;
            assert_eq!(listing.fault, None, "{code}");
            assert_eq!(listing.pages[0].answer.api_version, expected);
            assert_eq!(server.seen().len(), 2);
            bench.client.get(&call).await.unwrap();
            assert_eq!(server.seen().len(), 3, "the family does not fail again");
        }
    }
}

#[tokio::test]
async fn versions_that_lead_nowhere_end_as_unsupported() {
    let message = "The api-version is invalid. The supported versions are '2023-01-01,2022-01-01,2021-01-01,2020-01-01,2019-01-01,2018-01-01'.";
    let error = serde_json::json!({"error": {"code": "InvalidApiVersionParameter", "message": message}}).to_string();
    let server = Server::always(answer(400, error)).await;
    let fault = bench(&server).client.get(&things()).await.unwrap_err();
    assert_eq!((fault.reason, fault.status), (GapReason::Unsupported, Some(400)));
    assert_eq!(fault.code.as_deref(), Some("InvalidApiVersionParameter"));
    assert_eq!(server.seen().len(), 4);
    let server = Server::always(coded(400, "NoRegisteredProviderFound")).await;
    assert_eq!(bench(&server).client.get(&things()).await.unwrap_err().reason, GapReason::Unsupported);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn hostile_paths_are_not_sent() {
    let server = Server::always(answer(200, "{}")).await;
    let bench = bench(&server);
    for path in ["/a/../b", "//x/../y", "x", "/a\r\nPOST /b HTTP/1.1", "/a\\..\\b", "/a/%2e%2e/b"] {
        let fault = bench.client.get(&call(path)).await.unwrap_err();
        assert_eq!((fault.reason, fault.status), (GapReason::Malformed, None), "{path}");
        assert!(!fault.to_string().contains(['\r', '\n']));
    }
    let bad = Call { api_version: "1&x=y".into(), ..things() };
    assert!(bench.client.get(&bad).await.is_err());
    assert!(server.seen().is_empty());
    bench.client.get(&call("//evil.test/x y#z")).await.unwrap();
    assert_eq!(server.targets(), ["//evil.test/x%20y%23z?api-version=2024-08-01"]);
}

#[tokio::test]
async fn a_cloud_is_discovered_without_a_token() {
    let tries = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tries);
    let server = Server::new(move |_, seen| {
        assert_eq!(seen.header("authorization"), None);
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            return answer(503, "");
        }
        let here = format!("http://{}", seen.header("host").unwrap());
        let json = serde_json::json!({
            "name": "Emulator", "authentication": {"loginEndpoint": here, "audiences": [here]},
            "microsoftGraphResourceId": here, "suffixes": {"keyVaultDns": "vault.test.net"}
        });
        answer(200, json.to_string())
    })
    .await;
    let cloud = discover(&server.origin, true, &quick()).await.unwrap();
    assert_eq!((cloud.name.as_str(), cloud.arm.to_string()), ("Emulator", server.origin.clone()));
    assert_eq!(server.targets()[1], "/metadata/endpoints?api-version=2022-09-01");
    assert!(discover(&server.origin, false, &quick()).await.is_err(), "http only where it is allowed");
}
