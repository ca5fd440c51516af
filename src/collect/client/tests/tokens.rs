//! What is sent, with which token, and that the token is never seen again.

use std::sync::Mutex;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use base64::Engine as _;

use crate::collect::client::tests::server::{Answered, Server, answer};
use crate::collect::client::tests::{TOKEN, bench, bench_with, call, cloud, quick, things};
use crate::collect::client::{Call, Client, Plane, Query, Silent};
use crate::collect::cloud::{Cloud, Origin};
use crate::collect::credential::{Credential, CredentialError, Kind, Secret, StaticToken, Token};
use crate::model::GapReason;

/// Gives numbered tokens, a new one for each claim; keeps what it was asked.
#[derive(Default)]
struct Numbered(Mutex<(usize, Vec<String>)>);

#[async_trait]
impl Credential for Numbered {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let mut state = self.0.lock().unwrap();
        if let Some(claims) = claims {
            state.0 += 1;
            state.1.push(format!("{audience} {claims}"));
        }
        Ok(Token { secret: Secret::new(format!("numbered-token-{:04}", state.0)), expires_on: i64::MAX })
    }

    fn describe(&self) -> String {
        "numbered".into()
    }
}

fn bearer(seen: &crate::collect::client::tests::server::Seen) -> usize {
    let value = seen.header("authorization").unwrap();
    value.strip_prefix("Bearer numbered-token-").unwrap().parse().unwrap()
}

const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;

fn challenge() -> Answered {
    let claims = base64::engine::general_purpose::STANDARD.encode(CLAIMS);
    answer(401, "")
        .with("www-authenticate", &format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\""))
}

#[tokio::test]
async fn a_challenge_is_answered_once_with_its_claims() {
    let server = Server::new(|_, seen| if bearer(seen) == 0 { challenge() } else { answer(200, "{}") }).await;
    let credential = Arc::new(Numbered::default());
    let bench = bench_with(&server, quick(), credential.clone());
    bench.client.get(&things()).await.unwrap();
    assert_eq!(credential.0.lock().unwrap().1, [format!("{} {CLAIMS}", server.origin)]);
    assert_eq!(server.seen().len(), 2);

    let never = Server::always(challenge()).await;
    let credential = Arc::new(Numbered::default());
    let bench = bench_with(&never, quick(), credential.clone());
    assert_eq!(bench.client.get(&things()).await.unwrap_err().reason, GapReason::Denied);
    assert_eq!((credential.0.lock().unwrap().0, never.seen().len()), (1, 2));
}

#[tokio::test]
async fn another_401_renews_the_token_once() {
    let server = Server::new(|_, seen| if bearer(seen) == 0 { answer(401, "") } else { answer(200, "{}") }).await;
    let credential = Arc::new(Numbered::default());
    let bench = bench_with(&server, quick(), credential.clone());
    bench.client.get(&things()).await.unwrap();
    assert_eq!(credential.0.lock().unwrap().1, [format!("{} {{}}", server.origin)]);
    // A credential that has no other token is not tried again.
    let server = Server::always(answer(401, r#"{"error":{"code":"ExpiredAuthenticationToken","message":"m"}}"#)).await;
    let fault = crate::collect::client::tests::bench(&server).client.get(&things()).await.unwrap_err();
    assert_eq!((fault.reason, fault.status, server.seen().len()), (GapReason::Denied, Some(401), 1));
    assert_eq!(fault.code.as_deref(), Some("ExpiredAuthenticationToken"));
}

#[tokio::test]
async fn calls_that_are_refused_together_take_one_new_token() {
    let server = Server::new(|_, seen| if bearer(seen) == 0 { answer(401, "") } else { answer(200, "{}") }).await;
    let credential = Arc::new(Numbered::default());
    let bench = bench_with(&server, quick(), credential.clone());
    let reads: Vec<_> = (0..20)
        .map(|n| {
            let client = Arc::clone(&bench.client);
            tokio::spawn(async move { client.get(&call(&format!("/subscriptions/s{n}"))).await.is_ok() })
        })
        .collect();
    for read in reads {
        assert!(read.await.unwrap());
    }
    assert_eq!(credential.0.lock().unwrap().0, 1);
}

struct Broken;

#[async_trait]
impl Credential for Broken {
    async fn token(&self, _: &str, _: Option<&str>) -> Result<Token, CredentialError> {
        let what = "no such identity\u{202e}".to_owned();
        Err(CredentialError::Unusable { kind: Kind::Token, what, hint: "make one".into() })
    }

    fn describe(&self) -> String {
        "broken".into()
    }
}

#[tokio::test]
async fn no_token_is_a_refusal() {
    let server = Server::always(answer(200, "{}")).await;
    let bench = bench_with(&server, quick(), Arc::new(Broken));
    let fault = bench.client.get(&things()).await.unwrap_err();
    assert_eq!((fault.reason, fault.status), (GapReason::Denied, None));
    assert!(fault.message.contains("no token") && !fault.message.contains('\u{202e}'), "{fault}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_token_is_never_repeated() {
    let echoes: Vec<Answered> = vec![
        answer(400, format!(r#"{{"error":{{"code":"Bad","message":"got {TOKEN}"}}}}"#)),
        answer(403, format!("Bearer {TOKEN}")),
        answer(404, format!(r#"{{"error":{{"code":"{}","message":"m"}}}}"#, &TOKEN[..60])),
        answer(500, TOKEN.to_uppercase()),
        answer(429, TOKEN),
        answer(401, TOKEN).with("www-authenticate", &format!("Bearer claims=\"{TOKEN}\"")),
        answer(302, "").with("location", &format!("https://evil.test/{TOKEN}")),
        answer(302, "").with("location", &format!("https://{}.evil.test/", &TOKEN[..40])),
        answer(200, TOKEN),
        answer(200, format!("{{\"value\":{{\"{TOKEN}\":1}}}}")),
        answer(200, format!("{{\"value\":[],\"value\":\"{TOKEN}\"}}")),
        answer(200, format!(r#"{{"value":[1],"nextLink":"/next?t={TOKEN}"}}"#)),
        answer(200, format!(r#"{{"value":[1],"nextLink":"https://evil.test/next?t={TOKEN}"}}"#)),
        answer(200, format!(r#"{{"value":[1],"nextLink":"https://{}.evil.test/"}}"#, &TOKEN[..40])),
        answer(200, "{}").with("x-ms-request-id", TOKEN),
        answer(200, r#"{"value":[1],"nextLink":7}"#).with("x-ms-request-id", &TOKEN[30..60]),
        Answered::Raw(format!("{TOKEN}\r\n\r\n").into_bytes()),
    ];
    let parts: Vec<String> =
        TOKEN.to_lowercase().as_bytes().windows(16).map(|w| String::from_utf8(w.to_vec()).unwrap()).collect();
    for echo in echoes {
        let server = Server::always(echo.clone()).await;
        let bench = bench(&server);
        let listing = bench.client.list(&things()).await;
        let fault = listing.fault.expect("an echo is no answer");
        let pages: Vec<String> = listing.pages.iter().map(|p| format!("{:?}", p.answer)).collect();
        let said = format!("{fault} {fault:?} {pages:?} {} {:?}", bench.diary.text(), bench.client).to_lowercase();
        assert!(parts.iter().all(|p| !said.contains(p)), "{echo:?} {said}");
    }
}

#[tokio::test]
async fn every_request_carries_what_it_should_and_no_more() {
    let server = Server::always(answer(200, r#"{"value":[]}"#)).await;
    let bench = bench(&server);
    bench.client.get(&things()).await.unwrap();
    bench.client.get(&things()).await.unwrap();
    let seen = server.seen();
    for request in &seen {
        let mut names: Vec<&str> = request.headers.iter().map(|(n, _)| n.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["accept", "accept-encoding", "authorization", "host", "user-agent", "x-ms-client-request-id"]
        );
        assert_eq!(request.header("authorization").unwrap(), format!("Bearer {TOKEN}"));
        assert!(request.header("user-agent").unwrap().starts_with("assize/"));
        assert_eq!(request.header("x-ms-client-request-id").unwrap().len(), 36);
    }
    assert_ne!(seen[0].header("x-ms-client-request-id"), seen[1].header("x-ms-client-request-id"));
}

#[tokio::test]
async fn nothing_but_get_and_two_posts_is_ever_sent() {
    let server = Server::new(|n, seen| match (n % 3, seen.method.as_str()) {
        (0, _) => answer(200, r#"{"value":[],"nextLink":"/providers/Microsoft.Authorization/elevateAccess?x"}"#),
        (1, "POST") => answer(200, r#"{"data":[],"count":0,"totalRecords":0,"value":[]}"#),
        (1, _) => answer(401, ""),
        _ => answer(307, "").with("location", "/subscriptions/s/listKeys"),
    })
    .await;
    let bench = bench_with(&server, quick(), Arc::new(Numbered::default()));
    let client = &bench.client;
    let vault = Origin::parse(&server.origin, true).unwrap();
    for _ in 0..4 {
        for plane in [Plane::Arm, Plane::Graph, Plane::Vault(vault.clone())] {
            for path in ["/a", "/subscriptions/s/listKeys", "/a HTTP/1.1\r\nDELETE /b", "/v1.0/$batch", "/batch"] {
                let call = Call { plane: plane.clone(), ..call(path) };
                let _ = client.get(&call).await;
                let _ = client.list(&call).await;
            }
        }
        let query = Query {
            table: "resources".into(),
            kql: "resources".into(),
            subscriptions: vec!["s".into()],
            management_groups: vec!["m".into()],
            scope_filter: None,
        };
        let _ = client.query(&query).await;
        let _ = client.principals(&["p".into()]).await;
    }
    let seen = server.seen();
    assert!(seen.len() > 80);
    let mut posts: Vec<&str> = Vec::new();
    for request in &seen {
        match request.method.as_str() {
            "GET" => assert!(request.body.is_empty()),
            "POST" => posts.push(&request.target),
            other => panic!("{other} {}", request.target),
        }
    }
    posts.sort_unstable();
    posts.dedup();
    let resources = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
    assert_eq!(posts, [resources, "/v1.0/directoryObjects/getByIds"]);
}

/// The one place that can send is `transport.rs`, and it names no other method.
#[test]
fn only_the_transport_can_send_and_it_has_two_methods() {
    let others = [
        include_str!("../mod.rs"),
        include_str!("../fault.rs"),
        include_str!("../graph.rs"),
        include_str!("../lanes.rs"),
        include_str!("../limits.rs"),
        include_str!("../pace.rs"),
        include_str!("../paging.rs"),
        include_str!("../retry.rs"),
        include_str!("../send.rs"),
        include_str!("../version.rs"),
    ];
    let transport = include_str!("../transport.rs");
    for word in ["reqwest::Client", "Method", ".put(", ".patch(", ".delete(", ".head(", ".request(", "self.http"] {
        assert!(others.iter().all(|text| !text.contains(word)), "{word}");
    }
    for word in ["Method", ".put(", ".patch(", ".delete(", ".head(", ".request(", "default_headers", "danger"] {
        assert!(!transport.contains(word), "{word}");
    }
    assert_eq!(transport.matches("self.http.").count(), 2);
    assert_eq!(transport.matches("self.http.get(").count(), 1);
    assert_eq!(transport.matches("self.http.post(").count(), 1);
    // Every way to make a request is here: two that read, one to the endpoints of `Post`, one that has a key sign.
    assert_eq!(transport.matches("Self { url, body: None").count(), 2);
    assert_eq!(transport.matches("Self { url, body: Some(body)").count(), 2);
}

#[tokio::test]
async fn a_host_that_is_no_vault_gets_no_token() {
    static FOREIGN: OnceLock<String> = OnceLock::new();
    let foreign = Server::always(answer(200, "{}")).await;
    FOREIGN.get_or_init(|| foreign.origin.clone());
    let token = || Arc::new(StaticToken::new(TOKEN));
    let plain = Client::new(Cloud::named("AzurePublic").unwrap(), token(), quick(), Arc::new(Silent)).unwrap();
    for host in
        [&foreign.origin, "https://vault.azure.net.evil.test", "https://evilvault.azure.net:444", "https://evil.test"]
    {
        let vault = Call { plane: Plane::Vault(Origin::parse(host, true).unwrap()), ..call("/keys") };
        let fault = plain.get(&vault).await.unwrap_err();
        assert_eq!((fault.reason, fault.status), (GapReason::OutOfScope, None));
        assert!(fault.message.contains("no token is sent"), "{fault}");
    }
    assert_eq!(foreign.connections(), 0);

    let server = Server::always(answer(200, r#"{"value":[]}"#)).await;
    let near = Client::new(cloud(&server.origin), token(), quick(), Arc::new(Silent)).unwrap();
    let vault = Call { plane: Plane::Vault(Origin::parse(&server.origin, true).unwrap()), ..call("/keys") };
    assert_eq!(near.list(&vault).await.fault, None);
    assert_eq!(near.list(&vault).await.pages[0].answer.path, "/keys?api-version=2024-08-01");
}

#[tokio::test]
async fn without_leave_nothing_is_sent_without_tls() {
    let server = Server::always(answer(200, "{}")).await;
    let mut strict = cloud(&server.origin);
    strict.allow_http = false;
    let client = Client::new(strict, Arc::new(StaticToken::new(TOKEN)), quick(), Arc::new(Silent)).unwrap();
    assert!(client.get(&things()).await.is_err());
    assert_eq!(server.connections(), 0);
}
