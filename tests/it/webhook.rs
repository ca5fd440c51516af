//! The webhook against a server on loopback.

use std::time::{Duration, Instant};

use assize::webhook::{Patience, Webhook, WebhookError};
use serde_json::json;

use crate::fake::{Asked, Script, Told};

/// A part of the address that must never be seen.
const SECRET: &str = "T0SECRET/B0SECRET/xoxSecretOfTheWebhook";

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn quick() -> Patience {
    Patience {
        tries: 3,
        wait: Duration::from_millis(5),
        longest_wait: Duration::from_secs(2),
        connect: Duration::from_secs(2),
        answer: Duration::from_millis(700),
    }
}

fn post(script: &Script) -> Result<(), WebhookError> {
    let address = format!("{}/services/{SECRET}?sig=AnotherSecretOfTheWebhook", script.origin());
    let webhook = Webhook::new("chat", &address, true, quick()).expect("a webhook");
    let shown = format!("{webhook:?}");
    assert!(shown.contains("[secret]") && !shown.contains("SECRET"), "{shown}");
    let sent = wait(webhook.send(&json!({"text": "x"})));
    if let Err(error) = &sent {
        for text in [error.to_string(), format!("{error:?}")] {
            for word in ["SECRET", "xoxSecret", "AnotherSecret", "127.0.0.1"] {
                assert!(!text.contains(word), "{text}");
            }
        }
    }
    sent
}

#[test]
fn a_notice_is_posted_once_as_json() {
    for status in [200, 202, 204] {
        let script = Script::start(move |_, _| Told::new(status, ""));
        assert_eq!(post(&script), Ok(()));
        let asked = script.asked();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].line(), format!("POST /services/{SECRET}?sig=AnotherSecretOfTheWebhook"));
        assert_eq!(asked[0].header("content-type"), Some("application/json"));
        assert_eq!(asked[0].body, br#"{"text":"x"}"#);
    }
}

#[test]
fn a_busy_webhook_is_asked_again_and_its_wait_is_kept() {
    let script = Script::start(|_, before| match before {
        0 => Told::new(429, "rate_limited").with("retry-after", "1"),
        1 => Told::new(503, ""),
        _ => Told::new(200, "ok"),
    });
    let began = Instant::now();
    assert_eq!(post(&script), Ok(()));
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(script.asked().len(), 3);

    let dated = Script::start(|_, before| match before {
        0 => Told::new(429, "")
            .with("date", "Sun, 01 Nov 2026 02:00:00 GMT")
            .with("retry-after", "Sun, 01 Nov 2026 02:00:01 GMT"),
        _ => Told::new(200, "ok"),
    });
    let began = Instant::now();
    assert_eq!(post(&dated), Ok(()));
    assert!(began.elapsed() >= Duration::from_secs(1));
}

#[test]
fn tries_end() {
    let script = Script::start(|_, _| Told::new(500, "no"));
    let refused = |status, said: &str, tries| {
        Err(WebhookError::Refused { name: "chat".to_owned(), status, said: said.to_owned(), tries })
    };
    assert_eq!(post(&script), refused(500, "no", 3));
    assert_eq!(script.asked().len(), 3);
    // Who asks for an hour is not asked again.
    let script = Script::start(|_, _| Told::new(429, "later").with("retry-after", "3600"));
    assert_eq!(post(&script), refused(429, "later", 1));
    assert_eq!(script.asked().len(), 1);
    for status in [400, 401, 403, 404, 410] {
        let script = Script::start(move |_, _| Told::new(status, "invalid_blocks"));
        assert_eq!(post(&script), refused(status, "invalid_blocks", 1));
        assert_eq!(script.asked().len(), 1);
    }
}

#[test]
fn redirects_are_not_followed() {
    let foreign = Script::start(|_, _| Told::new(200, "ok"));
    let to = foreign.origin();
    let script = Script::start(move |_, _| Told::new(307, "").with("location", &to));
    assert!(
        matches!(post(&script), Err(WebhookError::Refused { status: 307, said, .. }) if said.contains("redirects"))
    );
    assert_eq!(foreign.lines(), [""; 0]);
    assert_eq!(script.asked().len(), 1);
}

#[test]
fn what_the_server_says_is_cleaned() {
    let script = Script::start(|asked: &Asked, _| {
        Told::new(400, format!("bad {} \u{1b}[31m {}", asked.target, "x".repeat(9000)))
    });
    let Err(WebhookError::Refused { said, .. }) = post(&script) else { panic!("it was refused") };
    assert!(said.starts_with("bad ") && said.chars().count() <= 200 && !said.contains('\u{1b}'), "{said}");
}

#[test]
fn silence_is_an_error_and_nothing_is_sent_twice() {
    let script = Script::start(|_, _| {
        std::thread::sleep(Duration::from_millis(1200));
        Told::default()
    });
    let Err(WebhookError::Unreachable { why, .. }) = post(&script) else { panic!("there was no answer") };
    assert!(why.contains("may have arrived"), "{why}");
    assert_eq!(script.asked().len(), 1);

    let gone = Script::start(|_, _| Told::default());
    let address = format!("{}/{SECRET}", gone.origin());
    drop(gone);
    let webhook = Webhook::new("chat", &address, true, quick()).expect("a webhook");
    let error = wait(webhook.send(&json!({}))).expect_err("nobody listens").to_string();
    assert!(error.starts_with("the webhook chat did not answer") && !error.contains("SECRET"), "{error}");
}

#[test]
fn addresses_without_tls_are_refused_without_being_repeated() {
    for (address, loopback) in [
        ("http://hooks.test/SECRET", true),
        ("http://127.0.0.1:1/SECRET", false),
        ("http://localhost/SECRET", true),
        ("https://user:SECRET@hooks.test/", true),
        ("ftp://hooks.test/SECRET", true),
        ("SECRET", true),
        ("", true),
    ] {
        let error = Webhook::new("chat", address, loopback, quick()).expect_err(address);
        assert!(matches!(error, WebhookError::Address { .. }));
        assert!(!error.to_string().contains("SECRET"), "{error}");
    }
    assert!(Webhook::new("chat", "https://hooks.test/services/x", false, Patience::default()).is_ok());
}
