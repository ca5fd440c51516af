//! The chain: what is tried in which order, and what it says when nothing works.

use super::*;

const PUBLIC: &str = "https://login.microsoftonline.com";

#[tokio::test]
async fn an_empty_environment_lists_every_kind_with_what_to_set() {
    let nobody = closed().await;
    let world = World::bare(&[("AZURE_POD_IDENTITY_AUTHORITY_HOST", nobody.as_str())]);
    let error = chain(&[], &world.setup(PUBLIC)).unwrap().token(ARM, None).await.unwrap_err();
    assert!(error.is_transient());
    let text = error.to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 9, "{text}");
    assert_eq!(lines[0], "no credential worked:");
    assert_eq!(
        lines[1],
        "  token: ASSIZE_ACCESS_TOKEN is not set; set ASSIZE_ACCESS_TOKEN to an access token for the audience"
    );
    assert_eq!(
        lines[2],
        "  github-oidc: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set; give the job \
         `permissions: id-token: write`, set AZURE_CLIENT_ID and AZURE_TENANT_ID, and add a federated credential for \
         the repository to the application"
    );
    assert!(lines[3].starts_with("  azure-pipelines: SYSTEM_OIDCREQUESTURI and SYSTEM_ACCESSTOKEN and "));
    assert!(lines[4].starts_with("  workload-identity: AZURE_FEDERATED_TOKEN_FILE is not set; set "));
    assert!(lines[5].starts_with("  client-certificate: AZURE_CLIENT_CERTIFICATE_PATH is not set; set "));
    assert_eq!(
        lines[6],
        "  client-secret: AZURE_CLIENT_SECRET is not set; set AZURE_CLIENT_SECRET, AZURE_CLIENT_ID and AZURE_TENANT_ID"
    );
    assert!(lines[7].starts_with(&format!("  managed-identity: {nobody} could not be reached: ")), "{}", lines[7]);
    assert!(lines[7].contains("onnection refused") && lines[7].contains("; run on an Azure machine"), "{}", lines[7]);
    assert_eq!(lines[8], "  azure-cli: no `az` is on the PATH; install the Azure CLI 2.54 or newer and run `az login`");
}

/// The origin of a port where nobody listens.
async fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn what_cannot_be_made_at_all_is_an_error_at_once() {
    let error = |kinds: &[Kind], world: World| chain(kinds, &world.setup(PUBLIC)).err().unwrap().to_string();
    assert_eq!(
        error(
            &[Kind::ClientSecret],
            World::bare(&[("AZURE_CLIENT_SECRET", "canary-secret"), ("AZURE_TENANT_ID", " ")])
        ),
        "client-secret: AZURE_TENANT_ID and AZURE_CLIENT_ID are not set; set AZURE_CLIENT_SECRET, AZURE_CLIENT_ID and \
         AZURE_TENANT_ID"
    );
    let two = error(&[Kind::ClientSecret, Kind::AzureCli, Kind::ClientSecret], World::default());
    assert_eq!(two.lines().count(), 3, "{two}");
    for tenant in ["../x", "a/b", "a?b", "-x", "ten ant", "é"] {
        let world = World::with(&[("AZURE_CLIENT_SECRET", "s3cret"), ("AZURE_TENANT_ID", tenant)]);
        assert!(error(&[Kind::ClientSecret], world).contains("the tenant is no id or domain"), "{tenant}");
    }
}

#[test]
fn addresses_that_would_carry_a_secret_in_the_clear_are_refused() {
    let github = |url: &str, allow| {
        let world = World::with(&[("ACTIONS_ID_TOKEN_REQUEST_URL", url), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "token")]);
        let mut setup = world.setup(PUBLIC);
        setup.allow_http = allow;
        chain(&[Kind::GithubOidc], &setup).map(|_| ()).map_err(|e| e.to_string())
    };
    assert!(github("https://pipelines.actions.githubusercontent.com/x?api-version=2.0", false).is_ok());
    assert!(github("http://127.0.0.1:9/x", true).is_ok());
    for url in ["http://127.0.0.1:9/x", "http://example.com/", "https://a@example.com/", "file:///x", "x"] {
        assert!(github(url, false).unwrap_err().contains("ACTIONS_ID_TOKEN_REQUEST_URL is no https address"), "{url}");
    }
    let machine = |url: &str| {
        let world = World::bare(&[("IDENTITY_ENDPOINT", url), ("IDENTITY_HEADER", "header")]);
        chain(&[Kind::ManagedIdentity], &world.setup(PUBLIC)).is_ok()
    };
    for url in
        ["http://127.0.0.1:41/msi", "http://localhost:80/x", "http://169.254.129.3:8081/msi", "http://[fe80::1]/x"]
    {
        assert!(machine(url), "{url}");
    }
    for url in ["http://example.com/msi", "http://8.8.8.8/", "http://u:p@127.0.0.1/", "ftp://127.0.0.1/"] {
        assert!(!machine(url), "{url}");
    }
    for (name, value) in [("IDENTITY_SERVER_THUMBPRINT", "x"), ("IDENTITY_HEADER", " ")] {
        let world = World::bare(&[("IDENTITY_ENDPOINT", "http://127.0.0.1/"), (name, value)]);
        assert!(chain(&[Kind::ManagedIdentity], &world.setup(PUBLIC)).is_err());
    }
    assert!(chain(&[Kind::ManagedIdentity], &World::bare(&[("MSI_ENDPOINT", "x")]).setup(PUBLIC)).is_err());
}

#[tokio::test]
async fn the_first_kind_that_works_is_kept_for_the_whole_run() {
    let login = Fake::start(|seen, _| match seen.form().get("client_secret") {
        Some(_) => Answer::new(
            401,
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: wrong","error_codes":[7000215]}"#,
        ),
        None => Answer::token("by-assertion"),
    })
    .await;
    let world = World::with(&[("AZURE_CLIENT_SECRET", "wrong-secret"), ("AZURE_FEDERATED_TOKEN_FILE", "/t")])
        .file("/t", "a.b.c");
    let kinds = [Kind::AzurePipelines, Kind::ClientSecret, Kind::WorkloadIdentity];
    let credential = chain(&kinds, &world.setup(&login.origin)).unwrap();
    assert_eq!(
        credential.describe(),
        format!("client secret of client {CLIENT}, else workload identity of client {CLIENT}")
    );
    assert_eq!(credential.token(ARM, None).await.unwrap().secret.expose(), "by-assertion");
    assert_eq!(credential.describe(), format!("workload identity of client {CLIENT}"));
    credential.token("https://graph.microsoft.com", None).await.unwrap();
    let proofs: Vec<_> = login.seen().iter().map(|s| s.form().contains_key("client_secret")).collect();
    assert_eq!(proofs, [true, false, false], "the secret was tried once");
    // From here on it is this identity or none.
    world.files.lock().unwrap().clear();
    let error = credential.token("https://vault.azure.net", None).await.unwrap_err();
    assert!(matches!(error, CredentialError::Unusable { kind: Kind::WorkloadIdentity, .. }), "{error}");
}

#[tokio::test]
async fn the_default_order_prefers_a_federated_identity_to_a_stored_secret() {
    let login = Fake::start(|_, _| Answer::token("x")).await;
    let world = World::with(&[("AZURE_CLIENT_SECRET", "stored-secret"), ("AZURE_FEDERATED_TOKEN_FILE", "/t")])
        .file("/t", "a.b.c");
    let credential = chain(&[], &world.setup(&login.origin)).unwrap();
    credential.token(ARM, None).await.unwrap();
    assert_eq!(login.seen().len(), 1);
    assert_eq!(login.seen()[0].form()["client_assertion"], "a.b.c");
}

#[tokio::test]
async fn callers_at_the_same_time_choose_and_fetch_once() {
    let login =
        Fake::start(|_, n| Answer { delay: Duration::from_millis(20), ..Answer::token(&format!("t{n}")) }).await;
    let credential = World::with(&[("AZURE_CLIENT_SECRET", "secret")]).only(Kind::ClientSecret, &login.origin);
    let calls = (0..30).map(|_| credential.token(ARM, None));
    assert!(futures_util::future::join_all(calls).await.into_iter().all(|t| t.unwrap().secret.expose() == "t0"));
    assert_eq!(login.seen().len(), 1);
}
