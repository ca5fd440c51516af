//! A store in a container, at a server that answers as each test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use assize::store::{Access, Immutability, Store, StoreError, TokenSource, Written};

use super::{name, names, place, wait};
use crate::fake::{Asked, Script, Told};

const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.a-token-of-the-store-7f3a.signature";

fn by_token() -> Option<Access> {
    Some(Access::Token(TokenSource::new(|| Box::pin(async { Ok(TOKEN.to_owned().into()) }))))
}

fn open(script: &Script) -> Store {
    Store::open(place(&format!("{}/bankaccount/evidence/pre", script.origin())), by_token()).expect("a store")
}

fn blob(status: u16, body: &[u8]) -> Told {
    Told::new(status, body).with("etag", "\"1\"").with("last-modified", "Sun, 01 Nov 2026 02:00:00 GMT")
}

fn xml(status: u16, code: &str, message: &str) -> Told {
    let body =
        format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}\nRequestId:1</Message></Error>");
    Told::new(status, body).with("x-ms-error-code", code)
}

fn is_properties(asked: &Asked) -> bool {
    asked.line() == "HEAD /bankaccount/evidence?restype=container"
}

fn held() -> Told {
    Told::new(200, "")
        .with("x-ms-has-immutability-policy", "true")
        .with("x-ms-has-legal-hold", "false")
        .with("x-ms-immutable-storage-with-versioning-enabled", "false")
}

#[test]
fn a_blob_is_created_and_never_replaced_and_what_keeps_it_is_recorded() {
    let script = Script::start(|asked, _| match asked {
        _ if is_properties(asked) => held(),
        _ => blob(201, b"").with("x-ms-version-id", "2026-11-01T02:00:00.1Z"),
    });
    let stored = wait(open(&script).put(&name("a/b.json"), b"abc".to_vec())).unwrap();
    assert_eq!(stored.written, Written::New);
    assert_eq!(stored.version.as_deref(), Some("2026-11-01T02:00:00.1Z"));
    let known = Immutability::Container { policy: Some(true), legal_hold: Some(false), versioning: Some(false) };
    assert_eq!(stored.immutability, known);
    let asked = script.asked();
    assert_eq!(
        script.lines(),
        ["PUT /bankaccount/evidence/pre/a/b.json", "HEAD /bankaccount/evidence?restype=container"]
    );
    assert_eq!(asked[0].header("if-none-match"), Some("*"));
    assert_eq!(asked[0].header("x-ms-blob-type"), Some("BlockBlob"));
    assert_eq!(asked[0].body, b"abc");
    for request in asked {
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    }
}

#[test]
fn what_the_container_does_not_say_is_never_yes() {
    let state = |told: Told| {
        let script = Script::start(move |_, _| told.clone());
        wait(open(&script).immutability())
    };
    let said = |policy, legal_hold, versioning| Immutability::Container { policy, legal_hold, versioning };
    assert_eq!(state(Told::new(200, "")), said(None, None, None));
    assert_eq!(state(Told::new(200, "").with("x-ms-has-immutability-policy", "perhaps")), said(None, None, None));
    assert_eq!(state(Told::new(200, "").with("x-ms-has-legal-hold", "True")), said(None, Some(true), None));
    for (told, word) in [
        (xml(403, "AuthorizationPermissionMismatch", ""), "403 AuthorizationPermissionMismatch"),
        (xml(404, "ContainerNotFound", ""), "404 ContainerNotFound"),
        (Told::new(302, "").with("location", "https://evil.test/").with("x-ms-has-immutability-policy", "true"), "302"),
        (Told::new(403, "").with("x-ms-error-code", TOKEN), "403 [token]"),
    ] {
        let Immutability::Unreadable { why } = state(told) else { panic!("it was not readable") };
        assert_eq!(why.get(..word.len()), Some(word));
        assert!(!why.contains("a-token-of"), "{why}");
    }
}

#[test]
fn a_name_that_is_taken_is_compared() {
    let answer = |asked: &Asked, _| match asked.method.as_str() {
        _ if is_properties(asked) => held(),
        "PUT" => xml(409, "BlobAlreadyExists", "The specified blob already exists."),
        _ => blob(200, b"abc"),
    };
    let script = Script::start(answer);
    let store = open(&script);
    assert_eq!(wait(store.put(&name("a"), b"abc".to_vec())).unwrap().written, Written::Same);
    let error = wait(store.put(&name("a"), b"abd".to_vec())).unwrap_err();
    assert!(matches!(error, StoreError::Different { .. }), "{error}");
}

#[test]
fn another_conflict_is_no_blob_that_is_there() {
    let script = Script::start(|asked, _| match asked.method.as_str() {
        "PUT" => xml(409, "ContainerBeingDeleted", "The specified container is being deleted."),
        _ => xml(404, "BlobNotFound", "no"),
    });
    let error = wait(open(&script).put(&name("a"), b"abc".to_vec())).unwrap_err();
    assert!(error.to_string().contains("ContainerBeingDeleted"), "{error}");
    assert!(matches!(error, StoreError::Failed { .. }), "{error}");
}

#[test]
fn a_token_does_not_follow_a_redirect() {
    let foreign = Script::start(|_, _| Told::new(200, "x"));
    let to = format!("{}/bankaccount/evidence/pre/a", foreign.origin());
    let script = Script::start(move |_, _| Told::new(307, "").with("location", &to));
    let store = open(&script);
    assert!(matches!(wait(store.put(&name("a"), b"abc".to_vec())), Err(StoreError::Failed { .. })));
    assert!(matches!(wait(store.get(&name("a"), None)), Err(StoreError::Failed { .. })));
    assert!(matches!(wait(store.list(None)), Err(StoreError::Failed { .. })));
    assert!(matches!(wait(store.immutability()), Immutability::Unreadable { .. }));
    assert_eq!(script.asked().len(), 4);
    assert_eq!(foreign.lines(), [""; 0]);
}

#[test]
fn a_refusal_says_what_to_do_and_repeats_no_secret() {
    let echo = format!("denied for Bearer {TOKEN} \u{1b}[31m");
    let script = Script::start(move |_, _| xml(403, "AuthorizationFailure", &echo));
    let error = wait(open(&script).put(&name("a"), b"abc".to_vec())).unwrap_err().to_string();
    assert!(error.contains("AuthorizationFailure") && error.contains("Storage Blob Data Contributor"), "{error}");
    assert!(!error.contains("a-token-of") && !error.contains('\u{1b}'), "{error}");

    let secret = "c2VjcmV0LXNpZ25hdHVyZS1vZi10aGUtc2Fz";
    let sas = format!("?sv=2024-11-04&sp=rcl&sig={secret}%3D");
    let script = Script::start(|asked, _| {
        let echo = asked.target.clone();
        xml(if asked.method == "PUT" { 403 } else { 400 }, "AuthenticationFailed", &echo)
    });
    let at = place(&format!("{}/bankaccount/evidence", script.origin()));
    let store = Store::open(at, Some(Access::Sas(sas.into()))).unwrap();
    let refused = wait(store.put(&name("a"), b"abc".to_vec())).unwrap_err().to_string();
    let listed = wait(store.list(None)).unwrap_err().to_string();
    for error in [refused, listed, format!("{store:?}")] {
        assert!(!error.contains(&secret[..16]), "{error}");
    }
    let target = &script.asked()[0].target;
    assert!(target.contains(secret), "the SAS is what opens it: {target}");
    assert_eq!(script.asked()[0].header("authorization"), None);

    let none = TokenSource::new(|| Box::pin(async { Err("no token: az is not there".to_owned()) }));
    let script = Script::start(|_, _| held());
    let at = place(&format!("{}/bankaccount/evidence", script.origin()));
    let store = Store::open(at, Some(Access::Token(none))).unwrap();
    let error = wait(store.put(&name("a"), vec![1])).unwrap_err().to_string();
    assert!(error.contains("az is not there"), "{error}");
    assert_eq!(script.lines(), [""; 0]);
}

#[test]
fn a_token_that_no_header_holds_is_an_error() {
    let script = Script::start(|_, _| held());
    let bad = TokenSource::new(|| Box::pin(async { Ok("a\nb".to_owned().into()) }));
    let at = place(&format!("{}/bankaccount/evidence", script.origin()));
    let store = Store::open(at, Some(Access::Token(bad))).unwrap();
    assert!(wait(store.put(&name("a"), vec![1])).is_err());
    assert!(matches!(wait(store.immutability()), Immutability::Unreadable { .. }));
    assert_eq!(script.lines(), [""; 0]);
}

#[test]
fn a_busy_service_is_asked_again_after_the_time_that_it_names() {
    let script = Script::start(|asked, before| match asked {
        _ if is_properties(asked) => held(),
        _ if before == 0 => xml(503, "ServerBusy", "busy").with("retry-after", "1"),
        _ => blob(201, b""),
    });
    let began = std::time::Instant::now();
    let stored = wait(open(&script).put(&name("a"), b"abc".to_vec())).unwrap();
    assert_eq!(stored.written, Written::New);
    assert!(began.elapsed().as_millis() >= 1000);
    assert_eq!(script.lines().iter().filter(|l| l.starts_with("PUT")).count(), 2);
}

#[test]
fn a_write_whose_answer_was_lost_can_be_made_again() {
    let written = Arc::new(AtomicUsize::new(0));
    let puts = Arc::clone(&written);
    let script = Script::start(move |asked, _| match asked.method.as_str() {
        _ if is_properties(asked) => held(),
        "PUT" if puts.fetch_add(1, Ordering::SeqCst) == 0 => Told::default(),
        "PUT" => xml(409, "BlobAlreadyExists", "there"),
        _ => blob(200, b"abc"),
    });
    let store = open(&script);
    // Whether the first call tries again itself or fails, the second one finds it.
    let first = wait(store.put(&name("a"), b"abc".to_vec()));
    assert!(first.is_err() || first.is_ok_and(|s| s.written == Written::Same));
    assert_eq!(wait(store.put(&name("a"), b"abc".to_vec())).unwrap().written, Written::Same);
    assert!(written.load(Ordering::SeqCst) >= 2);
}

#[test]
fn a_blob_that_comes_short_is_an_error() {
    let script = Script::start(|_, _| blob(200, b"abc").with("content-length", "5"));
    let error = wait(open(&script).get(&name("a"), None)).unwrap_err();
    assert!(matches!(error, StoreError::Failed { .. }), "{error}");
}

#[test]
fn missing_blobs_and_missing_containers_are_told_apart() {
    let script = Script::start(|_, _| xml(404, "BlobNotFound", "The specified blob does not exist."));
    assert!(matches!(wait(open(&script).get(&name("a"), None)), Err(StoreError::Missing { .. })));
    let script = Script::start(|_, _| xml(404, "ContainerNotFound", "The specified container does not exist."));
    let error = wait(open(&script).get(&name("a"), None)).unwrap_err();
    assert!(error.to_string().contains("ContainerNotFound"), "{error}");
}

fn page(names: &[&str], next: &str) -> Told {
    let blobs: String = names
        .iter()
        .map(|n| {
            format!(
                "<Blob><Name>{n}</Name><Properties><Last-Modified>Sun, 01 Nov 2026 02:00:00 GMT</Last-Modified>\
                 <Etag>1</Etag><Content-Length>3</Content-Length><Content-Type>x</Content-Type></Properties></Blob>"
            )
        })
        .collect();
    Told::new(
        200,
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ContainerName=\"evidence\"><Blobs>{blobs}</Blobs>\
             <NextMarker>{next}</NextMarker></EnumerationResults>"
        ),
    )
}

#[test]
fn a_list_is_read_to_its_end() {
    let script = Script::start(|asked, _| {
        if asked.target.contains("marker=two") { page(&["pre/a/1"], "") } else { page(&["pre/b", "pre/a/2"], "two") }
    });
    assert_eq!(names(&open(&script), None), ["a/1 3", "a/2 3", "b 3"]);
    assert!(script.asked()[0].target.contains("prefix=pre%2F"), "{:?}", script.lines());
}

#[test]
fn a_list_with_names_that_lead_elsewhere_is_an_error() {
    for bad in ["other/a", "pre/..", "pre/a b", "pre/a\u{202e}", "pre/../x"] {
        let script = Script::start(move |_, _| page(&["pre/a", bad], ""));
        assert!(wait(open(&script).list(None)).is_err(), "{bad}");
    }
    let script =
        Script::start(
            |_, before| if before == 0 { page(&["pre/a"], "two") } else { xml(403, "AuthorizationFailure", "no") },
        );
    assert!(wait(open(&script).list(None)).is_err(), "a list that was cut");
}
