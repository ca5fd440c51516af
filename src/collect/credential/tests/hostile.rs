//! Services that misbehave: nothing of ours leaves in words, and nothing goes to another host.

use std::fmt::Debug;

use base64::Engine;

use super::keys::{CERTIFICATE, KEY, pem};
use super::*;

/// A value that must never be seen, as long as a secret.
const CANARY: &str = "cAnArY~0a1b2c3d";

/// Whether a text shows the canary, plain, percent-encoded or in base64.
fn shows(text: &str) -> bool {
    let lower = text.to_lowercase();
    let inner = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&CANARY[..12]);
    lower.contains("canary") || text.contains(&inner)
}

/// One world for each kind that asks a service, with every secret a canary; both services are `service`.
fn worlds(service: &str) -> Vec<(Kind, World)> {
    let url = format!("{service}/provider?x=1");
    let numbered = |n: u32| format!("{CANARY}-{n}");
    let assertion = format!("eyJ{CANARY}.{CANARY}.{CANARY}");
    vec![
        (Kind::ClientSecret, World::with(&[("AZURE_CLIENT_SECRET", &numbered(1))])),
        (
            Kind::GithubOidc,
            World::with(&[("ACTIONS_ID_TOKEN_REQUEST_URL", &url), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", &numbered(2))]),
        ),
        (
            Kind::AzurePipelines,
            World::with(&[
                ("SYSTEM_OIDCREQUESTURI", &url),
                ("SYSTEM_ACCESSTOKEN", &numbered(3)),
                ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "connection"),
            ]),
        ),
        (Kind::WorkloadIdentity, World::with(&[("AZURE_FEDERATED_TOKEN_FILE", "/token")]).file("/token", assertion)),
        (
            Kind::ClientCertificate,
            World::with(&[("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem")])
                .file("/c.pem", pem(&[("PRIVATE KEY", KEY), ("CERTIFICATE", CERTIFICATE)])),
        ),
        (Kind::ManagedIdentity, World::with(&[("IDENTITY_ENDPOINT", &url), ("IDENTITY_HEADER", &numbered(4))])),
        (
            Kind::ManagedIdentity,
            World::with(&[("IDENTITY_ENDPOINT", &url), ("IMDS_ENDPOINT", "http://localhost:40342")])
                .file("/var/opt/azcmagent/tokens/a.key", numbered(5)),
        ),
    ]
}

/// Gives an identity token to who asks for one with a bearer, so that the next request is made too.
fn issue(seen: &Seen) -> Option<Answer> {
    let token = format!("eyJ{CANARY}.issued.{CANARY}");
    let bearer = seen.header("authorization").starts_with("Bearer");
    (bearer && seen.line.contains("/provider"))
        .then(|| Answer::new(200, format!(r#"{{"value":"{token}","oidcToken":"{token}"}}"#)))
}

/// All that a request brought, as a service might echo it.
fn echo(seen: &Seen) -> String {
    let form: Vec<_> = seen.form().into_values().collect();
    let headers: Vec<_> = seen.headers.values().cloned().collect();
    let bare = seen.header("authorization").rsplit(' ').next().unwrap_or_default();
    format!("{bare} | {} | {} | {} | {}", seen.line, headers.join(" "), seen.body, form.join(" "))
}

/// Every way to answer badly; `echo` is what was sent, `extra` a token that we never sent.
fn bad(number: usize, echo: &str) -> Option<Answer> {
    let token = format!("eyJhbGciOiJub25lIn0.{CANARY}.x");
    let json = |value: serde_json::Value| value.to_string();
    let refusal = json(serde_json::json!({
        "error": format!("invalid {echo}"), "error_description": format!("AADSTS70021: {echo} {token}"),
        "message": echo, "error_codes": [70021],
    }));
    let nested = json(serde_json::json!({"error": {"code": "x", "message": echo}}));
    let answers = [
        (400, refusal.clone()),
        (401, refusal.clone()),
        (403, nested),
        (404, echo.to_owned()),
        (429, refusal.clone()),
        (500, format!("<html>{echo}</html>")),
        (503, String::new()),
        (418, json(serde_json::json!({"error_description": format!("\u{1b}[2J\r\nSet-Cookie: x\u{202e}{echo}")}))),
        (204, String::new()),
        (200, String::new()),
        (200, echo.to_owned()),
        (200, refusal),
        (200, json(serde_json::json!({"access_token": token}))),
        (200, json(serde_json::json!({"access_token": token, "expires_in": CANARY}))),
        (200, json(serde_json::json!({"access_token": token, "expires_in": -5}))),
        (200, json(serde_json::json!({"access_token": token, "expires_in": 3600, "token_type": CANARY}))),
        (200, json(serde_json::json!({"access_token": [token], "expires_in": 3600}))),
        (200, json(serde_json::json!({"access_token": format!("{CANARY}\r\nX: y"), "expires_in": 3600}))),
        (200, json(serde_json::json!({"access_token": "", "expires_in": 3600}))),
        (200, json(serde_json::json!({"access_token": CANARY.repeat(10_000), "expires_in": 3600}))),
        (200, format!("{{\"access_token\":\"{}\"", CANARY.repeat(20_000))),
        (200, format!("\u{feff}[{}", "[".repeat(100_000))),
    ];
    answers.into_iter().nth(number).map(|(status, body)| {
        let challenge: String = echo.chars().filter(|c| !c.is_control()).collect();
        Answer::new(status, body).with("WWW-Authenticate", &format!("Basic realm={challenge}"))
    })
}

/// One pair of clients for many requests: making them reads the system's certificates.
fn http() -> Arc<http::Http> {
    let patience = Patience { tries: 2, ..World::default().setup("https://login.microsoftonline.com").patience };
    Arc::new(http::Http::new(&patience).unwrap())
}

fn hidden(what: &str, value: &dyn Debug) {
    assert!(!shows(&format!("{value:?} {value:#?}")), "{what}: {value:?}");
}

#[tokio::test]
async fn no_secret_is_ever_printed_whatever_a_service_answers() {
    let mut errors = 0;
    let http = http();
    for number in (0..).take_while(|n| bad(*n, "").is_some()) {
        // Bad at the identity provider, then bad at the login service behind a good provider.
        for good_provider in [false, true] {
            let service = Fake::start(move |seen, _| {
                let issued = if good_provider { issue(seen) } else { None };
                // The Arc agent's first answer names the key, so that the key is sent.
                let agent = seen.header("metadata") == "true" && seen.header("authorization").is_empty();
                let key = "Basic realm=/var/opt/azcmagent/tokens/a.key";
                let challenged = (agent && good_provider).then(|| Answer::new(401, "{}").with("WWW-Authenticate", key));
                issued.or(challenged).unwrap_or_else(|| bad(number, &echo(seen)).unwrap())
            })
            .await;
            for (kind, world) in worlds(&service.origin) {
                let setup = world.setup(&service.origin);
                hidden("setup", &setup);
                let credential = chain::make(kind, &setup, &http).unwrap();
                let error = credential.token(ARM, Some("{}")).await.unwrap_err();
                let text = error.to_string();
                assert!(!shows(&text), "{kind} answer {number}: {text}");
                hidden("error", &error);
                assert!(text.starts_with(kind.name()) && text.len() < 3000, "{text}");
                assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
                errors += 1;
            }
        }
    }
    assert_eq!(errors, 22 * 2 * 7);
}

#[tokio::test]
async fn debug_of_every_credential_shows_no_secret() {
    let service = Fake::start(|seen, _| issue(seen).unwrap_or_else(|| Answer::token(CANARY))).await;
    let http = http();
    hidden("http", &http);
    for (_, world) in worlds(&service.origin) {
        let setup = world.setup(&service.origin);
        let _ = oidc::github(&setup, &http).map(|c| hidden("github", &c));
        let _ = oidc::pipelines(&setup, &http).map(|c| hidden("pipelines", &c));
        let _ = oidc::workload(&setup, &http).map(|c| hidden("workload", &c));
        let _ = oauth::Application::with_secret(&setup, &http).map(|c| hidden("secret", &c));
        let _ = certificate::application(&setup, &http).map(|c| hidden("certificate", &c));
        let _ = managed::ManagedIdentity::new(&setup, &http).map(|c| hidden("managed", &c));
        hidden("environment", &setup.environment);
    }
    let given = StaticToken::new(CANARY);
    hidden("static", &given);
    let token = given.token(ARM, None).await.unwrap();
    hidden("token", &token);
    assert_eq!(format!("{} {:?}", token.secret, token.secret), "[secret] [secret]");
    let cached = cache::Cached::new(Box::new(given), Arc::new(|| 0));
    cached.token(ARM, None).await.unwrap();
    hidden("cache", &cached);
}

#[tokio::test]
async fn a_redirect_is_not_followed_by_any_request() {
    let foreign = Fake::start(|_, _| Answer::token("stolen")).await;
    let http = http();
    for status in [301, 302, 303, 307, 308] {
        let target = format!("{}/take?it=1", foreign.origin);
        let away = Fake::start(move |_, _| Answer::new(status, "{}").with("Location", &target)).await;
        for (kind, world) in worlds(&away.origin) {
            let credential = chain::make(kind, &world.setup(&away.origin), &http).unwrap();
            let error = credential.token(ARM, None).await.unwrap_err();
            assert!(
                error.to_string().contains(&format!("answered {status}: a redirect, which is not followed")),
                "{error}"
            );
        }
        // A good provider and a login service that redirects.
        let target = format!("{}/take?it=2", foreign.origin);
        let away = Fake::start(move |seen, _| {
            issue(seen).unwrap_or_else(|| Answer::new(status, "").with("Location", &target))
        })
        .await;
        for (kind, world) in worlds(&away.origin).into_iter().take(5) {
            let credential = chain::make(kind, &world.setup(&away.origin), &http).unwrap();
            let error = credential.token(ARM, None).await.unwrap_err();
            assert!(error.to_string().contains("which is not followed"), "{error}");
        }
    }
    assert!(foreign.seen().is_empty(), "{:?}", foreign.seen());
}

#[tokio::test]
async fn what_the_login_service_says_is_kept_with_advice() {
    let says = |code: i64, text: &'static str| async move {
        let body = serde_json::json!({"error": "invalid_client", "error_description": text, "error_codes": [code]});
        let login = Fake::start(move |_, _| Answer::new(401, body.to_string())).await;
        let credential = World::with(&[("AZURE_CLIENT_SECRET", "my-secret")]).only(Kind::ClientSecret, &login.origin);
        let error = credential.token(ARM, None).await.unwrap_err();
        assert!(!error.is_transient());
        error.to_string().replace(&login.origin, "LOGIN")
    };
    assert_eq!(
        says(7_000_222, "AADSTS7000222: The provided client secret keys are expired.\r\nTrace ID: 1-2-3").await,
        "client-secret: LOGIN answered 401: AADSTS7000222: The provided client secret keys are expired. Trace ID: \
         1-2-3; the secret has expired: make a new one"
    );
    assert_eq!(
        says(1, "AADSTS1: my-secret is wrong").await,
        "client-secret: LOGIN answered 401: AADSTS1: [secret] is wrong; set AZURE_CLIENT_SECRET, AZURE_CLIENT_ID and \
         AZURE_TENANT_ID"
    );
}

#[tokio::test]
async fn a_busy_service_is_asked_again_and_a_refusal_is_not() {
    let busy = Fake::start(|_, before| match before {
        0 => Answer::new(503, "").with("Retry-After", "3600"),
        1 => Answer { missing: 10, ..Answer::token("cut") },
        _ => Answer::token("late"),
    })
    .await;
    let world = World::with(&[("AZURE_CLIENT_SECRET", "secret")]);
    let credential = world.only(Kind::ClientSecret, &busy.origin);
    assert_eq!(credential.token(ARM, None).await.unwrap().secret.expose(), "late");
    assert_eq!(busy.seen().len(), 3);

    let refusing = Fake::start(|_, _| Answer::new(400, "{}")).await;
    world.only(Kind::ClientSecret, &refusing.origin).token(ARM, None).await.unwrap_err();
    assert_eq!(refusing.seen().len(), 1);

    let always = Fake::start(|_, _| Answer::new(429, "{}")).await;
    let error = world.only(Kind::ClientSecret, &always.origin).token(ARM, None).await.unwrap_err();
    assert!(error.is_transient());
    assert_eq!(always.seen().len(), 3);

    let imds = Fake::start(|_, before| match before {
        0 => Answer::new(404, "{}"),
        1 => Answer::new(410, "{}"),
        _ => Answer::new(200, r#"{"access_token":"mi","expires_in":"3600"}"#),
    })
    .await;
    let world = World::bare(&[("AZURE_POD_IDENTITY_AUTHORITY_HOST", imds.origin.as_str())]);
    world.only(Kind::ManagedIdentity, "https://login.microsoftonline.com").token(ARM, None).await.unwrap();
}

#[tokio::test]
async fn a_silent_service_is_given_up_in_time() {
    let silent = Fake::start(|_, _| Answer { delay: Duration::from_secs(60), ..Answer::token("never") }).await;
    let mut setup = World::with(&[("AZURE_CLIENT_SECRET", "secret")]).setup(&silent.origin);
    setup.patience.answer = Duration::from_millis(50);
    let began = tokio::time::Instant::now();
    let error = chain(&[Kind::ClientSecret], &setup).unwrap().token(ARM, None).await.unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(error.to_string().contains("could not be reached: no answer in time"), "{error}");
}

#[tokio::test]
async fn an_endless_body_is_not_read_to_its_end() {
    let huge = Fake::start(|_, _| Answer::new(200, vec![b' '; 4 << 20])).await;
    for (kind, world) in worlds(&huge.origin).into_iter().take(6) {
        let error = world.only(kind, &huge.origin).token(ARM, None).await.unwrap_err().to_string();
        assert!(error.contains("it is larger than 256 KiB"), "{error}");
    }
}
