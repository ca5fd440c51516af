//! What each kind sends, to the byte.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};
use serde_json::{Value, json};

use super::keys::{CERTIFICATE, KEY, OTHER_CERTIFICATE, OTHER_KEY, pem};
use super::*;

fn fields(form: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn login() -> Fake {
    Fake::start(|_, before| Answer::token(&format!("access-{before}"))).await
}

async fn get(credential: &Arc<dyn Credential>) -> String {
    credential.token(ARM, None).await.unwrap().secret.expose().to_owned()
}

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

#[tokio::test]
async fn a_client_secret_is_one_form_and_its_token_serves_until_it_is_nearly_old() {
    let login = login().await;
    let world = World::with(&[("AZURE_CLIENT_SECRET", " se~cr&t+ \n")]);
    let credential = world.only(Kind::ClientSecret, &login.origin);
    let token = credential.token(ARM, None).await.unwrap();
    assert_eq!((token.secret.expose(), token.expires_on), ("access-0", 1_003_599));
    world.pass(3598 - 300);
    assert_eq!(get(&credential).await, "access-0");
    world.pass(1);
    assert_eq!(get(&credential).await, "access-1");

    let seen = login.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].line, format!("POST /{TENANT}/oauth2/v2.0/token HTTP/1.1"));
    assert_eq!(seen[0].header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(seen[0].header("accept"), "application/json");
    assert_eq!(seen[0].header("authorization"), "");
    assert_eq!(
        fields(&seen[0].form()),
        [
            ("client_id", CLIENT),
            ("client_secret", "se~cr&t+"),
            ("grant_type", "client_credentials"),
            ("scope", "https://management.azure.com/.default"),
        ]
    );
    assert_eq!(credential.describe(), format!("client secret of client {CLIENT}"));
}

#[tokio::test]
async fn a_claims_challenge_is_passed_on_as_json_in_either_spelling() {
    let login = login().await;
    let credential = World::with(&[("AZURE_CLIENT_SECRET", "secret")]).only(Kind::ClientSecret, &login.origin);
    assert_eq!(get(&credential).await, "access-0");
    let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
    for (number, spelled) in [claims.to_owned(), STANDARD.encode(claims)].iter().enumerate() {
        let token = credential.token(ARM, Some(spelled)).await.unwrap();
        assert_eq!(token.secret.expose(), format!("access-{}", number + 1));
        assert_eq!(login.seen()[number + 1].form()["claims"], claims);
    }
    assert_eq!(get(&credential).await, "access-2");
    assert!(credential.token(ARM, Some("no json")).await.unwrap_err().to_string().contains("claims challenge"));
}

#[tokio::test]
async fn a_github_job_asks_for_a_fresh_assertion_at_every_refresh() {
    let login = login().await;
    let github = Fake::start(|_, before| Answer::new(200, format!(r#"{{"count":1,"value":"gh.{before}.sig"}}"#))).await;
    let url = format!("{}/x/idtoken/a?api-version=2.0", github.origin);
    let world =
        World::with(&[("ACTIONS_ID_TOKEN_REQUEST_URL", &url), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")]);
    let credential = world.only(Kind::GithubOidc, &login.origin);
    assert_eq!(get(&credential).await, "access-0");
    assert_eq!(get(&credential).await, "access-0");
    world.pass(3599);
    assert_eq!(get(&credential).await, "access-1");

    let asked = github.seen();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].line, "GET /x/idtoken/a?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange HTTP/1.1");
    assert_eq!(asked[0].header("authorization"), "Bearer request-token");
    let seen = login.seen();
    let assertions: Vec<_> = seen.iter().map(|s| s.form()["client_assertion"].clone()).collect();
    assert_eq!(assertions, ["gh.0.sig", "gh.1.sig"]);
    assert_eq!(
        fields(&seen[0].form()),
        [
            ("client_assertion", "gh.0.sig"),
            ("client_assertion_type", JWT_BEARER),
            ("client_id", CLIENT),
            ("grant_type", "client_credentials"),
            ("scope", "https://management.azure.com/.default"),
        ]
    );
    assert!(seen.iter().all(|s| s.header("authorization").is_empty() && !s.body.contains("request-token")));
    assert_eq!(credential.describe(), format!("GitHub Actions identity of client {CLIENT}"));
}

#[test]
fn the_exchange_audience_is_that_of_the_cloud_unless_it_is_configured() {
    let audience = |login: &str| World::default().setup(login).exchange_audience();
    assert_eq!(audience("https://login.microsoftonline.com"), "api://AzureADTokenExchange");
    assert_eq!(audience("https://login.microsoftonline.us"), "api://AzureADTokenExchangeUSGov");
    assert_eq!(audience("https://login.chinacloudapi.cn"), "api://AzureADTokenExchangeChina");
    let mut setup = World::default().setup("https://login.microsoftonline.us");
    setup.assertion_audience = Some("api://own".to_owned());
    assert_eq!(setup.exchange_audience(), "api://own");
}

#[tokio::test]
async fn a_pipeline_posts_for_the_token_of_its_service_connection() {
    let login = login().await;
    let devops = Fake::start(|_, before| Answer::new(200, format!(r#"{{"oidcToken":"ado.{before}.sig"}}"#))).await;
    let url = format!("{}/org/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken", devops.origin);
    let world = World::bare(&[
        ("SYSTEM_OIDCREQUESTURI", url.as_str()),
        ("SYSTEM_ACCESSTOKEN", "job-token"),
        ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "con/1 2"),
        ("AZURESUBSCRIPTION_CLIENT_ID", CLIENT),
        ("AZURESUBSCRIPTION_TENANT_ID", TENANT),
        ("AZURE_CLIENT_ID", "another"),
    ]);
    let credential = world.only(Kind::AzurePipelines, &login.origin);
    get(&credential).await;
    world.pass(3599);
    get(&credential).await;
    let asked = devops.seen();
    assert_eq!(
        asked[0].line,
        "POST /org/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken?api-version=7.1\
         &serviceConnectionId=con%2F1+2 HTTP/1.1"
    );
    assert_eq!(asked[0].header("authorization"), "Bearer job-token");
    assert_eq!(asked[0].header("x-tfs-fedauthredirect"), "Suppress");
    assert_eq!(asked[0].header("content-type"), "application/json");
    assert_eq!(asked[0].header("content-length"), "0");
    let assertions: Vec<_> = login.seen().iter().map(|s| s.form()["client_assertion"].clone()).collect();
    assert_eq!(assertions, ["ado.0.sig", "ado.1.sig"]);
    assert!(login.seen().iter().all(|s| s.form()["client_id"] == CLIENT && s.header("authorization").is_empty()));
}

#[tokio::test]
async fn a_federated_token_file_is_read_anew_at_every_refresh() {
    let login = login().await;
    let world = World::with(&[("AZURE_FEDERATED_TOKEN_FILE", "/var/token")]).file("/var/token", "k8s.1.sig\n");
    let credential = world.only(Kind::WorkloadIdentity, &login.origin);
    get(&credential).await;
    let world = world.file("/var/token", "k8s.2.sig");
    get(&credential).await;
    world.pass(3599);
    get(&credential).await;
    let assertions: Vec<_> = login.seen().iter().map(|s| s.form()["client_assertion"].clone()).collect();
    assert_eq!(assertions, ["k8s.1.sig", "k8s.2.sig"]);
    assert_eq!(credential.describe(), format!("workload identity of client {CLIENT}"));
    world.pass(3599);
    world.files.lock().unwrap().clear();
    let error = credential.token(ARM, None).await.unwrap_err().to_string();
    assert!(error.starts_with("workload-identity: cannot read \"/var/token\": entity not found; set "), "{error}");
}

/// The three parts of a token, the first two as JSON.
fn parts(assertion: &str) -> (Value, Value, Vec<u8>) {
    let parts: Vec<Vec<u8>> = assertion.split('.').map(|p| URL_SAFE_NO_PAD.decode(p).unwrap()).collect();
    (serde_json::from_slice(&parts[0]).unwrap(), serde_json::from_slice(&parts[1]).unwrap(), parts[2].clone())
}

fn public_key() -> Vec<u8> {
    use ring::signature::KeyPair as _;
    let pair = ring::rsa::KeyPair::from_pkcs8(&STANDARD.decode(KEY).unwrap()).unwrap();
    pair.public_key().as_ref().to_vec()
}

#[tokio::test]
async fn a_certificate_signs_an_assertion_that_its_public_key_verifies() {
    let cases: [(Signature, &str, &'static dyn VerificationAlgorithm); 2] = [
        (Signature::Ps256, "PS256", &RSA_PSS_2048_8192_SHA256),
        (Signature::Rs256, "RS256", &RSA_PKCS1_2048_8192_SHA256),
    ];
    for (signature, name, algorithm) in cases {
        let login = login().await;
        // The key's own certificate is found behind another one.
        let file = pem(&[("CERTIFICATE", OTHER_CERTIFICATE), ("CERTIFICATE", CERTIFICATE), ("PRIVATE KEY", KEY)]);
        let world = World::with(&[("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem")]).file("/c.pem", file);
        let mut setup = world.setup(&login.origin);
        setup.signature = signature;
        let credential = chain(&[Kind::ClientCertificate], &setup).unwrap();
        get(&credential).await;
        world.pass(3599);
        get(&credential).await;
        let seen = login.seen();
        assert_eq!(seen[0].line, format!("POST /{TENANT}/oauth2/v2.0/token HTTP/1.1"));
        let (first, second) = (&seen[0].form()["client_assertion"], &seen[1].form()["client_assertion"]);
        let (header, payload, signed) = parts(first);
        let statement = first.rsplit_once('.').unwrap().0;
        UnparsedPublicKey::new(algorithm, public_key()).verify(statement.as_bytes(), &signed).unwrap();
        let digest = ring::digest::digest(&ring::digest::SHA256, &STANDARD.decode(CERTIFICATE).unwrap());
        let thumbprint = URL_SAFE_NO_PAD.encode(digest);
        assert_eq!(header, json!({"alg": name, "typ": "JWT", "x5t#S256": thumbprint}));
        let id = payload["jti"].as_str().unwrap();
        assert_eq!(
            payload,
            json!({
                "aud": format!("{}/{TENANT}/oauth2/v2.0/token", login.origin), "iss": CLIENT, "sub": CLIENT,
                "jti": id, "nbf": 1_000_000, "iat": 1_000_000, "exp": 1_000_600,
            })
        );
        assert!(id.len() == 36 && &id[14..15] == "4" && "89ab".contains(&id[19..20]), "{id}");
        assert_ne!(parts(second).1["jti"], payload["jti"]);
        assert_eq!(credential.describe(), format!("client certificate of client {CLIENT}"));
    }
}

#[tokio::test]
async fn a_certificate_chain_is_sent_when_asked_and_an_old_key_form_is_read() {
    let login = login().await;
    // PKCS#8 wraps the PKCS#1 key in 26 bytes.
    let old_form = STANDARD.encode(&STANDARD.decode(KEY).unwrap()[26..]);
    let file = pem(&[("RSA PRIVATE KEY", &old_form), ("CERTIFICATE", CERTIFICATE), ("CERTIFICATE", OTHER_CERTIFICATE)]);
    let variables = [("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem"), ("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", "true")];
    let credential = World::with(&variables).file("/c.pem", file).only(Kind::ClientCertificate, &login.origin);
    get(&credential).await;
    let (header, ..) = parts(&login.seen()[0].form()["client_assertion"]);
    assert_eq!(header["x5c"], json!([CERTIFICATE, OTHER_CERTIFICATE]));
}

#[tokio::test]
async fn a_certificate_file_that_cannot_be_used_says_why_and_what_to_do() {
    let encrypted = pem(&[("ENCRYPTED PRIVATE KEY", KEY), ("CERTIFICATE", CERTIFICATE)]);
    let cases = [
        (b"0\x82\x09\x01pfx".to_vec(), "is no PEM file; convert it with `openssl pkcs12"),
        (encrypted, "is encrypted; decrypt it with `openssl pkey"),
        (pem(&[("CERTIFICATE", CERTIFICATE)]), "holds no private key; set AZURE_CLIENT_CERTIFICATE_PATH"),
        (pem(&[("PRIVATE KEY", KEY)]), "no certificate in AZURE_CLIENT_CERTIFICATE_PATH belongs to its key"),
        (pem(&[("PRIVATE KEY", KEY), ("CERTIFICATE", OTHER_CERTIFICATE)]), "belongs to its key"),
        (pem(&[("PRIVATE KEY", OTHER_KEY), ("CERTIFICATE", OTHER_CERTIFICATE)]), "use an RSA key of 2048"),
        (pem(&[("EC PRIVATE KEY", OTHER_KEY)]), "is no RSA key"),
        (pem(&[("PRIVATE KEY", "AAAA"), ("CERTIFICATE", CERTIFICATE)]), "cannot be used"),
        (vec![b'-'; 300 * 1024], "is larger than 256 KiB"),
    ];
    let login = login().await;
    for (file, why) in cases {
        let world = World::with(&[("AZURE_CLIENT_CERTIFICATE_PATH", "/c.pem")]).file("/c.pem", file);
        let error = world.only(Kind::ClientCertificate, &login.origin).token(ARM, None).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(why), "{text}");
        assert!(!text.contains(&KEY[60..80]) && !text.contains(&OTHER_KEY[40..60]));
    }
    assert!(login.seen().is_empty());
}

#[tokio::test]
async fn the_metadata_service_of_a_machine_is_asked_without_a_proxy_and_without_a_secret() {
    let imds = Fake::start(|_, before| {
        Answer::new(200, format!(r#"{{"access_token":"mi-{before}","expires_on":"1003600","expires_in":"3600"}}"#))
    })
    .await;
    let world = World::bare(&[("AZURE_POD_IDENTITY_AUTHORITY_HOST", imds.origin.as_str())]);
    let system = world.only(Kind::ManagedIdentity, "https://login.microsoftonline.com");
    let token = system.token(ARM, None).await.unwrap();
    assert_eq!((token.secret.expose(), token.expires_on), ("mi-0", 1_003_600));
    let user =
        world.and(&[("AZURE_CLIENT_ID", CLIENT)]).only(Kind::ManagedIdentity, "https://login.microsoftonline.com");
    get(&user).await;
    let seen = imds.seen();
    let path = "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com";
    assert_eq!(seen[0].line, format!("{path} HTTP/1.1"));
    assert_eq!(seen[0].header("metadata"), "true");
    assert_eq!(seen[1].line, format!("{path}&client_id={CLIENT} HTTP/1.1"));
    assert_eq!(system.describe(), "managed identity of this machine");
    assert_eq!(user.describe(), format!("managed identity {CLIENT} of this machine"));
}

#[tokio::test]
async fn an_app_shows_its_header_and_an_absolute_expiry_wins() {
    let app =
        Fake::start(|_, _| Answer::new(200, r#"{"access_token":"mi","expires_on":1000900,"expires_in":5}"#)).await;
    let url = format!("{}/msi/token", app.origin);
    let world = World::with(&[("IDENTITY_ENDPOINT", &url), ("IDENTITY_HEADER", "header-secret")]);
    let credential = world.only(Kind::ManagedIdentity, "https://login.microsoftonline.com");
    assert_eq!(credential.token(ARM, None).await.unwrap().expires_on, 1_000_900);
    let seen = app.seen();
    assert_eq!(
        seen[0].line,
        format!(
            "GET /msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com\
             &client_id={CLIENT} HTTP/1.1"
        )
    );
    assert_eq!(seen[0].header("x-identity-header"), "header-secret");
}

async fn arc(challenge: &'static str) -> (Fake, Arc<dyn Credential>) {
    let agent = Fake::start(move |seen, _| match seen.header("authorization") {
        "Basic key-of-agent" => Answer::new(200, r#"{"access_token":"arc","expires_on":"1003600"}"#),
        _ => Answer::new(401, "{}").with("WWW-Authenticate", challenge),
    })
    .await;
    let url = format!("{}/metadata/identity/oauth2/token", agent.origin);
    let world = World::with(&[("IDENTITY_ENDPOINT", &url), ("IMDS_ENDPOINT", "http://localhost:40342")])
        .file("/var/opt/azcmagent/tokens/a.key", "key-of-agent\n")
        .file("/var/opt/azcmagent/tokens/long.key", "k".repeat(4097))
        .file("/etc/shadow", "root")
        .file("/var/opt/azcmagent/tokens/../x.key", "no");
    let credential = world.only(Kind::ManagedIdentity, "https://login.microsoftonline.com");
    (agent, credential)
}

#[cfg(unix)]
#[tokio::test]
async fn the_arc_agent_is_shown_its_key_file_and_no_other_file() {
    let (agent, credential) = arc("Basic realm=/var/opt/azcmagent/tokens/a.key").await;
    assert_eq!(get(&credential).await, "arc");
    let seen = agent.seen();
    assert_eq!(seen.len(), 2);
    let line = "GET /metadata/identity/oauth2/token?api-version=2019-11-01\
         &resource=https%3A%2F%2Fmanagement.azure.com HTTP/1.1";
    assert!(seen.iter().all(|s| s.line == line && s.header("metadata") == "true"));
    assert_eq!(seen[0].header("authorization"), "");
    for challenge in [
        "Basic realm=/etc/shadow",
        "Basic realm=/var/opt/azcmagent/tokens/../x.key",
        "Basic realm=/var/opt/azcmagent/tokens/a.txt",
        "Basic realm=/var/opt/azcmagent/tokens/long.key",
        "Basic realm=/var/opt/azcmagent/tokens/absent.key",
        "Basic",
    ] {
        let (agent, credential) = arc(challenge).await;
        credential.token(ARM, None).await.unwrap_err();
        assert_eq!(agent.seen().len(), 1, "{challenge}");
    }
}

#[tokio::test]
async fn a_given_token_serves_for_its_own_audience_until_it_expires() {
    let give = |token: &str| {
        World::bare(&[("ASSIZE_ACCESS_TOKEN", token)]).only(Kind::Token, "https://login.microsoftonline.com")
    };
    let opaque = give("opaque-token");
    assert_eq!(opaque.token(ARM, None).await.unwrap().expires_on, i64::MAX);
    assert!(opaque.token(ARM, Some("{}")).await.unwrap_err().to_string().contains("cannot be renewed"));
    let arm = give(&jwt(&json!({"aud": "https://management.core.windows.net/", "exp": 1_000_100})));
    assert_eq!(arm.token(ARM, None).await.unwrap().expires_on, 1_000_100);
    assert_eq!(
        arm.token("https://graph.microsoft.com", None).await.unwrap_err().to_string(),
        "token: the token in ASSIZE_ACCESS_TOKEN is for https://management.core.windows.net/ and not for \
         https://graph.microsoft.com; set ASSIZE_ACCESS_TOKEN to a new token for that audience"
    );
    let by_id = give(&jwt(&json!({"aud": "00000003-0000-0000-c000-000000000000"})));
    by_id.token(ARM, None).await.unwrap();
    let old = give(&jwt(&json!({"aud": ARM, "exp": 1_000_000})));
    assert!(old.token(ARM, None).await.unwrap_err().to_string().contains("has expired"));
    let login = "https://login.microsoftonline.com";
    let world = World::bare(&[("ASSIZE_ACCESS_TOKEN", "Bearer abc")]);
    let error = chain(&[Kind::Token], &world.setup(login)).err().unwrap();
    assert!(error.to_string().ends_with("without `Bearer`"), "{error}");
    assert_eq!(StaticToken::new("x").token("any", Some("{}")).await.unwrap().secret.expose(), "x");
}

#[test]
fn a_token_tells_who_it_speaks_for() {
    let who = |claims: &Value, names| identity(&Secret::new(jwt(claims)), names);
    let app = json!({"appid": "app", "oid": "obj", "tid": "ten", "idtyp": "app"});
    assert_eq!(who(&app, true).as_deref(), Some("application app (object obj) of tenant ten"));
    let mut managed = app;
    managed["xms_mirid"] = json!("/subscriptions/s/…");
    assert_eq!(who(&managed, false).as_deref(), Some("managed identity app (object obj) of tenant ten"));
    let user =
        json!({"appid": "cli", "oid": "obj", "tid": "ten", "scp": "user_impersonation", "upn": "eve@contoso.example"});
    assert_eq!(who(&user, false).as_deref(), Some("user obj through application cli of tenant ten"));
    assert_eq!(
        who(&user, true).as_deref(),
        Some("user obj (eve@contoso.example) through application cli of tenant ten")
    );
    let hostile = json!({"azp": "a\u{1b}[2J\u{202e}b", "tid": "x".repeat(500)});
    assert_eq!(who(&hostile, false).as_deref(), Some("application a [2Jb"));
    assert_eq!(who(&json!({"tid": "ten"}), true), None);
    for text in ["", "a.b", "a.b.c", "..", "opaque", "a.e30.c.d.e"] {
        assert_eq!(identity(&Secret::from(text), true), None, "{text}");
    }
}
